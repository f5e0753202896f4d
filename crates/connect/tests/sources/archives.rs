//! Zip and tar archives as providers make them, broken ones, and hostile ones.

use crate::common::{Recorder, calendar, read_path, read_with, tight};
use flate2::Compression;
use flate2::write::GzEncoder;
use proptest::prelude::*;
use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;
use steadfast_connect::{Source, SourceError, SourceErrorKind};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, content) in entries {
        writer.start_file(*name, options).expect("an entry");
        writer.write_all(content).expect("content");
    }
    writer.finish().expect("an archive").into_inner()
}

fn tgz(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = tar::Builder::new(GzEncoder::new(Vec::new(), Compression::fast()));
    for (name, content) in entries {
        let mut header = tar::Header::new_gnu();
        header.set_size(content.len() as u64);
        header.set_mode(0o644);
        builder
            .append_data(&mut header, name, *content)
            .expect("an entry");
    }
    builder
        .into_inner()
        .expect("an archive")
        .finish()
        .expect("gzip")
}

/// Writes an archive and reads it.
fn read(name: &str, bytes: &[u8]) -> (String, Recorder, Result<(), SourceError>) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(name);
    fs::write(&path, bytes).expect("a file");
    let (recorder, result) = read_path(&path);
    (recorder.told(folder.path()), recorder, result)
}

const GOOGLE: &[(&str, &str)] = &[
    ("maya@example.com.ics", "main"),
    ("Team_c_188abc@group.calendar.google.com.ics", "team"),
    (
        "Holidays in Germany_en.german#holiday@group.v.calendar.google.com.ics",
        "holiday",
    ),
    (
        "Birthdays_addressbook#contacts@group.v.calendar.google.com.ics",
        "birthday",
    ),
    ("Sprints_x1@import.calendar.google.com.ics", "subscribed"),
];

fn google() -> Vec<(&'static str, Vec<u8>)> {
    GOOGLE
        .iter()
        .map(|(name, summary)| (*name, calendar(summary).into_bytes()))
        .collect()
}

const GOOGLE_TOLD: &str = "\
calendar …/export.zip/maya@example.com.ics of maya@example.com
calendar …/export.zip/Team_c_188abc@group.calendar.google.com.ics
aside …/export.zip/Holidays in Germany_en.german#holiday@group.v.calendar.google.com.ics: a holiday calendar
aside …/export.zip/Birthdays_addressbook#contacts@group.v.calendar.google.com.ics: a birthday calendar
aside …/export.zip/Sprints_x1@import.calendar.google.com.ics: a subscribed calendar
";

#[test]
fn a_google_export_gives_its_diaries_and_sets_the_rest_aside() {
    let entries = google();
    let entries: Vec<(&str, &[u8])> = entries
        .iter()
        .map(|(name, text)| (*name, text.as_slice()))
        .collect();
    let (told, recorder, result) = read("export.zip", &zip(&entries));
    assert_eq!(result, Ok(()));
    assert_eq!(told, GOOGLE_TOLD);
    assert_eq!(recorder.bodies, [calendar("main"), calendar("team")]);
    let (told, _, result) = read("export.zip", &tgz(&entries));
    assert_eq!(
        result,
        Ok(()),
        "an archive is known by its bytes, not by its name"
    );
    assert_eq!(told, GOOGLE_TOLD);
}

#[test]
fn a_takeout_gives_its_calendars_from_zip_and_tgz() {
    let page = b"<html></html>".as_slice();
    let (main, birthdays, inner) = (calendar("main"), calendar("b"), zip(&[]));
    let long = format!("Takeout/Calendar/{}.ics", "a long name ".repeat(20));
    let entries: &[(&str, &[u8])] = &[
        ("Takeout/archive_browser.html", page),
        ("Takeout/Calendar/Maya.ics", main.as_bytes()),
        ("Takeout/Calendar/Birthdays.ics", birthdays.as_bytes()),
        ("Takeout/Calendar/old.zip", &inner),
        ("Takeout/Calendar/._Maya.ics", b"\0\x05\x16\x07"),
        (&long, main.as_bytes()),
    ];
    for (name, bytes) in [("takeout.zip", zip(entries)), ("takeout.tgz", tgz(entries))] {
        let (told, _, result) = read(name, &bytes);
        assert_eq!(result, Ok(()), "{name}");
        let expected = format!(
            "aside …/{name}/Takeout/archive_browser.html: not a calendar\n\
             calendar …/{name}/Takeout/Calendar/Maya.ics\n\
             aside …/{name}/Takeout/Calendar/Birthdays.ics: a birthday calendar\n\
             aside …/{name}/Takeout/Calendar/old.zip: an archive of its own; name it as a source\n\
             aside …/{name}/Takeout/Calendar/._Maya.ics: not a calendar\n\
             calendar …/{name}/{long}\n"
        );
        assert_eq!(told, expected);
    }
}

