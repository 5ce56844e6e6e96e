//! Helpers for several test files: knowledge bases built from texts, and the program run in a temporary folder.

#![allow(dead_code, clippy::unwrap_used, reason = "each test file uses only some of the helpers")]

#[cfg(unix)]
pub(crate) mod session;

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use tempfile::TempDir;
use unstuck::kb::{Source, SourceFile};

/// Returns a source with one collection, `test`. Each pair is a file name without `.yaml` and the content of the file.
pub(crate) fn source(files: &[(&str, &str)]) -> Source {
    let files = files.iter().map(|(stem, text)| file("test", stem, text.as_bytes())).collect();
    Source { name: "test".to_owned(), files, diagnostics: Vec::new() }
}

/// Returns a file of a knowledge base. `stem` is its name without `.yaml`.
pub(crate) fn file(collection: &str, stem: &str, content: &[u8]) -> SourceFile {
    SourceFile {
        collection: collection.to_owned(),
        stem: stem.to_owned(),
        path: format!("{collection}/{stem}.yaml"),
        content: Ok(content.to_vec()),
    }
}

/// A small valid collection with one fact.
pub(crate) const COLLECTION: &str = "title: Test\nfacts:\n  red:\n    question: Is it red?\n    hint: Look at it.\n";

/// A collection that uses every field.
pub(crate) const WHOLE_COLLECTION: &str = r#"title: "Test: all of it"
product: Lamps
opening: <You|The user|I> can't see anything.
errors-list: https://example.com/more
contacts: {support: help@example.com}
synonyms:
  lamp: [light, bulb]
facts:
  red:
    question: Is it red?
    hint: Look at it.
  on-floor: {question: Is the socket on the floor?, constant: yes}
  room: {input: The number of the room, kind: text}
situations:
  - It is dark in here:
      goto: damaged
      known: {on-floor: no}
flow:
  shared:
    escalation: The vendor
    bring: [room]
x-owner: {team: lights}
"#;

/// An article that uses every field.
pub(crate) const WHOLE_ARTICLE: &str = r#"# yaml-language-server: $schema=../../docs/schema/article.json
message: >-
  The lamp %s is dark
  and stays dark.
wordings: ["Dark: {0}", La lampe est éteinte]
codes: {E-17: {on-floor: yes}, "403.10": {}}
keywords: [no light, 'it''s dark']
description: Nothing *glows*; see [the page](https://example.com/page).
known: {red: no}
situation: none
see-also: {The lamp book: https://example.com/book}
prevention: [Check the lamp in <room> every year.]
x-ticket: 17
suppress: {W003: The question explains itself.}
sources: [https://example.com]
reviewed: 2026-11-01
flow:
  plugged:
    ask: red
    hint: |
      Follow the cable.
      Then look.
    yes: where
    no: floor
    unsure: damaged/plug
  where:
    question: Where is the socket?
    choices:
      On the wall: plug
      On the floor: floor
      In the ceiling: ladder
  floor: {ask: on-floor, yes: swap, no: plug}
  plug:
    solution: Plug it in
    note: It takes a `minute`.
    steps:
      - by: user
        do: Plug it in.
      - goto: ladder
    otherwise: help
  swap:
    solution: Swap it
    caution: It is hot.
    steps:
      - {by: administrator, do: Swap it., irreversible: The old one is cold., requires: {on-floor: yes}}
      - {user: Put the old one away., if: {red: no}}
    otherwise: help
  ladder:
    solution: Fetch the ladder
    steps: [{by: support, do: Fetch the ladder.}]
    otherwise: shared
  help:
    escalation: The helpdesk
    contact: support
    bring: [room, the color of the lamp, message: The error, tried: What was tried, {that: It is dark., if: {red: no}}]
"#;

/// Scenarios that use every field.
pub(crate) const WHOLE_SCENARIOS: &str = "it is dark:
  search: lamp dark
  known: {red: no}
  answers: [yes, solved]
  ends: swap
  steps: [administrator, user]
";

/// Returns the current date in UTC.
pub(crate) fn today() -> String {
    jiff::tz::Offset::UTC.to_datetime(jiff::Timestamp::now()).date().to_string()
}

/// Returns an article without errors or warnings. `red` is the value of its fact `red`.
pub(crate) fn good(message: &str, red: &str) -> String {
    let today = today();
    format!(
        "message: {message}
known: {{red: {red}}}
sources: [https://example.com]
reviewed: {today}
flow:
  plugged:
    question: Is it plugged in?
    hint: Follow the cable.
    yes: help
    no: plug
  plug:
    solution: Plug it in
    steps:
      - by: user
        do: Plug it in.
    otherwise: help
  help:
    escalation: The helpdesk
    bring: [the number of the room]
"
    )
}

/// A temporary folder, deleted after the test, in which the program runs.
pub(crate) struct Folder(TempDir);

impl Folder {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn write(&self, path: &str, content: impl AsRef<[u8]>) -> &Self {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
        self
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path().join(path)).unwrap()
    }

    /// Returns a command that runs the program in this folder, with its settings and saved cases in this folder too.
    pub(crate) fn unstuck(&self) -> Command {
        let mut command = Command::cargo_bin("unstuck").unwrap();
        command.current_dir(self.path()).env_remove("UNSTUCK_KB");
        command.env("XDG_CONFIG_HOME", self.path().join("config")).env("XDG_DATA_HOME", self.path().join("data"));
        command
    }

    /// Runs the program, checks its exit code and returns its standard output and standard error.
    #[track_caller]
    pub(crate) fn run(&self, args: &[&str], code: i32) -> (String, String) {
        self.typed(args, "", code)
    }

    /// Runs the program like [`Folder::run`], with `lines` on standard input.
    #[track_caller]
    pub(crate) fn typed(&self, args: &[&str], lines: &str, code: i32) -> (String, String) {
        let output = self.unstuck().args(args).write_stdin(lines).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        let (stdout, stderr) = (text(output.stdout), text(output.stderr));
        assert_eq!(output.status.code(), Some(code), "{stdout}\n{stderr}");
        (stdout, stderr)
    }
}

/// Returns the number of runs of a randomized test: `long` if `UNSTUCK_LONG` is set, otherwise `short`.
pub(crate) fn runs(short: u64, long: u64) -> u64 {
    if std::env::var_os("UNSTUCK_LONG").is_some() { long } else { short }
}
