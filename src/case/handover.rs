//! The messages that hand a case over: one to each actor who has something to do, ready to be sent.

use std::fmt::Write;

use serde::Serialize;

use super::{Blanks, Case, about, message};
use crate::kb::{Actor, Article, Escalation, Filled, Node, NodeKind, Step};
use crate::text::Clean;
use crate::text::markup::plain;
use crate::wizard::{Answer, Walk};
use crate::words::{self, Audience, letter};

/// A message to somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Letter {
    /// Who it is for: an actor, or whoever takes over.
    pub to: String,
    /// Where to reach them, where that is known.
    pub contact: Option<String>,
    /// The message.
    pub text: String,
}

/// The messages of the place where a walk stands: none at a question, one to each actor at a solution, one to whoever takes over
/// at an escalation. The case says what was filled in, which steps are done and need not be asked for, and what came before another
/// message.
#[must_use]
pub fn letters(walk: &Walk, audience: Audience, case: &Case) -> Vec<Letter> {
    let Some(node) = walk.node() else { return Vec::new() };
    match &node.kind {
        NodeKind::Question(_) => Vec::new(),
        NodeKind::Solution(solution) => {
            let ticked = case.ticked(walk.kb());
            let open = solution.steps.iter().enumerate().filter(|(nth, _)| !ticked.contains(&(walk.at(), *nth)));
            let open: Vec<&Step> = open.map(|(_, step)| step).collect();
            // Once all is done, the messages tell what was asked.
            let steps = if open.is_empty() { solution.steps.iter().collect() } else { open };
            let doing = |actor: &&Actor| steps.iter().any(|step| step.by == **actor);
            let mut actors: Vec<Actor> = Actor::ALL.iter().filter(doing).copied().collect();
            if audience == Audience::User {
                // What others must do comes first: it is to be sent.
                actors.sort_by_key(|actor| *actor == Actor::User);
            }
            actors.into_iter().map(|actor| to_actor(walk, actor, &steps, audience, &case.blanks)).collect()
        }
        NodeKind::Escalation(escalation) => vec![to_others(walk, node, escalation, audience, case)],
    }
}

fn product(walk: &Walk) -> String {
    let collection = walk.kb().entry(walk.article()).map(|(_, collection)| collection);
    collection.map(|collection| collection.product.as_ref().unwrap_or(&collection.title).one_line()).unwrap_or_default()
}

fn article<'a>(walk: &'a Walk, id: &str) -> Option<&'a Article> {
    walk.kb().articles.get(walk.kb().position(id)?)
}

/// What is asked of one actor. Where others do something before or between, it says whose answer to wait for.
fn to_actor(walk: &Walk, actor: Actor, steps: &[&Step], audience: Audience, blanks: &Blanks) -> Letter {
    let mut text =
        format!("{}\n\n    {}\n\n", letter::begins(actor, audience, &product(walk)), message(walk).one_line());
    let mut number = 0;
    let mut waited: Option<Actor> = None;
    for step in steps {
        if step.by != actor {
            // What the person who is locked out does first is to send this message, or has been done by then.
            waited = Some(step.by).filter(|by| *by != Actor::User || number > 0);
            continue;
        }
        if let Some(other) = waited.take() {
            _ = writeln!(text, "{}", letter::once_done(other, audience));
        } else if number == 0 {
            _ = writeln!(text, "{}", letter::PLEASE);
        }
        number += 1;
        _ = writeln!(text, "{number}. {}", plain(&step.text.one_line()));
        if let Some(first) = &step.irreversible {
            _ = writeln!(text, "   {}", words::irreversible(&plain(&first.one_line())));
        }
    }
    if actor != Actor::User {
        let about = about(walk);
        if !about.is_empty() {
            text.push('\n');
        }
        for blank in &about {
            _ = writeln!(text, "{}", filled(blank, blanks));
        }
    }
    _ = write!(text, "\n{}\n", letter::answer(actor));
    Letter { to: actor.name().to_owned(), contact: None, text }
}

/// What whoever takes over must know.
fn to_others(walk: &Walk, node: &Node, escalation: &Escalation, audience: Audience, case: &Case) -> Letter {
    let mut text =
        format!("{}\n\n    {}\n", letter::stuck(audience, &product(walk), was_tried(walk)), message(walk).one_line());
    for before in case.before.iter().rev().filter_map(|id| article(walk, id)) {
        _ = write!(text, "\n{}\n\n    {}\n", letter::BEFORE, before.message.one_line());
    }
    let brought = escalation.bring.iter().filter_map(|bring| match bring.filled {
        // The message stands above, and what was tried below.
        Filled::Message | Filled::Tried => None,
        Filled::Stated => Some(letter::stated(&plain(&bring.text.one_line()))),
        Filled::ByHand => Some(filled(&bring.text, &case.blanks)),
    });
    list(&mut text, letter::KNOWN, &brought.collect::<Vec<_>>());
    let before = case.past().0.iter().map(|answered| words::answered(&plain(&answered.question), &answered.answer));
    let tried = walk.told().filter_map(|entry| {
        let node = walk.kb().node(entry.at)?;
        Some(words::answered(&plain(&node.text.one_line()), &words::label(&node.kind, entry.answer)))
    });
    list(&mut text, letter::TRIED, &before.chain(tried).collect::<Vec<_>>());
    _ = write!(text, "\n{}\n", letter::WHAT_NOW);
    Letter { to: node.text.one_line(), contact: escalation.contact.as_ref().map(Clean::one_line), text }
}

/// A head with what stands below it, where there is something.
fn list(text: &mut String, head: &str, lines: &[String]) {
    if !lines.is_empty() {
        _ = writeln!(text, "\n{head}");
    }
    for line in lines {
        _ = writeln!(text, "- {line}");
    }
}

/// Whether some solution was tried and did not help.
fn was_tried(walk: &Walk) -> bool {
    walk.trail().iter().any(|entry| entry.answer == Answer::NotSolved)
}

/// A blank with what was filled in, or with room for it.
fn filled(blank: &str, blanks: &Blanks) -> String {
    let value = blanks.get(blank).map_or(letter::BLANK, String::as_str);
    format!("{blank}: {value}")
}
