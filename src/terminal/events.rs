//! Translation of terminal events to messages. The result depends on the screen and on recent pastes and clicks.

use std::time::{Duration, Instant};

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::Position;

use crate::app::keymap::Context;
use crate::app::{Key, Model, Msg, Screen, keymap};
use crate::text::SanitizedText;
use crate::ui::FrameInfo;

/// Maximum time between the two clicks of a double click. On screens with answers, the second click is ignored, so that it
/// can't answer the next question.
const DOUBLE_CLICK: Duration = Duration::from_millis(250);

/// Time after a paste during which keys don't act as commands. If a pasted text contains the end sequence of bracketed paste,
/// the rest of the text arrives as keys.
const PASTE_GUARD: Duration = Duration::from_millis(100);

/// Translates events to messages. Stores the times of the last paste and the last click, because they affect later events.
#[derive(Debug, Default)]
pub struct Events {
    pasted: Option<Instant>,
    clicked: Option<Instant>,
}

impl Events {
    /// Returns the message for an event, or `None` if the event has no effect except a redraw. `drawn` is the frame on the
    /// screen, and `now` is the time of the event.
    pub fn message(&mut self, model: &Model, event: &Event, drawn: &FrameInfo, now: Instant) -> Option<Msg> {
        let within = |at: Option<Instant>, time| at.is_some_and(|at| now.saturating_duration_since(at) < time);
        let context = keymap::context(model);
        match event {
            Event::Paste(text) => {
                self.pasted = Some(now);
                Some(Msg::Paste(SanitizedText::new(text)))
            }
            event if within(self.pasted, PASTE_GUARD) && is_command(event, context) => None,
            Event::Key(key) if key.is_press() || key.is_repeat() => keymap::message(model, translate(key)?, drawn.seen),
            Event::Mouse(mouse) => {
                if matches!(mouse.kind, MouseEventKind::Down(_)) {
                    if within(self.clicked, DOUBLE_CLICK) && context.takes_answers() {
                        return None;
                    }
                    self.clicked = Some(now);
                }
                mouse_message(model, *mouse, drawn)
            }
            _ => None,
        }
    }
}

/// Whether an event is a key with a function, not a character of a text. False for Ctrl-C, which must always quit.
fn is_command(event: &Event, context: Context) -> bool {
    let Event::Key(key) = event else { return false };
    match translate(key) {
        Some(Key::Ctrl('c')) | None => false,
        Some(Key::Char(_)) => !context.takes_text(),
        Some(_) => true,
    }
}

/// Returns the text of a batch of keys that can't have been typed: several lines at once. Terminals without bracketed paste
/// send pasted text like this. Returns `None` for other batches.
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

/// Returns the message for a mouse event: a click on a hit region, or the wheel.
fn mouse_message(model: &Model, mouse: MouseEvent, drawn: &FrameInfo) -> Option<Msg> {
    let at = Position { x: mouse.column, y: mouse.row };
    let wheel = |by: isize| match model.screen() {
        Screen::Search | Screen::Map { .. } => {
            if by > 0 {
                Msg::Next
            } else {
                Msg::Previous
            }
        }
        _ => Msg::Scroll(by, drawn.seen),
    };
    match mouse.kind {
        MouseEventKind::Down(MouseButton::Left) => {
            drawn.hit_regions.iter().find(|(place, _)| place.contains(at)).map(|(_, message)| message.clone())
        }
        MouseEventKind::ScrollDown => Some(wheel(1)),
        MouseEventKind::ScrollUp => Some(wheel(-1)),
        _ => None,
    }
}

/// Returns the key of an event, or `None` if no screen uses it.
fn translate(key: &KeyEvent) -> Option<Key> {
    Some(match key.code {
        KeyCode::Char(c)
            if key.modifiers.contains(KeyModifiers::CONTROL) && !key.modifiers.contains(KeyModifiers::ALT) =>
        {
            Key::Ctrl(c.to_ascii_lowercase())
        }
        // On some systems, AltGr arrives as Ctrl+Alt. Alt without Ctrl is a shortcut of the terminal or the window manager.
        KeyCode::Char(c)
            if !key.modifiers.contains(KeyModifiers::ALT) || key.modifiers.contains(KeyModifiers::CONTROL) =>
        {
            // Sanitize, because the rest of a paste can arrive as keys and contain any character.
            Key::Char(SanitizedText::new(c.encode_utf8(&mut [0; 4])).chars().next()?)
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
    fn keys_with_line_breaks_in_one_burst_are_a_paste() {
        assert_eq!(pasted("Error:\nq\n").as_deref(), Some("Error:\nq\n"));
        assert_eq!(pasted("ip\n"), None);
        assert_eq!(pasted("y"), None);
    }

    #[test]
    fn control_characters_are_typed_as_placeholders() {
        let key = |c| translate(&KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE));
        assert_eq!(key('\u{9b}'), Some(Key::Char('\u{fffd}')));
        assert_eq!(key('\u{fe0f}'), None);
        assert_eq!(key('é'), Some(Key::Char('é')));
    }

    #[test]
    fn command_keys_depend_on_the_context_and_exclude_ctrl_c() {
        let key = |code, modifiers| Event::Key(KeyEvent::new(code, modifiers));
        assert!(is_command(&key(KeyCode::Enter, KeyModifiers::NONE), Context::SearchField));
        assert!(!is_command(&key(KeyCode::Char('q'), KeyModifiers::NONE), Context::SearchField));
        assert!(is_command(&key(KeyCode::Char('q'), KeyModifiers::NONE), Context::Question));
        assert!(!is_command(&key(KeyCode::Char('c'), KeyModifiers::CONTROL), Context::Question));
    }
}
