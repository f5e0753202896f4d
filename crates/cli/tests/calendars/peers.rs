//! What other programs that follow calendars are known to get wrong.

use crate::bench::{Bench, Engine, Net, access, lines, moment, run};
use crate::dav::BERLIN;
use crate::feed::Feeds;
use crate::town::{BEN, MAYA, Town};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use steadfast_calendar::Instant;

/// Weekly on Tuesdays at 14:00 UTC.
const TUESDAYS: [&str; 4] = [
    "2026-01-06T14:00:00",
    "2026-01-13T14:00:00",
    "2026-01-20T14:00:00",
    "2026-01-27T14:00:00",
];

/// A 1:1 of the two: `lines` are what it says beside who takes part.
fn event(uid: &str, lines: &str) -> String {
    with(uid, lines, "")
}

fn with(uid: &str, lines: &str, third: &str) -> String {
    format!(
        "BEGIN:VEVENT\r\nUID:{uid}\r\nDTSTAMP:20260101T000000Z\r\nDURATION:PT1H\r\nSUMMARY:1:1 Maya / Ben\r\n\
         ORGANIZER:mailto:{MAYA}\r\nATTENDEE;PARTSTAT=ACCEPTED:mailto:{MAYA}\r\nATTENDEE;PARTSTAT=ACCEPTED:mailto:{BEN}\r\n\
         {third}{lines}END:VEVENT\r\n"
    )
}

fn series(more: &str) -> String {
    event(
        "one",
        &format!("DTSTART:20260106T140000Z\r\nRRULE:FREQ=WEEKLY\r\n{more}"),
    )
}

/// One instance of it, as it is now.
fn instance(day: &str, start: &str, more: &str) -> String {
    event(
        "one",
        &format!("RECURRENCE-ID:{day}T140000Z\r\nDTSTART:{start}\r\n{more}"),
    )
}

/// Two people whose calendars are on a Radicale and in feeds, and two ledgers: one keeps up over CalDAV, one over feeds.
struct Peers {
    town: Town,
    feeds: Feeds,
    over_caldav: Bench,
    over_feeds: Bench,
    /// The Radicale has forgotten every token.
    forgot: Arc<AtomicBool>,
}

/// What stands in somebody's calendar: events by object.
type Objects<'a> = &'a [(&'a str, &'a [String])];

impl Peers {
    /// Begins on Monday, 5 January 2026, with these in both calendars.
    async fn begin(both: Objects<'_>) -> Self {
        let begin = moment("2026-01-05T08:00:00Z");
        let mut peers = Self {
            town: Town::new(&["maya", "ben"]),
            feeds: Feeds::start(),
            over_caldav: Bench::new(Engine::Sqlite, begin).await,
            over_feeds: Bench::new(Engine::Sqlite, begin).await,
            forgot: Arc::default(),
        };
        let (forgot, net) = (peers.forgot.clone(), Net::new());
        peers.over_caldav.net = Net(Box::new(move |access, cursor| {
            let spoilt = |cursor: String| {
                cursor.replace("\"token\":\"http", "\"token\":\"http://gone.example/")
            };
            let forgets = forgot.load(Ordering::Relaxed);
            (net.0)(access, if forgets { cursor.map(spoilt) } else { cursor })
        }));
        peers.write("maya", both);
        peers.write("ben", both);
        for (person, user) in [(MAYA, "maya"), (BEN, "ben")] {
            peers
                .over_caldav
                .connect(person, &access(&peers.town.home(user), Some(user)))
                .await;
            peers
                .over_feeds
                .connect(person, &access(&peers.feeds.url(user), None))
                .await;
        }
        for bench in [&peers.over_caldav, &peers.over_feeds] {
            bench.declare(MAYA, BEN).await;
        }
        peers
    }

    fn write(&self, user: &str, objects: Objects<'_>) {
        let all: String = objects
            .iter()
            .flat_map(|(_, events)| events.iter().map(String::as_str))
            .collect();
        let text = format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{BERLIN}{all}END:VCALENDAR\r\n");
        self.feeds.stands(user, text);
        for (name, events) in objects {
            self.town
                .put(user, name, &format!("{BERLIN}{}", events.concat()));
        }
    }

