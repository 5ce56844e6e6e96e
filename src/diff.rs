//! What a change to a knowledge base means: every path that ends elsewhere, or with other steps or actors, than before.
//!
//! Two versions of an article are walked at once, by one person who answers the same question the same way in both. Where only
//! one version asks a question, every answer to it is tried. So each pair of ends that one and the same person could come to is
//! looked at, and questions may be added, removed or put in another order without a path being lost. Words alone move nothing.

use std::collections::{BTreeSet, HashMap, HashSet};

use serde::Serialize;

use crate::kb::{Article, KnowledgeBase, Node, NodeKind, NodeRef, Step};
use crate::text::Clean;
use crate::wizard::{self, Answer};
use crate::words;

mod alike;

/// Pairs of paths that are looked at for one article.
pub const MOST_PATHS: usize = 20_000;

/// What differs between two versions of a knowledge base.
#[derive(Debug, Default, Serialize)]
pub struct Difference {
    /// Articles of the old version that the new one does not have.
    pub gone: Vec<String>,
    /// Articles that the old version does not have.
    pub new: Vec<String>,
    /// Articles with paths that moved.
    pub moved: Vec<Moved>,
    /// What changed in words only, as `article` or `article/node`, with the field.
    pub words: BTreeSet<String>,
    /// Articles with more paths than were compared.
    pub too_many: Vec<String>,
}

/// The paths of an article that moved.
#[derive(Debug, Serialize)]
pub struct Moved {
    /// The article.
    pub article: String,
    /// Paths that were compared.
    pub paths: usize,
    /// Those that moved.
    pub moves: Vec<Move>,
}

/// A path that moved.
#[derive(Debug, Serialize)]
pub struct Move {
    /// The answers that lead there.
    pub answers: Vec<Given>,
    /// Where it ended.
    pub was: End,
    /// Where it ends.
    pub now: End,
}

/// An answer of a path.
#[derive(Debug, Clone, Serialize)]
pub struct Given {
    /// What is asked.
    pub question: Clean,
    /// What is answered.
    pub answer: String,
    /// Which versions ask it on this path.
    pub asked: AskedIn,
    /// Whether it is a question, and not whether a solution helped.
    #[serde(skip)]
    pub is_question: bool,
}

/// Which versions ask a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum AskedIn {
    /// Both.
    Both,
    /// The old one.
    Old,
    /// The new one.
    New,
}

/// The end of a path.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct End {
    /// The node's name, with its article in front where it belongs to another one.
    pub node: String,
    /// `solution`, `escalation`, or `circle` where the same question comes again.
    pub kind: &'static str,
    /// Its head line.
    pub text: Clean,
    /// What to do, and who does it.
    pub steps: Vec<Todo>,
    /// Where to reach whoever takes over.
    pub contact: Option<Clean>,
}

/// A step of an end.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct Todo {
    /// Who does it.
    pub by: &'static str,
    /// What to do.
    #[serde(rename = "do")]
    pub text: String,
    /// Whether it cannot be undone.
    pub irreversible: bool,
}

impl Difference {
    /// Whether some path ends elsewhere, or nowhere any more.
    #[must_use]
    pub fn moves_a_path(&self) -> bool {
        !self.moved.is_empty() || !self.gone.is_empty() || !self.too_many.is_empty()
    }
}

/// Compares two versions.
#[must_use]
pub fn compare(old: &KnowledgeBase, new: &KnowledgeBase) -> Difference {
    let mut difference = Difference::default();
    let same = alike::pairs(old, new);
    let later = same.iter().map(|(new, old)| (*old, *new)).collect();
    for (at, article) in new.articles.iter().enumerate() {
        let Some(before) = old.position(&article.id) else {
            difference.new.push(article.id.clone());
            continue;
        };
        if let Some(earlier) = old.articles.get(before) {
            words_of(earlier, article, &mut difference.words);
        }
        for (node, after) in (0..).zip(&article.flow.nodes) {
            if let Some(earlier) = same.get(&NodeRef { article: at, node }).and_then(|earlier| old.node(*earlier)) {
                words_of_node(earlier, after, &article.id, &mut difference.words);
            }
        }
        let articles = (before, at);
        let mut comparison = Comparison { old, new, same: &same, later: &later, articles, paths: 0, moves: Vec::new() };
        if !comparison.run() {
            difference.too_many.push(article.id.clone());
        }
        if !comparison.moves.is_empty() {
            let Comparison { paths, moves, .. } = comparison;
            difference.moved.push(Moved { article: article.id.clone(), paths, moves });
        }
    }
    difference.gone = old.articles.iter().map(|article| article.id.clone()).collect();
    difference.gone.retain(|id| new.position(id).is_none());
    difference
}

