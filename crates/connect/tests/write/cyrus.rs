//! Cyrus with two ordinary users: what one does reaches the other, or is said not to.

use crate::common::{Hand, NINTH, at, booking, moved, weekly};
use std::time::Duration;
use steadfast_calendar::edit::{Answer, Edit, Reply};
use steadfast_calendar::{Event, PartStat, Reader};
use steadfast_connect::write::{Basis, Outcome, Told};
use steadfast_testkit::servers::Cyrus;

/// How often a calendar is looked at for what the server does by itself; each time is a few requests.
const LOOKS: usize = 500;

const WEEKLY: &str = "/dav/calendars/user/maya/Default/weekly.ics";

struct Office {
    server: Cyrus,
}

impl Office {
    fn open() -> Self {
        Self {
            server: Cyrus::start(&["maya", "ben"]),
        }
    }

    fn hand(&self, who: &'static str) -> Hand {
        Hand::new(self.server.port, who, Duration::from_secs(30))
    }

    fn get(&self, who: &str, place: &str) -> Option<String> {
        let reply = self
            .server
            .request("GET", place, who, &["Accept-Encoding: identity"], "");
        let (_, text) = reply.text.split_once("\r\n\r\n")?;
        (reply.status == 200).then(|| text.to_owned())
    }

    /// The object of a UID in somebody's calendar, by place and text.
    fn find(&self, who: &str, uid: &str) -> Option<(String, String)> {
        let home = format!("/dav/calendars/user/{who}/Default/");
        let listed = self
            .server
            .request("PROPFIND", &home, who, &["Depth: 1"], "");
        let hrefs = listed
            .text
            .split("href>")
            .map(|part| part.split('<').next().unwrap_or_default());
        let objects = hrefs.filter(|href| href.ends_with(".ics"));
        objects
            .filter_map(|href| Some((href.to_owned(), self.get(who, href)?)))
            .find(|(_, text)| text.contains(&format!("UID:{uid}\r\n")))
    }

    /// Waits until somebody's object of a UID is as wanted: scheduling may take a moment.
    fn until(&self, who: &str, uid: &str, what: &str, wanted: impl Fn(&[Event]) -> bool) -> String {
        let mut found = None;
        for _ in 0..LOOKS {
            found = self.find(who, uid);
            if let Some((_, text)) = &found
                && wanted(&Reader::read(text.as_bytes()).events)
            {
                return text.clone();
            }
            std::thread::yield_now();
        }
        panic!("{who}: {what}: {found:?}");
    }

    /// Maya has the weekly 1:1 with Ben, who accepted it; gives her text.
    fn with_weekly(&self) -> String {
        let put = self.server.request(
            "PUT",
            WEEKLY,
            "maya",
            &["Content-Type: text/calendar"],
            &weekly(),
        );
        assert_eq!(put.status, 201, "{}", put.text);
        self.until("ben", "weekly", "he has it", |_| true);
        // What he answered before we came.
        let (place, his) = self.find("ben", "weekly").expect("his own");
        let accept = Edit::Answer(Answer {
            occurrence: None,
            reply: Reply::Accepted,
            comment: None,
        });
        let outcome = self.hand("ben").on(&place, &his, accept);
        assert!(matches!(outcome, Outcome::Done { .. }), "{outcome:?}");
        self.until("maya", "weekly", "he accepted", |all| {
            answer(master(all), "ben") == PartStat::Accepted
        });
        self.get("maya", WEEKLY).expect("her own")
    }
}

fn master(all: &[Event]) -> &Event {
    all.iter()
        .find(|event| event.recurrence_id.is_none())
        .expect("a master")
}

fn over(all: &[Event]) -> Option<&Event> {
    all.iter().find(|event| event.recurrence_id.is_some())
}

fn answer(event: &Event, who: &str) -> PartStat {
    let address = format!("{who}@example.org");
    let found = event.attendees.iter().find(|a| *a.address == *address);
    found.map_or(PartStat::Delegated, |a| a.answer)
}

