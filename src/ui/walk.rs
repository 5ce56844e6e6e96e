//! Walking a flow.
//!
//! ```text
//! Answered so far          Can the owner find the recovery key?
//! Another administrator?
//!   No                     How to find out: A PDF titled ...
//!
//! at most 1 more question  [ Yes (y) ]   No (n)    Not sure (u)
//! ```
//!
//! On a narrow screen, the trail stands above the question, as far as there is room.

use std::ops::Range;

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};

use super::buttons::Buttons;
use super::lines::Lines;
use super::theme::{Role, Theme};
use super::{Drawn, WIDE, cursor};
use crate::app::{Message, Walking};
use crate::case::message;
use crate::kb::{Filled, Node, NodeKind, NodeRef};
use crate::text::markup::{self, Prose};
use crate::text::{truncate, width, wrap};
use crate::wizard::{Answer, Outcome, Walk};
use crate::words::{self, Audience};

/// Columns of the trail on a wide screen.
const TRAIL: u16 = 36;

/// Columns that a text is comfortable to read in.
const COMFORTABLE: u16 = 76;

pub(super) fn draw(walking: &Walking, audience: Audience, theme: Theme, frame: &mut Frame<'_>, area: Rect) -> Drawn {
    let walk = &walking.walk;
    let area = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    let gap = u16::from(area.height >= 14);
    let [_, area] = Layout::vertical([Constraint::Length(gap), Constraint::Fill(1)]).areas(area);
    let main = if area.width + 2 >= WIDE {
        let [trail, _, main] =
            Layout::horizontal([Constraint::Length(TRAIL), Constraint::Length(3), Constraint::Fill(1)]).areas(area);
        draw_trail(walk, theme, frame, trail);
        Rect { width: main.width.min(COMFORTABLE), ..main }
    } else {
        area
    };
    let beside = main.x > area.x;
    let mut lines = Lines::new(theme, main.width);
    if !beside {
        trail_above(walk, &mut lines, main.height);
    }
    let places = present(walking, audience, &mut lines);
    let counts = !beside && matches!(walk.node().map(|node| &node.kind), Some(NodeKind::Question(_)));
    let buttons = Buttons::new(labels(walk), main.width, counts.then(|| words::left(walk.left())));
    let text = u16::try_from(lines.len()).unwrap_or(u16::MAX);
    let room = main.height.saturating_sub(gap + buttons.rows());
    let [body, _, below, _] = Layout::vertical([
        Constraint::Length(text.min(room)),
        Constraint::Length(gap),
        Constraint::Length(buttons.rows()),
        Constraint::Fill(1),
    ])
    .areas(main);
    let scroll = in_sight(walking, &places, lines.len(), body.height.into());
    let seen = lines.show(frame, body, scroll);
    let mut targets = super::answers(buttons.draw(walking.selected_answer(), theme, frame, below));
    let readable = Lines::readable(seen, body.height.into());
    for (nth, place) in places.iter().enumerate() {
        let (first, end) = (place.start.max(readable.start), place.end.min(readable.end));
        let row = |line: usize| body.y.saturating_add(u16::try_from(line - seen.from).unwrap_or(u16::MAX));
        if first < end {
            let area = Rect { y: row(first), height: row(end) - row(first), ..body };
            targets.push((area.intersection(body), Message::TickNth(nth)));
        }
        if walking.selected == nth {
            let (x, y) = if first < end { (body.x + 3, row(first)) } else { (body.x, body.y) };
            cursor(frame, body, x, y);
        }
    }
    Drawn { seen, targets }
}

/// How many lines to scroll away: as many as somebody has scrolled, or else so many that what is selected is seen, with a line to
/// spare for what is announced above and below.
fn in_sight(walking: &Walking, places: &[Range<usize>], lines: usize, height: usize) -> usize {
    let furthest = lines.saturating_sub(height);
    let selected = match places.get(walking.selected) {
        // Of a step that is higher than its place, its beginning.
        Some(place) => (place.end + 1).saturating_sub(height).min(place.start.saturating_sub(1)),
        None if places.is_empty() => 0,
        // The answers stand below the text: what is read last is in sight with them.
        None => furthest,
    };
    walking.scroll.unwrap_or(selected).min(furthest)
}

/// The trail in a column of its own: the error, what was answered, and what may still come.
fn draw_trail(walk: &Walk, theme: Theme, frame: &mut Frame<'_>, area: Rect) {
    let mut lines = Lines::new(theme, area.width);
    lines.text(Role::Text, &message(walk).one_line());
    lines.blank();
    answered(walk, &mut lines);
    if walk.outcome().is_none() && matches!(walk.node().map(|node| &node.kind), Some(NodeKind::Question(_))) {
        lines.text(Role::Dim, &words::left(walk.left()));
    }
    let height = usize::from(area.height);
    let overflow = lines.len().saturating_sub(height);
    lines.show_part(frame, area, overflow);
}

fn answered(walk: &Walk, lines: &mut Lines) {
    for entry in walk.told() {
        let Some(node) = walk.kb().node(entry.at) else { continue };
        lines.marked((Role::Good, "* "), (Role::Dim, Prose::read(&node.text)));
        let known = if entry.known { format!(" {}", words::KNOWN_ALREADY) } else { String::new() };
        lines.marked((Role::Text, "  "), (Role::Strong, &format!("{}{known}", shown(walk, entry.at, entry.answer))));
    }
    if !walk.trail().is_empty() {
        lines.blank();
    }
}

