//! Cyrus and SOGo, each with two ordinary users: intents from the store to both calendars, and back.

use crate::bench::{BEN, Bench, MAYA, Net, at, booked, half_hour, moved, run, weekly};
use std::sync::atomic::Ordering;
use steadfast_app::server::acting::{Action, Basis, Step, came_of};
use steadfast_calendar::edit::Edit;
use steadfast_calendar::{Event, PartStat, Reader};
use steadfast_store::{IntentState, Intents as _, Micros, NewIntent};
use steadfast_testkit::servers::Office;

/// How often a calendar is looked at for what the server does by itself; each time is a few requests.
const LOOKS: usize = 500;

fn get(office: &Office, who: &str, place: &str) -> Option<String> {
    let reply = office.request("GET", place, who, &["Accept-Encoding: identity"], "");
    let (_, text) = reply.text.split_once("\r\n\r\n")?;
    (reply.status == 200).then(|| text.to_owned())
}

/// What Ben has of a UID, as soon as it is as wanted.
fn bens(office: &Office, uid: &str, wanted: impl Fn(&[Event]) -> bool) -> Vec<Event> {
    let home = &office.calendar("ben");
    for _ in 0..LOOKS {
        let listed = office.request("PROPFIND", home, "ben", &["Depth: 1"], "");
        let hrefs = listed.text.split("href>");
        let hrefs = hrefs.map(|part| part.split('<').next().unwrap_or_default());
        let found = hrefs
            .filter(|href| href.ends_with(".ics"))
            .filter_map(|href| get(office, "ben", href))
            .map(|text| Reader::read(text.as_bytes()).events)
            .find(|all| all.iter().any(|event| *event.uid == *uid));
        if let Some(found) = found
            && wanted(&found)
        {
            return found;
        }
        std::thread::yield_now();
    }
    panic!("{uid}: not as wanted");
}

#[test]
fn a_lost_one_on_one_is_moved_and_one_is_booked_and_both_calendars_hold_them_on_cyrus() {
    both_calendars_hold_them(&Office::cyrus(&["maya", "ben"]));
}

#[test]
fn a_lost_one_on_one_is_moved_and_one_is_booked_and_both_calendars_hold_them_on_sogo() {
    both_calendars_hold_them(&Office::sogo(&["maya", "ben"]));
}

fn both_calendars_hold_them(office: &Office) {
    let home = office.calendar("maya");
    let place = format!("{home}weekly.ics");
    let put = office.request(
        "PUT",
        &place,
        "maya",
        &["Content-Type: text/calendar"],
        &weekly("weekly"),
    );
    assert_eq!(put.status, 201, "{}", put.text);
    bens(office, "weekly", |_| true);
    let text = get(office, "maya", &place).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let address = format!("sqlite:{}", folder.path().join("store.db").display());
    run(async {
        let calendar = format!("http://127.0.0.1:{}{home}", office.port());
        let bench = Bench::new(&address, &calendar).await;
        let net = Net(Box::new(|_| ()));
        let new = format!("{home}good-1.ics");
        let intents = [
            Bench::intent("move", &place, Some(&text), moved()),
            Bench::intent("book", &new, None, booked("good-1")),
        ];
        bench.write(&intents).await;
        // Of a server that does not say who was told nothing is claimed.
        let says = office.says_who_was_told();
        let sent = Step::Ended(if says {
            IntentState::Done
        } else {
            IntentState::NotDelivered
        });
        assert_eq!(
            [bench.step(&net).await, bench.step(&net).await],
            [sent, sent]
        );
        for name in ["move", "book"] {
            let came = came_of(&bench.known(name).await).unwrap();
            let heard = if says { came.told } else { came.untold };
            assert_eq!(heard, [BEN], "{name}");
        }
        let his = bens(office, "weekly", |all| all.len() == 2);
        let over = his
            .iter()
            .find(|event| event.recurrence_id.is_some())
            .unwrap();
        let answer = |event: &Event, who: &str| {
            let mut all = event.attendees.iter().filter(|a| *a.address == *who);
            all.next().map(|a| a.answer)
        };
        assert_eq!(over.sequence, 1 + office.steps());
        assert_eq!(answer(over, BEN), Some(PartStat::NeedsAction));
        let chair = office.keeps_the_organiser().then_some(PartStat::Accepted);
        assert_eq!(answer(over, MAYA), chair);
        // Hers says the same as his.
        let hers = get(office, "maya", &place).unwrap();
        let hers = Reader::read(hers.as_bytes()).events;
        let mut hers = hers.iter().filter(|event| event.recurrence_id.is_some());
        assert_eq!(hers.next().map(|event| event.sequence), Some(over.sequence));
        bens(office, "good-1", |all| all.len() == 1);

        // What was decided on the calendar as it was before is not done any more.
        let stale = Bench::intent("stale", &place, Some(&text), moved_elsewhere());
        bench.write(&[stale]).await;
        assert_eq!(bench.step(&net).await, Step::Ended(IntentState::Changed));

        // Stopped, nothing goes out; then it is taken back from both calendars.
        let now = Micros(bench.now.load(Ordering::SeqCst));
        bench
            .store
            .halt(&bench.org, Some(MAYA), now, MAYA)
            .await
            .unwrap();
        let back = |name: &str| NewIntent {
            undoes: Some("book".to_owned()),
            about: taking_back(&intents[1]),
            ..Bench::intent(name, &new, None, booked("good-1"))
        };
        bench.write(&[back("back-1")]).await;
        assert_eq!(bench.step(&net).await, Step::Ended(IntentState::Stopped));
        assert!(get(office, "maya", &new).is_some());
        bench
            .store
            .resume_writing(&bench.org, Some(MAYA))
            .await
            .unwrap();
        bench.write(&[back("back-2")]).await;
        assert_eq!(bench.step(&net).await, Step::Ended(IntentState::Done));
        assert_eq!(get(office, "maya", &new), None);
        assert_eq!(bench.known("book").await.state, IntentState::Undone);
        bench.store.close().await;
    });
}

fn moved_elsewhere() -> Edit {
    Edit::Move {
        occurrence: at("2026-03-16T09:00:00Z"),
        to: half_hour("2026-03-17T13:00:00Z"),
    }
}

/// What takes the booking back, decided on the calendar in which it stands.
fn taking_back(done: &NewIntent) -> Vec<u8> {
    let done: Action = serde_json::from_slice(&done.about).unwrap();
    let back = Action {
        basis: Basis::After(Box::new(done.edit.clone())),
        edit: Edit::Withdraw {
            uid: "good-1".to_owned(),
        },
        ..done
    };
    serde_json::to_vec(&back).unwrap()
}
