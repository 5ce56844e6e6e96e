//! From files to a knowledge base: read every file, resolve every way, keep the articles that are sound.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use borsh::{BorshDeserialize, BorshSerialize};

use super::article::{Article, Node, NodeKind, NodeRef, Step, Target, TargetName};
use super::finding::{Code, Finding, Place, did_you_mean};
use super::source::{self, COLLECTION_FILE, Source, SourceFile};
use super::{Collection, KnowledgeBase, graph, guard};

/// A knowledge base and what is wrong with its files.
#[derive(Debug, Clone, Default, BorshSerialize, BorshDeserialize)]
pub struct Loaded {
    /// The articles that are sound.
    pub kb: KnowledgeBase,
    /// Every finding that loading made, in the order of their places. Articles with an error among them are not in `kb`.
    pub findings: Vec<Finding>,
}

/// Solutions whose steps are being put together.
#[derive(Default)]
struct Inside {
    /// Each within the one before.
    solutions: Vec<Place>,
    /// How many have been taken in so far.
    taken_in: usize,
}

/// An article that has been read, before its ways are resolved.
struct Draft {
    article: Article<Target>,
    /// Which source it comes from; a later one wins.
    layer: usize,
}

/// Solutions whose steps one solution may take in, those that they take in themselves included.
const MOST_SHARED: usize = 50;

/// Names of articles that are compared with all that there are.
const MOST_COMPARED: usize = 100;

/// Loads knowledge bases, one beside the other. An article of a later source takes the place of one with the same id.
#[must_use]
pub fn load(sources: &[Source]) -> Loaded {
    let mut loading = Loading::default();
    for (layer, source) in sources.iter().enumerate() {
        loading.source(layer, source);
    }
    loading.refuse_duplicate_messages();
    let dangling: Vec<Finding> = loading.unsound.iter().flat_map(|article| loading.dangling(article)).collect();
    loading.findings.extend(dangling);
    let mut loaded = loading.finish();
    loaded.kb = loaded.kb.with_version(version(sources));
    loaded.findings.sort_by(|a, b| {
        let place = |finding: &Finding| (finding.place.line, finding.place.column);
        a.place.file.cmp(&b.place.file).then(place(a).cmp(&place(b)))
    });
    loaded
}

/// A short name for what some files hold: the same on every machine, and another one as soon as one of them changes.
fn version(sources: &[Source]) -> String {
    const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0100_0000_01b3;
    // FNV-1a: it must stay the same for ever, and need not resist anybody.
    let mix =
        |hash: u64, bytes: &[u8]| bytes.iter().fold(hash, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(PRIME));
    let files = sources.iter().flat_map(|source| &source.files);
    let hash = files.fold(OFFSET, |hash, file| {
        let hash = mix(mix(hash, file.collection.as_bytes()), b"/");
        let hash = mix(mix(hash, file.stem.as_bytes()), b"\n");
        mix(hash, file.content.as_deref().unwrap_or_default())
    });
    format!("{hash:016x}")
}

#[derive(Default)]
struct Loading {
    collections: Vec<Collection>,
    drafts: BTreeMap<String, Draft>,
    /// Of each article of an earlier source that one of a later source has taken the place of, the last.
    replaced: HashMap<String, Draft>,
    /// Articles that have been read but cannot be served.
    unsound: Vec<Article<Target>>,
    /// The ids of all articles that cannot be served.
    broken: HashSet<String>,
    /// How many names of articles have been compared with all that there are.
    compared: Cell<usize>,
    findings: Vec<Finding>,
}

impl Loading {
    fn source(&mut self, layer: usize, source: &Source) {
        self.findings.extend(source.findings.iter().cloned());
        let mut folders: BTreeMap<&str, Vec<&SourceFile>> = BTreeMap::new();
        for file in &source.files {
            folders.entry(&file.collection).or_default().push(file);
        }
        if folders.is_empty() && source.findings.is_empty() {
            self.report(
                Code::Empty,
                Place::whole(&source.name),
                "this folder holds no collection".to_owned(),
                format!(
                    "a knowledge base is a folder of folders, each with a {COLLECTION_FILE} and a file per article"
                ),
            );
        }
        for (folder, mut files) in folders {
            files.sort_by(|a, b| a.path.cmp(&b.path));
            self.folder(layer, folder, &files);
        }
    }

