//! What happens in an account of a real server, told round by round.

use crate::common::{Keeper, calendar, calendar_of, event, told};
use crate::real::{Server, own, patient};
use steadfast_connect::SourceError;
use steadfast_connect::sync::{News, Round};
use steadfast_testkit::servers::{Cyrus, Radicale, Sogo};

#[test]
fn radicale_is_kept_up_with() {
    keeps_up(&Server::radicale(), |token| {
        token.replace(|digit: char| digit.is_ascii_digit(), "0")
    });
}

#[test]
fn cyrus_is_kept_up_with() {
    keeps_up(&Server::cyrus(), |_| {
        "http://cyrusimap.org/ns/sync/1-999999".to_owned()
    });
}

#[test]
fn xandikos_is_kept_up_with() {
    keeps_up(&Server::xandikos(), |_| "0".repeat(40));
}

#[test]
#[ignore = "a longer run: cargo xtask soak installs DAViCal, which takes minutes"]
fn davical_is_kept_up_with() {
    keeps_up(&Server::davical(), |_| "data:,999999".to_owned());
}

#[test]
fn sogo_is_kept_up_with() {
    keeps_up(&Server::sogo(), |_| "1".to_owned());
}

const WEEKLY: &str = "RRULE:FREQ=WEEKLY;COUNT=5\r\n";

fn keeps_up(server: &Server, spoilt: impl Fn(&str) -> String) {
    server.make("private");
    server.make("work");
    server.put("private/p.ics", &calendar("p", "Dentist"));
    for name in ["a", "b"] {
        server.put(&format!("work/{name}.ics"), &calendar(name, name));
    }
    server.put(
        "work/s.ics",
        &calendar_of(&event("s", "One on one", WEEKLY)),
    );
    server.put("work/caf%C3%A9%20x@y.ics", &calendar("café", "Café"));

    let mut keeper = server.keeper();
    let mut next = || told(&own(server, keeper.round()));
    assert_eq!(
        next(),
        [
            "private/ whole, First",
            "  p.ics Dentist",
            "work/ whole, First",
            "  a.ics a",
            "  b.ics b",
            "  café x@y.ics Café",
            "  s.ics One on one",
        ]
    );
    assert_eq!(next(), ["private/ unchanged", "work/ unchanged"]);

    server.put("work/c.ics", &calendar("c", "new"));
    server.put("work/a.ics", &calendar("a", "changed"));
    server.put("work/caf%C3%A9%20x@y.ics", &calendar("café", "Tea"));
    server.delete("work/b.ics");
    assert_eq!(
        next(),
        [
            "private/ unchanged",
            "work/ changes",
            "  a.ics changed",
            "  c.ics new",
            "  café x@y.ics Tea",
            "  gone b.ics",
        ]
    );
    assert_eq!(next(), ["private/ unchanged", "work/ unchanged"]);

    let moved = event(
        "s",
        "One on one moved",
        "RECURRENCE-ID:20260309T090000Z\r\n",
    )
    .replace("DTSTART:20260302T09", "DTSTART:20260309T11")
    .replace("DTEND:20260302T09", "DTEND:20260309T11");
    server.put(
        "work/s.ics",
        &calendar_of(&(event("s", "One on one", WEEKLY) + &moved)),
    );
    assert_eq!(
        next(),
        [
            "private/ unchanged",
            "work/ changes",
            "  s.ics One on one + One on one moved",
        ]
    );

    // Come and gone between two rounds.
    server.put("work/d.ics", &calendar("d", "brief"));
    server.delete("work/d.ics");
    server.delete("private/p.ics");
    server.put("work/p.ics", &calendar("p", "Dentist"));
    assert_eq!(
        next(),
        [
            "private/ changes",
            "  gone p.ics",
            "work/ changes",
            "  p.ics Dentist",
        ]
    );

    server.make("side");
    server.put("side/x.ics", &calendar("x", "x"));
    assert_eq!(
        next(),
        [
            "private/ unchanged",
            "side/ whole, First",
            "  x.ics x",
            "work/ unchanged",
        ]
    );
    server.delete("private/");
    assert_eq!(
        next(),
        ["side/ unchanged", "work/ unchanged", "gone private/"]
    );
    assert_eq!(next(), ["side/ unchanged", "work/ unchanged"]);

    lost_token(server, &mut keeper, spoilt);
    wrong_password(server, &keeper);
}

