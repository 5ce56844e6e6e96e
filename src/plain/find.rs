//! Finding an error.

use std::io;

use super::{Plain, tell_apart};
use crate::case::Found;
use crate::clues::Inquiry;
use crate::handout::paragraph;
use crate::kb::KnowledgeBase;
use crate::search::Verdict;
use crate::text::Clean;
use crate::wizard::Known;
use crate::words;

/// Up to this, a number that is typed means an entry of the list; above, it is a code such as 403.
const MOST_NUMBERED: usize = 99;

/// What somebody does at the search.
pub(super) enum Choice {
    /// Leaves.
    Leave,
    /// Goes back to the case that was to go on with another message.
    Back,
    /// Takes an article.
    Article(Chosen),
}

/// An article that somebody has chosen.
pub(super) struct Chosen {
    pub(super) article: usize,
    pub(super) known: Known,
    pub(super) found: Found,
    /// What was typed before and found nothing.
    pub(super) lost: Vec<String>,
}

impl Plain<'_> {
    /// Lets somebody find an article: lists what fits, takes a number or other words.
    pub(super) fn choose(&mut self, mut typed: Option<Clean>, has_case: bool) -> io::Result<Choice> {
        let kb = self.search.kb();
        let mut said = String::new();
        let mut lost: Vec<String> = Vec::new();
        let mut contenders: Vec<(usize, f64)> = Vec::new();
        let mut listed: Vec<usize> = Vec::new();
        loop {
            if let Some(query) = typed.take() {
                let results = self.search.search(&query);
                said = query.one_line();
                if results.verdict == Verdict::None {
                    lost.push(said.clone());
                }
                contenders = results.to_tell_apart();
                listed = results.found.iter().map(|found| found.article).collect();
                self.lines.write("\n")?;
                match results.verdict {
                    Verdict::None => {
                        self.lines.say(format!("{} {}", words::NOTHING_FOUND, words::PLAIN_NOTHING_FOUND_WAYS))?;
                        for more in kb.more() {
                            self.lines.say(format!("{} {more}", words::MORE_ERRORS))?;
                        }
                    }
                    Verdict::Match => self.lines.say(words::FOUND)?,
                    Verdict::Ambiguous => self.lines.say(words::COULD_BE)?,
                }
                self.lines.write(&list(kb, &listed, results.contenders().len()))?;
            }
            let Some(line) = self.lines.ask(&words::plain_search_prompt(!listed.is_empty(), has_case))? else {
                self.keeper.lost(&lost);
                return Ok(Choice::Leave);
            };
            match line.as_str() {
                "" => {}
                "q" => {
                    self.keeper.lost(&lost);
                    self.keeper.keep(None);
                    return Ok(Choice::Leave);
                }
                "b" if has_case => {
                    self.keeper.lost(&lost);
                    return Ok(Choice::Back);
                }
                "t" => {
                    let inquiry = Inquiry::new(kb.clone(), &contenders);
                    if let Some((article, known)) = tell_apart(&mut self.lines, kb, inquiry)? {
                        return Ok(Choice::Article(Chosen { article, known, found: Found::Clues(said), lost }));
                    }
                }
                "a" => {
                    contenders.clear();
                    said.clear();
                    listed = (0..kb.articles.len()).collect();
                    self.lines.write("\n")?;
                    self.lines.say(words::ALL_ERRORS)?;
                    self.lines.write(&list(kb, &listed, listed.len()))?;
                }
                "?" | "h" | "help" => self.lines.write(words::PLAIN_HELP)?,
                line => match line.parse::<usize>() {
                    Ok(number) if number <= MOST_NUMBERED && !listed.is_empty() => {
                        match number.checked_sub(1).and_then(|at| listed.get(at)) {
                            Some(article) => {
                                let found = if said.is_empty() { Found::List } else { Found::Search(said) };
                                let known = Known::new();
                                return Ok(Choice::Article(Chosen { article: *article, known, found, lost }));
                            }
                            None => self.lines.say(words::no_such_number(listed.len().min(MOST_NUMBERED)))?,
                        }
                    }
                    _ => typed = Some(Clean::new(line)),
                },
            }
        }
    }
}

/// Articles, numbered: first those that are likely, and behind a head of their own the others.
pub(super) fn list(kb: &KnowledgeBase, articles: &[usize], likely: usize) -> String {
    let mut text = String::new();
    for (number, article) in (1..=MOST_NUMBERED).zip(articles) {
        if number == likely + 1 {
            text.push_str(&paragraph("", words::LESS_LIKELY));
        }
        if let Some((article, _)) = kb.entry(*article) {
            text.push_str(&paragraph(&format!("{number}. "), &article.message));
        }
    }
    if articles.len() > MOST_NUMBERED {
        text.push_str(&paragraph("", &words::plain_not_listed(articles.len() - MOST_NUMBERED)));
    }
    text
}
