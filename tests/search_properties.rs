//! Exactness of search, for all built-in articles, for a knowledge base about another product, and for generated ones.
//!
//! An exact result comes before every similar one.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod support;

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use support::source;
use unstuck::kb::{Article, KnowledgeBase, load};
use unstuck::search::{Results, Search, Verdict, text_from_bytes, words};
use unstuck::text::SanitizedText;
use unstuck::{builtin, files};

fn searches() -> Vec<Search> {
    let other = files::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/search/other-kb")).unwrap();
    let loaded = [builtin::loaded(), load(&[other])];
    let mut searches: Vec<Search> = loaded.into_iter().map(|loaded| Search::new(Arc::new(loaded.kb))).collect();
    searches.extend((0..20).map(generated));
    searches
}

/// Returns a knowledge base whose messages consist of few words, so that some contain others.
fn generated(seed: u64) -> Search {
    const WORDS: [&str; 14] = [
        "door",
        "locked",
        "please",
        "ask",
        "the",
        "owner",
        "Jam",
        "paper",
        "for",
        "key",
        "or",
        "your",
        "Überlauf",
        "quota",
    ];
    let mut random = fastrand::Rng::with_seed(seed);
    let mut messages: BTreeSet<String> = BTreeSet::new();
    while messages.len() < 12 {
        let length = random.usize(2..9);
        let words: Vec<&str> = (0..length).map(|_| WORDS[random.usize(..WORDS.len())]).collect();
        messages.insert(words.join(" ").to_lowercase());
    }
    let rest = "description: Made up.\nsources: [https://example.com]\nreviewed: 2026-01-01\nflow:\n  end:\n    escalation: Ask.\n";
    let files: Vec<(String, String)> = messages
        .iter()
        .enumerate()
        .map(|(nth, message)| {
            (format!("article-{nth}"), format!("message: {message}.\ncodes: [E-{}]\n{rest}", 100 + nth))
        })
        .collect();
    let mut all = vec![("collection", "title: Made up\n")];
    all.extend(files.iter().map(|(name, text)| (name.as_str(), text.as_str())));
    let kb = load(&[source(&all)]).kb;
    assert!(kb.articles.len() > 5);
    Search::new(Arc::new(kb))
}

fn find(search: &Search, query: &str) -> Results {
    search.search(&SanitizedText::new(query))
}

/// Returns the message and the wordings of an article. A title is not an error message.
fn texts(article: &Article) -> Vec<String> {
    let message = Some(&article.message).filter(|_| !article.is_situation);
    message.into_iter().chain(&article.wordings).map(SanitizedText::one_line).collect()
}

fn contains(text: &str, part: &str) -> bool {
    let (text, part) = (words(text), words(part));
    part.len() <= text.len() && text.windows(part.len()).any(|run| run == part)
}

/// Returns the articles with a text that has the same words.
fn articles_with(kb: &KnowledgeBase, text: &str) -> Vec<usize> {
    let has = |article: &Article| texts(article).iter().any(|other| words(other) == words(text));
    (0..kb.articles.len()).filter(|at| has(&kb.articles[*at])).collect()
}

/// Checks that the articles with a text are the only contenders.
#[track_caller]
fn assert_finds_exactly(search: &Search, query: &str, expected: &[usize]) {
    let results = find(search, query);
    let mut found: Vec<usize> = results.contenders().into_iter().map(|(article, _)| article).collect();
    found.sort_unstable();
    let ids = |articles: &[usize]| articles.iter().map(|at| search.kb().articles[*at].id.clone()).collect::<Vec<_>>();
    assert_eq!(ids(&found), ids(expected), "{query}");
    assert_eq!(results.verdict == Verdict::Match, expected.len() == 1, "{query}");
}

/// Whether a message has placeholders. Then it is not found word for word in its own text.
fn has_placeholder(text: &str) -> bool {
    text.contains(['{', '<', '%'])
}

#[test]
fn a_message_word_for_word_is_the_match_whatever_is_around_it() {
    for search in searches() {
        for article in &search.kb().articles {
            for text in texts(article).iter().filter(|text| words(text).len() > 1 && !has_placeholder(text)) {
                let expected = articles_with(search.kb(), text);
                let product = search.kb().collections[article.collection].title.as_str();
                for query in [
                    text.clone(),
                    text.to_uppercase(),
                    format!("{product}: {text}"),
                    format!("Devolutions Cloud: {text}"),
                    format!("hi, my colleague Zorblax gets \"{text}\" since Monday, what now?"),
                    format!("2026-03-09T14:25:13Z ERROR [web-7] app.Handler - {text} (request 8812)"),
                    format!("something before\nand more\n{text}\nand something after it"),
                    text.replace(' ', "\n"),
                ] {
                    // The words around the message can make it a longer message.
                    let is_longer = |other: &String| words(other).len() > words(text).len() && contains(&query, other);
                    if !search.kb().articles.iter().flat_map(texts).any(|other| is_longer(&other)) {
                        assert_finds_exactly(&search, &query, &expected);
                    }
                }
            }
        }
    }
}

#[test]
fn of_two_messages_the_longer_one_is_meant_and_separate_ones_are_both_kept() {
    for search in searches() {
        let articles: Vec<(usize, String)> = search
            .kb()
            .articles
            .iter()
            .enumerate()
            .filter_map(|(at, article)| Some((at, texts(article).into_iter().next()?)))
            .filter(|(_, text)| words(text).len() > 2 && !has_placeholder(text))
            .collect();
        for pair in articles.windows(2) {
            let [(a, first), (b, second)] = pair else { continue };
            let query = format!("ERROR one: {first}\nERROR two: {second}\n");
            if contains(first, second) || contains(second, first) {
                continue;
            }
            let contenders = find(&search, &query).contenders();
            for article in [a, b] {
                assert!(contenders.iter().any(|(found, _)| found == article), "{query}: {contenders:?}");
            }
        }
    }
}

