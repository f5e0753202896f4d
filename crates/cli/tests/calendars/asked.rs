//! Another meeting that gives way, on Cyrus, where the calendar of somebody in it is not connected: their server is
//! asked when they are busy, in the name of whoever organises it.

use crate::bench::{Bench, keyring, moment, run};
use crate::calendars::Reach;
use crate::dav::{Person, object};
use crate::guarded::{MAYA, act, ahead, has, meeting, slots};
use crate::tuesdays::tuesdays;
use crate::writing::Network;
use std::collections::BTreeMap;
use steadfast_app::server::Viewer;
use steadfast_app::server::guard::{
    self, Ahead, Busy, Deed, FreeBusy, Measure, Outlook, Question, Tapped,
};
use steadfast_calendar::Slot;
use steadfast_store::IntentState;
use steadfast_testkit::servers::Office;
use steadfast_web::Writes as _;

const PETRA: &str = "petra@example.org";

/// Asks over the network, on this machine.
struct Asks<'a>(&'a Bench);

impl FreeBusy for Asks<'_> {
    async fn busy(&self, viewer: &Viewer, question: &Question) -> BTreeMap<String, Busy> {
        let network = Network {
            reach: Reach {
                allow_private: true,
                trust: None,
                google: None,
            },
        };
        let access = guard::account_of(&self.0.store, &keyring(), viewer, question).await;
        let access = access.unwrap().unwrap();
        let now = self.0.instant();
        network
            .when_busy(access, question.clone(), now)
            .await
            .unwrap()
    }
}

async fn outlook_on(bench: &Bench, viewer: &Viewer, ahead: &Ahead) -> Outlook {
    let now = bench.instant();
    guard::outlook(&bench.store, viewer, ahead, now)
        .await
        .unwrap()
}

#[test]
fn the_other_meeting_goes_to_where_everybody_in_it_is_free_on_cyrus() {
    where_all_are_free(&Office::cyrus(&["maya", "ben", "petra"]));
}

fn where_all_are_free(office: &Office) {
    let [maya, ben, petra] = ["maya", "ben", "petra"].map(|name| Person { office, name });
    run(async {
        let bench = tuesdays([&maya, &ben], "").await;

        // Petra, whose calendar is not connected, has all of that Tuesday for herself.
        let own = |uid: &str, from: &str, to: &str| {
            let event = format!(
                "BEGIN:VEVENT\r\nUID:{uid}\r\nDTSTAMP:20260101T000000Z\r\nDTSTART;TZID=Europe/Berlin:20260113T{from}\r\n\
                 DTEND;TZID=Europe/Berlin:20260113T{to}\r\nSUMMARY:Zanzibar\r\nEND:VEVENT\r\n"
            );
            petra.put(&format!("{uid}.ics"), &object(&[event]));
        };
        own("before", "080000", "133000");
        own("after", "143000", "190000");
        let now = moment("2026-01-12T08:00:00Z");
        let slot = ["20260113T133000", "20260113T143000"];
        let status = meeting("status", now, slot, "Status", "", [MAYA, PETRA]);
        maya.put("status.ics", &object(&[status]));
        has(&petra, "status", |_| true);
        bench.good_rounds(now).await;

        let viewer = bench.viewer(MAYA).await;
        let unasked = ahead(&bench, &viewer).await;
        let question = unasked.question(bench.instant()).unwrap();
        assert_eq!(question.about.iter().collect::<Vec<_>>(), [PETRA]);
        let tuesday = Slot::new(
            moment("2026-01-13T07:00:00Z"),
            moment("2026-01-13T18:00:00Z"),
        );
        let to = |outlook: &Outlook| {
            let way = &outlook.proposals[0].ways[0];
            let Deed::MoveOther { to, .. } = way.deed else {
                panic!("{way:?}");
            };
            (to, way.unseen.clone())
        };
        // Without asking it is not known, and that is said.
        let (blind, unseen) = to(&outlook_on(&bench, &viewer, &unasked).await);
        assert!(blind.overlaps(tuesday), "{blind:?}");
        assert_eq!(unseen, ["Petra"]);

        let asked = guard::knowing(&Asks(&bench), &viewer, unasked, bench.instant()).await;
        let found = outlook_on(&bench, &viewer, &asked).await;
        let (open, unseen) = to(&found);
        assert!(!open.overlaps(tuesday), "{open:?}");
        assert!(unseen.is_empty(), "{unseen:?}");
        // Of what takes her time nothing is told, and nothing is written down.
        assert!(!format!("{found:?} {asked:?}").contains("Zanzibar"));
        let kept = serde_json::to_string(&asked).unwrap();
        assert!(!kept.contains(&moment("2026-01-13T07:00:00Z").seconds().to_string()));

        let proposed = &found.proposals[0];
        let tapped = Tapped {
            pair: proposed.pair.clone(),
            promised: proposed.promised.unwrap().start,
            kind: proposed.kind.to_owned(),
            over_it: proposed.over_it.as_ref().map(|over| over.meeting.clone()),
            mark: proposed.ways[0].mark(),
            way: Measure::MoveOther,
            at: None,
        };
        let written = guard::tap(&bench.store, &viewer, &asked, bench.instant(), &tapped).await;
        assert_eq!(written.unwrap(), 1);
        let done = if office.says_who_was_told() {
            IntentState::Done
        } else {
            IntentState::NotDelivered
        };
        assert_eq!(act(&bench).await, done);
        for _ in 0..500 {
            if slots(&petra, "status") == [open] {
                break;
            }
            std::thread::yield_now();
        }
        for person in [&maya, &petra] {
            assert_eq!(slots(person, "status"), [open], "{}", person.name);
        }
        bench.good_rounds(moment("2026-01-12T08:20:00Z")).await;
        let after = ahead(&bench, &viewer).await;
        assert!(
            outlook_on(&bench, &viewer, &after)
                .await
                .proposals
                .is_empty()
        );
    });
}
