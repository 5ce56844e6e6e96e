//! The lines of a query, each with a trust. Of a long paste, only the most informative lines are kept.

use std::borrow::Cow;

use super::index::Index;
use super::normalize::words;

/// The trust of a line whose log level is lower than an error.
const TRUST_OF_WARNING: f64 = 0.8;
const TRUST_OF_INFO: f64 = 0.5;

/// Maximum number of words of a query that are compared.
const MAX_WORDS: usize = 600;

/// Maximum number of words of a line. A longer line is split.
const MAX_WORDS_OF_LINE: usize = 40;

/// A line of a query.
#[derive(Debug)]
pub(super) struct Line<'a> {
    /// The line as it was typed.
    pub(super) raw: Cow<'a, str>,
    /// Its folded words.
    pub(super) words: Vec<String>,
    /// How much the line says about the error (0–1). The log level determines it.
    pub(super) trust: f64,
}

/// Splits a query into lines.
pub(super) fn lines<'a>(text: &'a str, index: &Index) -> Vec<Line<'a>> {
    let mut lines = Vec::new();
    let mut trust = 1.0;
    for line in text.lines() {
        // A log entry begins at each log level that follows a time.
        let mut from = 0;
        let mut is_after_time = true;
        for raw in line.split_whitespace() {
            if is_after_time && let Some(level) = trust_of_level(raw) {
                let at = offset(line, raw);
                add(&mut lines, line.get(from..at).unwrap_or_default(), trust);
                (from, trust) = (at, level);
            }
            is_after_time = raw.bytes().any(|byte| byte.is_ascii_digit());
        }
        add(&mut lines, line.get(from..).unwrap_or_default(), trust);
    }
    keep_most_informative(&mut lines, index);
    lines
}

/// Returns the byte offset of a part of a text.
fn offset(text: &str, part: &str) -> usize {
    part.as_ptr().addr().saturating_sub(text.as_ptr().addr())
}

/// Adds a line. Splits a long one at white space, so that each part still has its raw text.
fn add<'a>(lines: &mut Vec<Line<'a>>, raw: &'a str, trust: f64) {
    let all = words(raw);
    if all.len() <= MAX_WORDS_OF_LINE {
        push(lines, Cow::Borrowed(raw), all, trust);
        return;
    }
    let mut part: Vec<String> = Vec::new();
    let (mut from, mut to) = (0, 0);
    for piece in raw.split_inclusive(char::is_whitespace) {
        let words = words(piece);
        if part.len() + words.len() > MAX_WORDS_OF_LINE {
            push(lines, Cow::Borrowed(raw.get(from..to).unwrap_or_default()), std::mem::take(&mut part), trust);
            from = to;
        }
        to += piece.len();
        if words.len() > MAX_WORDS_OF_LINE {
            for words in words.chunks(MAX_WORDS_OF_LINE) {
                push(lines, Cow::Owned(words.join(" ")), words.to_vec(), trust);
            }
            from = to;
        } else {
            part.extend(words);
        }
    }
    push(lines, Cow::Borrowed(raw.get(from..to).unwrap_or_default()), part, trust);
}

fn push<'a>(lines: &mut Vec<Line<'a>>, raw: Cow<'a, str>, words: Vec<String>, trust: f64) {
    if !words.is_empty() {
        lines.push(Line { raw, words, trust });
    }
}

/// Returns the trust of a line with this log level. `None` if the word is not a log level.
fn trust_of_level(raw: &str) -> Option<f64> {
    if !raw.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return None;
    }
    match raw.trim_matches(|c: char| !c.is_ascii_alphabetic()) {
        "ERROR" | "ERR" | "FATAL" | "CRITICAL" | "CRIT" | "SEVERE" | "ALERT" | "EMERG" | "PANIC" => Some(1.0),
        "WARN" | "WARNING" => Some(TRUST_OF_WARNING),
        "INFO" | "NOTICE" | "DEBUG" | "TRACE" | "VERBOSE" | "FINE" => Some(TRUST_OF_INFO),
        _ => None,
    }
}

/// Keeps the lines whose known words have the most weight, and the lines next to them, in their order.
fn keep_most_informative(lines: &mut Vec<Line<'_>>, index: &Index) {
    if lines.iter().map(|line| line.words.len()).sum::<usize>() <= MAX_WORDS {
        return;
    }
    let information =
        |line: &Line<'_>| line.trust * line.words.iter().map(|word| index.known_weight(word)).sum::<f64>();
    let information: Vec<f64> = lines.iter().map(information).collect();
    let of = |at: usize| information.get(at).copied().unwrap_or_default();
    let mut order: Vec<usize> = (0..lines.len()).collect();
    order.sort_by(|a, b| of(*b).total_cmp(&of(*a)).then(a.cmp(b)));
    let mut keep = vec![false; lines.len()];
    let mut room = MAX_WORDS;
    for best in order {
        for at in best.saturating_sub(1)..=best + 1 {
            if let (Some(keep), Some(line)) = (keep.get_mut(at), lines.get(at))
                && !*keep
            {
                *keep = true;
                room = room.saturating_sub(line.words.len());
            }
        }
        if room == 0 {
            break;
        }
    }
    let mut keep = keep.into_iter();
    lines.retain(|_| keep.next().unwrap_or_default());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trusts(text: &str) -> Vec<(String, f64)> {
        lines(text, &Index::default()).into_iter().map(|line| (line.words.join(" "), line.trust)).collect()
    }

    #[test]
    fn the_log_level_determines_the_trust() {
        let log = "2026-03-09 14:25:13 INFO db: pool is up\n2026-03-09 14:25:14 ERROR web: no way\n    at main";
        let trusts = trusts(log);
        let of = |part: &str| trusts.iter().find(|(line, _)| line.contains(part)).map(|(_, trust)| *trust);
        assert_eq!(of("pool is up"), Some(TRUST_OF_INFO));
        assert_eq!(of("no way"), Some(1.0));
        assert_eq!(of("at main"), Some(1.0), "a line without a level belongs to the one before");
    }

    #[test]
    fn parts_of_a_long_line_have_their_raw_text() {
        let long = "\tThe_vault 'Büro' cannot-be opened.".repeat(40);
        let lines = lines(&long, &Index::default());
        assert!(lines.len() > 1 && lines.iter().all(|line| line.words.len() <= MAX_WORDS_OF_LINE));
        assert_eq!(lines.iter().map(|line| &*line.raw).collect::<String>(), long);
        for line in &lines {
            assert_eq!(words(&line.raw), line.words);
        }
    }

    #[test]
    fn a_long_word_is_split() {
        let long = format!("It says: {} again", "{\"The-vault\":\"cannot-be-opened\"},".repeat(400));
        let lines = lines(&long, &Index::default());
        assert!(
            lines.len() > 10 && lines.iter().all(|line| line.words.len() <= MAX_WORDS_OF_LINE && line.raw.len() < 500)
        );
        assert!(lines.first().is_some_and(|line| line.raw == "It says: "));
    }

    #[test]
    fn a_level_in_the_middle_of_a_sentence_is_a_word() {
        assert_eq!(trusts("This is for INFO only"), [("this is for info only".to_owned(), 1.0)]);
    }

    #[test]
    fn a_long_paste_is_shortened() {
        let long = "nothing of ours is in this line\n".repeat(5_000);
        let words: usize = lines(&long, &Index::default()).iter().map(|line| line.words.len()).sum();
        assert!((MAX_WORDS..MAX_WORDS + 3 * MAX_WORDS_OF_LINE).contains(&words), "{words}");
    }
}
