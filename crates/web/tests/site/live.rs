//! Streams to open pages: told when what they show has changed, and only then.

use crate::everybody::everybody;
use crate::support::{SECOND, Site, request};
use axum::body::{Body, BodyDataStream};
use axum::http::StatusCode;
use futures_util::StreamExt;
use steadfast_app::server::people::key_of;
use steadfast_app::server::sync::Step;
use tower::ServiceExt;

/// A page's stream.
struct Stream(BodyDataStream);

impl Stream {
    async fn open(site: &Site, cookie: &str, path: &str) -> Self {
        let request = request("GET", path, cookie).body(Body::empty()).unwrap();
        let answer = site.server.router().oneshot(request).await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK);
        Self(answer.into_body().into_data_stream())
    }

    /// The next event's id and data; `None` when it is over.
    async fn next(&mut self) -> Option<(String, String)> {
        loop {
            let bytes = self.0.next().await?.unwrap();
            let text = String::from_utf8(bytes.to_vec()).unwrap();
            let field = |name: &str| {
                let line = text.lines().find_map(|line| line.strip_prefix(name));
                line.map(|rest| rest.trim().to_owned())
            };
            if let (Some(id), Some(data)) = (field("id:"), field("data:")) {
                return Some((id, data));
            }
        }
    }
}

#[tokio::test]
async fn a_page_is_told_what_its_reader_may_see_and_of_nothing_else() {
    let site = Site::new().await;
    let all = everybody(&site).await;
    crate::connected::connect(&site, &all.maya).await;
    site.wait(1_200 * SECOND);
    let word = format!("{}/word", all.moved);
    let mut mayas = Stream::open(&site, &all.maya, "/live").await;
    let mut gorans = Stream::open(&site, &all.goran, "/live").await;
    let (seen, first) = mayas.next().await.unwrap();
    assert_eq!(first, "{\"changed\":[]}");
    gorans.next().await.unwrap();
    // What Ben keeps to himself is written first: were it told, it would be told first.
    site.post(&word, &all.ben, &[("say", "asked.private")])
        .await;
    crate::connected::falls_silent(&site);
    assert_eq!(site.server.round().await.unwrap(), Step::Failed);
    let (_, data) = mayas.next().await.unwrap();
    assert_eq!(data, "{\"changed\":[\"calendars\"]}");
    site.post(&word, &all.ben, &[("say", "asked.shared")]).await;
    let (now, data) = mayas.next().await.unwrap();
    assert_eq!(data, "{\"changed\":[\"ledger\"]}");
    // Whoever was away is told at once what they missed.
    let path = format!("/live?last={seen}");
    let (id, data) = Stream::open(&site, &all.maya, &path)
        .await
        .next()
        .await
        .unwrap();
    assert_eq!(data, "{\"changed\":[\"ledger\",\"calendars\"]}");
    assert_eq!(id, now);
    site.server.end_streams();
    assert_eq!(mayas.next().await, None, "the server stops");
    assert_eq!(gorans.next().await, None, "and nothing of it was Göran's");
}

#[tokio::test]
async fn what_changes_on_the_other_ones_calendar_and_is_none_of_the_readers_is_not_told() {
    let site = Site::new().await;
    let all = everybody(&site).await;
    let evidence = async || {
        let mut taken = crate::export::files(&site, "maya@example.com").await;
        let text = taken.remove("one-on-ones.json").unwrap();
        let mut told: serde_json::Value = serde_json::from_str(&text).unwrap();
        told["evidence"].take()
    };
    let feed = "https://calendar.example/bens.ics";
    let bens = crate::calendars::exported("ben@example.com");
    site.stands(feed, Some(&bens));
    let form = [("address", feed), ("user", ""), ("password", "")];
    let connected = site.post("/calendars", &all.ben, &form).await;
    assert_eq!(
        connected.status,
        StatusCode::SEE_OTHER,
        "{}",
        connected.body
    );
    let before = evidence().await;
    let mut mayas = Stream::open(&site, &all.maya, "/live").await;
    mayas.next().await.unwrap();
    site.wait(1_200 * SECOND);
    // Ben has something put on his calendar in which Maya has no part.
    let interview = "BEGIN:VEVENT\r\nUID:elsewhere\r\nDTSTAMP:20261122T000000Z\r\nDTSTART:20261125T090000Z\r\n\
                     DURATION:PT1H\r\nSUMMARY:Elsewhere\r\nEND:VEVENT\r\nEND:VCALENDAR";
    let changed = bens.replace("END:VCALENDAR", interview);
    site.stands(feed, Some(&changed));
    assert_eq!(site.server.round().await.unwrap(), Step::Changed);
    assert_eq!(evidence().await, before);
    // Were it told, it would be told before this.
    let word = format!("{}/word", all.moved);
    site.post(&word, &all.ben, &[("say", "asked.shared")]).await;
    mayas.next().await.unwrap();
    site.server.end_streams();
    assert_eq!(mayas.next().await, None, "once");
}

#[tokio::test]
async fn that_a_line_ends_on_a_day_far_off_is_told_to_an_open_page_of_the_two() {
    let site = Site::new().await;
    let all = everybody(&site).await;
    let list = "email,name,manager,from\nben@example.com,Ben Okafor,maya@example.com,2026-01-05\n";
    crate::people::feed(&site, &all.maya, list).await;
    let mut bens = Stream::open(&site, &all.ben, "/live").await;
    bens.next().await.unwrap();
    let page = format!("/people/{}", key_of("ben@example.com"));
    let ends = [
        ("do", "end"),
        ("address", "maya@example.com"),
        ("from", "2026-01-05"),
        ("last", "2027-06-30"),
    ];
    let done = site.post(&page, &all.maya, &ends).await;
    assert_eq!(done.location(), page, "{}", done.body);
    let (_, data) = bens.next().await.unwrap();
    assert_eq!(data, "{\"changed\":[\"ledger\"]}");
    let his = site.get("/one-on-ones", &all.ben).await.body;
    assert!(his.contains("until 30 June 2027."), "{his}");
}

#[tokio::test]
async fn an_account_has_six_streams_and_none_after_it_signed_out() {
    let site = Site::new().await;
    let all = everybody(&site).await;
    let mut streams = Vec::new();
    for _ in 0..6 {
        streams.push(Stream::open(&site, &all.maya, "/live").await);
    }
    let seventh = site.get("/live", &all.maya).await;
    assert_eq!(seventh.status, StatusCode::TOO_MANY_REQUESTS);
    streams.truncate(1);
    let mut stream = streams.remove(0);
    stream.next().await.unwrap();
    site.post("/sign-out", &all.maya, &[]).await;
    let word = format!("{}/word", all.moved);
    site.post(&word, &all.ben, &[("say", "asked.shared")]).await;
    assert_eq!(stream.next().await, None);
}

#[tokio::test]
async fn only_pages_that_show_what_may_change_listen() {
    let site = Site::new().await;
    let all = everybody(&site).await;
    for (path, shows) in [
        ("/one-on-ones", "data-live=\"ledger calendars\""),
        (&all.pair, "data-live=\"ledger calendars\""),
        (&all.moved, "data-live=\"ledger calendars\""),
        ("/calendars", "data-live=\"calendars\""),
    ] {
        let page = site.get(path, &all.maya).await.body;
        assert!(page.contains(shows), "{path}");
    }
    let page = site.get("/privacy", &all.maya).await.body;
    assert!(!page.contains("data-live"), "{page}");
}
