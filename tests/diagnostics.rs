//! Exact output of `unstuck check` for every diagnostic.
//!
//! A fixture is a text file in `tests/diagnostics`, named after its code. It consists of sections, each with a heading:
//!
//! - `==== PATH` is a file of the knowledge base.
//! - `==== PATH (Latin-1)` is a file in that encoding.
//! - `==== PATH (1,000 times)` is a file that repeats the text 1,000 times.
//! - `==== PATH -> TARGET` is a symbolic link.
//! - `==== command` is the command to run instead of `check kb`.
//! - `==== expected` is the expected output.
//!
//! `{today}` is the current date. The test adds one good article and its collection.
//!
//! To update the expected output, run `UNSTUCK_FIXTURES=write cargo test --test diagnostics`. Then review the diff.

#![expect(clippy::unwrap_used, reason = "tests")]

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use support::{COLLECTION, Folder, good, source};
use unstuck::kb::{RuleId, check, load};

fn fixtures() -> Vec<PathBuf> {
    let entries = fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/diagnostics")).unwrap();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

fn code(path: &std::path::Path) -> String {
    path.file_name().unwrap().to_string_lossy().split('-').next().unwrap().to_owned()
}

/// Returns the sections of a fixture: the heading after `====`, and the text below it.
fn sections(text: &str) -> Vec<(&str, &str)> {
    let sections = text.split("==== ").skip(1);
    sections.map(|section| section.split_once('\n').unwrap_or((section, ""))).collect()
}

/// Writes one file of a fixture.
fn write_file(folder: &Folder, head: &str, text: &str) {
    if let Some((path, target)) = head.split_once(" -> ") {
        #[cfg(unix)]
        std::os::unix::fs::symlink(target, folder.path().join(path)).unwrap();
        #[cfg(not(unix))]
        let _ = (path, target);
    } else if let Some(path) = head.strip_suffix(" (Latin-1)") {
        let bytes: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
        folder.write(path, bytes);
    } else if let Some((path, times)) = head.strip_suffix(" times)").and_then(|head| head.split_once(" (")) {
        folder.write(path, text.trim_end().repeat(times.replace(',', "").parse().unwrap()));
    } else {
        folder.write(head, text);
    }
}

/// Returns the output for a fixture.
fn output_of(text: &str) -> String {
    let folder = Folder::new();
    folder.write("kb/test/collection.yaml", COLLECTION).write("kb/test/good.yaml", good("Nothing glows.", "yes"));
    let mut command = "check kb".to_owned();
    for (head, text) in sections(text) {
        match head {
            "expected" => {}
            "command" => text.trim().clone_into(&mut command),
            head => write_file(&folder, head, text),
        }
    }
    let report = folder.run(&command.split(' ').collect::<Vec<_>>(), 1).0;
    if !report.contains("good.y") {
        let (list, _) = folder.run(&["list", "--kb", "kb", "--only"], 0);
        assert!(list.contains("good\n    Nothing glows.\n"), "the good article is not loaded: {list}");
    }
    report
}

#[test]
fn every_fixture_has_the_expected_output() {
    for path in fixtures().iter().filter(|path| cfg!(unix) || code(path) != "E024") {
        let text = fs::read_to_string(path).unwrap();
        let now = support::today();
        let output = output_of(&text.replace("{today}", &now)).replace(&now, "{today}");
        let (before, expected) = text.split_once("==== expected\n").unwrap();
        if std::env::var_os("UNSTUCK_FIXTURES").is_some() {
            fs::write(path, format!("{before}==== expected\n{output}")).unwrap();
            continue;
        }
        assert_eq!(output, expected, "{}", path.display());
        assert!(output.contains(&format!("[{}]", code(path))), "{} does not report its code", path.display());
    }
}

#[test]
fn every_code_has_a_fixture_and_every_fixture_has_a_code() {
    let fixtures: BTreeSet<String> = fixtures().iter().map(|path| code(path)).collect();
    let codes: BTreeSet<String> = RuleId::ALL.iter().map(|code| code.as_str().to_owned()).collect();
    assert_eq!(fixtures, codes);
}

#[test]
fn limits_are_inclusive() {
    let codes = |reviewed: &str, note: &str| {
        let article = format!(
            "message: It is dark.\nsources: [https://example.com]\nreviewed: {reviewed}\nflow:\n  help: {{escalation: Help, note: {note}}}\n"
        );
        let kb = load(&[source(&[("collection", COLLECTION), ("dark", &article)])]).kb;
        let found = check(&kb, "2026-12-01".parse().unwrap());
        found.into_iter().map(|diagnostic| diagnostic.code).collect::<Vec<_>>()
    };
    assert_eq!(codes("2025-11-30", &"a".repeat(300)), []);
    assert_eq!(codes("2025-11-29", &"a".repeat(301)), [RuleId::NotReviewed, RuleId::TooLong]);
}
