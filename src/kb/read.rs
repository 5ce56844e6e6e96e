//! From a placed YAML tree to typed records: serde builds the values, and every finding names the place that it means.

use serde::de::DeserializeOwned;
use serde_aux::prelude::serde_introspect;
use serde_yaml::{Mapping, Value as Typed};

use super::finding::{Code, Finding, Place, Severity, did_you_mean, nearest};
use super::silence::Silence;
use super::yaml::{Entry, Problem, Span, Value, Yaml};
use crate::text::{self, Clean, markup};

/// Fields whose texts are taken to the letter: what looks like Markdown there is what somebody saw on a screen, or typed.
const TO_THE_LETTER: [&str; 6] = ["message", "wordings", "codes", "keywords", "search", "answers"];

/// Findings of one file.
const MOST_FINDINGS: usize = 200;

/// Reads one file and notes everything that is wrong with it.
pub(crate) struct Reader<'a> {
    path: &'a str,
    lines: Vec<&'a str>,
    findings: Vec<Finding>,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(path: &'a str, text: &'a str) -> Self {
        Self { path, lines: text.lines().collect(), findings: Vec::new() }
    }

    /// The findings so far.
    pub(crate) fn finish(self) -> Vec<Finding> {
        self.findings
    }

    /// Whether the file can be served as it is.
    pub(crate) fn is_sound(&self) -> bool {
        !self.findings.iter().any(Finding::is_error)
    }

    /// The place as the author knows it. What only shows at the end of the file is placed behind its last words.
    pub(crate) fn place(&self, span: Span) -> Place {
        let file = self.path.to_owned();
        if let Some(line) = self.lines.get(span.line - 1) {
            let Span { line: number, column, width } = span;
            return Place { file, line: number, column, width, excerpt: Some(clean_line(line)) };
        }
        let says = |line: &&str| !line.trim().is_empty();
        let Some(at) = self.lines.iter().rposition(says) else { return Place::whole(file) };
        let excerpt = self.lines.get(at).map(|line| clean_line(line.trim_end()));
        let column = excerpt.as_ref().map_or(1, |line| line.chars().count() + 1);
        Place { file, line: at + 1, column, width: 1, excerpt }
    }

    /// Notes what is wrong somewhere. Of a file with very many findings the first are enough, with an error where there is one.
    pub(crate) fn report(&mut self, code: Code, span: Span, message: impl Into<String>, help: impl Into<String>) {
        let is_news = code.severity() == Severity::Error && self.is_sound();
        if self.findings.len() >= MOST_FINDINGS && !is_news {
            return;
        }
        let place = self.place(span);
        self.findings.push(Finding { code, place, message: message.into(), help: help.into() });
    }

    pub(crate) fn report_all(&mut self, problems: Vec<Problem>) {
        for Problem { code, span, message, help } in problems {
            self.report(code, span, message, help);
        }
    }

    /// A `yes` or `no`; `None` where it is neither, which is reported.
    pub(crate) fn yes_or_no(&mut self, entry: &Entry, help: &str) -> Option<bool> {
        match &entry.value.value {
            Value::Text { text, .. } if text == "yes" => Some(true),
            Value::Text { text, .. } if text == "no" => Some(false),
            _ => {
                self.report(Code::WrongKind, entry.value.span, format!("`{}` must be `yes` or `no`", entry.key), help);
                None
            }
        }
    }

    /// The mapping as a record; fields that are unknown or of the wrong kind are reported and left out.
    pub(crate) fn record<R: DeserializeOwned + Default>(&mut self, yaml: &Yaml, what: &str) -> R {
        if !matches!(yaml.value, Value::Mapping(_)) {
            let message = format!("{what} is written as `name: value` lines, but here is {}", yaml.kind());
            self.report(Code::WrongKind, yaml.span, message, "look at the example in the docs, and at the indentation");
            return R::default();
        }
        let known = serde_introspect::<R>();
        let mut fields = Mapping::new();
        for entry in yaml.entries() {
            if !known.contains(&entry.key.as_str()) {
                let message = format!("{what} has no field `{}`", entry.key);
                let help = if is_like_a_node(&entry.value) {
                    "a node stands below `flow:`, two columns further in than it".to_owned()
                } else {
                    did_you_mean(&entry.key, known.iter().copied())
                };
                self.report(Code::UnknownField, entry.key_span, message, help);
                continue;
            }
            fields.insert(Typed::String(entry.key.clone()), typed(&entry.value));
        }
        let fields = Typed::Mapping(fields);
        R::deserialize(&fields).unwrap_or_else(|_| self.sound_fields(yaml, fields))
    }

    /// The record from those fields that are of the right kind; each of the others is reported.
    fn sound_fields<R: DeserializeOwned + Default>(&mut self, yaml: &Yaml, mut fields: Typed) -> R {
        for entry in yaml.entries() {
            let Some(field) = fields.get(&entry.key) else { continue };
            let alone = Typed::Mapping(Mapping::from_iter([(Typed::String(entry.key.clone()), field.clone())]));
            if let Err(error) = R::deserialize(&alone) {
                let wanted = wanted(&error.to_string());
                let message = format!("`{}` must be {wanted}, but here is {}", entry.key, entry.value.kind());
                self.report(Code::WrongKind, entry.value.span, message, example(wanted));
                if let Some(fields) = fields.as_mapping_mut() {
                    fields.remove(&entry.key);
                }
            }
        }
        serde_yaml::from_value(fields).unwrap_or_default()
    }

    /// The text of a field, if it is there.
    pub(crate) fn optional(&mut self, raw: Option<String>, yaml: &Yaml, field: &str) -> Option<Clean> {
        let entry = yaml.entry(field)?;
        let raw = raw?;
        if raw.trim().is_empty() {
            self.report(
                Code::MissingField,
                entry.key_span,
                format!("`{field}` has no text"),
                "write the text behind it, or remove the field",
            );
            return None;
        }
        Some(self.prose(field, &raw, &entry.value))
    }

    /// A text of a field whose links can be opened.
    pub(crate) fn prose(&mut self, field: &str, raw: &str, yaml: &Yaml) -> Clean {
        let text = self.clean(raw, yaml);
        self.links(field, &text, yaml.span);
        text
    }

    /// The links of a text that may have some.
    fn links(&mut self, field: &str, text: &Clean, span: Span) {
        if TO_THE_LETTER.contains(&field) {
            return;
        }
        for link in markup::links(text) {
            self.link(&Clean::new(link), span);
        }
    }

    /// The text of a field that must be there; `owner` is where its absence is shown.
    pub(crate) fn required(&mut self, raw: Option<String>, yaml: &Yaml, field: &str, owner: Span, help: &str) -> Clean {
        if raw.is_none() && yaml.entry(field).is_none_or(|entry| matches!(entry.value.value, Value::Nothing)) {
            self.missing(yaml, field, owner, help);
        }
        self.optional(raw, yaml, field).unwrap_or_default()
    }

    /// Says that a field is missing, unless one stands there that is misspelt, which is said already.
    pub(crate) fn missing(&mut self, yaml: &Yaml, field: &str, owner: Span, help: &str) {
        let is_misspelt =
            |entry: &Entry| nearest(&entry.key, [field]).is_some() && entry.key.len().abs_diff(field.len()) < 3;
        if yaml.entry(field).is_none() && yaml.entries().iter().any(is_misspelt) {
            return;
        }
        let span = yaml.entry(field).map_or(owner, |entry| entry.key_span);
        self.report(Code::MissingField, span, format!("`{field}` is missing"), help);
    }

    /// The texts of a list field, each with its place.
    pub(crate) fn list(&mut self, raw: Option<Vec<String>>, yaml: &Yaml, field: &str) -> Vec<(Clean, Span)> {
        let items = yaml.entry(field).map(|entry| entry.value.items()).unwrap_or_default();
        let mut texts = Vec::new();
        for (text, item) in raw.unwrap_or_default().iter().zip(items) {
            texts.push((self.prose(field, text, item), item.span));
        }
        texts
    }

    /// A text as it may be shown: what could act on a terminal, reorder text or hide in it is reported.
    pub(crate) fn clean(&mut self, raw: &str, yaml: &Yaml) -> Clean {
        self.warn_of_comment(raw, yaml);
        self.clean_at(raw, yaml.span)
    }

    /// The same for the key of an entry.
    pub(crate) fn key(&mut self, entry: &Entry) -> Clean {
        self.clean_at(&entry.key, entry.key_span)
    }

    fn clean_at(&mut self, raw: &str, at: Span) -> Clean {
        if let Some(c) = raw.chars().find(|c| text::is_unsafe(*c)) {
            let line = self.lines.get(at.line - 1).copied().unwrap_or_default();
            let span = (1..)
                .zip(line.chars())
                .skip(at.column - 1)
                .find(|(_, in_line)| *in_line == c)
                .map_or(at, |(column, _)| Span { column, width: 1, ..at });
            let message = format!("this text holds an invisible or control character, U+{:04X}", u32::from(c));
            self.report(
                Code::UnsafeCharacter,
                span,
                message,
                "remove it; it cannot be seen, and could act on a terminal",
            );
        }
        Clean::new(raw.trim())
    }

    fn warn_of_comment(&mut self, raw: &str, yaml: &Yaml) {
        let Value::Text { plain: true, .. } = yaml.value else { return };
        let Some(line) = self.lines.get(yaml.span.line - 1) else { return };
        let from_text: String = line.chars().skip(yaml.span.column - 1).collect();
        let Some(rest) = from_text.strip_prefix(raw) else { return };
        // A comment that its author meant stands further off, or on a line of its own.
        if let Some(comment) = rest.strip_prefix(' ').filter(|comment| comment.starts_with('#')) {
            let column = line.chars().count() - comment.chars().count() + 1;
            let span = Span { column, width: comment.chars().count(), ..yaml.span };
            self.report(
                Code::CutShort,
                span,
                "the text ends here: ` #` begins a comment",
                "put the whole text in quotes, or move the comment to a line of its own",
            );
        }
    }

    /// The entries of a mapping whose values are texts; others are reported and left out.
    pub(crate) fn entries<'y>(&mut self, yaml: &'y Yaml, field: &str) -> Vec<(&'y Entry, Clean)> {
        let entries = yaml.entry(field).map(|entry| entry.value.entries()).unwrap_or_default();
        entries.iter().filter_map(|entry| Some((entry, self.text(entry)?))).collect()
    }

    /// The texts of a list; what is no list of texts is reported.
    pub(crate) fn texts(&mut self, entry: &Entry) -> Vec<Clean> {
        let items = entry.value.items();
        if items.is_empty() || items.iter().any(|item| !matches!(item.value, Value::Text { .. })) {
            let wanted = "a list of texts";
            let message = format!("`{}` must be {wanted}, but here is {}", entry.key, entry.value.kind());
            self.report(Code::WrongKind, entry.key_span, message, example(wanted));
            return Vec::new();
        }
        let texts = items.iter().filter_map(|item| match &item.value {
            Value::Text { text, .. } => Some(self.clean(text, item)),
            _ => None,
        });
        texts.collect()
    }

    fn text(&mut self, entry: &Entry) -> Option<Clean> {
        match &entry.value.value {
            Value::Text { text, .. } if !text.trim().is_empty() => Some(self.clean(text, &entry.value)),
            other => {
                let span =
                    if matches!(other, Value::List(_) | Value::Mapping(_)) { entry.value.span } else { entry.key_span };
                let message = format!("`{}` must be a text, but here is {}", entry.key, entry.value.kind());
                self.report(Code::WrongKind, span, message, example("a text"));
                None
            }
        }
    }

    /// The warnings that the file silences: `silence: {W003: the reason}`.
    pub(crate) fn silences(&mut self, tree: &Yaml) -> Vec<Silence> {
        let warnings = || Code::ALL.iter().copied().filter(|code| code.severity() == Severity::Warning);
        let mut silences = Vec::new();
        for (entry, _reason) in self.entries(tree, "silence") {
            match warnings().find(|code| code.number() == entry.key) {
                Some(code) => silences.push(Silence { code, place: self.place(entry.key_span) }),
                None if Code::ALL.iter().any(|code| code.number() == entry.key) => self.report(
                    Code::UnknownField,
                    entry.key_span,
                    format!("`{}` is an error and cannot be silenced", entry.key),
                    format!("mend it; `unstuck check --explain {}` says how", entry.key),
                ),
                None => self.report(
                    Code::UnknownField,
                    entry.key_span,
                    format!("there is no warning `{}`", entry.key),
                    did_you_mean(&entry.key, warnings().map(Code::number)),
                ),
            }
        }
        silences
    }

    /// Reports what is no link.
    pub(crate) fn link(&mut self, link: &Clean, span: Span) {
        if !is_link(link) {
            self.report(
                Code::BadLink,
                span,
                format!("`{link}` is not a link that can be opened"),
                "write the whole address, beginning with `https://` or `mailto:`",
            );
        }
    }
}

