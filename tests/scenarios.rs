//! `unstuck test`: what it says of scenarios that fail, of what none walks through, and of changes that none notices.

mod support;

use support::Folder;

const COLLECTION: &str =
    "title: Test\nclues:\n  red: {question: Is it red?, hint: Look.}\n  blue: {question: Is it blue?, hint: Look.}\n";

const FLOW: &str = "message: Nothing glows here.
clues: {red: yes}
flow:
  plugged:
    question: Is it plugged in?
    hint: Follow the cable.
    yes: help
    no: plug
  plug:
    solution: Plug it in
    steps:
      - {by: user, do: Take the cable.}
      - {by: administrator, do: Unlock the socket.}
      - {by: user, do: Plug it in.}
    otherwise: help
  help: {escalation: The helpdesk, bring: [the number of the room]}
scenarios:
";

/// An article with these scenarios, tested.
#[track_caller]
fn tested(scenarios: &str, args: &[&str], code: i32) -> String {
    let folder = Folder::new();
    folder.write("kb/test/collection.yaml", COLLECTION).write("kb/test/dark.yaml", format!("{FLOW}{scenarios}"));
    folder.run(&[&["test", "kb"], args].concat(), code).0
}

/// Scenarios that leave nothing out.
const ALL: &str = "  it was not plugged in:
    answers: [no, solved]
    ends: plug
    steps: [user: Take the cable, administrator: Unlock, user: Plug]
  plugging it in did not help: {answers: [no, not-solved], ends: help}
  it is plugged in: {answers: [yes], ends: help}
";

#[test]
fn scenarios_that_hold_pass_and_notice_every_change() {
    assert_eq!(tested(ALL, &[], 0), "3 scenarios: 3 passed, 0 failed\n");
    assert_eq!(
        tested(ALL, &["--mutate"], 0),
        "9 mutants: 9 noticed, 0 not\n3 scenarios: 3 passed, 0 failed\n",
        "yes and no; three ways turned; three steps dropped; two pairs of actors swapped"
    );
}

#[test]
fn an_article_without_a_scenario_notices_nothing() {
    let folder = Folder::new();
    folder.write("kb/test/collection.yaml", COLLECTION).write("kb/test/dark.yaml", FLOW.replace("scenarios:\n", ""));
    let (said, _) = folder.run(&["test", "kb", "--mutate"], 1);
    assert!(said.contains("the whole article `dark`") && said.contains("no change to it would be noticed"), "{said}");
    folder.run(&["test", "kb"], 0);
}

#[test]
fn what_no_scenario_walks_through_is_listed() {
    assert_eq!(
        tested("  it is plugged in: {answers: [yes], ends: help}\n", &[], 0),
        "No scenario walks through:
  kb/test/dark.yaml:9: the node `plug`
  kb/test/dark.yaml:4: \"No\" at `plugged`

1 scenario: 1 passed, 0 failed
"
    );
    assert_eq!(
        tested("", &[], 0),
        "No scenario walks through:\n  kb/test/dark.yaml:1: the whole article `dark`\n\n0 scenarios: 0 passed, 0 failed\n"
    );
}

#[test]
fn changes_that_no_scenario_notices_are_listed_with_their_lines() {
    let report = tested(
        "  it was not plugged in: {answers: [no, solved], ends: plug, steps: [Take]}\n  it is plugged in: {answers: [yes], ends: help}\n",
        &["--mutate"],
        1,
    );
    let (_, unnoticed) = report.split_once("No scenario notices when this is changed:\n").unwrap();
    assert_eq!(
        unnoticed,
        "  kb/test/dark.yaml:9: `plug`: \"No, it did not help\" leads to `plugged` instead of `help`
  kb/test/dark.yaml:13: the step \"Unlock the socket.\" dropped
  kb/test/dark.yaml:14: the step \"Plug it in.\" dropped
  kb/test/dark.yaml:12: \"Take the cable.\" done by administrator and \"Unlock the socket.\" by user
  kb/test/dark.yaml:13: \"Unlock the socket.\" done by user and \"Plug it in.\" by administrator

9 mutants: 4 noticed, 5 not
2 scenarios: 2 passed, 0 failed
"
    );
}

