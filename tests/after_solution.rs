//! A new error after a solution continues the case. The same error again leads to the escalation.

#![expect(clippy::unwrap_used, reason = "tests")]

use std::sync::Arc;

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use unstuck::app::{Effect, Key, Model, Viewport, keymap, update};
use unstuck::builtin;
use unstuck::case::{Case, CaseStatus, EntryPoint};
use unstuck::search::Search;
use unstuck::text::SanitizedText;
use unstuck::ui::{Theme, view};

/// The model of the program, driven by keys.
struct Driver(Model);

impl Driver {
    fn start(query: &str) -> Self {
        let kb = Arc::new(builtin::loaded().kb);
        Self(Model::new(Search::new(kb), &SanitizedText::new(query), Vec::new()))
    }

    fn press(&mut self, keys: &[Key]) -> &mut Self {
        for key in keys {
            if let Some(message) = keymap::message(&self.0, *key, Viewport::default()) {
                update(&mut self.0, message);
            }
        }
        self
    }

    /// Presses the key of each character.
    fn keys(&mut self, text: &str) -> &mut Self {
        let keys: Vec<Key> = text.chars().map(Key::Char).collect();
        self.press(&keys)
    }

    #[track_caller]
    fn assert_shows(&mut self, text: &str) -> &mut Self {
        let mut screen = Terminal::new(TestBackend::new(98, 60)).unwrap();
        screen.draw(|frame| _ = view(&self.0, Theme::Terminal, frame)).unwrap();
        let cells = screen.backend().buffer().content().iter();
        let screen_text: String = cells.map(ratatui::buffer::Cell::symbol).collect();
        let screen_text = screen_text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(screen_text.contains(text), "the screen does not show \"{text}\": {screen_text}");
        self
    }

    fn case(&self) -> (u64, Case) {
        self.0.case().unwrap()
    }
}

#[test]
fn a_new_error_continues_the_case_with_the_answers_that_still_apply() {
    let mut driver = Driver::start("enter emergency reset code");
    driver
        .press(&[Key::Enter])
        .assert_shows("the owner of this Devolutions Cloud?")
        .keys("n")
        .assert_shows("more than one Devolutions Cloud");
    driver.keys("n").assert_shows("Get a new invitation from an administrator");
    let (key, before) = driver.case();
    driver.keys("d").assert_shows("Which error do you see now?");
    driver.keys("w").assert_shows("and again to go back to the case").press(&[Key::Esc]);
    assert_eq!(driver.case().0, key, "the search for the new error closed the case");
    driver.keys("we detected a forgot password").press(&[Key::Enter]);
    // The answer about the owner still applies, so the question is not asked again.
    driver.assert_shows("Do you use more than one Devolutions Cloud");
    let (key_after, case) = driver.case();
    assert_eq!((key_after, case.status), (key, CaseStatus::Open));
    assert_eq!(case.previous_articles, ["emergency-reset-code"]);
    assert_eq!(case.answers.get(..before.answers.len()).unwrap(), before.answers);
    driver.keys("nn").assert_shows("Devolutions customer support").keys("t");
    driver.assert_shows("- Am I the owner of this Devolutions Cloud? No");
    driver.assert_shows("- Get a new invitation from an administrator: No, it did not help");
}

#[test]
fn a_new_error_after_a_situation_is_stated_and_the_unseen_error_is_not() {
    let mut driver = Driver::start("");
    driver.press(&[Key::Down; 6]).press(&[Key::Enter]).assert_shows("It worked before").keys("n");
    let (_, case) = driver.case();
    assert!(matches!(case.entry_point, EntryPoint::Situation(_)), "{:?}", case.entry_point);
    let first = case.session.article;
    driver.keys("d").keys("we detected a forgot password").press(&[Key::Enter]).keys("nn");
    let (_, case) = driver.case();
    assert!(matches!(case.entry_point, EntryPoint::Search(_)), "{:?}", case.entry_point);
    assert_eq!((&case.previous_articles, &case.previous_without_message), (&vec![first.clone()], &vec![first]));
    driver.keys("t").assert_shows("I get this error in Devolutions Cloud: We detected a forgot password");
}