/// The server does not know the token of `work` any more; what happened meanwhile is in the whole.
fn lost_token(server: &Server, keeper: &mut Keeper, spoilt: impl Fn(&str) -> String) {
    server.delete("work/a.ics");
    server.put("work/e.ics", &calendar("e", "late"));
    let text = keeper.cursor.take().expect("a cursor");
    let (before, rest) = text
        .split_once("work/\":{\"token\":\"")
        .expect("the state of work");
    let (token, rest) = rest.split_once('"').expect("a token");
    let now = spoilt(token);
    assert_ne!(now, token);
    keeper.cursor = Some(format!("{before}work/\":{{\"token\":\"{now}\"{rest}"));
    let round = told(&own(server, keeper.round()));
    if !server.forgets() {
        let changes = [
            "side/ unchanged",
            "work/ changes",
            "  e.ics late",
            "  gone a.ics",
        ];
        return assert_eq!(round, changes);
    }
    assert_eq!(
        round,
        [
            "side/ unchanged",
            "work/ whole, TokenLost",
            "  c.ics new",
            "  café x@y.ics Tea",
            "  e.ics late",
            "  p.ics Dentist",
            "  s.ics One on one + One on one moved",
        ]
    );
    assert_eq!(
        told(&own(server, keeper.round())),
        ["side/ unchanged", "work/ unchanged"]
    );
}

fn wrong_password(server: &Server, keeper: &Keeper) {
    let mut other = Keeper::new(&server.url(server.home()), &patient("wr0ng"));
    other.cursor.clone_from(&keeper.cursor);
    let error = other.try_round().expect_err("refused");
    assert!(
        matches!(error, SourceError::Unauthorized { as_user: true, .. }),
        "{error:?}"
    );
    assert!(!format!("{error} {error:?}").contains("wr0ng"));
}

#[test]
fn every_address_of_an_account_is_kept_up_with() {
    let server = Server::radicale();
    server.make("work");
    server.put("work/a.ics", &calendar("a", "a"));
    for address in [
        "/",
        "/maya/",
        "/maya/work/",
        "/maya/work",
        "/.well-known/caldav",
    ] {
        let mut keeper = Keeper::new(&server.url(address), &patient("secret"));
        let round = keeper.round();
        assert_eq!(round.calendars[0].name, "The work", "{address}");
        assert_eq!(
            told(&round),
            ["/maya/work/ whole, First", "  a.ics a"],
            "{address}"
        );
        assert_eq!(keeper.told(), ["/maya/work/ unchanged"], "{address}");
    }
}

#[test]
fn every_address_of_an_account_on_sogo_is_kept_up_with() {
    let server = Server::sogo();
    server.make("work");
    server.put("work/a.ics", &calendar("a", "a"));
    for address in [
        "/SOGo/dav/",
        "/SOGo/dav/maya",
        "/SOGo/dav/maya/",
        "/SOGo/dav/maya/Calendar/",
        "/SOGo/dav/maya/Calendar/work/",
        "/SOGo/dav/maya/Calendar/work",
    ] {
        let mut keeper = Keeper::new(&server.url(address), &patient("secret"));
        let round = keeper.round();
        let work = |round: &Round| {
            let mut all = round.calendars.iter();
            let one = all
                .find(|one| one.name == "The work")
                .expect("it is listed");
            assert_eq!(one.id, "/SOGo/dav/maya/Calendar/work/", "{address}");
            assert_eq!(one.owner.as_deref(), Some("maya@example.org"), "{address}");
            one.news.clone()
        };
        assert!(matches!(work(&round), News::Whole { .. }), "{address}");
        // Hers too, though it says that it is an outbox as well.
        let personal = round
            .calendars
            .iter()
            .any(|one| one.id.ends_with("/personal/"));
        assert_eq!(personal, !address.contains("/work"), "{address}");
        assert!(
            matches!(work(&keeper.round()), News::Unchanged),
            "{address}"
        );
    }
}

