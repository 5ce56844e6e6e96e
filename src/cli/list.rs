//! `unstuck list`: all articles.

use anyhow::Result;
use serde::Serialize;

use super::run::YES;
use super::{Global, JsonArgs, context, output};
use crate::text::Clean;

#[derive(Serialize)]
struct Item<'a> {
    id: &'a str,
    message: &'a Clean,
    collection: &'a str,
    codes: &'a [Clean],
}

pub(super) fn run(global: &Global, args: &JsonArgs) -> Result<u8> {
    let kb = context::load(global)?;
    let items: Vec<Item<'_>> = (0..kb.articles.len())
        .filter_map(|at| kb.entry(at))
        .map(|(article, collection)| Item {
            id: &article.id,
            message: &article.message,
            collection: &collection.id,
            codes: &article.codes,
        })
        .collect();
    if args.json {
        output::print_json(&items, true)?;
    } else {
        let lines: Vec<String> =
            items.iter().map(|item| format!("{}\n    {}\n", item.id, item.message.one_line())).collect();
        output::print(&lines.concat())?;
    }
    Ok(YES)
}
