//! Every key: where it works, what it does, and what is said about it. Handling, footer and help come from this one table, so
//! that they cannot disagree.

use tui_input::InputRequest;

use super::message::{Message, Seen};
use super::model::{Focus, Model, Screen};
use crate::wizard::Answer;
use crate::words;

/// A key, whatever the terminal calls it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Key {
    /// A letter, digit or sign.
    Char(char),
    /// The same with Ctrl.
    Ctrl(char),
    /// Enter.
    Enter,
    /// Escape.
    Esc,
    /// Tab.
    Tab,
    /// Shift and Tab.
    BackTab,
    /// Backspace.
    Backspace,
    /// Delete.
    Delete,
    /// Arrow.
    Up,
    /// Arrow.
    Down,
    /// Arrow.
    Left,
    /// Arrow.
    Right,
    /// Start of the line or list.
    Home,
    /// End of the line or list.
    End,
    /// A page up.
    PageUp,
    /// A page down.
    PageDown,
    /// The help key.
    F1,
}

/// Where a key works.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Context {
    /// In the search field: letters are text.
    Field,
    /// In the list of errors.
    List,
    /// While telling errors apart.
    Tell,
    /// At a question.
    Question,
    /// At a solution.
    Solution,
    /// At the end of a walk.
    End,
    /// In the map of a flow.
    Map,
    /// Reading the messages that hand a case over.
    Letters,
    /// Filling in what is blank in them: letters are text.
    Blank,
    /// In the help.
    Help,
}

/// One line of the key map.
#[derive(Debug)]
pub struct Binding {
    /// Where it works.
    pub contexts: &'static [Context],
    /// Which keys do it; the first is shown.
    pub keys: &'static [Key],
    /// What it does.
    pub message: Message,
    /// The keys as they are shown.
    pub shown: &'static str,
    /// What it does in a word or two, for the footer; empty where the footer does not show it.
    pub label: &'static str,
    /// What it does, for the help.
    pub help: &'static str,
}

use Context::{Blank, End, Field, Help, Letters, List, Map, Question, Solution, Tell};

const EVERYWHERE: &[Context] = &[Field, List, Tell, Question, Solution, End, Map, Letters, Blank, Help];
const WALK: &[Context] = &[Tell, Question, Solution, End];
const FLOW: &[Context] = &[Question, Solution, End];
const SAID: &[Context] = &[Question, Solution, End, Letters];
const COMMANDS: &[Context] = &[List, Tell, Question, Solution, End, Map, Letters, Help];

/// In the table; what is really seen is put in its place.
const SEEN: Seen = Seen { from: 0, furthest: 0 };

