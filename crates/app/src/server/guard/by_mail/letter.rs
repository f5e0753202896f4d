//! The mail: as it is shown, approved, and sent.

use super::super::ahead::Ahead;
use super::super::between::{About, FOR_GOOD, Said as SaidBetween, between_of, is_for_good};
use super::super::deed;
use super::super::gather::{Counted, Gathered, gather};
use super::super::in_name::{Mail as InName, may_mail};
use super::super::onward;
use super::super::proposals::{Deed, proposals};
use super::super::tap::{counted, gone, not_here};
use super::link::{Pointing, Standing};
use super::words::Said;
use crate::server::accounts::which_have_joined;
use crate::server::imip::{self, mail_in_name_of};
use crate::server::ledger::judge_now;
use crate::server::mail::Office;
use crate::server::{ServerError, Viewer};
use steadfast_calendar::{Instant, Slot};
use steadfast_guard::intent::Measure;
use steadfast_store::seal::Keyring;
use steadfast_store::{Accounts, Append, Expected, Facts, Intents, Micros, Write};

/// A mail that would offer times to a report who has not joined.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ToPick {
    /// To whom.
    pub to: String,
    /// What they are called.
    pub name: String,
    /// The subject.
    pub subject: String,
    /// The words.
    pub text: String,
    /// The times, the best first.
    pub slots: Vec<Slot>,
    /// Names all of that: what is approved is that, and nothing else.
    pub mark: String,
    /// What it is called where mail in somebody's name is kept.
    deed: String,
    /// The number that the offer will have, one more than what was said before.
    number: u64,
}

/// What is to be sent now.
pub(in crate::server) struct Ready {
    pub(in crate::server) subject: String,
    pub(in crate::server) text: String,
    pub(in crate::server) mark: String,
}

/// What would be mailed to the report of that 1:1 about the promise of that moment, or about all that are to come.
///
/// # Errors
/// [`ServerError::NotFound`] where the viewer leads no such 1:1; [`ServerError::Input`] where there is nothing to offer by mail.
pub async fn to_pick<S>(
    store: &S,
    (keyring, office): (&Keyring, &Office),
    viewer: &Viewer,
    ahead: &Ahead,
    now: Instant,
    (pair, promised): (&str, Instant),
) -> Result<ToPick, ServerError>
where
    S: Accounts + Facts + Intents,
{
    let gathered = gather(store, viewer, ahead, now).await?;
    let one = one(&gathered, viewer, pair)?;
    let counted = counted(&gathered, pair, now)?;
    if gathered.joined.contains(&one.report) {
        return Err(ServerError::Input(
            "they have joined since".to_owned(),
            "let them pick from their own page".to_owned(),
        ));
    }
    let slots = if is_for_good(promised) {
        for_good((&gathered, &counted), now, pair)?
    } else {
        made_good(&counted, now, (pair, promised))?
    };
    let about = (pair, promised.seconds());
    let standing = Standing::of(store, viewer.org(), about).await?;
    let number = standing.version.0 + 1;
    let (offer, places) = ((number, slots.as_slice()), (keyring, office));
    letter(store, places, viewer, ahead, about, offer).await
}

/// The times at which its series could go on; none while others are offered.
fn for_good(
    (gathered, counted): (&Gathered<'_>, &Counted<'_>),
    now: Instant,
    pair: &str,
) -> Result<Vec<Slot>, ServerError> {
    let between = gathered.between.get(pair);
    let about = between.and_then(|all| all.get(&FOR_GOOD));
    if about.is_some_and(About::is_open) {
        return Err(gone());
    }
    onward::to_offer((gathered, counted), now, pair)
}

/// The times at which that one could be made good.
fn made_good(
    counted: &Counted<'_>,
    now: Instant,
    (pair, promised): (&str, Instant),
) -> Result<Vec<Slot>, ServerError> {
    let (all, _) = proposals(counted, now);
    let mut ways = all.iter().filter(|proposed| {
        let of = proposed.promised.map(|slot| slot.start);
        proposed.pair == pair && of == Some(promised)
    });
    let way = ways.find_map(|proposed| {
        let mut ways = proposed.ways.iter();
        ways.find(|way| way.measure == Measure::MakeGood)
    });
    let way = way.ok_or_else(gone)?;
    let Deed::MakeGood { slots } = &way.deed else {
        return Err(gone());
    };
    if !way.is_possible {
        return Err(not_here());
    }
    Ok(slots.clone())
}

/// Offers those times and has the mail sent, as it was shown: `mark` is [`ToPick::mark`].
///
/// # Errors
/// As [`to_pick`]; and [`ServerError::Input`] where it is not what was shown any more, or their policy does not allow it;
/// [`ServerError::Busy`] where something was said in the same moment.
pub async fn approve_pick<S>(
    store: &S,
    places: (&Keyring, &Office),
    viewer: &Viewer,
    ahead: &Ahead,
    now: Instant,
    (pair, promised, mark): (&str, Instant, &str),
) -> Result<(), ServerError>
where
    S: Accounts + Facts + Intents,
{
    let shown = to_pick(store, places, viewer, ahead, now, (pair, promised)).await?;
    if shown.mark != mark {
        return Err(ServerError::Input(
            "it is not what you were shown any more".to_owned(),
            "read what would be sent now".to_owned(),
        ));
    }
    let asked = InName {
        deed: &shown.deed,
        to: &shown.to,
        text: &shown.text,
        was_sent: false,
        proposes: None,
    };
    may_mail(store, viewer, ahead, now, asked).await?;
    let said = SaidBetween::Offered {
        promised: promised.seconds(),
        slots: shown
            .slots
            .iter()
            .map(|slot| (slot.start.seconds(), slot.end.seconds()))
            .collect(),
        by_owner: true,
        booked_from: None,
    };
    let id = imip::message_id(viewer, &shown.mark, &shown.to, places.1);
    let to_go = (shown.deed.as_str(), mark, id.as_str(), shown.to.as_str());
    let (written, job, version) = imip::written(store, viewer, now, to_go).await?;
    let at = Micros(now.seconds().saturating_mul(1_000_000));
    let offered = [said.fact(viewer.person(), now)];
    let (between, mailed) = (between_of(pair), mail_in_name_of(viewer.person()));
    let write = Write {
        appends: &[
            Append {
                stream: &between,
                expected: Expected::Exactly(steadfast_store::Version(shown.number - 1)),
                facts: &offered,
            },
            Append {
                stream: &mailed,
                expected: Expected::Exactly(version),
                facts: &[written],
            },
        ],
        // The guard holds the best of them at its next look.
        jobs: &[job, judge_now(viewer.person(), at)],
        ..Write::default()
    };
    store.write(viewer.org(), write).await?;
    Ok(())
}

