//! `unstuck which`: identifies an error by clue questions.

use std::io::{stdin, stdout};

use anyhow::{Result, anyhow, bail};
use serde::Serialize;

use super::run::{EXIT_NEGATIVE, EXIT_OK};
use super::{Global, WhichArgs, context, output};
use crate::case::{Case, EntryPoint};
use crate::clues::{ClueRef, Inquiry, Reply};
use crate::flow::FlowSession;
use crate::kb::{Clue, KnowledgeBase};
use crate::plain::{self, LineIo, LineSession};
use crate::search::Verdict;
use crate::strings;
use crate::text::{SanitizedText, Voice};

#[derive(Serialize)]
struct Report<'a> {
    candidates: Vec<Candidate<'a>>,
    next: Option<NextClue<'a>>,
    settled: Option<&'a str>,
}

#[derive(Serialize)]
struct Candidate<'a> {
    id: &'a str,
    p: f64,
}

#[derive(Serialize)]
struct NextClue<'a> {
    clue: &'a str,
    question: SanitizedText,
    hint: Option<SanitizedText>,
}

impl<'a> NextClue<'a> {
    fn new(clue: &'a Clue, voice: Voice) -> Self {
        let hint = clue.hint.as_ref().map(|hint| hint.voice(voice));
        Self { clue: &clue.id, question: clue.question.voice(voice), hint }
    }
}

pub(super) fn run(global: &Global, args: &WhichArgs) -> Result<u8> {
    let search = context::search(global)?;
    let kb = search.kb().clone();
    let query = context::query(&args.query)?;
    let mut contenders = Vec::new();
    if !query.trim().is_empty() {
        let results = search.search(&query);
        if results.verdict == Verdict::NoMatch {
            if args.json {
                output::print_json(&Report { candidates: Vec::new(), next: None, settled: None }, true)?;
            }
            output::note(strings::NO_MATCH);
            return Ok(EXIT_NEGATIVE);
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
        output::print_json(&report(&kb, &inquiry, global.json_voice()), true)?;
    } else if args.answers.is_some() {
        output::print(&plain::describe_inquiry(&kb, &inquiry, global.audience()))?;
    } else {
        let mut recorder = context::case_recorder(global);
        // Lock standard input only once for both dialogues: a second lock in the same thread would deadlock.
        let (mut input, mut output) = (stdin().lock(), stdout().lock());
        let mut lines = LineIo::new(&mut input, &mut output);
        if let Some((article, known)) = plain::identify(&mut lines, &kb, inquiry, global.audience())? {
            recorder.seed_next(Case { entry_point: EntryPoint::Clues(query.one_line()), ..Case::default() });
            let session = FlowSession::new(kb, article, known);
            LineSession::new(lines, &search, global.audience(), &mut recorder).resume(session)?;
        }
    }
    Ok(EXIT_OK)
}

fn report<'a>(kb: &'a KnowledgeBase, inquiry: &'a Inquiry, voice: Voice) -> Report<'a> {
    let id = |article: usize| kb.articles.get(article).map(|article| article.id.as_str());
    let candidates = inquiry.candidates().into_iter();
    Report {
        candidates: candidates.filter_map(|(article, p)| Some(Candidate { id: id(article)?, p })).collect(),
        next: inquiry.next().and_then(|clue| inquiry.clue(clue)).map(|clue| NextClue::new(clue, voice)),
        settled: inquiry.settled().and_then(id),
    }
}

/// Parses `CLUE=yes`, `CLUE=no` or `CLUE=unsure`. Returns the clues with this name, as (collection index, clue index), and
/// the reply.
///
/// # Errors
/// An error if the text has another form, or if no clue has this name.
fn parse(kb: &KnowledgeBase, text: &str) -> Result<(Vec<(usize, usize)>, Reply)> {
    let (name, reply) = text
        .trim()
        .split_once('=')
        .ok_or_else(|| anyhow!("`{text}` is not an answer; use CLUE=yes, CLUE=no or CLUE=unsure"))?;
    let clues = kb.clues(name);
    if clues.is_empty() {
        let near = kb.nearest_clue(name).map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
        bail!("there is no clue `{name}`{near}");
    }
    let reply = match reply {
        "yes" => Reply::Yes,
        "no" => Reply::No,
        "unsure" => Reply::Unsure,
        _ => bail!("`{reply}` is not an answer to `{name}`; use yes, no or unsure"),
    };
    Ok((clues, reply))
}
