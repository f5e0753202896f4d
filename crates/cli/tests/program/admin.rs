//! `admin`.

use crate::feed::Feed;
use crate::running::{CALENDAR, PASSWORD, Running, cookie, run};
use std::fs;
use std::os::unix::fs::PermissionsExt;

#[test]
fn whoever_lost_a_password_chooses_a_new_one_by_a_link() {
    let folder = tempfile::tempdir().unwrap();
    let mut server = Running::start(&["serve"], folder.path());
    let none = run(&["admin", "reset-link", "maya@example.com"], folder.path());
    assert_eq!(none.code, 3, "{}", none.err);
    server.set_up();
    let nobody = run(&["admin", "reset-link", "eve@example.com"], folder.path());
    assert_eq!(
        (nobody.code, nobody.out.as_str()),
        (3, ""),
        "{}",
        nobody.err
    );
    assert!(nobody.err.contains("nobody signs in with that address"));
    // Without a word, at the address of the server that runs.
    let ran = run(&["admin", "reset-link", "Maya@example.com"], folder.path());
    let here = format!("http://{}/new-password/", server.address);
    assert!(ran.out.starts_with(&here), "{} in {}", here, ran.out);
    let at = ["--at", "https://steadfast.example.com/"];
    let arguments = ["admin", "reset-link", "Maya@example.com", at[0], at[1]];
    let ran = run(&arguments, folder.path());
    assert_eq!(ran.code, 0, "{}", ran.err);
    let path = ran
        .out
        .trim()
        .strip_prefix("https://steadfast.example.com")
        .unwrap();
    let page = server.get(path);
    assert!(page.contains("Choose a new password"), "{page}");
    let new = server.post(path, "password=another+of+many+words");
    assert!(!cookie(&new).is_empty());
    assert!(server.sign_in(PASSWORD).starts_with("HTTP/1.1 422"));
    let again = server.sign_in("another of many words");
    assert!(again.starts_with("HTTP/1.1 303"), "{again}");
    let (_, err) = server.end();
    assert!(!folder.path().join("steadfast.address").exists());
    let token = path.rsplit('/').next().unwrap();
    assert!(!err.contains(token), "no link stands in the log");
}

#[test]
fn a_new_key_wraps_what_the_old_one_did() {
    let folder = tempfile::tempdir().unwrap();
    let key = folder.path().join("steadfast.key");
    let feed = Feed::of(CALENDAR);
    let mut server = Running::start(&["serve", "--allow-private"], folder.path());
    let maya = server.set_up();
    feed.connect(&server, &maya);
    let before = fs::read_to_string(&key).unwrap();
    let listen = server.address.clone();
    let refused = run(&["admin", "rotate-key", "--listen", &listen], folder.path());
    assert_eq!(refused.code, 5, "{}", refused.err);
    assert_eq!(fs::read_to_string(&key).unwrap(), before);
    server.end();

    let arguments = ["admin", "rotate-key", "--listen", "127.0.0.1:1"];
    let ran = run(&arguments, folder.path());
    assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{}", ran.err);
    assert!(
        ran.err.contains("1 sources are wrapped with it"),
        "{}",
        ran.err
    );
    let after = fs::read_to_string(&key).unwrap();
    assert!(after.ends_with(&before) && after.lines().count() == 2);
    let mode = fs::metadata(&key).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    // The new key alone opens it.
    let new = after.lines().next().unwrap();
    fs::write(&key, format!("{new}\n")).unwrap();
    let ran = run(&["sync", "--all", "--allow-private"], folder.path());
    assert!(ran.out.contains("unchanged 1\n"), "{}{}", ran.out, ran.err);

    fs::write(&key, &before).unwrap();
    let ran = run(&arguments, folder.path());
    assert_eq!(ran.code, 3, "{}", ran.err);
    assert!(ran.err.contains("nothing was changed"), "{}", ran.err);
    assert_eq!(fs::read_to_string(&key).unwrap(), before);
    // Without its key a calendar waits for the key, not for its owner.
    let ran = run(&["sync", "--all", "--allow-private"], folder.path());
    assert!(ran.out.contains("failed 1\nstopped 0\n"), "{}", ran.out);

    let there = run(&["admin", "new-key"], folder.path());
    assert_eq!(there.code, 5, "{}", there.err);
}
