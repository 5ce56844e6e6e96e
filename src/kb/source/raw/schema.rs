//! JSON Schema for the files of a knowledge base, generated from the fields in `raw`. A test compares it with the committed
//! copies, so schemars is only a dependency of the tests.

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Value, json};

use super::{Article, Collection, Escalation, Question, Scenario, Situation, Solution};
use crate::kb::Role as StepRole;
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
    Link => |_| json_schema!({"type": "string", "pattern": "^(https?://|mailto:|tel:)\\S+$"}),
    Source => |_| json_schema!({"type": "string", "pattern": "^(https?://|mailto:|tel:)\\S+$|\\s"}),
    InputForm => |_| json_schema!({"enum": input_forms()}),
    NoSituation => |_| json_schema!({"enum": ["none"]}),
    Codes => |generator| {
        let text = generator.subschema_for::<Text>();
        let facts = generator.subschema_for::<Map<YesNo>>();
        json_schema!({"anyOf": [
            {"type": "array", "items": text},
            {"type": "object", "additionalProperties": {"anyOf": [{"type": "null"}, facts]}},
        ]})
    },
    Situations => |generator| {
        let situation = generator.subschema_for::<Situation>();
        let one = json!({"type": "object", "additionalProperties": situation, "minProperties": 1, "maxProperties": 1});
        json_schema!({"type": "array", "items": one})
    },
    Day => |_| json_schema!({"type": "string", "pattern": "^\\d{4}-\\d{2}-\\d{2}$"}),
    Role => |_| json_schema!({"type": "string", "examples": roles()}),
    Target => |_| json_schema!({
        "description": "The name of a node of this article or of the collection's flow, an article, or `article/node`.",
        "type": ["string", "number", "boolean"],
    }),
    Suppressions => |generator| {
        let warnings = RuleId::ALL.iter().filter(|code| code.severity() == Severity::Warning);
        let reason = generator.subschema_for::<Text>();
        let properties: Map<Value> = warnings.map(|code| (code.as_str().to_owned(), reason.clone().into())).collect();
        json_schema!({"type": "object", "properties": properties, "additionalProperties": false})
    },
    RequiredInfos => |generator| {
        let words = generator.subschema_for::<Text>();
        let one = |name: &str| {
            let fields = json!({name: words.clone()});
            json!({"type": "object", "properties": fields, "required": [name], "additionalProperties": false})
        };
        let facts = generator.subschema_for::<Map<Text>>();
        let that = json!({
            "type": "object",
            "properties": {"that": words, "if": facts},
            "required": ["that", "if"],
            "additionalProperties": false,
        });
        json_schema!({"type": "array", "items": {"anyOf": [words, one("message"), one("tried"), that]}})
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
    StepRole::ALL.iter().map(|role| role.name()).collect()
}

fn input_forms() -> Vec<&'static str> {
    crate::kb::InputForm::ALL.iter().map(|form| form.name()).collect()
}

/// Returns the forms of a question: a question with `yes` and `no`, a question with `choices`, or the question of a fact.
pub(super) fn branches() -> Value {
    json!([
        {"required": ["question", "yes", "no"], "not": {"anyOf": [{"required": ["choices"]}, {"required": ["ask"]}]}},
        {"required": ["question", "choices"], "not": {"required": ["ask"]}},
        {"required": ["ask", "yes", "no"], "not": {"anyOf": [{"required": ["choices"]}, {"required": ["question"]}]}},
    ])
}

/// Returns the two kinds of a fact: a question or an input.
pub(super) fn fact_kinds() -> Value {
    json!([{"required": ["question"]}, {"required": ["input"]}])
}

/// Returns the two headings of an article: the error message, or the title of a situation.
pub(super) fn headings() -> Value {
    json!([{"required": ["message"]}, {"required": ["title"]}])
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
    let fixed = roles().into_iter().chain(["by", "do", "goto"]).map(|field| json!({"required": [field]}));
    let other = json!({"minProperties": 1, "not": {"anyOf": fixed.collect::<Vec<Value>>()}});
    [long, include, other].into_iter().chain(short).collect()
}

/// Returns the schema of the other fields of a step: each is the action of a role that the collection defines.
pub(super) fn other_role() -> Value {
    json!({"type": ["string", "number", "boolean"]})
}

/// Returns the dependencies between fields: `requires` needs `irreversible`.
pub(super) fn requires() -> Value {
    json!({"requires": ["irreversible"]})
}

/// Returns the schema of a file. Fields that begin with `x-` can have any value.
fn generated<T: JsonSchema>() -> String {
    let mut schema = SchemaSettings::draft07().into_generator().into_root_schema_for::<T>();
    schema.insert("patternProperties".to_owned(), json!({"^x-": true}));
    serde_json::to_string_pretty(&schema).unwrap_or_default() + "\n"
}

/// Returns the schema of a file with scenarios: a mapping from names to scenarios.
fn generated_scenarios() -> String {
    let mut schema = SchemaSettings::draft07().into_generator().into_root_schema_for::<Map<Scenario>>();
    schema.insert("title".to_owned(), json!("Scenarios"));
    schema.insert("description".to_owned(), json!("Tests of an article's flow. Run them with `unstuck test`."));
    serde_json::to_string_pretty(&schema).unwrap_or_default() + "\n"
}

#[test]
fn committed_schemas_are_current() {
    for (name, generated) in [
        ("article", generated::<Article>()),
        ("collection", generated::<Collection>()),
        ("scenarios", generated_scenarios()),
    ] {
        let path = format!("{}/docs/schema/{name}.json", env!("CARGO_MANIFEST_DIR"));
        if std::env::var_os("UNSTUCK_DOCS").is_some() {
            std::fs::write(&path, &generated).unwrap_or_default();
        }
        let committed = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(committed == generated, "{path} is not current; to regenerate it, run `UNSTUCK_DOCS=write cargo test`");
    }
}
