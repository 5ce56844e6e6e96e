//! The build script. It reads the shipped knowledge base with the program's own loader and makes its search index, so that no start has
//! to: what comes of it goes into the binary as it is.

#![allow(dead_code, unused_imports, unreachable_pub, reason = "of these modules the program uses more")]

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{env, fs, io};

mod kb;
mod search;
mod text;

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=kb");
    let source = kb::Source { name: "shipped".to_owned(), files: files(Path::new("kb"))?, findings: Vec::new() };
    let mut loaded = kb::load(std::slice::from_ref(&source));
    for finding in &loaded.findings {
        println!("cargo::warning={}", finding.summary());
    }
    let made = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    fs::write(made.join("source"), borsh::to_vec(&source)?)?;
    fs::write(made.join("aside"), loaded.kb.set_aside()?)?;
    fs::write(made.join("loaded"), borsh::to_vec(&loaded)?)?;
    fs::write(made.join("index"), search::Search::new(Arc::new(loaded.kb)).prepare()?)
}

/// The files of every collection.
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

/// What a folder holds, in the same order on every machine.
fn names(folder: &Path) -> io::Result<Vec<String>> {
    let entries = fs::read_dir(folder)?;
    let mut names =
        entries.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned())).collect::<io::Result<Vec<_>>>()?;
    names.sort();
    Ok(names)
}
