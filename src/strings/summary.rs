//! Sentences of the case summary.

/// Label of the article.
pub const ARTICLE: &str = "Article";
/// Label of the way the article was found.
pub const FOUND_BY: &str = "Found by";
/// Way the article was found: the list of errors.
pub const FOUND_IN_LIST: &str = "browsing the list of errors";
/// Label of the status.
pub const STATUS: &str = "Status";
/// Label of the current node.
pub const CURRENT_NODE: &str = "Now at";
/// Label of the start time.
pub const STARTED: &str = "Started";
/// Label of the duration.
pub const DURATION: &str = "Duration";
/// Label of the knowledge base version.
pub const VERSION: &str = "Knowledge base version";
/// Label of the earlier articles of the case.
pub const EARLIER_ARTICLES: &str = "Earlier articles";
/// Heading of the answers.
pub const ANSWERS: &str = "Questions and answers";
/// Mark after an answer to a question that was not asked.
pub const KNOWN: &str = " (already known)";
/// Heading of the steps.
pub const STEPS: &str = "Steps";

/// Returns the way the article was found: a search.
#[must_use]
pub fn found_by_search(typed: &str) -> String {
    format!("searching for \"{typed}\"")
}

/// Returns the way the article was found: a search, and questions about the words of the message.
#[must_use]
pub fn found_by_words(typed: &str) -> String {
    format!("searching for \"{typed}\" and comparing the words of the message")
}

/// Returns the way the article was found: a situation.
#[must_use]
pub fn found_by_situation(text: &str) -> String {
    format!("choosing the situation \"{text}\"")
}

/// Name of the status "in progress".
pub const OPEN: &str = "open";
/// Name of the status "on hold".
pub const ON_HOLD: &str = "on hold";
/// Name of the status "solved".
pub const SOLVED: &str = "solved";
/// Name of the status "escalated".
pub const ESCALATED: &str = "escalated";
/// Name of the status "unfinished".
pub const UNFINISHED: &str = "unfinished";
