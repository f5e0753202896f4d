//! Single files, streams and directories.

use crate::common::{Recorder, calendar, read_path, read_with, tight};
use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use steadfast_connect::{Options, Source, SourceError, SourceErrorKind};

fn write(root: &Path, path: &str, content: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
    fs::write(path, content).expect("a file");
}

#[test]
fn a_file_is_read_whole_and_says_whose_it_is() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "Maya@Example.com.ics", &calendar("a"));
    let (recorder, result) = read_path(&folder.path().join("Maya@Example.com.ics"));
    assert_eq!(result, Ok(()));
    assert_eq!(
        recorder.told(folder.path()),
        "calendar …/Maya@Example.com.ics of maya@example.com\n"
    );
    assert_eq!(recorder.bodies, [calendar("a")]);
    assert_eq!(recorder.progress, [(0, Some(calendar("a").len() as u64))]);
}

#[test]
fn what_is_no_calendar_is_named_for_what_it_is() {
    fn check(content: &str, expected: &str) {
        let folder = tempfile::tempdir().expect("a folder");
        write(folder.path(), "a.ics", content);
        let (recorder, result) = read_path(&folder.path().join("a.ics"));
        let error = result.expect_err(expected);
        assert_eq!(error.kind(), SourceErrorKind::Input);
        assert!(error.to_string().ends_with(expected), "{error}");
        assert!(!error.hint().is_empty());
        assert!(recorder.lines.is_empty());
    }
    check("", "a.ics is not a calendar but empty");
    check(
        "<!DOCTYPE html><title>Sign in</title>",
        "a.ics is not a calendar but a web page",
    );
    check("{\"items\":[]}", "a.ics is not a calendar but JSON");
    check("some text", "a.ics is not a calendar but something else");
    let (_, result) = read_path(Path::new("/nowhere/a.ics"));
    let error = result.expect_err("no such file");
    assert!(
        error
            .to_string()
            .starts_with("/nowhere/a.ics cannot be read: No such file"),
        "{error}"
    );
}

#[test]
fn an_endless_stream_that_is_no_calendar_is_left_at_once() {
    let mut recorder = Recorder::default();
    let result = steadfast_connect::read_stream(
        &mut std::io::repeat(b'x'),
        &Options::default(),
        &mut recorder,
    );
    assert!(
        matches!(result, Err(SourceError::NotACalendar { .. })),
        "{result:?}"
    );
}

#[test]
fn standard_input_may_be_a_calendar_but_not_a_zip() {
    let mut recorder = Recorder::default();
    let text = calendar("a");
    let result =
        steadfast_connect::read_stream(&mut text.as_bytes(), &Options::default(), &mut recorder);
    assert_eq!(result, Ok(()));
    assert_eq!(recorder.lines, ["calendar standard input"]);
    let zip = b"PK\x03\x04rest".as_slice();
    let result = steadfast_connect::read_stream(&mut { zip }, &Options::default(), &mut recorder);
    let error = result.expect_err("a zip");
    assert_eq!(
        error.to_string(),
        "standard input is not a calendar but a zip archive"
    );
    assert_eq!(error.hint(), "save it to a file and name the file");
}

#[test]
fn a_stream_that_breaks_is_an_error_of_that_source() {
    struct Breaks(usize);
    impl std::io::Read for Breaks {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            if self.0 == 0 {
                return Err(std::io::Error::other("the disk is gone"));
            }
            self.0 -= 1;
            let text = calendar("a");
            let count = text.len().min(buffer.len());
            buffer[..count].copy_from_slice(&text.as_bytes()[..count]);
            Ok(count)
        }
    }
    let mut recorder = Recorder::default();
    let result =
        steadfast_connect::read_stream(&mut Breaks(100), &Options::default(), &mut recorder);
    let error = result.expect_err("broken");
    assert_eq!(
        error.to_string(),
        "standard input cannot be read: the disk is gone"
    );
    assert!(
        recorder.lines.is_empty(),
        "a calendar that breaks off is not delivered"
    );
}

#[test]
fn a_directory_gives_every_calendar_below_it_in_order_of_name() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    write(root, "b/2.ics", &calendar("two"));
    write(root, "b/1.ics", &calendar("one"));
    write(root, "a.ics", &calendar("a"));
    write(root, "Holidays in France.ics", &calendar("holiday"));
    write(root, "b/color", "#fff");
    write(root, "b/.hidden.ics", &calendar("hidden"));
    write(root, ".git/x.ics", &calendar("git"));
    write(root, "empty.ics", "");
    write(root, "old.zip", "PK");
    let (recorder, result) = read_path(root);
    assert_eq!(result, Ok(()));
    assert_eq!(
        recorder.told(root),
        "aside …/Holidays in France.ics: a holiday calendar\n\
         calendar …/a.ics\n\
         calendar …/b/1.ics\n\
         calendar …/b/2.ics\n\
         aside …/b/color: not a calendar\n\
         warning …/empty.ics: not a calendar but empty; not read\n\
         aside …/old.zip: an archive of its own; name it as a source\n"
    );
}

#[test]
fn links_are_followed_only_within_the_directory() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path().join("root");
    write(folder.path(), "outside.ics", &calendar("outside"));
    write(&root, "real.ics", &calendar("real"));
    symlink("real.ics", root.join("inside.ics")).expect("a link");
    symlink("../outside.ics", root.join("outside.ics")).expect("a link");
    symlink("/dev/zero", root.join("zero.ics")).expect("a link");
    symlink(".", root.join("loop")).expect("a link");
    symlink("nowhere", root.join("dangling.ics")).expect("a link");
    let (recorder, result) = read_path(&root);
    assert_eq!(result, Ok(()));
    assert_eq!(
        recorder.told(&root),
        "aside …/dangling.ics: a link that leads elsewhere\n\
         aside …/loop: a link that leads elsewhere\n\
         aside …/outside.ics: a link that leads elsewhere\n\
         aside …/zero.ics: a link that leads elsewhere\n\
         calendar …/inside.ics\n\
         calendar …/real.ics\n"
    );
}

#[test]
fn a_directory_is_bounded_in_depth_and_number() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "a/b/c/deep.ics", &calendar("deep"));
    write(folder.path(), "a/b/c/d/deeper.ics", &calendar("deeper"));
    let (recorder, result) = read_with(&Source::Path(folder.path().into()), &tight());
    assert_eq!(result, Ok(()));
    assert_eq!(
        recorder.told(folder.path()),
        "aside …/a/b/c/d: nested too deeply\ncalendar …/a/b/c/deep.ics\n"
    );
    for n in 0..60 {
        write(folder.path(), &format!("{n}.ics"), &calendar("many"));
    }
    let (_, result) = read_with(&Source::Path(folder.path().into()), &tight());
    let error = result.expect_err("too many");
    assert!(error.to_string().ends_with("more than 50 files"), "{error}");
}

#[test]
fn a_directory_of_photographs_is_counted_not_listed() {
    let folder = tempfile::tempdir().expect("a folder");
    for n in 0..300 {
        write(folder.path(), &format!("{n}.jpg"), "x");
    }
    let (recorder, result) = read_path(folder.path());
    let error = result.expect_err("no calendar");
    assert!(
        error
            .to_string()
            .ends_with("holds no calendar that can be read (300 set aside)"),
        "{error}"
    );
    assert_eq!(recorder.lines.len(), 201);
    assert!(
        recorder
            .lines
            .last()
            .expect("a line")
            .ends_with(": 100 more things were set aside")
    );
}
