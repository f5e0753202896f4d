//! The key of an organisation: what it opens, and what not.

use crate::common::{BEN, Keeper, MAYA, endpoints, made, office, options, weekly};
use std::sync::Arc;
use steadfast_connect::SourceError;
use steadfast_connect::sync::google::{self, Account, By, Service, grant};
use steadfast_fakes::google::Google;

/// What the fake's clock shows at the beginning.
const NOW: i64 = 1_767_600_000;

fn account(google: &Google, file: &str, person: &str, now: i64) -> Account {
    Account {
        endpoints: endpoints(google),
        by: By::Key {
            service: Arc::new(Service::read(file.as_bytes()).unwrap()),
            person: person.to_owned(),
            now,
        },
    }
}

fn reason(google: &Google, account: &Account) -> String {
    let mut provider = google::open(account, &options()).unwrap();
    match provider.round(None) {
        Err(SourceError::GrantRefused { reason, .. }) => reason,
        other => panic!("{other:?} {:?}", google.asked()),
    }
}

#[test]
fn a_key_opens_the_calendars_of_each_person_of_its_domain_and_of_nobody_else() {
    let google = office();
    google.join("eve@elsewhere.example", "Europe/Paris");
    made(&google, MAYA, &weekly("a", &[MAYA, BEN]));
    let file = google.delegate("example.com", &grant::SCOPES);
    for person in [MAYA, BEN] {
        let mut keeper = Keeper::of(&account(&google, &file, person, NOW));
        assert_eq!(keeper.told()[0], format!("{person} whole, First"));
        assert_eq!(keeper.told(), [format!("{person} unchanged")]);
        // Where the hour is over, another is signed for.
        google.expire();
        assert_eq!(keeper.told(), [format!("{person} unchanged")]);
    }
    let of = |person: &str, now: i64| reason(&google, &account(&google, &file, person, now));
    assert_eq!(of("eve@elsewhere.example", NOW), "unauthorized_client");
    assert_eq!(of("nobody@example.com", NOW), "invalid_grant");
    // What was signed hours ago, or is from a clock that is hours ahead.
    assert_eq!(of(MAYA, NOW - 7_200), "invalid_grant");
    assert_eq!(of(MAYA, NOW + 7_200), "invalid_grant");
    // Less was granted in the console than is needed.
    google.delegate("example.com", &grant::SCOPES[..1]);
    assert_eq!(of(MAYA, NOW), "unauthorized_client");
    assert_eq!(google.violations(), [] as [String; 0]);
}

#[test]
fn what_another_key_signed_opens_nothing() {
    let google = office();
    let file = google.delegate("example.com", &grant::SCOPES);
    // The same key under another account's name, and a key that Google does not know by that id.
    let other = file.replace("steadfast@project", "other@project");
    let reason = |file: &str| reason(&google, &account(&google, file, MAYA, NOW));
    assert_eq!(reason(&other), "invalid_client");
    let other = file.replace("5ervice", "another");
    assert_eq!(reason(&other), "invalid_grant");
}

#[test]
fn what_is_no_key_file_is_said_to_be_none_and_nothing_of_it() {
    let google = office();
    let file = google.delegate("example.com", &grant::SCOPES);
    let torn = file.replace("MIIE", "AAAA");
    for (text, why) in [
        ("", "it is no key file of Google's from line 1, column 0 on"),
        ("{\"type\":\"service_account\"}", "it is no key file"),
        (
            &*file.replace("service_account", "authorized_user"),
            "it is not the key of a service account",
        ),
        (&*torn, "its private key is no RSA key"),
    ] {
        let error = Service::read(text.as_bytes()).unwrap_err().to_string();
        assert!(error.contains(why), "{error}");
        assert!(
            !error.contains("BEGIN") && !error.contains("steadfast@"),
            "{error}"
        );
    }
    let service = Service::read(file.as_bytes()).unwrap();
    assert!(!format!("{service:?}").contains("PRIVATE"));
    assert!(service.email().contains("gserviceaccount.com"));
}
