//! Each exit from each screen: the terminal is restored, and the exit status names the signal.
//!
//! `UNSTUCK_LONG=1 cargo test --test terminal_restore` tries each pair 20 times.

#![cfg(unix)]
#![expect(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "tests")]

mod support;

use std::io::{Read, Write};
use std::sync::Arc;
use std::time::{Duration, Instant};

use portable_pty::{CommandBuilder, PtySize};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use support::runs;
use support::session::{SUCCESS, Session, TIMEOUT, killed_by};
use unstuck::app::{Key, Model, Viewport, keymap, update};
use unstuck::builtin;
use unstuck::search::Search;
use unstuck::terminal::TerminalGuard;
use unstuck::text::SanitizedText;
use unstuck::ui::{Theme, view};

/// Steps to open a screen: the query, then pairs of keys to press and text to wait for.
struct ScreenSetup {
    name: &'static str,
    query: &'static str,
    keys: &'static [(&'static str, &'static str)],
}

const QUESTION: (&str, &str) = ("\r", "Did your access have");
const SOLUTION: (&str, &str) = ("n", "What to do");
const MESSAGES: (&str, &str) = ("t", "fill in");

const SCREENS: [ScreenSetup; 11] = [
    ScreenSetup { name: "an empty search", query: "", keys: &[] },
    ScreenSetup { name: "a match", query: "ip", keys: &[] },
    ScreenSetup { name: "the list", query: "account", keys: &[("\t", "search")] },
    ScreenSetup {
        name: "a question about words",
        query: "please contact your administrator to request an",
        keys: &[("\x14", "Does your message contain")],
    },
    ScreenSetup { name: "a question", query: "account enable", keys: &[QUESTION] },
    ScreenSetup { name: "a solution", query: "account enable", keys: &[QUESTION, SOLUTION] },
    ScreenSetup { name: "the outcome", query: "account enable", keys: &[QUESTION, SOLUTION, ("y", "Solved.")] },
    ScreenSetup { name: "the map", query: "account enable", keys: &[QUESTION, ("m", "(you are here)")] },
    ScreenSetup { name: "the messages to send", query: "account enable", keys: &[QUESTION, SOLUTION, MESSAGES] },
    ScreenSetup { name: "a blank", query: "account enable", keys: &[QUESTION, SOLUTION, MESSAGES, ("f", "cancel")] },
    ScreenSetup { name: "the help", query: "account enable", keys: &[QUESTION, ("?", "Keyboard shortcuts")] },
];

/// Returns the number of runs for each exit and screen.
fn repetitions() -> u64 {
    runs(1, 20)
}

/// Starts the program and opens a screen.
fn open_screen(setup: &ScreenSetup) -> Session {
    let args: Vec<&str> = setup.query.split(' ').filter(|word| !word.is_empty()).collect();
    let mut session = Session::start(&args);
    session.wait_for(if setup.query.is_empty() { "What happened?" } else { setup.query });
    for (keys, seen) in setup.keys {
        session.press(keys);
        session.wait_for(seen);
    }
    // Let the program finish drawing.
    session.read_for(Duration::from_millis(20));
    session
}

/// Tries one exit from every screen.
fn for_every_screen(exit: &str, trigger: impl Fn(&mut Session)) {
    for setup in &SCREENS {
        for _ in 0..repetitions() {
            let mut session = open_screen(setup);
            let start = Instant::now();
            trigger(&mut session);
            println!("{exit} at {}: {:?}", setup.name, start.elapsed());
        }
    }
}

#[test]
fn ctrl_c_restores_the_terminal() {
    for_every_screen("Ctrl-C", |session| {
        session.press("\x03");
        session.wait_for_exit(SUCCESS);
    });
}

#[test]
fn a_signal_restores_the_terminal() {
    for (name, description) in [("-TERM", "Terminated"), ("-HUP", "Hangup"), ("-INT", "Interrupt"), ("-QUIT", "Quit")] {
        for_every_screen(name, |session| {
            session.signal(name);
            session.wait_for_exit(&killed_by(description));
        });
    }
}

