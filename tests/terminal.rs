//! The real program in a pseudo-terminal: what it draws, and that the terminal is whole again whatever ends it.

#![cfg(unix)]

mod support;

use std::time::Duration;

use portable_pty::{CommandBuilder, PtySize};
use support::session::{Session, WELL};

#[test]
fn the_owner_is_asked_the_two_questions_of_the_page() {
    let mut session = Session::start(&["request an invitation or enter your emergency reset code"]);
    session.sees("Please contact your administrator to request an invitation OR Enter your");
    session.press("\r");
    session.sees("Is there another administrator");
    session.press("n");
    session.sees("Can the owner find the recovery key?");
    session.press("n");
    session.sees("service@devolutions.net");
    session.press("\x1b");
    session.sees("The PDF with the emergency reset code");
    session.press("y");
    session.sees("Type the emergency reset code");
    session.press("y");
    session.sees("Solved.");
    session.press("q");
    session.ends(WELL);
}

#[test]
fn what_is_typed_is_searched_and_what_is_pasted_is_text() {
    let mut session = Session::start(&[]);
    session.sees("All errors");
    session.press("qqq");
    session.sees("> qqq");
    session.press("\x15");
    session.sees("All errors");
    session.press("\x1b[200~[10:03] Your IP address\nis not allowed.\nq\n\x1b[201~");
    session.sees("Found");
    session.sees("Your IP address is not allowed.");
    session.press("\x03");
    session.ends(WELL);
}

#[test]
fn ten_kilobytes_with_line_breaks_and_a_mark_inside_are_one_text() {
    let mut session = Session::start(&[]);
    session.sees("All errors");
    let log = "2026-03-09 14:25:13 INFO q y n ? nothing of ours\n".repeat(200);
    // The end mark inside ends the paste for the terminal; what follows arrives as keys.
    session.press(&format!("\x1b[200~{log}Enter your emergency reset code.\x1b[201~\r\x1b[201~"));
    session.sees("Enter your emergency reset code.");
    session.sees("Found");
    session.press("\x03");
    session.ends(WELL);
}

#[test]
fn a_copy_goes_to_the_terminal_and_a_file_to_the_folder() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = CommandBuilder::new(assert_cmd::cargo::cargo_bin!("unstuck"));
    command.args(["ip"]);
    command.cwd(folder.path());
    let mut session = Session::run(command);
    session.sees("Your IP address");
    session.press("\r");
    session.sees("company VPN");
    session.press("c");
    session.sees("Sent to your terminal");
    session.sees("Not for a shell");
    assert!(session.raw.windows(7).any(|bytes| bytes == b"\x1b]52;c;"), "an OSC 52 sequence");
    session.press("w");
    session.sees("unstuck-ip-not-allowed.txt");
    session.press("w");
    session.sees("unstuck-ip-not-allowed-2.txt");
    let saved = std::fs::read_to_string(folder.path().join("unstuck-ip-not-allowed.txt")).unwrap();
    assert!(saved.starts_with("Error: Your IP address is not allowed."), "{saved}");
    session.press("q");
    session.ends(WELL);
}

#[test]
fn a_click_answers() {
    let mut session = Session::start(&["ip"]);
    session.sees("Your IP address");
    session.press("\r");
    session.sees("No (n)");
    let rows: Vec<String> = session.screen.screen().rows(0, 80).collect();
    let row = rows.iter().position(|row| row.contains("No (n)")).unwrap();
    let column = rows[row].find("No (n)").unwrap();
    session.press(&format!("\x1b[<0;{};{}M\x1b[<0;{};{}m", column + 1, row + 1, column + 1, row + 1));
    session.sees("Tor browser");
    session.press("q");
    session.sees("q once more leaves");
    session.press("q");
    session.ends(WELL);
}

#[test]
fn a_double_click_answers_one_question() {
    let mut session = Session::start(&["ip"]);
    session.sees("Your IP address");
    session.press("\r");
    session.sees("No (n)");
    let rows: Vec<String> = session.screen.screen().rows(0, 80).collect();
    let row = rows.iter().position(|row| row.contains("No (n)")).unwrap();
    let column = rows[row].find("No (n)").unwrap();
    session.press(&format!("\x1b[<0;{};{}M", column + 1, row + 1).repeat(2));
    session.sees("Tor browser");
    session.press("m");
    session.sees("(you are here)");
    let answered = session.screen.screen().contents().matches("= No").count();
    assert_eq!(answered, 1, "{}", session.screen.screen().contents());
    session.press("\x03");
    session.ends(WELL);
}

