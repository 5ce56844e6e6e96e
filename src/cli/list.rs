//! `unstuck list`: lists all articles.

use anyhow::Result;
use serde::Serialize;

use super::run::EXIT_OK;
use super::{Global, JsonArgs, context, output};
use crate::text::SanitizedText;

#[derive(Serialize)]
struct Item<'a> {
    id: &'a str,
    message: &'a SanitizedText,
    collection: &'a str,
    codes: &'a [SanitizedText],
}

pub(super) fn run(global: &Global, args: &JsonArgs) -> Result<u8> {
    let kb = context::load(global)?;
    let items: Vec<Item<'_>> = (0..kb.articles.len())
        .filter_map(|at| kb.article_with_collection(at))
        .map(|(article, collection)| Item {
            id: &article.id,
            message: &article.message,
            collection: &collection.id,
            codes: &article.codes,
        })
        .collect();
    if args.json {
        output::print_json_array(&items)?;
    } else {
        let lines: Vec<String> =
            items.iter().map(|item| format!("{}\n    {}\n", item.id, item.message.one_line())).collect();
        output::print(&lines.concat())?;
    }
    Ok(EXIT_OK)
}