#[test]
fn a_broken_entry_is_a_warning_and_the_rest_is_read() {
    let (one, two) = (calendar("one"), calendar("two"));
    let mut bytes = zip(&[
        ("one.ics", one.as_bytes()),
        ("two.ics", two.as_bytes()),
        ("page.ics", b"<html>"),
    ]);
    // The packed bytes of the first entry begin behind its header of 30 bytes and its name.
    for byte in &mut bytes[30 + 7 + 20..30 + 7 + 40] {
        *byte ^= 0x55;
    }
    let (told, recorder, result) = read("a.zip", &bytes);
    assert_eq!(result, Ok(()));
    assert_eq!(recorder.bodies, [two]);
    assert!(
        told.starts_with("warning …/a.zip/one.ics: could not be read to its end: "),
        "{told}"
    );
    assert!(
        told.ends_with("warning …/a.zip/page.ics: not a calendar but a web page; not read\n"),
        "{told}"
    );
}

#[test]
fn paths_that_lead_elsewhere_are_only_labels() {
    let text = calendar("a");
    let entries: &[(&str, &[u8])] = &[
        ("../../../../tmp/steadfast-escaped.ics", text.as_bytes()),
        ("/tmp/steadfast-escaped.ics", text.as_bytes()),
    ];
    let (told, _, result) = read("a.zip", &zip(entries));
    assert_eq!(result, Ok(()));
    assert_eq!(told.matches("steadfast-escaped.ics").count(), 2, "{told}");
    assert!(!Path::new("/tmp/steadfast-escaped.ics").exists());
}

#[test]
fn a_locked_archive_says_so() {
    let text = calendar("a");
    let mut bytes = zip(&[("a.ics", text.as_bytes())]);
    // Bit 0 of the general purpose flags in the local and the central header.
    bytes[6] |= 1;
    let central = bytes
        .windows(4)
        .position(|window| window == b"PK\x01\x02")
        .expect("a central header");
    bytes[central + 8] |= 1;
    let (_, _, result) = read("locked.zip", &bytes);
    let error = result.expect_err("locked");
    assert!(matches!(error, SourceError::Encrypted { .. }), "{error:?}");
    assert_eq!(error.kind(), SourceErrorKind::Input);
    assert!(
        error
            .to_string()
            .ends_with("locked.zip is locked with a password"),
        "{error}"
    );
}

#[test]
fn archives_without_a_calendar_are_an_error_that_says_what_was_there() {
    fn check(bytes: &[u8], expected: &str) {
        let (_, _, result) = read("a.zip", bytes);
        let error = result.expect_err(expected);
        assert_eq!(error.kind(), SourceErrorKind::Input);
        let said = error.to_string();
        assert!(said.ends_with(expected), "{said}");
    }
    check(&zip(&[]), "a.zip holds no calendar that can be read");
    check(
        &zip(&[("a.txt", b"x"), ("b.txt", b"x")]),
        "a.zip holds no calendar that can be read (2 set aside)",
    );
    check(
        &zip(&[("a.ics", b"")]),
        "a.zip holds no calendar that can be read (1 unreadable)",
    );
    check(
        &tgz(&[("a.txt", b"x")]),
        "a.zip holds no calendar that can be read (1 set aside)",
    );
}

#[test]
fn a_bomb_is_stopped_at_its_first_megabytes() {
    let mut bomb = calendar("bomb").into_bytes();
    bomb.extend(std::iter::repeat_n(b' ', 64 << 20));
    let small = calendar("small");
    let entries: &[(&str, &[u8])] = &[("small.ics", small.as_bytes()), ("bomb.ics", &bomb)];
    for (name, bytes) in [("bomb.zip", zip(entries)), ("bomb.tgz", tgz(entries))] {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join(name);
        fs::write(&path, bytes).expect("a file");
        let mut recorder = Recorder {
            only_count: true,
            ..Recorder::default()
        };
        let result = steadfast_connect::read(&Source::Path(path), &tight(), &mut recorder);
        let error = result.expect_err(name);
        assert!(matches!(error, SourceError::TooLarge { .. }), "{error:?}");
        let delivered: Vec<&String> = recorder
            .lines
            .iter()
            .filter(|line| line.starts_with("calendar"))
            .collect();
        assert!(
            delivered.len() == 1 && delivered[0].ends_with("small.ics"),
            "{:?}",
            recorder.lines
        );
        assert!(recorder.bytes < 4 << 20, "{} bytes", recorder.bytes);
    }
}

