//! Reading an article.

use super::{COLLECTION_FILE, NAME_HELP, SourceFile, is_plain_name, raw};
use crate::kb::Collection;
use crate::kb::article::{Article, Target};
use crate::kb::finding::{Code, Finding, did_you_mean};
use crate::kb::read::Reader;
use crate::kb::yaml::{Span, Yaml};
use crate::text::Clean;

/// Reads an article of a collection. Its ways still lead to names.
///
/// Where the findings hold an error, the article must not be served; it is given all the same, so that its ways can be checked
/// with the others. There is none where the file is not even YAML.
pub(in crate::kb) fn article(
    file: &SourceFile,
    at: usize,
    collection: &Collection,
) -> (Option<Article<Target>>, Vec<Finding>) {
    let (text, tree) = match file.tree() {
        Ok(parsed) => parsed,
        Err(findings) => return (None, findings),
    };
    let mut reader = Reader::new(&file.path, &text);
    let article = ArticleReader { id: &file.stem, reader: &mut reader, collection }.article(file, at, &tree);
    (Some(article), reader.finish())
}

/// Reads the parts of one article.
pub(super) struct ArticleReader<'a, 'b> {
    pub(super) id: &'a str,
    pub(super) reader: &'a mut Reader<'b>,
    pub(super) collection: &'a Collection,
}

impl ArticleReader<'_, '_> {
    fn article(&mut self, file: &SourceFile, collection: usize, tree: &Yaml) -> Article<Target> {
        let top = Span { line: 1, column: 1, width: 1 };
        if !is_plain_name(&file.stem) {
            self.reader.report(
                Code::BadName,
                top,
                format!("the file's name `{}` cannot be used as an id", file.stem),
                NAME_HELP,
            );
        }
        let raw: raw::Article = self.reader.record(tree, "an article");
        let texts = |list: Vec<(Clean, Span)>| list.into_iter().map(|(text, _)| text).collect::<Vec<_>>();
        let message = self.reader.required(
            raw.message,
            tree,
            "message",
            top,
            "write the error's text to the letter: `message: ...`",
        );
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
            description: self.reader.optional(raw.description, tree, "description").unwrap_or_default().into(),
            clues: self.clue_answers(tree),
            sources: texts(sources).into(),
            reviewed: self.reviewed(raw.reviewed.as_deref(), tree),
            flow: self.flow(tree).into(),
            blanks: texts(self.reader.list(raw.blanks, tree, "blanks")),
            scenarios: self.scenarios(tree).into(),
            silences: self.reader.silences(tree),
            place: self.reader.place(message_span).into(),
        }
    }

    fn reviewed(&mut self, raw: Option<&str>, tree: &Yaml) -> Option<jiff::civil::Date> {
        let raw = raw?;
        let date = raw.parse().ok();
        if date.is_none() {
            let span = tree.entry("reviewed").map_or(tree.span, |entry| entry.value.span);
            self.reader.report(
                Code::BadDate,
                span,
                format!("`{raw}` is not a date"),
                "write it as year-month-day, for example `reviewed: 2026-11-23`",
            );
        }
        date
    }

    pub(super) fn clue_answers(&mut self, tree: &Yaml) -> Vec<(usize, bool)> {
        let mut answers = Vec::new();
        for entry in tree.entry("clues").map(|clues| clues.value.entries()).unwrap_or_default() {
            let clue = self.clue(&entry.key, entry.key_span);
            // Without the space behind its colon, it is no answer either: one mistake, said once.
            if clue.is_none() && entry.key.contains(':') {
                continue;
            }
            let answer = self.reader.yes_or_no(entry, "leave the clue out where it says nothing about this error");
            answers.extend(clue.zip(answer));
        }
        answers
    }

    pub(super) fn clue(&mut self, name: &str, span: Span) -> Option<usize> {
        let found = self.collection.clues.iter().position(|clue| clue.id == name);
        if found.is_none() {
            let message = format!("the collection has no clue `{name}`");
            let help = if let Some((clue, answer)) = name.split_once(':') {
                format!("put a space behind the colon: `{clue}: {answer}`")
            } else {
                let help = did_you_mean(name, self.collection.clues.iter().map(|clue| clue.id.as_str()));
                format!("{help} (clues are listed in {COLLECTION_FILE})")
            };
            self.reader.report(Code::UnknownClue, span, message, help);
        }
        found
    }
}
