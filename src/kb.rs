//! The knowledge base: collections of articles, each with its message and the flow that leads to its fix.
//!
//! Everything here is data that has been checked: every way of a flow leads to a node that exists, from each node an end can be
//! reached, and no text holds a character that could act on a terminal. Files become a [`KnowledgeBase`] in [`load`]; what is
//! wrong with them becomes [`Finding`]s.

use std::collections::HashMap;
use std::io;

use borsh::{BorshDeserialize, BorshSerialize};
use serde::Serialize;

use crate::text::Clean;

mod article;
mod check;
mod deferred;
mod diagnosis;
mod edit;
mod finding;
mod graph;
mod guard;
mod load;
mod read;
mod silence;
mod source;
mod yaml;

pub use article::{
    Actor, After, Article, Bring, Escalation, ExpectedStep, Filled, Flow, Node, NodeKind, NodeRef, Question, Scenario,
    Solution, Step, Target, TargetName, Ways,
};
pub use check::check;
pub use deferred::Deferred;
use deferred::Part;
pub use edit::with_entry;
pub use finding::{Code, Finding, Place, Severity};
pub use load::{Loaded, load};
pub(crate) use read::is_link;
pub use silence::{Silence, audible, settled};
pub(crate) use source::is_contact;
pub use source::{COLLECTION_FILE, MAX_BYTES, Source, SourceFile, is_plain_name};

/// A folder of articles that belong together.
#[derive(Debug, Clone, BorshSerialize, BorshDeserialize)]
pub struct Collection {
    /// The name of its folder.
    pub id: String,
    /// What it is about.
    pub title: Clean,
    /// The product that its errors come from.
    pub product: Option<Clean>,
    /// Where the vendor lists more errors.
    pub more: Option<Clean>,
    /// What a case of this collection is about, and nobody but the people in it know: an address, an account.
    pub blanks: Vec<Clean>,
    /// Names for addresses that escalations use.
    pub contacts: Vec<(String, Clean)>,
    /// The vendor's words, and the words that people use for them; used by search only. Those for the title mean every article.
    pub synonyms: Deferred<Vec<(Clean, Vec<Clean>)>>,
    /// The yes/no questions that tell its articles apart.
    pub clues: Deferred<Vec<Clue>>,
    /// Whether its articles are candidates only for who has typed something.
    pub only_by_search: bool,
    /// Warnings that are not to be said of `collection.yaml`.
    pub silences: Vec<Silence>,
}

impl Collection {
    /// The parts that may stay bytes.
    fn parts(&mut self) -> [&mut dyn Part; 2] {
        [&mut self.synonyms, &mut self.clues]
    }

    /// What people say for the collection's title. It speaks for all of its articles, and for none of them by itself.
    pub(crate) fn said_for_title(&self) -> Option<&Vec<Clean>> {
        self.synonyms.iter().find(|(vendor, _)| *vendor == self.title).map(|(_, others)| others)
    }
}

/// A yes/no question that tells articles apart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, BorshSerialize, BorshDeserialize)]
pub struct Clue {
    /// Its name in the collection.
    #[serde(rename = "clue")]
    pub id: String,
    /// The question.
    pub question: Clean,
    /// How to find the answer out.
    pub hint: Option<Clean>,
}

/// Collections and their articles, ready to be searched and walked.
#[derive(Debug, Clone, Default, BorshSerialize, BorshDeserialize)]
#[borsh(init = list_ids)]
pub struct KnowledgeBase {
    /// Every collection.
    pub collections: Vec<Collection>,
    /// Every article, sorted by id; those that are found by search only come last.
    pub articles: Vec<Article>,
    #[borsh(skip)]
    by_id: HashMap<String, usize>,
    version: String,
}

impl KnowledgeBase {
    pub(crate) fn new(collections: Vec<Collection>, articles: Vec<Article>) -> Self {
        let mut kb = Self { collections, articles, ..Self::default() };
        kb.list_ids();
        kb
    }

    /// Notes where each id stands.
    fn list_ids(&mut self) {
        self.by_id = self.articles.iter().enumerate().map(|(at, article)| (article.id.clone(), at)).collect();
    }

    /// The bytes of what most runs do not ask for, so that the rest can be written down without them.
    ///
    /// # Errors
    /// When they are too many.
    pub fn set_aside(&mut self) -> io::Result<Vec<u8>> {
        let mut aside = Vec::new();
        for part in self.parts() {
            part.set_aside(&mut aside)?;
        }
        Ok(aside)
    }

    /// Takes what was set aside from those bytes, when it is asked for.
    #[must_use]
    pub fn with(mut self, aside: &'static [u8]) -> Self {
        for part in self.parts() {
            part.find(aside);
        }
        self
    }

    fn parts(&mut self) -> impl Iterator<Item = &mut dyn Part> {
        let of_collections = self.collections.iter_mut().flat_map(Collection::parts);
        of_collections.chain(self.articles.iter_mut().flat_map(Article::parts))
    }

