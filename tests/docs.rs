//! Documentation: its examples load, its commands run, and the generated pages are current.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::string_slice, reason = "tests")]

mod support;

use std::fmt::Write as _;

use support::Folder;
use unstuck::app::Msg;
use unstuck::app::keymap::{Binding, Context, bindings};
use unstuck::flow::Answer;
use unstuck::kb::{Diagnostic, load};

/// Returns the YAML examples of a document, in order.
fn examples(path: &str) -> Vec<String> {
    let text = std::fs::read_to_string(path).unwrap();
    let blocks = text.split("```yaml\n").skip(1);
    blocks.map(|block| block.split("```").next().unwrap().to_owned()).collect()
}

fn errors(collection: &str, article: &str) -> Vec<Diagnostic> {
    let files = [("collection", collection), ("out-of-paper", article)];
    let loaded = load(&[support::source(&files)]);
    assert!(loaded.kb.articles.len() == 1 || !loaded.diagnostics.is_empty());
    loaded.diagnostics
}

#[test]
fn readme_article_loads() {
    let examples = examples("README.md");
    assert_eq!(errors("title: Printing\n", &examples[0]), []);
    assert!(examples[0].lines().count() <= 10, "the README promises ten lines");
}

#[test]
fn guide_examples_load() {
    let examples = examples("docs/articles/first-article.md");
    assert_eq!(errors(&examples[0], &examples[1]), []);
    let collection = format!("{}{}", examples[0], examples[3]);
    let files =
        [("collection", collection.as_str()), ("out-of-paper", &examples[1]), ("out-of-paper.scenarios", &examples[2])];
    let loaded = load(&[support::source(&files)]);
    assert_eq!(loaded.diagnostics, []);
    assert_eq!(loaded.kb.articles[0].scenarios.len(), 4);
    assert_eq!(loaded.kb.situations().count(), 1);
}

/// Contexts of the key map, in the order of the page.
const CONTEXTS: [Context; 10] = [
    Context::SearchField,
    Context::List,
    Context::Disambiguate,
    Context::Question,
    Context::Solution,
    Context::End,
    Context::Handover,
    Context::EditField,
    Context::Map,
    Context::Help,
];

/// Rows of a table of keys.
fn key_rows<'a>(bindings: impl Iterator<Item = &'a Binding>) -> String {
    let row = |binding: &Binding| format!("| `{}` | {} |\n", binding.shown.replace(' ', "` `"), binding.help);
    let rows: String = bindings.map(row).collect();
    format!("\n| Key | Action |\n|---|---|\n{rows}")
}

/// Returns `docs/keys.md`, generated from the key map.
fn keys_page() -> String {
    let everywhere = |binding: &&Binding| CONTEXTS.iter().all(|context| binding.contexts.contains(context));
    let most_used = [
        (Context::Solution, Msg::Choose),
        (Context::Question, Msg::Answer(Answer::Yes)),
        (Context::Question, Msg::Answer(Answer::No)),
        (Context::Question, Msg::Answer(Answer::Unsure)),
        (Context::Solution, Msg::Tick),
        (Context::Solution, Msg::Back),
        (Context::Solution, Msg::ShowHandover),
        (Context::Solution, Msg::ReportNewError),
        (Context::Solution, Msg::HoldCase),
        (Context::Solution, Msg::CopySummary),
        (Context::Solution, Msg::NewSearch),
        (Context::Solution, Msg::Help),
    ];
    let most_used = most_used.map(|(context, msg)| bindings(context).find(|binding| binding.message == msg).unwrap());
    let mut page = "# Keys\n\nThis page lists every key in full-screen mode. It is generated from the key map. To\n\
                    regenerate it, run `UNSTUCK_DOCS=write cargo test --test docs`.\n\n## Most used keys\n"
        .to_owned();
    page += &key_rows(most_used.into_iter());
    page += "\n## On every screen\n";
    page += &key_rows(unstuck::app::keymap::BINDINGS.iter().filter(everywhere));
    for context in CONTEXTS {
        write!(page, "\n## {}\n", context.title()).unwrap();
        page += &key_rows(bindings(context).filter(|binding| !everywhere(binding)));
    }
    page
}