    fn folder(&mut self, layer: usize, folder: &str, files: &[&SourceFile]) {
        let (described, articles): (Vec<&SourceFile>, Vec<&SourceFile>) =
            files.iter().partition(|file| file.is_collection());
        let prefix = files.first().and_then(|file| file.path.rsplit_once('/')).map_or(folder, |(path, _)| path);
        let Some(file) = described.first() else {
            self.report(
                Code::NoCollection,
                Place::whole(prefix),
                format!("the folder has articles, but no {COLLECTION_FILE}"),
                format!("add a {COLLECTION_FILE} with at least `title: ...`"),
            );
            self.broken.extend(articles.iter().map(|article| article.stem.clone()));
            return;
        };
        let (collection, findings) = source::collection(file);
        self.findings.extend(findings);
        if articles.is_empty() {
            self.report(
                Code::Empty,
                Place::whole(&file.path),
                "this collection has no articles".to_owned(),
                "add a file per article beside it, for example `ip-not-allowed.yaml`".to_owned(),
            );
        }
        let Some(collection) = collection else {
            self.broken.extend(articles.iter().map(|article| article.stem.clone()));
            return;
        };
        let at = self.collections.len();
        for file in articles {
            let (article, findings) = source::article(file, at, &collection);
            let sound = !findings.iter().any(Finding::is_error);
            self.findings.extend(findings);
            match article {
                Some(article) if sound => self.add(layer, file, article),
                unsound => {
                    self.unsound.extend(unsound);
                    self.broken.insert(file.stem.clone());
                }
            }
        }
        self.collections.push(collection);
    }

    fn add(&mut self, layer: usize, file: &SourceFile, article: Article<Target>) {
        if let Some(earlier) = self.drafts.get(&file.stem) {
            let place = earlier.article.place.file.clone();
            if earlier.layer == layer {
                self.report(
                    Code::DuplicateId,
                    Place::whole(&file.path),
                    format!("there is another article with the id `{}`: {place}", file.stem),
                    "rename one of the two files; the file's name is the article's id".to_owned(),
                );
                return;
            }
            self.report(
                Code::Replaced,
                Place::clone(&article.place),
                format!("this article takes the place of `{}` from {place}", file.stem),
                "rename the file if both are meant to be there".to_owned(),
            );
        }
        if let Some(earlier) = self.drafts.insert(file.stem.clone(), Draft { article, layer }) {
            self.replaced.insert(file.stem.clone(), earlier);
        }
    }

    fn report(&mut self, code: Code, place: Place, message: String, help: String) {
        self.findings.push(Finding { code, place, message, help });
    }

    fn refuse_duplicate_messages(&mut self) {
        let mut seen: HashMap<String, (String, String, usize)> = HashMap::new();
        let mut refused = Vec::new();
        let mut drafts: Vec<(&String, &Draft)> = self.drafts.iter().collect();
        drafts.sort_by_key(|(_, draft)| draft.layer);
        for (id, draft) in drafts {
            let message = draft.article.message.one_line().to_lowercase();
            let place: &Place = &draft.article.place;
            match seen.get(&message) {
                Some((other, file, line)) => {
                    refused.push((id.clone(), place.clone(), other.clone(), file.clone(), *line));
                }
                None => {
                    seen.insert(message, (id.clone(), place.file.clone(), place.line));
                }
            }
        }
        for (id, place, other, file, line) in refused {
            self.report(
                Code::DuplicateMessage,
                place,
                format!("`{other}` has the same message ({file}:{line})"),
                "one error is one article: make one of the two, with a question where their ways part".to_owned(),
            );
            self.refuse(id);
        }
    }

    /// Leaves an article out that was read. One of the same id whose place it took is back.
    fn refuse(&mut self, id: String) {
        let Some(refused) = self.drafts.remove(&id) else { return };
        self.unsound.push(refused.article);
        match self.replaced.remove(&id) {
            Some(earlier) => {
                self.drafts.insert(id, earlier);
            }
            None => {
                self.broken.insert(id);
            }
        }
    }

