//! Text as search compares it: case, accents, typographic signs, ligatures and full-width letters do not matter.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The text in lower case, without accents, with plain letters in place of ligatures and full-width forms, and with a space in
/// place of everything that is neither a letter nor a digit.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    if text.is_ascii() && !text.contains('|') {
        folded.extend(text.chars().map(fold_ascii));
        return folded;
    }
    let mut before = ' ';
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        // A bar that touches a letter is a misread l or I; the bars of a table have spaces around them.
        let touches = before.is_alphanumeric() || chars.peek().is_some_and(|next| next.is_alphanumeric());
        if c == '|' && touches {
            folded.push('l');
        } else {
            fold_char(c, |c| folded.push(c));
        }
        before = c;
    }
    folded
}

/// The words of a text, folded.
#[must_use]
pub fn words(text: &str) -> Vec<String> {
    fold(text).split_whitespace().map(str::to_owned).collect()
}

/// The text without its placeholders: `%s`, `%-5d`, `%(name)s`, `{0}`, `{user.name}`, `${path}`, `<name>`. Whatever
/// stands in their place says nothing about the error.
#[must_use]
pub(crate) fn without_placeholders(text: &str) -> Cow<'_, str> {
    if !text.contains(PLACEHOLDERS) {
        return Cow::Borrowed(text);
    }
    let mut said = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(PLACEHOLDERS) {
        let (before, from) = rest.split_at(at);
        said.push_str(before);
        let length = placeholder(from);
        // A gap in its place; where it is none, the sign itself says nothing either.
        said.push(' ');
        rest = from.get(length.max(1)..).unwrap_or_default();
    }
    said.push_str(rest);
    Cow::Owned(said)
}

/// What a placeholder begins with.
const PLACEHOLDERS: [char; 3] = ['%', '{', '<'];

/// Bytes of the placeholder that a text begins with; 0 where it begins with none.
fn placeholder(text: &str) -> usize {
    /// Letters between the brackets of one.
    const LONGEST: usize = 40;
    let bytes = text.as_bytes();
    let name = |open: usize, end: u8, stands: fn(u8) -> bool| {
        let inside = bytes.iter().skip(open).take(LONGEST).take_while(|byte| stands(**byte)).count();
        if bytes.get(open + inside) == Some(&end) { open + inside + 1 } else { 0 }
    };
    let in_braces = |byte: u8| byte.is_ascii_alphanumeric() || b"_.:!()[]'-+*$#@?".contains(&byte);
    let in_angles = |byte: u8| byte.is_ascii_alphanumeric() || b"_- ".contains(&byte);
    match bytes {
        [b'{', ..] => name(1, b'}', in_braces),
        [b'<', ..] => name(1, b'>', in_angles),
        [b'%', b'(', ..] => match name(2, b')', |byte| byte.is_ascii_alphanumeric() || byte == b'_') {
            0 => 0,
            length => length + usize::from(bytes.get(length).is_some_and(u8::is_ascii_alphabetic)),
        },
        [b'%', ..] => {
            let flags =
                bytes.iter().skip(1).take_while(|byte| byte.is_ascii_digit() || b".-+#*'$".contains(byte)).count();
            let size = bytes.iter().skip(1 + flags).take_while(|byte| b"hlLjzt".contains(byte)).count();
            let end = 1 + flags + size;
            match bytes.get(end) {
                Some(b'a'..=b'z' | b'A'..=b'Z') if !bytes.get(end + 1).is_some_and(u8::is_ascii_alphabetic) => end + 1,
                _ if flags > 0 && size == 0 => end,
                _ => 0,
            }
        }
        _ => 0,
    }
}

/// Folds each character apart; the second text is as long as there are characters, each the first that its original folds to.
/// Good for showing letters that match.
#[must_use]
pub(crate) fn fold_aligned(text: &str) -> String {
    text.chars()
        .map(|c| {
            let mut first = None;
            fold_char(c, |c| {
                first.get_or_insert(c);
            });
            first.unwrap_or(' ')
        })
        .collect()
}

fn fold_ascii(c: char) -> char {
    if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { ' ' }
}

fn fold_char(c: char, mut put: impl FnMut(char)) {
    if c.is_ascii() {
        put(fold_ascii(c));
        return;
    }
    for c in std::iter::once(c).nfkd() {
        match c {
            c if is_combining_mark(c) => {}
            'ß' => {
                put('s');
                put('s');
            }
            'æ' | 'Æ' => {
                put('a');
                put('e');
            }
            'œ' | 'Œ' => {
                put('o');
                put('e');
            }
            'ø' | 'Ø' => put('o'),
            'ł' | 'Ł' => put('l'),
            c if c.is_alphanumeric() => c.to_lowercase().for_each(&mut put),
            _ => put(' '),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_accents_ligatures_and_full_width_letters_do_not_matter() {
        assert_eq!(fold("Réinitialisation"), "reinitialisation");
        assert_eq!(fold("oﬃce ＡＢＣ Straße"), "office abc strasse");
        assert_eq!(words("Your \u{201c}IP\u{201d} isn\u{2019}t allowed!"), ["your", "ip", "isn", "t", "allowed"]);
    }

    #[test]
    fn a_bar_that_touches_a_letter_is_a_letter() {
        assert_eq!(words("|nv|tat|on | table |"), ["lnvltatlon", "table"]);
    }

    #[test]
    fn a_placeholder_says_nothing() {
        let words_said = |text| words(&without_placeholders(text));
        assert_eq!(words_said("%s: seek to %llu failed: %-5.2f%%"), ["seek", "to", "failed"]);
        assert_eq!(words_said("cannot open {user.name!r} at ${path} for <name>"), ["cannot", "open", "at", "for"]);
        assert_eq!(words_said("%(who)s is 100% sure {\"a\": 1} 5 < 6"), ["is", "100", "sure", "a", "1", "5", "6"]);
        assert_eq!(words_said("%1 is not a valid %ld"), ["is", "not", "a", "valid"]);
    }

    #[test]
    fn an_aligned_text_has_as_many_characters() {
        let text = "Éﬃ… IP";
        assert_eq!(fold_aligned(text).chars().count(), text.chars().count());
    }
}
