//! Where a walk stands, as plain text: for reading line by line, and for copying and saving.

use crate::text::fill;
use crate::text::markup::plain;
use crate::wizard::{Outcome, State, Walk};
use crate::words::{self, Audience};

/// Columns of a line.
pub(crate) const COLUMNS: usize = 78;

/// Where a walk stands, with the error that it is about, and a name for it.
#[must_use]
pub fn whole(walk: &Walk, audience: Audience) -> (String, String) {
    let id = walk.kb().entry(walk.article()).map(|(article, _)| article.id.clone()).unwrap_or_default();
    let mut trail = String::new();
    for entry in walk.told() {
        let Some(node) = walk.kb().node(entry.at) else { continue };
        let answer = words::label(&node.kind, entry.answer);
        trail.push_str(&paragraph("- ", &words::answered(&plain(&node.text.one_line()), &answer)));
    }
    let trail = if trail.is_empty() { trail } else { format!("\n{}:\n{trail}", words::TRAIL) };
    (id, format!("{}{trail}\n{}", heading(walk), describe(walk, audience)))
}

/// The error that a walk is about, to read.
#[must_use]
pub fn heading(walk: &Walk) -> String {
    paragraph(words::PLAIN_ERROR, &crate::case::message(walk))
}

/// Where a walk stands, to read.
#[must_use]
pub fn describe(walk: &Walk, audience: Audience) -> String {
    let state = State::from(walk);
    let now = &state.now;
    if state.outcome == Some(Outcome::Solved) {
        return format!("{}\n", words::SOLVED);
    }
    let head = match now.kind {
        "question" => words::question_number(asked(&state) + 1, state.left),
        "solution" => words::SOLUTION.to_owned(),
        _ => words::ESCALATION.to_owned(),
    };
    let mut text = format!("{head}\n");
    let mut add = |mark: &str, what: &str| text.push_str(&paragraph(mark, what));
    add("", &plain(&now.text));
    if let Some(caution) = &now.caution {
        add("  ", &format!("{} {}", words::CAUTION, plain(caution)));
    }
    if let Some(note) = &now.note {
        add("  ", &plain(note));
    }
    if let Some(hint) = &now.hint {
        add("  ", &format!("{} {}", words::HINT, plain(hint)));
    }
    for (number, choice) in (1..).zip(&now.choices) {
        add(&format!("{number}. "), choice);
    }
    for (number, step) in (1..).zip(&now.steps) {
        add(&format!("{number}. "), &format!("{}: {}", words::actor(step.by, audience), plain(&step.text)));
        if let Some(first) = &step.irreversible {
            add("   ", &words::irreversible(&plain(first)));
        }
    }
    if let Some(contact) = &now.contact {
        add("  ", &format!("{} {contact}", words::CONTACT));
    }
    if !now.bring.is_empty() {
        add("  ", words::BRING);
        for item in &now.bring {
            add("  - ", &plain(item));
        }
    }
    if now.kind == "solution" {
        add("", words::DID_IT_HELP);
    }
    text
}

/// How many questions have been asked, without those that were known already.
fn asked(state: &State) -> usize {
    state.trail.iter().filter(|answered| !answered.known).count()
}

/// A text in lines, each as far in as the mark in front of the first.
pub(crate) fn paragraph(mark: &str, text: &str) -> String {
    let indent = mark.chars().count();
    let lines = fill(text, COLUMNS.saturating_sub(indent));
    let fronts = std::iter::once(mark.to_owned()).chain(std::iter::repeat(" ".repeat(indent)));
    fronts.zip(lines).map(|(front, line)| front + &line + "\n").collect()
}
