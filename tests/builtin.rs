//! The built-in knowledge base: its content, its embedded form and its search results.

use std::sync::Arc;

use unstuck::builtin;
use unstuck::kb::{Article, Branches, KnowledgeBase, NodeKind, check, load};
use unstuck::search::{self, Search, Verdict};
use unstuck::text::{SanitizedText, Voice, VoicedText};

/// The ten *access denied* messages, word for word from the page of the vendor, each with the ID of its article.
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
    let loaded = builtin::loaded();
    assert_eq!(loaded.diagnostics, []);
    Arc::new(loaded.kb)
}

#[test]
fn the_embedded_knowledge_base_equals_the_files() {
    let files = load(&[builtin::source()]);
    assert!(files.kb.articles.len() > MESSAGES.len());
    assert!(borsh::to_vec(&files.kb).unwrap() == borsh::to_vec(&*kb()).unwrap());
    for article in &files.kb.articles {
        assert_eq!(kb().article_index(&article.id), files.kb.article_index(&article.id));
    }
}

/// Returns the texts of all nodes of an article in every voice, each with the article and the node, such as `ip-not-allowed/other-network`.
fn texts(article: &Article) -> Vec<(String, SanitizedText)> {
    let mut texts = Vec::new();
    for node in &article.flow.nodes {
        let mut add = |text: &VoicedText| {
            let name = format!("{}/{}", article.id, node.name);
            texts.extend(Voice::ALL.iter().map(|voice| (name.clone(), text.voice(*voice))));
        };
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
fn every_text_speaks_to_the_user_and_about_the_user() {
    for article in &kb().articles {
        for (name, text) in texts(article) {
            assert!(!text.contains(['<', '|']), "{name} shows the marks of alternatives: {text}");
        }
        let [to_user, about_user] = [Voice::You, Voice::TheUser].map(|voice| article.description.voice(voice));
        assert!(!to_user.contains("the user"), "{}: {to_user}", article.id);
        assert!(!about_user.contains("You "), "{}: {about_user}", article.id);
        for node in &article.flow.nodes {
            for text in node.texts().into_iter().map(|text| text.voice(Voice::You)) {
                let text = text.replace("the user groups", "").replace("the users", "");
                assert!(!text.contains("the user"), "{}/{}: {text}", article.id, node.name);
            }
        }
    }
}

#[test]
fn the_ten_messages_are_word_for_word() {
    let kb = kb();
    for (id, message) in MESSAGES {
        let (article, collection) = kb.article_with_collection(kb.article_index(id).unwrap()).unwrap();
        assert_eq!(article.message.as_str(), message);
        assert_eq!(collection.id, "access-denied");
    }
}

#[test]
fn the_built_in_knowledge_base_has_no_problems() {
    let kb = kb();
    // The date is fixed, because an overdue review is a warning.
    assert_eq!(check(&kb, "2026-12-01".parse().unwrap()), []);
    assert_eq!(search::check(&kb, &std::sync::atomic::AtomicUsize::new(0)), []);
}

#[test]
fn each_message_finds_its_article() {
    let kb = kb();
    let search = Search::new(kb.clone());
    for (id, message) in MESSAGES {
        let results = search.search(&SanitizedText::new(message));
        assert_eq!(results.verdict, Verdict::Match, "{message}");
        assert_eq!(kb.articles[results.hits[0].article].id, id);
    }
}

#[test]
fn every_article_has_a_description_keywords_sources_and_a_review() {
    for article in &kb().articles {
        assert!(!article.description.written().is_empty(), "{} has no description", article.id);
        assert!(article.keywords.len() >= 3, "{} has too few keywords", article.id);
        assert!(!article.sources.is_empty() && article.reviewed.is_some(), "{} has no source or review", article.id);
    }
}

#[test]
fn the_ten_articles_begin_with_a_question_and_every_answer_matters() {
    for article in &kb().articles {
        // Some other errors only have an explanation and a contact.
        let is_one_of_the_ten = MESSAGES.iter().any(|(id, _)| *id == article.id);
        assert!(
            !is_one_of_the_ten || matches!(article.flow.nodes[0].kind, NodeKind::Question(_)),
            "{} begins without a question",
            article.id
        );
        for node in &article.flow.nodes {
            if let NodeKind::Question(question) = &node.kind {
                assert!(question.hint.is_some(), "{}/{} has no hint", article.id, node.name);
                if let Branches::YesNo { yes, no, .. } = &question.branches {
                    assert_ne!(yes, no, "{}/{} changes nothing", article.id, node.name);
                }
            }
        }
    }
}

#[test]
fn every_solution_has_a_next_node_and_every_escalation_lists_information() {
    for article in &kb().articles {
        for node in &article.flow.nodes {
            match &node.kind {
                NodeKind::Solution(solution) => {
                    assert!(solution.otherwise.is_some(), "{}/{} has no next node", article.id, node.name);
                }
                NodeKind::Escalation(escalation) => {
                    assert!(
                        !escalation.bring.is_empty(),
                        "{}/{} lists no information to provide",
                        article.id,
                        node.name
                    );
                }
                NodeKind::Question(_) => {}
            }
        }
    }
}

#[test]
fn no_step_uses_forgot_password_again() {
    let kb = kb();
    for article in &kb.articles {
        for node in &article.flow.nodes {
            if let NodeKind::Solution(solution) = &node.kind {
                for step in &solution.steps {
                    let text = step.text.one_line();
                    assert!(!text.contains("Forgot password"), "{}/{}: {text}", article.id, node.name);
                }
            }
        }
    }
    for id in ["emergency-reset-code", "owner-forgot-password", "forgot-password", "phone-unpaired"] {
        let first = &kb.articles[kb.article_index(id).unwrap()].flow.nodes[0];
        let caution = first.caution.as_ref().unwrap();
        assert!(
            caution.one_line().contains("Do not use \"Forgot password\""),
            "the first node of {id} has no such warning"
        );
    }
}

#[test]
fn texts_are_short_and_use_current_product_names() {
    for article in &kb().articles {
        for (node, text) in texts(article) {
            assert!(text.chars().count() <= 200, "{node} is too long: {text}");
            for old in ["Hub", "Workspace", "Devolutions Password Manager app "] {
                assert!(!text.contains(old), "{node} uses an old name: {text}");
            }
        }
    }
}

/// Returns the IDs of the articles that a search could mean, best first.
fn contenders(search: &Search, query: &str) -> Vec<String> {
    let contenders = search.search(&SanitizedText::new(query)).contenders();
    contenders
        .iter()
        .filter_map(|(article, _)| Some(search.kb().article_with_collection(*article)?.0.id.clone()))
        .collect()
}

#[test]
fn each_code_finds_its_articles_in_every_notation() {
    let search = Search::new(kb());
    for article in &search.kb().articles {
        for code in &article.codes {
            let same = |other: &&Article| other.codes.contains(code);
            let mut own: Vec<String> = search.kb().articles.iter().filter(same).map(|other| other.id.clone()).collect();
            let mut notations = vec![code.to_string(), format!("error {code}")];
            if let Some((class, number)) = code.split_once('.') {
                notations.push(format!("{class} {number}"));
                notations.push(format!("HTTP error {class}, sub code {number}"));
                notations.push(format!("{code} forbidden"));
            }
            own.sort();
            if code.chars().any(char::is_lowercase) {
                let words =
                    code.chars().flat_map(|c| c.is_uppercase().then_some(' ').into_iter().chain(c.to_lowercase()));
                let words: String = words.collect();
                let found = contenders(&search, words.trim());
                assert!(own.iter().any(|own| found.contains(own)), "{words}: {found:?}");
            }
            for notation in notations {
                let mut found = contenders(&search, &notation);
                // The name of one code can be the beginning of the name of another code.
                let is_first = found.first().is_some_and(|first| own.contains(first));
                assert!(is_first, "{notation}: {found:?}");
                found.sort();
                assert!(!code.contains('.') || found == own, "{notation}: {found:?}");
            }
        }
    }
}

#[test]
fn the_title_of_a_collection_finds_all_of_its_errors() {
    let search = Search::new(kb());
    let found = contenders(&search, "Access denied");
    assert_eq!(found[0], "access-denied-without-reason", "this title is also a code");
    for (id, _) in MESSAGES {
        assert!(found.iter().any(|found| found == id), "{id}");
    }
    assert_eq!(search.search(&SanitizedText::new("access denied")).verdict, Verdict::Ambiguous);
}

#[test]
fn a_query_about_being_locked_out_finds_every_access_denied_article() {
    let search = Search::new(kb());
    let kb = search.kb();
    let access_denied = kb.collections.iter().position(|collection| collection.id == "access-denied");
    let articles = kb.articles.iter().filter(|article| Some(article.collection) == access_denied);
    let mut all: Vec<&str> = articles.map(|article| article.id.as_str()).collect();
    all.sort_unstable();
    for query in
        ["locked out", "Help, I'm locked out!", "my wife can't log in", "i can not sign in", "It won't let me in"]
    {
        let mut found = contenders(&search, query);
        found.sort();
        assert_eq!(found, all, "{query}");
    }
    let owner = "owner locked out after password reset and no recovery kit either";
    assert_eq!(contenders(&search, owner)[0], "owner-forgot-password", "the other words of the query do not decide");
    for (query, id) in
        [("owner can't get in", "owner-forgot-password"), ("new colleague wont let me in", "not-invited")]
    {
        let found = contenders(&search, query);
        assert!(found.iter().take(3).any(|found| found == id), "{query}: {found:?}");
    }
    for (query, id) in [
        ("can't log in from home", "ip-not-allowed"),
        ("new phone, cant log in", "phone-unpaired"),
        ("chrome extension wont let me in", "browser-extension-not-allowed"),
    ] {
        assert_eq!(contenders(&search, query)[0], id, "the other words of the query do not decide: {query}");
    }
    assert!(contenders(&search, "cannot log in to the printer").is_empty());
}

#[test]
fn everyday_words_do_not_count_in_a_sentence() {
    let search = Search::new(kb());
    for (query, id) in [
        ("it says my ip is wrong", "ip-not-allowed"),
        ("got a new iphone and now nothing works", "phone-unpaired"),
        ("they want me to set up mfa", "mfa-required"),
    ] {
        assert_eq!(contenders(&search, query)[0], id, "{query}");
    }
    for other in ["This action cannot be undone.", "The printer is out of paper."] {
        assert!(contenders(&search, other).is_empty(), "{other}: {:?}", contenders(&search, other));
    }
}

#[test]
fn the_id_of_an_article_finds_it_first() {
    let search = Search::new(kb());
    for article in &search.kb().articles {
        assert_eq!(contenders(&search, &article.id).first(), Some(&article.id));
    }
}

#[test]
fn the_word_user_does_not_change_the_result() {
    let search = Search::new(kb());
    for query in
        ["user's new phone", "user has a new phone", "user new phone can't log in", "new phone, user locked out"]
    {
        assert_eq!(contenders(&search, query)[0], "phone-unpaired", "{query}");
    }
    assert_eq!(contenders(&search, "user ip blocked")[0], "ip-not-allowed");
    assert_eq!(contenders(&search, "user needs mfa")[0], "mfa-required");
    assert_eq!(contenders(&search, "user reset password").first().map(String::as_str), Some("forgot-password"));
}

#[test]
fn a_keyword_finds_its_article() {
    let search = Search::new(kb());
    for (word, id) in [("mfa", "mfa-required"), ("vpn", "ip-not-allowed"), ("recovery key", "emergency-reset-code")] {
        assert!(contenders(&search, word).iter().any(|found| found == id), "{word}: {:?}", contenders(&search, word));
    }
}

#[test]
fn a_status_code_class_finds_all_of_its_codes_with_the_ten_errors_first() {
    let search = Search::new(kb());
    for query in ["403", "error 403", "HTTP error code 403", "403 error"] {
        let found = contenders(&search, query);
        let of_the_ten = found.iter().take_while(|id| MESSAGES.iter().any(|(one, _)| one == *id)).count();
        assert!(found.len() > 20 && of_the_ten > 5, "{query}: {found:?}");
    }
    assert!(contenders(&search, "403 forbidden").len() > 10);
    for query in ["error", "user"] {
        assert!(contenders(&search, query).is_empty(), "{query} alone has a match");
    }
}
