//! `unstuck ask`: goes through an article's questions in plain mode, or prints the node that the `--answers` lead to.

use std::ffi::OsString;
use std::io::{stdin, stdout};

use anyhow::{Result, anyhow, bail};

use super::context::GivenFacts;
use super::run::{EXIT_NEGATIVE, EXIT_OK};
use super::{AskArgs, Global, context, output, show};
use crate::case::{self, Case, EntryPoint};
use crate::flow::{Answer, FlowSession, Snapshot};
use crate::kb::is_plain_name;
use crate::plain::{LineIo, LineSession};
use crate::report;
use crate::search::{Search, Verdict};
use crate::strings;
use crate::text::SanitizedText;

pub(super) fn run(global: &Global, args: &AskArgs) -> Result<u8> {
    let search = context::search(global)?;
    let Some((article, found)) = article(&search, &args.article)? else { return Ok(EXIT_NEGATIVE) };
    let GivenFacts { mut facts, details, problems } = context::facts(global, search.kb())?;
    for problem in &problems {
        output::note(problem);
    }
    let constants = (facts.clone(), details.clone());
    if let EntryPoint::Search(query) = &found {
        facts.extend(search.kb().facts_of_codes(article, query));
    }
    let mut session = FlowSession::new(search.kb().clone(), article, facts);
    for answer in args.answers.iter().flatten().filter(|answer| !answer.trim().is_empty()) {
        apply_answer(&mut session, answer)?;
    }
    if args.json {
        output::print_json(
            &Snapshot::new(&session, global.json_voice(), &case::known_details(&session, &details)),
            true,
        )?;
    } else if args.answers.is_some() {
        output::print(&report::current_node(&session, &found, global.audience(), &details))?;
    } else {
        let mut recorder = context::case_recorder(global);
        recorder.seed_next(Case { entry_point: found, blanks: details, ..Case::default() });
        let (mut input, mut output) = (stdin().lock(), stdout().lock());
        let lines = LineIo::new(&mut input, &mut output);
        let wizard = LineSession::new(lines, &search, global.audience(), &mut recorder);
        wizard.with_facts(constants.0, constants.1).resume(session)?;
    }
    Ok(EXIT_OK)
}

/// Applies an answer from the command line to the session.
fn apply_answer(session: &mut FlowSession, text: &str) -> Result<()> {
    let node = session.node().ok_or_else(|| anyhow!("the flow has no such node"))?;
    let Some(answer) = Answer::parse(text, &node.kind) else {
        bail!("`{text}` is not an answer; use yes, no, unsure, solved, not-solved, or the number of a choice");
    };
    Ok(session.answer(answer)?)
}

/// Returns the index of the article with this ID, or of the only match for this error message. Also returns how the article was
/// found. If the error message has no match or several matches, prints a note and returns `None`.
///
/// # Errors
/// An error if the text looks like an ID that no article has, or if standard input can't be read.
fn article(search: &Search, typed: &[OsString]) -> Result<Option<(usize, EntryPoint)>> {
    let kb = search.kb();
    let id = match typed {
        [id] => Some(id.to_string_lossy()),
        _ => None,
    };
    if let Some(id) = &id
        && let Some(article) = kb.article_index(id)
    {
        return Ok(Some((article, EntryPoint::List)));
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
    let first = results.hits.first().map(|found| (found.article, EntryPoint::Search(query.one_line())));
    match (results.verdict, id) {
        (Verdict::Match, _) => return Ok(first),
        (Verdict::NoMatch, Some(id)) if is_plain_name(&id) => return Err(show::unknown(kb, &id)),
        (Verdict::NoMatch, _) => output::note(strings::NO_MATCH),
        (Verdict::Ambiguous, _) => {
            output::note(strings::POSSIBLE_MATCHES);
            for (article, _) in results.contenders() {
                if let Some((article, _)) = kb.article_with_collection(article) {
                    output::note(&format!(
                        "  unstuck ask {}    {}",
                        article.id,
                        SanitizedText::one_line(&article.message)
                    ));
                }
            }
        }
    }
    Ok(None)
}
