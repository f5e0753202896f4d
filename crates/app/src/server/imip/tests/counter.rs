//! An invitation is declined, and another time for it is proposed: what is shown, what goes, once, and what does not.

use super::*;
use crate::server::guard::tests::{PETRA, event};
use crate::server::imip::deed::Deed;
use crate::server::imip::words::words;
use proptest::prelude::*;
use steadfast_calendar::Reader;
use steadfast_calendar::edit::{Answer, Reply};
use steadfast_calendar::event::End;
use steadfast_store::Intent;

/// Petra's briefing lies over the 1:1.
const BRIEFING: &str = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:briefing\r\n\
DTSTAMP:20260329T080000Z\r\nSEQUENCE:3\r\nSUMMARY:Executive briefing\r\nDTSTART:20260331T133000Z\r\n\
DTEND:20260331T143000Z\r\nORGANIZER;CN=Petra Zahn:mailto:petra@example.com\r\n\
ATTENDEE;CN=Maya Lind;PARTSTAT=NEEDS-ACTION:mailto:maya@example.com\r\n\
ATTENDEE:mailto:ana@example.com\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

const WORDS: &str = "I have a 1:1 then, which I keep. Would one of these times do instead?";

/// Thursday and Friday.
fn times() -> Vec<Slot> {
    ["2026-04-02T12:00:00Z", "2026-04-03T10:00:00Z"]
        .map(|start| Slot::new(at(start), at(start).plus_minutes(60)))
        .to_vec()
}

fn declines(instead: Vec<Slot>) -> Edit {
    Edit::Answer(Answer {
        occurrence: None,
        reply: Reply::Declined,
        comment: Some(WORDS.to_owned()),
        instead,
    })
}

fn takes_back() -> Edit {
    Edit::Answer(Answer {
        occurrence: None,
        reply: Reply::NeedsAction,
        comment: None,
        instead: Vec::new(),
    })
}

fn after(object: &str, edit: &Edit) -> String {
    let zone = jiff::tz::TimeZone::get(ZONE).unwrap();
    let by = By {
        addresses: &[MAYA],
        zone: &zone,
        now: now(),
    };
    let Ok(Edited::Text(text)) = apply(Some(object.as_bytes()), edit, &by) else {
        panic!("{edit:?}");
    };
    String::from_utf8(text).unwrap()
}

fn deed() -> String {
    let pair = pair_id(MAYA, BEN);
    let promised = at("2026-03-31T14:00:00Z").seconds();
    format!("guard/{pair}/{promised}/answer/briefing/1/0/0")
}

fn told_by_server() -> Came {
    Came {
        told: vec![PETRA.to_owned()],
        ..Came::default()
    }
}

fn told_by_nobody() -> Came {
    Came {
        untold: vec![PETRA.to_owned()],
        ..Came::default()
    }
}

impl Desk {
    /// Maya's calendar declined it, and stands so.
    async fn declined(&self, came: Came) -> String {
        let edit = declines(times());
        let object = after(BRIEFING, &edit);
        self.did_so(&deed(), edit, &object, None, came).await;
        self.outside.stands(Some(&object));
        object
    }

    /// It is taken back, and stands so; gives the name of that.
    async fn took_back(&self, object: &str, came: Came) -> String {
        let back = format!("back/1/{}", deed());
        let edit = takes_back();
        let object = after(object, &edit);
        self.did_so(&back, edit, &object, Some(&deed()), came).await;
        self.outside.stands(Some(&object));
        back
    }
}

