//! An invitation over a 1:1 is declined, and another time for it is proposed by mail: on a calendar that tells nobody the answer
//! and the proposal are one mail; where the calendar server told the answer the proposal comes beside it. Petra is at Cyrus.

use crate::begun::done;
use crate::bench::{Bench, Engine, access, moment, run};
use crate::dav::{Person, object};
use crate::guarded::{MAYA, answer_of, has, meeting, outlook, slots, tap};
use crate::imip::{World, server, world};
use crate::mailed::mailing;
use steadfast_app::server::acting::{Action, Basis};
use steadfast_app::server::guard::Measure;
use steadfast_app::server::imip::{self, Adds, Heard, Step};
use steadfast_app::server::ledger;
use steadfast_calendar::edit::{Answer, Edit};
use steadfast_calendar::{Event, Instant, PartStat, Slot, says};
use steadfast_store::IntentState;
use steadfast_testkit::servers::{Mailbox, Office, Way, parts_of};

const PETRA: &str = "petra@example.org";

/// Tuesday, over the 1:1.
const SLOT: [&str; 2] = ["20260113T133000", "20260113T150000"];

fn now() -> Instant {
    moment("2026-01-12T08:00:00Z")
}

fn briefing() -> String {
    let title = "Executive briefing";
    object(&[meeting("briefing", now(), SLOT, title, "", [PETRA, MAYA])])
}

fn stands() -> Slot {
    let [start, end] = ["2026-01-13T12:30:00Z", "2026-01-13T14:00:00Z"].map(moment);
    Slot::new(start, end)
}

fn answered(petra: &Person<'_>) -> Option<PartStat> {
    answer_of(&has(petra, "briefing", |_| true)[0], MAYA)
}

fn is(answer: PartStat) -> impl Fn(&[Event]) -> bool {
    move |all| answer_of(&all[0], MAYA) == Some(answer)
}

/// The times that were named with the answer that was done last.
async fn instead(world: &World) -> Vec<Slot> {
    match world.done().await.edit {
        Edit::Answer(answer) => answer.instead,
        other => panic!("{other:?}"),
    }
}

/// What lies over the 1:1 is declined, as the guard proposes; what its server said of that.
async fn declines(world: &World) -> IntentState {
    let proposals = outlook(&world.bench, MAYA).await.proposals;
    let proposed = proposals.iter().find(|one| one.kind == "overlap").unwrap();
    tap(&world.bench, proposed, Measure::AnswerBooker, None).await
}

/// The mail as somebody else reads it: the best of the times for that meeting, from Maya by us.
fn proposes(mail: &str, best: Slot) {
    let parts = parts_of(mail);
    let said = |line: &str| parts[0].said.iter().any(|one| one == line);
    let utc = |at: Instant| {
        at.timestamp()
            .strftime("%Y-%m-%dT%H:%M:%S+00:00")
            .to_string()
    };
    for line in [
        "UID=briefing",
        &format!("DTSTART={}", utc(best.start)),
        &format!("DTEND={}", utc(best.end)),
        "SUMMARY=Executive briefing",
    ] {
        assert!(said(line), "{line} in {parts:?}");
    }
    // As the invitation has them on her calendar: SOGo names the organiser, and no longer asks.
    let [organiser, asks] = if said("ORGANIZER;CN=petra=mailto:petra@example.org") {
        [";CN=petra", ""]
    } else {
        ["", "RSVP=TRUE;"]
    };
    for line in [
        format!("ORGANIZER{organiser}=mailto:petra@example.org"),
        format!(
            "ATTENDEE;PARTSTAT=DECLINED;{asks}SENT-BY=mailto:steadfast@example.org=mailto:maya@example.org"
        ),
    ] {
        assert!(said(&line), "{line} in {parts:?}");
    }
    assert!(!mail.contains("1:1 Maya"), "{mail}");
}

#[test]
fn a_decline_with_another_time_reaches_the_organiser_as_one_mail() {
    let office = Office::cyrus(&["petra"]);
    server(&office).takes_invitations("petra");
    let petra = Person {
        office: &office,
        name: "petra",
    };
    run(async {
        let world = world(moment("2026-01-05T07:00:00Z")).await;
        petra.put("briefing.ics", &briefing());
        // Maya's own program entered the invitation that came to her by mail.
        world.put("briefing.ics", &briefing());
        world.bench.good_rounds(now()).await;
        assert_eq!(declines(&world).await, IntentState::Done);
        assert_eq!(answered(&petra), Some(PartStat::NeedsAction));
        let (declined, times) = (world.last().await, instead(&world).await);
        assert_eq!(times.len(), 3);
        let mail = world.tells(PETRA, "COUNTER").await;
        let subject = "Subject: Declined, another time proposed: Executive briefing";
        assert!(mail.contains(subject), "{mail}");
        proposes(&mail, times[0]);
        server(&office).deliver("petra", &mail);
        // Cyrus 3.6 knows no proposals: it moves nothing and notes nothing, and the mail is there to be read.
        assert_eq!(answered(&petra), Some(PartStat::NeedsAction));
        assert_eq!(slots(&petra, "briefing"), [stands()]);

        // It cannot be called back; that it is not meant any more is an answer, which every server knows.
        assert_eq!(world.takes_back(&declined).await, IntentState::Done);
        let mail = world.tells(PETRA, "REPLY").await;
        let subject = "Subject: Answer taken back: Executive briefing";
        assert!(mail.contains(subject), "{mail}");
        server(&office).deliver("petra", &mail);
        assert_eq!(answered(&petra), Some(PartStat::NeedsAction));
    });
}

