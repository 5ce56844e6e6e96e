//! Texts with control sequences, on every screen and in every output.
//!
//! The tests parse the output as a terminal does. They fail if it contains a sequence that the program must not send.

#![expect(clippy::unwrap_used, reason = "tests")]

mod support;

use std::cell::RefCell;
use std::ffi::OsString;
use std::io::Write;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread::available_parallelism;
use std::time::Duration;

use fastrand::Rng;
use jiff::Timestamp;
use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;
use ratatui::{Terminal, TerminalOptions, Viewport};
use support::{COLLECTION, Folder, WHOLE_ARTICLE, WHOLE_COLLECTION, good, runs, source};
use unstuck::app::{Effect, Key, Model, Msg, keymap, update};
use unstuck::builtin;
use unstuck::case::{self, Case};
use unstuck::draft::quoted;
use unstuck::flow::FlowSession;
use unstuck::history::{CaseRecorder, History};
use unstuck::kb::{KnowledgeBase, Source, load};
use unstuck::plain::{LineIo, LineSession};
use unstuck::search::Search;
use unstuck::strings::Audience;
use unstuck::text::{SanitizedText, is_unsafe};
use unstuck::ui::{Theme, view};

/// Escape sequences, control characters and invisible characters.
const PIECES: [&str; 41] = [
    "\u{1b}[2J",
    "\u{1b}[31m",
    "\u{1b}]0;title\u{7}",
    "\u{1b}]52;c;cm0gLXJmIC8=\u{7}",
    "\u{1b}]8;;https://example.com\u{1b}\\",
    "\u{1b}P+q544e\u{1b}\\",
    "\u{1b}[6n",
    "\u{1b}[?1049l",
    "\u{1b}c",
    "\u{1b}(0",
    "\u{1b}[201~",
    "\u{1b}[21t",
    "\u{1b}_x\u{1b}\\",
    "\u{9b}2J",
    "\u{9d}0;t\u{9c}",
    "\u{90}q\u{9c}",
    "\u{85}",
    "\u{7}",
    "\u{8}",
    "\u{e}",
    "\u{f}",
    "\u{0}",
    "\u{7f}",
    "\r",
    "\n",
    "\t",
    "\u{b}",
    "\u{c}",
    "\u{202e}",
    "\u{2066}",
    "\u{200b}",
    "\u{200d}",
    "\u{feff}",
    "\u{ad}",
    "\u{e0041}",
    "\u{2028}",
    "\u{3164}",
    "\u{fe0f}",
    "\u{fff9}",
    "\u{1b}",
    "\u{61c}",
];

/// Normal texts to mix with [`PIECES`].
const WORDS: [&str; 10] = ["lamp", " dark ", "reset code", "owner", "漢字", "e\u{301}", "y", "q", "403", " "];

fn hostile(random: &mut Rng) -> String {
    (0..random.usize(1..8))
        .map(|_| if random.u8(..3) == 0 { *random.choice(&WORDS).unwrap() } else { *random.choice(&PIECES).unwrap() })
        .collect()
}

/// Collects the forbidden sequences in an output.
#[derive(Default)]
struct OutputCheck {
    /// Whether cursor movement and styles are allowed, as in full-screen mode.
    allows_drawing: bool,
    /// Whether styles are allowed.
    allows_styles: bool,
    /// Descriptions of the forbidden sequences.
    forbidden: Vec<String>,
}

impl vte::Perform for OutputCheck {
    fn print(&mut self, c: char) {
        if is_unsafe(c) {
            self.forbidden.push(format!("the character {c:?}"));
        }
    }

    fn execute(&mut self, byte: u8) {
        if byte != b'\n' || self.allows_drawing {
            self.forbidden.push(format!("the control character {byte:#x}"));
        }
    }

