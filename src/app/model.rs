//! The state of the full-screen interface. Code outside of `app` can read it, but cannot change its fields.

use tui_input::Input;

use super::case::{HandoverPane, Ticked};
use super::update::{MAX_QUERY_CHARS, fit_query};
use crate::case::{self, AnsweredQuestion, Blanks, EntryPoint, StoredCase};
use crate::flow::{FlowSession, KnownFacts};
use crate::kb::{Diagnostic, NodeId, RequiredInfo, Step};
use crate::search::{self, Results, Search, Verdict};
use crate::strings::{self, Audience};
use crate::tell_apart::TellApart;
use crate::text::{SanitizedText, VoicedText};

/// The complete state of the full-screen interface.
#[derive(Debug)]
pub struct Model {
    pub(super) search: Search,
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) search_pane: SearchPane,
    pub(super) screen: Screen,
    pub(super) notice: Option<String>,
    pub(super) reload_error: Option<String>,
    pub(super) audience: Audience,
    /// The interrupted case that the search screen offers to resume.
    pub(super) resumable: Option<StoredCase>,
    /// The case handle that was assigned last. A handle is a number that identifies a case in memory. Handles count up from
    /// 1.
    pub(super) last_case_handle: u64,
    /// Queries that had no match and were typed after the last article was opened.
    pub(super) failed_queries: Vec<String>,
    /// The flow pane whose case continues with another error, while the user searches for that error.
    pub(super) continuing: Option<Box<FlowPane>>,
    /// Whether cases are saved.
    pub(super) history_enabled: bool,
    /// The facts that hold for every case. They come from the command line and the settings.
    pub(super) facts: KnownFacts,
    /// The values of blanks that hold for every case. They come from the command line and the settings.
    pub(super) details: Blanks,
}

/// The current screen, with its state.
#[derive(Debug)]
pub enum Screen {
    /// The search field and the list of errors. [`Model::search_pane`] returns their state.
    Search,
    /// Questions such as "Does your message contain “X”?", which tell the possible matches apart.
    Disambiguate(Box<Disambiguation>),
    /// The flow of an article.
    Flow(Box<FlowPane>),
    /// The map of a flow.
    Map {
        /// The flow pane under the map.
        parent: Box<FlowPane>,
        /// Index into the rows of the map.
        selected: usize,
    },
    /// The messages to send.
    Handover(HandoverPane),
    /// The help, which lists the keys of the screen that it covers.
    Help {
        /// The screen to return to.
        parent: Box<Screen>,
        /// Number of lines scrolled off the top.
        scroll: usize,
    },
}

/// The part of the search screen that receives characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Focus {
    /// The search field, where characters are text.
    Field,
    /// The list, where letters are shortcuts.
    List,
}

/// The content of the list on the search screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listing {
    /// The situations. Shown if the field is empty.
    Situations,
    /// All errors.
    AllErrors,
    /// The hits of the search.
    Results,
    /// The page that follows if no error fits. It lists where else to look, and who to contact.
    Nothing,
}

/// The search field and its results.
#[derive(Debug)]
pub struct SearchPane {
    /// The text and the cursor of the field.
    pub input: Input,
    /// The part that receives characters.
    pub focus: Focus,
    /// The content of the list.
    pub listing: Listing,
    /// The results of the search. All articles if the field is empty.
    pub results: Results,
    /// Index into the entries of the list.
    pub selected: usize,
}

impl SearchPane {
    /// Whether the user typed something that no error matches. The list then begins with "Choose what happened from a list",
    /// followed by the nearest errors.
    #[must_use]
    pub fn is_without_match(&self) -> bool {
        self.listing == Listing::Results && self.results.verdict == Verdict::NoMatch
    }
}

/// The questions about words that tell the possible matches apart, and the selected answer.
#[derive(Debug, Clone)]
pub struct Disambiguation {
    /// The candidates and the answers so far.
    pub tell_apart: TellApart,
    /// Index into the answers yes, no and not sure. If there are no words to ask about, an index into the remaining articles
    /// and "None of these".
    pub selected: usize,
    /// Number of lines scrolled off the top.
    pub scroll: usize,
}

