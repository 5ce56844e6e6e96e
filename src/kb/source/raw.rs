//! The fields of a file exactly as authors write them. serde reads these fields, and misspelled fields are compared with their
//! names. Their doc comments are the descriptions in the JSON Schema, which editors show to authors. A field that is `Option`
//! here can still be required: a missing field is reported as a diagnostic with a location, which serde can't provide.

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
    /// The first sentence of messages to send about a situation without an error message, such as `The printer prints nothing.`
    #[cfg_attr(test, schemars(with = "schema::Text"))]
    pub(super) opening: Option<String>,
    /// The vendor's list of errors. Shown if a search finds nothing.
    #[serde(rename = "errors-list")]
    #[cfg_attr(test, schemars(with = "schema::Link"))]
    pub(super) errors_list: Option<String>,
    /// Roles besides `user`, `administrator`, `owner` and `support`, each with a few words: `hr: The HR team`.
    #[cfg_attr(test, schemars(with = "schema::Map<schema::Text>"))]
    roles: Option<Mapping>,
    /// Names for addresses, such as `helpdesk: help@example.com`. Use these names in `contact`.
    #[cfg_attr(test, schemars(with = "schema::Map<schema::Text>"))]
    contacts: Option<Mapping>,
    /// The vendor's terms, each with words that people use instead. Used only by search. Synonyms of the title find every article of the
    /// collection.
    #[cfg_attr(test, schemars(with = "schema::Map<Vec<schema::Text>>"))]
    synonyms: Option<Mapping>,
    /// Facts about a case that several articles use. Each is asked once, and its answer holds in every article.
    #[cfg_attr(test, schemars(with = "schema::Map<Fact>"))]
    facts: Option<Mapping>,
    /// The situations: texts about what happened in people's own words, each with its article. They are the way in for people without
    /// an error message.
    #[cfg_attr(test, schemars(with = "schema::Situations"))]
    situations: Option<Sequence>,
    /// Nodes that every article of the collection can lead to by name.
    #[cfg_attr(test, schemars(with = "schema::Flow"))]
    flow: Option<Mapping>,
    /// Warnings that are wrong for this file, each with a reason: `W003: The question explains itself.`
    #[cfg_attr(test, schemars(with = "schema::Suppressions"))]
    suppress: Option<Mapping>,
}

/// A fact: a yes/no question that nodes ask with `ask`, or a text that people fill in.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(test, derive(JsonSchema), schemars(!default, extend("required" = [], "oneOf" = schema::fact_kinds())))]
pub(super) struct Fact {
    /// A question that people can answer with yes or no.
    #[cfg_attr(test, schemars(with = "schema::Text"))]
    pub(super) question: Option<String>,
    /// A few words that say what to fill in, such as `The name of the printer`.
    #[cfg_attr(test, schemars(with = "schema::Text"))]
    pub(super) input: Option<String>,
    /// The form of what people fill in: `text` (default), `email`, `url` or `ip`. unstuck points out a value that looks wrong, but
    /// accepts it.
    #[cfg_attr(test, schemars(with = "schema::InputForm"))]
    pub(super) kind: Option<String>,
    /// Set to `yes` if the answer is the same for every case at one company. The settings can contain it then.
    #[cfg_attr(test, schemars(with = "schema::YesNo"))]
    constant: Option<String>,
    /// A hint on finding the answer, such as `Look at the top right of the screen.`
    #[cfg_attr(test, schemars(with = "schema::Text"))]
    pub(super) hint: Option<String>,
}

/// A situation: the article about it, and the facts that it implies.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(test, derive(JsonSchema), schemars(!default, extend("required" = ["goto"])))]
pub(super) struct Situation {
    /// The ID of the article.
    #[cfg_attr(test, schemars(with = "schema::Text"))]
    pub(super) goto: Option<String>,
    /// The facts that the situation implies: `yes` or `no`.
    #[cfg_attr(test, schemars(with = "schema::Map<schema::YesNo>"))]
    known: Option<Mapping>,
}

