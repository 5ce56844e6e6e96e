//! The user's folder for settings: what is remembered from one start to the next (whom the program speaks to, whether cases are kept; a word each), and
//! a knowledge base of the user's own.
//!
//! Nothing depends on it: where it cannot be read or written, the program starts as it does the first time.

use std::fs;
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;

use crate::files;
use crate::words::Audience;

/// Bytes that a file may have.
const LONGEST: usize = 64;

/// The user's folder for settings.
fn folder() -> Option<PathBuf> {
    Some(etcetera::choose_base_strategy().ok()?.config_dir().join("unstuck"))
}

fn file() -> Option<PathBuf> {
    Some(folder()?.join("audience"))
}

/// The folder for knowledge bases of the user's own, which are there without being named. It may not exist.
#[must_use]
pub fn knowledge_base() -> Option<PathBuf> {
    Some(folder()?.join("kb"))
}

/// What a file says; nothing where it is long, or cannot be read.
fn said(path: &Path) -> Option<String> {
    let bytes = files::beginning(path, LONGEST + 1).ok().filter(|bytes| bytes.len() <= LONGEST)?;
    String::from_utf8(bytes).ok()
}

/// Whether cases are kept: not where the file `history` says `off`.
#[must_use]
pub fn keeps_history() -> bool {
    let said = folder().and_then(|folder| said(&folder.join("history")));
    said.is_none_or(|said| said.trim() != "off")
}

/// Remembers whether cases are kept. Says whether it could.
#[must_use]
pub fn keep_history(keep: bool) -> bool {
    let Some(folder) = folder() else { return false };
    let word = if keep { "on\n" } else { "off\n" };
    fs::create_dir_all(&folder).and_then(|()| files::replace(&folder.join("history"), word)).is_ok()
}

/// Whom the program spoke to last time, if that is known.
#[must_use]
pub fn audience() -> Option<Audience> {
    Audience::from_name(said(&file()?)?.trim())
}

/// Remembers whom the program speaks to. Says whether it could.
#[must_use]
pub fn remember(audience: Audience) -> bool {
    let Some(path) = file() else { return false };
    let written = path.parent().is_some_and(|folder| fs::create_dir_all(folder).is_ok());
    written && files::replace(&path, &format!("{}\n", audience.name())).is_ok()
}