#[test]
fn a_code_finds_its_article_and_a_similar_code_does_not() {
    for search in searches() {
        let codes: BTreeSet<String> =
            search.kb().articles.iter().flat_map(|article| &article.codes).map(|code| code.to_lowercase()).collect();
        for code in &codes {
            let has = |article: &Article| article.codes.iter().any(|other| other.to_lowercase() == *code);
            let expected: Vec<usize> =
                (0..search.kb().articles.len()).filter(|at| has(&search.kb().articles[*at])).collect();
            for query in
                [code.clone(), code.to_uppercase(), format!("Error code: {code}."), format!("it says ({code}) again")]
            {
                assert_finds_exactly(&search, &query, &expected);
            }
            // Another last number.
            let digits: String = code.chars().rev().take_while(char::is_ascii_digit).collect();
            let Ok(number) = digits.chars().rev().collect::<String>().parse::<u64>() else { continue };
            let similar = format!("{}{}", code.trim_end_matches(|c: char| c.is_ascii_digit()), number + 1);
            if !codes.contains(&similar) {
                assert_ne!(find(&search, &similar).verdict, Verdict::Match, "{similar}");
            }
        }
    }
}

#[test]
fn a_code_finds_its_article_among_many_codes_of_the_same_class() {
    let article = |nth: usize| {
        let rest = "description: Made up.\nsources: [https://example.com]\nreviewed: 2026-01-01\nflow:\n  end:\n    escalation: Ask.\n";
        format!("message: Problem number {nth} of the machine.\ncodes: [E-{nth}, \"500.{nth}\"]\n{rest}")
    };
    let files: Vec<(String, String)> = (1000..1600).map(|nth| (format!("a{nth}"), article(nth))).collect();
    let mut all = vec![("collection", "title: Made up\n")];
    all.extend(files.iter().map(|(name, text)| (name.as_str(), text.as_str())));
    let search = Search::new(Arc::new(load(&[source(&all)]).kb));
    for nth in (1000..1600).step_by(37) {
        let expected = search.kb().article_index(&format!("a{nth}")).unwrap();
        for query in
            [format!("E-{nth}"), format!("error e{nth} again"), format!("500.{nth}"), format!("500 sub code {nth}")]
        {
            assert_finds_exactly(&search, &query, &[expected]);
        }
    }
}

#[test]
fn an_id_finds_its_article() {
    for search in searches() {
        for (at, article) in search.kb().articles.iter().enumerate() {
            assert_finds_exactly(&search, &article.id, &[at]);
        }
    }
}

#[test]
fn encoded_messages_are_decoded() {
    let search = Search::new(Arc::new(builtin::loaded().kb));
    for (at, article) in search.kb().articles.iter().enumerate() {
        for text in
            texts(article).iter().filter(|text| articles_with(search.kb(), text) == [at] && words(text).len() > 2)
        {
            let percent: String = text
                .bytes()
                .map(|byte| match byte {
                    b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => char::from(byte).to_string(),
                    byte => format!("%{byte:02X}"),
                })
                .collect();
            let utf16: Vec<u8> =
                [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
            for query in [
                format!("\u{1b}[31m{}\u{1b}[0m", text.replace(' ', "\u{1b}[0m \u{1b}[31m")),
                format!("https://login.example.com/cb#error_description={percent}"),
                format!("<p>{}</p>", text.replace(' ', "&nbsp;").replace('\'', "&#39;")),
                text_from_bytes(&utf16).into_owned(),
            ] {
                assert_finds_exactly(&search, &query, &[at]);
            }
        }
    }
}

#[test]
fn verdict_order_and_scores_never_contradict_each_other() {
    for search in searches() {
        let texts: Vec<String> = search.kb().articles.iter().flat_map(texts).collect();
        let mut random = fastrand::Rng::with_seed(7);
        for nth in 0..300 {
            let text = &texts[nth % texts.len()];
            let mut chars: Vec<char> = text.chars().collect();
            for _ in 0..random.usize(0..4) {
                let at = random.usize(..chars.len());
                chars[at] = random.alphabetic();
            }
            let from = random.usize(..chars.len());
            let to = random.usize(from..chars.len()) + 1;
            let query: String = chars[from..to].iter().collect();
            let results = find(&search, &query);
            let hits = &results.hits;
            assert!(hits.is_sorted_by(|a, b| a.score >= b.score), "{query}: {hits:?}");
            assert!(hits.is_sorted_by(|a, b| a.contender >= b.contender), "{query}: {hits:?}");
            let sum: f64 = hits.iter().map(|hit| hit.score).sum();
            assert!(sum <= 1.0 + 1e-6 && hits.iter().all(|hit| (0.0..=1.0).contains(&hit.score)), "{query}: {sum}");
            let contenders = results.contenders().len();
            match results.verdict {
                Verdict::Match => assert_eq!(contenders, 1, "{query}"),
                Verdict::Ambiguous => assert!(contenders > 1, "{query}"),
                Verdict::NoMatch => assert!(hits.is_empty() && results.nearest.len() <= 5, "{query}"),
            }
            assert!(results.nearest.is_empty() || results.verdict == Verdict::NoMatch, "{query}");
        }
    }
}
