//! Directories of snapshots.

use crate::common::{Recorder, calendar, read_path, read_with, tight};
use std::fs;
use std::io::Write;
use std::path::Path;
use steadfast_connect::{Options, Source, SourceError};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

fn write(root: &Path, path: &str, content: &[u8]) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
    fs::write(path, content).expect("a file");
}

fn zip(name: &str, content: &str) -> Vec<u8> {
    let mut writer = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    writer
        .start_file(name, SimpleFileOptions::default())
        .expect("an entry");
    writer.write_all(content.as_bytes()).expect("content");
    writer.finish().expect("an archive").into_inner()
}

fn read(root: &Path) -> (Recorder, Result<(), SourceError>) {
    read_with(&Source::History(root.into()), &Options::default())
}

#[test]
fn snapshots_come_in_order_of_time_whatever_their_shape() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    write(
        root,
        "20260309T081500Z/maya@example.com.ics",
        calendar("m2").as_bytes(),
    );
    write(
        root,
        "20260309T081500Z/ben@example.com.ics",
        calendar("b2").as_bytes(),
    );
    write(root, "20260309T081500Z/notes.txt", b"x");
    write(root, "20260302T081500Z.ics", calendar("first").as_bytes());
    write(
        root,
        "20260316T081500Z.zip",
        &zip("maya@example.com.ics", &calendar("m3")),
    );
    write(root, "20260323T081500Z/maya.ics", calendar("m4").as_bytes());
    write(root, "README", b"x");
    write(root, "20269999T081500Z.ics", b"x");
    write(root, ".DS_Store", b"x");
    let (recorder, result) = read(root);
    assert_eq!(result, Ok(()));
    assert_eq!(
        recorder.told(root),
        "aside …/20260309T081500Z/notes.txt: not a calendar\n\
         aside …/20269999T081500Z.ics: not named by a UTC moment such as 20260302T081500Z\n\
         aside …/README: not named by a UTC moment such as 20260302T081500Z\n\
         snapshot 2026-03-02T08:15:00Z\n\
         calendar …/20260302T081500Z.ics at 2026-03-02T08:15:00Z\n\
         snapshot 2026-03-09T08:15:00Z\n\
         calendar …/20260309T081500Z/ben@example.com.ics of ben@example.com at 2026-03-09T08:15:00Z\n\
         calendar …/20260309T081500Z/maya@example.com.ics of maya@example.com at 2026-03-09T08:15:00Z\n\
         snapshot 2026-03-16T08:15:00Z\n\
         calendar …/20260316T081500Z.zip/maya@example.com.ics of maya@example.com at 2026-03-16T08:15:00Z\n\
         snapshot 2026-03-23T08:15:00Z\n\
         calendar …/20260323T081500Z/maya.ics of maya at 2026-03-23T08:15:00Z\n"
    );
}

#[test]
fn a_calendar_that_cannot_be_read_is_a_gap_for_its_owner_and_no_one_else() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    for (day, maya, ben) in [
        ("02", "m1", Some("b1")),
        ("09", "", Some("b2")),
        ("16", "m3", None),
        ("23", "", None),
    ] {
        let text = if maya.is_empty() {
            String::new()
        } else {
            calendar(maya)
        };
        write(
            root,
            &format!("202603{day}T000000Z/maya@example.com.ics"),
            text.as_bytes(),
        );
        if let Some(ben) = ben {
            write(
                root,
                &format!("202603{day}T000000Z/ben@example.com.ics"),
                calendar(ben).as_bytes(),
            );
        }
    }
    fs::create_dir(root.join("20260330T000000Z")).expect("an empty snapshot");
    let (recorder, result) = read(root);
    assert_eq!(result, Ok(()));
    let gaps: Vec<&String> = recorder
        .lines
        .iter()
        .filter(|line| line.starts_with("gap"))
        .collect();
    assert_eq!(
        gaps,
        [
            "gap of maya@example.com 2026-03-02T00:00:00Z 2026-03-16T00:00:00Z",
            "gap of maya@example.com 2026-03-16T00:00:00Z 2026-03-30T00:00:00Z",
        ]
    );
}

#[test]
fn a_snapshot_that_cannot_be_read_at_all_is_a_gap_for_everybody() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    write(
        root,
        "20260302T000000Z.zip",
        &zip("maya@example.com.ics", &calendar("m1")),
    );
    write(root, "20260309T000000Z.zip", b"PK\x03\x04 cut short");
    write(
        root,
        "20260316T000000Z.zip",
        &zip("maya@example.com.ics", &calendar("m3")),
    );
    let (recorder, result) = read(root);
    assert_eq!(result, Ok(()));
    let told = recorder.told(root);
    assert!(told.contains("warning …/20260309T000000Z.zip: "), "{told}");
    assert!(
        told.ends_with("gap 2026-03-02T00:00:00Z 2026-03-16T00:00:00Z\n"),
        "{told}"
    );
}

#[test]
fn a_history_without_a_snapshot_is_an_error() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "maya.ics", calendar("a").as_bytes());
    let (_, result) = read(folder.path());
    let error = result.expect_err("no snapshot");
    assert!(
        error
            .to_string()
            .ends_with("holds no calendar that can be read (1 set aside)"),
        "{error}"
    );
    let (_, result) = read(&folder.path().join("nowhere"));
    assert!(
        matches!(result, Err(SourceError::Unreadable { .. })),
        "{result:?}"
    );
}

#[test]
fn a_history_given_as_a_plain_directory_is_pointed_out() {
    let folder = tempfile::tempdir().expect("a folder");
    write(
        folder.path(),
        "20260302T000000Z.ics",
        calendar("a").as_bytes(),
    );
    write(
        folder.path(),
        "20260309T000000Z/maya@example.com.ics",
        calendar("b").as_bytes(),
    );
    let (recorder, result) = read_path(folder.path());
    assert_eq!(result, Ok(()));
    let first = recorder
        .told(folder.path())
        .lines()
        .next()
        .map(str::to_owned);
    let advice = "warning …: its entries are named like snapshots; read it with --history to see what changed";
    assert_eq!(first.as_deref(), Some(advice));
}

#[test]
fn a_history_of_too_many_files_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    for minute in 0..60 {
        write(
            folder.path(),
            &format!("20260302T00{minute:02}00Z.ics"),
            calendar("a").as_bytes(),
        );
    }
    let (_, result) = read_with(&Source::History(folder.path().into()), &tight());
    assert!(
        matches!(result, Err(SourceError::TooLarge { .. })),
        "{result:?}"
    );
}
