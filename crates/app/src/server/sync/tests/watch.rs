//! Push channels: opened, believed in one thing only, followed before they end, stopped.

use super::*;
use crate::server::accounts::{LEAVE, leave, leave_next, signed_in};
use std::sync::atomic::{AtomicBool, AtomicU32};
use steadfast_store::{AccountChange, Accounts, Claim, Secrets};

const TEAM: &str = "team";
const DAY: i64 = 24 * HOUR;

/// A calendar's server that opens channels for a week.
#[derive(Default)]
struct Google {
    calendars: Mutex<Vec<String>>,
    opened: Mutex<Vec<NewChannel>>,
    stopped: Mutex<Vec<String>>,
    trouble: Mutex<Option<Trouble>>,
    /// Channels that it opens before what is wrong.
    opens_first: AtomicBool,
    /// Whether it does not say when a channel ends.
    says_no_end: AtomicBool,
    /// What it wants to be left alone for.
    after: Mutex<Option<u32>>,
    now: AtomicI64,
    drawn: AtomicU32,
}

impl Google {
    fn of(calendars: &[&str]) -> Self {
        let google = Self::default();
        google.has(calendars);
        google
    }

    fn has(&self, calendars: &[&str]) {
        *self.calendars.lock().unwrap() = calendars.iter().map(|id| (*id).to_owned()).collect();
    }

    /// What was opened since the last time, and what was stopped.
    fn did(&self) -> (Vec<NewChannel>, Vec<String>) {
        let opened = std::mem::take(&mut *self.opened.lock().unwrap());
        (opened, std::mem::take(&mut *self.stopped.lock().unwrap()))
    }

    fn opens(&self) -> Vec<String> {
        let opened = self.did().0.into_iter();
        opened.map(|one| one.calendar).collect()
    }
}

impl Calendars for Google {
    async fn ask(&self, _: &Access, _: Option<&str>) -> Result<Found, Trouble> {
        Ok(Found {
            calendars: vec![calendar(MAYA, News::Unchanged)],
            cursor: "read".to_owned(),
            after: *self.after.lock().unwrap(),
            ..Found::default()
        })
    }

    fn watchable(&self, access: &Access, cursor: &str) -> Vec<String> {
        assert!(access.is_of_google() && cursor == "read");
        self.calendars.lock().unwrap().clone()
    }

    async fn watch(&self, _: &Access, open: Vec<NewChannel>, stop: Vec<Channel>) -> Watched {
        let trouble = self.trouble.lock().unwrap().clone();
        let opens = trouble.is_none() || self.opens_first.load(Ordering::Relaxed);
        if !opens {
            return Watched {
                trouble,
                ..Watched::default()
            };
        }
        let until = self.now.load(Ordering::Relaxed) + 7 * DAY;
        let until = (!self.says_no_end.load(Ordering::Relaxed)).then_some(until);
        let mut all = self.opened.lock().unwrap();
        let opened = open.into_iter().map(|new| {
            all.push(new.clone());
            Channel {
                calendar: new.calendar,
                resource: format!("of {}", new.id),
                id: new.id,
                until,
            }
        });
        let opened = opened.collect();
        if trouble.is_none() {
            let stopped = stop.into_iter().map(|one| one.id);
            self.stopped.lock().unwrap().extend(stopped);
        }
        Watched {
            opened,
            trouble,
            ..Watched::default()
        }
    }
}

impl Bench {
    /// Lets time go by, and does what is due of rounds and channels; how many of each were done.
    async fn lives(&self, google: &Google, micros: i64) -> (usize, usize) {
        let now = Micros(self.now.fetch_add(micros, Ordering::Relaxed) + micros);
        google.now.store(now.0, Ordering::Relaxed);
        let clock = move || now;
        let chance = || google.drawn.fetch_add(1, Ordering::Relaxed);
        let machine = Machine {
            now: &clock,
            chance: &chance,
            node: "node",
            every: 4 * DAY * 100,
        };
        let (store, keys) = (&self.store, &self.keyring);
        let (mut rounds, mut looks) = (0, 0);
        loop {
            if step(store, keys, google, machine).await.unwrap() != Step::Idle {
                rounds += 1;
            } else if watch(store, keys, google, machine).await.unwrap() {
                looks += 1;
            } else {
                return (rounds, looks);
            }
        }
    }

