//! Which article is it? Candidates and answers give the next clue, until one article stands out.
//!
//! Answers are evidence, not filters: each makes the articles that agree with it more likely and the others less, so that one
//! wrong answer can be made up for. "Not sure" changes nothing.

use std::sync::Arc;

use crate::flow::ClueAnswers;
use crate::kb::{Clue, KnowledgeBase};

/// How often people answer a clue wrongly.
const WRONG: f64 = 0.1;

/// An article stands out when it is at least this likely.
const SETTLED: f64 = 0.7;

/// A candidate is worth showing when it is at least this likely, as a share of the likeliest.
const WORTH_SHOWING: f64 = 0.05;

/// A clue is worth asking when it is expected to tell at least this much, in bits.
const WORTH_ASKING: f64 = 0.02;

/// After so many times "not sure" in a row, more questions are no help.
const ENOUGH_UNSURE: usize = 6;

/// A clue of a collection, as indices.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClueRef {
    /// The collection.
    pub collection: usize,
    /// The clue in it.
    pub clue: usize,
}

/// What is said to a clue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reply {
    /// Yes.
    Yes,
    /// No.
    No,
    /// Not sure.
    Unsure,
}

/// The search for the one article among candidates.
#[derive(Debug, Clone)]
pub struct Inquiry {
    kb: Arc<KnowledgeBase>,
    prior: Vec<(usize, f64)>,
    replies: Vec<(ClueRef, Reply)>,
}

impl Inquiry {
    /// Begins with some articles and how likely each is. The weights need not sum to 1; without any candidate, all articles that
    /// are not found by search only are equally likely.
    #[must_use]
    pub fn new(kb: Arc<KnowledgeBase>, candidates: &[(usize, f64)]) -> Self {
        let known: Vec<(usize, f64)> = candidates
            .iter()
            .copied()
            .filter(|(article, weight)| *article < kb.articles.len() && *weight > 0.0)
            .collect();
        let prior = if known.is_empty() { everything(&kb) } else { known };
        Self { kb, prior, replies: Vec::new() }
    }

    /// The same in another version of the knowledge base, as far as its articles and clues are there. Where all articles were
    /// candidates, all are.
    #[must_use]
    pub fn carried_over(&self, kb: &Arc<KnowledgeBase>) -> Self {
        let kept =
            self.prior.iter().filter_map(|(article, weight)| Some((self.kb.translate_article(*article, kb)?, *weight)));
        let candidates: Vec<(usize, f64)> =
            if self.prior == everything(&self.kb) { Vec::new() } else { kept.collect() };
        let mut inquiry = Self::new(kb.clone(), &candidates);
        for (ClueRef { collection, clue }, reply) in &self.replies {
            if let Some((collection, clue)) = self.kb.translate_clue((*collection, *clue), kb) {
                inquiry.reply(ClueRef { collection, clue }, *reply);
            }
        }
        inquiry
    }

    /// Answers a clue. Answering it again replaces the first answer.
    pub fn reply(&mut self, clue: ClueRef, reply: Reply) {
        self.replies.retain(|(asked, _)| *asked != clue);
        self.replies.push((clue, reply));
    }

    /// Takes the last answer back; false when there is none.
    pub fn back(&mut self) -> bool {
        self.replies.pop().is_some()
    }

    /// The answers so far, in order.
    #[must_use]
    pub fn replies(&self) -> &[(ClueRef, Reply)] {
        &self.replies
    }

    /// The candidates and how likely each is, best first. The likelihoods sum to 1.
    #[must_use]
    pub fn candidates(&self) -> Vec<(usize, f64)> {
        let weighed = self.prior.iter().map(|(article, weight)| {
            let likelihood: f64 =
                self.replies.iter().map(|(clue, reply)| self.likelihood(*article, *clue, *reply)).product();
            (*article, weight * likelihood)
        });
        let mut candidates = normalized(weighed.collect());
        candidates.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        candidates
    }

    /// The candidates worth showing when no clue tells more: the likeliest few.
    #[must_use]
    pub fn likely(&self) -> Vec<(usize, f64)> {
        let candidates = self.candidates();
        let least = candidates.first().map_or(0.0, |(_, likely)| likely * WORTH_SHOWING);
        candidates.into_iter().take_while(|(_, likely)| *likely >= least).collect()
    }

    /// The one article that stands out, if there is one.
    #[must_use]
    pub fn settled(&self) -> Option<usize> {
        self.candidates().first().filter(|(_, likely)| *likely >= SETTLED).map(|(article, _)| *article)
    }

