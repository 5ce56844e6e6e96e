//! From a search to each outcome of each article, through the keys and the drawn screen.
//!
//! A journey is a sentence: what is asked and answered, and where it ends. `single sign-on? yes -> Sign in with the SSO button`
//! means: the screen asks something with "single sign-on" in it, `y` is pressed, and the screen says "Sign in with the SSO
//! button". `helped? no` is pressed at a solution that did not help. When a journey fails, it prints the screen.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a journey that cannot go on is a failed test")]

mod support;

use std::collections::BTreeSet;
use std::sync::Arc;

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use unstuck::app::{Key, Message, Model, Screen, Seen, keymap, update};
use unstuck::kb::{KnowledgeBase, Node, NodeRef, load};
use unstuck::search::Search;
use unstuck::shipped;
use unstuck::text::Clean;
use unstuck::ui::{Theme, view};
use unstuck::wizard::{Answer, Known, Walk};

/// Somebody at the keyboard.
struct Driver {
    model: Model,
    screen: Terminal<TestBackend>,
    kb: Arc<KnowledgeBase>,
}

impl Driver {
    /// Starts the program. The screen is narrow and high, so that nothing has to be scrolled.
    fn start() -> Self {
        let kb = Arc::new(shipped::loaded().kb);
        let model = Model::new(Search::new(kb.clone()), &Clean::default(), Vec::new());
        let mut driver = Self { model, screen: Terminal::new(TestBackend::new(98, 70)).unwrap(), kb };
        driver.draw();
        driver
    }

    fn draw(&mut self) {
        self.screen.draw(|frame| _ = view(&self.model, Theme::Terminal, frame)).unwrap();
    }

    fn press(&mut self, key: Key) {
        if let Some(message) = keymap::message(&self.model, key, Seen::default()) {
            update(&mut self.model, message);
        }
        self.draw();
    }

    fn type_in(&mut self, text: &str) {
        for c in text.chars() {
            self.press(Key::Char(c));
        }
    }

    fn paste(&mut self, text: &str) {
        update(&mut self.model, Message::Paste(Clean::new(text)));
        self.draw();
    }

