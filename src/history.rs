//! Cases on disk: one `SQLite` file in the user's data folder, which only they can read.
//!
//! Whatever has been saved is there after a crash of the program, and several programs may write at once. Nothing that is found
//! there is ever overwritten unless it is ours and of a version that we know: a damaged or newer file is left as it is, and the
//! history is then unavailable, which stops nobody from working.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use etcetera::BaseStrategy;
use jiff::Timestamp;
use rusqlite::{Connection, ErrorCode, OptionalExtension, params};
use thiserror::Error;

use crate::case::{Case, Kept, Standing};
use crate::files;
use crate::text::Clean;

mod keeper;

pub use keeper::Keeper;

/// The version of the tables; a file of a later one is not touched.
const VERSION: i64 = 1;

/// What marks a file as ours.
const APPLICATION: i64 = 0x756e_7374; // "unst"

/// How long to wait for another program that is writing.
const PATIENCE: Duration = Duration::from_secs(5);

/// Why there is no history.
#[derive(Debug, Error)]
pub enum Unavailable {
    /// There is no folder for it.
    #[error("there is no folder for it: {0}")]
    NoFolder(String),
    /// A later version of the program has made it.
    #[error("{0} was made by a newer version of unstuck")]
    Newer(String),
    /// It cannot be read or written.
    #[error("{0}: {1}")]
    Broken(String, String),
}

/// Something that could not be read or written.
pub type Failed = rusqlite::Error;

/// The cases on disk.
#[derive(Debug)]
pub struct History {
    db: Connection,
    folder: PathBuf,
    session: Session,
}

/// This run of the program. Its file is locked as long as it lives, so that others can tell an open case from an interrupted one.
#[derive(Debug)]
struct Session {
    name: String,
    path: PathBuf,
    _lock: File,
}

impl Drop for Session {
    fn drop(&mut self) {
        // Others remove it once it is no longer locked, if this cannot.
        let _ = fs::remove_file(&self.path);
    }
}

/// The folder of the history, whether or not it is there.
///
/// # Errors
/// When the system does not say where the user's data belongs.
pub fn folder() -> Result<PathBuf, Unavailable> {
    let strategy = etcetera::choose_base_strategy().map_err(|error| Unavailable::NoFolder(error.to_string()))?;
    Ok(strategy.data_dir().join("unstuck"))
}

