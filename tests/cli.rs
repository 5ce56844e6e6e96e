//! The commands as scripts use them: shapes, exit codes, streams.

#![expect(clippy::unwrap_used, reason = "tests")]

use assert_cmd::Command;
use serde_json::Value;

fn unstuck(args: &[&str]) -> Command {
    let mut command = Command::cargo_bin("unstuck").unwrap();
    command.args(args).env_remove("UNSTUCK_KB").env_remove("ACCESSIBLE").env_remove("UNSTUCK_THEME");
    command.env("XDG_CONFIG_HOME", env!("CARGO_TARGET_TMPDIR")).env("XDG_DATA_HOME", env!("CARGO_TARGET_TMPDIR"));
    command
}

fn json(args: &[&str], code: i32) -> Value {
    let output = unstuck(args).assert().code(code).get_output().stdout.clone();
    serde_json::from_slice(&output).unwrap()
}

fn text(args: &[&str], code: i32) -> String {
    String::from_utf8(unstuck(args).assert().code(code).get_output().stdout.clone()).unwrap()
}

/// What is said line by line when lines are typed.
fn dialogue(args: &[&str], typed: &'static str) -> String {
    let output = unstuck(args).write_stdin(typed).assert().success().get_output().stdout.clone();
    String::from_utf8(output).unwrap()
}

