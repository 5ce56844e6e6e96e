//! A walk as data, in the shape that `unstuck ask --json` promises.

use serde::Serialize;

use super::{Left, Outcome, Walk};
use crate::kb::{NodeKind, Step, Ways};
use crate::text::Clean;

/// Where a walk stands, and how it came there.
#[derive(Debug, Clone, Serialize)]
pub struct State {
    /// The id of the article where the walk began.
    pub article: String,
    /// The answers so far.
    pub trail: Vec<Answered>,
    /// The present node.
    pub now: Now,
    /// How many questions may still come after it.
    pub left: Left,
    /// How the walk ended, if it has.
    pub outcome: Option<Outcome>,
}

/// One answer of the trail.
#[derive(Debug, Clone, Serialize)]
pub struct Answered {
    /// The node's name, with its article in front where it belongs to another one.
    pub node: String,
    /// What was asked.
    pub question: Clean,
    /// What was answered.
    pub answer: String,
    /// Whether a clue had already told the answer.
    pub known: bool,
}

/// The present node.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Now {
    /// The node's name, with its article in front where it belongs to another one.
    pub node: String,
    /// `question`, `solution` or `escalation`.
    pub kind: &'static str,
    /// The question, or the head line.
    pub text: Clean,
    /// How to find the answer out.
    pub hint: Option<Clean>,
    /// One more sentence that explains it.
    pub note: Option<Clean>,
    /// What must be known before anything is done here.
    pub caution: Option<Clean>,
    /// The labels of a question that has answers of its own.
    pub choices: Vec<Clean>,
    /// What to do, in order.
    pub steps: Vec<Step>,
    /// Where to reach whoever takes over.
    pub contact: Option<Clean>,
    /// What they will need.
    pub bring: Vec<Clean>,
}

impl From<&Walk> for State {
    fn from(walk: &Walk) -> Self {
        let kb = walk.kb();
        let name = |at| kb.node_name(at, walk.article());
        let trail = walk.trail().iter().map(|entry| Answered {
            node: name(entry.at),
            question: kb.node(entry.at).map(|node| node.text.clone()).unwrap_or_default(),
            answer: walk.word(entry.at, entry.answer),
            known: entry.known,
        });
        Self {
            article: kb.articles.get(walk.article()).map(|article| article.id.clone()).unwrap_or_default(),
            trail: trail.collect(),
            now: now(walk, name(walk.at())),
            left: walk.left(),
            outcome: walk.outcome(),
        }
    }
}

fn now(walk: &Walk, name: String) -> Now {
    let Some(node) = walk.node() else { return Now::default() };
    let head = Now {
        node: name,
        text: node.text.clone(),
        note: node.note.clone(),
        caution: node.caution.clone(),
        ..Now::default()
    };
    match &node.kind {
        NodeKind::Question(question) => {
            let choices = match &question.ways {
                Ways::Choices { choices, .. } => choices.iter().map(|(label, _)| label.clone()).collect(),
                Ways::YesNo { .. } => Vec::new(),
            };
            Now { kind: "question", hint: question.hint.clone(), choices, ..head }
        }
        NodeKind::Solution(solution) => Now { kind: "solution", steps: solution.steps.clone(), ..head },
        NodeKind::Escalation(escalation) => Now {
            kind: "escalation",
            contact: escalation.contact.clone(),
            bring: escalation.bring.iter().map(|bring| bring.text.clone()).collect(),
            ..head
        },
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::wizard::{Answer, Known, kb_of};

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
    fn the_state_says_all_that_stands_at_its_node() {
        let mut walk = Walk::new(kb_of(ARTICLE), 0, Known::default());
        let now = |walk: &Walk| serde_json::to_value(State::from(walk)).unwrap();
        let at_question = json!({
            "node": "which", "kind": "question", "text": "Which lamp?", "hint": "Look up.", "note": "There are two.",
            "caution": "They are hot.", "choices": ["The left one", "The right one"], "steps": [], "contact": null, "bring": [],
        });
        assert_eq!(now(&walk)["now"], at_question);
        walk.answer(Answer::Choice(0)).unwrap();
        let at_solution = json!({
            "node": "fix", "kind": "solution", "text": "Fix it", "hint": null, "note": null, "caution": null, "choices": [],
            "steps": [{"by": "user", "do": "Turn it.", "irreversible": "It breaks."}], "contact": null, "bring": [],
        });
        assert_eq!(now(&walk)["now"], at_solution);
        walk.answer(Answer::NotSolved).unwrap();
        let at_end = json!({
            "node": "help", "kind": "escalation", "text": "Help", "hint": null, "note": null, "caution": null, "choices": [],
            "steps": [], "contact": "mailto:help@example.com", "bring": ["the room"],
        });
        assert_eq!(now(&walk)["now"], at_end);
        let state = now(&walk);
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
