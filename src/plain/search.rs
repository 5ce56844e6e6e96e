//! The search, in plain mode.

use std::io;

use super::LineSession;
use super::disambiguate::Comparison;
use crate::case::EntryPoint;
use crate::flow::KnownFacts;
use crate::kb::{FactId, KnowledgeBase};
use crate::report::paragraph;
use crate::search::{Results, Verdict};
use crate::strings;
use crate::tell_apart::TellApart;
use crate::text::{SanitizedText, Voice};

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
    /// The facts that hold for every case, and those that the chosen situation or a code in the query implies.
    pub(super) known: KnownFacts,
    /// The way the article was found.
    pub(super) entry_point: EntryPoint,
    /// Earlier queries of this search that had no match.
    pub(super) failed_queries: Vec<String>,
}

/// The numbered list that is shown.
enum Shown {
    /// The situations.
    Situations,
    /// Articles, as indices. `typed` says whether they are the results of a search.
    Articles { articles: Vec<usize>, typed: bool },
}

impl LineSession<'_> {
    /// Runs the search until the user chooses an article or leaves. Starts with the query `typed`, if any, otherwise with the
    /// situations. `has_case` says whether the search is for a new error of a case.
    pub(super) fn choose(&mut self, mut typed: Option<SanitizedText>, has_case: bool) -> io::Result<SearchOutcome> {
        let kb = self.search.kb();
        let mut query = String::new();
        let mut failed_queries: Vec<String> = Vec::new();
        let mut tell_apart: Option<TellApart> = None;
        let mut shown = Shown::Situations;
        if typed.is_none() && kb.situations().next().is_some() {
            self.list_situations()?;
        }
        loop {
            if let Some(text) = typed.take() {
                let results = self.search.search(&text);
                query = text.one_line();
                if results.verdict == Verdict::NoMatch {
                    failed_queries.push(query.clone());
                }
                let listed = self.list_results(&results)?;
                tell_apart = Some(TellApart::new(kb.clone(), &results))
                    .filter(|_| results.verdict == Verdict::Ambiguous)
                    .filter(|tell_apart| tell_apart.phrase().is_some());
                shown = Shown::Articles { articles: listed, typed: true };
            }
            let prompt = strings::plain_search_prompt(tell_apart.is_some(), has_case);
            let Some(line) = self.lines.ask(&prompt)? else {
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
                "c" if tell_apart.is_some() => {
                    let Some(compared) = tell_apart.clone() else { continue };
                    match self.tell_apart(compared)? {
                        Comparison::Article(article) => {
                            let entry_point = EntryPoint::TellApart(query);
                            let known = self.facts.clone();
                            return Ok(SearchOutcome::Article(Chosen { article, known, entry_point, failed_queries }));
                        }
                        Comparison::NoneOfThese => {
                            tell_apart = None;
                            shown = self.list_situations()?;
                        }
                        Comparison::Back => {}
                        Comparison::Quit => {
                            self.recorder.record_failed_queries(&failed_queries);
                            self.recorder.record(None);
                            return Ok(SearchOutcome::Quit);
                        }
                    }
                }
                "t" => {
                    tell_apart = None;
                    shown = self.list_situations()?;
                }
                "a" => {
                    tell_apart = None;
                    shown = self.list_all_errors()?;
                }
                "?" | "h" | "help" => self.lines.write(strings::PLAIN_HELP)?,
                line => match line.parse::<usize>() {
                    Ok(number) if number <= MAX_LIST_NUMBER && self.entry_count(&shown) > 0 => {
                        let Some(nth) = number.checked_sub(1).filter(|nth| *nth < self.entry_count(&shown)) else {
                            let count = self.entry_count(&shown).min(MAX_LIST_NUMBER);
                            self.lines.print_wrapped(strings::no_such_number(count))?;
                            continue;
                        };
                        if let Some(mut chosen) = self.chosen(&shown, nth, &query) {
                            chosen.failed_queries = failed_queries;
                            return Ok(SearchOutcome::Article(chosen));
                        }
                        // The last entry is "None of these".
                        tell_apart = None;
                        shown = match shown {
                            Shown::Articles { typed: true, .. } => self.list_situations()?,
                            Shown::Situations => self.list_all_errors()?,
                            Shown::Articles { typed: false, .. } => {
                                self.nothing_fits()?;
                                Shown::Articles { articles: Vec::new(), typed: false }
                            }
                        };
                    }
                    _ => typed = Some(SanitizedText::new(line)),
                },
            }
        }
    }

    /// Returns the number of entries in a list, including "None of these".
    fn entry_count(&self, shown: &Shown) -> usize {
        match shown {
            Shown::Situations => match self.search.kb().situations().count() {
                0 => 0,
                situations => situations + 1,
            },
            Shown::Articles { articles, .. } if articles.is_empty() => 0,
            Shown::Articles { articles, .. } => articles.len().min(MAX_LIST_NUMBER - 1) + 1,
        }
    }

    /// Returns the article of an entry, or `None` for "None of these".
    fn chosen(&self, shown: &Shown, nth: usize, query: &str) -> Option<Chosen> {
        let kb = self.search.kb();
        let mut known = self.facts.clone();
        let (article, entry_point) = match shown {
            Shown::Situations => {
                let (collection, situation) = kb.situations().nth(nth)?;
                let implied = situation.known.iter();
                known.extend(implied.map(|fact| (FactId { collection, fact: fact.fact }, fact.answer)));
                let text = situation.text.voice(Voice::You).one_line();
                (kb.article_index(&situation.goto)?, EntryPoint::Situation(text))
            }
            Shown::Articles { articles, typed } => {
                let article = articles.iter().take(MAX_LIST_NUMBER - 1).nth(nth).copied()?;
                if *typed {
                    known.extend(kb.facts_of_codes(article, query));
                    (article, EntryPoint::Search(query.to_owned()))
                } else {
                    (article, EntryPoint::List)
                }
            }
        };
        Some(Chosen { article, known, entry_point, failed_queries: Vec::new() })
    }

    /// Prints the results of a search with their numbers: the hits or, if nothing matches, the nearest errors. Returns the listed
    /// articles.
    fn list_results(&mut self, results: &Results) -> io::Result<Vec<usize>> {
        let (listed, likely): (Vec<usize>, usize) = match results.verdict {
            Verdict::NoMatch => (results.nearest.clone(), results.nearest.len()),
            _ => (results.hits.iter().map(|hit| hit.article).collect(), results.contenders().len()),
        };
        self.lines.write("\n")?;
        match results.verdict {
            Verdict::NoMatch => self.nothing_found()?,
            Verdict::Match => self.lines.print_wrapped(strings::MATCHES)?,
            Verdict::Ambiguous => self.lines.print_wrapped(strings::POSSIBLE_MATCHES)?,
        }
        if !listed.is_empty() && results.verdict == Verdict::NoMatch {
            self.lines.print_wrapped(strings::NEAREST)?;
        }
        self.lines.write(&article_list(self.search.kb(), &listed, likely))?;
        self.list_none_of_these(listed.len())?;
        Ok(listed)
    }

    /// Prints the situations with their numbers. If there are none, prints all errors.
    fn list_situations(&mut self) -> io::Result<Shown> {
        let kb = self.search.kb();
        if kb.situations().next().is_none() {
            return self.list_all_errors();
        }
        self.lines.write("\n")?;
        self.lines.print_wrapped(strings::WHAT_HAPPENED)?;
        let mut number = 0;
        for (_, situation) in kb.situations() {
            number += 1;
            let text = situation.text.voice(self.audience.voice());
            self.lines.write(&paragraph(&format!("{number}. "), &text))?;
        }
        self.lines.write(&paragraph(&format!("{}. ", number + 1), strings::NONE_OF_THESE_ALL_ERRORS))?;
        Ok(Shown::Situations)
    }

    /// Prints all errors with their numbers.
    fn list_all_errors(&mut self) -> io::Result<Shown> {
        let kb = self.search.kb();
        let articles: Vec<usize> = (0..kb.articles.len()).collect();
        self.lines.write("\n")?;
        self.lines.print_wrapped(strings::ALL_ERRORS)?;
        self.lines.write(&article_list(kb, &articles, articles.len()))?;
        self.list_none_of_these(articles.len())?;
        Ok(Shown::Articles { articles, typed: false })
    }

    /// Prints "None of these", the last entry after a list of `articles` articles.
    fn list_none_of_these(&mut self, articles: usize) -> io::Result<()> {
        if articles == 0 {
            return Ok(());
        }
        let number = articles.min(MAX_LIST_NUMBER - 1) + 1;
        self.lines.write(&paragraph(&format!("{number}. "), strings::NONE_OF_THESE))
    }

    /// Prints that a search has no match, and what to do next.
    fn nothing_found(&mut self) -> io::Result<()> {
        self.lines.print_wrapped(format!("{} {}", strings::NO_MATCH, strings::PLAIN_NO_MATCH_HELP))?;
        for link in self.search.kb().vendor_links() {
            self.lines.print_wrapped(format!("{} {link}", strings::MORE_ERRORS))?;
        }
        Ok(())
    }

    /// Prints where else to look, and who to contact.
    fn nothing_fits(&mut self) -> io::Result<()> {
        self.lines.write("\n")?;
        self.lines.print_wrapped(strings::NOTHING_FITS)?;
        for link in self.search.kb().vendor_links() {
            self.lines.print_wrapped(format!("{} {link}", strings::MORE_ERRORS))?;
        }
        for contact in self.search.kb().contacts() {
            self.lines.print_wrapped(format!("{} {contact}", strings::CONTACT_OF))?;
        }
        Ok(())
    }
}

/// Returns a numbered list of articles, counted from 1. The first `likely` articles come before the heading of the less
/// likely ones, and the others come after it. The list ends before [`MAX_LIST_NUMBER`], followed by the number of omitted
/// articles.
pub(super) fn article_list(kb: &KnowledgeBase, articles: &[usize], likely: usize) -> String {
    let mut text = String::new();
    for (number, article) in (1..MAX_LIST_NUMBER).zip(articles) {
        if number == likely + 1 {
            text.push_str(&paragraph("", strings::LESS_LIKELY));
        }
        if let Some((article, _)) = kb.article_with_collection(*article) {
            text.push_str(&paragraph(&format!("{number}. "), &article.message));
        }
    }
    if articles.len() >= MAX_LIST_NUMBER {
        text.push_str(&paragraph("", &strings::plain_not_listed(articles.len() + 1 - MAX_LIST_NUMBER)));
    }
    text
}
