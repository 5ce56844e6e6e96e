//! Any text as a query to the shipped articles: every article at most once, likenesses in order, nothing out of range.

#![no_main]

use std::collections::HashSet;
use std::sync::{Arc, LazyLock};

use libfuzzer_sys::fuzz_target;
use unstuck::search::Search;
use unstuck::shipped;
use unstuck::text::Clean;

static SEARCH: LazyLock<Search> = LazyLock::new(|| Search::new(Arc::new(shipped::loaded().kb)));

fuzz_target!(|text: &str| {
    let query = Clean::new(text);
    let results = SEARCH.search(&query);
    let articles: HashSet<usize> = results.found.iter().map(|found| found.article).collect();
    assert_eq!(articles.len(), results.found.len(), "an article is found twice");
    assert!(articles.iter().all(|article| SEARCH.kb().entry(*article).is_some()));
    for (article, share) in results.contenders() {
        assert!(articles.contains(&article) && share.is_finite());
    }
    let _ = SEARCH.condensed(&query);
});
