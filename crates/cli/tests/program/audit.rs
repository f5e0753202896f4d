//! `audit`: where it reads from, and how it ends (docs of the command; exit codes 0, 2, 3, 4).

use crate::running::{CALENDAR, Ran, program, run};
use serde_json::Value;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

/// What every audit here is told besides its source.
const OF_MAYA: [&str; 6] = [
    "--me",
    "maya@example.com",
    "--reports",
    "ben@example.com",
    "--now",
    "2026-03-01T00:00:00Z",
];

fn audit(arguments: &[&str], folder: &Path) -> Ran {
    run(&[&["audit"], arguments, &OF_MAYA].concat(), folder)
}

/// A folder with Maya's calendar, and one with something else.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("maya.ics"), CALENDAR).unwrap();
    fs::write(folder.path().join("letter.txt"), "Dear Ben,\n").unwrap();
    folder
}

/// What is wrong and what to do, one line each.
fn is_told(ran: &Ran, word: &str) {
    let lines: Vec<&str> = ran.err.lines().collect();
    let [wrong, hint] = lines[..] else {
        panic!("{}", ran.err)
    };
    assert!(
        wrong.starts_with("steadfast: ") && wrong.contains(word),
        "{wrong}"
    );
    assert!(hint.starts_with("  ") && !hint.trim().is_empty(), "{hint}");
}

#[test]
fn what_cannot_be_read_or_holds_no_calendar_ends_with_3_and_prints_nothing() {
    let folder = folder();
    for source in ["missing.ics", "letter.txt"] {
        let ran = audit(&[source], folder.path());
        assert_eq!(
            (ran.code, ran.out.as_str()),
            (3, ""),
            "{source}: {}",
            ran.err
        );
        is_told(&ran, source);
    }
    let history = audit(&["--history", "letter.txt"], folder.path());
    assert_eq!(
        (history.code, history.out.as_str()),
        (3, ""),
        "{}",
        history.err
    );
    let git = audit(&["--git", "missing"], folder.path());
    assert_eq!((git.code, git.out.as_str()), (3, ""), "{}", git.err);
}

#[test]
fn what_cannot_be_reached_ends_with_4() {
    let folder = folder();
    // Bound and let go: nobody listens there.
    let port = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.local_addr().unwrap().port()
    };
    let address = format!("http://127.0.0.1:{port}/maya.ics");
    let ran = audit(&[&address, "--allow-private"], folder.path());
    assert_eq!((ran.code, ran.out.as_str()), (4, ""), "{}", ran.err);
    is_told(&ran, "127.0.0.1");
    let private = audit(&[&address], folder.path());
    assert_eq!(
        (private.code, private.out.as_str()),
        (4, ""),
        "{}",
        private.err
    );
    assert!(private.err.contains("--allow-private"), "{}", private.err);
}

#[test]
fn of_several_sources_some_of_which_fail_the_rest_is_reported_and_it_ends_with_4() {
    let folder = folder();
    let alone = audit(&["maya.ics"], folder.path());
    assert_eq!(alone.code, 0, "{}", alone.err);
    for sources in [["maya.ics", "missing.ics"], ["missing.ics", "maya.ics"]] {
        let ran = audit(&sources, folder.path());
        assert_eq!(ran.code, 4, "{}", ran.err);
        assert!(ran.out.contains("Ben"), "{}", ran.out);
        is_told(&ran, "missing.ics");
    }
    let none = audit(&["missing.ics", "letter.txt"], folder.path());
    assert_eq!((none.code, none.out.as_str()), (3, ""), "{}", none.err);
}

#[test]
fn arguments_that_do_not_fit_together_end_with_2() {
    let folder = folder();
    for arguments in [
        &[][..],
        &["maya.ics", "--from", "2026-02-01", "--to", "2026-01-01"],
        &["maya.ics", "--history", "."],
        &["maya.ics", "--format", "pdf"],
    ] {
        let ran = audit(arguments, folder.path());
        assert_eq!(
            (ran.code, ran.out.as_str()),
            (2, ""),
            "{arguments:?}: {}",
            ran.err
        );
    }
}

#[test]
fn a_calendar_is_read_from_standard_input() {
    let folder = folder();
    let from_file = audit(&["maya.ics", "--format", "csv"], folder.path());
    let mut command = program(
        &[&["audit", "-", "--format", "csv"][..], &OF_MAYA].concat(),
        folder.path(),
    );
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    input.write_all(CALENDAR.as_bytes()).unwrap();
    drop(input);
    let done = child.wait_with_output().unwrap();
    assert_eq!(done.status.code(), Some(0), "{done:?}");
    assert_eq!(String::from_utf8(done.stdout).unwrap(), from_file.out);
    assert!(from_file.out.lines().count() > 8, "{}", from_file.out);
    let nothing = audit(&["-"], folder.path());
    assert_eq!(
        (nothing.code, nothing.out.as_str()),
        (3, ""),
        "{}",
        nothing.err
    );
}

