//! The wizard core: answers, going back, changing an answer, and what is left.

#![expect(clippy::unwrap_used, reason = "tests")]

mod support;

use std::sync::Arc;

use unstuck::kb::{KnowledgeBase, NodeKind, load};
use unstuck::wizard::Answer::{Choice, No, NotSolved, Solved, Unsure, Yes};
use unstuck::wizard::{Known, Left, Outcome, Refused, Walk};

const COLLECTION: &str = "title: Test\nclues:\n  red: {question: Is it red?}\n  big: {question: Is it big?}\n";

const LAMP: &str = "
message: The lamp is dark.
flow:
  red: {question: Is it red?, clue: red, yes: bulb, no: plugged}
  plugged: {question: Is it plugged in?, yes: bulb, no: plug, unsure: {goto: socket/look}}
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
  red: {question: Is the socket red?, clue: red, yes: look, no: kind}
  kind:
    question: Which kind is it?
    choices: {On the wall: look, On the floor: {goto: lamp/helpdesk}}
  look: {question: Is there dust in it?, yes: again, no: {goto: lamp/helpdesk}}
  again: {question: And now?, yes: look, no: {goto: lamp/plug}}
";

fn kb() -> Arc<KnowledgeBase> {
    kb_of(&[("collection", COLLECTION), ("lamp", LAMP), ("socket", SOCKET)])
}

fn kb_of(files: &[(&str, &str)]) -> Arc<KnowledgeBase> {
    let loaded = load(&[support::source(files)]);
    assert_eq!(loaded.findings, []);
    Arc::new(loaded.kb)
}

fn walk(article: &str) -> Walk {
    let kb = kb();
    let at = kb.position(article).unwrap();
    Walk::new(kb, at, Known::new())
}

fn node(walk: &Walk) -> String {
    walk.kb().node_name(walk.at(), walk.article())
}

#[test]
fn answers_lead_from_node_to_node() {
    let mut walk = walk("lamp");
    for (answer, then) in [(No, "plugged"), (No, "plug"), (NotSolved, "bulb"), (Yes, "new-bulb")] {
        walk.answer(answer).unwrap();
        assert_eq!(node(&walk), then);
    }
    walk.answer(Solved).unwrap();
    assert_eq!(walk.outcome(), Some(Outcome::Solved));
    assert_eq!(walk.trail().len(), 5);
}

#[test]
fn a_way_may_lead_into_another_article_and_back() {
    let mut walk = walk("lamp");
    for answer in [No, Unsure] {
        walk.answer(answer).unwrap();
    }
    assert_eq!(node(&walk), "socket/look");
    walk.answer(No).unwrap();
    assert_eq!((node(&walk).as_str(), walk.outcome()), ("helpdesk", Some(Outcome::Escalated)));
}

#[test]
fn not_sure_goes_the_way_of_no_unless_it_has_its_own() {
    let mut walk = walk("lamp");
    walk.answer(Unsure).unwrap();
    assert_eq!(node(&walk), "plugged");
}

#[test]
fn choices_are_answered_by_number() {
    let mut walk = walk("socket");
    walk.answer(No).unwrap();
    assert_eq!(walk.possible(), [Choice(0), Choice(1)]);
    walk.answer(Choice(1)).unwrap();
    assert_eq!(walk.word(walk.trail()[1].at, Choice(1)), "On the floor");
    assert_eq!(walk.outcome(), Some(Outcome::Escalated));
}

#[test]
fn an_answer_that_is_not_possible_changes_nothing() {
    let mut walk = walk("lamp");
    assert!(matches!(walk.answer(Solved), Err(Refused::NotPossible { .. })));
    assert_eq!((node(&walk).as_str(), walk.trail().len()), ("red", 0));
    for answer in [Yes, No] {
        walk.answer(answer).unwrap();
    }
    assert!(matches!(walk.answer(Yes), Err(Refused::Ended { .. })));
}

