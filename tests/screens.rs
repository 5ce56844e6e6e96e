//! Snapshots and properties of screens at three sizes.
//!
//! `INSTA_UPDATE=always cargo test --test screens` updates the snapshots.

mod support;

use std::sync::Arc;

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use unstuck::app::{Key, Model, keymap, update};
use unstuck::builtin;
use unstuck::kb::load;
use unstuck::search::Search;
use unstuck::text::SanitizedText;
use unstuck::ui::{FrameInfo, Theme, view};

fn model(query: &str) -> Model {
    Model::new(Search::new(Arc::new(builtin::loaded().kb)), &SanitizedText::new(query), Vec::new())
}

fn press(model: &mut Model, keys: &[Key]) {
    for key in keys {
        let (_, frame_info) = draw(model, 40, 12);
        if let Some(message) = keymap::message(model, *key, frame_info.seen) {
            update(model, message);
        }
    }
}

fn draw(model: &Model, columns: u16, rows: u16) -> (Terminal<TestBackend>, FrameInfo) {
    let mut terminal = Terminal::new(TestBackend::new(columns, rows)).unwrap();
    let mut frame_info = FrameInfo::default();
    terminal.draw(|frame| frame_info = view(model, Theme::Terminal, frame)).unwrap();
    (terminal, frame_info)
}

fn screen_text(model: &Model, columns: u16, rows: u16) -> String {
    let (terminal, _) = draw(model, columns, rows);
    let buffer = terminal.backend().buffer();
    let lines = buffer.content().chunks(columns.into()).map(|row| {
        let line: String = row.iter().map(ratatui::buffer::Cell::symbol).collect();
        line.trim_end().to_owned()
    });
    lines.collect::<Vec<_>>().join("\n").trim_end().to_owned()
}

#[test]
fn a_search_with_matches() {
    insta::assert_snapshot!("find-80x24", screen_text(&model("enter your emergency"), 80, 24));
}

#[test]
fn a_question_next_to_the_answers_so_far() {
    let mut model = model("request an invitation or enter your emergency reset code");
    press(&mut model, &[Key::Enter, Key::Char('n')]);
    insta::assert_snapshot!("question-120x40", screen_text(&model, 120, 40));
}

#[test]
fn scroll_keys_start_at_the_visible_rows() {
    let mut model = model("request an invitation or enter your emergency reset code");
    press(&mut model, &[Key::Enter, Key::Char('y'), Key::Down, Key::Down, Key::Down, Key::Down, Key::Down]);
    let viewport = |model: &Model| draw(model, 40, 12).1.seen;
    let end = viewport(&model);
    assert!(end.offset == end.max_offset && end.offset > 5, "the selected answer is not at the end: {end:?}");
    press(&mut model, &[Key::PageUp]);
    assert_eq!(viewport(&model).offset, end.offset - 5);
    press(&mut model, &[Key::PageDown, Key::PageDown]);
    assert_eq!(viewport(&model), end);
    press(&mut model, &[Key::PageUp; 20]);
    assert_eq!(viewport(&model).offset, 0);
    press(&mut model, &[Key::Right]);
    assert_eq!(viewport(&model), end, "the selection did not scroll into view");
}

#[test]
fn the_selected_step_is_visible_and_hit_regions_do_not_cover_the_more_line() {
    let mut model = model("request an invitation or enter your emergency reset code");
    press(&mut model, &[Key::Enter, Key::Char('y'), Key::Down, Key::Up]);
    assert!(screen_text(&model, 40, 12).contains("> [ ] 1."), "{}", screen_text(&model, 40, 12));
    press(&mut model, &[Key::PageDown]);
    let (terminal, frame_info) = draw(&model, 40, 12);
    let buffer = terminal.backend().buffer();
    for (region, message) in &frame_info.hit_regions {
        let row = |y: u16| (0..40).map(|x| buffer[(x, y)].symbol()).collect::<String>();
        let rows: Vec<String> = (region.y..region.bottom()).map(row).collect();
        assert!(rows.iter().all(|row| !row.contains("... more")), "{message:?} covers {rows:?}");
    }
}

#[test]
fn a_step_taller_than_the_screen_shows_its_beginning() {
    let step = "Look at it a bit more. ".repeat(20);
    let article = format!(
        "message: It is dark.\nflow:\n  fix:\n    solution: Fix it\n    steps:\n      - {{by: user, do: Wait.}}\n      - {{by: user, do: {step}}}\n    \
         otherwise: help\n  help: {{escalation: Help}}\n"
    );
    let kb = load(&[support::source(&[("collection", support::COLLECTION), ("dark", &article)])]).kb;
    let mut model = Model::new(Search::new(Arc::new(kb)), &SanitizedText::new("it is dark"), Vec::new());
    press(&mut model, &[Key::Enter, Key::Down]);
    assert!(screen_text(&model, 40, 12).contains("> [ ] 2. Look"), "{}", screen_text(&model, 40, 12));
}