#[test]
fn the_same_error_again_leads_to_the_escalation() {
    let mut driver = Driver::start("please contact your administrator to enable your account");
    driver.press(&[Key::Enter]).keys("n").assert_shows("Have an administrator enable your account");
    let (key, _) = driver.case();
    driver.keys("d").keys("administrator enable account").press(&[Key::Enter]);
    driver.assert_shows("You see the same error as before").assert_shows("Devolutions customer support");
    let (key_after, case) = driver.case();
    assert_eq!((key_after, case.status), (key, CaseStatus::Escalated));
    driver.keys("t").assert_shows("- Have an administrator enable my account: No, it did not help");
}

#[test]
fn the_same_error_after_solved_leads_to_the_escalation() {
    let mut driver = Driver::start("please contact your administrator to enable your account");
    driver.press(&[Key::Enter]).keys("ny").assert_shows("Solved.");
    driver.keys("d").keys("administrator enable account").press(&[Key::Enter]).assert_shows("customer support");
}

#[test]
fn esc_in_the_search_for_a_new_error_returns_to_the_solution() {
    let mut driver = Driver::start("please contact your administrator to enable your account");
    driver.press(&[Key::Enter]).keys("nd").press(&[Key::Esc]).assert_shows("Have an administrator enable your account");
}

#[test]
fn a_wrong_choice_of_a_new_error_can_be_undone() {
    let mut driver = Driver::start("please contact your administrator to enable your account");
    driver.press(&[Key::Enter]).keys("n");
    let (key, before) = driver.case();
    driver.keys("d").keys("your ip address").press(&[Key::Enter, Key::Esc]);
    assert_eq!(driver.case(), (key, before), "the case changed");
    driver.press(&[Key::Esc]).keys("we detected a forgot password").press(&[Key::Enter]).keys("n");
    assert_eq!(driver.case().0, key);
    assert_eq!(driver.case().1.previous_articles, ["account-disabled"]);
}

#[test]
fn the_same_error_after_an_escalation_changes_nothing() {
    let mut driver = Driver::start("activate your multifactor authentication on your account");
    driver.press(&[Key::Enter]).keys("nyy").assert_shows("An administrator of this Devolutions Cloud");
    let before = driver.case();
    driver.keys("d").keys("activate multifactor authentication").press(&[Key::Enter]);
    driver.assert_shows("An administrator of this Devolutions Cloud");
    assert_eq!(driver.case(), before);
}

#[test]
fn done_steps_stay_in_the_case_after_a_new_error() {
    let mut driver = Driver::start("please contact your administrator to enable your account");
    driver.press(&[Key::Enter]).keys("n12d").keys("your ip address").press(&[Key::Enter]).keys("n");
    let done = driver.case().1.steps.iter().filter(|step| step.done).count();
    assert_eq!(done, 2);
}

#[test]
fn p_puts_a_case_on_hold() {
    let mut driver = Driver::start("please contact your administrator to enable your account");
    driver.press(&[Key::Enter]).keys("n");
    let message = keymap::message(&driver.0, Key::Char('p'), Viewport::default()).unwrap();
    let Some(Effect::SaveCase(_, case)) = update(&mut driver.0, message) else { unreachable!() };
    assert_eq!(case.status, CaseStatus::OnHold);
    driver.assert_shows("Case put on hold.");
}

#[test]
fn a_case_summary_can_be_copied_after_the_first_answer() {
    let mut driver = Driver::start("please contact your administrator to enable your account");
    driver.press(&[Key::Enter, Key::Char('T')]).assert_shows("There is no case summary yet");
    driver.keys("n");
    let message = keymap::message(&driver.0, Key::Char('T'), Viewport::default()).unwrap();
    assert!(matches!(update(&mut driver.0, message), Some(Effect::CopySummary(_, case)) if case.answers.len() == 1));
}

