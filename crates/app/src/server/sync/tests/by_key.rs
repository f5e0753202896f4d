//! Whose calendar the key of an organisation opens, and whose not.

use super::*;
use crate::server::accounts::{leave, leave_next, signed_in};
use crate::server::facts;
use crate::server::log::noted::log_of;
use steadfast_store::{AccountChange, Accounts, Expected, NewAccount, Sources};

const EVE: &str = "eve@example.com";
const MINUTE: i64 = 60 * 1_000_000;

/// Answers for whatever account the key opens.
struct Opens;

impl Calendars for Opens {
    async fn ask(&self, access: &Access, _: Option<&str>) -> Result<Found, Trouble> {
        assert!(access.is_by_key());
        Ok(Found {
            calendars: vec![FoundCalendar {
                owner: access.user.clone(),
                ..calendar("own", whole(&text(&[weekly("")])))
            }],
            cursor: "read".to_owned(),
            ..Found::default()
        })
    }
}

impl Bench {
    /// Somebody joins; `by`: by whose invitation, where whoever set the server up did not let them in.
    async fn joins(&self, person: &str, by: Option<&str>) {
        self.account_of(person, "member").await;
        let by_owner = by.is_none();
        let joined = serde_json::json!({"by": by.unwrap_or(MAYA), "by_owner": by_owner});
        self.says_of(person, "person.joined.v1", &joined).await;
    }

    pub(super) async fn account_of(&self, person: &str, role: &str) {
        let account = NewAccount {
            account: person.to_owned(),
            person: person.to_owned(),
            email: person.to_owned(),
            password: None,
            role: role.to_owned(),
            created: Micros(START),
        };
        self.store
            .create_account(&self.org, &account)
            .await
            .unwrap();
    }

    async fn says_of(&self, person: &str, kind: &str, said: &serde_json::Value) {
        let fact = facts::said(kind, said, MAYA, self.instant());
        let stream = format!("joined/{person}");
        self.store
            .append(&self.org, &stream, Expected::Any, &[fact], &[])
            .await
            .unwrap();
    }

    /// Does what is due after so long; whose calendars are connected then.
    async fn opened(&self, domains: &[&str], micros: i64) -> Vec<String> {
        let now = Micros(self.now.fetch_add(micros, Ordering::Relaxed) + micros);
        let clock = move || now;
        let machine = self.machine(&clock);
        let domains: Vec<String> = domains.iter().map(|one| (*one).to_owned()).collect();
        let (store, keys) = (&self.store, &self.keyring);
        while take_up(store, keys, machine, &domains).await.unwrap()
            || step(store, keys, &Opens, machine).await.unwrap() != Step::Idle
        {}
        let sources = store.sources(&self.org, None, 100).await.unwrap();
        let mut people: Vec<String> = sources.into_iter().map(|one| one.person).collect();
        people.sort();
        people
    }

    /// That person taps that the key may.
    async fn let_by(&self, person: &str) -> Result<(), ServerError> {
        let now = Micros(self.now.load(Ordering::Relaxed));
        let domains = ["example.com".to_owned()];
        let_key(&self.store, &self.viewer(person), &domains, now).await
    }

    async fn key_of(&self, person: &str) -> Option<Key> {
        let domains = ["example.com".to_owned()];
        about_key(&self.store, &self.viewer(person), &domains)
            .await
            .unwrap()
    }
}

