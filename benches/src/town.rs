//! A town of many people: one team that lived a year on its calendars, and as many more of the same life under other
//! addresses as it takes.

use crate::played::{Failed, Played, fresh};
use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use std::collections::HashMap;
use std::io::{Read as _, Write as _};
use steadfast_app::audit::pair_id;
use steadfast_app::server::accounts::{Token, enter};
use steadfast_app::server::ledger::{AHEAD, VIEW, kept};
use steadfast_app::server::sync::{Access, JOB};
use steadfast_store::seal::{Keyring, Vault};
use steadfast_store::{
    Accounts, Append, Change, Fact, Facts, Micros, NewAccount, NewFact, NewJob, NewSource, Org,
    Position, Round, Source, Sources, Store, Views, Write,
};

/// The domain of the team.
const HOME: &str = "@example.com";
/// The program that judges, as the town's server is told.
pub const PROGRAM: &str = "bench";
/// Facts kept in one stroke.
const BATCH: usize = 1_000;
/// A year of a team is read at once.
const ALL: u32 = 1_000_000;

/// What every team of the town is made of.
pub struct Team {
    facts: Vec<Fact>,
    people: Vec<String>,
    sources: HashMap<String, Vec<Source>>,
    /// Ledgers as they were judged, and what is to come, by view and person.
    kept: HashMap<(&'static str, String), String>,
}

/// Somebody of the town who is signed in.
pub struct Resident {
    /// Their session.
    pub token: Token,
    /// Ids of their 1:1s.
    pub pairs: Vec<String>,
}

impl Team {
    /// Takes the team out of the store that it was played into, and judges its ledgers.
    ///
    /// # Errors
    /// Whatever goes wrong.
    pub async fn of(store: &Store, played: &Played) -> Result<Self, Failed> {
        let first = played.people.first().ok_or("nobody has a calendar")?;
        let org = first.viewer().org();
        let mut facts = store.read_all(org, Position(0), ALL).await?;
        // What was opened with the payload as text, to be renamed; names hang on accounts, which are made anew.
        facts.retain(|fact| !fact.stream.starts_with("account/"));
        for fact in &mut facts {
            if is_packed(&fact.kind) {
                let mut text = Vec::new();
                DeflateDecoder::new(&*fact.payload).read_to_end(&mut text)?;
                fact.payload = text;
            }
        }
        let (mut sources, mut documents) = (HashMap::new(), HashMap::new());
        for one in &played.people {
            let person = one.viewer().person().to_owned();
            kept(store, one.viewer(), PROGRAM, played.now).await?;
            for view in [VIEW, AHEAD] {
                if let Some(body) = store.document(org, view, &person).await? {
                    documents.insert((view, person.clone()), String::from_utf8(body)?);
                }
            }
            sources.insert(person.clone(), store.sources_of(org, &person).await?);
        }
        let people = played.people.iter();
        Ok(Self {
            facts,
            people: people.map(|one| one.viewer().person().to_owned()).collect(),
            sources,
            kept: documents,
        })
    }

    /// How many it has.
    pub fn len(&self) -> usize {
        self.people.len()
    }

    /// Whether it has nobody.
    pub fn is_empty(&self) -> bool {
        self.people.is_empty()
    }

    /// How many facts a year of it is.
    pub fn facts(&self) -> usize {
        self.facts.len()
    }

