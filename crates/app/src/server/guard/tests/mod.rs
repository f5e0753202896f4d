//! What the guard says to people and does by their taps, on a real store with connected calendars.

mod alike;
mod asked;
mod begins;
mod busies;
mod defends;
mod holds;
mod left;
mod live;
mod offers;
mod onwards;
mod overs;
mod said_yes;
mod sayables;
mod sorts;
mod taps;
mod tokens;
mod wishes;

pub(in crate::server) use onwards::staff;

use super::*;
use crate::server::facts::{self, CalendarNews};
use crate::server::ledger::declare;
use crate::server::testing::{viewer, with_store};
use jiff::tz::TimeZone;
use steadfast_calendar::Instant;
use steadfast_guard::intent::Measure;
use steadfast_store::{
    Append, Expected, Facts, Micros, NewSource, Org, Round, Sources, Store, Write,
};

pub(in crate::server) const MAYA: &str = "maya@example.com";
pub(in crate::server) const BEN: &str = "ben@example.com";
pub(in crate::server) const PETRA: &str = "petra@example.com";

pub(in crate::server) fn at(text: &str) -> Instant {
    text.parse::<jiff::Timestamp>().unwrap().into()
}

/// A Monday morning. The 1:1 is on Tuesdays at 14:00.
pub(in crate::server) fn now() -> Instant {
    at("2026-03-30T08:00:00Z")
}

/// A meeting of half an hour.
pub(in crate::server) fn event(
    uid: &str,
    start: &str,
    rest: &str,
    organiser: &str,
    guests: &[&str],
) -> String {
    let guests = guests
        .iter()
        .map(|guest| format!("ATTENDEE;PARTSTAT=ACCEPTED:mailto:{guest}\r\n"))
        .collect::<String>();
    format!(
        "BEGIN:VEVENT\r\nUID:{uid}\r\nDTSTAMP:20260101T120000Z\r\nDTSTART:{start}\r\nDURATION:PT30M\r\n{rest}\
         ORGANIZER:mailto:{organiser}\r\n{guests}END:VEVENT\r\n"
    )
}

pub(in crate::server) fn one_on_one(rest: &str) -> String {
    let rest = format!("SUMMARY:1:1 Maya / Ben\r\nRRULE:FREQ=WEEKLY\r\n{rest}");
    event("u-ben", "20260106T140000Z", &rest, MAYA, &[MAYA, BEN])
}

pub(in crate::server) struct Bench {
    pub(in crate::server) store: Store,
    pub(in crate::server) org: Org,
}

pub(in crate::server) fn with_bench<F: Future<Output = ()>>(test: impl FnOnce(Bench) -> F) {
    with_store(|store, org| test(Bench { store, org }));
}

impl Bench {
    /// A round of somebody's account at `seen` finds these objects.
    pub(in crate::server) async fn round(&self, person: &str, seen: Instant, objects: &[&str]) {
        let put = objects.iter().enumerate().map(|(number, object)| {
            let text = format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{object}END:VCALENDAR\r\n");
            (format!("{number}.ics"), text)
        });
        self.news(person, seen, put.collect(), Vec::new()).await;
    }

    /// A round finds these objects, by name, and does not find those any more.
    pub(in crate::server) async fn news(
        &self,
        person: &str,
        seen: Instant,
        put: Vec<(String, String)>,
        gone: Vec<String>,
    ) {
        let source = format!("s-{person}");
        let new = NewSource {
            source: source.clone(),
            person: person.to_owned(),
            about: Vec::new(),
            created: Micros(0),
        };
        if self
            .store
            .source(&self.org, &source)
            .await
            .unwrap()
            .is_none()
        {
            self.store.connect(&self.org, &new).await.unwrap();
        }
        let news = CalendarNews {
            source: source.clone(),
            calendar: "/own/".to_owned(),
            // What is gone was there a round before.
            after: (!gone.is_empty()).then(|| seen.plus_minutes(-1).seconds()),
            blind: false,
            put,
            gone,
        };
        let stream = facts::calendar_of(person);
        let facts = [facts::news(&news, person, seen)];
        let append = [Append {
            stream: &stream,
            expected: Expected::Any,
            facts: &facts,
        }];
        let round = Round {
            source: &source,
            cursor: b"1",
            at: Micros(seen.seconds() * 1_000_000),
        };
        let write = Write {
            appends: &append,
            round: Some(&round),
            ..Write::default()
        };
        self.store.write(&self.org, write).await.unwrap();
    }

    /// Maya's calendar since January, with her 1:1 with Ben, who reports to her, as it stands now.
    pub(in crate::server) async fn mayas(&self, one: &str, others: &[String]) {
        let before = one_on_one("");
        self.round(MAYA, now().plus_days(-60), &[&before]).await;
        let mut objects = vec![one];
        objects.extend(others.iter().map(String::as_str));
        self.round(MAYA, now(), &objects).await;
        self.leads(&[BEN]).await;
    }

    /// Maya says who reports to her, and she to Petra.
    pub(in crate::server) async fn leads(&self, reports: &[&str]) {
        let maya = viewer(&self.org, MAYA);
        let reports: Vec<String> = reports.iter().map(|one| (*one).to_owned()).collect();
        declare(&self.store, &maya, now(), &reports, Some(PETRA))
            .await
            .unwrap();
    }

