//! The messages that hand a case over.

use tui_input::InputRequest;

use crate::app::cases::Letters;
use crate::app::message::Message;
use crate::words::{self, Audience};

/// Characters that a paste puts into a blank.
const LONGEST_BLANK: usize = 500;

/// Reads the messages, and fills in what is blank. Says whether they are to be closed.
pub(super) fn hand_over(letters: &mut Letters, audience: Audience, message: Message) -> Result<bool, &'static str> {
    let last = letters.letters(audience).len().saturating_sub(1);
    let shown = match message {
        Message::Next => (letters.shown + 1).min(last),
        Message::Previous => letters.shown.saturating_sub(1),
        Message::Back => return Ok(letters.filling.take().is_none()),
        Message::Fill if letters.blanks().is_empty() => return Err(words::NOTHING_TO_FILL),
        message => {
            match message {
                Message::Edit(request) => letters.edit(request),
                Message::Paste(text) => {
                    for c in text.one_line().chars().take(LONGEST_BLANK) {
                        letters.edit(InputRequest::InsertChar(c));
                    }
                }
                Message::Fill => letters.fill(letters.first_empty()),
                Message::Choose => letters.take(),
                _ => {}
            }
            letters.show_use(audience);
            return Ok(false);
        }
    };
    (letters.shown, letters.scroll) = (shown, 0);
    Ok(false)
}
