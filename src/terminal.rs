//! Full-screen mode: sets up the terminal, reads events, draws the model and carries out effects. The terminal is restored on
//! every exit, even after a panic or a signal.
//!
//! Threads send terminal events, signals and changes of watched files to one channel. Only the main thread receives them.

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

use crate::app::{Effect, Model, Msg, keymap, update};
use crate::case;
use crate::history::CaseRecorder;
use crate::ui::{self, FrameInfo, Theme};
use crate::watch::{self, Reload, Watch};
use crate::{files, settings, strings};

mod event_queue;
mod events;
mod guard;
#[cfg_attr(not(unix), path = "terminal/no_signals.rs")]
mod signals;

use event_queue::{EventQueue, Input};
pub use events::Events;
use events::as_paste;
pub use guard::TerminalGuard;
use signals::Signal;

/// Runs full-screen mode until the user quits or a signal ends the program.
///
/// # Errors
/// An [`io::Error`] if the terminal can't be set up, read or drawn on. The terminal is restored first.
pub fn run(mut model: Model, theme: Theme, watch: Option<Watch>, recorder: &mut CaseRecorder) -> io::Result<()> {
    let (sender, receiver) = channel();
    signals::forward(sender.clone())?;
    let guard = TerminalGuard::take()?;
    if let Some(watch) = watch {
        forward_changes(watch, sender.clone());
    }
    signals::forward_hang_up(sender.clone());
    forward_events(sender);
    let mut inputs = EventQueue::new(receiver);
    let left = run_loop(&mut model, theme, &mut inputs, recorder);
    let left = left.or_else(|error| {
        signals::pending_signal(&mut inputs).map_or(Err(error), |signal| Ok(ExitReason::Signal(signal)))
    });
    drop(guard);
    match left? {
        ExitReason::Quit => Ok(()),
        ExitReason::Signal(signal) => signals::raise_default(signal),
    }
}

/// The reason why the event loop ended.
enum ExitReason {
    Quit,
    Signal(Signal),
}

/// Handles inputs until the user quits or a signal arrives.
fn run_loop(
    model: &mut Model,
    theme: Theme,
    inputs: &mut EventQueue,
    recorder: &mut CaseRecorder,
) -> io::Result<ExitReason> {
    let mut canvas = new_canvas()?;
    let mut drawn = draw(&mut canvas, model, theme)?;
    let mut events = Events::default();
    while inputs.wait() {
        // A batch contains all inputs since the last draw. The screen is drawn once per batch. On Windows, a pasted text
        // arrives as a batch of keys.
        if cfg!(windows)
            && keymap::context(model).takes_text()
            && let Some(text) = as_paste(inputs.batch().iter().map(Input::event))
        {
            *inputs.batch() = [Input::Event(Event::Paste(text))].into();
        }
        while let Some(input) = inputs.batch().pop_front() {
            let event = match input {
                Input::Event(event) => event,
                Input::Error(error) => return Err(error),
                Input::Changed(Reload::Loaded(search, diagnostics)) => {
                    model.reload(*search, diagnostics);
                    continue;
                }
                Input::Changed(Reload::Error(mistake)) => {
                    model.set_reload_error(&mistake);
                    continue;
                }
                Input::Resized => continue,
                Input::Signal(signal) => return Ok(ExitReason::Signal(signal)),
            };
            if matches!(event, Event::Mouse(mouse) if matches!(mouse.kind, MouseEventKind::Down(_))) {
                // The click refers to the current state, which earlier inputs of this batch may have changed.
                drawn = draw(&mut canvas, model, theme)?;
            }
            let mut message = events.message(model, &event, &drawn, Instant::now());
            if matches!(message, Some(Msg::Scroll(..))) {
                // Scroll from the current position, which earlier inputs of this batch may have changed.
                drawn = draw(&mut canvas, model, theme)?;
                message = events.message(model, &event, &drawn, Instant::now());
            }
            let effect = message.and_then(|message| update(model, message));
            // Save the case first, because the effect may end the program. The effect `SaveCase` saves the case itself, and
            // `ResumeCase` must lock the stored case before anything is saved.
            if !matches!(effect, Some(Effect::SaveCase(..) | Effect::ResumeCase(..))) {
                recorder.record(model.case());
            }
            match effect {
                Some(Effect::Quit) => {
                    // Quitting leaves the case unfinished. Closing the window leaves it open, so that it can be resumed.
                    recorder.record(None);
                    recorder.record_failed_queries(&model.take_failed_queries());
                    return Ok(ExitReason::Quit);
                }
                Some(Effect::CopySummary(key, case)) => {
                    let (began, took) = recorder.times(key);
                    let sent = send_to_clipboard(&case::markdown(&case, &began, &took));
                    model.notify(if sent { strings::SUMMARY_COPIED } else { strings::SUMMARY_NOT_COPIED });
                }
                Some(Effect::ResumeCase(key, stored)) => {
                    if !recorder.attach(key, &stored) {
                        model.notify(strings::OPEN_ELSEWHERE);
                    }
                }
                Some(Effect::SaveCase(key, case)) => {
                    recorder.record(Some((key, *case)));
                    model.notify(&strings::on_hold(recorder.number(key)));
                }
                Some(Effect::Suspend) => {
                    signals::suspend()?;
                    // Create a new canvas, because the old one assumes that its last frame is still visible.
                    // Don't use `Terminal::clear`: it queries the cursor position and waits for a reply, but the event thread
                    // reads this reply.
                    canvas = new_canvas()?;
                }
                Some(Effect::Copy(text)) => model.notify(copy(&text)),
                Some(Effect::Save(name, text)) => model.notify(&files::save_report(&name, &text)),
                Some(Effect::Open(link)) => model.notify(&open_link(&link)),
                Some(Effect::SaveAudience(audience)) if !settings::save_audience(audience) => {
                    model.notify(strings::SETTING_NOT_SAVED);
                }
                Some(Effect::SaveAudience(_)) | None => {}
            }
        }
        // Save before drawing, so that everything on the screen survives a crash.
        recorder.record(model.case());
        if let Some(failure) = recorder.failure() {
            model.notify(&format!("{}: {failure}", strings::NO_HISTORY));
        }
        drawn = draw(&mut canvas, model, theme)?;
    }
    Ok(ExitReason::Quit)
}

