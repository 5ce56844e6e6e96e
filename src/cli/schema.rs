//! `unstuck schema`: the JSON Schema of the files, for editors.

use anyhow::Result;

use super::run::YES;
use super::{Described, SchemaArgs, output};

const ARTICLE: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/schema/article.json"));
const COLLECTION: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/schema/collection.json"));

pub(super) fn run(args: &SchemaArgs) -> Result<u8> {
    output::print(match args.of {
        Described::Article => ARTICLE,
        Described::Collection => COLLECTION,
    })?;
    Ok(YES)
}
