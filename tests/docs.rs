//! The examples of the documents are real articles, and their commands are taken.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::string_slice, reason = "tests")]

mod support;

use std::fmt::Write as _;

use support::Folder;
use unstuck::kb::{Finding, load};

/// The YAML examples of a document, in order.
fn examples(path: &str) -> Vec<String> {
    let text = std::fs::read_to_string(path).unwrap();
    let blocks = text.split("```yaml\n").skip(1);
    blocks.map(|block| block.split("```").next().unwrap().to_owned()).collect()
}

fn errors(collection: &str, article: &str) -> Vec<Finding> {
    let files = [("collection", collection), ("out-of-paper", article)];
    let loaded = load(&[support::source(&files)]);
    assert!(loaded.kb.articles.len() == 1 || !loaded.findings.is_empty());
    loaded.findings
}

#[test]
fn the_article_of_the_readme_is_served() {
    let examples = examples("README.md");
    assert_eq!(errors("title: Printing\n", &examples[0]), []);
    assert!(examples[0].lines().count() <= 10, "the README promises ten lines");
}

#[test]
fn the_collection_and_the_article_of_the_guide_are_served() {
    let examples = examples("docs/writing-articles.md");
    assert_eq!(errors(&examples[0], &examples[1]), []);
    assert_eq!(errors(&examples[0], &format!("{}{}", examples[1], examples[2])), []);
}

/// The page of all keys, from the one table that handling, footer and help come from.
fn keys_page() -> String {
    use unstuck::app::keymap::{Context, bindings};
    let contexts = [
        Context::Field,
        Context::List,
        Context::Tell,
        Context::Question,
        Context::Solution,
        Context::End,
        Context::Letters,
        Context::Blank,
        Context::Map,
        Context::Help,
    ];
    let mut page =
        "# Keys\n\nMade from the key map; `UNSTUCK_DOCS=write cargo test --test docs` makes it anew.\n".to_owned();
    for context in contexts {
        writeln!(page, "\n## {}\n\n| keys | |\n|---|---|", context.title()).unwrap();
        for binding in bindings(context) {
            writeln!(page, "| `{}` | {} |", binding.shown.replace(' ', "` `"), binding.help).unwrap();
        }
    }
    page
}

/// That a page which is made from something else is still what it would be made to now.
#[track_caller]
fn is_current(name: &str, page: &str) {
    let path = format!("{}/docs/{name}", env!("CARGO_MANIFEST_DIR"));
    if std::env::var_os("UNSTUCK_DOCS").is_some() {
        std::fs::write(&path, page).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == page, "docs/{name} is not current; `UNSTUCK_DOCS=write cargo test --test docs` makes it anew");
}

#[test]
fn the_page_of_the_keys_says_what_the_key_map_says() {
    is_current("keys.md", &keys_page());
}

