//! How near a typed fragment comes to some part of a text, letter by letter.
//!
//! The distance (letters to change, add or remove) from a pattern to the nearest part of a text takes one step a letter, whatever
//! the pattern's length up to 64: a column of the table is two machine words (Myers, 1999; Hyyrö, 2003).

use super::signs::{SIGNS, sign};

/// Signs of a fragment; what is longer is told by its words.
const LONGEST: usize = 64;

/// A fragment to look for.
#[derive(Debug)]
pub(super) struct Fragment {
    /// For each sign, the places of the fragment where it stands.
    places: [u64; SIGNS as usize],
    length: u32,
}

/// How near a fragment comes to a text: from 0 to 1, which is there to the letter.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Nearness {
    /// To the nearest part of it.
    pub(super) anywhere: f64,
    /// To its beginning.
    pub(super) beginning: f64,
}

impl Fragment {
    /// Of some folded words with a space between; none where it is too long or empty.
    pub(super) fn new(folded: &str) -> Option<Self> {
        let mut places = [0; SIGNS as usize];
        let mut length = 0;
        for c in folded.chars() {
            if length == LONGEST {
                return None;
            }
            if let Some(places) = places.get_mut(sign(c) as usize) {
                *places |= 1 << length;
            }
            length += 1;
        }
        let length = u32::try_from(length).ok().filter(|length| *length > 0)?;
        Some(Self { places, length })
    }

    pub(super) fn nearness(&self, text: &str) -> Nearness {
        Nearness { anywhere: self.share(self.distance(text, 0)), beginning: self.share(self.distance(text, 1)) }
    }

    fn share(&self, distance: u32) -> f64 {
        1.0 - f64::from(distance) / f64::from(self.length)
    }

    /// The distance to the nearest part of a text; to the nearest of its beginnings where each letter left out in front costs 1.
    fn distance(&self, text: &str, in_front: u64) -> u32 {
        let last = 1 << (self.length - 1);
        let (mut more, mut less) = (u64::MAX, 0_u64);
        let mut here = self.length;
        let mut nearest = here;
        for c in text.chars() {
            let same = self.places.get(sign(c) as usize).copied().unwrap_or_default();
            let vertical = same | less;
            let horizontal = ((same & more).wrapping_add(more) ^ more) | same;
            let up = less | !(horizontal | more);
            let down = more & horizontal;
            here += u32::from(up & last != 0);
            here -= u32::from(down & last != 0);
            nearest = nearest.min(here);
            let up = up << 1 | in_front;
            let down = down << 1;
            more = down | !(vertical | up);
            less = up & vertical;
        }
        nearest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn distances(fragment: &str, text: &str) -> (u32, u32) {
        let fragment = Fragment::new(fragment).unwrap_or(Fragment { places: [0; SIGNS as usize], length: 1 });
        (fragment.distance(text, 0), fragment.distance(text, 1))
    }

    /// The same by the table.
    fn by_table(fragment: &str, text: &str, in_front: u32) -> u32 {
        let fragment: Vec<char> = fragment.chars().collect();
        let mut column: Vec<u32> = (0..).take(fragment.len() + 1).collect();
        let mut nearest = column.last().copied().unwrap_or_default();
        for (nth, c) in (1..).zip(text.chars()) {
            let mut next = vec![nth * in_front];
            for (at, f) in fragment.iter().enumerate() {
                let [diagonal, left] = [column.get(at), column.get(at + 1)].map(|cell| cell.copied().unwrap_or_default());
                let up = next.last().copied().unwrap_or_default();
                next.push((diagonal + u32::from(sign(*f) != sign(c))).min(left + 1).min(up + 1));
            }
            nearest = nearest.min(next.last().copied().unwrap_or_default());
            column = next;
        }
        nearest
    }

    #[test]
    fn a_part_of_a_text_is_there_to_the_letter() {
        assert_eq!(distances("size too big", "fcoe disable size too big"), (0, 8));
        assert_eq!(distances("fcoe dis", "fcoe disable size too big"), (0, 0));
        assert_eq!(distances("must no ne null", "slot name must not be null").0, 2);
    }

    #[test]
    fn the_distance_is_that_of_the_table() {
        proptest::proptest!(|(fragment in "[ab ]{1,9}", text in "[ab ]{0,20}")| {
            proptest::prop_assert_eq!(distances(&fragment, &text), (by_table(&fragment, &text, 0), by_table(&fragment, &text, 1)));
        });
        let long = "ab".repeat(32);
        assert_eq!(distances(&long, &format!("x{long}")), (0, 1));
    }
}
