//! What search knows about a knowledge base: the texts, phrases, words and codes of each article, and how rare each word is.

use std::collections::{BTreeMap, HashMap};

use super::codes::{Code, Part};
use super::frequencies::frequencies;
use super::normalize::{GAP, canonical, fold, with_gaps, words};
use super::trigram::{Trigram, TrigramIndex, TrigramVector, TrigramWeights, trigram_set, trigrams};
use super::vocabulary::{Vocabulary, Word, WordId};
use crate::kb::{Article, Collection, FactAnswer, KnowledgeBase, NodeKind};
use crate::text::{SanitizedText, Voice};

/// The part of an article that a text comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// The message.
    Message,
    /// A wording, as an index.
    Wording(usize),
    /// A code, as an index.
    Code(usize),
    /// The description: keywords, description, situations, questions or synonyms.
    Description,
}

impl Field {
    /// Whether the user sees this text as part of the error.
    #[must_use]
    pub fn is_text_of_the_error(self) -> bool {
        !matches!(self, Self::Description)
    }
}

/// Maximum number of articles that are all compared with each query. With more articles, the trigram index selects candidates.
const MAX_FULL_SCAN: usize = 300;

/// Maximum number of candidates from the trigram index, and its budget in postings.
const MAX_CANDIDATES: usize = 48;
const BUDGET: u32 = 60_000;

/// Weights of the words of a field (0–1), relative to the message.
const KEYWORD: f32 = 0.9;
const SYNONYM: f32 = 0.8;
const DESCRIPTION: f32 = 0.7;
const QUESTION: f32 = 0.45;

/// Weight of a number, of an ID with digits, and of a single letter. They rarely say which error it is.
const NUMBER: f32 = 0.4;

/// A text of an article in the forms that are compared.
#[derive(Debug)]
pub(super) struct Text {
    pub(super) field: Field,
    /// Its words, in order.
    pub(super) words: Box<[WordId]>,
    /// The indices into `words` before which there is a placeholder.
    pub(super) gaps: Box<[usize]>,
    /// Its words in canonical form, with a space between them.
    pub(super) canonical: String,
    /// The distinct trigrams of `canonical`, ascending.
    pub(super) trigrams: Box<[Trigram]>,
}

/// An article.
#[derive(Debug, Default)]
pub(super) struct Entry {
    /// The message, the wordings and the codes without spaces: what the user sees.
    pub(super) texts: Vec<Text>,
    /// The keywords, situations, words of codes, and the description: what people say.
    pub(super) phrases: Vec<Text>,
    /// The words of the article, ascending.
    pub(super) words: Vec<EntryWord>,
    pub(super) codes: Vec<Code>,
    /// The trigrams of all texts and phrases, weighed.
    pub(super) trigrams: TrigramVector,
}

/// A word of an article.
#[derive(Debug, Clone, Copy)]
pub(super) struct EntryWord {
    pub(super) id: WordId,
    /// The highest weight of a field that contains it (0–1).
    pub(super) field_weight: f32,
    /// The total weight of its occurrences.
    pub(super) occurrences: f32,
}

/// What the articles of a collection have in common, folded.
struct CollectionTexts {
    /// For each fact, its question.
    facts: Vec<String>,
    /// The situations, as `(article ID, text)`.
    situations: Vec<(String, String)>,
    /// The vendor's words, each with the words that people say instead.
    synonyms: Vec<(Vec<String>, Vec<SanitizedText>)>,
}

impl CollectionTexts {
    fn new(collection: &Collection) -> Self {
        let of_articles = collection.synonyms.iter().filter(|(vendor, _)| *vendor != collection.title);
        let question = |fact: &crate::kb::Fact| fact.question().map(|text| text.voice(Voice::TheUser).to_string());
        let situations = collection.situations.iter();
        Self {
            facts: collection.facts.iter().map(|fact| question(fact).unwrap_or_default()).collect(),
            situations: situations.map(|one| (one.goto.clone(), one.text.voice(Voice::You).to_string())).collect(),
            synonyms: of_articles.map(|(vendor, others)| (words(vendor), others.clone())).collect(),
        }
    }
}

