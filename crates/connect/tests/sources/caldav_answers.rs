//! CalDAV servers that do only a part of it, or badly.

use crate::common::{Recorder, calendar, tight};
use crate::scripted::{Answer, Asked, Scripted};
use steadfast_connect::{Options, Secret, Source, SourceError};

fn options() -> Options {
    let mut options = Options {
        user: Some("maya".to_owned()),
        password: Some(Secret::new("secret")),
        ..tight()
    };
    options.limits.page = 2;
    options
}

fn read(server: &Scripted, path: &str) -> (Recorder, Result<(), SourceError>) {
    crate::common::read_with(
        &Source::parse(&server.url(path)).expect("a URL"),
        &options(),
    )
}

/// A response element with found properties.
fn found(href: &str, properties: &str) -> String {
    format!(
        "<d:response><d:href>{href}</d:href><d:propstat><d:prop>{properties}</d:prop>\
         <d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>"
    )
}

/// A response element that says only a status.
fn only(href: &str, status: u16) -> String {
    format!(
        "<d:response><d:href>{href}</d:href><d:status>HTTP/1.1 {status} x</d:status></d:response>"
    )
}

const CALENDAR: &str = "<d:resourcetype><d:collection/><c:calendar/></d:resourcetype>";

fn data(href: &str, summary: &str) -> String {
    found(
        href,
        &format!("<c:calendar-data>{}</c:calendar-data>", calendar(summary)),
    )
}

/// What a request is, in a word.
fn kind(asked: &Asked) -> &'static str {
    let all = [
        ("calendar-query", "query"),
        ("calendar-multiget", "multiget"),
        ("sync-collection", "sync"),
        ("current-user-principal", "what"),
        ("getcontenttype", "members"),
    ];
    all.iter()
        .find(|(word, _)| asked.body.contains(word))
        .map_or("get", |(_, kind)| kind)
}

/// The hrefs in a multiget.
fn hrefs(asked: &Asked) -> Vec<String> {
    let parts = asked.body.split("<d:href>").skip(1);
    parts
        .filter_map(|part| part.split("</d:href>").next().map(str::to_owned))
        .collect()
}

#[test]
fn objects_are_fetched_in_pages() {
    let server = Scripted::start(|asked| match kind(asked) {
        "what" => Answer::multistatus(&found("/cal/", CALENDAR)),
        "query" => {
            let names = [
                "/cal/a.ics",
                "/cal/b%20b.ics",
                "/cal/c@c.ics",
                "/cal/d.ics",
                "/cal/e.ics",
            ];
            let etag = "<d:getetag>W/\"1\"</d:getetag>";
            Answer::multistatus(&names.map(|name| found(name, etag)).concat())
        }
        "multiget" => {
            assert!(hrefs(asked).len() <= 2);
            // Answered in another spelling, as servers do.
            let answers = hrefs(asked)
                .into_iter()
                .map(|href| data(&href.replace('@', "%40"), &href));
            Answer::multistatus(&answers.collect::<String>())
        }
        _ => Answer::status(500),
    });
    let (recorder, result) = read(&server, "/cal/");
    assert_eq!(result, Ok(()));
    assert_eq!(
        recorder.lines,
        [format!("calendar {}", server.url("/cal/"))]
    );
    assert_eq!(recorder.bodies.concat().matches("BEGIN:VEVENT").count(), 5);
    assert_eq!(server.asked().len(), 1 + 1 + 3);
}

