//! What keeps the case that somebody is at: it is saved whenever something of it changes.

use std::collections::HashMap;

use jiff::Timestamp;

use super::History;
use crate::case::{Case, Kept, Standing};
use crate::kb::KnowledgeBase;
use crate::text::Clean;

/// Keeps cases as they change. Without a history it keeps nothing, and nobody notices.
#[derive(Debug, Default)]
pub struct Keeper {
    history: Option<History>,
    /// The numbers of the cases of this run, by what the wizard calls them.
    ids: HashMap<u64, i64>,
    last: Option<(u64, Case)>,
    /// Cases that were taken up, as they were then: a look at one changes nothing of it.
    taken: HashMap<u64, Case>,
    /// The state of the present case with the most answers, which is what is kept of one that is given up.
    furthest: Option<(u64, Case)>,
    /// Walks that were given a name here.
    begun: u64,
    /// What the next one begins with.
    next: Case,
    /// What could not be written, until somebody has been told.
    failed: Option<String>,
}

impl Keeper {
    /// Keeps cases in a history.
    #[must_use]
    pub fn new(history: Option<History>) -> Self {
        Self { history, ..Self::default() }
    }

    /// Keeps nothing, for a reason that somebody is told.
    #[must_use]
    pub fn without(reason: String) -> Self {
        Self { failed: Some(reason), ..Self::default() }
    }

    /// Whether cases are kept.
    #[must_use]
    pub fn is_keeping(&self) -> bool {
        self.history.is_some()
    }

    /// The case that was interrupted, to be offered: the latest whose article is there.
    #[must_use]
    pub fn interrupted(&self, kb: &KnowledgeBase) -> Option<Kept> {
        self.history.as_ref()?.interrupted(|case| kb.position(&case.walk.article).is_some()).ok()?
    }

    /// Says what the next walk begins with: how its article was found, and what was filled in before.
    pub fn begin_with(&mut self, case: Case) {
        self.next = case;
    }

    /// The next walk that begins goes on with a case that is kept. False where another program is at it.
    #[must_use]
    pub fn take_up(&mut self, kept: &Kept) -> bool {
        let name = self.name();
        self.next = kept.case.clone();
        self.go_on(name, kept)
    }

    /// The next walk that begins goes on with the present case, another message being on the screen.
    pub fn same_case(&mut self, case: Case) {
        self.begun = self.begun.saturating_sub(1);
        self.next = case;
    }

    /// A name for a walk that begins, and what it begins with.
    pub fn begin(&mut self) -> (u64, Case) {
        let name = self.name();
        self.begun += 1;
        (name, std::mem::take(&mut self.next))
    }

    /// The name of the next walk that begins here; the wizard on the full screen counts from the other end.
    fn name(&self) -> u64 {
        u64::MAX - self.begun
    }

    /// The case that was kept last, where somebody is at one.
    #[must_use]
    pub fn present(&self) -> Option<Case> {
        self.last.as_ref().map(|(_, case)| case.clone())
    }

    /// Goes on with a case that is kept, under a name of the wizard's. False where another program is at it; what is done then is a
    /// case of its own.
    pub fn go_on(&mut self, key: u64, kept: &Kept) -> bool {
        let claimed = self.history.as_ref().is_some_and(|history| matches!(history.claim(kept.id), Ok(Some(_))));
        if claimed {
            self.ids.insert(key, kept.id);
            self.taken.insert(key, kept.case.clone());
        }
        claimed
    }

    /// Saves the present case, if it has changed. `None` says that nobody is at a case any more.
    pub fn keep(&mut self, present: Option<(u64, Case)>) {
        if self.last == present {
            return;
        }
        if let Some((key, mut left)) = self.last.take()
            && present.as_ref().is_none_or(|(other, _)| *other != key)
            && left.standing == Standing::Open
        {
            // Whoever goes back to the beginning before they leave has still come as far as they did.
            if let Some((_, furthest)) = self.furthest.take_if(|(of, _)| *of == key) {
                left = furthest;
            }
            left.standing = Standing::GivenUp;
            self.save(key, &left);
        }
        if let Some((key, case)) = &present {
            let is_further = match &self.furthest {
                Some((of, furthest)) if of == key => case.answers.len() >= furthest.answers.len(),
                _ => true,
            };
            if is_further && case.standing == Standing::Open {
                self.furthest = Some((*key, case.clone()));
            }
            self.save(*key, case);
        }
        self.last = present;
    }

    /// The present case is what it was before: another article was chosen by mistake.
    pub fn correct(&mut self, case: &Case) {
        if let Some((key, _)) = self.last {
            self.keep(Some((key, case.clone())));
        }
    }

    /// Notes searches that found nothing and led to no case.
    pub fn lost(&mut self, searches: &[String]) {
        let Some(history) = &self.history else { return };
        for typed in searches {
            // A search that is not noted is no loss to whoever searched.
            let _ = history.lost(typed, Timestamp::now());
        }
    }

    /// The number of a case of this run; `None` where it is not kept.
    #[must_use]
    pub fn number(&self, key: u64) -> Option<i64> {
        self.ids.get(&key).copied().filter(|_| self.is_keeping())
    }

    /// When a case of this run began, and how long it has taken, in words; empty where it is not kept.
    #[must_use]
    pub fn times(&self, key: u64) -> (String, String) {
        let kept = self.ids.get(&key).and_then(|id| self.history.as_ref()?.case(*id).ok()?);
        kept.map(|kept| (kept.day_of_beginning(), kept.time_taken())).unwrap_or_default()
    }

    /// What could not be written, once.
    pub fn failure(&mut self) -> Option<String> {
        self.failed.take()
    }

    fn save(&mut self, key: u64, case: &Case) {
        let Some(history) = &self.history else { return };
        // Who puts a case aside that they have taken up does something, even where they have done nothing else.
        let is_put_aside = case.standing == Standing::Waiting;
        if !is_put_aside && self.taken.get(&key).is_some_and(|taken| case.is_as(taken)) {
            return;
        }
        self.taken.remove(&key);
        match history.save(self.ids.get(&key).copied(), case, Timestamp::now()) {
            Ok(id) => {
                self.ids.insert(key, id);
            }
            Err(error) => {
                // Said once; after that, the history is left alone.
                self.failed = Some(Clean::new(&error.to_string()).to_string());
                self.history = None;
            }
        }
    }
}
