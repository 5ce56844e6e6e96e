//! A knowledge base that has changed while the wizard is open: everything stays where it is, as far as it is still there.

use super::cases::{Letters, Ticked};
use super::model::{Model, Screen, Telling, Walking};
use crate::kb::Finding;
use crate::search::Search;
use crate::text::Clean;
use crate::wizard::Walk;
use crate::words::{self, Audience};

impl Model {
    /// Goes on with another version of the knowledge base: the same query, the same place in a walk, the same answers.
    pub fn reload(&mut self, search: Search, findings: Vec<Finding>) {
        let selected = self.find.results.found.get(self.find.selected).map(|found| found.article);
        let selected = selected.and_then(|article| self.search.kb().same_article(article, search.kb()));
        let screen = std::mem::replace(&mut self.screen, Screen::Find);
        let kept = carried_over(screen, &search);
        self.notice = Some(if kept.is_some() { words::RELOADED } else { words::RELOADED_WITHOUT }.to_owned());
        self.screen = kept.unwrap_or(Screen::Find);
        self.going_on = self.going_on.take().and_then(|walking| walking.carried_over(&search)).map(Box::new);
        self.offered = self.offered.take().filter(|kept| Walk::from_record(search.kb(), &kept.case.walk).is_some());
        self.search = search;
        self.findings = findings;
        self.mistake = None;
        self.search_again();
        let at = self.find.results.found.iter().position(|found| Some(found.article) == selected);
        self.find.selected = at.unwrap_or_default();
    }

    /// Says what keeps the present version of the files from being shown. The last good one stays.
    pub fn refuse(&mut self, mistake: &str) {
        self.notice = None;
        self.mistake = Some(Clean::new(mistake).to_string());
    }
}

/// A screen in the new version; none where its article is gone.
fn carried_over(screen: Screen, search: &Search) -> Option<Screen> {
    let kb = search.kb();
    Some(match screen {
        Screen::Find => Screen::Find,
        Screen::Tell(telling) => {
            let mut kept = Telling::new(telling.inquiry.carried_over(kb));
            kept.selected = telling.selected.min(kept.choices().saturating_sub(1));
            kept.scroll = telling.scroll;
            Screen::Tell(Box::new(kept))
        }
        Screen::Walk(walking) => Screen::Walk(Box::new(walking.carried_over(search)?)),
        Screen::Map { under, selected } => {
            let under = Box::new(under.carried_over(search)?);
            let last = super::map::rows(&under.walk).len().saturating_sub(1);
            Screen::Map { under, selected: selected.min(last) }
        }
        Screen::Letters(letters) => {
            let before = letters.blanks();
            let under = Box::new(letters.under.carried_over(search)?);
            if under.walk.node().is_some_and(crate::kb::Node::is_end) {
                // What is being typed stays, where its blank is still there.
                let blanks = crate::case::blanks(&under.walk);
                let named =
                    |nth: usize| before.get(nth).and_then(|blank| blanks.iter().position(|other| other == blank));
                let filling = letters.filling.and_then(|(nth, input)| Some((named(nth)?, input)));
                let all = crate::case::letters(&under.walk, Audience::default(), &under.as_case()).len();
                let shown = letters.shown.min(all.saturating_sub(1));
                Screen::Letters(Letters { under, shown, filling, scroll: letters.scroll })
            } else {
                Screen::Walk(under)
            }
        }
        Screen::Help { under, scroll } => Screen::Help { under: Box::new(carried_over(*under, search)?), scroll },
    })
}

impl Walking {
    fn carried_over(&self, search: &Search) -> Option<Self> {
        let kb = search.kb();
        let walk = self.walk.carried_over(kb)?;
        let stands_there = self.walk.kb().same_node(self.walk.at(), kb) == Some(walk.at());
        let mut kept = Self::new(walk, self.told.as_ref().map(|told| told.carried_over(kb)));
        (kept.key, kept.kept) = (self.key, self.kept);
        (kept.before, kept.earlier) = (self.before.clone(), self.earlier.clone());
        kept.earlier_steps.clone_from(&self.earlier_steps);
        kept.came_from = self.came_from.as_ref().and_then(|earlier| earlier.carried_over(search)).map(Box::new);
        (kept.found, kept.blanks, kept.lost) = (self.found.clone(), self.blanks.clone(), self.lost.clone());
        // A step stays ticked as long as its words are there.
        let ticked = self.ticked.iter().filter_map(|(at, step)| {
            let steps = self.walk.kb().node(*at)?.steps();
            let text = &steps.get(*step)?.text;
            let before = steps.iter().take(*step).filter(|earlier| earlier.text == *text).count();
            let at = self.walk.kb().same_node(*at, kb)?;
            Some((at, kb.node(at)?.step_that_says(&text.one_line(), before)?))
        });
        kept.ticked = ticked.collect::<Ticked>();
        if stands_there {
            let last = (kept.steps().len() + kept.walk.possible().len()).saturating_sub(1);
            kept.selected = self.selected.min(last);
            kept.scroll = self.scroll;
        }
        Some(kept)
    }
}
