//! How long what was seen is kept, and what counts as once in a while: said to everybody, set by whoever set the server up.

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

#[tokio::test]
async fn what_counts_as_once_in_a_while_is_chosen_for_everybody_among_what_is_calibrated() {
    let site = Site::new().await;
    let maya = site.set_up().await;
    let ben = site.join(&maya, "ben@example.com", "Ben").await;
    let path = "/once-in-a-while";
    for cookie in [&maya, &ben] {
        let policies = site.get("/policies", cookie).await.body;
        assert!(policies.contains("up to one in five"), "{policies}");
        let form = format!("action=\"{path}\"");
        assert_eq!(policies.contains(&form), *cookie == maya);
    }
    for odd in ["", "0.2", "one-in-four"] {
        let odd = site.post(path, &maya, &[("once", odd)]).await;
        assert_eq!(odd.status, StatusCode::BAD_REQUEST);
    }
    let others = site.post(path, &ben, &[("once", "one-in-ten")]).await;
    assert_eq!(others.status, StatusCode::NOT_FOUND);
    for (once, said) in [
        ("one-in-ten", ["up to one in ten", "up to one in twenty"]),
        ("one-in-three", ["up to one in three", "up to one in six"]),
        ("one-in-five", ["up to one in five", "up to one in ten"]),
    ] {
        let set = site.post(path, &maya, &[("once", once)]).await;
        assert_eq!(set.location(), "/policies#counts");
        let policies = site.get("/policies", &ben).await.body;
        for said in said {
            assert!(policies.contains(&format!("<b>{said}</b>")), "{policies}");
        }
    }
}