    /// Connected at Google, and read once.
    async fn at_google(&self, google: &Google) {
        self.google("s1", Some(MAYA)).await;
        let soon = [
            round::job("s1", Micros(START)),
            super::super::watch::job("s1", Micros(START)),
        ];
        self.store.enqueue(&self.org, &soon).await.unwrap();
        assert_eq!(self.lives(google, 0).await, (1, 1));
    }

    async fn says(&self, channel: &str, token: &str) {
        let now = Micros(self.now.load(Ordering::Relaxed));
        changed(&self.store, &self.keyring, &self.org, now, (channel, token))
            .await
            .unwrap();
    }
}

#[test]
fn a_message_has_the_calendar_read_at_once_and_is_believed_in_nothing_else() {
    with_bench(|bench| async move {
        let google = Google::of(&[MAYA, TEAM]);
        bench.at_google(&google).await;
        let (opened, stopped) = google.did();
        let [maya, team] = opened.as_slice() else {
            panic!("{opened:?}");
        };
        assert_eq!((&*maya.calendar, &*team.calendar), (MAYA, TEAM));
        assert!(maya.id != team.id && maya.token != team.token && stopped.is_empty());
        assert_eq!(
            bench.lives(&google, HOUR).await,
            (0, 0),
            "nothing is due by itself"
        );
        bench.says(&maya.id, &maya.token).await;
        assert_eq!(bench.lives(&google, 0).await, (1, 0));
        // Twice, and the one of the other calendar: one round, a little after the last.
        for channel in [maya, maya, team] {
            bench.says(&channel.id, &channel.token).await;
        }
        assert_eq!(bench.lives(&google, 0).await, (0, 0));
        assert_eq!(bench.lives(&google, 10_000_000).await, (1, 0));
        // What this server did not mark for that channel says nothing.
        let torn = maya.token.replace('a', "b");
        for (channel, token) in [
            (&*maya.id, &*team.token),
            (&*team.id, &*maya.token),
            (&*maya.id, &*torn),
            (&*maya.id, ""),
            ("", &*maya.token),
            ("x", "s1 x.00"),
        ] {
            bench.says(channel, token).await;
        }
        assert_eq!(bench.lives(&google, HOUR).await, (0, 0));
        // Nor does one of a source that is not there any more; it leaves no work behind.
        let (store, keys, maya_herself) = (&bench.store, &bench.keyring, bench.viewer(MAYA));
        stop_watching(store, keys, &google, &maya_herself, "s1")
            .await
            .unwrap();
        assert_eq!(google.did().1, [maya.id.clone(), team.id.clone()]);
        let now = Micros(bench.now.load(Ordering::Relaxed));
        let clock = move || now;
        disconnect(store, &maya_herself, bench.machine(&clock), "s1")
            .await
            .unwrap();
        bench.says(&maya.id, &maya.token).await;
        assert_eq!(bench.lives(&google, 0).await, (0, 0));
        bench.lives(&google, 900 * DAY).await;
        let left = store.depth().await.unwrap();
        assert!(left.is_empty(), "{left:?}");
    });
}

#[test]
fn a_channel_is_followed_before_it_ends_and_the_old_one_stopped_after() {
    with_bench(|bench| async move {
        let google = Google::of(&[MAYA]);
        bench.at_google(&google).await;
        let first = google.did().0.remove(0);
        for _ in 0..5 {
            bench.lives(&google, DAY).await;
        }
        assert_eq!(google.did(), (Vec::new(), Vec::new()));
        // On the last day but one Google opens none: the old one speaks on, and it is tried again.
        let trouble = Trouble {
            what: "it does not answer".to_owned(),
            hint: "wait".to_owned(),
            stops: false,
            after: Some(7_200),
        };
        *google.trouble.lock().unwrap() = Some(trouble);
        assert_eq!(bench.lives(&google, DAY).await.1, 1);
        assert_eq!(
            bench.lives(&google, HOUR).await.1,
            0,
            "it asked for two hours"
        );
        *google.trouble.lock().unwrap() = None;
        assert_eq!(bench.lives(&google, HOUR).await.1, 1);
        let (opened, stopped) = google.did();
        assert_eq!(opened.len(), 1);
        assert_ne!(opened[0].id, first.id);
        assert_eq!(stopped, [&*first.id]);
        // What comes late over the old one changes nothing for the worse.
        bench.says(&first.id, &first.token).await;
        assert_eq!(bench.lives(&google, 0).await.0, 1);
        // Calendars come and go: within a day each has its own, and what is gone has none.
        google.has(&[TEAM]);
        bench.lives(&google, DAY).await;
        let (opened_then, stopped) = google.did();
        assert_eq!(opened_then[0].calendar, TEAM);
        assert_eq!(stopped, [&*opened[0].id]);
        assert_eq!(google.opens(), [] as [String; 0]);
    });
}

