//! Fits the model of search and counts word frequencies: `cargo run --release --example fit`.
//!
//! Reads the training data in `tests/search`, and writes `src/search/frequencies.tsv` and `src/search/model.yaml`. The features depend
//! on the frequencies, so after a change of the training data run it twice: it says so.
//!
//! `--check` writes nothing. It fails if the files are not what this command would write, apart from rounding.

#![allow(
    clippy::print_stdout,
    clippy::panic,
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::mod_module_files,
    reason = "a tool for developers, which stops if its input is wrong"
)]

mod search_data;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use search_data::{Case, DAMAGES, Random, Set, cases, damage, rows};
use unstuck::search::{Exactness, FEATURES, Features, Model, QUERY_FEATURES, QueryFeatures, Search, words};
use unstuck::text::SanitizedText;

const CANDIDATES: usize = FEATURES.len();
const ALL: usize = CANDIDATES + QUERY_FEATURES.len();

/// A query as the model sees it.
struct Example {
    /// The features of the candidates, and whether each is expected. The shares add up to 1, or to 0 if none is meant.
    candidates: Vec<(Features, f64)>,
    query: QueryFeatures,
    weight: f64,
}

fn main() {
    let check = std::env::args().any(|argument| argument == "--check");
    if count_words(check) {
        assert!(!check, "src/search/frequencies.tsv is not current: run `cargo run --release --example fit`");
        println!("src/search/frequencies.tsv changed: run this command again");
        return;
    }
    let sets = training_sets();
    let mut examples = Vec::new();
    for set in &sets {
        let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
        for case in &set.cases {
            *kinds.entry(&case.kind).or_default() += 1;
        }
        let before = examples.len();
        for case in &set.cases {
            // Each kind weighs the same as 200 queries of it.
            let weight = weight_of(&case.kind) * 200.0 / kinds[case.kind.as_str()] as f64;
            examples.extend(example(&set.search, case, weight));
        }
        println!("{}: {} queries, of which {} are not exact", set.name, set.cases.len(), examples.len() - before);
    }
    let coefficients = fit(&examples);
    let mut text =
        "# Written by `cargo run --release --example fit`, except for the thresholds.\ncandidate:\n".to_owned();
    for (at, (name, coefficient)) in FEATURES.iter().chain(&QUERY_FEATURES).zip(&coefficients).enumerate() {
        if at == CANDIDATES {
            text.push_str("none:\n");
        }
        writeln!(text, "  {name}: {coefficient:.3}").unwrap();
    }
    if check {
        let committed = Model::fitted();
        let committed = committed.coefficients.iter().chain(&committed.none_coefficients);
        for (name, (new, old)) in FEATURES.iter().chain(&QUERY_FEATURES).zip(coefficients.iter().zip(committed)) {
            let difference = (new - old).abs();
            assert!(difference < 0.01, "src/search/model.yaml is not current: {name} is {old:.3} instead of {new:.3}");
        }
        println!("the model is what this command writes");
        return;
    }
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/search/model.yaml");
    let old = std::fs::read_to_string(path).unwrap();
    text.push_str(&old[old.find("thresholds:").unwrap()..]);
    std::fs::write(path, text).unwrap();
}

/// The weight of a kind of query.
fn weight_of(kind: &str) -> f64 {
    match kind {
        "own words" | "near" | "french" => 10.0,
        "message" | "own-words" | "strangers" | "strangers-none" => 4.0,
        kind if DAMAGES.contains(&kind) => 2.0,
        _ => 1.0,
    }
}

/// Counts in how many texts by people, and in how many program messages, each word occurs. Returns whether the file changed.
fn count_words(check: bool) -> bool {
    /// Rarer words are left out.
    const MIN_COUNT: usize = 4;
    let of = |name: &str, kinds: &[&str]| -> Vec<String> {
        let rows = rows(name).into_iter().filter(|row| kinds.is_empty() || kinds.contains(&row[0].as_str()));
        rows.map(|row| row[row.len() - 1].clone()).collect()
    };
    let people = [of("train-own-words.tsv", &[]), of("train-french.tsv", &[])].concat();
    let others = of("train-foreign.tsv", &["near", "smalltalk"]);
    let messages = of("train-foreign.tsv", &["message"]);
    let mut counts: BTreeMap<String, [usize; 3]> = BTreeMap::new();
    for (column, texts) in [&people, &others, &messages].into_iter().enumerate() {
        for text in texts {
            for word in words(text).into_iter().collect::<BTreeSet<String>>() {
                counts.entry(word).or_default()[column] += 1;
            }
        }
    }
    let mut text = format!(
        "# Written by `cargo run --release --example fit`: a word, and the numbers of texts that contain it (in the first line: of all
# texts): by people about the built-in errors, by people about something else, and messages of other programs.\n*\t{}\t{}\t{}\n",
        people.len(),
        others.len(),
        messages.len()
    );
    for (word, [people, others, messages]) in counts {
        if people + others + messages >= MIN_COUNT && !word.chars().any(|c| c.is_ascii_digit()) {
            writeln!(text, "{word}\t{people}\t{others}\t{messages}").unwrap();
        }
    }
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/search/frequencies.tsv");
    let changed = std::fs::read_to_string(path).unwrap() != text;
    if !check {
        std::fs::write(path, text).unwrap();
    }
    changed
}