/// `steadfast audit - | head`: whoever read the result is gone before it comes.
#[test]
fn a_reader_that_is_gone_is_no_error() {
    let folder = folder();
    for format in ["text", "json", "html", "csv"] {
        let mut command = program(
            &[&["audit", "-", "--format", format][..], &OF_MAYA].concat(),
            folder.path(),
        );
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take().unwrap());
        let mut input = child.stdin.take().unwrap();
        input.write_all(CALENDAR.as_bytes()).unwrap();
        drop(input);
        let done = child.wait_with_output().unwrap();
        let err = String::from_utf8(done.stderr).unwrap();
        assert_eq!(
            (done.status.code(), err.as_str()),
            (Some(0), ""),
            "{format}"
        );
    }
}

fn git(folder: &Path, arguments: &[&str], at: &str) {
    let done = Command::new("git")
        .args(arguments)
        .current_dir(folder)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_AUTHOR_DATE", "2020-01-01T00:00:00Z")
        .env("GIT_COMMITTER_DATE", at)
        .output()
        .unwrap();
    assert!(done.status.success(), "{arguments:?}: {done:?}");
}

/// Each commit that touched the path is a look, at its committer's time and not its author's; others are none.
#[test]
fn the_commits_of_a_repository_are_a_history() {
    let folder = folder();
    let repository = folder.path().join("repository");
    fs::create_dir_all(repository.join("calendars")).unwrap();
    let moved = "BEGIN:VEVENT\r\nUID:maya-ben@example.com\r\nDTSTAMP:20260119T080000Z\r\nSEQUENCE:1\r\n\
        RECURRENCE-ID:20260120T090000Z\r\nDTSTART:20260121T090000Z\r\nDTEND:20260121T093000Z\r\nSUMMARY:1:1 Maya / Ben\r\n\
        ORGANIZER:mailto:maya@example.com\r\nATTENDEE;PARTSTAT=ACCEPTED:mailto:maya@example.com\r\n\
        ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:ben@example.com\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    let moved = CALENDAR.replace("END:VCALENDAR\r\n", moved);
    let states = [
        (
            "2026-01-02T08:00:00Z",
            "calendars/maya.ics",
            CALENDAR.to_owned(),
        ),
        (
            "2026-01-10T08:00:00Z",
            "README",
            "not a calendar".to_owned(),
        ),
        (
            "2026-01-19T07:00:00Z",
            "calendars/maya.ics",
            format!("{CALENDAR}\r\n"),
        ),
        ("2026-01-19T09:00:00Z", "calendars/maya.ics", moved.clone()),
        (
            "2026-02-27T08:00:00Z",
            "calendars/maya.ics",
            format!("{moved}\r\n"),
        ),
    ];
    git(&repository, &["init", "--quiet"], "2026-01-01T00:00:00Z");
    for (at, file, text) in states {
        fs::write(repository.join(file), text).unwrap();
        git(&repository, &["add", "."], at);
        let by = ["-c", "user.name=a", "-c", "user.email=a@example.com"];
        git(
            &repository,
            &[&by[..], &["commit", "--quiet", "--message", "a"]].concat(),
            at,
        );
    }
    let ran = audit(
        &[
            "--git",
            "repository:calendars/maya.ics",
            "--format",
            "json",
            "--from",
            "2026-01-01",
        ],
        folder.path(),
    );
    assert_eq!(ran.code, 0, "{}", ran.err);
    let report: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(report["evidence"]["kind"], "history");
    assert_eq!(report["evidence"]["snapshots"], 4);
    assert_eq!(report["evidence"]["first"], "2026-01-02T08:00:00Z");
    let pairs = report["one_on_ones"].as_array().unwrap();
    assert_eq!(pairs.len(), 1);
    let occurrences = pairs[0]["occurrences"].as_array().unwrap();
    let mut moved = occurrences.iter().filter(|o| o["outcome"] == "moved");
    let moved = moved.next().unwrap();
    assert_eq!(moved["recurrence_id"], "2026-01-20T09:00:00Z");
    assert_eq!(moved["notice_range"], serde_json::json!([1440, 1560]));
    assert_eq!(moved["actor"]["who"], "manager");
    let kept = occurrences.iter().filter(|o| o["outcome"] == "kept");
    assert_eq!(kept.count(), occurrences.len() - 1);
}
