//! The same wizard, line by line: for pipes, screen readers and terminals that can do no more. No colors, no boxes, no cursor
//! movement; everything is said in words and every choice has a letter or a number.

use std::io;

use crate::case::{Blanks, Case, Found};
use crate::handout;
use crate::history::Keeper;
use crate::kb::Finding;
use crate::search::Search;
use crate::text::Clean;
use crate::wizard::Walk;
use crate::words::{self, Audience};

mod find;
mod lines;
mod tell;
mod walk;

pub use lines::Lines;
pub(crate) use lines::{LONGEST_INPUT, line};
pub use tell::{describe_inquiry, tell_apart};

use find::{Choice, Chosen};
use walk::Then;

/// The wizard line by line: where its lines come from and go to, and who is at it.
pub struct Plain<'a> {
    lines: Lines<'a>,
    search: &'a Search,
    audience: Audience,
    keeper: &'a mut Keeper,
}

/// A walk whose case goes on with another message.
#[derive(Clone)]
struct Earlier {
    walk: Walk,
    case: Case,
}

impl<'a> Plain<'a> {
    /// What is kept of the cases, the keeper keeps.
    #[must_use]
    pub fn new(lines: Lines<'a>, search: &'a Search, audience: Audience, keeper: &'a mut Keeper) -> Self {
        Self { lines, search, audience, keeper }
    }

    /// The whole wizard: search, choose, walk, and again, until the input ends or somebody quits.
    ///
    /// # Errors
    /// When the input cannot be read or the output cannot be written.
    pub fn wizard(mut self, query: &Clean, findings: &[Finding]) -> io::Result<()> {
        if let Some(first) = findings.first() {
            self.lines.say(words::broken(first, findings.len() - 1))?;
        }
        if let Some(kept) = self.keeper.interrupted(self.search.kb()) {
            let how = words::resume(kept.id);
            self.lines.say(words::interrupted(&kept.case.message, kept.case.answers.len(), &how))?;
        }
        self.look_for(query, None)
    }

    /// The same from a walk on: through its flow, and then to the search, or to another message of the same case.
    ///
    /// # Errors
    /// When the input cannot be read or the output cannot be written.
    pub fn go_on(mut self, mut from: Walk) -> io::Result<()> {
        self.lines.write(&handout::heading(&from))?;
        let earlier = match self.walk(&mut from)? {
            Then::Quit => return Ok(()),
            Then::Search => None,
            Then::Back => {
                self.keeper.keep(None);
                None
            }
            Then::Different => Some(self.earlier(from)),
        };
        self.look_for(&Clean::default(), earlier)
    }

    /// Looks for errors and walks their flows. `earlier` is a walk whose case goes on with another message.
    fn look_for(&mut self, query: &Clean, mut earlier: Option<Earlier>) -> io::Result<()> {
        let mut query = Some(query.clone()).filter(|query| !query.is_empty());
        loop {
            if earlier.is_some() {
                self.lines.say(words::WHAT_NOW)?;
            }
            let choice = self.choose(query.take(), earlier.is_some())?;
            let mut came_from = None;
            let mut next = match (choice, earlier.take()) {
                (Choice::Leave, _) => return Ok(()),
                (Choice::Back, None) => continue,
                (Choice::Back, Some(earlier)) => {
                    self.keeper.same_case(earlier.case);
                    earlier.walk
                }
                (Choice::Article(chosen), None) => {
                    self.keeper.begin_with(Case { found: chosen.found, lost: chosen.lost, ..Case::default() });
                    Walk::new(self.search.kb().clone(), chosen.article, chosen.known)
                }
                (Choice::Article(chosen), Some(earlier)) => {
                    came_from = Some(&earlier).filter(|earlier| earlier.walk.article() != chosen.article).cloned();
                    self.with_another_message(earlier, chosen)?
                }
            };
            self.lines.write(&format!("\n{}", handout::heading(&next)))?;
            match self.walk(&mut next)? {
                Then::Quit => return Ok(()),
                Then::Search => {}
                Then::Different => earlier = Some(self.earlier(next)),
                // Who has answered nothing has chosen wrongly: the case goes on from where it came.
                Then::Back => match came_from {
                    Some(before) => {
                        self.keeper.correct(&before.case);
                        earlier = Some(before);
                    }
                    None => self.keeper.keep(None),
                },
            }
        }
    }

    /// The case of a walk goes on with the article of another message. Where it is the same one, what was done has not helped.
    fn with_another_message(&mut self, earlier: Earlier, chosen: Chosen) -> io::Result<Walk> {
        let Earlier { mut walk, mut case } = earlier;
        case.lost.extend(chosen.lost);
        if walk.article() == chosen.article {
            self.lines.say(words::SAME_AGAIN)?;
            walk.did_not_help();
            self.keeper.same_case(case);
            return Ok(walk);
        }
        let told = Walk::new(self.search.kb().clone(), chosen.article, chosen.known).all_known();
        let known = walk.all_known().into_iter().chain(told).collect();
        case.before.push(case.walk.article.clone());
        self.keeper.same_case(case.passed());
        Ok(Walk::new(self.search.kb().clone(), chosen.article, known))
    }

    /// A walk, with the case that is kept of it, or else what the walk says.
    fn earlier(&self, walk: Walk) -> Earlier {
        let said = || Case::of(&walk, Found::default(), Blanks::new(), |_, _| false);
        Earlier { case: self.keeper.present().unwrap_or_else(said), walk }
    }
}
