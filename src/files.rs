//! Access to files. Reads a knowledge base folder: only regular files inside the folder, each up to a maximum size. Saves
//! texts as new files, and writes files atomically.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::kb::{COLLECTION_FILE, Diagnostic, Location, MAX_BYTES, RuleId, Source, SourceFile};
use crate::strings;
use crate::text::SanitizedText;

/// The error if a folder can't be read.
#[derive(Debug, Error)]
#[error("cannot read the knowledge base {folder}: {reason}")]
pub struct ReadError {
    folder: String,
    reason: String,
}

/// Reads every collection of a folder. For a file that can't be read, the result contains the reason.
///
/// # Errors
/// [`ReadError`] if the folder itself can't be read.
pub fn read(folder: &Path) -> Result<Source, ReadError> {
    let unreadable = |reason: String| ReadError { folder: folder.display().to_string(), reason };
    let name = folder.display().to_string();
    let entries = sorted(folder).map_err(|error| {
        unreadable(match error.kind() {
            io::ErrorKind::NotFound => "the folder does not exist; check the path".to_owned(),
            io::ErrorKind::NotADirectory => "it is a file; use the folder that contains the collections".to_owned(),
            _ => error.to_string(),
        })
    })?;
    let root = folder.canonicalize().map_err(|error| unreadable(error.to_string()))?;
    let mut source = Source { name, ..Source::default() };
    let is_collection = entries.iter().any(|path| path.file_name().is_some_and(|name| name == COLLECTION_FILE));
    if is_collection {
        source.diagnostics.push(Diagnostic {
            code: RuleId::Empty,
            location: Location::whole(folder.join(COLLECTION_FILE).display().to_string()),
            message: "this folder is a collection; a knowledge base is a folder of collections".to_owned(),
            help: "use its parent folder".to_owned(),
        });
    }
    for path in entries.iter().filter(|path| !is_hidden(path)) {
        if path.is_dir() {
            collection(&root, path, &mut source);
        } else if looks_like_yaml(path) && !is_collection {
            ignored(path, "articles belong in the folder of a collection", HELP_MOVE, &mut source);
        }
    }
    Ok(source)
}

/// Help for a file outside the folder of a collection.
const HELP_MOVE: &str = "move it into the folder of a collection, next to its `collection.yaml`";
/// Help for a file with a wrong extension or name.
const HELP_RENAME: &str = "rename it; some editors and file managers hide the real extension";

/// Whether a file looks like an article: a YAML file, even with `.txt` after its name, or a `.txt` file with a
/// `message`.
fn looks_like_yaml(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    let ends = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
    ends(&[".yaml", ".yml", ".yaml.txt", ".yml.txt"]) || ends(&[".txt"]) && reads_like_an_article(path)
}

/// Whether a line in the first `PREFIX_BYTES` bytes of a file starts with `message:`.
fn reads_like_an_article(path: &Path) -> bool {
    const PREFIX_BYTES: usize = 4096;
    let bytes = read_prefix(path, PREFIX_BYTES).unwrap_or_default();
    bytes.split(|byte| *byte == b'\n').any(|line| line.starts_with(b"message:"))
}

/// Adds a warning that a file is not read, with the reason and the help.
fn ignored(path: &Path, why: &str, help: &str, source: &mut Source) {
    source.diagnostics.push(Diagnostic {
        code: RuleId::Ignored,
        location: Location::whole(path.display().to_string()),
        message: format!("this file is not read: {why}"),
        help: help.to_owned(),
    });
}

/// Adds a warning for each file in the folder of a collection that looks like an article but is not read.
fn warn_unread_files(entries: &[PathBuf], source: &mut Source) {
    for path in entries.iter().filter(|path| !is_hidden(path)) {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() {
            for below in sorted(path).unwrap_or_default().iter().filter(|path| looks_like_yaml(path)) {
                ignored(
                    below,
                    "articles belong directly in the folder of a collection, not in a subfolder",
                    HELP_MOVE,
                    source,
                );
            }
        } else if is_miscapitalized_collection(path) {
            ignored(path, &format!("`{name}` must be named `{COLLECTION_FILE}`"), HELP_RENAME, source);
        } else if looks_like_yaml(path) && stem(path).is_none() {
            ignored(path, "its file name must end in `.yaml` or `.yml`", HELP_RENAME, source);
        }
    }
}

/// Adds the files of a collection to `source`.
fn collection(root: &Path, folder: &Path, source: &mut Source) {
    let entries = match sorted(folder) {
        Ok(entries) => entries,
        Err(error) => {
            source.diagnostics.push(Diagnostic {
                code: RuleId::Unreadable,
                location: Location::whole(folder.display().to_string()),
                message: format!("the folder cannot be read: {error}"),
                help: "check its permissions".to_owned(),
            });
            return;
        }
    };
    warn_unread_files(&entries, source);
    for path in entries.iter().filter(|path| !is_hidden(path) && !is_miscapitalized_collection(path)) {
        let Some(stem) = stem(path) else { continue };
        source.files.push(SourceFile {
            collection: folder.file_name().unwrap_or_default().to_string_lossy().into_owned(),
            stem,
            path: path.display().to_string(),
            content: content(root, path),
        });
    }
}

