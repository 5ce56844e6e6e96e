//! `unstuck diff`: what a change means for those who follow the paths.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use similar::{Algorithm, ChangeTag, capture_diff_slices};

use super::output::{self, note};
use super::run::{NO, YES};
use super::{DiffArgs, Global};
use crate::diff::{AskedIn, Difference, End, MOST_PATHS, Move, Moved, Todo, compare};
use crate::handout::COLUMNS;
use crate::kb::{self, Finding, KnowledgeBase};
use crate::text::Clean;
use crate::text::markup::bare;
use crate::text::wrap;
use crate::words::{self, count};
use crate::{files, git};

pub(super) fn run(global: &Global, args: &DiffArgs) -> Result<u8> {
    let old = version(global, &args.old, &args.new, true)?;
    let new = version(global, &args.new, &args.old, false)?;
    let difference = compare(&old, &new);
    if args.json {
        output::print_json(&difference, true)?;
    } else {
        output::print(&report(&difference))?;
    }
    Ok(if difference.moves_a_path() { NO } else { YES })
}

/// One version: a folder, or a revision of git.
fn version(global: &Global, name: &str, other: &str, is_old: bool) -> Result<KnowledgeBase> {
    let path = Path::new(name);
    let below = if path.is_dir() { None } else { Some(folder(global, other)?) };
    let source = match &below {
        None => files::read(path)?,
        Some(below) => git::read(name, below)?,
    };
    let loaded = kb::load(&[source]);
    if loaded.kb.collections.is_empty() {
        const WANTED: &str = "a folder of collections, each with a collection.yaml";
        // The folder that was looked into, where it was not named with the revision.
        match below.filter(|below| !below.as_os_str().is_empty() && !name.contains(':')) {
            Some(below) => bail!(
                "{name} holds no knowledge base in its folder {}: {WANTED}; name another one as `{name}:FOLDER`",
                below.display()
            ),
            None => bail!("{name} holds no knowledge base: {WANTED}"),
        }
    }
    let errors: Vec<&Finding> = loaded.findings.iter().filter(|finding| finding.is_error()).collect();
    if let Some(first) = errors.first() {
        let name = Clean::new(name).one_line();
        let wrong = format!("{name} has {}: {}", count(errors.len(), "error"), first.summary());
        if !is_old {
            bail!("{wrong}. Mend it first: {}", words::check_of(first));
        }
        note(&format!("{wrong}; articles with an error are left out"));
    }
    Ok(loaded.kb)
}

/// The folder that is meant in a revision, as seen from the present folder: the one that it is compared with, the one of `--kb`, or
/// `kb` where there is one.
fn folder(global: &Global, other: &str) -> Result<PathBuf> {
    let other = Path::new(other);
    let named = if other.is_dir() { Some(other.to_owned()) } else { global.kb.first().cloned() };
    let Some(named) = named else { return Ok(PathBuf::from(if Path::new("kb").is_dir() { "kb" } else { "" })) };
    let real = named.canonicalize()?;
    let here = std::env::current_dir()?.canonicalize()?;
    let Ok(below) = real.strip_prefix(&here) else {
        bail!("{} is not below the present folder; go to its repository first", named.display());
    };
    Ok(below.to_owned())
}

fn report(difference: &Difference) -> String {
    let mut report = String::new();
    for article in &difference.gone {
        _ = writeln!(report, "{article}: gone; nobody finds it any more\n");
    }
    for article in &difference.new {
        _ = writeln!(report, "{article}: new\n");
    }
    for moved in &difference.moved {
        article(moved, &mut report);
    }
    for article in &difference.too_many {
        _ = writeln!(report, "{article}: has more than {MOST_PATHS} paths; the others were not compared\n");
    }
    if !difference.words.is_empty() {
        report.push_str("Words that changed, and move no path:\n");
        for words in &difference.words {
            _ = writeln!(report, "  {words}");
        }
        report.push('\n');
    }
    let moves: usize = difference.moved.iter().map(|moved| moved.moves.len()).sum();
    report + &if moves == 0 { "no path moved\n".to_owned() } else { format!("{} moved\n", count(moves, "path")) }
}

/// The paths of an article, those that moved in the same way together.
fn article(moved: &Moved, report: &mut String) {
    _ = writeln!(report, "{}: {} of {} moved\n", moved.article, moved.moves.len(), count(moved.paths, "path"));
    let mut groups: Vec<Vec<&Move>> = Vec::new();
    for this in &moved.moves {
        let like =
            |group: &&mut Vec<&Move>| group.first().is_some_and(|first| first.was == this.was && first.now == this.now);
        match groups.iter_mut().find(like) {
            Some(group) => group.push(this),
            None => groups.push(vec![this]),
        }
    }
    for group in groups {
        for (nth, this) in group.iter().enumerate() {
            if nth > 0 {
                report.push_str("  and\n");
            }
            path(this, report);
        }
        if let Some(this) = group.first() {
            ends(&this.was, &this.now, report);
        }
        report.push('\n');
    }
}

fn path(this: &Move, report: &mut String) {
    if this.answers.is_empty() {
        report.push_str("  always\n");
    }
    for given in &this.answers {
        let mark = match given.asked {
            _ if !given.is_question => "",
            AskedIn::Both => "",
            AskedIn::Old => words::NO_LONGER_ASKED,
            AskedIn::New => words::NEWLY_ASKED,
        };
        let line = words::answered(&bare(&given.question.one_line()), &given.answer) + mark;
        for (nth, line) in wrap(&line, COLUMNS - 4).into_iter().enumerate() {
            _ = writeln!(report, "  {}{line}", if nth == 0 { "" } else { "  " });
        }
    }
}

fn ends(was: &End, now: &End, report: &mut String) {
    if was.node == now.node && was.kind == now.kind && was.contact == now.contact {
        _ = writeln!(report, "    still ends at {}, with other steps:", words::end(was.kind, &was.text));
        let (old, new): (Vec<Todo>, Vec<Todo>) = (was.steps.clone(), now.steps.clone());
        for operation in capture_diff_slices(Algorithm::Myers, &old, &new) {
            for change in operation.iter_changes(&old, &new) {
                let sign = match change.tag() {
                    ChangeTag::Delete => '-',
                    ChangeTag::Insert => '+',
                    ChangeTag::Equal => ' ',
                };
                step(sign, &change.value(), report);
            }
        }
        return;
    }
    for (when, end, sign) in [("ended at", was, '-'), ("now ends at", now, '+')] {
        let contact = end.contact.as_ref().map(|contact| format!(", {contact}")).unwrap_or_default();
        _ = writeln!(report, "    {when} {}{contact}", words::end(end.kind, &end.text));
        if was.steps != now.steps {
            end.steps.iter().for_each(|todo| step(sign, todo, report));
        }
    }
}

fn step(sign: char, todo: &Todo, report: &mut String) {
    let mark = if todo.irreversible { " (cannot be undone)" } else { "" };
    _ = writeln!(report, "      {sign} {}: {}{mark}", todo.by, todo.text);
}
