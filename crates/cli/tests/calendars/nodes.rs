//! Several nodes keep up with the calendars of one store. One is killed with a round in hand, another sleeps past its
//! lease in the middle of a round and wakes: every source is still kept up with, and nothing is told twice.

use crate::bench::{Bench, EVERY, Engine, Net, access, run};
use crate::facts::{assert_nothing_twice, seen};
use crate::kill::telling;
use crate::pages::{server, world};
use crate::process::{Process, wait};
use crate::town::{MONDAY, Town};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::AtomicI64;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use steadfast_app::server::sync::Step;
use steadfast_calendar::Instant;
use steadfast_store::{Micros, Sources as _};

/// So much faster does the nodes' clock go: a lease of half an hour ends within two seconds.
const SPEED: i64 = 1000;
const USERS: [&str; 6] = ["u1", "u2", "u3", "u4", "u5", "u6"];

#[test]
fn nodes_on_one_postgres_keep_up_with_every_source_though_one_is_killed_and_one_wakes_late() {
    drill(Engine::Postgres);
}

#[test]
fn processes_on_one_sqlite_keep_up_with_every_source_though_one_is_killed_and_one_wakes_late() {
    drill(Engine::Sqlite);
}

fn drill(engine: Engine) {
    let town = Town::new(&USERS);
    let (_folder, address) = engine.empty();
    let everybody = |name: &str, title: &str| {
        for user in USERS {
            town.note(user, name, title);
        }
    };
    everybody("a", "first");
    everybody("b", "first");
    let began = now();
    run(async {
        let bench = Bench::at(&address, Instant::from_seconds(MONDAY)).await;
        for user in USERS {
            let person = format!("{user}@example.com");
            bench
                .connect(&person, &access(&town.home(user), Some(user)))
                .await;
        }
        let mut zombie = Process::start("told", &address, began);
        let held = zombie.hear_until("asking");
        let mut killed = Process::start("node", &address, began);
        let mut survivor = Process::start("node", &address, began);
        (0..4).for_each(|_| drop(killed.hear_until("asking")));
        everybody("a", "second");
        killed.hear_until("asking");
        killed.kill();
        all_asked(&mut survivor, 2);
        zombie.go_on();
        // It took up the next one: the one that it held was refused, and it did not fall over that.
        assert_eq!(zombie.hear_until("asked"), held);
        zombie.hear_until("asking");
        zombie.kill();
        everybody("b", "second");
        all_asked(&mut survivor, 3);
        survivor.kill();
        let seen = seen(&bench.facts().await);
        assert_nothing_twice(&seen);
        for user in USERS {
            for name in ["a", "b"] {
                let place =
                    format!("calendar/{user}@example.com \"/{user}/diary/\" \"{name}.ics\"");
                let texts: Vec<&str> = seen[&place].iter().flatten().map(String::as_str).collect();
                let [first, second] = texts[..] else {
                    panic!("{place}: {texts:?}");
                };
                assert!(
                    first.contains("SUMMARY:first") && second.contains("SUMMARY:second"),
                    "{place}"
                );
            }
        }
        let sources = bench.store.sources(&bench.org, None, 100).await.unwrap();
        let verified: Vec<i64> = sources
            .iter()
            .map(|source| source.verified.unwrap().0)
            .collect();
        let (first, last) = (
            verified.iter().min().unwrap(),
            verified.iter().max().unwrap(),
        );
        assert!(
            verified.len() == USERS.len() && last - first < 4 * EVERY,
            "{verified:?}"
        );
        assert_eq!(bench.store.check().await.unwrap(), []);
    });
}

/// Waits until it has asked every source so often.
fn all_asked(node: &mut Process, times: u32) {
    let mut asked: BTreeMap<String, u32> = BTreeMap::new();
    while asked.len() < USERS.len() || asked.values().any(|asked| *asked < times) {
        *asked.entry(node.hear_until("asked")).or_default() += 1;
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "nodes share nothing but the machine's clock, and leases are told by it"
)]
fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    i64::try_from(since.as_micros()).unwrap()
}

/// Does rounds until it is killed; where it is to be `told`, asks nothing before it is told to go on. `began` is when
/// the nodes' clock began to run.
pub(crate) async fn node(address: &str, began: i64, told: bool) {
    let bench = Bench::at(address, Instant::from_seconds(MONDAY)).await;
    let between = move || {
        if told {
            wait();
        }
    };
    let mut world = world(Arc::new(AtomicI64::new(0)), telling(Net::new(), between));
    world.now = Box::new(move || Micros(MONDAY * 1_000_000 + (now() - began) * SPEED));
    let server = server(&bench, world);
    loop {
        if server.round().await.unwrap() == Step::Idle {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}
