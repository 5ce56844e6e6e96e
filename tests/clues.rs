//! Telling articles apart by clues, simulated for every article of the shipped knowledge base.

#![expect(clippy::indexing_slicing, reason = "a test that prints its figures")]

mod support;

use std::sync::Arc;

use support::{COLLECTION, Folder, good};
use unstuck::builtin;
use unstuck::clues::{ClueRef, Inquiry, Reply};
use unstuck::flow::ClueAnswers;
use unstuck::kb::{KnowledgeBase, Source, load};

/// What somebody who has this error and knows everything would answer; not sure where the article says nothing.
fn truth(kb: &KnowledgeBase, article: usize, clue: ClueRef) -> Reply {
    let says = kb.articles[article].clues.iter().find(|(of, _)| *of == clue.clue);
    match says {
        Some((_, true)) => Reply::Yes,
        Some((_, false)) => Reply::No,
        None => Reply::Unsure,
    }
}

/// Asks until it is settled or no clue tells more. `nth` is answered by `other` rather than truly.
fn ask(kb: &Arc<KnowledgeBase>, article: usize, nth: Option<usize>, other: fn(Reply) -> Reply) -> (Inquiry, usize) {
    let mut inquiry = Inquiry::new(kb.clone(), &[]);
    let mut asked = 0;
    while let Some(clue) = inquiry.next() {
        let reply = truth(kb, article, clue);
        inquiry.reply(clue, if nth == Some(asked) { other(reply) } else { reply });
        asked += 1;
    }
    (inquiry, asked)
}

fn kb() -> Arc<KnowledgeBase> {
    Arc::new(builtin::loaded().kb)
}

/// The articles that somebody is asked about who has typed nothing.
fn all_asked_about(kb: &KnowledgeBase) -> std::ops::Range<usize> {
    let asked = kb.articles.iter().filter(|article| !kb.collections[article.collection].only_by_search);
    0..asked.count()
}

fn mean(of: &[usize]) -> f64 {
    let sum: usize = of.iter().sum();
    f64::from(u32::try_from(sum).unwrap_or(u32::MAX)) / f64::from(u32::try_from(of.len()).unwrap_or(u32::MAX))
}

#[test]
fn true_answers_settle_every_article_in_few_questions() {
    let kb = kb();
    let mut counts = Vec::new();
    for article in all_asked_about(&kb) {
        let (inquiry, asked) = ask(&kb, article, None, |reply| reply);
        let id = &kb.articles[article].id;
        println!("{id}: {asked} questions");
        assert_eq!(inquiry.settled(), Some(article), "{id}: {:?}", inquiry.candidates());
        assert!(asked <= 5, "{id} takes {asked} questions");
        counts.push(asked);
    }
    println!("mean: {:.2} questions (a perfect tree needs 3.4)", mean(&counts));
    assert!(mean(&counts) <= 4.0);
}

#[test]
fn one_wrong_answer_is_survived() {
    let kb = kb();
    let (mut all, mut well) = (0, 0);
    let mut counts = Vec::new();
    for article in all_asked_about(&kb) {
        let (_, truly) = ask(&kb, article, None, |reply| reply);
        for nth in 0..truly {
            let wrong = |reply| match reply {
                Reply::Yes => Reply::No,
                Reply::No => Reply::Yes,
                Reply::Unsure => Reply::Unsure,
            };
            let (inquiry, asked) = ask(&kb, article, Some(nth), wrong);
            let among_two = inquiry.candidates().iter().take(2).any(|(candidate, _)| *candidate == article);
            if !among_two {
                println!("{} is lost by a wrong answer {}", kb.articles[article].id, nth + 1);
            }
            all += 1;
            well += u32::from(among_two);
            counts.push(asked);
        }
    }
    let share = f64::from(well) / f64::from(all);
    println!("one wrong answer: {share:.3} reached or among the first two, {:.2} questions in the mean", mean(&counts));
    assert!(share >= 0.95);
}

#[test]
fn not_sure_to_any_one_question_still_settles() {
    let kb = kb();
    let (mut all, mut well) = (0, 0);
    for article in all_asked_about(&kb) {
        let (_, truly) = ask(&kb, article, None, |reply| reply);
        for nth in 0..truly {
            let (inquiry, _) = ask(&kb, article, Some(nth), |_| Reply::Unsure);
            all += 1;
            well += u32::from(inquiry.settled() == Some(article));
        }
    }
    let share = f64::from(well) / f64::from(all);
    println!("one \"not sure\": {share:.3} settled");
    assert!(share >= 0.95);
}

#[test]
fn every_answer_can_be_taken_back() {
    let kb = kb();
    let mut inquiry = Inquiry::new(kb, &[]);
    let before = inquiry.candidates();
    let clue = inquiry.next().expect("ten articles want a first question");
    inquiry.reply(clue, Reply::Yes);
    assert_ne!(inquiry.candidates(), before);
    assert!(inquiry.back());
    assert_eq!(inquiry.candidates(), before);
    assert!(!inquiry.back());
}

#[test]
fn whoever_is_never_sure_is_shown_what_is_left() {
    let kb = kb();
    let mut inquiry = Inquiry::new(kb.clone(), &[]);
    let mut asked = 0;
    while let Some(clue) = inquiry.next() {
        inquiry.reply(clue, Reply::Unsure);
        asked += 1;
    }
    assert_eq!(asked, 6);
    assert_eq!(inquiry.likely().len(), all_asked_about(&kb).len(), "and nothing has become less likely");
}

