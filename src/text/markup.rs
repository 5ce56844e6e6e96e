//! A small subset of Markdown: `*emphasis*` and `**emphasis**`, `` `code` ``, and `[words](https://link)`.
//!
//! All other text, such as `2*3*4`, `*.log` and `[1]`, is plain. Markup does not nest.

use std::ops::Range;

use super::SanitizedText;

/// The style of a part of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InlineStyle {
    /// Text without markup.
    Plain,
    /// Emphasized text.
    Emphasis,
    /// Text to type or read exactly.
    Code,
    /// The words of a link, followed by its address in parentheses.
    Link,
}

/// A text without markup characters, and its styles.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StyledText {
    /// The text.
    pub text: String,
    /// The style of each character that is not whitespace. Wrapping changes only whitespace, so the styles also fit the
    /// wrapped text.
    pub styles: Vec<InlineStyle>,
}

/// A part of a text with one style.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Part<'a> {
    Plain(&'a str),
    Emphasis(&'a str),
    Code(&'a str),
    Link { words: &'a str, address: &'a str },
}

impl From<&str> for StyledText {
    /// Converts a text without interpreting markup.
    fn from(text: &str) -> Self {
        let mut prose = Self::default();
        prose.push(text, InlineStyle::Plain);
        prose
    }
}

impl From<&SanitizedText> for StyledText {
    fn from(text: &SanitizedText) -> Self {
        Self::from(text.as_str())
    }
}

impl From<&String> for StyledText {
    fn from(text: &String) -> Self {
        Self::from(text.as_str())
    }
}

impl StyledText {
    /// Parses a text with markup.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let mut prose = Self::default();
        for part in parts(text) {
            match part {
                Part::Plain(text) => prose.push(text, InlineStyle::Plain),
                Part::Emphasis(text) => prose.push(text, InlineStyle::Emphasis),
                Part::Code(text) => prose.push(text, InlineStyle::Code),
                Part::Link { words, address } => prose.push(&format!("{words} ({address})"), InlineStyle::Link),
            }
        }
        prose
    }

    fn push(&mut self, text: &str, style: InlineStyle) {
        self.text.push_str(text);
        self.styles.extend(text.chars().filter(|c| !c.is_whitespace()).map(|_| style));
    }

    /// Returns the styles of one line of the wrapped text, as `(range of characters in the line, style)`. `from` is the
    /// number of non-whitespace characters in the text before the line.
    #[must_use]
    pub fn spans_in_line(&self, line: &str, from: usize) -> Vec<(Range<usize>, InlineStyle)> {
        let mut written = self.styles.iter().skip(from).copied();
        let mut looks: Vec<(Range<usize>, InlineStyle)> = Vec::new();
        for (at, c) in line.chars().enumerate() {
            let last = looks.last_mut();
            if c.is_whitespace()
                && let Some((range, _)) = last
            {
                range.end = at + 1;
                continue;
            }
            let style =
                if c.is_whitespace() { InlineStyle::Plain } else { written.next().unwrap_or(InlineStyle::Plain) };
            match looks.last_mut() {
                Some((range, before)) if *before == style => range.end = at + 1,
                _ => looks.push((at..at + 1, style)),
            }
        }
        looks
    }
}

/// Converts a text for output without styles. Emphasis and code keep their marks, and a link becomes `words (address)`.
#[must_use]
pub fn to_plain_text(text: &str) -> String {
    let put = |part: Part<'_>| match part {
        Part::Plain(text) => text.to_owned(),
        Part::Emphasis(text) => format!("*{text}*"),
        Part::Code(text) => format!("`{text}`"),
        Part::Link { words, address } => format!("{words} ({address})"),
    };
    parts(text).into_iter().map(put).collect()
}

/// Removes all markup, including the addresses of links.
#[must_use]
pub fn strip_markup(text: &str) -> String {
    let put = |part: Part<'_>| match part {
        Part::Plain(text) | Part::Emphasis(text) | Part::Code(text) => text.to_owned(),
        Part::Link { words, .. } => words.to_owned(),
    };
    parts(text).into_iter().map(put).collect()
}

/// Returns the addresses of all links.
#[must_use]
pub fn links(text: &str) -> Vec<&str> {
    let address = |part| match part {
        Part::Link { address, .. } => Some(address),
        _ => None,
    };
    parts(text).into_iter().filter_map(address).collect()
}

