//! What each intent changes: whatever the screen, here; on each screen, in a module of its own.

mod find;
mod given;
mod letters;
mod map;
mod tell;
mod walk;

use super::cases::{walking, walking_mut};
use super::message::{Effect, Message};
use super::model::{Focus, Model, Screen, Telling, Walking};
use crate::case::Found;
use crate::clues::Inquiry;
use crate::text::Clean;
use crate::wizard::{Known, Outcome, Walk};
use crate::words;

pub(super) use find::{LONGEST_QUERY, fitting};
use find::{find, note_lost};
use given::{handout, link};
use letters::hand_over;
use map::{close_map, map, show_map};
use tell::{Told, tell};
use walk::{Leave, walk};

/// Carries out an intent and says what the shell must do about it.
pub fn update(model: &mut Model, message: Message) -> Option<Effect> {
    // The question stands as long as its notice does.
    let notice = model.notice.take();
    let asked = notice.as_deref() == Some(words::LEAVE_AGAIN);
    // So does what was said of a step that cannot be undone.
    if !matches!(message, Message::Tick | Message::TickNth(_) | Message::Choose)
        && let Some(walking) = walking_mut(&mut model.screen)
    {
        walking.confirming = None;
    }
    match message {
        Message::Leave if !asked && is_under_way(model) => model.notice = Some(words::LEAVE_AGAIN.to_owned()),
        Message::NewSearch if notice.as_deref() != Some(words::ANOTHER_AGAIN) && is_under_way(model) => {
            model.notice = Some(words::ANOTHER_AGAIN.to_owned());
        }
        Message::Leave | Message::Quit => return Some(Effect::Quit),
        Message::Suspend => return Some(Effect::Suspend),
        Message::Help => toggle_help(model),
        Message::Scroll(by, seen) => scroll(model, seen.scrolled(by)),
        Message::SwitchAudience => {
            model.audience = model.audience.other();
            model.notice = Some(model.audience.switched().to_owned());
            return Some(Effect::Remember(model.audience));
        }
        Message::Copy => return handout(model).map(|(_, text)| Effect::Copy(text)),
        Message::Save => return handout(model).map(|(name, text)| Effect::Save(name, text)),
        Message::Open => match link(model) {
            // The whole address is read before it is opened.
            Some(link) if notice == Some(words::open_again(&link)) => return Some(Effect::Open(link)),
            Some(link) => model.notice = Some(words::open_again(&link)),
            None => model.notice = Some(words::NO_LINK.to_owned()),
        },
        Message::Map => show_map(model),
        Message::Letters => model.show_letters(),
        Message::Ticket => match model.case() {
            Some((key, case)) => return Some(Effect::Ticket(key, Box::new(case))),
            None => model.notice = Some(words::NO_TICKET.to_owned()),
        },
        Message::Different => model.different_message(),
        Message::PutAside => return model.put_aside(),
        Message::GoOn => match model.offered.clone() {
            Some(kept) => return model.go_on(&kept),
            None => model.notice = Some(words::NOTHING_TO_GO_ON.to_owned()),
        },
        Message::Unknown(key) => model.notice = Some(does_nothing(model, key)),
        message => match &mut model.screen {
            Screen::Find => {
                if matches!(message, Message::Choose | Message::TellApart | Message::Back | Message::NewSearch) {
                    note_lost(model);
                }
                if matches!(message, Message::Back | Message::NewSearch) && model.find.input.value().is_empty() {
                    // Back to the case that was to go on with another message.
                    if model.go_back() {
                        return None;
                    }
                }
                find(model, message);
            }
            Screen::Walk(walking) => {
                let mut notice = None;
                let leave = walk(walking, &message, &mut notice);
                walking.kept |= walking.is_begun();
                model.notice = notice;
                let told = walking.told.take_if(|_| leave == Some(Leave::Kept));
                // Who has answered nothing has chosen wrongly: the case goes on from where it came.
                let is_new = walking.walk.trail().iter().all(|entry| entry.known);
                let came_from = walking.came_from.take_if(|_| leave.is_some() && is_new);
                leave_to(model, leave, told);
                model.going_on = came_from.or(model.going_on.take());
            }
            Screen::Tell(telling) => {
                let leave = tell(telling, &message);
                if let Some(Told::Article(article)) = leave {
                    let inquiry = telling.inquiry.clone();
                    open(model, article, inquiry.known(), Some(inquiry));
                    let message = model.search.kb().entry(article).map(|(article, _)| article.message.one_line());
                    model.notice = message.map(|message| words::most_likely(&message));
                } else {
                    let leave = leave.map(|told| if told == Told::Cleared { Leave::Cleared } else { Leave::Kept });
                    leave_to(model, leave, None);
                }
            }
            Screen::Map { under, selected } => {
                let close = map(under, selected, &message);
                match close {
                    Ok(true) => close_map(model),
                    Ok(false) => {}
                    Err(why) => model.notice = Some(why.to_owned()),
                }
            }
            Screen::Letters(letters) => {
                let audience = model.audience;
                match hand_over(letters, audience, message) {
                    Ok(true) => model.close_letters(),
                    Ok(false) => {}
                    Err(why) => model.notice = Some(why.to_owned()),
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

/// Whether answers would be lost by leaving: a walk that has not come to its end.
fn is_under_way(model: &Model) -> bool {
    walking(&model.screen).is_some_and(|walking| {
        walking.walk.outcome().is_none() && walking.walk.trail().iter().any(|entry| !entry.known)
    })
}

fn toggle_help(model: &mut Model) {
    model.screen = match std::mem::replace(&mut model.screen, Screen::Find) {
        Screen::Help { under, .. } => *under,
        screen => Screen::Help { under: Box::new(screen), scroll: 0 },
    };
}

/// Why a key does nothing.
fn does_nothing(model: &Model, key: char) -> String {
    match (key, &model.screen) {
        (' ', Screen::Walk(walking)) if walking.walk.outcome() == Some(Outcome::Escalated) => {
            words::FILLED_IN_THERE.to_owned()
        }
        (' ', _) => words::NO_STEP.to_owned(),
        (key, _) => words::no_such_key(key),
    }
}

fn scroll(model: &mut Model, to: usize) {
    match &mut model.screen {
        Screen::Walk(walking) => walking.scroll = Some(to),
        Screen::Help { scroll, .. } => *scroll = to,
        Screen::Tell(telling) => telling.scroll = to,
        Screen::Letters(letters) => letters.scroll = to,
        Screen::Find | Screen::Map { .. } => {}
    }
}

/// Opens an article's flow.
fn open(model: &mut Model, article: usize, known: Known, told: Option<Inquiry>) {
    let walk = Walk::new(model.search.kb().clone(), article, known);
    let typed = Clean::new(model.find.input.value()).one_line();
    let mut walking = Walking::new(walk, told);
    walking.found = match &walking.told {
        Some(_) => Found::Clues(typed),
        None if typed.is_empty() => Found::List,
        None => Found::Search(typed),
    };
    model.keys += 1;
    walking.key = model.keys;
    walking.lost = std::mem::take(&mut model.lost);
    let walking = model.going_on(walking);
    model.screen = Screen::Walk(Box::new(walking));
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
        model.look_for_another();
        return;
    }
    model.find.focus = Focus::Field;
    model.screen = Screen::Find;
}