/// The key map, in the order in which footer and help show it.
pub static BINDINGS: &[Binding] = &[
    bind(&[Field, List], &[Key::Enter], Message::Choose, "Enter", "open", "open the selected error"),
    bind(&[Field], &[Key::Up, Key::Ctrl('p')], Message::Previous, "Up", "", "select the error above"),
    bind(&[Field], &[Key::Down, Key::Ctrl('n')], Message::Next, "Down", "", "select the error below"),
    bind(&[List], &[Key::Up, Key::Char('k')], Message::Previous, "Up k", "", "select the error above"),
    bind(&[List], &[Key::Down, Key::Char('j')], Message::Next, "Down j", "", "select the error below"),
    bind(&[List], &[Key::Home, Key::Char('g')], Message::First, "Home g", "", "select the first error"),
    bind(&[List], &[Key::End, Key::Char('G')], Message::Last, "End G", "", "select the last error"),
    bind(
        &[Field],
        &[Key::Ctrl('t')],
        Message::TellApart,
        "Ctrl-T",
        "ask me",
        "find out by questions which error it is",
    ),
    bind(
        &[List],
        &[Key::Char('t'), Key::Ctrl('t')],
        Message::TellApart,
        "t",
        "ask me",
        "find out by questions which error it is",
    ),
    bind(&[Field], &[Key::Tab], Message::SwitchFocus, "Tab", "list", "go to the list, where letters are commands"),
    bind(&[List], &[Key::Tab, Key::Char('/')], Message::SwitchFocus, "Tab /", "type", "go back to the search field"),
    bind(&[Field], &[Key::Esc], Message::Back, "Esc", "clear", "clear the search field"),
    bind(&[List], &[Key::Esc], Message::Back, "Esc", "", "go back to the search field"),
    bind(&[Tell, Question], &[Key::Char('y'), Key::Char('Y')], Message::Answer(Answer::Yes), "y", "", "answer yes"),
    bind(&[Tell, Question], &[Key::Char('n'), Key::Char('N')], Message::Answer(Answer::No), "n", "", "answer no"),
    bind(
        &[Tell, Question],
        &[Key::Char('u'), Key::Char('U')],
        Message::Answer(Answer::Unsure),
        "u",
        "",
        "answer that you are not sure",
    ),
    bind(
        &[Tell, Question],
        &[Key::Char('1')],
        Message::AnswerNth(0),
        "1",
        "",
        "take the first answer, and so on up to 9",
    ),
    bind(
        &[Solution],
        &[Key::Char('y'), Key::Char('Y')],
        Message::Answer(Answer::Solved),
        "y",
        "",
        "say that it helped",
    ),
    bind(
        &[Solution],
        &[Key::Char('n'), Key::Char('N')],
        Message::Answer(Answer::NotSolved),
        "n",
        "",
        "say that it did not help, and see what else can be done",
    ),
    bind(&[Solution], &[Key::Char(' ')], Message::Tick, "Space", "tick", "mark the selected step as done, or not done"),
    bind(
        &[Solution],
        &[Key::Char('1')],
        Message::TickNth(0),
        "1",
        "",
        "mark the first step as done, and so on up to 9",
    ),
    bind(
        &[Tell, Question, Solution],
        &[Key::Right, Key::Tab, Key::Down, Key::Char('j'), Key::Char('l')],
        Message::Next,
        "Right Down j l",
        "",
        "select the next one",
    ),
    bind(
        &[Tell, Question, Solution],
        &[Key::Left, Key::BackTab, Key::Up, Key::Char('k'), Key::Char('h')],
        Message::Previous,
        "Left Up k h",
        "",
        "select the one before",
    ),
    bind(&[Tell, Question, Solution], &[Key::Enter], Message::Choose, "Enter", "choose", "take what is selected"),
    bind(&[End], &[Key::Enter], Message::Choose, "Enter", "", "look for the next error"),
    bind(
        WALK,
        &[Key::Esc, Key::Backspace, Key::Char('b')],
        Message::Back,
        "Esc b",
        "back",
        "one step back; from the first question to the search",
    ),
    bind(
        &[Solution, End],
        &[Key::Char('t')],
        Message::Letters,
        "t",
        "messages",
        "the messages to send: who is asked for what, ready to copy",
    ),
    bind(
        &[Letters],
        &[Key::Right, Key::Tab, Key::Char('l')],
        Message::Next,
        "Right Tab",
        "next",
        "the message to the next person",
    ),
    bind(&[Letters], &[Key::Left, Key::BackTab, Key::Char('h')], Message::Previous, "Left", "", "the message before"),
    bind(
        &[Letters],
        &[Key::Char('f'), Key::Enter],
        Message::Fill,
        "f",
        "fill in",
        "fill in what is blank, or change it",
    ),
    bind(
        &[Letters],
        &[Key::Esc, Key::Backspace, Key::Char('b'), Key::Char('t')],
        Message::Back,
        "Esc b",
        "back",
        "back to the steps",
    ),
    bind(&[Blank], &[Key::Enter], Message::Choose, "Enter", "next", "take what is typed, and go on to the next blank"),
    bind(&[Blank], &[Key::Esc], Message::Back, "Esc", "undo", "leave the blank as it was"),
    bind(
        &[Question, Solution, End, Letters],
        &[Key::Char('T')],
        Message::Ticket,
        "T",
        "",
        "copy the case as a ticket in Markdown",
    ),
    bind(
        &[Solution, End],
        &[Key::Char('d')],
        Message::Different,
        "d",
        "other message",
        "another message is on the screen now: go on with it, as the same case",
    ),
    bind(
        &[Solution, End],
        &[Key::Char('p')],
        Message::PutAside,
        "p",
        "put aside",
        "put the case aside until somebody has answered",
    ),
    bind(
        &[Field, List],
        &[Key::Ctrl('r')],
        Message::GoOn,
        "Ctrl-R",
        "",
        "go on with the case that was interrupted, where one is offered",
    ),
    bind(FLOW, &[Key::Char('m')], Message::Map, "m", "map", "show the whole flow, and change an earlier answer"),
    bind(&[Map], &[Key::Up, Key::Char('k')], Message::Previous, "Up k", "", "go up"),
    bind(&[Map], &[Key::Down, Key::Char('j')], Message::Next, "Down j", "", "go down"),
    bind(&[Map], &[Key::Home, Key::Char('g')], Message::First, "Home g", "", "go to the start"),
    bind(&[Map], &[Key::End, Key::Char('G')], Message::Last, "End G", "", "go to the last line"),
    bind(&[Map], &[Key::Enter], Message::Choose, "Enter", "go back to it", "go back to an answered question"),
    bind(
        &[Map],
        &[Key::Char('y'), Key::Char('Y')],
        Message::Answer(Answer::Yes),
        "y",
        "",
        "change the answer of the selected question to yes",
    ),
    bind(&[Map], &[Key::Char('n'), Key::Char('N')], Message::Answer(Answer::No), "n", "", "change it to no"),
    bind(&[Map], &[Key::Char('u'), Key::Char('U')], Message::Answer(Answer::Unsure), "u", "", "change it to not sure"),
    bind(&[Map], &[Key::Char('1')], Message::AnswerNth(0), "1", "", "change it to the first answer, and so on up to 9"),
    bind(
        &[Map],
        &[Key::Esc, Key::Backspace, Key::Char('b'), Key::Char('m')],
        Message::Back,
        "Esc m",
        "close",
        "close the map",
    ),
    bind(SAID, &[Key::Char('c')], Message::Copy, "c", "copy", "copy what the screen says"),
    bind(SAID, &[Key::Char('w')], Message::Save, "w", "save", "write what the screen says to a file"),
    bind(
        &[List, Question, Solution, End],
        &[Key::Char('o')],
        Message::Open,
        "o",
        "",
        "show the link of the screen, or else the vendor's article; once more opens it",
    ),
    bind(WALK, &[Key::Char('R')], Message::Restart, "R", "", "start this error over"),
    bind(
        &[List, Tell, Question, Solution, End],
        &[Key::Char('r')],
        Message::SwitchAudience,
        "r",
        "",
        "speak of \"you\", or of \"the user\"",
    ),
    bind(WALK, &[Key::Char('s'), Key::Char('/')], Message::NewSearch, "s /", "other error", "look for another error"),
    bind(&[Help], &[Key::Esc], Message::Back, "Esc", "close", "close the help"),
    bind(
        &[Tell, Question, Solution, End, Letters, Help],
        &[Key::PageDown, Key::Ctrl('d')],
        Message::Scroll(5, SEEN),
        "PageDown",
        "",
        "scroll down",
    ),
    bind(
        &[Tell, Question, Solution, End, Letters, Help],
        &[Key::PageUp, Key::Ctrl('u')],
        Message::Scroll(-5, SEEN),
        "PageUp",
        "",
        "scroll up",
    ),
    bind(&[End, Letters, Help], &[Key::Down, Key::Char('j')], Message::Scroll(1, SEEN), "Down j", "", "scroll down"),
    bind(&[End, Letters, Help], &[Key::Up, Key::Char('k')], Message::Scroll(-1, SEEN), "Up k", "", "scroll up"),
    bind(COMMANDS, &[Key::Char('?'), Key::F1], Message::Help, "?", "keys", "show or hide the keys"),
    bind(&[Field], &[Key::F1], Message::Help, "F1", "keys", "show the keys (or ? while the field is empty)"),
    bind(COMMANDS, &[Key::Char('q')], Message::Leave, "q", "quit", "leave"),
    bind(EVERYWHERE, &[Key::Ctrl('c')], Message::Quit, "Ctrl-C", "", "leave"),
    bind(EVERYWHERE, &[Key::Ctrl('z')], Message::Suspend, "Ctrl-Z", "", "stop for a while; fg comes back"),
];

