//! Every route, asked by everybody.

use crate::api;
use crate::everybody::{Everybody, everybody};
use crate::rows::{COLUMNS, TABLE};
use crate::rows_guard::GUARD;
use crate::rows_own::OWN;
use crate::support::{Site, encoded, request};
use axum::body::Body;
use axum::http::header;
use std::collections::BTreeSet;
use steadfast_app::server::people::key_of;
use steadfast_web::ROUTES;

fn concrete(
    pattern: &str,
    column: usize,
    all: &Everybody,
    (asset, source): (&str, &str),
) -> String {
    let pair = all.pair.rsplit('/').next().unwrap();
    let token = match column {
        1 => all.invitation.rsplit('/').next().unwrap(),
        _ => "0000000000000000",
    };
    pattern
        .replace("{pair}", pair)
        .replace("{day}", "2026-06-16")
        .replace("{one}", "2026-06-09")
        .replace("{token}", token)
        .replace("{name}", asset)
        .replace("{source}", source)
        .replace("{question}", "work")
        .replace("{person}", &key_of("nadia@example.com"))
        .replace("{passkey}", "0000000000000000")
        .replace("{number}", "0")
        .replace("{job}", "77")
        .replace("{program}", "00")
}

#[tokio::test]
async fn everybody_gets_what_is_theirs_from_every_route() {
    let site = Site::new().await;
    let all = everybody(&site).await;
    let page = site.get("/sign-in", "").await.body;
    let (_, asset) = page.split_once("/assets/").unwrap();
    let asset = asset.split('"').next().unwrap();
    let source = crate::connected::connect(&site, &all.maya).await;
    let nadia = [("address", "nadia@example.com")];
    site.post("/people", &all.maya, &nadia).await;
    let cookies = ["", "", &all.maya, &all.ben, &all.goran];
    let mut tokens = vec![String::new(), String::new()];
    for cookie in [&all.maya, &all.ben, &all.goran] {
        tokens.push(api::token(&site, cookie, "read+write").await);
    }
    let mut wrong = Vec::new();
    let table = || GUARD.iter().chain(OWN).chain(TABLE);
    for (method, pattern, form, expected) in table() {
        for (column, cookie) in cookies.iter().enumerate() {
            let path = concrete(pattern, column, &all, (asset, &source));
            let answer = if path.starts_with("/api/") {
                let token = tokens.get(column).map_or("", String::as_str);
                let body = (*method == "post").then(|| api::json(form));
                api::call(&site, method, &path, token, body).await
            } else {
                let body = (*method == "post").then(|| encoded(form));
                let request = request(&method.to_uppercase(), &path, cookie)
                    .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                    .body(Body::from(body.unwrap_or_default()))
                    .unwrap();
                site.send(request).await
            };
            let who = COLUMNS[column];
            if answer.status.as_u16() != expected[column] {
                wrong.push(format!(
                    "{method} {pattern} as {who}: {} not {}",
                    answer.status, expected[column]
                ));
            }
            let sent_to_sign_in = answer.status == 303 && cookie.is_empty();
            if sent_to_sign_in && answer.location() != "/sign-in" {
                wrong.push(format!(
                    "{method} {pattern} as {who}: sent to {}",
                    answer.location()
                ));
            }
            if column == 4 {
                for word in ["Okafor", "Maya Lind", "maya@example.com"] {
                    // What a form was sent is given back to whoever sent it.
                    assert!(
                        !answer.body.contains(word),
                        "{pattern} tells a colleague of {word}"
                    );
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let asked: BTreeSet<(&str, &str)> = table().map(|row| (row.0, row.1)).collect();
    let there: BTreeSet<(&str, &str)> = ROUTES.iter().map(|one| (one.method, one.path)).collect();
    assert_eq!(asked, there, "every route stands in the table");
}

#[tokio::test]
async fn a_pair_that_is_not_there_and_one_that_is_not_mine_are_told_the_same() {
    let site = Site::new().await;
    let all = everybody(&site).await;
    let foreign = site.get(&all.pair, &all.goran).await;
    let unknown = site.get("/one-on-ones/0123456789abcdef", &all.goran).await;
    assert_eq!(
        (foreign.status.as_u16(), unknown.status.as_u16()),
        (404, 404)
    );
    assert_eq!(foreign.body, unknown.body);
}
