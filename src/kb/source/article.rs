//! Decoder for articles.

use super::{NAME_HELP, SourceFile, is_plain_name, raw};
use crate::kb::Collection;
use crate::kb::article::{Article, UnresolvedRef};
use crate::kb::diagnostic::{Diagnostic, RuleId};
use crate::kb::fact::{FactAnswer, FactValue};
use crate::kb::read::{Decoder, EXTRA_PREFIX};
use crate::kb::yaml::{Span, Value, Yaml};
use crate::text::SanitizedText;

/// Decodes an article. Its references are unresolved. `at` is the index of the collection.
///
/// The article is `None` if the file isn't valid YAML. An article with errors is returned too, so that its references can be
/// checked. The caller must not load such an article.
pub(in crate::kb) fn article(
    file: &SourceFile,
    at: usize,
    collection: &Collection,
) -> (Option<Article<UnresolvedRef>>, Vec<Diagnostic>) {
    let (text, tree) = match file.tree() {
        Ok(parsed) => parsed,
        Err(diagnostics) => return (None, diagnostics),
    };
    let mut reader = Decoder::new(&file.path, &text);
    reader.set_facts(&collection.facts);
    let article = ArticleDecoder { reader: &mut reader, collection }.article(file, at, &tree);
    (Some(article), reader.finish())
}

/// Decodes the parts of one article. Its methods are split across the modules for articles, flows and scenarios.
pub(super) struct ArticleDecoder<'a, 'b> {
    pub(super) reader: &'a mut Decoder<'b>,
    pub(super) collection: &'a Collection,
}

impl ArticleDecoder<'_, '_> {
    fn article(&mut self, file: &SourceFile, collection: usize, tree: &Yaml) -> Article<UnresolvedRef> {
        let top = Span { line: 1, column: 1, width: 1 };
        if !is_plain_name(&file.stem) {
            self.reader.report(
                RuleId::BadName,
                top,
                format!("the file name `{}` cannot be used as an ID", file.stem),
                NAME_HELP,
            );
        }
        let raw: raw::Article = self.reader.record(tree, "an article");
        let texts = |list: Vec<(SanitizedText, Span)>| list.into_iter().map(|(text, _)| text).collect::<Vec<_>>();
        let is_situation = tree.entry("title").is_some();
        let (message, heading) = if is_situation {
            if let Some(message) = tree.entry("message") {
                let help = "keep `message` for an error, or `title` for a situation without an error message";
                self.reader.report(
                    RuleId::UnknownField,
                    message.key_span,
                    "this article has a `title` and a `message`",
                    help,
                );
            }
            (self.reader.required(raw.title, tree, "title", top, "add a short title"), "title")
        } else {
            let help = "add the exact error message: `message: ...`";
            (self.reader.required(raw.message, tree, "message", top, help), "message")
        };
        let message_span = tree.entry(heading).map_or(top, |entry| entry.value.span);
        let sources = self.reader.list(raw.sources, tree, "sources");
        for (source, span) in &sources {
            // A text with spaces names a source that is not on the web.
            if !source.contains(char::is_whitespace) {
                self.reader.link(source, *span);
            }
        }
        let (codes, code_facts) = self.codes(tree);
        let prevention = self.reader.list(raw.prevention, tree, "prevention");
        let prevention: Vec<_> = prevention.iter().map(|(text, _)| self.reader.with_inserts(text)).collect();
        Article {
            id: file.stem.clone(),
            collection,
            message,
            wordings: texts(self.reader.list(raw.wordings, tree, "wordings")),
            is_situation,
            codes,
            code_facts,
            keywords: texts(self.reader.list(raw.keywords, tree, "keywords")),
            description: self.reader.voiced(raw.description, tree, "description").unwrap_or_default(),
            known: self.known(tree, &[FactAnswer::Yes, FactAnswer::No]),
            sources: texts(sources),
            see_also: self.see_also(tree),
            prevention,
            without_situation: self.without_situation(tree),
            extra: extra_fields(tree),
            reviewed: self.reviewed(raw.reviewed.as_deref(), tree),
            flow: self.flow(tree),
            scenarios: Vec::new(),
            suppressions: self.reader.suppressions(tree),
            location: self.reader.location(message_span),
        }
    }

