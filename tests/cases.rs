//! The messages that hand a case over, and the ticket.
//!
//! The messages and tickets of every outcome of the shipped articles stand in `tests/golden`, to be read;
//! `UNSTUCK_GOLDEN=write cargo test --test cases` writes them anew.

#![expect(clippy::unwrap_used, reason = "tests")]

mod support;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::sync::Arc;

use unstuck::case::{Blanks, Case, Found, blanks, letters, markdown};
use unstuck::kb::{Actor, KnowledgeBase, NodeKind, NodeRef, load};
use unstuck::shipped;
use unstuck::text::markup::plain;
use unstuck::wizard::{Answer, Known, Walk};
use unstuck::words::Audience;

fn kb() -> Arc<KnowledgeBase> {
    Arc::new(shipped::loaded().kb)
}

/// One walk to every place where something is to be done, for each article: those that its scenarios lead to.
fn walks(kb: &Arc<KnowledgeBase>) -> Vec<(usize, Walk)> {
    let mut walks = Vec::new();
    for (article, content) in kb.articles.iter().enumerate() {
        let mut ends: BTreeSet<NodeRef> = BTreeSet::new();
        for scenario in &content.scenarios {
            let mut walk = Walk::new(kb.clone(), article, Known::new());
            for text in &scenario.answers {
                let answer = Answer::parse(text, &walk.node().unwrap().kind).unwrap();
                walk.answer(answer).unwrap();
            }
            if ends.insert(walk.at()) {
                walks.push((article, walk));
            }
        }
    }
    walks
}

fn case(walk: &Walk, values: &Blanks) -> Case {
    Case::of(walk, Found::Search("what was typed".to_owned()), values.clone(), |_, step| step == 0)
}

#[test]
fn the_messages_and_the_ticket_of_every_outcome() {
    let kb = kb();
    for (article, content) in kb.articles.iter().enumerate() {
        let mut golden = String::new();
        for (_, walk) in walks(&kb).iter().filter(|(of, _)| *of == article) {
            writeln!(golden, "######## {}", kb.node_name(walk.at(), article)).unwrap();
            for letter in letters(walk, Audience::Helpdesk, &Case::default()) {
                writeln!(golden, "==== to {} {:?}\n{}", letter.to, letter.contact, letter.text).unwrap();
            }
            let ticket = markdown(
                &Case { knowledge_base: "1".to_owned(), ..case(walk, &Blanks::new()) },
                "2026-11-24 10:00 UTC",
                "3 min",
            );
            writeln!(golden, "==== ticket\n{ticket}").unwrap();
        }
        let path = format!("{}/tests/golden/{}.txt", env!("CARGO_MANIFEST_DIR"), content.id);
        if std::env::var_os("UNSTUCK_GOLDEN").is_some() {
            fs::write(&path, &golden).unwrap();
        }
        assert!(fs::read_to_string(&path).unwrap_or_default() == golden, "{path} is not current");
    }
}

#[test]
fn each_step_is_in_exactly_one_message_and_none_of_others_in_the_users() {
    let kb = kb();
    let mut compared = 0;
    for (_, walk) in walks(&kb) {
        let NodeKind::Solution(solution) = &walk.node().unwrap().kind else { continue };
        for audience in [Audience::User, Audience::Helpdesk] {
            let letters = letters(&walk, audience, &Case::default());
            for actor in Actor::ALL {
                let own: Vec<String> = solution
                    .steps
                    .iter()
                    .filter(|step| step.by == *actor)
                    .map(|step| plain(&step.text.one_line()))
                    .collect();
                let letter = letters.iter().find(|letter| letter.to == actor.name());
                assert_eq!(letter.is_some(), !own.is_empty());
                let numbered: Vec<String> = letter
                    .map(|letter| {
                        letter.text.lines().filter_map(|line| Some(line.split_once(". ")?.1.to_owned())).collect()
                    })
                    .unwrap_or_default();
                let numbered: Vec<&String> = numbered.iter().filter(|line| own.contains(line)).collect();
                assert_eq!(numbered.len(), own.len(), "each once, in order");
                for other in letters.iter().filter(|letter| letter.to != actor.name()) {
                    assert!(!own.iter().any(|step| other.text.contains(step.as_str())), "{}", other.text);
                }
                compared += own.len();
            }
        }
    }
    assert!(compared > 100, "{compared} steps were compared");
}

