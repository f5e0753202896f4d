//! What must hold of any two calendars.

use super::{tests::calendar, *};
use crate::{instant::Slot, title::says_cancelled, wall::Wall};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::fmt::Write as _;

type Slots = BTreeMap<(String, Instant), Slot>;

/// One made-up series: everything that can happen to one, in numbers.
#[derive(Clone, Debug)]
struct Made {
    uid: usize,
    day: i64,
    hour: i64,
    minutes: i64,
    rule: usize,
    count: i64,
    excluded: Vec<i64>,
    /// Which instance, hours later, minutes long, what.
    overrides: Vec<(i64, i64, i64, usize)>,
    from_here_on: Option<(i64, i64)>,
    people: usize,
    title: usize,
    cancelled: bool,
}

const RULES: [&str; 6] = [
    "",
    "DAILY",
    "WEEKLY",
    "WEEKLY;INTERVAL=2",
    "MONTHLY",
    "WEEKLY;BYDAY=MO,WE,FR",
];

fn made() -> impl Strategy<Value = Made> {
    let shape = (
        0usize..4,
        0i64..40,
        8i64..18,
        prop::sample::select(vec![25i64, 30, 60]),
        0usize..6,
        1i64..9,
    );
    let details = (
        prop::collection::vec(0i64..9, 0..3),
        prop::collection::vec((0i64..9, -30i64..60, 5i64..90, 0usize..4), 0..3),
        prop::option::weighted(0.2, (0i64..9, -5i64..50)),
        0usize..3,
        0usize..2,
        prop::bool::weighted(0.1),
    );
    (shape, details).prop_map(
        |(
            (uid, day, hour, minutes, rule, count),
            (excluded, overrides, from_here_on, people, title, cancelled),
        )| Made {
            uid,
            day,
            hour,
            minutes,
            rule,
            count,
            excluded,
            overrides,
            from_here_on,
            people,
            title,
            cancelled,
        },
    )
}

impl Made {
    /// The nth day on which a series like this could have an instance.
    fn id(&self, n: i64) -> Wall {
        let step = [0, 1, 7, 14, 28, 2].get(self.rule).copied().unwrap_or(0);
        self.start().plus(n * step * 86_400)
    }

    fn start(&self) -> Wall {
        // From 1 January 2026 on.
        Wall::midnight(20_454 + self.day).plus(self.hour * 3600)
    }

    fn events(&self) -> String {
        let spelt = |wall: Wall| wall.civil().strftime("%Y%m%dT%H%M%S").to_string();
        let uid = format!("UID:u{}", self.uid);
        let title = ["1:1", "Review"].get(self.title).copied().unwrap_or("");
        let people: String = (0..=self.people)
            .map(|n| format!("ATTENDEE:mailto:p{n}@example.com\n"))
            .collect();
        let mut text = format!(
            "{uid}\nDTSTART;TZID=Europe/Berlin:{}\nDURATION:PT{}M\nSUMMARY:{title}\n{people}",
            spelt(self.start()),
            self.minutes,
        );
        if self.cancelled {
            text.push_str("STATUS:CANCELLED\n");
        }
        match RULES.get(self.rule) {
            Some(rule) if !rule.is_empty() => {
                let _ = writeln!(text, "RRULE:FREQ={rule};COUNT={}", self.count);
            }
            _ => return text,
        }
        for n in &self.excluded {
            let _ = writeln!(text, "EXDATE;TZID=Europe/Berlin:{}", spelt(self.id(*n)));
        }
        for (n, hours, minutes, what) in &self.overrides {
            let id = self.id(*n);
            let title = if *what == 1 { "Cancelled: 1:1" } else { title };
            let status = if *what == 2 { "CANCELLED" } else { "CONFIRMED" };
            let _ = write!(
                text,
                "---\n{uid}\nRECURRENCE-ID;TZID=Europe/Berlin:{}\nDTSTART;TZID=Europe/Berlin:{}\nDURATION:PT{minutes}M\nSUMMARY:{title}\nSTATUS:{status}\n",
                spelt(id),
                spelt(id.plus(hours * 3600)),
            );
        }
        if let Some((n, hours)) = self.from_here_on {
            let id = self.id(n);
            let _ = write!(
                text,
                "---\n{uid}\nRECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:{}\nDTSTART;TZID=Europe/Berlin:{}\nDURATION:PT50M\nSUMMARY:{title}\n",
                spelt(id),
                spelt(id.plus(hours * 3600)),
            );
        }
        text
    }
}

fn state() -> impl Strategy<Value = Vec<Made>> {
    prop::collection::vec(made(), 0..4)
}

fn build(all: &[Made]) -> Vec<Series> {
    let text: Vec<String> = all.iter().map(Made::events).collect();
    calendar(&text.join("---\n"))
}

/// Nothing was over yet when the earlier state was seen; everything lies in the window.
fn all_to_come() -> Scope {
    let day = |day: i64| Instant::from_seconds(day * 86_400);
    Scope {
        floating: TimeZone::UTC,
        window: Window {
            from: day(20_000),
            to: day(22_000),
        },
        seen_before: day(20_000),
        seen_after: day(20_000),
    }
}

