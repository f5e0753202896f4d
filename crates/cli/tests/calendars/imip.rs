//! Scheduling by mail where the calendar server does not do it: what Maya does in a calendar on Radicale, which tells nobody,
//! reaches Ben, who is at Cyrus. The mails are those that our mailer gave a real mail server, byte for byte; Cyrus,
//! which has never heard of us, makes of them what it makes of anybody's (RFC 6047, RFC 5546).

use crate::bench::{Bench, Engine, access, keyring, machine, moment, run};
use crate::calendars::Reach;
use crate::dav::{Person, object};
use crate::guarded::{BEN, Hand, MAYA, act, ahead, answer_of, has, meeting, outlook, slots};
use crate::mailed::mailing;
use crate::writing::Network;
use std::sync::atomic::Ordering;
use steadfast_app::server::acting::{self, Action, Basis};
use steadfast_app::server::guard;
use steadfast_app::server::imip::{self, IMIP, Lent, Step};
use steadfast_app::server::ledger;
use steadfast_calendar::edit::Edit;
use steadfast_calendar::{Instant, PartStat, Slot, Status, says};
use steadfast_store::{Facts as _, IntentState, Intents as _, Jobs as _, Micros, Write};
use steadfast_testkit::servers::{Cyrus, Mailbox, Office, Radicale, Way, parts_of};
use steadfast_web::Mailing;

const ANA: &str = "ana@example.org";
/// Maya's calendar.
const WORK: &str = "/maya/work/";
/// Microseconds between two things that she does.
const MINUTE: i64 = 60_000_000;

/// Maya's calendar server, where that tells nobody; and her mail server.
pub(crate) struct World {
    pub(crate) radicale: Option<Radicale>,
    pub(crate) mailbox: Mailbox,
    pub(crate) mailing: Mailing,
    pub(crate) bench: Bench,
}

impl World {
    /// An object of Maya's, as her own program writes it.
    pub(crate) fn put(&self, name: &str, text: &str) {
        let headers = ["Content-Type: text/calendar"];
        let path = format!("{WORK}{name}");
        let radicale = self.radicale.as_ref().unwrap();
        let put = radicale.request("PUT", &path, "maya", &headers, text);
        assert!(matches!(put.status, 201 | 204), "{}", put.text);
    }

    /// What Maya's calendar says at a place.
    pub(crate) fn get(&self, place: &str) -> String {
        let radicale = self.radicale.as_ref().unwrap();
        let got = radicale.request("GET", place, "maya", &[], "");
        let (_, body) = got.text.split_once("\r\n\r\n").unwrap();
        body.to_owned()
    }

    /// One step of mailing, when the next is due.
    pub(crate) async fn step(&self) -> Step {
        let bench = &self.bench;
        if let Some(due) = bench.store.next_due(&[IMIP]).await.unwrap() {
            bench.now.fetch_max(due.0, Ordering::Relaxed);
        }
        let now = || Micros(bench.now.load(Ordering::Relaxed));
        let keyring = keyring();
        let hand = Hand(Network {
            reach: Reach {
                allow_private: true,
                ..Reach::default()
            },
        });
        let lent = Lent {
            post: &self.mailing,
            eyes: &hand,
            office: &self.mailing.office,
            keyring: &keyring,
            program: "drill",
        };
        imip::step(&bench.store, &lent, machine(&now))
            .await
            .unwrap()
    }

    /// Name of what was done last.
    pub(crate) async fn last(&self) -> String {
        let all = self.bench.store.intents_of(&self.bench.org, MAYA, 1).await;
        all.unwrap().remove(0).intent
    }

    /// What was done last is on Maya's calendar, whose server told nobody: she reads what would be mailed, and sends it. Gives
    /// the mail as the mail server took it.
    pub(crate) async fn tells(&self, to: &str, method: &str) -> String {
        self.tells_of(&self.last().await, to, method).await
    }

