//! Commands as scripts use them: JSON fields, exit codes and output streams.

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

/// Returns the output in plain mode for the typed lines.
fn dialogue(args: &[&str], typed: &'static str) -> String {
    let output = unstuck(args).write_stdin(typed).assert().success().get_output().stdout.clone();
    String::from_utf8(output).unwrap()
}

fn error_output(args: &[&str]) -> String {
    let output = unstuck(args).assert().code(2).get_output().clone();
    assert!(output.stdout.is_empty());
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn match_is_printed_as_json() {
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
fn ambiguous_search_asks_about_the_words_that_differ() {
    let found = json(&["search", "--json", "please contact your administrator to request an"], 0);
    assert_eq!(found["verdict"], "ambiguous");
    let contenders = found["matches"].as_array().unwrap().iter().filter(|one| one["contender"] == true).count();
    assert!(contenders >= 2);
    assert_eq!(
        found["ask"],
        serde_json::json!({"question": "Does your message contain “OR Enter your emergency reset code”?",
            "yes": ["owner-forgot-password"], "no": ["not-invited"]})
    );
}

#[test]
fn search_without_a_match_exits_with_1() {
    let found = json(&["search", "--json", "printer out of paper"], 1);
    assert_eq!(found["verdict"], "none");
    assert_eq!(found["matches"], serde_json::json!([]));
}

#[test]
fn search_lines_prints_one_result_per_line() {
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
fn long_line_is_truncated_and_the_next_line_is_a_separate_query() {
    let lines = format!("{}\nyour ip address is not allowed", "a b c ".repeat(1024 * 1024));
    let output = unstuck(&["search", "--lines", "--json"]).write_stdin(lines).assert().success().get_output().clone();
    let results: Vec<Value> =
        output.stdout.split(|byte| *byte == b'\n').filter_map(|line| serde_json::from_slice(line).ok()).collect();
    assert_eq!(results.len(), 2);
    assert_eq!(results[0]["query"].as_str().unwrap().len(), 4 * 1024 * 1024);
    assert_eq!(results[1]["matches"][0]["id"], "ip-not-allowed");
}

#[test]
fn limit_shortens_the_list() {
    let found = json(&["search", "--json", "--limit", "1", "please contact your administrator"], 0);
    assert_eq!(found["matches"].as_array().unwrap().len(), 1);
}

#[test]
fn list_prints_id_message_collection_and_codes() {
    let list = json(&["list", "--json"], 0);
    let ip = list.as_array().unwrap().iter().find(|article| article["id"] == "ip-not-allowed").unwrap();
    assert_eq!(
        *ip,
        serde_json::json!({"id": "ip-not-allowed", "message": "Your IP address is not allowed.",
            "collection": "access-denied", "codes": ["403.7", "IPForbidden"]})
    );
}

#[test]
fn show_prints_the_flow_as_an_ordered_list() {
    let article = json(&["show", "--json", "owner-forgot-password"], 0);
    assert_eq!(article["id"], "owner-forgot-password");
    assert_eq!(article["flow"][0]["node"], "other-administrator");
    assert_eq!(article["flow"][0]["yes"], "re-invite");
    assert_eq!(article["known"]["owner"], "yes");
    assert!(text(&["show", "owner-forgot-password"], 0).contains("No, it did not help"));
}

#[test]
fn unknown_article_suggests_a_similar_id() {
    assert_eq!(
        error_output(&["show", "ip-not-alowed"]),
        "unstuck: there is no article `ip-not-alowed`; did you mean `ip-not-allowed`?\n"
    );
    assert!(
        error_output(&["ask", "no-such-article-xyz"]).starts_with("unstuck: there is no article `no-such-article-xyz`")
    );
}

#[test]
fn owner_with_a_recovery_key_enters_the_reset_code() {
    let state = json(&["ask", "owner-forgot-password", "--answers", "no,yes", "--json"], 0);
    assert_eq!(state["article"], "owner-forgot-password");
    assert_eq!(state["trail"][0]["answer"], "no");
    assert_eq!(state["now"]["kind"], "solution");
    for step in state["now"]["steps"].as_array().unwrap() {
        assert_eq!(step["by"], "user");
        assert!(step["do"].as_str().unwrap().contains("emergency reset code"));
    }
    assert_eq!(state["outcome"], Value::Null);
}

#[test]
fn another_administrator_re_invites_the_owner() {
    let state = json(&["ask", "owner-forgot-password", "--answers", "yes", "--json"], 0);
    assert_eq!(state["now"]["kind"], "solution");
    assert!(state["now"]["text"].as_str().unwrap().contains("re-invite"));
    assert_eq!(state["now"]["steps"][0]["by"], "administrator");
    assert_eq!(state["left"], serde_json::json!({"least": 0, "most": 1}));
}

#[test]
fn owner_without_administrator_or_key_contacts_support() {
    let state = json(&["ask", "owner-forgot-password", "--answers", "no,no", "--json"], 0);
    assert_eq!(state["now"]["kind"], "escalation");
    assert_eq!(state["now"]["contact"], "service@devolutions.net");
    assert!(!state["now"]["bring"].as_array().unwrap().is_empty());
    assert_eq!(state["outcome"], "escalated");
    assert_eq!(state["left"], serde_json::json!({"least": 0, "most": 0}));
}

#[test]
fn answer_solved_is_the_outcome() {
    let state = json(&["ask", "owner-forgot-password", "--answers", "yes,not-solved,yes,solved", "--json"], 0);
    assert_eq!(state["outcome"], "solved");
    assert_eq!(state["trail"][1]["answer"], "not-solved");
}

#[test]
fn invalid_answer_lists_the_allowed_answers() {
    assert_eq!(
        error_output(&["ask", "owner-forgot-password", "--answers", "no,solved"]),
        "unstuck: `solved` isn't an answer to \"Can the user find the recovery key?\"; use yes, no, unsure\n"
    );
    assert_eq!(
        error_output(&["ask", "owner-forgot-password", "--answers", "maybe"]),
        "unstuck: `maybe` is not an answer; use yes, no, unsure, solved, not-solved, or the number of a choice\n"
    );
}

#[test]
fn ask_accepts_an_error_message_instead_of_an_id() {
    let state = json(&["ask", "--json", "your", "ip", "address", "is", "not", "allowed"], 0);
    assert_eq!(state["article"], "ip-not-allowed");
    unstuck(&["ask", "printer out of paper"]).assert().code(1);
    unstuck(&["ask", "printer-out-of-paper"]).assert().code(2);
    unstuck(&["ask", "please", "contact", "your", "administrator"]).assert().code(1);
}

#[test]
fn ask_runs_a_flow_in_plain_mode() {
    let output = dialogue(&["ask", "owner-forgot-password"], "x\nn\ny\ny\nq\n");
    let expected =
        ["Question 1", "That isn't one of the options.", "Question 2", "1. You: Open the recovery key", "Solved."];
    let mut rest = output.as_str();
    for part in expected {
        let found = rest.split_once(part);
        assert!(found.is_some(), "`{part}` is not next in the output:\n{output}");
        rest = found.unwrap().1;
    }
}

#[test]
fn plain_mode_is_used_without_a_terminal() {
    let output = dialogue(&["your", "ip", "address"], "1\ny\nb\nn\nu\nq\n");
    assert!(
        output.contains("1. Your IP address is not allowed.") && output.contains("Use the office network or the VPN")
    );
    assert!(!output.contains('\u{1b}'));
}

#[test]
fn plain_list_ends_at_number_99() {
    let folder = tempfile::tempdir().unwrap();
    let collection = folder.path().join("codes");
    std::fs::create_dir(&collection).unwrap();
    std::fs::write(collection.join("collection.yaml"), "title: Codes\n").unwrap();
    for nth in 0..120 {
        let article = format!("message: Fault number {nth}\nflow:\n  help: {{escalation: Help}}\n");
        std::fs::write(collection.join(format!("fault-{nth:03}.yaml")), article).unwrap();
    }
    let args = ["--only", "--no-history", "--kb", folder.path().to_str().unwrap()];
    let output = dialogue(&args, "a\n98\nq\n");
    assert!(output.contains("\n98. Fault number 97\n") && !output.contains("\n100. "), "{output}");
    assert!(output.contains("22 more errors not listed") && output.contains("\n99. None of these\n"), "{output}");
    assert!(output.contains("Error: Fault number 97"), "{output}");
}

#[test]
fn query_is_read_from_standard_input() {
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
fn query_is_sanitized_in_the_output() {
    let found = json(&["search", "--json", "\u{1b}[2J", "ip", "address", "not", "allowed", "\u{202e}"], 0);
    assert_eq!(found["query"], "␛[2J ip address not allowed \u{fffd}");
}

#[test]
fn missing_folder_is_reported_with_help() {
    assert_eq!(
        error_output(&["list", "--kb", "no-such-folder"]),
        "unstuck: cannot read the knowledge base no-such-folder: the folder does not exist; check the path\n"
    );
    assert_eq!(error_output(&["list", "--only"]), "unstuck: --only needs at least one knowledge base: add --kb DIR\n");
}

#[test]
fn options_before_the_command_and_command_names_in_a_query() {
    assert!(text(&["--color", "never", "list"], 0).contains("ip-not-allowed"));
    let output =
        unstuck(&["cannot", "list", "printers"]).write_stdin("q\n").assert().success().get_output().stdout.clone();
    assert!(String::from_utf8(output).unwrap().contains("No matching error found."));
}

#[test]
fn single_letter_matches_nothing() {
    assert_eq!(json(&["search", "--json", "n"], 1)["verdict"], "none");
}

#[test]
fn unknown_theme_is_rejected_as_an_option_but_ignored_by_list() {
    unstuck(&["list"]).env("UNSTUCK_THEME", "pink").assert().code(0);
    unstuck(&["list"]).env("UNSTUCK_THEME", "").assert().code(0);
    unstuck(&["--theme", "pink"]).assert().code(2);
}

#[test]
fn wrong_usage_exits_with_2() {
    unstuck(&["search"]).assert().code(2);
    unstuck(&["search", "--nonsense", "x"]).assert().code(2);
}

#[test]
fn builtin_knowledge_base_has_no_problems() {
    let output = unstuck(&["check", "kb", "--format", "json"]).output().unwrap();
    let diagnostics: Value = serde_json::from_slice(&output.stdout).unwrap();
    // W006 depends on the current date, so ignore it.
    let problems: Vec<&Value> = diagnostics.as_array().unwrap().iter().filter(|one| one["code"] != "W006").collect();
    assert_eq!(problems, [&Value::Null; 0]);
}

#[cfg(unix)]
#[test]
fn closed_pipe_is_not_an_error() {
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
    let mut error_output = String::new();
    child.stderr.take().unwrap().read_to_string(&mut error_output).unwrap();
    assert_eq!((status.code(), error_output.as_str()), (Some(0), ""));
}

#[test]
fn every_object_has_a_version() {
    for args in [
        &["search", "--json", "403.7"] as &[&str],
        &["ask", "--json", "--answers", "no", "ip-not-allowed"],
        &["show", "--json", "ip-not-allowed"],
        &["situations", "--json"],
        &["stats", "--json"],
    ] {
        assert_eq!(json(args, 0)["version"], 2, "{args:?}");
    }
}

#[test]
fn situations_lead_to_articles() {
    let found = json(&["situations", "--json"], 0);
    let situations = found["situations"].as_array().unwrap();
    let forgot = situations.iter().find(|one| one["article"] == "forgot-password").unwrap();
    assert_eq!(forgot["collection"], "access-denied");
    assert_eq!(forgot["facts"], serde_json::json!({"forgot-password": "yes"}));
    let lines = text(&["situations"], 0);
    assert!(lines.contains(&format!("{}\n    forgot-password\n", forgot["text"].as_str().unwrap())), "{lines}");
}

#[test]
fn without_a_match_the_nearest_articles_are_listed() {
    let found = json(&["search", "--json", "printer out of paper"], 1);
    assert_eq!((&found["verdict"], &found["matches"]), (&"none".into(), &serde_json::json!([])));
    let nearest = found["nearest"].as_array().unwrap();
    assert_eq!(nearest.len(), 5);
    assert!(
        nearest.iter().all(|one| one["id"].is_string() && one["message"].is_string() && one["collection"].is_string())
    );
    assert_eq!(json(&["search", "--json", "Your IP address is not allowed."], 0)["nearest"], serde_json::json!([]));
}

#[test]
fn explain_shows_contributions_that_add_up_to_the_score() {
    let text = text(&["search", "--explain", "blocked at the hotel"], 0);
    let mut sum = 0.0;
    let mut scores = 0;
    for line in text.lines() {
        let value = line.split_whitespace().next_back().unwrap_or_default().parse::<f64>();
        if line.trim_start().starts_with("score ") {
            assert!((value.unwrap() - sum).abs() < 0.1, "{text}");
            (sum, scores) = (0.0, scores + 1);
        } else if line.contains(" × ") {
            sum += value.unwrap();
        }
    }
    assert_eq!(scores, 4, "three articles and none: {text}");
    let named = self::text(&["search", "--explain", "locked out"], 0);
    assert!(named.contains("the collection that the query names"), "{named}");
    let vague = self::text(&["search", "--explain", "error"], 1);
    assert!(vague.contains("one letter or one common word"), "{vague}");
}

#[test]
fn a_fact_answers_its_question() {
    let without = json(&["ask", "--json", "--answers", "", "not-invited"], 0);
    assert_eq!(without["now"]["node"], "sso");
    let with = json(&["ask", "--json", "--answers", "", "--fact", "sso=yes", "not-invited"], 0);
    assert_eq!(with["facts"]["sso"], "yes");
    assert_eq!(with["trail"][0]["known"], true);
    assert_ne!(with["now"]["node"], "sso");
    let error = error_output(&["ask", "--fact", "ssso=yes", "not-invited"]);
    assert_eq!(error, "unstuck: there is no fact `ssso`; did you mean `sso`?\n");
    let error = error_output(&["ask", "--fact", "sso=perhaps", "not-invited"]);
    assert_eq!(error, "unstuck: `perhaps` is not an answer to `sso`; use yes, no or unsure\n");
    let error = error_output(&["ask", "--fact", "sso", "not-invited"]);
    assert_eq!(error, "unstuck: `sso` is not a fact; use NAME=VALUE, for example sso=no\n");
}

#[test]
fn a_typed_code_answers_a_question() {
    let expired = json(&["ask", "--json", "--answers", "", "403.25"], 0);
    assert_eq!(expired["article"], "account-disabled");
    assert_eq!(expired["facts"]["expired"], "yes");
    let disabled = json(&["ask", "--json", "--answers", "", "403.1"], 0);
    assert_eq!(disabled["facts"]["expired"], "no");
    let neither = json(&["ask", "--json", "--answers", "", "account-disabled"], 0);
    assert_eq!(neither["facts"].get("expired"), None);
}

#[test]
fn graph_prints_text_mermaid_and_dot() {
    let lines = text(&["graph", "owner-forgot-password"], 0);
    assert!(
        lines.starts_with(
            "Is there anyone besides the user who can manage users in this Devolutions Cloud, such as an administrator?\n  Yes: "
        ),
        "{lines}"
    );
    let mermaid = text(&["graph", "owner-forgot-password", "--format", "mermaid"], 0);
    assert!(mermaid.starts_with("flowchart TD\n"), "{mermaid}");
    let dot = text(&["graph", "owner-forgot-password", "--format", "dot"], 0);
    assert!(dot.starts_with("digraph flow {\n") && dot.ends_with("}\n"), "{dot}");
    // Both ends of every edge are nodes of the graph.
    for graph in [&mermaid, &dot] {
        let names = |line: &str| {
            line.split_whitespace()
                .filter(|word| word.starts_with('a') && word.contains('n'))
                .map(|word| word.split(['{', '[', '(', ' ']).next().unwrap().to_owned())
                .collect::<Vec<_>>()
        };
        let is_edge = |line: &&str| line.contains("->");
        let nodes: Vec<String> =
            graph.lines().filter(|line| !is_edge(line)).filter_map(|line| names(line).first().cloned()).collect();
        for edge in graph.lines().filter(is_edge) {
            let ends = names(edge.trim());
            assert!(ends.len() > 1 && ends.iter().all(|end| nodes.contains(end)), "{edge}: {nodes:?}");
        }
    }
    assert_eq!(
        error_output(&["graph", "ip-not-alowed"]),
        "unstuck: there is no article `ip-not-alowed`; did you mean `ip-not-allowed`?\n"
    );
}

#[test]
fn check_explains_a_code() {
    let output = text(&["check", "--explain", "e013"], 0);
    assert!(output.starts_with("E013 There is no such node or article\n\n"), "{output}");
    assert!(output.lines().all(|line| line.chars().count() <= 78), "{output}");
    assert!(
        error_output(&["check", "--explain", "E999"])
            .starts_with("unstuck: there is no code `E999`; the codes are E001, ")
    );
}

#[test]
fn show_does_not_wrap_links() {
    let shown = text(&["show", "ip-not-allowed"], 0);
    let links = shown.lines().filter(|line| line.contains("https://")).count();
    assert!(links > 0 && shown.lines().filter(|line| line.len() > 78).all(|line| line.contains("https://")), "{shown}");
    assert!(shown.contains("https://docs.devolutions.net/cloud/knowledge-base/troubleshooting-articles/errors-list\n"));
}

#[test]
fn check_rejects_a_folder_together_with_kb() {
    let output = error_output(&["check", "kb", "--kb", "other"]);
    assert_eq!(output, "unstuck: give either kb or --kb, not both\n");
}
