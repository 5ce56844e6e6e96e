//! Looking for the error.
//!
//! ```text
//! > your ip_                                                      the search field
//!
//!   All errors                          Your IP address is not    list and preview, side by
//! > Your IP address is not allowed.     allowed.                  side on a wide screen, and
//!   Enter your emergency reset code.                              one above the other on a
//!                                       The network that ...      narrow one
//! ```

use std::collections::HashSet;

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;

use super::lines::Lines;
use super::theme::{Role, Theme};
use super::{Drawn, WIDE, cursor};
use crate::app::{Focus, Message, Model};
use crate::kb::Article;
use crate::search::{Field, Verdict, highlight, normalize};
use crate::text::markup::Prose;
use crate::text::{truncate, width, wrap};
use crate::words;

/// Lines that one message may take in the list.
const LINES_EACH: usize = 3;

/// In front of the field.
const PROMPT: &str = " > ";

pub(super) fn draw(model: &Model, theme: Theme, frame: &mut Frame<'_>, area: Rect) -> Drawn {
    let roomy = area.height >= 16;
    let [_, field, _, below] = Layout::vertical([
        Constraint::Length(u16::from(roomy)),
        Constraint::Length(1),
        Constraint::Length(u16::from(roomy)),
        Constraint::Fill(1),
    ])
    .areas(area);
    draw_field(model, theme, frame, field);
    if area.width >= WIDE {
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
    let find = model.find();
    let room = usize::from(area.width).saturating_sub(width(PROMPT) + 1);
    let scroll = find.input.visual_scroll(room);
    let value = find.input.value();
    let focused = find.focus == Focus::Field;
    let mut spans = vec![theme.span(if focused { Role::Key } else { Role::Dim }, PROMPT)];
    if value.is_empty() {
        spans.push(theme.span(Role::Dim, truncate(words::TYPE_HERE, room)));
    } else {
        let shown = visible(value, scroll, room);
        // What stands further left is announced.
        let shown = if scroll > 0 { format!("…{}", shown.chars().skip(1).collect::<String>()) } else { shown };
        spans.push(theme.span(Role::Strong, shown));
    }
    frame.render_widget(Line::from(spans), area);
    if focused {
        let column = width(PROMPT) + find.input.visual_cursor().saturating_sub(scroll);
        cursor(frame, area, area.x.saturating_add(u16::try_from(column).unwrap_or(u16::MAX)), area.y);
    }
}

/// The part of a text that stands in a window of some columns.
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

fn draw_list(model: &Model, theme: Theme, frame: &mut Frame<'_>, area: Rect) -> Drawn {
    let find = model.find();
    let typed = !find.input.value().trim().is_empty();
    let head = match (typed, find.results.verdict) {
        (false, _) => format!("{}. {}", words::ALL_ERRORS, words::NO_MESSAGE),
        (true, Verdict::Match) => words::FOUND.to_owned(),
        (true, Verdict::Ambiguous) => words::COULD_BE_MARKED.to_owned(),
        (true, Verdict::None) => words::NOTHING_FOUND.to_owned(),
    };
    let [top, rest] = Layout::vertical([Constraint::Length(1), Constraint::Fill(1)]).areas(area);
    let draw_head = |frame: &mut Frame<'_>, more: &str| {
        let room = usize::from(area.width).saturating_sub(5 + width(more));
        let head = truncate(&head, room);
        let gap = " ".repeat(room - width(&head) + 1);
        let spans = vec![theme.span(Role::Dim, format!("   {head}{gap}")), theme.span(Role::Key, more.to_owned())];
        frame.render_widget(Line::from(spans), top);
    };
    if typed && find.results.verdict == Verdict::None {
        draw_head(frame, "");
        draw_nothing(model, theme, frame, rest);
        return Drawn::default();
    }
    let common = common_words(model);
    let height = usize::from(rest.height);
    let first = first_shown(find.selected, height, |nth| item(model, theme, nth, area.width, &common).len());
    let mut lines: Vec<Line<'static>> = Vec::new();
    let mut whole = 0;
    let mut targets = Vec::new();
    for nth in first..find.results.found.len() {
        if nth == find.selected && find.focus == Focus::List {
            let row = u16::try_from(lines.len()).unwrap_or(u16::MAX);
            cursor(frame, rest, rest.x + 1, rest.y.saturating_add(row));
        }
        let item = item(model, theme, nth, area.width, &common);
        let row = u16::try_from(lines.len()).unwrap_or(u16::MAX);
        let rows = u16::try_from(item.len()).unwrap_or(u16::MAX);
        let place = Rect { y: rest.y.saturating_add(row), height: rows, ..rest };
        targets.push((place.intersection(rest), Message::SelectNth(nth)));
        // An entry that does not fit whole is not shown cut, unless there is nothing else.
        if lines.len() + item.len() > height && !lines.is_empty() {
            targets.pop();
            break;
        }
        lines.extend(item);
        whole = nth + 1;
    }
    frame.render_widget(Paragraph::new(lines), rest);
    draw_head(frame, &words::more_entries(first, find.results.found.len() - whole.max(first)));
    Drawn { targets, ..Drawn::default() }
}

