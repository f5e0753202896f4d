//! What goes out, and what does not because it is not so any more.

use super::*;

#[test]
fn what_is_shown_is_sent_to_the_byte_by_one_tap_and_once() {
    with_desk(|desk| async move {
        desk.books().await;
        let deed = deed();
        let shown = desk.preview(&deed).await;
        assert_eq!(
            shown.subject,
            "Invitation: 1:1 Maya / Ben, Thu 2 April, 14:00"
        );
        for said in [
            "Maya Lind invites you to this meeting:\n\n1:1 Maya / Ben\n",
            "Thursday 2 April 2026, 14:00–14:30 (Europe/Berlin)",
            "Sent by Steadfast for Maya Lind <maya@example.com>, who read it before it went.",
        ] {
            assert!(shown.text.contains(said), "{said} in {}", shown.text);
        }
        assert_eq!(
            (shown.method.as_str(), shown.did.as_str(), shown.adds),
            ("REQUEST", "book", Adds::Deed)
        );
        // It is mailed from the server's address, in her name.
        let sent_by = ";SENT-BY=\"mailto:steadfast@example.org\":mailto:maya@example.com";
        let calendar = shown.calendar.replace("\r\n ", "");
        assert!(calendar.contains(sent_by), "{calendar}");
        let ben = &shown.whom[0];
        assert_eq!(
            (ben.address.as_str(), ben.name.as_str()),
            (BEN, "Ben Okafor")
        );
        assert_eq!(desk.step().await, Step::Idle, "nothing goes by itself");
        assert_eq!(
            why(desk.approve(&deed, "0").await),
            "it is not what you were shown any more"
        );
        assert_eq!(desk.approve(&deed, &shown.mark).await.unwrap(), 1);
        assert_eq!(desk.heard(&deed).await, Heard::OnItsWay);
        assert_eq!(
            why(desk.approve(&deed, &shown.mark).await),
            "everybody in it was mailed already, or is being"
        );
        assert_eq!(desk.step().await, Step::Sent);
        let given = desk.outside.given();
        let [mail] = given.as_slice() else {
            panic!("{given:?}");
        };
        assert_eq!((&mail.subject, &mail.text), (&shown.subject, &shown.text));
        let calendar = mail.calendar.as_ref().unwrap();
        assert_eq!(
            (&calendar.method, &calendar.text),
            (&shown.method, &shown.calendar)
        );
        assert_eq!(
            (mail.to.as_str(), mail.reply_to.as_deref()),
            (BEN, Some(MAYA))
        );
        assert!(mail.id.ends_with("@example.org") && mail.html.is_none() && mail.off.is_none());
        assert_eq!(desk.heard(&deed).await, Heard::Sent(desk.instant()));
        assert!(desk.approve(&deed, &shown.mark).await.is_err());
        assert_eq!(desk.step().await, Step::Idle);
        // A job that comes back from a crash finds it sent.
        let again = super::step::job(MAYA, &mail.id, desk.instant());
        let (store, org) = (&desk.bench.store, &desk.bench.org);
        store.enqueue(org, &[again]).await.unwrap();
        assert_eq!(desk.step().await, Step::Dropped);
        assert_eq!(desk.outside.given().len(), 1);
    });
}

#[test]
fn nobody_else_is_shown_it_and_of_what_everybody_was_told_there_is_nothing() {
    with_desk(|desk| async move {
        desk.books().await;
        let ben = viewer(&desk.bench.org, BEN);
        let theirs = preview(&desk.bench.store, &ben, &deed(), None, now()).await;
        assert!(matches!(theirs, Err(ServerError::NotFound)));
        let none = desk.try_preview("guard/x/1/book/2").await;
        assert!(matches!(none, Err(ServerError::NotFound)));
        let all = open(&desk.bench.store, &desk.maya(), now()).await.unwrap();
        let known: Vec<(&String, &Open)> = all.iter().collect();
        let one = Open {
            adds: Adds::Deed,
            left: 1,
            mailed: 0,
        };
        assert_eq!(known, [(&deed(), &one)]);
        assert!(
            open(&desk.bench.store, &ben, now())
                .await
                .unwrap()
                .is_empty()
        );
    });
}

#[test]
fn what_was_changed_since_is_not_sent_and_that_is_said() {
    with_desk(|desk| async move {
        desk.books().await;
        let (_, object) = booked("good");
        let (deed, changed) = (deed(), "the meeting was changed since you read this");
        let others = [
            Some(object.replace("T120000Z", "T130000Z")),
            Some(object.replace("PARTSTAT=NEEDS-ACTION", "PARTSTAT=DECLINED")),
            None,
        ];
        for other in others {
            desk.outside.stands(other.as_deref());
            desk.approves(&deed).await;
            assert_eq!(desk.step().await, Step::Dropped);
            assert_eq!(dropped(&desk.heard(&deed).await), changed);
        }
        let told = object.replace("ATTENDEE;", "ATTENDEE;SCHEDULE-STATUS=1.2;");
        desk.outside.stands(Some(&told));
        desk.approves(&deed).await;
        assert_eq!(desk.step().await, Step::Dropped);
        assert_eq!(
            dropped(&desk.heard(&deed).await),
            "the calendar server told them itself since"
        );
        assert!(desk.outside.given().is_empty());
        // An alarm is its owner's business: what the others hear of is as it was.
        let alarm = "BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT5M\r\nEND:VALARM\r\nEND:VEVENT";
        let alarm = object.replace("END:VEVENT", &format!("X-SEEN:1\r\n{alarm}"));
        desk.outside.stands(Some(&alarm));
        desk.approves(&deed).await;
        assert_eq!(desk.step().await, Step::Sent);
    });
}

#[test]
fn what_is_not_taken_now_goes_later_as_the_same_mail_and_what_is_refused_is_said() {
    with_desk(|desk| async move {
        desk.books().await;
        desk.outside.says(&[later(), later()]);
        desk.approves(&deed()).await;
        assert_eq!(desk.step().await, Step::Again);
        assert_eq!(desk.step().await, Step::Again);
        assert_eq!(desk.heard(&deed()).await, Heard::OnItsWay);
        assert_eq!(desk.step().await, Step::Sent);
        let given = desk.outside.given();
        assert!(given.len() == 3 && given.iter().all(|mail| *mail == given[0]));
    });
    with_desk(|desk| async move {
        desk.books().await;
        desk.outside.says(&[Posted::Refused { code: Some(550) }]);
        desk.approves(&deed()).await;
        assert_eq!(desk.step().await, Step::Refused(Some(550)));
        let refused = Heard::NotSent(desk.instant(), NotSent::Refused(Some(550)));
        assert_eq!(desk.heard(&deed()).await, refused);
        assert_eq!(desk.step().await, Step::Idle);
        // Once the mail server is mended the same mail goes, by another tap.
        desk.approves(&deed()).await;
        assert_eq!(desk.step().await, Step::Sent);
        let given = desk.outside.given();
        assert_eq!(given[0].id, given[1].id);
    });
    with_desk(|desk| async move {
        desk.books().await;
        desk.outside.says(&vec![later(); 30]);
        desk.approves(&deed()).await;
        let mut steps = 0;
        while desk.step().await == Step::Again {
            steps += 1;
        }
        assert_eq!(steps, 23);
        let heard = desk.heard(&deed()).await;
        assert!(
            matches!(heard, Heard::NotSent(_, NotSent::GivenUp)),
            "{heard:?}"
        );
    });
}
