//! `unstuck diff`: reports of changed paths and changed wording.

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

/// Returns the output for one change to the article, and whether paths changed.
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
    let changed = output.status.code() == Some(1);
    assert!(changed || output.status.success());
    (text, changed)
}

#[track_caller]
fn changes_paths(from: &str, to: &str, expected: &str) {
    assert_eq!(diff(from, to), (expected.to_owned(), true));
}

#[track_caller]
fn changes_wording(from: &str, to: &str, expected: &str) {
    assert_eq!(
        diff(from, to),
        (format!("Wording changes (same outcomes):\n  {expected}\n\nno paths changed\n"), false)
    );
}

#[test]
fn equal_versions_have_no_changes() {
    assert_eq!(diff("It is dark.", "It is dark."), ("no paths changed\n".to_owned(), false));
}

#[test]
fn branch_with_another_target() {
    changes_paths(
        "    yes: enter\n    no: support",
        "    yes: enter\n    no: enter",
        "dark: 2 of 9 paths changed

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

2 paths changed
",
    );
}

#[test]
fn new_step_and_changed_role() {
    changes_paths(
        "steps: [{by: owner, do: Type the code.}]",
        "steps: [{by: owner, do: Find the paper.}, {by: user, do: Type the code.}]",
        "dark: 2 of 7 paths changed

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

2 paths changed
",
    );
}

