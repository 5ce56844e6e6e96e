//! The point of no return: no way reaches a step that cannot be undone before its question has been asked.

#![expect(clippy::unwrap_used, reason = "tests")]

mod support;

use std::fmt::Write as _;

use proptest::prelude::*;
use support::source;
use unstuck::kb::{Code, Finding, load};

const COLLECTION: &str = "title: Test\n";

fn found(article: &str) -> Vec<Finding> {
    load(&[source(&[("collection", COLLECTION), ("a", article)])]).findings
}

fn messages(article: &str) -> Vec<String> {
    found(article).iter().map(|finding| format!("{} {}", finding.place.line, finding.message)).collect()
}

/// A flow that asks first, whether the backup or the key is missing.
const ASKS: &str = "message: It is full.
flow:
  old:
    question: Is it the old one?
    yes: backup
    no: key
  backup:
    question: Is there a backup that opens?
    yes: wipe
    no: help
    unsure: help
  key:
    question: Is the key at hand?
    yes: backup
    no: help
  wipe:
    solution: Wipe it
    steps:
      - by: user
        do: Wipe the vault.
        irreversible: The backup has been opened once.
        after: {backup: yes}
    otherwise: help
  help: {escalation: The helpdesk}
";

#[test]
fn a_flow_that_always_asks_first_is_served() {
    assert_eq!(messages(ASKS), [""; 0]);
}

#[test]
fn the_way_that_goes_round_the_question_is_named() {
    assert_eq!(
        messages(&ASKS.replace("    yes: backup\n    no: help\n", "    yes: wipe\n    no: help\n")),
        ["22 \"Wipe the vault.\" cannot be undone, and a way of `a` reaches it without `backup: yes`: \
          `old` no, then `key` yes, then `wipe`"]
    );
}

#[test]
fn the_last_answer_counts() {
    // After "no" the vault is wiped as well, by way of another question that leads back.
    let back = ASKS
        .replace("    unsure: help\n", "    unsure: again\n")
        .replace("  key:\n", "  again:\n    question: Try once more?\n    yes: backup\n    no: help\n  key:\n");
    assert_eq!(messages(&back), [""; 0]);
    let round = back.replace("question: Try once more?\n    yes: backup", "question: Try once more?\n    yes: wipe");
    assert_eq!(messages(&round).len(), 1);
    assert!(messages(&round)[0].ends_with("`old` yes, then `backup` unsure, then `again` yes, then `wipe`"));
}

/// Every other place that a way could lead to, for each way of the flow.
#[test]
fn every_way_that_is_turned_past_the_question_is_found() {
    let ways = [
        ("    yes: backup\n    no: key\n", 2),
        ("    no: help\n    unsure: help\n", 2),
        ("    yes: backup\n    no: help\n", 2),
    ];
    let mut tried = 0;
    for (way, count) in ways {
        for nth in 0..count {
            let line = way.lines().nth(nth).unwrap();
            let turned = format!("{}: wipe", line.split(':').next().unwrap());
            let mutant = ASKS.replace(way, &way.replace(line, &turned));
            assert_ne!(mutant, ASKS);
            assert!(found(&mutant).iter().any(|finding| finding.code == Code::Unguarded), "{mutant}");
            tried += 1;
        }
    }
    assert_eq!(tried, 6);
}

#[test]
fn a_step_that_is_taken_in_elsewhere_is_guarded_there_too() {
    let taken = ASKS.replace(
        "    yes: backup\n    no: help\n  wipe:",
        "    yes: backup\n    no: also\n  also:\n    solution: Wipe it all the same\n    steps:\n      - goto: wipe\n    otherwise: help\n  wipe:",
    );
    assert_eq!(messages(&taken).len(), 1);
    assert!(messages(&taken)[0].ends_with("`old` no, then `key` no, then `also`"));
}

#[test]
fn another_article_that_leads_past_the_question_is_not_served() {
    let other = "message: It is half full.\nflow:\n  start: {question: Wipe?, yes: {goto: a/wipe}, no: {goto: a}}\n";
    let loaded = load(&[source(&[("collection", COLLECTION), ("a", ASKS), ("b", other)])]);
    assert_eq!(loaded.findings.len(), 1);
    assert!(loaded.findings[0].message.ends_with("`start` yes, then `a/wipe`"));
    let served: Vec<&str> = loaded.kb.articles.iter().map(|article| article.id.as_str()).collect();
    assert_eq!(served, ["a"]);
}

#[test]
fn a_question_that_is_misspelt_is_named() {
    assert_eq!(messages(&ASKS.replace("{backup: yes}", "{bakup: yes}")), ["22 `bakup` is no question of `a`"]);
    assert_eq!(messages(&ASKS.replace("{backup: yes}", "{wipe: yes}")), ["22 `wipe` is no question of `a`"]);
    assert_eq!(messages(&ASKS.replace("{backup: yes}", "{backup: yess}")), ["22 `yess` is no answer to `backup`"]);
    assert_eq!(messages(&ASKS.replace("{backup: yes}", "{x/backup: yes}")), ["22 there is no article `x`"]);
}

/// A flow of questions, as the targets of yes, no and perhaps "not sure"; behind them stand the step and the helpdesk.
type Questions = Vec<(usize, usize, Option<usize>)>;

fn article(questions: &Questions) -> String {
    let name = |target: usize| match target.checked_sub(questions.len()) {
        None => format!("q{target}"),
        Some(0) => "wipe".to_owned(),
        Some(_) => "help".to_owned(),
    };
    let mut text = "message: It is full.\nflow:\n".to_owned();
    for (at, (yes, no, unsure)) in questions.iter().enumerate() {
        writeln!(text, "  q{at}:\n    question: Is it {at}?\n    yes: {}\n    no: {}", name(*yes), name(*no)).unwrap();
        if let Some(unsure) = unsure {
            writeln!(text, "    unsure: {}", name(*unsure)).unwrap();
        }
    }
    text + "  wipe:\n    solution: Wipe\n    steps:\n      - {by: user, do: Wipe., irreversible: Look., after: {q0: yes}}\n    \
            otherwise: help\n  help: {escalation: The helpdesk}\n"
}

/// Whether some walk reaches the step without "yes" as the last answer to the first question, by trying all walks.
fn goes_round(questions: &Questions, at: usize, asked: bool, steps: usize) -> bool {
    if at == questions.len() {
        return !asked;
    }
    let Some((yes, no, unsure)) = questions.get(at).filter(|_| steps > 0) else { return false };
    let after = |said_yes| if at == 0 { said_yes } else { asked };
    goes_round(questions, *yes, after(true), steps - 1)
        || goes_round(questions, *no, after(false), steps - 1)
        || goes_round(questions, unsure.unwrap_or(*no), after(false), steps - 1)
}

fn questions() -> impl Strategy<Value = Questions> {
    (2..5_usize).prop_flat_map(|count| {
        let target = 0..count + 2;
        proptest::collection::vec((target.clone(), target.clone(), proptest::option::of(target)), count)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, max_global_rejects: 20_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_proof_agrees_with_trying_every_walk(questions in questions()) {
        let findings = found(&article(&questions));
        // Flows with a node that nothing reaches, or that never ends, are refused for that.
        prop_assume!(!findings.iter().any(|finding| matches!(finding.code, Code::Unreachable | Code::Endless)));
        let found = findings.iter().any(|finding| finding.code == Code::Unguarded);
        prop_assert_eq!(found, goes_round(&questions, 0, false, 2 * questions.len() + 1));
    }
}
