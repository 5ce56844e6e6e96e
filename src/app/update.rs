//! What each intent changes.

use tui_input::InputRequest;

use super::cases::{Letters, walking, walking_mut};
use super::map::rows;
use super::message::{Effect, Message};
use super::model::{Focus, Model, Screen, Telling, Walking};
use crate::case::Found;
use crate::clues::{Inquiry, Reply};

use crate::handout;
use crate::kb::NodeKind;
use crate::search::{Search, Verdict};
use crate::text::{Clean, markup};
use crate::wizard::{Answer, Known, Outcome, Walk};
use crate::words::{self, Audience};

/// Characters that the search field takes; what is longer is cut.
pub(super) const LONGEST_QUERY: usize = 20_000;

/// Characters that a paste puts into a blank.
const LONGEST_BLANK: usize = 500;

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

/// A text as it goes into the search field: of one that is too long, the lines that say the most.
pub(super) fn fitting(search: &Search, text: &Clean, room: usize) -> String {
    let line = text.one_line();
    if line.chars().count() <= room { line } else { search.condensed(text).chars().take(room).collect() }
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

/// What the screen of a walk says, to copy or to save, and a name for it.
fn handout(model: &Model) -> Option<(String, String)> {
    match &model.screen {
        Screen::Walk(walking) => Some(handout::whole(&walking.walk, model.audience)),
        Screen::Letters(letters) => {
            let id = letters.under.walk.kb().entry(letters.under.walk.article())?.0.id.clone();
            letters.letters(model.audience).into_iter().nth(letters.shown).map(|letter| (id, letter.text))
        }
        _ => None,
    }
}

/// The link that the screen shows, or else where the facts of the article come from.
fn link(model: &Model) -> Option<String> {
    let kb = model.search.kb();
    let (article, node) = match &model.screen {
        Screen::Find => (model.find.results.found.get(model.find.selected)?.article, None),
        Screen::Walk(walking) => (walking.walk.article(), walking.walk.node()),
        _ => return None,
    };
    let contact = match node.map(|node| &node.kind) {
        Some(NodeKind::Escalation(escalation)) => escalation.contact.as_deref(),
        _ => None,
    };
    let in_texts =
        node.map(crate::kb::Node::texts).unwrap_or_default().into_iter().flat_map(|text| markup::links(text));
    let source = kb.articles.get(article).and_then(|article| article.sources.first());
    contact.into_iter().chain(in_texts).chain(source.map(Clean::as_str)).find_map(as_link)
}

/// A text as a link that is safe to open: a web page, or a letter to an address.
fn as_link(text: &str) -> Option<String> {
    let is_plain = !text.is_empty() && text.chars().all(|c| c.is_ascii_graphic());
    let text = text.strip_prefix("mailto:").unwrap_or(text);
    let is_address = || text.split('@').count() == 2 && !text.contains([':', '/', '?', '&', '"', '\'']);
    match text {
        _ if !is_plain => None,
        link if link.starts_with("https://") => Some(link.to_owned()),
        address if is_address() => Some(format!("mailto:{address}")),
        _ => None,
    }
}

/// Reads the messages, and fills in what is blank. Says whether they are to be closed.
fn hand_over(letters: &mut Letters, audience: Audience, message: Message) -> Result<bool, &'static str> {
    let last = letters.letters(audience).len().saturating_sub(1);
    let shown = match message {
        Message::Next => (letters.shown + 1).min(last),
        Message::Previous => letters.shown.saturating_sub(1),
        Message::Back => return Ok(letters.filling.take().is_none()),
        Message::Fill if letters.blanks().is_empty() => return Err(words::NOTHING_TO_FILL),
        message => {
            match message {
                Message::Edit(request) => letters.edit(request),
                Message::Paste(text) => {
                    for c in text.one_line().chars().take(LONGEST_BLANK) {
                        letters.edit(InputRequest::InsertChar(c));
                    }
                }
                Message::Fill => letters.fill(letters.first_empty()),
                Message::Choose => letters.take(),
                _ => {}
            }
            return Ok(false);
        }
    };
    (letters.shown, letters.scroll) = (shown, 0);
    Ok(false)
}

fn show_map(model: &mut Model) {
    model.screen = match std::mem::replace(&mut model.screen, Screen::Find) {
        Screen::Walk(under) => {
            let rows = rows(&under.walk);
            let last = rows.iter().rposition(|row| row.passed.is_some());
            let selected = last.or_else(|| rows.iter().position(|row| row.here)).unwrap_or_default();
            Screen::Map { under, selected }
        }
        screen => screen,
    };
}

fn close_map(model: &mut Model) {
    model.screen = match std::mem::replace(&mut model.screen, Screen::Find) {
        Screen::Map { under, .. } => Screen::Walk(under),
        screen => screen,
    };
}

/// Moves in the map, goes back to a question or changes its answer. Says whether the map is to be closed.
fn map(walking: &mut Walking, selected: &mut usize, message: &Message) -> Result<bool, &'static str> {
    let rows = rows(&walking.walk);
    let last = rows.len().saturating_sub(1);
    *selected = match message {
        Message::Next => (*selected + 1).min(last),
        Message::Previous => selected.saturating_sub(1),
        Message::First => 0,
        Message::Last => last,
        Message::SelectNth(nth) => (*nth).min(last),
        Message::Back => return Ok(true),
        Message::Choose | Message::Answer(_) | Message::AnswerNth(_) => {
            let row = rows.get(*selected).ok_or(words::NOT_ANSWERED)?;
            if row.here && matches!(message, Message::Choose) {
                return Ok(true);
            }
            let entry = row.passed.ok_or(words::NOT_ANSWERED)?;
            let possible = walking.walk.possible_at(row.at);
            let answer = match message {
                Message::Answer(answer) => Some(answer).filter(|answer| possible.contains(answer)).copied(),
                Message::AnswerNth(nth) => possible.get(*nth).copied(),
                _ => None,
            };
            match (answer, message) {
                (Some(answer), _) => walking.walk.change(entry, answer).map(|_| ()).map_err(|_| words::NOT_ANSWERED)?,
                (None, Message::Choose) => {
                    let given = walking.walk.trail().iter().skip(entry).filter(|entry| !entry.known).count();
                    walking.walk.back(given);
                }
                (None, _) => return Err(words::NOT_ANSWERED),
            }
            walking.arrive();
            return Ok(true);
        }
        _ => *selected,
    };
    Ok(false)
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

/// Notes that what is typed finds nothing, when somebody gives it up.
fn note_lost(model: &mut Model) {
    let typed = Clean::new(model.find.input.value()).one_line();
    if !typed.is_empty() && model.find.results.verdict == Verdict::None && !model.lost.contains(&typed) {
        model.lost.push(typed);
    }
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

/// Where a walk leaves to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Leave {
    /// To the search, as it was.
    Kept,
    /// To an empty search.
    Cleared,
}

fn walk(walking: &mut Walking, message: &Message, notice: &mut Option<String>) -> Option<Leave> {
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

/// The text before and after so many characters.
fn split_at_char(text: &str, chars: usize) -> (&str, &str) {
    let at = text.char_indices().nth(chars).map_or(text.len(), |(at, _)| at);
    text.split_at_checked(at).unwrap_or((text, ""))
}
