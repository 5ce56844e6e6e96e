//! Sentences of the interface, in one place. Error messages about files and commands are not included: each is defined in the
//! module that reports it.

pub mod handover;
pub mod new;
pub mod stats;
pub mod summary;

use jiff::Timestamp;

use crate::flow::{Answer, RemainingQuestions};
use crate::kb::{Branches, Diagnostic, InputForm, NodeKind, Question, Role};
use crate::text::{self, SanitizedText, Voice};

/// Placeholder in the empty search field.
pub const TYPE_HERE: &str = "Type or paste any part of the error message";
/// Result line if a search has no match.
pub const NO_MATCH: &str = "No matching error found.";
/// Heading after a search without a match, in full-screen mode.
pub const NO_MATCH_TRY_OTHER_WORDS: &str = "No matching error found. Try other words, or:";
/// First entry after a search without a match: leads to the situations.
pub const CHOOSE_WHAT_HAPPENED: &str = "Choose what happened from a list";
/// Heading of the articles that have the most in common with a query that has no match.
pub const NEAREST: &str = "The nearest errors are:";
/// Heading of the situations.
pub const WHAT_HAPPENED: &str = "No error message? What happened?";
/// Last entry of each list.
pub const NONE_OF_THESE: &str = "None of these";
/// Last entry of the situations.
pub const NONE_OF_THESE_ALL_ERRORS: &str = "None of these. Show all errors";
/// Text of the page that follows if no error fits.
pub const NOTHING_FITS: &str = "unstuck doesn't know this problem yet. These places may help:";
/// Label of a contact on the page that follows if no error fits.
pub const CONTACT_OF: &str = "Contact:";
/// Label of the vendor's list of errors.
pub const MORE_ERRORS: &str = "Full list of errors:";
/// Heading of the possible matches in a list without marks.
pub const POSSIBLE_MATCHES: &str = "Which of these is on your screen?";
/// Heading of the possible matches if they are marked `*` in a list with other articles.
pub const POSSIBLE_MATCHES_MARKED: &str = "Several errors match. Which one is on your screen?";
/// Label of the question that separates the possible matches by the words in the message.
pub const NARROW_DOWN: &str = "To narrow it down:";
/// Heading of the list of all errors.
pub const ALL_ERRORS: &str = "All errors";
/// Heading of the matches that are less likely than the possible matches, in plain mode.
pub const LESS_LIKELY: &str = "Less likely:";
/// Heading of the matches of a search.
pub const MATCHES: &str = "Matches";
/// Label of a hint.
pub const HINT: &str = "Hint:";
/// Label of a caution.
pub const CAUTION: &str = "Warning:";
/// Question after the steps of a solution.
pub const DID_IT_HELP: &str = "Did that solve it?";
/// Heading of a solution.
pub const SOLUTION: &str = "What to do";
/// Heading of an escalation.
pub const ESCALATION: &str = "Who to contact next";
/// Label of an escalation's contact.
pub const CONTACT: &str = "Contact:";
/// Heading of the details that an escalation's contact needs.
pub const BRING: &str = "Have this ready:";
/// Heading of a solved case.
pub const SOLVED: &str = "Solved.";
/// Next step in a solved case.
pub const SOLVED_NEXT: &str = "Great! Press q to quit, or Enter to search for another error.";
/// Heading of the advice after a solved case.
pub const PREVENTION: &str = "So that it doesn't happen again:";
/// Heading of the answers so far.
pub const ANSWERS_SO_FAR: &str = "Answers so far";
/// Mark of an answer to a question that was not asked, because its fact was already known.
pub const ALREADY_ANSWERED: &str = "(already known)";
/// Label of the code that matched the query.
pub const WHY_CODE: &str = "code";
/// Label of a match whose keywords or description matched the query.
pub const WHY_DESCRIBED: &str = "matches the description";
/// Label of an article's other wordings.
pub const ALSO_SEEN_AS: &str = "Also seen as:";
/// Label of an article's codes.
pub const CODES: &str = "Codes:";
/// Label of a link to learn more.
pub const SEE_ALSO: &str = "See also:";
/// Label of an article's sources.
pub const SOURCES: &str = "Sources:";
/// Text in place of the interface if the terminal is too small.
pub const TOO_SMALL: &str = "Terminal too small. Enlarge it to at least 40 columns by 12 lines.";
/// Mark after an answer on a changed path: only the new version asks the question.
pub const NEWLY_ASKED: &str = " (new question)";
/// Mark after an answer on a changed path: only the old version asks the question.
pub const NO_LONGER_ASKED: &str = " (question no longer asked)";
/// Label of the recipient of a message to send.
pub const TO: &str = "To:";
/// Title of the screen with the messages to send.
pub const HANDOVER_TITLE: &str = "Messages";
/// Heading of the keys for messages to send.
pub const KEYS_HANDOVER: &str = "Messages to send";
/// Heading of the keys while filling in a blank.
pub const KEYS_BLANK: &str = "Filling in a blank";
/// Notice if there is no blank.
pub const NOTHING_TO_FILL: &str = "There is nothing to fill in.";
/// Notice if there is no case to resume.
pub const NOTHING_TO_RESUME: &str = "There is no interrupted case to resume. To list all cases, run `unstuck cases`.";
/// Prompt of the search after the user reports a new error.
pub const WHAT_NOW: &str = "Which error do you see now? Search for it. This case continues, and your answers are kept.";
/// Status line of the search for a new error if the field is empty.
pub const NEW_ERROR: &str = "Search for the new error, or press Esc to go back to the case.";
/// Status line of the search for a new error if the field contains text.
pub const NEW_ERROR_TYPING: &str =
    "Search for the new error. Press Esc to clear the field, and again to go back to the case.";
