//! What search knows of each article: its texts as words, the words that describe it, its codes; and how rare each word is.
//!
//! A word is stored once, in the vocabulary; everything else refers to it by its number, so that a typed word is compared with
//! each word once, however many articles hold it.

use std::collections::{HashMap, HashSet};

use super::background::{self, Common};
use super::letters::Threes;
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
    /// The nth code.
    Code(usize),
    /// What describes it: keywords, description, questions, synonyms.
    Description,
}

/// How much a word says that stands in a part of an article.
const KEYWORD: f64 = 0.9;
const SYNONYM: f64 = 0.8;
const DESCRIPTION: f64 = 0.7;
const CLUE: f64 = 0.5;
const QUESTION: f64 = 0.45;

/// What a word weighs that nobody has heard of: neither the articles nor the background.
const UNHEARD_OF: f64 = 4.0;

/// What a word weighs that says that it is about something else.
const ELSEWHERE: f64 = 9.0;

/// What a single letter weighs, or a number, or an id with digits in it: it says when and where, not what.
const NUMBER: f64 = 0.4;

/// A message or a wording, as numbers of words.
#[derive(Debug)]
pub(super) struct Text {
    pub(super) field: Field,
    pub(super) words: Vec<usize>,
    pub(super) threes: Threes,
}

/// One article as search sees it.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) texts: Vec<Text>,
    /// Words that describe it, and how much each says.
    pub(super) described: Vec<(usize, f64)>,
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
#[derive(Debug, Default)]
pub(super) struct Index {
    pub(super) entries: Vec<Entry>,
    pub(super) vocabulary: Vec<Word>,
    /// What each word of the vocabulary weighs.
    pub(super) weights: Vec<f64>,
    numbers: HashMap<String, usize>,
}

impl Index {
    pub(super) fn new(kb: &KnowledgeBase) -> Self {
        let mut index = Self::default();
        for at in 0..kb.articles.len() {
            if let Some((article, collection)) = kb.entry(at) {
                let entry = index.entry(article, collection);
                index.entries.push(entry);
            }
        }
        let mut articles_with = vec![0_usize; index.vocabulary.len()];
        for entry in &index.entries {
            let here: HashSet<usize> = entry.texts.iter().flat_map(|text| text.words.iter().copied()).collect();
            for word in here {
                if let Some(count) = articles_with.get_mut(word) {
                    *count += 1;
                }
            }
        }
        let weights = index.vocabulary.iter().zip(articles_with).map(|(word, count)| index.rarity(&word.folded, count));
        index.weights = weights.collect();
        index
    }

    /// The number of a word of the vocabulary.
    pub(super) fn number(&self, word: &str) -> Option<usize> {
        self.numbers.get(word).copied()
    }

    /// What a typed word weighs.
    pub(super) fn weight(&self, typed: &str) -> f64 {
        match self.number(typed).and_then(|number| self.weights.get(number)) {
            Some(weight) => *weight,
            None if typed.chars().any(|c| c.is_ascii_digit()) => NUMBER,
            None if background::common(typed) == Some(Common::Elsewhere) => ELSEWHERE,
            None => self.rarity(typed, 0).min(UNHEARD_OF),
        }
    }

    /// How much a word says that stands in so many articles: the rarer, the more.
    fn rarity(&self, word: &str, articles: usize) -> f64 {
        if word.chars().nth(1).is_none() || word.chars().all(|c| c.is_ascii_digit()) {
            return NUMBER;
        }
        #[expect(clippy::cast_precision_loss, reason = "far fewer articles than 2^52")]
        let (all, here) = (self.entries.len() as f64, articles as f64);
        ((background::TEXTS + all) / (background::texts_with(word) + here + 0.5)).ln().max(0.1)
    }

    fn learn(&mut self, text: &str) -> Vec<usize> {
        let numbers = words(text).into_iter().map(|word| {
            let next = self.vocabulary.len();
            *self.numbers.entry(word).or_insert_with_key(|word| {
                self.vocabulary.push(Word::new(word));
                next
            })
        });
        numbers.collect()
    }

    fn text(&mut self, field: Field, text: &str) -> Text {
        let threes = Threes::new(words(text).iter().map(String::as_str));
        Text { field, words: self.learn(text), threes }
    }

    fn entry(&mut self, article: &Article, collection: &Collection) -> Entry {
        let mut texts = vec![self.text(Field::Message, &article.message)];
        for (nth, wording) in article.wordings.iter().enumerate() {
            texts.push(self.text(Field::Wording(nth), wording));
        }
        let mut described: HashMap<usize, f64> = HashMap::new();
        let mut describe = |numbers: Vec<usize>, weight: f64| {
            for number in numbers {
                let known = described.entry(number).or_default();
                *known = known.max(weight);
            }
        };
        for text in &texts {
            describe(text.words.clone(), 1.0);
        }
        for keyword in &article.keywords {
            describe(self.learn(keyword), KEYWORD);
        }
        describe(self.learn(&article.description), DESCRIPTION);
        for clue in article.clues.iter().filter(|(_, yes)| *yes).filter_map(|(clue, _)| collection.clues.get(*clue)) {
            describe(self.learn(&clue.question), CLUE);
        }
        for node in &article.flow.nodes {
            if let NodeKind::Question(_) = node.kind {
                describe(self.learn(&node.text), QUESTION);
            }
        }
        let said = said(article);
        for (vendor, others) in &collection.synonyms {
            if said.contains(&format!(" {} ", words(vendor).join(" "))) {
                for other in others {
                    describe(self.learn(other), SYNONYM);
                }
            }
        }
        let mut described: Vec<(usize, f64)> = described.into_iter().collect();
        described.sort_unstable_by_key(|(number, _)| *number);
        Entry { texts, described, codes: article.codes.iter().map(|code| code_name(code)).collect() }
    }
}

/// What an article says of its error, as one text with a space around each word.
fn said(article: &Article) -> String {
    let texts = [&article.message, &article.description].into_iter().chain(&article.wordings).chain(&article.keywords);
    texts.map(|text| format!(" {} ", words(text).join(" "))).collect::<Vec<_>>().concat()
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
