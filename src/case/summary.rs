//! Case summaries as Markdown, for a ticket.

use std::fmt::Write;

use super::{Case, EntryPoint};
use crate::strings::{self, summary as say};

/// Returns the summary. `began` is the start time and `took` is the duration, both as text. Empty values are left out.
#[must_use]
pub fn markdown(case: &Case, began: &str, took: &str) -> String {
    let mut text = format!("# {}\n\n", escaped(&case.message));
    let found = match &case.entry_point {
        EntryPoint::Search(typed) => say::found_by_search(&escaped(typed)),
        EntryPoint::TellApart(typed) => say::found_by_words(&escaped(typed)),
        EntryPoint::Situation(text) => say::found_by_situation(&escaped(text)),
        EntryPoint::List => say::FOUND_IN_LIST.to_owned(),
    };
    let facts = [
        (say::ARTICLE, case.session.article.clone()),
        (say::FOUND_BY, found),
        (say::STATUS, case.status.label().to_owned()),
        (say::CURRENT_NODE, case.now.clone()),
        (say::STARTED, began.to_owned()),
        (say::DURATION, took.to_owned()),
        (say::VERSION, case.knowledge_base.clone()),
    ];
    for (what, value) in facts.iter().filter(|(_, value)| !value.is_empty()) {
        _ = writeln!(text, "- **{what}:** {value}");
    }
    for (what, value) in &case.blanks {
        _ = writeln!(text, "- **{}:** {}", escaped(what), escaped(value));
    }
    if !case.previous_articles.is_empty() {
        _ = writeln!(text, "- **{}:** {}", say::EARLIER_ARTICLES, case.previous_articles.join(", "));
    }
    if !case.answers.is_empty() {
        _ = writeln!(text, "\n## {}\n", say::ANSWERS);
        for answered in &case.answers {
            let known = if answered.known { say::KNOWN } else { "" };
            _ = writeln!(text, "- {} **{}**{known}", strings::asked(&answered.question), escaped(&answered.answer));
        }
    }
    if !case.steps.is_empty() {
        _ = writeln!(text, "\n## {}\n", say::STEPS);
        for step in &case.steps {
            let mark = if step.done { 'x' } else { ' ' };
            _ = writeln!(text, "- [{mark}] {}: {}", step.by, step.text);
        }
    }
    text
}

/// Escapes the characters that have a meaning in Markdown and replaces line feeds with spaces. Texts by the author of an
/// article don't need this.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|') {
            safe.push('\\');
        }
        safe.push(if c == '\n' { ' ' } else { c });
    }
    safe
}