    /// Resolves every way. An article with a way that leads nowhere is not served, and so are, in turn, those that lead into it.
    fn finish(mut self) -> Loaded {
        let leading_to = self.leading_to();
        let mut to_look_at: BTreeSet<String> = self.drafts.keys().cloned().collect();
        while !to_look_at.is_empty() {
            let drafts = to_look_at.iter().filter_map(|id| Some((id, self.drafts.get(id)?)));
            let faults: Vec<(String, Vec<Finding>)> = drafts
                .map(|(id, draft)| (id.clone(), self.dangling(&draft.article)))
                .filter(|(_, findings)| !findings.is_empty())
                .collect();
            to_look_at.clear();
            for (id, findings) in faults {
                self.findings.extend(findings);
                to_look_at.extend(leading_to.get(&id).into_iter().flatten().cloned());
                if self.replaced.contains_key(&id) {
                    // The one whose place it took is back, and what others take in from there may be something else.
                    to_look_at.extend(self.drafts.keys().cloned());
                }
                self.refuse(id);
            }
        }
        let kb = self.resolve();
        let mut faults = graph::faults(&kb, &self.led_to_by_unsound(&kb));
        faults.extend(guard::faults(&kb, &self.broken));
        if faults.is_empty() {
            return Loaded { kb, findings: self.findings };
        }
        let (ids, findings): (BTreeSet<String>, Vec<Finding>) = faults.into_iter().unzip();
        self.findings.extend(findings);
        // Each once: a second time would be that of the article which is back.
        for id in ids {
            self.refuse(id);
        }
        self.finish()
    }

    /// Which articles lead to an article or take in steps of it, by the names that they give it.
    fn leading_to(&self) -> HashMap<String, BTreeSet<String>> {
        let mut leading_to: HashMap<String, BTreeSet<String>> = HashMap::new();
        for (id, draft) in self.drafts.iter().chain(&self.replaced) {
            let nodes = &draft.article.flow.nodes;
            for target in nodes.iter().flat_map(|node| node.targets().into_iter().chain(node.shared())) {
                if let TargetName::Goto(path) = &target.name {
                    let article = path.split_once('/').map_or(path.as_str(), |(article, _)| article);
                    leading_to.entry(article.to_owned()).or_default().insert(id.clone());
                }
            }
        }
        leading_to
    }

    /// The nodes that articles lead to which are not served: whoever mends these needs them.
    fn led_to_by_unsound(&self, kb: &KnowledgeBase) -> Vec<NodeRef> {
        let ways = self.unsound.iter().flat_map(|article| {
            let targets = article.flow.nodes.iter().flat_map(Node::targets);
            targets.filter_map(|target| self.position(article, target).ok())
        });
        ways.filter_map(|(id, node)| Some(NodeRef { article: kb.position(id)?, node })).collect()
    }

    fn dangling(&self, article: &Article<Target>) -> Vec<Finding> {
        let nodes = &article.flow.nodes;
        let targets = nodes.iter().flat_map(Node::targets);
        let mut findings: Vec<Finding> =
            targets.filter_map(|target| self.position(article, target).err().map(|finding| *finding)).collect();
        for node in nodes.iter().filter(|node| !node.shared().is_empty()) {
            findings.extend(self.steps(article, node, &mut Inside::default()).err().map(|finding| *finding));
        }
        findings.dedup();
        findings
    }

    /// What somebody may have meant who names an article that is not there. Each is compared with all that are, so that of very many
    /// only the first are.
    fn article_like(&self, name: &str) -> String {
        if self.compared.get() >= MOST_COMPARED {
            return "look at how it is spelt; `unstuck list` names all articles".to_owned();
        }
        self.compared.set(self.compared.get() + 1);
        did_you_mean(name, self.drafts.keys().map(String::as_str))
    }