/// Returns a table cell: one line, with `|` escaped.
fn cell(text: impl std::fmt::Display) -> String {
    text.to_string().replace('\n', " ").replace('|', "\\|")
}

/// Rows for the arguments and options of a command that are not options of every command.
fn argument_rows(command: &clap::Command, is_global: bool) -> String {
    let own = command.get_arguments().filter(|argument| argument.is_global_set() == is_global);
    let own = own.filter(|argument| !["help", "version"].contains(&argument.get_id().as_str()));
    let row = |argument: &clap::Arg| {
        let values = argument.get_value_names().unwrap_or_default().join(" ");
        let takes_value = argument.get_action().takes_values();
        let name = match argument.get_long() {
            Some(long) if takes_value => format!("--{long} {values}"),
            Some(long) => format!("--{long}"),
            None => values.to_uppercase(),
        };
        let possible = argument.get_possible_values();
        let possible: Vec<&str> = possible.iter().map(clap::builder::PossibleValue::get_name).collect();
        let possible =
            if possible.is_empty() || !takes_value { String::new() } else { format!(": {}", possible.join(", ")) };
        format!("| `{name}` | {}{} |\n", cell(argument.get_help().unwrap_or_default()), cell(possible))
    };
    let rows: String = own.map(row).collect();
    if rows.is_empty() { rows } else { format!("\n| Argument | Meaning |\n|---|---|\n{rows}") }
}

/// The sections that follow the options in the help of a command: its title and its lines.
fn help_sections(command: &clap::Command) -> Vec<(String, Vec<String>)> {
    let help = command.get_after_long_help().or(command.get_after_help()).map(ToString::to_string).unwrap_or_default();
    let mut sections: Vec<(String, Vec<String>)> = Vec::new();
    for line in help.lines() {
        match (line.strip_suffix(':'), sections.last_mut()) {
            (Some(title), _)
                if !line.starts_with(' ') && ["Example", "Examples", "Environment", "Files"].contains(&title) =>
            {
                sections.push((title.to_owned(), Vec::new()));
            }
            (_, Some((_, lines))) if line.starts_with("  ") => lines.push(line.trim().to_owned()),
            _ if line.is_empty() => {}
            _ => sections.push((String::new(), vec![line.to_owned()])),
        }
    }
    sections
}

/// Appends one command and its subcommands to the page.
fn describe_command(command: &clap::Command, name: &str, page: &mut String) {
    let about = command.get_long_about().or(command.get_about()).unwrap();
    let usage = command.clone().bin_name(name).render_usage().to_string();
    let usage = usage.trim_start_matches("Usage: ").replace("\n       ", "\n");
    write!(page, "\n## {name}\n\n{about}\n\n```text\n{usage}\n```\n").unwrap();
    page.push_str(&argument_rows(command, false));
    for (title, lines) in help_sections(command) {
        match title.as_str() {
            "" => match lines.split_first().unwrap() {
                (line, []) => write!(page, "\n{line}\n").unwrap(),
                (line, code) => write!(page, "\n{line}\n\n```text\n{}\n```\n", code.join("\n")).unwrap(),
            },
            "Example" | "Examples" => {
                let uses = lines.iter().map(|line| line.split("     ").next().unwrap().trim());
                write!(page, "\n```sh\n{}\n```\n", uses.collect::<Vec<_>>().join("\n")).unwrap();
            }
            title => {
                let rows = lines.iter().filter_map(|line| line.split_once("  "));
                write!(page, "\n| {title} | Meaning |\n|---|---|\n").unwrap();
                for (name, meaning) in rows {
                    writeln!(page, "| `{name}` | {} |", cell(meaning.trim())).unwrap();
                }
            }
        }
    }
    for sub in command.get_subcommands() {
        describe_command(sub, &format!("{name} {}", sub.get_name()), page);
    }
}

