//! `unstuck stats`: shows where people get stuck and which article to improve next.

use std::fmt::Write;

use anyhow::Result;

use super::run::{EXIT_NEGATIVE, EXIT_OK};
use super::{Global, JsonArgs, cases, context, output};
use crate::search::Verdict;
use crate::stats::{self, Stats};
use crate::strings::{self, count, stats as say};
use crate::text::{SanitizedText, truncate, width};

/// Length of the longest bar, in columns.
const BAR_WIDTH: usize = 30;

/// Maximum number of rows of each list.
const MAX_ROWS: usize = 10;

pub(super) fn run(global: &Global, args: &JsonArgs) -> Result<u8> {
    let history = cases::open()?;
    let search = context::search(global)?;
    let finds = |typed: &str| search.search(&SanitizedText::new(typed)).verdict != Verdict::NoMatch;
    let stats = stats::summarize(&history.cases()?, &history.failed_queries()?, finds);
    if args.json {
        output::print_json(&stats, true)?;
    } else if stats.cases == 0 && stats.failed_queries.is_empty() {
        output::note(strings::NO_CASES);
    } else {
        output::print(&SanitizedText::new(&report(&stats)))?;
    }
    Ok(if stats.cases == 0 { EXIT_NEGATIVE } else { EXIT_OK })
}

fn report(stats: &Stats) -> String {
    let mut text = String::new();
    let median = stats.median_seconds.map(|seconds| format!("; {} {}", say::MEDIAN, strings::duration(seconds)));
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
            [(article.solved, say::SOLVED), (article.escalated, say::ESCALATED), (article.unfinished, say::UNFINISHED)];
        let counts = counts.iter().filter(|(times, _)| *times > 0).map(|(times, what)| format!("{times} {what}"));
        let rest = counts.collect::<Vec<_>>().join(", ");
        (article.article.clone(), article.cases, rest)
    });
    chart(say::ARTICLES, rows.collect(), &mut text);
    let plain = |counts: &[(String, usize)]| {
        counts.iter().map(|(what, times)| (what.clone(), *times, String::new())).collect::<Vec<_>>()
    };
    chart(say::WHERE_UNFINISHED, plain(&stats.unfinished), &mut text);
    chart(say::UNSURE, plain(&stats.unsure), &mut text);
    let helped = stats.articles.iter().flat_map(|article| {
        article.failed_queries.iter().map(|(typed, times)| (typed.clone(), *times, format!("-> {}", article.article)))
    });
    chart(say::FAILED_QUERIES_WITH_ARTICLE, helped.collect(), &mut text);
    chart(say::FAILED_QUERIES, plain(&stats.failed_queries), &mut text);
    if let Some(recommendation) = &stats.recommendation {
        _ = writeln!(text, "\n{}", say::recommendation(&recommendation.article, recommendation.problem_cases));
        if !recommendation.words.is_empty() {
            _ = writeln!(text, "{}", say::WORDS);
        }
        for word in recommendation.words.iter().take(MAX_ROWS) {
            _ = writeln!(text, "  - {word}");
        }
    }
    text
}

/// Adds a bar chart to `text`. Each row is (label, number, text after the bar). Adds nothing if there are no rows.
fn chart(head: &str, rows: Vec<(String, usize, String)>, text: &mut String) {
    let most = rows.iter().map(|(_, times, _)| *times).max().unwrap_or_default();
    if most == 0 {
        return;
    }
    _ = writeln!(text, "\n{head}");
    let shown: Vec<(String, usize, String)> =
        rows.into_iter().take(MAX_ROWS).map(|(what, times, rest)| (truncate(&what, 36), times, rest)).collect();
    let wide = shown.iter().map(|(what, ..)| width(what)).max().unwrap_or_default();
    for (what, times, rest) in shown {
        let bar = "#".repeat((times * BAR_WIDTH).div_ceil(most));
        let gap = " ".repeat(wide.saturating_sub(width(&what)));
        let line = format!("  {what}{gap}  {times:>4} {bar} {rest}");
        _ = writeln!(text, "{}", line.trim_end());
    }
}
