//! The API: who is let in, what a token may do, what is told to whom, and that it is what it says it is.

use crate::calendars::{INSIDE, OTHER_TITLE};
use crate::everybody::everybody;
use crate::support::{Answer, DAY, PASSWORD, Site, request};
use axum::body::Body;
use axum::http::header;
use serde_json::Value;
use std::collections::BTreeSet;
use steadfast_web::{Needs, ROUTES, openapi};

/// Makes a token on the page, as whoever has that cookie.
pub(crate) async fn token(site: &Site, cookie: &str, scope: &str) -> String {
    let form = [("name", "a script"), ("scope", scope), ("days", "30")];
    let page = site.post("/programs", cookie, &form).await.body;
    let (_, after) = page.split_once("<code>").unwrap();
    after.split('<').next().unwrap().to_owned()
}

/// Values as JSON, each written already.
pub(crate) fn json(values: &[(&str, &str)]) -> String {
    let fields: Vec<String> = values
        .iter()
        .map(|(name, value)| format!("\"{name}\":{value}"))
        .collect();
    format!("{{{}}}", fields.join(","))
}

/// A call; without a token when that is empty.
pub(crate) async fn call(
    site: &Site,
    method: &str,
    path: &str,
    token: &str,
    body: Option<String>,
) -> Answer {
    let mut request = request(&method.to_uppercase(), path, "");
    if !token.is_empty() {
        request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
    }
    let request = request
        .header(header::CONTENT_TYPE, "application/json")
        .body(Body::from(body.unwrap_or_default()))
        .unwrap();
    site.send(request).await
}

async fn get(site: &Site, path: &str, token: &str) -> Value {
    let answer = call(site, "get", path, token, None).await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.body);
    serde_json::from_str(&answer.body).unwrap()
}

#[test]
fn what_the_api_is_stands_in_the_reference() {
    let path =
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/reference/openapi.json");
    if std::env::var_os("STEADFAST_BLESS").is_some_and(|value| value == "1") {
        std::fs::write(&path, openapi()).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written == openapi(),
        "docs/reference/openapi.json is not what the API is; run `STEADFAST_BLESS=1 cargo test -p steadfast-web --test \
         site reference` and read the difference"
    );
    let said: Value = serde_json::from_str(&written).unwrap();
    assert_eq!(said["openapi"], "3.1.0");
    let described: BTreeSet<(String, String)> = said["paths"]
        .as_object()
        .unwrap()
        .iter()
        .flat_map(|(path, methods)| {
            let methods = methods.as_object().unwrap().keys();
            methods.map(|method| (method.clone(), path.clone()))
        })
        .collect();
    let answered: BTreeSet<(String, String)> = ROUTES
        .iter()
        .filter(|route| route.needs == Needs::Token)
        .map(|route| (route.method.to_owned(), route.path.to_owned()))
        .collect();
    assert_eq!(described, answered);
}

#[tokio::test]
async fn a_token_opens_what_it_says_until_it_ends_or_is_taken_back() {
    let site = Site::new().await;
    let all = everybody(&site).await;
    let reads = token(&site, &all.ben, "read").await;
    let writes = token(&site, &all.ben, "read+write").await;
    let page = site.get("/programs", &all.ben).await.body;
    assert!(
        !page.contains(&reads) && page.contains("Not used yet."),
        "{page}"
    );
    let word = format!("/api/v1{}/word", all.moved);
    let say = async |token: &str| {
        let said = json(&[("word", "\"asked\""), ("shared", "true")]);
        call(&site, "post", &word, token, Some(said)).await
    };
    let refused = say(&reads).await;
    assert_eq!(refused.status, 403);
    assert_eq!(refused.header("content-type"), "application/problem+json");
    let problem: Value = serde_json::from_str(&refused.body).unwrap();
    assert_eq!(
        (&problem["status"], &problem["title"]),
        (&403.into(), &"Forbidden".into())
    );
    for (sent, status) in [
        ("[\"asked\", true]", 422),
        ("{\"word\":\"asked\",\"by\":\"maya\"}", 422),
        ("{\"word\":\"anything\"}", 422),
        ("{\"word\":", 400),
    ] {
        let answer = call(&site, "post", &word, &writes, Some(sent.to_owned())).await;
        assert_eq!(answer.status, status, "{sent}: {}", answer.body);
    }
    assert_eq!(say(&writes).await.status, 200);
    let mayas = token(&site, &all.maya, "read").await;
    let told = get(&site, &format!("/api/v1{}", all.moved), &mayas).await;
    assert_eq!(told["words"][0]["word"], "asked");
    assert_eq!(told["words"][0]["mine"], false);
    let page = site.get("/programs", &all.ben).await.body;
    assert!(page.contains("Last used on 22 November 2026"), "{page}");
    let (before, _) = page.split_once("/take-back").unwrap();
    let id = before.rsplit('/').next().unwrap();
    let back = format!("/programs/{id}/take-back");
    assert_eq!(site.post(&back, &all.maya, &[]).await.status, 404);
    assert_eq!(site.post(&back, &all.ben, &[]).await.status, 303);
    let left = site.get("/programs", &all.ben).await.body;
    assert_eq!(left.matches("/take-back").count(), 1);
    site.wait(30 * DAY);
    for one in [&reads, &writes, &mayas] {
        let ended = call(&site, "get", "/api/v1/me", one, None).await;
        assert_eq!(ended.status, 401);
        assert_eq!(ended.header("www-authenticate"), "Bearer");
    }
    let form = [("email", "ben@example.com"), ("password", PASSWORD)];
    let again = site.post("/sign-in", "", &form).await.cookie();
    let ended = site.get("/programs", &again).await.body;
    assert!(ended.contains("lets nobody in"), "{ended}");
}

