//! Rounds on a real store, with sources that say what the test wants.

use super::*;
use crate::audit::{Audit, Options, pair_id};
use crate::report::Report;
use crate::server::accounts::Fresh;
use crate::server::{ServerError, Viewer, ledger};
use std::collections::{BTreeMap, HashMap};
use std::sync::Mutex;
use std::sync::atomic::{AtomicI64, Ordering};
use steadfast_calendar::Instant;
use steadfast_ledger::case::Who;
use steadfast_ledger::verdict::Outcome;
use steadfast_life::{Config, Dialect, World};
use steadfast_store::seal::Keyring;
use steadfast_store::{Accounts, Facts, Micros, Org, Position, Store};

const MAYA: &str = "maya@example.com";
const BEN: &str = "ben@example.com";
const HOUR: i64 = 3_600 * 1_000_000;
/// 2026-01-05T00:00:00Z, a Monday.
const START: i64 = 1_767_571_200 * 1_000_000;

/// A place for everything that a round needs.
struct Bench {
    store: Store,
    org: Org,
    keyring: Keyring,
    now: AtomicI64,
    /// What stands at each address, or what is wrong with it.
    web: Web,
    _folder: tempfile::TempDir,
}

#[derive(Default)]
struct Web(
    Mutex<HashMap<String, Result<Vec<FoundCalendar>, Trouble>>>,
    Mutex<Vec<String>>,
);

impl Calendars for Web {
    async fn ask(&self, access: &Access, cursor: Option<&str>) -> Result<Found, Trouble> {
        let known = self.0.lock().unwrap();
        let said = known.get(&access.address).cloned().unwrap();
        let calendars = said?;
        let gone = match cursor {
            Some(before) => before
                .lines()
                .filter(|id| calendars.iter().all(|one| one.id != *id))
                .map(str::to_owned)
                .collect(),
            None => Vec::new(),
        };
        let ids: Vec<&str> = calendars.iter().map(|one| one.id.as_str()).collect();
        Ok(Found {
            cursor: ids.join("\n"),
            unreadable: self
                .1
                .lock()
                .unwrap()
                .iter()
                .map(|id| (id.clone(), "no".to_owned()))
                .collect(),
            calendars,
            gone,
            ..Found::default()
        })
    }
}

fn with_bench<F: Future<Output = ()>>(test: impl FnOnce(Bench) -> F) {
    let folder = tempfile::tempdir().unwrap();
    let address = format!("sqlite:{}", folder.path().join("store.db").display());
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let store = Store::open(&address).await.unwrap();
        let org = Org::new("o1").unwrap();
        store
            .create_organisation(&org, "Example", Micros(0))
            .await
            .unwrap();
        test(Bench {
            store,
            org,
            keyring: Keyring::new("k", [7; 32]).unwrap(),
            now: AtomicI64::new(START),
            web: Web::default(),
            _folder: folder,
        })
        .await;
    });
}

fn access(address: &str) -> Access {
    Access {
        address: address.to_owned(),
        user: None,
        password: None,
    }
}

fn calendar(id: &str, news: News) -> FoundCalendar {
    FoundCalendar {
        id: id.to_owned(),
        name: id.to_owned(),
        owner: None,
        news,
    }
}

/// A feed that says `text`.
fn whole(text: &str) -> News {
    News::Whole {
        objects: vec![Object {
            href: String::new(),
            lines: text.as_bytes().to_vec(),
        }],
        blind: false,
    }
}

