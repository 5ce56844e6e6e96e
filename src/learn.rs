//! New keywords, kept only if they change no other result: the replay filter.
//!
//! A phrase that helps one article can harm another. So each phrase is added on trial, and the known queries of the knowledge base that
//! share a word with it are searched again: messages, wordings, codes, keywords, situations and the searches of scenarios.

use std::collections::HashSet;
use std::sync::Arc;

use crate::kb::KnowledgeBase;
use crate::search::{Search, Verdict, words};
use crate::text::{SanitizedText, Voice};

/// A phrase that people use for an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    /// The ID of the article.
    pub article: String,
    /// Words that people use.
    pub text: SanitizedText,
}

/// The judgment of a phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Judgment {
    /// The phrase is a good keyword.
    Accepted,
    /// The phrase finds its article already, as the only match.
    AlreadyFound,
    /// The phrase is a part of the error message of another article. Contains the ID of this article.
    PartOfMessage(String),
    /// The phrase changes the result of another query.
    ChangesResult {
        /// The other query.
        query: SanitizedText,
        /// The article that it finds first without the phrase, and with it.
        articles: [Option<String>; 2],
    },
    /// The phrase doesn't find its article even as a keyword.
    StillNotFound,
    /// There is no such article. Contains a similar ID, if any.
    UnknownArticle(Option<String>),
}

/// The result for a query: the verdict and the first article.
type Found = (Verdict, Option<usize>);

/// Judges phrases one by one. Accepted phrases are keywords when the next phrase is judged. `other_queries` are replayed too.
#[must_use]
pub fn judge(kb: &Arc<KnowledgeBase>, phrases: &[Phrase], other_queries: &[SanitizedText]) -> Vec<Judgment> {
    let mut search = Search::new(kb.clone());
    let mut queries = known_queries(kb);
    queries.extend(other_queries.iter().cloned());
    let query_words: Vec<HashSet<String>> = queries.iter().map(|query| words(query).into_iter().collect()).collect();
    let mut before: Vec<Found> = queries.iter().map(|query| found(&search, query)).collect();
    let judge = |phrase: &Phrase| {
        let kb = search.kb().clone();
        let Some(article) = kb.article_index(&phrase.article) else {
            return Judgment::UnknownArticle(kb.nearest_id(&phrase.article).map(str::to_owned));
        };
        let results = search.search(&phrase.text);
        let contenders = results.contenders();
        match results.hits.first() {
            Some(first) if first.article == article && results.verdict == Verdict::Match => {
                return Judgment::AlreadyFound;
            }
            // As a keyword, the phrase would come before the message that contains it.
            Some(first)
                if first.field.is_text_of_the_error() && contenders.iter().all(|(found, _)| *found != article) =>
            {
                let id = kb.articles.get(first.article).map(|first| first.id.clone());
                return Judgment::PartOfMessage(id.unwrap_or_default());
            }
            _ => {}
        }
        let mut changed = KnowledgeBase::clone(&kb);
        if let Some(article) = changed.articles.get_mut(article) {
            article.keywords.push(phrase.text.clone());
        }
        let trial = Search::new(Arc::new(changed));
        if found(&trial, &phrase.text).1 != Some(article) {
            return Judgment::StillNotFound;
        }
        let phrase_words = words(&phrase.text);
        let id = |article: Option<usize>| Some(kb.articles.get(article?)?.id.clone());
        let mut after = before.clone();
        for ((query, words), (old, new)) in queries.iter().zip(&query_words).zip(before.iter().zip(&mut after)) {
            if !phrase_words.iter().any(|word| words.contains(word)) {
                continue;
            }
            *new = found(&trial, query);
            // A better result for the same article is no harm.
            let is_better = old.1 == new.1 && new.0 == Verdict::Match;
            if old != new && !is_better {
                return Judgment::ChangesResult { query: query.clone(), articles: [id(old.1), id(new.1)] };
            }
        }
        (search, before) = (trial, after);
        Judgment::Accepted
    };
    phrases.iter().map(judge).collect()
}

fn found(search: &Search, query: &SanitizedText) -> Found {
    let results = search.search(query);
    (results.verdict, results.hits.first().map(|hit| hit.article))
}

/// Returns the queries whose results a knowledge base determines.
fn known_queries(kb: &KnowledgeBase) -> Vec<SanitizedText> {
    let of_articles = kb.articles.iter().flat_map(|article| {
        let scenarios = article.scenarios.iter().filter_map(|scenario| scenario.search.as_ref());
        let texts = article.wordings.iter().chain(&article.codes).chain(&article.keywords);
        std::iter::once(&article.message).chain(texts).chain(scenarios)
    });
    let situations = kb.situations().map(|(_, situation)| situation.text.voice(Voice::You).clone());
    of_articles.cloned().chain(situations).collect()
}
