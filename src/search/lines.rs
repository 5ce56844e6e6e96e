//! The lines of a query, each with how far it is to be trusted; of a long paste, only those that could matter.

use super::index::Index;
use super::normalize::words;

/// How much a line is trusted that a log calls less than an error.
const WARNING: f64 = 0.8;
const REMARK: f64 = 0.5;

/// Words of a query that are compared; of what is longer, the lines are kept that say the most.
const MOST: usize = 600;

/// Words of a line; what is longer is several lines.
const LINE: usize = 40;

/// A line of a query.
#[derive(Debug, PartialEq)]
pub(super) struct Line {
    pub(super) words: Vec<String>,
    /// From 0 to 1.
    pub(super) trust: f64,
}

/// The lines of a query, in order.
pub(super) fn lines(text: &str, index: &Index) -> Vec<Line> {
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

fn add(lines: &mut Vec<Line>, text: &str, trust: f64) {
    let mut words = words(text).into_iter();
    loop {
        let words: Vec<String> = words.by_ref().take(LINE).collect();
        if words.is_empty() {
            return;
        }
        lines.push(Line { words, trust });
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
fn cut(lines: &mut Vec<Line>, index: &Index) {
    if lines.iter().map(|line| line.words.len()).sum::<usize>() <= MOST {
        return;
    }
    let says = |line: &Line| -> f64 {
        let known = line.words.iter().filter_map(|word| index.number(word));
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
