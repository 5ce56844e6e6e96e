//! Reading the folder of a knowledge base from disk: regular files only, each within its size, nothing outside the folder. And writing
//! files: a text that somebody saves, a file that changes as a whole or not at all.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::kb::{COLLECTION_FILE, Code, Finding, MAX_BYTES, Place, Source, SourceFile};
use crate::text::Clean;
use crate::words;

/// A folder that cannot be read at all.
#[derive(Debug, Error)]
#[error("cannot read the knowledge base {folder}: {reason}")]
pub struct Unreadable {
    folder: String,
    reason: String,
}

/// Reads every collection of a folder. A file that cannot be read is kept with the reason why.
///
/// # Errors
/// When the folder itself cannot be read.
pub fn read(folder: &Path) -> Result<Source, Unreadable> {
    let unreadable = |reason: String| Unreadable { folder: folder.display().to_string(), reason };
    let name = folder.display().to_string();
    let entries = sorted(folder).map_err(|error| {
        unreadable(match error.kind() {
            io::ErrorKind::NotFound => "there is no such folder; look at its path".to_owned(),
            io::ErrorKind::NotADirectory => "it is a file; name the folder that holds the collections".to_owned(),
            _ => error.to_string(),
        })
    })?;
    let root = folder.canonicalize().map_err(|error| unreadable(error.to_string()))?;
    let mut source = Source { name, ..Source::default() };
    let is_collection = entries.iter().any(|path| path.file_name().is_some_and(|name| name == COLLECTION_FILE));
    if is_collection {
        source.findings.push(Finding {
            code: Code::Empty,
            place: Place::whole(folder.join(COLLECTION_FILE).display().to_string()),
            message: "this folder is a collection, and a knowledge base is a folder of collections".to_owned(),
            help: "name the folder above it".to_owned(),
        });
    }
    for path in entries.iter().filter(|path| !is_hidden(path)) {
        if path.is_dir() {
            collection(&root, path, &mut source);
        } else if looks_like_yaml(path) && !is_collection {
            ignored(path, "an article stands in the folder of its collection", BELOW, &mut source);
        }
    }
    Ok(source)
}

/// The ways out for files that are not read.
const BELOW: &str = "move it into the folder of a collection, beside its `collection.yaml`";
const RENAME: &str = "rename it; some editors hide the real ending of a name";

/// A file that its author may take for an article, whatever its name really is.
fn looks_like_yaml(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    let ends = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
    ends(&[".yaml", ".yml", ".yaml.txt", ".yml.txt"]) || ends(&[".txt"]) && reads_like_an_article(path)
}

/// Whether a text has a message, as an article does at its beginning.
fn reads_like_an_article(path: &Path) -> bool {
    const BEGINNING: usize = 4096;
    let bytes = beginning(path, BEGINNING).unwrap_or_default();
    bytes.split(|byte| *byte == b'\n').any(|line| line.starts_with(b"message:"))
}

/// Says that a file is not read, and why.
fn ignored(path: &Path, why: &str, help: &str, source: &mut Source) {
    source.findings.push(Finding {
        code: Code::Ignored,
        place: Place::whole(path.display().to_string()),
        message: format!("this file is not read: {why}"),
        help: help.to_owned(),
    });
}

/// Files of a collection's folder that its author may take for a part of it.
fn strays(entries: &[PathBuf], source: &mut Source) {
    for path in entries.iter().filter(|path| !is_hidden(path)) {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() {
            for below in sorted(path).unwrap_or_default().iter().filter(|path| looks_like_yaml(path)) {
                ignored(below, "articles stand in the folder of their collection, not below it", BELOW, source);
            }
        } else if is_misspelt_collection(path) {
            ignored(path, &format!("`{name}` must be spelt `{COLLECTION_FILE}`"), RENAME, source);
        } else if looks_like_yaml(path) && stem(path).is_none() {
            ignored(path, "its name must end in `.yaml`", RENAME, source);
        }
    }
}

