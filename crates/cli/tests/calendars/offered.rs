//! A lost 1:1 is made good by a time that its report picks, on Cyrus and on SOGo: they are told of the times by mail, as somebody
//! else's calendar program reads it; what they pick stands on both calendars; and who could not see what the lost one was cannot
//! see what the new one is.

use crate::begun::{done, of_ours};
use crate::bench::{Bench, moment, run};
use crate::dav::Person;
use crate::guarded::{BEN, MAYA, act, ahead, answer_of, has, nothing_is_due, outlook, slots, tap};
use crate::imip::server;
use crate::mailed::{mailing, step};
use crate::tuesdays::tuesdays;
use steadfast_app::server::guard::{self, Measure};
use steadfast_app::server::mail::Step;
use steadfast_calendar::{Instant, PartStat, Slot, Visibility};
use steadfast_store::IntentState;
use steadfast_testkit::servers::{Mailbox, Office, Way, parts_of, words_of};

/// Maya meets Ben on Tuesdays at two, in confidence; that of 13 January is taken off.
async fn lost([maya, ben]: [&Person<'_>; 2]) -> Bench {
    let bench = tuesdays([maya, ben], "CLASS:CONFIDENTIAL\r\n").await;
    let path = maya.find("weekly").unwrap();
    let without = maya.get(&path).replace(
        "RRULE:FREQ=WEEKLY\r\n",
        "EXDATE;TZID=Europe/Berlin:20260113T140000\r\nRRULE:FREQ=WEEKLY\r\n",
    );
    maya.put_at(&path, &without);
    bench.good_rounds(moment("2026-01-12T08:00:00Z")).await;
    bench
}

/// The mail as others read it: the words whole, and beside them the times, each free and tentative, by whoever sent the mail.
fn tells(mail: &str, times: &[Slot]) {
    let words = words_of(mail);
    for said in [
        "offers you other times",
        "You need not pick any",
        "Pick one, or none:",
        "-- ",
    ] {
        assert!(words.contains(said), "{said} in {words}");
    }
    let parts = parts_of(mail);
    let [part] = parts.as_slice() else {
        panic!("{parts:?}");
    };
    assert_eq!(
        (part.method.as_str(), part.file.as_str()),
        ("PUBLISH", "times.ics")
    );
    let utc = |at: Instant| {
        at.timestamp()
            .strftime("%Y-%m-%dT%H:%M:%S+00:00")
            .to_string()
    };
    let count = |line: &str| part.said.iter().filter(|one| *one == line).count();
    for slot in times {
        assert_eq!(
            count(&format!("DTSTART={}", utc(slot.start))),
            1,
            "{part:?}"
        );
        assert_eq!(count(&format!("DTEND={}", utc(slot.end))), 1, "{part:?}");
    }
    for each in [
        "STATUS=TENTATIVE",
        "TRANSP=TRANSPARENT",
        "CLASS=PRIVATE",
        "ORGANIZER;CN=Steadfast=mailto:steadfast@example.org",
    ] {
        assert_eq!(count(each), times.len(), "{each} in {part:?}");
    }
    assert_eq!(count("METHOD=PUBLISH"), 1);
    let asks = |line: &String| line.starts_with("ATTENDEE");
    assert!(!part.said.iter().any(asks), "{part:?}");
}

fn a_time_that_is_picked_stands_on_both_calendars(office: &Office) {
    let [maya, ben] = ["maya", "ben"].map(|name| Person { office, name });
    if matches!(office, Office::Cyrus(_)) {
        server(office).takes_invitations("ben");
    }
    let mailbox = Mailbox::start(Way::Plain, None);
    run(async {
        let bench = lost([&maya, &ben]).await;
        let proposals = outlook(&bench, MAYA).await.proposals;
        let [proposed] = proposals.as_slice() else {
            panic!("{proposals:?}");
        };
        // The best of them is held meanwhile, which is nobody else's business.
        let held = tap(&bench, proposed, Measure::MakeGood, None).await;
        assert_eq!(held, IntentState::Done);
        let offered = outlook(&bench, BEN).await.between.remove(0);
        let times = offered.about.offer.unwrap().slots;
        let mailing = mailing(mailbox.port);
        bench.judged().await;
        assert_eq!(step(&bench, &mailing).await, Step::Sent);
        let mails = mailbox.mails();
        let [mail] = mails.as_slice() else {
            panic!("{mails:?}");
        };
        let (receiver, mail) = mail.split_once("\r\n").unwrap();
        assert_eq!(receiver, format!("X-Rcpt-To: {BEN}"));
        tells(mail, &times);
        let before = [ben.everything(), maya.everything()];
        if matches!(office, Office::Cyrus(_)) {
            // A server that enters what comes by mail books nothing by it.
            server(office).deliver("ben", mail);
        }
        assert_eq!([ben.everything(), maya.everything()], before);

        let viewer = bench.viewer(BEN).await;
        let his = ahead(&bench, &viewer).await;
        let about = (offered.pair.as_str(), offered.promised);
        let (picked, now) = (times[1], bench.instant());
        guard::pick(&bench.store, &viewer, &his, now, about, Some(picked.start))
            .await
            .unwrap();
        bench.judged().await;
        assert_eq!(act(&bench).await, done(office));
        let uid = of_ours(&maya, "steadfast-guard-").unwrap();
        let (on_his, on_hers) = (has(&ben, &uid, |_| true), has(&maya, &uid, |_| true));
        for (person, events) in [(&ben, &on_his), (&maya, &on_hers)] {
            assert_eq!(slots(person, &uid), [picked], "{}", person.name);
            assert_eq!(
                events[0].visibility,
                Visibility::Confidential,
                "{}",
                person.name
            );
            assert!(events[0].sequence <= 1, "{events:?}");
        }
        // He picked it, and she says so; a server that asks whoever is invited, whatever the organiser says, has him asked.
        let asks_anew = matches!(office, Office::Cyrus(_));
        let answers = [&on_his, &on_hers].map(|events| answer_of(&events[0], BEN));
        let asked = if asks_anew {
            PartStat::NeedsAction
        } else {
            PartStat::Accepted
        };
        assert_eq!(answers, [Some(asked), Some(PartStat::Accepted)]);
        bench.good_rounds(moment("2026-01-12T09:00:00Z")).await;
        bench.judged().await;
        // What was held goes, nothing is owed, and both see that it stands.
        assert_eq!(act(&bench).await, IntentState::Done);
        if asks_anew {
            // There his own calendar answers, once, and hers has it from him.
            assert_eq!(act(&bench).await, IntentState::Done);
        }
        for person in [&ben, &maya] {
            let events = has(person, &uid, |events| {
                answer_of(&events[0], BEN) == Some(PartStat::Accepted)
            });
            assert!(events[0].sequence <= 1, "{events:?}");
        }
        bench.good_rounds(moment("2026-01-12T10:00:00Z")).await;
        bench.judged().await;
        assert!(nothing_is_due(&bench).await);
        let left = outlook(&bench, MAYA).await.proposals;
        assert!(left.is_empty(), "{left:?}");
        for person in [MAYA, BEN] {
            let between = outlook(&bench, person).await.between;
            assert!(between[0].stands, "{person}: {between:?}");
        }
    });
}

#[test]
fn a_time_that_is_picked_stands_on_both_calendars_on_cyrus() {
    a_time_that_is_picked_stands_on_both_calendars(&Office::cyrus(&["maya", "ben"]));
}

#[test]
fn a_time_that_is_picked_stands_on_both_calendars_on_sogo() {
    a_time_that_is_picked_stands_on_both_calendars(&Office::sogo(&["maya", "ben"]));
}
