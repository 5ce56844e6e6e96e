//! The modes of the terminal: set at the start, reset on every exit.

use std::io::{self, stdout};

use crossterm::cursor::Show;
use crossterm::event::{DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture};
use crossterm::execute;
use crossterm::terminal::{EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode};

/// The owner of all modes that are set on the terminal. Resets them when dropped.
#[derive(Debug)]
#[must_use = "the terminal is restored when the guard is dropped"]
pub struct TerminalGuard(());

impl TerminalGuard {
    /// Sets the modes: raw mode, alternate screen, bracketed paste and mouse capture. Also installs a panic hook that resets
    /// them before the panic message is printed.
    ///
    /// # Errors
    /// An [`io::Error`] if a mode can't be set. On an error, all modes are reset.
    pub fn take() -> io::Result<Self> {
        let default = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            restore();
            default(panic);
            // After a panic in another thread, the program would continue to run on a restored terminal.
            if std::thread::current().name() != Some("main") {
                std::process::exit(101);
            }
        }));
        let guard = Self(());
        set_up()?;
        Ok(guard)
    }
}

impl Drop for TerminalGuard {
    fn drop(&mut self) {
        restore();
    }
}

pub(super) fn set_up() -> io::Result<()> {
    enable_raw_mode()?;
    execute!(stdout(), EnterAlternateScreen, EnableBracketedPaste, EnableMouseCapture)
}

/// Resets all modes of the terminal. Errors are ignored.
pub(super) fn restore() {
    // Use one command for each mode, because resetting a mode that was never set may fail. The other modes must still be reset.
    let _ = execute!(stdout(), DisableMouseCapture);
    let _ = execute!(stdout(), DisableBracketedPaste);
    let _ = execute!(stdout(), LeaveAlternateScreen);
    let _ = execute!(stdout(), Show);
    let _ = disable_raw_mode();
}
