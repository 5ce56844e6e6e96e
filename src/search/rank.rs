//! How well each article explains what was typed.

use super::index::{CodeName, Entry, Field, Index};
use super::normalize::words;
use super::similar::{Word, similar};

/// What an exactly named code is worth, in the unit of word weights.
const CODE: f64 = 15.0;

/// How well an article explains a query.
#[derive(Debug, Clone)]
pub(super) struct Evidence {
    pub(super) article: usize,
    /// Weight of the query's words that the article explains.
    pub(super) explained: f64,
    /// Share of the query that is explained, 0 to 1.
    pub(super) share: f64,
    /// Share of the article's best text that the query says, 0 to 1.
    pub(super) complete: f64,
    /// What matched best.
    pub(super) field: Field,
}

/// A query, word by word, with what each word weighs.
pub(super) struct Query {
    words: Vec<(Word, f64)>,
    total: f64,
    /// The tokens as typed, for codes.
    tokens: Vec<String>,
}

impl Query {
    pub(super) fn new(text: &str, index: &Index) -> Self {
        let tokens = words(text);
        let mut seen = std::collections::HashSet::new();
        let words: Vec<(Word, f64)> = tokens
            .iter()
            .filter(|word| seen.insert(word.as_str()))
            .map(|word| (Word::new(word), index.weight(word)))
            .collect();
        let total = words.iter().map(|(_, weight)| weight).sum();
        Self { words, total, tokens }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// What an article explains of the query.
    pub(super) fn evidence(&self, article: usize, entry: &Entry, index: &Index) -> Evidence {
        let mut best = Evidence { article, explained: 0.0, share: 0.0, complete: 0.0, field: Field::Message };
        let mut in_text = 0.0;
        for text in &entry.texts {
            let mut explained = 0.0;
            let mut said = vec![0.0_f64; text.words.len()];
            for (typed, weight) in &self.words {
                let mut most = 0.0_f64;
                for (word, said) in text.words.iter().zip(&mut said) {
                    let alike = similar(typed, word);
                    *said = said.max(alike);
                    most = most.max(alike);
                }
                explained += weight * most;
            }
            let (mut whole, mut part) = (0.0, 0.0);
            for (word, said) in text.words.iter().zip(&said) {
                let weight = index.weight(&word.folded);
                whole += weight;
                part += weight * said;
            }
            let complete = if whole > 0.0 { part / whole } else { 0.0 };
            if explained + complete > in_text + best.complete {
                best.complete = complete;
                best.field = text.field;
                in_text = explained;
            }
        }
        let mut in_words = 0.0;
        for (typed, weight) in &self.words {
            let most = entry
                .described
                .iter()
                .map(|described| described.weight * similar(typed, &described.word))
                .fold(0.0, f64::max);
            in_words += weight * most;
        }
        if let Some(nth) = self.code(entry) {
            best.field = Field::Code(nth);
            best.explained = CODE + in_text;
            best.share = 1.0;
            return best;
        }
        best.explained = in_text.max(0.5 * in_text + 0.5 * in_words);
        best.share = if self.total > 0.0 { best.explained / self.total } else { 0.0 };
        best
    }

    /// The code of the article that the query names.
    fn code(&self, entry: &Entry) -> Option<usize> {
        entry.codes.iter().position(|code| match code {
            CodeName::Name { name, first_word } => self.tokens.iter().any(|token| {
                let begins = token.len() >= 6 && token.len() > *first_word && name.starts_with(token.as_str());
                token == name || begins
            }),
            CodeName::Number(class, number) => self.names_number(class, number),
        })
    }

    /// `403.7`, `403 7`, `403 code 7`, `error 7 forbidden`.
    fn names_number(&self, class: &str, number: &str) -> bool {
        const BETWEEN: [&str; 9] = ["code", "error", "sub", "subcode", "status", "forbidden", "reason", "number", "no"];
        let after_class = self.tokens.iter().enumerate().filter(|(_, token)| *token == class).any(|(at, _)| {
            self.tokens
                .iter()
                .skip(at + 1)
                .find(|token| !BETWEEN.contains(&token.as_str()))
                .is_some_and(|token| token == number)
        });
        let before_name = class == "403"
            && self
                .tokens
                .windows(2)
                .any(|pair| matches!(pair, [first, second] if first == number && second == "forbidden"))
            && !self.tokens.iter().any(|token| token == "403");
        after_class || before_name
    }
}
