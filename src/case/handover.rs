//! Messages to send from a case: one for each role with steps to do, or one for the contact of an escalation.

use std::fmt::Write;

use serde::Serialize;

use super::{Blanks, Case, case_blanks, message};
use crate::flow::{Answer, FlowSession};
use crate::kb::{Article, Escalation, InfoSource, Node, NodeKind, Role, Step};
use crate::strings::{self, Audience, handover};
use crate::text::markup::to_plain_text;
use crate::text::{SanitizedText, Voice};

/// A message to send.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HandoverMessage {
    /// The recipient: the name of a role, or the heading of an escalation.
    pub to: String,
    /// The address of the recipient, if the escalation has one.
    pub contact: Option<String>,
    /// The text.
    pub text: String,
}

/// Returns the messages for the current node: none at a question, one for each role at a solution, one at an escalation. The
/// case supplies the values of the blanks, the ticked steps (which are left out) and the answers from earlier articles.
#[must_use]
pub fn handover_messages(session: &FlowSession, audience: Audience, case: &Case) -> Vec<HandoverMessage> {
    let Some(node) = session.node() else { return Vec::new() };
    match &node.kind {
        NodeKind::Question(_) => Vec::new(),
        NodeKind::Solution(solution) => {
            let ticked = case.ticked(session.kb());
            let open = solution.steps.iter().enumerate().filter(|(nth, _)| !ticked.contains(&(session.at(), *nth)));
            let open: Vec<&Step> = open.map(|(_, step)| step).collect();
            // If every step is ticked, list all of them: an empty message would be useless.
            let steps = if open.is_empty() { solution.steps.iter().collect() } else { open };
            let doing = |role: &&Role| steps.iter().any(|step| step.by == **role);
            let mut roles: Vec<Role> = Role::ALL.iter().filter(doing).copied().collect();
            if audience == Audience::User {
                // Put the messages to others first: these are the ones that the user sends.
                roles.sort_by_key(|role| *role == Role::User);
            }
            roles.into_iter().map(|role| message_to_role(session, role, &steps, audience, &case.blanks)).collect()
        }
        NodeKind::Escalation(escalation) => vec![message_to_contact(session, node, escalation, audience, case)],
    }
}

fn product(session: &FlowSession) -> String {
    let collection = session.kb().article_with_collection(session.article()).map(|(_, collection)| collection);
    collection.map(|collection| collection.product.as_ref().unwrap_or(&collection.title).one_line()).unwrap_or_default()
}

fn article<'a>(session: &'a FlowSession, id: &str) -> Option<&'a Article> {
    session.kb().articles.get(session.kb().article_index(id)?)
}

/// Creates the message with the steps of one role. If another role has steps before or between them, the message asks to wait
/// for that role's confirmation.
fn message_to_role(
    session: &FlowSession,
    role: Role,
    steps: &[&Step],
    audience: Audience,
    blanks: &Blanks,
) -> HandoverMessage {
    let mut text =
        format!("{}\n\n    {}\n\n", handover::opening(role, audience, &product(session)), message(session).one_line());
    let voice = if role == Role::User { Voice::You } else { audience.writing_voice() };
    let mut number = 0;
    let mut waited: Option<Role> = None;
    for step in steps {
        if step.by != role {
            // Don't wait for the user before the first step: by then, the user has done their part or sends this message.
            waited = Some(step.by).filter(|by| *by != Role::User || number > 0);
            continue;
        }
        if let Some(other) = waited.take() {
            _ = writeln!(text, "{}", handover::once_done(other, audience));
        } else if number == 0 {
            _ = writeln!(text, "{}", handover::PLEASE);
        }
        number += 1;
        _ = writeln!(text, "{number}. {}", to_plain_text(&step.text.voice(voice).one_line()));
        if let Some(first) = &step.irreversible {
            _ = writeln!(text, "   {}", strings::irreversible(&to_plain_text(&first.voice(voice).one_line())));
        }
    }
    if role != Role::User {
        let about = case_blanks(session);
        if !about.is_empty() {
            text.push('\n');
        }
        for blank in &about {
            _ = writeln!(text, "{}", fill_in(blank, blanks));
        }
    }
    _ = write!(text, "\n{}\n", handover::closing(role));
    HandoverMessage { to: role.name().to_owned(), contact: None, text }
}

/// Creates the message for the contact of an escalation: the errors, the known details, and the answers so far.
fn message_to_contact(
    session: &FlowSession,
    node: &Node,
    escalation: &Escalation,
    audience: Audience,
    case: &Case,
) -> HandoverMessage {
    let mut text = format!(
        "{}\n\n    {}\n",
        handover::escalation_opening(audience, &product(session), was_tried(session)),
        message(session).one_line()
    );
    for before in case.previous_articles.iter().rev().filter_map(|id| article(session, id)) {
        _ = write!(text, "\n{}\n\n    {}\n", handover::EARLIER_ERROR, before.message.one_line());
    }
    let voice = audience.writing_voice();
    let brought = escalation.bring.iter().filter_map(|bring| match bring.source {
        // Not listed here: the error message is above, the answers are below.
        InfoSource::Message | InfoSource::History => None,
        InfoSource::Fact => Some(handover::stated(&to_plain_text(&bring.text.voice(voice).one_line()))),
        InfoSource::Manual => Some(fill_in(&bring.text.voice(Voice::TheUser), &case.blanks)),
    });
    list(&mut text, handover::DETAILS, &brought.collect::<Vec<_>>());
    let before =
        case.history().0.iter().map(|answered| strings::answered(&to_plain_text(&answered.question), &answered.answer));
    let tried = session.distinct_answers().filter_map(|entry| {
        let node = session.kb().node(entry.at)?;
        Some(strings::answered(
            &to_plain_text(&node.text.voice(voice).one_line()),
            &strings::label(&node.kind, entry.answer),
        ))
    });
    list(&mut text, handover::TRIED, &before.chain(tried).collect::<Vec<_>>());
    _ = write!(text, "\n{}\n", handover::WHAT_NOW);
    HandoverMessage {
        to: node.text.voice(voice).one_line(),
        contact: escalation.contact.as_ref().map(SanitizedText::one_line),
        text,
    }
}

/// Appends a heading and its lines as a list, or nothing if there are no lines.
fn list(text: &mut String, head: &str, lines: &[String]) {
    if !lines.is_empty() {
        _ = writeln!(text, "\n{head}");
    }
    for line in lines {
        _ = writeln!(text, "- {line}");
    }
}

/// Whether a solution was tried and did not help.
fn was_tried(session: &FlowSession) -> bool {
    session.answers().iter().any(|entry| entry.answer == Answer::NotSolved)
}

/// Returns a line with the label of a blank and its value, or a placeholder if the value is missing.
fn fill_in(blank: &str, blanks: &Blanks) -> String {
    let value = blanks.get(blank).map_or(handover::BLANK, String::as_str);
    format!("{blank}: {value}")
}
