//! Cases on disk: one `SQLite` file in the user's data folder. On Unix, only the user can read it. Saved cases survive a crash
//! of the program, and several processes can write at the same time. A damaged file, a file of another program and a file of a
//! newer version are left unchanged. With such a file, the program works without a history.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use etcetera::BaseStrategy;
use jiff::Timestamp;
use rusqlite::{Connection, ErrorCode, OptionalExtension, params};
use thiserror::Error;

use crate::case::{Case, CaseStatus, StoredCase};
use crate::files;
use crate::text::SanitizedText;

mod recorder;

pub use recorder::CaseRecorder;

/// Schema version of the database (`PRAGMA user_version`). Files with a higher version are left unchanged.
const SCHEMA_VERSION: i64 = 1;

/// `PRAGMA application_id` that identifies our files: `unst` in ASCII.
const APPLICATION_ID: i64 = 0x756e_7374;

/// Maximum time to wait for another process that is writing.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// The reason why the history can't be opened.
#[derive(Debug, Error)]
pub enum OpenError {
    /// The folder can't be determined or created; contains the reason.
    #[error("no folder to save cases in: {0}")]
    NoFolder(String),
    /// The file has a higher schema version; contains its path.
    #[error("{0} was made by a newer version of unstuck")]
    Newer(String),
    /// The file can't be read or written, or belongs to another program; contains its path and the reason.
    #[error("{0}: {1}")]
    Broken(String, String),
}

/// An error while reading or writing cases.
pub type HistoryError = rusqlite::Error;

/// The cases on disk.
#[derive(Debug)]
pub struct History {
    db: Connection,
    folder: PathBuf,
    session: ProcessLock,
}

/// The lock file of this process. It stays locked while the process runs, so that other processes can detect interrupted cases.
/// The database calls a process a session, and stores the name of its lock file with each open case.
#[derive(Debug)]
struct ProcessLock {
    name: String,
    path: PathBuf,
    _lock: File,
}

impl Drop for ProcessLock {
    fn drop(&mut self) {
        // If this fails, `remove_stale_locks` of a later process removes the file.
        let _ = fs::remove_file(&self.path);
    }
}

/// Returns the folder of the history. The folder may not exist yet.
///
/// # Errors
/// [`OpenError::NoFolder`] if the user's data folder can't be determined.
pub fn folder() -> Result<PathBuf, OpenError> {
    let strategy = etcetera::choose_base_strategy().map_err(|error| OpenError::NoFolder(error.to_string()))?;
    Ok(strategy.data_dir().join("unstuck"))
}

