//! Updates of the screen with messages to send.

use tui_input::InputRequest;

use crate::app::case::HandoverPane;
use crate::app::msg::Msg;
use crate::strings::{self, Audience};

/// Maximum number of characters that one paste adds to a blank.
const MAX_FIELD_CHARS: usize = 500;

/// Applies a [`Msg`] to the screen with messages to send. Returns whether the screen must be closed.
///
/// # Errors
/// A notice, if [`Msg::EditField`] arrives at a node without blanks, or if a saved value probably has a mistake.
pub(super) fn update_handover(
    handover: &mut HandoverPane,
    audience: Audience,
    message: Msg,
) -> Result<bool, &'static str> {
    let last = handover.messages(audience).len().saturating_sub(1);
    let shown = match message {
        Msg::Next => (handover.shown + 1).min(last),
        Msg::Previous => handover.shown.saturating_sub(1),
        Msg::Back => return Ok(handover.filling.take().is_none()),
        Msg::EditField if handover.blanks().is_empty() => return Err(strings::NOTHING_TO_FILL),
        message => {
            let mut notice = None;
            match message {
                Msg::Edit(request) => handover.edit(request),
                Msg::Paste(text) => {
                    for c in text.one_line().chars().take(MAX_FIELD_CHARS) {
                        handover.edit(InputRequest::InsertChar(c));
                    }
                }
                Msg::EditField => handover.edit_field(handover.first_empty()),
                Msg::Choose => notice = handover.save_field(),
                _ => {}
            }
            handover.show_message_with_blank(audience);
            return notice.map_or(Ok(false), Err);
        }
    };
    (handover.shown, handover.scroll) = (shown, 0);
    Ok(false)
}
