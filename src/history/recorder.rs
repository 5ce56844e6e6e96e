//! Recording of the current case. The case is saved whenever it changes.

use std::collections::HashMap;

use jiff::Timestamp;

use super::History;
use crate::case::{Case, CaseStatus, StoredCase};
use crate::kb::KnowledgeBase;
use crate::text::SanitizedText;

/// Saves cases as they change. Without a history, it saves nothing and reports no error.
#[derive(Debug, Default)]
pub struct CaseRecorder {
    history: Option<History>,
    /// The number of each case that this run saved, by handle. A handle identifies a case while the program runs, even before
    /// the case has a number.
    ids: HashMap<u64, i64>,
    last: Option<(u64, Case)>,
    /// Resumed cases as they were when they were opened. A resumed case without changes is not saved.
    opened_state: HashMap<u64, Case>,
    /// The handle of the current case, and its state with the most answers. This state is saved if the user leaves the case open.
    most_progress: Option<(u64, Case)>,
    /// The number of handles assigned by [`CaseRecorder::begin`].
    handles: u64,
    /// The initial content of the next case.
    next: Case,
    /// The reason why cases can't be saved, until [`CaseRecorder::failure`] returns it.
    failed: Option<String>,
}

impl CaseRecorder {
    /// Creates a recorder that saves cases in a history, if there is one.
    #[must_use]
    pub fn new(history: Option<History>) -> Self {
        Self { history, ..Self::default() }
    }

    /// Creates a recorder that saves nothing, with a reason for [`CaseRecorder::failure`].
    #[must_use]
    pub fn without(reason: String) -> Self {
        Self { failed: Some(reason), ..Self::default() }
    }

    /// Whether cases are saved.
    #[must_use]
    pub fn is_enabled(&self) -> bool {
        self.history.is_some()
    }

    /// Returns the most recently updated interrupted case whose article is in the knowledge base.
    #[must_use]
    pub fn interrupted(&self, kb: &KnowledgeBase) -> Option<StoredCase> {
        self.history.as_ref()?.interrupted(|case| kb.article_index(&case.session.article).is_some()).ok()?
    }

    /// Sets the initial content of the next case, such as its entry point and its blanks.
    pub fn seed_next(&mut self, case: Case) {
        self.next = case;
    }

    /// Makes the next session resume a saved case. Returns false if the case can't be locked, for example because another
    /// process has it open.
    #[must_use]
    pub fn resume_next(&mut self, stored: &StoredCase) -> bool {
        let name = self.next_handle();
        self.next = stored.case.clone();
        self.attach(name, stored)
    }

    /// Makes the next session continue the current case with another error. That session reuses the handle of the current case.
    pub fn continue_case(&mut self, case: Case) {
        self.handles = self.handles.saturating_sub(1);
        self.next = case;
    }

    /// Returns the handle and the initial content for a new session.
    pub fn begin(&mut self) -> (u64, Case) {
        let name = self.next_handle();
        self.handles += 1;
        (name, std::mem::take(&mut self.next))
    }

    /// Returns the next handle in plain mode. These handles count down from `u64::MAX`, so they can't collide with the handles of
    /// full-screen mode, which count up from 1.
    fn next_handle(&self) -> u64 {
        u64::MAX - self.handles
    }

    /// Returns the case that was last recorded, if a case is in progress.
    #[must_use]
    pub fn current(&self) -> Option<Case> {
        self.last.as_ref().map(|(_, case)| case.clone())
    }

    /// Continues a saved case under a handle. Returns false if the case can't be locked, for example because another process
    /// has it open. Without the lock, progress is saved as a separate case.
    pub fn attach(&mut self, case_handle: u64, stored: &StoredCase) -> bool {
        let claimed = self.history.as_ref().is_some_and(|history| matches!(history.claim(stored.id), Ok(Some(_))));
        if claimed {
            self.ids.insert(case_handle, stored.id);
            self.opened_state.insert(case_handle, stored.case.clone());
        }
        claimed
    }

    /// Saves the current case, passed as `(handle, case)`, if it has changed. `None` means that no case is in progress. If the
    /// user leaves an open case, that case is saved as unfinished.
    pub fn record(&mut self, present: Option<(u64, Case)>) {
        if self.last == present {
            return;
        }
        if let Some((case_handle, mut left)) = self.last.take()
            && present.as_ref().is_none_or(|(other, _)| *other != case_handle)
            && left.status == CaseStatus::Open
        {
            // If the user undid answers before leaving, save the state with the most answers.
            if let Some((_, furthest)) = self.most_progress.take_if(|(of, _)| *of == case_handle) {
                left = furthest;
            }
            left.status = CaseStatus::Unfinished;
            self.save(case_handle, &left);
        }
        if let Some((case_handle, case)) = &present {
            let is_further = match &self.most_progress {
                Some((of, furthest)) if of == case_handle => case.answers.len() >= furthest.answers.len(),
                _ => true,
            };
            if is_further && case.status == CaseStatus::Open {
                self.most_progress = Some((*case_handle, case.clone()));
            }
            self.save(*case_handle, case);
        }
        self.last = present;
    }

    /// Restores the current case after the user chose another article by mistake.
    pub fn correct(&mut self, case: &Case) {
        if let Some((case_handle, _)) = self.last {
            self.record(Some((case_handle, case.clone())));
        }
    }

    /// Saves queries that had no match and did not lead to a case.
    pub fn record_failed_queries(&mut self, searches: &[String]) {
        let Some(history) = &self.history else { return };
        for typed in searches {
            // Ignore the error: a lost query does not affect the user.
            let _ = history.save_failed_query(typed, Timestamp::now());
        }
    }

    /// Returns the number of the case with this handle, or `None` if the case is not saved.
    #[must_use]
    pub fn number(&self, case_handle: u64) -> Option<i64> {
        self.ids.get(&case_handle).copied().filter(|_| self.is_enabled())
    }

    /// Returns the start date and the duration of the case with this handle as text. Both are empty if the case is not saved.
    #[must_use]
    pub fn times(&self, case_handle: u64) -> (String, String) {
        let stored = self.ids.get(&case_handle).and_then(|id| self.history.as_ref()?.case(*id).ok()?);
        stored.map(|stored| (stored.start_date(), stored.duration())).unwrap_or_default()
    }

    /// Returns the reason why cases can't be saved, once.
    pub fn failure(&mut self) -> Option<String> {
        self.failed.take()
    }

    fn save(&mut self, case_handle: u64, case: &Case) {
        let Some(history) = &self.history else { return };
        // Putting a resumed case on hold is a change, even without other progress.
        let is_on_hold = case.status == CaseStatus::OnHold;
        if !is_on_hold && self.opened_state.get(&case_handle).is_some_and(|taken| case.same_progress(taken)) {
            return;
        }
        self.opened_state.remove(&case_handle);
        match history.save(self.ids.get(&case_handle).copied(), case, Timestamp::now()) {
            Ok(id) => {
                self.ids.insert(case_handle, id);
            }
            Err(error) => {
                // Report the error once and stop saving.
                self.failed = Some(SanitizedText::new(&error.to_string()).to_string());
                self.history = None;
            }
        }
    }
}
