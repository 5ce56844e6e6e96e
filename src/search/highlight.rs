//! The characters of a shown text that match the query.

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;

use super::normalize::{fold, fold_aligned};

/// Maximum length in characters of a query whose characters are shown. A longer query is a paste.
const MAX_CHARS: usize = 64;

/// Indices of characters, ascending.
pub type Letters = Vec<usize>;

/// Returns the characters of `text` that match the query. Empty if the words are in another order or misspelled.
#[must_use]
pub fn highlight(text: &str, typed: &str) -> Letters {
    let pattern = fold(typed).split_whitespace().collect::<Vec<_>>().concat();
    if pattern.is_empty() || pattern.chars().count() > MAX_CHARS {
        return Letters::new();
    }
    // Both sides are folded already. The limit keeps long texts fast.
    let matcher = SkimMatcherV2::default().respect_case().element_limit(65_536);
    matcher.fuzzy_indices(&fold_aligned(text), &pattern).map(|(_, letters)| letters).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_accents_do_not_matter() {
        assert_eq!(highlight("Your IP address", "ip a"), [5, 6, 8]);
        assert_eq!(highlight("Réinitialisation", "rei"), [0, 1, 2]);
    }

    #[test]
    fn an_empty_or_different_query_matches_nothing() {
        assert!(highlight("Your IP address", "").is_empty());
        assert!(highlight("Your IP address", "xyz").is_empty());
    }
}
