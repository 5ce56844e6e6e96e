//! `unstuck` without a command: the wizard, on the full screen or in plain mode.

use std::ffi::OsString;
use std::io::{IsTerminal, stdin, stdout};

use anyhow::{Result, bail};

use super::context::GivenFacts;
use super::run::EXIT_OK;
use super::{Global, context, output};
use crate::app::Model;
use crate::history::CaseRecorder;
use crate::plain::{LineIo, LineSession};
use crate::watch::Watch;
use crate::{builtin, settings, strings, terminal};

pub(super) fn run(global: &Global, typed: &[OsString], watching: bool) -> Result<u8> {
    let from_stdin = matches!(typed, [word] if word == "-");
    let folders = context::folders(global);
    if watching && folders.is_empty() {
        bail!("--watch needs a folder to watch: add --kb DIR");
    }
    // Start to watch before the files are read, so that changes in the meantime are detected.
    let watch = watching.then(|| {
        let fixed = if global.only { Vec::new() } else { vec![builtin::source()] };
        Watch::new(fixed, folders)
    });
    let (search, diagnostics) = context::search_with_diagnostics(global)?;
    let query = context::query(typed)?;
    let GivenFacts { facts, details, problems } = context::facts(global, search.kb())?;
    for problem in &problems {
        output::note(problem);
    }
    let audience = global.audience();
    if global.who.is_some() && !settings::save_audience(audience) {
        output::note(strings::SETTING_NOT_SAVED);
    }
    if !context::is_full_screen(global, stdin().is_terminal() || from_stdin) {
        if watching {
            bail!("--watch works only in full-screen mode");
        }
        let mut input: Box<dyn std::io::BufRead> =
            if from_stdin { Box::new(std::io::empty()) } else { Box::new(stdin().lock()) };
        let mut recorder = context::case_recorder(global);
        let mut output = stdout().lock();
        let lines = LineIo::new(&mut input, &mut output);
        let wizard = LineSession::new(lines, &search, audience, &mut recorder);
        wizard.with_facts(facts, details).wizard(&query, &diagnostics)?;
        return Ok(EXIT_OK);
    }
    let theme = global.theme()?;
    let watch = watch.map(|watch| watch.showing(&diagnostics));
    // Authors who watch a folder only try out their articles, so don't save these cases.
    let mut recorder = if watching { CaseRecorder::default() } else { context::case_recorder(global) };
    let mut model =
        Model::new(search, &query, diagnostics).with_audience(audience).with_history_enabled(recorder.is_enabled());
    model = model.with_facts(facts, details);
    let offered = recorder.interrupted(model.search().kb());
    model = model.with_resumable(offered);
    if let Some(problem) = problems.first() {
        model.notify(problem);
    }
    if let Some(failure) = recorder.failure() {
        model.notify(&format!("{}: {failure}", strings::NO_HISTORY));
    }
    terminal::run(model, theme, watch, &mut recorder)?;
    Ok(EXIT_OK)
}
