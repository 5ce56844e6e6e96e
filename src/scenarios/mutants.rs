//! Mutation test of scenarios: changes a flow in small ways (swaps yes and no, redirects a branch, drops a step, swaps two
//! roles) and checks that at least one scenario fails. The knowledge base is restored after each change.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::{Suite, run_scenario};
use crate::flow::{self, Answer};
use crate::kb::{Branches, KnowledgeBase, Location, Node, NodeId, NodeKind, Role};
use crate::strings;

/// A small change to a flow that at least one scenario should catch.
#[derive(Debug, Clone)]
pub struct Mutant {
    /// The change in words.
    pub what: String,
    /// The location of the changed node or step.
    pub location: Location,
    change: Change,
}

#[derive(Debug, Clone)]
enum Change {
    /// Swaps the targets of "yes" and "no".
    SwapAnswers(NodeId),
    /// Redirects the branch of an answer to another node, as (node, answer, new target).
    Redirect(NodeId, Answer, NodeId),
    /// Removes the step at a location from every solution that includes it.
    Drop(Location),
    /// Swaps the roles of the steps at two locations. Each location comes with its new role.
    SwapRoles((Location, Role), (Location, Role)),
}

/// The solutions that include each step, by the location of the step.
type StepUsers = HashMap<Location, Vec<NodeId>>;

impl Suite {
    /// Returns the number of all mutants, and the missed mutants, which no scenario catches. Scenarios that fail without a change
    /// are ignored.
    #[must_use]
    pub fn survivors(&self) -> (usize, Vec<Mutant>) {
        let mut kb = Arc::new((*self.kb).clone());
        let taken = step_users(&kb);
        let mut visits: HashMap<NodeId, Vec<usize>> = HashMap::new();
        for (nth, run) in self.runs.iter().enumerate().filter(|(_, run)| run.failure.is_none()) {
            let visited: HashSet<NodeId> = run.answers.iter().map(|(at, _)| *at).chain([run.end]).collect();
            for at in visited {
                visits.entry(at).or_default().push(nth);
            }
        }
        // Each article has its own copy of a shared node. A change of such a node counts once, and one scenario of any article is
        // enough to catch it.
        let mut caught: Vec<(Mutant, bool)> = Vec::new();
        let mut index: HashMap<(Location, String), usize> = HashMap::new();
        for mutant in mutants(&kb) {
            let changed = mutant.changed(&taken);
            let original: Vec<(NodeId, Option<Node>)> = changed.iter().map(|at| (*at, kb.node(*at).cloned())).collect();
            for at in &changed {
                edit(&mut kb, *at, |node| mutant.apply(node));
            }
            let watching: HashSet<usize> = changed.iter().filter_map(|at| visits.get(at)).flatten().copied().collect();
            let noticed = watching.into_iter().any(|nth| self.catches(&kb, nth));
            for (at, node) in original {
                edit(&mut kb, at, |location| node.into_iter().for_each(|node| *location = node));
            }
            let at = *index.entry((mutant.location.clone(), mutant.what.clone())).or_insert(caught.len());
            match caught.get_mut(at) {
                Some((_, any)) => *any |= noticed,
                None => caught.push((mutant, noticed)),
            }
        }
        let count = caught.len();
        (count, caught.into_iter().filter(|(_, noticed)| !noticed).map(|(mutant, _)| mutant).collect())
    }

    /// Whether the scenario of the run with index `nth` fails in a changed knowledge base.
    fn catches(&self, kb: &Arc<KnowledgeBase>, nth: usize) -> bool {
        let Some(run) = self.runs.get(nth) else { return false };
        self.scenario(run).is_some_and(|scenario| run_scenario(kb, run.article, scenario, &run.known).1.is_err())
    }
}

/// Changes a node. The caller must hold the only reference to the knowledge base; otherwise, it is copied.
fn edit(kb: &mut Arc<KnowledgeBase>, at: NodeId, change: impl FnOnce(&mut Node)) {
    let kb = Arc::make_mut(kb);
    if let Some(article) = kb.articles.get_mut(at.article) {
        _ = article.flow.nodes.get_mut(at.node).map(change);
    }
}

fn step_users(kb: &KnowledgeBase) -> StepUsers {
    let mut taken = StepUsers::new();
    for at in kb.nodes() {
        for step in kb.node(at).map(Node::steps).unwrap_or_default() {
            taken.entry(step.location.clone()).or_default().push(at);
        }
    }
    taken
}