/// What is said of one scenario that fails.
#[track_caller]
fn fails(scenario: &str, why: &str) {
    let report = tested(&format!("  a case: {scenario}\n"), &["--mutate"], 1);
    let expected = format!("FAILED  kb/test/dark.yaml:18: a case\n        {why}\n");
    assert!(report.starts_with(&expected), "{report}");
    let end = "1 scenario: 0 passed, 1 failed\nno mutants were tried: mend the scenarios that fail first\n";
    assert!(report.ends_with(end), "{report}");
}

#[test]
fn a_scenario_that_fails_says_why() {
    fails("{answers: [yes], ends: plug}", "it ends at `help`, not at `plug`");
    fails("{answers: [yes], ends: plugg}", "it must end at `plugg`, but there is no such node");
    fails(
        "{answers: [], ends: plugged}",
        "the answers are used up at the question `plugged`; it must end at `plugged`",
    );
    fails("{answers: [], ends: help}", "the answers are used up at the question `plugged`; it must end at `help`");
    fails("{answers: [perhaps], ends: help}", "answer 1, `perhaps`: `plugged` takes yes, no, unsure");
    fails("{answers: [no, yes], ends: plug}", "answer 2, `yes`: `plug` takes solved, not-solved");
    fails("{answers: [yes, yes], ends: help}", "answer 2, `yes`: `help` takes none");
    fails("{answers: [no], ends: plug, steps: [Pull]}", "the step \"Pull\" is missing in `plug`");
    fails("{answers: [no], ends: plug, steps: [owner: Plug]}", "the step \"owner: Plug\" is missing in `plug`");
    fails("{answers: [no], ends: plug, steps: [Plug, Take]}", "the step \"Take\" stands elsewhere in `plug`");
    fails(
        "{search: quarterly report, answers: [yes], ends: help}",
        "the search for \"quarterly report\" finds nothing",
    );
}

#[test]
fn a_search_must_lead_to_the_article_with_the_clues_where_it_cannot_tell() {
    let other = "message: Nothing glows there.\nclues: {red: no}\nflow:\n  help: {escalation: The helpdesk}\n";
    let run = |scenario: &str, code| {
        let folder = Folder::new();
        folder
            .write("kb/test/collection.yaml", COLLECTION)
            .write("kb/test/other.yaml", other)
            .write("kb/test/dark.yaml", format!("{FLOW}  a case: {scenario}\n"));
        folder.run(&["test", "kb"], code).0
    };
    run("{search: nothing glows, answers: [yes], ends: help}", 0);
    run("{search: nothing glows, clues: {red: yes}, answers: [yes], ends: help}", 0);
    let report = run("{search: nothing glows, clues: {red: no}, answers: [yes], ends: help}", 1);
    assert!(report.contains("the search for \"nothing glows\" leads to `other`"), "{report}");
    let report = run("{search: nothing glows there, answers: [yes], ends: help}", 1);
    assert!(report.contains("the search for \"nothing glows there\" leads to `other`"), "{report}");
}

#[test]
fn clues_of_a_scenario_answer_the_questions_that_ask_the_same() {
    let folder = Folder::new();
    let flow = FLOW.replace("hint: Follow", "clue: red\n    hint: Follow");
    folder
        .write("kb/test/collection.yaml", COLLECTION)
        .write("kb/test/dark.yaml", format!("{flow}  red: {{clues: {{red: yes}}, answers: [], ends: help}}\n"));
    assert!(folder.run(&["test", "kb"], 0).0.ends_with("1 scenario: 1 passed, 0 failed\n"));
}

#[test]
fn the_shipped_articles_are_walked_through_and_every_change_is_noticed() {
    let report = Folder::new().run(&["test", concat!(env!("CARGO_MANIFEST_DIR"), "/kb"), "--mutate"], 0).0;
    assert!(!report.contains("No scenario"), "{report}");
    assert!(report.contains("noticed, 0 not\n"), "{report}");
}
