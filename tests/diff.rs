//! `unstuck diff`: which paths a change moves, in words that a reviewer understands.

#![expect(clippy::unwrap_used, reason = "tests")]

mod support;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::process::Command;

use proptest::prelude::*;
use support::{COLLECTION, Folder, source};
use unstuck::diff::compare;
use unstuck::kb::{KnowledgeBase, load};

const OLD: &str = "message: It is dark.
flow:
  other:
    question: Is there another administrator?
    yes: ask
    no: key
  ask:
    solution: Ask them
    steps:
      - {by: user, do: Write to the other administrator.}
      - {by: administrator, do: Open the door.}
    otherwise: key
  key:
    question: Is there a recovery key?
    yes: enter
    no: support
  enter:
    solution: Enter the code
    steps: [{by: owner, do: Type the code.}]
    otherwise: support
  support: {escalation: Customer support, contact: help@example.com}
";

/// What is said of a change to the article, and the exit code.
fn diff(from: &str, to: &str) -> (String, bool) {
    assert!(OLD.contains(from), "{from}");
    let folder = Folder::new();
    for (version, text) in [("old", OLD.to_owned()), ("new", OLD.replace(from, to))] {
        folder.write(&format!("{version}/test/collection.yaml"), COLLECTION);
        folder.write(&format!("{version}/test/dark.yaml"), text);
    }
    let output = folder.unstuck().args(["diff", "old", "new"]).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    let moved = output.status.code() == Some(1);
    assert!(moved || output.status.success());
    (text, moved)
}

#[track_caller]
fn moves(from: &str, to: &str, expected: &str) {
    assert_eq!(diff(from, to), (expected.to_owned(), true));
}

#[track_caller]
fn only_words(from: &str, to: &str, expected: &str) {
    assert_eq!(
        diff(from, to),
        (format!("Words that changed, and move no path:\n  {expected}\n\nno path moved\n"), false)
    );
}

#[test]
fn nothing_has_moved() {
    assert_eq!(diff("It is dark.", "It is dark."), ("no path moved\n".to_owned(), false));
}

#[test]
fn a_way_that_leads_elsewhere() {
    moves(
        "    yes: enter\n    no: support",
        "    yes: enter\n    no: enter",
        "dark: 2 of 9 paths moved

  Is there another administrator? Yes
  Ask them: No, it did not help
  Is there a recovery key? No
  Enter the code: Yes, solved
  and
  Is there another administrator? No
  Is there a recovery key? No
  Enter the code: Yes, solved
    ended at the escalation \"Customer support\", help@example.com
    now ends at the solution \"Enter the code\"
      + owner: Type the code.

2 paths moved
",
    );
}

#[test]
fn a_step_that_is_new_and_an_actor_that_is_another() {
    moves(
        "steps: [{by: owner, do: Type the code.}]",
        "steps: [{by: owner, do: Find the paper.}, {by: user, do: Type the code.}]",
        "dark: 2 of 7 paths moved

  Is there another administrator? Yes
  Ask them: No, it did not help
  Is there a recovery key? Yes
  Enter the code: Yes, solved
  and
  Is there another administrator? No
  Is there a recovery key? Yes
  Enter the code: Yes, solved
    still ends at the solution \"Enter the code\", with other steps:
      - owner: Type the code.
      + owner: Find the paper.
      + user: Type the code.

2 paths moved
",
    );
}

#[test]
fn steps_in_another_order_and_steps_that_say_something_else() {
    let steps = "      - {by: user, do: Write to the other administrator.}\n";
    let (text, moved) = diff(steps, "      - {by: user, do: Wipe everything at once.}\n");
    assert!(moved && text.contains("- user: Write to the other administrator."), "{text}");
    let two = "steps: [{by: owner, do: Type the code.}]";
    let folder = Folder::new();
    for (version, steps) in [("old", "Type it., Press Enter."), ("new", "Press Enter., Type it.")] {
        let steps: Vec<String> = steps.split(", ").map(|step| format!("{{by: owner, do: {step}}}")).collect();
        folder.write(&format!("{version}/test/collection.yaml"), COLLECTION);
        folder.write(&format!("{version}/test/dark.yaml"), OLD.replace(two, &format!("steps: [{}]", steps.join(", "))));
    }
    let (text, _) = folder.run(&["diff", "old", "new"], 1);
    assert!(text.contains("still ends at the solution \"Enter the code\", with other steps:"), "{text}");
}

