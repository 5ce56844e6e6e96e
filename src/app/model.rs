//! What is on the screen.

use tui_input::Input;

use super::cases::{Letters, Ticked};
use super::update::{LONGEST_QUERY, fitting};
use crate::case::{self, Answered, Blanks, Found, Kept};
use crate::clues::Inquiry;
use crate::kb::{Clue, Finding, Node, NodeRef, Step};
use crate::search::{self, Results, Search, Verdict};
use crate::text::Clean;
use crate::wizard::Walk;
use crate::words::{self, Audience};

/// Everything that the interactive side knows.
#[derive(Debug)]
pub struct Model {
    pub(super) search: Search,
    pub(super) findings: Vec<Finding>,
    pub(super) find: Find,
    pub(super) screen: Screen,
    pub(super) notice: Option<String>,
    pub(super) mistake: Option<String>,
    pub(super) audience: Audience,
    /// A case that was interrupted.
    pub(super) offered: Option<Kept>,
    /// How many walks have been begun; the name of the latest.
    pub(super) keys: u64,
    /// What was typed and found nothing since the last walk.
    pub(super) lost: Vec<String>,
    /// The walk whose case goes on with another message.
    pub(super) going_on: Option<Box<Walking>>,
    /// Whether cases are kept.
    pub(super) keeps: bool,
}

/// What is looked at.
#[derive(Debug)]
pub enum Screen {
    /// Looking for the error.
    Find,
    /// Telling errors apart by clues.
    Tell(Box<Telling>),
    /// Walking an article's flow.
    Walk(Box<Walking>),
    /// Looking at the whole flow.
    Map {
        /// The walk that it belongs to.
        under: Box<Walking>,
        /// Index into the lines of the map.
        selected: usize,
    },
    /// Reading the messages that hand the case over.
    Letters(Letters),
    /// Reading the keys, with the screen that they belong to.
    Help {
        /// Where Esc leads.
        under: Box<Screen>,
        /// Lines that are scrolled away.
        scroll: usize,
    },
}

/// Where letters go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Focus {
    /// Into the search field.
    Field,
    /// To the list: letters are commands.
    List,
}

/// The search field and what it found.
#[derive(Debug)]
pub struct Find {
    /// The field.
    pub input: Input,
    /// Where letters go.
    pub focus: Focus,
    /// What was found; everything, where nothing is typed.
    pub results: Results,
    /// Index into what was found.
    pub selected: usize,
}

/// Telling errors apart, and what is selected.
#[derive(Debug, Clone)]
pub struct Telling {
    /// The candidates and the answers so far.
    pub inquiry: Inquiry,
    /// Index into the answers; where no clue tells more, into the candidates that are left.
    pub selected: usize,
    /// Lines that are scrolled away.
    pub scroll: usize,
}

impl Telling {
    pub(super) fn new(inquiry: Inquiry) -> Self {
        Self { inquiry, selected: 0, scroll: 0 }
    }

    /// The clue that is asked; `None` where no clue tells more.
    #[must_use]
    pub fn clue(&self) -> Option<&Clue> {
        self.inquiry.clue(self.inquiry.next()?)
    }

    /// How many things there are to choose from.
    pub(super) fn choices(&self) -> usize {
        if self.inquiry.next().is_some() { 3 } else { self.inquiry.likely().len() }
    }
}

/// A walk, and what is selected in it.
#[derive(Debug)]
pub struct Walking {
    /// The walk.
    pub walk: Walk,
    /// Index into the steps and then the answers that are possible.
    pub selected: usize,
    /// Lines that are scrolled away; none where what is selected says it.
    pub scroll: Option<usize>,
    /// Steps that are done: the solution, and the index of the step.
    pub(super) ticked: Ticked,
    /// A step that cannot be undone, while it waits for a second press.
    pub(super) confirming: Option<(NodeRef, usize)>,
    /// The clues that led here, so that they can be gone back to.
    pub(super) told: Option<Inquiry>,
    /// The name of its case in this run.
    pub(super) key: u64,
    /// Whether it is kept already, so that it is kept before an answer too, and when each answer was taken back.
    pub(super) kept: bool,
    /// How its article was found.
    pub(super) found: Found,
    /// What was filled in.
    pub(super) blanks: Blanks,
    /// What was typed before and found nothing.
    pub(super) lost: Vec<String>,
    /// Articles that the same case went through before.
    pub(super) before: Vec<String>,
    /// What was asked and answered there, and the steps that were reached.
    pub(super) earlier: Vec<Answered>,
    pub(super) earlier_steps: Vec<case::Step>,
    /// The walk there, so that a wrong choice can be taken back.
    pub(super) came_from: Option<Box<Walking>>,
}

impl Walking {
    pub(super) fn new(walk: Walk, told: Option<Inquiry>) -> Self {
        Self {
            walk,
            selected: 0,
            scroll: Some(0),
            ticked: Ticked::new(),
            confirming: None,
            told,
            key: 0,
            kept: false,
            found: Found::default(),
            blanks: Blanks::new(),
            lost: Vec::new(),
            before: Vec::new(),
            earlier: Vec::new(),
            earlier_steps: Vec::new(),
            came_from: None,
        }
    }

