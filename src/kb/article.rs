//! An article and its flow, in the words of the knowledge base.
//!
//! A [`Flow`] is generic over what a way leads to: a [`Target`] as its author wrote it, or, once the knowledge base is loaded, a
//! [`NodeRef`] that is known to exist.

use std::{fmt, io};

use borsh::{BorshDeserialize, BorshSerialize};
use jiff::civil::Date;
use serde::Serialize;

use super::deferred::{Deferred, Part};
use super::finding::Place;
use super::silence::Silence;
use crate::text::Clean;

/// Who does a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, BorshSerialize, BorshDeserialize)]
#[serde(rename_all = "lowercase")]
pub enum Actor {
    /// The person who is locked out.
    User,
    /// An administrator, or anybody who may manage users.
    Administrator,
    /// The one owner of the instance.
    Owner,
    /// The vendor's customer support.
    Support,
}

impl Actor {
    /// Every actor, in the order in which they are asked for help.
    pub const ALL: &[Self] = &[Self::User, Self::Administrator, Self::Owner, Self::Support];

    /// The word for it in YAML and on screen.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Administrator => "administrator",
            Self::Owner => "owner",
            Self::Support => "support",
        }
    }

    /// The actor of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|actor| actor.name() == name)
    }
}

impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// One error: its message, what it means, and the flow that leads to its fix.
#[derive(Debug, Clone, BorshSerialize, BorshDeserialize)]
pub struct Article<T = NodeRef> {
    /// The name of its file, without the ending.
    pub id: String,
    /// The collection it belongs to, as an index into [`KnowledgeBase::collections`](super::KnowledgeBase::collections).
    pub collection: usize,
    /// The error's text, to the letter.
    pub message: Clean,
    /// Other texts of the same error: older product names, other languages.
    pub wordings: Deferred<Vec<Clean>>,
    /// Codes of this error, such as `403.7` or `IPForbidden`.
    pub codes: Deferred<Vec<Clean>>,
    /// How people describe it in their own words.
    pub keywords: Deferred<Vec<Clean>>,
    /// What has happened, in one or two sentences.
    pub description: Deferred<Clean>,
    /// What the clues of the collection say about this error: clue (as an index into
    /// [`Collection::clues`](super::Collection::clues)) and answer.
    pub clues: Vec<(usize, bool)>,
    /// Where the facts come from.
    pub sources: Deferred<Vec<Clean>>,
    /// The day on which somebody last compared the article with its sources.
    #[borsh(serialize_with = "day::serialize", deserialize_with = "day::deserialize")]
    pub reviewed: Option<Date>,
    /// The decision tree.
    pub flow: Deferred<Flow<T>>,
    /// What a case of this error is about, besides what its collection says.
    pub blanks: Vec<Clean>,
    /// Walks whose ends its author has written down, so that a change that moves one of them is noticed.
    pub scenarios: Deferred<Vec<Scenario>>,
    /// Warnings that are not to be said of its file.
    pub silences: Vec<Silence>,
    /// The place of its message.
    pub place: Deferred<Place>,
}

impl Article {
    /// The parts that may stay bytes.
    pub(super) fn parts(&mut self) -> [&mut dyn Part; 8] {
        let Self { wordings, codes, keywords, description, sources, flow, scenarios, place, .. } = self;
        [wordings, codes, keywords, description, sources, flow, scenarios, place]
    }
}

/// A walk that must come to a certain end.
#[derive(Debug, Clone, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Scenario {
    /// What it is about.
    pub name: Clean,
    /// What is searched for first; without it, the walk begins at the article.
    pub search: Option<Clean>,
    /// What is answered to clues before the walk: clue (as an index into [`Collection::clues`](super::Collection::clues)) and
    /// answer.
    pub clues: Vec<(usize, bool)>,
    /// The answers, in order.
    pub answers: Vec<Clean>,
    /// The node where the walk must end, with its article and `/` in front where it belongs to another one.
    pub ends: String,
    /// Steps that must be there, in this order; others may stand between them.
    pub steps: Vec<ExpectedStep>,
    /// The place of its name.
    pub place: Place,
}

