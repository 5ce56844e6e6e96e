//! The key map: every key with its contexts, its action and its help text. Key handling, footer and help all use
//! [`BINDINGS`], so they can't disagree. Only the digits 2 to 9, the editing keys of text fields, and `?` in the empty search
//! field are handled outside the table, in [`message`].

use tui_input::InputRequest;

use super::model::{Focus, Model, Screen};
use super::msg::{Msg, Viewport};
use crate::flow::Answer;
use crate::strings;

/// A key, independent of the terminal library.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Key {
    /// A letter, digit or other character.
    Char(char),
    /// A lowercase character with Ctrl.
    Ctrl(char),
    /// Enter.
    Enter,
    /// Escape.
    Esc,
    /// Tab.
    Tab,
    /// Shift+Tab.
    BackTab,
    /// Backspace.
    Backspace,
    /// Delete.
    Delete,
    /// Up arrow.
    Up,
    /// Down arrow.
    Down,
    /// Left arrow.
    Left,
    /// Right arrow.
    Right,
    /// Home.
    Home,
    /// End.
    End,
    /// Page Up.
    PageUp,
    /// Page Down.
    PageDown,
    /// F1.
    F1,
}

/// A part of the interface with its own key bindings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Context {
    /// The search field, where characters are text.
    SearchField,
    /// The list of errors, where letters are shortcuts.
    List,
    /// The questions about words that tell the possible matches apart.
    Disambiguate,
    /// A question.
    Question,
    /// A solution.
    Solution,
    /// The end of a case: solved or escalated.
    End,
    /// The map of a flow.
    Map,
    /// The messages to send.
    Handover,
    /// A blank in a message to send, where characters are text.
    EditField,
    /// The help.
    Help,
}

/// A row of the key map.
#[derive(Debug)]
pub struct Binding {
    /// The contexts in which the keys work.
    pub contexts: &'static [Context],
    /// The keys that send the message.
    pub keys: &'static [Key],
    /// The message for `update`.
    pub message: Msg,
    /// The names of the keys, separated by spaces. The help shows all of them, the footer only the first.
    pub shown: &'static str,
    /// The action in one or two words, for the footer. Empty if the footer does not show it.
    pub label: &'static str,
    /// The action, for the help.
    pub help: &'static str,
}

use Context::{Disambiguate, EditField, End, Handover, Help, List, Map, Question, SearchField, Solution};

const EVERYWHERE: &[Context] =
    &[SearchField, List, Disambiguate, Question, Solution, End, Map, Handover, EditField, Help];
const CASE_SCREENS: &[Context] = &[Disambiguate, Question, Solution, End];
const FLOW_SCREENS: &[Context] = &[Question, Solution, End];
const EXPORTABLE: &[Context] = &[Question, Solution, End, Handover];
const COMMANDS: &[Context] = &[List, Disambiguate, Question, Solution, End, Map, Handover, Help];

/// Placeholder for a viewport in the table. [`message`] replaces it with the current viewport.
const VIEWPORT: Viewport = Viewport { offset: 0, max_offset: 0 };

