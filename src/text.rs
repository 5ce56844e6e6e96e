//! Text that is safe to show on a terminal, and its width in columns.
//!
//! All text from outside (articles, pasted text, arguments) is converted to [`SanitizedText`] on input. Shown and copied text is
//! therefore the same, and no character can control the terminal.

use std::ops::Deref;
use std::path::Path;
use std::{fmt, io};

use borsh::{BorshDeserialize, BorshSerialize};
use serde::Serialize;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

pub mod markup;
mod voice;
mod wrap;
pub(crate) use voice::in_sentence;
pub use voice::{Voice, VoicedText};
pub use wrap::{wrap, wrap_words};

/// Replacement for a tab.
const TAB: &str = "    ";

/// Text without characters that could control a terminal, reorder other text or be invisible.
///
/// Line breaks are `\n`. Tabs are replaced by spaces, and variation selectors are removed.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, BorshSerialize)]
#[serde(transparent)]
pub struct SanitizedText(String);

impl SanitizedText {
    /// Sanitizes a text: replaces each unsafe character with one visible placeholder.
    #[must_use]
    pub fn new(raw: &str) -> Self {
        let mut text = String::with_capacity(raw.len());
        let mut rest = raw;
        loop {
            // Fast path: most texts are mostly printable ASCII, which is copied in whole runs.
            let plain = rest.bytes().take_while(|byte| is_printable_ascii(*byte)).count();
            let (before, from) = rest.split_at_checked(plain).unwrap_or((rest, ""));
            text.push_str(before);
            let mut chars = from.chars();
            let Some(c) = chars.next() else { break };
            rest = chars.as_str();
            match c {
                '\r' => {
                    // `\r\n` is one line break. So is a single `\r`, which terminals send in pasted text.
                    if !rest.starts_with('\n') {
                        text.push('\n');
                    }
                }
                '\u{2028}' | '\u{2029}' => text.push('\n'),
                '\t' => text.push_str(TAB),
                '\u{fe00}'..='\u{fe0f}' => {} // variation selectors change only the look of the previous character
                c if is_unsafe(c) => text.push(placeholder(c)),
                c => text.push(c),
            }
        }
        Self(text)
    }

    /// Converts a path for display. Line breaks in it become placeholders, so that the result is one line.
    #[must_use]
    pub fn path(path: &Path) -> Self {
        Self::new(&path.display().to_string().replace('\n', "␊").replace('\r', "␍"))
    }

    /// Returns the text on one line: each run of whitespace becomes one space.
    #[must_use]
    pub fn one_line(&self) -> String {
        self.0.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Returns the text as a string slice.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Deref for SanitizedText {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl BorshDeserialize for SanitizedText {
    fn deserialize_reader<R: io::Read>(reader: &mut R) -> io::Result<Self> {
        let text = String::deserialize_reader(reader)?;
        // Fast path: printable ASCII needs no sanitizing.
        Ok(if text.bytes().all(is_printable_ascii) { Self(text) } else { Self::new(&text) })
    }
}

impl fmt::Display for SanitizedText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl From<&str> for SanitizedText {
    fn from(raw: &str) -> Self {
        Self::new(raw)
    }
}

/// Whether the byte is a printable ASCII character or a line feed, which sanitizing leaves unchanged.
fn is_printable_ascii(byte: u8) -> bool {
    matches!(byte, b' '..=b'~' | b'\n')
}

/// Whether the character could control a terminal (control characters), reorder text (bidirectional marks) or be invisible
/// (zero-width and filler characters). Tabs and line breaks are safe.
#[must_use]
pub fn is_unsafe(c: char) -> bool {
    matches!(c,
        '\0'..='\u{8}' | '\u{b}'..='\u{c}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{9f}' // C0 controls, DEL, C1 controls
        | '\u{61c}' | '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{206f}' // bidirectional
        | '\u{200b}'..='\u{200d}' | '\u{2060}'..='\u{2065}' | '\u{feff}' | '\u{180e}' | '\u{ad}' | '\u{34f}' // zero-width
        | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' | '\u{3164}' | '\u{ffa0}' // fillers
        | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}') // annotations, tags
}

/// Returns the visible placeholder for an unsafe character. It is always one column wide.
fn placeholder(c: char) -> char {
    match u32::from(c) {
        control @ 0..=0x1f => char::from_u32(0x2400 + control).unwrap_or('\u{fffd}'),
        0x7f => '\u{2421}',
        _ => '\u{fffd}',
    }
}

/// Returns the width of the text on a terminal, in columns.
#[must_use]
pub fn width(text: &str) -> usize {
    text.width()
}

/// Shortens the text to at most `columns` columns. If text is cut off, the result ends with `…`. If `columns` is 0, the result is
/// empty.
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
    fn escape_sequences_become_visible() {
        assert_eq!(SanitizedText::new("\u{1b}[2Jgone\u{7f}\u{9b}").as_str(), "␛[2Jgone␡\u{fffd}");
    }

    #[test]
    fn bidirectional_and_zero_width_characters_become_visible() {
        assert_eq!(SanitizedText::new("a\u{202e}b\u{200b}c\u{feff}").as_str(), "a\u{fffd}b\u{fffd}c\u{fffd}");
    }

    #[test]
    fn line_breaks_are_normalized_and_tabs_become_spaces() {
        assert_eq!(SanitizedText::new("a\r\nb\rc\u{2028}d\te").as_str(), "a\nb\nc\nd    e");
    }

    #[test]
    fn sanitizing_twice_changes_nothing() {
        let once = SanitizedText::new("x\u{7}\r\n\t\u{202e}é漢");
        assert_eq!(SanitizedText::new(&once), once);
    }

    #[test]
    fn truncated_text_fits_the_columns() {
        for columns in 0..12 {
            assert!(width(&truncate("a漢字e\u{301} and more", columns)) <= columns);
        }
        assert_eq!(truncate("short", 5), "short");
        assert_eq!(truncate("longer", 5), "long…");
    }
}
