//! Generated articles.
//!
//! Each valid article loads without problems, and its flow reaches an end. Each error in one is reported on its line.

#![expect(clippy::unwrap_used, reason = "tests")]

mod support;

use std::sync::Arc;
use std::sync::atomic::AtomicUsize;

use proptest::prelude::*;
use support::source;
use unstuck::draft::yaml_scalar;
use unstuck::flow::{FlowSession, KnownFacts};
use unstuck::kb::{Loaded, check, load};
use unstuck::search;

const COLLECTION: &str = "title: Test\nfacts:\n  red: {question: Is it red?, hint: Look.}\n";

/// A node of a generated flow. A branch is a number of nodes to move ahead. The last node is an escalation.
#[derive(Debug, Clone)]
enum GeneratedNode {
    YesNo { yes: usize, no: usize, unsure: Option<usize>, text: String },
    Choices { branches: Vec<usize>, text: String },
    Solution { steps: Vec<(usize, String)>, text: String },
    Escalation { text: String },
}

fn text() -> impl Strategy<Value = String> {
    // Letters, and characters with a meaning in YAML.
    "[A-Za-zé漢][A-Za-z0-9 ,.:#'\"&*!%@{}\\[\\]|>-]{0,40}[A-Za-z.?]"
}

fn node() -> impl Strategy<Value = GeneratedNode> {
    let distance = || 1..4_usize;
    prop_oneof![
        (distance(), distance(), proptest::option::of(distance()), text())
            .prop_map(|(yes, no, unsure, text)| GeneratedNode::YesNo { yes, no, unsure, text }),
        (proptest::collection::vec(distance(), 2..5), text())
            .prop_map(|(branches, text)| GeneratedNode::Choices { branches, text }),
        (proptest::collection::vec((0..4_usize, text()), 1..5), text())
            .prop_map(|(steps, text)| GeneratedNode::Solution { steps, text }),
        text().prop_map(|text| GeneratedNode::Escalation { text }),
    ]
}

/// Generates the lines of a valid article. Every node is reachable, every answer leads to a later node, and the last node is an
/// end.
fn article() -> impl Strategy<Value = Vec<String>> {
    (proptest::collection::vec(node(), 1..8), text(), text()).prop_map(|(nodes, message, keyword)| {
        let mut lines = vec![
            format!("message: {}", yaml_scalar(&message)),
            "# A remark of its author.".to_owned(),
            format!("keywords: [{}]", unstuck::draft::quoted(&keyword)),
            "known: {red: yes}".to_owned(),
            "sources: [https://example.com/page]".to_owned(),
            "reviewed: 2026-11-01".to_owned(),
            "flow:".to_owned(),
        ];
        let last = nodes.len();
        for (at, node) in nodes.into_iter().enumerate() {
            // After an escalation, the other nodes would be unreachable.
            let node = match node {
                GeneratedNode::Escalation { text } => {
                    GeneratedNode::Solution { steps: vec![(0, "Do it.".to_owned())], text }
                }
                node => node,
            };
            lines.extend(lines_of(&node, at, last));
        }
        lines.extend(lines_of(&GeneratedNode::Escalation { text: "The helpdesk".to_owned() }, last, last));
        lines
    })
}

fn lines_of(node: &GeneratedNode, at: usize, last: usize) -> Vec<String> {
    // The first branch leads to the next node, so that every node is reachable. The second leads to a different node, so that
    // the question matters.
    let node_after = |by: usize| format!("n{}", (at + by).min(last));
    let other = |by: usize| {
        let target = (at + 1 + by).min(last);
        if target == (at + 1).min(last) { "other".to_owned() } else { format!("n{target}") }
    };
    let mut lines = vec![format!("  n{at}:")];
    match node {
        GeneratedNode::YesNo { yes, no, unsure, text } => {
            lines.push(format!("    question: {}", yaml_scalar(text)));
            lines.push("    hint: Look at it.".to_owned());
            lines.push(format!("    yes: {}", if yes % 2 == 0 { node_after(1) } else { other(*no) }));
            lines.push(format!("    no: {}", if yes % 2 == 0 { other(*no) } else { node_after(1) }));
            lines.extend(unsure.map(|unsure| format!("    unsure: {}", node_after(unsure))));
        }
        GeneratedNode::Choices { branches, text } => {
            lines.push(format!("    question: {}", yaml_scalar(text)));
            lines.push("    hint: Look at it.".to_owned());
            lines.push("    choices:".to_owned());
            for (nth, by) in branches.iter().enumerate() {
                let target = match nth {
                    0 => node_after(1),
                    1 => other(*by),
                    _ => node_after(*by),
                };
                lines.push(format!("      choice {nth}: {target}"));
            }
        }
        GeneratedNode::Solution { steps, text } => {
            lines.push(format!("    solution: {}", yaml_scalar(text)));
            lines.push("    steps:".to_owned());
            for (by, text) in steps {
                let roles = ["user", "administrator", "owner", "support"];
                lines.push(format!("      - by: {}", roles.get(*by).unwrap()));
                lines.push(format!("        do: {}", yaml_scalar(text)));
            }
            lines.push(format!("    otherwise: {}", node_after(1)));
        }
        GeneratedNode::Escalation { text } => {
            lines.push(format!("    escalation: {}", yaml_scalar(text)));
            lines.push("    bring: [the number of the room]".to_owned());
        }
    }
    lines
}

