//! Watching of knowledge base folders: when a file changes, all sources are loaded again.
//!
//! The folders are polled. This works on every system, on network drives, and with every editor.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use crate::kb::{self, Diagnostic, Source};
use crate::search::Search;
use crate::{files, strings};

/// Time between two polls.
pub const POLL_INTERVAL: Duration = Duration::from_millis(200);

/// The state of a file, as (path, size in bytes, time of the last change). A write to the file changes its state.
type FileStamp = (PathBuf, u64, Option<SystemTime>);

/// Watched folders, and sources that don't change.
#[derive(Debug)]
pub struct Watch {
    /// Sources that don't change, such as the built-in knowledge base.
    fixed: Vec<Source>,
    /// The watched folders.
    folders: Vec<PathBuf>,
    /// The state of the files when they were last loaded, sorted.
    seen: Vec<FileStamp>,
    /// The state of the files at the last poll, sorted. A change is loaded when two polls in a row return the same state, so
    /// that no file is read while another program writes it.
    last: Vec<FileStamp>,
    /// Paths of the files whose errors are already known.
    known_errors: HashSet<String>,
}

/// The result of a change.
#[derive(Debug)]
pub enum Reload {
    /// A valid version, as (search, problems).
    Loaded(Box<Search>, Vec<Diagnostic>),
    /// A new error, as a notice to show. The last valid version stays in use.
    Error(String),
}

impl Watch {
    /// Starts to watch. Only changes after this call are reported.
    #[must_use]
    pub fn new(fixed: Vec<Source>, folders: Vec<PathBuf>) -> Self {
        let seen = stamps(&folders);
        Self { fixed, folders, last: seen.clone(), seen, known_errors: HashSet::new() }
    }

    /// Sets the diagnostics of the version that is shown. Files that already have errors in that version don't prevent a reload.
    #[must_use]
    pub fn showing(self, diagnostics: &[Diagnostic]) -> Self {
        Self { known_errors: files_with_errors(diagnostics), ..self }
    }

    /// Polls once. Returns the result of a change. Returns `None` if nothing changed, or if another program may still be writing
    /// a file.
    pub fn poll(&mut self) -> Option<Reload> {
        let stamps = stamps(&self.folders);
        let settled = stamps == self.last;
        self.last = stamps;
        if !settled || self.last == self.seen {
            return None;
        }
        let saved: HashSet<String> = self
            .last
            .iter()
            .filter(|stamp| self.seen.binary_search(stamp).is_err())
            .map(|(path, ..)| path.display().to_string())
            .collect();
        self.seen.clone_from(&self.last);
        let mut sources = self.fixed.clone();
        for folder in &self.folders {
            match files::read(folder) {
                Ok(source) => sources.push(source),
                Err(error) => return Some(Reload::Error(error.to_string())),
            }
        }
        let loaded = kb::load(&sources);
        let new =
            |diagnostic: &&Diagnostic| diagnostic.is_error() && !self.known_errors.contains(&diagnostic.location.file);
        // Prefer an error in a saved file to errors that it causes in other files.
        let of_saved =
            loaded.diagnostics.iter().filter(new).find(|diagnostic| saved.contains(&diagnostic.location.file));
        if let Some(mistake) = of_saved.or_else(|| loaded.diagnostics.iter().find(new)) {
            return Some(Reload::Error(strings::reload_error(mistake)));
        }
        self.known_errors = files_with_errors(&loaded.diagnostics);
        let diagnostics = kb::unsuppressed(&loaded.kb, loaded.diagnostics);
        Some(Reload::Loaded(Box::new(Search::new(Arc::new(loaded.kb))), diagnostics))
    }
}

/// Returns the paths of the files with errors.
fn files_with_errors(diagnostics: &[Diagnostic]) -> HashSet<String> {
    diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.is_error())
        .map(|diagnostic| diagnostic.location.file.clone())
        .collect()
}

/// Returns the state of every file in the folders and their direct subfolders, sorted.
fn stamps(folders: &[PathBuf]) -> Vec<FileStamp> {
    let mut stamps: Vec<FileStamp> =
        folders.iter().flat_map(|folder| entries(folder)).flat_map(|path| stamps_in(&path)).collect();
    stamps.sort();
    stamps
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    std::fs::read_dir(folder).map(|entries| entries.flatten().map(|entry| entry.path()).collect()).unwrap_or_default()
}

fn stamps_in(path: &Path) -> Vec<FileStamp> {
    let paths = if path.is_dir() { entries(path) } else { vec![path.to_owned()] };
    let stamp = |path: PathBuf| {
        let about = std::fs::metadata(&path).ok();
        let (length, modified) = about.map_or((0, None), |about| (about.len(), about.modified().ok()));
        (path, length, modified)
    };
    paths.into_iter().map(stamp).collect()
}
