//! From what was typed to the article: one ranking for letters, words, pastes and codes, and an honest verdict.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashSet};
use std::io;
use std::sync::Arc;

use crate::kb::KnowledgeBase;
use crate::text::SanitizedText;

mod background;
mod check;
mod flat;
mod grams;
mod highlight;
mod index;
mod letters;
mod lines;
mod nearness;
pub mod normalize;
mod query;
mod rank;
mod shortlist;
mod signs;
mod similar;
mod verdict;
mod vocabulary;

pub use check::check;
pub use highlight::{Letters, highlight};
pub use index::Field;
pub use verdict::Verdict;

use query::Manner;

/// The least score of an article whose code is named, whatever else its words explain.
const CODED: f64 = 0.5;

/// The score of an article whose collection is named.
const NAMED: f64 = 0.5;

/// The least score of an article of another collection that could be meant as well: that is what was typed, to the letter.
const WHOLE: f64 = 0.99;

/// Words of a query up to which it may be a sentence about an error, rather than a text with an error in it.
const SENTENCE: usize = 20;

/// The least score of an article that is found by a part of a query alone.
const BRIEFLY: f64 = 0.75;

/// One article that a search found.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// The article, as an index.
    pub article: usize,
    /// How well it fits, from 0 to 1; comparable between queries.
    pub score: f64,
    /// Whether it could be the one.
    pub contender: bool,
    /// What matched best.
    pub field: Field,
}

impl Hit {
    /// An article as it stands in a list of all of them.
    #[must_use]
    pub fn listed(article: usize) -> Self {
        Self { article, score: 0.0, contender: false, field: Field::Message }
    }
}

/// What a search found.
#[derive(Debug, Clone, PartialEq)]
pub struct Results {
    /// The verdict.
    pub verdict: Verdict,
    /// The articles, best first. Empty when the verdict is none.
    pub hits: Vec<Hit>,
}

impl Results {
    /// The articles that it could be, each with its score.
    #[must_use]
    pub fn contenders(&self) -> Vec<(usize, f64)> {
        self.hits.iter().filter(|found| found.contender).map(|found| (found.article, found.score)).collect()
    }
}

/// A knowledge base that can be searched.
#[derive(Debug)]
pub struct Search {
    kb: Arc<KnowledgeBase>,
    index: index::Index,
}

impl Search {
    /// Builds the index.
    #[must_use]
    pub fn new(kb: Arc<KnowledgeBase>) -> Self {
        Self { index: index::Index::new(&kb), kb }
    }

    /// The index as bytes, for [`Search::prepared`].
    ///
    /// # Errors
    /// When it is too large to be written down.
    pub fn prepare(&self) -> io::Result<Vec<u8>> {
        borsh::to_vec(&self.index)
    }

    /// Takes the index that was prepared for this very knowledge base, in a fraction of the time that building it takes.
    #[must_use]
    pub fn prepared(kb: Arc<KnowledgeBase>, index: &[u8]) -> Self {
        let index = borsh::from_slice(index).unwrap_or_else(|_| index::Index::new(&kb));
        Self { kb, index }
    }

    /// The knowledge base that is searched.
    #[must_use]
    pub fn kb(&self) -> &Arc<KnowledgeBase> {
        &self.kb
    }

    /// A text on one line. Of a long one only the lines that say the most, as far as a search would look at them.
    #[must_use]
    pub fn condensed(&self, text: &SanitizedText) -> String {
        let lines = lines::lines(text, &self.index);
        let lines: Vec<&str> = lines.iter().map(|line| &*line.raw).collect();
        SanitizedText::new(&lines.join(" ")).one_line()
    }

    /// Ranks the articles for a query.
    #[must_use]
    pub fn search(&self, query: &SanitizedText) -> Results {
        let results = self.find(query);
        match self.kb.article_index(query.trim()) {
            Some(article) => first(article, results),
            None => results,
        }
    }

    fn find(&self, query: &SanitizedText) -> Results {
        let query = query::Query::new(query, &self.index);
        let results = self.rank(&query, query.manner());
        let said = self.around_name(&query);
        // Whoever names a collection and says more means the more.
        let briefly = match &said {
            Some(said) if query::uncommon(said).is_empty() => return self.named(&query, said, results),
            Some(said) if query.tokens.len() <= SENTENCE => {
                let said = query::Query::new(&said.join(" "), &self.index);
                // A word beside others must say as much as several: "owner can't get in" says who, and not what.
                let manner = if said.manner() == Manner::Word { Manner::Fragment } else { said.manner() };
                nearly_whole(self.rank(&said, manner)).or_else(|| self.by_gist(&said))
            }
            None if results.verdict == Verdict::NoMatch => self.by_gist(&query),
            _ => None,
        };
        match (briefly, said) {
            (Some(results), _) => results,
            (None, Some(said)) if results.verdict == Verdict::NoMatch => self.named(&query, &said, results),
            (None, _) => results,
        }
    }

