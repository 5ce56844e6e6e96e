//! Telling errors apart.

use crate::app::message::Message;
use crate::app::model::Telling;
use crate::clues::Reply;
use crate::wizard::Answer;

/// Where telling apart leaves to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Told {
    /// Into an article's flow.
    Article(usize),
    /// To the search, as it was.
    Kept,
    /// To an empty search.
    Cleared,
}

/// Replies to a clue, goes back. Says where it leaves to, if it does.
pub(super) fn tell(telling: &mut Telling, message: &Message) -> Option<Told> {
    let replies = [Reply::Yes, Reply::No, Reply::Unsure];
    let nth = match message {
        Message::Next => {
            telling.selected = (telling.selected + 1).min(telling.choices().saturating_sub(1));
            return None;
        }
        Message::Previous => {
            telling.selected = telling.selected.saturating_sub(1);
            return None;
        }
        Message::Back => {
            telling.selected = 0;
            return (!telling.inquiry.back()).then_some(Told::Kept);
        }
        Message::Restart => {
            while telling.inquiry.back() {}
            (telling.selected, telling.scroll) = (0, 0);
            return None;
        }
        Message::NewSearch => return Some(Told::Cleared),
        Message::Choose => telling.selected,
        Message::AnswerNth(nth) => *nth,
        Message::Answer(Answer::Yes) => 0,
        Message::Answer(Answer::No) => 1,
        Message::Answer(Answer::Unsure) => 2,
        _ => return None,
    };
    let Some(clue) = telling.inquiry.next() else {
        let by_number = matches!(message, Message::Choose | Message::AnswerNth(_));
        let chosen = telling.inquiry.likely().get(nth).map(|(article, _)| Told::Article(*article));
        return chosen.filter(|_| by_number);
    };
    telling.inquiry.reply(clue, *replies.get(nth)?);
    telling.selected = 0;
    telling.scroll = 0;
    telling.inquiry.settled().map(Told::Article)
}