#[test]
fn candidates_stay_what_they_were_when_the_files_change() {
    let article = |message: &str, red: &str| support::good(message, red);
    let of = |files: &[(&str, &str)]| Arc::new(load(&[support::source(files)]).kb);
    let (a, b, c) = (article("All glows.", "yes"), article("Some glow.", "no"), article("None glow.", "no"));
    let before = of(&[("collection", support::COLLECTION), ("a", &a), ("b", &b)]);
    let after = of(&[("collection", support::COLLECTION), ("a", &a), ("b", &b), ("c", &c)]);
    let likely = |inquiry: &Inquiry| inquiry.candidates().iter().map(|(article, _)| *article).collect::<Vec<_>>();
    let mut all = likely(&Inquiry::new(before.clone(), &[]).carried_over(&after));
    all.sort_unstable();
    assert_eq!(all, [0, 1, 2], "who asked about all of them is asked about the new one too");
    let some = Inquiry::new(after, &[(1, 0.5), (2, 0.5)]).carried_over(&before);
    assert_eq!(likely(&some), [1]);
}

#[test]
fn nobody_is_asked_about_what_only_a_search_finds_unless_it_was_found() {
    let file = |collection: &str, stem: &str, text: &str| support::file(collection, stem, text.as_bytes());
    let article = |message: &str| format!("message: {message}\nflow:\n  help: {{escalation: Help}}\n");
    let files = vec![
        file("codes", "collection", "title: Codes\nonly-by-search: yes\n"),
        file("codes", "code", &article("Code 7")),
        file("test", "collection", "title: Test\n"),
        file("test", "dark", &article("It is dark.")),
        file("test", "cold", &article("It is cold.")),
    ];
    let loaded = load(&[Source { name: "test".to_owned(), files, diagnostics: Vec::new() }]);
    assert_eq!(loaded.diagnostics, []);
    let kb = Arc::new(loaded.kb);
    let asked = |candidates: &[(usize, f64)]| {
        let inquiry = Inquiry::new(kb.clone(), candidates);
        inquiry.candidates().iter().map(|(article, _)| kb.articles[*article].id.clone()).collect::<Vec<_>>()
    };
    assert_eq!(asked(&[]), ["cold", "dark"]);
    assert_eq!(asked(&[(kb.article_index("code").unwrap(), 1.0)]), ["code"]);
}

#[test]
fn articles_that_share_a_code_are_told_apart_among_themselves() {
    let kb = kb();
    for (code, articles) in [("CompanionToolDisabled", 2), ("403.15", 2)] {
        let results = unstuck::search::Search::new(kb.clone()).search(&code.into());
        let contenders = results.contenders();
        assert_eq!(contenders.len(), articles, "{code}");
        let inquiry = Inquiry::new(kb.clone(), &contenders);
        assert_eq!(inquiry.candidates().len(), articles, "{code}");
        assert!(inquiry.next().is_some(), "{code}");
    }
}

#[test]
fn a_clue_that_is_answered_again_has_the_last_answer_only() {
    let mut inquiry = Inquiry::new(kb(), &[]);
    let clue = inquiry.next().unwrap();
    inquiry.reply(clue, Reply::Yes);
    inquiry.reply(clue, Reply::No);
    assert_eq!(inquiry.replies(), [(clue, Reply::No)]);
}

#[test]
fn a_clue_that_tells_nothing_is_not_asked() {
    let (a, b) = (support::good("All glows.", "yes"), support::good("Some glow.", "yes"));
    let kb = Arc::new(load(&[support::source(&[("collection", support::COLLECTION), ("a", &a), ("b", &b)])]).kb);
    let inquiry = Inquiry::new(kb, &[]);
    assert_eq!(inquiry.candidates().len(), 2);
    assert_eq!(inquiry.next(), None, "both articles give the same answer");
}

#[test]
fn what_is_answered_is_known_to_the_flow_and_not_being_sure_tells_nothing() {
    let mut inquiry = Inquiry::new(kb(), &[]);
    for (clue, reply) in [(0, Reply::Yes), (1, Reply::No), (2, Reply::Unsure)] {
        inquiry.reply(ClueRef { collection: 0, clue }, reply);
    }
    assert_eq!(inquiry.known(), ClueAnswers::from([((0, 0), true), ((0, 1), false)]));
}

#[test]
fn a_clue_that_two_collections_have_is_answered_for_both() {
    let folder = Folder::new();
    let articles = [("one", "a", "yes"), ("one", "b", "no"), ("two", "c", "yes"), ("two", "d", "no")];
    for (collection, id, red) in articles {
        folder.write(&format!("kb/{collection}/collection.yaml"), COLLECTION);
        folder.write(&format!("kb/{collection}/{id}.yaml"), good(&format!("The {id} glows."), red));
    }
    let (told, _) = folder.run(&["which", "--kb", "kb", "--only", "--json", "--answers", "red=yes"], 0);
    let told: serde_json::Value = serde_json::from_str(&told).unwrap();
    let likely: Vec<(&str, f64)> = told["candidates"]
        .as_array()
        .unwrap()
        .iter()
        .map(|candidate| (candidate["id"].as_str().unwrap(), candidate["p"].as_f64().unwrap()))
        .collect();
    assert_eq!(likely.iter().map(|(id, _)| *id).collect::<Vec<_>>(), ["a", "c", "b", "d"]);
    assert!((likely[0].1 - likely[1].1).abs() < 1e-9 && likely[1].1 > likely[2].1);
    assert_eq!(told["next"], serde_json::Value::Null);
}
