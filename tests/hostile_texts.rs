//! Texts that would act on a terminal, through every screen and every output: what is written is parsed as a terminal would parse
//! it, and nothing in it does more than it should.

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
use unstuck::app::{Effect, Key, Message, Model, keymap, update};
use unstuck::case::{self, Case};
use unstuck::draft::quoted;
use unstuck::history::{History, Keeper};
use unstuck::kb::{KnowledgeBase, Source, load};
use unstuck::plain::{Lines, Plain};
use unstuck::search::Search;
use unstuck::shipped;
use unstuck::text::{Clean, is_unsafe};
use unstuck::ui::{Theme, view};
use unstuck::wizard::Walk;
use unstuck::words::Audience;

/// What terminals, and those who look at them, take for more than letters.
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

/// What people type between them.
const WORDS: [&str; 10] = ["lamp", " dark ", "reset code", "owner", "漢字", "e\u{301}", "y", "q", "403", " "];

fn hostile(random: &mut Rng) -> String {
    (0..random.usize(1..8))
        .map(|_| if random.u8(..3) == 0 { *random.choice(&WORDS).unwrap() } else { *random.choice(&PIECES).unwrap() })
        .collect()
}

/// What is written, as a terminal takes it.
#[derive(Default)]
struct Seen {
    /// Whether places and looks may be set, as on the full screen.
    draws: bool,
    /// Whether looks may be set.
    colors: bool,
    forbidden: Vec<String>,
}

impl vte::Perform for Seen {
    fn print(&mut self, c: char) {
        if is_unsafe(c) {
            self.forbidden.push(format!("the character {c:?}"));
        }
    }

    fn execute(&mut self, byte: u8) {
        if byte != b'\n' || self.draws {
            self.forbidden.push(format!("the control character {byte:#x}"));
        }
    }

