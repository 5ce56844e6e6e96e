//! Questions that tell apart the articles found by a search. unstuck asks about words that only some of their messages
//! contain, such as "Does your message contain “OR Enter your emergency reset code”?". Authors don't need to write these
//! questions.

use std::sync::Arc;

use crate::kb::{Article, KnowledgeBase};
use crate::search::Results;

/// Maximum number of words in a question. A longer phrase is cut off.
const MAX_WORDS: usize = 8;

/// An answer to "Does your message contain these words?".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reply {
    /// Yes.
    Yes,
    /// No.
    No,
    /// Not sure.
    Unsure,
}

/// The possible matches, and the answers to the questions about their words.
#[derive(Debug, Clone)]
pub struct TellApart {
    kb: Arc<KnowledgeBase>,
    /// The candidates as indices of articles, best first.
    candidates: Vec<usize>,
    /// Whether unstuck can ask about words of the messages. It can't if an article is a situation or was found by its
    /// description, because the user may have no message.
    by_message: bool,
    replies: Vec<(String, Reply)>,
}

impl TellApart {
    /// Starts with the possible matches of a search.
    #[must_use]
    pub fn new(kb: Arc<KnowledgeBase>, results: &Results) -> Self {
        let contenders: Vec<_> = results.hits.iter().filter(|hit| hit.contender).collect();
        let is_error = |article: usize| kb.articles.get(article).is_some_and(|article| !article.is_situation);
        let by_message = contenders.iter().all(|hit| hit.field.is_text_of_the_error() && is_error(hit.article));
        let candidates = contenders.into_iter().map(|hit| hit.article).collect();
        Self { kb, candidates, by_message, replies: Vec::new() }
    }

    /// Returns the same state in another version of the knowledge base. Articles that no longer exist are dropped.
    #[must_use]
    pub fn rebased_on(&self, kb: &Arc<KnowledgeBase>) -> Self {
        let candidates = self.candidates.iter().filter_map(|article| self.kb.translate_article(*article, kb));
        let candidates = candidates.collect();
        Self { kb: kb.clone(), candidates, by_message: self.by_message, replies: self.replies.clone() }
    }

    /// Returns the candidates that agree with the answers, best first. If no candidate agrees, an answer must be wrong, so
    /// all candidates are returned.
    #[must_use]
    pub fn remaining(&self) -> Vec<usize> {
        let agrees = |article: &usize| self.replies.iter().all(|(phrase, reply)| self.agrees(*article, phrase, *reply));
        let remaining: Vec<usize> = self.candidates.iter().copied().filter(agrees).collect();
        if remaining.is_empty() { self.candidates.clone() } else { remaining }
    }

    /// Returns the remaining article, if there is exactly one.
    #[must_use]
    pub fn settled(&self) -> Option<usize> {
        match self.remaining().as_slice() {
            [one] => Some(*one),
            _ => None,
        }
    }

    /// Returns the words to ask about next: those that split the remaining articles most evenly. `None` if no words split
    /// them.
    #[must_use]
    pub fn phrase(&self) -> Option<String> {
        if !self.by_message {
            return None;
        }
        let remaining = self.remaining();
        let articles: Vec<&Article> = remaining.iter().filter_map(|article| self.kb.articles.get(*article)).collect();
        let mut best: Option<(usize, String)> = None;
        for (at, article) in articles.iter().enumerate() {
            for (other_at, other) in articles.iter().enumerate() {
                let Some(phrase) = differing_words(&article.message, &other.message).filter(|_| at != other_at) else {
                    continue;
                };
                if self.replies.iter().any(|(asked, _)| *asked == phrase) {
                    continue;
                }
                let having = articles.iter().filter(|article| contains(&article.message, &phrase)).count();
                let balance = having.min(articles.len() - having);
                let is_better = best.as_ref().is_none_or(|(found, words)| {
                    (balance, std::cmp::Reverse(phrase.len())) > (*found, std::cmp::Reverse(words.len()))
                });
                if balance > 0 && is_better {
                    best = Some((balance, phrase));
                }
            }
        }
        best.map(|(_, phrase)| phrase)
    }