fn complaint(args: &[&str]) -> String {
    let output = unstuck(args).assert().code(2).get_output().clone();
    assert!(output.stdout.is_empty());
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn a_match_is_the_only_contender() {
    let found = json(&["search", "--json", "your", "ip", "address", "is", "not", "allowed"], 0);
    assert_eq!(found["query"], "your ip address is not allowed");
    assert_eq!(found["verdict"], "match");
    assert_eq!(found["matches"][0]["id"], "ip-not-allowed");
    assert_eq!(found["matches"][0]["message"], "Your IP address is not allowed.");
    assert_eq!(found["matches"][0]["collection"], "access-denied");
    assert_eq!(found["matches"][0]["contender"], true);
    let score = found["matches"][0]["score"].as_f64().unwrap();
    assert!((0.0..=1.0).contains(&score));
    assert_eq!(found["ask"], Value::Null);
}

#[test]
fn an_ambiguous_search_names_the_clue_that_parts_the_contenders() {
    let found = json(&["search", "--json", "please contact your administrator to request an"], 0);
    assert_eq!(found["verdict"], "ambiguous");
    let contenders = found["matches"].as_array().unwrap().iter().filter(|one| one["contender"] == true).count();
    assert!(contenders >= 2);
    assert!(found["ask"]["clue"].is_string() && found["ask"]["question"].is_string());
}

#[test]
fn nothing_found_is_a_no() {
    let found = json(&["search", "--json", "printer out of paper"], 1);
    assert_eq!(found["verdict"], "none");
    assert_eq!(found["matches"], serde_json::json!([]));
}

#[test]
fn each_line_of_input_is_a_query_and_each_line_of_output_its_result() {
    let input = "403.7\nprinter out of paper\n[10:02] Error\\nEnter your emergency\\nreset code.\n";
    let output = unstuck(&["search", "--lines"]).write_stdin(input).assert().success().get_output().stdout.clone();
    let verdicts: Vec<Value> = output
        .split(|byte| *byte == b'\n')
        .filter(|line| !line.is_empty())
        .map(|line| serde_json::from_slice(line).unwrap())
        .collect();
    assert_eq!(verdicts.len(), 3);
    assert_eq!(verdicts[0]["matches"][0]["id"], "ip-not-allowed");
    assert_eq!(verdicts[1]["verdict"], "none");
    assert_eq!(verdicts[2]["matches"][0]["id"], "emergency-reset-code");
}

#[test]
fn a_line_that_is_too_long_is_cut_and_the_next_one_is_a_query_of_its_own() {
    let lines = format!("{}\nyour ip address is not allowed", "a b c ".repeat(1024 * 1024));
    let output = unstuck(&["search", "--lines", "--json"]).write_stdin(lines).assert().success().get_output().clone();
    let results: Vec<Value> =
        output.stdout.split(|byte| *byte == b'\n').filter_map(|line| serde_json::from_slice(line).ok()).collect();
    assert_eq!(results.len(), 2);
    assert_eq!(results[0]["query"].as_str().unwrap().len(), 4 * 1024 * 1024);
    assert_eq!(results[1]["matches"][0]["id"], "ip-not-allowed");
}

#[test]
fn limit_cuts_the_list() {
    let found = json(&["search", "--json", "--limit", "1", "please contact your administrator"], 0);
    assert_eq!(found["matches"].as_array().unwrap().len(), 1);
}

#[test]
fn the_list_has_id_message_collection_and_codes() {
    let list = json(&["list", "--json"], 0);
    let ip = list.as_array().unwrap().iter().find(|article| article["id"] == "ip-not-allowed").unwrap();
    assert_eq!(
        *ip,
        serde_json::json!({"id": "ip-not-allowed", "message": "Your IP address is not allowed.",
            "collection": "access-denied", "codes": ["403.7", "IPForbidden"]})
    );
}

#[test]
fn an_article_is_shown_with_its_flow_as_an_ordered_list() {
    let article = json(&["show", "--json", "owner-forgot-password"], 0);
    assert_eq!(article["id"], "owner-forgot-password");
    assert_eq!(article["flow"][0]["node"], "other-administrator");
    assert_eq!(article["flow"][0]["yes"], "re-invite");
    assert_eq!(article["clues"]["owner"], "yes");
    assert!(text(&["show", "owner-forgot-password"], 0).contains("No, it did not help"));
}

#[test]
fn an_unknown_article_is_named_with_the_nearest_one() {
    assert_eq!(
        complaint(&["show", "ip-not-alowed"]),
        "unstuck: there is no article `ip-not-alowed`; did you mean `ip-not-allowed`?\n"
    );
    assert!(
        complaint(&["ask", "no-such-article-xyz"]).starts_with("unstuck: there is no article `no-such-article-xyz`")
    );
}

#[test]
fn the_owner_without_another_administrator_but_with_the_key_enters_the_code() {
    let state = json(&["ask", "owner-forgot-password", "--answers", "no,yes", "--json"], 0);
    assert_eq!(state["article"], "owner-forgot-password");
    assert_eq!(state["trail"][0]["answer"], "no");
    assert_eq!(state["now"]["kind"], "solution");
    for step in state["now"]["steps"].as_array().unwrap() {
        assert_eq!(step["by"], "owner");
        assert!(step["do"].as_str().unwrap().contains("emergency reset code"));
    }
    assert_eq!(state["outcome"], Value::Null);
}

#[test]
fn the_owner_with_another_administrator_is_re_invited_by_them() {
    let state = json(&["ask", "owner-forgot-password", "--answers", "yes", "--json"], 0);
    assert_eq!(state["now"]["kind"], "solution");
    assert!(state["now"]["text"].as_str().unwrap().contains("re-invite"));
    assert_eq!(state["now"]["steps"][0]["by"], "administrator");
    assert_eq!(state["left"], serde_json::json!({"least": 0, "most": 1}));
}

#[test]
fn the_owner_without_either_is_handed_over_to_support() {
    let state = json(&["ask", "owner-forgot-password", "--answers", "no,no", "--json"], 0);
    assert_eq!(state["now"]["kind"], "escalation");
    assert_eq!(state["now"]["contact"], "service@devolutions.net");
    assert!(!state["now"]["bring"].as_array().unwrap().is_empty());
    assert_eq!(state["outcome"], "escalated");
    assert_eq!(state["left"], serde_json::json!({"least": 0, "most": 0}));
}

#[test]
fn a_solution_that_helped_is_the_outcome() {
    let state = json(&["ask", "owner-forgot-password", "--answers", "yes,not-solved,yes,solved", "--json"], 0);
    assert_eq!(state["outcome"], "solved");
    assert_eq!(state["trail"][1]["answer"], "not-solved");
}

#[test]
fn an_answer_that_does_not_fit_is_refused_with_those_that_do() {
    assert_eq!(
        complaint(&["ask", "owner-forgot-password", "--answers", "no,solved"]),
        "unstuck: `solved` is no answer to \"Can the owner find the recovery key?\"; it takes yes, no, unsure\n"
    );
    assert_eq!(
        complaint(&["ask", "owner-forgot-password", "--answers", "maybe"]),
        "unstuck: `maybe` is not an answer; use yes, no, unsure, solved, not-solved, or the number of a choice\n"
    );
}

#[test]
fn a_message_may_stand_in_place_of_an_id() {
    let state = json(&["ask", "--json", "your", "ip", "address", "is", "not", "allowed"], 0);
    assert_eq!(state["article"], "ip-not-allowed");
    unstuck(&["ask", "printer out of paper"]).assert().code(1);
    unstuck(&["ask", "printer-out-of-paper"]).assert().code(2);
    unstuck(&["ask", "please", "contact", "your", "administrator"]).assert().code(1);
}

#[test]
fn an_article_can_be_walked_line_by_line() {
    let said = dialogue(&["ask", "owner-forgot-password"], "x\nn\ny\ny\nq\n");
    let expected =
        ["Question 1", "That is not one of the answers.", "Question 2", "1. Owner: Open the recovery key", "Solved."];
    let mut rest = said.as_str();
    for part in expected {
        let found = rest.split_once(part);
        assert!(found.is_some(), "`{part}` does not come next in:\n{said}");
        rest = found.unwrap().1;
    }
}

#[test]
fn without_a_terminal_the_wizard_goes_line_by_line() {
    let said = dialogue(&["your", "ip", "address"], "1\ny\nb\nn\nu\nq\n");
    assert!(said.contains("1. Your IP address is not allowed.") && said.contains("Use the office network or the VPN"));
    assert!(!said.contains('\u{1b}'));
}

#[test]
fn a_long_list_ends_at_the_last_number_that_can_be_typed() {
    let folder = tempfile::tempdir().unwrap();
    let collection = folder.path().join("codes");
    std::fs::create_dir(&collection).unwrap();
    std::fs::write(collection.join("collection.yaml"), "title: Codes\n").unwrap();
    for nth in 0..120 {
        let article = format!("message: Fault number {nth}\nflow:\n  help: {{escalation: Help}}\n");
        std::fs::write(collection.join(format!("fault-{nth:03}.yaml")), article).unwrap();
    }
    let args = ["--only", "--no-history", "--kb", folder.path().to_str().unwrap()];
    let said = dialogue(&args, "a\n99\nq\n");
    assert!(said.contains("\n99. Fault number 98\n") && !said.contains("\n100. "), "{said}");
    assert!(said.contains("and 21 more that are not listed"), "{said}");
    assert!(said.contains("Error: Fault number 98"), "{said}");
}

#[test]
fn the_query_can_come_from_standard_input() {
    let output = unstuck(&["search", "--json", "-"])
        .write_stdin("Your IP\naddress is not allowed.\n")
        .assert()
        .success()
        .get_output()
        .stdout
        .clone();
    let found: Value = serde_json::from_slice(&output).unwrap();
    assert_eq!(found["matches"][0]["id"], "ip-not-allowed");
}

#[test]
fn what_is_typed_is_made_clean_before_it_is_shown() {
    let found = json(&["search", "--json", "\u{1b}[2J", "ip", "address", "not", "allowed", "\u{202e}"], 0);
    assert_eq!(found["query"], "␛[2J ip address not allowed \u{fffd}");
}

#[test]
fn a_folder_that_is_not_there_is_named_with_the_way_out() {
    assert_eq!(
        complaint(&["list", "--kb", "no-such-folder"]),
        "unstuck: cannot read the knowledge base no-such-folder: there is no such folder; look at its path\n"
    );
    assert_eq!(complaint(&["list", "--only"]), "unstuck: --only needs a knowledge base to use instead: add --kb DIR\n");
}

#[test]
fn options_may_stand_before_the_command_and_a_query_may_hold_the_name_of_one() {
    assert!(text(&["--color", "never", "list"], 0).contains("ip-not-allowed"));
    let said =
        unstuck(&["cannot", "list", "printers"]).write_stdin("q\n").assert().success().get_output().stdout.clone();
    assert!(String::from_utf8(said).unwrap().contains("No error here fits that."));
}

#[test]
fn a_single_letter_decides_nothing() {
    assert_eq!(json(&["search", "--json", "n"], 1)["verdict"], "none");
}

#[test]
fn a_theme_that_there_is_not_hinders_only_what_is_drawn_in_it() {
    unstuck(&["list"]).env("UNSTUCK_THEME", "pink").assert().code(0);
    unstuck(&["list"]).env("UNSTUCK_THEME", "").assert().code(0);
    unstuck(&["--theme", "pink"]).assert().code(2);
}

#[test]
fn wrong_usage_is_a_two() {
    unstuck(&["search"]).assert().code(2);
    unstuck(&["search", "--nonsense", "x"]).assert().code(2);
}

#[test]
fn the_shipped_folder_has_no_findings() {
    let output = unstuck(&["check", "kb", "--format", "json"]).output().unwrap();
    let findings: Value = serde_json::from_slice(&output.stdout).unwrap();
    // The tests pass on any day: that somebody must look at an article again is for `unstuck check` to say.
    let of_today: Vec<&Value> = findings.as_array().unwrap().iter().filter(|one| one["code"] != "W006").collect();
    assert_eq!(of_today, [&Value::Null; 0]);
}

#[cfg(unix)]
#[test]
fn a_closed_pipe_ends_it_quietly() {
    use std::io::Read;
    use std::process::Stdio;
    let mut child = std::process::Command::new(assert_cmd::cargo::cargo_bin!("unstuck"))
        .args(["search", "--lines"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut stdin = child.stdin.take().unwrap();
    let writer = std::thread::spawn(move || {
        use std::io::Write;
        for _ in 0..10_000 {
            if stdin.write_all(b"your ip address\n").is_err() {
                return;
            }
        }
    });
    let status = child.wait().unwrap();
    writer.join().unwrap();
    let mut complaint = String::new();
    child.stderr.take().unwrap().read_to_string(&mut complaint).unwrap();
    assert_eq!((status.code(), complaint.as_str()), (Some(0), ""));
}

#[test]
fn which_tells_apart_what_a_search_leaves() {
    let state = json(&["which", "--json", "please contact your administrator to request an"], 0);
    let candidates = state["candidates"].as_array().unwrap();
    let sum: f64 = candidates.iter().map(|candidate| candidate["p"].as_f64().unwrap()).sum();
    assert!((sum - 1.0).abs() < 1e-9);
    assert!(candidates.len() >= 2 && state["next"]["clue"].is_string() && state["next"]["question"].is_string());
    assert_eq!(state["settled"], Value::Null);

    let answer = format!("{}=no", state["next"]["clue"].as_str().unwrap());
    let settled =
        json(&["which", "--json", "--answers", &answer, "please contact your administrator to request an"], 0);
    assert_eq!((settled["settled"].as_str(), &settled["next"]), (Some("not-invited"), &Value::Null));
}

#[test]
fn which_begins_from_all_articles_and_refuses_what_it_does_not_know() {
    assert_eq!(json(&["which", "--json"], 0)["candidates"].as_array().unwrap().len(), 10);
    assert_eq!(
        complaint(&["which", "--answers", "reset-cod=yes"]),
        "unstuck: there is no clue `reset-cod`; did you mean `reset-code`?\n"
    );
    assert_eq!(
        complaint(&["which", "--answers", "reset-code=perhaps"]),
        "unstuck: `perhaps` is no answer to `reset-code`; it takes yes, no, unsure\n"
    );
    assert_eq!(json(&["which", "--json", "printer out of paper"], 1)["candidates"], serde_json::json!([]));
}

#[test]
fn telling_apart_line_by_line_leads_into_the_flow() {
    let said = dialogue(&["which", "please contact your administrator to request an"], "n\nq\n");
    assert!(said.contains("It is this one:") && said.contains("single sign-on"), "{said}");
}

#[test]
fn a_flow_is_drawn_in_three_languages() {
    let lines = text(&["graph", "owner-forgot-password"], 0);
    assert!(
        lines.starts_with("Is there another administrator, or anybody else who may manage users?\n  Yes: "),
        "{lines}"
    );
    let mermaid = text(&["graph", "owner-forgot-password", "--format", "mermaid"], 0);
    assert!(mermaid.starts_with("flowchart TD\n"), "{mermaid}");
    let dot = text(&["graph", "owner-forgot-password", "--format", "dot"], 0);
    assert!(dot.starts_with("digraph flow {\n") && dot.ends_with("}\n"), "{dot}");
    // Every way ends at a node that is drawn.
    for drawn in [&mermaid, &dot] {
        let names = |line: &str| {
            line.split_whitespace()
                .filter(|word| word.starts_with('a') && word.contains('n'))
                .map(|word| word.split(['{', '[', '(', ' ']).next().unwrap().to_owned())
                .collect::<Vec<_>>()
        };
        let is_way = |line: &&str| line.contains("->");
        let nodes: Vec<String> =
            drawn.lines().filter(|line| !is_way(line)).filter_map(|line| names(line).first().cloned()).collect();
        for way in drawn.lines().filter(is_way) {
            let ends = names(way.trim());
            assert!(ends.len() > 1 && ends.iter().all(|end| nodes.contains(end)), "{way}: {nodes:?}");
        }
    }
    assert_eq!(
        complaint(&["graph", "ip-not-alowed"]),
        "unstuck: there is no article `ip-not-alowed`; did you mean `ip-not-allowed`?\n"
    );
}

#[test]
fn a_code_is_explained() {
    let said = text(&["check", "--explain", "e013"], 0);
    assert!(said.starts_with("E013 A way leads nowhere\n\n"), "{said}");
    assert!(said.lines().all(|line| line.chars().count() <= 78), "{said}");
    assert!(
        complaint(&["check", "--explain", "E999"])
            .starts_with("unstuck: there is no code `E999`; the codes are E001, ")
    );
}

#[test]
fn a_link_is_written_out_whole() {
    let shown = text(&["show", "ip-not-allowed"], 0);
    let links = shown.lines().filter(|line| line.contains("https://")).count();
    assert!(links > 0 && shown.lines().filter(|line| line.len() > 78).all(|line| line.contains("https://")), "{shown}");
    assert!(shown.contains("https://docs.devolutions.net/cloud/knowledge-base/troubleshooting-articles/errors-list\n"));
}

#[test]
fn two_ways_to_name_what_is_checked_are_one_too_many() {
    let said = complaint(&["check", "kb", "--kb", "other"]);
    assert_eq!(said, "unstuck: kb and --kb both name what to look at; name one of them\n");
}
