//! The distinct words of a knowledge base, each with its number, and how similar a typed word is to each of them.

use std::collections::HashMap;

use strsim::osa_distance;

use super::frequencies::frequencies;
use super::normalize::canonical;

/// The number of a word in a [`Vocabulary`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct WordId(pub(super) u32);

/// A word in the forms that are compared.
#[derive(Debug, Clone)]
pub(super) struct Word {
    /// The folded word.
    pub(super) folded: String,
    /// Its canonical form, in which confusable characters are equal.
    canonical: String,
    /// Number of characters of the canonical form.
    length: usize,
    has_digit: bool,
}

impl Word {
    pub(super) fn new(folded: &str) -> Self {
        let canonical = canonical(folded);
        Self {
            length: canonical.chars().count(),
            has_digit: folded.chars().any(|c| c.is_ascii_digit()),
            folded: folded.to_owned(),
            canonical,
        }
    }

    /// Whether the word is a number, or a code or identifier with digits.
    pub(super) fn has_digit(&self) -> bool {
        self.has_digit
    }

    /// Whether at least a third of the characters are digits, so that the word can't be a misread one such as `acc0unt`.
    pub(super) fn is_mostly_digits(&self) -> bool {
        let digits = self.folded.chars().filter(char::is_ascii_digit).count();
        digits * 3 >= self.folded.chars().count()
    }

    /// Returns how similar a typed word is to this one, from 0 (different words) to 1 (the same word).
    ///
    /// `is_known` says whether the typed word is a word of its own. If so, it is not a misspelling of another word: "unable" does
    /// not mean "enable".
    pub(super) fn similarity(&self, typed: &Self, is_known: bool) -> f64 {
        /// Words with the same canonical form.
        const CONFUSED: f64 = 0.95;
        if typed.folded == self.folded {
            return 1.0;
        }
        if typed.canonical == self.canonical {
            // Numbers are compared digit by digit.
            let is_number = typed.folded.bytes().all(|byte| byte.is_ascii_digit());
            return if is_number || typed.length < 2 { 0.0 } else { CONFUSED };
        }
        if typed.has_digit || self.has_digit || !typed.begins_like(self) {
            return 0.0;
        }
        let misspelled = if is_known { 0.0 } else { self.misspelled(typed) };
        self.begun(typed, is_known).max(self.same_stem(typed)).max(misspelled)
    }

    /// Whether the first characters are equal, or swapped, or one of them is missing or wrong.
    fn begins_like(&self, other: &Self) -> bool {
        let first_two = |word: &Self| {
            let mut chars = word.canonical.chars();
            (chars.next(), chars.next())
        };
        let ((a, b), (c, d)) = (first_two(self), first_two(other));
        a == c || b == d || a == d || b == c
    }

    /// Similarity of the beginning of a word to the word, perhaps with one wrong character.
    fn begun(&self, typed: &Self, is_known: bool) -> f64 {
        /// Length in characters from which on one of them may be wrong.
        const MIN_LENGTH_WITH_ERROR: usize = 5;
        if typed.length < 2 || typed.length >= self.length {
            return 0.0;
        }
        let share = share(typed.length, self.length);
        if self.canonical.starts_with(&typed.canonical) {
            return if typed.length == 2 { 0.4 } else { 0.7 } + 0.2 * share;
        }
        let beginning: String = self.canonical.chars().take(typed.length).collect();
        let has_one_error = !is_known
            && typed.length >= MIN_LENGTH_WITH_ERROR
            && self.canonical.get(..1) == typed.canonical.get(..1)
            && osa_distance(&typed.canonical, &beginning) == 1;
        if has_one_error { 0.5 + 0.2 * share } else { 0.0 }
    }

    /// Similarity of two forms of one word, such as "invite" and "invitation".
    fn same_stem(&self, typed: &Self) -> f64 {
        /// Minimum number of characters that both begin with.
        const MIN_STEM: usize = 4;
        let equal = typed.canonical.chars().zip(self.canonical.chars()).take_while(|(a, b)| a == b).count();
        let (shorter, longer) = (typed.length.min(self.length), typed.length.max(self.length));
        if equal >= MIN_STEM && equal * 4 >= shorter * 3 && equal * 2 >= longer { 0.72 } else { 0.0 }
    }

    /// Similarity of a misspelled word: the edit distance, relative to the length.
    fn misspelled(&self, typed: &Self) -> f64 {
        let longer = typed.length.max(self.length);
        let allowed = match longer {
            0..=2 => return 0.0,
            3..=5 => 1,
            6..=8 => 2,
            9..=11 => 3,
            _ => 4,
        };
        if typed.length.abs_diff(self.length) > allowed {
            return 0.0;
        }
        let distance = osa_distance(&typed.canonical, &self.canonical);
        if distance > allowed { 0.0 } else { 1.0 - 1.1 * share(distance, longer) }
    }
}

