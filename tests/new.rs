//! `unstuck new`: a dialogue that creates an article without problems.

mod support;

use std::io::{Read as _, Write as _};

use support::Folder;

/// Returns the typed lines as one text.
fn lines(lines: &[&str]) -> String {
    lines.join("\n") + "\n"
}

const PAPER: [&str; 18] = [
    "Load paper in tray 1.",
    "",
    "Printing",
    "The printer has run out: of paper.",
    "printer is empty",
    "",
    "https://example.com/printers",
    "Put paper in",
    "user: Open tray 1.",
    "Put paper in.",
    "administrator: Unlock it #1.",
    "",
    "The helpdesk",
    "mailto:help@example.com",
    "the room",
    "",
    "",
    "",
];

const JAM: [&str; 11] =
    ["Paper jam in tray 1.", "", "", "", "", "", "Everyone here knows it.", "", "The helpdesk", "", ""];

/// Creates a knowledge base with the article `out-of-paper`.
fn with_paper() -> Folder {
    let folder = Folder::new();
    folder.typed(&["new", "out-of-paper", "--kb", "kb"], &lines(&PAPER), 0);
    folder
}

/// Checks that the knowledge base has no problems, and that its scenarios catch every mutant.
fn assert_no_problems(folder: &Folder, articles: usize) {
    let (report, _) = folder.run(&["check", "kb"], 0);
    let ending = if articles == 1 { "" } else { "s" };
    assert_eq!(report, format!("{articles} article{ending}: 0 errors, 0 warnings\n"));
    folder.run(&["test", "kb", "--mutate"], 0);
}

#[test]
fn first_article_creates_its_collection() {
    let folder = with_paper();
    assert_no_problems(&folder, 1);
    assert_eq!(folder.read("kb/printing/collection.yaml"), "title: Printing\n");
    let article = folder.read("kb/printing/out-of-paper.yaml");
    assert!(article.contains("description: \"The printer has run out: of paper.\"\n"), "{article}");
    assert!(article.contains("      - administrator: \"Unlock it #1.\"\n"), "{article}");
    let scenarios = folder.read("kb/printing/out-of-paper.scenarios.yaml");
    assert!(scenarios.contains("  steps: [user, administrator]\n"), "{scenarios}");
    assert!(!article.contains("Put paper in."), "a step without a role is not asked for again: {article}");
}

#[test]
fn similar_articles_are_shown() {
    let folder = with_paper();
    let (output, _) = folder.typed(&["new", "jam", "--kb", "kb"], &lines(&JAM), 0);
    assert!(output.contains("1. Load paper in tray 1."), "similar articles are not shown: {output}");
    assert_no_problems(&folder, 2);
    let jam = folder.read("kb/printing/jam.yaml");
    assert!(jam.contains("suppress:\n  W005: Everyone here knows it.\n"), "{jam}");
}

#[test]
fn article_says_that_no_situation_leads_to_it() {
    let folder = with_paper();
    folder.write(
        "kb/printing/collection.yaml",
        "title: Printing\nsituations:\n  - The printer takes no paper: {goto: out-of-paper}\n",
    );
    folder.typed(&["new", "jam", "--kb", "kb"], &lines(&JAM), 0);
    assert_no_problems(&folder, 2);
    assert!(folder.read("kb/printing/jam.yaml").contains("\nsituation: none\n"));
}

#[test]
fn invalid_address_is_asked_for_again() {
    let folder = Folder::new();
    let mut typed = PAPER.to_vec();
    typed.insert(13, "helpdesk");
    let (output, _) = folder.typed(&["new", "out-of-paper", "--kb", "kb"], &lines(&typed), 0);
    assert!(output.contains("That isn't a complete contact"), "{output}");
    assert_no_problems(&folder, 1);
}

