//! Wraps any text at any width. Only whitespace is lost, and each line fits unless it is a single wide character.

#![no_main]

use libfuzzer_sys::fuzz_target;
use unicode_segmentation::UnicodeSegmentation;
use unstuck::text::{SanitizedText, width, wrap};

fuzz_target!(|input: (u8, &str)| {
    let (columns, text) = (usize::from(input.0), SanitizedText::new(input.1));
    let lines = wrap(&text, columns);
    if columns == 0 {
        assert!(lines.is_empty());
        return;
    }
    let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    assert_eq!(letters(&lines.concat()), letters(&text));
    for line in lines {
        assert!(width(&line) <= columns || line.graphemes(true).count() == 1, "{line:?} at {columns}");
    }
});
