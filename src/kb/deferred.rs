//! A part of an article that nobody may ask for. Of a knowledge base that was made ready when the program was built, such parts stay
//! bytes, where they lie, until they are needed: most runs look into one article of many.

use std::io;
use std::ops::Deref;
use std::sync::OnceLock;

use borsh::{BorshDeserialize, BorshSerialize};

/// A value, or the bytes that it is read from once it is asked for.
///
/// Written down, it is no more than where its bytes stand among those that were set aside.
#[derive(Debug, Clone, BorshSerialize, BorshDeserialize)]
pub struct Deferred<T> {
    begins: u32,
    ends: u32,
    #[borsh(skip)]
    bytes: &'static [u8],
    #[borsh(skip)]
    value: OnceLock<T>,
}

/// The same program has written the bytes, so that reading them cannot fail.
fn read<T: BorshDeserialize + Default>(bytes: &[u8]) -> T {
    borsh::from_slice(bytes).unwrap_or_default()
}

impl<T: BorshDeserialize + Default> Deferred<T> {
    /// The value, by itself.
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

impl<T> Default for Deferred<T> {
    fn default() -> Self {
        Self { begins: 0, ends: 0, bytes: &[], value: OnceLock::new() }
    }
}

impl<T> From<T> for Deferred<T> {
    fn from(value: T) -> Self {
        Self { value: value.into(), ..Self::default() }
    }
}

impl<T: BorshDeserialize + Default> Deref for Deferred<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.value.get_or_init(|| read(self.bytes))
    }
}

impl<T: BorshDeserialize + Default + PartialEq> PartialEq for Deferred<T> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl<'a, T: BorshDeserialize> IntoIterator for &'a Deferred<Vec<T>> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// A deferred value of any type.
pub(super) trait Part {
    /// Adds the bytes of the value to those of others.
    fn set_aside(&mut self, others: &mut Vec<u8>) -> io::Result<()>;

    /// Takes the value from the bytes that it was set aside in, when it is asked for.
    fn find(&mut self, aside: &'static [u8]);
}

impl<T: BorshSerialize + BorshDeserialize + Default> Part for Deferred<T> {
    fn set_aside(&mut self, others: &mut Vec<u8>) -> io::Result<()> {
        let end = |others: &[u8]| u32::try_from(others.len()).map_err(io::Error::other);
        self.begins = end(others)?;
        (**self).serialize(others)?;
        self.ends = end(others)?;
        Ok(())
    }

    fn find(&mut self, aside: &'static [u8]) {
        self.bytes = aside.get(self.begins as usize..self.ends as usize).unwrap_or_default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_that_was_set_aside_is_found_again() {
        let mut aside = vec![9];
        let mut before = Deferred::from(vec![1_u32, 2]);
        before.set_aside(&mut aside).unwrap();
        Deferred::from(7_u32).set_aside(&mut aside).unwrap();

        let mut after: Deferred<Vec<u32>> = borsh::from_slice(&borsh::to_vec(&before).unwrap()).unwrap();
        after.find(aside.leak());
        assert_eq!(*after.clone(), [1, 2]);
        after.change(|numbers| numbers.push(3));
        assert_eq!(*after, [1, 2, 3]);
        assert_eq!(after.into_inner(), [1, 2, 3]);
    }
}
