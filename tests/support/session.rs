//! The real program in a pseudo-terminal.

use std::io::{Read, Write};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// How long the program may take to do anything on a busy machine.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

/// The program, its keyboard and its screen.
pub(crate) struct Session {
    pub(crate) child: Box<dyn Child + Send + Sync>,
    pub(crate) master: Box<dyn MasterPty + Send>,
    pub(crate) keyboard: Box<dyn Write + Send>,
    pub(crate) output: Receiver<Vec<u8>>,
    pub(crate) screen: vt100::Parser,
    /// Everything that the program has written.
    pub(crate) raw: Vec<u8>,
    /// What the terminal was like before.
    before: nix::sys::termios::Termios,
    /// Where it keeps its cases.
    _data: tempfile::TempDir,
}

impl Session {
    pub(crate) fn start(args: &[&str]) -> Self {
        let mut command = CommandBuilder::new(assert_cmd::cargo::cargo_bin!("unstuck"));
        command.args(args);
        Self::run(command)
    }

    pub(crate) fn run(command: CommandBuilder) -> Self {
        Self::run_on("xterm-256color", command)
    }

    /// The same on another kind of terminal.
    pub(crate) fn run_on(terminal: &str, mut command: CommandBuilder) -> Self {
        for name in ["NO_COLOR", "ACCESSIBLE", "UNSTUCK_KB", "UNSTUCK_THEME"] {
            command.env_remove(name);
        }
        command.env("TERM", terminal);
        command.env("XDG_CONFIG_HOME", env!("CARGO_TARGET_TMPDIR"));
        let data = tempfile::tempdir().unwrap();
        if command.get_env("XDG_DATA_HOME").is_none() {
            command.env("XDG_DATA_HOME", data.path());
        }
        let pty = native_pty_system().openpty(PtySize { rows: 24, cols: 80, ..PtySize::default() }).unwrap();
        let before = pty.master.get_termios().unwrap();
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
            before,
            _data: data,
        }
    }

    pub(crate) fn press(&mut self, keys: &str) {
        self.keyboard.write_all(keys.as_bytes()).unwrap();
        self.keyboard.flush().unwrap();
    }

    /// Waits until the screen says it.
    #[track_caller]
    pub(crate) fn sees(&mut self, text: &str) {
        let until = Instant::now() + PATIENCE;
        while !self.screen.screen().contents().contains(text) {
            let left = until.saturating_duration_since(Instant::now());
            let chunk = self.output.recv_timeout(left);
            assert!(chunk.is_ok(), "the screen does not say \"{text}\":\n{}", self.screen.screen().contents());
            self.take(&chunk.unwrap());
        }
    }

    /// The lines of the screen.
    pub(crate) fn shows(&self) -> String {
        let contents = self.screen.screen().contents();
        contents.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
    }

    fn take(&mut self, chunk: &[u8]) {
        self.screen.process(chunk);
        self.raw.extend(chunk);
    }

    /// Reads what is written for a while.
    pub(crate) fn read_for(&mut self, time: Duration) {
        let until = Instant::now() + time;
        while let Ok(chunk) = self.output.recv_timeout(until.saturating_duration_since(Instant::now())) {
            self.take(&chunk);
        }
    }

    pub(crate) fn signal(&self, name: &str) {
        let id = self.child.process_id().unwrap().to_string();
        assert!(std::process::Command::new("kill").args([name, &id]).status().unwrap().success());
    }

    /// Waits for the end, and checks that the terminal is as it was.
    #[track_caller]
    pub(crate) fn ends(&mut self, how: &str) {
        let until = Instant::now() + PATIENCE;
        let status = loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                break status;
            }
            assert!(Instant::now() < until, "it does not end");
            self.read_for(Duration::from_millis(10));
        };
        self.read_for(Duration::from_millis(50));
        assert_eq!(format!("{status:?}"), how);
        self.is_whole();
    }

    /// Checks that the terminal is as it was before.
    #[track_caller]
    pub(crate) fn is_whole(&self) {
        let screen = self.screen.screen();
        assert!(!screen.alternate_screen(), "the alternate screen is left");
        assert!(!screen.hide_cursor(), "the cursor shows");
        assert!(!screen.bracketed_paste(), "paste mode is off");
        assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None, "the mouse is the terminal's");
        assert_eq!(self.master.get_termios().unwrap(), self.before, "the attributes of the terminal");
        let titles = [b"\x1b]0", b"\x1b]1", b"\x1b]2"];
        assert!(
            !self.raw.windows(3).any(|bytes| titles.iter().any(|title| bytes == *title)),
            "the title is the terminal's"
        );
    }
}

pub(crate) const WELL: &str = "ExitStatus { code: 0, signal: None }";

pub(crate) fn died_of(signal: &str) -> String {
    format!("ExitStatus {{ code: 1, signal: Some({signal:?}) }}")
}
