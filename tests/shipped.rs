//! The shipped knowledge base, held to the facts and to what people under stress need.

use std::sync::Arc;

use unstuck::kb::{Article, KnowledgeBase, NodeKind, Ways, check, load};
use unstuck::search::{self, Search, Verdict};
use unstuck::shipped;
use unstuck::text::Clean;

/// The ten messages, to the letter, as the vendor's page has them.
const MESSAGES: [(&str, &str); 10] = [
    ("mfa-required", "Activate your multifactor authentication on your account."),
    ("emergency-reset-code", "Enter your emergency reset code."),
    (
        "browser-extension-not-allowed",
        "Please contact your administrator to be allowed to use the Devolutions Password Manager browser extension.",
    ),
    ("account-disabled", "Please contact your administrator to enable your account."),
    ("not-invited", "Please contact your administrator to request an invitation."),
    (
        "owner-forgot-password",
        "Please contact your administrator to request an invitation OR Enter your emergency reset code.",
    ),
    (
        "forgot-password",
        "We detected a forgot password. In order to regain access to this Devolutions Cloud instance, please contact your administrator to request a new invitation.",
    ),
    (
        "phone-unpaired",
        "We detected a forgot password or a lost your phone (unpaired). In order to regain access to this Devolutions Cloud instance, please contact your administrator to request a new invitation.",
    ),
    (
        "password-manager-disabled",
        "Devolutions Password Manager is disabled for this user on this Devolutions Cloud instance.",
    ),
    ("ip-not-allowed", "Your IP address is not allowed."),
];

fn kb() -> Arc<KnowledgeBase> {
    let loaded = shipped::loaded();
    assert_eq!(loaded.findings, []);
    Arc::new(loaded.kb)
}

#[test]
fn what_the_build_has_read_is_what_the_files_say() {
    let files = load(&[shipped::source()]);
    assert!(files.kb.articles.len() > MESSAGES.len());
    let whole = |kb: &KnowledgeBase| {
        let mut kb = kb.clone();
        (kb.set_aside().unwrap(), borsh::to_vec(&kb).unwrap())
    };
    assert!(whole(&files.kb) == whole(&kb()));
    for article in &files.kb.articles {
        assert_eq!(kb().position(&article.id), files.kb.position(&article.id));
    }
}

/// The texts of an article's nodes, each with the node's name.
#[test]
fn the_index_that_the_build_has_made_finds_what_one_made_at_the_start_finds() {
    let (prepared, findings) = shipped::search();
    assert_eq!(findings, []);
    let made = Search::new(kb());
    assert!(prepared.prepare().unwrap() == made.prepare().unwrap());
    for article in &kb().articles {
        for (_, text) in texts(article) {
            let misread = Clean::new(&text.replace('l', "1").replace('m', "rn"));
            let begun = Clean::new(text.get(..text.len() / 2).unwrap_or(&text));
            for query in [&text, &misread, &begun] {
                assert_eq!(prepared.search(query), made.search(query), "{query}");
            }
        }
    }
}

#[test]
fn an_index_that_cannot_be_read_is_made_anew() {
    let spoiled = Search::prepared(kb(), b"no index");
    assert!(spoiled.prepare().unwrap() == Search::new(kb()).prepare().unwrap());
}

fn texts(article: &Article) -> Vec<(String, Clean)> {
    let mut texts = Vec::new();
    for node in &article.flow.nodes {
        let mut add = |text: &Clean| texts.push((format!("{}/{}", article.id, node.name), text.clone()));
        add(&node.text);
        node.note.iter().for_each(&mut add);
        match &node.kind {
            NodeKind::Question(question) => question.hint.iter().for_each(&mut add),
            NodeKind::Solution(solution) => solution.steps.iter().for_each(|step| add(&step.text)),
            NodeKind::Escalation(escalation) => escalation.bring.iter().map(|bring| &bring.text).for_each(&mut add),
        }
    }
    texts
}

#[test]
fn it_holds_the_ten_messages_to_the_letter() {
    let kb = kb();
    for (id, message) in MESSAGES {
        let (article, collection) = kb.entry(kb.position(id).unwrap()).unwrap();
        assert_eq!(article.message.as_str(), message);
        assert_eq!(collection.id, "access-denied");
    }
}

#[test]
fn it_breaks_no_rule() {
    let kb = kb();
    // The day is fixed: whether a review is due must not depend on when the tests run.
    assert_eq!(check(&kb, "2026-12-01".parse().unwrap()), []);
    assert_eq!(search::check(&kb, &std::sync::atomic::AtomicUsize::new(0)), []);
}

#[test]
fn each_message_is_found_by_a_search_for_itself() {
    let kb = kb();
    let search = Search::new(kb.clone());
    for (id, message) in MESSAGES {
        let results = search.search(&Clean::new(message));
        assert_eq!(results.verdict, Verdict::Match, "{message}");
        assert_eq!(kb.articles[results.found[0].article].id, id);
    }
}