    /// The same of what was done under that name.
    pub(crate) async fn tells_of(&self, deed: &str, to: &str, method: &str) -> String {
        let bench = &self.bench;
        let viewer = bench.viewer(MAYA).await;
        let (store, now) = (&bench.store, bench.instant());
        let before = self.mailbox.mails().len();
        assert_eq!(self.step().await, Step::Idle, "nothing goes by itself");
        let office = &self.mailing.office;
        let sender = Some(office.from.as_str());
        let shown = imip::preview(store, &viewer, deed, sender, now).await;
        let shown = shown.unwrap();
        let whom: Vec<&str> = shown.open().map(|one| one.address.as_str()).collect();
        assert_eq!(
            (whom.as_slice(), shown.method.as_str()),
            (&[to][..], method)
        );
        let ahead = ahead(bench, &viewer).await;
        let about = (deed, shown.mark.as_str());
        let sent = imip::approve(store, &viewer, &ahead, office, now, about).await;
        assert_eq!(sent.unwrap(), 1);
        assert_eq!(self.step().await, Step::Sent);
        let mails = self.mailbox.mails();
        assert_eq!(mails.len(), before + 1);
        let mail = mails.last().unwrap();
        let (receiver, mail) = mail.split_once("\r\n").unwrap();
        assert_eq!(receiver, format!("X-Rcpt-To: {to}"));
        let kind = format!("Content-Type: text/calendar; method={method}; charset=utf-8\r\n");
        // Somebody else's readers find the same in it twice, and one message: the file has no method.
        let parts = parts_of(mail);
        let [part, file] = parts.as_slice() else {
            panic!("{mail}");
        };
        assert_eq!((part.method.as_str(), part.file.as_str()), (method, ""));
        assert_eq!(
            (file.method.as_str(), file.file.as_str()),
            ("", "invite.ics")
        );
        assert_eq!(part.said, file.said);
        assert_eq!(part.said[0], format!("METHOD={method}"));
        for line in [
            "From: Steadfast <steadfast@example.org>\r\n",
            &format!("To: {to}\r\n"),
            "Reply-To: maya@example.org\r\n",
            "Content-Type: text/plain; charset=utf-8\r\n",
            &kind,
        ] {
            assert!(mail.contains(line), "{line} in {mail}");
        }
        mail.to_owned()
    }

    /// Something is done to what stands at a place, as the guard or a tap would have it.
    pub(crate) async fn does(&self, name: &str, action: Action) {
        self.bench.now.fetch_add(MINUTE, Ordering::Relaxed);
        let now = self.bench.instant();
        let write = Write {
            intents: &[acting::intent(name, MAYA, &action, true, now)],
            ..Write::default()
        };
        self.bench
            .store
            .write(&self.bench.org, write)
            .await
            .unwrap();
        assert_eq!(act(&self.bench).await, IntentState::Done);
    }

    /// What was done last.
    pub(crate) async fn done(&self) -> Action {
        let name = self.last().await;
        let known = self.bench.store.intent(&self.bench.org, &name).await;
        serde_json::from_slice(&known.unwrap().unwrap().about).unwrap()
    }

    /// Takes back what was done under that name; what its server said of that.
    pub(crate) async fn takes_back(&self, name: &str) -> IntentState {
        self.bench.now.fetch_add(MINUTE, Ordering::Relaxed);
        let viewer = self.bench.viewer(MAYA).await;
        let now = self.bench.instant();
        acting::take_back(&self.bench.store, &viewer, name, now)
            .await
            .unwrap();
        act(&self.bench).await
    }
}

/// Maya's calendar is connected; she meets Ana on Tuesdays at two, and has nothing with Ben, who reports to her too.
pub(crate) async fn world(begin: Instant) -> World {
    let radicale = Radicale::start(&["maya"]);
    let made = radicale.request("MKCALENDAR", WORK, "maya", &[], "");
    assert_eq!(made.status, 201, "{}", made.text);
    let mailbox = Mailbox::start(Way::Plain, None);
    let world = World {
        mailing: mailing(mailbox.port),
        radicale: Some(radicale),
        mailbox,
        bench: Bench::new(Engine::Sqlite, begin).await,
    };
    let slot = ["20260106T140000", "20260106T143000"];
    let rest = "RRULE:FREQ=WEEKLY\r\n";
    let weekly = meeting("weekly", begin, slot, "1:1 Maya / Ana", rest, [MAYA, ANA]);
    world.put("weekly.ics", &object(&[weekly]));
    let port = world.radicale.as_ref().unwrap().port;
    let url = format!("http://127.0.0.1:{port}/maya/");
    world.bench.connect(MAYA, &access(&url, Some("maya"))).await;
    let viewer = world.bench.viewer(MAYA).await;
    let reports = [BEN.to_owned(), ANA.to_owned()];
    ledger::declare(&world.bench.store, &viewer, begin, &reports, None)
        .await
        .unwrap();
    world
        .bench
        .good_rounds(moment("2026-01-05T08:00:00Z"))
        .await;
    world
}

