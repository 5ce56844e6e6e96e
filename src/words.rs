//! What the wizard says of its own, in one place: short, plain, and in the words of the knowledge base. What is wrong with a file or a
//! command is said where it is found.

pub mod letter;
pub mod new;
pub mod stats;
pub mod ticket;

use jiff::Timestamp;

use crate::kb::{Actor, Finding, NodeKind, Question, Ways};
use crate::text::{self, Clean};
use crate::wizard::{Answer, Left};

/// What stands in the empty search field.
pub const TYPE_HERE: &str = "Type, paste or half-remember the error message";
/// Nothing was found.
pub const NOTHING_FOUND: &str = "No error here fits that.";
/// What can be done then.
pub const NOTHING_FOUND_WAYS: &str = "Try other words; Esc shows all errors; Ctrl-T finds it by questions.";
/// Where the vendor lists more.
pub const MORE_ERRORS: &str = "More errors:";
/// Several articles could be it.
pub const COULD_BE: &str = "It could be any of these:";
/// The same where others stand below, without a mark.
pub const COULD_BE_MARKED: &str = "It could be any of those with a star:";
/// In front of the clue that parts them.
pub const TELL_APART: &str = "To tell them apart:";
/// Head of the list when nothing is typed.
pub const ALL_ERRORS: &str = "All errors";
/// What can be done when nothing can be typed.
pub const NO_MESSAGE: &str = "No message at hand? Ctrl-T asks you.";
/// Head of what a search found besides, line by line.
pub const LESS_LIKELY: &str = "Less likely:";
/// Head of the list after a search.
pub const FOUND: &str = "Found";
/// Mark in front of a hint.
pub const HINT: &str = "How to find out:";
/// Mark in front of what must be known first.
pub const CAUTION: &str = "Careful:";
/// The question under a solution.
pub const DID_IT_HELP: &str = "Did that solve it?";
/// The head of a solution.
pub const SOLUTION: &str = "What to do";
/// The head of an escalation.
pub const ESCALATION: &str = "Who takes over from here";
/// In front of an escalation's address.
pub const CONTACT: &str = "Write to:";
/// In front of what an escalation needs.
pub const BRING: &str = "Have this ready for them:";
/// The head of a solved case.
pub const SOLVED: &str = "Solved.";
/// What can be done at an end.
pub const SOLVED_NEXT: &str = "Good. Enter starts with the next error.";
/// The head of the trail.
pub const TRAIL: &str = "Answered so far";
/// An answer that a clue had already told.
pub const KNOWN_ALREADY: &str = "(known already)";
/// Why an article was found, where its message does not show it.
pub const WHY_CODE: &str = "code";
/// The same, for what describes it.
pub const WHY_DESCRIBED: &str = "found by what describes it";
/// Wordings of a message.
pub const ALSO_SEEN_AS: &str = "Also seen as:";
/// Codes of an error.
pub const CODES: &str = "Codes:";
/// Sources of an article.
pub const SOURCES: &str = "From:";
/// The terminal is too small.
pub const TOO_SMALL: &str = "A little more room, please: 40 columns and 12 lines will do.";
/// Behind an answer that only the new version asks for.
pub const NEWLY_ASKED: &str = " (new question)";
/// Behind an answer that only the old version asked for.
pub const NO_LONGER_ASKED: &str = " (no longer asked here)";
/// In front of whom a message is for.
pub const TO: &str = "To:";
/// The title of the messages.
pub const LETTERS_TITLE: &str = "Messages";
/// The head of their keys.
pub const KEYS_LETTERS: &str = "Messages to send";
/// The head of the keys while something is filled in.
pub const KEYS_BLANK: &str = "Filling in";
/// There is no blank.
pub const NOTHING_TO_FILL: &str = "There is nothing to fill in.";
/// There is no case to go on with.
pub const NOTHING_TO_GO_ON: &str = "No case was interrupted. `unstuck cases` lists all of them.";
/// Another message is on the screen.
pub const WHAT_NOW: &str = "What does the screen say now? The case goes on with it; what was answered still holds.";
/// The same, while it is looked for.
pub const CASE_GOES_ON: &str = "The case goes on with another message; Esc leads back to it.";
/// The same, while something is typed.
pub const CASE_GOES_ON_TYPING: &str =
    "The case goes on with another message; Esc empties the field, and once more leads back to the case.";
