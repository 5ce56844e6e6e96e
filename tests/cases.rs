//! Messages to send and case summaries.
//!
//! The files in `tests/golden` contain the messages and the summary for each outcome of the built-in articles.
//! `UNSTUCK_GOLDEN=write cargo test --test cases` updates them.

#![expect(clippy::unwrap_used, reason = "tests")]

mod support;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::sync::Arc;

use unstuck::builtin;
use unstuck::case::{Blanks, Case, EntryPoint, blanks, handover_messages, markdown};
use unstuck::flow::{Answer, ClueAnswers, FlowSession};
use unstuck::kb::{KnowledgeBase, NodeId, NodeKind, Role, load};
use unstuck::strings::Audience;
use unstuck::text::Voice;
use unstuck::text::markup::to_plain_text;

fn kb() -> Arc<KnowledgeBase> {
    Arc::new(builtin::loaded().kb)
}

/// Returns one session for each outcome that the scenarios of an article reach, with the index of the article.
fn sessions(kb: &Arc<KnowledgeBase>) -> Vec<(usize, FlowSession)> {
    let mut sessions = Vec::new();
    for (article, content) in kb.articles.iter().enumerate() {
        let mut ends: BTreeSet<NodeId> = BTreeSet::new();
        for scenario in &content.scenarios {
            let mut session = FlowSession::new(kb.clone(), article, ClueAnswers::new());
            for text in &scenario.answers {
                let answer = Answer::parse(text, &session.node().unwrap().kind).unwrap();
                session.answer(answer).unwrap();
            }
            if ends.insert(session.at()) {
                sessions.push((article, session));
            }
        }
    }
    sessions
}

/// Returns a case in which the first step of each solution is done.
fn case(session: &FlowSession, values: &Blanks) -> Case {
    Case::of(session, EntryPoint::Search("what was typed".to_owned()), values.clone(), |_, step| step == 0)
}

#[test]
fn messages_to_send_and_case_summaries_match_the_golden_files() {
    let kb = kb();
    for (article, content) in kb.articles.iter().enumerate() {
        let mut golden = String::new();
        for (_, session) in sessions(&kb).iter().filter(|(of, _)| *of == article) {
            writeln!(golden, "######## {}", kb.node_name(session.at(), article)).unwrap();
            for message in handover_messages(session, Audience::Helpdesk, &Case::default()) {
                writeln!(golden, "==== to {} {:?}\n{}", message.to, message.contact, message.text).unwrap();
            }
            let summary = markdown(
                &Case { knowledge_base: "1".to_owned(), ..case(session, &Blanks::new()) },
                "2026-11-24 10:00 UTC",
                "3 min",
            );
            writeln!(golden, "==== ticket\n{summary}").unwrap();
        }
        let path = format!("{}/tests/golden/{}.txt", env!("CARGO_MANIFEST_DIR"), content.id);
        if std::env::var_os("UNSTUCK_GOLDEN").is_some() {
            fs::write(&path, &golden).unwrap();
        }
        assert!(
            fs::read_to_string(&path).unwrap_or_default() == golden,
            "{path} is out of date. Run `UNSTUCK_GOLDEN=write cargo test --test cases`."
        );
    }
}

#[test]
fn each_step_is_only_in_the_message_to_its_own_role() {
    let kb = kb();
    let mut compared_steps = 0;
    for (_, session) in sessions(&kb) {
        let NodeKind::Solution(solution) = &session.node().unwrap().kind else { continue };
        for audience in [Audience::User, Audience::Helpdesk] {
            let handover = handover_messages(&session, audience, &Case::default());
            for role in Role::ALL {
                let voice = if *role == Role::User { Voice::You } else { audience.writing_voice() };
                let own: Vec<String> = solution
                    .steps
                    .iter()
                    .filter(|step| step.by == *role)
                    .map(|step| to_plain_text(&step.text.voice(voice).one_line()))
                    .collect();
                let message = handover.iter().find(|message| message.to == role.name());
                assert_eq!(message.is_some(), !own.is_empty());
                let numbered: Vec<String> = message
                    .map(|message| {
                        message.text.lines().filter_map(|line| Some(line.split_once(". ")?.1.to_owned())).collect()
                    })
                    .unwrap_or_default();
                let numbered: Vec<&String> = numbered.iter().filter(|line| own.contains(line)).collect();
                assert_eq!(numbered.len(), own.len(), "a step is missing or occurs twice");
                for other in handover.iter().filter(|message| message.to != role.name()) {
                    assert!(!own.iter().any(|step| other.text.contains(step.as_str())), "{}", other.text);
                }
                compared_steps += own.len();
            }
        }
    }
    assert!(compared_steps > 100, "only {compared_steps} steps were compared");
}

