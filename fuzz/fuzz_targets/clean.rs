//! Any bytes as text: what comes out is safe, stays as it is when it is made clean again, and fits where it is cut to fit.

#![no_main]

use libfuzzer_sys::fuzz_target;
use unstuck::text::markup::Prose;
use unstuck::text::{Clean, is_unsafe, truncate, width};

fuzz_target!(|bytes: &[u8]| {
    let clean = Clean::new(&String::from_utf8_lossy(bytes));
    assert!(!clean.chars().any(|c| is_unsafe(c) || (c.is_control() && c != '\n')), "{clean:?}");
    assert_eq!(Clean::new(&clean), clean);
    assert!(!clean.one_line().contains('\n'));
    let columns = bytes.len() % 100;
    assert!(width(&truncate(&clean.one_line(), columns)) <= columns);
    let prose = Prose::read(&clean);
    assert_eq!(prose.text.chars().count(), prose.looks.len());
    assert!(!prose.text.chars().any(is_unsafe));
});
