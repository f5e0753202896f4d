//! What is done where a calendar server told when people are busy whose calendars are not seen, and where it did not; and that
//! times which are offered beside each other are others.

use super::*;
use crate::server::acting::Action;
use crate::server::guard::policies::{Class, Level, say_class};
use std::collections::BTreeMap;
use steadfast_calendar::Slot;
use steadfast_calendar::edit::Edit;
use steadfast_store::Intents;

const ANA: &str = "ana@example.com";
const CARA: &str = "cara@example.com";
const CLIENT: &str = "client@acme.example";

/// All of the Tuesday of the 1:1, on any clock of Europe.
fn tuesday() -> Slot {
    Slot::new(at("2026-03-31T00:00:00Z"), at("2026-04-01T00:00:00Z"))
}

impl Bench {
    /// Maya defends, and has a status meeting of her own with Cara over her 1:1; Cara has joined, and nobody sees her calendar.
    async fn with_cara(&self) {
        let status = event(
            "u-status",
            "20260331T140000Z",
            "SUMMARY:Status\r\n",
            MAYA,
            &[MAYA, CARA],
        );
        for person in [MAYA, BEN, CARA] {
            self.joins(person).await;
        }
        self.mayas(&one_on_one(""), &[status]).await;
        self.round(BEN, now(), &[&one_on_one("")]).await;
        self.chooses(Level::Defend).await;
        let (maya, ahead) = self.maya().await;
        let sort = ("u-status", Some(Class::Status));
        say_class(&self.store, &maya, &ahead, now(), sort)
            .await
            .unwrap();
    }

    async fn maya(&self) -> (crate::server::Viewer, Ahead) {
        let maya = viewer(&self.org, MAYA);
        let ahead = self.ahead(&maya, now()).await;
        (maya, ahead)
    }

    /// Where the guard put the status meeting by itself.
    async fn moved(&self) -> Option<Slot> {
        let all = self.store.intents_of(&self.org, MAYA, 9).await.unwrap();
        let mut moves = all.into_iter().filter_map(|intent| {
            assert!(!intent.by_hand);
            let action: Action = serde_json::from_slice(&intent.about).unwrap();
            match action.edit {
                Edit::Move { to, .. } => Some(to),
                _ => None,
            }
        });
        moves.next()
    }
}

fn told(ahead: &Ahead, span: Option<Slot>) -> BTreeMap<String, Busy> {
    let question = ahead.question(now()).unwrap();
    let busy = Busy {
        span: span.unwrap_or(question.span),
        slots: vec![tuesday()],
    };
    BTreeMap::from([(CARA.to_owned(), busy)])
}

#[test]
fn without_knowing_whether_all_are_free_nothing_moves_by_itself_and_that_is_said() {
    with_bench(|bench| async move {
        bench.with_cara().await;
        let (maya, ahead) = bench.maya().await;
        let nobody = knowing(&AsksNobody, &maya, ahead, now()).await;
        defend(&bench.store, &maya, &nobody, now()).await.unwrap();
        assert_eq!(bench.moved().await, None);
        let seen = outlook(&bench.store, &maya, &nobody, now()).await.unwrap();
        let proposed = &seen.proposals[0];
        assert_eq!(proposed.ways[0].unseen, ["Cara"]);
        assert_eq!(
            proposed.held_back.as_deref(),
            Some("whether everybody in it is free then is not known")
        );
    });
}

#[test]
fn where_a_server_told_when_all_are_busy_it_moves_by_itself_to_where_they_are_free() {
    with_bench(|bench| async move {
        bench.with_cara().await;
        let (maya, ahead) = bench.maya().await;
        let asked = ahead.knowing(&told(&ahead, None));
        let seen = outlook(&bench.store, &maya, &asked, now()).await.unwrap();
        let way = &seen.proposals[0].ways[0];
        assert!(way.unseen.is_empty(), "{way:?}");
        defend(&bench.store, &maya, &asked, now()).await.unwrap();
        let to = bench.moved().await.unwrap();
        assert!(!to.overlaps(tuesday()), "{to:?}");
        // It is in nothing that is kept.
        let kept = serde_json::to_string(&asked).unwrap();
        assert!(!kept.contains(&tuesday().end.seconds().to_string()));
    });
}

