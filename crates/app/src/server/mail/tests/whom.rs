//! Whom mail reaches: those who have joined and want it, and nobody who stopped the guard.

use super::*;
use crate::server::acting::{go_on, stop};
use crate::server::guard::outlook;
use crate::server::guard::policies::{About, Level, choose_level};
use crate::server::held::feed;
use std::collections::BTreeSet;
use steadfast_calendar::{Busy, Reader, Status};
use steadfast_store::{Closes, Facts, Intents, LEAVES, Write};

/// Ben lost the one of Tuesday, and Maya offered him other times.
async fn offered(bench: &Bench) {
    bench.lost().await;
    assert_eq!(bench.offers(Measure::MakeGood).await.unwrap(), 0);
}

#[test]
fn an_offer_reaches_the_report_on_their_clock_and_does_nothing_by_itself() {
    with_bench(|bench| async move {
        offered(&bench).await;
        let (desk, post) = (Desk::at(now()), Script::default());
        // The job stands in the queue since the offer does.
        desk.settle();
        assert_eq!(desk.step(&bench, &post).await, Step::Sent);
        let given = post.given();
        let [mail] = given.as_slice() else {
            panic!("{given:?}");
        };
        assert_eq!(mail.to, BEN);
        assert_eq!(
            mail.subject,
            "Other times for your 1:1 of Tue 31 March, 14:00"
        );
        let text = whole(mail);
        let offer = bench.standing(BEN).await.unwrap().about.offer.unwrap();
        assert_eq!(offer.slots.len(), 3);
        for said in [
            "Maya offers you other times",
            "times in UTC",
            "You need not pick any",
            "#between",
        ] {
            assert!(text.contains(said), "{said} in {text}");
        }
        on_a_calendar(&desk, &bench, mail).await;
        // Maya hears of the answer.
        assert!(bench.pick(BEN, None).await);
        desk.settle();
        assert_eq!(desk.step(&bench, &post).await, Step::Sent);
        let answer = post.given().pop().unwrap();
        assert_eq!((answer.to.as_str(), &answer.calendar), (MAYA, &None));
        assert!(
            answer.text.contains("Ben wants none of the times"),
            "{}",
            answer.text
        );
    });
}

/// What the mail says to Ben's calendar program: the times, which take nothing of his and ask for no answer, and are those of
/// the feed that he may have subscribed to.
async fn on_a_calendar(desk: &Desk, bench: &Bench, mail: &Mail) {
    let calendar = mail.calendar.as_ref().unwrap();
    let text = &calendar.text;
    assert_eq!(calendar.method, "PUBLISH");
    assert_eq!(text.matches("METHOD:PUBLISH\r\n").count(), 1);
    assert!(text.split("\r\n").all(|line| line.len() <= 75), "{text}");
    for not_his in ["ATTENDEE", "RSVP", MAYA, BEN, "1:1 Maya", "#between"] {
        assert!(!text.contains(not_his), "{not_his} in {text}");
    }
    let read = Reader::read(text.as_bytes());
    assert!(read.warnings.is_empty() && read.complete, "{read:?}");
    let offer = bench.standing(BEN).await.unwrap().about.offer.unwrap();
    let starts: Vec<Instant> = offer.slots.iter().map(|slot| slot.start).collect();
    let utc = jiff::tz::TimeZone::UTC;
    let told: Vec<Instant> = read
        .events
        .iter()
        .map(|one| one.start.instant(&utc))
        .collect();
    assert_eq!(told, starts);
    for event in &read.events {
        let by = event.organizer.as_ref().map(|one| &*one.address);
        assert_eq!(by, Some(desk.office.from.as_str()));
        assert_eq!((event.busy, event.status), (Busy::Free, Status::Tentative));
    }
    let ben = viewer(&bench.org, BEN);
    let ahead = bench.ahead(&ben, now()).await;
    let outlook = outlook(&bench.store, &ben, &ahead, now()).await.unwrap();
    let feed = feed(&desk.keyring, &outlook, &ahead, now()).unwrap();
    let uids = |text: &str| -> Vec<String> {
        let lines = text.split("\r\n").filter(|line| line.starts_with("UID:"));
        lines.map(str::to_owned).collect()
    };
    assert_eq!(uids(text), uids(&feed));
}

#[test]
fn a_reason_is_said_to_be_there_and_stays_on_the_page() {
    with_bench(|bench| async move {
        offered(&bench).await;
        let (maya, standing) = (viewer(&bench.org, MAYA), bench.standing(BEN).await.unwrap());
        let ahead = bench.ahead(&maya, now()).await;
        let about = (standing.pair.as_str(), standing.promised);
        crate::server::guard::give_reason(
            &bench.store,
            &maya,
            &ahead,
            now(),
            about,
            "marker-reason",
        )
        .await
        .unwrap();
        let (desk, post) = (Desk::at(now()), Script::default());
        desk.settle();
        assert_eq!(desk.step(&bench, &post).await, Step::Sent);
        let text = whole(&post.given()[0]);
        assert!(
            text.contains("Maya says why; that stands on your page."),
            "{text}"
        );
        assert!(!text.contains("marker"), "{text}");
    });
}

