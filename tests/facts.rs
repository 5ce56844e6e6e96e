//! Facts, conditions, inserted details and shared nodes, on every path of the built-in knowledge base and on generated ones.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod support;

use std::collections::{BTreeSet, HashSet};
use std::fmt::Write as _;
use std::sync::Arc;

use proptest::prelude::*;
use support::source;
use unstuck::case::{self, Blanks, Case, EntryPoint, handover_messages};
use unstuck::flow::{FlowSession, KnownFacts};
use unstuck::kb::{Diagnostic, FactId, InfoSource, KnowledgeBase, NodeKind, load};
use unstuck::report;
use unstuck::strings::Audience;
use unstuck::{builtin, kb};

/// Maximum number of answers on a path. Longer paths repeat nodes.
const MAX_ANSWERS: usize = 14;

/// Calls `visit` for the session at every node that any answers lead to, from the start of an article. `known` are the facts known
/// before the first question.
fn every_path(kb: &Arc<KnowledgeBase>, article: usize, known: &KnownFacts, mut visit: impl FnMut(&FlowSession)) {
    let mut open = vec![FlowSession::new(kb.clone(), article, known.clone())];
    let mut seen = HashSet::new();
    while let Some(session) = open.pop() {
        // Two paths to the same node with the same facts continue in the same way.
        let facts: Vec<_> = session.facts().into_iter().collect();
        if !seen.insert((session.at(), session.outcome().is_some(), facts)) {
            continue;
        }
        visit(&session);
        if session.answers().len() < MAX_ANSWERS {
            for answer in session.allowed_answers() {
                let mut next = session.clone();
                next.answer(answer).unwrap();
                open.push(next);
            }
        }
    }
}

/// Checks a session at one node: no fact was asked twice, no text shows the marks of a format, and each statement holds.
fn check_state(session: &FlowSession, entry_point: &EntryPoint) {
    let kb = session.kb();
    let (mut asked, mut skipped) = (HashSet::new(), HashSet::new());
    for entry in session.answers() {
        let Some(fact) = kb.fact_of_question(entry.at) else { continue };
        if entry.known {
            skipped.insert(entry.at);
        } else {
            // If the known answer leads back to its own question, only another answer leads out of the circle.
            let is_circle = skipped.contains(&entry.at);
            assert!(asked.insert(fact) || is_circle, "{} is asked twice", kb.node_name(entry.at, usize::MAX));
        }
    }
    let case = Case::of(session, entry_point.clone(), Blanks::new(), |_, _| false);
    let at = kb.node_name(session.at(), usize::MAX);
    for audience in Audience::ALL {
        let screen = report::current_node(session, &EntryPoint::List, *audience, &Blanks::new());
        assert!(!screen.contains(['<', '|']), "{at} shows a mark: {screen}");
        for message in handover_messages(session, *audience, &case) {
            let plain = message.text.replace("http://", "").replace("https://", "");
            assert!(!plain.contains(['<', '|']), "a message from {at} shows a mark: {plain}");
        }
    }
    let facts = session.facts();
    let collection = kb.articles[session.at().article].collection;
    for info in session.required_infos().into_iter().filter(|info| info.source == InfoSource::Statement) {
        assert!(!info.conditions.is_empty(), "{at} states something without a condition");
        for value in &info.conditions {
            let known = facts.get(&kb.shared_fact(FactId { collection, fact: value.fact }));
            assert_eq!(known, Some(&value.answer), "{at} states what was not answered");
        }
    }
}

#[test]
fn on_every_path_of_the_built_in_articles_only_what_was_answered_is_stated() {
    let kb = Arc::new(builtin::loaded().kb);
    let mut ends = BTreeSet::new();
    for article in 0..kb.articles.len() {
        every_path(&kb, article, &KnownFacts::new(), |session| {
            check_state(session, &EntryPoint::Search("a message".to_owned()));
            if session.outcome().is_some() {
                ends.insert(kb.node_name(session.at(), usize::MAX));
            }
        });
    }
    assert!(ends.len() > 80, "only {} ends were reached", ends.len());
}

#[test]
fn on_every_path_from_a_situation_messages_state_no_error_message() {
    let kb = Arc::new(builtin::loaded().kb);
    for (collection, situation) in kb.situations() {
        let article = kb.article_index(&situation.goto).unwrap();
        let known = situation.known.iter().map(|value| (FactId { collection, fact: value.fact }, value.answer));
        let entry_point = EntryPoint::Situation(situation.text.one_line());
        let error = kb.articles[article].message.one_line();
        every_path(&kb, article, &known.collect(), |session| {
            check_state(session, &entry_point);
            let case = Case::of(session, entry_point.clone(), Blanks::new(), |_, _| false);
            for message in handover_messages(session, Audience::User, &case) {
                assert!(!message.text.contains(&error), "{}: {}", situation.goto, message.text);
                assert!(message.text.contains(&situation.text.one_line()), "{}", message.text);
            }
        });
    }
}

