//! An answer with other times, as a message: a counter-proposal.

use crate::common::{BEN, MAYA, WEEKLY, at, berlin, by, edited, half_hour};
use proptest::prelude::*;
use steadfast_calendar::edit::{Answer, By, Edit, Edited, Itip, Reply, apply, itip, sent_by};
use steadfast_calendar::event::End;
use steadfast_calendar::{Event, Instant, PartStat, Reader, Slot};

const SENDER: &str = "steadfast@example.org";

fn answer(occurrence: Option<&str>, reply: Reply, instead: &[Slot]) -> Edit {
    Edit::Answer(Answer {
        occurrence: occurrence.map(at),
        reply,
        comment: Some("Tuesday, or Friday?".to_owned()),
        instead: instead.to_vec(),
    })
}

fn told(object: &str, edit: &Edit) -> Itip {
    let answered = edited(object, edit, BEN);
    by(BEN, |by| itip(answered.as_bytes(), edit, by)).expect("a message")
}

/// A single meeting of Maya's, to which Ben is invited.
fn single(start: &str, rest: &str) -> String {
    format!(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:one\r\nDTSTAMP:20260201T080000Z\r\n\
         SUMMARY:Briefing\r\nDTSTART{start}\r\n{rest}DESCRIPTION:not for the mail\r\n\
         ORGANIZER;CN=Maya;SCHEDULE-STATUS=1.2:mailto:maya@example.org\r\n\
         ATTENDEE;CN=Ben;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:ben@example.org\r\n\
         ATTENDEE;CN=Ana:mailto:ana@example.org\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
}

fn lines(told: &Itip) -> Vec<String> {
    let text = String::from_utf8(told.text.clone()).expect("text");
    assert!(Reader::read(text.as_bytes()).complete, "{text}");
    let text = text.replace("\r\n ", "");
    let events = text.lines().skip_while(|line| *line != "BEGIN:VEVENT");
    let events = events.take_while(|line| *line != "END:VCALENDAR");
    events.map(str::to_owned).collect()
}

#[test]
fn another_time_for_one_of_a_series_is_proposed_as_the_organiser_could_write_it() {
    let best = half_hour("2026-03-10T13:00:00Z");
    let monday = "2026-03-09T09:00:00Z";
    let later = half_hour("2026-03-13T13:00:00Z");
    let edit = answer(Some(monday), Reply::Declined, &[best, later]);
    let told = told(WEEKLY, &edit);
    assert_eq!(
        (told.method, told.from.as_str(), told.to.as_slice()),
        ("COUNTER", BEN, &[MAYA.to_owned()][..])
    );
    assert_eq!(told.countered, Some(half_hour(monday)));
    assert_eq!(
        lines(&told),
        [
            "BEGIN:VEVENT",
            "UID:weekly",
            "RECURRENCE-ID;TZID=Europe/Berlin:20260309T100000",
            "DTSTAMP:20260301T120000Z",
            "SEQUENCE:2",
            "SUMMARY:1:1 Maya and Ben\\, with a title that is long enough to be folded over two lines",
            "COMMENT:Tuesday\\, or Friday?",
            "DTSTART;TZID=Europe/Berlin:20260310T140000",
            "DTEND;TZID=Europe/Berlin:20260310T143000",
            "ORGANIZER;CN=Maya:mailto:maya@example.org",
            "ATTENDEE;CN=\"Ben; B\";PARTSTAT=DECLINED;X-NUM=0:mailto:ben@example.org",
            "END:VEVENT",
        ]
    );
    let text = String::from_utf8(told.text).expect("text");
    assert!(text.contains("METHOD:COUNTER") && text.contains("BEGIN:VTIMEZONE"));
}

#[test]
fn another_time_for_a_single_meeting_echoes_its_sequence_also_where_none_is_written() {
    let rest = "DURATION:PT30M\r\nLOCATION:Room 4\r\n";
    let object = single(":20260309T090000Z", rest);
    let edit = answer(None, Reply::Tentative, &[half_hour("2026-03-10T13:00:00Z")]);
    let said = lines(&told(&object, &edit));
    for line in [
        "SEQUENCE:0",
        "DTSTART:20260310T130000Z",
        "DTEND:20260310T133000Z",
        "LOCATION:Room 4",
        "ORGANIZER;CN=Maya:mailto:maya@example.org",
        "ATTENDEE;CN=Ben;PARTSTAT=TENTATIVE;RSVP=TRUE:mailto:ben@example.org",
    ] {
        assert!(said.iter().any(|one| one == line), "{line} in {said:?}");
    }
    for gone in ["RECURRENCE-ID", "DURATION", "DESCRIPTION", "LAST-MODIFIED"] {
        assert!(!said.iter().any(|line| line.starts_with(gone)), "{gone}");
    }
    assert!(!said.iter().any(|line| line.contains("ana@")), "{said:?}");
}

#[test]
fn what_is_no_time_for_one_meeting_stays_an_answer() {
    let best = half_hour("2026-03-10T13:00:00Z");
    let one = Some("2026-03-09T09:00:00Z");
    let days = single(";VALUE=DATE:20260309", "");
    let plain = single(":20260309T090000Z", "DURATION:PT30M\r\n");
    let stands = half_hour("2026-03-09T09:00:00Z");
    for (object, edit) in [
        (WEEKLY, answer(one, Reply::Declined, &[])),
        (WEEKLY, answer(one, Reply::Accepted, &[best])),
        (WEEKLY, answer(one, Reply::NeedsAction, &[best])),
        // All of a series has no one start.
        (WEEKLY, answer(None, Reply::Declined, &[best])),
        // Days have no hours.
        (days.as_str(), answer(None, Reply::Declined, &[best])),
        // It is no other time.
        (plain.as_str(), answer(None, Reply::Declined, &[stands])),
    ] {
        let told = told(object, &edit);
        assert_eq!((told.method, told.countered), ("REPLY", None), "{edit:?}");
        let text = String::from_utf8(told.text).expect("text");
        assert!(text.contains("METHOD:REPLY") && !text.contains("COUNTER"));
    }
}

#[test]
fn what_takes_an_answer_back_says_none_of_its_words_again() {
    let object = single(":20260309T090000Z", "DURATION:PT30M\r\n");
    let best = half_hour("2026-03-10T13:00:00Z");
    let declined = edited(&object, &answer(None, Reply::Declined, &[best]), BEN);
    let back = Edit::Answer(Answer {
        occurrence: None,
        reply: Reply::NeedsAction,
        comment: None,
        instead: Vec::new(),
    });
    let said = lines(&told(&declined, &back));
    assert!(
        !said.iter().any(|line| line.starts_with("COMMENT")),
        "{said:?}"
    );
    // Another answer says its own words alone.
    let other = Edit::Answer(Answer {
        occurrence: None,
        reply: Reply::Tentative,
        comment: Some("Perhaps".to_owned()),
        instead: Vec::new(),
    });
    let said = lines(&told(&declined, &other));
    let words: Vec<&String> = said
        .iter()
        .filter(|line| line.starts_with("COMMENT"))
        .collect();
    assert_eq!(words, ["COMMENT:Perhaps"]);
}

#[test]
fn who_mails_it_is_named_where_that_is_somebody_else() {
    let object = single(":20260309T090000Z", "DURATION:PT30M\r\n");
    let best = half_hour("2026-03-10T13:00:00Z");
    let told = told(&object, &answer(None, Reply::Declined, &[best]));
    let from = |sender: &str, method: &str, whose: &str, text: &[u8]| {
        let text = sent_by(text, method, whose, sender);
        String::from_utf8(text).expect("text").replace("\r\n ", "")
    };
    let by_us = from(SENDER, "COUNTER", BEN, &told.text);
    assert!(
        by_us.contains(
            "ATTENDEE;CN=Ben;PARTSTAT=DECLINED;RSVP=TRUE;SENT-BY=\"mailto:steadfast@example.org\":mailto:ben@example.org\r\n"
        ),
        "{by_us}"
    );
    assert_eq!(by_us.matches("SENT-BY").count(), 1);
    assert!(Reader::read(by_us.as_bytes()).complete);
    // Of the organiser's messages it is the organiser.
    let asked = from("Steadfast@example.org", "REQUEST", MAYA, object.as_bytes());
    assert!(
        asked.contains(";SENT-BY=\"mailto:steadfast@example.org\":mailto:maya@example.org"),
        "{asked}"
    );
    assert_eq!(asked.matches("SENT-BY").count(), 1);
    // From their own address nobody is named, and whoever was before is not any more.
    let own = from("Ben@Example.org", "COUNTER", BEN, by_us.as_bytes());
    assert_eq!(
        own,
        String::from_utf8(told.text.clone())
            .expect("text")
            .replace("\r\n ", "")
    );
    // What cannot stand in quotes is not written.
    for odd in ["a\"b@example.org", "no address", ""] {
        assert!(
            !from(odd, "COUNTER", BEN, &told.text).contains("SENT-BY"),
            "{odd}"
        );
    }
}

fn ends(event: &Event, by: &By<'_>) -> Instant {
    match &event.end {
        End::At(end) => end.instant(by.zone),
        End::Lasts { days, seconds } => {
            let start = event.start.instant(by.zone);
            start.plus_days(i64::from(*days)).plus_seconds(*seconds)
        }
        End::Unsaid => panic!("an end"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn our_reader_finds_the_best_time_in_it_and_nothing_else_changed(
        form in prop::sample::select(vec![
            ";TZID=Europe/Berlin:20260309T093000", ";TZID=America/New_York:20260309T150000",
            ":20260309T093000Z", ":20260309T093000",
        ]),
        is_series in any::<bool>(), week in 0..40_i64, sequence in 0..9_u32,
        away in -20_000..20_000_i64, quarters in 1..12_i64, words in "[ -~äß\n]{0,60}"
    ) {
        let rule = if is_series { "RRULE:FREQ=WEEKLY\r\n" } else { "" };
        let rest = format!("SEQUENCE:{sequence}\r\nDURATION:PT30M\r\n{rule}");
        let object = single(form, &rest);
        let zone = berlin();
        let by = By { addresses: &[BEN], zone: &zone, now: at("2026-03-01T12:00:00Z") };
        let near = crate::common::instances(&object);
        let which = &near[if is_series { usize::try_from(week).unwrap() } else { 0 }];
        let start = which.id.plus_minutes(away);
        let best = Slot::new(start, start.plus_minutes(quarters * 15));
        prop_assume!(Some(best) != which.slot);
        let edit = Edit::Answer(Answer {
            occurrence: is_series.then_some(which.id),
            reply: Reply::Declined,
            comment: Some(words),
            instead: vec![best],
        });
        let Ok(Edited::Text(answered)) = apply(Some(object.as_bytes()), &edit, &by) else {
            panic!("{edit:?}");
        };
        let told = itip(&answered, &edit, &by).unwrap();
        let said = sent_by(&told.text, told.method, &told.from, SENDER);
        let read = Reader::read(&said);
        prop_assert!(read.complete);
        // In an hour that comes twice a clock cannot say which it means: then it stays an answer.
        if told.method == "REPLY" {
            let twice = |at: Instant| !matches!(zone.to_ambiguous_timestamp(at.civil(&zone)).offset(), jiff::tz::AmbiguousOffset::Unambiguous { .. });
            let new_york = jiff::tz::TimeZone::get("America/New_York").unwrap();
            let there = |at: Instant| !matches!(new_york.to_ambiguous_timestamp(at.civil(&new_york)).offset(), jiff::tz::AmbiguousOffset::Unambiguous { .. });
            prop_assert!(twice(best.start) || there(best.start));
            return Ok(());
        }
        let [event] = read.events.as_slice() else { panic!("{:?}", read.events) };
        prop_assert_eq!(told.method, "COUNTER");
        prop_assert_eq!(told.countered, which.slot);
        prop_assert_eq!(Slot::new(event.start.instant(&zone), ends(event, &by)), best);
        prop_assert_eq!((&*event.uid, event.sequence), ("one", sequence));
        let id = event.recurrence_id.as_ref().map(|id| id.at.instant(&zone));
        prop_assert_eq!(id, is_series.then_some(which.id));
        prop_assert!(event.recurrence.is_none());
        prop_assert_eq!(&*event.organizer.as_ref().unwrap().address, MAYA);
        let invited: Vec<_> = event.attendees.iter().map(|one| (&*one.address, one.answer)).collect();
        prop_assert_eq!(invited, [(BEN, PartStat::Declined)]);
        prop_assert_eq!(event.stamp, Some(by.now));
    }
}
