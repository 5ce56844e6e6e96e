//! The search, in plain mode.

use std::io;

use super::{LineSession, identify};
use crate::case::EntryPoint;
use crate::clues::Inquiry;
use crate::flow::ClueAnswers;
use crate::kb::KnowledgeBase;
use crate::report::paragraph;
use crate::search::Verdict;
use crate::strings;
use crate::text::SanitizedText;

/// The largest number that selects an entry of the list. Larger numbers are queries, because they can be codes such as 403.
const MAX_LIST_NUMBER: usize = 99;

/// The action that ends a search.
pub(super) enum SearchOutcome {
    /// Quit the program.
    Quit,
    /// Go back to the case that the user left in order to search for a new error.
    Back,
    /// Open an article.
    Article(Chosen),
}

/// The article that the user chose.
pub(super) struct Chosen {
    /// The article, as an index into [`KnowledgeBase::articles`].
    pub(super) article: usize,
    /// The answers to clues.
    pub(super) known: ClueAnswers,
    /// The way it was found.
    pub(super) entry_point: EntryPoint,
    /// Earlier queries of this search that had no match.
    pub(super) failed_queries: Vec<String>,
}

impl LineSession<'_> {
    /// Runs the search until the user chooses an article or leaves. Starts with the query `typed`, if any. `has_case` is
    /// whether the search is for a new error of a case.
    pub(super) fn choose(&mut self, mut typed: Option<SanitizedText>, has_case: bool) -> io::Result<SearchOutcome> {
        let kb = self.search.kb();
        let mut query = String::new();
        let mut failed_queries: Vec<String> = Vec::new();
        let mut contenders: Vec<(usize, f64)> = Vec::new();
        let mut listed: Vec<usize> = Vec::new();
        loop {
            if let Some(text) = typed.take() {
                let results = self.search.search(&text);
                query = text.one_line();
                if results.verdict == Verdict::NoMatch {
                    failed_queries.push(query.clone());
                }
                contenders = results.to_tell_apart();
                listed = results.hits.iter().map(|found| found.article).collect();
                self.lines.write("\n")?;
                match results.verdict {
                    Verdict::NoMatch => {
                        self.lines.print_wrapped(format!("{} {}", strings::NO_MATCH, strings::PLAIN_NO_MATCH_HELP))?;
                        for more in kb.vendor_links() {
                            self.lines.print_wrapped(format!("{} {more}", strings::MORE_ERRORS))?;
                        }
                    }
                    Verdict::Match => self.lines.print_wrapped(strings::MATCHES)?,
                    Verdict::Ambiguous => self.lines.print_wrapped(strings::POSSIBLE_MATCHES)?,
                }
                self.lines.write(&article_list(kb, &listed, results.contenders().len()))?;
            }
            let Some(line) = self.lines.ask(&strings::plain_search_prompt(!listed.is_empty(), has_case))? else {
                self.recorder.record_failed_queries(&failed_queries);
                return Ok(SearchOutcome::Quit);
            };
            match line.as_str() {
                "" => {}
                "q" => {
                    self.recorder.record_failed_queries(&failed_queries);
                    self.recorder.record(None);
                    return Ok(SearchOutcome::Quit);
                }
                "b" if has_case => {
                    self.recorder.record_failed_queries(&failed_queries);
                    return Ok(SearchOutcome::Back);
                }
                "t" => {
                    let inquiry = Inquiry::new(kb.clone(), &contenders);
                    if let Some((article, known)) = identify(&mut self.lines, kb, inquiry, self.audience)? {
                        return Ok(SearchOutcome::Article(Chosen {
                            article,
                            known,
                            entry_point: EntryPoint::Clues(query),
                            failed_queries,
                        }));
                    }
                }
                "a" => {
                    contenders.clear();
                    query.clear();
                    listed = (0..kb.articles.len()).collect();
                    self.lines.write("\n")?;
                    self.lines.print_wrapped(strings::ALL_ERRORS)?;
                    self.lines.write(&article_list(kb, &listed, listed.len()))?;
                }
                "?" | "h" | "help" => self.lines.write(strings::PLAIN_HELP)?,
                line => match line.parse::<usize>() {
                    Ok(number) if number <= MAX_LIST_NUMBER && !listed.is_empty() => {
                        match number.checked_sub(1).and_then(|at| listed.get(at)) {
                            Some(article) => {
                                let found = if query.is_empty() { EntryPoint::List } else { EntryPoint::Search(query) };
                                let known = ClueAnswers::new();
                                return Ok(SearchOutcome::Article(Chosen {
                                    article: *article,
                                    known,
                                    entry_point: found,
                                    failed_queries,
                                }));
                            }
                            None => {
                                self.lines.print_wrapped(strings::no_such_number(listed.len().min(MAX_LIST_NUMBER)))?;
                            }
                        }
                    }
                    _ => typed = Some(SanitizedText::new(line)),
                },
            }
        }
    }
}

/// Returns a numbered list of articles, counted from 1. The first `likely` articles come before a heading, the others after
/// it. The list ends at [`MAX_LIST_NUMBER`], followed by the number of omitted articles.
pub(super) fn article_list(kb: &KnowledgeBase, articles: &[usize], likely: usize) -> String {
    let mut text = String::new();
    for (number, article) in (1..=MAX_LIST_NUMBER).zip(articles) {
        if number == likely + 1 {
            text.push_str(&paragraph("", strings::LESS_LIKELY));
        }
        if let Some((article, _)) = kb.article_with_collection(*article) {
            text.push_str(&paragraph(&format!("{number}. "), &article.message));
        }
    }
    if articles.len() > MAX_LIST_NUMBER {
        text.push_str(&paragraph("", &strings::plain_not_listed(articles.len() - MAX_LIST_NUMBER)));
    }
    text
}
