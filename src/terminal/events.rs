//! What an event of the terminal means, given what stands on the screen and what came just before.

use std::time::{Duration, Instant};

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::Position;

use crate::app::keymap::Context;
use crate::app::{Key, Message, Model, Screen, keymap};
use crate::text::Clean;
use crate::ui::Drawn;

/// A second click within so long belongs to the first: it answers no other question.
const DOUBLE_CLICK: Duration = Duration::from_millis(250);

/// For so long after a paste, keys are no commands: a text with an end mark inside goes on as keys.
const AFTER_PASTE: Duration = Duration::from_millis(100);

/// Turns events into intents. It remembers what came just before: some events mean nothing then.
#[derive(Debug, Default)]
pub struct Events {
    pasted: Option<Instant>,
    clicked: Option<Instant>,
}

impl Events {
    /// What an event means that comes at a moment, while something is drawn; `None` where it means nothing, or nothing but a new
    /// drawing.
    pub fn message(&mut self, model: &Model, event: &Event, drawn: &Drawn, now: Instant) -> Option<Message> {
        let within = |at: Option<Instant>, time| at.is_some_and(|at| now.saturating_duration_since(at) < time);
        let context = keymap::context(model);
        match event {
            Event::Paste(text) => {
                self.pasted = Some(now);
                Some(Message::Paste(Clean::new(text)))
            }
            event if within(self.pasted, AFTER_PASTE) && is_command(event, context) => None,
            Event::Key(key) if key.is_press() || key.is_repeat() => keymap::message(model, translate(key)?, drawn.seen),
            Event::Mouse(mouse) => {
                if matches!(mouse.kind, MouseEventKind::Down(_)) {
                    if within(self.clicked, DOUBLE_CLICK) && context.takes_answers() {
                        return None;
                    }
                    self.clicked = Some(now);
                }
                clicked(model, *mouse, drawn)
            }
            _ => None,
        }
    }
}

/// Whether an event is a key that does something rather than a letter of a text. Ctrl-C always leaves.
fn is_command(event: &Event, context: Context) -> bool {
    let Event::Key(key) = event else { return false };
    match translate(key) {
        Some(Key::Ctrl('c')) | None => false,
        Some(Key::Char(_)) => !context.takes_text(),
        Some(_) => true,
    }
}

/// The text of a burst of keys that nobody can have typed: letters with line breaks between them. Terminals that do not mark pastes
/// send them like this.
pub(super) fn as_paste<'a>(burst: impl Iterator<Item = Option<&'a Event>>) -> Option<String> {
    let mut text = String::new();
    for event in burst {
        match event? {
            Event::Key(key) if !(key.is_press() || key.is_repeat()) => {}
            Event::Key(key) => match translate(key)? {
                Key::Char(c) => text.push(c),
                Key::Enter => text.push('\n'),
                Key::Tab => text.push(' '),
                _ => return None,
            },
            _ => return None,
        }
    }
    text.trim_end().contains('\n').then_some(text)
}

/// What the mouse means: a click on something, or the wheel.
fn clicked(model: &Model, mouse: MouseEvent, drawn: &Drawn) -> Option<Message> {
    let at = Position { x: mouse.column, y: mouse.row };
    let wheel = |by: isize| match model.screen() {
        Screen::Find | Screen::Map { .. } => {
            if by > 0 {
                Message::Next
            } else {
                Message::Previous
            }
        }
        _ => Message::Scroll(by, drawn.seen),
    };
    match mouse.kind {
        MouseEventKind::Down(MouseButton::Left) => {
            drawn.targets.iter().find(|(place, _)| place.contains(at)).map(|(_, message)| message.clone())
        }
        MouseEventKind::ScrollDown => Some(wheel(1)),
        MouseEventKind::ScrollUp => Some(wheel(-1)),
        _ => None,
    }
}

fn translate(key: &KeyEvent) -> Option<Key> {
    Some(match key.code {
        KeyCode::Char(c)
            if key.modifiers.contains(KeyModifiers::CONTROL) && !key.modifiers.contains(KeyModifiers::ALT) =>
        {
            Key::Ctrl(c.to_ascii_lowercase())
        }
        // AltGr arrives as Ctrl and Alt on some systems; a lone Alt is a command of the terminal's or the window's.
        KeyCode::Char(c)
            if !key.modifiers.contains(KeyModifiers::ALT) || key.modifiers.contains(KeyModifiers::CONTROL) =>
        {
            // What follows an end mark inside a paste comes as keys, whatever it is.
            Key::Char(Clean::new(c.encode_utf8(&mut [0; 4])).chars().next()?)
        }
        KeyCode::Enter => Key::Enter,
        KeyCode::Esc => Key::Esc,
        KeyCode::Tab => Key::Tab,
        KeyCode::BackTab => Key::BackTab,
        KeyCode::Backspace => Key::Backspace,
        KeyCode::Delete => Key::Delete,
        KeyCode::Up => Key::Up,
        KeyCode::Down => Key::Down,
        KeyCode::Left => Key::Left,
        KeyCode::Right => Key::Right,
        KeyCode::Home => Key::Home,
        KeyCode::End => Key::End,
        KeyCode::PageUp => Key::PageUp,
        KeyCode::PageDown => Key::PageDown,
        KeyCode::F(1) => Key::F1,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pasted(text: &str) -> Option<String> {
        let code = |c| if c == '\n' { KeyCode::Enter } else { KeyCode::Char(c) };
        let burst: Vec<Event> = text.chars().map(|c| Event::Key(KeyEvent::new(code(c), KeyModifiers::NONE))).collect();
        as_paste(burst.iter().map(Some))
    }

    #[test]
    fn keys_with_line_breaks_between_them_that_come_at_once_are_a_paste() {
        assert_eq!(pasted("Error:\nq\n").as_deref(), Some("Error:\nq\n"));
        assert_eq!(pasted("ip\n"), None);
        assert_eq!(pasted("y"), None);
    }

    #[test]
    fn a_character_that_would_act_on_the_terminal_is_typed_as_its_placeholder() {
        let key = |c| translate(&KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE));
        assert_eq!(key('\u{9b}'), Some(Key::Char('\u{fffd}')));
        assert_eq!(key('\u{fe0f}'), None);
        assert_eq!(key('é'), Some(Key::Char('é')));
    }

    #[test]
    fn letters_after_a_paste_are_letters_and_ctrl_c_always_leaves() {
        let key = |code, modifiers| Event::Key(KeyEvent::new(code, modifiers));
        assert!(is_command(&key(KeyCode::Enter, KeyModifiers::NONE), Context::Field));
        assert!(!is_command(&key(KeyCode::Char('q'), KeyModifiers::NONE), Context::Field));
        assert!(is_command(&key(KeyCode::Char('q'), KeyModifiers::NONE), Context::Question));
        assert!(!is_command(&key(KeyCode::Char('c'), KeyModifiers::CONTROL), Context::Question));
    }
}
