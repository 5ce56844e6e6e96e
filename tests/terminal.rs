//! The real program in a pseudo-terminal: what it draws, and that the terminal is whole again whatever ends it.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "tests")]

use std::io::{Read, Write};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// How long the program may take to do anything on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

/// The program, its keyboard and its screen.
struct Session {
    child: Box<dyn Child + Send + Sync>,
    master: Box<dyn MasterPty + Send>,
    keyboard: Box<dyn Write + Send>,
    output: Receiver<Vec<u8>>,
    screen: vt100::Parser,
    /// Everything that the program has written.
    raw: Vec<u8>,
    /// Where it keeps its cases.
    _data: tempfile::TempDir,
}

impl Session {
    fn start(args: &[&str]) -> Self {
        let mut command = CommandBuilder::new(assert_cmd::cargo::cargo_bin!("unstuck"));
        command.args(args);
        Self::run(command)
    }

    fn run(mut command: CommandBuilder) -> Self {
        command.env("TERM", "xterm-256color");
        for name in ["NO_COLOR", "ACCESSIBLE", "UNSTUCK_KB", "UNSTUCK_THEME"] {
            command.env_remove(name);
        }
        command.env("XDG_CONFIG_HOME", env!("CARGO_TARGET_TMPDIR"));
        let data = tempfile::tempdir().unwrap();
        if command.get_env("XDG_DATA_HOME").is_none() {
            command.env("XDG_DATA_HOME", data.path());
        }
        let pty = native_pty_system().openpty(PtySize { rows: 24, cols: 80, ..PtySize::default() }).unwrap();
        let child = pty.slave.spawn_command(command).unwrap();
        let mut reader = pty.master.try_clone_reader().unwrap();
        let (sender, output) = channel();
        std::thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(count @ 1..) = reader.read(&mut buffer) {
                if sender.send(buffer.iter().copied().take(count).collect()).is_err() {
                    return;
                }
            }
        });
        let keyboard = pty.master.take_writer().unwrap();
        Self {
            child,
            master: pty.master,
            keyboard,
            output,
            screen: vt100::Parser::new(24, 80, 0),
            raw: Vec::new(),
            _data: data,
        }
    }

    fn press(&mut self, keys: &str) {
        self.keyboard.write_all(keys.as_bytes()).unwrap();
        self.keyboard.flush().unwrap();
    }

    /// Waits until the screen says it.
    #[track_caller]
    fn sees(&mut self, text: &str) {
        let until = Instant::now() + PATIENCE;
        while !self.screen.screen().contents().contains(text) {
            let left = until.saturating_duration_since(Instant::now());
            let chunk = self.output.recv_timeout(left);
            assert!(chunk.is_ok(), "the screen does not say \"{text}\":\n{}", self.screen.screen().contents());
            let chunk = chunk.unwrap();
            self.screen.process(&chunk);
            self.raw.extend(chunk);
        }
    }

    fn signal(&self, name: &str) {
        let id = self.child.process_id().unwrap().to_string();
        assert!(std::process::Command::new("kill").args([name, &id]).status().unwrap().success());
    }

    /// Waits for the end, and checks that the terminal is as it was.
    #[track_caller]
    fn ends(&mut self, how: &str) {
        let until = Instant::now() + PATIENCE;
        let status = loop {
            while let Ok(chunk) = self.output.try_recv() {
                self.screen.process(&chunk);
            }
            if let Some(status) = self.child.try_wait().unwrap() {
                break status;
            }
            assert!(Instant::now() < until, "it does not end");
            let _ = self.output.recv_timeout(Duration::from_millis(20)).map(|chunk| self.screen.process(&chunk));
        };
        while let Ok(chunk) = self.output.recv_timeout(Duration::from_millis(100)) {
            self.screen.process(&chunk);
        }
        assert_eq!(format!("{status:?}"), how);
        let screen = self.screen.screen();
        assert!(!screen.alternate_screen(), "the alternate screen is left");
        assert!(!screen.hide_cursor(), "the cursor shows");
        assert!(!screen.bracketed_paste(), "paste mode is off");
        assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None, "the mouse is the terminal's");
        let modes = self.master.get_termios().unwrap();
        assert!(
            modes.local_flags.contains(nix::sys::termios::LocalFlags::ICANON | nix::sys::termios::LocalFlags::ECHO)
        );
    }
}

const WELL: &str = "ExitStatus { code: 0, signal: None }";