/// The key map, in the order of the footer and the help.
pub static BINDINGS: &[Binding] = &[
    bind(&[SearchField, List], &[Key::Enter], Msg::Choose, "Enter", "open", "open the selected error"),
    bind(&[SearchField], &[Key::Up, Key::Ctrl('p')], Msg::Previous, "Up", "", "select the error above"),
    bind(&[SearchField], &[Key::Down, Key::Ctrl('n')], Msg::Next, "Down", "", "select the error below"),
    bind(&[List], &[Key::Up, Key::Char('k')], Msg::Previous, "Up k", "", "select the error above"),
    bind(&[List], &[Key::Down, Key::Char('j')], Msg::Next, "Down j", "", "select the error below"),
    bind(&[List], &[Key::Home, Key::Char('g')], Msg::First, "Home g", "", "select the first error"),
    bind(&[List], &[Key::End, Key::Char('G')], Msg::Last, "End G", "", "select the last error"),
    bind(
        &[SearchField],
        &[Key::Ctrl('t')],
        Msg::Disambiguate,
        "Ctrl-T",
        "what happened",
        "choose what happened from a list, or compare the possible errors",
    ),
    bind(
        &[List],
        &[Key::Char('t'), Key::Ctrl('t')],
        Msg::Disambiguate,
        "t",
        "what happened",
        "choose what happened from a list, or compare the possible errors",
    ),
    bind(&[SearchField], &[Key::Tab], Msg::SwitchFocus, "Tab", "list", "go to the list (letters become shortcuts)"),
    bind(&[List], &[Key::Tab, Key::Char('/')], Msg::SwitchFocus, "Tab /", "search", "go back to the search field"),
    bind(&[SearchField], &[Key::Esc], Msg::Back, "Esc", "clear", "clear the search field"),
    bind(&[List], &[Key::Esc], Msg::Back, "Esc", "", "go back to the search field"),
    bind(&[Disambiguate, Question], &[Key::Char('y'), Key::Char('Y')], Msg::Answer(Answer::Yes), "y", "", "answer yes"),
    bind(&[Disambiguate, Question], &[Key::Char('n'), Key::Char('N')], Msg::Answer(Answer::No), "n", "", "answer no"),
    bind(
        &[Disambiguate, Question],
        &[Key::Char('u'), Key::Char('U')],
        Msg::Answer(Answer::Unsure),
        "u",
        "",
        "answer not sure",
    ),
    bind(
        &[Disambiguate, Question],
        &[Key::Char('1')],
        Msg::AnswerNth(0),
        "1",
        "",
        "choose the first answer (2 to 9 for the others)",
    ),
    bind(
        &[Solution],
        &[Key::Char('y'), Key::Char('Y')],
        Msg::Answer(Answer::Solved),
        "y",
        "",
        "mark the case as solved",
    ),
    bind(
        &[Solution],
        &[Key::Char('n'), Key::Char('N')],
        Msg::Answer(Answer::NotSolved),
        "n",
        "",
        "not solved: show what to try next",
    ),
    bind(&[Solution], &[Key::Char(' ')], Msg::Tick, "Space", "tick", "mark the selected step as done or not done"),
    bind(
        &[Solution],
        &[Key::Char('1')],
        Msg::TickNth(0),
        "1",
        "",
        "mark the first step as done (2 to 9 for the others)",
    ),
    bind(
        &[Disambiguate, Question, Solution],
        &[Key::Right, Key::Tab, Key::Down, Key::Char('j'), Key::Char('l')],
        Msg::Next,
        "Right Down j l",
        "",
        "select the next item",
    ),
    bind(
        &[Disambiguate, Question, Solution],
        &[Key::Left, Key::BackTab, Key::Up, Key::Char('k'), Key::Char('h')],
        Msg::Previous,
        "Left Up k h",
        "",
        "select the previous item",
    ),
    bind(
        &[Disambiguate, Question, Solution],
        &[Key::Enter],
        Msg::Choose,
        "Enter",
        "choose",
        "choose the selected item",
    ),
    bind(&[End], &[Key::Enter], Msg::Choose, "Enter", "", "search for another error"),
    bind(
        CASE_SCREENS,
        &[Key::Esc, Key::Backspace, Key::Char('b')],
        Msg::Back,
        "Esc b",
        "back",
        "go back one step (from the first question: to the search)",
    ),
    bind(
        &[Solution, End],
        &[Key::Char('t')],
        Msg::ShowHandover,
        "t",
        "messages",
        "show ready-to-send messages for the people who can help",
    ),
    bind(&[Handover], &[Key::Right, Key::Tab, Key::Char('l')], Msg::Next, "Right Tab", "next", "show the next message"),
    bind(
        &[Handover],
        &[Key::Left, Key::BackTab, Key::Char('h')],
        Msg::Previous,
        "Left",
        "",
        "show the previous message",
    ),
    bind(&[Handover], &[Key::Char('f'), Key::Enter], Msg::EditField, "f", "fill in", "fill in or change the blanks"),
    bind(
        &[Handover],
        &[Key::Esc, Key::Backspace, Key::Char('b'), Key::Char('t')],
        Msg::Back,
        "Esc b",
        "back",
        "go back to the solution or contact",
    ),
    bind(&[EditField], &[Key::Enter], Msg::Choose, "Enter", "next", "save this and go to the next blank"),
    bind(&[EditField], &[Key::Esc], Msg::Back, "Esc", "cancel", "cancel and leave the blank unchanged"),
    bind(
        &[Question, Solution, End, Handover],
        &[Key::Char('T')],
        Msg::CopySummary,
        "T",
        "",
        "copy a case summary for your ticket (Markdown)",
    ),
    bind(
        &[Solution, End],
        &[Key::Char('d')],
        Msg::ReportNewError,
        "d",
        "new error",
        "continue this case with a new error",
    ),
    bind(&[Solution, End], &[Key::Char('p')], Msg::HoldCase, "p", "hold", "put the case on hold until someone replies"),
    bind(
        &[SearchField, List],
        &[Key::Ctrl('r')],
        Msg::ResumeCase,
        "Ctrl-R",
        "",
        "resume the interrupted case, if there is one",
    ),
    bind(FLOW_SCREENS, &[Key::Char('m')], Msg::Map, "m", "map", "show all questions and change earlier answers"),
    bind(&[Map], &[Key::Up, Key::Char('k')], Msg::Previous, "Up k", "", "go up"),
    bind(&[Map], &[Key::Down, Key::Char('j')], Msg::Next, "Down j", "", "go down"),
    bind(&[Map], &[Key::Home, Key::Char('g')], Msg::First, "Home g", "", "go to the start"),
    bind(&[Map], &[Key::End, Key::Char('G')], Msg::Last, "End G", "", "go to the last line"),
    bind(&[Map], &[Key::Enter], Msg::Choose, "Enter", "go there", "go back to an answered question"),
    bind(
        &[Map],
        &[Key::Char('y'), Key::Char('Y')],
        Msg::Answer(Answer::Yes),
        "y",
        "",
        "change the selected answer to yes",
    ),
    bind(
        &[Map],
        &[Key::Char('n'), Key::Char('N')],
        Msg::Answer(Answer::No),
        "n",
        "",
        "change the selected answer to no",
    ),
    bind(
        &[Map],
        &[Key::Char('u'), Key::Char('U')],
        Msg::Answer(Answer::Unsure),
        "u",
        "",
        "change the selected answer to not sure",
    ),
    bind(
        &[Map],
        &[Key::Char('1')],
        Msg::AnswerNth(0),
        "1",
        "",
        "change the selected answer to the first one (2 to 9 for the others)",
    ),
    bind(
        &[Map],
        &[Key::Esc, Key::Backspace, Key::Char('b'), Key::Char('m')],
        Msg::Back,
        "Esc m",
        "close",
        "close the map",
    ),
    bind(EXPORTABLE, &[Key::Char('c')], Msg::Copy, "c", "copy", "copy this screen as text"),
    bind(EXPORTABLE, &[Key::Char('w')], Msg::Save, "w", "save", "save this screen as a text file"),
    bind(
        &[List, Question, Solution, End],
        &[Key::Char('o')],
        Msg::Open,
        "o",
        "",
        "show the link on this screen, or the vendor's page if there is none; press again to open it",
    ),
    bind(CASE_SCREENS, &[Key::Char('R')], Msg::Restart, "R", "", "start over from the first question"),
    bind(
        &[List, Disambiguate, Question, Solution, End],
        &[Key::Char('r')],
        Msg::SwitchView,
        "r",
        "",
        "switch between user view and helpdesk view",
    ),
    bind(
        CASE_SCREENS,
        &[Key::Char('s'), Key::Char('/')],
        Msg::NewSearch,
        "s /",
        "new search",
        "search for another error",
    ),
    bind(&[Help], &[Key::Esc], Msg::Back, "Esc", "close", "close the help"),
    bind(
        &[Disambiguate, Question, Solution, End, Handover, Help],
        &[Key::PageDown, Key::Ctrl('d')],
        Msg::Scroll(5, VIEWPORT),
        "PageDown",
        "",
        "scroll down",
    ),
    bind(
        &[Disambiguate, Question, Solution, End, Handover, Help],
        &[Key::PageUp, Key::Ctrl('u')],
        Msg::Scroll(-5, VIEWPORT),
        "PageUp",
        "",
        "scroll up",
    ),
    bind(&[End, Handover, Help], &[Key::Down, Key::Char('j')], Msg::Scroll(1, VIEWPORT), "Down j", "", "scroll down"),
    bind(&[End, Handover, Help], &[Key::Up, Key::Char('k')], Msg::Scroll(-1, VIEWPORT), "Up k", "", "scroll up"),
    bind(COMMANDS, &[Key::Char('?'), Key::F1], Msg::Help, "?", "keys", "show or hide keyboard shortcuts"),
    bind(
        &[SearchField],
        &[Key::F1],
        Msg::Help,
        "F1",
        "keys",
        "show keyboard shortcuts (? also works while the field is empty)",
    ),
    bind(COMMANDS, &[Key::Char('q')], Msg::ConfirmQuit, "q", "quit", "quit"),
    bind(EVERYWHERE, &[Key::Ctrl('c')], Msg::Quit, "Ctrl-C", "", "quit"),
    bind(EVERYWHERE, &[Key::Ctrl('z')], Msg::Suspend, "Ctrl-Z", "", "suspend; to come back, run fg"),
];

