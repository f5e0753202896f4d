//! Cyrus: scheduling as RFC 6638 has it, and what it says of it.

use crate::common::booking;
use crate::office::{self, Office};
use steadfast_connect::write::{Basis, Outcome};
use steadfast_testkit::servers::{Cyrus, Office as Server};

fn open() -> Office {
    Office {
        server: Server::cyrus(&["maya", "ben"]),
    }
}

#[test]
fn a_moved_occurrence_moves_in_the_other_calendar_and_asks_anew() {
    office::a_moved_occurrence_moves_in_the_other_calendar_and_asks_anew(&open());
}

#[test]
fn a_cancelled_occurrence_goes_from_the_other_calendar_and_comes_back() {
    office::a_cancelled_occurrence_goes_from_the_other_calendar_and_comes_back(&open());
}

#[test]
fn who_was_invited_declines_with_a_few_words_and_the_organiser_sees_it() {
    office::who_was_invited_declines_with_a_few_words_and_the_organiser_sees_it(&open());
}

#[test]
fn what_is_not_handed_on_is_not_claimed() {
    office::what_is_not_handed_on_is_not_claimed(&open());
}

#[test]
fn what_is_booked_is_in_both_calendars_and_goes_from_both() {
    office::what_is_booked_is_in_both_calendars_and_goes_from_both(&open());
}

#[test]
fn what_a_delegate_writes_and_nobody_is_told_of_is_said_to_be_so() {
    let cyrus = Cyrus::start(&["maya", "ben"]);
    cyrus.share("maya", "Default", "lrswipkxtecdan9", "ben");
    let office = Office {
        server: Server::Cyrus(cyrus),
    };
    // Ben writes into Maya's calendar: the server takes it, and invites nobody.
    let mut ben = office.hand("ben");
    let mut order = ben.order(
        &office.place("maya", "good-1.ics"),
        Basis::Nothing,
        booking("good-1", "2026-03-11T13:00:00Z"),
    );
    order.addresses = vec!["maya@example.org".to_owned()];
    let outcome = ben.carry_out(&order);
    let Outcome::NotDelivered { who, version, .. } = &outcome else {
        panic!("{outcome:?}");
    };
    assert_eq!(who, &[("ben@example.org".to_owned(), None)]);
    assert!(version.is_some());
    assert_eq!(office.find("ben", "good-1"), None);
}
