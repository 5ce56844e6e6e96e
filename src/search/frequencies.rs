//! How often words occur in general: in what people write about problems, and in the messages of programs.
//!
//! The command that fits the model counts them in its training data and writes `frequencies.tsv`. `general-words.txt` adds ordinary
//! words that are too rare to be counted there.

use std::collections::HashMap;
use std::sync::LazyLock;

/// The numbers of texts that contain a word.
#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    /// Texts by people about errors of the knowledge base for which the words were counted.
    people: f32,
    /// Texts by people about something else.
    others: f32,
    /// Messages of other programs.
    messages: f32,
}

/// How often words occur.
#[derive(Debug)]
pub(super) struct Frequencies {
    words: HashMap<&'static str, Counts>,
    /// The numbers of all texts.
    total: Counts,
    /// The assumed numbers of texts with the words of `general-words.txt`.
    general: HashMap<&'static str, f32>,
}

static FREQUENCIES: LazyLock<Frequencies> = LazyLock::new(|| {
    /// The assumed number of texts that contain a word, for each list of `general-words.txt`.
    const GENERAL: [f32; 3] = [8.0, 3.0, 1.0];
    // Invariant: a test reads every line, so the fallbacks in this closure are never used.
    let rows = include_str!("frequencies.tsv").lines().filter(|line| !line.starts_with('#')).map(|line| {
        let mut columns = line.split('\t');
        let word = columns.next().unwrap_or_default();
        let mut count = || columns.next().and_then(|count| count.parse().ok()).unwrap_or_default();
        (word, Counts { people: count(), others: count(), messages: count() })
    });
    let mut words: HashMap<&str, Counts> = rows.collect();
    let total = words.remove("*").unwrap_or_default();
    let lists = include_str!("general-words.txt").split("\n\n").zip(GENERAL);
    let general = lists
        .flat_map(|(list, count)| list.lines().filter(|line| !line.starts_with('#')).map(move |word| (word, count)));
    Frequencies { words, total, general: general.collect() }
});

/// Returns the word frequencies.
pub(super) fn frequencies() -> &'static Frequencies {
    &FREQUENCIES
}

impl Frequencies {
    /// Whether the word is an ordinary one.
    pub(super) fn contains(&self, word: &str) -> bool {
        self.words.contains_key(word) || self.general.contains_key(word)
    }

    /// Returns the number of texts that contain a word. 0 for a word that is not an ordinary one.
    pub(super) fn texts_with(&self, word: &str) -> f32 {
        let counted = self.words.get(word).map_or(0.0, |counts| counts.people + counts.others + counts.messages);
        counted.max(self.general.get(word).copied().unwrap_or_default())
    }

    /// Returns the number of all texts.
    pub(super) fn texts(&self) -> f32 {
        self.total.people + self.total.others + self.total.messages
    }

    /// Returns how typical a word is of what people write: the natural logarithm of the ratio of its frequencies. It is positive for
    /// words of people, negative for words of program messages, and 0 for a word that is not counted.
    pub(super) fn log_odds_of_people(&self, word: &str) -> f64 {
        let Some(counts) = self.words.get(word) else { return 0.0 };
        log_odds(
            counts.people + counts.others,
            self.total.people + self.total.others,
            counts.messages,
            self.total.messages,
        )
    }

    /// Returns how typical a word is of texts about something else, as in [`Self::log_odds_of_people`].
    pub(super) fn log_odds_of_others(&self, word: &str) -> f64 {
        let Some(counts) = self.words.get(word) else { return 0.0 };
        let (others, total) = (counts.others + counts.messages, self.total.others + self.total.messages);
        log_odds(others, total, counts.people, self.total.people)
    }
}

/// Returns the natural logarithm of the ratio of two frequencies.
fn log_odds(count: f32, total: f32, other_count: f32, other_total: f32) -> f64 {
    let share = |count: f32, total: f32| f64::from(count + 1.0) / f64::from(total + 2.0);
    (share(count, total) / share(other_count, other_total)).ln()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_a_word_with_three_counts() {
        for line in include_str!("frequencies.tsv").lines().filter(|line| !line.starts_with('#')) {
            let columns: Vec<&str> = line.split('\t').collect();
            assert!(columns.len() == 4 && columns[1..].iter().all(|count| count.parse::<u32>().is_ok()), "{line}");
        }
        assert!(frequencies().texts() > 1000.0 && frequencies().general.len() > 10_000);
    }

    #[test]
    fn words_are_typical_of_people_or_of_something_else() {
        assert!(frequencies().log_odds_of_people("my") > 0.5);
        assert!(frequencies().log_odds_of_others("printer") > 0.5);
        assert!(frequencies().log_odds_of_others("zzz").abs() < 1e-9);
    }
}
