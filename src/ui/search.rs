//! The search screen: search field, list of errors, and preview of the selected error.
//!
//! ```text
//!  > ip addr_
//!
//!    Matches                             Devolutions Cloud: Access denied
//!  > Your IP address is not allowed.     The network that this user ...
//!
//!                                        First question: Does it work ...
//! ```
//!
//! On a narrow screen, the preview is below the list. On a low and narrow screen, there is no preview.

use std::collections::HashSet;

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;

use super::lines::ParagraphBuilder;
use super::theme::{Theme, Tone};
use super::{FrameInfo, TWO_COLUMN_MIN_WIDTH, cursor};
use crate::app::{Focus, Listing, Model, Msg};
use crate::kb::Article;
use crate::search::{Field, Verdict, highlight, words};
use crate::strings;
use crate::text::{truncate, width, wrap};

/// Maximum number of lines for one error message in the list.
const LINES_EACH: usize = 3;

/// Prompt before the search field.
const PROMPT: &str = " > ";

pub(super) fn draw(model: &Model, theme: Theme, frame: &mut Frame<'_>, area: Rect) -> FrameInfo {
    let roomy = area.height >= 16;
    let [_, field, _, below] = Layout::vertical([
        Constraint::Length(u16::from(roomy)),
        Constraint::Length(1),
        Constraint::Length(u16::from(roomy)),
        Constraint::Fill(1),
    ])
    .areas(area);
    draw_field(model, theme, frame, field);
    if area.width >= TWO_COLUMN_MIN_WIDTH {
        let [list, _, preview] =
            Layout::horizontal([Constraint::Percentage(50), Constraint::Length(3), Constraint::Fill(1)]).areas(below);
        let drawn = draw_list(model, theme, frame, list);
        draw_preview(model, theme, frame, preview);
        drawn
    } else if roomy {
        let preview = (below.height / 3).max(5);
        let [list, _, preview] =
            Layout::vertical([Constraint::Fill(1), Constraint::Length(1), Constraint::Length(preview)]).areas(below);
        let drawn = draw_list(model, theme, frame, list);
        draw_preview(model, theme, frame, Rect { x: preview.x + 3, width: preview.width.saturating_sub(4), ..preview });
        drawn
    } else {
        draw_list(model, theme, frame, below)
    }
}

fn draw_field(model: &Model, theme: Theme, frame: &mut Frame<'_>, area: Rect) {
    let find = model.search_pane();
    let room = usize::from(area.width).saturating_sub(width(PROMPT) + 1);
    let scroll = find.input.visual_scroll(room);
    let value = find.input.value();
    let focused = find.focus == Focus::Field;
    let mut spans = vec![theme.span(if focused { Tone::Key } else { Tone::Dim }, PROMPT)];
    if value.is_empty() {
        spans.push(theme.span(Tone::Dim, truncate(strings::TYPE_HERE, room)));
    } else {
        let shown = visible(value, scroll, room);
        // Mark hidden text on the left with an ellipsis.
        let shown = if scroll > 0 { format!("…{}", shown.chars().skip(1).collect::<String>()) } else { shown };
        spans.push(theme.span(Tone::Strong, shown));
    }
    frame.render_widget(Line::from(spans), area);
    if focused {
        let column = width(PROMPT) + find.input.visual_cursor().saturating_sub(scroll);
        cursor(frame, area, area.x.saturating_add(u16::try_from(column).unwrap_or(u16::MAX)), area.y);
    }
}

/// Returns the part of a text that is visible in a field: at most `columns` columns, after the first `skip` columns.
pub(super) fn visible(text: &str, skip: usize, columns: usize) -> String {
    let mut at = 0;
    text.chars()
        .skip_while(|c| {
            at += width(c.encode_utf8(&mut [0; 4]));
            at <= skip
        })
        .scan(0, |used, c| {
            *used += width(c.encode_utf8(&mut [0; 4]));
            (*used <= columns).then_some(c)
        })
        .collect()
}