impl Bench {
    fn machine<'a>(&self, now: &'a (dyn Fn() -> Micros + Sync)) -> Machine<'a> {
        Machine {
            now,
            chance: &|| 0,
            node: "node",
            every: HOUR,
        }
    }

    fn viewer(&self, person: &str) -> Viewer {
        Viewer::signed_in(self.org.clone(), person)
    }

    fn instant(&self) -> Instant {
        instant(Micros(self.now.load(Ordering::Relaxed)))
    }

    fn stands(&self, address: &str, calendars: Vec<FoundCalendar>) {
        let mut web = self.web.0.lock().unwrap();
        web.insert(address.to_owned(), Ok(calendars));
    }

    fn breaks(&self, address: &str, stops: bool) {
        let trouble = Trouble {
            what: "it does not answer".to_owned(),
            hint: "wait".to_owned(),
            stops,
        };
        let mut web = self.web.0.lock().unwrap();
        web.insert(address.to_owned(), Err(trouble));
    }

    async fn connect(&self, person: &str, address: &str) -> Result<Connected, ServerError> {
        let now = Micros(self.now.load(Ordering::Relaxed));
        let mut bytes = [0; Fresh::BYTES];
        bytes
            .iter_mut()
            .zip(address.bytes().cycle())
            .for_each(|(to, from)| *to = from);
        let (viewer, clock) = (self.viewer(person), move || now);
        connect(
            &self.store,
            &self.keyring,
            &self.web,
            &viewer,
            self.machine(&clock),
            &Fresh::from(bytes),
            &access(address),
        )
        .await
    }

    /// Moves the clock on and does every round that is due.
    async fn after(&self, micros: i64) -> Vec<Step> {
        self.now.fetch_add(micros, Ordering::Relaxed);
        let now = Micros(self.now.load(Ordering::Relaxed));
        let clock = move || now;
        let mut steps = Vec::new();
        loop {
            let machine = self.machine(&clock);
            match step(&self.store, &self.keyring, &self.web, machine).await {
                Ok(Step::Idle) => return steps,
                Ok(one) => steps.push(one),
                Err(error) => panic!("{error:?}"),
            }
        }
    }

    async fn facts(&self) -> usize {
        let all = self.store.read_all(&self.org, Position(0), 10_000);
        all.await.unwrap().len()
    }

    async fn status(&self, person: &str) -> Status {
        let viewer = self.viewer(person);
        statuses(&self.store, &viewer).await.unwrap().remove(0)
    }

    async fn view(&self, person: &str) -> Report {
        let viewer = self.viewer(person);
        let view = ledger::report(&self.store, &viewer, self.instant()).await;
        view.unwrap().unwrap()
    }
}

fn event(uid: &str, start: &str, rest: &str) -> String {
    format!(
        "BEGIN:VEVENT\r\nUID:{uid}\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:{start}\r\nDURATION:PT30M\r\nSUMMARY:1:1 Maya / Ben\r\n\
         ORGANIZER:mailto:{MAYA}\r\nATTENDEE:mailto:{MAYA}\r\nATTENDEE;PARTSTAT=ACCEPTED:mailto:{BEN}\r\n{rest}END:VEVENT\r\n"
    )
}

fn text(events: &[String]) -> String {
    format!(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{}END:VCALENDAR\r\n",
        events.concat()
    )
}

/// Tuesdays at 14:00 UTC from 6 January on.
fn weekly(rest: &str) -> String {
    event(
        "u1",
        "20260106T140000Z",
        &format!("RRULE:FREQ=WEEKLY\r\n{rest}"),
    )
}

fn outcomes(report: &Report) -> Vec<Outcome> {
    let pair = report.pairs.iter().find(|p| p.id == pair_id(MAYA, BEN));
    let occurrences = pair.map_or(&[][..], |pair| &pair.occurrences);
    occurrences
        .iter()
        .map(|o| o.verdict.outcome)
        .filter(|outcome| *outcome != Outcome::Open)
        .collect()
}

#[test]
fn a_connected_calendar_fills_the_ledger_at_once_and_is_kept_up_with() {
    with_bench(|bench| async move {
        bench.stands(
            "https://a/",
            vec![calendar("", whole(&text(&[weekly("")])))],
        );
        let connected = bench.connect(MAYA, "https://a/").await.unwrap();
        assert_eq!(connected.calendars, 1);
        assert_eq!(bench.view(MAYA).await.pairs.len(), 1);
        bench.stands("https://a/", vec![calendar("", News::Unchanged)]);
        assert_eq!(bench.after(HOUR).await, [Step::Unchanged]);
        assert_eq!(bench.facts().await, 1);
        // On Tuesday at nine, the third one, five hours ahead, is gone.
        bench.after(15 * 24 * HOUR + 8 * HOUR).await;
        let gone = weekly("EXDATE:20260120T140000Z\r\n");
        bench.stands("https://a/", vec![calendar("", whole(&text(&[gone])))]);
        assert_eq!(bench.after(HOUR).await, [Step::Changed]);
        bench.stands("https://a/", vec![calendar("", News::Unchanged)]);
        bench.after(8 * 24 * HOUR).await;
        let view = bench.view(MAYA).await;
        let (kept, lost) = (Outcome::Kept, Outcome::Skipped);
        let read = outcomes(&view);
        assert!(
            matches!(read[..], [a, b, c, d] if a == kept && b == kept && [lost, Outcome::Cancelled].contains(&c) && d == kept),
            "{read:?}"
        );
        let pair = view.pairs.first().unwrap();
        let third = pair.occurrences.iter().find(|o| o.verdict.outcome != kept);
        let changed = third.and_then(|o| o.changed_at).unwrap();
        assert_eq!(
            changed.latest.seconds_since(changed.earliest),
            3_600,
            "known to the round"
        );
    });
}

