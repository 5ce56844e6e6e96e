//! How well each article explains what was typed.
//!
//! Two things speak for an article: that it explains everything that was typed, or that its message stands, nearly whole, in
//! some stretch of what was typed, whatever else stands around it.

use super::index::{Entry, Field, Index};
use super::query::{Query, SURE};

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
    /// Whether a code of the article is named.
    pub(super) coded: bool,
    /// What matched best.
    pub(super) field: Field,
}

impl Query {
    /// What an article explains of the query.
    pub(super) fn evidence(&self, article: usize, entry: &Entry, index: &Index) -> Evidence {
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
            coded: false,
            field: Field::Message,
        };
        let mut by_word: Vec<f64> = self.typed.iter().map(|typed| typed.best_described(entry)).collect();
        for text in &entry.texts {
            let in_text: Vec<f64> = self.typed.iter().map(|typed| typed.best_of(&text.words)).collect();
            for (all, here) in by_word.iter_mut().zip(&in_text) {
                *all = all.max(if *here >= SURE { *here } else { 0.0 });
            }
            best.text_share = best.text_share.max(self.explained(&in_text) / self.total.max(f64::MIN_POSITIVE));
            best.letters = best.letters.max(self.threes.share_in(&text.threes));
            best.spelt = self.threes.tell(best.letters);
            let (stretch, from, to) = self.stretch(&in_text);
            let (complete, missing) = self.complete(&text.words, from, to, index);
            // The message comes first; a wording must fit clearly better.
            let preferred = if text.field == Field::Message { 0.0 } else { CLEARLY };
            if stretch + complete > best.stretch + best.complete + preferred {
                best = Evidence {
                    complete,
                    missing,
                    stretch,
                    begins: self.begins(&text.words),
                    field: text.field,
                    ..best
                };
            }
        }
        best.explained = self.explained(&by_word);
        best.share = best.explained / self.total.max(f64::MIN_POSITIVE);
        if best.explained > best.stretch + 1.0 && best.complete < 0.5 {
            best.field = Field::Description;
        }
        if let Some(nth) = self.code(entry) {
            best.field = Field::Code(nth);
            best.explained += CODE;
            best.stretch = best.stretch.max(0.0) + CODE;
            best.coded = true;
        }
        best
    }

    /// The weight of the tokens, each as far as it is explained.
    fn explained(&self, by_word: &[f64]) -> f64 {
        self.order.iter().filter_map(|at| Some(self.typed.get(*at)?.weight * by_word.get(*at)?)).sum()
    }

    /// The stretch of tokens that fits a text best: what it is worth, and its first and last token.
    fn stretch(&self, in_text: &[f64]) -> (f64, usize, usize) {
        let (mut best, mut best_from, mut best_to) = (0.0, 0, 0);
        let (mut here, mut from) = (0.0, 0);
        for (nth, at) in self.order.iter().enumerate() {
            let (Some(typed), Some(alike)) = (self.typed.get(*at), in_text.get(*at)) else { continue };
            here += typed.weight * (alike - BREAKS_EVEN) / (1.0 - BREAKS_EVEN);
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
    fn complete(&self, text: &[usize], from: usize, to: usize, index: &Index) -> (f64, f64) {
        let mut tokens: Vec<usize> = self.order.iter().take(to + 1).skip(from).copied().collect();
        tokens.sort_unstable();
        tokens.dedup();
        let (mut whole, mut said, mut missing) = (0.0, 0.0, 0.0);
        for word in text {
            let weight = index.weights.get(*word).copied().unwrap_or_default();
            let alike = tokens
                .iter()
                .filter_map(|at| self.typed.get(*at)?.alike.get(*word))
                .fold(0.0_f32, |most, alike| most.max(*alike));
            whole += weight;
            said += weight * f64::from(alike);
            if alike >= SAID {
                missing = whole - said;
            }
        }
        let complete = if whole > 0.0 { said / whole } else { 0.0 };
        (if self.is_begun(text, index) { complete.min(BEGUN) } else { complete }, missing)
    }

    /// Whether the first two tokens are the first two words of a text.
    fn begins(&self, text: &[usize]) -> bool {
        let first_two = |nth: usize| {
            let typed = self.typed.get(*self.order.get(nth)?)?;
            Some(f64::from(*typed.alike.get(*text.get(nth)?)?) >= SURE)
        };
        first_two(0) == Some(true) && first_two(1) == Some(true)
    }

    /// Whether the last token is only the beginning of a word of the text, so that more may be to come.
    fn is_begun(&self, text: &[usize], index: &Index) -> bool {
        let Some(last) = self.tokens.last() else { return false };
        let words = || text.iter().filter_map(|word| index.vocabulary.get(*word));
        words().any(|word| word.folded.len() > last.len() && word.folded.starts_with(last.as_str()))
            && !words().any(|word| word.folded == *last)
    }
}
