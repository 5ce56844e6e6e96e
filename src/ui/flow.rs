//! The screen of a flow: the answers so far and the current node.
//!
//! ```text
//! Enter your emergency reset code.       Can the owner find the recovery key?
//!
//! * Is the locked-out user the owner     Hint: The PDF with the emergency reset code, ...
//!   of this Devolutions Cloud?
//!   Yes                                  [ Yes (y) ]   No (n)     Not sure (u)
//!
//! up to 2 more questions
//! ```
//!
//! On a narrow screen, the answers so far are above the question, as far as they fit.

use std::ops::Range;

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};

use super::buttons::Buttons;
use super::lines::ParagraphBuilder;
use super::theme::{Theme, Tone};
use super::{FrameInfo, TWO_COLUMN_MIN_WIDTH, cursor};
use crate::app::{FlowPane, Msg};
use crate::flow::{Answer, FlowSession, Outcome};
use crate::kb::{InfoSource, Node, NodeId, NodeKind};
use crate::strings::{self, Audience};
use crate::text::markup::StyledText;
use crate::text::{truncate, width, wrap};

/// Width of the answers so far on a wide screen, in columns.
const ANSWERS_WIDTH: u16 = 36;

/// Maximum width of the text on a wide screen, in columns, so that it stays easy to read.
const MAX_TEXT_WIDTH: u16 = 76;

pub(super) fn draw(pane: &FlowPane, audience: Audience, theme: Theme, frame: &mut Frame<'_>, area: Rect) -> FrameInfo {
    let session = &pane.session;
    let area = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    let gap = u16::from(area.height >= 14);
    let [_, area] = Layout::vertical([Constraint::Length(gap), Constraint::Fill(1)]).areas(area);
    let main = if area.width + 2 >= TWO_COLUMN_MIN_WIDTH {
        let [answers, _, main] =
            Layout::horizontal([Constraint::Length(ANSWERS_WIDTH), Constraint::Length(3), Constraint::Fill(1)])
                .areas(area);
        draw_answers(pane, audience, theme, frame, answers);
        Rect { width: main.width.min(MAX_TEXT_WIDTH), ..main }
    } else {
        area
    };
    let two_columns = main.x > area.x;
    let mut lines = ParagraphBuilder::new(theme, main.width).with_voice(audience.voice()).with_details(pane.details());
    if !two_columns {
        answers_above(pane, &mut lines, main.height);
    }
    let step_ranges = add_node(pane, audience, &mut lines);
    let counts = !two_columns && matches!(session.node().map(|node| &node.kind), Some(NodeKind::Question(_)));
    let buttons = Buttons::new(labels(session), main.width, counts.then(|| strings::left(session.remaining())));
    let text = u16::try_from(lines.len()).unwrap_or(u16::MAX);
    let room = main.height.saturating_sub(gap + buttons.rows());
    let [body, _, below, _] = Layout::vertical([
        Constraint::Length(text.min(room)),
        Constraint::Length(gap),
        Constraint::Length(buttons.rows()),
        Constraint::Fill(1),
    ])
    .areas(main);
    let scroll = scroll_to_selection(pane, &step_ranges, lines.len(), body.height.into());
    let seen = lines.show(frame, body, scroll);
    let mut targets = super::answers(buttons.draw(pane.selected_answer(), theme, frame, below));
    let readable = ParagraphBuilder::readable(seen, body.height.into());
    for (nth, place) in step_ranges.iter().enumerate() {
        let (first, end) = (place.start.max(readable.start), place.end.min(readable.end));
        let row = |line: usize| body.y.saturating_add(u16::try_from(line - seen.offset).unwrap_or(u16::MAX));
        if first < end {
            let area = Rect { y: row(first), height: row(end) - row(first), ..body };
            targets.push((area.intersection(body), Msg::TickNth(nth)));
        }
        if pane.selected == nth {
            let (x, y) = if first < end { (body.x + 3, row(first)) } else { (body.x, body.y) };
            cursor(frame, body, x, y);
        }
    }
    FrameInfo { seen, hit_regions: targets }
}

/// Returns the number of lines to scroll off the top: the user's scroll position, or else one that shows the selection.
/// `step_ranges` contains the line range of each step, `lines` is the number of lines of the text, and `height` is the number of
/// visible lines. One line above and one below stay free for the marks of hidden lines.
fn scroll_to_selection(pane: &FlowPane, step_ranges: &[Range<usize>], lines: usize, height: usize) -> usize {
    let furthest = lines.saturating_sub(height);
    let selected = match step_ranges.get(pane.selected) {
        // If the step is taller than the visible part, show its beginning.
        Some(place) => (place.end + 1).saturating_sub(height).min(place.start.saturating_sub(1)),
        None if step_ranges.is_empty() => 0,
        // The answers are below the text, so show the end of the text with them.
        None => furthest,
    };
    pane.scroll.unwrap_or(selected).min(furthest)
}

