//! `unstuck test`: failing scenarios, uncovered nodes and answers, and missed mutants.

mod support;

use support::Folder;

const COLLECTION: &str =
    "title: Test\nfacts:\n  red: {question: Is it red?, hint: Look.}\n  blue: {question: Is it blue?, hint: Look.}\n";

const FLOW: &str = "message: Nothing glows here.
known: {blue: yes}
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
";

/// Runs `unstuck test` on an article with these scenarios, and returns the output.
#[track_caller]
fn run_test(scenarios: &str, args: &[&str], code: i32) -> String {
    let folder = Folder::new();
    folder.write("kb/test/collection.yaml", COLLECTION).write("kb/test/dark.yaml", FLOW);
    if !scenarios.is_empty() {
        folder.write("kb/test/dark.scenarios.yaml", scenarios);
    }
    folder.run(&[&["test", "kb"], args].concat(), code).0
}

/// Scenarios that cover the whole flow.
const ALL: &str = "it was not plugged in:
  answers: [no, solved]
  ends: plug
  steps: [user, administrator, user]
plugging it in did not help: {answers: [no, not-solved], ends: help}
it is plugged in: {answers: [yes], ends: help}
";

#[test]
fn complete_scenarios_pass_and_catch_every_mutant() {
    assert_eq!(run_test(ALL, &[], 0), "3 scenarios: 3 passed, 0 failed\n");
    assert_eq!(
        run_test(ALL, &["--mutate"], 0),
        "9 mutants: 9 caught, 0 missed\n3 scenarios: 3 passed, 0 failed\n",
        "expected mutants: yes and no swapped, 3 branches redirected, 3 steps dropped, 2 pairs of roles swapped"
    );
}

#[test]
fn article_without_scenarios_catches_no_mutants() {
    let folder = Folder::new();
    folder.write("kb/test/collection.yaml", COLLECTION).write("kb/test/dark.yaml", FLOW);
    let (output, _) = folder.run(&["test", "kb", "--mutate"], 1);
    assert!(
        output.contains("the whole article `dark`") && output.contains("no change to them would be noticed"),
        "{output}"
    );
    folder.run(&["test", "kb"], 0);
}

#[test]
fn uncovered_nodes_and_answers_are_listed() {
    assert_eq!(
        run_test("it is plugged in: {answers: [yes], ends: help}\n", &[], 0),
        "Not covered by any scenario:
  kb/test/dark.yaml:9: the node `plug`
  kb/test/dark.yaml:4: \"No\" at `plugged`

1 scenario: 1 passed, 0 failed
"
    );
    assert_eq!(
        run_test("", &[], 0),
        "Not covered by any scenario:\n  kb/test/dark.yaml:1: the whole article `dark`\n\n0 scenarios: 0 passed, 0 failed\n"
    );
}

#[test]
fn missed_mutants_are_listed_with_their_lines() {
    let report = run_test(
        "it was not plugged in: {answers: [no, solved], ends: plug}\nit is plugged in: {answers: [yes], ends: help}\n",
        &["--mutate"],
        1,
    );
    let (_, missed) = report.split_once("Changes that no scenario catches:\n").unwrap();
    assert_eq!(
        missed,
        "  kb/test/dark.yaml:9: `plug`: \"No, it did not help\" leads to `plugged` instead of `help`
  kb/test/dark.yaml:12: the step \"Take the cable.\" dropped
  kb/test/dark.yaml:13: the step \"Unlock the socket.\" dropped
  kb/test/dark.yaml:14: the step \"Plug it in.\" dropped
  kb/test/dark.yaml:12: \"Take the cable.\" done by administrator and \"Unlock the socket.\" by user
  kb/test/dark.yaml:13: \"Unlock the socket.\" done by user and \"Plug it in.\" by administrator

9 mutants: 3 caught, 6 missed
2 scenarios: 2 passed, 0 failed
"
    );
}

/// Checks the report about one failing scenario.
#[track_caller]
fn fails(scenario: &str, reason: &str) {
    let report = run_test(&format!("a case: {scenario}\n"), &["--mutate"], 1);
    let expected = format!("FAILED  kb/test/dark.scenarios.yaml:1: a case\n        {reason}\n");
    assert!(report.starts_with(&expected), "{report}");
    let end = "1 scenario: 0 passed, 1 failed\nmutation testing was skipped: fix the failing scenarios first\n";
    assert!(report.ends_with(end), "{report}");
}

