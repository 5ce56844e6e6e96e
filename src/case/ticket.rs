//! A case as Markdown, for a ticket.

use std::fmt::Write;

use super::{Case, Found};
use crate::words::{self, ticket as say};

/// The ticket. `began` and `took` are the shell's: when it began, and how long it took, in words.
#[must_use]
pub fn markdown(case: &Case, began: &str, took: &str) -> String {
    let mut text = format!("# {}\n\n", escaped(&case.message));
    let found = match &case.found {
        Found::Search(typed) => say::found_by_search(&escaped(typed)),
        Found::Clues(typed) if typed.is_empty() => say::FOUND_BY_CLUES.to_owned(),
        Found::Clues(typed) => say::found_by_clues(&escaped(typed)),
        Found::List => say::FOUND_IN_LIST.to_owned(),
    };
    let facts = [
        (say::ARTICLE, case.walk.article.clone()),
        (say::FOUND, found),
        (say::STANDING, case.standing.said().to_owned()),
        (say::STANDS_AT, case.now.clone()),
        (say::BEGAN, began.to_owned()),
        (say::TOOK, took.to_owned()),
        (say::VERSION, case.knowledge_base.clone()),
    ];
    for (what, value) in facts.iter().filter(|(_, value)| !value.is_empty()) {
        _ = writeln!(text, "- **{what}:** {value}");
    }
    for (what, value) in &case.blanks {
        _ = writeln!(text, "- **{}:** {}", escaped(what), escaped(value));
    }
    if !case.before.is_empty() {
        _ = writeln!(text, "- **{}:** {}", say::BEFORE, case.before.join(", "));
    }
    if !case.answers.is_empty() {
        _ = writeln!(text, "\n## {}\n", say::ANSWERS);
        for answered in &case.answers {
            let known = if answered.known { say::KNOWN } else { "" };
            _ = writeln!(text, "- {} **{}**{known}", words::asked(&answered.question), escaped(&answered.answer));
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

/// What is no text of an article, so that no sign of it means something in Markdown.
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