#[test]
fn the_answer_and_another_time_go_in_one_mail_as_they_were_read_whoever_was_told_before() {
    for (came, adds) in [
        (told_by_nobody(), Adds::Deed),
        (told_by_server(), Adds::Proposal),
    ] {
        with_desk(|desk| async move {
            desk.declined(came).await;
            let shown = desk.preview(&deed()).await;
            assert_eq!(
                (shown.adds, shown.method.as_str(), shown.did.as_str()),
                (adds, "COUNTER", "decline")
            );
            assert_eq!(
                shown.subject,
                "Declined, another time proposed: Executive briefing, Tue 31 March, 15:30"
            );
            assert_eq!(
                shown.text,
                format!(
                    "Maya Lind cannot come to this meeting:\n\nExecutive briefing\n\
                     Tuesday 31 March 2026, 15:30–16:30 (Europe/Berlin)\n\
                     Proposed instead: Thursday 2 April 2026, 14:00–15:00 (Europe/Berlin)\n\n{WORDS}\n\n\
                     Your calendar program may offer to move the meeting there; nothing moves unless you move it. \
                     You can also answer this mail: the answer goes to Maya Lind.\n\n\
                     Sent by Steadfast for Maya Lind <maya@example.com>, who read it before it went.\n"
                )
            );
            let calendar = shown.calendar.replace("\r\n ", "");
            for line in [
                "METHOD:COUNTER\r\n",
                "UID:briefing\r\n",
                "SEQUENCE:3\r\n",
                "DTSTART:20260402T120000Z\r\nDTEND:20260402T130000Z\r\n",
                "ATTENDEE;CN=Maya Lind;PARTSTAT=DECLINED;SENT-BY=\"mailto:steadfast@example.org\":mailto:maya@example.com\r\n",
            ] {
                assert!(calendar.contains(line), "{line} in {calendar}");
            }
            // Nothing of her own meeting, nor of who else is invited.
            for other in ["1:1 Maya", "ben@", "ana@"] {
                assert!(!calendar.contains(other), "{other} in {calendar}");
            }
            assert_eq!(desk.step().await, Step::Idle, "nothing goes by itself");
            let all = open(&desk.bench.store, &desk.maya(), now()).await.unwrap();
            let one = Open {
                adds,
                left: 1,
                mailed: 0,
            };
            assert_eq!(all.get(&deed()), Some(&one));
            assert_eq!(desk.approve(&deed(), &shown.mark).await.unwrap(), 1);
            assert_eq!(desk.step().await, Step::Sent);
            assert_eq!(desk.step().await, Step::Idle);
            assert!(desk.approve(&deed(), &shown.mark).await.is_err());
            let given = desk.outside.given();
            let [mail] = given.as_slice() else {
                panic!("{given:?}");
            };
            assert_eq!(
                (mail.to.as_str(), mail.reply_to.as_deref()),
                (PETRA, Some(MAYA))
            );
            assert_eq!((&mail.subject, &mail.text), (&shown.subject, &shown.text));
            let calendar = mail.calendar.as_ref().unwrap();
            assert_eq!(
                (&calendar.method, &calendar.text),
                (&shown.method, &shown.calendar)
            );
        });
    }
}

#[test]
fn a_proposal_goes_though_the_calendar_server_has_told_the_answer_meanwhile() {
    with_desk(|desk| async move {
        let object = desk.declined(told_by_nobody()).await;
        desk.approves(&deed()).await;
        let told = object.replace("ORGANIZER;", "ORGANIZER;SCHEDULE-STATUS=1.2;");
        desk.outside.stands(Some(&told));
        assert_eq!(desk.step().await, Step::Sent);
    });
}

#[test]
fn what_is_taken_back_before_it_went_does_not_go_and_nobody_has_to_hear_of_it() {
    for came in [told_by_nobody(), told_by_server()] {
        with_desk(|desk| async move {
            let object = desk.declined(came.clone()).await;
            desk.approves(&deed()).await;
            let back = desk.took_back(&object, came.clone()).await;
            assert_eq!(desk.step().await, Step::Dropped);
            let shown = desk.preview(&deed()).await;
            assert_eq!(shown.over, Some("it was taken back since"));
            assert_eq!(dropped(&shown.whom[0].heard), "it was taken back since");
            assert_eq!(desk.heard(&back).await, Heard::NeedNot);
            assert!(desk.outside.given().is_empty());
        });
    }
}

