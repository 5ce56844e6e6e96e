//! What is the same in two versions, although its words or its name may have changed.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::Todo;
use crate::kb::{Article, KnowledgeBase, Node, NodeKind, NodeRef, Ways};
use crate::text::Clean;

/// Texts that share this much are two wordings of one thing.
const ALIKE: f64 = 0.5;

/// Pairs each new node with the old one that it is a version of: the one of the same name in the same article, or else, of those
/// that are left, one that says the same or nearly so.
pub(super) fn pairs(old: &KnowledgeBase, new: &KnowledgeBase) -> HashMap<NodeRef, NodeRef> {
    let mut pairs = HashMap::new();
    for (at, article) in new.articles.iter().enumerate() {
        let Some(before) = old.position(&article.id) else { continue };
        let Some(earlier) = old.articles.get(before) else { continue };
        let mut taken = HashSet::new();
        let rules: [fn(&Node, &Node) -> bool; 3] =
            [|old, new| old.name == new.name, |old, new| old.text == new.text, |old, new| text(&old.text, &new.text)];
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

fn nodes(article: usize, content: &Article) -> impl Iterator<Item = (NodeRef, &Node)> {
    content.flow.nodes.iter().enumerate().map(move |(node, content)| (NodeRef { article, node }, content))
}

fn same_kind(old: &Node, new: &Node) -> bool {
    match (&old.kind, &new.kind) {
        (NodeKind::Question(old), NodeKind::Question(new)) => same_answers(&old.ways, &new.ways),
        (NodeKind::Solution(_), NodeKind::Solution(_)) | (NodeKind::Escalation(_), NodeKind::Escalation(_)) => true,
        _ => false,
    }
}

/// Whether two questions take the same answers, in whatever order and words.
fn same_answers(old: &Ways, new: &Ways) -> bool {
    match (old, new) {
        (Ways::YesNo { .. }, Ways::YesNo { .. }) => true,
        (Ways::Choices { .. }, Ways::Choices { .. }) => choices(old, new).is_some(),
        _ => false,
    }
}

/// Pairs of the old and the new choice that are the same: of the same label, or else of one that says nearly so. `None` where some
/// choice has no other.
pub(super) fn choices(old: &Ways, new: &Ways) -> Option<Vec<(usize, usize)>> {
    let (Ways::Choices { choices: old, .. }, Ways::Choices { choices: new, .. }) = (old, new) else { return None };
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

/// The words of a question's choices, in whatever order they stand.
pub(super) fn labels(ways: &Ways) -> BTreeSet<&Clean> {
    match ways {
        Ways::Choices { choices, .. } => choices.iter().map(|(label, _)| label).collect(),
        Ways::YesNo { .. } => BTreeSet::new(),
    }
}

/// Whether two texts may be two wordings of one thing: they share half of their words.
pub(super) fn text(old: &str, new: &str) -> bool {
    let words = |text: &str| -> HashSet<String> {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.map(str::to_lowercase).collect()
    };
    let (old, new) = (words(old), words(new));
    let shared = old.intersection(&new).count();
    let all = old.len() + new.len();
    #[expect(clippy::cast_precision_loss, reason = "texts have few words")]
    let share = if all == 0 { 1.0 } else { 2.0 * shared as f64 / all as f64 };
    share >= ALIKE
}

/// Whether two lists of steps say the same to the same actors in the same order.
pub(super) fn steps(old: &[Todo], new: &[Todo]) -> bool {
    let moved = |(nth, step): (usize, &Todo)| {
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