    fn reviewed(&mut self, raw: Option<&str>, tree: &Yaml) -> Option<jiff::civil::Date> {
        let raw = raw?;
        let date = raw.parse().ok();
        if date.is_none() {
            let span = tree.entry("reviewed").map_or(tree.span, |entry| entry.value.span);
            self.reader.report(
                RuleId::BadDate,
                span,
                format!("`{raw}` is not a date"),
                "use the format year-month-day, for example `reviewed: 2026-11-23`",
            );
        }
        date
    }

    /// Decodes `known`: facts with their answers.
    pub(super) fn known(&mut self, yaml: &Yaml, answers: &[FactAnswer]) -> Vec<FactValue> {
        let Some(known) = yaml.entry("known") else { return Vec::new() };
        let values = self.reader.fact_values(&known.value, &self.collection.facts, answers);
        values.into_iter().map(|(value, _)| value).collect()
    }

    /// Decodes `codes`: a list of codes, or a mapping from codes to the facts that they imply. Returns the codes, and the facts
    /// as `(index into the codes, fact)`.
    fn codes(&mut self, tree: &Yaml) -> (Vec<SanitizedText>, Vec<(usize, FactValue)>) {
        let (mut codes, mut facts) = (Vec::new(), Vec::new());
        let Some(entry) = tree.entry("codes") else { return (codes, facts) };
        match &entry.value.value {
            Value::Sequence(items) if items.is_empty() => {}
            Value::Mapping(entries) => {
                for code in entries {
                    if !matches!(code.value.value, Value::Null) {
                        let answers = &[FactAnswer::Yes, FactAnswer::No];
                        let values = self.reader.fact_values(&code.value, &self.collection.facts, answers);
                        facts.extend(values.into_iter().map(|(value, _)| (codes.len(), value)));
                    }
                    codes.push(self.reader.key(code));
                }
            }
            _ => codes = self.reader.texts(entry),
        }
        (codes, facts)
    }

    fn see_also(&mut self, tree: &Yaml) -> Vec<(SanitizedText, SanitizedText)> {
        let entries = self.reader.entries(tree, "see-also");
        let mut links = Vec::new();
        for (entry, link) in entries {
            self.reader.link(&link, entry.value.span);
            links.push((self.reader.key(entry), link));
        }
        links
    }

    /// Decodes `situation: none`.
    fn without_situation(&mut self, tree: &Yaml) -> bool {
        let Some(entry) = tree.entry("situation") else { return false };
        let is_none = matches!(&entry.value.value, Value::Scalar { text, .. } if text == "none");
        if !is_none {
            let help =
                "situations belong in `situations` of the collection; write `situation: none` if none leads here";
            self.reader.report(RuleId::WrongKind, entry.value.span, "`situation` can only be `none`", help);
        }
        is_none
    }
}

/// Returns the fields whose names begin with `x-`, with their values as JSON.
fn extra_fields(tree: &Yaml) -> Vec<(String, String)> {
    let extra = tree.entries().iter().filter(|entry| entry.key.starts_with(EXTRA_PREFIX));
    extra.map(|entry| (entry.key.clone(), json(&entry.value).to_string())).collect()
}

/// Converts a value to JSON. Every scalar becomes a string.
fn json(yaml: &Yaml) -> serde_json::Value {
    match &yaml.value {
        Value::Null => serde_json::Value::Null,
        Value::Scalar { text, .. } => SanitizedText::new(text).as_str().into(),
        Value::Sequence(items) => items.iter().map(json).collect(),
        Value::Mapping(entries) => {
            entries.iter().map(|entry| (SanitizedText::new(&entry.key).to_string(), json(&entry.value))).collect()
        }
    }
}