#[test]
fn a_step_that_cannot_be_undone_any_more() {
    let (text, moved) = diff(
        "{by: owner, do: Type the code.}",
        "{by: owner, do: Type the code., irreversible: Look twice., after: {key: yes}}",
    );
    assert!(moved && text.contains("+ owner: Type the code. (cannot be undone)"), "{text}");
}

#[test]
fn another_contact() {
    let (text, moved) = diff("help@example.com", "support@example.com");
    assert!(moved && text.contains("now ends at the escalation \"Customer support\", support@example.com"), "{text}");
}

#[test]
fn words_alone_move_nothing() {
    only_words("Is there a recovery key?", "Can the recovery key be found?", "dark/key: head line");
    only_words("do: Type the code.", "do: Type the code from the paper.", "dark/enter: steps");
    only_words("It is dark.", "It is rather dark.", "dark: message");
    only_words("yes: ask\n", "yes: ask\n    hint: Look.\n", "dark/other: hint");
}

#[test]
fn words_that_are_read_before_a_step_and_words_of_choices_are_told_too() {
    let irreversible = |condition: &str| {
        let step = format!("{{by: owner, do: Type the code., irreversible: {condition}, after: {{key: yes}}}}");
        OLD.replace("{by: owner, do: Type the code.}", &step)
    };
    assert_eq!(words(&irreversible("Look twice."), &irreversible("Look three times.")), ["dark/enter: steps"]);
    let choices = |labels: &str| {
        OLD.replace(
            "question: Is there a recovery key?\n    yes: enter\n    no: support\n",
            &format!("question: Where is the key?\n    choices: {{{labels}}}\n"),
        )
    };
    let (paper, sheet) =
        (choices("On paper: enter, It is gone: support"), choices("On a paper: enter, It is gone: support"));
    assert_eq!(words(&paper, &sheet), ["dark/key: choices"]);
    assert_eq!(words(&paper, &choices("It is gone: support, On paper: enter")), [""; 0]);
}

#[test]
fn words_of_a_node_with_another_name_are_told_under_the_new_one() {
    let renamed = OLD.replace("key", "paper").replace("a recovery paper?", "any recovery key?");
    assert_eq!(words(OLD, &renamed), ["dark/paper: head line"]);
}

/// What changes in words only from one text of the article to another.
fn words(old: &str, new: &str) -> Vec<String> {
    let [old, new] = [old, new].map(|text| load(&[source(&[("collection", COLLECTION), ("dark", text)])]).kb);
    let difference = compare(&old, &new);
    assert!(!difference.moves_a_path());
    difference.words.into_iter().collect()
}

#[test]
fn a_node_with_another_name_moves_nothing() {
    let (text, moved) = diff("key", "have-the-code");
    assert!(!moved, "{text}");
}

#[test]
fn a_question_more_is_answered_in_every_way() {
    let asked = "    no: key2\n  key2:\n    question: Is it Monday?\n    yes: support\n    no: key\n";
    let (text, moved) = diff("    no: key\n", asked);
    assert!(moved);
    assert!(
        text.contains(
            "  Is there another administrator? No
  Is it Monday? Yes (new question)
  Is there a recovery key? Yes (no longer asked here)
  Enter the code: Yes, solved
    ended at the solution \"Enter the code\"
      - owner: Type the code.
    now ends at the escalation \"Customer support\", help@example.com
"
        ),
        "{text}"
    );
}

#[test]
fn choices_in_another_order_move_nothing() {
    let choices = |order: &str| {
        OLD.replace(
            "question: Is there a recovery key?\n    yes: enter\n    no: support\n",
            &format!("question: Where is the key?\n    choices: {{{order}}}\n"),
        )
    };
    let versions =
        ["Here: enter, Gone: support", "Gone: support, Here: enter", "Gone: enter, Here: support"].map(choices);
    let kbs: Vec<KnowledgeBase> =
        versions.iter().map(|text| load(&[source(&[("collection", COLLECTION), ("dark", text)])]).kb).collect();
    let [first, reordered, swapped] = kbs.as_slice() else { unreachable!() };
    assert!(!compare(first, reordered).moves_a_path());
    assert!(compare(first, swapped).moves_a_path());
}

