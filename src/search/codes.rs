//! Error codes such as `403.7`, `AADSTS50076`, `0x80070005`, `E-04` or `IPForbidden`. A code matches exactly or not at all.
//!
//! A code is compared part by part. A part is a run of letters or a run of digits, so `E-04`, `E04` and `e 04` are equal.

use super::normalize::fold;

/// A part of a text: a run of letters or of digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    /// The folded characters.
    pub(super) folded: String,
    /// The number of characters between this part and the part before. `None` if there is whitespace between them.
    gap: Option<usize>,
    /// Whether the whole gap is one point between digits, as in `403.7`.
    is_after_point: bool,
}

impl Part {
    /// Whether the part is a run of digits.
    pub(super) fn is_number(&self) -> bool {
        self.folded.bytes().all(|byte| byte.is_ascii_digit())
    }
}

/// Splits a text into parts.
pub(super) fn parts(text: &str) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let (mut gap, mut was_point, mut last_digit) = (None, false, None);
    for c in text.chars() {
        let folded = if c.is_alphanumeric() { fold(c.encode_utf8(&mut [0; 4])) } else { String::new() };
        let folded = folded.trim();
        if folded.is_empty() {
            gap = if c.is_whitespace() { None } else { gap.map(|gap| gap + 1) };
            was_point = c == '.' && last_digit == Some(true) && gap == Some(1);
            continue;
        }
        let is_digit = folded.bytes().all(|byte| byte.is_ascii_digit());
        match parts.last_mut() {
            Some(part) if gap == Some(0) && last_digit == Some(is_digit) => part.folded.push_str(folded),
            _ => parts.push(Part { folded: folded.to_owned(), gap, is_after_point: was_point && is_digit }),
        }
        (gap, was_point, last_digit) = (Some(0), false, Some(is_digit));
    }
    parts
}

/// The extent to which a query names a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum CodeMatch {
    /// Only the first number of a numbered code, such as `403`.
    Class,
    /// The whole code.
    Exact,
}

/// A code of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Code {
    parts: Vec<Part>,
}

impl Code {
    /// Prepares a code for comparison.
    pub(super) fn new(code: &str) -> Self {
        Self { parts: parts(code) }
    }

    /// Returns the folded parts.
    pub(super) fn parts(&self) -> Vec<String> {
        self.parts.iter().map(|part| part.folded.clone()).collect()
    }

    /// Whether the code consists of numbers only, such as `403.7`.
    fn is_numbered(&self) -> bool {
        self.parts.len() > 1 && self.parts.iter().all(Part::is_number)
    }

    /// Returns how the parts of a query name this code.
    pub(super) fn match_in(&self, query: &[Part]) -> Option<CodeMatch> {
        let starts = 0..query.len();
        if starts.clone().any(|at| self.is_at(query, at)) || self.is_numbered() && self.is_spread_over(query) {
            return Some(CodeMatch::Exact);
        }
        let class = self.parts.first().filter(|_| self.is_numbered())?;
        // A number followed by a point and another number is a different code.
        let mut numbers = query.iter().filter(|part| part.is_number());
        let only_number = numbers.next().filter(|_| numbers.next().is_none())?;
        (only_number.folded == class.folded).then_some(CodeMatch::Class)
    }

    /// Whether the query contains the code at a part. Around the code, there must be something other than letters and digits.
    fn is_at(&self, query: &[Part], at: usize) -> bool {
        /// Maximum number of characters between two parts, as in `E - 04`.
        const MAX_GAP: usize = 1;
        let Some(found) = query.get(at..at + self.parts.len()).filter(|found| !found.is_empty()) else { return false };
        let are_equal = found.iter().zip(&self.parts).all(|(found, part)| found.folded == part.folded);
        let are_close = found.iter().skip(1).all(|part| part.gap.is_none_or(|gap| gap <= MAX_GAP));
        let is_delimited = |part: Option<&Part>| part.is_none_or(|part| part.gap != Some(0) && !part.is_after_point);
        let begins = query.get(at).filter(|part| part.gap != Some(0) && !part.is_after_point);
        are_equal && are_close && begins.is_some() && is_delimited(query.get(at + self.parts.len()))
    }

