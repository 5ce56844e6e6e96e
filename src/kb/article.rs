//! Articles and their flows.
//!
//! A [`Flow`] is generic over the target of a branch: an [`UnresolvedRef`] as written by the author or, in a loaded knowledge
//! base, the [`NodeId`] of an existing node.

use std::{fmt, io};

use borsh::{BorshDeserialize, BorshSerialize};
use jiff::civil::Date;
use serde::Serialize;

use super::deferred::{Deferred, Part};
use super::diagnostic::Location;
use super::suppression::Suppression;
use crate::text::{SanitizedText, VoicedText};

/// The role that does a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, BorshSerialize, BorshDeserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// The person who is locked out.
    User,
    /// An administrator, or anyone who can manage users.
    Administrator,
    /// The one owner of the instance.
    Owner,
    /// The vendor's customer support.
    Support,
}

impl Role {
    /// All roles, from the user to the vendor's support.
    pub const ALL: &[Self] = &[Self::User, Self::Administrator, Self::Owner, Self::Support];

    /// Returns the role's name in YAML and on screen.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Administrator => "administrator",
            Self::Owner => "owner",
            Self::Support => "support",
        }
    }

    /// Parses a role's name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|role| role.name() == name)
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// One error: its message, its description, and the flow that leads to its solution.
#[derive(Debug, Clone, BorshSerialize, BorshDeserialize)]
pub struct Article<T = NodeId> {
    /// The file name without its extension.
    pub id: String,
    /// The collection, as an index into [`KnowledgeBase::collections`](super::KnowledgeBase::collections).
    pub collection: usize,
    /// The error message, exactly as the vendor shows it.
    pub message: SanitizedText,
    /// Other texts of the same error, such as texts with an older product name or in another language.
    pub wordings: Deferred<Vec<SanitizedText>>,
    /// Codes of the error, such as `403.7` or `IPForbidden`.
    pub codes: Deferred<Vec<SanitizedText>>,
    /// Descriptions of the error in people's own words.
    pub keywords: Deferred<Vec<SanitizedText>>,
    /// One or two sentences about what happened.
    pub description: Deferred<VoicedText>,
    /// Answers to the collection's clues, as `(index into Collection::clues, is yes)`. A clue is left out if its answer depends
    /// on the case.
    pub clues: Vec<(usize, bool)>,
    /// Links to where the information comes from.
    pub sources: Deferred<Vec<SanitizedText>>,
    /// The day when someone last compared the article with its sources.
    #[borsh(serialize_with = "day::serialize", deserialize_with = "day::deserialize")]
    pub reviewed: Option<Date>,
    /// The decision tree.
    pub flow: Deferred<Flow<T>>,
    /// Labels of details for messages to send, in addition to [`Collection::blanks`](super::Collection::blanks).
    pub blanks: Vec<SanitizedText>,
    /// Tests of the flow.
    pub scenarios: Deferred<Vec<Scenario>>,
    /// The warnings that the article's file suppresses.
    pub suppressions: Vec<Suppression>,
    /// The location of the error message.
    pub location: Deferred<Location>,
}

impl Article {
    /// Returns the deferred fields.
    pub(super) fn parts(&mut self) -> [&mut dyn Part; 8] {
        let Self { wordings, codes, keywords, description, sources, flow, scenarios, location, .. } = self;
        [wordings, codes, keywords, description, sources, flow, scenarios, location]
    }
}

/// A test: answers and the node where they must end.
#[derive(Debug, Clone, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Scenario {
    /// The scenario's name.
    pub name: SanitizedText,
    /// A search that must find the article. Without it, the scenario starts at the article.
    pub search: Option<SanitizedText>,
    /// Answers to clues, as `(index into Collection::clues, is yes)`.
    pub clues: Vec<(usize, bool)>,
    /// The answers, in order.
    pub answers: Vec<SanitizedText>,
    /// The node where the answers must end, written as `node` or, for another article, `article/node`.
    pub ends: String,
    /// Steps that the last node must contain, in this order. Other steps can come between them.
    pub steps: Vec<ExpectedStep>,
    /// The location of the scenario's name.
    pub location: Location,
}

/// A step that the last node of a scenario must contain.
#[derive(Debug, Clone, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct ExpectedStep {
    /// The role that must do the step. `None` matches every role.
    pub by: Option<Role>,
    /// A part of the step's text.
    pub part: SanitizedText,
}

/// A decision tree that starts at its first node. In a loaded knowledge base, it has at least one node.
#[derive(Debug, Clone, BorshSerialize, BorshDeserialize)]
pub struct Flow<T = NodeId> {
    /// The nodes, in the order of the file.
    pub nodes: Vec<Node<T>>,
}

impl<T> Default for Flow<T> {
    fn default() -> Self {
        Self { nodes: Vec::new() }
    }
}

