//! What goes wrong on the way: a round that fails changes nothing, and in the end as much is known as by reading anew.

use crate::common::{BEN, Keeper, MAYA, at, made, office, weekly};
use serde_json::json;
use std::collections::BTreeMap;
use steadfast_connect::SourceError;
use steadfast_fakes::google::{Fault, Google};

#[test]
fn each_fault_means_what_it_means() {
    let google = office();
    made(&google, MAYA, &weekly("a", &[MAYA, BEN]));
    let mut maya = Keeper::new(&google, MAYA);
    maya.round();
    let mut check = |path: &str, fault: Fault, is_right: fn(&SourceError) -> bool| {
        made(&google, MAYA, &weekly("b", &[MAYA]));
        google.fault(path, fault);
        let before = maya.mirror.clone();
        let error = maya.try_round().unwrap_err();
        assert!(is_right(&error), "{path} {fault:?}: {error:?}");
        assert_eq!(maya.mirror, before);
        assert_eq!(google.faults_left(), 0);
        maya.round();
        assert_eq!(maya.mirror.len(), before.len() + 1, "{path} {fault:?}");
    };
    let slows = |error: &SourceError| matches!(error, SourceError::SlowDown { .. });
    for path in ["calendarList", "/events"] {
        check(path, Fault::Status(429, "rateLimitExceeded"), slows);
        check(path, Fault::Status(403, "rateLimitExceeded"), slows);
        check(path, Fault::Status(403, "userRateLimitExceeded"), slows);
        check(path, Fault::Status(403, "quotaExceeded"), slows);
        check(path, Fault::Status(500, "backendError"), |e| {
            matches!(e, SourceError::Answered { status: 500, .. })
        });
        check(path, Fault::Status(403, "forbidden"), |e| {
            matches!(e, SourceError::Answered { status: 403, .. })
        });
        check(path, Fault::Status(403, "insufficientPermissions"), |e| {
            matches!(e, SourceError::GrantRefused { .. })
        });
        check(path, Fault::BreaksOff, |e| {
            matches!(
                e,
                SourceError::Unreachable { .. } | SourceError::BadAnswer { .. }
            )
        });
        check(path, Fault::Garbage, |e| {
            matches!(e, SourceError::BadAnswer { .. })
        });
        check(path, Fault::Status(302, "moved"), |e| {
            matches!(e, SourceError::Answered { status: 302, .. })
        });
    }
    // An access token that was taken back early is no fault of anybody's: another is fetched.
    google.fault("/events", Fault::Status(401, "authError"));
    maya.round();
    // Where tokens are fetched.
    google.expire();
    google.fault("token", Fault::Status(503, "backendError"));
    let error = maya.try_round().unwrap_err();
    assert!(
        matches!(error, SourceError::Answered { status: 503, .. }),
        "{error:?}"
    );
}

#[test]
fn of_several_calendars_the_others_are_read() {
    let google = office();
    let team = "c_team@group.calendar.google.com";
    google.add_calendar(MAYA, team, "Team", "Europe/Paris");
    let mut maya = Keeper::new(&google, MAYA);
    maya.round();
    google.fault("c_team", Fault::Status(500, "backendError"));
    made(&google, MAYA, &weekly("a", &[MAYA, BEN]));
    let told = maya.told();
    assert_eq!(told[0], format!("{MAYA} changes"));
    assert!(
        told[2].starts_with(&format!("unreadable {team}: ")) && told.len() == 3,
        "{told:?}"
    );
    // After one that asks for fewer requests the rest is not asked.
    google.fault("c_team", Fault::Status(429, "rateLimitExceeded"));
    let before = google.asked().len();
    let error = maya.try_round().unwrap_err();
    assert!(matches!(error, SourceError::SlowDown { .. }), "{error:?}");
    assert_eq!(google.asked().len() - before, 1);
    maya.round();
}

/// Numbers that look drawn (Knuth's MMIX generator).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

