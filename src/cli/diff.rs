//! `unstuck diff`: shows which outcomes differ between two versions.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use similar::{Algorithm, ChangeTag, capture_diff_slices};

use super::output::{self, note};
use super::run::{EXIT_NEGATIVE, EXIT_OK};
use super::{DiffArgs, Global};
use crate::diff::{AskedIn, ChangedArticle, Difference, End, MAX_PATHS, PathChange, StepSummary, compare};
use crate::kb::{self, Diagnostic, KnowledgeBase};
use crate::report::COLUMNS;
use crate::strings::{self, count};
use crate::text::SanitizedText;
use crate::text::markup::strip_markup;
use crate::text::wrap;
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
    Ok(if difference.has_changed_paths() { EXIT_NEGATIVE } else { EXIT_OK })
}

/// Loads a version: a folder, or a Git revision. `other` is the name of the other version. If `is_old`, articles with errors
/// are skipped.
///
/// # Errors
/// An error if the version can't be read or contains no collection, or if the new version contains errors.
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
        // If the revision contains no folder, mention the folder that was read.
        match below.filter(|below| !below.as_os_str().is_empty() && !name.contains(':')) {
            Some(below) => bail!(
                "{name} has no knowledge base in its folder {}: {WANTED}; to use another folder, write `{name}:FOLDER`",
                below.display()
            ),
            None => bail!("{name} is not a knowledge base: {WANTED}"),
        }
    }
    let errors: Vec<&Diagnostic> = loaded.diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).collect();
    if let Some(first) = errors.first() {
        let name = SanitizedText::new(name).one_line();
        let wrong = format!("{name} has {}: {}", count(errors.len(), "error"), first.summary());
        if !is_old {
            bail!("{wrong}. Fix it first; for details, run: {}", strings::check_of(first));
        }
        note(&format!("{wrong}; articles with errors are skipped"));
    }
    Ok(loaded.kb)
}

/// Returns the folder to read from a revision, relative to the current folder: the other version if it is a folder, otherwise
/// the first folder of `--kb`, otherwise `kb` if it exists, otherwise the current folder.
///
/// # Errors
/// An error if the folder does not exist or is not inside the current folder.
fn folder(global: &Global, other: &str) -> Result<PathBuf> {
    let other = Path::new(other);
    let named = if other.is_dir() { Some(other.to_owned()) } else { global.kb.first().cloned() };
    let Some(named) = named else { return Ok(PathBuf::from(if Path::new("kb").is_dir() { "kb" } else { "" })) };
    let real = named.canonicalize()?;
    let here = std::env::current_dir()?.canonicalize()?;
    let Ok(below) = real.strip_prefix(&here) else {
        bail!("{} is not inside the current folder; change to its repository first", named.display());
    };
    Ok(below.to_owned())
}

fn report(difference: &Difference) -> String {
    let mut report = String::new();
    for article in &difference.gone {
        _ = writeln!(report, "{article}: removed\n");
    }
    for article in &difference.new {
        _ = writeln!(report, "{article}: new\n");
    }
    for changed in &difference.changed {
        article(changed, &mut report);
    }
    for article in &difference.too_many {
        _ = writeln!(report, "{article}: more than {MAX_PATHS} paths; only these were compared\n");
    }
    if !difference.wording_changes.is_empty() {
        report.push_str("Wording changes (same outcomes):\n");
        for words in &difference.wording_changes {
            _ = writeln!(report, "  {words}");
        }
        report.push('\n');
    }
    let changes: usize = difference.changed.iter().map(|changed| changed.changes.len()).sum();
    report
        + &if changes == 0 { "no paths changed\n".to_owned() } else { format!("{} changed\n", count(changes, "path")) }
}

/// Adds the changed paths of an article to the report. Paths with the same change are grouped.
fn article(changed: &ChangedArticle, report: &mut String) {
    _ = writeln!(
        report,
        "{}: {} of {} changed\n",
        changed.article,
        changed.changes.len(),
        count(changed.paths, "path")
    );
    let mut groups: Vec<Vec<&PathChange>> = Vec::new();
    for this in &changed.changes {
        let like = |group: &&mut Vec<&PathChange>| {
            group.first().is_some_and(|first| first.was == this.was && first.now == this.now)
        };
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

/// Adds the answers of a path to the report.
fn path(this: &PathChange, report: &mut String) {
    if this.answers.is_empty() {
        report.push_str("  always\n");
    }
    for given in &this.answers {
        let mark = match given.asked {
            _ if !given.is_question => "",
            AskedIn::Both => "",
            AskedIn::Old => strings::NO_LONGER_ASKED,
            AskedIn::New => strings::NEWLY_ASKED,
        };
        let line = strings::answered(&strip_markup(&given.question.one_line()), &given.answer) + mark;
        for (nth, line) in wrap(&line, COLUMNS - 4).into_iter().enumerate() {
            _ = writeln!(report, "  {}{line}", if nth == 0 { "" } else { "  " });
        }
    }
}

/// Adds the old and the new end of a path to the report. If only the steps differ, compares them (Myers diff).
fn ends(old: &End, now: &End, report: &mut String) {
    if old.node == now.node && old.kind == now.kind && old.contact == now.contact {
        _ = writeln!(report, "    still ends at {}, with other steps:", strings::end(old.kind, &old.text));
        let (old, new): (Vec<StepSummary>, Vec<StepSummary>) = (old.steps.clone(), now.steps.clone());
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
    for (when, end, sign) in [("ended at", old, '-'), ("now ends at", now, '+')] {
        let contact = end.contact.as_ref().map(|contact| format!(", {contact}")).unwrap_or_default();
        _ = writeln!(report, "    {when} {}{contact}", strings::end(end.kind, &end.text));
        if old.steps != now.steps {
            end.steps.iter().for_each(|todo| step(sign, todo, report));
        }
    }
}

fn step(sign: char, todo: &StepSummary, report: &mut String) {
    let mark = if todo.irreversible { " (cannot be undone)" } else { "" };
    _ = writeln!(report, "      {sign} {}: {}{mark}", todo.by, todo.text);
}
