//! How alike two words are: equal, misread, begun, misspelt, or of one stem.

use super::nearness::Column;

/// How much a query's word says for a word of a text, from 0 (nothing) to 1 (it is the same word).
#[must_use]
pub(super) fn similar(typed: &Word<'_>, word: &Word<'_>) -> f64 {
    if typed.letters == word.letters {
        if typed.folded == word.folded {
            return 1.0;
        }
        // "15" is a number, "y0ur" a word.
        if typed.length >= 2 && !typed.is_number() && typed.misread == word.misread {
            return 0.95;
        }
    }
    let misspelt = misspelt(typed, word) * if typed.everyday { MEANT } else { 1.0 };
    let alike = begun(typed, word).max(misspelt).max(stem(typed, word));
    // Asked last: of most words it need not be.
    let is_opposite = || denies(typed.folded, word.folded) || denies(word.folded, typed.folded);
    if alike > 0.0 && is_opposite() { 0.0 } else { alike }
}

/// What makes a word of the opposite.
const DENIALS: [&str; 7] = ["un", "de", "dis", "in", "im", "il", "non"];

/// Whether a word says the opposite of another one: "deactivated" is not "activate", however few the letters between them.
fn denies(denial: &str, word: &str) -> bool {
    /// Letters that the two must share from the beginning of the shorter one on.
    const SHARED: usize = 4;
    let begins = |rest: &str| word.get(..SHARED).is_some_and(|beginning| rest.starts_with(beginning));
    DENIALS.iter().filter_map(|prefix| denial.strip_prefix(prefix)).any(begins)
}

/// An everyday word is hardly a misspelt other one: "unable" is not "enable".
const MEANT: f64 = 0.5;

/// Two letters of which one is right: not enough to speak for a text, and not quite against it.
const HALF_A_SHORT_WORD: f64 = 0.35;

/// A word, and what is compared of it.
#[derive(Debug)]
pub(super) struct Word<'a> {
    /// Lower case, without accents.
    pub(super) folded: &'a str,
    /// With letters and digits that look alike made one.
    pub(super) misread: &'a str,
    /// Characters as it is folded, and once it is misread.
    pub(super) length: usize,
    pub(super) misread_length: usize,
    /// Which letters stand in it once it is misread: most words can be told apart without comparing letter by letter.
    pub(super) letters: u64,
    /// Whether it is a common word of ordinary text.
    pub(super) everyday: bool,
}

impl Word<'_> {
    /// Whether it is a common word of ordinary text, or a number.
    pub(super) fn is_common_or_number(&self) -> bool {
        self.everyday || self.is_number()
    }

    pub(super) fn is_number(&self) -> bool {
        self.folded.bytes().all(|c| c.is_ascii_digit())
    }

    /// Whether both may begin with the same letter: their first bytes are the same.
    fn begins_as(&self, other: &Self) -> bool {
        self.misread.as_bytes().first() == other.misread.as_bytes().first()
    }

    /// Letters that another word does not have: each costs a change at least.
    fn without(&self, other: &Self) -> u64 {
        self.letters & !other.letters
    }
}

/// Which letters stand in a word.
pub(super) fn letters(word: &str) -> u64 {
    word.chars().fold(0, |letters, c| letters | bit(c))
}

/// The bit of a letter. Letters of other scripts share them.
const fn bit(c: char) -> u64 {
    1 << (c as u32 % 64)
}

/// Whether there are more of some letters than that.
fn exceeds(mut letters: u64, most: usize) -> bool {
    for _ in 0..most {
        letters &= letters.wrapping_sub(1);
    }
    letters != 0
}