#[test]
fn a_channel_of_which_nobody_says_when_it_ends_is_followed_as_well() {
    with_bench(|bench| async move {
        let google = Google::of(&[MAYA]);
        google.says_no_end.store(true, Ordering::Relaxed);
        bench.at_google(&google).await;
        let mut all = vec![google.did().0.remove(0).id];
        for _ in 0..10 {
            bench.lives(&google, DAY).await;
            let (opened, stopped) = google.did();
            if let [next] = opened.as_slice() {
                assert_eq!(stopped.as_slice(), &all[all.len() - 1..]);
                all.push(next.id.clone());
            } else {
                assert!(opened.is_empty() && stopped.is_empty());
            }
        }
        assert!(all.len() > 5, "{}", all.len());
    });
}

#[test]
fn an_old_channel_that_could_not_be_stopped_is_stopped_the_next_time() {
    with_bench(|bench| async move {
        let google = Google::of(&[MAYA]);
        bench.at_google(&google).await;
        let first = google.did().0.remove(0);
        let trouble = Trouble {
            what: "it does not answer".to_owned(),
            hint: "wait".to_owned(),
            stops: false,
            after: None,
        };
        *google.trouble.lock().unwrap() = Some(trouble);
        google.opens_first.store(true, Ordering::Relaxed);
        bench.lives(&google, 6 * DAY + HOUR).await;
        let (opened, stopped) = google.did();
        assert_eq!((opened.len(), stopped.len()), (1, 0));
        *google.trouble.lock().unwrap() = None;
        bench.lives(&google, HOUR).await;
        let (opened_then, stopped) = google.did();
        assert_eq!((opened_then.len(), stopped), (0, vec![first.id]));
        // Nor one that came to its end meanwhile.
        bench.lives(&google, HOUR).await;
        assert_eq!(google.did(), (Vec::new(), Vec::new()));
    });
}

#[test]
fn a_source_that_wants_to_be_left_alone_is_whatever_comes() {
    with_bench(|bench| async move {
        let google = Google::of(&[MAYA]);
        bench.at_google(&google).await;
        let channel = google.did().0.remove(0);
        *google.after.lock().unwrap() = Some(7_200);
        bench.lives(&google, HOUR).await;
        bench.says(&channel.id, &channel.token).await;
        assert_eq!(bench.lives(&google, 0).await, (1, 0));
        for _ in 0..7 {
            bench.says(&channel.id, &channel.token).await;
            let now = Micros(bench.now.load(Ordering::Relaxed));
            hurry(&bench.store, now).await.unwrap();
            assert_eq!(bench.lives(&google, HOUR / 4).await, (0, 0));
        }
        assert_eq!(bench.lives(&google, HOUR / 4).await, (1, 0));
        // It wants it still, and does not say for how long: longer each time.
        *google.after.lock().unwrap() = Some(0);
        bench.lives(&google, 3 * HOUR).await;
        let mut waited = Vec::new();
        for _ in 0..4 {
            bench.says(&channel.id, &channel.token).await;
            let began = bench.now.load(Ordering::Relaxed);
            while bench.lives(&google, 10_000_000).await.0 == 0 {
                bench.says(&channel.id, &channel.token).await;
            }
            waited.push(bench.now.load(Ordering::Relaxed) - began);
        }
        assert!(
            waited.is_sorted() && waited[3] > 2 * waited[1] && waited[1] > 60_000_000,
            "{waited:?}"
        );
        // It is content again: a message has it read at once.
        *google.after.lock().unwrap() = None;
        bench.says(&channel.id, &channel.token).await;
        bench.lives(&google, 3 * HOUR).await;
        bench.says(&channel.id, &channel.token).await;
        assert_eq!(bench.lives(&google, 10_000_000).await.0, 1);
    });
}