#[test]
fn any_number_of_answers_can_be_taken_back_also_from_the_end() {
    let mut walk = walk("lamp");
    for answer in [No, No, Solved] {
        walk.answer(answer).unwrap();
    }
    assert_eq!(walk.back(1), 1);
    assert_eq!((node(&walk).as_str(), walk.outcome()), ("plug", None));
    assert_eq!(walk.back(2), 2);
    assert_eq!(node(&walk), "red");
    assert_eq!(walk.back(1), 0);
}

#[test]
fn restart_goes_back_to_the_first_question() {
    let mut walk = walk("lamp");
    for answer in [No, No, NotSolved] {
        walk.answer(answer).unwrap();
    }
    walk.restart();
    assert_eq!((node(&walk).as_str(), walk.trail().len()), ("red", 0));
}

#[test]
fn a_changed_answer_keeps_the_later_ones_that_still_apply() {
    let mut walk = walk("lamp");
    for answer in [No, No, NotSolved, Yes] {
        walk.answer(answer).unwrap();
    }
    // The lamp is plugged in after all: "did it help" no longer comes up, the bulb still does.
    let dropped = walk.change(1, Yes).unwrap();
    assert_eq!(node(&walk), "new-bulb");
    assert_eq!(walk.trail().iter().map(|entry| entry.answer).collect::<Vec<_>>(), [No, Yes, Yes]);
    assert_eq!(dropped.iter().map(|entry| entry.answer).collect::<Vec<_>>(), [NotSolved]);
}

#[test]
fn an_answer_cannot_be_changed_into_one_that_is_not_possible() {
    let mut walk = walk("lamp");
    walk.answer(No).unwrap();
    assert!(matches!(walk.change(0, Solved), Err(Refused::NotPossible { .. })));
    assert_eq!(walk.change(7, Yes), Err(Refused::NoSuchEntry(7)));
    assert_eq!(node(&walk), "plugged");
}

#[test]
fn what_a_clue_has_told_is_not_asked() {
    let kb = kb();
    let mut walk = Walk::new(kb.clone(), kb.position("lamp").unwrap(), Known::from([((0, 0), false)]));
    assert_eq!(node(&walk), "plugged");
    assert!(walk.trail()[0].known);
    assert_eq!(walk.back(1), 0, "an answer that nobody gave here cannot be taken back");
    // But it can be changed.
    walk.change(0, Yes).unwrap();
    assert_eq!((node(&walk).as_str(), walk.trail()[0].known), ("bulb", false));
}

#[test]
fn the_steps_of_another_solution_stand_where_they_are_named() {
    let mut walk = walk("lamp");
    for answer in [Yes, Yes] {
        walk.answer(answer).unwrap();
    }
    let state = unstuck::wizard::State::from(&walk);
    let steps: Vec<&str> = state.now.steps.iter().map(|step| step.text.as_str()).collect();
    assert_eq!(steps, ["Fetch a bulb.", "Plug it in.", "Screw it in."]);
}

#[test]
fn what_is_left_counts_the_shortest_and_the_longest_way() {
    let mut walk = walk("lamp");
    // red: yes -> bulb (1). no -> plugged -> plug (1), or plugged -> bulb (2), or into the socket: look, again, bulb (4).
    assert_eq!(walk.left(), Left { least: 1, most: 4 });
    walk.answer(No).unwrap();
    assert_eq!(walk.left(), Left { least: 0, most: 3 });
    walk.answer(No).unwrap();
    assert_eq!(walk.left(), Left { least: 0, most: 1 }, "at a solution, nothing may be left if it helps");
    walk.answer(Solved).unwrap();
    assert_eq!(walk.left(), Left { least: 0, most: 0 });
}

