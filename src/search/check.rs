//! The rule that only a search can check: an article is found by its own words.

use std::sync::Arc;

use super::{Search, Verdict};
use crate::kb::{Code, Finding, KnowledgeBase};
use crate::text::Clean;

/// A warning for each message, wording or code that does not find its own article: first, or among equals where several
/// articles have it.
#[must_use]
pub fn check(kb: &Arc<KnowledgeBase>) -> Vec<Finding> {
    let search = Search::new(kb.clone());
    let mut findings = Vec::new();
    for (at, article) in kb.articles.iter().enumerate() {
        let texts = std::iter::once(&article.message).chain(&article.wordings).chain(&article.codes);
        for text in texts.filter(|text| !finds(&search, text, at)) {
            findings.push(Finding {
                code: Code::NotFound,
                place: article.place.clone(),
                message: format!("a search for \"{}\" does not find `{}` first", text.one_line(), article.id),
                help: "another article explains these words better; compare the two, their wordings and their codes"
                    .to_owned(),
            });
        }
    }
    findings
}

fn finds(search: &Search, text: &Clean, article: usize) -> bool {
    let results = search.search(text);
    match results.verdict {
        Verdict::Match => results.found.first().is_some_and(|found| found.article == article),
        Verdict::Ambiguous => results.contenders().iter().any(|(contender, _)| *contender == article),
        Verdict::None => false,
    }
}
