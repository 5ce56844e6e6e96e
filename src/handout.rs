//! Where a walk stands, as plain text: for reading line by line, and for copying and saving.

use std::io::{self, Write};

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
    let mut trail = Vec::new();
    for entry in walk.told() {
        let Some(node) = walk.kb().node(entry.at) else { continue };
        let answer = words::label(&node.kind, entry.answer);
        // Writing to memory cannot fail.
        let _ = paragraph(&mut trail, "- ", &words::answered(&plain(&node.text.one_line()), &answer));
    }
    let trail = String::from_utf8_lossy(&trail);
    let trail = if trail.is_empty() { String::new() } else { format!("\n{}:\n{trail}", words::TRAIL) };
    (id, format!("{}{trail}\n{}", heading(walk), describe(walk, audience)))
}

/// The error that a walk is about, to read.
#[must_use]
pub fn heading(walk: &Walk) -> String {
    let mut text = Vec::new();
    // Writing to memory cannot fail.
    let _ = paragraph(&mut text, words::PLAIN_ERROR, &crate::case::message(walk));
    String::from_utf8_lossy(&text).into_owned()
}

/// Where a walk stands, to read.
#[must_use]
pub fn describe(walk: &Walk, audience: Audience) -> String {
    let state = State::from(walk);
    let mut text = Vec::new();
    // Writing to memory cannot fail.
    let _ = write_state(&mut text, &state, audience);
    String::from_utf8_lossy(&text).into_owned()
}

fn write_state(output: &mut dyn Write, state: &State, audience: Audience) -> io::Result<()> {
    let now = &state.now;
    if state.outcome == Some(Outcome::Solved) {
        return writeln!(output, "{}", words::SOLVED);
    }
    match now.kind {
        "question" => writeln!(output, "{}", words::question_number(asked(state) + 1, state.left))?,
        "solution" => writeln!(output, "{}", words::SOLUTION)?,
        _ => writeln!(output, "{}", words::ESCALATION)?,
    }
    paragraph(output, "", &plain(&now.text))?;
    if let Some(caution) = &now.caution {
        paragraph(output, "  ", &format!("{} {}", words::CAUTION, plain(caution)))?;
    }
    if let Some(note) = &now.note {
        paragraph(output, "  ", &plain(note))?;
    }
    if let Some(hint) = &now.hint {
        paragraph(output, "  ", &format!("{} {}", words::HINT, plain(hint)))?;
    }
    for (number, choice) in (1..).zip(&now.choices) {
        paragraph(output, &format!("{number}. "), choice)?;
    }
    for (number, step) in (1..).zip(&now.steps) {
        paragraph(
            output,
            &format!("{number}. "),
            &format!("{}: {}", words::actor(step.by, audience), plain(&step.text)),
        )?;
        if let Some(first) = &step.irreversible {
            paragraph(output, "   ", &words::irreversible(&plain(first)))?;
        }
    }
    if let Some(contact) = &now.contact {
        paragraph(output, "  ", &format!("{} {contact}", words::CONTACT))?;
    }
    if !now.bring.is_empty() {
        paragraph(output, "  ", words::BRING)?;
        for item in &now.bring {
            paragraph(output, "  - ", &plain(item))?;
        }
    }
    if now.kind == "solution" {
        paragraph(output, "", words::DID_IT_HELP)?;
    }
    Ok(())
}

/// How many questions have been asked, without those that were known already.
fn asked(state: &State) -> usize {
    state.trail.iter().filter(|answered| !answered.known).count()
}

/// A text in lines, each as far in as the mark in front of the first.
pub(crate) fn paragraph(output: &mut dyn Write, mark: &str, text: &str) -> io::Result<()> {
    let indent = mark.chars().count();
    for (nth, line) in fill(text, COLUMNS.saturating_sub(indent)).iter().enumerate() {
        let front = if nth == 0 { mark.to_owned() } else { " ".repeat(indent) };
        writeln!(output, "{front}{line}")?;
    }
    Ok(())
}
