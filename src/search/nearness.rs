//! How near a typed fragment comes to some part of a text, letter by letter.
//!
//! The distance (letters to change, add, remove or swap: optimal string alignment) from a pattern to a text, or to the nearest part of
//! it, takes one step a letter, whatever the pattern's length up to 128: a column of the table is two numbers (Myers, 1999; Hyyrö, 2003).

use std::ops::{BitAnd, BitOr, BitXor, Not, Shl};

use super::signs::{SIGNS, sign};

/// Signs of a fragment; what is longer is told by its words.
const LONGEST: usize = 128;

/// A fragment comes no nearer than this by chance.
pub(super) const BY_CHANCE: f64 = 0.7;

/// A fragment to look for.
#[derive(Debug)]
pub(super) struct Fragment {
    places: Places,
    length: u32,
}

/// For each sign, the places of a fragment where it stands.
#[derive(Debug)]
enum Places {
    /// Of one of up to 64 signs, as most are.
    Short(Box<[u64; SIGNS as usize]>),
    Long(Box<[u128; SIGNS as usize]>),
}

/// How near a fragment comes to a text: from 0 to 1, which is there to the letter.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Nearness {
    /// To the nearest part of it.
    pub(super) anywhere: f64,
    /// To its beginning; 0 where the fragment comes no nearer to any part than by chance.
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
        let mut places = Box::new([0_u128; SIGNS as usize]);
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
        let places = if length <= u64::BITS {
            Places::Short(Box::new(places.map(|places| u64::try_from(places).unwrap_or_default())))
        } else {
            Places::Long(places)
        };
        Some(Self { places, length })
    }

    pub(super) fn nearness(&self, text: &str) -> Nearness {
        let anywhere = self.share(self.distance(text, false));
        // No beginning is nearer than the nearest part.
        let beginning = if anywhere > BY_CHANCE { self.share(self.distance(text, true)) } else { 0.0 };
        Nearness { anywhere, beginning, of: self.length }
    }

    fn share(&self, distance: u32) -> f64 {
        1.0 - f64::from(distance) / f64::from(self.length)
    }

    /// The distance to the nearest part of a text; to the nearest of its beginnings where each letter left out in front costs 1.
    fn distance(&self, text: &str, in_front: bool) -> u32 {
        match &self.places {
            Places::Short(places) => nearest(&**places, self.length, text, in_front),
            Places::Long(places) => nearest(&**places, self.length, text, in_front),
        }
    }
}

/// The same, given for each sign the places where a pattern has it.
fn nearest<B: Bits>(places: &[B], length: u32, text: &str, in_front: bool) -> u32 {
    let mut column = Column::new(length);
    let mut nearest = length;
    for c in text.chars() {
        column.step(places.get(sign(c) as usize).copied().unwrap_or(B::NONE), in_front);
        nearest = nearest.min(column.distance);
    }
    nearest
}

/// A number of as many bits as a pattern has signs.
pub(super) trait Bits:
    Copy
    + PartialEq
    + Not<Output = Self>
    + BitAnd<Output = Self>
    + BitOr<Output = Self>
    + BitXor<Output = Self>
    + Shl<u32, Output = Self>
{
    const NONE: Self;
    const ONE: Self;

    /// The sum, without what does not fit.
    fn plus(self, other: Self) -> Self;
}

macro_rules! bits {
    ($($number:ty),*) => {$(
        impl Bits for $number {
            const NONE: Self = 0;
            const ONE: Self = 1;

            fn plus(self, other: Self) -> Self {
                self.wrapping_add(other)
            }
        }
    )*};
}

bits!(u32, u64, u128);

/// A column of the table of distances: how far the beginnings of a pattern are from what has been read of a text.
pub(super) struct Column<B> {
    /// The bit of the pattern's last sign.
    last: B,
    /// Down the column: where it grows, where it falls; and where a step down the diagonal costs nothing.
    grows: B,
    falls: B,
    free: B,
    /// Where the pattern has the sign that was read last.
    same: B,
    /// How far the whole pattern is.
    pub(super) distance: u32,
}

impl<B: Bits> Column<B> {
    /// Of a pattern of so many signs, at least one, before anything is read.
    pub(super) fn new(length: u32) -> Self {
        let last = B::ONE << length.saturating_sub(1);
        Self { last, grows: !B::NONE, falls: B::NONE, free: B::NONE, same: B::NONE, distance: length }
    }

    /// Reads a sign, given the places where the pattern has it. Each sign in front of the pattern may cost 1.
    pub(super) fn step(&mut self, same: B, in_front: bool) {
        let swapped = (!self.free & same) << 1 & self.same;
        self.free = ((same & self.grows).plus(self.grows) ^ self.grows) | same | self.falls | swapped;
        let up = self.falls | !(self.free | self.grows);
        let down = self.free & self.grows;
        self.distance += u32::from(up & self.last != B::NONE);
        self.distance -= u32::from(down & self.last != B::NONE);
        let up = up << 1 | if in_front { B::ONE } else { B::NONE };
        self.grows = down << 1 | !(self.free | up);
        self.falls = up & self.free;
        self.same = same;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn distances(fragment: &str, text: &str) -> (u32, u32) {
        let fragment = Fragment::new(fragment).unwrap();
        (fragment.distance(text, false), fragment.distance(text, true))
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
        // The same by as many bits as are needed and by more of them.
        let short = "ab".repeat(32);
        assert_eq!(distances(&short, &format!("x{short}")), (0, 1));
        let long = "ab".repeat(64);
        assert_eq!(distances(&long, &format!("x{long}")), (0, 1));
    }
}