#[test]
fn every_article_of_the_ten_is_reached_by_a_situation() {
    let kb = builtin::loaded().kb;
    let reached: HashSet<&str> = kb.situations().map(|(_, situation)| situation.goto.as_str()).collect();
    for article in kb.articles.iter().filter(|article| kb.collections[article.collection].id == "access-denied") {
        assert!(reached.contains(article.id.as_str()), "no situation leads to {}", article.id);
    }
}

#[test]
fn an_article_of_the_ten_has_at_most_150_lines() {
    for file in builtin::source().files.iter().filter(|file| file.collection == "access-denied") {
        let lines = String::from_utf8(file.content.clone().unwrap()).unwrap().lines().count();
        assert!(lines <= 150 || file.is_collection(), "{} has {lines} lines", file.path);
    }
}

const COLLECTION: &str = "title: Test
opening: <You|The user|I> can't see.
facts:
  f0: {question: <Are you|Is the user> there?, hint: Look.}
  f1: {question: Is it loud?, hint: Listen.}
  f2: {question: Is it warm?, hint: Touch it.}
  room: {input: The room of <you|the user|me>}
  mail: {input: An email address, kind: email, constant: yes}
flow:
  shared: {ask: f0, yes: desk, no: wait, unsure: desk}
  wait:
    solution: Wait
    steps: [{user: Wait in <room>., if: {f1: no}}, {user: Wait.}]
    otherwise: desk
  desk:
    escalation: The desk
    bring:
      - room
      - {that: <You are|The user is|I am> there., if: {f0: yes}}
      - {that: It is not loud in <room>., if: {f1: no, f0: yes}}
";

/// A node of a generated flow.
#[derive(Debug, Clone)]
enum GeneratedNode {
    /// A question about a fact, with the nodes that yes, no and "not sure" lead to.
    Fact(usize, [usize; 2], Option<usize>),
    /// A solution with a condition on its first step: the fact, its answer, and the next node.
    Solution(usize, usize, usize),
}

fn flow() -> impl Strategy<Value = Vec<GeneratedNode>> {
    let node = prop_oneof![
        (0..3_usize, [0..6_usize, 0..6_usize], proptest::option::of(0..6_usize))
            .prop_map(|(fact, targets, unsure)| GeneratedNode::Fact(fact, targets, unsure)),
        (0..3_usize, 0..3_usize, 0..6_usize)
            .prop_map(|(fact, answer, next)| GeneratedNode::Solution(fact, answer, next)),
    ];
    proptest::collection::vec(node, 1..6)
}

/// Returns an article with the nodes. A target after the last node is a shared node.
fn article(nodes: &[GeneratedNode], known: Option<usize>) -> String {
    let name = |target: &usize| match target.checked_sub(nodes.len()) {
        None => format!("n{target}"),
        Some(beyond) => ["shared", "desk", "wait"][beyond % 3].to_owned(),
    };
    let mut text = "message: It is dark.\n".to_owned();
    if let Some(fact) = known {
        writeln!(text, "known: {{f{fact}: yes}}").unwrap();
    }
    text.push_str("flow:\n");
    for (at, node) in nodes.iter().enumerate() {
        match node {
            GeneratedNode::Fact(fact, [yes, no], unsure) => {
                let unsure = unsure.map(|unsure| format!(", unsure: {}", name(&unsure))).unwrap_or_default();
                writeln!(text, "  n{at}: {{ask: f{fact}, yes: {}, no: {}{unsure}}}", name(yes), name(no)).unwrap();
            }
            GeneratedNode::Solution(fact, answer, next) => {
                let answer = ["yes", "no", "unsure"][*answer];
                writeln!(
                    text,
                    "  n{at}:\n    solution: Try {at}\n    steps:\n      - {{user: Go to <room>., if: {{f{fact}: {answer}}}}}\n      \
                     - administrator: Help <you|the user|me> in <room> (<mail>).\n    otherwise: {}",
                    name(next)
                )
                .unwrap();
            }
        }
    }
    text
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn generated_articles_ask_each_fact_once_and_state_only_answers(nodes in flow(), known in proptest::option::of(0..3_usize)) {
        let text = article(&nodes, known);
        let loaded = load(&[source(&[("collection", COLLECTION), ("dark", &text)])]);
        // A flow without an end is an error, which other tests cover.
        prop_assume!(!loaded.diagnostics.iter().any(Diagnostic::is_error));
        let _ = kb::check(&loaded.kb, "2026-12-01".parse().unwrap());
        let kb = Arc::new(loaded.kb);
        every_path(&kb, 0, &KnownFacts::new(), |session| check_state(session, &EntryPoint::List));
    }
}

