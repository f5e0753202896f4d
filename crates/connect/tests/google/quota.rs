//! Where Google gives little at a time: what was read once is not asked for again, so that it ends.

use crate::common::{BEN, Keeper, MAYA, account, done, made, office, weekly};
use steadfast_connect::SourceError;
use steadfast_connect::sync::{Because, News};
use steadfast_fakes::google::{Fault, Google};

/// Maya's calendar with so many series, of which Google gives two a page.
fn of_pages(series: usize) -> Google {
    let google = office();
    google.page(2);
    for number in 0..series {
        made(&google, MAYA, &weekly(&format!("s{number}"), &[MAYA, BEN]));
    }
    google
}

fn lists(google: &Google) -> usize {
    let asked = google.asked();
    asked
        .iter()
        .filter(|one| *one == "calendar.events.list")
        .count()
}

#[test]
fn an_account_of_which_google_gives_two_answers_a_minute_is_read_to_its_end() {
    let google = of_pages(9);
    let mut maya = Keeper::new(&google, MAYA);
    google.allow_a_minute(Some(2));
    let mut rounds = 0;
    while maya.mirror.is_empty() {
        let round = maya.round();
        rounds += 1;
        assert!(rounds < 10, "it never ends");
        if maya.mirror.is_empty() {
            // Nothing is told before all of it is.
            assert_eq!((round.calendars.len(), round.gone.len()), (0, 0));
            assert_eq!(round.unreadable[0].0, MAYA);
        } else {
            let [calendar] = round.calendars.as_slice() else {
                panic!("{round:?}");
            };
            let is_first = matches!(
                &calendar.news,
                News::Whole { objects, because: Because::First, .. } if objects.len() == 9
            );
            assert!(is_first, "{round:?}");
        }
        google.pass(60);
    }
    // Each minute one page; each page was given once.
    assert_eq!((rounds, maya.mirror.len()), (5, 9));
    google.allow_a_minute(None);
    assert_eq!(maya.told(), [format!("{MAYA} unchanged")]);
    assert_eq!(google.violations(), [] as [String; 0]);
}

#[test]
fn changes_and_the_series_they_belong_to_are_read_bit_by_bit_as_well() {
    let google = of_pages(0);
    let series: Vec<String> = (0..4)
        .map(|number| made(&google, MAYA, &weekly(&format!("s{number}"), &[MAYA, BEN])))
        .collect();
    let mut maya = Keeper::new(&google, MAYA);
    maya.round();
    let before = maya.mirror.clone();
    for id in &series {
        done(
            &google,
            MAYA,
            "DELETE",
            &format!("/{id}_20260120T140000Z"),
            None,
        );
    }
    google.allow_a_minute(Some(2));
    for _ in 0..20 {
        google.pass(60);
        maya.try_round().ok();
    }
    google.allow_a_minute(None);
    let expected = {
        let mut anew = Keeper::new(&google, MAYA);
        anew.round();
        anew.mirror
    };
    assert_ne!(maya.mirror, before);
    assert_eq!(maya.mirror.len(), expected.len());
    for (place, text) in &maya.mirror {
        assert!(
            text.contains("EXDATE;TZID=Europe/Paris:20260120T150000"),
            "{text}"
        );
        assert!(expected.contains_key(place));
    }
}

#[test]
fn without_anything_new_read_a_round_is_none_and_says_how_long_to_wait() {
    let google = of_pages(3);
    let mut maya = Keeper::new(&google, MAYA);
    google.fault("/events", Fault::After(90));
    let error = maya.try_round().unwrap_err();
    assert!(
        matches!(
            error,
            SourceError::SlowDown {
                status: 429,
                after: Some(90),
                ..
            }
        ),
        "{error:?}"
    );
}

#[test]
fn how_long_to_wait_is_told_also_where_something_was_read() {
    let google = of_pages(3);
    let mut maya = Keeper::new(&google, MAYA);
    google.allow_a_minute(Some(2));
    maya.round();
    google.pass(60);
    google.allow_a_minute(None);
    for number in 0..5 {
        made(&google, MAYA, &weekly(&format!("t{number}"), &[MAYA, BEN]));
    }
    maya.round();
    let team = "z_team@group.calendar.google.com";
    google.add_calendar(MAYA, team, "Team", "Europe/Paris");
    google.fault("z_team", Fault::After(3_600));
    let round = maya.round();
    assert_eq!((round.after, &*round.unreadable[0].0), (Some(3_600), team));
    assert_eq!(maya.round().after, None);
}

#[test]
fn a_page_that_is_not_known_there_any_more_begins_the_list_anew() {
    let google = of_pages(5);
    let account = account(&google, MAYA);
    let mut maya = Keeper::of(&account);
    google.allow_a_minute(Some(2));
    maya.round();
    google.allow_a_minute(None);
    assert_eq!(lists(&google), 2, "one page, and one that was refused");
    google.fault("/events", Fault::Status(400, "invalid"));
    let round = maya.round();
    assert!(matches!(&round.calendars[0].news, News::Whole { objects, .. } if objects.len() == 5));
    // And where the token is lost in the middle of what changed, all of it is told, once.
    for number in 0..4 {
        made(&google, MAYA, &weekly(&format!("t{number}"), &[MAYA, BEN]));
    }
    google.pass(60);
    google.allow_a_minute(Some(2));
    assert!(maya.round().calendars.is_empty());
    google.allow_a_minute(None);
    google.forget(MAYA);
    let told = maya.told();
    assert_eq!(told[0], format!("{MAYA} whole, TokenLost"));
    assert_eq!((told.len(), maya.mirror.len()), (10, 9));
    assert_eq!(google.violations(), [] as [String; 0]);
}
