//! The JSON Schema agrees with the loader: it accepts the built-in files and rejects articles with an invalid structure.

#![expect(clippy::unwrap_used, reason = "tests")]

mod support;

use std::fs;
use std::path::Path;

use jsonschema::Validator;
use serde_json::Value;
use support::Folder;

fn schema(kind: &str) -> Validator {
    let schema: Value = serde_json::from_str(&Folder::new().run(&["schema", kind], 0).0).unwrap();
    assert_eq!(schema.get("$schema").unwrap(), "http://json-schema.org/draft-07/schema#");
    jsonschema::draft7::new(&schema).unwrap()
}

/// Returns a YAML file as JSON, as an editor reads it.
fn json(yaml: &str) -> Value {
    serde_json::to_value(serde_yaml::from_str::<serde_yaml::Value>(yaml).unwrap()).unwrap()
}

fn files(folder: &str) -> Vec<(String, String)> {
    let entries = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path()).filter(|path| path.is_file());
    paths
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read_to_string(path).unwrap()))
        .collect()
}

#[test]
fn builtin_files_name_and_match_their_schema() {
    let (article, collection, scenarios) = (schema("article"), schema("collection"), schema("scenarios"));
    for (name, text) in ["kb/access-denied", "kb/error-codes"].into_iter().flat_map(files) {
        let (kind, schema) = match name.as_str() {
            "collection.yaml" => ("collection", &collection),
            name if name.ends_with(".scenarios.yaml") => ("scenarios", &scenarios),
            _ => ("article", &article),
        };
        let first = format!("# yaml-language-server: $schema=../../docs/schema/{kind}.json\n");
        assert!(text.starts_with(&first), "{name}");
        let errors: Vec<String> = schema.iter_errors(&json(&text)).map(|error| error.to_string()).collect();
        assert_eq!(errors, [""; 0], "{name}");
    }
}

/// Codes for errors in the structure of an article, which a schema can detect. It does not know the roles of a collection (E018).
const STRUCTURE_CODES: [&str; 7] = ["E010", "E011", "E012", "E016", "E017", "E022", "E026"];

/// Fixture with an invalid link within a text, which a schema cannot detect.
const LINK_IN_A_TEXT: &str = "E022-in-a-text.txt";

#[test]
fn schema_rejects_articles_with_an_invalid_structure() {
    let (article_schema, scenario_schema) = (schema("article"), schema("scenarios"));
    let mut rejected = 0;
    for (name, text) in files("tests/diagnostics") {
        let scenarios = text.split("==== kb/test/bad.scenarios.yaml\n").nth(1).map(|part| (part, &scenario_schema));
        let article = text.split("==== kb/test/bad.yaml\n").nth(1).map(|part| (part, &article_schema));
        let Some((article, schema)) = scenarios.or(article) else { continue };
        let article = article.split("==== ").next().unwrap().replace("{today}", "2026-11-24");
        let code = name.split('-').next().unwrap();
        let Ok(yaml) = serde_yaml::from_str::<serde_yaml::Value>(&article) else { continue };
        let passes = schema.is_valid(&serde_json::to_value(yaml).unwrap());
        if STRUCTURE_CODES.contains(&code) && name != LINK_IN_A_TEXT {
            assert!(!passes, "the schema accepts {name}");
            rejected += 1;
        } else if code.starts_with('W') {
            assert!(
                passes,
                "{name}: {:?}",
                schema.iter_errors(&json(&article)).map(|e| e.to_string()).collect::<Vec<_>>()
            );
        }
    }
    assert!(rejected >= STRUCTURE_CODES.len(), "only {rejected} fixtures were rejected");
}
