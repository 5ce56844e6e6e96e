//! Undoes encodings that a copied message can have: UTF-16, ANSI escape sequences, percent escapes and HTML.

use std::borrow::Cow;

/// Returns bytes from a file or from standard input as text. Decodes UTF-16 if the bytes begin with a byte order mark, and UTF-8
/// otherwise. Invalid sequences become replacement characters.
#[must_use]
pub fn text_from_bytes(bytes: &[u8]) -> Cow<'_, str> {
    let utf16 = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let (units, rest) = bytes.as_chunks::<2>();
        let mut text = String::from_utf16_lossy(&units.iter().map(|pair| unit(*pair)).collect::<Vec<u16>>());
        if !rest.is_empty() {
            text.push(char::REPLACEMENT_CHARACTER);
        }
        Cow::Owned(text)
    };
    match bytes {
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest),
        _ => String::from_utf8_lossy(bytes),
    }
}

/// Removes ANSI escape sequences, and decodes percent escapes and HTML. Text without them stays as it is.
#[must_use]
pub(super) fn decode(text: &str) -> Cow<'_, str> {
    let text = without_ansi(text);
    let text = map(text, |text| text.contains('%'), percent_decoded);
    map(text, |text| text.contains(['<', '&']), html_decoded)
}

/// Applies a decoder to a text that needs it.
fn map(text: Cow<'_, str>, is_needed: fn(&str) -> bool, decode: fn(&str) -> String) -> Cow<'_, str> {
    if is_needed(&text) { Cow::Owned(decode(&text)) } else { text }
}

/// Removes ANSI escape sequences such as `ESC [ 31 m`. The escape character may be raw, sanitized (`␛`) or written out.
fn without_ansi(text: &str) -> Cow<'_, str> {
    const ESCAPES: [&str; 7] = ["\u{1b}[", "␛[", "\\x1b[", "\\u001b[", "\\033[", "\\e[", "^[["];
    if ESCAPES.iter().all(|escape| !text.contains(escape)) {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    loop {
        let next = ESCAPES.iter().filter_map(|escape| Some((rest.find(escape)?, escape.len()))).min();
        let Some((before, from)) = next.and_then(|(at, length)| Some((rest.get(..at)?, rest.get(at + length..)?)))
        else {
            break;
        };
        plain.push_str(before);
        // The parameters are digits and punctuation. The sequence ends with a letter.
        let parameters = from.bytes().take_while(|byte| (0x20..0x40).contains(byte)).count();
        rest = from.get(parameters + 1..).unwrap_or_default();
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}

/// Decodes the words that contain percent escapes, such as `Access%20denied`. Leaves words alone in which `%` can mean something
/// else, such as `%d` or `50%`.
fn percent_decoded(text: &str) -> String {
    let decoded = text.split_inclusive(char::is_whitespace).map(|word| {
        let escapes = word.matches('%').count();
        let bytes = percent_bytes(word);
        match bytes.filter(|_| escapes > 1 || word.contains("%20")).map(String::from_utf8) {
            Some(Ok(decoded)) => Cow::Owned(decoded),
            _ => Cow::Borrowed(word),
        }
    });
    decoded.collect()
}

/// Returns the decoded bytes of a word with percent escapes, or `None` if a `%` is not followed by two hexadecimal digits.
fn percent_bytes(word: &str) -> Option<Vec<u8>> {
    let mut parts = word.split('%');
    let mut bytes = parts.next()?.as_bytes().to_vec();
    for part in parts {
        let digits = part.get(..2).filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()))?;
        bytes.push(u8::from_str_radix(digits, 16).ok()?);
        bytes.extend(part.as_bytes().get(2..)?);
    }
    Some(bytes)
}

/// Replaces HTML entities by their characters, and known HTML tags by spaces.
fn html_decoded(text: &str) -> String {
    const ENTITIES: [(&str, char); 8] = [
        ("nbsp", ' '),
        ("amp", '&'),
        ("lt", '<'),
        ("gt", '>'),
        ("quot", '"'),
        ("apos", '\''),
        ("rsquo", '’'),
        ("hellip", '…'),
    ];
    /// The longest entity or tag that is looked at, in bytes.
    const LONGEST: usize = 200;
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<']) {
        let (before, from) = rest.split_at(at);
        decoded.push_str(before);
        let end = if from.starts_with('&') { ';' } else { '>' };
        let inside = from.find(end).filter(|end| *end <= LONGEST).and_then(|end| from.get(1..end));
        let replacement = inside.and_then(|inside| match from.as_bytes().first() {
            Some(b'&') => match inside.strip_prefix('#') {
                Some(number) => {
                    let code = match number.strip_prefix(['x', 'X']) {
                        Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok(),
                        None => number.parse().ok(),
                    };
                    code.and_then(char::from_u32)
                }
                None => ENTITIES.iter().find(|(name, _)| *name == inside).map(|(_, c)| *c),
            },
            _ => is_html_tag(inside).then_some(' '),
        });
        let length = if let (Some(c), Some(inside)) = (replacement, inside) {
            decoded.push(c);
            inside.len() + 2
        } else {
            decoded.push_str(from.get(..1).unwrap_or_default());
            1
        };
        rest = from.get(length..).unwrap_or_default();
    }
    decoded.push_str(rest);
    decoded
}

/// Whether the text between `<` and `>` is a common HTML tag. Other words in angle brackets are placeholders of a message.
fn is_html_tag(inside: &str) -> bool {
    const TAGS: [&str; 24] = [
        "a", "b", "body", "br", "button", "center", "code", "div", "em", "font", "h1", "h2", "h3", "hr", "html", "i",
        "li", "p", "pre", "span", "strong", "td", "title", "tr",
    ];
    let name = inside.trim_start_matches('/').split([' ', '/', '\n']).next().unwrap_or_default();
    TAGS.contains(&name.to_ascii_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_undone() {
        for (encoded, decoded) in [
            ("\u{1b}[1;31mDoor locked\u{1b}[0m.", "Door locked."),
            ("␛[31mDoor\\x1b[0m \\033[2Klocked", "Door locked"),
            ("https://example.com/?e=Door%20locked", "https://example.com/?e=Door locked"),
            ("porte%C3%A9%2E", "porteé."),
            ("<p class=\"x\">Door&nbsp;&quot;A&#39;&#x42;&quot;</p>", " Door \"A'B\" "),
        ] {
            assert_eq!(decode(encoded), decoded);
        }
    }

    #[test]
    fn other_text_stays_as_it_is() {
        for text in ["50% of %d and %20", "100%25 sure%", "a & b; <name> < 3", "list[0] &unknown; &#xfffffff;", "<"] {
            let expected = text.replace("%20", " ");
            assert_eq!(decode(text), if text.contains("and %20") { expected } else { text.to_owned() });
        }
    }

    #[test]
    fn utf_16_is_recognized_by_its_byte_order_mark() {
        let bytes = |mark: [u8; 2], unit: fn(u16) -> [u8; 2]| {
            mark.into_iter().chain("Tür zu".encode_utf16().flat_map(unit)).collect::<Vec<u8>>()
        };
        assert_eq!(text_from_bytes(&bytes([0xff, 0xfe], u16::to_le_bytes)), "Tür zu");
        assert_eq!(text_from_bytes(&bytes([0xfe, 0xff], u16::to_be_bytes)), "Tür zu");
        assert_eq!(text_from_bytes("\u{feff}Tür zu".as_bytes()), "Tür zu");
        assert_eq!(text_from_bytes(b"\xff\xfea"), "\u{fffd}");
        assert_eq!(text_from_bytes(b"T\xfcr"), "T\u{fffd}r");
    }
}