/// The flows of the shipped articles, drawn.
fn flows_page() -> String {
    let run = |args: &[&str]| {
        let mut command = assert_cmd::Command::cargo_bin("unstuck").unwrap();
        let home = env!("CARGO_TARGET_TMPDIR");
        let output = command.args(args).env("XDG_CONFIG_HOME", home).env_remove("UNSTUCK_KB").output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let mut page = "# The flows of the shipped articles\n\nMade by `unstuck graph ID --format mermaid`; `UNSTUCK_DOCS=write cargo test --test \
                    docs` makes the page anew.\n"
        .to_owned();
    for article in &unstuck::shipped::loaded().kb.articles {
        let drawn = run(&["graph", &article.id, "--format", "mermaid"]);
        write!(page, "\n## {}\n\n> {}\n\n```mermaid\n{drawn}```\n", article.id, article.message).unwrap();
    }
    page
}

#[test]
fn the_page_of_the_flows_shows_the_flows() {
    is_current("flows.md", &flows_page());
}

#[test]
fn every_code_has_its_section_and_no_section_is_of_no_code() {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/findings.md")).unwrap();
    let sections: Vec<&str> = text.split("\n## ").skip(1).map(|section| section.split(' ').next().unwrap()).collect();
    let codes: Vec<&str> = unstuck::kb::Code::ALL.iter().map(|code| code.number()).collect();
    assert_eq!(sections, codes);
}

#[test]
fn the_readme_counts_every_library_and_says_what_it_is_for() {
    let (readme, manifest, lock) = (read("README.md"), read("Cargo.toml"), read("Cargo.lock"));
    let mut section = "";
    let mut libraries: [Vec<&str>; 2] = [Vec::new(), Vec::new()];
    for line in manifest.lines() {
        if line.starts_with('[') {
            section = line.trim_matches(['[', ']']);
        } else if let Some((name, _)) = line.split_once(" = ").filter(|_| section.ends_with("dependencies")) {
            let list = &mut libraries[usize::from(section.ends_with("dev-dependencies"))];
            // The build script has some of the program's libraries, written down a second time.
            if section == "build-dependencies" {
                assert!(list.contains(&name), "{name} is for the build alone");
            } else {
                list.push(name);
            }
        }
    }
    let rows: Vec<&str> = readme.lines().filter(|line| line.starts_with("| ")).collect();
    for name in libraries.iter().flatten().map(|name| if *name == "serde_yaml" { "yaml_serde" } else { name }) {
        let is_named = |row: &&str| row.split('|').nth(1).unwrap().split([',', ' ']).any(|word| word == name);
        assert!(rows.iter().any(is_named), "{name} is not in the README");
    }
    let packages = lock.matches("\nname = ").count();
    let [own, tests] = libraries.map(|libraries| libraries.len());
    let counts = format!(
        "{own} libraries, and {tests} more for the tests; with all that they need, the lock file holds {packages} packages"
    );
    assert!(readme.contains(&counts), "{counts}");
}

fn read(path: &str) -> String {
    std::fs::read_to_string(path).unwrap()
}

/// The documents, and the help of each command, with their names.
fn documents() -> Vec<(String, String)> {
    let mut documents: Vec<(String, String)> =
        ["README.md", "CONTRIBUTING.md"].map(|path| (path.to_owned(), read(path))).into();
    for entry in std::fs::read_dir("docs").unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|ending| ending == "md") {
            let name = path.display().to_string();
            documents.push((name.clone(), read(&name)));
        }
    }
    let mut all = vec![unstuck::cli::command()];
    while let Some(command) = all.pop() {
        let examples = command.get_after_help().map(ToString::to_string).unwrap_or_default();
        all.extend(command.get_subcommands().cloned());
        let name = command.get_name().to_owned();
        let is_deeper = ["show", "resume", "delete", "forget", "keep"].contains(&name.as_str()) && examples.is_empty();
        assert!(is_deeper || examples.contains("Example"), "the help of {name} has no example");
        // What stands behind an example says what it does.
        let lines = examples.lines().filter(|line| line.starts_with("  unstuck"));
        let typed: Vec<&str> = lines.map(|line| line.trim().split("     ").next().unwrap()).collect();
        let text = format!("```sh\n{}\n```", typed.join("\n"));
        documents.push((format!("the help of {name}"), text));
    }
    documents
}

/// Every command of a document: what stands between backticks, or on a line of an example for a shell.
fn commands(text: &str) -> Vec<String> {
    let blocks: String = text.split("```sh\n").skip(1).map(|block| block.split("```").next().unwrap()).collect();
    let within = text.split('`').skip(1).step_by(2).filter(|part| !part.contains('\n'));
    let is_command = |line: &&str| ["unstuck ", "cargo ", "UNSTUCK_"].iter().any(|begin| line.starts_with(begin));
    within.chain(blocks.lines()).filter(is_command).map(str::to_owned).collect()
}