fn starts(event: &Event, when: &str) -> bool {
    event.start.instant(&jiff::tz::TimeZone::UTC) == at(when)
}

fn ben() -> Told {
    Told::All(vec!["ben@example.org".to_owned()])
}

#[test]
fn a_moved_occurrence_moves_in_the_other_calendar_one_step_on_and_asks_anew() {
    let office = Office::open();
    let text = office.with_weekly();
    let mut maya = office.hand("maya");
    let outcome = maya.on(WEEKLY, &text, moved("2026-03-10T13:00:00Z"));
    let Outcome::Done {
        version: Some(version),
        told,
        undo: Some(undo),
        ..
    } = outcome
    else {
        panic!("{outcome:?}");
    };
    assert_eq!(told, ben());
    let before = Reader::read(text.as_bytes()).events;
    let his = office.until("ben", "weekly", "it moved", |all| {
        over(all).is_some_and(|one| starts(one, "2026-03-10T13:00:00Z"))
    });
    let his = Reader::read(his.as_bytes()).events;
    let moved = over(&his).expect("an override");
    assert_eq!(moved.sequence, master(&before).sequence + 1);
    assert_eq!(answer(moved, "ben"), PartStat::NeedsAction);
    assert_eq!(answer(moved, "maya"), PartStat::Accepted);
    assert_eq!(answer(master(&his), "ben"), PartStat::Accepted);

    let order = maya.order(WEEKLY, Basis::Version(version), undo);
    let back = maya.carry_out(&order);
    assert!(
        matches!(&back, Outcome::Done { told, .. } if *told == ben()),
        "{back:?}"
    );
    office.until("ben", "weekly", "it is back", |all| {
        over(all).is_none_or(|one| starts(one, NINTH))
    });
}

#[test]
fn a_cancelled_occurrence_goes_from_the_other_calendar_and_comes_back() {
    let office = Office::open();
    let text = office.with_weekly();
    let mut maya = office.hand("maya");
    let cancel = Edit::Cancel {
        occurrence: at(NINTH),
    };
    let outcome = maya.on(WEEKLY, &text, cancel.clone());
    let (version, undo) = match outcome {
        Outcome::Done {
            version: Some(version),
            undo: Some(undo),
            ref told,
            ..
        } => {
            assert_eq!(*told, ben());
            (version, undo)
        }
        other => panic!("{other:?}"),
    };
    let gone = |all: &[Event]| {
        let excluded = master(all)
            .recurrence
            .as_ref()
            .is_some_and(|r| !r.except_dates.is_empty());
        excluded || over(all).is_some_and(|one| one.status == steadfast_calendar::Status::Cancelled)
    };
    office.until("ben", "weekly", "it is gone", gone);
    let order = maya.order(WEEKLY, Basis::Version(version), undo);
    let back = maya.carry_out(&order);
    assert!(
        matches!(&back, Outcome::Done { told, .. } if *told == ben()),
        "{back:?}"
    );
    office.until("ben", "weekly", "it is there again", |all| !gone(all));
}

