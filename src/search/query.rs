//! A query, ready to be compared with every article: its words, what each weighs, and how alike each is to every known word.

use std::collections::HashMap;

use super::background::{self, Common};
use super::index::{CodeName, Entry, Index};
use super::letters::Threes;
use super::normalize::words;
use super::similar::{Word, similar};

/// Words of a query that are looked at; what is longer is cut.
const LONGEST: usize = 4000;

/// Words of a query up to which it is a fragment.
const FEW: usize = 3;

/// How a query is put.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Manner {
    /// A few words, or the beginnings of some.
    Fragment,
    /// A longer text, such as a message.
    Text,
    /// A longer text with words in it by which people tell what happened.
    Told,
}

/// A word that no neighbours confirm counts when it is at least this much alike.
pub(super) const SURE: f64 = 0.7;

/// What a misspelt word weighs, as a share of the right one.
const NEARLY: f64 = 0.9;

/// A word of the query, and how alike it is to each word of the vocabulary.
pub(super) struct Typed {
    pub(super) weight: f64,
    pub(super) alike: Vec<f32>,
}

/// A query, ready to be compared with every article.
pub(super) struct Query {
    /// The tokens, in order.
    pub(super) tokens: Vec<String>,
    /// Each different token once.
    pub(super) typed: Vec<Typed>,
    /// For each token, its index in `typed`.
    pub(super) order: Vec<usize>,
    pub(super) total: f64,
    pub(super) threes: Threes,
}

impl Query {
    pub(super) fn new(text: &str, index: &Index) -> Self {
        let mut tokens = words(text);
        tokens.truncate(LONGEST);
        let threes = Threes::new(tokens.iter().map(String::as_str));
        let mut numbers = HashMap::new();
        let mut typed: Vec<Typed> = Vec::new();
        let mut order = Vec::with_capacity(tokens.len());
        for token in &tokens {
            let at = *numbers.entry(token.clone()).or_insert_with(|| {
                typed.push(Typed::new(token, index));
                typed.len() - 1
            });
            order.push(at);
        }
        let mut query = Self { tokens, typed, order, total: 0.0, threes };
        query.join(index);
        query.total = query.weights().sum();
        query
    }

    pub(super) fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }

    /// How the query is put.
    pub(super) fn manner(&self) -> Manner {
        let by_person = |token: &String| background::common(token) == Some(Common::Person);
        match self.tokens.len() {
            0..=FEW => Manner::Fragment,
            _ if self.tokens.iter().any(by_person) => Manner::Told,
            _ => Manner::Text,
        }
    }

    /// Two words that are one in the vocabulary ("multi factor"), or one that is two ("ipaddress").
    fn join(&mut self, index: &Index) {
        let pairs: Vec<(usize, usize, usize)> = self
            .tokens
            .windows(2)
            .zip(self.order.windows(2))
            .filter_map(|(words, order)| match (words, order) {
                ([a, b], [at, then]) => index.number(&format!("{a}{b}")).map(|number| (*at, *then, number)),
                _ => None,
            })
            .collect();
        for (first, second, number) in pairs {
            for at in [first, second] {
                self.equate(at, number, index);
            }
        }
        let halves: Vec<(usize, usize)> = self
            .tokens
            .iter()
            .zip(&self.order)
            .filter(|(token, _)| token.is_ascii() && token.len() >= 6 && index.number(token).is_none())
            .flat_map(|(token, at)| {
                (2..token.len() - 1)
                    .filter_map(|cut| token.split_at_checked(cut))
                    .filter_map(|(a, b)| Some([index.number(a)?, index.number(b)?]))
                    .flatten()
                    .map(|number| (*at, number))
                    .collect::<Vec<_>>()
            })
            .collect();
        for (at, number) in halves {
            self.equate(at, number, index);
        }
    }

    fn equate(&mut self, at: usize, number: usize, index: &Index) {
        let Some(typed) = self.typed.get_mut(at) else { return };
        if let Some(alike) = typed.alike.get_mut(number) {
            *alike = 1.0;
        }
        if let Some(weight) = index.weights.get(number) {
            typed.weight = typed.weight.min(*weight);
        }
    }

    fn weights(&self) -> impl Iterator<Item = f64> {
        self.order.iter().filter_map(|at| self.typed.get(*at)).map(|typed| typed.weight)
    }

    /// The code of the article that the query names.
    pub(super) fn code(&self, entry: &Entry) -> Option<usize> {
        entry.codes.iter().position(|code| match code {
            CodeName::Name { name, first_word } => {
                self.tokens.iter().any(|token| {
                    let begins = token.len() >= 6 && token.len() > *first_word && name.starts_with(token.as_str());
                    token == name || begins
                }) || self.tokens.windows(2).any(|pair| pair.concat() == *name)
            }
            CodeName::Number(class, number) => self.names_number(class, number),
        })
    }

    /// `403.7`, `403 7`, `403 code 7`, `error 7 forbidden`.
    fn names_number(&self, class: &str, number: &str) -> bool {
        const BETWEEN: [&str; 9] = ["code", "error", "sub", "subcode", "status", "forbidden", "reason", "number", "no"];
        let after_class = self.tokens.iter().enumerate().filter(|(_, token)| *token == class).any(|(at, _)| {
            let after = self.tokens.iter().skip(at + 1).find(|token| !BETWEEN.contains(&token.as_str()));
            after.is_some_and(|token| token == number)
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

impl Typed {
    fn new(token: &str, index: &Index) -> Self {
        let word = Word::new(token);
        #[expect(clippy::cast_possible_truncation, reason = "a likeness needs no more than a few digits")]
        let alike: Vec<f32> = index.vocabulary.iter().map(|known| similar(&word, known) as f32).collect();
        let own = index.weight(token);
        // A misspelt word is as rare as the word that it is meant to be.
        let meant = alike.iter().zip(&index.weights).max_by(|a, b| a.0.total_cmp(b.0));
        let weight = match meant {
            Some((alike, weight)) if *alike >= 0.75 => own.max(NEARLY * weight).min(own.max(*weight)),
            _ => own,
        };
        Self { weight, alike }
    }

    /// How alike it is to the most alike of some words.
    pub(super) fn best_of(&self, words: &[usize]) -> f64 {
        f64::from(words.iter().filter_map(|word| self.alike.get(*word)).fold(0.0_f32, |most, alike| most.max(*alike)))
    }

    /// The same for the words that describe an article, each worth what it says.
    pub(super) fn best_described(&self, entry: &Entry) -> f64 {
        entry
            .described
            .iter()
            .filter_map(|(word, weight)| Some((weight, f64::from(*self.alike.get(*word)?))))
            .filter(|(_, alike)| *alike >= SURE)
            .map(|(weight, alike)| weight * alike)
            .fold(0.0, f64::max)
    }
}
