//! Telling the possible matches apart, in plain mode.

use std::io;

use super::LineSession;
use super::search::article_list;
use crate::report::paragraph;
use crate::strings;
use crate::tell_apart::{Reply, TellApart};

/// The result of comparing the possible matches.
pub(super) enum Comparison {
    /// An article, as an index into [`KnowledgeBase::articles`](crate::kb::KnowledgeBase::articles).
    Article(usize),
    /// None of the possible matches.
    NoneOfThese,
    /// The user went back to the search.
    Back,
    /// The user quit, or the input ended.
    Quit,
}

impl LineSession<'_> {
    /// Asks about words until one article remains. If no words separate the remaining articles, lists them to choose from.
    pub(super) fn tell_apart(&mut self, mut tell_apart: TellApart) -> io::Result<Comparison> {
        let kb = self.search.kb();
        loop {
            if let Some(article) = tell_apart.settled() {
                return Ok(Comparison::Article(article));
            }
            let phrase = tell_apart.phrase();
            let remaining = tell_apart.remaining();
            let (text, prompt) = if let Some(phrase) = &phrase {
                let question = strings::does_it_contain(phrase, self.audience.voice());
                (paragraph("", &question), strings::PLAIN_WORDS_PROMPT)
            } else {
                let list = article_list(kb, &remaining, remaining.len());
                let none = paragraph(&format!("{}. ", remaining.len() + 1), strings::NONE_OF_THESE);
                (format!("{}\n{list}{none}", strings::CHOOSE_ONE), strings::PLAIN_CHOOSE_PROMPT)
            };
            self.lines.write(&format!("\n{text}"))?;
            let Some(line) = self.lines.ask(prompt)? else { return Ok(Comparison::Quit) };
            let reply = match line.to_lowercase().as_str() {
                "q" => return Ok(Comparison::Quit),
                "b" => {
                    if !tell_apart.back() {
                        return Ok(Comparison::Back);
                    }
                    continue;
                }
                "y" | "yes" => Some(Reply::Yes),
                "n" | "no" => Some(Reply::No),
                "u" | "unsure" | "not sure" => Some(Reply::Unsure),
                _ => None,
            };
            match (phrase, reply) {
                (Some(phrase), Some(reply)) => tell_apart.reply(phrase, reply),
                (None, _) => match line.parse::<usize>().ok().and_then(|number| number.checked_sub(1)) {
                    Some(nth) if nth < remaining.len() => {
                        if let Some(article) = remaining.get(nth) {
                            return Ok(Comparison::Article(*article));
                        }
                    }
                    Some(nth) if nth == remaining.len() => return Ok(Comparison::NoneOfThese),
                    _ => self.lines.print_wrapped(strings::PLAIN_NOT_AN_ANSWER)?,
                },
                (Some(_), None) => self.lines.print_wrapped(strings::PLAIN_NOT_AN_ANSWER)?,
            }
        }
    }
}
