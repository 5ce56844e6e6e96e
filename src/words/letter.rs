//! What the messages say that hand a case over.

use super::Audience;
use crate::kb::Actor;

/// Before the steps.
pub const PLEASE: &str = "Please do this:";
/// Room for what is not known.
pub const BLANK: &str = "[please fill in]";
/// In front of an earlier message of the same case.
pub const BEFORE: &str = "Before that it said:";
/// Before what is known.
pub const KNOWN: &str = "What you may need:";
/// Before the trail.
pub const TRIED: &str = "What was asked and tried:";
/// The end of a message to whoever takes over.
pub const WHAT_NOW: &str = "What can be done?";

/// The beginning of a message to an actor; the error follows.
#[must_use]
pub fn begins(to: Actor, from: Audience, product: &str) -> String {
    match (to, from) {
        (Actor::User, Audience::User) => format!("{product} shows you this message:"),
        (Actor::User, Audience::Helpdesk) => format!("This is about the message that {product} shows you:"),
        (Actor::Owner, _) => format!("{product} shows this message:"),
        (_, Audience::User) => format!("{product} does not let me in. It says:"),
        (_, Audience::Helpdesk) => format!("{product} does not let somebody in. It says:"),
    }
}

/// Before steps that wait for somebody else's.
#[must_use]
pub fn once_done(other: Actor, from: Audience) -> String {
    match (other, from) {
        (Actor::User, Audience::User) => "When I have answered that my part is done, please do this:".to_owned(),
        (Actor::User, Audience::Helpdesk) => {
            "When the person who is locked out has answered that their part is done, please do this:".to_owned()
        }
        (other, _) => format!("When {} answered that their part is done, please do this:", an(other)),
    }
}

fn an(actor: Actor) -> &'static str {
    match actor {
        Actor::User => "the person who is locked out has",
        Actor::Administrator => "the administrator has",
        Actor::Owner => "the owner has",
        Actor::Support => "customer support has",
    }
}

/// What to answer.
#[must_use]
pub fn answer(by: Actor) -> &'static str {
    match by {
        Actor::User => "Then answer \"solved\", or with the message that is on the screen now.",
        _ => {
            "Please answer \"done\" when it is done; or else say which step could not be done, and what the screen says."
        }
    }
}

/// The beginning of a message to whoever takes over; the error follows.
#[must_use]
pub fn stuck(from: Audience, product: &str, was_tried: bool) -> String {
    let (whom, who) = match from {
        Audience::User => ("me", "I"),
        Audience::Helpdesk => ("somebody", "we"),
    };
    let tried = if was_tried { format!(", and what {who} could try did not help") } else { String::new() };
    format!("{product} does not let {whom} in{tried}. It says:")
}

/// A fact, as a sentence.
#[must_use]
pub fn stated(fact: &str) -> String {
    let fact = fact.strip_prefix("that ").unwrap_or(fact);
    let mut letters = fact.chars();
    let first: String = letters.next().map(|c| c.to_uppercase().collect()).unwrap_or_default();
    let end = if fact.ends_with('.') { "" } else { "." };
    format!("{first}{}{end}", letters.as_str())
}
