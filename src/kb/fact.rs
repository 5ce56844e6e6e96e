//! Facts about a case. Each is asked once, and its answer holds in every article. Facts of several collections with the same name
//! and question count as one fact.

use std::fmt;

use borsh::{BorshDeserialize, BorshSerialize};
use serde::{Deserialize, Serialize};

use crate::text::{SanitizedText, Voice, VoicedText};

/// Something about a case that several articles ask or that a text inserts, such as whether the user is the owner.
#[derive(Debug, Clone, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Fact {
    /// The name, unique in its collection.
    pub id: String,
    /// The kind, with the text that asks for the fact.
    pub kind: FactKind,
    /// Advice on how to find the answer.
    pub hint: Option<VoicedText>,
    /// Whether the answer is the same for every case at one company, so that the settings can contain it.
    pub is_constant: bool,
}

/// A fact's kind.
#[derive(Debug, Clone, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub enum FactKind {
    /// The text of a yes/no question. Nodes with `ask` ask it.
    Question(VoicedText),
    /// A text that people fill in.
    Input {
        /// A few words that say what to fill in.
        label: VoicedText,
        /// The form of the text.
        form: InputForm,
    },
}

/// The form of a text that people fill in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub enum InputForm {
    /// Any text.
    #[default]
    Text,
    /// An email address.
    Email,
    /// A web address.
    Url,
    /// An IP address or a range of IP addresses.
    Ip,
}

/// The answer to a fact's question.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, BorshSerialize, BorshDeserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum FactAnswer {
    /// Yes.
    Yes,
    /// No.
    No,
    /// Not sure.
    Unsure,
}

/// The position of a fact in a loaded knowledge base.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FactId {
    /// Index into [`KnowledgeBase::collections`](super::KnowledgeBase::collections).
    pub collection: usize,
    /// Index into [`Collection::facts`](super::Collection::facts).
    pub fact: usize,
}

/// A fact of the same collection and an answer to it: a condition that must hold, or an answer that is known from the start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub struct FactValue {
    /// Index into [`Collection::facts`](super::Collection::facts).
    pub fact: usize,
    /// The answer.
    pub answer: FactAnswer,
}

impl Fact {
    /// Returns the question, or `None` for an input.
    #[must_use]
    pub fn question(&self) -> Option<&VoicedText> {
        match &self.kind {
            FactKind::Question(question) => Some(question),
            FactKind::Input { .. } => None,
        }
    }

    /// Returns the label and the form of an input, or `None` for a question.
    #[must_use]
    pub fn input(&self) -> Option<(&VoicedText, InputForm)> {
        match &self.kind {
            FactKind::Question(_) => None,
            FactKind::Input { label, form } => Some((label, *form)),
        }
    }

    /// Returns the key of an input in the blanks of a case: the label, in the voice that talks about the user. Returns `None` for
    /// a question.
    #[must_use]
    pub fn input_key(&self) -> Option<SanitizedText> {
        self.input().map(|(label, _)| label.voice(Voice::TheUser))
    }
}

impl InputForm {
    /// All forms.
    pub const ALL: &[Self] = &[Self::Text, Self::Email, Self::Url, Self::Ip];

    /// Returns the name in YAML.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Email => "email",
            Self::Url => "url",
            Self::Ip => "ip",
        }
    }

    /// Parses the name in YAML.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|form| form.name() == name)
    }

    /// Whether a text probably has this form. The check is lenient, because a value that looks wrong can still be right.
    #[must_use]
    pub fn accepts(self, text: &str) -> bool {
        let has_space = text.contains(char::is_whitespace);
        match self {
            Self::Text => true,
            Self::Email => {
                !has_space && text.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'))
            }
            Self::Url => !has_space && text.contains('.'),
            Self::Ip => {
                let address = text.split(['/', '-']).next().unwrap_or_default().trim();
                address.parse::<std::net::IpAddr>().is_ok()
            }
        }
    }
}

impl FactAnswer {
    /// All answers.
    pub const ALL: &[Self] = &[Self::Yes, Self::No, Self::Unsure];

    /// Returns the answer as written in YAML, on the command line and in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Unsure => "unsure",
        }
    }

    /// Parses an answer as written in YAML, on the command line or in JSON.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|answer| answer.name() == name)
    }
}

impl fmt::Display for FactAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::InputForm;

    #[test]
    fn a_form_accepts_what_people_type_for_it() {
        for (form, good, bad) in [
            (InputForm::Email, "jane.roe@example.com", "jane.roe"),
            (InputForm::Url, "https://acme.devolutions.app", "acme dot devolutions"),
            (InputForm::Ip, "203.0.113.7/24", "203.0.113"),
            (InputForm::Ip, "2001:db8::1", "my address"),
        ] {
            assert!(form.accepts(good) && !form.accepts(bad), "{form:?}");
        }
    }
}
