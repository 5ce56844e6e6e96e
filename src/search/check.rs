//! A check that needs the search: each article is found by its own texts.

use std::panic::resume_unwind;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{self, ScopedJoinHandle};

use super::{Search, Verdict};
use crate::kb::{Article, Diagnostic, KnowledgeBase, Location, RuleId};
use crate::text::SanitizedText;

/// Returns a warning for each message, wording or code that doesn't find its own article, first or among equals. `done` counts the
/// checked articles, for a progress display.
#[must_use]
pub fn check(kb: &Arc<KnowledgeBase>, done: &AtomicUsize) -> Vec<Diagnostic> {
    let search = Search::new(kb.clone());
    let workers = thread::available_parallelism().map_or(1, usize::from);
    let share = kb.articles.len().div_ceil(workers).max(1);
    let shares = kb.articles.chunks(share).enumerate().map(|(nth, articles)| (nth * share, articles));
    thread::scope(|scope| {
        let search = &search;
        let work = |(first, articles): (usize, &[Article])| -> Vec<Diagnostic> {
            let of = |(at, article): (usize, &Article)| {
                let diagnostics = of_article(search, at, article);
                done.fetch_add(1, Ordering::Relaxed);
                diagnostics
            };
            (first..).zip(articles).flat_map(of).collect()
        };
        let working: Vec<_> = shares.map(|share| scope.spawn(move || work(share))).collect();
        let joined = working.into_iter().map(ScopedJoinHandle::join);
        joined.flat_map(|found| found.unwrap_or_else(|panic| resume_unwind(panic))).collect()
    })
}

fn of_article(search: &Search, at: usize, article: &Article) -> Vec<Diagnostic> {
    let message = Some(&article.message).filter(|_| !article.is_situation);
    let texts = message.into_iter().chain(&article.wordings).chain(&article.codes);
    let lost = texts.filter(|text| !finds(search, text, at)).map(|text| Diagnostic {
        code: RuleId::NotFound,
        location: Location::clone(&article.location),
        message: format!("a search for \"{}\" does not find `{}` first", text.one_line(), article.id),
        help: "another article matches these words better; compare their messages, wordings and codes".to_owned(),
    });
    lost.collect()
}

fn finds(search: &Search, text: &SanitizedText, article: usize) -> bool {
    let results = search.search(text);
    match results.verdict {
        Verdict::Match => results.hits.first().is_some_and(|found| found.article == article),
        Verdict::Ambiguous => results.contenders().iter().any(|(contender, _)| *contender == article),
        Verdict::NoMatch => false,
    }
}