/// Returns all mutants of the articles that have scenarios, in the order of their nodes.
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
            && let Branches::YesNo { yes, no, .. } = &question.branches
            && yes != no
        {
            let what = format!("`{}`: yes and no swapped", node.name);
            mutants.push(Mutant { what, location: node.location.clone(), change: Change::SwapAnswers(at) });
        }
        for (answer, to) in flow::branches(&node.kind) {
            let elsewhere = elsewhere(at, to, article.flow.nodes.len());
            let label = strings::label(&node.kind, answer);
            let what = format!("`{}`: \"{label}\" leads to `{}` instead of `{}`", node.name, name(elsewhere), name(to));
            mutants.push(Mutant {
                what,
                location: node.location.clone(),
                change: Change::Redirect(at, answer, elsewhere),
            });
        }
        let steps = node.steps();
        for step in steps.iter().filter(|step| seen.insert((step.location.clone(), None))) {
            let what = format!("the step \"{}\" dropped", step.text.one_line());
            mutants.push(Mutant { what, location: step.location.clone(), change: Change::Drop(step.location.clone()) });
        }
        for (a, b) in steps.iter().zip(steps.iter().skip(1)).filter(|(a, b)| a.by != b.by) {
            if seen.insert((a.location.clone(), Some(b.location.clone()))) {
                let what =
                    format!("\"{}\" done by {} and \"{}\" by {}", a.text.one_line(), b.by, b.text.one_line(), a.by);
                let change = Change::SwapRoles((a.location.clone(), b.by), (b.location.clone(), a.by));
                mutants.push(Mutant { what, location: a.location.clone(), change });
            }
        }
    }
    mutants
}

/// Returns a new target for the branch from `from` to `to`: the next node of the same article after `to`, in the order of the
/// file. Returns `from` if the article has no other node.
fn elsewhere(from: NodeId, to: NodeId, nodes: usize) -> NodeId {
    let first = if to.article == from.article { to.node + 1 } else { 0 };
    let mut others = (0..nodes).map(|step| NodeId { article: from.article, node: (first + step) % nodes.max(1) });
    others.find(|other| *other != to && *other != from).unwrap_or(from)
}

impl Mutant {
    /// Returns the nodes that the change affects, sorted and without duplicates.
    fn changed(&self, taken: &StepUsers) -> Vec<NodeId> {
        let at = |location| taken.get(location).cloned().unwrap_or_default();
        let mut changed = match &self.change {
            Change::SwapAnswers(at) | Change::Redirect(at, ..) => vec![*at],
            Change::Drop(location) => at(location),
            Change::SwapRoles((a, _), (b, _)) => [at(a), at(b)].concat(),
        };
        changed.sort_unstable();
        changed.dedup();
        changed
    }

    fn apply(&self, node: &mut Node) {
        match (&self.change, &mut node.kind) {
            (Change::SwapAnswers(_), NodeKind::Question(question)) => {
                if let Branches::YesNo { yes, no, unsure } = &mut question.branches {
                    // By default, "not sure" has the target of "no". Keep this target when "no" gets another one.
                    unsure.get_or_insert(*no);
                    std::mem::swap(yes, no);
                }
            }
            (Change::Redirect(_, answer, to), kind) => redirect(kind, *answer, *to),
            (Change::Drop(location), NodeKind::Solution(solution)) => {
                solution.steps.retain(|step| step.location != *location);
            }
            (Change::SwapRoles(a, b), NodeKind::Solution(solution)) => {
                for (location, by) in [a, b] {
                    solution.steps.iter_mut().filter(|step| step.location == *location).for_each(|step| step.by = *by);
                }
            }
            _ => {}
        }
    }
}

fn redirect(node: &mut NodeKind, answer: Answer, to: NodeId) {
    match node {
        NodeKind::Question(question) => match (&mut question.branches, answer) {
            (Branches::YesNo { yes, .. }, Answer::Yes) => *yes = to,
            (Branches::YesNo { no, .. }, Answer::No) => *no = to,
            (Branches::YesNo { unsure, .. } | Branches::Choices { unsure, .. }, Answer::Unsure) => *unsure = Some(to),
            (Branches::Choices { choices, .. }, Answer::Choice(nth)) => {
                choices.get_mut(nth).into_iter().for_each(|(_, target)| *target = to);
            }
            _ => {}
        },
        NodeKind::Solution(solution) => solution.otherwise = Some(to),
        NodeKind::Escalation(_) => {}
    }
}
