//! `unstuck search`: searches for an error message.

use std::io::stdin;
use std::sync::Arc;

mod explanation;

use anyhow::{Context, Result};
use serde::Serialize;

use super::run::{EXIT_NEGATIVE, EXIT_OK};
use super::{Global, SearchArgs, context, output};
use crate::kb::KnowledgeBase;
use crate::search::{Results, Verdict};
use crate::tell_apart::TellApart;
use crate::text::{SanitizedText, Voice};
use crate::{plain, strings};

#[derive(Serialize)]
struct Report<'a> {
    query: &'a SanitizedText,
    verdict: Verdict,
    matches: Vec<Match<'a>>,
    ask: Option<Ask<'a>>,
    nearest: Vec<Nearest<'a>>,
}

#[derive(Serialize)]
struct Nearest<'a> {
    id: &'a str,
    message: &'a SanitizedText,
    collection: &'a str,
}

#[derive(Serialize)]
struct Match<'a> {
    id: &'a str,
    message: &'a SanitizedText,
    collection: &'a str,
    score: f64,
    contender: bool,
}

#[derive(Serialize)]
struct Ask<'a> {
    question: String,
    yes: Vec<&'a str>,
    no: Vec<&'a str>,
}

pub(super) fn run(global: &Global, args: &SearchArgs) -> Result<u8> {
    let search = context::search(global)?;
    if args.lines {
        let mut input = stdin().lock();
        while let Some(line) = plain::read_line(&mut input).context("cannot read standard input")? {
            let query = SanitizedText::new(&String::from_utf8_lossy(&line).trim_end_matches('\r').replace("\\n", "\n"));
            let results = search.search(&query);
            output::print_json(&report(search.kb(), &query, &results, args.limit), false)?;
        }
        return Ok(EXIT_OK);
    }
    let query = context::query(&args.query)?;
    if args.explain {
        let explanation = search.explain(&query);
        output::print(&explanation::to_text(&search, &explanation))?;
        return Ok(if explanation.results.verdict == Verdict::NoMatch { EXIT_NEGATIVE } else { EXIT_OK });
    }
    let results = search.search(&query);
    let report = report(search.kb(), &query, &results, args.limit);
    if args.json {
        output::print_json(&report, true)?;
    } else {
        output::print(&to_text(&report))?;
        if results.verdict == Verdict::NoMatch {
            output::note(strings::NO_MATCH);
            if !report.nearest.is_empty() {
                output::note(strings::NEAREST);
            }
            for nearest in &report.nearest {
                output::note(&format!("  {}\n      {}", nearest.id, nearest.message.one_line()));
            }
            for more in search.kb().vendor_links() {
                output::note(&format!("{} {more}", strings::MORE_ERRORS));
            }
        }
    }
    Ok(if results.verdict == Verdict::NoMatch { EXIT_NEGATIVE } else { EXIT_OK })
}

fn report<'a>(
    kb: &'a Arc<KnowledgeBase>,
    query: &'a SanitizedText,
    results: &Results,
    limit: Option<u16>,
) -> Report<'a> {
    let matches = results.hits.iter().take(limit.map_or(usize::MAX, usize::from)).filter_map(|found| {
        let (article, collection) = kb.article_with_collection(found.article)?;
        Some(Match {
            id: &article.id,
            message: &article.message,
            collection: &collection.id,
            score: (found.score * 1000.0).round() / 1000.0,
            contender: found.contender,
        })
    });
    let nearest = results.nearest.iter().filter_map(|article| {
        let (article, collection) = kb.article_with_collection(*article)?;
        Some(Nearest { id: &article.id, message: &article.message, collection: &collection.id })
    });
    Report {
        query,
        verdict: results.verdict,
        matches: matches.collect(),
        ask: ask(kb, results),
        nearest: nearest.collect(),
    }
}

/// Returns the question about words that separates the contenders, which are the possible matches. Returns `None` if the result
/// is not ambiguous or if no words separate them.
fn ask<'a>(kb: &'a Arc<KnowledgeBase>, results: &Results) -> Option<Ask<'a>> {
    if results.verdict != Verdict::Ambiguous {
        return None;
    }
    let tell_apart = TellApart::new(kb.clone(), results);
    let phrase = tell_apart.phrase()?;
    let (yes, no) = tell_apart.split(&phrase);
    let ids = |articles: Vec<usize>| {
        articles.into_iter().filter_map(|article| kb.articles.get(article)).map(|article| article.id.as_str()).collect()
    };
    Some(Ask { question: strings::does_it_contain(&phrase, Voice::You), yes: ids(yes), no: ids(no) })
}

fn to_text(report: &Report<'_>) -> String {
    let mut lines = Vec::new();
    if report.verdict == Verdict::Ambiguous {
        lines.push(strings::POSSIBLE_MATCHES_MARKED.to_owned());
    }
    for found in &report.matches {
        let mark = if found.contender { "*" } else { " " };
        lines.push(format!("{mark} {}\n    {}", found.id, found.message.one_line()));
    }
    if let Some(ask) = &report.ask {
        lines.push(format!("{} {}", strings::NARROW_DOWN, ask.question));
    }
    lines.into_iter().map(|line| line + "\n").collect()
}
