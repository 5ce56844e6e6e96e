//! Updates of the map of a flow.

use crate::app::map::rows;
use crate::app::model::{FlowPane, Model, Screen};
use crate::app::msg::Msg;
use crate::strings;

/// Opens the map of the current flow. Selects the last answered question, or the current node if there is no answer.
pub(super) fn show_map(model: &mut Model) {
    model.screen = match std::mem::replace(&mut model.screen, Screen::Search) {
        Screen::Flow(parent) => {
            let rows = rows(&parent.session);
            let last = rows.iter().rposition(|row| row.passed.is_some());
            // Invariant: without an answer, the current node is the first row, so the fallback is never used.
            let selected = last.or_else(|| rows.iter().position(|row| row.here)).unwrap_or_default();
            Screen::Map { parent, selected }
        }
        screen => screen,
    };
}

/// Closes the map.
pub(super) fn close_map(model: &mut Model) {
    model.screen = match std::mem::replace(&mut model.screen, Screen::Search) {
        Screen::Map { parent, .. } => Screen::Flow(parent),
        screen => screen,
    };
}

/// Moves the selection, goes back to the selected question, or changes its answer. Returns whether the map must be closed.
///
/// # Errors
/// A notice, if the selected row has no answer yet or its question does not accept the new answer.
pub(super) fn update_map(pane: &mut FlowPane, selected: &mut usize, message: &Msg) -> Result<bool, &'static str> {
    let rows = rows(&pane.session);
    let last = rows.len().saturating_sub(1);
    *selected = match message {
        Msg::Next => (*selected + 1).min(last),
        Msg::Previous => selected.saturating_sub(1),
        Msg::First => 0,
        Msg::Last => last,
        Msg::SelectNth(nth) => (*nth).min(last),
        Msg::Back => return Ok(true),
        Msg::Choose | Msg::Answer(_) | Msg::AnswerNth(_) => {
            let row = rows.get(*selected).ok_or(strings::NOT_ANSWERED)?;
            if row.here && matches!(message, Msg::Choose) {
                return Ok(true);
            }
            let entry = row.passed.ok_or(strings::NOT_ANSWERED)?;
            let possible = pane.session.allowed_answers_at(row.at);
            let answer = match message {
                Msg::Answer(answer) => Some(answer).filter(|answer| possible.contains(answer)).copied(),
                Msg::AnswerNth(nth) => possible.get(*nth).copied(),
                _ => None,
            };
            match (answer, message) {
                (Some(answer), _) => {
                    pane.session.change(entry, answer).map(|_| ()).map_err(|_| strings::NOT_ANSWERED)?;
                }
                (None, Msg::Choose) => {
                    let given = pane.session.answers().iter().skip(entry).filter(|entry| !entry.known).count();
                    pane.session.undo(given);
                }
                (None, _) => return Err(strings::NOT_ANSWERED),
            }
            pane.arrive();
            return Ok(true);
        }
        _ => *selected,
    };
    Ok(false)
}
