//! CalDAV against real servers. They have to be there: `cargo xtask test` installs them.

use crate::common::{Recorder, calendar, tight};
use std::time::Duration;
use steadfast_connect::{Options, Secret, Source, SourceError};
use steadfast_testkit::servers::{Cyrus, Radicale};

fn read(
    port: u16,
    path: &str,
    user: Option<&str>,
    password: &str,
) -> (Recorder, Result<(), SourceError>) {
    let mut options = Options {
        user: user.map(str::to_owned),
        password: Some(Secret::new(password)),
        ..tight()
    };
    // Real servers on a loaded machine.
    options.limits.answer = Duration::from_secs(30);
    options.limits.whole = Duration::from_secs(60);
    let url = format!("http://127.0.0.1:{port}{path}");
    let (mut recorder, result) =
        crate::common::read_with(&Source::parse(&url).expect("a URL"), &options);
    for line in &mut recorder.lines {
        *line = line.replace(&format!("http://127.0.0.1:{port}"), "");
    }
    (recorder, result)
}

fn events(recorder: &Recorder) -> usize {
    recorder
        .bodies
        .iter()
        .map(|body| body.matches("BEGIN:VEVENT").count())
        .sum()
}

fn mkcalendar(name: &str, component: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?><c:mkcalendar xmlns:d=\"DAV:\" xmlns:c=\"urn:ietf:params:xml:ns:caldav\"><d:set><d:prop>\
         <d:displayname>{name}</d:displayname><c:supported-calendar-component-set><c:comp name=\"{component}\"/>\
         </c:supported-calendar-component-set></d:prop></d:set></c:mkcalendar>"
    )
}

#[test]
fn radicale_gives_every_event_from_each_of_its_addresses() {
    let server = Radicale::start(&["maya", "ben"]);
    let put = |path: &str, text: &str| {
        let reply = server.request("PUT", path, "maya", &["Content-Type: text/calendar"], text);
        assert_eq!(reply.status, 201, "{path}: {}", reply.text);
    };
    let make = |path: &str, name: &str, component: &str| {
        let reply = server.request(
            "MKCALENDAR",
            path,
            "maya",
            &[],
            &mkcalendar(name, component),
        );
        assert_eq!(reply.status, 201, "{path}: {}", reply.text);
    };
    make("/maya/private/", "Private", "VEVENT");
    make("/maya/tasks/", "Tasks", "VTODO");
    make("/maya/birthdays/", "Birthdays", "VEVENT");
    // More than two pages at once: Radicale makes a collection of a calendar.
    let seam = "END:VCALENDAR\r\nBEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//\r\n";
    let many: String = (0..230).map(|n| calendar(&format!("work-{n}"))).collect();
    put("/maya/work/", &many.replace(seam, ""));
    // And a name that has to be coded in an address.
    put(
        "/maya/work/caf%C3%A9%20%26%20t%C3%A9.ics",
        &calendar("café"),
    );
    put("/maya/private/a@b.ics", &calendar("private"));
    let todo = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VTODO\r\nUID:t\r\nDTSTAMP:20260301T000000Z\r\nSUMMARY:t\r\nEND:VTODO\r\nEND:VCALENDAR\r\n";
    put("/maya/tasks/t.ics", todo);

    let (recorder, result) = read(server.port, "/maya/work/", Some("maya"), "secret");
    assert_eq!(result, Ok(()));
    assert_eq!(recorder.lines, ["calendar /maya/work/"]);
    assert_eq!(events(&recorder), 231);
    assert!(recorder.bodies[0].contains("SUMMARY:café"));

    let whole_account = [
        "aside /maya/birthdays/: a birthday calendar",
        "calendar /maya/private/",
        "aside /maya/tasks/: a task list",
        "calendar /maya/work/",
    ];
    for path in ["/maya/", "/", "/.well-known/caldav", "/nowhere/../"] {
        let (recorder, result) = read(server.port, path, Some("maya"), "secret");
        assert_eq!(result, Ok(()), "{path}");
        assert_eq!(recorder.lines, whole_account, "{path}");
        assert_eq!(events(&recorder), 232, "{path}");
    }
}

