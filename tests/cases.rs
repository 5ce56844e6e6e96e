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
use unstuck::flow::{Answer, FlowSession, KnownFacts};
use unstuck::kb::{FactId, FactValue, KnowledgeBase, NodeId, NodeKind, Role, Step, load};
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
            let fact = |value: &FactValue| FactId { collection: content.collection, fact: value.fact };
            let known = scenario.known.iter().map(|value| (fact(value), value.answer)).collect();
            let mut session = FlowSession::new(kb.clone(), article, known);
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

/// Returns a step as a message states it, with a blank for each detail.
fn stated(step: &Step, voice: Voice) -> String {
    to_plain_text(&step.text.fill(voice, |_, label| format!("{label} [please fill in]")).one_line())
}

#[test]
fn each_step_is_only_in_the_message_to_its_own_role() {
    let kb = kb();
    let mut compared_steps = 0;
    for (_, session) in sessions(&kb) {
        if !matches!(session.node().unwrap().kind, NodeKind::Solution(_)) {
            continue;
        }
        for audience in [Audience::User, Audience::Helpdesk] {
            let handover = handover_messages(&session, audience, &Case::default());
            for role in Role::ALL {
                let voice = if *role == Role::User { Voice::You } else { audience.writing_voice() };
                let own: Vec<String> =
                    session.steps().filter(|(_, step)| step.by == *role).map(|(_, step)| stated(step, voice)).collect();
                let message = handover.iter().find(|message| message.to == role.name());
                // A user needs no message to themselves.
                let is_reader = audience == Audience::User && *role == Role::User;
                assert_eq!(message.is_some(), !own.is_empty() && !is_reader);
                if is_reader {
                    continue;
                }
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
        let steps: Vec<Step> = session.steps().map(|(_, step)| step.clone()).collect();
        for step in &steps {
            let voice = if step.by == Role::User { Voice::You } else { Voice::TheUser };
            let text = stated(step, voice);
            if steps.len() < 2 || steps.iter().filter(|other| other.text == step.text).count() > 1 {
                continue;
            }
            let all_steps = session.node().unwrap().steps();
            let done = Case::of(&session, EntryPoint::List, Blanks::new(), |at, nth| {
                at == session.at() && all_steps[nth].text == step.text
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
fn the_escalation_message_leaves_out_an_earlier_error_that_was_not_seen() {
    let kb = kb();
    let (_, session) = sessions(&kb)
        .into_iter()
        .find(|(_, session)| matches!(session.node().unwrap().kind, unstuck::kb::NodeKind::Escalation(_)))
        .unwrap();
    let case = |entry_point: EntryPoint| {
        let earlier = FlowSession::new(kb.clone(), kb.article_index("ip-not-allowed").unwrap(), KnownFacts::new());
        let mut case = Case::of(&earlier, entry_point, Blanks::new(), |_, _| false);
        case.add_previous(&earlier);
        handover_messages(&session, Audience::Helpdesk, &case)[0].text.clone()
    };
    let error = "Your IP address is not allowed.";
    assert!(case(EntryPoint::Search(error.to_owned())).contains(error));
    let unseen = case(EntryPoint::Situation("It works at the office".to_owned()));
    assert!(!unseen.contains(error), "the message states an error that nobody has seen: {unseen}");
}

/// Returns the label of a detail as a step states it.
fn in_sentence(label: &str) -> String {
    let mut chars = label.chars();
    chars.next().map(|first| format!("{}{}", first.to_lowercase(), chars.as_str())).unwrap_or_default()
}

#[test]
fn filling_in_blanks_changes_only_the_blanks() {
    let kb = kb();
    for (_, session) in sessions(&kb) {
        let wanted_blanks = blanks(&session);
        let is_solution = matches!(session.node().unwrap().kind, NodeKind::Solution(_));
        let before = handover_messages(&session, Audience::Helpdesk, &Case::default());
        let filled: Blanks = wanted_blanks.iter().map(|blank| (blank.to_string(), format!("<<{blank}>>"))).collect();
        let after = handover_messages(&session, Audience::Helpdesk, &Case { blanks: filled, ..Case::default() });
        for (before, after) in before.iter().zip(&after) {
            let mut restored = after.text.clone();
            if is_solution {
                // After the steps are the details that only the steps of another role need.
                for blank in &wanted_blanks {
                    restored = restored.replace(&format!("\n{blank}: <<{blank}>>\n"), "\n");
                }
                restored = restored.replace("\n\n\n", "\n\n");
            }
            for blank in &wanted_blanks {
                // A step names the detail that is missing.
                let label = if is_solution { format!("{} ", in_sentence(blank)) } else { String::new() };
                restored = restored.replace(&format!("<<{blank}>>"), &format!("{label}[please fill in]"));
            }
            assert_eq!(restored, before.text);
            assert!(!after.text.contains("[please fill in]"), "a blank with a value still asks for it: {}", after.text);
        }
    }
}

#[test]
fn a_detail_that_no_step_needs_is_after_the_steps() {
    let kb = kb();
    let mut session = FlowSession::new(kb.clone(), kb.article_index("account-disabled").unwrap(), KnownFacts::new());
    session.answer(Answer::No).unwrap();
    let value = |label: &str, value: &str| (label.to_owned(), value.to_owned());
    let filled = Blanks::from([
        value("The web address of this Devolutions Cloud", "https://acme.example"),
        value("The email address of the user's Devolutions Account", "ann@acme.example"),
    ]);
    let case = Case { blanks: filled, ..Case::default() };
    let messages = handover_messages(&session, Audience::User, &case);
    let [administrator] = messages.as_slice() else { panic!("{messages:?}") };
    assert!(
        administrator.text.contains("select my account (ann@acme.example)")
            && administrator.text.contains("\n\nThe web address of this Devolutions Cloud: https://acme.example\n\n"),
        "{}",
        administrator.text
    );
    assert_eq!(administrator.text.matches("ann@acme.example").count(), 1, "{}", administrator.text);
    let messages = handover_messages(&session, Audience::Helpdesk, &case);
    let to_user = messages.iter().find(|message| message.to == "user").unwrap();
    assert!(!to_user.text.contains("acme.example"), "{}", to_user.text);
}

#[test]
fn a_message_after_a_situation_begins_with_the_opening_and_what_happened() {
    let kb = kb();
    let mut session = FlowSession::new(kb.clone(), kb.article_index("account-disabled").unwrap(), KnownFacts::new());
    session.answer(Answer::No).unwrap();
    let situation = EntryPoint::Situation("It worked before".to_owned());
    let case = Case { entry_point: situation, ..Case::default() };
    for (audience, opening) in [(Audience::User, "I can't get into"), (Audience::Helpdesk, "The user can't get into")] {
        let messages = handover_messages(&session, audience, &case);
        let to_administrator = messages.iter().find(|message| message.to == "administrator").unwrap();
        let beginning = format!("{opening} Devolutions Cloud.\n\nWhat happened:\n\n    It worked before\n\n");
        assert!(to_administrator.text.starts_with(&beginning), "{}", to_administrator.text);
        assert!(!messages.iter().any(|message| message.text.contains("to enable your account")), "{messages:?}");
    }
}

#[test]
fn a_message_has_no_heading_without_content() {
    let article = "message: The vault is shut.\nflow:\n  help: {escalation: Help, bring: [{message: the message}, {tried: what was tried}]}\n";
    let kb = Arc::new(load(&[support::source(&[("collection", support::COLLECTION), ("shut", article)])]).kb);
    let handover = handover_messages(&FlowSession::new(kb, 0, KnownFacts::new()), Audience::User, &Case::default());
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
    let mut session = FlowSession::new(kb.clone(), kb.article_index("ip-not-allowed").unwrap(), KnownFacts::new());
    session.answer(Answer::Yes).unwrap();
    assert_eq!(
        handover_messages(&session, Audience::User, &Case::default()),
        [],
        "a user needs no message to themselves"
    );
    assert_eq!(
        handover_messages(&session, Audience::Helpdesk, &Case::default()).len(),
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
    let session = FlowSession::new(kb.clone(), 0, KnownFacts::new());
    for nth in 0..3 {
        let case = Case::of(&session, EntryPoint::List, Blanks::new(), |_, step| step == nth);
        assert_eq!(case.ticked(&kb).into_iter().map(|(_, step)| step).collect::<Vec<_>>(), [nth]);
    }
}
