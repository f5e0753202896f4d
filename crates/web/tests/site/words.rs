//! What can be said of a 1:1 is what its page offers, by whatever way it is sent.

use crate::api::{call, token};
use crate::everybody::everybody;
use crate::support::Site;
use axum::http::StatusCode;

#[tokio::test]
async fn of_one_that_is_still_to_come_nothing_is_said() {
    let site = Site::new().await;
    let all = everybody(&site).await;
    let to_come = format!("{}/2026-11-24", all.pair);
    let page = site.get(&to_come, &all.ben).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(!page.body.contains("name=\"say\""), "{}", page.body);
    let word = format!("{to_come}/word");
    let writes = token(&site, &all.ben, "read+write").await;
    for said in ["asked", "agreed", "held", "no_manager", "not_held", "no_me"] {
        let form = [("say", &*format!("{said}.shared"))];
        let answer = site.post(&word, &all.ben, &form).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{said}");
        assert!(
            answer.body.contains("still to come"),
            "{said}: {}",
            answer.body
        );
        let sent = format!("{{\"word\":\"{said}\",\"shared\":true}}");
        let path = format!("/api/v1{word}");
        let answer = call(&site, "post", &path, &writes, Some(sent)).await;
        assert_eq!(answer.status, StatusCode::CONFLICT, "{said}");
        assert!(
            answer.body.contains("still to come"),
            "{said}: {}",
            answer.body
        );
    }
    let hers = site.get(&to_come, &all.maya).await.body;
    assert!(!hers.contains("class=\"said\""), "{hers}");
}

#[tokio::test]
async fn of_one_to_which_somebody_did_not_come_what_was_changed_before_is_told_as_well() {
    let site = Site::new().await;
    let all = everybody(&site).await;
    let word = format!("{}/word", all.moved);
    let form = [("say", "no_manager.shared")];
    assert_eq!(site.post(&word, &all.ben, &form).await.status, 303);
    for (cookie, said, by) in [
        (
            &all.ben,
            "you say Maya Lind did not come",
            "from Maya Lind’s calendar",
        ),
        (
            &all.maya,
            "Ben Okafor says you did not come",
            "from your calendar",
        ),
    ] {
        let page = site.get(&all.moved, cookie).await.body;
        let story = format!("moved there {by}; {said}");
        assert!(page.contains(&story), "{story} in {page}");
        assert!(page.contains("<dt>Changed before</dt>"), "{page}");
    }
}

#[tokio::test]
async fn what_happened_as_promised_has_one_word_on_each_page() {
    let site = Site::new().await;
    let all = everybody(&site).await;
    let stood = format!("{}/2026-06-02", all.pair);
    for (cookie, word, other) in [(&all.ben, "kept", "stood"), (&all.maya, "stood", "kept")] {
        let page = site.get(&stood, cookie).await.body;
        let (_, told) = page.split_once("<main").unwrap();
        let (told, _) = told.split_once("By the rule").unwrap();
        let told = told.to_lowercase();
        assert!(told.contains(&format!("{word} as promised")), "{told}");
        assert!(!told.contains(&format!("{other} as promised")), "{told}");
        assert!(!page.contains(&format!("counts as {other}")), "{page}");
    }
    // Of one that was lost, what a word of theirs would make of it.
    for (cookie, word) in [(&all.ben, "kept"), (&all.maya, "stood")] {
        let pair = site.get(&all.pair, cookie).await.body;
        let days = format!("href=\"{}/2026-", all.pair);
        for (at, _) in pair.match_indices(&days) {
            let (_, path) = pair[at..].split_once('"').unwrap();
            let page = site.get(path.split('"').next().unwrap(), cookie).await.body;
            for (at, _) in page.match_indices("counts as ") {
                let told = &page[at + 10..at + 16];
                assert!(
                    !["kept", "stood"]
                        .iter()
                        .any(|one| *one != word && told.starts_with(one)),
                    "{told}"
                );
            }
        }
    }
}

#[tokio::test]
async fn the_next_one_leads_to_its_page() {
    let site = Site::new().await;
    let all = everybody(&site).await;
    for cookie in [&all.ben, &all.maya] {
        let page = site.get(&all.pair, cookie).await.body;
        let link = format!(
            "Next: <a href=\"{}/2026-11-24\">Tue 24 November, 15:00</a>.",
            all.pair
        );
        assert!(page.contains(&link), "{link} in {page}");
    }
}
