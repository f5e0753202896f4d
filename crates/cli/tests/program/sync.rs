//! `sync`.

use crate::feed::Feed;
use crate::running::{CALENDAR, Ran, Running, run};
use std::path::Path;

fn sync(arguments: &[&str], folder: &Path) -> Ran {
    let mut all = vec!["sync", "--allow-private"];
    all.extend(arguments);
    run(&all, folder)
}

#[test]
fn what_is_due_is_read_once_and_all_of_it_when_asked() {
    let folder = tempfile::tempdir().unwrap();
    let feed = Feed::of(CALENDAR);
    let mut server = Running::start(&["serve", "--allow-private"], folder.path());
    let maya = server.set_up();
    feed.connect(&server, &maya);
    server.end();
    let ran = sync(&[], folder.path());
    let nothing = "changed 0\nunchanged 0\nfailed 0\nstopped 0\n";
    assert_eq!((ran.code, ran.out.as_str()), (0, nothing), "{}", ran.err);
    let ran = sync(&["--all", "--format", "json"], folder.path());
    let told: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(
        (ran.code, &told["unchanged"]),
        (0, &1.into()),
        "{}",
        ran.err
    );
    feed.says(Some(&CALENDAR.replace("T093000Z", "T094500Z")));
    let ran = sync(&["--all"], folder.path());
    assert!(
        ran.out.starts_with("changed 1\nunchanged 0\n"),
        "{}",
        ran.out
    );

    feed.says(None);
    let ran = sync(&["--all"], folder.path());
    assert_eq!(ran.code, 4, "{}", ran.err);
    assert!(ran.out.contains("failed 1\n"), "{}", ran.out);
    assert!(
        ran.err
            .starts_with("steadfast: 1 calendars could not be read\n")
    );
    for word in ["secret-feed", "maya@", "127.0.0.1"] {
        assert!(!ran.err.contains(word) && !ran.out.contains(word), "{word}");
    }
}

#[test]
fn without_its_key_file_nothing_is_asked() {
    let folder = tempfile::tempdir().unwrap();
    Running::start(&["serve"], folder.path()).end();
    std::fs::remove_file(folder.path().join("steadfast.key")).unwrap();
    let ran = sync(&[], folder.path());
    assert_eq!(ran.code, 3);
    assert!(
        ran.err.contains("there is no key file steadfast.key"),
        "{}",
        ran.err
    );
    assert!(!folder.path().join("steadfast.key").exists());
}

#[test]
fn what_is_shown_comes_out_the_same_when_it_is_judged_anew() {
    let folder = tempfile::tempdir().unwrap();
    let feed = Feed::of(CALENDAR);
    let mut server = Running::start(&["serve", "--allow-private"], folder.path());
    let maya = server.set_up();
    feed.connect(&server, &maya);
    server.end();
    let first = run(&["rebuild"], folder.path());
    assert_eq!(first.code, 0, "{}", first.err);
    assert!(first.out.starts_with("ledgers 1\n"), "{}", first.out);
    let second = run(&["rebuild"], folder.path());
    assert_eq!(second.out, "ledgers 1\ncompared 1\ndiffer 0\n");
    assert_eq!(second.code, 0);
}
