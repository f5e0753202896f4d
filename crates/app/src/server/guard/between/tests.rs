//! What is said keeps its form, and what stands comes of it.

use super::*;

#[test]
fn the_forms_of_what_is_said_are_these_bytes_for_ever() {
    let now = Instant::from_seconds(0);
    let text = |said: &Said| String::from_utf8(said.fact("a", now).payload).unwrap();
    let offered = Said::Offered {
        promised: 1,
        slots: vec![(2, 3)],
        by_owner: true,
        booked_from: None,
    };
    assert_eq!(
        text(&offered),
        r#"{"what":"offered","promised":1,"slots":[[2,3]],"by_owner":true}"#
    );
    let picked = Said::Picked {
        promised: 1,
        start: Some(2),
    };
    assert_eq!(text(&picked), r#"{"what":"picked","promised":1,"start":2}"#);
    let reason = Said::Reason {
        promised: 1,
        text: "a".to_owned(),
    };
    assert_eq!(
        text(&reason),
        r#"{"what":"reason","promised":1,"text":"a"}"#
    );
    let booked = Said::Booked {
        promised: 1,
        slot: (2, 3),
        by_owner: false,
    };
    assert_eq!(
        text(&booked),
        r#"{"what":"booked","promised":1,"slot":[2,3]}"#
    );
    let by_owner = Said::Booked {
        promised: 1,
        slot: (2, 3),
        by_owner: true,
    };
    assert_eq!(
        text(&by_owner),
        r#"{"what":"booked","promised":1,"slot":[2,3],"by_owner":true}"#
    );
    for (by_itself, bytes) in [
        (false, r#"{"what":"withdrawn","promised":1}"#),
        (
            true,
            r#"{"what":"withdrawn","promised":1,"by_itself":true}"#,
        ),
    ] {
        let promised = 1;
        assert_eq!(
            text(&Said::Withdrawn {
                promised,
                by_itself
            }),
            bytes
        );
    }
    let did = Did {
        pair: "p".to_owned(),
        promised: 1,
        measure: "move_other".to_owned(),
        against: "overlap".to_owned(),
        verb: "move".to_owned(),
        on: Some(("u".to_owned(), 2)),
        booker: None,
        by_owner: false,
    };
    assert_eq!(
        String::from_utf8(did.fact("a", now).payload).unwrap(),
        r#"{"pair":"p","promised":1,"measure":"move_other","against":"overlap","verb":"move","on":["u",2],"booker":null,"by_owner":false}"#
    );
}

#[test]
fn what_was_never_offered_cannot_be_picked() {
    let mut about = About::default();
    let at = Instant::from_seconds(9);
    let offered = Said::Offered {
        promised: 1,
        slots: vec![(2, 3)],
        by_owner: true,
        booked_from: None,
    };
    about.take(offered, at);
    let pick = |start| Said::Picked { promised: 1, start };
    about.take(pick(Some(7)), at);
    assert_eq!(about.offer.as_ref().unwrap().answer, None);
    about.take(pick(Some(2)), at);
    about.take(pick(None), at);
    let picked = about.offer.clone().unwrap().answer.unwrap().unwrap();
    assert_eq!(picked.start.seconds(), 2, "the first answer stands");
    let booked = Said::Booked {
        promised: 1,
        slot: (5, 6),
        by_owner: false,
    };
    about.take(booked, at);
    let now_at = about.now_at().map(|slot| slot.start.seconds());
    assert_eq!(
        now_at,
        Some(5),
        "where it was put overtakes what was picked"
    );
    about.take(
        Said::Withdrawn {
            promised: 1,
            by_itself: false,
        },
        at,
    );
    assert_eq!((&about.offer, about.is_taken_back), (&None, true));
    let start = |slot: Slot| slot.start.seconds();
    assert_eq!(
        about.pick_taken_back.map(start),
        Some(2),
        "it was picked by then"
    );
}
