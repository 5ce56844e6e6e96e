//! Text as search compares it: case, accents, typographic signs, ligatures and full-width letters do not matter.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The text in lower case, without accents, with plain letters in place of ligatures and full-width forms, and with a space in
/// place of everything that is neither a letter nor a digit.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
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

/// Folds each character apart; the second text is as long as there are characters, each the first that its original folds to.
/// Good for showing letters that match.
#[must_use]
pub fn fold_aligned(text: &str) -> String {
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

fn fold_char(c: char, mut put: impl FnMut(char)) {
    if c.is_ascii() {
        put(if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { ' ' });
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
    fn an_aligned_text_has_as_many_characters() {
        let text = "Éﬃ… IP";
        assert_eq!(fold_aligned(text).chars().count(), text.chars().count());
    }
}
