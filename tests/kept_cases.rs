//! What is kept of cases, as the commands and the wizard line by line show it.

mod support;

use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use serde_json::Value;
use support::Folder;
use unstuck::case::{Blanks, Case, Found, Kept};
use unstuck::history::History;
use unstuck::kb::KnowledgeBase;
use unstuck::search::Search;
use unstuck::shipped;
use unstuck::text::Clean;
use unstuck::wizard::{Answer, Known, Walk};

fn kb() -> Arc<KnowledgeBase> {
    Arc::new(shipped::loaded().kb)
}

/// A case of which the first step of each solution is done.
fn case(walk: &Walk, values: &Blanks) -> Case {
    Case::of(walk, Found::Search("what was typed".to_owned()), values.clone(), |_, step| step == 0)
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
fn line_by_line_a_message_that_was_chosen_wrongly_leads_back_to_the_case() {
    let folder = Folder::new();
    let (said, _) = folder.typed(&["--plain", "account enable"], "1\nn\nd\nyour ip address\n1\nb\nb\nq\n", 0);
    let behind = said.split_once("Your IP address is not allowed.").unwrap().1;
    assert_eq!(behind.matches("The case goes on with it").count(), 1, "{said}");
    assert!(behind.contains("Please contact your administrator to enable your account."), "{said}");
    let cases: Value = serde_json::from_str(&folder.run(&["cases", "--json"], 0).0).unwrap();
    let told: Vec<&Value> = cases.as_array().unwrap().iter().map(|case| &case["message"]).collect();
    assert_eq!(told, ["Please contact your administrator to enable your account."], "one case, of the first error");
    assert_eq!(cases.pointer("/0/before").unwrap().as_array().unwrap().len(), 0);
}

#[test]
fn line_by_line_the_same_error_once_more_is_taken_back_like_any_answer() {
    let folder = Folder::new();
    let typed = "1\nn\nd\naccount enable\n1\nb\nb\nb\nq\n";
    let (said, _) = folder.typed(&["--plain", "account enable"], typed, 0);
    let (_, behind) = said.split_once("what was done has not helped").unwrap();
    assert!(!behind.contains("The case goes on with it"), "{said}");
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

#[test]
fn line_by_line_what_is_less_likely_stands_behind_the_contenders() {
    let folder = Folder::new();
    let (said, _) = folder.typed(&["--plain", "phone"], "q\n", 0);
    let (likely, _) = said.split_once("Less likely:").unwrap();
    let search = Search::new(kb());
    let results = search.search(&Clean::new("phone"));
    let numbers = (1..=results.found.len()).filter(|number| likely.contains(&format!("\n{number}. "))).count();
    assert_eq!(numbers, results.contenders().len(), "{said}");
}
