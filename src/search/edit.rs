//! The edit distance from a short query to the nearest part of a text.
//!
//! The distance is the number of characters to insert, delete, replace or swap with a neighbor (optimal string alignment). It is
//! computed with bit vectors, one step per character of the text (Myers 1999, with swaps after Hyyrö 2003).

use std::collections::HashMap;

/// Minimum length of a query in characters. Shorter ones are part of any text.
const MIN_CHARS: u32 = 2;

/// Maximum length of a query in characters: the number of bits in a [`u128`].
const MAX_CHARS: u32 = u128::BITS;

/// A query, prepared for comparison.
#[derive(Debug)]
pub(super) struct Pattern {
    /// For each character, the positions of the pattern that contain it, as bits.
    positions: HashMap<char, u128>,
    /// Length in characters, from [`MIN_CHARS`] to [`MAX_CHARS`].
    length: u32,
}

/// The similarity of a pattern to a text, from 0 (no part is similar) to 1 (the text contains the pattern).
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct EditSimilarity {
    /// Similarity to the most similar part of the text.
    pub(super) anywhere: f64,
    /// Similarity to the most similar beginning of the text.
    pub(super) beginning: f64,
}

impl Pattern {
    /// Prepares a pattern. `None` if it has fewer than [`MIN_CHARS`] or more than [`MAX_CHARS`] characters.
    pub(super) fn new(pattern: &str) -> Option<Self> {
        let mut positions: HashMap<char, u128> = HashMap::new();
        let mut length = 0;
        for c in pattern.chars() {
            if length == MAX_CHARS {
                return None;
            }
            *positions.entry(c).or_default() |= 1 << length;
            length += 1;
        }
        (length >= MIN_CHARS).then_some(Self { positions, length })
    }

    /// Compares the pattern with a text.
    pub(super) fn similarity(&self, text: &str) -> EditSimilarity {
        let similarity = |distance: u32| 1.0 - f64::from(distance) / f64::from(self.length);
        EditSimilarity {
            anywhere: similarity(self.distance(text, false)),
            beginning: similarity(self.distance(text, true)),
        }
    }

    /// Returns the smallest distance to a part of the text or, with `from_beginning`, to a beginning of the text.
    fn distance(&self, text: &str, from_beginning: bool) -> u32 {
        let last = 1_u128 << (self.length - 1);
        // The bits of a column of the table of distances: where the distance is one more or one less than in the cell above, and
        // where it is equal to the cell diagonally above.
        let (mut more, mut less, mut diagonal) = (!0_u128, 0_u128, 0_u128);
        let mut previous = 0;
        let mut distance = self.length;
        let mut smallest = distance;
        for c in text.chars() {
            let equal = self.positions.get(&c).copied().unwrap_or_default();
            let swapped = ((!diagonal & equal) << 1) & previous;
            diagonal = ((equal & more).wrapping_add(more) ^ more) | equal | less | swapped;
            let right_more = less | !(diagonal | more);
            let right_less = diagonal & more;
            distance += u32::from(right_more & last != 0);
            distance -= u32::from(right_less & last != 0);
            let right_more = right_more << 1 | u128::from(from_beginning);
            more = right_less << 1 | !(diagonal | right_more);
            less = right_more & diagonal;
            previous = equal;
            smallest = smallest.min(distance);
        }
        smallest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn distances(pattern: &str, text: &str) -> (u32, u32) {
        let pattern = Pattern::new(pattern).unwrap();
        (pattern.distance(text, false), pattern.distance(text, true))
    }

    /// Computes the distance with the full table. `skip` is the cost of a character before the part.
    fn distance_by_table(pattern: &str, text: &str, skip: u32) -> u32 {
        let (pattern, text): (Vec<char>, Vec<char>) = (pattern.chars().collect(), text.chars().collect());
        let rows = pattern.len() + 1;
        let mut table: Vec<Vec<u32>> = vec![(0..).take(rows).collect()];
        for column in 1..=text.len() {
            let mut cells = vec![u32::try_from(column).unwrap() * skip];
            for row in 1..rows {
                let (p, t) = (pattern[row - 1], text[column - 1]);
                let left = &table[column - 1];
                let mut cell = (left[row - 1] + u32::from(p != t)).min(left[row] + 1).min(cells[row - 1] + 1);
                if row > 1 && column > 1 && p == text[column - 2] && t == pattern[row - 2] {
                    cell = cell.min(table[column - 2][row - 2] + 1);
                }
                cells.push(cell);
            }
            table.push(cells);
        }
        table.iter().map(|cells| cells[rows - 1]).min().unwrap()
    }

    #[test]
    fn a_part_of_the_text_has_distance_0() {
        assert_eq!(distances("size too big", "fcoe disable size too big"), (0, 9));
        assert_eq!(distances("fcoe dis", "fcoe disable size too big"), (0, 0));
    }

    #[test]
    fn the_distance_equals_that_of_the_full_table() {
        proptest::proptest!(|(pattern in "[ab ]{2,9}", text in "[ab ]{0,20}")| {
            let by_table = (distance_by_table(&pattern, &text, 0), distance_by_table(&pattern, &text, 1));
            proptest::prop_assert_eq!(distances(&pattern, &text), by_table);
        });
        let longest = "ab".repeat(64);
        assert_eq!(distances(&longest, &format!("x{longest}")), (0, 1));
        assert!(Pattern::new(&format!("{longest}a")).is_none() && Pattern::new("").is_none());
    }
}
