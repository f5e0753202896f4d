//! A server with two ordinary users: what one does reaches the other, or is said not to. The same on Cyrus and on SOGo.

use crate::common::{Hand, NINTH, at, booking, moved, weekly};
use std::time::Duration;
use steadfast_calendar::edit::{Answer, Edit, Reply};
use steadfast_calendar::{Event, PartStat, Reader, Status};
use steadfast_connect::write::{Basis, Outcome, Told};
use steadfast_testkit::servers::Office as Server;

/// How often a calendar is looked at for what the server does by itself; each time is a few requests.
const LOOKS: usize = 500;

/// Maya and Ben at a server.
pub(crate) struct Office {
    pub(crate) server: Server,
}

impl Office {
    pub(crate) fn hand(&self, who: &'static str) -> Hand {
        Hand::new(self.server.port(), who, Duration::from_secs(30))
    }

    /// Where something is in somebody's calendar.
    pub(crate) fn place(&self, who: &str, name: &str) -> String {
        format!("{}{name}", self.server.calendar(who))
    }

    /// What was done is at this version and is taken back so; and what is said of who was told is what the server said:
    /// of one that says nothing, nothing is claimed.
    fn done(&self, outcome: Outcome, heard: &str) -> (String, Option<Edit>) {
        let heard = format!("{heard}@example.org");
        match outcome {
            Outcome::Done {
                version: Some(version),
                told,
                undo,
                already: false,
                ..
            } if self.server.says_who_was_told() => {
                assert_eq!(told, Told::All(vec![heard]));
                (version, undo)
            }
            Outcome::NotDelivered {
                version: Some(version),
                who,
                undo,
                ..
            } if !self.server.says_who_was_told() => {
                assert_eq!(who, [(heard, None)]);
                (version, undo)
            }
            other => panic!("{other:?}"),
        }
    }

    pub(crate) fn get(&self, who: &str, place: &str) -> Option<String> {
        let reply = self
            .server
            .request("GET", place, who, &["Accept-Encoding: identity"], "");
        let (_, text) = reply.text.split_once("\r\n\r\n")?;
        (reply.status == 200).then(|| text.to_owned())
    }