impl History {
    /// Opens the history in a folder, which is made where it is not there.
    ///
    /// # Errors
    /// When the folder or the file cannot be used. What is there is left as it is.
    pub fn open(folder: &Path) -> Result<Self, Unavailable> {
        let path = folder.join("cases.db");
        let shown = Clean::path(&path).to_string();
        let broken = |error: String| Unavailable::Broken(shown.clone(), error);
        private_folder(folder).map_err(|error| Unavailable::NoFolder(format!("{}: {error}", Clean::path(folder))))?;
        private_file(&path).map_err(|error| broken(error.to_string()))?;
        let db = Connection::open(&path).map_err(|error| broken(error.to_string()))?;
        let session = Session::begin(folder).map_err(|error| broken(error.to_string()))?;
        db.busy_timeout(PATIENCE).map_err(|error| broken(error.to_string()))?;
        let version = db.query_row("PRAGMA user_version", [], |row| row.get::<_, i64>(0));
        if version.map_err(|error| broken(error.to_string()))? > VERSION {
            return Err(Unavailable::Newer(shown));
        }
        let is_ours = || {
            // In this order: whoever makes the tables sets the mark with them, and may do so between the two.
            let tables = db.query_row("SELECT count(*) FROM sqlite_master", [], |row| row.get::<_, i64>(0))?;
            let application = db.query_row("PRAGMA application_id", [], |row| row.get::<_, i64>(0))?;
            Ok(application == APPLICATION || tables == 0)
        };
        if !is_ours().map_err(|error: Failed| broken(error.to_string()))? {
            return Err(broken("it is a file of another program".to_owned()));
        }
        let history = Self { db, folder: folder.to_owned(), session };
        let until = Instant::now() + PATIENCE;
        // Some steps do not wait for others of their own accord: that of the journal to another kind is one.
        while let Err(error) = history.prepare() {
            let is_busy =
                matches!(error.sqlite_error_code(), Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked));
            if !is_busy || Instant::now() > until {
                return Err(broken(error.to_string()));
            }
            if !history.db.is_autocommit() {
                // What was begun is begun again.
                let _ = history.db.execute_batch("ROLLBACK");
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        Ok(history)
    }

    fn prepare(&self) -> Result<(), Failed> {
        let journal = self.db.query_row("PRAGMA journal_mode", [], |row| row.get::<_, String>(0))?;
        if journal != "wal" {
            self.db.pragma_update(None, "journal_mode", "WAL")?;
        }
        self.db.pragma_update(None, "synchronous", "NORMAL")?;
        // What is deleted is gone from the file as well.
        self.db.pragma_update(None, "secure_delete", true)?;
        if self.db.query_row("PRAGMA user_version", [], |row| row.get::<_, i64>(0))? == VERSION {
            return Ok(());
        }
        self.db.execute_batch(
            "BEGIN IMMEDIATE;
             CREATE TABLE IF NOT EXISTS cases (
                 id INTEGER PRIMARY KEY AUTOINCREMENT,
                 began INTEGER NOT NULL,
                 updated INTEGER NOT NULL,
                 standing TEXT NOT NULL,
                 session TEXT NOT NULL,
                 data TEXT NOT NULL
             );
             CREATE TABLE IF NOT EXISTS lost (at INTEGER NOT NULL, typed TEXT NOT NULL);
             PRAGMA application_id = 1970172788;
             PRAGMA user_version = 1;
             COMMIT;",
        )
    }

    /// Saves a case: a new one, or a later state of one that is there. Once this returns, it is there after a crash of
    /// the program; a power cut may take the last ones.
    ///
    /// # Errors
    /// When it cannot be written; nothing has changed then.
    pub fn save(&self, id: Option<i64>, case: &Case, now: Timestamp) -> Result<i64, Failed> {
        let data = serde_json::to_string(case).unwrap_or_default();
        let (standing, at) = (case.standing.name(), now.as_millisecond());
        // Whoever takes up what is open no more has it for themselves.
        let session = if case.standing == Standing::Open { &*self.session.name } else { "" };
        if let Some(id) = id {
            // A case that has been deleted meanwhile stays deleted.
            self.db.execute(
                "UPDATE cases SET updated = ?2, standing = ?3, session = ?4, data = ?5 WHERE id = ?1",
                params![id, at, standing, session, data],
            )?;
            return Ok(id);
        }
        self.db.execute(
            "INSERT INTO cases (began, updated, standing, session, data) VALUES (?1, ?1, ?2, ?3, ?4)",
            params![at, standing, session, data],
        )?;
        Ok(self.db.last_insert_rowid())
    }

    /// Notes a search that found nothing and led to no case.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn lost(&self, typed: &str, now: Timestamp) -> Result<(), Failed> {
        self.db
            .execute("INSERT INTO lost (at, typed) VALUES (?1, ?2)", params![now.as_millisecond(), typed])
            .map(|_| ())
    }

    /// The searches that found nothing and led to no case.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn all_lost(&self) -> Result<Vec<String>, Failed> {
        self.db
            .prepare("SELECT typed FROM lost ORDER BY at")?
            .query_map([], |row| Ok(Clean::new(&row.get::<_, String>(0)?).to_string()))?
            .collect()
    }

    /// Every case, the latest first.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn cases(&self) -> Result<Vec<Kept>, Failed> {
        let mut statement =
            self.db.prepare("SELECT id, began, updated, data FROM cases ORDER BY updated DESC, id DESC")?;
        let rows =
            statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get::<_, String>(3)?)))?;
        rows.map(|row| row.map(kept)).collect()
    }

    /// One case.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn case(&self, id: i64) -> Result<Option<Kept>, Failed> {
        let row = self.db.query_row("SELECT id, began, updated, data FROM cases WHERE id = ?1", [id], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get::<_, String>(3)?))
        });
        Ok(row.optional()?.map(kept))
    }

    /// The latest case that is open although nobody is at it any more, of those that `fits` takes.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn interrupted(&self, fits: impl Fn(&Case) -> bool) -> Result<Option<Kept>, Failed> {
        let mut statement =
            self.db.prepare("SELECT id, session FROM cases WHERE standing = ?1 ORDER BY updated DESC, id DESC")?;
        let rows = statement
            .query_map([Standing::Open.name()], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?)))?;
        for row in rows {
            let (id, session) = row?;
            if self.is_free(&session)
                && let Some(kept) = self.case(id)?
                && fits(&kept.case)
            {
                return Ok(Some(kept));
            }
        }
        Ok(None)
    }

    /// Takes a case up, so that no other program does; `None` where one is at it, or where there is none.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(crate) fn claim(&self, id: i64) -> Result<Option<Kept>, Failed> {
        self.db.execute_batch("BEGIN IMMEDIATE")?;
        let held = self.db.query_row("SELECT session FROM cases WHERE id = ?1", [id], |row| row.get::<_, String>(0));
        let claimed = held.optional().and_then(|held| {
            let is_free = held.is_some_and(|session| session == self.session.name || self.is_free(&session));
            if is_free {
                self.db.execute("UPDATE cases SET session = ?2 WHERE id = ?1", params![id, self.session.name])?;
            }
            Ok(is_free)
        });
        self.db.execute_batch("COMMIT")?;
        if claimed? { self.case(id) } else { Ok(None) }
    }

    /// Whether nobody works in that session any more.
    fn is_free(&self, session: &str) -> bool {
        session != self.session.name && !is_alive(&self.folder, session)
    }

    /// Deletes a case; says whether there was one.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn delete(&self, id: i64) -> Result<bool, Failed> {
        let deleted = self.db.execute("DELETE FROM cases WHERE id = ?1", [id])? > 0;
        self.overwrite()?;
        Ok(deleted)
    }

    /// Deletes every case and search that nothing was written to since a day; says how many cases there were.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn forget(&self, since: Timestamp) -> Result<usize, Failed> {
        self.db.execute("DELETE FROM lost WHERE at < ?1", [since.as_millisecond()])?;
        let deleted = self.db.execute("DELETE FROM cases WHERE updated < ?1", [since.as_millisecond()])?;
        self.overwrite()?;
        Ok(deleted)
    }

    /// Puts what was written into the file, and empties the one beside it, so that nothing of what was deleted is left there.
    fn overwrite(&self) -> Result<(), Failed> {
        self.db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
    }
}

