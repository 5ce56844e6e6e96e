//! `unstuck check` on folders and files with errors, and loading of the valid articles in them.
//!
//! The exact output for each diagnostic is in the fixtures of `tests/diagnostics`.

#![expect(clippy::unwrap_used, reason = "tests")]

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::sync::Arc;

use support::{COLLECTION, Folder, good};
use unstuck::kb::{NodeId, RuleId, Source, load};
use unstuck::search::{Search, Verdict};

/// Creates a knowledge base with one good article.
fn folder() -> Folder {
    let folder = Folder::new();
    folder.write("kb/test/collection.yaml", COLLECTION).write("kb/test/good.yaml", good("Nothing glows.", "yes"));
    folder
}

/// Returns the output of `unstuck check kb` without the last line.
fn diagnostics(folder: &Folder) -> String {
    let (report, _) = folder.run(&["check", "kb"], 1);
    let (diagnostics, _) = report.trim_end().rsplit_once("\n\n").unwrap();
    diagnostics.to_owned()
}

/// Checks that the good article is loaded, and that the notice names the broken file.
fn assert_good_article_loads(folder: &Folder, broken: &str) {
    let (list, notice) = folder.run(&["list", "--kb", "kb", "--only"], 0);
    assert_eq!(list, "good\n    Nothing glows.\n");
    assert!(notice.contains(broken), "{notice}");
}

/// Returns a good article in which one text is replaced.
fn article_with(from: &str, to: &str) -> String {
    let article = good("All glows.", "no");
    assert!(article.contains(from));
    article.replacen(from, to, 1)
}

#[test]
fn good_article_has_no_problems() {
    let folder = folder();
    assert_eq!(folder.run(&["check", "kb"], 0).0, "1 article: 0 errors, 0 warnings\n");
    assert_eq!(folder.run(&["check", "kb", "--format", "json"], 0).0, "[]\n");
}

#[test]
fn article_that_leads_to_a_broken_article_is_skipped() {
    let folder = folder();
    folder.write("kb/test/bad.yaml", article_with("by: user", "by: admin"));
    folder.write("kb/test/after.yaml", good("Some glow.", "no").replace("no: plug", "no: bad"));
    assert_eq!(
        diagnostics(&folder),
        r"error[E013]: this leads to the article `bad`, which has errors itself
  --> kb/test/after.yaml:10:9
   |
10 |     no: bad
   |         ^^^
   |
   = help: fix `bad` first

error[E018]: `admin` is not a role
  --> kb/test/bad.yaml:14:13
   |
14 |       - by: admin
   |             ^^^^^
   |
   = help: did you mean `administrator`?"
    );
    assert_good_article_loads(&folder, "kb/test/after.yaml");
}

/// Returns a good article in which the answer yes leads to another article.
fn article_leading_to(message: &str, target: &str) -> String {
    good(message, "no").replace("yes: help", &format!("yes: {target}"))
}

/// Returns a good article whose solution includes the steps of another one.
fn article_including(message: &str, target: &str) -> String {
    good(message, "no").replace("      - by: user\n", &format!("      - goto: {target}\n      - by: user\n"))
}

#[test]
fn articles_that_lead_to_a_broken_article_indirectly_are_skipped() {
    let files = [
        ("collection", COLLECTION.to_owned()),
        ("good", good("Nothing glows.", "yes")),
        ("a", article_leading_to("A glows.", "b/plug")),
        ("b", article_including("B glows.", "c/plug")),
        ("c", article_including("C glows.", "d/plug")),
        ("d", article_leading_to("D glows.", "e")),
        ("e", article_leading_to("E glows.", "nowhere")),
    ];
    let files: Vec<(&str, &str)> = files.iter().map(|(stem, text)| (*stem, text.as_str())).collect();
    let loaded = load(&[support::source(&files)]);
    let ids: Vec<&str> = loaded.kb.articles.iter().map(|article| article.id.as_str()).collect();
    assert_eq!(ids, ["good"]);
    let mut files: Vec<&str> = loaded.diagnostics.iter().map(|diagnostic| diagnostic.location.file.as_str()).collect();
    files.dedup();
    assert_eq!(files, ["test/a.yaml", "test/b.yaml", "test/c.yaml", "test/d.yaml", "test/e.yaml"]);
}