#[test]
fn every_article_has_what_a_reader_and_a_searcher_need() {
    for article in &kb().articles {
        assert!(!article.description.is_empty(), "{} has no description", article.id);
        assert!(article.keywords.len() >= 3, "{} has too few keywords", article.id);
        assert!(article.clues.len() >= 8, "{} answers too few clues", article.id);
        assert!(!article.sources.is_empty() && article.reviewed.is_some(), "{} has no source or review", article.id);
    }
}

#[test]
fn the_ten_ask_something_and_every_question_changes_something() {
    for article in &kb().articles {
        // Of some codes no more is known than what they mean, and who can help.
        let is_one_of_the_ten = MESSAGES.iter().any(|(id, _)| *id == article.id);
        assert!(
            !is_one_of_the_ten || matches!(article.flow.nodes[0].kind, NodeKind::Question(_)),
            "{} begins without a question",
            article.id
        );
        for node in &article.flow.nodes {
            if let NodeKind::Question(question) = &node.kind {
                assert!(question.hint.is_some(), "{}/{} has no hint", article.id, node.name);
                if let Ways::YesNo { yes, no, .. } = &question.ways {
                    assert_ne!(yes, no, "{}/{} changes nothing", article.id, node.name);
                }
            }
        }
    }
}

#[test]
fn every_solution_has_a_way_on_and_every_escalation_says_what_to_bring() {
    for article in &kb().articles {
        for node in &article.flow.nodes {
            match &node.kind {
                NodeKind::Solution(solution) => {
                    assert!(solution.otherwise.is_some(), "{}/{} leads nowhere", article.id, node.name);
                }
                NodeKind::Escalation(escalation) => {
                    assert!(!escalation.bring.is_empty(), "{}/{} brings nothing", article.id, node.name);
                }
                NodeKind::Question(_) => {}
            }
        }
    }
}

#[test]
fn nobody_is_sent_through_forgot_password_again() {
    let kb = kb();
    for article in &kb.articles {
        for node in &article.flow.nodes {
            if let NodeKind::Solution(solution) = &node.kind {
                for step in &solution.steps {
                    assert!(!step.text.contains("Forgot password"), "{}/{}: {}", article.id, node.name, step.text);
                }
            }
        }
    }
    for id in ["emergency-reset-code", "owner-forgot-password", "forgot-password", "phone-unpaired"] {
        let first = &kb.articles[kb.position(id).unwrap()].flow.nodes[0];
        let caution = first.caution.as_ref().unwrap();
        assert!(caution.contains("Do not use \"Forgot password\" again"), "{id} warns too late");
    }
}

#[test]
fn texts_are_short_and_use_the_vendors_present_names() {
    for article in &kb().articles {
        for (node, text) in texts(article) {
            assert!(text.chars().count() <= 200, "{node} is too long: {text}");
            for old in ["Hub", "Workspace", "Devolutions Password Manager app "] {
                assert!(!text.contains(old), "{node} uses an old name: {text}");
            }
        }
    }
}

/// The articles that a search could mean, best first.
fn meant(search: &Search, query: &str) -> Vec<String> {
    let contenders = search.search(&Clean::new(query)).contenders();
    contenders.iter().filter_map(|(article, _)| Some(search.kb().entry(*article)?.0.id.clone())).collect()
}

#[test]
fn each_code_finds_its_articles_however_it_is_written() {
    let search = Search::new(kb());
    for article in &search.kb().articles {
        for code in &article.codes {
            let same = |other: &&Article| other.codes.contains(code);
            let mut own: Vec<String> = search.kb().articles.iter().filter(same).map(|other| other.id.clone()).collect();
            let mut written = vec![code.to_string(), format!("error {code}")];
            if let Some((class, number)) = code.split_once('.') {
                written.push(format!("{class} {number}"));
                let name = match class {
                    "401" => "unauthorized",
                    "403" => "forbidden",
                    "423" => "locked",
                    _ => "",
                };
                if !name.is_empty() {
                    written.push(format!("error {number} {name}"));
                    written.push(format!("{code} {name}"));
                }
            }
            own.sort();
            if code.chars().any(char::is_lowercase) {
                let words =
                    code.chars().flat_map(|c| c.is_uppercase().then_some(' ').into_iter().chain(c.to_lowercase()));
                let words: String = words.collect();
                let found = meant(&search, &format!("Error:{words}"));
                assert!(own.iter().any(|own| found.contains(own)), "{words}: {found:?}");
            }
            for written in written {
                let mut found = meant(&search, &written);
                // The name of one code may begin another's.
                let is_first = found.first().is_some_and(|first| own.contains(first));
                assert!(is_first, "{written}: {found:?}");
                found.sort();
                assert!(!code.contains('.') || found == own, "{written}: {found:?}");
            }
        }
    }
}

