//! Saved cases on disk: no acknowledged answer is lost if the program is killed or the disk is full.
//!
//! `UNSTUCK_LONG=1 cargo test --test history` runs the long form with 10,000 kills and 16 writers of 1,000 cases each.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "tests")]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use support::{Folder, runs};
use unstuck::case::{AnsweredQuestion, Case, CaseStatus, Step};
use unstuck::history::{CaseRecorder, History, OpenError};

/// Returns an open case with a number of answers.
fn case(message: &str, answers: usize) -> Case {
    let answered = |nth: usize| AnsweredQuestion {
        node: format!("a/n{nth}"),
        question: format!("Is it {nth}?"),
        answer: "Yes".to_owned(),
        known: false,
    };
    Case { message: message.to_owned(), answers: (0..answers).map(answered).collect(), ..Case::default() }
}

/// Not a test, but the program that other tests start and kill. Each line of its output is an acknowledged answer.
#[test]
#[ignore = "started by the other tests"]
fn writer() {
    let Ok(folder) = std::env::var("UNSTUCK_WRITER") else { return };
    let count: usize = std::env::var("UNSTUCK_CASES").unwrap().parse().unwrap();
    let history = History::open(Path::new(&folder)).unwrap();
    let mut out = std::io::stdout().lock();
    for nth in 0..count {
        let mut id = None;
        for answers in 1..=3 {
            let message = format!("{}-{nth}", std::process::id());
            let Ok(saved) = history.save(id, &case(&message, answers), Timestamp::now()) else { return };
            id = Some(saved);
            // `saved` separates these lines from the lines of the test harness.
            if writeln!(out, "saved {message} {answers}").and_then(|()| out.flush()).is_err() {
                return;
            }
        }
    }
}