#[test]
fn broken_replacement_restores_the_earlier_article() {
    let (first, broken) = (good("One glows.", "no"), article_leading_to("One glows.", "nowhere"));
    let (two, three) = (article_leading_to("Two glows.", "one"), article_including("Three glows.", "one/plug"));
    let earlier = support::source(&[("collection", COLLECTION), ("one", &first), ("two", &two), ("three", &three)]);
    let later = support::source(&[("collection", COLLECTION), ("one", &broken)]);
    let loaded = load(&[earlier.clone(), later]);
    assert_eq!(loaded.kb.articles.len(), 3, "{:?}", loaded.diagnostics);
    // The restored article has no solution `plug`, which `three` includes.
    let other = good("One glows.", "no").replace("plug:", "push:").replace("no: plug", "no: push");
    let earlier = support::source(&[("collection", COLLECTION), ("one", &other), ("two", &two), ("three", &three)]);
    let later = support::source(&[("collection", COLLECTION), ("one", &broken)]);
    let ids: Vec<String> = load(&[earlier, later]).kb.articles.iter().map(|article| article.id.clone()).collect();
    assert_eq!(ids, ["one", "two"]);
}

#[test]
fn step_limit_applies_after_an_article_is_restored() {
    let includes = "      - goto: push\n".repeat(48);
    let restored = good("One glows.", "no").replace("      - by: user\n", &format!("{includes}      - by: user\n"))
        + "  push: {solution: Push it, steps: [{by: user, do: Push it.}], otherwise: help}\n";
    let restored = restored.replace("yes: help", "yes: push");
    let broken = article_leading_to("One glows.", "nowhere");
    let (two, three) = (article_including("Two glows.", "one/plug"), article_including("Three glows.", "two/plug"));
    let four = article_including("Four glows.", "three/plug");
    let files = [("collection", COLLECTION), ("one", &*restored), ("two", &two), ("three", &three), ("four", &four)];
    let loaded = load(&[support::source(&files), support::source(&[("collection", COLLECTION), ("one", &broken)])]);
    let ids: Vec<&str> = loaded.kb.articles.iter().map(|article| article.id.as_str()).collect();
    assert_eq!(ids, ["one", "three", "two"], "{:?}", loaded.diagnostics);
}

#[test]
fn empty_folder() {
    let folder = folder();
    fs::create_dir(folder.path().join("none")).unwrap();
    assert_eq!(
        folder.run(&["check", "none"], 1).0,
        r"error[E023]: this folder contains no collection
--> none
 = help: a knowledge base is a folder of folders, each with a collection.yaml and a file per article

0 articles loaded: 1 error, 0 warnings
"
    );
    assert_eq!(
        folder.run(&["list", "--kb", "none", "--only"], 2).1,
        r"error[E023]: this folder contains no collection
--> none
 = help: a knowledge base is a folder of folders, each with a collection.yaml and a file per article
unstuck: the knowledge base has no valid articles
"
    );
}

#[test]
fn missing_folder() {
    assert_eq!(
        folder().run(&["check", "nowhere"], 2).1,
        r"unstuck: cannot read the knowledge base nowhere: the folder does not exist; check the path
"
    );
}

#[test]
fn collection_instead_of_a_knowledge_base() {
    assert_eq!(
        folder().run(&["check", "kb/test"], 1).0,
        r"error[E023]: this folder is a collection; a knowledge base is a folder of collections
--> kb/test/collection.yaml
 = help: use its parent folder

0 articles loaded: 1 error, 0 warnings
"
    );
}

