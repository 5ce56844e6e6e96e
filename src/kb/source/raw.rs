//! The fields of a file exactly as authors write them. serde reads them, misspelled fields are compared with them, and their doc
//! comments are the descriptions in the JSON Schema, which editors show to authors. A field that is `Option` here can still be
//! required: a missing field is reported as a diagnostic with a location, which serde can't provide.

#![expect(clippy::struct_field_names, reason = "fields are named as authors write them")]

#[cfg(test)]
use schemars::JsonSchema;
use serde::Deserialize;
use serde_yaml::{Mapping, Sequence, Value};

#[cfg(test)]
mod schema;

/// A collection of articles: the file `collection.yaml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(test, derive(JsonSchema), schemars(!default, extend("required" = ["title"])))]
pub(super) struct Collection {
    /// A few words about the collection, such as `Access denied`.
    #[cfg_attr(test, schemars(with = "schema::Text"))]
    pub(super) title: Option<String>,
    /// The product that shows the errors. Used in messages to send: "I get this error in Office Print".
    #[cfg_attr(test, schemars(with = "schema::Text"))]
    pub(super) product: Option<String>,
    /// The vendor's list of errors. Shown if a search finds nothing.
    #[cfg_attr(test, schemars(with = "schema::Link"))]
    pub(super) more: Option<String>,
    /// Details that only the people in a case know, such as the name of a printer. They fill them in for messages to send.
    #[cfg_attr(test, schemars(with = "Vec<schema::Text>"))]
    pub(super) blanks: Option<Vec<String>>,
    /// Names for addresses, such as `helpdesk: help@example.com`. Use these names in `contact`.
    #[cfg_attr(test, schemars(with = "schema::Map<schema::Text>"))]
    contacts: Option<Mapping>,
    /// The vendor's terms, each with words that people use instead. Used only by search. Synonyms of the title find every article of the
    /// collection.
    #[cfg_attr(test, schemars(with = "schema::Map<Vec<schema::Text>>"))]
    synonyms: Option<Mapping>,
    /// Yes/no questions that tell the articles apart.
    #[cfg_attr(test, schemars(with = "schema::Map<Clue>"))]
    clues: Option<Mapping>,
    /// Set to `yes` to offer these articles only for a typed search, never in the guided questions. Useful for errors that people know
    /// only by a code.
    #[serde(rename = "only-by-search")]
    #[cfg_attr(test, schemars(with = "schema::YesNo"))]
    only_by_search: Option<String>,
    /// Warnings that are wrong for this file, each with a reason: `W003: The question explains itself.`
    #[cfg_attr(test, schemars(with = "schema::Suppressions"))]
    suppress: Option<Mapping>,
}

/// A yes/no question that tells articles apart. Each article gives its answer, or leaves the clue out.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(test, derive(JsonSchema), schemars(!default, extend("required" = ["question"])))]
pub(super) struct Clue {
    /// A question that someone who sees the error can answer with yes or no.
    #[cfg_attr(test, schemars(with = "schema::Text"))]
    pub(super) question: Option<String>,
    /// A hint on finding the answer, such as `Look at the top right of the screen.`
    #[cfg_attr(test, schemars(with = "schema::Text"))]
    pub(super) hint: Option<String>,
}

