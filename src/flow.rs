//! Flow sessions: one person's progress through the flow of an article.
//!
//! A [`FlowSession`] stores an article, the answers to clues, and the answers given. The current node, the trail and the
//! outcome are derived from these by replaying the flow, so they can't disagree.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use thiserror::Error;

use crate::kb::{Branches, KnowledgeBase, Node, NodeId, NodeKind};

mod answer;
mod remaining;
mod saved;
mod snapshot;

pub use answer::{Answer, Outcome, branches};
pub use remaining::RemainingQuestions;
pub use saved::{SavedAnswer, SavedClue, SavedSession};
pub use snapshot::{AnsweredQuestion, CurrentNode, CurrentStep, Snapshot};

/// Answers to clues: maps (collection index, clue index) to whether the answer was yes.
pub type ClueAnswers = HashMap<(usize, usize), bool>;

/// An answer in the trail of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AnswerRecord {
    /// The node that was answered.
    pub at: NodeId,
    /// The answer.
    pub answer: Answer,
    /// Whether a clue or an earlier answer determined the answer, so that the question was not asked.
    pub known: bool,
}

/// The reason why an answer was rejected.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum AnswerError {
    /// The node does not accept this answer.
    #[error("`{answer}` isn't an answer to \"{node}\"; use {possible}")]
    NotPossible {
        /// The rejected answer.
        answer: String,
        /// The text of the node.
        node: String,
        /// The accepted answers, separated by commas.
        possible: String,
    },
    /// The session has already ended.
    #[error("there is nothing left to answer: the flow has ended at \"{node}\"")]
    Ended {
        /// The text of the node.
        node: String,
    },
    /// The index is not in the trail.
    #[error("there is no answer number {0}")]
    NoSuchEntry(usize),
}

/// A person's progress through the flow of an article.
#[derive(Debug, Clone)]
pub struct FlowSession {
    kb: Arc<KnowledgeBase>,
    article: usize,
    known: ClueAnswers,
    answers: Vec<AnswerRecord>,
    at: NodeId,
}

impl FlowSession {
    /// Starts the flow of an article (an index). Questions whose clue is in `known` are not asked.
    #[must_use]
    pub fn new(kb: Arc<KnowledgeBase>, article: usize, known: ClueAnswers) -> Self {
        let at = NodeId { article, node: 0 };
        let mut session = Self { kb, article, known, answers: Vec::new(), at };
        session.replay(VecDeque::new());
        session
    }

    /// Returns the knowledge base of the session.
    #[must_use]
    pub fn kb(&self) -> &Arc<KnowledgeBase> {
        &self.kb
    }

    /// Returns the article where the session started, as an index into [`KnowledgeBase::articles`].
    #[must_use]
    pub fn article(&self) -> usize {
        self.article
    }

    /// Returns all answers so far, in order, including those that were not asked.
    #[must_use]
    pub fn answers(&self) -> &[AnswerRecord] {
        &self.answers
    }

    /// Returns the answers so far, without those that repeat an earlier answer to the same clue.
    pub fn distinct_answers(&self) -> impl Iterator<Item = &AnswerRecord> {
        self.answers.iter().enumerate().filter_map(|(nth, entry)| {
            let clue = self.kb.clue_of_question(entry.at);
            let same = |earlier: &AnswerRecord| clue.is_some() && self.kb.clue_of_question(earlier.at) == clue;
            let repeats = entry.known && self.answers.iter().take(nth).any(same);
            (!repeats).then_some(entry)
        })
    }

    /// Returns the current node's id.
    #[must_use]
    pub fn at(&self) -> NodeId {
        self.at
    }

    /// Returns the current node, or `None` if the article does not exist.
    #[must_use]
    pub fn node(&self) -> Option<&Node> {
        self.kb.node(self.at)
    }

    /// Returns the outcome, or `None` if the session has not ended.
    #[must_use]
    pub fn outcome(&self) -> Option<Outcome> {
        if self.answers.last().is_some_and(|last| last.answer == Answer::Solved) {
            return Some(Outcome::Solved);
        }
        self.node().filter(|node| matches!(node.kind, NodeKind::Escalation(_))).map(|_| Outcome::Escalated)
    }

