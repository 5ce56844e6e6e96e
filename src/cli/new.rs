//! `unstuck new`: creates an article in a line-by-line dialogue. Nothing is written until the end, and only if the article is
//! valid.

use std::collections::BTreeMap;
use std::io::{stdin, stdout};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;

use anyhow::{Context, Result, anyhow, bail};

use super::run::{EXIT_NEGATIVE, EXIT_OK};
use super::{Global, NewArgs, context};
use crate::draft::{self, Draft, Source};
use crate::kb::{self, Article, Collection, KnowledgeBase, Role, RuleId, SourceFile};
use crate::plain::LineIo;
use crate::report::COLUMNS;
use crate::search::{self, Search};
use crate::strings::new as strings;
use crate::text::{SanitizedText, wrap};
use crate::{builtin, files, settings};

/// Maximum number of similar articles to show.
const MAX_SIMILAR: usize = 3;

pub(super) fn run(global: &Global, args: &NewArgs) -> Result<u8> {
    let folder = match context::folders(global).pop() {
        Some(folder) => folder,
        None => settings::knowledge_base().ok_or_else(|| anyhow!("specify a knowledge base with --kb DIR"))?,
    };
    let own = if folder.is_dir() { files::read(&folder)? } else { kb::Source::default() };
    // The folder of the new article may not exist yet. The other folders must exist, because the new article is compared with
    // their articles.
    let others = context::folders(global).into_iter().filter(|other| *other != folder);
    let mut all: Vec<kb::Source> = others.map(|folder| files::read(&folder)).collect::<Result<_, _>>()?;
    if !global.only {
        all.insert(0, builtin::source());
    }
    all.push(own.clone());
    let loaded = kb::load(&all);
    let own_loaded = kb::load(std::slice::from_ref(&own));
    if folder.is_dir()
        && let Some(mistake) =
            own_loaded.diagnostics.iter().find(|diagnostic| diagnostic.is_error() && diagnostic.code != RuleId::Empty)
    {
        bail!("before you add an article, fix this error: {}", mistake.summary());
    }
    let own_kb = Arc::new(own_loaded.kb);
    let (mut input, mut output) = (stdin().lock(), stdout().lock());
    let writing = NewArticle {
        dialogue: Dialogue { lines: LineIo::new(&mut input, &mut output) },
        all: Arc::new(loaded.kb),
        own: own_kb,
        folder,
        new_files: BTreeMap::new(),
    };
    writing.run(&args.article)
}

/// The state of the dialogue about a new article.
struct NewArticle<'a> {
    dialogue: Dialogue<'a>,
    /// All loaded articles, including the built-in ones unless `--only` is set.
    all: Arc<KnowledgeBase>,
    /// The articles in `folder`.
    own: Arc<KnowledgeBase>,
    /// The knowledge base folder of the new article.
    folder: PathBuf,
    /// New files, as path and content.
    new_files: BTreeMap<PathBuf, String>,
}

