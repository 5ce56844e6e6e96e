//! Sentences of `unstuck stats`.

/// Label of the number of solved cases.
pub const SOLVED: &str = "solved";
/// Label of the number of escalated cases.
pub const ESCALATED: &str = "escalated";
/// Line before the suggested keywords.
pub const WORDS: &str = "Add what people typed to its keywords:";
/// Label of the number of unfinished cases.
pub const UNFINISHED: &str = "unfinished";
/// Label of the median duration.
pub const MEDIAN: &str = "median time to finish";
/// Heading of the number of cases per article.
pub const ARTICLES: &str = "Cases per article";
/// Heading of the nodes where cases were left unfinished.
pub const WHERE_UNFINISHED: &str = "Where cases were left unfinished";
/// Heading of the questions answered with "not sure".
pub const UNSURE: &str = "Questions answered with \"not sure\"";
/// Heading of the failed queries after which the user still found an article.
pub const FAILED_QUERIES_WITH_ARTICLE: &str = "Searches with no results, and the article found later";
/// Heading of the failed queries that did not lead to a case.
pub const FAILED_QUERIES: &str = "Searches that never led to an article";

/// Returns the recommendation to improve an article next. `problem_cases` is the number of its cases that were left
/// unfinished or began with a failed search.
#[must_use]
pub fn recommendation(article: &str, problem_cases: usize) -> String {
    let cases = super::count(problem_cases, "case");
    let were = if problem_cases == 1 { "was" } else { "were" };
    format!("Improve `{article}` next: {cases} {were} left unfinished or began with a failed search.")
}