#[tokio::test]
async fn a_cookie_opens_nothing_and_guessing_ends() {
    let site = Site::new().await;
    let maya = site.set_up().await;
    assert_eq!(site.get("/api/v1/me", &maya).await.status, 401);
    let guess = async || {
        let answer = call(&site, "get", "/api/v1/me", "steadfast_00", None).await;
        answer.status.as_u16()
    };
    for _ in 0..40 {
        assert_eq!(guess().await, 401);
    }
    assert_eq!(guess().await, 429);
    let nothing = call(&site, "get", "/api/v1/nothing", "", None).await;
    assert_eq!(nothing.status, 404);
    assert_eq!(nothing.header("content-type"), "application/problem+json");
}

#[tokio::test]
async fn a_report_gets_not_one_byte_of_the_managers_other_meetings_by_program_either() {
    let site = Site::new().await;
    let all = everybody(&site).await;
    let (mayas, bens, gorans) = (
        token(&site, &all.maya, "read").await,
        token(&site, &all.ben, "read").await,
        token(&site, &all.goran, "read").await,
    );
    let mine = get(&site, "/api/v1/one-on-ones", &mayas).await;
    assert!(mine["one_on_ones"].as_array().unwrap().len() > 4);
    get(&site, &format!("/api/v1{}", all.pair), &mayas).await;
    let mut told = Vec::new();
    for path in ["me", "one-on-ones", "calendars", "privacy/looks", "log"] {
        told.push(
            get(&site, &format!("/api/v1/{path}"), &bens)
                .await
                .to_string(),
        );
    }
    let ledger = get(&site, &format!("/api/v1{}", all.pair), &bens).await;
    let occurrences = ledger["occurrences"].as_array().unwrap();
    assert!(occurrences.len() > 20);
    for one in occurrences {
        let path = format!("/api/v1{}/{}", all.pair, one["day"].as_str().unwrap());
        told.push(get(&site, &path, &bens).await.to_string());
    }
    told.push(ledger.to_string());
    for text in &told {
        for word in [
            OTHER_TITLE,
            INSIDE,
            "ana@",
            "Chidi",
            "dana@",
            "Noor",
            "Petra",
            "Göran",
            "northwind",
            "leadership",
            "displaced",
            "customer",
            "You might say",
        ] {
            assert!(!text.contains(word), "{word} in {text}");
        }
    }
    for path in ["one-on-ones", "calendars", "privacy/looks", "log"] {
        let text = get(&site, &format!("/api/v1/{path}"), &gorans)
            .await
            .to_string();
        for word in ["Maya", "maya@", "Ben", "ben@", OTHER_TITLE, INSIDE] {
            assert!(!text.contains(word), "{word} in {text}");
        }
    }
    let looks = async |token: &str| get(&site, "/api/v1/privacy/looks", token).await.to_string();
    let of_ben = looks(&bens).await;
    assert!(
        of_ben.contains("one-on-one"),
        "a program's look is its owner's: {of_ben}"
    );
    let of_maya = looks(&mayas).await;
    assert!(!of_maya.contains("ben@"), "Ben's is of his own: {of_maya}");
}
