//! Drawing of the model on the screen, as a pure function: the same model, theme and size give the same frame.
//!
//! ```text
//! +------------------------------------------------------------+
//! |  unstuck > Access denied > ip-not-allowed    user view (r) |  title
//! |                                                            |
//! |  Does it work from the office or over the company VPN?     |  body, drawn by a submodule
//! |                                                            |
//! |  There is no step to tick here.                            |  notice
//! |  Enter choose  Esc back  m map  c copy  w save  ? keys     |  footer
//! +------------------------------------------------------------+
//! ```

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Position, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;

use crate::app::keymap::{bindings, context};
use crate::app::{Model, Msg, Screen, Viewport};
use crate::strings;
use crate::text::{truncate, width, wrap};

mod buttons;
mod disambiguate;
mod flow;
mod handover;
mod help;
mod lines;
mod map;
mod search;
mod theme;

pub use theme::{Theme, Tone};

/// Minimum screen size as (columns, rows). A smaller screen shows only a request to enlarge it.
const MIN_SIZE: (u16, u16) = (40, 12);

/// Minimum width in columns for two columns side by side.
const TWO_COLUMN_MIN_WIDTH: u16 = 100;

/// Maximum width and height in cells. Limits the memory for a terminal that reports an enormous size.
pub const MAX_DIMENSION: u16 = 1000;

/// Geometry of a frame, for translating clicks and scrolling into messages.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FrameInfo {
    /// The scroll position of the text.
    pub seen: Viewport,
    /// Areas that react to a click, as (area, message).
    pub hit_regions: Vec<(Rect, Msg)>,
}

/// Draws the model and returns the geometry of the frame.
pub fn view(model: &Model, theme: Theme, frame: &mut Frame<'_>) -> FrameInfo {
    let area = frame.area();
    if area.width < MIN_SIZE.0 || area.height < MIN_SIZE.1 {
        too_small(theme, frame, area);
        return FrameInfo::default();
    }
    let [title, body, notice, footer] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Fill(1),
        // Invariant: a notice has at most `MAX_NOTICE_LINES` lines, so the number fits in a `u16`.
        Constraint::Length(u16::try_from(notice_lines(model, area.width).len()).unwrap_or(1)),
        Constraint::Length(1),
    ])
    .areas(area);
    frame.buffer_mut().set_style(area, theme.base_style());
    draw_title(model, theme, frame, title);
    draw_notice(model, theme, frame, notice);
    draw_footer(model, theme, frame, footer);
    match model.screen() {
        Screen::Search => search::draw(model, theme, frame, body),
        Screen::Disambiguate(disambiguation) => {
            disambiguate::draw(disambiguation, model.search().kb(), model.audience(), theme, frame, body)
        }
        Screen::Flow(pane) => flow::draw(pane, model.audience(), theme, frame, body),
        Screen::Map { parent, selected } => map::draw(parent, *selected, model.audience(), theme, frame, body),
        Screen::Handover(handover) => handover::draw(handover, model.audience(), theme, frame, body),
        Screen::Help { parent, scroll } => help::draw(model, parent, *scroll, theme, frame, body),
    }
}

fn too_small(theme: Theme, frame: &mut Frame<'_>, area: Rect) {
    let lines: Vec<Line<'_>> =
        wrap(strings::TOO_SMALL, area.width.into()).into_iter().map(|line| theme.line(Tone::Text, line)).collect();
    frame.render_widget(Paragraph::new(lines), area);
}

fn draw_title(model: &Model, theme: Theme, frame: &mut Frame<'_>, area: Rect) {
    let mut spans = vec![theme.span(Tone::Title, " unstuck")];
    let kb = model.search().kb();
    let place = match model.screen() {
        Screen::Search => String::new(),
        Screen::Help { .. } => strings::HELP_TITLE.to_owned(),
        Screen::Disambiguate(_) => strings::DISAMBIGUATION_TITLE.to_owned(),
        Screen::Map { parent, .. } => kb
            .article_with_collection(parent.session.article())
            .map(|(article, _)| format!("{} > {}", strings::MAP_TITLE, article.id))
            .unwrap_or_default(),
        Screen::Handover(handover) => kb
            .article_with_collection(handover.parent.session.article())
            .map(|(article, _)| format!("{} > {}", strings::HANDOVER_TITLE, article.id))
            .unwrap_or_default(),
        Screen::Flow(pane) => kb
            .article_with_collection(pane.session.article())
            .map(|(article, collection)| format!("{} > {}", collection.title, article.id))
            .unwrap_or_default(),
    };
    if !place.is_empty() {
        let room = usize::from(area.width).saturating_sub(12);
        spans.push(theme.span(Tone::Dim, format!(" > {}", truncate(&place, room))));
    }
    let who = strings::view_label(model.audience());
    let used: usize = spans.iter().map(|span| width(&span.content)).sum();
    let gap = usize::from(area.width).saturating_sub(used + width(who) + 1);
    if matches!(model.screen(), Screen::Flow(_)) && gap > 2 {
        spans.push(Span::raw(" ".repeat(gap)));
        spans.push(theme.span(Tone::Dim, who));
    }
    frame.render_widget(Line::from(spans), area);
}

