//! Feeds: what is read, what is refused, and what hostile servers get.

use crate::common::{Recorder, calendar, tight};
use crate::scripted::{Answer, Scripted};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write;
use std::net::{Ipv4Addr, TcpListener};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use steadfast_connect::{Options, Secret, Source, SourceError, SourceErrorKind};

fn read(url: &str, options: &Options) -> (Recorder, Result<(), SourceError>) {
    crate::common::read_with(&Source::parse(url).expect("a URL"), options)
}

/// Reads a feed that is expected to give nothing; returns the error, with the port left out.
fn error(server: &Scripted, path: &str, options: &Options) -> SourceError {
    let (recorder, result) = read(&server.url(path), options);
    let error = result.expect_err(path);
    assert_eq!(
        recorder.lines,
        Vec::<String>::new(),
        "nothing was delivered"
    );
    error
}

fn said(server: &Scripted, error: &SourceError) -> String {
    error.to_string().replace(&format!(":{}", server.port), "")
}

fn as_maya() -> Options {
    Options {
        user: Some("maya".to_owned()),
        password: Some(Secret::new("hunter2")),
        ..tight()
    }
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).expect("gzip");
    encoder.finish().expect("gzip")
}

#[test]
fn a_feed_is_read_whatever_its_content_type_and_packed_or_not() {
    let server = Scripted::start(|asked| match asked.path.as_str() {
        "/plain.ics" => Answer::ok(calendar("plain")),
        "/odd" => Answer::Plain(
            200,
            vec!["Content-Type: application/octet-stream".into()],
            calendar("odd").into(),
        ),
        _ => Answer::Plain(
            200,
            vec!["Content-Encoding: gzip".into()],
            gzip(calendar("packed").as_bytes()),
        ),
    });
    for (path, summary, shown) in [
        ("/plain.ics", "plain", "/plain.ics"),
        ("/odd", "odd", "/…"),
        (
            "/0123456789abcdef/basic.ics?key=hunter2",
            "packed",
            "/…/basic.ics",
        ),
    ] {
        let (recorder, result) = read(&server.url(path), &tight());
        assert_eq!(result, Ok(()), "{path}");
        assert_eq!(recorder.bodies, [calendar(summary)]);
        assert_eq!(recorder.lines, [format!("calendar {}", server.url(shown))]);
    }
}

#[test]
fn addresses_inside_are_not_asked_unless_allowed() {
    let server = Scripted::start(|_| Answer::ok(calendar("inside")));
    let options = Options {
        allow_private: false,
        ..tight()
    };
    for host in [
        "127.0.0.1",
        "localhost",
        "[::ffff:127.0.0.1]",
        "2130706433",
        "0x7f.1",
    ] {
        let url = format!("http://{host}:{}/a.ics", server.port);
        let (_, result) = read(&url, &options);
        let error = result.expect_err(host);
        assert!(
            matches!(error, SourceError::PrivateAddress { .. }),
            "{host}: {error:?}"
        );
        assert_eq!(error.kind(), SourceErrorKind::Reach);
        assert!(error.hint().contains("--allow-private"));
    }
    assert_eq!(server.asked(), Vec::<String>::new());
    let (_, result) = read(&server.url("/a.ics"), &tight());
    assert_eq!(result, Ok(()));
}

#[test]
fn a_redirect_is_checked_like_the_first_address() {
    let server = Scripted::start(|asked| {
        let target = match asked.path.as_str() {
            "/metadata" => "http://169.254.169.254/latest/meta-data/",
            "/mapped" => "http://[::ffff:169.254.169.254]/",
            "/nowhere" => "http://0.0.0.0/",
            "/file" => "file:///etc/passwd",
            "/ftp" => "ftp://127.0.0.1/a.ics",
            "/odd" => "http://[",
            _ => return Answer::ok(calendar("here")),
        };
        Answer::redirect(302, target)
    });
    for path in ["/metadata", "/mapped", "/nowhere"] {
        let error = error(&server, path, &tight());
        assert!(
            matches!(
                error,
                SourceError::PrivateAddress {
                    may_be_allowed: false,
                    ..
                }
            ),
            "{path}: {error:?}"
        );
    }
    for path in ["/file", "/ftp", "/odd"] {
        let error = error(&server, path, &tight());
        assert!(
            matches!(error, SourceError::Redirected { .. }),
            "{path}: {error:?}"
        );
    }
}

