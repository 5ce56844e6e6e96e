//! `unstuck --watch`: what is saved shows in the open wizard, at the same place, with the answers kept.

#![expect(clippy::unwrap_used, reason = "tests")]

mod support;

use std::sync::Arc;
use std::time::{Duration, Instant};

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use support::Folder;
use unstuck::app::{Key, Model, Seen, keymap, update};
use unstuck::files;
use unstuck::kb::load;
use unstuck::search::Search;
use unstuck::text::Clean;
use unstuck::ui::{Theme, view};
use unstuck::watch::{Changed, Watch};

const COLLECTION: &str = "title: Test\nclues:\n  red: {question: Is it red?, hint: Look.}\n";

const DARK: &str = "message: It is dark.
clues: {red: yes}
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

/// An author with the wizard open beside the editor.
struct Author {
    folder: Folder,
    model: Model,
    watch: Watch,
}

impl Author {
    fn begin(query: &str) -> Self {
        let folder = Folder::new();
        folder.write("kb/test/collection.yaml", COLLECTION).write("kb/test/dark.yaml", DARK);
        let other = "message: It is loud.\nclues: {red: no}\nflow:\n  help: {escalation: The helpdesk}\n";
        folder.write("kb/test/loud.yaml", other);
        let source = files::read(&folder.path().join("kb")).unwrap();
        let kb = load(&[source]).kb;
        let model = Model::new(Search::new(Arc::new(kb)), &Clean::new(query), Vec::new());
        let watch = Watch::new(Vec::new(), vec![folder.path().join("kb")]);
        Self { folder, model, watch }
    }

    fn press(&mut self, keys: &[Key]) -> &mut Self {
        for key in keys {
            if let Some(message) = keymap::message(&self.model, *key, Seen::default()) {
                update(&mut self.model, message);
            }
        }
        self
    }

    /// Saves a file, and waits until the program has seen it.
    fn saves(&mut self, file: &str, text: &str) -> &mut Self {
        // Another length or time, on file systems with coarse clocks too.
        std::thread::sleep(Duration::from_millis(20));
        self.folder.write(&format!("kb/test/{file}"), text);
        self.looks()
    }

    fn looks(&mut self) -> &mut Self {
        let until = Instant::now() + Duration::from_secs(20);
        loop {
            match self.watch.look() {
                Some(Changed::Good(search, findings)) => break self.model.reload(*search, findings),
                Some(Changed::Mistake(mistake)) => break self.model.refuse(&mistake),
                None => assert!(Instant::now() < until, "the change is not seen"),
            }
        }
        self
    }

