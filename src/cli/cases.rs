//! `unstuck cases`: lists and manages saved cases.

use std::fmt::Write as _;
use std::io::{IsTerminal, stdin, stdout};

use anyhow::{Result, anyhow, bail};
use jiff::{Timestamp, ToSpan};
use serde_json::{Value, json};

use super::output::{self, note};
use super::run::{EXIT_NEGATIVE, EXIT_OK};
use super::{CasesArgs, CasesCommand, Global, context};
use crate::app::{Effect, Model};
use crate::case::{self, Case, StoredCase};
use crate::flow::FlowSession;
use crate::history::{self, History};
use crate::plain::{LineIo, LineSession};
use crate::text::{SanitizedText, truncate};
use crate::{settings, strings, terminal};

/// Maximum width of the blanks of a case in the list, in columns.
const BLANKS_WIDTH: usize = 30;

pub(super) fn run(global: &Global, args: &CasesArgs) -> Result<u8> {
    match &args.command {
        None => list(args.json),
        Some(CasesCommand::Show { id, json }) => show(*id, *json),
        Some(CasesCommand::Resume { id }) => resume(global, *id),
        Some(CasesCommand::Delete { id }) => {
            let deleted = open()?.delete(*id)?;
            if !deleted {
                bail!("there is no case {id}; to list all cases, run `unstuck cases`");
            }
            note(&strings::deleted(1));
            Ok(EXIT_OK)
        }
        Some(CasesCommand::Forget { older_than }) => {
            note(&strings::deleted(open()?.forget(cutoff(older_than)?)?));
            Ok(EXIT_OK)
        }
        Some(CasesCommand::Keep { what }) => {
            if !settings::set_save_history(what == "on") {
                bail!("the setting could not be saved");
            }
            note(if what == "on" { strings::SAVING_ON } else { strings::SAVING_OFF });
            Ok(EXIT_OK)
        }
    }
}

/// Opens the history.
///
/// # Errors
/// An error if the history can't be opened.
pub(super) fn open() -> Result<History> {
    Ok(History::open(&history::folder()?)?)
}

/// Returns the current time minus `ago`, which is a time span such as `30d`, `12h`, `8w` or `1y` (365 days).
///
/// # Errors
/// An error unless `ago` is a number from 0 to 10,000 and a unit.
fn cutoff(ago: &str) -> Result<Timestamp> {
    let wrong = || anyhow!("`{ago}` is not a valid time span; examples: 30d, 8w, 1y");
    let split = ago.len().checked_sub(1).and_then(|at| ago.split_at_checked(at));
    let (number, unit) = split.ok_or_else(wrong)?;
    let number: i64 = number.parse().ok().filter(|number| (0..=10_000).contains(number)).ok_or_else(wrong)?;
    let hours = match unit {
        "h" => number,
        "d" => number * 24,
        "w" => number * 24 * 7,
        "y" => number * 24 * 365,
        _ => return Err(wrong()),
    };
    Timestamp::now().checked_sub(hours.hours()).map_err(|_| wrong())
}

fn list(as_json: bool) -> Result<u8> {
    let stored = open()?.cases()?;
    if as_json {
        output::print_json_array(&stored.iter().map(to_json).collect::<Vec<_>>())?;
        return Ok(if stored.is_empty() { EXIT_NEGATIVE } else { EXIT_OK });
    }
    if stored.is_empty() {
        note(strings::NO_CASES);
        return Ok(EXIT_NEGATIVE);
    }
    let mut text = String::new();
    for StoredCase { id, updated, case, .. } in &stored {
        let status = case.status.label();
        _ = writeln!(text, "{id:>5}  {}  {status:<20}  {}", strings::day(*updated), truncate(&describe(case), 70));
    }
    output::print(&text)?;
    Ok(EXIT_OK)
}

fn show(id: i64, as_json: bool) -> Result<u8> {
    let stored = stored(id)?;
    if as_json {
        output::print_json(&to_json(&stored), true)?;
    } else {
        let text = case::markdown(&stored.case, &stored.start_date(), &stored.duration());
        output::print(SanitizedText::new(&text).as_str())?;
    }
    Ok(EXIT_OK)
}

fn stored(id: i64) -> Result<StoredCase> {
    open()?.case(id)?.ok_or_else(|| anyhow!("there is no case {id}; to list all cases, run `unstuck cases`"))
}

/// Resumes a case, on the full screen or in plain mode.
fn resume(global: &Global, id: i64) -> Result<u8> {
    let stored = stored(id)?;
    let search = context::search(global)?;
    let Some(session) = FlowSession::from_saved(search.kb(), &stored.case.session) else {
        bail!("the article `{}` no longer exists", stored.case.session.article);
    };
    let mut recorder = context::case_recorder(global);
    if !context::is_full_screen(global, stdin().is_terminal()) {
        let (mut input, mut output) = (stdin().lock(), stdout().lock());
        if !recorder.resume_next(&stored) && recorder.is_enabled() {
            note(strings::OPEN_ELSEWHERE);
        }
        let lines = LineIo::new(&mut input, &mut output);
        LineSession::new(lines, &search, global.audience(), &mut recorder).resume(session)?;
        return Ok(EXIT_OK);
    }
    let model = Model::new(search, &SanitizedText::default(), Vec::new());
    let mut model = model.with_audience(global.audience()).with_history_enabled(recorder.is_enabled());
    if let Some(Effect::ResumeCase(key, stored)) = model.resume(&stored)
        && !recorder.attach(key, &stored)
        && recorder.is_enabled()
    {
        model.notify(strings::OPEN_ELSEWHERE);
    }
    terminal::run(model, global.theme()?, None, &mut recorder)?;
    Ok(EXIT_OK)
}

/// Returns the blanks and the error message of a case on one line. The blanks distinguish cases with the same error.
fn describe(case: &Case) -> String {
    let filled = case.blanks.values().cloned().collect::<Vec<_>>().join(", ");
    let mark = if filled.is_empty() { "" } else { ": " };
    SanitizedText::new(&format!("{}{mark}{}", truncate(&filled, BLANKS_WIDTH), case.message)).one_line()
}

fn to_json(stored: &StoredCase) -> Value {
    let StoredCase { id, started: began, updated, case } = stored;
    // Invariant: a `Case` always serializes to JSON, because all map keys are strings.
    let mut value = serde_json::to_value(case as &Case).unwrap_or_default();
    if let Some(object) = value.as_object_mut() {
        object.insert("id".to_owned(), json!(id));
        object.insert("began".to_owned(), json!(began.to_string()));
        object.insert("updated".to_owned(), json!(updated.to_string()));
    }
    value
}
