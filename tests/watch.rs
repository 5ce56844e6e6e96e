//! `unstuck --watch` reloads saved files into the open wizard and keeps the screen and the answers.

#![expect(clippy::unwrap_used, reason = "tests")]

mod support;

use std::sync::Arc;
use std::time::{Duration, Instant};

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use support::Folder;
use unstuck::app::{Key, Model, Viewport, keymap, update};
use unstuck::files;
use unstuck::kb::load;
use unstuck::search::Search;
use unstuck::text::SanitizedText;
use unstuck::ui::{Theme, view};
use unstuck::watch::{Reload, Watch};

const COLLECTION: &str = "title: Test\nfacts:\n  red: {question: Is it red?, hint: Look.}\n";

const DARK: &str = "message: It is dark.
known: {red: yes}
flow:
  plugged:
    question: Is it plugged in?
    yes: lamp
    no: plug
  lamp:
    question: Is the lamp whole?
    yes: help
    no: change
  change:
    solution: Change the lamp
    steps:
      - {by: user, do: Take the old one out.}
      - {by: user, do: Put a new one in.}
    otherwise: help
  plug:
    solution: Plug it in
    steps: [{by: user, do: Plug it in.}]
    otherwise: help
  help: {escalation: The helpdesk}
";

/// A wizard with `--watch` and a folder of articles to edit.
struct Editor {
    folder: Folder,
    model: Model,
    watch: Watch,
}

impl Editor {
    /// Writes two articles and opens the wizard with a query.
    fn start(query: &str) -> Self {
        let folder = Folder::new();
        folder.write("kb/test/collection.yaml", COLLECTION).write("kb/test/dark.yaml", DARK);
        let other = "message: It is loud.\nknown: {red: no}\nflow:\n  help: {escalation: The helpdesk}\n";
        folder.write("kb/test/loud.yaml", other);
        let source = files::read(&folder.path().join("kb")).unwrap();
        let kb = load(&[source]).kb;
        let model = Model::new(Search::new(Arc::new(kb)), &SanitizedText::new(query), Vec::new());
        let watch = Watch::new(Vec::new(), vec![folder.path().join("kb")]);
        Self { folder, model, watch }
    }

    fn press(&mut self, keys: &[Key]) -> &mut Self {
        for key in keys {
            if let Some(message) = keymap::message(&self.model, *key, Viewport::default()) {
                update(&mut self.model, message);
            }
        }
        self
    }

    /// Saves a file and waits for the reload.
    fn save(&mut self, file: &str, text: &str) -> &mut Self {
        // Wait, so that the time of the file changes on file systems with coarse clocks too.
        std::thread::sleep(Duration::from_millis(20));
        self.folder.write(&format!("kb/test/{file}"), text);
        self.wait_for_reload()
    }

    /// Polls until the model has loaded or rejected the changed files.
    fn wait_for_reload(&mut self) -> &mut Self {
        let deadline = Instant::now() + Duration::from_secs(20);
        loop {
            match self.watch.poll() {
                Some(Reload::Loaded(search, diagnostics)) => break self.model.reload(*search, diagnostics),
                Some(Reload::Error(mistake)) => break self.model.set_reload_error(&mistake),
                None => assert!(Instant::now() < deadline, "the change was not noticed"),
            }
        }
        self
    }

