//! A flow: its questions, its solutions, its end.

use crate::app::message::Message;
use crate::app::model::Walking;
use crate::words;

/// Where a walk leaves to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Leave {
    /// To the search, as it was.
    Kept,
    /// To an empty search.
    Cleared,
}

/// Answers, ticks, goes back. Says where it leaves to, if it does.
pub(super) fn walk(walking: &mut Walking, message: &Message, notice: &mut Option<String>) -> Option<Leave> {
    let possible = walking.walk.possible();
    let last = (walking.steps().len() + possible.len()).saturating_sub(1);
    let answer = match message {
        Message::Next => {
            walking.select((walking.selected + 1).min(last));
            return None;
        }
        Message::Previous => {
            walking.select(walking.selected.saturating_sub(1));
            return None;
        }
        Message::Back => {
            if walking.walk.back(1) == 0 {
                return Some(Leave::Kept);
            }
            None
        }
        Message::Restart => {
            walking.walk.restart();
            None
        }
        Message::NewSearch => return Some(Leave::Cleared),
        Message::Choose | Message::AnswerNth(0) if walking.walk.outcome().is_some() => return Some(Leave::Cleared),
        Message::Tick | Message::Choose if walking.selected_answer().is_none() => {
            *notice = walking.tick(walking.selected).map(|first| words::confirm(&first));
            return None;
        }
        Message::TickNth(step) => {
            *notice = walking.tick(*step).map(|first| words::confirm(&first));
            return None;
        }
        Message::Choose => possible.get(walking.selected_answer()?).copied(),
        Message::AnswerNth(nth) => Some(*possible.get(*nth)?),
        Message::Answer(answer) if possible.contains(answer) => Some(*answer),
        _ => return None,
    };
    if let Some(answer) = answer {
        // The answer is one of those that are possible, so that it is taken.
        let _ = walking.walk.answer(answer);
    }
    walking.arrive();
    None
}
