//! Snapshots of a session as data, in the format that `unstuck ask --json` prints.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{FlowSession, Outcome, RemainingQuestions};
use crate::kb::{Branches, FactAnswer, NodeKind, Role, Step};
use crate::text::{SanitizedText, Voice};

/// The state of a session: its current node and the answers that led there.
#[derive(Debug, Clone, Serialize)]
pub struct Snapshot {
    /// The ID of the article where the session started.
    pub article: String,
    /// The known facts with their answers, by the ID of the fact.
    pub facts: BTreeMap<String, FactAnswer>,
    /// All answers so far, in order, including the answers to questions that were not asked.
    #[serde(rename = "trail")]
    pub answers: Vec<AnsweredQuestion>,
    /// The current node.
    pub now: CurrentNode,
    /// The range of the number of questions that may follow after the current node.
    pub left: RemainingQuestions,
    /// The outcome, if the session has ended.
    pub outcome: Option<Outcome>,
}

/// A question or solution with its answer.
#[derive(Debug, Clone, Serialize)]
pub struct AnsweredQuestion {
    /// The name of the node, or `article/node` if it belongs to another article.
    pub node: String,
    /// The text of the question, or the heading of a solution.
    pub question: SanitizedText,
    /// The answer as text, such as `yes` or `not-solved`, or the label of a choice.
    pub answer: String,
    /// Whether the fact of the question was already known, so that the question was not asked.
    pub known: bool,
}

/// The content of the current node.
#[derive(Debug, Clone, Default, Serialize)]
pub struct CurrentNode {
    /// The name of the node, or `article/node` if it belongs to another article.
    pub node: String,
    /// `question`, `solution` or `escalation`.
    pub kind: &'static str,
    /// The question, or the heading of the solution or escalation.
    pub text: SanitizedText,
    /// An explanation of how to find the answer.
    pub hint: Option<SanitizedText>,
    /// An additional sentence that explains the node.
    pub note: Option<SanitizedText>,
    /// A warning to read before following the steps or answering.
    pub caution: Option<SanitizedText>,
    /// The labels of the choices. Empty at a yes/no question and at other nodes.
    pub choices: Vec<SanitizedText>,
    /// The steps of the solution, in order.
    pub steps: Vec<CurrentStep>,
    /// The contact of the escalation.
    pub contact: Option<SanitizedText>,
    /// The details that the contact needs.
    pub bring: Vec<SanitizedText>,
}

/// A step of the current solution.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CurrentStep {
    /// The role that does the step.
    pub by: Role,
    /// The action.
    #[serde(rename = "do")]
    pub text: SanitizedText,
    /// The condition to make sure of first, if the step can't be undone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub irreversible: Option<SanitizedText>,
}

impl CurrentStep {
    /// Returns a step with its texts in one voice. `details` are the known details, as `(ID of the fact, value)`.
    #[must_use]
    pub fn new(step: &Step, voice: Voice, details: &[(String, String)]) -> Self {
        let irreversible = step.irreversible.as_ref().map(|first| first.with_details(voice, details));
        Self { by: step.by, text: step.text.with_details(voice, details), irreversible }
    }
}

impl Snapshot {
    /// Returns the state of a session, with its texts in one voice. `details` are the known details, as `(ID of the fact, value)`.
    #[must_use]
    pub fn new(session: &FlowSession, voice: Voice, details: &[(String, String)]) -> Self {
        let kb = session.kb();
        let name = |at| kb.node_name(at, session.article());
        let answers = session.answers().iter().map(|entry| AnsweredQuestion {
            node: name(entry.at),
            question: kb.node(entry.at).map(|node| node.text.voice(voice)).unwrap_or_default(),
            answer: session.answer_token(entry.at, entry.answer),
            known: entry.known,
        });
        Self {
            article: kb.articles.get(session.article()).map(|article| article.id.clone()).unwrap_or_default(),
            facts: session
                .facts()
                .into_iter()
                .filter_map(|(id, answer)| Some((kb.fact(id)?.id.clone(), answer)))
                .collect(),
            answers: answers.collect(),
            now: now(session, name(session.at()), voice, details),
            left: session.remaining(),
            outcome: session.outcome(),
        }
    }
}

