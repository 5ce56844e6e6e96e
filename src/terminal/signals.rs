//! Signals that end or stop the program.

use std::io;
use std::sync::mpsc::Sender;

use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP};
use signal_hook::iterator::Signals;
use signal_hook::low_level::emulate_default_handler;

use super::Input;
use super::guard::{restore, set_up};

/// Sends signals that end the program to its main thread, which then restores the terminal first.
pub(super) fn forward(sender: Sender<Input>) -> io::Result<()> {
    let mut signals = Signals::new([SIGTERM, SIGHUP, SIGINT, SIGQUIT])?;
    std::thread::spawn(move || {
        for signal in signals.forever() {
            if sender.send(Input::Signal(signal)).is_err() {
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
