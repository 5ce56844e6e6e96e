//! Comparison of two versions of a knowledge base: finds every path whose outcome, steps or roles differ.
//!
//! Both versions of an article are traversed together, depth-first, with one set of answers: a question that both versions ask
//! gets the same answer in both. If only one version asks a question, each of its answers is tried. So every pair of outcomes
//! that one person could reach is compared, even if questions were added, removed or reordered. Changes of wording alone are
//! not changed paths.

use std::collections::{BTreeSet, HashMap, HashSet};

use serde::Serialize;

use crate::flow::{self, Answer};
use crate::kb::{Article, KnowledgeBase, Node, NodeId, NodeKind, Step};
use crate::strings;
use crate::text::{SanitizedText, Voice};

mod matching;

/// Maximum number of paths compared per article.
pub const MAX_PATHS: usize = 20_000;

/// The differences between two versions of a knowledge base.
#[derive(Debug, Default, Serialize)]
pub struct Difference {
    /// The IDs of articles that only the old version has.
    pub gone: Vec<String>,
    /// The IDs of articles that only the new version has.
    pub new: Vec<String>,
    /// The articles with changed paths.
    #[serde(rename = "moved")]
    pub changed: Vec<ChangedArticle>,
    /// Changes that don't affect paths, as `article: field` or `article/node: field`.
    #[serde(rename = "words")]
    pub wording_changes: BTreeSet<String>,
    /// The IDs of articles with more than [`MAX_PATHS`] paths. The comparison of these articles is incomplete.
    pub too_many: Vec<String>,
}

/// An article with changed paths.
#[derive(Debug, Serialize)]
pub struct ChangedArticle {
    /// The ID of the article.
    pub article: String,
    /// The number of compared paths.
    pub paths: usize,
    /// The changed paths.
    #[serde(rename = "moves")]
    pub changes: Vec<PathChange>,
}

/// A path whose outcome, steps or roles differ between the two versions.
#[derive(Debug, Serialize)]
pub struct PathChange {
    /// The answers on the path: first all answers to questions of the new version, in its order, then the answers to questions
    /// that only the old version asks.
    pub answers: Vec<PathAnswer>,
    /// The end of the path in the old version.
    pub was: End,
    /// The end of the path in the new version.
    pub now: End,
}

/// An answer on a path.
#[derive(Debug, Clone, Serialize)]
pub struct PathAnswer {
    /// The text of the question, or the heading of a solution.
    pub question: SanitizedText,
    /// The answer as shown, such as `Yes` or the label of a choice.
    pub answer: String,
    /// The versions that ask the question on this path.
    pub asked: AskedIn,
    /// Whether the node is a question. False for a solution, where the answer says whether the solution helped.
    #[serde(skip)]
    pub is_question: bool,
}

/// The versions that ask a question on a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum AskedIn {
    /// Both versions.
    Both,
    /// Only the old version.
    Old,
    /// Only the new version.
    New,
}

/// The end of a path in one version.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct End {
    /// The name of the node, or `article/node` if it belongs to another article.
    pub node: String,
    /// `solution`, `escalation`, or `circle` if the path returns to a node that it has already passed.
    pub kind: &'static str,
    /// The question, or the heading of the solution or escalation.
    pub text: SanitizedText,
    /// The steps of the solution.
    pub steps: Vec<StepSummary>,
    /// The contact of the escalation.
    pub contact: Option<SanitizedText>,
}

/// A step of a solution at the end of a path.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct StepSummary {
    /// The name of the role that does the step.
    pub by: &'static str,
    /// The text of the step.
    #[serde(rename = "do")]
    pub text: String,
    /// Whether the step can't be undone.
    pub irreversible: bool,
}

impl Difference {
    /// Whether a path changed, an article was removed, or an article has too many paths to compare.
    #[must_use]
    pub fn has_changed_paths(&self) -> bool {
        !self.changed.is_empty() || !self.gone.is_empty() || !self.too_many.is_empty()
    }
}

