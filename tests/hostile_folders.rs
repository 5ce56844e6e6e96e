//! Folders with pipes, loops, unusual names and huge files.
//!
//! The program must exit in time and within a memory limit, name the file, and load the good article.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "tests")]

mod support;

use std::ffi::OsStr;
use std::fs::{self, File};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use support::{COLLECTION, Folder, good};

/// Limit of the address space of the program and its libraries, in KiB.
const MEMORY_LIMIT: u32 = 400_000;

/// Time after which the program counts as hung.
const TIMEOUT: Duration = Duration::from_mins(1);

/// Creates a knowledge base with one good article.
fn folder() -> Folder {
    let folder = Folder::new();
    folder.write("kb/test/collection.yaml", COLLECTION).write("kb/test/good.yaml", good("Nothing glows.", "yes"));
    folder
}

/// Runs the program with limited memory, checks its exit code, and returns the text of both output streams.
#[track_caller]
fn run(folder: &Folder, args: &str, code: i32) -> String {
    let program = assert_cmd::cargo::cargo_bin!("unstuck");
    let line = format!("ulimit -v {MEMORY_LIMIT}; exec {} {args}", program.display());
    let mut command = Command::new("sh");
    command.args(["-c", &line]).current_dir(folder.path()).env_remove("UNSTUCK_KB");
    for name in ["DATA", "CONFIG"] {
        command.env(format!("XDG_{name}_HOME"), folder.path().join(name));
    }
    let output = folder.path().join("output");
    let stream = || Stdio::from(File::options().append(true).create(true).open(&output).unwrap());
    let mut child = command.stdin(Stdio::null()).stdout(stream()).stderr(stream()).spawn().unwrap();
    let start = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        if start.elapsed() > TIMEOUT {
            child.kill().unwrap();
        }
        std::thread::sleep(Duration::from_millis(2));
    };
    let text = fs::read_to_string(&output).unwrap();
    fs::remove_file(&output).unwrap();
    assert_eq!(status.code(), Some(code), "{args}: {text}");
    text
}

/// Checks that the good article is loaded, and returns the output of `unstuck check`.
#[track_caller]
fn check(folder: &Folder) -> String {
    let list = run(folder, "list --kb kb --only", 0);
    assert!(list.contains("good\n    Nothing glows.\n"), "{list}");
    run(folder, "--plain --kb kb --only glows", 0);
    run(folder, "check kb", 1)
}

/// Creates a hostile file or folder below `kb/test`, and checks that the report contains each of the texts.
fn hostile(make: impl Fn(&Path), expected: &[&str]) {
    let folder = folder();
    make(&folder.path().join("kb/test"));
    let report = check(&folder);
    for text in expected {
        assert!(report.contains(text), "\"{text}\" is not in the report:\n{report}");
    }
}

fn fifo(path: &Path) {
    assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
}

#[test]
fn pipes_devices_and_sockets() {
    hostile(|test| fifo(&test.join("bad.yaml")), &["kb/test/bad.yaml", "it is not a regular file"]);
    hostile(|test| symlink("/dev/zero", test.join("bad.yaml")).unwrap(), &["kb/test/bad.yaml", "outside the folder"]);
    hostile(
        |test| drop(std::os::unix::net::UnixListener::bind(test.join("bad.yaml")).unwrap()),
        &["kb/test/bad.yaml", "it is not a regular file"],
    );
    hostile(|test| fs::create_dir(test.join("bad.yaml")).unwrap(), &["kb/test/bad.yaml", "it is not a regular file"]);
    // A collection that is a pipe does not affect the other collection.
    hostile(
        |test| {
            fs::create_dir(test.with_file_name("other")).unwrap();
            fifo(&test.with_file_name("other").join("collection.yaml"));
        },
        &["kb/other/collection.yaml", "it is not a regular file"],
    );
}