fn died_of(signal: &str) -> String {
    format!("ExitStatus {{ code: 1, signal: Some({signal:?}) }}")
}

#[test]
fn the_owner_is_asked_the_two_questions_of_the_page() {
    let mut session = Session::start(&["request an invitation or enter your emergency reset code"]);
    session.sees("Please contact your administrator to request an invitation OR Enter your");
    session.press("\r");
    session.sees("Is there another administrator");
    session.press("n");
    session.sees("Can the owner find the recovery key?");
    session.press("n");
    session.sees("service@devolutions.net");
    session.press("\x1b");
    session.sees("It is a PDF");
    session.press("y");
    session.sees("Type the emergency reset code");
    session.press("y");
    session.sees("Solved.");
    session.press("q");
    session.ends(WELL);
}

#[test]
fn what_is_typed_is_searched_and_what_is_pasted_is_text() {
    let mut session = Session::start(&[]);
    session.sees("All errors");
    session.press("qqq");
    session.sees("> qqq");
    session.press("\x15");
    session.sees("All errors");
    session.press("\x1b[200~[10:03] Your IP address\nis not allowed.\nq\n\x1b[201~");
    session.sees("Found");
    session.sees("Your IP address is not allowed.");
    session.press("\x03");
    session.ends(WELL);
}

#[test]
fn ten_kilobytes_with_line_breaks_and_a_mark_inside_are_one_text() {
    let mut session = Session::start(&[]);
    session.sees("All errors");
    let log = "2026-03-09 14:25:13 INFO q y n ? nothing of ours\n".repeat(200);
    // The end mark inside ends the paste for the terminal; what follows arrives as keys.
    session.press(&format!("\x1b[200~{log}Enter your emergency reset code.\x1b[201~\r\x1b[201~"));
    session.sees("Enter your emergency reset code.");
    session.sees("Found");
    session.press("\x03");
    session.ends(WELL);
}

#[test]
fn a_copy_goes_to_the_terminal_and_a_file_to_the_folder() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = CommandBuilder::new(assert_cmd::cargo::cargo_bin!("unstuck"));
    command.args(["ip"]);
    command.cwd(folder.path());
    let mut session = Session::run(command);
    session.sees("Your IP address");
    session.press("\r");
    session.sees("company VPN");
    session.press("c");
    session.sees("Sent to your terminal");
    assert!(session.raw.windows(7).any(|bytes| bytes == b"\x1b]52;c;"), "an OSC 52 sequence");
    session.press("w");
    session.sees("unstuck-ip-not-allowed.txt");
    session.press("w");
    session.sees("unstuck-ip-not-allowed-2.txt");
    let saved = std::fs::read_to_string(folder.path().join("unstuck-ip-not-allowed.txt")).unwrap();
    assert!(saved.starts_with("Error: Your IP address is not allowed."), "{saved}");
    session.press("q");
    session.ends(WELL);
}

#[test]
fn a_click_answers() {
    let mut session = Session::start(&["ip"]);
    session.sees("Your IP address");
    session.press("\r");
    session.sees("No (n)");
    let rows: Vec<String> = session.screen.screen().rows(0, 80).collect();
    let row = rows.iter().position(|row| row.contains("No (n)")).unwrap();
    let column = rows[row].find("No (n)").unwrap();
    session.press(&format!("\x1b[<0;{};{}M\x1b[<0;{};{}m", column + 1, row + 1, column + 1, row + 1));
    session.sees("Tor browser");
    session.press("q");
    session.sees("q once more leaves");
    session.press("q");
    session.ends(WELL);
}

#[test]
fn a_double_click_answers_one_question() {
    let mut session = Session::start(&["ip"]);
    session.sees("Your IP address");
    session.press("\r");
    session.sees("No (n)");
    let rows: Vec<String> = session.screen.screen().rows(0, 80).collect();
    let row = rows.iter().position(|row| row.contains("No (n)")).unwrap();
    let column = rows[row].find("No (n)").unwrap();
    session.press(&format!("\x1b[<0;{};{}M", column + 1, row + 1).repeat(2));
    session.sees("Tor browser");
    session.press("m");
    session.sees("(you are here)");
    let answered = session.screen.screen().contents().matches("= No").count();
    assert_eq!(answered, 1, "{}", session.screen.screen().contents());
    session.press("\x03");
    session.ends(WELL);
}