/// Returns the digit key for the item at an index: `1` to `9` for the first nine items, otherwise empty.
fn number_key(nth: usize) -> String {
    if nth < 9 { (nth + 1).to_string() } else { String::new() }
}

/// Returns the notice: the response to the last key and the reload error, each on its own line. If there is neither, the search
/// screen shows the interrupted case, or else the first problem in the knowledge base.
fn notice(model: &Model) -> Option<String> {
    let lines: Vec<&str> = model.notice().into_iter().chain(model.reload_error()).collect();
    if !lines.is_empty() {
        return Some(lines.join("\n"));
    }
    if matches!(model.screen(), Screen::Search)
        && let Some(stored) = model.resumable()
    {
        return Some(strings::interrupted(&stored.case.message, stored.case.answers.len(), "Ctrl-R"));
    }
    let first = model.diagnostics().first()?;
    matches!(model.screen(), Screen::Search).then(|| strings::kb_problem(first, model.diagnostics().len() - 1))
}

/// Maximum number of lines of a notice.
const MAX_NOTICE_LINES: usize = 6;

/// Returns the lines of the notice for a width in columns. Empty if there is no notice.
fn notice_lines(model: &Model, columns: u16) -> Vec<String> {
    let room = usize::from(columns).saturating_sub(2);
    let Some(notice) = notice(model) else { return Vec::new() };
    let mut lines = wrap(&notice, room);
    if lines.len() > MAX_NOTICE_LINES {
        lines.truncate(MAX_NOTICE_LINES);
        if let Some(last) = lines.last_mut() {
            *last = truncate(&format!("{last}..."), room);
        }
    }
    lines
}

fn draw_notice(model: &Model, theme: Theme, frame: &mut Frame<'_>, area: Rect) {
    let lines = notice_lines(model, area.width).into_iter();
    let lines: Vec<Line<'_>> = lines.map(|line| theme.line(Tone::Caution, format!(" {line}"))).collect();
    frame.render_widget(Paragraph::new(lines), area);
}

/// Draws the footer: the keys of the current context, as far as they fit. Room for Esc and the help key is reserved.
fn draw_footer(model: &Model, theme: Theme, frame: &mut Frame<'_>, area: Rect) {
    let shown: Vec<(&str, &str)> = bindings(context(model))
        .filter(|binding| !binding.label.is_empty())
        .filter(|binding| is_enabled(model, &binding.message))
        .map(|binding| (binding.shown.split(' ').next().unwrap_or_default(), binding.label))
        .collect();
    let cost = |(key, label): &(&str, &str)| width(key) + width(label) + 3;
    let mut room = usize::from(area.width).saturating_sub(1);
    let is_reserved = |(key, label): &(&str, &str)| *key == "Esc" || *label == "keys";
    let reserved: usize = shown.iter().filter(|entry| is_reserved(entry)).map(cost).sum();
    room = room.saturating_sub(reserved);
    let mut spans = vec![Span::raw(" ")];
    for entry in &shown {
        if !is_reserved(entry) {
            if cost(entry) > room {
                continue;
            }
            room -= cost(entry);
        }
        spans.push(theme.span(Tone::Key, entry.0.to_owned()));
        spans.push(theme.span(Tone::Dim, format!(" {}  ", entry.1)));
    }
    frame.render_widget(Line::from(spans), area);
}

/// Whether a message has an effect in the current state. The footer leaves out the keys of other messages.
fn is_enabled(model: &Model, message: &Msg) -> bool {
    match (message, model.screen()) {
        (Msg::HoldCase, _) => model.hold_blocker().is_none(),
        (Msg::EditField, Screen::Handover(handover)) => !handover.blanks().is_empty(),
        (Msg::Next, Screen::Handover(handover)) => handover.messages(model.audience()).len() > 1,
        _ => true,
    }
}

/// Moves the terminal's cursor to a cell if it is inside the area. Screen readers and magnifiers follow the cursor.
fn cursor(frame: &mut Frame<'_>, area: Rect, x: u16, y: u16) {
    if area.contains(Position { x, y }) {
        frame.set_cursor_position((x, y));
    }
}

/// Returns the hit regions of buttons. A click on a region gives the answer with the region's index.
fn answers(places: Vec<Rect>) -> Vec<(Rect, Msg)> {
    places.into_iter().enumerate().map(|(nth, place)| (place, Msg::AnswerNth(nth))).collect()
}
