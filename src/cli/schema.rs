//! `unstuck schema`: prints the JSON Schema for articles or collections.

use anyhow::Result;

use super::run::EXIT_OK;
use super::{SchemaArgs, SchemaKind, output};

const ARTICLE: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/schema/article.json"));
const COLLECTION: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/schema/collection.json"));

pub(super) fn run(args: &SchemaArgs) -> Result<u8> {
    output::print(match args.of {
        SchemaKind::Article => ARTICLE,
        SchemaKind::Collection => COLLECTION,
    })?;
    Ok(EXIT_OK)
}
