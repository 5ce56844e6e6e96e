//! The fields that may stand in a file, exactly as they are written: what serde takes, what a misspelt field is compared with, and
//! what the JSON Schema tells an editor. What is optional here may still be required: its absence is a finding with a place, which
//! serde cannot give.

#![expect(clippy::struct_field_names, reason = "fields are named as authors write them")]

#[cfg(test)]
use schemars::JsonSchema;
use serde::Deserialize;
use serde_yaml::{Mapping, Sequence, Value};

#[cfg(test)]
mod schema;

/// A collection of articles: `collection.yaml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(test, derive(JsonSchema), schemars(!default, extend("required" = ["title"])))]
pub(super) struct Collection {
    /// In a few words, what the collection is about, such as `Access denied`.
    #[cfg_attr(test, schemars(with = "schema::Text"))]
    pub(super) title: Option<String>,
    /// The product that its errors come from.
    #[cfg_attr(test, schemars(with = "schema::Text"))]
    pub(super) product: Option<String>,
    /// Where the vendor lists more errors.
    #[cfg_attr(test, schemars(with = "schema::Link"))]
    pub(super) more: Option<String>,
    /// What a case is about, to be filled in when somebody is asked for help: an address, an account.
    #[cfg_attr(test, schemars(with = "Vec<schema::Text>"))]
    pub(super) blanks: Option<Vec<String>>,
    /// Names for addresses, which an escalation's `contact` may use.
    #[cfg_attr(test, schemars(with = "schema::Map<schema::Text>"))]
    contacts: Option<Mapping>,
    /// The vendor's words, each with the words that people use for it. Used by the search only. Those for the title mean all articles.
    #[cfg_attr(test, schemars(with = "schema::Map<Vec<schema::Text>>"))]
    synonyms: Option<Mapping>,
    /// Yes/no questions that tell the articles apart.
    #[cfg_attr(test, schemars(with = "schema::Map<Clue>"))]
    clues: Option<Mapping>,
    /// `yes`, where only who types something finds these articles: nobody is asked about them who has typed nothing. So it is with
    /// errors that are known by a code alone.
    #[serde(rename = "only-by-search")]
    #[cfg_attr(test, schemars(with = "schema::YesNo"))]
    only_by_search: Option<String>,
    /// Warnings that are wrong for this file, each with the reason.
    #[cfg_attr(test, schemars(with = "schema::Silences"))]
    silence: Option<Mapping>,
}

/// A yes/no question that tells articles apart. Each article gives its answer, or leaves it out.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(test, derive(JsonSchema), schemars(!default, extend("required" = ["question"])))]
pub(super) struct Clue {
    /// The question, for somebody who sees the error.
    #[cfg_attr(test, schemars(with = "schema::Text"))]
    pub(super) question: Option<String>,
    /// How to find the answer out.
    #[cfg_attr(test, schemars(with = "schema::Text"))]
    pub(super) hint: Option<String>,
}

/// An article: one error, and the flow that leads to its fix. The name of the file is its id.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(test, derive(JsonSchema), schemars(!default, extend("required" = ["message", "flow"])))]
pub(super) struct Article {
    /// The error's text, to the letter.
    #[cfg_attr(test, schemars(with = "schema::Text"))]
    pub(super) message: Option<String>,
    /// Other texts of the same error: an older version, another language.
    #[cfg_attr(test, schemars(with = "Vec<schema::Text>"))]
    pub(super) wordings: Option<Vec<String>>,
    /// Its codes, such as `403.7` or `IPForbidden`.
    #[cfg_attr(test, schemars(with = "Vec<schema::Text>"))]
    pub(super) codes: Option<Vec<String>>,
    /// What people say in their own words.
    #[cfg_attr(test, schemars(with = "Vec<schema::Text>"))]
    pub(super) keywords: Option<Vec<String>>,
    /// What has happened, in one or two sentences.
    #[cfg_attr(test, schemars(with = "schema::Text"))]
    pub(super) description: Option<String>,
    /// Its answers to the collection's clues, `yes` or `no`. Leave a clue out when it says nothing about this error.
    #[cfg_attr(test, schemars(with = "schema::Map<schema::YesNo>"))]
    clues: Option<Mapping>,
    /// Where its facts come from.
    #[cfg_attr(test, schemars(with = "Vec<schema::Link>"))]
    pub(super) sources: Option<Vec<String>>,
    /// The day on which somebody last compared it with its sources: year-month-day.
    #[cfg_attr(test, schemars(with = "schema::Day"))]
    pub(super) reviewed: Option<String>,
    /// The decision tree. It starts at the first node; each node is a question, a solution or an escalation.
    #[cfg_attr(test, schemars(with = "schema::Flow"))]
    flow: Option<Mapping>,
    /// What a case of this error is about, besides what the collection says; to be filled in when somebody is asked for help.
    #[cfg_attr(test, schemars(with = "Vec<schema::Text>"))]
    pub(super) blanks: Option<Vec<String>>,
    /// Walks that must come to a certain end. `unstuck test` walks them.
    #[cfg_attr(test, schemars(with = "schema::Map<Scenario>"))]
    scenarios: Option<Mapping>,
    /// Warnings that are wrong for this file, each with the reason.
    #[cfg_attr(test, schemars(with = "schema::Silences"))]
    silence: Option<Mapping>,
}