#[test]
fn without_reports_members_are_listed_and_fetched_one_by_one() {
    let server = Scripted::start(|asked| match (kind(asked), asked.path.as_str()) {
        ("what", _) => Answer::multistatus(&found("/cal/", CALENDAR)),
        ("members", _) => Answer::multistatus(
            &[
                found("/cal/", CALENDAR),
                found(
                    "/cal/sub/",
                    "<d:resourcetype><d:collection/></d:resourcetype>",
                ),
                found(
                    "/cal/a.ics",
                    "<d:getcontenttype>text/calendar; charset=utf-8</d:getcontenttype>",
                ),
                found(
                    "/cal/card.vcf",
                    "<d:getcontenttype>text/vcard</d:getcontenttype>",
                ),
                found("/cal/b.ics", "<d:resourcetype/>"),
                found("/cal/bad.ics", ""),
                found("/cal/gone.ics", ""),
                found("http://elsewhere.example/x.ics", ""),
            ]
            .concat(),
        ),
        ("get", "/cal/a.ics") => Answer::ok(calendar("a")),
        ("get", "/cal/b.ics") => Answer::ok(calendar("b")),
        ("get", "/cal/bad.ics") => Answer::status(500),
        ("get", _) => Answer::status(404),
        _ => Answer::status(501),
    });
    let (recorder, result) = read(&server, "/cal/");
    assert_eq!(result, Ok(()));
    assert_eq!(
        recorder.lines,
        [
            format!("calendar {}", server.url("/cal/")),
            format!(
                "warning {}: answered with status 500; not read",
                server.url("/cal/bad.ics")
            ),
            format!(
                "warning {}: an object on another host; not read",
                server.url("/cal/")
            ),
        ]
    );
    assert_eq!(
        recorder.bodies,
        [format!("{}\r\n{}\r\n", calendar("a"), calendar("b"))]
    );
}

#[test]
fn a_list_that_is_cut_short_is_asked_for_in_the_servers_own_pages() {
    let server = Scripted::start(|asked| match kind(asked) {
        "what" => Answer::multistatus(&found("/cal/", CALENDAR)),
        "query" | "members" => {
            Answer::multistatus(&(found("/cal/a.ics", "") + &only("/cal/", 507)))
        }
        "sync" if asked.body.contains("<d:sync-token></d:sync-token>") => {
            let token = "<d:sync-token>next&amp;1</d:sync-token>";
            Answer::multistatus(&(found("/cal/a.ics", "") + &only("/cal/", 507) + token))
        }
        "sync"
            if asked
                .body
                .contains("<d:sync-token>next&amp;1</d:sync-token>") =>
        {
            let token = "<d:sync-token>end</d:sync-token>";
            Answer::multistatus(&(found("/cal/b.ics", "") + &only("/cal/gone.ics", 404) + token))
        }
        "multiget" => Answer::multistatus(
            &hrefs(asked)
                .iter()
                .map(|href| data(href, href))
                .collect::<String>(),
        ),
        _ => Answer::status(500),
    });
    let (recorder, result) = read(&server, "/cal/");
    assert_eq!(result, Ok(()));
    assert_eq!(recorder.bodies.concat().matches("BEGIN:VEVENT").count(), 2);
}

#[test]
fn a_server_that_never_gives_the_rest_is_left() {
    let server = Scripted::start(|asked| match kind(asked) {
        "what" => Answer::multistatus(&found("/cal/", CALENDAR)),
        _ => {
            let token = format!("<d:sync-token>{}</d:sync-token>", asked.body.len());
            Answer::multistatus(&(found("/cal/a.ics", "") + &only("/cal/", 507) + &token))
        }
    });
    let (_, result) = read(&server, "/cal/");
    let error = result.expect_err("endless");
    assert!(
        error
            .to_string()
            .ends_with("it lists only a part of the calendar"),
        "{error}"
    );
}

#[test]
fn an_object_deleted_since_it_was_listed_is_simply_not_there() {
    let server = Scripted::start(|asked| match kind(asked) {
        "what" => Answer::multistatus(&found("/cal/", CALENDAR)),
        "query" => Answer::multistatus(&(found("/cal/a.ics", "") + &found("/cal/b.ics", ""))),
        "multiget" => Answer::multistatus(&(data("/cal/a.ics", "a") + &only("/cal/b.ics", 404))),
        _ => Answer::status(500),
    });
    let (recorder, result) = read(&server, "/cal/");
    assert_eq!(result, Ok(()));
    assert_eq!(recorder.lines.len(), 1, "{:?}", recorder.lines);
}

