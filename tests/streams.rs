//! Closed, full and missing streams, and unusual environments.
//!
//! Each command must exit with the right code and without a panic. It must report output errors, and must not write escape
//! sequences, because no stream is a terminal.

#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "tests")]

mod support;

use std::process::Command;

use support::{COLLECTION, Folder, good};

/// A command with its exit code on normal streams, and whether it prints to standard output then.
struct Invocation {
    args: &'static str,
    code: i32,
    prints: bool,
}

const fn invocation(args: &'static str, code: i32, prints: bool) -> Invocation {
    Invocation { args, code, prints }
}

/// Commands, including some that ask questions.
const INVOCATIONS: [Invocation; 24] = [
    invocation("--version", 0, true),
    invocation("--help", 0, true),
    invocation("search --help", 0, true),
    invocation("--nonsense", 2, false),
    invocation("", 0, true),
    invocation("ip address", 0, true),
    invocation("--plain ip", 0, true),
    invocation("search ip address is not allowed", 0, true),
    invocation("search --json ip address is not allowed", 0, true),
    invocation("search zzzz qqqq", 1, false),
    invocation("list", 0, true),
    invocation("show ip-not-allowed", 0, true),
    invocation("show nothing-of-this-kind", 2, false),
    invocation("ask ip-not-allowed", 0, true),
    invocation("ask --json ip-not-allowed", 0, true),
    invocation("ask --answers no,no ip-not-allowed", 0, true),
    invocation("which request an invitation", 0, true),
    invocation("graph ip-not-allowed", 0, true),
    invocation("check", 0, true),
    invocation("check kb", 1, true),
    invocation("check kb --format json", 1, true),
    invocation("check --explain E001", 0, true),
    invocation("test", 0, true),
    invocation("cases", 1, false),
];

/// Redirections in shell syntax, and whether printing must succeed.
const STREAMS: [(&str, bool); 7] = [
    ("< /dev/null", true),
    ("<&-", true),
    ("< /dev/null > /dev/full", false),
    ("< /dev/null 2> /dev/full", true),
    ("< /dev/null > /dev/null 2>&-", true),
    ("< /dev/null >&- 2>&-", true),
    ("< kb/test/good.yaml", true),
];

/// Arguments of `env`.
const ENVIRONMENTS: [&str; 9] = [
    "TERM=xterm-256color",
    "-u TERM",
    "TERM=dumb",
    "LC_ALL=C",
    "LC_ALL=tr_TR.UTF-8 LANG=nonsense",
    "NO_COLOR=1 COLUMNS=0 LINES=0",
    "COLUMNS=99999999999999999999 TERM=\x1b[2J",
    "-u HOME",
    "HOME=/nonexistent XDG_DATA_HOME=/dev/null/x XDG_CONFIG_HOME=relative",
];

fn folder() -> Folder {
    let folder = Folder::new();
    folder.write("kb/test/collection.yaml", COLLECTION).write("kb/test/good.yaml", good("Nothing glows.", "yes"));
    folder.write("kb/test/bad.yaml", "message: [");
    folder
}

/// Returns the exit code, and the text of the streams that are not redirected.
fn run(folder: &Folder, environment: &str, args: &str, streams: &str) -> (Option<i32>, String) {
    let program = assert_cmd::cargo::cargo_bin!("unstuck").display().to_string();
    let line = format!("exec env {environment} {program} {args} {streams}");
    let mut command = Command::new("sh");
    command.args(["-c", &line]).current_dir(folder.path()).env_remove("UNSTUCK_KB");
    command.env("XDG_DATA_HOME", folder.path().join("data")).env("XDG_CONFIG_HOME", folder.path().join("config"));
    let output = command.output().unwrap();
    (output.status.code(), String::from_utf8([output.stdout, output.stderr].concat()).unwrap())
}

#[test]
fn every_command_with_every_stream_in_every_environment() {
    let folder = folder();
    for (environment, (streams, can_print)) in
        ENVIRONMENTS.iter().flat_map(|environment| STREAMS.iter().map(move |streams| (environment, *streams)))
    {
        // `TERM` contains an escape sequence, so quote each word.
        let quoted: Vec<String> = environment.split(' ').map(|word| format!("'{word}'")).collect();
        for Invocation { args, code, prints } in &INVOCATIONS {
            let (exit_code, text) = run(&folder, &quoted.join(" "), args, streams);
            let context = format!("{environment:?} unstuck {args} {streams}: {text}");
            let expected = if *prints && !can_print { 2 } else { *code };
            // If the history cannot be opened, `cases` fails.
            let has_no_history = *args == "cases" && environment.contains("/dev/null/x");
            assert_eq!(exit_code, Some(if has_no_history { 2 } else { expected }), "{context}");
            assert!(!text.contains('\x1b'), "{context}");
            assert!(!text.contains("panicked"), "{context}");
            if expected == 2 && !streams.contains("2>") {
                assert!(text.contains("unstuck: ") || text.contains("error: "), "no error is printed: {context}");
            }
        }
    }
}

#[test]
fn closed_pipe_is_not_an_error() {
    let folder = folder();
    let program = assert_cmd::cargo::cargo_bin!("unstuck").display().to_string();
    for Invocation { args, code, .. } in INVOCATIONS.iter().filter(|invocation| invocation.prints) {
        // The reader exits before the command prints anything.
        let line = format!("{{ sleep 0.05; {program} {args} < /dev/null; echo $? > code; }} | true");
        let output = Command::new("sh").args(["-c", &line]).current_dir(folder.path()).output().unwrap();
        let (text, exit_code) = (String::from_utf8(output.stderr).unwrap(), folder.read("code"));
        assert!(!text.contains("panicked") && !text.contains("unstuck:"), "{args}: {text}");
        assert!(exit_code.trim() == "0" || exit_code.trim() == code.to_string(), "{args}: {exit_code} {text}");
    }
}

#[test]
fn colors_need_a_terminal_or_the_option() {
    let folder = folder();
    let (_, text) = run(&folder, "TERM=xterm", "check kb", "< /dev/null");
    assert!(!text.contains('\x1b'));
    let (_, text) = run(&folder, "TERM=xterm", "check kb --color always", "< /dev/null");
    assert!(text.contains("\x1b["));
}
