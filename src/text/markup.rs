//! The small Markdown of texts: `*emphasis*` and `**emphasis**`, `` `code` ``, and `[words](https://link)`.
//!
//! What is not exactly one of these is the text that it is: `2*3*4`, `*.log`, `[1]`. Nothing nests.

use std::ops::Range;

use super::Clean;

/// How a part of a text looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// As it is.
    Plain,
    /// Stressed.
    Emphasis,
    /// To be typed or read to the letter.
    Code,
    /// Words that lead somewhere, with the address behind them.
    Link,
}

/// A text as it is shown where looks can be shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Prose {
    /// What is read.
    pub text: String,
    /// How each character looks that is no space: where lines are broken, spaces come and go.
    pub looks: Vec<Look>,
}

/// A part of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Part<'a> {
    Plain(&'a str),
    Emphasis(&'a str),
    Code(&'a str),
    Link { words: &'a str, address: &'a str },
}

impl From<&str> for Prose {
    /// A text to the letter.
    fn from(text: &str) -> Self {
        let mut prose = Self::default();
        prose.push(text, Look::Plain);
        prose
    }
}

impl From<&Clean> for Prose {
    fn from(text: &Clean) -> Self {
        Self::from(text.as_str())
    }
}

impl From<&String> for Prose {
    fn from(text: &String) -> Self {
        Self::from(text.as_str())
    }
}

impl Prose {
    /// Reads a text with its marks.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let mut prose = Self::default();
        for part in parts(text) {
            match part {
                Part::Plain(text) => prose.push(text, Look::Plain),
                Part::Emphasis(text) => prose.push(text, Look::Emphasis),
                Part::Code(text) => prose.push(text, Look::Code),
                Part::Link { words, address } => prose.push(&format!("{words} ({address})"), Look::Link),
            }
        }
        prose
    }

    fn push(&mut self, text: &str, look: Look) {
        self.text.push_str(text);
        self.looks.extend(text.chars().filter(|c| !c.is_whitespace()).map(|_| look));
    }

    /// The looks of the characters of a line that was broken out of the text, from `from` on (which counts the characters that are
    /// no spaces), as ranges of characters of the line.
    #[must_use]
    pub fn looks_of(&self, line: &str, from: usize) -> Vec<(Range<usize>, Look)> {
        let mut written = self.looks.iter().skip(from).copied();
        let mut looks: Vec<(Range<usize>, Look)> = Vec::new();
        for (at, c) in line.chars().enumerate() {
            let last = looks.last_mut();
            if c.is_whitespace()
                && let Some((range, _)) = last
            {
                range.end = at + 1;
                continue;
            }
            let look = if c.is_whitespace() { Look::Plain } else { written.next().unwrap_or(Look::Plain) };
            match looks.last_mut() {
                Some((range, before)) if *before == look => range.end = at + 1,
                _ => looks.push((at..at + 1, look)),
            }
        }
        looks
    }
}

/// A text for where looks cannot be shown: marks stay, and a link becomes its words with the address behind them.
#[must_use]
pub fn plain(text: &str) -> String {
    let put = |part: Part<'_>| match part {
        Part::Plain(text) => text.to_owned(),
        Part::Emphasis(text) => format!("*{text}*"),
        Part::Code(text) => format!("`{text}`"),
        Part::Link { words, address } => format!("{words} ({address})"),
    };
    parts(text).into_iter().map(put).collect()
}

/// A text without marks, for a line that names it.
#[must_use]
pub fn bare(text: &str) -> String {
    let put = |part: Part<'_>| match part {
        Part::Plain(text) | Part::Emphasis(text) | Part::Code(text) => text.to_owned(),
        Part::Link { words, .. } => words.to_owned(),
    };
    parts(text).into_iter().map(put).collect()
}

/// The addresses of a text's links.
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

/// Between one or two stars, which stand at the words' edges.
fn emphasis(rest: &str) -> Option<(Part<'_>, usize)> {
    let mark = if rest.starts_with("**") { "**" } else { "*" };
    let (inner, behind) = rest.strip_prefix(mark)?.split_once(mark)?;
    let touches = |c: char| !c.is_whitespace() && c != '*';
    let is_stressed = inner.starts_with(touches)
        && inner.ends_with(touches)
        && !inner.contains(['\n', '*'])
        && !behind.starts_with(|c: char| c.is_alphanumeric() || c == '*');
    is_stressed.then_some((Part::Emphasis(inner), inner.len() + 2 * mark.len()))
}

/// Characters of an address.
const LONGEST_ADDRESS: usize = 2_000;

fn link(rest: &str) -> Option<(Part<'_>, usize)> {
    let inner = rest.strip_prefix('[')?;
    let words = inner.get(..inner.find(['[', ']', '\n'])?)?;
    let behind = inner.get(words.len()..)?.strip_prefix("](")?;
    // Brackets in an address come in pairs.
    let mut open = 0_usize;
    let ends = behind.char_indices().take(LONGEST_ADDRESS).find_map(|(at, c)| match c {
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
    let address = behind.get(..ends.flatten()?)?;
    let is_link = !words.trim().is_empty() && !address.is_empty();
    is_link.then_some((Part::Link { words, address }, words.len() + address.len() + 4))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::wrap;
    use super::*;

    #[test]
    fn marks_are_read_and_everything_else_is_left() {
        assert_eq!(
            plain("Do *not* run `rm *` at [home](https://example.com)."),
            "Do *not* run `rm *` at home (https://example.com)."
        );
        assert_eq!(bare("Do **not** run `rm *` at [home](https://example.com)."), "Do not run rm * at home.");
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
            assert_eq!((bare(text), plain(text)), (text.to_owned(), text.to_owned()));
        }
        assert_eq!(links("[page](https://x/Foo_(bar)) and [b](https://y"), ["https://x/Foo_(bar)"]);
        assert_eq!(links("[a](https://a) `[b](https://b)` [c](javascript:c)"), ["https://a", "javascript:c"]);
    }

    #[test]
    fn looks_follow_the_words_into_the_lines() {
        let prose = Prose::read("Do *not use* `it`");
        assert_eq!(prose.text, "Do not use it");
        assert_eq!(prose.looks_of("Do not", 0), [(0..3, Look::Plain), (3..6, Look::Emphasis)]);
        assert_eq!(prose.looks_of("use it", 5), [(0..4, Look::Emphasis), (4..6, Look::Code)]);
    }

    proptest! {
        #[test]
        fn no_letter_is_lost(text in "[a*`\\[\\]() \n]{0,30}", columns in 1usize..20) {
            let prose = Prose::read(&text);
            prop_assert_eq!(prose.looks.len(), prose.text.chars().filter(|c| !c.is_whitespace()).count());
            let letters = |text: &str| text.chars().filter(|c| *c == 'a').count();
            prop_assert_eq!(letters(&prose.text), letters(&text));
            let mut from = 0;
            for line in wrap(&prose.text, columns) {
                let looks = prose.looks_of(&line, from);
                prop_assert_eq!(looks.last().map_or(0, |(range, _)| range.end), line.chars().count());
                from += line.chars().filter(|c| !c.is_whitespace()).count();
            }
        }
    }
}
