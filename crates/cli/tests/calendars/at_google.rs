//! A 1:1 that is guarded at Google: what somebody taps reaches the calendars of all who are in it, once whatever comes in the way,
//! and is taken back. Google is our fake, which holds every request against Google's own description.

use crate::bench::{Bench, Engine, keyring, machine, moment, run};
use crate::google::{AtGoogle, Registered};
use crate::guarded::{BEN, MAYA, PETRA, act, ahead, outlook, tap};
use serde_json::{Value, json};
use std::sync::atomic::Ordering;
use steadfast_app::server::ServerError;
use steadfast_app::server::acting;
use steadfast_app::server::guard::{self, Deed, Measure, Proposed, Tapped};
use steadfast_app::server::sync::{self, Access, statuses};
use steadfast_calendar::Slot;
use steadfast_connect::Secret;
use steadfast_connect::sync::google::{Endpoints, Registration, grant};
use steadfast_fakes::google::Google;
use steadfast_store::{IntentState, Intents, Micros};
use url::Url;

/// A Google with Maya, Ben and Petra, and a server that reads the calendars of the first two.
pub(crate) struct World {
    pub(crate) google: Google,
    pub(crate) bench: Bench,
    weekly: String,
}

fn at(start: &str, end: &str) -> Value {
    let moment = |at: &str| json!({"dateTime": format!("{at}+01:00"), "timeZone": "Europe/Berlin"});
    json!({"start": moment(start), "end": moment(end)})
}

fn meeting(title: &str, [start, end]: [&str; 2], who: &[&str], rest: &Value) -> Value {
    let mut event = at(start, end);
    let guests = who.iter().enumerate().map(|(index, who)| {
        let answer = if index == 0 {
            "accepted"
        } else {
            "needsAction"
        };
        json!({"email": who, "responseStatus": answer})
    });
    let fields = event.as_object_mut().unwrap();
    fields.insert("summary".to_owned(), title.into());
    fields.insert("attendees".to_owned(), guests.collect());
    fields.extend(rest.as_object().unwrap().clone());
    event
}

impl World {
    /// A Monday; the 1:1 is on Tuesdays at two.
    pub(crate) async fn new() -> Self {
        let begin = moment("2026-01-05T07:00:00Z");
        let google = Google::start(begin.timestamp()).unwrap();
        for person in [MAYA, BEN, PETRA] {
            google.join(person, "Europe/Berlin");
        }
        google.register("client", "hush", "https://steadfast.example/back");
        let endpoints = Endpoints::on_this_machine(&Url::parse(&google.url()).unwrap()).unwrap();
        let bench = Bench::new(Engine::Sqlite, begin).await;
        let bench = bench.at_google(AtGoogle {
            endpoints,
            registered: Some(Registered {
                registration: Registration {
                    client_id: "client".to_owned(),
                    client_secret: Secret::new("hush"),
                },
                redirect: "https://steadfast.example/back".to_owned(),
            }),
            key: None,
            told_at: None,
            trust: None,
            clock: || 0,
        });
        let mut world = Self {
            google,
            bench,
            weekly: String::new(),
        };
        let slot = ["2026-01-06T14:00:00", "2026-01-06T14:30:00"];
        let rule = json!({"recurrence": ["RRULE:FREQ=WEEKLY"], "visibility": "private"});
        world.weekly = world.put(MAYA, &meeting("1:1 Maya / Ben", slot, &[MAYA, BEN], &rule));
        let yes = json!({"attendees": [{"email": BEN, "responseStatus": "accepted"}]});
        world.patch(BEN, &world.weekly, &yes);
        for person in [MAYA, BEN] {
            let refresh = world.google.allow(person, "client", &grant::SCOPES);
            world.bench.connect(person, &Access::google(refresh)).await;
        }
        world.bench.declare(MAYA, BEN).await;
        world.round("2026-01-12T07:00:00Z").await;
        assert!(outlook(&world.bench, MAYA).await.proposals.is_empty());
        world
    }

    /// Maya lets Steadfast write.
    pub(crate) async fn lets(&self) {
        let viewer = self.bench.viewer(MAYA).await;
        let all = statuses(&self.bench.store, &viewer).await;
        let source = all.unwrap().remove(0);
        let scopes = [grant::SCOPES[0], grant::SCOPES[1], grant::WRITES];
        let refresh = self.google.allow(MAYA, "client", &scopes);
        let now = || Micros(self.bench.now.load(Ordering::Relaxed));
        let (store, keys) = (&self.bench.store, keyring());
        let again = sync::allow_again(
            store,
            &keys,
            &self.bench.net,
            &viewer,
            machine(&now),
            &source.source,
            (&refresh, true),
        );
        again.await.unwrap();
    }