    /// What is to do here; empty where nothing is.
    #[must_use]
    pub fn steps(&self) -> &[Step] {
        let node = self.walk.node().filter(|_| self.walk.outcome().is_none());
        node.map(Node::steps).unwrap_or_default()
    }

    /// Whether a blank is filled in.
    #[must_use]
    pub fn is_filled(&self, blank: &str) -> bool {
        self.blanks.contains_key(blank)
    }

    /// Whether a step is done.
    #[must_use]
    pub fn is_ticked(&self, step: usize) -> bool {
        self.ticked.contains(&(self.walk.at(), step))
    }

    /// The answer that is selected, as an index; none while a step is.
    #[must_use]
    pub fn selected_answer(&self) -> Option<usize> {
        self.selected.checked_sub(self.steps().len())
    }

    /// Begins to read where the walk has come to: from the top.
    pub(super) fn arrive(&mut self) {
        (self.selected, self.scroll) = (0, Some(0));
    }

    /// Selects a step or an answer. Where there are steps, it comes into sight.
    pub(super) fn select(&mut self, nth: usize) {
        self.selected = nth;
        if !self.steps().is_empty() {
            self.scroll = None;
        }
    }

    /// Marks a step as done, or as not done. A step that cannot be undone is marked when it is asked for twice; the first time,
    /// what must be known before is given back.
    pub(super) fn tick(&mut self, step: usize) -> Option<Clean> {
        let key = (self.walk.at(), step);
        let confirmed = self.confirming.take() == Some(key);
        let first = self.steps().get(step)?.irreversible.clone();
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
        // Once all is done, the question whether it helped comes.
        self.select(open.unwrap_or(steps));
        None
    }
}

impl Model {
    /// Opens the wizard with a query typed.
    #[must_use]
    pub fn new(search: Search, query: &Clean, findings: Vec<Finding>) -> Self {
        let find = Find {
            input: Input::new(fitting(&search, query, LONGEST_QUERY)),
            focus: Focus::Field,
            results: everything(&search),
            selected: 0,
        };
        let mut model = Self {
            search,
            findings,
            find,
            screen: Screen::Find,
            notice: None,
            mistake: None,
            audience: Audience::default(),
            offered: None,
            keys: 0,
            lost: Vec::new(),
            going_on: None,
            keeps: true,
        };
        model.search_again();
        model
    }

    /// The search, with the knowledge base.
    #[must_use]
    pub fn search(&self) -> &Search {
        &self.search
    }

    /// What is wrong with the knowledge base.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// The search field and what it found.
    #[must_use]
    pub fn find(&self) -> &Find {
        &self.find
    }

    /// What is looked at.
    #[must_use]
    pub fn screen(&self) -> &Screen {
        &self.screen
    }

    /// A sentence that answers the last key, or says that a case goes on with what is looked for.
    #[must_use]
    pub fn notice(&self) -> Option<&str> {
        let goes_on = self.going_on.is_some() && matches!(self.screen, Screen::Find);
        let is_typing = !self.find.input.value().is_empty();
        let said = if is_typing { words::CASE_GOES_ON_TYPING } else { words::CASE_GOES_ON };
        self.notice.as_deref().or(goes_on.then_some(said))
    }

    /// What keeps the present version of the files from being shown.
    #[must_use]
    pub fn mistake(&self) -> Option<&str> {
        self.mistake.as_deref()
    }

    /// Whom the screen speaks to.
    #[must_use]
    pub fn audience(&self) -> Audience {
        self.audience
    }

    /// The same, speaking to somebody.
    #[must_use]
    pub fn speaking_to(mut self, audience: Audience) -> Self {
        self.audience = audience;
        self
    }

    /// What was typed and found nothing, and led to no walk.
    pub fn take_lost(&mut self) -> Vec<String> {
        std::mem::take(&mut self.lost)
    }

    /// Answers the last key with a sentence.
    pub fn notify(&mut self, notice: &str) {
        self.notice = Some(Clean::new(notice).to_string());
    }

    /// Goes to the empty search field.
    pub(super) fn look_for_another(&mut self) {
        self.find.input.reset();
        self.find.focus = Focus::Field;
        self.search_again();
        self.screen = Screen::Find;
    }

    /// Ranks the articles for what is in the field.
    pub(super) fn search_again(&mut self) {
        let query = Clean::new(self.find.input.value());
        self.find.results = if query.trim().is_empty() { everything(&self.search) } else { self.search.search(&query) };
        self.find.selected = 0;
    }
}

/// All articles, in their own order.
fn everything(search: &Search) -> Results {
    let found = (0..search.kb().articles.len()).map(search::Found::listed).collect();
    Results { verdict: Verdict::None, found }
}