#[test]
fn a_proposal_cannot_be_called_back_and_that_it_is_not_meant_any_more_can_be_told() {
    for (came, adds) in [
        (told_by_nobody(), Adds::Deed),
        (told_by_server(), Adds::Withdrawal),
    ] {
        with_desk(|desk| async move {
            let object = desk.declined(came.clone()).await;
            desk.approves(&deed()).await;
            assert_eq!(desk.step().await, Step::Sent);
            let back = desk.took_back(&object, came).await;
            let shown = desk.preview(&back).await;
            assert_eq!(
                (shown.adds, shown.method.as_str(), &shown.whom[0].heard),
                (adds, "REPLY", &Heard::NotYet)
            );
            assert!(
                shown.text.contains(
                    "Maya Lind takes back the answer to this meeting:\n\nExecutive briefing\n\
                     Tuesday 31 March 2026, 15:30–16:30 (Europe/Berlin)\n\
                     The other times that came with that answer are not meant any more.\n"
                ),
                "{}",
                shown.text
            );
            desk.approves(&back).await;
            // Its server may have told them of the taking back; of the times it cannot.
            let stands = desk.outside.object.lock().unwrap().clone().unwrap();
            let told = stands.replace("ORGANIZER;", "ORGANIZER;SCHEDULE-STATUS=1.2;");
            desk.outside.stands(Some(&told));
            assert_eq!(desk.step().await, Step::Sent);
            assert_eq!(desk.outside.given().len(), 2);
        });
    }
}

#[test]
fn nothing_is_proposed_for_a_meeting_that_is_another_by_now_or_at_a_time_that_is_not_open_any_more()
{
    with_desk(|desk| async move {
        let object = desk.declined(told_by_server()).await;
        // Its organiser moved it.
        let moved = object
            .replace("20260331T133000Z", "20260401T133000Z")
            .replace("SEQUENCE:3", "SEQUENCE:4");
        for other in [Some(moved.as_str()), None] {
            desk.outside.stands(other);
            desk.approves(&deed()).await;
            assert_eq!(desk.step().await, Step::Dropped);
            let heard = desk.heard(&deed()).await;
            assert_eq!(
                dropped(&heard),
                "the meeting was changed since you read this"
            );
        }
        // Something lands on the second of the times that the mail names.
        desk.outside.stands(Some(&object));
        desk.approves(&deed()).await;
        let other = event(
            "other",
            "20260403T103000Z",
            "",
            MAYA,
            &[MAYA, "ana@example.com"],
        );
        let seen = now().plus_minutes(1);
        desk.bench
            .round(MAYA, seen, &[&one_on_one(""), &other])
            .await;
        assert_eq!(desk.step().await, Step::Dropped);
        let taken = "it is not sent: a time that it proposes is not open any more";
        assert_eq!(dropped(&desk.heard(&deed()).await), taken);
        let mark = desk.preview(&deed()).await.mark;
        assert_eq!(why(desk.approve(&deed(), &mark).await), taken);
        assert!(desk.outside.given().is_empty());
    });
}

#[test]
fn nothing_is_proposed_once_the_meeting_or_one_of_the_times_has_come() {
    for (instead, late, why) in [
        (times(), "2026-03-31T13:30:00Z", "its time has come already"),
        (
            vec![Slot::new(
                at("2026-03-31T10:00:00Z"),
                at("2026-03-31T11:00:00Z"),
            )],
            "2026-03-31T10:00:00Z",
            "a time that it proposes has come already",
        ),
    ] {
        with_desk(|desk| async move {
            let edit = declines(instead);
            let object = after(BRIEFING, &edit);
            desk.did_so(&deed(), edit, &object, None, told_by_server())
                .await;
            desk.outside.stands(Some(&object));
            desk.approves(&deed()).await;
            desk.clock
                .store(at(late).seconds() * 1_000_000, Ordering::Relaxed);
            assert_eq!(desk.step().await, Step::Dropped);
            assert_eq!(dropped(&desk.heard(&deed()).await), why);
        });
    }
}

#[test]
fn an_answer_that_was_told_and_proposes_nothing_leaves_nothing_to_mail() {
    with_desk(|desk| async move {
        let edit = declines(Vec::new());
        let object = after(BRIEFING, &edit);
        desk.did_so(&deed(), edit, &object, None, told_by_server())
            .await;
        let none = desk.try_preview(&deed()).await;
        assert!(matches!(none, Err(ServerError::NotFound)), "{none:?}");
    });
}

