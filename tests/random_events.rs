//! Random keys, pastes, clicks, window sizes and file changes.
//!
//! - Nothing panics or hangs.
//! - No unsafe character is drawn, copied, saved or opened.
//! - Equal events lead to equal screens.
//! - Esc returns to the search from every screen.
//!
//! `UNSTUCK_LONG=1 cargo test --test random_events` runs the long form.

#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod support;

use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread::available_parallelism;
use std::time::{Duration, Instant};

use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use fastrand::Rng;
use jiff::Timestamp;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::{Buffer, Cell};
use support::{WHOLE_ARTICLE, WHOLE_COLLECTION, runs, source};
use unstuck::app::{Effect, Focus, Model, Msg, Screen, keymap, update};
use unstuck::builtin;
use unstuck::case::{Case, StoredCase};
use unstuck::kb::{KnowledgeBase, load};
use unstuck::search::Search;
use unstuck::terminal::Events;
use unstuck::text::{SanitizedText, is_unsafe};
use unstuck::ui::{FrameInfo, Theme, view};

/// Number of random events after each start.
const EVENTS: usize = 250;

/// Maximum presses of Esc to return to the search: one for each answer, and a few for open views.
const MAX_ESC_PRESSES: usize = 100;

/// A change to the model.
#[derive(Debug, Clone)]
enum Action {
    Message(Msg),
    /// Reload a valid version: an index into [`versions`].
    Reload(usize),
    /// Report that the changed files have an error.
    RejectReload,
}

/// Returns versions of a knowledge base, as an author could save them.
fn versions() -> Vec<Arc<KnowledgeBase>> {
    let own_source = |article: &str| source(&[("collection", WHOLE_COLLECTION), ("damaged", article)]);
    let shortened = WHOLE_ARTICLE.replace("      In the ceiling: ladder\n", "").replace("      - goto: ladder\n", "");
    let sources = [
        vec![builtin::source(), own_source(WHOLE_ARTICLE)],
        vec![builtin::source(), own_source(&WHOLE_ARTICLE.replace("Is it plugged in?", "漢字 Is it dark? "))],
        vec![builtin::source(), own_source(&shortened)],
        vec![own_source(WHOLE_ARTICLE)],
        vec![builtin::source()],
    ];
    sources.iter().map(|sources| Arc::new(load(sources).kb)).collect()
}

/// The program, a source of random events and the actions so far.
struct Fuzzer<'a> {
    random: Rng,
    versions: &'a [Arc<KnowledgeBase>],
    model: Model,
    screen: Terminal<TestBackend>,
    frame_info: FrameInfo,
    events: Events,
    now: Instant,
    actions: Vec<Action>,
}

fn start(versions: &[Arc<KnowledgeBase>], resumable: Option<StoredCase>) -> Model {
    Model::new(Search::new(versions.first().unwrap().clone()), &SanitizedText::default(), Vec::new())
        .with_resumable(resumable)
}

fn draw(model: &Model, screen: &mut Terminal<TestBackend>) -> FrameInfo {
    let mut frame_info = FrameInfo::default();
    screen.draw(|frame| frame_info = view(model, Theme::Dark, frame)).unwrap();
    frame_info
}

fn apply_action(model: &mut Model, versions: &[Arc<KnowledgeBase>], action: Action) -> Option<Effect> {
    match action {
        Action::Message(message) => return update(model, message),
        Action::Reload(nth) => model.reload(Search::new(versions.get(nth).unwrap().clone()), Vec::new()),
        Action::RejectReload => model.set_reload_error("kb/a.yaml:1:1: E001: this is not YAML"),
    }
    None
}