impl History {
    /// Opens the history in a folder, and creates the folder and the file if they are missing.
    ///
    /// # Errors
    /// [`OpenError::NoFolder`] if the folder can't be created, [`OpenError::Newer`] if the file has a higher schema version,
    /// and [`OpenError::Broken`] if the file can't be used. On an error, an existing file stays unchanged.
    pub fn open(folder: &Path) -> Result<Self, OpenError> {
        let path = folder.join("cases.db");
        let shown = SanitizedText::path(&path).to_string();
        let broken = |error: String| OpenError::Broken(shown.clone(), error);
        private_folder(folder)
            .map_err(|error| OpenError::NoFolder(format!("{}: {error}", SanitizedText::path(folder))))?;
        private_file(&path).map_err(|error| broken(error.to_string()))?;
        let db = Connection::open(&path).map_err(|error| broken(error.to_string()))?;
        let session = ProcessLock::create(folder).map_err(|error| broken(error.to_string()))?;
        db.busy_timeout(BUSY_TIMEOUT).map_err(|error| broken(error.to_string()))?;
        let version = db.query_row("PRAGMA user_version", [], |row| row.get::<_, i64>(0));
        if version.map_err(|error| broken(error.to_string()))? > SCHEMA_VERSION {
            return Err(OpenError::Newer(shown));
        }
        let is_ours = || {
            // Read the table count first. Between these two reads, another process can create the tables and set the
            // application ID in one transaction.
            let tables = db.query_row("SELECT count(*) FROM sqlite_master", [], |row| row.get::<_, i64>(0))?;
            let application = db.query_row("PRAGMA application_id", [], |row| row.get::<_, i64>(0))?;
            Ok(application == APPLICATION_ID || tables == 0)
        };
        if !is_ours().map_err(|error: HistoryError| broken(error.to_string()))? {
            return Err(broken("it belongs to another program".to_owned()));
        }
        let history = Self { db, folder: folder.to_owned(), session };
        let until = Instant::now() + BUSY_TIMEOUT;
        // `SQLite` ignores the busy timeout for some statements, such as the switch to WAL, so retry here.
        while let Err(error) = history.prepare() {
            let is_busy =
                matches!(error.sqlite_error_code(), Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked));
            if !is_busy || Instant::now() > until {
                return Err(broken(error.to_string()));
            }
            if !history.db.is_autocommit() {
                // The failed batch left its transaction open.
                let _ = history.db.execute_batch("ROLLBACK");
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        Ok(history)
    }

    fn prepare(&self) -> Result<(), HistoryError> {
        let journal = self.db.query_row("PRAGMA journal_mode", [], |row| row.get::<_, String>(0))?;
        if journal != "wal" {
            self.db.pragma_update(None, "journal_mode", "WAL")?;
        }
        self.db.pragma_update(None, "synchronous", "NORMAL")?;
        // Overwrites deleted rows with zeros.
        self.db.pragma_update(None, "secure_delete", true)?;
        if self.db.query_row("PRAGMA user_version", [], |row| row.get::<_, i64>(0))? == SCHEMA_VERSION {
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

    /// Saves a new case (`id` is `None`) or a later state of an existing one, and returns its number. The saved data survives a
    /// crash of the program; a power failure may lose the last saves.
    ///
    /// # Errors
    /// A [`HistoryError`] if the case can't be written. On an error, the history stays unchanged.
    pub fn save(&self, id: Option<i64>, case: &Case, now: Timestamp) -> Result<i64, HistoryError> {
        // Invariant: a `Case` always serializes to JSON, because all map keys are strings.
        let data = serde_json::to_string(case).unwrap_or_default();
        let (status, at) = (case.status.name(), now.as_millisecond());
        // Saving a case that isn't open releases it, so that any process can resume it.
        let session = if case.status == CaseStatus::Open { &*self.session.name } else { "" };
        if let Some(id) = id {
            // This has no effect if the case was deleted in the meantime.
            self.db.execute(
                "UPDATE cases SET updated = ?2, standing = ?3, session = ?4, data = ?5 WHERE id = ?1",
                params![id, at, status, session, data],
            )?;
            return Ok(id);
        }
        self.db.execute(
            "INSERT INTO cases (began, updated, standing, session, data) VALUES (?1, ?1, ?2, ?3, ?4)",
            params![at, status, session, data],
        )?;
        Ok(self.db.last_insert_rowid())
    }

    /// Saves a query that had no match and did not lead to a case.
    ///
    /// # Errors
    /// A [`HistoryError`] if the query can't be written.
    pub fn save_failed_query(&self, typed: &str, now: Timestamp) -> Result<(), HistoryError> {
        self.db
            .execute("INSERT INTO lost (at, typed) VALUES (?1, ?2)", params![now.as_millisecond(), typed])
            .map(|_| ())
    }

    /// Returns the queries that had no match and did not lead to a case, oldest first.
    ///
    /// # Errors
    /// A [`HistoryError`] if they can't be read.
    pub fn failed_queries(&self) -> Result<Vec<String>, HistoryError> {
        self.db
            .prepare("SELECT typed FROM lost ORDER BY at")?
            .query_map([], |row| Ok(SanitizedText::new(&row.get::<_, String>(0)?).to_string()))?
            .collect()
    }

    /// Returns all cases, most recently updated first.
    ///
    /// # Errors
    /// A [`HistoryError`] if they can't be read.
    pub fn cases(&self) -> Result<Vec<StoredCase>, HistoryError> {
        let mut statement =
            self.db.prepare("SELECT id, began, updated, data FROM cases ORDER BY updated DESC, id DESC")?;
        let rows =
            statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get::<_, String>(3)?)))?;
        rows.map(|row| row.map(stored_case)).collect()
    }

