//! A report asks for another time, from their own page.

use crate::everybody::everybody;
use crate::support::Site;

/// The second of the next 1:1 that a button asks another time for.
fn button(page: &str) -> String {
    let (_, form) = page.split_once("/wish\" class=\"reply\"").unwrap();
    let (_, value) = form.split_once("name=\"promised\" value=\"").unwrap();
    value.split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn who_sees_it_is_said_before_the_tap_and_both_are_told_of_it_after() {
    let site = Site::new().await;
    let all = everybody(&site).await;
    let page = site.get(&all.pair, &all.ben).await.body;
    for words in [
        "Another time?",
        "<bdi>Maya Lind</bdi> sees that you ask, and that you ask no more where you take it back, on their page, in their log and in a mail if they get any; nobody else does.",
        "Ask for another time",
    ] {
        assert!(page.contains(words), "{words} in {page}");
    }
    assert!(
        !site
            .get(&all.pair, &all.maya)
            .await
            .body
            .contains("Another time?")
    );
    let promised = button(&page);
    let wish = format!("{}/wish", all.pair);
    let asked = [("promised", promised.as_str()), ("wish", "yes")];
    assert_eq!(site.post(&wish, &all.ben, &asked).await.status, 303);
    let page = site.get(&all.pair, &all.ben).await.body;
    let waits = "You asked for another time on 22 November; waiting for <bdi>Maya Lind</bdi>.";
    assert!(page.contains(waits), "{page}");
    assert_ne!(button(&page), promised, "the one after");
    let mayas = site.get("/one-on-ones", &all.maya).await.body;
    for told in [
        ". <a href=\"#threats\">Another time</a><span class=\"quiet\">: your report asks for another time</span>",
        "Your report asks for another time.",
    ] {
        assert!(mayas.contains(told), "{told} in {mayas}");
    }
    // Without a card, for she only watches, it stands all the same.
    let quiet = site
        .post("/guard/level", &all.maya, &[("level", "watch")])
        .await;
    assert_eq!(quiet.status, 303, "{}", quiet.body);
    let page = site.get("/one-on-ones", &all.maya).await.body;
    let told =
        "<bdi>Ben Okafor</bdi> asks for another time for your 1:1 of Tue 24 November, 15:00: ";
    assert!(page.contains(told), "{page}");
    let log = "<bdi>Ben Okafor</bdi> asked you for another time for the 1:1 ";
    assert!(site.get("/log", &all.maya).await.body.contains(log));
    let no_more = [("promised", promised.as_str()), ("wish", "no")];
    assert_eq!(site.post(&wish, &all.ben, &no_more).await.status, 303);
    let mayas = site.get("/one-on-ones", &all.maya).await.body;
    assert!(!mayas.contains("for another time"), "{mayas}");
    let gorans = site.get("/log", &all.goran).await.body;
    assert!(!gorans.contains("another time"), "{gorans}");
}