    fn write_both(&self, objects: Objects<'_>) {
        self.write("maya", objects);
        self.write("ben", objects);
    }

    /// Rounds a quarter of an hour before, then `change`, then rounds.
    async fn at(&self, at: &str, change: impl FnOnce(&Self)) {
        let now = moment(at);
        self.rounds(Instant::from_seconds(now.seconds() - 900))
            .await;
        change(self);
        self.rounds(now).await;
    }

    async fn rounds(&self, now: Instant) {
        self.over_caldav.good_rounds(now).await;
        self.over_feeds.good_rounds(now).await;
    }

    /// At noon on Wednesday, 28 January, both are shown this by either ledger: one pair, and what became of each promise.
    async fn told(&self, expected: &[&str]) {
        self.rounds(moment("2026-01-28T12:00:00Z")).await;
        for (bench, over) in [(&self.over_caldav, "CalDAV"), (&self.over_feeds, "feeds")] {
            for person in [MAYA, BEN] {
                let view = bench.view(person).await;
                assert_eq!(view.pairs.len(), 1, "{person} over {over}");
                assert_eq!(lines(&view), expected, "{person} over {over}");
            }
        }
    }
}

/// All kept, but these.
fn but(changed: &[(usize, &str)]) -> Vec<String> {
    let told = |(index, day): (usize, &&str)| {
        let found = changed.iter().find(|(at, _)| *at == index);
        format!("{day} {}", found.map_or("kept", |(_, said)| said))
    };
    TUESDAYS.iter().enumerate().map(told).collect()
}

fn check(expected: &[(usize, &str)], both: Objects<'_>, live: impl AsyncFnOnce(&Peers)) {
    run(async {
        let peers = Peers::begin(both).await;
        live(&peers).await;
        let expected = but(expected);
        peers
            .told(&expected.iter().map(String::as_str).collect::<Vec<_>>())
            .await;
    });
}

#[test]
fn an_exception_that_comes_alone_does_not_wipe_the_series() {
    let master = [series("")];
    let moved = instance("20260120", "20260122T140000Z", "SEQUENCE:1\r\n");
    let said = "moved notice:short/1695[1680..1695] hops:1 by:manager disruption";
    check(&[(2, said)], &[("one", &master)], async |peers| {
        peers
            .at("2026-01-19T10:00:00Z", |p| {
                // Before its master in the file, as some write it.
                p.write_both(&[("one", &[moved, series("")])]);
            })
            .await;
    });
}

#[test]
fn one_cancelled_occurrence_cancels_no_other() {
    let master = [series("")];
    let off = instance(
        "20260120",
        "20260120T140000Z",
        "STATUS:CANCELLED\r\nSEQUENCE:1\r\n",
    );
    let said = "cancelled notice:short/1695[1680..1695] hops:1 by:manager loss";
    check(&[(2, said)], &[("one", &master)], async |peers| {
        peers
            .at("2026-01-19T10:00:00Z", |p| {
                p.write_both(&[("one", &[series(""), off])]);
            })
            .await;
    });
}

#[test]
fn what_is_moved_and_then_cancelled_is_cancelled() {
    let master = [series("")];
    let moved = [
        series(""),
        instance("20260120", "20260122T140000Z", "SEQUENCE:1\r\n"),
    ];
    let off = [series("SEQUENCE:2\r\nEXDATE:20260120T140000Z\r\n")];
    let said = "cancelled notice:fair/4515[4500..4515] hops:2 by:manager loss";
    check(&[(2, said)], &[("one", &master)], async |peers| {
        peers
            .at("2026-01-19T10:00:00Z", |p| p.write_both(&[("one", &moved)]))
            .await;
        peers
            .at("2026-01-19T11:00:00Z", |p| p.write_both(&[("one", &off)]))
            .await;
    });
}

#[test]
fn an_edited_and_then_split_series_is_still_one_pair() {
    let master = [series("")];
    let edited = [series("SEQUENCE:1\r\nLOCATION:Upstairs\r\n")
        .replace("1:1 Maya / Ben", "Weekly one-on-one")];
    let until = [edited[0].replace("WEEKLY", "WEEKLY;UNTIL=20260119T000000Z")];
    let on = [event(
        "one_R20260120T140000",
        "DTSTART:20260120T140000Z\r\nRRULE:FREQ=WEEKLY\r\n",
    )];
    check(&[], &[("one", &master)], async |peers| {
        peers
            .at("2026-01-12T10:00:00Z", |p| {
                p.write_both(&[("one", &edited)]);
            })
            .await;
        peers
            .at("2026-01-15T10:00:00Z", |p| {
                p.write_both(&[("one", &until), ("on", &on)]);
            })
            .await;
    });
}

