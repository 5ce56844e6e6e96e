//! Runs the command and turns what came of it into an exit code.

use std::io::{IsTerminal, stdout};
use std::process::ExitCode;

use anyhow::{Result, anyhow};
use clap::Parser;

use super::output::{self, is_closed_pipe, note};
use super::{
    Cli, Command, ask, cases, check, context, diff, graph, list, new, schema, search, show, stats, test, which, wizard,
};
use crate::text::Clean;

/// Done, and the answer is yes.
pub(super) const YES: u8 = 0;
/// Done, and the answer is no.
pub(super) const NO: u8 = 1;
/// Could not.
const FAILED: u8 = 2;

/// Reads the command line, runs the command, and says what to exit with: 0 done; 1 done, and the answer is no; 2 could not.
#[must_use]
pub fn run() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) if error.use_stderr() => {
            // It repeats what was typed.
            note(Clean::new(&error.to_string()).trim_end());
            return ExitCode::from(FAILED);
        }
        Err(help) => {
            let text = help.render();
            let colored = stdout().is_terminal() && !context::no_color() && !context::is_dumb();
            let printed = output::print(&if colored { text.ansi().to_string() } else { text.to_string() });
            return code_of(printed.map(|()| YES));
        }
    };
    let code = match cli.command {
        Some(_) if cli.watch => Err(anyhow!("--watch goes with the wizard, not with another command")),
        None => wizard::run(&cli.global, &cli.query, cli.watch),
        Some(Command::Search(args)) => search::run(&cli.global, &args),
        Some(Command::List(args)) => list::run(&cli.global, &args),
        Some(Command::Show(args)) => show::run(&cli.global, &args),
        Some(Command::Ask(args)) => ask::run(&cli.global, &args),
        Some(Command::Which(args)) => which::run(&cli.global, &args),
        Some(Command::Graph(args)) => graph::run(&cli.global, &args),
        Some(Command::Test(args)) => test::run(&cli.global, &args),
        Some(Command::Cases(args)) => cases::run(&cli.global, &args),
        Some(Command::Stats(args)) => stats::run(&cli.global, &args),
        Some(Command::New(args)) => new::run(&cli.global, &args),
        Some(Command::Diff(args)) => diff::run(&cli.global, &args),
        Some(Command::Schema(args)) => schema::run(&args),
        Some(Command::Check(args)) => check::run(&cli.global, &args),
    };
    code_of(code)
}

/// What to exit with. Why something could not be done is said.
fn code_of(done: Result<u8>) -> ExitCode {
    ExitCode::from(done.unwrap_or_else(|error| {
        if is_closed_pipe(&error) {
            return YES;
        }
        note(&format!("unstuck: {}", Clean::new(&format!("{error:#}"))));
        FAILED
    }))
}
