//! A report who has not joined picks a time for good by the link in a mail: the way there on the manager's page, the mail, the page
//! behind its link, and what comes of a pick.

use crate::by_link::{Tells, calendar, one_on_one, stamp, starts, with};
use steadfast_calendar::edit::Edit;

/// Something of Petra's lies over every one from the next on.
fn fought_over() -> String {
    let over = format!(
        "BEGIN:VEVENT\r\nUID:staff\r\nDTSTAMP:20260101T080000Z\r\nSUMMARY:Staff\r\nDTSTART:{}\r\nDURATION:PT1H\r\n\
         RRULE:FREQ=WEEKLY\r\nORGANIZER:mailto:petra@example.com\r\nATTENDEE;PARTSTAT=ACCEPTED:mailto:petra@example.com\r\n\
         ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:maya@example.com\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
        stamp(one_on_one())
    );
    calendar("").replace("END:VCALENDAR\r\n", &over)
}

#[tokio::test]
async fn times_for_good_are_picked_by_the_link_of_a_mail_that_was_read_and_the_series_goes_there() {
    let maya = with(&Tells::so(Ok(Vec::new())), &fought_over()).await;
    let way = format!("class=\"button\" href=\"{}/by-mail?promised=0\"", maya.pair);
    let card = maya.site.get(&maya.pair, &maya.maya).await.body;
    assert!(card.contains(&way), "{card}");
    assert!(!card.contains("value=\"offer\""), "{card}");
    assert!(card.contains("Only you see this. What was"), "{card}");
    let shown = starts(&card, "time");
    assert_eq!(shown.len(), 3, "{card}");

    let link = maya
        .sent_of(&format!("{}/by-mail?promised=0", maya.pair))
        .await;
    // They are offered: there is no other mail to send.
    let card = maya.site.get(&maya.pair, &maya.maya).await.body;
    assert!(!card.contains(&way), "{card}");
    let seen = "Only you see this, but for the times that were offered: whoever they were offered to sees those. What was";
    assert!(card.contains(seen), "{card}");
    let page = maya.site.get(&link, "").await.body;
    assert_eq!(starts(&page, "pick"), shown, "{page}");
    for said in [
        "offers you other times for your 1:1 from here on; it comes as often as before",
        ", from ",
    ] {
        assert!(page.contains(said), "{said} in {page}");
    }
    for kept in ["Zanzibar", "Staff", "1970", "maya@example.com"] {
        assert!(!page.contains(kept), "{kept} in {page}");
    }
    let second = shown[1].to_string();
    let picked = maya.site.post(&link, "", &[("pick", &second)]).await.body;
    assert!(
        picked.contains("Picked: ") && picked.contains("tells you; it counts"),
        "{picked}"
    );
    maya.judged().await;
    maya.judged().await;
    let edits = maya.edits().await;
    let [Edit::Successor(series)] = edits.as_slice() else {
        panic!("{edits:?}");
    };
    assert_eq!(series.slot.start.seconds(), shown[1]);
    let hers = maya.site.get(&maya.pair, &maya.maya).await.body;
    assert!(hers.contains("<bdi>Ben Okafor</bdi> picked "), "{hers}");
}
