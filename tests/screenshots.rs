//! Pictures for the README, drawn by the real program in a pseudo-terminal.
//!
//! `UNSTUCK_PICTURES=write cargo test --test screenshots` writes them to `docs/pictures`. Without this variable, the test
//! compares the files with the screens of the program.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "tests")]

use std::fmt::Write as _;
use std::io::{Read, Write};
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use portable_pty::{CommandBuilder, PtySize, native_pty_system};

const ROWS: u16 = 22;
const COLUMNS: u16 = 104;

/// Maximum time to wait for the program. It is long enough for a busy machine.
const TIMEOUT: Duration = Duration::from_secs(30);
/// Time without output after which a screen counts as complete.
const QUIET: Duration = Duration::from_millis(250);

/// Width of a cell, height of a cell and margin around the screen, in pixels.
const CELL_WIDTH: f32 = 8.4;
const CELL_HEIGHT: f32 = 18.0;
const MARGIN: f32 = 14.0;

/// Colors of a dark terminal: background, foreground, dim foreground and the eight ANSI colors.
const BACKGROUND: &str = "#1d1f21";
const FOREGROUND: &str = "#d8dad6";
const FAINT: &str = "#9a9d98";
const PALETTE: [&str; 8] = ["#1d1f21", "#e06c6c", "#98c379", "#e5c07b", "#7aa2f7", "#c792ea", "#56c8d8", "#d8dad6"];

/// Each picture: its file name, and pairs of keys to press and text to wait for. The picture shows the last screen.
const PICTURES: [(&str, &[(&str, &str)]); 4] = [
    ("find", &[("reset code", "Several errors match")]),
    (
        "question",
        &[
            ("invitation or enter your emergency reset", "Matches"),
            ("\r", "anyone besides you"),
            ("n", "recovery key?"),
        ],
    ),
    (
        "solution",
        &[
            ("your ip address is not allowed", "Matches"),
            ("\r", "company VPN"),
            ("n", "Tor"),
            ("n", "administrators"),
            ("n", "Ask your administrator"),
            (" ", "1 of"),
        ],
    ),
    (
        "map",
        &[
            ("invitation or enter your emergency reset", "Matches"),
            ("\r", "anyone besides you"),
            ("n", "recovery key?"),
            ("m", "(you are here)"),
        ],
    ),
];

/// Reads the output of the program until the screen shows `text` and the output stops.
fn wait_for(output: &Receiver<Vec<u8>>, screen: &mut vt100::Parser, text: &str) {
    let deadline = Instant::now() + TIMEOUT;
    loop {
        match output.recv_timeout(QUIET) {
            Ok(chunk) => screen.process(&chunk),
            Err(RecvTimeoutError::Timeout) if screen.screen().contents().contains(text) => return,
            Err(_) => assert!(
                Instant::now() < deadline,
                "the screen does not show \"{text}\":\n{}",
                screen.screen().contents()
            ),
        }
    }
}

/// Starts the program, presses the keys and returns the last screen as SVG.
fn picture(keys: &[(&str, &str)]) -> String {
    let mut command = CommandBuilder::new(assert_cmd::cargo::cargo_bin!("unstuck"));
    command.env("TERM", "xterm-256color");
    command.env("XDG_CONFIG_HOME", env!("CARGO_TARGET_TMPDIR"));
    let data = tempfile::tempdir().unwrap();
    command.env("XDG_DATA_HOME", data.path());
    for name in ["NO_COLOR", "ACCESSIBLE", "UNSTUCK_KB", "UNSTUCK_THEME"] {
        command.env_remove(name);
    }
    let size = PtySize { rows: ROWS, cols: COLUMNS, ..PtySize::default() };
    let pty = native_pty_system().openpty(size).unwrap();
    let mut child = pty.slave.spawn_command(command).unwrap();
    let mut reader = pty.master.try_clone_reader().unwrap();
    let (sender, output) = channel();
    std::thread::spawn(move || {
        let mut buffer = [0; 4096];
        while let Ok(count @ 1..) = reader.read(&mut buffer) {
            if sender.send(buffer.iter().copied().take(count).collect::<Vec<u8>>()).is_err() {
                return;
            }
        }
    });
    let mut keyboard = pty.master.take_writer().unwrap();
    let mut screen = vt100::Parser::new(ROWS, COLUMNS, 0);
    wait_for(&output, &mut screen, "What happened?");
    for (pressed, text) in keys {
        keyboard.write_all(pressed.as_bytes()).unwrap();
        keyboard.flush().unwrap();
        wait_for(&output, &mut screen, text);
    }
    let svg = svg(screen.screen());
    keyboard.write_all(b"\x03").unwrap();
    keyboard.flush().unwrap();
    child.wait().unwrap();
    svg
}

