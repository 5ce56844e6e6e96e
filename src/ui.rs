//! Drawing: a pure function from the model to the screen.
//!
//! ```text
//! +------------------------------------------------------------+
//! | unstuck > Access denied                       title        |
//! |                                                            |
//! | the screen                                                 |
//! |                                                            |
//! | y yes  n no  u not sure  Esc back  ? keys     footer       |
//! +------------------------------------------------------------+
//! ```

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Position, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;

use crate::app::keymap::{bindings, context};
use crate::app::{Message, Model, Screen, Seen};
use crate::text::{truncate, width, wrap};
use crate::words;

mod buttons;
mod find;
mod help;
mod letters;
mod lines;
mod map;
mod tell;
mod theme;
mod walk;

pub use theme::{Role, Theme};

/// The smallest screen that shows everything.
const LEAST: (u16, u16) = (40, 12);

/// From this width on, two columns stand side by side.
const WIDE: u16 = 100;

/// The most that is drawn of an unbelievably large screen.
pub const MOST: u16 = 1000;

/// What the shell must know about what was drawn.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Drawn {
    /// How much is scrolled away.
    pub seen: Seen,
    /// What a click means, by where it is.
    pub targets: Vec<(Rect, Message)>,
}

/// Draws the model.
pub fn view(model: &Model, theme: Theme, frame: &mut Frame<'_>) -> Drawn {
    let area = frame.area();
    if area.width < LEAST.0 || area.height < LEAST.1 {
        too_small(theme, frame, area);
        return Drawn::default();
    }
    let [title, body, notice, footer] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Fill(1),
        Constraint::Length(u16::try_from(notice_lines(model, area.width).len()).unwrap_or(1)),
        Constraint::Length(1),
    ])
    .areas(area);
    frame.buffer_mut().set_style(area, theme.ground());
    draw_title(model, theme, frame, title);
    draw_notice(model, theme, frame, notice);
    draw_footer(model, theme, frame, footer);
    match model.screen() {
        Screen::Find => find::draw(model, theme, frame, body),
        Screen::Tell(telling) => tell::draw(telling, model.search().kb(), theme, frame, body),
        Screen::Walk(walking) => walk::draw(walking, model.audience(), theme, frame, body),
        Screen::Map { under, selected } => map::draw(under, *selected, model.audience(), theme, frame, body),
        Screen::Letters(letters) => letters::draw(letters, model.audience(), theme, frame, body),
        Screen::Help { under, scroll } => help::draw(model, under, *scroll, theme, frame, body),
    }
}

fn too_small(theme: Theme, frame: &mut Frame<'_>, area: Rect) {
    let lines: Vec<Line<'_>> =
        wrap(words::TOO_SMALL, area.width.into()).into_iter().map(|line| theme.line(Role::Text, line)).collect();
    frame.render_widget(Paragraph::new(lines), area);
}

fn draw_title(model: &Model, theme: Theme, frame: &mut Frame<'_>, area: Rect) {
    let mut spans = vec![theme.span(Role::Title, " unstuck")];
    let kb = model.search().kb();
    let place = match model.screen() {
        Screen::Find => String::new(),
        Screen::Help { .. } => words::HELP_TITLE.to_owned(),
        Screen::Tell(_) => words::TELLING_APART.to_owned(),
        Screen::Map { under, .. } => kb
            .entry(under.walk.article())
            .map(|(article, _)| format!("{} > {}", words::MAP_TITLE, article.id))
            .unwrap_or_default(),
        Screen::Letters(letters) => kb
            .entry(letters.under.walk.article())
            .map(|(article, _)| format!("{} > {}", words::LETTERS_TITLE, article.id))
            .unwrap_or_default(),
        Screen::Walk(walking) => kb
            .entry(walking.walk.article())
            .map(|(article, collection)| format!("{} > {}", collection.title, article.id))
            .unwrap_or_default(),
    };
    if !place.is_empty() {
        let room = usize::from(area.width).saturating_sub(12);
        spans.push(theme.span(Role::Dim, format!(" > {}", truncate(&place, room))));
    }
    let who = words::speaking(model.audience());
    let used: usize = spans.iter().map(|span| width(&span.content)).sum();
    let gap = usize::from(area.width).saturating_sub(used + width(who) + 1);
    if matches!(model.screen(), Screen::Walk(_)) && gap > 2 {
        spans.push(Span::raw(" ".repeat(gap)));
        spans.push(theme.span(Role::Dim, who));
    }
    frame.render_widget(Line::from(spans), area);
}

