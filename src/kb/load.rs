//! Loading of knowledge bases: reads every file, resolves every reference and leaves out articles with errors. Every reference in
//! the result is valid.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use borsh::{BorshDeserialize, BorshSerialize};

use super::article::{Article, Node, NodeId, NodeKind, Step, UnresolvedRef};
use super::diagnostic::{Diagnostic, Location, RuleId, did_you_mean, nearest};
use super::source::{self, COLLECTION_FILE, DecodedCollection, Source, SourceFile};
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

/// Loads several sources into one knowledge base. An article of a later source replaces an article with the same ID from an
/// earlier source.
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
        let by_place = a.location.file.cmp(&b.location.file).then(location(a).cmp(&location(b)));
        by_place.then_with(|| a.message.cmp(&b.message))
    });
    // Each article that uses a shared node reports its problems.
    loaded.diagnostics.dedup();
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

/// Appends shared nodes to an article's flow: those nodes of the collection's flow that the article leads to, directly or through
/// other shared nodes. Returns the indices of the copied nodes in `shared`.
fn copy_shared_nodes(article: &mut Article<UnresolvedRef>, shared: &[Node<UnresolvedRef>]) -> Vec<usize> {
    let mut copied = Vec::new();
    let flow = &mut article.flow;
    let mut at = 0;
    while let Some(node) = flow.nodes.get(at) {
        let targets = node.targets().into_iter().chain(node.includes());
        let names: Vec<String> = targets.map(|target| target.name.clone()).collect();
        for name in names {
            let is_known = flow.nodes.iter().any(|node| node.name == name);
            let found = shared.iter().enumerate().find(|(_, node)| node.name == name);
            if let Some((index, node)) = found.filter(|_| !is_known) {
                copied.push(index);
                flow.nodes.push(node.clone());
            }
        }
        at += 1;
    }
    copied
}

