//! When others are busy, asked of real servers, and of one that answers as it likes.

use crate::common::{at, half_hour};
use crate::scripted::{Answer, Scripted};
use std::time::Duration;
use steadfast_calendar::Slot;
use steadfast_connect::free_busy::{Known, NotAsked, Question, ask};
use steadfast_connect::{Limits, Options, Secret, SourceError};
use steadfast_testkit::servers::{Office, Radicale};
use url::Url;

/// Ben's own afternoon, of which nobody else knows.
const OWN: &str = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Some//Client//EN\r\nBEGIN:VEVENT\r\nUID:own\r\n\
    DTSTAMP:20260201T080000Z\r\nDTSTART:20260310T130000Z\r\nDTEND:20260310T150000Z\r\nSUMMARY:Zanzibar\r\nEND:VEVENT\r\n\
    BEGIN:VEVENT\r\nUID:open\r\nDTSTAMP:20260201T080000Z\r\nDTSTART:20260311T130000Z\r\nDTEND:20260311T150000Z\r\n\
    TRANSP:TRANSPARENT\r\nSUMMARY:Perhaps\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

fn options() -> Options {
    Options {
        user: Some("maya".to_owned()),
        password: Some(Secret::new("secret")),
        allow_private: true,
        limits: Limits {
            answer: Duration::from_secs(20),
            ..Limits::default()
        },
        ..Options::default()
    }
}

fn question(about: &[&str]) -> Question {
    Question {
        from: vec!["maya@example.org".to_owned()],
        about: about.iter().map(|one| (*one).to_owned()).collect(),
        span: Slot::new(at("2026-03-09T00:00:00Z"), at("2026-03-20T00:00:00Z")),
        now: at("2026-03-08T12:00:00Z"),
    }
}

fn is_free(known: &Known, start: &str) -> bool {
    let slot = half_hour(start);
    let is_within = known.span.start <= slot.start && slot.end <= known.span.end;
    assert!(is_within, "{known:?}");
    !known.busy.iter().any(|busy| busy.overlaps(slot))
}

fn an_ordinary_user_asks(office: &Office) {
    let own = |uid: &str| {
        let (before, rest) = OWN.split_once("BEGIN:VEVENT").expect("events");
        let mut events = rest.split("BEGIN:VEVENT");
        let event = events
            .find(|event| event.contains(uid))
            .expect("that event");
        let event = event.trim_end_matches("END:VCALENDAR\r\n");
        format!("{before}BEGIN:VEVENT{event}END:VCALENDAR\r\n")
    };
    for uid in ["own", "open"] {
        let place = format!("{}{uid}.ics", office.calendar("ben"));
        let text = own(&format!("UID:{uid}"));
        let kind = ["Content-Type: text/calendar; charset=utf-8"];
        let reply = office.request("PUT", &place, "ben", &kind, &text);
        assert!(matches!(reply.status, 201 | 204), "{reply:?}");
    }
    let url = Url::parse(&format!(
        "http://127.0.0.1:{}{}",
        office.port(),
        office.home("maya")
    ));
    let url = url.expect("a URL");
    let about = ["ben@example.org", "nobody@example.org"];
    let known = ask(&url, &options(), &question(&about)).expect("an answer");
    let ben = known
        .get("ben@example.org")
        .unwrap_or_else(|| panic!("{known:?}"));
    for (start, expected) in [
        ("2026-03-10T12:30:00Z", true),
        ("2026-03-10T13:00:00Z", false),
        ("2026-03-10T14:30:00Z", false),
        ("2026-03-10T15:00:00Z", true),
        // It stands as free.
        ("2026-03-11T13:30:00Z", true),
    ] {
        assert_eq!(is_free(ben, start), expected, "{start} {ben:?}");
    }
    assert!(!known.contains_key("nobody@example.org"), "{known:?}");
    // Nobody is told that they were asked about.
    let inbox = office.inbox("ben");
    let listed = office.request("PROPFIND", &inbox, "ben", &["Depth: 1"], "");
    assert!(!listed.text.contains(".ics"), "{listed:?}");
    // A calendar of the account leads to the same outbox.
    let calendar = url.join(&office.calendar("maya")).expect("an answer");
    assert_eq!(
        ask(&calendar, &options(), &question(&about)).expect("an answer"),
        known
    );
}

#[test]
fn when_a_colleague_is_busy_is_told_on_cyrus_and_who_is_not_known_stays_unknown() {
    an_ordinary_user_asks(&Office::cyrus(&["maya", "ben"]));
}

