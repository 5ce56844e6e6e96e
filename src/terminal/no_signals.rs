//! In place of `signals.rs` where there are none: nothing comes, and nothing can be sent.

use std::io;
use std::sync::mpsc::Sender;
use std::time::Duration;

use super::inputs::{Input, Inputs};

/// There is none.
#[derive(Debug, Clone, Copy)]
pub(super) enum Signal {}

#[expect(clippy::unnecessary_wraps, reason = "where there are signals, it may fail")]
pub(super) fn forward(_: Sender<Input>) -> io::Result<()> {
    Ok(())
}

pub(super) fn forward_hang_up(_: Sender<Input>) {}

pub(super) fn behind(inputs: &mut Inputs) -> Option<Signal> {
    inputs.signal_within(Duration::ZERO)
}

pub(super) fn die_of(signal: Signal) -> io::Result<()> {
    match signal {}
}

#[expect(clippy::unnecessary_wraps, reason = "where a program can be stopped, it may fail")]
pub(super) fn suspend() -> io::Result<()> {
    Ok(())
}
