//! The knowledge base: collections of articles, each with an error message and the flow that leads to its solution.
//!
//! All data in a [`KnowledgeBase`] is validated. Every branch leads to an existing node, every node has a path to a solution or
//! an escalation, and no text contains a character that could control a terminal. [`load`] builds a [`KnowledgeBase`] from files
//! and reports problems in them as [`Diagnostic`]s.

use std::collections::HashMap;

use borsh::{BorshDeserialize, BorshSerialize};

use crate::text::{SanitizedText, VoicedText};

mod article;
mod check;
mod diagnostic;
mod fact;
mod graph;
mod load;
mod preconditions;
mod read;
mod role;
mod source;
mod suppression;
mod syntax_hints;
mod yaml;

pub use article::{
    Article, Branches, Escalation, Flow, InfoSource, Node, NodeId, NodeKind, Question, RequiredInfo, Scenario,
    Solution, Step, UnresolvedRef,
};
pub use check::check;
pub use diagnostic::{Diagnostic, Location, RuleId, Severity};
pub use fact::{Fact, FactAnswer, FactId, FactKind, FactValue, InputForm};
pub use load::{Loaded, load};
pub(crate) use read::is_link;
pub use role::{CollectionRole, Role};
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
    /// The first sentence of messages to send about a situation without an error message.
    pub opening: Option<VoicedText>,
    /// A link to the vendor's list of errors.
    pub errors_list: Option<SanitizedText>,
    /// The roles that the collection defines, in addition to those that every collection has.
    pub roles: Vec<Role>,
    /// Names for addresses, as `(name, address)`. Articles use the names in `contact`.
    pub contacts: Vec<(String, SanitizedText)>,
    /// The vendor's terms, as `(term, words that people use instead)`. Used only by search. Synonyms of the title apply to every
    /// article.
    pub synonyms: Vec<(SanitizedText, Vec<SanitizedText>)>,
    /// The facts about a case that several articles use.
    pub facts: Vec<Fact>,
    /// The situations, in order. Each leads to an article without an error message.
    pub situations: Vec<Situation>,
    /// The warnings that `collection.yaml` suppresses.
    pub suppressions: Vec<Suppression>,
}

impl Collection {
    /// Returns the role with this name.
    #[must_use]
    pub fn role(&self, name: &str) -> Option<Role> {
        Role::from_name(name).or_else(|| self.roles.iter().copied().find(|role| role.name() == name))
    }

    /// Returns the names of all roles that steps can have.
    pub(crate) fn role_names(&self) -> impl Iterator<Item = &'static str> {
        Role::ALL.iter().chain(&self.roles).map(|role| role.name())
    }

    /// Returns the synonyms of the collection's title, if it has any. They match every article, so they don't distinguish
    /// articles.
    pub(crate) fn title_synonyms(&self) -> Option<&Vec<SanitizedText>> {
        self.synonyms.iter().find(|(vendor, _)| *vendor == self.title).map(|(_, others)| others)
    }
}

/// Something that happened, in people's own words, and the article about it.
#[derive(Debug, Clone, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Situation {
    /// A sentence about what happened.
    pub text: VoicedText,
    /// The ID of the article.
    pub goto: String,
    /// The facts that the situation implies.
    pub known: Vec<FactValue>,
    /// The location of the text.
    pub location: Location,
}

/// Collections and their articles, ready for search and flows.
#[derive(Debug, Clone, Default, BorshSerialize, BorshDeserialize)]
#[borsh(init = index_ids)]
pub struct KnowledgeBase {
    /// All collections.
    pub collections: Vec<Collection>,
    /// All articles, sorted by collection, then by ID.
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

    /// Returns the version of the knowledge base: a hash of its files as 16 hexadecimal digits. Equal files have equal versions.
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

    /// Returns all facts with this name. Several collections can have a fact with the same name.
    #[must_use]
    pub fn facts_named(&self, id: &str) -> Vec<FactId> {
        let named = |(collection, content): (usize, &Collection)| {
            Some(FactId { collection, fact: content.facts.iter().position(|fact| fact.id == id)? })
        };
        self.collections.iter().enumerate().filter_map(named).collect()
    }

