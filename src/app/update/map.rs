//! The map of a flow.

use crate::app::map::rows;
use crate::app::message::Message;
use crate::app::model::{Model, Screen, Walking};
use crate::words;

/// Opens the map over a walk.
pub(super) fn show_map(model: &mut Model) {
    model.screen = match std::mem::replace(&mut model.screen, Screen::Find) {
        Screen::Walk(under) => {
            let rows = rows(&under.walk);
            let last = rows.iter().rposition(|row| row.passed.is_some());
            let selected = last.or_else(|| rows.iter().position(|row| row.here)).unwrap_or_default();
            Screen::Map { under, selected }
        }
        screen => screen,
    };
}

/// Closes it again.
pub(super) fn close_map(model: &mut Model) {
    model.screen = match std::mem::replace(&mut model.screen, Screen::Find) {
        Screen::Map { under, .. } => Screen::Walk(under),
        screen => screen,
    };
}

/// Moves in the map, goes back to a question or changes its answer. Says whether the map is to be closed.
pub(super) fn map(walking: &mut Walking, selected: &mut usize, message: &Message) -> Result<bool, &'static str> {
    let rows = rows(&walking.walk);
    let last = rows.len().saturating_sub(1);
    *selected = match message {
        Message::Next => (*selected + 1).min(last),
        Message::Previous => selected.saturating_sub(1),
        Message::First => 0,
        Message::Last => last,
        Message::SelectNth(nth) => (*nth).min(last),
        Message::Back => return Ok(true),
        Message::Choose | Message::Answer(_) | Message::AnswerNth(_) => {
            let row = rows.get(*selected).ok_or(words::NOT_ANSWERED)?;
            if row.here && matches!(message, Message::Choose) {
                return Ok(true);
            }
            let entry = row.passed.ok_or(words::NOT_ANSWERED)?;
            let possible = walking.walk.possible_at(row.at);
            let answer = match message {
                Message::Answer(answer) => Some(answer).filter(|answer| possible.contains(answer)).copied(),
                Message::AnswerNth(nth) => possible.get(*nth).copied(),
                _ => None,
            };
            match (answer, message) {
                (Some(answer), _) => walking.walk.change(entry, answer).map(|_| ()).map_err(|_| words::NOT_ANSWERED)?,
                (None, Message::Choose) => {
                    let given = walking.walk.trail().iter().skip(entry).filter(|entry| !entry.known).count();
                    walking.walk.back(given);
                }
                (None, _) => return Err(words::NOT_ANSWERED),
            }
            walking.arrive();
            return Ok(true);
        }
        _ => *selected,
    };
    Ok(false)
}
