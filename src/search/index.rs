//! What search knows of each article: its texts as words, the words that describe it, its codes; and how rare each word is.

use std::collections::{HashMap, HashSet};

use super::background;
use super::normalize::words;
use super::similar::Word;
use crate::kb::{Article, Collection, KnowledgeBase, NodeKind};

/// Which part of an article a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// The message.
    Message,
    /// The nth wording.
    Wording(usize),
    /// The nth keyword.
    Keyword(usize),
    /// The description.
    Description,
    /// The nth code.
    Code(usize),
}

/// A message or a wording.
#[derive(Debug)]
pub(super) struct Text {
    pub(super) field: Field,
    pub(super) words: Vec<Word>,
}

/// A word that describes an article, and how much it says.
#[derive(Debug)]
pub(super) struct Described {
    pub(super) word: Word,
    pub(super) weight: f64,
}

/// One article as search sees it.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) texts: Vec<Text>,
    pub(super) described: Vec<Described>,
    /// Folded names of its codes, such as `ipforbidden`, and numbers such as `[403, 7]`.
    pub(super) codes: Vec<CodeName>,
}

/// A code in the form in which it is compared.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum CodeName {
    /// Such as `ipforbidden`; the beginnings of it that name it too are longer than its first word (`ip`), which may be anybody's.
    Name {
        name: String,
        first_word: usize,
    },
    Number(String, String),
}

/// Everything that search knows.
#[derive(Debug)]
pub(super) struct Index {
    pub(super) entries: Vec<Entry>,
    /// In how many articles a word stands.
    counts: HashMap<String, usize>,
}

impl Index {
    pub(super) fn new(kb: &KnowledgeBase) -> Self {
        let mut counts: HashMap<String, usize> = HashMap::new();
        let mut entries = Vec::with_capacity(kb.articles.len());
        for at in 0..kb.articles.len() {
            let Some((article, collection)) = kb.entry(at) else { continue };
            let entry = entry(article, collection);
            let all: HashSet<&str> =
                entry.texts.iter().flat_map(|text| &text.words).map(|word| word.folded.as_str()).collect();
            for word in all {
                *counts.entry(word.to_owned()).or_default() += 1;
            }
            entries.push(entry);
        }
        Self { entries, counts }
    }

    /// How much a word says: the rarer, the more.
    pub(super) fn weight(&self, word: &str) -> f64 {
        if word.chars().all(|c| c.is_ascii_digit()) {
            return 0.5;
        }
        #[expect(clippy::cast_precision_loss, reason = "far fewer articles than 2^52")]
        let (all, here) = (self.entries.len() as f64, self.counts.get(word).copied().unwrap_or(0) as f64);
        ((background::TEXTS + all) / (background::texts_with(word) + here + 0.5)).ln().max(0.1)
    }
}

fn entry(article: &Article, collection: &Collection) -> Entry {
    let text = |field, text: &str| Text { field, words: words(text).iter().map(|word| Word::new(word)).collect() };
    let mut texts = vec![text(Field::Message, &article.message)];
    texts.extend(article.wordings.iter().enumerate().map(|(nth, wording)| text(Field::Wording(nth), wording)));

    let mut described: HashMap<String, f64> = HashMap::new();
    let mut describe = |text: &str, weight: f64| {
        for word in words(text) {
            let known = described.entry(word).or_default();
            *known = known.max(weight);
        }
    };
    for text in std::iter::once(&article.message).chain(&article.wordings) {
        describe(text, 1.0);
    }
    for keyword in &article.keywords {
        describe(keyword, 0.9);
    }
    describe(&article.description, 0.7);
    for node in &article.flow.nodes {
        if let NodeKind::Question(_) = node.kind {
            describe(&node.text, 0.4);
        }
    }
    let said = [&article.message, &article.description]
        .into_iter()
        .chain(&article.wordings)
        .chain(&article.keywords)
        .map(|text| format!(" {} ", words(text).join(" ")))
        .collect::<Vec<_>>()
        .concat();
    for (vendor, others) in &collection.synonyms {
        if said.contains(&format!(" {} ", words(vendor).join(" "))) {
            for other in others {
                describe(other, 0.75);
            }
        }
    }
    let described = described.into_iter().map(|(word, weight)| Described { word: Word::new(&word), weight }).collect();
    Entry { texts, described, codes: article.codes.iter().map(|code| code_name(code)).collect() }
}

fn code_name(code: &str) -> CodeName {
    match code.split_once('.') {
        Some((class, number)) if !class.is_empty() && class.chars().all(|c| c.is_ascii_digit()) => {
            CodeName::Number(class.to_owned(), number.to_owned())
        }
        _ => {
            let first_word = code.chars().skip(1).take_while(|c| !c.is_uppercase()).count() + 1;
            CodeName::Name { name: words(code).concat(), first_word }
        }
    }
}
