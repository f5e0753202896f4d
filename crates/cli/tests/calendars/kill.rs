//! A server that keeps up with real calendars is killed at any moment while they change, and started again, many times.
//! In the end its facts and its ledger say the same as those of a server that nothing happened to.

use crate::bench::{Bench, Engine, Net, access, run};
use crate::facts::{assert_nothing_twice, judged, seen, timeline};
use crate::pages::{server, world};
use crate::process::{Process, say};
use crate::town::{BEN, MAYA, MONDAY, Town};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::AtomicI64;
use std::time::Duration;
use steadfast_calendar::Instant;
use steadfast_store::Micros;
use steadfast_web::Ask;

const DAY: i64 = 86_400;
const QUARTER: i64 = 900;

fn kills() -> i64 {
    std::env::var("STEADFAST_DRILL_KILLS").map_or(20, |said| said.parse().unwrap())
}

#[test]
fn a_server_killed_at_any_moment_of_its_rounds_loses_and_repeats_nothing_on_sqlite() {
    drill(Engine::Sqlite);
}

#[test]
fn a_server_killed_at_any_moment_of_its_rounds_loses_and_repeats_nothing_on_postgres() {
    drill(Engine::Postgres);
}

fn at(day: i64) -> Instant {
    Instant::from_seconds(MONDAY + day * DAY)
}

async fn connected(address: &str, town: &Town) -> Bench {
    let bench = Bench::at(address, at(-1)).await;
    for (person, user) in [(MAYA, "maya"), (BEN, "ben")] {
        bench
            .connect(person, &access(&town.home(user), Some(user)))
            .await;
    }
    bench.declare(MAYA, BEN).await;
    bench
}

/// Kills in one life: what is read and judged grows with its days, and each life is compared at its end, so that a drill that is
/// broken off has proven those before.
const IN_A_LIFE: i64 = 50;

/// As many kills as are asked for, over lives of their own.
#[expect(
    clippy::print_stderr,
    reason = "how far it is, and where the kills hit, is told to whoever asks for it"
)]
fn drill(engine: Engine) {
    let began = tokio::time::Instant::now();
    let (mut killed, mut in_the_middle) = (0, 0);
    while killed < kills() {
        let days = IN_A_LIFE.min(kills() - killed);
        let seed = u64::try_from(kills() + killed).unwrap();
        in_the_middle += life(engine, days, Chance(seed));
        killed += days;
        eprintln!(
            "{engine:?}: {killed} of {} kills in {} s, {in_the_middle} of them while a source was asked; nothing lost, nothing twice",
            kills(),
            began.elapsed().as_secs()
        );
    }
}

/// One life of so many days with a kill on each; how many hit while a source was asked.
fn life(engine: Engine, days: i64, mut chance: Chance) -> i64 {
    let mut town = Town::new(&["maya", "ben"]);
    let ((_one, disturbed), (_two, undisturbed)) = (engine.empty(), engine.empty());
    run(async {
        connected(&disturbed, &town).await.store.close().await;
        let calm = connected(&undisturbed, &town).await;
        let mut in_the_middle = 0;
        for day in 0..days {
            let mut process = Process::start("server", &disturbed, at(day).seconds());
            caught_up(&mut process);
            calm.good_rounds(at(day)).await;
            town.live(day);
            // In the middle of whatever it does so many questions later, and a little.
            for _ in 0..chance.below(6) {
                process.hear_until("asking");
            }
            std::thread::sleep(Duration::from_micros(chance.below(60_000)));
            let last = process.kill();
            in_the_middle += i64::from(last.is_some_and(|said| said.starts_with("asking")));
            calm.good_rounds(Instant::from_seconds(at(day).seconds() + QUARTER))
                .await;
        }
        let end = at(days);
        let mut process = Process::start("server", &disturbed, end.seconds());
        caught_up(&mut process);
        process.kill();
        calm.good_rounds(end).await;
        let disturbed = Bench::at(&disturbed, end).await;
        compare(&disturbed, &calm).await;
        in_the_middle
    })
}

/// Waits until each source was asked, and asked once more: then the first round is kept.
fn caught_up(process: &mut Process) {
    let mut times: BTreeMap<String, u32> = BTreeMap::new();
    while times.len() < 2 || times.values().any(|times| *times < 2) {
        let whom = process.hear_until("asking");
        *times.entry(whom).or_default() += 1;
    }
}

async fn compare(disturbed: &Bench, calm: &Bench) {
    assert_eq!(disturbed.store.check().await.unwrap(), []);
    let (told, expected) = (seen(&disturbed.facts().await), seen(&calm.facts().await));
    assert_nothing_twice(&told);
    let timeline = timeline(&disturbed.facts().await);
    assert!(told == expected, "{told:#?}\n{expected:#?}");
    for person in [MAYA, BEN] {
        let told = judged(&disturbed.view(person).await);
        let expected = judged(&calm.view(person).await);
        assert!(told.len() > 4 && told.keys().eq(expected.keys()));
        for (promise, (said, when)) in &told {
            let (calmly, exactly) = &expected[promise];
            assert_eq!(said, calmly, "{promise:?}");
            if let (Some((earliest, latest)), Some((from, to))) = (when, exactly) {
                // Seen a round later at most, and never said to be other than it was.
                assert!(
                    earliest <= to && latest >= from,
                    "{promise:?}: {when:?} {exactly:?} {timeline:#?}"
                );
                assert!(latest.seconds_since(*from) <= DAY + QUARTER, "{promise:?}");
            } else {
                assert_eq!(when, exactly, "{promise:?}");
            }
        }
    }
}

/// Keeps up until it is killed. `clock` is the second at which it starts; rounds follow each other closely.
pub(crate) async fn serve(address: &str, clock: i64) {
    let bench = Bench::at(address, Instant::from_seconds(clock)).await;
    let mut world = world(Arc::new(AtomicI64::new(0)), telling(Net::new(), || {}));
    let began = tokio::time::Instant::now();
    world.now = Box::new(move || {
        let passed = i64::try_from(began.elapsed().as_micros()).unwrap();
        Micros(clock * 1_000_000 + passed)
    });
    world.every = 150_000;
    world.log = Box::new(|line| say("log", line));
    server(&bench, world).keep_up().await;
}

/// Asks over the network, and says so before and after.
pub(crate) fn telling(net: Net, between: impl Fn() + Send + Sync + 'static) -> Ask {
    Box::new(move |access, cursor| {
        let whom = access.user.clone().unwrap_or_default();
        say("asking", &whom);
        between();
        let asked = (net.0)(access, cursor);
        Box::pin(async move {
            let found = asked.await;
            say(if found.is_ok() { "asked" } else { "refused" }, &whom);
            found
        })
    })
}

/// Chance that is the same on every run (SplitMix64).
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % bound
    }
}
