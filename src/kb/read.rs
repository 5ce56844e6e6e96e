//! Conversion of a [`Yaml`] tree to typed records. serde builds the values, and every diagnostic has the location of its value.

use serde::de::DeserializeOwned;
use serde_aux::prelude::serde_introspect;
use serde_yaml::{Mapping, Value as Typed};

use super::diagnostic::{Diagnostic, Location, RuleId, Severity, did_you_mean, nearest};
use super::fact::{Fact, FactAnswer, FactValue};
use super::source::COLLECTION_FILE;
use super::suppression::Suppression;
use super::syntax_hints::HELP_SINGLE_QUOTES;
use super::yaml::{Entry, Problem, Span, Value, Yaml};
use crate::text::{self, SanitizedText, VoicedText, markup};

/// Fields whose texts are not Markdown: error messages, codes, and texts that people type. Links in them are not checked.
const VERBATIM_FIELDS: [&str; 6] = ["message", "wordings", "codes", "keywords", "search", "answers"];

/// Fields whose entries are whole sentences or names. A comma in them is probably a part of the text.
const SENTENCE_FIELDS: [&str; 3] = ["wordings", "sources", "prevention"];

/// Prefix of field names that authors can choose freely. unstuck only prints these fields in JSON output.
pub(crate) const EXTRA_PREFIX: &str = "x-";

/// Fields of format 1 that format 2 doesn't have, as `(field, help)`.
const FORMER_FIELDS: [(&str, &str); 8] = [
    (
        "clues",
        "remove `clues`; unstuck compares the texts of the errors, and `facts` replace clues that questions used",
    ),
    ("clue", "use `ask: fact` instead of `question` and `clue`; the fact belongs in `facts` of the collection"),
    ("blanks", "make each of these a fact with `input: ...` in `facts` of the collection"),
    ("only-by-search", "remove it; articles without a situation say `situation: none`"),
    ("more", "rename it: `errors-list`"),
    ("after", "use `requires: {fact: answer}`, with a fact instead of a question"),
    ("scenarios", "move them to a file of their own: for `printer.yaml`, to `printer.scenarios.yaml`"),
    ("silence", "rename it: `suppress`"),
];

/// Maximum number of diagnostics for one file.
const MAX_DIAGNOSTICS: usize = 200;

/// Decodes one file and collects its diagnostics.
pub(crate) struct Decoder<'a> {
    path: &'a str,
    lines: Vec<&'a str>,
    diagnostics: Vec<Diagnostic>,
    /// The details that texts can insert, as `(ID, label)`.
    inserts: Vec<(String, VoicedText)>,
}

impl<'a> Decoder<'a> {
    pub(crate) fn new(path: &'a str, text: &'a str) -> Self {
        Self { path, lines: text.lines().collect(), diagnostics: Vec::new(), inserts: Vec::new() }
    }

    /// Sets the facts of the collection. Texts can insert those that people fill in.
    pub(crate) fn set_facts(&mut self, facts: &[Fact]) {
        let input = |fact: &Fact| Some((fact.id.clone(), fact.input()?.0.clone()));
        self.inserts = facts.iter().filter_map(input).collect();
    }

    /// Returns a text with its voices and inserts.
    pub(crate) fn with_inserts(&self, text: &SanitizedText) -> VoicedText {
        VoicedText::with_inserts(text, &self.inserts)
    }

    /// Returns the diagnostics.
    pub(crate) fn finish(self) -> Vec<Diagnostic> {
        self.diagnostics
    }

    /// Whether the file has no errors so far.
    pub(crate) fn has_no_errors(&self) -> bool {
        !self.diagnostics.iter().any(Diagnostic::is_error)
    }

