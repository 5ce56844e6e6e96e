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
        let mut words_here = Vec::new();
        let mut after_time = true;
        for raw in line.split_whitespace() {
            if after_time && let Some(level) = level(raw) {
                end(&mut lines, &mut words_here, trust);
                trust = level;
            }
            after_time = raw.chars().any(|c| c.is_ascii_digit());
            words_here.extend(words(raw));
            if words_here.len() >= LINE {
                end(&mut lines, &mut words_here, trust);
            }
        }
        end(&mut lines, &mut words_here, trust);
    }
    cut(&mut lines, index);
    lines
}

fn end(lines: &mut Vec<Line>, words: &mut Vec<String>, trust: f64) {
    if !words.is_empty() {
        lines.push(Line { words: std::mem::take(words), trust });
    }
}

/// How far a line is to be trusted that bears this mark, if it is one.
fn level(raw: &str) -> Option<f64> {
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