/// An article: one error, and the flow that leads to its fix. The name of the file is its ID.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(test, derive(JsonSchema), schemars(!default, extend("required" = ["message", "flow"])))]
pub(super) struct Article {
    /// The error message, exactly as it appears on the screen.
    #[cfg_attr(test, schemars(with = "schema::Text"))]
    pub(super) message: Option<String>,
    /// Other texts of the same error, such as an older version or another language.
    #[cfg_attr(test, schemars(with = "Vec<schema::Text>"))]
    pub(super) wordings: Option<Vec<String>>,
    /// Codes of the error, such as `403.7` or `IPForbidden`. Leave out everyday words.
    #[cfg_attr(test, schemars(with = "Vec<schema::Text>"))]
    pub(super) codes: Option<Vec<String>>,
    /// Words that people use for the error, such as `printer is empty`.
    #[cfg_attr(test, schemars(with = "Vec<schema::Text>"))]
    pub(super) keywords: Option<Vec<String>>,
    /// The event that causes the error, in one or two sentences.
    #[cfg_attr(test, schemars(with = "schema::Text"))]
    pub(super) description: Option<String>,
    /// Answers to the collection's clues: `yes` or `no`. Leave a clue out if the answer depends on the case.
    #[cfg_attr(test, schemars(with = "schema::Map<schema::YesNo>"))]
    clues: Option<Mapping>,
    /// Links to where the information comes from.
    #[cfg_attr(test, schemars(with = "Vec<schema::Link>"))]
    pub(super) sources: Option<Vec<String>>,
    /// The day when someone last compared the article with its sources: year-month-day.
    #[cfg_attr(test, schemars(with = "schema::Day"))]
    pub(super) reviewed: Option<String>,
    /// The decision tree. It starts at the first node. Each node is a question, a solution or an escalation.
    #[cfg_attr(test, schemars(with = "schema::Flow"))]
    flow: Option<Mapping>,
    /// Details for messages to send, in addition to the collection's `blanks`. People fill them in.
    #[cfg_attr(test, schemars(with = "Vec<schema::Text>"))]
    pub(super) blanks: Option<Vec<String>>,
    /// Tests of the flow. Run them with `unstuck test`.
    #[cfg_attr(test, schemars(with = "schema::Map<Scenario>"))]
    scenarios: Option<Mapping>,
    /// Warnings that are wrong for this file, each with a reason: `W003: The question explains itself.`
    #[cfg_attr(test, schemars(with = "schema::Suppressions"))]
    suppress: Option<Mapping>,
}

/// A test: a list of answers and the node where they must end.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(test, derive(JsonSchema), schemars(!default, extend("required" = ["ends"])))]
pub(super) struct Scenario {
    /// A search that must find this article.
    #[cfg_attr(test, schemars(with = "schema::Text"))]
    pub(super) search: Option<String>,
    /// Answers to clues: `yes` or `no`. If the search finds several articles, these answers must lead to this one.
    #[cfg_attr(test, schemars(with = "schema::Map<schema::YesNo>"))]
    clues: Option<Mapping>,
    /// The answers in order: `yes`, `no`, `unsure` or the label of a choice. At a solution: `solved` or `not-solved`.
    #[cfg_attr(test, schemars(with = "Vec<schema::Text>"))]
    pub(super) answers: Option<Vec<String>>,
    /// The node where the answers must end. For a node of another article, write `article/node`.
    #[cfg_attr(test, schemars(with = "schema::Text"))]
    pub(super) ends: Option<String>,
    /// Words of the steps that the last node must have, in this order. To test the role too, write `owner: words`.
    #[cfg_attr(test, schemars(with = "schema::ExpectedSteps"))]
    steps: Option<Sequence>,
}

/// A question with the answers `yes` and `no`, or with `choices`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(test, derive(JsonSchema), schemars(!default, extend("required" = ["question"], "oneOf" = schema::branches())))]
pub(super) struct Question {
    /// The question.
    #[cfg_attr(test, schemars(with = "schema::Text"))]
    pub(super) question: Option<String>,
    /// A hint on finding the answer, such as `Look at the top right of the screen.`
    #[cfg_attr(test, schemars(with = "schema::Text"))]
    pub(super) hint: Option<String>,
    /// A sentence that explains the node.
    #[cfg_attr(test, schemars(with = "schema::Text"))]
    pub(super) note: Option<String>,
    /// A warning that people must read first, above all if something cannot be undone.
    #[cfg_attr(test, schemars(with = "schema::Text"))]
    pub(super) caution: Option<String>,
    /// The clue that asks the same. If its answer is known, this question is skipped.
    #[cfg_attr(test, schemars(with = "schema::Text"))]
    pub(super) clue: Option<String>,
    /// The node that "Yes" leads to.
    #[cfg_attr(test, schemars(with = "schema::Target"))]
    yes: Option<Value>,
    /// The node that "No" leads to.
    #[cfg_attr(test, schemars(with = "schema::Target"))]
    no: Option<Value>,
    /// The node that "Not sure" leads to. Without it, "Not sure" leads where `no` leads. With `choices`, "Not sure" is possible only if you
    /// add it.
    #[cfg_attr(test, schemars(with = "schema::Target"))]
    unsure: Option<Value>,
    /// Answers instead of `yes` and `no`, each with the node that it leads to: `On the wall: wall`.
    #[cfg_attr(test, schemars(with = "schema::Map<schema::Target>"))]
    choices: Option<Mapping>,
}

