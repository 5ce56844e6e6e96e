//! Messages to send from a case. There is one for each role with steps to do, or one for the contact of an escalation.

use std::fmt::Write;

use serde::Serialize;

use super::{Blanks, Case, EntryPoint, detail, facts, inserted};
use crate::flow::{Answer, FlowSession};
use crate::kb::{Article, Escalation, Fact, InfoSource, Node, NodeKind, Role, Step};
use crate::strings::{self, Audience, handover};
use crate::text::markup::to_plain_text;
use crate::text::{self, SanitizedText, Voice, VoicedText};

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

/// Returns the messages for the current node: none at a question, one for each role at a solution, one at an escalation. A user
/// gets no message to themselves. The case supplies the values of the blanks, the ticked steps (which are left out) and the
/// answers from earlier articles.
#[must_use]
pub fn handover_messages(session: &FlowSession, audience: Audience, case: &Case) -> Vec<HandoverMessage> {
    let Some(node) = session.node() else { return Vec::new() };
    match &node.kind {
        NodeKind::Question(_) => Vec::new(),
        NodeKind::Solution(_) => {
            let ticked = case.ticked(session.kb());
            let open = session.steps().filter(|(nth, _)| !ticked.contains(&(session.at(), *nth)));
            let open: Vec<&Step> = open.map(|(_, step)| step).collect();
            // If every step is ticked, list all of them: an empty message would be useless.
            let steps = if open.is_empty() { session.steps().map(|(_, step)| step).collect() } else { open };
            let mut roles: Vec<Role> = steps.iter().map(|step| step.by).collect();
            roles.sort_unstable();
            roles.dedup();
            if audience == Audience::User {
                // The user needs no message to themselves.
                roles.retain(|role| *role != Role::User);
            }
            roles.into_iter().map(|role| message_to_role(session, role, &steps, audience, case)).collect()
        }
        NodeKind::Escalation(escalation) => vec![message_to_contact(session, node, escalation, audience, case)],
    }
}

fn product(session: &FlowSession) -> String {
    let collection = session.kb().article_with_collection(session.article()).map(|(_, collection)| collection);
    collection.map(|collection| collection.product.as_ref().unwrap_or(&collection.title).one_line()).unwrap_or_default()
}

/// Returns the beginning of a message: the line `error`, followed by the error message. If the user has not seen an error
/// message, returns the opening of the collection and what happened.
fn beginning(session: &FlowSession, case: &Case, error: &str, voice: Voice) -> String {
    let Some((article, collection)) = session.kb().article_with_collection(session.article()) else {
        return String::new();
    };
    let what_happened = match &case.entry_point {
        EntryPoint::Situation(text) => text.clone(),
        // The title may be wrong after an answer that leads to another article.
        _ if article.is_situation && session.at().article != session.article() => String::new(),
        _ if article.is_situation => article.message.one_line(),
        _ => return format!("{error}\n\n    {}\n", article.message.one_line()),
    };
    let opening = collection.opening.as_ref().map(|opening| opening.voice(voice).one_line());
    let opening = opening.unwrap_or_else(|| handover::neutral_opening(&product(session), voice));
    if what_happened.is_empty() {
        return format!("{opening}\n");
    }
    format!("{opening}\n\n{}\n\n    {what_happened}\n", handover::SITUATION)
}

