//! Counter-proposals (RFC 5546 §3.2.7) in a history: a weekly 1:1 of Maya, who organises it, and Ben, on Tuesdays at
//! 14:00 UTC; Ben proposes another time for 13 January, and Maya's calendar moves it.

use steadfast_app::audit::{Audit, Options};
use steadfast_calendar::Instant;

const MAYA: &str = "maya@example.com";
const PEOPLE: &str = "ORGANIZER:mailto:maya@example.com\nATTENDEE;PARTSTAT=ACCEPTED:mailto:maya@example.com\n\
                      ATTENDEE;PARTSTAT=ACCEPTED:mailto:ben@example.com";
const JANUARY_13: &str = "RECURRENCE-ID:20260113T140000Z";

fn event(uid: &str, lines: &str) -> String {
    format!(
        "BEGIN:VEVENT\nUID:{uid}\nDURATION:PT30M\nSUMMARY:1:1 Maya / Ben\n{lines}\nEND:VEVENT\n"
    )
}

/// Maya's whole calendar; with `update`, 13 January is moved to the 15th.
fn calendar(update: Option<&str>) -> String {
    let series =
        format!("DTSTART:20260106T140000Z\nRRULE:FREQ=WEEKLY;COUNT=4\nSEQUENCE:0\n{PEOPLE}");
    let moved = |modified: &str| {
        let lines =
            format!("DTSTART:20260115T140000Z\n{JANUARY_13}\nSEQUENCE:1\n{modified}\n{PEOPLE}");
        event("a", &lines)
    };
    let other =
        event("b", "DTSTART:20260107T090000Z\nRRULE:FREQ=WEEKLY").replace("1:1 Maya / Ben", "Run");
    format!(
        "BEGIN:VCALENDAR\nVERSION:2.0\n{}{}{other}END:VCALENDAR\n",
        event("a", &series),
        update.map(moved).unwrap_or_default()
    )
}

/// A message of `method` about `instance`, sent by Ben.
fn message(method: &str, stamp: &str, instance: &str) -> String {
    let lines = format!(
        "DTSTAMP:{stamp}\nDTSTART:20260115T140000Z\n{instance}\nORGANIZER:mailto:{MAYA}\n\
         ATTENDEE;PARTSTAT=TENTATIVE:mailto:ben@example.com"
    );
    format!(
        "BEGIN:VCALENDAR\nVERSION:2.0\nMETHOD:{method}\n{}END:VCALENDAR\n",
        event("a", &lines)
    )
}

/// What became of 13 January, and how that is known, when Maya's calendar was seen so.
fn fate(looks: &[(&str, String)]) -> String {
    let moment = |text: &str| Instant::from(text.parse::<jiff::Timestamp>().expect("a moment"));
    let mut options = Options::at(moment("2026-03-01T00:00:00Z"));
    options.me = vec![MAYA.to_owned()];
    options.reports = vec!["ben@example.com".to_owned()];
    let mut audit = Audit::new(options);
    for (at, text) in looks {
        let at = Some(moment(at));
        audit
            .calendar("maya.ics", Some(MAYA), at, &mut text.as_bytes())
            .expect("bytes in memory can be read");
    }
    audit.snapshot(moment("2026-03-01T00:00:00Z"));
    let report = audit.finish();
    let found = &report.pairs[0].occurrences[1];
    let how = found.actor.map_or_else(
        || "nothing changed".to_owned(),
        |actor| format!("{:?} {}", actor.evidence, actor.confidence),
    );
    format!("{} | {how}", found.verdict)
}

#[track_caller]
fn check(looks: &[(&str, String)], expected: &str) {
    let mut all = vec![("2026-01-01T00:00:00Z", calendar(None))];
    all.extend_from_slice(looks);
    assert_eq!(fate(&all), expected);
}

const BENS: &str =
    "moved excused:report notice:short/1200 hops:1 by:report q:0 | SchedulingMessage 0.9";
const MAYAS: &str = "moved notice:short/1200 hops:1 by:manager disruption | OrganizerOnly 0.9";

fn countered() -> String {
    message("COUNTER", "20260112T080000Z", JANUARY_13)
}

fn updated() -> String {
    calendar(Some("LAST-MODIFIED:20260112T180000Z"))
}

#[test]
fn an_update_within_a_day_of_a_counter_proposal_is_the_proposers() {
    check(
        &[
            ("2026-01-12T09:00:00Z", countered()),
            ("2026-01-13T00:00:00Z", updated()),
        ],
        BENS,
    );
    check(&[("2026-01-13T00:00:00Z", updated())], MAYAS);
}

#[test]
fn a_counter_proposal_for_the_whole_meeting_is_one_for_each_instance() {
    check(
        &[
            (
                "2026-01-12T09:00:00Z",
                message("COUNTER", "20260112T080000Z", ""),
            ),
            ("2026-01-13T00:00:00Z", updated()),
        ],
        BENS,
    );
}

#[test]
fn a_counter_proposal_for_another_instance_says_nothing_of_this_one() {
    let other = message(
        "COUNTER",
        "20260112T080000Z",
        "RECURRENCE-ID:20260120T140000Z",
    );
    check(
        &[
            ("2026-01-12T09:00:00Z", other),
            ("2026-01-13T00:00:00Z", updated()),
        ],
        MAYAS,
    );
}

#[test]
fn an_update_more_than_a_day_later_is_the_organisers_own() {
    check(
        &[
            (
                "2026-01-11T09:00:00Z",
                message("COUNTER", "20260111T080000Z", JANUARY_13),
            ),
            ("2026-01-13T00:00:00Z", updated()),
        ],
        MAYAS,
    );
}

#[test]
fn an_update_that_may_have_followed_within_a_day_names_nobody() {
    check(
        &[
            (
                "2026-01-11T09:00:00Z",
                message("COUNTER", "20260111T080000Z", JANUARY_13),
            ),
            ("2026-01-13T00:00:00Z", calendar(Some(""))),
        ],
        "moved notice:fair/3180[840..3180] hops:1 by:unknown q:0.5 disruption | None 0",
    );
}

#[test]
fn a_declined_counter_proposal_leaves_the_update_to_the_organiser() {
    check(
        &[
            ("2026-01-12T09:00:00Z", countered()),
            (
                "2026-01-12T10:00:00Z",
                message("DECLINECOUNTER", "20260112T095000Z", JANUARY_13),
            ),
            ("2026-01-13T00:00:00Z", updated()),
        ],
        MAYAS,
    );
}

#[test]
fn a_counter_proposal_alone_changes_nothing() {
    check(
        &[
            ("2026-01-12T09:00:00Z", countered()),
            ("2026-01-14T00:00:00Z", calendar(None)),
        ],
        "kept | nothing changed",
    );
}
