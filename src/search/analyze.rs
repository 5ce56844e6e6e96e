//! Analysis of a query: its words with their weights, its codes, and how it is written.

use super::codes::{Part, looks_like_code, parts};
use super::decode::decode;
use super::edit::Pattern;
use super::frequencies::frequencies;
use super::index::Index;
use super::lines::lines;
use super::normalize::canonical;
use super::trigram::{Trigram, trigram_set, trigrams};
use super::vocabulary::{Word, WordId};

/// Words that no article contains and that have at most this weight are common: at least one in 700 texts contains them.
const MAX_COMMON_WEIGHT: f64 = 6.5;

/// A single word with less weight is too vague. One in 35 texts contains a word of this weight.
const MIN_WEIGHT_ALONE: f64 = 3.55;

/// Words with at least these log-odds are typical of something else.
const SOMETHING_ELSE: f64 = 0.7;

/// A word says something about which article is meant if fewer than this share of the articles contain it.
const TELLING_SHARE: f64 = 0.25;

/// The words of a query besides a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Besides {
    /// Nothing, or common words that many articles or no articles contain.
    Nothing,
    /// Words that could tell which article is meant.
    Telling,
    /// Words about something else, or words that nobody knows.
    SomethingElse,
}

/// A distinct word of a query.
#[derive(Debug)]
pub(super) struct TypedWord {
    pub(super) word: Word,
    /// Its number in the vocabulary, if an article contains it.
    pub(super) id: Option<WordId>,
    /// Whether it is a word of its own, and not a misspelling: an article contains it, or it is a common word.
    pub(super) is_known: bool,
    /// Its inverse document frequency.
    pub(super) weight: f64,
}

/// A word at its place in the query.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    /// Index into [`Query::words`].
    pub(super) word: usize,
    /// The trust of its line (0–1).
    pub(super) trust: f64,
}

/// An analyzed query.
#[derive(Debug)]
pub(super) struct Query {
    /// The words, in order.
    pub(super) tokens: Vec<Token>,
    /// The distinct words, in the order in which they first occur.
    pub(super) words: Vec<TypedWord>,
    /// The parts among which codes are found.
    pub(super) parts: Vec<Part>,
    /// The distinct trigrams, ascending.
    pub(super) trigrams: Box<[Trigram]>,
    /// The trigrams, in order.
    pub(super) trigram_sequence: Vec<Trigram>,
    /// The query for the edit distance, if it is short.
    pub(super) pattern: Option<Pattern>,
    /// Number of characters of its canonical form.
    pub(super) length: usize,
    /// Whether it contains a token that looks like a code.
    pub(super) looks_like_code: bool,
}

impl Query {
    /// Analyzes a text.
    pub(super) fn new(text: &str, index: &Index) -> Self {
        let text = decode(text);
        let mut query = Self {
            tokens: Vec::new(),
            words: Vec::new(),
            parts: Vec::new(),
            trigrams: Box::default(),
            trigram_sequence: Vec::new(),
            pattern: None,
            length: 0,
            looks_like_code: false,
        };
        for line in lines(&text, index) {
            // Each line begins with a gap, so that no code extends over two lines.
            query.parts.extend(parts(&line.raw));
            for word in index.vocabulary.respaced(line.words) {
                query.add(&word, line.trust, index);
            }
        }
        query.looks_like_code = looks_like_code(&query.parts);
        // An unknown code must not be found by its likeness to another one.
        let is_compared = |word: &&TypedWord| word.id.is_some() || !word.word.is_mostly_digits();
        let words = query.tokens.iter().filter_map(|token| query.words.get(token.word)).filter(is_compared);
        let folded: Vec<&str> = words.map(|word| word.word.folded.as_str()).collect();
        let canonical = canonical(&folded.join(" "));
        query.length = canonical.chars().count();
        query.trigrams = trigram_set(&canonical);
        query.trigram_sequence = trigrams(&canonical).collect();
        query.pattern = Pattern::new(&canonical);
        query
    }