/// Makes one of what a screen or a scan confuses: l 1 and i, o and 0, s and 5, m and rn, d and cl, w and vv.
pub(super) fn misread(word: &str) -> String {
    let mut seen = String::with_capacity(word.len());
    for c in word.chars() {
        match (seen.chars().next_back(), c) {
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
fn begun(typed: &Word<'_>, word: &Word<'_>) -> f64 {
    /// Letters from which on one of them may be wrong.
    const SLIP: usize = 4;
    if typed.length < 2 || typed.length >= word.length {
        return 0.0;
    }
    #[expect(clippy::cast_precision_loss, reason = "words are short")]
    let share = typed.length as f64 / word.length as f64;
    if word.begins_as(typed) && word.misread.starts_with(typed.misread) {
        return if typed.length == 2 { 0.55 } else { 0.8 } + 0.15 * share;
    }
    if typed.length >= SLIP && !exceeds(typed.without(word), 1) {
        let beginning = word.misread.chars().take(typed.misread_length);
        if distance(typed.misread, beginning) <= 1 {
            return 0.6 + 0.1 * share;
        }
    }
    0.0
}

/// A few letters wrong, missing, too many or swapped.
fn misspelt(typed: &Word<'_>, word: &Word<'_>) -> f64 {
    let longer = typed.misread_length.max(word.misread_length);
    let allowed = match longer {
        0..=1 => return 0.0,
        2..=4 => 1,
        5..=7 => 2,
        8..=11 => 3,
        _ => 4,
    };
    // What can be told without comparing letter by letter: of most words, that they are others.
    if typed.misread_length.abs_diff(word.misread_length) > allowed
        || exceeds(typed.without(word), allowed)
        || exceeds(word.without(typed), allowed)
    {
        return 0.0;
    }
    let wrong = distance(typed.misread, word.misread.chars());
    if wrong > allowed {
        return 0.0;
    }
    if longer == 2 {
        return HALF_A_SHORT_WORD;
    }
    #[expect(clippy::cast_precision_loss, reason = "words are short")]
    let share = wrong as f64 / longer as f64;
    1.0 - 1.1 * share
}

/// Two forms of one word, such as "invite" and "invitation".
fn stem(typed: &Word<'_>, word: &Word<'_>) -> f64 {
    /// Letters that the two must share from the first one on.
    const COMMON: usize = 4;
    if typed.length < COMMON || word.length < COMMON || !word.begins_as(typed) {
        return 0.0;
    }
    let common = typed.misread.chars().zip(word.misread.chars()).take_while(|(a, b)| a == b).count();
    let shorter = typed.length.min(word.length);
    let longer = typed.length.max(word.length);
    if common >= COMMON && common * 4 >= shorter * 3 && common * 2 >= longer { 0.72 } else { 0.0 }
}

/// Letters to change, add, remove or swap to make one of the other.
///
/// Words longer than any in a dictionary are compared by their beginnings.
fn distance(a: &str, b: impl Iterator<Item = char>) -> usize {
    const LONGEST: usize = 31;
    let mut letters = ['\0'; LONGEST];
    let mut length = 0;
    for (letter, c) in letters.iter_mut().zip(a.chars()) {
        *letter = c;
        length += 1;
    }
    let letters = letters.get(..length as usize).unwrap_or_default();
    let b = b.take(LONGEST);
    if length == 0 {
        return b.count();
    }
    let mut column = Column::new(length);
    for c in b {
        let same = letters.iter().rev().fold(0_u32, |same, letter| same << 1 | u32::from(*letter == c));
        column.step(same, true);
    }
    column.distance as usize
}

#[cfg(test)]
mod tests {
    use super::super::vocabulary::Vocabulary;
    use super::*;

    fn alike(typed: &str, word: &str) -> f64 {
        let mut words = Vocabulary::default();
        let (typed, word) = (words.add(typed), words.add(word));
        similar(&words.word(typed).unwrap(), &words.word(word).unwrap())
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
    fn the_distance_counts_changes_and_swaps() {
        for (a, b) in
            [("", ""), ("a", ""), ("abc", "acb"), ("kitten", "sitting"), ("ca", "abc"), ("pasword", "password")]
        {
            assert_eq!(distance(a, b.chars()), strsim::osa_distance(a, b), "{a} {b}");
        }
        proptest::proptest!(|(a in "[abc]{0,8}", b in "[abc]{0,8}")| {
            proptest::prop_assert_eq!(distance(&a, b.chars()), strsim::osa_distance(&a, &b));
        });
    }

    #[test]
    fn a_word_is_not_its_opposite() {
        for (typed, word) in
            [("deactivated", "activate"), ("inactive", "active"), ("valid", "invalid"), ("unpaired", "paired")]
        {
            assert!(alike(typed, word) < 0.1, "{typed} {word}");
        }
        assert!(alike("deactivatd", "deactivated") > 0.8 && alike("indalid", "invalid") > 0.6);
    }

    #[test]
    fn other_words_are_other_words() {
        assert!(alike("printer", "password") < 0.1);
        assert!(alike("paper", "please") < 0.1);
        assert!(alike("is", "it") <= HALF_A_SHORT_WORD);
    }
}
