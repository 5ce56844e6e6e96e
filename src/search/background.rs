//! How common a word is in ordinary text, so that in a small knowledge base "please" does not weigh as much as "multifactor".

use std::cmp::Ordering;

/// How many imagined texts the background stands for.
pub(super) const TEXTS: f32 = 200.0;

/// In how many of them a word of every sentence, or of every other error message, stands.
const IN_SENTENCES: f32 = 90.0;
const IN_MESSAGES: f32 = 14.0;

/// What a word is in ordinary text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Common {
    /// It stands in every sentence, like "please".
    Sentence,
    /// It stands in every other sentence of people who tell what happened, like "yesterday"; error messages hardly ever have it.
    Telling,
    /// Somebody tells what happened, like "my" and "colleague"; error messages hardly ever have it.
    Person,
    /// It stands in every other error message, like "failed".
    Message,
    /// It says that it is about something else, like "printer". Where an article has the word, it is not that.
    Elsewhere,
}

/// The words of each kind: one a line, in order, so that a word is found without a table that every start would have to make.
const LISTS: [(Common, &str); 5] = [
    (Common::Sentence, include_str!("background/sentence.txt")),
    (Common::Telling, include_str!("background/telling.txt")),
    (Common::Person, include_str!("background/person.txt")),
    (Common::Message, include_str!("background/message.txt")),
    (Common::Elsewhere, include_str!("background/elsewhere.txt")),
];

/// What the word is in ordinary text, if it is common there at all.
pub(super) fn common(word: &str) -> Option<Common> {
    LISTS.iter().find(|(_, list)| lists(list, word)).map(|(kind, _)| *kind)
}

/// Whether a list has a word.
fn lists(mut list: &str, word: &str) -> bool {
    while !list.is_empty() {
        // The line that the middle of the list stands in.
        let Some((before, after)) = list.split_at_checked(list.len() / 2) else { return false };
        let begins = before.rfind('\n').map_or(0, |end| end + 1);
        let ends = before.len() + after.find('\n').unwrap_or(after.len());
        let Some(line) = list.get(begins..ends) else { return false };
        list = match line.cmp(word) {
            Ordering::Equal => return true,
            Ordering::Less => list.get(ends + 1..).unwrap_or_default(),
            Ordering::Greater => list.get(..begins).unwrap_or_default().trim_end(),
        };
    }
    false
}

/// In how many of the imagined texts the word stands.
pub(super) fn texts_with(word: &str) -> f32 {
    match common(word) {
        Some(Common::Sentence | Common::Telling) => IN_SENTENCES,
        Some(Common::Person | Common::Message) => IN_MESSAGES,
        Some(Common::Elsewhere) | None => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_word_stands_in_one_list_and_each_list_is_in_order() {
        for (kind, list) in LISTS {
            let words: Vec<&str> = list.lines().collect();
            assert!(words.is_sorted_by(|a, b| a < b) && list.is_ascii(), "{kind:?}");
            for word in words {
                assert_eq!(common(word), Some(kind), "{word}");
            }
        }
        for word in ["", "multifactor", "pleas", "pleasee", "a\nable", "zzz", "éa"] {
            assert_eq!(common(word), None, "{word}");
        }
    }
}
