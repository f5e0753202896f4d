//! What the guard does by itself against another meeting, and what it does not.

use super::*;
use crate::server::acting::Action;
use crate::server::guard::between::{Did, did_for};
use crate::server::guard::policies::{
    About, Bounds, Class, Level, Winner, choose_bounds, say_class,
};
use steadfast_calendar::edit::{Edit, Reply};
use steadfast_store::{Intent, Intents};

const ANA: &str = "ana@example.com";
const CARA: &str = "cara@example.com";
const CLIENT: &str = "client@acme.example";

/// A meeting over the 1:1 of 31 March.
fn over(rest: &str, organiser: &str, guests: &[&str]) -> String {
    event("u-over", "20260331T140000Z", rest, organiser, guests)
}

impl Bench {
    /// Maya defends; she and these have joined, and her calendar shows `other` over her 1:1 with Ben.
    async fn defended(&self, other: &str, joined: &[&str]) {
        for person in [&[MAYA, BEN], joined].concat() {
            self.joins(person).await;
        }
        self.mayas(&one_on_one(""), &[other.to_owned()]).await;
        self.round(BEN, now(), &[&one_on_one("")]).await;
        self.chooses(Level::Defend).await;
    }

    /// The same with a status meeting of Maya's own with Ben and Ana over it; all three calendars are seen.
    async fn with_a_status_meeting(&self) {
        let room = "ATTENDEE;CUTYPE=ROOM:mailto:room@example.com\r\n";
        self.with_a_status_meeting_and(room).await;
    }

    /// The same, to which these lines are added.
    async fn with_a_status_meeting_and(&self, more: &str) {
        let status = over(
            &format!("SUMMARY:Status\r\n{more}"),
            MAYA,
            &[MAYA, BEN, ANA],
        );
        let anas = event(
            "u-ana",
            "20260108T150000Z",
            "SUMMARY:1:1 Maya / Ana\r\nRRULE:FREQ=WEEKLY\r\n",
            MAYA,
            &[MAYA, ANA],
        );
        self.defended(&status, &[ANA]).await;
        let one = one_on_one("");
        self.round(MAYA, now(), &[&one, &status, &anas]).await;
        self.leads(&[BEN, ANA]).await;
        self.round(BEN, now(), &[&one, &status]).await;
        self.round(ANA, now(), &[&anas, &status]).await;
    }

    /// Maya once declined an invitation of this booker by a tap, and so read what they read.
    async fn declined_before(&self, booker: &str) {
        let did = Did {
            pair: crate::audit::pair_id(MAYA, BEN),
            promised: at("2026-03-03T14:00:00Z").seconds(),
            measure: "answer_booker".to_owned(),
            against: "overlap".to_owned(),
            verb: "answer".to_owned(),
            on: Some(("u-old".to_owned(), at("2026-03-03T14:00:00Z").seconds())),
            booker: Some(booker.to_owned()),
            by_owner: true,
        };
        let fact = [did.fact(MAYA, now().plus_days(-20))];
        self.store
            .append(&self.org, &did_for(MAYA), Expected::Any, &fact, &[])
            .await
            .unwrap();
    }

    async fn bounds(&self, bounds: Bounds) {
        let maya = viewer(&self.org, MAYA);
        choose_bounds(&self.store, &maya, now(), About::Mine, Some(&bounds))
            .await
            .unwrap();
    }

    /// All that went into Maya's outbox by itself.
    async fn by_itself(&self) -> Vec<(Intent, Edit)> {
        let all = self.store.intents_of(&self.org, MAYA, 9).await.unwrap();
        let of_itself = all.into_iter().filter(|intent| !intent.by_hand);
        let read = |intent: Intent| {
            let action: Action = serde_json::from_slice(&intent.about).unwrap();
            (intent, action.edit)
        };
        of_itself.map(read).collect()
    }
}