#[test]
fn articles_that_are_new_and_gone() {
    let folder = Folder::new();
    folder.write("old/test/collection.yaml", COLLECTION).write("old/test/dark.yaml", OLD);
    folder.write("new/test/collection.yaml", COLLECTION).write("new/test/light.yaml", OLD);
    let (text, _) = folder.run(&["diff", "old", "new"], 1);
    assert_eq!(text, "dark: gone; nobody finds it any more\n\nlight: new\n\nno path moved\n");
}

#[test]
fn a_version_with_errors_is_not_compared() {
    let folder = Folder::new();
    folder.write("old/test/collection.yaml", COLLECTION).write("old/test/dark.yaml", OLD);
    folder.write("new/test/collection.yaml", COLLECTION).write("new/test/dark.yaml", "message: [\n");
    let (_, error) = folder.run(&["diff", "old", "new"], 2);
    assert!(
        error.starts_with("unstuck: new has 1 error: new/test/dark.yaml:") && error.contains("unstuck check new"),
        "{error}"
    );
}

/// What git says in a folder.
fn git(folder: &Folder, args: &[&str]) -> String {
    let mut command = Command::new("git");
    command.current_dir(folder.path()).args(["-c", "user.name=a", "-c", "user.email=a@example.com"]).args(args);
    let output = command.output().unwrap();
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

#[test]
fn revisions_of_git() {
    let folder = Folder::new();
    let git = |args: &[&str]| git(&folder, args);
    if Command::new("git").arg("--version").output().is_err() {
        return; // nothing to compare with
    }
    git(&["init", "--quiet"]);
    folder.write("kb/test/collection.yaml", COLLECTION).write("kb/test/dark.yaml", OLD);
    git(&["add", "."]);
    git(&["commit", "--quiet", "-m", "one"]);
    folder.write("kb/test/dark.yaml", OLD.replace("no: support", "no: enter"));
    folder.write("kb/test/empty.yaml", "");
    for args in [["diff", "HEAD", "kb"], ["diff", "HEAD:kb", "kb"]] {
        let (_, error) = folder.run(&args, 2);
        assert!(error.contains("kb has 1 error"), "{error}");
    }
    std::fs::remove_file(folder.path().join("kb/test/empty.yaml")).unwrap();
    assert!(folder.run(&["diff", "HEAD", "kb"], 1).0.ends_with("2 paths moved\n"));
    git(&["commit", "--quiet", "-a", "-m", "two"]);
    assert!(folder.run(&["diff", "HEAD~1", "HEAD"], 1).0.ends_with("2 paths moved\n"));
    assert_eq!(folder.run(&["diff", "HEAD", "kb"], 0).0, "no path moved\n");
    let mut command = folder.unstuck();
    let output = command.current_dir(folder.path().join("kb")).args(["diff", "HEAD~1", "."]).output().unwrap();
    assert!(String::from_utf8_lossy(&output.stdout).ends_with("2 paths moved\n"), "{output:?}");
    folder.write("deep/kb/test/collection.yaml", COLLECTION).write("deep/kb/test/dark.yaml", OLD);
    git(&["add", "."]);
    git(&["commit", "--quiet", "-m", "three"]);
    let mut command = folder.unstuck();
    let output = command.current_dir(folder.path().join("deep")).args(["diff", "HEAD", "kb"]).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stdout), "no path moved\n", "{output:?}");
    let (_, error) = folder.run(&["diff", "nonesuch", "kb"], 2);
    assert!(error.starts_with("unstuck: `nonesuch` is no folder, and no revision that git knows"), "{error}");
    folder.write("new/test/collection.yaml", COLLECTION).write("new/test/dark.yaml", OLD);
    let (_, error) = folder.run(&["diff", "HEAD", "new"], 2);
    assert!(error.starts_with("unstuck: the revision `HEAD` has no folder `new`"), "{error}");
    let (_, error) = folder.run(&["diff", "HEAD:none", "kb"], 2);
    assert!(error.starts_with("unstuck: the revision `HEAD` has no folder `none`"), "{error}");
    let (_, error) = folder.run(&["diff", "--", "--output=x", "kb"], 2);
    assert!(error.contains("is no folder"), "{error}");
    assert!(!folder.path().join("x").exists());
}

