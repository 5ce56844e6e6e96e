//! How near a typed fragment comes to some part of a text, letter by letter.
//!
//! The distance (letters to change, add, remove or swap) from a pattern to the nearest part of a text takes one step a letter, whatever
//! the pattern's length up to 128: a column of the table is two numbers (Myers, 1999; Hyyrö, 2003).

use super::signs::{SIGNS, sign};

/// Signs of a fragment; what is longer is told by its words.
const LONGEST: usize = 128;

/// A fragment to look for.
#[derive(Debug)]
pub(super) struct Fragment {
    /// For each sign, the places of the fragment where it stands.
    places: [u128; SIGNS as usize],
    length: u32,
}

/// How near a fragment comes to a text: from 0 to 1, which is there to the letter.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Nearness {
    /// To the nearest part of it.
    pub(super) anywhere: f64,
    /// To its beginning.
    pub(super) beginning: f64,
    /// Of how many signs the fragment is.
    pub(super) of: u32,
}

impl Nearness {
    /// The nearer of two, part by part.
    pub(super) fn max(self, other: Self) -> Self {
        Self {
            anywhere: self.anywhere.max(other.anywhere),
            beginning: self.beginning.max(other.beginning),
            of: self.of.max(other.of),
        }
    }
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
        Nearness {
            anywhere: self.share(self.distance(text, 0)),
            beginning: self.share(self.distance(text, 1)),
            of: self.length,
        }
    }

    fn share(&self, distance: u32) -> f64 {
        1.0 - f64::from(distance) / f64::from(self.length)
    }

    /// The distance to the nearest part of a text; to the nearest of its beginnings where each letter left out in front costs 1.
    fn distance(&self, text: &str, in_front: u128) -> u32 {
        let last = 1 << (self.length - 1);
        // Down a column of the table: where it grows, where it falls; and where a step down the diagonal costs nothing.
        let (mut grows, mut falls, mut free) = (u128::MAX, 0_u128, 0_u128);
        let mut same_before = 0;
        let mut here = self.length;
        let mut nearest = here;
        for c in text.chars() {
            let same = self.places.get(sign(c) as usize).copied().unwrap_or_default();
            let swapped = (!free & same) << 1 & same_before;
            free = ((same & grows).wrapping_add(grows) ^ grows) | same | falls | swapped;
            let up = falls | !(free | grows);
            let down = free & grows;
            here += u32::from(up & last != 0);
            here -= u32::from(down & last != 0);
            nearest = nearest.min(here);
            let up = up << 1 | in_front;
            grows = down << 1 | !(free | up);
            falls = up & free;
            same_before = same;
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
        let signs = |text: &str| text.chars().map(sign).collect::<Vec<_>>();
        let (fragment, text) = (signs(fragment), signs(text));
        let rows = fragment.len() + 1;
        let mut table: Vec<Vec<u32>> = vec![(0..).take(rows).collect()];
        for column in 1..=text.len() {
            let mut cells = vec![u32::try_from(column).unwrap() * in_front];
            for row in 1..rows {
                let (f, t) = (fragment[row - 1], text[column - 1]);
                let left = &table[column - 1];
                let mut cell = (left[row - 1] + u32::from(f != t)).min(left[row] + 1).min(cells[row - 1] + 1);
                if row > 1 && column > 1 && f == text[column - 2] && t == fragment[row - 2] {
                    cell = cell.min(table[column - 2][row - 2] + 1);
                }
                cells.push(cell);
            }
            table.push(cells);
        }
        table.iter().map(|cells| cells[rows - 1]).min().unwrap()
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
        let long = "ab".repeat(64);
        assert_eq!(distances(&long, &format!("x{long}")), (0, 1));
    }
}