    fn rank(&self, query: &query::Query, manner: Manner) -> Results {
        if query.is_empty() {
            return Results { verdict: Verdict::NoMatch, hits: Vec::new() };
        }
        let articles = shortlist::shortlist(query, &self.index);
        let comparison = rank::Comparison::new(query, &articles, &self.index);
        let mut evidence = articles.iter().filter_map(|article| comparison.evidence(*article)).collect();
        let (verdict, contenders) = verdict::judge(&mut evidence, manner);
        let found = evidence.iter().enumerate().map(|(at, one)| Hit {
            article: one.article,
            score: one.share.max(one.complete).max(if one.coded { CODED } else { 0.0 }).clamp(0.0, 1.0),
            contender: at < contenders,
            field: one.field,
        });
        Results { verdict, hits: found.collect() }
    }

    /// What the gist of a query finds.
    fn by_gist(&self, query: &query::Query) -> Option<Results> {
        let gist = query::Query::new(&query.gist()?, &self.index);
        nearly_whole(self.rank(&gist, gist.manner()))
    }

    /// What is said around the name of a collection: its title, or what people say for it.
    fn around_name(&self, query: &query::Query) -> Option<Vec<String>> {
        let (before, behind) = self.index.names.iter().find_map(|(_, name)| query.around(name))?;
        Some([before, behind].concat())
    }

    /// The articles of the collections that were named, beside what was found to the letter. Whoever knows no more of an error than
    /// that means any of them, and first those that have the most of what else was said; it must be few words, and known ones.
    fn named(&self, query: &query::Query, said: &[String], mut results: Results) -> Results {
        let all: BTreeSet<u32> = query.tokens.iter().filter_map(|word| self.index.number(word)).collect();
        let uncommon: Option<Vec<u32>> =
            query::uncommon(said).into_iter().map(|word| self.index.number(word)).collect();
        let Some(uncommon) = uncommon.filter(|uncommon| uncommon.len() <= query::FEW) else { return results };
        let mut named = Vec::new();
        for (at, nth) in (0..self.kb.collections.len()).zip(0..) {
            if !self.index.names.iter().any(|(of, name)| *of == nth && query.around(name).is_some()) {
                continue;
            }
            let articles = self.kb.articles.iter().zip(&self.index.entries).enumerate();
            let its_own = articles.filter(|(_, (article, _))| article.collection == at);
            let in_common: Vec<(usize, BTreeSet<u32>)> = its_own
                .map(|(at, (_, entry))| (at, entry.words().filter(|word| all.contains(word)).collect()))
                .collect();
            if uncommon.iter().all(|word| in_common.iter().any(|(_, words)| words.contains(word))) {
                named.extend(in_common);
            }
        }
        if named.is_empty() {
            return results;
        }
        let has = |words: &BTreeSet<u32>| uncommon.iter().filter(|word| words.contains(word)).count();
        named.sort_by_key(|(_, words)| Reverse((has(words), words.len())));
        let named: Vec<usize> = named.into_iter().map(|(at, _)| at).collect();
        for found in &mut results.hits {
            found.contender = named.contains(&found.article) || found.contender && found.score >= WHOLE;
        }
        let known: HashSet<usize> = results.hits.iter().map(|found| found.article).collect();
        let others = named.into_iter().filter(|article| !known.contains(article));
        results.hits.extend(others.map(|at| Hit { score: NAMED, contender: true, ..Hit::listed(at) }));
        results.hits.sort_by_key(|found| !found.contender);
        let contenders = results.contenders().len();
        Results { verdict: if contenders > 1 { Verdict::Ambiguous } else { Verdict::Match }, ..results }
    }
}

/// What fits nearly whole. Of what is said in few words, much of what other programs say would fit somehow.
fn nearly_whole(results: Results) -> Option<Results> {
    Some(results).filter(|results| results.hits.first().is_some_and(|best| best.score >= BRIEFLY))
}

/// An article whose id was typed comes first, before what its words would find.
fn first(article: usize, mut results: Results) -> Results {
    results.hits.retain(|found| found.article != article);
    results.hits.insert(0, Hit { score: 1.0, contender: true, ..Hit::listed(article) });
    let verdict = if results.contenders().len() > 1 { Verdict::Ambiguous } else { Verdict::Match };
    Results { verdict, ..results }
}
