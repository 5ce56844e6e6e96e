//! `unstuck search`: rank the articles for a message.

use std::io::stdin;
use std::sync::Arc;

use anyhow::{Context, Result};
use serde::Serialize;

use super::run::{NO, YES};
use super::{Global, SearchArgs, context, output};
use crate::clues::Inquiry;
use crate::kb::KnowledgeBase;
use crate::search::{Results, Verdict};
use crate::text::Clean;
use crate::{plain, words};

#[derive(Serialize)]
struct Report<'a> {
    query: &'a Clean,
    verdict: Verdict,
    matches: Vec<Match<'a>>,
    ask: Option<Ask>,
}

#[derive(Serialize)]
struct Match<'a> {
    id: &'a str,
    message: &'a Clean,
    collection: &'a str,
    score: f64,
    contender: bool,
}

#[derive(Serialize)]
struct Ask {
    clue: String,
    question: Clean,
}

pub(super) fn run(global: &Global, args: &SearchArgs) -> Result<u8> {
    // It goes with the program: giving its memory back piece by piece takes as long as a search.
    let search = &*Box::leak(Box::new(context::search(global)?));
    if args.lines {
        let mut input = stdin().lock();
        while let Some(line) = plain::line(&mut input).context("cannot read standard input")? {
            let query = Clean::new(&String::from_utf8_lossy(&line).trim_end_matches('\r').replace("\\n", "\n"));
            let results = search.search(&query);
            output::print_json(&report(search.kb(), &query, &results, args.limit), false)?;
        }
        return Ok(YES);
    }
    let query = context::query(&args.query)?;
    let results = search.search(&query);
    let report = report(search.kb(), &query, &results, args.limit);
    if args.json {
        output::print_json(&report, true)?;
    } else {
        output::print(&to_read(&report))?;
        if results.verdict == Verdict::None {
            output::note(words::NOTHING_FOUND);
            for more in search.kb().more() {
                output::note(&format!("{} {more}", words::MORE_ERRORS));
            }
        }
    }
    Ok(if results.verdict == Verdict::None { NO } else { YES })
}

fn report<'a>(kb: &'a Arc<KnowledgeBase>, query: &'a Clean, results: &Results, limit: Option<u16>) -> Report<'a> {
    let matches = results.found.iter().take(limit.map_or(usize::MAX, usize::from)).filter_map(|found| {
        let (article, collection) = kb.entry(found.article)?;
        Some(Match {
            id: &article.id,
            message: &article.message,
            collection: &collection.id,
            score: (found.score * 1000.0).round() / 1000.0,
            contender: found.contender,
        })
    });
    Report { query, verdict: results.verdict, matches: matches.collect(), ask: ask(kb, results) }
}

/// The clue that parts the contenders best.
fn ask(kb: &Arc<KnowledgeBase>, results: &Results) -> Option<Ask> {
    if results.verdict != Verdict::Ambiguous {
        return None;
    }
    let inquiry = Inquiry::new(kb.clone(), &results.contenders());
    let clue = inquiry.clue(inquiry.next()?)?;
    Some(Ask { clue: clue.id.clone(), question: clue.question.clone() })
}

fn to_read(report: &Report<'_>) -> String {
    let mut lines = Vec::new();
    if report.verdict == Verdict::Ambiguous {
        lines.push(words::COULD_BE_MARKED.to_owned());
    }
    for found in &report.matches {
        let mark = if found.contender { "*" } else { " " };
        lines.push(format!("{mark} {}\n    {}", found.id, found.message.one_line()));
    }
    if let Some(ask) = &report.ask {
        lines.push(format!("{} {}", words::TELL_APART, ask.question));
    }
    lines.into_iter().map(|line| line + "\n").collect()
}
