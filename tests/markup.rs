//! Markup in articles: styles on the screen, and plain text in copied and printed texts.

#![expect(clippy::unwrap_used, reason = "tests")]

mod support;

use std::sync::Arc;

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::style::Modifier;
use support::{COLLECTION, Folder, source};
use unstuck::app::{Effect, Key, Model, Viewport, keymap, update};
use unstuck::kb::load;
use unstuck::search::Search;
use unstuck::text::SanitizedText;
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

/// Returns the program in full-screen mode, in the flow of the article.
fn model_in_flow() -> Model {
    let kb = load(&[source(&[("collection", COLLECTION), ("dark", ARTICLE)])]).kb;
    let mut model = Model::new(Search::new(Arc::new(kb)), &SanitizedText::new("nothing glows"), Vec::new());
    let message = keymap::message(&model, Key::Enter, Viewport::default()).unwrap();
    update(&mut model, message);
    model
}

/// Returns the text on the flow screen that has a modifier.
fn flow_text(modifier: Modifier, theme: Theme) -> String {
    screen_text(&model_in_flow(), modifier, theme, 90)
}

/// Returns the text on the screen that has a modifier, with single spaces.
fn screen_text(model: &Model, modifier: Modifier, theme: Theme, columns: u16) -> String {
    let mut screen = Terminal::new(TestBackend::new(columns, 30)).unwrap();
    screen.draw(|frame| _ = view(model, theme, frame)).unwrap();
    let cells = screen.backend().buffer().content().iter();
    let shown: String = cells.map(|cell| if cell.modifier.contains(modifier) { cell.symbol() } else { " " }).collect();
    shown.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn markup_becomes_styles_even_without_colors() {
    for theme in [Theme::Terminal, Theme::Monochrome] {
        assert!(flow_text(Modifier::BOLD, theme).contains("never"), "{}", flow_text(Modifier::BOLD, theme));
        assert_eq!(flow_text(Modifier::UNDERLINED, theme), "the manual (https://example.com/manual)");
    }
    let all = flow_text(Modifier::empty(), Theme::Terminal);
    assert!(all.contains("It is never turned off by itself."), "{all}");
    assert!(all.contains("Type rm *.tmp and read the manual (https://example.com/manual)."), "{all}");
    assert!(
        all.contains("Nothing *glows* at [home](https://letter.example)."),
        "the error message is not shown word for word: {all}"
    );
}

#[test]
fn match_after_a_word_split_over_two_lines_is_underlined() {
    let article =
        format!("message: Cannot read {} or glow.\nflow:\n  help: {{escalation: Help}}\n", "/dark".repeat(12));
    let kb = load(&[source(&[("collection", COLLECTION), ("dark", &article)])]).kb;
    let model = Model::new(Search::new(Arc::new(kb)), &SanitizedText::new("glow"), Vec::new());
    assert_eq!(screen_text(&model, Modifier::UNDERLINED, Theme::Monochrome, 40), "glow");
}

#[test]
fn links_of_steps_open_and_are_copied_as_text() {
    let mut model = model_in_flow();
    let message = keymap::message(&model, Key::Char('o'), Viewport::default()).unwrap();
    update(&mut model, message.clone());
    assert_eq!(update(&mut model, message), Some(Effect::Open("https://example.com/manual".to_owned())));
    let message = keymap::message(&model, Key::Char('c'), Viewport::default()).unwrap();
    let Some(Effect::Copy(text)) = update(&mut model, message) else { unreachable!() };
    let folder = Folder::new();
    folder.write("kb/test/collection.yaml", COLLECTION).write("kb/test/dark.yaml", ARTICLE);
    let (plain, _) = folder.run(&["ask", "dark", "--answers", "", "--kb", "kb", "--only"], 0);
    for text in [text, plain] {
        assert!(text.contains("It is *never* turned off by itself."), "{text}");
        assert!(text.contains("Type `rm *.tmp` and read the manual (https://example.com/manual)."), "{text}");
    }
}