#[test]
fn failing_scenario_reports_the_reason() {
    fails("{answers: [yes], ends: plug}", "ends at `help` instead of `plug`");
    fails("{answers: [yes], ends: plugg}", "expected to end at `plugg`, which does not exist");
    fails(
        "{answers: [], ends: plugged}",
        "there are no more answers at the question `plugged`; expected to end at `plugged`",
    );
    fails(
        "{answers: [], ends: help}",
        "there are no more answers at the question `plugged`; expected to end at `help`",
    );
    fails("{answers: [perhaps], ends: help}", "answer 1, `perhaps`: `plugged` accepts yes, no, unsure");
    fails("{answers: [no, yes], ends: plug}", "answer 2, `yes`: `plug` accepts solved, not-solved");
    fails("{answers: [yes, yes], ends: help}", "answer 2, `yes`: `help` accepts none");
    let expected = "the steps of `plug` are done by [user, administrator, user] instead of";
    fails("{answers: [no], ends: plug, steps: [user]}", &format!("{expected} [user]"));
    fails(
        "{answers: [no], ends: plug, steps: [user, user, administrator]}",
        &format!("{expected} [user, user, administrator]"),
    );
    fails(
        "{search: quarterly report, answers: [yes], ends: help}",
        "the search for \"quarterly report\" finds nothing",
    );
}

#[test]
fn search_of_a_scenario_must_find_its_article() {
    let other = "message: Nothing glows there.\nflow:\n  help: {escalation: The helpdesk}\n";
    let run = |scenario: &str, code| {
        let folder = Folder::new();
        folder
            .write("kb/test/collection.yaml", COLLECTION)
            .write("kb/test/other.yaml", other)
            .write("kb/test/dark.yaml", FLOW)
            .write("kb/test/dark.scenarios.yaml", format!("a case: {scenario}\n"));
        folder.run(&["test", "kb"], code).0
    };
    run("{search: nothing glows, answers: [yes], ends: help}", 0);
    let report = run("{search: nothing glows there, answers: [yes], ends: help}", 1);
    assert!(report.contains("the search for \"nothing glows there\" leads to `other`"), "{report}");
}

#[test]
fn known_facts_answer_their_questions() {
    let folder = Folder::new();
    let flow = FLOW.replace("question: Is it plugged in?\n    hint: Follow the cable.", "ask: red");
    let run = |scenario: &str| {
        folder
            .write("kb/test/collection.yaml", COLLECTION)
            .write("kb/test/dark.yaml", &flow)
            .write("kb/test/dark.scenarios.yaml", format!("red: {scenario}\n"));
        folder.run(&["test", "kb"], 0).0
    };
    assert!(run("{known: {red: yes}, answers: [], ends: help}").ends_with("1 scenario: 1 passed, 0 failed\n"));
    let steps = "{known: {red: unsure}, answers: [], ends: plug, steps: [user, administrator, user]}";
    assert!(run(steps).ends_with("1 scenario: 1 passed, 0 failed\n"));
}

#[test]
fn steps_with_conditions_are_expected_only_if_they_apply() {
    let folder = Folder::new();
    let flow = FLOW.replace(
        "{by: administrator, do: Unlock the socket.}",
        "{by: administrator, do: Unlock the socket., if: {red: yes}}",
    );
    let flow = flow
        .replace("      - {by: user, do: Take", "      - {owner: Look., if: {red: no}}\n      - {by: user, do: Take");
    folder.write("kb/test/collection.yaml", COLLECTION).write("kb/test/dark.yaml", flow).write(
        "kb/test/dark.scenarios.yaml",
        "red: {known: {red: yes}, answers: [no], ends: plug, steps: [user, administrator, user]}
not red: {known: {red: no}, answers: [no], ends: plug, steps: [owner, user, user]}
unknown: {answers: [no], ends: plug, steps: [user, user]}
",
    );
    assert!(folder.run(&["test", "kb"], 0).0.ends_with("3 scenarios: 3 passed, 0 failed\n"));
}

#[test]
fn a_shared_node_needs_only_one_scenario() {
    let folder = Folder::new();
    let article = |message: &str| format!("message: {message}\nflow:\n  red: {{ask: red, yes: wait, no: vendor}}\n");
    folder
        .write(
            "kb/test/collection.yaml",
            format!(
                "{COLLECTION}flow:\n  wait: {{solution: Wait, steps: [user: Wait.], otherwise: vendor}}\n  vendor: {{escalation: The vendor}}\n"
            ),
        )
        .write("kb/test/one.yaml", article("One is dark."))
        .write("kb/test/two.yaml", article("Two is dark."))
        .write(
            "kb/test/one.scenarios.yaml",
            "it helps: {answers: [yes, solved], ends: wait, steps: [user]}
it does not help: {answers: [yes, not-solved], ends: vendor}
not red: {answers: [no], ends: vendor}
",
        )
        .write(
            "kb/test/two.scenarios.yaml",
            "red: {answers: [yes, solved], ends: wait}\nnot red: {answers: [no], ends: vendor}\n",
        );
    let report = folder.run(&["test", "kb", "--mutate"], 0).0;
    assert!(report.contains("caught, 0 missed\n5 scenarios: 5 passed, 0 failed\n"), "{report}");
    assert!(!report.contains("Not covered"), "{report}");
}

#[test]
fn builtin_scenarios_cover_everything_and_catch_every_mutant() {
    let report = Folder::new().run(&["test", concat!(env!("CARGO_MANIFEST_DIR"), "/kb"), "--mutate"], 0).0;
    assert!(!report.contains("Not covered by any scenario:"), "{report}");
    assert!(report.contains("caught, 0 missed\n"), "{report}");
}
