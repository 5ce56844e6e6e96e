//! What each intent changes.

use super::message::{Effect, Message};
use super::model::{Focus, Model, Screen, Telling, Walking};
use crate::clues::{Inquiry, Reply};
use crate::wizard::{Answer, Known, Walk};
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
                let leave = walk(walking, &message);
                let told = walking.told.take_if(|_| leave == Some(Leave::Kept));
                leave_to(model, leave, told);
            }
            Screen::Tell(telling) => {
                let leave = tell(telling, &message);
                if let Some(Told::Article(article)) = leave {
                    let inquiry = telling.inquiry.clone();
                    open(model, article, inquiry.known(), Some(inquiry));
                } else {
                    let leave = leave.map(|told| if told == Told::Cleared { Leave::Cleared } else { Leave::Kept });
                    leave_to(model, leave, None);
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
        Screen::Tell(telling) => telling.scroll = telling.scroll.saturating_add_signed(by).min(furthest),
        Screen::Find => {}
    }
}

/// Opens an article's flow.
fn open(model: &mut Model, article: usize, known: Known, told: Option<Inquiry>) {
    let walk = Walk::new(model.search.kb().clone(), article, known);
    model.screen = Screen::Walk(Box::new(Walking::new(walk, told)));
}

/// Goes back to the search, or to the clues that led to a walk.
fn leave_to(model: &mut Model, leave: Option<Leave>, told: Option<Inquiry>) {
    let Some(leave) = leave else { return };
    if let Some(mut inquiry) = told {
        // The last answer settled it; without it, its question is asked again.
        inquiry.back();
        model.screen = Screen::Tell(Box::new(Telling::new(inquiry)));
        return;
    }
    if leave == Leave::Cleared {
        model.find.input.reset();
        model.search_again();
    }
    model.find.focus = Focus::Field;
    model.screen = Screen::Find;
}

/// Where telling apart leaves to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Told {
    /// Into an article's flow.
    Article(usize),
    /// To the search, as it was.
    Kept,
    /// To an empty search.
    Cleared,
}

fn tell(telling: &mut Telling, message: &Message) -> Option<Told> {
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
            let mut pasted = text.one_line();
            if pasted.chars().count() > room {
                pasted = model.search.condensed(&text).chars().take(room).collect();
            }
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
        Message::Choose => match find.results.found.get(find.selected) {
            Some(found) => {
                let article = found.article;
                open(model, article, Known::new(), None);
            }
            None => model.notice = Some(words::NOTHING_FOUND_WAYS),
        },
        Message::TellApart => {
            let inquiry = Inquiry::new(model.search.kb().clone(), &find.results.contenders());
            model.screen = Screen::Tell(Box::new(Telling::new(inquiry)));
        }
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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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

/// The text before and after so many characters.
fn split_at_char(text: &str, chars: usize) -> (&str, &str) {
    let at = text.char_indices().nth(chars).map_or(text.len(), |(at, _)| at);
    text.split_at_checked(at).unwrap_or((text, ""))
}
