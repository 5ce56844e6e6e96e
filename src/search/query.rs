//! A query: its words, what each weighs, and how far each place of it is to be trusted.

use std::ops::RangeInclusive;

use super::background::{self, Common};
use super::index::{CodeName, Entry, Index};
use super::letters::Threes;
use super::lines;
use super::nearness::Fragment;
use super::vocabulary::Vocabulary;

/// Words of a query up to which it is a fragment.
pub(super) const FEW: usize = 3;

/// What people write around a code, and between its two numbers; among it what the protocol of the web calls the classes.
const AROUND_A_CODE: [&str; 15] = [
    "http",
    "https",
    "error",
    "code",
    "status",
    "sub",
    "subcode",
    "reason",
    "number",
    "no",
    "forbidden",
    "unauthorized",
    "locked",
    "access",
    "denied",
];

/// What a helpdesk calls whom it is about.
const ABOUT_WHOM: [&str; 3] = ["user", "users", "usr"];

/// Letters of a name of a code from which on its beginning means it.
const TELLS_A_NAME: usize = 6;

/// Letters of a word that may be two which are written as one.
const HALVED: RangeInclusive<usize> = 6..=60;

/// What a word weighs that says hardly anything, as a share of what it would weigh.
const HARDLY: f64 = 0.1;

/// How a query is put.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Manner {
    /// A single word, or its beginning.
    Word,
    /// A few words, or the beginnings of some.
    Fragment,
    /// A text with a word in it that says that it is about something else.
    Elsewhere,
    /// A longer text, such as a message.
    Text,
    /// A longer text with words in it by which people tell what happened.
    Told,
}

/// A query, ready to be compared with articles.
pub(super) struct Query {
    /// The tokens, in order.
    pub(super) tokens: Vec<String>,
    /// Each different token once.
    pub(super) typed: Vocabulary,
    /// What each of them weighs.
    pub(super) weights: Vec<f64>,
    /// For each token, its number among them.
    pub(super) order: Vec<usize>,
    /// How far each token is to be trusted, 0 to 1.
    pub(super) trust: Vec<f64>,
    /// How many tokens each line has, and how far it is to be trusted.
    pub(super) lines: Vec<(usize, f64)>,
    pub(super) threes: Threes,
    /// The whole query, where it is short.
    pub(super) fragment: Option<Fragment>,
    /// Whether it names the first number of some codes and says nothing besides; "forbidden" says something.
    pub(super) is_class: bool,
    /// Whether a word says that it is about something else.
    pub(super) is_elsewhere: bool,
}

impl Query {
    pub(super) fn new(text: &str, index: &Index) -> Self {
        let lines = lines::lines(text, index);
        let mut query = Self {
            tokens: Vec::new(),
            typed: Vocabulary::default(),
            weights: Vec::new(),
            order: Vec::new(),
            trust: Vec::new(),
            lines: lines.iter().map(|line| (line.length, line.trust)).collect(),
            threes: Threes::default(),
            fragment: None,
            is_class: false,
            is_elsewhere: false,
        };
        for line in &lines {
            for token in line.words() {
                let at = query.typed.add(token) as usize;
                if at == query.weights.len() {
                    query.weights.push(index.weight_of(token).into());
                }
                query.order.push(at);
                query.trust.push(line.trust);
                query.tokens.push(token.to_owned());
            }
        }
        query.weigh_around_codes(index);
        query.is_elsewhere = query.tokens.iter().any(|token| index.is_elsewhere(token));
        query.is_class = index.classes.iter().any(|class| query.names_class(class))
            && query.typed.words().all(|word| word.is_common_or_number());
        query.fragment = Fragment::new(&query.tokens.join(" ")).filter(|_| !query.is_class);
        query.threes = Threes::new(query.tokens.iter().map(String::as_str));
        query
    }