/// Draws the answers so far in a column: the error message, each question with its answer, and the number of remaining
/// questions.
fn draw_answers(pane: &FlowPane, audience: Audience, theme: Theme, frame: &mut Frame<'_>, area: Rect) {
    let mut lines = ParagraphBuilder::new(theme, area.width).with_voice(audience.voice());
    let session = &pane.session;
    lines.text(Tone::Text, &pane.problem().one_line());
    lines.blank();
    answered(session, &mut lines);
    if session.outcome().is_none() && matches!(session.node().map(|node| &node.kind), Some(NodeKind::Question(_))) {
        lines.text(Tone::Dim, &strings::left(session.remaining()));
    }
    let height = usize::from(area.height);
    let overflow = lines.len().saturating_sub(height);
    lines.show_from(frame, area, overflow);
}

fn answered(session: &FlowSession, lines: &mut ParagraphBuilder) {
    for entry in session.distinct_answers() {
        let Some(node) = session.kb().node(entry.at) else { continue };
        let question = lines.read(&node.text);
        lines.bullet((Tone::Success, "* "), (Tone::Dim, question));
        let known = if entry.known { format!(" {}", strings::ALREADY_ANSWERED) } else { String::new() };
        lines.bullet((Tone::Text, "  "), (Tone::Strong, &format!("{}{known}", shown(session, entry.at, entry.answer))));
    }
    if !session.answers().is_empty() {
        lines.blank();
    }
}

/// Adds the error message and one line per answer above the question. If space is short, adds only the latest answers, or
/// nothing at all.
fn answers_above(pane: &FlowPane, lines: &mut ParagraphBuilder, height: u16) {
    let columns = lines.columns();
    let room = usize::from(height.saturating_sub(11) / 2);
    if height < 12 {
        return;
    }
    let session = &pane.session;
    let problem = pane.problem().one_line();
    let whole = wrap(&problem, columns);
    if height >= 18 && whole.len() <= 3 {
        lines.text(Tone::Dim, &problem);
    } else {
        lines.text(Tone::Dim, &truncate(&problem, columns));
    }
    let skipped = session.distinct_answers().count().saturating_sub(room);
    for entry in session.distinct_answers().skip(skipped) {
        let Some(node) = session.kb().node(entry.at) else { continue };
        let known = if entry.known { format!(" {}", strings::ALREADY_ANSWERED) } else { String::new() };
        let answer = format!("{}{known}", shown(session, entry.at, entry.answer));
        let question = truncate(&lines.plain_line(&node.text), columns.saturating_sub(width(&answer) + 5));
        lines.labeled((Tone::Dim, &format!("* {}", strings::asked(&question))), (Tone::Strong, &answer));
    }
    lines.blank();
}

/// Returns the label of an answer at a node.
pub(super) fn shown(session: &FlowSession, at: NodeId, answer: Answer) -> String {
    session.kb().node(at).map(|node| strings::label(&node.kind, answer)).unwrap_or_default()
}

