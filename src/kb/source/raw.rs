//! The fields that may stand in a file, exactly as they are written. What is optional here may still be required: its absence is
//! a finding with a place, which serde cannot give.

#![expect(clippy::struct_field_names, reason = "fields are named as authors write them")]

use serde::Deserialize;
use serde_yaml::{Mapping, Sequence, Value};

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Collection {
    pub(super) title: Option<String>,
    pub(super) product: Option<String>,
    pub(super) more: Option<String>,
    contacts: Option<Mapping>,
    synonyms: Option<Mapping>,
    clues: Option<Mapping>,
    silence: Option<Mapping>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Clue {
    pub(super) question: Option<String>,
    pub(super) hint: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Article {
    pub(super) message: Option<String>,
    pub(super) wordings: Option<Vec<String>>,
    pub(super) codes: Option<Vec<String>>,
    pub(super) keywords: Option<Vec<String>>,
    pub(super) description: Option<String>,
    clues: Option<Mapping>,
    pub(super) sources: Option<Vec<String>>,
    pub(super) reviewed: Option<String>,
    flow: Option<Mapping>,
    scenarios: Option<Mapping>,
    silence: Option<Mapping>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Scenario {
    pub(super) search: Option<String>,
    clues: Option<Mapping>,
    pub(super) answers: Option<Vec<String>>,
    pub(super) ends: Option<String>,
    steps: Option<Sequence>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Question {
    pub(super) question: Option<String>,
    pub(super) hint: Option<String>,
    pub(super) note: Option<String>,
    pub(super) caution: Option<String>,
    pub(super) clue: Option<String>,
    yes: Option<Value>,
    no: Option<Value>,
    unsure: Option<Value>,
    choices: Option<Mapping>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Solution {
    pub(super) solution: Option<String>,
    pub(super) note: Option<String>,
    pub(super) caution: Option<String>,
    steps: Option<Sequence>,
    otherwise: Option<Value>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Step {
    pub(super) by: Option<String>,
    #[serde(rename = "do")]
    pub(super) text: Option<String>,
    pub(super) irreversible: Option<String>,
    after: Option<Mapping>,
    pub(super) goto: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Escalation {
    pub(super) escalation: Option<String>,
    pub(super) note: Option<String>,
    pub(super) caution: Option<String>,
    pub(super) contact: Option<String>,
    pub(super) bring: Option<Vec<String>>,
}