/// What is said of that answer to the briefing by somebody whose clock is in that zone.
fn told(object: &str, edit: Edit, zone: &str) -> Deed {
    let action = Action {
        source: SOURCE.to_owned(),
        place: "/own/briefing.ics".to_owned(),
        basis: Basis::Nothing,
        edit,
        addresses: vec![MAYA.to_owned()],
        zone: zone.to_owned(),
        policy: String::new(),
        because: String::new(),
        uid: None,
        agreed: false,
        ends_offer: None,
        then: None,
    };
    let object = after(object, &action.edit);
    let told = [PETRA.to_owned()];
    let came = Came {
        unsaid: Unsaid::of(object.as_bytes(), &action, (&told, &[]), now()),
        told: told.to_vec(),
        ..Came::default()
    };
    let intent = Intent {
        intent: "i".to_owned(),
        person: MAYA.to_owned(),
        about: serde_json::to_vec(&action).unwrap(),
        undoes: None,
        by_hand: true,
        created: Micros(0),
        state: IntentState::Done,
        sent: None,
        undo: None,
        ended: None,
        result: Some(serde_json::to_vec(&came).unwrap()),
    };
    Deed::of(intent, None).unwrap()
}

/// "Thursday 2 April 2026, 14:00–15:00 (Europe/Berlin)" as the moments it means.
fn read(line: &str) -> Slot {
    let (when, zone) = line.rsplit_once(" (").unwrap();
    let zone = jiff::tz::TimeZone::get(zone.trim_end_matches(')')).unwrap();
    let (start, end) = when.split_once('–').unwrap();
    let form = "%A %d %B %Y, %H:%M";
    let day = start.split_once(',').unwrap().0;
    let end = if end.contains(',') {
        end.to_owned()
    } else {
        format!("{day}, {end}")
    };
    let moment = |text: &str| -> Instant {
        let civil = jiff::civil::DateTime::strptime(form, text).unwrap();
        civil.to_zoned(zone.clone()).unwrap().timestamp().into()
    };
    Slot::new(moment(start), moment(&end))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn the_mail_says_what_its_calendar_part_says(
        zone in prop::sample::select(vec!["Europe/Berlin", "America/New_York", "Asia/Kolkata", "UTC"]),
        // Until the autumn, when an hour comes twice and a clock says two moments in the same words.
        quarters in 100..16_000_i64, length in 1..100_i64, title in "[A-Za-z ,;äß1:/-]{1,40}", words in "[A-Za-z ,;.?ä]{1,60}"
    ) {
        let escaped = |text: &str| text.replace(',', "\\,").replace(';', "\\;");
        let object = BRIEFING.replace("Executive briefing", &format!("x{}", escaped(&title)));
        let start = at("2026-03-31T13:30:00Z").plus_minutes(quarters * 15);
        let best = Slot::new(start, start.plus_minutes(length * 15));
        let edit = Edit::Answer(Answer {
            occurrence: None,
            reply: Reply::Declined,
            comment: Some(words.clone()),
            instead: vec![best],
        });
        let deed = told(&object, edit, zone);
        let mail = words_of(&deed);
        let calendar = &deed.unsaid.text;
        let read_back = Reader::read(calendar.as_bytes());
        let [event] = read_back.events.as_slice() else { panic!("{calendar}") };
        let End::At(end) = &event.end else { panic!("{calendar}") };
        let utc = jiff::tz::TimeZone::UTC;
        let said = Slot::new(event.start.instant(&utc), end.instant(&utc));
        let proposed: Vec<Slot> = mail.lines().filter_map(|line| line.strip_prefix("Proposed instead: ")).map(read).collect();
        prop_assert_eq!(&proposed, &[said]);
        prop_assert_eq!(said, best);
        let lines: Vec<&str> = mail.lines().collect();
        // Where it stands is said on the line before.
        let at_line = lines.iter().position(|line| line.starts_with("Proposed instead: ")).unwrap();
        prop_assert_eq!(Some(read(lines[at_line - 1])), deed.unsaid.countered);
        let one_line = event.summary.split_whitespace().collect::<Vec<_>>().join(" ");
        prop_assert_eq!(lines[at_line - 2], one_line);
        let comment = format!("COMMENT:{}\r\n", escaped(&words));
        prop_assert!(calendar.replace("\r\n ", "").contains(&comment));
        prop_assert!(lines.contains(&words.as_str()), "{}", mail);
    }
}

fn words_of(deed: &Deed) -> String {
    words(deed).unwrap().text
}