/// The trail above the question: the error, and one line an answer, the latest ones where there is no room for all.
fn trail_above(walk: &Walk, lines: &mut Lines, height: u16) {
    let columns = lines.columns();
    let room = usize::from(height.saturating_sub(11) / 2);
    if height < 12 {
        return;
    }
    let whole = wrap(&message(walk).one_line(), columns);
    if height >= 18 && whole.len() <= 3 {
        lines.text(Role::Dim, &message(walk).one_line());
    } else {
        lines.text(Role::Dim, &truncate(&message(walk).one_line(), columns));
    }
    let skipped = walk.told().count().saturating_sub(room);
    for entry in walk.told().skip(skipped) {
        let Some(node) = walk.kb().node(entry.at) else { continue };
        let answer = shown(walk, entry.at, entry.answer);
        let question = truncate(&markup::bare(&node.text), columns.saturating_sub(width(&answer) + 5));
        lines.labelled((Role::Dim, &format!("* {}", words::asked(&question))), (Role::Strong, &answer));
    }
    lines.blank();
}

/// An answer as it is shown.
pub(super) fn shown(walk: &Walk, at: NodeRef, answer: Answer) -> String {
    walk.kb().node(at).map(|node| words::label(&node.kind, answer)).unwrap_or_default()
}

/// The present node. Says which lines each of its steps takes.
fn present(walking: &Walking, audience: Audience, lines: &mut Lines) -> Vec<Range<usize>> {
    let walk = &walking.walk;
    let mut places = Vec::new();
    let Some(node) = walk.node() else { return places };
    if walk.outcome() == Some(Outcome::Solved) {
        lines.text(Role::Good, words::SOLVED);
        lines.text(Role::Text, words::SOLVED_NEXT);
        return places;
    }
    match &node.kind {
        NodeKind::Question(question) => {
            head(node, Role::Strong, lines);
            if let Some(hint) = &question.hint {
                lines.blank();
                lines.labelled((Role::Dim, words::HINT), (Role::Text, Prose::read(hint)));
            }
        }
        NodeKind::Solution(solution) => {
            let done = (0..solution.steps.len()).filter(|step| walking.is_ticked(*step)).count();
            let head_line = match done {
                0 => words::SOLUTION.to_owned(),
                done => format!("{} ({})", words::SOLUTION, words::ticked(done, solution.steps.len())),
            };
            lines.text(Role::Dim, &head_line);
            head(node, Role::Strong, lines);
            places = steps(walking, audience, lines);
            lines.blank();
            lines.text(Role::Strong, words::DID_IT_HELP);
        }
        NodeKind::Escalation(escalation) => {
            lines.text(Role::Dim, words::ESCALATION);
            head(node, Role::Strong, lines);
            if let Some(contact) = &escalation.contact {
                lines.blank();
                lines.labelled((Role::Dim, words::CONTACT), (Role::Strong, contact.as_str()));
            }
            if !escalation.bring.is_empty() {
                lines.blank();
                lines.text(Role::Dim, words::BRING);
                for item in &escalation.bring {
                    let is_there = item.filled != Filled::ByHand || walking.is_filled(&item.text);
                    let mark = if is_there { "[x] " } else { "[ ] " };
                    lines.marked((Role::Actor, mark), (Role::Text, Prose::read(&item.text)));
                }
            }
        }
    }
    places
}

/// Numbered steps to tick, those of one actor under a head of their own. Says which lines each takes.
fn steps(walking: &Walking, audience: Audience, lines: &mut Lines) -> Vec<Range<usize>> {
    let steps = walking.steps();
    let digits = steps.len().to_string().len();
    let mut places = Vec::new();
    let mut before = None;
    for (nth, step) in steps.iter().enumerate() {
        if before.replace(step.by) != Some(step.by) {
            lines.blank();
            lines.text(Role::Actor, words::asked_of(step.by, audience));
        }
        let from = lines.len();
        let selected = walking.selected == nth;
        let mark = format!(
            "{} [{}] {:digits$}. ",
            if selected { ">" } else { " " },
            if walking.is_ticked(nth) { "x" } else { " " },
            nth + 1
        );
        let role = if selected { Role::Strong } else { Role::Text };
        lines.marked((if selected { Role::Selected } else { Role::Text }, &mark), (role, Prose::read(&step.text)));
        if let Some(first) = &step.irreversible {
            let indent = " ".repeat(width(&mark));
            lines.marked((Role::Text, &indent), (Role::Caution, Prose::read(&words::irreversible(first))));
        }
        places.push(from..lines.len());
    }
    places
}

/// The text of a node, what must be known first, and what explains it.
pub(super) fn head(node: &Node, role: Role, lines: &mut Lines) {
    lines.text(role, Prose::read(&node.text));
    if let Some(caution) = &node.caution {
        lines.blank();
        lines.labelled((Role::Caution, words::CAUTION), (Role::Caution, Prose::read(caution)));
    }
    if let Some(note) = &node.note {
        lines.blank();
        lines.text(Role::Text, Prose::read(note));
    }
}

/// What can be done here, and the key that does it.
fn labels(walk: &Walk) -> Vec<(String, String)> {
    if walk.outcome().is_some() {
        return vec![(words::NEXT_ERROR.to_owned(), words::ENTER.to_owned())];
    }
    walk.possible()
        .into_iter()
        .enumerate()
        .map(|(nth, answer)| (shown(walk, walk.at(), answer), key(nth, answer)))
        .collect()
}

/// The key that gives an answer, the nth of its node.
pub(super) fn key(nth: usize, answer: Answer) -> String {
    match answer {
        Answer::Yes | Answer::Solved => "y".to_owned(),
        Answer::No | Answer::NotSolved => "n".to_owned(),
        Answer::Unsure => "u".to_owned(),
        Answer::Choice(_) => super::number_key(nth),
    }
}
