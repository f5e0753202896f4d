//! Whoever has more than half a year behind them looks further back, half a year at a time.

use crate::everybody::pair_with;
use crate::support::{Answer, Site};
use axum::http::StatusCode;

const SINCE_JUNE_2025: &str = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Example//EN\r\n\
BEGIN:VEVENT\r\nUID:weekly\r\nDTSTAMP:20261121T080000Z\r\nDTSTART:20250603T100000Z\r\nDTEND:20250603T103000Z\r\n\
RRULE:FREQ=WEEKLY\r\nSUMMARY:1:1 Maya / Ben\r\nORGANIZER:mailto:maya@example.com\r\n\
ATTENDEE;PARTSTAT=ACCEPTED:mailto:maya@example.com\r\nATTENDEE;PARTSTAT=ACCEPTED:mailto:ben@example.com\r\nEND:VEVENT\r\n\
BEGIN:VEVENT\r\nUID:weekly\r\nRECURRENCE-ID:20260113T100000Z\r\nDTSTAMP:20261121T080000Z\r\nLAST-MODIFIED:20260112T080000Z\r\n\
SEQUENCE:1\r\nDTSTART:20260114T100000Z\r\nDTEND:20260114T103000Z\r\nSUMMARY:1:1 Maya / Ben\r\n\
ORGANIZER:mailto:maya@example.com\r\nATTENDEE;PARTSTAT=ACCEPTED:mailto:maya@example.com\r\n\
ATTENDEE;PARTSTAT=ACCEPTED:mailto:ben@example.com\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

/// Where "The half year before" leads.
pub(crate) fn before(page: &Answer) -> Option<String> {
    let (until, _) = page.body.split_once("\">The half year before</a>")?;
    Some(until.rsplit_once("href=\"")?.1.to_owned())
}

#[tokio::test]
async fn the_half_years_before_are_told_until_nothing_is_known() {
    let site = Site::new().await;
    let maya = site.set_up().await;
    site.upload(&maya, "a.ics", SINCE_JUNE_2025.as_bytes())
        .await;
    site.post(
        "/one-on-ones/lines",
        &maya,
        &[("is:ben@example.com", "report")],
    )
    .await;
    let pair = pair_with(&site.get("/one-on-ones", &maya).await.body, "Ben");
    let now = site.get(&pair, &maya).await;
    assert!(!now.body.contains("13 January"), "{}", now.body);
    let then = site.get(&before(&now).unwrap(), &maya).await;
    assert_eq!(then.status, StatusCode::OK, "{}", then.body);
    assert!(
        then.body.contains("13 January") && then.body.contains("14 January"),
        "{}",
        then.body
    );
    // Each of them leads to its story, as those of the present half year do.
    let half = before(&now).unwrap();
    let one = format!("{half}/2026-01-13");
    let row = format!("href=\"{one}\"");
    assert!(then.body.contains(&row), "{row} in {}", then.body);
    let story = site.get(&one, &maya).await;
    assert_eq!(story.status, StatusCode::OK, "{}", story.body);
    for words in [
        "Tue 13 January",
        "14 January",
        "What this rests on",
        "By the rule",
    ] {
        assert!(story.body.contains(words), "{words} in {}", story.body);
    }
    for odd in ["2026-01-14", "never"] {
        let none = format!("{half}/{odd}");
        assert_eq!(
            site.get(&none, &maya).await.status,
            StatusCode::NOT_FOUND,
            "{odd}"
        );
    }
    let long_ago = site.get(&before(&then).unwrap(), &maya).await;
    assert!(long_ago.body.contains("Tue 10 June"), "{}", long_ago.body);
    let never = site.get(&before(&long_ago).unwrap(), &maya).await;
    assert!(
        never.body.contains("no calendar that was seen tells"),
        "{}",
        never.body
    );
    assert_eq!(before(&never), None);
}

#[tokio::test]
async fn that_a_series_moved_for_good_is_told_in_the_half_year_in_which_it_did() {
    let site = Site::new().await;
    let maya = site.set_up().await;
    let (head, _) = SINCE_JUNE_2025.split_once("BEGIN:VEVENT").unwrap();
    let series = |uid: &str, start: &str, rule: &str| {
        format!(
            "BEGIN:VEVENT\r\nUID:{uid}\r\nDTSTAMP:20261121T080000Z\r\nDTSTART:{start}\r\nDURATION:PT30M\r\nRRULE:{rule}\r\n\
             SUMMARY:1:1 Maya / Ben\r\nORGANIZER:mailto:maya@example.com\r\nATTENDEE;PARTSTAT=ACCEPTED:mailto:maya@example.com\r\n\
             ATTENDEE;PARTSTAT=ACCEPTED:mailto:ben@example.com\r\nEND:VEVENT\r\n"
        )
    };
    let text = format!(
        "{head}{}{}END:VCALENDAR\r\n",
        series(
            "one",
            "20250603T100000Z",
            "FREQ=WEEKLY;UNTIL=20260309T235959Z"
        ),
        series("two", "20260311T140000Z", "FREQ=WEEKLY"),
    );
    site.upload(&maya, "a.ics", text.as_bytes()).await;
    let lines = [("is:ben@example.com", "report")];
    site.post("/one-on-ones/lines", &maya, &lines).await;
    let pair = pair_with(&site.get("/one-on-ones", &maya).await.body, "Ben");
    let now = site.get(&pair, &maya).await;
    let then = site.get(&before(&now).unwrap(), &maya).await;
    let told = "Moved for good on 11 March.";
    assert!(then.body.contains(told), "{}", then.body);
    assert!(!now.body.contains(told), "{}", now.body);
    let before_that = site.get(&before(&then).unwrap(), &maya).await;
    assert!(
        !before_that.body.contains("Moved for good"),
        "{}",
        before_that.body
    );
}

#[tokio::test]
async fn it_is_no_way_to_what_is_to_come_and_is_asked_so_often() {
    let site = Site::new().await;
    let maya = site.set_up().await;
    site.upload(&maya, "a.ics", SINCE_JUNE_2025.as_bytes())
        .await;
    let pair = pair_with(&site.get("/one-on-ones", &maya).await.body, "Ben");
    for odd in ["2100-01-01", "tomorrow", "-009999-01-01"] {
        let page = site.get(&format!("{pair}/until/{odd}"), &maya).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{odd}");
    }
    let until = format!("{pair}/until/2026-05-01");
    let mut answers = Vec::new();
    for _ in 0..60 {
        answers.push(site.get(&until, &maya).await.status);
    }
    assert_eq!(answers[0], StatusCode::OK);
    assert!(answers.contains(&StatusCode::TOO_MANY_REQUESTS));
}
