//! What packages carry beside the program, made from the command line itself: `UNSTUCK_DOCS=write cargo test --test packaging`
//! writes it anew.

#![expect(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use clap_complete::Shell;
use unstuck::cli::command;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/packaging");

/// The files, by their paths below the folder.
fn files() -> BTreeMap<String, String> {
    let made = tempfile::tempdir().unwrap();
    for (name, shell) in [
        ("unstuck.bash", Shell::Bash),
        ("_unstuck", Shell::Zsh),
        ("unstuck.fish", Shell::Fish),
        ("unstuck.ps1", Shell::PowerShell),
    ] {
        let mut text = Vec::new();
        clap_complete::generate(shell, &mut command(), "unstuck", &mut text);
        fs::create_dir_all(made.path().join("completions")).unwrap();
        fs::write(made.path().join("completions").join(name), text).unwrap();
    }
    fs::create_dir_all(made.path().join("man")).unwrap();
    clap_mangen::generate_to(command(), made.path().join("man")).unwrap();
    read(made.path())
}

fn read(folder: &Path) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    for part in ["completions", "man"] {
        for entry in fs::read_dir(folder.join(part)).into_iter().flatten() {
            let path = entry.unwrap().path();
            let name = format!("{part}/{}", path.file_name().unwrap().to_string_lossy());
            files.insert(name, fs::read_to_string(path).unwrap());
        }
    }
    files
}

#[test]
fn completions_and_manual_say_what_the_command_line_takes() {
    let files = files();
    if std::env::var_os("UNSTUCK_DOCS").is_some() {
        for (name, text) in &files {
            let path = Path::new(FOLDER).join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
    }
    let kept = read(Path::new(FOLDER));
    assert_eq!(kept.keys().collect::<Vec<_>>(), files.keys().collect::<Vec<_>>());
    for (name, text) in &files {
        assert!(
            kept.get(name) == Some(text),
            "packaging/{name} is old: UNSTUCK_DOCS=write cargo test --test packaging"
        );
    }
}
