//! Maya's calendar from a few events, audited on 1 March 2026.

use steadfast_app::{
    audit::{Audit, Options},
    report::Report,
};
use steadfast_calendar::Instant;

/// What the audit makes of `events`; `set` says what is declared besides whose calendar it is.
pub(crate) fn audit(events: &[String], set: impl FnOnce(&mut Options)) -> Report {
    let now = "2026-03-01T00:00:00Z".parse::<jiff::Timestamp>();
    let mut options = Options::at(Instant::from(now.expect("a moment")));
    options.me = vec!["maya@example.com".to_owned()];
    set(&mut options);
    let mut audit = Audit::new(options);
    // Exported a moment ago, as most providers say it.
    let events = events
        .concat()
        .replace("BEGIN:VEVENT\n", "BEGIN:VEVENT\nDTSTAMP:20260228T120000Z\n");
    let calendar = format!("BEGIN:VCALENDAR\nVERSION:2.0\n{events}END:VCALENDAR\n");
    audit
        .calendar("maya.ics", None, None, &mut calendar.as_bytes())
        .expect("bytes in memory can be read");
    audit.finish()
}
