//! Loading of knowledge bases: reads every file, resolves every reference and leaves out articles with errors. Every reference in
//! the result is valid.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use borsh::{BorshDeserialize, BorshSerialize};

use super::article::{Article, Node, NodeId, NodeKind, RefName, Step, UnresolvedRef};
use super::diagnostic::{Diagnostic, Location, RuleId, did_you_mean};
use super::source::{self, COLLECTION_FILE, Source, SourceFile};
use super::{Collection, KnowledgeBase, graph, preconditions};

/// A knowledge base and the problems in its files.
#[derive(Debug, Clone, Default, BorshSerialize, BorshDeserialize)]
pub struct Loaded {
    /// The articles without errors.
    pub kb: KnowledgeBase,
    /// All problems that loading detected, sorted by location. Articles with an error are not in `kb`.
    pub diagnostics: Vec<Diagnostic>,
}

/// The solutions whose steps are being expanded, from the outermost to the innermost.
#[derive(Default)]
struct IncludeStack {
    /// The location of each solution. Each one includes the next.
    solutions: Vec<Location>,
    /// Number of solutions included so far, at all levels.
    include_count: usize,
}

/// An article whose references are not resolved yet.
struct PendingArticle {
    article: Article<UnresolvedRef>,
    /// Index of the article's source. A later source replaces articles of an earlier one.
    source_rank: usize,
}

/// Maximum number of solutions that one solution can include, directly and indirectly.
const MAX_INCLUDES: usize = 50;

/// Maximum number of unknown article IDs that get a suggestion. Each one is compared with all IDs.
const MAX_ID_COMPARISONS: usize = 100;

/// Loads several sources into one knowledge base. An article of a later source replaces an earlier one with the same ID.
#[must_use]
pub fn load(sources: &[Source]) -> Loaded {
    let mut loading = Loader::default();
    for (source_rank, source) in sources.iter().enumerate() {
        loading.source(source_rank, source);
    }
    loading.reject_duplicate_messages();
    let unresolved: Vec<Diagnostic> =
        loading.rejected.iter().flat_map(|article| loading.unresolved_targets(article)).collect();
    loading.diagnostics.extend(unresolved);
    let mut loaded = loading.finish();
    loaded.kb = loaded.kb.with_version(version(sources));
    loaded.diagnostics.sort_by(|a, b| {
        let location = |diagnostic: &Diagnostic| (diagnostic.location.line, diagnostic.location.column);
        a.location.file.cmp(&b.location.file).then(location(a).cmp(&location(b)))
    });
    loaded
}

/// Returns the FNV-1a hash of all files as 16 hexadecimal digits. It covers their collections, names and contents.
fn version(sources: &[Source]) -> String {
    const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0100_0000_01b3;
    // Saved cases contain the version, so the hash must be the same in every release. It need not resist attacks.
    let mix =
        |hash: u64, bytes: &[u8]| bytes.iter().fold(hash, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(PRIME));
    let files = sources.iter().flat_map(|source| &source.files);
    let hash = files.fold(OFFSET, |hash, file| {
        let hash = mix(mix(hash, file.collection.as_bytes()), b"/");
        let hash = mix(mix(hash, file.stem.as_bytes()), b"\n");
        // A file that can't be read counts as empty.
        mix(hash, file.content.as_deref().unwrap_or_default())
    });
    format!("{hash:016x}")
}

#[derive(Default)]
struct Loader {
    collections: Vec<Collection>,
    pending: BTreeMap<String, PendingArticle>,
    /// For each ID, the article that an article of a later source replaced. If several were replaced, the most recent one.
    replaced: HashMap<String, PendingArticle>,
    /// Articles that were read but are skipped because of errors.
    rejected: Vec<Article<UnresolvedRef>>,
    /// The IDs of all articles that are skipped because of errors.
    rejected_ids: HashSet<String>,
    /// Number of unknown article IDs compared with all IDs so far.
    id_comparisons: Cell<usize>,
    diagnostics: Vec<Diagnostic>,
}