    async fn round(&self, at: &str) {
        let at = moment(at);
        self.google.set_clock(at.timestamp());
        self.bench.good_rounds(at).await;
    }

    fn put(&self, who: &str, event: &Value) -> String {
        let path = "calendars/primary/events?sendUpdates=all";
        let (status, made) = self.google.ask(who, "POST", path, None, Some(event));
        assert_eq!(status, 200, "{made}");
        made["id"].as_str().unwrap().to_owned()
    }

    fn patch(&self, who: &str, id: &str, body: &Value) {
        let path = format!("calendars/primary/events/{id}");
        let (status, said) = self.google.ask(who, "PATCH", &path, None, Some(body));
        assert_eq!(status, 200, "{said}");
    }

    /// An event on somebody's calendar; `None`: it is not there, or was called off.
    pub(crate) fn event(&self, who: &str, id: &str) -> Option<Value> {
        let path = format!("calendars/primary/events/{id}");
        let (status, event) = self.google.ask(who, "GET", &path, None, None);
        (status == 200 && event["status"] != "cancelled").then_some(event)
    }

    pub(crate) fn stands(&self, who: &str, id: &str) -> Option<Slot> {
        let event = self.event(who, id)?;
        let at = |name: &str| moment(event[name]["dateTime"].as_str().unwrap());
        Some(Slot::new(at("start"), at("end")))
    }

    /// Maya's own status meeting with Petra lands on the 1:1 of the 13th; what is proposed, and that meeting.
    pub(crate) async fn status(&self) -> (Proposed, String) {
        let slot = ["2026-01-13T13:30:00", "2026-01-13T15:00:00"];
        let status = meeting("Project status", slot, &[MAYA, PETRA], &json!({}));
        let id = self.put(MAYA, &status);
        self.round("2026-01-12T08:00:00Z").await;
        (self.proposed().await, id)
    }

    async fn proposed(&self) -> Proposed {
        let proposals = outlook(&self.bench, MAYA).await.proposals;
        let [proposed] = <[Proposed; 1]>::try_from(proposals).unwrap();
        proposed
    }

    /// Takes back what was done last; what became of that.
    async fn takes_back(&self) -> IntentState {
        let viewer = self.bench.viewer(MAYA).await;
        let (store, now) = (&self.bench.store, self.bench.instant());
        let all = store.intents_of(&self.bench.org, MAYA, 100).await.unwrap();
        let last = all
            .iter()
            .filter(|one| one.undoes.is_none())
            .max_by_key(|one| one.created);
        acting::take_back(store, &viewer, &last.unwrap().intent, now)
            .await
            .unwrap();
        act(&self.bench).await
    }

    pub(crate) fn is_clean(&self) {
        assert_eq!(self.google.violations(), [] as [String; 0]);
        assert_eq!(self.google.faults_left(), 0);
    }
}

/// Where the other meeting is to go.
pub(crate) fn elsewhere(proposed: &Proposed) -> Slot {
    let way = proposed
        .ways
        .iter()
        .find(|way| way.measure == Measure::MoveOther)
        .unwrap();
    match &way.deed {
        Deed::MoveOther { to, .. } => *to,
        other => panic!("{other:?}"),
    }
}

#[test]
fn whoever_lets_steadfast_read_alone_is_told_so_and_nothing_is_tried() {
    run(async {
        let world = World::new().await;
        let (proposed, _) = world.status().await;
        assert!(
            proposed
                .ways
                .iter()
                .all(|way| !way.is_possible && way.is_only_read)
        );
        let asked = world.google.asked().len();
        let viewer = world.bench.viewer(MAYA).await;
        let tapped = Tapped {
            pair: proposed.pair.clone(),
            promised: proposed.promised.unwrap().start,
            kind: proposed.kind.to_owned(),
            over_it: proposed.over_it.as_ref().map(|over| over.meeting.clone()),
            mark: proposed.ways[0].mark(),
            way: proposed.ways[0].measure,
            at: None,
        };
        let ahead = ahead(&world.bench, &viewer).await;
        let (store, now) = (&world.bench.store, world.bench.instant());
        match guard::tap(store, &viewer, &ahead, now, &tapped).await {
            Err(ServerError::Input(_, hint)) => {
                assert!(hint.contains("let Steadfast write"), "{hint}");
            }
            other => panic!("{other:?}"),
        }
        assert_eq!(world.google.asked().len(), asked);
        // As soon as she lets it, one tap does it.
        world.lets().await;
        assert!(
            world
                .proposed()
                .await
                .ways
                .iter()
                .any(|way| way.is_possible)
        );
        world.is_clean();
    });
}

