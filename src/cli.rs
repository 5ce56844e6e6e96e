//! The command line: its commands and options. Each command is implemented in a submodule.

use std::ffi::OsString;
use std::path::PathBuf;

use anyhow::{Result, anyhow};
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::settings;
use crate::strings::Audience;
use crate::text::Voice;
use crate::ui::Theme;

mod ask;
mod cases;
mod check;
mod context;
mod diff;
mod graph;
mod learn;
mod list;
mod new;
mod output;
mod progress;
mod run;
mod schema;
mod search;
mod show;
mod situations;
mod stats;
mod test;
mod wizard;

pub use run::run;

/// Returns the command line as a `clap` command, for shell completions and manual pages.
#[must_use]
pub fn command() -> clap::Command {
    <Cli as clap::CommandFactory>::command()
}

/// Typical uses, printed by `-h` and `--help`.
const EXAMPLES: &str = "Examples:
  unstuck                                     start with the search
  unstuck your ip address is not allowed      start with this search
  wl-paste | unstuck -                        search for the copied text
  unstuck ask owner-forgot-password           answer one article's questions
  unstuck search --json enter reset code      search from a script";

/// Find the fix for an error message by answering a few questions
///
/// Type or paste an error message, or any part of it. unstuck finds the article, asks the questions that matter, and shows who does
/// what, and in what order.
#[derive(Debug, Parser)]
#[command(
    name = "unstuck",
    version,
    disable_help_subcommand = true,
    after_help = EXAMPLES,
    after_long_help = format!("{EXAMPLES}

Environment:
  UNSTUCK_KB               knowledge bases to add, separated as in PATH
  UNSTUCK_THEME            color theme, same as --theme
  ACCESSIBLE, TERM=dumb    plain text mode, same as --plain
  NO_COLOR                 turn colors off

Files:
  unstuck/cases.db         saved cases, in your data folder
  unstuck/kb               your own knowledge base, in your settings folder
  unstuck/facts.yaml       facts that are the same for every case, in your settings folder

Exit codes: 0 success; 1 nothing found, or problems found; 2 error.")
)]
pub struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    global: Global,
    /// Reload the --kb folders whenever a file changes (for article authors)
    #[arg(long)]
    watch: bool,
    /// The error message or any part of it; `-` reads it from standard input
    query: Vec<OsString>,
}

/// Options of every command.
#[derive(Debug, Clone, Args)]
struct Global {
    /// Knowledge base folder to add to the built-in one; can be repeated (env: `UNSTUCK_KB`)
    #[arg(long, value_name = "DIR", global = true)]
    kb: Vec<PathBuf>,
    /// Use only the --kb folders, not the built-in knowledge base
    #[arg(long, global = true)]
    only: bool,
    /// Reader of the texts: the locked-out user or a helpdesk agent
    #[arg(long = "as", value_parser = audiences(), value_name = "WHO", global = true)]
    who: Option<Audience>,
    /// A fact that is the same for every case in this session, such as sso=no; can be repeated
    #[arg(long = "fact", value_name = "NAME=VALUE", global = true)]
    facts: Vec<String>,
    /// Don't save cases in this session
    #[arg(long, global = true)]
    no_history: bool,
    /// Color theme (env: `UNSTUCK_THEME`)
    #[arg(long, value_parser = themes(), value_name = "THEME", global = true)]
    theme: Option<Theme>,
    /// Plain text mode: no full screen, colors or cursor movement
    #[arg(long, global = true)]
    plain: bool,
    /// When to use colors
    #[arg(long, value_enum, value_name = "WHEN", default_value = "auto", global = true)]
    color: Color,
}

impl Global {
    /// Returns the theme of the full screen. It is [`Theme::Monochrome`] if the command line or the environment turns colors
    /// off.
    ///
    /// # Errors
    /// An error if `UNSTUCK_THEME` contains an unknown theme.
    fn theme(&self) -> Result<Theme> {
        if !context::colors(self, true) {
            return Ok(Theme::Monochrome);
        }
        let named = std::env::var_os("UNSTUCK_THEME").filter(|name| !name.is_empty());
        match (self.theme, named) {
            (Some(theme), _) => Ok(theme),
            (None, None) => Ok(Theme::Terminal),
            (None, Some(name)) => Theme::from_name(&name.to_string_lossy()).ok_or_else(|| {
                let themes: Vec<&str> = Theme::ALL.iter().map(|theme| theme.name()).collect();
                anyhow!("unknown theme in UNSTUCK_THEME; use one of: {}", themes.join(", "))
            }),
        }
    }

