//! A case: one walk from a search to an outcome, as it is handed over, filed in a ticket, and kept.
//!
//! Everything here is text and data; the clock and the disk are the shell's.

use std::collections::{BTreeMap, HashSet};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::kb::{Actor, Filled, KnowledgeBase, Node, NodeKind, NodeRef};
use crate::text::Clean;
use crate::wizard::{Outcome, Record, Walk};
use crate::words;

mod handover;
mod ticket;

pub use handover::{Letter, letters};
pub use ticket::markdown;

/// What is filled in for a case, by what it is called: the address of an instance, an email address.
pub type Blanks = BTreeMap<String, String>;

/// How the article was found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Found {
    /// By what was typed.
    Search(String),
    /// By clues, after what was typed.
    Clues(String),
    /// In the list of all articles.
    #[default]
    List,
}

/// Where a case stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// Somebody is at it.
    #[default]
    Open,
    /// Somebody else has been asked.
    Waiting,
    /// A solution helped.
    Solved,
    /// It was handed over.
    Escalated,
    /// It was left before its end.
    GivenUp,
}

impl Standing {
    /// The word for it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Waiting => "waiting",
            Self::Solved => "solved",
            Self::Escalated => "escalated",
            Self::GivenUp => "given-up",
        }
    }

    /// What it is called in a ticket or a list.
    #[must_use]
    pub fn said(self) -> &'static str {
        match self {
            Self::Open => words::ticket::OPEN,
            Self::Waiting => words::ticket::WAITING,
            Self::Solved => words::ticket::SOLVED,
            Self::Escalated => words::ticket::ESCALATED,
            Self::GivenUp => words::ticket::GIVEN_UP,
        }
    }
}

/// A question, what was answered, and where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answered {
    /// The node, as `article/node`.
    pub node: String,
    /// What was asked.
    pub question: String,
    /// What was answered, in words.
    pub answer: String,
    /// Whether it was known already, so that it was not asked.
    pub known: bool,
}

/// A step of a solution that was reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// The solution, as `article/node`.
    pub node: String,
    /// Who does it.
    pub by: String,
    /// What to do.
    #[serde(rename = "do")]
    pub text: String,
    /// Whether it was ticked.
    pub done: bool,
}

/// What is kept of a case.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// The error, to the letter.
    pub message: String,
    /// How its article was found.
    pub found: Found,
    /// What the walk is made of, so that it can be taken up again.
    pub walk: Record,
    /// Each question and answer.
    pub answers: Vec<Answered>,
    /// How many of them were given before another message came.
    #[serde(default)]
    pub earlier: usize,
    /// The steps of the solutions that were reached.
    pub steps: Vec<Step>,
    /// How many of them were reached before another message came.
    #[serde(default)]
    pub earlier_steps: usize,
    /// Where it ended, or stands.
    pub now: String,
    /// The same as `article/node`.
    pub node: String,
    /// How it stands.
    pub standing: Standing,
    /// What was filled in.
    #[serde(default)]
    pub blanks: Blanks,
    /// The version of the knowledge base.
    pub knowledge_base: String,
    /// What was typed before and found nothing.
    #[serde(default)]
    pub lost: Vec<String>,
    /// Articles that the same case went through before, when another message came.
    #[serde(default)]
    pub before: Vec<String>,
}

impl Step {
    /// Whether it is a step of the same words in the same solution.
    fn is_named_as(&self, other: &Self) -> bool {
        (&self.node, &self.text) == (&other.node, &other.text)
    }
}

impl Case {
    /// What there is to keep of a walk. `done` says which steps are ticked.
    #[must_use]
    pub fn of(walk: &Walk, found: Found, blanks: Blanks, done: impl Fn(NodeRef, usize) -> bool) -> Self {
        let kb = walk.kb();
        let name = |at: NodeRef| kb.node_name(at, usize::MAX);
        let answers = walk.trail().iter().filter_map(|entry| {
            let node = kb.node(entry.at)?;
            Some(Answered {
                node: name(entry.at),
                question: node.text.one_line(),
                answer: words::label(&node.kind, entry.answer),
                known: entry.known,
            })
        });
        let reached = walk.trail().iter().map(|entry| entry.at).chain(walk.outcome().is_none().then_some(walk.at()));
        let steps = reached.flat_map(|at| {
            let steps = kb.node(at).map(Node::steps).unwrap_or_default();
            let step = |(nth, step): (usize, &crate::kb::Step)| Step {
                node: name(at),
                by: step.by.name().to_owned(),
                text: step.text.one_line(),
                done: done(at, nth),
            };
            steps.iter().enumerate().map(step).collect::<Vec<_>>()
        });
        Self {
            message: message(walk).one_line(),
            found,
            walk: walk.record(),
            answers: answers.collect(),
            earlier: 0,
            steps: steps.collect(),
            earlier_steps: 0,
            now: walk.node().map(|node| node.text.one_line()).unwrap_or_default(),
            node: name(walk.at()),
            standing: match walk.outcome() {
                None => Standing::Open,
                Some(Outcome::Solved) => Standing::Solved,
                Some(Outcome::Escalated) => Standing::Escalated,
            },
            blanks,
            knowledge_base: kb.version().to_owned(),
            lost: Vec::new(),
            before: Vec::new(),
        }
    }