/// Damages each text of a knowledge base in each way.
fn damaged(search: &Search, rounds: usize, others: &[&str], random: &mut Random) -> Vec<Case> {
    let mut cases = Vec::new();
    for (at, article) in search.kb().articles.iter().enumerate().filter(|(_, article)| !article.is_situation) {
        for text in std::iter::once(&article.message).chain(&article.wordings) {
            for kind in DAMAGES.iter().cycle().take(rounds) {
                let query = damage(kind, text, others, random);
                cases.push(Case { kind: (*kind).to_owned(), expected: vec![at], all: false, query });
            }
        }
    }
    cases
}

fn training_sets() -> Vec<Set> {
    let mut random = Random(7);
    let foreign = rows("train-foreign.tsv");
    let of_kind =
        |kind: &str| -> Vec<&str> { foreign.iter().filter(|row| row[0] == kind).map(|row| row[1].as_str()).collect() };
    let messages = of_kind("message");
    let none = |kind: &str, queries: &[&str]| -> Vec<Case> {
        let case =
            |query: &&str| Case { kind: kind.to_owned(), expected: Vec::new(), all: false, query: (*query).to_owned() };
        queries.iter().map(case).collect()
    };

    let search = search_data::builtin();
    let mut cases_of_builtin = cases(&search, "train-own-words.tsv", "own words");
    let own_words: Vec<String> = cases_of_builtin.iter().map(|case| case.query.clone()).collect();
    let own_words: Vec<&str> = own_words.iter().map(String::as_str).collect();
    cases_of_builtin.extend(cases(&search, "train-french.tsv", "french"));
    cases_of_builtin.extend(cases(&search, "dev.tsv", ""));
    cases_of_builtin.extend(damaged(&search, DAMAGES.len() * 2, &messages, &mut random));
    for kind in ["near", "message", "smalltalk"] {
        cases_of_builtin.extend(none(kind, &of_kind(kind)));
    }
    let builtin = Set { name: "built-in", search, cases: cases_of_builtin };

    let search = search_data::other();
    let mut cases_of_other = cases(&search, "train-other.tsv", "");
    cases_of_other.extend(damaged(&search, DAMAGES.len() * 2, &messages, &mut random));
    cases_of_other.extend(none("near", &own_words.iter().step_by(8).copied().collect::<Vec<_>>()));
    cases_of_other.extend(none("message", &messages.iter().step_by(2).copied().collect::<Vec<_>>()));
    let other = Set { name: "other product", search, cases: cases_of_other };

    // Half of the messages are articles, and the others are negatives.
    let (articles, others): (Vec<_>, Vec<_>) = messages.iter().enumerate().partition(|(at, _)| at % 2 == 0);
    let articles: Vec<&str> = articles.into_iter().map(|(_, message)| *message).collect();
    let others: Vec<&str> = others.into_iter().map(|(_, message)| *message).collect();
    let search = search_data::of_messages(articles);
    let mut cases_of_messages = damaged(&search, 5, &others, &mut random);
    cases_of_messages.extend(none("message", &others));
    cases_of_messages.extend(none("near", &own_words.iter().step_by(8).copied().collect::<Vec<_>>()));
    let of_messages = Set { name: "messages only", search, cases: cases_of_messages };
    vec![builtin, other, of_messages]
}