#[test]
fn an_escalation_marks_the_information_that_is_available() {
    let mut driver = Driver::start("please contact your administrator to enable your account");
    driver.press(&[Key::Enter]).keys("nn").assert_shows("[ ] The web address of this Devolutions Cloud");
    driver.assert_shows("[x] The exact error message");
    driver.keys("tf").keys("https://acme.example").press(&[Key::Enter, Key::Esc, Key::Esc]);
    driver
        .assert_shows("[x] The web address of this Devolutions Cloud")
        .assert_shows("[ ] The email address of your Devolutions Account");
}

#[test]
fn a_case_that_is_solved_or_not_saved_cannot_be_put_on_hold() {
    let mut driver = Driver::start("please contact your administrator to enable your account");
    driver.press(&[Key::Enter]).keys("nyp").assert_shows("This case is already solved").assert_shows("Solved.");
    let kb = Arc::new(builtin::loaded().kb);
    let model = Model::new(Search::new(kb), &SanitizedText::new("administrator to enable your account"), Vec::new());
    let mut driver = Driver(model.with_history_enabled(false));
    driver.press(&[Key::Enter]).keys("np").assert_shows("cases aren't being saved");
}

#[test]
fn filling_in_a_blank_shows_a_message_that_uses_it() {
    let mut driver = Driver::start("please contact your administrator to enable your account");
    driver.press(&[Key::Enter]).keys("nrt").assert_shows("user (1 of 2)");
    driver
        .keys("f")
        .assert_shows("administrator (2 of 2)")
        .keys("ann@acme.example")
        .press(&[Key::Enter])
        .assert_shows("select the user's account (ann@acme.example)");
}

#[test]
fn quitting_from_the_messages_to_send_needs_two_presses() {
    let mut driver = Driver::start("please contact your administrator to enable your account");
    driver.press(&[Key::Enter]).keys("nt");
    let message = keymap::message(&driver.0, Key::Char('q'), Viewport::default()).unwrap();
    assert_eq!(update(&mut driver.0, message), None);
    driver.assert_shows("Press q again");
}

#[test]
fn a_question_that_two_flows_share_is_asked_once() {
    // "Not sure" counts as an answer too.
    for answers in ["nn", "uu"] {
        let mut driver = Driver::start("password manager is disabled for this user");
        driver.press(&[Key::Enter]).keys(answers).assert_shows("Have an administrator allow the apps");
        driver.keys("d").keys("browser extension").press(&[Key::Enter]);
        driver.assert_shows("Have an administrator allow the browser extension");
    }
}

#[test]
fn a_case_without_answers_after_undo_stays_open() {
    let mut driver = Driver::start("account enable");
    driver.press(&[Key::Enter]);
    assert!(driver.0.case().is_none(), "a case without answers was created");
    driver.keys("n").press(&[Key::Esc]).assert_shows("Did your access have an expiration date");
    let (_, case) = driver.case();
    assert_eq!((case.status, case.answers.len()), (CaseStatus::Open, 0));
    driver.press(&[Key::Esc]);
    assert!(driver.0.case().is_none(), "the case is still open in the search");
}

#[test]
fn a_new_search_from_an_open_case_needs_two_presses() {
    let mut driver = Driver::start("account enable");
    driver.press(&[Key::Enter]).keys("ns").assert_shows("Press s again");
    driver.keys("m").press(&[Key::Esc]).keys("s").assert_shows("Press s again");
    driver.keys("s").assert_shows("What happened?");
    let mut driver = Driver::start("account enable");
    driver.press(&[Key::Enter]).keys("nys").assert_shows("What happened?");
}

#[test]
fn a_fact_with_the_same_name_in_another_collection_is_not_asked_again() {
    let mut driver = Driver::start("enter your emergency reset code");
    driver.press(&[Key::Enter]).keys("nn").assert_shows("Get a new invitation from an administrator");
    driver.keys("d").keys("403.3 SetupRequired").press(&[Key::Enter]).assert_shows("setup-required");
    driver.assert_shows("* Are you the owner of this Devolutions Cloud? No");
}

#[test]
fn a_field_for_a_detail_is_in_the_voice_of_the_view() {
    let mut driver = Driver::start("please contact your administrator to enable your account");
    driver.press(&[Key::Enter]).keys("ntf").assert_shows("The email address of your Devolutions Account: >");
}