    fn csi_dispatch(&mut self, params: &vte::Params, intermediates: &[u8], _: bool, action: char) {
        let is_known = match (intermediates, action) {
            ([], 'm') => self.allows_drawing || self.allows_styles,
            ([], 'H' | 'J' | 'K') => self.allows_drawing,
            // Show or hide the cursor.
            (b"?", 'h' | 'l') => self.allows_drawing && params.iter().all(|param| param == [25]),
            _ => false,
        };
        if !is_known {
            self.forbidden.push(format!("CSI {intermediates:?} {params:?} {action}"));
        }
    }

    fn esc_dispatch(&mut self, _: &[u8], _: bool, byte: u8) {
        self.forbidden.push(format!("ESC {byte:#x}"));
    }

    fn osc_dispatch(&mut self, params: &[&[u8]], _: bool) {
        self.forbidden.push(format!("OSC {params:?}"));
    }

    fn hook(&mut self, _: &vte::Params, _: &[u8], _: bool, action: char) {
        self.forbidden.push(format!("DCS {action}"));
    }
}

/// Fails if the output contains a forbidden sequence.
#[track_caller]
fn assert_harmless(bytes: &[u8], mut check: OutputCheck, context: &str) {
    vte::Parser::new().advance(&mut check, bytes);
    assert!(
        check.forbidden.is_empty(),
        "{context}: {:?}\n{}",
        check.forbidden,
        String::from_utf8_lossy(bytes).escape_debug()
    );
}

/// Fails if a text contains any escape sequence or control character except line breaks.
fn assert_plain_text(text: &str, context: &str) {
    assert_harmless(text.as_bytes(), OutputCheck::default(), context);
}

/// A writer that stores its output in a shared buffer.
#[derive(Debug, Clone, Default)]
struct SharedBuffer(Rc<RefCell<Vec<u8>>>);

impl Write for SharedBuffer {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.borrow_mut().extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// The program in full-screen mode, with the output that it writes.
struct FullScreen {
    model: Model,
    screen: Terminal<CrosstermBackend<SharedBuffer>>,
    written: SharedBuffer,
}

impl FullScreen {
    fn start(kb: &Arc<KnowledgeBase>, random: &mut Rng) -> Self {
        let (width, height) = *random.choice(&[(80, 24), (40, 12), (120, 40)]).unwrap();
        let written = SharedBuffer::default();
        let options = TerminalOptions { viewport: Viewport::Fixed(Rect::new(0, 0, width, height)) };
        let screen = Terminal::with_options(CrosstermBackend::new(written.clone()), options).unwrap();
        Self { model: Model::new(Search::new(kb.clone()), &SanitizedText::default(), Vec::new()), screen, written }
    }

    /// Handles a message, and checks the output on the screen and elsewhere.
    fn send(&mut self, message: Msg) {
        let context = format!("{message:?}");
        match update(&mut self.model, message) {
            Some(Effect::Copy(text) | Effect::Save(_, text) | Effect::Open(text)) => assert_plain_text(&text, &context),
            Some(Effect::CopySummary(_, case)) => {
                assert_plain_text(&case::markdown(&case, "2026-01-01", "1 min"), &context);
            }
            _ => {}
        }
        self.screen.draw(|frame| _ = view(&self.model, Theme::Dark, frame)).unwrap();
        let written = self.written.0.take();
        assert_harmless(&written, OutputCheck { allows_drawing: true, ..OutputCheck::default() }, &context);
    }

    fn press(&mut self, keys: &[Key]) {
        for key in keys {
            if let Some(message) = keymap::message(&self.model, *key, unstuck::app::Viewport::default()) {
                self.send(message);
            }
        }
    }

