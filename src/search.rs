//! Search: finds the article for an error message, a code or a description, and says how sure it is.
//!
//! A query goes through five stages:
//!
//! 1. `analyze` decodes it and splits it into lines, words and codes.
//! 2. `index` selects candidates: all articles, or those with common trigrams in a large knowledge base.
//! 3. `features` computes for each candidate how well it fits, as numbers from 0 to 1.
//! 4. `model` turns these numbers into the probability that the article is meant, and that none is.
//! 5. `decide` ranks the candidates and gives the verdict.
//!
//! The coefficients of the model are in `model.yaml`, and the word frequencies in `frequencies.tsv`. The example `fit` computes both.

use std::sync::Arc;

use crate::kb::KnowledgeBase;
use crate::text::SanitizedText;

mod analyze;
mod check;
mod codes;
mod decide;
mod decode;
mod edit;
mod features;
mod frequencies;
mod highlight;
mod index;
mod lines;
mod model;
mod normalize;
mod trigram;
mod vocabulary;

pub use check::check;
pub use decide::Verdict;
pub use decode::text_from_bytes;
pub use features::{Exactness, FEATURES, Features, QUERY_FEATURES, QueryFeatures};
pub use highlight::{Letters, highlight};
pub use index::Field;
pub use model::{Model, Thresholds, probabilities};
pub use normalize::words;

use analyze::{Besides, Query};
use decide::{Ranked, Ranking};

/// Maximum number of articles that are listed as nearest if nothing matches.
const MAX_NEAREST: usize = 5;

/// Articles that are less probable are not listed.
const MIN_PROBABILITY: f64 = 0.005;

/// One article that a search found.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// Index of the article.
    pub article: usize,
    /// The probability that this article is meant (0–1).
    pub score: f64,
    /// Whether the article is a possible match.
    pub contender: bool,
    /// The part of the article that fits best.
    pub field: Field,
}

impl Hit {
    /// Returns an entry for a list of all articles.
    #[must_use]
    pub fn listed(article: usize) -> Self {
        Self { article, score: 0.0, contender: false, field: Field::Message }
    }
}

/// The result of a search.
#[derive(Debug, Clone, PartialEq)]
pub struct Results {
    /// The verdict.
    pub verdict: Verdict,
    /// The articles, best first. Contenders come first. Empty if nothing matches.
    pub hits: Vec<Hit>,
    /// Only if nothing matches: the articles that have the most in common with the query, as indices, at most five.
    pub nearest: Vec<usize>,
}

impl Results {
    /// Returns the contenders, as `(article, score)`, best first.
    #[must_use]
    pub fn contenders(&self) -> Vec<(usize, f64)> {
        self.hits.iter().filter(|hit| hit.contender).map(|hit| (hit.article, hit.score)).collect()
    }
}

/// The rule that determined a result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// The probabilities, or an exact article.
    Ranking,
    /// The query is one letter or one common word.
    TooVague,
    /// The query says nothing but the name of a collection.
    NamedCollection,
}

/// An explanation of a result.
#[derive(Debug, Clone)]
pub struct Explanation {
    /// The result.
    pub results: Results,
    /// The rule that determined it.
    pub rule: Rule,
    /// The features of the query, in the order of [`QUERY_FEATURES`].
    pub query_features: QueryFeatures,
    /// The score of "no article is meant", and its probability (0–1).
    pub none: (f64, f64),
    /// The candidates, best first.
    pub candidates: Vec<ExplainedCandidate>,
}

/// An explanation of an article's probability.
#[derive(Debug, Clone)]
pub struct ExplainedCandidate {
    /// Index of the article.
    pub article: usize,
    /// Its features, in the order of [`FEATURES`].
    pub features: Features,
    /// Its exactness.
    pub exactness: Exactness,
    /// The score of the model.
    pub score: f64,
    /// The probability that it is meant (0–1).
    pub probability: f64,
}

/// A knowledge base that can be searched.
#[derive(Debug)]
pub struct Search {
    kb: Arc<KnowledgeBase>,
    index: index::Index,
}

impl Search {
    /// Builds the index of a knowledge base.
    #[must_use]
    pub fn new(kb: Arc<KnowledgeBase>) -> Self {
        Self { index: index::Index::new(&kb), kb }
    }

    /// Returns the knowledge base that is searched.
    #[must_use]
    pub fn kb(&self) -> &Arc<KnowledgeBase> {
        &self.kb
    }

    /// Returns a text on one line. Of a long text, keeps only the most informative lines, as many as a search compares.
    #[must_use]
    pub fn condensed(&self, text: &SanitizedText) -> String {
        let lines = lines::lines(text, &self.index);
        let lines: Vec<&str> = lines.iter().map(|line| &*line.raw).collect();
        SanitizedText::new(&lines.join(" ")).one_line()
    }

    /// Searches for a query.
    #[must_use]
    pub fn search(&self, query: &SanitizedText) -> Results {
        let analyzed = Query::new(query, &self.index);
        let (ranking, _) = self.rank(query, &analyzed);
        self.decide(&analyzed, &ranking).0
    }

