//! What comes after a solution: another message goes on as the same case, and the same one once more goes on to whoever takes over.

#![expect(clippy::unwrap_used, reason = "tests")]

use std::sync::Arc;

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use unstuck::app::{Effect, Key, Model, Seen, keymap, update};
use unstuck::case::{Case, Standing};
use unstuck::search::Search;
use unstuck::shipped;
use unstuck::text::Clean;
use unstuck::ui::{Theme, view};

struct Driver(Model);

impl Driver {
    fn start(query: &str) -> Self {
        let kb = Arc::new(shipped::loaded().kb);
        Self(Model::new(Search::new(kb), &Clean::new(query), Vec::new()))
    }

    fn press(&mut self, keys: &[Key]) -> &mut Self {
        for key in keys {
            if let Some(message) = keymap::message(&self.0, *key, Seen::default()) {
                update(&mut self.0, message);
            }
        }
        self
    }

    fn letters(&mut self, text: &str) -> &mut Self {
        let keys: Vec<Key> = text.chars().map(Key::Char).collect();
        self.press(&keys)
    }

    #[track_caller]
    fn sees(&mut self, text: &str) -> &mut Self {
        let mut screen = Terminal::new(TestBackend::new(98, 60)).unwrap();
        screen.draw(|frame| _ = view(&self.0, Theme::Terminal, frame)).unwrap();
        let cells = screen.backend().buffer().content().iter();
        let shown: String = cells.map(ratatui::buffer::Cell::symbol).collect();
        let shown = shown.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(shown.contains(text), "\"{text}\" is not on the screen: {shown}");
        self
    }

    fn case(&self) -> (u64, Case) {
        self.0.case().unwrap()
    }
}

#[test]
fn another_message_goes_on_as_the_same_case_with_the_answers_that_still_hold() {
    let mut driver = Driver::start("enter emergency reset code");
    driver.press(&[Key::Enter]).sees("the owner of this Devolutions Cloud?").letters("n").sees("several instances");
    driver.letters("nn").sees("Ask an administrator for a re-invitation");
    let (key, before) = driver.case();
    driver.letters("d").sees("What does the screen say now?");
    driver.letters("w").sees("once more leads back to the case").press(&[Key::Esc]);
    assert_eq!(driver.case().0, key, "the case is not left meanwhile");
    driver.letters("we detected a forgot password").press(&[Key::Enter]);
    // Whether it is the owner has been answered, and is not asked again.
    driver.sees("Does the account belong to several instances");
    let (again, case) = driver.case();
    assert_eq!((again, case.standing), (key, Standing::Open));
    assert_eq!(case.before, ["emergency-reset-code"]);
    assert_eq!(case.answers.get(..before.answers.len()).unwrap(), before.answers);
    driver.letters("nnn").sees("Devolutions customer support").letters("t");
    driver.sees("- Is the person who is locked out the owner of this Devolutions Cloud? No");
    driver.sees("- Ask an administrator for a re-invitation: No, it did not help");
}

#[test]
fn the_same_error_once_more_goes_on_to_whoever_takes_over() {
    let mut driver = Driver::start("please contact your administrator to enable your account");
    driver.press(&[Key::Enter]).letters("n").sees("Ask an administrator to enable the account");
    let (key, _) = driver.case();
    driver.letters("d").letters("administrator enable account").press(&[Key::Enter]);
    driver.sees("The same error once more").sees("Devolutions customer support");
    let (again, case) = driver.case();
    assert_eq!((again, case.standing), (key, Standing::Escalated));
    driver.letters("t").sees("- Ask an administrator to enable the account: No, it did not help");
}

#[test]
fn the_same_error_after_it_seemed_solved_goes_on_as_well() {
    let mut driver = Driver::start("please contact your administrator to enable your account");
    driver.press(&[Key::Enter]).letters("ny").sees("Solved.");
    driver.letters("d").letters("administrator enable account").press(&[Key::Enter]).sees("customer support");
}

#[test]
fn whoever_goes_back_is_at_the_solution_again() {
    let mut driver = Driver::start("please contact your administrator to enable your account");
    driver.press(&[Key::Enter]).letters("nd").press(&[Key::Esc]).sees("Ask an administrator to enable the account");
}

#[test]
fn a_wrong_choice_after_another_message_can_be_taken_back() {
    let mut driver = Driver::start("please contact your administrator to enable your account");
    driver.press(&[Key::Enter]).letters("n");
    let (key, before) = driver.case();
    driver.letters("d").letters("your ip address").press(&[Key::Enter, Key::Esc]);
    assert_eq!(driver.case(), (key, before), "the case is what it was");
    driver.press(&[Key::Esc]).letters("we detected a forgot password").press(&[Key::Enter]).letters("n");
    assert_eq!(driver.case().0, key);
    assert_eq!(driver.case().1.before, ["account-disabled"]);
}

