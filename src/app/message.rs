//! What somebody can intend, and what the shell must do about it.

use tui_input::InputRequest;

use crate::text::Clean;
use crate::wizard::Answer;

/// An intent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    /// Edit the search field.
    Edit(InputRequest),
    /// Put a text into the search field.
    Paste(Clean),
    /// Select the next one.
    Next,
    /// Select the one before.
    Previous,
    /// Select the first.
    First,
    /// Select the last.
    Last,
    /// Take what is selected.
    Choose,
    /// Go between the search field and the list.
    SwitchFocus,
    /// Give an answer.
    Answer(Answer),
    /// Give the nth answer, from 0.
    AnswerNth(usize),
    /// Tell errors apart by clues.
    TellApart,
    /// One step back.
    Back,
    /// Take back every answer.
    Restart,
    /// Look for the next error.
    NewSearch,
    /// Scroll down by this many lines, or up where it is negative; the second number is the furthest that makes sense.
    Scroll(isize, usize),
    /// Show or hide the keys.
    Help,
    /// Stop for a while and give the terminal back.
    Suspend,
    /// Leave.
    Quit,
}

/// What the shell must do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Leave the program.
    Quit,
    /// Stop the program until it is continued.
    Suspend,
}