/// Starts a writer of `cases` cases. The shell runs `setup` first.
fn start(folder: &Path, cases: usize, setup: &str) -> Child {
    let test_program = std::env::current_exe().unwrap();
    let line = format!("{setup} exec {} --exact writer --ignored --nocapture", test_program.display());
    Command::new("sh")
        .args(["-c", &line])
        .env("UNSTUCK_WRITER", folder)
        .env("UNSTUCK_CASES", cases.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// Returns the acknowledged number of answers for each case of a writer, by error message.
fn acknowledged(child: &mut Child) -> BTreeMap<String, usize> {
    let lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    let mut acknowledged = BTreeMap::new();
    for line in lines {
        let words: Vec<&str> = line.split(' ').collect();
        if let ["saved", message, answers] = words.as_slice() {
            acknowledged.insert((*message).to_owned(), answers.parse().unwrap());
        }
    }
    acknowledged
}

/// Checks that the folder contains each acknowledged answer.
#[track_caller]
fn assert_saved(folder: &Path, acknowledged: &BTreeMap<String, usize>) {
    let stored = History::open(folder).unwrap().cases().unwrap();
    let stored: BTreeMap<&str, usize> =
        stored.iter().map(|stored| (stored.case.message.as_str(), stored.case.answers.len())).collect();
    for (message, answers) in acknowledged {
        assert!(
            stored.get(message.as_str()).is_some_and(|stored| stored >= answers),
            "{message}: not all of the {answers} acknowledged answers were saved"
        );
    }
}

#[test]
fn a_kill_loses_no_acknowledged_answer() {
    let mut folder = Folder::new();
    let kills = runs(200, 10_000);
    let mut total = 0;
    for nth in 0..kills {
        if nth % 20 == 19 {
            folder = Folder::new();
        }
        let mut child = start(folder.path(), 100_000, "");
        // Kill the writer at any time from before it opens the file until it writes cases.
        std::thread::sleep(Duration::from_micros((nth * 7_919) % 60_000));
        child.kill().unwrap();
        let acknowledged = acknowledged(&mut child);
        child.wait().unwrap();
        total += acknowledged.len();
        assert_saved(folder.path(), &acknowledged);
    }
    assert!(total > 0, "no answer was acknowledged");
    eprintln!("{kills} kills, {total} cases acknowledged, none lost");
}

#[test]
fn concurrent_writers_lose_no_case() {
    let folder = Folder::new();
    let cases = usize::try_from(runs(25, 1_000)).unwrap();
    let started = Instant::now();
    let mut writers: Vec<Child> = (0..16).map(|_| start(folder.path(), cases, "")).collect();
    let mut all = BTreeMap::new();
    for writer in &mut writers {
        all.extend(acknowledged(writer));
        assert!(writer.wait().unwrap().success());
    }
    assert_eq!(all.len(), 16 * cases);
    assert_saved(folder.path(), &all);
    assert_eq!(History::open(folder.path()).unwrap().cases().unwrap().len(), 16 * cases);
    eprintln!("16 writers, {} cases, {:?}", all.len(), started.elapsed());
}

#[test]
fn concurrent_first_starts_succeed() {
    for _ in 0..runs(15, 200) {
        let folder = Folder::new();
        let data = folder.path().join("data");
        let openers: Vec<_> = (0..8)
            .map(|_| {
                let data = data.clone();
                std::thread::spawn(move || History::open(&data).map(|history| history.cases().unwrap().len()))
            })
            .collect();
        for opener in openers {
            let opened = opener.join().unwrap().map_err(|error| error.to_string());
            assert_eq!(opened, Ok(0));
        }
    }
}

#[test]
fn a_full_disk_loses_no_acknowledged_answer() {
    let mut failed = 0;
    for nth in 0..runs(17, 400) {
        let blocks = nth * runs(7, 1) + 1;
        let folder = Folder::new();
        // A write that exceeds this limit on the file size fails.
        let mut child = start(folder.path(), 60, &format!("trap '' XFSZ; ulimit -f {blocks};"));
        let acknowledged = acknowledged(&mut child);
        child.wait().unwrap();
        failed += usize::from(acknowledged.len() < 60);
        assert_saved(folder.path(), &acknowledged);
    }
    assert!(failed > 0, "no writer reached the limit");
}

#[test]
fn only_an_interrupted_case_that_no_program_has_open_is_offered() {
    let folder = Folder::new();
    let mut child = start(folder.path(), 1, "");
    let acknowledged = acknowledged(&mut child);
    child.wait().unwrap();
    assert_eq!(acknowledged.len(), 1);
    let first = History::open(folder.path()).unwrap();
    let interrupted = first.interrupted(|_| true).unwrap().unwrap();
    assert_eq!(interrupted.case.answers.len(), 3);
    first.save(Some(interrupted.id), &interrupted.case, Timestamp::now()).unwrap();
    let other = History::open(folder.path()).unwrap();
    assert_eq!(other.interrupted(|_| true).unwrap(), None, "a case that is open in another program is offered");
    drop(first);
    assert_eq!(other.interrupted(|_| true).unwrap().map(|stored| stored.id), Some(interrupted.id));
}

#[test]
fn the_recorder_saves_each_answer_and_the_final_status() {
    let folder = Folder::new();
    let mut recorder = CaseRecorder::new(Some(History::open(folder.path()).unwrap()));
    recorder.record(None);
    recorder.record(Some((1, case("one", 1))));
    recorder.record(Some((1, case("one", 2))));
    recorder.record(Some((2, case("two", 1))));
    let ended = Case { status: CaseStatus::Solved, ..case("two", 2) };
    recorder.record(Some((2, ended)));
    recorder.record(None);
    let stored = History::open(folder.path()).unwrap().cases().unwrap();
    let mut saved: Vec<(&str, usize, CaseStatus)> = stored
        .iter()
        .map(|stored| (stored.case.message.as_str(), stored.case.answers.len(), stored.case.status))
        .collect();
    saved.sort_unstable_by_key(|saved| saved.0);
    assert_eq!(saved, [("one", 2, CaseStatus::Unfinished), ("two", 2, CaseStatus::Solved)]);
}

#[test]
fn only_one_program_can_resume_an_open_case_and_viewing_changes_nothing() {
    let folder = Folder::new();
    let open = || History::open(folder.path()).unwrap();
    let on_hold = Case { status: CaseStatus::OnHold, ..case("one", 2) };
    let id = open().save(None, &on_hold, Timestamp::now()).unwrap();
    let stored = open().case(id).unwrap().unwrap();
    let mut viewer = CaseRecorder::new(Some(open()));
    assert!(viewer.attach(1, &stored));
    // The wizard shows the case as open, but nothing changes in it.
    viewer.record(Some((1, Case { status: CaseStatus::Open, ..on_hold.clone() })));
    viewer.record(None);
    drop(viewer);
    assert_eq!(open().case(id).unwrap().unwrap().case, on_hold);
    // Only one program can have an open case.
    let mut first = CaseRecorder::new(Some(open()));
    let interrupted = open().save(None, &case("two", 1), Timestamp::now()).unwrap();
    let stored = open().case(interrupted).unwrap().unwrap();
    assert!(first.attach(1, &stored));
    assert!(!CaseRecorder::new(Some(open())).attach(1, &stored), "two programs have the case open");
    drop(first);
    let mut last = CaseRecorder::new(Some(open()));
    assert!(last.attach(1, &stored));
    // Putting the case on hold is a change, even without other changes.
    last.record(Some((1, Case { status: CaseStatus::OnHold, ..stored.case.clone() })));
    assert_eq!(open().case(interrupted).unwrap().unwrap().case.status, CaseStatus::OnHold);
}

#[test]
fn only_one_program_can_resume_a_case_on_hold() {
    let folder = Folder::new();
    let open = || History::open(folder.path()).unwrap();
    let mut first = CaseRecorder::new(Some(open()));
    first.record(Some((1, Case { status: CaseStatus::OnHold, ..case("one", 2) })));
    let stored = open().cases().unwrap().remove(0);
    let (mut second, mut third) = (CaseRecorder::new(Some(open())), CaseRecorder::new(Some(open())));
    assert!(second.attach(1, &stored), "the program that put the case on hold still blocks it");
    assert!(!third.attach(1, &stored), "two programs have the case open, although neither changed it");
    drop(second);
    assert!(third.attach(1, &stored));
}

#[test]
fn clearing_a_step_counts_as_progress() {
    let step = |done| Step { node: "one/fix".to_owned(), by: "user".to_owned(), text: "Wait.".to_owned(), done };
    let with_done_step = Case { steps: vec![step(true)], ..case("one", 1) };
    let with_open_step = Case { steps: vec![step(false)], ..case("one", 1) };
    assert!(with_done_step.same_progress(&with_done_step) && with_open_step.same_progress(&with_open_step));
    assert!(!with_done_step.same_progress(&with_open_step) && !with_open_step.same_progress(&with_done_step));
    let [both, one] =
        [[true, true], [true, false]].map(|done| Case { steps: done.map(step).to_vec(), ..case("one", 1) });
    assert!(
        !both.same_progress(&one) && !one.same_progress(&both) && both.same_progress(&both),
        "two equal steps with different marks count as equal progress"
    );
}

#[test]
fn an_unfinished_case_contains_its_most_advanced_state_and_a_deleted_case_is_not_saved_again() {
    let folder = Folder::new();
    let history = || History::open(folder.path()).unwrap();
    let mut recorder = CaseRecorder::new(Some(history()));
    for answers in [1, 2, 3, 2, 1] {
        recorder.record(Some((1, case("one", answers))));
    }
    recorder.record(None);
    let stored = history().cases().unwrap();
    assert_eq!(
        stored.first().map(|stored| (stored.case.answers.len(), stored.case.status)),
        Some((3, CaseStatus::Unfinished))
    );
    recorder.record(Some((2, case("two", 1))));
    let id = history().cases().unwrap().first().unwrap().id;
    assert!(history().delete(id).unwrap());
    recorder.record(Some((2, case("two", 2))));
    assert_eq!(history().cases().unwrap().len(), 1, "the deleted case was saved again");
}

#[test]
fn an_interrupted_case_without_its_article_does_not_hide_other_cases() {
    let folder = Folder::new();
    let history = History::open(folder.path()).unwrap();
    history.save(None, &case("one", 1), Timestamp::now()).unwrap();
    history.save(None, &case("two", 1), Timestamp::now()).unwrap();
    drop(history);
    let found = History::open(folder.path()).unwrap().interrupted(|case| case.message == "one").unwrap();
    assert_eq!(found.unwrap().case.message, "one");
}

#[test]
fn single_and_old_cases_can_be_deleted() {
    let folder = Folder::new();
    let history = History::open(folder.path()).unwrap();
    let at = |day: &str| format!("{day}T00:00:00Z").parse::<Timestamp>().unwrap();
    let old = history.save(None, &case("old", 1), at("2026-01-01")).unwrap();
    let new = history.save(None, &case("new", 1), at("2026-11-01")).unwrap();
    assert!(history.delete(new).unwrap());
    assert!(!history.delete(new).unwrap());
    assert_eq!(history.forget(at("2025-12-31")).unwrap(), 0);
    assert_eq!(history.case(old).unwrap().unwrap().case.message, "old");
    assert_eq!(history.forget(at("2026-06-01")).unwrap(), 1);
    assert_eq!(history.cases().unwrap(), []);
    // Deleted answers are no longer in the database files, even while the database is open.
    for entry in fs::read_dir(folder.path()).unwrap() {
        let bytes = fs::read(entry.unwrap().path()).unwrap();
        assert!(!String::from_utf8_lossy(&bytes).contains("Is it 0?"));
    }
}

#[test]
fn only_the_owner_can_read_the_files() {
    let folder = Folder::new();
    let data = folder.path().join("data");
    let history = History::open(&data).unwrap();
    history.save(None, &case("one", 1), Timestamp::now()).unwrap();
    assert_eq!(fs::metadata(&data).unwrap().permissions().mode() & 0o777, 0o700);
    for entry in fs::read_dir(&data).unwrap() {
        let path = entry.unwrap().path();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600, "{}", path.display());
    }
}

#[test]
fn other_and_newer_databases_are_not_changed() {
    let folder = Folder::new();
    let path = folder.path().join("cases.db");
    fs::write(&path, "a letter, and no database; long enough to have been one".repeat(40)).unwrap();
    let before = fs::read(&path).unwrap();
    assert!(matches!(History::open(folder.path()), Err(OpenError::Broken(..))));
    assert_eq!(fs::read(&path).unwrap(), before);
    fs::remove_file(&path).unwrap();
    drop(History::open(folder.path()).unwrap());
    fs::remove_file(&path).unwrap();
    rusqlite::Connection::open(&path).unwrap().execute_batch("CREATE TABLE mine (a)").unwrap();
    assert!(
        matches!(History::open(folder.path()), Err(OpenError::Broken(..))),
        "the database of another program was accepted"
    );
    fs::remove_file(&path).unwrap();
    drop(History::open(folder.path()).unwrap());
    rusqlite::Connection::open(&path).unwrap().pragma_update(None, "user_version", 2).unwrap();
    assert!(matches!(History::open(folder.path()), Err(OpenError::Newer(_))));
    assert!(matches!(History::open(&path.join("below")), Err(OpenError::NoFolder(_))));
}
