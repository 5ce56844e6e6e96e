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
