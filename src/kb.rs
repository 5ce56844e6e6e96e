//! The knowledge base: collections of articles, each with an error message and the flow that leads to its solution.
//!
//! All data in a [`KnowledgeBase`] is validated. Every branch leads to an existing node, every node has a path to a solution or
//! an escalation, and no text contains a character that could control a terminal. [`load`] builds a [`KnowledgeBase`] from files
//! and reports problems in them as [`Diagnostic`]s.

use std::collections::HashMap;
use std::io;

use borsh::{BorshDeserialize, BorshSerialize};

use crate::text::{SanitizedText, VoicedText};

mod article;
mod check;
mod deferred;
mod diagnostic;
mod edit;
mod graph;
mod load;
mod preconditions;
mod read;
mod source;
mod suppression;
mod syntax_hints;
mod yaml;

pub use article::{
    Article, Branches, Escalation, ExpectedStep, Flow, InfoSource, Node, NodeId, NodeKind, Precondition, Question,
    RefName, RequiredInfo, Role, Scenario, Solution, Step, UnresolvedRef,
};
pub use check::check;
pub use deferred::Deferred;
use deferred::Part;
pub use diagnostic::{Diagnostic, Location, RuleId, Severity};
pub use edit::insert_mapping_entry;
pub use load::{Loaded, load};
pub(crate) use read::is_link;
pub(crate) use source::is_contact;
pub use source::{COLLECTION_FILE, MAX_BYTES, Source, SourceFile, is_plain_name};
pub use suppression::{Suppression, apply_suppressions, unsuppressed};

/// A folder of articles about one product or subject.
#[derive(Debug, Clone, BorshSerialize, BorshDeserialize)]
pub struct Collection {
    /// The name of the collection's folder.
    pub id: String,
    /// A few words about the collection, such as `Access denied`.
    pub title: SanitizedText,
    /// The product that shows the errors.
    pub product: Option<SanitizedText>,
    /// A link to the vendor's list of errors.
    pub more: Option<SanitizedText>,
    /// Labels of details that only the people in a case know, such as an address or an account. They fill these in for messages
    /// to send.
    pub blanks: Vec<SanitizedText>,
    /// Names for addresses, as `(name, address)`. Articles use the names in `contact`.
    pub contacts: Vec<(String, SanitizedText)>,
    /// The vendor's terms, as `(term, words that people use instead)`. Used only by search. Synonyms of the title apply to every
    /// article.
    pub synonyms: Deferred<Vec<(SanitizedText, Vec<SanitizedText>)>>,
    /// The yes/no questions that distinguish the articles.
    pub clues: Deferred<Vec<Clue>>,
    /// Whether the articles are candidates only for a typed search, never in the guided questions.
    pub only_by_search: bool,
    /// The warnings that `collection.yaml` suppresses.
    pub suppressions: Vec<Suppression>,
}

impl Collection {
    /// Returns the deferred fields.
    fn parts(&mut self) -> [&mut dyn Part; 2] {
        [&mut self.synonyms, &mut self.clues]
    }

    /// Returns the synonyms of the collection's title, if it has any. They match every article, so they don't distinguish
    /// articles.
    pub(crate) fn title_synonyms(&self) -> Option<&Vec<SanitizedText>> {
        self.synonyms.iter().find(|(vendor, _)| *vendor == self.title).map(|(_, others)| others)
    }
}

/// A yes/no question that distinguishes the articles of a collection.
#[derive(Debug, Clone, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Clue {
    /// The clue's name, unique in its collection.
    pub id: String,
    /// The question.
    pub question: VoicedText,
    /// Advice on how to find the answer.
    pub hint: Option<VoicedText>,
}

/// Collections and their articles, ready for search and flows.
#[derive(Debug, Clone, Default, BorshSerialize, BorshDeserialize)]
#[borsh(init = index_ids)]
pub struct KnowledgeBase {
    /// All collections.
    pub collections: Vec<Collection>,
    /// All articles, sorted by ID. Articles of collections with [`Collection::only_by_search`] come last.
    pub articles: Vec<Article>,
    #[borsh(skip)]
    by_id: HashMap<String, usize>,
    version: String,
}

impl KnowledgeBase {
    pub(crate) fn new(collections: Vec<Collection>, articles: Vec<Article>) -> Self {
        let mut kb = Self { collections, articles, ..Self::default() };
        kb.index_ids();
        kb
    }

    /// Rebuilds the map from article ID to index. borsh calls this after deserialization.
    fn index_ids(&mut self) {
        self.by_id = self.articles.iter().enumerate().map(|(at, article)| (article.id.clone(), at)).collect();
    }

    /// Serializes the values of all deferred fields into a separate buffer and returns it. After that, the knowledge base itself
    /// serializes only their byte ranges in this buffer.
    ///
    /// # Errors
    /// Fails if the buffer becomes larger than [`u32::MAX`] bytes.
    pub fn set_aside(&mut self) -> io::Result<Vec<u8>> {
        let mut aside = Vec::new();
        for part in self.parts() {
            part.set_aside(&mut aside)?;
        }
        Ok(aside)
    }

    /// Attaches the buffer that [`set_aside`](Self::set_aside) returned. Each deferred field is decoded from it on first use.
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