#[test]
fn a_source_that_does_not_answer_is_asked_ever_more_seldom_and_what_came_meanwhile_is_unknown() {
    with_bench(|bench| async move {
        bench.stands(
            "https://a/",
            vec![calendar("", whole(&text(&[weekly("")])))],
        );
        bench.connect(MAYA, "https://a/").await.unwrap();
        bench.stands("https://a/", vec![calendar("", News::Unchanged)]);
        bench.after(8 * 24 * HOUR).await;
        bench.breaks("https://a/", false);
        let mut rounds = 0;
        for _ in 0..7 * 24 {
            rounds += bench.after(HOUR).await.len();
        }
        assert!((20..60).contains(&rounds), "{rounds} rounds in a week");
        let status = bench.status(MAYA).await;
        assert!(!status.is_stopped && status.failures as usize == rounds);
        assert!(status.problem.unwrap().contains("does not answer"));
        // The first was seen; the second, eight days later, was not.
        assert_eq!(
            outcomes(&bench.view(MAYA).await),
            [Outcome::Kept, Outcome::Unknown]
        );
        bench.stands("https://a/", vec![calendar("", News::Unchanged)]);
        assert_eq!(bench.after(7 * HOUR).await, [Step::Unchanged]);
        let status = bench.status(MAYA).await;
        assert_eq!((status.failures, status.problem), (0, None));
        // It says the same as before, so that the one in between stood as well.
        assert_eq!(
            outcomes(&bench.view(MAYA).await),
            [Outcome::Kept, Outcome::Kept]
        );
    });
}

#[test]
fn a_password_that_is_not_taken_any_more_stops_the_source_until_it_is_mended() {
    with_bench(|bench| async move {
        bench.stands(
            "https://a/",
            vec![calendar("", whole(&text(&[weekly("")])))],
        );
        bench.connect(MAYA, "https://a/").await.unwrap();
        bench.breaks("https://a/", true);
        assert_eq!(bench.after(HOUR).await, [Step::Stopped]);
        assert!(bench.after(1_000 * HOUR).await.is_empty());
        let status = bench.status(MAYA).await;
        assert!(status.is_stopped);
        let (maya, ben) = (bench.viewer(MAYA), bench.viewer(BEN));
        let now = Micros(bench.now.load(Ordering::Relaxed));
        let clock = move || now;
        let mend = async |viewer: &Viewer| {
            let machine = bench.machine(&clock);
            let (store, keyring) = (&bench.store, &bench.keyring);
            let new = Some("new");
            mend(
                store,
                keyring,
                &bench.web,
                viewer,
                machine,
                &status.source,
                new,
            )
            .await
        };
        assert!(matches!(mend(&ben).await, Err(ServerError::NotFound)));
        assert!(matches!(mend(&maya).await, Err(ServerError::Input(..))));
        assert!(bench.status(MAYA).await.is_stopped);
        bench.stands("https://a/", vec![calendar("", News::Unchanged)]);
        mend(&maya).await.unwrap();
        assert!(!bench.status(MAYA).await.is_stopped);
        assert_eq!(bench.after(HOUR).await, [Step::Unchanged]);
    });
}

#[test]
fn what_is_not_ones_own_is_not_connected_and_nothing_of_it_is_kept() {
    with_bench(|bench| async move {
        let mut petras = calendar("/petra/", whole(&text(&[weekly("")])));
        petras.owner = Some("petra@example.com".to_owned());
        bench.stands("https://a/", vec![petras.clone()]);
        let refused = bench.connect(MAYA, "https://a/").await;
        assert!(
            matches!(refused, Err(ServerError::Input(what, _)) if what.contains("petra@example.com"))
        );
        bench.breaks("https://b/", true);
        let refused = bench.connect(MAYA, "https://b/").await;
        assert!(matches!(refused, Err(ServerError::Input(..))));
        assert_eq!(bench.facts().await, 0);
        let viewer = bench.viewer(MAYA);
        assert_eq!(statuses(&bench.store, &viewer).await.unwrap(), []);
        // Beside one's own it is set aside, and stays so in later rounds.
        let mut own = calendar("/maya/", whole(&text(&[weekly("")])));
        own.owner = Some(MAYA.to_owned());
        bench.stands("https://a/", vec![petras, own]);
        let connected = bench.connect(MAYA, "https://a/").await.unwrap();
        assert_eq!((connected.calendars, connected.set_aside.len()), (1, 1));
        bench.after(HOUR).await;
        assert_eq!(bench.facts().await, 1);
    });
}