#[test]
fn the_same_error_after_it_was_handed_over_stays_handed_over() {
    let mut driver = Driver::start("activate your multifactor authentication on your account");
    driver.press(&[Key::Enter]).letters("nyy").sees("An administrator of this Devolutions Cloud");
    let before = driver.case();
    driver.letters("d").letters("activate multifactor authentication").press(&[Key::Enter]);
    driver.sees("An administrator of this Devolutions Cloud");
    assert_eq!(driver.case(), before);
}

#[test]
fn the_steps_that_were_done_before_another_message_stay_in_the_case() {
    let mut driver = Driver::start("please contact your administrator to enable your account");
    driver.press(&[Key::Enter]).letters("n12d").letters("your ip address").press(&[Key::Enter]).letters("n");
    let done = driver.case().1.steps.iter().filter(|step| step.done).count();
    assert_eq!(done, 2);
}

#[test]
fn a_case_is_put_aside_as_waiting() {
    let mut driver = Driver::start("please contact your administrator to enable your account");
    driver.press(&[Key::Enter]).letters("n");
    let message = keymap::message(&driver.0, Key::Char('p'), Seen::default()).unwrap();
    let Some(Effect::Keep(_, case)) = update(&mut driver.0, message) else { unreachable!() };
    assert_eq!(case.standing, Standing::Waiting);
    driver.sees("Put aside.");
}

#[test]
fn a_ticket_is_copied_once_something_was_answered() {
    let mut driver = Driver::start("please contact your administrator to enable your account");
    driver.press(&[Key::Enter, Key::Char('T')]).sees("There is no ticket yet");
    driver.letters("n");
    let message = keymap::message(&driver.0, Key::Char('T'), Seen::default()).unwrap();
    assert!(matches!(update(&mut driver.0, message), Some(Effect::Ticket(_, case)) if case.answers.len() == 1));
}

#[test]
fn an_escalation_shows_what_is_there_already() {
    let mut driver = Driver::start("please contact your administrator to enable your account");
    driver.press(&[Key::Enter]).letters("nn").sees("[ ] the address of this Devolutions Cloud");
    driver.sees("[x] the message on the screen, word for word");
    driver.letters("tf").letters("https://acme.example").press(&[Key::Enter, Key::Esc, Key::Esc]);
    driver.sees("[x] the address of this Devolutions Cloud").sees("[ ] the email address of the account");
}

#[test]
fn what_is_solved_or_not_kept_is_not_put_aside() {
    let mut driver = Driver::start("please contact your administrator to enable your account");
    driver.press(&[Key::Enter]).letters("nyp").sees("there is nothing to wait for").sees("Solved.");
    let kb = Arc::new(shipped::loaded().kb);
    let model = Model::new(Search::new(kb), &Clean::new("administrator to enable your account"), Vec::new());
    let mut driver = Driver(model.keeping(false));
    driver.press(&[Key::Enter]).letters("np").sees("cases are not kept this time");
}

#[test]
fn what_is_filled_in_is_seen_in_a_message_that_uses_it() {
    let mut driver = Driver::start("please contact your administrator to enable your account");
    driver.press(&[Key::Enter]).letters("nrt").sees("user (1 of 2)");
    driver.letters("f").sees("administrator (2 of 2)").letters("https://acme.example").sees("https://acme.example");
}

#[test]
fn leaving_the_messages_is_asked_twice_as_well() {
    let mut driver = Driver::start("please contact your administrator to enable your account");
    driver.press(&[Key::Enter]).letters("nt");
    let message = keymap::message(&driver.0, Key::Char('q'), Seen::default()).unwrap();
    assert_eq!(update(&mut driver.0, message), None);
    driver.sees("q once more leaves");
}

#[test]
fn what_two_flows_ask_alike_is_asked_once() {
    let mut driver = Driver::start("please contact your administrator to enable your account");
    driver.press(&[Key::Enter]).letters("n").sees("Ask an administrator to enable the account");
    driver.letters("d").letters("browser extension").press(&[Key::Enter]).letters("n");
    driver.sees("Ask an administrator to allow the browser extension");
}

#[test]
fn a_case_whose_answers_are_taken_back_is_still_a_case() {
    let mut driver = Driver::start("account enable");
    driver.press(&[Key::Enter]);
    assert!(driver.0.case().is_none(), "nothing has been answered");
    driver.letters("n").press(&[Key::Esc]).sees("Can you manage users");
    let (_, case) = driver.case();
    assert_eq!((case.standing, case.answers.len()), (Standing::Open, 0));
    driver.press(&[Key::Esc]);
    assert!(driver.0.case().is_none(), "it has been left");
}

#[test]
fn an_unfinished_case_is_left_for_another_error_only_when_it_is_said_twice() {
    let mut driver = Driver::start("account enable");
    driver.press(&[Key::Enter]).letters("ns").sees("s once more leaves this case, unfinished");
    driver.letters("m").press(&[Key::Esc]).letters("s").sees("s once more");
    driver.letters("s").sees("All errors");
    let mut driver = Driver::start("account enable");
    driver.press(&[Key::Enter]).letters("nys").sees("All errors");
}
