//! `unstuck new`: begin an article from what is known, in a dialogue line by line.

use std::collections::BTreeMap;
use std::io::{stdin, stdout};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;

use anyhow::{Context, Result, anyhow, bail};

use super::run::{NO, YES};
use super::{Global, NewArgs, context};
use crate::draft::{self, Draft, Source};
use crate::handout::COLUMNS;
use crate::kb::{self, Actor, Article, Clue, Code, Collection, KnowledgeBase, SourceFile};
use crate::plain::Lines;
use crate::search::{self, Search};
use crate::text::{Clean, wrap};
use crate::words::new as words;
use crate::{files, settings, shipped};

/// Articles that are shown as perhaps the same.
const MOST_LIKE: usize = 3;

pub(super) fn run(global: &Global, args: &NewArgs) -> Result<u8> {
    let folder = match context::folders(global).pop() {
        Some(folder) => folder,
        None => settings::knowledge_base().ok_or_else(|| anyhow!("name the knowledge base: --kb DIR"))?,
    };
    let own = if folder.is_dir() { files::read(&folder)? } else { kb::Source::default() };
    // The folder of the new article may not be there yet; what else is named is, or the articles that are known are not all.
    let others = context::folders(global).into_iter().filter(|other| *other != folder);
    let mut all: Vec<kb::Source> = others.map(|folder| files::read(&folder)).collect::<Result<_, _>>()?;
    if !global.only {
        all.insert(0, shipped::source());
    }
    all.push(own.clone());
    let loaded = kb::load(&all);
    let own_loaded = kb::load(std::slice::from_ref(&own));
    if folder.is_dir()
        && let Some(mistake) =
            own_loaded.findings.iter().find(|finding| finding.is_error() && finding.code != Code::Empty)
    {
        bail!("mend this first, so that the new article can be told from it: {}", mistake.summary());
    }
    let own_kb = Arc::new(own_loaded.kb);
    let (mut input, mut output) = (stdin().lock(), stdout().lock());
    let writing = Writing {
        say: Dialogue { lines: Lines::new(&mut input, &mut output) },
        all: Arc::new(loaded.kb),
        own: own_kb,
        folder,
        made: BTreeMap::new(),
        edits: Vec::new(),
    };
    writing.run(&args.article)
}

/// A new article on its way into a folder.
struct Writing<'a> {
    say: Dialogue<'a>,
    /// Every article that is served, the shipped ones too.
    all: Arc<KnowledgeBase>,
    /// The articles of the folder.
    own: Arc<KnowledgeBase>,
    folder: PathBuf,
    /// New files, by path.
    made: BTreeMap<PathBuf, String>,
    /// Clues to be added to files that there are.
    edits: Vec<Edit>,
}

/// A clue to be added to a file of the folder.
struct Edit {
    collection: String,
    stem: String,
    clue: String,
    value: String,
}