/// A node of a flow.
#[derive(Debug, Clone, BorshSerialize, BorshDeserialize)]
pub struct Node<T = NodeId> {
    /// The node's name, unique in its article.
    pub name: String,
    /// The question, or the heading of a solution or an escalation.
    pub text: VoicedText,
    /// A sentence that explains the node.
    pub note: Option<VoicedText>,
    /// A warning to read first, above all if something cannot be undone.
    pub caution: Option<VoicedText>,
    /// The kind of node.
    pub kind: NodeKind<T>,
    /// The location of the node's name.
    pub location: Location,
}

/// A node's kind, with the data of that kind.
#[derive(Debug, Clone, BorshSerialize, BorshDeserialize)]
pub enum NodeKind<T = NodeId> {
    /// A question to the user.
    Question(Question<T>),
    /// Steps to follow.
    Solution(Solution<T>),
    /// The person or team to contact next.
    Escalation(Escalation),
}

/// A question, its hint and its branches.
#[derive(Debug, Clone, BorshSerialize, BorshDeserialize)]
pub struct Question<T = NodeId> {
    /// Advice on how to find the answer.
    pub hint: Option<VoicedText>,
    /// The clue that asks the same, as an index into [`Collection::clues`](super::Collection::clues). If the clue is answered,
    /// this question is skipped.
    pub clue: Option<usize>,
    /// The node that each answer leads to.
    pub branches: Branches<T>,
}

/// The branches of a question.
#[derive(Debug, Clone, BorshSerialize, BorshDeserialize)]
pub enum Branches<T = NodeId> {
    /// The branches of a question with the answers yes, no and not sure.
    YesNo {
        /// The target of "yes".
        yes: T,
        /// The target of "no".
        no: T,
        /// The target of "not sure". `None` means the target of "no".
        unsure: Option<T>,
    },
    /// The branches of a question with custom answers.
    Choices {
        /// The answers, as `(label, target)`. A loaded knowledge base has at least two per question.
        choices: Vec<(SanitizedText, T)>,
        /// The target of "not sure". With `None`, "not sure" is not a possible answer.
        unsure: Option<T>,
    },
}

/// A solution: steps, and the next node if they don't help.
#[derive(Debug, Clone, BorshSerialize, BorshDeserialize)]
pub struct Solution<T = NodeId> {
    /// The steps, in order. In a loaded knowledge base, there is at least one.
    pub steps: Vec<Step>,
    /// Included solutions, as `(index, solution)`. The steps of `solution` are inserted before this solution's own step `index`.
    /// Loading copies their steps into `steps` and empties this list.
    pub includes: Vec<(usize, T)>,
    /// The next node if the solution doesn't help.
    pub otherwise: Option<T>,
}

/// One thing to do, and the role that does it.
#[derive(Debug, Clone, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Step {
    /// The role that does the step.
    pub by: Role,
    /// The instruction.
    pub text: VoicedText,
    /// A condition to make sure of first. Present only if the step cannot be undone.
    pub irreversible: Option<VoicedText>,
    /// The questions that must be answered before the step, each with the required answer.
    pub after: Vec<Precondition>,
    /// The location of the step. An included step has its location in the original solution.
    pub location: Location,
}

/// A question that must be answered before a step, and the required answer.
#[derive(Debug, Clone, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Precondition {
    /// The ID of the question's article.
    pub article: String,
    /// The name of the question's node.
    pub node: String,
    /// The required answer: `yes`, `no`, `unsure`, or the label of a choice.
    pub answer: String,
    /// The location of the precondition.
    pub location: Location,
}

/// An escalation: the contact, and the details that the other person or team needs.
#[derive(Debug, Clone, BorshSerialize, BorshDeserialize)]
pub struct Escalation {
    /// An email address or a link.
    pub contact: Option<SanitizedText>,
    /// The details that the recipient needs.
    pub bring: Vec<RequiredInfo>,
}

/// One detail that the recipient of an escalation needs.
#[derive(Debug, Clone, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct RequiredInfo {
    /// The text of the detail.
    pub text: VoicedText,
    /// The source of the detail.
    pub source: InfoSource,
}

/// The source of a detail that the recipient of an escalation needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub enum InfoSource {
    /// The user fills it in.
    Manual,
    /// The error message.
    Message,
    /// The answers and solutions so far.
    History,
    /// A fact that the path to this node implies.
    Fact,
}

/// The position of a node in a loaded knowledge base.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, BorshSerialize, BorshDeserialize)]
pub struct NodeId {
    /// Index into [`KnowledgeBase::articles`](super::KnowledgeBase::articles).
    pub article: usize,
    /// Index into [`Flow::nodes`].
    pub node: usize,
}

/// The target of a branch as written by the author.
#[derive(Debug, Clone, BorshSerialize, BorshDeserialize)]
pub struct UnresolvedRef {
    /// The target.
    pub name: RefName,
    /// The location of the target.
    pub location: Location,
}