fn draw_list(model: &Model, theme: Theme, frame: &mut Frame<'_>, area: Rect) -> FrameInfo {
    let find = model.search_pane();
    let head = match (find.listing, find.results.verdict) {
        (Listing::Situations, _) => strings::WHAT_HAPPENED,
        (Listing::AllErrors, _) => strings::ALL_ERRORS,
        (Listing::Nothing, _) => strings::NONE_OF_THESE,
        (Listing::Results, Verdict::Match) => strings::MATCHES,
        (Listing::Results, Verdict::Ambiguous) => strings::POSSIBLE_MATCHES_MARKED,
        (Listing::Results, Verdict::NoMatch) => strings::NO_MATCH_TRY_OTHER_WORDS,
    };
    let [top, rest] = Layout::vertical([Constraint::Length(1), Constraint::Fill(1)]).areas(area);
    let draw_head = |frame: &mut Frame<'_>, more: &str| {
        let room = usize::from(area.width).saturating_sub(5 + width(more));
        let head = truncate(head, room);
        let gap = " ".repeat(room - width(&head) + 1);
        let spans = vec![theme.span(Tone::Dim, format!("   {head}{gap}")), theme.span(Tone::Key, more.to_owned())];
        frame.render_widget(Line::from(spans), top);
    };
    if find.listing == Listing::Nothing {
        draw_head(frame, "");
        draw_nothing(model, theme, frame, rest);
        return FrameInfo::default();
    }
    let common = common_words(model);
    let height = usize::from(rest.height);
    let first = first_shown(find.selected, height, |nth| item(model, theme, nth, area.width, &common).len());
    let mut lines: Vec<Line<'static>> = Vec::new();
    let mut whole = 0;
    let mut targets = Vec::new();
    for nth in first..model.entry_count() {
        if nth == find.selected && find.focus == Focus::List {
            let row = u16::try_from(lines.len()).unwrap_or(u16::MAX);
            cursor(frame, rest, rest.x + 1, rest.y.saturating_add(row));
        }
        let item = item(model, theme, nth, area.width, &common);
        let row = u16::try_from(lines.len()).unwrap_or(u16::MAX);
        let rows = u16::try_from(item.len()).unwrap_or(u16::MAX);
        let place = Rect { y: rest.y.saturating_add(row), height: rows, ..rest };
        targets.push((place.intersection(rest), Msg::SelectNth(nth)));
        // Show an entry only if it fits completely, or if it is the first one.
        if lines.len() + item.len() > height && !lines.is_empty() {
            targets.pop();
            break;
        }
        lines.extend(item);
        whole = nth + 1;
    }
    let rows = u16::try_from(lines.len()).unwrap_or(u16::MAX).min(rest.height);
    frame.render_widget(Paragraph::new(lines), rest);
    if find.is_without_match() {
        let below = Rect { y: rest.y + rows, height: rest.height - rows, ..rest };
        draw_vendor_links(model, theme, frame, below);
    }
    draw_head(frame, &strings::more_entries(first, model.entry_count() - whole.max(first)));
    FrameInfo { hit_regions: targets, ..FrameInfo::default() }
}

/// Draws the vendor's lists of errors after a blank line, as far as there is room.
fn draw_vendor_links(model: &Model, theme: Theme, frame: &mut Frame<'_>, area: Rect) {
    let mut lines = ParagraphBuilder::new(theme, area.width.saturating_sub(4));
    for link in model.search().kb().vendor_links() {
        lines.blank();
        lines.text(Tone::Dim, strings::MORE_ERRORS);
        lines.text(Tone::Dim, link);
    }
    lines.show_from(frame, Rect { x: area.x + 3, width: area.width.saturating_sub(4), ..area }, 0);
}

/// Draws the text in place of a list if no error fits.
fn draw_nothing(model: &Model, theme: Theme, frame: &mut Frame<'_>, area: Rect) {
    let mut lines = ParagraphBuilder::new(theme, area.width.saturating_sub(4));
    let kb = model.search().kb();
    lines.text(Tone::Text, strings::NOTHING_FITS);
    for link in kb.vendor_links() {
        lines.text(Tone::Dim, strings::MORE_ERRORS);
        lines.text(Tone::Dim, link);
    }
    for contact in kb.contacts() {
        lines.labeled((Tone::Dim, strings::CONTACT_OF), (Tone::Strong, contact));
    }
    lines.show_from(frame, Rect { x: area.x + 3, width: area.width.saturating_sub(4), ..area }, 0);
}