/// Compares two versions of a knowledge base.
#[must_use]
pub fn compare(old: &KnowledgeBase, new: &KnowledgeBase) -> Difference {
    let mut difference = Difference::default();
    let same = matching::pairs(old, new);
    let new_of_old = same.iter().map(|(new, old)| (*old, *new)).collect();
    for (at, article) in new.articles.iter().enumerate() {
        let Some(before) = old.article_index(&article.id) else {
            difference.new.push(article.id.clone());
            continue;
        };
        if let Some(earlier) = old.articles.get(before) {
            wording_changes(earlier, article, &mut difference.wording_changes);
        }
        for (node, after) in (0..).zip(&article.flow.nodes) {
            if let Some(earlier) = same.get(&NodeId { article: at, node }).and_then(|earlier| old.node(*earlier)) {
                node_wording_changes(earlier, after, &article.id, &mut difference.wording_changes);
            }
        }
        let articles = (before, at);
        let mut comparison =
            Comparison { old, new, same: &same, new_of_old: &new_of_old, articles, paths: 0, changes: Vec::new() };
        if !comparison.run() {
            difference.too_many.push(article.id.clone());
        }
        if !comparison.changes.is_empty() {
            let Comparison { paths, changes, .. } = comparison;
            difference.changed.push(ChangedArticle { article: article.id.clone(), paths, changes });
        }
    }
    difference.gone = old.articles.iter().map(|article| article.id.clone()).collect();
    difference.gone.retain(|id| new.article_index(id).is_none());
    difference
}

/// Adds the changed fields of an article that don't affect paths.
fn wording_changes(old: &Article, new: &Article, changed: &mut BTreeSet<String>) {
    let mut note = |is_new: bool, field: &str| {
        if is_new {
            changed.insert(format!("{}: {field}", new.id));
        }
    };
    note(old.message != new.message, "message");
    note(old.wordings != new.wordings, "wordings");
    note(old.codes != new.codes, "codes");
    note(*old.keywords != *new.keywords, "keywords");
    note(old.description != new.description, "description");
}

/// Adds the changed texts of a node that don't affect paths.
fn node_wording_changes(old: &Node, new: &Node, article: &str, changed: &mut BTreeSet<String>) {
    let mut note = |is_new: bool, field: &str| {
        if is_new {
            changed.insert(format!("{article}/{}: {field}", new.name));
        }
    };
    note(old.text != new.text, "heading");
    note(old.note != new.note, "note");
    note(old.caution != new.caution, "caution");
    match (&old.kind, &new.kind) {
        (NodeKind::Question(old), NodeKind::Question(new)) => {
            note(old.hint != new.hint, "hint");
            note(matching::labels(&old.branches) != matching::labels(&new.branches), "choices");
        }
        (NodeKind::Solution(old), NodeKind::Solution(new)) => {
            let texts = |steps: &[Step]| {
                steps.iter().map(|step| (step.text.clone(), step.irreversible.clone())).collect::<Vec<_>>()
            };
            let same_roles = matching::steps(&step_summaries(&old.steps), &step_summaries(&new.steps));
            note(same_roles && texts(&old.steps) != texts(&new.steps), "steps");
        }
        (NodeKind::Escalation(old), NodeKind::Escalation(new)) => note(old.bring != new.bring, "what to bring"),
        _ => {}
    }
}

/// A version of the knowledge base.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Version {
    Old,
    New,
}

/// Identity of a question in both versions: an old node, a new node without an old counterpart, or a fact as (collection ID,
/// fact ID). Several questions can ask about the same fact.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum AskedQuestion {
    Old(NodeId),
    New(NodeId),
    Fact(String, String),
}

/// The position of one version on a path.
#[derive(Debug, Clone)]
struct Cursor {
    at: NodeId,
    passed: HashSet<NodeId>,
    /// The questions answered on this path, in order.
    used: Vec<AskedQuestion>,
    ended: Option<Ended>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ended {
    AtNode,
    Cycle,
}

/// The positions of both versions on a path, and the answers given so far.
#[derive(Debug, Clone)]
struct PairState {
    old: Cursor,
    new: Cursor,
    answers: Vec<(AskedQuestion, Answer)>,
    given: Vec<PathAnswer>,
}

struct Comparison<'a> {
    old: &'a KnowledgeBase,
    new: &'a KnowledgeBase,
    /// The old counterpart of each new node.
    same: &'a HashMap<NodeId, NodeId>,
    /// The new counterpart of each old node.
    new_of_old: &'a HashMap<NodeId, NodeId>,
    articles: (usize, usize),
    paths: usize,
    changes: Vec<PathChange>,
}

