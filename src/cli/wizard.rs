//! `unstuck` alone: the wizard, on the full screen or line by line.

use std::ffi::OsString;
use std::io::{IsTerminal, stdin, stdout};

use anyhow::{Result, bail};

use super::run::YES;
use super::{Global, context, output};
use crate::app::Model;
use crate::history::Keeper;
use crate::plain::{Lines, Plain};
use crate::watch::Watch;
use crate::{settings, shipped, terminal, words};

pub(super) fn run(global: &Global, typed: &[OsString], watching: bool) -> Result<u8> {
    let from_stdin = matches!(typed, [word] if word == "-");
    let folders = context::folders(global);
    if watching && folders.is_empty() {
        bail!("--watch needs a folder to watch: add --kb DIR");
    }
    // Begun before the files are read: what is saved meanwhile is seen.
    let watch = watching.then(|| {
        let fixed = if global.only { Vec::new() } else { vec![shipped::source()] };
        Watch::new(fixed, folders)
    });
    let (search, findings) = context::search_with_findings(global)?;
    let query = context::query(typed)?;
    let audience = global.audience();
    if global.who.is_some() && !settings::remember(audience) {
        output::note(words::NOT_REMEMBERED);
    }
    if !context::is_full_screen(global, stdin().is_terminal() || from_stdin) {
        if watching {
            bail!("--watch needs the full screen");
        }
        let mut input: Box<dyn std::io::BufRead> =
            if from_stdin { Box::new(std::io::empty()) } else { Box::new(stdin().lock()) };
        let mut keeper = context::keeper(global);
        let mut output = stdout().lock();
        let lines = Lines::new(&mut input, &mut output);
        Plain::new(lines, &search, audience, &mut keeper).wizard(&query, &findings)?;
        return Ok(YES);
    }
    let theme = global.theme()?;
    let watch = watch.map(|watch| watch.showing(&findings));
    // Who writes an article walks it to see how it reads: these are no cases.
    let mut keeper = if watching { Keeper::default() } else { context::keeper(global) };
    let mut model = Model::new(search, &query, findings).speaking_to(audience).keeping(keeper.is_keeping());
    let offered = keeper.interrupted(model.search().kb());
    model = model.offering(offered);
    if let Some(failure) = keeper.failure() {
        model.notify(&format!("{}: {failure}", words::NO_HISTORY));
    }
    terminal::run(model, theme, watch, &mut keeper)?;
    Ok(YES)
}
