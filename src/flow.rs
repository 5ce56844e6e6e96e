//! Flow sessions: one person's progress through the flow of an article.
//!
//! A [`FlowSession`] is determined by an article, the facts known at the start, and the answers that the user gave. The
//! current node, the outcome and the list of all answers (those to skipped questions included) are derived by replaying the flow,
//! so they can't disagree.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use thiserror::Error;

use crate::kb::{
    Article, Branches, FactAnswer, FactId, FactValue, KnowledgeBase, Node, NodeId, NodeKind, RequiredInfo, Step,
};
use crate::text::{SanitizedText, VoicedText};

mod answer;
mod remaining;
mod saved;
mod snapshot;

pub use answer::{Answer, Outcome, branches};
pub use remaining::RemainingQuestions;
pub use saved::{SavedAnswer, SavedFact, SavedSession};
pub use snapshot::{AnsweredQuestion, CurrentNode, CurrentStep, Snapshot};

/// Facts with their answers.
pub type KnownFacts = BTreeMap<FactId, FactAnswer>;

/// An answer at a node, as in [`FlowSession::answers`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AnswerRecord {
    /// The node that was answered.
    pub at: NodeId,
    /// The answer.
    pub answer: Answer,
    /// Whether the fact of the question was already known, so that the question was not asked.
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
    /// There is no answer with this index in [`FlowSession::answers`].
    #[error("there is no answer number {0}")]
    NoSuchEntry(usize),
}

/// A person's progress through the flow of an article.
#[derive(Debug, Clone)]
pub struct FlowSession {
    kb: Arc<KnowledgeBase>,
    article: usize,
    known: KnownFacts,
    answers: Vec<AnswerRecord>,
    at: NodeId,
}

impl FlowSession {
    /// Starts the flow of the article with this index. Questions about facts in `known`, or about facts that the article
    /// implies, are not asked. If `known` and the article give different answers, the one in `known` counts.
    #[must_use]
    pub fn new(kb: Arc<KnowledgeBase>, article: usize, known: KnownFacts) -> Self {
        let mut known: KnownFacts = known.into_iter().map(|(fact, answer)| (kb.shared_fact(fact), answer)).collect();
        if let Some(content) = kb.articles.get(article) {
            for FactValue { fact, answer } in &content.known {
                let fact = kb.shared_fact(FactId { collection: content.collection, fact: *fact });
                known.entry(fact).or_insert(*answer);
            }
        }
        Self::with_known(kb, article, known)
    }