#[test]
fn where_nobody_can_be_told_nothing_is_looked_after_until_somebody_can() {
    with_bench(|bench| async move {
        let google = Google::of(&[]);
        bench.at_google(&google).await;
        assert_eq!(bench.lives(&google, 30 * DAY).await, (0, 0));
        // An address was given to the server, which was started anew.
        google.has(&[MAYA]);
        let now = Micros(bench.now.load(Ordering::Relaxed));
        plan_watching(&bench.store, now).await.unwrap();
        assert_eq!(bench.lives(&google, 0).await, (0, 1));
        assert_eq!(google.opens(), [MAYA]);
        // Beginning once more opens no second one.
        plan_watching(&bench.store, now).await.unwrap();
        bench.lives(&google, 0).await;
        assert_eq!(google.opens(), [] as [String; 0]);
        // A source that waits for its owner is left alone.
        let failure = steadfast_store::Failure {
            source: "s1",
            at: now,
            problem: "no",
            stops: true,
        };
        steadfast_store::Sources::failed(&bench.store, &bench.org, failure)
            .await
            .unwrap();
        bench.lives(&google, 2 * DAY).await;
        let claim = Claim {
            kinds: &[WATCH],
            node: "other",
            now: Micros(i64::MAX / 2),
            until: Micros(i64::MAX / 2),
            limit: 1,
        };
        assert!(bench.store.claim(claim).await.unwrap().is_empty());
    });
}

#[test]
fn for_somebody_whose_access_ended_no_channel_is_opened() {
    with_bench(|bench| async move {
        let google = Google::of(&[MAYA]);
        bench.account_of(MAYA, "member").await;
        bench.at_google(&google).await;
        assert_eq!(google.opens(), [MAYA]);
        let closed = AccountChange::Disabled(Some(Micros(START)));
        let (store, org) = (&bench.store, &bench.org);
        store.change_account(org, MAYA, &closed).await.unwrap();
        google.has(&[MAYA, TEAM]);
        for _ in 0..10 {
            bench.lives(&google, DAY).await;
        }
        assert_eq!(google.opens(), [] as [String; 0]);
    });
}

#[test]
fn whoever_leaves_or_is_let_go_has_no_channel_left_and_none_of_its_secrets() {
    for by_own_word in [false, true] {
        with_bench(|bench| async move {
            let google = Google::of(&[MAYA, TEAM]);
            bench.account_of(MAYA, "member").await;
            bench.at_google(&google).await;
            let mut open: Vec<String> = google.did().0.into_iter().map(|one| one.id).collect();
            let now = Micros(START + HOUR);
            let (store, org, keys) = (&bench.store, &bench.org, &bench.keyring);
            let owner = crate::server::sync::owner("s1");
            let secrets = async || {
                let mut kept = Vec::new();
                for name in ["access", "channels"] {
                    kept.push(store.secret(org, &owner, name).await.unwrap().is_some());
                }
                kept
            };
            assert_eq!(secrets().await, [true, true]);
            if by_own_word {
                let me = signed_in(store, org, MAYA).await.unwrap().unwrap();
                leave(store, &me, now).await.unwrap();
            } else {
                let closed = AccountChange::Disabled(Some(now));
                store.change_account(org, MAYA, &closed).await.unwrap();
                let payload = serde_json::json!({
                    "account": MAYA,
                    "everything": false,
                    "person": MAYA,
                    "closes": true,
                });
                let job = steadfast_store::NewJob {
                    kind: LEAVE.to_owned(),
                    unique: None,
                    payload: payload.to_string().into_bytes(),
                    due: now,
                    max_attempts: 9,
                };
                store.enqueue(org, &[job]).await.unwrap();
            }
            let clock = move || now;
            let machine = bench.machine(&clock);
            assert!(leave_next(store, keys, &google, machine).await.unwrap());
            let mut stopped = google.did().1;
            open.sort();
            stopped.sort();
            assert_eq!(stopped, open);
            assert_eq!(secrets().await, [false, false]);
            // What was queued finds nothing to do.
            bench.lives(&google, 900 * DAY).await;
            assert_eq!(google.did(), (Vec::new(), Vec::new()));
            let left = store.depth().await.unwrap();
            assert!(left.iter().all(|one| one.kind == LEAVE), "{left:?}");
        });
    }
}