#[test]
fn byte_order_mark_and_windows_line_endings_are_accepted() {
    let folder = folder();
    folder.write("kb/test/good.yaml", format!("\u{feff}{}", good("Nothing glows.", "yes")).replace('\n', "\r\n"));
    assert_eq!(folder.run(&["check", "kb"], 0).0, "1 article: 0 errors, 0 warnings\n");
    assert_eq!(
        folder.run(&["list", "--kb", "kb", "--only"], 0),
        ("good\n    Nothing glows.\n".to_owned(), String::new())
    );
}

#[test]
fn carriage_returns_are_line_endings() {
    let folder = folder();
    folder.write("kb/test/good.yaml", good("Nothing glows.", "yes").replace('\n', "\r"));
    assert_eq!(folder.run(&["check", "kb"], 0).0, "1 article: 0 errors, 0 warnings\n");
    folder.write("kb/test/bad.yaml", article_with("by: user", "by: admin").replace('\n', "\r"));
    assert!(diagnostics(&folder).contains("14 |       - by: admin\n"), "{}", diagnostics(&folder));
    folder.write("kb/test/bad.yaml", format!("# first\r{}", "%TAG ! tag:x,2000:\r".repeat(50)));
    assert!(diagnostics(&folder).contains("kb/test/bad.yaml:2:1"), "{}", diagnostics(&folder));
}

#[test]
fn problems_as_json_and_as_github_annotations() {
    let folder = folder();
    folder.write("kb/test/bad.yaml", article_with("by: user", "by: admin"));
    assert_eq!(
        folder.run(&["check", "kb", "--format", "json"], 1).0,
        r#"[
  {
    "code": "E018",
    "severity": "error",
    "file": "kb/test/bad.yaml",
    "line": 14,
    "column": 13,
    "message": "`admin` is not a role",
    "help": "did you mean `administrator`?"
  }
]
"#
    );
    assert_eq!(
        folder.run(&["check", "kb", "--format", "github"], 1).0,
        r"::error file=kb/test/bad.yaml,line=14,col=13,title=E018::`admin` is not a role. did you mean `administrator`?
"
    );
}

#[cfg(unix)]
#[test]
fn pipes_devices_and_links_outside_the_folder_are_not_read() {
    let folder = folder();
    let test = folder.path().join("kb/test");
    let mkfifo = std::process::Command::new("mkfifo").arg(test.join("bad.yaml")).status().unwrap();
    assert!(mkfifo.success());
    std::os::unix::fs::symlink("/dev/zero", test.join("device.yaml")).unwrap();
    folder.write("secret.yaml", "message: secret");
    std::os::unix::fs::symlink(folder.path().join("secret.yaml"), test.join("link.yaml")).unwrap();
    assert_eq!(
        diagnostics(&folder),
        r"error[E024]: the file cannot be read: it is not a regular file
--> kb/test/bad.yaml
 = help: check its permissions, replace a link with the file, or remove it

error[E024]: the file cannot be read: it is a link to a place outside the folder
--> kb/test/device.yaml
 = help: check its permissions, replace a link with the file, or remove it

error[E024]: the file cannot be read: it is a link to a place outside the folder
--> kb/test/link.yaml
 = help: check its permissions, replace a link with the file, or remove it"
    );
    assert_good_article_loads(&folder, "bad.yaml");
}

