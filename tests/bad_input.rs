//! What `unstuck check` says to an author, to the letter, and that the good articles are served all the same.

#![expect(clippy::unwrap_used, reason = "tests")]

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use assert_cmd::Command;
use tempfile::TempDir;

const COLLECTION: &str = "title: Test\nclues:\n  red:\n    question: Is it red?\n    hint: Look at it.\n";

/// An article that keeps every rule.
fn good(message: &str, red: &str) -> String {
    let today = jiff::tz::Offset::UTC.to_datetime(jiff::Timestamp::now()).date();
    format!(
        "message: {message}
clues: {{red: {red}}}
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

/// A knowledge base with one good article, and whatever else is written into it.
struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        folder.write("kb/test/collection.yaml", COLLECTION).write("kb/test/good.yaml", good("Nothing glows.", "yes"));
        folder
    }

    fn write(&self, path: &str, content: impl AsRef<[u8]>) -> &Self {
        let path = self.0.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
        self
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn run(&self, args: &[&str], code: i32) -> (String, String) {
        let output = Command::cargo_bin("unstuck")
            .unwrap()
            .args(args)
            .current_dir(self.path())
            .assert()
            .code(code)
            .get_output()
            .clone();
        (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
    }

    /// What `check` prints, without its last line.
    fn findings(&self) -> String {
        let (report, _) = self.run(&["check", "kb"], 1);
        let (findings, _) = report.trim_end().rsplit_once("\n\n").unwrap();
        findings.to_owned()
    }

    /// That the good article is served, with a notice that names the broken file.
    fn serves_the_good_one(&self, broken: &str) {
        let (list, notice) = self.run(&["list", "--kb", "kb", "--only"], 0);
        assert_eq!(list, "good\n    Nothing glows.\n");
        assert!(notice.contains(broken), "{notice}");
    }
}

/// Writes a second article that has one fault, and compares what is said about it.
#[track_caller]
fn says(article: impl AsRef<[u8]>, expected: &str) {
    let folder = Folder::new();
    folder.write("kb/test/bad.yaml", article);
    assert_eq!(folder.findings(), expected.trim_matches('\n'));
    folder.serves_the_good_one("kb/test/bad.yaml");
}

/// The good article, with one piece of its text replaced.
fn with(from: &str, to: &str) -> String {
    let article = good("All glows.", "no");
    assert!(article.contains(from));
    article.replacen(from, to, 1)
}

#[test]
fn a_good_article_has_no_findings() {
    let folder = Folder::new();
    assert_eq!(folder.run(&["check", "kb"], 0).0, "1 article: 0 errors, 0 warnings\n");
    assert_eq!(folder.run(&["check", "kb", "--format", "json"], 0).0, "[]\n");
}

#[test]
fn broken_yaml() {
    says(
        with("message: All", "message: \"All"),
        r#"
error[E001]: a quotation mark is opened here and not closed on its line
 --> kb/test/bad.yaml:1:10
  |
1 | message: "All glows.
  |          ^
  |
  = help: put quotes around a text that holds `: ` or ` #` or begins with a sign; else look at the indentation of this line and the one above
"#,
    );
}

#[test]
fn a_text_with_a_colon_needs_quotes() {
    says(
        with("message: All glows.", "message: All: glows."),
        r"
error[E001]: there is a second `: ` here, and a text may hold none without quotes
 --> kb/test/bad.yaml:1:13
  |
1 | message: All: glows.
  |             ^
  |
  = help: put quotes around a text that holds `: ` or ` #` or begins with a sign; else look at the indentation of this line and the one above
",
    );
}

#[test]
fn unknown_field() {
    says(
        with("hint: Follow", "hnit: Follow"),
        r"
error[E010]: a question has no field `hnit`
 --> kb/test/bad.yaml:8:5
  |
8 |     hnit: Follow the cable.
  |     ^^^^
  |
  = help: did you mean `hint`?
",
    );
}

#[test]
fn unknown_field_that_is_like_no_other() {
    says(
        with("    otherwise: help", "    colour: green"),
        r"
error[E010]: a solution has no field `colour`
  --> kb/test/bad.yaml:16:5
   |
16 |     colour: green
   |     ^^^^^^
   |
   = help: use one of these: `solution`, `note`, `caution`, `steps`, `otherwise`
",
    );
}

#[test]
fn missing_field() {
    says(
        with("message: All glows.\n", ""),
        r"
error[E011]: `message` is missing
 --> kb/test/bad.yaml:1:1
  |
1 | clues: {red: no}
  | ^
  |
  = help: write the error's text to the letter: `message: ...`
",
    );
}

#[test]
fn a_text_where_a_list_belongs() {
    says(
        with("[the number of the room]", "the number of the room"),
        r"
error[E012]: `bring` must be a list, but here is a text
  --> kb/test/bad.yaml:19:12
   |
19 |     bring: the number of the room
   |            ^^^^^^^^^^^^^^^^^^^^^^
   |
   = help: write `[one, another]`, or each on a line of its own behind `- `
",
    );
}

#[test]
fn a_list_where_a_text_belongs() {
    says(
        with("Is it plugged in?", "[Is it, plugged in]"),
        r"
error[E012]: `question` must be a text, but here is a list
 --> kb/test/bad.yaml:7:15
  |
7 |     question: [Is it, plugged in]
  |               ^
  |
  = help: write one text behind it; put it in quotes where it holds `: `, `[` or `{`
",
    );
}

#[test]
fn missing_target() {
    says(
        with("no: plug", "no: plgu"),
        r"
error[E013]: there is no node `plgu`
  --> kb/test/bad.yaml:10:9
   |
10 |     no: plgu
   |         ^^^^
   |
   = help: did you mean `plug`?
",
    );
}

#[test]
fn missing_article() {
    says(
        with("no: plug", "no: {goto: goood}"),
        r"
error[E013]: there is no article `goood`
  --> kb/test/bad.yaml:10:16
   |
10 |     no: {goto: goood}
   |                ^^^^^
   |
   = help: did you mean `good`?
",
    );
}

#[test]
fn an_article_named_like_a_node() {
    says(
        with("no: plug\n", "no: good\n").replace("  plug:\n", "  plug2:\n"),
        r"
error[E013]: there is no node `good`
  --> kb/test/bad.yaml:10:9
   |
10 |     no: good
   |         ^^^^
   |
   = help: `good` is an article: write `{goto: good}`
",
    );
}

#[test]
fn unreachable_node() {
    says(
        with("no: plug", "no: help").replace("yes: help", "yes: {goto: good}"),
        r"
error[E014]: no way leads to the node `plug`
  --> kb/test/bad.yaml:11:3
   |
11 |   plug:
   |   ^^^^
   |
   = help: let an answer lead to it, or remove it; the flow starts at its first node
",
    );
}

#[test]
fn endless_path() {
    says(
        "message: All glows.\nsources: [https://example.com]\nclues: {red: no}\nflow:\n  one:\n    question: One?\n    hint: It is.\n    yes: two\n    no: one\n  two:\n    question: Two?\n    hint: It is.\n    yes: one\n    no: two\n",
        r"
error[E015]: from `one` no answer ever leads to a solution or an escalation
 --> kb/test/bad.yaml:5:3
  |
5 |   one:
  |   ^^^
  |
  = help: let one of the answers on this way lead to an end

error[E015]: from `two` no answer ever leads to a solution or an escalation
  --> kb/test/bad.yaml:10:3
   |
10 |   two:
   |   ^^^
   |
   = help: let one of the answers on this way lead to an end
",
    );
}

#[test]
fn steps_that_take_each_other_in() {
    says(
        with("      - by: user\n        do: Plug it in.\n", "      - goto: plug\n"),
        r"
error[E015]: the steps of `plug` and of `plug` take each other in
  --> kb/test/bad.yaml:14:15
   |
14 |       - goto: plug
   |               ^^^^
   |
   = help: write the steps out in one of the two
",
    );
}

#[test]
fn question_without_both_ways() {
    says(
        with("    no: plug\n", ""),
        r#"
error[E016]: the question `plugged` has no `no`
 --> kb/test/bad.yaml:6:3
  |
6 |   plugged:
  |   ^^^^^^^
  |
  = help: say where "no" leads: `no: the-name-of-a-node`
"#,
    );
}

#[test]
fn solution_without_steps() {
    says(
        with("    steps:\n      - by: user\n        do: Plug it in.\n", ""),
        r"
error[E017]: the solution `plug` has no steps
  --> kb/test/bad.yaml:11:3
   |
11 |   plug:
   |   ^^^^
   |
   = help: say who does what: `steps:`, then `- by: user` and below it `do: ...`
",
    );
}

#[test]
fn unknown_actor() {
    says(
        with("by: user", "by: admin"),
        r"
error[E018]: `admin` is not an actor
  --> kb/test/bad.yaml:14:13
   |
14 |       - by: admin
   |             ^^^^^
   |
   = help: did you mean `administrator`?
",
    );
}

#[test]
fn unknown_clue() {
    says(
        with("{red: no}", "{rad: no}"),
        r"
error[E019]: the collection has no clue `rad`
 --> kb/test/bad.yaml:2:9
  |
2 | clues: {rad: no}
  |         ^^^
  |
  = help: did you mean `red`? (clues are listed in collection.yaml)
",
    );
}

#[test]
fn a_clue_is_yes_or_no() {
    says(
        with("{red: no}", "{red: maybe}"),
        r"
error[E012]: the clue `red` must be `yes` or `no`
 --> kb/test/bad.yaml:2:14
  |
2 | clues: {red: maybe}
  |              ^^^^^
  |
  = help: leave the clue out where it says nothing about this error
",
    );
}

#[test]
fn a_node_of_no_kind() {
    says(
        with("    solution: Plug it in", "    soluton: Plug it in"),
        r"
error[E026]: the node `plug` is neither a question, a solution nor an escalation
  --> kb/test/bad.yaml:12:5
   |
12 |     soluton: Plug it in
   |     ^^^^^^^
   |
   = help: did you mean `solution`?
",
    );
}

#[test]
fn a_node_of_two_kinds() {
    says(
        with("    solution: Plug it in", "    solution: Plug it in\n    question: Really?"),
        r"
error[E026]: the node `plug` is two things at once: question and solution
  --> kb/test/bad.yaml:12:5
   |
12 |     solution: Plug it in
   |     ^^^^^^^^
   |
   = help: make two nodes of it
",
    );
}

#[test]
fn a_link_that_is_none() {
    says(
        with("https://example.com", "javascript:alert(1)"),
        r"
error[E022]: `javascript:alert(1)` is not a link that can be opened
 --> kb/test/bad.yaml:3:11
  |
3 | sources: [javascript:alert(1)]
  |           ^^^^^^^^^^^^^^^^^^^
  |
  = help: write the whole address, beginning with `https://` or `mailto:`
",
    );
}

#[test]
fn a_date_that_is_none() {
    says(
        with("reviewed: 2", "reviewed: the 2"),
        r"
error[E025]: `the 2026-11-24` is not a date
 --> kb/test/bad.yaml:4:11
  |
4 | reviewed: the 2026-11-24
  |           ^^^^^^^^^^^^^^
  |
  = help: write it as year-month-day, for example `reviewed: 2026-11-23`
",
    );
}

#[test]
fn an_unquoted_comment_cuts_a_message_short() {
    let folder = Folder::new();
    folder.write("kb/test/bad.yaml", with("All glows.", "All glows #1."));
    assert_eq!(
        folder.findings(),
        r"warning[W008]: the text ends here: ` #` begins a comment
 --> kb/test/bad.yaml:1:20
  |
1 | message: All glows #1.
  |                    ^^^
  |
  = help: put the whole text in quotes, or move the comment to a line of its own"
    );
}

#[test]
fn all_findings_at_once() {
    says(
        with("by: user", "by: admin").replace("no: plug", "no: plgu").replace("hint: Follow", "hnit: Follow"),
        r"
error[E010]: a question has no field `hnit`
 --> kb/test/bad.yaml:8:5
  |
8 |     hnit: Follow the cable.
  |     ^^^^
  |
  = help: did you mean `hint`?

error[E013]: there is no node `plgu`
  --> kb/test/bad.yaml:10:9
   |
10 |     no: plgu
   |         ^^^^
   |
   = help: did you mean `plug`?

error[E018]: `admin` is not an actor
  --> kb/test/bad.yaml:14:13
   |
14 |       - by: admin
   |             ^^^^^
   |
   = help: did you mean `administrator`?
",
    );
}

#[test]
fn shared_steps_are_no_second_fault_in_an_article_that_has_one() {
    says(
        with("      - by: user\n", "      - goto: other\n      - by: admin\n")
            + "  other:\n    solution: Other\n    steps: [{by: user, do: It.}]\n    otherwise: help\n",
        r"
error[E018]: `admin` is not an actor
  --> kb/test/bad.yaml:15:13
   |
15 |       - by: admin
   |             ^^^^^
   |
   = help: did you mean `administrator`?
",
    );
}

#[test]
fn duplicate_key() {
    says(
        with("    yes: help\n", "    yes: help\n    yes: plug\n"),
        r"
error[E002]: `yes` stands here twice; the first is on line 9
  --> kb/test/bad.yaml:10:5
   |
10 |     yes: plug
   |     ^^^
   |
   = help: keep one of them, or give this one another name
",
    );
}

#[test]
fn duplicate_message() {
    let folder = Folder::new();
    folder.write("kb/test/bad.yaml", good("nothing  glows.", "no"));
    assert_eq!(
        folder.findings(),
        r"error[E020]: `bad` has the same message (kb/test/bad.yaml:1)
 --> kb/test/good.yaml:1:10
  |
1 | message: Nothing glows.
  |          ^^^^^^^^^^^^^^
  |
  = help: one error is one article: make one of the two, with a question where their ways part"
    );
}

#[test]
fn duplicate_id() {
    let folder = Folder::new();
    folder.write("kb/test/good.yml", good("All glows.", "no"));
    assert_eq!(
        folder.findings(),
        r"error[E021]: there is another article with the id `good`: kb/test/good.yaml
--> kb/test/good.yml
 = help: rename one of the two files; the file's name is the article's id"
    );
    folder.serves_the_good_one("kb/test/good.yml");
}

#[test]
fn an_article_that_leads_into_a_broken_one_is_left_out_as_well() {
    let folder = Folder::new();
    folder.write("kb/test/bad.yaml", with("by: user", "by: admin"));
    folder.write("kb/test/after.yaml", good("Some glow.", "no").replace("no: plug", "no: {goto: bad}"));
    assert_eq!(
        folder.findings(),
        r"error[E013]: this leads to the article `bad`, which cannot be served itself
  --> kb/test/after.yaml:10:16
   |
10 |     no: {goto: bad}
   |                ^^^
   |
   = help: mend `bad` first

error[E018]: `admin` is not an actor
  --> kb/test/bad.yaml:14:13
   |
14 |       - by: admin
   |             ^^^^^
   |
   = help: did you mean `administrator`?"
    );
    folder.serves_the_good_one("kb/test/after.yaml");
}

#[test]
fn empty_folder() {
    let folder = Folder::new();
    fs::create_dir(folder.path().join("none")).unwrap();
    assert_eq!(
        folder.run(&["check", "none"], 1).0,
        r"error[E023]: this folder holds no collection
--> none
 = help: a knowledge base is a folder of folders, each with a collection.yaml and a file per article

0 articles: 1 error, 0 warnings
"
    );
    assert_eq!(
        folder.run(&["list", "--kb", "none", "--only"], 2).1,
        r"error[E023]: this folder holds no collection
--> none
 = help: a knowledge base is a folder of folders, each with a collection.yaml and a file per article
unstuck: the knowledge base has no article that can be served
"
    );
}

#[test]
fn missing_folder() {
    assert_eq!(
        Folder::new().run(&["check", "nowhere"], 2).1,
        r"unstuck: cannot read the knowledge base nowhere: there is no such folder; look at its path
"
    );
}

#[test]
fn a_collection_in_place_of_a_knowledge_base() {
    assert_eq!(
        Folder::new().run(&["check", "kb/test"], 1).0,
        r"error[E023]: this folder is a collection, and a knowledge base is a folder of collections
--> kb/test/collection.yaml
 = help: name the folder above it

0 articles: 1 error, 0 warnings
"
    );
}

#[test]
fn articles_without_a_collection() {
    let folder = Folder::new();
    folder.write("kb/other/bad.yaml", good("All glows.", "no"));
    assert_eq!(
        folder.findings(),
        r"error[E027]: the folder has articles, but no collection.yaml
--> kb/other
 = help: add a collection.yaml with at least `title: ...`"
    );
    folder.serves_the_good_one("kb/other");
}

#[test]
fn a_collection_without_articles() {
    let folder = Folder::new();
    folder.write("kb/other/collection.yaml", COLLECTION);
    assert_eq!(
        folder.findings(),
        r"error[E023]: this collection has no articles
--> kb/other/collection.yaml
 = help: add a file per article beside it, for example `ip-not-allowed.yaml`"
    );
}

#[test]
fn an_empty_file() {
    says(
        "",
        r"
error[E001]: the file is empty
--> kb/test/bad.yaml
 = help: begin with `message:` and the error's text
",
    );
}

#[test]
fn two_hundred_kilobytes_of_brackets_are_refused_at_once() {
    let begun = Instant::now();
    says(
        "[".repeat(200 * 1024),
        r"
error[E007]: the file has more than 128 KB
--> kb/test/bad.yaml
 = help: an article is a few KB long; make several articles of this one
",
    );
    assert!(begun.elapsed() < Duration::from_secs(20), "took {:?}", begun.elapsed());
}

#[test]
fn brackets_within_the_size_limit_are_refused_for_their_depth() {
    says(
        format!("message: {}", "[".repeat(100_000)),
        r"
error[E006]: lists and mappings are nested too deeply
 --> kb/test/bad.yaml:1:61
  |
1 | [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[
  |                                                             ^
  |
  = help: an article needs no more than five levels; look for a `[` or `{` too many
",
    );
}

#[test]
fn an_alias_bomb() {
    let bomb = "a0: &a0 [x, x, x]\na1: &a1 [*a0, *a0]\na2: &a2 [*a1, *a1]\na3: &a3 [*a2, *a2]\n";
    says(
        bomb,
        r"
error[E003]: anchors (`&name`) are not used here
 --> kb/test/bad.yaml:1:5
  |
1 | a0: &a0 [x, x, x]
  |     ^^^^^
  |
  = help: remove the `&` and the name behind it; put a text that begins with `&` in quotes

error[E003]: anchors (`&name`) are not used here
 --> kb/test/bad.yaml:2:5
  |
2 | a1: &a1 [*a0, *a0]
  |     ^^^^^
  |
  = help: remove the `&` and the name behind it; put a text that begins with `&` in quotes

error[E003]: aliases (`*name`) are not used here
 --> kb/test/bad.yaml:2:10
  |
2 | a1: &a1 [*a0, *a0]
  |          ^^^
  |
  = help: write the value again, or reach a shared node by `goto`

error[E003]: aliases (`*name`) are not used here
 --> kb/test/bad.yaml:2:15
  |
2 | a1: &a1 [*a0, *a0]
  |               ^^^
  |
  = help: write the value again, or reach a shared node by `goto`

error[E003]: anchors (`&name`) are not used here
 --> kb/test/bad.yaml:3:5
  |
3 | a2: &a2 [*a1, *a1]
  |     ^^^^^
  |
  = help: remove the `&` and the name behind it; put a text that begins with `&` in quotes

error[E003]: aliases (`*name`) are not used here
 --> kb/test/bad.yaml:3:10
  |
3 | a2: &a2 [*a1, *a1]
  |          ^^^
  |
  = help: write the value again, or reach a shared node by `goto`

error[E003]: aliases (`*name`) are not used here
 --> kb/test/bad.yaml:3:15
  |
3 | a2: &a2 [*a1, *a1]
  |               ^^^
  |
  = help: write the value again, or reach a shared node by `goto`

error[E003]: anchors (`&name`) are not used here
 --> kb/test/bad.yaml:4:5
  |
4 | a3: &a3 [*a2, *a2]
  |     ^^^^^
  |
  = help: remove the `&` and the name behind it; put a text that begins with `&` in quotes

error[E003]: aliases (`*name`) are not used here
 --> kb/test/bad.yaml:4:10
  |
4 | a3: &a3 [*a2, *a2]
  |          ^^^
  |
  = help: write the value again, or reach a shared node by `goto`

error[E003]: aliases (`*name`) are not used here
 --> kb/test/bad.yaml:4:15
  |
4 | a3: &a3 [*a2, *a2]
  |               ^^^
  |
  = help: write the value again, or reach a shared node by `goto`
",
    );
}

#[test]
fn tags_directives_and_several_documents() {
    says(
        with("message: All", "message: !binary All"),
        r"
error[E004]: tags (`!name`) are not used here
 --> kb/test/bad.yaml:1:10
  |
1 | message: !binary All glows.
  |          ^^^^^^^^^^^^^^^^^^
  |
  = help: remove the `!` and the name behind it; put a text that begins with `!` in quotes
",
    );
    says(
        format!("%TAG ! tag:example.com:\n---\n{}", good("All glows.", "no")),
        r"
error[E004]: directives (lines that begin with `%`) are not used here
 --> kb/test/bad.yaml:1:1
  |
1 | %TAG ! tag:example.com:
  | ^^^^^^^^^^^^^^^^^^^^^^^
  |
  = help: remove this line
",
    );
    says(
        format!("{}---\nmessage: more\n", good("All glows.", "no")),
        r"
error[E005]: a file holds one document
  --> kb/test/bad.yaml:20:1
   |
20 | ---
   | ^^^
   |
   = help: move what follows `---` to a file of its own
",
    );
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_do_no_harm() {
    let folder = Folder::new();
    folder.write("kb/test/good.yaml", format!("\u{feff}{}", good("Nothing glows.", "yes")).replace('\n', "\r\n"));
    assert_eq!(folder.run(&["check", "kb"], 0).0, "1 article: 0 errors, 0 warnings\n");
    assert_eq!(
        folder.run(&["list", "--kb", "kb", "--only"], 0),
        ("good\n    Nothing glows.\n".to_owned(), String::new())
    );
}

#[test]
fn invalid_utf8() {
    let article = with("Follow the cable.", "Follow the c\u{e2}ble.");
    let latin: Vec<u8> = article.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    says(
        latin,
        r"
error[E008]: this character is not UTF-8
 --> kb/test/bad.yaml:8:23
  |
8 |     hint: Follow the c�ble.
  |                       ^
  |
  = help: save the file as UTF-8 in your editor (not Latin-1, not UTF-16)
",
    );
}

#[test]
fn control_characters_in_a_text() {
    says(
        with("Follow the cable.", "\"Follow \\e[2J the cable.\""),
        r#"
error[E009]: this text holds an invisible or control character, U+001B
 --> kb/test/bad.yaml:8:11
  |
8 |     hint: "Follow \e[2J the cable."
  |           ^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = help: remove it; it cannot be seen, and could act on a terminal
"#,
    );
    says(
        with("Follow the cable.", "Follow\u{202e} the cable."),
        r"
error[E009]: this text holds an invisible or control character, U+202E
 --> kb/test/bad.yaml:8:17
  |
8 |     hint: Follow� the cable.
  |                 ^
  |
  = help: remove it; it cannot be seen, and could act on a terminal
",
    );
}

#[test]
fn findings_as_json_and_as_annotations() {
    let folder = Folder::new();
    folder.write("kb/test/bad.yaml", with("by: user", "by: admin"));
    assert_eq!(
        folder.run(&["check", "kb", "--format", "json"], 1).0,
        r#"[
  {
    "code": "E018",
    "severity": "error",
    "file": "kb/test/bad.yaml",
    "line": 14,
    "column": 13,
    "message": "`admin` is not an actor",
    "help": "did you mean `administrator`?"
  }
]
"#
    );
    assert_eq!(
        folder.run(&["check", "kb", "--format", "github"], 1).0,
        r"::error file=kb/test/bad.yaml,line=14,col=13,title=E018::`admin` is not an actor. did you mean `administrator`?
"
    );
}

#[cfg(unix)]
#[test]
fn a_pipe_a_device_and_a_link_out_of_the_folder_are_not_read() {
    let folder = Folder::new();
    let test = folder.path().join("kb/test");
    let made = std::process::Command::new("mkfifo").arg(test.join("bad.yaml")).status().unwrap();
    assert!(made.success());
    std::os::unix::fs::symlink("/dev/zero", test.join("device.yaml")).unwrap();
    folder.write("secret.yaml", "message: secret");
    std::os::unix::fs::symlink(folder.path().join("secret.yaml"), test.join("link.yaml")).unwrap();
    assert_eq!(
        folder.findings(),
        r"error[E024]: the file cannot be read: it is not a regular file
--> kb/test/bad.yaml
 = help: look at its permissions, or remove it

error[E024]: the file cannot be read: it is a link that leads out of the folder
--> kb/test/device.yaml
 = help: look at its permissions, or remove it

error[E024]: the file cannot be read: it is a link that leads out of the folder
--> kb/test/link.yaml
 = help: look at its permissions, or remove it"
    );
    folder.serves_the_good_one("bad.yaml");
}

#[test]
fn a_contact_that_the_collection_does_not_list() {
    let folder = Folder::new();
    folder.write("kb/test/collection.yaml", format!("{COLLECTION}contacts:\n  helpdesk: https://help.example.com\n"));
    folder
        .write("kb/test/bad.yaml", with("escalation: The helpdesk", "escalation: The helpdesk\n    contact: hepldesk"));
    let findings = folder.findings();
    assert!(
        findings.starts_with("error[E029]: `hepldesk` is no address, and no contact of the collection"),
        "{findings}"
    );
    assert!(findings.contains("did you mean `helpdesk`?"), "{findings}");
    folder.serves_the_good_one("kb/test/bad.yaml");
}

#[test]
fn files_that_look_like_articles_and_are_none_are_named() {
    let folder = Folder::new();
    folder.write("kb/beside.yaml", good("Beside.", "no"));
    folder.write("kb/test/notepad.yaml.txt", good("Notepad.", "no"));
    folder.write("kb/test/SHOUTED.YAML", good("Shouted.", "no"));
    folder.write("kb/test/deeper/below.yaml", good("Below.", "no"));
    folder.write("kb/other/Collection.yaml", "title: Other\n");
    folder.write("kb/test/notes.txt", "nothing of ours");
    folder.write("kb/README.md", "nothing of ours");
    let (report, _) = folder.run(&["check", "kb"], 1);
    let heads: Vec<&str> = report.lines().filter(|line| line.contains("[W012]")).collect();
    assert_eq!(
        heads,
        [
            "warning[W012]: this file is not read: an article stands in the folder of its collection",
            "warning[W012]: this file is not read: `Collection.yaml` must be spelt `collection.yaml`",
            "warning[W012]: this file is not read: its name must end in `.yaml`",
            "warning[W012]: this file is not read: articles stand in the folder of their collection, not below it",
            "warning[W012]: this file is not read: its name must end in `.yaml`",
        ]
    );
    for path in ["kb/beside.yaml", "kb/other/Collection.yaml", "kb/test/SHOUTED.YAML", "kb/test/deeper/below.yaml"] {
        assert!(report.contains(path), "{path} is named");
    }
}
