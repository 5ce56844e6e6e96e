//! How alike two words are: equal, misread, begun, misspelt, or of one stem.

use std::borrow::Borrow;
use std::hash::{Hash, Hasher};
use std::sync::OnceLock;

use borsh::{BorshDeserialize, BorshSerialize};

use super::background;

/// How much a query's word says for a word of a text, from 0 (nothing) to 1 (it is the same word).
#[must_use]
pub(super) fn similar(typed: &Word, word: &Word) -> f64 {
    if typed.folded == word.folded {
        return 1.0;
    }
    // "15" is a number, "y0ur" a word.
    if typed.letters == word.letters && typed.len >= 2 && !typed.is_number() && typed.misread() == word.misread() {
        return 0.95;
    }
    // Letters of one that the other does not have: each costs a change at least.
    let missing = (typed.letters & !word.letters).count_ones() as usize;
    let strange = (word.letters & !typed.letters).count_ones() as usize;
    let misspelt = misspelt(typed, word, missing.max(strange)) * if typed.everyday { MEANT } else { 1.0 };
    let alike = begun(typed, word, missing).max(misspelt).max(stem(typed, word));
    // Asked last: of most words it need not be.
    let is_opposite = || denies(&typed.folded, &word.folded) || denies(&word.folded, &typed.folded);
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
///
/// Two words are the same when their letters are; a vocabulary finds a word by its letters.
#[derive(Debug, Clone, BorshSerialize, BorshDeserialize)]
pub(super) struct Word {
    /// Lower case, without accents.
    pub(super) folded: Box<str>,
    /// With letters and digits that look alike made one; most words are told apart before it is asked for.
    #[borsh(skip)]
    misread: OnceLock<Box<[char]>>,
    /// Whether it is a common word of ordinary text.
    everyday: bool,
    /// Characters.
    pub(super) len: usize,
    /// Which letters stand in it, a bit each: most words can be told apart without comparing letter by letter.
    letters: u64,
}

impl Word {
    pub(super) fn new(folded: &str) -> Self {
        let letters = misread(folded).iter().fold(0, |letters, c| letters | 1 << (u32::from(*c) % 64));
        Self {
            folded: folded.into(),
            misread: OnceLock::new(),
            everyday: background::common(folded).is_some(),
            len: folded.chars().count(),
            letters,
        }
    }

    /// Whether it is a common word of ordinary text, or a number.
    pub(super) fn is_common_or_number(&self) -> bool {
        self.everyday || self.is_number()
    }

    fn is_number(&self) -> bool {
        self.folded.chars().all(|c| c.is_ascii_digit())
    }

    fn misread(&self) -> &[char] {
        self.misread.get_or_init(|| misread(&self.folded).into_boxed_slice())
    }
}

impl PartialEq for Word {
    fn eq(&self, other: &Self) -> bool {
        self.folded == other.folded
    }
}

impl Eq for Word {}

impl Hash for Word {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.folded.hash(state);
    }
}

impl Borrow<str> for Word {
    fn borrow(&self) -> &str {
        &self.folded
    }
}

/// Makes one of what a screen or a scan confuses: l 1 and i, o and 0, s and 5, m and rn, d and cl, w and vv.
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
fn begun(typed: &Word, word: &Word, missing: usize) -> f64 {
    if missing > 1 || typed.len < 2 || typed.len >= word.len {
        return 0.0;
    }
    #[expect(clippy::cast_precision_loss, reason = "words are short")]
    let share = typed.len as f64 / word.len as f64;
    if word.misread().starts_with(typed.misread()) {
        return if typed.len == 2 { 0.55 } else { 0.8 } + 0.15 * share;
    }
    if typed.len >= 4 {
        let beginning = word.misread().get(..typed.misread().len()).unwrap_or(word.misread());
        if distance(typed.misread(), beginning) <= 1 {
            return 0.6 + 0.1 * share;
        }
    }
    0.0
}

