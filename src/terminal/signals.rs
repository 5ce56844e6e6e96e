//! Signals: those that end or stop the program, and that of another size; and the terminal that has gone away.

use std::io;
use std::sync::mpsc::Sender;
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, poll};
use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::iterator::Signals;
use signal_hook::low_level::emulate_default_handler;

use super::guard::{restore, set_up};
use super::inputs::{Input, Inputs};
use crate::words;

/// A signal that ends the program, by its number.
pub(super) type Signal = i32;

/// For so long after a hang-up, a signal may still come: on a machine that is busy, not at once.
const AFTER_HANG_UP: Duration = Duration::from_millis(500);

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
pub(super) fn die_of(signal: Signal) -> io::Result<()> {
    emulate_default_handler(signal)
}

/// Gives the terminal back, stops, and takes the terminal again once the program is continued.
pub(super) fn suspend() -> io::Result<()> {
    restore();
    emulate_default_handler(SIGTSTP)?;
    set_up()
}

/// The signal that an error goes with: a terminal that goes away cannot be drawn on, and sends one.
pub(super) fn behind(inputs: &mut Inputs) -> Option<Signal> {
    inputs.signal_within(AFTER_HANG_UP)
}

/// Says when the terminal has gone away. Whoever has it as their controlling terminal is sent a signal as well; to others, reading
/// from it only says for ever that there is nothing to read.
pub(super) fn forward_hang_up(sender: Sender<Input>) {
    std::thread::spawn(move || {
        // What is drawn on is a terminal, also where standard input is not. Nothing is asked for, so that it comes back for a
        // hang-up only.
        let terminal = io::stdout();
        let mut waiting = [PollFd::new(&terminal, PollFlags::empty())];
        while poll(&mut waiting, None).is_err_and(|error| error == rustix::io::Errno::INTR) {}
        let [terminal] = &waiting;
        // Some systems cannot wait for a terminal, and say so at once: that is no hang-up.
        if !terminal.revents().intersects(PollFlags::HUP | PollFlags::ERR) {
            return;
        }
        let _ = sender.send(Input::Lost(io::Error::other(words::HUNG_UP)));
    });
}