impl NewArticle<'_> {
    fn run(mut self, id: &str) -> Result<u8> {
        if !kb::is_plain_name(id) {
            bail!(
                "`{id}` cannot be used as an ID; use letters, digits and hyphens, for example `owner-forgot-password`"
            );
        }
        let taken = self
            .own
            .article_index(id)
            .and_then(|at| self.own.articles.get(at))
            .map(|article| article.location.file.clone());
        let taken = taken.or_else(|| self.all.article_index(id).map(|_| strings::ELSEWHERE.to_owned()));
        if let Some(taken) = taken {
            bail!("the article `{id}` already exists ({taken}); choose another ID");
        }
        self.dialogue.line(strings::BEGIN)?;
        let mut draft = Draft { message: self.dialogue.block(strings::MESSAGE)?.join("\n"), ..Draft::default() };
        if draft.message.is_empty() {
            bail!("an article needs an error message");
        }
        let near: Vec<usize> = self.near(&draft.message);
        if let Some(file) = self.existing_article(&draft.message, &near)? {
            self.dialogue.line(&strings::already_exists(&SanitizedText::new(&file).one_line()))?;
            return Ok(EXIT_NEGATIVE);
        }
        let (collection, at) = self.collection()?;
        draft.description = self.dialogue.ask(strings::DESCRIPTION)?;
        draft.keywords = self.dialogue.block(strings::KEYWORDS)?;
        let has_situations = |collection: &Collection| !collection.situations.is_empty();
        draft.without_situation = at.and_then(|at| self.own.collections.get(at)).is_some_and(has_situations);
        self.dialogue.source(&mut draft)?;
        self.dialogue.solution(&mut draft)?;
        draft.escalation = self.dialogue.ask_required(strings::ESCALATION)?;
        let names = at.and_then(|at| self.own.collections.get(at)).map(contacts).unwrap_or_default();
        draft.contact = self.dialogue.contact(&names)?;
        draft.bring = self.dialogue.block(strings::BRING)?;
        let path = self.folder.join(&collection).join(format!("{id}.yaml"));
        self.new_files.insert(path.clone(), draft.article(&context::today().to_string()));
        self.new_files.insert(path.with_file_name(format!("{id}.scenarios.yaml")), draft.scenarios());
        self.write(&path, id)
    }

    /// Returns the articles that are similar to an error message, as indices into `all`, best match first.
    fn near(&self, message: &str) -> Vec<usize> {
        if self.all.articles.is_empty() {
            return Vec::new();
        }
        Search::new(self.all.clone())
            .search(&SanitizedText::new(message))
            .hits
            .iter()
            .map(|found| found.article)
            .collect()
    }

    /// Returns the file of the existing article for this error, if any. If no article has the same error message, shows the most
    /// similar articles and asks whether one of them is for this error.
    fn existing_article(&mut self, message: &str, near: &[usize]) -> Result<Option<String>> {
        let all = self.all.clone();
        let articles: Vec<&Article> = near.iter().take(MAX_SIMILAR).filter_map(|at| all.articles.get(*at)).collect();
        let same = |article: &&Article| {
            article.message.one_line().to_lowercase() == SanitizedText::new(message).one_line().to_lowercase()
        };
        if let Some(article) = all.articles.iter().find(same) {
            return Ok(Some(article.location.file.clone()));
        }
        if articles.is_empty() {
            return Ok(None);
        }
        for (number, article) in (1..).zip(&articles) {
            self.dialogue.line(&format!("{number}. {}", article.message.one_line()))?;
        }
        let answer = self.dialogue.ask(strings::IS_IT_ONE)?;
        let chosen = answer.parse::<usize>().ok().and_then(|number| articles.get(number.checked_sub(1)?));
        Ok(chosen.map(|article| article.location.file.clone()))
    }

    /// Returns the name of the collection, and its index if it already exists. Asks the author unless the folder has exactly one
    /// collection.
    fn collection(&mut self) -> Result<(String, Option<usize>)> {
        let own = self.own.clone();
        match own.collections.as_slice() {
            [] => {
                let title = self.dialogue.ask_required(strings::TITLE)?;
                let name = draft::slug(&title, "collection");
                let path = self.folder.join(&name).join(kb::COLLECTION_FILE);
                if path.exists() {
                    bail!("{} exists but cannot be used; to see why, run `unstuck check`", path.display());
                }
                self.new_files.insert(path, format!("title: {}\n", draft::yaml_scalar(&title)));
                Ok((name, None))
            }
            [only] => Ok((only.id.clone(), Some(0))),
            several => {
                for (number, collection) in (1..).zip(several) {
                    self.dialogue.line(&format!("{number}. {}", collection.title.one_line()))?;
                }
                loop {
                    let answer = self.dialogue.ask_required(strings::COLLECTION)?;
                    let at = answer.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
                    if let Some((at, chosen)) = at.and_then(|at| Some((at, several.get(at)?))) {
                        return Ok((chosen.id.clone(), Some(at)));
                    }
                    self.dialogue.line(&crate::strings::no_such_number(several.len()))?;
                }
            }
        }
    }

    /// Checks the folder with the new files, and writes the new files if the new article is valid. Prints the problems in these
    /// files.
    ///
    /// # Errors
    /// An error if the new article would not be valid, or if a file already exists or can't be written.
    fn write(mut self, path: &Path, id: &str) -> Result<u8> {
        let mut source = if self.folder.is_dir() { files::read(&self.folder)? } else { kb::Source::default() };
        let changed = self.new_files.clone();
        if let Some(taken) = self.new_files.keys().find(|path| path.exists()) {
            bail!("{} was created in the meantime; nothing was saved", taken.display());
        }
        source.files.retain(|file| !changed.contains_key(Path::new(&file.path)));
        source.diagnostics.clear();
        for (path, text) in &changed {
            let part = |part: Option<&std::ffi::OsStr>| part.unwrap_or_default().to_string_lossy().into_owned();
            source.files.push(SourceFile {
                collection: part(path.parent().and_then(Path::file_name)),
                stem: part(path.file_stem()),
                path: path.display().to_string(),
                content: Ok(text.clone().into_bytes()),
            });
        }
        let loaded = kb::load(&[source]);
        let served = Arc::new(loaded.kb);
        let mut diagnostics = loaded.diagnostics;
        diagnostics.extend(kb::check(&served, context::today()));
        diagnostics.extend(search::check(&served, &AtomicUsize::new(0)));
        let mut diagnostics = kb::apply_suppressions(&served, diagnostics);
        diagnostics.retain(|diagnostic| changed.contains_key(Path::new(&diagnostic.location.file)));
        let report: String = diagnostics.iter().map(|diagnostic| diagnostic.render(false) + "\n\n").collect();
        self.dialogue.text(&report)?;
        if served.article_index(id).is_none() {
            bail!("the article would not be valid; nothing was saved");
        }
        let folder = path.parent().unwrap_or(path);
        std::fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
        // Write the article last, because the other files have no effect without it.
        let others = changed.iter().filter(|(changed, _)| *changed != path);
        for (path, text) in others.chain(changed.get_key_value(path)) {
            files::write_atomic(path, text).with_context(|| format!("cannot write {}", path.display()))?;
        }
        let written: Vec<String> = changed.keys().map(|path| SanitizedText::path(path).to_string()).collect();
        self.dialogue.text(&strings::written(&written, &SanitizedText::path(&self.folder), id))?;
        Ok(if diagnostics.is_empty() { EXIT_OK } else { EXIT_NEGATIVE })
    }
}

