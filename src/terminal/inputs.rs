//! What wakes the main thread, in the order in which it came.

use std::collections::VecDeque;
use std::io;
use std::sync::mpsc::Receiver;
use std::time::{Duration, Instant};

use crossterm::event::Event;

use super::signals::Signal;
use crate::watch::Changed;

/// What wakes the main thread.
#[cfg_attr(not(unix), expect(dead_code, reason = "there are no signals"))]
pub(super) enum Input {
    Event(Event),
    /// Terminal events can no longer be read.
    Lost(io::Error),
    /// Files that are watched have changed.
    Changed(Changed),
    /// The terminal has another size. Its event tells so as well, but only once events are being read.
    Resized,
    Signal(Signal),
}

impl Input {
    pub(super) fn event(&self) -> Option<&Event> {
        match self {
            Self::Event(event) => Some(event),
            _ => None,
        }
    }
}

/// What the other threads have sent. Nothing that has come is let go before it has been taken.
pub(super) struct Inputs {
    receiver: Receiver<Input>,
    /// What has come together.
    burst: VecDeque<Input>,
}

impl Inputs {
    pub(super) fn new(receiver: Receiver<Input>) -> Self {
        Self { receiver, burst: VecDeque::new() }
    }

    /// Waits for the next burst: what comes, and with it what has come in meanwhile. False once nobody can send any more.
    pub(super) fn wait(&mut self) -> bool {
        let Ok(first) = self.receiver.recv() else { return false };
        self.burst.push_back(first);
        self.burst.extend(self.receiver.try_iter());
        true
    }

    /// The burst that is being worked off.
    pub(super) fn burst(&mut self) -> &mut VecDeque<Input> {
        &mut self.burst
    }

    /// The signal that has come, or comes within so long.
    pub(super) fn signal_within(&mut self, time: Duration) -> Option<Signal> {
        let until = Instant::now() + time;
        loop {
            let left = until.saturating_duration_since(Instant::now());
            let next = self.burst.pop_front().or_else(|| self.receiver.recv_timeout(left).ok());
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
    fn a_signal_that_came_together_with_the_loss_of_the_terminal_is_not_let_go() {
        let (sender, receiver) = channel();
        for input in [Input::Lost(io::Error::other("gone")), Input::Resized, Input::Signal(1)] {
            sender.send(input).unwrap();
        }
        let mut inputs = Inputs::new(receiver);
        assert!(inputs.wait());
        assert!(matches!(inputs.burst().pop_front(), Some(Input::Lost(_))));
        assert_eq!(inputs.signal_within(Duration::ZERO), Some(1));
        assert_eq!(inputs.signal_within(Duration::ZERO), None);
    }
}