impl Fuzzer<'_> {
    /// Returns a random text with search terms, control characters, escape sequences and wide characters.
    fn text(&mut self, max_pieces: usize) -> String {
        let random = &mut self.random;
        let pieces = [
            "ip",
            "address",
            "emergency reset code",
            "owner",
            "lamp",
            "dark",
            " ",
            "\n",
            "\r",
            "\t",
            "q",
            "y",
            "\u{1b}[2J",
            "\u{9b}",
            "\u{202e}",
            "\u{200b}",
            "漢",
            "e\u{301}",
            "👩\u{200d}👧",
            "\u{0}",
            "\u{7f}",
            "403.10",
            "%s",
        ];
        (0..random.usize(..=max_pieces)).map(|_| *random.choice(&pieces).unwrap()).collect()
    }

    /// Returns a random key event.
    fn key(&mut self) -> KeyEvent {
        let random = &mut self.random;
        let mut modifiers = KeyModifiers::NONE;
        let code = match random.u8(..20) {
            0..9 => KeyCode::Char(char::from(*random.choice(b"ynubrRsmcwo?/qjkhlgGtTdpfA0123456789 ").unwrap())),
            9 => KeyCode::Char(random.char(..)),
            10 => {
                modifiers = KeyModifiers::CONTROL;
                KeyCode::Char(char::from(*random.choice(b"cpnuwkyaefbhdzrt").unwrap()))
            }
            11 => {
                modifiers = random.choice([KeyModifiers::ALT, KeyModifiers::ALT | KeyModifiers::CONTROL]).unwrap();
                KeyCode::Char(char::from(*random.choice(b"aq@\\").unwrap()))
            }
            12..15 => KeyCode::Enter,
            _ => random
                .choice([
                    KeyCode::Esc,
                    KeyCode::Tab,
                    KeyCode::BackTab,
                    KeyCode::Backspace,
                    KeyCode::Delete,
                    KeyCode::Up,
                    KeyCode::Down,
                    KeyCode::Left,
                    KeyCode::Right,
                    KeyCode::Home,
                    KeyCode::End,
                    KeyCode::PageUp,
                    KeyCode::PageDown,
                    KeyCode::F(1),
                    KeyCode::F(5),
                    KeyCode::Null,
                ])
                .unwrap(),
        };
        let kind = match random.u8(..20) {
            0 => KeyEventKind::Release,
            1 => KeyEventKind::Repeat,
            _ => KeyEventKind::Press,
        };
        KeyEvent::new_with_kind(code, modifiers, kind)
    }

    /// Returns a random mouse event.
    fn mouse(&mut self) -> MouseEvent {
        let random = &mut self.random;
        let kind = random
            .choice([
                MouseEventKind::Down(MouseButton::Left),
                MouseEventKind::Down(MouseButton::Left),
                MouseEventKind::Down(MouseButton::Right),
                MouseEventKind::Up(MouseButton::Left),
                MouseEventKind::Drag(MouseButton::Left),
                MouseEventKind::Moved,
                MouseEventKind::ScrollDown,
                MouseEventKind::ScrollUp,
                MouseEventKind::ScrollLeft,
            ])
            .unwrap();
        // Half of the events are inside a hit region.
        let target = random.choice(&self.frame_info.hit_regions).filter(|_| random.bool());
        let (column, row) =
            target.map_or_else(|| (random.u16(..), random.u16(..60)), |(region, _)| (region.x, region.y));
        MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE }
    }

    /// Returns a random window size: columns and rows.
    fn size(&mut self) -> (u16, u16) {
        let random = &mut self.random;
        match random.u8(..20) {
            0 => (random.u16(..=500), random.u16(..=200)),
            1 => (random.u16(..3), random.u16(..3)),
            2..5 => (random.u16(..45), random.u16(..15)),
            _ => *random.choice(&[(80, 24), (120, 40), (40, 12), (100, 30)]).unwrap(),
        }
    }

    /// Sends one random event and checks the invariants.
    fn event(&mut self) {
        self.now += Duration::from_millis(self.random.u64(..400));
        let action = match self.random.u16(..1000) {
            0..2 => Some(Action::Reload(self.random.usize(..self.versions.len()))),
            2 => Some(Action::RejectReload),
            3..60 => {
                let (columns, rows) = self.size();
                self.screen.backend_mut().resize(columns, rows);
                None
            }
            60..80 => {
                let text = self.text(30);
                self.translate(&Event::Paste(text))
            }
            80..85 => self.translate(&Event::FocusGained),
            85..90 => self.translate(&Event::FocusLost),
            90..250 => {
                let mouse = self.mouse();
                self.translate(&Event::Mouse(mouse))
            }
            _ => {
                let key = self.key();
                self.translate(&Event::Key(key))
            }
        };
        if let Some(action) = action {
            self.actions.push(action.clone());
            let effect = apply_action(&mut self.model, self.versions, action);
            assert_safe(effect.as_ref());
        }
        self.frame_info = draw(&self.model, &mut self.screen);
        self.check_invariants();
    }

    /// Translates a terminal event into an action.
    fn translate(&mut self, event: &Event) -> Option<Action> {
        self.events.message(&self.model, event, &self.frame_info, self.now).map(Action::Message)
    }

    /// Checks the drawn screen and the model.
    fn check_invariants(&mut self) {
        let area = self.screen.backend().buffer().area;
        for cell in self.screen.backend().buffer().content() {
            assert!(!cell.symbol().chars().any(|c| is_unsafe(c) || c.is_control()), "{:?} is drawn", cell.symbol());
        }
        for (region, _) in &self.frame_info.hit_regions {
            assert_eq!(area.intersection(*region), *region, "a hit region is outside the screen");
        }
        if area.area() > 0 {
            let has_text = |cell: &Cell| !cell.symbol().trim().is_empty();
            assert!(self.screen.backend().buffer().content().iter().any(has_text), "the screen of {area} is empty");
            let cursor = self.screen.backend().cursor_position();
            assert!(
                !self.screen.backend().cursor_visible() || area.contains(cursor),
                "the cursor at {cursor} is outside {area}"
            );
        }
        let search_pane = self.model.search_pane();
        assert!(search_pane.selected == 0 || search_pane.selected < self.model.entry_count());
        match self.model.screen() {
            Screen::Flow(pane) => {
                let last = pane.steps().len() + pane.session.allowed_answers().len();
                assert!(pane.selected < last.max(1), "the selection {} is not below {last}", pane.selected);
                assert!(
                    !pane.session.allowed_answers().is_empty() || pane.session.outcome().is_some(),
                    "there is no allowed answer and no outcome"
                );
            }
            Screen::Disambiguate(disambiguation) => {
                let remaining = disambiguation.tell_apart.remaining().len();
                assert!(remaining > 0, "no article remains");
                assert!(disambiguation.selected <= remaining.max(2), "the selection is not in the list");
            }
            _ => {}
        }
    }

    /// Presses Esc until the program shows an empty search.
    fn press_esc_until_home(&mut self) {
        for _ in 0..MAX_ESC_PRESSES {
            if matches!(self.model.screen(), Screen::Search) && is_home(&self.model) {
                return;
            }
            self.now += Duration::from_secs(1);
            let escape = Event::Key(KeyEvent::new(KeyCode::Esc, KeyModifiers::NONE));
            let action = self.translate(&escape).unwrap();
            self.actions.push(action.clone());
            apply_action(&mut self.model, self.versions, action);
        }
        panic!("Esc does not return to the search: {:?}", self.model.screen());
    }
}