/// A step that must be there.
#[derive(Debug, Clone, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct ExpectedStep {
    /// Who must do it, where that is said.
    pub by: Option<Actor>,
    /// A part of its text.
    pub part: Clean,
}

/// A decision tree; the first node is where it starts. Never empty.
#[derive(Debug, Clone, BorshSerialize, BorshDeserialize)]
pub struct Flow<T = NodeRef> {
    /// The nodes, in their author's order.
    pub nodes: Vec<Node<T>>,
}

impl<T> Default for Flow<T> {
    fn default() -> Self {
        Self { nodes: Vec::new() }
    }
}

/// One node of a flow.
#[derive(Debug, Clone, BorshSerialize, BorshDeserialize)]
pub struct Node<T = NodeRef> {
    /// Its name, unique in the article.
    pub name: String,
    /// The question, or the head line of a solution or an escalation.
    pub text: Clean,
    /// One more sentence that explains it.
    pub note: Option<Clean>,
    /// What must be known before anything is done here, above all what cannot be undone.
    pub caution: Option<Clean>,
    /// What kind of node it is.
    pub kind: NodeKind<T>,
    /// Where it stands.
    pub place: Place,
}

/// What a node does.
#[derive(Debug, Clone, BorshSerialize, BorshDeserialize)]
pub enum NodeKind<T = NodeRef> {
    /// Asks the person at the keyboard.
    Question(Question<T>),
    /// Says what to do.
    Solution(Solution<T>),
    /// Hands over to somebody else.
    Escalation(Escalation),
}

/// A question, its hint and its ways out.
#[derive(Debug, Clone, BorshSerialize, BorshDeserialize)]
pub struct Question<T = NodeRef> {
    /// How to find the answer out.
    pub hint: Option<Clean>,
    /// The clue that asks the same, as an index into [`Collection::clues`](super::Collection::clues): where it has been
    /// answered, this question is not asked again.
    pub clue: Option<usize>,
    /// Where its answers lead.
    pub ways: Ways<T>,
}

/// The ways out of a question.
#[derive(Debug, Clone, BorshSerialize, BorshDeserialize)]
pub enum Ways<T = NodeRef> {
    /// A question to be answered with yes, no, or not sure.
    YesNo {
        /// Where "yes" leads.
        yes: T,
        /// Where "no" leads.
        no: T,
        /// Where "not sure" leads; where "no" leads unless the author says otherwise.
        unsure: Option<T>,
    },
    /// A question with answers of its own.
    Choices {
        /// Label and target of each answer. Never empty.
        choices: Vec<(Clean, T)>,
        /// Where "not sure" leads; without it, "not sure" cannot be answered.
        unsure: Option<T>,
    },
}

/// A solution: steps, and the way on when they did not help.
#[derive(Debug, Clone, BorshSerialize, BorshDeserialize)]
pub struct Solution<T = NodeRef> {
    /// What to do, in order. Never empty once the knowledge base is loaded.
    pub steps: Vec<Step>,
    /// Solutions whose steps belong here too, each with the index of the step that they stand before. Loading puts their steps
    /// into `steps` and leaves this empty.
    pub shared: Vec<(usize, T)>,
    /// Where "that did not help" leads.
    pub otherwise: Option<T>,
}

/// One thing to do, and who does it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, BorshSerialize, BorshDeserialize)]
pub struct Step {
    /// Who does it.
    pub by: Actor,
    /// What to do.
    #[serde(rename = "do")]
    pub text: Clean,
    /// What must be known or at hand first, where the step cannot be undone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub irreversible: Option<Clean>,
    /// The questions that must have been asked before it, each with the answer that must have been given.
    #[serde(skip)]
    pub after: Vec<After>,
    /// Where it stands; for the steps of another solution, there.
    #[serde(skip)]
    pub place: Place,
}

