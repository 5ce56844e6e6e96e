//! The files of a knowledge base, and what their authors write in them.

use std::borrow::Cow;

use borsh::{BorshDeserialize, BorshSerialize};

use super::finding::{Code, Finding, Place};
use super::read::Reader;
use super::yaml::{self, Yaml};
use crate::text::Clean;

mod article;
mod collection;
mod flow;
mod raw;
mod scenario;

pub(crate) use flow::is_contact;

pub(super) use article::article;
pub(super) use collection::collection;

/// Bytes that a file may have; the shipped articles have about 4,000.
pub const MAX_BYTES: usize = 128 * 1024;

/// The name of the file that makes a folder a collection.
pub const COLLECTION_FILE: &str = "collection.yaml";

/// One file of a knowledge base, as it was read.
#[derive(Debug, Clone, BorshSerialize, BorshDeserialize)]
pub struct SourceFile {
    /// The folder it stands in: the id of its collection.
    pub collection: String,
    /// Its name without the ending: the id of its article.
    pub stem: String,
    /// Its path, as its author knows it.
    pub path: String,
    /// What it holds, or why it could not be read.
    pub content: Result<Vec<u8>, String>,
}

/// A knowledge base as files, before anything is known about them.
#[derive(Debug, Clone, Default, BorshSerialize, BorshDeserialize)]
pub struct Source {
    /// What to call it in a notice: its folder.
    pub name: String,
    /// Its files, collections and articles alike.
    pub files: Vec<SourceFile>,
    /// What could not even be listed.
    pub findings: Vec<Finding>,
}

impl SourceFile {
    /// The stem of a file of that name, where it is one that is read.
    #[must_use]
    pub fn stem_of(name: &str) -> Option<&str> {
        name.rsplit_once('.').filter(|(_, ending)| matches!(*ending, "yaml" | "yml")).map(|(stem, _)| stem)
    }

    /// Whether this file describes the collection rather than an article.
    #[must_use]
    pub fn is_collection(&self) -> bool {
        self.stem == "collection"
    }

    /// The file as a YAML tree, or everything that keeps it from being one.
    fn tree(&self) -> Result<(String, Yaml), Vec<Finding>> {
        let whole = |code, message: String, help: &str| {
            vec![Finding { code, place: Place::whole(&self.path), message, help: help.to_owned() }]
        };
        let bytes = match &self.content {
            Ok(bytes) if bytes.len() > MAX_BYTES => {
                let message = format!("the file has more than {} KB", MAX_BYTES / 1024);
                return Err(whole(
                    Code::TooLarge,
                    message,
                    "an article is a few KB long; make several articles of this one",
                ));
            }
            Ok(bytes) => line_breaks(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)),
            Err(reason) => {
                return Err(whole(
                    Code::Unreadable,
                    format!("the file cannot be read: {reason}"),
                    "look at its permissions, put the file itself in its place, or remove it",
                ));
            }
        };
        let text =
            std::str::from_utf8(&bytes).map_err(|error| vec![not_utf8(&self.path, &bytes, error.valid_up_to())])?;
        match yaml::parse(text) {
            Ok(tree) => Ok((text.to_owned(), tree)),
            Err(problems) => {
                let mut reader = Reader::new(&self.path, text);
                reader.report_all(problems);
                Err(reader.finish())
            }
        }
    }
}

/// The bytes of a file with each line break as YAML counts them as `\n` or `\r\n`: a lone `\r` is one too.
fn line_breaks(bytes: &[u8]) -> Cow<'_, [u8]> {
    let lone = |at: &usize| bytes.get(*at) == Some(&b'\r') && bytes.get(at + 1) != Some(&b'\n');
    let places: Vec<usize> = memchr::memchr_iter(b'\r', bytes).filter(lone).collect();
    if places.is_empty() {
        return Cow::Borrowed(bytes);
    }
    let mut bytes = bytes.to_vec();
    for place in places {
        if let Some(byte) = bytes.get_mut(place) {
            *byte = b'\n';
        }
    }
    Cow::Owned(bytes)
}

fn not_utf8(path: &str, bytes: &[u8], valid: usize) -> Finding {
    let before = String::from_utf8_lossy(bytes.get(..valid).unwrap_or_default());
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    let excerpt = bytes
        .split(|byte| *byte == b'\n')
        .nth(line - 1)
        .map(|line| Clean::new(&String::from_utf8_lossy(line).replace(['\t', '\r'], " ")));
    Finding {
        code: Code::NotUtf8,
        place: Place { file: path.to_owned(), line, column, width: 1, excerpt },
        message: "this character is not UTF-8".to_owned(),
        help: "save the file as UTF-8 in your editor (not Latin-1, not UTF-16)".to_owned(),
    }
}

/// Whether a name can be typed on a command line and stand in a `goto`.
#[must_use]
pub fn is_plain_name(name: &str) -> bool {
    !name.is_empty()
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
        && !name.starts_with('-')
}

const NAME_HELP: &str = "use letters, digits and hyphens, for example `owner-forgot-password`";
