//! What a ticket says.

/// The article.
pub const ARTICLE: &str = "Article";
/// How it was found.
pub const FOUND: &str = "Found";
/// Without a message.
pub const FOUND_BY_CLUES: &str = "by questions, without a message";
/// In the list.
pub const FOUND_IN_LIST: &str = "in the list of all errors";
/// How it stands.
pub const STANDING: &str = "Outcome";
/// Where it stands.
pub const STANDS_AT: &str = "At";
/// When it began.
pub const BEGAN: &str = "Began";
/// How long it took.
pub const TOOK: &str = "Took";
/// The version of the knowledge base.
pub const VERSION: &str = "Knowledge base";
/// Articles of the same case.
pub const BEFORE: &str = "Came from";
/// The head of the answers.
pub const ANSWERS: &str = "Questions and answers";
/// Behind an answer that was known already.
pub const KNOWN: &str = " (known already)";
/// The head of the steps.
pub const STEPS: &str = "Steps";

/// By what was typed.
#[must_use]
pub fn found_by_search(typed: &str) -> String {
    format!("by \"{typed}\"")
}

/// By what was typed, and questions.
#[must_use]
pub fn found_by_clues(typed: &str) -> String {
    format!("by \"{typed}\" and questions")
}

/// Somebody is at it.
pub const OPEN: &str = "open";
/// Somebody else has been asked.
pub const WAITING: &str = "waiting for somebody";
/// A solution helped.
pub const SOLVED: &str = "solved";
/// It was handed over.
pub const ESCALATED: &str = "handed over";
/// It was left before its end.
pub const GIVEN_UP: &str = "given up";