#[cfg(unix)]
#[test]
fn what_a_clone_does_not_have_is_not_fetched_and_nothing_that_its_settings_name_is_run() {
    let folder = Folder::new();
    let git = |args: &[&str]| git(&folder, args);
    if Command::new("git").arg("--version").output().is_err() {
        return; // nothing to read with
    }
    git(&["init", "--quiet"]);
    folder.write("kb/test/collection.yaml", COLLECTION).write("kb/test/dark.yaml", OLD);
    git(&["add", "."]);
    git(&["commit", "--quiet", "-m", "one"]);
    let blob = git(&["rev-parse", "HEAD:kb/test/dark.yaml"]);
    let (begin, rest) = blob.split_at(2);
    std::fs::remove_file(folder.path().join(".git/objects").join(begin).join(rest)).unwrap();
    let mark = folder.path().join("run");
    git(&["config", "core.repositoryFormatVersion", "1"]);
    git(&["config", "extensions.partialClone", "origin"]);
    git(&["config", "remote.origin.promisor", "true"]);
    git(&["config", "remote.origin.url", "file:///nowhere"]);
    git(&["config", "remote.origin.uploadpack", &format!("touch {}; false", mark.display())]);
    let (_, error) = folder.run(&["diff", "HEAD", "kb"], 2);
    assert!(error.contains("dark.yaml is not in this clone of the repository; fetch it with git first"), "{error}");
    assert!(!mark.exists(), "what the settings name was run");
}

#[test]
fn choices_that_come_and_go_are_seen_and_do_no_harm_to_the_others() {
    let kb = |ways: &str| {
        let ends = [("a", "Penguins"), ("b", "Glass"), ("z", "Erase the disk")];
        let used = ends.iter().filter(|(name, _)| ways.contains(&format!(": {name}")));
        let ends: Vec<String> = used.map(|(name, text)| format!("  {name}: {{escalation: {text}}}\n")).collect();
        let head = "message: It is dark.\nflow:\n  which:\n    question: Which system?\n";
        let loaded =
            load(&[source(&[("collection", COLLECTION), ("dark", &format!("{head}    {ways}\n{}", ends.concat()))])]);
        assert_eq!(loaded.findings, []);
        loaded.kb
    };
    let old = kb("choices: {Windows: b, Linux: a}");
    assert!(!compare(&old, &kb("choices: {Linux: a, Windows 11: b}")).moves_a_path(), "another order, other words");
    let gained = compare(&old, &kb("choices: {Linux: a, Toaster: z}"));
    let ends: Vec<&str> = gained.moved.iter().flat_map(|moved| &moved.moves).map(|one| one.now.text.as_str()).collect();
    assert!(ends.contains(&"Erase the disk"), "{ends:?}");
    let unsure = compare(&old, &kb("choices: {Windows: b, Linux: a}\n    unsure: z"));
    assert!(!unsure.moves_a_path(), "{:?}", unsure.moved);
}

#[test]
fn a_folder_that_is_named_in_full_is_found_in_a_revision() {
    let folder = Folder::new();
    if Command::new("git").arg("--version").output().is_err() {
        return;
    }
    let git = |args: &[&str]| git(&folder, args);
    git(&["init", "--quiet"]);
    folder.write("kb/test/collection.yaml", COLLECTION).write("kb/test/dark.yaml", OLD);
    git(&["add", "."]);
    git(&["commit", "--quiet", "-m", "one"]);
    folder.write("kb/test/dark.yaml", OLD.replace("no: support", "no: enter"));
    let named = folder.path().join("kb");
    assert!(folder.run(&["diff", "HEAD", named.to_str().unwrap()], 1).0.ends_with("2 paths moved\n"));
    let elsewhere = Folder::new();
    elsewhere.write("kb/test/collection.yaml", COLLECTION).write("kb/test/dark.yaml", OLD);
    let named = elsewhere.path().join("kb");
    assert!(folder.run(&["diff", "HEAD", named.to_str().unwrap()], 2).1.contains("is not below the present folder"));
    for named in ["HEAD:kb/test", "kb/test"] {
        let (_, error) = folder.run(&["diff", named, "kb"], 2);
        assert!(error.starts_with(&format!("unstuck: {named} holds no knowledge base: a folder of")), "{error}");
    }
    let (_, error) = folder.run(&["diff", "HEAD", "kb/test"], 2);
    assert!(error.contains("in its folder kb/test") && error.contains("as `HEAD:FOLDER`"), "{error}");
}

