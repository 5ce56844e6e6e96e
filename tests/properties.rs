//! Whatever valid article somebody writes is served, keeps every rule and can be walked to an end; and whatever single thing is
//! broken in it is found, on its line.

#![expect(clippy::unwrap_used, reason = "tests")]

mod support;

use std::sync::Arc;
use std::sync::atomic::AtomicUsize;

use proptest::prelude::*;
use support::source;
use unstuck::draft::scalar;
use unstuck::kb::{Loaded, check, load};
use unstuck::search;
use unstuck::wizard::{Known, Walk};

const COLLECTION: &str = "title: Test\nclues:\n  red: {question: Is it red?, hint: Look.}\n";

/// A node of a flow; a way is how many nodes further on it leads (the last node is an escalation).
#[derive(Debug, Clone)]
enum Drawn {
    YesNo { yes: usize, no: usize, unsure: Option<usize>, text: String },
    Choices { ways: Vec<usize>, text: String },
    Solution { steps: Vec<(usize, String)>, text: String },
    Escalation { text: String },
}

fn text() -> impl Strategy<Value = String> {
    // Letters, and signs that mean something to YAML.
    "[A-Za-zé漢][A-Za-z0-9 ,.:#'\"&*!%@{}\\[\\]|>-]{0,40}[A-Za-z.?]"
}

fn node() -> impl Strategy<Value = Drawn> {
    let far = || 1..4_usize;
    prop_oneof![
        (far(), far(), proptest::option::of(far()), text()).prop_map(|(yes, no, unsure, text)| Drawn::YesNo {
            yes,
            no,
            unsure,
            text
        }),
        (proptest::collection::vec(far(), 2..5), text()).prop_map(|(ways, text)| Drawn::Choices { ways, text }),
        (proptest::collection::vec((0..4_usize, text()), 1..5), text())
            .prop_map(|(steps, text)| Drawn::Solution { steps, text }),
        text().prop_map(|text| Drawn::Escalation { text }),
    ]
}

/// Lines of a valid article: every node is reached, every answer leads on to a later node, and the last one is an end.
fn article() -> impl Strategy<Value = Vec<String>> {
    (proptest::collection::vec(node(), 1..8), text(), text()).prop_map(|(nodes, message, keyword)| {
        let mut lines = vec![
            format!("message: {}", scalar(&message)),
            "# A remark of its author.".to_owned(),
            format!("keywords: [{}]", unstuck::draft::quoted(&keyword)),
            "clues: {red: yes}".to_owned(),
            "sources: [https://example.com/page]".to_owned(),
            "reviewed: 2026-11-01".to_owned(),
            "flow:".to_owned(),
        ];
        let last = nodes.len();
        for (at, node) in nodes.into_iter().enumerate() {
            // What leads nowhere would leave the rest unreached.
            let node = match node {
                Drawn::Escalation { text } => Drawn::Solution { steps: vec![(0, "Do it.".to_owned())], text },
                node => node,
            };
            lines.extend(lines_of(&node, at, last));
        }
        lines.extend(lines_of(&Drawn::Escalation { text: "The helpdesk".to_owned() }, last, last));
        lines
    })
}

fn lines_of(node: &Drawn, at: usize, last: usize) -> Vec<String> {
    // The first way leads to the next node, so that each is reached; the second to another one, so that the question matters.
    let way = |by: usize| format!("n{}", (at + by).min(last));
    let other = |by: usize| {
        let target = (at + 1 + by).min(last);
        if target == (at + 1).min(last) { "{goto: other}".to_owned() } else { format!("n{target}") }
    };
    let mut lines = vec![format!("  n{at}:")];
    match node {
        Drawn::YesNo { yes, no, unsure, text } => {
            lines.push(format!("    question: {}", scalar(text)));
            lines.push("    hint: Look at it.".to_owned());
            lines.push(format!("    yes: {}", if yes % 2 == 0 { way(1) } else { other(*no) }));
            lines.push(format!("    no: {}", if yes % 2 == 0 { other(*no) } else { way(1) }));
            lines.extend(unsure.map(|unsure| format!("    unsure: {}", way(unsure))));
        }
        Drawn::Choices { ways, text } => {
            lines.push(format!("    question: {}", scalar(text)));
            lines.push("    hint: Look at it.".to_owned());
            lines.push("    choices:".to_owned());
            for (nth, by) in ways.iter().enumerate() {
                let target = match nth {
                    0 => way(1),
                    1 => other(*by),
                    _ => way(*by),
                };
                lines.push(format!("      choice {nth}: {target}"));
            }
        }
        Drawn::Solution { steps, text } => {
            lines.push(format!("    solution: {}", scalar(text)));
            lines.push("    steps:".to_owned());
            for (by, text) in steps {
                let actors = ["user", "administrator", "owner", "support"];
                lines.push(format!("      - by: {}", actors.get(*by).unwrap()));
                lines.push(format!("        do: {}", scalar(text)));
            }
            lines.push(format!("    otherwise: {}", way(1)));
        }
        Drawn::Escalation { text } => {
            lines.push(format!("    escalation: {}", scalar(text)));
            lines.push("    bring: [the number of the room]".to_owned());
        }
    }
    lines
}

