//! Access to a knowledge base in a revision of a Git repository. Runs the `git` program, but doesn't check out or fetch anything.

use std::io::Write;
use std::path::{MAIN_SEPARATOR, Path};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, anyhow, bail};

use crate::kb::{MAX_BYTES, Source, SourceFile};

/// Reads a folder of a revision. `revision` uses Git's syntax: `main`, `HEAD~1`, or `HEAD~1:folder`. If `revision` contains no
/// folder, reads `folder`, which is relative to the current folder.
///
/// # Errors
/// An error if `git` can't be run, the revision or the folder does not exist, or the clone lacks the content of a file.
pub fn read(revision: &str, folder: &Path) -> Result<Source> {
    let tree = match revision.split_once(':') {
        Some(_) => revision.to_owned(),
        // Git separates paths with slashes on every system.
        None => format!("{revision}:./{}", folder.display().to_string().replace(MAIN_SEPARATOR, "/")),
    };
    // Without `--full-tree`, Git lists only the entries below the name of the current folder.
    let listed = git(&["ls-tree", "-r", "-z", "--full-tree", "--end-of-options", &tree], b"")
        .with_context(|| missing_reason(revision, folder))?;
    let entries: Vec<(&str, &str)> =
        listed.split('\0').filter(|entry| !entry.is_empty()).filter_map(|entry| entry.split_once('\t')).collect();
    let mut source = Source { name: tree.clone(), ..Source::default() };
    for (kind, path) in entries {
        let (Some((collection, name)), Some(object)) = (path.split_once('/'), blob_name(kind)) else { continue };
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
    load_contents(&mut source.files)?;
    Ok(source)
}

/// Returns the reason why Git can't list a folder: the revision or the folder does not exist.
fn missing_reason(revision: &str, folder: &Path) -> String {
    let (name, inside) = revision.split_once(':').map_or((revision, None), |(name, inside)| (name, Some(inside)));
    let commit = format!("{name}^{{commit}}");
    if git(&["rev-parse", "--quiet", "--verify", "--end-of-options", &commit], b"").is_err() {
        return format!("`{name}` is neither a folder nor a Git revision");
    }
    let inside = inside.map_or_else(|| folder.display().to_string(), ToOwned::to_owned);
    format!("the revision `{name}` has no folder `{inside}`")
}

/// Returns the object name in a tree entry (`mode type object`), or `None` unless the entry is a regular file.
fn blob_name(kind: &str) -> Option<&str> {
    let mut words = kind.split(' ');
    let (mode, kind, object) = (words.next()?, words.next()?, words.next()?);
    (mode.starts_with("100") && kind == "blob").then_some(object)
}

/// Replaces the object name in each file's `content` with the content of the object. Keeps at most [`MAX_BYTES`] + 1 bytes,
/// so that files above the limit can be detected.
fn load_contents(files: &mut [SourceFile]) -> Result<()> {
    let mut wanted = Vec::new();
    for file in files.iter() {
        wanted.extend(file.content.iter().flatten());
        wanted.push(b'\n');
    }
    let answer = run(&["cat-file", "--batch"], &wanted)?;
    let mut rest = answer.as_slice();
    for file in files {
        let line =
            rest.iter().position(|byte| *byte == b'\n').ok_or_else(|| anyhow!("git returned incomplete output"))?;
        let (head, after) = rest.split_at(line);
        let size = String::from_utf8_lossy(head).rsplit(' ').next().and_then(|size| size.parse::<usize>().ok());
        let body = size.and_then(|size| after.get(1..=size));
        let Some(body) = body else {
            bail!("{} is not in this clone of the repository; fetch it with git first", file.path);
        };
        file.content = Ok(body.get(..=MAX_BYTES).unwrap_or(body).to_vec());
        // Continue after the line breaks before and after the content. If nothing is left, the next file reports the error.
        rest = after.get(body.len() + 2..).unwrap_or_default();
    }
    Ok(())
}

/// Runs Git and returns its standard output as text.
fn git(args: &[&str], input: &[u8]) -> Result<String> {
    Ok(String::from_utf8_lossy(&run(args, input)?).into_owned())
}

/// Runs Git with an input and returns its standard output.
fn run(args: &[&str], input: &[u8]) -> Result<Vec<u8>> {
    let mut command = Command::new("git");
    command.args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    // Don't fetch missing objects, because a fetch can run commands from the repository's configuration. Older versions of Git
    // support only the second variable.
    command.env("GIT_NO_LAZY_FETCH", "1").env("GIT_ALLOW_PROTOCOL", "none");
    let mut child = command.spawn().context("cannot run git")?;
    let stdin = child.stdin.take();
    let output = std::thread::scope(|scope| {
        // Write in another thread, because both pipes can be full at the same time.
        scope.spawn(move || stdin.map(|mut stdin| stdin.write_all(input)));
        child.wait_with_output()
    });
    let output = output.context("cannot run git")?;
    if !output.status.success() {
        bail!("git failed: {}", String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(output.stdout)
}