#[test]
fn it_opens_the_calendars_of_those_who_are_known_and_of_nobody_who_only_says_so() {
    with_bench(|bench| async move {
        let disabled = "dan@example.com";
        for (person, by) in [
            (MAYA, None),
            (BEN, None),
            // Ben was handed the link to an address that is not his, perhaps.
            (EVE, Some(BEN)),
            ("zoe@elsewhere.net", None),
            (disabled, None),
        ] {
            bench.joins(person, by).await;
        }
        let gone = AccountChange::Disabled(Some(Micros(START)));
        bench
            .store
            .change_account(&bench.org, disabled, &gone)
            .await
            .unwrap();
        // Maya connected one herself.
        bench.google("s1", None).await;
        assert_eq!(bench.opened(&[], 0).await, [MAYA], "there is no key");
        assert!(plan_keys(&bench.store, Micros(START)).await.unwrap());
        // Nobody said anything: nothing is read, and nobody is told anything was.
        assert_eq!(bench.opened(&["example.com"], 0).await, [MAYA]);
        assert_eq!(bench.opened(&["example.com"], 100 * HOUR).await, [MAYA]);
        assert_eq!(bench.key_of(BEN).await, Some(Key::Asks));
        assert_eq!(bench.told(BEN).await, [] as [String; 0]);
        bench.let_by(BEN).await.unwrap();
        assert_eq!(bench.key_of(BEN).await, Some(Key::Let));
        for other in [EVE, MAYA, "zoe@elsewhere.net"] {
            let tapped = bench.let_by(other).await;
            assert!(
                matches!(tapped, Err(ServerError::NotFound)),
                "{other}: {tapped:?}"
            );
        }
        assert_eq!(bench.opened(&["example.com"], 0).await, [BEN, MAYA]);
        assert_eq!(bench.key_of(BEN).await, Some(Key::Reads));
        assert_eq!(bench.key_of(EVE).await, Some(Key::Not));
        assert_eq!(bench.key_of(MAYA).await, Some(Key::Not));
        assert_eq!(bench.key_of("zoe@elsewhere.net").await, None);
        // For whom it is not any more, or when it is gone: they are told still that it is theirs to leave.
        let elsewhere = ["example.org".to_owned()];
        for domains in [&[][..], &elsewhere] {
            let said = about_key(&bench.store, &bench.viewer(BEN), domains).await;
            assert_eq!(said.unwrap(), Some(Key::Shut));
        }
        // Ben is told, and finds his 1:1s; nobody is told twice.
        let status = bench.status(BEN).await;
        assert!(status.by_key && !status.is_google && status.verified.is_some());
        assert_eq!(bench.view(BEN).await.pairs.len(), 1);
        bench.opened(&["example.com"], 10 * MINUTE).await;
        let told = bench.told(BEN).await;
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(told[0].contains("opened"), "{told:?}");
        // Whoever set the server up says that they know Eve.
        bench
            .says_of(EVE, "person.vouched.v1", &serde_json::json!({}))
            .await;
        assert_eq!(
            bench.opened(&["example.com"], 10 * MINUTE).await,
            [BEN, MAYA]
        );
        bench.let_by(EVE).await.unwrap();
        assert_eq!(bench.opened(&["example.com"], 0).await, [BEN, EVE, MAYA]);
    });
}

#[test]
fn whoever_leaves_stays_out_and_what_opens_it_is_erased() {
    with_bench(|bench| async move {
        bench.joins(BEN, None).await;
        plan_keys(&bench.store, Micros(START)).await.unwrap();
        bench.let_by(BEN).await.unwrap();
        assert_eq!(bench.opened(&["example.com"], 0).await, [BEN]);
        let source = bench.status(BEN).await.source;
        let now = Micros(bench.now.load(Ordering::Relaxed));
        let (ben, clock) = (bench.viewer(BEN), move || now);
        let maya = bench.viewer(MAYA);
        let machine = bench.machine(&clock);
        assert!(
            disconnect(&bench.store, &maya, machine, &source)
                .await
                .is_err()
        );
        disconnect(&bench.store, &ben, machine, &source)
            .await
            .unwrap();
        let left = reveal(&bench.store, &bench.keyring, &bench.org, &source).await;
        assert!(left.unwrap().is_none());
        assert_eq!(bench.key_of(BEN).await, Some(Key::Left));
        for _ in 0..3 {
            assert!(bench.opened(&["example.com"], 20 * MINUTE).await.is_empty());
        }
        bench.let_by(BEN).await.unwrap();
        assert_eq!(bench.opened(&["example.com"], 0).await, [BEN]);
    });
}