/// Bounds within which an emergency of a customer is nothing that may take the time.
fn no_emergency() -> Bounds {
    Bounds {
        may_win: vec![Winner::Incident, Winner::Boss],
        ..Bounds::default()
    }
}

#[test]
fn an_invitation_of_who_has_joined_is_declined_and_of_who_has_not_it_is_not() {
    for joined in [true, false] {
        with_bench(|bench| async move {
            // Cara is in no 1:1 of Maya's; people outside are in it, so what it is is known.
            let other = over("SUMMARY:Acme\r\n", CARA, &[CARA, MAYA, CLIENT]);
            let joined: &[&str] = if joined { &[CARA] } else { &[] };
            bench.defended(&other, joined).await;
            bench.declined_before(CARA).await;
            bench.bounds(no_emergency()).await;
            bench.defends(now()).await;
            let done = bench.by_itself().await;
            assert_eq!(done.len(), joined.len(), "{done:?}");
            for (_, edit) in &done {
                let Edit::Answer(answer) = edit else {
                    panic!("{edit:?}");
                };
                assert_eq!(answer.reply, Reply::Declined);
            }
        });
    }
}

#[test]
fn what_may_be_an_emergency_of_a_customer_is_proposed_and_not_done() {
    with_bench(|bench| async move {
        let other = over("SUMMARY:Acme\r\n", CARA, &[CARA, MAYA, CLIENT]);
        bench.defended(&other, &[CARA]).await;
        bench.declined_before(CARA).await;
        bench.defends(now()).await;
        assert!(bench.by_itself().await.is_empty());
        let proposed = bench.outlook(MAYA).await.proposals.remove(0);
        assert_eq!(measures(&proposed)[0], Measure::AnswerBooker);
        bench.bounds(no_emergency()).await;
        bench.defends(now()).await;
        assert_eq!(bench.by_itself().await.len(), 1);
    });
}

#[test]
fn what_its_owner_calls_a_status_meeting_may_be_an_emergency_of_those_outside_in_it() {
    for (guests, done) in [(&[CARA, MAYA, CLIENT][..], 0), (&[CARA, MAYA, ANA], 1)] {
        with_bench(|bench| async move {
            let other = over("SUMMARY:Acme\r\n", CARA, guests);
            bench.defended(&other, &[CARA]).await;
            bench.declined_before(CARA).await;
            let maya = viewer(&bench.org, MAYA);
            let ahead = bench.ahead(&maya, now()).await;
            let said = ("u-over", Some(Class::Status));
            say_class(&bench.store, &maya, &ahead, now(), said)
                .await
                .unwrap();
            bench.defends(now()).await;
            assert_eq!(bench.by_itself().await.len(), done);
        });
    }
}

#[test]
fn a_meeting_of_ones_own_does_not_move_by_itself_where_the_calendar_would_tell_who_was_not_asked() {
    for more in [
        "ATTENDEE;ROLE=NON-PARTICIPANT:mailto:petra@example.com\r\n",
        "ATTENDEE;CUTYPE=GROUP:mailto:all@example.com\r\n",
    ] {
        with_bench(|bench| async move {
            bench.with_a_status_meeting_and(more).await;
            bench.defends(now()).await;
            assert!(bench.by_itself().await.is_empty(), "{more}");
        });
    }
}

#[test]
fn what_its_organiser_calls_most_pressing_takes_the_time_where_the_owner_lets_it() {
    for (rest, may, done) in [
        (
            "SUMMARY:Acme\r\nPRIORITY:1\r\n",
            vec![Winner::CustomerEmergency],
            0,
        ),
        (
            "SUMMARY:Urgent: Acme\r\n",
            vec![Winner::CustomerEmergency],
            0,
        ),
        ("SUMMARY:Acme\r\nPRIORITY:1\r\n", vec![Winner::Incident], 1),
        ("SUMMARY:Acme\r\n", vec![Winner::Incident], 1),
    ] {
        with_bench(|bench| async move {
            let other = over(rest, CARA, &[CARA, MAYA, CLIENT]);
            bench.defended(&other, &[CARA]).await;
            bench.declined_before(CARA).await;
            bench
                .bounds(Bounds {
                    may_win: may,
                    ..Bounds::default()
                })
                .await;
            bench.defends(now()).await;
            assert_eq!(bench.by_itself().await.len(), done, "{rest}");
        });
    }
}

