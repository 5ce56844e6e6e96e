//! Standard output and standard error. A closed pipe ends the program without a message, but a full disk is an error.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{self, Write as _};

use anyhow::{Context, Result};

use crate::text;

/// Prints a result on standard output.
///
/// # Errors
/// An error if standard output can't be written.
pub(super) fn print(text: &str) -> Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).context("cannot write to standard output")
}

/// The version of the JSON output. Every object that a command prints contains this version.
const JSON_VERSION: u32 = 2;

/// An object with the version before its own fields.
#[derive(serde::Serialize)]
struct Versioned<'a, T> {
    version: u32,
    #[serde(flatten)]
    value: &'a T,
}

/// Prints an object as JSON on standard output, on one line or indented. Adds the version.
///
/// # Errors
/// An error if the value can't be serialized or standard output can't be written.
pub(super) fn print_json(value: &impl serde::Serialize, indented: bool) -> Result<()> {
    print_value(&Versioned { version: JSON_VERSION, value }, indented)
}

/// Prints an array as JSON on standard output, indented.
///
/// # Errors
/// An error if the value can't be serialized or standard output can't be written.
pub(super) fn print_json_array(value: &[impl serde::Serialize]) -> Result<()> {
    print_value(&value, true)
}

fn print_value(value: &impl serde::Serialize, indented: bool) -> Result<()> {
    let text = if indented { serde_json::to_string_pretty(value) } else { serde_json::to_string(value) };
    print(&(escaped(&text?) + "\n"))
}

/// Returns equivalent JSON that can't control a terminal: unsafe characters are written as `\u` escapes.
fn escaped(json: &str) -> Cow<'_, str> {
    if !json.contains(text::is_unsafe) {
        return json.into();
    }
    let mut escaped = String::with_capacity(json.len());
    for c in json.chars() {
        if text::is_unsafe(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                _ = write!(escaped, "\\u{unit:04x}");
            }
        } else {
            escaped.push(c);
        }
    }
    escaped.into()
}

/// Prints a line about a result on standard error. Errors are ignored.
pub(super) fn note(text: &str) {
    let mut err = io::stderr().lock();
    let _ = err.write_all(text.as_bytes()).and_then(|()| err.write_all(b"\n"));
}

/// Whether an error was caused by a closed pipe.
pub(super) fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .any(|cause| cause.downcast_ref::<io::Error>().is_some_and(|cause| cause.kind() == io::ErrorKind::BrokenPipe))
}