impl Disambiguation {
    pub(super) fn new(tell_apart: TellApart) -> Self {
        Self { tell_apart, selected: 0, scroll: 0 }
    }

    /// Returns the number of items to choose from: three answers, or the remaining articles and "None of these".
    pub(super) fn choices(&self) -> usize {
        if self.tell_apart.phrase().is_some() { 3 } else { self.tell_apart.remaining().len() + 1 }
    }
}

/// A session, its selection and scroll position, and the data of its case.
#[derive(Debug)]
pub struct FlowPane {
    /// The session.
    pub session: FlowSession,
    /// Index into one list: the steps, then the allowed answers.
    pub selected: usize,
    /// Number of lines scrolled off the top. `None` to scroll the selection into view.
    pub scroll: Option<usize>,
    /// Ticked steps as (solution, index into its steps).
    pub(super) ticked: Ticked,
    /// The irreversible step that waits for a second press, as (solution, index into its steps).
    pub(super) confirming: Option<(NodeId, usize)>,
    /// The questions about words that led to the article, so that the user can go back to them.
    pub(super) disambiguation: Option<TellApart>,
    /// The in-memory handle of the case, or 0 before one is assigned.
    pub(super) case_handle: u64,
    /// Whether the case was saved before. If so, it is saved again even if all answers are undone.
    pub(super) is_saved: bool,
    /// The search, situation or list that led to the article.
    pub(super) entry_point: EntryPoint,
    /// The values of the blanks, by label.
    pub(super) blanks: Blanks,
    /// Earlier queries of this case that had no match.
    pub(super) failed_queries: Vec<String>,
    /// IDs of the earlier articles of the case, oldest first.
    pub(super) previous_articles: Vec<String>,
    /// IDs of those earlier articles whose error message the user has not seen.
    pub(super) previous_without_message: Vec<String>,
    /// Questions and answers in the earlier articles of the case.
    pub(super) earlier: Vec<AnsweredQuestion>,
    /// Steps of the solutions that were reached in the earlier articles of the case.
    pub(super) earlier_steps: Vec<case::Step>,
    /// The flow pane of the previous article, so that the user can go back after choosing the wrong article.
    pub(super) previous: Option<Box<FlowPane>>,
}

impl FlowPane {
    pub(super) fn new(session: FlowSession, tell_apart: Option<TellApart>) -> Self {
        Self {
            session,
            selected: 0,
            scroll: Some(0),
            ticked: Ticked::new(),
            confirming: None,
            disambiguation: tell_apart,
            case_handle: 0,
            is_saved: false,
            entry_point: EntryPoint::default(),
            blanks: Blanks::new(),
            failed_queries: Vec::new(),
            previous_articles: Vec::new(),
            previous_without_message: Vec::new(),
            earlier: Vec::new(),
            earlier_steps: Vec::new(),
            previous: None,
        }
    }

    /// Returns the steps of the current solution, without those whose conditions don't hold. Each step comes with its index
    /// in the solution. Empty at other nodes and after the outcome.
    #[must_use]
    pub fn steps(&self) -> Vec<(usize, &Step)> {
        if self.session.outcome().is_some() { Vec::new() } else { self.session.steps().collect() }
    }

    /// Returns the error message that the user has seen, or else what happened.
    #[must_use]
    pub fn problem(&self) -> SanitizedText {
        case::problem(&self.session, &self.entry_point)
    }

    /// Returns the details that the contact of the current escalation needs.
    #[must_use]
    pub fn required_infos(&self) -> Vec<&RequiredInfo> {
        case::required_infos(&self.session, &self.entry_point)
    }

    /// Whether the blank with this label has a value.
    #[must_use]
    pub fn is_filled(&self, blank: &str) -> bool {
        self.blanks.contains_key(blank)
    }

    /// Returns the known details, as `(ID of the fact, value)`.
    #[must_use]
    pub fn details(&self) -> Vec<(String, String)> {
        case::known_details(&self.session, &self.blanks)
    }