const fn bind(
    contexts: &'static [Context],
    keys: &'static [Key],
    message: Message,
    shown: &'static str,
    label: &'static str,
    help: &'static str,
) -> Binding {
    Binding { contexts, keys, message, shown, label, help }
}

impl Context {
    /// Whether letters are a text here, rather than commands.
    #[must_use]
    pub fn takes_text(self) -> bool {
        matches!(self, Field | Blank)
    }

    /// Whether what is done here says something of a case: an answer, a step.
    #[must_use]
    pub fn takes_answers(self) -> bool {
        matches!(self, Tell | Question | Solution | End)
    }

    /// What it is called in the help.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Field => words::KEYS_FIELD,
            List => words::KEYS_LIST,
            Tell => words::KEYS_TELLING,
            Question => words::KEYS_QUESTION,
            Solution => words::KEYS_SOLUTION,
            End => words::KEYS_END,
            Map => words::KEYS_MAP,
            Letters => words::KEYS_LETTERS,
            Blank => words::KEYS_BLANK,
            Help => words::KEYS_HELP,
        }
    }
}

/// Where the model takes keys.
#[must_use]
pub fn context(model: &Model) -> Context {
    context_of(model, model.screen())
}

/// Where a screen of the model takes keys.
#[must_use]
pub fn context_of(model: &Model, screen: &Screen) -> Context {
    match screen {
        Screen::Find => match model.find().focus {
            Focus::Field => Field,
            Focus::List => List,
        },
        Screen::Help { .. } => Help,
        Screen::Map { .. } => Map,
        Screen::Letters(letters) if letters.filling.is_some() => Blank,
        Screen::Letters(_) => Letters,
        Screen::Tell(_) => Tell,
        Screen::Walk(walking) => match walking.walk.node() {
            _ if walking.walk.outcome().is_some() => End,
            Some(node) if node.is_end() => Solution,
            _ => Question,
        },
    }
}

