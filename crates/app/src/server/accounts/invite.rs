//! Inviting one person by a link, with a text that the inviter has seen.

use super::{DAY, Fresh, Passwords, SignedIn, Token, check, enter, knowers, names, role};
use crate::server::log::noted::{self, Happened};
use crate::server::sync::instant;
use crate::server::{ServerError, people};
use serde::{Deserialize, Serialize};
use steadfast_store::{
    Accounts, Effect, Facts, Links, Micros, NewAccount, NewLink, Org, Sessions, StoreError,
};

/// Days an invitation can be accepted.
pub const INVITATION_DAYS: i64 = 7;
const PURPOSE: &str = "invitation";
/// Longest text in characters.
const LONGEST_TEXT: usize = 2_000;

/// What an invitation says.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Invitation {
    /// For whom: the address of the account to be.
    pub email: String,
    /// Who invites.
    pub from: String,
    /// What they wrote.
    pub text: String,
    /// The inviter's address; empty in invitations that were made before it was kept.
    #[serde(default)]
    by: String,
    /// Whether the inviter set the server up; of invitations that were made before it was kept, not.
    #[serde(default)]
    by_owner: bool,
}

/// The text that is proposed to the inviter, who may change every word of it.
pub fn letter(from: &SignedIn, to: &str) -> String {
    format!(
        "Hello {to},\n\nI keep our 1:1s with Steadfast. It reads my calendar and shows what became of each one we \
         promised. With an account you see what became of ours, and can say where it is wrong. Of the rest of \
         my calendar you see nothing, but that I was on leave, where a 1:1 of ours lay in it. If you hand yours in, I see nothing of it but our 1:1s, when you were on leave, and \
         times at which we are both free.\n\n{}",
        from.name()
    )
}

/// The same of whoever has no 1:1 with them: it claims none, and no calendar.
pub fn letter_of_the_house(from: &SignedIn, to: &str) -> String {
    format!(
        "Hello {to},\n\nWe keep our one-on-ones with Steadfast, on a server of our own. It shows both of the two what became of \
         each 1:1 that was promised. With an account you see what became of yours, and can say where it is wrong. If you hand in \
         your calendar, those you have a 1:1 with see nothing of it but that 1:1, when you were on leave, and times at which you \
         are both free; nobody else sees any of it.\n\n{}",
        from.name()
    )
}

/// Makes a link for one address. The inviter hands it over; nothing is sent.
///
/// Whoever has the link can take the account. So people invite only those they have a 1:1 or a reporting line with
/// (`partners`); whoever set the server up invites anybody.
///
/// # Errors
/// [`ServerError::Input`] for what cannot be used; [`ServerError::Store`].
pub async fn invite<S: Accounts + Facts + Links>(
    store: &S,
    me: &SignedIn,
    partners: &[String],
    now: Micros,
    fresh: &Fresh,
    (email, text): (&str, &str),
) -> Result<Token, ServerError> {
    let email = check::address(email)?;
    if !me.is_owner() && !partners.contains(&email) {
        return Err(ServerError::Input(
            "you have neither a 1:1 nor a reporting line with them".to_owned(),
            "say on the page of your 1:1s who reports to whom, or ask whoever set this server up"
                .to_owned(),
        ));
    }
    let text = text.trim().replace("\r\n", "\n");
    if text.is_empty() || text.chars().count() > LONGEST_TEXT {
        return Err(ServerError::Input(
            "the text is empty, or longer than 2,000 characters".to_owned(),
            "write a line about why you invite them".to_owned(),
        ));
    }
    let org = me.viewer().org();
    let known = store.account_by_email(org, &email).await?;
    if known.as_ref().is_some_and(|one| one.is_closed(now)) {
        return Err(ServerError::Input(
            "their account was closed when they left".to_owned(),
            "whoever keeps the list of people can put them into it again, and open the account there"
                .to_owned(),
        ));
    }
    if known.is_some() {
        return Err(ServerError::Input(
            "they have an account already".to_owned(),
            "tell them the address of this server: they can sign in".to_owned(),
        ));
    }
    // They would sign in as somebody else than they are, and see nothing of what is theirs.
    let main = people::near(store, org, &email).await?;
    if let Some(main) = main.main() {
        return Err(ServerError::Input(
            format!("{email} is another address of {main}"),
            "invite that address; if the two are not one person, whoever keeps the list of people can say so"
                .to_owned(),
        ));
    }
    let invitation = Invitation {
        email,
        from: me.name().to_owned(),
        text,
        by: me.viewer().person().to_owned(),
        by_owner: me.is_owner(),
    };
    let link = NewLink {
        purpose: PURPOSE.to_owned(),
        payload: serde_json::to_vec(&invitation).unwrap_or_default(),
        created: now,
        expires: now.plus(INVITATION_DAYS * DAY),
    };
    let token = fresh.token();
    store.create_link(org, &token.hash(), &link).await?;
    let happened = Happened::Invited {
        email: invitation.email,
    };
    noted::note(store, org, &invitation.by, instant(now), &happened).await?;
    Ok(token)
}