    /// Whether a shown step of the current solution is ticked. `nth` is an index into [`FlowPane::steps`].
    #[must_use]
    pub fn is_ticked(&self, nth: usize) -> bool {
        self.steps().get(nth).is_some_and(|(step, _)| self.ticked.contains(&(self.session.at(), *step)))
    }

    /// Returns the index of the selected answer among the allowed answers, or `None` while a step is selected.
    #[must_use]
    pub fn selected_answer(&self) -> Option<usize> {
        self.selected.checked_sub(self.steps().len())
    }

    /// Resets the selection and the scroll position after a move to another node.
    pub(super) fn arrive(&mut self) {
        (self.selected, self.scroll) = (0, Some(0));
    }

    /// Selects a step or an answer. At a solution, the selection is scrolled into view.
    pub(super) fn select(&mut self, nth: usize) {
        self.selected = nth;
        if !self.steps().is_empty() {
            self.scroll = None;
        }
    }

    /// Ticks or unticks a step. An irreversible step is ticked only at the second request in a row. The first request returns
    /// the condition that the user must make sure of.
    pub(super) fn tick(&mut self, step: usize) -> Option<VoicedText> {
        let (index, first) = self.steps().get(step).map(|(index, step)| (*index, step.irreversible.clone()))?;
        let key = (self.session.at(), index);
        let confirmed = self.confirming.take() == Some(key);
        self.select(step);
        if self.ticked.remove(&key) {
            return None;
        }
        if first.is_some() && !confirmed {
            self.confirming = Some(key);
            return first;
        }
        self.ticked.insert(key);
        let steps = self.steps().len();
        let open = (step + 1..steps).chain(0..step).find(|step| !self.is_ticked(*step));
        // When every step is ticked, select the first answer to "Did that solve it?".
        self.select(open.unwrap_or(steps));
        None
    }
}

impl Model {
    /// Creates the model of a new run, with a query in the search field. `diagnostics` are the problems in the knowledge base.
    #[must_use]
    pub fn new(search: Search, query: &SanitizedText, diagnostics: Vec<Diagnostic>) -> Self {
        let find = SearchPane {
            input: Input::new(fit_query(&search, query, MAX_QUERY_CHARS)),
            focus: Focus::Field,
            listing: Listing::Situations,
            results: everything(&search),
            selected: 0,
        };
        let mut model = Self {
            search,
            diagnostics,
            search_pane: find,
            screen: Screen::Search,
            notice: None,
            reload_error: None,
            audience: Audience::default(),
            resumable: None,
            last_case_handle: 0,
            failed_queries: Vec::new(),
            continuing: None,
            history_enabled: true,
            facts: KnownFacts::new(),
            details: Blanks::new(),
        };
        model.search_again();
        model
    }

    /// Returns the search index with its knowledge base.
    #[must_use]
    pub fn search(&self) -> &Search {
        &self.search
    }

    /// Returns the problems in the knowledge base.
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// Returns the search field and its results.
    #[must_use]
    pub fn search_pane(&self) -> &SearchPane {
        &self.search_pane
    }

    /// Returns the current screen.
    #[must_use]
    pub fn screen(&self) -> &Screen {
        &self.screen
    }

    /// Returns the notice: the response to the last key, or a reminder that the search continues a case with another error.
    #[must_use]
    pub fn notice(&self) -> Option<&str> {
        let goes_on = self.continuing.is_some() && matches!(self.screen, Screen::Search);
        let is_typing = !self.search_pane.input.value().is_empty();
        let said = if is_typing { strings::NEW_ERROR_TYPING } else { strings::NEW_ERROR };
        self.notice.as_deref().or(goes_on.then_some(said))
    }

    /// Returns the reason why the changed knowledge base could not be loaded.
    #[must_use]
    pub fn reload_error(&self) -> Option<&str> {
        self.reload_error.as_deref()
    }

    /// Returns whether the interface addresses the user or the helpdesk.
    #[must_use]
    pub fn audience(&self) -> Audience {
        self.audience
    }

