//! Matching of nodes, choices and texts between two versions, even if their names or wording have changed.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::StepSummary;
use crate::kb::{Article, Branches, KnowledgeBase, Node, NodeId, NodeKind};
use crate::text::SanitizedText;

/// Minimum similarity (Dice coefficient of the word sets, 0–1) of two texts that count as versions of the same text.
const ALIKE: f64 = 0.5;

/// Maps each new node to its old counterpart in the same article. Tries three rules in turn on the nodes that are still
/// unmatched: same name, same text, similar text. Only nodes of the same kind match, and questions must have the same answers.
pub(super) fn pairs(old: &KnowledgeBase, new: &KnowledgeBase) -> HashMap<NodeId, NodeId> {
    let mut pairs = HashMap::new();
    for (at, article) in new.articles.iter().enumerate() {
        let Some(before) = old.article_index(&article.id) else { continue };
        let Some(earlier) = old.articles.get(before) else { continue };
        let mut taken = HashSet::new();
        let rules: [fn(&Node, &Node) -> bool; 3] = [
            |old, new| old.name == new.name,
            |old, new| old.text == new.text,
            |old, new| text(old.text.written(), new.text.written()),
        ];
        for rule in rules {
            for (node, after) in nodes(at, article) {
                if pairs.contains_key(&node) {
                    continue;
                }
                let found = nodes(before, earlier)
                    .find(|(at, node)| !taken.contains(at) && same_kind(node, after) && rule(node, after));
                if let Some((before, _)) = found {
                    taken.insert(before);
                    pairs.insert(node, before);
                }
            }
        }
    }
    pairs
}

fn nodes(article: usize, content: &Article) -> impl Iterator<Item = (NodeId, &Node)> {
    content.flow.nodes.iter().enumerate().map(move |(node, content)| (NodeId { article, node }, content))
}

fn same_kind(old: &Node, new: &Node) -> bool {
    match (&old.kind, &new.kind) {
        (NodeKind::Question(old), NodeKind::Question(new)) => same_answers(&old.branches, &new.branches),
        (NodeKind::Solution(_), NodeKind::Solution(_)) | (NodeKind::Escalation(_), NodeKind::Escalation(_)) => true,
        _ => false,
    }
}

/// Whether two questions have the same answers, in any order and wording.
fn same_answers(old: &Branches, new: &Branches) -> bool {
    match (old, new) {
        (Branches::YesNo { .. }, Branches::YesNo { .. }) => true,
        (Branches::Choices { .. }, Branches::Choices { .. }) => choices(old, new).is_some(),
        _ => false,
    }
}

/// Returns the matching choices as (old index, new index): first those with equal labels, then those with similar labels.
/// `None` if a choice has no counterpart.
pub(super) fn choices(old: &Branches, new: &Branches) -> Option<Vec<(usize, usize)>> {
    let (Branches::Choices { choices: old, .. }, Branches::Choices { choices: new, .. }) = (old, new) else {
        return None;
    };
    if old.len() != new.len() {
        return None;
    }
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    let rules: [fn(&str, &str) -> bool; 2] = [|old, new| old == new, text];
    for rule in rules {
        for (nth, (label, _)) in old.iter().enumerate() {
            if pairs.iter().any(|(old, _)| *old == nth) {
                continue;
            }
            let free = |at: &usize| !pairs.iter().any(|(_, new)| new == at);
            let found =
                (0..new.len()).filter(free).find(|at| new.get(*at).is_some_and(|(other, _)| rule(label, other)));
            pairs.extend(found.map(|found| (nth, found)));
        }
    }
    (pairs.len() == old.len()).then_some(pairs)
}

/// Returns the labels of a question's choices, without their order.
pub(super) fn labels(branches: &Branches) -> BTreeSet<&SanitizedText> {
    match branches {
        Branches::Choices { choices, .. } => choices.iter().map(|(label, _)| label).collect(),
        Branches::YesNo { .. } => BTreeSet::new(),
    }
}

/// Whether two texts are similar: the Dice coefficient of their word sets is at least `ALIKE`.
pub(super) fn text(old: &str, new: &str) -> bool {
    let wording_changes = |text: &str| -> HashSet<String> {
        let wording_changes = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        wording_changes.map(str::to_lowercase).collect()
    };
    let (old, new) = (wording_changes(old), wording_changes(new));
    let shared = old.intersection(&new).count();
    let all = old.len() + new.len();
    #[expect(clippy::cast_precision_loss, reason = "texts have few words")]
    let share = if all == 0 { 1.0 } else { 2.0 * shared as f64 / all as f64 };
    share >= ALIKE
}

/// Whether two lists have similar steps with the same roles in the same order.
pub(super) fn steps(old: &[StepSummary], new: &[StepSummary]) -> bool {
    let moved = |(nth, step): (usize, &StepSummary)| {
        let here = new.get(nth).is_some_and(|other| other.text == step.text);
        !here && new.iter().any(|other| other.text == step.text)
    };
    old.len() == new.len()
        && old
            .iter()
            .zip(new)
            .all(|(old, new)| old.by == new.by && old.irreversible == new.irreversible && text(&old.text, &new.text))
        && !old.iter().enumerate().any(moved)
}
