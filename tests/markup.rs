//! The small Markdown of texts: how it looks on the screen, and how it reads where looks cannot be shown.

#![expect(clippy::unwrap_used, reason = "tests")]

mod support;

use std::sync::Arc;

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::style::Modifier;
use support::{COLLECTION, Folder, source};
use unstuck::app::{Effect, Key, Model, Seen, keymap, update};
use unstuck::kb::load;
use unstuck::search::Search;
use unstuck::text::Clean;
use unstuck::ui::{Theme, view};

const ARTICLE: &str = "message: Nothing *glows* at [home](https://letter.example).
flow:
  fix:
    solution: Turn it on
    note: It is *never* turned off by itself.
    steps:
      - {by: user, do: \"Type `rm *.tmp` and read [the manual](https://example.com/manual).\"}
    otherwise: help
  help: {escalation: The helpdesk}
";

fn walking() -> Model {
    let kb = load(&[source(&[("collection", COLLECTION), ("dark", ARTICLE)])]).kb;
    let mut model = Model::new(Search::new(Arc::new(kb)), &Clean::new("nothing glows"), Vec::new());
    let message = keymap::message(&model, Key::Enter, Seen::default()).unwrap();
    update(&mut model, message);
    model
}

/// What stands on the screen of a walk in that modifier.
fn with(modifier: Modifier, theme: Theme) -> String {
    on_screen(&walking(), modifier, theme, 90)
}

fn on_screen(model: &Model, modifier: Modifier, theme: Theme, columns: u16) -> String {
    let mut screen = Terminal::new(TestBackend::new(columns, 30)).unwrap();
    screen.draw(|frame| _ = view(model, theme, frame)).unwrap();
    let cells = screen.backend().buffer().content().iter();
    let shown: String = cells.map(|cell| if cell.modifier.contains(modifier) { cell.symbol() } else { " " }).collect();
    shown.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn on_the_screen_marks_become_looks_without_colors_too() {
    for theme in [Theme::Terminal, Theme::Monochrome] {
        assert!(with(Modifier::BOLD, theme).contains("never"), "{}", with(Modifier::BOLD, theme));
        assert_eq!(with(Modifier::UNDERLINED, theme), "the manual (https://example.com/manual)");
    }
    let all = with(Modifier::empty(), Theme::Terminal);
    assert!(all.contains("It is never turned off by itself."), "{all}");
    assert!(all.contains("Type rm *.tmp and read the manual (https://example.com/manual)."), "{all}");
    assert!(all.contains("Nothing *glows* at [home](https://letter.example)."), "a message is to the letter: {all}");
}

#[test]
fn what_matches_is_marked_behind_a_word_that_is_broken_over_two_lines_too() {
    let article =
        format!("message: Cannot read {} or glow.\nflow:\n  help: {{escalation: Help}}\n", "/dark".repeat(12));
    let kb = load(&[source(&[("collection", COLLECTION), ("dark", &article)])]).kb;
    let model = Model::new(Search::new(Arc::new(kb)), &Clean::new("glow"), Vec::new());
    assert_eq!(on_screen(&model, Modifier::UNDERLINED, Theme::Monochrome, 40), "glow");
}

#[test]
fn the_link_of_a_step_is_opened_and_what_is_copied_reads_the_same() {
    let mut model = walking();
    let message = keymap::message(&model, Key::Char('o'), Seen::default()).unwrap();
    update(&mut model, message.clone());
    assert_eq!(update(&mut model, message), Some(Effect::Open("https://example.com/manual".to_owned())));
    let message = keymap::message(&model, Key::Char('c'), Seen::default()).unwrap();
    let Some(Effect::Copy(text)) = update(&mut model, message) else { unreachable!() };
    let folder = Folder::new();
    folder.write("kb/test/collection.yaml", COLLECTION).write("kb/test/dark.yaml", ARTICLE);
    let (plain, _) = folder.run(&["ask", "dark", "--answers", "", "--kb", "kb", "--only"], 0);
    for text in [text, plain] {
        assert!(text.contains("It is *never* turned off by itself."), "{text}");
        assert!(text.contains("Type `rm *.tmp` and read the manual (https://example.com/manual)."), "{text}");
    }
}