#[test]
fn done_steps_are_left_out_unless_all_steps_are_done() {
    let kb = kb();
    let mut compared_steps = 0;
    for (_, session) in sessions(&kb) {
        let steps = session.node().unwrap().steps().to_vec();
        for step in &steps {
            let voice = if step.by == Role::User { Voice::You } else { Voice::TheUser };
            let text = to_plain_text(&step.text.voice(voice).one_line());
            if steps.len() < 2 || steps.iter().filter(|other| other.text == step.text).count() > 1 {
                continue;
            }
            let done = Case::of(&session, EntryPoint::List, Blanks::new(), |at, nth| {
                at == session.at() && steps[nth].text == step.text
            });
            let messages = handover_messages(&session, Audience::Helpdesk, &done);
            assert!(!messages.iter().any(|message| message.text.contains(&format!(". {text}\n"))), "{text}");
            compared_steps += 1;
        }
        let all_done = Case::of(&session, EntryPoint::List, Blanks::new(), |_, _| true);
        assert_eq!(
            handover_messages(&session, Audience::Helpdesk, &all_done),
            handover_messages(&session, Audience::Helpdesk, &Case::default()),
            "the message without open steps differs from the message with all steps"
        );
    }
    assert!(compared_steps > 50, "only {compared_steps} steps were compared");
}

#[test]
fn the_escalation_message_contains_every_earlier_error_message() {
    let kb = kb();
    let (_, session) = sessions(&kb)
        .into_iter()
        .find(|(_, session)| matches!(session.node().unwrap().kind, unstuck::kb::NodeKind::Escalation(_)))
        .unwrap();
    let before = vec!["ip-not-allowed".to_owned(), "mfa-required".to_owned(), "gone".to_owned()];
    let body = &handover_messages(&session, Audience::Helpdesk, &Case { previous_articles: before, ..Case::default() })
        [0]
    .text;
    let position = |text: &str| body.find(text).unwrap_or_else(|| panic!("{text}: {body}"));
    let current = position(&unstuck::case::message(&session).one_line());
    let later = position("Earlier, the error was:\n\n    Activate your multifactor authentication on your account.\n");
    let first = position("Earlier, the error was:\n\n    Your IP address is not allowed.\n");
    assert!(current < later && later < first, "the errors are not in order, latest first: {body}");
}

#[test]
fn filling_in_blanks_changes_only_the_blanks() {
    let kb = kb();
    for (_, session) in sessions(&kb) {
        let wanted_blanks = blanks(&session);
        let before = handover_messages(&session, Audience::Helpdesk, &Case::default());
        let filled: Blanks = wanted_blanks.iter().map(|blank| (blank.to_string(), format!("<<{blank}>>"))).collect();
        let after = handover_messages(&session, Audience::Helpdesk, &Case { blanks: filled, ..Case::default() });
        for (before, after) in before.iter().zip(&after) {
            let mut restored = after.text.clone();
            for blank in &wanted_blanks {
                restored = restored.replace(&format!("<<{blank}>>"), "[please fill in]");
            }
            assert_eq!(restored, before.text);
            assert!(!after.text.contains("[please fill in]"), "a blank with a value still asks for it: {}", after.text);
        }
    }
}

#[test]
fn a_message_has_no_heading_without_content() {
    let article = "message: The vault is shut.\nflow:\n  help: {escalation: Help, bring: [{message: the message}, {tried: what was tried}]}\n";
    let kb = Arc::new(load(&[support::source(&[("collection", support::COLLECTION), ("shut", article)])]).kb);
    let handover = handover_messages(&FlowSession::new(kb, 0, ClueAnswers::new()), Audience::User, &Case::default());
    let text = &handover.first().unwrap().text;
    assert!(!text.contains("may need") && !text.contains("tried:"), "{text}");
}

#[test]
fn one_day_is_singular() {
    assert_eq!(unstuck::strings::duration(86_400), "1 day");
    assert_eq!(unstuck::strings::duration(2 * 86_400 + 5), "2 days");
}

#[test]
fn a_message_to_the_user_alone_has_no_blanks() {
    let kb = kb();
    let mut session = FlowSession::new(kb.clone(), kb.article_index("ip-not-allowed").unwrap(), ClueAnswers::new());
    session.answer(Answer::Yes).unwrap();
    assert_eq!(
        handover_messages(&session, Audience::User, &Case::default()).len(),
        1,
        "there is a message for another person"
    );
    assert_eq!(blanks(&session), []);
}

#[test]
fn of_two_equal_steps_only_the_done_step_stays_done() {
    let steps = "[{by: user, do: Wait.}, {by: user, do: Look.}, {by: user, do: Wait.}]";
    let article = format!(
        "message: The vault is shut.\nflow:\n  wait: {{solution: Wait, steps: {steps}, otherwise: help}}\n  help: {{escalation: Help}}\n"
    );
    let kb = Arc::new(load(&[support::source(&[("collection", support::COLLECTION), ("shut", &article)])]).kb);
    let session = FlowSession::new(kb.clone(), 0, ClueAnswers::new());
    for nth in 0..3 {
        let case = Case::of(&session, EntryPoint::List, Blanks::new(), |_, step| step == nth);
        assert_eq!(case.ticked(&kb).into_iter().map(|(_, step)| step).collect::<Vec<_>>(), [nth]);
    }
}
