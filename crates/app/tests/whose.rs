//! Whose calendar it is, where nobody says so.

use steadfast_app::audit::{Audit, Options};
use steadfast_calendar::Instant;

/// A report's calendar: their boss is in every meeting, and they themselves under two addresses.
fn of_a_report() -> String {
    let meeting = |number: usize, me: &str| {
        format!(
            "BEGIN:VEVENT\nUID:{number}\nDTSTART:202602{:02}T100000Z\nDURATION:PT30M\nSUMMARY:1:1\n\
             ORGANIZER:mailto:maya@example.com\nATTENDEE:mailto:maya@example.com\nATTENDEE:mailto:{me}\nEND:VEVENT\n",
            number + 1
        )
    };
    let meetings: String = (0..10)
        .map(|n| {
            meeting(
                n,
                if n % 2 == 0 {
                    "asa@example.com"
                } else {
                    "asa@old.example.com"
                },
            )
        })
        .collect();
    format!("BEGIN:VCALENDAR\nVERSION:2.0\n{meetings}END:VCALENDAR\n")
}

fn owner(manager: Option<&str>) -> Option<String> {
    let now = "2026-03-01T00:00:00Z".parse::<jiff::Timestamp>();
    let mut options = Options::at(Instant::from(now.expect("a moment")));
    options.manager = manager.map(str::to_owned);
    let mut audit = Audit::new(options);
    audit
        .calendar("calendar.ics", None, None, &mut of_a_report().as_bytes())
        .expect("bytes in memory can be read");
    audit.finish().me.map(|me| me.address.to_string())
}

#[test]
fn my_declared_manager_is_never_taken_for_me() {
    assert_eq!(owner(None).as_deref(), Some("maya@example.com"));
    assert_eq!(owner(Some("Maya@example.com")), None);
}
