//! The current case in the model: saving, resuming and continuing it, and the pane with its messages to send. A handle is a
//! number that identifies a case in memory. All sessions of a case share one handle.

use std::collections::HashSet;

use tui_input::{Input, InputRequest};

use super::model::{FlowPane, Model, Screen};
use super::msg::Effect;
use crate::case::{self, Case, CaseStatus, HandoverMessage, StoredCase};
use crate::flow::FlowSession;
use crate::kb::{Node, NodeId};
use crate::strings::{self, Audience};
use crate::text::SanitizedText;

/// Ticked steps as (solution, index into its steps).
pub(super) type Ticked = HashSet<(NodeId, usize)>;

/// The messages to send from a solution or an escalation, and the state of the screen that shows them.
#[derive(Debug)]
pub struct HandoverPane {
    /// The flow pane that the messages belong to. It is shown again when this pane is closed.
    pub parent: Box<FlowPane>,
    /// Index into [`HandoverPane::messages`].
    pub shown: usize,
    /// The blank that is being filled in, as (index into [`HandoverPane::blanks`], typed text). `None` if no blank is being
    /// filled in.
    pub filling: Option<(usize, Input)>,
    /// Number of lines scrolled off the top.
    pub scroll: usize,
}

impl HandoverPane {
    /// Returns the messages to send from the current node, worded for an audience.
    #[must_use]
    pub fn messages(&self, audience: Audience) -> Vec<HandoverMessage> {
        case::handover_messages(&self.parent.session, audience, &self.parent.to_case())
    }

    /// Returns the labels of the blanks at the current node.
    #[must_use]
    pub fn blanks(&self) -> Vec<SanitizedText> {
        case::blanks(&self.parent.session)
    }

    /// Starts to fill in the blank at an index, beginning with its saved value. If the index is past the last blank, stops
    /// filling in blanks.
    pub(super) fn edit_field(&mut self, nth: usize) {
        let blanks = self.blanks();
        self.filling = blanks.get(nth).map(|blank| {
            let known = self.parent.blanks.get(blank.as_str()).cloned().unwrap_or_default();
            (nth, Input::new(known))
        });
    }

    /// Returns the index of the first blank without a value, or 0 if every blank has one.
    pub(super) fn first_empty(&self) -> usize {
        let empty = |blank: &SanitizedText| !self.parent.blanks.contains_key(blank.as_str());
        self.blanks().iter().position(empty).unwrap_or_default()
    }

    /// Saves the typed value of the current blank and moves to the next blank. An empty value clears the blank. Returns a notice if
    /// the value probably has a mistake. The value is saved anyway.
    pub(super) fn save_field(&mut self) -> Option<&'static str> {
        let (nth, input) = self.filling.take()?;
        let mut notice = None;
        if let Some(blank) = self.blanks().get(nth) {
            let typed = SanitizedText::new(input.value()).one_line();
            if typed.is_empty() {
                self.parent.blanks.remove(blank.as_str());
            } else {
                let form = case::input_form(&self.parent.session, blank);
                notice = (!form.accepts(&typed)).then(|| strings::unlikely(form));
                self.parent.blanks.insert(blank.to_string(), typed);
            }
        }
        self.edit_field(nth + 1);
        notice
    }

    /// Switches to the first message that contains the label of the current blank, unless the shown message already contains
    /// that label.
    pub(super) fn show_message_with_blank(&mut self, audience: Audience) {
        let blanks = self.blanks();
        let Some(blank) = self.filling.as_ref().and_then(|(nth, _)| blanks.get(*nth)) else { return };
        // A message contains the blank if its text depends on the value.
        let with_value = |value: &str| {
            let mut case = self.parent.to_case();
            case.blanks.insert(blank.to_string(), value.to_owned());
            case::handover_messages(&self.parent.session, audience, &case)
        };
        let (handover, other) = (with_value("1"), with_value("2"));
        let uses = |at: &usize| handover.get(*at) != other.get(*at);
        if let Some(first) = (0..handover.len()).find(uses).filter(|_| !uses(&self.shown)) {
            (self.shown, self.scroll) = (first, 0);
        }
    }

    pub(super) fn edit(&mut self, request: InputRequest) {
        if let Some((_, input)) = &mut self.filling {
            input.handle(request);
        }
    }
}

