//! Randomly damaged articles and collections.
//!
//! Each damaged file must load or be reported with a valid location, within a memory limit. The other files must load.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod support;

use std::fs;
use std::time::{Duration, Instant};

use fastrand::Rng;
use peak_alloc::PeakAlloc;
use support::{WHOLE_ARTICLE, WHOLE_COLLECTION, file, good, runs};
use unstuck::kb::{Diagnostic, Source, load};
use unstuck::text::is_unsafe;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// Limit for the additional memory while one damaged file loads, in bytes.
const MAX_MEMORY: usize = 64 << 20;

/// Texts with a meaning in YAML, in the article format or in a terminal.
const PIECES: [&[u8]; 44] = [
    b":",
    b": ",
    b"- ",
    b"-",
    b"\n",
    b"\r",
    b"\t",
    b" ",
    b"  ",
    b"\"",
    b"'",
    b"|\n",
    b">-\n",
    b"{",
    b"}",
    b"[",
    b"]",
    b",",
    b"#",
    b" #",
    b"&a ",
    b"*a",
    b"!!str ",
    b"!x ",
    b"%TAG ! tag:x,2000:\n",
    b"\n---\n",
    b"\n...\n",
    b"<<: ",
    b"? ",
    b"~",
    b"\0",
    b"\x1b[2J",
    b"\x7f",
    b"\xc2\x9b",
    b"\xff",
    b"\xe2\x80\xae",
    b"\xef\xbb\xbf",
    b"\\u202e",
    b"\\e",
    b"goto: ",
    b"yes: ",
    b"choices: ",
    b"requires: ",
    b"steps: ",
];

/// Returns the articles to damage, including those of the built-in knowledge base.
fn articles() -> Vec<Vec<u8>> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/kb/access-denied");
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| !path.ends_with("collection.yaml"));
    paths.sort();
    let builtin = paths.into_iter().map(|path| fs::read(path).unwrap());
    builtin.chain([good("All glows.", "no").into_bytes(), WHOLE_ARTICLE.into()]).collect()
}

/// Returns a random range of a text, at most `longest` bytes long.
fn part(random: &mut Rng, text: &[u8], longest: usize) -> std::ops::Range<usize> {
    let from = random.usize(..=text.len());
    from..from + random.usize(..=longest.min(text.len() - from))
}

