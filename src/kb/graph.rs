//! The flows of a knowledge base as one graph: which nodes are reached, and from which of them an end can be reached.

use std::collections::{HashMap, HashSet};

use super::finding::{Code, Finding};
use super::{KnowledgeBase, NodeRef};

/// What is wrong with the flows as a graph: nodes that nothing leads to, and questions that no answer ever leaves.
///
/// Each finding comes with the id of the article that it is about. `led_to` are nodes that something else leads to.
pub(super) fn faults(kb: &KnowledgeBase, led_to: &[NodeRef]) -> Vec<(String, Finding)> {
    let all: Vec<NodeRef> = kb.nodes().collect();
    let starts = (0..kb.articles.len()).map(|article| NodeRef { article, node: 0 }).chain(led_to.iter().copied());
    let reached =
        spread(starts, |at| kb.node(at).map(super::Node::targets).unwrap_or_default().into_iter().copied().collect());
    let ending = ending(kb, &all);

    let mut faults = Vec::new();
    for at in all {
        let (Some(node), Some(article)) = (kb.node(at), kb.articles.get(at.article)) else { continue };
        let fault = if !reached.contains(&at) {
            Finding {
                code: Code::Unreachable,
                place: node.place.clone(),
                message: format!("no way leads to the node `{}`", node.name),
                help: "let an answer lead to it, or remove it; the flow starts at its first node".to_owned(),
            }
        } else if !ending.contains(&at) {
            Finding {
                code: Code::Endless,
                place: node.place.clone(),
                message: format!("from `{}` no answer ever leads to a solution or an escalation", node.name),
                help: "let one of the answers on this way lead to an end".to_owned(),
            }
        } else {
            continue;
        };
        faults.push((article.id.clone(), fault));
    }
    faults
}

/// The nodes from which a solution or an escalation can be reached.
fn ending(kb: &KnowledgeBase, all: &[NodeRef]) -> HashSet<NodeRef> {
    let before = before(kb);
    let ends = all.iter().copied().filter(|at| kb.node(*at).is_some_and(super::Node::is_end));
    spread(ends, |at| before.get(&at).cloned().unwrap_or_default())
}

/// For each node that something leads to, the nodes that do.
pub(super) fn before(kb: &KnowledgeBase) -> HashMap<NodeRef, Vec<NodeRef>> {
    let mut before: HashMap<NodeRef, Vec<NodeRef>> = HashMap::new();
    for at in kb.nodes() {
        for target in kb.node(at).map(super::Node::targets).unwrap_or_default() {
            before.entry(*target).or_default().push(at);
        }
    }
    before
}

/// Everything that can be reached from some nodes, themselves included.
pub(super) fn spread(
    from: impl IntoIterator<Item = NodeRef>,
    mut next: impl FnMut(NodeRef) -> Vec<NodeRef>,
) -> HashSet<NodeRef> {
    let mut waiting: Vec<NodeRef> = from.into_iter().collect();
    let mut reached: HashSet<NodeRef> = waiting.iter().copied().collect();
    while let Some(at) = waiting.pop() {
        for target in next(at) {
            if reached.insert(target) {
                waiting.push(target);
            }
        }
    }
    reached
}