    /// A short name for this version: the same files have the same one.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    pub(crate) fn with_version(mut self, version: String) -> Self {
        self.version = version;
        self
    }

    /// The index of the article with that id.
    #[must_use]
    pub fn position(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// The id that a misspelt one most likely means.
    #[must_use]
    pub fn nearest_id(&self, id: &str) -> Option<&str> {
        finding::nearest(id, self.articles.iter().map(|article| article.id.as_str()))
    }

    /// The clues of that name, each with its collection, as indices: more than one collection may have such a clue.
    #[must_use]
    pub fn clues(&self, id: &str) -> Vec<(usize, usize)> {
        let collections = self.collections.iter().enumerate();
        let of = |(at, collection): (usize, &Collection)| {
            Some((at, collection.clues.iter().position(|clue| clue.id == id)?))
        };
        collections.filter_map(of).collect()
    }

    /// The clue that a misspelt name most likely means.
    #[must_use]
    pub fn nearest_clue(&self, id: &str) -> Option<&str> {
        finding::nearest(
            id,
            self.collections.iter().flat_map(|collection| &collection.clues).map(|clue| clue.id.as_str()),
        )
    }

    /// The article at an index, with the collection that it belongs to.
    #[must_use]
    pub fn entry(&self, article: usize) -> Option<(&Article, &Collection)> {
        let article = self.articles.get(article)?;
        Some((article, self.collections.get(article.collection)?))
    }

    /// Where the vendors list more errors, each place once.
    #[must_use]
    pub fn more(&self) -> Vec<&Clean> {
        let mut places: Vec<&Clean> = Vec::new();
        for more in self.collections.iter().filter_map(|collection| collection.more.as_ref()) {
            if !places.contains(&more) {
                places.push(more);
            }
        }
        places
    }

    /// A node of a flow.
    #[must_use]
    pub fn node(&self, at: NodeRef) -> Option<&Node> {
        self.articles.get(at.article)?.flow.nodes.get(at.node)
    }

    /// The node that is written `node` or `article/node`, as seen from an article.
    #[must_use]
    pub fn named(&self, written: &str, seen_from: usize) -> Option<NodeRef> {
        let (article, name) = match written.split_once('/') {
            Some((article, name)) => (self.position(article)?, name),
            None => (seen_from, written),
        };
        let node = self.articles.get(article)?.flow.nodes.iter().position(|node| node.name == name)?;
        Some(NodeRef { article, node })
    }

    /// The article of the same id in another version, as an index.
    #[must_use]
    pub fn same_article(&self, article: usize, other: &Self) -> Option<usize> {
        other.position(&self.articles.get(article)?.id)
    }

    /// The node of the same name in another version.
    #[must_use]
    pub fn same_node(&self, at: NodeRef, other: &Self) -> Option<NodeRef> {
        other.named(&self.node(at)?.name, self.same_article(at.article, other)?)
    }

    /// The clue of the same name, in the collection of the same name, in another version; all as indices.
    #[must_use]
    pub fn same_clue(&self, (collection, clue): (usize, usize), other: &Self) -> Option<(usize, usize)> {
        let own = self.collections.get(collection)?;
        other.clue_of(&own.id, &own.clues.get(clue)?.id)
    }

    /// The clue of that name in a collection of that name, as indices. A knowledge base beside another one may have a collection of
    /// the same name.
    #[must_use]
    pub fn clue_of(&self, collection: &str, clue: &str) -> Option<(usize, usize)> {
        let mut named = self.collections.iter().enumerate().filter(|(_, of)| of.id == collection);
        named.find_map(|(at, of)| Some((at, of.clues.iter().position(|known| known.id == clue)?)))
    }

    /// The clue that asks the same as the question of a node, with its collection; both as indices.
    #[must_use]
    pub fn clue_of_question(&self, at: NodeRef) -> Option<(usize, usize)> {
        let NodeKind::Question(question) = &self.node(at)?.kind else { return None };
        Some((self.articles.get(at.article)?.collection, question.clue?))
    }

    /// Every node of every flow.
    pub fn nodes(&self) -> impl Iterator<Item = NodeRef> {
        let articles = self.articles.iter().enumerate();
        articles.flat_map(|(article, content)| (0..content.flow.nodes.len()).map(move |node| NodeRef { article, node }))
    }

    /// The node's name as seen from an article: with the article in front where it belongs to another one.
    #[must_use]
    pub fn node_name(&self, at: NodeRef, seen_from: usize) -> String {
        match (self.articles.get(at.article), self.node(at)) {
            (Some(_), Some(node)) if at.article == seen_from => node.name.clone(),
            (Some(article), Some(node)) => format!("{}/{}", article.id, node.name),
            _ => String::new(),
        }
    }
}
