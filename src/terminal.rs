//! The one impure file of the interactive side: it sets the terminal up, restores it on every way out, reads events, draws.
//!
//! Threads send to one channel (terminal events, signals, changes of files that are watched), and the main thread takes from it.

use std::io::{self, IsTerminal, Stdout, stdout};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use crossterm::clipboard::CopyToClipboard;
use crossterm::event::{
    DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture, Event, KeyCode, KeyEvent,
    KeyModifiers, MouseButton, MouseEvent, MouseEventKind, read,
};
use crossterm::execute;
use crossterm::terminal::{
    Clear, ClearType, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::layout::Position;

use crate::app::keymap::Context;
use crate::app::{Effect, Key, Message, Model, Screen, keymap, update};
use crate::case;
use crate::history::Keeper;
use crate::text::Clean;
use crate::ui::{self, Drawn, Theme};
use crate::watch::{self, Changed, Watch};
use crate::{files, settings, words};

/// What wakes the main thread.
enum Input {
    Event(Event),
    /// Terminal events can no longer be read.
    Lost(io::Error),
    /// Files that are watched have changed.
    Changed(Changed),
    #[cfg(unix)]
    Signal(i32),
}

/// Runs the wizard until somebody leaves.
///
/// # Errors
/// When the terminal cannot be set up, read or drawn. It is restored then, as on every way out.
pub fn run(mut model: Model, theme: Theme, watch: Option<Watch>, keeper: &mut Keeper) -> io::Result<()> {
    let (sender, receiver) = channel();
    #[cfg(unix)]
    signals::forward(sender.clone())?;
    let guard = Guard::take()?;
    if let Some(watch) = watch {
        forward_changes(watch, sender.clone());
    }
    #[cfg(unix)]
    forward_hang_up(sender.clone());
    forward_events(sender);
    let left = run_loop(&mut model, theme, &receiver, keeper);
    #[cfg(unix)]
    let left = left.or_else(|error| signal_behind(&receiver).map_or(Err(error), |signal| Ok(Left::Signal(signal))));
    drop(guard);
    match left? {
        Left::Quit => {}
        #[cfg(unix)]
        Left::Signal(signal) => signals::die_of(signal)?,
    }
    Ok(())
}

/// Why the loop was left.
enum Left {
    Quit,
    #[cfg(unix)]
    Signal(i32),
}

/// The signal that an error goes with: a terminal that goes away cannot be drawn on, and sends one.
#[cfg(unix)]
fn signal_behind(inputs: &Receiver<Input>) -> Option<i32> {
    let until = Instant::now() + AFTER_HANG_UP;
    loop {
        let left = until.saturating_duration_since(Instant::now());
        if let Input::Signal(signal) = inputs.recv_timeout(left).ok()? {
            return Some(signal);
        }
    }
}

fn run_loop(model: &mut Model, theme: Theme, inputs: &Receiver<Input>, keeper: &mut Keeper) -> io::Result<Left> {
    let mut terminal = new_terminal()?;
    let mut drawn = draw(&mut terminal, model, theme)?;
    let mut pasted: Option<Instant> = None;
    let mut clicked_at: Option<Instant> = None;
    while let Ok(first) = inputs.recv() {
        // What has come in meanwhile is drawn at once.
        let mut burst = vec![first];
        burst.extend(inputs.try_iter());
        if cfg!(windows)
            && keymap::context(model) == Context::Field
            && let Some(text) = as_paste(&burst)
        {
            burst = vec![Input::Event(Event::Paste(text))];
        }
        for input in burst {
            let event = match input {
                Input::Event(event) => event,
                Input::Lost(error) => return Err(error),
                Input::Changed(Changed::Good(search, findings)) => {
                    model.reload(*search, findings);
                    continue;
                }
                Input::Changed(Changed::Mistake(mistake)) => {
                    model.refuse(mistake);
                    continue;
                }
                #[cfg(unix)]
                Input::Signal(signal) => return Ok(Left::Signal(signal)),
            };
            let just_pasted = pasted.is_some_and(|at| at.elapsed() < AFTER_PASTE);
            if matches!(event, Event::Paste(_)) {
                pasted = Some(Instant::now());
            } else if just_pasted && is_command(&event, keymap::context(model)) {
                continue;
            }
            if let Event::Mouse(mouse) = event {
                // A click means what stands in its place by then.
                drawn = draw(&mut terminal, model, theme)?;
                let is_click = matches!(mouse.kind, MouseEventKind::Down(_));
                let again = clicked_at.is_some_and(|at| at.elapsed() < DOUBLE_CLICK);
                if is_click && again && matches!(keymap::context(model), Context::Tell | Context::Question) {
                    continue;
                }
                if is_click {
                    clicked_at = Some(Instant::now());
                }
            }
            let message = message(model, &event, &drawn);
            let effect = message.and_then(|message| update(model, message));
            // Kept before anything else: what follows may be the end.
            if !matches!(effect, Some(Effect::Keep(..) | Effect::GoOn(..))) {
                keeper.keep(model.case());
            }
            match effect {
                Some(Effect::Quit) => {
                    // Whoever leaves in the middle has given up; a window that is closed has not.
                    keeper.keep(None);
                    keeper.lost(&model.take_lost());
                    return Ok(Left::Quit);
                }
                Some(Effect::Ticket(key, case)) => {
                    let (began, took) = keeper.times(key);
                    model.notify(copy(&case::markdown(&case, &began, &took)));
                }
                Some(Effect::GoOn(key, kept)) => {
                    if !keeper.go_on(key, &kept) {
                        model.notify(words::TAKEN.to_owned());
                    }
                }
                Some(Effect::Keep(key, case)) => keeper.keep(Some((key, *case))),
                Some(Effect::Suspend) => {
                    #[cfg(unix)]
                    signals::suspend()?;
                    // A new one, which knows nothing of what was drawn before; asking for the cursor's place in order to
                    // clear would wait for an answer that the other thread reads.
                    terminal = new_terminal()?;
                }
                Some(Effect::Copy(text)) => model.notify(copy(&text)),
                Some(Effect::Save(name, text)) => model.notify(files::saved(&name, &text)),
                Some(Effect::Open(link)) => model.notify(open_link(&link)),
                Some(Effect::Remember(audience)) if !settings::remember(audience) => {
                    model.notify(words::NOT_REMEMBERED.to_owned());
                }
                Some(Effect::Remember(_)) | None => {}
            }
        }
        // Kept before it is drawn: what is on the screen is there after a crash.
        keeper.keep(model.case());
        if let Some(failure) = keeper.failure() {
            model.notify(format!("{}: {failure}", words::NO_HISTORY));
        }
        drawn = draw(&mut terminal, model, theme)?;
    }
    Ok(Left::Quit)
}

/// A second click within so long belongs to the first: it answers no other question.
const DOUBLE_CLICK: Duration = Duration::from_millis(250);

/// For so long after a paste, keys are no commands: a text with an end mark inside goes on as keys.
const AFTER_PASTE: Duration = Duration::from_millis(100);

/// For so long after a hang-up, a signal may still come.
#[cfg(unix)]
const AFTER_HANG_UP: Duration = Duration::from_millis(200);

/// Whether an event is a key that does something rather than a letter of a text. Ctrl-C always leaves.
fn is_command(event: &Event, context: Context) -> bool {
    let Event::Key(key) = event else { return false };
    match translate(key) {
        Some(Key::Ctrl('c')) | None => false,
        Some(Key::Char(_)) => context != Context::Field,
        Some(_) => true,
    }
}

/// The text of a burst of keys that nobody can have typed: letters with line breaks between them. Terminals that do not mark pastes
/// send them like this.
fn as_paste(burst: &[Input]) -> Option<String> {
    let mut text = String::new();
    for input in burst {
        match input {
            Input::Event(Event::Key(key)) if !(key.is_press() || key.is_repeat()) => {}
            Input::Event(Event::Key(key)) => match translate(key)? {
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

fn new_terminal() -> io::Result<Terminal<CrosstermBackend<Stdout>>> {
    execute!(stdout(), Clear(ClearType::All))?;
    Terminal::new(CrosstermBackend::new(stdout()))
}

fn draw(terminal: &mut Terminal<CrosstermBackend<Stdout>>, model: &Model, theme: Theme) -> io::Result<Drawn> {
    let mut drawn = Drawn::default();
    terminal.draw(|frame| drawn = ui::view(model, theme, frame))?;
    Ok(drawn)
}

fn forward_changes(mut watch: Watch, sender: Sender<Input>) {
    std::thread::spawn(move || {
        loop {
            std::thread::sleep(watch::PAUSE);
            if watch.look().is_some_and(|changed| sender.send(Input::Changed(changed)).is_err()) {
                return;
            }
        }
    });
}

/// Says when the terminal has gone away. Whoever has it as their controlling terminal is sent a signal as well; to others, reading
/// from it only says for ever that there is nothing to read.
#[cfg(unix)]
fn forward_hang_up(sender: Sender<Input>) {
    use rustix::event::{PollFd, PollFlags, poll};
    std::thread::spawn(move || {
        let terminal = io::stdin();
        if !terminal.is_terminal() {
            return; // events come from the controlling terminal then
        }
        // Nothing is asked for, so that it comes back for a hang-up only.
        let mut waiting = [PollFd::new(&terminal, PollFlags::empty())];
        while poll(&mut waiting, None).is_err_and(|error| error == rustix::io::Errno::INTR) {}
        // The signal, where there is one, comes first: the program dies of what it was sent.
        std::thread::sleep(AFTER_HANG_UP);
        let _ = sender.send(Input::Lost(io::Error::other(words::HUNG_UP)));
    });
}

fn forward_events(sender: Sender<Input>) {
    std::thread::spawn(move || {
        loop {
            let input = read().map_or_else(Input::Lost, Input::Event);
            let lost = matches!(input, Input::Lost(_));
            if sender.send(input).is_err() || lost {
                return;
            }
        }
    });
}

/// What an event means; resizes mean nothing but a new drawing.
fn message(model: &Model, event: &Event, drawn: &Drawn) -> Option<Message> {
    match event {
        Event::Paste(text) => Some(Message::Paste(Clean::new(text))),
        Event::Mouse(mouse) => clicked(model, *mouse, drawn),
        Event::Key(key) if key.is_press() || key.is_repeat() => keymap::message(model, translate(key)?, drawn.furthest),
        _ => None,
    }
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
        _ => Message::Scroll(by, drawn.furthest),
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

/// Sends a text to the terminal, which puts it on the clipboard where the window is, over SSH as well.
fn copy(text: &str) -> String {
    let sent = execute!(stdout(), CopyToClipboard::to_clipboard_from(text));
    let copied = if text.contains(words::letter::BLANK) { words::COPIED_WITH_BLANKS } else { words::COPIED };
    if sent.is_ok() { copied } else { words::NOT_COPIED }.to_owned()
}

/// Opens a link in the browser of this machine. Over SSH that is not where the person sits.
fn open_link(link: &str) -> String {
    let is_remote = ["SSH_CONNECTION", "SSH_TTY"].iter().any(|name| std::env::var_os(name).is_some());
    let opened = !is_remote && open::that_detached(link).is_ok();
    format!("{} {link}", if opened { words::OPENED } else { words::NOT_OPENED })
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
            Key::Char(c)
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

/// Owns every mode that is set on the terminal, and undoes all of it when it goes, whatever the way out.
#[derive(Debug)]
#[must_use = "the terminal is given back when the guard goes"]
pub struct Guard(());

impl Guard {
    /// Takes the terminal: raw mode, the alternate screen, pastes as one event; and gives it back before a panic is reported.
    ///
    /// # Errors
    /// When the terminal does not take one of the modes.
    pub fn take() -> io::Result<Self> {
        let default = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            restore();
            default(panic);
            // A panic beside the main thread would leave the program running on a terminal that has been given back.
            if std::thread::current().name() != Some("main") {
                std::process::exit(101);
            }
        }));
        let guard = Self(());
        set_up()?;
        Ok(guard)
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        restore();
    }
}

fn set_up() -> io::Result<()> {
    enable_raw_mode()?;
    execute!(stdout(), EnterAlternateScreen, EnableBracketedPaste, EnableMouseCapture)
}

/// Gives the terminal back as it was. What cannot be undone any more is let go.
fn restore() {
    let _ =
        execute!(stdout(), DisableMouseCapture, DisableBracketedPaste, LeaveAlternateScreen, crossterm::cursor::Show);
    let _ = disable_raw_mode();
}

#[cfg(unix)]
mod signals {
    use std::io;
    use std::sync::mpsc::Sender;

    use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP};
    use signal_hook::iterator::Signals;
    use signal_hook::low_level::emulate_default_handler;

    use super::{Input, restore, set_up};

    /// Sends signals that end the program to its main thread, which then restores the terminal first.
    pub(super) fn forward(sender: Sender<Input>) -> io::Result<()> {
        let mut signals = Signals::new([SIGTERM, SIGHUP, SIGINT, SIGQUIT])?;
        std::thread::spawn(move || {
            for signal in signals.forever() {
                if sender.send(Input::Signal(signal)).is_err() {
                    return;
                }
            }
        });
        Ok(())
    }

    /// Ends the program the way the signal would have ended it.
    pub(super) fn die_of(signal: i32) -> io::Result<()> {
        emulate_default_handler(signal)
    }

    /// Gives the terminal back, stops, and takes the terminal again once the program is continued.
    pub(super) fn suspend() -> io::Result<()> {
        restore();
        emulate_default_handler(SIGTSTP)?;
        set_up()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn burst(text: &str) -> Vec<Input> {
        let code = |c| if c == '\n' { KeyCode::Enter } else { KeyCode::Char(c) };
        text.chars().map(|c| Input::Event(Event::Key(KeyEvent::new(code(c), KeyModifiers::NONE)))).collect()
    }

    #[test]
    fn keys_with_line_breaks_between_them_that_come_at_once_are_a_paste() {
        assert_eq!(as_paste(&burst("Error:\nq\n")).as_deref(), Some("Error:\nq\n"));
        assert_eq!(as_paste(&burst("ip\n")), None);
        assert_eq!(as_paste(&burst("y")), None);
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