#[test]
fn a_signal_restores_a_terminal_of_any_size() {
    for (rows, cols) in [(5, 20), (2, 10), (200, 500), (0, 0), (65535, 65535)] {
        let mut session = Session::start(&[]);
        session.wait_for("What happened?");
        session.master.resize(PtySize { rows, cols, ..PtySize::default() }).unwrap();
        // The terminal emulator of this test does not support every size.
        session.screen.screen_mut().set_size(rows.clamp(2, 200), cols.clamp(2, 500));
        session.read_for(Duration::from_millis(100));
        session.signal("-TERM");
        session.wait_for_exit(&killed_by("Terminated"));
    }
}

#[test]
fn ctrl_z_restores_the_terminal_and_continuing_redraws_it() {
    for_every_screen("Ctrl-Z", |session| {
        let before = session.screen_text();
        session.press("\x1a");
        let deadline = Instant::now() + TIMEOUT;
        while session.screen.screen().alternate_screen() {
            assert!(Instant::now() < deadline, "the alternate screen is still on");
            session.read_for(Duration::from_millis(10));
        }
        session.assert_restored();
        // The terminal is restored, but the program may not have stopped yet. Then it misses the first SIGCONT.
        while !session.screen.screen().alternate_screen() {
            assert!(Instant::now() < deadline, "the alternate screen is still off");
            session.signal("-CONT");
            session.read_for(Duration::from_millis(50));
        }
        while session.screen_text() != before {
            let contents = session.screen_text();
            assert!(Instant::now() < deadline, "the screen shows:\n{contents}\nbefore it was:\n{before}");
            session.read_for(Duration::from_millis(10));
        }
        session.press("\x03");
        session.wait_for_exit(SUCCESS);
    });
}

/// Environment variable for the child process that panics: the thread and the index of the screen, such as `main 3`.
const PANIC: &str = "UNSTUCK_TEST_PANIC";

/// Sets up the terminal, draws a screen and panics.
fn panic_on_screen(thread: &str, setup: &ScreenSetup) {
    let mut model =
        Model::new(Search::new(Arc::new(builtin::loaded().kb)), &SanitizedText::new(setup.query), Vec::new());
    for key in setup.keys.iter().flat_map(|(keys, _)| keys.chars()) {
        let key = match key {
            '\r' => Key::Enter,
            '\t' => Key::Tab,
            '\x14' => Key::Ctrl('t'),
            key => Key::Char(key),
        };
        let message = keymap::message(&model, key, Viewport::default()).unwrap();
        update(&mut model, message);
    }
    let _guard = TerminalGuard::take().unwrap();
    let mut terminal = Terminal::new(CrosstermBackend::new(std::io::stdout())).unwrap();
    terminal.draw(|frame| _ = view(&model, Theme::Terminal, frame)).unwrap();
    let panic = || panic!("a panic with the terminal taken");
    if thread == "main" {
        panic();
    }
    let _ = std::thread::spawn(panic).join();
    // A panic on another thread ends the program during this sleep.
    std::thread::sleep(TIMEOUT);
}

#[test]
fn a_panic_restores_the_terminal() {
    if let Some((thread, nth)) = std::env::var(PANIC).ok().as_deref().and_then(|value| value.split_once(' ')) {
        let (thread, nth) = (thread.to_owned(), nth.parse::<usize>().unwrap());
        // The guard checks for a thread with the name `main`. A test thread has the name of its test.
        let main = std::thread::Builder::new().name("main".to_owned());
        let ended = main.spawn(move || panic_on_screen(&thread, SCREENS.get(nth).unwrap())).unwrap().join();
        std::process::exit(if ended.is_err() { 101 } else { 0 });
    }
    for (thread, nth) in ["main", "another"].iter().flat_map(|thread| (0..SCREENS.len()).map(move |nth| (thread, nth)))
    {
        for _ in 0..repetitions() {
            let mut command = CommandBuilder::new(std::env::current_exe().unwrap());
            command.args(["--exact", "a_panic_restores_the_terminal", "--nocapture"]);
            command.env(PANIC, format!("{thread} {nth}"));
            let mut session = Session::run(command);
            session.wait_for("a panic with the terminal taken");
            session.wait_for_exit("ExitStatus { code: 101, signal: None }");
        }
    }
}

