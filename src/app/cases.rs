//! The case that somebody is at: what there is to keep of it, going on with an interrupted one, and the messages that hand it over.

use std::collections::HashSet;

use tui_input::{Input, InputRequest};

use super::message::Effect;
use super::model::{Model, Screen, Walking};
use crate::case::{self, Case, Kept, Letter, Standing};
use crate::kb::{Node, NodeRef};
use crate::text::Clean;
use crate::wizard::Walk;
use crate::words::{self, Audience};

/// Steps that are done: the solution, and the index of the step.
pub(super) type Ticked = HashSet<(NodeRef, usize)>;

/// The messages of a place in a walk, and what is being filled in.
#[derive(Debug)]
pub struct Letters {
    /// The walk that they belong to.
    pub under: Box<Walking>,
    /// Which message is read, as an index.
    pub shown: usize,
    /// The blank that is being filled in, as an index, and what has been typed.
    pub filling: Option<(usize, Input)>,
    /// Lines that are scrolled away.
    pub scroll: usize,
}

impl Letters {
    /// The messages.
    #[must_use]
    pub fn letters(&self, audience: Audience) -> Vec<Letter> {
        case::letters(&self.under.walk, audience, &self.under.as_case())
    }

    /// What can be filled in.
    #[must_use]
    pub fn blanks(&self) -> Vec<Clean> {
        case::blanks(&self.under.walk)
    }

    /// Begins to fill in a blank; behind the last one, ends.
    pub(super) fn fill(&mut self, nth: usize) {
        let blanks = self.blanks();
        self.filling = blanks.get(nth).map(|blank| {
            let known = self.under.blanks.get(blank.as_str()).cloned().unwrap_or_default();
            (nth, Input::new(known))
        });
    }

    /// The first blank that is still empty, or else the first.
    pub(super) fn first_empty(&self) -> usize {
        let empty = |blank: &Clean| !self.under.blanks.contains_key(blank.as_str());
        self.blanks().iter().position(empty).unwrap_or_default()
    }

    /// Takes what has been typed, and goes on to the next blank.
    pub(super) fn take(&mut self) {
        let Some((nth, input)) = self.filling.take() else { return };
        if let Some(blank) = self.blanks().get(nth) {
            let typed = Clean::new(input.value()).one_line();
            if typed.is_empty() {
                self.under.blanks.remove(blank.as_str());
            } else {
                self.under.blanks.insert(blank.to_string(), typed);
            }
        }
        self.fill(nth + 1);
    }

    /// Shows a message that uses what is being filled in, where the one that is read does not.
    pub(super) fn show_use(&mut self, audience: Audience) {
        let blanks = self.blanks();
        let Some(blank) = self.filling.as_ref().and_then(|(nth, _)| blanks.get(*nth)) else { return };
        let letters = self.letters(audience);
        let uses = |at: &usize| letters.get(*at).is_some_and(|letter| letter.text.contains(blank.as_str()));
        if let Some(first) = (0..letters.len()).find(uses).filter(|_| !uses(&self.shown)) {
            (self.shown, self.scroll) = (first, 0);
        }
    }

    pub(super) fn edit(&mut self, request: InputRequest) {
        if let Some((_, input)) = &mut self.filling {
            input.handle(request);
        }
    }
}

impl Walking {
    /// What there is to keep of it; nothing before its first answer.
    #[must_use]
    pub fn case(&self) -> Option<Case> {
        (self.kept || self.is_begun()).then(|| self.as_case())
    }

    /// Whether something has been answered or ticked in it.
    pub(super) fn is_begun(&self) -> bool {
        !self.ticked.is_empty() || self.walk.trail().iter().any(|entry| !entry.known)
    }

    /// The same, begun or not.
    pub(super) fn as_case(&self) -> Case {
        let ticked = |at, step| self.ticked.contains(&(at, step));
        let mut case = Case::of(&self.walk, self.found.clone(), self.blanks.clone(), ticked);
        case = case.behind(&self.earlier, &self.earlier_steps);
        case.lost.clone_from(&self.lost);
        case.before.clone_from(&self.before);
        case
    }

    /// Takes over what was done and filled in, in a case that is kept.
    fn restore(&mut self, case: &Case) {
        self.ticked = case.ticked(self.walk.kb());
        self.blanks.clone_from(&case.blanks);
        self.found = case.found.clone();
        self.lost.clone_from(&case.lost);
        self.before.clone_from(&case.before);
        let (answers, steps) = case.past();
        (self.earlier, self.earlier_steps) = (answers.to_vec(), steps.to_vec());
    }
}

impl Model {
    /// The case that somebody is at, under the name that it has in this run.
    #[must_use]
    pub fn case(&self) -> Option<(u64, Case)> {
        let walking = walking(&self.screen).or(self.going_on.as_deref())?;
        Some((walking.key, walking.case()?))
    }

    /// Offers a case that was interrupted.
    #[must_use]
    pub fn offering(mut self, kept: Option<Kept>) -> Self {
        self.offered = kept;
        self
    }