    /// Returns the answers that the current node accepts, in the order in which they are offered. Empty after an outcome.
    #[must_use]
    pub fn allowed_answers(&self) -> Vec<Answer> {
        if self.outcome().is_some() {
            return Vec::new();
        }
        self.node().map(|node| answer::allowed_answers(&node.kind)).unwrap_or_default()
    }

    /// Returns the answers that a node accepts, in the order in which they are offered.
    #[must_use]
    pub fn allowed_answers_at(&self, at: NodeId) -> Vec<Answer> {
        self.kb.node(at).map(|node| answer::allowed_answers(&node.kind)).unwrap_or_default()
    }

    /// Records an answer and moves to its target.
    ///
    /// # Errors
    /// [`AnswerError::Ended`] after an outcome, and [`AnswerError::NotPossible`] if the current node does not accept the
    /// answer. The session is then unchanged.
    pub fn answer(&mut self, answer: Answer) -> Result<(), AnswerError> {
        let possible = self.allowed_answers();
        let text = || self.node().map(|node| node.text.one_line()).unwrap_or_default();
        if possible.is_empty() {
            return Err(AnswerError::Ended { node: text() });
        }
        if !possible.contains(&answer) {
            return Err(AnswerError::NotPossible {
                answer: self.answer_token(self.at, answer),
                node: text(),
                possible: possible
                    .iter()
                    .map(|answer| self.answer_token(self.at, *answer))
                    .collect::<Vec<_>>()
                    .join(", "),
            });
        }
        let mut answers = self.given_answers();
        answers.push_back((self.at, answer));
        self.replay(answers);
        Ok(())
    }

    /// Removes up to `count` of the last answers and returns the number removed. Also works after an outcome.
    pub fn undo(&mut self, count: usize) -> usize {
        let mut answers = self.given_answers();
        let taken = count.min(answers.len());
        answers.truncate(answers.len() - taken);
        self.replay(answers);
        taken
    }

    /// Records that the solution did not help. If the session was marked as solved, first undoes that. Then answers "not solved",
    /// if the current node accepts it.
    pub fn did_not_help(&mut self) {
        if self.outcome() == Some(Outcome::Solved) {
            self.undo(1);
        }
        if self.allowed_answers().contains(&Answer::NotSolved) {
            // Can't fail: the answer is among the allowed ones.
            let _ = self.answer(Answer::NotSolved);
        }
    }

    /// Removes all answers.
    pub fn restart(&mut self) {
        self.replay(VecDeque::new());
    }

    /// Changes an earlier answer; `entry` is an index into the trail. Returns the later answers that were discarded because
    /// their questions are no longer reached.
    ///
    /// # Errors
    /// [`AnswerError::NoSuchEntry`] if the index is not in the trail, and [`AnswerError::NotPossible`] if the node does not
    /// accept the answer. The session is then unchanged.
    pub fn change(&mut self, entry: usize, answer: Answer) -> Result<Vec<AnswerRecord>, AnswerError> {
        let old = *self.answers.get(entry).ok_or(AnswerError::NoSuchEntry(entry))?;
        let node = self.kb.node(old.at).ok_or(AnswerError::NoSuchEntry(entry))?;
        let possible = answer::allowed_answers(&node.kind);
        if !possible.contains(&answer) {
            return Err(AnswerError::NotPossible {
                answer: self.answer_token(old.at, answer),
                node: node.text.one_line(),
                possible: possible
                    .iter()
                    .map(|answer| self.answer_token(old.at, *answer))
                    .collect::<Vec<_>>()
                    .join(", "),
            });
        }
        if old.known
            && let Some(clue) = self.kb.clue_of_question(old.at)
            && self.known.remove(&clue).is_none()
            && let Some(told) = self.answers.iter().position(|past| self.kb.clue_of_question(past.at) == Some(clue))
            && told < entry
        {
            // An earlier answer determined this clue, so change that answer instead.
            return self.change(told, answer);
        }
        let answers = self
            .answers
            .iter()
            .enumerate()
            .filter(|(at, past)| *at == entry || !past.known)
            .map(|(at, past)| (past.at, if at == entry { answer } else { past.answer }))
            .collect();
        let dropped = self.replay(answers);
        Ok(dropped.into_iter().map(|(at, answer)| AnswerRecord { at, answer, known: false }).collect())
    }

