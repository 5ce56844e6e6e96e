//! Replacement of the knowledge base while the interface is open. Articles, nodes and facts are matched by name, and steps by
//! their text. Anything that no longer exists is dropped from the state.

use super::case::{HandoverPane, Ticked};
use super::model::{Disambiguation, FlowPane, Listing, Model, Screen};
use crate::flow::FlowSession;
use crate::kb::Diagnostic;
use crate::search::Search;
use crate::strings::{self, Audience};
use crate::text::SanitizedText;

impl Model {
    /// Switches to another version of the knowledge base. The query stays. The screen and the answers stay as far as they
    /// still apply. If the open article no longer exists, shows the search.
    pub fn reload(&mut self, search: Search, diagnostics: Vec<Diagnostic>) {
        let had_situations = self.search.kb().situations().next().is_some();
        // If there were no situations, the list of all errors was the default and not the choice of the user.
        let listing = Some(self.search_pane.listing).filter(|_| had_situations);
        let selected = self.search_pane.results.hits.get(self.search_pane.selected).map(|found| found.article);
        let selected = selected.and_then(|article| self.search.kb().translate_article(article, search.kb()));
        let situation = self.search.kb().situations().nth(self.search_pane.selected).map(|(_, one)| one.text.clone());
        let screen = std::mem::replace(&mut self.screen, Screen::Search);
        let stored = rebased_on(screen, &search);
        self.notice = Some(if stored.is_some() { strings::RELOADED } else { strings::RELOADED_WITHOUT }.to_owned());
        self.screen = stored.unwrap_or(Screen::Search);
        self.continuing = self.continuing.take().and_then(|pane| pane.rebased_on(&search)).map(Box::new);
        self.resumable =
            self.resumable.take().filter(|stored| FlowSession::from_saved(search.kb(), &stored.case.session).is_some());
        self.search = search;
        self.diagnostics = diagnostics;
        self.reload_error = None;
        self.search_again();
        if let Some(listing @ (Listing::AllErrors | Listing::Nothing)) = listing {
            self.search_pane.listing = listing;
        }
        let at = match self.search_pane.listing {
            Listing::Situations => {
                self.search.kb().situations().position(|(_, one)| Some(&one.text) == situation.as_ref())
            }
            Listing::AllErrors | Listing::Results => {
                self.search_pane.results.hits.iter().position(|found| Some(found.article) == selected)
            }
            Listing::Nothing => None,
        };
        self.search_pane.selected = at.unwrap_or_default();
    }

    /// Shows the reason why the changed knowledge base cannot be loaded. The last valid version stays in use.
    pub fn set_reload_error(&mut self, mistake: &str) {
        self.notice = None;
        self.reload_error = Some(SanitizedText::new(mistake).to_string());
    }
}

/// Returns the screen in the new version, or `None` if the screen's article no longer exists.
fn rebased_on(screen: Screen, search: &Search) -> Option<Screen> {
    let kb = search.kb();
    Some(match screen {
        Screen::Search => Screen::Search,
        Screen::Disambiguate(disambiguation) => {
            let mut stored = Disambiguation::new(disambiguation.tell_apart.rebased_on(kb));
            stored.selected = disambiguation.selected.min(stored.choices().saturating_sub(1));
            stored.scroll = disambiguation.scroll;
            Screen::Disambiguate(Box::new(stored))
        }
        Screen::Flow(pane) => Screen::Flow(Box::new(pane.rebased_on(search)?)),
        Screen::Map { parent, selected } => {
            let parent = Box::new(parent.rebased_on(search)?);
            let last = super::map::rows(&parent.session).len().saturating_sub(1);
            Screen::Map { parent, selected: selected.min(last) }
        }
        Screen::Handover(handover) => {
            let before = handover.blanks();
            let parent = Box::new(handover.parent.rebased_on(search)?);
            if parent.session.node().is_some_and(crate::kb::Node::is_end) {
                // Keep the typed text if its blank still exists.
                let blanks = crate::case::blanks(&parent.session);
                let named =
                    |nth: usize| before.get(nth).and_then(|blank| blanks.iter().position(|other| other == blank));
                let filling = handover.filling.and_then(|(nth, input)| Some((named(nth)?, input)));
                let all = crate::case::handover_messages(&parent.session, Audience::default(), &parent.to_case()).len();
                let shown = handover.shown.min(all.saturating_sub(1));
                Screen::Handover(HandoverPane { parent, shown, filling, scroll: handover.scroll })
            } else {
                Screen::Flow(parent)
            }
        }
        Screen::Help { parent, scroll } => Screen::Help { parent: Box::new(rebased_on(*parent, search)?), scroll },
    })
}

impl FlowPane {
    fn rebased_on(&self, search: &Search) -> Option<Self> {
        let kb = search.kb();
        let session = self.session.rebased_on(kb)?;
        let is_same_node = self.session.kb().translate_node(self.session.at(), kb) == Some(session.at());
        let mut stored = Self::new(session, self.disambiguation.as_ref().map(|tell_apart| tell_apart.rebased_on(kb)));
        (stored.case_handle, stored.is_saved) = (self.case_handle, self.is_saved);
        (stored.previous_articles, stored.earlier) = (self.previous_articles.clone(), self.earlier.clone());
        stored.earlier_steps.clone_from(&self.earlier_steps);
        stored.previous_without_message.clone_from(&self.previous_without_message);
        stored.previous = self.previous.as_ref().and_then(|earlier| earlier.rebased_on(search)).map(Box::new);
        (stored.entry_point, stored.blanks, stored.failed_queries) =
            (self.entry_point.clone(), self.blanks.clone(), self.failed_queries.clone());
        // A step stays ticked if the node still has a step with the same text.
        let ticked = self.ticked.iter().filter_map(|(at, step)| {
            let steps = self.session.kb().node(*at)?.steps();
            let text = &steps.get(*step)?.text;
            let before = steps.iter().take(*step).filter(|earlier| earlier.text == *text).count();
            let at = self.session.kb().translate_node(*at, kb)?;
            Some((at, kb.node(at)?.find_step(&text.one_line(), before)?))
        });
        stored.ticked = ticked.collect::<Ticked>();
        if is_same_node {
            let last = (stored.steps().len() + stored.session.allowed_answers().len()).saturating_sub(1);
            stored.selected = self.selected.min(last);
            stored.scroll = self.scroll;
        }
        Some(stored)
    }
}
