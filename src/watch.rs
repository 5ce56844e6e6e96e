//! Watching the folders of knowledge bases: when a file changes, everything is read again.
//!
//! The folders are looked at several times a second. That is the same everywhere, on a network drive too, and whatever way an
//! editor saves in.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use crate::kb::{self, Finding, Source};
use crate::search::Search;
use crate::{files, words};

/// Between two looks.
pub const PAUSE: Duration = Duration::from_millis(200);

/// A file, and what changes when it is written.
type Trace = (PathBuf, u64, Option<SystemTime>);

/// Folders that are watched, beside sources that do not change.
#[derive(Debug)]
pub struct Watch {
    fixed: Vec<Source>,
    folders: Vec<PathBuf>,
    seen: Vec<Trace>,
    /// What stood there at the last look; it is read once it has stood there twice.
    last: Vec<Trace>,
    /// Files that were broken when the last good version was read.
    broken: HashSet<String>,
}

/// What has come of a change.
#[derive(Debug)]
pub enum Changed {
    /// A good version, with what had to be left out of it.
    Good(Box<Search>, Vec<Finding>),
    /// A mistake, in words.
    Mistake(String),
}

impl Watch {
    /// Begins to watch.
    #[must_use]
    pub fn new(fixed: Vec<Source>, folders: Vec<PathBuf>) -> Self {
        let seen = traces(&folders);
        Self { fixed, folders, last: seen.clone(), seen, broken: HashSet::new() }
    }

    /// The same, where these are the findings of the version that is shown; what is broken in it is known.
    #[must_use]
    pub fn showing(self, findings: &[Finding]) -> Self {
        Self { broken: broken(findings), ..self }
    }

    /// Looks once: what has come of a change, if something has changed and is no longer being written.
    pub fn look(&mut self) -> Option<Changed> {
        let traces = traces(&self.folders);
        let settled = traces == self.last;
        self.last = traces;
        if !settled || self.last == self.seen {
            return None;
        }
        let saved: HashSet<String> = self
            .last
            .iter()
            .filter(|trace| self.seen.binary_search(trace).is_err())
            .map(|(path, ..)| path.display().to_string())
            .collect();
        self.seen.clone_from(&self.last);
        let mut sources = self.fixed.clone();
        for folder in &self.folders {
            match files::read(folder) {
                Ok(source) => sources.push(source),
                Err(error) => return Some(Changed::Mistake(error.to_string())),
            }
        }
        let loaded = kb::load(&sources);
        let new = |finding: &&Finding| finding.is_error() && !self.broken.contains(&finding.place.file);
        // What is wrong in the file that was saved comes before what follows from it in others.
        let of_saved = loaded.findings.iter().filter(new).find(|finding| saved.contains(&finding.place.file));
        if let Some(mistake) = of_saved.or_else(|| loaded.findings.iter().find(new)) {
            return Some(Changed::Mistake(words::mistake(mistake)));
        }
        self.broken = broken(&loaded.findings);
        let findings = kb::audible(&loaded.kb, loaded.findings);
        Some(Changed::Good(Box::new(Search::new(Arc::new(loaded.kb))), findings))
    }
}

fn broken(findings: &[Finding]) -> HashSet<String> {
    findings.iter().filter(|finding| finding.is_error()).map(|finding| finding.place.file.clone()).collect()
}

/// Every file of the folders and of the folders in them.
fn traces(folders: &[PathBuf]) -> Vec<Trace> {
    let mut traces: Vec<Trace> =
        folders.iter().flat_map(|folder| entries(folder)).flat_map(|path| within(&path)).collect();
    traces.sort();
    traces
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    std::fs::read_dir(folder).map(|entries| entries.flatten().map(|entry| entry.path()).collect()).unwrap_or_default()
}

fn within(path: &Path) -> Vec<Trace> {
    let paths = if path.is_dir() { entries(path) } else { vec![path.to_owned()] };
    let trace = |path: PathBuf| {
        let about = std::fs::metadata(&path).ok();
        let (length, modified) = about.map_or((0, None), |about| (about.len(), about.modified().ok()));
        (path, length, modified)
    };
    paths.into_iter().map(trace).collect()
}