/// An article: one error, and the flow that leads to its fix. The name of the file is its ID.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(test, derive(JsonSchema), schemars(!default, extend("required" = ["flow"], "oneOf" = schema::headings())))]
pub(super) struct Article {
    /// The error message, exactly as it appears on the screen.
    #[cfg_attr(test, schemars(with = "schema::Text"))]
    pub(super) message: Option<String>,
    /// Instead of `message`, if the article is about a situation without an error message: a short title.
    #[cfg_attr(test, schemars(with = "schema::Text"))]
    pub(super) title: Option<String>,
    /// Other texts of the same error, such as an older version or another language.
    #[cfg_attr(test, schemars(with = "Vec<schema::Text>"))]
    pub(super) wordings: Option<Vec<String>>,
    /// Codes of the error, such as `403.7` or `IPForbidden`. Leave out everyday words. Written as `code: {fact: yes}`, a code
    /// also answers the question of a fact.
    #[cfg_attr(test, schemars(with = "schema::Codes"))]
    codes: Option<Value>,
    /// Words that people use for the error, such as `printer is empty`.
    #[cfg_attr(test, schemars(with = "Vec<schema::Text>"))]
    pub(super) keywords: Option<Vec<String>>,
    /// The event that causes the error, in one or two sentences.
    #[cfg_attr(test, schemars(with = "schema::Text"))]
    pub(super) description: Option<String>,
    /// The facts that this error implies: `yes` or `no`. They are not asked.
    #[cfg_attr(test, schemars(with = "schema::Map<schema::YesNo>"))]
    known: Option<Mapping>,
    /// The origin of the information: a link, or a text such as `Printer manual, page 12`.
    #[cfg_attr(test, schemars(with = "Vec<schema::Source>"))]
    pub(super) sources: Option<Vec<String>>,
    /// Links to learn more, each with its label.
    #[serde(rename = "see-also")]
    #[cfg_attr(test, schemars(with = "schema::Map<schema::Link>"))]
    see_also: Option<Mapping>,
    /// Advice that keeps the error from happening again. Shown after the case is solved.
    #[cfg_attr(test, schemars(with = "Vec<schema::Text>"))]
    pub(super) prevention: Option<Vec<String>>,
    /// Set to `none` if no situation leads to this article on purpose.
    #[cfg_attr(test, schemars(with = "schema::NoSituation"))]
    situation: Option<String>,
    /// The day when someone last compared the article with its sources: year-month-day.
    #[cfg_attr(test, schemars(with = "schema::Day"))]
    pub(super) reviewed: Option<String>,
    /// The decision tree. It starts at the first node. Each node is a question, a solution or an escalation.
    #[cfg_attr(test, schemars(with = "schema::Flow"))]
    flow: Option<Mapping>,
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
    /// Facts that are known before the first question: `yes`, `no` or `unsure`.
    #[cfg_attr(test, schemars(with = "schema::Map<schema::Text>"))]
    known: Option<Mapping>,
    /// The answers in order: `yes`, `no`, `unsure` or the label of a choice. At a solution: `solved` or `not-solved`.
    #[cfg_attr(test, schemars(with = "Vec<schema::Text>"))]
    pub(super) answers: Option<Vec<String>>,
    /// The node where the answers must end. For a node of another article, write `article/node`.
    #[cfg_attr(test, schemars(with = "schema::Text"))]
    pub(super) ends: Option<String>,
    /// The roles of all steps of the last node, in order: `[administrator, user]`.
    #[cfg_attr(test, schemars(with = "Vec<schema::Role>"))]
    pub(super) steps: Option<Vec<String>>,
}

/// A question with the answers `yes` and `no`, or with `choices`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(test, derive(JsonSchema), schemars(!default, extend("required" = [], "oneOf" = schema::branches())))]
pub(super) struct Question {
    /// The question.
    #[cfg_attr(test, schemars(with = "schema::Text"))]
    pub(super) question: Option<String>,
    /// Instead of `question`: a fact of the collection, whose question and hint are used. If the fact is known, the question is
    /// skipped.
    #[cfg_attr(test, schemars(with = "schema::Text"))]
    pub(super) ask: Option<String>,
    /// A hint on finding the answer, such as `Look at the top right of the screen.`
    #[cfg_attr(test, schemars(with = "schema::Text"))]
    pub(super) hint: Option<String>,
    /// A sentence that explains the node.
    #[cfg_attr(test, schemars(with = "schema::Text"))]
    pub(super) note: Option<String>,
    /// A warning that people must read first, above all if something cannot be undone.
    #[cfg_attr(test, schemars(with = "schema::Text"))]
    pub(super) caution: Option<String>,
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
#[cfg_attr(test, derive(JsonSchema), schemars(!default, extend("required" = [], "oneOf" = schema::steps(), "dependencies" = schema::requires(), "additionalProperties" = schema::other_role())))]
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
    /// For a step that cannot be undone: the facts that must be established before it: `backup: yes`.
    #[cfg_attr(test, schemars(with = "schema::Map<schema::Text>"))]
    requires: Option<Mapping>,
    /// Facts that must be known for the step to be shown: `sso: yes`.
    #[serde(rename = "if")]
    #[cfg_attr(test, schemars(with = "schema::Map<schema::Text>"))]
    conditions: Option<Mapping>,
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
    /// Details that this person or team needs. Write the name of a fact, or a text, for each detail that people fill in. Write
    /// `message: text` for the error message and `tried: text` for the answers and solutions so far. For a statement, write
    /// `that: sentence` and, below it, `if: {fact: answer}` with the answer that makes it true.
    #[cfg_attr(test, schemars(with = "schema::RequiredInfos"))]
    bring: Option<Sequence>,
}