fn kept((id, began, updated, data): (i64, i64, i64, String)) -> Kept {
    let at = |millisecond| Timestamp::from_millisecond(millisecond).unwrap_or_default();
    // A case that cannot be read is shown without what it says, so that it can be deleted.
    Kept { id, began: at(began), updated: at(updated), case: read(&data).unwrap_or_default() }
}

/// A case as it was written. Somebody else may have written to the file: each text is made clean.
fn read(data: &str) -> serde_json::Result<Case> {
    let mut value = serde_json::from_str(data)?;
    clean(&mut value);
    serde_json::from_value(value)
}

fn clean(value: &mut serde_json::Value) {
    use serde_json::Value::{Array, Object, String};
    match value {
        String(text) => *text = Clean::new(text).to_string(),
        Array(items) => items.iter_mut().for_each(clean),
        Object(fields) => {
            let cleaned = std::mem::take(fields).into_iter().map(|(key, mut value)| {
                clean(&mut value);
                (Clean::new(&key).to_string(), value)
            });
            *fields = cleaned.collect();
        }
        _ => {}
    }
}

impl Session {
    fn begin(folder: &Path) -> std::io::Result<Self> {
        sweep(folder);
        for nth in 0.. {
            let name = format!("{}-{}-{nth}", std::process::id(), Timestamp::now().as_nanosecond());
            let path = folder.join(format!("{name}.session"));
            match private(OpenOptions::new().write(true).create_new(true)).open(&path) {
                Ok(lock) => {
                    lock.lock()?;
                    return Ok(Self { name, path, _lock: lock });
                }
                Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
        Err(std::io::ErrorKind::AlreadyExists.into())
    }
}

/// Whether the program of a session still runs.
fn is_alive(folder: &Path, session: &str) -> bool {
    let locked = |file: File| matches!(file.try_lock(), Err(TryLockError::WouldBlock));
    files::open(&folder.join(format!("{session}.session"))).is_ok_and(locked)
}

/// Removes the files of sessions that have died.
fn sweep(folder: &Path) {
    for path in fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
        let is_session = path.extension().is_some_and(|ending| ending == "session");
        // A file that has just been made may not be locked yet.
        let is_old = || {
            let age = fs::metadata(&path).and_then(|about| about.modified()).ok().and_then(|made| made.elapsed().ok());
            age.is_some_and(|age| age > Duration::from_mins(1))
        };
        if is_session && is_old() && files::open(&path).is_ok_and(|file| file.try_lock().is_ok()) {
            let _ = fs::remove_file(&path);
        }
    }
}

/// A folder that only its owner can look into.
fn private_folder(folder: &Path) -> std::io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// A file that only its owner can read; the files that `SQLite` puts beside it get the same permissions.
fn private_file(path: &Path) -> std::io::Result<()> {
    match private(OpenOptions::new().write(true).create_new(true)).open(path) {
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        made => made.map(|_| ()),
    }
}

fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    options
}
