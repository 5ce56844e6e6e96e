//! What is wrong with a knowledge base, as data: a stable code, a place, a sentence and the way out.

use std::fmt;

use annotate_snippets::{AnnotationKind, Level, Origin, Renderer, Snippet};
use borsh::{BorshDeserialize, BorshSerialize};
use serde::Serialize;

use crate::text::{self, Clean};

/// Whether a finding keeps an article from being served.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The article is not served.
    Error,
    /// The article is served, but its author should look at it.
    Warning,
}

/// Declares the codes once: name, stable number, and what it says in general.
macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $number:literal,)+) => {
        /// The stable code of a finding. Codes are never reused; `E` is an error, `W` a warning.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, BorshSerialize, BorshDeserialize)]
        pub enum Code {
            $($(#[doc = $doc])+ $name,)+
        }

        impl Code {
            /// Every code, in the order of their numbers.
            pub const ALL: &[Self] = &[$(Self::$name,)+];

            /// The code as it is printed, for example `E013`.
            #[must_use]
            pub fn number(self) -> &'static str {
                match self {
                    $(Self::$name => $number,)+
                }
            }
        }
    };
}

codes! {
    /// The file is not YAML.
    NotYaml = "E001",
    /// The same key stands twice in one mapping.
    DuplicateKey = "E002",
    /// Anchors and aliases (`&`, `*`) are refused: they can blow up a small file.
    Alias = "E003",
    /// Tags and directives (`!`, `%`) are refused: every value is text.
    Tag = "E004",
    /// A file holds one document.
    SeveralDocuments = "E005",
    /// Lists and mappings are nested deeper than any article needs.
    TooDeep = "E006",
    /// The file is larger than any article needs.
    TooLarge = "E007",
    /// The file is not UTF-8.
    NotUtf8 = "E008",
    /// A text holds a control, bidirectional or invisible character.
    UnsafeCharacter = "E009",
    /// A field that the format does not know.
    UnknownField = "E010",
    /// A field that must be there is not.
    MissingField = "E011",
    /// A text where a list belongs, or the like.
    WrongKind = "E012",
    /// A way leads to a node or article that does not exist.
    MissingTarget = "E013",
    /// No way leads to this node.
    Unreachable = "E014",
    /// From this node no answer ever leads to an end.
    Endless = "E015",
    /// A question lacks one of its ways out.
    QuestionWithoutWays = "E016",
    /// A solution has no steps.
    NoSteps = "E017",
    /// A step is by somebody who is not an actor.
    UnknownActor = "E018",
    /// A clue that the collection does not list.
    UnknownClue = "E019",
    /// Two articles have the same message.
    DuplicateMessage = "E020",
    /// Two files make an article with the same id.
    DuplicateId = "E021",
    /// A link that is not `https:` or `mailto:`.
    BadLink = "E022",
    /// A folder without collections, or a collection without articles.
    Empty = "E023",
    /// A file or folder that cannot be read.
    Unreadable = "E024",
    /// A date that is not written as year-month-day.
    BadDate = "E025",
    /// A node that is not exactly one of question, solution, escalation.
    NodeKind = "E026",
    /// A folder with articles but without `collection.yaml`.
    NoCollection = "E027",
    /// An id, node or clue whose name cannot be typed on a command line.
    BadName = "E028",
    /// A contact that is a single word and no name that the collection lists.
    UnknownContact = "E029",
    /// A way reaches a step that cannot be undone without the question that must come before it.
    Unguarded = "E030",
    /// No clue tells two articles apart.
    NotTellable = "W001",
    /// A message is a part of another one, and no clue tells the two articles apart.
    PartOfAnother = "W002",
    /// A question without a hint.
    NoHint = "W003",
    /// A text too long to be read at a glance on a screen of 80 columns.
    TooLong = "W004",
    /// An article without a source.
    NoSource = "W005",
    /// An article that nobody has reviewed for a year, or ever.
    NotReviewed = "W006",
    /// An article that its own message, wordings or codes do not find first.
    NotFound = "W007",
    /// An unquoted ` #` starts a comment and cuts the text short.
    CutShort = "W008",
    /// A solution without a way on for when it did not help.
    NoOtherwise = "W009",
    /// A question whose answers all lead to the same place.
    SameEnd = "W010",
    /// An article takes the place of one with the same id from an earlier knowledge base.
    Replaced = "W011",
    /// A file that looks like an article and is not read.
    Ignored = "W012",
    /// A step that cannot be undone names no question that must come before it.
    Unproven = "W013",
    /// A warning is silenced that there is not.
    UselessSilence = "W014",
}