impl Writing<'_> {
    fn run(mut self, id: &str) -> Result<u8> {
        if !kb::is_plain_name(id) {
            bail!(
                "`{id}` cannot be used as an id; use letters, digits and hyphens, for example `owner-forgot-password`"
            );
        }
        let taken =
            self.own.position(id).and_then(|at| self.own.articles.get(at)).map(|article| article.place.file.clone());
        let taken = taken.or_else(|| self.all.position(id).map(|_| words::ELSEWHERE.to_owned()));
        if let Some(taken) = taken {
            bail!("there is an article `{id}` already ({taken}); choose another name");
        }
        self.say.line(words::BEGIN)?;
        let mut draft = Draft { message: self.say.block(words::MESSAGE)?.join("\n"), ..Draft::default() };
        if draft.message.is_empty() {
            bail!("without a message there is no article");
        }
        let near: Vec<usize> = self.near(&draft.message);
        if let Some(file) = self.known(&draft.message, &near)? {
            self.say.line(&words::there_is_one(&Clean::new(&file).one_line()))?;
            return Ok(NO);
        }
        let (collection, at) = self.collection()?;
        draft.description = self.say.ask(words::DESCRIPTION)?;
        draft.keywords = self.say.block(words::KEYWORDS)?;
        self.clues(&mut draft, at, &near)?;
        self.say.source(&mut draft)?;
        self.say.solution(&mut draft)?;
        draft.escalation = self.say.needed(words::ESCALATION)?;
        let names = at.and_then(|at| self.own.collections.get(at)).map(contacts).unwrap_or_default();
        draft.contact = self.say.contact(&names)?;
        draft.bring = self.say.block(words::BRING)?;
        let path = self.folder.join(&collection).join(format!("{id}.yaml"));
        self.made.insert(path.clone(), draft.file(&context::today().to_string()));
        self.write(&path, id)
    }

    /// The articles that are like a message, best first.
    fn near(&self, message: &str) -> Vec<usize> {
        if self.all.articles.is_empty() {
            return Vec::new();
        }
        Search::new(self.all.clone()).search(&Clean::new(message)).found.iter().map(|found| found.article).collect()
    }

    /// The file of the article that it is, if there is one already.
    fn known(&mut self, message: &str, near: &[usize]) -> Result<Option<String>> {
        let all = self.all.clone();
        let articles: Vec<&Article> = near.iter().take(MOST_LIKE).filter_map(|at| all.articles.get(*at)).collect();
        let same = |article: &&Article| {
            article.message.one_line().to_lowercase() == Clean::new(message).one_line().to_lowercase()
        };
        if let Some(article) = all.articles.iter().find(same) {
            return Ok(Some(article.place.file.clone()));
        }
        if articles.is_empty() {
            return Ok(None);
        }
        for (number, article) in (1..).zip(&articles) {
            self.say.line(&format!("{number}. {}", article.message.one_line()))?;
        }
        let answer = self.say.ask(words::IS_IT_ONE)?;
        let chosen = answer.parse::<usize>().ok().and_then(|number| articles.get(number.checked_sub(1)?));
        Ok(chosen.map(|article| article.place.file.clone()))
    }

    /// The name of the collection, and its index where it is there already.
    fn collection(&mut self) -> Result<(String, Option<usize>)> {
        let own = self.own.clone();
        match own.collections.as_slice() {
            [] => {
                let title = self.say.needed(words::TITLE)?;
                let name = draft::name_of(&title, "collection");
                let path = self.folder.join(&name).join(kb::COLLECTION_FILE);
                if path.exists() {
                    bail!("{} is there, but cannot be used; `unstuck check` says why", path.display());
                }
                self.made.insert(path, format!("title: {}\n", draft::scalar(&title)));
                Ok((name, None))
            }
            [only] => Ok((only.id.clone(), Some(0))),
            several => {
                for (number, collection) in (1..).zip(several) {
                    self.say.line(&format!("{number}. {}", collection.title.one_line()))?;
                }
                loop {
                    let answer = self.say.needed(words::COLLECTION)?;
                    let at = answer.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
                    if let Some((at, chosen)) = at.and_then(|at| Some((at, several.get(at)?))) {
                        return Ok((chosen.id.clone(), Some(at)));
                    }
                    self.say.line(&crate::words::no_such_number(several.len()))?;
                }
            }
        }
    }

    /// Asks for clues until it is told from every article of its collection; where those that there are do not do it, for new ones.
    fn clues(&mut self, draft: &mut Draft, at: Option<usize>, near: &[usize]) -> Result<()> {
        let own = self.own.clone();
        let Some((at, collection)) = at.and_then(|at| Some((at, own.collections.get(at)?))) else { return Ok(()) };
        let near: Vec<usize> = near
            .iter()
            .filter_map(|near| self.all.articles.get(*near))
            .filter_map(|article| own.position(&article.id))
            .collect();
        let mut asked = Vec::new();
        loop {
            let untold = draft::untold(&own, at, draft, &near);
            if untold.is_empty() {
                return Ok(());
            }
            let Some(clue) = draft::next_clue(collection, &untold, &asked) else {
                return self.new_clue(draft, collection, &untold);
            };
            if asked.is_empty() {
                self.say.line(words::CLUES)?;
            }
            asked.push(clue);
            let Some(Clue { id, question, hint }) = collection.clues.get(clue) else { return Ok(()) };
            let hint = hint.as_ref().map(|hint| format!(" ({})", hint.one_line())).unwrap_or_default();
            let answer = self.say.yes_or_no(&format!("{}{hint}", question.one_line()))?;
            draft.clues.extend(answer.map(|yes| (id.clone(), yes)));
        }
    }

    /// Clues that there are not yet: yes here, and no in every article that it is not told from.
    fn new_clue(&mut self, draft: &mut Draft, collection: &Collection, untold: &[&Article]) -> Result<()> {
        let mut untold = untold.to_vec();
        while let Some(nearest) = untold.first() {
            self.say.line(&words::not_told(nearest))?;
            let question = self.say.needed(words::NEW_CLUE)?;
            let hint = self.say.ask(words::CLUE_HINT)?;
            let base = draft::name_of(&question, "clue");
            let is_taken = |name: &str| {
                collection.clues.iter().any(|clue| clue.id == name) || draft.clues.iter().any(|(clue, _)| clue == name)
            };
            let name = (1..).map(|nth| if nth == 1 { base.clone() } else { format!("{base}-{nth}") });
            let name = name.into_iter().find(|name| !is_taken(name)).unwrap_or(base.clone());
            let hint = if hint.is_empty() { String::new() } else { format!(", hint: {}", draft::quoted(&hint)) };
            let value = format!("{{question: {}{hint}}}", draft::quoted(&question));
            self.edit(&collection.id, "collection", &name, &value);
            let mut rest = Vec::new();
            for (nth, article) in untold.iter().enumerate() {
                // The nearest is the one that the question was written for.
                if nth == 0 || self.say.yes_or_no(&words::is_no_for(article))? == Some(true) {
                    self.edit(&collection.id, &article.id, &name, "no");
                } else {
                    rest.push(*article);
                }
            }
            draft.clues.push((name, true));
            untold = rest;
        }
        Ok(())
    }

    fn edit(&mut self, collection: &str, stem: &str, clue: &str, value: &str) {
        let [collection, stem, clue, value] = [collection, stem, clue, value].map(str::to_owned);
        self.edits.push(Edit { collection, stem, clue, value });
    }

    /// The files that change, by path, as they are by then: somebody may have written on them during the dialogue.
    fn changed(&self, source: &kb::Source) -> Result<BTreeMap<PathBuf, String>> {
        let mut changed = self.made.clone();
        for Edit { collection, stem, clue, value } in &self.edits {
            let file = source.files.iter().find(|file| file.collection == *collection && file.stem == *stem);
            let Some(SourceFile { path, content: Ok(bytes), .. }) = file else { bail!("{stem}.yaml cannot be read") };
            let path = PathBuf::from(path);
            let text = match changed.get(&path) {
                Some(text) => text.clone(),
                None => String::from_utf8(bytes.clone()).with_context(|| path.display().to_string())?,
            };
            let edited = kb::with_entry(&text, "clues", clue, value)
                .ok_or_else(|| anyhow!("{}: the clue `{clue}` cannot be added; nothing was written", path.display()))?;
            changed.insert(path, edited);
        }
        Ok(changed)
    }

    /// Holds everything to the rules, and writes it where nothing is broken.
    fn write(mut self, path: &Path, id: &str) -> Result<u8> {
        let mut source = if self.folder.is_dir() { files::read(&self.folder)? } else { kb::Source::default() };
        let changed = self.changed(&source)?;
        if let Some(taken) = self.made.keys().find(|path| path.exists()) {
            bail!("{} has been made by somebody else meanwhile; nothing was written", taken.display());
        }
        source.files.retain(|file| !changed.contains_key(Path::new(&file.path)));
        source.findings.clear();
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
        let mut findings = loaded.findings;
        findings.extend(kb::check(&served, context::today()));
        findings.extend(search::check(&served, &AtomicUsize::new(0)));
        let mut findings = kb::settled(&served, findings);
        findings.retain(|finding| changed.contains_key(Path::new(&finding.place.file)));
        let report: String = findings.iter().map(|finding| finding.render(false) + "\n\n").collect();
        self.say.text(&report)?;
        if served.position(id).is_none() {
            bail!("the article would not be served; nothing was written");
        }
        let folder = path.parent().unwrap_or(path);
        std::fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
        // The article comes last: without it, what was added elsewhere does no harm.
        let others = changed.iter().filter(|(changed, _)| *changed != path);
        for (path, text) in others.chain(changed.get_key_value(path)) {
            files::replace(path, text).with_context(|| format!("cannot write {}", path.display()))?;
        }
        let written: Vec<String> = changed.keys().map(|path| Clean::path(path).to_string()).collect();
        self.say.text(&words::written(&written, &Clean::path(&self.folder), id))?;
        Ok(if findings.is_empty() { YES } else { NO })
    }
}