    fn decide(&self, query: &Query, ranking: &Ranking) -> (Results, Rule) {
        if !ranking.is_exact() && query.is_too_vague() {
            return (Results { verdict: Verdict::NoMatch, hits: Vec::new(), nearest: Vec::new() }, Rule::TooVague);
        }
        let (verdict, contenders) = decide::decide(ranking, &Model::fitted().thresholds);
        if !ranking.is_exact()
            && let Some(results) = self.articles_of_named_collection(query, ranking, verdict)
        {
            return (results, Rule::NamedCollection);
        }
        let is_likely = |(at, one): &(usize, &Ranked)| *at < contenders || one.probability >= MIN_PROBABILITY;
        let listed = ranking.ranked.iter().enumerate().filter(is_likely).map(|(at, one)| Hit {
            article: one.candidate.article,
            score: one.probability,
            contender: at < contenders,
            field: one.candidate.field,
        });
        if verdict == Verdict::NoMatch {
            let nearest = ranking.ranked.iter().take(MAX_NEAREST).map(|one| one.candidate.article).collect();
            return (Results { verdict, hits: Vec::new(), nearest }, Rule::Ranking);
        }
        (Results { verdict, hits: listed.collect(), nearest: Vec::new() }, Rule::Ranking)
    }

    /// Explains the result for a query.
    #[must_use]
    pub fn explain(&self, query: &SanitizedText) -> Explanation {
        let analyzed = Query::new(query, &self.index);
        let (ranking, query_features) = self.rank(query, &analyzed);
        let (results, rule) = self.decide(&analyzed, &ranking);
        let candidates = ranking.ranked.into_iter().map(|one| ExplainedCandidate {
            article: one.candidate.article,
            features: one.candidate.features,
            exactness: one.candidate.exactness,
            score: one.score,
            probability: one.probability,
        });
        let none = (ranking.none_score, ranking.none);
        Explanation { results, rule, query_features, none, candidates: candidates.collect() }
    }

    /// Returns the features of all candidates, as `(article, features, exactness)`, and those of the query. They don't depend on the
    /// model, which is fitted with them.
    #[must_use]
    pub fn features(&self, query: &SanitizedText) -> (Vec<(usize, Features, Exactness)>, QueryFeatures) {
        let (candidates, query_features) = features::features(&Query::new(query, &self.index), &self.index);
        let candidates = candidates.into_iter().map(|one| (one.article, one.features, one.exactness));
        (candidates.collect(), query_features)
    }

    fn rank(&self, query: &SanitizedText, analyzed: &Query) -> (Ranking, QueryFeatures) {
        let (mut candidates, query_features) = features::features(analyzed, &self.index);
        if let Some(article) = self.kb.article_index(query.trim())
            && let Some(candidate) = candidates.iter_mut().find(|candidate| candidate.article == article)
        {
            candidate.exactness = Exactness::Id;
        }
        (decide::rank(candidates, &query_features, Model::fitted()), query_features)
    }

    /// If the query names a collection and says no more, as in "Help, I'm locked out!", returns all its articles as contenders: any
    /// of them can be meant.
    fn articles_of_named_collection(&self, query: &Query, ranking: &Ranking, verdict: Verdict) -> Option<Results> {
        // Words that could tell which article is meant, but don't, say no more either.
        let most = if verdict == Verdict::NoMatch { Besides::Telling } else { Besides::Nothing };
        let is_named = |name: &[String]| query.besides(name, &self.index).is_some_and(|besides| besides <= most);
        let named = self.index.names.iter().filter(|(_, name)| is_named(name));
        let named: Vec<usize> = named.map(|(at, _)| *at).collect();
        let score = |article: usize| {
            let ranked = ranking.ranked.iter().find(|one| one.candidate.article == article);
            ranked.map_or(f64::NEG_INFINITY, |one| one.score)
        };
        let articles = self.kb.articles.iter().enumerate().filter(|(_, article)| named.contains(&article.collection));
        let mut articles: Vec<usize> = articles.map(|(at, _)| at).collect();
        if articles.is_empty() {
            return None;
        }
        articles.sort_by(|a, b| score(*b).total_cmp(&score(*a)));
        // The name can also be a part of another error message.
        let containing = ranking.ranked.iter().filter(|one| one.candidate.contains_query);
        let others: Vec<usize> =
            containing.map(|one| one.candidate.article).filter(|article| !articles.contains(article)).collect();
        articles.splice(0..0, others);
        let each = 1.0 / u32::try_from(articles.len()).map_or(f64::MAX, f64::from);
        let hits = articles.iter().map(|article| Hit { score: each, contender: true, ..Hit::listed(*article) });
        let verdict = if articles.len() > 1 { Verdict::Ambiguous } else { Verdict::Match };
        Some(Results { verdict, hits: hits.collect(), nearest: Vec::new() })
    }
}