/// The terminal for drawing. It is never dropped, because `Terminal::drop` panics if standard error is closed. [`TerminalGuard`]
/// shows the cursor instead of `Terminal::drop`.
type Tui = ManuallyDrop<Terminal<CrosstermBackend<Stdout>>>;

/// Clears the screen and returns a canvas for it.
fn new_canvas() -> io::Result<Tui> {
    execute!(stdout(), Clear(ClearType::All))?;
    let options = TerminalOptions { viewport: Viewport::Fixed(area()?) };
    Terminal::with_options(CrosstermBackend::new(stdout()), options).map(ManuallyDrop::new)
}

/// Returns the area to draw on. Its size is limited, because some terminals report a size that would not fit into memory.
fn area() -> io::Result<Rect> {
    let (columns, rows) = size()?;
    Ok(Rect::new(0, 0, columns.min(ui::MAX_DIMENSION), rows.min(ui::MAX_DIMENSION)))
}

fn draw(canvas: &mut Tui, model: &Model, theme: Theme) -> io::Result<FrameInfo> {
    let area = area()?;
    if canvas.get_frame().area() != area {
        execute!(stdout(), Clear(ClearType::All))?;
        canvas.resize(area)?;
    }
    let mut drawn = FrameInfo::default();
    canvas.draw(|frame| drawn = ui::view(model, theme, frame))?;
    Ok(drawn)
}

/// Polls the watched folders in a new thread and sends their changes to the main thread.
fn forward_changes(mut watch: Watch, sender: Sender<Input>) {
    std::thread::spawn(move || {
        loop {
            std::thread::sleep(watch::POLL_INTERVAL);
            if watch.poll().is_some_and(|changed| sender.send(Input::Changed(changed)).is_err()) {
                return;
            }
        }
    });
}

/// Reads terminal events in a new thread and sends them to the main thread. Ends after a read error.
fn forward_events(sender: Sender<Input>) {
    std::thread::spawn(move || {
        loop {
            let input = read().map_or_else(Input::Error, Input::Event);
            let is_error = matches!(input, Input::Error(_));
            if sender.send(input).is_err() || is_error {
                return;
            }
        }
    });
}

/// Copies a text with the OSC 52 sequence: the terminal puts it on the clipboard of the user's computer, even over SSH.
/// Returns the notice to show.
fn copy(text: &str) -> &'static str {
    if send_to_clipboard(text) { strings::copied(text) } else { strings::NOT_COPIED }
}

/// Writes the OSC 52 sequence for a text. Returns whether it could be written.
fn send_to_clipboard(text: &str) -> bool {
    execute!(stdout(), CopyToClipboard::to_clipboard_from(text)).is_ok()
}

/// Opens a link in the browser, and returns the notice to show. Over SSH, opens nothing, because the browser would open on the
/// remote computer.
fn open_link(link: &str) -> String {
    let is_remote = ["SSH_CONNECTION", "SSH_TTY"].iter().any(|name| std::env::var_os(name).is_some());
    let opened = !is_remote && open::that_detached(link).is_ok();
    format!("{} {link}", if opened { strings::OPENED } else { strings::NOT_OPENED })
}