/// What is searched, and leads nowhere.
fn words_of(old: &Article, new: &Article, changed: &mut BTreeSet<String>) {
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

/// What is read of a node, and leads nowhere.
fn words_of_node(old: &Node, new: &Node, article: &str, changed: &mut BTreeSet<String>) {
    let mut note = |is_new: bool, field: &str| {
        if is_new {
            changed.insert(format!("{article}/{}: {field}", new.name));
        }
    };
    note(old.text != new.text, "head line");
    note(old.note != new.note, "note");
    note(old.caution != new.caution, "caution");
    match (&old.kind, &new.kind) {
        (NodeKind::Question(old), NodeKind::Question(new)) => {
            note(old.hint != new.hint, "hint");
            note(alike::labels(&old.ways) != alike::labels(&new.ways), "choices");
        }
        (NodeKind::Solution(old), NodeKind::Solution(new)) => {
            let texts = |steps: &[Step]| {
                steps.iter().map(|step| (step.text.clone(), step.irreversible.clone())).collect::<Vec<_>>()
            };
            let same_actors = alike::steps(&todos(&old.steps), &todos(&new.steps));
            note(same_actors && texts(&old.steps) != texts(&new.steps), "steps");
        }
        (NodeKind::Escalation(old), NodeKind::Escalation(new)) => note(old.bring != new.bring, "what to bring"),
        _ => {}
    }
}

/// One of the two versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Version {
    Old,
    New,
}

/// What a person answers, whichever version asks: an old node, a new one that no old one is like, or a clue (its collection and
/// its name), which several questions may ask.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Asked {
    Old(NodeRef),
    New(NodeRef),
    Clue(String, String),
}

/// Where one version stands.
#[derive(Debug, Clone)]
struct Standing {
    at: NodeRef,
    passed: HashSet<NodeRef>,
    /// The answers that were used, in order.
    used: Vec<Asked>,
    ended: Option<Ended>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ended {
    There,
    InACircle,
}

/// Both versions, and what has been answered.
#[derive(Debug, Clone)]
struct Both {
    old: Standing,
    new: Standing,
    answers: Vec<(Asked, Answer)>,
    given: Vec<Given>,
}

struct Comparison<'a> {
    old: &'a KnowledgeBase,
    new: &'a KnowledgeBase,
    /// The old node that a new one is a version of.
    same: &'a HashMap<NodeRef, NodeRef>,
    /// The new node that an old one has become.
    later: &'a HashMap<NodeRef, NodeRef>,
    articles: (usize, usize),
    paths: usize,
    moves: Vec<Move>,
}

