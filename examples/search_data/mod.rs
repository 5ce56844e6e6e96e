//! The queries that search is fitted and evaluated with, and the knowledge bases they belong to.
//!
//! All files are in `tests/search`. A line of a file is `expected<TAB>query`; `-` means that no article is meant.

#![allow(dead_code, reason = "each example uses a part of this module")]

use std::path::{Path, PathBuf};
use std::sync::Arc;

use unstuck::kb::{KnowledgeBase, Source, SourceFile, load};
use unstuck::search::Search;
use unstuck::{builtin, files};

/// A query with the expected result.
#[derive(Debug, Clone)]
pub(crate) struct Case {
    /// The kind of query, such as `own words`.
    pub kind: String,
    /// The expected articles, as indices. Empty if no article is meant.
    pub expected: Vec<usize>,
    /// Whether all expected articles must be contenders. Otherwise, one of them is enough.
    pub all: bool,
    pub query: String,
}

/// A knowledge base and the queries for it.
pub(crate) struct Set {
    pub name: &'static str,
    pub search: Search,
    pub cases: Vec<Case>,
}

/// Returns the path of a file in `tests/search`.
pub(crate) fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/search").join(name)
}

/// Returns the lines of a file as columns.
pub(crate) fn rows(name: &str) -> Vec<Vec<String>> {
    let text = std::fs::read_to_string(path(name)).unwrap_or_else(|error| panic!("cannot read {name}: {error}"));
    let lines = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    lines
        .map(|line| line.split('\t').map(|column| column.replace("\\n", "\n").replace("\\t", "\t")).collect())
        .collect()
}

/// Returns the indices of the articles of a column such as `a`, `a,b` or `?a,b`.
fn articles(kb: &KnowledgeBase, column: &str) -> Vec<usize> {
    let ids = column.trim_start_matches('?').split(',').filter(|id| *id != "-");
    ids.map(|id| kb.article_index(id).unwrap_or_else(|| panic!("there is no article {id}"))).collect()
}

/// Returns the cases of a file with the columns `expected` and `query`, or `kind`, `expected` and `query`.
pub(crate) fn cases(search: &Search, name: &str, kind: &str) -> Vec<Case> {
    let case = |columns: Vec<String>| {
        let (own_kind, expected, query) = match columns.as_slice() {
            [expected, query] => (kind, expected, query),
            [own_kind, expected, query] => (own_kind.as_str(), expected, query),
            _ => panic!("invalid line in {name}: {columns:?}"),
        };
        let (all, articles) = (expected.starts_with('?'), articles(search.kb(), expected));
        Case { kind: own_kind.to_owned(), expected: articles, all, query: query.clone() }
    };
    rows(name).into_iter().map(case).collect()
}

/// Returns the built-in knowledge base.
pub(crate) fn builtin() -> Search {
    Search::new(Arc::new(builtin::loaded().kb))
}

/// Returns the knowledge base about another product.
pub(crate) fn other() -> Search {
    let source = files::read(&path("other-kb")).unwrap_or_else(|error| panic!("{error}"));
    Search::new(Arc::new(load(&[source]).kb))
}

/// Returns a knowledge base with one article for each message, without descriptions.
pub(crate) fn of_messages<'a>(messages: impl IntoIterator<Item = &'a str>) -> Search {
    let file = |stem: String, text: String| SourceFile {
        collection: "messages".to_owned(),
        path: format!("messages/{stem}.yaml"),
        stem,
        content: Ok(text.into_bytes()),
    };
    let article = |(nth, message): (usize, &str)| {
        let quoted = serde_json::to_string(message).unwrap_or_default();
        let rest = "description: \"-\"\nsources: [https://example.com]\nreviewed: 2026-01-01\nflow:\n  end:\n    escalation: Ask.\n    contact: https://example.com\n";
        file(format!("m{nth}"), format!("message: {quoted}\n{rest}"))
    };
    let mut files = vec![file("collection".to_owned(), "title: Messages\n".to_owned())];
    files.extend(messages.into_iter().enumerate().map(article));
    Search::new(Arc::new(load(&[Source { name: "messages".to_owned(), files, diagnostics: Vec::new() }]).kb))
}

/// `SplitMix64` random numbers with a fixed seed.
pub(crate) struct Random(pub u64);

impl Random {
    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^= z >> 31;
        (z % end.max(1) as u64) as usize
    }

    pub(crate) fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }
}

/// The kinds of damage.
pub(crate) const DAMAGES: [&str; 15] = [
    "case",
    "beginning",
    "beginning with a typo",
    "middle",
    "middle with a typo",
    "words dropped",
    "reordered",
    "three words",
    "light typos",
    "heavy typos",
    "ocr",
    "log line",
    "long log",
    "wrapped",
    "mixed",
];

