//! The language rules of CONTRIBUTING.md: retired words and openings of doc comments that the project does not use.

#![expect(clippy::unwrap_used, reason = "tests")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// Retired words, each with the word to use instead.
const RETIRED: &[(&str, &str)] = &[
    ("whoever", "anyone who, the person who"),
    ("whomever", "anyone who"),
    ("whom", "who"),
    ("somebody", "someone"),
    ("anybody", "anyone"),
    ("everybody", "everyone"),
    ("mend", "fix"),
    ("mended", "fixed"),
    ("mends", "fixes"),
    ("once more", "again"),
    ("anew", "again"),
    ("to the letter", "word for word"),
    ("so many", "this many, or a number"),
    ("said of", "about"),
    ("told of", "about"),
    ("stands", "is"),
    ("stand in", "are in"),
    ("goes on", "continues"),
    ("go on with", "continue with"),
    ("given up", "unfinished"),
    ("put aside", "put on hold"),
    ("hand-over", "message to send, or escalation"),
    ("hands over", "escalates"),
    ("handed over", "escalated"),
    ("takes over", "helps next"),
    ("half-remember", "remember a part of"),
    ("spelt", "spelled"),
    ("misspelt", "misspelled"),
    ("honoured", "honored"),
    ("colour", "color"),
    ("licence", "license"),
    ("the one before", "the previous one"),
    ("shipped", "built-in"),
    ("actor", "role"),
];

/// First words that a doc comment must not begin with: they hide the subject.
const OPENINGS: &[&str] = &["What ", "How ", "Where ", "Who ", "Of ", "The same"];

/// Files that keep the old words, with the reason.
const EXEMPT: &[(&str, &str)] = &[
    ("tests/style.rs", "lists the retired words"),
    ("tests/search/", "queries in people's own words"),
    ("src/search/", "the search is to be replaced as a whole"),
    ("src/search.rs", "the search is to be replaced as a whole"),
    ("docs/schema/", "generated from src/kb/source/raw.rs"),
];

/// Single lines that may contain a retired word: a part of the line, with the reason.
const ALLOWED: &[(&str, &str)] = &[
    ("#[serde(rename = \"mend\")]", "a name in JSON that other programs read"),
    ("/mend/", "a name in JSON that other programs read"),
];

/// Fields of the knowledge base with the vendor's words or with search terms.
const SEARCH_FIELDS: &[&str] = &["message:", "wordings:", "keywords:", "synonyms:", "codes:", "search:"];

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if path
            .extension()
            .is_some_and(|extension| ["rs", "md", "yaml", "yml", "toml"].iter().any(|one| extension == *one))
        {
            found.push(path);
        }
    }
}

/// Returns the files to check, by their paths from the top folder.
fn checked_files() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    for folder in ["src", "docs", "kb", "tests", "benches", "fuzz/fuzz_targets", ".github"] {
        files(&root.join(folder), &mut found);
    }
    let top = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md", "Cargo.toml", "deny.toml", "clippy.toml"];
    found.extend(top.map(|name| root.join(name)));
    found.sort();
    let named = found.into_iter().map(|path| {
        let name = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
        (name, fs::read_to_string(path).unwrap())
    });
    named.filter(|(name, _)| !EXEMPT.iter().any(|(exempt, _)| name.starts_with(exempt))).collect()
}

/// Whether a text contains a word or phrase, with word boundaries, in any case.
fn contains_word(text: &str, word: &str) -> bool {
    let text = text.to_lowercase();
    let is_letter = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    text.match_indices(word).any(|(at, _)| {
        let (before, after) = (text.get(..at), text.get(at + word.len()..));
        !is_letter(before.and_then(|before| before.chars().next_back()))
            && !is_letter(after.and_then(|after| after.chars().next()))
    })
}

/// Whether a line of a knowledge base is text for search: a field or an entry of a list below such a field.
fn is_search_text(name: &str, line: &str, field: &mut bool) -> bool {
    if !name.starts_with("kb/") {
        return false;
    }
    if !line.starts_with(' ') {
        *field = SEARCH_FIELDS.iter().any(|one| line.starts_with(one));
    }
    *field || SEARCH_FIELDS.iter().any(|one| line.trim_start().starts_with(one))
}

#[test]
fn retired_words_are_not_used() {
    let mut report = String::new();
    for (name, text) in checked_files() {
        let mut field = false;
        for (line, number) in text.lines().zip(1..) {
            if is_search_text(&name, line, &mut field) || ALLOWED.iter().any(|(part, _)| line.contains(part)) {
                continue;
            }
            for (word, instead) in RETIRED.iter().filter(|(word, _)| contains_word(line, word)) {
                writeln!(report, "{name}:{number}: `{word}`; use: {instead}\n    {}", line.trim()).unwrap();
            }
        }
    }
    assert!(report.is_empty(), "{report}");
}

#[test]
fn doc_comments_begin_with_their_subject() {
    let mut report = String::new();
    for (name, text) in checked_files() {
        if Path::new(&name).extension().is_none_or(|extension| extension != "rs") {
            continue;
        }
        let mut was_comment = false;
        for (line, number) in text.lines().zip(1..) {
            let comment = line.trim_start().strip_prefix("///").or_else(|| line.trim_start().strip_prefix("//!"));
            let begins = comment.filter(|_| !was_comment).map(str::trim_start);
            if begins.is_some_and(|begins| OPENINGS.iter().any(|opening| begins.starts_with(opening))) {
                writeln!(report, "{name}:{number}: {}", line.trim()).unwrap();
            }
            was_comment = comment.is_some_and(|comment| !comment.trim().is_empty());
        }
    }
    assert!(report.is_empty(), "{report}");
}

#[test]
fn every_exempt_file_exists() {
    for (exempt, reason) in EXEMPT {
        assert!(Path::new(env!("CARGO_MANIFEST_DIR")).join(exempt).exists(), "{exempt}: {reason}");
    }
}