/// A folder in which each of them makes sense.
fn desk(with_cases: bool) -> Folder {
    let folder = Folder::new();
    let guide = examples("docs/writing-articles.md");
    folder.write("my-kb/printing/collection.yaml", &guide[0]).write("my-kb/printing/no-paper.yaml", &guide[1]);
    for copy in ["kb", "docs/kb", "kb-of-yesterday"] {
        folder.write(&format!("{copy}/printing/collection.yaml"), &guide[0]);
        folder.write(&format!("{copy}/printing/no-paper.yaml"), &guide[1]);
    }
    folder.write("messages.txt", "Your IP address is not allowed.\n");
    let git = |args: &[&str]| {
        let who = ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "init.defaultBranch=main"];
        let done = std::process::Command::new("git").args(who).args(args).current_dir(folder.path()).output().unwrap();
        assert!(done.status.success(), "{done:?}");
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
fn every_command_of_the_documents_and_of_the_help_is_taken() {
    let program = assert_cmd::cargo::cargo_bin!("unstuck").display().to_string();
    let mut taken = 0;
    for (document, text) in documents() {
        let folder = desk(text.contains("unstuck cases"));
        for command in commands(&text) {
            if let Some(cargo) = command.find("cargo ") {
                let words: Vec<&str> = command[cargo..].split_whitespace().collect();
                for named in words.windows(2).filter(|pair| ["--test", "--bench"].contains(&pair[0])) {
                    let folder = if named[0] == "--test" { "tests" } else { "benches" };
                    assert!(
                        std::path::Path::new(&format!("{folder}/{}.rs", named[1])).exists(),
                        "{document}: {command}"
                    );
                }
                continue;
            }
            if command.starts_with("UNSTUCK_") || command.contains("wl-paste") {
                continue;
            }
            let article = if command.contains(" new ") { " another" } else { " ip-not-allowed" };
            let meant = [
                ("[QUERY]", "ip"),
                ("QUERY", "ip"),
                ("OLD NEW", "kb-of-yesterday kb"),
                ("DIR", "my-kb"),
                (" ID", article),
                (" CODE", " E013"),
                ("…", "ip"),
                ("| dot -Tsvg", ""),
            ];
            let mut line = command.replacen("unstuck", &program, 1);
            for (written, meant) in meant {
                line = line.replace(written, meant);
            }
            if line.ends_with("--explain") {
                line.push_str(" E001");
            }
            let mut shell = std::process::Command::new("sh");
            shell.args(["-c", &line]).current_dir(folder.path()).stdin(std::process::Stdio::null());
            shell.env_remove("UNSTUCK_KB");
            shell.env("XDG_CONFIG_HOME", folder.path().join("config")).env("XDG_DATA_HOME", folder.path().join("data"));
            let output = shell.output().unwrap();
            let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
            // Without anybody there, it says what it needs; and a command may be named without what belongs to it.
            let needs = (command.contains("--watch") && said.contains("needs the full screen"))
                || (command.contains(" new ") && said.contains("the input has ended; nothing was written"))
                || (command.split(' ').count() == 2 && said.contains("required arguments were not provided"));
            let is_taken = output.status.code().is_some_and(|code| code <= 1);
            assert!(is_taken || needs, "{document}: `{command}` -> {:?}\n{said}", output.status.code());
            taken += 1;
        }
    }
    assert!(taken > 50, "{taken} commands");
}

/// The modules of the crate, each row of the map with those that know it above.
fn map_of(document: &str, begin: &str) -> Vec<Vec<String>> {
    let (_, map) = document.split_once(begin).unwrap();
    let rows = map.lines().skip(1).take_while(|line| !line.starts_with("```") && *line != "//!");
    let names = |row: &str| -> Vec<String> {
        let row = row.strip_prefix("//! |").map_or(row, |row| row.split('|').next().unwrap());
        row.split(['[', '`', ']', ',', ' ']).filter(|word| !word.is_empty()).map(str::to_owned).collect()
    };
    rows.map(names).collect()
}

#[test]
fn each_module_knows_only_those_below_it_on_the_map() {
    let rows = map_of(&read("docs/architecture.md"), "```text");
    assert_eq!(rows, map_of(&read("src/lib.rs"), "//! | module | knows |\n//! |---|---|"), "the two maps");
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
                        assert!(other < own, "{} knows `{name}`, which stands above it", file.display());
                    }
                }
            }
        }
    }
}