    /// The case that is offered.
    #[must_use]
    pub fn offered(&self) -> Option<&Kept> {
        self.offered.as_ref()
    }

    /// Goes on with a case that is kept. Says under which name, and which case it is.
    pub fn go_on(&mut self, kept: &Kept) -> Option<Effect> {
        let walk = Walk::from_record(self.search.kb(), &kept.case.walk)?;
        (self.offered, self.going_on) = (None, None);
        self.keys += 1;
        let mut walking = Walking::new(walk, None);
        walking.key = self.keys;
        walking.kept = true;
        walking.restore(&kept.case);
        self.screen = Screen::Walk(Box::new(walking));
        Some(Effect::GoOn(self.keys, Box::new(kept.clone())))
    }

    /// Looks for the message that is on the screen now; the case goes on with it.
    pub(super) fn different_message(&mut self) {
        let screen = std::mem::replace(&mut self.screen, Screen::Find);
        let Screen::Walk(walking) = screen else {
            self.screen = screen;
            return;
        };
        self.going_on = Some(walking);
        self.find.input.reset();
        self.find.focus = super::model::Focus::Field;
        self.search_again();
        self.notice = Some(words::WHAT_NOW.to_owned());
    }

    /// Begins a walk as a part of the case that goes on, if one does: with what is known, under the same name. Where it is the same
    /// error once more, what was done has not helped, and the flow goes on from there.
    pub(super) fn going_on(&mut self, mut walking: Walking) -> Walking {
        let Some(mut earlier) = self.going_on.take() else { return walking };
        let lost = std::mem::take(&mut walking.lost);
        if earlier.walk.article() == walking.walk.article() {
            self.notice = Some(words::SAME_AGAIN.to_owned());
            earlier.walk.did_not_help();
            earlier.lost.extend(lost);
            earlier.arrive();
            return *earlier;
        }
        let case = earlier.as_case();
        let known = earlier.walk.all_known().into_iter().chain(walking.walk.all_known()).collect();
        walking.walk = Walk::new(self.search.kb().clone(), walking.walk.article(), known);
        walking.before = case.before;
        walking.before.push(case.walk.article);
        (walking.earlier, walking.earlier_steps) = (case.answers, case.steps);
        (walking.key, walking.kept) = (earlier.key, true);
        (walking.found, walking.blanks) = (earlier.found.clone(), earlier.blanks.clone());
        walking.lost = [earlier.lost.clone(), lost].concat();
        walking.came_from = Some(earlier);
        walking
    }

    /// Goes back to the walk whose case was to go on with another message.
    pub(super) fn go_back(&mut self) -> bool {
        match self.going_on.take() {
            Some(walking) => {
                self.screen = Screen::Walk(walking);
                true
            }
            None => false,
        }
    }

    /// Says whether cases are kept, so that nothing is promised that cannot be held.
    #[must_use]
    pub fn keeping(mut self, keeps: bool) -> Self {
        self.keeps = keeps;
        self
    }

    /// Why the case at hand cannot be put aside; `None` where it can.
    #[must_use]
    pub fn stays(&self) -> Option<&'static str> {
        case::stays(self.case().map(|(_, case)| case).as_ref(), self.keeps)
    }

    /// Puts a case aside until somebody has answered.
    pub(super) fn put_aside(&mut self) -> Option<Effect> {
        if let Some(why) = self.stays() {
            self.notice = Some(why.to_owned());
            return None;
        }
        let (key, mut case) = self.case()?;
        case.standing = Standing::Waiting;
        self.notice = Some(words::PUT_ASIDE.to_owned());
        self.look_for_another();
        Some(Effect::Keep(key, Box::new(case)))
    }

    pub(super) fn show_letters(&mut self) {
        self.screen = match std::mem::replace(&mut self.screen, Screen::Find) {
            Screen::Walk(under) if under.walk.node().is_some_and(Node::is_end) => {
                Screen::Letters(Letters { under, shown: 0, filling: None, scroll: 0 })
            }
            screen => screen,
        };
    }

    pub(super) fn close_letters(&mut self) {
        self.screen = match std::mem::replace(&mut self.screen, Screen::Find) {
            Screen::Letters(letters) => Screen::Walk(letters.under),
            screen => screen,
        };
    }
}

/// The walk that somebody is at, whatever stands over it.
pub(super) fn walking_mut(screen: &mut Screen) -> Option<&mut Walking> {
    match screen {
        Screen::Walk(walking) | Screen::Map { under: walking, .. } => Some(walking),
        Screen::Letters(letters) => Some(&mut letters.under),
        Screen::Help { under, .. } => walking_mut(under),
        Screen::Find | Screen::Tell(_) => None,
    }
}

/// The same, to look at.
pub(super) fn walking(screen: &Screen) -> Option<&Walking> {
    match screen {
        Screen::Walk(walking) | Screen::Map { under: walking, .. } => Some(walking),
        Screen::Letters(letters) => Some(&letters.under),
        Screen::Help { under, .. } => walking(under),
        Screen::Find | Screen::Tell(_) => None,
    }
}