#[test]
fn links_outside_the_folder_and_circular_links() {
    hostile(|test| symlink("/etc/passwd", test.join("bad.yaml")).unwrap(), &["kb/test/bad.yaml", "outside the folder"]);
    hostile(|test| symlink("bad.yaml", test.join("bad.yaml")).unwrap(), &["kb/test/bad.yaml", "cannot be read"]);
    hostile(|test| symlink("nowhere", test.join("bad.yaml")).unwrap(), &["kb/test/bad.yaml", "cannot be read"]);
    hostile(
        |test| {
            symlink("b.yaml", test.join("a.yaml")).unwrap();
            symlink("a.yaml", test.join("b.yaml")).unwrap();
        },
        &["kb/test/a.yaml", "kb/test/b.yaml"],
    );
    // Folders that contain themselves.
    hostile(
        |test| symlink(".", test.with_file_name("circle")).unwrap(),
        &["kb/circle/test/good.yaml", "not in a subfolder"],
    );
    hostile(|test| symlink(".", test.join("circle")).unwrap(), &["kb/test/circle/good.yaml", "not in a subfolder"]);
    // A link to a collection outside the knowledge base.
    let folder = folder();
    folder.write("elsewhere/collection.yaml", COLLECTION).write("elsewhere/secret.yaml", "message: secret\n");
    symlink(folder.path().join("elsewhere"), folder.path().join("kb/linked")).unwrap();
    let report = check(&folder);
    assert!(report.contains("kb/linked/collection.yaml") && report.contains("outside the folder"), "{report}");
    assert!(!report.contains("message: secret"), "{report}");
    // The knowledge base itself can be a link.
    symlink("kb", folder.path().join("linked")).unwrap();
    assert!(run(&folder, "list --kb linked --only", 0).contains("Nothing glows."));
}

#[test]
fn unusual_file_names() {
    let named = |name: &'static [u8]| {
        move |test: &Path| fs::write(test.join(OsStr::from_bytes(name)), good("Other.", "no")).unwrap()
    };
    hostile(named(b"\xff\xfe.yaml"), &["kb/test/\u{fffd}\u{fffd}.yaml"]);
    hostile(named(b"a b.yaml"), &["kb/test/a b.yaml"]);
    hostile(named(b"a\nb.yaml"), &["kb/test/a"]);
    hostile(named("é.yaml".as_bytes()), &["kb/test/é.yaml"]);
    hostile(named(b"-x.yaml"), &["kb/test/-x.yaml"]);
    let folder = folder();
    let odd = folder.path().join(OsStr::from_bytes(b"kb/\xff"));
    fs::create_dir(&odd).unwrap();
    fs::write(odd.join("collection.yaml"), COLLECTION).unwrap();
    assert!(check(&folder).contains("kb/\u{fffd}"));
}

#[test]
fn unreadable_files_and_folders() {
    let is_readable = |path: &Path| File::open(path).is_ok();
    let folder = folder();
    folder.write("kb/test/bad.yaml", good("Other.", "no")).write("kb/closed/collection.yaml", COLLECTION);
    let (file, closed) = (folder.path().join("kb/test/bad.yaml"), folder.path().join("kb/closed"));
    for path in [&file, &closed] {
        fs::set_permissions(path, fs::Permissions::from_mode(0o0)).unwrap();
    }
    // The root user can read every file, so there is nothing to check.
    if !is_readable(&file) {
        let report = check(&folder);
        assert!(report.contains("kb/test/bad.yaml") && report.contains("kb/closed"), "{report}");
    }
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o700)).unwrap();
}

