//! The command line: what can be said on it. What each command does stands in a module of its own.

use std::ffi::OsString;
use std::path::PathBuf;

use anyhow::{Result, anyhow};
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::settings;
use crate::ui::Theme;
use crate::words::Audience;

mod ask;
mod cases;
mod check;
mod context;
mod diff;
mod graph;
mod list;
mod new;
mod output;
mod run;
mod schema;
mod search;
mod show;
mod stats;
mod test;
mod waiting;
mod which;
mod wizard;

pub use run::run;

/// The command line as `clap` knows it: what shells complete and the manual lists.
#[must_use]
pub fn command() -> clap::Command {
    <Cli as clap::CommandFactory>::command()
}

/// Find the error, answer a few yes/no questions, get the fix.
#[derive(Debug, Parser)]
#[command(
    name = "unstuck",
    version,
    about,
    disable_help_subcommand = true,
    after_help = "Examples:
  unstuck                                     open the wizard
  unstuck your ip address is not allowed      open it with that typed
  wl-paste | unstuck -                        open it with what was copied
  unstuck ask owner-forgot-password           walk one article, line by line
  unstuck search --json enter reset code      for scripts

Environment:
  UNSTUCK_KB               knowledge bases beside the shipped one, a list like PATH
  UNSTUCK_THEME            how the full screen looks, as --theme
  ACCESSIBLE, TERM=dumb    line by line, as --plain
  NO_COLOR                 no colors

Files:
  unstuck/cases.db         the cases that are kept, in the folder for data
  unstuck/kb               a knowledge base of your own, in the folder for settings

Exit codes: 0 done; 1 done, and the answer is no (nothing found, findings); 2 could not."
)]
pub struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    global: Global,
    /// Show each change of the given knowledge bases at once, for those who write articles
    #[arg(long)]
    watch: bool,
    /// The error message, or what is remembered of it; `-` takes it from standard input
    query: Vec<OsString>,
}

/// What goes with every command.
#[derive(Debug, Clone, Args)]
struct Global {
    /// A knowledge base beside the shipped one (repeatable; or `UNSTUCK_KB`, a list like PATH)
    #[arg(long, value_name = "DIR", global = true)]
    kb: Vec<PathBuf>,
    /// Use the given knowledge bases instead of the shipped one
    #[arg(long, global = true)]
    only: bool,
    /// Who is at the keyboard: the person who is locked out, or somebody who helps them
    #[arg(long = "as", value_parser = audiences(), value_name = "WHO", global = true)]
    who: Option<Audience>,
    /// Keep no cases this time
    #[arg(long, global = true)]
    no_history: bool,
    /// How the full screen looks (or `UNSTUCK_THEME`)
    #[arg(long, value_parser = themes(), value_name = "THEME", global = true)]
    theme: Option<Theme>,
    /// Line by line, without colors, boxes or cursor movement
    #[arg(long, global = true)]
    plain: bool,
    /// When to use colors
    #[arg(long, value_enum, value_name = "WHEN", default_value = "auto", global = true)]
    color: Color,
}

impl Global {
    /// How the full screen looks: without colors where the environment or the command line wants none.
    ///
    /// # Errors
    /// When the environment names a theme that there is not.
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
                anyhow!("UNSTUCK_THEME names no theme; the themes are {}", themes.join(", "))
            }),
        }
    }

    /// Whom the program speaks to: as the command line says, or as it was last time.
    fn audience(&self) -> Audience {
        self.who.or_else(settings::audience).unwrap_or_default()
    }
}

/// Takes the name of an audience.
fn audiences() -> impl TypedValueParser<Value = Audience> {
    let named = |name: String| Audience::from_name(&name).ok_or("no such audience");
    PossibleValuesParser::new(Audience::ALL.iter().map(|audience| audience.name())).try_map(named)
}