    /// Enters a text in every field, and checks every screen that shows it.
    fn enter_everywhere(&mut self, text: &str) {
        let pasted = || Msg::Paste(SanitizedText::new(text));
        self.send(pasted());
        self.press(&[Key::F1, Key::Esc, Key::Ctrl('t'), Key::Char('u')]);
        self.send(Msg::NewSearch);
        self.model.notify(text);
        self.model.set_reload_error(text);
        self.send(Msg::Paste(SanitizedText::new("the lamp is dark and stays dark")));
        // A question, an escalation, its messages to send, a blank, the case summary and the map.
        self.press(&[
            Key::Enter,
            Key::Char('n'),
            Key::Char('n'),
            Key::Char('m'),
            Key::Esc,
            Key::Char('t'),
            Key::Char('f'),
        ]);
        self.send(pasted());
        self.press(&[Key::Enter]);
        self.send(pasted());
        self.press(&[Key::Enter, Key::Enter, Key::Enter, Key::Char('c'), Key::Char('T'), Key::Right, Key::Esc]);
        self.press(&[Key::Char('c'), Key::Char('w'), Key::Char('T'), Key::Char('r'), Key::Char('s')]);
    }
}

/// Texts of the sample article that are replaced with a hostile text.
const REPLACED_TEXTS: [&str; 16] = [
    "Plug it in",
    "Where is the socket?",
    "Fetch the ladder.",
    "It is hot.",
    "On the wall",
    "no light",
    "the color of the lamp",
    "help",
    "https://example.com]",
    "2026-11-01",
    "La lampe est éteinte",
    "support",
    "The question explains itself.",
    "Check the lamp",
    "user",
    "red",
];

/// Returns a knowledge base with a text inserted in its files.
fn source_with(random: &mut Rng, text: &str) -> Source {
    let yaml = if random.bool() { quoted(text) } else { format!("'{}'", text.replace('\'', "''")) };
    let from = random.choice(&REPLACED_TEXTS).unwrap();
    assert!(WHOLE_ARTICLE.contains(from));
    let article = WHOLE_ARTICLE.replacen(from, &yaml, 1);
    let collection = match random.u8(..4) {
        0 => WHOLE_COLLECTION.replacen("Lamps", &yaml, 1),
        1 => WHOLE_COLLECTION.replacen("Is it red?", &yaml, 1),
        _ => WHOLE_COLLECTION.to_owned(),
    };
    let mut source =
        source(&[("collection", &collection), ("damaged", &article), ("good", &good("Nothing glows.", "no"))]);
    if random.bool() {
        let name = text.replace(['/', '\0'], "");
        source.files.iter_mut().for_each(|file| file.path = format!("{name}/{}", file.path));
    }
    source
}

/// Loads a knowledge base, and checks its diagnostics in all formats and on the screen.
fn check_diagnostics(source: &Source, full_screen: &mut FullScreen) {
    let loaded = load(std::slice::from_ref(source));
    for diagnostic in &loaded.diagnostics {
        assert_plain_text(&diagnostic.summary(), "a diagnostic on one line");
        assert_plain_text(&diagnostic.render(false), "a diagnostic");
        assert_harmless(
            diagnostic.render(true).as_bytes(),
            OutputCheck { allows_styles: true, ..OutputCheck::default() },
            "a diagnostic in colors",
        );
    }
    full_screen.model.reload(Search::new(Arc::new(loaded.kb)), loaded.diagnostics);
    full_screen.send(Msg::NewSearch);
}

/// Runs plain mode with the text as each answer, and checks the output.
fn check_plain_mode(search: &Search, text: &str) {
    let typed = format!(
        "{text}\nthe lamp is dark and stays dark\n1\n{text}\nn\nn\nt\nf\n{text}\n{text}\n{text}\nT\n{text}\nq\n"
    );
    let mut written = Vec::new();
    let (query, audience) = (SanitizedText::new(text), Audience::default());
    let recorder = &mut CaseRecorder::default();
    let mut input = typed.as_bytes();
    let lines = LineIo::new(&mut input, &mut written);
    LineSession::new(lines, search, audience, recorder).wizard(&query, &[]).unwrap();
    assert_harmless(&written, OutputCheck::default(), "plain mode");
}

#[test]
fn texts_do_not_control_the_terminal() {
    let texts = runs(20_000, 1_000_000);
    let kb = Arc::new(
        load(&[builtin::source(), source(&[("collection", WHOLE_COLLECTION), ("damaged", WHOLE_ARTICLE)])]).kb,
    );
    let next = AtomicU64::new(0);
    let work = || {
        let search = Search::new(kb.clone());
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= texts {
                return;
            }
            let mut random = Rng::with_seed(seed);
            let text = hostile(&mut random);
            let mut full_screen = FullScreen::start(&kb, &mut random);
            full_screen.enter_everywhere(&text);
            check_diagnostics(&source_with(&mut random, &text), &mut full_screen);
            check_plain_mode(&search, &text);
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..available_parallelism().map_or(1, usize::from) {
            scope.spawn(work);
        }
    });
    println!("{texts} texts");
}

