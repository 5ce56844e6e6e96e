//! How common a word is in ordinary text, so that in a small knowledge base "please" does not weigh as much as "multifactor".

use std::collections::HashMap;
use std::sync::LazyLock;

use foldhash::fast::RandomState;

/// How many imagined texts the background stands for.
pub(super) const TEXTS: f32 = 200.0;

/// In how many of them a word of every sentence, or of every other error message, stands.
const IN_SENTENCES: f32 = 90.0;
const IN_MESSAGES: f32 = 14.0;

/// What a word is in ordinary text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Common {
    /// It stands in every sentence, like "please".
    Sentence,
    /// Somebody tells what happened, like "my" and "colleague"; error messages hardly ever have it.
    Person,
    /// It stands in every other error message, like "failed".
    Message,
    /// It says that it is about something else, like "printer". Where an article has the word, it is not that.
    Elsewhere,
}

static WORDS: LazyLock<HashMap<&str, Common, RandomState>> = LazyLock::new(|| {
    let mut kinds = [Common::Sentence, Common::Person, Common::Message, Common::Elsewhere].into_iter();
    let mut kind = Common::Sentence;
    let list = include_str!("background.txt");
    let mut words = HashMap::with_capacity_and_hasher(list.lines().count(), RandomState::default());
    for line in list.lines() {
        if line.starts_with('#') {
            kind = kinds.next().unwrap_or(kind);
        } else {
            words.insert(line, kind);
        }
    }
    words
});

/// What the word is in ordinary text, if it is common there at all.
pub(super) fn common(word: &str) -> Option<Common> {
    WORDS.get(word).copied()
}

/// In how many of the imagined texts the word stands.
pub(super) fn texts_with(word: &str) -> f32 {
    match common(word) {
        Some(Common::Sentence) => IN_SENTENCES,
        Some(Common::Person | Common::Message) => IN_MESSAGES,
        Some(Common::Elsewhere) | None => 0.0,
    }
}