fn now(session: &FlowSession, name: String, voice: Voice, details: &[(String, String)]) -> CurrentNode {
    let Some(node) = session.node() else { return CurrentNode::default() };
    let head = CurrentNode {
        node: name,
        text: node.text.with_details(voice, details),
        note: node.note.as_ref().map(|note| note.with_details(voice, details)),
        caution: node.caution.as_ref().map(|caution| caution.with_details(voice, details)),
        ..CurrentNode::default()
    };
    match &node.kind {
        NodeKind::Question(question) => {
            let choices = match &question.branches {
                Branches::Choices { choices, .. } => choices.iter().map(|(label, _)| label.clone()).collect(),
                Branches::YesNo { .. } => Vec::new(),
            };
            CurrentNode {
                kind: "question",
                hint: question.hint.as_ref().map(|hint| hint.with_details(voice, details)),
                choices,
                ..head
            }
        }
        NodeKind::Solution(_) => CurrentNode {
            kind: "solution",
            steps: session.steps().map(|(_, step)| CurrentStep::new(step, voice, details)).collect(),
            ..head
        },
        NodeKind::Escalation(escalation) => CurrentNode {
            kind: "escalation",
            contact: escalation.contact.clone(),
            bring: session.required_infos().iter().map(|info| info.text.with_details(voice, details)).collect(),
            ..head
        },
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::flow::{Answer, KnownFacts, kb_of};

    const ARTICLE: &str = "
message: It is dark.
flow:
  which:
    question: Which lamp?
    note: There are two.
    caution: They are hot.
    hint: Look up.
    choices: {The left one: fix, The right one: help}
  fix:
    solution: Fix it
    steps: [{by: user, do: Turn it., irreversible: It breaks.}]
    otherwise: help
  help: {escalation: Help, contact: 'mailto:help@example.com', bring: [the room]}
";

    #[test]
    fn snapshot_contains_every_field_of_the_node() {
        let mut session = FlowSession::new(kb_of(ARTICLE), 0, KnownFacts::default());
        let now = |session: &FlowSession| serde_json::to_value(Snapshot::new(session, Voice::TheUser, &[])).unwrap();
        let at_question = json!({
            "node": "which", "kind": "question", "text": "Which lamp?", "hint": "Look up.", "note": "There are two.",
            "caution": "They are hot.", "choices": ["The left one", "The right one"], "steps": [], "contact": null, "bring": [],
        });
        assert_eq!(now(&session)["now"], at_question);
        session.answer(Answer::Choice(0)).unwrap();
        let at_solution = json!({
            "node": "fix", "kind": "solution", "text": "Fix it", "hint": null, "note": null, "caution": null, "choices": [],
            "steps": [{"by": "user", "do": "Turn it.", "irreversible": "It breaks."}], "contact": null, "bring": [],
        });
        assert_eq!(now(&session)["now"], at_solution);
        session.answer(Answer::NotSolved).unwrap();
        let at_end = json!({
            "node": "help", "kind": "escalation", "text": "Help", "hint": null, "note": null, "caution": null, "choices": [],
            "steps": [], "contact": "mailto:help@example.com", "bring": ["the room"],
        });
        assert_eq!(now(&session)["now"], at_end);
        let state = now(&session);
        assert_eq!(state["article"], "dark");
        assert_eq!(state["outcome"], "escalated");
        assert_eq!(
            state["trail"],
            json!([
                {"node": "which", "question": "Which lamp?", "answer": "The left one", "known": false},
                {"node": "fix", "question": "Fix it", "answer": "not-solved", "known": false},
            ])
        );
    }
}
