//! The common parts of all commands: the knowledge base, the query, the recorder, and whether to use colors or the full
//! screen.

use std::ffi::{OsStr, OsString};
use std::io::{IsTerminal, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result, anyhow, bail};

use super::output::note;
use super::progress::Progress;
use super::{Color, Global};
use crate::case::Blanks;
use crate::flow::KnownFacts;
use crate::history::{self, CaseRecorder, History};
use crate::kb::{self, Diagnostic, Fact, FactAnswer, FactId, KnowledgeBase, Loaded, Source};
use crate::search::{self, Search};
use crate::settings::ConstantFacts;
use crate::text::SanitizedText;
use crate::{builtin, files, plain, settings, strings};

/// Maximum number of problems that commands other than `unstuck check` print.
const MAX_DIAGNOSTICS: usize = 10;

/// Returns the sources of the knowledge base. An article in a later source replaces one with the same ID in an earlier source.
/// The order is: the built-in knowledge base, the user's own, those in `UNSTUCK_KB`, those from `--kb`. `--only` omits the
/// built-in one. It also omits the user's own, if `UNSTUCK_KB` or `--kb` contains another one.
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

/// Loads a knowledge base as [`read`] does. Returns it with the problems that are not suppressed.
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

/// Loads the knowledge base for searching. Returns it with the problems that are not suppressed.
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

/// Prints the first [`MAX_DIAGNOSTICS`] problems and the number of the others on standard error.
fn print_diagnostics(diagnostics: &[Diagnostic]) {
    for diagnostic in diagnostics.iter().take(MAX_DIAGNOSTICS) {
        note(&diagnostic.summary());
    }
    note_rest(diagnostics);
}

/// Prints the number of problems that are not shown, if any.
fn note_rest(diagnostics: &[Diagnostic]) {
    if let Some(rest) = diagnostics.len().checked_sub(MAX_DIAGNOSTICS).filter(|rest| *rest > 0) {
        // Invariant: `diagnostics` is not empty, because it contains more than `MAX_DIAGNOSTICS` problems.
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
        return Ok(SanitizedText::new(search::text_from_bytes(&bytes).trim()));
    }
    Ok(SanitizedText::new(&words.join(OsStr::new(" ")).to_string_lossy()))
}

/// The facts and details that are known before a case starts.
pub(super) struct GivenFacts {
    pub(super) facts: KnownFacts,
    pub(super) details: Blanks,
    /// Problems in the settings file `facts.yaml`.
    pub(super) problems: Vec<String>,
}

/// Returns the facts and the details that are the same for every case. A `--fact` replaces a fact from the settings.
///
/// # Errors
/// An error if a `--fact` isn't `NAME=VALUE`, names an unknown fact, or has a value that isn't an answer.
pub(super) fn facts(global: &Global, kb: &KnowledgeBase) -> Result<GivenFacts> {
    let (mut facts, mut details) = (KnownFacts::new(), Blanks::new());
    let ConstantFacts { facts: constants, mut problems } = settings::facts();
    for (name, value) in constants {
        let named = kb.facts_named(&name);
        let is_constant = |id: &FactId| kb.fact(*id).is_some_and(|fact| fact.is_constant);
        let ids: Vec<FactId> = named.iter().copied().filter(is_constant).collect();
        // Another knowledge base may have a fact that this one doesn't have, so a fact without an ID is not a problem.
        if ids.is_empty() && !named.is_empty() {
            problems.push(format!(
                "facts.yaml: `{name}` can differ from case to case; to set it for one session, use --fact {name}={value}"
            ));
        }
        if let Err(error) = set_fact(kb, &ids, &name, &value, &mut facts, &mut details) {
            problems.push(format!("facts.yaml: {error}"));
        }
    }
    for given in &global.facts {
        let Some((name, value)) = given.split_once('=') else {
            bail!("`{given}` is not a fact; use NAME=VALUE, for example sso=no");
        };
        let ids = kb.facts_named(name);
        if ids.is_empty() {
            let near = kb.nearest_fact(name).map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
            bail!("there is no fact `{name}`{near}");
        }
        set_fact(kb, &ids, name, value, &mut facts, &mut details)?;
    }
    Ok(GivenFacts { facts, details, problems })
}

/// Stores the value of a fact for each of its IDs. Several collections can have a fact with the same name.
fn set_fact(
    kb: &KnowledgeBase,
    ids: &[FactId],
    name: &str,
    value: &str,
    facts: &mut KnownFacts,
    details: &mut Blanks,
) -> Result<()> {
    for id in ids {
        if let Some(key) = kb.fact(*id).and_then(Fact::input_key) {
            details.insert(key.to_string(), SanitizedText::new(value).one_line());
            continue;
        }
        let answer = FactAnswer::from_name(value);
        let answer = answer.ok_or_else(|| anyhow!("`{value}` is not an answer to `{name}`; use yes, no or unsure"))?;
        facts.insert(*id, answer);
    }
    Ok(())
}

/// Returns the recorder for the cases of this run. The recorder saves nothing if the user turned saving off, or if the history
/// can't be opened. If the history can't be opened, the recorder reports the reason once.
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

/// Whether to use colors on a stream. `is_terminal` says whether the stream is a terminal.
pub(super) fn colors(global: &Global, is_terminal: bool) -> bool {
    match global.color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => is_terminal && !no_color() && !is_dumb(),
    }
}

/// Whether to use full-screen mode. `can_ask` says whether the user can answer questions.
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
