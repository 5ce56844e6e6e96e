//! The real program in a pseudo-terminal: its screens, and the restored terminal after it exits.

#![cfg(unix)]

mod support;

use std::time::Duration;

use portable_pty::{CommandBuilder, PtySize};
use support::session::{SUCCESS, Session};

#[test]
fn the_owner_answers_two_questions_goes_back_and_solves_the_case() {
    let mut session = Session::start(&["request an invitation or enter your emergency reset code"]);
    session.wait_for("Please contact your administrator to request an invitation OR Enter your");
    session.press("\r");
    session.wait_for("Is there anyone besides you");
    session.press("n");
    session.wait_for("Can you find the recovery key?");
    session.press("n");
    session.wait_for("service@devolutions.net");
    session.press("\x1b");
    session.wait_for("Not sure (u)");
    session.press("y");
    session.wait_for("Type the emergency reset code");
    session.press("y");
    session.wait_for("Solved.");
    session.press("q");
    session.wait_for_exit(SUCCESS);
}

#[test]
fn typed_and_pasted_text_is_searched() {
    let mut session = Session::start(&[]);
    session.wait_for("What happened?");
    session.press("qqq");
    session.wait_for("> qqq");
    session.press("\x15");
    session.wait_for("What happened?");
    session.press("\x1b[200~[10:03] Your IP address\nis not allowed.\nq\n\x1b[201~");
    session.wait_for("Matches");
    session.wait_for("Your IP address is not allowed.");
    session.press("\x03");
    session.wait_for_exit(SUCCESS);
}

#[test]
fn a_paste_of_ten_kilobytes_with_an_end_sequence_inside_is_one_text() {
    let mut session = Session::start(&[]);
    session.wait_for("What happened?");
    let log = "2026-03-09 14:25:13 INFO q y n ? nothing of ours\n".repeat(200);
    // The end sequence inside the text ends the paste. The rest arrives as keys.
    session.press(&format!("\x1b[200~{log}Enter your emergency reset code.\x1b[201~\r\x1b[201~"));
    session.wait_for("Enter your emergency reset code.");
    session.wait_for("Matches");
    session.press("\x03");
    session.wait_for_exit(SUCCESS);
}

#[test]
fn copy_uses_the_terminal_and_save_writes_to_the_current_folder() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = CommandBuilder::new(assert_cmd::cargo::cargo_bin!("unstuck"));
    command.args(["ip"]);
    command.cwd(folder.path());
    let mut session = Session::run(command);
    session.wait_for("Your IP address");
    session.press("\r");
    session.wait_for("company VPN");
    session.press("c");
    session.wait_for("Copied through your terminal");
    assert!(session.raw.windows(7).any(|bytes| bytes == b"\x1b]52;c;"), "no OSC 52 sequence was written");
    session.press("w");
    session.wait_for("unstuck-ip-not-allowed.txt");
    session.press("w");
    session.wait_for("unstuck-ip-not-allowed-2.txt");
    let saved = std::fs::read_to_string(folder.path().join("unstuck-ip-not-allowed.txt")).unwrap();
    assert!(saved.starts_with("Error: Your IP address is not allowed."), "{saved}");
    session.press("q");
    session.wait_for_exit(SUCCESS);
}

#[test]
fn a_click_answers_a_question() {
    let mut session = Session::start(&["ip"]);
    session.wait_for("Your IP address");
    session.press("\r");
    session.wait_for("No (n)");
    let rows: Vec<String> = session.screen.screen().rows(0, 80).collect();
    let row = rows.iter().position(|row| row.contains("No (n)")).unwrap();
    let column = rows[row].find("No (n)").unwrap();
    session.press(&format!("\x1b[<0;{};{}M\x1b[<0;{};{}m", column + 1, row + 1, column + 1, row + 1));
    session.wait_for("Are you using Tor");
    session.press("q");
    session.wait_for("Press q again");
    session.press("q");
    session.wait_for_exit(SUCCESS);
}

#[test]
fn a_double_click_answers_one_question() {
    let mut session = Session::start(&["ip"]);
    session.wait_for("Your IP address");
    session.press("\r");
    session.wait_for("No (n)");
    let rows: Vec<String> = session.screen.screen().rows(0, 80).collect();
    let row = rows.iter().position(|row| row.contains("No (n)")).unwrap();
    let column = rows[row].find("No (n)").unwrap();
    session.press(&format!("\x1b[<0;{};{}M", column + 1, row + 1).repeat(2));
    session.wait_for("Are you using Tor");
    session.press("m");
    session.wait_for("(you are here)");
    let answered = session.screen.screen().contents().matches("= No").count();
    assert_eq!(answered, 1, "{}", session.screen.screen().contents());
    session.press("\x03");
    session.wait_for_exit(SUCCESS);
}

