//! Texts with voices: the screen speaks to the user or about the user, and a message is in the sender's voice.

#![expect(clippy::unwrap_used, reason = "tests")]

mod support;

use std::sync::Arc;

use serde_json::Value;
use support::{Folder, source};
use unstuck::app::{Key, Model, Viewport, keymap, update};
use unstuck::case;
use unstuck::flow::{Answer, FlowSession, KnownFacts};
use unstuck::kb::{KnowledgeBase, load};
use unstuck::report;
use unstuck::search::Search;
use unstuck::strings::Audience;
use unstuck::text::SanitizedText;

const COLLECTION: &str = "title: Doors
facts:
  card: {question: <Do you|Does the user> have <your|the> card?, hint: It is in <your|their> pocket.}
";

const ARTICLE: &str = "\
message: The door stays closed.
description: <You|The user> can't open the door.
flow:
  card:
    ask: card
    yes: ask
    no: desk
  ask:
    solution: Ask for a new card
    steps:
      - by: user
        do: Tell the administrator <your|the user's|my> name.
      - by: administrator
        do: Make a card for <you|the user|me> (<b>).
    otherwise: desk
  desk:
    escalation: The desk
    bring:
      - that: <You have|The user has|I have> no card.
        if: {card: no}
";

fn kb() -> Arc<KnowledgeBase> {
    let loaded = load(&[source(&[("collection", COLLECTION), ("door", ARTICLE)])]);
    assert!(!loaded.diagnostics.iter().any(unstuck::kb::Diagnostic::is_error), "{:?}", loaded.diagnostics);
    Arc::new(loaded.kb)
}

fn session(answers: &[Answer]) -> FlowSession {
    let kb = kb();
    let article = kb.article_index("door").unwrap();
    let mut session = FlowSession::new(kb, article, KnownFacts::new());
    for answer in answers {
        session.answer(*answer).unwrap();
    }
    session
}

/// Returns the messages to send at the current node.
fn messages(session: &FlowSession, audience: Audience) -> Vec<(String, String)> {
    let case = case::Case::of(session, case::EntryPoint::default(), case::Blanks::new(), |_, _| false);
    let messages = case::handover_messages(session, audience, &case);
    messages.into_iter().map(|message| (message.to, message.text)).collect()
}

#[test]
fn the_view_chooses_the_voice() {
    let question = session(&[]);
    let to_user = report::current_node(&question, &case::EntryPoint::List, Audience::User, &case::Blanks::new());
    assert!(to_user.contains("Do you have your card?") && to_user.contains("It is in your pocket."), "{to_user}");
    let about_user = report::current_node(&question, &case::EntryPoint::List, Audience::Helpdesk, &case::Blanks::new());
    assert!(
        about_user.contains("Does the user have the card?") && about_user.contains("in their pocket"),
        "{about_user}"
    );
}

#[test]
fn switching_the_view_changes_the_text_on_the_screen() {
    let mut model = Model::new(Search::new(kb()), &SanitizedText::new("the door stays closed"), Vec::new());
    let mut screen = |key: Key| {
        let message = keymap::message(&model, key, Viewport::default()).unwrap();
        update(&mut model, message);
        let mut terminal = ratatui::Terminal::new(ratatui::backend::TestBackend::new(80, 24)).unwrap();
        terminal.draw(|frame| _ = unstuck::ui::view(&model, unstuck::ui::Theme::Monochrome, frame)).unwrap();
        terminal.backend().buffer().content().iter().map(ratatui::buffer::Cell::symbol).collect::<String>()
    };
    let text = screen(Key::Enter);
    assert!(text.contains("Do you have your card?"), "{text}");
    let text = screen(Key::Char('r'));
    assert!(text.contains("Does the user have the card?"), "{text}");
    let text = screen(Key::Char('m'));
    assert!(text.contains("Does the user have the card?") && !text.contains('|'), "{text}");
}

#[test]
fn a_message_is_in_the_voice_of_its_sender() {
    let solution = session(&[Answer::Yes]);
    let from_user = messages(&solution, Audience::User);
    let to = |name: &str| from_user.iter().find(|(to, _)| to == name).unwrap().1.clone();
    assert!(to("administrator").contains("1. Make a card for me (<b>)."), "{from_user:?}");
    assert!(!from_user.iter().any(|(to, _)| to == "user"), "a user needs no message to themselves: {from_user:?}");
    let from_helpdesk = messages(&solution, Audience::Helpdesk);
    let to_user = &from_helpdesk.iter().find(|(to, _)| to == "user").unwrap().1;
    assert!(to_user.contains("1. Tell the administrator your name."), "{from_helpdesk:?}");
    assert!(
        from_helpdesk.iter().any(|(_, text)| text.contains("1. Make a card for the user (<b>).")),
        "{from_helpdesk:?}"
    );
}

#[test]
fn answers_and_facts_in_a_message_are_in_the_voice_of_its_sender() {
    let escalation = session(&[Answer::No]);
    let [(_, from_user)] = &messages(&escalation, Audience::User)[..] else { panic!("one message") };
    assert!(from_user.contains("- I have no card."), "{from_user}");
    assert!(from_user.contains("- Does the user have the card? No"), "two alternatives: the second: {from_user}");
    let [(_, from_helpdesk)] = &messages(&escalation, Audience::Helpdesk)[..] else { panic!("one message") };
    assert!(from_helpdesk.contains("- The user has no card."), "{from_helpdesk}");
}

#[test]
fn json_speaks_about_the_user_unless_the_command_line_says_otherwise() {
    let folder = Folder::new();
    folder.write("kb/doors/collection.yaml", COLLECTION).write("kb/doors/door.yaml", ARTICLE);
    let json = |args: &[&str]| -> Value {
        let args: Vec<&str> = args.iter().copied().chain(["--kb", "kb", "--only"]).collect();
        serde_json::from_str(&folder.run(&args, 0).0).unwrap()
    };
    assert_eq!(json(&["ask", "door", "--json"])["now"]["text"], "Does the user have the card?");
    assert_eq!(json(&["ask", "door", "--json", "--as", "user"])["now"]["text"], "Do you have your card?");
    let shown = json(&["show", "door", "--json"]);
    assert_eq!(shown["description"], "The user can't open the door.");
    assert_eq!(shown["flow"][1]["steps"][1]["do"], "Make a card for the user (<b>).");
    assert_eq!(shown["flow"][2]["bring"][0], "The user has no card.");
}

#[test]
fn a_case_that_was_saved_in_one_view_is_resumed_in_the_other() {
    let session = session(&[Answer::Yes]);
    let case = case::Case::of(&session, case::EntryPoint::default(), case::Blanks::new(), |_, step| step == 1);
    assert_eq!(case.steps[1].text, "Make a card for the user (<b>).");
    assert_eq!(case.ticked(session.kb()).into_iter().collect::<Vec<_>>(), [(session.at(), 1)]);
}