/// Runs a command, and checks both output streams and the exit code.
fn assert_runs_harmlessly(command: &mut assert_cmd::Command, context: &str) {
    let output = command.timeout(Duration::from_mins(1)).output().unwrap();
    assert_harmless(&output.stdout, OutputCheck::default(), context);
    assert_harmless(&output.stderr, OutputCheck::default(), context);
    assert!(output.status.code().is_some_and(|code| code <= 2), "{context}: {:?}", output.status);
}

#[test]
fn arguments_paths_and_variables_do_not_control_the_terminal() {
    let folder = Folder::new();
    folder.write("kb/test/collection.yaml", COLLECTION).write("kb/test/good.yaml", good("Nothing glows.", "yes"));
    let commands: &[&[&str]] = &[
        &["TEXT"],
        &["--plain", "TEXT"],
        &["search", "TEXT"],
        &["search", "--json", "TEXT"],
        &["show", "TEXT"],
        &["ask", "TEXT"],
        &["ask", "--answers", "TEXT", "ip-not-allowed"],
        &["check", "TEXT"],
        &["check", "--explain", "TEXT"],
        &["cases", "show", "TEXT"],
        &["cases", "forget", "--older-than", "TEXT"],
        &["diff", "TEXT", "kb"],
        &["list", "--kb", "TEXT"],
        &["graph", "TEXT"],
        &["which", "TEXT"],
        &["which", "--answers", "TEXT", "owner"],
        &["--TEXT"],
        &["TEXT", "--color", "TEXT"],
        &["schema", "TEXT"],
        &["test", "TEXT"],
        &["new", "--kb", "TEXT"],
        &["stats", "--kb", "TEXT"],
        &["-x", "TEXT"],
    ];
    for seed in 0..runs(200, 5_000) {
        let mut random = Rng::with_seed(seed);
        let text = hostile(&mut random).replace('\0', "");
        let args = random.choice(commands).unwrap();
        let mut command = folder.unstuck();
        command.args(args.iter().map(|arg| arg.replace("TEXT", &text))).write_stdin(format!("{text}\n{text}\nq\n"));
        for name in
            ["UNSTUCK_KB", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "TERM", "COLUMNS", "LANG", "UNSTUCK_THEME", "HOME"]
        {
            if random.u8(..4) == 0 {
                let path = folder.path().join(text.replace('/', ""));
                command.env(name, if name.starts_with("XDG") { path.into_os_string() } else { OsString::from(&text) });
            }
        }
        assert_runs_harmlessly(&mut command, &format!("seed {seed}: {args:?}"));
    }
}

