//! Measures how well search works: `cargo run --release --example evaluate`.
//!
//! - Without options, it measures the development and validation queries in `tests/search`.
//! - `--held-out` measures the held-out queries instead. Don't look at them while you change search.
//! - `--show KIND` also prints the queries of a kind with wrong results.
//! - `--messages MESSAGES QUERIES` measures a knowledge base of error messages. The lines of the first file are `id<TAB>...<TAB>message`,
//!   those of the second file `kind<TAB>query<TAB>id`. `--size N` takes the first N messages and the queries for them.
//!
//! `first`: the right article is first. `right`: it is the only match, or one of at most four possible matches; for queries that mean no
//! article: nothing is found. `wrong`: the only match is a wrong article.

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

use std::collections::{BTreeMap, HashMap};

use search_data::{Case, cases};
use unstuck::search::{Results, Search, Verdict};
use unstuck::text::SanitizedText;

/// Maximum number of contenders of a right result.
const MAX_CONTENDERS: usize = 4;

#[derive(Default)]
struct Counts {
    cases: u32,
    first: u32,
    third: u32,
    right: u32,
    wrong: u32,
    ambiguous: u32,
    none: u32,
}

/// The measured results of one knowledge base.
#[derive(Default)]
struct Report {
    kinds: BTreeMap<String, Counts>,
    /// For each query with a result, the score of the first article and whether it is right.
    scores: Vec<(f64, bool)>,
    /// For each query that means an article: the score of the first article (0 without a result), and whether it is right.
    risks: Vec<(f64, bool)>,
}

impl Report {
    fn add(&mut self, search: &Search, case: &Case, show: Option<&str>) {
        let results = search.search(&SanitizedText::new(&case.query));
        let contenders: Vec<usize> = results.contenders().into_iter().map(|(article, _)| article).collect();
        let is_expected = |article: &usize| case.expected.contains(article);
        let position = results.hits.iter().position(|hit| is_expected(&hit.article));
        let is_right = if case.expected.is_empty() {
            results.verdict == Verdict::NoMatch
        } else if case.all {
            results.verdict == Verdict::Ambiguous && case.expected.iter().all(|one| contenders.contains(one))
        } else {
            contenders.first().is_some_and(is_expected)
                || contenders.len() <= MAX_CONTENDERS && contenders.iter().any(is_expected)
        };
        let is_wrong = results.verdict == Verdict::Match && position != Some(0);
        let counts = self.kinds.entry(case.kind.clone()).or_default();
        counts.cases += 1;
        counts.first += u32::from(position == Some(0));
        counts.third += u32::from(position.is_some_and(|position| position < 3));
        counts.right += u32::from(is_right);
        counts.wrong += u32::from(is_wrong);
        counts.ambiguous += u32::from(results.verdict == Verdict::Ambiguous);
        counts.none += u32::from(results.verdict == Verdict::NoMatch);
        if let Some(first) = results.hits.first() {
            self.scores.push((first.score, position == Some(0)));
        }
        self.risks.push((results.hits.first().map_or(0.0, |first| first.score), position == Some(0)));
        if !is_right && show.is_some_and(|kind| kind == case.kind || kind == "all") {
            print_failure(search, case, &results);
        }
    }

    fn print(&self, name: &str) {
        println!("\n{name}\n  {:22} cases  first  top 3  right  wrong  ambiguous  none", "kind");
        let mut all = Counts::default();
        for (kind, counts) in &self.kinds {
            print_counts(kind, counts);
            all.cases += counts.cases;
            all.first += counts.first;
            all.third += counts.third;
            all.right += counts.right;
            all.wrong += counts.wrong;
            all.ambiguous += counts.ambiguous;
            all.none += counts.none;
        }
        print_counts("all", &all);
        let mean: f64 = self.kinds.values().map(|counts| share(counts.right, counts.cases)).sum();
        println!("  mean of kinds: right {:.3}", mean / self.kinds.len().max(1) as f64);
    }

    /// Prints how often the first article is right, by its score, and how the share of errors grows with the share of answers.
    fn print_calibration(&self) {
        println!("\n  calibration: score of the first article, queries, share of right ones");
        for bin in 0..10 {
            let (low, high) = (f64::from(bin) / 10.0, f64::from(bin + 1) / 10.0);
            let inside = self.scores.iter().filter(|(score, _)| *score >= low && (*score < high || bin == 9));
            let inside: Vec<bool> = inside.map(|(_, right)| *right).collect();
            let right = inside.iter().filter(|right| **right).count();
            if !inside.is_empty() {
                println!("  {low:.1}–{high:.1}  {:5}  {:.3}", inside.len(), right as f64 / inside.len() as f64);
            }
        }
        let mut risks = self.risks.clone();
        risks.sort_by(|a, b| b.0.total_cmp(&a.0));
        println!("  risk and coverage: share of queries that are answered, share of wrong first articles among them");
        for tenth in 1..=10 {
            let answered = &risks[..risks.len() * tenth / 10];
            let wrong = answered.iter().filter(|(_, right)| !right).count();
            print!("  {}0 %: {:.3}", tenth, wrong as f64 / answered.len().max(1) as f64);
        }
        println!();
    }
}

