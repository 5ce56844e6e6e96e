//! Loads any bytes as an article and as a collection. Each loads or has a problem with a valid location, and another article
//! in the folder still loads.

#![no_main]

use libfuzzer_sys::fuzz_target;
use unstuck::kb::{Source, SourceFile, load};

const COLLECTION: &str = "title: Test\nfacts:\n  red: {question: Is it red?, hint: Look at it.}\n";
const OTHER_ARTICLE: &str = "message: It is dark.\nflow:\n  help: {escalation: The helpdesk}\n";
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
        file("good", "dark", OTHER_ARTICLE.as_bytes()),
        file("good", "fuzzed", bytes),
        file("odd", "collection", bytes),
        file("odd", "lonely", LONELY.as_bytes()),
    ];
    let loaded = load(&[Source { name: "test".to_owned(), files, diagnostics: Vec::new() }]);
    // A carriage return alone is a line break too.
    let lines = String::from_utf8_lossy(bytes).split(['\n', '\r']).count();
    for path in ["good/fuzzed", "odd/collection"] {
        let found = loaded.diagnostics.iter().filter(|diagnostic| diagnostic.location.file == format!("{path}.yaml"));
        let found: Vec<_> = found.collect();
        for diagnostic in &found {
            assert!(diagnostic.location.line <= lines, "{diagnostic:?}");
            assert!(
                !diagnostic.render(false).chars().any(|c| c != '\t' && unstuck::text::is_unsafe(c)),
                "{diagnostic:?}"
            );
        }
        let is_loaded = match path {
            "good/fuzzed" => loaded.kb.article_index("fuzzed").is_some(),
            _ => loaded.kb.article_index("lonely").is_some(),
        };
        assert!(is_loaded || !found.is_empty(), "{path} is not loaded and has no problem");
    }
    assert!(loaded.kb.article_index("dark").is_some(), "the other article is not loaded");
});
