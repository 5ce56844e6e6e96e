//! Walking a flow: answering, going back, starting over, and knowing what is left.
//!
//! A [`Walk`] is an article, what the clues have already told, and the answers so far. Everything else (where it stands, its
//! trail, its outcome) follows from these by walking the flow again, so that no state can disagree with another.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use thiserror::Error;

use crate::kb::{KnowledgeBase, Node, NodeKind, NodeRef, Ways};

mod answer;
mod left;
mod record;
mod state;

pub use answer::{Answer, Outcome, ways};
pub use left::Left;
pub use record::{Given, Record, Told};
pub use state::{Answered, Now, State};

/// What is known from clues: collection and clue (as indices), and whether the answer was yes.
pub type Known = HashMap<(usize, usize), bool>;

/// One answer of the trail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// The node that was answered.
    pub at: NodeRef,
    /// The answer.
    pub answer: Answer,
    /// Whether a clue had already told the answer, so that the question was not asked.
    pub known: bool,
}

/// Why an answer was not taken.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Refused {
    /// This node takes other answers.
    #[error("`{answer}` is no answer to \"{node}\"; it takes {possible}")]
    NotPossible {
        /// What was answered.
        answer: String,
        /// The text of the node.
        node: String,
        /// The answers that it takes.
        possible: String,
    },
    /// The walk is over.
    #[error("there is nothing left to answer: the walk has ended at \"{node}\"")]
    Ended {
        /// The text of the node.
        node: String,
    },
    /// The trail is not that long.
    #[error("the trail has no answer number {0}")]
    NoSuchEntry(usize),
}

/// One walk through an article's flow.
#[derive(Debug, Clone)]
pub struct Walk {
    kb: Arc<KnowledgeBase>,
    article: usize,
    known: Known,
    trail: Vec<Entry>,
    at: NodeRef,
}

impl Walk {
    /// Begins an article's flow. Questions whose clue is in `known` are not asked.
    #[must_use]
    pub fn new(kb: Arc<KnowledgeBase>, article: usize, known: Known) -> Self {
        let at = NodeRef { article, node: 0 };
        let mut walk = Self { kb, article, known, trail: Vec::new(), at };
        walk.replay(VecDeque::new());
        walk
    }

    /// The knowledge base that is walked.
    #[must_use]
    pub fn kb(&self) -> &Arc<KnowledgeBase> {
        &self.kb
    }

    /// The article where the walk began, as an index.
    #[must_use]
    pub fn article(&self) -> usize {
        self.article
    }

    /// The answers so far, in order.
    #[must_use]
    pub fn trail(&self) -> &[Entry] {
        &self.trail
    }

    /// The answers as they are told: one that was known already from another answer of the trail is not told twice.
    pub fn told(&self) -> impl Iterator<Item = &Entry> {
        self.trail.iter().enumerate().filter_map(|(nth, entry)| {
            let clue = self.kb.clue_of_question(entry.at);
            let same = |earlier: &Entry| clue.is_some() && self.kb.clue_of_question(earlier.at) == clue;
            let repeats = entry.known && self.trail.iter().take(nth).any(same);
            (!repeats).then_some(entry)
        })
    }

    /// Where the walk stands.
    #[must_use]
    pub fn at(&self) -> NodeRef {
        self.at
    }

    /// The node where the walk stands, unless the article does not exist.
    #[must_use]
    pub fn node(&self) -> Option<&Node> {
        self.kb.node(self.at)
    }

    /// How the walk ended, if it has.
    #[must_use]
    pub fn outcome(&self) -> Option<Outcome> {
        if self.trail.last().is_some_and(|last| last.answer == Answer::Solved) {
            return Some(Outcome::Solved);
        }
        self.node().filter(|node| matches!(node.kind, NodeKind::Escalation(_))).map(|_| Outcome::Escalated)
    }

    /// The answers that can be given here, in the order in which they are offered.
    #[must_use]
    pub fn possible(&self) -> Vec<Answer> {
        if self.outcome().is_some() {
            return Vec::new();
        }
        self.node().map(|node| answer::possible(&node.kind)).unwrap_or_default()
    }

    /// The answers that a node takes, whether or not the walk stands there.
    #[must_use]
    pub fn possible_at(&self, at: NodeRef) -> Vec<Answer> {
        self.kb.node(at).map(|node| answer::possible(&node.kind)).unwrap_or_default()
    }

    /// Gives an answer and goes on to where it leads.
    ///
    /// # Errors
    /// When the present node does not take this answer, or the walk is over. The walk is unchanged then.
    pub fn answer(&mut self, answer: Answer) -> Result<(), Refused> {
        let possible = self.possible();
        let text = || self.node().map(|node| node.text.to_string()).unwrap_or_default();
        if possible.is_empty() {
            return Err(Refused::Ended { node: text() });
        }
        if !possible.contains(&answer) {
            return Err(Refused::NotPossible {
                answer: self.word(self.at, answer),
                node: text(),
                possible: possible.iter().map(|answer| self.word(self.at, *answer)).collect::<Vec<_>>().join(", "),
            });
        }
        let mut answers = self.given();
        answers.push_back((self.at, answer));
        self.replay(answers);
        Ok(())
    }

    /// Takes back up to `count` answers and says how many there were. Works from an end as well.
    pub fn back(&mut self, count: usize) -> usize {
        let mut answers = self.given();
        let taken = count.min(answers.len());
        answers.truncate(answers.len() - taken);
        self.replay(answers);
        taken
    }

    /// Says that what was done has not helped, also where it seemed so. At an end, and where there is no way on, it stays where it
    /// is.
    pub fn did_not_help(&mut self) {
        if self.outcome() == Some(Outcome::Solved) {
            self.back(1);
        }
        if self.possible().contains(&Answer::NotSolved) {
            // It is one of the answers that are possible, so that it is taken.
            let _ = self.answer(Answer::NotSolved);
        }
    }

