//! A flow as a tree: every way that can be taken, with the one that was.

use std::collections::HashSet;

use crate::kb::NodeRef;
use crate::wizard::{self, Answer, Entry, Walk};

/// One line of the map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// How deep in the tree it stands.
    pub depth: usize,
    /// The answer that leads here; none at the start.
    pub answer: Option<(NodeRef, Answer)>,
    /// The node.
    pub at: NodeRef,
    /// Its answer in the trail, as an index, if it has been passed.
    pub passed: Option<usize>,
    /// Whether the walk stands here.
    pub here: bool,
    /// Whether what follows from it is shown elsewhere.
    pub repeated: bool,
}

/// The lines of the map of a walk. A node that several ways lead to is shown with what follows from it once: on the way that was
/// taken, if it stands there.
#[must_use]
pub fn rows(walk: &Walk) -> Vec<Row> {
    let taken = |from: NodeRef, answer: Answer| {
        let ways = walk.kb().node(from).map(|node| wizard::ways(&node.kind)).unwrap_or_default();
        // "Not sure" has no way of its own where it leads where "no" does.
        let shown = |given: Answer| {
            let has_own = given != Answer::Unsure || ways.iter().any(|(own, _)| *own == given);
            if has_own { given } else { Answer::No }
        };
        walk.trail().iter().any(|entry| entry.at == from && shown(entry.answer) == answer)
    };
    let is_on_way = |at: NodeRef| walk.at() == at || walk.trail().iter().any(|entry| entry.at == at);
    let mut rows = Vec::new();
    let mut seen = HashSet::new();
    let mut open = vec![(0, None, NodeRef { article: walk.article(), node: 0 }, true)];
    while let Some((depth, answer, at, on_way)) = open.pop() {
        let shown_elsewhere = is_on_way(at) && !on_way;
        let repeated = shown_elsewhere || !seen.insert(at);
        let on_way = on_way && !repeated;
        rows.push(Row {
            depth,
            answer,
            at,
            passed: walk.trail().iter().position(|entry| entry.at == at).filter(|_| on_way),
            here: on_way && walk.at() == at,
            repeated,
        });
        if !repeated {
            let ways = walk.kb().node(at).map(|node| wizard::ways(&node.kind)).unwrap_or_default().into_iter();
            // The last one pushed is the first one taken.
            open.extend(
                ways.rev().map(|(answer, to)| (depth + 1, Some((at, answer)), to, on_way && taken(at, answer))),
            );
        }
    }
    rows
}

/// What changing an answer of the trail drops: the later answers whose questions no longer come up.
#[must_use]
pub fn dropped(walk: &Walk, entry: usize, answer: Answer) -> Vec<Entry> {
    walk.clone().change(entry, answer).unwrap_or_default()
}
