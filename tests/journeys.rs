//! Journeys from a search or a situation to each outcome of the *access denied* articles, with keys and the drawn screen.
//!
//! A journey is a line with questions, answers and an outcome, such as `single sign-on? yes -> Click the SSO button`.
//! In this example, the screen must show "single sign-on". The test then presses `y`, and the screen must show
//! "Click the SSO button". `helped? no` answers "Did that solve it?" at a solution. A failed journey prints the screen.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a journey that cannot continue fails the test")]

mod support;

use std::collections::BTreeSet;
use std::sync::Arc;

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use unstuck::app::{Key, Model, Msg, Screen, Viewport, keymap, update};
use unstuck::builtin;
use unstuck::flow::{Answer, FlowSession};
use unstuck::kb::{FactId, KnowledgeBase, Node, NodeId, load};
use unstuck::search::Search;
use unstuck::text::{SanitizedText, Voice};
use unstuck::ui::{Theme, view};

/// The program with a keyboard and a screen, in memory.
struct Driver {
    model: Model,
    screen: Terminal<TestBackend>,
    kb: Arc<KnowledgeBase>,
}

impl Driver {
    /// Starts the program with a screen of 98 columns and 70 rows, so that nothing needs to scroll.
    fn start() -> Self {
        let kb = Arc::new(builtin::loaded().kb);
        let model = Model::new(Search::new(kb.clone()), &SanitizedText::default(), Vec::new());
        let mut driver = Self { model, screen: Terminal::new(TestBackend::new(98, 70)).unwrap(), kb };
        driver.draw();
        driver
    }

    fn draw(&mut self) {
        self.screen.draw(|frame| _ = view(&self.model, Theme::Terminal, frame)).unwrap();
    }

