//! `unstuck` alone: the wizard, on the full screen or line by line.

use std::io::{IsTerminal, stdin, stdout};

use anyhow::Result;

use super::run::YES;
use super::{Global, context, output};
use crate::app::Model;
use crate::search::Search;
use crate::{plain, settings, terminal, words};

pub(super) fn run(global: &Global, typed: &[String]) -> Result<u8> {
    let from_stdin = matches!(typed, [word] if word == "-");
    let (kb, findings) = context::load_with_findings(global, &context::sources(global)?)?;
    let query = context::query(typed)?;
    let search = Search::new(kb);
    let audience = global.audience();
    if global.who.is_some() && !settings::remember(audience) {
        output::note(words::NOT_REMEMBERED);
    }
    let on_screen = stdout().is_terminal() && (stdin().is_terminal() || from_stdin);
    if global.plain || !on_screen || context::is_dumb() || accessible() {
        let mut input: Box<dyn std::io::BufRead> =
            if from_stdin { Box::new(std::io::empty()) } else { Box::new(stdin().lock()) };
        plain::wizard(&mut input, &mut stdout().lock(), &search, &query, &findings, audience)?;
        return Ok(YES);
    }
    terminal::run(Model::new(search, &query, findings).speaking_to(audience), global.theme())?;
    Ok(YES)
}

/// Whether the environment asks for output that a screen reader can read.
fn accessible() -> bool {
    std::env::var_os("ACCESSIBLE").is_some_and(|value| !value.is_empty() && value != "0")
}
