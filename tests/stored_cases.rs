//! Saved cases in the commands `cases` and `stats` and in plain mode.

mod support;

use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use serde_json::Value;
use support::Folder;
use unstuck::builtin;
use unstuck::case::{Blanks, Case, EntryPoint, StoredCase};
use unstuck::flow::{Answer, FlowSession, KnownFacts};
use unstuck::history::History;
use unstuck::kb::KnowledgeBase;
use unstuck::search::Search;
use unstuck::text::SanitizedText;

fn kb() -> Arc<KnowledgeBase> {
    Arc::new(builtin::loaded().kb)
}

/// Returns a case in which the first step of each solution is done.
fn case(session: &FlowSession, values: &Blanks) -> Case {
    Case::of(session, EntryPoint::Search("what was typed".to_owned()), values.clone(), |_, step| step == 0)
}

#[test]
fn a_case_is_saved_after_its_first_answer_and_can_be_listed_resumed_and_deleted() {
    let folder = Folder::new();
    assert!(folder.run(&["cases"], 1).1.contains("No saved cases yet."));
    // The input ends early, as if someone closed the window.
    folder.typed(&["--plain", "--as", "user", "account enable"], "1\nn\n", 0);
    let (list, _) = folder.run(&["cases"], 0);
    assert!(list.starts_with("    1  ") && list.contains("  open  "), "{list}");
    assert!(list.contains("Please contact your administrator to enable your account."), "{list}");
    let (summary, _) = folder.run(&["cases", "show", "1"], 0);
    assert!(summary.starts_with("# Please contact your administrator to enable your account.\n"), "{summary}");
    assert!(summary.contains("- Did the user's access have an expiration date that has passed? **No**\n"), "{summary}");
    assert!(summary.contains("- [ ] administrator: Turn on \"Is enabled\".\n"), "{summary}");
    let (stdout, _) = folder.typed(&["--plain"], "q\n", 0);
    assert!(stdout.contains("You have an interrupted case with 1 answer"), "{stdout}");
    // The case resumes at the same node and stays the same case.
    let (stdout, _) = folder.typed(&["cases", "resume", "1"], "y\nq\n", 0);
    assert!(stdout.contains("Have an administrator enable your account") && stdout.contains("Solved."), "{stdout}");
    let (json, _) = folder.run(&["cases", "--json"], 0);
    let cases: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(cases.as_array().unwrap().len(), 1);
    assert_eq!(cases.pointer("/0/standing").unwrap(), "solved");
    folder.run(&["cases", "delete", "1"], 0);
    assert!(folder.run(&["cases", "delete", "1"], 2).1.contains("there is no case 1"));
    folder.run(&["cases"], 1);
}

#[test]
fn plain_mode_prints_messages_to_send_with_the_values_of_their_blanks() {
    let folder = Folder::new();
    let input = "1\nt\nn\nn\nt\nhttps://acme.example\n\nt\nann@acme.example\nq\n";
    let (stdout, _) = folder.typed(&["--plain", "account enable"], input, 0);
    assert!(stdout.contains("Nothing to send yet"), "{stdout}");
    assert!(stdout.contains("- The web address of this Devolutions Cloud: https://acme.example\n- The email address of my Devolutions Account: [please fill in]"));
    assert!(stdout.contains("- The email address of my Devolutions Account: ann@acme.example"), "{stdout}");
    assert_eq!(
        stdout.matches("The web address of this Devolutions Cloud?").count(),
        1,
        "a known value was asked again"
    );
}

#[test]
fn cases_are_not_saved_with_no_history_or_keep_off() {
    let folder = Folder::new();
    folder.typed(&["--plain", "--no-history", "account enable"], "1\nn\nq\n", 0);
    assert!(!folder.path().join("data").exists());
    folder.run(&["cases", "keep", "off"], 0);
    folder.typed(&["--plain", "account enable"], "1\nn\nq\n", 0);
    assert!(!folder.path().join("data").exists());
    folder.run(&["cases", "keep", "on"], 0);
    folder.typed(&["--plain", "account enable"], "1\nn\nq\n", 0);
    assert!(folder.run(&["cases"], 0).0.contains("unfinished"));
    assert_eq!(folder.run(&["cases", "forget", "--older-than", "1d"], 0).1, "0 cases deleted.\n");
    assert_eq!(folder.run(&["cases", "forget", "--older-than", "0h"], 0).1, "1 case deleted.\n");
    assert!(folder.run(&["cases", "forget", "--older-than", "soon"], 2).1.contains("examples: 30d"));
}

