//! Text as search compares it: case, accents, typographic signs, ligatures, full-width letters and the spelling of identifiers do
//! not matter. Letters that a screen or a scan confuses are compared in a canonical form.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Characters that OCR and people confuse, each with its canonical form.
const CONFUSABLE: [(char, char); 5] = [('l', 'i'), ('1', 'i'), ('|', 'i'), ('0', 'o'), ('5', 's')];

/// Pairs of characters that look like one letter, each with this letter.
const CONFUSABLE_PAIRS: [((char, char), char); 4] =
    [(('r', 'n'), 'm'), (('c', 'l'), 'd'), (('c', '1'), 'd'), (('v', 'v'), 'w')];

/// Returns a folded text with confusable characters replaced by their canonical forms. Texts that OCR confuses become equal:
/// `ernergency` and `emergency`, `acti0n` and `action`.
#[must_use]
pub(super) fn canonical(folded: &str) -> String {
    let mut canonical = String::with_capacity(folded.len());
    let mut chars = folded.chars().peekable();
    while let Some(c) = chars.next() {
        let next = chars.peek().copied().unwrap_or(' ');
        if let Some((_, one)) = CONFUSABLE_PAIRS.iter().find(|(pair, _)| *pair == (c, next)) {
            chars.next();
            canonical.push(*one);
        } else {
            canonical.push(CONFUSABLE.iter().find(|(other, _)| *other == c).map_or(c, |(_, one)| *one));
        }
    }
    canonical
}

/// Inserts spaces into identifiers: `IPForbidden` becomes `IP Forbidden`, and `preLoginAsync` becomes `pre Login Async`. Names such
/// as `iPhone`, in which only one letter is before the capital, stay as they are.
#[must_use]
pub(super) fn split_identifiers(text: &str) -> Cow<'_, str> {
    let chars: Vec<char> = text.chars().collect();
    let mut split = String::new();
    let mut from = 0;
    for at in 1..chars.len() {
        let around = |offset: usize| (at + offset).checked_sub(2).and_then(|at| chars.get(at)).copied().unwrap_or(' ');
        let [before, last, c, next, after_next] = [0, 1, 2, 3, 4].map(around);
        let is_word_end = last.is_lowercase() && before.is_alphabetic() && c.is_uppercase();
        let is_acronym_end =
            last.is_uppercase() && c.is_uppercase() && next.is_lowercase() && after_next.is_lowercase();
        if is_word_end || is_acronym_end {
            split.extend(chars.get(from..at).into_iter().flatten());
            split.push(' ');
            from = at;
        }
    }
    if from == 0 {
        return Cow::Borrowed(text);
    }
    split.extend(chars.get(from..).into_iter().flatten());
    Cow::Owned(split)
}

/// Returns the words of a text, folded, with identifiers split.
#[must_use]
pub fn words(text: &str) -> Vec<String> {
    fold(&split_identifiers(text)).split_whitespace().map(str::to_owned).collect()
}

/// Returns a text in lower case, without accents. Ligatures and full-width forms become plain letters, and each character that is
/// neither a letter nor a digit becomes a space.
#[must_use]
pub(super) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    if text.is_ascii() && !text.contains('|') {
        folded.extend(text.chars().map(fold_ascii));
        return folded;
    }
    let mut before = ' ';
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        // A bar that touches a letter is an l or I that OCR confused. The bars of a table have spaces around them.
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

/// Returns a text with a gap (`\0`) in place of each placeholder: `%s`, `%-5d`, `%(name)s`, `{0}`, `{user.name}`, `${path}`, `<name>`.
#[must_use]
pub(super) fn with_gaps(text: &str) -> Cow<'_, str> {
    if !text.contains(PLACEHOLDERS) {
        return Cow::Borrowed(text);
    }
    let mut replaced = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(PLACEHOLDERS) {
        let (before, from) = rest.split_at(at);
        replaced.push_str(before);
        let length = placeholder(from);
        // A character that begins no placeholder separates words too.
        replaced.push(if length > 0 { GAP } else { ' ' });
        rest = from.get(length.max(1)..).unwrap_or_default();
    }
    replaced.push_str(rest);
    Cow::Owned(replaced)
}

/// The character that [`with_gaps`] puts in place of a placeholder.
pub(super) const GAP: char = '\0';

/// The first characters of placeholders.
const PLACEHOLDERS: [char; 3] = ['%', '{', '<'];

/// Returns the length in bytes of the placeholder that a text begins with. Returns 0 if the text doesn't begin with one.
fn placeholder(text: &str) -> usize {
    /// Maximum number of characters between the brackets.
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

/// Folds each character separately, to one character. The result has as many characters as the text, so positions stay valid.
#[must_use]
pub(super) fn fold_aligned(text: &str) -> String {
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
    fn identifiers_are_split_into_words() {
        assert_eq!(words("IPForbidden"), ["ip", "forbidden"]);
        assert_eq!(words("HubClient.PreLoginAsync"), ["hub", "client", "pre", "login", "async"]);
        assert_eq!(words("snake_case iPhone MFA USERS aDoor"), ["snake", "case", "iphone", "mfa", "users", "adoor"]);
    }

    #[test]
    fn confusable_characters_have_one_canonical_form() {
        assert_eq!(words("|nv|tat|on | table |"), ["lnvltatlon", "table"]);
        for (confused, text) in
            [("acti0n", "action"), ("ernergency", "emergency"), ("vvindow", "window"), ("c1oor", "door")]
        {
            assert_eq!(canonical(confused), canonical(text));
        }
    }

    #[test]
    fn placeholders_become_gaps() {
        let gaps = |text| fold(&with_gaps(text).replace(GAP, " X ")).split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(gaps("%s: seek to %llu failed: %-5.2f%%"), "x seek to x failed x");
        assert_eq!(gaps("cannot open {user.name!r} at ${path} for <name>"), "cannot open x at x for x");
        assert_eq!(gaps("%(who)s is 100% sure {\"a\": 1} 5 < 6"), "x is 100 sure a 1 5 6");
        assert_eq!(gaps("%1 is not a valid %ld"), "x is not a valid x");
    }

    #[test]
    fn an_aligned_text_has_as_many_characters() {
        let text = "Éﬃ… IP";
        assert_eq!(fold_aligned(text).chars().count(), text.chars().count());
    }
}