    /// Whether the query names a numbered code with words between the numbers, as in "403 sub code 7".
    fn is_spread_over(&self, query: &[Part]) -> bool {
        /// Maximum number of words between two numbers.
        const MAX_WORDS: usize = 3;
        let is_glued = |at: usize| query.get(at).is_some_and(|part| part.gap == Some(0));
        let is_alone = |(at, part): &(usize, &Part)| part.is_number() && !is_glued(*at) && !is_glued(at + 1);
        let numbers: Vec<(usize, &Part)> = query.iter().enumerate().filter(is_alone).collect();
        let is_near = |pair: &[(usize, &Part)]| matches!(pair, [(a, _), (b, _)] if b - a <= MAX_WORDS + 1);
        numbers.windows(self.parts.len()).any(|found| {
            let are_equal = found.iter().zip(&self.parts).all(|((_, found), part)| found.folded == part.folded);
            let is_longer = |(at, _): &(usize, &Part)| query.get(at + 1).is_some_and(|next| next.is_after_point);
            are_equal && found.windows(2).all(is_near) && !found.last().is_some_and(is_longer)
        })
    }
}

/// Whether a query contains a token that looks like a code: letters and at least two digits without a space, or two numbers with a
/// point between them, the first one with three digits or more.
pub(super) fn looks_like_code(query: &[Part]) -> bool {
    query.windows(2).any(|pair| match pair {
        [first, second] if second.is_after_point => first.is_number() && first.folded.len() >= 3,
        [first, second] => {
            second.gap.is_some_and(|gap| gap <= 1)
                && !first.is_number()
                && second.is_number()
                && second.folded.len() >= 2
        }
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(code: &str, query: &str) -> Option<CodeMatch> {
        Code::new(code).match_in(&parts(query))
    }

    #[test]
    fn a_code_is_found_however_it_is_written() {
        for (code, queries) in [
            ("403.7", &["403.7", "Error 403.7:", "HTTP 403 sub code 7", "403 7", "(403.7)", "it says 403.7."][..]),
            ("E-04", &["E-04", "e04", "error e 04!", "E_04"]),
            ("AADSTS50076", &["AADSTS50076: Due to", "code=aadsts50076"]),
            ("0x80070005", &["0x80070005", "(0X80070005)"]),
            ("IPForbidden", &["IPForbidden", "reason: ipforbidden,"]),
        ] {
            for query in queries {
                assert_eq!(matches(code, query), Some(CodeMatch::Exact), "{code} {query}");
            }
        }
    }

    #[test]
    fn a_similar_code_is_another_one() {
        for (code, query) in [
            ("403.7", "403.70"),
            ("403.7", "403.7.1"),
            ("403.7", "1403.7"),
            ("403.7", "403 a b c d 7"),
            ("403.7", "403 forbidden s7 bucket"),
            ("E-04", "E-045"),
            ("AADSTS50076", "AADSTS50079"),
            ("AADSTS50076", "AADSTS500761"),
            ("0x80070005", "0x8007000512"),
            ("IPForbidden", "ipforbiddenx"),
        ] {
            assert_eq!(matches(code, query), None, "{code} {query}");
        }
    }

    #[test]
    fn the_first_number_alone_names_the_class() {
        assert_eq!(matches("403.7", "HTTP 403 forbidden"), Some(CodeMatch::Class));
        assert_eq!(matches("403.7", "403.99"), None);
    }

    #[test]
    fn tokens_with_digits_look_like_codes() {
        for (query, looks) in [
            ("AADSTS50079", true),
            ("e-0412", true),
            ("403.99", true),
            ("since 2019", false),
            ("room 7", false),
            ("v 1.2", false),
        ] {
            assert_eq!(looks_like_code(&parts(query)), looks, "{query}");
        }
    }
}