    /// Returns this session in another version of the knowledge base, or `None` if that version does not have the article.
    #[must_use]
    pub fn rebased_on(&self, kb: &Arc<KnowledgeBase>) -> Option<Self> {
        Self::from_saved(kb, &self.to_saved())
    }

    /// Returns how many questions may follow after the current node.
    #[must_use]
    pub fn remaining(&self) -> RemainingQuestions {
        if self.outcome().is_some() {
            return RemainingQuestions::default();
        }
        remaining::remaining(&self.kb, self.at, &self.clue_answers())
    }

    /// Returns the text form of an answer: its word, such as `yes` or `not-solved`, or the label of a choice.
    #[must_use]
    pub fn answer_token(&self, at: NodeId, answer: Answer) -> String {
        match (answer, self.kb.node(at).map(|node| &node.kind)) {
            (Answer::Choice(nth), Some(NodeKind::Question(question))) => match &question.branches {
                Branches::Choices { choices, .. } => {
                    choices.get(nth).map(|(label, _)| label.to_string()).unwrap_or_default()
                }
                Branches::YesNo { .. } => String::new(),
            },
            (answer, _) => answer.word().to_owned(),
        }
    }

    /// Returns the answers to clues from before the session and from its trail.
    #[must_use]
    pub fn clue_answers(&self) -> ClueAnswers {
        let mut known = self.known.clone();
        for entry in &self.answers {
            record_clue(&mut known, self.kb.clue_of_question(entry.at), entry.answer);
        }
        known
    }

    /// Returns the answers that the user gave, without those that were already known.
    fn given_answers(&self) -> VecDeque<(NodeId, Answer)> {
        self.answers.iter().filter(|entry| !entry.known).map(|entry| (entry.at, entry.answer)).collect()
    }

    /// Replays the flow from its first node with these answers. Returns the answers that were not reached.
    fn replay(&mut self, mut answers: VecDeque<(NodeId, Answer)>) -> VecDeque<(NodeId, Answer)> {
        self.answers.clear();
        self.at = NodeId { article: self.article, node: 0 };
        let mut known = self.known.clone();
        let mut skipped = std::collections::HashSet::new();
        loop {
            let clue = self.kb.clue_of_question(self.at);
            // Skip each question only once, so that a cycle of known questions ends.
            let told = clue.and_then(|clue| known.get(&clue)).filter(|_| skipped.insert(self.at));
            let (answer, known_before) = if let Some(yes) = told {
                (if *yes { Answer::Yes } else { Answer::No }, true)
            } else {
                let Some(nth) = answers.iter().position(|(at, _)| *at == self.at) else { break };
                let Some((_, answer)) = answers.remove(nth) else { break };
                (answer, false)
            };
            self.answers.push(AnswerRecord { at: self.at, answer, known: known_before });
            record_clue(&mut known, clue, answer);
            match self.kb.node(self.at).and_then(|node| answer::target(&node.kind, answer)) {
                Some(target) => self.at = target,
                None => break,
            }
        }
        answers
    }
}

/// Stores a yes or no answer to the question of a clue. "Not sure" stores nothing.
fn record_clue(known: &mut ClueAnswers, clue: Option<(usize, usize)>, answer: Answer) {
    if let Some(clue) = clue {
        match answer {
            Answer::Yes => known.insert(clue, true),
            Answer::No => known.insert(clue, false),
            _ => None,
        };
    }
}

/// Returns a knowledge base with one article, whose collection has a clue `red`.
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
    let source = crate::kb::Source { name: "test".to_owned(), files, diagnostics: Vec::new() };
    Arc::new(crate::kb::load(&[source]).kb)
}