    fn add(&mut self, folded: &str, trust: f64, index: &Index) {
        let word = self.words.iter().position(|word| word.word.folded == folded).unwrap_or_else(|| {
            let word = Word::new(folded);
            self.words.push(TypedWord {
                id: index.vocabulary.id(folded),
                is_known: index.vocabulary.knows(folded),
                weight: index.weight_of_typed(&word),
                word,
            });
            self.words.len() - 1
        });
        self.tokens.push(Token { word, trust });
    }

    /// Whether the query is empty, one letter, or one common word such as "error".
    pub(super) fn is_too_vague(&self) -> bool {
        self.length < 2 || self.tokens.len() == 1 && self.weight() < MIN_WEIGHT_ALONE
    }

    /// Returns what the query says besides a name. `None` if it doesn't contain the name.
    pub(super) fn besides(&self, name: &[String], index: &Index) -> Option<Besides> {
        let words: Vec<&TypedWord> = self.tokens.iter().filter_map(|token| self.words.get(token.word)).collect();
        // A name can be written in more or fewer words: "log in" and "login".
        let joined = name.concat();
        let end_of_name = |at: usize| {
            let mut rest = joined.as_str();
            let used = words.iter().skip(at).take_while(|word| match rest.strip_prefix(word.word.folded.as_str()) {
                Some(left) if !rest.is_empty() => {
                    rest = left;
                    true
                }
                _ => false,
            });
            let end = at + used.count();
            (rest.is_empty()).then_some(end)
        };
        let (at, end) = (0..words.len()).find_map(|at| Some((at, end_of_name(at)?)))?;
        let others = words.iter().take(at).chain(words.iter().skip(end));
        let besides = |word: &&TypedWord| match word.id {
            Some(id) if index.share_of_articles(id) < TELLING_SHARE => Besides::Telling,
            None if word.weight > MAX_COMMON_WEIGHT => Besides::SomethingElse,
            None if frequencies().log_odds_of_others(&word.word.folded) > SOMETHING_ELSE => Besides::SomethingElse,
            _ => Besides::Nothing,
        };
        Some(others.map(besides).max().unwrap_or(Besides::Nothing))
    }

    /// Returns the weight of a token, reduced by the trust of its line.
    pub(super) fn token_weight(&self, token: Token) -> f64 {
        self.words.get(token.word).map_or(0.0, |word| word.weight * token.trust)
    }

    /// Returns the total weight of all tokens.
    pub(super) fn weight(&self) -> f64 {
        self.tokens.iter().map(|token| self.token_weight(*token)).sum()
    }

    /// Returns how much the query sounds like a person, from 0 (a program message) over 0.5 (unclear) to 1 (a person).
    pub(super) fn sounds_like_person(&self) -> f64 {
        let odds = self.tokens.iter().filter_map(|token| self.words.get(token.word));
        let odds: f64 = odds.map(|word| frequencies().log_odds_of_people(&word.word.folded).clamp(-2.0, 2.0)).sum();
        let count = u32::try_from(self.tokens.len()).map_or(f64::MAX, f64::from);
        0.5 + 0.5 * (1.5 * odds / (count + 2.0)).tanh()
    }

    /// Returns how much the words that no article contains are typical of something else, from 0 (not at all) over 0.5 (unclear) to 1.
    pub(super) fn about_something_else(&self) -> f64 {
        let unknown = self.words.iter().filter(|word| word.id.is_none());
        let odds: f64 = unknown.map(|word| frequencies().log_odds_of_others(&word.word.folded).clamp(-2.0, 3.0)).sum();
        0.5 + 0.5 * (odds / 4.0).tanh()
    }

    /// Returns the length of the query in words on a logarithmic scale: 0 for one word, 1 for 32 words or more.
    pub(super) fn length_in_words(&self) -> f64 {
        let count = u32::try_from(self.tokens.len()).map_or(f64::MAX, f64::from);
        (count.max(1.0).log2() / 5.0).min(1.0)
    }
}