/// Returns `docs/commands.md`, generated from the definition of the command line.
fn commands_page() -> String {
    let mut command = unstuck::cli::command();
    let mut page = "# Commands\n\nThis page lists every command and option. It is generated from the definition of the command line. To\n\
                    regenerate it, run `UNSTUCK_DOCS=write cargo test --test docs`.\n\n## Options of every command\n"
        .to_owned();
    page.push_str(&argument_rows(&command, true));
    command = command.disable_help_flag(true).disable_version_flag(true);
    describe_command(&command, "unstuck", &mut page);
    page
}

/// Checks that a generated page is current, or writes it if `UNSTUCK_DOCS` is set.
#[track_caller]
fn assert_current(name: &str, page: &str) {
    let path = format!("{}/docs/{name}", env!("CARGO_MANIFEST_DIR"));
    if std::env::var_os("UNSTUCK_DOCS").is_some() {
        std::fs::write(&path, page).unwrap();
    }
    let stored = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        stored == page,
        "docs/{name} is not current; to regenerate it, run `UNSTUCK_DOCS=write cargo test --test docs`"
    );
}

#[test]
fn keys_page_is_current() {
    assert_current("keys.md", &keys_page());
}

#[test]
fn commands_page_is_current() {
    assert_current("commands.md", &commands_page());
}

/// Returns `docs/generated/flows.md`, the flows of the built-in articles as Mermaid diagrams.
fn flows_page() -> String {
    let run = |args: &[&str]| {
        let mut command = assert_cmd::Command::cargo_bin("unstuck").unwrap();
        let home = env!("CARGO_TARGET_TMPDIR");
        let output = command.args(args).env("XDG_CONFIG_HOME", home).env_remove("UNSTUCK_KB").output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let mut page = "# Flows of the built-in articles\n\nGenerated with `unstuck graph ID --format mermaid`. To regenerate this page, run\n`UNSTUCK_DOCS=write cargo test --test docs`.\n"
        .to_owned();
    for article in &unstuck::builtin::loaded().kb.articles {
        let diagram = run(&["graph", &article.id, "--format", "mermaid"]);
        write!(page, "\n## {}\n\n> {}\n\n```mermaid\n{diagram}```\n", article.id, article.message).unwrap();
    }
    page
}

#[test]
fn flows_page_is_current() {
    assert_current("generated/flows.md", &flows_page());
}

#[test]
fn every_code_has_a_section_on_the_problems_page() {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/articles/problems.md")).unwrap();
    let sections: Vec<&str> = text.split("\n## ").skip(1).map(|section| section.split(' ').next().unwrap()).collect();
    let codes: Vec<&str> = unstuck::kb::RuleId::ALL.iter().map(|code| code.as_str()).collect();
    assert_eq!(sections, codes);
}

#[test]
fn dependencies_page_lists_and_counts_every_library() {
    let (page, manifest, lock) = (read("docs/contributing/dependencies.md"), read("Cargo.toml"), read("Cargo.lock"));
    let mut section = "";
    let mut libraries: [Vec<&str>; 2] = [Vec::new(), Vec::new()];
    for line in manifest.lines() {
        if line.starts_with('[') {
            section = line.trim_matches(['[', ']']);
        } else if let Some((name, _)) = line.split_once(" = ").filter(|_| section.ends_with("dependencies")) {
            let list = &mut libraries[usize::from(section.ends_with("dev-dependencies"))];
            // Build dependencies are also normal dependencies, so do not count them again.
            if section == "build-dependencies" {
                assert!(list.contains(&name), "{name} is only a build dependency");
            } else {
                list.push(name);
            }
        }
    }
    let rows: Vec<&str> = page.lines().filter(|line| line.starts_with("| ")).collect();
    for name in libraries.iter().flatten().map(|name| if *name == "serde_yaml" { "yaml_serde" } else { name }) {
        let is_named = |row: &&str| row.split('|').nth(1).unwrap().split([',', ' ']).any(|word| word == name);
        assert!(rows.iter().any(is_named), "{name} is not on the page of dependencies");
    }
    let packages = lock.matches("\nname = ").count();
    let [own, tests] = libraries.map(|libraries| libraries.len());
    let counts = format!(
        "unstuck uses {own} libraries, and {tests} more for the tests. With all their dependencies, the lock file contains {packages} packages."
    );
    assert!(page.contains(&counts), "{counts}");
}

fn read(path: &str) -> String {
    std::fs::read_to_string(path).unwrap()
}

/// Returns the documents and the help of each command, with their names.
fn documents() -> Vec<(String, String)> {
    let mut documents: Vec<(String, String)> =
        ["README.md", "CONTRIBUTING.md"].map(|path| (path.to_owned(), read(path))).into();
    for folder in ["docs", "docs/articles", "docs/contributing"] {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|extension| extension == "md") {
                let name = path.display().to_string();
                documents.push((name.clone(), read(&name)));
            }
        }
    }
    let mut all = vec![unstuck::cli::command()];
    while let Some(command) = all.pop() {
        let examples = command.get_after_help().map(ToString::to_string).unwrap_or_default();
        all.extend(command.get_subcommands().cloned());
        let name = command.get_name().to_owned();
        let may_lack_example =
            ["show", "resume", "delete", "forget", "keep"].contains(&name.as_str()) && examples.is_empty();
        assert!(may_lack_example || examples.contains("Example"), "the help of {name} has no example");
        // An explanation follows each example after five or more spaces.
        let lines = examples.lines().filter(|line| line.starts_with("  unstuck"));
        let typed: Vec<&str> = lines.map(|line| line.trim().split("     ").next().unwrap()).collect();
        let text = format!("```sh\n{}\n```", typed.join("\n"));
        documents.push((format!("the help of {name}"), text));
    }
    documents
}