/// Notice if the new error is the error of the current article.
pub const SAME_ERROR: &str = "You see the same error as before, so the last solution didn't help.";
/// Text of the I/O error if the terminal was closed.
pub const TERMINAL_CLOSED: &str = "the terminal was closed";
/// Notice if there is no case to summarize.
pub const NO_SUMMARY: &str = "There is no case summary yet. Answer a question first.";
/// Reason why a case can't be put on hold: nothing was answered or ticked.
pub const NOTHING_TO_HOLD: &str = "Nothing to put on hold yet. Answer a question or tick a step first.";
/// Notice after a case was put on hold, until its number is known.
pub const ON_HOLD: &str = "Case put on hold.";
/// Returns the notice after a case was put on hold. `number` is `None` if the case could not be saved.
#[must_use]
pub fn on_hold(number: Option<i64>) -> String {
    match number {
        Some(number) => format!("Case {number} is on hold. To resume it, run `unstuck cases resume {number}`."),
        None => HOLD_NEEDS_SAVING.to_owned(),
    }
}
/// Reason why a case can't be put on hold: cases are not saved.
pub const HOLD_NEEDS_SAVING: &str = "Can't put this case on hold: cases aren't being saved in this session.";
/// Reason why a case can't be put on hold: it is solved.
pub const SOLVED_ALREADY: &str = "This case is already solved. To continue it with a new error, press d.";
/// Notice after resuming a case that is open in another process.
pub const OPEN_ELSEWHERE: &str = "This case is open in another window. What you do here is saved as a separate case.";
/// Notice after copying a text with empty blanks.
pub(crate) const COPIED_WITH_BLANKS: &str = "Copied, but some blanks are still empty. Press f to fill them in.";
/// Notice if the user does all the steps, so that there is no message to send.
pub const NOTHING_TO_SEND: &str = "There is nothing to send: you can do all these steps yourself.";
/// Notice after `t` at a question, in plain mode. A question has no messages to send.
pub const PLAIN_NO_MESSAGES: &str = "Nothing to send yet. Answer the question first.";
/// Confirmation of `unstuck cases keep on`.
pub const SAVING_ON: &str = "Cases will be saved from now on.";
/// Confirmation of `unstuck cases keep off`.
pub const SAVING_OFF: &str = "New cases won't be saved. Existing cases stay until you delete them.";
/// Notice if the history has no cases.
pub const NO_CASES: &str = "No saved cases yet.";
/// Label of the reason why cases can't be saved.
pub const NO_HISTORY: &str = "Cases are not being saved";
/// Notice after the watched files were loaded again.
pub const RELOADED: &str = "Reloaded.";
/// Notice after loading the files again if the open article no longer exists.
pub const RELOADED_WITHOUT: &str = "Reloaded. The article you had open no longer exists.";
/// Last sentence of the notice about an error in a watched file.
const LAST_VALID_SHOWN: &str = "Showing the last valid version until you fix it.";
/// Notice after Esc in an empty search field.
pub const HOW_TO_QUIT: &str = "To quit, press Ctrl-C.";
/// Confirmation prompt before quitting with a case in progress.
pub const CONFIRM_QUIT: &str = "Press q again to quit. If you do, this case ends as unfinished.";
/// Confirmation prompt before a new search with a case in progress.
pub const CONFIRM_NEW_SEARCH: &str = "Press s again to start a new search. If you do, this case ends as unfinished.";
/// Title of the help.
pub const HELP_TITLE: &str = "Keyboard shortcuts";
/// Heading of the keys in the search field.
pub const KEYS_FIELD: &str = "While you type";
/// Heading of the keys in the list of errors.
pub const KEYS_LIST: &str = "In the list of errors";
/// Heading of the keys at a question.
pub const KEYS_QUESTION: &str = "At a question";
/// Heading of the keys at a solution.
pub const KEYS_SOLUTION: &str = "At a solution";
/// Heading of the keys after an outcome.
pub const KEYS_END: &str = "At the end of a case";
/// Heading of the keys in the map.
pub const KEYS_MAP: &str = "In the map";
/// Title of the map.
pub const MAP_TITLE: &str = "Map";
/// In the map, the mark of a node whose branches are shown in another row.
pub const SHOWN_ELSEWHERE: &str = "(shown elsewhere)";
/// In the map, the mark of the current node.
pub const HERE: &str = "(you are here)";
/// Notice after a key in the map that works only on an answered question.
pub const NOT_ANSWERED: &str = "You can only change an answer you've already given.";
/// Notice if the screen has no link to open.
pub const NO_LINK: &str = "There is no link on this screen.";
/// Notice if the screen has no step to tick.
pub const NO_STEP: &str = "There is no step to tick here.";
/// Notice after Space at an escalation. Explains how to fill in the details.
pub const FILL_IN_DETAILS: &str = "To fill in these details, press t, then f.";
/// Notice after a text was copied.
pub(crate) const COPIED: &str =
    "Copied through your terminal. If pasting doesn't work, press w to save a file instead.";
