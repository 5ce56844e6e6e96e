//! The messages that hand a case over, and the blanks in them.
//!
//! ```text
//! | To: administrator   1 of 2                     |
//! |                                                |
//! | Devolutions Cloud does not let me in. It says: |
//! |     Please contact your administrator ...      |
//! | Please do this:                                |
//! | 1. Go to Administration > Users ...            |
//! |                                                |
//! | the email address of the account: > ann@_      |
//! ```

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};

use super::find::visible;
use super::lines::Lines;
use super::theme::{Role, Theme};
use super::{Drawn, cursor};
use crate::app::Letters;
use crate::text::truncate;
use crate::words::{self, Audience};

/// Bytes of what stands in front of a line's text: spaces, a dash, a number.
fn mark(line: &str) -> usize {
    let indent = line.len() - line.trim_start().len();
    let text = line.trim_start().trim_start_matches(|c: char| c.is_ascii_digit());
    let is_numbered = text.starts_with(". ") && text.len() < line.trim_start().len();
    if is_numbered || line.trim_start().starts_with("- ") { line.len() - text.len() + 2 } else { indent }
}

pub(super) fn draw(letters: &Letters, audience: Audience, theme: Theme, frame: &mut Frame<'_>, area: Rect) -> Drawn {
    let area = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    let filling = u16::from(letters.filling.is_some()) * 2;
    let [body, below] = Layout::vertical([Constraint::Fill(1), Constraint::Length(filling)]).areas(area);
    let all = letters.letters(audience);
    let Some(letter) = all.get(letters.shown) else { return Drawn::default() };
    let mut lines = Lines::new(theme, body.width);
    let contact = letter.contact.as_ref().map(|contact| format!(" <{contact}>")).unwrap_or_default();
    let place = words::nth_of(letters.shown + 1, all.len());
    lines.labelled((Role::Strong, words::TO), (Role::Actor, &format!("{}{contact}  {place}", letter.to)));
    lines.blank();
    for line in letter.text.lines() {
        let (mark, text) = line.split_at_checked(mark(line)).unwrap_or(("", line));
        let role = if line.contains(words::letter::BLANK) { Role::Caution } else { Role::Text };
        lines.marked((Role::Text, mark), (role, text));
    }
    let seen = lines.show(frame, body, letters.scroll);
    if let Some((nth, input)) = &letters.filling
        && let Some(blank) = letters.blanks().get(*nth)
    {
        let [label, field] = Layout::vertical([Constraint::Length(1), Constraint::Length(1)]).areas(below);
        let columns = usize::from(below.width);
        frame.render_widget(
            theme.line(
                Role::Strong,
                truncate(&format!("{blank}: {}", words::nth_of(nth + 1, letters.blanks().len())), columns),
            ),
            label,
        );
        let room = columns.saturating_sub(3).max(1);
        let skipped = input.visual_scroll(room);
        frame.render_widget(theme.line(Role::Text, format!("> {}", visible(input.value(), skipped, room))), field);
        let column = input.visual_cursor().saturating_sub(skipped) + 2;
        cursor(frame, field, field.x.saturating_add(u16::try_from(column).unwrap_or(u16::MAX)), field.y);
    }
    Drawn { seen, ..Drawn::default() }
}
