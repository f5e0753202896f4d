//! Feeds: asked whether they have changed, told whole when they have.

use crate::common::{Keeper, as_maya, calendar, calendar_of, event, without_user};
use crate::scripted::{Answer, Asked, Scripted};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use steadfast_connect::SourceError;
use steadfast_connect::sync::{Because, Cursor, News};

/// Whether an error is the expected one.
type Fits = fn(&SourceError) -> bool;

/// A server whose answer the test changes.
fn changing(first: Answer) -> (Scripted, Arc<Mutex<Answer>>) {
    let answer = Arc::new(Mutex::new(first));
    let held = Arc::clone(&answer);
    let server = Scripted::start(move |_| again(&held.lock().expect("an answer")));
    (server, answer)
}

fn again(answer: &Answer) -> Answer {
    match answer {
        Answer::Plain(status, headers, body) => {
            Answer::Plain(*status, headers.clone(), body.clone())
        }
        Answer::CutShort(status, length, start) => {
            Answer::CutShort(*status, *length, start.clone())
        }
        _ => Answer::Silence,
    }
}

/// Answers 304 to whom it knows.
fn validating(asked: &Asked) -> Answer {
    let tag = "ETag: W/\"7\"".to_owned();
    let date = "Last-Modified: Sun, 01 Mar 2026 00:00:00 GMT".to_owned();
    match (
        asked.path.as_str(),
        asked.header("if-none-match"),
        asked.header("if-modified-since"),
    ) {
        ("/tag.ics", Some("W/\"7\""), None)
        | ("/date.ics", None, Some("Sun, 01 Mar 2026 00:00:00 GMT")) => Answer::status(304),
        ("/tag.ics", None, None) => Answer::Plain(200, vec![tag], calendar("a", "a").into()),
        ("/date.ics", None, None) => Answer::Plain(200, vec![date], calendar("a", "a").into()),
        _ => Answer::status(500),
    }
}

#[test]
fn a_feed_that_has_not_changed_is_not_sent_again() {
    let sent = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&sent);
    let server = Scripted::start(move |asked| {
        let answer = validating(asked);
        let whole = matches!(answer, Answer::Plain(200, ..));
        count.fetch_add(usize::from(whole), Ordering::SeqCst);
        answer
    });
    for path in ["/tag.ics", "/date.ics"] {
        let mut keeper = Keeper::new(&server.url(path), &without_user());
        assert_eq!(keeper.told(), [" whole, First", "   a"], "{path}");
        // The validators are kept through a 304, which need not repeat them.
        for _ in 0..2 {
            assert_eq!(keeper.told(), [" unchanged"], "{path}");
        }
    }
    assert_eq!(server.asked().len(), 6);
    assert_eq!(sent.load(Ordering::SeqCst), 2);
}

#[test]
fn the_same_content_in_other_bytes_is_nothing_new() {
    let text = calendar_of(&(event("a", "one", "") + &event("b", "two", "")));
    let (server, answer) = changing(Answer::ok(text.clone()));
    let mut keeper = Keeper::new(&server.url("/a.ics"), &without_user());
    let set = |text: String| *answer.lock().expect("an answer") = Answer::ok(text);
    assert_eq!(keeper.told(), [" whole, First", "   one + two"]);
    assert_eq!(keeper.told(), [" unchanged"]);
    set(text.replace("20260301T000000Z", "20260402T101112Z"));
    assert_eq!(keeper.told(), [" unchanged"]);
    set(text.replace("SUMMARY:two", "SUMMARY:three"));
    assert_eq!(keeper.told(), [" whole, AlwaysWhole", "   one + three"]);
    assert_eq!(keeper.told(), [" unchanged"]);
}