/// It answers that all went well, tells of whoever asks, and of others of nothing: so an answer is believed of somebody only where
/// it has them busy at a meeting that is known (`crates/app/src/server/guard/ahead/asked.rs`). Should this fail, it tells more.
#[test]
fn sogo_tells_of_whoever_asks_and_of_others_of_nothing() {
    let office = Office::sogo(&["maya", "ben"]);
    for who in ["maya", "ben"] {
        let place = format!("{}own.ics", office.calendar(who));
        let text = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Some//Client//EN\r\nBEGIN:VEVENT\r\nUID:own\r\n\
            DTSTAMP:20260201T080000Z\r\nDTSTART:20260310T130000Z\r\nDTEND:20260310T150000Z\r\nSUMMARY:Own\r\n\
            END:VEVENT\r\nEND:VCALENDAR\r\n";
        let kind = ["Content-Type: text/calendar; charset=utf-8"];
        let reply = office.request("PUT", &place, who, &kind, text);
        assert!(matches!(reply.status, 201 | 204), "{reply:?}");
    }
    let home = office.home("maya");
    let url = Url::parse(&format!("http://127.0.0.1:{}{home}", office.port())).expect("a URL");
    let about = ["maya@example.org", "ben@example.org"];
    let known = ask(&url, &options(), &question(&about)).expect("an answer");
    let busy = about.map(|who| known.get(who).map(|known| known.busy.len()));
    assert_eq!(busy, [Some(1), Some(0)]);
}

#[test]
fn a_server_without_scheduling_says_that_it_has_no_outbox() {
    let radicale = Radicale::start(&["maya"]);
    let url = Url::parse(&format!("http://127.0.0.1:{}/maya/", radicale.port)).expect("an answer");
    let asked = ask(&url, &options(), &question(&["ben@example.org"]));
    assert!(
        matches!(
            asked,
            Err(NotAsked::NoOutbox(SourceError::BadAnswer { .. }))
        ),
        "{asked:?}"
    );
}

/// A calendar asked itself (free-busy-query, RFC 4791 §7.10).
const ITSELF: &str = "<c:free-busy-query xmlns:c=\"urn:ietf:params:xml:ns:caldav\">\
    <c:time-range start=\"20260309T000000Z\" end=\"20260320T000000Z\"/></c:free-busy-query>";

/// Where there is no outbox a calendar could be asked itself. It is not, for the only one that answers is the one that is read
/// already: should this fail, a colleague's answers too, and is worth asking.
#[test]
fn a_calendar_asked_itself_tells_its_owner_alone_when_they_are_busy_on_radicale() {
    let radicale = Radicale::start(&["maya", "ben"]);
    let kind = ["Content-Type: text/calendar; charset=utf-8"];
    for who in ["maya", "ben"] {
        let calendar = format!("/{who}/own/");
        let made = radicale.request("MKCALENDAR", &calendar, who, &[], "");
        assert_eq!(made.status, 201, "{made:?}");
        let (before, _) = OWN
            .split_once("BEGIN:VEVENT\r\nUID:open")
            .expect("two events");
        let own = format!("{before}END:VCALENDAR\r\n");
        let place = format!("{calendar}own.ics");
        let put = radicale.request("PUT", &place, who, &kind, &own);
        assert_eq!(put.status, 201, "{put:?}");
    }
    let headers = ["Content-Type: application/xml; charset=utf-8", "Depth: 1"];
    let asks = |path: &str| radicale.request("REPORT", path, "maya", &headers, ITSELF);
    let own = asks("/maya/own/");
    assert_eq!(own.status, 200, "{own:?}");
    let told = "FREEBUSY;FBTYPE=BUSY:20260310T130000Z/20260310T150000Z";
    assert!(own.text.contains(told), "{own:?}");
    assert!(!own.text.contains("Zanzibar"), "{own:?}");
    for refused in ["/ben/own/", "/ben/", "/maya/"] {
        assert_eq!(asks(refused).status, 403, "{refused}");
    }
}