#[cfg(unix)]
#[test]
fn a_broken_data_folder_does_not_prevent_the_start() {
    let check_notice = |folder: &Folder, notice: &str| {
        let (stdout, _) = folder.typed(&["--plain", "account enable"], "1\nn\ny\nq\n", 0);
        assert!(stdout.contains("Solved."), "{stdout}");
        let text = stdout.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(text.matches(notice).count(), 1, "the notice is not printed exactly once: {stdout}");
    };
    // The data folder is a file.
    let folder = Folder::new();
    folder.write("data", "in the way");
    check_notice(&folder, "Cases are not being saved");
    assert_eq!(folder.read("data"), "in the way");
    // The file is not a database, or it has a newer version.
    let folder = Folder::new();
    folder.write("data/unstuck/cases.db", "something else entirely. ".repeat(100));
    check_notice(&folder, "Cases are not being saved");
    assert_eq!(folder.read("data/unstuck/cases.db"), "something else entirely. ".repeat(100));
    let folder = Folder::new();
    folder.write("data/unstuck/none", "");
    let db = rusqlite::Connection::open(folder.path().join("data/unstuck/cases.db")).unwrap();
    db.pragma_update(None, "user_version", 9).unwrap();
    check_notice(&folder, "was made by a newer version");
}

#[test]
fn statistics_name_the_article_to_improve_next() {
    let folder = Folder::new();
    folder.run(&["stats"], 1);
    let solved = "1\nn\ny\nq\n";
    for _ in 0..3 {
        folder.typed(&["--plain", "account enable"], solved, 0);
    }
    folder.typed(&["--plain", "account enable"], "1\nu\nq\n", 0);
    let (report, _) = folder.run(&["stats"], 0);
    assert!(report.starts_with("4 cases, 3 solved; median time to finish 0 s\n"), "{report}");
    assert!(
        report.contains("account-disabled     4 ############################## 3 solved, 1 unfinished\n"),
        "{report}"
    );
    assert!(report.contains("Questions answered with \"not sure\"\n  account-disabled/expired     1"), "{report}");
    assert!(
        report.contains("Improve `account-disabled` next: 1 case was left unfinished or began with a failed search."),
        "{report}"
    );
    let json: Value = serde_json::from_str(&folder.run(&["stats", "--json"], 0).0).unwrap();
    assert_eq!(json.pointer("/mend/article").unwrap(), "account-disabled");
    assert!(Path::new(&folder.path().join("data/unstuck/cases.db")).exists());
}

#[test]
fn a_new_error_continues_the_case_in_plain_mode() {
    let folder = Folder::new();
    let input = "1\nn\nd\nyour ip address is not allowed\n1\nn\nn\nn\nn\nt\n\n\n\nq\n";
    let (stdout, _) = folder.typed(&["--plain", "account enable"], input, 0);
    assert!(stdout.contains("Which error do you see now?"), "{stdout}");
    assert!(
        stdout.contains("- Did my access have an expiration date that has passed? No"),
        "an answer from before the new error is missing: {stdout}"
    );
    let cases: Value = serde_json::from_str(&folder.run(&["cases", "--json"], 0).0).unwrap();
    assert_eq!(cases.as_array().unwrap().len(), 1);
    assert_eq!(cases.pointer("/0/before/0").unwrap(), "account-disabled");
    assert_eq!(cases.pointer("/0/standing").unwrap(), "escalated");
    let again = "1\nn\nd\naccount enable\n1\nq\n";
    let (stdout, _) = folder.typed(&["--plain", "account enable"], again, 0);
    assert!(
        stdout.contains("You see the same error as before") && stdout.contains("Devolutions customer support"),
        "{stdout}"
    );
}

