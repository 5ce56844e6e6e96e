//! Seeded mutants: mistakes that a developer could make, applied one at a time. The other tests must catch each of them.
//!
//! `cargo test --test seeded_mutants -- --ignored --nocapture` applies each mutant to a copy of the project and runs all tests. It
//! takes about an hour on two cores. To apply only mutants 3 and 17, set `UNSTUCK_MUTANTS=3,17`.

use std::fs;
use std::path::Path;
use std::process::Command;

/// A replacement of `from` with `into` in one source file.
struct Mutant {
    name: &'static str,
    file: &'static str,
    from: &'static str,
    into: &'static str,
}

const MUTANTS: [Mutant; 20] = [
    Mutant {
        name: "C1 control characters are not replaced",
        file: "src/text.rs",
        from: r"'\u{7f}'..='\u{9f}' // C0",
        into: r"'\u{7f}' // C0",
    },
    Mutant {
        name: "tabs are not replaced",
        file: "src/text.rs",
        from: r"'\t' => text.push_str(TAB),",
        into: r"'\t' => text.push(c),",
    },
    Mutant {
        name: "paste mode stays on",
        file: "src/terminal/guard.rs",
        from: "    let _ = execute!(stdout(), DisableBracketedPaste);\n",
        into: "",
    },
    Mutant {
        name: "raw mode stays on",
        file: "src/terminal/guard.rs",
        from: "    let _ = disable_raw_mode();\n",
        into: "    let _ = disable_raw_mode;\n",
    },
    Mutant {
        name: "SIGHUP is not handled",
        file: "src/terminal/signals.rs",
        from: "Signals::new([SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGWINCH])",
        into: "Signals::new([SIGTERM, SIGINT, SIGQUIT, SIGWINCH])",
    },
    Mutant {
        name: "keys after a paste are commands",
        file: "src/terminal/events.rs",
        from: "const PASTE_GUARD: Duration = Duration::from_millis(100);",
        into: "const PASTE_GUARD: Duration = Duration::ZERO;",
    },
    Mutant {
        name: "a double click answers twice",
        file: "src/terminal/events.rs",
        from: "const DOUBLE_CLICK: Duration = Duration::from_millis(250);",
        into: "const DOUBLE_CLICK: Duration = Duration::ZERO;",
    },
    Mutant {
        name: "not sure leads to the target of yes",
        file: "src/flow/answer.rs",
        from: "(Branches::YesNo { unsure, no, .. }, Answer::Unsure) => Some(unsure.unwrap_or(*no)),",
        into: "(Branches::YesNo { unsure, yes: no, .. }, Answer::Unsure) => Some(unsure.unwrap_or(*no)),",
    },
    Mutant {
        name: "back does nothing at the first question",
        file: "src/app/update/flow.rs",
        from: "                return Some(Navigation::SameSearch);\n",
        into: "                return None;\n",
    },
    Mutant {
        name: "changes to a saved case are not saved",
        file: "src/history.rs",
        from: "SET updated = ?2, standing = ?3, session = ?4, data = ?5 WHERE id = ?1",
        into: "SET updated = ?2, standing = ?3, session = ?4, data = coalesce(data, ?5) WHERE id = ?1",
    },
    Mutant {
        name: "two processes resume the same case",
        file: "src/history.rs",
        from: "        session != self.session.name && !is_alive(&self.folder, session)",
        into: "        session != self.session.name",
    },
    Mutant {
        name: "links to files outside the folder are followed",
        file: "src/files.rs",
        from: "    if !real.starts_with(root) {",
        into: "    if !real.starts_with(root) && root.as_os_str().is_empty() {",
    },
    Mutant {
        name: "pipes are opened",
        file: "src/files.rs",
        from: "        if about.is_file() { Ok(()) }",
        into: "        if !about.is_dir() { Ok(()) }",
    },
    Mutant {
        name: "the nesting depth is not limited",
        file: "src/kb/yaml.rs",
        from: "const MAX_DEPTH: usize = 12;",
        into: "const MAX_DEPTH: usize = 1200;",
    },
    Mutant {
        name: "the last of two equal keys is used without an error",
        file: "src/kb/yaml.rs",
        from: "                if let Some(line) = seen.get(&key) {",
        into: "                if let Some(line) = seen.get(&key).filter(|_| key.is_empty()) {",
    },
    Mutant {
        name: "JSON is printed without escaping",
        file: "src/cli/output.rs",
        from: "    if !json.contains(text::is_unsafe) {",
        into: "    if !json.is_empty() {",
    },
    Mutant {
        name: "any answer allows an irreversible step",
        file: "src/kb/preconditions.rs",
        from: "if asks { word == required.answer.name() } else { is_established }",
        into: "if asks { !word.is_empty() } else { is_established }",
    },
    Mutant {
        name: "not sure is forgotten, so the fact is asked again",
        file: "src/flow/answer.rs",
        from: "            Self::Unsure => Some(FactAnswer::Unsure),\n            Self::Choice(_)",
        into: "            Self::Unsure | Self::Choice(_)",
    },
    Mutant {
        name: "links to files are accepted",
        file: "src/kb/read.rs",
        from: r#"["https://", "http://","#,
        into: r#"["https://", "file://", "http://","#,
    },
    Mutant {
        name: "a message to send lists steps of other roles",
        file: "src/case/handover.rs",
        from: "        if step.by != role {",
        into: "        if step.by != role && number > 100 {",
    },
];

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

