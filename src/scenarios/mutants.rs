//! Changes to a flow that scenarios should notice: yes and no swapped, a way turned elsewhere, a step dropped, two actors swapped.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::{Suite, walk};
use crate::kb::{Actor, KnowledgeBase, Node, NodeKind, NodeRef, Place, Ways};
use crate::wizard::{self, Answer};
use crate::words;

/// A change to a flow.
#[derive(Debug, Clone)]
pub struct Mutant {
    /// What is changed, in a sentence.
    pub what: String,
    /// Where the changed node or step stands.
    pub place: Place,
    change: Change,
}

#[derive(Debug, Clone)]
enum Change {
    /// Yes leads where no did, and no where yes did.
    SwapAnswers(NodeRef),
    /// A way leads to another node.
    Turn(NodeRef, Answer, NodeRef),
    /// The step that stands at a place is not there, wherever it is taken in.
    Drop(Place),
    /// The steps that stand at two places are done by each other's actors.
    SwapActors((Place, Actor), (Place, Actor)),
}

/// Where each step is taken in: by its place, the solutions.
type Taken = HashMap<Place, Vec<NodeRef>>;

impl Suite {
    /// How many mutants there are, and those that no scenario notices. A scenario that fails anyhow notices nothing.
    #[must_use]
    pub fn survivors(&self) -> (usize, Vec<Mutant>) {
        let mut kb = Arc::new((*self.kb).clone());
        let taken = taken(&kb);
        let mut visits: HashMap<NodeRef, Vec<usize>> = HashMap::new();
        for (nth, run) in self.runs.iter().enumerate().filter(|(_, run)| run.failure.is_none()) {
            let visited: HashSet<NodeRef> = run.trail.iter().map(|(at, _)| *at).chain([run.end]).collect();
            for at in visited {
                visits.entry(at).or_default().push(nth);
            }
        }
        let mutants = mutants(&kb);
        let count = mutants.len();
        let unnoticed = mutants.into_iter().filter(|mutant| {
            let changed = mutant.changed(&taken);
            let original: Vec<(NodeRef, Option<Node>)> =
                changed.iter().map(|at| (*at, kb.node(*at).cloned())).collect();
            for at in &changed {
                edit(&mut kb, *at, |node| mutant.apply(node));
            }
            let watching: HashSet<usize> = changed.iter().filter_map(|at| visits.get(at)).flatten().copied().collect();
            let noticed = watching.into_iter().any(|nth| self.notices(&kb, nth));
            for (at, node) in original {
                edit(&mut kb, at, |place| node.into_iter().for_each(|node| *place = node));
            }
            !noticed
        });
        (count, unnoticed.collect())
    }

    /// Whether a scenario fails in a changed knowledge base.
    fn notices(&self, kb: &Arc<KnowledgeBase>, nth: usize) -> bool {
        let Some(run) = self.runs.get(nth) else { return false };
        self.scenario(run).is_some_and(|scenario| walk(kb, run.article, scenario, &run.known).1.is_err())
    }
}

/// Changes a node. Nobody else holds the knowledge base, so that nothing of it is copied.
fn edit(kb: &mut Arc<KnowledgeBase>, at: NodeRef, change: impl FnOnce(&mut Node)) {
    let kb = Arc::make_mut(kb);
    if let Some(article) = kb.articles.get_mut(at.article) {
        article.flow.change(|flow| _ = flow.nodes.get_mut(at.node).map(change));
    }
}

fn taken(kb: &KnowledgeBase) -> Taken {
    let mut taken = Taken::new();
    for at in kb.nodes() {
        for step in kb.node(at).map(Node::steps).unwrap_or_default() {
            taken.entry(step.place.clone()).or_default().push(at);
        }
    }
    taken
}

