//! Unix signals that end or suspend the program or report a resize, and detection of a closed terminal.

use std::io;
use std::sync::mpsc::Sender;
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, poll};
use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::iterator::Signals;
use signal_hook::low_level::emulate_default_handler;

use super::event_queue::{EventQueue, Input};
use super::guard::{restore, set_up};
use crate::strings;

/// The number of a signal that ends the program.
pub(super) type Signal = i32;

/// Maximum time to wait for a signal after the terminal was closed. On a busy computer, the signal may not arrive immediately.
const HANG_UP_TIMEOUT: Duration = Duration::from_millis(500);

/// Sends signals to the main thread from a new thread: SIGWINCH as [`Input::Resized`], and the signals that end the program
/// as [`Input::Signal`], so that the terminal is restored first.
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

/// Ends the program as the default action of the signal would.
pub(super) fn raise_default(signal: Signal) -> io::Result<()> {
    emulate_default_handler(signal)
}

/// Restores the terminal, suspends the program, and sets the terminal up again when the program continues.
pub(super) fn suspend() -> io::Result<()> {
    restore();
    emulate_default_handler(SIGTSTP)?;
    set_up()
}

/// Returns the signal that accompanies an I/O error, if any. A closed terminal produces both an error and SIGHUP.
pub(super) fn pending_signal(inputs: &mut EventQueue) -> Option<Signal> {
    inputs.signal_within(HANG_UP_TIMEOUT)
}

/// Waits in a new thread until the terminal is closed, and reports this to the main thread. A program gets SIGHUP only from its
/// controlling terminal. For other programs, reads from a closed terminal return no data and no error.
pub(super) fn forward_hang_up(sender: Sender<Input>) {
    std::thread::spawn(move || {
        // Poll standard output: it is a terminal even if standard input is not. With empty flags, `poll` returns only for a
        // hang-up or an error.
        let terminal = io::stdout();
        let mut waiting = [PollFd::new(&terminal, PollFlags::empty())];
        while poll(&mut waiting, None).is_err_and(|error| error == rustix::io::Errno::INTR) {}
        let [terminal] = &waiting;
        // Some systems can't poll a terminal, and return immediately. This is not a hang-up.
        if !terminal.revents().intersects(PollFlags::HUP | PollFlags::ERR) {
            return;
        }
        let _ = sender.send(Input::Error(io::Error::other(strings::TERMINAL_CLOSED)));
    });
}