#[test]
fn a_server_that_calls_somebody_free_where_they_are_not_is_not_believed() {
    with_bench(|bench| async move {
        bench.with_cara().await;
        let (maya, ahead) = bench.maya().await;
        let question = ahead.question(now()).unwrap();
        let of_maya = |slots: &[Slot]| {
            let mut told = told(&ahead, None);
            let busy = Busy {
                span: question.span,
                slots: slots.to_vec(),
            };
            told.insert(MAYA.to_owned(), busy);
            told
        };
        let unseen = async |told: &BTreeMap<String, Busy>| {
            let asked = ahead.told(&question, told);
            let seen = outlook(&bench.store, &maya, &asked, now()).await.unwrap();
            seen.proposals[0].ways[0].unseen.clone()
        };
        assert_eq!(unseen(&told(&ahead, None)).await, ["Cara"], "not of Maya");
        assert_eq!(unseen(&of_maya(&[])).await, ["Cara"]);
        let all = Slot::new(question.span.start, question.span.end);
        assert!(unseen(&of_maya(&[all])).await.is_empty());
        // Right about Maya, and nothing of Cara, who accepted the very meeting.
        let mut silent = of_maya(&[all]);
        let nothing = Busy {
            span: question.span,
            slots: Vec::new(),
        };
        silent.insert(CARA.to_owned(), nothing);
        assert_eq!(unseen(&silent).await, ["Cara"]);
    });
}

#[test]
fn beyond_what_a_server_told_of_nothing_is_known() {
    with_bench(|bench| async move {
        bench.with_cara().await;
        let (maya, ahead) = bench.maya().await;
        let asked = ahead.knowing(&told(&ahead, Some(tuesday())));
        defend(&bench.store, &maya, &asked, now()).await.unwrap();
        assert_eq!(bench.moved().await, None);
        let seen = outlook(&bench.store, &maya, &asked, now()).await.unwrap();
        assert_eq!(seen.proposals[0].ways[0].unseen, ["Cara"]);
    });
}

#[test]
fn only_colleagues_who_matter_now_and_are_not_seen_are_asked_about() {
    with_bench(|bench| async move {
        bench.mayas(&one_on_one(""), &[]).await;
        bench.round(BEN, now(), &[&one_on_one("")]).await;
        let (_, ahead) = bench.maya().await;
        assert_eq!(ahead.question(now()), None, "nothing threatens");
        let guests = [MAYA, BEN, CARA, CLIENT];
        let status = "SUMMARY:Status\r\n";
        let status = event("u-status", "20260331T140000Z", status, MAYA, &guests);
        let elsewhere = event("u-x", "20260401T090000Z", "", ANA, &[ANA, MAYA]);
        let objects = [one_on_one(""), status, elsewhere];
        let objects: Vec<&str> = objects.iter().map(String::as_str).collect();
        bench.round(MAYA, now(), &objects).await;
        let (_, ahead) = bench.maya().await;
        let question = ahead.question(now()).unwrap();
        assert_eq!(question.about.iter().collect::<Vec<_>>(), [CARA]);
        assert_eq!(question.source, format!("s-{MAYA}"));
        assert!(question.span.start <= now());
        assert!(question.span.end >= at("2026-04-07T14:30:00Z"));
        let later = ahead.question(now().plus_minutes(3)).unwrap();
        assert!(question.covers(&later), "a second look asks no more");
    });
}

/// Whether two lists share an hour of a week.
fn meet(one: &[Slot], other: &[Slot]) -> bool {
    let weekly = |slot: &Slot, week: i64| {
        let days = 7 * week;
        Slot::new(slot.start.plus_days(days), slot.end.plus_days(days))
    };
    let mut weeks = -5..=5_i64;
    weeks.any(|week| {
        one.iter().any(|slot| {
            let slot = weekly(slot, week);
            other.iter().any(|other| other.overlaps(slot))
        })
    })
}