#[test]
fn files_that_look_like_articles_but_are_not_read_are_reported() {
    let folder = folder();
    folder.write("kb/beside.yaml", good("Beside.", "no"));
    folder.write("kb/test/notepad.yaml.txt", good("Notepad.", "no"));
    folder.write("kb/test/SHOUTED.YAML", good("Shouted.", "no"));
    folder.write("kb/test/deeper/below.yaml", good("Below.", "no"));
    folder.write("kb/other/Collection.yaml", "title: Other\n");
    folder.write("kb/test/notes.txt", "nothing of ours");
    folder.write("kb/README.md", "nothing of ours");
    let (report, _) = folder.run(&["check", "kb"], 1);
    let summaries: Vec<&str> = report.lines().filter(|line| line.contains("[W012]")).collect();
    assert_eq!(
        summaries,
        [
            "warning[W012]: this file is not read: articles belong in the folder of a collection",
            "warning[W012]: this file is not read: `Collection.yaml` must be named `collection.yaml`",
            "warning[W012]: this file is not read: its file name must end in `.yaml` or `.yml`",
            "warning[W012]: this file is not read: articles belong directly in the folder of a collection, not in a subfolder",
            "warning[W012]: this file is not read: its file name must end in `.yaml` or `.yml`",
        ]
    );
    for path in ["kb/beside.yaml", "kb/other/Collection.yaml", "kb/test/SHOUTED.YAML", "kb/test/deeper/below.yaml"] {
        assert!(report.contains(path), "{path} is not in the report");
    }
}

#[test]
fn suppressed_warnings_are_not_shown() {
    let folder = folder();
    let article = good("Nothing glows.", "yes").replace("    otherwise: help\n", "");
    folder.write("kb/test/good.yaml", format!("{article}suppress: {{W009: There is nothing else to do.}}\n"));
    assert_eq!(folder.run(&["check", "kb"], 0).0, "1 article: 0 errors, 0 warnings\n");
    let cut = good("Nothing glows.", "yes").replace("Follow the cable.", "Follow the cable #1.");
    folder.write("kb/test/good.yaml", format!("{cut}suppress: {{W008: It is meant.}}\n"));
    assert_eq!(folder.run(&["list", "--kb", "kb", "--only"], 0).1, "");
}

#[test]
fn user_knowledge_base_is_loaded_by_default() {
    let folder = folder();
    folder.write("config/unstuck/kb/mine/collection.yaml", COLLECTION);
    folder.write("config/unstuck/kb/mine/mine.yaml", good("Mine glows.", "no"));
    assert!(folder.run(&["list"], 0).0.contains("mine\n    Mine glows.\n"), "the user's article is missing");
    assert!(folder.run(&["list"], 0).0.contains("ip-not-allowed\n"), "the built-in article is missing");
    assert_eq!(folder.run(&["list", "--only"], 0).0, "mine\n    Mine glows.\n", "--only skips the built-in articles");
    assert_eq!(
        folder.run(&["list", "--only", "--kb", "kb"], 0).0,
        "good\n    Nothing glows.\n",
        "--only with --kb loads only this folder"
    );
}

#[test]
fn replaced_article_is_reported() {
    let folder = folder();
    folder.write("later/test/collection.yaml", COLLECTION).write("later/test/good.yaml", good("All glows.", "no"));
    let (list, notice) = folder.run(&["list", "--only", "--kb", "kb", "--kb", "later"], 0);
    assert_eq!(list, "good\n    All glows.\n");
    assert_eq!(notice, "later/test/good.yaml:1:10: W011: this article replaces `good` from kb/test/good.yaml\n");
}

#[test]
fn hidden_character_is_marked_at_its_position() {
    let folder = folder();
    folder.write("kb/test/bad.yaml", article_with("Follow the cable.", "\u{202e}Follow the cable."));
    let report = diagnostics(&folder);
    assert!(report.contains("    hint: \u{fffd}Follow the cable.\n  |           ^\n"), "{report}");
}

#[test]
fn deep_nesting_is_rejected() {
    let folder = folder();
    for (levels, is_refused) in [(9, false), (14, true), (200, true)] {
        let nested = format!("prevention: {}x{}\nflow:", "[".repeat(levels), "]".repeat(levels));
        folder.write("kb/test/bad.yaml", article_with("flow:", &nested));
        assert_eq!(
            diagnostics(&folder).contains("nested too deeply"),
            is_refused,
            "{levels}: {}",
            diagnostics(&folder)
        );
    }
}

