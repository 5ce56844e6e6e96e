//! Every finding has a fixture: files of a knowledge base, and to the letter what `unstuck check` says of them.
//!
//! A fixture is a text in `tests/findings`, named after its code. `==== PATH` begins a file, `==== expected` what is printed.
//! `PATH (Latin-1)` is written in that encoding, `PATH (1,000 times)` repeats its one line, `PATH -> TARGET` is a link, and
//! `==== command` names another command than `check kb`. `{today}` is today. One good article and its collection stand beside
//! them. `UNSTUCK_FIXTURES=write cargo test --test findings` writes what is printed into the fixtures; look at the difference.

#![expect(clippy::unwrap_used, reason = "tests")]

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use support::{COLLECTION, Folder, good, source};
use unstuck::kb::{Code, check, load};

fn fixtures() -> Vec<PathBuf> {
    let entries = fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/findings")).unwrap();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

fn code(path: &std::path::Path) -> String {
    path.file_name().unwrap().to_string_lossy().split('-').next().unwrap().to_owned()
}

/// The sections of a fixture: what stands behind `====`, and the text below it.
fn sections(text: &str) -> Vec<(&str, &str)> {
    let sections = text.split("==== ").skip(1);
    sections.map(|section| section.split_once('\n').unwrap_or((section, ""))).collect()
}

/// Writes one file of a fixture.
fn lay(folder: &Folder, head: &str, text: &str) {
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

/// What is printed for a fixture.
fn printed(text: &str) -> String {
    let folder = Folder::new();
    folder.write("kb/test/collection.yaml", COLLECTION).write("kb/test/good.yaml", good("Nothing glows.", "yes"));
    let mut command = "check kb".to_owned();
    for (head, text) in sections(text) {
        match head {
            "expected" => {}
            "command" => text.trim().clone_into(&mut command),
            head => lay(&folder, head, text),
        }
    }
    let report = folder.run(&command.split(' ').collect::<Vec<_>>(), 1).0;
    if !report.contains("good.y") {
        let (list, _) = folder.run(&["list", "--kb", "kb", "--only"], 0);
        assert!(list.contains("good\n    Nothing glows.\n"), "the good article is served: {list}");
    }
    report
}

#[test]
fn each_fixture_is_found_as_it_says() {
    for path in fixtures().iter().filter(|path| cfg!(unix) || code(path) != "E024") {
        let text = fs::read_to_string(path).unwrap();
        let now = support::today();
        let printed = printed(&text.replace("{today}", &now)).replace(&now, "{today}");
        let (before, expected) = text.split_once("==== expected\n").unwrap();
        if std::env::var_os("UNSTUCK_FIXTURES").is_some() {
            fs::write(path, format!("{before}==== expected\n{printed}")).unwrap();
            continue;
        }
        assert_eq!(printed, expected, "{}", path.display());
        assert!(printed.contains(&format!("[{}]", code(path))), "{} is not of its code", path.display());
    }
}

#[test]
fn every_code_has_a_fixture_and_no_fixture_is_of_no_code() {
    let fixtures: BTreeSet<String> = fixtures().iter().map(|path| code(path)).collect();
    let codes: BTreeSet<String> = Code::ALL.iter().map(|code| code.number().to_owned()).collect();
    assert_eq!(fixtures, codes);
}

#[test]
fn a_limit_is_the_last_that_is_allowed() {
    let codes = |reviewed: &str, note: &str| {
        let article = format!(
            "message: It is dark.\nsources: [https://example.com]\nreviewed: {reviewed}\nflow:\n  help: {{escalation: Help, note: {note}}}\n"
        );
        let kb = load(&[source(&[("collection", COLLECTION), ("dark", &article)])]).kb;
        let found = check(&kb, "2026-12-01".parse().unwrap());
        found.into_iter().map(|finding| finding.code).collect::<Vec<_>>()
    };
    assert_eq!(codes("2025-11-30", &"a".repeat(300)), []);
    assert_eq!(codes("2025-11-29", &"a".repeat(301)), [Code::NotReviewed, Code::TooLong]);
}

/// What is said of articles with these messages, which no clue tells apart.
fn untold(messages: &[&str]) -> Vec<String> {
    let names: Vec<String> = ('a'..='z').take(messages.len()).map(String::from).collect();
    let articles: Vec<String> = messages
        .iter()
        .map(|message| format!("message: \"{message}\"\nflow:\n  help: {{escalation: Help}}\n"))
        .collect();
    let mut files = vec![("collection", COLLECTION)];
    files.extend(names.iter().map(String::as_str).zip(articles.iter().map(String::as_str)));
    let found = check(&load(&[source(&files)]).kb, "2026-12-01".parse().unwrap());
    let told = found.into_iter().filter(|finding| matches!(finding.code, Code::NotTellable | Code::PartOfAnother));
    told.map(|finding| finding.message).collect()
}

#[test]
fn a_message_is_a_part_of_a_longer_one_and_not_of_one_that_says_the_same() {
    let part = "this message is a part of that of `b`, and no clue tells the two apart";
    assert_eq!(untold(&["It is dark.", "It is dark again."]), [part]);
    assert_eq!(untold(&["It is dark", "It is dark."]), ["no clue tells `a` from `b`"]);
    assert_eq!(untold(&["It is dark.", "..."]), ["no clue tells `a` from `b`"]);
}

#[test]
fn of_many_articles_that_are_not_told_apart_a_few_are_named() {
    let messages: Vec<String> = ('1'..='8').map(|nth| format!("Fault {nth}")).collect();
    let messages: Vec<&str> = messages.iter().map(String::as_str).collect();
    let said = |of: &[&str]| untold(of).into_iter().next();
    assert_eq!(said(&messages[..6]).as_deref(), Some("no clue tells `a` from `b`, `c`, `d`, `e`, `f`"));
    assert_eq!(said(&messages[..7]).as_deref(), Some("no clue tells `a` from `b`, `c`, `d`, `e`, `f`, and 1 more"));
}