    /// Has the team move in once more, as number `number`; gives everybody, signed in.
    ///
    /// # Errors
    /// Whatever goes wrong.
    pub async fn moves_in(
        &self,
        store: &Store,
        org: &Org,
        number: usize,
        now: Micros,
    ) -> Result<Vec<Resident>, Failed> {
        let home = format!("@t{number:05}.example.com");
        let named = |text: &str| text.replace(HOME, &home);
        self.facts_of(store, org, &named).await?;
        let ids = self.pair_ids(&named);
        let mut residents = Vec::new();
        let mut documents = Vec::new();
        for person in &self.people {
            let email = named(person);
            let account = NewAccount {
                account: email.clone(),
                person: email.clone(),
                email: email.clone(),
                password: None,
                role: "member".to_owned(),
                created: Micros(0),
            };
            store.create_account(org, &account).await?;
            for source in self.sources.get(person).into_iter().flatten() {
                self.source(store, org, (&email, number), source).await?;
            }
            let mut pairs = Vec::new();
            for view in [VIEW, AHEAD] {
                let Some(body) = self.kept.get(&(view, person.clone())) else {
                    continue;
                };
                let mut body = named(body);
                for (before, after) in &ids {
                    if body.contains(before.as_str()) {
                        body = body.replace(before.as_str(), after);
                        if view == VIEW {
                            pairs.push(after.clone());
                        }
                    }
                }
                documents.push(Change {
                    view: view.to_owned(),
                    key: email.clone(),
                    body: Some(body.into_bytes()),
                });
            }
            let token = enter(store, org, &email, now, &fresh()?).await?;
            residents.push(Resident { token, pairs });
        }
        for document in &documents {
            store.remember(org, document).await?;
        }
        Ok(residents)
    }

    async fn facts_of(
        &self,
        store: &Store,
        org: &Org,
        named: &dyn Fn(&str) -> String,
    ) -> Result<(), Failed> {
        for some in self.facts.chunks(BATCH) {
            let renamed: Vec<(String, [NewFact; 1])> = some
                .iter()
                .map(|fact| Ok((named(&fact.stream), [renamed(fact, named)?])))
                .collect::<Result<_, Failed>>()?;
            let appends: Vec<Append<'_>> = renamed
                .iter()
                .map(|(stream, facts)| Append::behind(stream, facts))
                .collect();
            let write = Write {
                appends: &appends,
                ..Write::default()
            };
            store.write(org, write).await?;
        }
        Ok(())
    }

    async fn source(
        &self,
        store: &Store,
        org: &Org,
        (email, number): (&str, usize),
        source: &Source,
    ) -> Result<(), Failed> {
        let name = format!("{}-{number}", source.source);
        let new = NewSource {
            source: name.clone(),
            person: email.to_owned(),
            about: source.about.clone(),
            created: source.created,
        };
        store.connect(org, &new).await?;
        let access = Access {
            address: email.to_owned(),
            user: None,
            password: None,
        };
        let keyring = Keyring::new("k", [7; 32])?;
        let text = serde_json::to_vec(&access)?;
        Vault::new(store, &keyring)
            .keep(org, &format!("source/{name}"), "access", &text)
            .await?;
        let round = Round {
            source: &name,
            cursor: source.cursor.as_deref().unwrap_or_default(),
            at: source.verified.unwrap_or_default(),
        };
        let job = NewJob {
            kind: JOB.to_owned(),
            unique: Some(name.clone()),
            payload: Vec::new(),
            due: Micros(i64::MAX),
            max_attempts: u32::MAX,
        };
        let write = Write {
            round: Some(&round),
            jobs: &[job],
            ..Write::default()
        };
        store.write(org, write).await?;
        Ok(())
    }

    /// Ids of 1:1s before and after.
    fn pair_ids(&self, named: &dyn Fn(&str) -> String) -> Vec<(String, String)> {
        let mut ids = Vec::new();
        for (index, a) in self.people.iter().enumerate() {
            for b in self.people.iter().skip(index + 1) {
                ids.push((pair_id(a, b), pair_id(&named(a), &named(b))));
            }
        }
        ids
    }
}

fn is_packed(kind: &str) -> bool {
    matches!(kind, "calendar.seen.v1" | "calendar.news.v1")
}

/// The same fact of another team.
fn renamed(fact: &Fact, named: &dyn Fn(&str) -> String) -> Result<NewFact, Failed> {
    let text = named(std::str::from_utf8(&fact.payload)?);
    let payload = if is_packed(&fact.kind) {
        let mut packer = DeflateEncoder::new(Vec::new(), Compression::fast());
        packer.write_all(text.as_bytes())?;
        packer.finish()?
    } else {
        text.into_bytes()
    };
    Ok(NewFact {
        kind: fact.kind.clone(),
        at: fact.at,
        actor: named(&fact.actor),
        payload,
    })
}
