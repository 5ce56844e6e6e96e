//! `unstuck check`: checks a knowledge base for mistakes.

use std::io::IsTerminal;

use anyhow::{Result, anyhow};

use super::progress::Progress;
use super::run::{EXIT_NEGATIVE, EXIT_OK};
use super::{CheckArgs, Format, Global, context, output};
use crate::kb::{self, Diagnostic, RuleId, Severity};
use crate::report::COLUMNS;
use crate::search;
use crate::strings::{self, count};
use crate::text::{SanitizedText, wrap_words};

/// The documentation of all codes, with a section for each.
const PROBLEMS_PAGE: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/articles/problems.md"));

pub(super) fn run(global: &Global, args: &CheckArgs) -> Result<u8> {
    if let Some(code) = &args.explain {
        output::print(&explanation(code)?)?;
        return Ok(EXIT_OK);
    }
    let kb::Loaded { kb, mut diagnostics } = context::read(args.dir.as_deref(), global)?;
    let checking = Progress::begin(strings::CHECKING, kb.articles.len());
    diagnostics.extend(kb::check(&kb, context::today()));
    let kb = std::sync::Arc::new(kb);
    diagnostics.extend(search::check(&kb, &checking.done));
    drop(checking);
    let diagnostics = kb::apply_suppressions(&kb, diagnostics);
    let articles = kb.articles.len();
    match args.format {
        Format::Text => {
            let colored = context::colors(global, std::io::stdout().is_terminal());
            let report: String = diagnostics.iter().map(|diagnostic| diagnostic.render(colored) + "\n\n").collect();
            output::print(&(report + &summary(articles, &diagnostics) + "\n"))?;
        }
        Format::Json => output::print_json_array(&diagnostics)?,
        Format::Github => output::print(&diagnostics.iter().map(annotation).collect::<String>())?,
    }
    Ok(if diagnostics.is_empty() { EXIT_OK } else { EXIT_NEGATIVE })
}

/// Returns the section about a code, wrapped at [`COLUMNS`] columns.
///
/// # Errors
/// An error if no section has this code.
fn explanation(code: &str) -> Result<String> {
    let code = code.trim().to_uppercase();
    let sections = PROBLEMS_PAGE.split("\n## ").skip(1);
    let section = sections.filter(|_| !code.is_empty()).find(|section| section.split(' ').next() == Some(&code));
    let section = section.ok_or_else(|| {
        let codes: Vec<&str> = RuleId::ALL.iter().map(|code| code.as_str()).collect();
        anyhow!("there is no code `{code}`; the codes are {}", codes.join(", "))
    })?;
    let paragraphs = section.trim().split("\n\n");
    let paragraphs: Vec<String> =
        paragraphs.map(|paragraph| wrap_words(&paragraph.replace('\n', " "), COLUMNS).join("\n") + "\n").collect();
    Ok(paragraphs.join("\n"))
}

fn summary(articles: usize, diagnostics: &[Diagnostic]) -> String {
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).count();
    let warnings = diagnostics.len() - errors;
    // Articles with errors are not loaded, so there may be fewer articles than files.
    let loaded = if errors == 0 { "" } else { " loaded" };
    format!("{}{loaded}: {}, {}", count(articles, "article"), count(errors, "error"), count(warnings, "warning"))
}

/// Returns a diagnostic as a GitHub workflow command. GitHub shows the diagnostic at its line.
fn annotation(diagnostic: &Diagnostic) -> String {
    let escape = |text: &str| {
        let escaped = text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
        SanitizedText::new(&escaped).to_string()
    };
    let level = match diagnostic.code.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    // In the repository, paths contain slashes on every system.
    let file = diagnostic.location.file.replace(std::path::MAIN_SEPARATOR, "/");
    format!(
        "::{level} file={},line={},col={},title={}::{}\n",
        escape(&file).replace(':', "%3A").replace(',', "%2C"),
        diagnostic.location.line,
        diagnostic.location.column,
        diagnostic.code,
        escape(&format!("{}. {}", diagnostic.message, diagnostic.help)),
    )
}