/// A pseudo-terminal with the running program. The test can close its master end.
#[cfg(target_os = "linux")]
struct RawTerminal {
    master: std::fs::File,
    child: std::process::Child,
    screen: vt100::Parser,
    _data: tempfile::TempDir,
}

#[cfg(target_os = "linux")]
impl RawTerminal {
    /// Starts the program. If it has a controlling terminal, losing it sends SIGHUP. Otherwise only reading fails.
    fn start(controlling: bool, query: &str) -> Self {
        let size = nix::pty::Winsize { ws_row: 24, ws_col: 80, ws_xpixel: 0, ws_ypixel: 0 };
        let pty = nix::pty::openpty(Some(&size), None).unwrap();
        // Another process with an open end would keep the terminal alive.
        for end in [&pty.master, &pty.slave] {
            rustix::io::fcntl_setfd(end, rustix::io::FdFlags::CLOEXEC).unwrap();
        }
        let slave = || std::process::Stdio::from(pty.slave.try_clone().unwrap());
        let mut command = std::process::Command::new("setsid");
        if controlling {
            command.arg("-c");
        }
        let data = tempfile::tempdir().unwrap();
        command.arg(assert_cmd::cargo::cargo_bin!("unstuck")).args(query.split(' ').filter(|word| !word.is_empty()));
        command.env("TERM", "xterm").env("XDG_DATA_HOME", data.path());
        let child = command.stdin(slave()).stdout(slave()).stderr(slave()).spawn().unwrap();
        Self { master: pty.master.into(), child, screen: vt100::Parser::new(24, 80, 0), _data: data }
    }

    fn wait_for(&mut self, text: &str) {
        use rustix::event::{PollFd, PollFlags, Timespec, poll};
        while !self.screen.screen().contents().contains(text) {
            let mut polled = [PollFd::new(&self.master, PollFlags::IN)];
            let timeout = Timespec::try_from(TIMEOUT).unwrap();
            let ready = poll(&mut polled, Some(&timeout)).unwrap();
            assert!(ready > 0, "the screen does not show \"{text}\":\n{}", self.screen.screen().contents());
            let mut chunk = [0; 4096];
            let count = self.master.read(&mut chunk).unwrap();
            self.screen.process(chunk.get(..count).unwrap());
        }
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_lost_terminal_ends_the_program_with_and_without_a_signal() {
    use std::os::unix::process::ExitStatusExt;
    for (controlling, setup) in
        [true, false].iter().flat_map(|controlling| SCREENS.iter().map(move |setup| (*controlling, setup)))
    {
        for _ in 0..repetitions() {
            let mut terminal = RawTerminal::start(controlling, setup.query);
            terminal.wait_for(if setup.query.is_empty() { "What happened?" } else { setup.query });
            for (keys, seen) in setup.keys {
                terminal.master.write_all(keys.as_bytes()).unwrap();
                terminal.wait_for(seen);
            }
            let RawTerminal { master, mut child, .. } = terminal;
            drop(master);
            let lost_at = Instant::now();
            let status = loop {
                if let Some(status) = child.try_wait().unwrap() {
                    break status;
                }
                assert!(lost_at.elapsed() < TIMEOUT, "the program does not exit");
                std::thread::sleep(Duration::from_millis(5));
            };
            println!("lost terminal at {}, controlling terminal {controlling}: {:?}", setup.name, lost_at.elapsed());
            if controlling {
                assert_eq!(status.signal(), Some(1), "SIGHUP did not end the program: {status:?}");
            } else {
                assert_eq!(status.code(), Some(2));
            }
        }
    }
}
