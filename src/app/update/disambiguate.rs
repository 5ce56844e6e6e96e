//! Updates of the screen that tells the possible matches apart.

use super::Navigation;
use crate::app::model::Disambiguation;
use crate::app::msg::Msg;
use crate::flow::Answer;
use crate::tell_apart::Reply;

/// Applies a message to the questions about words. Returns the destination if the screen must be left.
pub(super) fn update_disambiguation(disambiguation: &mut Disambiguation, message: &Msg) -> Option<Navigation> {
    let replies = [Reply::Yes, Reply::No, Reply::Unsure];
    let nth = match message {
        Msg::Next => {
            disambiguation.selected = (disambiguation.selected + 1).min(disambiguation.choices().saturating_sub(1));
            return None;
        }
        Msg::Previous => {
            disambiguation.selected = disambiguation.selected.saturating_sub(1);
            return None;
        }
        Msg::Back => {
            disambiguation.selected = 0;
            return (!disambiguation.tell_apart.back()).then_some(Navigation::SameSearch);
        }
        Msg::Restart => {
            while disambiguation.tell_apart.back() {}
            (disambiguation.selected, disambiguation.scroll) = (0, 0);
            return None;
        }
        Msg::NewSearch => return Some(Navigation::NewSearch),
        Msg::Choose => disambiguation.selected,
        Msg::AnswerNth(nth) => *nth,
        Msg::Answer(Answer::Yes) => 0,
        Msg::Answer(Answer::No) => 1,
        Msg::Answer(Answer::Unsure) => 2,
        _ => return None,
    };
    let Some(phrase) = disambiguation.tell_apart.phrase() else {
        if !matches!(message, Msg::Choose | Msg::AnswerNth(_)) {
            return None;
        }
        let remaining = disambiguation.tell_apart.remaining();
        return match remaining.get(nth) {
            Some(article) => Some(Navigation::Article(*article)),
            None => (nth == remaining.len()).then_some(Navigation::Situations),
        };
    };
    disambiguation.tell_apart.reply(phrase, *replies.get(nth)?);
    disambiguation.selected = 0;
    disambiguation.scroll = 0;
    disambiguation.tell_apart.settled().map(Navigation::Article)
}
