//! The impure part of the interactive side: it sets the terminal up, restores it on every way out, reads events, draws.
//!
//! Threads send to one channel (terminal events, signals, changes of files that are watched), and the main thread takes from it.

use std::io::{self, Stdout, stdout};
use std::mem::ManuallyDrop;
use std::sync::mpsc::{Sender, channel};
use std::time::Instant;

use crossterm::clipboard::CopyToClipboard;
use crossterm::event::{Event, MouseEventKind, read};
use crossterm::execute;
use crossterm::terminal::{Clear, ClearType, size};
use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;
use ratatui::{Terminal, TerminalOptions, Viewport};

use crate::app::{Effect, Message, Model, keymap, update};
use crate::case;
use crate::history::Keeper;
use crate::ui::{self, Drawn, Theme};
use crate::watch::{self, Changed, Watch};
use crate::{files, settings, words};

mod events;
mod guard;
mod inputs;
#[cfg_attr(not(unix), path = "terminal/no_signals.rs")]
mod signals;

pub use events::Events;
use events::as_paste;
pub use guard::Guard;
use inputs::{Input, Inputs};
use signals::Signal;

/// Runs the wizard until somebody leaves.
///
/// # Errors
/// When the terminal cannot be set up, read or drawn. It is restored then, as on every way out.
pub fn run(mut model: Model, theme: Theme, watch: Option<Watch>, keeper: &mut Keeper) -> io::Result<()> {
    let (sender, receiver) = channel();
    signals::forward(sender.clone())?;
    let guard = Guard::take()?;
    if let Some(watch) = watch {
        forward_changes(watch, sender.clone());
    }
    signals::forward_hang_up(sender.clone());
    forward_events(sender);
    let mut inputs = Inputs::new(receiver);
    let left = run_loop(&mut model, theme, &mut inputs, keeper);
    let left = left.or_else(|error| signals::behind(&mut inputs).map_or(Err(error), |signal| Ok(Left::Signal(signal))));
    drop(guard);
    match left? {
        Left::Quit => Ok(()),
        Left::Signal(signal) => signals::die_of(signal),
    }
}

/// Why the loop was left.
enum Left {
    Quit,
    Signal(Signal),
}

fn run_loop(model: &mut Model, theme: Theme, inputs: &mut Inputs, keeper: &mut Keeper) -> io::Result<Left> {
    let mut canvas = new_canvas()?;
    let mut drawn = draw(&mut canvas, model, theme)?;
    let mut events = Events::default();
    while inputs.wait() {
        // What has come in meanwhile is drawn at once.
        if cfg!(windows)
            && keymap::context(model).takes_text()
            && let Some(text) = as_paste(inputs.burst().iter().map(Input::event))
        {
            *inputs.burst() = [Input::Event(Event::Paste(text))].into();
        }
        while let Some(input) = inputs.burst().pop_front() {
            let event = match input {
                Input::Event(event) => event,
                Input::Lost(error) => return Err(error),
                Input::Changed(Changed::Good(search, findings)) => {
                    model.reload(*search, findings);
                    continue;
                }
                Input::Changed(Changed::Mistake(mistake)) => {
                    model.refuse(&mistake);
                    continue;
                }
                Input::Resized => continue,
                Input::Signal(signal) => return Ok(Left::Signal(signal)),
            };
            if matches!(event, Event::Mouse(mouse) if matches!(mouse.kind, MouseEventKind::Down(_))) {
                // A click means what stands in its place by then.
                drawn = draw(&mut canvas, model, theme)?;
            }
            let mut message = events.message(model, &event, &drawn, Instant::now());
            if matches!(message, Some(Message::Scroll(..))) {
                // From what is seen by then.
                drawn = draw(&mut canvas, model, theme)?;
                message = events.message(model, &event, &drawn, Instant::now());
            }
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
                    let copied = copy(&case::markdown(&case, &began, &took));
                    model.notify(&format!("{} {copied}", words::THE_TICKET));
                }
                Some(Effect::GoOn(key, kept)) => {
                    if !keeper.go_on(key, &kept) {
                        model.notify(words::TAKEN);
                    }
                }
                Some(Effect::Keep(key, case)) => {
                    keeper.keep(Some((key, *case)));
                    model.notify(&words::put_aside(keeper.number(key)));
                }
                Some(Effect::Suspend) => {
                    signals::suspend()?;
                    // A new one, which knows nothing of what was drawn before; asking for the cursor's place in order to
                    // clear would wait for an answer that the other thread reads.
                    canvas = new_canvas()?;
                }
                Some(Effect::Copy(text)) => model.notify(&copy(&text)),
                Some(Effect::Save(name, text)) => model.notify(&files::saved(&name, &text)),
                Some(Effect::Open(link)) => model.notify(&open_link(&link)),
                Some(Effect::Remember(audience)) if !settings::remember(audience) => {
                    model.notify(words::NOT_REMEMBERED);
                }
                Some(Effect::Remember(_)) | None => {}
            }
        }
        // Kept before it is drawn: what is on the screen is there after a crash.
        keeper.keep(model.case());
        if let Some(failure) = keeper.failure() {
            model.notify(&format!("{}: {failure}", words::NO_HISTORY));
        }
        drawn = draw(&mut canvas, model, theme)?;
    }
    Ok(Left::Quit)
}

/// It shows the cursor when it goes, and panics where nobody can be told that it could not: the guard shows it instead.
type Canvas = ManuallyDrop<Terminal<CrosstermBackend<Stdout>>>;

fn new_canvas() -> io::Result<Canvas> {
    execute!(stdout(), Clear(ClearType::All))?;
    let options = TerminalOptions { viewport: Viewport::Fixed(area()?) };
    Terminal::with_options(CrosstermBackend::new(stdout()), options).map(ManuallyDrop::new)
}

/// As much of the terminal as is drawn on. Some say that they are larger than their cells would fit into memory.
fn area() -> io::Result<Rect> {
    let (columns, rows) = size()?;
    Ok(Rect::new(0, 0, columns.min(ui::MOST), rows.min(ui::MOST)))
}

fn draw(canvas: &mut Canvas, model: &Model, theme: Theme) -> io::Result<Drawn> {
    let area = area()?;
    if canvas.get_frame().area() != area {
        execute!(stdout(), Clear(ClearType::All))?;
        canvas.resize(area)?;
    }
    let mut drawn = Drawn::default();
    canvas.draw(|frame| drawn = ui::view(model, theme, frame))?;
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

/// Sends a text to the terminal, which puts it on the clipboard where the window is, over SSH as well.
fn copy(text: &str) -> String {
    let sent = execute!(stdout(), CopyToClipboard::to_clipboard_from(text));
    if sent.is_ok() { words::copied(text) } else { words::NOT_COPIED.to_owned() }
}

/// Opens a link in the browser of this machine. Over SSH that is not where the person sits.
fn open_link(link: &str) -> String {
    let is_remote = ["SSH_CONNECTION", "SSH_TTY"].iter().any(|name| std::env::var_os(name).is_some());
    let opened = !is_remote && open::that_detached(link).is_ok();
    format!("{} {link}", if opened { words::OPENED } else { words::NOT_OPENED })
}
