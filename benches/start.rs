//! Time from the start to the first screen, and to one search result: `cargo bench --bench start`.
//!
//! The first screen is compared with `fzf`, and the search result with `tldr` (tealdeer). A comparison is skipped if its
//! program is missing. The two programs of a comparison start in turn, so that other load on the machine affects both.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a measurement")]

#[cfg(unix)]
fn main() {
    measure::all();
}

#[cfg(not(unix))]
fn main() {
    println!("this measurement needs a pseudo-terminal");
}

#[cfg(unix)]
mod measure {
    use std::io::Read;
    use std::path::Path;
    use std::process::{Command, Stdio};
    use std::time::{Duration, Instant};

    use portable_pty::{CommandBuilder, PtySize, native_pty_system};
    use unstuck::builtin;

    /// Number of starts of each program.
    const STARTS: usize = 60;

    /// Environment variable with extra library folders. Cargo sets it for programs it runs, but shells usually do not.
    const LIBRARIES: &str = "LD_LIBRARY_PATH";

    pub(super) fn all() {
        // Another build, such as a static one, or the program built for this benchmark.
        let built = std::env::var("UNSTUCK_BENCH_PROGRAM").unwrap_or(env!("CARGO_BIN_EXE_unstuck").to_owned());
        let folder = tempfile::tempdir().unwrap();
        // Copy the program, as an installation does. The file from the linker takes longer to load into memory.
        let program = folder.path().join("unstuck");
        std::fs::copy(built, &program).unwrap();
        let program = program.to_str().unwrap();
        let lines = folder.path().join("lines");
        let kb = builtin::loaded().kb;
        let messages: Vec<String> = kb.articles.iter().take(10).map(|article| article.message.one_line()).collect();
        std::fs::write(&lines, messages.join("\n") + "\n").unwrap();
        let first = messages.first().unwrap().clone();
        if is_there("fzf") {
            let ours = || frame(&[program, "--no-history"], None, folder.path(), &first);
            let theirs = || frame(&["sh", "-c", "exec fzf < \"$0\""], Some(&lines), folder.path(), &first);
            report("to the first screen", "fzf", ours, theirs);
        } else {
            println!("to the first screen: fzf is not there");
        }
        let page = folder.path().join("page.md");
        std::fs::write(&page, "# ip\n\n> Addresses.\n\n- Show them:\n\n`ip address`\n").unwrap();
        if is_there("tldr") {
            let ours = || answer(&[program, "search", "--json", "your ip address is not allowed"], folder.path());
            let theirs = || answer(&["tldr", "--render", page.to_str().unwrap()], folder.path());
            report("to one answer", "tldr", ours, theirs);
        } else {
            println!("to one answer: tldr is not there");
        }
    }

    fn is_there(program: &str) -> bool {
        Command::new(program).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok()
    }

    /// Measures both programs in turn, and prints their medians and the median of the ratios.
    fn report(what: &str, peer: &str, ours: impl Fn() -> Duration, theirs: impl Fn() -> Duration) {
        let pairs: Vec<(f64, f64)> =
            (0..STARTS).map(|_| (ours().as_secs_f64() * 1e3, theirs().as_secs_f64() * 1e3)).collect();
        let ratio = median(pairs.iter().map(|(ours, theirs)| ours / theirs));
        let (ours, theirs) = (median(pairs.iter().map(|pair| pair.0)), median(pairs.iter().map(|pair| pair.1)));
        println!("{what}: unstuck {ours:.1} ms, {peer} {theirs:.1} ms, ratio {ratio:.2} (medians of {STARTS})");
    }

    fn median(figures: impl Iterator<Item = f64>) -> f64 {
        let mut figures: Vec<f64> = figures.collect();
        figures.sort_by(f64::total_cmp);
        figures.get(figures.len() / 2).copied().unwrap_or_default()
    }

    /// Returns the time from the start of a program until the terminal shows a text.
    fn frame(command: &[&str], file: Option<&Path>, home: &Path, text: &str) -> Duration {
        let pty = native_pty_system().openpty(PtySize { rows: 24, cols: 80, ..PtySize::default() }).unwrap();
        let (program, args) = command.split_first().unwrap();
        let mut started = CommandBuilder::new(program);
        started.args(args);
        started.args(file);
        started.env("TERM", "xterm-256color");
        started.env_remove(LIBRARIES);
        started.env("XDG_CONFIG_HOME", home);
        started.env("XDG_DATA_HOME", home);
        let mut reader = pty.master.try_clone_reader().unwrap();
        let begun = Instant::now();
        let mut child = pty.slave.spawn_command(started).unwrap();
        let mut screen = vt100::Parser::new(24, 80, 0);
        let mut chunk = [0; 4096];
        while !screen.screen().contents().contains(text) {
            let count = reader.read(&mut chunk).unwrap();
            screen.process(chunk.get(..count).unwrap());
        }
        let took = begun.elapsed();
        child.kill().unwrap();
        child.wait().unwrap();
        took
    }

    /// Returns the time from the start to the exit of a program.
    fn answer(command: &[&str], home: &Path) -> Duration {
        let (program, args) = command.split_first().unwrap();
        let mut started = Command::new(program);
        started.args(args).env("XDG_CONFIG_HOME", home).env("XDG_DATA_HOME", home).stdout(Stdio::null());
        started.env_remove(LIBRARIES);
        let begun = Instant::now();
        assert!(started.status().unwrap().success());
        begun.elapsed()
    }
}