impl Loader {
    fn source(&mut self, source_rank: usize, source: &Source) {
        self.diagnostics.extend(source.diagnostics.iter().cloned());
        let mut folders: BTreeMap<&str, Vec<&SourceFile>> = BTreeMap::new();
        for file in &source.files {
            folders.entry(&file.collection).or_default().push(file);
        }
        if folders.is_empty() && source.diagnostics.is_empty() {
            self.report(
                RuleId::Empty,
                Location::whole(&source.name),
                "this folder contains no collection".to_owned(),
                format!(
                    "a knowledge base is a folder of folders, each with a {COLLECTION_FILE} and a file per article"
                ),
            );
        }
        for (folder, mut files) in folders {
            files.sort_by(|a, b| a.path.cmp(&b.path));
            self.folder(source_rank, folder, &files);
        }
    }

    fn folder(&mut self, source_rank: usize, folder: &str, files: &[&SourceFile]) {
        let (described, articles): (Vec<&SourceFile>, Vec<&SourceFile>) =
            files.iter().partition(|file| file.is_collection());
        let prefix = files.first().and_then(|file| file.path.rsplit_once('/')).map_or(folder, |(path, _)| path);
        let Some(file) = described.first() else {
            self.report(
                RuleId::NoCollection,
                Location::whole(prefix),
                format!("this folder contains articles but no {COLLECTION_FILE}"),
                format!("add a {COLLECTION_FILE} with at least `title: ...`"),
            );
            self.rejected_ids.extend(articles.iter().map(|article| article.stem.clone()));
            return;
        };
        let (collection, diagnostics) = source::collection(file);
        self.diagnostics.extend(diagnostics);
        if articles.is_empty() {
            self.report(
                RuleId::Empty,
                Location::whole(&file.path),
                "this collection has no articles".to_owned(),
                "add one file per article next to it, for example `ip-not-allowed.yaml`".to_owned(),
            );
        }
        let Some(collection) = collection else {
            self.rejected_ids.extend(articles.iter().map(|article| article.stem.clone()));
            return;
        };
        let at = self.collections.len();
        for file in articles {
            let (article, diagnostics) = source::article(file, at, &collection);
            let sound = !diagnostics.iter().any(Diagnostic::is_error);
            self.diagnostics.extend(diagnostics);
            match article {
                Some(article) if sound => self.add(source_rank, file, article),
                unsound => {
                    self.rejected.extend(unsound);
                    self.rejected_ids.insert(file.stem.clone());
                }
            }
        }
        self.collections.push(collection);
    }

    fn add(&mut self, source_rank: usize, file: &SourceFile, article: Article<UnresolvedRef>) {
        if let Some(earlier) = self.pending.get(&file.stem) {
            let location = earlier.article.location.file.clone();
            if earlier.source_rank == source_rank {
                self.report(
                    RuleId::DuplicateId,
                    Location::whole(&file.path),
                    format!("there is another article with the id `{}`: {location}", file.stem),
                    "rename one of the two files; the file's name is the article's id".to_owned(),
                );
                return;
            }
            self.report(
                RuleId::Replaced,
                Location::clone(&article.location),
                format!("this article replaces `{}` from {location}", file.stem),
                "rename the file if you want to keep both".to_owned(),
            );
        }
        if let Some(earlier) = self.pending.insert(file.stem.clone(), PendingArticle { article, source_rank }) {
            self.replaced.insert(file.stem.clone(), earlier);
        }
    }

    fn report(&mut self, code: RuleId, location: Location, message: String, help: String) {
        self.diagnostics.push(Diagnostic { code, location, message, help });
    }