#[test]
fn five_redirects_are_followed_and_no_more() {
    let server = Scripted::start(
        |asked| match asked.path.trim_start_matches('/').parse::<u32>() {
            Ok(0) => Answer::ok(calendar("end")),
            Ok(n) => Answer::redirect(
                [301, 302, 303, 307, 308][n as usize % 5],
                &format!("./{}", n - 1),
            ),
            Err(_) => Answer::redirect(302, "/loop"),
        },
    );
    let (recorder, result) = read(&server.url("/5"), &tight());
    assert_eq!(result, Ok(()));
    assert_eq!(recorder.bodies, [calendar("end")]);
    for path in ["/6", "/loop"] {
        let error = error(&server, path, &tight());
        assert!(
            error
                .to_string()
                .ends_with("redirects and is not followed: more than 5 times"),
            "{error}"
        );
    }
}

#[test]
fn a_password_stays_with_the_host_it_is_for() {
    let other = Scripted::start(|asked| {
        assert_eq!(asked.header("authorization"), None);
        Answer::ok(calendar("other"))
    });
    let target = other.url("/a.ics");
    let server = Scripted::start(move |asked| match asked.path.as_str() {
        "/away.ics" => Answer::redirect(302, &target),
        "/here.ics" => Answer::redirect(302, "/there.ics"),
        _ if asked.header("authorization") == Some("Basic bWF5YTpodW50ZXIy") => {
            Answer::ok(calendar("mine"))
        }
        _ => Answer::status(401),
    });
    let error = error(&server, "/away.ics", &as_maya());
    assert!(matches!(error, SourceError::Redirected { .. }), "{error:?}");
    assert_eq!(other.asked(), Vec::<String>::new());
    let (recorder, result) = read(&server.url("/here.ics"), &as_maya());
    assert_eq!(result, Ok(()));
    assert_eq!(recorder.bodies, [calendar("mine")]);
}

#[test]
fn a_password_does_not_travel_in_the_clear_outside() {
    // Nothing is sent: it is refused before any connection.
    let (_, result) = read("http://1.1.1.1/a.ics", &as_maya());
    let error = result.expect_err("refused");
    assert_eq!(
        error.to_string(),
        "http://1.1.1.1/a.ics would send your password in the clear"
    );
    let server = Scripted::start(|_| Answer::ok(calendar("a")));
    let options = Options {
        allow_private: false,
        ..as_maya()
    };
    let (_, result) = read(&server.url("/a.ics"), &options);
    assert!(result.is_err());
    assert_eq!(server.asked(), Vec::<String>::new());
    assert!(
        !format!("{options:?}").contains("hunter2"),
        "a password is never printed"
    );
}

#[test]
fn too_much_is_stopped_packed_or_not() {
    let start = calendar("endless").into_bytes();
    let mut bomb = start.clone();
    bomb.extend(std::iter::repeat_n(b' ', 64 << 20));
    let bomb = gzip(&bomb);
    let server = Scripted::start(move |asked| match asked.path.as_str() {
        "/endless" => Answer::Endless(Vec::new(), start.clone(), vec![b' '; 65_536]),
        _ => Answer::Plain(200, vec!["Content-Encoding: gzip".into()], bomb.clone()),
    });
    for path in ["/endless", "/bomb"] {
        let error = error(&server, path, &tight());
        assert_eq!(
            said(&server, &error),
            "http://127.0.0.1/… is too large: more than 1 MiB",
            "{path}"
        );
    }
}

#[test]
fn too_slow_is_stopped() {
    let server = Scripted::start(|asked| {
        let start = calendar("slow").into_bytes();
        match asked.path.as_str() {
            "/silent" => Answer::Silence,
            "/hanging" => Answer::Hanging(100_000, start),
            _ => Answer::Dripping(start, b" ".to_vec()),
        }
    });
    let mut impatient = tight();
    impatient.limits.answer = Duration::from_millis(300);
    impatient.limits.whole = Duration::from_millis(600);
    for path in ["/silent", "/hanging", "/dripping"] {
        let error = error(&server, path, &impatient);
        assert_eq!(
            said(&server, &error),
            "http://127.0.0.1/… took too long",
            "{path}"
        );
    }
}

