//! The screen of the map: the flow as a tree with the path taken, and the details of the selected node.
//!
//! ```text
//! > Is the locked-out user the owner of this Devolutions Cloud?  = Yes
//! *   Yes: Can the owner find the recovery key?  (you are here)
//!       Yes: What to do: Enter the emergency reset code
//!
//! Is the locked-out user the owner of this Devolutions Cloud?
//! n  change to No (keeps your other answers)
//! ```

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};

use super::flow::{self, head};
use super::lines::ParagraphBuilder;
use super::theme::{Theme, Tone};
use super::{FrameInfo, cursor};
use crate::app::map::{Row, discarded_answers, rows};
use crate::app::{FlowPane, Msg};
use crate::kb::NodeKind;
use crate::strings::{self, Audience};
use crate::text::markup;
use crate::text::truncate;

pub(super) fn draw(
    pane: &FlowPane,
    selected: usize,
    audience: Audience,
    theme: Theme,
    frame: &mut Frame<'_>,
    area: Rect,
) -> FrameInfo {
    let area = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    let detail = (area.height / 2).clamp(3, 12);
    let [tree, _, below] =
        Layout::vertical([Constraint::Fill(1), Constraint::Length(1), Constraint::Length(detail)]).areas(area);
    let rows = rows(&pane.session);
    let mut drawn = FrameInfo::default();
    let height = usize::from(tree.height);
    let first = (selected + 1).saturating_sub(height);
    for (line, (nth, row)) in (tree.y..).zip(rows.iter().enumerate().skip(first).take(height)) {
        let at = Rect { y: line, height: 1, ..tree };
        draw_row(pane, row, nth == selected, audience, theme, frame, at);
        drawn.hit_regions.push((at, Msg::SelectNth(nth)));
        if nth == selected {
            cursor(frame, at, at.x, at.y);
        }
    }
    if let Some(row) = rows.get(selected) {
        draw_detail(pane, row, audience, theme, frame, below);
    }
    drawn
}

fn draw_row(
    pane: &FlowPane,
    row: &Row,
    selected: bool,
    audience: Audience,
    theme: Theme,
    frame: &mut Frame<'_>,
    area: Rect,
) {
    let session = &pane.session;
    let Some(node) = session.kb().node(row.at) else { return };
    let mark = match (selected, row.here || row.passed.is_some()) {
        (true, _) => "> ",
        (_, true) => "* ",
        _ => "  ",
    };
    let answer =
        row.answer.map(|(from, answer)| format!("{}: ", flow::shown(session, from, answer))).unwrap_or_default();
    let kind = match &node.kind {
        NodeKind::Question(_) => String::new(),
        NodeKind::Solution(_) => format!("{}: ", strings::SOLUTION),
        NodeKind::Escalation(_) => format!("{}: ", strings::ESCALATION),
    };
    let given = row.passed.and_then(|entry| session.answers().get(entry));
    let after = match given {
        Some(entry) => format!("  = {}", flow::shown(session, entry.at, entry.answer)),
        None if row.here => format!("  {}", strings::HERE),
        None if row.repeated => format!("  {}", strings::SHOWN_ELSEWHERE),
        None => String::new(),
    };
    let columns = usize::from(area.width);
    // Limit the indentation, so that deep trees fit on a narrow screen.
    let indent = " ".repeat((2 * row.depth).min(columns / 4));
    let tone = match (selected, row.here || row.passed.is_some()) {
        (true, _) => Tone::Selected,
        (_, true) => Tone::Strong,
        _ => Tone::Dim,
    };
    let room = columns.saturating_sub(mark.len() + indent.len() + crate::text::width(&after));
    let text = truncate(
        &format!("{answer}{kind}{}", markup::strip_markup(&node.text.voice(audience.voice()).one_line())),
        room,
    );
    let spans = vec![
        theme.span(Tone::Success, mark),
        theme.span(Tone::Text, indent),
        theme.span(tone, text),
        theme.span(if row.repeated { Tone::Dim } else { Tone::Strong }, after),
    ];
    frame.render_widget(ratatui::text::Line::from(spans), area);
}

/// Draws the details of the selected node, with the answers that each change of its answer would discard.
fn draw_detail(pane: &FlowPane, row: &Row, audience: Audience, theme: Theme, frame: &mut Frame<'_>, area: Rect) {
    let session = &pane.session;
    let Some(node) = session.kb().node(row.at) else { return };
    let mut lines = ParagraphBuilder::new(theme, area.width).with_voice(audience.voice()).with_details(pane.details());
    head(node, Tone::Strong, &mut lines);
    if let Some(entry) = row.passed {
        let given = session.answers().get(entry).map(|entry| entry.answer);
        let possible = session.allowed_answers_at(row.at).into_iter().enumerate();
        for (nth, answer) in possible.filter(|(_, answer)| Some(*answer) != given) {
            let questions: Vec<String> = discarded_answers(session, entry, answer)
                .iter()
                .filter_map(|entry| session.kb().node(entry.at))
                .map(|node| lines.plain_line(&node.text))
                .collect();
            let key = flow::key(nth, answer);
            lines.bullet(
                (Tone::Key, &format!("{key:1}  ")),
                (Tone::Text, &strings::discarding(&flow::shown(session, row.at, answer), &questions)),
            );
        }
    }
    match &node.kind {
        NodeKind::Question(question) => {
            if let Some(hint) = &question.hint {
                let hint = lines.read(hint);
                lines.labeled((Tone::Dim, strings::HINT), (Tone::Text, hint));
            }
        }
        NodeKind::Solution(_) => {
            for (number, (_, step)) in (1..).zip(session.steps_at(row.at)) {
                let role = strings::role(step.by, audience);
                let text = lines.read(&step.text);
                lines.labeled((Tone::Role, &format!("{number}. {role}:")), (Tone::Text, text));
            }
        }
        NodeKind::Escalation(escalation) => {
            if let Some(contact) = &escalation.contact {
                lines.labeled((Tone::Dim, strings::CONTACT), (Tone::Text, contact));
            }
        }
    }
    lines.show_from(frame, area, 0);
}