/// The index of a knowledge base.
#[derive(Debug, Default)]
pub(super) struct Index {
    /// The articles, in the order of the knowledge base.
    pub(super) entries: Vec<Entry>,
    pub(super) vocabulary: Vocabulary,
    /// For each word of the vocabulary, its inverse document frequency in general, and among the articles.
    weights: Vec<(f32, f32)>,
    pub(super) trigram_weights: TrigramWeights,
    /// The names of collections: their titles and synonyms, as words, with the index of the collection.
    pub(super) names: Vec<(usize, Vec<String>)>,
    /// Only in a large knowledge base: the articles that contain trigrams, and the articles of each code.
    large: Option<LargeIndex>,
}

/// Finds candidates in a large knowledge base.
#[derive(Debug)]
struct LargeIndex {
    trigrams: TrigramIndex,
    /// For each text and phrase in `trigrams`, the index of its article.
    articles: Vec<u32>,
    /// For each code, by its parts, the articles that have it. For each first part of a code, the articles with such codes.
    codes: HashMap<Vec<String>, Vec<u32>>,
}

impl Index {
    /// Builds the index.
    pub(super) fn new(kb: &KnowledgeBase) -> Self {
        let mut index = Self { names: names(kb), ..Self::default() };
        let collections: Vec<CollectionTexts> = kb.collections.iter().map(CollectionTexts::new).collect();
        for article in &kb.articles {
            let entry = collections.get(article.collection).map(|collection| index.entry(article, collection));
            // Invariant: the collection of each article exists.
            index.entries.push(entry.unwrap_or_default());
        }
        index.weigh_words();
        index.trigram_weights = TrigramWeights::new(index.entries.iter().map(|entry| &entry.trigrams));
        for entry in &mut index.entries {
            index.trigram_weights.weigh(&mut entry.trigrams);
        }
        if index.entries.len() > MAX_FULL_SCAN {
            index.large = Some(LargeIndex::new(&index.entries));
        }
        index
    }

    /// Returns the articles that are worth ranking, as indices, ascending.
    pub(super) fn candidates(&self, query: &[Trigram], code_parts: &[Part]) -> Vec<usize> {
        let Some(large) = &self.large else { return (0..self.entries.len()).collect() };
        let shortlist = large.trigrams.shortlist(query, MAX_CANDIDATES, BUDGET);
        let complete = shortlist.complete.iter().take(MAX_CANDIDATES);
        let by_text = shortlist.best.iter().chain(complete).filter_map(|text| large.articles.get(*text as usize));
        let keys = runs_of_parts(code_parts);
        let by_code = keys.iter().filter_map(|key| large.codes.get(key.as_slice())).flat_map(|articles| {
            // Many articles can have codes with the same first part.
            articles.iter().take(MAX_CANDIDATES)
        });
        let mut articles: Vec<usize> = by_text.chain(by_code).map(|article| *article as usize).collect();
        articles.sort_unstable();
        articles.dedup();
        articles
    }

    /// Computes the inverse document frequency of each word. Documents are the articles and the texts of [`frequencies`].
    fn weigh_words(&mut self) {
        let mut articles_with = vec![0_u32; self.vocabulary.words().len()];
        for word in self.entries.iter().flat_map(|entry| &entry.words) {
            if let Some(count) = articles_with.get_mut(word.id.0 as usize) {
                *count += 1;
            }
        }
        let weight =
            |(word, with): (&Word, u32)| (self.inverse_frequency(word, with), self.inverse_article_frequency(with));
        self.weights = self.vocabulary.words().iter().zip(articles_with).map(weight).collect();
    }

    #[expect(clippy::cast_precision_loss, reason = "the logarithm needs only a few digits")]
    fn inverse_frequency(&self, word: &Word, articles_with: u32) -> f32 {
        if word.folded.chars().nth(1).is_none() || word.folded.bytes().all(|byte| byte.is_ascii_digit()) {
            return NUMBER;
        }
        let documents = frequencies().texts() + self.entries.len() as f32;
        let documents_with = frequencies().texts_with(&word.folded) + articles_with as f32;
        ((documents + 1.0) / (documents_with + 0.5)).ln().max(0.1)
    }

