//! Running the scenarios of a knowledge base: does each walk still come to the end that its author wrote down?
//!
//! [`Suite::coverage`] says what no scenario walks through, and [`Suite::survivors`] which changes to a flow no scenario would
//! notice.

use std::collections::HashSet;
use std::sync::Arc;

use crate::clues::{ClueRef, Inquiry, Reply};
use crate::kb::{ExpectedStep, KnowledgeBase, Node, NodeKind, NodeRef, Scenario, Step};
use crate::search::{Search, Verdict};
use crate::wizard::{self, Answer, Known, Walk};

mod mutants;

pub use mutants::Mutant;

/// Every scenario of a knowledge base, with what came of it.
#[derive(Debug)]
pub struct Suite {
    kb: Arc<KnowledgeBase>,
    /// In the order of articles, and of their authors.
    pub runs: Vec<Run>,
}

/// A scenario and what came of it.
#[derive(Debug)]
pub struct Run {
    /// The article, as an index.
    pub article: usize,
    /// Which of its scenarios.
    pub scenario: usize,
    /// What its clues tell.
    known: Known,
    /// The answers that were given, each with its node.
    pub trail: Vec<(NodeRef, Answer)>,
    /// Where it stands in the end.
    pub end: NodeRef,
    /// What is wrong, if anything is.
    pub failure: Option<String>,
}

/// What no scenario walks through.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Articles without any scenario.
    pub articles: Vec<usize>,
    /// Nodes of other articles that no scenario visits.
    pub nodes: Vec<NodeRef>,
    /// Ways out of nodes that are visited, which no scenario takes.
    pub ways: Vec<(NodeRef, Answer)>,
}

impl Suite {
    /// Runs every scenario.
    #[must_use]
    pub fn run(kb: Arc<KnowledgeBase>) -> Self {
        let mut search = None;
        let mut runs = Vec::new();
        for (article, content) in kb.articles.iter().enumerate() {
            for (nth, scenario) in content.scenarios.iter().enumerate() {
                let begun = match &scenario.search {
                    Some(_) => begin(search.get_or_insert_with(|| Search::new(kb.clone())), article, scenario),
                    None => Ok(()),
                };
                let known = scenario.clues.iter().map(|(clue, yes)| ((content.collection, *clue), *yes)).collect();
                let (walk, walked) = walk(&kb, article, scenario, &known);
                let trail = walk.trail().iter().map(|entry| (entry.at, entry.answer)).collect();
                let failure = begun.and(walked).err();
                runs.push(Run { article, scenario: nth, known, trail, end: walk.at(), failure });
            }
        }
        Self { kb, runs }
    }

    /// The scenario of a run.
    #[must_use]
    pub fn scenario(&self, run: &Run) -> Option<&Scenario> {
        self.kb.articles.get(run.article)?.scenarios.get(run.scenario)
    }

    /// What no scenario walks through.
    #[must_use]
    pub fn coverage(&self) -> Coverage {
        let mut visited: HashSet<NodeRef> = HashSet::new();
        let mut taken: HashSet<(NodeRef, Answer)> = HashSet::new();
        for run in &self.runs {
            visited.extend(run.trail.iter().map(|(at, _)| *at).chain([run.end]));
            taken.extend(&run.trail);
        }
        let bare = |article: usize| self.kb.articles.get(article).is_some_and(|article| article.scenarios.is_empty());
        let nodes = || self.kb.nodes().filter(|at| !bare(at.article));
        let ways = nodes().filter(|at| visited.contains(at)).filter_map(|at| Some((at, self.kb.node(at)?)));
        Coverage {
            articles: (0..self.kb.articles.len()).filter(|article| bare(*article)).collect(),
            nodes: nodes().filter(|at| !visited.contains(at)).collect(),
            ways: ways
                .flat_map(|(at, node)| wizard::ways(&node.kind).into_iter().map(move |(answer, _)| (at, answer)))
                .filter(|way| !taken.contains(way))
                .collect(),
        }
    }
}

/// Whether the search of a scenario leads to its article, with its clues where the search alone cannot tell.
fn begin(search: &Search, article: usize, scenario: &Scenario) -> Result<(), String> {
    let Some(query) = &scenario.search else { return Ok(()) };
    let kb = search.kb();
    let id = |article: usize| kb.articles.get(article).map_or("", |article| article.id.as_str());
    let results = search.search(query);
    let contenders = results.contenders();
    let found = match results.verdict {
        Verdict::None => return Err(format!("the search for \"{}\" finds nothing", query.one_line())),
        Verdict::Match => results.found.first().map(|found| found.article),
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

/// Walks a scenario as far as its answers go, and says whether it came to its end.
fn walk(kb: &Arc<KnowledgeBase>, article: usize, scenario: &Scenario, known: &Known) -> (Walk, Result<(), String>) {
    let mut walk = Walk::new(kb.clone(), article, known.clone());
    for (number, text) in (1..).zip(&scenario.answers) {
        let given = walk.node().and_then(|node| exactly(text, &node.kind));
        if given.is_none_or(|given| walk.answer(given).is_err()) {
            let takes: Vec<String> = walk.possible().into_iter().map(|answer| walk.word(walk.at(), answer)).collect();
            let takes = if takes.is_empty() { "none".to_owned() } else { takes.join(", ") };
            let failure = format!("answer {number}, `{text}`: `{}` takes {takes}", kb.node_name(walk.at(), article));
            return (walk, Err(failure));
        }
    }
    let result = arrived(kb, article, scenario, &walk);
    (walk, result)
}

/// An answer as it must stand in a scenario. "No" to a solution is not taken for "not solved": a scenario must notice when a
/// question has become a solution.
fn exactly(text: &str, node: &NodeKind) -> Option<Answer> {
    let answer = Answer::parse(text, node)?;
    let is_short = matches!(node, NodeKind::Solution(_)) && !text.to_lowercase().contains("solved");
    (!is_short).then_some(answer)
}

fn arrived(kb: &KnowledgeBase, article: usize, scenario: &Scenario, walk: &Walk) -> Result<(), String> {
    let Some(expected) = kb.named(&scenario.ends, article) else {
        return Err(format!("it must end at `{}`, but there is no such node", scenario.ends));
    };
    if walk.node().is_some_and(|node| !node.is_end()) {
        let at = kb.node_name(walk.at(), article);
        return Err(format!("the answers are used up at the question `{at}`; it must end at `{}`", scenario.ends));
    }
    if walk.at() != expected {
        return Err(format!("it ends at `{}`, not at `{}`", kb.node_name(walk.at(), article), scenario.ends));
    }
    let steps = walk.node().map(Node::steps).unwrap_or_default();
    let mut rest = steps.iter();
    for wanted in &scenario.steps {
        if !rest.any(|step| is(step, wanted)) {
            let by = wanted.by.map(|by| format!("{by}: ")).unwrap_or_default();
            let why = if steps.iter().any(|step| is(step, wanted)) { "stands elsewhere" } else { "is missing" };
            return Err(format!("the step \"{by}{}\" {why} in `{}`", wanted.part.one_line(), scenario.ends));
        }
    }
    Ok(())
}

fn is(step: &Step, wanted: &ExpectedStep) -> bool {
    wanted.by.is_none_or(|by| by == step.by) && step.text.one_line().contains(&wanted.part.one_line())
}