#[test]
fn exponentially_growing_steps_are_rejected() {
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
    assert!(
        loaded.diagnostics.iter().any(|diagnostic| diagnostic.code == RuleId::TooLarge),
        "{:?}",
        loaded.diagnostics
    );
}

#[test]
fn steps_of_at_most_fifty_solutions_are_included() {
    let including = |count: usize| {
        let names: Vec<String> = (0..count).map(|nth| format!("s{nth}")).collect();
        let includes: Vec<String> = names.iter().map(|name| format!("{{goto: {name}}}")).collect();
        let mut article = format!(
            "message: It is dark.\nflow:\n  all: {{solution: All, steps: [{}], otherwise: s0}}\n",
            includes.join(", ")
        );
        for (nth, name) in names.iter().enumerate() {
            let next = names.get(nth + 1).map_or("help", String::as_str);
            article.extend(["  ", name, ": {solution: Wait, steps: [{by: user, do: Wait.}], otherwise: ", next, "}\n"]);
        }
        article.push_str("  help: {escalation: Help}\n");
        load(&[support::source(&[("collection", COLLECTION), ("dark", &article)])])
    };
    let loaded = including(50);
    assert_eq!(loaded.diagnostics, []);
    assert_eq!(loaded.kb.node(NodeId { article: 0, node: 0 }).unwrap().steps().len(), 50);
    let codes: Vec<RuleId> = including(51).diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
    assert_eq!(codes, [RuleId::TooLarge]);
}

#[test]
fn version_is_a_stable_hash_of_the_files() {
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
fn one_very_long_line_is_rejected_with_its_location() {
    let article = format!("{{{}}}", "a: b, ".repeat(20_000));
    let loaded = load(&[support::source(&[("collection", COLLECTION), ("bad", &article)])]);
    let [diagnostic] = loaded.diagnostics.as_slice() else { panic!("{} diagnostics", loaded.diagnostics.len()) };
    assert_eq!((diagnostic.code, diagnostic.location.line, diagnostic.location.column), (RuleId::TooLarge, 1, 4_001));
}

#[test]
fn diagnostics_are_limited_but_errors_are_kept() {
    let article = format!("{}{}", good("All glows.", "no"), "odd: 1\n".repeat(2_000));
    let loaded = load(&[support::source(&[("collection", COLLECTION), ("bad", &article)])]);
    assert_eq!(loaded.diagnostics.len(), 200);
    // An error after 250 warnings is reported as well. Without it, the broken article would be loaded.
    let article = format!("{}keywords:\n{}", article_with("by: user", "by: admin"), "  - a word #1\n".repeat(250));
    let loaded = load(&[support::source(&[("collection", COLLECTION), ("bad", &article)])]);
    let errors: Vec<RuleId> = loaded
        .diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.is_error())
        .map(|diagnostic| diagnostic.code)
        .collect();
    assert_eq!((loaded.diagnostics.len(), errors), (201, vec![RuleId::UnknownRole]));
    assert!(loaded.kb.articles.is_empty());
}

#[test]
fn targets_of_a_broken_article_are_loaded() {
    let own =
        good("All glows.", "no").replace("    yes: help\n", "    yes: other/rest\n").replace("by: user", "by: admin");
    let other = format!("{}  rest: {{escalation: The helpdesk}}\n", good("Some glow.", "no"));
    let loaded = load(&[support::source(&[("collection", COLLECTION), ("bad", &own), ("other", &other)])]);
    let codes: Vec<RuleId> = loaded.diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
    assert_eq!(codes, [RuleId::UnknownRole]);
    assert!(loaded.kb.article_index("other").is_some());
}