/// The same message again.
pub const SAME_AGAIN: &str = "The same error once more: what was done has not helped.";
/// Nobody sits at the terminal any more.
pub const HUNG_UP: &str = "the terminal has gone away";
/// There is no case yet.
pub const NO_TICKET: &str = "There is no ticket yet: answer a question first.";
/// Nothing has been answered that could be put aside.
pub const NOTHING_TO_PUT_ASIDE: &str = "There is nothing to put aside yet: answer a question or tick a step first.";
/// A case is put aside.
pub const PUT_ASIDE: &str = "Put aside.";
/// It was, under its number; without one, it could not be kept.
#[must_use]
pub fn put_aside(number: Option<i64>) -> String {
    match number {
        Some(number) => format!("Put aside as case {number}. `unstuck cases resume {number}` goes on with it."),
        None => NOT_KEPT.to_owned(),
    }
}
/// It cannot be put aside.
pub const NOT_KEPT: &str = "It cannot be put aside: cases are not kept this time.";
/// There is nothing to wait for.
pub const SOLVED_ALREADY: &str = "It is solved: there is nothing to wait for. d goes on with another message.";
/// A case is taken up elsewhere.
pub const TAKEN: &str = "Another window is at this case. What is done here is a case of its own.";
/// What was copied has blanks.
pub(crate) const COPIED_WITH_BLANKS: &str = "Copied, with blanks that are still open: f fills them in.";
/// There are no messages at a question.
pub const PLAIN_NO_MESSAGES: &str = "There is nothing to send yet: answer the question first.";
/// Cases are kept.
pub const KEPT_FROM_NOW: &str = "Cases are kept from now on.";
/// Cases are not kept.
pub const NOT_KEPT_FROM_NOW: &str = "No case is kept from now on. Those that are there stay until they are deleted.";
/// There is no case.
pub const NO_CASES: &str = "No case has been kept yet.";
/// There is no history.
pub const NO_HISTORY: &str = "Cases are not kept this time";
/// What is watched has changed.
pub const RELOADED: &str = "Read again.";
/// The same, where what was open is gone.
pub const RELOADED_WITHOUT: &str = "Read again. The article that was open is gone.";
/// What is shown while there is a mistake.
const STAYS: &str = "Until it is mended, the last good version stays.";
/// Esc in an empty search field.
pub const HOW_TO_QUIT: &str = "To leave, press Ctrl-C.";
/// Leaving in the middle of a walk.
pub const LEAVE_AGAIN: &str = "q once more leaves this case. s looks for another error.";
/// Leaving for another error in the middle of a walk.
pub const ANOTHER_AGAIN: &str = "s once more leaves this case, unfinished, for another error. Esc goes back in it.";
/// The title of the help.
pub const HELP_TITLE: &str = "Keys";
/// Keys of the search field.
pub const KEYS_FIELD: &str = "While you type";
/// Keys of the list.
pub const KEYS_LIST: &str = "In the list of errors";
/// Keys of a question.
pub const KEYS_QUESTION: &str = "At a question";
/// Keys of a solution.
pub const KEYS_SOLUTION: &str = "At a solution";
/// Keys of an end.
pub const KEYS_END: &str = "At the end";
/// Keys of the map.
pub const KEYS_MAP: &str = "In the map";
/// The title of the map.
pub const MAP_TITLE: &str = "Map";
/// In the map: a node that is shown elsewhere with what follows from it.
pub const SHOWN_ELSEWHERE: &str = "(shown elsewhere)";
/// In the map: where the walk stands.
pub const HERE: &str = "(you are here)";
/// A key that needs an answered question.
pub const NOT_ANSWERED: &str = "Only a question that has been answered can be changed.";
/// A key that needs a link.
pub const NO_LINK: &str = "There is no link here.";
/// A key that needs a step.
pub const NO_STEP: &str = "Space ticks a step of a solution.";
/// The same where there are things to have ready.
pub const FILLED_IN_THERE: &str = "What to have ready is filled in on the screen of the messages: t, then f.";
/// A text was sent to the clipboard.
pub(crate) const COPIED: &str =
    "Sent to your terminal to copy. If pasting brings nothing, it does not take it: w saves a file.";