#[test]
fn nothing_is_offered_by_mail_in_the_name_of_somebody_who_stopped_the_guard() {
    with_bench(|bench| async move {
        offered(&bench).await;
        let maya = viewer(&bench.org, MAYA);
        stop(&bench.store, &maya, now()).await.unwrap();
        let (desk, post) = (Desk::at(now()), Script::default());
        desk.settle();
        assert_eq!(desk.step(&bench, &post).await, Step::Nothing);
        assert!(post.given().is_empty());
        assert!(go_on(&bench.store, &maya).await.unwrap());
        assert!(desk.judged(&bench, BEN).await, "it is to be told again");
        desk.settle();
        assert_eq!(desk.step(&bench, &post).await, Step::Sent);
    });
}

#[test]
fn whoever_has_not_joined_is_mailed_nothing() {
    with_bench(|bench| async move {
        bench.mayas(&one_on_one(""), &[status()]).await;
        let (desk, post) = (Desk::at(now()), Script::default());
        desk.judged(&bench, MAYA).await;
        desk.settle();
        assert_eq!(desk.step(&bench, &post).await, Step::Nothing);
        assert!(post.given().is_empty());
    });
}

#[test]
fn whoever_stopped_the_guard_or_watches_only_is_mailed_nothing() {
    with_bench(|bench| async move {
        bench.joins(MAYA).await;
        bench.mayas(&one_on_one(""), &[status()]).await;
        let (desk, post) = (Desk::at(now()), Script::default());
        let maya = viewer(&bench.org, MAYA);
        desk.judged(&bench, MAYA).await;
        stop(&bench.store, &maya, now()).await.unwrap();
        desk.settle();
        assert_eq!(desk.step(&bench, &post).await, Step::Nothing);
        go_on(&bench.store, &maya).await.unwrap();
        choose_level(&bench.store, &maya, now(), About::Mine, Some(Level::Watch))
            .await
            .unwrap();
        assert!(!desk.judged(&bench, MAYA).await);
        assert!(post.given().is_empty());
    });
}

#[test]
fn mail_and_single_sorts_of_it_can_be_switched_off() {
    with_bench(|bench| async move {
        bench.joins(MAYA).await;
        bench.mayas(&one_on_one(""), &[status()]).await;
        let (desk, post) = (Desk::at(now()), Script::default());
        let maya = viewer(&bench.org, MAYA);
        let none = Wish {
            without: BTreeSet::from([Topic::Threat]),
            ..Wish::default()
        };
        choose(&bench.store, &maya, now(), &none).await.unwrap();
        assert!(!desk.judged(&bench, MAYA).await);
        choose(&bench.store, &maya, now(), &Wish::default())
            .await
            .unwrap();
        assert!(desk.judged(&bench, MAYA).await);
        desk.settle();
        assert_eq!(desk.step(&bench, &post).await, Step::Sent);
        // By the link in it, without signing in; twice is as good as once.
        let off = post.given()[0].off.clone().unwrap();
        let (address, token) = off.split_once("/mail/off/").unwrap();
        assert_eq!(address, "https://steadfast.example.org");
        for _ in 0..2 {
            switch_off(&bench.store, &desk.keyring, &bench.org, now(), token)
                .await
                .unwrap();
        }
        assert!(!chosen(&bench.store, &maya).await.unwrap().wish.on);
        let crooked = token.replace(MAYA, BEN);
        assert!(
            switch_off(&bench.store, &desk.keyring, &bench.org, now(), &crooked)
                .await
                .is_err()
        );
    });
}

#[test]
fn the_report_hears_of_a_reason_where_nothing_is_offered() {
    with_bench(|bench| async move {
        bench.lost().await;
        let maya = viewer(&bench.org, MAYA);
        let ahead = bench.ahead(&maya, now()).await;
        let pair = crate::audit::pair_id(MAYA, BEN);
        let about = (pair.as_str(), at("2026-03-31T14:00:00Z"));
        let give = crate::server::guard::give_reason;
        give(&bench.store, &maya, &ahead, now(), about, "marker-reason")
            .await
            .unwrap();
        let (desk, post) = (Desk::at(now()), Script::default());
        desk.settle();
        assert_eq!(desk.step(&bench, &post).await, Step::Sent);
        let given = post.given();
        let [mail] = given.as_slice() else {
            panic!("{given:?}");
        };
        assert_eq!(mail.to, BEN);
        let text = whole(mail);
        assert!(
            text.contains("Maya says why; that stands on your page."),
            "{text}"
        );
        assert!(!text.contains("marker"), "{text}");
    });
}

