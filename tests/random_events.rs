//! Keys, pastes, clicks, sizes and changed files in any order: nothing panics or hangs, nothing unsafe is drawn or handed out, the
//! same events lead to the same screen, and Esc leads home from everywhere.

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
use unstuck::app::{Effect, Focus, Message, Model, Screen, keymap, update};
use unstuck::case::{Case, Kept};
use unstuck::kb::{KnowledgeBase, load};
use unstuck::search::Search;
use unstuck::shipped;
use unstuck::terminal::Events;
use unstuck::text::{Clean, is_unsafe};
use unstuck::ui::{Drawn, Theme, view};

/// Events of one start.
const EVENTS: usize = 250;

/// Presses of Esc that lead home from anywhere: one for each answer, and a few for what is open.
const ESCAPES: usize = 100;

/// What happens to the model.
#[derive(Debug, Clone)]
enum Happening {
    Message(Message),
    /// The files have changed, and this version is good.
    Reload(usize),
    Refuse,
}

/// Versions of a knowledge base, as its author may save them.
fn versions() -> Vec<Arc<KnowledgeBase>> {
    let own = |article: &str| source(&[("collection", WHOLE_COLLECTION), ("damaged", article)]);
    let fewer = WHOLE_ARTICLE.replace("      In the ceiling: ladder\n", "").replace("      - goto: ladder\n", "");
    let sources = [
        vec![shipped::source(), own(WHOLE_ARTICLE)],
        vec![shipped::source(), own(&WHOLE_ARTICLE.replace("Is it plugged in?", "漢字 Is it dark? "))],
        vec![shipped::source(), own(&fewer)],
        vec![own(WHOLE_ARTICLE)],
        vec![shipped::source()],
    ];
    sources.iter().map(|sources| Arc::new(load(sources).kb)).collect()
}

/// Somebody at the keyboard, whose cat is on it.
struct Desk<'a> {
    random: Rng,
    versions: &'a [Arc<KnowledgeBase>],
    model: Model,
    screen: Terminal<TestBackend>,
    drawn: Drawn,
    events: Events,
    now: Instant,
    happened: Vec<Happening>,
}

fn start(versions: &[Arc<KnowledgeBase>], offered: Option<Kept>) -> Model {
    Model::new(Search::new(versions.first().unwrap().clone()), &Clean::default(), Vec::new()).offering(offered)
}

fn draw(model: &Model, screen: &mut Terminal<TestBackend>) -> Drawn {
    let mut drawn = Drawn::default();
    screen.draw(|frame| drawn = view(model, Theme::Dark, frame)).unwrap();
    drawn
}

fn happen(model: &mut Model, versions: &[Arc<KnowledgeBase>], happening: Happening) -> Option<Effect> {
    match happening {
        Happening::Message(message) => return update(model, message),
        Happening::Reload(nth) => model.reload(Search::new(versions.get(nth).unwrap().clone()), Vec::new()),
        Happening::Refuse => model.refuse("kb/a.yaml:1:1: E001: this is not YAML"),
    }
    None
}

impl Desk<'_> {
    /// A text of letters, signs and what terminals take for commands.
    fn text(&mut self, longest: usize) -> String {
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
        (0..random.usize(..=longest)).map(|_| *random.choice(&pieces).unwrap()).collect()
    }

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
        // Half of them hit something.
        let target = random.choice(&self.drawn.targets).filter(|_| random.bool());
        let (column, row) = target.map_or_else(|| (random.u16(..), random.u16(..60)), |(place, _)| (place.x, place.y));
        MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE }
    }

    fn size(&mut self) -> (u16, u16) {
        let random = &mut self.random;
        match random.u8(..20) {
            0 => (random.u16(..=500), random.u16(..=200)),
            1 => (random.u16(..3), random.u16(..3)),
            2..5 => (random.u16(..45), random.u16(..15)),
            _ => *random.choice(&[(80, 24), (120, 40), (40, 12), (100, 30)]).unwrap(),
        }
    }

    /// One event, and everything that must hold behind it.
    fn event(&mut self) {
        self.now += Duration::from_millis(self.random.u64(..400));
        let happening = match self.random.u16(..1000) {
            0..2 => Some(Happening::Reload(self.random.usize(..self.versions.len()))),
            2 => Some(Happening::Refuse),
            3..60 => {
                let (columns, rows) = self.size();
                self.screen.backend_mut().resize(columns, rows);
                None
            }
            60..80 => {
                let text = self.text(30);
                self.mean(&Event::Paste(text))
            }
            80..85 => self.mean(&Event::FocusGained),
            85..90 => self.mean(&Event::FocusLost),
            90..250 => {
                let mouse = self.mouse();
                self.mean(&Event::Mouse(mouse))
            }
            _ => {
                let key = self.key();
                self.mean(&Event::Key(key))
            }
        };
        if let Some(happening) = happening {
            self.happened.push(happening.clone());
            let effect = happen(&mut self.model, self.versions, happening);
            is_harmless(effect.as_ref());
        }
        self.drawn = draw(&self.model, &mut self.screen);
        self.is_sound();
    }

    fn mean(&mut self, event: &Event) -> Option<Happening> {
        self.events.message(&self.model, event, &self.drawn, self.now).map(Happening::Message)
    }

    fn is_sound(&mut self) {
        let area = self.screen.backend().buffer().area;
        for cell in self.screen.backend().buffer().content() {
            assert!(!cell.symbol().chars().any(|c| is_unsafe(c) || c.is_control()), "{:?} is drawn", cell.symbol());
        }
        for (place, _) in &self.drawn.targets {
            assert_eq!(area.intersection(*place), *place, "a click is possible outside the screen");
        }
        if area.area() > 0 {
            let shows = |cell: &Cell| !cell.symbol().trim().is_empty();
            assert!(self.screen.backend().buffer().content().iter().any(shows), "nothing is drawn at {area}");
            let cursor = self.screen.backend().cursor_position();
            assert!(
                !self.screen.backend().cursor_visible() || area.contains(cursor),
                "the cursor is at {cursor} of {area}"
            );
        }
        let find = self.model.find();
        assert!(find.selected == 0 || find.selected < find.results.found.len());
        match self.model.screen() {
            Screen::Walk(walking) => {
                let last = walking.steps().len() + walking.walk.possible().len();
                assert!(walking.selected < last.max(1), "{} of {last} is selected", walking.selected);
                assert!(!walking.walk.possible().is_empty() || walking.walk.outcome().is_some(), "a dead end");
            }
            Screen::Tell(telling) => {
                let _ = telling.clue();
            }
            _ => {}
        }
    }

    /// Presses Esc until it is home.
    fn go_home(&mut self) {
        for _ in 0..ESCAPES {
            if matches!(self.model.screen(), Screen::Find) && is_home(&self.model) {
                return;
            }
            self.now += Duration::from_secs(1);
            let escape = Event::Key(KeyEvent::new(KeyCode::Esc, KeyModifiers::NONE));
            let happening = self.mean(&escape).unwrap();
            self.happened.push(happening.clone());
            happen(&mut self.model, self.versions, happening);
        }
        panic!("Esc does not lead home: {:?}", self.model.screen());
    }
}