/// What stands in an invitation that can still be accepted.
///
/// # Errors
/// [`ServerError::NotFound`] when it was accepted, has expired, or never was; [`ServerError::Store`].
pub async fn invitation<S: Links>(
    store: &S,
    org: &Org,
    now: Micros,
    token: &Token,
) -> Result<Invitation, ServerError> {
    match store.peek(org, &token.hash(), PURPOSE, now).await {
        Ok(payload) => read(&payload),
        Err(StoreError::LinkSpent) => Err(ServerError::NotFound),
        Err(error) => Err(error.into()),
    }
}

/// Accepts an invitation: makes the account and signs it in.
///
/// # Errors
/// [`ServerError::Input`] for what cannot be used; [`ServerError::NotFound`] as [`invitation`]; [`ServerError::Store`].
pub async fn accept<S, P>(
    store: &S,
    passwords: &P,
    org: &Org,
    now: Micros,
    fresh: &Fresh,
    (token, name, password): (&Token, &str, &str),
) -> Result<Token, ServerError>
where
    S: Accounts + Links + Sessions + Facts,
    P: Passwords,
{
    let invitation = invitation(store, org, now, token).await?;
    let name = check::name("your name", name)?;
    check::password(password)?;
    // Whom the list let go has no account that could close with it.
    let listed = people::near(store, org, &invitation.email).await?;
    if listed.was_taken_out() {
        return Err(ServerError::Input(
            "this address was taken out of the list of people since".to_owned(),
            "if that is a mistake, ask whoever keeps the list to put you in again".to_owned(),
        ));
    }
    let account = NewAccount {
        account: fresh.id(),
        person: invitation.email.clone(),
        email: invitation.email,
        password: Some(passwords.seal(password, fresh.salt).await?),
        role: role::MEMBER.to_owned(),
        created: now,
    };
    // Whoever comes with an address of their own is nobody else's other one.
    let at = steadfast_calendar::Instant::from_seconds(now.0.div_euclid(1_000_000));
    people::let_go(store, org, at, &account.email).await?;
    let by = (invitation.by.as_str(), invitation.by_owner);
    // Before there is an account: one without it would be known to everybody.
    knowers::joins(store, org, at, &account.email, by).await?;
    let effect = Effect::Create(&account);
    match store.redeem(org, &token.hash(), PURPOSE, now, effect).await {
        Ok(_) => {}
        // Two invitations to one address: the first one accepted is the account.
        Err(StoreError::LinkSpent | StoreError::Exists(_)) => return Err(ServerError::NotFound),
        Err(error) => return Err(error.into()),
    }
    names::call(store, org, &account.account, &name, now).await?;
    // Whoever left has no log any more, and is told nothing.
    let inviter = store.account_by_email(org, &invitation.by).await?;
    if inviter.is_some_and(|inviter| !inviter.is_closed(now)) {
        let happened = Happened::Joined {
            email: account.email,
        };
        noted::note(store, org, &invitation.by, instant(now), &happened).await?;
    }
    enter(store, org, &account.account, now, fresh).await
}

fn read(payload: &[u8]) -> Result<Invitation, ServerError> {
    serde_json::from_slice(payload).map_err(|_| ServerError::Unreadable(PURPOSE.to_owned()))
}