/// Whether a text is a link that may be opened: `https:` or `mailto:`.
pub(crate) fn is_link(text: &str) -> bool {
    (text.starts_with("https://") || text.starts_with("mailto:")) && !text.contains(char::is_whitespace)
}

/// A line of a file with as many characters as before, so that columns stay true.
fn clean_line(line: &str) -> Clean {
    Clean::new(&line.replace('\t', "→").replace(|c| matches!(c, '\u{fe00}'..='\u{fe0f}'), "·"))
}

/// Whether it is written as a node of a flow is.
fn is_like_a_node(yaml: &Yaml) -> bool {
    yaml.entries().iter().any(|entry| ["question", "solution", "escalation"].contains(&entry.key.as_str()))
}

/// The tree as serde takes it; every scalar is a text.
fn typed(yaml: &Yaml) -> Typed {
    match &yaml.value {
        Value::Nothing => Typed::Null,
        Value::Text { text, .. } => Typed::String(text.clone()),
        Value::List(items) => Typed::Sequence(items.iter().map(typed).collect()),
        Value::Mapping(entries) => Typed::Mapping(
            entries.iter().map(|entry| (Typed::String(entry.key.clone()), typed(&entry.value))).collect(),
        ),
    }
}

/// What serde expected, in the words of the format.
fn wanted(error: &str) -> &'static str {
    let expected = error.rsplit("expected ").next().unwrap_or_default();
    if expected.starts_with("a string") {
        if error.contains('[') { "a list of texts" } else { "a text" }
    } else if expected.starts_with("a sequence") {
        "a list"
    } else {
        "a mapping (`name: value`)"
    }
}

fn example(wanted: &str) -> &'static str {
    match wanted {
        "a text" => "write one text behind it; put it in quotes where it holds `: `, `[` or `{`",
        "a list" | "a list of texts" => "write `[one, another]`, or each on a line of its own behind `- `",
        _ => "write each as `name: value` on a line of its own, further in than this one",
    }
}
