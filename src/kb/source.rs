//! The files of a knowledge base and the decoders for them, from bytes to collections and articles with unresolved references.

use std::borrow::Cow;

use borsh::{BorshDeserialize, BorshSerialize};

use super::diagnostic::{Diagnostic, Location, RuleId};
use super::read::Decoder;
use super::yaml::{self, Yaml};
use crate::text::SanitizedText;

mod article;
mod collection;
mod flow;
mod raw;
mod scenario;

pub(crate) use flow::is_contact;

pub(super) use article::article;
pub(super) use collection::{DecodedCollection, collection};
pub(super) use scenario::scenarios;

/// Maximum size of a file, in bytes. Articles usually have a few KB.
pub const MAX_BYTES: usize = 128 * 1024;

/// The name of the file that describes a collection.
pub const COLLECTION_FILE: &str = "collection.yaml";

/// A file of a knowledge base, with its content.
#[derive(Debug, Clone, BorshSerialize, BorshDeserialize)]
pub struct SourceFile {
    /// The name of its folder, which is the ID of its collection.
    pub collection: String,
    /// The file name without its extension. For an article, its ID.
    pub stem: String,
    /// The path as shown to the author.
    pub path: String,
    /// The content, or the reason why it cannot be read.
    pub content: Result<Vec<u8>, String>,
}

/// The files of a knowledge base, before they are decoded.
#[derive(Debug, Clone, Default, BorshSerialize, BorshDeserialize)]
pub struct Source {
    /// The name of the knowledge base in messages, usually its folder.
    pub name: String,
    /// All files of all collections, including `collection.yaml`.
    pub files: Vec<SourceFile>,
    /// Problems that occurred when the files were listed.
    pub diagnostics: Vec<Diagnostic>,
}

impl SourceFile {
    /// Returns the file name without its extension. Returns `None` unless the extension is `yaml` or `yml`.
    #[must_use]
    pub fn stem_of(name: &str) -> Option<&str> {
        name.rsplit_once('.').filter(|(_, ending)| matches!(*ending, "yaml" | "yml")).map(|(stem, _)| stem)
    }

    /// Whether this file describes the collection and is not an article.
    #[must_use]
    pub fn is_collection(&self) -> bool {
        self.stem == "collection"
    }

    /// Returns the ID of the article whose scenarios this file contains. Returns `None` for other files.
    #[must_use]
    pub fn scenarios_of(&self) -> Option<&str> {
        self.stem.strip_suffix(".scenarios")
    }

    /// Parses the file and returns its text and its tree.
    ///
    /// # Errors
    /// All problems that prevent decoding: the file is too large, cannot be read, is not UTF-8, or is not valid YAML.
    fn tree(&self) -> Result<(String, Yaml), Vec<Diagnostic>> {
        let whole = |code, message: String, help: &str| {
            vec![Diagnostic { code, location: Location::whole(&self.path), message, help: help.to_owned() }]
        };
        let bytes = match &self.content {
            Ok(bytes) if bytes.len() > MAX_BYTES => {
                let message = format!("the file has more than {} KB", MAX_BYTES / 1024);
                return Err(whole(
                    RuleId::TooLarge,
                    message,
                    "an article is usually a few KB long; split it into several articles",
                ));
            }
            Ok(bytes) => line_breaks(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)),
            Err(reason) => {
                return Err(whole(
                    RuleId::Unreadable,
                    format!("the file cannot be read: {reason}"),
                    "check its permissions, replace a link with the file, or remove it",
                ));
            }
        };
        let text =
            std::str::from_utf8(&bytes).map_err(|error| vec![not_utf8(&self.path, &bytes, error.valid_up_to())])?;
        match yaml::parse(text) {
            Ok(tree) => Ok((text.to_owned(), tree)),
            Err(problems) => {
                let mut reader = Decoder::new(&self.path, text);
                reader.report_all(problems);
                Err(reader.finish())
            }
        }
    }
}

/// Replaces each `\r` without a following `\n` with `\n`, because YAML treats such a `\r` as a line break.
fn line_breaks(bytes: &[u8]) -> Cow<'_, [u8]> {
    let lone = |at: &usize| bytes.get(*at) == Some(&b'\r') && bytes.get(at + 1) != Some(&b'\n');
    let locations: Vec<usize> = memchr::memchr_iter(b'\r', bytes).filter(lone).collect();
    if locations.is_empty() {
        return Cow::Borrowed(bytes);
    }
    let mut bytes = bytes.to_vec();
    for location in locations {
        if let Some(byte) = bytes.get_mut(location) {
            *byte = b'\n';
        }
    }
    Cow::Owned(bytes)
}

fn not_utf8(path: &str, bytes: &[u8], valid: usize) -> Diagnostic {
    let before = String::from_utf8_lossy(bytes.get(..valid).unwrap_or_default());
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    let excerpt = bytes
        .split(|byte| *byte == b'\n')
        .nth(line - 1)
        .map(|line| SanitizedText::new(&String::from_utf8_lossy(line).replace(['\t', '\r'], " ")));
    Diagnostic {
        code: RuleId::NotUtf8,
        location: Location { file: path.to_owned(), line, column, width: 1, excerpt },
        message: "this character is not UTF-8".to_owned(),
        help: "save the file as UTF-8 in your editor (not Latin-1, not UTF-16)".to_owned(),
    }
}

/// Whether a name can be typed on a command line and used in `goto`: ASCII letters, digits, `-` and `_`, but no `-` at the start.
#[must_use]
pub fn is_plain_name(name: &str) -> bool {
    !name.is_empty()
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
        && !name.starts_with('-')
}

const NAME_HELP: &str = "use letters, digits and hyphens, for example `owner-forgot-password`";