    /// Returns the text on the screen, with each run of whitespace as one space.
    fn screen_text(&self) -> String {
        let mut screen = Terminal::new(TestBackend::new(98, 40)).unwrap();
        screen.draw(|frame| _ = view(&self.model, Theme::Terminal, frame)).unwrap();
        let cells = screen.backend().buffer().content().iter();
        let text: String = cells.map(ratatui::buffer::Cell::symbol).collect();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[track_caller]
    fn assert_shows(&mut self, text: &str) -> &mut Self {
        assert!(self.screen_text().contains(text), "the screen does not show \"{text}\": {}", self.screen_text());
        self
    }
}

#[test]
fn a_changed_text_appears_on_the_same_screen_with_the_answers_kept() {
    let mut editor = Editor::start("it is dark");
    editor
        .press(&[Key::Enter, Key::Char('y'), Key::Char('n')])
        .assert_shows("Change the lamp")
        .press(&[Key::Char('1')]);
    editor.assert_shows("[x] 1.");
    editor.save("dark.yaml", &DARK.replace("Change the lamp", "Put another lamp in"));
    editor.assert_shows("Put another lamp in").assert_shows("[x] 1.").assert_shows("Reloaded.");
    editor.press(&[Key::Esc]).assert_shows("Is the lamp whole?").press(&[Key::Esc]).assert_shows("Is it plugged in?");
}

#[test]
fn a_done_step_stays_done_after_another_step_is_removed() {
    let mut editor = Editor::start("it is dark");
    editor.press(&[Key::Enter, Key::Char('y'), Key::Char('n'), Key::Char('2')]).assert_shows("[x] 2.");
    editor.save("dark.yaml", &DARK.replace("      - {by: user, do: Take the old one out.}\n", ""));
    editor.assert_shows("[x] 1. Put a new one in.");
}

#[test]
fn of_two_equal_steps_only_the_done_step_stays_done() {
    let mut editor = Editor::start("it is dark");
    let twice = DARK.replace("Put a new one in.", "Take the old one out.");
    editor.save("dark.yaml", &twice).press(&[Key::Enter, Key::Char('y'), Key::Char('n'), Key::Char('2')]);
    editor.assert_shows("[ ] 1.").assert_shows("[x] 2.");
    editor.save("dark.yaml", &twice.replace("Is it plugged in?", "Is the plug in?")).assert_shows("Reloaded.");
    editor.assert_shows("[ ] 1.").assert_shows("[x] 2.");
}

#[test]
fn an_inserted_question_is_asked_and_other_answers_are_kept() {
    let mut editor = Editor::start("it is dark");
    editor.press(&[Key::Enter, Key::Char('y')]).assert_shows("Is the lamp whole?");
    let between = DARK.replace(
        "yes: lamp\n    no: plug\n",
        "yes: day\n    no: plug\n  day:\n    question: Is it day?\n    yes: help\n    no: lamp\n",
    );
    editor.save("dark.yaml", &between).assert_shows("Is it day?");
    editor.press(&[Key::Char('n')]).assert_shows("Is the lamp whole?");
}

#[test]
fn a_mistake_is_shown_and_the_last_valid_version_stays() {
    let mut editor = Editor::start("it is dark");
    editor.press(&[Key::Enter, Key::Char('y')]).assert_shows("Is the lamp whole?");
    editor.save("dark.yaml", &DARK.replace("no: change", "no: chnage"));
    editor
        .assert_shows("dark.yaml:11:9: there is no node or article `chnage`. Did you mean `change`?")
        .assert_shows("Is the lamp whole?");
    editor
        .press(&[Key::Char('n')])
        .assert_shows("Change the lamp")
        .assert_shows("there is no node or article `chnage`");
    editor
        .press(&[Key::Char('x')])
        .assert_shows("x does nothing here")
        .assert_shows("Did you mean `change`? Showing the last valid version");
    editor.save("dark.yaml", DARK).assert_shows("Change the lamp").assert_shows("Reloaded.");
    assert_eq!(editor.model.reload_error(), None);
}

#[test]
fn a_mistake_is_reported_in_the_saved_file() {
    let mut editor = Editor::start("it is dark");
    let before = "message: A thing.\nflow:\n  one: {question: Is it?, yes: dark, no: loud}\n";
    editor.save("a.yaml", before);
    editor
        .save("dark.yaml", &DARK.replace("no: change", "no: chnage"))
        .assert_shows("dark.yaml:11:9: there is no node or article `chnage`");
}

#[test]
fn a_deleted_article_returns_to_the_search() {
    let mut editor = Editor::start("it is dark");
    editor.press(&[Key::Enter, Key::Char('y')]);
    std::fs::remove_file(editor.folder.path().join("kb/test/dark.yaml")).unwrap();
    editor.wait_for_reload().assert_shows("The article you had open no longer exists.").assert_shows("it is dark");
}

#[test]
fn the_selection_in_the_list_is_kept() {
    let mut editor = Editor::start("");
    editor.press(&[Key::Down]);
    assert_eq!(editor.model.search_pane().selected, 1);
    let first = "message: It is brown.\nknown: {red: no}\nflow:\n  help: {escalation: The helpdesk}\n";
    editor.save("brown.yaml", first).assert_shows("It is brown.");
    assert_eq!(editor.model.search_pane().selected, 2, "another article is selected");
}

#[test]
fn a_changed_situation_and_a_changed_question_about_words_are_shown() {
    let mut editor = Editor::start("");
    let collection = format!("{COLLECTION}situations:\n  - I see nothing: {{goto: dark}}\n");
    editor.save("collection.yaml", &collection).assert_shows("> I see nothing");
    editor.save("collection.yaml", &collection.replace("see nothing", "sit in the dark"));
    editor.assert_shows("> I sit in the dark").press(&[Key::Enter]).assert_shows("Is it plugged in?");
    let mut editor = Editor::start("is dark");
    let hall = "message: It is dark in the hall.\nflow:\n  help: {escalation: The helpdesk}\n";
    editor.save("hall.yaml", hall).press(&[Key::Ctrl('t')]).assert_shows("Does your message contain “in the hall”?");
    editor.save("hall.yaml", &hall.replace("hall", "cellar")).assert_shows("contain “in the cellar”?");
}

#[test]
fn the_map_and_the_help_stay_open() {
    let mut editor = Editor::start("it is dark");
    editor.press(&[Key::Enter, Key::Char('y'), Key::Char('m')]);
    editor.save("dark.yaml", &DARK.replace("Is the lamp whole?", "Is the lamp in one piece?"));
    editor.assert_shows("Map > dark").assert_shows("Is the lamp in one piece?");
    editor.press(&[Key::Char('?')]).save("dark.yaml", DARK).press(&[Key::Esc]).assert_shows("Map > dark");
}

#[test]
fn watch_needs_a_folder_and_full_screen_mode() {
    let folder = Folder::new();
    let (_, error) = folder.run(&["--watch"], 2);
    assert!(error.contains("--watch needs a folder to watch: add --kb DIR"), "{error}");
    folder.write("kb/test/collection.yaml", COLLECTION).write("kb/test/dark.yaml", DARK);
    let (_, error) = folder.run(&["--watch", "--kb", "kb"], 2);
    assert!(error.contains("--watch works only in full-screen mode"), "{error}");
    let (_, error) = folder.run(&["--watch", "list", "--kb", "kb"], 2);
    assert!(error.contains("--watch works only without a command"), "{error}");
}

#[test]
fn a_case_with_a_new_error_continues_after_a_reload() {
    let mut editor = Editor::start("it is dark");
    editor.press(&[Key::Enter, Key::Char('n')]).assert_shows("Plug it in");
    editor.press(&[Key::Char('d')]);
    // An article at the beginning changes the index of every other article.
    editor.save("aaa.yaml", "message: Another thing.\nknown: {red: no}\nflow:\n  help: {escalation: The helpdesk}\n");
    for c in "another thing".chars() {
        editor.press(&[Key::Char(c)]);
    }
    editor.press(&[Key::Enter]).assert_shows("Another thing.");
    assert_eq!(editor.model.case().unwrap().1.previous_articles, ["dark"]);
}

#[test]
fn a_blank_being_filled_in_survives_a_reload() {
    let mut editor = Editor::start("it is dark");
    editor.press(&[Key::Enter, Key::Char('y'), Key::Char('y')]).assert_shows("The helpdesk");
    editor.save(
        "dark.yaml",
        &DARK.replace("{escalation: The helpdesk}", "{escalation: The helpdesk, bring: [the room]}"),
    );
    editor.press(&[Key::Char('t'), Key::Char('f'), Key::Char('7')]).assert_shows("> 7");
    editor.save(
        "dark.yaml",
        &DARK.replace("{escalation: The helpdesk}", "{escalation: The desk, bring: [a lamp, the room]}"),
    );
    editor.assert_shows("the room: (2 of 2) > 7").press(&[Key::Enter]).assert_shows("the room: 7");
}

#[test]
fn the_selected_situation_is_kept() {
    let mut editor = Editor::start("");
    let situations = "situations:\n  - I see nothing: {goto: dark}\n  - I hear too much: {goto: loud}\n";
    editor.save("collection.yaml", &format!("{COLLECTION}{situations}")).press(&[Key::Down]);
    editor.assert_shows("> I hear too much");
    // The new article is before the others, so their indices change.
    let first = "message: It is brown.\nflow:\n  help: {escalation: The helpdesk}\n";
    editor.save("brown.yaml", first).assert_shows("> I hear too much");
}

#[test]
fn the_list_of_all_errors_stays_open() {
    let mut editor = Editor::start("");
    let situations = "situations:\n  - I see nothing: {goto: dark}\n";
    editor.save("collection.yaml", &format!("{COLLECTION}{situations}"));
    editor.press(&[Key::Tab, Key::End, Key::Enter]).assert_shows("All errors");
    editor.save("dark.yaml", &DARK.replace("It is dark.", "It is gloomy."));
    editor.assert_shows("All errors").assert_shows("It is gloomy.");
}
