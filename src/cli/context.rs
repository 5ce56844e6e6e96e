//! What every command needs first: the knowledge base, the query, and whether colors are wanted.

use std::ffi::{OsStr, OsString};
use std::io::{IsTerminal, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result, bail};

use super::output::note;
use super::waiting::Waiting;
use super::{Color, Global};
use crate::history::{self, History, Keeper};
use crate::kb::{self, Finding, KnowledgeBase, Loaded, Source};
use crate::search::Search;
use crate::text::Clean;
use crate::{files, plain, settings, shipped, words};

/// Findings that are shown beside the work of another command.
const MOST_FINDINGS: usize = 10;

/// The sources that the command line and the environment name: the shipped knowledge base, the one in the user's folder for
/// settings, those of the environment, those of the command line. `--only` leaves out whatever was not named, and what is shipped.
///
/// # Errors
/// When `--only` leaves nothing, or a folder cannot be read.
pub(super) fn sources(global: &Global) -> Result<Vec<Source>> {
    let folders = folders(global);
    if global.only && folders.is_empty() {
        bail!("--only needs a knowledge base to use instead: add --kb DIR");
    }
    let shipped = (!global.only).then(|| Ok(shipped::source()));
    shipped.into_iter().chain(folders.iter().map(|folder| files::read(folder).map_err(Into::into))).collect()
}

/// The folders of knowledge bases, the later ones before the earlier ones where both have an article.
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

/// Whether nothing is served beside the shipped knowledge base.
fn is_shipped_alone(global: &Global) -> bool {
    !global.only && folders(global).is_empty()
}

/// Reads the folder that a command names, or else what the command line and the environment name.
///
/// # Errors
/// As for [`sources`].
pub(super) fn read(folder: Option<&Path>, global: &Global) -> Result<Loaded> {
    if let Some(folder) = folder
        && !global.kb.is_empty()
    {
        bail!("{} and --kb both name what to look at; name one of them", folder.display());
    }
    let _waiting = Waiting::begin(words::READING, 0);
    match folder {
        Some(folder) => Ok(kb::load(&[files::read(folder)?])),
        None if is_shipped_alone(global) => Ok(shipped::loaded()),
        None => Ok(kb::load(&sources(global)?)),
    }
}

/// Loads a knowledge base as [`read`] does, with what had to be left out of it.
///
/// # Errors
/// When no article can be served.
pub(super) fn load_with_findings(folder: Option<&Path>, global: &Global) -> Result<(Arc<KnowledgeBase>, Vec<Finding>)> {
    let Loaded { kb, findings } = read(folder, global)?;
    let findings = kb::audible(&kb, findings);
    some_article(global, &kb, &findings)?;
    Ok((Arc::new(kb), findings))
}

/// Refuses a knowledge base without an article.
fn some_article(global: &Global, kb: &KnowledgeBase, findings: &[Finding]) -> Result<()> {
    if kb.articles.is_empty() {
        for finding in findings.iter().take(MOST_FINDINGS) {
            note(&finding.render(colors(global, std::io::stderr().is_terminal())));
        }
        note_rest(findings);
        bail!("the knowledge base has no article that can be served");
    }
    Ok(())
}

/// Loads the knowledge base, and says on standard error what had to be left out of it.
///
/// # Errors
/// When no article can be served.
pub(super) fn load(global: &Global) -> Result<Arc<KnowledgeBase>> {
    let (kb, findings) = load_with_findings(None, global)?;
    tell(&findings);
    Ok(kb)
}

/// Loads the knowledge base to search it, and says on standard error what had to be left out of it.
///
/// # Errors
/// When no article can be served.
pub(super) fn search(global: &Global) -> Result<Search> {
    let (search, findings) = search_with_findings(global)?;
    tell(&findings);
    Ok(search)
}

/// Loads the knowledge base to search it, with what had to be left out of it.
///
/// # Errors
/// When no article can be served.
pub(super) fn search_with_findings(global: &Global) -> Result<(Search, Vec<Finding>)> {
    if is_shipped_alone(global) {
        let (search, findings) = shipped::search();
        let findings = kb::audible(search.kb(), findings);
        some_article(global, search.kb(), &findings)?;
        return Ok((search, findings));
    }
    let (kb, findings) = load_with_findings(None, global)?;
    Ok((Search::new(kb), findings))
}

/// Says on standard error what had to be left out.
fn tell(findings: &[Finding]) {
    for finding in findings.iter().take(MOST_FINDINGS) {
        note(&finding.summary());
    }
    note_rest(findings);
}

/// Says how many findings are not shown.
fn note_rest(findings: &[Finding]) {
    if let Some(rest) = findings.len().checked_sub(MOST_FINDINGS).filter(|rest| *rest > 0) {
        let command = findings.first().map(words::check_of).unwrap_or_default();
        note(&format!("and {rest} more findings; `{command}` shows them all"));
    }
}

/// The words of a query as one text; `-` alone stands for standard input.
///
/// # Errors
/// When standard input cannot be read.
pub(super) fn query(words: &[OsString]) -> Result<Clean> {
    if matches!(words, [word] if word == "-") {
        let mut bytes = Vec::new();
        std::io::stdin()
            .lock()
            .take(plain::LONGEST_INPUT)
            .read_to_end(&mut bytes)
            .context("cannot read standard input")?;
        return Ok(Clean::new(String::from_utf8_lossy(&bytes).trim()));
    }
    Ok(Clean::new(&words.join(OsStr::new(" ")).to_string_lossy()))
}

/// Keeps the cases of this run, unless that is not wanted or not possible; what is not possible is said once and stops nobody.
pub(super) fn keeper(global: &Global) -> Keeper {
    if global.no_history || !settings::keeps_history() {
        return Keeper::default();
    }
    match history::folder().and_then(|folder| History::open(&folder)) {
        Ok(history) => Keeper::new(Some(history)),
        Err(error) => Keeper::without(error.to_string()),
    }
}

/// The day, as review dates count it.
pub(super) fn today() -> jiff::civil::Date {
    jiff::tz::Offset::UTC.to_datetime(jiff::Timestamp::now()).date()
}

/// Whether colors are wanted on a stream.
pub(super) fn colors(global: &Global, is_terminal: bool) -> bool {
    match global.color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => is_terminal && !no_color() && !is_dumb(),
    }
}

/// Whether the wizard can and may take the full screen. `can_ask` says whether somebody can answer.
pub(super) fn is_full_screen(global: &Global, can_ask: bool) -> bool {
    can_ask && std::io::stdout().is_terminal() && !global.plain && !is_dumb() && !accessible()
}

/// Whether the environment asks for output that a screen reader can read.
fn accessible() -> bool {
    std::env::var_os("ACCESSIBLE").is_some_and(|value| !value.is_empty() && value != "0")
}

/// Whether the environment asks for no colors.
pub(super) fn no_color() -> bool {
    std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
}

/// Whether the terminal can do no more than print lines.
pub(super) fn is_dumb() -> bool {
    std::env::var_os("TERM").is_some_and(|term| term == "dumb")
}