#[test]
fn a_status_meeting_over_a_one_on_one_gives_way_by_one_tap_and_comes_back_by_another() {
    run(async {
        let world = World::new().await;
        world.lets().await;
        let (proposed, status) = world.status().await;
        assert_eq!(proposed.kind, "overlap");
        let (was, to) = (world.stands(MAYA, &status).unwrap(), elsewhere(&proposed));
        assert_eq!(
            tap(&world.bench, &proposed, Measure::MoveOther, None).await,
            IntentState::Done
        );
        for person in [MAYA, PETRA] {
            assert_eq!(world.stands(person, &status), Some(to), "{person}");
            // One step.
            assert_eq!(world.event(person, &status).unwrap()["sequence"], 1);
        }
        // The 1:1 stays, and nothing is said of it.
        let instance = format!("{}_20260113T130000Z", world.weekly);
        assert_eq!(world.event(BEN, &instance), None);
        world.round("2026-01-12T08:20:00Z").await;
        assert!(outlook(&world.bench, MAYA).await.proposals.is_empty());

        assert_eq!(world.takes_back().await, IntentState::Done);
        for person in [MAYA, PETRA] {
            assert_eq!(world.stands(person, &status), Some(was), "{person}");
        }
        let told = world.google.changed();
        assert_eq!(told[told.len() - 2..], ["patch all"; 2]);
        world.is_clean();
    });
}

#[test]
fn a_briefing_of_somebody_elses_is_declined_with_other_times() {
    run(async {
        let world = World::new().await;
        world.lets().await;
        let slot = ["2026-01-13T13:30:00", "2026-01-13T15:00:00"];
        let briefing = meeting("Executive briefing", slot, &[PETRA, MAYA], &json!({}));
        let briefing = world.put(PETRA, &briefing);
        world.round("2026-01-12T08:00:00Z").await;
        let proposed = world.proposed().await;
        assert_eq!(
            tap(&world.bench, &proposed, Measure::AnswerBooker, None).await,
            IntentState::Done
        );
        let answer = || {
            let event = world.event(PETRA, &briefing).unwrap();
            let guests = event["attendees"].as_array().unwrap().clone();
            guests
                .into_iter()
                .find(|guest| guest["email"] == MAYA)
                .unwrap()
        };
        assert_eq!(answer()["responseStatus"], "declined");
        assert!(answer()["comment"].as_str().unwrap().len() > 20);
        assert_eq!(world.takes_back().await, IntentState::Done);
        assert_eq!(answer()["responseStatus"], "needsAction");
        world.is_clean();
    });
}

#[test]
fn a_lost_one_on_one_is_booked_on_both_calendars_and_taken_back() {
    run(async {
        let world = World::new().await;
        world.lets().await;
        let instance = format!("{}_20260113T130000Z", world.weekly);
        let path = format!("calendars/primary/events/{instance}");
        assert_eq!(world.google.ask(MAYA, "DELETE", &path, None, None).0, 204);
        world.round("2026-01-12T09:00:00Z").await;
        let proposed = world.proposed().await;
        let Deed::MakeGood { slots } = &proposed.ways[0].deed else {
            panic!("{proposed:?}");
        };
        let booked = slots[0];
        let state = tap(
            &world.bench,
            &proposed,
            Measure::MakeGood,
            Some(booked.start),
        )
        .await;
        assert_eq!(state, IntentState::Done);
        let list = |who: &str| {
            let (_, list) = world
                .google
                .ask(who, "GET", "calendars/primary/events", None, None);
            let items = list["items"].as_array().unwrap().clone();
            let new = items.into_iter().filter(|event| {
                event.get("recurrence").is_none() && event["status"] != "cancelled"
            });
            new.map(|event| event["id"].as_str().unwrap().to_owned())
                .collect::<Vec<_>>()
        };
        let [new] = <[String; 1]>::try_from(list(BEN)).unwrap();
        assert_eq!(list(MAYA), std::slice::from_ref(&new));
        for person in [MAYA, BEN] {
            assert_eq!(world.stands(person, &new), Some(booked), "{person}");
        }
        // Nobody sees of it what they could not see of the lost one.
        assert_eq!(world.event(MAYA, &new).unwrap()["visibility"], "private");
        // It is known as what makes the lost one good.
        world.round("2026-01-12T09:20:00Z").await;
        assert!(outlook(&world.bench, MAYA).await.proposals.is_empty());
        assert_eq!(world.takes_back().await, IntentState::Done);
        assert_eq!((list(MAYA), list(BEN)), (Vec::new(), Vec::new()));
        world.is_clean();
    });
}
