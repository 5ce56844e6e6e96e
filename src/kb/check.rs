//! Quality rules for knowledge bases that load without errors. Each violation is a warning.

use std::collections::HashSet;

use aho_corasick::AhoCorasick;
use jiff::civil::Date;

use super::article::{Article, Node, NodeKind};
use super::diagnostic::{Diagnostic, Location, RuleId};
use super::{KnowledgeBase, NodeId};
use crate::text::Voice;

/// Maximum length of a text, in characters: four lines of 75 columns.
const MAX_TEXT_CHARS: usize = 300;

/// Maximum age of a review, in days.
const REVIEW_AFTER_DAYS: i32 = 366;

/// Returns the warnings about a loaded knowledge base. Reviews are old or in the future relative to `today`.
#[must_use]
pub fn check(kb: &KnowledgeBase, today: Date) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for article in &kb.articles {
        check_article(article, today, &mut diagnostics);
        for node in &article.flow.nodes {
            check_node(node, &mut diagnostics);
        }
    }
    check_distinguishable(kb, &mut diagnostics);
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
            "add where the information comes from: `sources: [https://...]`",
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
            for step in solution.steps.iter().filter(|step| step.irreversible.is_some() && step.after.is_empty()) {
                warn(
                    diagnostics,
                    RuleId::MissingPrecondition,
                    &step.location,
                    "this step cannot be undone, but no question has to be answered before it",
                    "add the question and the required answer: `after: {question-name: yes}`",
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

/// Maximum number of articles named in one warning.
const MAX_NAMED_ARTICLES: usize = 5;

/// Warns about pairs of articles that no clue distinguishes, and about messages that are part of another message.
fn check_distinguishable(kb: &KnowledgeBase, diagnostics: &mut Vec<Diagnostic>) {
    for collection in 0..kb.collections.len() {
        let articles: Vec<&Article> = kb.articles.iter().filter(|article| article.collection == collection).collect();
        let told: Vec<ClueBits> = articles.iter().map(|article| ClueBits::new(article)).collect();
        let parts = parts(&articles);
        let help = "add a clue that is `yes` in one article and `no` in the other";
        for (at, (article, own)) in articles.iter().zip(&told).enumerate() {
            let (mut named, mut others) = (Vec::new(), 0_usize);
            for (other_at, (other, told)) in articles.iter().zip(&told).enumerate() {
                if at == other_at || own.differs_from(told) {
                    continue;
                }
                if parts.contains(&(at, other_at)) {
                    let sentence = format!(
                        "this message is part of the message of `{}`, and no clue tells the two apart",
                        other.id
                    );
                    warn(diagnostics, RuleId::PartOfAnother, &article.location, sentence, help);
                } else if at < other_at && !parts.contains(&(other_at, at)) {
                    if named.len() < MAX_NAMED_ARTICLES {
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
                warn(diagnostics, RuleId::Indistinguishable, &article.location, sentence, help);
            }
        }
    }
}

/// Returns the messages that are part of another message, as `(part, whole)`. Both are indices into `articles`. Finds all of them
/// with one Aho-Corasick automaton.
fn parts(articles: &[&Article]) -> HashSet<(usize, usize)> {
    let messages: Vec<String> = articles.iter().map(|article| article.message.one_line().to_lowercase()).collect();
    let looked_for: Vec<&str> = messages.iter().map(|message| message.trim_end_matches('.')).collect();
    // Building fails only if the patterns exceed the automaton's size limits. Then skip this check.
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

/// Bit sets of the clues that an article answers with yes and with no. Bit `n % 64` of word `n / 64` is clue `n`.
struct ClueBits {
    yes: Vec<u64>,
    no: Vec<u64>,
}

impl ClueBits {
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

    /// Whether a clue is `yes` in one article and `no` in the other.
    fn differs_from(&self, other: &Self) -> bool {
        let opposed = |(yes, no): (&u64, &u64)| yes & no != 0;
        self.yes.iter().zip(&other.no).any(opposed) || self.no.iter().zip(&other.yes).any(opposed)
    }
}
