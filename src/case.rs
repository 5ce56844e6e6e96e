//! Cases: one person's problem, from the search to an outcome, as it is saved, summarized for a ticket and turned into messages
//! to send. This module contains data and text only: it never reads the clock or the disk.

use std::collections::{BTreeMap, HashSet};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::flow::{FlowSession, Outcome, SavedSession};
use crate::kb::{InfoSource, KnowledgeBase, Node, NodeId, NodeKind, Role};
use crate::strings;
use crate::text::{SanitizedText, Voice};

mod handover;
mod summary;

pub use handover::{HandoverMessage, handover_messages};
pub use summary::markdown;

/// Values for the blanks of a case, by the blank's label, such as an instance address or an email address.
pub type Blanks = BTreeMap<String, String>;

/// The way an article was found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntryPoint {
    /// A search; contains the query.
    Search(String),
    /// The questions of the clues, after a search; contains the query, which is empty if nothing was typed.
    Clues(String),
    /// The list of all articles.
    #[default]
    List,
}

/// The status of a case.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CaseStatus {
    /// In progress.
    #[default]
    Open,
    /// On hold, for example until someone else replies.
    #[serde(rename = "waiting")]
    OnHold,
    /// Solved by a solution.
    Solved,
    /// Ended at an escalation.
    Escalated,
    /// Abandoned before an outcome.
    #[serde(rename = "given-up")]
    Unfinished,
}

impl CaseStatus {
    /// Returns the name that the database and the JSON output use.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::OnHold => "waiting",
            Self::Solved => "solved",
            Self::Escalated => "escalated",
            Self::Unfinished => "given-up",
        }
    }

    /// Returns the name that a case summary and the list of cases show.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Open => strings::summary::OPEN,
            Self::OnHold => strings::summary::ON_HOLD,
            Self::Solved => strings::summary::SOLVED,
            Self::Escalated => strings::summary::ESCALATED,
            Self::Unfinished => strings::summary::UNFINISHED,
        }
    }
}

/// A question with its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnsweredQuestion {
    /// The node, as `article/node`.
    pub node: String,
    /// The text of the question, or the heading of a solution.
    pub question: String,
    /// The answer as shown, such as `Yes` or the label of a choice.
    pub answer: String,
    /// Whether a clue or an earlier answer determined the answer, so that the question was not asked.
    pub known: bool,
}

/// A step of a solution that the flow reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// The solution, as `article/node`.
    pub node: String,
    /// The name of the role that does the step.
    pub by: String,
    /// The text of the step.
    #[serde(rename = "do")]
    pub text: String,
    /// Whether the step was ticked.
    pub done: bool,
}

/// The saved content of a case.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// The error message, word for word.
    pub message: String,
    /// The way its article was found.
    #[serde(rename = "found")]
    pub entry_point: EntryPoint,
    /// The flow session, stored with the names of its nodes and answers so that it can be resumed.
    #[serde(rename = "walk")]
    pub session: SavedSession,
    /// All questions with their answers, in order.
    pub answers: Vec<AnsweredQuestion>,
    /// The number of leading `answers` that belong to earlier articles of this case.
    #[serde(rename = "earlier", default)]
    pub earlier_answers: usize,
    /// The steps of all solutions that the flow reached, in order.
    pub steps: Vec<Step>,
    /// The number of leading `steps` that belong to earlier articles of this case.
    #[serde(default)]
    pub earlier_steps: usize,
    /// The text of the current node.
    pub now: String,
    /// The current node, as `article/node`.
    pub node: String,
    /// The status.
    #[serde(rename = "standing")]
    pub status: CaseStatus,
    /// The values of the blanks.
    #[serde(default)]
    pub blanks: Blanks,
    /// The version of the knowledge base, as in [`KnowledgeBase::version`].
    pub knowledge_base: String,
    /// Earlier queries that had no match.
    #[serde(rename = "lost", default)]
    pub failed_queries: Vec<String>,
    /// The ids of the earlier articles of this case, oldest first.
    #[serde(rename = "before", default)]
    pub previous_articles: Vec<String>,
}

impl Step {
    /// Whether both are the same text in the same solution.
    fn is_same_step(&self, other: &Self) -> bool {
        (&self.node, &self.text) == (&other.node, &other.text)
    }
}

impl Case {
    /// Creates the case of a session. `done(solution, step)` returns whether a step (an index into the solution's steps) is
    /// ticked.
    #[must_use]
    pub fn of(session: &FlowSession, found: EntryPoint, blanks: Blanks, done: impl Fn(NodeId, usize) -> bool) -> Self {
        let kb = session.kb();
        let name = |at: NodeId| kb.node_name(at, usize::MAX);
        let answers = session.answers().iter().filter_map(|entry| {
            let node = kb.node(entry.at)?;
            Some(AnsweredQuestion {
                node: name(entry.at),
                question: node.text.one_line(),
                answer: strings::label(&node.kind, entry.answer),
                known: entry.known,
            })
        });
        let reached =
            session.answers().iter().map(|entry| entry.at).chain(session.outcome().is_none().then_some(session.at()));
        let steps = reached.flat_map(|at| {
            let steps = kb.node(at).map(Node::steps).unwrap_or_default();
            let step = |(nth, step): (usize, &crate::kb::Step)| Step {
                node: name(at),
                by: step.by.name().to_owned(),
                text: step.text.one_line(),
                done: done(at, nth),
            };
            steps.iter().enumerate().map(step).collect::<Vec<_>>()
        });
        Self {
            message: message(session).one_line(),
            entry_point: found,
            session: session.to_saved(),
            answers: answers.collect(),
            earlier_answers: 0,
            steps: steps.collect(),
            earlier_steps: 0,
            now: session.node().map(|node| node.text.one_line()).unwrap_or_default(),
            node: name(session.at()),
            status: match session.outcome() {
                None => CaseStatus::Open,
                Some(Outcome::Solved) => CaseStatus::Solved,
                Some(Outcome::Escalated) => CaseStatus::Escalated,
            },
            blanks,
            knowledge_base: kb.version().to_owned(),
            failed_queries: Vec::new(),
            previous_articles: Vec::new(),
        }
    }