/// Changes a text at random.
fn damage(random: &mut Rng, text: &mut Vec<u8>, others: &[Vec<u8>]) {
    match random.u8(..12) {
        0 => {
            let at = random.usize(..=text.len().saturating_sub(1));
            text.get_mut(at).into_iter().for_each(|byte| *byte = random.u8(..));
        }
        1 => drop(text.drain(part(random, text, 40))),
        2 => text.truncate(random.usize(..=text.len())),
        3 => {
            let piece: Vec<u8> = text[part(random, text, 200)].to_vec();
            let at = random.usize(..=text.len());
            text.splice(at..at, piece);
        }
        4 => {
            let other = random.choice(others).unwrap();
            let piece = other[part(random, other, 400)].to_vec();
            let at = part(random, text, 400);
            text.splice(at, piece);
        }
        5 => {
            // Insert a piece many times.
            let piece = random.choice(PIECES).unwrap().repeat(random.usize(..2000));
            let at = random.usize(..=text.len());
            text.splice(at..at, piece);
        }
        6 => {
            // Repeat a line many times.
            let lines: Vec<&[u8]> = text.split_inclusive(|byte| *byte == b'\n').collect();
            let mut lines: Vec<Vec<u8>> = lines.into_iter().map(<[u8]>::to_vec).collect();
            if let Some(at) = (!lines.is_empty()).then(|| random.usize(..lines.len())) {
                lines[at] = lines[at].repeat(random.usize(..200));
            }
            *text = lines.concat();
        }
        7 => {
            let mut lines: Vec<Vec<u8>> = text.split(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
            let (one, other) = (random.usize(..lines.len()), random.usize(..lines.len()));
            lines.swap(one, other);
            *text = lines.join(&b'\n');
        }
        8 => {
            // Indent a line.
            let mut lines: Vec<Vec<u8>> = text.split(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
            let at = random.usize(..lines.len());
            lines[at].splice(..0, vec![b' '; random.usize(..9)]);
            *text = lines.join(&b'\n');
        }
        _ => {
            let at = random.usize(..=text.len());
            text.splice(at..at, random.choice(PIECES).unwrap().iter().copied());
        }
    }
}

/// Whether the location of a diagnostic is within the text.
fn has_valid_location(diagnostic: &Diagnostic, text: &str) -> bool {
    let lines: Vec<&str> = text.split('\n').collect();
    let line = diagnostic.location.line.checked_sub(1).and_then(|line| lines.get(line));
    line.is_some_and(|line| (1..=line.chars().count() + 1).contains(&diagnostic.location.column))
}

#[test]
fn undamaged_samples_have_no_problems() {
    let files = vec![
        file("test", "collection", WHOLE_COLLECTION.as_bytes()),
        file("test", "damaged", WHOLE_ARTICLE.as_bytes()),
    ];
    let loaded = load(&[Source { name: "test".to_owned(), files, diagnostics: Vec::new() }]);
    assert_eq!(loaded.diagnostics, []);
}

#[test]
fn damaged_file_loads_or_is_reported_with_a_valid_location() {
    let (articles, collection) = (articles(), [WHOLE_COLLECTION.into()]);
    let (mut slowest, mut largest, mut loaded_count) = (Duration::ZERO, 0, 0);
    let runs = runs(10_000, 1_000_000);
    let neighbor = good("Nothing glows.", "yes");
    for seed in 0..runs {
        let mut random = Rng::with_seed(seed);
        // Half of the files are collections. Half of the others are one of the last two articles, which load with the collection.
        let (path, originals) = match seed % 4 {
            0 => ("test/damaged.yaml", articles.as_slice()),
            1 => ("test/damaged.yaml", articles.get(articles.len() - 2..).unwrap()),
            _ => ("odd/collection.yaml", collection.as_slice()),
        };
        let mut text: Vec<u8> = random.choice(originals).unwrap().clone();
        let most = random.usize(1..5);
        for _ in 0..random.usize(1..=most) {
            damage(&mut random, &mut text, originals);
        }
        let damaged =
            if path.starts_with("test") { file("test", "damaged", &text) } else { file("odd", "collection", &text) };
        let files = vec![
            file("test", "collection", WHOLE_COLLECTION.as_bytes()),
            file("test", "good", neighbor.as_bytes()),
            file("odd", "lonely", neighbor.replace("Nothing", "Little").replace("known:", "# ").as_bytes()),
            damaged,
        ];
        let source = Source { name: "test".to_owned(), files, diagnostics: Vec::new() };
        let before = MEMORY.current_usage();
        MEMORY.reset_peak_usage();
        let start = Instant::now();
        let loaded = load(&[source]);
        slowest = slowest.max(start.elapsed());
        let used = MEMORY.peak_usage().saturating_sub(before);
        largest = largest.max(used);
        assert!(used <= MAX_MEMORY, "seed {seed}: {used} bytes");
        let shown = String::from_utf8_lossy(text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&text));
        let shown = shown.replace("\r\n", "\n").replace('\r', "\n");
        let article = if path.starts_with("test") { "damaged" } else { "lonely" };
        let found: Vec<&Diagnostic> =
            loaded.diagnostics.iter().filter(|diagnostic| diagnostic.location.file == path).collect();
        let is_loaded = loaded.kb.article_index(article).is_some();
        loaded_count += u64::from(is_loaded);
        assert!(is_loaded || !found.is_empty(), "seed {seed}: {article} is skipped without a diagnostic\n{shown}");
        for diagnostic in found {
            assert!(has_valid_location(diagnostic, &shown), "seed {seed}: {diagnostic:?}\n{shown}");
            let rendered = diagnostic.render(false);
            assert!(!rendered.chars().any(is_unsafe), "seed {seed}: {rendered:?}");
        }
        assert!(loaded.kb.article_index("good").is_some(), "seed {seed}: the good article is not loaded");
    }
    println!("{runs} damaged files: {loaded_count} loaded, the others reported");
    println!("slowest {slowest:?}, most memory {} KB", largest / 1024);
}
