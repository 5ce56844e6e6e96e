//! Flow sessions and messages to send, in plain mode.

use std::io;

use super::LineSession;
use crate::case::{self, Blanks, Case, CaseStatus};
use crate::files;
use crate::flow::{Answer, FlowSession};
use crate::kb::Node;
use crate::report;
use crate::settings;
use crate::strings;

/// The destination after a flow session.
pub(super) enum Navigation {
    /// The search, for another case.
    Search,
    /// The search, for a new error of the same case.
    NewError,
    /// The search where the article was chosen, because no answer is left to undo.
    Back,
    /// The end of the program.
    Quit,
}

impl LineSession<'_> {
    /// Runs a session until the user leaves the flow, and returns the destination. Repeatedly prints the current node, reads a
    /// line and executes it. Records the case before each prompt, from the first answer on.
    pub(super) fn session(&mut self, session: &mut FlowSession) -> io::Result<Navigation> {
        let (key, initial) = self.recorder.begin();
        self.lines.write(&report::heading(session, &initial.entry_point))?;
        let mut blanks = initial.blanks.clone();
        let (earlier, steps) = initial.history();
        let ticked = initial.ticked(session.kb());
        let mut is_started = !initial.session.article.is_empty();
        loop {
            let is_done = |at, step| ticked.contains(&(at, step));
            let case =
                Case::of(session, initial.entry_point.clone(), blanks.clone(), is_done).with_history(earlier, steps);
            let case = Case {
                failed_queries: initial.failed_queries.clone(),
                previous_articles: initial.previous_articles.clone(),
                previous_without_message: initial.previous_without_message.clone(),
                ..case
            };
            is_started |= session.answers().iter().any(|entry| !entry.known);
            if is_started {
                self.recorder.record(Some((key, case.clone())));
            }
            if let Some(failure) = self.recorder.failure() {
                self.lines.print_wrapped(format!("{}: {failure}", strings::NO_HISTORY))?;
            }
            self.lines
                .write(&format!("\n{}", report::current_node(session, &initial.entry_point, self.audience, &blanks)))?;
            let answers = session.allowed_answers();
            let prompt = strings::plain_prompt(&answers, session.outcome().is_some());
            let Some(line) = self.lines.ask(&prompt)? else { return Ok(Navigation::Quit) };
            match line.as_str() {
                "" => {}
                "?" | "h" | "help" => self.lines.write(strings::PLAIN_FLOW_HELP)?,
                "q" => {
                    self.recorder.record(None);
                    return Ok(Navigation::Quit);
                }
                "s" => {
                    self.recorder.record(None);
                    return Ok(Navigation::Search);
                }
                "R" => session.restart(),
                "r" => self.switch_audience()?,
                "t" => {
                    let mut case = case;
                    self.messages(session, &mut case)?;
                    blanks = case.blanks;
                }
                "f" if case::blanks(session).is_empty() => self.lines.print_wrapped(strings::NOTHING_TO_FILL)?,
                "f" => self.fill_in(session, &mut blanks, true)?,
                "T" if is_started => {
                    let (day, took) = self.recorder.times(key);
                    self.lines.write(&format!("\n{}\n", case::markdown(&case, &day, &took)))?;
                }
                "T" => self.lines.print_wrapped(strings::NO_SUMMARY)?,
                "p" => {
                    if let Some(why) = case::hold_blocker(is_started.then_some(&case), self.recorder.is_enabled()) {
                        self.lines.print_wrapped(why)?;
                        continue;
                    }
                    self.recorder.record(Some((key, Case { status: CaseStatus::OnHold, ..case })));
                    // End the case for the recorder, so that the next answer starts a new case.
                    self.recorder.record(None);
                    self.lines.print_wrapped(strings::on_hold(self.recorder.number(key)))?;
                    return Ok(Navigation::Search);
                }
                "d" if session.node().is_some_and(Node::is_end) => return Ok(Navigation::NewError),
                "w" => {
                    let (name, text) = report::full_text(session, self.audience, &initial.entry_point, &blanks);
                    self.lines.write(&format!("{}\n", files::save_report(&name, &text)))?;
                }
                "b" => {
                    if session.undo(1) == 0 {
                        return Ok(Navigation::Back);
                    }
                }
                line => {
                    let answer = session
                        .node()
                        .and_then(|node| Answer::parse(line, &node.kind))
                        .filter(|answer| answers.contains(answer));
                    match answer {
                        Some(answer) => session.answer(answer).map_err(io::Error::other)?,
                        None => self.lines.print_wrapped(strings::PLAIN_NOT_AN_ANSWER)?,
                    }
                }
            }
        }
    }

    /// Switches between user view and helpdesk view, and saves the choice in the settings.
    fn switch_audience(&mut self) -> io::Result<()> {
        self.audience = self.audience.other();
        self.lines.print_wrapped(self.audience.switched())?;
        if settings::save_audience(self.audience) {
            Ok(())
        } else {
            self.lines.print_wrapped(strings::SETTING_NOT_SAVED)
        }
    }

    /// Asks for the blanks without a value, and prints the messages to send.
    fn messages(&mut self, session: &FlowSession, case: &mut Case) -> io::Result<()> {
        if case::handover_messages(session, self.audience, case).is_empty() {
            let is_question = session.node().is_some_and(|node| !node.is_end());
            let why = if is_question { strings::PLAIN_NO_MESSAGES } else { strings::NOTHING_TO_SEND };
            return self.lines.print_wrapped(why);
        }
        self.fill_in(session, &mut case.blanks, false)?;
        for message in case::handover_messages(session, self.audience, case) {
            let contact = message.contact.map(|contact| format!(" <{contact}>")).unwrap_or_default();
            self.lines.write(&format!("\n---- {} {}{contact}\n{}----\n", strings::TO, message.to, message.text))?;
        }
        Ok(())
    }

    /// Asks for the blanks without a value. If `again` is true, also asks for the blanks with a value. Empty input leaves a
    /// value unchanged.
    fn fill_in(&mut self, session: &FlowSession, blanks: &mut Blanks, again: bool) -> io::Result<()> {
        for blank in case::blanks(session) {
            let known = blanks.get(blank.as_str());
            if known.is_none() || again {
                let typed = self
                    .lines
                    .ask(&strings::plain_blank(
                        &case::label(session, &blank, self.audience.voice()),
                        known.map(String::as_str),
                    ))?
                    .unwrap_or_default();
                if !typed.is_empty() {
                    let form = case::input_form(session, &blank);
                    if !form.accepts(&typed) {
                        self.lines.print_wrapped(strings::unlikely(form))?;
                    }
                    blanks.insert(blank.to_string(), typed);
                }
            }
        }
        Ok(())
    }
}
