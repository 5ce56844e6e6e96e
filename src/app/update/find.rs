//! The search field and the list of errors.

use crate::app::message::Message;
use crate::app::model::{Focus, Model, Screen, Telling};
use crate::clues::Inquiry;
use crate::search::{Search, Verdict};
use crate::text::Clean;
use crate::wizard::Known;
use crate::words;

use super::open;

/// Characters that the search field takes; what is longer is cut.
pub(in crate::app) const LONGEST_QUERY: usize = 20_000;

/// A text as it goes into the search field: of one that is too long, the lines that say the most.
pub(in crate::app) fn fitting(search: &Search, text: &Clean, room: usize) -> String {
    let line = text.one_line();
    if line.chars().count() <= room { line } else { search.condensed(text).chars().take(room).collect() }
}

/// Types, selects, opens.
pub(super) fn find(model: &mut Model, message: Message) {
    let last = model.find.results.found.len().saturating_sub(1);
    let find = &mut model.find;
    match message {
        Message::Edit(request) => {
            find.focus = Focus::Field;
            if find.input.handle(request).is_some_and(|changed| changed.value) {
                model.search_again();
            }
        }
        Message::Paste(text) => {
            let room = LONGEST_QUERY.saturating_sub(find.input.value().chars().count());
            let pasted = fitting(&model.search, &text, room);
            let (before, after) = split_at_char(find.input.value(), find.input.cursor());
            let cursor = find.input.cursor() + pasted.chars().count();
            find.input = tui_input::Input::new(format!("{before}{pasted}{after}")).with_cursor(cursor);
            find.focus = Focus::Field;
            model.search_again();
        }
        Message::Next => find.selected = (find.selected + 1).min(last),
        Message::Previous => find.selected = find.selected.saturating_sub(1),
        Message::First => find.selected = 0,
        Message::Last => find.selected = last,
        Message::SwitchFocus => {
            find.focus = match find.focus {
                Focus::Field => Focus::List,
                Focus::List => Focus::Field,
            }
        }
        Message::SelectNth(nth) if nth != find.selected => find.selected = nth.min(last),
        Message::Choose | Message::SelectNth(_) => match find.results.found.get(find.selected) {
            Some(found) => {
                let article = found.article;
                open(model, article, Known::new(), None);
            }
            None => model.notice = Some(words::NOTHING_FOUND_WAYS.to_owned()),
        },
        Message::TellApart => {
            let inquiry = Inquiry::new(model.search.kb().clone(), &find.results.to_tell_apart());
            model.screen = Screen::Tell(Box::new(Telling::new(inquiry)));
        }
        Message::Back if find.focus == Focus::List => find.focus = Focus::Field,
        Message::Back if find.input.value().is_empty() => model.notice = Some(words::HOW_TO_QUIT.to_owned()),
        Message::Back | Message::NewSearch => {
            find.input.reset();
            model.search_again();
        }
        _ => {}
    }
}

/// Notes that what is typed finds nothing, when somebody gives it up.
pub(super) fn note_lost(model: &mut Model) {
    let typed = Clean::new(model.find.input.value()).one_line();
    if !typed.is_empty() && model.find.results.verdict == Verdict::None && !model.lost.contains(&typed) {
        model.lost.push(typed);
    }
}

/// The text before and after so many characters.
fn split_at_char(text: &str, chars: usize) -> (&str, &str) {
    let at = text.char_indices().nth(chars).map_or(text.len(), |(at, _)| at);
    text.split_at_checked(at).unwrap_or((text, ""))
}