impl FlowPane {
    /// Returns the case to save. `None` if the case has not been saved before and nothing is answered or ticked.
    #[must_use]
    pub fn case(&self) -> Option<Case> {
        (self.is_saved || self.has_started()).then(|| self.to_case())
    }

    /// Whether a step is ticked or a question was answered. Answers that were already known do not count.
    pub(super) fn has_started(&self) -> bool {
        !self.ticked.is_empty() || self.session.answers().iter().any(|entry| !entry.known)
    }

    /// Returns the case of this session, even if nothing is answered or ticked.
    pub(super) fn to_case(&self) -> Case {
        let ticked = |at, step| self.ticked.contains(&(at, step));
        let mut case = Case::of(&self.session, self.entry_point.clone(), self.blanks.clone(), ticked);
        case = case.with_history(&self.earlier, &self.earlier_steps);
        case.failed_queries.clone_from(&self.failed_queries);
        case.previous_articles.clone_from(&self.previous_articles);
        case.previous_without_message.clone_from(&self.previous_without_message);
        case
    }

    /// Copies the ticked steps, the blanks, the search and the history from a saved case. Call this after the session is
    /// restored, because finding the ticked steps needs the session's knowledge base.
    fn restore(&mut self, case: &Case) {
        self.ticked = case.ticked(self.session.kb());
        self.blanks.clone_from(&case.blanks);
        self.entry_point = case.entry_point.clone();
        self.failed_queries.clone_from(&case.failed_queries);
        self.previous_articles.clone_from(&case.previous_articles);
        self.previous_without_message.clone_from(&case.previous_without_message);
        let (answers, steps) = case.history();
        (self.earlier, self.earlier_steps) = (answers.to_vec(), steps.to_vec());
    }
}

impl Model {
    /// Returns the current case as (handle, case). `None` if no case is in progress.
    #[must_use]
    pub fn case(&self) -> Option<(u64, Case)> {
        let pane = flow_pane(&self.screen).or(self.continuing.as_deref())?;
        Some((pane.case_handle, pane.case()?))
    }

    /// Sets the interrupted case that the search screen offers to resume.
    #[must_use]
    pub fn with_resumable(mut self, stored: Option<StoredCase>) -> Self {
        self.resumable = stored;
        self
    }

    /// Returns the interrupted case that the search screen offers to resume.
    #[must_use]
    pub fn resumable(&self) -> Option<&StoredCase> {
        self.resumable.as_ref()
    }

    /// Opens a saved case and returns [`Effect::ResumeCase`] with its new handle. `None` if the case's article no longer
    /// exists.
    pub fn resume(&mut self, stored: &StoredCase) -> Option<Effect> {
        let session = FlowSession::from_saved(self.search.kb(), &stored.case.session)?;
        (self.resumable, self.continuing) = (None, None);
        self.last_case_handle += 1;
        let mut pane = FlowPane::new(session, None);
        pane.case_handle = self.last_case_handle;
        pane.is_saved = true;
        pane.restore(&stored.case);
        self.screen = Screen::Flow(Box::new(pane));
        Some(Effect::ResumeCase(self.last_case_handle, Box::new(stored.clone())))
    }

    /// Opens an empty search to continue the current case with another error. The flow pane moves to `continuing`.
    pub(super) fn report_new_error(&mut self) {
        let screen = std::mem::replace(&mut self.screen, Screen::Search);
        let Screen::Flow(pane) = screen else {
            self.screen = screen;
            return;
        };
        self.continuing = Some(pane);
        self.search_pane.input.reset();
        self.search_pane.focus = super::model::Focus::Field;
        self.search_again();
        self.notice = Some(strings::WHAT_NOW.to_owned());
    }