/// Something that Maya or Ben does to one of the series.
fn something_happens(google: &Google, dice: &mut Dice, series: &mut [String]) {
    google.pass(600);
    let day = 6 + 7 * dice.roll(3);
    let pick = usize::try_from(dice.roll(series.len() as u64)).unwrap();
    let id = series[pick].clone();
    let instance = format!("/{id}_202601{day:02}T140000Z");
    let ask = |who: &str, method: &str, path: &str, body: Option<&serde_json::Value>| {
        // What is gone already cannot be changed; that is no matter here.
        google.ask(
            who,
            method,
            &format!("calendars/primary/events{path}"),
            None,
            body,
        );
    };
    match dice.roll(8) {
        0 => {
            series[pick] = made(
                google,
                MAYA,
                &weekly(&format!("s{}", dice.roll(1000)), &[MAYA, BEN]),
            );
            ask(MAYA, "DELETE", &format!("/{id}"), None);
        }
        1 => ask(MAYA, "DELETE", &instance, None),
        2 => ask(BEN, "DELETE", &instance, None),
        3 => {
            let hour = 8 + u32::try_from(dice.roll(8)).unwrap();
            ask(
                MAYA,
                "PATCH",
                &instance,
                Some(&at(&format!("2026-01-{:02}", day + 1), hour)),
            );
        }
        4 => {
            let answer =
                ["accepted", "declined", "tentative"][usize::try_from(dice.roll(3)).unwrap()];
            ask(
                BEN,
                "PATCH",
                &instance,
                Some(&json!({"attendees": [{"email": BEN, "responseStatus": answer}]})),
            );
        }
        5 => ask(
            MAYA,
            "PATCH",
            &format!("/{id}"),
            Some(&json!({"summary": format!("t{}", dice.roll(1000))})),
        ),
        6 => google.forget(if dice.roll(2) == 0 { MAYA } else { BEN }),
        _ => ask(
            MAYA,
            "PATCH",
            &format!("/{id}"),
            Some(&at("2026-01-06", 15)),
        ),
    }
}

/// The mirror without what says when something last changed: of that a first look tells less.
fn undated(keeper: &Keeper) -> BTreeMap<(String, String), String> {
    let without = |text: &String| {
        let lines = text
            .lines()
            .filter(|line| !line.starts_with("LAST-MODIFIED") && !line.starts_with("DTSTAMP"));
        lines.collect::<Vec<_>>().join("\n")
    };
    keeper
        .mirror
        .iter()
        .map(|(place, text)| (place.clone(), without(text)))
        .collect()
}

#[test]
fn whatever_goes_wrong_in_the_end_as_much_is_known_as_by_reading_anew() {
    let faults = [
        Fault::Status(500, "backendError"),
        Fault::Status(403, "rateLimitExceeded"),
        Fault::Status(429, "rateLimitExceeded"),
        Fault::Status(401, "authError"),
        Fault::BreaksOff,
        Fault::Closed,
        Fault::Twice,
        Fault::OtherWayRound,
        Fault::EmptyPage,
        Fault::Garbage,
    ];
    let mut dice = Dice(11);
    let mut struck = 0;
    for _ in 0..4 {
        let google = office();
        google.page(3);
        let mut series: Vec<String> = (0..3)
            .map(|n| made(&google, MAYA, &weekly(&format!("s{n}"), &[MAYA, BEN])))
            .collect();
        let mut keepers = [Keeper::new(&google, MAYA), Keeper::new(&google, BEN)];
        for _ in 0..60 {
            for _ in 0..dice.roll(4) {
                something_happens(&google, &mut dice, &mut series);
            }
            if dice.roll(2) == 0 {
                let path =
                    ["calendarList", "/events", "token"][usize::try_from(dice.roll(3)).unwrap()];
                google.fault(path, faults[usize::try_from(dice.roll(10)).unwrap()]);
                struck += 1;
            }
            for keeper in &mut keepers {
                let before = keeper.mirror.clone();
                if keeper.try_round().is_err() {
                    assert_eq!(keeper.mirror, before);
                }
            }
        }
        // Faults that wait for a request that did not come.
        for _ in 0..200 {
            if google.faults_left() == 0 {
                break;
            }
            google.expire();
            keepers
                .iter_mut()
                .for_each(|keeper| drop(keeper.try_round()));
        }
        assert_eq!(google.faults_left(), 0);
        for (keeper, who) in keepers.iter_mut().zip([MAYA, BEN]) {
            keeper.round();
            let mut anew = Keeper::new(&google, who);
            anew.round();
            assert_eq!(undated(keeper), undated(&anew), "{who}");
        }
        assert_eq!(google.violations(), [] as [String; 0]);
    }
    assert!(struck > 80, "{struck}");
}
