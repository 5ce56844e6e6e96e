//! Flow sessions: answers, undo, changed answers, known answers and remaining questions.

#![expect(clippy::unwrap_used, reason = "tests")]

mod support;

use std::sync::Arc;

use unstuck::flow::Answer::{Choice, No, NotSolved, Solved, Unsure, Yes};
use unstuck::flow::{AnswerError, FlowSession, KnownFacts, Outcome, RemainingQuestions};
use unstuck::kb::{FactAnswer, FactId, KnowledgeBase, NodeKind, load};

const COLLECTION: &str = "title: Test\nfacts:\n  red: {question: Is it red?}\n  big: {question: Is it big?}\n";

const LAMP: &str = "
message: The lamp is dark.
flow:
  red: {ask: red, yes: bulb, no: plugged}
  plugged: {question: Is it plugged in?, yes: bulb, no: plug, unsure: socket/look}
  plug:
    solution: Plug it in
    steps: [{by: user, do: Plug it in.}]
    otherwise: bulb
  bulb: {question: Is the bulb broken?, yes: new-bulb, no: helpdesk}
  new-bulb:
    solution: Change the bulb
    steps: [{by: administrator, do: Fetch a bulb.}, {goto: plug}, {by: user, do: Screw it in.}]
    otherwise: helpdesk
  helpdesk: {escalation: The helpdesk, contact: mailto:help@example.com, bring: [the lamp]}
";

const SOCKET: &str = "
message: The socket is dead.
flow:
  red: {ask: red, yes: look, no: kind}
  kind:
    question: Which kind is it?
    choices: {On the wall: look, On the floor: lamp/helpdesk}
  look: {question: Is there dust in it?, yes: again, no: lamp/helpdesk}
  again: {question: And now?, yes: look, no: lamp/plug}
";

fn kb() -> Arc<KnowledgeBase> {
    load_kb(&[("collection", COLLECTION), ("lamp", LAMP), ("socket", SOCKET)])
}

fn load_kb(files: &[(&str, &str)]) -> Arc<KnowledgeBase> {
    let loaded = load(&[support::source(files)]);
    assert_eq!(loaded.diagnostics, []);
    Arc::new(loaded.kb)
}

/// Returns a session at the start of an article.
fn session(article: &str) -> FlowSession {
    let kb = kb();
    let at = kb.article_index(article).unwrap();
    FlowSession::new(kb, at, KnownFacts::new())
}

/// Returns the name of the current node.
fn node(session: &FlowSession) -> String {
    session.kb().node_name(session.at(), session.article())
}

#[test]
fn answers_lead_from_node_to_node() {
    let mut session = session("lamp");
    for (answer, then) in [(No, "plugged"), (No, "plug"), (NotSolved, "bulb"), (Yes, "new-bulb")] {
        session.answer(answer).unwrap();
        assert_eq!(node(&session), then);
    }
    session.answer(Solved).unwrap();
    assert_eq!(session.outcome(), Some(Outcome::Solved));
    assert_eq!(session.answers().len(), 5);
}

#[test]
fn a_path_can_continue_in_another_article_and_return() {
    let mut session = session("lamp");
    for answer in [No, Unsure] {
        session.answer(answer).unwrap();
    }
    assert_eq!(node(&session), "socket/look");
    session.answer(No).unwrap();
    assert_eq!((node(&session).as_str(), session.outcome()), ("helpdesk", Some(Outcome::Escalated)));
}

#[test]
fn not_sure_follows_the_branch_of_no_by_default() {
    let mut session = session("lamp");
    session.answer(Unsure).unwrap();
    assert_eq!(node(&session), "plugged");
}

#[test]
fn choices_are_answered_by_number() {
    let mut session = session("socket");
    session.answer(No).unwrap();
    assert_eq!(session.allowed_answers(), [Choice(0), Choice(1)]);
    session.answer(Choice(1)).unwrap();
    assert_eq!(session.answer_token(session.answers()[1].at, Choice(1)), "On the floor");
    assert_eq!(session.outcome(), Some(Outcome::Escalated));
}

#[test]
fn an_answer_that_is_not_allowed_changes_nothing() {
    let mut session = session("lamp");
    assert!(matches!(session.answer(Solved), Err(AnswerError::NotPossible { .. })));
    assert_eq!((node(&session).as_str(), session.answers().len()), ("red", 0));
    for answer in [Yes, No] {
        session.answer(answer).unwrap();
    }
    assert!(matches!(session.answer(Yes), Err(AnswerError::Ended { .. })));
}

#[test]
fn undo_removes_several_answers_and_reopens_an_outcome() {
    let mut session = session("lamp");
    for answer in [No, No, Solved] {
        session.answer(answer).unwrap();
    }
    assert_eq!(session.undo(1), 1);
    assert_eq!((node(&session).as_str(), session.outcome()), ("plug", None));
    assert_eq!(session.undo(2), 2);
    assert_eq!(node(&session), "red");
    assert_eq!(session.undo(1), 0);
}

#[test]
fn restart_goes_back_to_the_first_question() {
    let mut session = session("lamp");
    for answer in [No, No, NotSolved] {
        session.answer(answer).unwrap();
    }
    session.restart();
    assert_eq!((node(&session).as_str(), session.answers().len()), ("red", 0));
}