    /// Returns the inverse document frequency among the articles alone: how much a word says about which article is meant.
    #[expect(clippy::cast_precision_loss, reason = "the logarithm needs only a few digits")]
    fn inverse_article_frequency(&self, articles_with: u32) -> f32 {
        let (articles, with) = (self.entries.len() as f32, articles_with as f32);
        (1.0 + (articles - with + 0.5) / (with + 0.5)).ln()
    }

    /// Returns the share of the articles (0–1) that contain a word of the vocabulary.
    pub(super) fn share_of_articles(&self, word: WordId) -> f64 {
        // The inverse of `inverse_article_frequency`.
        1.0 / self.article_weight(word).exp()
    }

    /// Returns the inverse document frequency of a word of the vocabulary.
    pub(super) fn weight(&self, word: WordId) -> f64 {
        // Invariant: every word of the vocabulary has a weight.
        self.weights.get(word.0 as usize).map_or(0.0, |(weight, _)| f64::from(*weight))
    }

    /// Returns the inverse document frequency of a word of the vocabulary among the articles.
    pub(super) fn article_weight(&self, word: WordId) -> f64 {
        self.weights.get(word.0 as usize).map_or(0.0, |(_, weight)| f64::from(*weight))
    }

    /// Returns the inverse document frequency of a folded word, or 0 if no article contains it.
    pub(super) fn known_weight(&self, folded: &str) -> f64 {
        self.vocabulary.id(folded).map_or(0.0, |word| self.weight(word))
    }

    /// Returns the inverse document frequency of a typed word.
    pub(super) fn weight_of_typed(&self, word: &Word) -> f64 {
        match self.vocabulary.id(&word.folded) {
            Some(id) => self.weight(id),
            None if word.has_digit() => f64::from(NUMBER),
            None => f64::from(self.inverse_frequency(word, 0)),
        }
    }

    /// Prepares a text. Its words are added to the vocabulary and, with the weight of the field, to the words of the article.
    fn text(&mut self, field: Field, text: &str, weight: f32, all: &mut BTreeMap<WordId, EntryWord>) -> Text {
        let mut ids = Vec::new();
        let mut gaps = Vec::new();
        let with_gaps = with_gaps(text);
        for (nth, part) in with_gaps.split(GAP).enumerate() {
            if nth > 0 {
                gaps.push(ids.len());
            }
            ids.extend(words(part).iter().map(|word| self.vocabulary.add(word)));
        }
        for id in &ids {
            let word = all.entry(*id).or_insert(EntryWord { id: *id, field_weight: 0.0, occurrences: 0.0 });
            word.field_weight = word.field_weight.max(weight);
            word.occurrences += weight;
        }
        let folded: Vec<&str> = ids.iter().filter_map(|id| Some(&*self.vocabulary.word(*id)?.folded)).collect();
        let canonical = canonical(&folded.join(" "));
        let trigrams = trigram_set(&canonical);
        Text { field, words: ids.into(), gaps: gaps.into(), canonical, trigrams }
    }