fn collection(root: &Path, folder: &Path, source: &mut Source) {
    let entries = match sorted(folder) {
        Ok(entries) => entries,
        Err(error) => {
            source.findings.push(Finding {
                code: Code::Unreadable,
                place: Place::whole(folder.display().to_string()),
                message: format!("the folder cannot be read: {error}"),
                help: "look at its permissions".to_owned(),
            });
            return;
        }
    };
    strays(&entries, source);
    for path in entries.iter().filter(|path| !is_hidden(path) && !is_misspelt_collection(path)) {
        let Some(stem) = stem(path) else { continue };
        source.files.push(SourceFile {
            collection: folder.file_name().unwrap_or_default().to_string_lossy().into_owned(),
            stem,
            path: path.display().to_string(),
            content: content(root, path),
        });
    }
}

/// The bytes of a regular file within the folder; at most one more than an article may have.
fn content(root: &Path, path: &Path) -> Result<Vec<u8>, String> {
    let real = path.canonicalize().map_err(|error| error.to_string())?;
    if !real.starts_with(root) {
        return Err("it is a link that leads out of the folder".to_owned());
    }
    beginning(&real, MAX_BYTES + 1).map_err(|error| error.to_string())
}

/// The first bytes of a regular file, at most so many.
///
/// # Errors
/// When there is no such file, or it cannot be read.
pub fn beginning(path: &Path, most: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    open(path)?.take(u64::try_from(most).unwrap_or(u64::MAX)).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Opens a regular file for reading, and nothing else: a pipe would wait for ever for somebody to write to it, and a device may do
/// anything when it is opened.
///
/// # Errors
/// When there is no such file, or it cannot be opened.
pub fn open(path: &Path) -> io::Result<File> {
    let regular = |about: &fs::Metadata| {
        if about.is_file() { Ok(()) } else { Err(io::Error::other("it is not a regular file")) }
    };
    regular(&fs::metadata(path)?)?;
    let mut options = OpenOptions::new();
    // It may have become something else meanwhile.
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

/// `collection.yaml` in capitals, which some systems find and others do not.
fn is_misspelt_collection(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name != COLLECTION_FILE && name.to_lowercase() == COLLECTION_FILE
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'))
}

/// Files of one name that are tried.
const MOST_NAMES: u32 = 1000;

/// Saves a text to a new file of the present folder, and says how that went.
#[must_use]
pub fn saved(name: &str, text: &str) -> String {
    match save_new(name, text) {
        Ok(path) => words::saved(&Clean::path(&std::path::absolute(&path).unwrap_or(path))),
        Err(error) => words::not_saved(&Clean::new(&error.to_string())),
    }
}

/// Writes a text to a new file in the present folder: `unstuck-NAME.txt`, or with a number behind it where that is taken.
/// Nothing is overwritten.
///
/// # Errors
/// When no such file can be made or written.
pub(crate) fn save_new(name: &str, text: &str) -> io::Result<PathBuf> {
    for number in 1..=MOST_NAMES {
        let ending = if number == 1 { String::new() } else { format!("-{number}") };
        let path = PathBuf::from(format!("unstuck-{name}{ending}.txt"));
        match File::create_new(&path) {
            Ok(mut file) => {
                if let Err(error) = file.write_all(text.as_bytes()) {
                    // Half a text helps nobody.
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

/// Writes a file anew, or makes it; whoever reads it meanwhile sees the old text or the new one, and never half of it.
///
/// # Errors
/// When it cannot be written. What was there before is still there then.
pub fn replace(path: &Path, text: &str) -> io::Result<()> {
    // What a link leads to is written, and stays as open or closed to others as it was.
    let real = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let path = real.as_path();
    let permissions = fs::metadata(path).map(|about| about.permissions()).ok();
    let mut name = std::ffi::OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(".new");
    let beside = path.with_file_name(name);
    // One that was left behind is in nobody's way; a pipe or a link under that name would be.
    let _ = fs::remove_file(&beside);
    let made = OpenOptions::new().write(true).create_new(true).open(&beside);
    let written = made.and_then(|mut file| {
        permissions.map_or(Ok(()), |permissions| file.set_permissions(permissions))?;
        file.write_all(text.as_bytes())?;
        file.sync_all()
    });
    written.and_then(|()| fs::rename(&beside, path)).inspect_err(|_| {
        // What could not be finished is of no use to anybody.
        let _ = fs::remove_file(&beside);
    })
}
