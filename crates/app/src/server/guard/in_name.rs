//! Whether a mail may go out in somebody's name: asked of the policy as everything that is written or sent.

use super::ahead::Ahead;
use super::gather::{Counted, gather};
use super::tap::{counted, gone};
use crate::server::{ServerError, Viewer};
use steadfast_calendar::{Instant, Slot};
use steadfast_guard::in_name::{InName, STRANGER, intent};
use steadfast_store::{Accounts, Facts, Intents};

/// A mail in the viewer's name.
#[derive(Clone, Copy, Debug)]
pub(in crate::server) struct Mail<'a> {
    /// Name of the deed in the outbox that it tells of.
    pub(in crate::server) deed: &'a str,
    /// To whom.
    pub(in crate::server) to: &'a str,
    /// What it says.
    pub(in crate::server) text: &'a str,
    /// Whether it went out before.
    pub(in crate::server) was_sent: bool,
    /// The other times that it proposes, where it does.
    pub(in crate::server) proposes: Option<Proposes<'a>>,
}

/// Other times for a meeting.
#[derive(Clone, Copy, Debug)]
pub(in crate::server) struct Proposes<'a> {
    /// Its UID, where it is known.
    pub(in crate::server) uid: Option<&'a str>,
    /// Which of the series; of a single one, when it begins.
    pub(in crate::server) id: Instant,
    /// Those times.
    pub(in crate::server) instead: &'a [Slot],
}

/// Lets it pass, or says why not.
///
/// # Errors
/// [`ServerError::Input`] with why it is not sent; [`ServerError::NotFound`] where there is no such 1:1 any more;
/// [`ServerError::Store`].
pub(in crate::server) async fn may_mail<S>(
    store: &S,
    viewer: &Viewer,
    ahead: &Ahead,
    now: Instant,
    mail: Mail<'_>,
) -> Result<(), ServerError>
where
    S: Accounts + Facts + Intents,
{
    let (pair, promised) = about(mail.deed).ok_or(ServerError::NotFound)?;
    let gathered = gather(store, viewer, ahead, now).await?;
    let counted = counted(&gathered, pair, now)?;
    let named = &counted.named;
    let asked = InName {
        key: format!("mail/{}/{}", mail.deed, mail.to),
        owner: counted.me,
        one_on_one: named.number_of(pair).ok_or_else(gone)?,
        promise: promised.and_then(|promised| named.promised(pair, promised)),
        to: named.person(mail.to).unwrap_or(STRANGER),
        text: mail.text.to_owned(),
    };
    let asked = intent(asked, now);
    if let Some(proposes) = mail.proposes {
        are_open(&counted, mail.to, proposes, now)?;
    }
    let mut own = counted.own.clone();
    if mail.was_sent {
        own.done(&asked, None, now, jiff::civil::Date::default());
    }
    let guard = counted.guard(&own, &counted.policies, now);
    guard.permits(&asked).map_err(|refused| {
        ServerError::Input(
            format!("it is not sent: {refused}"),
            "tell them yourself; or change how far the guard goes, on the page Policies".to_owned(),
        )
    })
}

/// Refuses where a time that is proposed would not be named any more: by the calendars and the hours that are known now.
fn are_open(
    counted: &Counted<'_>,
    to: &str,
    proposes: Proposes<'_>,
    now: Instant,
) -> Result<(), ServerError> {
    let named = &counted.named;
    let booker = named.person(to);
    let known = booker.filter(|who| named.world.person(*who).is_some_and(|who| who.inside));
    let people: Vec<_> = [counted.me].into_iter().chain(known).collect();
    let moving = proposes
        .uid
        .and_then(|uid| named.meeting_named(uid, proposes.id));
    let is_open = |slot: &Slot| {
        let starts = named
            .world
            .starts(&people, *slot, slot.minutes(), moving, now);
        starts.contains(&slot.start)
    };
    if proposes.instead.iter().all(is_open) {
        return Ok(());
    }
    Err(ServerError::Input(
        "it is not sent: a time that it proposes is not open any more".to_owned(),
        "tell them yourself which times would do".to_owned(),
    ))
}

/// The 1:1 and the promise that a deed was done for, as its name tells; also of what took it back.
fn about(deed: &str) -> Option<(&str, Option<Instant>)> {
    let mut name = deed;
    while let Some(rest) = name.strip_prefix("back/") {
        name = rest.split_once('/')?.1;
    }
    let mut parts = name.strip_prefix("guard/")?.split('/');
    let (pair, promised) = (parts.next()?, parts.next()?.parse().ok()?);
    Some((
        pair,
        (promised != 0).then(|| Instant::from_seconds(promised)),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deed_and_what_took_it_back_are_for_the_same_one() {
        let told = |deed| about(deed).map(|(pair, at)| (pair, at.map(Instant::seconds)));
        assert_eq!(told("guard/0a/17/move/u/1/2/3"), Some(("0a", Some(17))));
        assert_eq!(told("back/9/guard/0a/0/begin/4"), Some(("0a", None)));
        for other in [
            "hold/0a/17/1",
            "back/9",
            "guard/0a",
            "guard/0a/x/book/1",
            "",
        ] {
            assert_eq!(told(other), None, "{other}");
        }
    }
}