    /// The object of a UID in somebody's calendar, by place and text.
    pub(crate) fn find(&self, who: &str, uid: &str) -> Option<(String, String)> {
        let home = self.server.calendar(who);
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
        let place = self.place("maya", "weekly.ics");
        let put = self.server.request(
            "PUT",
            &place,
            "maya",
            &["Content-Type: text/calendar"],
            &weekly(),
        );
        assert_eq!(put.status, 201, "{}", put.text);
        self.until("ben", "weekly", "he has it", |_| true);
        // What he answered before we came.
        let (at, his) = self.find("ben", "weekly").expect("his own");
        let accept = Edit::Answer(Answer {
            occurrence: None,
            reply: Reply::Accepted,
            comment: None,
            instead: Vec::new(),
        });
        // Some servers believe the organiser that he has done so already.
        let outcome = self.hand("ben").on(&at, &his, accept);
        if !matches!(outcome, Outcome::Done { already: true, .. }) {
            self.done(outcome, "maya");
        }
        self.until("maya", "weekly", "he accepted", |all| {
            answer(master(all), "ben") == PartStat::Accepted
        });
        self.get("maya", &place).expect("her own")
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

pub(crate) fn a_moved_occurrence_moves_in_the_other_calendar_and_asks_anew(office: &Office) {
    let text = office.with_weekly();
    let place = office.place("maya", "weekly.ics");
    let mut maya = office.hand("maya");
    let outcome = maya.on(&place, &text, moved("2026-03-10T13:00:00Z"));
    let (version, undo) = office.done(outcome, "ben");
    let before = Reader::read(text.as_bytes()).events;
    let his = office.until("ben", "weekly", "it moved", |all| {
        over(all).is_some_and(|one| starts(one, "2026-03-10T13:00:00Z"))
    });
    let his = Reader::read(his.as_bytes()).events;
    let moved = over(&his).expect("an override");
    let one_change = master(&before).sequence + office.server.steps();
    assert_eq!(moved.sequence, one_change);
    assert_eq!(answer(moved, "ben"), PartStat::NeedsAction);
    if office.server.keeps_the_organiser() {
        assert_eq!(answer(moved, "maya"), PartStat::Accepted);
    }
    assert_eq!(answer(master(&his), "ben"), PartStat::Accepted);
    let hers = office.get("maya", &place).expect("her own");
    let hers = Reader::read(hers.as_bytes()).events;
    assert_eq!(over(&hers).map(|one| one.sequence), Some(one_change));

    let undo = undo.expect("it can be taken back");
    let order = maya.order(&place, Basis::Version(version), undo);
    office.done(maya.carry_out(&order), "ben");
    office.until("ben", "weekly", "it is back", |all| {
        over(all).is_none_or(|one| starts(one, NINTH))
    });
}

/// Whether the 1:1 of the ninth does not take place.
fn is_off(all: &[Event]) -> bool {
    let excluded = master(all)
        .recurrence
        .as_ref()
        .is_some_and(|r| !r.except_dates.is_empty());
    excluded || over(all).is_some_and(|one| one.status == Status::Cancelled)
}

pub(crate) fn a_cancelled_occurrence_goes_from_the_other_calendar_and_comes_back(office: &Office) {
    let text = office.with_weekly();
    let place = office.place("maya", "weekly.ics");
    let mut maya = office.hand("maya");
    let cancel = Edit::Cancel {
        occurrence: at(NINTH),
    };
    let (version, undo) = office.done(maya.on(&place, &text, cancel), "ben");
    let his = office.until("ben", "weekly", "it is gone", is_off);
    let his = Reader::read(his.as_bytes()).events;
    // EXDATE is one of those that everybody is asked anew over, about the whole series (RFC 6638 §3.2.8).
    assert_eq!(answer(master(&his), "ben"), PartStat::NeedsAction);
    let undo = undo.expect("it can be taken back");
    let order = maya.order(&place, Basis::Version(version), undo);
    office.done(maya.carry_out(&order), "ben");
    office.until("ben", "weekly", "it is there again", |all| !is_off(all));
}

fn decline(occurrence: &str, comment: &str) -> Edit {
    Edit::Answer(Answer {
        occurrence: Some(at(occurrence)),
        reply: Reply::Declined,
        comment: Some(comment.to_owned()),
        instead: Vec::new(),
    })
}

pub(crate) fn who_was_invited_declines_with_a_few_words_and_the_organiser_sees_it(office: &Office) {
    office.with_weekly();
    let (place, his) = office.find("ben", "weekly").expect("his own");
    let mut hand = office.hand("ben");
    let outcome = hand.on(
        &place,
        &his,
        decline(NINTH, "At the dentist; the day after?"),
    );
    office.done(outcome, "maya");
    let hers = office.until("maya", "weekly", "he declined one", |all| {
        over(all).is_some_and(|one| answer(one, "ben") == PartStat::Declined)
    });
    let hers = Reader::read(hers.as_bytes()).events;
    assert_eq!(answer(master(&hers), "ben"), PartStat::Accepted);
    assert_eq!(
        office.was_handed("maya", "COMMENT:At the dentist\\; the day after?"),
        office.server.hands_on_words()
    );
    // Moving is the organiser's.
    let (place, his) = office.find("ben", "weekly").expect("his own");
    let refused = hand.on(&place, &his, moved("2026-03-10T13:00:00Z"));
    assert!(matches!(refused, Outcome::Impossible(_)), "{refused:?}");
}

/// The server takes a change and may keep it to itself: SOGo hands on one component of an object and takes an answer that
/// has not changed for the one that has. What is said of it is what is so.
pub(crate) fn what_is_not_handed_on_is_not_claimed(office: &Office) {
    office.with_weekly();
    let (place, his) = office.find("ben", "weekly").expect("his own");
    let outcome = office
        .hand("ben")
        .on(&place, &his, decline("2026-03-16T09:00:00Z", "Away."));
    office.done(outcome, "maya");
    office.until("maya", "weekly", "he declined one", |all| {
        over(all).is_some_and(|one| answer(one, "ben") == PartStat::Declined)
    });
    let place = office.place("maya", "weekly.ics");
    let hers = office.get("maya", &place).expect("her own");
    let cancel = Edit::Cancel {
        occurrence: at(NINTH),
    };
    office.done(office.hand("maya").on(&place, &hers, cancel), "ben");
    if office.server.says_who_was_told() {
        office.until("ben", "weekly", "it is gone", is_off);
    } else {
        let (_, his) = office.find("ben", "weekly").expect("his own");
        assert!(!is_off(&Reader::read(his.as_bytes()).events), "{his}");
    }
}

pub(crate) fn what_is_booked_is_in_both_calendars_and_goes_from_both(office: &Office) {
    let mut maya = office.hand("maya");
    let place = office.place("maya", "good-1.ics");
    let outcome = maya.make(&place, booking("good-1", "2026-03-11T13:00:00Z"));
    let (version, undo) = office.done(outcome, "ben");
    let his = office.until("ben", "good-1", "he has it", |_| true);
    let his = Reader::read(his.as_bytes()).events;
    assert!(starts(&his[0], "2026-03-11T13:00:00Z"));
    assert_eq!(answer(&his[0], "ben"), PartStat::NeedsAction);
    // Longer, and then taken back.
    let longer = Edit::Resize {
        occurrence: at("2026-03-11T13:00:00Z"),
        seconds: 3_600,
    };
    let order = maya.order(&place, Basis::Version(version), longer);
    let (version, _) = office.done(maya.carry_out(&order), "ben");
    let steps = office.server.steps();
    office.until("ben", "good-1", "it is longer", |all| {
        all[0].sequence == steps
    });
    let undo = undo.expect("it can be taken back");
    let order = maya.order(&place, Basis::Version(version), undo);
    assert!(matches!(
        maya.carry_out(&order),
        Outcome::Done { version: None, .. }
    ));
    office.until_gone("ben", "good-1");
    assert_eq!(office.find("maya", "good-1"), None);
}

impl Office {
    /// Whether a message with this line came into somebody's inbox (RFC 6638 §2.2).
    fn was_handed(&self, who: &str, line: &str) -> bool {
        let inbox = self.server.inbox(who);
        let listed = self
            .server
            .request("PROPFIND", &inbox, who, &["Depth: 1"], "");
        let hrefs = listed.text.split("href>");
        let hrefs = hrefs.map(|part| part.split('<').next().unwrap_or_default());
        let mut messages = hrefs
            .filter(|href| href.ends_with(".ics"))
            .filter_map(|href| self.get(who, href));
        messages.any(|text| text.replace("\r\n ", "").contains(line))
    }

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

/// What holds on every server with real scheduling, as tests of the one that `open` starts.
macro_rules! laws {
    ($open:ident) => {
        laws!(
            $open:
            a_moved_occurrence_moves_in_the_other_calendar_and_asks_anew,
            a_cancelled_occurrence_goes_from_the_other_calendar_and_comes_back,
            who_was_invited_declines_with_a_few_words_and_the_organiser_sees_it,
            what_is_not_handed_on_is_not_claimed,
            what_is_booked_is_in_both_calendars_and_goes_from_both,
        );
    };
    ($open:ident: $($law:ident),* $(,)?) => {
        $(
            #[test]
            fn $law() {
                crate::office::$law(&$open());
            }
        )*
    };
}
pub(crate) use laws;
