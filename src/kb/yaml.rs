//! A restricted YAML parser that records the position of every value.
//!
//! It builds a tree of texts, lists and mappings from the parser's events. It rejects features that knowledge bases don't need
//! and that make YAML dangerous or slow: anchors and aliases, tags and directives, several documents, deep nesting, and duplicate
//! keys. Every scalar is text: `403.10` is not a number and `no` is not a Boolean.

use std::collections::HashMap;
use std::ops::ControlFlow::{self, Break, Continue};

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Span as ParserSpan};

use super::diagnostic::RuleId;
use super::syntax_hints::diagnose;

/// Maximum nesting depth of lists and mappings. An article needs six levels.
const MAX_DEPTH: usize = 12;

/// Maximum length of a line, in characters. Diagnostics quote the line, so one huge line would be printed many times.
const MAX_LINE_CHARS: usize = 4_000;

/// The position of a value on its line. Line and column are counted from 1; column and width are in characters. A value of
/// several lines has width 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) line: usize,
    pub(crate) column: usize,
    pub(crate) width: usize,
}

/// A value and its position.
#[derive(Debug, Clone)]
pub(crate) struct Yaml {
    pub(crate) span: Span,
    pub(crate) value: Value,
}

/// A value of the supported YAML subset.
#[derive(Debug, Clone)]
pub(crate) enum Value {
    /// A missing value: empty, `~` or `null`, without quotes.
    Null,
    Scalar {
        text: String,
        /// Whether the scalar is written without quotes and not as a block.
        plain: bool,
    },
    Sequence(Vec<Yaml>),
    Mapping(Vec<Entry>),
}

/// A `key: value` entry of a mapping.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) key: String,
    pub(crate) key_span: Span,
    pub(crate) value: Yaml,
}

/// A reason why the file is rejected.
#[derive(Debug)]
pub(crate) struct Problem {
    pub(crate) code: RuleId,
    pub(crate) span: Span,
    pub(crate) message: String,
    pub(crate) help: &'static str,
}

impl Yaml {
    /// Returns the entries of a mapping. Other values have none.
    pub(crate) fn entries(&self) -> &[Entry] {
        match &self.value {
            Value::Mapping(entries) => entries,
            _ => &[],
        }
    }

    /// Returns the items of a list. Other values have none.
    pub(crate) fn items(&self) -> &[Self] {
        match &self.value {
            Value::Sequence(items) => items,
            _ => &[],
        }
    }

    /// Returns the entry with this key.
    pub(crate) fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries().iter().find(|entry| entry.key == key)
    }

    /// Returns the kind of the value as named in diagnostics.
    pub(crate) fn kind(&self) -> &'static str {
        match self.value {
            Value::Null => "empty",
            Value::Scalar { .. } => "text",
            Value::Sequence(_) => "a list",
            Value::Mapping(_) => "a mapping (`name: value`)",
        }
    }
}

/// A list or mapping whose end has not been parsed yet.
struct OpenNode {
    span: Span,
    value: Value,
    /// The last key of a mapping, until its value is parsed.
    key: Option<(String, Span)>,
    /// The line of each key parsed so far.
    seen: HashMap<String, usize>,
}

/// Parses a file with one document.
///
/// # Errors
/// All problems that were found, in the order of their positions. Parsing stops at a syntax error, a directive, a line that is
/// too long, a second document, or nesting that is too deep.
pub(crate) fn parse(text: &str) -> Result<Yaml, Vec<Problem>> {
    let mut reading = TreeBuilder { problems: Vec::new(), open: Vec::new(), root: None, documents: 0 };
    if let Some((at, line)) = (1..).zip(text.lines()).find(|(_, line)| line.starts_with('%')) {
        let span = Span { line: at, column: 1, width: line.chars().count() };
        reading.reject(
            RuleId::Tag,
            span,
            "directives (lines that begin with `%`) are not supported",
            "remove this line",
        );
        return Err(reading.problems);
    }
    if let Some((line, long)) = (1..).zip(text.lines()).find(|(_, line)| line.chars().nth(MAX_LINE_CHARS).is_some()) {
        let span = Span { line, column: MAX_LINE_CHARS + 1, width: long.chars().count() - MAX_LINE_CHARS };
        let message = format!("this line is longer than {MAX_LINE_CHARS} characters");
        reading.reject(
            RuleId::TooLarge,
            span,
            &message,
            "write each `name: value` on its own line, and start a long text with `>-` to split it over several lines",
        );
        return Err(reading.problems);
    }
    for event in Parser::new_from_str(text) {
        match event {
            Ok((event, span)) => {
                if reading.event(event, span_of(&span)).is_break() {
                    break;
                }
            }
            Err(error) => {
                reading.problems.push(syntax(&error, text));
                break;
            }
        }
    }
    match reading.root {
        Some(root) if reading.problems.is_empty() => Ok(root),
        None if reading.problems.is_empty() => Err(vec![Problem {
            code: RuleId::NotYaml,
            span: Span { line: 1, column: 1, width: 1 },
            message: "the file is empty".to_owned(),
            help: "start with `message:` and the error message",
        }]),
        _ => Err(reading.problems),
    }
}

struct TreeBuilder {
    problems: Vec<Problem>,
    open: Vec<OpenNode>,
    root: Option<Yaml>,
    documents: usize,
}

