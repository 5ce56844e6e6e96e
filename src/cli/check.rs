//! `unstuck check`: hold a knowledge base to its rules.

use std::io::IsTerminal;

use anyhow::{Result, anyhow};

use super::run::{NO, YES};
use super::waiting::Waiting;
use super::{CheckArgs, Format, Global, context, output};
use crate::handout::COLUMNS;
use crate::kb::{self, Code, Finding, Severity};
use crate::search;
use crate::text::{Clean, fill};
use crate::words::{self, count};

/// A section for each code.
const EXPLAINED: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/findings.md"));

pub(super) fn run(global: &Global, args: &CheckArgs) -> Result<u8> {
    if let Some(code) = &args.explain {
        output::print(&explained(code)?)?;
        return Ok(YES);
    }
    let kb::Loaded { kb, mut findings } = context::read(args.dir.as_deref(), global)?;
    let checking = Waiting::begin(words::CHECKING, kb.articles.len());
    findings.extend(kb::check(&kb, context::today()));
    let kb = std::sync::Arc::new(kb);
    findings.extend(search::check(&kb, &checking.done));
    drop(checking);
    let findings = kb::settled(&kb, findings);
    let articles = kb.articles.len();
    match args.format {
        Format::Text => {
            let colored = context::colors(global, std::io::stdout().is_terminal());
            let report: String = findings.iter().map(|finding| finding.render(colored) + "\n\n").collect();
            output::print(&(report + &summary(articles, &findings) + "\n"))?;
        }
        Format::Json => output::print_json(&findings, true)?,
        Format::Github => output::print(&findings.iter().map(annotation).collect::<String>())?,
    }
    Ok(if findings.is_empty() { YES } else { NO })
}

/// The section of a code, in lines.
fn explained(code: &str) -> Result<String> {
    let code = code.trim().to_uppercase();
    let sections = EXPLAINED.split("\n## ").skip(1);
    let section = sections.filter(|_| !code.is_empty()).find(|section| section.split(' ').next() == Some(&code));
    let section = section.ok_or_else(|| {
        let codes: Vec<&str> = Code::ALL.iter().map(|code| code.number()).collect();
        anyhow!("there is no code `{code}`; the codes are {}", codes.join(", "))
    })?;
    let paragraphs = section.trim().split("\n\n");
    let paragraphs: Vec<String> =
        paragraphs.map(|paragraph| fill(&paragraph.replace('\n', " "), COLUMNS).join("\n") + "\n").collect();
    Ok(paragraphs.join("\n"))
}

fn summary(articles: usize, findings: &[Finding]) -> String {
    let errors = findings.iter().filter(|finding| finding.is_error()).count();
    let warnings = findings.len() - errors;
    // An error keeps its article from being served, so the number is not that of the files.
    let served = if errors == 0 { "" } else { " served" };
    format!("{}{served}: {}, {}", count(articles, "article"), count(errors, "error"), count(warnings, "warning"))
}

/// A finding as a workflow command of GitHub, which shows it beside the line.
fn annotation(finding: &Finding) -> String {
    let escape = |text: &str| {
        let escaped = text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
        Clean::new(&escaped).to_string()
    };
    let level = match finding.code.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    // The repository knows its files with slashes, whatever system the check runs on.
    let file = finding.place.file.replace(std::path::MAIN_SEPARATOR, "/");
    format!(
        "::{level} file={},line={},col={},title={}::{}\n",
        escape(&file).replace(':', "%3A").replace(',', "%2C"),
        finding.place.line,
        finding.place.column,
        finding.code,
        escape(&format!("{}. {}", finding.message, finding.help)),
    )
}
