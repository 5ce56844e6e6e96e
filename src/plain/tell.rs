//! Telling errors apart by clues.

use std::io;

use super::Lines;
use super::find::list;
use crate::clues::{Inquiry, Reply};
use crate::handout::paragraph;
use crate::kb::KnowledgeBase;
use crate::text::markup::plain;
use crate::wizard::Known;
use crate::words;

/// Asks clues until one article stands out, or shows what is left to choose from. `None` when somebody leaves.
///
/// # Errors
/// When the input cannot be read or the output cannot be written.
pub fn tell_apart(
    lines: &mut Lines<'_>,
    kb: &KnowledgeBase,
    mut inquiry: Inquiry,
) -> io::Result<Option<(usize, Known)>> {
    loop {
        lines.write(&format!("\n{}", describe_inquiry(kb, &inquiry)))?;
        if let Some(article) = inquiry.settled() {
            return Ok(Some((article, inquiry.known())));
        }
        let next = inquiry.next();
        let prompt = if next.is_some() { words::PLAIN_CLUE_PROMPT } else { words::PLAIN_CHOOSE_PROMPT };
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
                lines.say(words::PLAIN_NOT_AN_ANSWER)?;
            }
            (Some(_), None) => lines.say(words::PLAIN_NOT_AN_ANSWER)?,
        }
    }
}

/// Where telling apart stands, to read.
#[must_use]
pub fn describe_inquiry(kb: &KnowledgeBase, inquiry: &Inquiry) -> String {
    if let Some(article) = inquiry.settled() {
        return format!("{}\n{}", words::SETTLED, list(kb, &[article], 1));
    }
    let Some(clue) = inquiry.next().and_then(|clue| inquiry.clue(clue)) else {
        let articles: Vec<usize> = inquiry.likely().iter().map(|(article, _)| *article).collect();
        return format!("{}\n{}", words::NO_CLUE_LEFT, list(kb, &articles, articles.len()));
    };
    let hint = clue.hint.as_ref().map(|hint| paragraph("  ", &format!("{} {}", words::HINT, plain(hint))));
    [
        paragraph("", &words::clue_number(inquiry.replies().len() + 1)),
        paragraph("", &plain(&clue.question)),
        hint.unwrap_or_default(),
    ]
    .concat()
}
