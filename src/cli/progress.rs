//! A progress line on standard error during long operations.

use std::io::{IsTerminal, Write, stderr};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

/// Time before the progress line appears. Shorter operations don't show it.
const SHOW_AFTER: Duration = Duration::from_millis(400);

/// Refresh interval of the progress line.
const REFRESH: Duration = Duration::from_millis(200);

/// A progress line that is shown until it is dropped. It appears after [`SHOW_AFTER`], and only on a terminal.
pub(super) struct Progress {
    /// Number of finished parts.
    pub(super) done: Arc<AtomicUsize>,
    /// A channel, and the thread that draws the line until the channel is closed. `None` if standard error is not a terminal.
    ticker: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Progress {
    /// Starts the progress line of an operation. `parts` is the number of its parts, or 0 if this number is unknown.
    pub(super) fn begin(what: &'static str, parts: usize) -> Self {
        let done = Arc::new(AtomicUsize::new(0));
        if !stderr().is_terminal() {
            return Self { done, ticker: None };
        }
        let (end, waiting) = channel::<()>();
        let count = done.clone();
        let thread = std::thread::spawn(move || {
            let mut pause = SHOW_AFTER;
            let mut shown = String::new();
            while waiting.recv_timeout(pause) == Err(RecvTimeoutError::Timeout) {
                let done = count.load(Ordering::Relaxed);
                let line = if parts == 0 { format!("{what} ...") } else { format!("{what}: {done} of {parts}") };
                // Ignore errors: the operation must continue even if the terminal can't be written.
                let _ = write!(stderr(), "\r{line:width$}", width = shown.len());
                shown = line;
                pause = REFRESH;
            }
            if !shown.is_empty() {
                let _ = write!(stderr(), "\r{:width$}\r", "", width = shown.len());
            }
        });
        Self { done, ticker: Some((end, thread)) }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((end, thread)) = self.ticker.take() {
            drop(end);
            let _ = thread.join();
        }
    }
}
