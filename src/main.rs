//! Entry point of the `unstuck` program.

use std::process::ExitCode;

fn main() -> ExitCode {
    unstuck::cli::run()
}