/// Two articles that ask about the same clue, with a question of no clue before it.
const PIPE: &str = "
message: The pipe leaks.
flow:
  wet: {question: Is the floor wet?, yes: red, no: red}
  red: {question: Is the pipe red?, clue: red, yes: tap, no: helpdesk}
  tap: {question: Is the tap open?, yes: {goto: tank}, no: helpdesk}
  helpdesk: {escalation: The helpdesk}
";

const TANK: &str = "
message: The tank is empty.
flow:
  red: {question: Is the tank red?, clue: red, yes: full, no: helpdesk}
  full: {question: Is it full?, yes: helpdesk, no: helpdesk}
  helpdesk: {escalation: The plumber}
";

fn pipes() -> Arc<KnowledgeBase> {
    kb_of(&[("collection", COLLECTION), ("pipe", PIPE), ("tank", TANK)])
}

#[test]
fn what_was_answered_in_one_article_is_not_asked_in_the_next() {
    let kb = pipes();
    let mut walk = Walk::new(kb.clone(), kb.position("pipe").unwrap(), Known::new());
    for answer in [No, Yes, Yes] {
        walk.answer(answer).unwrap();
    }
    assert_eq!(node(&walk), "tank/full");
    let told: Vec<String> = walk.told().map(|entry| kb.node_name(entry.at, walk.article())).collect();
    assert_eq!(told, ["wet", "red", "tap"], "the tank's question was answered before, and is not told twice");
    // The same after an earlier answer has been changed.
    walk.change(0, Yes).unwrap();
    assert_eq!(node(&walk), "tank/full");
}

#[test]
fn what_was_known_before_the_walk_is_told_once() {
    let kb = pipes();
    let known = Known::from([(*kb.clues("red").first().unwrap(), true)]);
    let mut walk = Walk::new(kb.clone(), kb.position("pipe").unwrap(), known);
    walk.answer(No).unwrap();
    walk.answer(Yes).unwrap();
    let told: Vec<String> = walk.told().map(|entry| kb.node_name(entry.at, walk.article())).collect();
    assert_eq!(told, ["wet", "red", "tap"]);
}

#[test]
fn steps_of_other_solutions_stand_where_they_are_taken_in() {
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
    let walk = Walk::new(kb_of(&[("collection", COLLECTION), ("all", article)]), 0, Known::new());
    let NodeKind::Solution(solution) = &walk.node().unwrap().kind else { panic!("it begins with a solution") };
    let steps: Vec<&str> = solution.steps.iter().map(|step| step.text.as_str()).collect();
    assert_eq!(steps, ["One.", "Two.", "Three.", "Four.", "Two.", "Five."]);
}

#[test]
fn to_change_what_an_earlier_answer_has_told_is_to_change_that_answer() {
    let kb = pipes();
    let mut walk = Walk::new(kb.clone(), kb.position("pipe").unwrap(), Known::new());
    for answer in [No, Yes, Yes] {
        walk.answer(answer).unwrap();
    }
    let known = walk.trail().iter().position(|entry| entry.known).unwrap();
    assert_eq!(kb.node_name(walk.trail()[known].at, walk.article()), "tank/red");
    walk.change(known, No).unwrap();
    let red = walk.trail().iter().find(|entry| kb.node_name(entry.at, walk.article()) == "red").unwrap();
    assert_eq!((red.answer, red.known), (No, false));
}

#[test]
fn what_is_known_is_kept_where_two_collections_have_one_name() {
    let own = [
        ("collection", "title: Mine\nclues:\n  loud: {question: Is it loud?}\n"),
        (
            "horn",
            "
message: The horn is silent.
flow:
  loud: {question: Was it loud?, clue: loud, yes: helpdesk, no: other}
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
    let known = Known::from([(*kb.clues("loud").first().unwrap(), false)]);
    let walk = Walk::new(kb.clone(), kb.position("horn").unwrap(), known);
    assert_eq!(node(&walk), "other");
    assert_eq!(node(&Walk::from_record(&kb, &walk.record()).unwrap()), "other");
}
