//! Cyrus: scheduling as RFC 6638 has it, and what it says of it.

use crate::common::booking;
use crate::office::{Office, laws};
use steadfast_connect::write::{Basis, Outcome};
use steadfast_testkit::servers::{Cyrus, Office as Server};

fn open() -> Office {
    Office {
        server: Server::cyrus(&["maya", "ben"]),
    }
}

laws!(open);

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
