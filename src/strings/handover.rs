//! Sentences of the messages to send.

use super::Audience;
use crate::kb::Role;
use crate::text::{self, Voice};

/// Line before the steps.
pub const PLEASE: &str = "Please follow these steps:";
/// Placeholder for an empty blank.
pub const BLANK: &str = "[please fill in]";
/// Label of the title of a situation without an error message.
pub const SITUATION: &str = "What happened:";
/// Line before an earlier error message of the same case.
pub const EARLIER_ERROR: &str = "Earlier, the error was:";
/// Heading of the details for the contact.
pub const DETAILS: &str = "Details you may need:";
/// Heading of the answers so far.
pub const TRIED: &str = "What has been checked and tried:";
/// Last line of a message to the contact of an escalation.
pub const WHAT_NOW: &str = "Can you help?";

/// Returns the first line of a message to a role. The error message follows this line.
#[must_use]
pub fn opening(to: Role, from: Audience, product: &str) -> String {
    match (to, from) {
        (Role::User, Audience::User) => format!("You see this error in {product}:"),
        (Role::User, Audience::Helpdesk) => format!("This is about the error you see in {product}:"),
        (Role::Owner, _) => format!("This error appears in {product}:"),
        (_, Audience::User) => format!("I get this error in {product}:"),
        (_, Audience::Helpdesk) => format!("A user gets this error in {product}:"),
    }
}

/// Returns the line before steps that must wait until the role `other` has done its steps.
#[must_use]
pub fn once_done(other: Role, from: Audience) -> String {
    match (other, from) {
        (Role::User, Audience::User) => {
            "Please wait until I confirm that my steps are done. Then follow these steps:".to_owned()
        }
        (Role::User, Audience::Helpdesk) => {
            "Please wait until the user confirms that their steps are done. Then follow these steps:".to_owned()
        }
        (other, _) => {
            format!("Please wait until {} that their steps are done. Then follow these steps:", confirms(other))
        }
    }
}

fn confirms(role: Role) -> String {
    let sentence = match role {
        Role::User => "the user confirms",
        Role::Administrator => "the administrator confirms",
        Role::Owner => "the owner confirms",
        Role::Support => "customer support confirms",
        Role::Other(role) => return format!("{} confirms", text::in_sentence(role.label())),
    };
    sentence.to_owned()
}

/// Returns the last line of a message to a role. Explains how to reply.
#[must_use]
pub fn closing(by: Role) -> &'static str {
    match by {
        Role::User => "Then reply \"solved\", or send the error message you see now.",
        _ => {
            "Please reply \"done\" when you're finished. If a step doesn't work, reply with the step and the error message you see."
        }
    }
}

/// Returns the first line of a message to the contact of an escalation. The error message follows this line. `was_tried` says
/// whether a solution was tried and did not help.
#[must_use]
pub fn escalation_opening(from: Audience, product: &str, was_tried: bool) -> String {
    let (subject, who) = match from {
        Audience::User => ("I get", "I"),
        Audience::Helpdesk => ("A user gets", "we"),
    };
    let tried = if was_tried { format!(", and what {who} tried did not help") } else { String::new() };
    format!("{subject} this error in {product}{tried}:")
}

/// Returns the first line of a message about a situation without an error message, if the collection has no opening.
#[must_use]
pub fn neutral_opening(product: &str, voice: Voice) -> String {
    match voice {
        Voice::You => format!("You need help with {product}."),
        Voice::TheUser => format!("A user needs help with {product}."),
        Voice::Me => format!("I need help with {product}."),
    }
}

/// Returns the placeholder for a detail that isn't known. `label` says what to fill in.
#[must_use]
pub fn missing(label: &str) -> String {
    format!("{label} {BLANK}")
}
