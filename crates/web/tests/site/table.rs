//! Every route, asked by everybody.

use crate::api;
use crate::everybody::{Everybody, everybody};
use crate::support::{Site, encoded, request};
use axum::body::Body;
use axum::http::header;
use std::collections::BTreeSet;
use steadfast_app::server::people::key_of;
use steadfast_web::ROUTES;

/// Somebody signed out; one who was invited and has not joined (and so has no cookie, only a link); the manager of the
/// pair; its report; a colleague.
const COLUMNS: [&str; 5] = ["signed out", "invited", "manager", "report", "other"];

/// Method, pattern, what is sent, and the status for each column. A foreign pair is not there (404), never forbidden.
type Row = (
    &'static str,
    &'static str,
    &'static [(&'static str, &'static str)],
    [u16; 5],
);

const TABLE: &[Row] = &[
    ("get", "/", &[], [303, 303, 303, 303, 303]),
    ("get", "/healthz", &[], [200, 200, 200, 200, 200]),
    ("get", "/readyz", &[], [200, 200, 200, 200, 200]),
    // Asked from this machine; from elsewhere see metrics.rs.
    ("get", "/metrics", &[], [200, 200, 200, 200, 200]),
    ("get", "/assets/{name}", &[], [200, 200, 200, 200, 200]),
    ("get", "/set-up/{token}", &[], [404, 404, 404, 404, 404]),
    (
        "post",
        "/set-up/{token}",
        &[
            ("organisation", "a"),
            ("name", "a"),
            ("email", "a@b.c"),
            ("password", "0123456789"),
        ],
        [404, 404, 404, 404, 404],
    ),
    (
        "get",
        "/invitations/{token}",
        &[],
        [404, 200, 404, 404, 404],
    ),
    (
        "post",
        "/invitations/{token}",
        &[("name", "Dana"), ("password", "short")],
        [404, 422, 404, 404, 404],
    ),
    (
        "get",
        "/new-password/{token}",
        &[],
        [404, 404, 404, 404, 404],
    ),
    (
        "post",
        "/new-password/{token}",
        &[("password", "0123456789")],
        [404, 404, 404, 404, 404],
    ),
    ("get", "/sign-in", &[], [200, 200, 303, 303, 303]),
    (
        "post",
        "/sign-in",
        &[("email", "dana@example.com"), ("password", "0123456789")],
        [422, 422, 422, 422, 422],
    ),
    ("post", "/sign-in/challenge", &[], [200, 200, 200, 200, 200]),
    (
        "post",
        "/sign-in/passkey",
        &[
            ("credential", "AAAA"),
            ("client", "AAAA"),
            ("authenticator", "AAAA"),
            ("signature", "AAAA"),
            ("user", "AAAA"),
        ],
        [422, 422, 422, 422, 422],
    ),
    ("get", "/start", &[], [303, 303, 200, 200, 200]),
    (
        "post",
        "/start",
        &[("calendar", "")],
        [303, 303, 400, 400, 400],
    ),
    ("get", "/calendars", &[], [303, 303, 200, 200, 200]),
    (
        "post",
        "/calendars",
        &[("address", "https://127.0.0.1/")],
        [303, 303, 422, 422, 422],
    ),
    (
        "post",
        "/calendars/{source}/mend",
        &[("password", "")],
        [303, 303, 303, 404, 404],
    ),
    (
        "post",
        "/calendars/{source}/disconnect",
        &[],
        [303, 303, 303, 404, 404],
    ),
    ("get", "/one-on-ones", &[], [303, 303, 200, 200, 200]),
    (
        "post",
        "/one-on-ones/lines",
        &[("more", "nobody")],
        [303, 303, 422, 422, 422],
    ),
    ("get", "/one-on-ones/{pair}", &[], [303, 303, 200, 200, 404]),
    (
        "get",
        "/one-on-ones/{pair}/{day}",
        &[],
        [303, 303, 200, 200, 404],
    ),
    (
        "post",
        "/one-on-ones/{pair}/{day}/word",
        &[("say", "agreed.private")],
        [303, 303, 303, 303, 404],
    ),
    (
        "post",
        "/one-on-ones/{pair}/{day}/word",
        &[("say", "asked.private")],
        [303, 303, 422, 303, 404],
    ),
    ("get", "/invite", &[], [303, 303, 200, 200, 200]),
    (
        "post",
        "/invite",
        &[("email", "ana@example.com"), ("text", "a")],
        [303, 303, 200, 422, 422],
    ),
    ("get", "/privacy", &[], [303, 303, 200, 200, 200]),
    ("get", "/privacy/export", &[], [303, 303, 200, 200, 200]),
    ("get", "/live", &[], [303, 303, 200, 200, 200]),
    ("get", "/log", &[], [303, 303, 200, 200, 200]),
    // Maya set the server up; there is no such job.
    ("get", "/log/jobs", &[], [303, 303, 200, 404, 404]),
    (
        "post",
        "/log/jobs/{job}/again",
        &[],
        [303, 303, 404, 404, 404],
    ),
    (
        "post",
        "/log/jobs/{job}/drop",
        &[],
        [303, 303, 404, 404, 404],
    ),
    ("get", "/programs", &[], [303, 303, 200, 200, 200]),
    (
        "post",
        "/programs",
        &[("name", "a"), ("scope", "read"), ("days", "30")],
        [303, 303, 200, 200, 200],
    ),
    (
        "post",
        "/programs/{program}/take-back",
        &[],
        [303, 303, 404, 404, 404],
    ),
    ("get", "/api/openapi.json", &[], [200, 200, 200, 200, 200]),
    (
        "get",
        "/api/v1/openapi.json",
        &[],
        [200, 200, 200, 200, 200],
    ),
    // Programs come with a token of their owner's; what is sent is JSON, value by value.
    ("get", "/api/v1/me", &[], [401, 401, 200, 200, 200]),
    ("get", "/api/v1/one-on-ones", &[], [401, 401, 200, 200, 200]),
    (
        "get",
        "/api/v1/one-on-ones/{pair}",
        &[],
        [401, 401, 200, 200, 404],
    ),
    (
        "get",
        "/api/v1/one-on-ones/{pair}/cadence",
        &[],
        [401, 401, 200, 200, 404],
    ),
    (
        "post",
        "/api/v1/one-on-ones/{pair}/cadence",
        &[("say", "\"propose\""), ("days", "14")],
        [401, 401, 200, 200, 404],
    ),
    (
        "post",
        "/api/v1/one-on-ones/{pair}/cadence",
        &[("say", "\"agree\""), ("days", "28")],
        [401, 401, 409, 409, 404],
    ),
    (
        "get",
        "/api/v1/one-on-ones/{pair}/{day}",
        &[],
        [401, 401, 200, 200, 404],
    ),
    (
        "post",
        "/api/v1/one-on-ones/{pair}/{day}/word",
        &[("word", "\"asked\"")],
        [401, 401, 409, 200, 404],
    ),
    (
        "post",
        "/api/v1/one-on-ones/{pair}/{day}/word",
        &[("word", "\"anything\"")],
        [401, 401, 422, 422, 422],
    ),
    ("get", "/api/v1/calendars", &[], [401, 401, 200, 200, 200]),
    (
        "get",
        "/api/v1/privacy/looks",
        &[],
        [401, 401, 200, 200, 200],
    ),
    (
        "get",
        "/api/v1/privacy/export",
        &[],
        [401, 401, 200, 200, 200],
    ),
    ("get", "/api/v1/log", &[], [401, 401, 200, 200, 200]),
    ("get", "/more", &[], [303, 303, 200, 200, 200]),
    ("get", "/proof", &[], [303, 303, 200, 200, 200]),
    ("get", "/proof/{question}", &[], [303, 303, 200, 200, 200]),
    (
        "post",
        "/proof/{question}",
        &[("choice", "people")],
        [303, 303, 303, 303, 303],
    ),
    (
        "post",
        "/proof/{question}",
        &[("choice", "anything")],
        [303, 303, 422, 422, 422],
    ),
    ("post", "/proof/erase", &[], [303, 303, 303, 303, 303]),
    ("get", "/cost", &[], [303, 303, 200, 200, 200]),
    ("get", "/passkeys", &[], [303, 303, 200, 200, 200]),
    (
        "post",
        "/passkeys",
        &[("client", "AAAA"), ("authenticator", "AAAA")],
        [303, 303, 422, 422, 422],
    ),
    (
        "post",
        "/passkeys/challenge",
        &[],
        [303, 303, 200, 200, 200],
    ),
    // Nobody has one, and nobody has somebody else's.
    (
        "post",
        "/passkeys/{passkey}/remove",
        &[],
        [303, 303, 404, 404, 404],
    ),
    ("get", "/people", &[], [303, 303, 200, 200, 200]),
    // The manager of the pair is whoever set the server up: nobody else keeps the organisation.
    (
        "post",
        "/people",
        &[("address", "nadia@example.com")],
        [303, 303, 422, 404, 404],
    ),
    ("get", "/people/me", &[], [303, 303, 200, 200, 200]),
    (
        "post",
        "/people/me",
        &[("do", "delegate"), ("address", "sol@example.com")],
        [303, 303, 303, 303, 303],
    ),
    (
        "post",
        "/people/me",
        &[("do", "not-mine"), ("address", "nadia@example.com")],
        [303, 303, 404, 404, 404],
    ),
    (
        "post",
        "/people/me",
        &[("do", "anything")],
        [303, 303, 400, 400, 400],
    ),
    ("get", "/people/file", &[], [303, 303, 200, 404, 404]),
    (
        "post",
        "/people/file",
        &[("people", "")],
        [303, 303, 400, 404, 404],
    ),
    (
        "post",
        "/people/file/apply",
        &[("text", "email\nzoe@example.com\n"), ("from", "0")],
        [303, 303, 422, 404, 404],
    ),
    ("get", "/people/{person}", &[], [303, 303, 200, 404, 404]),
    (
        "post",
        "/people/{person}",
        &[("do", "describe"), ("name", "Nadia")],
        [303, 303, 303, 404, 404],
    ),
    ("get", "/policies", &[], [303, 303, 200, 200, 200]),
    (
        "post",
        "/policies/{pair}",
        &[("say", "propose.7")],
        [303, 303, 303, 303, 404],
    ),
    (
        "post",
        "/policies/{pair}",
        &[("say", "agree.28")],
        [303, 303, 422, 422, 404],
    ),
    (
        "post",
        "/policies/{pair}",
        &[("say", "anything")],
        [303, 303, 400, 400, 400],
    ),
    ("post", "/retention", &[], [303, 303, 400, 404, 404]),
    (
        "post",
        "/auditor",
        &[("address", "nobody@example.com")],
        [303, 303, 422, 404, 404],
    ),
    ("get", "/looks", &[], [303, 303, 404, 404, 404]),
    ("post", "/demo/be/{number}", &[], [404, 404, 404, 404, 404]),
    (
        "post",
        "/demo/at",
        &[("day", "2026-03-01"), ("me", "0")],
        [404, 404, 404, 404, 404],
    ),
    // At the end: it ends sessions.
    ("post", "/sign-out", &[], [303, 303, 303, 303, 303]),
];

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
    for (method, pattern, form, expected) in TABLE {
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
    let asked: BTreeSet<(&str, &str)> = TABLE.iter().map(|row| (row.0, row.1)).collect();
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