/// Returns the content of a regular file inside `root`, or the reason why it can't be read. Reads at most [`MAX_BYTES`] + 1
/// bytes, so that files above the limit can be detected.
fn content(root: &Path, path: &Path) -> Result<Vec<u8>, String> {
    let real = path.canonicalize().map_err(|error| error.to_string())?;
    if !real.starts_with(root) {
        return Err("it is a link to a place outside the folder".to_owned());
    }
    read_prefix(&real, MAX_BYTES + 1).map_err(|error| error.to_string())
}

/// Returns the first bytes of a regular file, at most `max_bytes`.
///
/// # Errors
/// An [`io::Error`] if the file does not exist, is not a regular file, or can't be read.
pub fn read_prefix(path: &Path, max_bytes: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    open(path)?.take(u64::try_from(max_bytes).unwrap_or(u64::MAX)).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Opens a file for reading, but only if it is a regular file. Opening a pipe could block forever, and opening a device could
/// have side effects.
///
/// # Errors
/// An [`io::Error`] if the file does not exist, is not a regular file, or can't be opened.
pub fn open(path: &Path) -> io::Result<File> {
    let regular = |about: &fs::Metadata| {
        if about.is_file() { Ok(()) } else { Err(io::Error::other("it is not a regular file")) }
    };
    regular(&fs::metadata(path)?)?;
    let mut options = OpenOptions::new();
    // The file may have been replaced since the check: don't block on a pipe, and don't acquire a controlling terminal.
    #[cfg(unix)]
    {
        use rustix::fs::OFlags;
        use std::os::unix::fs::OpenOptionsExt;
        options.custom_flags((OFlags::NONBLOCK | OFlags::NOCTTY).bits().cast_signed());
    }
    let file = options.read(true).open(path)?;
    regular(&file.metadata()?)?;
    Ok(file)
}

fn sorted(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
    paths.sort();
    Ok(paths)
}

fn stem(path: &Path) -> Option<String> {
    SourceFile::stem_of(&path.file_name()?.to_string_lossy()).map(str::to_owned)
}

/// Whether the name differs from `collection.yaml` only in capitalization. Only some file systems treat both as the same name.
fn is_miscapitalized_collection(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name != COLLECTION_FILE && name.to_lowercase() == COLLECTION_FILE
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'))
}

/// Maximum number of file names to try for a new file.
const MAX_FILE_NAMES: u32 = 1000;

/// Saves a text as a new file in the current folder, and returns the notice to show.
#[must_use]
pub fn save_report(name: &str, text: &str) -> String {
    match save_new(name, text) {
        Ok(path) => strings::saved(&SanitizedText::path(&std::path::absolute(&path).unwrap_or(path))),
        Err(error) => strings::not_saved(&SanitizedText::new(&error.to_string())),
    }
}

/// Writes a text to a new file in the current folder, and returns its path: `unstuck-NAME.txt`, or `unstuck-NAME-2.txt` and
/// so on if the name is taken. Never overwrites a file.
///
/// # Errors
/// An [`io::Error`] if the file can't be created or written. Its kind is `AlreadyExists` if all names are taken.
pub(crate) fn save_new(name: &str, text: &str) -> io::Result<PathBuf> {
    for number in 1..=MAX_FILE_NAMES {
        let ending = if number == 1 { String::new() } else { format!("-{number}") };
        let path = PathBuf::from(format!("unstuck-{name}{ending}.txt"));
        match File::create_new(&path) {
            Ok(mut file) => {
                if let Err(error) = file.write_all(text.as_bytes()) {
                    // Don't leave an incomplete file. If this fails too, report the first error.
                    let _ = fs::remove_file(&path);
                    return Err(error);
                }
                return Ok(path);
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

/// Writes a file atomically, and creates it if it is missing. Other programs read the old text or the new text, never a part
/// of the new text.
///
/// # Errors
/// An [`io::Error`] if the file can't be written. On an error, the old file stays unchanged.
pub fn write_atomic(path: &Path, text: &str) -> io::Result<()> {
    // Replace the target of a link, not the link, and keep the permissions.
    let real = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let path = real.as_path();
    let permissions = fs::metadata(path).map(|about| about.permissions()).ok();
    let mut name = std::ffi::OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(".new");
    let temporary = path.with_file_name(name);
    // Remove the leftover of an earlier run, or anything else with this name, because `create_new` would fail.
    let _ = fs::remove_file(&temporary);
    let made = OpenOptions::new().write(true).create_new(true).open(&temporary);
    let written = made.and_then(|mut file| {
        permissions.map_or(Ok(()), |permissions| file.set_permissions(permissions))?;
        file.write_all(text.as_bytes())?;
        file.sync_all()
    });
    written.and_then(|()| fs::rename(&temporary, path)).inspect_err(|_| {
        // Don't leave an incomplete file. If this fails too, report the first error.
        let _ = fs::remove_file(&temporary);
    })
}