/// A walk that must come to a certain end.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(test, derive(JsonSchema), schemars(!default, extend("required" = ["ends"])))]
pub(super) struct Scenario {
    /// What is typed first; it must lead to this article.
    #[cfg_attr(test, schemars(with = "schema::Text"))]
    pub(super) search: Option<String>,
    /// What is answered to clues before the walk.
    #[cfg_attr(test, schemars(with = "schema::Map<schema::YesNo>"))]
    clues: Option<Mapping>,
    /// The answers in order: `yes`, `no`, `unsure` or the label of a choice; at a solution `solved` or `not-solved`.
    #[cfg_attr(test, schemars(with = "Vec<schema::Text>"))]
    pub(super) answers: Option<Vec<String>>,
    /// The node where it must end; of another article `article/node`.
    #[cfg_attr(test, schemars(with = "schema::Text"))]
    pub(super) ends: Option<String>,
    /// Words of the steps that must be there, in this order; `owner: words` says who must do it.
    #[cfg_attr(test, schemars(with = "schema::ExpectedSteps"))]
    steps: Option<Sequence>,
}

/// A question to the person at the keyboard: `yes` and `no`, or `choices`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(test, derive(JsonSchema), schemars(!default, extend("required" = ["question"], "oneOf" = schema::ways())))]
pub(super) struct Question {
    /// The question.
    #[cfg_attr(test, schemars(with = "schema::Text"))]
    pub(super) question: Option<String>,
    /// How to find the answer out.
    #[cfg_attr(test, schemars(with = "schema::Text"))]
    pub(super) hint: Option<String>,
    /// A sentence that explains.
    #[cfg_attr(test, schemars(with = "schema::Text"))]
    pub(super) note: Option<String>,
    /// What must be known first, above all what cannot be undone.
    #[cfg_attr(test, schemars(with = "schema::Text"))]
    pub(super) caution: Option<String>,
    /// The clue that asks the same. Where it has been answered, this question is skipped.
    #[cfg_attr(test, schemars(with = "schema::Text"))]
    pub(super) clue: Option<String>,
    /// Where "yes" leads.
    #[cfg_attr(test, schemars(with = "schema::Way"))]
    yes: Option<Value>,
    /// Where "no" leads.
    #[cfg_attr(test, schemars(with = "schema::Way"))]
    no: Option<Value>,
    /// Where "not sure" leads. Without it, where "no" leads.
    #[cfg_attr(test, schemars(with = "schema::Way"))]
    unsure: Option<Value>,
    /// Answers of its own in place of yes and no, each with where it leads.
    #[cfg_attr(test, schemars(with = "schema::Map<schema::Way>"))]
    choices: Option<Mapping>,
}

/// What to do, and where to go on when it did not help.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(test, derive(JsonSchema), schemars(!default, extend("required" = ["solution", "steps"])))]
pub(super) struct Solution {
    /// What the solution is, in a line.
    #[cfg_attr(test, schemars(with = "schema::Text"))]
    pub(super) solution: Option<String>,
    /// A sentence that explains.
    #[cfg_attr(test, schemars(with = "schema::Text"))]
    pub(super) note: Option<String>,
    /// What must be known first, above all what cannot be undone.
    #[cfg_attr(test, schemars(with = "schema::Text"))]
    pub(super) caution: Option<String>,
    /// What to do, in order.
    #[cfg_attr(test, schemars(with = "Vec<Step>", length(min = 1)))]
    steps: Option<Sequence>,
    /// Where "that did not help" leads.
    #[cfg_attr(test, schemars(with = "schema::Way"))]
    otherwise: Option<Value>,
}

/// One thing to do, or `goto` for the steps of another solution.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(test, derive(JsonSchema), schemars(!default, extend("required" = [], "oneOf" = schema::steps(), "dependencies" = schema::after())))]
pub(super) struct Step {
    /// Who does it.
    #[cfg_attr(test, schemars(with = "schema::Actor"))]
    pub(super) by: Option<String>,
    /// What to do: one short sentence.
    #[serde(rename = "do")]
    #[cfg_attr(test, schemars(with = "schema::Text"))]
    pub(super) text: Option<String>,
    /// For a step that cannot be undone: what must be known or at hand first.
    #[cfg_attr(test, schemars(with = "schema::Text"))]
    pub(super) irreversible: Option<String>,
    /// For a step that cannot be undone: the questions that must have been asked, each with its answer.
    #[cfg_attr(test, schemars(with = "schema::Map<schema::Text>"))]
    after: Option<Mapping>,
    /// A solution whose steps belong here: `node`, or `article/node`.
    #[cfg_attr(test, schemars(with = "schema::Text"))]
    pub(super) goto: Option<String>,
}

/// Hands over to somebody else.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(test, derive(JsonSchema), schemars(!default, extend("required" = ["escalation"])))]
pub(super) struct Escalation {
    /// Who takes over.
    #[cfg_attr(test, schemars(with = "schema::Text"))]
    pub(super) escalation: Option<String>,
    /// A sentence that explains.
    #[cfg_attr(test, schemars(with = "schema::Text"))]
    pub(super) note: Option<String>,
    /// What must be known first, above all what cannot be undone.
    #[cfg_attr(test, schemars(with = "schema::Text"))]
    pub(super) caution: Option<String>,
    /// A name from the collection's `contacts`, or an address.
    #[cfg_attr(test, schemars(with = "schema::Text"))]
    pub(super) contact: Option<String>,
    /// What they will need: a text for each thing to be filled in; `message: words` for the error's message, `tried: words` for what
    /// was asked and tried, `that: words` for a fact.
    #[cfg_attr(test, schemars(with = "schema::Brought"))]
    bring: Option<Sequence>,
}
