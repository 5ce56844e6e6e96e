//! JSON Schema for the files of a knowledge base, generated from the fields in `raw`. A test compares it with the committed
//! copies, so schemars is only a dependency of the tests.

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Value, json};

use super::{Article, Collection, Escalation, Question, Solution};
use crate::kb::article;
use crate::kb::diagnostic::{RuleId, Severity};

/// A mapping whose keys are chosen by the author.
pub(super) type Map<T> = BTreeMap<String, T>;

/// Declares types that exist only to define the schema of a field.
macro_rules! schema_types {
    ($($name:ident => $schema:expr,)+) => {$(
        pub(super) struct $name;

        impl JsonSchema for $name {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(generator: &mut SchemaGenerator) -> Schema {
                let schema: fn(&mut SchemaGenerator) -> Schema = $schema;
                schema(generator)
            }
        }
    )+};
}

schema_types! {
    // YAML parses `42` and `true` as a number and a Boolean. unstuck treats every scalar as text.
    Text => |_| json_schema!({"type": ["string", "number", "boolean"]}),
    YesNo => |_| json_schema!({"enum": ["yes", "no"]}),
    Link => |_| json_schema!({"type": "string", "pattern": "^(https://|mailto:)\\S+$"}),
    Day => |_| json_schema!({"type": "string", "pattern": "^\\d{4}-\\d{2}-\\d{2}$"}),
    Role => |_| json_schema!({"enum": roles()}),
    Target => |_| json_schema!({
        "description": "The name of a node, or `{goto: article}` or `{goto: article/node}`.",
        "anyOf": [
            {"type": ["string", "number", "boolean"]},
            {"type": "object", "properties": {"goto": {"type": "string"}}, "required": ["goto"], "additionalProperties": false},
        ],
    }),
    Suppressions => |generator| {
        let warnings = RuleId::ALL.iter().filter(|code| code.severity() == Severity::Warning);
        let reason = generator.subschema_for::<Text>();
        let properties: Map<Value> = warnings.map(|code| (code.as_str().to_owned(), reason.clone().into())).collect();
        json_schema!({"type": "object", "properties": properties, "additionalProperties": false})
    },
    RequiredInfos => |generator| {
        let words = generator.subschema_for::<Text>();
        let special: Map<Value> = ["message", "tried", "that"].map(|name| (name.to_owned(), words.clone().into())).into();
        let special = json!({"type": "object", "properties": special, "additionalProperties": false, "minProperties": 1, "maxProperties": 1});
        json_schema!({"type": "array", "items": {"anyOf": [words, special]}})
    },
    ExpectedSteps => |generator| {
        let words = generator.subschema_for::<Text>();
        let by: Map<Value> = roles().into_iter().map(|role| (role.to_owned(), words.clone().into())).collect();
        let by = json!({"type": "object", "properties": by, "additionalProperties": false, "minProperties": 1, "maxProperties": 1});
        json_schema!({"type": "array", "items": {"anyOf": [words, by]}})
    },
    Flow => |generator| {
        let nodes = [
            generator.subschema_for::<Question>(),
            generator.subschema_for::<Solution>(),
            generator.subschema_for::<Escalation>(),
        ];
        json_schema!({"type": "object", "minProperties": 1, "additionalProperties": {"oneOf": nodes}})
    },
}

fn roles() -> Vec<&'static str> {
    article::Role::ALL.iter().map(|role| role.name()).collect()
}

/// Returns the two forms of a question: with `yes` and `no`, or with `choices`. Only the first form can have a `clue`.
pub(super) fn branches() -> Value {
    json!([
        {"required": ["yes", "no"], "not": {"required": ["choices"]}},
        {"required": ["choices"], "not": {"required": ["clue"]}},
    ])
}

/// Returns the forms of a step: with a role as its field, with `by` and `do`, or only with `goto`.
pub(super) fn steps() -> Value {
    let long = json!({"required": ["by", "do"]});
    let include = json!({"required": ["goto"], "maxProperties": 1});
    let short = roles().into_iter().map(|role| {
        let others = roles().into_iter().filter(|other| *other != role).chain(["by", "do"]);
        let others: Vec<Value> = others.map(|other| json!({"required": [other]})).collect();
        json!({"required": [role], "not": {"anyOf": others}})
    });
    [long, include].into_iter().chain(short).collect()
}

/// Returns the dependencies between fields: `after` requires `irreversible`.
pub(super) fn after() -> Value {
    json!({"after": ["irreversible"]})
}

fn generated<T: JsonSchema>() -> String {
    let schema = SchemaSettings::draft07().into_generator().into_root_schema_for::<T>();
    serde_json::to_string_pretty(&schema).unwrap_or_default() + "\n"
}

#[test]
fn committed_schemas_are_current() {
    for (name, generated) in [("article", generated::<Article>()), ("collection", generated::<Collection>())] {
        let path = format!("{}/docs/schema/{name}.json", env!("CARGO_MANIFEST_DIR"));
        if std::env::var_os("UNSTUCK_DOCS").is_some() {
            std::fs::write(&path, &generated).unwrap_or_default();
        }
        let committed = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(committed == generated, "{path} is not current; to regenerate it, run `UNSTUCK_DOCS=write cargo test`");
    }
}
