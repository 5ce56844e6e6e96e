//! `unstuck situations`: lists what people say happened.

use std::collections::BTreeMap;

use anyhow::Result;
use serde::Serialize;

use super::run::EXIT_OK;
use super::{Global, JsonArgs, context, output};
use crate::kb::{FactAnswer, FactId, KnowledgeBase, Situation};
use crate::report::paragraph;
use crate::text::{SanitizedText, Voice};

#[derive(Serialize)]
struct Report<'a> {
    situations: Vec<Listed<'a>>,
}

#[derive(Serialize)]
struct Listed<'a> {
    collection: &'a str,
    text: SanitizedText,
    article: &'a str,
    facts: BTreeMap<&'a str, FactAnswer>,
}

pub(super) fn run(global: &Global, args: &JsonArgs) -> Result<u8> {
    let kb = context::load(global)?;
    let voice = global.who.map_or(Voice::You, crate::strings::Audience::voice);
    if args.json {
        let situations = kb.situations().map(|(at, one)| listed(&kb, at, one, voice)).collect();
        output::print_json(&Report { situations }, true)?;
        return Ok(EXIT_OK);
    }
    let lines = kb.situations().map(|(_, one)| {
        let article = format!("    {}\n", one.goto);
        paragraph("", &one.text.voice(voice)) + &article
    });
    output::print(&lines.collect::<String>())?;
    Ok(EXIT_OK)
}

fn listed<'a>(kb: &'a KnowledgeBase, at: usize, situation: &'a Situation, voice: Voice) -> Listed<'a> {
    let facts = situation
        .known
        .iter()
        .filter_map(|value| Some((kb.fact(FactId { collection: at, fact: value.fact })?.id.as_str(), value.answer)));
    Listed {
        collection: kb.collections.get(at).map_or("", |collection| &collection.id),
        text: situation.text.voice(voice),
        article: &situation.goto,
        facts: facts.collect(),
    }
}