/// The same of a ticket, in front.
pub(crate) const THE_TICKET: &str = "The ticket, as Markdown:";
/// A text could not be sent.
pub const NOT_COPIED: &str = "Your terminal could not be written to. w saves it to a file.";
/// A text has lines, which a shell would run.
pub(crate) const NOT_FOR_A_SHELL: &str = "Not for a shell: it would run each line.";
/// A link was opened.
pub const OPENED: &str = "Sent to your browser:";
/// A link could not be opened.
pub const NOT_OPENED: &str = "No browser opens from here. The link:";
/// A setting is not kept.
pub const NOT_REMEMBERED: &str = "It holds until you leave: the settings folder cannot be written to.";
/// Keys of the help.
pub const KEYS_HELP: &str = "In this help";
/// The first question of an article, in its preview.
pub const FIRST_QUESTION: &str = "First question:";
/// The key of that button.
pub const ENTER: &str = "Enter";
/// The button at an end.
pub const NEXT_ERROR: &str = "Next error";
/// More lines below.
pub const MORE_BELOW: &str = "more below";
/// More lines above.
pub const MORE_ABOVE: &str = "more above";

/// An answer as it is offered and shown.
#[must_use]
pub fn answer(answer: Answer) -> &'static str {
    match answer {
        Answer::Yes => "Yes",
        Answer::No => "No",
        Answer::Unsure => "Not sure",
        Answer::Choice(_) => "",
        Answer::Solved => "Yes, solved",
        Answer::NotSolved => "No, it did not help",
    }
}

/// A number of things: `1 article`, `2 articles`.
#[must_use]
pub fn count(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

/// Which of several things is shown.
#[must_use]
pub fn nth_of(nth: usize, all: usize) -> String {
    if all < 2 { String::new() } else { format!("({nth} of {all})") }
}

/// The command that goes on with a case.
#[must_use]
pub fn resume(id: i64) -> String {
    format!("`unstuck cases resume {id}`")
}

/// Offers a case that was interrupted.
#[must_use]
pub fn interrupted(message: &str, answers: usize, how: &str) -> String {
    let message = text::truncate(message, 60);
    format!("A case was interrupted: \"{message}\", {}. {how} goes on with it.", count(answers, "answer"))
}

/// Asks for a blank, line by line.
#[must_use]
pub fn plain_blank(blank: &str, known: Option<&str>) -> String {
    match known {
        None => format!("{blank}? (Enter leaves it open)"),
        Some(known) => format!("{blank}? (Enter keeps \"{known}\")"),
    }
}

/// How many cases were deleted.
#[must_use]
pub fn deleted(cases: usize) -> String {
    format!("{} deleted.", count(cases, "case"))
}

/// A day and a time, in coordinated universal time.
#[must_use]
pub fn day(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M UTC").to_string()
}

/// How long something took, in words.
#[must_use]
pub fn took(seconds: i64) -> String {
    match seconds {
        ..60 => format!("{} s", seconds.max(0)),
        60..3600 => format!("{} min", seconds / 60),
        3600..86_400 => format!("{} h {} min", seconds / 3600, seconds / 60 % 60),
        _ => count(usize::try_from(seconds / 86_400).unwrap_or(usize::MAX), "day"),
    }
}

/// A question, or the head line of a solution, in front of its answer.
#[must_use]
pub fn asked(question: &str) -> String {
    let mark = if question.ends_with('?') { "" } else { ":" };
    format!("{question}{mark}")
}

/// The same with its answer.
#[must_use]
pub fn answered(question: &str, answer: &str) -> String {
    format!("{} {answer}", asked(question))
}

/// An end of a path, in a sentence.
#[must_use]
pub fn end(kind: &str, text: &Clean) -> String {
    match kind {
        "circle" => format!("the same question once more, \"{}\"", text.one_line()),
        kind => format!("the {kind} \"{}\"", text.one_line()),
    }
}

/// An answer as it stands on a way out of a node: the label of a choice, or a word.
#[must_use]
pub fn label(node: &NodeKind, given: Answer) -> String {
    match (node, given) {
        (NodeKind::Question(Question { ways: Ways::Choices { choices, .. }, .. }), Answer::Choice(nth)) => {
            choices.get(nth).map(|(label, _)| label.to_string()).unwrap_or_default()
        }
        _ => answer(given).to_owned(),
    }
}

/// Who is at the keyboard.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Audience {
    /// The person who is locked out.
    #[default]
    User,
    /// Somebody who helps them.
    Helpdesk,
}

