//! `unstuck schema`: prints the JSON Schema for the files of a knowledge base.

use anyhow::Result;

use super::run::EXIT_OK;
use super::{SchemaArgs, SchemaKind, output};

const ARTICLE: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/schema/article.json"));
const COLLECTION: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/schema/collection.json"));
const SCENARIOS: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/schema/scenarios.json"));

pub(super) fn run(args: &SchemaArgs) -> Result<u8> {
    output::print(match args.of {
        SchemaKind::Article => ARTICLE,
        SchemaKind::Collection => COLLECTION,
        SchemaKind::Scenarios => SCENARIOS,
    })?;
    Ok(EXIT_OK)
}