#[cfg(unix)]
#[test]
fn file_names_do_not_control_the_terminal() {
    use std::os::unix::ffi::OsStringExt;
    let folder = Folder::new();
    folder.write("kb/test/collection.yaml", COLLECTION).write("kb/test/good.yaml", good("Nothing glows.", "yes"));
    for seed in 0..100 {
        let mut random = Rng::with_seed(seed);
        let mut name: Vec<u8> = hostile(&mut random).replace(['/', '\0'], "").into_bytes();
        if random.bool() {
            name.extend([0xff, 0xfe]);
        }
        let ending: &[u8] = if random.bool() { b".yaml" } else { b".yml.txt" };
        let within = folder.path().join(random.choice(["kb", "kb/test"]).unwrap());
        let path = within.join(OsString::from_vec([&name, ending].concat()));
        std::fs::write(path, if random.bool() { "message: [" } else { "message: It is dark.\n" }).unwrap();
        if random.bool() {
            std::fs::create_dir_all(folder.path().join("kb").join(OsString::from_vec(name))).unwrap();
        }
    }
    for args in [
        "check kb",
        "check kb --format json",
        "check kb --format github",
        "list --kb kb",
        "test kb",
        "stats --kb kb",
        "--plain --kb kb dark",
    ] {
        assert_runs_harmlessly(folder.unstuck().args(args.split(' ')).write_stdin("q\n"), args);
    }
    // Save a text in a folder with such a name.
    let odd = folder.path().join("kb\u{1b}[2J\u{202e}\n");
    std::fs::create_dir_all(&odd).unwrap();
    assert_runs_harmlessly(
        folder.unstuck().current_dir(odd).args(["ask", "ip-not-allowed"]).write_stdin("n\nn\nw\nq\n"),
        "saving a text",
    );
}

#[test]
fn saved_cases_do_not_control_the_terminal() {
    let folder = Folder::new();
    let history = folder.path().join("data/unstuck");
    let opened = History::open(&history).unwrap();
    let session = FlowSession::new(Arc::new(builtin::loaded().kb), 0, unstuck::flow::KnownFacts::new());
    let case = Case::of(&session, case::EntryPoint::Search("x".to_owned()), case::Blanks::new(), |_, _| false);
    for seed in 0..300 {
        let text = hostile(&mut Rng::with_seed(seed));
        opened.save(None, &case, Timestamp::now()).unwrap();
        opened.save_failed_query(&text, Timestamp::now()).unwrap();
    }
    drop(opened);
    // Another program has changed the texts in the database.
    let db = rusqlite::Connection::open(history.join("cases.db")).unwrap();
    for seed in 0..300 {
        let text = hostile(&mut Rng::with_seed(seed));
        let mut data = serde_json::to_value(&case).unwrap();
        // Keep the flow and the status, so that the case can be resumed. Replace every other text.
        let stored = [data["walk"].clone(), data["standing"].clone()];
        replace_texts(&mut data, &text);
        [data["walk"], data["standing"]] = stored;
        data["blanks"] = serde_json::json!({ text.clone(): text });
        data["lost"] = serde_json::json!([text]);
        let id = i64::try_from(seed).unwrap() + 1;
        db.execute("UPDATE cases SET data = ?1 WHERE id = ?2", rusqlite::params![data.to_string(), id]).unwrap();
    }
    for args in ["cases", "cases --json", "cases show 1", "cases show 7 --json", "stats", "stats --json", "--plain"] {
        assert_runs_harmlessly(folder.unstuck().args(args.split(' ')).write_stdin("q\n"), args);
    }
    let (list, _) = folder.run(&["cases"], 0);
    assert!(list.contains('␛'), "no text with a placeholder is listed");
}

/// Replaces every string of a JSON value with a text.
fn replace_texts(value: &mut serde_json::Value, text: &str) {
    match value {
        serde_json::Value::String(own) => text.clone_into(own),
        serde_json::Value::Array(items) => items.iter_mut().for_each(|item| replace_texts(item, text)),
        serde_json::Value::Object(fields) => fields.values_mut().for_each(|field| replace_texts(field, text)),
        _ => {}
    }
}

#[test]
fn input_lines_do_not_control_the_terminal() {
    let texts: Vec<String> = (0..3_000).map(|seed| hostile(&mut Rng::with_seed(seed)).replace('\n', "\\n")).collect();
    let folder = Folder::new();
    folder.write("kb/test/collection.yaml", COLLECTION).write("kb/test/good.yaml", good("Nothing glows.", "yes"));
    for args in ["search --lines", "--plain", "which owner", "new --kb kb", "ask ip-not-allowed", "search -", "-"] {
        let mut typed = texts.join("\n").into_bytes();
        typed.extend(b"\xff\xfe\x9b2J\n");
        assert_runs_harmlessly(folder.unstuck().args(args.split(' ')).write_stdin(typed), args);
    }
}
