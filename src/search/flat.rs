//! Long arrays of numbers as bytes: each number as wide as it is, so that they are read in one go rather than one by one.

use std::io;

use borsh::{BorshDeserialize, BorshSerialize};

/// A number, or a pair of them, of a fixed width in bytes.
pub(super) trait Flat: Copy {
    const WIDTH: usize;

    fn write(self, bytes: &mut Vec<u8>);

    /// From as many bytes as it is wide.
    fn read(bytes: &[u8]) -> Self;
}

macro_rules! flat {
    ($($number:ty),*) => {$(
        impl Flat for $number {
            const WIDTH: usize = size_of::<Self>();

            fn write(self, bytes: &mut Vec<u8>) {
                bytes.extend(self.to_le_bytes());
            }

            fn read(bytes: &[u8]) -> Self {
                bytes.try_into().map(Self::from_le_bytes).unwrap_or_default()
            }
        }
    )*};
}

flat!(u32, u64, f32);

impl<A: Flat, B: Flat> Flat for (A, B) {
    const WIDTH: usize = A::WIDTH + B::WIDTH;

    fn write(self, bytes: &mut Vec<u8>) {
        self.0.write(bytes);
        self.1.write(bytes);
    }

    fn read(bytes: &[u8]) -> Self {
        let (a, b) = bytes.split_at_checked(A::WIDTH).unwrap_or_default();
        (A::read(a), B::read(b))
    }
}

pub(super) fn serialize<T: Flat, W: io::Write>(numbers: &[T], writer: &mut W) -> io::Result<()> {
    let mut bytes = Vec::with_capacity(numbers.len() * T::WIDTH);
    for number in numbers {
        number.write(&mut bytes);
    }
    bytes.serialize(writer)
}

pub(super) fn deserialize<T: Flat, A: From<Vec<T>>, R: io::Read>(reader: &mut R) -> io::Result<A> {
    let bytes = Vec::<u8>::deserialize_reader(reader)?;
    Ok(bytes.chunks_exact(T::WIDTH).map(T::read).collect::<Vec<T>>().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let pairs = [(7_u32, 0.5_f32), (u32::MAX, f32::MIN_POSITIVE)];
        let mut bytes = Vec::new();
        serialize(&pairs, &mut bytes).unwrap();
        serialize(&[1_u64 << 63], &mut bytes).unwrap();
        let mut reader = bytes.as_slice();
        assert_eq!(deserialize::<(u32, f32), Vec<_>, _>(&mut reader).unwrap(), pairs);
        assert_eq!(*deserialize::<u64, Box<[_]>, _>(&mut reader).unwrap(), [1 << 63]);
        assert!(reader.is_empty());
    }
}