    /// Takes back every answer.
    pub fn restart(&mut self) {
        self.replay(VecDeque::new());
    }

    /// Changes an earlier answer (its index in the trail). Later answers are kept as far as their questions still come up; the
    /// others are dropped and returned.
    ///
    /// # Errors
    /// When the trail is shorter, or that node does not take this answer. The walk is unchanged then.
    pub fn change(&mut self, entry: usize, answer: Answer) -> Result<Vec<Entry>, Refused> {
        let old = *self.trail.get(entry).ok_or(Refused::NoSuchEntry(entry))?;
        let node = self.kb.node(old.at).ok_or(Refused::NoSuchEntry(entry))?;
        let possible = answer::possible(&node.kind);
        if !possible.contains(&answer) {
            return Err(Refused::NotPossible {
                answer: self.word(old.at, answer),
                node: node.text.to_string(),
                possible: possible.iter().map(|answer| self.word(old.at, *answer)).collect::<Vec<_>>().join(", "),
            });
        }
        if old.known
            && let Some(clue) = self.kb.clue_of_question(old.at)
            && self.known.remove(&clue).is_none()
            && let Some(told) = self.trail.iter().position(|past| self.kb.clue_of_question(past.at) == Some(clue))
            && told < entry
        {
            // What is known was told by an earlier answer: that one is what is wrong.
            return self.change(told, answer);
        }
        let answers = self
            .trail
            .iter()
            .enumerate()
            .filter(|(at, past)| *at == entry || !past.known)
            .map(|(at, past)| (past.at, if at == entry { answer } else { past.answer }))
            .collect();
        let dropped = self.replay(answers);
        Ok(dropped.into_iter().map(|(at, answer)| Entry { at, answer, known: false }).collect())
    }

    /// The same walk in another version of the knowledge base. `None` where its article is gone.
    #[must_use]
    pub fn carried_over(&self, kb: &Arc<KnowledgeBase>) -> Option<Self> {
        Self::from_record(kb, &self.record())
    }

    /// How many questions may still come after the present node.
    #[must_use]
    pub fn left(&self) -> Left {
        if self.outcome().is_some() {
            return Left::default();
        }
        left::left(&self.kb, self.at, &self.all_known())
    }

    /// An answer in words: `yes`, `not-solved`, or the label of a choice.
    #[must_use]
    pub fn word(&self, at: NodeRef, answer: Answer) -> String {
        match (answer, self.kb.node(at).map(|node| &node.kind)) {
            (Answer::Choice(nth), Some(NodeKind::Question(question))) => match &question.ways {
                Ways::Choices { choices, .. } => {
                    choices.get(nth).map(|(label, _)| label.to_string()).unwrap_or_default()
                }
                Ways::YesNo { .. } => String::new(),
            },
            (answer, _) => answer.word().to_owned(),
        }
    }

    /// What the clues and the answers of the trail have told.
    #[must_use]
    pub fn all_known(&self) -> Known {
        let mut known = self.known.clone();
        for entry in &self.trail {
            note(&mut known, self.kb.clue_of_question(entry.at), entry.answer);
        }
        known
    }

    /// The answers that were really given.
    fn given(&self) -> VecDeque<(NodeRef, Answer)> {
        self.trail.iter().filter(|entry| !entry.known).map(|entry| (entry.at, entry.answer)).collect()
    }

    /// Walks from the start with these answers, as far as they fit; returns those that no longer do.
    fn replay(&mut self, mut answers: VecDeque<(NodeRef, Answer)>) -> VecDeque<(NodeRef, Answer)> {
        self.trail.clear();
        self.at = NodeRef { article: self.article, node: 0 };
        let mut known = self.known.clone();
        let mut skipped = std::collections::HashSet::new();
        loop {
            let clue = self.kb.clue_of_question(self.at);
            // A loop of questions that are all known must not be walked for ever.
            let told = clue.and_then(|clue| known.get(&clue)).filter(|_| skipped.insert(self.at));
            let (answer, known_before) = if let Some(yes) = told {
                (if *yes { Answer::Yes } else { Answer::No }, true)
            } else {
                let Some(nth) = answers.iter().position(|(at, _)| *at == self.at) else { break };
                let Some((_, answer)) = answers.remove(nth) else { break };
                (answer, false)
            };
            self.trail.push(Entry { at: self.at, answer, known: known_before });
            note(&mut known, clue, answer);
            match self.kb.node(self.at).and_then(|node| answer::target(&node.kind, answer)) {
                Some(target) => self.at = target,
                None => break,
            }
        }
        answers
    }
}

/// Remembers what the answer to a clue's question tells; "not sure" tells nothing.
fn note(known: &mut Known, clue: Option<(usize, usize)>, answer: Answer) {
    if let Some(clue) = clue {
        match answer {
            Answer::Yes => known.insert(clue, true),
            Answer::No => known.insert(clue, false),
            _ => None,
        };
    }
}

/// A knowledge base of one article, with a clue `red`.
#[cfg(test)]
fn kb_of(article: &str) -> Arc<KnowledgeBase> {
    let file = |stem: &str, text: &str| crate::kb::SourceFile {
        collection: "test".to_owned(),
        stem: stem.to_owned(),
        path: format!("test/{stem}.yaml"),
        content: Ok(text.as_bytes().to_vec()),
    };
    let collection = "title: Test\nclues:\n  red: {question: Is it red?, hint: Look at it.}\n";
    let files = vec![file("collection", collection), file("dark", article)];
    let source = crate::kb::Source { name: "test".to_owned(), files, findings: Vec::new() };
    Arc::new(crate::kb::load(&[source]).kb)
}