impl Comparison<'_> {
    /// Compares all paths; false when there are too many.
    fn run(&mut self) -> bool {
        let begin = |article| Standing {
            at: NodeRef { article, node: 0 },
            passed: HashSet::new(),
            used: Vec::new(),
            ended: None,
        };
        let (old, new) = (begin(self.articles.0), begin(self.articles.1));
        let mut open = vec![Both { old, new, answers: Vec::new(), given: Vec::new() }];
        while let Some(mut both) = open.pop() {
            self.advance(Version::Old, &mut both);
            self.advance(Version::New, &mut both);
            let asking = match (both.old.ended, both.new.ended) {
                (None, _) => Version::Old,
                (_, None) => Version::New,
                _ => {
                    self.paths += 1;
                    if self.paths > MOST_PATHS {
                        return false;
                    }
                    self.arrived(&both);
                    continue;
                }
            };
            // The last one pushed is the first one tried.
            for answer in self.possible(asking, &both).into_iter().rev() {
                let mut next = both.clone();
                let at = next.standing(asking).at;
                let Some(node) = self.kb(asking).node(at) else { continue };
                next.given.push(Given {
                    question: node.text.clone(),
                    answer: words::label(&node.kind, answer),
                    asked: AskedIn::Both,
                    is_question: !node.is_end(),
                });
                // "Not sure" tells nothing about a clue.
                let clue = self.clue(asking, at).filter(|_| answer != Answer::Unsure);
                let asked = clue.unwrap_or_else(|| self.asked(asking, at));
                next.answers.push((asked, self.in_terms(asking, at, answer, Version::Old)));
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

    fn asked(&self, version: Version, at: NodeRef) -> Asked {
        match version {
            Version::Old => Asked::Old(at),
            Version::New => self.same.get(&at).map_or(Asked::New(at), |old| Asked::Old(*old)),
        }
    }

    fn clue(&self, version: Version, at: NodeRef) -> Option<Asked> {
        let kb = self.kb(version);
        let (collection, clue) = kb.clue_of_question(at)?;
        let collection = kb.collections.get(collection)?;
        let clue = collection.clues.get(clue)?;
        Some(Asked::Clue(collection.id.clone(), clue.id.clone()))
    }

    /// The choice of a new question as the old one numbers it, or the other way round: choices may have been put in another
    /// order.
    fn in_terms(&self, version: Version, at: NodeRef, answer: Answer, wanted: Version) -> Answer {
        let (Version::New, Answer::Choice(nth), Some(old)) = (version, answer, self.same.get(&at)) else {
            return answer;
        };
        let ways = |kb: &'_ KnowledgeBase, at| match kb.node(at).map(|node| &node.kind) {
            Some(NodeKind::Question(question)) => Some(question.ways.clone()),
            _ => None,
        };
        let Some(pairs) =
            ways(self.old, *old).zip(ways(self.new, at)).and_then(|(old, new)| alike::choices(&old, &new))
        else {
            return answer;
        };
        let found = pairs.iter().find(|(old, new)| nth == if wanted == Version::Old { *new } else { *old });
        found.map_or(answer, |(old, new)| Answer::Choice(if wanted == Version::Old { *old } else { *new }))
    }

    /// Goes on as far as the answers lead.
    fn advance(&self, version: Version, both: &mut Both) {
        let answers: HashMap<Asked, Answer> = both.answers.iter().cloned().collect();
        let standing = both.standing(version);
        while standing.ended.is_none() {
            let Some(node) = self.kb(version).node(standing.at) else { return };
            let ways = wizard::ways(&node.kind);
            if ways.is_empty() {
                standing.ended = Some(Ended::There);
                return;
            }
            let clue = self.clue(version, standing.at).filter(|clue| answers.contains_key(clue));
            let asked = clue.unwrap_or_else(|| self.asked(version, standing.at));
            let Some(answer) = answers.get(&asked) else { return };
            if !standing.used.contains(&asked) {
                standing.used.push(asked);
            }
            if *answer == Answer::Solved {
                standing.ended = Some(Ended::There);
                return;
            }
            if !standing.passed.insert(standing.at) {
                standing.ended = Some(Ended::InACircle);
                return;
            }
            // "Not sure" goes the way of "no" where nothing is said about it.
            let leads = |wanted: Answer| ways.iter().find(|(way, _)| *way == wanted).map(|(_, to)| *to);
            let answer = self.in_terms(version, standing.at, *answer, Version::New);
            match leads(answer).or_else(|| leads(Answer::No)) {
                Some(to) => standing.at = to,
                None => return,
            }
        }
    }

    /// The answers that are tried where a version asks. "Not sure" where one of the two versions makes a difference of it.
    fn possible(&self, version: Version, both: &Both) -> Vec<Answer> {
        let at = both.at(version);
        let ways = |version: Version, at: NodeRef| self.kb(version).node(at).map(|node| wizard::ways(&node.kind));
        let mut answers: Vec<Answer> =
            ways(version, at).unwrap_or_default().into_iter().map(|(answer, _)| answer).collect();
        let other = match version {
            Version::Old => self.later.get(&at).map(|new| (Version::New, *new)),
            Version::New => None,
        };
        if let Some(others) = other.and_then(|(version, at)| ways(version, at))
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

    /// Compares the two ends that the same answers lead to.
    fn arrived(&mut self, both: &Both) {
        let (was, now) = (self.end(Version::Old, &both.old), self.end(Version::New, &both.new));
        let same_node = self.asked(Version::New, both.new.at) == Asked::Old(both.old.at);
        let same_end = same_node || alike::text(&was.text, &now.text);
        let unmoved =
            same_end && was.kind == now.kind && was.contact == now.contact && alike::steps(&was.steps, &now.steps);
        if !unmoved {
            self.moves.push(Move { answers: both.in_order(), was, now });
        }
    }

    fn end(&self, version: Version, standing: &Standing) -> End {
        let kb = self.kb(version);
        let article = if version == Version::Old { self.articles.0 } else { self.articles.1 };
        let node = kb.node(standing.at);
        let (kind, steps, contact) = match node.map(|node| &node.kind) {
            _ if standing.ended == Some(Ended::InACircle) => ("circle", Vec::new(), None),
            Some(NodeKind::Solution(solution)) => ("solution", todos(&solution.steps), None),
            Some(NodeKind::Escalation(escalation)) => ("escalation", Vec::new(), escalation.contact.clone()),
            _ => ("question", Vec::new(), None),
        };
        let text = node.map(|node: &Node| node.text.clone()).unwrap_or_default();
        End { node: kb.node_name(standing.at, article), kind, text, steps, contact }
    }
}

impl Both {
    /// The answers in the order in which the new version asks; what only the old one asks comes behind.
    fn in_order(&self) -> Vec<Given> {
        let given: HashMap<&Asked, &Given> = self.answers.iter().map(|(asked, _)| asked).zip(&self.given).collect();
        let old_only = self.old.used.iter().filter(|asked| !self.new.used.contains(asked));
        let all = self.new.used.iter().chain(old_only);
        let marked = all.filter_map(|asked| {
            let of = match (self.old.used.contains(asked), self.new.used.contains(asked)) {
                (true, true) => AskedIn::Both,
                (true, false) => AskedIn::Old,
                _ => AskedIn::New,
            };
            Some(Given { asked: of, ..(*given.get(asked)?).clone() })
        });
        marked.collect()
    }

    fn standing(&mut self, version: Version) -> &mut Standing {
        match version {
            Version::Old => &mut self.old,
            Version::New => &mut self.new,
        }
    }

    fn at(&self, version: Version) -> NodeRef {
        match version {
            Version::Old => self.old.at,
            Version::New => self.new.at,
        }
    }
}

fn todos(steps: &[Step]) -> Vec<Todo> {
    let todo = |step: &Step| Todo {
        by: step.by.name(),
        text: step.text.one_line(),
        irreversible: step.irreversible.is_some(),
    };
    steps.iter().map(todo).collect()
}