/// Returns whether the search field is empty and has the focus.
fn is_home(model: &Model) -> bool {
    model.search_pane().input.value().is_empty() && model.search_pane().focus == Focus::Field
}

/// Checks texts for the clipboard, for files and for the browser.
fn assert_safe(effect: Option<&Effect>) {
    let assert_sanitized = |text: &str| assert_eq!(SanitizedText::new(text).as_str(), text);
    match effect {
        Some(Effect::Copy(text)) => assert_sanitized(text),
        Some(Effect::Save(name, text)) => {
            assert_sanitized(text);
            assert!(name.chars().all(|c| c.is_alphanumeric() || c == '-'), "{name}");
        }
        Some(Effect::Open(link)) => {
            assert!(link.starts_with("https://") || link.starts_with("mailto:"), "{link}");
            assert_sanitized(link);
        }
        Some(Effect::CopySummary(_, case) | Effect::SaveCase(_, case)) => {
            assert_sanitized(&unstuck::case::markdown(case, "2026-01-01", "1 min"));
        }
        _ => {}
    }
}

/// Returns the drawn screen and the case to save, to compare two models.
fn visible_state(model: &Model) -> (Buffer, Option<(u64, Case)>) {
    let mut screen = Terminal::new(TestBackend::new(120, 40)).unwrap();
    draw(model, &mut screen);
    (screen.backend().buffer().clone(), model.case())
}

/// Starts the program, sends random events, replays them in a second model and returns to the search. Returns the case that
/// was open after the events.
fn run(
    seed: u64,
    versions: &[Arc<KnowledgeBase>],
    resumable: Option<&StoredCase>,
    contexts_seen: &mut HashSet<&'static str>,
) -> Option<Case> {
    let mut fuzzer = Fuzzer {
        random: Rng::with_seed(seed),
        versions,
        model: start(versions, resumable.cloned()),
        screen: Terminal::new(TestBackend::new(80, 24)).unwrap(),
        frame_info: FrameInfo::default(),
        events: Events::default(),
        now: Instant::now(),
        actions: Vec::new(),
    };
    fuzzer.frame_info = draw(&fuzzer.model, &mut fuzzer.screen);
    for _ in 0..EVENTS {
        fuzzer.event();
        contexts_seen.insert(keymap::context(&fuzzer.model).title());
    }
    let mut replayed = start(versions, resumable.cloned());
    for action in &fuzzer.actions {
        apply_action(&mut replayed, versions, action.clone());
    }
    assert_eq!(visible_state(&replayed), visible_state(&fuzzer.model), "replaying the events led to another state");
    let case = fuzzer.model.case().map(|(_, case)| case);
    fuzzer.press_esc_until_home();
    case
}

#[test]
fn random_events_cause_no_panic_and_esc_returns_to_the_search() {
    let versions = versions();
    let stored = |case| StoredCase { id: 1, started: Timestamp::UNIX_EPOCH, updated: Timestamp::UNIX_EPOCH, case };
    // Saved cases from earlier starts, to be offered at the next start.
    let resumable_cases: Vec<StoredCase> =
        (0..40).filter_map(|seed| run(seed, &versions, None, &mut HashSet::new())).map(stored).collect();
    assert!(resumable_cases.len() > 5);
    let starts = runs(200_000, 20_000_000) / EVENTS as u64;
    let next = AtomicU64::new(0);
    let work = || {
        let mut contexts_seen = HashSet::new();
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= starts {
                return contexts_seen;
            }
            let resumable = resumable_cases.get(usize::try_from(seed).unwrap() % (2 * resumable_cases.len()));
            let result = catch_unwind(AssertUnwindSafe(|| run(seed, &versions, resumable, &mut contexts_seen)));
            assert!(result.is_ok(), "seed {seed}");
        }
    };
    let contexts_seen: HashSet<&str> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..available_parallelism().map_or(1, usize::from)).map(|_| scope.spawn(work)).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    println!("{} events from {starts} starts", starts * EVENTS as u64);
    let contexts = keymap::BINDINGS.iter().flat_map(|binding| binding.contexts).map(|context| context.title());
    assert_eq!(contexts.filter(|context| !contexts_seen.contains(context)).collect::<Vec<_>>(), Vec::<&str>::new());
}
