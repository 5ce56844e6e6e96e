//! Quality rules for knowledge bases that load without errors. Each violation is a warning.

use std::collections::HashSet;

use jiff::civil::Date;

use super::article::{Article, Node, NodeKind};
use super::diagnostic::{Diagnostic, Location, RuleId};
use super::{KnowledgeBase, NodeId};
use crate::text::Voice;

/// Maximum length of a text, in characters: four lines of 75 columns.
const MAX_TEXT_CHARS: usize = 300;

/// Maximum age of a review, in days.
const REVIEW_AFTER_DAYS: i32 = 366;

/// Returns the warnings about a loaded knowledge base. Review dates are compared with `today`.
#[must_use]
pub fn check(kb: &KnowledgeBase, today: Date) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for article in &kb.articles {
        check_article(article, today, &mut diagnostics);
        for node in &article.flow.nodes {
            check_node(node, &mut diagnostics);
        }
    }
    check_situations(kb, &mut diagnostics);
    // A step that several solutions include is checked in each of them. Report it once.
    let mut seen = HashSet::new();
    diagnostics
        .retain(|diagnostic| seen.insert((diagnostic.code, diagnostic.location.clone(), diagnostic.message.clone())));
    diagnostics
}

fn warn(
    diagnostics: &mut Vec<Diagnostic>,
    code: RuleId,
    location: &Location,
    message: impl Into<String>,
    help: impl Into<String>,
) {
    diagnostics.push(Diagnostic { code, location: location.clone(), message: message.into(), help: help.into() });
}

fn check_article(article: &Article, today: Date, diagnostics: &mut Vec<Diagnostic>) {
    let location = &article.location;
    if article.sources.is_empty() {
        warn(
            diagnostics,
            RuleId::NoSource,
            location,
            format!("`{}` has no source", article.id),
            "add where the information comes from, as a link or a text: `sources: [https://...]`",
        );
    }
    let unreviewed = match article.reviewed {
        None => Some((
            format!("`{}` has never been reviewed", article.id),
            "check it against its sources, then add the date: `reviewed: 2026-11-23`",
        )),
        Some(day) if day > today => Some((
            format!("`{}` has a review date in the future: {day}", article.id),
            "use the date on which it was checked against its sources",
        )),
        Some(day) => today.since(day).is_ok_and(|age| age.get_days() > REVIEW_AFTER_DAYS).then(|| {
            (
                format!("`{}` was last reviewed on {day}, over a year ago", article.id),
                "check it against its sources, then set `reviewed:` to today's date",
            )
        }),
    };
    if let Some((message, help)) = unreviewed {
        warn(diagnostics, RuleId::NotReviewed, location, message, help);
    }
}

fn check_node(node: &Node, diagnostics: &mut Vec<Diagnostic>) {
    let location = &node.location;
    match &node.kind {
        NodeKind::Question(question) => {
            if question.hint.is_none() {
                warn(
                    diagnostics,
                    RuleId::NoHint,
                    location,
                    format!("the question `{}` has no hint", node.name),
                    "explain how to find the answer: `hint: ...`",
                );
            }
            let ends: HashSet<&NodeId> = question.branches.targets().collect();
            if ends.len() < 2 {
                warn(
                    diagnostics,
                    RuleId::RedundantQuestion,
                    location,
                    format!("all answers to `{}` lead to the same node", node.name),
                    "remove the question, or make its answers lead to different nodes",
                );
            }
        }
        NodeKind::Solution(solution) => {
            for step in solution.steps.iter().filter(|step| step.irreversible.is_some() && step.requires.is_empty()) {
                warn(
                    diagnostics,
                    RuleId::MissingPrecondition,
                    &step.location,
                    "this step cannot be undone, but it requires no fact",
                    "add a fact that must be established first: `requires: {backup: yes}`",
                );
            }
            if solution.otherwise.is_none() {
                warn(
                    diagnostics,
                    RuleId::NoOtherwise,
                    location,
                    format!("the solution `{}` does not say what to do if it does not help", node.name),
                    "add the next node: `otherwise: node-name`",
                );
            }
        }
        NodeKind::Escalation(_) => {}
    }
    for text in node.texts() {
        if let Some(part) = text.unread_alternatives() {
            warn(
                diagnostics,
                RuleId::UnreadAlternatives,
                location,
                format!("`{part}` in `{}` is shown as it is", node.name),
                "write two or three alternatives between `<` and `>`, for example `<you|the user>`",
            );
        }
        if let Some(word) = text.unknown_insert() {
            warn(
                diagnostics,
                RuleId::UnknownInsert,
                location,
                format!("`<{word}>` in `{}` is shown as it is", node.name),
                "name a fact with `input`, or write the word without angle brackets",
            );
        }
        let longest = Voice::ALL.iter().map(|voice| text.voice(*voice).chars().count()).max();
        if longest > Some(MAX_TEXT_CHARS) {
            warn(
                diagnostics,
                RuleId::TooLong,
                location,
                format!("a text in `{}` is longer than {MAX_TEXT_CHARS} characters", node.name),
                "shorten it, or split it into two steps",
            );
        }
    }
}

/// Warns about articles that no situation leads to. A collection without situations is meant for search only, so its articles
/// get no warning.
fn check_situations(kb: &KnowledgeBase, diagnostics: &mut Vec<Diagnostic>) {
    let targets: HashSet<&str> = kb.situations().map(|(_, situation)| situation.goto.as_str()).collect();
    for article in kb.articles.iter().filter(|article| !article.without_situation) {
        let has_situations =
            kb.collections.get(article.collection).is_some_and(|collection| !collection.situations.is_empty());
        if has_situations && !targets.contains(article.id.as_str()) {
            warn(
                diagnostics,
                RuleId::NoSituation,
                &article.location,
                format!("no situation leads to `{}`, so people without its message cannot find it", article.id),
                "add one to `situations` of the collection, or `situation: none` to the article",
            );
        }
    }
}
