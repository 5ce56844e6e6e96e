//! What search knows of each article: its texts as words, the words that describe it, its codes; and how rare each word is.
//!
//! A word is stored once, in the vocabulary; everything else refers to it by its number.

use std::collections::{BTreeMap, BTreeSet};

use borsh::{BorshDeserialize, BorshSerialize};

use super::background::{self, Common};
use super::flat;
use super::grams::Grams;
use super::normalize::{fold, without_placeholders, words};
use super::similar::Word;
use super::vocabulary::{Texts, Vocabulary};
use crate::kb::{Article, Collection, FactAnswer, KnowledgeBase, NodeKind};
use crate::text::{SanitizedText, Voice};

/// Which part of an article a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub enum Field {
    /// The message.
    Message,
    /// The nth wording.
    Wording(usize),
    /// The nth code.
    Code(usize),
    /// What describes it: keywords, description, questions, synonyms.
    Description,
}

impl Field {
    /// Whether this is a text that the user sees as part of the error.
    #[must_use]
    pub fn is_text_of_the_error(self) -> bool {
        !matches!(self, Self::Description)
    }
}

/// Up to so many articles, a query is compared with all of them.
const FEW: usize = 200;

/// How much a word says that stands in a part of an article.
const KEYWORD: f32 = 0.9;
const SYNONYM: f32 = 0.8;
const DESCRIPTION: f32 = 0.7;
const FACT: f32 = 0.5;
const QUESTION: f32 = 0.45;

/// What a word weighs that nobody has heard of: neither the articles nor the background.
const UNHEARD_OF: f32 = 4.0;

/// What a word weighs that says that it is about something else.
const ELSEWHERE: f32 = 9.0;

/// What a single letter weighs, or a number, or an id with digits in it: it says when and where, not what.
const NUMBER: f32 = 0.4;

/// A message or a wording, as numbers of words.
#[derive(Debug, Clone, BorshSerialize, BorshDeserialize)]
pub(super) struct Text {
    pub(super) field: Field,
    /// Its number among all texts.
    pub(super) number: u32,
    #[borsh(serialize_with = "flat::serialize", deserialize_with = "flat::deserialize")]
    pub(super) words: Box<[u32]>,
}

/// One article as search sees it.
#[derive(Debug, BorshSerialize, BorshDeserialize)]
pub(super) struct Entry {
    pub(super) texts: Box<[Text]>,
    /// Words that describe it and stand in none of its texts, and how much each says.
    #[borsh(serialize_with = "flat::serialize", deserialize_with = "flat::deserialize")]
    pub(super) described: Box<[(u32, f32)]>,
    pub(super) codes: Box<[CodeName]>,
}

impl Entry {
    /// Every word of it.
    pub(super) fn words(&self) -> impl Iterator<Item = u32> {
        let in_texts = self.texts.iter().flat_map(|text| &text.words);
        in_texts.chain(self.described.iter().map(|(word, _)| word)).copied()
    }
}

/// A code in the form in which it is compared.
#[derive(Debug, Clone, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub(super) enum CodeName {
    /// Such as `accountdisabled`; the beginnings of it that name it too are longer than its first word, which may be anybody's.
    Name {
        name: String,
        /// Letters of the first of them.
        first_word: usize,
    },
    Number(String, String),
}

/// Words that describe an article, and how much each says.
type Described = BTreeMap<u32, f32>;

/// What the articles of a collection have in common, folded.
struct Shared {
    facts: Vec<String>,
    /// The situations, each with the id of its article.
    situations: Vec<(String, String)>,
    /// The vendor's words, with a space around each, and what people say for them.
    synonyms: Vec<(String, Vec<String>)>,
}

impl Shared {
    fn new(collection: &Collection) -> Self {
        let fold_all = |texts: &[SanitizedText]| texts.iter().map(|text| fold(text)).collect();
        let of_articles = collection.synonyms.iter().filter(|(vendor, _)| *vendor != collection.title);
        Self {
            facts: collection
                .facts
                .iter()
                .map(|fact| fold(&fact.question().map(|text| text.voice(Voice::TheUser)).unwrap_or_default()))
                .collect(),
            situations: collection
                .situations
                .iter()
                .map(|one| (one.goto.clone(), fold(&one.text.voice(Voice::You))))
                .collect(),
            synonyms: of_articles.map(|(vendor, others)| (spaced(vendor), fold_all(others))).collect(),
        }
    }
}

