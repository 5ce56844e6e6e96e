//! Graph checks over all flows of a knowledge base: which nodes are reachable, and which can reach an outcome.

use std::collections::{HashMap, HashSet};

use super::diagnostic::{Diagnostic, RuleId};
use super::{KnowledgeBase, Node, NodeId};

/// Returns warnings for nodes that are unreachable. The nodes in `also_reachable` count as reachable. A shared node counts as
/// reachable, because an article has a copy only if a node leads to it.
pub(super) fn unreachable(kb: &KnowledgeBase, also_reachable: &[NodeId]) -> Vec<Diagnostic> {
    let reached = reachable_nodes(kb, also_reachable.iter().copied());
    let nodes = kb.nodes().filter(|at| !reached.contains(at)).filter_map(|at| kb.node(at));
    nodes.filter(|node| !node.is_shared).map(unreachable_node).collect()
}

/// Returns the warning for an unreachable node.
pub(super) fn unreachable_node<T>(node: &Node<T>) -> Diagnostic {
    Diagnostic {
        code: RuleId::Unreachable,
        location: node.location.clone(),
        message: format!("nothing leads to the node `{}`", node.name),
        help: "make an answer lead to it, or remove it; the flow starts at the first node".to_owned(),
    }
}

/// Returns errors for reachable nodes from which no path leads to a solution or an escalation. Each diagnostic comes with its
/// article's ID, as `(article ID, diagnostic)`.
pub(super) fn non_terminating(kb: &KnowledgeBase) -> Vec<(String, Diagnostic)> {
    let all: Vec<NodeId> = kb.nodes().collect();
    let reached = reachable_nodes(kb, std::iter::empty());
    let ending = can_terminate(kb, &all);
    let stuck = all.into_iter().filter(|at| reached.contains(at) && !ending.contains(at));
    let diagnostics = stuck.filter_map(|at| {
        let (node, article) = (kb.node(at)?, kb.articles.get(at.article)?);
        let diagnostic = Diagnostic {
            code: RuleId::NonTerminating,
            location: node.location.clone(),
            message: format!("`{}` never leads to a solution or an escalation", node.name),
            help: "make one of the answers on this path lead to a solution or an escalation".to_owned(),
        };
        Some((article.id.clone(), diagnostic))
    });
    diagnostics.collect()
}

/// Returns the nodes that are reachable from the first node of an article or from one of `others`.
fn reachable_nodes(kb: &KnowledgeBase, others: impl Iterator<Item = NodeId>) -> HashSet<NodeId> {
    let starts = (0..kb.articles.len()).map(|article| NodeId { article, node: 0 }).chain(others);
    reachable_from(starts, |at| kb.node(at).map(Node::targets).unwrap_or_default().into_iter().copied().collect())
}

/// Returns the nodes from which a path leads to a solution or an escalation.
fn can_terminate(kb: &KnowledgeBase, all: &[NodeId]) -> HashSet<NodeId> {
    let before = predecessors(kb);
    let ends = all.iter().copied().filter(|at| kb.node(*at).is_some_and(Node::is_end));
    reachable_from(ends, |at| before.get(&at).cloned().unwrap_or_default())
}

/// Maps each node to the nodes that have a branch to it. Nodes without such a branch are not in the map.
pub(super) fn predecessors(kb: &KnowledgeBase) -> HashMap<NodeId, Vec<NodeId>> {
    let mut before: HashMap<NodeId, Vec<NodeId>> = HashMap::new();
    for at in kb.nodes() {
        for target in kb.node(at).map(Node::targets).unwrap_or_default() {
            before.entry(*target).or_default().push(at);
        }
    }
    before
}

/// Returns all nodes that are reachable from the start nodes, including these. The search is depth-first; `next` returns the
/// successors of a node.
pub(super) fn reachable_from(
    from: impl IntoIterator<Item = NodeId>,
    mut next: impl FnMut(NodeId) -> Vec<NodeId>,
) -> HashSet<NodeId> {
    let mut stack: Vec<NodeId> = from.into_iter().collect();
    let mut reached: HashSet<NodeId> = stack.iter().copied().collect();
    while let Some(at) = stack.pop() {
        for target in next(at) {
            if reached.insert(target) {
                stack.push(target);
            }
        }
    }
    reached
}