#[test]
fn existing_message_leads_to_its_article() {
    let folder = with_paper();
    let (output, _) = folder.typed(&["new", "paper", "--kb", "kb"], &lines(&["load  PAPER in tray 1.", ""]), 1);
    assert!(output.contains("This error already has an article: kb/printing/out-of-paper.yaml."), "{output}");
    let (output, _) = folder.typed(&["new", "paper", "--kb", "kb"], &lines(&["Load paper now", "", "1"]), 1);
    assert!(output.contains("kb/printing/out-of-paper.yaml"), "{output}");
    let (_, error) = folder.typed(&["new", "out-of-paper", "--kb", "kb"], "", 2);
    assert!(error.contains("the article `out-of-paper` already exists (kb/printing/out-of-paper.yaml)"), "{error}");
    let (_, error) = folder.typed(&["new", "out of paper", "--kb", "kb"], "", 2);
    assert!(error.contains("`out of paper` cannot be used as an ID"), "{error}");
}

#[test]
fn nothing_is_saved_if_the_input_ends_early() {
    for count in 0..12 {
        let folder = Folder::new();
        let typed = if count == 0 { String::new() } else { lines(PAPER.get(..count).unwrap()) };
        let (_, error) = folder.typed(&["new", "out-of-paper", "--kb", "kb"], &typed, 2);
        assert!(error.starts_with("unstuck: the input ended; nothing was saved"), "{error}");
        assert!(!folder.path().join("kb").exists());
    }
}

#[test]
fn default_folder_is_the_user_knowledge_base() {
    let folder = Folder::new();
    folder.typed(&["new", "out-of-paper"], &lines(&PAPER), 0);
    assert!(folder.run(&["list"], 0).0.contains("out-of-paper\n"));
    folder.read("config/unstuck/kb/printing/out-of-paper.yaml");
}

#[test]
fn message_with_several_lines_and_yaml_characters() {
    let folder = Folder::new();
    let mut typed = PAPER.to_vec();
    typed.splice(0..1, ["* Error: {tray} #1", "\"quoted\" & 'more' \u{1b}[2J"]);
    folder.typed(&["new", "out-of-paper", "--kb", "kb"], &lines(&typed), 0);
    assert_no_problems(&folder, 1);
    let shown: serde_json::Value =
        serde_json::from_str(&folder.run(&["show", "--json", "out-of-paper", "--kb", "kb", "--only"], 0).0).unwrap();
    assert_eq!(shown.get("message").unwrap(), "* Error: {tray} #1\n\"quoted\" & 'more' ␛[2J");
}

#[test]
fn concurrent_changes_are_preserved() {
    let folder = with_paper();
    let mut command = std::process::Command::new(assert_cmd::cargo::cargo_bin!("unstuck"));
    command.args(["new", "jam", "--kb", "kb"]).current_dir(folder.path());
    let mut child = command.stdin(std::process::Stdio::piped()).stdout(std::process::Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(b"Paper jam in tray 1.\n\n").unwrap();
    let mut seen = Vec::new();
    let stdout = child.stdout.as_mut().unwrap();
    // After the program shows the similar article, it has read the folder.
    while !String::from_utf8_lossy(&seen).contains("1. Load paper") {
        let mut byte = [0];
        assert_eq!(stdout.read(&mut byte).unwrap(), 1);
        seen.extend(byte);
    }
    let paper = folder.read("kb/printing/out-of-paper.yaml");
    folder.write("kb/printing/out-of-paper.yaml", format!("{paper}# Written meanwhile.\n"));
    stdin.write_all(lines(JAM.get(2..).unwrap()).as_bytes()).unwrap();
    drop(stdin);
    assert!(child.wait_with_output().unwrap().status.success());
    let paper = folder.read("kb/printing/out-of-paper.yaml");
    assert!(paper.ends_with("# Written meanwhile.\n"), "{paper}");
}

#[test]
fn article_with_an_error_must_be_fixed_first() {
    let folder = with_paper();
    let paper = folder.read("kb/printing/out-of-paper.yaml").replace("otherwise: escalated", "otherwise: escalate");
    folder.write("kb/printing/out-of-paper.yaml", paper);
    let (_, error) = folder.typed(&["new", "jam", "--kb", "kb"], &lines(&JAM), 2);
    assert!(error.contains("fix this error") && error.contains("out-of-paper.yaml:"), "{error}");
}