fn parts(text: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let (mut plain, mut at) = (0, 0);
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        let found = match rest.chars().next() {
            Some('`') => code(rest),
            Some('*') if before.is_none_or(|c| !c.is_alphanumeric() && c != '*') => emphasis(rest),
            Some('[') => link(rest),
            _ => None,
        };
        if let Some((part, length)) = found {
            parts.extend(text.get(plain..at).filter(|text| !text.is_empty()).map(Part::Plain));
            parts.push(part);
            at += length;
            plain = at;
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    parts.extend(text.get(plain..).filter(|text| !text.is_empty()).map(Part::Plain));
    parts
}

fn code(rest: &str) -> Option<(Part<'_>, usize)> {
    let (inner, _) = rest.strip_prefix('`')?.split_once('`')?;
    let is_code = !inner.trim().is_empty() && !inner.contains('\n');
    is_code.then_some((Part::Code(inner), inner.len() + 2))
}

/// Parses emphasis at the start of `rest`. Returns the part and its length in bytes. Whitespace between a mark and the
/// emphasized text is not allowed.
fn emphasis(rest: &str) -> Option<(Part<'_>, usize)> {
    let mark = if rest.starts_with("**") { "**" } else { "*" };
    let (inner, after) = rest.strip_prefix(mark)?.split_once(mark)?;
    let touches = |c: char| !c.is_whitespace() && c != '*';
    let is_stressed = inner.starts_with(touches)
        && inner.ends_with(touches)
        && !inner.contains(['\n', '*'])
        && !after.starts_with(|c: char| c.is_alphanumeric() || c == '*');
    is_stressed.then_some((Part::Emphasis(inner), inner.len() + 2 * mark.len()))
}

/// Maximum length of the address of a link, in characters.
const MAX_LINK_CHARS: usize = 2_000;

fn link(rest: &str) -> Option<(Part<'_>, usize)> {
    let inner = rest.strip_prefix('[')?;
    let words = inner.get(..inner.find(['[', ']', '\n'])?)?;
    let after = inner.get(words.len()..)?.strip_prefix("](")?;
    // An address can contain balanced parentheses.
    let mut open = 0_usize;
    let ends = after.char_indices().take(MAX_LINK_CHARS).find_map(|(at, c)| match c {
        '(' => {
            open += 1;
            None
        }
        ')' if open == 0 => Some(Some(at)),
        ')' => {
            open -= 1;
            None
        }
        c if c.is_whitespace() => Some(None),
        _ => None,
    });
    let address = after.get(..ends.flatten()?)?;
    let is_link = !words.trim().is_empty() && !address.is_empty();
    is_link.then_some((Part::Link { words, address }, words.len() + address.len() + 4))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::wrap;
    use super::*;

    #[test]
    fn markup_is_parsed_and_other_text_is_unchanged() {
        assert_eq!(
            to_plain_text("Do *not* run `rm *` at [home](https://example.com)."),
            "Do *not* run `rm *` at home (https://example.com)."
        );
        assert_eq!(strip_markup("Do **not** run `rm *` at [home](https://example.com)."), "Do not run rm * at home.");
        for text in [
            "2*3*4",
            "*.log and *.txt",
            "a * b * c",
            "[1] and (2)",
            "``",
            "a ` b",
            "**",
            "*a",
            "[](https://x)",
            "***a***",
            "*a\nb*",
        ] {
            assert_eq!((strip_markup(text), to_plain_text(text)), (text.to_owned(), text.to_owned()));
        }
        assert_eq!(links("[page](https://x/Foo_(bar)) and [b](https://y"), ["https://x/Foo_(bar)"]);
        assert_eq!(links("[a](https://a) `[b](https://b)` [c](javascript:c)"), ["https://a", "javascript:c"]);
    }

    #[test]
    fn styles_follow_the_words_into_the_lines() {
        let prose = StyledText::read("Do *not use* `it`");
        assert_eq!(prose.text, "Do not use it");
        assert_eq!(prose.spans_in_line("Do not", 0), [(0..3, InlineStyle::Plain), (3..6, InlineStyle::Emphasis)]);
        assert_eq!(prose.spans_in_line("use it", 5), [(0..4, InlineStyle::Emphasis), (4..6, InlineStyle::Code)]);
    }

    proptest! {
        #[test]
        fn no_letters_are_lost(text in "[a*`\\[\\]() \n]{0,30}", columns in 1usize..20) {
            let prose = StyledText::read(&text);
            prop_assert_eq!(prose.styles.len(), prose.text.chars().filter(|c| !c.is_whitespace()).count());
            let letters = |text: &str| text.chars().filter(|c| *c == 'a').count();
            prop_assert_eq!(letters(&prose.text), letters(&text));
            let mut from = 0;
            for line in wrap(&prose.text, columns) {
                let looks = prose.spans_in_line(&line, from);
                prop_assert_eq!(looks.last().map_or(0, |(range, _)| range.end), line.chars().count());
                from += line.chars().filter(|c| !c.is_whitespace()).count();
            }
        }
    }
}
