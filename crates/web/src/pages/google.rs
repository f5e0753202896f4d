//! A calendar at Google: off to Google's page, and back.
//!
//! What ties the two together (RFC 6749 §10.12, RFC 7636) is drawn when somebody leaves, and stands in a cookie of theirs
//! alone: whoever comes back without it, or with another's answer, has not been here before.

use crate::form::Wrong;
use crate::google::Allowed;
use crate::me::Me;
use crate::origin;
use crate::pages::calendars;
use crate::refusal::{Answered, Refusal};
use crate::server::{Server, no_chance};
use crate::sync;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use steadfast_app::server::ServerError;
use steadfast_app::server::sync::{Access, Tried};

/// The cookie of whoever is away.
const AWAY: &str = "steadfast_google";
/// Seconds that they may take.
const FOR: u32 = 900;

/// For which source, where it was connected before.
#[derive(Deserialize)]
pub(crate) struct Again {
    source: Option<String>,
    /// Whether to let Steadfast write as well.
    write: Option<u8>,
}

/// What they come back with.
#[derive(Deserialize)]
pub(crate) struct Returned {
    code: Option<String>,
    state: Option<String>,
    error: Option<String>,
}

pub(crate) async fn begin(
    State(server): State<Server>,
    _: Me,
    Query(again): Query<Again>,
    headers: HeaderMap,
) -> Answered {
    let world = &server.0.world;
    let google = world.google.as_ref().ok_or(Refusal::NotFound)?;
    let draw = || world.fresh().map_err(no_chance).map(|fresh| fresh.token());
    let (state, verifier) = (draw()?, draw()?);
    let source = again.source.unwrap_or_default();
    // It names a source of theirs, or nothing that is.
    let source =
        Some(source).filter(|source| source.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    let source = source.unwrap_or_default();
    let away = format!("{}.{}.{}", state.as_str(), verifier.as_str(), source);
    // Least first: whoever connects a calendar is asked for reading alone.
    let writes = again.write == Some(1) && !source.is_empty();
    let to = google.page(state.as_str(), verifier.as_str(), writes);
    Ok(with_cookie(
        &headers,
        &away,
        FOR,
        Redirect::to(&to).into_response(),
    ))
}

pub(crate) async fn back(
    State(server): State<Server>,
    me: Me,
    Query(returned): Query<Returned>,
    headers: HeaderMap,
) -> Answered {
    let world = &server.0.world;
    let google = world.google.as_ref().ok_or(Refusal::NotFound)?;
    calendars::allow(&server, &me)?;
    let done = match (came_back(&headers, returned.state.as_deref()), returned) {
        (None, _) => Err(input(
            "you did not come from here, or were away for too long",
            "begin once more",
        )),
        (Some(_), Returned { error: Some(_), .. }) | (Some(_), Returned { code: None, .. }) => {
            Err(input(
                "it was not allowed at Google",
                "nothing was kept; begin once more if that was a mistake",
            ))
        }
        (
            Some((verifier, source)),
            Returned {
                code: Some(code), ..
            },
        ) => {
            let taken = google.take(code, verifier).await;
            let taken = taken.map_err(|trouble| ServerError::Input(trouble.what, trouble.hint));
            match taken {
                Ok(allowed) => keep(&server, &me, allowed, &source).await,
                Err(error) => Err(error),
            }
        }
    };
    let answer = match done {
        Ok(to) => Redirect::to(&to).into_response(),
        Err(error) => match Wrong::of(&error) {
            Some(wrong) => calendars::told(&server, &me, &wrong).await?,
            None => return Err(error.into()),
        },
    };
    // What was drawn is good once.
    Ok(with_cookie(&headers, "", 0, answer))
}

/// Connects what was allowed, or goes on with a source of theirs by it. Where to go then. What comes to nothing is given
/// back.
async fn keep(
    server: &Server,
    me: &Me,
    allowed: Allowed,
    source: &str,
) -> Result<String, ServerError> {
    let Allowed {
        refresh,
        is_enough,
        writes,
    } = allowed;
    let access = Access::google(refresh.clone());
    if !is_enough {
        sync::give_back_unkept(server, me, &access, None).await?;
        return Err(input(
            "at Google not everything was allowed that is needed",
            "begin once more, and leave both boxes ticked",
        ));
    }
    let done = if source.is_empty() {
        sync::connect(server, me, &access, None).await
    } else {
        let mended = sync::allow_again(server, me, source, (&refresh, writes)).await;
        mended.map(|()| Tried::Connected(Default::default()))
    };
    let (error, account) = match done {
        Ok(Tried::Connected(_)) if !source.is_empty() => return Ok("/calendars".to_owned()),
        Ok(Tried::Connected(connected)) => return Ok(calendars::after(&connected)),
        Ok(Tried::PerhapsYours { address, .. }) => (
            input(
                &format!(
                    "this is the calendar of {address}, and you are not known by that address"
                ),
                "if it is yours, say so among your addresses (People, You), and begin once more",
            ),
            Some(address),
        ),
        Err(error) => (error, None),
    };
    sync::give_back_unkept(server, me, &access, account.as_deref()).await?;
    Err(error)
}

fn input(what: &str, hint: &str) -> ServerError {
    ServerError::Input(what.to_owned(), hint.to_owned())
}

/// The verifier and the source of whoever left with that state.
fn came_back(headers: &HeaderMap, state: Option<&str>) -> Option<(String, String)> {
    let lines = headers.get_all(header::COOKIE).iter();
    let mut cookies = lines
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'));
    let away = cookies.find_map(|one| one.trim().strip_prefix(AWAY)?.strip_prefix('='))?;
    let mut parts = away.split('.');
    let (drawn, verifier, source) = (parts.next()?, parts.next()?, parts.next()?);
    let is_it = !drawn.is_empty() && state == Some(drawn);
    is_it.then(|| (verifier.to_owned(), source.to_owned()))
}

fn with_cookie(headers: &HeaderMap, value: &str, age: u32, mut answer: Response) -> Response {
    let secure = if origin::is_https(headers) {
        "; Secure"
    } else {
        ""
    };
    let cookie = format!(
        "{AWAY}={value}; HttpOnly; SameSite=Lax; Path=/calendars/google; Max-Age={age}{secure}"
    );
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        answer.headers_mut().append(header::SET_COOKIE, cookie);
    }
    answer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whoever_left_comes_back() {
        let check = |cookie: &'static str, state: Option<&str>, expected: Option<(&str, &str)>| {
            let mut headers = HeaderMap::new();
            headers.insert(header::COOKIE, HeaderValue::from_static(cookie));
            let expected =
                expected.map(|(verifier, source)| (verifier.to_owned(), source.to_owned()));
            assert_eq!(came_back(&headers, state), expected, "{cookie}");
        };
        check(
            "steadfast=1; steadfast_google=a.b.",
            Some("a"),
            Some(("b", "")),
        );
        check("steadfast_google=a.b.c", Some("a"), Some(("b", "c")));
        check("steadfast_google=a.b.c", Some("x"), None);
        check("steadfast_google=a.b.c", None, None);
        check("steadfast_google=.b.c", Some(""), None);
        check("steadfast_google=", Some(""), None);
        check("steadfast=1", Some("a"), None);
    }
}
