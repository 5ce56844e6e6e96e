//! `unstuck` alone: the wizard, on the full screen or line by line.

use std::io::{IsTerminal, stdin, stdout};

use anyhow::{Result, bail};

use super::run::YES;
use super::{Global, context, output};
use crate::app::Model;
use crate::kb;
use crate::search::Search;
use crate::watch::Watch;
use crate::{plain, settings, terminal, words};

pub(super) fn run(global: &Global, typed: &[String], watching: bool) -> Result<u8> {
    let from_stdin = matches!(typed, [word] if word == "-");
    let folders = context::folders(global);
    if watching && folders.is_empty() {
        bail!("--watch needs a folder to watch: add --kb DIR");
    }
    let (kb, findings) = context::load_with_findings(global, &context::sources(global)?)?;
    let query = context::query(typed)?;
    let search = Search::new(kb);
    let audience = global.audience();
    if global.who.is_some() && !settings::remember(audience) {
        output::note(words::NOT_REMEMBERED);
    }
    let on_screen = stdout().is_terminal() && (stdin().is_terminal() || from_stdin);
    if global.plain || !on_screen || context::is_dumb() || accessible() {
        if watching {
            bail!("--watch needs the full screen");
        }
        let mut input: Box<dyn std::io::BufRead> =
            if from_stdin { Box::new(std::io::empty()) } else { Box::new(stdin().lock()) };
        let mut keeper = context::keeper(global);
        plain::wizard(&mut input, &mut stdout().lock(), &search, &query, &findings, audience, &mut keeper)?;
        return Ok(YES);
    }
    let watch = watching.then(|| {
        let fixed = if global.only { Vec::new() } else { vec![kb::shipped()] };
        Watch::new(fixed, folders, &findings)
    });
    let mut keeper = context::keeper(global);
    let mut model = Model::new(search, &query, findings).speaking_to(audience).offering(keeper.interrupted());
    if let Some(failure) = keeper.failure() {
        model.notify(format!("{}: {failure}", words::NO_HISTORY));
    }
    terminal::run(model, global.theme(), watch, &mut keeper)?;
    Ok(YES)
}

/// Whether the environment asks for output that a screen reader can read.
fn accessible() -> bool {
    std::env::var_os("ACCESSIBLE").is_some_and(|value| !value.is_empty() && value != "0")
}
