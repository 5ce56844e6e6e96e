//! Problems in a knowledge base: a stable code, a location, a message and help.

use std::fmt;

use annotate_snippets::{AnnotationKind, Level, Origin, Renderer, Snippet};
use borsh::{BorshDeserialize, BorshSerialize};
use serde::Serialize;

use crate::text::{self, SanitizedText};

/// The effect of a diagnostic on its article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The article is skipped.
    Error,
    /// The article is loaded, but its author should check it.
    Warning,
}

/// Declares the variants of `RuleId`, each with its code and its general description.
macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $number:literal,)+) => {
        /// The stable code of a diagnostic. A code with `E` is an error, and a code with `W` is a warning. Codes
        /// are never reused.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, BorshSerialize, BorshDeserialize)]
        pub enum RuleId {
            $($(#[doc = $doc])+ $name,)+
        }

        impl RuleId {
            /// All codes: errors first, then warnings, by number.
            pub const ALL: &[Self] = &[$(Self::$name,)+];

            /// Returns the code as printed, such as `E013`.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $number,)+
                }
            }
        }
    };
}

codes! {
    /// The file is not valid YAML.
    NotYaml = "E001",
    /// A mapping contains the same key twice.
    DuplicateKey = "E002",
    /// The file contains an anchor or alias (`&`, `*`). A small file with aliases could expand to a huge one.
    Alias = "E003",
    /// The file contains a tag or directive (`!`, `%`). Tags aren't needed: every value is text.
    Tag = "E004",
    /// The file contains more than one document.
    SeveralDocuments = "E005",
    /// Lists and mappings are nested too deeply.
    TooDeep = "E006",
    /// The file, a line or the number of included solutions is too large.
    TooLarge = "E007",
    /// The file is not UTF-8.
    NotUtf8 = "E008",
    /// A text contains a control, bidirectional or invisible character.
    UnsafeCharacter = "E009",
    /// The format has no such field, or the field is not allowed here.
    UnknownField = "E010",
    /// A required field is missing or empty.
    MissingField = "E011",
    /// A value has the wrong kind, such as a text instead of a list.
    WrongKind = "E012",
    /// A reference to something that does not exist, such as a node or an article.
    MissingTarget = "E013",
    /// No path leads from this node to a solution or an escalation, or solutions include each other.
    NonTerminating = "E015",
    /// The branches of a question are incomplete or contradictory.
    QuestionWithoutBranches = "E016",
    /// A solution has no steps.
    NoSteps = "E017",
    /// The value of `by` is not a role.
    UnknownRole = "E018",
    /// The collection has no such fact, or the fact has the wrong kind.
    UnknownFact = "E019",
    /// Two articles have the same error message.
    DuplicateMessage = "E020",
    /// Two files have the same article ID.
    DuplicateId = "E021",
    /// A link is not a valid `https://`, `http://`, `mailto:` or `tel:` link.
    BadLink = "E022",
    /// A knowledge base without collections, or a collection without articles.
    Empty = "E023",
    /// A file or folder cannot be read.
    Unreadable = "E024",
    /// A date is not written as year-month-day.
    BadDate = "E025",
    /// A node is not exactly one of question, solution and escalation.
    NodeKind = "E026",
    /// A folder contains articles but no `collection.yaml`.
    NoCollection = "E027",
    /// An ID, node or fact has a name that cannot be typed on a command line.
    BadName = "E028",
    /// A contact is neither an address nor one of the collection's contacts.
    UnknownContact = "E029",
    /// A path reaches an irreversible step without the fact that the step requires.
    UnmetPrecondition = "E030",
    /// A Windows path is in double quotes, where YAML changes it.
    QuotedPath = "E031",
    /// A question has no hint.
    NoHint = "W003",
    /// A text is too long to read at a glance on a screen of 80 columns.
    TooLong = "W004",
    /// An article has no source.
    NoSource = "W005",
    /// An article was never reviewed, or its last review is over a year ago or in the future.
    NotReviewed = "W006",
    /// A search for the article's own message, wording or code does not find the article first.
    NotFound = "W007",
    /// An unquoted ` #` starts a comment and cuts the text short.
    CommentInScalar = "W008",
    /// A solution does not say what to do if it does not help.
    NoOtherwise = "W009",
    /// All answers to a question lead to the same node.
    RedundantQuestion = "W010",
    /// An article replaces one with the same ID from an earlier knowledge base.
    Replaced = "W011",
    /// A file looks like an article but is not read.
    Ignored = "W012",
    /// A step that cannot be undone requires no fact.
    MissingPrecondition = "W013",
    /// A suppression matches no warning.
    UnusedSuppression = "W014",
    /// Alternatives in angle brackets are shown as written, because there are too many or the `>` is missing.
    UnreadAlternatives = "W015",
    /// No branch leads to this node.
    Unreachable = "W016",
    /// A word in angle brackets is neither a fact that people fill in nor alternatives.
    UnknownInsert = "W017",
    /// No situation leads to an article, although the collection has situations.
    NoSituation = "W018",
    /// A file with scenarios has no article: `name.scenarios.yaml` without `name.yaml`.
    ScenariosWithoutArticle = "W019",
    /// A comma in a list starts a new entry in the middle of a sentence.
    CutByComma = "W020",
}