/// The two notations for a target.
#[derive(Debug, Clone, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub enum RefName {
    /// The name of a node in the same article.
    Node(String),
    /// The value of `goto`: an article, `article/node`, or a node of the same article. An article takes precedence over a node.
    Goto(String),
}

/// Serialization of dates as `(year, month, day)` in the built-in knowledge base.
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

impl<T> Branches<T> {
    /// Returns the targets in the order of the file. The target of "not sure" comes last, if the question defines one.
    pub fn targets(&self) -> impl Iterator<Item = &T> {
        let (first, last): (Vec<&T>, Option<&T>) = match self {
            Self::YesNo { yes, no, unsure } => (vec![yes, no], unsure.as_ref()),
            Self::Choices { choices, unsure } => (choices.iter().map(|(_, to)| to).collect(), unsure.as_ref()),
        };
        first.into_iter().chain(last)
    }

    /// Returns all possible answers as written in a file, as `(answer, target)`. If a yes/no question has no target
    /// for `unsure`, the target of `unsure` is that of `no`.
    #[must_use]
    pub fn labeled(&self) -> Vec<(&str, &T)> {
        match self {
            Self::YesNo { yes, no, unsure } => {
                vec![("yes", yes), ("no", no), ("unsure", unsure.as_ref().unwrap_or(no))]
            }
            Self::Choices { choices, unsure } => {
                let labeled = choices.iter().map(|(label, to)| (label.as_str(), to));
                labeled.chain(unsure.iter().map(|to| ("unsure", to))).collect()
            }
        }
    }

    fn map<U>(self, to: &mut impl FnMut(T) -> U) -> Branches<U> {
        match self {
            Self::YesNo { yes, no, unsure } => Branches::YesNo { yes: to(yes), no: to(no), unsure: unsure.map(to) },
            Self::Choices { choices, unsure } => Branches::Choices {
                choices: choices.into_iter().map(|(label, target)| (label, to(target))).collect(),
                unsure: unsure.map(to),
            },
        }
    }
}

impl<T> Node<T> {
    /// Returns all targets of this node's branches.
    #[must_use]
    pub fn targets(&self) -> Vec<&T> {
        match &self.kind {
            NodeKind::Question(question) => question.branches.targets().collect(),
            NodeKind::Solution(solution) => solution.otherwise.iter().collect(),
            NodeKind::Escalation(_) => Vec::new(),
        }
    }

    /// Returns all texts of this node, in display order.
    #[must_use]
    pub fn texts(&self) -> Vec<&VoicedText> {
        let mut texts: Vec<&VoicedText> = vec![&self.text];
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

    /// Returns the steps of a solution. Other nodes have none.
    #[must_use]
    pub fn steps(&self) -> &[Step] {
        match &self.kind {
            NodeKind::Solution(solution) => &solution.steps,
            _ => &[],
        }
    }

    /// Returns the index of the step whose text, joined to one line, is `words`. If several steps match, returns match number `nth` (counted from
    /// 0), or the last match if there are fewer.
    #[must_use]
    pub fn find_step(&self, words: &str, nth: usize) -> Option<usize> {
        let says = |step: &Step| step.text.one_line() == words;
        let locations = self.steps().iter().enumerate().filter(|(_, step)| says(step)).map(|(at, _)| at);
        locations.take(nth + 1).last()
    }

    /// Returns the solutions whose steps this node includes.
    #[must_use]
    pub fn includes(&self) -> Vec<&T> {
        match &self.kind {
            NodeKind::Solution(solution) => solution.includes.iter().map(|(_, target)| target).collect(),
            _ => Vec::new(),
        }
    }

    /// Whether a flow can end at this node.
    #[must_use]
    pub fn is_end(&self) -> bool {
        !matches!(self.kind, NodeKind::Question(_))
    }

    fn map<U>(self, to: &mut impl FnMut(T) -> U) -> Node<U> {
        let Self { name, text, note, caution, kind, location } = self;
        let kind = match kind {
            NodeKind::Question(Question { hint, clue, branches }) => {
                NodeKind::Question(Question { hint, clue, branches: branches.map(to) })
            }
            NodeKind::Solution(Solution { steps, includes: shared, otherwise }) => NodeKind::Solution(Solution {
                steps,
                includes: shared.into_iter().map(|(before, target)| (before, to(target))).collect(),
                otherwise: otherwise.map(to),
            }),
            NodeKind::Escalation(escalation) => NodeKind::Escalation(escalation),
        };
        Node { name, text, note, caution, kind, location }
    }
}

impl<T: BorshDeserialize> Article<T> {
    /// Returns the article with every target converted by `to`.
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
            suppressions: self.suppressions,
            location: self.location,
        }
    }
}