/// Takes the name of a theme.
fn themes() -> impl TypedValueParser<Value = Theme> {
    let named = |name: String| Theme::from_name(&name).ok_or("no such theme");
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
    /// Rank the articles for a message
    Search(SearchArgs),
    /// List all articles
    #[command(after_help = "Examples:
  unstuck list
  unstuck list --json --kb my-kb --only")]
    List(JsonArgs),
    /// Show one article to read
    Show(ShowArgs),
    /// Walk one article's flow, line by line
    Ask(AskArgs),
    /// Tell articles apart by clues
    Which(WhichArgs),
    /// Hold a knowledge base to its rules
    Check(CheckArgs),
    /// Run the scenarios of a knowledge base
    Test(TestArgs),
    /// The cases that are kept
    Cases(CasesArgs),
    /// What past cases say: where people get stuck, and which article to mend next
    #[command(after_help = "Examples:
  unstuck stats
  unstuck stats --json

It reads the cases that are kept on this machine (unstuck cases), and sends nothing anywhere.")]
    Stats(JsonArgs),
    /// Begin an article from what is known
    New(NewArgs),
    /// Say which paths a change moves
    Diff(DiffArgs),
    /// The JSON Schema of an article or a collection, for editors
    Schema(SchemaArgs),
    /// Draw an article's flow
    Graph(GraphArgs),
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  unstuck search your ip address
  unstuck search --json 403.7
  unstuck search --lines < messages.txt

It says whether one article fits (match), several could be meant (ambiguous, with the question that tells most), or none.
Exit codes: 0 found; 1 nothing found; 2 could not.")]
struct SearchArgs {
    /// The error message; `-` takes it from standard input
    #[arg(required_unless_present = "lines")]
    query: Vec<OsString>,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
    /// Print at most this many articles
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    limit: Option<u16>,
    /// One query a line of standard input, one JSON object a line out; `\n` in a line is a line break
    #[arg(long, conflicts_with = "query")]
    lines: bool,
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
    /// The id of an article, as `unstuck list` shows it
    article: String,
    /// As lines, or in the language of Mermaid or of Graphviz
    #[arg(long, value_enum, default_value = "text")]
    format: Drawing,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Drawing {
    /// Lines for a terminal
    Text,
    /// Mermaid, for Markdown
    Mermaid,
    /// Graphviz
    Dot,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  unstuck show ip-not-allowed
  unstuck show ip-not-allowed --json")]
struct ShowArgs {
    /// The id of an article, as `unstuck list` shows it
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

With --answers or --json it asks nothing and says where the walk stands after these answers.")]
struct AskArgs {
    /// The id of an article, or an error message
    #[arg(required = true)]
    article: Vec<OsString>,
    /// Answers to give: yes, no, unsure, solved, not-solved, or the number of a choice
    #[arg(long, value_name = "ANSWERS", value_delimiter = ',')]
    answers: Option<Vec<String>>,
    /// Print where the walk stands as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  unstuck which
  unstuck which --json --answers reset-code=yes,owner=no enter your emergency")]
struct WhichArgs {
    /// The error message, as far as it is known; without it, all articles are candidates
    query: Vec<OsString>,
    /// Answers to clues: CLUE=yes, CLUE=no or CLUE=unsure
    #[arg(long, value_name = "ANSWERS", value_delimiter = ',')]
    answers: Option<Vec<String>>,
    /// Print candidates, the next clue and the settled article as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  unstuck check my-kb
  unstuck check my-kb --format github        annotations beside the lines, in a workflow
  unstuck check --explain E013

Exit codes: 0 nothing found; 1 errors or warnings; 2 could not.")]
struct CheckArgs {
    /// The folder of the knowledge base; without it, the one that the other options name
    dir: Option<PathBuf>,
    /// How to print the findings
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// Say what a code means and how to mend it, such as E013
    #[arg(long, value_name = "CODE", conflicts_with_all = ["dir", "format"])]
    explain: Option<String>,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  unstuck test my-kb
  unstuck test my-kb --mutate        which changes to a flow no scenario would notice

Exit codes: 0 all passed; 1 a scenario failed, or a change was not noticed; 2 could not.")]
struct TestArgs {
    /// The folder of the knowledge base; without it, the one that the other options name
    dir: Option<PathBuf>,
    /// Change each flow in many small ways, and list the changes that no scenario notices
    #[arg(long)]
    mutate: bool,
    /// List the scenarios that pass as well
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

Cases stand in one file in your data folder (unstuck/cases.db), which only you can read. What was typed is kept in it."
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
    /// One case as a ticket in Markdown
    Show {
        /// Its number
        id: i64,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Go on with a case
    Resume {
        /// Its number
        id: i64,
    },
    /// Delete a case
    Delete {
        /// Its number
        id: i64,
    },
    /// Delete all cases that nothing was written to for some time
    Forget {
        /// For how long: 12h, 30d, 8w, 1y
        #[arg(long, value_name = "TIME")]
        older_than: String,
    },
    /// Keep cases from now on, or keep none
    Keep {
        /// `on` or `off`
        #[arg(value_parser = ["on", "off"])]
        what: String,
    },
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  unstuck new out-of-paper                 into the user's own knowledge base
  unstuck new out-of-paper --kb my-kb      into the folder my-kb, which is made where it is not there")]
struct NewArgs {
    /// The id of the new article: letters, digits and hyphens
    article: String,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  unstuck diff kb-of-yesterday kb
  unstuck diff main my-kb            the folder my-kb as it was in main, and as it is
  unstuck diff HEAD~1 HEAD           the folder kb (or that of --kb) in two revisions
  unstuck diff main:docs/kb docs/kb

Exit codes: 0 no path moved; 1 some did; 2 could not.")]
struct DiffArgs {
    /// A folder, or a revision of git
    old: String,
    /// A folder, or a revision of git
    new: String,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "Example:
  unstuck schema article > my-kb/article.schema.json

An editor with a YAML language server uses it where the first line of a file names it:
  # yaml-language-server: $schema=../article.schema.json")]
struct SchemaArgs {
    /// The kind of file
    #[arg(value_enum, default_value = "article")]
    of: Described,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Described {
    /// A file for each error
    Article,
    /// `collection.yaml`
    Collection,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// To read, with the line and the place in it
    Text,
    /// An array of objects
    Json,
    /// Annotations of a GitHub workflow
    Github,
}
