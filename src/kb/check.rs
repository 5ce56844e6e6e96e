//! The rules that a good knowledge base keeps beyond being sound; breaking one is a warning.

use std::collections::HashSet;

use jiff::civil::Date;

use super::article::{Article, Node, NodeKind};
use super::finding::{Code, Finding, Place};
use super::{KnowledgeBase, NodeRef};

/// Characters of a text that can still be read at a glance: four lines of 75 columns.
const GLANCE: usize = 300;

/// Days after which an article should be compared with its sources again.
const REVIEW_AFTER_DAYS: i32 = 366;

/// Warnings about a loaded knowledge base. `today` decides which reviews are old.
#[must_use]
pub fn check(kb: &KnowledgeBase, today: Date) -> Vec<Finding> {
    let mut findings = Vec::new();
    for article in &kb.articles {
        of_article(article, today, &mut findings);
        for node in &article.flow.nodes {
            of_node(node, &mut findings);
        }
    }
    tellable(kb, &mut findings);
    // A step that is taken in by several solutions is one mistake.
    let mut seen = HashSet::new();
    findings.retain(|finding| seen.insert((finding.code, finding.place.clone(), finding.message.clone())));
    findings
}

fn warn(findings: &mut Vec<Finding>, code: Code, place: &Place, message: impl Into<String>, help: impl Into<String>) {
    findings.push(Finding { code, place: place.clone(), message: message.into(), help: help.into() });
}

fn of_article(article: &Article, today: Date, findings: &mut Vec<Finding>) {
    let place = &article.place;
    if article.sources.is_empty() {
        warn(
            findings,
            Code::NoSource,
            place,
            format!("`{}` names no source", article.id),
            "say where its facts come from: `sources: [https://...]`",
        );
    }
    match article.reviewed {
        None => warn(
            findings,
            Code::NotReviewed,
            place,
            format!("`{}` has never been reviewed", article.id),
            "compare it with its sources, then write the day: `reviewed: 2026-11-23`",
        ),
        Some(day) => {
            let age = today.since(day).map_or(0, |span| span.get_days());
            if age > REVIEW_AFTER_DAYS {
                warn(
                    findings,
                    Code::NotReviewed,
                    place,
                    format!("`{}` was last reviewed on {day}, over a year ago", article.id),
                    "compare it with its sources, then write today's date behind `reviewed:`",
                );
            }
        }
    }
}

fn of_node(node: &Node, findings: &mut Vec<Finding>) {
    let place = &node.place;
    match &node.kind {
        NodeKind::Question(question) => {
            if question.hint.is_none() {
                warn(
                    findings,
                    Code::NoHint,
                    place,
                    format!("the question `{}` has no hint", node.name),
                    "say how to find the answer out: `hint: ...`",
                );
            }
            let ends: HashSet<&NodeRef> = question.ways.targets().collect();
            if ends.len() < 2 {
                warn(
                    findings,
                    Code::SameEnd,
                    place,
                    format!("all answers to `{}` lead to the same place", node.name),
                    "remove the question, or let its answers lead to different nodes",
                );
            }
        }
        NodeKind::Solution(solution) => {
            for step in solution.steps.iter().filter(|step| step.irreversible.is_some() && step.after.is_empty()) {
                warn(
                    findings,
                    Code::Unproven,
                    &step.place,
                    "this step cannot be undone, and no question is named that must come before it",
                    "name the question and its answer: `after: {the-name-of-a-question: yes}`",
                );
            }
            if solution.otherwise.is_none() {
                warn(
                    findings,
                    Code::NoOtherwise,
                    place,
                    format!("the solution `{}` has no way on for when it did not help", node.name),
                    "say where to go then: `otherwise: the-name-of-a-node`",
                );
            }
        }
        NodeKind::Escalation(_) => {}
    }
    for text in node.texts() {
        if text.chars().count() > GLANCE {
            warn(
                findings,
                Code::TooLong,
                place,
                format!("a text of `{}` has more than {GLANCE} characters", node.name),
                "people under stress read one short sentence; make two steps of it, or leave something out",
            );
        }
    }
}

/// Articles that one finding names.
const MOST_NAMED: usize = 5;

/// Articles that no clue tells apart, and messages that are a part of one another.
fn tellable(kb: &KnowledgeBase, findings: &mut Vec<Finding>) {
    let messages: Vec<String> = kb.articles.iter().map(|article| article.message.one_line().to_lowercase()).collect();
    let help = "let a clue of the collection say `yes` in one article and `no` in the other";
    for (article, message) in kb.articles.iter().zip(&messages) {
        let mut alike = Vec::new();
        for (other, text) in kb.articles.iter().zip(&messages) {
            if article.id == other.id || article.collection != other.collection || parted(article, other) {
                continue;
            }
            if is_part(message, text) {
                let sentence =
                    format!("this message is a part of that of `{}`, and no clue tells the two apart", other.id);
                warn(findings, Code::PartOfAnother, &article.place, sentence, help);
            } else if article.id < other.id && !is_part(text, message) {
                alike.push(format!("`{}`", other.id));
            }
        }
        if !alike.is_empty() {
            let others = alike.len().saturating_sub(MOST_NAMED);
            alike.truncate(MOST_NAMED);
            if others > 0 {
                alike.push(format!("and {others} more"));
            }
            let sentence = format!("no clue tells `{}` from {}", article.id, alike.join(", "));
            warn(findings, Code::NotTellable, &article.place, sentence, help);
        }
    }
}

fn is_part(part: &str, whole: &str) -> bool {
    let part = part.trim_end_matches('.');
    !part.is_empty() && part.len() < whole.len() && whole.contains(part)
}

/// Whether some clue has a different answer in the two articles.
fn parted(a: &Article, b: &Article) -> bool {
    a.clues.iter().any(|(clue, answer)| b.clues.iter().any(|(other, opposite)| clue == other && answer != opposite))
}