#[test]
fn a_feed_is_one_body_as_it_was_sent() {
    let text = calendar("a", "a").replace("PRODID", "X-WR-CALNAME:Maya\r\nPRODID");
    let (server, _) = changing(Answer::ok(text.clone()));
    let mut keeper = Keeper::new(&server.url("/a.ics"), &without_user());
    let round = keeper.round();
    let [found] = round.calendars.as_slice() else {
        panic!("one calendar");
    };
    assert_eq!((found.id.as_str(), found.name.as_str()), ("", "Maya"));
    let News::Whole {
        objects,
        because: Because::First,
        ..
    } = &found.news
    else {
        panic!("whole: {:?}", found.news);
    };
    assert_eq!(objects.len(), 1);
    assert_eq!(
        (objects[0].href.as_str(), &objects[0].lines),
        ("", &text.into_bytes())
    );
    let second = keeper.round();
    assert_eq!(second.calendars[0].name, "Maya", "the name is remembered");
}

#[test]
fn half_a_feed_or_none_is_an_error_and_costs_nothing() {
    let whole = calendar_of(&(event("a", "one", "") + &event("b", "two", "")));
    let half = whole[..whole.len() - 40].to_owned();
    let (server, answer) = changing(Answer::ok(whole.clone()));
    let mut keeper = Keeper::new(&server.url("/a.ics"), &without_user());
    assert_eq!(keeper.told().len(), 2);
    let kept = keeper.cursor.clone();
    let bad: [(Answer, Fits); 8] = [
        (
            Answer::CutShort(200, whole.len(), half.clone().into_bytes()),
            |e| matches!(e, SourceError::Unreachable { .. }),
        ),
        (Answer::ok(half), |e| {
            matches!(e, SourceError::Unreachable { .. })
        }),
        (Answer::ok("<!doctype html><title>Sign in"), |e| {
            matches!(e, SourceError::NotACalendar { .. })
        }),
        (Answer::ok(""), |e| {
            matches!(e, SourceError::NotACalendar { .. })
        }),
        (Answer::status(500), |e| {
            matches!(e, SourceError::Answered { status: 500, .. })
        }),
        // It was not asked about anything it could say this of.
        (Answer::status(304), |e| {
            matches!(e, SourceError::Answered { status: 304, .. })
        }),
        (Answer::status(401), |e| {
            matches!(e, SourceError::Unauthorized { .. })
        }),
        (Answer::ok(vec![b' '; 5 << 20]), |e| {
            matches!(e, SourceError::TooLarge { .. })
        }),
    ];
    for (bad, expected) in bad {
        *answer.lock().expect("an answer") = bad;
        let error = keeper.try_round().expect_err("not a calendar");
        assert!(expected(&error), "{error:?}");
        assert_eq!(keeper.cursor, kept);
    }
    *answer.lock().expect("an answer") = Answer::ok(whole);
    assert_eq!(keeper.told(), [" unchanged"]);
}

#[test]
fn a_feed_behind_a_password_is_found_and_stays_a_feed() {
    let server = Scripted::start(|asked| match asked.method.as_str() {
        "GET" if asked.header("authorization").is_some() => Answer::ok(calendar("a", "a")),
        "GET" => Answer::status(401),
        _ => Answer::status(405),
    });
    let mut keeper = Keeper::new(&server.url("/export"), &as_maya());
    assert_eq!(keeper.told(), [" whole, First", "   a"]);
    assert_eq!(keeper.told(), [" unchanged"]);
    let methods: Vec<String> = server.asked();
    assert_eq!(methods.last().map(String::as_str), Some("GET /export"));
    assert_eq!(
        methods
            .iter()
            .filter(|line| line.starts_with("GET"))
            .count(),
        2
    );
}

#[test]
fn a_cursor_of_another_form_begins_anew() {
    let server = Scripted::start(|_| Answer::ok(calendar("a", "a")));
    let mut keeper = Keeper::new(&server.url("/a.ics"), &without_user());
    keeper.round();
    let text = keeper.cursor.take().expect("a cursor");
    assert_eq!(Cursor::from_json(&text.replace("\"v\":1", "\"v\":9")), None);
    assert_eq!(keeper.told(), [" whole, First", "   a"]);
}
