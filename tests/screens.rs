//! A few screens as they are drawn, at three sizes.

mod support;

use std::sync::Arc;

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use unstuck::app::{Key, Model, keymap, update};
use unstuck::kb::load;
use unstuck::search::Search;
use unstuck::shipped;
use unstuck::text::Clean;
use unstuck::ui::{Drawn, Theme, view};

fn model(query: &str) -> Model {
    Model::new(Search::new(Arc::new(shipped::loaded().kb)), &Clean::new(query), Vec::new())
}

fn press(model: &mut Model, keys: &[Key]) {
    for key in keys {
        let (_, drawn) = draw(model, 40, 12);
        if let Some(message) = keymap::message(model, *key, drawn.seen) {
            update(model, message);
        }
    }
}

fn draw(model: &Model, columns: u16, rows: u16) -> (Terminal<TestBackend>, Drawn) {
    let mut terminal = Terminal::new(TestBackend::new(columns, rows)).unwrap();
    let mut drawn = Drawn::default();
    terminal.draw(|frame| drawn = view(model, Theme::Terminal, frame)).unwrap();
    (terminal, drawn)
}

fn picture(model: &Model, columns: u16, rows: u16) -> String {
    let (terminal, _) = draw(model, columns, rows);
    let buffer = terminal.backend().buffer();
    let lines = buffer.content().chunks(columns.into()).map(|row| {
        let line: String = row.iter().map(ratatui::buffer::Cell::symbol).collect();
        line.trim_end().to_owned()
    });
    lines.collect::<Vec<_>>().join("\n").trim_end().to_owned()
}

#[test]
fn looking_for_an_error() {
    insta::assert_snapshot!("find-80x24", picture(&model("enter your emergency"), 80, 24));
}

#[test]
fn a_question_beside_its_trail() {
    let mut model = model("request an invitation or enter your emergency reset code");
    press(&mut model, &[Key::Enter, Key::Char('n')]);
    insta::assert_snapshot!("question-120x40", picture(&model, 120, 40));
}

#[test]
fn the_keys_that_scroll_go_from_what_is_seen() {
    let mut model = model("request an invitation or enter your emergency reset code");
    press(&mut model, &[Key::Enter, Key::Char('y'), Key::Down, Key::Down, Key::Down, Key::Down, Key::Down]);
    let seen = |model: &Model| draw(model, 40, 12).1.seen;
    let end = seen(&model);
    assert!(end.from == end.furthest && end.from > 5, "an answer is selected, and the end is seen: {end:?}");
    press(&mut model, &[Key::PageUp]);
    assert_eq!(seen(&model).from, end.from - 5);
    press(&mut model, &[Key::PageDown, Key::PageDown]);
    assert_eq!(seen(&model), end);
    press(&mut model, &[Key::PageUp; 20]);
    assert_eq!(seen(&model).from, 0);
    press(&mut model, &[Key::Right]);
    assert_eq!(seen(&model), end, "what is selected comes into sight");
}

#[test]
fn a_step_that_is_selected_is_seen_and_a_click_means_what_can_be_read() {
    let mut model = model("request an invitation or enter your emergency reset code");
    press(&mut model, &[Key::Enter, Key::Char('y'), Key::Down, Key::Up]);
    assert!(picture(&model, 40, 12).contains("> [ ] 1."), "{}", picture(&model, 40, 12));
    press(&mut model, &[Key::PageDown]);
    let (terminal, drawn) = draw(&model, 40, 12);
    let buffer = terminal.backend().buffer();
    for (place, message) in &drawn.targets {
        let row = |y: u16| (0..40).map(|x| buffer[(x, y)].symbol()).collect::<String>();
        let rows: Vec<String> = (place.y..place.bottom()).map(row).collect();
        assert!(rows.iter().all(|row| !row.contains("... more")), "{message:?} at {rows:?}");
    }
}

#[test]
fn of_a_step_that_is_higher_than_its_place_the_beginning_is_seen() {
    let step = "Look at it once more. ".repeat(20);
    let article = format!(
        "message: It is dark.\nflow:\n  fix:\n    solution: Fix it\n    steps:\n      - {{by: user, do: Wait.}}\n      - {{by: user, do: {step}}}\n    \
         otherwise: help\n  help: {{escalation: Help}}\n"
    );
    let kb = load(&[support::source(&[("collection", support::COLLECTION), ("dark", &article)])]).kb;
    let mut model = Model::new(Search::new(Arc::new(kb)), &Clean::new("it is dark"), Vec::new());
    press(&mut model, &[Key::Enter, Key::Down]);
    assert!(picture(&model, 40, 12).contains("> [ ] 2. Look"), "{}", picture(&model, 40, 12));
}

#[test]
fn what_is_filled_in_with_wide_letters_is_seen() {
    let mut model = model("ip address");
    press(&mut model, &[Key::Enter, Key::Char('n'), Key::Char('n'), Key::Char('n'), Key::Char('t'), Key::Char('f')]);
    press(&mut model, &[Key::Char('漢'); 60]);
    press(&mut model, &[Key::Char('x')]);
    assert!(picture(&model, 40, 12).contains("漢 x"), "{}", picture(&model, 40, 12));
}

#[test]
fn a_solution_on_a_small_screen() {
    let mut model = model("request an invitation or enter your emergency reset code");
    press(&mut model, &[Key::Enter, Key::Char('y')]);
    insta::assert_snapshot!("solution-40x12", picture(&model, 40, 12));
}

#[test]
fn an_escalation() {
    let mut model = model("request an invitation or enter your emergency reset code");
    press(&mut model, &[Key::Enter, Key::Char('n'), Key::Char('n')]);
    insta::assert_snapshot!("escalation-80x24", picture(&model, 80, 24));
}

#[test]
fn too_small_a_screen_says_so() {
    assert_eq!(picture(&model(""), 39, 3), "A little more room, please: 40 columns\nand 12 lines will do.");
}

#[test]
fn the_cursor_stands_on_what_is_selected() {
    let mut model = model("ip address");
    let (mut terminal, _) = draw(&model, 80, 24);
    assert_eq!(terminal.get_cursor_position().unwrap(), (13, 2).into(), "behind what was typed");
    press(&mut model, &[Key::Enter, Key::Right]);
    let (mut terminal, _) = draw(&model, 80, 24);
    let at = terminal.get_cursor_position().unwrap();
    assert_eq!(terminal.backend().buffer()[at].symbol(), "N", "on the button \"No\"");
}

#[test]
fn without_color_nothing_is_colored_and_the_selection_is_still_plain() {
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
fn every_theme_draws_every_screen_in_its_own_colors_only() {
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
                    let own = match theme {
                        Theme::Monochrome => cell.fg == Color::Reset && cell.bg == Color::Reset,
                        Theme::Terminal => cell.bg == Color::Reset && !matches!(cell.fg, Color::Indexed(_)),
                        _ => matches!((cell.fg, cell.bg), (Color::Indexed(16..), Color::Indexed(16..))),
                    };
                    assert!(own, "{theme:?} draws {:?} on {:?}", cell.fg, cell.bg);
                }
            }
        }
    }
}

#[test]
fn the_map_of_a_flow() {
    let mut model = model("request an invitation or enter your emergency reset code");
    press(&mut model, &[Key::Enter, Key::Char('n'), Key::Char('y'), Key::Char('m')]);
    insta::assert_snapshot!("map-80x24", picture(&model, 80, 24));
}
