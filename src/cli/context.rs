//! The common parts of all commands: the knowledge base, the query, the recorder, and whether to use colors or the full
//! screen.

use std::ffi::{OsStr, OsString};
use std::io::{IsTerminal, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result, bail};

use super::output::note;
use super::progress::Progress;
use super::{Color, Global};
use crate::history::{self, CaseRecorder, History};
use crate::kb::{self, Diagnostic, KnowledgeBase, Loaded, Source};
use crate::search::Search;
use crate::text::SanitizedText;
use crate::{builtin, files, plain, settings, strings};

/// Maximum number of problems that commands other than `unstuck check` print.
const MAX_DIAGNOSTICS: usize = 10;

/// Returns the sources of the knowledge base; an article in a later source replaces an earlier one. The order is: the
/// built-in knowledge base, the user's own, those in `UNSTUCK_KB`, those from `--kb`. `--only` omits the built-in one, and
/// also the user's own if the environment or the command line contains another.
///
/// # Errors
/// An error if `--only` leaves no source, or a folder can't be read.
pub(super) fn sources(global: &Global) -> Result<Vec<Source>> {
    let folders = folders(global);
    if global.only && folders.is_empty() {
        bail!("--only needs at least one knowledge base: add --kb DIR");
    }
    let builtin = (!global.only).then(|| Ok(builtin::source()));
    builtin.into_iter().chain(folders.iter().map(|folder| files::read(folder).map_err(Into::into))).collect()
}

/// Returns the folders of the knowledge base. An article in a later folder replaces one with the same ID in an earlier
/// folder.
pub(super) fn folders(global: &Global) -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = Vec::new();
    if let Some(listed) = std::env::var_os("UNSTUCK_KB") {
        folders.extend(std::env::split_paths(&listed).filter(|path| !path.as_os_str().is_empty()));
    }
    folders.extend(global.kb.iter().cloned());
    if !global.only || folders.is_empty() {
        let own = settings::knowledge_base().filter(|folder| folder.is_dir());
        folders.splice(0..0, own);
    }
    folders
}

/// Whether the built-in knowledge base is the only source.
fn is_builtin_only(global: &Global) -> bool {
    !global.only && folders(global).is_empty()
}

/// Loads the folder of a command, or the sources from the command line and the environment if there is no folder.
///
/// # Errors
/// An error if there are both a folder and `--kb`, or if the folder can't be read. Otherwise, as for [`sources`].
pub(super) fn read(folder: Option<&Path>, global: &Global) -> Result<Loaded> {
    if let Some(folder) = folder
        && !global.kb.is_empty()
    {
        bail!("give either {} or --kb, not both", folder.display());
    }
    let _waiting = Progress::begin(strings::READING, 0);
    match folder {
        Some(folder) => Ok(kb::load(&[files::read(folder)?])),
        None if is_builtin_only(global) => Ok(builtin::loaded()),
        None => Ok(kb::load(&sources(global)?)),
    }
}

/// Loads a knowledge base as [`read`] does, with the problems that are not suppressed.
///
/// # Errors
/// An error if it has no valid article. Otherwise, as for [`read`].
pub(super) fn load_with_diagnostics(
    folder: Option<&Path>,
    global: &Global,
) -> Result<(Arc<KnowledgeBase>, Vec<Diagnostic>)> {
    let Loaded { kb, diagnostics } = read(folder, global)?;
    let diagnostics = kb::unsuppressed(&kb, diagnostics);
    require_articles(global, &kb, &diagnostics)?;
    Ok((Arc::new(kb), diagnostics))
}

/// Rejects a knowledge base without articles, and prints its problems.
///
/// # Errors
/// An error if it has no valid article.
fn require_articles(global: &Global, kb: &KnowledgeBase, diagnostics: &[Diagnostic]) -> Result<()> {
    if kb.articles.is_empty() {
        for diagnostic in diagnostics.iter().take(MAX_DIAGNOSTICS) {
            note(&diagnostic.render(colors(global, std::io::stderr().is_terminal())));
        }
        note_rest(diagnostics);
        bail!("the knowledge base has no valid articles");
    }
    Ok(())
}

/// Loads the knowledge base, and prints its problems on standard error.
///
/// # Errors
/// As for [`load_with_diagnostics`].
pub(super) fn load(global: &Global) -> Result<Arc<KnowledgeBase>> {
    let (kb, diagnostics) = load_with_diagnostics(None, global)?;
    print_diagnostics(&diagnostics);
    Ok(kb)
}