/// Notice after a case summary was copied.
pub(crate) const SUMMARY_COPIED: &str = "Case summary copied through your terminal (Markdown). If pasting doesn't work, quit and run `unstuck cases show NUMBER`.";
/// Notice if a case summary could not be copied.
pub(crate) const SUMMARY_NOT_COPIED: &str =
    "Couldn't copy the case summary. To print it, quit and run `unstuck cases show NUMBER`.";
/// Notice if a text could not be copied.
pub const NOT_COPIED: &str = "Couldn't copy. Press w to save a file instead.";
/// Label of a link that was opened.
pub const OPENED: &str = "Opening in your browser:";
/// Label of a link that could not be opened.
pub const NOT_OPENED: &str = "Couldn't open a browser. Open this link yourself:";
/// Notice if a setting could not be saved.
pub const SETTING_NOT_SAVED: &str = "Changed for this session only: the settings folder isn't writable.";
/// Heading of the keys in the help.
pub const KEYS_HELP: &str = "In this help";
/// Label of the first question in the preview of an article.
pub const FIRST_QUESTION: &str = "First question:";
/// Name of the Enter key on a button.
pub const ENTER: &str = "Enter";
/// Label of the button after an outcome.
pub const NEXT_ERROR: &str = "New search";
/// Mark of text below the visible part.
pub const MORE_BELOW: &str = "more below";
/// Mark of text above the visible part.
pub const MORE_ABOVE: &str = "more above";

/// Returns an answer as it is offered and shown; empty for a choice, which has its own label.
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

