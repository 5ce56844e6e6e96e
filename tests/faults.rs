//! Faults that somebody could make, put in one at a time: the other tests notice each of them.
//!
//! `cargo test --test faults -- --ignored --nocapture` puts them into a copy of the project and runs all its tests for each: about an
//! hour on two cores. `UNSTUCK_FAULTS=3,17` in front of it takes the third and the seventeenth only.

use std::fs;
use std::path::Path;
use std::process::Command;

/// A piece of the source, and what is put in its place.
struct Fault {
    what: &'static str,
    file: &'static str,
    from: &'static str,
    into: &'static str,
}

const FAULTS: [Fault; 20] = [
    Fault {
        what: "C1 control characters are let through",
        file: "src/text.rs",
        from: r"'\u{7f}'..='\u{9f}' // C0",
        into: r"'\u{7f}' // C0",
    },
    Fault {
        what: "a tab stays a tab",
        file: "src/text.rs",
        from: r"'\t' => text.push_str(TAB),",
        into: r"'\t' => text.push(c),",
    },
    Fault {
        what: "paste mode stays on",
        file: "src/terminal/guard.rs",
        from: "    let _ = execute!(stdout(), DisableBracketedPaste);\n",
        into: "",
    },
    Fault {
        what: "raw mode stays on",
        file: "src/terminal/guard.rs",
        from: "    let _ = disable_raw_mode();\n",
        into: "    let _ = disable_raw_mode;\n",
    },
    Fault {
        what: "a hang-up is not listened for",
        file: "src/terminal/signals.rs",
        from: "Signals::new([SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGWINCH])",
        into: "Signals::new([SIGTERM, SIGINT, SIGQUIT, SIGWINCH])",
    },
    Fault {
        what: "keys behind a paste are commands",
        file: "src/terminal/events.rs",
        from: "const AFTER_PASTE: Duration = Duration::from_millis(100);",
        into: "const AFTER_PASTE: Duration = Duration::ZERO;",
    },
    Fault {
        what: "a double click answers twice",
        file: "src/terminal/events.rs",
        from: "const DOUBLE_CLICK: Duration = Duration::from_millis(250);",
        into: "const DOUBLE_CLICK: Duration = Duration::ZERO;",
    },
    Fault {
        what: "not sure goes the way of yes",
        file: "src/wizard/answer.rs",
        from: "(Ways::YesNo { unsure, no, .. }, Answer::Unsure) => Some(unsure.unwrap_or(*no)),",
        into: "(Ways::YesNo { unsure, yes: no, .. }, Answer::Unsure) => Some(unsure.unwrap_or(*no)),",
    },
    Fault {
        what: "going back from the first question stays there",
        file: "src/app/update/walk.rs",
        from: "                return Some(Leave::Kept);\n",
        into: "                return None;\n",
    },
    Fault {
        what: "a later state of a case is not written",
        file: "src/history.rs",
        from: "SET updated = ?2, standing = ?3, session = ?4, data = ?5 WHERE id = ?1",
        into: "SET updated = ?2, standing = ?3, session = ?4, data = coalesce(data, ?5) WHERE id = ?1",
    },
    Fault {
        what: "two programs take up one case",
        file: "src/history.rs",
        from: "        session != self.session.name && !is_alive(&self.folder, session)",
        into: "        session != self.session.name",
    },
    Fault {
        what: "links out of the folder are followed",
        file: "src/files.rs",
        from: "    if !real.starts_with(root) {",
        into: "    if !real.starts_with(root) && root.as_os_str().is_empty() {",
    },
    Fault {
        what: "pipes are opened",
        file: "src/files.rs",
        from: "        if about.is_file() { Ok(()) }",
        into: "        if !about.is_dir() { Ok(()) }",
    },
    Fault {
        what: "any depth of nesting is read",
        file: "src/kb/yaml.rs",
        from: "const MAX_DEPTH: usize = 12;",
        into: "const MAX_DEPTH: usize = 1200;",
    },
    Fault {
        what: "of two equal names the last counts, in silence",
        file: "src/kb/yaml.rs",
        from: "                if let Some(line) = seen.get(&key) {",
        into: "                if let Some(line) = seen.get(&key).filter(|_| key.is_empty()) {",
    },
    Fault {
        what: "JSON is printed as it is",
        file: "src/cli/output.rs",
        from: "    if !json.contains(text::is_unsafe) {",
        into: "    if !json.is_empty() {",
    },
    Fault {
        what: "the proof of the point of no return takes any answer",
        file: "src/kb/guard.rs",
        from: "if at == question { word == answer } else { asked }",
        into: "if at == question { !word.is_empty() } else { asked }",
    },
    Fault {
        what: "a reply to a clue is noted twice",
        file: "src/clues.rs",
        from: "        self.replies.retain(|(asked, _)| *asked != clue);\n",
        into: "",
    },
    Fault {
        what: "links without encryption are taken",
        file: "src/kb/read.rs",
        from: r#"text.starts_with("https://") ||"#,
        into: r#"text.starts_with("http") ||"#,
    },
    Fault {
        what: "steps of others stand in a message",
        file: "src/case/handover.rs",
        from: "        if step.by != actor {",
        into: "        if step.by != actor && number > 100 {",
    },
];

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

