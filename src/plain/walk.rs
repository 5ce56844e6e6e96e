//! Walking a flow, and the messages that hand its case over.

use std::io;

use super::Plain;
use crate::case::{self, Blanks, Case, Standing};
use crate::files;
use crate::handout;
use crate::kb::Node;
use crate::settings;
use crate::wizard::{Answer, Walk};
use crate::words;

/// Where to go after a walk.
pub(super) enum Then {
    /// To the search, for the next error.
    Search,
    /// To the search, for another message of the same case.
    Different,
    /// To where it came from: nothing is answered in it any more.
    Back,
    /// Out of the program.
    Quit,
}

impl Plain<'_> {
    /// Walks a flow: says where it stands, takes an answer, and goes on.
    pub(super) fn walk(&mut self, walk: &mut Walk) -> io::Result<Then> {
        let (key, begun) = self.keeper.begin();
        let mut blanks = begun.blanks.clone();
        let (earlier, steps) = begun.past();
        let ticked = begun.ticked(walk.kb());
        let mut is_begun = !begun.walk.article.is_empty();
        loop {
            let is_done = |at, step| ticked.contains(&(at, step));
            let case = Case::of(walk, begun.found.clone(), blanks.clone(), is_done).behind(earlier, steps);
            let case = Case { lost: begun.lost.clone(), before: begun.before.clone(), ..case };
            is_begun |= walk.trail().iter().any(|entry| !entry.known);
            if is_begun {
                self.keeper.keep(Some((key, case.clone())));
            }
            if let Some(failure) = self.keeper.failure() {
                self.lines.say(format!("{}: {failure}", words::NO_HISTORY))?;
            }
            self.lines.write(&format!("\n{}", handout::describe(walk, self.audience)))?;
            let answers = walk.possible();
            let prompt = words::plain_prompt(&answers, walk.outcome().is_some());
            let Some(line) = self.lines.ask(&prompt)? else { return Ok(Then::Quit) };
            match line.as_str() {
                "" => {}
                "?" | "h" | "help" => self.lines.write(words::PLAIN_WALK_HELP)?,
                "q" => {
                    self.keeper.keep(None);
                    return Ok(Then::Quit);
                }
                "s" => {
                    self.keeper.keep(None);
                    return Ok(Then::Search);
                }
                "R" => walk.restart(),
                "r" => self.switch_audience()?,
                "t" => {
                    let mut case = case;
                    self.messages(walk, &mut case)?;
                    blanks = case.blanks;
                }
                "f" if case::blanks(walk).is_empty() => self.lines.say(words::NOTHING_TO_FILL)?,
                "f" => self.fill_in(walk, &mut blanks, true)?,
                "T" if is_begun => {
                    let (day, took) = self.keeper.times(key);
                    self.lines.write(&format!("\n{}\n", case::markdown(&case, &day, &took)))?;
                }
                "T" => self.lines.say(words::NO_TICKET)?,
                "p" => {
                    if let Some(why) = case::stays(is_begun.then_some(&case), self.keeper.is_keeping()) {
                        self.lines.say(why)?;
                        continue;
                    }
                    self.keeper.keep(Some((key, Case { standing: Standing::Waiting, ..case })));
                    // Nobody is at it any more: what comes next is another case.
                    self.keeper.keep(None);
                    self.lines.say(words::put_aside(self.keeper.number(key)))?;
                    return Ok(Then::Search);
                }
                "d" if walk.node().is_some_and(Node::is_end) => return Ok(Then::Different),
                "w" => {
                    let (name, text) = handout::whole(walk, self.audience);
                    self.lines.write(&format!("{}\n", files::saved(&name, &text)))?;
                }
                "b" => {
                    if walk.back(1) == 0 {
                        return Ok(Then::Back);
                    }
                }
                line => {
                    let answer = walk
                        .node()
                        .and_then(|node| Answer::parse(line, &node.kind))
                        .filter(|answer| answers.contains(answer));
                    match answer {
                        Some(answer) => walk.answer(answer).map_err(io::Error::other)?,
                        None => self.lines.say(words::PLAIN_NOT_AN_ANSWER)?,
                    }
                }
            }
        }
    }

    /// Speaks to the other kind of reader, and remembers it.
    fn switch_audience(&mut self) -> io::Result<()> {
        self.audience = self.audience.other();
        self.lines.say(self.audience.switched())?;
        if settings::remember(self.audience) { Ok(()) } else { self.lines.say(words::NOT_REMEMBERED) }
    }

    /// Asks for what is still blank, and says the messages that hand the case over.
    fn messages(&mut self, walk: &Walk, case: &mut Case) -> io::Result<()> {
        if case::letters(walk, self.audience, case).is_empty() {
            return self.lines.say(words::PLAIN_NO_MESSAGES);
        }
        self.fill_in(walk, &mut case.blanks, false)?;
        for letter in case::letters(walk, self.audience, case) {
            let contact = letter.contact.map(|contact| format!(" <{contact}>")).unwrap_or_default();
            self.lines.write(&format!("\n---- {} {}{contact}\n{}----\n", words::TO, letter.to, letter.text))?;
        }
        Ok(())
    }

    /// Asks for what is blank; `again` asks for what is filled in as well.
    fn fill_in(&mut self, walk: &Walk, blanks: &mut Blanks, again: bool) -> io::Result<()> {
        for blank in case::blanks(walk) {
            let known = blanks.get(blank.as_str());
            if known.is_none() || again {
                let typed = self.lines.ask(&words::plain_blank(&blank, known.map(String::as_str)))?.unwrap_or_default();
                if !typed.is_empty() {
                    blanks.insert(blank.to_string(), typed);
                }
            }
        }
        Ok(())
    }
}
