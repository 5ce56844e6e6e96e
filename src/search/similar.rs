//! How alike two words are: equal, misread, begun, misspelt, or of one stem.

use std::borrow::Borrow;
use std::hash::{Hash, Hasher};
use std::sync::OnceLock;

use borsh::{BorshDeserialize, BorshSerialize};

use super::background;
use super::nearness::Column;

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
    let misspelt = misspelt(typed, word) * if typed.everyday { MEANT } else { 1.0 };
    let alike = begun(typed, word).max(misspelt).max(stem(typed, word));
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
        let letters = misread(folded).iter().fold(0, |letters, c| letters | bit(*c));
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

    /// How many of its letters another word does not have: each costs a change at least.
    fn without(&self, other: &Self) -> usize {
        (self.letters & !other.letters).count_ones() as usize
    }

    /// How many letters it has at least once it is misread. Two that become one become m, d or w.
    fn shortest(&self) -> usize {
        const MERGED: u64 = bit('m') | bit('d') | bit('w');
        if self.letters & MERGED == 0 { self.len } else { self.len.div_ceil(2) }
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

/// The bit of a letter. Letters of other scripts share them.
const fn bit(c: char) -> u64 {
    1 << (c as u32 % 64)
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
fn begun(typed: &Word, word: &Word) -> f64 {
    /// Letters from which on one of them may be wrong.
    const SLIP: usize = 4;
    if typed.len < 2 || typed.len >= word.len {
        return 0.0;
    }
    // What can be told from the whole words first: most need not be compared letter by letter.
    let may_be = typed.len >= SLIP || may_begin_alike(&typed.folded, &word.folded);
    if !may_be || typed.without(word) > 1 {
        return 0.0;
    }
    #[expect(clippy::cast_precision_loss, reason = "words are short")]
    let share = typed.len as f64 / word.len as f64;
    if word.misread().starts_with(typed.misread()) {
        return if typed.len == 2 { 0.55 } else { 0.8 } + 0.15 * share;
    }
    if typed.len >= SLIP {
        let beginning = word.misread().get(..typed.misread().len()).unwrap_or(word.misread());
        if distance(typed.misread(), beginning) <= 1 {
            return 0.6 + 0.1 * share;
        }
    }
    0.0
}

/// A few letters wrong, missing, too many or swapped.
fn misspelt(typed: &Word, word: &Word) -> f64 {
    // As they stand first, which spares most words from being misread: no word is longer when it is.
    let allowed = slips(typed.len.max(word.len));
    let (shorter, longer) = if typed.len < word.len { (typed, word) } else { (word, typed) };
    if longer.len > shorter.len + allowed && longer.shortest() > shorter.len + allowed {
        return 0.0;
    }
    let strange = typed.without(word).max(word.without(typed));
    if strange > allowed {
        return 0.0;
    }
    let (typed, word) = (typed.misread(), word.misread());
    let longer = typed.len().max(word.len());
    let allowed = slips(longer);
    if longer < 2 || strange > allowed || typed.len().abs_diff(word.len()) > allowed {
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

/// How many letters may be wrong in a word of so many.
fn slips(letters: usize) -> usize {
    match letters {
        0..=4 => 1,
        5..=7 => 2,
        8..=11 => 3,
        _ => 4,
    }
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
    const fn may_be_another(c: char) -> bool {
        matches!(c, 'i' | 'l' | '1' | 'o' | '0' | 's' | '5' | 'm' | 'r' | 'd' | 'c' | 'w' | 'v')
    }
    match (a.chars().next(), b.chars().next()) {
        (Some(a), Some(b)) => a == b || may_be_another(a) && may_be_another(b),
        _ => false,
    }
}

/// Letters to change, add, remove or swap to make one of the other.
///
/// Words longer than any in a dictionary are compared by their beginnings.
fn distance(a: &[char], b: &[char]) -> usize {
    const LONGEST: usize = 31;
    let (a, b) = (a.get(..LONGEST).unwrap_or(a), b.get(..LONGEST).unwrap_or(b));
    let Some(length) = u32::try_from(a.len()).ok().filter(|length| *length > 0) else { return b.len() };
    let mut column = Column::new(length);
    for c in b {
        let same = a.iter().rev().fold(0_u32, |same, of| same << 1 | u32::from(of == c));
        column.step(same.into(), 1);
    }
    column.distance as usize
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
    fn a_word_has_no_fewer_letters_than_its_shortest_once_it_is_misread() {
        proptest::proptest!(|(word in "[rnmcl1dvwa]{0,9}")| {
            let shortest = Word::new(&word).shortest();
            proptest::prop_assert!((shortest..=word.len()).contains(&misread(&word).len()), "{} {}", word, shortest);
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
