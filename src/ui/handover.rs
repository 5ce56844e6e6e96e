//! The screen with messages to send and their blanks.
//!
//! ```text
//! To: Devolutions customer support <service@devolutions.net>
//!
//! I get this error in Devolutions Cloud:
//!
//!     Enter your emergency reset code.
//!
//! Details you may need:
//! - the address of this Devolutions Cloud: [please fill in]
//! ...
//!
//! the address of this Devolutions Cloud: (1 of 2)
//! > ann@_
//! ```

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};

use super::lines::ParagraphBuilder;
use super::search::visible;
use super::theme::{Theme, Tone};
use super::{FrameInfo, cursor};
use crate::app::HandoverPane;
use crate::case;
use crate::strings::{self, Audience};
use crate::text::truncate;

/// Returns the length in bytes of a line's indentation and list marker (`- ` or a number such as `1. `).
fn mark(line: &str) -> usize {
    let indent = line.len() - line.trim_start().len();
    let text = line.trim_start().trim_start_matches(|c: char| c.is_ascii_digit());
    let is_numbered = text.starts_with(". ") && text.len() < line.trim_start().len();
    if is_numbered || line.trim_start().starts_with("- ") { line.len() - text.len() + 2 } else { indent }
}

pub(super) fn draw(
    handover: &HandoverPane,
    audience: Audience,
    theme: Theme,
    frame: &mut Frame<'_>,
    area: Rect,
) -> FrameInfo {
    let area = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    let filling = u16::from(handover.filling.is_some()) * 2;
    let [body, below] = Layout::vertical([Constraint::Fill(1), Constraint::Length(filling)]).areas(area);
    let all = handover.messages(audience);
    let Some(message) = all.get(handover.shown) else { return FrameInfo::default() };
    let mut lines = ParagraphBuilder::new(theme, body.width);
    let contact = message.contact.as_ref().map(|contact| format!(" <{contact}>")).unwrap_or_default();
    let place = strings::nth_of(handover.shown + 1, all.len());
    lines.labeled((Tone::Strong, strings::TO), (Tone::Role, &format!("{}{contact}  {place}", message.to)));
    lines.blank();
    for line in message.text.lines() {
        let (mark, text) = line.split_at_checked(mark(line)).unwrap_or(("", line));
        let tone = if line.contains(strings::handover::BLANK) { Tone::Caution } else { Tone::Text };
        lines.bullet((Tone::Text, mark), (tone, text));
    }
    let seen = lines.show(frame, body, handover.scroll);
    if let Some((nth, input)) = &handover.filling
        && let Some(blank) = handover.blanks().get(*nth)
    {
        let [label, field] = Layout::vertical([Constraint::Length(1), Constraint::Length(1)]).areas(below);
        let columns = usize::from(below.width);
        frame.render_widget(
            theme.line(
                Tone::Strong,
                truncate(
                    &format!(
                        "{}: {}",
                        case::label(&handover.parent.session, blank, audience.voice()),
                        strings::nth_of(nth + 1, handover.blanks().len())
                    ),
                    columns,
                ),
            ),
            label,
        );
        let room = columns.saturating_sub(3).max(1);
        let skipped = input.visual_scroll(room);
        frame.render_widget(theme.line(Tone::Text, format!("> {}", visible(input.value(), skipped, room))), field);
        let column = input.visual_cursor().saturating_sub(skipped) + 2;
        cursor(frame, field, field.x.saturating_add(u16::try_from(column).unwrap_or(u16::MAX)), field.y);
    }
    FrameInfo { seen, ..FrameInfo::default() }
}
