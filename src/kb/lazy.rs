//! Fields that are decoded on first use. Most runs need only one article of the built-in knowledge base, so the fields of all
//! other articles stay bytes in the binary.

use std::io;
use std::ops::Deref;
use std::sync::OnceLock;

use borsh::{BorshDeserialize, BorshSerialize};

/// A value that is decoded from its bytes on first use.
///
/// Serialized, it is only the range of these bytes in a separate buffer.
#[derive(Debug, Clone, BorshSerialize, BorshDeserialize)]
pub struct Lazy<T> {
    begins: u32,
    ends: u32,
    #[borsh(skip)]
    bytes: &'static [u8],
    #[borsh(skip)]
    value: OnceLock<T>,
}

/// Decodes a value. Without bytes, returns the default value. Otherwise, decoding can't fail, because the build script of this
/// version wrote the bytes.
fn read<T: BorshDeserialize + Default>(bytes: &[u8]) -> T {
    borsh::from_slice(bytes).unwrap_or_default()
}

impl<T: BorshDeserialize + Default> Lazy<T> {
    /// Returns the value.
    #[must_use]
    pub fn into_inner(self) -> T {
        self.value.into_inner().unwrap_or_else(|| read(self.bytes))
    }

    /// Changes the value.
    pub fn change(&mut self, change: impl FnOnce(&mut T)) {
        let mut value = std::mem::take(self).into_inner();
        change(&mut value);
        *self = value.into();
    }
}

impl<T> Default for Lazy<T> {
    fn default() -> Self {
        Self { begins: 0, ends: 0, bytes: &[], value: OnceLock::new() }
    }
}

impl<T> From<T> for Lazy<T> {
    fn from(value: T) -> Self {
        Self { value: value.into(), ..Self::default() }
    }
}

impl<T: BorshDeserialize + Default> Deref for Lazy<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.value.get_or_init(|| read(self.bytes))
    }
}

impl<T: BorshDeserialize + Default + PartialEq> PartialEq for Lazy<T> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl<'a, T: BorshDeserialize> IntoIterator for &'a Lazy<Vec<T>> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// A lazy value of any type.
pub(super) trait LazyField {
    /// Appends the serialized value to a buffer, and stores its byte range.
    fn write_to(&mut self, others: &mut Vec<u8>) -> io::Result<()>;

    /// Attaches the buffer that contains the serialized value. The value is decoded on first use.
    fn attach(&mut self, cold_data: &'static [u8]);
}

impl<T: BorshSerialize + BorshDeserialize + Default> LazyField for Lazy<T> {
    fn write_to(&mut self, others: &mut Vec<u8>) -> io::Result<()> {
        let end = |others: &[u8]| u32::try_from(others.len()).map_err(io::Error::other);
        self.begins = end(others)?;
        (**self).serialize(others)?;
        self.ends = end(others)?;
        Ok(())
    }

    fn attach(&mut self, cold_data: &'static [u8]) {
        self.bytes = cold_data.get(self.begins as usize..self.ends as usize).unwrap_or_default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_that_was_written_is_attached_again() {
        let mut cold_data = vec![9];
        let mut before = Lazy::from(vec![1_u32, 2]);
        before.write_to(&mut cold_data).unwrap();
        Lazy::from(7_u32).write_to(&mut cold_data).unwrap();

        let mut after: Lazy<Vec<u32>> = borsh::from_slice(&borsh::to_vec(&before).unwrap()).unwrap();
        after.attach(cold_data.leak());
        assert_eq!(*after.clone(), [1, 2]);
        after.change(|numbers| numbers.push(3));
        assert_eq!(*after, [1, 2, 3]);
        assert_eq!(after.into_inner(), [1, 2, 3]);
    }
}