const OTHER: &str = "message: Quite another thing.\nknown: {red: no}\nsources: [https://example.com]\nreviewed: 2026-11-01\nflow:\n  \
                     help: {escalation: The helpdesk}\n";

fn loaded(lines: &[String]) -> Loaded {
    let article = lines.join("\n") + "\n";
    load(&[source(&[("collection", COLLECTION), ("other", OTHER), ("drawn", &article)])])
}

/// A change that breaks an article, and the expected diagnostic.
struct Mutation {
    name: &'static str,
    /// Whether the change applies to a line.
    applies_to: fn(&str) -> bool,
    /// Returns the new lines.
    replace: fn(&str) -> Vec<String>,
    code: &'static str,
    /// Number of lines from the first new line to the reported one.
    below: usize,
    /// If set, the nearest line above that begins with this text is reported instead.
    above: Option<&'static str>,
}

fn is_branch(line: &str) -> bool {
    ["    yes: ", "    no: ", "    unsure: ", "    otherwise: "].iter().any(|key| line.starts_with(key))
}

fn key(line: &str) -> &str {
    line.split(": ").next().unwrap()
}

const MUTATIONS: [Mutation; 20] = [
    Mutation {
        name: "misspelled field",
        applies_to: |line| line.starts_with("    hint: "),
        replace: |line| vec![line.replace("hint", "hnit")],
        code: "E010",
        below: 0,
        above: None,
    },
    Mutation {
        name: "branch to a missing node",
        applies_to: is_branch,
        replace: |line| vec![format!("{}: nowhere", key(line))],
        code: "E013",
        below: 0,
        above: None,
    },
    Mutation {
        name: "branch to a missing article",
        applies_to: is_branch,
        replace: |line| vec![format!("{}: nothing/at-all", key(line))],
        code: "E013",
        below: 0,
        above: None,
    },
    Mutation {
        name: "branch without a target",
        applies_to: is_branch,
        replace: |line| vec![format!("{}:", key(line))],
        code: "E012",
        below: 0,
        above: None,
    },
    Mutation {
        name: "duplicate branch",
        applies_to: is_branch,
        replace: |line| vec![line.to_owned(), line.to_owned()],
        code: "E002",
        below: 1,
        above: None,
    },
    Mutation {
        name: "anchor",
        applies_to: is_branch,
        replace: |line| vec![format!("{}: &there n0", key(line))],
        code: "E003",
        below: 0,
        above: None,
    },
    Mutation {
        name: "tag",
        applies_to: is_branch,
        replace: |line| vec![format!("{}: !!str n0", key(line))],
        code: "E004",
        below: 0,
        above: None,
    },
    Mutation {
        name: "question without yes",
        applies_to: |line| line.starts_with("    yes: "),
        replace: |_| vec![],
        code: "E016",
        below: 0,
        above: Some("  n"),
    },
    Mutation {
        name: "unknown role",
        applies_to: |line| line.starts_with("      - by: "),
        replace: |_| vec!["      - by: usher".to_owned()],
        code: "E018",
        below: 0,
        above: None,
    },
    Mutation {
        name: "step without text",
        applies_to: |line| line.starts_with("        do: "),
        replace: |_| vec![],
        code: "E011",
        below: 0,
        above: Some("      - by: "),
    },
    Mutation {
        name: "unknown kind of node",
        applies_to: |line| line.starts_with("    question: ") || line.starts_with("    solution: "),
        replace: |line| vec![line.replacen("ion: ", "oin: ", 1)],
        code: "E026",
        below: 0,
        above: None,
    },
    Mutation {
        name: "unreachable node",
        applies_to: |line| line.starts_with("    bring: "),
        replace: |line| vec![line.to_owned(), "  lonely: {escalation: Nobody}".to_owned()],
        code: "W016",
        below: 1,
        above: None,
    },
    Mutation {
        name: "text instead of a list",
        applies_to: |line| line.starts_with("    bring: "),
        replace: |_| vec!["    bring: the number of the room".to_owned()],
        code: "E012",
        below: 0,
        above: None,
    },
    Mutation {
        name: "missing closing quote",
        applies_to: |line| line.starts_with("    hint: "),
        replace: |_| vec!["    hint: \"Look at it.".to_owned()],
        code: "E001",
        below: 0,
        above: None,
    },
    Mutation {
        name: "colon in an unquoted text",
        applies_to: |line| line.starts_with("    hint: "),
        replace: |_| vec!["    hint: Look: at it.".to_owned()],
        code: "E001",
        below: 0,
        above: None,
    },
    Mutation {
        name: "hidden character",
        applies_to: |line| line.starts_with("    hint: "),
        replace: |line| vec![format!("{line}\u{202e}")],
        code: "E009",
        below: 0,
        above: None,
    },
    Mutation {
        name: "invalid link",
        applies_to: |line| line.starts_with("sources: "),
        replace: |_| vec!["sources: [ftp://example.com]".to_owned()],
        code: "E022",
        below: 0,
        above: None,
    },
    Mutation {
        name: "invalid date",
        applies_to: |line| line.starts_with("reviewed: "),
        replace: |_| vec!["reviewed: last week".to_owned()],
        code: "E025",
        below: 0,
        above: None,
    },
    Mutation {
        name: "unknown fact",
        applies_to: |line| line.starts_with("known: "),
        replace: |_| vec!["known: {blue: yes}".to_owned()],
        code: "E019",
        below: 0,
        above: None,
    },
    Mutation {
        name: "second document",
        applies_to: |line| line == "    bring: [the number of the room]",
        replace: |line| vec![line.to_owned(), "---".to_owned(), "more: here".to_owned()],
        code: "E005",
        below: 1,
        above: None,
    },
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn valid_article_loads_without_problems_and_reaches_an_end(
        lines in article(),
        answers in proptest::collection::vec(any::<prop::sample::Index>(), 0..12),
    ) {
        let Loaded { kb, diagnostics } = loaded(&lines);
        prop_assert_eq!(diagnostics, [], "{}", lines.join("\n"));
        prop_assert_eq!(check(&kb, jiff::civil::date(2026, 12, 1)), []);
        let kb = Arc::new(kb);
        let _ = search::check(&kb, &AtomicUsize::new(0)); // the texts are random, so any result is valid
        let mut session = FlowSession::new(kb.clone(), kb.article_index("drawn").unwrap(), KnownFacts::new());
        let mut given = 0;
        for pick in answers {
            let possible = session.allowed_answers();
            if possible.is_empty() {
                break;
            }
            session.answer(*pick.get(&possible)).unwrap();
            given += 1;
        }
        prop_assert!(session.outcome().is_some() || !session.allowed_answers().is_empty());
        prop_assert_eq!(session.undo(usize::MAX), given);
    }

    #[test]
    fn every_error_is_reported_on_its_line(lines in article(), pick in any::<prop::sample::Index>()) {
        for mutation in &MUTATIONS {
            let candidates: Vec<usize> = (0..lines.len()).filter(|at| (mutation.applies_to)(lines.get(*at).unwrap())).collect();
            if candidates.is_empty() {
                continue;
            }
            let at = *pick.get(&candidates);
            let mut changed = lines.clone();
            changed.splice(at..=at, (mutation.replace)(lines.get(at).unwrap()));
            let line = match mutation.above {
                None => at + mutation.below,
                Some(head) => (0..at).rev().find(|at| lines.get(*at).unwrap().starts_with(head)).unwrap(),
            };
            let found: Vec<(String, usize)> = loaded(&changed)
                .diagnostics
                .iter()
                .filter(|diagnostic| diagnostic.location.file == "test/drawn.yaml")
                .map(|diagnostic| (diagnostic.code.to_string(), diagnostic.location.line))
                .collect();
            prop_assert!(
                found.contains(&(mutation.code.to_owned(), line + 1)),
                "{}: {} at line {} is not among {:?}\n{}", mutation.name, mutation.code, line + 1, found, changed.join("\n")
            );
        }
    }
}
