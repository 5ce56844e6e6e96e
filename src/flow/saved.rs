//! Saved sessions: nodes and clues are stored by name, so that a session can be resumed in another version of the knowledge
//! base.

use serde::{Deserialize, Serialize};

use super::{Answer, FlowSession, answer};
use crate::kb::KnowledgeBase;
use std::sync::Arc;

/// The content of a session, by names.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedSession {
    /// The id of the article where the session started.
    pub article: String,
    /// The answers to clues from before the session, sorted by collection and clue.
    #[serde(default)]
    pub known: Vec<SavedClue>,
    /// The answers that the user gave, in order.
    #[serde(default)]
    pub answers: Vec<SavedAnswer>,
}

/// An answer to a clue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedClue {
    /// The id of the collection.
    pub collection: String,
    /// The id of the clue.
    pub clue: String,
    /// Whether the answer was yes.
    pub yes: bool,
}

/// An answer that the user gave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedAnswer {
    /// The id of the node's article.
    pub article: String,
    /// The name of the node.
    pub node: String,
    /// The answer as text, such as `yes` or `not-solved`, or the label of a choice.
    pub answer: String,
}

impl FlowSession {
    /// Returns the content of this session, by names.
    #[must_use]
    pub fn to_saved(&self) -> SavedSession {
        let kb = self.kb();
        let id = |article: usize| kb.articles.get(article).map(|article| article.id.clone()).unwrap_or_default();
        let mut known: Vec<SavedClue> = self
            .known
            .iter()
            .filter_map(|((collection, clue), yes)| {
                let collection = kb.collections.get(*collection)?;
                let clue = collection.clues.get(*clue)?;
                Some(SavedClue { collection: collection.id.clone(), clue: clue.id.clone(), yes: *yes })
            })
            .collect();
        known.sort_by(|a, b| (&a.collection, &a.clue).cmp(&(&b.collection, &b.clue)));
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
        let known = record.known.iter().filter_map(|told| Some((kb.clue_of(&told.collection, &told.clue)?, told.yes)));
        let mut session = Self::new(kb.clone(), article, known.collect());
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
