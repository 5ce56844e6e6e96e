//! `unstuck cases`: the cases that are kept.

use std::fmt::Write as _;
use std::io::{IsTerminal, stdin, stdout};

use anyhow::{Result, anyhow, bail};
use jiff::{Timestamp, ToSpan};
use serde_json::{Value, json};

use super::output::{self, note};
use super::run::{NO, YES};
use super::{CasesArgs, CasesCommand, Global, context};
use crate::app::{Effect, Model};
use crate::case::{self, Case, Kept};
use crate::history::{self, History};
use crate::plain::{Lines, Plain};
use crate::text::{Clean, truncate};
use crate::wizard::Walk;
use crate::{settings, terminal, words};

/// Columns of a row for what was filled in.
const BLANKS: usize = 30;

pub(super) fn run(global: &Global, args: &CasesArgs) -> Result<u8> {
    match &args.command {
        None => list(args.json),
        Some(CasesCommand::Show { id, json }) => show(*id, *json),
        Some(CasesCommand::Resume { id }) => resume(global, *id),
        Some(CasesCommand::Delete { id }) => {
            let deleted = open()?.delete(*id)?;
            if !deleted {
                bail!("there is no case {id}; `unstuck cases` lists all of them");
            }
            note(&words::deleted(1));
            Ok(YES)
        }
        Some(CasesCommand::Forget { older_than }) => {
            note(&words::deleted(open()?.forget(since(older_than)?)?));
            Ok(YES)
        }
        Some(CasesCommand::Keep { what }) => {
            if !settings::keep_history(what == "on") {
                bail!("this could not be remembered");
            }
            note(if what == "on" { words::KEPT_FROM_NOW } else { words::NOT_KEPT_FROM_NOW });
            Ok(YES)
        }
    }
}

/// The history, or why there is none.
pub(super) fn open() -> Result<History> {
    Ok(History::open(&history::folder()?)?)
}

/// When something was that long ago: `30d`, `12h`, `8w`, `1y`.
fn since(ago: &str) -> Result<Timestamp> {
    let wrong = || anyhow!("`{ago}` is no time span; write for example 30d, 8w or 1y");
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
    let kept = open()?.cases()?;
    if as_json {
        output::print_json(&kept.iter().map(to_json).collect::<Vec<_>>(), true)?;
        return Ok(if kept.is_empty() { NO } else { YES });
    }
    if kept.is_empty() {
        note(words::NO_CASES);
        return Ok(NO);
    }
    let mut text = String::new();
    for Kept { id, updated, case, .. } in &kept {
        let standing = case.standing.said();
        _ = writeln!(text, "{id:>5}  {}  {standing:<20}  {}", words::day(*updated), truncate(&whose(case), 70));
    }
    output::print(&text)?;
    Ok(YES)
}

fn show(id: i64, as_json: bool) -> Result<u8> {
    let kept = kept(id)?;
    if as_json {
        output::print_json(&to_json(&kept), true)?;
    } else {
        let text = case::markdown(&kept.case, &kept.day_of_beginning(), &kept.time_taken());
        output::print(Clean::new(&text).as_str())?;
    }
    Ok(YES)
}

fn kept(id: i64) -> Result<Kept> {
    open()?.case(id)?.ok_or_else(|| anyhow!("there is no case {id}; `unstuck cases` lists all of them"))
}

/// Goes on with a case, on the full screen or line by line.
fn resume(global: &Global, id: i64) -> Result<u8> {
    let kept = kept(id)?;
    let search = context::search(global)?;
    let Some(walk) = Walk::from_record(search.kb(), &kept.case.walk) else {
        bail!("the article `{}` is no longer there", kept.case.walk.article);
    };
    let mut keeper = context::keeper(global);
    if !context::is_full_screen(global, stdin().is_terminal()) {
        let (mut input, mut output) = (stdin().lock(), stdout().lock());
        if !keeper.take_up(&kept) && keeper.is_keeping() {
            note(words::TAKEN);
        }
        let lines = Lines::new(&mut input, &mut output);
        Plain::new(lines, &search, global.audience(), &mut keeper).go_on(walk)?;
        return Ok(YES);
    }
    let model = Model::new(search, &Clean::default(), Vec::new());
    let mut model = model.speaking_to(global.audience()).keeping(keeper.is_keeping());
    if let Some(Effect::GoOn(key, kept)) = model.go_on(&kept)
        && !keeper.go_on(key, &kept)
        && keeper.is_keeping()
    {
        model.notify(words::TAKEN);
    }
    terminal::run(model, global.theme()?, None, &mut keeper)?;
    Ok(YES)
}

/// The error, and what was filled in, so that one case can be told from another.
fn whose(case: &Case) -> String {
    let filled = case.blanks.values().cloned().collect::<Vec<_>>().join(", ");
    let mark = if filled.is_empty() { "" } else { ": " };
    Clean::new(&format!("{}{mark}{}", truncate(&filled, BLANKS), case.message)).one_line()
}

fn to_json(kept: &Kept) -> Value {
    let Kept { id, began, updated, case } = kept;
    let mut value = serde_json::to_value(case as &Case).unwrap_or_default();
    if let Some(object) = value.as_object_mut() {
        object.insert("id".to_owned(), json!(id));
        object.insert("began".to_owned(), json!(began.to_string()));
        object.insert("updated".to_owned(), json!(updated.to_string()));
    }
    value
}