#[test]
fn an_answer_that_breaks_off_is_not_half_a_calendar() {
    let server = Scripted::start(|_| Answer::CutShort(200, 100_000, calendar("half").into_bytes()));
    let error = error(&server, "/a.ics", &tight());
    assert!(
        matches!(error, SourceError::Unreachable { .. }),
        "{error:?}"
    );
    assert!(
        error.to_string().contains("the answer broke off"),
        "{error}"
    );
}

#[test]
fn a_page_for_people_is_told_from_a_calendar() {
    let server = Scripted::start(|asked| match asked.method.as_str() {
        "GET" => Answer::ok("<!doctype html><title>Sign in</title>"),
        _ => Answer::status(405),
    });
    let error = error(&server, "/calendar", &tight());
    assert_eq!(
        said(&server, &error),
        "http://127.0.0.1/… is not a calendar but a web page"
    );
    assert!(error.hint().contains("Secret address"), "{}", error.hint());
    assert_eq!(error.kind(), SourceErrorKind::Input);
    assert_eq!(server.asked()[..2], ["GET /calendar", "PROPFIND /calendar"]);
}

#[test]
fn each_status_says_what_to_do() {
    fn check(status: u16, options: &Options, expected: &str, hint: &str) {
        let server = Scripted::start(move |_| Answer::status(status));
        let error = error(&server, "/a.ics", options);
        assert_eq!(
            said(&server, &error),
            format!("http://127.0.0.1/a.ics {expected}")
        );
        assert!(error.hint().contains(hint), "{status}: {}", error.hint());
        assert_eq!(error.kind(), SourceErrorKind::Reach);
    }
    check(401, &tight(), "asks who you are (status 401)", "--user");
    check(
        401,
        &as_maya(),
        "does not accept this user and password (status 401)",
        "STEADFAST_PASSWORD",
    );
    check(403, &tight(), "asks who you are (status 403)", "--user");
    check(
        404,
        &tight(),
        "answered with status 404",
        "secret addresses change",
    );
    check(
        410,
        &tight(),
        "answered with status 410",
        "secret addresses change",
    );
    check(304, &tight(), "answered with status 304", "try again later");
    check(500, &tight(), "answered with status 500", "try again later");
    check(
        204,
        &tight(),
        "answered with status 204",
        "a page and no calendar",
    );
}

#[test]
fn a_host_that_is_not_there_says_so() {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
    let port = listener.local_addr().expect("an address").port();
    drop(listener);
    let (_, result) = read(&format!("http://127.0.0.1:{port}/a.ics"), &tight());
    assert!(
        matches!(result, Err(SourceError::Unreachable { .. })),
        "{result:?}"
    );
    let (_, result) = read("https://no-such-host.invalid/a.ics", &tight());
    let error = result.expect_err("no such host");
    assert_eq!(error.to_string(), "there is no host no-such-host.invalid");
}

#[test]
fn an_answer_that_is_all_headers_is_left() {
    let server = Scripted::start(|_| {
        let headers = (0..2000)
            .map(|n| format!("X-{n}: {}", "x".repeat(100)))
            .collect();
        Answer::Plain(200, headers, calendar("a").into())
    });
    let error = error(&server, "/a.ics", &tight());
    assert!(
        matches!(error, SourceError::Unreachable { .. }),
        "{error:?}"
    );
}

#[test]
fn a_connection_that_is_closed_without_an_answer_is_tried_once_more() {
    let times = AtomicUsize::new(0);
    let server = Scripted::start(move |_| match times.fetch_add(1, Ordering::SeqCst) {
        0 => Answer::HangUp,
        _ => Answer::ok(calendar("a")),
    });
    let (recorder, result) = read(&server.url("/a.ics"), &tight());
    assert_eq!(result, Ok(()));
    assert_eq!(recorder.bodies, [calendar("a")]);
    assert_eq!(server.asked().len(), 2);

    let server = Scripted::start(|_| Answer::HangUp);
    let error = error(&server, "/a.ics", &tight());
    assert!(
        matches!(error, SourceError::Unreachable { .. }),
        "{error:?}"
    );
    assert_eq!(server.asked().len(), 2);
}