const OTHER: &str = "message: Quite another thing.\nclues: {red: no}\nsources: [https://example.com]\nreviewed: 2026-11-01\nflow:\n  \
                     help: {escalation: The helpdesk}\n";

fn loaded(lines: &[String]) -> Loaded {
    let article = lines.join("\n") + "\n";
    load(&[source(&[("collection", COLLECTION), ("other", OTHER), ("drawn", &article)])])
}

/// One way to break an article: the lines that can be broken, what they become, and the code of the finding.
struct Break {
    name: &'static str,
    on: fn(&str) -> bool,
    into: fn(&str) -> Vec<String>,
    code: &'static str,
    /// The line that is named: the first one of what it became, plus this.
    below: usize,
    /// Or else the next line above that begins like this.
    above: Option<&'static str>,
}

fn is_way(line: &str) -> bool {
    ["    yes: ", "    no: ", "    unsure: ", "    otherwise: "].iter().any(|way| line.starts_with(way))
}

fn key(line: &str) -> &str {
    line.split(": ").next().unwrap()
}

const BREAKS: [Break; 20] = [
    Break {
        name: "a misspelt field",
        on: |line| line.starts_with("    hint: "),
        into: |line| vec![line.replace("hint", "hnit")],
        code: "E010",
        below: 0,
        above: None,
    },
    Break {
        name: "a way to nowhere",
        on: is_way,
        into: |line| vec![format!("{}: nowhere", key(line))],
        code: "E013",
        below: 0,
        above: None,
    },
    Break {
        name: "a way to no article",
        on: is_way,
        into: |line| vec![format!("{}: {{goto: nothing}}", key(line))],
        code: "E013",
        below: 0,
        above: None,
    },
    Break {
        name: "a way without a target",
        on: is_way,
        into: |line| vec![format!("{}:", key(line))],
        code: "E012",
        below: 0,
        above: None,
    },
    Break {
        name: "a way twice",
        on: is_way,
        into: |line| vec![line.to_owned(), line.to_owned()],
        code: "E002",
        below: 1,
        above: None,
    },
    Break {
        name: "an anchor",
        on: is_way,
        into: |line| vec![format!("{}: &there n0", key(line))],
        code: "E003",
        below: 0,
        above: None,
    },
    Break {
        name: "a tag",
        on: is_way,
        into: |line| vec![format!("{}: !!str n0", key(line))],
        code: "E004",
        below: 0,
        above: None,
    },
    Break {
        name: "a question without yes",
        on: |line| line.starts_with("    yes: "),
        into: |_| vec![],
        code: "E016",
        below: 0,
        above: Some("  n"),
    },
    Break {
        name: "an unknown actor",
        on: |line| line.starts_with("      - by: "),
        into: |_| vec!["      - by: usher".to_owned()],
        code: "E018",
        below: 0,
        above: None,
    },
    Break {
        name: "a step without words",
        on: |line| line.starts_with("        do: "),
        into: |_| vec![],
        code: "E011",
        below: 0,
        above: Some("      - by: "),
    },
    Break {
        name: "a kind that is none",
        on: |line| line.starts_with("    question: ") || line.starts_with("    solution: "),
        into: |line| vec![line.replacen("ion: ", "oin: ", 1)],
        code: "E026",
        below: 0,
        above: None,
    },
    Break {
        name: "a node that nothing reaches",
        on: |line| line.starts_with("    bring: "),
        into: |line| vec![line.to_owned(), "  lonely: {escalation: Nobody}".to_owned()],
        code: "E014",
        below: 1,
        above: None,
    },
    Break {
        name: "a text where a list belongs",
        on: |line| line.starts_with("    bring: "),
        into: |_| vec!["    bring: the number of the room".to_owned()],
        code: "E012",
        below: 0,
        above: None,
    },
    Break {
        name: "an open quote",
        on: |line| line.starts_with("    hint: "),
        into: |_| vec!["    hint: \"Look at it.".to_owned()],
        code: "E001",
        below: 0,
        above: None,
    },
    Break {
        name: "a colon in a text",
        on: |line| line.starts_with("    hint: "),
        into: |_| vec!["    hint: Look: at it.".to_owned()],
        code: "E001",
        below: 0,
        above: None,
    },
    Break {
        name: "a hidden character",
        on: |line| line.starts_with("    hint: "),
        into: |line| vec![format!("{line}\u{202e}")],
        code: "E009",
        below: 0,
        above: None,
    },
    Break {
        name: "a link that is none",
        on: |line| line.starts_with("sources: "),
        into: |_| vec!["sources: [http://example.com]".to_owned()],
        code: "E022",
        below: 0,
        above: None,
    },
    Break {
        name: "a day that is none",
        on: |line| line.starts_with("reviewed: "),
        into: |_| vec!["reviewed: last week".to_owned()],
        code: "E025",
        below: 0,
        above: None,
    },
    Break {
        name: "a clue that is none",
        on: |line| line.starts_with("clues: "),
        into: |_| vec!["clues: {blue: yes}".to_owned()],
        code: "E019",
        below: 0,
        above: None,
    },
    Break {
        name: "a second document",
        on: |line| line == "    bring: [the number of the room]",
        into: |line| vec![line.to_owned(), "---".to_owned(), "more: here".to_owned()],
        code: "E005",
        below: 1,
        above: None,
    },
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_valid_article_is_served_keeps_every_rule_and_leads_to_an_end(
        lines in article(),
        answers in proptest::collection::vec(any::<prop::sample::Index>(), 0..12),
    ) {
        let Loaded { kb, findings } = loaded(&lines);
        prop_assert_eq!(findings, [], "{}", lines.join("\n"));
        prop_assert_eq!(check(&kb, jiff::civil::date(2026, 12, 1)), []);
        let kb = Arc::new(kb);
        let _ = search::check(&kb, &AtomicUsize::new(0)); // what is found depends on the words; it must only come back
        let mut walk = Walk::new(kb.clone(), kb.position("drawn").unwrap(), Known::new());
        let mut given = 0;
        for pick in answers {
            let possible = walk.possible();
            if possible.is_empty() {
                break;
            }
            walk.answer(*pick.get(&possible)).unwrap();
            given += 1;
        }
        prop_assert!(walk.outcome().is_some() || !walk.possible().is_empty());
        prop_assert_eq!(walk.back(usize::MAX), given);
    }

    #[test]
    fn whatever_is_broken_is_found_on_its_line(lines in article(), pick in any::<prop::sample::Index>()) {
        for broken in &BREAKS {
            let able: Vec<usize> = (0..lines.len()).filter(|at| (broken.on)(lines.get(*at).unwrap())).collect();
            if able.is_empty() {
                continue;
            }
            let at = *pick.get(&able);
            let mut changed = lines.clone();
            changed.splice(at..=at, (broken.into)(lines.get(at).unwrap()));
            let line = match broken.above {
                None => at + broken.below,
                Some(head) => (0..at).rev().find(|at| lines.get(*at).unwrap().starts_with(head)).unwrap(),
            };
            let found: Vec<(String, usize)> = loaded(&changed)
                .findings
                .iter()
                .filter(|finding| finding.place.file == "test/drawn.yaml")
                .map(|finding| (finding.code.to_string(), finding.place.line))
                .collect();
            prop_assert!(
                found.contains(&(broken.code.to_owned(), line + 1)),
                "{}: {} at line {} is not among {:?}\n{}", broken.name, broken.code, line + 1, found, changed.join("\n")
            );
        }
    }
}
