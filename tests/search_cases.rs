//! Search quality: handwritten queries with the expected results.
//!
//! `tests/search/dev.tsv` contains the development cases. `tests/search/holdout.tsv` contains the held-back cases: do not look at
//! them while you change the ranking. The authors of the `strangers` cases knew the errors, but not the keywords of the articles.
//!
//! To print the figures, run `cargo test --test search_cases -- --nocapture`. To also print the failing development cases, set
//! `CASES` to a kind such as `own-words`, or to `all`.

#![expect(
    clippy::panic,
    clippy::print_stdout,
    clippy::indexing_slicing,
    reason = "the test prints its figures, and fails on an invalid line"
)]

use std::collections::BTreeMap;
use std::sync::Arc;

use unstuck::builtin;
use unstuck::kb::KnowledgeBase;
use unstuck::search::{Results, Search, Verdict};
use unstuck::text::SanitizedText;

/// Maximum number of contenders for a correct result in which the expected article is not the first.
const MAX_CONTENDERS: usize = 4;

/// Minimum share of correct cases (0–1) by kind. The last entry is for all other kinds.
const MIN_SHARES: [(&str, f64); 6] =
    [("own-words", 0.9), ("strangers", 0.87), ("strangers-none", 0.79), ("french", 1.0), ("none", 0.95), ("", 0.91)];

/// Minimum share of correct cases (0–1) among all held-back cases.
const HELD_BACK_MIN_SHARE: f64 = 0.95;

/// Maximum share of cases (0–1) whose verdict is a match with the wrong article.
const MAX_WRONG_SHARE: f64 = 0.02;

#[derive(Default)]
struct Count {
    cases: u32,
    correct: u32,
    wrong: u32,
}

impl Count {
    fn share(&self) -> f64 {
        f64::from(self.correct) / f64::from(self.cases)
    }
}

fn is_correct(kb: &KnowledgeBase, expected: &str, results: &Results) -> bool {
    let contenders: Vec<&str> = results.contenders().iter().map(|(at, _)| kb.articles[*at].id.as_str()).collect();
    match expected.strip_prefix('?') {
        Some(all) => results.verdict == Verdict::Ambiguous && all.split(',').all(|id| contenders.contains(&id)),
        None if expected == "-" => results.verdict == Verdict::NoMatch,
        None => {
            let is_expected = |id: &&str| expected.split(',').any(|either| either == *id);
            contenders.first().is_some_and(is_expected)
                || (contenders.len() <= MAX_CONTENDERS && contenders.iter().any(is_expected))
        }
    }
}

fn is_confidently_wrong(kb: &KnowledgeBase, expected: &str, results: &Results) -> bool {
    let is_expected = |id: &str| expected.split(',').any(|either| either == id);
    results.verdict == Verdict::Match
        && results.hits.first().is_none_or(|one| !is_expected(&kb.articles[one.article].id))
}

/// Runs the cases of a file, prints the figures by kind, and returns them.
fn measure(name: &str, cases: &str, shown: Option<&str>) -> BTreeMap<String, Count> {
    let kb = Arc::new(builtin::loaded().kb);
    let search = Search::new(kb.clone());
    let mut kinds: BTreeMap<String, Count> = BTreeMap::new();
    for line in cases.lines().filter(|line| !line.starts_with('#')) {
        let [kind, expected, query] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("invalid case: {line}") };
        let query = query.replace("\\n", "\n").replace("\\t", "\t");
        let results = search.search(&SanitizedText::new(&query));
        let correct = is_correct(&kb, expected, &results);
        let count = kinds.entry(kind.to_owned()).or_default();
        count.cases += 1;
        count.correct += u32::from(correct);
        count.wrong += u32::from(is_confidently_wrong(&kb, expected, &results));
        if !correct && shown.is_some_and(|shown| shown == kind || shown == "all") {
            let found: Vec<&str> = results.contenders().iter().map(|(at, _)| kb.articles[*at].id.as_str()).collect();
            println!("{kind}: expected {expected}, got {:?} {found:?} for {query:?}", results.verdict);
        }
    }
    println!("\n{name}: share of correct cases, and how many are confidently wrong");
    for (kind, count) in &kinds {
        println!("  {kind:18} {:4} cases  {:.3}  {}", count.cases, count.share(), count.wrong);
    }
    let all = total(&kinds);
    println!("  {:18} {:4} cases  {:.3}  {}", "all", all.cases, all.share(), all.wrong);
    kinds
}

fn total(kinds: &BTreeMap<String, Count>) -> Count {
    kinds.values().fold(Count::default(), |sum, one| Count {
        cases: sum.cases + one.cases,
        correct: sum.correct + one.correct,
        wrong: sum.wrong + one.wrong,
    })
}

#[test]
fn development_cases_reach_the_minimum_share_of_each_kind() {
    let shown = std::env::var("CASES").ok();
    let kinds = measure("development", include_str!("search/dev.tsv"), shown.as_deref());
    for (kind, count) in &kinds {
        let min_share = MIN_SHARES
            .iter()
            .find(|(name, _)| name == kind)
            .or(MIN_SHARES.last())
            .map_or(1.0, |(_, min_share)| *min_share);
        assert!(
            count.share() >= min_share,
            "{kind}: {:.3} of the cases are correct; the minimum is {min_share}",
            count.share()
        );
    }
    let all = total(&kinds);
    assert!(f64::from(all.wrong) <= MAX_WRONG_SHARE * f64::from(all.cases), "{} are confidently wrong", all.wrong);
}

#[test]
fn held_back_cases_reach_the_minimum_share() {
    let all = total(&measure("holdout", include_str!("search/holdout.tsv"), None));
    assert!(
        all.share() >= HELD_BACK_MIN_SHARE,
        "{:.3} of the cases are correct; the minimum is {HELD_BACK_MIN_SHARE}",
        all.share()
    );
}
