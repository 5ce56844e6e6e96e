//! How many questions may still come.

use std::collections::HashMap;

use serde::Serialize;

use super::{Known, answer};
use crate::kb::{KnowledgeBase, NodeRef};
use crate::wizard::Answer;

/// Questions still to come after the present node, on the shortest and on the longest way. The shortest way takes the first
/// solution to help; the longest takes none of them to help. Questions that are already answered do not count, and a question
/// that a loop would ask again counts once.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Left {
    /// On the shortest way.
    pub least: usize,
    /// On the longest way.
    pub most: usize,
}

/// What is left after a node.
pub(super) fn left(kb: &KnowledgeBase, at: NodeRef, known: &Known) -> Left {
    let next = next(kb, at, known);
    let mut found: HashMap<NodeRef, Option<Left>> = HashMap::new();
    for target in &next {
        visit(kb, *target, known, &mut found);
    }
    let of = |target: &NodeRef| found.get(target).copied().flatten().unwrap_or_default();
    let at_end = kb.node(at).is_none_or(crate::kb::Node::is_end);
    Left {
        least: if at_end { 0 } else { next.iter().map(|target| of(target).least).min().unwrap_or(0) },
        most: next.iter().map(|target| of(target).most).max().unwrap_or(0),
    }
}

/// Counts from a node on, itself included, and notes it for every node on the way. An explicit stack: flows may be long.
fn visit(kb: &KnowledgeBase, from: NodeRef, known: &Known, found: &mut HashMap<NodeRef, Option<Left>>) {
    let mut stack = vec![(from, false)];
    while let Some((at, done)) = stack.pop() {
        let targets = next(kb, at, known);
        if !done {
            if found.contains_key(&at) {
                continue;
            }
            found.insert(at, None); // on the way: a loop that comes back here stops
            stack.push((at, true));
            stack.extend(targets.into_iter().map(|target| (target, false)));
            continue;
        }
        let after: Vec<Left> = targets.iter().filter_map(|target| found.get(target).copied().flatten()).collect();
        let asked = usize::from(is_asked(kb, at, known));
        let end = kb.node(at).is_none_or(crate::kb::Node::is_end);
        let least = if end { 0 } else { asked + after.iter().map(|left| left.least).min().unwrap_or(0) };
        let most = asked + after.iter().map(|left| left.most).max().unwrap_or(0);
        found.insert(at, Some(Left { least, most }));
    }
}

/// The answer that a clue has already given to a question.
fn told(kb: &KnowledgeBase, at: NodeRef, known: &Known) -> Option<Answer> {
    let yes = known.get(&kb.clue_of_question(at)?)?;
    Some(if *yes { Answer::Yes } else { Answer::No })
}

fn is_asked(kb: &KnowledgeBase, at: NodeRef, known: &Known) -> bool {
    kb.node(at).is_some_and(|node| !node.is_end()) && told(kb, at, known).is_none()
}

fn next(kb: &KnowledgeBase, at: NodeRef, known: &Known) -> Vec<NodeRef> {
    let Some(node) = kb.node(at) else { return Vec::new() };
    match told(kb, at, known) {
        Some(answer) => answer::target(&node.kind, answer).into_iter().collect(),
        None => node.targets().into_iter().copied().collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wizard::kb_of;

    const ARTICLE: &str = "
message: It is dark.
flow:
  zero: {question: Zero?, yes: one, no: one}
  one: {question: One?, yes: two, no: two}
  two: {question: Two?, clue: red, yes: fix, no: help}
  fix: {solution: Fix it, steps: [{by: user, do: Fix it.}], otherwise: three}
  three: {question: Three?, yes: help, no: help}
  help: {escalation: Help}
";

    #[test]
    fn questions_are_counted_on_the_shortest_and_the_longest_way_without_those_that_are_answered() {
        let kb = kb_of(ARTICLE);
        let left_at = |node: &str, known: &[((usize, usize), bool)]| {
            let Left { least, most } = left(&kb, kb.named(node, 0).unwrap(), &known.iter().copied().collect());
            (least, most)
        };
        assert_eq!(left_at("zero", &[]), (2, 3));
        assert_eq!(left_at("zero", &[((0, 0), true)]), (1, 2), "the answer is known");
        assert_eq!(left_at("zero", &[((0, 0), false)]), (1, 1));
        assert_eq!(left_at("two", &[]), (0, 1));
        assert_eq!(left_at("fix", &[]), (0, 1), "it may help");
        assert_eq!(left_at("three", &[]), (0, 0));
        assert_eq!(left_at("help", &[]), (0, 0));
    }
}
