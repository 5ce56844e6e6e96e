//! A line on the terminal while something takes long: what is done, and how far it is.

use std::io::{IsTerminal, Write, stderr};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

/// What is faster than this is not spoken of.
const SHORT: Duration = Duration::from_millis(400);

/// Between two signs of life.
const STEP: Duration = Duration::from_millis(200);

/// Says what is being done, from some moments after it begins until it is dropped. Only on a terminal.
pub(super) struct Waiting {
    /// How much of it is done.
    pub(super) done: Arc<AtomicUsize>,
    telling: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Waiting {
    /// Begins with something that has so many parts; 0 where that is not known.
    pub(super) fn begin(what: &'static str, parts: usize) -> Self {
        let done = Arc::new(AtomicUsize::new(0));
        if !stderr().is_terminal() {
            return Self { done, telling: None };
        }
        let (end, waiting) = channel::<()>();
        let count = done.clone();
        let thread = std::thread::spawn(move || {
            let mut pause = SHORT;
            let mut shown = String::new();
            while waiting.recv_timeout(pause) == Err(RecvTimeoutError::Timeout) {
                let done = count.load(Ordering::Relaxed);
                let line = if parts == 0 { format!("{what} ...") } else { format!("{what}: {done} of {parts}") };
                // A terminal that cannot be written to is no reason to stop.
                let _ = write!(stderr(), "\r{line:width$}", width = shown.len());
                shown = line;
                pause = STEP;
            }
            if !shown.is_empty() {
                let _ = write!(stderr(), "\r{:width$}\r", "", width = shown.len());
            }
        });
        Self { done, telling: Some((end, thread)) }
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        if let Some((end, thread)) = self.telling.take() {
            drop(end);
            let _ = thread.join();
        }
    }
}