    /// Makes a new session part of the case that is being continued, if there is one. The session gets the handle, the known
    /// facts, the blanks and the history of the case. If the article is the same as before, returns the earlier pane instead
    /// and records that the solution did not help.
    pub(super) fn continue_case(&mut self, mut pane: FlowPane) -> FlowPane {
        let Some(mut earlier) = self.continuing.take() else { return pane };
        let failed_queries = std::mem::take(&mut pane.failed_queries);
        if earlier.session.article() == pane.session.article() {
            self.notice = Some(strings::SAME_ERROR.to_owned());
            earlier.session.did_not_help();
            earlier.failed_queries.extend(failed_queries);
            earlier.arrive();
            return *earlier;
        }
        let mut case = earlier.to_case();
        case.add_previous(&earlier.session);
        let known = earlier.session.facts_for(&pane.session);
        pane.session = FlowSession::new(self.search.kb().clone(), pane.session.article(), known);
        pane.previous_articles = case.previous_articles;
        pane.previous_without_message = case.previous_without_message;
        (pane.earlier, pane.earlier_steps) = (case.answers, case.steps);
        (pane.case_handle, pane.is_saved) = (earlier.case_handle, true);
        pane.blanks.clone_from(&earlier.blanks);
        pane.failed_queries = [earlier.failed_queries.clone(), failed_queries].concat();
        pane.previous = Some(earlier);
        pane
    }

    /// Goes back to the case whose new error the user was searching for. Returns false if there is no such case.
    pub(super) fn go_back(&mut self) -> bool {
        match self.continuing.take() {
            Some(pane) => {
                self.screen = Screen::Flow(pane);
                true
            }
            None => false,
        }
    }

    /// Sets whether cases are saved. If they are not saved, they can't be put on hold.
    #[must_use]
    pub fn with_history_enabled(mut self, history_enabled: bool) -> Self {
        self.history_enabled = history_enabled;
        self
    }

    /// Returns the reason why the current case can't be put on hold, or `None` if it can be.
    #[must_use]
    pub fn hold_blocker(&self) -> Option<&'static str> {
        case::hold_blocker(self.case().map(|(_, case)| case).as_ref(), self.history_enabled)
    }

    /// Puts the current case on hold and starts a new search. Returns [`Effect::SaveCase`]. If the case can't be put on hold,
    /// sets a notice and returns `None`.
    pub(super) fn hold(&mut self) -> Option<Effect> {
        if let Some(why) = self.hold_blocker() {
            self.notice = Some(why.to_owned());
            return None;
        }
        let (key, mut case) = self.case()?;
        case.status = CaseStatus::OnHold;
        self.notice = Some(strings::ON_HOLD.to_owned());
        self.start_new_search();
        Some(Effect::SaveCase(key, Box::new(case)))
    }

    pub(super) fn show_handover(&mut self) {
        if let Screen::Flow(pane) = &self.screen
            && pane.session.node().is_some_and(Node::is_end)
            && case::handover_messages(&pane.session, self.audience, &pane.to_case()).is_empty()
        {
            self.notice = Some(strings::NOTHING_TO_SEND.to_owned());
            return;
        }
        self.screen = match std::mem::replace(&mut self.screen, Screen::Search) {
            Screen::Flow(parent) if parent.session.node().is_some_and(Node::is_end) => {
                Screen::Handover(HandoverPane { parent, shown: 0, filling: None, scroll: 0 })
            }
            screen => screen,
        };
    }

    pub(super) fn close_handover(&mut self) {
        self.screen = match std::mem::replace(&mut self.screen, Screen::Search) {
            Screen::Handover(handover) => Screen::Flow(handover.parent),
            screen => screen,
        };
    }
}

/// Returns a mutable reference to the flow pane on a screen, or to the one under its map, messages or help.
pub(super) fn flow_pane_mut(screen: &mut Screen) -> Option<&mut FlowPane> {
    match screen {
        Screen::Flow(pane) | Screen::Map { parent: pane, .. } => Some(pane),
        Screen::Handover(handover) => Some(&mut handover.parent),
        Screen::Help { parent, .. } => flow_pane_mut(parent),
        Screen::Search | Screen::Disambiguate(_) => None,
    }
}

/// Returns the flow pane on a screen, or the one under its map, messages or help.
pub(super) fn flow_pane(screen: &Screen) -> Option<&FlowPane> {
    match screen {
        Screen::Flow(pane) | Screen::Map { parent: pane, .. } => Some(pane),
        Screen::Handover(handover) => Some(&handover.parent),
        Screen::Help { parent, .. } => flow_pane(parent),
        Screen::Search | Screen::Disambiguate(_) => None,
    }
}