    pub(in crate::server) async fn ahead(
        &self,
        viewer: &crate::server::Viewer,
        at: Instant,
    ) -> Ahead {
        crate::server::ledger::ahead(&self.store, viewer, "test", at)
            .await
            .unwrap()
    }

    /// What is proposed to Maya first.
    pub(in crate::server) async fn proposed(&self) -> Proposed {
        self.outlook(MAYA).await.proposals.remove(0)
    }

    async fn outlook(&self, person: &str) -> Outlook {
        let viewer = viewer(&self.org, person);
        let ahead = self.ahead(&viewer, now()).await;
        outlook(&self.store, &viewer, &ahead, now()).await.unwrap()
    }
}

fn kinds(outlook: &Outlook) -> Vec<&'static str> {
    outlook.proposals.iter().map(|one| one.kind).collect()
}

fn measures(proposed: &Proposed) -> Vec<Measure> {
    proposed.ways.iter().map(|way| way.measure).collect()
}

#[test]
fn where_nothing_threatens_nothing_is_said() {
    with_bench(|bench| async move {
        bench.mayas(&one_on_one(""), &[]).await;
        let outlook = bench.outlook(MAYA).await;
        assert!(outlook.is_fresh);
        assert!(outlook.proposals.is_empty(), "{outlook:?}");
    });
}

#[test]
fn a_meeting_of_ones_own_over_it_can_move() {
    with_bench(|bench| async move {
        let status = "SUMMARY:Status marker-mine\r\n";
        let status = event("u-status", "20260331T140000Z", status, MAYA, &[MAYA, PETRA]);
        bench.mayas(&one_on_one(""), &[status]).await;
        let outlook = bench.outlook(MAYA).await;
        assert_eq!(kinds(&outlook), ["overlap"]);
        let proposed = &outlook.proposals[0];
        let over = proposed.over_it.as_ref().unwrap();
        assert_eq!(
            (over.title.as_str(), &over.from),
            ("Status marker-mine", &None)
        );
        assert_eq!(measures(proposed), [Measure::MoveOther, Measure::MakeGood]);
        let Deed::MoveOther { to, told } = &proposed.ways[0].deed else {
            panic!("{proposed:?}");
        };
        assert!(!to.overlaps(over.slot));
        assert_eq!(told, &["Petra"]);
        // Nobody has seen Petra's calendar.
        assert_eq!(proposed.ways[0].unseen, ["Petra"]);
        assert!(proposed.ways[0].is_possible);
    });
}

#[test]
fn an_invitation_over_it_can_be_declined_with_other_times() {
    with_bench(|bench| async move {
        let briefing = "SUMMARY:Executive briefing\r\n";
        let briefing = event(
            "u-exec",
            "20260331T140000Z",
            briefing,
            PETRA,
            &[PETRA, MAYA],
        );
        bench.mayas(&one_on_one(""), &[briefing]).await;
        let outlook = bench.outlook(MAYA).await;
        let proposed = &outlook.proposals[0];
        assert_eq!(
            measures(proposed),
            [
                Measure::AnswerBooker,
                // She is above Maya.
                Measure::AnswerPerhaps,
                Measure::MakeGood
            ]
        );
        let Deed::Decline {
            booker, instead, ..
        } = &proposed.ways[0].deed
        else {
            panic!("{proposed:?}");
        };
        assert_eq!((booker.as_str(), instead.len()), ("Petra", 3));
    });
}

#[test]
fn times_to_make_it_good_are_before_the_next_and_where_the_other_is_free() {
    with_bench(|bench| async move {
        bench
            .mayas(&one_on_one("EXDATE:20260331T140000Z\r\n"), &[])
            .await;
        let without = bench.outlook(MAYA).await;
        assert_eq!(kinds(&without), ["cancelled"]);
        let way = &without.proposals[0].ways[0];
        assert_eq!(way.unseen, ["Ben"]);
        // Ben is busy all day on all days but one, with what is nobody else's business.
        let secret = "SUMMARY:marker-secret\r\nLOCATION:marker-place\r\n";
        let days = ["30", "31", "01", "02", "03", "06", "07"];
        let busy = days.iter().filter(|day| **day != "02").map(|day| {
            let month = if day.starts_with('3') { "03" } else { "04" };
            let start = format!("2026{month}{day}T060000Z");
            event(&format!("u-{day}"), &start, secret, BEN, &[BEN]).replace("PT30M", "PT14H")
        });
        let with_maya = one_on_one("EXDATE:20260331T140000Z\r\n");
        let mut objects: Vec<String> = busy.collect();
        objects.push(with_maya);
        let objects: Vec<&str> = objects.iter().map(String::as_str).collect();
        bench.round(BEN, now(), &objects).await;
        let outlook = bench.outlook(MAYA).await;
        let way = &outlook.proposals[0].ways[0];
        assert!(way.unseen.is_empty());
        let Deed::MakeGood { slots } = &way.deed else {
            panic!("{way:?}");
        };
        assert!(!slots.is_empty());
        let thursday = jiff::civil::date(2026, 4, 2);
        assert!(
            slots
                .iter()
                .all(|slot| slot.start.date(&TimeZone::UTC) == thursday)
        );
        assert!(!format!("{outlook:?}").contains("marker"));
    });
}