#[test]
fn every_mutant_applies() {
    for Mutant { name, file, from, .. } in &MUTANTS {
        let source = fs::read_to_string(Path::new(ROOT).join(file)).unwrap();
        assert_eq!(
            source.matches(from).count(),
            1,
            "{name}: the text to replace must occur once in {file}; update the mutant"
        );
    }
}

#[test]
#[ignore = "takes an hour: runs all tests for each mutant"]
fn every_mutant_is_caught() {
    let copy = tempfile::tempdir().unwrap();
    let files = [
        "Cargo.toml",
        "Cargo.lock",
        "README.md",
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        "SECURITY.md",
        "deny.toml",
        "clippy.toml",
    ];
    let folders = ["src", "kb", "tests", "benches", "docs", "packaging", "fuzz", ".github"];
    let parts = files.iter().chain(&folders);
    let copied = Command::new("cp").arg("-r").args(parts).arg(copy.path()).current_dir(ROOT).status().unwrap();
    assert!(copied.success());
    // In the copy, `every_mutant_applies` would fail for every mutant.
    fs::write(copy.path().join("tests/seeded_mutants.rs"), "//! Left out.\n").unwrap();
    let test = || {
        let mut tests = Command::new("timeout");
        tests.args(["900", "cargo", "test", "--locked"]).current_dir(copy.path()).output().unwrap()
    };
    let baseline = test();
    let output = String::from_utf8_lossy(&baseline.stdout);
    assert!(baseline.status.success(), "the tests must pass without a mutant:\n{output}");
    let mut missed = Vec::new();
    let wanted = std::env::var("UNSTUCK_MUTANTS").ok();
    let is_wanted =
        |number: usize| wanted.as_ref().is_none_or(|list| list.split(',').any(|one| one == number.to_string()));
    let mutants = MUTANTS.iter().zip(1..).filter(|(_, number)| is_wanted(*number));
    for (Mutant { name, file, from, into }, _) in mutants {
        let path = copy.path().join(file);
        let source = fs::read_to_string(&path).unwrap();
        fs::write(&path, source.replacen(from, into, 1)).unwrap();
        // A mutant that makes the tests hang is caught too.
        let tests = test();
        let output = [tests.stdout, tests.stderr].concat();
        let output = String::from_utf8_lossy(&output);
        assert!(!output.contains("error: could not compile"), "{name}: {output}");
        let failed_test = output.lines().find(|line| line.starts_with("test ") && line.ends_with("FAILED"));
        println!("{name}: {}", failed_test.unwrap_or(if tests.status.success() { "missed" } else { "timed out" }));
        if tests.status.success() {
            missed.push(name);
        }
        fs::write(&path, source).unwrap();
    }
    assert!(missed.is_empty(), "{missed:?}");
}
