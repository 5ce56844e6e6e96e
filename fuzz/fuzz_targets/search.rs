//! Searches the built-in articles for any text. Each article occurs at most once, and all indices and shares are valid.

#![no_main]

use std::collections::HashSet;
use std::sync::{Arc, LazyLock};

use libfuzzer_sys::fuzz_target;
use unstuck::builtin;
use unstuck::search::Search;
use unstuck::text::SanitizedText;

static SEARCH: LazyLock<Search> = LazyLock::new(|| Search::new(Arc::new(builtin::loaded().kb)));

fuzz_target!(|text: &str| {
    let query = SanitizedText::new(text);
    let results = SEARCH.search(&query);
    let articles: HashSet<usize> = results.hits.iter().map(|hit| hit.article).collect();
    assert_eq!(articles.len(), results.hits.len(), "an article occurs twice");
    assert!(articles.iter().all(|article| SEARCH.kb().article_with_collection(*article).is_some()));
    for (article, share) in results.contenders() {
        assert!(articles.contains(&article) && share.is_finite());
    }
    let _ = SEARCH.condensed(&query);
});
