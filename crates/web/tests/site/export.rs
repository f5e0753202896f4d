//! Everything about oneself, to take home; and nothing of anybody else's.

use crate::calendars::{INSIDE, OTHER_TITLE};
use crate::everybody::everybody;
use crate::support::{PASSWORD, Site};
use axum::http::StatusCode;
use std::collections::BTreeMap;
use steadfast_app::server::accounts::organisation;
use steadfast_app::server::demo;
use steadfast_app::server::export::{Here, everything_about, zipped};
use steadfast_store::seal::Keyring;
use steadfast_store::{Expected, Facts, Micros, NewFact};

/// The files about whoever has that address, as text.
pub(crate) async fn files(site: &Site, email: &str) -> BTreeMap<String, String> {
    opened(site, None, email).await
}

/// The same, by whoever has these keys.
async fn opened(site: &Site, keys: Option<&Keyring>, email: &str) -> BTreeMap<String, String> {
    let org = organisation(&site.store).await.unwrap().unwrap();
    let here = Here {
        keyring: keys,
        sends_mail: Some(false),
    };
    let files = everything_about(&site.store, here, &org, email, demo::now())
        .await
        .unwrap();
    files
        .into_iter()
        .map(|(name, bytes)| (name, String::from_utf8(bytes).unwrap()))
        .collect()
}

#[tokio::test]
async fn what_is_taken_home_is_ones_own_and_of_others_only_the_common_one_on_ones() {
    let site = Site::new().await;
    let all = everybody(&site).await;
    crate::connected::connect(&site, &all.maya).await;
    let word = format!("{}/word", all.moved);
    let hers = [("say", "agreed.private")];
    site.post(&word, &all.maya, &hers).await;
    site.post(&word, &all.ben, &[("say", "asked.shared")]).await;
    site.get(&all.pair, &all.ben).await;

    let mayas = files(&site, "maya@example.com").await;
    let names: Vec<&str> = mayas.keys().map(String::as_str).collect();
    let expected = [
        "calendars/connected-1.ics",
        "calendars/handed-in.ics",
        "kept.json",
        "one-on-ones.json",
        "read-me.md",
    ];
    assert_eq!(names, expected);
    assert!(
        mayas["calendars/handed-in.ics"]
            .matches(OTHER_TITLE)
            .count()
            > 20
    );
    let connected = &mayas["calendars/connected-1.ics"];
    let count = |what: &str| connected.matches(what).count();
    assert!(count("BEGIN:VEVENT") > 20 && count("BEGIN:VEVENT") == count("END:VEVENT"));
    assert_eq!((count("BEGIN:VCALENDAR"), count("END:VCALENDAR")), (1, 1));
    let page = &mayas["read-me.md"];
    for words in [
        "Maya, maya@example.com, with an account since 2026-11-22",
        "- calendar.example, since 2026-11-22",
        "ben@example.com reports to maya@example.com (said by maya@example.com)",
        "of 2026-06-16 with ben@example.com: agreed (for you alone)",
        "- ben@example.com of 2026-06-16: asked",
        "Ben Okafor",
    ] {
        assert!(page.contains(words), "{words} in {page}");
    }
    // This server has no mail server to send by: what was chosen is no more than that.
    let mail = "Chosen: on, by mail, but this server sends none: it was not given a mail server to send by;";
    assert!(page.contains(mail) && !page.contains("It is on"), "{page}");
    let json: serde_json::Value = serde_json::from_str(&mayas["kept.json"]).unwrap();
    assert_eq!(json["mail_chosen"]["this_server_sends_mail"], false);
    assert_eq!(json["schema"], "steadfast.person/1");
    let once = |files: &BTreeMap<String, String>| {
        let json: serde_json::Value = serde_json::from_str(&files["one-on-ones.json"]).unwrap();
        json["once_in_a_while"]["choice"].clone()
    };
    assert_eq!(once(&mayas), "one-in-five");
    let often = [("once", "one-in-three")];
    site.post("/once-in-a-while", &all.maya, &often).await;
    assert_eq!(once(&files(&site, "ben@example.com").await), "one-in-three");
    assert_eq!(json["words"][0]["word"], "agreed");
    assert_eq!(json["happened"][0]["what"], "invited");
    assert_eq!(
        json["looks"],
        serde_json::json!([]),
        "Ben looked at his own"
    );

    let bens = files(&site, "ben@example.com").await;
    let json: serde_json::Value = serde_json::from_str(&bens["kept.json"]).unwrap();
    let looks = json["looks"].to_string();
    assert!(looks.contains("maya@example.com"), "{looks}");
    assert!(bens["read-me.md"].contains("of 2026-06-16 with maya@example.com: asked (shared"));
    for (name, text) in &bens {
        for word in [OTHER_TITLE, INSIDE, "agreed", "secret-of-maya"] {
            assert!(!text.contains(word), "{name} about Ben has {word}");
        }
        // Whom he himself meets stands on his own calendar.
        let mine = &bens["calendars/handed-in.ics"];
        for word in [
            "ana@",
            "chidi@",
            "dana@",
            "noor@",
            "petra@",
            "eve@",
            "goran@",
            "vendor",
            "northwind",
            "Dentist",
        ] {
            assert!(
                !text.contains(word) || mine.contains(word),
                "{name} about Ben has {word}"
            );
        }
        assert!(
            !text.contains("\"class\""),
            "{name}: what took its place is not told"
        );
    }
    let gorans = files(&site, "goran@example.com").await;
    for (name, text) in &gorans {
        for word in ["maya@", "ben@", "Okafor", OTHER_TITLE, INSIDE] {
            assert!(!text.contains(word), "{name} about Göran has {word}");
        }
    }
    for (name, text) in mayas.iter().chain(&bens).chain(&gorans) {
        for word in [INSIDE, PASSWORD, "argon2", "secret-of-maya"] {
            assert!(!text.contains(word), "{name} has {word}");
        }
    }
}

