//! Which program asks, and for whom: a handler that takes [`Program`] is reached with a good token only.

use crate::api::problem::Problem;
use crate::limits::Tried;
use crate::me::Me;
use crate::origin;
use crate::server::Server;
use axum::extract::FromRequestParts;
use axum::http::{HeaderMap, StatusCode, header, request::Parts};
use steadfast_app::server::accounts::Token;
use steadfast_app::server::programs::{self, LetIn};

/// A program that may see what its owner sees.
#[derive(Debug)]
pub(crate) struct Program {
    /// Its owner.
    pub(crate) me: Me,
}

/// A program that may also say what its owner can say.
#[derive(Debug)]
pub(crate) struct Writer {
    /// Its owner.
    pub(crate) me: Me,
}

impl FromRequestParts<Server> for Program {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, server: &Server) -> Result<Self, Problem> {
        let me = Me(let_in(parts, server).await?.owner().clone());
        Ok(Self { me })
    }
}

impl FromRequestParts<Server> for Writer {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, server: &Server) -> Result<Self, Problem> {
        let found = let_in(parts, server).await?;
        match found.writer() {
            Some(owner) => Ok(Self {
                me: Me(owner.clone()),
            }),
            None => Err(Problem::new(
                StatusCode::FORBIDDEN,
                "This token may only read. Make one that may also write, on the page Programs of your own.",
            )),
        }
    }
}

async fn let_in(parts: &Parts, server: &Server) -> Result<LetIn, Problem> {
    let shared = &server.0;
    let now = shared.world.now();
    let token = bearer(&parts.headers).ok_or_else(|| unknown("No token was sent"))?;
    let from = Tried::TokenFrom(origin::reader(&parts.headers, &parts.extensions));
    if !shared.limits.allow(from.clone(), now) {
        return Err(Problem::too_often());
    }
    let org = shared.organisation().await?;
    let found = match org {
        Some(org) => programs::let_in(&shared.store, &org, now, &token).await?,
        None => None,
    };
    let found = found.ok_or_else(|| unknown("This token is not good, or not any more"))?;
    shared.limits.forgive(&from);
    let call = Tried::CallBy(found.owner().account().to_owned());
    // A demo's clock stands still: what was used up there would never come back.
    if shared.demo.is_none() && !shared.limits.allow(call, now) {
        return Err(Problem::too_often());
    }
    Ok(found)
}

fn unknown(what: &str) -> Problem {
    let detail = format!(
        "{what}. Send one as “Authorization: Bearer TOKEN”; you make it on the page Programs of your own."
    );
    Problem::new(StatusCode::UNAUTHORIZED, detail)
}

/// The token of the header.
fn bearer(headers: &HeaderMap) -> Option<Token> {
    let said = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = said.split_once(' ')?;
    scheme
        .eq_ignore_ascii_case("bearer")
        .then(|| Token::read(token.trim()))
}
