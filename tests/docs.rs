//! The examples of the documents are real articles.

#![expect(clippy::unwrap_used, reason = "tests")]

use std::fmt::Write as _;

use unstuck::kb::{Finding, Source, SourceFile, load};

/// The YAML examples of a document, in order.
fn examples(path: &str) -> Vec<String> {
    let text = std::fs::read_to_string(path).unwrap();
    let blocks = text.split("```yaml\n").skip(1);
    blocks.map(|block| block.split("```").next().unwrap().to_owned()).collect()
}

fn errors(collection: &str, article: &str) -> Vec<Finding> {
    let file = |stem: &str, text: &str| SourceFile {
        collection: "printing".to_owned(),
        stem: stem.to_owned(),
        path: format!("printing/{stem}.yaml"),
        content: Ok(text.as_bytes().to_vec()),
    };
    let files = vec![file("collection", collection), file("out-of-paper", article)];
    let loaded = load(&[Source { name: "docs".to_owned(), files, findings: Vec::new() }]);
    assert!(loaded.kb.articles.len() == 1 || !loaded.findings.is_empty());
    loaded.findings
}

#[test]
fn the_article_of_the_readme_is_served() {
    let examples = examples("README.md");
    assert_eq!(errors("title: Printing\n", &examples[0]), []);
    assert!(examples[0].lines().count() <= 10, "the README promises ten lines");
}

#[test]
fn the_collection_and_the_article_of_the_guide_are_served() {
    let examples = examples("docs/writing-articles.md");
    assert_eq!(errors(&examples[0], &examples[1]), []);
    assert_eq!(errors(&examples[0], &format!("{}{}", examples[1], examples[2])), []);
}

/// The page of all keys, from the one table that handling, footer and help come from.
fn keys_page() -> String {
    use unstuck::app::keymap::{Context, bindings};
    let contexts = [
        Context::Field,
        Context::List,
        Context::Tell,
        Context::Question,
        Context::Solution,
        Context::End,
        Context::Letters,
        Context::Blank,
        Context::Map,
        Context::Help,
    ];
    let mut page =
        "# Keys\n\nMade from the key map; `UNSTUCK_DOCS=write cargo test --test docs` makes it anew.\n".to_owned();
    for context in contexts {
        writeln!(page, "\n## {}\n\n| keys | |\n|---|---|", context.title()).unwrap();
        for binding in bindings(context) {
            writeln!(page, "| `{}` | {} |", binding.shown.replace(' ', "` `"), binding.help).unwrap();
        }
    }
    page
}

/// That a page which is made from something else is still what it would be made to now.
#[track_caller]
fn is_current(name: &str, page: &str) {
    let path = format!("{}/docs/{name}", env!("CARGO_MANIFEST_DIR"));
    if std::env::var_os("UNSTUCK_DOCS").is_some() {
        std::fs::write(&path, page).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == page, "docs/{name} is not current; `UNSTUCK_DOCS=write cargo test --test docs` makes it anew");
}

#[test]
fn the_page_of_the_keys_says_what_the_key_map_says() {
    is_current("keys.md", &keys_page());
}

/// The flows of the shipped articles, drawn.
fn flows_page() -> String {
    let run = |args: &[&str]| {
        let mut command = assert_cmd::Command::cargo_bin("unstuck").unwrap();
        let home = env!("CARGO_TARGET_TMPDIR");
        let output = command.args(args).env("XDG_CONFIG_HOME", home).env_remove("UNSTUCK_KB").output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let mut page = "# The flows of the shipped articles\n\nMade by `unstuck graph ID --format mermaid`; `UNSTUCK_DOCS=write cargo test --test \
                    docs` makes the page anew.\n"
        .to_owned();
    for article in &unstuck::kb::load(&[unstuck::kb::shipped()]).kb.articles {
        let drawn = run(&["graph", &article.id, "--format", "mermaid"]);
        write!(page, "\n## {}\n\n> {}\n\n```mermaid\n{drawn}```\n", article.id, article.message).unwrap();
    }
    page
}

#[test]
fn the_page_of_the_flows_shows_the_flows() {
    is_current("flows.md", &flows_page());
}

#[test]
fn every_code_has_its_section_and_no_section_is_of_no_code() {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/findings.md")).unwrap();
    let sections: Vec<&str> = text.split("\n## ").skip(1).map(|section| section.split(' ').next().unwrap()).collect();
    let codes: Vec<&str> = unstuck::kb::Code::ALL.iter().map(|code| code.number()).collect();
    assert_eq!(sections, codes);
}

#[test]
fn the_readme_counts_every_library_and_says_what_it_is_for() {
    let (readme, manifest, lock) = (read("README.md"), read("Cargo.toml"), read("Cargo.lock"));
    let mut section = "";
    let mut libraries: [Vec<&str>; 2] = [Vec::new(), Vec::new()];
    for line in manifest.lines() {
        if line.starts_with('[') {
            section = line.trim_matches(['[', ']']);
        } else if let Some((name, _)) = line.split_once(" = ").filter(|_| section.ends_with("dependencies")) {
            libraries[usize::from(section.ends_with("dev-dependencies"))].push(name);
        }
    }
    let rows: Vec<&str> = readme.lines().filter(|line| line.starts_with("| ")).collect();
    for name in libraries.iter().flatten().map(|name| if *name == "serde_yaml" { "yaml_serde" } else { name }) {
        let is_named = |row: &&str| row.split('|').nth(1).unwrap().split([',', ' ']).any(|word| word == name);
        assert!(rows.iter().any(is_named), "{name} is not in the README");
    }
    let packages = lock.matches("\nname = ").count();
    let [own, tests] = libraries.map(|libraries| libraries.len());
    let counts = format!(
        "{own} libraries, and {tests} more for the tests; with all that they need, the lock file holds {packages} packages"
    );
    assert!(readme.contains(&counts), "{counts}");
}

fn read(path: &str) -> String {
    std::fs::read_to_string(path).unwrap()
}
