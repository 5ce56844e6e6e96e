//! `unstuck stats`: what past cases say.

use std::fmt::Write;

use anyhow::Result;

use super::run::{NO, YES};
use super::{Global, JsonArgs, cases, context, output};
use crate::search::Verdict;
use crate::stats::{self, Stats};
use crate::text::{Clean, truncate, width};
use crate::words::{self, count, stats as say};

/// Columns of the longest bar.
const BAR: usize = 30;

/// Rows of each list.
const MOST: usize = 10;

pub(super) fn run(global: &Global, args: &JsonArgs) -> Result<u8> {
    let history = cases::open()?;
    let search = context::search(global)?;
    let finds = |typed: &str| search.search(&Clean::new(typed)).verdict != Verdict::None;
    let stats = stats::of(&history.cases()?, &history.all_lost()?, finds);
    if args.json {
        output::print_json(&stats, true)?;
    } else if stats.cases == 0 && stats.lost.is_empty() {
        output::note(words::NO_CASES);
    } else {
        output::print(&Clean::new(&report(&stats)))?;
    }
    Ok(if stats.cases == 0 { NO } else { YES })
}

fn report(stats: &Stats) -> String {
    let mut text = String::new();
    let median = stats.median_seconds.map(|seconds| format!("; {} {}", say::MEDIAN, words::took(seconds)));
    _ = writeln!(
        text,
        "{}, {} {}{}",
        count(stats.cases, "case"),
        stats.solved,
        say::SOLVED,
        median.unwrap_or_default()
    );
    let rows = stats.articles.iter().map(|article| {
        let counts =
            [(article.solved, say::SOLVED), (article.escalated, say::ESCALATED), (article.given_up, say::GIVEN_UP)];
        let counts = counts.iter().filter(|(times, _)| *times > 0).map(|(times, what)| format!("{times} {what}"));
        let rest = counts.collect::<Vec<_>>().join(", ");
        (article.article.clone(), article.cases, rest)
    });
    chart(say::ARTICLES, rows.collect(), &mut text);
    let plain = |counts: &[(String, usize)]| {
        counts.iter().map(|(what, times)| (what.clone(), *times, String::new())).collect::<Vec<_>>()
    };
    chart(say::WHERE_GIVEN_UP, plain(&stats.given_up), &mut text);
    chart(say::UNSURE, plain(&stats.unsure), &mut text);
    let helped = stats.articles.iter().flat_map(|article| {
        article.lost.iter().map(|(typed, times)| (typed.clone(), *times, format!("-> {}", article.article)))
    });
    chart(say::LOST_AND_FOUND, helped.collect(), &mut text);
    chart(say::LOST, plain(&stats.lost), &mut text);
    if let Some(mend) = &stats.mend {
        _ = writeln!(text, "\n{}", say::mend(&mend.article, mend.troubled));
        if !mend.words.is_empty() {
            _ = writeln!(text, "{}", say::WORDS);
        }
        for word in mend.words.iter().take(MOST) {
            _ = writeln!(text, "  - {word}");
        }
    }
    text
}

/// Rows with a bar each, as long as their number; nothing where there is no row.
fn chart(head: &str, rows: Vec<(String, usize, String)>, text: &mut String) {
    let most = rows.iter().map(|(_, times, _)| *times).max().unwrap_or_default();
    if most == 0 {
        return;
    }
    _ = writeln!(text, "\n{head}");
    let shown: Vec<(String, usize, String)> =
        rows.into_iter().take(MOST).map(|(what, times, rest)| (truncate(&what, 36), times, rest)).collect();
    let wide = shown.iter().map(|(what, ..)| width(what)).max().unwrap_or_default();
    for (what, times, rest) in shown {
        let bar = "#".repeat((times * BAR).div_ceil(most));
        let gap = " ".repeat(wide.saturating_sub(width(&what)));
        let line = format!("  {what}{gap}  {times:>4} {bar} {rest}");
        _ = writeln!(text, "{}", line.trim_end());
    }
}
