//! Search time with 1,000, 10,000 and 100,000 articles: `cargo bench --bench search`.
//!
//! The fuzzy matchers `fuzzy-matcher` and `nucleo-matcher` search the same messages in the same run. Milliseconds depend on
//! the machine. The ratios depend on it much less.
//!
//! - `UNSTUCK_BENCH_MESSAGES=FILE` reads the messages from a file, one per line. In a line with tabs, the message is the
//!   text after the last tab. Without this variable, the messages are random common words.
//! - `UNSTUCK_BENCH_SIZES=1000,100000` sets the numbers of articles.

#![expect(
    clippy::print_stdout,
    clippy::panic,
    reason = "a benchmark prints its figures, and stops if its input is wrong"
)]

use std::alloc::System;
use std::sync::Arc;
use std::time::{Duration, Instant};

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;
use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32String};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use unstuck::kb::{KnowledgeBase, Source, SourceFile, load};
use unstuck::search::Search;
use unstuck::text::SanitizedText;

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// Common words, one per line, followed by their frequencies.
const WORDS: &str = include_str!("../src/search/frequencies.tsv");

/// Number of messages typed character by character.
const SESSIONS: usize = 40;
/// Maximum number of characters typed of each message.
const LETTERS: usize = 16;
/// Maximum number of characters typed when counting how many are needed.
const LONG_SESSION: usize = 40;
/// Number of pasted logs.
const PASTES: usize = 100;
/// Lines of each pasted log.
const LINES: usize = 20;
/// Approximate size of the longest paste, in bytes.
const MEGABYTE: usize = 1 << 20;
/// Number of hits that count as visible.
const IN_SIGHT: usize = 5;

/// `SplitMix64` random number generator with a fixed seed, so that every run uses equal numbers.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^= z >> 31;
        usize::try_from(z % u64::try_from(sides.max(1)).unwrap_or(u64::MAX)).unwrap_or_default()
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        from.get(self.roll(from.len())).unwrap_or_else(|| panic!("nothing to pick from"))
    }
}

/// Returns up to `count` messages from the file or random ones.
fn messages(count: usize) -> Vec<String> {
    if let Ok(path) = std::env::var("UNSTUCK_BENCH_MESSAGES") {
        let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("cannot read {path}: {error}"));
        let last = |line: &str| line.rsplit('\t').next().unwrap_or_default().to_owned();
        return text.lines().map(last).take(count).collect();
    }
    let rows = WORDS.lines().filter(|line| line.starts_with(char::is_alphabetic));
    let words: Vec<&str> = rows.filter_map(|line| line.split('\t').next()).collect();
    let mut dice = Dice(1);
    let message = |_| {
        let length = 4 + dice.roll(9);
        let mut said: Vec<String> = Vec::new();
        for _ in 0..length {
            // Prefer words from the beginning of the list, so that word frequencies differ.
            let among = 20 + dice.roll(words.len());
            said.push((*words.get(dice.roll(among)).unwrap_or(&"error")).to_owned());
        }
        said.push(format!("{}{}", dice.pick(&words), dice.roll(count)));
        said.join(" ")
    };
    (0..count).map(message).collect()
}

/// Returns a knowledge base with an article for each message.
fn knowledge_base(messages: &[String]) -> Arc<KnowledgeBase> {
    let file = |stem: &str, text: String| SourceFile {
        collection: "bench".to_owned(),
        stem: stem.to_owned(),
        path: format!("bench/{stem}.yaml"),
        content: Ok(text.into_bytes()),
    };
    let article = |(nth, message): (usize, &String)| {
        let quoted = serde_json::to_string(message).unwrap_or_default();
        let rest = "description: Made up.\nsources: [https://example.com]\nreviewed: 2026-01-01\nflow:\n  end:\n    escalation: Ask.\n    contact: https://example.com\n";
        file(&format!("a{nth}"), format!("message: {quoted}\n{rest}"))
    };
    let mut files = vec![file("collection", "title: Made up\n".to_owned())];
    files.extend(messages.iter().enumerate().map(article));
    Arc::new(load(&[Source { name: "bench".to_owned(), files, diagnostics: Vec::new() }]).kb)
}

/// Returns a message and its typed prefixes, each one character longer. Every second session has a typing error: two
/// swapped characters.
fn session<'a>(messages: &'a [String], nth: usize, letters: usize, dice: &mut Dice) -> (&'a str, Vec<String>) {
    let message = dice.pick(messages);
    let mut typed: Vec<char> = message.chars().take(letters).collect();
    if nth % 2 == 1 && typed.len() > 4 {
        let at = 2 + dice.roll(typed.len().min(LETTERS) - 3);
        typed.swap(at, at - 1);
    }
    (message, (1..=typed.len()).map(|length| typed.iter().take(length).collect()).collect())
}

/// Returns a log with random messages. Its middle line has the level `ERROR`.
fn paste(messages: &[String], lines: usize, dice: &mut Dice) -> String {
    let line = |nth: usize| {
        let level = if nth == lines / 2 { "ERROR" } else { "INFO" };
        format!("2026-03-09 14:25:{:02},528 {level} app.core: {}", nth % 60, dice.pick(messages))
    };
    (0..lines).map(line).collect::<Vec<_>>().join("\n")
}