    /// Starts the flow of the article with this index. Ignores the facts that the article implies.
    fn with_known(kb: Arc<KnowledgeBase>, article: usize, known: KnownFacts) -> Self {
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

    /// Returns all answers so far, in order, including those to questions that were not asked.
    #[must_use]
    pub fn answers(&self) -> &[AnswerRecord] {
        &self.answers
    }

    /// Returns the answers so far, without those that repeat an earlier answer about the same fact.
    pub fn distinct_answers(&self) -> impl Iterator<Item = &AnswerRecord> {
        self.answers.iter().enumerate().filter_map(|(nth, entry)| {
            let fact = self.kb.fact_of_question(entry.at);
            let same = |earlier: &AnswerRecord| fact.is_some() && self.kb.fact_of_question(earlier.at) == fact;
            let repeats = entry.known && self.answers.iter().take(nth).any(same);
            (!repeats).then_some(entry)
        })
    }

    /// Returns the steps of a solution, without those whose conditions don't hold. Each step comes with its index in the
    /// solution. Empty at other nodes.
    pub fn steps_at(&self, at: NodeId) -> impl Iterator<Item = (usize, &Step)> {
        let facts = self.facts();
        let steps = self.kb.node(at).map(Node::steps).unwrap_or_default();
        steps.iter().enumerate().filter(move |(_, step)| self.holds(&facts, at, &step.conditions))
    }

    /// Returns the steps of the current solution, without those whose conditions don't hold. Each step comes with its index
    /// in the solution. Empty at other nodes.
    pub fn steps(&self) -> impl Iterator<Item = (usize, &Step)> {
        self.steps_at(self.at)
    }

    /// Returns the details that the contact of the current escalation needs, without those whose conditions don't hold. Empty
    /// at other nodes.
    #[must_use]
    pub fn required_infos(&self) -> Vec<&RequiredInfo> {
        let facts = self.facts();
        match self.node().map(|node| &node.kind) {
            Some(NodeKind::Escalation(escalation)) => {
                escalation.bring.iter().filter(|info| self.holds(&facts, self.at, &info.conditions)).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Returns the facts for a session that continues the case with another error. `new` is a session at that error. Contains
    /// the facts of both sessions. If they differ, the facts of `new` count.
    #[must_use]
    pub fn facts_for(&self, new: &Self) -> KnownFacts {
        let mut facts = self.facts();
        facts.extend(new.facts());
        facts
    }

    /// Returns the advice on how to keep the errors from happening again, from all articles that the session went through.
    #[must_use]
    pub fn prevention(&self) -> Vec<&VoicedText> {
        let mut advice: Vec<&VoicedText> = Vec::new();
        for text in self.articles().flat_map(|article| &article.prevention) {
            if !advice.contains(&text) {
                advice.push(text);
            }
        }
        advice
    }

    /// Returns the "See also" links of all articles that the session went through, as `(label, link)`.
    #[must_use]
    pub fn see_also(&self) -> Vec<&(SanitizedText, SanitizedText)> {
        self.articles().flat_map(|article| &article.see_also).collect()
    }

    /// Returns the articles that the session went through, without duplicates.
    fn articles(&self) -> impl Iterator<Item = &Article> {
        let mut articles = vec![self.article];
        for at in self.answers.iter().map(|entry| entry.at).chain([self.at]) {
            if !articles.contains(&at.article) {
                articles.push(at.article);
            }
        }
        articles.into_iter().filter_map(|article| self.kb.articles.get(article))
    }

    /// Whether `facts` contains the answers that all conditions require. `at` is the node that the conditions belong to.
    fn holds(&self, facts: &KnownFacts, at: NodeId, conditions: &[FactValue]) -> bool {
        let Some(article) = self.kb.articles.get(at.article) else { return conditions.is_empty() };
        conditions.iter().all(|FactValue { fact, answer }| {
            let fact = FactId { collection: article.collection, fact: *fact };
            facts.get(&self.kb.shared_fact(fact)) == Some(answer)
        })
    }

    /// Returns the ID of the current node.
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
    /// answer. On an error, the session stays unchanged.
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

    /// Removes the last answers that the user gave, at most `count` of them. Returns the number of removed answers. Also
    /// works after an outcome.
    pub fn undo(&mut self, count: usize) -> usize {
        let mut answers = self.given_answers();
        let taken = count.min(answers.len());
        answers.truncate(answers.len() - taken);
        self.replay(answers);
        taken
    }

    /// Records that the solution did not help. If the session is solved, first undoes its last answer. Then answers "not
    /// solved", if the current node accepts this answer.
    pub fn did_not_help(&mut self) {
        if self.outcome() == Some(Outcome::Solved) {
            self.undo(1);
        }
        if self.allowed_answers().contains(&Answer::NotSolved) {
            // Invariant: the answer is among the allowed answers, so the session accepts it.
            let _ = self.answer(Answer::NotSolved);
        }
    }

    /// Removes all answers that the user gave.
    pub fn restart(&mut self) {
        self.replay(VecDeque::new());
    }

    /// Changes an earlier answer. `entry` is its index in [`FlowSession::answers`]. Returns the later answers that were
    /// discarded because their questions are no longer reached.
    ///
    /// # Errors
    /// [`AnswerError::NoSuchEntry`] if there is no answer with this index, and [`AnswerError::NotPossible`] if the node does
    /// not accept the answer. On an error, the session stays unchanged.
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
            && let Some(fact) = self.kb.fact_of_question(old.at)
            && self.known.remove(&fact).is_none()
            && let Some(told) = self.answers.iter().position(|past| self.kb.fact_of_question(past.at) == Some(fact))
            && told < entry
        {
            // An earlier answer determined this fact, so change that answer instead.
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

    /// Returns the minimum and the maximum number of questions that may follow the current node.
    #[must_use]
    pub fn remaining(&self) -> RemainingQuestions {
        if self.outcome().is_some() {
            return RemainingQuestions::default();
        }
        remaining::remaining(&self.kb, self.at, &self.facts())
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

    /// Returns the facts known at the start, and those that the answers so far established.
    #[must_use]
    pub fn facts(&self) -> KnownFacts {
        let mut known = self.known.clone();
        for entry in &self.answers {
            record_fact(&mut known, self.kb.fact_of_question(entry.at), entry.answer);
        }
        known
    }

    /// Returns the answers that the user gave, without those that were already known.
    fn given_answers(&self) -> VecDeque<(NodeId, Answer)> {
        self.answers.iter().filter(|entry| !entry.known).map(|entry| (entry.at, entry.answer)).collect()
    }

    /// Replays the flow from its first node with these answers. Returns the answers whose nodes were not reached.
    fn replay(&mut self, mut answers: VecDeque<(NodeId, Answer)>) -> VecDeque<(NodeId, Answer)> {
        self.answers.clear();
        self.at = NodeId { article: self.article, node: 0 };
        let mut known = self.known.clone();
        let mut skipped = std::collections::HashSet::new();
        loop {
            let fact = self.kb.fact_of_question(self.at);
            // Skip each question only once, so that the loop ends if all questions in a cycle have known answers.
            let told = fact.and_then(|fact| known.get(&fact)).filter(|_| skipped.insert(self.at));
            let (answer, known_before) = if let Some(told) = told {
                (Answer::from(*told), true)
            } else {
                let Some(nth) = answers.iter().position(|(at, _)| *at == self.at) else { break };
                let Some((_, answer)) = answers.remove(nth) else { break };
                (answer, false)
            };
            self.answers.push(AnswerRecord { at: self.at, answer, known: known_before });
            record_fact(&mut known, fact, answer);
            match self.kb.node(self.at).and_then(|node| answer::target(&node.kind, answer)) {
                Some(target) => self.at = target,
                None => break,
            }
        }
        answers
    }
}

/// Stores an answer as a fact, if its question is about a fact.
fn record_fact(known: &mut KnownFacts, fact: Option<FactId>, answer: Answer) {
    if let (Some(fact), Some(answer)) = (fact, answer.as_fact()) {
        known.insert(fact, answer);
    }
}

/// Returns a knowledge base with one article, whose collection has a fact `red`.
#[cfg(test)]
fn kb_of(article: &str) -> Arc<KnowledgeBase> {
    let file = |stem: &str, text: &str| crate::kb::SourceFile {
        collection: "test".to_owned(),
        stem: stem.to_owned(),
        path: format!("test/{stem}.yaml"),
        content: Ok(text.as_bytes().to_vec()),
    };
    let collection = "title: Test\nfacts:\n  red: {question: Is it red?, hint: Look at it.}\n";
    let files = vec![file("collection", collection), file("dark", article)];
    let source = crate::kb::Source { name: "test".to_owned(), files, diagnostics: Vec::new() };
    Arc::new(crate::kb::load(&[source]).kb)
}