#[test]
fn the_end_of_a_blank_with_wide_characters_is_visible() {
    let mut model = model("ip address");
    press(&mut model, &[Key::Enter, Key::Char('n'), Key::Char('n'), Key::Char('n'), Key::Char('t'), Key::Char('f')]);
    press(&mut model, &[Key::Char('漢'); 60]);
    press(&mut model, &[Key::Char('x')]);
    assert!(screen_text(&model, 40, 12).contains("漢 x"), "{}", screen_text(&model, 40, 12));
}

#[test]
fn a_solution_on_a_small_screen() {
    let mut model = model("request an invitation or enter your emergency reset code");
    press(&mut model, &[Key::Enter, Key::Char('y')]);
    insta::assert_snapshot!("solution-40x12", screen_text(&model, 40, 12));
}

#[test]
fn an_escalation() {
    let mut model = model("request an invitation or enter your emergency reset code");
    press(&mut model, &[Key::Enter, Key::Char('n'), Key::Char('n')]);
    insta::assert_snapshot!("escalation-80x24", screen_text(&model, 80, 24));
}

#[test]
fn a_screen_that_is_too_small_shows_a_notice() {
    assert_eq!(screen_text(&model(""), 39, 3), "Terminal too small. Enlarge it to at\nleast 40 columns by 12 lines.");
}

#[test]
fn the_cursor_is_at_the_selection() {
    let mut model = model("ip address");
    let (mut terminal, _) = draw(&model, 80, 24);
    assert_eq!(terminal.get_cursor_position().unwrap(), (13, 2).into(), "the cursor is not after the query");
    press(&mut model, &[Key::Enter, Key::Right]);
    let (mut terminal, _) = draw(&model, 80, 24);
    let cursor = terminal.get_cursor_position().unwrap();
    assert_eq!(terminal.backend().buffer()[cursor].symbol(), "N", "the cursor is not on the button \"No\"");
}

#[test]
fn the_monochrome_theme_uses_no_colors_and_reverses_the_selection() {
    let mut model = model("ip address");
    press(&mut model, &[Key::Enter]);
    let mut terminal = Terminal::new(TestBackend::new(80, 24)).unwrap();
    terminal.draw(|frame| _ = view(&model, Theme::Monochrome, frame)).unwrap();
    let cells = terminal.backend().buffer().content();
    assert!(
        cells.iter().all(|cell| cell.fg == ratatui::style::Color::Reset && cell.bg == ratatui::style::Color::Reset)
    );
    assert!(cells.iter().any(|cell| cell.modifier.contains(ratatui::style::Modifier::REVERSED)));
}

#[test]
fn each_theme_uses_only_its_own_colors() {
    use ratatui::style::Color;
    for theme in Theme::ALL {
        let mut model = model("request an invitation or enter your emergency reset code");
        for keys in [&[][..], &[Key::Enter], &[Key::Char('y')], &[Key::Char(' ')], &[Key::Char('m')], &[Key::Char('?')]]
        {
            press(&mut model, keys);
            for (columns, rows) in [(120, 40), (80, 24), (40, 12)] {
                let mut terminal = Terminal::new(TestBackend::new(columns, rows)).unwrap();
                terminal.draw(|frame| _ = view(&model, *theme, frame)).unwrap();
                for cell in terminal.backend().buffer().content() {
                    let allowed = match theme {
                        Theme::Monochrome => cell.fg == Color::Reset && cell.bg == Color::Reset,
                        Theme::Terminal => cell.bg == Color::Reset && !matches!(cell.fg, Color::Indexed(_)),
                        _ => matches!((cell.fg, cell.bg), (Color::Indexed(16..), Color::Indexed(16..))),
                    };
                    assert!(allowed, "{theme:?} draws {:?} on {:?}", cell.fg, cell.bg);
                }
            }
        }
    }
}

#[test]
fn the_map_of_a_flow() {
    let mut model = model("request an invitation or enter your emergency reset code");
    press(&mut model, &[Key::Enter, Key::Char('n'), Key::Char('y'), Key::Char('m')]);
    insta::assert_snapshot!("map-80x24", screen_text(&model, 80, 24));
}