#[test]
fn reordered_steps_and_steps_with_another_meaning() {
    let steps = "      - {by: user, do: Write to the other administrator.}\n";
    let (text, changed) = diff(steps, "      - {by: user, do: Wipe everything at once.}\n");
    assert!(changed && text.contains("- user: Write to the other administrator."), "{text}");
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

/// Returns the article with an irreversible step, for a collection with the fact `red`. `condition` is what to make sure of.
fn irreversible(condition: &str) -> String {
    let step = format!("{{by: owner, do: Type the code., irreversible: {condition}, requires: {{red: yes}}}}");
    asks_fact().replace("{by: owner, do: Type the code.}", &step)
}

/// Returns the article with a question that asks a fact.
fn asks_fact() -> String {
    OLD.replace("question: Is there a recovery key?", "ask: red")
}

#[test]
fn step_that_becomes_irreversible() {
    let folder = Folder::new();
    for (version, text) in [("old", asks_fact()), ("new", irreversible("Look twice."))] {
        folder.write(&format!("{version}/test/collection.yaml"), COLLECTION);
        folder.write(&format!("{version}/test/dark.yaml"), text);
    }
    let (text, _) = folder.run(&["diff", "old", "new"], 1);
    assert!(text.contains("+ owner: Type the code. (cannot be undone)"), "{text}");
}

#[test]
fn changed_contact() {
    let (text, changed) = diff("help@example.com", "support@example.com");
    assert!(changed && text.contains("now ends at the escalation \"Customer support\", support@example.com"), "{text}");
}

#[test]
fn wording_changes_do_not_change_paths() {
    changes_wording("Is there a recovery key?", "Can the recovery key be found?", "dark/key: heading");
    changes_wording("do: Type the code.", "do: Type the code from the paper.", "dark/enter: steps");
    changes_wording("It is dark.", "It is rather dark.", "dark: message");
    changes_wording("yes: ask\n", "yes: ask\n    hint: Look.\n", "dark/other: hint");
}

#[test]
fn wording_of_conditions_and_choices_is_compared() {
    assert_eq!(
        wording_changes(&irreversible("Look twice."), &irreversible("Look three times.")),
        ["dark/enter: steps"]
    );
    let choices = |labels: &str| {
        OLD.replace(
            "question: Is there a recovery key?\n    yes: enter\n    no: support\n",
            &format!("question: Where is the key?\n    choices: {{{labels}}}\n"),
        )
    };
    let (paper, sheet) =
        (choices("On paper: enter, It is gone: support"), choices("On a paper: enter, It is gone: support"));
    assert_eq!(wording_changes(&paper, &sheet), ["dark/key: choices"]);
    assert_eq!(wording_changes(&paper, &choices("It is gone: support, On paper: enter")), [""; 0]);
}

#[test]
fn wording_of_a_renamed_node_is_reported_under_the_new_name() {
    let renamed = OLD.replace("key", "paper").replace("a recovery paper?", "any recovery key?");
    assert_eq!(wording_changes(OLD, &renamed), ["dark/paper: heading"]);
}

/// Returns the wording changes between two texts of the article. Fails if paths changed.
fn wording_changes(old: &str, new: &str) -> Vec<String> {
    let [old, new] = [old, new].map(|text| load(&[source(&[("collection", COLLECTION), ("dark", text)])]).kb);
    let difference = compare(&old, &new);
    assert!(!difference.has_changed_paths());
    difference.wording_changes.into_iter().collect()
}

#[test]
fn renamed_node_does_not_change_paths() {
    let (text, changed) = diff("key", "have-the-code");
    assert!(!changed, "{text}");
}

#[test]
fn added_question_is_tried_with_every_answer() {
    let asked = "    no: key2\n  key2:\n    question: Is it Monday?\n    yes: support\n    no: key\n";
    let (text, changed) = diff("    no: key\n", asked);
    assert!(changed);
    assert!(
        text.contains(
            "  Is there another administrator? No
  Is it Monday? Yes (new question)
  Is there a recovery key? Yes (question no longer asked)
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
fn reordered_choices_do_not_change_paths() {
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
    assert!(!compare(first, reordered).has_changed_paths());
    assert!(compare(first, swapped).has_changed_paths());
}

#[test]
fn new_and_removed_articles() {
    let folder = Folder::new();
    folder.write("old/test/collection.yaml", COLLECTION).write("old/test/dark.yaml", OLD);
    folder.write("new/test/collection.yaml", COLLECTION).write("new/test/light.yaml", OLD);
    let (text, _) = folder.run(&["diff", "old", "new"], 1);
    assert_eq!(text, "dark: removed\n\nlight: new\n\nno paths changed\n");
}

#[test]
fn version_with_errors_is_rejected() {
    let folder = Folder::new();
    folder.write("old/test/collection.yaml", COLLECTION).write("old/test/dark.yaml", OLD);
    folder.write("new/test/collection.yaml", COLLECTION).write("new/test/dark.yaml", "message: [\n");
    let (_, error) = folder.run(&["diff", "old", "new"], 2);
    assert!(
        error.starts_with("unstuck: new has 1 error: new/test/dark.yaml:") && error.contains("unstuck check new"),
        "{error}"
    );
}

/// Runs Git in a folder and returns its output.
fn git(folder: &Folder, args: &[&str]) -> String {
    let mut command = Command::new("git");
    command.current_dir(folder.path()).args(["-c", "user.name=a", "-c", "user.email=a@example.com"]).args(args);
    let output = command.output().unwrap();
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

#[test]
fn git_revisions() {
    let folder = Folder::new();
    let git = |args: &[&str]| git(&folder, args);
    if Command::new("git").arg("--version").output().is_err() {
        return; // Git is not installed
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
    assert!(folder.run(&["diff", "HEAD", "kb"], 1).0.ends_with("2 paths changed\n"));
    git(&["commit", "--quiet", "-a", "-m", "two"]);
    assert!(folder.run(&["diff", "HEAD~1", "HEAD"], 1).0.ends_with("2 paths changed\n"));
    assert_eq!(folder.run(&["diff", "HEAD", "kb"], 0).0, "no paths changed\n");
    let mut command = folder.unstuck();
    let output = command.current_dir(folder.path().join("kb")).args(["diff", "HEAD~1", "."]).output().unwrap();
    assert!(String::from_utf8_lossy(&output.stdout).ends_with("2 paths changed\n"), "{output:?}");
    folder.write("deep/kb/test/collection.yaml", COLLECTION).write("deep/kb/test/dark.yaml", OLD);
    git(&["add", "."]);
    git(&["commit", "--quiet", "-m", "three"]);
    let mut command = folder.unstuck();
    let output = command.current_dir(folder.path().join("deep")).args(["diff", "HEAD", "kb"]).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stdout), "no paths changed\n", "{output:?}");
    let (_, error) = folder.run(&["diff", "nonesuch", "kb"], 2);
    assert!(error.starts_with("unstuck: `nonesuch` is neither a folder nor a Git revision"), "{error}");
    folder.write("new/test/collection.yaml", COLLECTION).write("new/test/dark.yaml", OLD);
    let (_, error) = folder.run(&["diff", "HEAD", "new"], 2);
    assert!(error.starts_with("unstuck: the revision `HEAD` has no folder `new`"), "{error}");
    let (_, error) = folder.run(&["diff", "HEAD:none", "kb"], 2);
    assert!(error.starts_with("unstuck: the revision `HEAD` has no folder `none`"), "{error}");
    let (_, error) = folder.run(&["diff", "--", "--output=x", "kb"], 2);
    assert!(error.contains("is neither a folder nor a Git revision"), "{error}");
    assert!(!folder.path().join("x").exists());
}

#[cfg(unix)]
#[test]
fn missing_objects_are_not_fetched_and_configured_programs_do_not_run() {
    let folder = Folder::new();
    let git = |args: &[&str]| git(&folder, args);
    if Command::new("git").arg("--version").output().is_err() {
        return; // Git is not installed
    }
    git(&["init", "--quiet"]);
    folder.write("kb/test/collection.yaml", COLLECTION).write("kb/test/dark.yaml", OLD);
    git(&["add", "."]);
    git(&["commit", "--quiet", "-m", "one"]);
    let blob = git(&["rev-parse", "HEAD:kb/test/dark.yaml"]);
    let (begin, rest) = blob.split_at(2);
    std::fs::remove_file(folder.path().join(".git/objects").join(begin).join(rest)).unwrap();
    let marker = folder.path().join("run");
    git(&["config", "core.repositoryFormatVersion", "1"]);
    git(&["config", "extensions.partialClone", "origin"]);
    git(&["config", "remote.origin.promisor", "true"]);
    git(&["config", "remote.origin.url", "file:///nowhere"]);
    git(&["config", "remote.origin.uploadpack", &format!("touch {}; false", marker.display())]);
    let (_, error) = folder.run(&["diff", "HEAD", "kb"], 2);
    assert!(error.contains("dark.yaml is not in this clone of the repository; fetch it with git first"), "{error}");
    assert!(!marker.exists(), "the program from the Git settings ran");
}

#[test]
fn added_and_removed_choices_are_compared() {
    let kb = |branches: &str| {
        let ends = [("a", "Penguins"), ("b", "Glass"), ("z", "Erase the disk")];
        let used = ends.iter().filter(|(name, _)| branches.contains(&format!(": {name}")));
        let ends: Vec<String> = used.map(|(name, text)| format!("  {name}: {{escalation: {text}}}\n")).collect();
        let head = "message: It is dark.\nflow:\n  which:\n    question: Which system?\n";
        let loaded = load(&[source(&[
            ("collection", COLLECTION),
            ("dark", &format!("{head}    {branches}\n{}", ends.concat())),
        ])]);
        assert_eq!(loaded.diagnostics, []);
        loaded.kb
    };
    let old = kb("choices: {Windows: b, Linux: a}");
    assert!(
        !compare(&old, &kb("choices: {Linux: a, Windows 11: b}")).has_changed_paths(),
        "the choices are only reordered and renamed"
    );
    let gained = compare(&old, &kb("choices: {Linux: a, Toaster: z}"));
    let ends: Vec<&str> =
        gained.changed.iter().flat_map(|article| &article.changes).map(|one| one.now.text.as_str()).collect();
    assert!(ends.contains(&"Erase the disk"), "{ends:?}");
    let unsure = compare(&old, &kb("choices: {Windows: b, Linux: a}\n    unsure: z"));
    assert!(!unsure.has_changed_paths(), "{:?}", unsure.changed);
}

#[test]
fn absolute_path_is_found_in_a_revision() {
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
    let path = folder.path().join("kb");
    assert!(folder.run(&["diff", "HEAD", path.to_str().unwrap()], 1).0.ends_with("2 paths changed\n"));
    let elsewhere = Folder::new();
    elsewhere.write("kb/test/collection.yaml", COLLECTION).write("kb/test/dark.yaml", OLD);
    let path = elsewhere.path().join("kb");
    assert!(folder.run(&["diff", "HEAD", path.to_str().unwrap()], 2).1.contains("is not inside the current folder"));
    for path in ["HEAD:kb/test", "kb/test"] {
        let (_, error) = folder.run(&["diff", path, "kb"], 2);
        assert!(error.starts_with(&format!("unstuck: {path} is not a knowledge base: a folder of")), "{error}");
    }
    let (_, error) = folder.run(&["diff", "HEAD", "kb/test"], 2);
    assert!(error.contains("in its folder kb/test") && error.contains("write `HEAD:FOLDER`"), "{error}");
}

/// A flow: the targets of yes, no and "not sure" of each question. A target is the index of a question, or of one of the
/// three [`ENDS`], which follow the questions.
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
    let branches = questions.iter().flat_map(|(yes, no, unsure)| [Some(*yes), Some(*no), *unsure]).flatten();
    for end in
        branches.map(|target| name(questions, target)).filter(|name| !name.starts_with('q')).collect::<BTreeSet<_>>()
    {
        writeln!(text, "  {end}: {{escalation: {end}}}").unwrap();
    }
    text
}

/// Returns the end of the path with these answers. An answer is an index into yes, no and "not sure".
fn end(questions: &Questions, answers: &[usize]) -> String {
    let (mut at, mut visited) = (0, BTreeSet::new());
    while let Some((yes, no, unsure)) = questions.get(at) {
        if !visited.insert(at) {
            return "circle".to_owned();
        }
        at = **[yes, no, unsure.as_ref().unwrap_or(no)].get(*answers.get(at).unwrap()).unwrap();
    }
    name(questions, at)
}

/// Returns each pair of different ends in the old and the new flow, by trying all combinations of answers.
fn brute_force(old: &Questions, new: &Questions) -> BTreeSet<(String, String)> {
    let most = old.len().max(new.len());
    let all = (0..3_usize.pow(u32::try_from(most).unwrap()))
        .map(|nth| (0..most).map(|at| nth / 3_usize.pow(u32::try_from(at).unwrap()) % 3).collect::<Vec<_>>());
    all.map(|answers| (end(old, &answers), end(new, &answers))).filter(|(was, now)| was != now).collect()
}

/// Generates flows in which each question leads to the next one, by yes or by no, so that every question is reachable.
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
    fn changed_paths_agree_with_brute_force(old in questions(), new in questions()) {
        let load = |questions: &Questions| load(&[source(&[("collection", "title: Test\n"), ("a", &article(questions))])]);
        let loaded = (load(&old), load(&new));
        let endless = |diagnostics: &[unstuck::kb::Diagnostic]| diagnostics.iter().any(|diagnostic| diagnostic.code.as_str() == "E015");
        prop_assume!(!endless(&loaded.0.diagnostics) && !endless(&loaded.1.diagnostics));
        prop_assert!(loaded.0.diagnostics.is_empty() && loaded.1.diagnostics.is_empty());
        let difference = compare(&loaded.0.kb, &loaded.1.kb);
        let end = |end: &unstuck::diff::End| if end.kind == "circle" { "circle".to_owned() } else { end.node.clone() };
        let found: BTreeSet<(String, String)> =
            difference.changed.iter().flat_map(|article| &article.changes).map(|one| (end(&one.was), end(&one.now))).collect();
        prop_assert_eq!(found, brute_force(&old, &new));
    }
}
