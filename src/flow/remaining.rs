//! The number of questions that may follow.

use std::collections::HashMap;

use serde::Serialize;

use super::{KnownFacts, answer};
use crate::flow::Answer;
use crate::kb::{KnowledgeBase, NodeId};

/// The number of questions after the current node, on the shortest and on the longest path. On the shortest path, the first
/// solution helps; on the longest, none does. Questions with a known answer don't count. A question that a cycle reaches again
/// counts once.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct RemainingQuestions {
    /// The number on the shortest path.
    #[serde(rename = "least")]
    pub min: usize,
    /// The number on the longest path.
    #[serde(rename = "most")]
    pub max: usize,
}

/// Returns the range of the number of questions after a node.
pub(super) fn remaining(kb: &KnowledgeBase, at: NodeId, known: &KnownFacts) -> RemainingQuestions {
    let next = next(kb, at, known);
    let mut found: HashMap<NodeId, Option<RemainingQuestions>> = HashMap::new();
    for target in &next {
        visit(kb, *target, known, &mut found);
    }
    let of = |target: &NodeId| found.get(target).copied().flatten().unwrap_or_default();
    let at_end = kb.node(at).is_none_or(crate::kb::Node::is_end);
    RemainingQuestions {
        min: if at_end { 0 } else { next.iter().map(|target| of(target).min).min().unwrap_or(0) },
        max: next.iter().map(|target| of(target).max).max().unwrap_or(0),
    }
}

/// Counts the questions from this node on, including the node itself. Stores the count of every node that can be reached from
/// it. The search is depth-first with an explicit stack, because recursion over a long flow would overflow the call stack.
fn visit(
    kb: &KnowledgeBase,
    from: NodeId,
    known: &KnownFacts,
    found: &mut HashMap<NodeId, Option<RemainingQuestions>>,
) {
    let mut stack = vec![(from, false)];
    while let Some((at, done)) = stack.pop() {
        let targets = next(kb, at, known);
        if !done {
            if found.contains_key(&at) {
                continue;
            }
            found.insert(at, None); // In progress: a cycle back to this node adds nothing to the count.
            stack.push((at, true));
            stack.extend(targets.into_iter().map(|target| (target, false)));
            continue;
        }
        let after: Vec<RemainingQuestions> =
            targets.iter().filter_map(|target| found.get(target).copied().flatten()).collect();
        let asked = usize::from(is_asked(kb, at, known));
        let end = kb.node(at).is_none_or(crate::kb::Node::is_end);
        let least = if end { 0 } else { asked + after.iter().map(|left| left.min).min().unwrap_or(0) };
        let most = asked + after.iter().map(|left| left.max).max().unwrap_or(0);
        found.insert(at, Some(RemainingQuestions { min: least, max: most }));
    }
}

/// Returns the answer to a question, if its fact is known.
fn known_answer(kb: &KnowledgeBase, at: NodeId, known: &KnownFacts) -> Option<Answer> {
    known.get(&kb.fact_of_question(at)?).copied().map(Answer::from)
}

fn is_asked(kb: &KnowledgeBase, at: NodeId, known: &KnownFacts) -> bool {
    kb.node(at).is_some_and(|node| !node.is_end()) && known_answer(kb, at, known).is_none()
}

fn next(kb: &KnowledgeBase, at: NodeId, known: &KnownFacts) -> Vec<NodeId> {
    let Some(node) = kb.node(at) else { return Vec::new() };
    match known_answer(kb, at, known) {
        Some(answer) => answer::target(&node.kind, answer).into_iter().collect(),
        None => node.targets().into_iter().copied().collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::flow::kb_of;
    use crate::kb::{FactAnswer, FactId};

    const ARTICLE: &str = "
message: It is dark.
flow:
  zero: {question: Zero?, yes: one, no: one}
  one: {question: One?, yes: two, no: two}
  two: {ask: red, yes: fix, no: help}
  fix: {solution: Fix it, steps: [{by: user, do: Fix it.}], otherwise: three}
  three: {question: Three?, yes: help, no: help}
  help: {escalation: Help}
";

    #[test]
    fn counts_unanswered_questions_on_the_shortest_and_longest_path() {
        let kb = kb_of(ARTICLE);
        let left_at = |node: &str, known: Option<FactAnswer>| {
            let red = FactId { collection: 0, fact: 0 };
            let RemainingQuestions { min: least, max: most } =
                remaining(&kb, kb.resolve(node, 0).unwrap(), &known.map(|answer| (red, answer)).into_iter().collect());
            (least, most)
        };
        assert_eq!(left_at("zero", None), (2, 3));
        assert_eq!(left_at("zero", Some(FactAnswer::Yes)), (1, 2), "the answer is known");
        assert_eq!(left_at("zero", Some(FactAnswer::No)), (1, 1));
        assert_eq!(left_at("two", None), (0, 1));
        assert_eq!(left_at("fix", None), (0, 1), "no more questions if the solution helps");
        assert_eq!(left_at("three", None), (0, 0));
        assert_eq!(left_at("help", None), (0, 0));
    }
}
