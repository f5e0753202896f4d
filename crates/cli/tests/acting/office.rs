//! Cyrus with two ordinary users: intents from the store to both calendars, and back.

use crate::bench::{BEN, Bench, MAYA, Net, at, booked, half_hour, moved, run, weekly};
use std::sync::atomic::Ordering;
use steadfast_app::server::acting::{Action, Basis, Step, came_of};
use steadfast_calendar::edit::Edit;
use steadfast_calendar::{Event, PartStat, Reader};
use steadfast_store::{IntentState, Intents as _, Micros, NewIntent};
use steadfast_testkit::servers::Cyrus;

/// How often a calendar is looked at for what the server does by itself; each time is a few requests.
const LOOKS: usize = 500;
const HOME: &str = "/dav/calendars/user/maya/Default/";

fn get(server: &Cyrus, who: &str, place: &str) -> Option<String> {
    let reply = server.request("GET", place, who, &["Accept-Encoding: identity"], "");
    let (_, text) = reply.text.split_once("\r\n\r\n")?;
    (reply.status == 200).then(|| text.to_owned())
}

/// What Ben has of a UID, as soon as it is as wanted.
fn bens(server: &Cyrus, uid: &str, wanted: impl Fn(&[Event]) -> bool) -> Vec<Event> {
    let home = "/dav/calendars/user/ben/Default/";
    for _ in 0..LOOKS {
        let listed = server.request("PROPFIND", home, "ben", &["Depth: 1"], "");
        let hrefs = listed.text.split("href>");
        let hrefs = hrefs.map(|part| part.split('<').next().unwrap_or_default());
        let found = hrefs
            .filter(|href| href.ends_with(".ics"))
            .filter_map(|href| get(server, "ben", href))
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
fn a_lost_one_on_one_is_moved_and_one_is_booked_and_both_calendars_hold_them() {
    let server = Cyrus::start(&["maya", "ben"]);
    let place = format!("{HOME}weekly.ics");
    let put = server.request(
        "PUT",
        &place,
        "maya",
        &["Content-Type: text/calendar"],
        &weekly("weekly"),
    );
    assert_eq!(put.status, 201, "{}", put.text);
    bens(&server, "weekly", |_| true);
    let text = get(&server, "maya", &place).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let address = format!("sqlite:{}", folder.path().join("store.db").display());
    run(async {
        let calendar = format!("http://127.0.0.1:{}{HOME}", server.port);
        let bench = Bench::new(&address, &calendar).await;
        let net = Net(Box::new(|_| ()));
        let new = format!("{HOME}good-1.ics");
        let intents = [
            Bench::intent("move", &place, Some(&text), moved()),
            Bench::intent("book", &new, None, booked("good-1")),
        ];
        bench.write(&intents).await;
        let done = Step::Ended(IntentState::Done);
        assert_eq!(
            [bench.step(&net).await, bench.step(&net).await],
            [done, done]
        );
        for name in ["move", "book"] {
            let known = bench.known(name).await;
            assert_eq!(came_of(&known).unwrap().told, [BEN], "{name}");
        }
        let his = bens(&server, "weekly", |all| all.len() == 2);
        let over = his
            .iter()
            .find(|event| event.recurrence_id.is_some())
            .unwrap();
        let answer = |event: &Event, who: &str| {
            let mut all = event.attendees.iter().filter(|a| *a.address == *who);
            all.next().map(|a| a.answer)
        };
        assert_eq!(over.sequence, 2);
        assert_eq!(answer(over, BEN), Some(PartStat::NeedsAction));
        assert_eq!(answer(over, MAYA), Some(PartStat::Accepted));
        bens(&server, "good-1", |all| all.len() == 1);

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
        assert!(get(&server, "maya", &new).is_some());
        bench
            .store
            .resume_writing(&bench.org, Some(MAYA))
            .await
            .unwrap();
        bench.write(&[back("back-2")]).await;
        assert_eq!(bench.step(&net).await, done);
        assert_eq!(get(&server, "maya", &new), None);
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
