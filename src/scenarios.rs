//! Scenario runs: each scenario of a knowledge base must end at the node that its author expects.
//!
//! [`Suite::coverage`] returns the nodes and branches that no scenario visits. [`Suite::survivors`] returns the changes to a
//! flow that no scenario catches.

use std::collections::HashSet;
use std::sync::Arc;

use crate::flow::{self, Answer, FlowSession, KnownFacts};
use crate::kb::{FactId, KnowledgeBase, Location, NodeId, NodeKind, Role, Scenario};
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
    /// Index into [`KnowledgeBase::articles`] of the article.
    pub article: usize,
    /// Index of the scenario in the article's scenarios.
    pub scenario: usize,
    /// The facts that are known before the first question.
    known: KnownFacts,
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
                let collection = content.collection;
                let known = scenario.known.iter();
                let known = known.map(|value| (FactId { collection, fact: value.fact }, value.answer)).collect();
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
        // An article has a copy of each shared node that it leads to. One scenario that visits a copy is enough, so nodes are
        // compared by their locations.
        let location = |at: NodeId| self.kb.node(at).map(|node| node.location.clone());
        let mut visited: HashSet<Location> = HashSet::new();
        let mut taken: HashSet<(Location, Answer)> = HashSet::new();
        for run in &self.runs {
            let nodes = run.answers.iter().map(|(at, _)| *at).chain([run.end]);
            visited.extend(nodes.filter_map(location));
            taken.extend(run.answers.iter().filter_map(|(at, answer)| Some((location(*at)?, *answer))));
        }
        let bare = |article: usize| self.kb.articles.get(article).is_some_and(|article| article.scenarios.is_empty());
        let mut reported: HashSet<Location> = HashSet::new();
        let mut coverage = Coverage {
            articles: (0..self.kb.articles.len()).filter(|article| bare(*article)).collect(),
            ..Coverage::default()
        };
        for at in self.kb.nodes().filter(|at| !bare(at.article)) {
            let Some(node) = self.kb.node(at).filter(|node| reported.insert(node.location.clone())) else { continue };
            if !visited.contains(&node.location) {
                coverage.nodes.push(at);
                continue;
            }
            let branches = flow::branches(&node.kind).into_iter().map(|(answer, _)| answer);
            let missed = branches.filter(|answer| !taken.contains(&(node.location.clone(), *answer)));
            coverage.branches.extend(missed.map(|answer| (at, answer)));
        }
        coverage
    }
}

/// Checks that the search of a scenario finds its article: as the only match or, if the result is ambiguous, among the possible
/// matches. Returns the reason if the check fails.
fn check_search(search: &Search, article: usize, scenario: &Scenario) -> Result<(), String> {
    let Some(query) = &scenario.search else { return Ok(()) };
    let kb = search.kb();
    let id = |article: usize| kb.articles.get(article).map_or("", |article| article.id.as_str());
    let results = search.search(query);
    let found = match results.verdict {
        Verdict::NoMatch => return Err(format!("the search for \"{}\" finds nothing", query.one_line())),
        Verdict::Match => results.hits.first().map(|found| found.article),
        Verdict::Ambiguous => {
            results.contenders().iter().map(|(article, _)| *article).find(|contender| *contender == article)
        }
    };
    match found {
        Some(found) if found == article => Ok(()),
        Some(found) => Err(format!("the search for \"{}\" leads to `{}`", query.one_line(), id(found))),
        None => Err(format!("the search for \"{}\" does not lead here", query.one_line())),
    }
}

/// Runs a scenario as far as its answers lead. Returns the session and, if the scenario failed, the reason.
fn run_scenario(
    kb: &Arc<KnowledgeBase>,
    article: usize,
    scenario: &Scenario,
    known: &KnownFacts,
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

/// Parses an answer of a scenario. At a solution, accepts only `solved` and `not-solved`, not `yes` and `no`. So a scenario
/// fails if a question was replaced by a solution.
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
    if let Some(expected) = &scenario.steps {
        let shown: Vec<Role> = session.steps().map(|(_, step)| step.by).collect();
        if shown != *expected {
            let list = |roles: &[Role]| roles.iter().map(|role| role.name()).collect::<Vec<_>>().join(", ");
            return Err(format!(
                "the steps of `{}` are done by [{}] instead of [{}]",
                scenario.ends,
                list(&shown),
                list(expected)
            ));
        }
    }
    Ok(())
}