fn contacts(collection: &Collection) -> Vec<&str> {
    collection.contacts.iter().map(|(name, _)| name.as_str()).collect()
}

/// Questions and answers, line by line.
struct Dialogue<'a> {
    lines: Lines<'a>,
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

    /// One line; an empty one is an answer too.
    fn ask(&mut self, prompt: &str) -> Result<String> {
        let line = self.lines.ask(prompt)?;
        line.ok_or_else(|| anyhow!("the input has ended; nothing was written"))
    }

    fn needed(&mut self, prompt: &str) -> Result<String> {
        loop {
            let answer = self.ask(prompt)?;
            if !answer.is_empty() {
                return Ok(answer);
            }
            self.line(words::NEEDED)?;
        }
    }

    /// Lines up to an empty one.
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

    fn yes_or_no(&mut self, prompt: &str) -> Result<Option<bool>> {
        loop {
            match self.ask(prompt)?.to_lowercase().as_str() {
                "y" | "yes" => return Ok(Some(true)),
                "n" | "no" => return Ok(Some(false)),
                "" | "u" | "unsure" => return Ok(None),
                _ => self.line(words::YES_OR_NO)?,
            }
        }
    }

    /// How somebody is reached; nothing, where that is left out.
    fn contact(&mut self, names: &[&str]) -> Result<String> {
        loop {
            let contact = self.ask(&words::contact(names))?;
            if contact.is_empty() || kb::is_contact(&contact, names.iter().copied()) {
                return Ok(contact);
            }
            self.line(words::NO_CONTACT)?;
        }
    }

    fn source(&mut self, draft: &mut Draft) -> Result<()> {
        loop {
            let link = self.ask(words::SOURCE)?;
            if kb::is_link(&link) {
                draft.source = Source::Link(link);
                return Ok(());
            }
            if link.is_empty() {
                draft.source = Source::None(self.needed(words::NO_SOURCE)?);
                return Ok(());
            }
            self.line(words::NO_LINK)?;
        }
    }

    fn solution(&mut self, draft: &mut Draft) -> Result<()> {
        let head = self.ask(words::SOLUTION)?;
        if head.is_empty() {
            return Ok(());
        }
        self.line(words::STEPS)?;
        let mut steps = Vec::new();
        loop {
            let line = self.ask(">")?;
            let step =
                line.split_once(':').map(|(by, step)| (Actor::from_name(&by.trim().to_lowercase()), step.trim()));
            match step {
                _ if line.is_empty() && steps.is_empty() => self.line(words::ONE_STEP)?,
                _ if line.is_empty() => break,
                Some((Some(by), step)) if !step.is_empty() => steps.push((by, step.to_owned())),
                _ => self.line(words::WHOSE_STEP)?,
            }
        }
        draft.solution = Some((head, steps));
        Ok(())
    }
}