/// Returns every command of a document: in backticks, or on a line of a shell example.
fn commands(text: &str) -> Vec<String> {
    let blocks: String = text.split("```sh\n").skip(1).map(|block| block.split("```").next().unwrap()).collect();
    let within = text.split('`').skip(1).step_by(2).filter(|part| !part.contains('\n'));
    let is_command = |line: &&str| ["unstuck ", "cargo ", "UNSTUCK_"].iter().any(|begin| line.starts_with(begin));
    within.chain(blocks.lines()).filter(is_command).map(str::to_owned).collect()
}

/// Creates a folder in which every documented command can run.
fn workspace(with_cases: bool) -> Folder {
    let folder = Folder::new();
    let guide = examples("docs/articles/first-article.md");
    folder.write("my-kb/printing/collection.yaml", &guide[0]).write("my-kb/printing/no-paper.yaml", &guide[1]);
    for copy in ["kb", "docs/kb", "old-kb"] {
        folder.write(&format!("{copy}/printing/collection.yaml"), &guide[0]);
        folder.write(&format!("{copy}/printing/no-paper.yaml"), &guide[1]);
    }
    folder.write("messages.txt", "Your IP address is not allowed.\n");
    let git = |args: &[&str]| {
        let identity = ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "init.defaultBranch=main"];
        let output =
            std::process::Command::new("git").args(identity).args(args).current_dir(folder.path()).output().unwrap();
        assert!(output.status.success(), "{output:?}");
    };
    git(&["init"]);
    git(&["add", "."]);
    git(&["commit", "-m", "one"]);
    git(&["commit", "--allow-empty", "-m", "two"]);
    for _ in 0..if with_cases { 12 } else { 0 } {
        folder.typed(&["ask", "ip-not-allowed"], "n\nn\nq\n", 0);
    }
    folder
}