    /// Returns the remaining articles in two groups: those whose messages contain the phrase, and those whose messages don't.
    #[must_use]
    pub fn split(&self, phrase: &str) -> (Vec<usize>, Vec<usize>) {
        let has =
            |article: &usize| self.kb.articles.get(*article).is_some_and(|article| contains(&article.message, phrase));
        self.remaining().into_iter().partition(has)
    }

    /// Adds the answer to the question about a phrase.
    pub fn reply(&mut self, phrase: String, reply: Reply) {
        self.replies.push((phrase, reply));
    }

    /// Undoes the last answer. Returns false if there is none.
    pub fn back(&mut self) -> bool {
        self.replies.pop().is_some()
    }

    /// Whether a message of the article could fit the answer. An article fits both yes and no if one of its other wordings
    /// contains the words, but its error message doesn't.
    fn agrees(&self, article: usize, phrase: &str, reply: Reply) -> bool {
        let Some(article) = self.kb.articles.get(article) else { return false };
        match reply {
            Reply::Yes => {
                contains(&article.message, phrase) || article.wordings.iter().any(|text| contains(text, phrase))
            }
            Reply::No => !contains(&article.message, phrase),
            Reply::Unsure => true,
        }
    }
}

/// Compares two messages: skips the words that both begin with and those that both end with, and returns the words of
/// `message` between them. Returns `None` if the words between have fewer than two letters or digits.
fn differing_words(message: &str, other: &str) -> Option<String> {
    let (words, other): (Vec<&str>, Vec<&str>) =
        (message.split_whitespace().collect(), other.split_whitespace().collect());
    let same = |(a, b): &(&&str, &&str)| bare(a) == bare(b);
    let start = words.iter().zip(&other).take_while(same).count();
    let rest = words.len().min(other.len()) - start;
    let end = words.iter().rev().zip(other.iter().rev()).take(rest).take_while(same).count();
    let differing = words.get(start..words.len() - end)?;
    let differing = differing.get(..differing.len().min(MAX_WORDS))?;
    let phrase = differing.join(" ");
    let phrase = phrase.trim_end_matches(['.', ',', ';', ':', '!']);
    (phrase.chars().filter(|c| c.is_alphanumeric()).count() > 1).then(|| phrase.to_owned())
}

/// Whether a text contains the words of a phrase in a row. Punctuation is ignored, and so is the case of letters.
fn contains(text: &str, phrase: &str) -> bool {
    let bare_words = |text: &str| text.split_whitespace().map(bare).collect::<Vec<String>>();
    let (text, phrase) = (bare_words(text), bare_words(phrase));
    !phrase.is_empty() && text.windows(phrase.len()).any(|words| words == phrase)
}

/// Returns a word in lowercase without punctuation.
fn bare(word: &str) -> String {
    let letters: String = word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    if letters.is_empty() { word.to_owned() } else { letters }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differing_words_are_between_the_common_ones() {
        let (short, long) = ("Ask for an invitation.", "Ask for an invitation OR Enter your code.");
        assert_eq!(differing_words(long, short).as_deref(), Some("OR Enter your code"));
        assert_eq!(differing_words(short, long), None);
        assert_eq!(
            differing_words("We detected a lost phone. Call us.", "We detected a lost card. Call us.").as_deref(),
            Some("phone")
        );
        assert_eq!(differing_words("a b a", "a"), Some("b a".to_owned()));
    }

    #[test]
    fn a_phrase_is_found_whatever_its_case_and_punctuation() {
        assert!(contains("Please ask, or ENTER your code.", "or enter your code"));
        assert!(!contains("Please ask or enter the code.", "enter your code"));
        assert!(!contains("Please ask.", ""));
    }
}
