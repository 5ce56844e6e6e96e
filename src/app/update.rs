//! The update function, which applies a message to the model. This module handles the messages that work on every screen.
//! Each screen has a submodule for its other messages. Side effects are returned, not carried out.

mod disambiguate;
mod export;
mod flow;
mod handover;
mod map;
mod search;

use super::case::{flow_pane, flow_pane_mut};
use super::model::{Disambiguation, FlowPane, Focus, Listing, Model, Screen};
use super::msg::{Effect, Msg};
use crate::case::EntryPoint;
use crate::flow::{FlowSession, KnownFacts, Outcome};
use crate::strings;
use crate::tell_apart::TellApart;
use crate::text::SanitizedText;

use disambiguate::update_disambiguation;
use export::{export_text, link};
use flow::update_flow;
use handover::update_handover;
use map::{close_map, show_map, update_map};
pub(super) use search::{MAX_QUERY_CHARS, fit_query};
use search::{note_failed_query, update_search};

/// The destination when a screen is left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Navigation {
    /// The flow of the article with this index.
    Article(usize),
    /// The search, with the current query.
    SameSearch,
    /// The search, with an empty field.
    NewSearch,
    /// The list of situations.
    Situations,
}

/// Applies a message to the model and returns the effect that the shell must carry out.
pub fn update(model: &mut Model, message: Msg) -> Option<Effect> {
    // A pending confirmation expires with its notice.
    let notice = model.notice.take();
    let asked = notice.as_deref() == Some(strings::CONFIRM_QUIT);
    // The confirmation of an irreversible step expires too, unless this message may confirm it.
    if !matches!(message, Msg::Tick | Msg::TickNth(_) | Msg::Choose)
        && let Some(pane) = flow_pane_mut(&mut model.screen)
    {
        pane.confirming = None;
    }
    match message {
        Msg::ConfirmQuit if !asked && is_unfinished(model) => {
            model.notice = Some(strings::CONFIRM_QUIT.to_owned());
        }
        Msg::NewSearch if notice.as_deref() != Some(strings::CONFIRM_NEW_SEARCH) && is_unfinished(model) => {
            model.notice = Some(strings::CONFIRM_NEW_SEARCH.to_owned());
        }
        Msg::ConfirmQuit | Msg::Quit => return Some(Effect::Quit),
        Msg::Suspend => return Some(Effect::Suspend),
        Msg::Help => toggle_help(model),
        Msg::Scroll(by, seen) => scroll(model, seen.scrolled(by)),
        Msg::SwitchView => {
            model.audience = model.audience.other();
            model.notice = Some(model.audience.switched().to_owned());
            return Some(Effect::SaveAudience(model.audience));
        }
        Msg::Copy => return export_text(model).map(|(_, text)| Effect::Copy(text)),
        Msg::Save => return export_text(model).map(|(name, text)| Effect::Save(name, text)),
        Msg::Open => match link(model) {
            // Show the whole address before opening it.
            Some(link) if notice == Some(strings::open_again(&link)) => return Some(Effect::Open(link)),
            Some(link) => model.notice = Some(strings::open_again(&link)),
            None => model.notice = Some(strings::NO_LINK.to_owned()),
        },
        Msg::Map => show_map(model),
        Msg::ShowHandover => model.show_handover(),
        Msg::CopySummary => match model.case() {
            Some((key, case)) => return Some(Effect::CopySummary(key, Box::new(case))),
            None => model.notice = Some(strings::NO_SUMMARY.to_owned()),
        },
        Msg::ReportNewError => model.report_new_error(),
        Msg::HoldCase => return model.hold(),
        Msg::ResumeCase => match model.resumable.clone() {
            Some(stored) => return model.resume(&stored),
            None => model.notice = Some(strings::NOTHING_TO_RESUME.to_owned()),
        },
        Msg::Unknown(key) => model.notice = Some(does_nothing(model, key)),
        message => update_screen(model, message),
    }
    None
}