    fn screen(&self) -> String {
        let mut screen = Terminal::new(TestBackend::new(98, 40)).unwrap();
        screen.draw(|frame| _ = view(&self.model, Theme::Terminal, frame)).unwrap();
        let cells = screen.backend().buffer().content().iter();
        let text: String = cells.map(ratatui::buffer::Cell::symbol).collect();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[track_caller]
    fn sees(&mut self, text: &str) -> &mut Self {
        assert!(self.screen().contains(text), "\"{text}\" is not on the screen: {}", self.screen());
        self
    }
}

#[test]
fn a_text_that_is_saved_shows_at_the_same_place_with_the_answers_kept() {
    let mut author = Author::begin("it is dark");
    author.press(&[Key::Enter, Key::Char('y'), Key::Char('n')]).sees("Change the lamp").press(&[Key::Char('1')]);
    author.sees("[x] 1.");
    author.saves("dark.yaml", &DARK.replace("Change the lamp", "Put another lamp in"));
    author.sees("Put another lamp in").sees("[x] 1.").sees("Read again.");
    author.press(&[Key::Esc]).sees("Is the lamp whole?").press(&[Key::Esc]).sees("Is it plugged in?");
}

#[test]
fn a_step_stays_ticked_as_long_as_it_is_there() {
    let mut author = Author::begin("it is dark");
    author.press(&[Key::Enter, Key::Char('y'), Key::Char('n'), Key::Char('2')]).sees("[x] 2.");
    author.saves("dark.yaml", &DARK.replace("      - {by: user, do: Take the old one out.}\n", ""));
    author.sees("[x] 1. Put a new one in.");
}

#[test]
fn of_two_steps_with_the_same_words_the_one_that_was_ticked_stays_ticked() {
    let mut author = Author::begin("it is dark");
    let twice = DARK.replace("Put a new one in.", "Take the old one out.");
    author.saves("dark.yaml", &twice).press(&[Key::Enter, Key::Char('y'), Key::Char('n'), Key::Char('2')]);
    author.sees("[ ] 1.").sees("[x] 2.");
    author.saves("dark.yaml", &twice.replace("Is it plugged in?", "Is the plug in?")).sees("Read again.");
    author.sees("[ ] 1.").sees("[x] 2.");
}

#[test]
fn a_question_that_is_put_in_between_is_asked_and_what_was_answered_is_not_asked_again() {
    let mut author = Author::begin("it is dark");
    author.press(&[Key::Enter, Key::Char('y')]).sees("Is the lamp whole?");
    let between = DARK.replace(
        "yes: lamp\n    no: plug\n",
        "yes: day\n    no: plug\n  day:\n    question: Is it day?\n    yes: help\n    no: lamp\n",
    );
    author.saves("dark.yaml", &between).sees("Is it day?");
    author.press(&[Key::Char('n')]).sees("Is the lamp whole?");
}

#[test]
fn a_mistake_shows_and_the_last_good_version_stays() {
    let mut author = Author::begin("it is dark");
    author.press(&[Key::Enter, Key::Char('y')]).sees("Is the lamp whole?");
    author.saves("dark.yaml", &DARK.replace("no: change", "no: chnage"));
    author.sees("dark.yaml:11:9: there is no node `chnage`; did you mean `change`?").sees("Is the lamp whole?");
    author.press(&[Key::Char('n')]).sees("Change the lamp").sees("there is no node `chnage`");
    author.press(&[Key::Char('x')]).sees("x does nothing here").sees("did you mean `change`? Until it is mended");
    author.saves("dark.yaml", DARK).sees("Change the lamp").sees("Read again.");
    assert_eq!(author.model.mistake(), None);
}

#[test]
fn the_mistake_that_is_named_is_in_the_file_that_was_saved() {
    let mut author = Author::begin("it is dark");
    let before = "message: A thing.\nflow:\n  one: {question: Is it?, yes: {goto: dark}, no: {goto: loud}}\n";
    author.saves("a.yaml", before);
    author
        .saves("dark.yaml", &DARK.replace("no: change", "no: chnage"))
        .sees("dark.yaml:11:9: there is no node `chnage`");
}

#[test]
fn an_article_that_is_gone_leads_back_to_the_search() {
    let mut author = Author::begin("it is dark");
    author.press(&[Key::Enter, Key::Char('y')]);
    std::fs::remove_file(author.folder.path().join("kb/test/dark.yaml")).unwrap();
    author.looks().sees("The article that was open is gone.").sees("it is dark");
}

#[test]
fn clues_that_were_answered_stay_answered_and_the_list_stays_where_it_is() {
    let mut author = Author::begin("");
    author.press(&[Key::Ctrl('t')]).sees("Is it red?");
    author.saves("collection.yaml", &COLLECTION.replace("Is it red?", "Is it a red one?")).sees("Is it a red one?");
    author.press(&[Key::Esc, Key::Down]);
    assert_eq!(author.model.find().selected, 1);
    let first = "message: It is brown.\nclues: {red: no}\nflow:\n  help: {escalation: The helpdesk}\n";
    author.saves("brown.yaml", first).sees("It is brown.");
    assert_eq!(author.model.find().selected, 2, "the same article is selected");
}

#[test]
fn the_map_and_the_keys_stay_open() {
    let mut author = Author::begin("it is dark");
    author.press(&[Key::Enter, Key::Char('y'), Key::Char('m')]);
    author.saves("dark.yaml", &DARK.replace("Is the lamp whole?", "Is the lamp in one piece?"));
    author.sees("Map > dark").sees("Is the lamp in one piece?");
    author.press(&[Key::Char('?')]).saves("dark.yaml", DARK).press(&[Key::Esc]).sees("Map > dark");
}

#[test]
fn it_needs_a_folder_and_a_screen() {
    let folder = Folder::new();
    let (_, error) = folder.run(&["--watch"], 2);
    assert!(error.contains("--watch needs a folder to watch: add --kb DIR"), "{error}");
    folder.write("kb/test/collection.yaml", COLLECTION).write("kb/test/dark.yaml", DARK);
    let (_, error) = folder.run(&["--watch", "--kb", "kb"], 2);
    assert!(error.contains("--watch needs the full screen"), "{error}");
    let (_, error) = folder.run(&["--watch", "list", "--kb", "kb"], 2);
    assert!(error.contains("--watch goes with the wizard, not with another command"), "{error}");
}

#[test]
fn a_case_that_goes_on_with_another_message_goes_on_in_the_new_version() {
    let mut author = Author::begin("it is dark");
    author.press(&[Key::Enter, Key::Char('n')]).sees("Plug it in");
    author.press(&[Key::Char('d')]);
    // An article that comes before all others changes every number.
    author.saves("aaa.yaml", "message: Another thing.\nclues: {red: no}\nflow:\n  help: {escalation: The helpdesk}\n");
    for c in "another thing".chars() {
        author.press(&[Key::Char(c)]);
    }
    author.press(&[Key::Enter]).sees("Another thing.");
    assert_eq!(author.model.case().unwrap().1.before, ["dark"]);
}

#[test]
fn what_is_being_filled_in_stays() {
    let mut author = Author::begin("it is dark");
    author.press(&[Key::Enter, Key::Char('y'), Key::Char('y')]).sees("The helpdesk");
    author.saves(
        "dark.yaml",
        &DARK.replace("{escalation: The helpdesk}", "{escalation: The helpdesk, bring: [the room]}"),
    );
    author.press(&[Key::Char('t'), Key::Char('f'), Key::Char('7')]).sees("> 7");
    author.saves(
        "dark.yaml",
        &DARK.replace("{escalation: The helpdesk}", "{escalation: The desk, bring: [a lamp, the room]}"),
    );
    author.sees("the room: (2 of 2) > 7").press(&[Key::Enter]).sees("the room: 7");
}