/// Returns a number with its noun, which gets an `s` unless the number is 1: `1 article`, `2 articles`.
#[must_use]
pub fn count(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

/// Returns the position in a group, such as `(2 of 3)`; empty if the group has fewer than two members. `nth` is counted from 1.
#[must_use]
pub fn nth_of(nth: usize, all: usize) -> String {
    if all < 2 { String::new() } else { format!("({nth} of {all})") }
}

/// Returns the command that resumes a case, in backticks.
#[must_use]
pub fn resume(id: i64) -> String {
    format!("`unstuck cases resume {id}`")
}

/// Returns the notice about an interrupted case. `answers` is the number of answers. `how` is the key or command that resumes
/// the case.
#[must_use]
pub fn interrupted(message: &str, answers: usize, how: &str) -> String {
    let message = text::truncate(message, 60);
    format!("You have an interrupted case with {}: \"{message}\". To resume it, use {how}.", count(answers, "answer"))
}

/// Returns the prompt for a blank in plain mode. `known` is its current value.
#[must_use]
pub fn plain_blank(blank: &str, known: Option<&str>) -> String {
    match known {
        None => format!("{blank}? (Press Enter to skip)"),
        Some(known) => format!("{blank}? (Press Enter to keep \"{known}\")"),
    }
}

/// Returns the notice after saving a value that probably has a mistake.
#[must_use]
pub fn unlikely(form: InputForm) -> &'static str {
    match form {
        InputForm::Text => "",
        InputForm::Email => "Saved, but it doesn't look like an email address.",
        InputForm::Url => "Saved, but it doesn't look like a web address.",
        InputForm::Ip => "Saved, but it doesn't look like an IP address.",
    }
}

/// Returns the notice after deleting a number of cases.
#[must_use]
pub fn deleted(cases: usize) -> String {
    format!("{} deleted.", count(cases, "case"))
}

/// Returns a time as text: date, hours and minutes in UTC.
#[must_use]
pub fn day(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M UTC").to_string()
}

/// Returns a duration in seconds as text, such as `5 min`. Negative durations become `0 s`.
#[must_use]
pub fn duration(seconds: i64) -> String {
    match seconds {
        ..60 => format!("{} s", seconds.max(0)),
        60..3600 => format!("{} min", seconds / 60),
        3600..86_400 => format!("{} h {} min", seconds / 3600, seconds / 60 % 60),
        _ => count(usize::try_from(seconds / 86_400).unwrap_or(usize::MAX), "day"),
    }
}

/// Returns a question or the heading of a solution, with a colon unless it ends with a question mark.
#[must_use]
pub fn asked(question: &str) -> String {
    let mark = if question.ends_with('?') { "" } else { ":" };
    format!("{question}{mark}")
}

/// Returns a question or the heading of a solution, followed by its answer.
#[must_use]
pub fn answered(question: &str, answer: &str) -> String {
    format!("{} {answer}", asked(question))
}

/// Returns the place where a changed path ends, as part of a sentence. `kind` is `solution`, `escalation` or `circle`.
#[must_use]
pub fn end(kind: &str, text: &SanitizedText) -> String {
    match kind {
        "circle" => format!("a loop back to \"{}\"", text.one_line()),
        kind => format!("the {kind} \"{}\"", text.one_line()),
    }
}

/// Returns the label of an answer at a node: the label of the choice, or else the answer as shown.
#[must_use]
pub fn label(node: &NodeKind, given: Answer) -> String {
    match (node, given) {
        (NodeKind::Question(Question { branches: Branches::Choices { choices, .. }, .. }), Answer::Choice(nth)) => {
            choices.get(nth).map(|(label, _)| label.to_string()).unwrap_or_default()
        }
        _ => answer(given).to_owned(),
    }
}

/// The person that the interface addresses.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Audience {
    /// The person who is locked out.
    #[default]
    User,
    /// Someone who helps the person who is locked out.
    Helpdesk,
}

impl Audience {
    /// All audiences.
    pub const ALL: &[Self] = &[Self::User, Self::Helpdesk];