/// Everything that search knows.
#[derive(Debug, Default, BorshSerialize, BorshDeserialize)]
pub(super) struct Index {
    pub(super) entries: Vec<Entry>,
    pub(super) vocabulary: Vocabulary,
    /// What each word of the vocabulary weighs.
    #[borsh(serialize_with = "flat::serialize", deserialize_with = "flat::deserialize")]
    weights: Vec<f32>,
    /// The article of each text, in the order of their articles.
    #[borsh(serialize_with = "flat::serialize", deserialize_with = "flat::deserialize")]
    pub(super) text_of: Vec<u32>,
    /// All texts, folded.
    folded: Texts,
    /// Which texts hold which letters.
    pub(super) in_texts: Grams,
    /// Which articles' descriptions do.
    pub(super) in_descriptions: Grams,
    /// Names and numbers of codes, and the articles that have them.
    pub(super) coded: BTreeMap<String, Vec<u32>>,
    /// What stands before the point of numbered codes.
    pub(super) classes: BTreeSet<String>,
    /// The names of collections, each as one word, with their collection as an index.
    pub(super) names: Vec<(u32, String)>,
}

impl Index {
    pub(super) fn new(kb: &KnowledgeBase) -> Self {
        let mut index = Self { names: names(kb), ..Self::default() };
        let collections: Vec<Shared> = kb.collections.iter().map(Shared::new).collect();
        for article in &kb.articles {
            if let Some(shared) = collections.get(article.collection) {
                let entry = index.entry(article, shared);
                index.entries.push(entry);
            }
        }
        index.weigh();
        for (at, entry) in (0..).zip(&mut index.entries) {
            for text in &mut entry.texts {
                text.number = u32::try_from(index.text_of.len()).unwrap_or(u32::MAX);
                index.text_of.push(at);
                let words = text.words.iter().filter_map(|word| index.vocabulary.word(*word));
                index.folded.push(&words.map(|word| word.folded).collect::<Vec<_>>().join(" "));
            }
            for code in &entry.codes {
                if let CodeName::Number(class, _) = code {
                    index.classes.insert(class.clone());
                }
                let keys = match code {
                    CodeName::Name { name, .. } => [Some(name), None],
                    CodeName::Number(class, number) => [Some(number), Some(class)],
                };
                for key in keys.into_iter().flatten() {
                    index.coded.entry(key.clone()).or_default().push(at);
                }
            }
        }
        if index.is_large() {
            let texts: Vec<&str> = (0..).zip(&index.text_of).map(|(text, _)| index.folded(text)).collect();
            index.in_texts = Grams::new(texts.iter().copied());
            let described: Vec<String> = index.entries.iter().map(|entry| index.described(entry)).collect();
            index.in_descriptions = Grams::new(described.iter().map(String::as_str));
        }
        index.shrink();
        index
    }

    /// Whether there are more articles than a query is compared with.
    pub(super) fn is_large(&self) -> bool {
        self.entries.len() > FEW
    }

    /// The words that describe an entry.
    fn described(&self, entry: &Entry) -> String {
        let words = entry.described.iter().filter_map(|(word, _)| self.word(*word));
        words.map(|word| word.folded).collect::<Vec<_>>().join(" ")
    }

    /// Gives back the room that was kept for more.
    fn shrink(&mut self) {
        self.entries.shrink_to_fit();
        self.vocabulary.shrink();
        self.text_of.shrink_to_fit();
        self.folded.shrink();
    }

    /// Weighs every word.
    fn weigh(&mut self) {
        let mut articles_with = vec![0_u32; self.vocabulary.len()];
        let mut last = vec![0_u32; self.vocabulary.len()];
        for (at, entry) in (1..).zip(&self.entries) {
            for word in entry.texts.iter().flat_map(|text| &text.words) {
                if let (Some(count), Some(last)) = (articles_with.get_mut(*word as usize), last.get_mut(*word as usize))
                    && *last != at
                {
                    *count += 1;
                    *last = at;
                }
            }
        }
        let weights = self.vocabulary.words().zip(articles_with).map(|(word, count)| self.rarity(word.folded, count));
        self.weights = weights.collect();
    }

    /// A text, folded.
    pub(super) fn folded(&self, text: u32) -> &str {
        self.folded.get(text as usize).unwrap_or_default()
    }

