//! The map of a flow: a tree of all its paths, with the path taken so far. The branches of each node are shown at one row,
//! and the node's other rows are marked as repeated.

use std::collections::HashSet;

use crate::flow::{self, Answer, AnswerRecord, FlowSession};
use crate::kb::NodeId;

/// A row of the map: the start node, or the target of a branch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Depth in the tree, counted from 0.
    pub depth: usize,
    /// The branch to this row as (node, answer). `None` at the start.
    pub answer: Option<(NodeId, Answer)>,
    /// The node of this row.
    pub at: NodeId,
    /// Index into [`FlowSession::answers`] if this row is on the path taken and the node is answered.
    pub passed: Option<usize>,
    /// Whether the session is at this row.
    pub here: bool,
    /// Whether the branches of this node are shown at another row.
    pub repeated: bool,
}

/// Returns the rows of the map, in depth-first order. A node with several incoming branches has a row for each, but only one of
/// these rows shows its branches: the row on the path taken, or else the first.
#[must_use]
pub fn rows(session: &FlowSession) -> Vec<Row> {
    let taken = |from: NodeId, answer: Answer| {
        let branches = session.kb().node(from).map(|node| flow::branches(&node.kind)).unwrap_or_default();
        // If "not sure" has no branch of its own, it follows the "no" branch.
        let shown = |given: Answer| {
            let has_own = given != Answer::Unsure || branches.iter().any(|(own, _)| *own == given);
            if has_own { given } else { Answer::No }
        };
        session.answers().iter().any(|entry| entry.at == from && shown(entry.answer) == answer)
    };
    let is_on_path = |at: NodeId| session.at() == at || session.answers().iter().any(|entry| entry.at == at);
    let mut rows = Vec::new();
    let mut seen = HashSet::new();
    let mut open = vec![(0, None, NodeId { article: session.article(), node: 0 }, true)];
    while let Some((depth, answer, at, on_path)) = open.pop() {
        let shown_elsewhere = is_on_path(at) && !on_path;
        let repeated = shown_elsewhere || !seen.insert(at);
        let on_path = on_path && !repeated;
        rows.push(Row {
            depth,
            answer,
            at,
            passed: session.answers().iter().position(|entry| entry.at == at).filter(|_| on_path),
            here: on_path && session.at() == at,
            repeated,
        });
        if !repeated {
            let branches = session.kb().node(at).map(|node| flow::branches(&node.kind)).unwrap_or_default().into_iter();
            // The stack is last in, first out: push the branches in reverse to visit them in order.
            open.extend(
                branches.rev().map(|(answer, to)| (depth + 1, Some((at, answer)), to, on_path && taken(at, answer))),
            );
        }
    }
    rows
}

/// Returns the later answers that are discarded if an answer is changed, because their questions are no longer reached.
/// `entry` is the index of the changed answer in [`FlowSession::answers`].
#[must_use]
pub fn discarded_answers(session: &FlowSession, entry: usize, answer: Answer) -> Vec<AnswerRecord> {
    // If the change fails, the session stays unchanged, so no answers are discarded.
    session.clone().change(entry, answer).unwrap_or_default()
}
