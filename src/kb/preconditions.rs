//! Proof that no path reaches a step that cannot be undone before its preconditions are met.
//!
//! A precondition names a question and the answer that must be the last one given to it before the step. A breadth-first search
//! from the start of every article looks for a path that violates the precondition. Diagnostics show the shortest one. The search
//! visits each node at most twice (precondition met or not), so its time does not depend on the number of paths.

use std::collections::{HashMap, HashSet, VecDeque};

use super::article::{NodeId, NodeKind, Precondition, Step};
use super::diagnostic::{Diagnostic, RuleId, did_you_mean};
use super::{KnowledgeBase, graph};

/// A search state: the node, and whether the precondition is met.
type PathState = (NodeId, bool);

/// Maps each reached state to its predecessor and the answer in between, as `(predecessor, answer)`.
type Predecessors = HashMap<PathState, (PathState, String)>;

/// Returns errors for paths that violate a precondition, and for preconditions whose question or answer does not exist.
///
/// Each diagnostic comes with the ID of the article whose flow contains the path, or of the step's article if the question does
/// not exist. `broken` contains the IDs of the articles that are skipped because of errors.
pub(super) fn validate(kb: &KnowledgeBase, rejected_ids: &HashSet<String>) -> Vec<(String, Diagnostic)> {
    let mut diagnostics = Vec::new();
    let mut reported = HashSet::new();
    let mut before: Option<HashMap<NodeId, Vec<NodeId>>> = None;
    for (at, owner, step, after) in guarded_steps(kb) {
        let question = match question(kb, rejected_ids, after) {
            Ok(question) => question,
            Err(diagnostic) => {
                if reported.insert((after.location.clone(), String::new())) {
                    diagnostics.push((owner.to_owned(), *diagnostic));
                }
                continue;
            }
        };
        let before = before.get_or_insert_with(|| graph::predecessors(kb));
        let leading = graph::reachable_from([at], |node| before.get(&node).cloned().unwrap_or_default());
        let starts = leading.into_iter().filter(|node| node.node == 0);
        for start in sorted(starts) {
            let Some(path) = unguarded_path(kb, start, at, question, &after.answer) else { continue };
            let Some(article) = kb.articles.get(start.article) else { continue };
            if reported.insert((after.location.clone(), article.id.clone())) {
                let diagnostic = Diagnostic {
                    code: RuleId::UnmetPrecondition,
                    location: after.location.clone(),
                    message: format!(
                        "\"{}\" cannot be undone, but a path in `{}` reaches it without the answer `{}: {}`. The path: {path}",
                        step.text.one_line(),
                        article.id,
                        after.node,
                        after.answer
                    ),
                    help: format!("make this path go through the question `{}` first", after.node),
                };
                diagnostics.push((article.id.clone(), diagnostic));
            }
        }
    }
    diagnostics
}

/// Returns all preconditions, as `(solution, ID of its article, step, precondition)`.
fn guarded_steps(kb: &KnowledgeBase) -> impl Iterator<Item = (NodeId, &str, &Step, &Precondition)> {
    let nodes = kb.nodes().filter_map(|at| Some((at, kb.articles.get(at.article)?, kb.node(at)?)));
    nodes.flat_map(|(at, article, node)| {
        let steps = node.steps().iter();
        steps.flat_map(move |step| step.after.iter().map(move |after| (at, article.id.as_str(), step, after)))
    })
}

fn sorted(nodes: impl Iterator<Item = NodeId>) -> Vec<NodeId> {
    let mut nodes: Vec<NodeId> = nodes.collect();
    nodes.sort_unstable();
    nodes
}

/// Returns the question of a precondition.
///
/// # Errors
/// [`RuleId::MissingTarget`] if the article, the question or the answer does not exist.
fn question(
    kb: &KnowledgeBase,
    rejected_ids: &HashSet<String>,
    after: &Precondition,
) -> Result<NodeId, Box<Diagnostic>> {
    let diagnostic = |message: String, help: String| {
        Box::new(Diagnostic { code: RuleId::MissingTarget, location: after.location.clone(), message, help })
    };
    let Some(article) = kb.article_index(&after.article) else {
        if rejected_ids.contains(&after.article) {
            let message = format!("the question is in the article `{}`, which has errors itself", after.article);
            return Err(diagnostic(message, format!("fix `{}` first", after.article)));
        }
        let known = kb.articles.iter().map(|article| article.id.as_str());
        return Err(diagnostic(
            format!("there is no article `{}`", after.article),
            did_you_mean(&after.article, known),
        ));
    };
    let nodes = kb.articles.get(article).map(|article| article.flow.nodes.as_slice()).unwrap_or_default();
    let found = nodes.iter().enumerate().find(|(_, node)| node.name == after.node);
    let Some((at, NodeKind::Question(question))) = found.map(|(at, node)| (at, &node.kind)) else {
        let questions = nodes.iter().filter(|node| matches!(node.kind, NodeKind::Question(_)));
        let help = did_you_mean(&after.node, questions.map(|node| node.name.as_str()));
        return Err(diagnostic(format!("`{}` is not a question in `{}`", after.node, after.article), help));
    };
    let answers: Vec<&str> = question.branches.labeled().into_iter().map(|(answer, _)| answer).collect();
    if !answers.contains(&after.answer.as_str()) {
        let message = format!("`{}` is not an answer to `{}`", after.answer, after.node);
        return Err(diagnostic(message, did_you_mean(&after.answer, answers)));
    }
    Ok(NodeId { article, node: at })
}

/// Returns a description of the shortest path from `start` to `to` on which the last answer to `question` is not `answer`.
/// Returns `None` if there is no such path.
fn unguarded_path(kb: &KnowledgeBase, start: NodeId, to: NodeId, question: NodeId, answer: &str) -> Option<String> {
    let mut from = Predecessors::new();
    let first = (start, false);
    let mut seen = HashSet::from([first]);
    let mut waiting = VecDeque::from([first]);
    while let Some(state @ (at, asked)) = waiting.pop_front() {
        if at == to && !asked {
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
        for (word, target) in branches {
            let next = (target, if at == question { word == answer } else { asked });
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
