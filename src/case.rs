//! Cases, their summaries for a ticket, and their messages to send. A case is one person's problem, from the search to an
//! outcome. This module contains data and text only: it never reads the clock or the disk.

use std::collections::{BTreeMap, HashSet};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::flow::{FlowSession, Outcome, SavedSession};
use crate::kb::{Fact, InfoSource, InputForm, KnowledgeBase, NodeId, NodeKind, RequiredInfo, Step as FlowStep};
use crate::strings;
use crate::text::{SanitizedText, Voice, VoicedText};

mod handover;
mod summary;

pub use handover::{HandoverMessage, handover_messages, label};
pub use summary::markdown;

/// Values for the blanks of a case, by the label of the blank. A blank is a detail that the user fills in, such as an email
/// address.
pub type Blanks = BTreeMap<String, String>;

/// The way an article was found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntryPoint {
    /// A search; contains the query.
    Search(String),
    /// A search, and then questions about words that only some of the possible messages contain; contains the query. Saved cases
    /// call it `clues`.
    #[serde(rename = "clues")]
    TellApart(String),
    /// A situation; contains its text.
    Situation(String),
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
    /// Whether the fact of the question was already known, so that the question was not asked.
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
    /// The error message, word for word, or the title of a situation without an error message.
    pub message: String,
    /// The way its current article was found.
    #[serde(rename = "found")]
    pub entry_point: EntryPoint,
    /// The flow session, stored with the names of its nodes and answers so that it can be resumed.
    #[serde(rename = "walk")]
    pub session: SavedSession,
    /// All questions with their answers, in order.
    pub answers: Vec<AnsweredQuestion>,
    /// The number of `answers` at the front that belong to earlier articles of this case.
    #[serde(rename = "earlier", default)]
    pub earlier_answers: usize,
    /// The steps of all solutions that the flow reached, in order.
    pub steps: Vec<Step>,
    /// The number of `steps` at the front that belong to earlier articles of this case.
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
    /// The IDs of the earlier articles of this case, oldest first.
    #[serde(rename = "before", default)]
    pub previous_articles: Vec<String>,
    /// The IDs of those earlier articles whose error message the user has not seen.
    #[serde(rename = "before_without_message", default)]
    pub previous_without_message: Vec<String>,
}

impl Step {
    /// Whether both steps have the same text and belong to the same solution.
    fn is_same_step(&self, other: &Self) -> bool {
        (&self.node, &self.text) == (&other.node, &other.text)
    }
}

impl Case {
    /// Creates the case of a session. `done(solution, step)` returns whether a step is ticked, where `step` is an index into
    /// the solution's steps.
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
            let step = |(nth, step): (usize, &crate::kb::Step)| Step {
                node: name(at),
                by: step.by.name().to_owned(),
                text: step.text.one_line(),
                done: done(at, nth),
            };
            session.steps_at(at).map(step).collect::<Vec<_>>()
        });
        Self {
            message: problem(session, &found).one_line(),
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
            previous_without_message: Vec::new(),
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

    /// Adds the article where a session of this case started to the earlier articles, before the case continues with a new error.
    pub fn add_previous(&mut self, session: &FlowSession) {
        let article = self.session.article.clone();
        if !has_error_message(session, &self.entry_point) {
            self.previous_without_message.push(article.clone());
        }
        self.previous_articles.push(article);
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

/// Returns the reason why a case can't be put on hold, or `None` if it can be. `case` is `None` before the first answer or
/// tick. `history_enabled` says whether cases are saved.
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

/// Whether the user has seen the error message of the article where a session started. False if a
/// situation led to the article, or if the article has no error message.
#[must_use]
pub fn has_error_message(session: &FlowSession, entry_point: &EntryPoint) -> bool {
    let article = session.kb().articles.get(session.article());
    !matches!(entry_point, EntryPoint::Situation(_)) && article.is_some_and(|article| !article.is_situation)
}

/// Returns the details that the contact of the current escalation needs, without the error message if the user has not seen it.
#[must_use]
pub fn required_infos<'a>(session: &'a FlowSession, entry_point: &EntryPoint) -> Vec<&'a RequiredInfo> {
    let mut infos = session.required_infos();
    infos.retain(|info| info.source != InfoSource::Message || has_error_message(session, entry_point));
    infos
}

/// Returns the error message that the user has seen, or else what happened.
#[must_use]
pub fn problem(session: &FlowSession, entry_point: &EntryPoint) -> SanitizedText {
    match entry_point {
        EntryPoint::Situation(text) => SanitizedText::new(text),
        _ => message(session),
    }
}

/// Returns the labels of the blanks at the current node. At a solution, these are the details whose placeholders, such as
/// `<account-email>`, are in the text of its steps. At an
/// escalation, these are the details that the contact needs and that the user fills in.
#[must_use]
pub fn blanks(session: &FlowSession) -> Vec<SanitizedText> {
    match session.node().map(|node| &node.kind) {
        Some(NodeKind::Escalation(_)) => {
            let infos = session.required_infos().into_iter();
            let by_hand = infos.filter(|info| info.source == InfoSource::Manual);
            by_hand.map(|info| info.text.voice(Voice::TheUser)).collect()
        }
        Some(NodeKind::Solution(_)) => {
            let mut labels = Vec::new();
            for (_, step) in session.steps() {
                for label in inserted(session, step) {
                    if !labels.contains(&label) {
                        labels.push(label);
                    }
                }
            }
            labels
        }
        _ => Vec::new(),
    }
}

/// Returns the labels of the details that a step inserts.
fn inserted(session: &FlowSession, step: &FlowStep) -> Vec<SanitizedText> {
    let facts = facts(session);
    let label = |id: &str| facts.iter().find(|fact| fact.id == id)?.input_key();
    step.text.inserts().chain(step.irreversible.iter().flat_map(VoicedText::inserts)).filter_map(label).collect()
}

/// Returns the facts of the collection where a session started.
fn facts(session: &FlowSession) -> &[Fact] {
    let entry = session.kb().article_with_collection(session.article());
    entry.map(|(_, collection)| collection.facts.as_slice()).unwrap_or_default()
}

/// Returns the expected form of the value of a blank, such as an email address. `label` is the label of the blank.
#[must_use]
pub fn input_form(session: &FlowSession, label: &SanitizedText) -> InputForm {
    let fact = facts(session).iter().find(|fact| fact.input_key().as_ref() == Some(label));
    fact.and_then(Fact::input).map(|(_, form)| form).unwrap_or_default()
}

/// Returns the known details of the collection where a session started, as `(ID of the fact, value)`.
#[must_use]
pub fn known_details(session: &FlowSession, blanks: &Blanks) -> Vec<(String, String)> {
    let known = |fact: &Fact| Some((fact.id.clone(), blanks.get(fact.input_key()?.as_str())?.clone()));
    facts(session).iter().filter_map(known).collect()
}

/// Returns the value of an inserted detail, or `None` if it is not known. `id` is the ID of the fact.
#[must_use]
pub fn detail<'a>(session: &FlowSession, blanks: &'a Blanks, id: &str) -> Option<&'a str> {
    let key = facts(session).iter().find(|fact| fact.id == id)?.input_key()?;
    blanks.get(key.as_str()).map(String::as_str)
}
