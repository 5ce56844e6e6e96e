//! How common a word is in ordinary text, so that in a small knowledge base "please" does not weigh as much as "multifactor".

use std::collections::HashMap;
use std::sync::LazyLock;

/// How many imagined texts the background stands for.
pub(super) const TEXTS: f64 = 200.0;

/// In how many of them a word of every sentence, or of every helpdesk, stands.
const IN_SENTENCES: f64 = 90.0;
const IN_HELPDESKS: f64 = 14.0;

static WORDS: LazyLock<HashMap<&str, f64>> = LazyLock::new(|| {
    let mut count = IN_SENTENCES;
    let mut words = HashMap::new();
    for line in include_str!("background.txt").lines() {
        if line.starts_with('#') {
            count = if words.is_empty() { IN_SENTENCES } else { IN_HELPDESKS };
        } else {
            words.insert(line, count);
        }
    }
    words
});

/// In how many of the imagined texts the word stands.
pub(super) fn texts_with(word: &str) -> f64 {
    WORDS.get(word).copied().unwrap_or(0.0)
}
