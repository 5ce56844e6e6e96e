//! Articles and their flows.
//!
//! A [`Flow`] is generic over the target of a branch: an [`UnresolvedRef`] as written by the author or, in a loaded knowledge
//! base, the [`NodeId`] of an existing node.

use std::io;

use borsh::{BorshDeserialize, BorshSerialize};
use jiff::civil::Date;

use super::diagnostic::Location;
use super::fact::FactValue;
use super::role::Role;
use super::suppression::Suppression;
use crate::text::{SanitizedText, VoicedText};

/// One error or situation: its message, its description, and the flow that leads to its solution.
#[derive(Debug, Clone, BorshSerialize, BorshDeserialize)]
pub struct Article<T = NodeId> {
    /// The file name without its extension.
    pub id: String,
    /// Index into [`KnowledgeBase::collections`](super::KnowledgeBase::collections) of the article's collection.
    pub collection: usize,
    /// The error message, exactly as the vendor shows it. For a situation without an error message, the title.
    pub message: SanitizedText,
    /// Whether the article is about a situation without an error message. If so, `message` is the title.
    pub is_situation: bool,
    /// Other texts of the same error, such as texts with an older product name or in another language.
    pub wordings: Vec<SanitizedText>,
    /// Codes of the error, such as `403.7` or `IPForbidden`.
    pub codes: Vec<SanitizedText>,
    /// Descriptions of the error in people's own words.
    pub keywords: Vec<SanitizedText>,
    /// One or two sentences about what happened.
    pub description: VoicedText,
    /// The facts that this error implies. Questions about them are not asked.
    pub known: Vec<FactValue>,
    /// The facts that a code implies, as `(index into codes, fact)`.
    pub code_facts: Vec<(usize, FactValue)>,
    /// The origin of the information: links, or texts such as `Printer manual, page 12`.
    pub sources: Vec<SanitizedText>,
    /// Links to learn more, as `(label, link)`.
    pub see_also: Vec<(SanitizedText, SanitizedText)>,
    /// Advice that keeps the error from happening again. Shown after the case is solved.
    pub prevention: Vec<VoicedText>,
    /// Whether the author intends that no situation leads to this article (`situation: none`).
    pub without_situation: bool,
    /// The fields that begin with `x-`, as `(name, value as JSON)`. unstuck ignores them, except that JSON
    /// output contains them.
    pub extra: Vec<(String, String)>,
    /// The day when someone last compared the article with its sources.
    #[borsh(serialize_with = "day::serialize", deserialize_with = "day::deserialize")]
    pub reviewed: Option<Date>,
    /// The decision tree.
    pub flow: Flow<T>,
    /// Tests of the flow.
    pub scenarios: Vec<Scenario>,
    /// The warnings that the article's file suppresses.
    pub suppressions: Vec<Suppression>,
    /// The location of the error message.
    pub location: Location,
}

/// A test: answers and the node where they must end.
#[derive(Debug, Clone, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Scenario {
    /// The scenario's name.
    pub name: SanitizedText,
    /// A search that must find the article. Without it, the scenario starts at the article.
    pub search: Option<SanitizedText>,
    /// The facts that are known before the first question.
    pub known: Vec<FactValue>,
    /// The answers, in order.
    pub answers: Vec<SanitizedText>,
    /// The node where the answers must end, written as `node` or, for another article, `article/node`.
    pub ends: String,
    /// The roles of all steps that the last node must show, in order. `None` if the scenario has no `steps`.
    pub steps: Option<Vec<Role>>,
    /// The location of the scenario's name.
    pub location: Location,
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
    /// A warning to read first, especially if something cannot be undone.
    pub caution: Option<VoicedText>,
    /// The kind of node.
    pub kind: NodeKind<T>,
    /// Whether the node belongs to the collection's flow. Each article that leads to it has a copy.
    pub is_shared: bool,
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
    /// Index into [`Collection::facts`](super::Collection::facts) of the fact that the question is about. If the fact is known, the
    /// question is skipped.
    pub fact: Option<usize>,
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
    /// A condition that people must check first. Present only if the step cannot be undone.
    pub irreversible: Option<VoicedText>,
    /// The facts that every path must establish before the step, as `(fact, location)`. Only a step that cannot be undone has
    /// them.
    pub requires: Vec<(FactValue, Location)>,
    /// The step is shown only if these facts are known.
    pub conditions: Vec<FactValue>,
    /// The location of the step. An included step has its location in the original solution.
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
    /// The detail is listed only if these facts are known.
    pub conditions: Vec<FactValue>,
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
    /// The knowledge base: the detail is a statement that is true if its conditions hold.
    Statement,
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
    /// The target: a node of the article, a node of the collection's flow, an article, or `article/node`. If several of these
    /// exist, the first one is the target.
    pub name: String,
    /// The location of the target.
    pub location: Location,
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

    /// Returns all possible answers as `(answer as written in a file, target)`. If a yes/no question has no target for `unsure`,
    /// `unsure` has the target of `no`.
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

    /// Returns the index of the step with the text `words`, compared as one line. If several steps match, returns match number
    /// `nth` (counted from 0), or the last match if there are fewer.
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
        let Self { name, text, note, caution, kind, is_shared, location } = self;
        let kind = match kind {
            NodeKind::Question(Question { hint, fact, branches }) => {
                NodeKind::Question(Question { hint, fact, branches: branches.map(to) })
            }
            NodeKind::Solution(Solution { steps, includes: shared, otherwise }) => NodeKind::Solution(Solution {
                steps,
                includes: shared.into_iter().map(|(before, target)| (before, to(target))).collect(),
                otherwise: otherwise.map(to),
            }),
            NodeKind::Escalation(escalation) => NodeKind::Escalation(escalation),
        };
        Node { name, text, note, caution, kind, is_shared, location }
    }
}

impl<T: BorshDeserialize> Article<T> {
    /// Returns the article with every target converted by `to`.
    #[must_use]
    pub(crate) fn map_targets<U>(self, mut to: impl FnMut(T) -> U) -> Article<U> {
        let Flow { nodes } = self.flow;
        Article {
            id: self.id,
            collection: self.collection,
            message: self.message,
            wordings: self.wordings,
            codes: self.codes,
            keywords: self.keywords,
            description: self.description,
            is_situation: self.is_situation,
            known: self.known,
            code_facts: self.code_facts,
            sources: self.sources,
            see_also: self.see_also,
            prevention: self.prevention,
            without_situation: self.without_situation,
            extra: self.extra,
            reviewed: self.reviewed,
            flow: Flow { nodes: nodes.into_iter().map(|node| node.map(&mut to)).collect() },
            scenarios: self.scenarios,
            suppressions: self.suppressions,
            location: self.location,
        }
    }
}
