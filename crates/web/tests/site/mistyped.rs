//! A manager whom a list names by an address that is nearly somebody else's.

use crate::people::{feed, look};
use crate::support::Site;
use axum::http::StatusCode;
use steadfast_app::server::demo;
use steadfast_app::server::health::mistyped;
use steadfast_app::server::people::key_of;
use steadfast_store::Micros;

const FILE: &str = "email,name,manager,from\n\
                    petra@example.com,Petra Fischer,,\n\
                    maya@example.com,Maya Lind,petra@exmaple.com,2026-01-11\n\
                    ben@example.com,Ben Okafor,petra@exmaple.com,2026-02-12\n\
                    ana@example.com,Ana,chief@example.com,2026-02-12\n";

#[tokio::test]
async fn a_manager_without_a_row_is_asked_about_before_anything_is_changed_and_as_long_as_it_is_so()
{
    let now = Micros(demo::now().seconds() * 1_000_000);
    let site = Site::new().await;
    let maya = site.set_up().await;
    let ben = site.join(&maya, "ben@example.com", "Ben").await;
    let preview = look(&site, &maya, FILE).await;
    assert_eq!(preview.status, StatusCode::OK);
    for words in [
        "<bdi><b>petra@exmaple.com</b></bdi> is named as the manager of 2. It is near to <bdi>petra@example.com</bdi>: is it the same?",
        "<bdi><b>chief@example.com</b></bdi> is named as the manager of 1.<",
    ] {
        assert!(preview.body.contains(words), "{words} in {}", preview.body);
    }
    assert_eq!(mistyped(&site.store, now).await.unwrap(), 0);
    feed(&site, &maya, FILE).await;
    // Asked of whoever keeps the list, and of nobody whose address is like no other.
    let page = site.get("/people", &maya).await.body;
    assert!(
        page.contains("near to <bdi>petra@example.com</bdi>"),
        "{page}"
    );
    assert!(!page.contains("chief@example.com"), "{page}");
    assert!(!site.get("/people", &ben).await.body.contains("mistyped"));
    assert_eq!(mistyped(&site.store, now).await.unwrap(), 1);
    // With a name it is somebody of their own.
    let named = [("do", "describe"), ("name", "Petra F."), ("zone", "")];
    let there = format!("/people/{}", key_of("petra@exmaple.com"));
    let done = site.post(&there, &maya, &named).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    assert!(!site.get("/people", &maya).await.body.contains("mistyped"));
    assert_eq!(mistyped(&site.store, now).await.unwrap(), 0);
}