fn draw_nothing(model: &Model, theme: Theme, frame: &mut Frame<'_>, area: Rect) {
    let mut lines = Lines::new(theme, area.width.saturating_sub(4));
    lines.text(Role::Text, words::NOTHING_FOUND_WAYS);
    for more in model.search().kb().more() {
        lines.text(Role::Dim, words::MORE_ERRORS);
        lines.text(Role::Dim, more);
    }
    lines.show_part(frame, Rect { x: area.x + 3, width: area.width.saturating_sub(4), ..area }, 0);
}

/// The first item to show so that the selected one is seen whole; `lines` says how many lines an item takes.
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

/// One message of the list, with the letters marked that match.
fn item(model: &Model, theme: Theme, nth: usize, columns: u16, common: &HashSet<String>) -> Vec<Line<'static>> {
    let find = model.find();
    let Some(found) = find.results.found.get(nth) else { return Vec::new() };
    let Some((article, _)) = model.search().kb().entry(found.article) else { return Vec::new() };
    let message = article.message.one_line();
    let letters = highlight(&message, find.input.value());
    let selected = nth == find.selected;
    let contends = found.contender && find.results.verdict == Verdict::Ambiguous;
    let mark = match (selected, contends) {
        (true, _) => " > ",
        (false, true) => " * ",
        (false, false) => "   ",
    };
    let stands_back = !found.contender && find.results.verdict != Verdict::None;
    let role = match (selected, stands_back) {
        (true, _) => Role::Selected,
        (false, true) => Role::Dim,
        (false, false) => Role::Text,
    };
    let room = usize::from(columns).saturating_sub(width(mark) + 1).max(1);
    let differs = if contends { differing(&message, common) } else { HashSet::new() };
    let mut at = 0;
    let mut lines: Vec<Line<'static>> = Vec::new();
    let mut rows = wrap(&message, room);
    if rows.len() > LINES_EACH {
        rows.truncate(LINES_EACH);
        if let Some(last) = rows.last_mut() {
            // That there is more is announced.
            *last = truncate(&format!("{last}…"), room);
        }
    }
    for (row, line) in rows.into_iter().enumerate() {
        let mut spans = vec![theme.span(Role::Key, if row == 0 { mark.to_owned() } else { " ".repeat(width(mark)) })];
        for c in line.chars() {
            let mut style = theme.style(role);
            if differs.contains(&at) {
                style = style.patch(theme.style(Role::Differs));
            }
            if letters.binary_search(&at).is_ok() {
                style = style.patch(theme.style(Role::Match));
            }
            spans.push(Span::styled(c.to_string(), style));
            at += 1;
        }
        // A line is broken at a space, or within a word that is longer than it.
        at += usize::from(message.chars().nth(at) == Some(' '));
        lines.push(Line::from(spans));
    }
    if let Some(why) = why(article, found.field) {
        let why = truncate(&why, room.saturating_sub(2));
        lines.push(theme.line(Role::Dim, format!("{}  {why}", " ".repeat(width(mark)))));
    }
    lines
}

/// Why an article was found, where its message does not show it.
fn why(article: &Article, field: Field) -> Option<String> {
    match field {
        Field::Message => None,
        Field::Wording(nth) => Some(format!("{} {}", words::ALSO_SEEN_AS, article.wordings.get(nth)?.one_line())),
        Field::Code(nth) => Some(format!("{} {}", words::WHY_CODE, article.codes.get(nth)?)),
        Field::Description => Some(words::WHY_DESCRIBED.to_owned()),
    }
}

/// The words that stand in the message of every contender.
fn common_words(model: &Model) -> HashSet<String> {
    let articles = model.find().results.contenders().into_iter();
    let messages = articles.filter_map(|(article, _)| model.search().kb().articles.get(article));
    let words = messages.map(|article| normalize::words(&article.message).into_iter().collect::<HashSet<String>>());
    words.reduce(|all, these| all.intersection(&these).cloned().collect()).unwrap_or_default()
}

/// Which characters of a message belong to words that not every contender has.
fn differing(message: &str, common: &HashSet<String>) -> HashSet<usize> {
    let mut differs = HashSet::new();
    let mut at = 0;
    for word in message.split(' ') {
        let length = word.chars().count();
        if normalize::words(word).iter().any(|word| !common.contains(word)) {
            differs.extend(at..at + length);
        }
        at += length + 1;
    }
    differs
}

/// What the selected error is about.
fn draw_preview(model: &Model, theme: Theme, frame: &mut Frame<'_>, area: Rect) {
    let find = model.find();
    let Some(found) = find.results.found.get(find.selected) else { return };
    let Some((article, collection)) = model.search().kb().entry(found.article) else { return };
    let mut lines = Lines::new(theme, area.width.saturating_sub(1));
    let product = collection.product.as_ref().map(|product| format!("{product}: ")).unwrap_or_default();
    lines.text(Role::Dim, &format!("{product}{}", collection.title));
    lines.text(Role::Text, Prose::read(&article.description));
    if area.height > 8 {
        lines.blank();
        if let Some(first) = article.flow.nodes.first() {
            lines.labelled((Role::Dim, words::FIRST_QUESTION), (Role::Text, Prose::read(&first.text)));
        }
        for wording in &article.wordings {
            lines.labelled((Role::Dim, words::ALSO_SEEN_AS), (Role::Text, wording));
        }
    }
    if !article.codes.is_empty() {
        let codes = article.codes.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        lines.labelled((Role::Dim, words::CODES), (Role::Text, &codes));
    }
    lines.show_part(frame, area, 0);
}
