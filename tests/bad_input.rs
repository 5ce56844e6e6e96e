//! What `unstuck check` says of folders and files as a whole, and that the good articles are served all the same. What it says of
//! each finding, to the letter, stands in the fixtures of `tests/findings.rs`.

#![expect(clippy::unwrap_used, reason = "tests")]

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::sync::Arc;

use support::{COLLECTION, Folder, good};
use unstuck::kb::{Code, NodeRef, Source, load};
use unstuck::search::{Search, Verdict};

/// A knowledge base with one good article.
fn folder() -> Folder {
    let folder = Folder::new();
    folder.write("kb/test/collection.yaml", COLLECTION).write("kb/test/good.yaml", good("Nothing glows.", "yes"));
    folder
}

/// What `check` prints, without its last line.
fn findings(folder: &Folder) -> String {
    let (report, _) = folder.run(&["check", "kb"], 1);
    let (findings, _) = report.trim_end().rsplit_once("\n\n").unwrap();
    findings.to_owned()
}

/// That the good article is served, with a notice that names the broken file.
fn serves_the_good_one(folder: &Folder, broken: &str) {
    let (list, notice) = folder.run(&["list", "--kb", "kb", "--only"], 0);
    assert_eq!(list, "good\n    Nothing glows.\n");
    assert!(notice.contains(broken), "{notice}");
}

/// The good article, with one piece of its text replaced.
fn with(from: &str, to: &str) -> String {
    let article = good("All glows.", "no");
    assert!(article.contains(from));
    article.replacen(from, to, 1)
}

#[test]
fn a_good_article_has_no_findings() {
    let folder = folder();
    assert_eq!(folder.run(&["check", "kb"], 0).0, "1 article: 0 errors, 0 warnings\n");
    assert_eq!(folder.run(&["check", "kb", "--format", "json"], 0).0, "[]\n");
}

