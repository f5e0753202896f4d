//! `serve` and `demo`.

use crate::running::{Running, cookie, run};
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
    let making = "making a year of made-up calendars, and what became of each 1:1 in it: that takes some seconds";
    assert!(err.starts_with(&format!("steadfast: {making}")), "{err}");
    assert!(err.contains("Ctrl-C ends it"), "{err}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn a_demo_stands_on_any_day_of_its_year_for_everybody_in_it() {
    let folder = tempfile::tempdir().unwrap();
    let demo = Running::start(&["demo"], folder.path());
    let form = "Content-Type: application/x-www-form-urlencoded\r\n";
    let mut maya = cookie(&demo.get("/"));
    let today = demo.get_as("/one-on-ones", &maya);
    assert!(
        today.contains("It is <b class=\"nowrap\">22 November 2026"),
        "{today}"
    );
    assert!(today.contains("a week before") && !today.contains("a week later"));
    assert!(today.contains("Dana") && today.contains("Noor"), "{today}");
    for (day, shown) in [
        ("2026-03-01", "1 March 2026"),
        ("2025-12-07", "7 December 2025"),
    ] {
        // From the page of her privacy, as Ben.
        let headers = format!("{form}Cookie: {maya}\r\nReferer: http://a/privacy\r\n");
        let sent = format!("day={day}&me=1");
        let answer = demo.ask("POST /demo/at HTTP/1.1", &headers, sent.as_bytes());
        assert!(answer.contains("location: /?to=/privacy\r\n"), "{answer}");
        let chosen = cookie(&answer);
        let answer = demo.get_as("/?to=/privacy", &format!("{maya}; {chosen}"));
        assert!(answer.contains("location: /privacy\r\n"), "{answer}");
        let ben = format!("{}; {chosen}", cookie(&answer));
        let page = demo.get_as("/privacy", &ben);
        assert!(page.contains("You are <b>Ben</b>"), "{page}");
        assert!(
            page.contains(&format!("<b class=\"nowrap\">{shown}")),
            "{page}"
        );
        assert!(page.contains("a week later"));
        let answer = demo.ask(
            "POST /demo/be/0 HTTP/1.1",
            &format!("Cookie: {ben}\r\n"),
            b"",
        );
        maya = cookie(&answer);
        let hers = demo.get_as("/one-on-ones", &format!("{maya}; {chosen}"));
        assert!(hers.contains("Ben Okafor"), "{hers}");
        for later in ["Dana", "Noor", "Leadership review"] {
            assert!(!hers.contains(later), "{later} on {day}: {hers}");
        }
    }
    let headers = format!("{form}Cookie: {maya}\r\n");
    for (sent, status) in [("day=2026-03-02&me=0", 404), ("day=soon&me=0", 400)] {
        let answer = demo.ask("POST /demo/at HTTP/1.1", &headers, sent.as_bytes());
        assert!(
            answer.starts_with(&format!("HTTP/1.1 {status}")),
            "{answer}"
        );
    }
    let (_, err) = demo.end();
    assert!(!err.contains("error.cause"), "{err}");
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
