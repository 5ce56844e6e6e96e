//! What past cases say: which article should be mended next, and with which words.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::case::Kept;
use crate::case::Standing;

/// What the cases say.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Stats {
    /// Cases.
    pub cases: usize,
    /// Those that a solution solved.
    pub solved: usize,
    /// The median time from the first answer to the last, in seconds, of cases that came to an end.
    pub median_seconds: Option<i64>,
    /// Articles, the most cases first.
    pub articles: Vec<OfArticle>,
    /// Where people gave up, the most first: node and how often.
    pub given_up: Vec<(String, usize)>,
    /// Questions that were answered with "not sure", the most first: node and how often.
    pub unsure: Vec<(String, usize)>,
    /// Searches that found nothing and led to no article, without addresses and numbers.
    pub lost: Vec<(String, usize)>,
    /// The article that should be mended next.
    pub mend: Option<Mend>,
}

/// What the cases say of one article.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct OfArticle {
    /// Its id.
    pub article: String,
    /// Its cases.
    pub cases: usize,
    /// Those that were solved.
    pub solved: usize,
    /// Those that were handed over.
    pub escalated: usize,
    /// Those that were left before their end.
    pub given_up: usize,
    /// Those that went badly: given up, or reached only after a search that found nothing and still finds nothing.
    pub troubled: usize,
    /// Searches that found nothing before the article was reached in another way, and still find nothing; without addresses and
    /// numbers.
    pub lost: Vec<(String, usize)>,
}

/// What should be mended next.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Mend {
    /// The article.
    pub article: String,
    /// How many of its cases went badly, as in [`troubled`](OfArticle::troubled).
    pub troubled: usize,
    /// What people typed and still finds nothing; it belongs under its keywords.
    pub words: Vec<String>,
}

/// Counts things.
type Counts = BTreeMap<String, usize>;

/// What some cases say, and searches that led to none. `finds` says whether a search finds something today; what it finds needs no
/// mending any more.
#[must_use]
pub fn of(kept: &[Kept], lost: &[String], finds: impl Fn(&str) -> bool) -> Stats {
    let mut articles: BTreeMap<&str, (OfArticle, Counts)> = BTreeMap::new();
    let (mut given_up, mut unsure, mut seconds) = (Counts::new(), Counts::new(), Vec::new());
    let mut solved = 0;
    // What could not be read says nothing.
    let kept: Vec<&Kept> = kept.iter().filter(|kept| !kept.case.walk.article.is_empty()).collect();
    for Kept { began, updated, case, .. } in &kept {
        let id = case.walk.article.as_str();
        let (article, searches) = articles.entry(id).or_default();
        id.clone_into(&mut article.article);
        article.cases += 1;
        match case.standing {
            Standing::Solved => {
                article.solved += 1;
                solved += 1;
            }
            Standing::Escalated => article.escalated += 1,
            Standing::GivenUp => {
                article.given_up += 1;
                *given_up.entry(case.node.clone()).or_default() += 1;
            }
            Standing::Open | Standing::Waiting => {}
        }
        if matches!(case.standing, Standing::Solved | Standing::Escalated) {
            seconds.push(updated.duration_since(*began).as_secs());
        }
        for given in case.walk.answers.iter().filter(|given| given.answer == "unsure") {
            *unsure.entry(format!("{}/{}", given.article, given.node)).or_default() += 1;
        }
        let unfound: Vec<&String> = case.lost.iter().filter(|typed| !finds(typed)).collect();
        article.troubled += usize::from(case.standing == Standing::GivenUp || !unfound.is_empty());
        for typed in unfound {
            *searches.entry(struck_out(typed)).or_default() += 1;
        }
    }
    seconds.sort_unstable();
    let mut nowhere = Counts::new();
    for typed in lost.iter().filter(|typed| !finds(typed)) {
        *nowhere.entry(struck_out(typed)).or_default() += 1;
    }
    let mut articles: Vec<OfArticle> =
        articles.into_values().map(|(article, searches)| OfArticle { lost: most(searches), ..article }).collect();
    articles.sort_by(|a, b| b.cases.cmp(&a.cases).then(a.article.cmp(&b.article)));
    Stats {
        cases: kept.len(),
        solved,
        median_seconds: seconds.get(seconds.len() / 2).copied(),
        mend: mend(&articles),
        articles,
        given_up: most(given_up),
        unsure: most(unsure),
        lost: most(nowhere),
    }
}

fn mend(articles: &[OfArticle]) -> Option<Mend> {
    // The articles stand in the order of their cases: of two that are as bad, the one with more cases.
    let worst = articles.iter().rev().filter(|article| article.troubled > 0).max_by_key(|article| article.troubled)?;
    let words = worst.lost.iter().map(|(typed, _)| typed.clone()).collect();
    Some(Mend { article: worst.article.clone(), troubled: worst.troubled, words })
}

fn most(counts: Counts) -> Vec<(String, usize)> {
    let mut counts: Vec<(String, usize)> = counts.into_iter().collect();
    counts.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    counts
}

/// A text without what could name a person or a place: email and web addresses, and numbers.
#[must_use]
pub(crate) fn struck_out(text: &str) -> String {
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
    fn addresses_and_numbers_are_struck_out() {
        assert_eq!(
            struck_out("Error 4711 for ann@example.com at https://acme.example/x from 10.1.2.3, C:\\Users\\Ann, e-04"),
            "error # for ... at ... from ... ... e-#"
        );
        assert_eq!(struck_out("my phone is gone."), "my phone is gone.");
    }
}
