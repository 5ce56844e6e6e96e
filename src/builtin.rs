//! The built-in knowledge base. The build script embeds its files and its loaded articles in the binary, so they always
//! fit this version of the program.

use std::sync::Arc;

use crate::kb::{Diagnostic, Loaded, Source};
use crate::search::Search;

/// Returns the files of the built-in knowledge base.
#[must_use]
pub fn source() -> Source {
    // Invariant: the build script of this version wrote the data, so decoding can't fail.
    borsh::from_slice(include_bytes!(concat!(env!("OUT_DIR"), "/source"))).unwrap_or_default()
}

/// Returns the result of [`load`](crate::kb::load) for the built-in files alone. Decoding it is much faster than loading.
#[must_use]
pub fn loaded() -> Loaded {
    // Invariant: the build script of this version wrote the data, so decoding can't fail.
    borsh::from_slice(include_bytes!(concat!(env!("OUT_DIR"), "/loaded"))).unwrap_or_default()
}

/// Returns a search over the built-in knowledge base, and its diagnostics.
#[must_use]
pub fn search() -> (Search, Vec<Diagnostic>) {
    let Loaded { kb, diagnostics } = loaded();
    (Search::new(Arc::new(kb)), diagnostics)
}
