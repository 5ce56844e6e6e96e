//! How alike two words are: equal, misread, begun, misspelt, or of one stem.

/// How much a query's word says for a word of a text, from 0 (nothing) to 1 (it is the same word).
#[must_use]
pub(super) fn similar(typed: &Word, word: &Word) -> f64 {
    if typed.folded == word.folded {
        return 1.0;
    }
    if typed.misread == word.misread && typed.len >= 2 {
        return 0.95;
    }
    begun(typed, word).max(misspelt(typed, word)).max(stem(typed, word))
}

/// A word, and what is compared of it.
#[derive(Debug, Clone)]
pub(super) struct Word {
    /// Lower case, without accents.
    pub(super) folded: String,
    /// With letters and digits that look alike made one.
    misread: Vec<char>,
    /// Characters.
    pub(super) len: usize,
}

impl Word {
    pub(super) fn new(folded: &str) -> Self {
        Self { folded: folded.to_owned(), misread: misread(folded), len: folded.chars().count() }
    }
}

/// Makes one of what a screen or a scan confuses: l 1 i | and j, o and 0, s and 5, m and rn, d and cl, w and vv.
fn misread(word: &str) -> Vec<char> {
    let mut seen: Vec<char> = Vec::with_capacity(word.len());
    for c in word.chars() {
        match (seen.last(), c) {
            (Some('r'), 'n') => {
                seen.pop();
                seen.push('m');
            }
            (Some('c'), 'l' | '1') => {
                seen.pop();
                seen.push('d');
            }
            (Some('v'), 'v') => {
                seen.pop();
                seen.push('w');
            }
            (_, 'l' | '1') => seen.push('i'),
            (_, '0') => seen.push('o'),
            (_, '5') => seen.push('s'),
            (_, c) => seen.push(c),
        }
    }
    seen
}

/// The beginning of the word, as somebody types it, perhaps with a slip.
fn begun(typed: &Word, word: &Word) -> f64 {
    if typed.len < 2 || typed.len >= word.len {
        return 0.0;
    }
    #[expect(clippy::cast_precision_loss, reason = "words are short")]
    let share = typed.len as f64 / word.len as f64;
    if word.misread.starts_with(&typed.misread) {
        return if typed.len == 2 { 0.55 } else { 0.8 } + 0.15 * share;
    }
    if typed.len >= 4 {
        let beginning = word.misread.get(..typed.misread.len()).unwrap_or(&word.misread);
        if distance(&typed.misread, beginning) <= 1 {
            return 0.6 + 0.1 * share;
        }
    }
    0.0
}

/// A few letters wrong, missing, too many or swapped.
fn misspelt(typed: &Word, word: &Word) -> f64 {
    let longer = typed.misread.len().max(word.misread.len());
    let allowed = match longer {
        0..=2 => return 0.0,
        3..=4 => 1,
        5..=7 => 2,
        8..=11 => 3,
        _ => 4,
    };
    if typed.misread.len().abs_diff(word.misread.len()) > allowed {
        return 0.0;
    }
    let wrong = distance(&typed.misread, &word.misread);
    if wrong > allowed {
        return 0.0;
    }
    #[expect(clippy::cast_precision_loss, reason = "words are short")]
    let share = wrong as f64 / longer as f64;
    1.0 - 1.1 * share
}

/// Two forms of one word, such as "invite" and "invitation".
fn stem(typed: &Word, word: &Word) -> f64 {
    let common = typed.misread.iter().zip(&word.misread).take_while(|(a, b)| a == b).count();
    let shorter = typed.len.min(word.len);
    let longer = typed.len.max(word.len);
    if common >= 4 && common * 4 >= shorter * 3 && common * 2 >= longer { 0.72 } else { 0.0 }
}

/// Letters to change, add, remove or swap to make one of the other (optimal string alignment).
fn distance(a: &[char], b: &[char]) -> usize {
    strsim::generic_damerau_levenshtein(a, b)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alike(typed: &str, word: &str) -> f64 {
        similar(&Word::new(typed), &Word::new(word))
    }

    #[test]
    fn misread_letters_hardly_count() {
        assert!(alike("acti0n", "action") > 0.9);
        assert!(alike("ernergency", "emergency") > 0.9);
    }

    #[test]
    fn a_beginning_and_a_slip_count_as_the_word() {
        assert!(alike("multif", "multifactor") > 0.8);
        assert!(alike("pasword", "password") > 0.8);
        assert!(alike("mulitf", "multifactor") > 0.5);
    }

    #[test]
    fn other_words_are_other_words() {
        assert!(alike("printer", "password") < 0.1);
        assert!(alike("paper", "please") < 0.1);
        assert!(alike("is", "it") < 0.1);
    }
}