#[test]
fn the_title_of_a_collection_means_each_of_its_errors() {
    let search = Search::new(kb());
    let found = meant(&search, "Access denied");
    assert_eq!(found[0], "access-denied-without-reason", "it is a code as well");
    for (id, _) in MESSAGES {
        assert!(found.iter().any(|found| found == id), "{id}");
    }
    assert_eq!(search.search(&Clean::new("access denied")).verdict, Verdict::Ambiguous);
}

#[test]
fn whoever_says_no_more_than_that_they_are_locked_out_may_mean_any_of_the_ten() {
    let search = Search::new(kb());
    for said in
        ["locked out", "Help, I'm locked out!", "my boss can't log in", "i can not sign in", "It won't let me in"]
    {
        let mut meant = meant(&search, said);
        meant.sort();
        let mut ten = MESSAGES.map(|(id, _)| id);
        ten.sort_unstable();
        assert_eq!(meant, ten, "{said}");
    }
    let owner = "owner locked out after password reset and no recovery kit either";
    assert_eq!(meant(&search, owner)[0], "owner-forgot-password", "who says more means that");
    for (said, id) in [("owner can't get in", "owner-forgot-password"), ("new colleague wont let me in", "not-invited")]
    {
        let meant = meant(&search, said);
        assert!(meant.len() == MESSAGES.len() && meant.iter().take(3).any(|meant| meant == id), "{said}: {meant:?}");
    }
    for (said, id) in [
        ("can't log in from home", "ip-not-allowed"),
        ("new phone, cant log in", "phone-unpaired"),
        ("chrome extension wont let me in", "browser-extension-not-allowed"),
    ] {
        assert_eq!(meant(&search, said), [id], "what else was said is meant: {said}");
    }
    assert!(meant(&search, "cannot log in to the printer").is_empty());
    assert!(meant(&search, "your mailbox has been disabled by your exchange administrator").is_empty());
}

#[test]
fn a_sentence_means_what_is_left_without_its_everyday_words() {
    let search = Search::new(kb());
    for (said, id) in [
        ("it says my ip is wrong", "ip-not-allowed"),
        ("got a new iphone and now nothing works", "phone-unpaired"),
        ("they want me to set up mfa", "mfa-required"),
    ] {
        assert_eq!(meant(&search, said), [id], "{said}");
    }
    for other in ["The temporary file was not found.", "This action cannot be undone.", "it is what it is"] {
        assert!(meant(&search, other).is_empty(), "{other}: {:?}", meant(&search, other));
    }
}

#[test]
fn an_article_is_first_for_its_own_id() {
    let search = Search::new(kb());
    for article in &search.kb().articles {
        assert_eq!(meant(&search, &article.id).first(), Some(&article.id));
    }
}

#[test]
fn a_helpdesk_says_user_where_others_say_i() {
    let search = Search::new(kb());
    for said in
        ["user's new phone", "user has a new phone", "user new phone can't log in", "new phone, user locked out"]
    {
        assert_eq!(meant(&search, said), ["phone-unpaired"], "{said}");
    }
    assert_eq!(meant(&search, "user ip blocked"), ["ip-not-allowed"]);
    assert_eq!(meant(&search, "user needs mfa"), ["mfa-required"]);
    assert_eq!(meant(&search, "user reset password").first().map(String::as_str), Some("forgot-password"));
    assert_eq!(meant(&search, "sso error"), meant(&search, "sso"), "an everyday word more changes nothing");
    assert!(meant(&search, "sso").len() > 2);
}

#[test]
fn a_word_that_describes_one_error_finds_it() {
    let search = Search::new(kb());
    for (word, id) in [("mfa", "mfa-required"), ("vpn", "ip-not-allowed"), ("recovery key", "emergency-reset-code")] {
        assert!(meant(&search, word).iter().any(|found| found == id), "{word}: {:?}", meant(&search, word));
    }
}

#[test]
fn a_class_alone_may_mean_each_of_its_codes_and_the_ten_come_first() {
    let search = Search::new(kb());
    for said in ["403", "error 403", "HTTP error code 403", "403 error"] {
        let found = meant(&search, said);
        let of_the_ten = found.iter().take_while(|id| MESSAGES.iter().any(|(one, _)| one == *id)).count();
        assert!(found.len() > 20 && of_the_ten > 5, "{said}: {found:?}");
    }
    let found = meant(&search, "403 forbidden");
    let say_so = ["browser-extension-not-allowed", "ip-not-allowed", "password-manager-disabled"];
    assert!(found.len() > 10 && found.starts_with(&say_so.map(str::to_owned)), "{found:?}");
    for said in ["error", "cannot"] {
        assert!(meant(&search, said).is_empty(), "{said} says nothing");
    }
}