const fn bind(
    contexts: &'static [Context],
    keys: &'static [Key],
    message: Msg,
    shown: &'static str,
    label: &'static str,
    help: &'static str,
) -> Binding {
    Binding { contexts, keys, message, shown, label, help }
}

impl Context {
    /// Whether characters are text in this context, not shortcuts.
    #[must_use]
    pub fn takes_text(self) -> bool {
        matches!(self, SearchField | EditField)
    }

    /// Whether a click in this context can give an answer, tick a step or leave the case.
    #[must_use]
    pub fn takes_answers(self) -> bool {
        matches!(self, Disambiguate | Question | Solution | End)
    }

    /// Returns the heading of this context in the help.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            SearchField => strings::KEYS_FIELD,
            List => strings::KEYS_LIST,
            Disambiguate => strings::KEYS_DISAMBIGUATION,
            Question => strings::KEYS_QUESTION,
            Solution => strings::KEYS_SOLUTION,
            End => strings::KEYS_END,
            Map => strings::KEYS_MAP,
            Handover => strings::KEYS_HANDOVER,
            EditField => strings::KEYS_BLANK,
            Help => strings::KEYS_HELP,
        }
    }
}

/// Returns the context in which the model handles keys.
#[must_use]
pub fn context(model: &Model) -> Context {
    context_of(model, model.screen())
}

