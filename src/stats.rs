//! Statistics about saved cases: which article to improve next, and which keywords to add to it.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::case::CaseStatus;
use crate::case::StoredCase;

/// The statistics of all cases.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Stats {
    /// The number of readable cases.
    pub cases: usize,
    /// The number of solved cases.
    pub solved: usize,
    /// The median time from the first to the last save of solved and escalated cases, in seconds. With an even number of cases,
    /// the higher of the two middle values. `None` without such a case.
    pub median_seconds: Option<i64>,
    /// The statistics of each article, most cases first.
    pub articles: Vec<ArticleStats>,
    /// The nodes where cases were left unfinished, as (`article/node`, number of cases), most cases first.
    #[serde(rename = "given_up")]
    pub unfinished: Vec<(String, usize)>,
    /// The questions answered with "not sure", as (`article/node`, number of answers), most answers first.
    pub unsure: Vec<(String, usize)>,
    /// Queries that did not lead to a case and still have no match, as (redacted query, number), most frequent first.
    #[serde(rename = "lost")]
    pub failed_queries: Vec<(String, usize)>,
    /// The article to improve next.
    #[serde(rename = "mend")]
    pub recommendation: Option<Recommendation>,
}

/// The statistics of one article.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct ArticleStats {
    /// The ID of the article.
    pub article: String,
    /// The number of cases.
    pub cases: usize,
    /// The number of solved cases.
    pub solved: usize,
    /// The number of escalated cases.
    pub escalated: usize,
    /// The number of unfinished cases.
    #[serde(rename = "given_up")]
    pub unfinished: usize,
    /// The number of cases that were left unfinished or include a query that still has no match.
    #[serde(rename = "troubled")]
    pub problem_cases: usize,
    /// Earlier queries of the article's cases that still have no match, as (redacted query, number), most frequent first.
    #[serde(rename = "lost")]
    pub failed_queries: Vec<(String, usize)>,
}

/// The article to improve next, and why.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Recommendation {
    /// The ID of the article.
    pub article: String,
    /// The number of cases that went badly, as in [`ArticleStats::problem_cases`].
    #[serde(rename = "troubled")]
    pub problem_cases: usize,
    /// Redacted queries that still have no match, most frequent first. They are candidates for the keywords of the article.
    pub words: Vec<String>,
}

/// Number of occurrences of each text.
type Counts = BTreeMap<String, usize>;

/// Computes the statistics. `failed_queries` contains the queries that did not lead to a case. `finds` returns whether a query
/// has a match now. Queries with a match are not counted.
#[must_use]
pub fn summarize(stored: &[StoredCase], failed_queries: &[String], finds: impl Fn(&str) -> bool) -> Stats {
    let mut articles: BTreeMap<&str, (ArticleStats, Counts)> = BTreeMap::new();
    let (mut unfinished, mut unsure, mut seconds) = (Counts::new(), Counts::new(), Vec::new());
    let mut solved = 0;
    // Unreadable cases have an empty article ID.
    let stored: Vec<&StoredCase> = stored.iter().filter(|stored| !stored.case.session.article.is_empty()).collect();
    for StoredCase { started: began, updated, case, .. } in &stored {
        let id = case.session.article.as_str();
        let (article, searches) = articles.entry(id).or_default();
        id.clone_into(&mut article.article);
        article.cases += 1;
        match case.status {
            CaseStatus::Solved => {
                article.solved += 1;
                solved += 1;
            }
            CaseStatus::Escalated => article.escalated += 1,
            CaseStatus::Unfinished => {
                article.unfinished += 1;
                *unfinished.entry(case.node.clone()).or_default() += 1;
            }
            CaseStatus::Open | CaseStatus::OnHold => {}
        }
        if matches!(case.status, CaseStatus::Solved | CaseStatus::Escalated) {
            seconds.push(updated.duration_since(*began).as_secs());
        }
        for given in case.session.answers.iter().filter(|given| given.answer == "unsure") {
            *unsure.entry(format!("{}/{}", given.article, given.node)).or_default() += 1;
        }
        let unfound: Vec<&String> = case.failed_queries.iter().filter(|typed| !finds(typed)).collect();
        article.problem_cases += usize::from(case.status == CaseStatus::Unfinished || !unfound.is_empty());
        for typed in unfound {
            *searches.entry(redact(typed)).or_default() += 1;
        }
    }
    seconds.sort_unstable();
    let mut without_article = Counts::new();
    for typed in failed_queries.iter().filter(|typed| !finds(typed)) {
        *without_article.entry(redact(typed)).or_default() += 1;
    }
    let mut articles: Vec<ArticleStats> = articles
        .into_values()
        .map(|(article, searches)| ArticleStats { failed_queries: by_count_desc(searches), ..article })
        .collect();
    articles.sort_by(|a, b| b.cases.cmp(&a.cases).then(a.article.cmp(&b.article)));
    Stats {
        cases: stored.len(),
        solved,
        median_seconds: seconds.get(seconds.len() / 2).copied(),
        recommendation: recommend(&articles),
        articles,
        unfinished: by_count_desc(unfinished),
        unsure: by_count_desc(unsure),
        failed_queries: by_count_desc(without_article),
    }
}

fn recommend(articles: &[ArticleStats]) -> Option<Recommendation> {
    // `max_by_key` returns the last maximum. Articles are sorted by number of cases, most first, so the order is reversed: among
    // equals, this selects the article with the most cases.
    let worst = articles
        .iter()
        .rev()
        .filter(|article| article.problem_cases > 0)
        .max_by_key(|article| article.problem_cases)?;
    let words = worst.failed_queries.iter().map(|(typed, _)| typed.clone()).collect();
    Some(Recommendation { article: worst.article.clone(), problem_cases: worst.problem_cases, words })
}

fn by_count_desc(counts: Counts) -> Vec<(String, usize)> {
    let mut counts: Vec<(String, usize)> = counts.into_iter().collect();
    counts.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    counts
}

/// Returns a text without data that could identify a person or a system. Replaces email addresses, URLs, Windows paths and
/// dotted names of three or more parts with `...`, and digits with `#`. Converts to lowercase.
#[must_use]
pub(crate) fn redact(text: &str) -> String {
    let word = |word: &str| {
        let is_dotted = word.split('.').filter(|part| !part.is_empty()).count() > 2;
        if word.contains('@') || word.contains("://") || word.contains('\\') || is_dotted {
            return "...".to_owned();
        }
        let mut shown = String::new();
        for c in word.chars() {
            match c {
                c if c.is_numeric() => {
                    if !shown.ends_with('#') {
                        shown.push('#');
                    }
                }
                c => shown.push(c),
            }
        }
        shown
    };
    text.split_whitespace().map(word).collect::<Vec<_>>().join(" ").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_numbers_are_redacted() {
        assert_eq!(
            redact("Error 4711 for ann@example.com at https://acme.example/x from 10.1.2.3, C:\\Users\\Ann, e-04"),
            "error # for ... at ... from ... ... e-#"
        );
        assert_eq!(redact("my phone is gone."), "my phone is gone.");
    }
}
