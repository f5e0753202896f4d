//! A mail in somebody's name, to those in a meeting whom no calendar told.

use crate::small::{ANA, BEN, FIRST, MAYA, ONE, OTTO, PETRA, Small};
use jiff::civil::Date;
use steadfast_guard::ids::{OneOnOneId, PersonId};
use steadfast_guard::in_name::{InName, STRANGER, intent};
use steadfast_guard::intent::Intent;
use steadfast_guard::policy::{How, Level, Refused};

fn mail(small: &Small, to: PersonId, deed: &str) -> Intent {
    let mail = InName {
        key: format!("mail/{deed}/{to}"),
        owner: MAYA,
        one_on_one: ONE,
        promise: Some(FIRST),
        to,
        text: "as it was read".to_owned(),
    };
    intent(mail, small.now)
}

#[test]
fn it_reaches_anybody_by_the_owners_tap_and_nobody_above_or_outside_by_itself() {
    let mut small = Small::advised();
    for to in [BEN, PETRA, OTTO, STRANGER] {
        let tapped = mail(&small, to, "moved");
        assert_eq!(tapped.how, How::ByOwner);
        assert_eq!(small.guard().permits(&tapped), Ok(()), "{to}");
    }
    small.policies.organisation.level = Level::Defend;
    for (to, why) in [
        (PETRA, Refused::AboveInLine),
        (OTTO, Refused::Outside),
        (STRANGER, Refused::Outside),
        (BEN, Refused::NotPreviewed),
    ] {
        let by_itself = Intent {
            how: How::Automatic,
            ..mail(&small, to, "moved")
        };
        assert_eq!(small.guard().permits(&by_itself), Err(why), "{to}");
    }
}

#[test]
fn it_goes_once_and_never_under_a_switch_or_where_one_only_watches_or_is_not_in_it() {
    let mut small = Small::advised();
    let first = mail(&small, BEN, "moved");
    small.own.done(&first, None, small.now, Date::default());
    assert_eq!(small.guard().permits(&first), Err(Refused::DoneBefore));
    let mut small = Small::advised();
    let first = mail(&small, BEN, "moved");
    small.policies.organisation.level = Level::Watch;
    assert_eq!(small.guard().permits(&first), Err(Refused::OnlyWatches));
    small.policies.organisation.level = Level::Advise;
    small.policies.organisation.bounds.dry_run = true;
    assert_eq!(small.guard().permits(&first), Err(Refused::DryRun));
    small.policies.organisation.bounds.dry_run = false;
    small.policies.all_stopped = true;
    assert_eq!(small.guard().permits(&first), Err(Refused::Stopped));
    small.policies.all_stopped = false;
    let anas = Intent {
        owner: ANA,
        ..first.clone()
    };
    assert_eq!(small.guard().permits(&anas), Err(Refused::NotTheirs));
    let nobodys = Intent {
        one_on_one: OneOnOneId(9),
        ..first
    };
    assert_eq!(small.guard().permits(&nobodys), Err(Refused::NotTheirs));
}