/// On Cyrus, which has an outbox, a colleague's calendar asked itself leads on to where it answers, and tells what their outbox
/// does: when they are busy, and no more. So nothing is gained by asking it.
#[test]
fn a_calendar_asked_itself_tells_what_the_outbox_does_and_no_more_on_cyrus() {
    let office = Office::cyrus(&["maya", "ben"]);
    let kind = ["Content-Type: text/calendar; charset=utf-8"];
    let (before, _) = OWN
        .split_once("BEGIN:VEVENT\r\nUID:open")
        .expect("two events");
    for who in ["maya", "ben"] {
        let own = format!("{before}END:VCALENDAR\r\n").replace("UID:own", &format!("UID:{who}"));
        let place = format!("{}own.ics", office.calendar(who));
        let put = office.request("PUT", &place, who, &kind, &own);
        assert!(matches!(put.status, 201 | 204), "{put:?}");
    }
    let headers = ["Content-Type: application/xml; charset=utf-8", "Depth: 1"];
    let asks = |path: &str| office.request("REPORT", path, "maya", &headers, ITSELF);
    let told = "20260310T130000Z/20260310T150000Z";
    // Of her own, and of all of hers together.
    for own in [office.calendar("maya"), office.home("maya")] {
        let answer = asks(&own);
        assert_eq!(answer.status, 200, "{answer:?}");
        assert!(
            answer.text.contains("BEGIN:VFREEBUSY") && answer.text.contains(told),
            "{answer:?}"
        );
        assert!(!answer.text.contains("Zanzibar"), "{answer:?}");
    }
    let mut answer = asks(&office.calendar("ben"));
    let alias = answer.text.split("\r\nLocation: ").nth(1);
    let alias = alias.and_then(|rest| rest.split("\r\n").next());
    if let Some(alias) = alias.map(str::to_owned) {
        answer = asks(&alias);
    }
    assert_eq!(answer.status, 200, "{answer:?}");
    assert!(answer.text.contains(told), "{answer:?}");
    assert!(!answer.text.contains("Zanzibar"), "{answer:?}");
    let url = format!("http://127.0.0.1:{}{}", office.port(), office.home("maya"));
    let url = Url::parse(&url).expect("a URL");
    let known = ask(&url, &options(), &question(&["ben@example.org"])).expect("an answer");
    assert!(!is_free(&known["ben@example.org"], "2026-03-10T13:30:00Z"));
}

/// A server with an outbox that answers so.
fn scripted(answer: fn() -> Answer) -> Scripted {
    Scripted::start(move |asked| {
        if asked.method == "PROPFIND" {
            return Answer::multistatus(
                "<d:response><d:href>/</d:href><d:propstat><d:prop><c:schedule-outbox-URL><d:href>/outbox/</d:href>\
                 </c:schedule-outbox-URL><c:calendar-user-address-set><d:href>mailto:maya@example.org</d:href>\
                 </c:calendar-user-address-set></d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>",
            );
        }
        answer()
    })
}

#[test]
fn whatever_a_server_answers_takes_bounded_time_and_tells_nothing_that_is_not_there() {
    let url = |server: &Scripted| Url::parse(&server.url("/")).expect("an answer");
    let fast = Options {
        limits: Limits {
            answer: Duration::from_millis(400),
            whole: Duration::from_millis(800),
            ..Limits::default()
        },
        ..options()
    };
    let about = ["ben@example.org"];
    for answer in [
        (|| Answer::Silence) as fn() -> Answer,
        || Answer::HangUp,
        || Answer::Endless(Vec::new(), b"<a>".to_vec(), vec![b'x'; 65_536]),
        || Answer::redirect(302, "http://127.0.0.1:9/"),
        || Answer::status(403),
        || Answer::status(500),
        || Answer::ok("<html/>"),
    ] {
        let server = scripted(answer);
        let asked = ask(&url(&server), &fast, &question(&about));
        assert!(matches!(asked, Err(NotAsked::Failed(_))), "{asked:?}");
    }
    // Told of a person who was not asked about, and of Ben what cannot be read.
    let server = scripted(|| {
        let told = |who: &str, lines: &str| {
            format!(
                "<c:response><c:recipient><d:href>mailto:{who}@example.org</d:href></c:recipient>\
                 <c:request-status>2.0;Success</c:request-status><c:calendar-data>BEGIN:VFREEBUSY\r\n{lines}\r\n\
                 END:VFREEBUSY\r\n</c:calendar-data></c:response>"
            )
        };
        let body = format!(
            "<c:schedule-response xmlns:d=\"DAV:\" xmlns:c=\"urn:ietf:params:xml:ns:caldav\">{}{}</c:schedule-response>",
            told("ana", "FREEBUSY:20260310T130000Z/PT1H"),
            told("ben", "FREEBUSY:20260310T130000Z/soon")
        );
        Answer::ok(body)
    });
    let asked = ask(&url(&server), &fast, &question(&about)).expect("an answer");
    assert!(asked.is_empty(), "{asked:?}");
}

#[test]
fn an_address_inside_the_network_is_not_asked_unless_that_is_allowed() {
    let server = scripted(|| Answer::status(200));
    let url = Url::parse(&server.url("/")).expect("an answer");
    let guarded = Options {
        allow_private: false,
        user: None,
        password: None,
        ..options()
    };
    let asked = ask(&url, &guarded, &question(&["ben@example.org"]));
    assert!(
        matches!(
            asked,
            Err(NotAsked::Failed(SourceError::PrivateAddress { .. }))
        ),
        "{asked:?}"
    );
}