/// The mail of that name as it is to go now; why it does not, in words that name nobody. `None`: it is another sort of mail.
///
/// # Errors
/// [`ServerError::Store`], [`ServerError::Sealed`].
pub(in crate::server) async fn pick_mail<S>(
    store: &S,
    (keyring, office): (&Keyring, &Office),
    viewer: &Viewer,
    ahead: &Ahead,
    now: Instant,
    name: &str,
) -> Result<Option<Result<Ready, &'static str>>, ServerError>
where
    S: Accounts + Facts + Intents,
{
    let Some((pair, promised, number)) = named(name) else {
        return Ok(None);
    };
    let about = (pair, promised);
    let standing = Standing::of(store, viewer.org(), about).await?;
    let open = standing.offer.filter(|(known, offer)| {
        let is_to_come = offer.slots.iter().all(|slot| slot.start > now);
        *known == number && offer.answer.is_none() && is_to_come
    });
    let Some((_, offer)) = open else {
        let why = "the offer was taken back, answered or out of date before it went";
        return Ok(Some(Err(why)));
    };
    let (offer, places) = ((number, offer.slots.as_slice()), (keyring, office));
    let made = letter(store, places, viewer, ahead, about, offer).await;
    let made = match made {
        Ok(made) => made,
        Err(ServerError::NotFound) => return Ok(Some(Err("there is no such 1:1 any more"))),
        Err(error) => return Err(error),
    };
    if !which_have_joined(store, viewer, now, &[made.to.as_str()])
        .await?
        .is_empty()
    {
        let why = "they have joined since, and pick from their own page";
        return Ok(Some(Err(why)));
    }
    Ok(Some(Ok(Ready {
        subject: made.subject,
        text: made.text,
        mark: made.mark,
    })))
}

fn one<'a>(
    gathered: &'a Gathered<'_>,
    viewer: &Viewer,
    pair: &str,
) -> Result<&'a super::super::ahead::OneOnOne, ServerError> {
    let one = gathered.ahead.led(viewer.person(), pair);
    let known = one.filter(|_| gathered.known.contains(pair));
    known.ok_or(ServerError::NotFound)
}

/// The mail about an offer of that number.
async fn letter<S: Accounts>(
    store: &S,
    (keyring, office): (&Keyring, &Office),
    viewer: &Viewer,
    ahead: &Ahead,
    (pair, promised): (&str, i64),
    (number, slots): (u64, &[Slot]),
) -> Result<ToPick, ServerError> {
    let one = ahead.led(viewer.person(), pair);
    let one = one.ok_or(ServerError::NotFound)?;
    let report = ahead.people.get(&one.report).ok_or(ServerError::NotFound)?;
    let me = ahead.people.get(&one.manager);
    let account = store
        .account_by_email(viewer.org(), viewer.person())
        .await?;
    let account = account.ok_or(ServerError::NotFound)?;
    let last = slots.iter().map(|slot| slot.start.seconds()).max();
    let pointing = Pointing {
        account: account.account,
        pair: pair.to_owned(),
        promised,
        number,
        until: last.unwrap_or(0),
    };
    let link = format!("{}{}", office.address, pointing.path(keyring)?);
    let said = Said {
        from: (
            me.map_or(viewer.person(), |me| me.name.as_str()),
            viewer.person(),
        ),
        promised: Instant::from_seconds(promised),
        slots,
        zone: &report.zone,
        link: &link,
    };
    let words = said.words();
    let deed = format!(
        "{}pick/{number}",
        deed::about(pair, Some(Instant::from_seconds(promised)))
    );
    let mark = imip::hash([&deed, &one.report, &words.subject, &words.text]);
    Ok(ToPick {
        to: one.report.clone(),
        name: report.name.clone(),
        subject: words.subject,
        text: words.text,
        slots: slots.to_vec(),
        mark,
        deed,
        number,
    })
}

/// The 1:1, the second of the promise, and the number of the offer that a mail of this sort is about.
fn named(deed: &str) -> Option<(&str, i64, u64)> {
    let mut parts = deed.strip_prefix("guard/")?.split('/');
    let (pair, promised) = (parts.next()?, parts.next()?.parse().ok()?);
    let is_pick = parts.next() == Some("pick");
    let number = parts.next()?.parse().ok()?;
    (is_pick && parts.next().is_none()).then_some((pair, promised, number))
}

/// The 1:1 that a mail in somebody's name is about, where it offers times to pick from; by what it is called.
pub fn picks_for(deed: &str) -> Option<&str> {
    named(deed).map(|(pair, ..)| pair)
}