/// Adds the current node. Returns the line range of each of its steps.
fn add_node(pane: &FlowPane, audience: Audience, lines: &mut ParagraphBuilder) -> Vec<Range<usize>> {
    let session = &pane.session;
    let mut step_ranges = Vec::new();
    let Some(node) = session.node() else { return step_ranges };
    if session.outcome() == Some(Outcome::Solved) {
        lines.text(Tone::Success, strings::SOLVED);
        lines.text(Tone::Text, strings::SOLVED_NEXT);
        let prevention = session.prevention();
        if !prevention.is_empty() {
            lines.blank();
            lines.text(Tone::Dim, strings::PREVENTION);
        }
        for advice in prevention {
            let advice = lines.read(advice);
            lines.bullet((Tone::Text, "- "), (Tone::Text, advice));
        }
        for (label, link) in session.see_also() {
            lines.blank();
            lines.labeled((Tone::Dim, strings::SEE_ALSO), (Tone::Text, label));
            lines.text(Tone::Text, link);
        }
        return step_ranges;
    }
    match &node.kind {
        NodeKind::Question(question) => {
            head(node, Tone::Strong, lines);
            if let Some(hint) = &question.hint {
                lines.blank();
                let hint = lines.read(hint);
                lines.labeled((Tone::Dim, strings::HINT), (Tone::Text, hint));
            }
        }
        NodeKind::Solution(_) => {
            let count = pane.steps().len();
            let done = (0..count).filter(|step| pane.is_ticked(*step)).count();
            let head_line = match done {
                0 => strings::SOLUTION.to_owned(),
                done => format!("{} ({})", strings::SOLUTION, strings::ticked(done, count)),
            };
            lines.text(Tone::Dim, &head_line);
            head(node, Tone::Strong, lines);
            step_ranges = steps(pane, audience, lines);
            lines.blank();
            lines.text(Tone::Strong, strings::DID_IT_HELP);
        }
        NodeKind::Escalation(escalation) => {
            lines.text(Tone::Dim, strings::ESCALATION);
            head(node, Tone::Strong, lines);
            if let Some(contact) = &escalation.contact {
                lines.blank();
                lines.labeled((Tone::Dim, strings::CONTACT), (Tone::Strong, contact.as_str()));
            }
            let infos = pane.required_infos();
            if !infos.is_empty() {
                lines.blank();
                lines.text(Tone::Dim, strings::BRING);
                for item in infos {
                    let is_there = match item.source {
                        InfoSource::Manual => pane.is_filled(&item.text.one_line()),
                        InfoSource::Message | InfoSource::History | InfoSource::Statement => true,
                    };
                    let mark = if is_there { "[x] " } else { "[ ] " };
                    let text = lines.read(&item.text);
                    lines.bullet((Tone::Role, mark), (Tone::Text, text));
                }
            }
        }
    }
    step_ranges
}

/// Adds the numbered steps with their checkboxes, and a heading whenever the role changes. Returns the line range of each step.
fn steps(pane: &FlowPane, audience: Audience, lines: &mut ParagraphBuilder) -> Vec<Range<usize>> {
    let steps = pane.steps();
    let digits = steps.len().to_string().len();
    let mut step_ranges = Vec::new();
    let mut before = None;
    for (nth, (_, step)) in steps.iter().enumerate() {
        if before.replace(step.by) != Some(step.by) {
            lines.blank();
            lines.text(Tone::Role, strings::asked_of(step.by, audience).as_str());
        }
        let from = lines.len();
        let selected = pane.selected == nth;
        let mark = format!(
            "{} [{}] {:digits$}. ",
            if selected { ">" } else { " " },
            if pane.is_ticked(nth) { "x" } else { " " },
            nth + 1
        );
        let tone = if selected { Tone::Strong } else { Tone::Text };
        let text = lines.read(&step.text);
        lines.bullet((if selected { Tone::Selected } else { Tone::Text }, &mark), (tone, text));
        if let Some(first) = &step.irreversible {
            let indent = " ".repeat(width(&mark));
            lines.bullet(
                (Tone::Text, &indent),
                (Tone::Caution, StyledText::read(&strings::irreversible(&first.voice(audience.voice())))),
            );
        }
        step_ranges.push(from..lines.len());
    }
    step_ranges
}

/// Adds the text of a node, its caution and its note.
pub(super) fn head(node: &Node, tone: Tone, lines: &mut ParagraphBuilder) {
    let text = lines.read(&node.text);
    lines.text(tone, text);
    if let Some(caution) = &node.caution {
        lines.blank();
        let caution = lines.read(caution);
        lines.labeled((Tone::Caution, strings::CAUTION), (Tone::Caution, caution));
    }
    if let Some(note) = &node.note {
        lines.blank();
        let text = lines.read(note);
        lines.text(Tone::Text, text);
    }
}

/// Returns the buttons as (label, key): the allowed answers or, after an outcome, a new search.
fn labels(session: &FlowSession) -> Vec<(String, String)> {
    if session.outcome().is_some() {
        return vec![(strings::NEXT_ERROR.to_owned(), strings::ENTER.to_owned())];
    }
    session
        .allowed_answers()
        .into_iter()
        .enumerate()
        .map(|(nth, answer)| (shown(session, session.at(), answer), key(nth, answer)))
        .collect()
}

/// Returns the key for an answer. `nth` is its index among the answers of the node.
pub(super) fn key(nth: usize, answer: Answer) -> String {
    match answer {
        Answer::Yes | Answer::Solved => "y".to_owned(),
        Answer::No | Answer::NotSolved => "n".to_owned(),
        Answer::Unsure => "u".to_owned(),
        Answer::Choice(_) => super::number_key(nth),
    }
}