#[test]
fn what_sogo_has_forgotten_that_it_deleted_is_gone_all_the_same() {
    let sogo = Sogo::start(&["maya"]);
    let put = |name: &str| {
        let path = format!("/SOGo/dav/maya/Calendar/personal/{name}.ics");
        let headers = ["Content-Type: text/calendar"];
        let reply = sogo.request("PUT", &path, "maya", &headers, &calendar(name, name));
        assert_eq!(reply.status, 201, "{}", reply.text);
        path
    };
    put("a");
    let last = put("b");
    let url = format!(
        "http://127.0.0.1:{}/SOGo/dav/maya/Calendar/personal/",
        sogo.port
    );
    let mut keeper = Keeper::new(&url, &patient(Sogo::PASSWORD));
    let id = "/SOGo/dav/maya/Calendar/personal/";
    assert_eq!(
        keeper.told(),
        [&*format!("{id} whole, First"), "  a.ics a", "  b.ics b"]
    );
    let reply = sogo.request("DELETE", &last, "maya", &[], "");
    assert_eq!(reply.status, 204, "{}", reply.text);
    sogo.clean_up();
    assert_eq!(
        keeper.told(),
        [&*format!("{id} whole, TokenLost"), "  a.ics a"]
    );
    assert_eq!(keeper.told(), [format!("{id} unchanged")]);
}

#[test]
fn an_object_that_radicale_says_is_gone_because_it_is_damaged_comes_back_mended() {
    let radicale = Radicale::start(&["maya"]);
    let file = radicale.file_of("/maya/work/b.ics");
    let server = Server::Radicale(radicale);
    server.make("work");
    // More than two pages at once.
    for n in 0..210 {
        server.put(&format!("work/{n}.ics"), &calendar(&n.to_string(), "plain"));
    }
    server.put("work/b.ics", &calendar("b", "b"));
    let mut keeper = server.keeper();
    assert_eq!(keeper.told().len(), 1 + 211);
    let sound = std::fs::read(&file).expect("a file");
    std::fs::write(&file, "BEGIN:VCALENDAR\r\nbroken").expect("a file");
    server.put("work/0.ics", &calendar("0", "changed"));
    assert_eq!(
        keeper.told(),
        ["/maya/work/ changes", "  0.ics changed", "  gone b.ics"]
    );
    std::fs::write(&file, sound).expect("a file");
    server.put("work/b.ics", &calendar("b", "mended"));
    assert_eq!(keeper.told(), ["/maya/work/ changes", "  b.ics mended"]);
}

#[test]
fn an_address_of_one_calendar_never_becomes_the_account() {
    let server = Server::radicale();
    server.make("work");
    server.make("private");
    let mut keeper = Keeper::new(&server.url("/maya/work/"), &patient("secret"));
    assert_eq!(keeper.told(), ["/maya/work/ whole, First"]);
    server.delete("work/");
    let error = keeper.try_round().expect_err("deleted");
    assert!(
        matches!(error, SourceError::Answered { status: 404, .. }),
        "{error:?}"
    );
}

#[test]
fn cyrus_says_whose_a_calendar_is_and_shows_what_is_shared() {
    let server = Cyrus::start(&["maya", "ben"]);
    let put = |name: &str| {
        let path = format!("/dav/calendars/user/maya/Default/{name}.ics");
        let headers = ["Content-Type: text/calendar"];
        let reply = server.request("PUT", &path, "maya", &headers, &calendar(name, name));
        assert_eq!(reply.status, 201, "{}", reply.text);
    };
    put("a");
    let keeper = |user: &str, path: &str| {
        let mut options = patient(Cyrus::PASSWORD);
        options.user = Some(user.to_owned());
        Keeper::new(&format!("http://127.0.0.1:{}{path}", server.port), &options)
    };
    let round = keeper("maya", "/").round();
    assert_eq!(
        round.calendars[0].owner.as_deref(),
        Some("maya@example.org")
    );
    assert_eq!(round.calendars.len(), 1, "in- and outbox are no calendars");

    let of_maya = "/dav/calendars/user/maya/Default/";
    let refused = |result: Result<Round, SourceError>| {
        let error = result.expect_err("nothing to see");
        assert!(
            matches!(
                error,
                SourceError::Unauthorized { .. } | SourceError::Answered { status: 404, .. }
            ),
            "{error:?}"
        );
    };
    refused(keeper("ben", of_maya).try_round());
    server.share("maya", "Default", "lrs9", "ben");
    let mut shared = keeper("ben", of_maya);
    assert_eq!(
        shared.told(),
        [
            "/dav/calendars/user/ben/maya.Default/ whole, First",
            "  a.ics a"
        ]
    );
    put("b");
    assert_eq!(
        shared.told(),
        ["/dav/calendars/user/ben/maya.Default/ changes", "  b.ics b"]
    );
    // Taken away again: then the reader's own calendars are not what was asked for.
    server.share("maya", "Default", "\"\"", "ben");
    refused(shared.try_round());
}