    /// The article and node that a target names.
    fn position<'a>(&'a self, from: &'a Article<Target>, target: &Target) -> Result<(&'a str, usize), Box<Finding>> {
        let fault = |message: String, help: String| {
            Box::new(Finding { code: Code::MissingTarget, place: target.place.clone(), message, help })
        };
        let here =
            |name: &str| from.flow.nodes.iter().position(|node| node.name == name).map(|node| (from.id.as_str(), node));
        let (name, article) = match &target.name {
            TargetName::Node(name) => {
                return here(name).ok_or_else(|| {
                    let help = if self.drafts.contains_key(name) {
                        format!("`{name}` is an article: write `{{goto: {name}}}`")
                    } else {
                        did_you_mean(name, from.flow.nodes.iter().map(|node| node.name.as_str()))
                    };
                    fault(format!("there is no node `{name}`"), help)
                });
            }
            TargetName::Goto(path) => match path.split_once('/') {
                Some((article, node)) => (Some(node), article),
                None => (None, path.as_str()),
            },
        };
        let Some(Draft { article, .. }) = self.drafts.get(article) else {
            if name.is_none()
                && let Some(found) = here(article)
            {
                return Ok(found);
            }
            return Err(if self.broken.contains(article) {
                fault(
                    format!("this leads to the article `{article}`, which cannot be served itself"),
                    format!("mend `{article}` first"),
                )
            } else {
                fault(format!("there is no article `{article}`"), self.article_like(article))
            });
        };
        let Some(name) = name else { return Ok((&article.id, 0)) };
        let nodes = &article.flow.nodes;
        nodes.iter().position(|node| node.name == *name).map(|node| (article.id.as_str(), node)).ok_or_else(|| {
            let help = did_you_mean(name, nodes.iter().map(|node| node.name.as_str()));
            fault(format!("there is no node `{name}` in `{}`", article.id), help)
        })
    }

    /// The steps of a solution, with those that it shares put in.
    fn steps(
        &self,
        article: &Article<Target>,
        node: &Node<Target>,
        inside: &mut Inside,
    ) -> Result<Vec<Step>, Box<Finding>> {
        let NodeKind::Solution(solution) = &node.kind else { return Ok(Vec::new()) };
        let mut own = solution.steps.iter();
        let mut steps = Vec::new();
        let mut taken = 0;
        inside.solutions.push(node.place.clone());
        for (before, target) in &solution.shared {
            steps.extend(own.by_ref().take(before - taken).cloned());
            taken = *before;
            let (id, at) = self.position(article, target)?;
            // The article itself may be one that is not served, whose ways are checked all the same.
            let owner = if id == article.id { Some(article) } else { self.drafts.get(id).map(|draft| &draft.article) };
            let shared = owner.and_then(|owner| Some((owner, owner.flow.nodes.get(at)?)));
            let fault = |code, message: String, help: &str| {
                Box::new(Finding { code, place: target.place.clone(), message, help: help.to_owned() })
            };
            inside.taken_in += 1;
            if inside.taken_in > MOST_SHARED {
                let message =
                    format!("the steps of more than {MOST_SHARED} solutions are taken in here, one by the other");
                return Err(fault(
                    Code::TooLarge,
                    message,
                    "write the steps out, or make several solutions of this one",
                ));
            }
            match shared {
                Some((_, other)) if inside.solutions.contains(&other.place) => {
                    let message = format!("the steps of `{}` and of `{}` take each other in", node.name, other.name);
                    return Err(fault(Code::Endless, message, "write the steps out in one of the two"));
                }
                Some((article, other)) if matches!(other.kind, NodeKind::Solution(_)) => {
                    steps.extend(self.steps(article, other, inside)?);
                }
                _ => {
                    let message = "the steps of a solution can be taken in here, but this is not a solution".to_owned();
                    return Err(fault(
                        Code::MissingTarget,
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
        // By their ids; what only a search finds comes last in every list.
        let mut drafts: Vec<(&String, &Draft)> = self.drafts.iter().collect();
        let is_last = |draft: &Draft| {
            self.collections.get(draft.article.collection).is_some_and(|collection| collection.only_by_search)
        };
        drafts.sort_by_key(|(_, draft)| is_last(draft));
        let index: HashMap<&str, usize> = drafts.iter().enumerate().map(|(at, (id, _))| (id.as_str(), at)).collect();
        let articles = drafts.iter().map(|(_, draft)| {
            let mut article = draft.article.clone();
            article.flow.change(|flow| {
                for (node, original) in flow.nodes.iter_mut().zip(&draft.article.flow.nodes) {
                    if let NodeKind::Solution(solution) = &mut node.kind {
                        let steps = self.steps(&draft.article, original, &mut Inside::default());
                        solution.steps = steps.unwrap_or_default();
                        solution.shared.clear();
                    }
                }
            });
            article.map_targets(|target| {
                let (article, node) = self.position(&draft.article, &target).unwrap_or((&draft.article.id, 0));
                NodeRef { article: index.get(article).copied().unwrap_or_default(), node }
            })
        });
        KnowledgeBase::new(self.collections.clone(), articles.collect())
    }
}