    /// Returns the number of errors so far.
    pub(crate) fn error_count(&self) -> usize {
        self.diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).count()
    }

    /// Converts a span to a location. A span after the last line becomes a location after the last line with text.
    pub(crate) fn location(&self, span: Span) -> Location {
        let file = self.path.to_owned();
        if let Some(line) = self.lines.get(span.line - 1) {
            let Span { line: number, column, width } = span;
            return Location { file, line: number, column, width, excerpt: Some(sanitize_line(line)) };
        }
        let says = |line: &&str| !line.trim().is_empty();
        let Some(at) = self.lines.iter().rposition(says) else { return Location::whole(file) };
        let excerpt = self.lines.get(at).map(|line| sanitize_line(line.trim_end()));
        let column = excerpt.as_ref().map_or(1, |line| line.chars().count() + 1);
        Location { file, line: at + 1, column, width: 1, excerpt }
    }

    /// Adds a diagnostic. After [`MAX_DIAGNOSTICS`], adds only the first error, because an error decides whether the article is
    /// loaded.
    pub(crate) fn report(&mut self, code: RuleId, span: Span, message: impl Into<String>, help: impl Into<String>) {
        let is_news = code.severity() == Severity::Error && self.has_no_errors();
        if self.diagnostics.len() >= MAX_DIAGNOSTICS && !is_news {
            return;
        }
        let location = self.location(span);
        self.diagnostics.push(Diagnostic { code, location, message: message.into(), help: help.into() });
    }

    pub(crate) fn report_all(&mut self, problems: Vec<Problem>) {
        for Problem { code, span, message, help } in problems {
            self.report(code, span, message, help);
        }
    }

    /// Decodes `yes` or `no`. Reports every other value and returns `None`.
    pub(crate) fn yes_or_no(&mut self, entry: &Entry, help: &str) -> Option<bool> {
        match &entry.value.value {
            Value::Scalar { text, .. } if text == "yes" => Some(true),
            Value::Scalar { text, .. } if text == "no" => Some(false),
            _ => {
                self.report(
                    RuleId::WrongKind,
                    entry.value.span,
                    format!("`{}` must be `yes` or `no`", entry.key),
                    help,
                );
                None
            }
        }
    }

    /// Decodes a mapping as a record. Reports unknown fields and fields of the wrong kind, and leaves them out. `what` is the
    /// record's kind in the diagnostics, such as "an article".
    pub(crate) fn record<R: DeserializeOwned + Default>(&mut self, yaml: &Yaml, what: &str) -> R {
        if !matches!(yaml.value, Value::Mapping(_)) {
            let message = format!("{what} is written as `name: value` lines, but it is {}", yaml.kind());
            self.report(
                RuleId::WrongKind,
                yaml.span,
                message,
                "check the indentation, and compare it with the example in the docs",
            );
            return R::default();
        }
        let known = serde_introspect::<R>();
        let mut fields = Mapping::new();
        for entry in yaml.entries() {
            if entry.key.starts_with(EXTRA_PREFIX) {
                continue;
            }
            if !known.contains(&entry.key.as_str()) {
                let message = format!("unknown field `{}` in {what}", entry.key);
                let help = if let Some((_, help)) = FORMER_FIELDS.iter().find(|(field, _)| *field == entry.key) {
                    (*help).to_owned()
                } else if looks_like_node(&entry.value) {
                    "nodes belong under `flow:`, indented by two spaces".to_owned()
                } else {
                    did_you_mean(&entry.key, known.iter().copied())
                };
                self.report(RuleId::UnknownField, entry.key_span, message, help);
                continue;
            }
            fields.insert(Typed::String(entry.key.clone()), typed(&entry.value));
        }
        let fields = Typed::Mapping(fields);
        R::deserialize(&fields).unwrap_or_else(|_| self.valid_fields(yaml, fields))
    }

    /// Decodes the fields of the right kind as a record, and reports the others.
    fn valid_fields<R: DeserializeOwned + Default>(&mut self, yaml: &Yaml, mut fields: Typed) -> R {
        for entry in yaml.entries() {
            let Some(field) = fields.get(&entry.key) else { continue };
            let alone = Typed::Mapping(Mapping::from_iter([(Typed::String(entry.key.clone()), field.clone())]));
            if let Err(error) = R::deserialize(&alone) {
                let wanted = expected_kind(&error.to_string());
                let message = format!("`{}` must be {wanted}, but it is {}", entry.key, entry.value.kind());
                self.report(RuleId::WrongKind, entry.value.span, message, example(wanted));
                if let Some(fields) = fields.as_mapping_mut() {
                    fields.remove(&entry.key);
                }
            }
        }
        // Invariant: every remaining field can be decoded, and the records have defaults for missing fields.
        serde_yaml::from_value(fields).unwrap_or_default()
    }

    /// Returns the text of an optional field. Reports an empty text and returns `None`.
    pub(crate) fn optional(&mut self, raw: Option<String>, yaml: &Yaml, field: &str) -> Option<SanitizedText> {
        let entry = yaml.entry(field)?;
        let raw = raw?;
        if raw.trim().is_empty() {
            self.report(
                RuleId::MissingField,
                entry.key_span,
                format!("`{field}` is empty"),
                "add the text, or remove the field",
            );
            return None;
        }
        Some(self.prose(field, &raw, &entry.value))
    }

    /// Returns the text of an optional field, with its voices and inserts. Reports an empty text and returns `None`.
    pub(crate) fn voiced(&mut self, raw: Option<String>, yaml: &Yaml, field: &str) -> Option<VoicedText> {
        let text = self.optional(raw, yaml, field)?;
        Some(self.with_inserts(&text))
    }

    /// Decodes a mapping from facts to answers. `answers` are the allowed answers. Reports unknown facts and all other answers,
    /// and leaves them out.
    pub(crate) fn fact_values(
        &mut self,
        yaml: &Yaml,
        facts: &[Fact],
        answers: &[FactAnswer],
    ) -> Vec<(FactValue, Location)> {
        let mut values = Vec::new();
        if !matches!(yaml.value, Value::Mapping(_)) {
            let message = format!("facts are written as `fact: answer`, but this is {}", yaml.kind());
            self.report(RuleId::WrongKind, yaml.span, message, "write `{fact: yes}`, or one fact per line");
        }
        for entry in yaml.entries() {
            let Some(fact) = self.question_fact(&entry.key, entry.key_span, facts) else { continue };
            let text = match &entry.value.value {
                Value::Scalar { text, .. } => text.as_str(),
                _ => "",
            };
            if let Some(answer) = FactAnswer::from_name(text).filter(|answer| answers.contains(answer)) {
                values.push((FactValue { fact, answer }, self.location(entry.key_span)));
                continue;
            }
            let names: Vec<String> = answers.iter().map(|answer| format!("`{answer}`")).collect();
            self.report(
                RuleId::WrongKind,
                if text.is_empty() { entry.key_span } else { entry.value.span },
                format!("`{}` must be {}", entry.key, names.join(" or ")),
                "write the answer that this is about",
            );
        }
        values
    }

    /// Returns the index of a fact with a yes/no question. Reports an unknown fact or an input, and returns `None`.
    pub(crate) fn question_fact(&mut self, name: &str, span: Span, facts: &[Fact]) -> Option<usize> {
        let found = facts.iter().position(|fact| fact.id == name);
        match found.and_then(|at| Some((at, facts.get(at)?))) {
            Some((at, fact)) if fact.question().is_some() => Some(at),
            Some(_) => {
                let message = format!("`{name}` is filled in, so it has no answer such as `yes`");
                self.report(RuleId::UnknownFact, span, message, "name a fact with a `question`");
                None
            }
            None => {
                let message = format!("the collection has no fact `{name}`");
                let help = if let Some((fact, answer)) = name.split_once(':') {
                    format!("add a space after the colon: `{fact}: {answer}`")
                } else {
                    let help = did_you_mean(name, facts.iter().map(|fact| fact.id.as_str()));
                    format!("{help} (facts are listed in {COLLECTION_FILE})")
                };
                self.report(RuleId::UnknownFact, span, message, help);
                None
            }
        }
    }

    /// Returns the text of a field and checks its links.
    pub(crate) fn prose(&mut self, field: &str, raw: &str, yaml: &Yaml) -> SanitizedText {
        let text = self.sanitize(raw, yaml);
        self.links(field, &text, yaml.span);
        text
    }

    /// Checks the links of a text, unless the field is one of [`VERBATIM_FIELDS`].
    fn links(&mut self, field: &str, text: &SanitizedText, span: Span) {
        if VERBATIM_FIELDS.contains(&field) {
            return;
        }
        for link in markup::links(text) {
            self.link(&SanitizedText::new(link), span);
        }
    }

    /// Returns the text of a required field. If the field is missing, reports this at `owner` and returns an empty text.
    pub(crate) fn required(
        &mut self,
        raw: Option<String>,
        yaml: &Yaml,
        field: &str,
        owner: Span,
        help: &str,
    ) -> SanitizedText {
        if raw.is_none() && yaml.entry(field).is_none_or(|entry| matches!(entry.value.value, Value::Null)) {
            self.missing(yaml, field, owner, help);
        }
        self.optional(raw, yaml, field).unwrap_or_default()
    }

    /// Reports a missing field. Reports nothing if there is a field with a similar name, because that field is already reported
    /// as unknown.
    pub(crate) fn missing(&mut self, yaml: &Yaml, field: &str, owner: Span, help: &str) {
        let is_misspelled =
            |entry: &Entry| nearest(&entry.key, [field]).is_some() && entry.key.len().abs_diff(field.len()) < 3;
        if yaml.entry(field).is_none() && yaml.entries().iter().any(is_misspelled) {
            return;
        }
        let span = yaml.entry(field).map_or(owner, |entry| entry.key_span);
        self.report(RuleId::MissingField, span, format!("`{field}` is missing"), help);
    }

    /// Returns the texts of a list field, each with its location.
    pub(crate) fn list(&mut self, raw: Option<Vec<String>>, yaml: &Yaml, field: &str) -> Vec<(SanitizedText, Span)> {
        let items = yaml.entry(field).map(|entry| entry.value.items()).unwrap_or_default();
        let mut texts = Vec::new();
        for (text, item) in raw.unwrap_or_default().iter().zip(items) {
            texts.push((self.prose(field, text, item), item.span));
        }
        self.warn_of_cut(field, &texts);
        texts
    }

    /// Warns about a sentence that a comma in `[ ]` splits: an item that begins in upper case, followed on the same line by an
    /// item that begins in lower case.
    fn warn_of_cut(&mut self, field: &str, texts: &[(SanitizedText, Span)]) {
        if !SENTENCE_FIELDS.contains(&field) {
            return;
        }
        for pair in texts.windows(2) {
            let [(before, before_span), (text, span)] = pair else { continue };
            let is_cut = before_span.line == span.line
                && before.starts_with(char::is_uppercase)
                && text.starts_with(char::is_lowercase);
            if is_cut {
                self.report(
                    RuleId::CutByComma,
                    *span,
                    "the comma before this starts a new entry of the list",
                    "put a text with a comma in quotes, or write one entry per line, each starting with `- `",
                );
            }
        }
    }

    /// Trims and sanitizes the text of a value. Reports unsafe characters, and comments that cut the text short.
    pub(crate) fn sanitize(&mut self, raw: &str, yaml: &Yaml) -> SanitizedText {
        self.warn_of_comment(raw, yaml);
        self.reject_quoted_path(yaml);
        self.sanitize_at(raw, yaml.span)
    }

    /// Trims and sanitizes the key of an entry. Reports unsafe characters.
    pub(crate) fn key(&mut self, entry: &Entry) -> SanitizedText {
        self.sanitize_at(&entry.key, entry.key_span)
    }

    fn sanitize_at(&mut self, raw: &str, at: Span) -> SanitizedText {
        if let Some(c) = raw.chars().find(|c| text::is_unsafe(*c)) {
            let line = self.lines.get(at.line - 1).copied().unwrap_or_default();
            let span = (1..)
                .zip(line.chars())
                .skip(at.column - 1)
                .find(|(_, in_line)| *in_line == c)
                .map_or(at, |(column, _)| Span { column, width: 1, ..at });
            let message = format!("this text contains an invisible or control character, U+{:04X}", u32::from(c));
            self.report(
                RuleId::UnsafeCharacter,
                span,
                message,
                "remove it; it is invisible and could control the terminal",
            );
        }
        SanitizedText::new(raw.trim())
    }

    /// Reports a Windows path in double quotes, where YAML silently changes it: `\t` in `"C:\temp"` is a tab.
    fn reject_quoted_path(&mut self, yaml: &Yaml) {
        let Value::Scalar { plain: false, .. } = yaml.value else { return };
        let Some(line) = self.lines.get(yaml.span.line - 1) else { return };
        let chars: Vec<char> = line.chars().skip(yaml.span.column - 1).collect();
        let Some(('"', text)) = chars.split_first().map(|(first, text)| (*first, text)) else { return };
        // A path on a server begins with four backslashes if it is escaped correctly.
        let is_server = matches!(text, ['\\', '\\', next, ..] if next.is_alphanumeric());
        let drive = text.windows(4).position(
            |part| matches!(part, [letter, ':', '\\', next] if letter.is_ascii_alphabetic() && *next != '\\' && *next != '"'),
        );
        let Some(at) = drive.or(is_server.then_some(0)) else { return };
        let span = Span { column: yaml.span.column + 1 + at, width: 4, ..yaml.span };
        let message = "this path is in double quotes, so YAML changes it";
        self.report(RuleId::QuotedPath, span, message, HELP_SINGLE_QUOTES);
    }

    fn warn_of_comment(&mut self, raw: &str, yaml: &Yaml) {
        let Value::Scalar { plain: true, .. } = yaml.value else { return };
        let Some(line) = self.lines.get(yaml.span.line - 1) else { return };
        let from_text: String = line.chars().skip(yaml.span.column - 1).collect();
        let Some(rest) = from_text.strip_prefix(raw) else { return };
        // An intended comment usually has several spaces before it, or is on a line of its own.
        if let Some(comment) = rest.strip_prefix(' ').filter(|comment| comment.starts_with('#')) {
            let column = line.chars().count() - comment.chars().count() + 1;
            let span = Span { column, width: comment.chars().count(), ..yaml.span };
            self.report(
                RuleId::CommentInScalar,
                span,
                "the text ends here, because ` #` starts a comment",
                "put the whole text in quotes, or move the comment to a line of its own",
            );
        }
    }

    /// Returns the entries of a mapping, each with its text. Reports entries whose value is not a text, and leaves them out.
    pub(crate) fn entries<'y>(&mut self, yaml: &'y Yaml, field: &str) -> Vec<(&'y Entry, SanitizedText)> {
        let entries = yaml.entry(field).map(|entry| entry.value.entries()).unwrap_or_default();
        entries.iter().filter_map(|entry| Some((entry, self.text(entry)?))).collect()
    }

    /// Returns the texts of a list. Reports a value that is not a list of texts, and returns an empty list for it.
    pub(crate) fn texts(&mut self, entry: &Entry) -> Vec<SanitizedText> {
        let items = entry.value.items();
        if items.is_empty() || items.iter().any(|item| !matches!(item.value, Value::Scalar { .. })) {
            let wanted = "a list of texts";
            let message = format!("`{}` must be {wanted}, but it is {}", entry.key, entry.value.kind());
            self.report(RuleId::WrongKind, entry.key_span, message, example(wanted));
            return Vec::new();
        }
        let texts = items.iter().filter_map(|item| match &item.value {
            Value::Scalar { text, .. } => Some(self.sanitize(text, item)),
            _ => None,
        });
        texts.collect()
    }

    fn text(&mut self, entry: &Entry) -> Option<SanitizedText> {
        match &entry.value.value {
            Value::Scalar { text, .. } if !text.trim().is_empty() => Some(self.sanitize(text, &entry.value)),
            other => {
                let span = if matches!(other, Value::Sequence(_) | Value::Mapping(_)) {
                    entry.value.span
                } else {
                    entry.key_span
                };
                let message = format!("`{}` must be text, but it is {}", entry.key, entry.value.kind());
                self.report(RuleId::WrongKind, span, message, example("a text"));
                None
            }
        }
    }

    /// Decodes the warnings that the file suppresses: `suppress: {W003: the reason}`.
    pub(crate) fn suppressions(&mut self, tree: &Yaml) -> Vec<Suppression> {
        let warnings = || RuleId::ALL.iter().copied().filter(|code| code.severity() == Severity::Warning);
        let mut suppressions = Vec::new();
        for (entry, _reason) in self.entries(tree, "suppress") {
            match warnings().find(|code| code.as_str() == entry.key) {
                Some(code) => suppressions.push(Suppression { code, location: self.location(entry.key_span) }),
                None if RuleId::ALL.iter().any(|code| code.as_str() == entry.key) => self.report(
                    RuleId::UnknownField,
                    entry.key_span,
                    format!("`{}` is an error, and errors cannot be suppressed", entry.key),
                    format!("fix it; for help, run `unstuck check --explain {}`", entry.key),
                ),
                None => self.report(
                    RuleId::UnknownField,
                    entry.key_span,
                    format!("there is no warning `{}`", entry.key),
                    did_you_mean(&entry.key, warnings().map(RuleId::as_str)),
                ),
            }
        }
        suppressions
    }

    /// Reports a link that is not valid.
    pub(crate) fn link(&mut self, link: &SanitizedText, span: Span) {
        if !is_link(link) {
            self.report(
                RuleId::BadLink,
                span,
                format!("`{link}` is not an allowed link"),
                "write the whole address, beginning with `https://`, `http://`, `mailto:` or `tel:`",
            );
        }
    }
}