    fn press(&mut self, key: Key) {
        if let Some(message) = keymap::message(&self.model, key, Viewport::default()) {
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
        update(&mut self.model, Msg::Paste(SanitizedText::new(text)));
        self.draw();
    }

    /// Chooses a situation on the first screen. `beginning` is the beginning of its text.
    fn choose_situation(&mut self, beginning: &str) {
        let begins = |text: &str| text.starts_with(beginning);
        let nth = self.kb.situations().position(|(_, one)| begins(&one.text.voice(Voice::You).one_line()));
        for _ in 0..nth.unwrap_or_else(|| panic!("no situation begins with \"{beginning}\"")) {
            self.press(Key::Down);
        }
        self.press(Key::Enter);
    }

    /// Returns the text on the screen, with each run of whitespace as one space.
    fn screen_text(&self) -> String {
        let buffer = self.screen.backend().buffer();
        let text: String = buffer.content().iter().map(ratatui::buffer::Cell::symbol).collect();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Checks that the screen shows a text. `context` begins the message of a failure.
    fn assert_shows(&self, text: &str, context: &str) {
        if !self.screen_text().contains(text) {
            let buffer = self.screen.backend().buffer();
            let rows = buffer.content().chunks(buffer.area.width.into());
            let picture: Vec<String> =
                rows.map(|row| row.iter().map(ratatui::buffer::Cell::symbol).collect::<String>()).collect();
            panic!("{context}: the screen does not show \"{text}\":\n{}", picture.join("\n").trim_end());
        }
    }

    fn at(&self) -> NodeId {
        match self.model.screen() {
            Screen::Flow(pane) => pane.session.at(),
            _ => panic!("not in a flow"),
        }
    }
}

/// Runs the journeys of an article from its message. The first journey types the message, and the others paste it.
fn check_article(id: &str, message: &str, journeys: &[&str]) {
    check_journeys(id, journeys, |driver, nth| {
        if nth == 0 {
            driver.type_in(message);
        } else {
            driver.paste(message);
        }
        driver.press(Key::Enter);
    });
}

/// Runs the journeys of an article and checks that together they reach each solution and escalation. `open` opens the article
/// and gets the number of the journey, counted from 0.
fn check_journeys(id: &str, journeys: &[&str], open: impl Fn(&mut Driver, usize)) {
    let mut ends = BTreeSet::new();
    for (nth, journey) in journeys.iter().enumerate() {
        let mut driver = Driver::start();
        open(&mut driver, nth);
        driver.assert_shows(&format!("Access denied > {id}"), "at the beginning");
        let (answers, end) = journey.split_once("-> ").unwrap();
        for step in answers.trim().trim_end_matches(',').split(", ").filter(|step| !step.is_empty()) {
            let (question, answer) = step.trim().split_once("? ").unwrap();
            if question == "helped" {
                ends.insert(driver.at());
                driver.assert_shows("Did that solve it?", journey);
            } else {
                driver.assert_shows(question, journey);
            }
            driver.press(match answer.trim() {
                "yes" => Key::Char('y'),
                "no" => Key::Char('n'),
                "not sure" => Key::Char('u'),
                other => panic!("{other}"),
            });
        }
        driver.assert_shows(end.trim(), journey);
        ends.insert(driver.at());
    }
    let mut driver = Driver::start();
    open(&mut driver, 0);
    let Screen::Flow(pane) = driver.model.screen() else { panic!("not in a flow") };
    let kb = driver.kb.clone();
    let missing: Vec<String> = reachable_ends(pane.session.clone())
        .difference(&ends.into_iter().filter(|end| kb.node(*end).is_some_and(Node::is_end)).collect())
        .map(|end| kb.node_name(*end, end.article))
        .collect();
    assert!(missing.is_empty(), "no journey of {id} reaches {missing:?}");
}

/// Returns each solution and escalation that a path from a session reaches.
fn reachable_ends(start: FlowSession) -> BTreeSet<NodeId> {
    let ends = sessions_from(start).into_iter().filter(|session| session.node().is_some_and(Node::is_end));
    ends.map(|session| session.at()).collect()
}

/// Returns a session and each one that further answers lead to, without those that are solved.
fn sessions_from(start: FlowSession) -> Vec<FlowSession> {
    let (mut pending, mut found) = (vec![start], Vec::new());
    while let Some(session) = pending.pop() {
        for answer in session.allowed_answers().into_iter().filter(|answer| *answer != Answer::Solved) {
            let mut next = session.clone();
            next.answer(answer).unwrap();
            pending.push(next);
        }
        found.push(session);
    }
    found
}

#[test]
fn mfa_required() {
    check_article(
        "mfa-required",
        "Activate your multifactor authentication on your account.",
        &[
            "single sign-on? yes -> Click the SSO button",
            "single sign-on? yes, helped? no, already set up MFA? no, security key at hand to set up MFA? yes -> authenticator app",
            "single sign-on? no, already set up MFA? no, security key at hand to set up MFA? no -> Get a phone or a security key first",
            "single sign-on? no, already set up MFA? yes, with the account that has MFA? no -> Sign in with the account that has MFA",
            "single sign-on? no, already set up MFA? yes, with the account that has MFA? yes -> An administrator of this Devolutions Cloud",
            "single sign-on? not sure, already set up MFA? not sure, security key at hand to set up MFA? not sure -> Save the recovery codes",
        ],
    );
}

#[test]
fn emergency_reset_code() {
    check_article(
        "emergency-reset-code",
        "Enter your emergency reset code.",
        &[
            "the owner of this Devolutions Cloud? yes, find the recovery key? yes -> Type the emergency reset code on the screen",
            "the owner? not sure, see a crown? yes, find the recovery key? not sure -> Look for the recovery key",
            "the owner? not sure, see a crown? not sure, find the recovery key? yes -> Enter the emergency reset code",
            "the owner? yes, recovery key? no, still signed in? yes -> Generate a new recovery key where you are still signed in",
            "the owner? yes, recovery key? no, still signed in? no, who can manage users? yes -> click \"Re-invite user\"",
            "the owner? yes, recovery key? no, still signed in? no, who can manage users? not sure -> Ask around for someone",
            "the owner? yes, recovery key? no, still signed in? no, who can manage users? no -> service@devolutions.net",
            // Only the owner has a reset code. Everyone else goes to the article forgot-password, which does not ask again.
            "the owner? no, more than one Devolutions Cloud? yes -> Get a new invitation to each Devolutions Cloud",
            "the owner? no, more than one Devolutions Cloud? no -> Get a new invitation from an administrator",
            "the owner? not sure, see a crown? no, more than one Devolutions Cloud? no, helped? no -> Devolutions customer support",
            "the owner? yes, recovery key? yes, helped? no, still signed in? yes, helped? no, who can manage users? yes, helped? no -> Support can only say what is still possible",
        ],
    );
}

#[test]
fn browser_extension_not_allowed() {
    check_article(
        "browser-extension-not-allowed",
        "Please contact your administrator to be allowed to use the Devolutions Password Manager browser extension.",
        &[
            "an administrator of this Devolutions Cloud? yes -> Sign in with your administrator account, at the right address",
            "an administrator of this Devolutions Cloud? yes, helped? no -> Allow the browser extension for the account in use",
            "an administrator of this Devolutions Cloud? no, manage users? yes -> Allow the browser extension for the account in use",
            "an administrator of this Devolutions Cloud? no, manage users? no -> Have an administrator allow the browser extension",
            "an administrator? not sure, manage users? not sure, helped? no -> service@devolutions.net",
        ],
    );
}

#[test]
fn account_disabled() {
    check_article(
        "account-disabled",
        "Please contact your administrator to enable your account.",
        &[
            "an expiration date? no -> \"Is enabled\"",
            "an expiration date? yes -> Set a new expiration date for your access",
            "an expiration date? not sure -> Have an administrator check your account",
            "an expiration date? yes, helped? no -> Have an administrator enable your account",
            "an expiration date? not sure, helped? no -> Devolutions customer support",
        ],
    );
}

#[test]
fn not_invited() {
    check_article(
        "not-invited",
        "Please contact your administrator to request an invitation.",
        &[
            "single sign-on? yes, less than 7 days old? yes -> Use the existing SSO invitation",
            "single sign-on? yes, less than 7 days old? no -> Get an SSO invitation from an administrator",
            "single sign-on? yes, less than 7 days old? not sure, helped? no -> Devolutions customer support",
            "single sign-on? no, ever been invited? yes, email address that was invited? no -> Sign in with the account that was invited",
            "single sign-on? no, ever been invited? yes, email address that was invited? yes, right web address? no -> click the link in it",
            "single sign-on? no, ever been invited? yes, email address that was invited? yes, right web address? yes -> click Send invite",
            "single sign-on? not sure, ever been invited? not sure -> Get an invitation from an administrator",
            "single sign-on? no, ever been invited? no, helped? no -> Devolutions customer support",
        ],
    );
}

#[test]
fn owner_forgot_password() {
    check_article(
        "owner-forgot-password",
        "Please contact your administrator to request an invitation OR Enter your emergency reset code.",
        &[
            "who can manage users? yes -> Ask someone who can manage users to re-invite you",
            "who can manage users? not sure -> Ask around for someone who can manage users",
            "who can manage users? no, find the recovery key? yes -> Enter the emergency reset code",
            "who can manage users? no, find the recovery key? not sure -> Search the computer for a PDF",
            "who can manage users? no, find the recovery key? no -> service@devolutions.net",
            "who can manage users? not sure, helped? no, find the recovery key? no -> Support can only say what is still possible",
            "who can manage users? yes, helped? no, find the recovery key? yes, helped? no -> Devolutions customer support",
        ],
    );
}

#[test]
fn forgot_password() {
    check_article(
        "forgot-password",
        "We detected a forgot password. In order to regain access to this Devolutions Cloud instance, please contact your administrator to request a new invitation.",
        &[
            "the owner? no, more than one Devolutions Cloud? yes -> For each address, ask an administrator",
            "the owner? no, more than one Devolutions Cloud? no -> click \"Re-invite user\"",
            "the owner? not sure, see a crown? not sure, more than one Devolutions Cloud? not sure -> Get a new invitation from an administrator",
            "the owner? no, more than one Devolutions Cloud? yes, helped? no -> Devolutions customer support",
            "the owner? not sure, see a crown? yes, who can manage users? yes -> to re-invite you",
            "the owner? yes, who can manage users? yes -> Ask someone who can manage users to re-invite you",
            "the owner? yes, who can manage users? not sure -> Ask around for someone who can manage users",
            "the owner? yes, who can manage users? no, find the recovery key? yes -> Enter the emergency reset code",
            "the owner? yes, who can manage users? no, find the recovery key? not sure -> Search the computer for a PDF",
            "the owner? yes, who can manage users? no, find the recovery key? no -> service@devolutions.net",
        ],
    );
}

#[test]
fn phone_unpaired() {
    check_article(
        "phone-unpaired",
        "We detected a forgot password or a lost your phone (unpaired). In order to regain access to this Devolutions Cloud instance, please contact your administrator to request a new invitation.",
        &[
            "reset or unpaired your phone? yes, at hand now? yes, password for your private key? no -> click \"Forgot your phone\"",
            "reset or unpaired your phone? yes, at hand now? yes, password for your private key? yes -> Remove the QR code or the password",
            "reset or unpaired your phone? yes, at hand now? yes, password for your private key? not sure -> if there is one",
            "reset or unpaired your phone? not sure, at hand now? not sure -> Get the phone first",
            "reset or unpaired your phone? yes, at hand now? no, helped? no -> Devolutions customer support",
            "reset or unpaired your phone? no, the owner? no, more than one Devolutions Cloud? yes -> Get a new invitation to each Devolutions Cloud",
            "reset or unpaired your phone? no, the owner? no, more than one Devolutions Cloud? no -> Get a new invitation from an administrator",
            "reset or unpaired your phone? no, the owner? not sure, see a crown? no, more than one Devolutions Cloud? no, helped? no -> Devolutions customer support",
            "reset or unpaired your phone? no, the owner? yes, who can manage users? yes -> Ask someone who can manage users to re-invite you",
            "reset or unpaired your phone? no, the owner? yes, who can manage users? not sure -> Ask around for someone who can manage users",
            "reset or unpaired your phone? no, the owner? yes, who can manage users? no, find the recovery key? yes -> Enter the emergency reset code",
            "reset or unpaired your phone? no, the owner? yes, who can manage users? no, find the recovery key? not sure -> Search the computer for a PDF",
            "reset or unpaired your phone? no, the owner? yes, who can manage users? no, find the recovery key? no -> service@devolutions.net",
        ],
    );
}

#[test]
fn password_manager_disabled() {
    check_article(
        "password-manager-disabled",
        "Devolutions Password Manager is disabled for this user on this Devolutions Cloud instance.",
        &[
            "an administrator of this Devolutions Cloud? yes -> Sign in with your administrator account, at the right address",
            "an administrator of this Devolutions Cloud? yes, helped? no -> Allow the apps for the account in use",
            "an administrator of this Devolutions Cloud? no, manage users? yes -> Allow the apps for the account in use",
            "an administrator of this Devolutions Cloud? no, manage users? no -> Have an administrator allow the apps",
            "an administrator? not sure, manage users? not sure, helped? no -> service@devolutions.net",
        ],
    );
}

#[test]
fn ip_not_allowed() {
    check_article(
        "ip-not-allowed",
        "Your IP address is not allowed.",
        &[
            "company VPN? yes -> Use the office network or the VPN",
            "company VPN? no, using Tor? yes -> Use an ordinary browser",
            "company VPN? no, using Tor? no, administrators included? no -> Administration > IP allowlist",
            "company VPN? not sure, using Tor? not sure, administrators included? yes, still get in? yes -> added by an administrator who can still get in",
            "company VPN? no, using Tor? no, administrators included? yes, still get in? not sure -> Look for an administrator",
            "company VPN? no, using Tor? no, administrators included? yes, still get in? no -> Devolutions customer support",
        ],
    );
}

#[test]
fn password_not_reset_yet() {
    check_journeys(
        "password-not-reset-yet",
        &[
            "QR code or password that was set up? yes -> Recover the account, and retrieve the private key",
            "QR code or password that was set up? not sure -> Look for the phone, QR code or password first",
            "QR code or password that was set up? no, who can manage users? yes -> Reset the password, then get a new invitation",
            "QR code or password that was set up? no, who can manage users? yes, helped? no -> service@devolutions.net",
            "QR code or password that was set up? no, who can manage users? not sure -> Someone who can manage users",
            "QR code or password that was set up? no, who can manage users? no, the owner? no -> Someone who can manage users",
            "QR code or password that was set up? no, who can manage users? no, the owner? yes, recovery key? yes -> then enter the emergency reset code",
            "QR code or password that was set up? no, who can manage users? no, the owner? yes, recovery key? not sure -> Support can only say",
            "QR code or password that was set up? yes, helped? no, who can manage users? no, the owner? yes, recovery key? no -> Support can only say",
        ],
        |driver, _| driver.choose_situation("I forgot my password"),
    );
}

#[test]
fn private_key_asked() {
    check_journeys(
        "private-key-asked",
        &[
            "QR code or password that was set up? yes -> Nothing is wrong.",
            "QR code or password that was set up? yes, helped? no, unpaired your phone? no -> service@devolutions.net",
            "QR code or password that was set up? no, unpaired your phone? yes, at hand now? no -> Get the phone first",
            "QR code or password that was set up? not sure, unpaired your phone? yes, at hand now? yes, password for your private key? no -> Pair the phone again, then",
            "QR code or password that was set up? no, unpaired your phone? yes, at hand now? yes, password for your private key? yes -> remove the QR code or password",
            "QR code or password that was set up? no, unpaired your phone? yes, at hand now? no, helped? no -> service@devolutions.net",
        ],
        |driver, _| driver.choose_situation("It asks for my private key"),
    );
}

#[test]
fn recovery_codes_lost() {
    let mut driver = Driver::start();
    driver.choose_situation("It asks for a recovery code");
    driver.press(Key::Char('1'));
    driver.assert_shows("Sign in with a different method", "after the first choice");
    driver.press(Key::Char('n'));
    driver.assert_shows("Devolutions customer support", "after the solution did not help");
    driver.press(Key::Esc);
    driver.press(Key::Esc);
    driver.press(Key::Char('2'));
    driver.assert_shows("Only the owner can use an emergency reset code.", "after the second choice");
}

/// The situations of the *access denied* articles: the beginning of the text, the article, and the first text on its screen.
const SITUATIONS: &[(&str, &str, &str)] = &[
    ("I used \"Forgot password\"", "forgot-password", "Are you the owner of this Devolutions Cloud?"),
    ("I forgot my password and haven't reset it", "password-not-reset-yet", "Do you still have the phone, QR code"),
    ("I'm new here and was never let in", "not-invited", "with their company account (single sign-on, SSO)?"),
    (
        "I lost, replaced or reset my phone",
        "phone-unpaired",
        "Do you have the phone for the push notifications at hand",
    ),
    ("The screen asks me for multifactor", "mfa-required", "with their company account (single sign-on, SSO)?"),
    ("It works at the office but not from here", "ip-not-allowed", "Use the office network or the VPN"),
    ("It worked before, and now", "account-disabled", "Did your access have an expiration date"),
    ("My access ended on a date", "account-disabled", "Have an administrator renew your access"),
    ("Only the app refuses me", "password-manager-disabled", "Are you an administrator of this Devolutions Cloud?"),
    (
        "Only the browser extension",
        "browser-extension-not-allowed",
        "Are you an administrator of this Devolutions Cloud?",
    ),
    ("It asks for my private key", "private-key-asked", "Do you still have the phone, QR code"),
    ("It asks for an emergency reset code", "emergency-reset-code", "Are you the owner of this Devolutions Cloud?"),
    ("I'm the owner", "owner-forgot-password", "Is there anyone besides you who can manage users"),
    ("It asks for a recovery code", "recovery-codes-lost", "What does the screen ask for?"),
];

#[test]
fn a_situation_on_the_first_screen_leads_to_each_access_denied_article() {
    let mut reached = BTreeSet::new();
    for (situation, id, first) in SITUATIONS {
        let mut driver = Driver::start();
        driver.assert_shows("No error message? What happened?", "at the start");
        driver.choose_situation(situation);
        driver.assert_shows(&format!("Access denied > {id}"), situation);
        driver.assert_shows(first, situation);
        reached.insert((*id).to_owned());
    }
    let kb = Driver::start().kb;
    let indices = 0..kb.articles.len();
    let articles = indices.filter_map(|article| kb.article_with_collection(article));
    let access_denied = articles.filter(|(_, collection)| collection.title.one_line() == "Access denied");
    assert_eq!(reached, access_denied.map(|(article, _)| article.id.clone()).collect());
}

#[test]
fn each_situation_leads_to_its_article() {
    let kb = Driver::start().kb;
    for (collection, situation) in kb.situations() {
        let text = situation.text.voice(Voice::You).one_line();
        let mut driver = Driver::start();
        driver.choose_situation(&text);
        let title = kb.collections.get(collection).unwrap().title.one_line();
        driver.assert_shows(&format!("{title} > {}", situation.goto), &text);
    }
}

#[test]
fn a_fact_that_a_situation_implies_is_not_asked() {
    let kb = Driver::start().kb;
    let mut implied_facts = 0;
    for (collection, situation) in kb.situations().filter(|(_, situation)| !situation.known.is_empty()) {
        let text = situation.text.voice(Voice::You).one_line();
        let mut driver = Driver::start();
        driver.choose_situation(&text);
        let Screen::Flow(pane) = driver.model.screen() else { panic!("\"{text}\" leads to no flow") };
        let implied: Vec<FactId> =
            situation.known.iter().map(|value| FactId { collection, fact: value.fact }).collect();
        for session in sessions_from(pane.session.clone()) {
            let asked = kb.fact_of_question(session.at());
            assert!(
                !asked.is_some_and(|fact| implied.contains(&fact)),
                "{text}: {}",
                session.node().unwrap().text.one_line()
            );
        }
        implied_facts += implied.len();
    }
    assert!(implied_facts > 4, "only {implied_facts} facts are implied by a situation");
}

#[test]
fn a_message_after_a_situation_states_no_error_message() {
    let mut driver = Driver::start();
    driver.choose_situation("My access ended on a date");
    driver.press(Key::Char('t'));
    driver.assert_shows("I can't get into Devolutions Cloud.", "the opening of the collection");
    driver.assert_shows("What happened:", "the message to the administrator");
    driver.assert_shows("My access ended on a date", "the message to the administrator");
    let message = "Please contact your administrator to enable your account.";
    assert!(!driver.screen_text().contains(message), "{}", driver.screen_text());
    // The same article after a search for the message.
    let mut driver = Driver::start();
    driver.type_in("UserExpired");
    driver.press(Key::Enter);
    driver.assert_shows("Have an administrator renew your access", "after the code");
    driver.press(Key::Char('t'));
    driver.assert_shows(&format!("I get this error in Devolutions Cloud: {message}"), "after the code");
}

#[test]
fn an_escalation_after_a_situation_asks_for_no_error_message() {
    let mut driver = Driver::start();
    driver.choose_situation("It worked before");
    driver.press(Key::Char('u'));
    driver.press(Key::Char('n'));
    driver.assert_shows("Have this ready:", "after a situation");
    assert!(!driver.screen_text().contains("error message"), "{}", driver.screen_text());
}

#[test]
fn none_of_these_leads_from_the_results_to_the_vendor_and_back() {
    let mut driver = Driver::start();
    driver.type_in("ip address");
    let lists = [
        ("Matches", "> None of these"),
        ("No error message? What happened?", "> None of these. Show all errors"),
        ("All errors", "> None of these"),
    ];
    for (heading, last) in lists {
        driver.assert_shows(heading, "the list");
        driver.press(Key::Tab);
        driver.press(Key::End);
        driver.assert_shows(last, heading);
        driver.press(Key::Enter);
    }
    driver.assert_shows("unstuck doesn't know this problem yet.", "after the last list");
    driver.assert_shows("errors-list", "the list of the vendor");
    driver.assert_shows("Contact: service@devolutions.net", "the contact");
    driver.press(Key::Enter);
    driver.assert_shows("unstuck doesn't know this problem yet.", "after Enter on the last page");
    driver.press(Key::Esc);
    driver.assert_shows("What happened?", "after Esc on the last page");
    driver.type_in("ip address");
    driver.assert_shows("Your IP address is not allowed.", "after a new search");
}

#[test]
fn letters_after_none_of_these_are_a_search_and_not_shortcuts() {
    let mut driver = Driver::start();
    driver.type_in("ip address");
    driver.press(Key::Tab);
    driver.press(Key::End);
    driver.press(Key::Enter);
    driver.type_in("request a quote");
    driver.assert_shows("> request a quote", "after None of these");
}

#[test]
fn none_of_these_leads_on_from_the_errors_that_no_words_separate() {
    let mut driver = lamps(3);
    driver.press(Key::Ctrl('t'));
    while driver.screen_text().contains("Does your message contain") {
        driver.press(Key::Char('u'));
    }
    driver.assert_shows("None of these (4)", "the last entry");
    driver.press(Key::Char('4'));
    // This knowledge base has no situations.
    driver.assert_shows("All errors", "after None of these");
    driver.press(Key::Tab);
    driver.press(Key::End);
    driver.press(Key::Enter);
    driver.assert_shows("unstuck doesn't know this problem yet.", "after None of these in the list of all errors");
}

#[test]
fn ctrl_t_lists_the_situations_unless_several_errors_match() {
    for query in ["", "ip address", "printer out of paper"] {
        let mut driver = Driver::start();
        driver.type_in(query);
        driver.press(Key::Ctrl('t'));
        driver.assert_shows("No error message? What happened?", query);
        driver.assert_shows("> I used", query);
    }
}

#[test]
fn esc_goes_back_step_by_step_from_the_outcome_to_the_search() {
    let mut driver = Driver::start();
    driver.type_in("ip address");
    driver.press(Key::Enter);
    driver.press(Key::Char('y'));
    driver.press(Key::Char('y'));
    driver.assert_shows("Solved.", "after yes at the solution");
    driver.press(Key::Esc);
    driver.assert_shows("Did that solve it?", "after one Esc");
    driver.press(Key::Esc);
    driver.assert_shows("company VPN?", "after two Escs");
    driver.press(Key::Esc);
    driver.assert_shows("> ip address", "after three Escs, with the query");
}

#[test]
fn ctrl_t_compares_the_possible_errors_and_esc_returns() {
    let mut driver = Driver::start();
    driver.type_in("locked out");
    driver.assert_shows("Several errors match.", "any error of this collection could be meant");
    driver.press(Key::Ctrl('t'));
    driver.assert_shows("Which error is it?", "after Ctrl-T");
    driver.press(Key::Esc);
    driver.assert_shows("> locked out", "after Esc");
}

#[test]
fn space_at_an_escalation_names_the_keys_that_fill_in_a_blank() {
    let mut driver = Driver::start();
    driver.type_in("ip address");
    for key in [Key::Enter, Key::Char('n'), Key::Char('n'), Key::Char('y'), Key::Char('n'), Key::Char(' ')] {
        driver.press(key);
    }
    driver.assert_shows("press t, then f", "after Space at an escalation");
}

#[test]
fn putting_a_case_on_hold_empties_the_search_field() {
    let mut driver = Driver::start();
    driver.model = Model::new(Search::new(driver.kb.clone()), &SanitizedText::new("ip address"), Vec::new())
        .with_history_enabled(true);
    for key in [Key::Enter, Key::Char('y'), Key::Char('p')] {
        driver.press(key);
    }
    driver.assert_shows("Case put on hold.", "after p");
    driver.assert_shows("What happened?", "in the search with an empty field");
}

#[test]
fn only_an_open_case_can_be_put_on_hold() {
    let mut driver = Driver::start();
    driver.model = Model::new(Search::new(driver.kb.clone()), &SanitizedText::new("ip address"), Vec::new())
        .with_history_enabled(true);
    driver.press(Key::Enter);
    driver.press(Key::Char('y'));
    driver.assert_shows("p hold", "at a solution");
    driver.press(Key::Char('y'));
    assert!(!driver.screen_text().contains("p hold"), "a solved case still offers p");
    driver.press(Key::Char('p'));
    driver.assert_shows("This case is already solved", "after p in a solved case");
}

/// Starts the program with a number of errors that differ only in a name, and searches for all of them.
fn lamps(count: usize) -> Driver {
    let names = ["Ada", "Bo", "Cy", "Dot", "Eve", "Flo", "Gus", "Hal", "Ivy", "Jo", "Kim", "Lou"];
    let articles: Vec<(String, String)> = names
        .iter()
        .take(count)
        .map(|name| {
            let article =
                format!("message: The lamp is dark in the room of {name}.\nflow:\n  help: {{escalation: Help}}\n");
            (name.to_lowercase(), article)
        })
        .collect();
    let files: Vec<(&str, &str)> = std::iter::once(("collection", "title: Lamps\n"))
        .chain(articles.iter().map(|(stem, text)| (stem.as_str(), text.as_str())))
        .collect();
    let kb = Arc::new(load(&[support::source(&files)]).kb);
    let mut driver = Driver::start();
    driver.model = Model::new(Search::new(kb.clone()), &SanitizedText::new("the lamp is dark"), Vec::new());
    driver.kb = kb;
    driver.draw();
    driver
}

#[test]
fn at_most_nine_remaining_errors_have_a_number_key() {
    let mut driver = lamps(12);
    driver.press(Key::Ctrl('t'));
    while driver.screen_text().contains("Does your message contain") {
        driver.press(Key::Char('u'));
    }
    driver.assert_shows("These errors are still possible. Which one is it?", "after not sure for all words");
    driver.assert_shows("(9)", "the ninth error");
    assert!(!driver.screen_text().contains("(10)"), "an error has the number 10, which is not a key");
}

#[test]
fn a_paste_with_line_breaks_is_one_query() {
    let mut driver = Driver::start();
    driver.paste("[10:03] Error\r\nYour IP address\r\nis not allowed.\r\nq\r\n");
    driver.assert_shows("Your IP address is not allowed.", "after the paste");
}

#[test]
fn pasting_a_large_log_finds_the_message_at_its_end() {
    let mut driver = Driver::start();
    let noise = "2026-03-09 14:25:13,528 INFO db.pool: connection 4711 was returned after 12 ms\n".repeat(3000);
    let log = format!("{noise}2026-03-09 14:26:01,007 ERROR web: Enter your emergency reset code.\n");
    driver.paste(&log);
    driver.assert_shows("Matches", "after the paste");
    driver.assert_shows("Enter your emergency reset code.", "after the paste");
}

#[test]
fn a_long_query_at_the_start_is_shortened() {
    let kb = Arc::new(builtin::loaded().kb);
    let noise = "2026-03-09 14:25:13,528 INFO db.pool: connection 4711 was returned after 12 ms\n".repeat(3000);
    let log = format!("{noise}2026-03-09 14:26:01,007 ERROR web: Your IP address is not allowed.\n");
    let mut driver = Driver::start();
    driver.model = Model::new(Search::new(kb), &SanitizedText::new(&log), Vec::new());
    driver.draw();
    driver.assert_shows("Your IP address is not allowed.", "the line with the error");
    assert!(driver.model.search_pane().input.value().len() < 5_000);
}

#[test]
fn a_new_search_starts_with_an_empty_field() {
    let mut driver = Driver::start();
    driver.type_in("ip address");
    driver.press(Key::Enter);
    driver.press(Key::Char('y'));
    driver.press(Key::Char('y'));
    driver.press(Key::Enter);
    driver.assert_shows("What happened?", "after Enter at the outcome");
}

#[test]
fn an_unknown_error_has_no_match_and_leads_to_the_situations() {
    let mut driver = Driver::start();
    driver.type_in("printer out of paper");
    driver.assert_shows("No matching error found.", "an unknown error");
    driver.assert_shows("Try other words", "an unknown error");
    driver.assert_shows("> Choose what happened from a list", "nothing else is selected");
    driver.assert_shows("The nearest errors are:", "an unknown error");
    driver.assert_shows("errors-list", "the link to the list of the vendor");
    driver.press(Key::Enter);
    driver.assert_shows("What happened?", "after Enter without a match");
}

#[test]
fn question_mark_opens_the_help_and_esc_closes_it() {
    let mut driver = Driver::start();
    driver.press(Key::Char('?'));
    driver.assert_shows("open the selected error", "after ? in the empty field");
    driver.press(Key::Esc);
    driver.assert_shows("What happened?", "after Esc");
}

/// Opens the article `owner-forgot-password` and presses the keys in `answers`.
fn open_owner_article(answers: &str) -> Driver {
    let mut driver = Driver::start();
    driver.type_in("request an invitation or enter your emergency reset code");
    driver.press(Key::Enter);
    driver.type_in(answers);
    driver
}

#[test]
fn steps_are_marked_as_done_and_stay_marked() {
    let mut driver = open_owner_article("ny");
    driver.assert_shows("> [ ] 1.", "the first step is selected");
    driver.press(Key::Char(' '));
    driver.assert_shows("[x] 1.", "Space marks the first step");
    driver.assert_shows("> [ ] 2.", "Space selects the next step");
    driver.press(Key::Char('2'));
    driver.assert_shows("all steps done", "2 marks the second step");
    driver.press(Key::Char('1'));
    driver.assert_shows("1 of 2 steps done", "1 clears the mark of the first step");
    driver.press(Key::Esc);
    driver.press(Key::Char('y'));
    driver.assert_shows("1 of 2 steps done", "after going back and answering again");
}

#[test]
fn an_irreversible_step_shows_a_warning_and_needs_two_presses() {
    let article = "message: The vault is locked.\nflow:\n  wipe:\n    solution: Wipe it\n    steps:\n      \
                   - by: user\n        do: Wipe the vault.\n        irreversible: The backup has been opened once.\n    \
                   otherwise: help\n  help: {escalation: Help, contact: 'https://example.com'}\n";
    let files = [("collection", "title: Vaults\n"), ("locked", article)];
    let kb = Arc::new(load(&[support::source(&files)]).kb);
    let mut driver = Driver::start();
    driver.model = Model::new(Search::new(kb), &SanitizedText::default(), Vec::new());
    driver.press(Key::Enter);
    driver.assert_shows(
        "This step cannot be undone. Before you do it, make sure that this is true: The backup has been opened once.",
        "before the first press",
    );
    driver.press(Key::Char(' '));
    driver.assert_shows(
        "This step cannot be undone. To confirm, press the same key again, but only if this is true: The backup has been opened once.",
        "after the first press",
    );
    for other in [[Key::Down, Key::Up], [Key::Char('?'), Key::Esc], [Key::Char('r'), Key::Char('r')]] {
        for key in other {
            driver.press(key);
        }
        driver.press(Key::Char(' '));
        driver.assert_shows("[ ] 1.", "another key cancels the confirmation");
    }
    driver.press(Key::Char(' '));
    driver.assert_shows("[x] 1.", "after the second press");
}

#[test]
fn r_switches_between_user_view_and_helpdesk_view() {
    let mut driver = Driver::start();
    driver.type_in("ip address");
    driver.press(Key::Enter);
    driver.press(Key::Char('y'));
    driver.assert_shows("You:", "in the user view");
    driver.press(Key::Char('r'));
    driver.assert_shows("Ask the user to:", "in the helpdesk view");
    driver.assert_shows("Helpdesk view:", "the notice about the helpdesk view");
}

#[test]
fn the_map_changes_an_earlier_answer_and_shows_what_is_discarded() {
    let mut driver = open_owner_article("nn");
    driver.assert_shows("Who to contact next", "without another administrator and recovery key");
    driver.press(Key::Char('m'));
    driver.assert_shows("(you are here)", "in the map");
    driver.press(Key::Home);
    driver.assert_shows(
        "y change to Yes (discards your answer to \"Can you find the recovery key?\"",
        "with the first question selected",
    );
    driver.press(Key::Char('y'));
    driver.assert_shows("Ask someone who can manage users", "after the change to yes");
    driver.press(Key::Char('m'));
    driver.press(Key::Home);
    driver.press(Key::Enter);
    driver.assert_shows("Is there anyone besides you", "after Enter on a question in the map");
}

#[test]
fn the_map_follows_the_branch_of_not_sure() {
    let mut driver = open_owner_article("nu");
    driver.press(Key::Char('m'));
    driver.assert_shows("(you are here)", "the recovery key question has a branch for not sure");
    let mut driver = Driver::start();
    driver.type_in("enter your emergency reset code");
    driver.press(Key::Enter);
    driver.type_in("yyn");
    driver
        .assert_shows("Are you still signed in to this Devolutions Cloud anywhere?", "after the solution did not help");
    driver.press(Key::Char('u'));
    driver.assert_shows("Is there anyone besides you", "not sure follows the branch of no");
    driver.press(Key::Char('m'));
    driver.assert_shows("(you are here)", "in the map, after not sure followed the branch of no");
}

#[test]
fn a_message_is_copied_and_saved_and_its_link_opened() {
    use unstuck::app::{Effect, Msg};
    let mut driver = open_owner_article("nn");
    let Some(Effect::Copy(text)) = update(&mut driver.model, Msg::Copy) else { panic!("nothing was copied") };
    assert!(text.starts_with("Error: Please contact your administrator"), "{text}");
    assert!(text.contains("service@devolutions.net"), "{text}");
    let saved = update(&mut driver.model, Msg::Save);
    assert_eq!(saved, Some(Effect::Save("owner-forgot-password".to_owned(), text)));
    assert_eq!(update(&mut driver.model, Msg::Open), None);
    driver.draw();
    driver.assert_shows(
        "Press o again to open mailto:service@devolutions.net",
        "before the link opens, its address is shown",
    );
    let opened = update(&mut driver.model, Msg::Open);
    assert_eq!(opened, Some(Effect::Open("mailto:service@devolutions.net".to_owned())));
}

#[test]
fn a_click_on_a_button_answers_the_question() {
    let mut driver = open_owner_article("");
    let mut frame_info = unstuck::ui::FrameInfo::default();
    driver.screen.draw(|frame| frame_info = view(&driver.model, Theme::Terminal, frame)).unwrap();
    let buffer = driver.screen.backend().buffer();
    let at = |region: ratatui::layout::Rect| {
        region.positions().map(|position| buffer[position].symbol()).collect::<String>()
    };
    let (_, message) = frame_info.hit_regions.iter().find(|(region, _)| at(*region).contains("No (n)")).unwrap();
    update(&mut driver.model, message.clone());
    driver.draw();
    driver.assert_shows("Can you find the recovery key?", "after a click on No");
}

#[test]
fn quitting_an_open_case_needs_two_presses() {
    let mut driver = open_owner_article("n");
    driver.press(Key::Char('q'));
    driver.assert_shows("Press q again", "after q in an open case");
    driver.press(Key::Down);
    driver.press(Key::Char('q'));
    driver.assert_shows("Press q again", "after another key and q");
    driver.press(Key::Char('?'));
    driver.press(Key::Char('q'));
    driver.assert_shows("Press q again", "after ? and q");
    let effect = update(&mut driver.model, Msg::ConfirmQuit);
    assert_eq!(effect, Some(unstuck::app::Effect::Quit));
}

#[test]
fn a_key_without_a_function_shows_a_notice() {
    let mut driver = open_owner_article("");
    driver.press(Key::Char('x'));
    driver.assert_shows("x does nothing here. Press ? to see the keys.", "at a question");
    driver.press(Key::Char('m'));
    driver.press(Key::End);
    driver.press(Key::Char('y'));
    driver.assert_shows("You can only change an answer you've already given.", "at the last row of the map");
}

#[test]
fn remaining_errors_can_be_selected_on_a_small_screen() {
    let mut driver = lamps(12);
    driver.screen = Terminal::new(TestBackend::new(40, 12)).unwrap();
    driver.press(Key::Ctrl('t'));
    while driver.screen_text().contains("Does your message contain") {
        driver.press(Key::Char('u'));
    }
    for _ in 0..9 {
        driver.press(Key::Down);
    }
    driver.assert_shows("(9)", "the number of the ninth error");
    driver.assert_shows("These errors are still possible", "the heading of the list");
    for _ in 0..9 {
        driver.press(Key::Down);
    }
    driver.assert_shows("[ None of these ]", "the last entry, selected");
}

#[test]
fn a_question_about_words_separates_errors_that_begin_alike() {
    let mut driver = Driver::start();
    driver.type_in("please contact your administrator to request an");
    driver.assert_shows("Several errors match. Which one is on your screen?", "after the first half of the message");
    driver.press(Key::Ctrl('t'));
    let question = "Does your message contain “OR Enter your emergency reset code”?";
    driver.assert_shows(question, "after Ctrl-T");
    driver.press(Key::Char('n'));
    driver.assert_shows("Access denied > not-invited", "after no");
    driver.assert_shows("Best match:", "the note that this is only the best match");
    driver.press(Key::Esc);
    driver.assert_shows(question, "after Esc");
    driver.press(Key::Char('y'));
    driver.assert_shows("Access denied > owner-forgot-password", "after yes");
}

#[test]
fn esc_after_a_choice_from_the_remaining_errors_returns_to_their_list() {
    let mut driver = lamps(3);
    driver.press(Key::Ctrl('t'));
    while driver.screen_text().contains("Does your message contain") {
        driver.press(Key::Char('u'));
    }
    driver.press(Key::Char('2'));
    driver.assert_shows("Who to contact next", "after the choice");
    driver.press(Key::Esc);
    driver.assert_shows("These errors are still possible", "after Esc");
}

#[test]
fn a_copied_text_after_a_situation_states_no_error_message() {
    use unstuck::app::Effect;
    let mut driver = Driver::start();
    driver.choose_situation("I forgot my password");
    let Some(Effect::Copy(text)) = update(&mut driver.model, Msg::Copy) else { panic!("nothing was copied") };
    assert!(!text.starts_with("Error: "), "{text}");
}