#[test]
fn statistics_ignore_cases_without_an_article() {
    let stored = |case| StoredCase { id: 1, started: Timestamp::now(), updated: Timestamp::now(), case };
    let kb = kb();
    let read = case(
        &FlowSession::new(kb.clone(), kb.article_index("account-disabled").unwrap(), KnownFacts::new()),
        &Blanks::new(),
    );
    let stats = unstuck::stats::summarize(&[stored(Case::default()), stored(read)], &[], |_| true);
    assert_eq!((stats.cases, stats.articles.len()), (1, 1));
}

#[test]
fn statistics_list_failed_searches_without_personal_data() {
    let folder = Folder::new();
    let input = "zorblat 4711 for ann@example.com\na\n1\nn\ny\nq\n";
    folder.typed(&["--plain"], input, 0);
    folder.typed(&["--plain"], "quuxly frobnicate 12\nq\n", 0);
    let (report, _) = folder.run(&["stats"], 0);
    assert!(report.contains("zorblat # for ..."), "{report}");
    assert!(report.contains("-> account-disabled"), "{report}");
    assert!(report.contains("Searches that never led to an article\n  quuxly frobnicate #     1"), "{report}");
    assert!(!report.contains("4711") && !report.contains("ann@"), "{report}");
    assert!(
        report.contains("Improve `account-disabled` next: 1 case was left unfinished or began with a failed search."),
        "{report}"
    );
}

#[test]
fn resuming_a_case_without_an_answer_changes_nothing_in_plain_mode() {
    let folder = Folder::new();
    folder.typed(&["--plain", "account enable"], "1\nn\n", 0);
    let cases_before = folder.run(&["cases", "--json"], 0).0;
    folder.typed(&["cases", "resume", "1"], "", 0);
    assert_eq!(folder.run(&["cases", "--json"], 0).0, cases_before);
    let (stdout, _) = folder.typed(&["cases", "resume", "1"], "d\nyour ip address is not allowed\n1\ny\ny\nq\n", 0);
    assert!(stdout.contains("Which error do you see now?"), "{stdout}");
    let cases: Value = serde_json::from_str(&folder.run(&["cases", "--json"], 0).0).unwrap();
    assert_eq!(cases.as_array().unwrap().len(), 1, "a second case was created");
    assert_eq!(cases.pointer("/0/standing").unwrap(), "solved");
}

#[test]
fn plain_mode_has_the_keys_for_the_view_and_for_starting_over() {
    let folder = Folder::new();
    let (stdout, _) = folder.typed(&["--plain", "--as", "user", "account enable"], "1\nn\nr\nR\nq\n", 0);
    let positions: Vec<usize> = ["3. You: Open", "Helpdesk view:", "3. User: Open"]
        .into_iter()
        .map(|part| stdout.find(part).unwrap_or_else(|| panic!("{part}: {stdout}")))
        .collect();
    assert!(positions.is_sorted(), "r does not switch the view or discards the answers: {stdout}");
    let question = "access have an expiration date";
    assert_eq!(stdout.matches(question).count(), 2, "R does not start over: {stdout}");
    let (stdout, _) = folder.typed(&["--plain", "account enable"], "1\nn\nq\n", 0);
    assert!(stdout.contains("3. User: Open"), "the view was not saved: {stdout}");
}

#[test]
fn plain_mode_returns_from_the_search_for_a_new_error_to_the_case() {
    let folder = Folder::new();
    let (stdout, _) = folder.typed(&["--plain", "account enable"], "1\nn\nd\nb\ny\nq\n", 0);
    assert!(stdout.contains("b to go back") && stdout.contains("Solved."), "{stdout}");
    let cases: Value = serde_json::from_str(&folder.run(&["cases", "--json"], 0).0).unwrap();
    assert_eq!(cases.as_array().unwrap().len(), 1, "a second case was created");
    assert_eq!(cases.pointer("/0/standing").unwrap(), "solved");
    assert_eq!(cases.pointer("/0/before").unwrap().as_array().unwrap().len(), 0);
}

