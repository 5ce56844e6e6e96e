//! The point of no return: that no way reaches a step that cannot be undone before its questions have been asked.
//!
//! A step names the questions that must come before it, each with the answer that must have been given last. The proof searches
//! the flows, from the start of every article, for a way to the step on which that answer has not been given, and names the
//! shortest one. It looks at each node at most twice, with the answer and without it, however many paths there are.

use std::collections::{HashMap, HashSet, VecDeque};

use super::article::{After, NodeKind, NodeRef, Step};
use super::finding::{Code, Finding, did_you_mean};
use super::{KnowledgeBase, graph};

/// A node, and whether the question has been answered as it must be.
type State = (NodeRef, bool);

/// For each state that has been reached: the one before it, and the answer that led on.
type Steps = HashMap<State, (State, String)>;

/// Ways that reach a step that cannot be undone without its question, and questions that do not exist.
///
/// Each finding comes with the id of the article that it is about: the one whose flow leads to the step. `broken` are the ids of
/// articles that are not served.
pub(super) fn faults(kb: &KnowledgeBase, broken: &HashSet<String>) -> Vec<(String, Finding)> {
    let mut faults = Vec::new();
    let mut said = HashSet::new();
    let mut before: Option<HashMap<NodeRef, Vec<NodeRef>>> = None;
    for (at, owner, step, after) in guarded(kb) {
        let question = match question(kb, broken, after) {
            Ok(question) => question,
            Err(finding) => {
                if said.insert((after.place.clone(), String::new())) {
                    faults.push((owner.to_owned(), *finding));
                }
                continue;
            }
        };
        let before = before.get_or_insert_with(|| graph::before(kb));
        let leading = graph::spread([at], |node| before.get(&node).cloned().unwrap_or_default());
        let starts = leading.into_iter().filter(|node| node.node == 0);
        for start in sorted(starts) {
            let Some(way) = way_round(kb, start, at, question, &after.answer) else { continue };
            let Some(article) = kb.articles.get(start.article) else { continue };
            if said.insert((after.place.clone(), article.id.clone())) {
                let finding = Finding {
                    code: Code::Unguarded,
                    place: after.place.clone(),
                    message: format!(
                        "\"{}\" cannot be undone, and a way of `{}` reaches it without `{}: {}`: {way}",
                        step.text.one_line(),
                        article.id,
                        after.node,
                        after.answer
                    ),
                    help: format!("lead this way through the question `{}` first", after.node),
                };
                faults.push((article.id.clone(), finding));
            }
        }
    }
    faults
}

/// Every step that names what must have been asked before it, with the solution it stands in and the id of that one's article.
fn guarded(kb: &KnowledgeBase) -> impl Iterator<Item = (NodeRef, &str, &Step, &After)> {
    let nodes = kb.nodes().filter_map(|at| Some((at, kb.articles.get(at.article)?, kb.node(at)?)));
    nodes.flat_map(|(at, article, node)| {
        let steps = node.steps().iter();
        steps.flat_map(move |step| step.after.iter().map(move |after| (at, article.id.as_str(), step, after)))
    })
}

fn sorted(nodes: impl Iterator<Item = NodeRef>) -> Vec<NodeRef> {
    let mut nodes: Vec<NodeRef> = nodes.collect();
    nodes.sort_unstable();
    nodes
}

/// The question that is meant, where it is one and takes that answer.
fn question(kb: &KnowledgeBase, broken: &HashSet<String>, after: &After) -> Result<NodeRef, Box<Finding>> {
    let fault = |message: String, help: String| {
        Box::new(Finding { code: Code::MissingTarget, place: after.place.clone(), message, help })
    };
    let Some(article) = kb.position(&after.article) else {
        if broken.contains(&after.article) {
            let message =
                format!("the question is one of the article `{}`, which cannot be served itself", after.article);
            return Err(fault(message, format!("mend `{}` first", after.article)));
        }
        let known = kb.articles.iter().map(|article| article.id.as_str());
        return Err(fault(format!("there is no article `{}`", after.article), did_you_mean(&after.article, known)));
    };
    let nodes = kb.articles.get(article).map(|article| article.flow.nodes.as_slice()).unwrap_or_default();
    let found = nodes.iter().enumerate().find(|(_, node)| node.name == after.node);
    let Some((at, NodeKind::Question(question))) = found.map(|(at, node)| (at, &node.kind)) else {
        let questions = nodes.iter().filter(|node| matches!(node.kind, NodeKind::Question(_)));
        let help = did_you_mean(&after.node, questions.map(|node| node.name.as_str()));
        return Err(fault(format!("`{}` is no question of `{}`", after.node, after.article), help));
    };
    let answers: Vec<&str> = question.ways.named().into_iter().map(|(answer, _)| answer).collect();
    if !answers.contains(&after.answer.as_str()) {
        let message = format!("`{}` is no answer to `{}`", after.answer, after.node);
        return Err(fault(message, did_you_mean(&after.answer, answers)));
    }
    Ok(NodeRef { article, node: at })
}

/// The shortest way from a start to a node on which a question has not been answered like that, in words.
fn way_round(kb: &KnowledgeBase, start: NodeRef, to: NodeRef, question: NodeRef, answer: &str) -> Option<String> {
    let mut from = Steps::new();
    let first = (start, false);
    let mut seen = HashSet::from([first]);
    let mut waiting = VecDeque::from([first]);
    while let Some(state @ (at, asked)) = waiting.pop_front() {
        if at == to && !asked {
            return Some(in_words(kb, start.article, &from, state));
        }
        let Some(node) = kb.node(at) else { continue };
        let ways: Vec<(&str, NodeRef)> = match &node.kind {
            NodeKind::Question(question) => question.ways.named().into_iter().map(|(word, to)| (word, *to)).collect(),
            NodeKind::Solution(solution) => solution.otherwise.iter().map(|to| ("otherwise", *to)).collect(),
            NodeKind::Escalation(_) => Vec::new(),
        };
        for (word, target) in ways {
            let next = (target, if at == question { word == answer } else { asked });
            if seen.insert(next) {
                from.insert(next, (state, word.to_owned()));
                waiting.push_back(next);
            }
        }
    }
    None
}

/// A way as its author would follow it: each node with the answer that was given there.
fn in_words(kb: &KnowledgeBase, seen_from: usize, from: &Steps, end: State) -> String {
    let mut parts = vec![format!("`{}`", kb.node_name(end.0, seen_from))];
    let mut state = end;
    while let Some((earlier, word)) = from.get(&state) {
        parts.push(format!("`{}` {word}", kb.node_name(earlier.0, seen_from)));
        state = *earlier;
    }
    parts.reverse();
    parts.join(", then ")
}