#[test]
fn a_calendar_that_is_taken_away_is_unknown_from_then_on_and_not_cancelled() {
    with_bench(|bench| async move {
        let other = event("u2", "20260107T100000Z", "RRULE:FREQ=WEEKLY\r\n")
            .replace(BEN, "ana@example.com");
        let work = || calendar("/work/", whole(&text(&[weekly("")])));
        let team = calendar("/team/", whole(&text(&[other])));
        bench.stands("https://a/", vec![work(), team]);
        bench.connect(MAYA, "https://a/").await.unwrap();
        let quiet = |id: &str| calendar(id, News::Unchanged);
        bench.stands("https://a/", vec![quiet("/work/"), quiet("/team/")]);
        bench.after(8 * 24 * HOUR).await;
        bench.stands("https://a/", vec![quiet("/work/")]);
        assert_eq!(bench.after(HOUR).await, [Step::Changed]);
        bench.after(14 * 24 * HOUR).await;
        let view = bench.view(MAYA).await;
        let read = |person: &str| {
            let pair = view
                .pairs
                .iter()
                .find(|p| p.id == pair_id(MAYA, person))
                .unwrap();
            let all = pair.occurrences.iter().map(|o| o.verdict.outcome);
            all.filter(|o| *o != Outcome::Open).collect::<Vec<_>>()
        };
        assert_eq!(read(BEN), [Outcome::Kept; 3]);
        assert_eq!(
            read("ana@example.com"),
            [Outcome::Kept, Outcome::Unknown, Outcome::Unknown]
        );
        let status = bench.status(MAYA).await;
        let now = Micros(bench.now.load(Ordering::Relaxed));
        let viewer = bench.viewer(MAYA);
        let clock = move || now;
        disconnect(&bench.store, &viewer, bench.machine(&clock), &status.source)
            .await
            .unwrap();
        bench.after(14 * 24 * HOUR).await;
        assert_eq!(
            outcomes(&bench.view(MAYA).await),
            [
                Outcome::Kept,
                Outcome::Kept,
                Outcome::Kept,
                Outcome::Unknown,
                Outcome::Unknown
            ]
        );
        assert_eq!(statuses(&bench.store, &viewer).await.unwrap(), []);
    });
}

#[test]
fn while_one_of_several_calendars_cannot_be_read_the_source_is_not_verified() {
    with_bench(|bench| async move {
        let work = calendar("/work/", whole(&text(&[weekly("")])));
        let team = calendar("/team/", whole(&text(&[])));
        bench.stands("https://a/", vec![work, team]);
        bench.connect(MAYA, "https://a/").await.unwrap();
        let quiet = |id: &str| calendar(id, News::Unchanged);
        bench.stands("https://a/", vec![quiet("/team/"), quiet("/work/")]);
        bench.after(8 * 24 * HOUR).await;
        let before = bench.status(MAYA).await.verified;
        bench.web.1.lock().unwrap().push("/work/".to_owned());
        bench.after(7 * 24 * HOUR).await;
        assert_eq!(bench.status(MAYA).await.verified, before);
        assert_eq!(
            outcomes(&bench.view(MAYA).await),
            [Outcome::Kept, Outcome::Unknown]
        );
        // One object, or a calendar that was never read, keeps nobody waiting.
        bench.web.1.lock().unwrap().clear();
        bench
            .web
            .1
            .lock()
            .unwrap()
            .push("/work/broken.ics".to_owned());
        bench.after(HOUR).await;
        assert_ne!(bench.status(MAYA).await.verified, before);
    });
}