/// Returns the example for a query. `None` if the query names an article exactly, because then the model has no say.
fn example(search: &Search, case: &Case, weight: f64) -> Option<Example> {
    /// Maximum number of candidates, as in the ranking.
    const MAX_CANDIDATES: usize = 32;
    let (mut candidates, query) = search.features(&SanitizedText::new(&case.query));
    if candidates.iter().any(|(_, _, exactness)| *exactness > Exactness::Similar) {
        return None;
    }
    // A rough order, because the model does not exist yet.
    let rough = |features: &Features| features.iter().sum::<f64>();
    candidates.sort_by(|(_, a, _), (_, b, _)| rough(b).total_cmp(&rough(a)));
    let (meant, others): (Vec<_>, Vec<_>) =
        candidates.into_iter().partition(|(article, _, _)| case.expected.contains(article));
    let share = 1.0 / meant.len().max(1) as f64;
    let meant = meant.into_iter().map(|(_, features, _)| (features, share));
    let others = others.into_iter().take(MAX_CANDIDATES).map(|(_, features, _)| (features, 0.0));
    Some(Example { candidates: meant.chain(others).collect(), query, weight })
}

/// Maximizes the likelihood with Newton's method. The penalty keeps coefficients small that the data doesn't determine.
fn fit(examples: &[Example]) -> Vec<f64> {
    const PENALTY: f64 = 1.0;
    const STEPS: usize = 30;
    let mut coefficients = vec![0.0; ALL];
    for step in 0..STEPS {
        let mut gradient: Vec<f64> = coefficients.iter().map(|coefficient| -PENALTY * coefficient).collect();
        let mut hessian = vec![vec![0.0; ALL]; ALL];
        for (at, row) in hessian.iter_mut().enumerate() {
            row[at] = PENALTY;
        }
        let mut loss = 0.0;
        for example in examples {
            let rows: Vec<Vec<f64>> = alternatives(example);
            let scores: Vec<f64> = rows.iter().map(|row| dot(row, &coefficients)).collect();
            let probabilities = unstuck::search::probabilities(&scores);
            let meant: f64 = example.candidates.iter().map(|(_, share)| share).sum();
            let shares: Vec<f64> = example.candidates.iter().map(|(_, share)| *share).chain([1.0 - meant]).collect();
            let mut mean = vec![0.0; ALL];
            for (row, (probability, share)) in rows.iter().zip(probabilities.iter().zip(&shares)) {
                loss -= example.weight * share * probability.max(1e-12).ln();
                for at in 0..ALL {
                    gradient[at] += example.weight * (share - probability) * row[at];
                    mean[at] += probability * row[at];
                }
            }
            for (row, probability) in rows.iter().zip(&probabilities).filter(|(_, probability)| **probability > 1e-6) {
                for a in 0..ALL {
                    let factor = example.weight * probability * row[a];
                    if factor != 0.0 {
                        for b in 0..ALL {
                            hessian[a][b] += factor * row[b];
                        }
                    }
                }
            }
            for a in 0..ALL {
                for b in 0..ALL {
                    hessian[a][b] -= example.weight * mean[a] * mean[b];
                }
            }
        }
        let change = solve(hessian, gradient);
        let length = change.iter().map(|change| change.abs()).fold(0.0, f64::max);
        // A long step can overshoot.
        let scale = if length > 3.0 { 3.0 / length } else { 1.0 };
        for (coefficient, change) in coefficients.iter_mut().zip(&change) {
            *coefficient += scale * change;
        }
        println!(
            "step {step}: loss {:.4}, change {length:.4}",
            loss / examples.iter().map(|one| one.weight).sum::<f64>()
        );
        if length < 1e-4 {
            break;
        }
    }
    coefficients
}

/// Returns the features of each alternative, the last one being "none". Those of the other kind are 0.
fn alternatives(example: &Example) -> Vec<Vec<f64>> {
    let candidates = example.candidates.iter().map(|(features, _)| {
        let mut row = features.to_vec();
        row.resize(ALL, 0.0);
        row
    });
    let mut none = vec![0.0; CANDIDATES];
    none.extend(example.query);
    candidates.chain([none]).collect()
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// Solves a system of linear equations by Gaussian elimination.
fn solve(mut matrix: Vec<Vec<f64>>, mut right: Vec<f64>) -> Vec<f64> {
    let size = right.len();
    for column in 0..size {
        let pivot =
            (column..size).max_by(|a, b| matrix[*a][column].abs().total_cmp(&matrix[*b][column].abs())).unwrap();
        matrix.swap(column, pivot);
        right.swap(column, pivot);
        for row in column + 1..size {
            let factor = matrix[row][column] / matrix[column][column];
            let pivot_row = matrix[column].clone();
            for (cell, pivot) in matrix[row].iter_mut().zip(&pivot_row) {
                *cell -= factor * pivot;
            }
            right[row] -= factor * right[column];
        }
    }
    for column in (0..size).rev() {
        right[column] /= matrix[column][column];
        for row in 0..column {
            right[row] -= matrix[row][column] * right[column];
        }
    }
    right
}
