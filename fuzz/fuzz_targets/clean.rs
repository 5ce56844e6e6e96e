//! Sanitizes any bytes. The result is safe, a second pass does not change it, and truncated text fits.

#![no_main]

use libfuzzer_sys::fuzz_target;
use unstuck::text::markup::StyledText;
use unstuck::text::{SanitizedText, is_unsafe, truncate, width};

fuzz_target!(|bytes: &[u8]| {
    let clean = SanitizedText::new(&String::from_utf8_lossy(bytes));
    assert!(!clean.chars().any(|c| is_unsafe(c) || (c.is_control() && c != '\n')), "{clean:?}");
    assert_eq!(SanitizedText::new(&clean), clean);
    assert!(!clean.one_line().contains('\n'));
    let columns = bytes.len() % 100;
    assert!(width(&truncate(&clean.one_line(), columns)) <= columns);
    let styled = StyledText::read(&clean);
    assert_eq!(styled.text.chars().count(), styled.styles.len());
    assert!(!styled.text.chars().any(is_unsafe));
});