#[test]
fn who_was_invited_declines_with_a_few_words_and_the_organiser_sees_it() {
    let office = Office::open();
    office.with_weekly();
    let (place, his) = office.find("ben", "weekly").expect("his own");
    let mut hand = office.hand("ben");
    let decline = |occurrence: Option<&str>, comment: &str| {
        Edit::Answer(Answer {
            occurrence: occurrence.map(at),
            reply: Reply::Declined,
            comment: Some(comment.to_owned()),
        })
    };
    let outcome = hand.on(
        &place,
        &his,
        decline(Some(NINTH), "At the dentist; the day after?"),
    );
    let maya = Told::All(vec!["maya@example.org".to_owned()]);
    assert!(
        matches!(&outcome, Outcome::Done { told, .. } if *told == maya),
        "{outcome:?}"
    );
    let hers = office.until("maya", "weekly", "he declined one", |all| {
        over(all).is_some_and(|one| answer(one, "ben") == PartStat::Declined)
    });
    let hers = Reader::read(hers.as_bytes()).events;
    assert_eq!(answer(master(&hers), "ben"), PartStat::Accepted);
    let inbox = "/dav/calendars/user/maya/Inbox/";
    let listed = office
        .server
        .request("PROPFIND", inbox, "maya", &["Depth: 1"], "");
    let hrefs = listed
        .text
        .split("href>")
        .map(|part| part.split('<').next().unwrap_or_default());
    let mut told = hrefs
        .filter(|href| href.ends_with(".ics"))
        .filter_map(|href| office.get("maya", href));
    assert!(told.any(|text| {
        text.replace("\r\n ", "")
            .contains("COMMENT:At the dentist\\; the day after?")
    }));
    // Moving is the organiser's.
    let (place, his) = office.find("ben", "weekly").expect("his own");
    let refused = hand.on(&place, &his, moved("2026-03-10T13:00:00Z"));
    assert!(matches!(refused, Outcome::Impossible(_)), "{refused:?}");
}

#[test]
fn what_is_booked_is_in_both_calendars_and_goes_from_both() {
    let office = Office::open();
    let mut maya = office.hand("maya");
    let place = "/dav/calendars/user/maya/Default/good-1.ics";
    let outcome = maya.make(place, booking("good-1", "2026-03-11T13:00:00Z"));
    let Outcome::Done {
        version: Some(version),
        told,
        undo: Some(undo),
        ..
    } = outcome
    else {
        panic!("{outcome:?}");
    };
    assert_eq!(told, ben());
    let his = office.until("ben", "good-1", "he has it", |_| true);
    let his = Reader::read(his.as_bytes()).events;
    assert!(starts(&his[0], "2026-03-11T13:00:00Z"));
    assert_eq!(answer(&his[0], "ben"), PartStat::NeedsAction);
    // Longer, and then taken back.
    let longer = Edit::Resize {
        occurrence: at("2026-03-11T13:00:00Z"),
        seconds: 3_600,
    };
    let order = maya.order(place, Basis::Version(version), longer);
    let Outcome::Done {
        version: Some(version),
        ..
    } = maya.carry_out(&order)
    else {
        panic!("it is longer");
    };
    office.until("ben", "good-1", "it is longer", |all| all[0].sequence == 1);
    let order = maya.order(place, Basis::Version(version), undo);
    assert!(matches!(
        maya.carry_out(&order),
        Outcome::Done { version: None, .. }
    ));
    office.until_gone("ben", "good-1");
    assert_eq!(office.find("maya", "good-1"), None);
}

impl Office {
    /// Waits until somebody's calendar has no live object of a UID.
    fn until_gone(&self, who: &str, uid: &str) {
        for _ in 0..LOOKS {
            let found = self.find(who, uid);
            let live = found
                .as_ref()
                .is_some_and(|(_, text)| !text.contains("STATUS:CANCELLED"));
            if !live {
                return;
            }
            std::thread::yield_now();
        }
        panic!("{who} still has {uid}");
    }
}

#[test]
fn what_a_delegate_writes_and_nobody_is_told_of_is_said_to_be_so() {
    let office = Office::open();
    office
        .server
        .share("maya", "Default", "lrswipkxtecdan9", "ben");
    // Ben writes into Maya's calendar: the server takes it, and invites nobody.
    let mut ben = office.hand("ben");
    let mut order = ben.order(
        "/dav/calendars/user/maya/Default/good-1.ics",
        Basis::Nothing,
        booking("good-1", "2026-03-11T13:00:00Z"),
    );
    order.addresses = vec!["maya@example.org".to_owned()];
    let outcome = ben.carry_out(&order);
    let Outcome::NotDelivered { who, version, .. } = &outcome else {
        panic!("{outcome:?}");
    };
    assert_eq!(who, &[("ben@example.org".to_owned(), None)]);
    assert!(version.is_some());
    assert_eq!(office.find("ben", "good-1"), None);
}