/// A question that must have been asked before a step, and its answer.
#[derive(Debug, Clone, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct After {
    /// The id of the question's article.
    pub article: String,
    /// The question's node.
    pub node: String,
    /// The answer: `yes`, `no`, or the label of a choice.
    pub answer: String,
    /// Where it is written.
    pub place: Place,
}

/// A hand-over to somebody else.
#[derive(Debug, Clone, BorshSerialize, BorshDeserialize)]
pub struct Escalation {
    /// Where to reach them: an email address or a link.
    pub contact: Option<Clean>,
    /// What they will need.
    pub bring: Vec<Bring>,
}

/// One thing that whoever takes over needs.
#[derive(Debug, Clone, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Bring {
    /// What it is, as it is read.
    pub text: Clean,
    /// Where it comes from.
    pub filled: Filled,
}

/// Where something comes from that whoever takes over needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub enum Filled {
    /// Somebody must fill it in.
    ByHand,
    /// It is the error's message.
    Message,
    /// It is what was asked and tried.
    Tried,
    /// It is a fact that the way to this node has shown.
    Stated,
}

impl Serialize for Bring {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Serialize::serialize(&self.text, serializer)
    }
}

/// A node of a loaded knowledge base.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, BorshSerialize, BorshDeserialize)]
pub struct NodeRef {
    /// Index into [`KnowledgeBase::articles`](super::KnowledgeBase::articles).
    pub article: usize,
    /// Index into [`Flow::nodes`].
    pub node: usize,
}

/// Where a way leads, as its author wrote it.
#[derive(Debug, Clone, BorshSerialize, BorshDeserialize)]
pub struct Target {
    /// What is written.
    pub name: TargetName,
    /// Where it is written.
    pub place: Place,
}

/// The two ways to write a target.
#[derive(Debug, Clone, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub enum TargetName {
    /// A node of the same article.
    Node(String),
    /// Behind `goto:` an article, `article/node`, or else a node of the same article.
    Goto(String),
}

/// Days in the form in which the shipped knowledge base is kept ready.
mod day {
    use super::{BorshDeserialize, BorshSerialize, Date, io};

    #[expect(clippy::ref_option, clippy::trivially_copy_pass_by_ref, reason = "borsh passes a field by reference")]
    pub(super) fn serialize<W: io::Write>(day: &Option<Date>, writer: &mut W) -> io::Result<()> {
        day.map(|day| (day.year(), day.month(), day.day())).serialize(writer)
    }

    pub(super) fn deserialize<R: io::Read>(reader: &mut R) -> io::Result<Option<Date>> {
        let day = Option::<(i16, i8, i8)>::deserialize_reader(reader)?;
        day.map(|(year, month, day)| Date::new(year, month, day).map_err(io::Error::other)).transpose()
    }
}

impl<T> Ways<T> {
    /// The targets, in the author's order: the answers, then "not sure" where it leads to a place of its own.
    pub fn targets(&self) -> impl Iterator<Item = &T> {
        let (first, last): (Vec<&T>, Option<&T>) = match self {
            Self::YesNo { yes, no, unsure } => (vec![yes, no], unsure.as_ref()),
            Self::Choices { choices, unsure } => (choices.iter().map(|(_, to)| to).collect(), unsure.as_ref()),
        };
        first.into_iter().chain(last)
    }

    /// Every answer, "not sure" included, as it is written in a file, with where it leads.
    #[must_use]
    pub fn named(&self) -> Vec<(&str, &T)> {
        match self {
            Self::YesNo { yes, no, unsure } => {
                vec![("yes", yes), ("no", no), ("unsure", unsure.as_ref().unwrap_or(no))]
            }
            Self::Choices { choices, unsure } => {
                let labelled = choices.iter().map(|(label, to)| (label.as_str(), to));
                labelled.chain(unsure.iter().map(|to| ("unsure", to))).collect()
            }
        }
    }