#[test]
fn half_a_calendar_is_not_delivered() {
    let server = Scripted::start(|asked| match kind(asked) {
        "what" => Answer::multistatus(&found("/cal/", CALENDAR)),
        "query" => Answer::multistatus(
            &["a", "b", "c"]
                .map(|name| found(&format!("/cal/{name}.ics"), ""))
                .concat(),
        ),
        "multiget" if hrefs(asked).len() == 2 => Answer::multistatus(
            &hrefs(asked)
                .iter()
                .map(|href| data(href, "first"))
                .collect::<String>(),
        ),
        _ => Answer::status(503),
    });
    let (recorder, result) = read(&server, "/cal/");
    let error = result.expect_err("broken off");
    assert_eq!(
        error.to_string(),
        format!("{} answered with status 503", server.url("/cal/c.ics"))
    );
    assert!(recorder.bodies.is_empty());
}

#[test]
fn an_account_gives_its_diaries_and_names_what_it_leaves_out() {
    let server = Scripted::start(|asked| match (kind(asked), asked.path.as_str()) {
        ("what", "/") => Answer::status(404),
        ("what", "/.well-known/caldav") => Answer::redirect(301, "/dav/"),
        ("what", "/dav/") => {
            let principal = "<d:resourcetype><d:collection/></d:resourcetype><d:current-user-principal><d:href>/p/maya/</d:href></d:current-user-principal>";
            match asked.header("depth") {
                Some("0") => Answer::multistatus(&found("/dav/", principal)),
                _ => Answer::multistatus(&found("/dav/", "")),
            }
        }
        ("what", "/p/maya/") => {
            let home = "<c:calendar-home-set><d:href>/home/maya/</d:href></c:calendar-home-set>\
                <c:calendar-user-address-set><d:href>/p/maya/</d:href><d:href>mailto:Maya@Example.com</d:href></c:calendar-user-address-set>";
            Answer::multistatus(&found("/p/maya/", home))
        }
        ("what", "/home/maya/") => {
            let owner = "<d:owner><d:href>/p/maya/</d:href></d:owner>";
            let tasks = "<c:supported-calendar-component-set><c:comp name=\"VTODO\"/></c:supported-calendar-component-set>";
            let subscribed = "<d:resourcetype><d:collection/><cs:subscribed/></d:resourcetype>";
            Answer::multistatus(
                &[
                    found(
                        "/home/maya/",
                        "<d:resourcetype><d:collection/></d:resourcetype>",
                    ),
                    found(
                        "/home/maya/work/",
                        &format!("{CALENDAR}{owner}<d:displayname>Work</d:displayname>"),
                    ),
                    found("/home/maya/empty/", &format!("{CALENDAR}{owner}")),
                    found("/home/maya/tasks/", &format!("{CALENDAR}{tasks}")),
                    found("/home/maya/news/", subscribed),
                    found("/home/maya/contact_birthdays/", CALENDAR),
                    found(
                        "/home/maya/x/",
                        &format!("{CALENDAR}<d:displayname>Holidays in France</d:displayname>"),
                    ),
                    found(
                        "/home/maya/inbox/",
                        "<d:resourcetype><d:collection/><c:schedule-inbox/></d:resourcetype>",
                    ),
                ]
                .concat(),
            )
        }
        ("query", "/home/maya/work/") => Answer::multistatus(&found("/home/maya/work/a.ics", "")),
        ("query", "/home/maya/empty/") => Answer::multistatus(""),
        ("multiget", "/home/maya/work/") => {
            Answer::multistatus(&data("/home/maya/work/a.ics", "a"))
        }
        _ => Answer::status(500),
    });
    let (recorder, result) = read(&server, "/");
    assert_eq!(result, Ok(()));
    assert_eq!(
        recorder.lines,
        [
            format!(
                "aside {}: a birthday calendar",
                server.url("/home/maya/contact_birthdays/")
            ),
            format!(
                "aside {}: a subscribed calendar",
                server.url("/home/maya/news/")
            ),
            format!("aside {}: a task list", server.url("/home/maya/tasks/")),
            format!(
                "calendar {} of maya@example.com",
                server.url("/home/maya/work/")
            ),
            format!("aside {}: a holiday calendar", server.url("/home/maya/x/")),
        ]
    );
}

