//! `backup` and `restore`.

use crate::running::{CALENDAR, PASSWORD, Running, cookie, run};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn what_was_backed_up_while_the_server_ran_is_there_again_elsewhere() {
    let (here, there) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut server = Running::start(&["serve"], here.path());
    let maya = server.set_up();
    server.hand_in(&maya, CALENDAR);
    let ran = run(&["backup", "all.backup"], here.path());
    assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{}", ran.err);
    for words in [
        "all.backup holds everything that is in the database (",
        "Not in it are your settings, and the key file steadfast.key, which alone opens how connected calendars are reached",
        "`steadfast restore` needs this file alone",
        "Without it everybody connects their calendars again, and nothing else is lost.",
    ] {
        assert!(ran.err.contains(words), "{words} in {}", ran.err);
    }
    let again = run(&["backup", "all.backup"], here.path());
    assert_eq!(again.code, 5, "{}", again.err);
    let again = run(&["backup", "--replace", "all.backup"], here.path());
    assert_eq!(again.code, 0, "{}", again.err);
    server.end();
    let backup = here.path().join("all.backup");
    let mode = fs::metadata(&backup).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600, "there are calendars in it");

    let backup = backup.to_str().unwrap();
    let ran = run(&["restore", backup], there.path());
    assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{}", ran.err);
    let mode = fs::metadata(there.path().join("steadfast.db"))
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600);
    let server = Running::start(&["serve"], there.path());
    let maya = cookie(&server.sign_in(PASSWORD));
    let page = server.get_as("/one-on-ones", &maya);
    assert!(page.contains("Ben Okafor"), "{page}");
    server.end();

    let full = run(&["restore", backup], there.path());
    assert_eq!(full.code, 5, "{}", full.err);
    assert!(full.err.contains("restore into an empty one"));
}

#[test]
fn a_backup_that_is_not_whole_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    Running::start(&["serve"], folder.path()).end();
    assert_eq!(run(&["backup", "b"], folder.path()).code, 0);
    let whole = fs::read(folder.path().join("b")).unwrap();
    let other = tempfile::tempdir().unwrap();
    fs::write(other.path().join("half"), &whole[..whole.len() / 2]).unwrap();
    for name in ["half", "none"] {
        let ran = run(&["restore", name], other.path());
        assert_eq!(ran.code, 3, "{}", ran.err);
        assert_eq!(
            ran.err.lines().count(),
            2,
            "what and what to do: {}",
            ran.err
        );
        assert_eq!(names(other.path()), ["half"]);
    }
}

#[test]
fn no_database_is_made_to_be_backed_up() {
    let folder = tempfile::tempdir().unwrap();
    let ran = run(&["backup", "b"], folder.path());
    assert_eq!(ran.code, 3, "{}", ran.err);
    assert!(ran.err.contains("there is no database steadfast.db"));
    assert_eq!(names(folder.path()), [""; 0]);
    fs::write(folder.path().join("steadfast.db"), "").unwrap();
    let ran = run(&["backup", "b"], folder.path());
    assert_eq!(ran.code, 5, "empty is not ours: {}", ran.err);
}
