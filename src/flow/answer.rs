//! Answers that nodes accept, and the targets of these answers.

use serde::Serialize;

use crate::kb::{Branches, FactAnswer, NodeId, NodeKind};

/// An answer at a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Answer {
    /// Yes.
    Yes,
    /// No.
    No,
    /// Not sure.
    Unsure,
    /// A choice, as an index into the choices of the question.
    Choice(usize),
    /// The solution helped.
    Solved,
    /// The solution did not help.
    NotSolved,
}

/// The outcome of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// A solution helped.
    Solved,
    /// The session reached an escalation.
    Escalated,
}

impl From<FactAnswer> for Answer {
    fn from(answer: FactAnswer) -> Self {
        match answer {
            FactAnswer::Yes => Self::Yes,
            FactAnswer::No => Self::No,
            FactAnswer::Unsure => Self::Unsure,
        }
    }
}

impl Answer {
    /// Converts the answer into the answer of a fact. `None` for choices and for the answers at solutions.
    #[must_use]
    pub fn as_fact(self) -> Option<FactAnswer> {
        match self {
            Self::Yes => Some(FactAnswer::Yes),
            Self::No => Some(FactAnswer::No),
            Self::Unsure => Some(FactAnswer::Unsure),
            Self::Choice(_) | Self::Solved | Self::NotSolved => None,
        }
    }

    /// Returns the word for the answer on the command line and in JSON. For a choice, the label or the number of the choice
    /// (counted from 1) is used instead.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Unsure => "unsure",
            Self::Choice(_) => "choice",
            Self::Solved => "solved",
            Self::NotSolved => "not-solved",
        }
    }

    /// Parses an answer for a node: a word such as `not sure`, a letter (`y`, `n` or `u`), or the label or number of a choice
    /// (counted from 1). At a solution, yes and no become solved and not solved. Uppercase and lowercase are equal. `None` if
    /// the text is not an answer.
    #[must_use]
    pub fn parse(text: &str, node: &NodeKind) -> Option<Self> {
        let text = text.trim().to_lowercase();
        let is = |words: &[&str]| words.contains(&text.as_str());
        if let NodeKind::Question(question) = node
            && let Branches::Choices { choices, .. } = &question.branches
        {
            let by_label = choices.iter().position(|(label, _)| label.to_lowercase() == text);
            let by_number =
                text.parse::<usize>().ok().and_then(|number| number.checked_sub(1)).filter(|nth| *nth < choices.len());
            if let Some(nth) = by_label.or(by_number) {
                return Some(Self::Choice(nth));
            }
        }
        match node {
            NodeKind::Solution(_) if is(&["y", "yes"]) => Some(Self::Solved),
            NodeKind::Solution(_) if is(&["n", "no"]) => Some(Self::NotSolved),
            _ if is(&["y", "yes"]) => Some(Self::Yes),
            _ if is(&["n", "no"]) => Some(Self::No),
            _ if is(&["u", "unsure", "not sure"]) => Some(Self::Unsure),
            _ if is(&["solved"]) => Some(Self::Solved),
            _ if is(&["not-solved", "not solved"]) => Some(Self::NotSolved),
            _ => None,
        }
    }
}

/// Returns the answers that a node accepts, in the order in which they are offered.
pub(super) fn allowed_answers(node: &NodeKind) -> Vec<Answer> {
    match node {
        NodeKind::Question(question) => match &question.branches {
            Branches::YesNo { .. } => vec![Answer::Yes, Answer::No, Answer::Unsure],
            Branches::Choices { choices, unsure } => {
                let labels = (0..choices.len()).map(Answer::Choice);
                labels.chain(unsure.iter().map(|_| Answer::Unsure)).collect()
            }
        },
        NodeKind::Solution(solution) if solution.otherwise.is_some() => vec![Answer::Solved, Answer::NotSolved],
        NodeKind::Solution(_) => vec![Answer::Solved],
        NodeKind::Escalation(_) => Vec::new(),
    }
}

/// Returns the branches of a node as (answer, target), in the order in which the answers are offered. At a yes/no question,
/// "not sure" is included only if its target differs from that of "no".
#[must_use]
pub fn branches(node: &NodeKind) -> Vec<(Answer, NodeId)> {
    match node {
        NodeKind::Question(question) => match &question.branches {
            Branches::YesNo { yes, no, unsure } => {
                let other = unsure.filter(|unsure| unsure != no).map(|to| (Answer::Unsure, to));
                [(Answer::Yes, *yes), (Answer::No, *no)].into_iter().chain(other).collect()
            }
            Branches::Choices { choices, unsure } => {
                let labeled = choices.iter().enumerate().map(|(nth, (_, to))| (Answer::Choice(nth), *to));
                labeled.chain(unsure.map(|to| (Answer::Unsure, to))).collect()
            }
        },
        NodeKind::Solution(solution) => solution.otherwise.into_iter().map(|to| (Answer::NotSolved, to)).collect(),
        NodeKind::Escalation(_) => Vec::new(),
    }
}

