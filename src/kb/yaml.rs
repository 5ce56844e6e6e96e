//! YAML with the place of every value, and nothing in it that could surprise.
//!
//! A pass over the parser's events builds a tree of texts, lists and mappings. It refuses what a knowledge base never needs and
//! what makes YAML dangerous or slow: anchors and aliases, tags and directives, several documents, deep nesting, duplicate keys.
//! Every scalar stays the text that its author wrote: `403.10` is not a number and `no` is not a truth value.

use std::collections::HashMap;
use std::ops::ControlFlow::{self, Break, Continue};

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Span as ParserSpan};

use super::diagnosis::diagnose;
use super::finding::Code;

/// Lists and mappings within each other; an article needs six.
const MAX_DEPTH: usize = 12;

/// Characters of a line. Findings show the line that they mean, and a file that is all one line would be shown again and again.
const LONGEST_LINE: usize = 4_000;

/// Where a value stands: line and column from 1, in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) line: usize,
    pub(crate) column: usize,
    pub(crate) width: usize,
}

/// A value and its place.
#[derive(Debug, Clone)]
pub(crate) struct Yaml {
    pub(crate) span: Span,
    pub(crate) value: Value,
}

/// What a value is.
#[derive(Debug, Clone)]
pub(crate) enum Value {
    /// A key without a value.
    Nothing,
    Text {
        text: String,
        /// Written without quotes, on one line.
        plain: bool,
    },
    List(Vec<Yaml>),
    Mapping(Vec<Entry>),
}

/// One `key: value` of a mapping.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) key: String,
    pub(crate) key_span: Span,
    pub(crate) value: Yaml,
}

/// Something that is refused.
#[derive(Debug)]
pub(crate) struct Problem {
    pub(crate) code: Code,
    pub(crate) span: Span,
    pub(crate) message: String,
    pub(crate) help: &'static str,
}

impl Yaml {
    /// The entries, where it is a mapping.
    pub(crate) fn entries(&self) -> &[Entry] {
        match &self.value {
            Value::Mapping(entries) => entries,
            _ => &[],
        }
    }

    /// The items, where it is a list.
    pub(crate) fn items(&self) -> &[Self] {
        match &self.value {
            Value::List(items) => items,
            _ => &[],
        }
    }

    /// The entry of that key.
    pub(crate) fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries().iter().find(|entry| entry.key == key)
    }

    /// What it is, in the words that an author would use.
    pub(crate) fn kind(&self) -> &'static str {
        match self.value {
            Value::Nothing => "nothing",
            Value::Text { .. } => "a text",
            Value::List(_) => "a list",
            Value::Mapping(_) => "a mapping (`name: value`)",
        }
    }
}

/// A list or mapping that is still being read.
struct Open {
    span: Span,
    value: Value,
    /// The key that waits for its value, where it is a mapping.
    key: Option<(String, Span)>,
    /// The line of each key so far.
    seen: HashMap<String, usize>,
}

/// Reads the one document of a file.
///
/// # Errors
/// Everything that is refused, in the order of its places. After a syntax error nothing more can be read.
pub(crate) fn parse(text: &str) -> Result<Yaml, Vec<Problem>> {
    let mut reading = Reading { problems: Vec::new(), open: Vec::new(), root: None, documents: 0 };
    if let Some((at, line)) = (1..).zip(text.lines()).find(|(_, line)| line.starts_with('%')) {
        let span = Span { line: at, column: 1, width: line.chars().count() };
        reading.refuse(Code::Tag, span, "directives (lines that begin with `%`) are not used here", "remove this line");
        return Err(reading.problems);
    }
    if let Some((line, long)) = (1..).zip(text.lines()).find(|(_, line)| line.chars().nth(LONGEST_LINE).is_some()) {
        let span = Span { line, column: LONGEST_LINE + 1, width: long.chars().count() - LONGEST_LINE };
        let message = format!("this line has more than {LONGEST_LINE} characters");
        reading.refuse(
            Code::TooLarge,
            span,
            &message,
            "write each `name: value` on a line of its own, and a long text behind `>-` on several",
        );
        return Err(reading.problems);
    }
    for event in Parser::new_from_str(text) {
        match event {
            Ok((event, span)) => {
                if reading.event(event, place(&span)).is_break() {
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
            code: Code::NotYaml,
            span: Span { line: 1, column: 1, width: 1 },
            message: "the file is empty".to_owned(),
            help: "begin with `message:` and the error's text",
        }]),
        _ => Err(reading.problems),
    }
}

struct Reading {
    problems: Vec<Problem>,
    open: Vec<Open>,
    root: Option<Yaml>,
    documents: usize,
}

