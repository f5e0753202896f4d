//! Passkeys of a made-up device, whole and with one thing wrong.

use super::*;
use crate::server::accounts::{Fresh, SignedIn, enter, session};
use crate::server::testing::with_store;
use ring::digest::{SHA256, digest};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair as _};
use steadfast_store::{Accounts, Micros, NewAccount, Org, Store};

const NOW: Micros = Micros(1_772_000_000_000_000);

/// What is wrong, and how it comes to be.
type Wrong = (&'static str, fn(&mut Device));

/// A device with one key.
struct Device {
    pair: EcdsaKeyPair,
    flags: u8,
    counter: u32,
    host: &'static str,
    origin: &'static str,
    kind: Option<&'static str>,
    user: &'static str,
    id: [u8; 4],
}

impl Device {
    fn new() -> Self {
        let random = SystemRandom::new();
        let algorithm = &ECDSA_P256_SHA256_ASN1_SIGNING;
        let document = EcdsaKeyPair::generate_pkcs8(algorithm, &random).unwrap();
        Self {
            pair: EcdsaKeyPair::from_pkcs8(algorithm, document.as_ref(), &random).unwrap(),
            flags: 0x05,
            counter: 0,
            host: "steadfast.example.com",
            origin: "https://steadfast.example.com",
            kind: None,
            user: "maya",
            id: *b"cred",
        }
    }

    fn client(&self, kind: &str, challenge: &str) -> String {
        let kind = self.kind.unwrap_or(kind);
        let challenge = text(challenge.as_bytes());
        let origin = self.origin;
        text(
            format!(r#"{{"type":"{kind}","challenge":"{challenge}","origin":"{origin}"}}"#)
                .as_bytes(),
        )
    }

    fn data(&self, with_key: bool) -> Vec<u8> {
        let mut data = digest(&SHA256, self.host.as_bytes()).as_ref().to_vec();
        data.push(self.flags | if with_key { 0x40 } else { 0 });
        data.extend(self.counter.to_be_bytes());
        if with_key {
            data.extend([0; 16]);
            data.extend([0, 4]);
            data.extend(self.id);
            let (x, y) = self.pair.public_key().as_ref()[1..].split_at(32);
            data.extend([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 32]);
            data.extend(x);
            data.extend([0x22, 0x58, 32]);
            data.extend(y);
        }
        data
    }

    fn attested(&self, challenge: &str) -> Attested {
        Attested {
            client: self.client("webauthn.create", challenge),
            authenticator: text(&self.data(true)),
        }
    }

    fn asserted(&self, challenge: &str) -> Assertion {
        let client = self.client("webauthn.get", challenge);
        let data = self.data(false);
        let hash = digest(&SHA256, &bytes(&client).unwrap());
        let signed = [data.as_slice(), hash.as_ref()].concat();
        let signature = self.pair.sign(&SystemRandom::new(), &signed).unwrap();
        Assertion {
            credential: text(&self.id),
            client,
            authenticator: text(&data),
            signature: text(signature.as_ref()),
            user: text(self.user.as_bytes()),
        }
    }
}

fn site() -> Site {
    Site {
        origin: "https://steadfast.example.com".to_owned(),
        host: "steadfast.example.com".to_owned(),
    }
}

fn fresh(number: u8) -> Fresh {
    Fresh::from([number; Fresh::BYTES])
}

async fn join(store: &Store, org: &Org, number: u8, name: &str) -> SignedIn {
    let account = NewAccount {
        account: name.to_owned(),
        person: format!("{name}@example.com"),
        email: format!("{name}@example.com"),
        password: None,
        role: "member".to_owned(),
        created: NOW,
    };
    store.create_account(org, &account).await.unwrap();
    let token = enter(store, org, name, NOW, &fresh(number)).await.unwrap();
    session(store, org, NOW, &token).await.unwrap().unwrap()
}

async fn asked(store: &Store, org: &Org, number: u8) -> String {
    let token = challenge(store, org, NOW, &fresh(number)).await.unwrap();
    token.as_str().to_owned()
}

#[test]
fn a_passkey_signs_in_whoever_added_it_and_nobody_once_it_is_taken_away() {
    with_store(|store, org| async move {
        let (maya, ben) = (
            join(&store, &org, 1, "maya").await,
            join(&store, &org, 2, "ben").await,
        );
        let mut device = Device::new();
        let attested = device.attested(&asked(&store, &org, 3).await);
        register(&store, &maya, NOW, &site(), &attested)
            .await
            .unwrap();
        let again = register(&store, &maya, NOW, &site(), &attested).await;
        assert!(
            matches!(again, Err(ServerError::Input(..))),
            "a challenge is good once"
        );
        device.counter = 1;
        let sign_in = async |assertion: &Assertion, number| {
            sign_in_with_passkey(&store, &org, NOW, &fresh(number), &site(), assertion).await
        };
        let asserted = device.asserted(&asked(&store, &org, 4).await);
        let token = sign_in(&asserted, 5).await.unwrap();
        let who = session(&store, &org, NOW, &token).await.unwrap().unwrap();
        assert_eq!(who.account(), "maya");
        assert!(
            sign_in(&asserted, 6).await.is_err(),
            "nor a signature twice"
        );
        let [known] = &passkeys(&store, &org, "maya").await.unwrap()[..] else {
            panic!("one");
        };
        assert!(known.used.is_some());
        // A copy that is behind the device.
        let copy = device.asserted(&asked(&store, &org, 7).await);
        assert!(sign_in(&copy, 8).await.is_err());
        let foreign = remove(&store, &ben, &known.key).await;
        assert!(matches!(foreign, Err(ServerError::NotFound)));
        remove(&store, &maya, &known.key).await.unwrap();
        device.counter = 2;
        let gone = device.asserted(&asked(&store, &org, 9).await);
        assert!(sign_in(&gone, 10).await.is_err());
    });
}

#[test]
fn with_anything_wrong_it_is_not_taken() {
    with_store(|store, org| async move {
        let maya = join(&store, &org, 1, "maya").await;
        let mut number = 10;
        let mut device = Device::new();
        let attested = device.attested(&asked(&store, &org, 2).await);
        register(&store, &maya, NOW, &site(), &attested)
            .await
            .unwrap();
        let wrongs: [Wrong; 7] = [
            ("another page", |d| d.origin = "https://evil.example.com"),
            ("another server", |d| d.host = "evil.example.com"),
            ("nobody was there", |d| d.flags = 0x04),
            ("nobody was recognised", |d| d.flags = 0x01),
            ("made for something else", |d| {
                d.kind = Some("webauthn.sign");
            }),
            ("somebody else’s", |d| d.user = "ben"),
            ("another key", |d| d.pair = Device::new().pair),
        ];
        for (what, wrong) in wrongs {
            let mut other = Device {
                pair: device.pair,
                ..Device::new()
            };
            wrong(&mut other);
            number += 2;
            let asserted = other.asserted(&asked(&store, &org, number).await);
            let fresh = fresh(number + 1);
            let tried = sign_in_with_passkey(&store, &org, NOW, &fresh, &site(), &asserted).await;
            assert!(
                matches!(tried, Err(ServerError::Input(..))),
                "{what}: {tried:?}"
            );
            if what == "another key" {
                break;
            }
            number += 2;
            // A credential that is not there yet: else it would be refused for that.
            other.id = [number; 4];
            let attested = other.attested(&asked(&store, &org, number).await);
            let tried = register(&store, &maya, NOW, &site(), &attested).await;
            // Whose it is, adding does not say: it is whoever's who is signed in.
            if what == "somebody else’s" {
                tried.unwrap();
                let added = passkeys(&store, &org, "maya").await.unwrap();
                let added = added.iter().find(|one| one.credential == text(&other.id));
                remove(&store, &maya, &added.unwrap().key).await.unwrap();
            } else {
                assert!(matches!(tried, Err(ServerError::Input(..))), "{what}");
            }
            other.id = *b"cred";
            device = other;
        }
        assert_eq!(passkeys(&store, &org, "maya").await.unwrap().len(), 1);
    });
}

#[test]
fn a_passkey_is_for_the_page_it_was_added_on_whatever_the_request_says() {
    with_store(|store, org| async move {
        let maya = join(&store, &org, 1, "maya").await;
        let mut device = Device::new();
        let attested = device.attested(&asked(&store, &org, 2).await);
        register(&store, &maya, NOW, &site(), &attested)
            .await
            .unwrap();
        // Another page on the same host name, whose own backend sends what the device signed there.
        device.origin = "https://steadfast.example.com:8443";
        let there = Site {
            origin: device.origin.to_owned(),
            ..site()
        };
        let asserted = device.asserted(&asked(&store, &org, 3).await);
        let tried = sign_in_with_passkey(&store, &org, NOW, &fresh(4), &there, &asserted).await;
        assert!(matches!(tried, Err(ServerError::Input(..))));
    });
}

#[test]
fn a_challenge_is_good_for_minutes() {
    with_store(|store, org| async move {
        let maya = join(&store, &org, 1, "maya").await;
        let attested = Device::new().attested(&asked(&store, &org, 2).await);
        let late = NOW.plus(CHALLENGE_MINUTES * 60 * 1_000_000);
        let tried = register(&store, &maya, late, &site(), &attested).await;
        assert!(matches!(tried, Err(ServerError::Input(..))));
    });
}

#[test]
fn any_bytes_at_all_are_read_without_harm() {
    let mut data = digest(&SHA256, b"steadfast.example.com").as_ref().to_vec();
    data.push(0x45);
    data.extend([0; 4]);
    data.extend([0; 16]);
    for tail in [
        &[][..],
        &[0],
        &[0xff, 0xff],
        &[0, 1, 7],
        &[0, 1, 7, 0xbf],
        &[0, 1, 7, 0xa1, 0x01],
        &[0, 1, 7, 0xa1, 0x20, 0x59, 0xff, 0xff],
        &[0, 1, 7, 0xb8, 0xff, 0x01, 0x02],
        &[
            0, 1, 7, 0xbb, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
        ],
    ] {
        let bytes = [data.as_slice(), tail].concat();
        assert!(authenticator::read(&bytes, &site()).is_err(), "{tail:?}");
    }
}
