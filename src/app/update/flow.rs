//! Updates of a flow: questions, solutions and escalations.

use super::Navigation;
use crate::app::model::FlowPane;
use crate::app::msg::Msg;
use crate::strings::{self, Audience};

/// Applies a message to a flow. Returns the destination if the flow must be left. Sets `notice` to the warning before an
/// irreversible step.
pub(super) fn update_flow(
    pane: &mut FlowPane,
    message: &Msg,
    notice: &mut Option<String>,
    audience: Audience,
) -> Option<Navigation> {
    let possible = pane.session.allowed_answers();
    let last = (pane.steps().len() + possible.len()).saturating_sub(1);
    let answer = match message {
        Msg::Next => {
            pane.select((pane.selected + 1).min(last));
            return None;
        }
        Msg::Previous => {
            pane.select(pane.selected.saturating_sub(1));
            return None;
        }
        Msg::Back => {
            if pane.session.undo(1) == 0 {
                return Some(Navigation::SameSearch);
            }
            None
        }
        Msg::Restart => {
            pane.session.restart();
            None
        }
        Msg::NewSearch => return Some(Navigation::NewSearch),
        Msg::Choose | Msg::AnswerNth(0) if pane.session.outcome().is_some() => return Some(Navigation::NewSearch),
        Msg::Tick | Msg::Choose if pane.selected_answer().is_none() => {
            *notice = pane.tick(pane.selected).map(|first| strings::confirm(&first.voice(audience.voice())));
            return None;
        }
        Msg::TickNth(step) => {
            *notice = pane.tick(*step).map(|first| strings::confirm(&first.voice(audience.voice())));
            return None;
        }
        Msg::Choose => possible.get(pane.selected_answer()?).copied(),
        Msg::AnswerNth(nth) => Some(*possible.get(*nth)?),
        Msg::Answer(answer) if possible.contains(answer) => Some(*answer),
        _ => return None,
    };
    if let Some(answer) = answer {
        // Invariant: `answer` is one of the allowed answers, so the session accepts it.
        let _ = pane.session.answer(answer);
    }
    pane.arrive();
    None
}