#[test]
fn plain_mode_undoes_a_wrong_choice_of_a_new_error() {
    let folder = Folder::new();
    let (stdout, _) = folder.typed(&["--plain", "account enable"], "1\nn\nd\nyour ip address\n1\nb\nb\nq\n", 0);
    let after_choice = stdout.split_once("Your IP address is not allowed.").unwrap().1;
    assert_eq!(after_choice.matches("This case continues").count(), 1, "{stdout}");
    assert!(after_choice.contains("Please contact your administrator to enable your account."), "{stdout}");
    let cases: Value = serde_json::from_str(&folder.run(&["cases", "--json"], 0).0).unwrap();
    let messages: Vec<&Value> = cases.as_array().unwrap().iter().map(|case| &case["message"]).collect();
    assert_eq!(
        messages,
        ["Please contact your administrator to enable your account."],
        "there is not exactly one case with the first error"
    );
    assert_eq!(cases.pointer("/0/before").unwrap().as_array().unwrap().len(), 0);
}

#[test]
fn plain_mode_undoes_the_same_error_again_like_an_answer() {
    let folder = Folder::new();
    let input = "1\nn\nd\naccount enable\n1\nb\nb\nb\nq\n";
    let (stdout, _) = folder.typed(&["--plain", "account enable"], input, 0);
    let (_, after_choice) = stdout.split_once("the last solution didn't help").unwrap();
    assert!(!after_choice.contains("This case continues"), "{stdout}");
}

#[test]
fn plain_mode_corrects_the_value_of_a_blank() {
    let folder = Folder::new();
    let (stdout, _) = folder.typed(&["--plain", "account enable"], "1\nn\nt\nwrong\n\nf\nright\n\nt\n\nq\n", 0);
    let text = stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("account (wrong)") && text.contains("(Press Enter to keep \"wrong\")"), "{stdout}");
    assert!(text.contains("account (right)"), "{stdout}");
}

#[test]
fn a_case_without_answers_after_undo_stays_open() {
    let folder = Folder::new();
    // The input ends at the first question, as if someone closed the window.
    folder.typed(&["--plain", "account enable"], "1\nn\nb\n", 0);
    let cases: Value = serde_json::from_str(&folder.run(&["cases", "--json"], 0).0).unwrap();
    assert_eq!(cases.pointer("/0/standing").unwrap(), "open");
    assert_eq!(cases.pointer("/0/answers").unwrap().as_array().unwrap().len(), 0);
    let (stdout, _) = folder.typed(&["--plain"], "q\n", 0);
    assert!(stdout.contains("To resume it, use"), "{stdout}");
}

#[test]
fn plain_mode_puts_a_case_on_hold_and_prints_its_summary() {
    let folder = Folder::new();
    let (stdout, _) = folder.typed(&["--plain", "account enable"], "1\np\nn\nT\np\nq\n", 0);
    assert!(stdout.contains("Nothing to put on hold yet"), "{stdout}");
    assert!(stdout.contains("# Please contact your administrator to enable your account.\n"), "{stdout}");
    assert!(stdout.contains("Case 1 is on hold. To resume it, run `unstuck cases resume 1`."), "{stdout}");
    assert!(folder.run(&["cases"], 0).0.contains("on hold"));
    let (stdout, _) = folder.typed(&["--plain", "--no-history", "account enable"], "1\nn\np\ny\nq\n", 0);
    assert!(stdout.contains("cases aren't being saved") && stdout.contains("Solved."), "{stdout}");
}

#[test]
fn a_resumed_case_lists_each_step_once_and_keeps_it_done_in_plain_mode() {
    let folder = Folder::new();
    let kb = kb();
    let mut session = FlowSession::new(kb.clone(), kb.article_index("account-disabled").unwrap(), KnownFacts::new());
    session.answer(Answer::No).unwrap();
    let history = History::open(&folder.path().join("data/unstuck")).unwrap();
    history.save(None, &case(&session, &Blanks::new()), Timestamp::now()).unwrap();
    drop(history);
    folder.typed(&["cases", "resume", "1"], "n\nq\n", 0);
    let (summary, _) = folder.run(&["cases", "show", "1"], 0);
    assert_eq!(summary.matches("Go to Administration > Users, select").count(), 1, "{summary}");
    assert!(summary.contains("- [x] administrator: Go to Administration > Users, select"), "{summary}");
    assert!(summary.contains("**No, it did not help**"), "{summary}");
}

