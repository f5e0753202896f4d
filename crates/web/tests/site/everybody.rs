//! An organisation with all roles: a manager, her report, a colleague, and one who was invited and has not joined.

use crate::calendars;
use crate::support::Site;
use axum::http::StatusCode;

/// Their cookies, and the paths that matter.
pub(crate) struct Everybody {
    pub(crate) maya: String,
    pub(crate) ben: String,
    pub(crate) goran: String,
    /// The link of Dana, who has not joined.
    pub(crate) invitation: String,
    /// The page of Maya's 1:1 with Ben.
    pub(crate) pair: String,
    /// The page of one that was moved.
    pub(crate) moved: String,
}

pub(crate) async fn everybody(site: &Site) -> Everybody {
    let maya = site.set_up().await;
    let ben = site.join(&maya, "ben@example.com", "Ben").await;
    let goran = site.join(&maya, "goran@example.com", "Göran").await;
    let invitation = site.invite(&maya, "dana@example.com").await;
    let calendars = [
        (&maya, calendars::mayas_with_markers()),
        (&ben, calendars::exported("ben@example.com")),
        (&goran, calendars::gorans()),
    ];
    for (cookie, text) in calendars {
        let answer = site.upload(cookie, "calendar.ics", text.as_bytes()).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    }
    let lines: Vec<(&str, &str)> = vec![
        ("is:ben@example.com", "report"),
        ("is:ana@example.com", "report"),
        ("is:chidi@example.com", "report"),
        ("is:dana@example.com", "report"),
        ("more", "noor@example.com"),
        ("manager", "petra@example.com"),
    ];
    let answer = site.post("/one-on-ones/lines", &maya, &lines).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let pair = pair_with(&site.get("/one-on-ones", &maya).await.body, "Ben Okafor");
    Everybody {
        moved: format!("{pair}/2026-06-16"),
        maya,
        ben,
        goran,
        invitation,
        pair,
    }
}

/// Where the name on a page leads.
pub(crate) fn pair_with(page: &str, name: &str) -> String {
    let (before, _) = page
        .split_once(&format!("<bdi>{name}</bdi></a>"))
        .unwrap_or_else(|| panic!("{name} has no page: {page}"));
    let (_, link) = before.rsplit_once("href=\"").unwrap();
    link.split('"').next().unwrap().to_owned()
}