    fn reject_duplicate_messages(&mut self) {
        let mut seen: HashMap<String, (String, String, usize)> = HashMap::new();
        let mut refused = Vec::new();
        let mut pending: Vec<(&String, &PendingArticle)> = self.pending.iter().collect();
        pending.sort_by_key(|(_, draft)| draft.source_rank);
        for (id, draft) in pending {
            let message = draft.article.message.one_line().to_lowercase();
            let location: &Location = &draft.article.location;
            match seen.get(&message) {
                Some((other, file, line)) => {
                    refused.push((id.clone(), location.clone(), other.clone(), file.clone(), *line));
                }
                None => {
                    seen.insert(message, (id.clone(), location.file.clone(), location.line));
                }
            }
        }
        for (id, location, other, file, line) in refused {
            self.report(
                RuleId::DuplicateMessage,
                location,
                format!("`{other}` has the same message ({file}:{line})"),
                "merge the two articles, and add a question where they differ".to_owned(),
            );
            self.reject(id);
        }
    }

    /// Removes an article because of an error. Restores the article that it replaced, if there is one.
    fn reject(&mut self, id: String) {
        let Some(refused) = self.pending.remove(&id) else { return };
        self.rejected.push(refused.article);
        match self.replaced.remove(&id) {
            Some(earlier) => {
                self.pending.insert(id, earlier);
            }
            None => {
                self.rejected_ids.insert(id);
            }
        }
    }

    /// Resolves all references and checks the flows. Rejects articles with errors, then repeats for the articles that depend on
    /// them.
    fn finish(mut self) -> Loaded {
        let dependants = self.dependants();
        let mut queue: BTreeSet<String> = self.pending.keys().cloned().collect();
        while !queue.is_empty() {
            let pending = queue.iter().filter_map(|id| Some((id, self.pending.get(id)?)));
            let failed: Vec<(String, Vec<Diagnostic>)> = pending
                .map(|(id, draft)| (id.clone(), self.unresolved_targets(&draft.article)))
                .filter(|(_, diagnostics)| !diagnostics.is_empty())
                .collect();
            queue.clear();
            for (id, diagnostics) in failed {
                self.diagnostics.extend(diagnostics);
                queue.extend(dependants.get(&id).into_iter().flatten().cloned());
                if self.replaced.contains_key(&id) {
                    // Rejecting this article restores the one that it replaced. Articles that include its steps can change.
                    queue.extend(self.pending.keys().cloned());
                }
                self.reject(id);
            }
        }
        let kb = self.resolve();
        let mut failed = graph::validate(&kb, &self.targets_of_rejected(&kb));
        failed.extend(preconditions::validate(&kb, &self.rejected_ids));
        if failed.is_empty() {
            return Loaded { kb, diagnostics: self.diagnostics };
        }
        let (ids, diagnostics): (BTreeSet<String>, Vec<Diagnostic>) = failed.into_iter().unzip();
        self.diagnostics.extend(diagnostics);
        // Reject each ID once. A second call would reject the restored article.
        for id in ids {
            self.reject(id);
        }
        self.finish()
    }

    /// Maps each article ID to the IDs of the articles that have a `goto` to it. Some keys are names of nodes, because the value
    /// of a `goto` without `/` can be a node of the same article.
    fn dependants(&self) -> HashMap<String, BTreeSet<String>> {
        let mut dependants: HashMap<String, BTreeSet<String>> = HashMap::new();
        for (id, draft) in self.pending.iter().chain(&self.replaced) {
            let nodes = &draft.article.flow.nodes;
            for target in nodes.iter().flat_map(|node| node.targets().into_iter().chain(node.includes())) {
                if let RefName::Goto(path) = &target.name {
                    let article = path.split_once('/').map_or(path.as_str(), |(article, _)| article);
                    dependants.entry(article.to_owned()).or_default().insert(id.clone());
                }
            }
        }
        dependants
    }

