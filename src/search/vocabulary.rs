//! Every word of some texts once; its number is its place.
//!
//! A vocabulary is a few long arrays: one that was made ready when the program was built is there as soon as its bytes are read.

use borsh::{BorshDeserialize, BorshSerialize};

use super::background;
use super::flat;
use super::similar::{self, Word};

/// In the table: no word.
const NONE: u32 = u32::MAX;

/// Words, and what is compared of them.
#[derive(Debug, Default, BorshSerialize, BorshDeserialize)]
pub(super) struct Vocabulary {
    folded: Texts,
    /// With letters and digits that look alike made one.
    misread: Texts,
    /// Characters of each word as it is folded, and once it is misread.
    #[borsh(serialize_with = "flat::serialize", deserialize_with = "flat::deserialize")]
    lengths: Vec<(u32, u32)>,
    /// Which letters stand in each once it is misread.
    #[borsh(serialize_with = "flat::serialize", deserialize_with = "flat::deserialize")]
    letters: Vec<u64>,
    /// Whether each is a common word of ordinary text.
    everyday: Vec<u8>,
    /// The number of each word, in the first free place from where its letters say; at least half of the places are free.
    #[borsh(serialize_with = "flat::serialize", deserialize_with = "flat::deserialize")]
    table: Vec<u32>,
}

impl Vocabulary {
    pub(super) fn len(&self) -> usize {
        self.lengths.len()
    }

    /// A word.
    pub(super) fn word(&self, number: u32) -> Option<Word<'_>> {
        let at = number as usize;
        let (length, misread_length) = *self.lengths.get(at)?;
        Some(Word {
            folded: self.folded.get(at)?,
            misread: self.misread.get(at)?,
            length: length as usize,
            misread_length: misread_length as usize,
            letters: *self.letters.get(at)?,
            everyday: *self.everyday.get(at)? != 0,
        })
    }

    /// Every word, in order.
    pub(super) fn words(&self) -> impl Iterator<Item = Word<'_>> {
        (0..).map_while(|number| self.word(number))
    }

    /// The number of a folded word.
    pub(super) fn number(&self, word: &str) -> Option<u32> {
        self.find(word).ok()
    }

    /// The number of a folded word, which is added where it is new.
    pub(super) fn add(&mut self, word: &str) -> u32 {
        if self.table.len() <= 2 * self.len() {
            self.widen();
        }
        let place = match self.find(word) {
            Ok(number) => return number,
            Err(place) => place,
        };
        let number = u32::try_from(self.len()).unwrap_or(NONE);
        if let Some(place) = self.table.get_mut(place) {
            *place = number;
        }
        let misread = similar::misread(word);
        self.letters.push(similar::letters(&misread));
        self.misread.push(&misread);
        let length = |word: &str| u32::try_from(word.chars().count()).unwrap_or(u32::MAX);
        self.lengths.push((length(word), length(&misread)));
        self.everyday.push(background::common(word).is_some().into());
        self.folded.push(word);
        number
    }

    /// Gives back the room that was kept for more.
    pub(super) fn shrink(&mut self) {
        self.folded.shrink();
        self.misread.shrink();
        self.lengths.shrink_to_fit();
        self.letters.shrink_to_fit();
        self.everyday.shrink_to_fit();
    }

    /// The number of a word, or the place in the table where it would be noted.
    fn find(&self, word: &str) -> Result<u32, usize> {
        let mut place = spread(word);
        loop {
            place &= self.table.len().wrapping_sub(1);
            match self.table.get(place) {
                Some(number) if *number != NONE => {
                    if self.folded.get(*number as usize) == Some(word) {
                        return Ok(*number);
                    }
                }
                _ => return Err(place),
            }
            place += 1;
        }
    }

    /// Makes the table twice as large; its size is a power of two.
    fn widen(&mut self) {
        self.table = vec![NONE; (2 * self.table.len()).max(16)];
        for number in 0.. {
            let Some(word) = self.folded.get(number as usize) else { return };
            if let Err(place) = self.find(word)
                && let Some(place) = self.table.get_mut(place)
            {
                *place = number;
            }
        }
    }
}

/// Where the search for a word in a table begins (FNV-1a: the same on every machine, as the table may come from another one).
fn spread(word: &str) -> usize {
    let hash = word.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    (hash ^ hash >> 15) as usize
}

/// Texts, one behind the other.
#[derive(Debug, Default, BorshSerialize, BorshDeserialize)]
pub(super) struct Texts {
    all: String,
    /// Where each ends.
    #[borsh(serialize_with = "flat::serialize", deserialize_with = "flat::deserialize")]
    ends: Vec<u32>,
}

impl Texts {
    pub(super) fn get(&self, at: usize) -> Option<&str> {
        let begins = match at.checked_sub(1) {
            Some(before) => *self.ends.get(before)?,
            None => 0,
        };
        self.all.get(begins as usize..*self.ends.get(at)? as usize)
    }

    pub(super) fn push(&mut self, text: &str) {
        self.all.push_str(text);
        self.ends.push(u32::try_from(self.all.len()).unwrap_or(u32::MAX));
    }

    pub(super) fn shrink(&mut self) {
        self.all.shrink_to_fit();
        self.ends.shrink_to_fit();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_found_by_its_letters_before_and_after_it_was_bytes() {
        let mut vocabulary = Vocabulary::default();
        assert_eq!(vocabulary.number("word0"), None);
        for number in 0..1_000 {
            assert_eq!(vocabulary.add(&format!("word{number}")), number);
            assert_eq!(vocabulary.add("word0"), 0);
        }
        let again: Vocabulary = borsh::from_slice(&borsh::to_vec(&vocabulary).unwrap()).unwrap();
        for vocabulary in [vocabulary, again] {
            assert_eq!(vocabulary.len(), 1_000);
            assert_eq!(vocabulary.number("word999"), Some(999));
            assert_eq!(vocabulary.number("word1000"), None);
            assert_eq!(vocabulary.number(""), None);
            let word = vocabulary.word(10).unwrap();
            assert_eq!((word.folded, word.misread, word.length, word.misread_length), ("word10", "wordio", 6, 6));
            assert_eq!(vocabulary.words().count(), 1_000);
        }
    }
}