impl Audience {
    /// Every audience.
    pub const ALL: &[Self] = &[Self::User, Self::Helpdesk];

    /// Its name on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Helpdesk => "helpdesk",
        }
    }

    /// The audience of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|audience| audience.name() == name)
    }

    /// The other one.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::User => Self::Helpdesk,
            Self::Helpdesk => Self::User,
        }
    }

    /// What is said when it is switched to.
    #[must_use]
    pub fn switched(self) -> &'static str {
        match self {
            Self::User => "Now speaking to the person who is locked out: \"you\".",
            Self::Helpdesk => "Now speaking to the helpdesk: \"the user\".",
        }
    }
}

/// Who does a step, in a word.
#[must_use]
pub fn actor(actor: Actor, audience: Audience) -> &'static str {
    match (actor, audience) {
        (Actor::User, Audience::User) => "You",
        (Actor::User, Audience::Helpdesk) => "User",
        (Actor::Administrator, _) => "Administrator",
        (Actor::Owner, _) => "Owner",
        (Actor::Support, _) => "Support",
    }
}

/// The head of the steps that somebody does, in front of what they do.
#[must_use]
pub fn asked_of(actor: Actor, audience: Audience) -> &'static str {
    match (actor, audience) {
        (Actor::User, Audience::User) => "You:",
        (Actor::User, Audience::Helpdesk) => "Ask the user to:",
        (Actor::Administrator, Audience::User) => "Ask your administrator to:",
        (Actor::Administrator, Audience::Helpdesk) => "Ask an administrator to:",
        (Actor::Owner, _) => "The owner:",
        (Actor::Support, _) => "Customer support:",
    }
}

/// What can be done line by line when nothing was found.
pub const PLAIN_NOTHING_FOUND_WAYS: &str = "Try other words, type a for all errors, or t to find it by questions.";
/// The prompt of the search, line by line. Where a list is shown, a number of it can be typed; where a case goes on with another
/// message, it can be gone back to.
#[must_use]
pub fn plain_search_prompt(is_list: bool, has_case: bool) -> String {
    let number = if is_list { "the number of an error, " } else { "" };
    let back = if has_case { "b to go back to the case, " } else { "" };
    format!(
        "Type the error message, {number}a for all errors, t to find it by questions, {back}? for help, or q to quit:"
    )
}

/// Errors that a list leaves out, line by line.
#[must_use]
pub fn plain_not_listed(others: usize) -> String {
    format!("{} that are not listed; the error message, or words of it, find them", and_others(others))
}

/// In front of the message that a walk is about, line by line.
pub const PLAIN_ERROR: &str = "Error: ";
/// While a knowledge base is read.
pub const READING: &str = "Reading the knowledge base (Ctrl-C leaves)";
/// While a knowledge base is held to its rules.
pub const CHECKING: &str = "Looking for each article by its own words (Ctrl-C leaves)";
/// What can be typed, line by line.
pub const PLAIN_HELP: &str = "\
Type what the screen says, or what happened, in your own words; a few words
are enough. Then type the number of the error that fits, and answer its
questions. The end says who does what, in which order.
  t  find the error by questions    a  list all errors    q  quit