/// Returns a damaged copy of a message.
pub(crate) fn damage(kind: &str, message: &str, others: &[&str], random: &mut Random) -> String {
    let chars: Vec<char> = message.chars().collect();
    let words: Vec<&str> = message.split_whitespace().collect();
    let text = |chars: &[char]| chars.iter().collect::<String>();
    match kind {
        "case" => {
            let upper = random.below(2) == 0;
            let text = if upper { message.to_uppercase() } else { message.to_lowercase() };
            text.replace(['.', ',', ';', ':', '"', '\''], " ")
        }
        "beginning" | "beginning with a typo" => {
            let length = (4 + random.below(chars.len().saturating_sub(3))).min(chars.len());
            let beginning = text(&chars[..length]);
            if kind == "beginning" { beginning } else { with_typos(&beginning, 1, random) }
        }
        "middle" | "middle with a typo" => {
            let length = (8 + random.below(chars.len().saturating_sub(8))).min(chars.len());
            let from = random.below(chars.len() - length + 1);
            let middle = text(&chars[from..from + length]);
            if kind == "middle" { middle } else { with_typos(&middle, 1 + length / 25, random) }
        }
        "words dropped" => words.iter().filter(|_| random.below(10) < 7).copied().collect::<Vec<_>>().join(" "),
        "reordered" => {
            let mut words = words;
            for at in (1..words.len()).rev() {
                words.swap(at, random.below(at + 1));
            }
            words.join(" ")
        }
        "three words" => {
            let long: Vec<&str> = words.iter().filter(|word| word.chars().count() > 3).copied().collect();
            let from = if long.len() >= 3 { long } else { words };
            (0..3).map(|_| *random.pick(&from)).collect::<Vec<_>>().join(" ")
        }
        "light typos" => with_typos(message, 1 + chars.len() / 40, random),
        "heavy typos" => with_typos(message, 2 + chars.len() / 10, random),
        "ocr" => ocr(message, random),
        "log line" => log_line(message, random),
        "long log" => {
            let count = 4 + random.below(8);
            let mut lines: Vec<String> = Vec::new();
            for _ in 0..count {
                let other = others[random.below(others.len())];
                lines.push(log_line(other, random));
            }
            let lines_before = random.below(lines.len());
            lines = lines.into_iter().map(|line| line.replace(" ERROR ", " INFO ")).collect();
            lines.insert(lines_before, log_line(message, random));
            lines.join("\n")
        }
        "wrapped" => {
            let width = 15 + random.below(30);
            let mut column = 0;
            let mut text = String::new();
            for word in words {
                if column > 0 && column + word.len() > width {
                    text.push_str("\n  ");
                    column = 0;
                } else if column > 0 {
                    text.push(' ');
                }
                text.push_str(word);
                column += word.len() + 1;
            }
            with_typos(&text, random.below(2), random)
        }
        _ => {
            let (a, b) = (random.below(DAMAGES.len() - 1), random.below(DAMAGES.len() - 1));
            let once = damage(DAMAGES[a], message, others, random);
            if once.chars().count() < 12 { once } else { damage(DAMAGES[b], &once, others, random) }
        }
    }
}

/// Changes, drops, doubles or swaps characters.
fn with_typos(text: &str, count: usize, random: &mut Random) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    for _ in 0..count {
        if chars.len() < 4 {
            break;
        }
        let at = 1 + random.below(chars.len() - 2);
        match random.below(4) {
            0 => chars[at] = char::from(b'a' + random.below(26) as u8),
            1 => _ = chars.remove(at),
            2 => chars.insert(at, chars[at]),
            _ => chars.swap(at, at + 1),
        }
    }
    chars.into_iter().collect()
}

/// Confuses characters as OCR does.
fn ocr(text: &str, random: &mut Random) -> String {
    const CONFUSIONS: [(&str, &str); 9] =
        [("l", "1"), ("i", "l"), ("o", "0"), ("m", "rn"), ("s", "5"), ("d", "cl"), ("I", "|"), ("w", "vv"), (" ", "")];
    let mut confused = String::new();
    for c in text.chars() {
        let confusion = CONFUSIONS.iter().find(|(from, _)| from.chars().eq([c]));
        match confusion.filter(|(from, _)| random.below(if *from == " " { 12 } else { 4 }) == 0) {
            Some((_, to)) => confused.push_str(to),
            None => confused.push(c),
        }
    }
    confused
}

fn log_line(message: &str, random: &mut Random) -> String {
    let (hour, minute, id) = (random.below(24), random.below(60), random.below(99_999));
    match random.below(4) {
        0 => format!("2026-03-09T{hour:02}:{minute:02}:11.528Z ERROR [http-nio-{id}] c.e.app.Handler - {message}"),
        1 => format!("Mar  9 {hour:02}:{minute:02}:07 host app[{id}]: ERROR {message}"),
        2 => format!("[{hour:02}:{minute:02}:44] ERROR main.rs:{id}: {message} (request {id})"),
        _ => format!("{{\"level\":\"error\",\"time\":{id},\"msg\":\"{message}\",\"pid\":{minute}}}"),
    }
}
