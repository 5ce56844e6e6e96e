//! Text that is safe to show, and how wide it is on a terminal.
//!
//! Whatever comes from outside (an article, a paste, an argument) becomes [`Clean`] once, on its way in. From there on, what is
//! shown is what is copied, and no character of it can act on a terminal.

use std::ops::Deref;
use std::path::Path;
use std::{fmt, io};

use borsh::{BorshDeserialize, BorshSerialize};
use serde::Serialize;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

pub mod markup;
mod wrap;
pub use wrap::{fill, wrap};

/// How many spaces a tab becomes.
const TAB: &str = "    ";

/// Text without any character that could act on a terminal, reorder other text or hide in it.
///
/// Line breaks are kept as `\n`; tabs are spaces.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, BorshSerialize)]
#[serde(transparent)]
pub struct Clean(String);

impl Clean {
    /// Makes any text clean: each unsafe character becomes one visible placeholder.
    #[must_use]
    pub fn new(raw: &str) -> Self {
        let mut text = String::with_capacity(raw.len());
        let mut rest = raw;
        loop {
            // Most of most texts is plain.
            let plain = rest.bytes().take_while(|byte| is_plain(*byte)).count();
            let (before, from) = rest.split_at_checked(plain).unwrap_or((rest, ""));
            text.push_str(before);
            let mut chars = from.chars();
            let Some(c) = chars.next() else { break };
            rest = chars.as_str();
            match c {
                '\r' => {
                    // "\r\n" is one line break; so is the lone "\r" that terminals send in a paste.
                    if !rest.starts_with('\n') {
                        text.push('\n');
                    }
                }
                '\u{2028}' | '\u{2029}' => text.push('\n'),
                '\t' => text.push_str(TAB),
                '\u{fe00}'..='\u{fe0f}' => {} // only the look of the character before it
                c if is_unsafe(c) => text.push(placeholder(c)),
                c => text.push(c),
            }
        }
        Self(text)
    }

    /// A path as it is shown: also its line breaks are placeholders.
    #[must_use]
    pub fn path(path: &Path) -> Self {
        Self::new(&path.display().to_string().replace('\n', "␊").replace('\r', "␍"))
    }

    /// The text on one line: line breaks and runs of spaces become one space.
    #[must_use]
    pub fn one_line(&self) -> String {
        self.0.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The text as a string slice.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Deref for Clean {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl BorshDeserialize for Clean {
    fn deserialize_reader<R: io::Read>(reader: &mut R) -> io::Result<Self> {
        let text = String::deserialize_reader(reader)?;
        // Most texts are plain, and stay as they are.
        Ok(if text.bytes().all(is_plain) { Self(text) } else { Self::new(&text) })
    }
}

impl fmt::Display for Clean {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl From<&str> for Clean {
    fn from(raw: &str) -> Self {
        Self::new(raw)
    }
}

/// Whether the byte is a character that is kept in every text as it is.
fn is_plain(byte: u8) -> bool {
    matches!(byte, b' '..=b'~' | b'\n')
}

/// Whether the character could act on a terminal (control characters), reorder text (bidirectional marks) or hide in it
/// (zero-width and filler characters). Tabs and line breaks are not unsafe.
#[must_use]
pub fn is_unsafe(c: char) -> bool {
    matches!(c,
        '\0'..='\u{8}' | '\u{b}'..='\u{c}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{9f}' // C0, DEL, C1
        | '\u{61c}' | '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{206f}' // bidirectional
        | '\u{200b}'..='\u{200d}' | '\u{2060}'..='\u{2065}' | '\u{feff}' | '\u{180e}' | '\u{ad}' | '\u{34f}' // zero-width
        | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' | '\u{3164}' | '\u{ffa0}' // fillers
        | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}') // annotations, tags
}

/// The visible stand-in for an unsafe character; always one column wide.
fn placeholder(c: char) -> char {
    match u32::from(c) {
        control @ 0..=0x1f => char::from_u32(0x2400 + control).unwrap_or('\u{fffd}'),
        0x7f => '\u{2421}',
        _ => '\u{fffd}',
    }
}

/// Columns that the text takes on a terminal.
#[must_use]
pub fn width(text: &str) -> usize {
    text.width()
}

/// The text cut to at most `columns`, with `…` in place of what was cut off.
#[must_use]
pub fn truncate(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let Some(room) = columns.checked_sub(1) else { return String::new() };
    let mut cut = String::new();
    let mut used = 0;
    for grapheme in text.graphemes(true) {
        used += width(grapheme);
        if used > room {
            break;
        }
        cut.push_str(grapheme);
    }
    cut.push('…');
    cut
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_escape_sequence_becomes_visible_and_harmless() {
        assert_eq!(Clean::new("\u{1b}[2Jgone\u{7f}\u{9b}").as_str(), "␛[2Jgone␡\u{fffd}");
    }

    #[test]
    fn bidirectional_and_zero_width_characters_become_visible() {
        assert_eq!(Clean::new("a\u{202e}b\u{200b}c\u{feff}").as_str(), "a\u{fffd}b\u{fffd}c\u{fffd}");
    }

    #[test]
    fn all_line_breaks_are_one_kind_and_tabs_are_spaces() {
        assert_eq!(Clean::new("a\r\nb\rc\u{2028}d\te").as_str(), "a\nb\nc\nd    e");
    }

    #[test]
    fn cleaning_twice_changes_nothing() {
        let once = Clean::new("x\u{7}\r\n\t\u{202e}é漢");
        assert_eq!(Clean::new(&once), once);
    }

    #[test]
    fn a_cut_text_never_takes_more_columns_than_there_are() {
        for columns in 0..12 {
            assert!(width(&truncate("a漢字e\u{301} and more", columns)) <= columns);
        }
        assert_eq!(truncate("short", 5), "short");
        assert_eq!(truncate("longer", 5), "long…");
    }
}
