//! The map: the whole flow as a tree, with the way that was taken.
//!
//! ```text
//! > Is there another administrator?  = No
//!   Yes: What to do: Let the other administrator ...
//! *   No:  Can the owner find the recovery key?  (you are here)
//!
//! Is there another administrator?
//! y  changes it to Yes; drops the answer to "Can the owner find the recovery key?"
//! ```

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};

use super::lines::Lines;
use super::theme::{Role, Theme};
use super::walk::{self, head};
use super::{Drawn, cursor};
use crate::app::map::{Row, dropped, rows};
use crate::app::{Message, Walking};
use crate::kb::NodeKind;
use crate::text::markup::{self, Prose};
use crate::text::truncate;
use crate::words::{self, Audience};

pub(super) fn draw(
    walking: &Walking,
    selected: usize,
    audience: Audience,
    theme: Theme,
    frame: &mut Frame<'_>,
    area: Rect,
) -> Drawn {
    let area = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    let detail = (area.height / 2).clamp(3, 12);
    let [tree, _, below] =
        Layout::vertical([Constraint::Fill(1), Constraint::Length(1), Constraint::Length(detail)]).areas(area);
    let rows = rows(&walking.walk);
    let mut drawn = Drawn::default();
    let height = usize::from(tree.height);
    let first = (selected + 1).saturating_sub(height);
    for (line, (nth, row)) in (tree.y..).zip(rows.iter().enumerate().skip(first).take(height)) {
        let at = Rect { y: line, height: 1, ..tree };
        draw_row(walking, row, nth == selected, theme, frame, at);
        drawn.targets.push((at, Message::SelectNth(nth)));
        if nth == selected {
            cursor(frame, at, at.x, at.y);
        }
    }
    if let Some(row) = rows.get(selected) {
        draw_detail(walking, row, audience, theme, frame, below);
    }
    drawn
}

fn draw_row(walking: &Walking, row: &Row, selected: bool, theme: Theme, frame: &mut Frame<'_>, area: Rect) {
    let walk = &walking.walk;
    let Some(node) = walk.kb().node(row.at) else { return };
    let mark = match (selected, row.here || row.passed.is_some()) {
        (true, _) => "> ",
        (_, true) => "* ",
        _ => "  ",
    };
    let answer = row.answer.map(|(from, answer)| format!("{}: ", walk::shown(walk, from, answer))).unwrap_or_default();
    let kind = match &node.kind {
        NodeKind::Question(_) => String::new(),
        NodeKind::Solution(_) => format!("{}: ", words::SOLUTION),
        NodeKind::Escalation(_) => format!("{}: ", words::ESCALATION),
    };
    let given = row.passed.and_then(|entry| walk.trail().get(entry));
    let after = match given {
        Some(entry) => format!("  = {}", walk::shown(walk, entry.at, entry.answer)),
        None if row.here => format!("  {}", words::HERE),
        None if row.repeated => format!("  {}", words::SHOWN_ELSEWHERE),
        None => String::new(),
    };
    let columns = usize::from(area.width);
    // Deep trees are drawn less far in on a narrow screen.
    let indent = " ".repeat((2 * row.depth).min(columns / 4));
    let role = match (selected, row.here || row.passed.is_some()) {
        (true, _) => Role::Selected,
        (_, true) => Role::Strong,
        _ => Role::Dim,
    };
    let room = columns.saturating_sub(mark.len() + indent.len() + crate::text::width(&after));
    let text = truncate(&format!("{answer}{kind}{}", markup::bare(&node.text.one_line())), room);
    let spans = vec![
        theme.span(Role::Good, mark),
        theme.span(Role::Text, indent),
        theme.span(role, text),
        theme.span(if row.repeated { Role::Dim } else { Role::Strong }, after),
    ];
    frame.render_widget(ratatui::text::Line::from(spans), area);
}

/// What the selected node says, and what another answer to it would drop.
fn draw_detail(walking: &Walking, row: &Row, audience: Audience, theme: Theme, frame: &mut Frame<'_>, area: Rect) {
    let walk = &walking.walk;
    let Some(node) = walk.kb().node(row.at) else { return };
    let mut lines = Lines::new(theme, area.width);
    head(node, Role::Strong, &mut lines);
    if let Some(entry) = row.passed {
        let given = walk.trail().get(entry).map(|entry| entry.answer);
        let possible = walk.possible_at(row.at).into_iter().enumerate();
        for (nth, answer) in possible.filter(|(_, answer)| Some(*answer) != given) {
            let questions: Vec<String> = dropped(walk, entry, answer)
                .iter()
                .filter_map(|entry| walk.kb().node(entry.at))
                .map(|node| markup::bare(&node.text.one_line()))
                .collect();
            let key = walk::key(nth, answer);
            lines.marked(
                (Role::Key, &format!("{key:1}  ")),
                (Role::Text, &words::dropping(&walk::shown(walk, row.at, answer), &questions)),
            );
        }
    }
    match &node.kind {
        NodeKind::Question(question) => {
            if let Some(hint) = &question.hint {
                lines.labelled((Role::Dim, words::HINT), (Role::Text, Prose::read(hint)));
            }
        }
        NodeKind::Solution(solution) => {
            for (number, step) in (1..).zip(&solution.steps) {
                let actor = words::actor(step.by, audience);
                lines.labelled((Role::Actor, &format!("{number}. {actor}:")), (Role::Text, Prose::read(&step.text)));
            }
        }
        NodeKind::Escalation(escalation) => {
            if let Some(contact) = &escalation.contact {
                lines.labelled((Role::Dim, words::CONTACT), (Role::Text, contact));
            }
        }
    }
    lines.show_part(frame, area, 0);
}
