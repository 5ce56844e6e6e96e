//! How well each article explains what was typed.
//!
//! Two things speak for an article: that it explains everything that was typed, or that its message stands, nearly whole, in
//! some stretch of what was typed, whatever else stands around it.

use super::index::{Entry, Field, Index};
use super::nearness::Nearness;
use super::query::Query;
use super::similar::{Word, similar};

/// A word that no neighbours confirm counts when it is at least this much alike.
const SURE: f64 = 0.7;

/// What a misspelt word weighs, as a share of the right one.
const NEARLY: f64 = 0.9;

/// From how much alike on a word is taken for a misspelt one.
const MISSPELT: f32 = 0.75;

/// What an exactly named code is worth, in the unit of word weights.
const CODE: f64 = 15.0;

/// A word that is explained by less than this makes a stretch worse rather than better.
const BREAKS_EVEN: f64 = 0.4;

/// A word of a text counts as said when it is at least this much alike.
const SAID: f32 = 0.6;

/// A text counts as no more complete than this while its last word is only begun.
const BEGUN: f64 = 0.9;

/// By how much a wording must fit better than the message to be named in its place.
const CLEARLY: f64 = 0.5;

/// How well an article explains a query.
#[derive(Debug, Clone)]
pub(super) struct Evidence {
    pub(super) article: usize,
    /// Weight of the query's words that the article explains.
    pub(super) explained: f64,
    /// Share of the query's weight that is explained, 0 to 1.
    pub(super) share: f64,
    /// The same for one message or wording alone.
    pub(super) text_share: f64,
    /// Share of the article's best text that the query says, 0 to 1.
    pub(super) complete: f64,
    /// Weight of the words of that text that the query leaves out in between; what comes after may not have been typed yet.
    pub(super) missing: f64,
    /// How well the best stretch of the query fits that text: explained weight, less what stands in between.
    pub(super) stretch: f64,
    /// Share of the query's runs of three letters that stand in one message or wording, 0 to 1.
    pub(super) letters: f64,
    /// Whether these are so many that the message is meant, however its words are spelt.
    pub(super) spelt: bool,
    /// Whether the query begins as that text begins.
    pub(super) begins: bool,
    /// How near the whole query comes to a part of one message or wording, where it is short.
    pub(super) near: Nearness,
    /// Whether a code of the article is named.
    pub(super) coded: bool,
    /// What matched best.
    pub(super) field: Field,
}

/// A query beside the articles that it is compared with.
pub(super) struct Comparison<'a> {
    query: &'a Query,
    index: &'a Index,
    /// The words of these articles, ascending. A word is meant by its index here.
    words: Vec<u32>,
    /// What each of them weighs.
    weights: Vec<f64>,
    /// What each typed word weighs, in the light of the words that it may be meant to be.
    typed: Vec<f64>,
    /// How alike each typed word is to each of these words.
    alike: Vec<Vec<f32>>,
    /// Whether any typed word is alike to each of these words.
    is_said: Vec<bool>,
    /// What the whole query weighs.
    total: f64,
}

impl<'a> Comparison<'a> {
    pub(super) fn new(query: &'a Query, articles: &[u32], index: &'a Index) -> Self {
        let words = words(articles, index);
        let mut comparison = Self {
            query,
            index,
            weights: words.iter().map(|word| f64::from(index.weight(*word))).collect(),
            alike: likenesses(query, &words, index),
            is_said: Vec::new(),
            words,
            typed: query.weights.clone(),
            total: 0.0,
        };
        comparison.misspelt();
        for (at, number) in query.joined(index) {
            comparison.equate(at, number);
        }
        comparison.is_said = (0..comparison.words.len())
            .map(|word| comparison.alike.iter().any(|alike| alike.get(word) > Some(&0.0)))
            .collect();
        comparison.total = query
            .order
            .iter()
            .zip(&query.trust)
            .filter_map(|(at, trust)| Some(comparison.typed.get(*at)? * trust))
            .sum();
        comparison
    }

    /// A misspelt word is as rare as the word that it is meant to be.
    fn misspelt(&mut self) {
        for (own, alike) in self.typed.iter_mut().zip(&self.alike) {
            let meant = alike.iter().zip(&self.weights).max_by(|a, b| a.0.total_cmp(b.0));
            if let Some((alike, weight)) = meant
                && *alike >= MISSPELT
            {
                *own = own.max(NEARLY * weight);
            }
        }
    }