    /// Returns the value of `--as` for this audience.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Helpdesk => "helpdesk",
        }
    }

    /// Returns the audience with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|audience| audience.name() == name)
    }

    /// Returns the other audience.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::User => Self::Helpdesk,
            Self::Helpdesk => Self::User,
        }
    }

    /// Returns the voice of texts on the screen.
    #[must_use]
    pub fn voice(self) -> Voice {
        match self {
            Self::User => Voice::You,
            Self::Helpdesk => Voice::TheUser,
        }
    }

    /// Returns the voice of texts in a message that this person writes to someone else.
    #[must_use]
    pub fn writing_voice(self) -> Voice {
        match self {
            Self::User => Voice::Me,
            Self::Helpdesk => Voice::TheUser,
        }
    }

    /// Returns the notice after switching to this audience.
    #[must_use]
    pub fn switched(self) -> &'static str {
        match self {
            Self::User => "User view: the steps address you directly.",
            Self::Helpdesk => "Helpdesk view: the steps refer to \"the user\".",
        }
    }
}

/// Returns the name of a role as shown.
#[must_use]
pub fn role(role: Role, audience: Audience) -> &'static str {
    match (role, audience) {
        (Role::User, Audience::User) => "You",
        (Role::User, Audience::Helpdesk) => "User",
        (Role::Administrator, _) => "Administrator",
        (Role::Owner, _) => "Owner",
        (Role::Support, _) => "Support",
        (Role::Other(role), _) => role.label(),
    }
}

/// Returns the heading of the steps that a role does.
#[must_use]
pub fn asked_of(role: Role, audience: Audience) -> String {
    let heading = match (role, audience) {
        (Role::User, Audience::User) => "You:",
        (Role::User, Audience::Helpdesk) => "Ask the user to:",
        (Role::Administrator, Audience::User) => "Ask your administrator to:",
        (Role::Administrator, Audience::Helpdesk) => "Ask an administrator to:",
        (Role::Owner, _) => "Ask the owner to:",
        (Role::Support, _) => "Ask customer support to:",
        (Role::Other(role), _) => return format!("Ask {} to:", text::in_sentence(role.label())),
    };
    heading.to_owned()
}

/// Next steps after a search without a match, in plain mode.
pub const PLAIN_NO_MATCH_HELP: &str =
    "Try other words. Or type `t` to choose what happened from a list, or `a` for all errors.";
/// Returns the prompt of the search in plain mode. `can_compare` says whether a question about words can tell the possible matches
/// apart. `has_case` says whether the search is for a new error of a case.
#[must_use]
pub fn plain_search_prompt(can_compare: bool, has_case: bool) -> String {
    let compare = if can_compare { "`c` to compare the possible errors, " } else { "" };
    let back = if has_case { "`b` to go back to the case, " } else { "" };
    format!(
        "Type the error message, or the number of a line above. Or type {compare}`t` to choose what happened from a list, `a` for all errors, {back}`?` for help, or `q` to quit:"
    )
}

/// Returns the line after a shortened list of errors in plain mode. `others` is the number of errors that the list leaves
/// out.
#[must_use]
pub fn plain_not_listed(others: usize) -> String {
    format!("{} not listed. Search to see more.", count(others, "more error"))
}

/// Label of the article's error message in plain mode.
pub const PLAIN_ERROR: &str = "Error: ";
/// Label of what happened, if the user has no error message, in plain mode.
pub const PLAIN_SITUATION: &str = "What happened: ";
/// Progress line while a knowledge base is loaded.
pub const READING: &str = "Loading the knowledge base (Ctrl-C to cancel)";
/// Progress line while `unstuck check` tests the search.
pub const CHECKING: &str = "Checking that search finds every article (Ctrl-C to cancel)";
/// Help text of the search in plain mode.
pub const PLAIN_HELP: &str = "\
Type the error message, or describe the problem in a few words. Then type the
number of the matching error and answer its questions. You get the steps to
take, in order, and who does each one.
  t  say what happened    a  list all errors    q  quit
";
/// Help text at a question, solution or escalation in plain mode.
pub const PLAIN_FLOW_HELP: &str = "\
Answer with the letters or numbers shown. \"Not sure\" is fine, if it is offered.
  b  go back one step                R  start over
  s  new search                      w  save this to a file
  r  user or helpdesk view           T  print the case summary
  q  quit
Once you have steps or a contact:
  t  print messages to send          f  fill in their blanks again
  d  continue with a new error       p  put the case on hold
";
/// Notice if the input is not an allowed answer, in plain mode.
pub const PLAIN_NOT_AN_ANSWER: &str = "That isn't one of the options.";