#[test]
fn a_paste_with_an_end_mark_inside_answers_no_question() {
    let mut session = Session::start(&["ip"]);
    session.sees("Your IP address");
    session.press("\r");
    session.sees("company VPN");
    session.press("\x1b[200~text\x1b[201~n\x1b[201~");
    std::thread::sleep(Duration::from_millis(300));
    session.press("m");
    session.sees("(you are here)");
    assert!(!session.screen.screen().contents().contains("= No"), "{}", session.screen.screen().contents());
    session.press("\x03");
    session.ends(WELL);
}

#[test]
fn a_screen_that_is_resized_is_drawn_anew() {
    let mut session = Session::start(&["ip"]);
    session.sees("Your IP address");
    for (rows, cols) in [(12, 40), (3, 10), (40, 120), (24, 80)] {
        session.master.resize(PtySize { rows, cols, ..PtySize::default() }).unwrap();
        session.screen.screen_mut().set_size(rows, cols);
        session.sees(if rows < 12 { "A little" } else { "Your IP address" });
    }
    session.press("\x03");
    session.ends(WELL);
}

#[test]
fn a_key_pressed_while_the_screen_is_resized_is_not_lost() {
    let mut session = Session::start(&[]);
    session.sees("All errors");
    let mut typed = String::new();
    for nth in 0..300_u16 {
        let (rows, cols) = (20 + nth % 5, 70 + nth % 7);
        session.master.resize(PtySize { rows, cols, ..PtySize::default() }).unwrap();
        session.screen.screen_mut().set_size(rows, cols);
        let key = char::from(b'a' + u8::try_from(nth % 26).unwrap());
        session.press(&key.to_string());
        typed.push(key);
        if nth % 20 == 19 {
            session.sees(&format!("> {typed}"));
            session.press("\x15");
            typed.clear();
        }
    }
    session.press("\x03");
    session.ends(WELL);
}

#[test]
fn a_dumb_terminal_gets_plain_lines() {
    let mut command = CommandBuilder::new(assert_cmd::cargo::cargo_bin!("unstuck"));
    command.args(["ip", "address"]);
    let mut session = Session::run_on("dumb", command);
    session.sees("1. Your IP address is not allowed.");
    session.press("1\n");
    session.sees("Question 1");
    session.press("q\n");
    session.ends(WELL);
}

#[test]
fn what_is_saved_shows_in_the_open_wizard() {
    let folder = tempfile::tempdir().unwrap();
    let article = "message: It is dark.\nflow:\n  one: {question: Is it day?, yes: help, no: help}\n  help: {escalation: The helpdesk}\n";
    std::fs::create_dir_all(folder.path().join("kb/test")).unwrap();
    std::fs::write(folder.path().join("kb/test/collection.yaml"), "title: Test\n").unwrap();
    std::fs::write(folder.path().join("kb/test/dark.yaml"), article).unwrap();
    let kb = folder.path().join("kb");
    let mut session = Session::start(&["--watch", "--only", "--kb", kb.to_str().unwrap(), "dark"]);
    session.sees("It is dark.");
    session.press("\r");
    session.sees("Is it day?");
    std::fs::write(kb.join("test/dark.yaml"), article.replace("yes: help", "yes: hepl")).unwrap();
    session.sees("there is no node `hepl`");
    std::fs::write(kb.join("test/dark.yaml"), article.replace("day", "night")).unwrap();
    session.sees("Is it night?");
    session.press("\u{3}");
    session.ends(WELL);
}

#[test]
fn a_case_that_was_killed_is_offered_and_goes_on() {
    let data = tempfile::tempdir().unwrap();
    let start = |args: &[&str]| {
        let mut command = CommandBuilder::new(assert_cmd::cargo::cargo_bin!("unstuck"));
        command.args(args);
        command.env("XDG_DATA_HOME", data.path());
        Session::run(command)
    };
    let mut session = start(&["account enable"]);
    session.sees("Please contact your administrator to enable your account.");
    session.press("\r");
    session.sees("Can you manage users");
    session.press("y");
    session.sees("Has this user an expiry date");
    session.signal("-KILL");
    session.child.wait().unwrap();
    let mut session = start(&[]);
    session.sees("A case was interrupted");
    session.press("\u{12}");
    session.sees("Has this user an expiry date");
    session.press("n");
    session.sees("Enable the user");
    session.press("y");
    session.sees("Solved.");
    session.press("\u{3}");
    session.ends(WELL);
    let mut session = start(&[]);
    session.sees("All errors");
    assert!(!session.screen.screen().contents().contains("interrupted"));
    session.press("\u{3}");
    session.ends(WELL);
}
