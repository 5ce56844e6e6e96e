//! Telling errors apart by clues: the question, and what the error may still be.
//!
//! ```text
//! Question 2, to find out which error it is
//! Does the message speak of an emergency reset code?
//!
//! How to find out: Look for the words ...
//!
//! [ Yes (y) ]   No (n)     Not sure (u)
//!
//! It could still be:
//! 61 %  Enter your emergency reset code.
//! 39 %  Please contact your administrator to request ...
//! ```

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};

use super::Drawn;
use super::buttons::Buttons;
use super::lines::Lines;
use super::theme::{Role, Theme};
use crate::app::Telling;
use crate::kb::KnowledgeBase;
use crate::text::markup::Prose;
use crate::text::truncate;
use crate::words;

/// How many candidates are listed.
const LISTED: usize = 6;

pub(super) fn draw(telling: &Telling, kb: &KnowledgeBase, theme: Theme, frame: &mut Frame<'_>, area: Rect) -> Drawn {
    let area = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    let gap = u16::from(area.height >= 14);
    let mut text = Lines::new(theme, area.width);
    let buttons = if let Some(clue) = telling.clue() {
        text.text(Role::Dim, &words::clue_number(telling.inquiry.replies().len() + 1));
        text.text(Role::Strong, Prose::read(&clue.question));
        if let Some(hint) = &clue.hint {
            text.blank();
            text.labelled((Role::Dim, words::HINT), (Role::Text, Prose::read(hint)));
        }
        Buttons::new(words::clue_answers(), area.width, None)
    } else {
        text.text(Role::Strong, words::NO_CLUE_LEFT);
        let columns = usize::from(area.width).saturating_sub(10);
        let candidates = telling.inquiry.likely().into_iter();
        let labels = candidates.zip(0..).map(|((article, _), number)| {
            let message = kb.entry(article).map(|(article, _)| article.message.one_line()).unwrap_or_default();
            (truncate(&message, columns), super::number_key(number))
        });
        Buttons::stacked(&labels.collect::<Vec<_>>())
    };
    let rows_of_buttons = buttons.rows().min(area.height.saturating_sub(2 * gap + 1));
    let room = area.height.saturating_sub(2 * gap + rows_of_buttons);
    let rows = u16::try_from(text.len()).unwrap_or(u16::MAX).min(room);
    let [_, body, _, below, _, rest] = Layout::vertical([
        Constraint::Length(gap),
        Constraint::Length(rows),
        Constraint::Length(gap),
        Constraint::Length(rows_of_buttons),
        Constraint::Length(gap),
        Constraint::Fill(1),
    ])
    .areas(area);
    let seen = text.show(frame, body, telling.scroll);
    let places = buttons.draw(Some(telling.selected), theme, frame, below);
    if telling.clue().is_some() && rest.height > 1 {
        draw_candidates(telling, kb, theme, frame, rest);
    }
    Drawn { seen, targets: super::answers(places) }
}

fn draw_candidates(telling: &Telling, kb: &KnowledgeBase, theme: Theme, frame: &mut Frame<'_>, area: Rect) {
    let mut lines = Lines::new(theme, area.width);
    lines.text(Role::Dim, words::COULD_STILL_BE);
    let likely = telling.inquiry.likely();
    let others = likely.len().saturating_sub(LISTED);
    for (article, likely) in likely.into_iter().take(LISTED) {
        let Some((article, _)) = kb.entry(article) else { continue };
        let mark = format!("{:>3.0} %  ", likely * 100.0);
        let message = truncate(&article.message.one_line(), lines.columns().saturating_sub(mark.len()));
        lines.marked((Role::Dim, &mark), (Role::Text, &message));
    }
    if others > 0 {
        lines.text(Role::Dim, &words::and_others(others));
    }
    lines.show_part(frame, area, 0);
}
