//! A walk in names, as it is kept: for another version of the knowledge base, and for another day.

use serde::{Deserialize, Serialize};

use super::{Answer, Walk, answer};
use crate::kb::KnowledgeBase;
use std::sync::Arc;

/// What a walk is made of, by names.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// The id of the article where it began.
    pub article: String,
    /// What clues had told.
    #[serde(default)]
    pub known: Vec<Told>,
    /// The answers that were given, in order.
    #[serde(default)]
    pub answers: Vec<Given>,
}

/// What a clue has told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// The collection.
    pub collection: String,
    /// The clue.
    pub clue: String,
    /// Whether the answer was yes.
    pub yes: bool,
}

/// An answer that was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    /// The id of the node's article.
    pub article: String,
    /// The node.
    pub node: String,
    /// `yes`, `not-solved`, or the label of a choice.
    pub answer: String,
}

impl Walk {
    /// The walk in names.
    #[must_use]
    pub fn record(&self) -> Record {
        let kb = self.kb();
        let id = |article: usize| kb.articles.get(article).map(|article| article.id.clone()).unwrap_or_default();
        let mut known: Vec<Told> = self
            .known
            .iter()
            .filter_map(|((collection, clue), yes)| {
                let collection = kb.collections.get(*collection)?;
                let clue = collection.clues.get(*clue)?;
                Some(Told { collection: collection.id.clone(), clue: clue.id.clone(), yes: *yes })
            })
            .collect();
        known.sort_by(|a, b| (&a.collection, &a.clue).cmp(&(&b.collection, &b.clue)));
        let given = self.given().into_iter().filter_map(|(at, answer)| {
            let node = kb.node(at)?.name.clone();
            Some(Given { article: id(at.article), node, answer: self.word(at, answer) })
        });
        Record { article: id(self.article()), known, answers: given.collect() }
    }

    /// Takes a walk up again: its answers, as far as their questions are there and take them. `None` where its article is gone.
    #[must_use]
    pub fn from_record(kb: &Arc<KnowledgeBase>, record: &Record) -> Option<Self> {
        let article = kb.position(&record.article)?;
        let known = record.known.iter().filter_map(|told| Some((kb.clue_of(&told.collection, &told.clue)?, told.yes)));
        let mut walk = Self::new(kb.clone(), article, known.collect());
        let answers = record.answers.iter().filter_map(|given| {
            let at = kb.named(&given.node, kb.position(&given.article)?)?;
            let node = kb.node(at)?;
            let answer = Answer::parse(&given.answer, &node.kind)?;
            answer::possible(&node.kind).contains(&answer).then_some((at, answer))
        });
        walk.replay(answers.collect());
        Some(walk)
    }
}