#[test]
fn what_it_moved_itself_it_does_not_put_back() {
    for by_us in [true, false] {
        with_bench(|bench| async move {
            let to = at("2026-04-01T09:00:00Z");
            let moved = event(
                "u-ben",
                "20260401T090000Z",
                "SUMMARY:1:1 Maya / Ben\r\nRECURRENCE-ID:20260331T140000Z\r\nSEQUENCE:1\r\n",
                MAYA,
                &[MAYA, BEN],
            );
            let status = over("SUMMARY:Status\r\n", MAYA, &[MAYA, PETRA]);
            bench.defended(&status, &[PETRA]).await;
            let acted = facts::Acted {
                uid: "u-ben".to_owned(),
                occurrence: Some(at("2026-03-31T14:00:00Z").seconds()),
                to: Some((to.seconds(), to.plus_minutes(30).seconds())),
                within: (now().seconds() + 60, now().seconds() + 62),
                by: "program".to_owned(),
            };
            let fact = facts::said(facts::ACTED, &acted, MAYA, now());
            let stream = facts::acts_on(MAYA);
            if by_us {
                bench
                    .store
                    .append(&bench.org, &stream, Expected::Any, &[fact], &[])
                    .await
                    .unwrap();
            }
            // What lay over it is gone by now, and its old time is free.
            let later = now().plus_minutes(5);
            let one = one_on_one("");
            let text = format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{one}{moved}END:VCALENDAR\r\n");
            for person in [MAYA, BEN] {
                let put = vec![("0.ics".to_owned(), text.clone())];
                bench.news(person, later, put, Vec::new()).await;
            }
            bench
                .news(MAYA, later, Vec::new(), vec!["1.ics".to_owned()])
                .await;
            bench.defends(later).await;
            let done = bench.by_itself().await;
            assert!(done.is_empty(), "{done:?}");
            // A move by anybody else is told.
            let maya = viewer(&bench.org, MAYA);
            let ahead = bench.ahead(&maya, later).await;
            let seen = outlook(&bench.store, &maya, &ahead, later).await.unwrap();
            let told: &[&str] = if by_us { &[] } else { &["moved"] };
            assert_eq!(kinds(&seen), told);
        });
    }
}

#[test]
fn a_titled_meeting_is_acted_on_once_its_owner_says_what_it_is() {
    with_bench(|bench| async move {
        bench.with_a_status_meeting().await;
        bench.defends(now()).await;
        assert!(bench.by_itself().await.is_empty(), "a title is a guess");
        let over = bench
            .outlook(MAYA)
            .await
            .proposals
            .remove(0)
            .over_it
            .unwrap();
        assert_eq!(
            (over.class, over.is_said, over.is_sure),
            (Class::Status, false, false)
        );

        let says = async |person: &str, uid: &str, class| {
            let person = viewer(&bench.org, person);
            let ahead = bench.ahead(&person, now()).await;
            say_class(&bench.store, &person, &ahead, now(), (uid, class))
                .await
                .is_ok()
        };
        assert!(
            !says(MAYA, "u-ben", Some(Class::Status)).await,
            "a 1:1 is one"
        );
        assert!(
            !says(PETRA, "u-over", Some(Class::Status)).await,
            "it is not hers"
        );
        assert!(!says(MAYA, "u-over", Some(Class::Holiday)).await);
        // What is said to be one of leaders is not moved, and what is said to be a status meeting is.
        for (class, done) in [(Class::Leadership, 0), (Class::Status, 1)] {
            assert!(says(MAYA, "u-over", Some(class)).await);
            bench.defends(now()).await;
            assert_eq!(bench.by_itself().await.len(), done, "{class:?}");
        }
        let Edit::Move { to, .. } = bench.by_itself().await.remove(0).1 else {
            panic!("it moves");
        };
        assert!(
            to.start > at("2026-03-30T10:00:00Z"),
            "not within the freeze"
        );
        let over = bench
            .outlook(MAYA)
            .await
            .proposals
            .remove(0)
            .over_it
            .unwrap();
        assert_eq!(
            (over.class, over.is_said, over.is_sure),
            (Class::Status, true, true)
        );
        assert!(says(MAYA, "u-over", None).await, "it is taken back");
        let over = bench
            .outlook(MAYA)
            .await
            .proposals
            .remove(0)
            .over_it
            .unwrap();
        assert!(!over.is_said);
    });
}

