//! Which other time a manager is offered for a 1:1 that keeps giving way.

use steadfast_app::{
    audit::{Audit, Options},
    report::Report,
};
use steadfast_calendar::Instant;

const MAYA: &str = "maya@example.com";

/// Maya's weekly half hour with `report`, on Tuesdays at `hour` in Berlin from 6 January 2026. Every other one was moved to the
/// evening before, an hour ahead.
fn weekly(report: &str, hour: u32) -> String {
    let event = |more: &str| {
        format!(
            "BEGIN:VEVENT\nUID:{report}\nDTSTAMP:20260331T000000Z\nDURATION:PT30M\nSUMMARY:1:1 Maya / {report}\n\
             ORGANIZER:mailto:{MAYA}\nATTENDEE;PARTSTAT=ACCEPTED:mailto:{MAYA}\n\
             ATTENDEE;PARTSTAT=ACCEPTED:mailto:{report}@example.com\n{more}\nEND:VEVENT\n"
        )
    };
    let series = event(&format!(
        "DTSTART;TZID=Europe/Berlin:20260106T{hour}0000\nRRULE:FREQ=WEEKLY"
    ));
    let day = |week: i64| jiff::civil::date(2026, 1, 6) + jiff::Span::new().days(7 * week);
    let moved = (1..12).step_by(2).map(|week| {
        let (there, before) = (day(week), day(week) - jiff::Span::new().days(1));
        event(&format!(
            "RECURRENCE-ID;TZID=Europe/Berlin:{}T{hour}0000\nDTSTART;TZID=Europe/Berlin:{}T190000\nSEQUENCE:1\n\
             LAST-MODIFIED:{}T120000Z",
            there.strftime("%Y%m%d"),
            before.strftime("%Y%m%d"),
            before.strftime("%Y%m%d"),
        ))
    });
    series + &moved.collect::<String>()
}

/// From then on her calendar says when she is free: without it that would be from the first 1:1 on.
const BEFORE: &str = "BEGIN:VEVENT\nUID:early\nDTSTAMP:20260331T000000Z\nDTSTART:20260105T060000Z\nDURATION:PT30M\n\
                      SUMMARY:Early\nEND:VEVENT\n";

fn moment(text: &str) -> Instant {
    text.parse::<jiff::Timestamp>().expect("a moment").into()
}

/// Her calendar as it was seen then, now being that day.
fn audit(seen: &str, now: &str) -> Report {
    let mut options = Options::at(moment(now));
    options.me = vec![MAYA.to_owned()];
    options.reports = ["ben", "ana"]
        .map(|one| format!("{one}@example.com"))
        .to_vec();
    let mut audit = Audit::new(options);
    let seen = moment(seen);
    audit.snapshot(seen);
    let text = format!(
        "BEGIN:VCALENDAR\nVERSION:2.0\n{BEFORE}{}{}END:VCALENDAR\n",
        weekly("ben", 15),
        weekly("ana", 16)
    );
    audit
        .calendar("maya.ics", Some(MAYA), Some(seen), &mut text.as_bytes())
        .expect("bytes in memory can be read");
    audit.finish()
}

/// With whom, which time, and in how many weeks it was free.
fn offered(report: &Report) -> Vec<(String, usize, usize)> {
    let slots = report.pairs.iter().map(|pair| {
        let slot = pair.repair.as_ref()?.better_slot.as_ref()?;
        Some((slot.slot.clone(), slot.free, slot.of))
    });
    slots.map(|slot| slot.expect("a time")).collect()
}

#[test]
fn two_reports_are_not_offered_the_same_time() {
    let report = audit("2026-03-31T08:00:00Z", "2026-03-31T08:00:00Z");
    let offered = offered(&report);
    assert_eq!(offered.len(), 2, "{offered:?}");
    assert_ne!(offered[0].0, offered[1].0, "{offered:?}");
}

/// A time is free in the weeks that were seen; what came after is not known to be.
#[test]
fn a_time_was_free_only_in_weeks_that_were_seen() {
    let weeks = |now: &str| {
        let offered = offered(&audit("2026-03-31T08:00:00Z", now));
        offered
            .iter()
            .map(|(_, free, of)| (*free, *of))
            .collect::<Vec<_>>()
    };
    let then = weeks("2026-03-31T08:00:00Z");
    assert_eq!(weeks("2026-05-12T08:00:00Z"), then);
    assert!(
        then.iter().all(|(free, of)| free == of && *of == 12),
        "{then:?}"
    );
}