#[test]
fn what_is_done_is_not_asked_for_again_until_all_of_it_is_done() {
    let kb = kb();
    let mut compared = 0;
    for (_, walk) in walks(&kb) {
        let steps = walk.node().unwrap().steps().to_vec();
        for step in &steps {
            let text = plain(&step.text.one_line());
            if steps.len() < 2 || steps.iter().filter(|other| other.text == step.text).count() > 1 {
                continue;
            }
            let done =
                Case::of(&walk, Found::List, Blanks::new(), |at, nth| at == walk.at() && steps[nth].text == step.text);
            let said = letters(&walk, Audience::Helpdesk, &done);
            assert!(!said.iter().any(|letter| letter.text.contains(&format!(". {text}\n"))), "{text}");
            compared += 1;
        }
        let all_done = Case::of(&walk, Found::List, Blanks::new(), |_, _| true);
        assert_eq!(
            letters(&walk, Audience::Helpdesk, &all_done),
            letters(&walk, Audience::Helpdesk, &Case::default()),
            "who has done all of it still reads what was asked"
        );
    }
    assert!(compared > 50, "{compared}");
}

#[test]
fn whoever_takes_over_reads_every_message_of_the_case() {
    let kb = kb();
    let (_, walk) = walks(&kb)
        .into_iter()
        .find(|(_, walk)| matches!(walk.node().unwrap().kind, unstuck::kb::NodeKind::Escalation(_)))
        .unwrap();
    let before = vec!["ip-not-allowed".to_owned(), "mfa-required".to_owned(), "gone".to_owned()];
    let said = &letters(&walk, Audience::Helpdesk, &Case { before, ..Case::default() })[0].text;
    let place = |text: &str| said.find(text).unwrap_or_else(|| panic!("{text}: {said}"));
    let own = place(&unstuck::case::message(&walk).one_line());
    let later = place("Before that it said:\n\n    Activate your multifactor authentication on your account.\n");
    let first = place("Before that it said:\n\n    Your IP address is not allowed.\n");
    assert!(own < later && later < first, "the latest first: {said}");
}

#[test]
fn nothing_is_invented_between_the_blanks() {
    let kb = kb();
    for (_, walk) in walks(&kb) {
        let wanted = blanks(&walk);
        let before = letters(&walk, Audience::Helpdesk, &Case::default());
        let filled: Blanks = wanted.iter().map(|blank| (blank.to_string(), format!("<<{blank}>>"))).collect();
        let after = letters(&walk, Audience::Helpdesk, &Case { blanks: filled, ..Case::default() });
        for (before, after) in before.iter().zip(&after) {
            let mut restored = after.text.clone();
            for blank in &wanted {
                restored = restored.replace(&format!("<<{blank}>>"), "[please fill in]");
            }
            assert_eq!(restored, before.text);
            assert!(!after.text.contains("[please fill in]"), "only what is missing is asked for: {}", after.text);
        }
    }
}

#[test]
fn a_message_has_no_head_without_anything_below_it() {
    let article = "message: The vault is shut.\nflow:\n  help: {escalation: Help, bring: [{message: the message}, {tried: what was tried}]}\n";
    let kb = Arc::new(load(&[support::source(&[("collection", support::COLLECTION), ("shut", article)])]).kb);
    let letters = letters(&Walk::new(kb, 0, Known::new()), Audience::User, &Case::default());
    let text = &letters.first().unwrap().text;
    assert!(!text.contains("may need") && !text.contains("tried:"), "{text}");
}

#[test]
fn a_time_is_told_in_the_singular_too() {
    assert_eq!(unstuck::words::took(86_400), "1 day");
    assert_eq!(unstuck::words::took(2 * 86_400 + 5), "2 days");
}

#[test]
fn nothing_is_to_be_filled_in_where_nobody_else_is_written_to() {
    let kb = kb();
    let mut walk = Walk::new(kb.clone(), kb.position("ip-not-allowed").unwrap(), Known::new());
    walk.answer(Answer::Yes).unwrap();
    assert_eq!(letters(&walk, Audience::User, &Case::default()).len(), 1, "the user alone has something to do");
    assert_eq!(blanks(&walk), []);
}

#[test]
fn of_two_steps_with_the_same_words_the_one_that_was_ticked_stays_ticked() {
    let steps = "[{by: user, do: Wait.}, {by: user, do: Look.}, {by: user, do: Wait.}]";
    let article = format!(
        "message: The vault is shut.\nflow:\n  wait: {{solution: Wait, steps: {steps}, otherwise: help}}\n  help: {{escalation: Help}}\n"
    );
    let kb = Arc::new(load(&[support::source(&[("collection", support::COLLECTION), ("shut", &article)])]).kb);
    let walk = Walk::new(kb.clone(), 0, Known::new());
    for nth in 0..3 {
        let case = Case::of(&walk, Found::List, Blanks::new(), |_, step| step == nth);
        assert_eq!(case.ticked(&kb).into_iter().map(|(_, step)| step).collect::<Vec<_>>(), [nth]);
    }
}