    fn csi_dispatch(&mut self, params: &vte::Params, intermediates: &[u8], _: bool, action: char) {
        let is_known = match (intermediates, action) {
            ([], 'm') => self.draws || self.colors,
            ([], 'H' | 'J' | 'K') => self.draws,
            // The cursor, shown and hidden.
            (b"?", 'h' | 'l') => self.draws && params.iter().all(|param| param == [25]),
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

/// Fails where a terminal would do something that it should not.
#[track_caller]
fn is_harmless(bytes: &[u8], mut seen: Seen, what: &str) {
    vte::Parser::new().advance(&mut seen, bytes);
    assert!(
        seen.forbidden.is_empty(),
        "{what}: {:?}\n{}",
        seen.forbidden,
        String::from_utf8_lossy(bytes).escape_debug()
    );
}

fn lines(text: &str, what: &str) {
    is_harmless(text.as_bytes(), Seen::default(), what);
}

/// Keeps what is written.
#[derive(Debug, Clone, Default)]
struct Written(Rc<RefCell<Vec<u8>>>);

impl Write for Written {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.borrow_mut().extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// The full screen, with what is written to it.
struct Desk {
    model: Model,
    screen: Terminal<CrosstermBackend<Written>>,
    written: Written,
}

impl Desk {
    fn start(kb: &Arc<KnowledgeBase>, random: &mut Rng) -> Self {
        let (width, height) = *random.choice(&[(80, 24), (40, 12), (120, 40)]).unwrap();
        let written = Written::default();
        let options = TerminalOptions { viewport: Viewport::Fixed(Rect::new(0, 0, width, height)) };
        let screen = Terminal::with_options(CrosstermBackend::new(written.clone()), options).unwrap();
        Self { model: Model::new(Search::new(kb.clone()), &Clean::default(), Vec::new()), screen, written }
    }

    /// Does something, and looks at what is written for it, on the screen and elsewhere.
    fn does(&mut self, message: Message) {
        let what = format!("{message:?}");
        match update(&mut self.model, message) {
            Some(Effect::Copy(text) | Effect::Save(_, text) | Effect::Open(text)) => lines(&text, &what),
            Some(Effect::Ticket(_, case)) => lines(&case::markdown(&case, "2026-01-01", "1 min"), &what),
            _ => {}
        }
        self.screen.draw(|frame| _ = view(&self.model, Theme::Dark, frame)).unwrap();
        let written = self.written.0.take();
        is_harmless(&written, Seen { draws: true, ..Seen::default() }, &what);
    }

    fn press(&mut self, keys: &[Key]) {
        for key in keys {
            if let Some(message) = keymap::message(&self.model, *key, unstuck::app::Seen::default()) {
                self.does(message);
            }
        }
    }

    /// Puts a text wherever a text can be put, and looks at every screen that shows it.
    fn takes(&mut self, text: &str) {
        let pasted = || Message::Paste(Clean::new(text));
        self.does(pasted());
        self.press(&[Key::F1, Key::Esc, Key::Ctrl('t'), Key::Char('u')]);
        self.does(Message::NewSearch);
        self.model.notify(text);
        self.model.refuse(text);
        self.does(Message::Paste(Clean::new("the lamp is dark and stays dark")));
        // A question, an escalation, its messages, a blank, the ticket, the map.
        self.press(&[
            Key::Enter,
            Key::Char('n'),
            Key::Char('n'),
            Key::Char('m'),
            Key::Esc,
            Key::Char('t'),
            Key::Char('f'),
        ]);
        self.does(pasted());
        self.press(&[Key::Enter]);
        self.does(pasted());
        self.press(&[Key::Enter, Key::Enter, Key::Enter, Key::Char('c'), Key::Char('T'), Key::Right, Key::Esc]);
        self.press(&[Key::Char('c'), Key::Char('w'), Key::Char('T'), Key::Char('r'), Key::Char('s')]);
    }
}

/// Texts of the whole article, in whose place another one is put.
const PLACES: [&str; 16] = [
    "Plug it in",
    "Is it plugged in?",
    "Fetch the ladder.",
    "It is hot.",
    "On the wall",
    "no light",
    "the colour of the lamp",
    "help",
    "https://example.com]",
    "2026-11-01",
    "La lampe est éteinte",
    "support",
    "The question explains itself.",
    "it is dark",
    "user",
    "red",
];

/// The files of a knowledge base with a text in one place of them: what is said of them, and the screen with what is left.
fn written(random: &mut Rng, text: &str) -> Source {
    let written = if random.bool() { quoted(text) } else { format!("'{}'", text.replace('\'', "''")) };
    let from = random.choice(&PLACES).unwrap();
    assert!(WHOLE_ARTICLE.contains(from));
    let article = WHOLE_ARTICLE.replacen(from, &written, 1);
    let collection = match random.u8(..4) {
        0 => WHOLE_COLLECTION.replacen("Lamps", &written, 1),
        1 => WHOLE_COLLECTION.replacen("Is it red?", &written, 1),
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

fn found_at_fault(source: &Source, desk: &mut Desk) {
    let loaded = load(std::slice::from_ref(source));
    for finding in &loaded.findings {
        lines(&finding.summary(), "a finding on one line");
        lines(&finding.render(false), "a finding");
        is_harmless(finding.render(true).as_bytes(), Seen { colors: true, ..Seen::default() }, "a finding in colors");
    }
    desk.model.reload(Search::new(Arc::new(loaded.kb)), loaded.findings);
    desk.does(Message::NewSearch);
}

/// The wizard line by line, with the text as each of its answers.
fn line_by_line(search: &Search, text: &str) {
    let typed = format!(
        "{text}\nthe lamp is dark and stays dark\n1\n{text}\nn\nn\nt\nf\n{text}\n{text}\n{text}\nT\n{text}\nq\n"
    );
    let mut written = Vec::new();
    let (query, audience) = (Clean::new(text), Audience::default());
    let keeper = &mut Keeper::default();
    let mut input = typed.as_bytes();
    let lines = Lines::new(&mut input, &mut written);
    Plain::new(lines, search, audience, keeper).wizard(&query, &[]).unwrap();
    is_harmless(&written, Seen::default(), "line by line");
}

#[test]
fn no_text_acts_on_a_terminal() {
    let texts = runs(20_000, 1_000_000);
    let kb = Arc::new(
        load(&[shipped::source(), source(&[("collection", WHOLE_COLLECTION), ("damaged", WHOLE_ARTICLE)])]).kb,
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
            let mut desk = Desk::start(&kb, &mut random);
            desk.takes(&text);
            found_at_fault(&written(&mut random, &text), &mut desk);
            line_by_line(&search, &text);
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..available_parallelism().map_or(1, usize::from) {
            scope.spawn(work);
        }
    });
    println!("{texts} texts");
}

/// What a command writes, on both streams.
fn runs_harmlessly(command: &mut assert_cmd::Command, what: &str) {
    let output = command.timeout(Duration::from_mins(1)).output().unwrap();
    is_harmless(&output.stdout, Seen::default(), what);
    is_harmless(&output.stderr, Seen::default(), what);
    assert!(output.status.code().is_some_and(|code| code <= 2), "{what}: {:?}", output.status);
}

#[test]
fn no_argument_path_or_variable_acts_on_a_terminal() {
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
        runs_harmlessly(&mut command, &format!("seed {seed}: {args:?}"));
    }
}

#[cfg(unix)]
#[test]
fn no_file_name_acts_on_a_terminal() {
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
        runs_harmlessly(folder.unstuck().args(args.split(' ')).write_stdin("q\n"), args);
    }
    // A text is saved in a folder of such a name.
    let odd = folder.path().join("kb\u{1b}[2J\u{202e}\n");
    std::fs::create_dir_all(&odd).unwrap();
    runs_harmlessly(
        folder.unstuck().current_dir(odd).args(["ask", "ip-not-allowed"]).write_stdin("n\nn\nw\nq\n"),
        "a text is saved",
    );
}

#[test]
fn no_history_acts_on_a_terminal() {
    let folder = Folder::new();
    let history = folder.path().join("data/unstuck");
    let opened = History::open(&history).unwrap();
    let walk = Walk::new(Arc::new(shipped::loaded().kb), 0, unstuck::wizard::Known::new());
    let case = Case::of(&walk, case::Found::Search("x".to_owned()), case::Blanks::new(), |_, _| false);
    for seed in 0..300 {
        let text = hostile(&mut Rng::with_seed(seed));
        opened.save(None, &case, Timestamp::now()).unwrap();
        opened.lost(&text, Timestamp::now()).unwrap();
    }
    drop(opened);
    // Somebody else has written to the file.
    let db = rusqlite::Connection::open(history.join("cases.db")).unwrap();
    for seed in 0..300 {
        let text = hostile(&mut Rng::with_seed(seed));
        let mut data = serde_json::to_value(&case).unwrap();
        // The article is found, and the case can be taken up; every other text of it is somebody else's.
        let kept = [data["walk"].clone(), data["standing"].clone()];
        replace_texts(&mut data, &text);
        [data["walk"], data["standing"]] = kept;
        data["blanks"] = serde_json::json!({ text.clone(): text });
        data["lost"] = serde_json::json!([text]);
        let id = i64::try_from(seed).unwrap() + 1;
        db.execute("UPDATE cases SET data = ?1 WHERE id = ?2", rusqlite::params![data.to_string(), id]).unwrap();
    }
    for args in ["cases", "cases --json", "cases show 1", "cases show 7 --json", "stats", "stats --json", "--plain"] {
        runs_harmlessly(folder.unstuck().args(args.split(' ')).write_stdin("q\n"), args);
    }
    let (list, _) = folder.run(&["cases"], 0);
    assert!(list.contains('␛'), "the texts are there, as placeholders");
}

/// Puts a text in the place of every text.
fn replace_texts(value: &mut serde_json::Value, text: &str) {
    match value {
        serde_json::Value::String(own) => text.clone_into(own),
        serde_json::Value::Array(items) => items.iter_mut().for_each(|item| replace_texts(item, text)),
        serde_json::Value::Object(fields) => fields.values_mut().for_each(|field| replace_texts(field, text)),
        _ => {}
    }
}

#[test]
fn no_line_on_standard_input_acts_on_a_terminal() {
    let texts: Vec<String> = (0..3_000).map(|seed| hostile(&mut Rng::with_seed(seed)).replace('\n', "\\n")).collect();
    let folder = Folder::new();
    folder.write("kb/test/collection.yaml", COLLECTION).write("kb/test/good.yaml", good("Nothing glows.", "yes"));
    for args in ["search --lines", "--plain", "which owner", "new --kb kb", "ask ip-not-allowed", "search -", "-"] {
        let mut typed = texts.join("\n").into_bytes();
        typed.extend(b"\xff\xfe\x9b2J\n");
        runs_harmlessly(folder.unstuck().args(args.split(' ')).write_stdin(typed), args);
    }
}
