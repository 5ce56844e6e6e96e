//! What `unstuck stats` says.

/// Cases that a solution solved.
pub const SOLVED: &str = "solved";
/// Cases that were handed over.
pub const ESCALATED: &str = "handed over";
/// What people typed.
pub const WORDS: &str = "What people typed belongs under its keywords:";
/// Cases that were left.
pub const GIVEN_UP: &str = "given up";
/// The median time.
pub const MEDIAN: &str = "half of those that ended took no longer than";
/// The head of the articles.
pub const ARTICLES: &str = "Cases of each article";
/// The head of the nodes.
pub const WHERE_GIVEN_UP: &str = "Where people gave up";
/// The head of the questions.
pub const UNSURE: &str = "Questions answered with \"not sure\"";
/// The head of searches that found nothing before something else helped.
pub const LOST_AND_FOUND: &str = "Searches that found nothing, and the article that it was in the end";
/// The head of searches that led nowhere.
pub const LOST: &str = "Searches that found nothing and led nowhere";

/// What should be mended next.
#[must_use]
pub fn mend(article: &str, troubled: usize) -> String {
    format!("Mend `{article}` next: {} went badly.", super::count(troubled, "case"))
}
