//! Updates of the screen with clue questions.

use super::Navigation;
use crate::app::model::Disambiguation;
use crate::app::msg::Msg;
use crate::clues::Reply;
use crate::flow::Answer;

/// Applies a message to the clue questions. Returns the destination if the screen must be left.
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
            return (!disambiguation.inquiry.back()).then_some(Navigation::SameSearch);
        }
        Msg::Restart => {
            while disambiguation.inquiry.back() {}
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
    let Some(clue) = disambiguation.inquiry.next() else {
        let by_number = matches!(message, Msg::Choose | Msg::AnswerNth(_));
        let chosen = disambiguation.inquiry.likely().get(nth).map(|(article, _)| Navigation::Article(*article));
        return chosen.filter(|_| by_number);
    };
    disambiguation.inquiry.reply(clue, *replies.get(nth)?);
    disambiguation.selected = 0;
    disambiguation.scroll = 0;
    disambiguation.inquiry.settled().map(Navigation::Article)
}
