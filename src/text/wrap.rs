//! Line wrapping at spaces. [`wrap`] also splits words longer than a line, but never within a grapheme cluster. [`wrap_words`]
//! never splits words.

use unicode_segmentation::UnicodeSegmentation;

use super::width;

/// Wraps the text into lines of at most `columns` columns. Existing line breaks stay, and runs of spaces become one space.
/// Returns no lines if `columns` is 0.
///
/// A grapheme cluster wider than `columns` gets a line of its own. Only such a line can be too wide.
#[must_use]
pub fn wrap(text: &str, columns: usize) -> Vec<String> {
    if columns == 0 {
        return Vec::new();
    }
    text.split('\n').flat_map(|paragraph| wrap_paragraph(paragraph, columns, true)).collect()
}

/// Wraps the text at spaces without splitting words, so that links can be copied. A word longer than `columns` gets a line of its
/// own.
#[must_use]
pub fn wrap_words(text: &str, columns: usize) -> Vec<String> {
    text.split('\n').flat_map(|paragraph| wrap_paragraph(paragraph, columns, false)).collect()
}

fn wrap_paragraph(paragraph: &str, columns: usize, cut: bool) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut used = 0;
    for word in paragraph.split_whitespace() {
        let wide = width(word);
        if !line.is_empty() && used + 1 + wide <= columns {
            line.push(' ');
            line.push_str(word);
            used += 1 + wide;
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
            used = 0;
        }
        if !cut {
            line.push_str(word);
            used = wide;
            continue;
        }
        for grapheme in word.graphemes(true) {
            let wide = width(grapheme);
            if !line.is_empty() && used + wide > columns {
                lines.push(std::mem::take(&mut line));
                used = 0;
            }
            line.push_str(grapheme);
            used += wide;
        }
    }
    lines.push(line);
    lines
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_that_fit_are_not_split() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("one\n\ntwo", 7), ["one", "", "two"]);
    }

    #[test]
    fn long_words_are_split() {
        assert_eq!(wrap("abcdefg hi", 3), ["abc", "def", "g", "hi"]);
    }

    #[test]
    fn wrap_words_does_not_split_words() {
        assert_eq!(wrap_words("a abcdefg hi j\nk", 4), ["a", "abcdefg", "hi j", "k"]);
        assert_eq!(wrap_words("漢字 a", 0), ["漢字", "a"]);
    }

    #[test]
    fn wide_and_combining_characters_do_not_panic_at_any_width() {
        for columns in 0..6 {
            let _ = wrap("a漢a \u{301}e\u{301}\u{301} 👩‍👩‍👧 \u{300}", columns);
        }
        assert_eq!(wrap("a漢a", 2), ["a", "漢", "a"]);
    }

    #[test]
    fn zero_width_characters_are_kept() {
        assert_eq!(wrap("\u{17bd}漢", 1), ["\u{17bd}", "漢"]);
        assert_eq!(wrap("\u{17bd} a", 9), ["\u{17bd} a"]);
    }

    proptest! {
        #[test]
        fn only_spaces_are_lost_and_no_line_is_too_wide(text in "[ -~é漢\u{301}\n]{0,80}", columns in 2usize..40) {
            let lines = wrap(&text, columns);
            let letters = |s: &str| s.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(letters(&lines.concat()), letters(&text));
            for line in lines {
                prop_assert!(width(&line) <= columns, "{:?} is wider than {}", line, columns);
            }
        }
    }
}