impl Comparison<'_> {
    /// Compares all paths depth-first. Returns false if there are more than [`MAX_PATHS`].
    fn run(&mut self) -> bool {
        let begin =
            |article| Cursor { at: NodeId { article, node: 0 }, passed: HashSet::new(), used: Vec::new(), ended: None };
        let (old, new) = (begin(self.articles.0), begin(self.articles.1));
        let mut open = vec![PairState { old, new, answers: Vec::new(), given: Vec::new() }];
        while let Some(mut both) = open.pop() {
            self.advance(Version::Old, &mut both);
            self.advance(Version::New, &mut both);
            let asking = match (both.old.ended, both.new.ended) {
                (None, _) => Version::Old,
                (_, None) => Version::New,
                _ => {
                    self.paths += 1;
                    if self.paths > MAX_PATHS {
                        return false;
                    }
                    self.compare_ends(&both);
                    continue;
                }
            };
            // The stack is last in, first out: push in reverse, so that the first answer is tried first.
            for answer in self.allowed_answers(asking, &both).into_iter().rev() {
                let mut next = both.clone();
                let at = next.cursor(asking).at;
                let Some(node) = self.kb(asking).node(at) else { continue };
                next.given.push(PathAnswer {
                    question: node.text.voice(Voice::TheUser),
                    answer: strings::label(&node.kind, answer),
                    asked: AskedIn::Both,
                    is_question: !node.is_end(),
                });
                let asked = self.fact(asking, at).unwrap_or_else(|| self.asked(asking, at));
                next.answers.push((asked, self.translate_answer(asking, at, answer, Version::Old)));
                open.push(next);
            }
        }
        true
    }

    fn kb(&self, version: Version) -> &KnowledgeBase {
        match version {
            Version::Old => self.old,
            Version::New => self.new,
        }
    }

    fn asked(&self, version: Version, at: NodeId) -> AskedQuestion {
        match version {
            Version::Old => AskedQuestion::Old(at),
            Version::New => self.same.get(&at).map_or(AskedQuestion::New(at), |old| AskedQuestion::Old(*old)),
        }
    }

    fn fact(&self, version: Version, at: NodeId) -> Option<AskedQuestion> {
        let kb = self.kb(version);
        let id = kb.fact_of_question(at)?;
        let collection = kb.collections.get(id.collection)?;
        Some(AskedQuestion::Fact(collection.id.clone(), kb.fact(id)?.id.clone()))
    }

    /// Converts the index of a choice between the two versions. `at` is a question of the new version. If `wanted` is `Old`,
    /// `answer` is an index in the new version; if it is `New`, an index in the old version. Other answers, and answers to questions of the old version, are returned unchanged.
    fn translate_answer(&self, version: Version, at: NodeId, answer: Answer, wanted: Version) -> Answer {
        let (Version::New, Answer::Choice(nth), Some(old)) = (version, answer, self.same.get(&at)) else {
            return answer;
        };
        let branches = |kb: &'_ KnowledgeBase, at| match kb.node(at).map(|node| &node.kind) {
            Some(NodeKind::Question(question)) => Some(question.branches.clone()),
            _ => None,
        };
        let Some(pairs) =
            branches(self.old, *old).zip(branches(self.new, at)).and_then(|(old, new)| matching::choices(&old, &new))
        else {
            return answer;
        };
        let found = pairs.iter().find(|(old, new)| nth == if wanted == Version::Old { *new } else { *old });
        found.map_or(answer, |(old, new)| Answer::Choice(if wanted == Version::Old { *old } else { *new }))
    }

    /// Moves one version forward as far as the given answers lead.
    fn advance(&self, version: Version, both: &mut PairState) {
        let answers: HashMap<AskedQuestion, Answer> = both.answers.iter().cloned().collect();
        let status = both.cursor(version);
        while status.ended.is_none() {
            let Some(node) = self.kb(version).node(status.at) else { return };
            let branches = flow::branches(&node.kind);
            if branches.is_empty() {
                status.ended = Some(Ended::AtNode);
                return;
            }
            let fact = self.fact(version, status.at).filter(|fact| answers.contains_key(fact));
            let asked = fact.unwrap_or_else(|| self.asked(version, status.at));
            let Some(answer) = answers.get(&asked) else { return };
            if !status.used.contains(&asked) {
                status.used.push(asked);
            }
            if *answer == Answer::Solved {
                status.ended = Some(Ended::AtNode);
                return;
            }
            if !status.passed.insert(status.at) {
                status.ended = Some(Ended::Cycle);
                return;
            }
            // If there is no branch for "not sure", follow the branch for "no".
            let leads = |wanted: Answer| branches.iter().find(|(way, _)| *way == wanted).map(|(_, to)| *to);
            let answer = self.translate_answer(version, status.at, *answer, Version::New);
            match leads(answer).or_else(|| leads(Answer::No)) {
                Some(to) => status.at = to,
                None => return,
            }
        }
    }

    /// Returns the answers to try at the current node of a version. At a yes/no question of the old version,
    /// includes "not sure" if only the new version has a branch for it.
    fn allowed_answers(&self, version: Version, both: &PairState) -> Vec<Answer> {
        let at = both.at(version);
        let branches = |version: Version, at: NodeId| self.kb(version).node(at).map(|node| flow::branches(&node.kind));
        let mut answers: Vec<Answer> =
            branches(version, at).unwrap_or_default().into_iter().map(|(answer, _)| answer).collect();
        let other = match version {
            Version::Old => self.new_of_old.get(&at).map(|new| (Version::New, *new)),
            Version::New => None,
        };
        if let Some(others) = other.and_then(|(version, at)| branches(version, at))
            && others.iter().any(|(answer, _)| *answer == Answer::Unsure)
            && !answers.contains(&Answer::Unsure)
            && answers.contains(&Answer::No)
        {
            answers.push(Answer::Unsure);
        }
        if answers == [Answer::NotSolved] {
            answers.insert(0, Answer::Solved);
        }
        answers
    }

    /// Compares the two ends of a path and records a change if they differ.
    fn compare_ends(&mut self, both: &PairState) {
        let (was, now) = (self.end(Version::Old, &both.old), self.end(Version::New, &both.new));
        let same_node = self.asked(Version::New, both.new.at) == AskedQuestion::Old(both.old.at);
        let same_end = same_node || matching::text(&was.text, &now.text);
        let unmoved =
            same_end && was.kind == now.kind && was.contact == now.contact && matching::steps(&was.steps, &now.steps);
        if !unmoved {
            self.changes.push(PathChange { answers: both.ordered_answers(), was, now });
        }
    }

    fn end(&self, version: Version, status: &Cursor) -> End {
        let kb = self.kb(version);
        let article = if version == Version::Old { self.articles.0 } else { self.articles.1 };
        let node = kb.node(status.at);
        let (kind, steps, contact) = match node.map(|node| &node.kind) {
            _ if status.ended == Some(Ended::Cycle) => ("circle", Vec::new(), None),
            Some(NodeKind::Solution(solution)) => ("solution", step_summaries(&solution.steps), None),
            Some(NodeKind::Escalation(escalation)) => ("escalation", Vec::new(), escalation.contact.clone()),
            _ => ("question", Vec::new(), None),
        };
        let text = node.map(|node: &Node| node.text.voice(Voice::TheUser)).unwrap_or_default();
        End { node: kb.node_name(status.at, article), kind, text, steps, contact }
    }
}

