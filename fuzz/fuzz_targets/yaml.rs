//! Any bytes as an article, and as a collection: each is served or found at fault, in its place; its neighbour is served all the same.

#![no_main]

use libfuzzer_sys::fuzz_target;
use unstuck::kb::{Source, SourceFile, load};

const COLLECTION: &str = "title: Test\nclues:\n  red: {question: Is it red?, hint: Look at it.}\n";
const NEIGHBOUR: &str = "message: It is dark.\nflow:\n  help: {escalation: The helpdesk}\n";
const LONELY: &str = "message: It is cold.\nflow:\n  help: {escalation: The helpdesk}\n";

fn file(collection: &str, stem: &str, content: &[u8]) -> SourceFile {
    SourceFile {
        collection: collection.to_owned(),
        stem: stem.to_owned(),
        path: format!("{collection}/{stem}.yaml"),
        content: Ok(content.to_vec()),
    }
}

fuzz_target!(|bytes: &[u8]| {
    let files = vec![
        file("good", "collection", COLLECTION.as_bytes()),
        file("good", "dark", NEIGHBOUR.as_bytes()),
        file("good", "fuzzed", bytes),
        file("odd", "collection", bytes),
        file("odd", "lonely", LONELY.as_bytes()),
    ];
    let loaded = load(&[Source { name: "test".to_owned(), files, findings: Vec::new() }]);
    // A lone carriage return is a line break too.
    let lines = String::from_utf8_lossy(bytes).split(['\n', '\r']).count();
    for path in ["good/fuzzed", "odd/collection"] {
        let found = loaded.findings.iter().filter(|finding| finding.place.file == format!("{path}.yaml"));
        let found: Vec<_> = found.collect();
        for finding in &found {
            assert!(finding.place.line <= lines, "{finding:?}");
            assert!(!finding.render(false).chars().any(|c| c != '\t' && unstuck::text::is_unsafe(c)), "{finding:?}");
        }
        let is_served = match path {
            "good/fuzzed" => loaded.kb.position("fuzzed").is_some(),
            _ => loaded.kb.position("lonely").is_some(),
        };
        assert!(is_served || !found.is_empty(), "{path} is not served, and nothing says why");
    }
    assert!(loaded.kb.position("dark").is_some(), "the neighbour is served");
});
