//! Updates of the search field and the list of errors.

use crate::app::model::{Disambiguation, Focus, Listing, Model, Screen};
use crate::app::msg::Msg;
use crate::case::EntryPoint;
use crate::flow::KnownFacts;
use crate::kb::FactId;
use crate::search::{Search, Verdict};
use crate::strings;
use crate::tell_apart::TellApart;
use crate::text::{SanitizedText, Voice};

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
    let last = model.entry_count().saturating_sub(1);
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
        Msg::Choose | Msg::SelectNth(_) => choose(model),
        Msg::Disambiguate if find.results.verdict == Verdict::Ambiguous => {
            let tell_apart = TellApart::new(model.search.kb().clone(), &find.results);
            model.screen = Screen::Disambiguate(Box::new(Disambiguation::new(tell_apart)));
        }
        Msg::Disambiguate if model.search.kb().situations().next().is_some() => model.list(Listing::Situations),
        Msg::Disambiguate => model.list(Listing::AllErrors),
        Msg::Back if find.focus == Focus::List => find.focus = Focus::Field,
        Msg::Back
            if matches!(find.listing, Listing::AllErrors | Listing::Nothing)
                && model.search.kb().situations().next().is_some() =>
        {
            model.search_again();
        }
        Msg::Back if find.input.value().is_empty() => model.notice = Some(strings::HOW_TO_QUIT.to_owned()),
        Msg::Back | Msg::NewSearch => {
            find.input.reset();
            model.search_again();
        }
        _ => {}
    }
}

/// Opens the selected entry of the list.
fn choose(model: &mut Model) {
    let find = &model.search_pane;
    let kb = model.search.kb().clone();
    match find.listing {
        Listing::Situations => match kb.situations().nth(find.selected) {
            Some((collection, situation)) => {
                let Some(article) = kb.article_index(&situation.goto) else { return };
                let known = situation.known.iter().map(|fact| (FactId { collection, fact: fact.fact }, fact.answer));
                let found = EntryPoint::Situation(situation.text.voice(Voice::You).one_line());
                open(model, article, known.collect(), found, None);
            }
            None => model.none_of_these(),
        },
        Listing::Results | Listing::AllErrors => match model.selected_article() {
            Some(article) => {
                let typed = SanitizedText::new(find.input.value()).one_line();
                let known: KnownFacts = kb.facts_of_codes(article, &typed).into_iter().collect();
                let found = if typed.is_empty() { EntryPoint::List } else { EntryPoint::Search(typed) };
                open(model, article, known, found, None);
            }
            None => model.none_of_these(),
        },
        Listing::Nothing => {}
    }
}

/// Records the query if it has no match. Call this when the user moves on from the query.
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
