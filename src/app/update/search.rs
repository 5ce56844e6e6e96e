//! Updates of the search field and the list of errors.

use crate::app::model::{Disambiguation, Focus, Model, Screen};
use crate::app::msg::Msg;
use crate::clues::Inquiry;
use crate::flow::ClueAnswers;
use crate::search::{Search, Verdict};
use crate::strings;
use crate::text::SanitizedText;

use super::open;

/// Maximum length of the search field in characters, for an initial query or a paste. Longer text is shortened. Typing has no
/// limit.
pub(in crate::app) const MAX_QUERY_CHARS: usize = 20_000;

/// Returns a text on one line with at most `room` characters. Reduces a longer text to its most informative lines first.
pub(in crate::app) fn fit_query(search: &Search, text: &SanitizedText, room: usize) -> String {
    let line = text.one_line();
    if line.chars().count() <= room { line } else { search.condensed(text).chars().take(room).collect() }
}

/// Applies a message to the search screen.
pub(super) fn update_search(model: &mut Model, message: Msg) {
    let last = model.search_pane.results.hits.len().saturating_sub(1);
    let find = &mut model.search_pane;
    match message {
        Msg::Edit(request) => {
            find.focus = Focus::Field;
            if find.input.handle(request).is_some_and(|changed| changed.value) {
                model.search_again();
            }
        }
        Msg::Paste(text) => {
            let room = MAX_QUERY_CHARS.saturating_sub(find.input.value().chars().count());
            let pasted = fit_query(&model.search, &text, room);
            let (before, after) = split_at_char(find.input.value(), find.input.cursor());
            let cursor = find.input.cursor() + pasted.chars().count();
            find.input = tui_input::Input::new(format!("{before}{pasted}{after}")).with_cursor(cursor);
            find.focus = Focus::Field;
            model.search_again();
        }
        Msg::Next => find.selected = (find.selected + 1).min(last),
        Msg::Previous => find.selected = find.selected.saturating_sub(1),
        Msg::First => find.selected = 0,
        Msg::Last => find.selected = last,
        Msg::SwitchFocus => {
            find.focus = match find.focus {
                Focus::Field => Focus::List,
                Focus::List => Focus::Field,
            }
        }
        Msg::SelectNth(nth) if nth != find.selected => find.selected = nth.min(last),
        Msg::Choose | Msg::SelectNth(_) => match find.results.hits.get(find.selected) {
            Some(found) => {
                let article = found.article;
                open(model, article, ClueAnswers::new(), None);
            }
            None => model.notice = Some(strings::NO_MATCH_HELP.to_owned()),
        },
        Msg::Disambiguate => {
            let inquiry = Inquiry::new(model.search.kb().clone(), &find.results.to_tell_apart());
            model.screen = Screen::Disambiguate(Box::new(Disambiguation::new(inquiry)));
        }
        Msg::Back if find.focus == Focus::List => find.focus = Focus::Field,
        Msg::Back if find.input.value().is_empty() => model.notice = Some(strings::HOW_TO_QUIT.to_owned()),
        Msg::Back | Msg::NewSearch => {
            find.input.reset();
            model.search_again();
        }
        _ => {}
    }
}

/// Records the query if it has no match. Call this when the user leaves it.
pub(super) fn note_failed_query(model: &mut Model) {
    let typed = SanitizedText::new(model.search_pane.input.value()).one_line();
    if !typed.is_empty()
        && model.search_pane.results.verdict == Verdict::NoMatch
        && !model.failed_queries.contains(&typed)
    {
        model.failed_queries.push(typed);
    }
}

/// Splits a text after a number of characters.
fn split_at_char(text: &str, chars: usize) -> (&str, &str) {
    let at = text.char_indices().nth(chars).map_or(text.len(), |(at, _)| at);
    // Invariant: `at` is a character boundary, so the fallback is never used.
    text.split_at_checked(at).unwrap_or((text, ""))
}
