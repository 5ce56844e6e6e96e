//! Cases on disk: what was acknowledged is there, whatever happened to the program, the disk or the file.
//!
//! `UNSTUCK_LONG=1 cargo test --test history` runs the long form: 10,000 kills, 16 writers of 1,000 cases each.

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
use unstuck::case::{Answered, Case, Standing, Step};
use unstuck::history::{History, Keeper, Unavailable};

fn case(message: &str, answers: usize) -> Case {
    let answered = |nth: usize| Answered {
        node: format!("a/n{nth}"),
        question: format!("Is it {nth}?"),
        answer: "Yes".to_owned(),
        known: false,
    };
    Case { message: message.to_owned(), answers: (0..answers).map(answered).collect(), ..Case::default() }
}

/// Not a test: the program that the others start, kill and crowd. Each line that it prints is an answer that has been saved.
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
            // The harness writes lines of its own.
            if writeln!(out, "saved {message} {answers}").and_then(|()| out.flush()).is_err() {
                return;
            }
        }
    }
}

fn start(folder: &Path, cases: usize, before: &str) -> Child {
    let me = std::env::current_exe().unwrap();
    let line = format!("{before} exec {} --exact writer --ignored --nocapture", me.display());
    Command::new("sh")
        .args(["-c", &line])
        .env("UNSTUCK_WRITER", folder)
        .env("UNSTUCK_CASES", cases.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// What a writer has acknowledged: for each case, how many answers.
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

#[track_caller]
fn holds(folder: &Path, acknowledged: &BTreeMap<String, usize>) {
    let kept = History::open(folder).unwrap().cases().unwrap();
    let kept: BTreeMap<&str, usize> =
        kept.iter().map(|kept| (kept.case.message.as_str(), kept.case.answers.len())).collect();
    for (message, answers) in acknowledged {
        assert!(
            kept.get(message.as_str()).is_some_and(|kept| kept >= answers),
            "{message}: {answers} answers are lost"
        );
    }
}

#[test]
fn a_kill_at_any_moment_loses_nothing_that_was_acknowledged() {
    let mut folder = Folder::new();
    let kills = runs(200, 10_000);
    let mut total = 0;
    for nth in 0..kills {
        if nth % 20 == 19 {
            folder = Folder::new();
        }
        let mut child = start(folder.path(), 100_000, "");
        // From before it has opened the file to the middle of its work.
        std::thread::sleep(Duration::from_micros((nth * 7_919) % 60_000));
        child.kill().unwrap();
        let acknowledged = acknowledged(&mut child);
        child.wait().unwrap();
        total += acknowledged.len();
        holds(folder.path(), &acknowledged);
    }
    assert!(total > 0, "nothing was ever acknowledged");
    eprintln!("{kills} kills, {total} cases acknowledged, none lost");
}

#[test]
fn many_programs_write_at_once() {
    let folder = Folder::new();
    let cases = usize::try_from(runs(25, 1_000)).unwrap();
    let begun = Instant::now();
    let mut writers: Vec<Child> = (0..16).map(|_| start(folder.path(), cases, "")).collect();
    let mut all = BTreeMap::new();
    for writer in &mut writers {
        all.extend(acknowledged(writer));
        assert!(writer.wait().unwrap().success());
    }
    assert_eq!(all.len(), 16 * cases);
    holds(folder.path(), &all);
    assert_eq!(History::open(folder.path()).unwrap().cases().unwrap().len(), 16 * cases);
    eprintln!("16 writers, {} cases, {:?}", all.len(), begun.elapsed());
}

#[test]
fn many_programs_may_be_the_first() {
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
fn a_disk_that_fills_up_loses_nothing_that_was_acknowledged() {
    let mut failed = 0;
    for nth in 0..runs(17, 400) {
        let blocks = nth * runs(7, 1) + 1;
        let folder = Folder::new();
        // A limit on the size of files, which fails the write that goes beyond it.
        let mut child = start(folder.path(), 60, &format!("trap '' XFSZ; ulimit -f {blocks};"));
        let acknowledged = acknowledged(&mut child);
        child.wait().unwrap();
        failed += usize::from(acknowledged.len() < 60);
        holds(folder.path(), &acknowledged);
    }
    assert!(failed > 0, "the disk never filled up");
}

#[test]
fn a_case_that_was_interrupted_is_offered_and_one_that_somebody_is_at_is_not() {
    let folder = Folder::new();
    let mut child = start(folder.path(), 1, "");
    let acknowledged = acknowledged(&mut child);
    child.wait().unwrap();
    assert_eq!(acknowledged.len(), 1);
    let mine = History::open(folder.path()).unwrap();
    let interrupted = mine.interrupted(|_| true).unwrap().unwrap();
    assert_eq!(interrupted.case.answers.len(), 3);
    mine.save(Some(interrupted.id), &interrupted.case, Timestamp::now()).unwrap();
    let other = History::open(folder.path()).unwrap();
    assert_eq!(other.interrupted(|_| true).unwrap(), None, "somebody is at it");
    drop(mine);
    assert_eq!(other.interrupted(|_| true).unwrap().map(|kept| kept.id), Some(interrupted.id));
}

#[test]
fn a_keeper_saves_each_answer_and_says_how_a_case_was_left() {
    let folder = Folder::new();
    let mut keeper = Keeper::new(Some(History::open(folder.path()).unwrap()));
    keeper.keep(None);
    keeper.keep(Some((1, case("one", 1))));
    keeper.keep(Some((1, case("one", 2))));
    keeper.keep(Some((2, case("two", 1))));
    let ended = Case { standing: Standing::Solved, ..case("two", 2) };
    keeper.keep(Some((2, ended)));
    keeper.keep(None);
    let kept = History::open(folder.path()).unwrap().cases().unwrap();
    let mut told: Vec<(&str, usize, Standing)> =
        kept.iter().map(|kept| (kept.case.message.as_str(), kept.case.answers.len(), kept.case.standing)).collect();
    told.sort_unstable_by_key(|told| told.0);
    assert_eq!(told, [("one", 2, Standing::GivenUp), ("two", 2, Standing::Solved)]);
}

#[test]
fn a_case_is_taken_up_by_one_program_only_and_a_look_changes_nothing() {
    let folder = Folder::new();
    let open = || History::open(folder.path()).unwrap();
    let waiting = Case { standing: Standing::Waiting, ..case("one", 2) };
    let id = open().save(None, &waiting, Timestamp::now()).unwrap();
    let kept = open().case(id).unwrap().unwrap();
    let mut looking = Keeper::new(Some(open()));
    assert!(looking.go_on(1, &kept));
    // The wizard shows it as open; nothing of it is done.
    looking.keep(Some((1, Case { standing: Standing::Open, ..waiting.clone() })));
    looking.keep(None);
    drop(looking);
    assert_eq!(open().case(id).unwrap().unwrap().case, waiting);
    // An open case belongs to the program that is at it.
    let mut first = Keeper::new(Some(open()));
    let interrupted = open().save(None, &case("two", 1), Timestamp::now()).unwrap();
    let kept = open().case(interrupted).unwrap().unwrap();
    assert!(first.go_on(1, &kept));
    assert!(!Keeper::new(Some(open())).go_on(1, &kept), "somebody is at it");
    drop(first);
    let mut last = Keeper::new(Some(open()));
    assert!(last.go_on(1, &kept));
    // To put it aside is something done, even if nothing else is.
    last.keep(Some((1, Case { standing: Standing::Waiting, ..kept.case.clone() })));
    assert_eq!(open().case(interrupted).unwrap().unwrap().case.standing, Standing::Waiting);
}

#[test]
fn a_case_that_is_put_aside_is_taken_up_by_one_of_two_programs() {
    let folder = Folder::new();
    let open = || History::open(folder.path()).unwrap();
    let mut first = Keeper::new(Some(open()));
    first.keep(Some((1, Case { standing: Standing::Waiting, ..case("one", 2) })));
    let kept = open().cases().unwrap().remove(0);
    let (mut second, mut third) = (Keeper::new(Some(open())), Keeper::new(Some(open())));
    assert!(second.go_on(1, &kept), "who has put it aside is at it no more");
    assert!(!third.go_on(1, &kept), "somebody looks at it, although nothing has been done yet");
    drop(second);
    assert!(third.go_on(1, &kept));
}

#[test]
fn a_step_that_is_unticked_is_something_done() {
    let step = |done| Step { node: "one/fix".to_owned(), by: "user".to_owned(), text: "Wait.".to_owned(), done };
    let ticked = Case { steps: vec![step(true)], ..case("one", 1) };
    let unticked = Case { steps: vec![step(false)], ..case("one", 1) };
    assert!(ticked.is_as(&ticked) && unticked.is_as(&unticked));
    assert!(!ticked.is_as(&unticked) && !unticked.is_as(&ticked));
    let [both, one] =
        [[true, true], [true, false]].map(|done| Case { steps: done.map(step).to_vec(), ..case("one", 1) });
    assert!(!both.is_as(&one) && !one.is_as(&both) && both.is_as(&both), "two steps with the same words");
}

#[test]
fn a_case_that_is_given_up_keeps_what_was_reached_and_one_that_is_deleted_stays_away() {
    let folder = Folder::new();
    let history = || History::open(folder.path()).unwrap();
    let mut keeper = Keeper::new(Some(history()));
    for answers in [1, 2, 3, 2, 1] {
        keeper.keep(Some((1, case("one", answers))));
    }
    keeper.keep(None);
    let kept = history().cases().unwrap();
    assert_eq!(kept.first().map(|kept| (kept.case.answers.len(), kept.case.standing)), Some((3, Standing::GivenUp)));
    keeper.keep(Some((2, case("two", 1))));
    let id = history().cases().unwrap().first().unwrap().id;
    assert!(history().delete(id).unwrap());
    keeper.keep(Some((2, case("two", 2))));
    assert_eq!(history().cases().unwrap().len(), 1, "it does not come back");
}

#[test]
fn an_interrupted_case_without_its_article_hides_no_other() {
    let folder = Folder::new();
    let history = History::open(folder.path()).unwrap();
    history.save(None, &case("one", 1), Timestamp::now()).unwrap();
    history.save(None, &case("two", 1), Timestamp::now()).unwrap();
    drop(history);
    let found = History::open(folder.path()).unwrap().interrupted(|case| case.message == "one").unwrap();
    assert_eq!(found.unwrap().case.message, "one");
}

#[test]
fn cases_are_deleted_and_forgotten() {
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
    // What is deleted is gone from the files as well, while they are open.
    for entry in fs::read_dir(folder.path()).unwrap() {
        let bytes = fs::read(entry.unwrap().path()).unwrap();
        assert!(!String::from_utf8_lossy(&bytes).contains("Is it 0?"));
    }
}

#[test]
fn only_its_owner_can_read_it() {
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
fn what_is_no_history_of_ours_is_left_as_it_is() {
    let folder = Folder::new();
    let path = folder.path().join("cases.db");
    fs::write(&path, "a letter, and no database; long enough to have been one".repeat(40)).unwrap();
    let before = fs::read(&path).unwrap();
    assert!(matches!(History::open(folder.path()), Err(Unavailable::Broken(..))));
    assert_eq!(fs::read(&path).unwrap(), before);
    fs::remove_file(&path).unwrap();
    drop(History::open(folder.path()).unwrap());
    fs::remove_file(&path).unwrap();
    rusqlite::Connection::open(&path).unwrap().execute_batch("CREATE TABLE mine (a)").unwrap();
    assert!(matches!(History::open(folder.path()), Err(Unavailable::Broken(..))), "another program's");
    fs::remove_file(&path).unwrap();
    drop(History::open(folder.path()).unwrap());
    rusqlite::Connection::open(&path).unwrap().pragma_update(None, "user_version", 2).unwrap();
    assert!(matches!(History::open(folder.path()), Err(Unavailable::Newer(_))));
    assert!(matches!(History::open(&path.join("below")), Err(Unavailable::NoFolder(_))));
}
