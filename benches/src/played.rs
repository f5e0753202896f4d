//! A simulated organisation whose calendars are watched, played into a store.

use std::collections::{BTreeMap, HashMap};
use std::sync::Mutex;
use std::sync::atomic::{AtomicI64, Ordering};
use steadfast_app::server::ServerError;
use steadfast_app::server::accounts::{
    Founder, Fresh, Passwords, SignedIn, accept, invite, session, set_up,
};
use steadfast_app::server::sync::{
    Access, Calendars, Found, FoundCalendar, Machine, News, Object, Step, Trouble, connect, step,
};
use steadfast_calendar::Instant;
use steadfast_life::World;
use steadfast_store::seal::Keyring;
use steadfast_store::{Micros, Store};

/// What ends a program of this package.
pub type Failed = Box<dyn std::error::Error + Send + Sync>;

const HOUR: i64 = 3_600_000_000;

/// A life that was played.
#[derive(Debug)]
pub struct Played {
    /// Everybody who has a calendar; the first set the server up.
    pub people: Vec<SignedIn>,
    /// Rounds that were made.
    pub rounds: usize,
    /// The moment at which it ends.
    pub now: Instant,
}

/// Whole calendars by owner, and how often each was told.
#[derive(Default)]
struct Web(Mutex<HashMap<String, (String, usize)>>);

impl Calendars for Web {
    async fn ask(&self, access: &Access, cursor: Option<&str>) -> Result<Found, Trouble> {
        let said = self
            .0
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        let (text, told) = said.get(&access.address).cloned().unwrap_or_default();
        let news = if cursor == Some(told.to_string().as_str()) {
            News::Unchanged
        } else {
            News::Whole {
                objects: vec![Object {
                    href: String::new(),
                    lines: text.into_bytes(),
                }],
                blind: false,
                kept: Vec::new(),
            }
        };
        Ok(Found {
            calendars: vec![FoundCalendar {
                id: String::new(),
                name: String::new(),
                owner: None,
                news,
            }],
            cursor: told.to_string(),
            ..Found::default()
        })
    }
}

/// Passwords that cost nothing: nobody signs in with one.
struct Cheap;

impl Passwords for Cheap {
    async fn seal(&self, _password: &str, _salt: [u8; 16]) -> Result<Vec<u8>, ServerError> {
        Ok(Vec::new())
    }

    async fn is(&self, _password: &str, _sealed: Option<&[u8]>) -> Result<bool, ServerError> {
        Ok(false)
    }
}

/// Random bytes for one use case.
///
/// # Errors
/// Without any.
pub fn fresh() -> Result<Fresh, Failed> {
    let mut bytes = [0; Fresh::BYTES];
    getrandom::fill(&mut bytes)?;
    Ok(Fresh::from(bytes))
}

/// Lets somebody in: the first as the founder, the others by invitation.
async fn join(store: &Store, first: Option<&SignedIn>, address: &str) -> Result<SignedIn, Failed> {
    let password = "correct horse battery";
    let (org, token) = match first {
        None => {
            let founder = Founder {
                organisation: "O".to_owned(),
                name: "Founder".to_owned(),
                email: address.to_owned(),
                password: password.to_owned(),
            };
            set_up(store, &Cheap, Micros(0), &fresh()?, &founder).await?
        }
        Some(first) => {
            let org = first.viewer().org().clone();
            let letter = (address, "Join us");
            let link = invite(store, first, &[], Micros(0), &fresh()?, letter).await?;
            let answer = (&link, "Somebody", password);
            let token = accept(store, &Cheap, &org, Micros(0), &fresh()?, answer).await?;
            (org, token)
        }
    };
    let found = session(store, &org, Micros(0), &token).await?;
    found.ok_or_else(|| "nobody signed in".into())
}

/// Plays `world` into `store`: everybody's calendar is connected when it is first seen, and every hour in which anything
/// changed is one round of it.
///
/// # Errors
/// Whatever goes wrong.
pub async fn play(store: &Store, world: &World) -> Result<Played, Failed> {
    let mut looks: BTreeMap<Instant, Vec<(String, Vec<u8>)>> = BTreeMap::new();
    for state in world.history() {
        looks
            .entry(state.at)
            .or_default()
            .push((state.owner, state.text));
    }
    let keyring = Keyring::new("k", [7; 32])?;
    let (web, now) = (Web::default(), AtomicI64::new(0));
    let clock = || Micros(now.load(Ordering::Relaxed));
    let machine = Machine {
        now: &clock,
        chance: &|| 0,
        node: "bench",
        every: HOUR,
    };
    let mut connected: Vec<SignedIn> = Vec::new();
    let mut rounds = 0;
    for (at, changed) in looks {
        now.store(at.seconds() * 1_000_000, Ordering::Relaxed);
        for (owner, text) in changed {
            {
                let mut said = web
                    .0
                    .lock()
                    .unwrap_or_else(std::sync::PoisonError::into_inner);
                let entry = said.entry(owner.clone()).or_default();
                *entry = (String::from_utf8_lossy(&text).into_owned(), entry.1 + 1);
            }
            if connected.iter().all(|one| one.viewer().person() != owner) {
                let person = join(store, connected.first(), &owner).await?;
                let access = Access {
                    address: owner,
                    user: None,
                    password: None,
                };
                let viewer = person.viewer();
                connect(
                    store,
                    &keyring,
                    &web,
                    viewer,
                    machine,
                    &fresh()?,
                    &access,
                    None,
                )
                .await?;
                connected.push(person);
            }
        }
        loop {
            match step(store, &keyring, &web, machine).await? {
                Step::Idle => break,
                _ => rounds += 1,
            }
        }
    }
    Ok(Played {
        people: connected,
        rounds,
        now: Instant::from_seconds(now.load(Ordering::Relaxed) / 1_000_000),
    })
}