/// The key that takes the nth of several; there are no more than nine.
fn number_key(nth: usize) -> String {
    if nth < 9 { (nth + 1).to_string() } else { String::new() }
}

/// What a notice says at present: an answer to the last key, and a mistake in the files that are watched; or else what is left out
/// of the knowledge base.
fn notice(model: &Model) -> Option<String> {
    let lines: Vec<&str> = model.notice().into_iter().chain(model.mistake()).collect();
    if !lines.is_empty() {
        return Some(lines.join("\n"));
    }
    if matches!(model.screen(), Screen::Find)
        && let Some(kept) = model.offered()
    {
        return Some(words::interrupted(&kept.case.message, kept.case.answers.len(), "Ctrl-R"));
    }
    let first = model.findings().first()?;
    matches!(model.screen(), Screen::Find).then(|| words::broken(first, model.findings().len() - 1))
}

/// Lines that a notice may take.
const NOTICE: usize = 6;

/// The notice in lines; empty where there is none.
fn notice_lines(model: &Model, columns: u16) -> Vec<String> {
    let room = usize::from(columns).saturating_sub(2);
    let Some(notice) = notice(model) else { return Vec::new() };
    let mut lines = wrap(&notice, room);
    if lines.len() > NOTICE {
        lines.truncate(NOTICE);
        if let Some(last) = lines.last_mut() {
            *last = truncate(&format!("{last}..."), room);
        }
    }
    lines
}

fn draw_notice(model: &Model, theme: Theme, frame: &mut Frame<'_>, area: Rect) {
    let lines = notice_lines(model, area.width).into_iter();
    let lines: Vec<Line<'_>> = lines.map(|line| theme.line(Role::Caution, format!(" {line}"))).collect();
    frame.render_widget(Paragraph::new(lines), area);
}

/// The keys that work here, as many as there is room for; room is kept for the way back and for the help.
fn draw_footer(model: &Model, theme: Theme, frame: &mut Frame<'_>, area: Rect) {
    let shown: Vec<(&str, &str)> = bindings(context(model))
        .filter(|binding| !binding.label.is_empty())
        .filter(|binding| does_something(model, &binding.message))
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
        spans.push(theme.span(Role::Key, entry.0.to_owned()));
        spans.push(theme.span(Role::Dim, format!(" {}  ", entry.1)));
    }
    frame.render_widget(Line::from(spans), area);
}

/// Whether a message would do more here than to say why it does nothing.
fn does_something(model: &Model, message: &Message) -> bool {
    match (message, model.screen()) {
        (Message::PutAside, _) => model.stays().is_none(),
        (Message::Fill, Screen::Letters(letters)) => !letters.blanks().is_empty(),
        (Message::Next, Screen::Letters(letters)) => letters.letters(model.audience()).len() > 1,
        _ => true,
    }
}

/// Puts the hardware cursor on a place, if it is within the area: that is where screen readers and magnifiers look.
fn cursor(frame: &mut Frame<'_>, area: Rect, x: u16, y: u16) {
    if area.contains(Position { x, y }) {
        frame.set_cursor_position((x, y));
    }
}

/// What clicks on buttons mean: the nth answer.
fn answers(places: Vec<Rect>) -> Vec<(Rect, Message)> {
    places.into_iter().enumerate().map(|(nth, place)| (place, Message::AnswerNth(nth))).collect()
}