impl Code {
    /// Whether findings of this code keep an article from being served.
    #[must_use]
    pub fn severity(self) -> Severity {
        if self.number().starts_with('E') { Severity::Error } else { Severity::Warning }
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.number())
    }
}

/// Where in a file something stands. Lines and columns count from 1; columns and widths are characters.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub struct Place {
    /// The file as the author knows it, for example `access-denied/ip-not-allowed.yaml`.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1, in characters.
    pub column: usize,
    /// How many characters are meant.
    pub width: usize,
    /// The line itself, where the file could be read.
    pub excerpt: Option<Clean>,
}

impl Place {
    /// A whole file or folder, where no line can be named.
    #[must_use]
    pub fn whole(file: impl Into<String>) -> Self {
        Self { file: file.into(), line: 1, column: 1, width: 1, excerpt: None }
    }
}

/// One thing that is wrong: a code, a place, a sentence and the way out.
#[derive(Debug, Clone, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Finding {
    /// The stable code.
    pub code: Code,
    /// Where it is.
    pub place: Place,
    /// What is wrong, in one sentence.
    pub message: String,
    /// What to do about it.
    pub help: String,
}

impl Finding {
    /// Whether it keeps its article from being served.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.code.severity() == Severity::Error
    }

    /// The finding on one line, for lists and notices.
    #[must_use]
    pub fn summary(&self) -> String {
        let Place { file, line, column, .. } = &self.place;
        Clean::new(&format!("{file}:{line}:{column}: {}: {}", self.code, self.message)).one_line()
    }

    /// The finding as rustc would show it: the line itself with the place marked, and the way out.
    #[must_use]
    pub fn render(&self, colored: bool) -> String {
        let level = match self.code.severity() {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let file = Clean::new(&self.place.file);
        let title = level.primary_title(Clean::new(&self.message).one_line()).id(self.code.number());
        let report = match &self.place.excerpt {
            Some(line) => {
                let snippet = Snippet::source(line.as_str())
                    .line_start(self.place.line)
                    .path(file.as_str())
                    .annotation(AnnotationKind::Primary.span(self.marked(line)));
                title.element(snippet)
            }
            None => title.element(Origin::path(file.as_str())),
        };
        let report = report.element(Level::HELP.message(Clean::new(&self.help).one_line()));
        let renderer = if colored { Renderer::styled() } else { Renderer::plain() };
        renderer.render(&[report])
    }

    /// The bytes of a line that are marked.
    fn marked(&self, line: &Clean) -> std::ops::Range<usize> {
        let byte = |nth: usize| line.char_indices().nth(nth).map_or(line.len(), |(at, _)| at);
        let from = self.place.column - 1;
        byte(from)..byte(from + self.place.width.max(1))
    }
}

impl Serialize for Finding {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut object = serializer.serialize_struct("Finding", 7)?;
        object.serialize_field("code", self.code.number())?;
        object.serialize_field("severity", &self.code.severity())?;
        object.serialize_field("file", &self.place.file)?;
        object.serialize_field("line", &self.place.line)?;
        object.serialize_field("column", &self.place.column)?;
        object.serialize_field("message", &self.message)?;
        object.serialize_field("help", &self.help)?;
        object.end()
    }
}

/// The name that a misspelt one most likely means.
pub(crate) fn nearest<'a>(typed: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    const ALIKE: f64 = 0.75;
    known
        .into_iter()
        .map(|name| (strsim::jaro_winkler(&typed.to_lowercase(), &name.to_lowercase()), name))
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .filter(|(alike, _)| *alike > ALIKE)
        .map(|(_, name)| name)
}

/// A sentence that offers the nearest of some names, or lists them when none is near.
pub(crate) fn did_you_mean<'a>(typed: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let known: Vec<&str> = known.into_iter().collect();
    if let Some(name) = nearest(typed, known.iter().copied()) {
        return format!("did you mean `{name}`?");
    }
    if known.is_empty() {
        return "there is nothing yet that could be meant".to_owned();
    }
    let list = known.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    format!("use one of these: {}", text::truncate(&list, 300))
}
