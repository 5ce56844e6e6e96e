//! Decoder for articles.

use super::{COLLECTION_FILE, NAME_HELP, SourceFile, is_plain_name, raw};
use crate::kb::Collection;
use crate::kb::article::{Article, UnresolvedRef};
use crate::kb::diagnostic::{Diagnostic, RuleId, did_you_mean};
use crate::kb::read::Decoder;
use crate::kb::yaml::{Span, Yaml};
use crate::text::SanitizedText;

/// Decodes an article. Its references are unresolved. `at` is the index of the collection.
///
/// The article is `None` if the file isn't valid YAML. An article with errors is returned too, so that its references can be
/// checked. It must not be loaded.
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
    let article = ArticleDecoder { id: &file.stem, reader: &mut reader, collection }.article(file, at, &tree);
    (Some(article), reader.finish())
}

/// Decodes the parts of one article. The impl blocks are split over the modules for articles, flows and scenarios.
pub(super) struct ArticleDecoder<'a, 'b> {
    pub(super) id: &'a str,
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
        let message =
            self.reader.required(raw.message, tree, "message", top, "add the exact error message: `message: ...`");
        let message_span = tree.entry("message").map_or(top, |entry| entry.value.span);
        let sources = self.reader.list(raw.sources, tree, "sources");
        for (link, span) in &sources {
            self.reader.link(link, *span);
        }
        Article {
            id: file.stem.clone(),
            collection,
            message,
            wordings: texts(self.reader.list(raw.wordings, tree, "wordings")).into(),
            codes: texts(self.reader.list(raw.codes, tree, "codes")).into(),
            keywords: texts(self.reader.list(raw.keywords, tree, "keywords")).into(),
            description: self.reader.voiced(raw.description, tree, "description").unwrap_or_default().into(),
            clues: self.clue_answers(tree),
            sources: texts(sources).into(),
            reviewed: self.reviewed(raw.reviewed.as_deref(), tree),
            flow: self.flow(tree).into(),
            blanks: texts(self.reader.list(raw.blanks, tree, "blanks")),
            scenarios: self.scenarios(tree).into(),
            suppressions: self.reader.suppressions(tree),
            location: self.reader.location(message_span).into(),
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

    pub(super) fn clue_answers(&mut self, tree: &Yaml) -> Vec<(usize, bool)> {
        let mut answers = Vec::new();
        for entry in tree.entry("clues").map(|clues| clues.value.entries()).unwrap_or_default() {
            let clue = self.clue(&entry.key, entry.key_span);
            // In `clue:yes`, the space is missing. `clue` has reported that, so the missing answer isn't a second problem.
            if clue.is_none() && entry.key.contains(':') {
                continue;
            }
            let answer = self.reader.yes_or_no(entry, "remove the clue if it does not apply to this error");
            answers.extend(clue.zip(answer));
        }
        answers
    }

    pub(super) fn clue(&mut self, name: &str, span: Span) -> Option<usize> {
        let found = self.collection.clues.iter().position(|clue| clue.id == name);
        if found.is_none() {
            let message = format!("the collection has no clue `{name}`");
            let help = if let Some((clue, answer)) = name.split_once(':') {
                format!("add a space after the colon: `{clue}: {answer}`")
            } else {
                let help = did_you_mean(name, self.collection.clues.iter().map(|clue| clue.id.as_str()));
                format!("{help} (clues are listed in {COLLECTION_FILE})")
            };
            self.reader.report(RuleId::UnknownClue, span, message, help);
        }
        found
    }
}
