//! Replacement for `signals.rs` on systems without Unix signals: no signal arrives, and none can be sent.

use std::io;
use std::sync::mpsc::Sender;
use std::time::Duration;

use super::event_queue::{EventQueue, Input};

/// A signal. The enum has no variants, because there are no signals.
#[derive(Debug, Clone, Copy)]
pub(super) enum Signal {}

#[expect(clippy::unnecessary_wraps, reason = "can fail on Unix")]
pub(super) fn forward(_: Sender<Input>) -> io::Result<()> {
    Ok(())
}

pub(super) fn forward_hang_up(_: Sender<Input>) {}

pub(super) fn pending_signal(inputs: &mut EventQueue) -> Option<Signal> {
    inputs.signal_within(Duration::ZERO)
}

pub(super) fn raise_default(signal: Signal) -> io::Result<()> {
    match signal {}
}

#[expect(clippy::unnecessary_wraps, reason = "where a program can be stopped, it may fail")]
pub(super) fn suspend() -> io::Result<()> {
    Ok(())
}
