//! What each intent changes.

use super::message::{Effect, Message};
use super::model::{Focus, Model, Screen, Walking};
use crate::wizard::{Known, Walk};
use crate::words;

/// Characters that the search field takes; what is longer is cut.
const LONGEST_QUERY: usize = 20_000;

/// Carries out an intent and says what the shell must do about it.
pub fn update(model: &mut Model, message: Message) -> Option<Effect> {
    model.notice = None;
    match message {
        Message::Quit => return Some(Effect::Quit),
        Message::Suspend => return Some(Effect::Suspend),
        Message::Help => toggle_help(model),
        Message::Scroll(by, furthest) => scroll(model, by, furthest),
        message => match &mut model.screen {
            Screen::Find => find(model, message),
            Screen::Walk(walking) => {
                if let Some(screen) = walk(walking, &message) {
                    if matches!(screen, Leave::Cleared) {
                        model.find.input.reset();
                        model.search_again();
                    }
                    model.find.focus = Focus::Field;
                    model.screen = Screen::Find;
                }
            }
            Screen::Help { .. } => {
                if matches!(message, Message::Back) {
                    toggle_help(model);
                }
            }
        },
    }
    None
}

fn toggle_help(model: &mut Model) {
    model.screen = match std::mem::replace(&mut model.screen, Screen::Find) {
        Screen::Help { under, .. } => *under,
        screen => Screen::Help { under: Box::new(screen), scroll: 0 },
    };
}

fn scroll(model: &mut Model, by: isize, furthest: usize) {
    match &mut model.screen {
        Screen::Walk(walking) => walking.scroll = walking.scroll.saturating_add_signed(by).min(furthest),
        Screen::Help { scroll, .. } => *scroll = scroll.saturating_add_signed(by).min(furthest),
        Screen::Find => {}
    }
}

fn find(model: &mut Model, message: Message) {
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
            for c in text.one_line().chars().take(room) {
                find.input.handle(tui_input::InputRequest::InsertChar(c));
            }
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
        Message::Choose => match find.results.found.get(find.selected) {
            Some(found) => {
                let walk = Walk::new(model.search.kb().clone(), found.article, Known::new());
                model.screen = Screen::Walk(Box::new(Walking::new(walk)));
            }
            None => model.notice = Some(words::NOTHING_FOUND_WAYS),
        },
        Message::Back if find.focus == Focus::List => find.focus = Focus::Field,
        Message::Back if find.input.value().is_empty() => model.notice = Some(words::HOW_TO_QUIT),
        Message::Back | Message::NewSearch => {
            find.input.reset();
            model.search_again();
        }
        _ => {}
    }
}

/// Where a walk leaves to.
enum Leave {
    /// To the search, as it was.
    Kept,
    /// To an empty search.
    Cleared,
}

fn walk(walking: &mut Walking, message: &Message) -> Option<Leave> {
    let possible = walking.walk.possible();
    let last = possible.len().saturating_sub(1);
    let answer = match message {
        Message::Next => {
            walking.selected = (walking.selected + 1).min(last);
            return None;
        }
        Message::Previous => {
            walking.selected = walking.selected.saturating_sub(1);
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
        Message::Choose if walking.walk.outcome().is_some() => return Some(Leave::Cleared),
        Message::Choose => possible.get(walking.selected).copied(),
        Message::AnswerNth(nth) => Some(*possible.get(*nth)?),
        Message::Answer(answer) if possible.contains(answer) => Some(*answer),
        _ => return None,
    };
    if let Some(answer) = answer {
        // The answer is one of those that are possible, so that it is taken.
        let _ = walking.walk.answer(answer);
    }
    walking.selected = 0;
    walking.scroll = 0;
    None
}
