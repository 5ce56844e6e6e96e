//! The build script. It reads the built-in knowledge base with the program's own loader, and writes the result to `OUT_DIR`. The
//! binary includes it, so the program doesn't have to load YAML at startup.

#![allow(dead_code, unused_imports, unreachable_pub, reason = "the program uses more of these modules")]

use std::path::{Path, PathBuf};
use std::{env, fs, io};

mod kb;
mod text;

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=kb");
    let source = kb::Source { name: "built-in".to_owned(), files: files(Path::new("kb"))?, diagnostics: Vec::new() };
    let loaded = kb::load(std::slice::from_ref(&source));
    for diagnostic in &loaded.diagnostics {
        println!("cargo::warning={}", diagnostic.summary());
    }
    // Invariant: Cargo sets `OUT_DIR` for build scripts.
    let made = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    fs::write(made.join("source"), borsh::to_vec(&source)?)?;
    fs::write(made.join("loaded"), borsh::to_vec(&loaded)?)
}

/// Returns the files of every collection in a folder.
fn files(root: &Path) -> io::Result<Vec<kb::SourceFile>> {
    let mut files = Vec::new();
    for collection in names(root)?.iter().filter(|name| root.join(name).is_dir()) {
        for name in names(&root.join(collection))? {
            if let Some(stem) = kb::SourceFile::stem_of(&name) {
                files.push(kb::SourceFile {
                    collection: collection.clone(),
                    stem: stem.to_owned(),
                    path: format!("{collection}/{name}"),
                    content: Ok(fs::read(root.join(collection).join(&name))?),
                });
            }
        }
    }
    Ok(files)
}

/// Returns the names of the entries of a folder, sorted. The order of `read_dir` is not defined.
fn names(folder: &Path) -> io::Result<Vec<String>> {
    let entries = fs::read_dir(folder)?;
    let mut names =
        entries.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned())).collect::<io::Result<Vec<_>>>()?;
    names.sort();
    Ok(names)
}