/// Returns the index of the first entry to show, so that the selected one is completely visible. `height` is the number of
/// visible lines, and `lines` returns the number of lines of an entry.
fn first_shown(selected: usize, height: usize, lines: impl Fn(usize) -> usize) -> usize {
    let mut used = 0;
    for nth in (0..=selected).rev() {
        used += lines(nth);
        if used > height {
            return (nth + 1).min(selected);
        }
    }
    0
}

/// Returns the lines of one list entry. The characters that match the query are highlighted.
fn item(model: &Model, theme: Theme, nth: usize, columns: u16, common: &HashSet<String>) -> Vec<Line<'static>> {
    let find = model.search_pane();
    if find.listing == Listing::Situations {
        let kb = model.search().kb();
        let situation = kb.situations().nth(nth).map(|(_, one)| one.text.voice(model.audience().voice()).one_line());
        let text = situation.unwrap_or_else(|| strings::NONE_OF_THESE_ALL_ERRORS.to_owned());
        return plain_item(theme, &text, nth == find.selected, columns);
    }
    if find.is_without_match() {
        return nearest_item(model, theme, nth, columns);
    }
    let Some(found) = find.results.hits.get(nth) else {
        return plain_item(theme, strings::NONE_OF_THESE, nth == find.selected, columns);
    };
    let Some((article, _)) = model.search().kb().article_with_collection(found.article) else { return Vec::new() };
    let message = article.message.one_line();
    let matched = highlight(&message, find.input.value());
    let selected = nth == find.selected;
    let is_possible = found.contender && find.results.verdict == Verdict::Ambiguous;
    let mark = match (selected, is_possible) {
        (true, _) => " > ",
        (false, true) => " * ",
        (false, false) => "   ",
    };
    let is_unlikely = !found.contender && find.results.verdict != Verdict::NoMatch;
    let tone = match (selected, is_unlikely) {
        (true, _) => Tone::Selected,
        (false, true) => Tone::Dim,
        (false, false) => Tone::Text,
    };
    let room = usize::from(columns).saturating_sub(width(mark) + 1).max(1);
    let differs = if is_possible { differing(&message, common) } else { HashSet::new() };
    let mut at = 0;
    let mut lines: Vec<Line<'static>> = Vec::new();
    let mut rows = wrap(&message, room);
    if rows.len() > LINES_EACH {
        rows.truncate(LINES_EACH);
        if let Some(last) = rows.last_mut() {
            // Mark the cut with an ellipsis.
            *last = truncate(&format!("{last}…"), room);
        }
    }
    for (row, line) in rows.into_iter().enumerate() {
        let mut spans = vec![theme.span(Tone::Key, if row == 0 { mark.to_owned() } else { " ".repeat(width(mark)) })];
        for c in line.chars() {
            let mut style = theme.style(tone);
            if differs.contains(&at) {
                style = style.patch(theme.style(Tone::Differs));
            }
            if matched.binary_search(&at).is_ok() {
                style = style.patch(theme.style(Tone::Match));
            }
            spans.push(Span::styled(c.to_string(), style));
            at += 1;
        }
        // Wrapping removes the space at the end of a line, but breaks a long word without removing anything.
        at += usize::from(message.chars().nth(at) == Some(' '));
        lines.push(Line::from(spans));
    }
    if let Some(why) = why(model, article, found.field) {
        let why = truncate(&why, room.saturating_sub(2));
        lines.push(theme.line(Tone::Dim, format!("{}  {why}", " ".repeat(width(mark)))));
    }
    lines
}

/// Returns the lines of an entry after a search without a match: the way to the situations, or one of the nearest errors.
fn nearest_item(model: &Model, theme: Theme, nth: usize, columns: u16) -> Vec<Line<'static>> {
    let find = model.search_pane();
    let Some(nearest) = nth.checked_sub(1) else {
        return plain_item(theme, strings::CHOOSE_WHAT_HAPPENED, nth == find.selected, columns);
    };
    let article = find.results.nearest.get(nearest).and_then(|article| model.search().kb().articles.get(*article));
    let message = article.map(|article| article.message.one_line()).unwrap_or_default();
    let mut lines = plain_item(theme, &message, nth == find.selected, columns);
    if nearest == 0 {
        lines.insert(
            0,
            theme.line(Tone::Dim, format!("   {}", truncate(strings::NEAREST, usize::from(columns).saturating_sub(4)))),
        );
    }
    lines
}