/// Heading of the remaining articles if no words separate them further.
pub const CHOOSE_ONE: &str = "These errors are still possible. Which one is it?";
/// Prompt after a question about words in plain mode.
pub const PLAIN_WORDS_PROMPT: &str = "y for yes, n for no, u for not sure, b to go back, or q to quit:";
/// Prompt after the list of remaining articles in plain mode.
pub const PLAIN_CHOOSE_PROMPT: &str = "Type a number, b to go back, or q to quit:";
/// Heading of the remaining articles while questions about words are asked.
pub const STILL_POSSIBLE: &str = "It could still be:";
/// Title of the screen that tells the possible matches apart.
pub const DISAMBIGUATION_TITLE: &str = "Which error is it?";
/// Heading of the keys while the possible matches are compared.
pub const KEYS_DISAMBIGUATION: &str = "While comparing the possible errors";

/// Returns the question about words that only some of the possible messages contain.
#[must_use]
pub fn does_it_contain(phrase: &str, voice: Voice) -> String {
    let whose = if voice == Voice::TheUser { "the user's" } else { "your" };
    format!("Does {whose} message contain \u{201c}{phrase}\u{201d}?")
}

/// Returns the answers to a question about words as (label, key).
#[must_use]
pub fn word_answers() -> Vec<(String, String)> {
    let answers = [(Answer::Yes, "y"), (Answer::No, "n"), (Answer::Unsure, "u")];
    answers.into_iter().map(|(one, key)| (answer(one).to_owned(), key.to_owned())).collect()
}

/// Returns the heading of a question in plain mode; `number` is counted from 1.
#[must_use]
pub fn question_number(number: usize, left: RemainingQuestions) -> String {
    format!("Question {number} ({})", self::left(left))
}

/// Returns the prompt in plain mode for a node that accepts these answers. `ended` says whether the session has an outcome.
#[must_use]
pub fn plain_prompt(answers: &[Answer], ended: bool) -> String {
    if ended {
        return "t for messages to send, d if the error has changed, s for a new search, w to save this, b to go back, ? \
                for help, or q to quit:"
            .to_owned();
    }
    let mut branches: Vec<String> = answers
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
        branches.insert(0, "a number".to_owned());
    }
    let is_solution = answers.contains(&Answer::Solved);
    let send = if is_solution { "t for messages to send, d if the error has changed, " } else { "" };
    format!(
        "{}, {send}b to go back, R to start over, w to save this, s for a new search, ? for help, or q to quit:",
        branches.join(", ")
    )
}

/// Returns the number of questions that may follow, as text.
#[must_use]
pub fn left(left: RemainingQuestions) -> String {
    match (left.min, left.max) {
        (0, 0) => "last question".to_owned(),
        (0, 1) => "up to 1 more question".to_owned(),
        (0, most) => format!("up to {most} more questions"),
        (1, 1) => "1 more question".to_owned(),
        (least, most) if least == most => format!("{most} more questions"),
        (least, most) if least + 1 == most => format!("{least} or {most} more questions"),
        (least, most) => format!("{least} to {most} more questions"),
    }
}

/// Returns the notice about problems in the knowledge base: the first problem and the number of other problems.
#[must_use]
pub fn kb_problem(first: &Diagnostic, others: usize) -> String {
    let what = if first.is_error() { "Skipped" } else { "Please check" };
    let more = if others == 0 { String::new() } else { format!(" (and {})", count(others, "more problem")) };
    format!("{what}: {}{more}. For details, run: {}", first.summary(), check_of(first))
}

/// Returns the `unstuck check` command for the knowledge base of a diagnostic.
#[must_use]
pub fn check_of(diagnostic: &Diagnostic) -> String {
    let path = std::path::Path::new(&diagnostic.location.file);
    let folder = path.parent().and_then(std::path::Path::parent).filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.filter(|_| path.extension().is_some());
    folder.map_or("unstuck check".to_owned(), |folder| {
        SanitizedText::new(&format!("unstuck check {}", folder.display())).one_line()
    })
}