#[cfg(unix)]
#[test]
fn documented_commands_run() {
    let program = assert_cmd::cargo::cargo_bin!("unstuck").display().to_string();
    let mut run_count = 0;
    for (document, text) in documents() {
        let folder = workspace(text.contains("unstuck cases"));
        for command in commands(&text) {
            if let Some(cargo) = command.find("cargo ") {
                let words: Vec<&str> = command[cargo..].split_whitespace().collect();
                for pair in words.windows(2).filter(|pair| ["--test", "--bench"].contains(&pair[0])) {
                    let folder = if pair[0] == "--test" { "tests" } else { "benches" };
                    assert!(
                        std::path::Path::new(&format!("{folder}/{}.rs", pair[1])).exists(),
                        "{document}: {command}"
                    );
                }
                continue;
            }
            if command.starts_with("UNSTUCK_") || command.contains("wl-paste") {
                continue;
            }
            let article = if command.contains(" new ") { " another" } else { " ip-not-allowed" };
            let substitutions = [
                ("[QUERY]", "ip"),
                ("QUERY", "ip"),
                ("OLD NEW", "old-kb kb"),
                ("DIR", "my-kb"),
                (" ID", article),
                (" CODE", " E013"),
                ("…", "ip"),
                ("| dot -Tsvg", ""),
            ];
            let mut line = command.replacen("unstuck", &program, 1);
            for (placeholder, value) in substitutions {
                line = line.replace(placeholder, value);
            }
            if line.ends_with("--explain") {
                line.push_str(" E001");
            }
            let mut shell = std::process::Command::new("sh");
            shell.args(["-c", &line]).current_dir(folder.path()).stdin(std::process::Stdio::null());
            shell.env_remove("UNSTUCK_KB");
            shell.env("XDG_CONFIG_HOME", folder.path().join("config")).env("XDG_DATA_HOME", folder.path().join("data"));
            let output = shell.output().unwrap();
            let printed = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
            // Some commands fail without a terminal or input. A document can also name a command without its arguments.
            let is_expected_failure = (command.contains("--watch")
                && printed.contains("works only in full-screen mode"))
                || (command.contains(" new ") && printed.contains("the input ended; nothing was saved"))
                || (command.split(' ').count() == 2 && printed.contains("required arguments were not provided"));
            let is_success = output.status.code().is_some_and(|code| code <= 1);
            assert!(
                is_success || is_expected_failure,
                "{document}: `{command}` -> {:?}\n{printed}",
                output.status.code()
            );
            run_count += 1;
        }
    }
    assert!(run_count > 50, "only {run_count} commands ran");
}

/// Returns the rows of the module map that follows `begin`, from top to bottom.
fn module_map(document: &str, begin: &str) -> Vec<Vec<String>> {
    let (_, map) = document.split_once(begin).unwrap();
    let rows = map.lines().skip(1).take_while(|line| !line.starts_with("```") && *line != "//!");
    let names = |row: &str| -> Vec<String> {
        let row = row.strip_prefix("//! |").map_or(row, |row| row.split('|').next().unwrap());
        row.split(['[', '`', ']', ',', ' ']).filter(|word| !word.is_empty()).map(str::to_owned).collect()
    };
    rows.map(names).collect()
}

#[test]
fn modules_use_only_modules_below_them_on_the_map() {
    let rows = module_map(&read("docs/contributing/architecture.md"), "```text");
    assert_eq!(
        rows,
        module_map(&read("src/lib.rs"), "//! | module | contents |\n//! |---|---|"),
        "the two module maps differ"
    );
    let place = |name: &str| {
        let row = rows.iter().position(|row| row.iter().any(|module| module == name))?;
        Some((std::cmp::Reverse(row), rows[row].iter().position(|module| module == name)))
    };
    let declared = read("src/lib.rs");
    for module in declared.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')) {
        let own = place(module).unwrap_or_else(|| panic!("{module} is not on the map"));
        let folder = std::fs::read_dir(format!("src/{module}")).into_iter().flatten();
        let files = folder.map(|entry| entry.unwrap().path()).chain([format!("src/{module}.rs").into()]);
        for file in files.filter(|file| file.extension().is_some_and(|ending| ending == "rs")) {
            let source = std::fs::read_to_string(&file).unwrap();
            for used in source.split("crate::").skip(1) {
                let listed = used.strip_prefix('{').map_or(used, |list| list.split_once('}').unwrap().0);
                let several = used.starts_with('{');
                for name in listed.split(',').take(if several { usize::MAX } else { 1 }) {
                    let name = name.trim().split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap();
                    if let Some(other) = place(name).filter(|_| name != module) {
                        assert!(other < own, "{} uses `{name}`, which is not below it on the map", file.display());
                    }
                }
            }
        }
    }
}
