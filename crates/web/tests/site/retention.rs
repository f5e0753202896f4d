//! How long what was seen is kept: said to everybody, set by whoever set the server up.

use crate::support::Site;
use axum::http::StatusCode;

#[tokio::test]
async fn whoever_set_the_server_up_chooses_and_everybody_is_told() {
    let site = Site::new().await;
    let maya = site.set_up().await;
    let ben = site.join(&maya, "ben@example.com", "Ben").await;
    for cookie in [&maya, &ben] {
        let privacy = site.get("/privacy", cookie).await.body;
        assert!(
            privacy.contains("is kept for <b>two years</b>"),
            "{privacy}"
        );
        let policies = site.get("/policies", cookie).await.body;
        assert_eq!(policies.contains("action=\"/retention\""), *cookie == maya);
    }
    let odd = site.post("/retention", &maya, &[("keep", "13")]).await;
    assert_eq!(odd.status, StatusCode::BAD_REQUEST);
    let others = site.post("/retention", &ben, &[("keep", "all")]).await;
    assert_eq!(others.status, StatusCode::NOT_FOUND);
    for (keep, said) in [
        ("12", "is kept for <b>one year</b>"),
        ("all", "is kept for good"),
    ] {
        let set = site.post("/retention", &maya, &[("keep", keep)]).await;
        assert_eq!(set.location(), "/policies#retention");
        let privacy = site.get("/privacy", &ben).await.body;
        assert!(privacy.contains(said), "{privacy}");
    }
}