/// Returns the context of a screen. The screen may be the one under the help.
#[must_use]
pub fn context_of(model: &Model, screen: &Screen) -> Context {
    match screen {
        Screen::Search => match model.search_pane().focus {
            Focus::Field => SearchField,
            Focus::List => List,
        },
        Screen::Help { .. } => Help,
        Screen::Map { .. } => Map,
        Screen::Handover(handover) if handover.filling.is_some() => EditField,
        Screen::Handover(_) => Handover,
        Screen::Disambiguate(_) => Disambiguate,
        Screen::Flow(pane) => match pane.session.node() {
            _ if pane.session.outcome().is_some() => End,
            Some(node) if node.is_end() => Solution,
            _ => Question,
        },
    }
}

/// Returns the bindings of a context, in table order.
pub fn bindings(context: Context) -> impl Iterator<Item = &'static Binding> {
    // Suspending needs Unix job control.
    let is_there = |binding: &Binding| cfg!(unix) || binding.message != Msg::Suspend;
    BINDINGS.iter().filter(move |binding| binding.contexts.contains(&context) && is_there(binding))
}

/// Returns the message for a key in the current context, or `None` if the key does nothing. `seen` is the viewport from which
/// scrolling starts.
#[must_use]
pub fn message(model: &Model, key: Key, seen: Viewport) -> Option<Msg> {
    let context = context(model);
    if let Some(binding) = bindings(context).find(|binding| binding.keys.contains(&key)) {
        return Some(match &binding.message {
            Msg::Scroll(by, _) => Msg::Scroll(*by, seen),
            message => message.clone(),
        });
    }
    match (context, key) {
        // No error message begins with a question mark, so `?` can open the help while the field is empty.
        (SearchField, Key::Char('?')) if model.search_pane().input.value().is_empty() => Some(Msg::Help),
        (SearchField | EditField, key) => edit(key).map(Msg::Edit),
        (Disambiguate | Question | Map, Key::Char(digit @ '2'..='9')) => {
            digit.to_digit(10).map(|digit| Msg::AnswerNth(digit as usize - 1))
        }
        (Solution, Key::Char(digit @ '2'..='9')) => digit.to_digit(10).map(|digit| Msg::TickNth(digit as usize - 1)),
        (_, Key::Char(c)) => Some(Msg::Unknown(c)),
        _ => None,
    }
}

/// Returns the edit that a key makes in a text field, as in readline's Emacs mode. `None` for keys that do not edit.
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
    fn keys_are_unique_in_each_context() {
        for context in EVERYWHERE {
            let mut seen = HashSet::new();
            for key in bindings(*context).flat_map(|binding| binding.keys) {
                assert!(seen.insert(*key), "{key:?} is bound twice in {context:?}");
            }
        }
    }

    #[test]
    fn search_field_binds_no_characters() {
        for binding in bindings(SearchField) {
            assert!(!binding.keys.iter().any(|key| matches!(key, Key::Char(_))), "{:?}", binding.keys);
        }
    }

    #[test]
    fn every_binding_has_help_keys_and_contexts() {
        for binding in BINDINGS {
            assert!(!binding.help.is_empty() && !binding.shown.is_empty() && !binding.contexts.is_empty());
        }
    }
}
