//! The knowledge base that is shipped inside the binary.

use include_dir::{Dir, include_dir};

use super::source::{Source, SourceFile};

static SHIPPED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/kb");

/// The shipped knowledge base, as files.
#[must_use]
pub fn shipped() -> Source {
    let mut files = Vec::new();
    for folder in SHIPPED.dirs() {
        let collection = folder.path().to_string_lossy().into_owned();
        for file in folder.files().filter(|file| file.path().extension().is_some_and(|ending| ending == "yaml")) {
            files.push(SourceFile {
                collection: collection.clone(),
                stem: file.path().file_stem().unwrap_or_default().to_string_lossy().into_owned(),
                path: file.path().to_string_lossy().replace('\\', "/"),
                content: Ok(file.contents().to_vec()),
            });
        }
    }
    Source { name: "shipped".to_owned(), files, findings: Vec::new() }
}
