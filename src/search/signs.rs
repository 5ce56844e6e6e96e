//! Letters as a search compares them one by one: those that a screen or a scan confuses are one sign.

/// How many signs there are. 0 is the gap between words.
pub(super) const SIGNS: u32 = 64;

/// A folded character as a sign.
pub(super) fn sign(c: char) -> u32 {
    match c {
        ' ' | '\n' => 0,
        'l' | '1' => sign('i'),
        '0' => sign('o'),
        '5' => sign('s'),
        'a'..='z' => 1 + u32::from(c) - u32::from('a'),
        '2'..='9' => 27 + u32::from(c) - u32::from('2'),
        // Other scripts share what is left.
        c => 35 + u32::from(c) % (SIGNS - 35),
    }
}