pub(crate) fn server(office: &Office) -> &Cyrus {
    match office {
        Office::Cyrus(cyrus) => cyrus,
        Office::Sogo(_) => panic!("this is about Cyrus"),
    }
}

#[test]
fn a_booking_a_move_and_their_taking_back_reach_an_invited_person_by_mail() {
    let office = Office::cyrus(&["ben"]);
    server(&office).takes_invitations("ben");
    let ben = Person {
        office: &office,
        name: "ben",
    };
    run(async {
        let world = world(moment("2026-01-05T07:00:00Z")).await;
        let bench = &world.bench;
        // A 1:1 with Ben begins by a tap.
        let found = outlook(bench, MAYA).await.beginnings;
        let one = found.iter().find(|one| one.report == BEN).unwrap();
        let chosen = one.times[0];
        let viewer = bench.viewer(MAYA).await;
        let time = (chosen.first.start, chosen.every_weeks, one.title.as_str());
        let (ahead, now) = (ahead(bench, &viewer).await, bench.instant());
        guard::begin(&bench.store, &viewer, &ahead, now, &one.pair, time)
            .await
            .unwrap();
        assert_eq!(act(bench).await, IntentState::Done);
        let (begun, booked) = (world.last().await, world.done().await);
        let Edit::Book(made) = &booked.edit else {
            panic!("{booked:?}");
        };
        let uid = made.uid.clone();
        assert_eq!(ben.find(&uid), None);
        server(&office).deliver("ben", &world.tells(BEN, "REQUEST").await);
        let his = has(&ben, &uid, |_| true);
        assert_eq!(his[0].sequence, 0);
        assert_eq!(*his[0].organizer.as_ref().unwrap().address, *MAYA);
        assert_eq!(answer_of(&his[0], BEN), Some(PartStat::NeedsAction));
        let weeks = slots(&ben, &uid);
        assert!(weeks.len() >= 3 && weeks[0] == chosen.first, "{weeks:?}");

        // One of it moves.
        let (from, start) = (weeks[1], weeks[1].start.plus_minutes(24 * 60));
        let to = Slot::new(start, start.plus_minutes(30));
        let text = world.get(&booked.place);
        let moved = Action {
            basis: Basis::Says(says(text.as_bytes())),
            edit: Edit::Move {
                occurrence: from.start,
                to,
            },
            ..booked.clone()
        };
        let name = format!("guard/{}/{}/move/1", one.pair, from.start.seconds());
        world.does(&name, moved).await;
        server(&office).deliver("ben", &world.tells(BEN, "REQUEST").await);
        assert_eq!(
            slots(&ben, &uid),
            [&[weeks[0], to][..], &weeks[2..]].concat()
        );
        let sequences = |ben: &Person<'_>| -> Vec<u32> {
            let all = has(ben, &uid, |_| true);
            let mut all: Vec<u32> = all.iter().map(|event| event.sequence).collect();
            all.sort_unstable();
            all
        };
        assert_eq!(sequences(&ben), [0, 1]);

        // It goes back; then all of it is taken off.
        assert_eq!(world.takes_back(&name).await, IntentState::Done);
        server(&office).deliver("ben", &world.tells(BEN, "REQUEST").await);
        assert_eq!(slots(&ben, &uid), weeks);
        assert_eq!(sequences(&ben), [0, 2]);
        assert_eq!(world.takes_back(&begun).await, IntentState::Done);
        let mail = world.tells(BEN, "CANCEL").await;
        server(&office).deliver("ben", &mail);
        let is_off = || match ben.find(&uid) {
            None => true,
            Some(path) => {
                let text = ben.get(&path);
                let events = steadfast_calendar::Reader::read(text.as_bytes()).events;
                events.iter().all(|one| one.status == Status::Cancelled)
            }
        };
        assert!(is_off(), "{}", ben.everything());
        // The same mail once more, as after a crash between sending and noting, changes nothing.
        server(&office).deliver("ben", &mail);
        assert!(is_off());
    });
}