/// Every mutant of the articles that have scenarios, in the order of their files.
fn mutants(kb: &KnowledgeBase) -> Vec<Mutant> {
    let mut mutants = Vec::new();
    let mut seen = HashSet::new();
    for at in kb.nodes() {
        let Some((article, node)) = kb.articles.get(at.article).zip(kb.node(at)) else { continue };
        if article.scenarios.is_empty() {
            continue;
        }
        let name = |other| kb.node_name(other, at.article);
        if let NodeKind::Question(question) = &node.kind
            && let Ways::YesNo { yes, no, .. } = &question.ways
            && yes != no
        {
            let what = format!("`{}`: yes and no swapped", node.name);
            mutants.push(Mutant { what, place: node.place.clone(), change: Change::SwapAnswers(at) });
        }
        for (answer, to) in wizard::ways(&node.kind) {
            let elsewhere = elsewhere(at, to, article.flow.nodes.len());
            let label = words::label(&node.kind, answer);
            let what = format!("`{}`: \"{label}\" leads to `{}` instead of `{}`", node.name, name(elsewhere), name(to));
            mutants.push(Mutant { what, place: node.place.clone(), change: Change::Turn(at, answer, elsewhere) });
        }
        let steps = node.steps();
        for step in steps.iter().filter(|step| seen.insert((step.place.clone(), None))) {
            let what = format!("the step \"{}\" dropped", step.text.one_line());
            mutants.push(Mutant { what, place: step.place.clone(), change: Change::Drop(step.place.clone()) });
        }
        for (a, b) in steps.iter().zip(steps.iter().skip(1)).filter(|(a, b)| a.by != b.by) {
            if seen.insert((a.place.clone(), Some(b.place.clone()))) {
                let what =
                    format!("\"{}\" done by {} and \"{}\" by {}", a.text.one_line(), b.by, b.text.one_line(), a.by);
                let change = Change::SwapActors((a.place.clone(), b.by), (b.place.clone(), a.by));
                mutants.push(Mutant { what, place: a.place.clone(), change });
            }
        }
    }
    mutants
}

/// Another node of the article: the one behind the present target in its author's order; the node itself only where there is no
/// other.
fn elsewhere(from: NodeRef, to: NodeRef, nodes: usize) -> NodeRef {
    let first = if to.article == from.article { to.node + 1 } else { 0 };
    let mut others = (0..nodes).map(|step| NodeRef { article: from.article, node: (first + step) % nodes.max(1) });
    others.find(|other| *other != to && *other != from).unwrap_or(from)
}

impl Mutant {
    /// The nodes that it changes.
    fn changed(&self, taken: &Taken) -> Vec<NodeRef> {
        let at = |place| taken.get(place).cloned().unwrap_or_default();
        let mut changed = match &self.change {
            Change::SwapAnswers(at) | Change::Turn(at, ..) => vec![*at],
            Change::Drop(place) => at(place),
            Change::SwapActors((a, _), (b, _)) => [at(a), at(b)].concat(),
        };
        changed.sort_unstable();
        changed.dedup();
        changed
    }

    fn apply(&self, node: &mut Node) {
        match (&self.change, &mut node.kind) {
            (Change::SwapAnswers(_), NodeKind::Question(question)) => {
                if let Ways::YesNo { yes, no, unsure } = &mut question.ways {
                    // "Not sure" goes on leading where it did.
                    unsure.get_or_insert(*no);
                    std::mem::swap(yes, no);
                }
            }
            (Change::Turn(_, answer, to), kind) => turn(kind, *answer, *to),
            (Change::Drop(place), NodeKind::Solution(solution)) => solution.steps.retain(|step| step.place != *place),
            (Change::SwapActors(a, b), NodeKind::Solution(solution)) => {
                for (place, by) in [a, b] {
                    solution.steps.iter_mut().filter(|step| step.place == *place).for_each(|step| step.by = *by);
                }
            }
            _ => {}
        }
    }
}

fn turn(node: &mut NodeKind, answer: Answer, to: NodeRef) {
    match node {
        NodeKind::Question(question) => match (&mut question.ways, answer) {
            (Ways::YesNo { yes, .. }, Answer::Yes) => *yes = to,
            (Ways::YesNo { no, .. }, Answer::No) => *no = to,
            (Ways::YesNo { unsure, .. } | Ways::Choices { unsure, .. }, Answer::Unsure) => *unsure = Some(to),
            (Ways::Choices { choices, .. }, Answer::Choice(nth)) => {
                choices.get_mut(nth).into_iter().for_each(|(_, target)| *target = to);
            }
            _ => {}
        },
        NodeKind::Solution(solution) => solution.otherwise = Some(to),
        NodeKind::Escalation(_) => {}
    }
}