impl PairState {
    /// Returns the answers in the order of the new version, followed by the answers to questions that only the old
    /// version asks.
    fn ordered_answers(&self) -> Vec<PathAnswer> {
        let given: HashMap<&AskedQuestion, &PathAnswer> =
            self.answers.iter().map(|(asked, _)| asked).zip(&self.given).collect();
        let old_only = self.old.used.iter().filter(|asked| !self.new.used.contains(asked));
        let all = self.new.used.iter().chain(old_only);
        let marked = all.filter_map(|asked| {
            let of = match (self.old.used.contains(asked), self.new.used.contains(asked)) {
                (true, true) => AskedIn::Both,
                (true, false) => AskedIn::Old,
                _ => AskedIn::New,
            };
            Some(PathAnswer { asked: of, ..(*given.get(asked)?).clone() })
        });
        marked.collect()
    }

    fn cursor(&mut self, version: Version) -> &mut Cursor {
        match version {
            Version::Old => &mut self.old,
            Version::New => &mut self.new,
        }
    }

    fn at(&self, version: Version) -> NodeId {
        match version {
            Version::Old => self.old.at,
            Version::New => self.new.at,
        }
    }
}

fn step_summaries(steps: &[Step]) -> Vec<StepSummary> {
    let todo = |step: &Step| StepSummary {
        by: step.by.name(),
        text: step.text.one_line(),
        irreversible: step.irreversible.is_some(),
    };
    steps.iter().map(todo).collect()
}
