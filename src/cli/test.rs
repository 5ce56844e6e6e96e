//! `unstuck test`: runs the scenarios of a knowledge base.

use std::fmt::Write;

use anyhow::{Result, bail};

use super::run::{EXIT_NEGATIVE, EXIT_OK};
use super::{Global, TestArgs, context, output};
use crate::kb::{KnowledgeBase, Location};
use crate::scenarios::{Coverage, Mutant, Suite};
use crate::strings;
use crate::text::SanitizedText;

pub(super) fn run(global: &Global, args: &TestArgs) -> Result<u8> {
    let (kb, diagnostics) = context::load_with_diagnostics(args.dir.as_deref(), global)?;
    let suite = Suite::run(kb.clone());
    let failed = suite.runs.iter().filter(|run| run.failure.is_some()).count();
    let mut report = String::new();
    for run in suite.runs.iter().filter(|run| args.verbose || run.failure.is_some()) {
        let Some(scenario) = suite.scenario(run) else { continue };
        let mark = if run.failure.is_some() { "FAILED" } else { "ok" };
        _ = writeln!(report, "{mark}  {}: {}", at(&scenario.location), scenario.name.one_line());
        if let Some(failure) = &run.failure {
            _ = writeln!(report, "        {failure}");
        }
    }
    let coverage = suite.coverage();
    untested(&kb, &coverage, &mut report);
    let mut missed = 0;
    if args.mutate && failed == 0 {
        let (count, survivors) = suite.survivors();
        missed = survivors.len();
        mutants(count, &survivors, &mut report);
        if !coverage.articles.is_empty() {
            report.push_str("Articles without scenarios were not mutated: no change to them would be noticed.\n");
        }
    }
    _ = writeln!(
        report,
        "{}: {} passed, {failed} failed",
        strings::count(suite.runs.len(), "scenario"),
        suite.runs.len() - failed
    );
    if args.mutate && failed > 0 {
        report.push_str("mutation testing was skipped: fix the failing scenarios first\n");
    }
    output::print(&report)?;
    if let Some(left_out) = diagnostics.iter().find(|diagnostic| diagnostic.is_error()) {
        bail!("some articles were not tested. {}", strings::kb_problem(left_out, 0));
    }
    // In an article without scenarios, no mutation would be caught.
    let untested_flows = args.mutate && !coverage.articles.is_empty();
    Ok(if failed == 0 && missed == 0 && !untested_flows { EXIT_OK } else { EXIT_NEGATIVE })
}

/// Adds the articles, nodes and branches that no scenario covers to the report.
fn untested(kb: &KnowledgeBase, coverage: &Coverage, report: &mut String) {
    if *coverage == Coverage::default() {
        return;
    }
    report.push_str("Not covered by any scenario:\n");
    for article in coverage.articles.iter().filter_map(|at| kb.articles.get(*at)) {
        _ = writeln!(report, "  {}: the whole article `{}`", at(&article.location), article.id);
    }
    for node in coverage.nodes.iter().filter_map(|at| kb.node(*at)) {
        _ = writeln!(report, "  {}: the node `{}`", at(&node.location), node.name);
    }
    for (node, answer) in coverage.branches.iter().filter_map(|(at, answer)| Some((kb.node(*at)?, *answer))) {
        let label = strings::label(&node.kind, answer);
        _ = writeln!(report, "  {}: \"{label}\" at `{}`", at(&node.location), node.name);
    }
    report.push('\n');
}

fn mutants(count: usize, survivors: &[Mutant], report: &mut String) {
    if !survivors.is_empty() {
        report.push_str("Changes that no scenario catches:\n");
        for mutant in survivors {
            _ = writeln!(report, "  {}: {}", at(&mutant.location), mutant.what);
        }
        report.push('\n');
    }
    _ = writeln!(
        report,
        "{}: {} caught, {} missed",
        strings::count(count, "mutant"),
        count - survivors.len(),
        survivors.len()
    );
}

fn at(location: &Location) -> String {
    SanitizedText::new(&format!("{}:{}", location.file, location.line)).one_line()
}