/// A few letters wrong, missing, too many or swapped.
fn misspelt(typed: &Word, word: &Word, strange: usize) -> f64 {
    const MOST: usize = 4;
    if strange > MOST {
        return 0.0;
    }
    let (typed, word) = (typed.misread(), word.misread());
    let longer = typed.len().max(word.len());
    let allowed = match longer {
        0..=1 => return 0.0,
        2..=4 => 1,
        5..=7 => 2,
        8..=11 => 3,
        _ => MOST,
    };
    if strange > allowed || typed.len().abs_diff(word.len()) > allowed {
        return 0.0;
    }
    let wrong = distance(typed, word);
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
fn stem(typed: &Word, word: &Word) -> f64 {
    /// Letters that the two must share from the first one on.
    const COMMON: usize = 4;
    if typed.len < COMMON || word.len < COMMON || !may_begin_alike(&typed.folded, &word.folded) {
        return 0.0;
    }
    let common = typed.misread().iter().zip(word.misread()).take_while(|(a, b)| a == b).count();
    let shorter = typed.len.min(word.len);
    let longer = typed.len.max(word.len);
    if common >= COMMON && common * 4 >= shorter * 3 && common * 2 >= longer { 0.72 } else { 0.0 }
}

/// Whether two words may begin with the same letter once letters that look alike are made one.
fn may_begin_alike(a: &str, b: &str) -> bool {
    /// Letters and digits that may be read as another one, and those that they are read as.
    const MISREAD: &str = "il1o0s5mrdcwv";
    match (a.chars().next(), b.chars().next()) {
        (Some(a), Some(b)) => a == b || [a, b].iter().all(|c| MISREAD.contains(*c)),
        _ => false,
    }
}

/// Letters to change, add, remove or swap to make one of the other (optimal string alignment).
///
/// Words longer than any in a dictionary are compared by their beginnings.
fn distance(a: &[char], b: &[char]) -> usize {
    const LONGEST: usize = 31;
    let a = a.get(..LONGEST).unwrap_or(a);
    let b = b.get(..LONGEST).unwrap_or(b);
    // Three rows of the table: the present one and the two above it, on the stack.
    let mut above_that = [0_usize; LONGEST + 1];
    let mut above: [usize; LONGEST + 1] = std::array::from_fn(|column| column);
    let mut row = [0_usize; LONGEST + 1];
    let mut before_a = None;
    for (i, ca) in a.iter().enumerate() {
        let mut left = i + 1;
        let mut diagonal = i;
        let mut before_b = None;
        let mut swapped_from = 0;
        if let Some(first) = row.first_mut() {
            *first = left;
        }
        let cells = row.iter_mut().skip(1).zip(above.iter().skip(1)).zip(&above_that);
        for (cb, ((cell, up), two_up)) in b.iter().zip(cells) {
            let mut best = (left + 1).min(up + 1).min(diagonal + usize::from(ca != cb));
            if before_a == Some(cb) && before_b == Some(ca) {
                best = best.min(swapped_from + 1);
            }
            swapped_from = *two_up;
            before_b = Some(cb);
            diagonal = *up;
            left = best;
            *cell = best;
        }
        before_a = Some(ca);
        above_that = above;
        above = row;
    }
    above.get(b.len()).copied().unwrap_or_default()
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
    fn the_distance_counts_changes_and_swaps() {
        let chars = |text: &str| text.chars().collect::<Vec<_>>();
        for (a, b) in
            [("", ""), ("a", ""), ("abc", "acb"), ("kitten", "sitting"), ("ca", "abc"), ("pasword", "password")]
        {
            assert_eq!(distance(&chars(a), &chars(b)), strsim::osa_distance(a, b), "{a} {b}");
        }
        proptest::proptest!(|(a in "[abc]{0,8}", b in "[abc]{0,8}")| {
            proptest::prop_assert_eq!(distance(&chars(&a), &chars(&b)), strsim::osa_distance(&a, &b));
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
