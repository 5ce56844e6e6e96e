//! The queue of inputs for the main thread, in order of arrival.

use std::collections::VecDeque;
use std::io;
use std::sync::mpsc::Receiver;
use std::time::{Duration, Instant};

use crossterm::event::Event;

use super::signals::Signal;
use crate::watch::Reload;

/// An input that wakes the main thread.
#[cfg_attr(not(unix), expect(dead_code, reason = "there are no signals"))]
pub(super) enum Input {
    /// A terminal event.
    Event(Event),
    /// An I/O error: the terminal can't be read any more, or was closed.
    Error(io::Error),
    /// The watched files have changed.
    Changed(Reload),
    /// The terminal was resized (SIGWINCH). A terminal event also reports this, but not before the event thread reads events.
    Resized,
    /// A signal that ends the program.
    Signal(Signal),
}

impl Input {
    /// Returns the terminal event, or `None` for other inputs.
    pub(super) fn event(&self) -> Option<&Event> {
        match self {
            Self::Event(event) => Some(event),
            _ => None,
        }
    }
}

/// The inputs from the other threads. They stay in the queue until the main thread takes them.
pub(super) struct EventQueue {
    receiver: Receiver<Input>,
    /// The inputs that were received together.
    batch: VecDeque<Input>,
}

impl EventQueue {
    pub(super) fn new(receiver: Receiver<Input>) -> Self {
        Self { receiver, batch: VecDeque::new() }
    }

    /// Waits for an input, and adds it and all other inputs that have arrived to the batch. Returns false if all senders are
    /// gone.
    pub(super) fn wait(&mut self) -> bool {
        let Ok(first) = self.receiver.recv() else { return false };
        self.batch.push_back(first);
        self.batch.extend(self.receiver.try_iter());
        true
    }

    /// Returns the inputs of the current batch that are not handled yet.
    pub(super) fn batch(&mut self) -> &mut VecDeque<Input> {
        &mut self.batch
    }

    /// Returns the next signal, or `None` if none arrives within `time`. Discards all inputs before it.
    pub(super) fn signal_within(&mut self, time: Duration) -> Option<Signal> {
        let until = Instant::now() + time;
        loop {
            let left = until.saturating_duration_since(Instant::now());
            let next = self.batch.pop_front().or_else(|| self.receiver.recv_timeout(left).ok());
            if let Input::Signal(signal) = next? {
                return Some(signal);
            }
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::sync::mpsc::channel;

    use super::*;

    #[test]
    fn signal_after_the_loss_of_the_terminal_is_not_dropped() {
        let (sender, receiver) = channel();
        for input in [Input::Error(io::Error::other("gone")), Input::Resized, Input::Signal(1)] {
            sender.send(input).unwrap();
        }
        let mut inputs = EventQueue::new(receiver);
        assert!(inputs.wait());
        assert!(matches!(inputs.batch().pop_front(), Some(Input::Error(_))));
        assert_eq!(inputs.signal_within(Duration::ZERO), Some(1));
        assert_eq!(inputs.signal_within(Duration::ZERO), None);
    }
}