#[test]
fn an_article_that_leads_into_a_broken_one_is_left_out_as_well() {
    let folder = folder();
    folder.write("kb/test/bad.yaml", with("by: user", "by: admin"));
    folder.write("kb/test/after.yaml", good("Some glow.", "no").replace("no: plug", "no: {goto: bad}"));
    assert_eq!(
        findings(&folder),
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
    serves_the_good_one(&folder, "kb/test/after.yaml");
}

/// The good article, leading to another where it says yes, or taking in its steps.
fn leading_to(message: &str, target: &str) -> String {
    good(message, "no").replace("yes: help", &format!("yes: {{goto: {target}}}"))
}

fn taking_in(message: &str, target: &str) -> String {
    good(message, "no").replace("      - by: user\n", &format!("      - goto: {target}\n      - by: user\n"))
}

#[test]
fn whatever_leads_into_a_broken_article_over_others_is_left_out_with_each_of_them() {
    let files = [
        ("collection", COLLECTION.to_owned()),
        ("good", good("Nothing glows.", "yes")),
        ("a", leading_to("A glows.", "b/plug")),
        ("b", taking_in("B glows.", "c/plug")),
        ("c", taking_in("C glows.", "d/plug")),
        ("d", leading_to("D glows.", "e")),
        ("e", leading_to("E glows.", "nowhere")),
    ];
    let files: Vec<(&str, &str)> = files.iter().map(|(stem, text)| (*stem, text.as_str())).collect();
    let loaded = load(&[support::source(&files)]);
    let served: Vec<&str> = loaded.kb.articles.iter().map(|article| article.id.as_str()).collect();
    assert_eq!(served, ["good"]);
    let mut named: Vec<&str> = loaded.findings.iter().map(|finding| finding.place.file.as_str()).collect();
    named.dedup();
    assert_eq!(named, ["test/a.yaml", "test/b.yaml", "test/c.yaml", "test/d.yaml", "test/e.yaml"]);
}

#[test]
fn an_article_that_cannot_take_the_place_of_another_leaves_it_and_whatever_leads_to_it() {
    let (first, broken) = (good("One glows.", "no"), leading_to("One glows.", "nowhere"));
    let (two, three) = (leading_to("Two glows.", "one"), taking_in("Three glows.", "one/plug"));
    let earlier = support::source(&[("collection", COLLECTION), ("one", &first), ("two", &two), ("three", &three)]);
    let later = support::source(&[("collection", COLLECTION), ("one", &broken)]);
    let loaded = load(&[earlier.clone(), later]);
    assert_eq!(loaded.kb.articles.len(), 3, "{:?}", loaded.findings);
    // The one that is back has no such solution, and neither of the others can do without.
    let other = good("One glows.", "no").replace("plug:", "push:").replace("no: plug", "no: push");
    let earlier = support::source(&[("collection", COLLECTION), ("one", &other), ("two", &two), ("three", &three)]);
    let later = support::source(&[("collection", COLLECTION), ("one", &broken)]);
    let served: Vec<String> = load(&[earlier, later]).kb.articles.iter().map(|article| article.id.clone()).collect();
    assert_eq!(served, ["one", "two"]);
}

#[test]
fn steps_that_become_too_many_with_an_article_that_is_back_are_refused() {
    let many = "      - goto: push\n".repeat(48);
    let back = good("One glows.", "no").replace("      - by: user\n", &format!("{many}      - by: user\n"))
        + "  push: {solution: Push it, steps: [{by: user, do: Push it.}], otherwise: help}\n";
    let back = back.replace("yes: help", "yes: push");
    let broken = leading_to("One glows.", "nowhere");
    let (two, three) = (taking_in("Two glows.", "one/plug"), taking_in("Three glows.", "two/plug"));
    let four = taking_in("Four glows.", "three/plug");
    let files = [("collection", COLLECTION), ("one", &*back), ("two", &two), ("three", &three), ("four", &four)];
    let loaded = load(&[support::source(&files), support::source(&[("collection", COLLECTION), ("one", &broken)])]);
    let served: Vec<&str> = loaded.kb.articles.iter().map(|article| article.id.as_str()).collect();
    assert_eq!(served, ["one", "three", "two"], "{:?}", loaded.findings);
}

#[test]
fn empty_folder() {
    let folder = folder();
    fs::create_dir(folder.path().join("none")).unwrap();
    assert_eq!(
        folder.run(&["check", "none"], 1).0,
        r"error[E023]: this folder holds no collection
--> none
 = help: a knowledge base is a folder of folders, each with a collection.yaml and a file per article

0 articles served: 1 error, 0 warnings
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
        folder().run(&["check", "nowhere"], 2).1,
        r"unstuck: cannot read the knowledge base nowhere: there is no such folder; look at its path
"
    );
}

#[test]
fn a_collection_in_place_of_a_knowledge_base() {
    assert_eq!(
        folder().run(&["check", "kb/test"], 1).0,
        r"error[E023]: this folder is a collection, and a knowledge base is a folder of collections
--> kb/test/collection.yaml
 = help: name the folder above it

0 articles served: 1 error, 0 warnings
"
    );
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_do_no_harm() {
    let folder = folder();
    folder.write("kb/test/good.yaml", format!("\u{feff}{}", good("Nothing glows.", "yes")).replace('\n', "\r\n"));
    assert_eq!(folder.run(&["check", "kb"], 0).0, "1 article: 0 errors, 0 warnings\n");
    assert_eq!(
        folder.run(&["list", "--kb", "kb", "--only"], 0),
        ("good\n    Nothing glows.\n".to_owned(), String::new())
    );
}

#[test]
fn old_line_ends_are_line_ends() {
    let folder = folder();
    folder.write("kb/test/good.yaml", good("Nothing glows.", "yes").replace('\n', "\r"));
    assert_eq!(folder.run(&["check", "kb"], 0).0, "1 article: 0 errors, 0 warnings\n");
    folder.write("kb/test/bad.yaml", with("by: user", "by: admin").replace('\n', "\r"));
    assert!(findings(&folder).contains("14 |       - by: admin\n"), "{}", findings(&folder));
    folder.write("kb/test/bad.yaml", format!("# first\r{}", "%TAG ! tag:x,2000:\r".repeat(50)));
    assert!(findings(&folder).contains("kb/test/bad.yaml:2:1"), "{}", findings(&folder));
}

#[test]
fn findings_as_json_and_as_annotations() {
    let folder = folder();
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
    let folder = folder();
    let test = folder.path().join("kb/test");
    let made = std::process::Command::new("mkfifo").arg(test.join("bad.yaml")).status().unwrap();
    assert!(made.success());
    std::os::unix::fs::symlink("/dev/zero", test.join("device.yaml")).unwrap();
    folder.write("secret.yaml", "message: secret");
    std::os::unix::fs::symlink(folder.path().join("secret.yaml"), test.join("link.yaml")).unwrap();
    assert_eq!(
        findings(&folder),
        r"error[E024]: the file cannot be read: it is not a regular file
--> kb/test/bad.yaml
 = help: look at its permissions, put the file itself in its place, or remove it

error[E024]: the file cannot be read: it is a link that leads out of the folder
--> kb/test/device.yaml
 = help: look at its permissions, put the file itself in its place, or remove it

error[E024]: the file cannot be read: it is a link that leads out of the folder
--> kb/test/link.yaml
 = help: look at its permissions, put the file itself in its place, or remove it"
    );
    serves_the_good_one(&folder, "bad.yaml");
}

#[test]
fn files_that_look_like_articles_and_are_none_are_named() {
    let folder = folder();
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

#[test]
fn a_silenced_warning_is_not_said_anywhere() {
    let folder = folder();
    let article = good("Nothing glows.", "yes").replace("    otherwise: help\n", "");
    folder.write("kb/test/good.yaml", format!("{article}silence: {{W009: There is nothing else to do.}}\n"));
    assert_eq!(folder.run(&["check", "kb"], 0).0, "1 article: 0 errors, 0 warnings\n");
    let cut = good("Nothing glows.", "yes").replace("Follow the cable.", "Follow the cable #1.");
    folder.write("kb/test/good.yaml", format!("{cut}silence: {{W008: It is meant.}}\n"));
    assert_eq!(folder.run(&["list", "--kb", "kb", "--only"], 0).1, "");
}

#[test]
fn the_knowledge_base_of_the_user_is_there_without_being_named() {
    let folder = folder();
    folder.write("config/unstuck/kb/mine/collection.yaml", COLLECTION);
    folder.write("config/unstuck/kb/mine/mine.yaml", good("Mine glows.", "no"));
    assert!(folder.run(&["list"], 0).0.contains("mine\n    Mine glows.\n"), "beside the shipped one");
    assert!(folder.run(&["list"], 0).0.contains("ip-not-allowed\n"), "beside the shipped one");
    assert_eq!(folder.run(&["list", "--only"], 0).0, "mine\n    Mine glows.\n", "instead of it");
    assert_eq!(folder.run(&["list", "--only", "--kb", "kb"], 0).0, "good\n    Nothing glows.\n", "only what is named");
}

#[test]
fn an_article_that_takes_the_place_of_another_says_so() {
    let folder = folder();
    folder.write("later/test/collection.yaml", COLLECTION).write("later/test/good.yaml", good("All glows.", "no"));
    let (list, notice) = folder.run(&["list", "--only", "--kb", "kb", "--kb", "later"], 0);
    assert_eq!(list, "good\n    All glows.\n");
    assert_eq!(
        notice,
        "later/test/good.yaml:1:10: W011: this article takes the place of `good` from kb/test/good.yaml\n"
    );
}

#[test]
fn of_many_articles_that_no_clue_tells_apart_a_few_are_named() {
    let folder = folder();
    for nth in 0..8 {
        folder.write(&format!("kb/test/other{nth}.yaml"), good(&format!("Thing {nth} is broken."), "yes"));
    }
    let report = findings(&folder);
    let first = "no clue tells `good` from `other0`, `other1`, `other2`, `other3`, `other4`, and 3 more";
    assert!(report.contains(first), "{report}");
    assert!(report.contains("no clue tells `other6` from `other7`\n"), "{report}");
}

#[test]
fn a_hidden_character_is_marked_where_it_stands() {
    let folder = folder();
    folder.write("kb/test/bad.yaml", with("Follow the cable.", "\u{202e}Follow the cable."));
    let report = findings(&folder);
    assert!(report.contains("    hint: \u{fffd}Follow the cable.\n  |           ^\n"), "{report}");
}

#[test]
fn a_few_levels_too_many_are_refused_as_well_as_thousands() {
    let folder = folder();
    for (levels, is_refused) in [(9, false), (14, true), (200, true)] {
        let nested = format!("blanks: {}x{}\nflow:", "[".repeat(levels), "]".repeat(levels));
        folder.write("kb/test/bad.yaml", with("flow:", &nested));
        assert_eq!(findings(&folder).contains("nested too deeply"), is_refused, "{levels}: {}", findings(&folder));
    }
}

#[test]
fn steps_that_double_with_each_solution_are_refused_at_once() {
    let mut article = good("All glows.", "no").replace("      - by: user\n", "      - goto: s0\n      - by: user\n");
    for nth in 0..40 {
        let next = if nth < 39 { format!("{{goto: s{}}}", nth + 1) } else { "{by: user, do: Wait.}".to_owned() };
        article.extend([
            "  s",
            &nth.to_string(),
            ": {solution: Wait, steps: [",
            &next,
            ", ",
            &next,
            "], otherwise: help}\n",
        ]);
    }
    let loaded = load(&[support::source(&[("collection", COLLECTION), ("bad", &article)])]);
    assert!(loaded.findings.iter().any(|finding| finding.code == Code::TooLarge), "{:?}", loaded.findings);
}

#[test]
fn the_steps_of_fifty_solutions_are_taken_in_and_no_more() {
    let taking = |count: usize| {
        let names: Vec<String> = (0..count).map(|nth| format!("s{nth}")).collect();
        let taken: Vec<String> = names.iter().map(|name| format!("{{goto: {name}}}")).collect();
        let mut article = format!(
            "message: It is dark.\nflow:\n  all: {{solution: All, steps: [{}], otherwise: s0}}\n",
            taken.join(", ")
        );
        for (nth, name) in names.iter().enumerate() {
            let next = names.get(nth + 1).map_or("help", String::as_str);
            article.extend(["  ", name, ": {solution: Wait, steps: [{by: user, do: Wait.}], otherwise: ", next, "}\n"]);
        }
        article.push_str("  help: {escalation: Help}\n");
        load(&[support::source(&[("collection", COLLECTION), ("dark", &article)])])
    };
    let loaded = taking(50);
    assert_eq!(loaded.findings, []);
    assert_eq!(loaded.kb.node(NodeRef { article: 0, node: 0 }).unwrap().steps().len(), 50);
    assert_eq!(taking(51).findings.iter().map(|finding| finding.code).collect::<Vec<_>>(), [Code::TooLarge]);
}

#[test]
fn the_same_files_have_the_same_version_for_ever_and_others_another() {
    let version = |files: &[(&str, &str)]| load(&[support::source(files)]).kb.version().to_owned();
    let good = good("Nothing glows.", "yes");
    // FNV-1a of "test/collection\ntitle: T".
    assert_eq!(version(&[("collection", "title: T")]), "64df800f8d52d8e4");
    let changed: BTreeSet<String> = (0..200)
        .map(|nth| version(&[("collection", COLLECTION), ("good", &good.replace("glows", &format!("glows {nth}")))]))
        .collect();
    assert_eq!(changed.len(), 200);
}

#[test]
fn a_file_that_is_one_long_line_is_refused_with_a_place() {
    let article = format!("{{{}}}", "a: b, ".repeat(20_000));
    let loaded = load(&[support::source(&[("collection", COLLECTION), ("bad", &article)])]);
    let [finding] = loaded.findings.as_slice() else { panic!("{} findings", loaded.findings.len()) };
    assert_eq!((finding.code, finding.place.line, finding.place.column), (Code::TooLarge, 1, 4_001));
}

#[test]
fn of_very_many_findings_the_first_are_kept_and_an_error_in_any_case() {
    let article = format!("{}{}", good("All glows.", "no"), "odd: 1\n".repeat(2_000));
    let loaded = load(&[support::source(&[("collection", COLLECTION), ("bad", &article)])]);
    assert_eq!(loaded.findings.len(), 200);
    // An error behind as many warnings is found as well: the article would be served with it.
    let article = format!("{}keywords:\n{}", with("by: user", "by: admin"), "  - a word #1\n".repeat(250));
    let loaded = load(&[support::source(&[("collection", COLLECTION), ("bad", &article)])]);
    let errors: Vec<Code> =
        loaded.findings.iter().filter(|finding| finding.is_error()).map(|finding| finding.code).collect();
    assert_eq!((loaded.findings.len(), errors), (201, vec![Code::UnknownActor]));
    assert!(loaded.kb.articles.is_empty());
}

#[test]
fn a_broken_article_takes_none_with_it_that_it_leads_to() {
    let own = good("All glows.", "no")
        .replace("    yes: help\n", "    yes: {goto: other/rest}\n")
        .replace("by: user", "by: admin");
    let other = format!("{}  rest: {{escalation: The helpdesk}}\n", good("Some glow.", "no"));
    let loaded = load(&[support::source(&[("collection", COLLECTION), ("bad", &own), ("other", &other)])]);
    let codes: Vec<Code> = loaded.findings.iter().map(|finding| finding.code).collect();
    assert_eq!(codes, [Code::UnknownActor]);
    assert!(loaded.kb.position("other").is_some());
}

#[test]
fn an_article_that_cannot_be_served_takes_nobodys_place() {
    let shipped = support::source(&[("collection", COLLECTION), ("lamp", &good("All glows.", "no"))]);
    let leads_nowhere = good("All glows, mine.", "no").replace("yes: help", "yes: nowhere");
    let loaded = load(&[shipped.clone(), support::source(&[("collection", COLLECTION), ("lamp", &leads_nowhere)])]);
    assert!(loaded.findings.iter().any(|finding| finding.code == Code::MissingTarget));
    assert_eq!(loaded.kb.articles.first().map(|article| article.message.to_string()), Some("All glows.".to_owned()));
    // The same message twice is a mistake in the later one, whatever the two are called.
    let same = support::source(&[("collection", COLLECTION), ("a-lamp", &good("All glows.", "no"))]);
    let loaded = load(&[shipped, same]);
    assert!(loaded.kb.position("lamp").is_some() && loaded.kb.position("a-lamp").is_none());
}

#[test]
fn of_very_many_names_that_are_not_there_the_first_are_compared_with_all() {
    let articles: Vec<String> = (0..300)
        .map(|nth| format!("message: Fault {nth}\nflow:\n  a: {{question: So?, yes: {{goto: fualt-1}}, no: b}}\n  b: {{escalation: Help}}\n"))
        .collect();
    let mut files = vec![support::file("test", "collection", COLLECTION.as_bytes())];
    files.extend(
        articles.iter().zip(0..).map(|(text, nth)| support::file("test", &format!("fault-{nth}"), text.as_bytes())),
    );
    let loaded = load(&[Source { name: "kb".to_owned(), files, findings: Vec::new() }]);
    let missing: Vec<&str> = loaded
        .findings
        .iter()
        .filter(|finding| finding.code == Code::MissingTarget)
        .map(|finding| finding.help.as_str())
        .collect();
    assert_eq!(missing.len(), 300);
    assert_eq!(missing.first(), Some(&"did you mean `fault-1`?"));
    assert!(missing.last().unwrap().contains("look at how it is spelt"));
}

#[test]
fn an_article_with_two_faults_takes_nobodys_place_either() {
    let shipped = support::source(&[("collection", COLLECTION), ("lamp", &good("All glows.", "no"))]);
    let unreachable = "  one: {escalation: One}\n  two: {escalation: Two}\n";
    let mine = good("All glows, mine.", "no") + unreachable;
    let loaded = load(&[shipped, support::source(&[("collection", COLLECTION), ("lamp", &mine)])]);
    assert_eq!(loaded.findings.iter().filter(|finding| finding.is_error()).count(), 2);
    assert_eq!(loaded.kb.articles.first().map(|article| article.message.to_string()), Some("All glows.".to_owned()));
}

#[test]
fn the_title_of_a_collection_without_an_article_finds_nothing() {
    let article = good("All glows.", "no");
    let files = vec![
        support::file("empty", "collection", b"title: Lamps\n"),
        support::file("full", "collection", COLLECTION.as_bytes()),
        support::file("full", "lamp", article.as_bytes()),
    ];
    let kb = load(&[Source { name: "kb".to_owned(), files: files.clone(), findings: Vec::new() }]).kb;
    assert_eq!(kb.collections.len(), 2);
    let results = Search::new(Arc::new(kb)).search(&"lamps".into());
    assert_eq!((results.verdict, results.found.len()), (Verdict::None, 0));
    // The same title twice: the one with articles counts.
    let mut files = files;
    files[1] = support::file("full", "collection", COLLECTION.replace("title: Test", "title: Lamps").as_bytes());
    let kb = load(&[Source { name: "kb".to_owned(), files, findings: Vec::new() }]).kb;
    let results = Search::new(Arc::new(kb)).search(&"Lamps".into());
    assert_eq!((results.verdict, results.found.len()), (Verdict::Match, 1));
}

#[test]
fn what_may_be_chosen_is_clean_as_well() {
    let article = good("All glows.", "no")
        .replace("    yes: help\n    no: plug\n", "    choices: {\"Linux \": help, \"Win\\u202edows\": plug}\n");
    let loaded = load(&[support::source(&[("collection", COLLECTION), ("bad", &article)])]);
    assert_eq!(loaded.findings.iter().map(|finding| finding.code).collect::<Vec<_>>(), [Code::UnsafeCharacter]);
    let loaded = load(&[support::source(&[("collection", COLLECTION), ("good", &article.replace("\\u202e", ""))])]);
    let named = loaded.kb.articles.first().map(|article| format!("{:?}", article.flow.nodes));
    assert!(named.is_some_and(|nodes| nodes.contains("\"Linux\"")), "a label is trimmed");
}