impl Reading {
    fn event(&mut self, event: Event<'_>, span: Span) -> ControlFlow<()> {
        match event {
            Event::DocumentStart(_) => {
                self.documents += 1;
                if self.documents > 1 {
                    self.refuse(
                        Code::SeveralDocuments,
                        span,
                        "a file holds one document",
                        "move what follows `---` to a file of its own",
                    );
                    return Break(());
                }
            }
            Event::Alias(_) => {
                self.refuse(
                    Code::Alias,
                    span,
                    "aliases (`*name`) are not used here",
                    "write the value again, or reach a shared node by `goto`",
                );
                self.put(Yaml { span, value: Value::Nothing });
            }
            Event::Scalar(text, style, anchor, tag) => {
                self.plain_only(anchor, tag.is_some(), span);
                self.put(Yaml { span, value: scalar(&text, style) });
            }
            Event::SequenceStart(anchor, tag) => {
                self.plain_only(anchor, tag.is_some(), span);
                return self.begin(span, Value::List(Vec::new()));
            }
            Event::MappingStart(anchor, tag) => {
                self.plain_only(anchor, tag.is_some(), span);
                return self.begin(span, Value::Mapping(Vec::new()));
            }
            Event::SequenceEnd | Event::MappingEnd => {
                if let Some(Open { span, value, .. }) = self.open.pop() {
                    self.put(Yaml { span, value });
                }
            }
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
        }
        Continue(())
    }

    fn refuse(&mut self, code: Code, span: Span, message: &str, help: &'static str) {
        self.problems.push(Problem { code, span, message: message.to_owned(), help });
    }

    fn plain_only(&mut self, anchor: usize, tagged: bool, span: Span) {
        if anchor > 0 {
            self.refuse(
                Code::Alias,
                span,
                "anchors (`&name`) are not used here",
                "remove the `&` and the name behind it; put a text that begins with `&` in quotes",
            );
        }
        if tagged {
            self.refuse(
                Code::Tag,
                span,
                "tags (`!name`) are not used here",
                "remove the `!` and the name behind it; put a text that begins with `!` in quotes",
            );
        }
    }

    fn begin(&mut self, span: Span, value: Value) -> ControlFlow<()> {
        if self.open.len() == MAX_DEPTH {
            self.problems.push(too_deep(span));
            return Break(());
        }
        self.open.push(Open { span, value, key: None, seen: HashMap::new() });
        Continue(())
    }

    /// Puts a finished value where it belongs: it may be a key, a value, an item or the whole document.
    fn put(&mut self, yaml: Yaml) {
        let Some(Open { value, key: waiting, seen, .. }) = self.open.last_mut() else {
            self.root = Some(yaml);
            return;
        };
        match value {
            Value::List(items) => items.push(yaml),
            Value::Mapping(entries) => {
                let Some((key, key_span)) = waiting.take() else {
                    let (name, span, is_text) = key_of(yaml);
                    *waiting = Some((name, span));
                    if !is_text {
                        self.refuse(
                            Code::WrongKind,
                            span,
                            "a name must stand before the `:`",
                            "write `name: value`; put a text with `{` or `[` in front in quotes",
                        );
                    }
                    return;
                };
                if let Some(line) = seen.get(&key) {
                    let message = format!("`{key}` stands here twice; the first is on line {line}");
                    self.refuse(
                        Code::DuplicateKey,
                        key_span,
                        &message,
                        if matches!(key.as_str(), "by" | "do") {
                            "a step begins with `- by:`; put `- ` in front where a new step begins"
                        } else {
                            "keep one of them, or give this one another name"
                        },
                    );
                } else {
                    seen.insert(key.clone(), key_span.line);
                    entries.push(Entry { key, key_span, value: yaml });
                }
            }
            Value::Nothing | Value::Text { .. } => {}
        }
    }
}

/// The name of an entry, and whether it is a text at all.
fn key_of(yaml: Yaml) -> (String, Span, bool) {
    match yaml.value {
        Value::Text { text, .. } => (text, yaml.span, true),
        _ => (String::new(), yaml.span, false),
    }
}

fn scalar(text: &str, style: ScalarStyle) -> Value {
    let plain = style == ScalarStyle::Plain;
    if plain && matches!(text, "" | "~" | "null") {
        return Value::Nothing;
    }
    Value::Text { text: text.trim_end_matches('\n').to_owned(), plain }
}

fn place(span: &ParserSpan) -> Span {
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
        code: Code::TooDeep,
        span,
        message: "lists and mappings are nested too deeply".to_owned(),
        help: "an article needs no more than six levels; look for a `[` or `{` too many",
    }
}