#[test]
fn a_decline_without_another_time_is_an_answer_and_the_organisers_server_notes_it() {
    let office = Office::cyrus(&["petra"]);
    server(&office).takes_invitations("petra");
    let petra = Person {
        office: &office,
        name: "petra",
    };
    run(async {
        let world = world(moment("2026-01-05T07:00:00Z")).await;
        petra.put("briefing.ics", &briefing());
        world.put("briefing.ics", &briefing());
        world.bench.good_rounds(now()).await;
        assert_eq!(declines(&world).await, IntentState::Done);
        let (name, done) = (world.last().await, world.done().await);
        world.put("briefing.ics", &briefing());
        let Edit::Answer(answer) = &done.edit else {
            panic!("{done:?}");
        };
        let plain = Action {
            edit: Edit::Answer(Answer {
                instead: Vec::new(),
                ..answer.clone()
            }),
            ..done.clone()
        };
        world.does(&format!("{name}/2"), plain).await;
        let mail = world.tells(PETRA, "REPLY").await;
        server(&office).deliver("petra", &mail);
        assert_eq!(answered(&petra), Some(PartStat::Declined));
        // Taken back, and declined once more in other words: of the first ones nothing is said again.
        assert_eq!(
            world.takes_back(&format!("{name}/2")).await,
            IntentState::Done
        );
        let mail = world.tells(PETRA, "REPLY").await;
        assert!(!mail.contains("COMMENT"), "{mail}");
        server(&office).deliver("petra", &mail);
        assert_eq!(answered(&petra), Some(PartStat::NeedsAction));
        let done = world.done().await;
        let text = world.get(&done.place);
        let again = Action {
            basis: Basis::Says(says(text.as_bytes())),
            edit: Edit::Answer(Answer {
                comment: Some("I cannot.".to_owned()),
                instead: Vec::new(),
                ..answer.clone()
            }),
            ..done
        };
        world.does(&format!("{name}/3"), again).await;
        let mail = world.tells(PETRA, "REPLY").await;
        server(&office).deliver("petra", &mail);
        assert_eq!(answered(&petra), Some(PartStat::Declined));
    });
}

#[test]
fn where_the_calendar_server_told_the_answer_another_time_is_proposed_beside_it() {
    let office = Office::cyrus(&["maya", "petra"]);
    server(&office).takes_invitations("petra");
    another_time_is_proposed_beside_it(&office);
}

/// SOGo tells the answer, hands no words on, and does not say who was told: the other times reach the organiser by the mail alone.
#[test]
fn where_no_words_are_handed_on_the_other_times_reach_the_organiser_by_mail_on_sogo() {
    another_time_is_proposed_beside_it(&Office::sogo(&["maya", "petra"]));
}

fn another_time_is_proposed_beside_it(office: &Office) {
    let [maya, petra] = ["maya", "petra"].map(|name| Person { office, name });
    let by_mail = matches!(office, Office::Cyrus(_)).then(|| server(office));
    let deliver = |mail: &str| {
        if let Some(cyrus) = by_mail {
            cyrus.deliver("petra", mail);
        }
    };
    run(async {
        let begin = moment("2026-01-05T07:00:00Z");
        let mailbox = Mailbox::start(Way::Plain, None);
        let world = World {
            mailing: mailing(mailbox.port),
            radicale: None,
            mailbox,
            bench: Bench::new(Engine::Sqlite, begin).await,
        };
        let bench = &world.bench;
        let slot = ["20260106T140000", "20260106T143000"];
        let (ana, rest) = ("ana@example.org", "RRULE:FREQ=WEEKLY\r\n");
        let weekly = meeting("weekly", begin, slot, "1:1 Maya / Ana", rest, [MAYA, ana]);
        maya.put("weekly.ics", &object(&[weekly]));
        let way = access(&maya.url(), Some("maya"));
        bench.connect(MAYA, &way).await;
        let viewer = bench.viewer(MAYA).await;
        ledger::declare(&bench.store, &viewer, begin, &[ana.to_owned()], None)
            .await
            .unwrap();
        bench.good_rounds(moment("2026-01-05T08:00:00Z")).await;
        petra.put("briefing.ics", &briefing());
        has(&maya, "briefing", |_| true);
        bench.good_rounds(now()).await;
        assert_eq!(declines(&world).await, done(office));
        has(&petra, "briefing", is(PartStat::Declined));

        let (deed, times) = (world.last().await, instead(&world).await);
        let sender = Some(world.mailing.office.from.as_str());
        let shown = imip::preview(&bench.store, &viewer, &deed, sender, bench.instant()).await;
        // Where nothing says that the answer was told, it goes with the times.
        let adds = |told| {
            if office.says_who_was_told() {
                told
            } else {
                Adds::Deed
            }
        };
        assert_eq!(shown.unwrap().adds, adds(Adds::Proposal));
        let mail = world.tells(PETRA, "COUNTER").await;
        proposes(&mail, times[0]);
        deliver(&mail);
        // The answer that Cyrus told stands, and nothing moved.
        has(&petra, "briefing", is(PartStat::Declined));
        assert_eq!(slots(&petra, "briefing"), [stands()]);

        // Taken back, Cyrus tells the answer; that the time is not meant any more is left to say.
        assert_eq!(world.takes_back(&deed).await, done(office));
        has(&petra, "briefing", is(PartStat::NeedsAction));
        let back = world.last().await;
        let shown = imip::preview(&bench.store, &viewer, &back, sender, bench.instant()).await;
        let shown = shown.unwrap();
        assert_eq!(
            (shown.adds, &shown.whom[0].heard),
            (adds(Adds::Withdrawal), &Heard::NotYet)
        );
        deliver(&world.tells(PETRA, "REPLY").await);
        assert_eq!(answered(&petra), Some(PartStat::NeedsAction));
        assert_eq!(world.step().await, Step::Idle);
    });
}