/// Returns the lines of a list entry that has nothing but a text, such as a situation.
fn plain_item(theme: Theme, text: &str, is_selected: bool, columns: u16) -> Vec<Line<'static>> {
    let mark = if is_selected { " > " } else { "   " };
    let room = usize::from(columns).saturating_sub(width(mark) + 1).max(1);
    let rows = wrap(text, room).into_iter().take(LINES_EACH).enumerate();
    let line = |(row, text): (usize, String)| {
        let mark = if row == 0 { mark } else { "   " };
        let tone = if is_selected { Tone::Selected } else { Tone::Text };
        Line::from(vec![theme.span(Tone::Key, mark.to_owned()), theme.span(tone, text)])
    };
    rows.map(line).collect()
}

/// Returns the reason why an article is a match, unless the article's error message shows the reason.
fn why(model: &Model, article: &Article, field: Field) -> Option<String> {
    match field {
        Field::Message => None,
        Field::Wording(nth) => Some(format!("{} {}", strings::ALSO_SEEN_AS, article.wordings.get(nth)?.one_line())),
        Field::Code(nth) => Some(format!("{} {}", strings::WHY_CODE, article.codes.get(nth)?)),
        Field::Description => {
            // The situation helps to recognize an error whose message the user does not have.
            let situation = model.search().kb().situations().find(|(_, situation)| situation.goto == article.id);
            let text = situation.map(|(_, situation)| situation.text.voice(model.audience().voice()).one_line());
            Some(text.unwrap_or_else(|| strings::WHY_DESCRIBED.to_owned()))
        }
    }
}

/// Returns the words that the error messages of all possible matches have in common.
fn common_words(model: &Model) -> HashSet<String> {
    let articles = model.search_pane().results.contenders().into_iter();
    let messages = articles.filter_map(|(article, _)| model.search().kb().articles.get(article));
    let words = messages.map(|article| words(&article.message).into_iter().collect::<HashSet<String>>());
    words.reduce(|all, these| all.intersection(&these).cloned().collect()).unwrap_or_default()
}

/// Returns the indices of all characters in an error message that belong to words outside `common`.
fn differing(message: &str, common: &HashSet<String>) -> HashSet<usize> {
    let mut differs = HashSet::new();
    let mut at = 0;
    for word in message.split(' ') {
        let length = word.chars().count();
        if words(word).iter().any(|word| !common.contains(word)) {
            differs.extend(at..at + length);
        }
        at += length + 1;
    }
    differs
}

/// Draws the preview of the selected error.
fn draw_preview(model: &Model, theme: Theme, frame: &mut Frame<'_>, area: Rect) {
    let kb = model.search().kb();
    let Some((article, collection)) = model.selected_article().and_then(|article| kb.article_with_collection(article))
    else {
        return;
    };
    let mut lines = ParagraphBuilder::new(theme, area.width.saturating_sub(1)).with_voice(model.audience().voice());
    let product = collection.product.as_ref().map(|product| format!("{product}: ")).unwrap_or_default();
    lines.text(Tone::Dim, &format!("{product}{}", collection.title));
    let description = lines.read(&article.description);
    lines.text(Tone::Text, description);
    if area.height > 8 {
        lines.blank();
        if let Some(first) = article.flow.nodes.first() {
            let question = lines.read(&first.text);
            lines.labeled((Tone::Dim, strings::FIRST_QUESTION), (Tone::Text, question));
        }
        for wording in &article.wordings {
            lines.labeled((Tone::Dim, strings::ALSO_SEEN_AS), (Tone::Text, wording));
        }
    }
    if !article.codes.is_empty() {
        let codes = article.codes.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        lines.labeled((Tone::Dim, strings::CODES), (Tone::Text, &codes));
    }
    lines.show_from(frame, area, 0);
}