    /// Returns the fact name most similar to a misspelled one, if any is similar enough.
    #[must_use]
    pub fn nearest_fact(&self, id: &str) -> Option<&str> {
        let facts = self.collections.iter().flat_map(|collection| &collection.facts);
        diagnostic::nearest(id, facts.map(|fact| fact.id.as_str()))
    }

    /// Returns a fact.
    #[must_use]
    pub fn fact(&self, id: FactId) -> Option<&Fact> {
        self.collections.get(id.collection)?.facts.get(id.fact)
    }

    /// Returns the facts that an article's codes imply, for the codes that a text contains. Only whole codes count: `403.25`
    /// doesn't contain `403.2`.
    #[must_use]
    pub fn facts_of_codes(&self, article: usize, text: &str) -> Vec<(FactId, FactAnswer)> {
        let parts = |text: &str| -> Vec<String> {
            text.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).map(str::to_lowercase).collect()
        };
        let Some(content) = self.articles.get(article) else { return Vec::new() };
        let typed = parts(text);
        let is_typed = |code: &SanitizedText| {
            let code = parts(code);
            !code.is_empty() && typed.windows(code.len()).any(|parts| parts == code)
        };
        let implied = content.code_facts.iter().filter(|(code, _)| content.codes.get(*code).is_some_and(is_typed));
        implied.map(|(_, value)| (FactId { collection: content.collection, fact: value.fact }, value.answer)).collect()
    }

    /// Returns the fact that represents all facts with the same name and question: the one in the first collection. So the same
    /// question is asked only once, even if several collections have it.
    #[must_use]
    pub fn shared_fact(&self, id: FactId) -> FactId {
        let Some(fact) = self.fact(id) else { return id };
        let same = |(collection, content): (usize, &Collection)| {
            let at = content.facts.iter().position(|other| other.id == fact.id && other.kind == fact.kind)?;
            Some(FactId { collection, fact: at })
        };
        self.collections.iter().enumerate().take(id.collection).find_map(same).unwrap_or(id)
    }

    /// Returns all situations in order, each with the index of its collection.
    pub fn situations(&self) -> impl Iterator<Item = (usize, &Situation)> {
        let collections = self.collections.iter().enumerate();
        collections.flat_map(|(at, collection)| collection.situations.iter().map(move |situation| (at, situation)))
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
        for more in self.collections.iter().filter_map(|collection| collection.errors_list.as_ref()) {
            if !places.contains(&more) {
                places.push(more);
            }
        }
        places
    }

    /// Returns the addresses in the contacts of all collections, without duplicates.
    #[must_use]
    pub fn contacts(&self) -> Vec<&SanitizedText> {
        let mut addresses: Vec<&SanitizedText> = Vec::new();
        for (_, address) in self.collections.iter().flat_map(|collection| &collection.contacts) {
            if !addresses.contains(&address) {
                addresses.push(address);
            }
        }
        addresses
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

    /// Returns the fact with this name in the collection with this ID. Searches all collections with this ID, because each loaded
    /// knowledge base can have one.
    #[must_use]
    pub fn fact_in(&self, collection: &str, fact: &str) -> Option<FactId> {
        let mut named = self.collections.iter().enumerate().filter(|(_, of)| of.id == collection);
        named.find_map(|(at, of)| {
            Some(FactId { collection: at, fact: of.facts.iter().position(|known| known.id == fact)? })
        })
    }

    /// Returns the fact that a question node asks, or the [`shared_fact`](Self::shared_fact) that represents it.
    #[must_use]
    pub fn fact_of_question(&self, at: NodeId) -> Option<FactId> {
        let NodeKind::Question(question) = &self.node(at)?.kind else { return None };
        Some(self.shared_fact(FactId { collection: self.articles.get(at.article)?.collection, fact: question.fact? }))
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