    /// Returns the case with this number, if it exists.
    ///
    /// # Errors
    /// A [`HistoryError`] if the case can't be read.
    pub fn case(&self, id: i64) -> Result<Option<StoredCase>, HistoryError> {
        let row = self.db.query_row("SELECT id, began, updated, data FROM cases WHERE id = ?1", [id], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get::<_, String>(3)?))
        });
        Ok(row.optional()?.map(stored_case))
    }

    /// Returns the most recently updated interrupted case that `fits` accepts. A case is interrupted if it is open and its
    /// process no longer runs.
    ///
    /// # Errors
    /// A [`HistoryError`] if the cases can't be read.
    pub fn interrupted(&self, fits: impl Fn(&Case) -> bool) -> Result<Option<StoredCase>, HistoryError> {
        let mut statement =
            self.db.prepare("SELECT id, session FROM cases WHERE standing = ?1 ORDER BY updated DESC, id DESC")?;
        let rows = statement
            .query_map([CaseStatus::Open.name()], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?)))?;
        for row in rows {
            let (id, session) = row?;
            if self.is_free(&session)
                && let Some(stored) = self.case(id)?
                && fits(&stored.case)
            {
                return Ok(Some(stored));
            }
        }
        Ok(None)
    }

    /// Locks a case for this process and returns it, or `None` if the case doesn't exist or is open in another process.
    ///
    /// # Errors
    /// A [`HistoryError`] if the case can't be read or locked.
    pub(crate) fn claim(&self, id: i64) -> Result<Option<StoredCase>, HistoryError> {
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

    /// Whether the cases of this session can be claimed: the process of the session no longer runs, or the name of the session is
    /// empty.
    fn is_free(&self, session: &str) -> bool {
        session != self.session.name && !is_alive(&self.folder, session)
    }

    /// Deletes a case. Returns whether the case existed.
    ///
    /// # Errors
    /// A [`HistoryError`] if the case can't be deleted.
    pub fn delete(&self, id: i64) -> Result<bool, HistoryError> {
        let deleted = self.db.execute("DELETE FROM cases WHERE id = ?1", [id])? > 0;
        self.truncate_log()?;
        Ok(deleted)
    }

    /// Deletes every case that was last updated before `cutoff`, and every query from before `cutoff`. Returns the number of
    /// deleted cases.
    ///
    /// # Errors
    /// A [`HistoryError`] if they can't be deleted.
    pub fn forget(&self, cutoff: Timestamp) -> Result<usize, HistoryError> {
        self.db.execute("DELETE FROM lost WHERE at < ?1", [cutoff.as_millisecond()])?;
        let deleted = self.db.execute("DELETE FROM cases WHERE updated < ?1", [cutoff.as_millisecond()])?;
        self.truncate_log()?;
        Ok(deleted)
    }

    /// Moves the write-ahead log into the database file and truncates the log, so that no deleted data remains in the log.
    fn truncate_log(&self) -> Result<(), HistoryError> {
        self.db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
    }
}

fn stored_case((id, began, updated, data): (i64, i64, i64, String)) -> StoredCase {
    // A time out of range becomes the Unix epoch, so that a damaged case can still be listed and deleted.
    let at = |millisecond| Timestamp::from_millisecond(millisecond).unwrap_or_default();
    // An unreadable case becomes an empty one, so that it can be listed and deleted.
    StoredCase { id, started: at(began), updated: at(updated), case: read(&data).unwrap_or_default() }
}

/// Reads a case from JSON. Sanitizes all texts, because other programs can write to the file.
fn read(data: &str) -> serde_json::Result<Case> {
    let mut value = serde_json::from_str(data)?;
    clean(&mut value);
    serde_json::from_value(value)
}

fn clean(value: &mut serde_json::Value) {
    use serde_json::Value::{Array, Object, String};
    match value {
        String(text) => *text = SanitizedText::new(text).to_string(),
        Array(items) => items.iter_mut().for_each(clean),
        Object(fields) => {
            let cleaned = std::mem::take(fields).into_iter().map(|(key, mut value)| {
                clean(&mut value);
                (SanitizedText::new(&key).to_string(), value)
            });
            *fields = cleaned.collect();
        }
        _ => {}
    }
}

impl ProcessLock {
    fn create(folder: &Path) -> std::io::Result<Self> {
        remove_stale_locks(folder);
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

/// Whether the process of a session still runs, that is, still locks its file.
fn is_alive(folder: &Path, session: &str) -> bool {
    let locked = |file: File| matches!(file.try_lock(), Err(TryLockError::WouldBlock));
    files::open(&folder.join(format!("{session}.session"))).is_ok_and(locked)
}

/// Removes the lock files of sessions whose process no longer runs.
fn remove_stale_locks(folder: &Path) {
    for path in fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
        let is_session = path.extension().is_some_and(|ending| ending == "session");
        // A new lock file may not be locked yet.
        let is_old = || {
            let age = fs::metadata(&path).and_then(|about| about.modified()).ok().and_then(|made| made.elapsed().ok());
            age.is_some_and(|age| age > Duration::from_mins(1))
        };
        if is_session && is_old() && files::open(&path).is_ok_and(|file| file.try_lock().is_ok()) {
            let _ = fs::remove_file(&path);
        }
    }
}

/// Creates a folder unless it exists. On Unix, only its owner can open it.
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

/// Creates a file unless it exists. On Unix, only its owner can read it; `SQLite` gives its additional files the same
/// permissions.
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