fn is_home(model: &Model) -> bool {
    model.find().input.value().is_empty() && model.find().focus == Focus::Field
}

/// What is handed out to clipboard, file and browser.
fn is_harmless(effect: Option<&Effect>) {
    let is_clean = |text: &str| assert_eq!(Clean::new(text).as_str(), text);
    match effect {
        Some(Effect::Copy(text)) => is_clean(text),
        Some(Effect::Save(name, text)) => {
            is_clean(text);
            assert!(name.chars().all(|c| c.is_alphanumeric() || c == '-'), "{name}");
        }
        Some(Effect::Open(link)) => {
            assert!(link.starts_with("https://") || link.starts_with("mailto:"), "{link}");
            is_clean(link);
        }
        Some(Effect::Ticket(_, case) | Effect::Keep(_, case)) => {
            is_clean(&unstuck::case::markdown(case, "2026-01-01", "1 min"));
        }
        _ => {}
    }
}

/// The state as it can be told from another one: what is drawn, and what is kept.
fn state(model: &Model) -> (Buffer, Option<(u64, Case)>) {
    let mut screen = Terminal::new(TestBackend::new(120, 40)).unwrap();
    draw(model, &mut screen);
    (screen.backend().buffer().clone(), model.case())
}

/// One start: events, the same once more, and home. Gives the case that somebody was at in the end.
fn run(
    seed: u64,
    versions: &[Arc<KnowledgeBase>],
    offered: Option<&Kept>,
    met: &mut HashSet<&'static str>,
) -> Option<Case> {
    let mut desk = Desk {
        random: Rng::with_seed(seed),
        versions,
        model: start(versions, offered.cloned()),
        screen: Terminal::new(TestBackend::new(80, 24)).unwrap(),
        drawn: Drawn::default(),
        events: Events::default(),
        now: Instant::now(),
        happened: Vec::new(),
    };
    desk.drawn = draw(&desk.model, &mut desk.screen);
    for _ in 0..EVENTS {
        desk.event();
        met.insert(keymap::context(&desk.model).title());
    }
    let mut again = start(versions, offered.cloned());
    for happening in &desk.happened {
        happen(&mut again, versions, happening.clone());
    }
    assert_eq!(state(&again), state(&desk.model), "the same events led to another state");
    let case = desk.model.case().map(|(_, case)| case);
    desk.go_home();
    case
}

#[test]
fn whatever_happens_it_stands_and_esc_leads_home() {
    let versions = versions();
    let kept = |case| Kept { id: 1, began: Timestamp::UNIX_EPOCH, updated: Timestamp::UNIX_EPOCH, case };
    // Cases to be offered, as earlier starts have left them.
    let offers: Vec<Kept> =
        (0..40).filter_map(|seed| run(seed, &versions, None, &mut HashSet::new())).map(kept).collect();
    assert!(offers.len() > 5);
    let starts = runs(200_000, 20_000_000) / EVENTS as u64;
    let next = AtomicU64::new(0);
    let work = || {
        let mut met = HashSet::new();
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= starts {
                return met;
            }
            let offered = offers.get(usize::try_from(seed).unwrap() % (2 * offers.len()));
            let result = catch_unwind(AssertUnwindSafe(|| run(seed, &versions, offered, &mut met)));
            assert!(result.is_ok(), "seed {seed}");
        }
    };
    let met: HashSet<&str> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..available_parallelism().map_or(1, usize::from)).map(|_| scope.spawn(work)).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    println!("{} events from {starts} starts", starts * EVENTS as u64);
    let contexts = keymap::BINDINGS.iter().flat_map(|binding| binding.contexts).map(|context| context.title());
    assert_eq!(contexts.filter(|context| !met.contains(context)).collect::<Vec<_>>(), Vec::<&str>::new());
}
