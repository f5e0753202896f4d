//! A rhythm that was proposed and not answered, for whoever proposed it.

use crate::everybody::everybody;
use crate::support::Site;

#[tokio::test]
async fn what_one_proposed_oneself_is_told_with_when_and_for_whom_it_waits() {
    let site = Site::new().await;
    let all = everybody(&site).await;
    let there = all.pair.replace("/one-on-ones/", "/policies/");
    let posted = site.post(&there, &all.ben, &[("say", "propose.14")]).await;
    assert_eq!(posted.status, 303, "{}", posted.body);
    let page = site.get(&all.pair, &all.ben).await.body;
    let words =
        "Proposed by you on 22 November: to meet every two weeks; waiting for <bdi>Maya Lind</bdi>";
    assert!(page.contains(words), "{page}");
    assert!(!page.contains("have not agreed"), "{page}");
    let page = site.get("/policies", &all.ben).await.body;
    let words =
        "Proposed by you on 22 November: <b>every two weeks</b>; waiting for <bdi>Maya Lind</bdi>.";
    assert!(page.contains(words), "{page}");
    assert!(page.contains("Nothing is agreed yet."), "{page}");
    let page = site.get("/policies", &all.maya).await.body;
    let words = "Proposed by <bdi>Ben Okafor</bdi> on 22 November: <b>every two weeks</b>; waiting for you.";
    assert!(page.contains(words), "{page}");
}
