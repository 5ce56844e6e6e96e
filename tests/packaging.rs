//! Shell completions and manual pages for packages, generated from the definition of the command line.
//!
//! To regenerate them, run `UNSTUCK_DOCS=write cargo test --test packaging`.

#![expect(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use clap_complete::Shell;
use unstuck::cli::command;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/packaging");

/// Generates the files. The keys are their paths below `packaging`.
fn files() -> BTreeMap<String, String> {
    let generated = tempfile::tempdir().unwrap();
    for (name, shell) in [
        ("unstuck.bash", Shell::Bash),
        ("_unstuck", Shell::Zsh),
        ("unstuck.fish", Shell::Fish),
        ("unstuck.ps1", Shell::PowerShell),
    ] {
        let mut text = Vec::new();
        clap_complete::generate(shell, &mut command(), "unstuck", &mut text);
        fs::create_dir_all(generated.path().join("completions")).unwrap();
        fs::write(generated.path().join("completions").join(name), text).unwrap();
    }
    fs::create_dir_all(generated.path().join("man")).unwrap();
    let mut built = command();
    built.build();
    write_manual(&built, &generated.path().join("man"));
    read(generated.path())
}

/// Writes the manual page of a command and of its subcommands.
fn write_manual(command: &clap::Command, folder: &Path) {
    let page = clap_mangen::Man::new(command.clone());
    let mut text = Vec::new();
    page.render_title(&mut text).unwrap();
    page.render_name_section(&mut text).unwrap();
    page.render_synopsis_section(&mut text).unwrap();
    page.render_description_section(&mut text).unwrap();
    page.render_options_section(&mut text).unwrap();
    if command.has_subcommands() {
        page.render_subcommands_section(&mut text).unwrap();
    }
    let help = command.get_after_long_help().or(command.get_after_help()).map(ToString::to_string).unwrap_or_default();
    let mut text = String::from_utf8(text).unwrap();
    for line in help.lines() {
        let escaped = line.replace('\\', "\\\\").replace('-', "\\-");
        match line {
            "Examples:" | "Example:" => text.push_str(".SH EXAMPLES\n"),
            "Environment:" => text.push_str(".SH ENVIRONMENT\n"),
            "Files:" => text.push_str(".SH FILES\n"),
            _ if line.starts_with("Exit codes: ") => {
                write!(text, ".SH \"EXIT STATUS\"\n{}\n", escaped.trim_start_matches("Exit codes: ")).unwrap();
            }
            _ if line.starts_with("  ") => write!(text, ".nf\n{}\n.fi\n", escaped.trim()).unwrap(),
            "" => {}
            _ => write!(text, ".SH NOTES\n{escaped}\n").unwrap(),
        }
    }
    fs::create_dir_all(folder).unwrap();
    fs::write(folder.join(format!("{}.1", command.get_display_name().unwrap_or(command.get_name()))), text).unwrap();
    for sub in command.get_subcommands() {
        write_manual(sub, folder);
    }
}

/// Reads the completions and manual pages below a folder. The keys are their paths.
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
fn completions_and_manual_are_current() {
    let files = files();
    if std::env::var_os("UNSTUCK_DOCS").is_some() {
        for (name, text) in &files {
            let path = Path::new(FOLDER).join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
    }
    let stored = read(Path::new(FOLDER));
    assert_eq!(stored.keys().collect::<Vec<_>>(), files.keys().collect::<Vec<_>>());
    for (name, text) in &files {
        assert!(
            stored.get(name) == Some(text),
            "packaging/{name} is not current; to regenerate it, run `UNSTUCK_DOCS=write cargo test --test packaging`"
        );
    }
}
