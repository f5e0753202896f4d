//! From a change in a real calendar to a mail in a real mail server: said once, under one id whatever breaks, and without a
//! word of what is somebody else's.

use crate::bench::{Bench, Engine, access, keyring, machine, moment, run};
use crate::calendars::Reach;
use crate::chats::Webhooks;
use crate::dav::{Person, object, stamp};
use crate::smtp::Smtp;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use steadfast_app::server::chat::{self, Hook, Sort};
use steadfast_app::server::looked::Noted;
use steadfast_app::server::mail::{self, Channel, Lent, MAIL, Office, Step, Wish};
use steadfast_calendar::Instant;
use steadfast_connect::mail::{MailServer, Security, Sender};
use steadfast_store::{Jobs as _, Micros};
use steadfast_testkit::servers::{Mailbox, Office as CalendarOffice, Way, Webhook};
use steadfast_web::Mailing;

const MAYA: &str = "maya@example.org";
const BEN: &str = "ben@example.org";
const PETRA: &str = "petra@example.org";
/// In titles, descriptions and places of what is not for a mailbox.
const MARKER: &str = "Zanzibar";

/// Mail through the server at that port.
pub(crate) fn mailing(port: u16) -> Mailing {
    let server = MailServer {
        host: "127.0.0.1".to_owned(),
        port,
        security: Security::None,
        user: None,
        password: None,
        trusted_certificates: None,
        from: Sender::parse("Steadfast <steadfast@example.org>").unwrap(),
    };
    Mailing {
        office: Office {
            address: "https://steadfast.example.org".to_owned(),
            domain: server.from.domain().to_owned(),
            from: server.from.address().to_owned(),
        },
        posts: Some(Box::new(Smtp(Arc::new(server)))),
        chats: Box::new(Webhooks {
            reach: Reach {
                allow_private: true,
                ..Reach::default()
            },
        }),
    }
}

/// One step of mailing, when the next is due.
pub(crate) async fn step(bench: &Bench, mailing: &Mailing) -> Step {
    let due = bench.store.next_due(&[MAIL]).await.unwrap();
    if let Some(due) = due {
        let now = bench.now.load(Ordering::Relaxed).max(due.0);
        bench.now.store(now, Ordering::Relaxed);
    }
    let now = || Micros(bench.now.load(Ordering::Relaxed));
    let keyring = keyring();
    let lent = Lent {
        post: mailing,
        office: &mailing.office,
        keyring: &keyring,
        program: "drill",
        noted: &Noted::default(),
    };
    mail::step(&bench.store, &lent, machine(&now))
        .await
        .unwrap()
}

fn meeting(uid: &str, at: Instant, slot: [&str; 2], rest: &str, who: [&str; 2]) -> String {
    let [organiser, guest] = who;
    let [start, end] = slot;
    let at = stamp(at);
    format!(
        "BEGIN:VEVENT\r\nUID:{uid}\r\nDTSTAMP:{at}\r\nLAST-MODIFIED:{at}\r\nDTSTART;TZID=Europe/Berlin:{start}\r\n\
         DTEND;TZID=Europe/Berlin:{end}\r\nORGANIZER:mailto:{organiser}\r\n\
         ATTENDEE;PARTSTAT=ACCEPTED:mailto:{organiser}\r\n\
         ATTENDEE;RSVP=TRUE;PARTSTAT=NEEDS-ACTION:mailto:{guest}\r\n{rest}END:VEVENT\r\n"
    )
}

/// Maya's 1:1 with Ben, on Tuesdays at two.
fn meets_weekly(maya: &Person<'_>, begin: Instant) {
    let slot = ["20260106T140000", "20260106T143000"];
    let rest =
        "SUMMARY:1:1 Maya / Ben\r\nRRULE:FREQ=WEEKLY\r\nDESCRIPTION:Zanzibar, for our notes\r\n";
    let weekly = meeting("weekly", begin, slot, rest, [MAYA, BEN]);
    maya.put("weekly.ics", &object(&[weekly]));
}

/// Petra's briefing lands on it, and is seen.
async fn briefed(petra: &Person<'_>, bench: &Bench) {
    let now = moment("2026-01-12T08:00:00Z");
    let slot = ["20260113T133000", "20260113T150000"];
    let rest = "SUMMARY:Zanzibar briefing\r\nLOCATION:Zanzibar\r\n";
    let briefing = meeting("briefing", now, slot, rest, [PETRA, MAYA]);
    petra.put("briefing.ics", &object(&[briefing]));
    bench.good_rounds(now).await;
    bench.judged().await;
}

