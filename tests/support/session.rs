//! Runs the real program in a pseudo-terminal.

use std::io::{Read, Write};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// Maximum time to wait for the program. It is long enough for a busy machine.
pub(crate) const TIMEOUT: Duration = Duration::from_secs(30);

/// The running program with its keyboard and its screen.
pub(crate) struct Session {
    pub(crate) child: Box<dyn Child + Send + Sync>,
    pub(crate) master: Box<dyn MasterPty + Send>,
    pub(crate) keyboard: Box<dyn Write + Send>,
    pub(crate) output: Receiver<Vec<u8>>,
    pub(crate) screen: vt100::Parser,
    /// All bytes that the program has written.
    pub(crate) raw: Vec<u8>,
    /// Terminal attributes before the program started.
    termios_before: nix::sys::termios::Termios,
    /// Default folder for saved cases.
    _data: tempfile::TempDir,
}

impl Session {
    /// Starts the program with arguments.
    pub(crate) fn start(args: &[&str]) -> Self {
        let mut command = CommandBuilder::new(assert_cmd::cargo::cargo_bin!("unstuck"));
        command.args(args);
        Self::run(command)
    }

    /// Runs a command with `TERM=xterm-256color`.
    pub(crate) fn run(command: CommandBuilder) -> Self {
        Self::run_on("xterm-256color", command)
    }

    /// Runs a command with the given value of `TERM`.
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
        let termios_before = pty.master.get_termios().unwrap();
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
            termios_before,
            _data: data,
        }
    }

    /// Writes keys to the terminal.
    pub(crate) fn press(&mut self, keys: &str) {
        self.keyboard.write_all(keys.as_bytes()).unwrap();
        self.keyboard.flush().unwrap();
    }

    /// Waits until the screen shows a text.
    #[track_caller]
    pub(crate) fn wait_for(&mut self, text: &str) {
        let deadline = Instant::now() + TIMEOUT;
        while !self.screen.screen().contents().contains(text) {
            let left = deadline.saturating_duration_since(Instant::now());
            let chunk = self.output.recv_timeout(left);
            assert!(chunk.is_ok(), "the screen does not show \"{text}\":\n{}", self.screen.screen().contents());
            self.process(&chunk.unwrap());
        }
    }

    /// Returns the text on the screen, without spaces at the ends of lines.
    pub(crate) fn screen_text(&self) -> String {
        let contents = self.screen.screen().contents();
        contents.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
    }

    fn process(&mut self, chunk: &[u8]) {
        self.screen.process(chunk);
        self.raw.extend(chunk);
    }

    /// Reads the output of the program for the given time.
    pub(crate) fn read_for(&mut self, duration: Duration) {
        let deadline = Instant::now() + duration;
        while let Ok(chunk) = self.output.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
            self.process(&chunk);
        }
    }

    /// Sends a signal, such as `-TERM`, to the program.
    pub(crate) fn signal(&self, name: &str) {
        let id = self.child.process_id().unwrap().to_string();
        assert!(std::process::Command::new("kill").args([name, &id]).status().unwrap().success());
    }

    /// Waits until the program exits, and checks the exit status and that the terminal is restored.
    #[track_caller]
    pub(crate) fn wait_for_exit(&mut self, expected: &str) {
        let deadline = Instant::now() + TIMEOUT;
        let status = loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                break status;
            }
            assert!(Instant::now() < deadline, "the program does not exit");
            self.read_for(Duration::from_millis(10));
        };
        self.read_for(Duration::from_millis(50));
        assert_eq!(format!("{status:?}"), expected);
        self.assert_restored();
    }

    /// Checks that the terminal has the state from before the start of the program.
    #[track_caller]
    pub(crate) fn assert_restored(&self) {
        let screen = self.screen.screen();
        assert!(!screen.alternate_screen(), "the alternate screen is still on");
        assert!(!screen.hide_cursor(), "the cursor is still hidden");
        assert!(!screen.bracketed_paste(), "bracketed paste mode is still on");
        assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None, "mouse reporting is still on");
        assert_eq!(self.master.get_termios().unwrap(), self.termios_before, "the terminal attributes differ");
        let titles = [b"\x1b]0", b"\x1b]1", b"\x1b]2"];
        assert!(
            !self.raw.windows(3).any(|bytes| titles.iter().any(|title| bytes == *title)),
            "the program changed the window title"
        );
    }
}

/// Debug output of a successful exit status.
pub(crate) const SUCCESS: &str = "ExitStatus { code: 0, signal: None }";

/// Returns the debug output of the exit status of a program that a signal ended.
pub(crate) fn killed_by(signal: &str) -> String {
    format!("ExitStatus {{ code: 1, signal: Some({signal:?}) }}")
}