#[test]
fn radicale_refusals_are_told_plainly() {
    let server = Radicale::start(&["maya", "ben"]);
    let reply = server.request(
        "MKCALENDAR",
        "/maya/work/",
        "maya",
        &[],
        &mkcalendar("Work", "VEVENT"),
    );
    assert_eq!(reply.status, 201, "{}", reply.text);
    let refused = |path: &str, user: Option<&str>, password: &str, hint: &str| {
        let (recorder, result) = read(server.port, path, user, password);
        let error = result.expect_err(path);
        assert!(
            matches!(error, SourceError::Unauthorized { .. }),
            "{error:?}"
        );
        assert!(error.hint().contains(hint), "{}", error.hint());
        assert!(!error.to_string().contains(password), "{error}");
        assert!(recorder.lines.is_empty());
    };
    refused("/maya/work/", Some("maya"), "wr0ng", "STEADFAST_PASSWORD");
    refused("/maya/work/", None, "unused", "--user");
    refused("/maya/work/", Some("ben"), "secret", "STEADFAST_PASSWORD");
    let (_, result) = read(server.port, "/ben/", Some("ben"), "secret");
    let error = result.expect_err("ben has no calendar");
    assert!(matches!(error, SourceError::BadAnswer { .. }), "{error:?}");
    let (recorder, result) = read(server.port, "/maya/work/", Some("maya"), "secret");
    assert!(recorder.bodies.is_empty());
    assert!(
        matches!(result, Ok(())),
        "an empty calendar is a calendar: {result:?}"
    );
}

#[test]
fn radicale_goes_on_around_a_damaged_object() {
    let server = Radicale::start(&["maya"]);
    let reply = server.request(
        "MKCALENDAR",
        "/maya/work/",
        "maya",
        &[],
        &mkcalendar("Work", "VEVENT"),
    );
    assert_eq!(reply.status, 201, "{}", reply.text);
    for name in ["a", "b", "c"] {
        let path = format!("/maya/work/{name}.ics");
        let reply = server.request(
            "PUT",
            &path,
            "maya",
            &["Content-Type: text/calendar"],
            &calendar(name),
        );
        assert_eq!(reply.status, 201, "{}", reply.text);
    }
    std::fs::write(
        server.file_of("/maya/work/b.ics"),
        "BEGIN:VCALENDAR\r\nbroken",
    )
    .expect("a file");
    let (recorder, result) = read(server.port, "/maya/work/", Some("maya"), "secret");
    assert_eq!(result, Ok(()));
    assert_eq!(events(&recorder), 2, "{:?}", recorder.lines);
}

#[test]
fn cyrus_gives_what_its_own_scheduling_made() {
    let server = Cyrus::start(&["maya", "ben"]);
    let meeting = calendar("one-on-one").replace(
        "END:VEVENT",
        "ORGANIZER:mailto:maya@example.org\r\nATTENDEE;PARTSTAT=ACCEPTED:mailto:maya@example.org\r\n\
         ATTENDEE;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:ben@example.org\r\nRRULE:FREQ=WEEKLY;COUNT=5\r\nEND:VEVENT",
    );
    let put = |name: &str, text: &str| {
        let path = format!("/dav/calendars/user/maya/Default/{name}.ics");
        let reply = server.request("PUT", &path, "maya", &["Content-Type: text/calendar"], text);
        assert_eq!(reply.status, 201, "{}", reply.text);
    };
    put("one-on-one", &meeting);
    for n in 0..120 {
        put(&format!("other-{n}"), &calendar(&format!("other-{n}")));
    }
    let of_maya = ["calendar /dav/calendars/user/maya/Default/ of maya@example.org"];
    let addresses = [
        "/dav/calendars/user/maya/Default/",
        "/dav/calendars/user/maya/",
        "/dav/principals/user/maya/",
        "/dav/",
        "/",
    ];
    for path in addresses {
        let (recorder, result) = read(server.port, path, Some("maya"), "secret");
        assert_eq!(result, Ok(()), "{path}");
        assert_eq!(recorder.lines, of_maya, "{path}");
        assert_eq!(events(&recorder), 121, "{path}");
        assert!(
            recorder.bodies[0].contains("FREQ=WEEKLY"),
            "series are not expanded"
        );
    }
    // What the server itself delivered to the other calendar; not what waits in the inbox.
    let (recorder, result) = read(
        server.port,
        "/dav/principals/user/ben/",
        Some("ben"),
        "secret",
    );
    assert_eq!(result, Ok(()));
    assert_eq!(
        recorder.lines,
        ["calendar /dav/calendars/user/ben/Default/ of ben@example.org"]
    );
    assert_eq!(events(&recorder), 1);

    let (_, result) = read(
        server.port,
        "/dav/principals/user/maya/",
        Some("maya"),
        "wr0ng",
    );
    assert!(
        matches!(result, Err(SourceError::Unauthorized { as_user: true, .. })),
        "{result:?}"
    );
    let (_, result) = read(
        server.port,
        "/dav/calendars/user/maya/Default/",
        None,
        "unused",
    );
    assert!(
        matches!(
            result,
            Err(SourceError::Unauthorized { as_user: false, .. })
        ),
        "{result:?}"
    );
}
