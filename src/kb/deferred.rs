//! A part of an article that nobody may ask for. Of a knowledge base that was made ready when the program was built, such parts stay
//! bytes until they are needed: most runs look into one article of many.

use std::io;
use std::ops::Deref;
use std::sync::OnceLock;

use borsh::{BorshDeserialize, BorshSerialize};

/// A value, or the bytes that it is read from once it is asked for.
#[derive(Debug, Clone, Default)]
pub struct Deferred<T> {
    bytes: Vec<u8>,
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
        let Self { bytes, value } = self;
        value.into_inner().unwrap_or_else(|| read(&bytes))
    }

    /// Changes the value.
    pub fn change(&mut self, change: impl FnOnce(&mut T)) {
        let mut value = std::mem::take(self).into_inner();
        change(&mut value);
        *self = value.into();
    }
}

impl<T> From<T> for Deferred<T> {
    fn from(value: T) -> Self {
        Self { bytes: Vec::new(), value: value.into() }
    }
}

impl<T: BorshDeserialize + Default> Deref for Deferred<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.value.get_or_init(|| read(&self.bytes))
    }
}

impl<T: BorshSerialize> BorshSerialize for Deferred<T> {
    fn serialize<W: io::Write>(&self, writer: &mut W) -> io::Result<()> {
        match self.value.get() {
            Some(value) => borsh::to_vec(value)?.serialize(writer),
            None => self.bytes.serialize(writer),
        }
    }
}

impl<T> BorshDeserialize for Deferred<T> {
    fn deserialize_reader<R: io::Read>(reader: &mut R) -> io::Result<Self> {
        Ok(Self { bytes: Vec::deserialize_reader(reader)?, value: OnceLock::new() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_become_the_value_and_a_changed_one_becomes_bytes() {
        let bytes = borsh::to_vec(&Deferred::from(vec![1_u32, 2])).unwrap();
        let mut deferred: Deferred<Vec<u32>> = borsh::from_slice(&bytes).unwrap();
        assert_eq!(borsh::to_vec(&deferred).unwrap(), bytes);
        assert_eq!(*deferred, [1, 2]);
        deferred.change(|numbers| numbers.push(3));
        assert_eq!(borsh::to_vec(&deferred).unwrap(), borsh::to_vec(&Deferred::from(vec![1_u32, 2, 3])).unwrap());
        assert_eq!(deferred.into_inner(), [1, 2, 3]);
    }
}
