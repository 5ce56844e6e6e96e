//! Ranking by probability, and the verdict.

use serde::Serialize;

use super::features::{Candidate, Exactness, QueryFeatures};
use super::model::{Model, Thresholds, probabilities};

/// The conclusion of a search.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// One article is meant.
    Match,
    /// One of several articles could be meant.
    Ambiguous,
    /// No article is meant.
    #[serde(rename = "none")]
    NoMatch,
}

/// Maximum number of candidates that the model compares with "none". In a large knowledge base, more would fit by chance.
const MAX_ALTERNATIVES: usize = 32;

/// The probability that one of the exact articles is meant, if the query names an article exactly.
const EXACT: f64 = 0.99;

/// Maximum number of contenders that are about as probable as the first one.
const MAX_CONTENDERS: usize = 6;

/// Maximum number of contenders that contain the query as well as the first one.
const MAX_CONTAINING: usize = 12;

/// A candidate with its probability.
#[derive(Debug, Clone)]
pub(super) struct Ranked {
    pub(super) candidate: Candidate,
    /// The score of the model.
    pub(super) score: f64,
    /// The probability that this article is meant (0–1).
    pub(super) probability: f64,
}

/// The candidates, best first, and the probability that none is meant.
#[derive(Debug)]
pub(super) struct Ranking {
    pub(super) ranked: Vec<Ranked>,
    /// The score of "none", and its probability (0–1).
    pub(super) none_score: f64,
    pub(super) none: f64,
}

impl Ranking {
    /// Whether the query names an article exactly.
    pub(super) fn is_exact(&self) -> bool {
        self.ranked.first().is_some_and(|one| one.candidate.exactness > Exactness::Similar)
    }
}

/// Computes the probabilities and sorts the candidates by them.
///
/// If a text contains the whole query, "none" is impossible. If the query names articles exactly, the most exact ones share the probability [`EXACT`], and the others share the rest.
pub(super) fn rank(candidates: Vec<Candidate>, query: &QueryFeatures, model: &Model) -> Ranking {
    let unranked = candidates.into_iter().map(|candidate| {
        let score = model.score(&candidate.features);
        Ranked { candidate, score, probability: 0.0 }
    });
    let mut ranked: Vec<Ranked> = unranked.collect();
    // Sort by exactness first, so that exact candidates are among the alternatives.
    ranked.sort_by(|a, b| b.candidate.exactness.cmp(&a.candidate.exactness).then(b.score.total_cmp(&a.score)));
    ranked.truncate(MAX_ALTERNATIVES);
    let none_score = model.none_score(query);
    // A text that contains the whole query rules out "none".
    let is_contained = ranked.iter().any(|one| one.candidate.contains_query);
    let none_alternative = Some(none_score).filter(|_| !is_contained);
    let scores: Vec<f64> = ranked.iter().map(|one| one.score).chain(none_alternative).collect();
    let probabilities = probabilities(&scores);
    let mut none = probabilities.get(ranked.len()).copied().unwrap_or_default();
    for (one, probability) in ranked.iter_mut().zip(&probabilities) {
        one.probability = *probability;
    }
    if ranked.is_empty() {
        none = 1.0;
    }
    share_among_containing(&mut ranked);
    let exactness = ranked.first().map_or(Exactness::Similar, |one| one.candidate.exactness);
    if exactness > Exactness::Similar {
        let is_exact = |one: &Ranked| one.candidate.exactness == exactness;
        let count = ranked.iter().filter(|one| is_exact(one)).count();
        let each = EXACT / u32::try_from(count).map_or(1.0, f64::from);
        for one in &mut ranked {
            one.probability = if is_exact(one) { each } else { one.probability * (1.0 - EXACT) };
        }
        none *= 1.0 - EXACT;
    }
    ranked.sort_by(|a, b| b.probability.total_cmp(&a.probability).then(b.score.total_cmp(&a.score)));
    if exactness == Exactness::CodeClass {
        // The rest of the query says nothing, so keep the order of the knowledge base.
        ranked.sort_by_key(|one| (one.candidate.exactness != exactness, one.candidate.article));
    }
    Ranking { ranked, none_score, none }
}

/// If several texts contain the query equally well, as typed letters are contained in several messages, they share their probability:
/// any of them could be meant.
fn share_among_containing(ranked: &mut [Ranked]) {
    let Some(first) = ranked.iter().max_by(|a, b| a.score.total_cmp(&b.score)).cloned() else { return };
    let containing = || ranked.iter().filter(|one| contains_query_as_well(one, &first));
    let count = u32::try_from(containing().count()).map_or(f64::MAX, f64::from);
    let each = containing().map(|one| one.probability).sum::<f64>() / count.max(1.0);
    for one in ranked.iter_mut().filter(|one| contains_query_as_well(one, &first)) {
        one.probability = each;
    }
}

/// Whether the text of a candidate contains the query as well as that of the first candidate.
fn contains_query_as_well(one: &Ranked, first: &Ranked) -> bool {
    /// Minimum containment, and maximum difference.
    const MIN_CONTAINMENT: f64 = 0.8;
    const MAX_DIFFERENCE: f64 = 0.02;
    let (one, first) = (one.candidate.containment, first.candidate.containment);
    first >= MIN_CONTAINMENT && one >= first - MAX_DIFFERENCE
}

/// Returns the verdict and the number of contenders, which are the first candidates.
pub(super) fn decide(ranking: &Ranking, thresholds: &Thresholds) -> (Verdict, usize) {
    let Some(first) = ranking.ranked.first() else { return (Verdict::NoMatch, 0) };
    if ranking.none >= thresholds.none {
        return (Verdict::NoMatch, 0);
    }
    let exactness = first.candidate.exactness;
    if exactness > Exactness::Similar {
        let exact = ranking.ranked.iter().take_while(|one| one.candidate.exactness == exactness).count();
        return (if exact == 1 { Verdict::Match } else { Verdict::Ambiguous }, exact);
    }
    let is_contender = |(at, one): &(usize, &Ranked)| {
        let is_probable = *at < MAX_CONTENDERS && one.probability >= thresholds.contender * first.probability;
        is_probable || *at < MAX_CONTAINING && contains_query_as_well(one, first)
    };
    let contenders = ranking.ranked.iter().enumerate().take_while(is_contender).count();
    let is_match = first.probability >= thresholds.matching && contenders == 1;
    if is_match || ranking.ranked.len() == 1 { (Verdict::Match, 1) } else { (Verdict::Ambiguous, contenders.max(2)) }
}