    /// A word of the vocabulary.
    pub(super) fn word(&self, number: u32) -> Option<Word<'_>> {
        self.vocabulary.word(number)
    }

    /// Every word that an article has.
    pub(super) fn all_words(&self) -> impl Iterator<Item = u32> {
        (0..).take(self.vocabulary.len())
    }

    /// The number of a word of the vocabulary.
    pub(super) fn number(&self, word: &str) -> Option<u32> {
        self.vocabulary.number(word)
    }

    /// What a word of the vocabulary weighs.
    pub(super) fn weight(&self, number: u32) -> f32 {
        self.weights.get(number as usize).copied().unwrap_or_default()
    }

    /// What a typed word weighs.
    pub(super) fn weight_of(&self, typed: &str) -> f32 {
        match self.number(typed) {
            Some(number) => self.weight(number),
            None if typed.chars().any(|c| c.is_ascii_digit()) => NUMBER,
            None if self.is_elsewhere(typed) => ELSEWHERE,
            None => self.rarity(typed, 0).min(UNHEARD_OF),
        }
    }

    /// Whether a typed word says that it is about something else.
    pub(super) fn is_elsewhere(&self, typed: &str) -> bool {
        self.number(typed).is_none() && background::common(typed) == Some(Common::Elsewhere)
    }

    /// How much a word says that stands in so many articles: the rarer, the more.
    fn rarity(&self, word: &str, articles: u32) -> f32 {
        if word.chars().nth(1).is_none() || word.chars().all(|c| c.is_ascii_digit()) {
            return NUMBER;
        }
        #[expect(clippy::cast_precision_loss, reason = "a rarity needs no more than a few digits")]
        let (all, here) = (self.entries.len() as f32, articles as f32);
        ((background::TEXTS + all) / (background::texts_with(word) + here + 0.5)).ln().max(0.1)
    }

    /// The numbers of the words of a folded text; a word that is new gets the next one.
    fn numbers(&mut self, folded: &str) -> impl Iterator<Item = u32> {
        folded.split_whitespace().map(|word| self.vocabulary.add(word))
    }

    fn text(&mut self, field: Field, text: &str) -> Text {
        Text { field, number: 0, words: self.numbers(&fold(&without_placeholders(text))).collect() }
    }

    /// Notes the words of a folded text as words that describe an article, and how much each says.
    fn describe(&mut self, described: &mut Described, folded: &str, weight: f32) {
        for number in self.numbers(folded) {
            let known = described.entry(number).or_default();
            *known = known.max(weight);
        }
    }

    fn entry(&mut self, article: &Article, shared: &Shared) -> Entry {
        let mut texts = Vec::new();
        if !article.is_situation {
            texts.push(self.text(Field::Message, &article.message));
        }
        for (nth, wording) in article.wordings.iter().enumerate() {
            texts.push(self.text(Field::Wording(nth), wording));
        }
        let mut described = Described::default();
        if article.is_situation {
            // A title is not on the screen of the user.
            self.describe(&mut described, &fold(&article.message), KEYWORD);
        }
        for keyword in &article.keywords {
            self.describe(&mut described, &fold(keyword), KEYWORD);
        }
        self.describe(&mut described, &fold(&article.description.voice(Voice::TheUser)), DESCRIPTION);
        for (_, situation) in shared.situations.iter().filter(|(article_id, _)| *article_id == article.id) {
            self.describe(&mut described, situation, KEYWORD);
        }
        let implied = article.known.iter().filter(|known| known.answer == FactAnswer::Yes);
        for fact in implied.filter_map(|known| shared.facts.get(known.fact)) {
            self.describe(&mut described, fact, FACT);
        }
        for node in &article.flow.nodes {
            if let NodeKind::Question(_) = node.kind {
                self.describe(&mut described, &fold(&node.text.voice(Voice::TheUser)), QUESTION);
            }
        }
        if !shared.synonyms.is_empty() {
            let said = said(article);
            for (_, others) in shared.synonyms.iter().filter(|(vendor, _)| said.contains(vendor)) {
                for other in others {
                    self.describe(&mut described, other, SYNONYM);
                }
            }
        }
        for word in texts.iter().flat_map(|text| &text.words) {
            described.remove(word);
        }
        let described = described.into_iter().collect();
        let codes = article.codes.iter().map(|code| code_name(code)).collect();
        Entry { texts: texts.into_boxed_slice(), described, codes }
    }
}

/// The names of collections: their titles, and what people say for them.
fn names(kb: &KnowledgeBase) -> Vec<(u32, String)> {
    let of = |(at, collection): (u32, &Collection)| {
        let said = collection.title_synonyms().into_iter().flatten().chain([&collection.title]);
        said.map(|name| (at, words(name).concat())).collect::<Vec<_>>()
    };
    (0..).zip(&kb.collections).flat_map(of).collect()
}

/// What an article says of its error, as one text with a space around each word.
fn said(article: &Article) -> String {
    let description = article.description.voice(Voice::TheUser);
    let texts = [&article.message, &description].into_iter().chain(&article.wordings).chain(article.keywords.iter());
    texts.map(|text| spaced(text)).collect()
}

/// The words of a text, folded, with a space around each.
fn spaced(text: &str) -> String {
    let mut spaced = " ".to_owned();
    for word in fold(text).split_whitespace() {
        spaced.push_str(word);
        spaced.push(' ');
    }
    spaced
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_digit())
}

fn code_name(code: &str) -> CodeName {
    match code.split_once('.') {
        Some((class, number)) if [class, number].into_iter().all(is_number) => {
            CodeName::Number(class.to_owned(), number.to_owned())
        }
        _ => {
            let first_word = code.chars().skip(1).take_while(|c| !c.is_uppercase()).count() + 1;
            CodeName::Name { name: words(code).concat(), first_word }
        }
    }
}
