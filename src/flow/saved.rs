//! Saved sessions: nodes and facts are stored by name, so that a session can be resumed in another version of the knowledge
//! base.

use serde::{Deserialize, Deserializer, Serialize};

use super::{Answer, FlowSession, answer};
use crate::kb::{FactAnswer, KnowledgeBase};
use std::sync::Arc;

/// The content of a session, with names instead of indices.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedSession {
    /// The ID of the article where the session started.
    pub article: String,
    /// The facts known before the first question, sorted by collection and fact.
    #[serde(default)]
    pub known: Vec<SavedFact>,
    /// The answers that the user gave, in order.
    #[serde(default)]
    pub answers: Vec<SavedAnswer>,
}

/// A fact with its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedFact {
    /// The ID of the collection.
    pub collection: String,
    /// The ID of the fact. Cases saved by version 0.1 call it `clue`.
    #[serde(alias = "clue")]
    pub fact: String,
    /// The answer. Cases saved by version 0.1 have a Boolean `yes` instead.
    #[serde(alias = "yes", deserialize_with = "answer_or_bool")]
    pub answer: FactAnswer,
}

/// Deserializes an answer, or `true` and `false` as yes and no.
fn answer_or_bool<'de, D: Deserializer<'de>>(value: D) -> Result<FactAnswer, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Form {
        Answer(FactAnswer),
        Bool(bool),
    }
    Ok(match Form::deserialize(value)? {
        Form::Answer(answer) => answer,
        Form::Bool(true) => FactAnswer::Yes,
        Form::Bool(false) => FactAnswer::No,
    })
}

/// An answer that the user gave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedAnswer {
    /// The ID of the node's article.
    pub article: String,
    /// The name of the node.
    pub node: String,
    /// The answer as text, such as `yes` or `not-solved`, or the label of a choice.
    pub answer: String,
}

impl FlowSession {
    /// Returns the content of this session, with names instead of indices.
    #[must_use]
    pub fn to_saved(&self) -> SavedSession {
        let kb = self.kb();
        let id = |article: usize| kb.articles.get(article).map(|article| article.id.clone()).unwrap_or_default();
        let mut known: Vec<SavedFact> = self
            .known
            .iter()
            .filter_map(|(id, answer)| {
                let collection = kb.collections.get(id.collection)?.id.clone();
                Some(SavedFact { collection, fact: kb.fact(*id)?.id.clone(), answer: *answer })
            })
            .collect();
        known.sort_by(|a, b| (&a.collection, &a.fact).cmp(&(&b.collection, &b.fact)));
        let given = self.given_answers().into_iter().filter_map(|(at, answer)| {
            let node = kb.node(at)?.name.clone();
            Some(SavedAnswer { article: id(at.article), node, answer: self.answer_token(at, answer) })
        });
        SavedSession { article: id(self.article()), known, answers: given.collect() }
    }

    /// Restores a session. Answers are dropped if their question no longer exists or no longer accepts them. Returns `None` if
    /// the article no longer exists.
    #[must_use]
    pub fn from_saved(kb: &Arc<KnowledgeBase>, record: &SavedSession) -> Option<Self> {
        let article = kb.article_index(&record.article)?;
        let known = record
            .known
            .iter()
            .filter_map(|told| Some((kb.shared_fact(kb.fact_in(&told.collection, &told.fact)?), told.answer)));
        // The facts that the article implies are among the saved ones, unless the user changed them.
        let mut session = Self::with_known(kb.clone(), article, known.collect());
        let answers = record.answers.iter().filter_map(|given| {
            let at = kb.resolve(&given.node, kb.article_index(&given.article)?)?;
            let node = kb.node(at)?;
            let answer = Answer::parse(&given.answer, &node.kind)?;
            answer::allowed_answers(&node.kind).contains(&answer).then_some((at, answer))
        });
        session.replay(answers.collect());
        Some(session)
    }
}