#[test]
fn a_paste_with_an_end_mark_inside_answers_no_question() {
    let mut session = Session::start(&["ip"]);
    session.sees("Your IP address");
    session.press("\r");
    session.sees("company VPN");
    session.press("\x1b[200~text\x1b[201~n\x1b[201~");
    std::thread::sleep(Duration::from_millis(300));
    session.press("m");
    session.sees("(you are here)");
    assert!(!session.screen.screen().contents().contains("= No"), "{}", session.screen.screen().contents());
    session.press("\x03");
    session.ends(WELL);
}

#[test]
fn the_terminal_is_whole_after_every_signal_that_ends_it() {
    for (name, words) in [("-TERM", "Terminated"), ("-HUP", "Hangup"), ("-INT", "Interrupt"), ("-QUIT", "Quit")] {
        let mut session = Session::start(&["ip"]);
        session.sees("Your IP address");
        session.signal(name);
        session.ends(&died_of(words));
    }
}

#[test]
fn a_stopped_program_gives_the_terminal_back_and_takes_it_again() {
    let mut session = Session::start(&["ip"]);
    session.sees("Your IP address");
    session.press("\x1a");
    let until = Instant::now() + PATIENCE;
    while session.screen.screen().alternate_screen() {
        assert!(Instant::now() < until, "the alternate screen is not left");
        let _ = session.output.recv_timeout(Duration::from_millis(20)).map(|chunk| session.screen.process(&chunk));
    }
    // It has left the screen and is about to stop: a first signal to go on may come before it has.
    while !session.screen.screen().alternate_screen() {
        assert!(Instant::now() < until, "the alternate screen is not taken again");
        session.signal("-CONT");
        let _ = session.output.recv_timeout(Duration::from_millis(100)).map(|chunk| session.screen.process(&chunk));
    }
    session.sees("Your IP address");
    session.press("\x15forgot");
    session.sees("> forgot");
    session.press("\x03");
    session.ends(WELL);
}

#[test]
fn a_screen_that_is_resized_is_drawn_anew() {
    let mut session = Session::start(&["ip"]);
    session.sees("Your IP address");
    for (rows, cols) in [(12, 40), (3, 10), (40, 120), (24, 80)] {
        session.master.resize(PtySize { rows, cols, ..PtySize::default() }).unwrap();
        session.screen.screen_mut().set_size(rows, cols);
        session.sees(if rows < 12 { "A little" } else { "Your IP address" });
    }
    session.press("\x03");
    session.ends(WELL);
}

#[test]
fn a_key_pressed_while_the_screen_is_resized_is_not_lost() {
    let mut session = Session::start(&[]);
    session.sees("All errors");
    let mut typed = String::new();
    for nth in 0..300_u16 {
        let (rows, cols) = (20 + nth % 5, 70 + nth % 7);
        session.master.resize(PtySize { rows, cols, ..PtySize::default() }).unwrap();
        session.screen.screen_mut().set_size(rows, cols);
        let key = char::from(b'a' + u8::try_from(nth % 26).unwrap());
        session.press(&key.to_string());
        typed.push(key);
        if nth % 20 == 19 {
            session.sees(&format!("> {typed}"));
            session.press("\x15");
            typed.clear();
        }
    }
    session.press("\x03");
    session.ends(WELL);
}

/// Set in the program that is to panic.
const PANIC: &str = "UNSTUCK_TEST_PANIC";

#[test]
fn the_terminal_is_whole_after_a_panic() {
    if std::env::var_os(PANIC).is_some() {
        let _guard = unstuck::terminal::Guard::take().unwrap();
        panic!("a panic with the terminal taken");
    }
    let mut command = CommandBuilder::new(std::env::current_exe().unwrap());
    command.args(["--exact", "the_terminal_is_whole_after_a_panic", "--nocapture"]);
    command.env(PANIC, "1");
    let mut session = Session::run(command);
    session.sees("a panic with the terminal taken");
    session.ends("ExitStatus { code: 101, signal: None }");
}

#[test]
fn a_dumb_terminal_gets_plain_lines() {
    let mut command = CommandBuilder::new(assert_cmd::cargo::cargo_bin!("unstuck"));
    command.args(["--plain", "ip", "address"]);
    let mut session = Session::run(command);
    session.sees("1. Your IP address is not allowed.");
    session.press("1\n");
    session.sees("Question 1");
    session.press("q\n");
    session.ends(WELL);
}

