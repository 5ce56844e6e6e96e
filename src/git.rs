//! Reading a knowledge base as it was in a revision of a git repository. Asks the `git` program; nothing is checked out.

use std::io::Write;
use std::path::{MAIN_SEPARATOR, Path};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, anyhow, bail};

use crate::kb::{MAX_BYTES, Source, SourceFile};

/// Reads a folder of a revision, which is named as git names it: `main`, `HEAD~1`, or `HEAD~1:folder`. Without a folder in it, the
/// one that is given, as seen from the present folder.
///
/// # Errors
/// When there is no git, no such revision, or no such folder in it.
pub fn read(revision: &str, folder: &Path) -> Result<Source> {
    let tree = match revision.split_once(':') {
        Some(_) => revision.to_owned(),
        // Git separates with slashes on every system.
        None => format!("{revision}:./{}", folder.display().to_string().replace(MAIN_SEPARATOR, "/")),
    };
    // All of that tree: else git lists what of it has the name of the present folder.
    let listed = git(&["ls-tree", "-r", "-z", "--full-tree", "--end-of-options", &tree], b"")
        .with_context(|| not_there(revision, folder))?;
    let entries: Vec<(&str, &str)> =
        listed.split('\0').filter(|entry| !entry.is_empty()).filter_map(|entry| entry.split_once('\t')).collect();
    let mut source = Source { name: tree.clone(), ..Source::default() };
    for (kind, path) in entries {
        let (Some((collection, name)), Some(object)) = (path.split_once('/'), regular(kind)) else { continue };
        let Some(stem) = SourceFile::stem_of(name) else { continue };
        if name.contains('/') || name.starts_with('.') || collection.starts_with('.') {
            continue;
        }
        source.files.push(SourceFile {
            collection: collection.to_owned(),
            stem: stem.to_owned(),
            path: format!("{tree}/{path}"),
            content: Ok(object.as_bytes().to_vec()),
        });
    }
    contents(&mut source.files)?;
    Ok(source)
}

/// Why git has nothing to list.
fn not_there(revision: &str, folder: &Path) -> String {
    let (name, inside) = revision.split_once(':').map_or((revision, None), |(name, inside)| (name, Some(inside)));
    let commit = format!("{name}^{{commit}}");
    if git(&["rev-parse", "--quiet", "--verify", "--end-of-options", &commit], b"").is_err() {
        return format!("`{name}` is no folder, and no revision that git knows");
    }
    let inside = inside.map_or_else(|| folder.display().to_string(), ToOwned::to_owned);
    format!("the revision `{name}` has no folder `{inside}`")
}

/// The name of the object, where an entry is a regular file.
fn regular(kind: &str) -> Option<&str> {
    let mut words = kind.split(' ');
    let (mode, kind, object) = (words.next()?, words.next()?, words.next()?);
    (mode.starts_with("100") && kind == "blob").then_some(object)
}

/// Puts in place of each object's name what it holds.
fn contents(files: &mut [SourceFile]) -> Result<()> {
    let mut wanted = Vec::new();
    for file in files.iter() {
        wanted.extend(file.content.iter().flatten());
        wanted.push(b'\n');
    }
    let answer = run(&["cat-file", "--batch"], &wanted)?;
    let mut rest = answer.as_slice();
    for file in files {
        let line = rest.iter().position(|byte| *byte == b'\n').ok_or_else(|| anyhow!("git has left something out"))?;
        let (head, after) = rest.split_at(line);
        let size = String::from_utf8_lossy(head).rsplit(' ').next().and_then(|size| size.parse::<usize>().ok());
        let body = size.and_then(|size| after.get(1..=size));
        let Some(body) = body else {
            bail!("{} is not in this clone of the repository; fetch it with git first", file.path);
        };
        file.content = Ok(body.get(..=MAX_BYTES).unwrap_or(body).to_vec());
        rest = after.get(body.len() + 2..).unwrap_or_default();
    }
    Ok(())
}

fn git(args: &[&str], input: &[u8]) -> Result<String> {
    Ok(String::from_utf8_lossy(&run(args, input)?).into_owned())
}

/// What git prints.
fn run(args: &[&str], input: &[u8]) -> Result<Vec<u8>> {
    let mut command = Command::new("git");
    command.args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    // What is not there is not fetched: fetching runs what the settings of the repository say. Older versions know the second only.
    command.env("GIT_NO_LAZY_FETCH", "1").env("GIT_ALLOW_PROTOCOL", "none");
    let mut child = command.spawn().context("git cannot be run")?;
    let stdin = child.stdin.take();
    let output = std::thread::scope(|scope| {
        // Written beside the reading: both pipes may be full at once.
        scope.spawn(move || stdin.map(|mut stdin| stdin.write_all(input)));
        child.wait_with_output()
    });
    let output = output.context("git cannot be run")?;
    if !output.status.success() {
        bail!("git says: {}", String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(output.stdout)
}
