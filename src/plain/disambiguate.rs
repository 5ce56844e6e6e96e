//! Identification of an error by clue questions, in plain mode.

use std::io;

use super::LineIo;
use super::search::article_list;
use crate::clues::{Inquiry, Reply};
use crate::flow::ClueAnswers;
use crate::kb::KnowledgeBase;
use crate::report::paragraph;
use crate::strings::{self, Audience};
use crate::text::markup::to_plain_text;

/// Asks clue questions until one article is identified, or lists the likely articles to choose from. Returns the article, as
/// an index into [`KnowledgeBase::articles`], and the answers to clues. Returns `None` if the user leaves or the input ends.
///
/// # Errors
/// An [`io::Error`] if the input can't be read or the output can't be written.
pub fn identify(
    lines: &mut LineIo<'_>,
    kb: &KnowledgeBase,
    mut inquiry: Inquiry,
    audience: Audience,
) -> io::Result<Option<(usize, ClueAnswers)>> {
    loop {
        lines.write(&format!("\n{}", describe_inquiry(kb, &inquiry, audience)))?;
        if let Some(article) = inquiry.settled() {
            return Ok(Some((article, inquiry.known())));
        }
        let next = inquiry.next();
        let prompt = if next.is_some() { strings::PLAIN_CLUE_PROMPT } else { strings::PLAIN_CHOOSE_PROMPT };
        let Some(line) = lines.ask(prompt)? else { return Ok(None) };
        let reply = match line.to_lowercase().as_str() {
            "q" => return Ok(None),
            "b" => {
                if !inquiry.back() {
                    return Ok(None);
                }
                continue;
            }
            "y" | "yes" => Some(Reply::Yes),
            "n" | "no" => Some(Reply::No),
            "u" | "unsure" | "not sure" => Some(Reply::Unsure),
            _ => None,
        };
        match (next, reply) {
            (Some(clue), Some(reply)) => inquiry.reply(clue, reply),
            (None, _) => {
                let number = line.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
                if let Some((article, _)) = number.and_then(|nth| inquiry.likely().get(nth).copied()) {
                    return Ok(Some((article, inquiry.known())));
                }
                lines.print_wrapped(strings::PLAIN_NOT_AN_ANSWER)?;
            }
            (Some(_), None) => lines.print_wrapped(strings::PLAIN_NOT_AN_ANSWER)?,
        }
    }
}

/// Returns the state of an inquiry as text: the identified article, the next clue question, or the likely articles.
#[must_use]
pub fn describe_inquiry(kb: &KnowledgeBase, inquiry: &Inquiry, audience: Audience) -> String {
    if let Some(article) = inquiry.settled() {
        return format!("{}\n{}", strings::BEST_MATCH, article_list(kb, &[article], 1));
    }
    let Some(clue) = inquiry.next().and_then(|clue| inquiry.clue(clue)) else {
        let articles: Vec<usize> = inquiry.likely().iter().map(|(article, _)| *article).collect();
        return format!("{}\n{}", strings::CHOOSE_ONE, article_list(kb, &articles, articles.len()));
    };
    let hint = clue
        .hint
        .as_ref()
        .map(|hint| paragraph("  ", &format!("{} {}", strings::HINT, to_plain_text(&hint.voice(audience.voice())))));
    [
        paragraph("", &strings::clue_number(inquiry.replies().len() + 1)),
        paragraph("", &to_plain_text(&clue.question.voice(audience.voice()))),
        hint.unwrap_or_default(),
    ]
    .concat()
}