#[test]
fn two_for_whom_a_series_could_begin_are_shown_other_hours_and_each_can_be_tapped() {
    with_bench(|bench| async move {
        bench.mayas(&one_on_one(""), &[]).await;
        bench.leads(&[BEN, ANA, CARA]).await;
        let beginnings = bench.outlook(MAYA).await.beginnings;
        let times = |who: &str| -> Vec<Slot> {
            let one = beginnings.iter().find(|one| one.report == who).unwrap();
            one.times.iter().map(|time| time.first).collect()
        };
        let (anas, caras) = (times(ANA), times(CARA));
        assert_eq!((anas.len(), caras.len()), (3, 3));
        assert!(!meet(&anas, &caras), "{anas:?} {caras:?}");
        let (maya, ahead) = bench.maya().await;
        let one = beginnings.iter().find(|one| one.report == CARA).unwrap();
        let time = (caras[0].start, one.times[0].every_weeks, one.title.as_str());
        begin(&bench.store, &maya, &ahead, now(), &one.pair, time)
            .await
            .unwrap();
    });
}

#[test]
fn two_who_lost_theirs_are_offered_other_times_and_each_can_be_offered() {
    with_bench(|bench| async move {
        let title = "SUMMARY:1:1 Maya / Ana\r\nRRULE:FREQ=WEEKLY\r\n";
        let anas = |rest: &str| {
            let rest = format!("{title}{rest}");
            event("u-ana", "20260106T150000Z", &rest, MAYA, &[MAYA, ANA])
        };
        let (bens, annas) = (one_on_one(""), anas(""));
        bench
            .round(MAYA, now().plus_days(-60), &[&bens, &annas])
            .await;
        let bens = one_on_one("EXDATE:20260331T140000Z\r\n");
        let annas = anas("EXDATE:20260331T150000Z\r\n");
        bench.round(MAYA, now(), &[&bens, &annas]).await;
        bench.leads(&[BEN, ANA]).await;
        for person in [MAYA, BEN, ANA] {
            bench.joins(person).await;
        }
        let proposals = bench.outlook(MAYA).await.proposals;
        let slots = |one: &Proposed| match &one.ways[0].deed {
            Deed::MakeGood { slots } => slots.clone(),
            deed => panic!("{deed:?}"),
        };
        let [first, second] = proposals.as_slice() else {
            panic!("{proposals:?}");
        };
        let overlap = slots(first)
            .iter()
            .any(|one| slots(second).iter().any(|other| other.overlaps(*one)));
        assert!(!overlap, "{:?} {:?}", slots(first), slots(second));
        // Both are offered, one after the other: what the one can pick from the other is not offered then either.
        let (maya, ahead) = bench.maya().await;
        for one in &proposals {
            let tapped = Tapped {
                pair: one.pair.clone(),
                promised: one.promised.unwrap().start,
                kind: one.kind.to_owned(),
                over_it: None,
                way: Measure::MakeGood,
                mark: one.ways[0].mark(),
                at: None,
            };
            let done = tap(&bench.store, &maya, &ahead, now(), &tapped).await;
            assert_eq!(done.unwrap(), 0);
        }
        let between = bench.outlook(MAYA).await.between;
        let offered = between.iter().map(|one| {
            let offer = one.about.offer.as_ref();
            offer.map(|offer| offer.slots.clone()).unwrap_or_default()
        });
        let offered: Vec<Vec<Slot>> = offered.collect();
        assert_eq!(offered.len(), 2);
        let overlap = offered[0]
            .iter()
            .any(|one| offered[1].iter().any(|other| other.overlaps(*one)));
        assert!(!overlap, "{offered:?}");
    });
}

#[test]
fn no_more_are_asked_about_than_one_question_takes_whoever_asks_among_them() {
    with_bench(|bench| async move {
        let many: Vec<String> = (0..99)
            .map(|one| format!("p{one:02}@example.com"))
            .collect();
        let mut guests: Vec<&str> = many.iter().map(String::as_str).collect();
        guests.push(MAYA);
        let all_hands = "SUMMARY:All hands\r\n";
        let all_hands = event("u-all", "20260331T140000Z", all_hands, MAYA, &guests);
        bench.mayas(&one_on_one(""), &[all_hands]).await;
        let (_, ahead) = bench.maya().await;
        let question = ahead.question(now()).unwrap();
        let asked = question.about.len() + question.from.len();
        assert_eq!(asked, steadfast_calendar::free_busy::MOST, "{question:?}");
    });
}