    fn equate(&mut self, at: usize, number: u32) {
        let Some(here) = self.here(number) else { return };
        if let Some(alike) = self.alike.get_mut(at).and_then(|alike| alike.get_mut(here)) {
            *alike = 1.0;
        }
        if let (Some(typed), Some(weight)) = (self.typed.get_mut(at), self.weights.get(here)) {
            *typed = typed.min(*weight);
        }
    }

    /// The index here of a word of the vocabulary.
    fn here(&self, number: u32) -> Option<usize> {
        // Where all words are compared, each stands at its own number.
        let own = number as usize;
        if self.words.get(own) == Some(&number) { Some(own) } else { self.words.binary_search(&number).ok() }
    }

    fn is_said(&self, word: usize) -> bool {
        self.is_said.get(word) == Some(&true)
    }

    /// What an article explains of the query.
    pub(super) fn evidence(&self, article: u32) -> Option<Evidence> {
        let entry = self.index.entries.get(article as usize)?;
        let article = article as usize;
        let mut best = Evidence {
            article,
            explained: 0.0,
            share: 0.0,
            text_share: 0.0,
            complete: 0.0,
            missing: 0.0,
            stretch: f64::NEG_INFINITY,
            letters: 0.0,
            spelt: false,
            begins: false,
            near: Nearness::default(),
            coded: false,
            field: Field::Message,
        };
        let described = entry.described.iter().filter_map(|(word, says)| Some((self.here(*word)?, f64::from(*says))));
        let described: Vec<(usize, f64)> = described.filter(|(word, _)| self.is_said(*word)).collect();
        let mut by_word: Vec<f64> = self.alike.iter().map(|alike| best_described(alike, &described)).collect();
        for text in &entry.texts {
            let mut words = Vec::with_capacity(text.words.len());
            words.extend(text.words.iter().filter_map(|number| self.here(*number)));
            let said: Vec<usize> = words.iter().copied().filter(|word| self.is_said(*word)).collect();
            let in_text: Vec<f64> = self.alike.iter().map(|alike| best_of(alike, &said)).collect();
            for (all, here) in by_word.iter_mut().zip(&in_text) {
                *all = all.max(if *here >= SURE { *here } else { 0.0 });
            }
            best.text_share = best.text_share.max(self.explained(&in_text) / self.total.max(f64::MIN_POSITIVE));
            let folded = self.index.folded(text.number);
            best.letters = best.letters.max(self.query.threes.share_in(folded.chars().filter(|c| *c != ' ')));
            best.spelt = self.query.threes.tell(best.letters);
            if let Some(fragment) = &self.query.fragment {
                let near = fragment.nearness(folded);
                best.near = best.near.max(near);
            }
            let (stretch, from, to) = self.stretch(&in_text);
            let (complete, missing) = self.complete(&words, from, to);
            // The message comes first; a wording must fit clearly better.
            let preferred = if text.field == Field::Message { 0.0 } else { CLEARLY };
            if stretch + complete > best.stretch + best.complete + preferred {
                best = Evidence { complete, missing, stretch, begins: self.begins(&words), field: text.field, ..best };
            }
        }
        best.explained = self.explained(&by_word);
        best.share = best.explained / self.total.max(f64::MIN_POSITIVE);
        if best.explained > best.stretch + 1.0 && best.complete < 0.5 {
            best.field = Field::Description;
        }
        if let Some(nth) = self.query.code(entry) {
            best.field = Field::Code(nth);
            best.explained += CODE;
            best.stretch = best.stretch.max(0.0) + CODE;
            best.coded = true;
        }
        Some(best)
    }

    /// The tokens in order: index into `typed`, and weight as far as it is trusted.
    fn tokens(&self) -> impl Iterator<Item = (usize, f64)> {
        let tokens = self.query.order.iter().zip(&self.query.trust);
        tokens.filter_map(|(at, trust)| Some((*at, self.typed.get(*at)? * trust)))
    }

    /// The weight of the tokens, each as far as it is explained.
    fn explained(&self, by_word: &[f64]) -> f64 {
        self.tokens().filter_map(|(at, weight)| Some(weight * by_word.get(at)?)).sum()
    }

