//! Every way out of the program from every screen: whatever ends it, the terminal is as it was, and the program has died of what it
//! was sent.

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
use support::session::{PATIENCE, Session, WELL, died_of};
use unstuck::app::{Key, Model, Seen, keymap, update};
use unstuck::search::Search;
use unstuck::shipped;
use unstuck::terminal::Guard;
use unstuck::text::Clean;
use unstuck::ui::{Theme, view};

/// A screen: what is typed at first, the keys that lead to it, each with what is seen then.
struct Way {
    screen: &'static str,
    typed: &'static str,
    keys: &'static [(&'static str, &'static str)],
}

const QUESTION: (&str, &str) = ("\r", "Can you manage users");
const SOLUTION: (&str, &str) = ("n", "What to do");
const LETTERS: (&str, &str) = ("t", "fill in");

const WAYS: [Way; 11] = [
    Way { screen: "nothing typed", typed: "", keys: &[] },
    Way { screen: "something found", typed: "ip", keys: &[] },
    Way { screen: "the list", typed: "account", keys: &[("\t", "type")] },
    Way { screen: "a clue", typed: "", keys: &[("\x14", "Question 1")] },
    Way { screen: "a question", typed: "account enable", keys: &[QUESTION] },
    Way { screen: "a solution", typed: "account enable", keys: &[QUESTION, SOLUTION] },
    Way { screen: "the end", typed: "account enable", keys: &[QUESTION, SOLUTION, ("y", "Solved.")] },
    Way { screen: "the map", typed: "account enable", keys: &[QUESTION, ("m", "(you are here)")] },
    Way { screen: "the messages", typed: "account enable", keys: &[QUESTION, SOLUTION, LETTERS] },
    Way { screen: "a blank", typed: "account enable", keys: &[QUESTION, SOLUTION, LETTERS, ("f", "undo")] },
    Way { screen: "the keys", typed: "account enable", keys: &[QUESTION, ("?", "Keys")] },
];

/// How often each pair is tried.
fn times() -> u64 {
    runs(1, 20)
}

fn at(way: &Way) -> Session {
    let words: Vec<&str> = way.typed.split(' ').filter(|word| !word.is_empty()).collect();
    let mut session = Session::start(&words);
    session.sees(if way.typed.is_empty() { "All errors" } else { way.typed });
    for (keys, seen) in way.keys {
        session.press(keys);
        session.sees(seen);
    }
    // The rest of the screen.
    session.read_for(Duration::from_millis(20));
    session
}

/// Tries a way out of every screen.
fn from_every_screen(death: &str, die: impl Fn(&mut Session)) {
    for way in &WAYS {
        for _ in 0..times() {
            let mut session = at(way);
            let began = Instant::now();
            die(&mut session);
            println!("{death} at {}: {:?}", way.screen, began.elapsed());
        }
    }
}

#[test]
fn ctrl_c() {
    from_every_screen("Ctrl-C", |session| {
        session.press("\x03");
        session.ends(WELL);
    });
}

#[test]
fn a_signal() {
    for (name, words) in [("-TERM", "Terminated"), ("-HUP", "Hangup"), ("-INT", "Interrupt"), ("-QUIT", "Quit")] {
        from_every_screen(name, |session| {
            session.signal(name);
            session.ends(&died_of(words));
        });
    }
}

#[test]
fn a_signal_on_a_screen_that_is_too_small() {
    for (rows, cols) in [(5, 20), (2, 10), (200, 500), (0, 0), (65535, 65535)] {
        let mut session = Session::start(&[]);
        session.sees("All errors");
        session.master.resize(PtySize { rows, cols, ..PtySize::default() }).unwrap();
        // What emulates the terminal here does not take every size itself.
        session.screen.screen_mut().set_size(rows.clamp(2, 200), cols.clamp(2, 500));
        session.read_for(Duration::from_millis(100));
        session.signal("-TERM");
        session.ends(&died_of("Terminated"));
    }
}

#[test]
fn stopped_and_continued_and_left() {
    from_every_screen("Ctrl-Z", |session| {
        let shown = session.shows();
        session.press("\x1a");
        let until = Instant::now() + PATIENCE;
        while session.screen.screen().alternate_screen() {
            assert!(Instant::now() < until, "the alternate screen is not left");
            session.read_for(Duration::from_millis(10));
        }
        session.is_whole();
        // It has given the terminal back and is about to stop: a first signal to go on may come before it has.
        while !session.screen.screen().alternate_screen() {
            assert!(Instant::now() < until, "the alternate screen is not taken again");
            session.signal("-CONT");
            session.read_for(Duration::from_millis(50));
        }
        while session.shows() != shown {
            let contents = session.shows();
            assert!(Instant::now() < until, "another screen:\n{contents}\nthan before:\n{shown}");
            session.read_for(Duration::from_millis(10));
        }
        session.press("\x03");
        session.ends(WELL);
    });
}

/// Set in the program that is to panic: on which thread, and which screen it shows then.
const PANIC: &str = "UNSTUCK_TEST_PANIC";

