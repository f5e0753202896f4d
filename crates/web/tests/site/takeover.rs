//! An invitation is handed over by whoever makes it, and may end in other hands than those it is for.

use crate::everybody::{everybody, pair_with};
use crate::support::Site;
use axum::http::StatusCode;

/// Another 1:1 with Maya, of which her calendar knows nothing.
const FORGED: &str = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Example//EN\r\nBEGIN:VEVENT\r\nUID:forged\r\n\
DTSTAMP:20261101T080000Z\r\nCREATED:20260501T080000Z\r\nDTSTART:20260601T060000Z\r\nDTEND:20260601T063000Z\r\n\
RRULE:FREQ=WEEKLY\r\nSUMMARY:1:1 Maya / Ana\r\nORGANIZER:mailto:maya@example.com\r\n\
ATTENDEE;PARTSTAT=ACCEPTED:mailto:maya@example.com\r\nATTENDEE;PARTSTAT=ACCEPTED:mailto:ana@example.com\r\n\
END:VEVENT\r\nEND:VCALENDAR\r\n";

/// What a page tells of each 1:1.
fn told(page: &str) -> String {
    let (_, told) = page.split_once("id=\"ledger\"").unwrap();
    told.split_once("</section>").unwrap().0.to_owned()
}

#[tokio::test]
async fn whoever_joins_by_a_colleagues_invitation_sees_nothing_of_anybody_else() {
    let site = Site::new().await;
    let all = everybody(&site).await;
    // Ana has a 1:1 with Maya and has not joined. Göran says that she reports to him, and joins as her himself.
    let lines = [("more", "ana@example.com")];
    let said = site.post("/one-on-ones/lines", &all.goran, &lines).await;
    assert_eq!(said.status, StatusCode::SEE_OTHER, "{}", said.body);
    let ana = site.join(&all.goran, "ana@example.com", "Ana").await;
    let pair = pair_with(
        &site.get("/one-on-ones", &all.maya).await.body,
        "Ana Müller",
    );
    assert_eq!(site.get(&pair, &all.maya).await.status, StatusCode::OK);
    let list = site.get("/one-on-ones", &ana).await.body;
    assert!(!list.contains("Maya"), "{list}");
    assert_eq!(site.get(&pair, &ana).await.status, StatusCode::NOT_FOUND);
    let place = site.get("/people/me", &ana).await.body;
    assert!(place.contains("You came in by an invitation of"), "{place}");
    // What is handed in as somebody else changes nobody's ledger.
    let before = told(&site.get(&pair, &all.maya).await.body);
    let forged = site.upload(&ana, "forged.ics", FORGED.as_bytes()).await;
    assert_eq!(forged.status, StatusCode::SEE_OTHER, "{}", forged.body);
    assert_eq!(told(&site.get(&pair, &all.maya).await.body), before);
    // Whoever keeps the list says that it is her after all.
    let add = [
        ("address", "ana@example.com"),
        ("name", "Ana"),
        ("manager", "maya@example.com"),
    ];
    let page = site
        .post("/people", &all.maya, &add)
        .await
        .location()
        .to_owned();
    let shown = site.get(&page, &all.maya).await.body;
    assert!(shown.contains("I know that it is them"), "{shown}");
    let others = site.post(&page, &all.goran, &[("do", "vouch")]).await;
    assert_eq!(others.status, StatusCode::NOT_FOUND);
    let vouched = site.post(&page, &all.maya, &[("do", "vouch")]).await;
    assert_eq!(vouched.status, StatusCode::SEE_OTHER);
    assert_eq!(site.get(&pair, &ana).await.status, StatusCode::OK);
    let shown = site.get(&page, &all.maya).await.body;
    assert!(!shown.contains("I know that it is them"), "{shown}");
    assert_ne!(told(&site.get(&pair, &all.maya).await.body), before);
}