    /// The version of the knowledge base: a hash of its files as 16 hexadecimal digits. Equal files have equal versions.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    pub(crate) fn with_version(mut self, version: String) -> Self {
        self.version = version;
        self
    }

    /// Returns the index of the article with this ID.
    #[must_use]
    pub fn article_index(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// Returns the article ID most similar to a misspelled one, if any is similar enough.
    #[must_use]
    pub fn nearest_id(&self, id: &str) -> Option<&str> {
        diagnostic::nearest(id, self.articles.iter().map(|article| article.id.as_str()))
    }

    /// Returns all clues with this name, as `(index into collections, index into Collection::clues)`. Several collections can
    /// have a clue with the same name.
    #[must_use]
    pub fn clues(&self, id: &str) -> Vec<(usize, usize)> {
        let collections = self.collections.iter().enumerate();
        let of = |(at, collection): (usize, &Collection)| {
            Some((at, collection.clues.iter().position(|clue| clue.id == id)?))
        };
        collections.filter_map(of).collect()
    }

    /// Returns the clue name most similar to a misspelled one, if any is similar enough.
    #[must_use]
    pub fn nearest_clue(&self, id: &str) -> Option<&str> {
        diagnostic::nearest(
            id,
            self.collections.iter().flat_map(|collection| &collection.clues).map(|clue| clue.id.as_str()),
        )
    }

    /// Returns the article at an index and its collection.
    #[must_use]
    pub fn article_with_collection(&self, article: usize) -> Option<(&Article, &Collection)> {
        let article = self.articles.get(article)?;
        Some((article, self.collections.get(article.collection)?))
    }

    /// Returns the links to the vendors' lists of errors, without duplicates.
    #[must_use]
    pub fn vendor_links(&self) -> Vec<&SanitizedText> {
        let mut places: Vec<&SanitizedText> = Vec::new();
        for more in self.collections.iter().filter_map(|collection| collection.more.as_ref()) {
            if !places.contains(&more) {
                places.push(more);
            }
        }
        places
    }

    /// Returns a node of a flow.
    #[must_use]
    pub fn node(&self, at: NodeId) -> Option<&Node> {
        self.articles.get(at.article)?.flow.nodes.get(at.node)
    }

    /// Resolves a node written as `node` or `article/node`. A `node` without an article belongs to the article with index
    /// `seen_from`.
    #[must_use]
    pub fn resolve(&self, written: &str, seen_from: usize) -> Option<NodeId> {
        let (article, name) = match written.split_once('/') {
            Some((article, name)) => (self.article_index(article)?, name),
            None => (seen_from, written),
        };
        let node = self.articles.get(article)?.flow.nodes.iter().position(|node| node.name == name)?;
        Some(NodeId { article, node })
    }

    /// Returns the index that an article has in another version of the knowledge base. Articles are matched by ID.
    #[must_use]
    pub fn translate_article(&self, article: usize, other: &Self) -> Option<usize> {
        other.article_index(&self.articles.get(article)?.id)
    }

    /// Returns the node that corresponds to a node in another version of the knowledge base. Articles are matched by ID, nodes by
    /// name.
    #[must_use]
    pub fn translate_node(&self, at: NodeId, other: &Self) -> Option<NodeId> {
        other.resolve(&self.node(at)?.name, self.translate_article(at.article, other)?)
    }

    /// Returns the clue that corresponds to a clue in another version of the knowledge base. Collections and clues are matched by
    /// name. Both clues are `(index into collections, index into Collection::clues)`.
    #[must_use]
    pub fn translate_clue(&self, (collection, clue): (usize, usize), other: &Self) -> Option<(usize, usize)> {
        let own = self.collections.get(collection)?;
        other.clue_of(&own.id, &own.clues.get(clue)?.id)
    }

    /// Returns the clue with this name, as `(index into collections, index into Collection::clues)`. Searches every collection
    /// with this name, because two loaded knowledge bases can each have one.
    #[must_use]
    pub fn clue_of(&self, collection: &str, clue: &str) -> Option<(usize, usize)> {
        let mut named = self.collections.iter().enumerate().filter(|(_, of)| of.id == collection);
        named.find_map(|(at, of)| Some((at, of.clues.iter().position(|known| known.id == clue)?)))
    }

    /// Returns the clue that asks the same as a question node, as `(index into collections, index into Collection::clues)`.
    #[must_use]
    pub fn clue_of_question(&self, at: NodeId) -> Option<(usize, usize)> {
        let NodeKind::Question(question) = &self.node(at)?.kind else { return None };
        Some((self.articles.get(at.article)?.collection, question.clue?))
    }

    /// Returns the IDs of all nodes of all flows.
    pub fn nodes(&self) -> impl Iterator<Item = NodeId> {
        let articles = self.articles.iter().enumerate();
        articles.flat_map(|(article, content)| (0..content.flow.nodes.len()).map(move |node| NodeId { article, node }))
    }

    /// Returns a node's name, written as `node` if it belongs to the article with index `seen_from`, otherwise as `article/node`.
    /// Returns an empty string if the node does not exist.
    #[must_use]
    pub fn node_name(&self, at: NodeId, seen_from: usize) -> String {
        match (self.articles.get(at.article), self.node(at)) {
            (Some(_), Some(node)) if at.article == seen_from => node.name.clone(),
            (Some(article), Some(node)) => format!("{}/{}", article.id, node.name),
            _ => String::new(),
        }
    }
}
