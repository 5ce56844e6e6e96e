//! The user's folder for settings: what is remembered from one start to the next (whom the program speaks to, a line of text), and
//! a knowledge base of the user's own.
//!
//! Nothing depends on it: where it cannot be read or written, the program starts as it does the first time.

use std::fs;
use std::path::PathBuf;

use etcetera::BaseStrategy;

use crate::words::Audience;

/// Bytes that are read of the file.
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

/// Whether cases are kept: not where the file `history` says `off`.
#[must_use]
pub fn keeps_history() -> bool {
    let said = folder().and_then(|folder| fs::read_to_string(folder.join("history")).ok());
    said.is_none_or(|said| said.trim() != "off")
}

/// Remembers whether cases are kept. Says whether it could.
#[must_use]
pub fn keep_history(keep: bool) -> bool {
    let Some(folder) = folder() else { return false };
    let word = if keep { "on\n" } else { "off\n" };
    fs::create_dir_all(&folder).and_then(|()| fs::write(folder.join("history"), word)).is_ok()
}

/// Whom the program spoke to last time, if that is known.
#[must_use]
pub fn audience() -> Option<Audience> {
    let path = file()?;
    let metadata = fs::metadata(&path).ok()?;
    if !metadata.is_file() || metadata.len() > LONGEST as u64 {
        return None;
    }
    let text = fs::read_to_string(path).ok()?;
    Audience::from_name(text.trim())
}

/// Remembers whom the program speaks to. Says whether it could.
#[must_use]
pub fn remember(audience: Audience) -> bool {
    let Some(path) = file() else { return false };
    let written = path.parent().is_some_and(|folder| fs::create_dir_all(folder).is_ok());
    written && fs::write(path, format!("{}\n", audience.name())).is_ok()
}
