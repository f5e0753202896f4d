//! Tokens with which programs of one's own come in: made by their owner, shown once, for a time, and taken back at will.
//!
//! A program sees and does what its owner may, and no more than its token says. The store keeps only the token's hash.

#[cfg(test)]
mod tests;

use super::accounts::{Fresh, SignedIn, Token, signed_in};
use super::sync::instant;
use super::{ServerError, Viewer};
use steadfast_calendar::Instant;
use steadfast_store::{Accounts, ApiToken, ApiTokens, Day, Facts, Micros, Org};

/// Days that a token may be good for.
pub const DAYS: [i64; 3] = [30, 90, 365];
/// Tokens of one account. More are a mistake.
pub const MOST: usize = 20;
/// Longest name in characters.
const LONGEST_NAME: usize = 80;
/// A day of the store.
const DAY: i64 = 86_400_000_000;

/// What a program may do.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Scope {
    /// See what its owner sees.
    Read,
    /// And say what its owner can say.
    ReadAndWrite,
}

impl Scope {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Read, Self::ReadAndWrite];

    /// As it is kept.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::ReadAndWrite => "read+write",
        }
    }

    /// The scope kept so.
    pub fn named(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.key() == key)
    }
}

/// A token as its owner is shown it afterwards.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Program {
    /// Its name in addresses.
    pub id: String,
    /// What its owner calls it.
    pub name: String,
    /// What it may do.
    pub scope: Scope,
    /// Since when it is.
    pub made: Instant,
    /// When it ends.
    pub until: Instant,
    /// Whether it has ended.
    pub has_ended: bool,
    /// The last day on which it was used, in UTC.
    pub used: Option<jiff::civil::Date>,
}

/// What is asked for a new one.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// What it is to be called.
    pub name: &'a str,
    /// What it may do.
    pub scope: Scope,
    /// For how many days.
    pub days: i64,
}

/// Makes a token. It is to be shown now; it cannot be shown again.
///
/// # Errors
/// [`ServerError::Input`] for what cannot be used; [`ServerError::Store`].
pub async fn make<S: ApiTokens>(
    store: &S,
    me: &SignedIn,
    now: Micros,
    fresh: &Fresh,
    wanted: Wanted<'_>,
) -> Result<Token, ServerError> {
    let no = |what: &str, hint: &str| Err(ServerError::Input(what.to_owned(), hint.to_owned()));
    let name = wanted.name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() || name.chars().count() > LONGEST_NAME || name.contains(char::is_control) {
        return no(
            "a name of up to 80 characters is missing",
            "call it after the program that will have it",
        );
    }
    if !DAYS.contains(&wanted.days) {
        return no(
            "nobody can have it for that long",
            "choose one of the three",
        );
    }
    let org = me.viewer().org();
    if store.api_tokens(org, me.account()).await?.len() >= MOST {
        return no(
            "you have twenty of them already",
            "take back one that you do not need",
        );
    }
    let token = fresh.program_token();
    let kept = ApiToken {
        id: fresh.id(),
        account: me.account().to_owned(),
        name,
        scope: wanted.scope.key().to_owned(),
        created: now,
        expires: now.plus(wanted.days * DAY),
        used: None,
    };
    store.keep_api_token(org, &token.hash(), &kept).await?;
    Ok(token)
}

/// All of one's own, the newest first.
///
/// # Errors
/// [`ServerError::Store`].
pub async fn mine<S: ApiTokens>(
    store: &S,
    me: &SignedIn,
    now: Micros,
) -> Result<Vec<Program>, ServerError> {
    let all = store.api_tokens(me.viewer().org(), me.account()).await?;
    let programs = all.into_iter().map(|one| Program {
        id: one.id,
        name: one.name,
        // What a newer program allowed is shown as the least.
        scope: Scope::named(&one.scope).unwrap_or(Scope::Read),
        made: instant(one.created),
        until: instant(one.expires),
        has_ended: one.expires <= now,
        used: one.used.map(|day| date(day.begins())),
    });
    Ok(programs.collect())
}

/// Takes one of one's own back, for good.
///
/// # Errors
/// [`ServerError::NotFound`] when there is no such one; [`ServerError::Store`].
pub async fn take_back<S: ApiTokens>(
    store: &S,
    me: &SignedIn,
    id: &str,
) -> Result<(), ServerError> {
    let org = me.viewer().org();
    if store.revoke_api_token(org, me.account(), id).await? {
        Ok(())
    } else {
        Err(ServerError::NotFound)
    }
}

/// A program, for whom it asks, and what it may do.
#[derive(Clone, Debug)]
pub struct LetIn {
    me: SignedIn,
    scope: Scope,
}

impl LetIn {
    /// For whom use cases are done.
    pub fn viewer(&self) -> &Viewer {
        self.me.viewer()
    }

    /// Its owner.
    pub fn owner(&self) -> &SignedIn {
        &self.me
    }

    /// What it may do.
    pub fn scope(&self) -> Scope {
        self.scope
    }

    /// For whom it may write, if it may.
    pub fn writer(&self) -> Option<&SignedIn> {
        (self.scope == Scope::ReadAndWrite).then_some(&self.me)
    }
}

/// Whose program has that token, if it is good. That it was used today is noted.
///
/// # Errors
/// [`ServerError::Store`].
pub async fn let_in<S: Accounts + ApiTokens + Facts>(
    store: &S,
    org: &Org,
    now: Micros,
    token: &Token,
) -> Result<Option<LetIn>, ServerError> {
    let Some(found) = store.api_token(org, &token.hash(), now).await? else {
        return Ok(None);
    };
    let Some(scope) = Scope::named(&found.scope) else {
        return Ok(None);
    };
    let Some(me) = signed_in(store, org, &found.account).await? else {
        return Ok(None);
    };
    let today = Day::of(now);
    if found.used != Some(today) {
        store.api_token_used(org, &token.hash(), today).await?;
    }
    Ok(Some(LetIn { me, scope }))
}

fn date(at: Micros) -> jiff::civil::Date {
    instant(at).date(&jiff::tz::TimeZone::UTC)
}
