//! The state of a session as plain text, for plain mode and for copying and saving.

use crate::case::{self, Blanks, EntryPoint};
use crate::flow::{Answer, FlowSession, Outcome, Snapshot};
use crate::strings::{self, Audience};
use crate::text::markup::to_plain_text;
use crate::text::wrap_words;

/// Maximum length of a line, in columns.
pub(crate) const COLUMNS: usize = 78;

/// Returns `(ID of the article, text)`. The ID serves as a name for the text. The text contains the error message, the
/// answers so far and the current node. `blanks` contains the values of the blanks.
#[must_use]
pub fn full_text(
    session: &FlowSession,
    audience: Audience,
    entry_point: &EntryPoint,
    blanks: &Blanks,
) -> (String, String) {
    let id = session
        .kb()
        .article_with_collection(session.article())
        .map(|(article, _)| article.id.clone())
        .unwrap_or_default();
    let mut answers = String::new();
    for entry in session.distinct_answers() {
        let Some(node) = session.kb().node(entry.at) else { continue };
        let answer = strings::label(&node.kind, entry.answer);
        answers.push_str(&paragraph(
            "- ",
            &strings::answered(&to_plain_text(&node.text.voice(audience.voice()).one_line()), &answer),
        ));
    }
    let answers = if answers.is_empty() { answers } else { format!("\n{}:\n{answers}", strings::ANSWERS_SO_FAR) };
    (
        id,
        format!("{}{answers}\n{}", heading(session, entry_point), current_node(session, entry_point, audience, blanks)),
    )
}

/// Returns the error message of a session's article, or what happened, as a paragraph.
#[must_use]
pub fn heading(session: &FlowSession, entry_point: &EntryPoint) -> String {
    let label =
        if case::has_error_message(session, entry_point) { strings::PLAIN_ERROR } else { strings::PLAIN_SITUATION };
    paragraph(label, &case::problem(session, entry_point))
}

/// Returns the current node as text. After a solution that helped, returns only a line about the success, and advice on how
/// to keep the error from happening again. `blanks` contains the values of the blanks.
#[must_use]
pub fn current_node(session: &FlowSession, entry_point: &EntryPoint, audience: Audience, blanks: &Blanks) -> String {
    let details = case::known_details(session, blanks);
    let state = Snapshot::new(session, audience.voice(), &details);
    let now = &state.now;
    if state.outcome == Some(Outcome::Solved) {
        let mut text = format!("{}\n", strings::SOLVED);
        let prevention = session.prevention();
        if !prevention.is_empty() {
            text.extend(["\n", strings::PREVENTION, "\n"]);
        }
        for advice in prevention {
            text.push_str(&paragraph("- ", &to_plain_text(&advice.voice(audience.voice()))));
        }
        for (label, link) in session.see_also() {
            text.push('\n');
            text.push_str(&paragraph("", &format!("{} {label}", strings::SEE_ALSO)));
            text.push_str(&paragraph("", link));
        }
        return text;
    }
    let head = match now.kind {
        "question" => strings::question_number(asked_count(session) + 1, state.left),
        "solution" => strings::SOLUTION.to_owned(),
        _ => strings::ESCALATION.to_owned(),
    };
    let mut text = format!("{head}\n");
    let mut add = |mark: &str, what: &str| text.push_str(&paragraph(mark, what));
    add("", &to_plain_text(&now.text));
    if let Some(caution) = &now.caution {
        add("  ", &format!("{} {}", strings::CAUTION, to_plain_text(caution)));
    }
    if let Some(note) = &now.note {
        add("  ", &to_plain_text(note));
    }
    if let Some(hint) = &now.hint {
        add("  ", &format!("{} {}", strings::HINT, to_plain_text(hint)));
    }
    for (number, choice) in (1..).zip(&now.choices) {
        add(&format!("{number}. "), choice);
    }
    for (number, step) in (1..).zip(&now.steps) {
        add(&format!("{number}. "), &format!("{}: {}", strings::role(step.by, audience), to_plain_text(&step.text)));
        if let Some(first) = &step.irreversible {
            add("   ", &strings::irreversible(&to_plain_text(first)));
        }
    }
    if let Some(contact) = &now.contact {
        add("  ", &format!("{} {contact}", strings::CONTACT));
    }
    let infos = case::required_infos(session, entry_point);
    if !infos.is_empty() {
        add("  ", strings::BRING);
        for info in infos {
            add("  - ", &to_plain_text(&info.text.with_details(audience.voice(), &details)));
        }
    }
    if now.kind == "solution" {
        add("", strings::DID_IT_HELP);
    }
    text
}

/// Returns the number of questions that the user answered. Answers that were already known and answers at solutions don't
/// count.
fn asked_count(session: &FlowSession) -> usize {
    let is_question = |answer| !matches!(answer, Answer::Solved | Answer::NotSolved);
    session.answers().iter().filter(|entry| !entry.known && is_question(entry.answer)).count()
}

/// Wraps a text at [`COLUMNS`] columns. Puts `mark` before the first line, and indents the others by the length of `mark`.
pub(crate) fn paragraph(mark: &str, text: &str) -> String {
    let indent = mark.chars().count();
    let lines = wrap_words(text, COLUMNS.saturating_sub(indent));
    let fronts = std::iter::once(mark.to_owned()).chain(std::iter::repeat(" ".repeat(indent)));
    fronts.zip(lines).map(|(front, line)| front + &line + "\n").collect()
}