/// Returns a color of the terminal in CSS notation.
fn color(color: vt100::Color, default: &str) -> String {
    match color {
        vt100::Color::Default => default.to_owned(),
        vt100::Color::Idx(number) => PALETTE.get(usize::from(number) % PALETTE.len()).unwrap_or(&default).to_string(),
        vt100::Color::Rgb(red, green, blue) => format!("#{red:02x}{green:02x}{blue:02x}"),
    }
}

/// Returns the foreground, the background and the other SVG attributes of a cell.
fn cell_style(cell: &vt100::Cell) -> (String, String, String) {
    let mut foreground = color(cell.fgcolor(), if cell.dim() { FAINT } else { FOREGROUND });
    let mut background = color(cell.bgcolor(), BACKGROUND);
    if cell.inverse() {
        std::mem::swap(&mut foreground, &mut background);
    }
    let mut style = String::new();
    if cell.bold() {
        style.push_str(" font-weight=\"bold\"");
    }
    if cell.underline() {
        style.push_str(" text-decoration=\"underline\"");
    }
    (foreground, background, style)
}

/// Returns the screen as SVG, in runs of cells with the same style. The width of a run does not depend on the font.
fn svg(screen: &vt100::Screen) -> String {
    let (width, height) =
        (f32::from(COLUMNS) * CELL_WIDTH + 2.0 * MARGIN, f32::from(ROWS) * CELL_HEIGHT + 2.0 * MARGIN);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" font-size=\"14\" \
         font-family=\"ui-monospace, Menlo, Consolas, DejaVu Sans Mono, monospace\">\n\
         <rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"{BACKGROUND}\"/>\n"
    );
    for row in 0..ROWS {
        let mut column = 0;
        while column < COLUMNS {
            let from = column;
            let run_style = cell_style(screen.cell(row, column).unwrap());
            let mut text = String::new();
            while column < COLUMNS && cell_style(screen.cell(row, column).unwrap()) == run_style {
                let contents = screen.cell(row, column).unwrap().contents();
                text.push_str(if contents.is_empty() { " " } else { contents });
                column += 1;
            }
            let (foreground, background, style) = run_style;
            let (x, y) = (MARGIN + f32::from(from) * CELL_WIDTH, MARGIN + f32::from(row) * CELL_HEIGHT);
            let length = f32::from(column - from) * CELL_WIDTH;
            if background != BACKGROUND {
                writeln!(
                    svg,
                    "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{length:.1}\" height=\"{CELL_HEIGHT}\" fill=\"{background}\"/>"
                )
                .unwrap();
            }
            // Position each word separately, so that the columns do not depend on the font.
            let mut at = from;
            for word in text.split(' ') {
                let columns = u16::try_from(word.chars().count()).unwrap();
                let (x, length) = (MARGIN + f32::from(at) * CELL_WIDTH, f32::from(columns) * CELL_WIDTH);
                at += columns + 1;
                if !word.is_empty() {
                    let word = word.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
                    let y = y + 13.5;
                    let position = format!("x=\"{x:.1}\" y=\"{y:.1}\" textLength=\"{length:.1}\"");
                    writeln!(svg, "<text {position} fill=\"{foreground}\"{style}>{word}</text>").unwrap();
                }
            }
        }
    }
    svg + "</svg>\n"
}

#[test]
fn the_pictures_show_the_current_screens() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/pictures");
    for (name, keys) in PICTURES {
        let drawn = picture(keys);
        let path = folder.join(format!("{name}.svg"));
        if std::env::var_os("UNSTUCK_PICTURES").is_some() {
            std::fs::create_dir_all(&folder).unwrap();
            std::fs::write(path, drawn).unwrap();
        } else {
            let stored = std::fs::read_to_string(&path).unwrap_or_default();
            assert!(
                stored == drawn,
                "{} is out of date. Run `UNSTUCK_PICTURES=write cargo test --test screenshots`.",
                path.display()
            );
        }
    }
}