/// Returns a session at the solution of an article whose steps insert details.
fn at_solution() -> FlowSession {
    let article = article(&[GeneratedNode::Solution(1, 1, 2)], None);
    let kb = Arc::new(load(&[source(&[("collection", COLLECTION), ("dark", &article)])]).kb);
    FlowSession::new(kb, 0, KnownFacts::new())
}

#[test]
fn a_detail_is_inserted_where_it_is_known_and_is_a_blank_where_it_is_not() {
    let session = at_solution();
    let labels: Vec<String> = case::blanks(&session).iter().map(ToString::to_string).collect();
    assert_eq!(labels, ["The room of the user", "An email address"]);
    let to_administrator = |blanks: Blanks| {
        let case = Case { blanks, ..Case::default() };
        let messages = handover_messages(&session, Audience::User, &case);
        messages.into_iter().find(|message| message.to == "administrator").unwrap().text
    };
    let unknown = to_administrator(Blanks::new());
    assert!(
        unknown.contains("Help me in the room of me [please fill in] (an email address [please fill in])."),
        "{unknown}"
    );
    let known = Blanks::from([("The room of the user".to_owned(), "room 5".to_owned())]);
    let text = to_administrator(known.clone());
    assert!(text.contains("Help me in room 5 (an email address [please fill in])."), "{text}");
    let screen = report::current_node(&session, &EntryPoint::List, Audience::Helpdesk, &known);
    assert!(screen.contains("Administrator: Help the user in room 5 (an email address)."), "{screen}");
}

#[test]
fn the_kind_of_an_input_is_checked_kindly() {
    let session = at_solution();
    let form = |label: &str| case::input_form(&session, &unstuck::text::SanitizedText::new(label));
    assert!(form("The room of the user").accepts("anything"));
    assert!(!form("An email address").accepts("anything") && form("An email address").accepts("a@example.com"));
}

#[test]
fn a_shared_node_leads_to_the_nodes_of_the_article_that_uses_it() {
    let own =
        "message: It is dark.\nflow:\n  start: {ask: f1, yes: shared, no: desk}\n  desk: {escalation: My own desk}\n";
    let kb = load(&[source(&[("collection", COLLECTION), ("dark", own)])]).kb;
    let names: Vec<&str> = kb.articles[0].flow.nodes.iter().map(|node| node.name.as_str()).collect();
    assert_eq!(names, ["start", "desk", "shared", "wait"]);
    let NodeKind::Question(question) = &kb.articles[0].flow.nodes[2].kind else { panic!("not a question") };
    let targets: Vec<usize> = question.branches.targets().map(|target| target.node).collect();
    assert_eq!(targets, [1, 3, 1]);
}

#[test]
fn a_role_of_the_collection_does_steps_and_gets_its_own_message() {
    let collection = "title: Test\nroles: {hr: The HR team}\n";
    let article = "message: It is dark.\nflow:\n  fix:\n    solution: Ask\n    steps:\n      - user: Wait.\n      - hr: Sign the form.\n      \
                   - {by: hr, do: Send it.}\n";
    let scenarios = "it helps: {answers: [solved], ends: fix, steps: [user, hr, hr]}\n";
    let loaded = load(&[source(&[("collection", collection), ("dark", article), ("dark.scenarios", scenarios)])]);
    assert!(!loaded.diagnostics.iter().any(Diagnostic::is_error), "{:?}", loaded.diagnostics);
    let kb = Arc::new(loaded.kb);
    let suite = unstuck::scenarios::Suite::run(kb.clone());
    assert_eq!(suite.runs[0].failure, None);
    let session = FlowSession::new(kb, 0, KnownFacts::new());
    let messages = handover_messages(&session, Audience::Helpdesk, &Case::default());
    let to_hr = messages.iter().find(|message| message.to == "the HR team").unwrap();
    assert!(to_hr.text.contains("1. Sign the form.\n2. Send it.\n"), "{}", to_hr.text);
    assert!(
        report::current_node(&session, &EntryPoint::List, Audience::User, &Blanks::new())
            .contains("2. The HR team: Sign the form.")
    );
    let unknown = article.replace("- hr: Sign", "- hrr: Sign");
    let loaded = load(&[source(&[("collection", collection), ("dark", &unknown)])]);
    assert!(loaded.diagnostics.iter().any(|diagnostic| diagnostic.code == unstuck::kb::RuleId::UnknownField));
}