#[test]
fn the_report_hears_of_their_own_calendar_alone() {
    with_bench(|bench| async move {
        let status = event(
            "u-status",
            "20260331T140000Z",
            "SUMMARY:marker\r\n",
            MAYA,
            &[MAYA, PETRA],
        );
        bench.mayas(&one_on_one(""), &[status]).await;
        let dentist = event(
            "u-dentist",
            "20260331T141500Z",
            "SUMMARY:Dentist\r\n",
            BEN,
            &[BEN],
        );
        bench.round(BEN, now(), &[&one_on_one(""), &dentist]).await;
        let outlook = bench.outlook(BEN).await;
        assert_eq!(kinds(&outlook), ["overlap"]);
        let over = outlook.proposals[0].over_it.as_ref().unwrap();
        assert_eq!(over.title, "Dentist");
        assert!(!format!("{outlook:?}").contains("marker"));
    });
}

#[test]
fn of_a_calendar_that_was_not_seen_for_a_day_nothing_is_said() {
    with_bench(|bench| async move {
        bench
            .mayas(&one_on_one("EXDATE:20260331T140000Z\r\n"), &[])
            .await;
        let viewer = viewer(&bench.org, MAYA);
        let later = now().plus_days(1).plus_minutes(1);
        let ahead = bench.ahead(&viewer, later).await;
        let outlook = outlook(&bench.store, &viewer, &ahead, later).await.unwrap();
        assert!(!outlook.is_fresh);
        assert!(outlook.proposals.is_empty());
    });
}

#[test]
fn one_that_was_moved_is_told_and_its_new_place_is_no_second_one() {
    with_bench(|bench| async move {
        let moved = event(
            "u-ben",
            "20260331T170000Z",
            "SUMMARY:1:1 Maya / Ben\r\nRECURRENCE-ID:20260331T140000Z\r\nSEQUENCE:1\r\n",
            MAYA,
            &[MAYA, BEN],
        );
        bench
            .mayas(&format!("{}{moved}", one_on_one("")), &[])
            .await;
        let outlook = bench.outlook(MAYA).await;
        assert_eq!(kinds(&outlook), ["moved"]);
        let proposed = &outlook.proposals[0];
        assert_eq!(proposed.stands.unwrap().start, at("2026-03-31T17:00:00Z"));
        assert_eq!(proposed.promised.unwrap().start, at("2026-03-31T14:00:00Z"));
    });
}

#[test]
fn an_extra_one_makes_it_good_and_nothing_more_is_said() {
    with_bench(|bench| async move {
        let extra = event(
            "u-extra",
            "20260402T100000Z",
            "SUMMARY:Maya / Ben\r\n",
            MAYA,
            &[MAYA, BEN],
        );
        bench
            .mayas(&one_on_one("EXDATE:20260331T140000Z\r\n"), &[extra])
            .await;
        let outlook = bench.outlook(MAYA).await;
        assert!(outlook.proposals.is_empty(), "{outlook:?}");
    });
}

#[test]
fn when_somebody_is_busy_is_the_business_of_those_alone_whom_they_agreed_to_meet() {
    with_bench(|bench| async move {
        bench
            .mayas(&one_on_one("EXDATE:20260331T140000Z\r\n"), &[])
            .await;
        // Ben's calendar is seen, and he never said that he comes: Maya may have made it all up.
        let unanswered = one_on_one("EXDATE:20260331T140000Z\r\n").replace(
            "PARTSTAT=ACCEPTED:mailto:ben",
            "PARTSTAT=NEEDS-ACTION:mailto:ben",
        );
        let leave = "SUMMARY:Vacation\r\n";
        let leave =
            event("u-leave", "20260402T000000Z", leave, BEN, &[BEN]).replace("PT30M", "P1D");
        bench.round(BEN, now(), &[&unanswered, &leave]).await;
        let way = bench.outlook(MAYA).await.proposals.remove(0).ways.remove(0);
        assert_eq!(way.unseen, ["Ben"]);
        bench
            .round(
                BEN,
                now(),
                &[&one_on_one("EXDATE:20260331T140000Z\r\n"), &leave],
            )
            .await;
        let way = bench.outlook(MAYA).await.proposals.remove(0).ways.remove(0);
        assert!(way.unseen.is_empty());
    });
}

#[test]
fn what_is_stopped_or_would_be_done_in_a_file_threatens_all_the_same() {
    with_bench(|bench| async move {
        bench
            .mayas(&one_on_one("EXDATE:20260331T140000Z\r\n"), &[])
            .await;
        let maya = viewer(&bench.org, MAYA);
        crate::server::acting::stop(&bench.store, &maya, now())
            .await
            .unwrap();
        let outlook = bench.outlook(MAYA).await;
        assert!(outlook.is_stopped);
        assert_eq!(kinds(&outlook), ["cancelled"]);
    });
}