    /// Returns the audience from the command line, otherwise from the settings, otherwise the default.
    fn audience(&self) -> Audience {
        self.who.or_else(settings::audience).unwrap_or_default()
    }

    /// Returns the voice of JSON output: about the user, unless `--as user` is given. It does not depend on saved settings.
    fn json_voice(&self) -> Voice {
        self.who.map_or(Voice::TheUser, Audience::voice)
    }
}

/// Returns a parser for the name of an audience.
fn audiences() -> impl TypedValueParser<Value = Audience> {
    let named = |name: String| Audience::from_name(&name).ok_or("unknown audience");
    PossibleValuesParser::new(Audience::ALL.iter().map(|audience| audience.name())).try_map(named)
}

/// Returns a parser for the name of a theme.
fn themes() -> impl TypedValueParser<Value = Theme> {
    let named = |name: String| Theme::from_name(&name).ok_or("unknown theme");
    PossibleValuesParser::new(Theme::ALL.iter().map(|theme| theme.name())).try_map(named)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Color {
    /// On a terminal, unless `NO_COLOR` is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Search for an error message
    Search(SearchArgs),
    /// List all articles
    #[command(after_help = "Examples:
  unstuck list
  unstuck list --json --kb my-kb --only")]
    List(JsonArgs),
    /// Print an article
    Show(ShowArgs),
    /// Go through an article's questions in plain text
    Ask(AskArgs),
    /// List what people say happened, and the article for each
    #[command(after_help = "Examples:
  unstuck situations
  unstuck situations --json")]
    Situations(JsonArgs),
    /// Check a knowledge base for mistakes
    Check(CheckArgs),
    /// Run a knowledge base's tests (scenarios)
    Test(TestArgs),
    /// List and manage saved cases
    Cases(CasesArgs),
    /// Show where people get stuck and which article to improve next
    #[command(after_help = "Examples:
  unstuck stats
  unstuck stats --json

The statistics come from the cases saved on this computer (see unstuck cases). Nothing is sent anywhere.")]
    Stats(JsonArgs),
    /// Create an article by answering prompts
    New(NewArgs),
    /// Try out new keywords, and print those that change no other result
    Learn(LearnArgs),
    /// Show which outcomes differ between two versions
    Diff(DiffArgs),
    /// Print the JSON Schema for articles, collections or scenarios
    Schema(SchemaArgs),
    /// Print an article's flow as a diagram
    Graph(GraphArgs),
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  unstuck search your ip address
  unstuck search --json 403.7
  unstuck search --lines < messages.txt

The result is match (one article), ambiguous (several articles, with a question that separates them if their texts differ) or none.
Exit codes: 0 found; 1 nothing found; 2 error.")]
struct SearchArgs {
    /// The error message; `-` reads it from standard input
    #[arg(required_unless_present = "lines")]
    query: Vec<OsString>,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
    /// Print at most this many articles
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    limit: Option<u16>,
    /// Show how each score came about: the features, their coefficients and their contributions
    #[arg(long, conflicts_with_all = ["json", "lines"])]
    explain: bool,
    /// Read one query per line from standard input and print one JSON object per line; `\n` in a query is a line break
    #[arg(long, conflicts_with = "query")]
    lines: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "Example of a file (the two columns are separated by a tab):
  ip-not-allowed\tblocked when I work from home
  mfa-required\tit wants a code from my phone

A phrase is accepted if, as a keyword, it finds its article and changes no other result. To find out, learn searches again for messages, wordings, codes, keywords, situations and the searches of scenarios. Accepted phrases are printed as YAML for the article's keywords.
Exit codes: 0 every phrase is accepted or finds its article already; 1 some are not; 2 error.")]
struct LearnArgs {
    /// A file with one phrase per line: article, tab, phrase
    file: PathBuf,
    /// A file with more queries, one per line, whose results must not change
    #[arg(long, value_name = "FILE")]
    replay: Option<PathBuf>,
}

#[derive(Debug, Args)]
struct JsonArgs {
    /// Print JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  unstuck graph ip-not-allowed
  unstuck graph ip-not-allowed --format dot | dot -Tsvg > flow.svg")]
struct GraphArgs {
    /// Article ID, as shown by `unstuck list`
    article: String,
    /// Diagram format
    #[arg(long, value_enum, default_value = "text")]
    format: GraphFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum GraphFormat {
    /// Indented text
    Text,
    /// Mermaid, for Markdown
    Mermaid,
    /// Graphviz DOT
    Dot,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  unstuck show ip-not-allowed
  unstuck show ip-not-allowed --json")]
struct ShowArgs {
    /// Article ID, as shown by `unstuck list`
    article: String,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  unstuck ask ip-not-allowed
  unstuck ask owner-forgot-password --answers no,yes --json
  unstuck ask your ip address is not allowed

With --answers or --json, nothing is asked: unstuck prints the question, solution or contact that these answers lead to.")]
struct AskArgs {
    /// Article ID or error message
    #[arg(required = true)]
    article: Vec<OsString>,
    /// Answers in order: yes, no, unsure, solved, not-solved, or the number of a choice
    #[arg(long, value_name = "ANSWERS", value_delimiter = ',')]
    answers: Option<Vec<String>>,
    /// Print the current question, solution or contact as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  unstuck check my-kb
  unstuck check my-kb --format github        annotate lines in a GitHub workflow
  unstuck check --explain E013

Exit codes: 0 no problems; 1 errors or warnings found; 2 could not check.")]
struct CheckArgs {
    /// Knowledge base folder (default: the built-in knowledge base and the --kb folders)
    dir: Option<PathBuf>,
    /// Output format
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// Explain an error or warning code, such as E013
    #[arg(long, value_name = "CODE", conflicts_with_all = ["dir", "format"])]
    explain: Option<String>,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  unstuck test my-kb
  unstuck test my-kb --mutate        list changes to a flow that no test catches

Exit codes: 0 all passed; 1 a test failed or a change was not caught; 2 could not run.")]
struct TestArgs {
    /// Knowledge base folder (default: the built-in knowledge base and the --kb folders)
    dir: Option<PathBuf>,
    /// Mutation testing: make small changes to each flow and list those that no test catches
    #[arg(long)]
    mutate: bool,
    /// Also list the tests that pass
    #[arg(long, short)]
    verbose: bool,
}

#[derive(Debug, Args)]
#[command(
    args_conflicts_with_subcommands = true,
    after_help = "Examples:
  unstuck cases
  unstuck cases show 12 > ticket.md
  unstuck cases resume 12
  unstuck cases forget --older-than 30d

Cases are saved in unstuck/cases.db in your data folder, including everything you type. On Linux and macOS, only you can read this file."
)]
struct CasesArgs {
    #[command(subcommand)]
    command: Option<CasesCommand>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Subcommand)]
enum CasesCommand {
    /// Print a case summary in Markdown
    Show {
        /// Case number
        id: i64,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Resume a case
    Resume {
        /// Case number
        id: i64,
    },
    /// Delete a case
    Delete {
        /// Case number
        id: i64,
    },
    /// Delete all cases older than a given age
    Forget {
        /// Time since the last change, such as 12h, 30d, 8w or 1y
        #[arg(long, value_name = "TIME")]
        older_than: String,
    },
    /// Turn saving of cases on or off
    Keep {
        /// Whether to save cases
        #[arg(value_parser = ["on", "off"])]
        what: String,
    },
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  unstuck new out-of-paper                 save it in your own knowledge base
  unstuck new out-of-paper --kb my-kb      save it in my-kb (created if missing)")]
struct NewArgs {
    /// ID of the new article: letters, digits and hyphens
    article: String,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  unstuck diff old-kb kb
  unstuck diff main my-kb            compare my-kb with its version in main
  unstuck diff HEAD~1 HEAD           compare the folder kb (or --kb) in two revisions
  unstuck diff main:docs/kb docs/kb

Exit codes: 0 no differences in outcome; 1 differences; 2 could not compare.")]
struct DiffArgs {
    /// Old version: a folder or a Git revision
    old: String,
    /// New version: a folder or a Git revision
    new: String,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "Example:
  unstuck schema article > my-kb/article.schema.json

In an editor with a YAML language server, put this in the first line of each file:
  # yaml-language-server: $schema=../article.schema.json")]
struct SchemaArgs {
    /// Kind of file to describe
    #[arg(value_enum, default_value = "article")]
    of: SchemaKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum SchemaKind {
    /// An article file
    Article,
    /// `collection.yaml`
    Collection,
    /// A file with scenarios
    Scenarios,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Readable text with the lines concerned
    Text,
    /// JSON array
    Json,
    /// GitHub workflow annotations
    Github,
}