#[test]
fn an_account_on_another_host_does_not_get_the_password() {
    let other = Scripted::start(|_| Answer::status(500));
    let home = other.url("/home/");
    let server = Scripted::start(move |_| {
        let away = format!("<c:calendar-home-set><d:href>{home}</d:href></c:calendar-home-set>");
        Answer::multistatus(&found("/", &away))
    });
    let (_, result) = read(&server, "/");
    let error = result.expect_err("another host");
    assert!(
        error.to_string().contains("another host, 127.0.0.1"),
        "{error}"
    );
    assert_eq!(other.asked(), Vec::<String>::new());
}

#[test]
fn a_wrong_password_and_a_missing_one_say_so() {
    let server = Scripted::start(|_| Answer::status(401));
    let (_, result) = read(&server, "/cal/");
    let error = result.expect_err("refused");
    assert_eq!(
        error.to_string(),
        format!(
            "{} does not accept this user and password (status 401)",
            server.url("/cal/")
        )
    );
    let (_, result) = crate::common::read_with(
        &Source::parse(&server.url("/cal/")).expect("a URL"),
        &tight(),
    );
    let error = result.expect_err("refused");
    assert!(error.hint().contains("--user"), "{}", error.hint());
}

#[test]
fn answers_that_are_no_webdav_are_errors_and_cost_little() {
    let deep = format!("<d:multistatus xmlns:d='DAV:'>{}", "<a>".repeat(300_000));
    let bodies = [String::new(), "<html>".to_owned(), "\u{0}".to_owned(), deep];
    for body in bodies {
        let text = body.clone();
        let server =
            Scripted::start(move |_| Answer::Plain(207, Vec::new(), text.clone().into_bytes()));
        let (recorder, result) = read(&server, "/cal/");
        let error = result.expect_err("no answer");
        assert!(matches!(error, SourceError::BadAnswer { .. }), "{error:?}");
        assert!(recorder.lines.is_empty());
    }
}

#[test]
fn a_feed_behind_a_password_is_still_a_feed() {
    let server = Scripted::start(|asked| match asked.method.as_str() {
        "GET" => Answer::ok(calendar("mine")),
        _ => Answer::status(405),
    });
    for path in ["/export?key=1", "/mine.ics"] {
        let (recorder, result) = read(&server, path);
        assert_eq!(result, Ok(()), "{path}");
        assert_eq!(recorder.bodies, [calendar("mine")]);
    }
}

#[test]
fn a_public_caldav_calendar_is_found_without_a_user() {
    let server = Scripted::start(|asked| match kind(asked) {
        "what" => Answer::multistatus(&found("/public/TOKEN/", CALENDAR)),
        "query" => Answer::multistatus(&found("/public/TOKEN/a.ics", "")),
        "multiget" => Answer::multistatus(&data("/public/TOKEN/a.ics", "a")),
        _ => Answer::ok("<!doctype html>"),
    });
    let (recorder, result) = crate::common::read_with(
        &Source::parse(&server.url("/public/TOKEN/")).expect("a URL"),
        &tight(),
    );
    assert_eq!(result, Ok(()));
    assert_eq!(recorder.bodies.len(), 1);
    assert_eq!(
        recorder.lines,
        [format!("calendar {}", server.url("/…"))],
        "its token is not shown"
    );
}
