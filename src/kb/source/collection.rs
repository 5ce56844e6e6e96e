//! Reading `collection.yaml`.

use super::{NAME_HELP, SourceFile, is_plain_name, raw};
use crate::kb::finding::{Code, Finding};
use crate::kb::read::Reader;
use crate::kb::yaml::Span;
use crate::kb::{Clue, Collection};

/// Reads `collection.yaml`.
///
/// The collection is `None` where it cannot be used.
pub(in crate::kb) fn collection(file: &SourceFile) -> (Option<Collection>, Vec<Finding>) {
    let (text, tree) = match file.tree() {
        Ok(parsed) => parsed,
        Err(findings) => return (None, findings),
    };
    let mut reader = Reader::new(&file.path, &text);
    let top = Span { line: 1, column: 1, width: 1 };
    let raw: raw::Collection = reader.record(&tree, "a collection");
    if !is_plain_name(&file.collection) {
        reader.report(
            Code::BadName,
            top,
            format!("the folder's name `{}` cannot be used as an id", file.collection),
            NAME_HELP,
        );
    }
    let title = reader.required(
        raw.title,
        &tree,
        "title",
        top,
        "say in a few words what the collection is about, for example `title: Access denied`",
    );
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
                Code::BadName,
                entry.key_span,
                format!("`{}` cannot be used as the name of a clue", entry.key),
                NAME_HELP,
            );
        }
        clues.push(Clue {
            id: entry.key.clone(),
            question: reader.required(
                clue.question,
                &entry.value,
                "question",
                entry.key_span,
                "write the yes/no question of this clue",
            ),
            hint: reader.optional(clue.hint, &entry.value, "hint"),
        });
    }
    let only_by_search = tree
        .entry("only-by-search")
        .and_then(|entry| reader.yes_or_no(entry, "leave it out where its articles are to be asked about"));
    let silences = reader.silences(&tree);
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
        silences,
    };
    (reader.is_sound().then_some(collection), reader.finish())
}