    fn entry(&mut self, article: &Article, collection: &CollectionTexts) -> Entry {
        let mut all = BTreeMap::new();
        let mut texts = Vec::new();
        let mut phrases = Vec::new();
        if article.is_situation {
            // The title is not part of an error message.
            phrases.push(self.text(Field::Description, &article.message, KEYWORD, &mut all));
        } else {
            texts.push(self.text(Field::Message, &article.message, 1.0, &mut all));
        }
        for (nth, wording) in article.wordings.iter().enumerate() {
            texts.push(self.text(Field::Wording(nth), wording, 1.0, &mut all));
        }
        for (nth, code) in article.codes.iter().enumerate() {
            // As words, a code such as `UserNotFound` is only a description: other programs say "not found" too.
            let joined = fold(code).split_whitespace().collect::<String>();
            texts.push(self.text(Field::Code(nth), &joined, 1.0, &mut all));
            if !joined.bytes().all(|byte| byte.is_ascii_digit()) {
                phrases.push(self.text(Field::Code(nth), code, 1.0, &mut all));
            }
        }
        for keyword in &article.keywords {
            phrases.push(self.text(Field::Description, keyword, KEYWORD, &mut all));
        }
        phrases.push(self.text(Field::Description, &article.description.voice(Voice::TheUser), DESCRIPTION, &mut all));
        for (_, situation) in collection.situations.iter().filter(|(id, _)| *id == article.id) {
            phrases.push(self.text(Field::Description, situation, KEYWORD, &mut all));
        }
        let implied = article.known.iter().filter(|known| known.answer == FactAnswer::Yes);
        for fact in implied.filter_map(|known| collection.facts.get(known.fact)) {
            self.text(Field::Description, fact, QUESTION, &mut all);
        }
        for node in &article.flow.nodes {
            if let NodeKind::Question(_) = node.kind {
                self.text(Field::Description, &node.text.voice(Voice::TheUser), QUESTION, &mut all);
            }
        }
        for (vendor, others) in &collection.synonyms {
            if texts.iter().chain(&phrases).any(|text| self.contains(text, vendor)) {
                for other in others {
                    self.text(Field::Description, other, SYNONYM, &mut all);
                }
            }
        }
        let codes = article.codes.iter().map(|code| Code::new(code)).collect();
        let trigrams = texts.iter().chain(&phrases).flat_map(|text| trigrams(&text.canonical)).collect();
        Entry { texts, phrases, words: all.into_values().collect(), codes, trigrams: TrigramVector::new(trigrams) }
    }

    /// Whether a text contains some words in a row.
    fn contains(&self, text: &Text, words: &[String]) -> bool {
        let ids: Option<Vec<WordId>> = words.iter().map(|word| self.vocabulary.id(word)).collect();
        ids.is_some_and(|ids| !ids.is_empty() && text.words.windows(ids.len()).any(|run| run == ids))
    }
}

impl LargeIndex {
    fn new(entries: &[Entry]) -> Self {
        let mut articles = Vec::new();
        let mut sets: Vec<&[Trigram]> = Vec::new();
        let mut codes: HashMap<Vec<String>, Vec<u32>> = HashMap::new();
        for (at, entry) in (0..).zip(entries) {
            for text in entry.texts.iter().chain(&entry.phrases) {
                articles.push(at);
                sets.push(&text.trigrams);
            }
            for code in &entry.codes {
                let parts = code.parts();
                if parts.len() > 1 {
                    codes.entry(parts.iter().take(1).cloned().collect()).or_default().push(at);
                }
                codes.entry(parts).or_default().push(at);
            }
        }
        Self { trigrams: TrigramIndex::new(sets.iter().copied()), articles, codes }
    }
}

/// Returns the runs of parts of a query that can be a code: neighboring parts, and numbers with words between them.
fn runs_of_parts(parts: &[Part]) -> Vec<Vec<String>> {
    /// Maximum number of parts of a code.
    const MAX_PARTS: usize = 6;
    let all: Vec<String> = parts.iter().map(|part| part.folded.clone()).collect();
    let numbers: Vec<String> = parts.iter().filter(|part| part.is_number()).map(|part| part.folded.clone()).collect();
    let runs = |parts: &[String]| {
        let lengths = 1..=MAX_PARTS.min(parts.len());
        lengths.flat_map(|length| parts.windows(length)).map(<[String]>::to_vec).collect::<Vec<_>>()
    };
    [runs(&all), runs(&numbers)].concat()
}

/// Returns the names of the collections: their titles, and what people call them.
fn names(kb: &KnowledgeBase) -> Vec<(usize, Vec<String>)> {
    let collections = kb.collections.iter().enumerate();
    let names = collections.flat_map(|(at, collection)| {
        let synonyms = collection.title_synonyms().into_iter().flatten();
        synonyms.chain([&collection.title]).map(move |name| (at, words(name)))
    });
    names.filter(|(_, words)| !words.is_empty()).collect()
}
