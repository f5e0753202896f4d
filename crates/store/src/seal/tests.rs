//! The forms as they lie in databases: they never change without another first byte. The golden bytes were made a second
//! time by another implementation (Python: `cryptography`, with HChaCha20 written out).

use super::*;
use std::fmt::Write as _;

fn org() -> Org {
    Org::new("acme").expect("a name")
}

fn ring() -> Keyring {
    Keyring::new("2026", [7; KEY]).expect("an id")
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut hex, byte| {
        write!(hex, "{byte:02x}").expect("a string");
        hex
    })
}

#[test]
fn the_forms_are_what_they_always_were() {
    let key = DataKey(Zeroizing::new([9; KEY]));
    let wrapped = ring().wrap(&org(), "maya", &key, [1; NONCE]).unwrap();
    let mut sealed = vec![FORM];
    let aad = parts(&["secret", "acme", "maya", "caldav"]);
    seal(&key.0, [2; NONCE], &aad, b"hunter2", &mut sealed).unwrap();
    assert_eq!(
        hex(&wrapped),
        concat!(
            "010432303236010101010101010101010101010101010101010101010101",
            "1a2d834b4247ce6870b99354721332451fb36e8d1ce5b95a538442facbeab90488d2cc6857885bbf",
            "62046d62463970d2"
        )
    );
    assert_eq!(
        hex(&sealed),
        "010202020202020202020202020202020202020202020202029e3b6ba49e96e439bf4b7ff1011ed82ad63d968f367496"
    );
}

#[test]
fn a_data_key_opens_for_its_owner_under_its_master_key_only() {
    let wrapped = ring().new_data_key(&org(), "maya").unwrap();
    assert!(ring().unwrap(&org(), "maya", &wrapped).is_ok());
    assert!(ring().unwrap(&org(), "noor", &wrapped).is_err());
    let other = Org::new("other").unwrap();
    assert!(ring().unwrap(&other, "maya", &wrapped).is_err());
    let wrong = Keyring::new("2026", [8; KEY]).unwrap();
    assert!(matches!(
        wrong.unwrap(&org(), "maya", &wrapped),
        Err(SealError::NotOurs)
    ));
    let without = Keyring::new("2027", [7; KEY]).unwrap();
    assert!(matches!(
        without.unwrap(&org(), "maya", &wrapped),
        Err(SealError::UnknownKey(id)) if id == "2026"
    ));
}

#[test]
fn a_changed_byte_opens_nothing() {
    let wrapped = ring().new_data_key(&org(), "maya").unwrap();
    for at in 0..wrapped.len() {
        let mut changed = wrapped.clone();
        changed[at] ^= 1;
        assert!(ring().unwrap(&org(), "maya", &changed).is_err(), "{at}");
        assert!(ring().unwrap(&org(), "maya", &wrapped[..at]).is_err());
    }
}

#[test]
fn a_keyring_says_nothing_of_its_keys() {
    assert_eq!(
        format!("{:?}", ring()),
        "Keyring([\"2026\"], current \"2026\")"
    );
    assert!(matches!(
        ring().with_old("2026", [1; KEY]),
        Err(SealError::BadId)
    ));
}

#[test]
fn a_marking_key_is_its_purposes_alone_and_outlives_a_new_current_key() {
    let first = Keyring::new("a", [1; KEY]).unwrap();
    let one = first.marking("one").unwrap();
    assert_eq!(one.len(), 1);
    assert_ne!(one, first.marking("two").unwrap());
    let rotated = Keyring::new("b", [2; KEY])
        .unwrap()
        .with_old("a", [1; KEY])
        .unwrap();
    let both = rotated.marking("one").unwrap();
    assert_eq!(both.len(), 2);
    assert_ne!(both[0], one[0], "the current one first");
    assert_eq!(both[1], one[0]);
}