";
/// What can be typed at a question or a solution, line by line.
pub const PLAIN_WALK_HELP: &str = "\
Answer with the letters below; not being sure costs nothing. b goes one step
back, also from the end; R takes back every answer; s looks for another error;
r speaks of \"you\", or of \"the user\"; w writes what stands here to a file; T
gives the case as a ticket; q quits. At a solution or an end: t gives the
messages to send to whoever has something to do, f fills in again what they
leave open; d goes on with another message that is on the screen now; p puts
the case aside until somebody has answered.
";
/// An answer that is none.
pub const PLAIN_NOT_AN_ANSWER: &str = "That is not one of the answers.";

/// One article stands out.
pub const SETTLED: &str = "It is this one:";
/// No clue tells more, or nobody knows more.
pub const NO_CLUE_LEFT: &str = "These are left. Which one is it?";
/// The prompt under a clue, line by line.
pub const PLAIN_CLUE_PROMPT: &str = "y for yes, n for no, u for not sure; or b to go back, q to stop:";
/// The prompt under the candidates that are left, line by line.
pub const PLAIN_CHOOSE_PROMPT: &str = "A number; or b to go back, q to stop:";
/// The head of what the error may still be.
pub const COULD_STILL_BE: &str = "It could still be:";
/// The title of telling apart.
pub const TELLING_APART: &str = "Which error is it?";
/// Keys of telling apart.
pub const KEYS_TELLING: &str = "While telling errors apart";

/// The answers to a clue, each with its key.
#[must_use]
pub fn clue_answers() -> Vec<(String, String)> {
    let answers = [(Answer::Yes, "y"), (Answer::No, "n"), (Answer::Unsure, "u")];
    answers.into_iter().map(|(one, key)| (answer(one).to_owned(), key.to_owned())).collect()
}

/// The head of a clue.
#[must_use]
pub fn clue_number(number: usize) -> String {
    format!("Question {number}, to find out which error it is")
}

/// The head of a question, line by line.
#[must_use]
pub fn question_number(number: usize, left: Left) -> String {
    format!("Question {number} ({})", self::left(left))
}

/// The prompt under a question, a solution or an end, line by line.
#[must_use]
pub fn plain_prompt(answers: &[Answer], ended: bool) -> String {
    if ended {
        return "b to go back, t for the messages to send, d for a different message now, w to save this, s for the next error, ? \
                for more, q to quit:"
            .to_owned();
    }
    let mut ways: Vec<String> = answers
        .iter()
        .filter_map(|answer| match answer {
            Answer::Yes => Some("y for yes".to_owned()),
            Answer::No => Some("n for no".to_owned()),
            Answer::Unsure => Some("u for not sure".to_owned()),
            Answer::Solved => Some("y if it helped".to_owned()),
            Answer::NotSolved => Some("n if it did not".to_owned()),
            Answer::Choice(_) => None,
        })
        .collect();
    if answers.iter().any(|answer| matches!(answer, Answer::Choice(_))) {
        ways.insert(0, "a number".to_owned());
    }
    let is_solution = answers.contains(&Answer::Solved);
    let send = if is_solution { "t for the messages to send, d for a different message now, " } else { "" };
    format!(
        "{}; or {send}b to go back, R to start over, w to save this, s for another error, ? for more, q to quit:",
        ways.join(", ")
    )
}

/// How many questions may still come.
#[must_use]
pub fn left(left: Left) -> String {
    match (left.least, left.most) {
        (0, 0) => "last question".to_owned(),
        (0, 1) => "at most 1 more question".to_owned(),
        (0, most) => format!("at most {most} more questions"),
        (1, 1) => "1 more question".to_owned(),
        (least, most) if least == most => format!("{most} more questions"),
        (least, most) => format!("{least} to {most} more questions"),
    }
}

/// A notice of what is wrong with the knowledge base: what is left out of it, or else what its author should look at.
#[must_use]
pub fn broken(first: &Finding, others: usize) -> String {
    let what = if first.is_error() { "Left out" } else { "Look at" };
    let more = if others == 0 { String::new() } else { format!(", and {others} more") };
    format!("{what}: {}{more}. See: {}", first.summary(), check_of(first))
}

