//! What somebody can intend, and what the shell must do about it.

use tui_input::InputRequest;

use crate::case::{Case, Kept};
use crate::text::Clean;
use crate::wizard::Answer;
use crate::words::Audience;

/// How much of a text is scrolled away.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Seen {
    /// Lines that are scrolled away.
    pub from: usize,
    /// Lines that can be scrolled away before the last one shows.
    pub furthest: usize,
}

impl Seen {
    /// What is scrolled away when that many lines more are.
    pub(super) fn scrolled(self, by: isize) -> usize {
        self.from.saturating_add_signed(by).min(self.furthest)
    }
}

/// An intent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    /// Edit the field that is typed in.
    Edit(InputRequest),
    /// Put a text into the field that is typed in.
    Paste(Clean),
    /// Select the next one.
    Next,
    /// Select the one before.
    Previous,
    /// Select the first.
    First,
    /// Select the last.
    Last,
    /// Select the nth, from 0; where it is selected already, take it.
    SelectNth(usize),
    /// Take what is selected.
    Choose,
    /// Go between the search field and the list.
    SwitchFocus,
    /// Give an answer.
    Answer(Answer),
    /// Give the nth answer, from 0.
    AnswerNth(usize),
    /// Mark the selected step as done, or as not done.
    Tick,
    /// The same for the nth step, from 0.
    TickNth(usize),
    /// Speak to somebody else.
    SwitchAudience,
    /// Copy what the screen says.
    Copy,
    /// Write it to a file.
    Save,
    /// Open the link that the screen shows.
    Open,
    /// A key that does nothing here.
    Unknown(char),
    /// Show the messages that hand the case over.
    Letters,
    /// Copy the case as a ticket.
    Ticket,
    /// Fill in what is blank in them.
    Fill,
    /// Another message is on the screen now: the case goes on with it.
    Different,
    /// Put the case aside until somebody has answered.
    PutAside,
    /// Go on with the case that was interrupted.
    GoOn,
    /// Show the whole flow.
    Map,
    /// Tell errors apart by clues.
    TellApart,
    /// One step back.
    Back,
    /// Take back every answer.
    Restart,
    /// Look for the next error.
    NewSearch,
    /// Scroll down by this many lines, or up where it is negative, from what is seen.
    Scroll(isize, Seen),
    /// Show or hide the keys.
    Help,
    /// Stop for a while and give the terminal back.
    Suspend,
    /// Leave, but not in the middle of a walk without having asked.
    Leave,
    /// Leave.
    Quit,
}

/// What the shell must do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Leave the program.
    Quit,
    /// Stop the program until it is continued.
    Suspend,
    /// Put a text on the clipboard.
    Copy(String),
    /// Write a text to a new file whose name begins like this.
    Save(String, String),
    /// Open a link.
    Open(String),
    /// Remember whom the program speaks to.
    Remember(Audience),
    /// A case that is kept goes on under a name of this run.
    GoOn(u64, Box<Kept>),
    /// Put a case on the clipboard as a ticket.
    Ticket(u64, Box<Case>),
    /// Keep the state of a case.
    Keep(u64, Box<Case>),
}
