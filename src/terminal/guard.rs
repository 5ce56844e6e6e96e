//! The modes of the terminal: set on the way in, undone on every way out.

use std::io::{self, stdout};

use crossterm::cursor::Show;
use crossterm::event::{DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture};
use crossterm::execute;
use crossterm::terminal::{EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode};

/// Owns every mode that is set on the terminal, and undoes all of it when it goes, whatever the way out.
#[derive(Debug)]
#[must_use = "the terminal is given back when the guard goes"]
pub struct Guard(());

impl Guard {
    /// Takes the terminal: raw mode, the alternate screen, pastes as one event; and gives it back before a panic is reported.
    ///
    /// # Errors
    /// When the terminal does not take one of the modes.
    pub fn take() -> io::Result<Self> {
        let default = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            restore();
            default(panic);
            // A panic beside the main thread would leave the program running on a terminal that has been given back.
            if std::thread::current().name() != Some("main") {
                std::process::exit(101);
            }
        }));
        let guard = Self(());
        set_up()?;
        Ok(guard)
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        restore();
    }
}

pub(super) fn set_up() -> io::Result<()> {
    enable_raw_mode()?;
    execute!(stdout(), EnterAlternateScreen, EnableBracketedPaste, EnableMouseCapture)
}

/// Gives the terminal back as it was. What cannot be undone any more is let go.
pub(super) fn restore() {
    // Each by itself: what was never set may fail, and must not keep the others.
    let _ = execute!(stdout(), DisableMouseCapture);
    let _ = execute!(stdout(), DisableBracketedPaste);
    let _ = execute!(stdout(), LeaveAlternateScreen);
    let _ = execute!(stdout(), Show);
    let _ = disable_raw_mode();
}
