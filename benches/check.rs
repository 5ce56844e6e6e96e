//! Time to load and check knowledge bases of 1,000 and 10,000 articles: `cargo bench --bench check`.
//!
//! Each time is compared with a plain YAML parse of the same files in the same run. Milliseconds depend on the machine.
//! The ratios depend on it much less. `UNSTUCK_BENCH_SIZES=1000,100000` sets the numbers of articles.

#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

use std::alloc::System;
use std::fmt::Write as _;
use std::hint::black_box;
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;
use std::time::{Duration, Instant};

use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use unstuck::kb::{Source, SourceFile, check, load};
use unstuck::search;

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// Common words, one per line, followed by their frequencies.
const WORDS: &str = include_str!("../src/search/frequencies.tsv");

/// Number of facts in the collection.
const FACTS: usize = 20;

fn main() {
    let sizes = std::env::var("UNSTUCK_BENCH_SIZES").unwrap_or_else(|_| "1000,10000".to_owned());
    for size in sizes.split(',').filter_map(|size| size.trim().parse().ok()) {
        measure(size);
    }
}

/// Measures one size and prints the result.
fn measure(size: usize) {
    let source = source(size);
    let (plain, ()) = timed(|| {
        for file in &source.files {
            let bytes = file.content.as_deref().unwrap_or_default();
            black_box(serde_yaml::from_slice::<serde_yaml::Value>(bytes).ok());
        }
    });
    let region = Region::new(ALLOCATOR);
    let sources = [source];
    let (loading, loaded) = timed(|| load(&sources));
    let kept = region.change();
    let kept = kept.bytes_allocated.saturating_sub(kept.bytes_deallocated) / 1024;
    let day = jiff::civil::date(2026, 12, 1);
    let (rules, warnings) = timed(|| check(&loaded.kb, day).len());
    let kb = Arc::new(loaded.kb);
    let (words, lost) = timed(|| search::check(&kb, &AtomicUsize::new(0)).len());
    let ratio = |time: Duration| time.as_secs_f64() / plain.as_secs_f64();
    println!(
        "{size} articles ({} served, {warnings} warnings, {lost} not found by their own words)",
        kb.articles.len()
    );
    println!("  plain parse            {:>8.0} ms", plain.as_secs_f64() * 1e3);
    for (what, time) in [("load", loading), ("rules", rules), ("own words", words)] {
        println!("  {what:<22} {:>8.0} ms  {:>6.2} times a plain parse", time.as_secs_f64() * 1e3, ratio(time));
    }
    println!("  kept in memory         {kept:>8} KB");
}

/// Returns the run time and the result of a function.
fn timed<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let begun = Instant::now();
    let result = work();
    (begun.elapsed(), result)
}

/// Returns a collection of `size` articles with questions, steps and known facts. Each article uses different words.
fn source(size: usize) -> Source {
    let rows = WORDS.lines().filter(|line| line.starts_with(char::is_alphabetic));
    let words: Vec<&str> = rows.filter_map(|line| line.split('\t').next()).collect();
    let word = |nth: usize| words.get(nth.wrapping_mul(2_654_435_761) % words.len()).copied().unwrap_or("error");
    let file = |stem: String, text: String| SourceFile {
        collection: "bench".to_owned(),
        path: format!("bench/{stem}.yaml"),
        stem,
        content: Ok(text.into_bytes()),
    };
    let mut collection = "title: Bench\nfacts:\n".to_owned();
    for fact in 0..FACTS {
        _ = writeln!(collection, "  c{fact}: {{question: Is it number {fact}?, hint: Look.}}");
    }
    let mut files = vec![file("collection".to_owned(), collection)];
    for nth in 0..size {
        let said: Vec<&str> = (0..8).map(|at| word(nth * 8 + at)).collect();
        let mut text =
            format!("message: \"{} {nth}.\"\ndescription: {} fails.\nknown:\n", said.join(" "), word(nth + 7));
        for fact in (0..FACTS).filter(|fact| nth >> (fact / 2) & 1 == fact % 2) {
            _ = writeln!(text, "  c{fact}: {}", if nth % 3 == 0 { "yes" } else { "no" });
        }
        text += "sources: [https://example.com]\nreviewed: 2026-11-01\nflow:\n";
        text += "  there:\n    question: Is it there?\n    hint: Look behind it.\n    yes: fix\n    no: help\n";
        text += "  fix:\n    solution: Turn it round\n    steps:\n";
        for step in 0..4 {
            _ = writeln!(
                text,
                "      - by: user\n        do: Turn the {} and the {}.",
                word(nth + step),
                word(nth + step + 9)
            );
        }
        text += "    otherwise: help\n  help:\n    escalation: The helpdesk\n    bring: [the number of the room]\n";
        files.push(file(format!("a{nth:06}"), text));
    }
    Source { name: "bench".to_owned(), files, diagnostics: Vec::new() }
}