#[test]
fn a_source_goes_on_with_what_was_handed_in_before() {
    with_bench(|bench| async move {
        let maya = bench.viewer(MAYA);
        let hand_in = async |text: String| {
            let offered = ledger::Offered {
                documents: vec![ledger::Document {
                    label: "maya.ics".to_owned(),
                    bytes: text.into_bytes(),
                }],
                set_aside: Vec::new(),
            };
            let prepared = ledger::prepare(&maya, offered).unwrap();
            ledger::take_in(&bench.store, &maya, bench.instant(), prepared).await
        };
        hand_in(text(&[weekly("")])).await.unwrap();
        bench.after(8 * 24 * HOUR).await;
        let gone = text(&[weekly("EXDATE:20260113T140000Z\r\n")]);
        bench.stands("https://a/", vec![calendar("", whole(&gone))]);
        bench.connect(MAYA, "https://a/").await.unwrap();
        bench.after(24 * HOUR).await;
        let read = outcomes(&bench.view(MAYA).await);
        assert!(
            matches!(
                read[..],
                [Outcome::Kept, Outcome::Skipped | Outcome::Cancelled]
            ),
            "{read:?}"
        );
        assert!(matches!(hand_in(gone).await, Err(ServerError::Input(..))));
    });
}

/// (pair, promised start) → outcome and who changed it.
type Told = BTreeMap<(String, Instant), (Outcome, Option<Who>)>;

fn told(report: &Report) -> Told {
    let pairs = report.pairs.iter();
    pairs
        .flat_map(|pair| {
            pair.occurrences.iter().map(|o| {
                let said = (o.verdict.outcome, o.actor.map(|actor| actor.who));
                ((pair.id.clone(), o.promised.start), said)
            })
        })
        .collect()
}

#[test]
fn a_life_played_over_feeds_reads_as_an_audit_of_the_same_history() {
    let mut config = Config::small(Dialect::Google);
    config.managers = 1;
    config.reports_per_manager = 5;
    config.weeks = 14;
    let world = World::new(11, &config);
    let owners: Vec<String> = world.owners().map(str::to_owned).collect();
    let lines = &world.truth().relationships;
    // The one with the most reports; the other is the boss.
    let manager = lines.last().unwrap().manager.clone();
    let theirs = lines.iter().filter(|line| line.manager == manager);
    let reports: Vec<String> = theirs.map(|line| line.report.clone()).collect();
    assert!(reports.len() > 3);
    let mut looks: BTreeMap<Instant, Vec<(String, Vec<u8>)>> = BTreeMap::new();
    for state in world.history() {
        looks
            .entry(state.at)
            .or_default()
            .push((state.owner, state.text));
    }
    with_bench(|bench| async move {
        let mut options = Options::at(world.now());
        options.me = vec![manager.clone()];
        options.reports.clone_from(&reports);
        options.from = Some(jiff::civil::date(2000, 1, 1));
        let mut audit = Audit::new(options);
        let mut connected: Vec<String> = Vec::new();
        for (at, changed) in &looks {
            for owner in &owners {
                bench.stands(owner, vec![calendar("", News::Unchanged)]);
            }
            audit.snapshot(*at);
            for (owner, bytes) in changed {
                audit
                    .calendar("look", Some(owner), Some(*at), &mut bytes.as_slice())
                    .unwrap();
                let text = String::from_utf8(bytes.clone()).unwrap();
                bench.stands(owner, vec![calendar("", whole(&text))]);
            }
            let before = bench.now.load(Ordering::Relaxed);
            bench.after(at.seconds() * 1_000_000 - before).await;
            for (owner, _) in changed {
                if !connected.contains(owner) {
                    bench.connect(owner, owner).await.unwrap();
                    connected.push(owner.clone());
                }
            }
        }
        audit.snapshot(world.now());
        for owner in &owners {
            bench.stands(owner, vec![calendar("", News::Unchanged)]);
        }
        bench
            .after(world.now().seconds() * 1_000_000 - bench.now.load(Ordering::Relaxed))
            .await;
        let viewer = bench.viewer(&manager);
        ledger::declare(&bench.store, &viewer, bench.instant(), &reports, None)
            .await
            .unwrap();
        let (watched, audited) = (told(&bench.view(&manager).await), told(&audit.finish()));
        assert!(watched.len() > 40, "{}", watched.len());
        // What is still to come is shown further ahead than an audit prints.
        let past = |told: Told| -> Told {
            let past = told.into_iter();
            past.filter(|(_, (outcome, _))| *outcome != Outcome::Open)
                .collect()
        };
        assert_eq!(past(watched), past(audited));
    });
}
