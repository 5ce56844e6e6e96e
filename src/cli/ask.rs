//! `unstuck ask`: walk one article's flow, line by line or by given answers.

use std::ffi::OsString;
use std::io::{stdin, stdout};

use anyhow::{Result, anyhow, bail};

use super::run::{NO, YES};
use super::{AskArgs, Global, context, output, show};
use crate::case::{Case, Found};
use crate::handout;
use crate::kb::is_plain_name;
use crate::plain::{Lines, Plain};
use crate::search::{Search, Verdict};
use crate::text::Clean;
use crate::wizard::{Answer, Known, State, Walk};
use crate::words;

pub(super) fn run(global: &Global, args: &AskArgs) -> Result<u8> {
    let search = context::search(global)?;
    let Some((article, found)) = article(&search, &args.article)? else { return Ok(NO) };
    let mut walk = Walk::new(search.kb().clone(), article, Known::new());
    for answer in args.answers.iter().flatten().filter(|answer| !answer.trim().is_empty()) {
        give(&mut walk, answer)?;
    }
    if args.json {
        output::print_json(&State::from(&walk), true)?;
    } else if args.answers.is_some() {
        output::print(&handout::describe(&walk, global.audience()))?;
    } else {
        let mut keeper = context::keeper(global);
        keeper.begin_with(Case { found, ..Case::default() });
        let (mut input, mut output) = (stdin().lock(), stdout().lock());
        let lines = Lines::new(&mut input, &mut output);
        Plain::new(lines, &search, global.audience(), &mut keeper).go_on(walk)?;
    }
    Ok(YES)
}

fn give(walk: &mut Walk, text: &str) -> Result<()> {
    let node = walk.node().ok_or_else(|| anyhow!("the flow has no such node"))?;
    let Some(answer) = Answer::parse(text, &node.kind) else {
        bail!("`{text}` is not an answer; use yes, no, unsure, solved, not-solved, or the number of a choice");
    };
    Ok(walk.answer(answer)?)
}

/// The article of that id, or the one that a message finds, and how. `None` when nothing is found, or more than one.
fn article(search: &Search, typed: &[OsString]) -> Result<Option<(usize, Found)>> {
    let kb = search.kb();
    let id = match typed {
        [id] => Some(id.to_string_lossy()),
        _ => None,
    };
    if let Some(id) = &id
        && let Some(article) = kb.position(id)
    {
        return Ok(Some((article, Found::List)));
    }
    if let Some(id) = &id
        && id.contains('-')
        && id != "-"
        && kb.nearest_id(id).is_some()
    {
        return Err(show::unknown(kb, id));
    }
    let query = context::query(typed)?;
    let results = search.search(&query);
    let first = results.found.first().map(|found| (found.article, Found::Search(query.one_line())));
    match (results.verdict, id) {
        (Verdict::Match, _) => return Ok(first),
        (Verdict::None, Some(id)) if is_plain_name(&id) => return Err(show::unknown(kb, &id)),
        (Verdict::None, _) => output::note(words::NOTHING_FOUND),
        (Verdict::Ambiguous, _) => {
            output::note(words::COULD_BE);
            for (article, _) in results.contenders() {
                if let Some((article, _)) = kb.entry(article) {
                    output::note(&format!("  unstuck ask {}    {}", article.id, Clean::one_line(&article.message)));
                }
            }
        }
    }
    Ok(None)
}