    /// Returns the answers and the steps that belong to earlier articles of this case.
    #[must_use]
    pub fn history(&self) -> (&[AnsweredQuestion], &[Step]) {
        let answers = self.answers.get(..self.earlier_answers).unwrap_or_default();
        (answers, self.steps.get(..self.earlier_steps).unwrap_or_default())
    }

    /// Marks all answers and steps as belonging to earlier articles, before the case continues with a new error.
    #[must_use]
    pub fn archived(mut self) -> Self {
        (self.earlier_answers, self.earlier_steps) = (self.answers.len(), self.steps.len());
        self
    }

    /// Inserts the answers and the steps of earlier articles at the front.
    #[must_use]
    pub fn with_history(mut self, answers: &[AnsweredQuestion], steps: &[Step]) -> Self {
        (self.earlier_answers, self.earlier_steps) = (answers.len(), steps.len());
        self.answers.splice(0..0, answers.iter().cloned());
        self.steps.splice(0..0, steps.iter().cloned());
        self
    }

    /// Returns the ticked steps of the current article as (solution, index into its steps). Steps that no longer exist are
    /// omitted.
    #[must_use]
    pub fn ticked(&self, kb: &KnowledgeBase) -> HashSet<(NodeId, usize)> {
        let own = self.steps.get(self.earlier_steps..).unwrap_or_default();
        let place = |(at, step): (usize, &Step)| {
            let before = own.iter().take(at).filter(|other| other.is_same_step(step)).count();
            let at = kb.resolve(&step.node, usize::MAX)?;
            Some((at, kb.node(at)?.find_step(&step.text, before)?))
        };
        own.iter().enumerate().filter(|(_, step)| step.done).filter_map(place).collect()
    }

    /// Whether both cases have the same answers, blanks and ticked steps. Steps that only `other` has don't count.
    #[must_use]
    pub fn same_progress(&self, other: &Self) -> bool {
        let done =
            |case: &Self, step: &Step| case.steps.iter().filter(|one| one.done && one.is_same_step(step)).count();
        self.session == other.session
            && self.blanks == other.blanks
            && self.steps.iter().all(|step| done(self, step) == done(other, step))
    }
}

/// A case as read from the history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredCase {
    /// The number of the case.
    pub id: i64,
    /// The time of the first save.
    pub started: Timestamp,
    /// The time of the last save.
    pub updated: Timestamp,
    /// The content.
    pub case: Case,
}

impl StoredCase {
    /// Returns the time of the first save as text, in UTC.
    #[must_use]
    pub fn start_date(&self) -> String {
        strings::day(self.started)
    }

    /// Returns the time between the first and the last save as text, such as `5 min`.
    #[must_use]
    pub fn duration(&self) -> String {
        strings::duration(self.updated.duration_since(self.started).as_secs())
    }
}

/// Returns the reason why a case can't be put on hold, or `None` if it can. `case` is `None` before the first answer or tick;
/// `history_enabled` is whether cases are saved.
#[must_use]
pub fn hold_blocker(case: Option<&Case>, history_enabled: bool) -> Option<&'static str> {
    match case {
        _ if !history_enabled => Some(strings::HOLD_NEEDS_SAVING),
        None => Some(strings::NOTHING_TO_HOLD),
        Some(case) => (case.status == CaseStatus::Solved).then_some(strings::SOLVED_ALREADY),
    }
}

/// Returns the error message of the article where a session started.
#[must_use]
pub fn message(session: &FlowSession) -> SanitizedText {
    session
        .kb()
        .article_with_collection(session.article())
        .map(|(article, _)| article.message.clone())
        .unwrap_or_default()
}

/// Returns the labels of the blanks at the current node. At an escalation, these are the details that the user must fill in. If
/// only the user has steps to do, there are none. Otherwise, they are the blanks of the collection and the article.
#[must_use]
pub fn blanks(session: &FlowSession) -> Vec<SanitizedText> {
    match session.node().map(|node| &node.kind) {
        Some(NodeKind::Escalation(escalation)) => {
            let by_hand = escalation.bring.iter().filter(|bring| bring.source == InfoSource::Manual);
            by_hand.map(|bring| bring.text.voice(Voice::TheUser)).collect()
        }
        Some(NodeKind::Solution(solution)) if solution.steps.iter().all(|step| step.by == Role::User) => Vec::new(),
        _ => case_blanks(session),
    }
}

/// Returns the labels of the blanks of the collection, then those of the article.
fn case_blanks(session: &FlowSession) -> Vec<SanitizedText> {
    let entry = session.kb().article_with_collection(session.article());
    entry.map(|(article, collection)| [&*collection.blanks, &*article.blanks].concat()).unwrap_or_default()
}
