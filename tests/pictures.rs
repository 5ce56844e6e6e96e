//! The pictures of the README, made from the real program in a pseudo-terminal.
//!
//! `UNSTUCK_PICTURES=write cargo test --test pictures` makes them anew in `docs/pictures`; without that, the test compares them
//! with what the program draws.

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

/// How long the program may take on a busy machine, and how long it must be quiet to have drawn everything.
const PATIENCE: Duration = Duration::from_secs(30);
const QUIET: Duration = Duration::from_millis(250);

/// Pixels of a character, and around the screen.
const WIDE: f32 = 8.4;
const HIGH: f32 = 18.0;
const MARGIN: f32 = 14.0;

/// The colors of a dark terminal: ground, letters, and the eight that have names.
const GROUND: &str = "#1d1f21";
const LETTERS: &str = "#d8dad6";
const FAINT: &str = "#9a9d98";
const NAMED: [&str; 8] = ["#1d1f21", "#e06c6c", "#98c379", "#e5c07b", "#7aa2f7", "#c792ea", "#56c8d8", "#d8dad6"];

/// What is pressed, and what the screen says then; the last one is the picture.
const PICTURES: [(&str, &[(&str, &str)]); 4] = [
    ("find", &[("reset code", "It could be any of those")]),
    (
        "question",
        &[
            ("invitation or enter your emergency reset", "Found"),
            ("\r", "another administrator"),
            ("n", "recovery key?"),
        ],
    ),
    (
        "solution",
        &[
            ("your ip address is not allowed", "Found"),
            ("\r", "company VPN"),
            ("n", "Tor"),
            ("n", "locked everybody out"),
            ("n", "Ask your administrator"),
            (" ", "1 of"),
        ],
    ),
    (
        "map",
        &[
            ("invitation or enter your emergency reset", "Found"),
            ("\r", "another administrator"),
            ("n", "recovery key?"),
            ("m", "(you are here)"),
        ],
    ),
];

/// Takes what the program writes until the screen says `text` and nothing more comes.
fn wait(output: &Receiver<Vec<u8>>, screen: &mut vt100::Parser, text: &str) {
    let until = Instant::now() + PATIENCE;
    loop {
        match output.recv_timeout(QUIET) {
            Ok(chunk) => screen.process(&chunk),
            Err(RecvTimeoutError::Timeout) if screen.screen().contents().contains(text) => return,
            Err(_) => assert!(Instant::now() < until, "it does not say \"{text}\":\n{}", screen.screen().contents()),
        }
    }
}

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
    wait(&output, &mut screen, "All errors");
    for (pressed, says) in keys {
        keyboard.write_all(pressed.as_bytes()).unwrap();
        keyboard.flush().unwrap();
        wait(&output, &mut screen, says);
    }
    let svg = svg(screen.screen());
    keyboard.write_all(b"\x03").unwrap();
    keyboard.flush().unwrap();
    child.wait().unwrap();
    svg
}

fn color(color: vt100::Color, default: &str) -> String {
    match color {
        vt100::Color::Default => default.to_owned(),
        vt100::Color::Idx(number) => NAMED.get(usize::from(number) % NAMED.len()).unwrap_or(&default).to_string(),
        vt100::Color::Rgb(red, green, blue) => format!("#{red:02x}{green:02x}{blue:02x}"),
    }
}

/// How a cell looks: letters, ground, and the rest of its style.
fn look(cell: &vt100::Cell) -> (String, String, String) {
    let mut letters = color(cell.fgcolor(), if cell.dim() { FAINT } else { LETTERS });
    let mut ground = color(cell.bgcolor(), GROUND);
    if cell.inverse() {
        std::mem::swap(&mut letters, &mut ground);
    }
    let mut style = String::new();
    if cell.bold() {
        style.push_str(" font-weight=\"bold\"");
    }
    if cell.underline() {
        style.push_str(" text-decoration=\"underline\"");
    }
    (letters, ground, style)
}

/// The screen as a drawing: runs of equal cells, each as wide as its columns whatever font there is.
fn svg(screen: &vt100::Screen) -> String {
    let (wide, high) = (f32::from(COLUMNS) * WIDE + 2.0 * MARGIN, f32::from(ROWS) * HIGH + 2.0 * MARGIN);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {wide:.0} {high:.0}\" font-size=\"14\" \
         font-family=\"ui-monospace, Menlo, Consolas, DejaVu Sans Mono, monospace\">\n\
         <rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"{GROUND}\"/>\n"
    );
    for row in 0..ROWS {
        let mut column = 0;
        while column < COLUMNS {
            let from = column;
            let look_here = look(screen.cell(row, column).unwrap());
            let mut text = String::new();
            while column < COLUMNS && look(screen.cell(row, column).unwrap()) == look_here {
                let contents = screen.cell(row, column).unwrap().contents();
                text.push_str(if contents.is_empty() { " " } else { contents });
                column += 1;
            }
            let (letters, ground, style) = look_here;
            let (x, y) = (MARGIN + f32::from(from) * WIDE, MARGIN + f32::from(row) * HIGH);
            let length = f32::from(column - from) * WIDE;
            if ground != GROUND {
                writeln!(
                    svg,
                    "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{length:.1}\" height=\"{HIGH}\" fill=\"{ground}\"/>"
                )
                .unwrap();
            }
            // Each word has its place, whatever the font.
            let mut at = from;
            for word in text.split(' ') {
                let columns = u16::try_from(word.chars().count()).unwrap();
                let (x, length) = (MARGIN + f32::from(at) * WIDE, f32::from(columns) * WIDE);
                at += columns + 1;
                if !word.is_empty() {
                    let word = word.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
                    let y = y + 13.5;
                    let place = format!("x=\"{x:.1}\" y=\"{y:.1}\" textLength=\"{length:.1}\"");
                    writeln!(svg, "<text {place} fill=\"{letters}\"{style}>{word}</text>").unwrap();
                }
            }
        }
    }
    svg + "</svg>\n"
}

#[test]
fn the_pictures_are_those_of_the_program() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/pictures");
    for (name, keys) in PICTURES {
        let drawn = picture(keys);
        let path = folder.join(format!("{name}.svg"));
        if std::env::var_os("UNSTUCK_PICTURES").is_some() {
            std::fs::create_dir_all(&folder).unwrap();
            std::fs::write(path, drawn).unwrap();
        } else {
            let kept = std::fs::read_to_string(&path).unwrap_or_default();
            assert!(
                kept == drawn,
                "{} is not what the program draws; `UNSTUCK_PICTURES=write cargo test --test pictures` makes it anew",
                path.display()
            );
        }
    }
}
