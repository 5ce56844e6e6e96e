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

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};

use super::buttons::Buttons;
use super::lines::Lines;
use super::theme::{Role, Theme};
use super::{Drawn, WIDE};
use crate::app::Walking;
use crate::kb::{Node, NodeKind, NodeRef, Step};
use crate::text::{truncate, width};
use crate::wizard::{Answer, Outcome, Walk};
use crate::words;

/// Columns of the trail on a wide screen.
const TRAIL: u16 = 36;

/// From this width on, actors have a column of their own.
const ROOMY: usize = 60;

/// Columns that a text is comfortable to read in.
const COMFORTABLE: u16 = 76;

pub(super) fn draw(walking: &Walking, theme: Theme, frame: &mut Frame<'_>, area: Rect) -> Drawn {
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
    present(walk, &mut lines);
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
    let furthest = lines.show(frame, body, walking.scroll);
    buttons.draw(walking.selected, theme, frame, below);
    Drawn { furthest }
}

fn message(walk: &Walk) -> String {
    walk.kb().entry(walk.article()).map(|(article, _)| article.message.one_line()).unwrap_or_default()
}

/// The trail in a column of its own: the error, what was answered, and what may still come.
fn draw_trail(walk: &Walk, theme: Theme, frame: &mut Frame<'_>, area: Rect) {
    let mut lines = Lines::new(theme, area.width);
    lines.text(Role::Text, &message(walk));
    lines.blank();
    answered(walk, &mut lines);
    if walk.outcome().is_none() && matches!(walk.node().map(|node| &node.kind), Some(NodeKind::Question(_))) {
        lines.text(Role::Dim, &words::left(walk.left()));
    }
    let height = usize::from(area.height);
    let overflow = lines.len().saturating_sub(height);
    lines.show(frame, area, overflow);
}

fn answered(walk: &Walk, lines: &mut Lines) {
    for entry in walk.trail() {
        let Some(node) = walk.kb().node(entry.at) else { continue };
        lines.marked((Role::Good, "* "), (Role::Dim, &node.text));
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
    lines.text(Role::Dim, &truncate(&message(walk), columns));
    let skipped = walk.trail().len().saturating_sub(room);
    for entry in walk.trail().iter().skip(skipped) {
        let Some(node) = walk.kb().node(entry.at) else { continue };
        let answer = shown(walk, entry.at, entry.answer);
        let question = truncate(&node.text, columns.saturating_sub(width(&answer) + 4));
        lines.labelled((Role::Dim, &format!("* {question}")), (Role::Strong, &answer));
    }
    lines.blank();
}

/// An answer as it is shown.
fn shown(walk: &Walk, at: NodeRef, answer: Answer) -> String {
    match answer {
        Answer::Choice(_) => walk.word(at, answer),
        answer => words::answer(answer).to_owned(),
    }
}

/// The present node.
fn present(walk: &Walk, lines: &mut Lines) {
    let Some(node) = walk.node() else { return };
    if walk.outcome() == Some(Outcome::Solved) {
        lines.text(Role::Good, words::SOLVED);
        lines.text(Role::Text, words::SOLVED_NEXT);
        return;
    }
    match &node.kind {
        NodeKind::Question(question) => {
            head(node, Role::Strong, lines);
            if let Some(hint) = &question.hint {
                lines.blank();
                lines.labelled((Role::Dim, words::HINT), (Role::Text, hint));
            }
        }
        NodeKind::Solution(solution) => {
            lines.text(Role::Dim, words::SOLUTION);
            head(node, Role::Strong, lines);
            lines.blank();
            steps(&solution.steps, lines);
            lines.blank();
            lines.text(Role::Strong, words::DID_IT_HELP);
        }
        NodeKind::Escalation(escalation) => {
            lines.text(Role::Dim, words::ESCALATION);
            head(node, Role::Strong, lines);
            if let Some(contact) = &escalation.contact {
                lines.blank();
                lines.labelled((Role::Dim, words::CONTACT), (Role::Strong, contact));
            }
            if !escalation.bring.is_empty() {
                lines.blank();
                lines.text(Role::Dim, words::BRING);
                for item in &escalation.bring {
                    lines.marked((Role::Actor, "- "), (Role::Text, item));
                }
            }
        }
    }
}

/// Numbered steps, each with its actor: in a column of its own where there is room, and in front of the text where there is not.
fn steps(steps: &[Step], lines: &mut Lines) {
    let wide = steps.iter().map(|step| width(words::actor(step.by))).max().unwrap_or(0);
    let digits = steps.len().to_string().len();
    for (number, step) in (1..).zip(steps) {
        let actor = words::actor(step.by);
        if lines.columns() >= ROOMY {
            lines.marked((Role::Actor, &format!("{number:digits$}. {actor:wide$}  ")), (Role::Text, &step.text));
        } else {
            lines.labelled((Role::Actor, &format!("{number:digits$}. {actor}:")), (Role::Text, &step.text));
        }
    }
}

/// The text of a node, what must be known first, and what explains it.
fn head(node: &Node, role: Role, lines: &mut Lines) {
    lines.text(role, &node.text);
    if let Some(caution) = &node.caution {
        lines.blank();
        lines.labelled((Role::Caution, words::CAUTION), (Role::Caution, caution));
    }
    if let Some(note) = &node.note {
        lines.blank();
        lines.text(Role::Text, note);
    }
}

/// What can be done here, and the key that does it.
fn labels(walk: &Walk) -> Vec<(String, String)> {
    if walk.outcome().is_some() {
        return vec![(words::NEXT_ERROR.to_owned(), words::ENTER.to_owned())];
    }
    let key = |nth: usize, answer| match answer {
        Answer::Yes | Answer::Solved => "y".to_owned(),
        Answer::No | Answer::NotSolved => "n".to_owned(),
        Answer::Unsure => "u".to_owned(),
        Answer::Choice(_) => (nth + 1).to_string(),
    };
    walk.possible()
        .into_iter()
        .enumerate()
        .map(|(nth, answer)| (shown(walk, walk.at(), answer), key(nth, answer)))
        .collect()
}