fn slots(state: &[Series]) -> Slots {
    let scope = all_to_come();
    let mut expander = Expander::new(scope.floating.clone());
    let mut slots = Slots::new();
    for series in state {
        expander.for_each(series, scope.window, |instance| {
            let title_says = series
                .component(&instance, &scope.floating)
                .is_some_and(|c| says_cancelled(&c.summary));
            if let Some(slot) = instance.slot.filter(|_| !title_says) {
                slots.insert((series.uid.to_string(), instance.id), slot);
            }
        });
    }
    slots
}

/// `slots` after all that `changes` tell of.
fn apply(mut slots: Slots, changes: &[Change]) -> Slots {
    for change in changes {
        let key = |placed: &Placed| (change.uid.to_string(), placed.id);
        match &change.what {
            What::SeriesAppeared(list) | What::Extended(list) | What::SeriesRestored(list) => {
                slots.extend(list.iter().map(|p| (key(p), p.slot)));
            }
            What::Appeared(one) | What::Restored(one) => {
                slots.insert(key(one), one.slot);
            }
            What::SeriesVanished(list) | What::Ended(list) | What::SeriesCancelled(list, _) => {
                for placed in list {
                    assert_eq!(slots.remove(&key(placed)), Some(placed.slot));
                }
            }
            What::Vanished(one)
            | What::Excluded(one)
            | What::Cancelled(one, _)
            | What::LeftView(one) => {
                assert_eq!(slots.remove(&key(one)), Some(one.slot));
            }
            What::Moved(one) | What::Resized(one) => {
                assert_eq!(slots.remove(&key(&one.before)), Some(one.before.slot));
                slots.insert(key(&one.after), one.after.slot);
            }
            What::Retimed(list) => {
                for one in list {
                    assert_eq!(slots.remove(&key(&one.before)), Some(one.before.slot));
                }
                slots.extend(list.iter().map(|one| (key(&one.after), one.after.slot)));
            }
            What::Recreated { into } => {
                slots = slots
                    .into_iter()
                    .map(|((uid, id), slot)| {
                        (
                            (
                                if uid == *change.uid {
                                    into.to_string()
                                } else {
                                    uid
                                },
                                id,
                            ),
                            slot,
                        )
                    })
                    .collect();
            }
            What::Split {
                into,
                slots: carried,
                ..
            } => {
                for placed in carried {
                    assert_eq!(slots.remove(&key(placed)), Some(placed.slot));
                    slots.insert((into.to_string(), placed.id), placed.slot);
                }
            }
            _ => {}
        }
    }
    slots
}

proptest! {

    #[test]
    fn a_state_does_not_differ_from_itself(state in state()) {
        let state = build(&state);
        prop_assert_eq!(diff(&state, &state, &all_to_come()), vec![]);
    }

    #[test]
    fn the_order_of_things_does_not_matter(state in state(), turn in 0usize..5) {
        let state = build(&state);
        let mut turned = state.clone();
        for series in &mut turned {
            let by = turn.min(series.overrides.len());
            series.overrides.rotate_left(by);
        }
        turned.reverse();
        prop_assert_eq!(diff(&state, &turned, &all_to_come()), vec![]);
    }

    #[test]
    fn the_changes_lead_from_one_state_to_the_other(before in state(), after in state()) {
        let (before, after) = (build(&before), build(&after));
        let changes = diff(&before, &after, &all_to_come());
        prop_assert_eq!(apply(slots(&before), &changes), slots(&after), "{:?}", changes.iter().map(|c| (&c.uid, c.id, &c.what)).collect::<Vec<_>>());
    }

    #[test]
    fn nothing_is_told_of_slots_that_stayed(before in state(), after in state()) {
        let (before, after) = (build(&before), build(&after));
        for change in diff(&before, &after, &all_to_come()) {
            if let What::Moved(one) | What::Resized(one) = &change.what {
                prop_assert_ne!(one.before.slot, one.after.slot);
            }
        }
    }

    /// Whatever the rule: a feed that only shows less of what was over changed nothing.
    #[test]
    fn a_window_that_moves_changes_nothing(made in made(), over in 0usize..4, until in 0usize..4) {
        // A series of at least five, of which some are over; shown from a later one of these on, as a list of dates.
        let made = Made {
            rule: made.rule.max(1),
            count: made.count + 4,
            overrides: vec![],
            excluded: vec![],
            from_here_on: None,
            ..made
        };
        let before = calendar(&made.events());
        let mut scope = all_to_come();
        let instances = expand(&before[0], &scope);
        let last_over = instances[over].ruled.unwrap();
        scope.seen_before = last_over.end;
        scope.seen_after = last_over.end.plus_minutes(60);
        let shown: Vec<String> = instances[until.min(over + 1)..]
            .iter()
            .map(|i| i.id.civil(&TimeZone::UTC).strftime("%Y%m%dT%H%M%SZ").to_string())
            .collect();
        let after = calendar(
            &made
                .events()
                .lines()
                .map(|line| match line.split_once([':', ';']) {
                    Some(("DTSTART", _)) => format!("DTSTART:{}", shown[0]),
                    Some(("RRULE", _)) => format!("RDATE:{}", shown.join(",")),
                    _ => line.to_owned(),
                })
                .collect::<Vec<_>>()
                .join("\n"),
        );
        prop_assert_eq!(diff(&before, &after, &scope), vec![]);
    }
}

fn expand(series: &Series, scope: &Scope) -> Vec<crate::Instance> {
    crate::expand(series, &scope.floating, scope.window)
}