/// The command that shows everything about the knowledge base of a finding.
#[must_use]
pub fn check_of(finding: &Finding) -> String {
    let path = std::path::Path::new(&finding.place.file);
    let folder = path.parent().and_then(std::path::Path::parent).filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.filter(|_| path.extension().is_some());
    folder.map_or("unstuck check".to_owned(), |folder| {
        Clean::new(&format!("unstuck check {}", folder.display())).one_line()
    })
}

/// A mistake in a file that is watched: its place, short enough for a small screen, what is wrong, and the way out.
#[must_use]
pub fn mistake(finding: &Finding) -> String {
    let file = &finding.place.file;
    let short = file.rsplit(['/', '\\']).next().unwrap_or(file);
    let Finding { place, message, help, .. } = finding;
    let stop = if help.ends_with('?') { "" } else { "." };
    Clean::new(&format!("{short}:{}:{}: {message}; {help}{stop} {STAYS}", place.line, place.column)).one_line()
}

/// A number that stands before no entry of the list.
#[must_use]
pub fn no_such_number(entries: usize) -> String {
    format!("The list goes from 1 to {entries}.")
}

/// How many entries of a list stand above and below what is shown; empty where it shows all.
#[must_use]
pub fn more_entries(above: usize, below: usize) -> String {
    match (above, below) {
        (0, 0) => String::new(),
        (0, below) => format!("{below} more below"),
        (above, 0) => format!("{above} more above"),
        (above, below) => format!("{above} above, {below} below"),
    }
}

/// A text was written to a file.
#[must_use]
pub fn saved(path: &str) -> String {
    format!("Saved as {path}")
}

/// A link is about to be opened: all of it, to be read.
#[must_use]
pub fn open_again(link: &str) -> String {
    format!("o once more opens {link}")
}

/// A text was copied.
#[must_use]
pub fn copied(text: &str) -> String {
    let copied = if text.contains(letter::BLANK) { COPIED_WITH_BLANKS } else { COPIED };
    if text.trim_end().contains('\n') { format!("{copied} {NOT_FOR_A_SHELL}") } else { copied.to_owned() }
}

/// A text could not be written to a file.
#[must_use]
pub fn not_saved(reason: &str) -> String {
    format!("Not saved: {reason}")
}

/// How many steps are done.
#[must_use]
pub fn ticked(done: usize, of: usize) -> String {
    if done == of { "all steps done".to_owned() } else { format!("{done} of {of} steps done") }
}

/// What another answer does.
#[must_use]
pub fn dropping(answer: &str, dropped: &[String]) -> String {
    match dropped {
        [] => format!("changes it to {answer}; every other answer is kept"),
        [one] => format!("changes it to {answer}; drops the answer to \"{one}\""),
        [first, ..] => format!("changes it to {answer}; drops {} answers, from \"{first}\" on", dropped.len()),
    }
}

/// A key that does nothing here.
#[must_use]
pub fn no_such_key(key: char) -> String {
    format!("{} does nothing here; ? shows the keys.", Clean::new(&key.to_string()))
}

/// Under a step that cannot be undone: what must be known or at hand first.
#[must_use]
pub fn irreversible(first: &str) -> String {
    format!("Cannot be undone. First: {first}")
}

/// The same when such a step is about to be ticked.
#[must_use]
pub fn confirm(first: &str) -> String {
    format!("Press again if this is so: {first}")
}

/// More than are listed.
#[must_use]
pub fn and_others(others: usize) -> String {
    format!("and {others} more")
}

/// Whom a flow speaks to, and the key that changes it.
#[must_use]
pub fn speaking(audience: Audience) -> &'static str {
    match audience {
        Audience::User => "for you (r)",
        Audience::Helpdesk => "for the helpdesk (r)",
    }
}

/// Clues have led to an article.
#[must_use]
pub fn most_likely(message: &str) -> String {
    format!("Most likely it is this one; if not, Esc goes back to the questions: {message}")
}
