//! Check of the facts that irreversible steps require: every path must establish these facts before it reaches the step.
//!
//! A breadth-first search from the start of every article looks for a path on which the fact is not asked or has another answer.
//! Diagnostics show the shortest such path. The search visits each node at most twice (fact established or not), so its time does not
//! depend on the number of paths.

use std::collections::{HashMap, HashSet, VecDeque};

use super::article::{NodeId, NodeKind, Step};
use super::diagnostic::{Diagnostic, Location, RuleId};
use super::fact::{FactId, FactValue};
use super::{KnowledgeBase, graph};

/// A search state: the node, and whether the fact is established.
type PathState = (NodeId, bool);

/// Maps each reached state to its predecessor and the answer in between, as `(predecessor, answer)`.
type Predecessors = HashMap<PathState, (PathState, String)>;

/// Returns errors for paths that reach a step without a fact that the step requires, as `(article ID, diagnostic)`. The path
/// starts at this article.
pub(super) fn validate(kb: &KnowledgeBase) -> Vec<(String, Diagnostic)> {
    let mut diagnostics = Vec::new();
    let mut reported = HashSet::new();
    let mut before: Option<HashMap<NodeId, Vec<NodeId>>> = None;
    for (at, step, required, location) in guarded_steps(kb) {
        let before = before.get_or_insert_with(|| graph::predecessors(kb));
        let leading = graph::reachable_from([at], |node| before.get(&node).cloned().unwrap_or_default());
        let starts = leading.into_iter().filter(|node| node.node == 0);
        for start in sorted(starts) {
            let Some(path) = unguarded_path(kb, start, at, required) else { continue };
            let Some((article, collection)) = kb.article_with_collection(start.article) else { continue };
            let fact = collection.facts.get(required.fact).map_or("", |fact| fact.id.as_str());
            if reported.insert((location.clone(), article.id.clone())) {
                let diagnostic = Diagnostic {
                    code: RuleId::UnmetPrecondition,
                    location: location.clone(),
                    message: format!(
                        "\"{}\" cannot be undone, but a path in `{}` reaches it without `{fact}: {}`. The path: {path}",
                        step.text.one_line(),
                        article.id,
                        required.answer
                    ),
                    help: format!("make this path go through a question with `ask: {fact}` first"),
                };
                diagnostics.push((article.id.clone(), diagnostic));
            }
        }
    }
    diagnostics
}

/// Returns all required facts, as `(solution, step, fact, location)`.
fn guarded_steps(kb: &KnowledgeBase) -> impl Iterator<Item = (NodeId, &Step, FactValue, &Location)> {
    let nodes = kb.nodes().filter_map(|at| Some((at, kb.node(at)?)));
    nodes.flat_map(|(at, node)| {
        let steps = node.steps().iter();
        steps.flat_map(move |step| step.requires.iter().map(move |(fact, location)| (at, step, *fact, location)))
    })
}

fn sorted(nodes: impl Iterator<Item = NodeId>) -> Vec<NodeId> {
    let mut nodes: Vec<NodeId> = nodes.collect();
    nodes.sort_unstable();
    nodes
}

/// Returns a description of the shortest path from `start` to `to` on which the fact does not have the required answer. Returns
/// `None` if there is no such path.
fn unguarded_path(kb: &KnowledgeBase, start: NodeId, to: NodeId, required: FactValue) -> Option<String> {
    let mut from = Predecessors::new();
    let own = FactId { collection: kb.articles.get(to.article)?.collection, fact: required.fact };
    let wanted = kb.shared_fact(own);
    let first_article = kb.articles.get(start.article)?;
    let is_implied = first_article.collection == own.collection && first_article.known.contains(&required);
    let first = (start, is_implied);
    let mut seen = HashSet::from([first]);
    let mut waiting = VecDeque::from([first]);
    while let Some(state @ (at, is_established)) = waiting.pop_front() {
        if at == to && !is_established {
            return Some(describe_path(kb, start.article, &from, state));
        }
        let Some(node) = kb.node(at) else { continue };
        let branches: Vec<(&str, NodeId)> = match &node.kind {
            NodeKind::Question(question) => {
                question.branches.labeled().into_iter().map(|(word, to)| (word, *to)).collect()
            }
            NodeKind::Solution(solution) => solution.otherwise.iter().map(|to| ("otherwise", *to)).collect(),
            NodeKind::Escalation(_) => Vec::new(),
        };
        let asks = kb.fact_of_question(at) == Some(wanted);
        for (word, target) in branches {
            let next = (target, if asks { word == required.answer.name() } else { is_established });
            if seen.insert(next) {
                from.insert(next, (state, word.to_owned()));
                waiting.push_back(next);
            }
        }
    }
    None
}

/// Formats the path to `end` as its nodes with the answer at each of them. Nodes outside the article with index `seen_from`
/// include their article.
fn describe_path(kb: &KnowledgeBase, seen_from: usize, from: &Predecessors, end: PathState) -> String {
    let mut parts = vec![format!("`{}`", kb.node_name(end.0, seen_from))];
    let mut state = end;
    while let Some((earlier, word)) = from.get(&state) {
        parts.push(format!("`{}` {word}", kb.node_name(earlier.0, seen_from)));
        state = *earlier;
    }
    parts.reverse();
    parts.join(", then ")
}