impl TreeBuilder {
    fn event(&mut self, event: Event<'_>, span: Span) -> ControlFlow<()> {
        match event {
            Event::DocumentStart(_) => {
                self.documents += 1;
                if self.documents > 1 {
                    self.reject(
                        RuleId::SeveralDocuments,
                        span,
                        "a file can contain only one document",
                        "move what follows `---` to a file of its own",
                    );
                    return Break(());
                }
            }
            Event::Alias(_) => {
                self.reject(
                    RuleId::Alias,
                    span,
                    "aliases (`*name`) are not supported",
                    "repeat the value, or use `goto` to share a node",
                );
                self.push(Yaml { span, value: Value::Null });
            }
            Event::Scalar(text, style, anchor, tag) => {
                self.reject_anchor_and_tag(anchor, tag.is_some(), span);
                self.push(Yaml { span, value: scalar(&text, style) });
            }
            Event::SequenceStart(anchor, tag) => {
                self.reject_anchor_and_tag(anchor, tag.is_some(), span);
                return self.begin(span, Value::Sequence(Vec::new()));
            }
            Event::MappingStart(anchor, tag) => {
                self.reject_anchor_and_tag(anchor, tag.is_some(), span);
                return self.begin(span, Value::Mapping(Vec::new()));
            }
            Event::SequenceEnd | Event::MappingEnd => {
                if let Some(OpenNode { span, value, .. }) = self.open.pop() {
                    self.push(Yaml { span, value });
                }
            }
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
        }
        Continue(())
    }

    fn reject(&mut self, code: RuleId, span: Span, message: &str, help: &'static str) {
        self.problems.push(Problem { code, span, message: message.to_owned(), help });
    }

    fn reject_anchor_and_tag(&mut self, anchor: usize, tagged: bool, span: Span) {
        if anchor > 0 {
            self.reject(
                RuleId::Alias,
                span,
                "anchors (`&name`) are not supported",
                "remove `&` and the name after it; use quotes for a text that starts with `&`",
            );
        }
        if tagged {
            self.reject(
                RuleId::Tag,
                span,
                "tags (`!name`) are not supported",
                "remove `!` and the name after it; use quotes for a text that starts with `!`",
            );
        }
    }

    fn begin(&mut self, span: Span, value: Value) -> ControlFlow<()> {
        if self.open.len() == MAX_DEPTH {
            self.problems.push(too_deep(span));
            return Break(());
        }
        self.open.push(OpenNode { span, value, key: None, seen: HashMap::new() });
        Continue(())
    }

    /// Adds a complete value to the innermost open list or mapping. In a mapping, it is a key or the value of the last key.
    /// Outside of all lists and mappings, it is the root.
    fn push(&mut self, yaml: Yaml) {
        let Some(OpenNode { value, key: waiting, seen, .. }) = self.open.last_mut() else {
            self.root = Some(yaml);
            return;
        };
        match value {
            Value::Sequence(items) => items.push(yaml),
            Value::Mapping(entries) => {
                let Some((key, key_span)) = waiting.take() else {
                    let (name, span, is_text) = key_of(yaml);
                    *waiting = Some((name, span));
                    if !is_text {
                        self.reject(
                            RuleId::WrongKind,
                            span,
                            "a name is missing before the `:`",
                            "write `name: value`; use quotes for a text that starts with `{` or `[`",
                        );
                    }
                    return;
                };
                if let Some(line) = seen.get(&key) {
                    let message = format!("duplicate key `{key}`; the first is on line {line}");
                    self.reject(
                        RuleId::DuplicateKey,
                        key_span,
                        &message,
                        if matches!(key.as_str(), "by" | "do" | "user" | "administrator" | "owner" | "support") {
                            "each step starts with `- `; add `- ` where a new step starts"
                        } else {
                            "keep one of them, or give this one another name"
                        },
                    );
                } else {
                    seen.insert(key.clone(), key_span.line);
                    entries.push(Entry { key, key_span, value: yaml });
                }
            }
            Value::Null | Value::Scalar { .. } => {}
        }
    }
}

/// Returns the text of a key, its position, and whether the key is a scalar.
fn key_of(yaml: Yaml) -> (String, Span, bool) {
    match yaml.value {
        Value::Scalar { text, .. } => (text, yaml.span, true),
        _ => (String::new(), yaml.span, false),
    }
}

fn scalar(text: &str, style: ScalarStyle) -> Value {
    let plain = style == ScalarStyle::Plain;
    if plain && matches!(text, "" | "~" | "null") {
        return Value::Null;
    }
    Value::Scalar { text: text.trim_end_matches('\n').to_owned(), plain }
}

fn span_of(span: &ParserSpan) -> Span {
    let (start, end) = (span.start, span.end);
    let width = if start.line() == end.line() { end.col().saturating_sub(start.col()) } else { 1 };
    Span { line: start.line().max(1), column: start.col() + 1, width: width.max(1) }
}

fn syntax(error: &ScanError, text: &str) -> Problem {
    let at = error.marker();
    let span = Span { line: at.line().max(1), column: at.col() + 1, width: 1 };
    if error.info().contains("recursion limit") { too_deep(span) } else { diagnose(text, span, error.info()) }
}

fn too_deep(span: Span) -> Problem {
    Problem {
        code: RuleId::TooDeep,
        span,
        message: "lists and mappings are nested too deeply".to_owned(),
        help: "an article needs at most six levels; check for an extra `[` or `{`",
    }
}