/// Returns the ratio of two lengths in characters.
#[expect(clippy::cast_precision_loss, reason = "words are short")]
fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole as f64
}

/// The distinct words of a knowledge base.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    words: Vec<Word>,
    ids: HashMap<String, WordId>,
}

impl Vocabulary {
    /// Returns a word.
    pub(super) fn word(&self, id: WordId) -> Option<&Word> {
        self.words.get(id.0 as usize)
    }

    /// Returns the words, in the order of their numbers.
    pub(super) fn words(&self) -> &[Word] {
        &self.words
    }

    /// Returns the number of a folded word.
    pub(super) fn id(&self, folded: &str) -> Option<WordId> {
        self.ids.get(folded).copied()
    }

    /// Returns the number of a folded word. Adds the word if it is new.
    pub(super) fn add(&mut self, folded: &str) -> WordId {
        if let Some(id) = self.id(folded) {
            return id;
        }
        // Invariant: a knowledge base has far fewer than 2³² words.
        let id = WordId(u32::try_from(self.words.len()).unwrap_or(u32::MAX));
        self.words.push(Word::new(folded));
        self.ids.insert(folded.to_owned(), id);
        id
    }

    /// Whether a folded word occurs in the knowledge base or is a common word.
    pub(super) fn knows(&self, folded: &str) -> bool {
        self.ids.contains_key(folded) || frequencies().contains(folded)
    }

    /// Replaces words that are written apart or together differently from the vocabulary: "multi factor" becomes "multifactor", and
    /// "ipaddress" becomes "ip address".
    pub(super) fn respaced(&self, words: Vec<String>) -> Vec<String> {
        /// Shorter words are not joined: "to r" is the beginning of "to request", and not "tor".
        const MIN_JOINED_BYTES: usize = 4;
        let mut respaced: Vec<String> = Vec::with_capacity(words.len());
        for word in words {
            if let Some(last) = respaced.last_mut()
                && word.len() > 1
                && last.len() + word.len() >= MIN_JOINED_BYTES
                && (self.id(last).is_none() || self.id(&word).is_none())
                && self.id(&format!("{last}{word}")).is_some()
            {
                last.push_str(&word);
            } else if self.knows(&word) {
                respaced.push(word);
            } else {
                match self.two_words(&word) {
                    Some((first, second)) => respaced.extend([first.to_owned(), second.to_owned()]),
                    None => respaced.push(word),
                }
            }
        }
        respaced
    }

    /// Returns the two known words that a word consists of, the first one as long as possible.
    fn two_words<'a>(&self, word: &'a str) -> Option<(&'a str, &'a str)> {
        /// Longer words are not split.
        const MAX_BYTES: usize = 40;
        let cuts = word.char_indices().map(|(at, _)| at).filter(|at| *at >= 2 && word.len() - *at >= 2);
        let parts = cuts.rev().filter_map(|at| word.split_at_checked(at));
        let mut known = parts.filter(|(first, second)| self.id(first).is_some() && self.id(second).is_some());
        if word.len() > MAX_BYTES { None } else { known.next() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn similarity(typed: &str, word: &str) -> f64 {
        Word::new(word).similarity(&Word::new(typed), false)
    }

    #[test]
    fn beginnings_misspellings_and_forms_of_a_word_are_similar_to_it() {
        for (typed, word) in [
            ("acti0n", "action"),
            ("ernergency", "emergency"),
            ("multif", "multifactor"),
            ("mulitf", "multifactor"),
            ("pasword", "password"),
            ("apssword", "password"),
            ("invite", "invitation"),
        ] {
            assert!(similarity(typed, word) > 0.55, "{typed} {word}: {}", similarity(typed, word));
        }
    }

    #[test]
    fn other_words_and_numbers_are_not_similar() {
        for (typed, word) in [
            ("printer", "password"),
            ("paper", "please"),
            ("is", "it"),
            ("15", "is"),
            ("e50079", "e50076"),
            ("403", "402"),
        ] {
            assert!(similarity(typed, word) < 0.1, "{typed} {word}: {}", similarity(typed, word));
        }
    }

    #[test]
    fn a_known_word_is_not_a_misspelling() {
        assert!(Word::new("enable").similarity(&Word::new("unable"), true) < 0.1);
        assert!(Word::new("enable").similarity(&Word::new("enabel"), false) > 0.6);
    }

    #[test]
    fn words_are_spaced_as_in_the_vocabulary() {
        let mut vocabulary = Vocabulary::default();
        for word in ["multifactor", "ip", "address", "log", "in"] {
            vocabulary.add(word);
        }
        let respaced = |text: &str| vocabulary.respaced(text.split(' ').map(str::to_owned).collect()).join(" ");
        assert_eq!(
            respaced("multi factor ipaddress login"),
            "multifactor ip address login",
            "a common word is not split"
        );
        assert_eq!(respaced("log in zzipaddress"), "log in zzipaddress");
    }
}