#[test]
fn what_is_saved_shows_in_the_open_wizard() {
    let folder = tempfile::tempdir().unwrap();
    let article = "message: It is dark.\nflow:\n  one: {question: Is it day?, yes: help, no: help}\n  help: {escalation: The helpdesk}\n";
    std::fs::create_dir_all(folder.path().join("kb/test")).unwrap();
    std::fs::write(folder.path().join("kb/test/collection.yaml"), "title: Test\n").unwrap();
    std::fs::write(folder.path().join("kb/test/dark.yaml"), article).unwrap();
    let kb = folder.path().join("kb");
    let mut session = Session::start(&["--watch", "--only", "--kb", kb.to_str().unwrap(), "dark"]);
    session.sees("It is dark.");
    session.press("\r");
    session.sees("Is it day?");
    std::fs::write(kb.join("test/dark.yaml"), article.replace("yes: help", "yes: hepl")).unwrap();
    session.sees("there is no node `hepl`");
    std::fs::write(kb.join("test/dark.yaml"), article.replace("day", "night")).unwrap();
    session.sees("Is it night?");
    session.press("\u{3}");
    session.ends(WELL);
}

#[test]
fn a_case_that_was_killed_is_offered_and_goes_on() {
    let data = tempfile::tempdir().unwrap();
    let start = |args: &[&str]| {
        let mut command = CommandBuilder::new(assert_cmd::cargo::cargo_bin!("unstuck"));
        command.args(args);
        command.env("XDG_DATA_HOME", data.path());
        Session::run(command)
    };
    let mut session = start(&["account enable"]);
    session.sees("Please contact your administrator to enable your account.");
    session.press("\r");
    session.sees("Can you manage users");
    session.press("y");
    session.sees("Has this user an expiry date");
    session.signal("-KILL");
    session.child.wait().unwrap();
    let mut session = start(&[]);
    session.sees("A case was interrupted");
    session.press("\u{12}");
    session.sees("Has this user an expiry date");
    session.press("n");
    session.sees("Enable the user");
    session.press("y");
    session.sees("Solved.");
    session.press("\u{3}");
    session.ends(WELL);
    let mut session = start(&[]);
    session.sees("All errors");
    assert!(!session.screen.screen().contents().contains("interrupted"));
    session.press("\u{3}");
    session.ends(WELL);
}

#[cfg(target_os = "linux")]
#[test]
fn a_terminal_that_goes_away_ends_it_within_a_second_whether_or_not_a_signal_comes() {
    use std::os::unix::process::ExitStatusExt;
    for controlling in [true, false] {
        let size = nix::pty::Winsize { ws_row: 24, ws_col: 80, ws_xpixel: 0, ws_ypixel: 0 };
        let pty = nix::pty::openpty(Some(&size), None).unwrap();
        // Whoever else holds it would keep it from going away.
        for end in [&pty.master, &pty.slave] {
            rustix::io::fcntl_setfd(end, rustix::io::FdFlags::CLOEXEC).unwrap();
        }
        let slave = || std::process::Stdio::from(pty.slave.try_clone().unwrap());
        // `setsid -c` makes it the controlling terminal, whose loss is a signal; without it, only reading tells.
        let mut command = std::process::Command::new("setsid");
        if controlling {
            command.arg("-c");
        }
        let data = tempfile::tempdir().unwrap();
        command.arg(assert_cmd::cargo::cargo_bin!("unstuck")).env("TERM", "xterm").env("XDG_DATA_HOME", data.path());
        let mut child = command.stdin(slave()).stdout(slave()).stderr(slave()).spawn().unwrap();
        let mut master = std::fs::File::from(pty.master);
        let mut seen = Vec::new();
        while !String::from_utf8_lossy(&seen).contains("unstuck") {
            let mut chunk = [0; 4096];
            let count = master.read(&mut chunk).unwrap();
            seen.extend(chunk.iter().take(count));
        }
        drop((master, pty.slave));
        let gone = Instant::now();
        let until = Instant::now() + PATIENCE;
        let status = loop {
            if let Some(status) = child.try_wait().unwrap() {
                break status;
            }
            assert!(Instant::now() < until, "it does not end");
            std::thread::sleep(Duration::from_millis(10));
        };
        eprintln!("controlling terminal: {controlling}; ended after {:?}", gone.elapsed());
        if controlling {
            assert_eq!(status.signal(), Some(1), "it dies of the hang-up: {status:?}");
        } else {
            assert_eq!(status.code(), Some(2));
        }
    }
}