#[test]
fn empty_and_very_large_files() {
    let sized = |bytes| move |test: &Path| File::create(test.join("bad.yaml")).unwrap().set_len(bytes).unwrap();
    hostile(sized(1 << 30), &["E007", "kb/test/bad.yaml"]);
    hostile(sized(1 << 40), &["E007", "kb/test/bad.yaml"]);
    hostile(sized(100_000), &["kb/test/bad.yaml"]);
    hostile(sized(0), &["kb/test/bad.yaml", "the file is empty"]);
    hostile(|test| fs::write(test.join("bad.yaml"), "a".repeat(127_000)).unwrap(), &["kb/test/bad.yaml"]);
    hostile(
        |test| fs::write(test.join("bad.yaml"), format!("message: {}\n", "a ".repeat(60_000))).unwrap(),
        &["kb/test/bad.yaml"],
    );
    hostile(
        |test| {
            File::create(test.with_file_name("huge").with_extension("yaml")).unwrap().set_len(1 << 30).unwrap();
            fs::create_dir(test.with_file_name("huge")).unwrap();
            File::create(test.with_file_name("huge").join("collection.yaml")).unwrap().set_len(1 << 30).unwrap();
        },
        &["E007", "kb/huge/collection.yaml"],
    );
}

#[test]
fn thousands_of_files_and_folders() {
    hostile(
        |test| {
            for nth in 0..3_000 {
                fs::write(test.join(format!("a{nth}.yaml")), "message: [").unwrap();
                fs::create_dir(test.with_file_name(format!("b{nth}"))).unwrap();
                fs::write(test.join(format!("c{nth}.txt")), "nothing").unwrap();
            }
        },
        &["kb/test/a0.yaml", "kb/test/a2999.yaml"],
    );
    // Deeply nested folders.
    hostile(
        |test| {
            fs::create_dir_all(test.join("d/".repeat(1_500))).unwrap();
            fs::write(test.join("bad.yaml"), "message: [").unwrap();
        },
        &["kb/test/bad.yaml"],
    );
}

#[test]
fn files_that_change_while_they_are_read() {
    let folder = folder();
    let (path, other) = (folder.path().join("kb/test/bad.yaml"), folder.path().join("kb/test/other.yaml"));
    let stop = AtomicBool::new(false);
    let start = Instant::now();
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for nth in 0_u64.. {
                if stop.load(Ordering::Relaxed) || start.elapsed() > TIMEOUT {
                    return;
                }
                let _ = match nth % 6 {
                    0 => fs::write(&path, good("Other.", "no")),
                    1 => File::create(&path).and_then(|file| file.set_len(1 << 30)),
                    2 => fs::remove_file(&path),
                    3 => fs::write(&path, b"message: \xff"),
                    4 => fs::rename(&path, &other),
                    _ => fs::remove_file(&other).and_then(|()| symlink("/dev/zero", &path)),
                };
            }
        });
        for _ in 0..30 {
            let list = run(&folder, "list --kb kb --only", 0);
            assert!(list.contains("Nothing glows."), "{list}");
        }
        stop.store(true, Ordering::Relaxed);
    });
}

#[test]
fn settings_and_history_that_are_not_files() {
    let folder = folder();
    fs::create_dir_all(folder.path().join("CONFIG/unstuck")).unwrap();
    fs::create_dir_all(folder.path().join("DATA/unstuck")).unwrap();
    for name in ["CONFIG/unstuck/audience", "CONFIG/unstuck/history", "DATA/unstuck/cases.db", "DATA/unstuck/1.session"]
    {
        fifo(&folder.path().join(name));
    }
    run(&folder, "--plain --kb kb --only glows", 0);
    run(&folder, "cases", 2);
    fifo(&folder.path().join("CONFIG/unstuck/.history.new"));
    run(&folder, "cases keep off", 0);
    run(&folder, "--as helpdesk --plain --kb kb --only glows", 0);
    for name in ["CONFIG/unstuck/audience", "CONFIG/unstuck/history", "DATA/unstuck/cases.db"] {
        fs::remove_file(folder.path().join(name)).unwrap();
        symlink("/dev/zero", folder.path().join(name)).unwrap();
    }
    run(&folder, "--plain --kb kb --only glows", 0);
    run(&folder, "cases", 2);
}