    fn map<U>(self, to: &mut impl FnMut(T) -> U) -> Ways<U> {
        match self {
            Self::YesNo { yes, no, unsure } => Ways::YesNo { yes: to(yes), no: to(no), unsure: unsure.map(to) },
            Self::Choices { choices, unsure } => Ways::Choices {
                choices: choices.into_iter().map(|(label, target)| (label, to(target))).collect(),
                unsure: unsure.map(to),
            },
        }
    }
}

impl<T> Node<T> {
    /// Everything that this node leads to.
    #[must_use]
    pub fn targets(&self) -> Vec<&T> {
        match &self.kind {
            NodeKind::Question(question) => question.ways.targets().collect(),
            NodeKind::Solution(solution) => solution.otherwise.iter().collect(),
            NodeKind::Escalation(_) => Vec::new(),
        }
    }

    /// Every text that is read here, in the order in which it is shown.
    #[must_use]
    pub fn texts(&self) -> Vec<&Clean> {
        let mut texts: Vec<&Clean> = vec![&self.text];
        texts.extend(self.caution.iter().chain(&self.note));
        match &self.kind {
            NodeKind::Question(question) => texts.extend(&question.hint),
            NodeKind::Solution(solution) => {
                texts.extend(
                    solution.steps.iter().flat_map(|step| std::iter::once(&step.text).chain(&step.irreversible)),
                );
            }
            NodeKind::Escalation(escalation) => texts.extend(escalation.bring.iter().map(|bring| &bring.text)),
        }
        texts
    }

    /// Its steps, where it is a solution.
    #[must_use]
    pub fn steps(&self) -> &[Step] {
        match &self.kind {
            NodeKind::Solution(solution) => &solution.steps,
            _ => &[],
        }
    }

    /// The index of the step that has these words; of several, the nth of them, or else the last.
    #[must_use]
    pub fn step_that_says(&self, words: &str, nth: usize) -> Option<usize> {
        let says = |step: &Step| step.text.one_line() == words;
        let places = self.steps().iter().enumerate().filter(|(_, step)| says(step)).map(|(at, _)| at);
        places.take(nth + 1).last()
    }

    /// The solutions whose steps are shared here.
    #[must_use]
    pub fn shared(&self) -> Vec<&T> {
        match &self.kind {
            NodeKind::Solution(solution) => solution.shared.iter().map(|(_, target)| target).collect(),
            _ => Vec::new(),
        }
    }

    /// Whether a case can end here.
    #[must_use]
    pub fn is_end(&self) -> bool {
        !matches!(self.kind, NodeKind::Question(_))
    }

    fn map<U>(self, to: &mut impl FnMut(T) -> U) -> Node<U> {
        let Self { name, text, note, caution, kind, place } = self;
        let kind = match kind {
            NodeKind::Question(Question { hint, clue, ways }) => {
                NodeKind::Question(Question { hint, clue, ways: ways.map(to) })
            }
            NodeKind::Solution(Solution { steps, shared, otherwise }) => NodeKind::Solution(Solution {
                steps,
                shared: shared.into_iter().map(|(before, target)| (before, to(target))).collect(),
                otherwise: otherwise.map(to),
            }),
            NodeKind::Escalation(escalation) => NodeKind::Escalation(escalation),
        };
        Node { name, text, note, caution, kind, place }
    }
}

impl<T: BorshDeserialize> Article<T> {
    /// The same article, with each target turned into another kind of target.
    #[must_use]
    pub(crate) fn map_targets<U>(self, mut to: impl FnMut(T) -> U) -> Article<U> {
        let Flow { nodes } = self.flow.into_inner();
        Article {
            id: self.id,
            collection: self.collection,
            message: self.message,
            wordings: self.wordings,
            codes: self.codes,
            keywords: self.keywords,
            description: self.description,
            clues: self.clues,
            sources: self.sources,
            reviewed: self.reviewed,
            flow: Flow { nodes: nodes.into_iter().map(|node| node.map(&mut to)).collect() }.into(),
            blanks: self.blanks,
            scenarios: self.scenarios,
            silences: self.silences,
            place: self.place,
        }
    }
}