#[test]
fn what_lies_over_a_one_on_one_reaches_the_manager_by_mail_once_and_nobody_else() {
    let cyrus = CalendarOffice::cyrus(&["maya", "ben", "petra"]);
    let mailbox = Mailbox::start(Way::Plain, None);
    let [maya, ben, petra] = ["maya", "ben", "petra"].map(|name| Person {
        office: &cyrus,
        name,
    });
    run(async {
        // A Monday; the 1:1 is on Tuesdays at two.
        let begin = moment("2026-01-05T07:00:00Z");
        meets_weekly(&maya, begin);
        let bens = "BEGIN:VEVENT\r\nUID:own\r\nDTSTAMP:20260101T000000Z\r\nDTSTART;TZID=Europe/Berlin:20260114T080000\r\n\
             DTEND;TZID=Europe/Berlin:20260114T190000\r\nSUMMARY:Zanzibar\r\nEND:VEVENT\r\n";
        ben.put("own.ics", &object(&[bens.to_owned()]));
        let bench = Bench::new(Engine::Sqlite, begin).await;
        for person in [&maya, &ben] {
            let access = access(&person.url(), Some(person.name));
            bench.connect(&person.email(), &access).await;
        }
        bench.declare(MAYA, BEN).await;
        bench.good_rounds(moment("2026-01-12T07:00:00Z")).await;
        bench.judged().await;
        let mailing = mailing(mailbox.port);
        assert_eq!(
            step(&bench, &mailing).await,
            Step::Idle,
            "nothing threatens"
        );

        briefed(&petra, &bench).await;
        // It is asked to wait, then takes the mail and says nothing, then is well.
        mailbox.fails(&["data 451 later", "drop"]);
        assert_eq!(step(&bench, &mailing).await, Step::Again);
        assert_eq!(step(&bench, &mailing).await, Step::Again);
        assert_eq!(step(&bench, &mailing).await, Step::Sent);
        let mails = mailbox.mails();
        let [first, second] = mails.as_slice() else {
            panic!("{mails:?}");
        };
        assert_eq!(first, second, "the same message, under the same id");
        assert!(
            first.starts_with("X-Rcpt-To: maya@example.org\r\n"),
            "{first}"
        );
        assert!(
            first.contains("Subject: Your 1:1 of Tue 13 January, 14:00: something lies over it"),
            "{first}"
        );
        assert!(first.contains("Auto-Submitted: auto-generated"), "{first}");
        for kept in [MARKER, "petra", "Petra"] {
            assert!(!first.contains(kept), "{kept} in {first}");
        }
        // Looked at and judged again it is no news.
        bench.good_rounds(moment("2026-01-12T09:00:00Z")).await;
        bench.judged().await;
        while step(&bench, &mailing).await != Step::Idle {}
        assert_eq!(mailbox.mails().len(), 2);
    });
}

#[test]
fn what_lies_over_a_one_on_one_reaches_a_chat_once_without_a_name() {
    let cyrus = CalendarOffice::cyrus(&["maya", "ben", "petra"]);
    let hook = Webhook::start();
    let [maya, petra] = ["maya", "petra"].map(|name| Person {
        office: &cyrus,
        name,
    });
    run(async {
        let begin = moment("2026-01-05T07:00:00Z");
        meets_weekly(&maya, begin);
        let bench = Bench::new(Engine::Sqlite, begin).await;
        let access = access(&maya.url(), Some(maya.name));
        bench.connect(&maya.email(), &access).await;
        bench.declare(MAYA, BEN).await;
        bench.good_rounds(moment("2026-01-12T07:00:00Z")).await;
        bench.judged().await;
        // There is no mail server: to a chat a link is all that is needed.
        let mailing = Mailing {
            posts: None,
            ..mailing(1)
        };
        let viewer = bench.viewer(MAYA).await;
        let there = (&mailing, &mailing.office);
        let wanted = Hook {
            sort: Sort::Teams,
            address: hook.address.clone(),
        };
        chat::connect(&bench.store, &keyring(), &viewer, there, &wanted)
            .await
            .unwrap();
        let wish = Wish {
            by: Channel::Chat,
            ..Wish::default()
        };
        mail::choose(&bench.store, &viewer, begin, &wish)
            .await
            .unwrap();

        briefed(&petra, &bench).await;
        // It is asked to wait, and is well afterwards.
        hook.answers(&["429 Too Many Requests\r\nContent-Length: 0\r\n\r\n"]);
        assert_eq!(step(&bench, &mailing).await, Step::Again);
        assert_eq!(step(&bench, &mailing).await, Step::Sent);
        let sent = hook.sent();
        let [trial, refused, told] = sent.as_slice() else {
            panic!("{sent:?}");
        };
        assert!(trial.contains("can write here now"), "{trial}");
        assert_eq!(refused, told);
        assert!(
            told.contains("Your 1:1 of Tue 13 January, 14:00: something lies over it."),
            "{told}"
        );
        for kept in [MARKER, "petra", "Petra", "Ben", "maya"] {
            assert!(!told.contains(kept), "{kept} in {told}");
        }
        bench.good_rounds(moment("2026-01-12T09:00:00Z")).await;
        bench.judged().await;
        while step(&bench, &mailing).await != Step::Idle {}
        assert_eq!(hook.sent().len(), 3);
    });
}
