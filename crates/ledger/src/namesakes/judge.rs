//! What makes the addresses of one name one person.
//!
//! The meetings of one address were all made before those of the next, the two never hold a meeting with the same
//! person side by side in time, and one of these: a series names first the one and then the other; a standing meeting
//! ends under the one and goes on under the other; or the mailbox is the same and one domain lies below the other.

use super::{
    Namesakes, Sameness, domain,
    seen::{Birth, Life, Seen, Standing},
};
use std::sync::Arc;
use steadfast_calendar::Instant;

/// A standing meeting goes on where the next one begins within so many days: the longest rhythm of a 1:1.
const GOES_ON_DAYS: i32 = 45;
/// So many days two series of one person may overlap while one follows the other: the old one is ended late.
const OVERLAP_DAYS: i32 = 7;

/// Whether `addresses` are one person.
pub(super) fn judge(addresses: &[Arc<str>], seen: &Seen) -> Namesakes {
    let mut order: Vec<usize> = (0..addresses.len()).collect();
    order.sort_by_key(|member| first(seen, *member));
    let sameness = if seen.side_by_side {
        Sameness::Several
    } else if order
        .windows(2)
        .all(|two| matches!(two, [a, b] if is_one(addresses, seen, *a, *b)))
    {
        Sameness::One
    } else {
        Sameness::Unknown
    };
    Namesakes {
        addresses: order
            .into_iter()
            .filter_map(|member| addresses.get(member).cloned())
            .collect(),
        sameness,
    }
}

fn first(seen: &Seen, member: usize) -> Option<Instant> {
    let births = &seen.lives.get(member)?.births;
    births.iter().map(|b| b.made.unwrap_or(b.start)).min()
}

/// Whether one domain has the name twice.
pub(super) fn one_domain_twice<'a>(addresses: impl Iterator<Item = &'a str>) -> bool {
    let mut domains: Vec<&str> = addresses.map(domain).collect();
    let all = domains.len();
    domains.sort_unstable();
    domains.dedup();
    domains.len() < all
}

fn is_one(addresses: &[Arc<str>], seen: &Seen, older: usize, newer: usize) -> bool {
    let (Some(a), Some(b)) = (seen.lives.get(older), seen.lives.get(newer)) else {
        return false;
    };
    let handed_on = seen
        .handed_on
        .contains(&[older.min(newer), older.max(newer)]);
    let follows = !a.births.is_empty() && !b.births.is_empty() && one_after_the_other(a, b);
    let same_mailbox = matches!((addresses.get(older), addresses.get(newer)), (Some(a), Some(b)) if moved_within(a, b));
    if side_by_side(a, b) {
        return false;
    }
    (handed_on && one_after_the_other(a, b)) || (follows && (same_mailbox || goes_on(a, b)))
}

/// Whether everything with `a` was made before anything with `b`; by first starts, where it is not always known when.
fn one_after_the_other(a: &Life, b: &Life) -> bool {
    let made =
        |life: &Life| -> Option<Vec<Instant>> { life.births.iter().map(|b| b.made).collect() };
    let start = |life: &Life| {
        life.births
            .iter()
            .map(|b: &Birth| b.start)
            .collect::<Vec<_>>()
    };
    let (a, b) = match (made(a), made(b)) {
        (Some(a), Some(b)) => (a, b),
        _ => (start(a), start(b)),
    };
    match (a.into_iter().max(), b.into_iter().min()) {
        (Some(last), Some(first)) => last < first,
        _ => true,
    }
}

/// Whether both hold a standing meeting with the same person at the same time.
fn side_by_side(a: &Life, b: &Life) -> bool {
    with_the_same(a, b).any(|(a, b)| overlap(a, b) > OVERLAP_DAYS)
}

/// Whether a standing meeting of `a` ends and one of `b` with the same person begins.
fn goes_on(a: &Life, b: &Life) -> bool {
    with_the_same(a, b).any(|(a, b)| {
        a.to.is_some_and(|end| (-OVERLAP_DAYS..=GOES_ON_DAYS).contains(&days(end, b.from)))
    })
}

fn with_the_same<'a>(
    a: &'a Life,
    b: &'a Life,
) -> impl Iterator<Item = (&'a Standing, &'a Standing)> {
    a.standing.iter().flat_map(|one| {
        let same = b.standing.iter().filter(|other| other.with == one.with);
        same.map(move |other| (one, other))
    })
}

/// Days in which both run.
fn overlap(a: &Standing, b: &Standing) -> i32 {
    let from = a.from.max(b.from);
    let to = a.to.into_iter().chain(b.to).min();
    to.map_or(i32::MAX, |to| days(from, to))
}

fn days(from: jiff::civil::Date, to: jiff::civil::Date) -> i32 {
    (to - from).get_days()
}