fn share(part: u32, whole: u32) -> f64 {
    f64::from(part) / f64::from(whole.max(1))
}

fn print_counts(kind: &str, counts: &Counts) {
    let of = |count: u32| share(count, counts.cases);
    println!(
        "  {kind:22} {:5}  {:.3}  {:.3}  {:.3}  {:.3}  {:9.3}  {:.3}",
        counts.cases,
        of(counts.first),
        of(counts.third),
        of(counts.right),
        of(counts.wrong),
        of(counts.ambiguous),
        of(counts.none)
    );
}

fn print_failure(search: &Search, case: &Case, results: &Results) {
    let id = |article: usize| search.kb().articles[article].id.clone();
    let expected: Vec<String> = case.expected.iter().map(|article| id(*article)).collect();
    let found: Vec<String> =
        results.hits.iter().take(3).map(|hit| format!("{} {:.2}", id(hit.article), hit.score)).collect();
    println!("    {}: expected {expected:?}, {:?} {found:?}: {:?}", case.kind, results.verdict, case.query);
}

fn measure(name: &str, search: &Search, cases: &[Case], show: Option<&str>) {
    let mut report = Report::default();
    for case in cases {
        report.add(search, case, show);
    }
    report.print(name);
    report.print_calibration();
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let value = |name: &str, nth: usize| {
        let at = arguments.iter().position(|argument| argument == name)?;
        arguments.get(at + nth).map(String::as_str)
    };
    let show = value("--show", 1);
    if let (Some(messages), Some(queries)) = (value("--messages", 1), value("--messages", 2)) {
        let size = value("--size", 1).map_or(usize::MAX, |size| size.parse().expect("a number"));
        return measure_messages(messages, queries, size, show);
    }
    let (builtin, other) = (search_data::builtin(), search_data::other());
    if arguments.iter().any(|argument| argument == "--held-out") {
        let mut held_out = cases(&builtin, "held-out-own-words.tsv", "own words");
        held_out.extend(cases(&builtin, "held-out-french.tsv", "french"));
        held_out.extend(cases(&builtin, "held-out-near.tsv", "near"));
        held_out.extend(cases(&builtin, "held-out-messages.tsv", "message"));
        held_out.extend(with_names(&cases(&builtin, "held-out-own-words.tsv", "own words")));
        measure("built-in, held out", &builtin, &held_out, show);
        measure("built-in, older held-out cases", &builtin, &cases(&builtin, "holdout.tsv", ""), show);
        measure("another product, held out", &other, &cases(&other, "held-out-other.tsv", ""), show);
        return;
    }
    measure("built-in, development", &builtin, &cases(&builtin, "dev.tsv", ""), show);
    let mut validation = cases(&builtin, "validation-own-words.tsv", "own words");
    validation.extend(cases(&builtin, "validation-french.tsv", "french"));
    validation.extend(cases(&builtin, "validation-foreign.tsv", ""));
    validation.extend(with_names(&cases(&builtin, "validation-own-words.tsv", "own words")));
    measure("built-in, validation", &builtin, &validation, show);
    measure("another product, development", &other, &cases(&other, "train-other.tsv", ""), show);
}

/// Returns sentences with the name of another product before them, which must not be a match, and the same sentences with the name of
/// a person or a company, which must find the same article.
fn with_names(own_words: &[Case]) -> Vec<Case> {
    const PRODUCTS: [&str; 8] = ["asana", "okta", "figma", "datto", "miro", "canva", "zoho", "trello"];
    const PEOPLE: [&str; 8] = ["maria", "jonas", "contoso", "priya", "acme", "fatima", "northwind", "olivier"];
    let named = |(at, case): (usize, &Case)| {
        [("a product's name", PRODUCTS[at % 8], Vec::new()), ("a person's name", PEOPLE[at % 8], case.expected.clone())]
            .map(|(kind, name, expected)| Case {
                kind: kind.to_owned(),
                expected,
                all: false,
                query: format!("{name} says {}", case.query),
            })
    };
    own_words.iter().step_by(4).enumerate().flat_map(named).collect()
}

fn measure_messages(messages: &str, queries: &str, size: usize, show: Option<&str>) {
    let read = |path: &str| std::fs::read_to_string(path).unwrap_or_else(|error| panic!("cannot read {path}: {error}"));
    let text = read(messages);
    let rows: Vec<Vec<&str>> = text.lines().take(size).map(|line| line.split('\t').collect()).collect();
    let search = search_data::of_messages(rows.iter().map(|row| *row.last().unwrap()));
    // Articles are sorted by ID, and an article with the same message as another one is skipped.
    let ids: HashMap<&str, usize> = rows
        .iter()
        .enumerate()
        .filter_map(|(nth, row)| Some((row[0], search.kb().article_index(&format!("m{nth}"))?)))
        .collect();
    let text = read(queries);
    let case = |line: &str| {
        let columns: Vec<&str> = line.split('\t').collect();
        let query = columns[1].replace("\\n", "\n").replace("\\t", "\t");
        Some(Case { kind: columns[0].to_owned(), expected: vec![*ids.get(columns[2])?], all: false, query })
    };
    let cases: Vec<Case> = text.lines().filter_map(case).collect();
    measure(&format!("{} messages", search.kb().articles.len()), &search, &cases, show);
}