#[test]
fn many_small_entries_are_bounded_by_their_sum() {
    let mut text = calendar("part").into_bytes();
    // Noise does not pack, so only the sum stops it.
    let mut state = 1_u32;
    text.extend((0..900_000).map(|_| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        b'a' + (state >> 24) as u8 % 26
    }));
    let names: Vec<String> = (0..12).map(|n| format!("{n}.ics")).collect();
    let entries: Vec<(&str, &[u8])> = names
        .iter()
        .map(|name| (name.as_str(), text.as_slice()))
        .collect();
    for (name, bytes) in [("many.zip", zip(&entries)), ("many.tgz", tgz(&entries))] {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join(name);
        fs::write(&path, bytes).expect("a file");
        let (recorder, result) = read_with(&Source::Path(path), &tight());
        let error = result.expect_err(name);
        assert!(
            error
                .to_string()
                .ends_with("too large: more than 8 MiB unpacked"),
            "{error}"
        );
        assert!(recorder.bytes <= 8 << 20);
    }
}

#[test]
fn too_many_entries_are_refused() {
    let names: Vec<String> = (0..60).map(|n| format!("{n}.txt")).collect();
    let entries: Vec<(&str, &[u8])> = names
        .iter()
        .map(|name| (name.as_str(), b"x".as_slice()))
        .collect();
    for (name, bytes) in [("many.zip", zip(&entries)), ("many.tgz", tgz(&entries))] {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join(name);
        fs::write(&path, bytes).expect("a file");
        let (_, result) = read_with(&Source::Path(path), &tight());
        let error = result.expect_err(name);
        assert!(
            error.to_string().ends_with("more than 50 entries"),
            "{error}"
        );
    }
}

#[test]
fn a_tar_header_that_promises_an_endless_name_costs_nothing() {
    let mut header = tar::Header::new_gnu();
    header.set_entry_type(tar::EntryType::GNULongName);
    header.set_size(6 << 30);
    header.set_path("././@LongLink").expect("a path");
    header.set_cksum();
    let mut bytes = header.as_bytes().to_vec();
    bytes.extend(std::iter::repeat_n(b'a', 1 << 20));
    let (_, recorder, result) = read("name.tar", &bytes);
    assert!(result.is_err());
    assert!(recorder.bodies.is_empty());
}

#[test]
fn one_gzipped_calendar_is_read() {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
    gzip.write_all(calendar("packed").as_bytes()).expect("gzip");
    let (told, recorder, result) = read("maya@example.com.ics", &gzip.finish().expect("gzip"));
    assert_eq!(result, Ok(()));
    assert_eq!(
        told,
        "calendar …/maya@example.com.ics of maya@example.com\n"
    );
    assert_eq!(recorder.bodies, [calendar("packed")]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Whatever happens to an archive on its way, reading it ends, and gives nothing that was not in it.
    #[test]
    fn damaged_archives_never_panic(
        gzip in any::<bool>(),
        cut in 0_usize..2000,
        damage in proptest::collection::vec((0_usize..2000, any::<u8>()), 0..8),
    ) {
        let entries = google();
        let entries: Vec<(&str, &[u8])> = entries.iter().map(|(name, text)| (*name, text.as_slice())).collect();
        let mut bytes = if gzip { tgz(&entries) } else { zip(&entries) };
        for (at, value) in damage {
            let length = bytes.len();
            bytes[at % length] = value;
        }
        bytes.truncate(bytes.len().saturating_sub(cut % 40));
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a");
        fs::write(&path, &bytes).expect("a file");
        let mut recorder = Recorder { only_count: true, ..Recorder::default() };
        let result = steadfast_connect::read(&Source::Path(path), &tight(), &mut recorder);
        prop_assert!(recorder.bytes <= 8 << 20);
        prop_assert!(result.is_err() || !recorder.owners.is_empty());
    }
}