/// A flow: what yes, no and "not sure" lead to, for each question; behind the questions stand three ends.
type Questions = Vec<(usize, usize, Option<usize>)>;

const ENDS: [&str; 3] = ["one", "two", "three"];

fn name(questions: &Questions, target: usize) -> String {
    target.checked_sub(questions.len()).map_or_else(|| format!("q{target}"), |end| ENDS.get(end).unwrap().to_string())
}

fn article(questions: &Questions) -> String {
    let mut text = "message: It is full.\nflow:\n".to_owned();
    for (at, (yes, no, unsure)) in questions.iter().enumerate() {
        let name = |target| name(questions, target);
        writeln!(text, "  q{at}: {{question: Number {at}?, yes: {}, no: {}", name(*yes), name(*no)).unwrap();
        let unsure = unsure.map(|unsure| format!(", unsure: {}", name(unsure))).unwrap_or_default();
        writeln!(text, "   {unsure}}}").unwrap();
    }
    let ways = questions.iter().flat_map(|(yes, no, unsure)| [Some(*yes), Some(*no), *unsure]).flatten();
    for end in ways.map(|target| name(questions, target)).filter(|name| !name.starts_with('q')).collect::<BTreeSet<_>>()
    {
        writeln!(text, "  {end}: {{escalation: {end}}}").unwrap();
    }
    text
}

/// Where a person who answers each question in one way ends.
fn end(questions: &Questions, answers: &[usize]) -> String {
    let (mut at, mut passed) = (0, BTreeSet::new());
    while let Some((yes, no, unsure)) = questions.get(at) {
        if !passed.insert(at) {
            return "circle".to_owned();
        }
        at = **[yes, no, unsure.as_ref().unwrap_or(no)].get(*answers.get(at).unwrap()).unwrap();
    }
    name(questions, at)
}

/// Each pair of different ends that one person can come to, by trying every way to answer every question.
fn tried(old: &Questions, new: &Questions) -> BTreeSet<(String, String)> {
    let most = old.len().max(new.len());
    let all = (0..3_usize.pow(u32::try_from(most).unwrap()))
        .map(|nth| (0..most).map(|at| nth / 3_usize.pow(u32::try_from(at).unwrap()) % 3).collect::<Vec<_>>());
    all.map(|answers| (end(old, &answers), end(new, &answers))).filter(|(was, now)| was != now).collect()
}

/// Flows of which every question is reached: the one before it leads to it, by yes or by no.
fn questions() -> impl Strategy<Value = Questions> {
    let flow = (1..5_usize).prop_flat_map(|count| {
        let target = 0..count + ENDS.len();
        let question = (target.clone(), target.clone(), proptest::option::of(target), any::<bool>());
        proptest::collection::vec(question, count)
    });
    flow.prop_map(|questions| {
        let count = questions.len();
        let chained = questions.into_iter().zip(1..).map(|((yes, no, unsure, by_yes), next)| match by_yes {
            _ if next == count => (yes, no, unsure),
            true => (next, no, unsure),
            false => (yes, next, unsure),
        });
        chained.collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, max_global_rejects: 10_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_paths_that_moved_are_those_that_trying_every_answer_finds(old in questions(), new in questions()) {
        let load = |questions: &Questions| load(&[source(&[("collection", "title: Test\n"), ("a", &article(questions))])]);
        let loaded = (load(&old), load(&new));
        let endless = |findings: &[unstuck::kb::Finding]| findings.iter().any(|finding| finding.code.number() == "E015");
        prop_assume!(!endless(&loaded.0.findings) && !endless(&loaded.1.findings));
        prop_assert!(loaded.0.findings.is_empty() && loaded.1.findings.is_empty());
        let difference = compare(&loaded.0.kb, &loaded.1.kb);
        let end = |end: &unstuck::diff::End| if end.kind == "circle" { "circle".to_owned() } else { end.node.clone() };
        let found: BTreeSet<(String, String)> =
            difference.moved.iter().flat_map(|moved| &moved.moves).map(|one| (end(&one.was), end(&one.now))).collect();
        prop_assert_eq!(found, tried(&old, &new));
    }
}
