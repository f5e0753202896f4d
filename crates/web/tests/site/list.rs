//! Reporting lines of the list of people on the pages of 1:1s.

use crate::people::{BEN, FILE, MAYA, PETRA, calendar, feed, weekly};
use crate::support::Site;

#[tokio::test]
async fn a_line_that_began_after_the_last_look_at_a_calendar_is_told_to_both_as_not_known() {
    let site = Site::new().await;
    let maya = site.set_up().await;
    let ben = site.join(&maya, BEN, "Ben").await;
    let petra = site.join(&maya, PETRA, "Petra").await;
    let with_maya = calendar(&[&weekly("ZQwith-maya", (MAYA, BEN), 2)]);
    let own = calendar(&[&weekly("ZQown", (PETRA, "goran@example.com"), 4)]);
    for (cookie, text) in [(&maya, &with_maya), (&ben, &with_maya), (&petra, &own)] {
        site.upload(cookie, "a.ics", text.as_bytes()).await;
    }
    feed(&site, &maya, FILE).await;
    let told = async |cookie: &str| site.get("/one-on-ones", cookie).await.body;
    let not_known = "What is known here of the calendars ends on 1 May, before that: whether the two of you have a 1:1 yet is not known.";
    for (cookie, words) in [
        (&petra, "Ben Okafor reports to you since 1 September. "),
        (&ben, "You report to Petra Fischer since 1 September. "),
    ] {
        let page = told(cookie).await;
        assert!(
            page.contains(&format!("{words}{not_known}")),
            "{words} in {page}"
        );
    }
    assert!(!told(&maya).await.contains("Perhaps without a 1:1"));
    // As soon as the calendar is seen as it is, it is told whether there is one.
    let later = own.replace("20260501T", "20261120T");
    site.upload(&petra, "a.ics", later.as_bytes()).await;
    let page = told(&petra).await;
    assert!(
        page.contains("Ben Okafor has no 1:1 with you since 1 September"),
        "{page}"
    );
    assert!(!page.contains("Perhaps without a 1:1"), "{page}");
}