#[derive(Default)]
struct Loader {
    collections: Vec<Collection>,
    /// For each collection, the shared nodes: the nodes of the collection's flow.
    shared: Vec<Vec<Node<UnresolvedRef>>>,
    /// The indices of the shared nodes that at least one article uses, as `(collection, node)`.
    used_shared: HashSet<(usize, usize)>,
    pending: BTreeMap<String, PendingArticle>,
    /// For each ID, the article that was replaced by one from a later source. If several were replaced, the last of them.
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
        let (scenarios, articles): (Vec<&SourceFile>, Vec<&SourceFile>) =
            articles.iter().partition(|file| file.scenarios_of().is_some());
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
        for file in &scenarios {
            if articles.iter().all(|article| Some(article.stem.as_str()) != file.scenarios_of()) {
                let id = file.scenarios_of().unwrap_or_default();
                self.report(
                    RuleId::ScenariosWithoutArticle,
                    Location::whole(&file.path),
                    format!("there is no article `{id}` in this folder"),
                    did_you_mean(id, articles.iter().map(|article| article.stem.as_str())),
                );
            }
        }
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
        let DecodedCollection { collection, shared } = collection;
        let at = self.collections.len();
        for file in articles {
            let (mut article, mut diagnostics) = source::article(file, at, &collection);
            let own_scenarios = scenarios.iter().find(|scenarios| scenarios.scenarios_of() == Some(&file.stem));
            if let (Some(article), Some(file)) = (&mut article, own_scenarios) {
                let (scenarios, problems) = source::scenarios(file, &collection);
                article.scenarios = scenarios;
                diagnostics.extend(problems);
            }
            let sound = !diagnostics.iter().any(Diagnostic::is_error);
            self.diagnostics.extend(diagnostics);
            if let Some(article) = &mut article {
                let used = copy_shared_nodes(article, &shared);
                self.used_shared.extend(used.into_iter().map(|node| (at, node)));
            }
            match article {
                Some(article) if sound => self.add(source_rank, file, article),
                unsound => {
                    self.rejected.extend(unsound);
                    self.rejected_ids.insert(file.stem.clone());
                }
            }
        }
        self.collections.push(collection);
        self.shared.push(shared);
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
        // The same message can be in several collections. A search then shows both articles.
        let mut seen: HashMap<(&str, String), (String, String, usize)> = HashMap::new();
        let mut refused = Vec::new();
        let mut pending: Vec<(&String, &PendingArticle)> = self.pending.iter().collect();
        pending.sort_by_key(|(_, draft)| draft.source_rank);
        for (id, draft) in pending {
            let collection = self.collections.get(draft.article.collection).map_or("", |collection| &collection.id);
            let message = (collection, draft.article.message.one_line().to_lowercase());
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
        let dependents = self.dependents();
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
                queue.extend(dependents.get(&id).into_iter().flatten().cloned());
                if self.replaced.contains_key(&id) {
                    // Rejecting this article restores the one that it replaced. This can change articles that include its
                    // steps.
                    queue.extend(self.pending.keys().cloned());
                }
                self.reject(id);
            }
        }
        let kb = self.resolve();
        let mut failed = graph::non_terminating(&kb);
        failed.extend(preconditions::validate(&kb));
        if failed.is_empty() {
            let unreachable = graph::unreachable(&kb, &self.targets_of_rejected(&kb));
            self.diagnostics.extend(unreachable);
            self.report_unused_shared_nodes();
            let kb = self.with_situations(kb);
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

    /// Maps each article ID to the IDs of the articles that lead to this article. Some keys are names of nodes, because a target
    /// without `/` can be a node of the same article.
    fn dependents(&self) -> HashMap<String, BTreeSet<String>> {
        let mut dependents: HashMap<String, BTreeSet<String>> = HashMap::new();
        for (id, draft) in self.pending.iter().chain(&self.replaced) {
            let nodes = &draft.article.flow.nodes;
            for target in nodes.iter().flat_map(|node| node.targets().into_iter().chain(node.includes())) {
                let article = target.name.split_once('/').map_or(target.name.as_str(), |(article, _)| article);
                dependents.entry(article.to_owned()).or_default().insert(id.clone());
            }
        }
        dependents
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

    /// Returns help for a target that is neither a node nor an article.
    fn suggest_target(&self, from: &Article<UnresolvedRef>, name: &str) -> String {
        let shared = self.shared.get(from.collection).map(Vec::as_slice).unwrap_or_default();
        let own = from.flow.nodes.iter().filter(|node| !node.is_shared);
        let nodes = own.chain(shared).map(|node| node.name.as_str());
        let near = nearest(name, nodes.clone()).map(|near| format!("did you mean `{near}`?"));
        if near.is_none() && self.id_comparisons.get() < MAX_ID_COMPARISONS {
            self.id_comparisons.set(self.id_comparisons.get() + 1);
            if let Some(near) = nearest(name, self.pending.keys().map(String::as_str)) {
                return format!("did you mean the article `{near}`?");
            }
        }
        near.unwrap_or_else(|| did_you_mean(name, nodes))
    }

    /// Reports the shared nodes that no article leads to.
    fn report_unused_shared_nodes(&mut self) {
        for (collection, nodes) in self.shared.iter().enumerate() {
            let is_unused = |(at, _): &(usize, _)| !self.used_shared.contains(&(collection, *at));
            for (_, node) in nodes.iter().enumerate().filter(is_unused) {
                self.diagnostics.push(graph::unreachable_node(node));
            }
        }
    }

    /// Removes the situations whose article does not exist, and reports them.
    fn with_situations(&mut self, mut kb: KnowledgeBase) -> KnowledgeBase {
        let mut missing = Vec::new();
        for situation in kb.collections.iter().flat_map(|collection| &collection.situations) {
            if kb.article_index(&situation.goto).is_none() {
                missing.push((situation.goto.clone(), situation.location.clone()));
            }
        }
        for (id, location) in &missing {
            let (message, help) = if self.rejected_ids.contains(id) {
                (format!("this leads to the article `{id}`, which has errors itself"), format!("fix `{id}` first"))
            } else {
                (format!("there is no article `{id}`"), self.suggest_article(id))
            };
            self.report(RuleId::MissingTarget, location.clone(), message, help);
        }
        for collection in &mut kb.collections {
            collection.situations.retain(|situation| !missing.iter().any(|(id, _)| *id == situation.goto));
        }
        kb
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
        let (name, article) = match target.name.split_once('/') {
            Some((article, node)) => (Some(node), article),
            None => (None, target.name.as_str()),
        };
        if name.is_none()
            && let Some(found) = here(article)
        {
            return Ok(found);
        }
        let Some(PendingArticle { article, .. }) = self.pending.get(article) else {
            return Err(if self.rejected_ids.contains(article) {
                diagnostic(
                    format!("this leads to the article `{article}`, which has errors itself"),
                    format!("fix `{article}` first"),
                )
            } else if name.is_none() {
                diagnostic(format!("there is no node or article `{article}`"), self.suggest_target(from, article))
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

    /// Returns the steps of a solution, including the steps of included solutions. Other nodes have no steps.
    ///
    /// # Errors
    /// [`RuleId::MissingTarget`] if a target does not exist, is not a solution, or has steps that use facts of another
    /// collection, [`RuleId::NonTerminating`] if solutions include each
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
                Some((owner, other)) if matches!(other.kind, NodeKind::Solution(_)) => {
                    let included = self.steps(owner, other, inside)?;
                    let uses_facts = |step: &Step| !step.requires.is_empty() || !step.conditions.is_empty();
                    if owner.collection != article.collection && included.iter().any(uses_facts) {
                        let message = format!("the steps of `{}` use facts of another collection", other.name);
                        return Err(diagnostic(
                            RuleId::MissingTarget,
                            message,
                            "write out the steps, or include steps of the same collection",
                        ));
                    }
                    steps.extend(included);
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
        // The map is sorted by ID, and the sort is stable. So the articles of a collection stay sorted by ID.
        let mut pending: Vec<(&String, &PendingArticle)> = self.pending.iter().collect();
        pending.sort_by_key(|(_, draft)| draft.article.collection);
        let index: HashMap<&str, usize> = pending.iter().enumerate().map(|(at, (id, _))| (id.as_str(), at)).collect();
        let articles = pending.iter().map(|(_, draft)| {
            let mut article = draft.article.clone();
            // Invariant: `finish` rejected every article whose steps or references can't be resolved, so the fallbacks in this
            // closure are never used.
            for (node, original) in article.flow.nodes.iter_mut().zip(&draft.article.flow.nodes) {
                if let NodeKind::Solution(solution) = &mut node.kind {
                    let steps = self.steps(&draft.article, original, &mut IncludeStack::default());
                    solution.steps = steps.unwrap_or_default();
                    solution.includes.clear();
                }
            }
            article.map_targets(|target| {
                let (article, node) = self.resolve_target(&draft.article, &target).unwrap_or((&draft.article.id, 0));
                NodeId { article: index.get(article).copied().unwrap_or_default(), node }
            })
        });
        KnowledgeBase::new(self.collections.clone(), articles.collect())
    }
}
