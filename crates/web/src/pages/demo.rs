//! Looking through another one's eyes, and on another day; in a demo only.

use crate::me::{let_in, token};
use crate::refusal::{Answered, Refusal};
use crate::server::{Server, no_chance};
use axum::Form;
use axum::extract::rejection::FormRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Redirect};
use jiff::civil::Date;
use serde::Deserialize;
use steadfast_app::server::accounts;

/// The cookie in which the day stands, and the number of whoever one is there.
const DAY: &str = "steadfast_demo_day";

pub(crate) async fn be(
    State(server): State<Server>,
    Path(number): Path<usize>,
    headers: HeaderMap,
) -> Answered {
    let shared = &server.0;
    let person = shared
        .demo
        .as_ref()
        .and_then(|demo| demo.people.get(number));
    let (_, account) = person.ok_or(Refusal::NotFound)?;
    let org = shared.organisation().await?.ok_or(Refusal::NotFound)?;
    if let Some(before) = token(&headers, &server) {
        accounts::sign_out(&shared.store, &org, &before).await?;
    }
    let fresh = shared.world.fresh().map_err(no_chance)?;
    let token = accounts::enter(&shared.store, &org, account, shared.world.now(), &fresh).await?;
    Ok(let_in(&headers, &server, &token, "/one-on-ones"))
}

#[derive(Debug, Deserialize)]
pub(crate) struct Wanted {
    day: String,
    /// The number of whoever one is.
    me: usize,
}

/// Sets the clock. The same page is shown next, as it was then, to the same person.
pub(crate) async fn at(
    State(server): State<Server>,
    headers: HeaderMap,
    wanted: Result<Form<Wanted>, FormRejection>,
) -> Answered {
    let Form(wanted) = wanted.map_err(|_| Refusal::NotAForm)?;
    let day: Date = wanted.day.parse().map_err(|_| Refusal::NotAForm)?;
    if !server.days().contains(&day) {
        return Err(Refusal::NotFound);
    }
    let mut answer = Redirect::to(&format!("/?to={}", page(&headers))).into_response();
    let cookie = format!("{DAY}={day}.{}; HttpOnly; SameSite=Lax; Path=/", wanted.me);
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        answer.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(answer)
}

/// The page that the form stood on, as far as it is one that other days have too.
fn page(headers: &HeaderMap) -> String {
    let from = headers
        .get(header::REFERER)
        .and_then(|from| from.to_str().ok());
    let path = from
        .and_then(|from| from.split_once("://"))
        .and_then(|(_, rest)| rest.find('/').map(|begins| rest.split_at(begins).1))
        .map_or("", |path| path.split(['?', '#']).next().unwrap_or_default());
    let parts: Vec<&str> = path.split('/').skip(1).collect();
    let page = match parts[..] {
        ["one-on-ones", pair, ..] => format!("/one-on-ones/{pair}"),
        ["people", "me" | "file"] => path.to_owned(),
        ["people", ..] => "/people".to_owned(),
        ["log", "jobs", ..] => "/log/jobs".to_owned(),
        [one, ..] => format!("/{one}"),
        [] => String::new(),
    };
    if is_a_page(&page) {
        page
    } else {
        "/one-on-ones".to_owned()
    }
}

/// Whether somebody may be sent there: a page of this server, in letters that mean nothing else in an address.
pub(crate) fn is_a_page(path: &str) -> bool {
    let mut parts = path.split('/');
    !path.is_empty()
        && parts.next() == Some("")
        && parts.all(|part| {
            !part.is_empty()
                && part
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
        })
}

/// The day that a browser asks for, and the number of whoever one is there; `None`: the last one.
pub(crate) fn where_to(headers: &HeaderMap) -> Option<(Date, usize)> {
    let (day, me) = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|one| one.trim().split_once('='))
        .find(|(known, _)| *known == DAY)
        .and_then(|(_, said)| said.split_once('.'))?;
    Some((day.parse().ok()?, me.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::{is_a_page, page, where_to};
    use axum::http::{HeaderMap, HeaderValue, header};

    #[test]
    fn the_same_page_is_shown_as_far_as_other_days_have_it() {
        let check = |from: &'static str, expected: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::REFERER, HeaderValue::from_static(from));
            assert_eq!(page(&headers), expected, "{from}");
        };
        let host = "http://127.0.0.1:7373";
        assert_eq!(page(&HeaderMap::new()), "/one-on-ones");
        for (from, expected) in [
            ("http://127.0.0.1:7373/privacy", "/privacy"),
            (
                "http://127.0.0.1:7373/one-on-ones/ab12/2026-06-16#s0",
                "/one-on-ones/ab12",
            ),
            ("http://127.0.0.1:7373/people/me?x=1", "/people/me"),
            ("http://127.0.0.1:7373/people/ab12", "/people"),
            ("http://127.0.0.1:7373/proof/goals", "/proof"),
            ("http://127.0.0.1:7373/", "/one-on-ones"),
            ("http://127.0.0.1:7373//evil.example/", "/one-on-ones"),
            ("nonsense", "/one-on-ones"),
        ] {
            assert!(from.starts_with(host) || from == "nonsense");
            check(from, expected);
        }
    }

    #[test]
    fn nobody_is_sent_to_another_site() {
        for path in [
            "",
            "/",
            "//evil.example",
            "/a\\b",
            "https://evil.example",
            "/a?b",
            "/a/",
        ] {
            assert!(!is_a_page(path), "{path}");
        }
        assert!(is_a_page("/one-on-ones/ab12"));
    }

    #[test]
    fn a_cookie_that_names_no_day_is_none() {
        let of = |cookie: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::COOKIE, HeaderValue::from_static(cookie));
            where_to(&headers).map(|(day, me)| (day.to_string(), me))
        };
        assert_eq!(
            of("a=b; steadfast_demo_day=2026-03-01.2"),
            Some(("2026-03-01".to_owned(), 2))
        );
        for none in [
            "steadfast_demo_day=2026-03-01",
            "steadfast_demo_day=x.1",
            "day=2026-03-01.2",
        ] {
            assert_eq!(of(none), None, "{none}");
        }
    }
}
