//! Scenario runs: each scenario of a knowledge base must reach the end that its author wrote down.
//!
//! [`Suite::coverage`] returns the nodes and branches that no scenario visits. [`Suite::survivors`] returns the changes to a
//! flow that no scenario catches.

use std::collections::HashSet;
use std::sync::Arc;

use crate::clues::{ClueRef, Inquiry, Reply};
use crate::flow::{self, Answer, ClueAnswers, FlowSession};
use crate::kb::{ExpectedStep, KnowledgeBase, Node, NodeId, NodeKind, Scenario, Step};
use crate::search::{Search, Verdict};

mod mutants;

pub use mutants::Mutant;

/// The results of all scenarios of a knowledge base.
#[derive(Debug)]
pub struct Suite {
    kb: Arc<KnowledgeBase>,
    /// The results, in the order of the articles and of the scenarios in each file.
    pub runs: Vec<Run>,
}

/// The result of one scenario.
#[derive(Debug)]
pub struct Run {
    /// The article, as an index into [`KnowledgeBase::articles`].
    pub article: usize,
    /// The scenario, as an index into the scenarios of the article.
    pub scenario: usize,
    /// The answers to clues that the scenario specifies.
    known: ClueAnswers,
    /// All answers of the run, as (node, answer).
    pub answers: Vec<(NodeId, Answer)>,
    /// The node where the run stopped.
    pub end: NodeId,
    /// The reason why the scenario failed, if it did.
    pub failure: Option<String>,
}

/// The parts of a knowledge base that no scenario visits.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Articles without a scenario, as indices into [`KnowledgeBase::articles`].
    pub articles: Vec<usize>,
    /// Nodes that no scenario visits, in articles with scenarios.
    pub nodes: Vec<NodeId>,
    /// Branches of visited nodes that no scenario takes, as (node, answer).
    pub branches: Vec<(NodeId, Answer)>,
}

impl Suite {
    /// Runs all scenarios.
    #[must_use]
    pub fn run(kb: Arc<KnowledgeBase>) -> Self {
        let mut search = None;
        let mut runs = Vec::new();
        for (article, content) in kb.articles.iter().enumerate() {
            for (nth, scenario) in content.scenarios.iter().enumerate() {
                let begun = match &scenario.search {
                    Some(_) => check_search(search.get_or_insert_with(|| Search::new(kb.clone())), article, scenario),
                    None => Ok(()),
                };
                let known = scenario.clues.iter().map(|(clue, yes)| ((content.collection, *clue), *yes)).collect();
                let (session, walked) = run_scenario(&kb, article, scenario, &known);
                let answers = session.answers().iter().map(|entry| (entry.at, entry.answer)).collect();
                let failure = begun.and(walked).err();
                runs.push(Run { article, scenario: nth, known, answers, end: session.at(), failure });
            }
        }
        Self { kb, runs }
    }

    /// Returns the scenario of a result.
    #[must_use]
    pub fn scenario(&self, run: &Run) -> Option<&Scenario> {
        self.kb.articles.get(run.article)?.scenarios.get(run.scenario)
    }

    /// Returns the parts of the knowledge base that no scenario visits.
    #[must_use]
    pub fn coverage(&self) -> Coverage {
        let mut visited: HashSet<NodeId> = HashSet::new();
        let mut taken: HashSet<(NodeId, Answer)> = HashSet::new();
        for run in &self.runs {
            visited.extend(run.answers.iter().map(|(at, _)| *at).chain([run.end]));
            taken.extend(&run.answers);
        }
        let bare = |article: usize| self.kb.articles.get(article).is_some_and(|article| article.scenarios.is_empty());
        let nodes = || self.kb.nodes().filter(|at| !bare(at.article));
        let branches = nodes().filter(|at| visited.contains(at)).filter_map(|at| Some((at, self.kb.node(at)?)));
        Coverage {
            articles: (0..self.kb.articles.len()).filter(|article| bare(*article)).collect(),
            nodes: nodes().filter(|at| !visited.contains(at)).collect(),
            branches: branches
                .flat_map(|(at, node)| flow::branches(&node.kind).into_iter().map(move |(answer, _)| (at, answer)))
                .filter(|way| !taken.contains(way))
                .collect(),
        }
    }
}