/// Returns the run time and the result of a function.
fn time<T>(run: impl FnOnce() -> T) -> (Duration, T) {
    let start = Instant::now();
    let result = std::hint::black_box(run());
    (start.elapsed(), result)
}

/// Run times in ascending order.
struct Times(Vec<Duration>);

impl Times {
    fn of<'a, Q: ?Sized + 'a, T>(queries: impl IntoIterator<Item = &'a Q>, mut run: impl FnMut(&Q) -> T) -> Self {
        let mut times: Vec<Duration> = queries.into_iter().map(|query| time(|| run(query)).0).collect();
        times.sort_unstable();
        Self(times)
    }

    /// Returns a percentile in milliseconds.
    fn below(&self, percent: usize) -> f64 {
        let at = (self.0.len() * percent).div_ceil(100).saturating_sub(1);
        self.0.get(at).map_or(0.0, |time| time.as_secs_f64() * 1000.0)
    }
}

/// Returns the number of typed characters after which the right article stays visible. If it never does, the result is the
/// length of the session plus one.
fn letters_needed(search: &Search, session: &[String], wanted: &str) -> usize {
    let in_sight = |typed: &String| {
        let found = search.search(&SanitizedText::new(typed)).hits;
        found
            .iter()
            .take(IN_SIGHT)
            .any(|one| search.kb().articles.get(one.article).is_some_and(|article| article.message.as_str() == wanted))
    };
    session.len() - session.iter().rev().take_while(|typed| in_sight(typed)).count() + 1
}

#[expect(clippy::cast_precision_loss, reason = "bytes as megabytes with one digit")]
fn megabytes(bytes: usize) -> f64 {
    bytes as f64 / 1e6
}

fn run(count: usize) {
    let messages = messages(count);
    let text: usize = messages.iter().map(String::len).sum();
    let kb = knowledge_base(&messages);
    println!("\n{} articles, {:.1} MB of messages", kb.articles.len(), megabytes(text));

    let region = Region::new(ALLOCATOR);
    let (built, search) = time(|| Search::new(kb.clone()));
    let change = region.change();
    let held = change.bytes_allocated.saturating_sub(change.bytes_deallocated);
    let again = Times::of([(), ()].iter(), |()| Search::new(kb.clone()));
    println!(
        "  index        built in {:.2} ms, {:.1} MB held",
        again.below(1).min(built.as_secs_f64() * 1000.0),
        megabytes(held)
    );

    let mut dice = Dice(2);
    let sessions: Vec<Vec<String>> = (0..SESSIONS).map(|nth| session(&messages, nth, LETTERS, &mut dice).1).collect();
    let keys: Vec<&String> = sessions.iter().flatten().collect();
    let ours = Times::of(keys.iter().copied(), |key| search.search(&SanitizedText::new(key)));
    let skim = SkimMatcherV2::default().element_limit(65_536);
    let skim = Times::of(keys.iter().copied(), |key| {
        messages.iter().filter_map(|message| skim.fuzzy_match(message, key)).max()
    });
    let texts: Vec<Utf32String> = messages.iter().map(|message| message.as_str().into()).collect();
    let mut matcher = Matcher::new(Config::DEFAULT);
    let nucleo = Times::of(keys.iter().copied(), |key| {
        let pattern = Pattern::parse(key, CaseMatching::Ignore, Normalization::Smart);
        texts.iter().filter_map(|text| pattern.score(text.slice(..), &mut matcher)).max()
    });
    println!("  a typed key  p50 {:.3} ms, p99 {:.3} ms", ours.below(50), ours.below(99));
    for (peer, times) in [("fuzzy-matcher", &skim), ("nucleo-matcher", &nucleo)] {
        println!(
            "    {peer:14} p50 {:.3} ms, p99 {:.3} ms: {:.0} and {:.0} times ours",
            times.below(50),
            times.below(99),
            times.below(50) / ours.below(50),
            times.below(99) / ours.below(99),
        );
    }

    let mut dice = Dice(3);
    let pastes: Vec<String> = (0..PASTES).map(|_| paste(&messages, LINES, &mut dice)).collect();
    let at_once = Times::of(&pastes, |paste| search.search(&SanitizedText::new(paste)));
    println!("  a long paste p50 {:.2} ms, p99 {:.2} ms ({LINES} lines)", at_once.below(50), at_once.below(99));
    let longest = paste(&messages, MEGABYTE / 90, &mut dice);
    let (took, _) = time(|| search.search(&SanitizedText::new(&longest)));
    println!("  {:.1} MB pasted {:.1} ms", megabytes(longest.len()), took.as_secs_f64() * 1000.0);

    let mut dice = Dice(4);
    let mut needed: Vec<usize> = (0..SESSIONS * 3)
        .map(|nth| {
            let (wanted, typed) = session(&messages, nth, LONG_SESSION, &mut dice);
            letters_needed(&search, &typed, wanted)
        })
        .collect();
    needed.sort_unstable();
    println!(
        "  letters typed until the right article stays among the first {IN_SIGHT}: {} in the median",
        needed.get(needed.len() / 2).unwrap_or(&0)
    );
}

fn main() {
    let sizes = std::env::var("UNSTUCK_BENCH_SIZES").unwrap_or_else(|_| "1000,10000,100000".to_owned());
    for size in sizes.split(',') {
        run(size.trim().parse().unwrap_or_else(|_| panic!("{size} is no number of articles")));
    }
}