#[test]
fn a_room_as_the_third_hides_no_one_on_one() {
    for room in [
        "ATTENDEE;CUTYPE=ROOM;CN=Room 1;PARTSTAT=ACCEPTED:mailto:room1@example.com\r\n",
        "ATTENDEE;CUTYPE=RESOURCE;PARTSTAT=ACCEPTED:mailto:c_188@resource.calendar.google.com\r\n",
    ] {
        let series = [with(
            "one",
            "DTSTART:20260106T140000Z\r\nRRULE:FREQ=WEEKLY\r\n",
            room,
        )];
        check(&[], &[("one", &series)], async |_| {});
    }
}

#[test]
fn a_time_zone_under_another_name_moves_nothing() {
    let of = |zone: &str| {
        let start = format!("DTSTART;TZID={zone}:20260106T150000\r\nRRULE:FREQ=WEEKLY\r\n");
        // The zone stands before the events, whatever it is called.
        let renamed = BERLIN.replace("Europe/Berlin", zone);
        [format!("{renamed}{}", event("one", &start))]
    };
    let names = [
        "Europe/Berlin",
        "W. Europe Standard Time",
        "/vendor.example/Our Zone",
    ];
    let [iana, windows, own] = names.map(of);
    run(async {
        let peers = Peers::begin(&[("one", &iana)]).await;
        for (at, text) in [
            ("2026-01-12T10:00:00Z", windows),
            ("2026-01-19T10:00:00Z", own),
        ] {
            peers.at(at, |p| p.write_both(&[("one", &text)])).await;
        }
        let there = TUESDAYS.map(|day| format!("{} kept", day.replace("T14", "T15")));
        peers.told(&there.each_ref().map(String::as_str)).await;
    });
}

#[test]
fn a_lost_token_loses_no_deletion() {
    run(async {
        let notes = ["a", "b", "c", "d"].map(|name| [note(name)]);
        let [a, b, c, d] = &notes;
        let others: [(&str, &[String]); 4] = [("a", a), ("b", b), ("c", c), ("d", d)];
        let (one, two) = ([series("")], [again()]);
        let mut all = others.to_vec();
        all.extend([("one", &one[..]), ("two", &two[..])]);
        let peers = Peers::begin(&all).await;
        peers.rounds(moment("2026-01-15T10:00:00Z")).await;
        for user in ["maya", "ben"] {
            let path = format!("/{user}/diary/one.ics");
            let reply = peers.town.radicale.request("DELETE", &path, user, &[], "");
            assert_eq!(reply.status, 200, "{}", reply.text);
            all.retain(|(name, _)| *name != "one");
            peers.write(user, &all);
        }
        peers.forgot.store(true, Ordering::Relaxed);
        peers.rounds(moment("2026-01-15T10:15:00Z")).await;
        peers.forgot.store(false, Ordering::Relaxed);
        peers.rounds(moment("2026-01-28T12:00:00Z")).await;
        // Nobody saw who took it away, and when it went is known to the round.
        let expected = [
            "2026-01-06T14:00:00 kept",
            "2026-01-09T14:00:00 kept",
            "2026-01-13T14:00:00 kept",
            "2026-01-16T14:00:00 kept",
            "2026-01-20T14:00:00 cancelled notice:fair/7440[7425..7440] hops:1 by:unknown q:0.5 loss",
            "2026-01-23T14:00:00 kept",
        ];
        peers.told(&expected).await;
    });
}

/// Something else that happens.
fn note(name: &str) -> String {
    format!(
        "BEGIN:VEVENT\r\nUID:{name}\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:20260109T080000Z\r\nSUMMARY:{name}\r\nEND:VEVENT\r\n"
    )
}

/// A second series of the two, on Fridays.
fn again() -> String {
    event("two", "DTSTART:20260109T140000Z\r\nRRULE:FREQ=WEEKLY\r\n")
}