#[test]
fn broken_article_replaces_nothing() {
    let earlier = support::source(&[("collection", COLLECTION), ("lamp", &good("All glows.", "no"))]);
    let leads_nowhere = good("All glows, mine.", "no").replace("yes: help", "yes: nowhere");
    let loaded = load(&[earlier.clone(), support::source(&[("collection", COLLECTION), ("lamp", &leads_nowhere)])]);
    assert!(loaded.diagnostics.iter().any(|diagnostic| diagnostic.code == RuleId::MissingTarget));
    assert_eq!(loaded.kb.articles.first().map(|article| article.message.to_string()), Some("All glows.".to_owned()));
    // If two articles have the same message, the later one has an error, even with another name.
    let same = support::source(&[("collection", COLLECTION), ("a-lamp", &good("All glows.", "no"))]);
    let loaded = load(&[earlier, same]);
    assert!(loaded.kb.article_index("lamp").is_some() && loaded.kb.article_index("a-lamp").is_none());
}

#[test]
fn only_the_first_missing_names_get_suggestions() {
    let articles: Vec<String> = (0..300)
        .map(|nth| {
            format!(
                "message: Fault {nth}\nflow:\n  a: {{question: So?, yes: fualt-1, no: b}}\n  b: {{escalation: Help}}\n"
            )
        })
        .collect();
    let mut files = vec![support::file("test", "collection", COLLECTION.as_bytes())];
    files.extend(
        articles.iter().zip(0..).map(|(text, nth)| support::file("test", &format!("fault-{nth}"), text.as_bytes())),
    );
    let loaded = load(&[Source { name: "kb".to_owned(), files, diagnostics: Vec::new() }]);
    let missing: Vec<&str> = loaded
        .diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.code == RuleId::MissingTarget)
        .map(|diagnostic| diagnostic.help.as_str())
        .collect();
    assert_eq!(missing.len(), 300);
    assert_eq!(missing.first(), Some(&"did you mean the article `fault-1`?"));
    assert!(missing.last().unwrap().starts_with("use one of these"), "{:?}", missing.last());
}

#[test]
fn article_with_two_errors_replaces_nothing() {
    let earlier = support::source(&[("collection", COLLECTION), ("lamp", &good("All glows.", "no"))]);
    let endless = "  one: {question: So?, yes: two, no: two}\n  two: {question: Or so?, yes: one, no: one}\n";
    let mine = good("All glows, mine.", "no").replace("no: plug", "no: one") + endless;
    let loaded = load(&[earlier, support::source(&[("collection", COLLECTION), ("lamp", &mine)])]);
    assert_eq!(loaded.diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).count(), 2);
    assert_eq!(loaded.kb.articles.first().map(|article| article.message.to_string()), Some("All glows.".to_owned()));
}

#[test]
fn title_of_an_empty_collection_finds_nothing() {
    let article = good("All glows.", "no");
    let files = vec![
        support::file("empty", "collection", b"title: Lamps\n"),
        support::file("full", "collection", COLLECTION.as_bytes()),
        support::file("full", "lamp", article.as_bytes()),
    ];
    let kb = load(&[Source { name: "kb".to_owned(), files: files.clone(), diagnostics: Vec::new() }]).kb;
    assert_eq!(kb.collections.len(), 2);
    let results = Search::new(Arc::new(kb)).search(&"lamps".into());
    assert_eq!((results.verdict, results.hits.len()), (Verdict::NoMatch, 0));
    // If two collections have the same title, the search uses the one with articles.
    let mut files = files;
    files[1] = support::file("full", "collection", COLLECTION.replace("title: Test", "title: Lamps").as_bytes());
    let kb = load(&[Source { name: "kb".to_owned(), files, diagnostics: Vec::new() }]).kb;
    let results = Search::new(Arc::new(kb)).search(&"Lamps".into());
    assert_eq!((results.verdict, results.hits.len()), (Verdict::Match, 1));
}