/// Loads the knowledge base for searching, and prints its problems on standard error.
///
/// # Errors
/// As for [`load_with_diagnostics`].
pub(super) fn search(global: &Global) -> Result<Search> {
    let (search, diagnostics) = search_with_diagnostics(global)?;
    print_diagnostics(&diagnostics);
    Ok(search)
}

/// Loads the knowledge base for searching, with the problems that are not suppressed.
///
/// # Errors
/// As for [`load_with_diagnostics`].
pub(super) fn search_with_diagnostics(global: &Global) -> Result<(Search, Vec<Diagnostic>)> {
    if is_builtin_only(global) {
        let (search, diagnostics) = builtin::search();
        let diagnostics = kb::unsuppressed(search.kb(), diagnostics);
        require_articles(global, search.kb(), &diagnostics)?;
        return Ok((search, diagnostics));
    }
    let (kb, diagnostics) = load_with_diagnostics(None, global)?;
    Ok((Search::new(kb), diagnostics))
}

/// Prints the first [`MAX_DIAGNOSTICS`] problems on standard error, and how many others there are.
fn print_diagnostics(diagnostics: &[Diagnostic]) {
    for diagnostic in diagnostics.iter().take(MAX_DIAGNOSTICS) {
        note(&diagnostic.summary());
    }
    note_rest(diagnostics);
}

/// Prints how many problems are not shown, if any.
fn note_rest(diagnostics: &[Diagnostic]) {
    if let Some(rest) = diagnostics.len().checked_sub(MAX_DIAGNOSTICS).filter(|rest| *rest > 0) {
        // Invariant: `diagnostics` is not empty, because more than `MAX_DIAGNOSTICS` exist.
        let command = diagnostics.first().map(strings::check_of).unwrap_or_default();
        note(&format!("and {rest} more problems; to see all of them, run `{command}`"));
    }
}

/// Returns the query: the words, separated by spaces. If the only word is `-`, reads it from standard input, up to
/// [`plain::MAX_INPUT_BYTES`] bytes.
///
/// # Errors
/// An error if standard input can't be read.
pub(super) fn query(words: &[OsString]) -> Result<SanitizedText> {
    if matches!(words, [word] if word == "-") {
        let mut bytes = Vec::new();
        std::io::stdin()
            .lock()
            .take(plain::MAX_INPUT_BYTES)
            .read_to_end(&mut bytes)
            .context("cannot read standard input")?;
        return Ok(SanitizedText::new(String::from_utf8_lossy(&bytes).trim()));
    }
    Ok(SanitizedText::new(&words.join(OsStr::new(" ")).to_string_lossy()))
}

/// Returns the recorder for the cases of this run. It saves nothing if the user turned saving off, or if the history can't be
/// opened. In the second case, it reports the reason once.
pub(super) fn case_recorder(global: &Global) -> CaseRecorder {
    if global.no_history || !settings::saves_history() {
        return CaseRecorder::default();
    }
    match history::folder().and_then(|folder| History::open(&folder)) {
        Ok(history) => CaseRecorder::new(Some(history)),
        Err(error) => CaseRecorder::without(error.to_string()),
    }
}

/// Returns the current date in UTC, for comparison with review dates.
pub(super) fn today() -> jiff::civil::Date {
    jiff::tz::Offset::UTC.to_datetime(jiff::Timestamp::now()).date()
}

/// Whether to use colors on a stream. `is_terminal` is whether the stream is a terminal.
pub(super) fn colors(global: &Global, is_terminal: bool) -> bool {
    match global.color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => is_terminal && !no_color() && !is_dumb(),
    }
}

/// Whether to use full-screen mode. `can_ask` is whether the user can answer questions.
pub(super) fn is_full_screen(global: &Global, can_ask: bool) -> bool {
    can_ask && std::io::stdout().is_terminal() && !global.plain && !is_dumb() && !accessible()
}

/// Whether the environment requests output for screen readers (`ACCESSIBLE`).
fn accessible() -> bool {
    std::env::var_os("ACCESSIBLE").is_some_and(|value| !value.is_empty() && value != "0")
}

/// Whether the environment turns colors off (`NO_COLOR`).
pub(super) fn no_color() -> bool {
    std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
}

/// Whether the terminal can only print lines (`TERM=dumb`).
pub(super) fn is_dumb() -> bool {
    std::env::var_os("TERM").is_some_and(|term| term == "dumb")
}
