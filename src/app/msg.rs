//! Messages for [`update()`](super::update()), and the effects that the shell must carry out afterwards. The shell is the
//! code around the model that uses the terminal and the disk. Messages and effects are plain data.

use tui_input::InputRequest;

use crate::case::{Case, StoredCase};
use crate::flow::Answer;
use crate::strings::Audience;
use crate::text::SanitizedText;

/// The scroll position of a text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Viewport {
    /// Number of lines scrolled off the top.
    pub offset: usize,
    /// The largest possible offset, at which the last line is visible.
    pub max_offset: usize,
}

impl Viewport {
    /// Returns the offset after scrolling down by a number of lines, limited to 0 through `max_offset`. A negative number
    /// scrolls up.
    pub(super) fn scrolled(self, by: isize) -> usize {
        self.offset.saturating_add_signed(by).min(self.max_offset)
    }
}

/// An action of the user, as an Elm-style message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Msg {
    /// Edit the text of the current field.
    Edit(InputRequest),
    /// Insert a text into the current field.
    Paste(SanitizedText),
    /// Select the next item.
    Next,
    /// Select the previous item.
    Previous,
    /// Select the first item.
    First,
    /// Select the last item.
    Last,
    /// Select the item at an index. In the list of errors, open it if it is already selected.
    SelectNth(usize),
    /// Choose the selected item.
    Choose,
    /// Move the focus between the search field and the list.
    SwitchFocus,
    /// Give an answer.
    Answer(Answer),
    /// Give the answer at an index.
    AnswerNth(usize),
    /// Tick or untick the selected step.
    Tick,
    /// Tick or untick the step at an index.
    TickNth(usize),
    /// Switch between user view and helpdesk view.
    SwitchView,
    /// Copy the screen as text.
    Copy,
    /// Save the screen as a text file.
    Save,
    /// Show the link of the screen, or open it if it was just shown.
    Open,
    /// Report that a character has no binding in the current context.
    Unknown(char),
    /// Show the messages to send.
    ShowHandover,
    /// Copy the case summary.
    CopySummary,
    /// Fill in the blanks of the messages to send.
    EditField,
    /// Continue the case with another error.
    ReportNewError,
    /// Put the case on hold.
    HoldCase,
    /// Resume the interrupted case.
    ResumeCase,
    /// Show the map.
    Map,
    /// Tell the possible matches apart, or list the situations.
    Disambiguate,
    /// Go back one step.
    Back,
    /// Undo all answers.
    Restart,
    /// Leave the case and start a new search.
    NewSearch,
    /// Scroll down by a number of lines from a viewport. A negative number scrolls up.
    Scroll(isize, Viewport),
    /// Show or hide the help.
    Help,
    /// Suspend the program and release the terminal.
    Suspend,
    /// Quit, but ask first if a case is in progress.
    ConfirmQuit,
    /// Quit without asking.
    Quit,
}

/// An effect that the shell must carry out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Quit the program.
    Quit,
    /// Suspend the program until it is continued.
    Suspend,
    /// Copy a text to the clipboard.
    Copy(String),
    /// Save a text to a new file, as (name, text). The name becomes part of the file name.
    Save(String, String),
    /// Open a link.
    Open(String),
    /// Save the audience in the settings.
    SaveAudience(Audience),
    /// Continue a saved case under a new handle, as (handle, case). A handle is a number that identifies a case in memory.
    ResumeCase(u64, Box<StoredCase>),
    /// Copy the summary of a case to the clipboard, as (handle, case).
    CopySummary(u64, Box<Case>),
    /// Save a case that was put on hold, as (handle, case).
    SaveCase(u64, Box<Case>),
}