/// Takes the terminal, shows a screen and panics.
fn panics(thread: &str, way: &Way) {
    let mut model = Model::new(Search::new(Arc::new(shipped::loaded().kb)), &Clean::new(way.typed), Vec::new());
    for key in way.keys.iter().flat_map(|(keys, _)| keys.chars()) {
        let key = match key {
            '\r' => Key::Enter,
            '\t' => Key::Tab,
            '\x14' => Key::Ctrl('t'),
            key => Key::Char(key),
        };
        let message = keymap::message(&model, key, Seen::default()).unwrap();
        update(&mut model, message);
    }
    let _guard = Guard::take().unwrap();
    let mut terminal = Terminal::new(CrosstermBackend::new(std::io::stdout())).unwrap();
    terminal.draw(|frame| _ = view(&model, Theme::Terminal, frame)).unwrap();
    let panic = || panic!("a panic with the terminal taken");
    if thread == "main" {
        panic();
    }
    let _ = std::thread::spawn(panic).join();
    // A panic on another thread has ended the program by then.
    std::thread::sleep(PATIENCE);
}

#[test]
fn a_panic() {
    if let Some((thread, nth)) = std::env::var(PANIC).ok().as_deref().and_then(|told| told.split_once(' ')) {
        let (thread, nth) = (thread.to_owned(), nth.parse::<usize>().unwrap());
        // The threads of tests have the names of their tests; the guard goes by the name of the main one.
        let main = std::thread::Builder::new().name("main".to_owned());
        let ended = main.spawn(move || panics(&thread, WAYS.get(nth).unwrap())).unwrap().join();
        std::process::exit(if ended.is_err() { 101 } else { 0 });
    }
    for (thread, nth) in ["main", "another"].iter().flat_map(|thread| (0..WAYS.len()).map(move |nth| (thread, nth))) {
        for _ in 0..times() {
            let mut command = CommandBuilder::new(std::env::current_exe().unwrap());
            command.args(["--exact", "a_panic", "--nocapture"]);
            command.env(PANIC, format!("{thread} {nth}"));
            let mut session = Session::run(command);
            session.sees("a panic with the terminal taken");
            session.ends("ExitStatus { code: 101, signal: None }");
        }
    }
}

/// A terminal whose both ends are held here, with the program on it.
#[cfg(target_os = "linux")]
struct Line {
    master: std::fs::File,
    child: std::process::Child,
    screen: vt100::Parser,
    _data: tempfile::TempDir,
}

#[cfg(target_os = "linux")]
impl Line {
    /// With a controlling terminal, its loss is a signal; without, only reading tells.
    fn start(controlling: bool, words: &str) -> Self {
        let size = nix::pty::Winsize { ws_row: 24, ws_col: 80, ws_xpixel: 0, ws_ypixel: 0 };
        let pty = nix::pty::openpty(Some(&size), None).unwrap();
        // Whoever else holds it would keep it from going away.
        for end in [&pty.master, &pty.slave] {
            rustix::io::fcntl_setfd(end, rustix::io::FdFlags::CLOEXEC).unwrap();
        }
        let slave = || std::process::Stdio::from(pty.slave.try_clone().unwrap());
        let mut command = std::process::Command::new("setsid");
        if controlling {
            command.arg("-c");
        }
        let data = tempfile::tempdir().unwrap();
        command.arg(assert_cmd::cargo::cargo_bin!("unstuck")).args(words.split(' ').filter(|word| !word.is_empty()));
        command.env("TERM", "xterm").env("XDG_DATA_HOME", data.path());
        let child = command.stdin(slave()).stdout(slave()).stderr(slave()).spawn().unwrap();
        Self { master: pty.master.into(), child, screen: vt100::Parser::new(24, 80, 0), _data: data }
    }

    fn sees(&mut self, text: &str) {
        use rustix::event::{PollFd, PollFlags, Timespec, poll};
        while !self.screen.screen().contents().contains(text) {
            let mut waiting = [PollFd::new(&self.master, PollFlags::IN)];
            let patience = Timespec::try_from(PATIENCE).unwrap();
            let ready = poll(&mut waiting, Some(&patience)).unwrap();
            assert!(ready > 0, "the screen does not say \"{text}\":\n{}", self.screen.screen().contents());
            let mut chunk = [0; 4096];
            let count = self.master.read(&mut chunk).unwrap();
            self.screen.process(chunk.get(..count).unwrap());
        }
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_terminal_that_goes_away_whether_or_not_a_signal_comes() {
    use std::os::unix::process::ExitStatusExt;
    for (controlling, way) in
        [true, false].iter().flat_map(|controlling| WAYS.iter().map(move |way| (*controlling, way)))
    {
        for _ in 0..times() {
            let mut line = Line::start(controlling, way.typed);
            line.sees(if way.typed.is_empty() { "All errors" } else { way.typed });
            for (keys, seen) in way.keys {
                line.master.write_all(keys.as_bytes()).unwrap();
                line.sees(seen);
            }
            let Line { master, mut child, .. } = line;
            drop(master);
            let gone = Instant::now();
            let status = loop {
                if let Some(status) = child.try_wait().unwrap() {
                    break status;
                }
                assert!(gone.elapsed() < PATIENCE, "it does not end");
                std::thread::sleep(Duration::from_millis(5));
            };
            println!("hang-up at {}, controlling terminal {controlling}: {:?}", way.screen, gone.elapsed());
            if controlling {
                assert_eq!(status.signal(), Some(1), "it dies of the hang-up: {status:?}");
            } else {
                assert_eq!(status.code(), Some(2));
            }
        }
    }
}