    /// What was asked, and the steps that were reached, before another message came.
    #[must_use]
    pub fn past(&self) -> (&[Answered], &[Step]) {
        let answers = self.answers.get(..self.earlier).unwrap_or_default();
        (answers, self.steps.get(..self.earlier_steps).unwrap_or_default())
    }

    /// The same case once another message has come: all of it is past.
    #[must_use]
    pub fn passed(mut self) -> Self {
        (self.earlier, self.earlier_steps) = (self.answers.len(), self.steps.len());
        self
    }

    /// The same case with what was asked, and the steps that were reached, before another message came.
    #[must_use]
    pub fn behind(mut self, answers: &[Answered], steps: &[Step]) -> Self {
        (self.earlier, self.earlier_steps) = (answers.len(), steps.len());
        self.answers.splice(0..0, answers.iter().cloned());
        self.steps.splice(0..0, steps.iter().cloned());
        self
    }

    /// The steps of its walk that were ticked, as solution and index, as far as their words are there.
    #[must_use]
    pub fn ticked(&self, kb: &KnowledgeBase) -> HashSet<(NodeRef, usize)> {
        let own = self.steps.get(self.earlier_steps..).unwrap_or_default();
        let place = |(at, step): (usize, &Step)| {
            let before = own.iter().take(at).filter(|other| other.is_named_as(step)).count();
            let at = kb.named(&step.node, usize::MAX)?;
            Some((at, kb.node(at)?.step_that_says(&step.text, before)?))
        };
        own.iter().enumerate().filter(|(_, step)| step.done).filter_map(place).collect()
    }

    /// Whether nothing has been done in it that another state of it does not have.
    #[must_use]
    pub fn is_as(&self, other: &Self) -> bool {
        let done = |case: &Self, step: &Step| case.steps.iter().filter(|one| one.done && one.is_named_as(step)).count();
        self.walk == other.walk
            && self.blanks == other.blanks
            && self.steps.iter().all(|step| done(self, step) == done(other, step))
    }
}

/// A case that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Its number.
    pub id: i64,
    /// When it began.
    pub began: Timestamp,
    /// When something was last written.
    pub updated: Timestamp,
    /// The case.
    pub case: Case,
}

impl Kept {
    /// When it began: a day and a time, in coordinated universal time.
    #[must_use]
    pub fn day_of_beginning(&self) -> String {
        words::day(self.began)
    }

    /// How long it took, in words.
    #[must_use]
    pub fn time_taken(&self) -> String {
        words::took(self.updated.duration_since(self.began).as_secs())
    }
}

/// Why a case cannot be put aside; `None` where it can. A walk without an answer is no case. `keeps` says whether cases are kept.
#[must_use]
pub fn stays(case: Option<&Case>, keeps: bool) -> Option<&'static str> {
    match case {
        _ if !keeps => Some(words::NOT_KEPT),
        None => Some(words::NOTHING_TO_PUT_ASIDE),
        Some(case) => (case.standing == Standing::Solved).then_some(words::SOLVED_ALREADY),
    }
}

/// The error that a walk is about.
#[must_use]
pub fn message(walk: &Walk) -> Clean {
    walk.kb().entry(walk.article()).map(|(article, _)| article.message.clone()).unwrap_or_default()
}

/// What can be filled in where a walk stands: what whoever takes over needs at an escalation, and what the case is about where
/// somebody else has something to do.
#[must_use]
pub fn blanks(walk: &Walk) -> Vec<Clean> {
    match walk.node().map(|node| &node.kind) {
        Some(NodeKind::Escalation(escalation)) => {
            let by_hand = escalation.bring.iter().filter(|bring| bring.filled == Filled::ByHand);
            by_hand.map(|bring| bring.text.clone()).collect()
        }
        Some(NodeKind::Solution(solution)) if solution.steps.iter().all(|step| step.by == Actor::User) => Vec::new(),
        _ => about(walk),
    }
}

/// What a case is about: what its collection says, and its article.
fn about(walk: &Walk) -> Vec<Clean> {
    let entry = walk.kb().entry(walk.article());
    entry.map(|(article, collection)| [&*collection.blanks, &*article.blanks].concat()).unwrap_or_default()
}