#[tokio::test]
async fn hours_a_feed_a_chat_and_what_was_done_are_taken_home_and_no_secret_is() {
    let (site, _) = Site::mailing().await;
    let maya = site.set_up().await;
    let none = files(&site, "maya@example.com").await;
    let json: serde_json::Value = serde_json::from_str(&none["kept.json"]).unwrap();
    assert_eq!(json["hours"], serde_json::json!([]));
    assert_eq!(json["acts"], serde_json::json!([]));
    assert_eq!(json["chat"], serde_json::Value::Null);
    assert_eq!(json["feed_of_holds"]["is_open"], false);
    for words in ["You said nothing.", "It is not open.", "None is kept."] {
        assert!(none["read-me.md"].contains(words), "{words}");
    }

    let hours = [
        ("do", "hours"),
        ("day", "0"),
        ("day", "2"),
        ("from", "08:00"),
        ("to", "14:30"),
    ];
    site.post("/people/me/hours", &maya, &hours).await;
    site.post("/held", &maya, &[]).await;
    let hook = [
        ("sort", "teams"),
        ("address", "https://hooks.example.org/secret"),
    ];
    site.post("/chat", &maya, &hook).await;
    let page = site.get("/held", &maya).await.body;
    let (_, feed) = page.split_once("/held/").unwrap();
    let feed = feed.split(".ics").next().unwrap();
    let org = organisation(&site.store).await.unwrap().unwrap();
    let acted = NewFact {
        kind: "calendar.acted.v1".to_owned(),
        at: Micros(demo::now().seconds() * 1_000_000),
        actor: "maya@example.com".to_owned(),
        payload: br#"{"uid":"u-ben","occurrence":1781611200,"to":null,"within":[1781600000,1781600001],"by":"person"}"#
            .to_vec(),
    };
    let acts = "acts/maya@example.com";
    site.store
        .append(&org, acts, Expected::Any, &[acted], &[])
        .await
        .unwrap();

    let keys = Keyring::new("k", [7; 32]).unwrap();
    let mayas = opened(&site, Some(&keys), "maya@example.com").await;
    let json: serde_json::Value = serde_json::from_str(&mayas["kept.json"]).unwrap();
    assert_eq!(
        json["hours"][0]["week"],
        serde_json::json!(["Monday 8:00–14:30", "Wednesday 8:00–14:30"])
    );
    assert_eq!(json["feed_of_holds"]["is_open"], true);
    assert_eq!(json["chat"]["sort"], "teams");
    assert_eq!(json["acts"][0]["by"], "person");
    assert_eq!(json["acts"][0]["of"], "2026-06-16T12:00:00Z");
    for words in [
        ": Monday 8:00–14:30, Wednesday 8:00–14:30",
        "It is open. Its address is a secret",
        "A webhook is kept (teams).",
        "2026-06-16T12:00:00Z of u-ben: taken away, at your word",
    ] {
        assert!(mayas["read-me.md"].contains(words), "{words}");
    }
    // Without the keys all of it is there but whose the chat is.
    let sealed = files(&site, "maya@example.com").await;
    let json: serde_json::Value = serde_json::from_str(&sealed["kept.json"]).unwrap();
    assert_eq!(json["chat"], serde_json::json!({"sort": null}));
    for (name, text) in mayas.iter().chain(&sealed) {
        for secret in ["hooks.example.org", feed] {
            assert!(!text.contains(secret), "{name} has {secret}");
        }
    }
    let answer = site.get("/privacy/export", &maya).await;
    assert!(!answer.body.contains("hooks.example.org"));
}

#[tokio::test]
async fn the_page_gives_the_same_in_one_file_and_not_without_end() {
    let site = Site::new().await;
    let all = everybody(&site).await;
    let page = site.get("/privacy", &all.ben).await.body;
    assert!(page.contains("href=\"/privacy/export\""));
    let answer = site.get("/privacy/export", &all.ben).await;
    assert_eq!(answer.header("content-type"), "application/zip");
    assert_eq!(
        answer.header("content-disposition"),
        "attachment; filename=\"steadfast.zip\""
    );
    let org = organisation(&site.store).await.unwrap().unwrap();
    let keys = Keyring::new("k", [7; 32]).unwrap();
    let files = everything_about(
        &site.store,
        Here {
            keyring: Some(&keys),
            sends_mail: Some(false),
        },
        &org,
        "ben@example.com",
        demo::now(),
    )
    .await
    .unwrap();
    let zip = zipped(&files).unwrap();
    assert_eq!(String::from_utf8_lossy(&zip), answer.body);
    for _ in 0..9 {
        site.get("/privacy/export", &all.ben).await;
    }
    let answer = site.get("/privacy/export", &all.ben).await;
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
    let other = site.get("/privacy/export", &all.maya).await;
    assert_eq!(other.status, StatusCode::OK);
}