    /// The stretch of tokens that fits a text best: what it is worth, and its first and last token.
    fn stretch(&self, in_text: &[f64]) -> (f64, usize, usize) {
        let (mut best, mut best_from, mut best_to) = (0.0, 0, 0);
        let (mut here, mut from) = (0.0, 0);
        for (nth, (at, weight)) in self.tokens().enumerate() {
            let Some(alike) = in_text.get(at) else { continue };
            here += weight * (alike - BREAKS_EVEN) / (1.0 - BREAKS_EVEN);
            if here <= 0.0 {
                here = 0.0;
                from = nth + 1;
            } else if here > best {
                (best, best_from, best_to) = (here, from, nth);
            }
        }
        (best, best_from, best_to)
    }

    /// Which share of a text the tokens of a stretch say, and the weight of what they do not.
    fn complete(&self, text: &[usize], from: usize, to: usize) -> (f64, f64) {
        let mut tokens: Vec<usize> = self.query.order.iter().take(to + 1).skip(from).copied().collect();
        tokens.sort_unstable();
        tokens.dedup();
        let (mut whole, mut said, mut missing) = (0.0, 0.0, 0.0);
        for word in text {
            let weight = self.weights.get(*word).copied().unwrap_or_default();
            let alike = tokens
                .iter()
                .filter_map(|at| self.alike.get(*at)?.get(*word))
                .fold(0.0_f32, |most, alike| most.max(*alike));
            whole += weight;
            said += weight * f64::from(alike);
            if alike >= SAID {
                missing = whole - said;
            }
        }
        let complete = if whole > 0.0 { said / whole } else { 0.0 };
        (if self.is_begun(text) { complete.min(BEGUN) } else { complete }, missing)
    }

    /// Whether the first two tokens are the first two words of a text.
    fn begins(&self, text: &[usize]) -> bool {
        let first_two = |nth: usize| {
            let alike = self.alike.get(*self.query.order.get(nth)?)?;
            Some(f64::from(*alike.get(*text.get(nth)?)?) >= SURE)
        };
        first_two(0) == Some(true) && first_two(1) == Some(true)
    }

    /// Whether the last token is only the beginning of a word of the text, so that more may be to come.
    fn is_begun(&self, text: &[usize]) -> bool {
        let Some(last) = self.query.tokens.last() else { return false };
        let words = || text.iter().filter_map(|word| self.index.word(*self.words.get(*word)?));
        words().any(|word| word.folded.len() > last.len() && word.folded.starts_with(last.as_str()))
            && !words().any(|word| word.folded == last)
    }
}

/// How alike each typed word is to each of some words.
fn likenesses(query: &Query, words: &[u32], index: &Index) -> Vec<Vec<f32>> {
    let typed: Vec<Word<'_>> = query.typed.words().collect();
    let mut alike: Vec<Vec<f32>> = typed.iter().map(|_| Vec::with_capacity(words.len())).collect();
    for word in words.iter().filter_map(|word| index.word(*word)) {
        for (alike, typed) in alike.iter_mut().zip(&typed) {
            // Where a class of codes is named, any of them is meant, whatever words its article has.
            let likeness = if query.is_class { 0.0 } else { similar(typed, &word) };
            #[expect(clippy::cast_possible_truncation, reason = "a likeness needs no more than a few digits")]
            alike.push(likeness as f32);
        }
    }
    alike
}

/// The words of some articles, ascending.
fn words(articles: &[u32], index: &Index) -> Vec<u32> {
    if articles.len() == index.entries.len() {
        return index.all_words().collect();
    }
    let entries = articles.iter().filter_map(|article| index.entries.get(*article as usize));
    let mut words: Vec<u32> = entries.flat_map(Entry::words).collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// How alike a typed word is to the most alike of some words.
fn best_of(alike: &[f32], words: &[usize]) -> f64 {
    f64::from(words.iter().filter_map(|word| alike.get(*word)).fold(0.0_f32, |most, alike| most.max(*alike)))
}

/// The same for words that describe an article, each worth what it says.
fn best_described(alike: &[f32], described: &[(usize, f64)]) -> f64 {
    described
        .iter()
        .filter_map(|(word, says)| Some((says, f64::from(*alike.get(*word)?))))
        .filter(|(_, alike)| *alike >= SURE)
        .map(|(says, alike)| says * alike)
        .fold(0.0, f64::max)
}