#[test]
fn changing_an_answer_keeps_later_answers_that_still_apply() {
    let mut session = session("lamp");
    for answer in [No, No, NotSolved, Yes] {
        session.answer(answer).unwrap();
    }
    // With the lamp plugged in, the answer to "did it help" no longer applies. The answer about the bulb does.
    let dropped = session.change(1, Yes).unwrap();
    assert_eq!(node(&session), "new-bulb");
    assert_eq!(session.answers().iter().map(|entry| entry.answer).collect::<Vec<_>>(), [No, Yes, Yes]);
    assert_eq!(dropped.iter().map(|entry| entry.answer).collect::<Vec<_>>(), [NotSolved]);
}

#[test]
fn an_answer_cannot_be_changed_to_one_that_is_not_allowed() {
    let mut session = session("lamp");
    session.answer(No).unwrap();
    assert!(matches!(session.change(0, Solved), Err(AnswerError::NotPossible { .. })));
    assert_eq!(session.change(7, Yes), Err(AnswerError::NoSuchEntry(7)));
    assert_eq!(node(&session), "plugged");
}

#[test]
fn a_question_with_a_known_answer_is_skipped() {
    let kb = kb();
    let mut session = FlowSession::new(
        kb.clone(),
        kb.article_index("lamp").unwrap(),
        KnownFacts::from([(FactId { collection: 0, fact: 0 }, FactAnswer::No)]),
    );
    assert_eq!(node(&session), "plugged");
    assert!(session.answers()[0].known);
    assert_eq!(session.undo(1), 0, "undo removed a known answer");
    // A known answer can be changed.
    session.change(0, Yes).unwrap();
    assert_eq!((node(&session).as_str(), session.answers()[0].known), ("bulb", false));
}

#[test]
fn steps_of_another_solution_replace_its_reference() {
    let mut session = session("lamp");
    for answer in [Yes, Yes] {
        session.answer(answer).unwrap();
    }
    let state = unstuck::flow::Snapshot::new(&session, unstuck::text::Voice::TheUser, &[]);
    let steps: Vec<&str> = state.now.steps.iter().map(|step| step.text.as_str()).collect();
    assert_eq!(steps, ["Fetch a bulb.", "Plug it in.", "Screw it in."]);
}

#[test]
fn remaining_questions_have_a_minimum_and_a_maximum() {
    let mut session = session("lamp");
    // red: yes -> bulb (1). no -> plugged -> plug (1), or plugged -> bulb (2), or into the socket: look, again, bulb (4).
    assert_eq!(session.remaining(), RemainingQuestions { min: 1, max: 4 });
    session.answer(No).unwrap();
    assert_eq!(session.remaining(), RemainingQuestions { min: 0, max: 3 });
    session.answer(No).unwrap();
    assert_eq!(
        session.remaining(),
        RemainingQuestions { min: 0, max: 1 },
        "at a solution, the minimum must be 0, because the solution can help"
    );
    session.answer(Solved).unwrap();
    assert_eq!(session.remaining(), RemainingQuestions { min: 0, max: 0 });
}

/// The first of two articles that ask the same fact. It starts with another question.
const PIPE: &str = "
message: The pipe leaks.
flow:
  wet: {question: Is the floor wet?, yes: red, no: red}
  red: {ask: red, yes: tap, no: helpdesk}
  tap: {question: Is the tap open?, yes: tank, no: helpdesk}
  helpdesk: {escalation: The helpdesk}
";

/// The second article that asks the fact.
const TANK: &str = "
message: The tank is empty.
flow:
  red: {ask: red, yes: full, no: helpdesk}
  full: {question: Is it full?, yes: helpdesk, no: helpdesk}
  helpdesk: {escalation: The plumber}
";

fn pipes() -> Arc<KnowledgeBase> {
    load_kb(&[("collection", COLLECTION), ("pipe", PIPE), ("tank", TANK)])
}

#[test]
fn a_question_answered_in_one_article_is_skipped_in_the_next() {
    let kb = pipes();
    let mut session = FlowSession::new(kb.clone(), kb.article_index("pipe").unwrap(), KnownFacts::new());
    for answer in [No, Yes, Yes] {
        session.answer(answer).unwrap();
    }
    assert_eq!(node(&session), "tank/full");
    let answered: Vec<String> =
        session.distinct_answers().map(|entry| kb.node_name(entry.at, session.article())).collect();
    assert_eq!(answered, ["wet", "red", "tap"], "the known answer of the second article is listed again");
    // Changing an earlier answer keeps the known answer.
    session.change(0, Yes).unwrap();
    assert_eq!(node(&session), "tank/full");
}

#[test]
fn an_answer_known_at_the_start_is_listed_once() {
    let kb = pipes();
    let known = KnownFacts::from([(*kb.facts_named("red").first().unwrap(), FactAnswer::Yes)]);
    let mut session = FlowSession::new(kb.clone(), kb.article_index("pipe").unwrap(), known);
    session.answer(No).unwrap();
    session.answer(Yes).unwrap();
    let answered: Vec<String> =
        session.distinct_answers().map(|entry| kb.node_name(entry.at, session.article())).collect();
    assert_eq!(answered, ["wet", "red", "tap"]);
}

