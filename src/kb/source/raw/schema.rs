//! The JSON Schema of the files, made from the fields. The tests hold the committed copies to it, so that the program needs
//! nothing but these.

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Value, json};

use super::{Article, Collection, Escalation, Question, Solution};
use crate::kb::article;
use crate::kb::finding::{Code, Severity};

/// A mapping from names of the author's own.
pub(super) type Map<T> = BTreeMap<String, T>;

/// Declares types that stand in the schema for what an author writes.
macro_rules! written {
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

written! {
    // YAML takes `42` and `true` for other things than texts; the program does not.
    Text => |_| json_schema!({"type": ["string", "number", "boolean"]}),
    YesNo => |_| json_schema!({"enum": ["yes", "no"]}),
    Link => |_| json_schema!({"type": "string", "pattern": "^(https://|mailto:)\\S+$"}),
    Day => |_| json_schema!({"type": "string", "pattern": "^\\d{4}-\\d{2}-\\d{2}$"}),
    Actor => |_| json_schema!({"enum": actors()}),
    Way => |_| json_schema!({
        "description": "The name of a node, or `{goto: article}` or `{goto: article/node}`.",
        "anyOf": [
            {"type": ["string", "number", "boolean"]},
            {"type": "object", "properties": {"goto": {"type": "string"}}, "required": ["goto"], "additionalProperties": false},
        ],
    }),
    Silences => |generator| {
        let warnings = Code::ALL.iter().filter(|code| code.severity() == Severity::Warning);
        let reason = generator.subschema_for::<Text>();
        let properties: Map<Value> = warnings.map(|code| (code.number().to_owned(), reason.clone().into())).collect();
        json_schema!({"type": "object", "properties": properties, "additionalProperties": false})
    },
    Brought => |generator| {
        let words = generator.subschema_for::<Text>();
        let special: Map<Value> = ["message", "tried", "that"].map(|name| (name.to_owned(), words.clone().into())).into();
        let special = json!({"type": "object", "properties": special, "additionalProperties": false, "minProperties": 1, "maxProperties": 1});
        json_schema!({"type": "array", "items": {"anyOf": [words, special]}})
    },
    ExpectedSteps => |generator| {
        let words = generator.subschema_for::<Text>();
        let by: Map<Value> = actors().into_iter().map(|actor| (actor.to_owned(), words.clone().into())).collect();
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

fn actors() -> Vec<&'static str> {
    article::Actor::ALL.iter().map(|actor| actor.name()).collect()
}

/// A question has yes and no, or choices; only the first can be a clue.
pub(super) fn ways() -> Value {
    json!([
        {"required": ["yes", "no"], "not": {"required": ["choices"]}},
        {"required": ["choices"], "not": {"required": ["clue"]}},
    ])
}

/// A step is done by somebody, or is taken from elsewhere.
pub(super) fn steps() -> Value {
    json!([{"required": ["by", "do"]}, {"required": ["goto"], "maxProperties": 1}])
}

/// What `after` goes with.
pub(super) fn after() -> Value {
    json!({"after": ["irreversible"]})
}

fn generated<T: JsonSchema>() -> String {
    let schema = SchemaSettings::draft07().into_generator().into_root_schema_for::<T>();
    serde_json::to_string_pretty(&schema).unwrap_or_default() + "\n"
}

#[test]
fn the_committed_schemas_are_current() {
    for (name, generated) in [("article", generated::<Article>()), ("collection", generated::<Collection>())] {
        let path = format!("{}/docs/schema/{name}.json", env!("CARGO_MANIFEST_DIR"));
        if std::env::var_os("UNSTUCK_DOCS").is_some() {
            std::fs::write(&path, &generated).unwrap_or_default();
        }
        let kept = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(kept == generated, "{path} is not current; `UNSTUCK_DOCS=write cargo test` makes it anew");
    }
}