/// The same mailbox, one domain below the other: "old.example.com" and "example.com".
fn moved_within(a: &str, b: &str) -> bool {
    let (Some((box_a, a)), Some((box_b, b))) = (a.rsplit_once('@'), b.rsplit_once('@')) else {
        return false;
    };
    let below = |long: &str, short: &str| {
        short.contains('.')
            && long
                .strip_suffix(short)
                .is_some_and(|rest| rest.ends_with('.'))
    };
    box_a == box_b && (below(a, b) || below(b, a))
}

#[cfg(test)]
mod tests {
    use crate::{
        history::History,
        namesakes::{Sameness, namesakes},
    };
    use steadfast_calendar::Reader;

    const OLD: &str = "tugba.y@old.example";
    const NEW: &str = "tugba.yilmaz@new.example";

    /// A meeting of Yuki and these, made on `made`; `rule` is what it repeats by.
    fn meeting(uid: &str, made: &str, rule: &str, people: &[&str]) -> String {
        let people: String = people
            .iter()
            .map(|who| match who.split_once('=') {
                Some((name, address)) => format!("ATTENDEE;CN={name}:mailto:{address}\n"),
                None => format!("ATTENDEE;CN=Tugba Yilmaz:mailto:{who}\n"),
            })
            .collect();
        format!(
            "BEGIN:VEVENT\nUID:{uid}\nDTSTART:{made}T100000Z\nDURATION:PT30M\nSUMMARY:1:1\nCREATED:{made}T000000Z\n\
             {rule}\nATTENDEE;CN=Yuki Ito:mailto:yuki@new.example\n{people}END:VEVENT\n"
        )
    }

    fn weekly(uid: &str, made: &str, who: &str) -> String {
        meeting(uid, made, "RRULE:FREQ=WEEKLY", &[who])
    }

    fn ended(uid: &str, made: &str, until: &str, who: &str) -> String {
        let rule = format!("RRULE:FREQ=WEEKLY;UNTIL={until}T100000Z");
        meeting(uid, made, &rule, &[who])
    }

    #[track_caller]
    fn check(events: &[String], expected: Option<Sameness>) {
        let text = format!(
            "BEGIN:VCALENDAR\nVERSION:2.0\n{}END:VCALENDAR\n",
            events.concat()
        );
        let mut history = History::new();
        history.look("yuki", None, Reader::read(text.as_bytes()));
        let all = namesakes(&history);
        assert_eq!(all.first().map(|n| n.sameness), expected, "{all:?}");
    }

    #[test]
    fn a_standing_meeting_that_goes_on_under_the_next_address_is_one_persons() {
        check(
            &[
                ended("a", "20260105", "20260302", OLD),
                weekly("b", "20260309", NEW),
            ],
            Some(Sameness::One),
        );
    }

    #[test]
    fn a_name_alone_is_nobody() {
        let unknown = Some(Sameness::Unknown);
        let (a, b) = (
            weekly("a", "20260105", OLD),
            meeting("b", "20260309", "", &[NEW]),
        );
        check(&[a, b], unknown);
        // Months lie between.
        let (a, b) = (
            ended("a", "20260105", "20260202", OLD),
            weekly("b", "20260601", NEW),
        );
        check(&[a, b], unknown);
    }

    #[test]
    fn who_is_met_beside_the_other_is_somebody_else() {
        let both_run = [
            weekly("a", "20260105", "tugba.yilmaz@old.new.example"),
            weekly("b", "20260309", NEW),
        ];
        check(&both_run, Some(Sameness::Unknown));
        // The old address comes up again after the new one.
        let again = [
            ended("a", "20260105", "20260302", OLD),
            weekly("b", "20260309", NEW),
            meeting("c", "20260401", "", &[OLD]),
        ];
        check(&again, Some(Sameness::Unknown));
        let side_by_side = [
            ended("a", "20260105", "20260302", OLD),
            weekly("b", "20260309", NEW),
            meeting("c", "20260401", "", &[OLD, NEW]),
        ];
        check(&side_by_side, Some(Sameness::Several));
    }

    #[test]
    fn one_name_twice_in_one_domain_is_two_people() {
        check(
            &[
                ended("a", "20260105", "20260302", "tugba.yilmaz2@new.example"),
                weekly("b", "20260309", NEW),
            ],
            None,
        );
    }

    #[test]
    fn a_mailbox_that_moved_up_its_domain_is_one_persons() {
        let moved = [
            weekly("a", "20260105", "tugba.yilmaz@old.new.example"),
            meeting("b", "20260309", "", &[NEW]),
        ];
        check(&moved, Some(Sameness::One));
    }

    #[test]
    fn a_series_that_names_first_the_one_and_then_the_other_is_one_persons() {
        let handed = [
            weekly("a", "20260105", OLD),
            weekly("a", "20260105", NEW)
                .replace("CREATED", "RECURRENCE-ID:20260309T100000Z\nCREATED"),
        ];
        check(&handed, Some(Sameness::One));
    }

    #[test]
    fn another_name_or_a_first_name_is_not_compared() {
        let (a, b) = (
            ended("a", "20260105", "20260302", "Tugba=tugba@old.example"),
            weekly("b", "20260309", "Tugba=tugba@new.example"),
        );
        check(&[a, b], None);
    }
}
