//! The rules that a good knowledge base keeps beyond being sound; breaking one is a warning.

use std::collections::HashSet;

use aho_corasick::AhoCorasick;
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
    let unreviewed = match article.reviewed {
        None => Some((
            format!("`{}` has never been reviewed", article.id),
            "compare it with its sources, then write the day: `reviewed: 2026-11-23`",
        )),
        Some(day) if day > today => Some((
            format!("`{}` was reviewed on {day}, a day that is still to come", article.id),
            "write the day on which it was compared with its sources",
        )),
        Some(day) => today.since(day).is_ok_and(|age| age.get_days() > REVIEW_AFTER_DAYS).then(|| {
            (
                format!("`{}` was last reviewed on {day}, over a year ago", article.id),
                "compare it with its sources, then write today's date behind `reviewed:`",
            )
        }),
    };
    if let Some((message, help)) = unreviewed {
        warn(findings, Code::NotReviewed, place, message, help);
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
    for collection in 0..kb.collections.len() {
        let articles: Vec<&Article> = kb.articles.iter().filter(|article| article.collection == collection).collect();
        let told: Vec<Told> = articles.iter().map(|article| Told::new(article)).collect();
        let parts = parts(&articles);
        let help = "let a clue of the collection say `yes` in one article and `no` in the other";
        for (at, (article, own)) in articles.iter().zip(&told).enumerate() {
            let (mut named, mut others) = (Vec::new(), 0_usize);
            for (other_at, (other, told)) in articles.iter().zip(&told).enumerate() {
                if at == other_at || own.is_parted_from(told) {
                    continue;
                }
                if parts.contains(&(at, other_at)) {
                    let sentence =
                        format!("this message is a part of that of `{}`, and no clue tells the two apart", other.id);
                    warn(findings, Code::PartOfAnother, &article.place, sentence, help);
                } else if at < other_at && !parts.contains(&(other_at, at)) {
                    if named.len() < MOST_NAMED {
                        named.push(format!("`{}`", other.id));
                    } else {
                        others += 1;
                    }
                }
            }
            if !named.is_empty() {
                if others > 0 {
                    named.push(format!("and {others} more"));
                }
                let sentence = format!("no clue tells `{}` from {}", article.id, named.join(", "));
                warn(findings, Code::NotTellable, &article.place, sentence, help);
            }
        }
    }
}

/// Which messages are a part of which other ones: pairs of the part and the whole. All are looked for in each at once.
fn parts(articles: &[&Article]) -> HashSet<(usize, usize)> {
    let messages: Vec<String> = articles.iter().map(|article| article.message.one_line().to_lowercase()).collect();
    let looked_for: Vec<&str> = messages.iter().map(|message| message.trim_end_matches('.')).collect();
    // It fails only for more patterns than fit into memory; then nothing is a part of anything.
    let Ok(all) = AhoCorasick::new(&looked_for) else { return HashSet::new() };
    let mut parts = HashSet::new();
    for (whole, message) in looked_for.iter().enumerate() {
        for found in all.find_overlapping_iter(message) {
            if !found.is_empty() && found.len() < message.len() {
                parts.insert((found.pattern().as_usize(), whole));
            }
        }
    }
    parts
}

/// The clues that an article answers with yes, and with no, as bits.
struct Told {
    yes: Vec<u64>,
    no: Vec<u64>,
}

impl Told {
    fn new(article: &Article) -> Self {
        let words = article.clues.iter().map(|(clue, _)| clue / 64 + 1).max().unwrap_or_default();
        let mut told = Self { yes: vec![0; words], no: vec![0; words] };
        for (clue, yes) in &article.clues {
            let side = if *yes { &mut told.yes } else { &mut told.no };
            if let Some(word) = side.get_mut(clue / 64) {
                *word |= 1 << (clue % 64);
            }
        }
        told
    }

    /// Whether some clue has a different answer in the two articles.
    fn is_parted_from(&self, other: &Self) -> bool {
        let opposed = |(yes, no): (&u64, &u64)| yes & no != 0;
        self.yes.iter().zip(&other.no).any(opposed) || self.no.iter().zip(&other.yes).any(opposed)
    }
}