#[test]
fn what_was_read_at_the_click_goes_out_by_itself_and_what_was_not_does_not() {
    use crate::server::guard::policies::preview;
    with_bench(|bench| async move {
        bench.lost().await;
        bench.chooses(Level::Defend).await;
        bench.defends(now()).await;
        assert!(bench.standing(BEN).await.is_none(), "nothing was read");
        let read = async |person: &str, pair: &str| {
            let person = viewer(&bench.org, person);
            let kept = crate::server::ledger::kept(&bench.store, &person, "test", now());
            let kept = kept.await.unwrap();
            preview(&bench.store, &person, now(), (&kept, Some(pair)))
                .await
                .unwrap();
        };
        let pair = crate::audit::pair_id(MAYA, BEN);
        read(BEN, &pair).await;
        bench.defends(now()).await;
        assert!(bench.standing(BEN).await.is_none(), "Maya has not read it");
        read(MAYA, &pair).await;
        bench.defends(now()).await;
        let offer = bench.standing(BEN).await.unwrap().about.offer.unwrap();
        assert!(!offer.by_owner);
    });
}

#[test]
fn what_it_would_have_done_is_told_once_and_why_it_did_not() {
    use crate::server::log::noted::{Happened, happened};
    let told = async |bench: &Bench| {
        let noted = happened(&bench.store, &viewer(&bench.org, MAYA))
            .await
            .unwrap();
        let held = noted.into_iter().filter_map(|(_, one)| match one {
            Happened::HeldBack { text, .. } => Some(text),
            _ => None,
        });
        held.collect::<Vec<String>>()
    };
    with_bench(|bench| async move {
        bench.with_a_status_meeting().await;
        for _ in 0..3 {
            bench.defends(now()).await;
        }
        let lines = told(&bench).await;
        let [line] = lines.as_slice() else {
            panic!("once: {lines:?}");
        };
        assert!(
            line.starts_with("Not done: A meeting of yours moves, because"),
            "{line}"
        );
        assert!(
            line.ends_with("what sort of meeting it is, is a guess."),
            "{line}"
        );
        assert!(!line.contains("Status"), "{line}");
        let proposed = bench.outlook(MAYA).await.proposals.remove(0);
        assert_eq!(
            proposed.held_back.as_deref(),
            Some("what sort of meeting it is, is a guess")
        );
        bench.chooses(Level::Advise).await;
        let proposed = bench.outlook(MAYA).await.proposals.remove(0);
        assert_eq!(proposed.held_back, None, "it is not to do anything");
    });
    with_bench(|bench| async move {
        bench.lost().await;
        bench.chooses(Level::Advise).await;
        bench.defends(now()).await;
        assert!(told(&bench).await.is_empty(), "it only advises");
        bench.chooses(Level::Defend).await;
        bench
            .bounds(Bounds {
                dry_run: true,
                ..Bounds::default()
            })
            .await;
        bench.defends(now()).await;
        bench.defends(now()).await;
        let lines = told(&bench).await;
        assert_eq!(lines.len(), 1, "{lines:?}");
        assert!(lines[0].ends_with("this is a dry run."), "{lines:?}");
        assert!(bench.by_itself().await.is_empty());
    });
}
