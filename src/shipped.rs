//! The knowledge base that is shipped inside the binary: its files, and what the build script has made of them.

use std::sync::Arc;

use crate::kb::{Finding, Loaded, Source};
use crate::search::Search;

/// Its files.
///
/// The build script has written them for this very version, so that reading them cannot fail.
#[must_use]
pub fn source() -> Source {
    borsh::from_slice(include_bytes!(concat!(env!("OUT_DIR"), "/source"))).unwrap_or_default()
}

/// The same as [`load`](crate::kb::load) would make of its files alone, in a fraction of the time.
#[must_use]
pub fn loaded() -> Loaded {
    let Loaded { kb, findings } =
        borsh::from_slice(include_bytes!(concat!(env!("OUT_DIR"), "/loaded"))).unwrap_or_default();
    Loaded { kb: kb.with(include_bytes!(concat!(env!("OUT_DIR"), "/aside"))), findings }
}

/// The same, ready to be searched: as [`Search::new`] would make it, in a fraction of the time.
#[must_use]
pub fn search() -> (Search, Vec<Finding>) {
    let Loaded { kb, findings } = loaded();
    (Search::prepared(Arc::new(kb), include_bytes!(concat!(env!("OUT_DIR"), "/index"))), findings)
}