#[test]
fn of_whoever_leaves_while_it_is_being_opened_nothing_is_kept() {
    with_bench(|bench| async move {
        let (dan, gone) = ("dan@example.com", "gone@example.com");
        for person in [BEN, dan] {
            bench.joins(person, None).await;
            bench.let_by(person).await.unwrap();
        }
        bench.joins(EVE, None).await;
        let closed = AccountChange::Disabled(Some(Micros(START)));
        let (store, keys) = (&bench.store, &bench.keyring);
        let changed = store.change_account(&bench.org, dan, &closed).await;
        changed.unwrap();
        let now = Micros(START);
        let clock = move || now;
        let machine = bench.machine(&clock);
        // As it was to be when they were looked at: then one account was closed, one erased, and one did not let it.
        for person in [dan, gone, EVE, BEN] {
            let whose = (person, person);
            super::super::by_key::take(store, keys, &bench.org, machine, whose)
                .await
                .unwrap();
        }
        let sources = store.sources(&bench.org, None, 100).await.unwrap();
        let people: Vec<&str> = sources.iter().map(|one| one.person.as_str()).collect();
        assert_eq!(people, [BEN]);
        let mut kept = 0;
        for person in [dan, gone, EVE, BEN] {
            let source = super::super::by_key::source_of(person);
            let access = reveal(store, keys, &bench.org, &source).await.unwrap();
            kept += usize::from(access.is_some());
        }
        assert_eq!(kept, 1);
    });
}

#[test]
fn whoever_set_the_server_up_and_leaves_is_read_no_more_though_the_account_stays() {
    with_bench(|bench| async move {
        bench.account_of(BEN, "owner").await;
        plan_keys(&bench.store, Micros(START)).await.unwrap();
        bench.let_by(BEN).await.unwrap();
        assert_eq!(bench.opened(&["example.com"], 0).await, [BEN]);
        let me = signed_in(&bench.store, &bench.org, BEN).await.unwrap();
        let now = Micros(bench.now.load(Ordering::Relaxed));
        leave(&bench.store, &me.unwrap(), now).await.unwrap();
        let clock = move || now;
        let machine = bench.machine(&clock);
        let (store, keys) = (&bench.store, &bench.keyring);
        assert!(leave_next(store, keys, &Opens, machine).await.unwrap());
        let account = store.account(&bench.org, BEN).await.unwrap().unwrap();
        assert_eq!(account.disabled, None);
        for _ in 0..3 {
            assert!(bench.opened(&["example.com"], HOUR).await.is_empty());
        }
        assert_eq!(bench.key_of(BEN).await, Some(Key::Asks));
    });
}

#[test]
fn whoever_takes_their_own_calendar_away_is_not_opened_by_it_after() {
    with_bench(|bench| async move {
        bench.joins(BEN, None).await;
        // He lets it, and connects one himself before it came to that.
        bench.let_by(BEN).await.unwrap();
        bench.stands("own", vec![calendar("own", whole(&text(&[weekly("")])))]);
        bench.connect(BEN, "own").await.unwrap();
        assert_eq!(bench.opened(&[], 0).await, [BEN]);
        assert_eq!(bench.key_of(BEN).await, Some(Key::Not));
        let now = Micros(bench.now.load(Ordering::Relaxed));
        let (ben, clock) = (bench.viewer(BEN), move || now);
        let source = bench.status(BEN).await.source;
        disconnect(&bench.store, &ben, bench.machine(&clock), &source)
            .await
            .unwrap();
        plan_keys(&bench.store, now).await.unwrap();
        for _ in 0..3 {
            assert!(bench.opened(&["example.com"], HOUR).await.is_empty());
        }
        assert_eq!(bench.key_of(BEN).await, Some(Key::Left));
    });
}

#[test]
fn nobody_opens_a_calendar_with_it_by_asking_to() {
    with_bench(|bench| async move {
        let access = Access::by_key(MAYA);
        let tried = bench.try_to_connect(BEN, &access, None).await;
        assert!(matches!(tried, Err(ServerError::NotFound)), "{tried:?}");
    });
}

impl Bench {
    async fn told(&self, person: &str) -> Vec<String> {
        let stream = log_of(person);
        let all = self
            .store
            .read_all(&self.org, Position(0), 10_000)
            .await
            .unwrap();
        let noted = all.into_iter().filter(|fact| fact.stream == stream);
        noted
            .map(|fact| String::from_utf8_lossy(&fact.payload).into_owned())
            .collect()
    }
}
