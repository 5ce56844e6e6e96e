//! `unstuck which`: tell articles apart by clues.

use std::io::{stdin, stdout};

use anyhow::{Result, anyhow, bail};
use serde::Serialize;

use super::run::{NO, YES};
use super::{Global, WhichArgs, context, output};
use crate::case::{Case, Found};
use crate::clues::{ClueRef, Inquiry, Reply};
use crate::kb::{Clue, KnowledgeBase};
use crate::plain::{self, Lines, Plain};
use crate::search::Verdict;
use crate::wizard::Walk;
use crate::words;

#[derive(Serialize)]
struct Report<'a> {
    candidates: Vec<Candidate<'a>>,
    next: Option<&'a Clue>,
    settled: Option<&'a str>,
}

#[derive(Serialize)]
struct Candidate<'a> {
    id: &'a str,
    p: f64,
}

pub(super) fn run(global: &Global, args: &WhichArgs) -> Result<u8> {
    let search = context::search(global)?;
    let kb = search.kb().clone();
    let query = context::query(&args.query)?;
    let mut contenders = Vec::new();
    if !query.trim().is_empty() {
        let results = search.search(&query);
        if results.verdict == Verdict::None {
            if args.json {
                output::print_json(&Report { candidates: Vec::new(), next: None, settled: None }, true)?;
            }
            output::note(words::NOTHING_FOUND);
            return Ok(NO);
        }
        contenders = results.contenders();
    }
    let mut inquiry = Inquiry::new(kb.clone(), &contenders);
    for answer in args.answers.iter().flatten().filter(|answer| !answer.trim().is_empty()) {
        let (clues, reply) = parse(&kb, answer)?;
        for (collection, clue) in clues {
            inquiry.reply(ClueRef { collection, clue }, reply);
        }
    }
    if args.json {
        output::print_json(&report(&kb, &inquiry), true)?;
    } else if args.answers.is_some() {
        output::print(&plain::describe_inquiry(&kb, &inquiry))?;
    } else {
        let mut keeper = context::keeper(global);
        // Locked once for both: a second lock on the same thread would wait for the first.
        let (mut input, mut output) = (stdin().lock(), stdout().lock());
        let mut lines = Lines::new(&mut input, &mut output);
        if let Some((article, known)) = plain::tell_apart(&mut lines, &kb, inquiry)? {
            keeper.begin_with(Case { found: Found::Clues(query.one_line()), ..Case::default() });
            let walk = Walk::new(kb, article, known);
            Plain::new(lines, &search, global.audience(), &mut keeper).go_on(walk)?;
        }
    }
    Ok(YES)
}

fn report<'a>(kb: &'a KnowledgeBase, inquiry: &'a Inquiry) -> Report<'a> {
    let id = |article: usize| kb.articles.get(article).map(|article| article.id.as_str());
    let candidates = inquiry.candidates().into_iter();
    Report {
        candidates: candidates.filter_map(|(article, p)| Some(Candidate { id: id(article)?, p })).collect(),
        next: inquiry.next().and_then(|clue| inquiry.clue(clue)),
        settled: inquiry.settled().and_then(id),
    }
}

/// Reads `clue=yes`, `clue=no` or `clue=unsure`: the clues of that name, as indices, and the reply.
fn parse(kb: &KnowledgeBase, text: &str) -> Result<(Vec<(usize, usize)>, Reply)> {
    let (name, reply) = text
        .trim()
        .split_once('=')
        .ok_or_else(|| anyhow!("`{text}` is not an answer; write clue=yes, clue=no or clue=unsure"))?;
    let clues = kb.clues(name);
    if clues.is_empty() {
        let near = kb.nearest_clue(name).map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
        bail!("there is no clue `{name}`{near}");
    }
    let reply = match reply {
        "yes" => Reply::Yes,
        "no" => Reply::No,
        "unsure" => Reply::Unsure,
        _ => bail!("`{reply}` is no answer to `{name}`; it takes yes, no, unsure"),
    };
    Ok((clues, reply))
}
