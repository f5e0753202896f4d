//! Who asks: a handler that takes [`Me`] is reached by signed-in people only.

use crate::layout::{Frame, Here};
use crate::origin;
use crate::refusal::Refusal;
use crate::server::Server;
use axum::extract::FromRequestParts;
use axum::http::{HeaderMap, HeaderValue, header, request::Parts};
use axum::response::{IntoResponse, Redirect, Response};
use steadfast_app::server::accounts::{self, SESSION_DAYS, SignedIn, Token};

/// Somebody who is signed in.
#[derive(Debug)]
pub(crate) struct Me(pub(crate) SignedIn);

impl Me {
    /// What stands around this person's pages.
    pub(crate) fn frame(&self, server: &Server, here: Here) -> Frame {
        Frame::of(&self.0, server.0.demo.as_ref(), here)
    }
}

impl FromRequestParts<Server> for Me {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, server: &Server) -> Result<Self, Response> {
        match who(&parts.headers, server).await {
            Ok(Some(me)) => Ok(Self(me)),
            // A demo signs people in at its first page.
            Ok(None) if server.0.demo.is_some() => Err(Redirect::to("/").into_response()),
            Ok(None) => Err(Redirect::to("/sign-in").into_response()),
            Err(refusal) => Err(refusal.into_response()),
        }
    }
}

/// Who asks, if they are signed in.
pub(crate) async fn who(headers: &HeaderMap, server: &Server) -> Result<Option<SignedIn>, Refusal> {
    let shared = &server.0;
    let (Some(token), Some(org)) = (token(headers, server), shared.organisation().await?) else {
        return Ok(None);
    };
    Ok(accounts::session(&shared.store, &org, shared.world.now(), &token).await?)
}

/// The cookie's name. A demo has its own: cookies do not tell ports apart, and it may run beside a server.
fn cookie_name(server: &Server) -> &'static str {
    if server.0.demo.is_some() {
        "steadfast_demo"
    } else {
        "steadfast"
    }
}

/// The token of the session, as the browser has it.
pub(crate) fn token(headers: &HeaderMap, server: &Server) -> Option<Token> {
    let name = cookie_name(server);
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|one| one.trim().split_once('='))
        .find(|(known, _)| *known == name)
        .map(|(_, token)| Token::read(token))
}

/// Sends the reader on, signed in.
pub(crate) fn let_in(headers: &HeaderMap, server: &Server, token: &Token, to: &str) -> Response {
    let age = SESSION_DAYS * 86_400;
    with_cookie(headers, server, token.as_str(), age, to)
}

/// Sends the reader on, signed out.
pub(crate) fn let_out(headers: &HeaderMap, server: &Server, to: &str) -> Response {
    with_cookie(headers, server, "", 0, to)
}

fn with_cookie(headers: &HeaderMap, server: &Server, value: &str, age: i64, to: &str) -> Response {
    let secure = if origin::is_https(headers) {
        "; Secure"
    } else {
        ""
    };
    let cookie = format!(
        "{}={value}; HttpOnly; SameSite=Lax; Path=/; Max-Age={age}{secure}",
        cookie_name(server)
    );
    let mut answer = Redirect::to(to).into_response();
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        answer.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    answer
}
