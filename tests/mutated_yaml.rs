//! Articles and collections that were damaged at random: each is served or found at fault in its place, within little memory, and
//! its neighbours are served all the same.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod support;

use std::fs;
use std::time::{Duration, Instant};

use fastrand::Rng;
use peak_alloc::PeakAlloc;
use support::{WHOLE_ARTICLE, WHOLE_COLLECTION, file, good, runs};
use unstuck::kb::{Finding, Source, load};
use unstuck::text::is_unsafe;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// Bytes that one damaged file may take beyond what is there before.
const MOST_MEMORY: usize = 64 << 20;

/// What means something to YAML, to the format or to a terminal.
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
    b"after: ",
    b"steps: ",
];

/// Articles to begin with, those of the shipped knowledge base among them.
fn articles() -> Vec<Vec<u8>> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/kb/access-denied");
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| !path.ends_with("collection.yaml"));
    paths.sort();
    let shipped = paths.into_iter().map(|path| fs::read(path).unwrap());
    shipped.chain([good("All glows.", "no").into_bytes(), WHOLE_ARTICLE.into()]).collect()
}

/// A part of a text.
fn part(random: &mut Rng, text: &[u8], longest: usize) -> std::ops::Range<usize> {
    let from = random.usize(..=text.len());
    from..from + random.usize(..=longest.min(text.len() - from))
}

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
            // One piece over and over.
            let piece = random.choice(PIECES).unwrap().repeat(random.usize(..2000));
            let at = random.usize(..=text.len());
            text.splice(at..at, piece);
        }
        6 => {
            // A line over and over.
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
            // Another indentation.
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

fn is_placed(finding: &Finding, text: &str) -> bool {
    let lines: Vec<&str> = text.split('\n').collect();
    let line = finding.place.line.checked_sub(1).and_then(|line| lines.get(line));
    line.is_some_and(|line| (1..=line.chars().count() + 1).contains(&finding.place.column))
}

#[test]
fn what_is_damaged_is_sound_to_begin_with() {
    let files = vec![
        file("test", "collection", WHOLE_COLLECTION.as_bytes()),
        file("test", "damaged", WHOLE_ARTICLE.as_bytes()),
    ];
    let loaded = load(&[Source { name: "test".to_owned(), files, findings: Vec::new() }]);
    assert_eq!(loaded.findings, []);
}

#[test]
fn a_damaged_file_is_served_or_found_at_fault_in_its_place() {
    let (articles, collection) = (articles(), [WHOLE_COLLECTION.into()]);
    let (mut slowest, mut largest, mut served) = (Duration::ZERO, 0, 0);
    let runs = runs(10_000, 1_000_000);
    let neighbour = good("Nothing glows.", "yes");
    for seed in 0..runs {
        let mut random = Rng::with_seed(seed);
        // Every second one is a collection; most of the articles are those that can be served with it.
        let (role, originals) = match seed % 4 {
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
            if role.starts_with("test") { file("test", "damaged", &text) } else { file("odd", "collection", &text) };
        let files = vec![
            file("test", "collection", WHOLE_COLLECTION.as_bytes()),
            file("test", "good", neighbour.as_bytes()),
            file("odd", "lonely", neighbour.replace("Nothing", "Little").replace("clues:", "# ").as_bytes()),
            damaged,
        ];
        let source = Source { name: "test".to_owned(), files, findings: Vec::new() };
        let before = MEMORY.current_usage();
        MEMORY.reset_peak_usage();
        let began = Instant::now();
        let loaded = load(&[source]);
        slowest = slowest.max(began.elapsed());
        let taken = MEMORY.peak_usage().saturating_sub(before);
        largest = largest.max(taken);
        assert!(taken <= MOST_MEMORY, "seed {seed}: {taken} bytes");
        let shown = String::from_utf8_lossy(text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&text));
        let shown = shown.replace("\r\n", "\n").replace('\r', "\n");
        let article = if role.starts_with("test") { "damaged" } else { "lonely" };
        let found: Vec<&Finding> = loaded.findings.iter().filter(|finding| finding.place.file == role).collect();
        let is_served = loaded.kb.position(article).is_some();
        served += u64::from(is_served);
        assert!(is_served || !found.is_empty(), "seed {seed}: {article} is left out in silence\n{shown}");
        for finding in found {
            assert!(is_placed(finding, &shown), "seed {seed}: {finding:?}\n{shown}");
            let said = finding.render(false);
            assert!(!said.chars().any(is_unsafe), "seed {seed}: {said:?}");
        }
        assert!(loaded.kb.position("good").is_some(), "seed {seed}: the neighbour is served");
    }
    println!("{runs} damaged files: {served} served all the same, the others found at fault");
    println!("slowest {slowest:?}, most memory {} KB", largest / 1024);
}