/// What works in a context, in the order of the table.
pub fn bindings(context: Context) -> impl Iterator<Item = &'static Binding> {
    // Where there are no signals, no program stops for a while.
    let is_there = |binding: &Binding| cfg!(unix) || binding.message != Message::Suspend;
    BINDINGS.iter().filter(move |binding| binding.contexts.contains(&context) && is_there(binding))
}

/// What a key means at present, while so much is seen.
#[must_use]
pub fn message(model: &Model, key: Key, seen: Seen) -> Option<Message> {
    let context = context(model);
    if let Some(binding) = bindings(context).find(|binding| binding.keys.contains(&key)) {
        return Some(match &binding.message {
            Message::Scroll(by, _) => Message::Scroll(*by, seen),
            message => message.clone(),
        });
    }
    match (context, key) {
        // No error message begins with a question mark, and somebody new looks for help there.
        (Field, Key::Char('?')) if model.find().input.value().is_empty() => Some(Message::Help),
        (Field | Blank, key) => edit(key).map(Message::Edit),
        (Tell | Question | Map, Key::Char(digit @ '2'..='9')) => {
            digit.to_digit(10).map(|digit| Message::AnswerNth(digit as usize - 1))
        }
        (Solution, Key::Char(digit @ '2'..='9')) => {
            digit.to_digit(10).map(|digit| Message::TickNth(digit as usize - 1))
        }
        (_, Key::Char(c)) => Some(Message::Unknown(c)),
        _ => None,
    }
}

/// What a key does to the text of the field that is typed in.
fn edit(key: Key) -> Option<InputRequest> {
    Some(match key {
        Key::Char(c) => InputRequest::InsertChar(c),
        Key::Backspace | Key::Ctrl('h') => InputRequest::DeletePrevChar,
        Key::Delete => InputRequest::DeleteNextChar,
        Key::Left | Key::Ctrl('b') => InputRequest::GoToPrevChar,
        Key::Right | Key::Ctrl('f') => InputRequest::GoToNextChar,
        Key::Home | Key::Ctrl('a') => InputRequest::GoToStart,
        Key::End | Key::Ctrl('e') => InputRequest::GoToEnd,
        Key::Ctrl('w') => InputRequest::DeletePrevWord,
        Key::Ctrl('u') => InputRequest::DeleteFromStart,
        Key::Ctrl('k') => InputRequest::DeleteTillEnd,
        Key::Ctrl('y') => InputRequest::Yank,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn no_key_means_two_things_in_one_context() {
        for context in EVERYWHERE {
            let mut seen = HashSet::new();
            for key in bindings(*context).flat_map(|binding| binding.keys) {
                assert!(seen.insert(*key), "{key:?} is bound twice in {context:?}");
            }
        }
    }

    #[test]
    fn a_letter_is_text_in_the_search_field_whatever_it_means_elsewhere() {
        for binding in bindings(Field) {
            assert!(!binding.keys.iter().any(|key| matches!(key, Key::Char(_))), "{:?}", binding.keys);
        }
    }

    #[test]
    fn every_key_says_what_it_does() {
        for binding in BINDINGS {
            assert!(!binding.help.is_empty() && !binding.shown.is_empty() && !binding.contexts.is_empty());
        }
    }
}