#[test]
fn an_unsure_answer_is_not_asked_for_again() {
    let kb = pipes();
    let known = KnownFacts::from([(*kb.facts_named("red").first().unwrap(), FactAnswer::Unsure)]);
    let session = FlowSession::new(kb.clone(), kb.article_index("tank").unwrap(), known);
    assert_eq!(node(&session), "helpdesk");
    assert_eq!((session.answers()[0].answer, session.answers()[0].known), (Unsure, true));
}

#[test]
fn a_fact_known_at_the_start_can_be_changed_and_stays_changed() {
    let article = TANK.replace("flow:", "known: {red: yes}\nflow:");
    let kb = load_kb(&[("collection", COLLECTION), ("tank", &article)]);
    let mut session = FlowSession::new(kb.clone(), 0, KnownFacts::new());
    assert_eq!(node(&session), "full");
    session.change(0, No).unwrap();
    assert_eq!(node(&session), "helpdesk");
    assert_eq!(node(&FlowSession::from_saved(&kb, &session.to_saved()).unwrap()), "helpdesk");
}

#[test]
fn a_solution_can_be_included_twice_between_other_steps() {
    let article = "
message: It is all dark.
flow:
  all:
    solution: Do it all
    steps:
      - {by: user, do: One.}
      - goto: two
      - {by: user, do: Three.}
      - {by: user, do: Four.}
      - goto: two
      - {by: user, do: Five.}
    otherwise: two
  two: {solution: Do two, steps: [{by: owner, do: Two.}], otherwise: helpdesk}
  helpdesk: {escalation: The helpdesk}
";
    let session = FlowSession::new(load_kb(&[("collection", COLLECTION), ("all", article)]), 0, KnownFacts::new());
    let NodeKind::Solution(solution) = &session.node().unwrap().kind else {
        panic!("the first node is not a solution")
    };
    let steps: Vec<&str> = solution.steps.iter().map(|step| step.text.written().as_str()).collect();
    assert_eq!(steps, ["One.", "Two.", "Three.", "Four.", "Two.", "Five."]);
}

#[test]
fn changing_a_known_answer_changes_the_original_answer() {
    let kb = pipes();
    let mut session = FlowSession::new(kb.clone(), kb.article_index("pipe").unwrap(), KnownFacts::new());
    for answer in [No, Yes, Yes] {
        session.answer(answer).unwrap();
    }
    let known = session.answers().iter().position(|entry| entry.known).unwrap();
    assert_eq!(kb.node_name(session.answers()[known].at, session.article()), "tank/red");
    session.change(known, No).unwrap();
    let red = session.answers().iter().find(|entry| kb.node_name(entry.at, session.article()) == "red").unwrap();
    assert_eq!((red.answer, red.known), (No, false));
}

#[test]
fn known_answers_are_saved_if_two_collections_have_the_same_name() {
    let own = [
        ("collection", "title: Mine\nfacts:\n  loud: {question: Is it loud?}\n"),
        (
            "horn",
            "
message: The horn is silent.
flow:
  loud: {ask: loud, yes: helpdesk, no: other}
  other: {question: Is it new?, yes: helpdesk, no: helpdesk}
  helpdesk: {escalation: The helpdesk}
",
        ),
    ];
    let loaded = load(&[
        support::source(&[("collection", COLLECTION), ("lamp", LAMP), ("socket", SOCKET)]),
        support::source(&own),
    ]);
    let kb = Arc::new(loaded.kb);
    let known = KnownFacts::from([(*kb.facts_named("loud").first().unwrap(), FactAnswer::No)]);
    let session = FlowSession::new(kb.clone(), kb.article_index("horn").unwrap(), known);
    assert_eq!(node(&session), "other");
    assert_eq!(node(&FlowSession::from_saved(&kb, &session.to_saved()).unwrap()), "other");
}

#[test]
fn a_step_with_a_role_as_its_field_equals_the_long_form() {
    let article = |steps: &str| {
        let text = format!("message: It is dark.\nflow:\n  fix:\n    solution: Light\n    steps:\n{steps}");
        let loaded = load(&[support::source(&[("collection", "title: Test\n"), ("dark", &text)])]);
        assert!(loaded.diagnostics.iter().all(|diagnostic| !diagnostic.is_error()), "{:?}", loaded.diagnostics);
        let NodeKind::Solution(solution) = &loaded.kb.articles[0].flow.nodes[0].kind else { panic!("no solution") };
        let shown = solution.steps.iter().map(|step| (step.by, step.text.clone(), step.irreversible.clone()));
        shown.collect::<Vec<_>>()
    };
    let short = "      - user: Open the box.\n      - support: Cut it.\n        irreversible: It is off.\n";
    let long = "      - {by: user, do: Open the box.}\n      - by: support\n        do: Cut it.\n        irreversible: It is off.\n";
    assert_eq!(article(short), article(long));
    assert_eq!(article(short).len(), 2);
}
