//! Roles: who does a step.

use std::collections::HashSet;
use std::sync::{LazyLock, Mutex, PoisonError};
use std::{fmt, io};

use borsh::{BorshDeserialize, BorshSerialize};
use serde::{Serialize, Serializer};

/// The role that does a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// The person who is locked out.
    User,
    /// An administrator, or anyone who can manage users.
    Administrator,
    /// The one owner of the instance.
    Owner,
    /// The vendor's customer support.
    Support,
    /// A role that the collection defines.
    Other(CollectionRole),
}

/// A role that a collection defines. Its texts are interned, so that [`Role`] can be `Copy`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CollectionRole {
    name: &'static str,
    label: &'static str,
}

impl Role {
    /// The roles that every collection has, from the user to the vendor's support.
    pub const ALL: &[Self] = &[Self::User, Self::Administrator, Self::Owner, Self::Support];

    /// Returns a role that a collection defines. `label` is a few words such as `The HR team`.
    #[must_use]
    pub fn other(name: &str, label: &str) -> Self {
        Self::Other(CollectionRole { name: intern(name), label: intern(label) })
    }

    /// Returns the role's name in YAML and JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Administrator => "administrator",
            Self::Owner => "owner",
            Self::Support => "support",
            Self::Other(role) => role.name,
        }
    }

    /// Parses the name of a role that every collection has.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|role| role.name() == name)
    }
}

impl CollectionRole {
    /// Returns the label, written as at the start of a sentence, such as `The HR team`.
    #[must_use]
    pub fn label(self) -> &'static str {
        self.label
    }
}

/// Returns a text that lives as long as the program. Equal texts are stored once, so that reloading a knowledge base needs no more
/// memory.
fn intern(text: &str) -> &'static str {
    static TEXTS: LazyLock<Mutex<HashSet<&'static str>>> = LazyLock::new(Mutex::default);
    let mut texts = TEXTS.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = texts.get(text) {
        return known;
    }
    let text: &'static str = Box::leak(text.to_owned().into_boxed_str());
    texts.insert(text);
    text
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl Serialize for Role {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl BorshSerialize for Role {
    fn serialize<W: io::Write>(&self, writer: &mut W) -> io::Result<()> {
        let label = if let Self::Other(role) = self { role.label } else { "" };
        BorshSerialize::serialize(&(self.name(), label), writer)
    }
}

impl BorshDeserialize for Role {
    fn deserialize_reader<R: io::Read>(reader: &mut R) -> io::Result<Self> {
        let (name, label) = <(String, String)>::deserialize_reader(reader)?;
        Ok(Self::from_name(&name).unwrap_or_else(|| Self::other(&name, &label)))
    }
}

#[cfg(test)]
mod tests {
    use super::Role;

    #[test]
    fn roles_survive_serialization() {
        let hr = Role::other("hr", "The HR team");
        for role in Role::ALL.iter().copied().chain([hr]) {
            let bytes = borsh::to_vec(&role).unwrap();
            assert_eq!(borsh::from_slice::<Role>(&bytes).unwrap(), role);
        }
        assert_eq!(hr, Role::other("hr", "The HR team"));
        assert_ne!(hr, Role::other("hr", "Human resources"));
    }
}
