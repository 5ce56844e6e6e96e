//! The messages that hand a case over, the ticket, and the commands about cases.
//!
//! The messages and tickets of every outcome of the shipped articles stand in `tests/golden`, to be read;
//! `UNSTUCK_GOLDEN=write cargo test --test cases` writes them anew.

#![expect(clippy::unwrap_used, reason = "tests")]

mod support;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use serde_json::Value;
use support::Folder;
use unstuck::case::{Blanks, Case, Found, Kept, blanks, letters, markdown};
use unstuck::history::History;
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
        for scenario in content.scenarios.iter() {
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
fn a_case_is_kept_from_its_first_answer_on_and_filed() {
    let folder = Folder::new();
    assert!(folder.run(&["cases"], 1).1.contains("No case has been kept yet."));
    // The input ends in the middle, as when a window is closed.
    folder.typed(&["--plain", "--as", "user", "account enable"], "1\nn\n", 0);
    let (list, _) = folder.run(&["cases"], 0);
    assert!(list.starts_with("    1  ") && list.contains("  open  "), "{list}");
    assert!(list.contains("Please contact your administrator to enable your account."), "{list}");
    let (ticket, _) = folder.run(&["cases", "show", "1"], 0);
    assert!(ticket.starts_with("# Please contact your administrator to enable your account.\n"), "{ticket}");
    assert!(ticket.contains("- Can you manage users in this Devolutions Cloud yourself? **No**\n"), "{ticket}");
    assert!(ticket.contains("- [ ] administrator: Turn \"Is enabled\" on.\n"), "{ticket}");
    let (said, _) = folder.typed(&["--plain"], "q\n", 0);
    assert!(said.contains("1 answer. `unstuck cases resume 1` goes on with it."), "{said}");
    // It goes on where it stood, as the same case.
    let (said, _) = folder.typed(&["cases", "resume", "1"], "y\nq\n", 0);
    assert!(said.contains("Ask an administrator to enable the account") && said.contains("Solved."), "{said}");
    let (json, _) = folder.run(&["cases", "--json"], 0);
    let cases: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(cases.as_array().unwrap().len(), 1);
    assert_eq!(cases.pointer("/0/standing").unwrap(), "solved");
    folder.run(&["cases", "delete", "1"], 0);
    assert!(folder.run(&["cases", "delete", "1"], 2).1.contains("there is no case 1"));
    folder.run(&["cases"], 1);
}

#[test]
fn the_messages_are_said_line_by_line_with_what_was_filled_in() {
    let folder = Folder::new();
    let (said, _) =
        folder.typed(&["--plain", "account enable"], "1\nt\nn\nt\nhttps://acme.example\n\nt\nann@acme.example\nq\n", 0);
    assert!(said.contains("There is nothing to send yet"), "{said}");
    assert!(said.contains("the address of this Devolutions Cloud: https://acme.example\nthe email address of the account: [please fill in]"));
    assert!(said.contains("the email address of the account: ann@acme.example"), "{said}");
    assert_eq!(said.matches("the address of this Devolutions Cloud?").count(), 1, "what is known is not asked again");
}

#[test]
fn whoever_wants_no_history_has_none() {
    let folder = Folder::new();
    folder.typed(&["--plain", "--no-history", "account enable"], "1\nn\nq\n", 0);
    assert!(!folder.path().join("data").exists());
    folder.run(&["cases", "keep", "off"], 0);
    folder.typed(&["--plain", "account enable"], "1\nn\nq\n", 0);
    assert!(!folder.path().join("data").exists());
    folder.run(&["cases", "keep", "on"], 0);
    folder.typed(&["--plain", "account enable"], "1\nn\nq\n", 0);
    assert!(folder.run(&["cases"], 0).0.contains("given up"));
    assert_eq!(folder.run(&["cases", "forget", "--older-than", "1d"], 0).1, "0 cases deleted.\n");
    assert_eq!(folder.run(&["cases", "forget", "--older-than", "0h"], 0).1, "1 case deleted.\n");
    assert!(folder.run(&["cases", "forget", "--older-than", "soon"], 2).1.contains("write for example 30d"));
}

#[cfg(unix)]
#[test]
fn starting_is_never_blocked() {
    let works = |folder: &Folder, notice: &str| {
        let (said, _) = folder.typed(&["--plain", "account enable"], "1\nn\ny\nq\n", 0);
        assert!(said.contains("Solved."), "{said}");
        let words = said.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(words.matches(notice).count(), 1, "one quiet notice: {said}");
    };
    // The data folder is a file.
    let folder = Folder::new();
    folder.write("data", "in the way");
    works(&folder, "Cases are not kept this time");
    assert_eq!(folder.read("data"), "in the way");
    // The file is no database, or of a newer version.
    let folder = Folder::new();
    folder.write("data/unstuck/cases.db", "something else entirely. ".repeat(100));
    works(&folder, "Cases are not kept this time");
    assert_eq!(folder.read("data/unstuck/cases.db"), "something else entirely. ".repeat(100));
    let folder = Folder::new();
    folder.write("data/unstuck/none", "");
    let db = rusqlite::Connection::open(folder.path().join("data/unstuck/cases.db")).unwrap();
    db.pragma_update(None, "user_version", 9).unwrap();
    works(&folder, "was made by a newer version");
}

#[test]
fn the_statistics_say_which_article_to_mend_and_with_which_words() {
    let folder = Folder::new();
    folder.run(&["stats"], 1);
    let solve = "1\nn\ny\nq\n";
    for _ in 0..3 {
        folder.typed(&["--plain", "account enable"], solve, 0);
    }
    folder.typed(&["--plain", "account enable"], "1\nu\nq\n", 0);
    let (report, _) = folder.run(&["stats"], 0);
    assert!(report.starts_with("4 cases, 3 solved; half of those that ended took no longer than 0 s\n"), "{report}");
    assert!(
        report.contains("account-disabled     4 ############################## 3 solved, 1 given up\n"),
        "{report}"
    );
    assert!(report.contains("Questions answered with \"not sure\"\n  account-disabled/manage-users     1"), "{report}");
    assert!(report.contains("Mend `account-disabled` next: 1 case went badly."), "{report}");
    let json: Value = serde_json::from_str(&folder.run(&["stats", "--json"], 0).0).unwrap();
    assert_eq!(json.pointer("/mend/article").unwrap(), "account-disabled");
    assert!(Path::new(&folder.path().join("data/unstuck/cases.db")).exists());
}

#[test]
fn another_message_goes_on_as_the_same_case_line_by_line_too() {
    let folder = Folder::new();
    let typed = "1\nn\nd\nyour ip address is not allowed\n1\nn\nn\nn\nn\nt\n\n\n\nq\n";
    let (said, _) = folder.typed(&["--plain", "account enable"], typed, 0);
    assert!(said.contains("What does the screen say now?"), "{said}");
    assert!(
        said.contains("- Can you manage users in this Devolutions Cloud yourself? No"),
        "what was tried before: {said}"
    );
    let cases: Value = serde_json::from_str(&folder.run(&["cases", "--json"], 0).0).unwrap();
    assert_eq!(cases.as_array().unwrap().len(), 1);
    assert_eq!(cases.pointer("/0/before/0").unwrap(), "account-disabled");
    assert_eq!(cases.pointer("/0/standing").unwrap(), "escalated");
    let again = "1\nn\nd\naccount enable\n1\nq\n";
    let (said, _) = folder.typed(&["--plain", "account enable"], again, 0);
    assert!(said.contains("The same error once more") && said.contains("Devolutions customer support"), "{said}");
}

#[test]
fn a_case_that_cannot_be_read_is_not_counted() {
    let kept = |case| Kept { id: 1, began: Timestamp::now(), updated: Timestamp::now(), case };
    let kb = kb();
    let read = case(&Walk::new(kb.clone(), kb.position("account-disabled").unwrap(), Known::new()), &Blanks::new());
    let stats = unstuck::stats::of(&[kept(Case::default()), kept(read)], &[], |_| true);
    assert_eq!((stats.cases, stats.articles.len()), (1, 1));
}

#[test]
fn searches_that_found_nothing_are_told_with_what_helped_and_without_numbers() {
    let folder = Folder::new();
    let typed = "zorblat 4711 for ann@example.com\na\n1\nn\ny\nq\n";
    folder.typed(&["--plain"], typed, 0);
    folder.typed(&["--plain"], "quuxly frobnicate 12\nq\n", 0);
    let (report, _) = folder.run(&["stats"], 0);
    assert!(report.contains("zorblat # for ..."), "{report}");
    assert!(report.contains("-> account-disabled"), "{report}");
    assert!(report.contains("Searches that found nothing and led nowhere\n  quuxly frobnicate #     1"), "{report}");
    assert!(!report.contains("4711") && !report.contains("ann@"), "{report}");
    assert!(report.contains("Mend `account-disabled` next: 1 case went badly."), "{report}");
}

#[test]
fn a_case_that_is_only_looked_at_line_by_line_is_what_it_was() {
    let folder = Folder::new();
    folder.typed(&["--plain", "account enable"], "1\nn\n", 0);
    let before = folder.run(&["cases", "--json"], 0).0;
    folder.typed(&["cases", "resume", "1"], "", 0);
    assert_eq!(folder.run(&["cases", "--json"], 0).0, before);
    let (said, _) = folder.typed(&["cases", "resume", "1"], "d\nyour ip address is not allowed\n1\ny\ny\nq\n", 0);
    assert!(said.contains("What does the screen say now?"), "{said}");
    let cases: Value = serde_json::from_str(&folder.run(&["cases", "--json"], 0).0).unwrap();
    assert_eq!(cases.as_array().unwrap().len(), 1, "it is the same case");
    assert_eq!(cases.pointer("/0/standing").unwrap(), "solved");
}

#[test]
fn line_by_line_a_letter_means_what_it_means_on_the_full_screen() {
    let folder = Folder::new();
    let (said, _) = folder.typed(&["--plain", "--as", "user", "account enable"], "1\nn\nr\nR\nq\n", 0);
    let places: Vec<usize> = ["1. You: Ask", "Now speaking to the helpdesk", "1. User: Ask"]
        .into_iter()
        .map(|part| said.find(part).unwrap_or_else(|| panic!("{part}: {said}")))
        .collect();
    assert!(places.is_sorted(), "r speaks to the other one, and leaves the answers: {said}");
    let question = "Can you manage users in this Devolutions Cloud yourself?";
    assert_eq!(said.matches(question).count(), 2, "R starts over: {said}");
    let (said, _) = folder.typed(&["--plain", "account enable"], "1\nn\nq\n", 0);
    assert!(said.contains("1. User: Ask"), "it is remembered: {said}");
}

#[test]
fn line_by_line_a_case_is_gone_back_to_from_the_search_for_another_message() {
    let folder = Folder::new();
    let (said, _) = folder.typed(&["--plain", "account enable"], "1\nn\nd\nb\ny\nq\n", 0);
    assert!(said.contains("b to go back") && said.contains("Solved."), "{said}");
    let cases: Value = serde_json::from_str(&folder.run(&["cases", "--json"], 0).0).unwrap();
    assert_eq!(cases.as_array().unwrap().len(), 1, "it is the same case");
    assert_eq!(cases.pointer("/0/standing").unwrap(), "solved");
    assert_eq!(cases.pointer("/0/before").unwrap().as_array().unwrap().len(), 0);
}

#[test]
fn line_by_line_what_was_filled_in_wrongly_is_filled_in_again() {
    let folder = Folder::new();
    let (said, _) = folder.typed(&["--plain", "account enable"], "1\nn\nt\nwrong\n\nf\nright\n\nt\n\nq\n", 0);
    assert!(said.contains(": wrong\n") && said.contains("(Enter keeps \"wrong\")"), "{said}");
    assert!(said.contains(": right\n"), "{said}");
}

#[test]
fn a_case_whose_answers_are_taken_back_stays_open_and_says_none_of_them() {
    let folder = Folder::new();
    // The input ends at the first question, as when a window is closed.
    folder.typed(&["--plain", "account enable"], "1\nn\nb\n", 0);
    let cases: Value = serde_json::from_str(&folder.run(&["cases", "--json"], 0).0).unwrap();
    assert_eq!(cases.pointer("/0/standing").unwrap(), "open");
    assert_eq!(cases.pointer("/0/answers").unwrap().as_array().unwrap().len(), 0);
    let (said, _) = folder.typed(&["--plain"], "q\n", 0);
    assert!(said.contains("goes on with it"), "{said}");
}

#[test]
fn a_case_is_put_aside_and_given_as_a_ticket_line_by_line_too() {
    let folder = Folder::new();
    let (said, _) = folder.typed(&["--plain", "account enable"], "1\np\nn\nT\np\nq\n", 0);
    assert!(said.contains("There is nothing to put aside yet"), "{said}");
    assert!(said.contains("# Please contact your administrator to enable your account.\n"), "{said}");
    assert!(said.contains("Put aside as case 1. `unstuck cases resume 1` goes on with it."), "{said}");
    assert!(folder.run(&["cases"], 0).0.contains("waiting for somebody"));
    let (said, _) = folder.typed(&["--plain", "--no-history", "account enable"], "1\nn\np\ny\nq\n", 0);
    assert!(said.contains("cases are not kept this time") && said.contains("Solved."), "{said}");
}

#[test]
fn steps_stand_in_a_ticket_once_and_stay_ticked_when_the_case_is_taken_up_line_by_line() {
    let folder = Folder::new();
    let kb = kb();
    let mut walk = Walk::new(kb.clone(), kb.position("account-disabled").unwrap(), Known::new());
    walk.answer(Answer::No).unwrap();
    let history = History::open(&folder.path().join("data/unstuck")).unwrap();
    history.save(None, &case(&walk, &Blanks::new()), Timestamp::now()).unwrap();
    drop(history);
    folder.typed(&["cases", "resume", "1"], "n\nq\n", 0);
    let (ticket, _) = folder.run(&["cases", "show", "1"], 0);
    assert_eq!(
        ticket.matches("Ask an administrator, or anybody who may manage users, to enable").count(),
        1,
        "{ticket}"
    );
    assert!(ticket.contains("- [x] user: Ask an administrator"), "{ticket}");
    assert!(ticket.contains("**No, it did not help**"), "{ticket}");
}

#[test]
fn a_case_that_goes_on_with_another_message_is_kept_before_anything_is_answered_line_by_line() {
    let folder = Folder::new();
    folder.typed(&["ask", "ip-not-allowed"], "y\nd\naccount enable\n1\nq\n", 0);
    let (ticket, _) = folder.run(&["cases", "show", "1"], 0);
    assert!(ticket.contains("Please contact your administrator to enable your account."), "{ticket}");
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

#[test]
fn a_case_says_how_its_article_was_found() {
    let folder = Folder::new();
    folder.typed(&["ask", "your", "ip", "address", "is", "not", "allowed"], "y\nq\n", 0);
    folder.typed(&["ask", "account-disabled"], "n\nq\n", 0);
    let cases: Value = serde_json::from_str(&folder.run(&["cases", "--json"], 0).0).unwrap();
    let found: Vec<&Value> = cases.as_array().unwrap().iter().map(|case| &case["found"]).collect();
    assert_eq!(
        found,
        ["list".into(), serde_json::json!({"search": "your ip address is not allowed"})].each_ref(),
        "{cases}"
    );
}

#[test]
fn a_case_that_was_put_aside_is_no_part_of_the_next_one() {
    let folder = Folder::new();
    let open = "message: The vault is open.\nflow:\n  shut: {solution: Shut it, steps: [{by: user, do: Shut it.}], otherwise: help}\n  help: {escalation: The helpdesk}\n";
    folder.write("kb/test/collection.yaml", support::COLLECTION).write("kb/test/open.yaml", open);
    folder.write("kb/test/glows.yaml", support::good("All glows.", "yes"));
    let typed = "all glows\n1\nn\np\nthe vault is open\n1\nd\nall glows\n1\nn\nq\n";
    folder.typed(&["--plain", "--kb", "kb", "--only"], typed, 0);
    let cases: Value = serde_json::from_str(&folder.run(&["cases", "--json"], 0).0).unwrap();
    let before: Vec<&Value> = cases.as_array().unwrap().iter().map(|case| &case["before"]).collect();
    assert_eq!(before, [&serde_json::json!(["open"]), &serde_json::json!([])], "{cases}");
}