#[test]
fn a_case_with_a_new_error_is_saved_before_the_next_answer_in_plain_mode() {
    let folder = Folder::new();
    folder.typed(&["ask", "ip-not-allowed"], "y\nd\naccount enable\n1\nq\n", 0);
    let (summary, _) = folder.run(&["cases", "show", "1"], 0);
    assert!(summary.contains("Please contact your administrator to enable your account."), "{summary}");
}

#[test]
fn a_case_contains_its_entry_point() {
    let folder = Folder::new();
    folder.typed(&["ask", "your", "ip", "address", "is", "not", "allowed"], "y\nq\n", 0);
    folder.typed(&["ask", "account-disabled"], "n\nq\n", 0);
    let cases: Value = serde_json::from_str(&folder.run(&["cases", "--json"], 0).0).unwrap();
    let entry_points: Vec<&Value> = cases.as_array().unwrap().iter().map(|case| &case["found"]).collect();
    assert_eq!(
        entry_points,
        ["list".into(), serde_json::json!({"search": "your ip address is not allowed"})].each_ref(),
        "{cases}"
    );
}

#[test]
fn a_case_on_hold_is_not_part_of_the_next_case() {
    let folder = Folder::new();
    let open = "message: The vault is open.\nflow:\n  shut: {solution: Shut it, steps: [{by: user, do: Shut it.}], otherwise: help}\n  help: {escalation: The helpdesk}\n";
    folder.write("kb/test/collection.yaml", support::COLLECTION).write("kb/test/open.yaml", open);
    folder.write("kb/test/glows.yaml", support::good("All glows.", "yes"));
    let input = "all glows\n1\nn\np\nthe vault is open\n1\nd\nall glows\n1\nn\nq\n";
    folder.typed(&["--plain", "--kb", "kb", "--only"], input, 0);
    let cases: Value = serde_json::from_str(&folder.run(&["cases", "--json"], 0).0).unwrap();
    let previous_articles: Vec<&Value> = cases.as_array().unwrap().iter().map(|case| &case["before"]).collect();
    assert_eq!(previous_articles, [&serde_json::json!(["open"]), &serde_json::json!([])], "{cases}");
}

#[test]
fn plain_mode_lists_less_likely_errors_after_the_contenders() {
    let folder = Folder::new();
    let (stdout, _) = folder.typed(&["--plain", "owner forgot password"], "q\n", 0);
    let (likely, _) = stdout.split_once("Less likely:").unwrap();
    let search = Search::new(kb());
    let results = search.search(&SanitizedText::new("owner forgot password"));
    let numbers = (1..=results.hits.len()).filter(|number| likely.contains(&format!("\n{number}. "))).count();
    assert_eq!(numbers, results.contenders().len(), "{stdout}");
}

#[test]
fn q_ends_the_comparison_of_the_possible_errors_in_plain_mode() {
    let folder = Folder::new();
    let input = "please contact your administrator to request an\nc\nq\nzorblat\n";
    let (stdout, _) = folder.typed(&["--plain"], input, 0);
    assert!(stdout.contains("or q to quit:") && !stdout.contains("No matching error found"), "{stdout}");
}

#[test]
fn plain_mode_asks_the_user_for_details_in_the_voice_of_the_view() {
    let folder = Folder::new();
    let (stdout, _) = folder.typed(&["--plain", "--as", "user", "account enable"], "1\nn\nt\n\nq\n", 0);
    assert!(stdout.contains("The email address of your Devolutions Account?"), "{stdout}");
}

#[test]
fn plain_mode_shows_no_error_after_a_situation() {
    let folder = Folder::new();
    let (stdout, _) = folder.typed(&["--plain"], "2\nq\n", 0);
    assert!(!stdout.contains("Error: The password is forgotten, but not reset yet"), "{stdout}");
}
