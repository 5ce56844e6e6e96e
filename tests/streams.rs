//! Streams that are closed, full or not there, and environments that say nothing or nonsense: the right exit code, no panic, no
//! escape sequence where no terminal is, and an error where something could not be said.

#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "tests")]

mod support;

use std::process::Command;

use support::{COLLECTION, Folder, good};

/// A command with its exit code where all is well, and whether it prints something then.
struct Line {
    args: &'static str,
    code: i32,
    prints: bool,
}

const fn line(args: &'static str, code: i32, prints: bool) -> Line {
    Line { args, code, prints }
}

/// Commands that need no answer from anybody, and some that ask.
const LINES: [Line; 24] = [
    line("--version", 0, true),
    line("--help", 0, true),
    line("search --help", 0, true),
    line("--nonsense", 2, false),
    line("", 0, true),
    line("ip address", 0, true),
    line("--plain ip", 0, true),
    line("search ip address is not allowed", 0, true),
    line("search --json ip address is not allowed", 0, true),
    line("search zzzz qqqq", 1, false),
    line("list", 0, true),
    line("show ip-not-allowed", 0, true),
    line("show nothing-of-this-kind", 2, false),
    line("ask ip-not-allowed", 0, true),
    line("ask --json ip-not-allowed", 0, true),
    line("ask --answers no,no ip-not-allowed", 0, true),
    line("which request an invitation", 0, true),
    line("graph ip-not-allowed", 0, true),
    line("check", 0, true),
    line("check kb", 1, true),
    line("check kb --format json", 1, true),
    line("check --explain E001", 0, true),
    line("test", 0, true),
    line("cases", 1, false),
];

/// What standard input and output are, as the shell writes it, and whether what is printed can arrive.
const STREAMS: [(&str, bool); 7] = [
    ("< /dev/null", true),
    ("<&-", true),
    ("< /dev/null > /dev/full", false),
    ("< /dev/null 2> /dev/full", true),
    ("< /dev/null > /dev/null 2>&-", true),
    ("< /dev/null >&- 2>&-", true),
    ("< kb/test/good.yaml", true),
];

/// What the environment says.
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

/// The exit code, and what was said on the streams that can be read.
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
    for (environment, (streams, arrives)) in
        ENVIRONMENTS.iter().flat_map(|environment| STREAMS.iter().map(move |streams| (environment, *streams)))
    {
        // A terminal's name may hold anything.
        let quoted: Vec<String> = environment.split(' ').map(|word| format!("'{word}'")).collect();
        for Line { args, code, prints } in &LINES {
            let (ended, said) = run(&folder, &quoted.join(" "), args, streams);
            let what = format!("{environment:?} unstuck {args} {streams}: {said}");
            let expected = if *prints && !arrives { 2 } else { *code };
            // Where there is no place for a history, there are no cases to list.
            let cannot = *args == "cases" && environment.contains("/dev/null/x");
            assert_eq!(ended, Some(if cannot { 2 } else { expected }), "{what}");
            assert!(!said.contains('\x1b'), "{what}");
            assert!(!said.contains("panicked"), "{what}");
            if expected == 2 && !streams.contains("2>") {
                assert!(said.contains("unstuck: ") || said.contains("error: "), "nothing says why: {what}");
            }
        }
    }
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let folder = folder();
    let program = assert_cmd::cargo::cargo_bin!("unstuck").display().to_string();
    for Line { args, code, .. } in LINES.iter().filter(|line| line.prints) {
        // The reader is gone before anything is printed.
        let line = format!("{{ sleep 0.05; {program} {args} < /dev/null; echo $? > code; }} | true");
        let output = Command::new("sh").args(["-c", &line]).current_dir(folder.path()).output().unwrap();
        let (said, ended) = (String::from_utf8(output.stderr).unwrap(), folder.read("code"));
        assert!(!said.contains("panicked") && !said.contains("unstuck:"), "{args}: {said}");
        assert!(ended.trim() == "0" || ended.trim() == code.to_string(), "{args}: {ended} {said}");
    }
}

#[test]
fn a_file_gets_no_colors_unless_they_are_asked_for() {
    let folder = folder();
    let (_, said) = run(&folder, "TERM=xterm", "check kb", "< /dev/null");
    assert!(!said.contains('\x1b'));
    let (_, said) = run(&folder, "TERM=xterm", "check kb --color always", "< /dev/null");
    assert!(said.contains("\x1b["));
}
