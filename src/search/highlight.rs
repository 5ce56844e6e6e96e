//! Which letters of a shown text match what was typed.

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;

use super::normalize::{fold, fold_aligned};

/// Characters of a query that are looked at; what is longer is a paste, and its letters are not shown one by one.
const LONGEST: usize = 64;

/// Indices of characters, ascending.
pub type Letters = Vec<usize>;

/// The characters of `text` that match the letters typed so far. Empty where the words stand in another order or hold a slip.
#[must_use]
pub fn highlight(text: &str, typed: &str) -> Letters {
    let pattern = fold(typed).split_whitespace().collect::<Vec<_>>().concat();
    if pattern.is_empty() || pattern.chars().count() > LONGEST {
        return Letters::new();
    }
    // Both sides are folded already; the limit keeps long texts cheap.
    let matcher = SkimMatcherV2::default().respect_case().element_limit(65_536);
    matcher.fuzzy_indices(&fold_aligned(text), &pattern).map(|(_, letters)| letters).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_letters_typed_so_far_are_found_whatever_their_case() {
        assert_eq!(highlight("Your IP address", "ip a"), [5, 6, 8]);
        assert_eq!(highlight("Réinitialisation", "rei"), [0, 1, 2]);
    }

    #[test]
    fn nothing_typed_marks_nothing() {
        assert!(highlight("Your IP address", "").is_empty());
        assert!(highlight("Your IP address", "xyz").is_empty());
    }
}