/// A solution: steps, and the next node if they do not help.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(test, derive(JsonSchema), schemars(!default, extend("required" = ["solution", "steps"])))]
pub(super) struct Solution {
    /// The solution in one line, such as `Load paper`.
    #[cfg_attr(test, schemars(with = "schema::Text"))]
    pub(super) solution: Option<String>,
    /// A sentence that explains the node.
    #[cfg_attr(test, schemars(with = "schema::Text"))]
    pub(super) note: Option<String>,
    /// A warning that people must read first, above all if something cannot be undone.
    #[cfg_attr(test, schemars(with = "schema::Text"))]
    pub(super) caution: Option<String>,
    /// The steps, in order.
    #[cfg_attr(test, schemars(with = "Vec<Step>", length(min = 1)))]
    steps: Option<Sequence>,
    /// The next node if the solution does not help.
    #[cfg_attr(test, schemars(with = "schema::Target"))]
    otherwise: Option<Value>,
}

/// One thing to do, or `goto` to include the steps of another solution.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(test, derive(JsonSchema), schemars(!default, extend("required" = [], "oneOf" = schema::steps(), "dependencies" = schema::after())))]
pub(super) struct Step {
    /// The action of the user, in one short sentence. Short for `by: user` with `do: …`.
    #[cfg_attr(test, schemars(with = "schema::Text"))]
    pub(super) user: Option<String>,
    /// The action of the administrator, in one short sentence. Short for `by: administrator` with `do: …`.
    #[cfg_attr(test, schemars(with = "schema::Text"))]
    pub(super) administrator: Option<String>,
    /// The action of the owner, in one short sentence. Short for `by: owner` with `do: …`.
    #[cfg_attr(test, schemars(with = "schema::Text"))]
    pub(super) owner: Option<String>,
    /// The action of support, in one short sentence. Short for `by: support` with `do: …`.
    #[cfg_attr(test, schemars(with = "schema::Text"))]
    pub(super) support: Option<String>,
    /// The role that does the step.
    #[cfg_attr(test, schemars(with = "schema::Role"))]
    pub(super) by: Option<String>,
    /// The action, in one short sentence.
    #[serde(rename = "do")]
    #[cfg_attr(test, schemars(with = "schema::Text"))]
    pub(super) text: Option<String>,
    /// For a step that cannot be undone: what people must make sure of first, such as `No one needs the saved jobs.`
    #[cfg_attr(test, schemars(with = "schema::Text"))]
    pub(super) irreversible: Option<String>,
    /// For a step that cannot be undone: the questions that must come before it, each with the required answer: `saved: no`.
    #[cfg_attr(test, schemars(with = "schema::Map<schema::Text>"))]
    after: Option<Mapping>,
    /// A solution whose steps to include here: `node` or `article/node`.
    #[cfg_attr(test, schemars(with = "schema::Text"))]
    pub(super) goto: Option<String>,
}

/// The person or team to contact next.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(test, derive(JsonSchema), schemars(!default, extend("required" = ["escalation"])))]
pub(super) struct Escalation {
    /// The person or team to contact next, such as `The helpdesk`.
    #[cfg_attr(test, schemars(with = "schema::Text"))]
    pub(super) escalation: Option<String>,
    /// A sentence that explains the node.
    #[cfg_attr(test, schemars(with = "schema::Text"))]
    pub(super) note: Option<String>,
    /// A warning that people must read first, above all if something cannot be undone.
    #[cfg_attr(test, schemars(with = "schema::Text"))]
    pub(super) caution: Option<String>,
    /// A name from the collection's `contacts`, or an address.
    #[cfg_attr(test, schemars(with = "schema::Text"))]
    pub(super) contact: Option<String>,
    /// Details that this person or team needs. Write a text for each detail that people fill in. Write `message: text` for the error
    /// message, `tried: text` for the answers and solutions so far, and `that: text` for a fact.
    #[cfg_attr(test, schemars(with = "schema::RequiredInfos"))]
    bring: Option<Sequence>,
}
