//! Execution of the command, and its exit code.

use std::io::{IsTerminal, stdout};
use std::process::ExitCode;

use anyhow::{Result, anyhow};
use clap::Parser;

use super::output::{self, is_closed_pipe, note};
use super::{
    Cli, Command, ask, cases, check, context, diff, graph, learn, list, new, schema, search, show, situations, stats,
    test, wizard,
};
use crate::text::SanitizedText;

/// Exit code for success.
pub(super) const EXIT_OK: u8 = 0;
/// Exit code for a negative result, such as no match or a problem found.
pub(super) const EXIT_NEGATIVE: u8 = 1;
/// Exit code for errors.
const EXIT_FAILED: u8 = 2;

/// Parses the command line and runs the command. Returns the exit code: 0 for success, 1 for a negative result such as no
/// match, 2 for errors.
#[must_use]
pub fn run() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) if error.use_stderr() => {
            // Sanitize, because the message contains the arguments.
            note(SanitizedText::new(&error.to_string()).trim_end());
            return ExitCode::from(EXIT_FAILED);
        }
        Err(help) => {
            let text = help.render();
            let colored = stdout().is_terminal() && !context::no_color() && !context::is_dumb();
            let printed = output::print(&if colored { text.ansi().to_string() } else { text.to_string() });
            return code_of(printed.map(|()| EXIT_OK));
        }
    };
    let code = match cli.command {
        Some(_) if cli.watch => Err(anyhow!("--watch works only without a command")),
        None => wizard::run(&cli.global, &cli.query, cli.watch),
        Some(Command::Search(args)) => search::run(&cli.global, &args),
        Some(Command::List(args)) => list::run(&cli.global, &args),
        Some(Command::Show(args)) => show::run(&cli.global, &args),
        Some(Command::Ask(args)) => ask::run(&cli.global, &args),
        Some(Command::Situations(args)) => situations::run(&cli.global, &args),
        Some(Command::Graph(args)) => graph::run(&cli.global, &args),
        Some(Command::Test(args)) => test::run(&cli.global, &args),
        Some(Command::Cases(args)) => cases::run(&cli.global, &args),
        Some(Command::Stats(args)) => stats::run(&cli.global, &args),
        Some(Command::Learn(args)) => learn::run(&cli.global, &args),
        Some(Command::New(args)) => new::run(&cli.global, &args),
        Some(Command::Diff(args)) => diff::run(&cli.global, &args),
        Some(Command::Schema(args)) => schema::run(&args),
        Some(Command::Check(args)) => check::run(&cli.global, &args),
    };
    code_of(code)
}

/// Returns the exit code of a result, and prints its error, if any. A closed pipe is not an error.
fn code_of(done: Result<u8>) -> ExitCode {
    ExitCode::from(done.unwrap_or_else(|error| {
        if is_closed_pipe(&error) {
            return EXIT_OK;
        }
        note(&format!("unstuck: {}", SanitizedText::new(&format!("{error:#}"))));
        EXIT_FAILED
    }))
}