    /// Returns the nodes that rejected articles lead to. These nodes count as reachable: the author will need them after fixing
    /// the rejected articles.
    fn targets_of_rejected(&self, kb: &KnowledgeBase) -> Vec<NodeId> {
        let branches = self.rejected.iter().flat_map(|article| {
            let targets = article.flow.nodes.iter().flat_map(Node::targets);
            targets.filter_map(|target| self.resolve_target(article, target).ok())
        });
        branches.filter_map(|(id, node)| Some(NodeId { article: kb.article_index(id)?, node })).collect()
    }

    fn unresolved_targets(&self, article: &Article<UnresolvedRef>) -> Vec<Diagnostic> {
        let nodes = &article.flow.nodes;
        let targets = nodes.iter().flat_map(Node::targets);
        let mut diagnostics: Vec<Diagnostic> = targets
            .filter_map(|target| self.resolve_target(article, target).err().map(|diagnostic| *diagnostic))
            .collect();
        for node in nodes.iter().filter(|node| !node.includes().is_empty()) {
            diagnostics
                .extend(self.steps(article, node, &mut IncludeStack::default()).err().map(|diagnostic| *diagnostic));
        }
        diagnostics.dedup();
        diagnostics
    }

    /// Returns help for an unknown article ID. The number of comparisons is limited to [`MAX_ID_COMPARISONS`].
    fn suggest_article(&self, name: &str) -> String {
        if self.id_comparisons.get() >= MAX_ID_COMPARISONS {
            return "check the spelling; `unstuck list` shows all articles".to_owned();
        }
        self.id_comparisons.set(self.id_comparisons.get() + 1);
        did_you_mean(name, self.pending.keys().map(String::as_str))
    }