impl RuleId {
    /// Returns the severity: an error skips the article, a warning doesn't.
    #[must_use]
    pub fn severity(self) -> Severity {
        if self.as_str().starts_with('E') { Severity::Error } else { Severity::Warning }
    }
}

impl fmt::Display for RuleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A range of characters in a file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub struct Location {
    /// The file's path as shown to the author, such as `access-denied/ip-not-allowed.yaml`.
    pub file: String,
    /// Line, counted from 1.
    pub line: usize,
    /// Column in characters, counted from 1.
    pub column: usize,
    /// Length of the marked range, in characters.
    pub width: usize,
    /// The text of the line. `None` if the location is a whole file or folder.
    pub excerpt: Option<SanitizedText>,
}

impl Location {
    /// Creates the location of a whole file or folder.
    #[must_use]
    pub fn whole(file: impl Into<String>) -> Self {
        Self { file: file.into(), line: 1, column: 1, width: 1, excerpt: None }
    }
}

/// One problem: a code, a location, a message and help.
#[derive(Debug, Clone, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Diagnostic {
    /// The stable code.
    pub code: RuleId,
    /// The location of the problem.
    pub location: Location,
    /// One sentence about what is wrong.
    pub message: String,
    /// The suggested fix.
    pub help: String,
}

impl Diagnostic {
    /// Whether the diagnostic is an error.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.code.severity() == Severity::Error
    }

    /// Formats the diagnostic on one line, for lists and notices.
    #[must_use]
    pub fn summary(&self) -> String {
        let Location { file, line, column, .. } = &self.location;
        SanitizedText::new(&format!("{file}:{line}:{column}: {}: {}", self.code, self.message)).one_line()
    }

    /// Formats the diagnostic in the style of rustc: the line with the problem marked, and the help.
    #[must_use]
    pub fn render(&self, colored: bool) -> String {
        let level = match self.code.severity() {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let file = SanitizedText::new(&self.location.file);
        let title = level.primary_title(SanitizedText::new(&self.message).one_line()).id(self.code.as_str());
        let report = match &self.location.excerpt {
            Some(line) => {
                let snippet = Snippet::source(line.as_str())
                    .line_start(self.location.line)
                    .path(file.as_str())
                    .annotation(AnnotationKind::Primary.span(self.marked(line)));
                title.element(snippet)
            }
            None => title.element(Origin::path(file.as_str())),
        };
        let report = report.element(Level::HELP.message(SanitizedText::new(&self.help).one_line()));
        let renderer = if colored { Renderer::styled() } else { Renderer::plain() };
        renderer.render(&[report])
    }

    /// Returns the marked byte range of the line.
    fn marked(&self, line: &SanitizedText) -> std::ops::Range<usize> {
        let byte = |nth: usize| line.char_indices().nth(nth).map_or(line.len(), |(at, _)| at);
        let from = self.location.column - 1;
        byte(from)..byte(from + self.location.width.max(1))
    }
}

impl Serialize for Diagnostic {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut object = serializer.serialize_struct("Diagnostic", 7)?;
        object.serialize_field("code", self.code.as_str())?;
        object.serialize_field("severity", &self.code.severity())?;
        object.serialize_field("file", &self.location.file)?;
        object.serialize_field("line", &self.location.line)?;
        object.serialize_field("column", &self.location.column)?;
        object.serialize_field("message", &self.message)?;
        object.serialize_field("help", &self.help)?;
        object.end()
    }
}

/// Returns the name most similar to `typed`, ignoring case. The Jaro-Winkler similarity (0–1) must be above 0.75.
pub(crate) fn nearest<'a>(typed: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    const ALIKE: f64 = 0.75;
    known
        .into_iter()
        .map(|name| (strsim::jaro_winkler(&typed.to_lowercase(), &name.to_lowercase()), name))
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .filter(|(similarity, _)| *similarity > ALIKE)
        .map(|(_, name)| name)
}

/// Returns a help sentence that suggests the most similar name, or lists all names if none is similar.
pub(crate) fn did_you_mean<'a>(typed: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let known: Vec<&str> = known.into_iter().collect();
    if let Some(name) = nearest(typed, known.iter().copied()) {
        return format!("did you mean `{name}`?");
    }
    if known.is_empty() {
        return "none has been defined yet".to_owned();
    }
    let list = known.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    format!("use one of these: {}", text::truncate(&list, 300))
}
