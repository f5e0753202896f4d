//! RRULE and EXDATE.

use super::{
    CalledOffAs, ExdateStyle, line,
    write::{Component, zoned},
};
use std::fmt::Write as _;
use steadfast_calendar::Instant;

impl Component<'_, '_> {
    /// The recurrence of the master, whose first instance is `first`.
    pub(super) fn recurrence(&mut self, first: Instant) {
        let meeting = self.meeting;
        let Some(rule) = &meeting.rule else { return };
        self.lines.line(|out| {
            out.push_str("RRULE:FREQ=WEEKLY");
            if let Some(until) = meeting.until {
                out.push_str(";UNTIL=");
                line::utc(out, until);
            }
            if rule.weeks > 1 {
                let _ = write!(out, ";INTERVAL={}", rule.weeks);
            }
            out.push_str(";BYDAY=");
            for (n, day) in rule.days.iter().enumerate() {
                out.push_str(if n == 0 { "" } else { "," });
                out.push_str(
                    ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
                        [usize::from(day.to_monday_zero_offset().unsigned_abs())],
                );
            }
        });
        let guest = meeting
            .organiser
            .is_some_and(|organiser| organiser != self.view.owner);
        let style = self.called_off_style(guest);
        let called_off = meeting
            .called_off
            .iter()
            .filter_map(|(id, note)| match style {
                CalledOffAs::Exdate => Some(*id),
                CalledOffAs::CancelledOverride => None,
                CalledOffAs::TitleThenExdate => note.cleared_by_guest.then_some(*id),
            });
        let left = meeting
            .left
            .iter()
            .filter(|(who, _)| *who == self.view.owner)
            .map(|(_, id)| *id);
        let mut gone: Vec<Instant> = called_off.chain(left).filter(|id| *id >= first).collect();
        gone.sort();
        gone.dedup();
        self.exdates(&gone);
    }

    fn exdates(&mut self, gone: &[Instant]) {
        let (meeting, habits) = (self.meeting, self.view.habits);
        let per_line = if habits.exdates == ExdateStyle::OneLine {
            gone.len().max(1)
        } else {
            1
        };
        for ids in gone.chunks(per_line) {
            self.lines.line(|out| {
                out.push_str("EXDATE");
                if habits.exdates == ExdateStyle::Utc {
                    out.push(':');
                } else {
                    zoned(out, habits.zones, &meeting.zone);
                }
                for (n, id) in ids.iter().enumerate() {
                    out.push_str(if n == 0 { "" } else { "," });
                    if habits.exdates == ExdateStyle::Utc {
                        line::utc(out, *id);
                    } else {
                        line::civil(out, meeting.civil(*id));
                    }
                }
            });
        }
    }
}
