//! A sentence on the terminal while something takes long.

use std::io::{IsTerminal, Write, stderr};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use crate::words;

/// What is faster than this is not spoken of.
const SHORT: Duration = Duration::from_millis(400);

/// Between two signs of life.
const STEP: Duration = Duration::from_millis(500);

/// Says that the knowledge base is being read, from some moments after it begins until it is dropped. Only on a terminal.
pub(super) struct Waiting(Option<(Sender<()>, JoinHandle<()>)>);

impl Waiting {
    pub(super) fn begin() -> Self {
        if !stderr().is_terminal() {
            return Self(None);
        }
        let (done, waiting) = channel::<()>();
        let thread = std::thread::spawn(move || {
            let mut pause = SHORT;
            let mut shown = false;
            while waiting.recv_timeout(pause) == Err(RecvTimeoutError::Timeout) {
                // A terminal that cannot be written to is no reason to stop.
                let _ = write!(stderr(), "{}", if shown { "." } else { words::READING });
                shown = true;
                pause = STEP;
            }
            if shown {
                let _ = writeln!(stderr());
            }
        });
        Self(Some((done, thread)))
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        if let Some((done, thread)) = self.0.take() {
            drop(done);
            let _ = thread.join();
        }
    }
}
