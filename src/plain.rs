//! Plain mode: a line-by-line interface for pipes, screen readers and simple terminals. The output has no colors, boxes or
//! cursor movement, and every choice has a letter or a number.

use std::io;

use crate::case::{Blanks, Case, EntryPoint};
use crate::flow::{FlowSession, KnownFacts};
use crate::history::CaseRecorder;
use crate::kb::Diagnostic;
use crate::search::Search;
use crate::strings::{self, Audience};
use crate::text::SanitizedText;

mod disambiguate;
mod flow;
mod lines;
mod search;

pub use lines::LineIo;
pub(crate) use lines::{MAX_INPUT_BYTES, read_line};

use flow::Navigation;
use search::{Chosen, SearchOutcome};

/// The plain-mode interface, with its input and output.
pub struct LineSession<'a> {
    lines: LineIo<'a>,
    search: &'a Search,
    audience: Audience,
    recorder: &'a mut CaseRecorder,
    /// The facts that hold for every case. They come from the command line and the settings.
    facts: KnownFacts,
    /// The values of blanks that hold for every case. They come from the command line and the settings.
    details: Blanks,
}

/// The session and the case that the user left in order to search for a new error.
#[derive(Clone)]
struct PreviousSession {
    session: FlowSession,
    case: Case,
}

impl<'a> LineSession<'a> {
    /// Creates a plain-mode interface that saves its cases with `recorder`.
    #[must_use]
    pub fn new(lines: LineIo<'a>, search: &'a Search, audience: Audience, recorder: &'a mut CaseRecorder) -> Self {
        Self { lines, search, audience, recorder, facts: KnownFacts::new(), details: Blanks::new() }
    }

    /// Sets the facts and the values of blanks that hold for every case.
    #[must_use]
    pub fn with_facts(mut self, facts: KnownFacts, details: Blanks) -> Self {
        (self.facts, self.details) = (facts, details);
        self
    }

    /// Runs the interface: alternates between the search and a flow until the input ends or the user quits. Starts with a
    /// search for `query` unless it is empty. `diagnostics` are the problems in the knowledge base.
    ///
    /// # Errors
    /// An [`io::Error`] if the input can't be read or the output can't be written.
    pub fn wizard(mut self, query: &SanitizedText, diagnostics: &[Diagnostic]) -> io::Result<()> {
        if let Some(first) = diagnostics.first() {
            self.lines.print_wrapped(strings::kb_problem(first, diagnostics.len() - 1))?;
        }
        if let Some(stored) = self.recorder.interrupted(self.search.kb()) {
            let how = strings::resume(stored.id);
            self.lines.print_wrapped(strings::interrupted(&stored.case.message, stored.case.answers.len(), &how))?;
        }
        self.search_for(query, None)
    }

    /// Resumes a session: first runs its flow, then the search for another case or for a new error of the same case.
    ///
    /// # Errors
    /// An [`io::Error`] if the input can't be read or the output can't be written.
    pub fn resume(mut self, mut from: FlowSession) -> io::Result<()> {
        let earlier = match self.session(&mut from)? {
            Navigation::Quit => return Ok(()),
            Navigation::Search => None,
            Navigation::Back => {
                self.recorder.record(None);
                None
            }
            Navigation::NewError => Some(self.earlier(from)),
        };
        self.search_for(&SanitizedText::default(), earlier)
    }

    /// Alternates between the search and a flow. `earlier` is a session whose case continues with a new error.
    fn search_for(&mut self, query: &SanitizedText, mut earlier: Option<PreviousSession>) -> io::Result<()> {
        let mut query = Some(query.clone()).filter(|query| !query.is_empty());
        loop {
            if earlier.is_some() {
                self.lines.print_wrapped(strings::WHAT_NOW)?;
            }
            let choice = self.choose(query.take(), earlier.is_some())?;
            let mut previous = None;
            let mut next = match (choice, earlier.take()) {
                (SearchOutcome::Quit, _) => return Ok(()),
                (SearchOutcome::Back, None) => continue,
                (SearchOutcome::Back, Some(earlier)) => {
                    self.recorder.continue_case(earlier.case);
                    earlier.session
                }
                (SearchOutcome::Article(chosen), None) => {
                    self.recorder.seed_next(Case {
                        entry_point: chosen.entry_point,
                        failed_queries: chosen.failed_queries,
                        blanks: self.details.clone(),
                        ..Case::default()
                    });
                    FlowSession::new(self.search.kb().clone(), chosen.article, chosen.known)
                }
                (SearchOutcome::Article(chosen), Some(earlier)) => {
                    previous = Some(&earlier).filter(|earlier| earlier.session.article() != chosen.article).cloned();
                    self.continue_with_new_error(earlier, chosen)?
                }
            };
            self.lines.write("\n")?;
            match self.session(&mut next)? {
                Navigation::Quit => return Ok(()),
                Navigation::Search => {}
                Navigation::NewError => earlier = Some(self.earlier(next)),
                // The user left the article without answering, so the article was the wrong choice. Restore the case.
                Navigation::Back => match previous {
                    Some(before) => {
                        self.recorder.correct(&before.case);
                        earlier = Some(before);
                    }
                    None => self.recorder.record(None),
                },
            }
        }
    }

    /// Continues a case with the article of a new error, and returns the session for it. If the article is the same as
    /// before, records that the solution did not help.
    fn continue_with_new_error(&mut self, earlier: PreviousSession, chosen: Chosen) -> io::Result<FlowSession> {
        let PreviousSession { mut session, mut case } = earlier;
        case.failed_queries.extend(chosen.failed_queries);
        if session.article() == chosen.article {
            self.lines.print_wrapped(strings::SAME_ERROR)?;
            session.did_not_help();
            self.recorder.continue_case(case);
            return Ok(session);
        }
        let new = FlowSession::new(self.search.kb().clone(), chosen.article, chosen.known);
        let known = session.facts_for(&new);
        case.add_previous(&session);
        case.entry_point = chosen.entry_point;
        self.recorder.continue_case(case.archived());
        Ok(FlowSession::new(self.search.kb().clone(), chosen.article, known))
    }

    /// Returns a session and its case: the recorded case, or a new case if nothing was recorded.
    fn earlier(&self, session: FlowSession) -> PreviousSession {
        let new_case = || Case::of(&session, EntryPoint::default(), Blanks::new(), |_, _| false);
        PreviousSession { case: self.recorder.current().unwrap_or_else(new_case), session }
    }
}
