//! Signals: those that end or stop the program, and that of another size.

use std::io;
use std::sync::mpsc::Sender;

use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::iterator::Signals;
use signal_hook::low_level::emulate_default_handler;

use super::Input;
use super::guard::{restore, set_up};

/// Sends signals to the main thread: those that end the program, before which it restores the terminal, and that of another size.
pub(super) fn forward(sender: Sender<Input>) -> io::Result<()> {
    let mut signals = Signals::new([SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGWINCH])?;
    std::thread::spawn(move || {
        for signal in signals.forever() {
            let input = if signal == SIGWINCH { Input::Resized } else { Input::Signal(signal) };
            if sender.send(input).is_err() {
                return;
            }
        }
    });
    Ok(())
}

/// Ends the program the way the signal would have ended it.
pub(super) fn die_of(signal: i32) -> io::Result<()> {
    emulate_default_handler(signal)
}

/// Gives the terminal back, stops, and takes the terminal again once the program is continued.
pub(super) fn suspend() -> io::Result<()> {
    restore();
    emulate_default_handler(SIGTSTP)?;
    set_up()
}