/// Whether a text is a link that unstuck can open: `https://`, `http://`, `mailto:` or `tel:`, without whitespace.
pub(crate) fn is_link(text: &str) -> bool {
    let schemes = ["https://", "http://", "mailto:", "tel:"];
    let rest = schemes.iter().find_map(|scheme| text.strip_prefix(scheme));
    rest.is_some_and(|rest| !rest.is_empty() && !text.contains(char::is_whitespace))
}

/// Sanitizes a line without changing its number of characters, so that columns stay correct.
fn sanitize_line(line: &str) -> SanitizedText {
    SanitizedText::new(&line.replace('\t', "→").replace(|c| matches!(c, '\u{fe00}'..='\u{fe0f}'), "·"))
}

/// Whether a value has a field `question`, `ask`, `solution` or `escalation`, as a node does.
fn looks_like_node(yaml: &Yaml) -> bool {
    yaml.entries().iter().any(|entry| ["question", "ask", "solution", "escalation"].contains(&entry.key.as_str()))
}

/// Converts the tree for serde. Every scalar becomes a string.
fn typed(yaml: &Yaml) -> Typed {
    match &yaml.value {
        Value::Null => Typed::Null,
        Value::Scalar { text, .. } => Typed::String(text.clone()),
        Value::Sequence(items) => Typed::Sequence(items.iter().map(typed).collect()),
        Value::Mapping(entries) => Typed::Mapping(
            entries.iter().map(|entry| (Typed::String(entry.key.clone()), typed(&entry.value))).collect(),
        ),
    }
}

/// Extracts the expected kind from a serde error and returns it in the terms of the format.
fn expected_kind(error: &str) -> &'static str {
    let expected = error.rsplit("expected ").next().unwrap_or_default();
    if expected.starts_with("a string") {
        if error.contains('[') { "a list" } else { "text" }
    } else if expected.starts_with("a sequence") {
        "a list"
    } else {
        "a mapping (`name: value`)"
    }
}

fn example(wanted: &str) -> &'static str {
    match wanted {
        "a text" => "write a single text; use quotes if it contains `: `, `[` or `{`",
        "a list" | "a list of texts" => "write `[one, another]`, or one entry per line, each starting with `- `",
        _ => "write each as `name: value` on its own line, indented below this one",
    }
}