    /// Sets whether the interface addresses the user or the helpdesk.
    #[must_use]
    pub fn with_audience(mut self, audience: Audience) -> Self {
        self.audience = audience;
        self
    }

    /// Sets the facts and the values of blanks that hold for every case.
    #[must_use]
    pub fn with_facts(mut self, facts: KnownFacts, details: Blanks) -> Self {
        (self.facts, self.details) = (facts, details);
        self
    }

    /// Returns the article that the selected entry of the search screen leads to, as an index. `None` for "None of these".
    #[must_use]
    pub fn selected_article(&self) -> Option<usize> {
        let (kb, nth) = (self.search.kb(), self.search_pane.selected);
        match self.search_pane.listing {
            Listing::Situations => kb.situations().nth(nth).and_then(|(_, one)| kb.article_index(&one.goto)),
            Listing::Results if self.search_pane.is_without_match() => {
                nth.checked_sub(1).and_then(|nth| self.search_pane.results.nearest.get(nth)).copied()
            }
            Listing::AllErrors | Listing::Results => self.search_pane.results.hits.get(nth).map(|found| found.article),
            Listing::Nothing => None,
        }
    }

    /// Returns the number of entries in the list of the search screen, including "None of these" and "Choose what happened".
    #[must_use]
    pub fn entry_count(&self) -> usize {
        match self.search_pane.listing {
            Listing::Situations => self.search.kb().situations().count() + 1,
            Listing::Results if self.search_pane.is_without_match() => 1 + self.search_pane.results.nearest.len(),
            Listing::AllErrors | Listing::Results => self.search_pane.results.hits.len() + 1,
            Listing::Nothing => 0,
        }
    }

    /// Removes and returns the queries that had no match and did not lead to an article.
    pub fn take_failed_queries(&mut self) -> Vec<String> {
        std::mem::take(&mut self.failed_queries)
    }

    /// Shows a notice until the next [`Msg`](super::Msg).
    pub fn notify(&mut self, notice: &str) {
        self.notice = Some(SanitizedText::new(notice).to_string());
    }

    /// Shows the search screen with an empty field.
    pub(super) fn start_new_search(&mut self) {
        self.search_pane.input.reset();
        self.search_pane.focus = Focus::Field;
        self.search_again();
        self.screen = Screen::Search;
    }

    /// Runs the search for the text in the field and selects the first entry of the list. If the field is empty, lists the
    /// situations, or all errors if there are no situations.
    pub(super) fn search_again(&mut self) {
        let query = SanitizedText::new(self.search_pane.input.value());
        let is_empty = query.trim().is_empty();
        self.search_pane.results = if is_empty { everything(&self.search) } else { self.search.search(&query) };
        self.search_pane.listing = match is_empty {
            true if self.search.kb().situations().next().is_some() => Listing::Situations,
            true => Listing::AllErrors,
            false => Listing::Results,
        };
        self.search_pane.selected = 0;
    }

    /// Shows another list on the search screen, with the field empty.
    pub(super) fn list(&mut self, listing: Listing) {
        self.search_pane.input.reset();
        self.search_again();
        self.search_pane.listing = listing;
        // The field keeps the focus, so that whatever the user types next is a search and not a shortcut.
        self.search_pane.focus = Focus::Field;
    }

    /// Shows the next list after "None of these". The situations follow the results, and all errors follow the situations.
    /// The page with the vendor's list and the contacts comes last.
    pub(super) fn none_of_these(&mut self) {
        let has_situations = self.search.kb().situations().next().is_some();
        let next = match self.search_pane.listing {
            Listing::Results if has_situations => Listing::Situations,
            Listing::Results | Listing::Situations => Listing::AllErrors,
            Listing::AllErrors | Listing::Nothing => Listing::Nothing,
        };
        self.list(next);
    }
}

/// Returns all articles, in the order of the knowledge base.
fn everything(search: &Search) -> Results {
    let found = (0..search.kb().articles.len()).map(search::Hit::listed).collect();
    Results { verdict: Verdict::NoMatch, hits: found, nearest: Vec::new() }
}
