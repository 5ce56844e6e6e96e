//! The answers that nodes take, and where they lead.

use serde::Serialize;

use crate::kb::{NodeKind, NodeRef, Ways};

/// What the person at the keyboard says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Answer {
    /// Yes.
    Yes,
    /// No.
    No,
    /// Not sure.
    Unsure,
    /// One of the choices of a question, by its index.
    Choice(usize),
    /// The solution helped.
    Solved,
    /// The solution did not help.
    NotSolved,
}

/// How a walk ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// A solution helped.
    Solved,
    /// It was handed over to somebody else.
    Escalated,
}

impl Answer {
    /// The word for it on a command line and in JSON. A choice is a number there, from 1, or its label.
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

    /// Reads an answer for a node: a word, its first letter, or a choice by number or label.
    #[must_use]
    pub fn parse(text: &str, node: &NodeKind) -> Option<Self> {
        let text = text.trim().to_lowercase();
        let is = |words: &[&str]| words.contains(&text.as_str());
        if let NodeKind::Question(question) = node
            && let Ways::Choices { choices, .. } = &question.ways
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

/// The answers that a node takes, in the order in which they are offered.
pub(super) fn possible(node: &NodeKind) -> Vec<Answer> {
    match node {
        NodeKind::Question(question) => match &question.ways {
            Ways::YesNo { .. } => vec![Answer::Yes, Answer::No, Answer::Unsure],
            Ways::Choices { choices, unsure } => {
                let labels = (0..choices.len()).map(Answer::Choice);
                labels.chain(unsure.iter().map(|_| Answer::Unsure)).collect()
            }
        },
        NodeKind::Solution(solution) if solution.otherwise.is_some() => vec![Answer::Solved, Answer::NotSolved],
        NodeKind::Solution(_) => vec![Answer::Solved],
        NodeKind::Escalation(_) => Vec::new(),
    }
}

/// The answers of a node that lead on, each with where it leads, in the order in which they are offered. "Not sure" is left out
/// where nothing is said about it, and where it leads to the same as "no".
#[must_use]
pub fn ways(node: &NodeKind) -> Vec<(Answer, NodeRef)> {
    match node {
        NodeKind::Question(question) => match &question.ways {
            Ways::YesNo { yes, no, unsure } => {
                let other = unsure.filter(|unsure| unsure != no).map(|to| (Answer::Unsure, to));
                [(Answer::Yes, *yes), (Answer::No, *no)].into_iter().chain(other).collect()
            }
            Ways::Choices { choices, unsure } => {
                let labelled = choices.iter().enumerate().map(|(nth, (_, to))| (Answer::Choice(nth), *to));
                labelled.chain(unsure.map(|to| (Answer::Unsure, to))).collect()
            }
        },
        NodeKind::Solution(solution) => solution.otherwise.into_iter().map(|to| (Answer::NotSolved, to)).collect(),
        NodeKind::Escalation(_) => Vec::new(),
    }
}

/// Where an answer leads; nowhere when it ends the walk.
pub(super) fn target(node: &NodeKind, answer: Answer) -> Option<NodeRef> {
    match node {
        NodeKind::Question(question) => match (&question.ways, answer) {
            (Ways::YesNo { yes, .. }, Answer::Yes) => Some(*yes),
            (Ways::YesNo { no, .. }, Answer::No) => Some(*no),
            (Ways::YesNo { unsure, no, .. }, Answer::Unsure) => Some(unsure.unwrap_or(*no)),
            (Ways::Choices { choices, .. }, Answer::Choice(nth)) => choices.get(nth).map(|(_, target)| *target),
            (Ways::Choices { unsure, .. }, Answer::Unsure) => *unsure,
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

    fn to(node: usize) -> NodeRef {
        NodeRef { article: 0, node }
    }

    fn question(ways: Ways) -> NodeKind {
        NodeKind::Question(Question { hint: None, clue: None, ways })
    }

    fn yes_no(unsure: Option<usize>) -> NodeKind {
        question(Ways::YesNo { yes: to(1), no: to(2), unsure: unsure.map(to) })
    }

    fn choices(unsure: Option<usize>) -> NodeKind {
        let choices = vec![("Windows".into(), to(1)), ("Linux".into(), to(2))];
        question(Ways::Choices { choices, unsure: unsure.map(to) })
    }

    fn solution(otherwise: Option<usize>) -> NodeKind {
        NodeKind::Solution(Solution { steps: Vec::new(), shared: Vec::new(), otherwise: otherwise.map(to) })
    }

    fn escalation() -> NodeKind {
        NodeKind::Escalation(Escalation { contact: None, bring: Vec::new() })
    }

    #[test]
    fn an_answer_is_read_as_its_node_takes_it() {
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
    fn a_node_takes_the_answers_that_it_has_a_way_for() {
        assert_eq!(possible(&yes_no(None)), [Answer::Yes, Answer::No, Answer::Unsure]);
        assert_eq!(possible(&choices(None)), [Answer::Choice(0), Answer::Choice(1)]);
        assert_eq!(possible(&choices(Some(3))), [Answer::Choice(0), Answer::Choice(1), Answer::Unsure]);
        assert_eq!(possible(&solution(Some(3))), [Answer::Solved, Answer::NotSolved]);
        assert_eq!(possible(&solution(None)), [Answer::Solved]);
        assert_eq!(possible(&escalation()), []);
    }

    #[test]
    fn not_sure_is_a_way_of_its_own_only_where_it_leads_elsewhere() {
        let (yes, no) = ((Answer::Yes, to(1)), (Answer::No, to(2)));
        assert_eq!(ways(&yes_no(None)), [yes, no]);
        assert_eq!(ways(&yes_no(Some(2))), [yes, no]);
        assert_eq!(ways(&yes_no(Some(3))), [yes, no, (Answer::Unsure, to(3))]);
        let both = [(Answer::Choice(0), to(1)), (Answer::Choice(1), to(2))];
        assert_eq!(ways(&choices(None)), both);
        assert_eq!(ways(&choices(Some(3))), [both[0], both[1], (Answer::Unsure, to(3))]);
        assert_eq!(ways(&solution(Some(3))), [(Answer::NotSolved, to(3))]);
        assert_eq!(ways(&solution(None)), []);
        assert_eq!(ways(&escalation()), []);
    }

    #[test]
    fn every_way_leads_where_its_answer_leads() {
        for node in [yes_no(None), yes_no(Some(3)), choices(None), choices(Some(3)), solution(Some(3)), solution(None)]
        {
            for (answer, to) in ways(&node) {
                assert_eq!(target(&node, answer), Some(to), "{node:?}: {answer:?}");
            }
        }
        assert_eq!(target(&yes_no(None), Answer::Unsure), Some(to(2)), "not sure is no");
        assert_eq!(target(&choices(None), Answer::Unsure), None);
        assert_eq!(target(&choices(None), Answer::Choice(2)), None);
        assert_eq!(target(&solution(Some(3)), Answer::Solved), None, "that ends it");
        assert_eq!(target(&escalation(), Answer::NotSolved), None);
    }
}
