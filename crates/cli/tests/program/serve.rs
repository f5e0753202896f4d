//! `serve` and `demo`.

use crate::running::{Running, run};
use std::fs;
use std::os::unix::fs::PermissionsExt;

#[test]
fn a_server_prints_its_address_alone_and_ends_well_when_asked() {
    let folder = tempfile::tempdir().unwrap();
    let server = Running::start(&["serve"], folder.path());
    assert!(server.get("/readyz").starts_with("HTTP/1.1 200"));
    let (out, err) = server.end();
    assert_eq!(out, "", "standard output has one line");
    let (_, link) = err.split_once("/set-up/").expect("the link to set it up");
    let token: String = link.chars().take_while(char::is_ascii_hexdigit).collect();
    assert_eq!(token.len(), 64);
    assert!(err.contains("request.route=/readyz response.status=200"));
    let database = fs::metadata(folder.path().join("steadfast.db")).unwrap();
    assert_eq!(database.permissions().mode() & 0o777, 0o600);
}

#[test]
fn a_demo_lets_its_reader_in_and_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let demo = Running::start(&["demo"], folder.path());
    let answer = demo.get("/");
    assert!(answer.contains("location: /one-on-ones"), "{answer}");
    assert!(answer.contains("set-cookie: steadfast_demo="), "{answer}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    let (out, err) = demo.end();
    assert_eq!(out, "");
    assert!(err.contains("Ctrl-C ends it"), "{err}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn a_setting_that_cannot_be_read_is_told_with_its_place_and_nothing_is_made() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("steadfast.toml"), "\nlisen = \"a\"\n").unwrap();
    let ran = run(&["serve"], folder.path());
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert!(
        ran.err
            .starts_with("steadfast: steadfast.toml:2: unknown field `lisen`"),
        "{}",
        ran.err
    );
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    assert_eq!(run(&["serve", "--every", "4"], folder.path()).code, 2);
}

#[test]
fn settings_are_taken_from_the_file_of_the_folder() {
    let folder = tempfile::tempdir().unwrap();
    let text = "database = \"sqlite:ours.db\"\nkey = \"ours.key\"\nevery = 60\n";
    fs::write(folder.path().join("steadfast.toml"), text).unwrap();
    Running::start(&["serve"], folder.path()).end();
    for name in ["ours.db", "ours.key"] {
        assert!(folder.path().join(name).exists(), "{name}");
    }
}
