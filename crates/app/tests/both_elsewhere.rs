//! A 1:1 that stood at the same time as a meeting both had accepted: told as a doubt, to whoever is in that meeting.

use steadfast_app::{
    audit::{Audit, Options},
    report::{Report, TextStyle, text},
};
use steadfast_calendar::Instant;

const MAYA: &str = "maya@example.com";
const BEN: &str = "ben@example.com";

fn event(uid: &str, start: &str, title: &str, who: &[(&str, &str)], lines: &str) -> String {
    let attendees: String = who
        .iter()
        .map(|(who, answer)| format!("ATTENDEE;PARTSTAT={answer}:mailto:{who}\n"))
        .collect();
    format!(
        "BEGIN:VEVENT\nUID:{uid}\nDTSTART:2026{start}00Z\nDURATION:PT30M\nSUMMARY:{title}\nORGANIZER:mailto:{MAYA}\n\
         {attendees}{lines}\nEND:VEVENT\n"
    )
}

/// What is told on 10 February of `whose` export: the weekly 1:1 of Maya and Ben since 6 January and another meeting on the
/// 13th, at which all of them answered so.
fn audit(whose: &str, start: &str, who: &[(&str, &str)]) -> Report {
    let both = [(MAYA, "ACCEPTED"), (BEN, "ACCEPTED")];
    let events = [
        event(
            "a",
            "0106T1400",
            "1:1 Maya / Ben",
            &both,
            "RRULE:FREQ=WEEKLY",
        ),
        event("b", start, "Workshop", who, "X-A:1"),
    ]
    .concat();
    let now: jiff::Timestamp = "2026-02-10T00:00:00Z".parse().expect("a moment");
    let mut options = Options::at(Instant::from(now));
    options.me = vec![whose.to_owned()];
    if whose == MAYA {
        options.reports = vec![BEN.to_owned()];
    } else {
        options.manager = Some(MAYA.to_owned());
    }
    let mut audit = Audit::new(options);
    let text = format!("BEGIN:VCALENDAR\nVERSION:2.0\n{events}END:VCALENDAR\n");
    audit
        .calendar("x.ics", Some(whose), None, &mut text.as_bytes())
        .expect("bytes in memory can be read");
    audit.finish()
}

/// The days of those that stood beside such a meeting.
fn doubted(report: &Report) -> Vec<String> {
    let [pair] = &report.pairs[..] else {
        panic!("one 1:1, not {}", report.pairs.len());
    };
    let beside = pair.occurrences.iter().filter(|o| o.both_elsewhere);
    beside
        .map(|o| {
            o.promised
                .start
                .date(&report.zone)
                .strftime("%-d %b")
                .to_string()
        })
        .collect()
}

fn told(report: &Report) -> String {
    let style = TextStyle {
        width: 400,
        colour: false,
        unicode: true,
    };
    let told = text(report, &style);
    told.split_whitespace().collect::<Vec<_>>().join(" ")
}

const KIM: (&str, &str) = ("kim@example.com", "ACCEPTED");

#[test]
fn a_meeting_both_accepted_beside_one_that_stood_is_a_doubt_for_both() {
    let who = [(MAYA, "ACCEPTED"), (BEN, "ACCEPTED"), KIM];
    for (whose, word) in [(MAYA, "stood"), (BEN, "was kept")] {
        let report = audit(whose, "0113T1415", &who);
        assert_eq!(doubted(&report), ["13 Jan"]);
        let said = format!(
            "At the time of 1 that {word} both of you had accepted another meeting; which of the two was held, a calendar cannot know."
        );
        assert!(told(&report).contains(&said), "{}", told(&report));
        let stood = report.pairs[0].occurrences.iter();
        assert!(stood.filter(|o| o.verdict.to_string() == "kept").count() >= 5);
    }
}

#[test]
fn what_one_of_them_did_not_accept_or_what_only_touches_is_none() {
    let accepted = [(MAYA, "ACCEPTED"), (BEN, "ACCEPTED"), KIM];
    for answer in ["DECLINED", "NEEDS-ACTION", "TENTATIVE"] {
        let who = [(MAYA, "ACCEPTED"), (BEN, answer), KIM];
        let report = audit(MAYA, "0113T1415", &who);
        assert!(doubted(&report).is_empty(), "{answer}");
        // That her calendar had something else is told as ever.
        assert!(report.pairs[0].occurrences.iter().any(|o| o.overlapped));
    }
    assert!(doubted(&audit(MAYA, "0113T1430", &accepted)).is_empty());
    // Ben is not in it.
    let report = audit(BEN, "0113T1415", &[(MAYA, "ACCEPTED"), KIM]);
    assert!(doubted(&report).is_empty());
    assert!(!told(&report).contains("another meeting"));
}