    /// Where a numbered code is named, its numbers and what people write around them say hardly anything for a text.
    fn weigh_around_codes(&mut self, index: &Index) {
        let names_one = index.classes.iter().any(|class| {
            self.numbers_after(class).any(|number| index.coded.contains_key(number))
                || self.number_before_name(class).is_some_and(|number| index.coded.contains_key(number))
        });
        if !names_one {
            return;
        }
        for (word, weight) in self.typed.words().zip(&mut self.weights) {
            if AROUND_A_CODE.contains(&word.folded) || word.is_number() {
                *weight *= HARDLY;
            }
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }

    /// The words before and behind a name, which is given as one word, and may be written in several: "log in", "login"; "won't", "wont".
    pub(super) fn around(&self, name: &str) -> Option<(&[String], &[String])> {
        (0..self.tokens.len()).find_map(|at| {
            let (before, from) = self.tokens.split_at_checked(at)?;
            Some((before, from.get(spelt(from, name)?..)?))
        })
    }

    /// What is left of a sentence without its everyday words, where these are few words: "it says my ip is blocked" says "ip blocked".
    pub(super) fn gist(&self) -> Option<String> {
        let said = uncommon(&self.tokens);
        // Programs say whole sentences with a single such word too.
        let besides = self.tokens.iter().filter(|token| !ABOUT_WHOM.contains(&token.as_str())).count();
        let least = if self.is_told() || besides <= 2 { 1 } else { 2 };
        let is_gist = (least..=FEW).contains(&said.len()) && said.len() < self.tokens.len();
        is_gist.then(|| said.join(" "))
    }

    /// Whether somebody tells what happened.
    fn is_told(&self) -> bool {
        let by_person = |token: &String| matches!(background::common(token), Some(Common::Person | Common::Telling));
        self.tokens.iter().any(by_person)
    }

    /// How the query is put.
    pub(super) fn manner(&self) -> Manner {
        match self.tokens.len() {
            _ if self.is_elsewhere => Manner::Elsewhere,
            0..=1 => Manner::Word,
            2..=FEW => Manner::Fragment,
            _ if self.is_told() => Manner::Told,
            _ => Manner::Text,
        }
    }

    /// The words of a token, as indices into `typed`, and a known word that they make up: two that are one in the vocabulary
    /// ("multi factor"), or one that is two ("ipaddress").
    pub(super) fn joined(&self, index: &Index) -> Vec<(usize, u32)> {
        let pairs =
            self.tokens.windows(2).zip(self.order.windows(2)).filter_map(|(words, order)| match (words, order) {
                ([a, b], [at, then]) => index.number(&format!("{a}{b}")).map(|number| [(*at, number), (*then, number)]),
                _ => None,
            });
        let mut joined: Vec<(usize, u32)> = pairs.flatten().collect();
        for (at, word) in self.typed.words().enumerate() {
            let word = word.folded;
            if !word.is_ascii() || !HALVED.contains(&word.len()) || index.number(word).is_some() {
                continue;
            }
            let halves = (2..word.len() - 1)
                .filter_map(|cut| word.split_at_checked(cut))
                .filter_map(|(a, b)| Some([index.number(a)?, index.number(b)?]));
            joined.extend(halves.flatten().map(|number| (at, number)));
        }
        joined
    }

    /// The code of the article that the query names.
    pub(super) fn code(&self, entry: &Entry) -> Option<usize> {
        entry.codes.iter().position(|code| match code {
            CodeName::Name { name, first_word } => {
                self.tokens.iter().any(|token| {
                    let begins =
                        token.len() >= TELLS_A_NAME && token.len() > *first_word && name.starts_with(token.as_str());
                    token == name || begins
                }) || !self.is_elsewhere && self.tokens.windows(2).any(|run| spells(run, name))
                    || self.is_name_in_words(name)
            }
            CodeName::Number(class, number) => self.names_number(class, number) || self.names_class(class),
        })
    }

    /// `user not found`, `error: user not found`, and nothing besides: in a longer text, such words are a sentence of somebody else.
    fn is_name_in_words(&self, name: &str) -> bool {
        let is_around = |token: &String| AROUND_A_CODE.contains(&token.as_str());
        let before =
            self.tokens.iter().take_while(|token| is_around(token) && !name.starts_with(token.as_str())).count();
        let behind = self.tokens.iter().rev().take_while(|token| is_around(token) && !name.ends_with(token.as_str()));
        let end = self.tokens.len() - behind.count();
        self.tokens.get(before..end).is_some_and(|run| spells(run, name))
    }

    /// `403`, `error 403`, `HTTP 403 Forbidden`, and nothing besides: any error of that class.
    fn names_class(&self, class: &str) -> bool {
        self.tokens.iter().any(|token| token == class)
            && self.tokens.iter().all(|token| token == class || AROUND_A_CODE.contains(&token.as_str()))
    }

    /// `403.7`, `403 7`, `403 code 7`, `error 7 forbidden`.
    fn names_number(&self, class: &str, number: &str) -> bool {
        self.numbers_after(class).any(|token| token == number) || self.number_before_name(class) == Some(number)
    }

    /// What stands behind a class, with such words between them as people write there.
    fn numbers_after<'a>(&'a self, class: &'a str) -> impl Iterator<Item = &'a str> {
        let classes = self.tokens.iter().enumerate().filter(move |(_, token)| *token == class);
        classes.filter_map(|(at, _)| {
            let between = |token: &&String| AROUND_A_CODE.contains(&token.as_str());
            self.tokens.iter().skip(at + 1).find(|token| !between(token)).map(String::as_str)
        })
    }

    /// The number before the name of a class that is not named by its own number: `error 7 forbidden`.
    fn number_before_name(&self, class: &str) -> Option<&str> {
        let name = match class {
            "401" => "unauthorized",
            "403" => "forbidden",
            "423" => "locked",
            _ => return None,
        };
        if self.tokens.iter().any(|token| token == class) {
            return None;
        }
        self.tokens.windows(2).find_map(|pair| match pair {
            [number, named] if named == name && number.chars().all(|c| c.is_ascii_digit()) => Some(number.as_str()),
            _ => None,
        })
    }
}

/// The words that are not everyday ones.
pub(super) fn uncommon(words: &[String]) -> Vec<&str> {
    words.iter().map(String::as_str).filter(|word| !is_everyday(word)).collect()
}

/// Whether a word, or a single letter, says nothing of what happened.
fn is_everyday(token: &str) -> bool {
    matches!(background::common(token), Some(Common::Sentence | Common::Telling | Common::Person))
        || token.chars().nth(1).is_none()
}

/// Whether some words, written as one, are a name.
fn spells(words: &[String], name: &str) -> bool {
    spelt(words, name) == Some(words.len())
}

/// How many of some words, from the first on, are a name when they are written as one.
fn spelt(words: &[String], name: &str) -> Option<usize> {
    let mut rest = name;
    for (before, word) in words.iter().enumerate() {
        rest = rest.strip_prefix(word.as_str())?;
        if rest.is_empty() {
            return Some(before + 1);
        }
    }
    None
}
