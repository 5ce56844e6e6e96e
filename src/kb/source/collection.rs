//! Decoder for `collection.yaml`.

use super::{NAME_HELP, SourceFile, is_plain_name, raw};
use crate::kb::diagnostic::{Diagnostic, RuleId};
use crate::kb::read::Decoder;
use crate::kb::yaml::Span;
use crate::kb::{Clue, Collection};

/// Decodes `collection.yaml`. The collection is `None` if the file has an error.
pub(in crate::kb) fn collection(file: &SourceFile) -> (Option<Collection>, Vec<Diagnostic>) {
    let (text, tree) = match file.tree() {
        Ok(parsed) => parsed,
        Err(diagnostics) => return (None, diagnostics),
    };
    let mut reader = Decoder::new(&file.path, &text);
    let top = Span { line: 1, column: 1, width: 1 };
    let raw: raw::Collection = reader.record(&tree, "a collection");
    if !is_plain_name(&file.collection) {
        reader.report(
            RuleId::BadName,
            top,
            format!("the folder name `{}` cannot be used as an ID", file.collection),
            NAME_HELP,
        );
    }
    let title =
        reader.required(raw.title, &tree, "title", top, "add a short title, for example `title: Access denied`");
    let product = reader.optional(raw.product, &tree, "product");
    let more = reader.optional(raw.more, &tree, "more");
    if let (Some(link), Some(entry)) = (&more, tree.entry("more")) {
        reader.link(link, entry.value.span);
    }
    let contacts = reader.entries(&tree, "contacts");
    let contacts = contacts.into_iter().map(|(entry, address)| (entry.key.clone(), address)).collect();
    let blanks = reader.list(raw.blanks, &tree, "blanks").into_iter().map(|(blank, _)| blank).collect();
    let mut synonyms = Vec::new();
    for entry in tree.entry("synonyms").map(|synonyms| synonyms.value.entries()).unwrap_or_default() {
        let words = reader.texts(entry);
        synonyms.push((reader.key(entry), words));
    }
    let mut clues = Vec::new();
    for entry in tree.entry("clues").map(|clues| clues.value.entries()).unwrap_or_default() {
        let clue: raw::Clue = reader.record(&entry.value, "a clue");
        if !is_plain_name(&entry.key) {
            reader.report(
                RuleId::BadName,
                entry.key_span,
                format!("`{}` cannot be used as the name of a clue", entry.key),
                NAME_HELP,
            );
        }
        clues.push(Clue {
            id: entry.key.clone(),
            question: reader
                .required(
                    clue.question,
                    &entry.value,
                    "question",
                    entry.key_span,
                    "write the yes/no question of this clue",
                )
                .into(),
            hint: reader.voiced(clue.hint, &entry.value, "hint"),
        });
    }
    let only_by_search = tree
        .entry("only-by-search")
        .and_then(|entry| reader.yes_or_no(entry, "remove it if questions should also lead to these articles"));
    let suppressions = reader.suppressions(&tree);
    let collection = Collection {
        id: file.collection.clone(),
        title,
        product,
        more,
        blanks,
        contacts,
        synonyms: synonyms.into(),
        clues: clues.into(),
        only_by_search: only_by_search.unwrap_or_default(),
        suppressions,
    };
    (reader.has_no_errors().then_some(collection), reader.finish())
}