    /// What the screen says, with its line breaks as spaces.
    fn says(&self) -> String {
        let buffer = self.screen.backend().buffer();
        let text: String = buffer.content().iter().map(ratatui::buffer::Cell::symbol).collect();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn sees(&self, text: &str, doing: &str) {
        if !self.says().contains(text) {
            let buffer = self.screen.backend().buffer();
            let rows = buffer.content().chunks(buffer.area.width.into());
            let picture: Vec<String> =
                rows.map(|row| row.iter().map(ratatui::buffer::Cell::symbol).collect::<String>()).collect();
            panic!("{doing}: the screen does not say \"{text}\":\n{}", picture.join("\n").trim_end());
        }
    }

    fn at(&self) -> NodeRef {
        match self.model.screen() {
            Screen::Walk(walking) => walking.walk.at(),
            _ => panic!("not in a flow"),
        }
    }
}

/// Types the message (pastes it, from the second journey on), opens the article, walks every journey, and checks that together
/// they see every end.
fn article(id: &str, message: &str, journeys: &[&str]) {
    let mut ends = BTreeSet::new();
    for (nth, journey) in journeys.iter().enumerate() {
        let mut driver = Driver::start();
        if nth == 0 {
            driver.type_in(message);
        } else {
            driver.paste(message);
        }
        driver.press(Key::Enter);
        driver.sees(id, "the message was entered and Enter pressed");
        let (answers, end) = journey.split_once("-> ").unwrap();
        for step in answers.trim().trim_end_matches(',').split(", ").filter(|step| !step.is_empty()) {
            let (question, answer) = step.trim().split_once("? ").unwrap();
            if question == "helped" {
                ends.insert(driver.at());
                driver.sees("Did that solve it?", journey);
            } else {
                driver.sees(question, journey);
            }
            driver.press(match answer.trim() {
                "yes" => Key::Char('y'),
                "no" => Key::Char('n'),
                "not sure" => Key::Char('u'),
                other => panic!("{other}"),
            });
        }
        driver.sees(end.trim(), journey);
        ends.insert(driver.at());
    }
    let kb = Driver::start().kb;
    let missing: Vec<String> = reachable_ends(&kb, id)
        .difference(&ends.into_iter().filter(|end| kb.node(*end).is_some_and(Node::is_end)).collect())
        .map(|end| kb.node_name(*end, end.article))
        .collect();
    assert!(missing.is_empty(), "no journey of {id} ends at {missing:?}");
}

/// Every solution and escalation that some answers lead to.
fn reachable_ends(kb: &Arc<KnowledgeBase>, id: &str) -> BTreeSet<NodeRef> {
    let mut waiting = vec![Walk::new(kb.clone(), kb.position(id).unwrap(), Known::new())];
    let mut ends = BTreeSet::new();
    while let Some(walk) = waiting.pop() {
        if walk.node().is_some_and(Node::is_end) {
            ends.insert(walk.at());
        }
        for answer in walk.possible().into_iter().filter(|answer| *answer != Answer::Solved) {
            let mut next = walk.clone();
            next.answer(answer).unwrap();
            waiting.push(next);
        }
    }
    ends
}

#[test]
fn mfa_required() {
    article(
        "mfa-required",
        "Activate your multifactor authentication on your account.",
        &[
            "single sign-on? yes -> Press the SSO button",
            "single sign-on? yes, helped? no, MFA already set up? no, security key at hand? yes -> authenticator app",
            "single sign-on? no, MFA already set up? no, security key at hand? no -> Get a phone or a security key first",
            "single sign-on? no, MFA already set up? yes, signed in with here? no -> Sign in with the account that has MFA",
            "single sign-on? no, MFA already set up? yes, signed in with here? yes -> An administrator of this Devolutions Cloud",
            "single sign-on? not sure, MFA already set up? not sure, security key at hand? not sure -> Save the recovery codes",
        ],
    );
}

#[test]
fn emergency_reset_code() {
    article(
        "emergency-reset-code",
        "Enter your emergency reset code.",
        &[
            "the owner of this Devolutions Cloud? yes, find the recovery key? yes -> Type the emergency reset code on the screen",
            "the owner of this Devolutions Cloud? not sure, find the recovery key? not sure -> Look for the recovery key",
            "the owner of this Devolutions Cloud? yes, find the recovery key? no, still signed in? yes -> Generate recovery key",
            "the owner? yes, recovery key? no, still signed in? no, another administrator? yes -> Re-invite user for the owner",
            "the owner? yes, recovery key? no, still signed in? no, another administrator? no -> service@devolutions.net",
            // Only the owner has a reset code: for everybody else it is article forgot-password, which does not ask again.
            "the owner? no, several instances? yes -> Have the user re-invited on each instance",
            "the owner? no, several instances? no, manage users? yes -> Re-invite the user",
            "the owner? no, several instances? no, manage users? no -> Ask an administrator for a re-invitation",
            "the owner? no, several instances? no, manage users? no, helped? no -> Devolutions customer support",
            "the owner? yes, recovery key? yes, helped? no, still signed in? yes, helped? no, another administrator? yes, helped? no -> no recovery key that works",
        ],
    );
}

#[test]
fn browser_extension_not_allowed() {
    article(
        "browser-extension-not-allowed",
        "Please contact your administrator to be allowed to use the Devolutions Password Manager browser extension.",
        &[
            "an administrator of this Devolutions Cloud? yes -> Sign in with the administrator's own account",
            "an administrator of this Devolutions Cloud? yes, helped? no, manage users? yes -> Enable the browser extension",
            "an administrator of this Devolutions Cloud? no, manage users? no -> Ask an administrator to allow the browser extension",
            "an administrator? not sure, manage users? not sure, helped? no -> service@devolutions.net",
        ],
    );
}

#[test]
fn account_disabled() {
    article(
        "account-disabled",
        "Please contact your administrator to enable your account.",
        &[
            "manage users? yes, expiry date? no -> \"Is enabled\"",
            "manage users? yes, expiry date? yes -> Give the user a new expiry date",
            "manage users? no -> Ask an administrator to enable the account",
            "manage users? not sure, helped? no -> what has been tried so far",
        ],
    );
}

#[test]
fn not_invited() {
    article(
        "not-invited",
        "Please contact your administrator to request an invitation.",
        &[
            "single sign-on? yes, less than 7 days old? yes -> Use the SSO invitation that is there",
            "single sign-on? yes, less than 7 days old? no, manage users? yes -> Send a new SSO invitation",
            "single sign-on? yes, less than 7 days old? not sure, manage users? no -> Ask an administrator for an SSO invitation",
            "single sign-on? no, ever been invited? yes, email address? no -> Sign in with the account that was invited",
            "single sign-on? no, ever been invited? yes, email address? yes, right Devolutions Cloud? no -> click the link in it",
            "single sign-on? no, ever been invited? no, manage users? yes -> click Send invite",
            "single sign-on? not sure, ever been invited? not sure, manage users? not sure -> Ask an administrator for an invitation",
            "single sign-on? no, ever been invited? no, manage users? yes, helped? no -> Devolutions customer support",
        ],
    );
}

#[test]
fn owner_forgot_password() {
    article(
        "owner-forgot-password",
        "Please contact your administrator to request an invitation OR Enter your emergency reset code.",
        &[
            "another administrator? yes -> Have the other administrator re-invite the owner",
            "another administrator? no, find the recovery key? yes -> Enter the emergency reset code",
            "another administrator? no, find the recovery key? no -> service@devolutions.net",
            "another administrator? not sure, find the recovery key? not sure -> Search the computer for a PDF",
            "another administrator? yes, helped? no, find the recovery key? yes, helped? no -> Devolutions customer support",
        ],
    );
}

#[test]
fn forgot_password() {
    article(
        "forgot-password",
        "We detected a forgot password. In order to regain access to this Devolutions Cloud instance, please contact your administrator to request a new invitation.",
        &[
            "the owner? no, several instances? yes -> For each of them, ask an administrator",
            "the owner? no, several instances? no, manage users? yes -> click Re-invite user for this user",
            "the owner? not sure, several instances? not sure, manage users? not sure -> Ask an administrator for a re-invitation",
            "the owner? no, several instances? yes, helped? no -> Devolutions customer support",
            "the owner? yes, another administrator? yes -> Have the other administrator re-invite the owner",
            "the owner? yes, another administrator? no, recovery key? yes -> Enter the emergency reset code",
            "the owner? yes, another administrator? no, recovery key? not sure -> Look for the recovery key",
            "the owner? yes, another administrator? no, recovery key? no -> no recovery key that works",
        ],
    );
}

#[test]
fn phone_unpaired() {
    article(
        "phone-unpaired",
        "We detected a forgot password or a lost your phone (unpaired). In order to regain access to this Devolutions Cloud instance, please contact your administrator to request a new invitation.",
        &[
            "changed or unpaired? yes, at hand now? yes, stored for this account? no -> click \"Forgot your phone\"",
            "changed or unpaired? yes, at hand now? yes, stored for this account? yes -> Remove the QR code or the password",
            "changed or unpaired? not sure, at hand now? not sure -> Get the phone first",
            "changed or unpaired? yes, at hand now? no, helped? no -> Devolutions customer support",
            "changed or unpaired? no, the owner? no, several instances? yes -> Have the user re-invited on each instance",
            "changed or unpaired? no, the owner? no, several instances? no, manage users? yes -> Re-invite the user",
            "changed or unpaired? no, the owner? no, several instances? no, manage users? no -> Ask an administrator for a re-invitation",
            "changed or unpaired? no, the owner? yes, another administrator? yes -> re-invite the owner",
            "changed or unpaired? no, the owner? yes, another administrator? no, recovery key? yes -> Enter the emergency",
            "changed or unpaired? no, the owner? yes, another administrator? no, recovery key? not sure -> welcome email",
            "changed or unpaired? no, the owner? yes, another administrator? no, recovery key? no -> no recovery key that works",
        ],
    );
}

#[test]
fn password_manager_disabled() {
    article(
        "password-manager-disabled",
        "Devolutions Password Manager is disabled for this user on this Devolutions Cloud instance.",
        &[
            "an administrator of this Devolutions Cloud? yes -> Sign in with the administrator's own account",
            "an administrator of this Devolutions Cloud? no, manage users? yes -> Enable the apps",
            "an administrator of this Devolutions Cloud? no, manage users? no -> Ask an administrator to allow the apps",
            "an administrator? not sure, manage users? not sure, helped? no -> service@devolutions.net",
        ],
    );
}

#[test]
fn ip_not_allowed() {
    article(
        "ip-not-allowed",
        "Your IP address is not allowed.",
        &[
            "company VPN? yes -> Use the office network or the VPN",
            "company VPN? no, Tor browser? yes -> Use an ordinary browser",
            "company VPN? no, Tor browser? no, locked everybody out? no -> Administration > IP allowlist",
            "company VPN? not sure, Tor browser? not sure, locked everybody out? yes, still allowed? yes -> Have that administrator add the address",
            "company VPN? no, Tor browser? no, locked everybody out? yes, still allowed? no -> Devolutions customer support",
        ],
    );
}

#[test]
fn a_way_can_be_gone_back_from_the_end_and_taken_differently() {
    let mut driver = Driver::start();
    driver.type_in("ip address");
    driver.press(Key::Enter);
    driver.press(Key::Char('y'));
    driver.press(Key::Char('y'));
    driver.sees("Solved.", "the solution helped");
    driver.press(Key::Esc);
    driver.sees("Did that solve it?", "one step back from the end");
    driver.press(Key::Esc);
    driver.sees("company VPN?", "two steps back");
    driver.press(Key::Esc);
    driver.sees("> ip address", "back to the search, with what was typed");
}

#[test]
fn who_wants_to_be_asked_although_one_error_was_found_is_asked_about_all() {
    let mut driver = Driver::start();
    driver.type_in("locked out");
    driver.sees("LockedForEdit", "an error that has the words");
    driver.press(Key::Ctrl('t'));
    driver.sees("to find out which error it is", "Ctrl-T");
    driver.press(Key::Esc);
    driver.sees("> locked out", "Esc");
}

#[test]
fn what_to_have_ready_is_filled_in_with_the_messages() {
    let mut driver = Driver::start();
    driver.type_in("ip address");
    for key in [Key::Enter, Key::Char('n'), Key::Char('n'), Key::Char('y'), Key::Char('n'), Key::Char(' ')] {
        driver.press(key);
    }
    driver.sees("is filled in on the screen of the messages: t, then f", "Space at an escalation");
}

#[test]
fn after_a_case_that_is_put_aside_the_field_is_empty() {
    let mut driver = Driver::start();
    driver.model = Model::new(Search::new(driver.kb.clone()), &Clean::new("ip address"), Vec::new()).keeping(true);
    for key in [Key::Enter, Key::Char('y'), Key::Char('p')] {
        driver.press(key);
    }
    driver.sees("Put aside.", "p");
    driver.sees("All errors", "for the next caller");
}

#[test]
fn a_case_is_offered_to_be_put_aside_only_where_it_can_be() {
    let mut driver = Driver::start();
    driver.model = Model::new(Search::new(driver.kb.clone()), &Clean::new("ip address"), Vec::new()).keeping(true);
    driver.press(Key::Enter);
    driver.press(Key::Char('y'));
    driver.sees("p put aside", "at a solution");
    driver.press(Key::Char('y'));
    assert!(!driver.says().contains("put aside"), "when it is solved");
    driver.press(Key::Char('p'));
    driver.sees("there is nothing to wait for", "p all the same");
}

#[test]
fn who_is_never_sure_chooses_from_what_is_left_by_a_number_up_to_nine() {
    let mut driver = Driver::start();
    driver.press(Key::Ctrl('t'));
    for _ in 0..6 {
        driver.press(Key::Char('u'));
    }
    driver.sees("These are left. Which one is it?", "six times not sure");
    driver.sees("(9)", "the ninth");
    assert!(!driver.says().contains("(10)"), "no key is a ten");
}

#[test]
fn a_paste_with_line_breaks_is_one_text_and_no_command() {
    let mut driver = Driver::start();
    driver.paste("[10:03] Error\r\nYour IP address\r\nis not allowed.\r\nq\r\n");
    driver.sees("Your IP address is not allowed.", "the paste was searched");
}

#[test]
fn a_message_at_the_end_of_a_big_log_is_found_by_pasting_the_log() {
    let mut driver = Driver::start();
    let noise = "2026-03-09 14:25:13,528 INFO db.pool: connection 4711 was returned after 12 ms\n".repeat(3000);
    let log = format!("{noise}2026-03-09 14:26:01,007 ERROR web: Enter your emergency reset code.\n");
    driver.paste(&log);
    driver.sees("Found", "the log was pasted");
    driver.sees("Enter your emergency reset code.", "the log was pasted");
}

#[test]
fn what_is_piped_into_the_program_is_no_longer_than_what_is_pasted() {
    let kb = Arc::new(shipped::loaded().kb);
    let noise = "2026-03-09 14:25:13,528 INFO db.pool: connection 4711 was returned after 12 ms\n".repeat(3000);
    let log = format!("{noise}2026-03-09 14:26:01,007 ERROR web: Your IP address is not allowed.\n");
    let mut driver = Driver::start();
    driver.model = Model::new(Search::new(kb), &Clean::new(&log), Vec::new());
    driver.draw();
    driver.sees("Your IP address is not allowed.", "the line that says something");
    assert!(driver.model.find().input.value().len() < 5_000);
}

#[test]
fn the_next_error_starts_with_an_empty_field() {
    let mut driver = Driver::start();
    driver.type_in("ip address");
    driver.press(Key::Enter);
    driver.press(Key::Char('y'));
    driver.press(Key::Char('y'));
    driver.press(Key::Enter);
    driver.sees("All errors", "Enter at the end");
}

#[test]
fn what_is_not_ours_finds_nothing_and_says_what_to_do() {
    let mut driver = Driver::start();
    driver.type_in("printer out of paper");
    driver.sees("No error here fits that.", "nothing of ours");
    driver.sees("errors-list", "where the vendor lists more");
    driver.press(Key::Enter);
    driver.sees("Try other words", "Enter does no harm");
}

#[test]
fn a_question_mark_opens_the_keys_and_esc_closes_them() {
    let mut driver = Driver::start();
    driver.press(Key::Char('?'));
    driver.sees("open the selected error", "? in the empty field");
    driver.press(Key::Esc);
    driver.sees("All errors", "Esc");
}

/// Opens the article of the owner who forgot their password, with `answers` typed.
fn owner(answers: &str) -> Driver {
    let mut driver = Driver::start();
    driver.type_in("request an invitation or enter your emergency reset code");
    driver.press(Key::Enter);
    driver.type_in(answers);
    driver
}

#[test]
fn steps_are_ticked_one_by_one_and_stay_ticked() {
    let mut driver = owner("ny");
    driver.sees("> [ ] 1.", "the first step is selected");
    driver.press(Key::Char(' '));
    driver.sees("[x] 1.", "Space ticks it");
    driver.sees("> [ ] 2.", "and goes on to the next one");
    driver.press(Key::Char('2'));
    driver.sees("all steps done", "a number ticks as well");
    driver.press(Key::Char('1'));
    driver.sees("1 of 2 steps done", "and takes it back");
    driver.press(Key::Esc);
    driver.press(Key::Char('y'));
    driver.sees("1 of 2 steps done", "a way back and forth forgets nothing");
}

#[test]
fn a_step_that_cannot_be_undone_says_what_must_be_known_and_is_ticked_with_two_presses() {
    let article = "message: The vault is locked.\nflow:\n  wipe:\n    solution: Wipe it\n    steps:\n      \
                   - by: user\n        do: Wipe the vault.\n        irreversible: The backup has been opened once.\n    \
                   otherwise: help\n  help: {escalation: Help, contact: 'https://example.com'}\n";
    let files = [("collection", "title: Vaults\n"), ("locked", article)];
    let kb = Arc::new(load(&[support::source(&files)]).kb);
    let mut driver = Driver::start();
    driver.model = Model::new(Search::new(kb), &Clean::default(), Vec::new());
    driver.press(Key::Enter);
    driver.sees("Cannot be undone. First: The backup has been opened once.", "the step stands out");
    driver.press(Key::Char(' '));
    driver.sees("Press again if this is so: The backup has been opened once.", "it is not ticked at once");
    for other in [[Key::Down, Key::Up], [Key::Char('?'), Key::Esc], [Key::Char('r'), Key::Char('r')]] {
        for key in other {
            driver.press(key);
        }
        driver.press(Key::Char(' '));
        driver.sees("[ ] 1.", "another key takes the question back");
    }
    driver.press(Key::Char(' '));
    driver.sees("[x] 1.", "the second press ticks it");
}

#[test]
fn the_screen_speaks_of_you_or_of_the_user() {
    let mut driver = Driver::start();
    driver.type_in("ip address");
    driver.press(Key::Enter);
    driver.press(Key::Char('y'));
    driver.sees("You:", "to the person who is locked out");
    driver.press(Key::Char('r'));
    driver.sees("Ask the user to:", "to the helpdesk");
    driver.sees("Now speaking to the helpdesk", "and it says so");
}

#[test]
fn an_earlier_answer_is_changed_in_the_map_which_says_what_that_drops() {
    let mut driver = owner("nn");
    driver.sees("Who takes over from here", "no administrator, no key");
    driver.press(Key::Char('m'));
    driver.sees("(you are here)", "the map");
    driver.press(Key::Home);
    driver.sees(
        "y changes it to Yes; drops the answer to \"Can the owner find the recovery key?\"",
        "the first question",
    );
    driver.press(Key::Char('y'));
    driver.sees("Have the other administrator", "its answer is another one");
    driver.press(Key::Char('m'));
    driver.press(Key::Home);
    driver.press(Key::Enter);
    driver.sees("Is there another administrator", "Enter goes back to a question");
}

#[test]
fn the_map_knows_the_way_that_not_sure_has_taken() {
    let mut driver = owner("nu");
    driver.press(Key::Char('m'));
    driver.sees("(you are here)", "the recovery key has a way of its own for not sure");
    let mut driver = owner("u");
    driver.sees("Can the owner find the recovery key?", "not sure of another administrator leads where no does");
    driver.press(Key::Char('m'));
    driver.sees("Can the owner find the recovery key? (you are here)", "and so says the map");
}

#[test]
fn what_the_screen_says_is_copied_saved_and_its_link_opened() {
    use unstuck::app::{Effect, Message};
    let mut driver = owner("nn");
    let Some(Effect::Copy(text)) = update(&mut driver.model, Message::Copy) else { panic!("nothing is copied") };
    assert!(text.starts_with("Error: Please contact your administrator"), "{text}");
    assert!(text.contains("service@devolutions.net"), "{text}");
    let saved = update(&mut driver.model, Message::Save);
    assert_eq!(saved, Some(Effect::Save("owner-forgot-password".to_owned(), text)));
    assert_eq!(update(&mut driver.model, Message::Open), None);
    driver.draw();
    driver.sees("o once more opens mailto:service@devolutions.net", "the address is read first");
    let opened = update(&mut driver.model, Message::Open);
    assert_eq!(opened, Some(Effect::Open("mailto:service@devolutions.net".to_owned())));
}

#[test]
fn a_click_does_what_its_place_says() {
    let mut driver = owner("");
    let mut drawn = unstuck::ui::Drawn::default();
    driver.screen.draw(|frame| drawn = view(&driver.model, Theme::Terminal, frame)).unwrap();
    let buffer = driver.screen.backend().buffer();
    let at =
        |place: ratatui::layout::Rect| place.positions().map(|position| buffer[position].symbol()).collect::<String>();
    let (_, message) = drawn.targets.iter().find(|(place, _)| at(*place).contains("No (n)")).unwrap();
    update(&mut driver.model, message.clone());
    driver.draw();
    driver.sees("Can the owner find the recovery key?", "a click on No");
}

#[test]
fn nobody_leaves_a_walk_by_one_slip() {
    let mut driver = owner("n");
    driver.press(Key::Char('q'));
    driver.sees("q once more leaves", "q in the middle of a walk");
    driver.press(Key::Down);
    driver.press(Key::Char('q'));
    driver.sees("q once more leaves", "another key takes it back");
    driver.press(Key::Char('?'));
    driver.press(Key::Char('q'));
    driver.sees("q once more leaves", "the help over it");
    let left = update(&mut driver.model, Message::Leave);
    assert_eq!(left, Some(unstuck::app::Effect::Quit));
}

#[test]
fn a_key_that_does_nothing_says_so() {
    let mut driver = owner("");
    driver.press(Key::Char('x'));
    driver.sees("x does nothing here; ? shows the keys.", "at a question");
    driver.press(Key::Char('m'));
    driver.press(Key::End);
    driver.press(Key::Char('y'));
    driver.sees("Only a question that has been answered can be changed.", "at the end of the map");
}

#[test]
fn what_is_left_to_choose_from_can_be_chosen_on_a_small_screen_too() {
    let mut driver = Driver::start();
    driver.screen = Terminal::new(TestBackend::new(40, 12)).unwrap();
    driver.press(Key::Ctrl('t'));
    for _ in 0..12 {
        driver.press(Key::Char('u'));
    }
    for _ in 0..9 {
        driver.press(Key::Down);
    }
    driver.sees("(9)", "those before it have a key");
    driver.sees("… ]", "the last one is selected");
    driver.sees("These are left.", "and the screen says what they are");
}

#[test]
fn half_a_shared_sentence_is_told_apart_by_a_question() {
    let mut driver = Driver::start();
    driver.type_in("please contact your administrator to request an");
    driver.sees("It could be any of those with a star:", "half a sentence");
    driver.press(Key::Ctrl('t'));
    driver.sees("Was \"Forgot password\" used", "the clue that parts them");
    driver.press(Key::Char('n'));
    driver.sees("Access denied > not-invited", "one article stands out");
    driver.press(Key::Esc);
    driver.sees("Was \"Forgot password\" used", "the answer can be taken back");
    driver.press(Key::Char('y'));
    driver.sees("Access denied > owner-forgot-password", "the other one");
}

#[test]
fn with_no_message_at_hand_the_error_is_found_by_questions_and_they_are_not_asked_again() {
    let mut driver = Driver::start();
    driver.press(Key::Ctrl('t'));
    // It is article forgot-password, and the person is not the owner.
    for _ in 0..8 {
        let yes = [
            "contact the administrator",
            "speak of an invitation",
            "begin with \"We detected\"",
            "name Devolutions Cloud",
            "Forgot password",
        ];
        if driver.says().contains("forgot-password") {
            break;
        }
        let key = if yes.iter().any(|part| driver.says().contains(part)) { 'y' } else { 'n' };
        driver.press(Key::Char(key));
    }
    driver.sees("Access denied > forgot-password", "the clues were answered");
    driver.sees("Most likely it is this one; if not, Esc goes back", "it is a guess, and says so");
}