#[test]
fn a_paste_with_an_end_sequence_inside_answers_no_question() {
    let mut session = Session::start(&["ip"]);
    session.wait_for("Your IP address");
    session.press("\r");
    session.wait_for("company VPN");
    session.press("\x1b[200~text\x1b[201~n\x1b[201~");
    std::thread::sleep(Duration::from_millis(300));
    session.press("m");
    session.wait_for("(you are here)");
    assert!(!session.screen.screen().contents().contains("= No"), "{}", session.screen.screen().contents());
    session.press("\x03");
    session.wait_for_exit(SUCCESS);
}

#[test]
fn resizing_redraws_the_screen() {
    let mut session = Session::start(&["ip"]);
    session.wait_for("Your IP address");
    for (rows, cols) in [(12, 40), (3, 10), (40, 120), (24, 80)] {
        session.master.resize(PtySize { rows, cols, ..PtySize::default() }).unwrap();
        session.screen.screen_mut().set_size(rows, cols);
        session.wait_for(if rows < 12 { "Terminal" } else { "Your IP address" });
    }
    session.press("\x03");
    session.wait_for_exit(SUCCESS);
}

#[test]
fn resizing_loses_no_keys() {
    let mut session = Session::start(&[]);
    session.wait_for("What happened?");
    let mut typed = String::new();
    for nth in 0..300_u16 {
        let (rows, cols) = (20 + nth % 5, 70 + nth % 7);
        session.master.resize(PtySize { rows, cols, ..PtySize::default() }).unwrap();
        session.screen.screen_mut().set_size(rows, cols);
        let key = char::from(b'a' + u8::try_from(nth % 26).unwrap());
        session.press(&key.to_string());
        typed.push(key);
        if nth % 20 == 19 {
            session.wait_for(&format!("> {typed}"));
            session.press("\x15");
            typed.clear();
        }
    }
    session.press("\x03");
    session.wait_for_exit(SUCCESS);
}

#[test]
fn a_dumb_terminal_gets_plain_mode() {
    let mut command = CommandBuilder::new(assert_cmd::cargo::cargo_bin!("unstuck"));
    command.args(["ip", "address"]);
    let mut session = Session::run_on("dumb", command);
    session.wait_for("1. Your IP address is not allowed.");
    session.press("1\n");
    session.wait_for("Question 1");
    session.press("q\n");
    session.wait_for_exit(SUCCESS);
}

#[test]
fn watch_reloads_a_saved_article() {
    let folder = tempfile::tempdir().unwrap();
    let article = "message: It is dark.\nflow:\n  one: {question: Is it day?, yes: help, no: help}\n  help: {escalation: The helpdesk}\n";
    std::fs::create_dir_all(folder.path().join("kb/test")).unwrap();
    std::fs::write(folder.path().join("kb/test/collection.yaml"), "title: Test\n").unwrap();
    std::fs::write(folder.path().join("kb/test/dark.yaml"), article).unwrap();
    let kb = folder.path().join("kb");
    let mut session = Session::start(&["--watch", "--only", "--kb", kb.to_str().unwrap(), "dark"]);
    session.wait_for("It is dark.");
    session.press("\r");
    session.wait_for("Is it day?");
    std::fs::write(kb.join("test/dark.yaml"), article.replace("yes: help", "yes: hepl")).unwrap();
    session.wait_for("there is no node or article `hepl`");
    std::fs::write(kb.join("test/dark.yaml"), article.replace("day", "night")).unwrap();
    session.wait_for("Is it night?");
    session.press("\u{3}");
    session.wait_for_exit(SUCCESS);
}

#[test]
fn a_case_of_a_killed_program_can_be_resumed() {
    let data = tempfile::tempdir().unwrap();
    let start = |args: &[&str]| {
        let mut command = CommandBuilder::new(assert_cmd::cargo::cargo_bin!("unstuck"));
        command.args(args);
        command.env("XDG_DATA_HOME", data.path());
        Session::run(command)
    };
    let mut session = start(&["account enable"]);
    session.wait_for("Please contact your administrator to enable your account.");
    session.press("\r");
    session.wait_for("Did your access have an expiration date");
    session.press("n");
    session.wait_for("Have an administrator enable your account");
    session.signal("-KILL");
    session.child.wait().unwrap();
    let mut session = start(&[]);
    session.wait_for("You have an interrupted case");
    session.press("\u{12}");
    session.wait_for("Have an administrator enable your account");
    session.press("y");
    session.wait_for("Solved.");
    session.press("\u{3}");
    session.wait_for_exit(SUCCESS);
    let mut session = start(&[]);
    session.wait_for("What happened?");
    assert!(!session.screen.screen().contents().contains("interrupted case"));
    session.press("\u{3}");
    session.wait_for_exit(SUCCESS);
}