/// Returns a text in one voice, with the known details inserted. A detail that isn't known becomes a blank.
fn filled(session: &FlowSession, text: &VoicedText, voice: Voice, blanks: &Blanks) -> String {
    let value = |id: &str, label: &str| match detail(session, blanks, id) {
        Some(value) => value.to_owned(),
        None => handover::missing(label),
    };
    to_plain_text(&text.fill(voice, value).one_line())
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
    case: &Case,
) -> HandoverMessage {
    let blanks = &case.blanks;
    let voice = if role == Role::User { Voice::You } else { audience.writing_voice() };
    let error = handover::opening(role, audience, &product(session));
    let mut text = beginning(session, case, &error, voice) + "\n";
    let mut number = 0;
    let mut waited: Option<Role> = None;
    for step in steps {
        if step.by != role {
            // Don't wait for the user before the first step. The user has already done their part, or is the person who sends
            // this message.
            waited = Some(step.by).filter(|by| *by != Role::User || number > 0);
            continue;
        }
        if let Some(other) = waited.take() {
            _ = writeln!(text, "{}", handover::once_done(other, audience));
        } else if number == 0 {
            _ = writeln!(text, "{}", handover::PLEASE);
        }
        number += 1;
        _ = writeln!(text, "{number}. {}", filled(session, &step.text, voice, blanks));
        if let Some(first) = &step.irreversible {
            _ = writeln!(text, "   {}", strings::irreversible(&filled(session, first, voice, blanks)));
        }
    }
    if role != Role::User {
        // Add the other known details. They help the recipient, even if no step needs them.
        let own: Vec<SanitizedText> =
            steps.iter().filter(|step| step.by == role).flat_map(|step| inserted(session, step)).collect();
        let keys = facts(session).iter().filter_map(Fact::input_key).filter(|key| !own.contains(key));
        let known: Vec<String> = keys
            .filter_map(|key| Some(format!("{}: {}", label(session, &key, voice), blanks.get(key.as_str())?)))
            .collect();
        if !known.is_empty() {
            text.push('\n');
        }
        for line in known {
            _ = writeln!(text, "{line}");
        }
    }
    _ = write!(text, "\n{}\n", handover::closing(role));
    let to = match role {
        Role::Other(role) => text::in_sentence(role.label()),
        role => role.name().to_owned(),
    };
    HandoverMessage { to, contact: None, text }
}

/// Creates the message for the contact of an escalation: the errors, the known details, and the answers so far.
fn message_to_contact(
    session: &FlowSession,
    node: &Node,
    escalation: &Escalation,
    audience: Audience,
    case: &Case,
) -> HandoverMessage {
    let voice = audience.writing_voice();
    let error = handover::escalation_opening(audience, &product(session), was_tried(session));
    let mut text = beginning(session, case, &error, voice);
    let seen = case.previous_articles.iter().filter(|id| !case.previous_without_message.contains(id));
    for before in seen.rev().filter_map(|id| article(session, id)) {
        _ = write!(text, "\n{}\n\n    {}\n", handover::EARLIER_ERROR, before.message.one_line());
    }
    let brought = session.required_infos().into_iter().filter_map(|info| match info.source {
        // Not in this list, because the message has the error message above and the answers below.
        InfoSource::Message | InfoSource::History => None,
        InfoSource::Statement => Some(strings::sentence(&filled(session, &info.text, voice, &case.blanks))),
        InfoSource::Manual => {
            let key = info.text.voice(Voice::TheUser);
            Some(format!("{}: {}", info.text.voice(voice).one_line(), value(&key, &case.blanks)))
        }
    });
    list(&mut text, handover::DETAILS, &brought.collect::<Vec<_>>());
    let before = case.history().0.iter().map(|answered| {
        let node = session.kb().resolve(&answered.node, usize::MAX).and_then(|at| session.kb().node(at));
        let question = node.map_or(answered.question.clone(), |node| node.text.voice(voice).one_line());
        strings::answered(&to_plain_text(&SanitizedText::new(&question)), &answered.answer)
    });
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

/// Returns the value of a blank, or a placeholder if the value is missing.
fn value<'a>(key: &str, blanks: &'a Blanks) -> &'a str {
    blanks.get(key).map_or(handover::BLANK, String::as_str)
}

/// Returns the label of a detail in one voice. `key` is the label in the voice [`Voice::TheUser`].
#[must_use]
pub fn label(session: &FlowSession, key: &SanitizedText, voice: Voice) -> String {
    let fact = facts(session).iter().find(|fact| fact.input_key().as_ref() == Some(key));
    fact.and_then(Fact::input).map_or_else(|| key.one_line(), |(label, _)| label.voice(voice).one_line())
}