/// Returns the notice about an error in a watched file: file name, line, column, message and help. Omits the folder so that the
/// notice fits on small screens.
#[must_use]
pub fn reload_error(diagnostic: &Diagnostic) -> String {
    let file = &diagnostic.location.file;
    let short = file.rsplit(['/', '\\']).next().unwrap_or(file);
    let Diagnostic { location, message, help, .. } = diagnostic;
    let help = sentence(help);
    let notice = format!("{short}:{}:{}: {message}. {help} {LAST_VALID_SHOWN}", location.line, location.column);
    SanitizedText::new(&notice).one_line()
}

/// Returns a text as a sentence: capitalized, and with a period unless it ends with a punctuation mark.
#[must_use]
pub fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    let first: String = chars.next().map(|c| c.to_uppercase().collect()).unwrap_or_default();
    let end = if text.ends_with(['.', '?', '!']) { "" } else { "." };
    format!("{first}{}{end}", chars.as_str())
}

/// Returns the notice after a number that is not in the list. `entries` is the length of the list.
#[must_use]
pub fn no_such_number(entries: usize) -> String {
    format!("Enter a number from 1 to {entries}.")
}

/// Returns the number of list entries above and below the visible part, as text. Empty if all entries are visible.
#[must_use]
pub fn more_entries(above: usize, below: usize) -> String {
    match (above, below) {
        (0, 0) => String::new(),
        (0, below) => format!("{below} more below"),
        (above, 0) => format!("{above} more above"),
        (above, below) => format!("{above} more above, {below} more below"),
    }
}

/// Returns the notice after saving a text to a file.
#[must_use]
pub fn saved(path: &str) -> String {
    format!("Saved as {path}")
}

/// Returns the confirmation prompt before opening a link. Contains the whole link, so that the user can read it first.
#[must_use]
pub fn open_again(link: &str) -> String {
    format!("Press o again to open {link}")
}

/// Returns the notice after copying `text`.
#[must_use]
pub fn copied(text: &str) -> &'static str {
    if text.contains(handover::BLANK) { COPIED_WITH_BLANKS } else { COPIED }
}

/// Returns the notice if a text could not be saved to a file.
#[must_use]
pub fn not_saved(reason: &str) -> String {
    format!("Not saved: {reason}")
}

/// Returns the number of ticked steps as text.
#[must_use]
pub fn ticked(done: usize, of: usize) -> String {
    if done == of { "all steps done".to_owned() } else { format!("{done} of {of} steps done") }
}

/// Returns the text in the map about the effect of changing an answer. `dropped` contains the questions whose answers are
/// discarded.
#[must_use]
pub fn discarding(answer: &str, dropped: &[String]) -> String {
    match dropped {
        [] => format!("change to {answer} (keeps your other answers)"),
        [one] => format!("change to {answer} (discards your answer to \"{one}\")"),
        [first, ..] => format!("change to {answer} (discards {} answers, starting with \"{first}\")", dropped.len()),
    }
}

/// Returns the notice after a key that has no function on this screen.
#[must_use]
pub fn no_such_key(key: char) -> String {
    format!("{} does nothing here. Press ? to see the keys.", SanitizedText::new(&key.to_string()))
}

/// Returns the warning below a step that can't be undone. `first` is the condition that the user must make sure of.
#[must_use]
pub fn irreversible(first: &str) -> String {
    format!("This step cannot be undone. Before you do it, make sure that this is true: {first}")
}

/// Returns the confirmation prompt before ticking a step that can't be undone. `first` is the condition that the user must
/// make sure of.
#[must_use]
pub fn confirm(first: &str) -> String {
    format!("This step cannot be undone. To confirm, press the same key again, but only if this is true: {first}")
}

/// Returns the last entry of a shortened list. `others` is the number of entries that the list leaves out.
#[must_use]
pub fn and_others(others: usize) -> String {
    format!("and {others} more")
}

/// Returns the name of the current view with the key that switches it.
#[must_use]
pub fn view_label(audience: Audience) -> &'static str {
    match audience {
        Audience::User => "user view (r)",
        Audience::Helpdesk => "helpdesk view (r)",
    }
}

/// Returns the notice after the answers about words led to an article.
#[must_use]
pub fn most_likely(message: &str) -> String {
    format!("Best match: \"{message}\". If it's wrong, press Esc to go back to the question.")
}