/// Returns the target of an answer, or `None` if the answer ends the session or the node does not accept it.
pub(super) fn target(node: &NodeKind, answer: Answer) -> Option<NodeId> {
    match node {
        NodeKind::Question(question) => match (&question.branches, answer) {
            (Branches::YesNo { yes, .. }, Answer::Yes) => Some(*yes),
            (Branches::YesNo { no, .. }, Answer::No) => Some(*no),
            (Branches::YesNo { unsure, no, .. }, Answer::Unsure) => Some(unsure.unwrap_or(*no)),
            (Branches::Choices { choices, .. }, Answer::Choice(nth)) => choices.get(nth).map(|(_, target)| *target),
            (Branches::Choices { unsure, .. }, Answer::Unsure) => *unsure,
            _ => None,
        },
        NodeKind::Solution(solution) if answer == Answer::NotSolved => solution.otherwise,
        NodeKind::Solution(_) | NodeKind::Escalation(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kb::{Escalation, Question, Solution};

    fn to(node: usize) -> NodeId {
        NodeId { article: 0, node }
    }

    fn question(branches: Branches) -> NodeKind {
        NodeKind::Question(Question { hint: None, fact: None, branches })
    }

    fn yes_no(unsure: Option<usize>) -> NodeKind {
        question(Branches::YesNo { yes: to(1), no: to(2), unsure: unsure.map(to) })
    }

    fn choices(unsure: Option<usize>) -> NodeKind {
        let choices = vec![("Windows".into(), to(1)), ("Linux".into(), to(2))];
        question(Branches::Choices { choices, unsure: unsure.map(to) })
    }

    fn solution(otherwise: Option<usize>) -> NodeKind {
        NodeKind::Solution(Solution { steps: Vec::new(), includes: Vec::new(), otherwise: otherwise.map(to) })
    }

    fn escalation() -> NodeKind {
        NodeKind::Escalation(Escalation { contact: None, bring: Vec::new() })
    }

    #[test]
    fn answers_are_parsed_for_the_kind_of_node() {
        for (text, yes_or_no, of_solution) in [
            ("y", Some(Answer::Yes), Some(Answer::Solved)),
            (" Yes ", Some(Answer::Yes), Some(Answer::Solved)),
            ("n", Some(Answer::No), Some(Answer::NotSolved)),
            ("not sure", Some(Answer::Unsure), Some(Answer::Unsure)),
            ("solved", Some(Answer::Solved), Some(Answer::Solved)),
            ("not-solved", Some(Answer::NotSolved), Some(Answer::NotSolved)),
            ("maybe", None, None),
            ("", None, None),
        ] {
            assert_eq!(Answer::parse(text, &yes_no(None)), yes_or_no, "{text}");
            assert_eq!(Answer::parse(text, &solution(None)), of_solution, "{text}");
        }
        for (text, choice) in [
            ("1", Some(Answer::Choice(0))),
            ("2", Some(Answer::Choice(1))),
            ("0", None),
            ("3", None),
            ("linux", Some(Answer::Choice(1))),
            ("lin", None),
            ("u", Some(Answer::Unsure)),
        ] {
            assert_eq!(Answer::parse(text, &choices(None)), choice, "{text}");
        }
    }

    #[test]
    fn allowed_answers_depend_on_the_node() {
        assert_eq!(allowed_answers(&yes_no(None)), [Answer::Yes, Answer::No, Answer::Unsure]);
        assert_eq!(allowed_answers(&choices(None)), [Answer::Choice(0), Answer::Choice(1)]);
        assert_eq!(allowed_answers(&choices(Some(3))), [Answer::Choice(0), Answer::Choice(1), Answer::Unsure]);
        assert_eq!(allowed_answers(&solution(Some(3))), [Answer::Solved, Answer::NotSolved]);
        assert_eq!(allowed_answers(&solution(None)), [Answer::Solved]);
        assert_eq!(allowed_answers(&escalation()), []);
    }

    #[test]
    fn unsure_is_a_branch_only_with_another_target() {
        let (yes, no) = ((Answer::Yes, to(1)), (Answer::No, to(2)));
        assert_eq!(branches(&yes_no(None)), [yes, no]);
        assert_eq!(branches(&yes_no(Some(2))), [yes, no]);
        assert_eq!(branches(&yes_no(Some(3))), [yes, no, (Answer::Unsure, to(3))]);
        let both = [(Answer::Choice(0), to(1)), (Answer::Choice(1), to(2))];
        assert_eq!(branches(&choices(None)), both);
        assert_eq!(branches(&choices(Some(3))), [both[0], both[1], (Answer::Unsure, to(3))]);
        assert_eq!(branches(&solution(Some(3))), [(Answer::NotSolved, to(3))]);
        assert_eq!(branches(&solution(None)), []);
        assert_eq!(branches(&escalation()), []);
    }

    #[test]
    fn branches_agree_with_targets() {
        for node in [yes_no(None), yes_no(Some(3)), choices(None), choices(Some(3)), solution(Some(3)), solution(None)]
        {
            for (answer, to) in branches(&node) {
                assert_eq!(target(&node, answer), Some(to), "{node:?}: {answer:?}");
            }
        }
        assert_eq!(target(&yes_no(None), Answer::Unsure), Some(to(2)), "without a branch, unsure has the target of no");
        assert_eq!(target(&choices(None), Answer::Unsure), None);
        assert_eq!(target(&choices(None), Answer::Choice(2)), None);
        assert_eq!(target(&solution(Some(3)), Answer::Solved), None, "solved ends the flow");
        assert_eq!(target(&escalation(), Answer::NotSolved), None);
    }
}
