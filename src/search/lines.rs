//! The lines of a query, each with how far it is to be trusted; of a long paste, only those that could matter.

use std::borrow::Cow;

use super::index::Index;
use super::normalize::fold;

/// How much a line is trusted that a log calls less than an error.
const WARNING: f64 = 0.8;
const REMARK: f64 = 0.5;

/// Words of a query that are compared; of what is longer, the lines are kept that say the most.
const MOST: usize = 600;

/// Words of a line; what is longer is several lines.
const LINE: usize = 40;

/// A line of a query.
#[derive(Debug)]
pub(super) struct Line<'a> {
    /// As it was typed; where it is a part of a very long word, as it is compared.
    pub(super) raw: Cow<'a, str>,
    /// Its words, folded, with a space between.
    folded: String,
    /// How many they are.
    pub(super) length: usize,
    /// From 0 to 1.
    pub(super) trust: f64,
}

impl Line<'_> {
    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        self.folded.split_whitespace()
    }
}

/// The lines of a query, in order.
pub(super) fn lines<'a>(text: &'a str, index: &Index) -> Vec<Line<'a>> {
    let mut lines = Vec::new();
    let mut trust = 1.0;
    for line in text.lines() {
        // A line of a log begins anew wherever one of its levels stands behind the time.
        let mut from = 0;
        let mut after_time = true;
        for raw in line.split_whitespace() {
            if after_time && let Some(level) = level(raw) {
                let at = offset(line, raw);
                add(&mut lines, line.get(from..at).unwrap_or_default(), trust);
                (from, trust) = (at, level);
            }
            after_time = raw.bytes().any(|byte| byte.is_ascii_digit());
        }
        add(&mut lines, line.get(from..).unwrap_or_default(), trust);
    }
    cut(&mut lines, index);
    lines
}

/// Where a part of a text begins in it, in bytes.
fn offset(text: &str, part: &str) -> usize {
    part.as_ptr().addr().saturating_sub(text.as_ptr().addr())
}

fn add<'a>(lines: &mut Vec<Line<'a>>, raw: &'a str, trust: f64) {
    let folded = fold(raw);
    let words: Vec<&str> = folded.split_whitespace().collect();
    if words.len() <= LINE {
        push(lines, Cow::Borrowed(raw), &words, trust);
        return;
    }
    // Between two gaps, so that each part has what was typed.
    let mut part: Vec<String> = Vec::new();
    let (mut from, mut to) = (0, 0);
    for piece in raw.split_inclusive(char::is_whitespace) {
        let folded = fold(piece);
        let words: Vec<&str> = folded.split_whitespace().collect();
        if part.len() + words.len() > LINE {
            push(lines, Cow::Borrowed(raw.get(from..to).unwrap_or_default()), &part, trust);
            part.clear();
            from = to;
        }
        to += piece.len();
        if words.len() > LINE {
            for words in words.chunks(LINE) {
                push(lines, Cow::Owned(words.join(" ")), words, trust);
            }
            from = to;
        } else {
            part.extend(words.into_iter().map(str::to_owned));
        }
    }
    push(lines, Cow::Borrowed(raw.get(from..to).unwrap_or_default()), &part, trust);
}

fn push<'a, W: AsRef<str>>(lines: &mut Vec<Line<'a>>, raw: Cow<'a, str>, words: &[W], trust: f64) {
    if !words.is_empty() {
        let folded = words.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(" ");
        lines.push(Line { raw, folded, length: words.len(), trust });
    }
}

/// How far a line is to be trusted that bears this mark, if it is one.
fn level(raw: &str) -> Option<f64> {
    if !raw.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return None;
    }
    match raw.trim_matches(|c: char| !c.is_ascii_alphabetic()) {
        "ERROR" | "ERR" | "FATAL" | "CRITICAL" | "CRIT" | "SEVERE" | "ALERT" | "EMERG" | "PANIC" => Some(1.0),
        "WARN" | "WARNING" => Some(WARNING),
        "INFO" | "NOTICE" | "DEBUG" | "TRACE" | "VERBOSE" | "FINE" => Some(REMARK),
        _ => None,
    }
}

/// Keeps the lines that say the most, and those beside them, in their order.
fn cut(lines: &mut Vec<Line<'_>>, index: &Index) {
    if lines.iter().map(|line| line.length).sum::<usize>() <= MOST {
        return;
    }
    let says = |line: &Line<'_>| -> f64 {
        let known = line.words().filter_map(|word| index.number(word));
        line.trust * known.map(|number| f64::from(index.weight(number))).sum::<f64>()
    };
    let says: Vec<f64> = lines.iter().map(says).collect();
    let mut order: Vec<usize> = (0..lines.len()).collect();
    order.sort_by(|a, b| says.get(*b).unwrap_or(&0.0).total_cmp(says.get(*a).unwrap_or(&0.0)).then(a.cmp(b)));
    let mut keep = vec![false; lines.len()];
    let mut room = MOST;
    for best in order {
        for at in best.saturating_sub(1)..=best + 1 {
            if let (Some(keep), Some(line)) = (keep.get_mut(at), lines.get(at))
                && !*keep
            {
                *keep = true;
                room = room.saturating_sub(line.length);
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
        lines(text, &Index::default()).into_iter().map(|line| (line.folded, line.trust)).collect()
    }

    #[test]
    fn a_line_of_a_log_is_trusted_by_its_level() {
        let log = "2026-03-09 14:25:13 INFO db: pool is up\n2026-03-09 14:25:14 ERROR web: no way\n    at main";
        let trusts = trusts(log);
        let of = |part: &str| trusts.iter().find(|(line, _)| line.contains(part)).map(|(_, trust)| *trust);
        assert_eq!(of("pool is up"), Some(REMARK));
        assert_eq!(of("no way"), Some(1.0));
        assert_eq!(of("at main"), Some(1.0), "a line without a level belongs to the one before");
    }

    #[test]
    fn a_long_line_is_several_and_each_is_a_part_of_it_as_it_was_typed() {
        let long = "\tThe_vault 'Büro' cannot-be opened.".repeat(40);
        let lines = lines(&long, &Index::default());
        assert!(lines.len() > 1 && lines.iter().all(|line| line.length <= LINE));
        assert_eq!(lines.iter().map(|line| &*line.raw).collect::<String>(), long);
        for line in &lines {
            assert_eq!(fold(&line.raw).split_whitespace().collect::<Vec<_>>().join(" "), line.folded);
        }
    }

    #[test]
    fn a_word_without_end_is_several_lines_too() {
        let long = format!("It says: {} again", "{\"The-vault\":\"cannot-be-opened\"},".repeat(400));
        let lines = lines(&long, &Index::default());
        assert!(lines.len() > 10 && lines.iter().all(|line| line.length <= LINE && line.raw.len() < 500));
        assert!(lines.first().is_some_and(|line| line.raw == "It says: "));
    }

    #[test]
    fn a_level_in_the_middle_of_a_sentence_is_a_word() {
        assert_eq!(trusts("This is for INFO only"), [("this is for info only".to_owned(), 1.0)]);
    }

    #[test]
    fn of_a_long_paste_no_more_is_kept_than_is_compared() {
        let long = "nothing of ours stands here\n".repeat(5_000);
        let words: usize = lines(&long, &Index::default()).iter().map(|line| line.length).sum();
        assert!((MOST..MOST + 3 * LINE).contains(&words), "{words}");
    }
}
