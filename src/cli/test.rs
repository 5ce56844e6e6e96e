//! `unstuck test`: run the scenarios of a knowledge base.

use std::fmt::Write;

use anyhow::{Result, bail};

use super::run::{NO, YES};
use super::{Global, TestArgs, context, output};
use crate::kb::{KnowledgeBase, Place};
use crate::scenarios::{Coverage, Mutant, Suite};
use crate::text::Clean;
use crate::words;

pub(super) fn run(global: &Global, args: &TestArgs) -> Result<u8> {
    let (kb, findings) = context::load_with_findings(args.dir.as_deref(), global)?;
    let suite = Suite::run(kb.clone());
    let failed = suite.runs.iter().filter(|run| run.failure.is_some()).count();
    let mut report = String::new();
    for run in suite.runs.iter().filter(|run| args.verbose || run.failure.is_some()) {
        let Some(scenario) = suite.scenario(run) else { continue };
        let mark = if run.failure.is_some() { "FAILED" } else { "ok" };
        _ = writeln!(report, "{mark}  {}: {}", at(&scenario.place), scenario.name.one_line());
        if let Some(failure) = &run.failure {
            _ = writeln!(report, "        {failure}");
        }
    }
    let coverage = suite.coverage();
    untested(&kb, &coverage, &mut report);
    let mut survived = 0;
    if args.mutate && failed == 0 {
        let (count, survivors) = suite.survivors();
        survived = survivors.len();
        mutants(count, &survivors, &mut report);
        if !coverage.articles.is_empty() {
            report.push_str("An article without a scenario has no mutants: no change to it would be noticed.\n");
        }
    }
    _ = writeln!(
        report,
        "{}: {} passed, {failed} failed",
        words::count(suite.runs.len(), "scenario"),
        suite.runs.len() - failed
    );
    if args.mutate && failed > 0 {
        report.push_str("no mutants were tried: mend the scenarios that fail first\n");
    }
    output::print(&report)?;
    if let Some(left_out) = findings.iter().find(|finding| finding.is_error()) {
        bail!("not everything was tested. {}", words::broken(left_out, 0));
    }
    // Of an article without a scenario, no change would be noticed.
    let unguarded = args.mutate && !coverage.articles.is_empty();
    Ok(if failed == 0 && survived == 0 && !unguarded { YES } else { NO })
}

/// What no scenario walks through.
fn untested(kb: &KnowledgeBase, coverage: &Coverage, report: &mut String) {
    if *coverage == Coverage::default() {
        return;
    }
    report.push_str("No scenario walks through:\n");
    for article in coverage.articles.iter().filter_map(|at| kb.articles.get(*at)) {
        _ = writeln!(report, "  {}: the whole article `{}`", at(&article.place), article.id);
    }
    for node in coverage.nodes.iter().filter_map(|at| kb.node(*at)) {
        _ = writeln!(report, "  {}: the node `{}`", at(&node.place), node.name);
    }
    for (node, answer) in coverage.ways.iter().filter_map(|(at, answer)| Some((kb.node(*at)?, *answer))) {
        let label = words::label(&node.kind, answer);
        _ = writeln!(report, "  {}: \"{label}\" at `{}`", at(&node.place), node.name);
    }
    report.push('\n');
}

fn mutants(count: usize, survivors: &[Mutant], report: &mut String) {
    if !survivors.is_empty() {
        report.push_str("No scenario notices when this is changed:\n");
        for mutant in survivors {
            _ = writeln!(report, "  {}: {}", at(&mutant.place), mutant.what);
        }
        report.push('\n');
    }
    _ = writeln!(
        report,
        "{}: {} noticed, {} not",
        words::count(count, "mutant"),
        count - survivors.len(),
        survivors.len()
    );
}

fn at(place: &Place) -> String {
    Clean::new(&format!("{}:{}", place.file, place.line)).one_line()
}