fn contacts(collection: &Collection) -> Vec<&str> {
    collection.contacts.iter().map(|(name, _)| name.as_str()).collect()
}

/// A line-by-line dialogue with the author.
struct Dialogue<'a> {
    lines: LineIo<'a>,
}

impl Dialogue<'_> {
    fn text(&mut self, text: &str) -> Result<()> {
        Ok(self.lines.write(text)?)
    }

    fn line(&mut self, text: &str) -> Result<()> {
        if !text.is_empty() {
            self.text(&format!("{}\n", wrap(text, COLUMNS).join("\n")))?;
        }
        Ok(())
    }

    /// Asks for a line, which may be empty.
    ///
    /// # Errors
    /// An error if the input ends.
    fn ask(&mut self, prompt: &str) -> Result<String> {
        let line = self.lines.ask(prompt)?;
        line.ok_or_else(|| anyhow!("the input ended; nothing was saved"))
    }

    /// Asks for a line until it is not empty.
    fn ask_required(&mut self, prompt: &str) -> Result<String> {
        loop {
            let answer = self.ask(prompt)?;
            if !answer.is_empty() {
                return Ok(answer);
            }
            self.line(strings::NEEDED)?;
        }
    }

    /// Asks for several lines, up to an empty one.
    fn block(&mut self, prompt: &str) -> Result<Vec<String>> {
        self.line(prompt)?;
        let mut lines = Vec::new();
        loop {
            let line = self.ask(">")?;
            if line.is_empty() {
                return Ok(lines);
            }
            lines.push(line);
        }
    }

    /// Asks for a contact. Returns an empty text if the author skips it.
    fn contact(&mut self, names: &[&str]) -> Result<String> {
        loop {
            let contact = self.ask(&strings::contact(names))?;
            if contact.is_empty() || kb::is_contact(&contact, names.iter().copied()) {
                return Ok(contact);
            }
            self.line(strings::NO_CONTACT)?;
        }
    }

    /// Asks for the source of the article's information, or for the reason why there is none.
    fn source(&mut self, draft: &mut Draft) -> Result<()> {
        loop {
            let link = self.ask(strings::SOURCE)?;
            if kb::is_link(&link) {
                draft.source = Source::Link(link);
                return Ok(());
            }
            if link.is_empty() {
                draft.source = Source::None(self.ask_required(strings::NO_SOURCE)?);
                return Ok(());
            }
            self.line(strings::NO_LINK)?;
        }
    }

    /// Asks for the solution, and for its steps as `ROLE: TEXT`. The author can skip both.
    fn solution(&mut self, draft: &mut Draft) -> Result<()> {
        let head = self.ask(strings::SOLUTION)?;
        if head.is_empty() {
            return Ok(());
        }
        self.line(strings::STEPS)?;
        let mut steps = Vec::new();
        loop {
            let line = self.ask(">")?;
            let step = line.split_once(':').map(|(by, step)| (Role::from_name(&by.trim().to_lowercase()), step.trim()));
            match step {
                _ if line.is_empty() && steps.is_empty() => self.line(strings::ONE_STEP)?,
                _ if line.is_empty() => break,
                Some((Some(by), step)) if !step.is_empty() => steps.push((by, step.to_owned())),
                _ => self.line(strings::WHOSE_STEP)?,
            }
        }
        draft.solution = Some((head, steps));
        Ok(())
    }
}