    /// Resolves a reference to `(article ID, index into Flow::nodes)`.
    ///
    /// # Errors
    /// [`RuleId::MissingTarget`] if the article or node does not exist, or if the article has errors.
    fn resolve_target<'a>(
        &'a self,
        from: &'a Article<UnresolvedRef>,
        target: &UnresolvedRef,
    ) -> Result<(&'a str, usize), Box<Diagnostic>> {
        let diagnostic = |message: String, help: String| {
            Box::new(Diagnostic { code: RuleId::MissingTarget, location: target.location.clone(), message, help })
        };
        let here =
            |name: &str| from.flow.nodes.iter().position(|node| node.name == name).map(|node| (from.id.as_str(), node));
        let (name, article) = match &target.name {
            RefName::Node(name) => {
                return here(name).ok_or_else(|| {
                    let help = if self.pending.contains_key(name) {
                        format!("`{name}` is an article: write `{{goto: {name}}}`")
                    } else {
                        did_you_mean(name, from.flow.nodes.iter().map(|node| node.name.as_str()))
                    };
                    diagnostic(format!("there is no node `{name}`"), help)
                });
            }
            RefName::Goto(path) => match path.split_once('/') {
                Some((article, node)) => (Some(node), article),
                None => (None, path.as_str()),
            },
        };
        let Some(PendingArticle { article, .. }) = self.pending.get(article) else {
            if name.is_none()
                && let Some(found) = here(article)
            {
                return Ok(found);
            }
            return Err(if self.rejected_ids.contains(article) {
                diagnostic(
                    format!("this leads to the article `{article}`, which has errors itself"),
                    format!("fix `{article}` first"),
                )
            } else {
                diagnostic(format!("there is no article `{article}`"), self.suggest_article(article))
            });
        };
        let Some(name) = name else { return Ok((&article.id, 0)) };
        let nodes = &article.flow.nodes;
        nodes.iter().position(|node| node.name == *name).map(|node| (article.id.as_str(), node)).ok_or_else(|| {
            let help = did_you_mean(name, nodes.iter().map(|node| node.name.as_str()));
            diagnostic(format!("there is no node `{name}` in `{}`", article.id), help)
        })
    }

    /// Returns the steps of a solution, with all included steps in their positions. Other nodes have no steps.
    ///
    /// # Errors
    /// [`RuleId::MissingTarget`] if an included solution does not exist, [`RuleId::NonTerminating`] if solutions include each
    /// other, and [`RuleId::TooLarge`] above [`MAX_INCLUDES`].
    fn steps(
        &self,
        article: &Article<UnresolvedRef>,
        node: &Node<UnresolvedRef>,
        inside: &mut IncludeStack,
    ) -> Result<Vec<Step>, Box<Diagnostic>> {
        let NodeKind::Solution(solution) = &node.kind else { return Ok(Vec::new()) };
        let mut own = solution.steps.iter();
        let mut steps = Vec::new();
        let mut copied = 0;
        inside.solutions.push(node.location.clone());
        for (before, target) in &solution.includes {
            steps.extend(own.by_ref().take(before - copied).cloned());
            copied = *before;
            let (id, at) = self.resolve_target(article, target)?;
            // A rejected article isn't in `pending`, but its references are checked too.
            let owner = if id == article.id { Some(article) } else { self.pending.get(id).map(|draft| &draft.article) };
            let shared = owner.and_then(|owner| Some((owner, owner.flow.nodes.get(at)?)));
            let diagnostic = |code, message: String, help: &str| {
                Box::new(Diagnostic { code, location: target.location.clone(), message, help: help.to_owned() })
            };
            inside.include_count += 1;
            if inside.include_count > MAX_INCLUDES {
                let message = format!("this includes the steps of more than {MAX_INCLUDES} solutions");
                return Err(diagnostic(
                    RuleId::TooLarge,
                    message,
                    "write out the steps, or split this solution into several",
                ));
            }
            match shared {
                Some((_, other)) if inside.solutions.contains(&other.location) => {
                    let message = if node.location == other.location {
                        format!("the solution `{}` includes its own steps", node.name)
                    } else {
                        format!("the steps of `{}` and `{}` include each other", node.name, other.name)
                    };
                    return Err(diagnostic(
                        RuleId::NonTerminating,
                        message,
                        "write out the steps instead of including them",
                    ));
                }
                Some((article, other)) if matches!(other.kind, NodeKind::Solution(_)) => {
                    steps.extend(self.steps(article, other, inside)?);
                }
                _ => {
                    let message = "`goto` in a step must name a solution, but this is not one".to_owned();
                    return Err(diagnostic(
                        RuleId::MissingTarget,
                        message,
                        "name a solution: `goto: node` or `goto: article/node`",
                    ));
                }
            }
        }
        inside.solutions.pop();
        steps.extend(own.cloned());
        Ok(steps)
    }

    fn resolve(&self) -> KnowledgeBase {
        // The map is sorted by ID. The sort is stable and moves articles found only by search to the end.
        let mut pending: Vec<(&String, &PendingArticle)> = self.pending.iter().collect();
        let is_last = |draft: &PendingArticle| {
            self.collections.get(draft.article.collection).is_some_and(|collection| collection.only_by_search)
        };
        pending.sort_by_key(|(_, draft)| is_last(draft));
        let index: HashMap<&str, usize> = pending.iter().enumerate().map(|(at, (id, _))| (id.as_str(), at)).collect();
        let articles = pending.iter().map(|(_, draft)| {
            let mut article = draft.article.clone();
            // Invariant: `finish` rejected every article whose steps or references can't be resolved, so the fallbacks in this
            // closure are never used.
            article.flow.change(|flow| {
                for (node, original) in flow.nodes.iter_mut().zip(&draft.article.flow.nodes) {
                    if let NodeKind::Solution(solution) = &mut node.kind {
                        let steps = self.steps(&draft.article, original, &mut IncludeStack::default());
                        solution.steps = steps.unwrap_or_default();
                        solution.includes.clear();
                    }
                }
            });
            article.map_targets(|target| {
                let (article, node) = self.resolve_target(&draft.article, &target).unwrap_or((&draft.article.id, 0));
                NodeId { article: index.get(article).copied().unwrap_or_default(), node }
            })
        });
        KnowledgeBase::new(self.collections.clone(), articles.collect())
    }
}