/// Applies a message that only the current screen handles.
fn update_screen(model: &mut Model, message: Msg) {
    match &mut model.screen {
        Screen::Search => {
            if matches!(message, Msg::Choose | Msg::Disambiguate | Msg::Back | Msg::NewSearch) {
                note_failed_query(model);
            }
            if matches!(message, Msg::Back | Msg::NewSearch) && model.search_pane.input.value().is_empty() {
                // The user was searching for a new error of a case. Return to that case.
                if model.go_back() {
                    return;
                }
            }
            update_search(model, message);
        }
        Screen::Flow(pane) => {
            let mut notice = None;
            let leave = update_flow(pane, &message, &mut notice, model.audience);
            pane.is_saved |= pane.has_started();
            model.notice = notice;
            let tell_apart = pane.disambiguation.take_if(|_| leave == Some(Navigation::SameSearch));
            // If the user leaves an article without answering, it was the wrong choice. Continue the case from the previous
            // article.
            let is_new = pane.session.answers().iter().all(|entry| entry.known);
            let previous = pane.previous.take_if(|_| leave.is_some() && is_new);
            leave_to(model, leave, tell_apart);
            model.continuing = previous.or(model.continuing.take());
        }
        Screen::Disambiguate(disambiguation) => {
            let leave = update_disambiguation(disambiguation, &message);
            if let Some(Navigation::Article(article)) = leave {
                let tell_apart = disambiguation.tell_apart.clone();
                let typed = SanitizedText::new(model.search_pane.input.value()).one_line();
                open(model, article, KnownFacts::new(), EntryPoint::TellApart(typed), Some(tell_apart));
                let message =
                    model.search.kb().article_with_collection(article).map(|(article, _)| article.message.one_line());
                model.notice = message.map(|message| strings::most_likely(&message));
            } else {
                leave_to(model, leave, None);
            }
        }
        Screen::Map { parent, selected } => {
            let close = update_map(parent, selected, &message);
            match close {
                Ok(true) => close_map(model),
                Ok(false) => {}
                Err(why) => model.notice = Some(why.to_owned()),
            }
        }
        Screen::Handover(handover) => {
            let audience = model.audience;
            match update_handover(handover, audience, message) {
                Ok(true) => model.close_handover(),
                Ok(false) => {}
                Err(why) => model.notice = Some(why.to_owned()),
            }
        }
        Screen::Help { .. } => {
            if matches!(message, Msg::Back) {
                toggle_help(model);
            }
        }
    }
}

/// Whether the case would be unfinished if the user left now: the session has answers but no outcome.
fn is_unfinished(model: &Model) -> bool {
    flow_pane(&model.screen)
        .is_some_and(|pane| pane.session.outcome().is_none() && pane.session.answers().iter().any(|entry| !entry.known))
}

fn toggle_help(model: &mut Model) {
    model.screen = match std::mem::replace(&mut model.screen, Screen::Search) {
        Screen::Help { parent, .. } => *parent,
        screen => Screen::Help { parent: Box::new(screen), scroll: 0 },
    };
}

/// Returns the notice for a character without a binding.
fn does_nothing(model: &Model, key: char) -> String {
    match (key, &model.screen) {
        (' ', Screen::Flow(pane)) if pane.session.outcome() == Some(Outcome::Escalated) => {
            strings::FILL_IN_DETAILS.to_owned()
        }
        (' ', _) => strings::NO_STEP.to_owned(),
        (key, _) => strings::no_such_key(key),
    }
}

fn scroll(model: &mut Model, to: usize) {
    match &mut model.screen {
        Screen::Flow(pane) => pane.scroll = Some(to),
        Screen::Help { scroll, .. } => *scroll = to,
        Screen::Disambiguate(disambiguation) => disambiguation.scroll = to,
        Screen::Handover(handover) => handover.scroll = to,
        Screen::Search | Screen::Map { .. } => {}
    }
}

/// Opens the flow of the article with this index. `known` contains the facts that the chosen situation or a code in the query
/// implies. `tell_apart` contains the questions about words that led to the article.
fn open(model: &mut Model, article: usize, known: KnownFacts, found: EntryPoint, tell_apart: Option<TellApart>) {
    let mut facts = model.facts.clone();
    facts.extend(known);
    let session = FlowSession::new(model.search.kb().clone(), article, facts);
    let mut pane = FlowPane::new(session, tell_apart);
    pane.entry_point = found;
    pane.blanks.clone_from(&model.details);
    model.last_case_handle += 1;
    pane.case_handle = model.last_case_handle;
    pane.failed_queries = std::mem::take(&mut model.failed_queries);
    let pane = model.continue_case(pane);
    model.screen = Screen::Flow(Box::new(pane));
}

/// Moves to a destination. If `tell_apart` is given, returns to its questions instead.
fn leave_to(model: &mut Model, leave: Option<Navigation>, tell_apart: Option<TellApart>) {
    let Some(leave) = leave else { return };
    if let Some(mut tell_apart) = tell_apart {
        // If the last answer identified the article, undo it, so that its question is asked again.
        if tell_apart.settled().is_some() {
            tell_apart.back();
        }
        model.screen = Screen::Disambiguate(Box::new(Disambiguation::new(tell_apart)));
        return;
    }
    match leave {
        Navigation::NewSearch => model.start_new_search(),
        Navigation::Situations => {
            model.screen = Screen::Search;
            model.search_pane.listing = Listing::Results;
            model.none_of_these();
        }
        Navigation::Article(_) | Navigation::SameSearch => {
            model.search_pane.focus = Focus::Field;
            model.screen = Screen::Search;
        }
    }
}