#[test]
fn labels_of_choices_are_sanitized() {
    let article = good("All glows.", "no")
        .replace("    yes: help\n    no: plug\n", "    choices: {\"Linux \": help, \"Win\\u202edows\": plug}\n");
    let loaded = load(&[support::source(&[("collection", COLLECTION), ("bad", &article)])]);
    assert_eq!(
        loaded.diagnostics.iter().map(|diagnostic| diagnostic.code).collect::<Vec<_>>(),
        [RuleId::UnsafeCharacter]
    );
    let loaded = load(&[support::source(&[("collection", COLLECTION), ("good", &article.replace("\\u202e", ""))])]);
    let nodes = loaded.kb.articles.first().map(|article| format!("{:?}", article.flow.nodes));
    assert!(nodes.is_some_and(|nodes| nodes.contains("\"Linux\"")), "labels are trimmed");
}

#[test]
fn problems_in_the_facts_of_the_settings_are_reported_with_their_place() {
    let check = |content: &str, expected: &str| {
        let folder = Folder::new();
        folder.write("config/unstuck/facts.yaml", content);
        let (_, error) = folder.run(&["ask", "--json", "--answers", "", "not-invited"], 0);
        let path = folder.path().join("config/unstuck/facts.yaml").display().to_string();
        assert_eq!(error, expected.replace("PATH", &path));
    };
    check("sso: yes\n", "");
    check("", "");
    check("# nothing yet\n", "");
    check("another-product: yes\n", "");
    check("sso yes\n", "PATH:1:1: this is not a list of lines such as `sso: yes`\n");
    check("sso: [yes\n", "PATH:2:1: this is not a list of lines such as `sso: yes`\n");
    check("sso: [yes]\n", "PATH: `sso` needs one value, such as `yes`\n");
    check("sso: perhaps\n", "facts.yaml: `perhaps` is not an answer to `sso`; use yes, no or unsure\n");
    check(
        "owner: yes\n",
        "facts.yaml: `owner` can differ from case to case; to set it for one session, use --fact owner=yes\n",
    );
    check(&format!("sso: yes # {}\n", "x".repeat(5000)), "PATH: this file is larger than 4096 bytes\n");
}

#[test]
fn learn_judges_each_phrase_and_names_the_reason() {
    let folder = Folder::new();
    folder.write(
        "phrases.tsv",
        "# comment\nip-not-allowed\tgeofencing at the border\nip-not-allowed\tYour IP address is not allowed.\nmfa-required\temergency reset code\nip-not-allowd\tx y\n",
    );
    let (accepted, problems) = folder.run(&["learn", "phrases.tsv"], 1);
    assert_eq!(accepted, "# Add to the keywords of ip-not-allowed:\n  - geofencing at the border\n");
    for expected in [
        "phrases.tsv:4: \"emergency reset code\" is for `mfa-required`, but it is a part of the error message of `",
        "phrases.tsv:5: \"x y\" is for `ip-not-allowd`, but there is no such article; did you mean `ip-not-allowed`?",
        "1 of 4 phrases find their article already.",
    ] {
        assert!(problems.contains(expected), "{problems}");
    }
    folder.write("phrases.tsv", "no tab here\n");
    let (_, error) = folder.run(&["learn", "phrases.tsv"], 2);
    assert_eq!(error, "unstuck: phrases.tsv:1: expected an article, a tab and a phrase\n");
    let (_, error) = folder.run(&["learn", "missing.tsv"], 2);
    assert!(error.starts_with("unstuck: cannot read missing.tsv: "), "{error}");
}

#[test]
fn a_phrase_that_changes_another_result_is_not_learned() {
    let folder = Folder::new();
    let article = |message: &str, keyword: &str| format!("{}keywords: [{keyword}]\n", good(message, "no"));
    folder.write("kb/test/collection.yaml", COLLECTION);
    folder.write("kb/test/lamp.yaml", article("The lamp is dark.", "no light in the cellar"));
    folder.write("kb/test/door.yaml", article("The door is locked.", "stuck in the corridor"));
    folder.write("phrases.tsv", "door\tno light in the cellar\n");
    let (accepted, problems) = folder.run(&["learn", "phrases.tsv", "--kb", "kb", "--only"], 1);
    assert_eq!(accepted, "", "{problems}");
    assert!(problems.contains("no light in the cellar"), "{problems}");
}