    /// The clue that is expected to tell most, of those that have not been asked; `None` once one article stands out or no clue
    /// tells more.
    #[must_use]
    pub fn next(&self) -> Option<ClueRef> {
        let unsure = self.replies.iter().rev().take_while(|(_, reply)| *reply == Reply::Unsure).count();
        if self.settled().is_some() || unsure >= ENOUGH_UNSURE {
            return None;
        }
        let candidates = self.candidates();
        let best = self
            .clues(&candidates)
            .into_iter()
            .map(|clue| (clue, self.gain(&candidates, clue)))
            .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))?;
        (best.1 >= WORTH_ASKING).then_some(best.0)
    }

    /// The clue itself.
    #[must_use]
    pub fn clue(&self, clue: ClueRef) -> Option<&Clue> {
        self.kb.collections.get(clue.collection)?.clues.get(clue.clue)
    }

    /// What the answers tell a flow, so that it does not ask again.
    #[must_use]
    pub fn known(&self) -> ClueAnswers {
        let told = self.replies.iter().filter_map(|(clue, reply)| match reply {
            Reply::Yes => Some(((clue.collection, clue.clue), true)),
            Reply::No => Some(((clue.collection, clue.clue), false)),
            Reply::Unsure => None,
        });
        told.collect()
    }

    /// Clues of the candidates' collections that have not been asked.
    fn clues(&self, candidates: &[(usize, f64)]) -> Vec<ClueRef> {
        let mut collections: Vec<usize> =
            candidates.iter().filter_map(|(article, _)| Some(self.kb.articles.get(*article)?.collection)).collect();
        collections.sort_unstable();
        collections.dedup();
        let all = collections.into_iter().flat_map(|collection| {
            let count = self.kb.collections.get(collection).map_or(0, |collection| collection.clues.len());
            (0..count).map(move |clue| ClueRef { collection, clue })
        });
        all.filter(|clue| !self.replies.iter().any(|(asked, _)| asked == clue)).collect()
    }

    /// How likely this reply is if it is this article.
    fn likelihood(&self, article: usize, clue: ClueRef, reply: Reply) -> f64 {
        let Some(article) = self.kb.articles.get(article) else { return 0.5 };
        let says = (article.collection == clue.collection)
            .then(|| article.clues.iter().find(|(of, _)| *of == clue.clue))
            .flatten()
            .map(|(_, yes)| *yes);
        match (says, reply) {
            (Some(true), Reply::Yes) | (Some(false), Reply::No) => 1.0 - WRONG,
            (Some(true), Reply::No) | (Some(false), Reply::Yes) => WRONG,
            (None, _) | (_, Reply::Unsure) => 0.5,
        }
    }

    /// By how many bits the answer is expected to lessen the uncertainty.
    fn gain(&self, candidates: &[(usize, f64)], clue: ClueRef) -> f64 {
        let mut after = 0.0;
        for reply in [Reply::Yes, Reply::No] {
            let weighed: Vec<(usize, f64)> = candidates
                .iter()
                .map(|(article, likely)| (*article, likely * self.likelihood(*article, clue, reply)))
                .collect();
            let chance: f64 = weighed.iter().map(|(_, weight)| weight).sum();
            after += chance * uncertainty(&normalized(weighed));
        }
        uncertainty(candidates) - after
    }
}

/// The candidates of somebody who has typed nothing.
fn everything(kb: &KnowledgeBase) -> Vec<(usize, f64)> {
    let is_asked =
        |article: usize| kb.article_with_collection(article).is_some_and(|(_, collection)| !collection.only_by_search);
    let all = 0..kb.articles.len();
    let any = all.clone().any(is_asked);
    all.filter(|article| !any || is_asked(*article)).map(|article| (article, 1.0)).collect()
}

fn normalized(mut weighed: Vec<(usize, f64)>) -> Vec<(usize, f64)> {
    let total: f64 = weighed.iter().map(|(_, weight)| weight).sum();
    if total > 0.0 {
        for (_, weight) in &mut weighed {
            *weight /= total;
        }
    }
    weighed
}

/// Shannon entropy, in bits.
fn uncertainty(candidates: &[(usize, f64)]) -> f64 {
    candidates.iter().filter(|(_, likely)| *likely > 0.0).map(|(_, likely)| -likely * likely.log2()).sum()
}