/// Checks that the search of a scenario leads to its article. An ambiguous search may lead there through the scenario's clues;
/// without clues, the article must be among the possible matches. Returns the reason if the check fails.
fn check_search(search: &Search, article: usize, scenario: &Scenario) -> Result<(), String> {
    let Some(query) = &scenario.search else { return Ok(()) };
    let kb = search.kb();
    let id = |article: usize| kb.articles.get(article).map_or("", |article| article.id.as_str());
    let results = search.search(query);
    let contenders = results.contenders();
    let found = match results.verdict {
        Verdict::NoMatch => return Err(format!("the search for \"{}\" finds nothing", query.one_line())),
        Verdict::Match => results.hits.first().map(|found| found.article),
        Verdict::Ambiguous if scenario.clues.is_empty() => {
            contenders.iter().map(|(article, _)| *article).find(|contender| *contender == article)
        }
        Verdict::Ambiguous => {
            let mut inquiry = Inquiry::new(kb.clone(), &contenders);
            let collection = kb.articles.get(article).map_or(0, |article| article.collection);
            for (clue, yes) in &scenario.clues {
                let reply = if *yes { Reply::Yes } else { Reply::No };
                inquiry.reply(ClueRef { collection, clue: *clue }, reply);
            }
            inquiry.settled()
        }
    };
    match found {
        Some(found) if found == article => Ok(()),
        Some(found) => Err(format!("the search for \"{}\" leads to `{}`", query.one_line(), id(found))),
        None => Err(format!("the search for \"{}\" does not lead here", query.one_line())),
    }
}

/// Runs a scenario as far as its answers lead. Returns the session, and the reason if the scenario failed.
fn run_scenario(
    kb: &Arc<KnowledgeBase>,
    article: usize,
    scenario: &Scenario,
    known: &ClueAnswers,
) -> (FlowSession, Result<(), String>) {
    let mut session = FlowSession::new(kb.clone(), article, known.clone());
    for (number, text) in (1..).zip(&scenario.answers) {
        let given = session.node().and_then(|node| parse_answer(text, &node.kind));
        if given.is_none_or(|given| session.answer(given).is_err()) {
            let takes: Vec<String> = session
                .allowed_answers()
                .into_iter()
                .map(|answer| session.answer_token(session.at(), answer))
                .collect();
            let takes = if takes.is_empty() { "none".to_owned() } else { takes.join(", ") };
            let failure =
                format!("answer {number}, `{text}`: `{}` accepts {takes}", kb.node_name(session.at(), article));
            return (session, Err(failure));
        }
    }
    let result = check_end(kb, article, scenario, &session);
    (session, result)
}

/// Parses an answer of a scenario. At a solution, only `solved` and `not-solved` are accepted, so that a scenario fails if a
/// question has become a solution.
fn parse_answer(text: &str, node: &NodeKind) -> Option<Answer> {
    let answer = Answer::parse(text, node)?;
    let is_short = matches!(node, NodeKind::Solution(_)) && !text.to_lowercase().contains("solved");
    (!is_short).then_some(answer)
}

fn check_end(kb: &KnowledgeBase, article: usize, scenario: &Scenario, session: &FlowSession) -> Result<(), String> {
    let Some(expected) = kb.resolve(&scenario.ends, article) else {
        return Err(format!("expected to end at `{}`, which does not exist", scenario.ends));
    };
    if session.node().is_some_and(|node| !node.is_end()) {
        let at = kb.node_name(session.at(), article);
        return Err(format!(
            "there are no more answers at the question `{at}`; expected to end at `{}`",
            scenario.ends
        ));
    }
    if session.at() != expected {
        return Err(format!("ends at `{}` instead of `{}`", kb.node_name(session.at(), article), scenario.ends));
    }
    let steps = session.node().map(Node::steps).unwrap_or_default();
    let mut rest = steps.iter();
    for wanted in &scenario.steps {
        if !rest.any(|step| matches_step(step, wanted)) {
            let by = wanted.by.map(|by| format!("{by}: ")).unwrap_or_default();
            let why =
                if steps.iter().any(|step| matches_step(step, wanted)) { "is in another place" } else { "is missing" };
            return Err(format!("the step \"{by}{}\" {why} in `{}`", wanted.part.one_line(), scenario.ends));
        }
    }
    Ok(())
}

fn matches_step(step: &Step, wanted: &ExpectedStep) -> bool {
    wanted.by.is_none_or(|by| by == step.by) && step.text.one_line().contains(&wanted.part.one_line())
}