#[test]
fn each_fault_has_its_place() {
    for Fault { what, file, from, .. } in &FAULTS {
        let source = fs::read_to_string(Path::new(ROOT).join(file)).unwrap();
        assert_eq!(source.matches(from).count(), 1, "{what}: {file} has another shape by now");
    }
}

#[test]
#[ignore = "takes an hour: it runs all tests for each fault"]
fn each_fault_is_noticed() {
    let copy = tempfile::tempdir().unwrap();
    let files = ["Cargo.toml", "Cargo.lock", "README.md", "CHANGELOG.md", "CONTRIBUTING.md"];
    let folders = ["src", "kb", "tests", "benches", "docs", "packaging"];
    let parts = files.iter().chain(&folders);
    let copied = Command::new("cp").arg("-r").args(parts).arg(copy.path()).current_dir(ROOT).status().unwrap();
    assert!(copied.success());
    // It would notice each of them without running anything.
    fs::write(copy.path().join("tests/faults.rs"), "//! Left out.\n").unwrap();
    let test = || {
        let mut tests = Command::new("timeout");
        tests.args(["900", "cargo", "test", "--locked"]).current_dir(copy.path()).output().unwrap()
    };
    let sound = test();
    let said = String::from_utf8_lossy(&sound.stdout);
    assert!(sound.status.success(), "the tests fail without any fault, nothing could be told from them:\n{said}");
    let mut unnoticed = Vec::new();
    let wanted = std::env::var("UNSTUCK_FAULTS").ok();
    let is_wanted =
        |number: usize| wanted.as_ref().is_none_or(|list| list.split(',').any(|one| one == number.to_string()));
    let faults = FAULTS.iter().zip(1..).filter(|(_, number)| is_wanted(*number));
    for (Fault { what, file, from, into }, _) in faults {
        let path = copy.path().join(file);
        let source = fs::read_to_string(&path).unwrap();
        fs::write(&path, source.replacen(from, into, 1)).unwrap();
        // A fault that makes it hang is noticed too.
        let tests = test();
        let said = [tests.stdout, tests.stderr].concat();
        let said = String::from_utf8_lossy(&said);
        assert!(!said.contains("error: could not compile"), "{what}: {said}");
        let by = said.lines().find(|line| line.starts_with("test ") && line.ends_with("FAILED"));
        println!("{what}: {}", by.unwrap_or(if tests.status.success() { "unnoticed" } else { "it does not end" }));
        if tests.status.success() {
            unnoticed.push(what);
        }
        fs::write(&path, source).unwrap();
    }
    assert!(unnoticed.is_empty(), "{unnoticed:?}");
}