#[test]
fn the_report_hears_that_it_has_another_time_whoever_put_it_there() {
    with_bench(|bench| async move {
        bench.lost().await;
        let proposed = bench.proposed().await;
        let crate::server::guard::Deed::MakeGood { slots } = &proposed.ways[0].deed else {
            panic!("{proposed:?}");
        };
        let slot = slots[0];
        let tapped = crate::server::guard::Tapped {
            pair: proposed.pair.clone(),
            promised: proposed.promised.unwrap().start,
            kind: proposed.kind.to_owned(),
            over_it: None,
            mark: proposed.ways[0].mark(),
            way: Measure::MakeGood,
            at: Some(slot.start),
        };
        let maya = viewer(&bench.org, MAYA);
        let ahead = bench.ahead(&maya, now()).await;
        let tap = crate::server::guard::tap;
        assert_eq!(
            tap(&bench.store, &maya, &ahead, now(), &tapped)
                .await
                .unwrap(),
            1
        );
        // Nothing is told before it stands.
        let (desk, post) = (Desk::at(now()), Script::default());
        assert!(!desk.judged(&bench, BEN).await);
        let start = slot
            .start
            .timestamp()
            .strftime("%Y%m%dT%H%M%SZ")
            .to_string();
        let extra = event(
            "u-extra",
            &start,
            "SUMMARY:1:1 Maya / Ben\r\n",
            MAYA,
            &[MAYA, BEN],
        );
        let without = one_on_one("EXDATE:20260331T140000Z\r\n");
        for person in [MAYA, BEN] {
            bench.round(person, now(), &[&without, &extra]).await;
        }
        assert!(desk.judged(&bench, BEN).await);
        desk.settle();
        assert_eq!(desk.step(&bench, &post).await, Step::Sent);
        let given = post.given();
        let [mail] = given.as_slice() else {
            panic!("{given:?}");
        };
        assert_eq!(mail.to, BEN);
        let text = whole(mail);
        assert!(text.contains("Maya put it at"), "{text}");
    });
}

#[test]
fn a_manager_is_mailed_once_that_no_one_on_one_is_to_come() {
    with_bench(|bench| async move {
        bench.joins(MAYA).await;
        let ended = one_on_one("").replace("FREQ=WEEKLY", "FREQ=WEEKLY;UNTIL=20260325T000000Z");
        bench.mayas(&ended, &[]).await;
        let (desk, post) = (Desk::at(now()), Script::default());
        assert!(desk.judged(&bench, MAYA).await);
        desk.settle();
        assert_eq!(desk.step(&bench, &post).await, Step::Sent);
        let mail = post.given().remove(0);
        assert_eq!(
            (mail.to.as_str(), mail.subject.as_str()),
            (MAYA, "No 1:1 with Ben is to come")
        );
        assert!(
            whole(&mail).contains("The series ended, and no 1:1 is to come."),
            "{}",
            whole(&mail)
        );
        assert!(!desk.judged(&bench, MAYA).await, "once");
    });
}

/// Their access ends with this moment.
async fn closes(bench: &Bench, person: &str, at: Instant) {
    let closes = Closes {
        email: person,
        at: Some(micros(at)),
        now: micros(at),
    };
    let write = Write {
        closes: &[closes],
        ..Write::default()
    };
    bench.store.write(&bench.org, write).await.unwrap();
}

#[test]
fn what_waits_for_somebody_whose_access_ended_goes_nowhere() {
    for (by_own_word, by) in [
        (false, Channel::Mail),
        (true, Channel::Mail),
        (false, Channel::Chat),
        (true, Channel::Chat),
    ] {
        with_bench(|bench| async move {
            let (desk, post) = (Desk::at(now()), Script::default());
            super::chat::chats(&bench, &desk, &post).await;
            let maya = viewer(&bench.org, MAYA);
            let wish = Wish {
                by,
                ..Wish::default()
            };
            choose(&bench.store, &maya, now(), &wish).await.unwrap();
            // The trial message.
            post.chatted.lock().unwrap().clear();
            assert!(desk.judged(&bench, MAYA).await);
            if by_own_word {
                let halt = bench
                    .store
                    .halt(&bench.org, Some(MAYA), micros(now()), LEAVES);
                halt.await.unwrap();
            } else {
                closes(&bench, MAYA, now()).await;
            }
            desk.settle();
            assert_eq!(desk.step(&bench, &post).await, Step::Nothing);
            assert!(post.given().is_empty(), "{by:?}");
            assert!(post.chatted.lock().unwrap().is_empty(), "{by:?}");
            assert_eq!(bench.store.next_due(&[MAIL]).await.unwrap(), None);
        });
    }
}

#[test]
fn nothing_is_offered_by_mail_in_the_name_of_somebody_whose_access_ended() {
    with_bench(|bench| async move {
        offered(&bench).await;
        let (desk, post) = (Desk::at(now()), Script::default());
        closes(&bench, MAYA, now()).await;
        desk.settle();
        assert_eq!(desk.step(&bench, &post).await, Step::Nothing);
        assert!(post.given().is_empty(), "{:?}", post.given());
    });
}
