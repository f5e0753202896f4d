//! Choosing: for all of one's 1:1s, for one of them, and for everybody.

use super::{CLASSES, Chosen, OF_ORGANISATION, chosen_by, forms, policies, ranges};
use crate::report::seat::{manager, subordinate};
use crate::server::guard::Ahead;
use crate::server::ledger::{Kept, judge_now};
use crate::server::people::Administrator;
use crate::server::{ServerError, Viewer};
use steadfast_calendar::Instant;
use steadfast_guard::policy::{Bounds, Level, Limits};
use steadfast_ledger::occurrence::Class;
use steadfast_store::{Expected, Facts, Micros, NewFact, Org};

/// What a choice is for.
#[derive(Clone, Copy, Debug)]
pub enum About<'a> {
    /// All of the viewer's 1:1s for which they chose nothing else.
    Mine,
    /// The one with that id, which has to be a running one of theirs, as manager or as report.
    OneOnOne(&'a Kept, &'a str),
}

impl<'a> About<'a> {
    /// The 1:1, if it is about one, and one of the viewer's.
    fn pair(self, viewer: &Viewer) -> Result<Option<&'a str>, ServerError> {
        let Self::OneOnOne(kept, id) = self else {
            return Ok(None);
        };
        let report = kept.report();
        let mut pairs = report.iter().flat_map(|report| &report.pairs);
        let me = viewer.person();
        pairs
            .any(|pair| {
                let mut people = pair.people.iter();
                pair.id == id && pair.ended.is_none() && people.any(|one| *one.address == *me)
            })
            .then_some(Some(id))
            .ok_or(ServerError::NotFound)
    }
}

/// Chooses how far the guard goes for the viewer; `None` leaves it to their own choice for all, or to the organisation.
///
/// # Errors
/// [`ServerError::NotFound`] when they have no such 1:1; [`ServerError::Input`] beyond the organisation's limit;
/// [`ServerError::Store`].
pub async fn choose_level<S: Facts>(
    store: &S,
    viewer: &Viewer,
    now: Instant,
    about: About<'_>,
    level: Option<Level>,
) -> Result<(), ServerError> {
    let pair = about.pair(viewer)?;
    let chosen = policies(store, viewer).await?;
    if chosen_for(&chosen, pair).level == level {
        return Ok(());
    }
    let most = chosen.set_limits.level;
    if level.is_some_and(|level| level > most) {
        return Err(beyond(most));
    }
    let me = viewer.person();
    let fact = forms::level(pair, level, me, now);
    append(store, viewer.org(), &chosen_by(me), fact).await
}

/// Chooses within which bounds it may act for the viewer; `None` as above. What goes beyond the organisation's limits is kept
/// as it was chosen, and does not hold as long as they stand.
///
/// # Errors
/// [`ServerError::NotFound`] when they have no such 1:1; [`ServerError::Input`] for what cannot be chosen;
/// [`ServerError::Store`].
pub async fn choose_bounds<S: Facts>(
    store: &S,
    viewer: &Viewer,
    now: Instant,
    about: About<'_>,
    bounds: Option<&Bounds>,
) -> Result<(), ServerError> {
    let pair = about.pair(viewer)?;
    bounds.map_or(Ok(()), ranges::fit)?;
    let chosen = policies(store, viewer).await?;
    if chosen_for(&chosen, pair).bounds.as_ref() == bounds {
        return Ok(());
    }
    let me = viewer.person();
    let fact = forms::bounds(pair, bounds, me, now);
    append(store, viewer.org(), &chosen_by(me), fact).await
}

/// Sets how far the guard goes for those who did not choose.
///
/// # Errors
/// [`ServerError::Input`] beyond the limit that stands; [`ServerError::Store`].
pub async fn set_level<S: Facts>(
    store: &S,
    admin: &Administrator,
    now: Instant,
    level: Level,
) -> Result<(), ServerError> {
    let viewer = admin.viewer();
    let chosen = policies(store, viewer).await?;
    if chosen.organisation.level == level {
        return Ok(());
    }
    if level > chosen.set_limits.level {
        return Err(beyond(chosen.set_limits.level));
    }
    let fact = forms::level(None, Some(level), viewer.person(), now);
    append(store, viewer.org(), OF_ORGANISATION, fact).await
}

/// Sets within which bounds it may act for those who did not choose.
///
/// # Errors
/// [`ServerError::Input`] for what cannot be chosen; [`ServerError::Store`].
pub async fn set_bounds<S: Facts>(
    store: &S,
    admin: &Administrator,
    now: Instant,
    bounds: &Bounds,
) -> Result<(), ServerError> {
    ranges::fit(bounds)?;
    let viewer = admin.viewer();
    if policies(store, viewer).await?.organisation.bounds == *bounds {
        return Ok(());
    }
    let fact = forms::bounds(None, Some(bounds), viewer.person(), now);
    append(store, viewer.org(), OF_ORGANISATION, fact).await
}

/// Sets beyond which nobody goes, from now on: what was chosen before stays as it was chosen, and holds within them.
///
/// # Errors
/// [`ServerError::Input`] for what cannot be set; [`ServerError::Store`].
pub async fn set_limits<S: Facts>(
    store: &S,
    admin: &Administrator,
    now: Instant,
    limits: &Limits,
) -> Result<(), ServerError> {
    ranges::fit_limits(limits)?;
    let viewer = admin.viewer();
    if policies(store, viewer).await?.set_limits == *limits {
        return Ok(());
    }
    let fact = forms::limits(limits, viewer.person(), now);
    append(store, viewer.org(), OF_ORGANISATION, fact).await
}

/// Notes that the viewer was shown what the guard writes by itself to the reports in those 1:1s ([`written`]), and let it: a
/// first text to each of them was read then.
///
/// # Errors
/// [`ServerError::NotFound`] when they have no such 1:1; [`ServerError::Store`].
///
/// [`written`]: super::written
pub async fn preview<S: Facts>(
    store: &S,
    viewer: &Viewer,
    now: Instant,
    (kept, pair): (&Kept, Option<&str>),
) -> Result<(), ServerError> {
    let me = viewer.person();
    let known = policies(store, viewer).await?.previewed;
    let report = kept.report();
    let pairs = report.iter().flat_map(|report| &report.pairs);
    let theirs = pairs.filter(|one| one.ended.is_none() && pair.is_none_or(|pair| one.id == pair));
    let led = theirs.filter(|one| manager(one).is_some_and(|lead| *lead.address == *me));
    let mut reports: Vec<&str> = led
        .filter_map(|one| Some(&*subordinate(one)?.address))
        .filter(|to| !known.contains(*to))
        .collect();
    reports.sort_unstable();
    reports.dedup();
    if reports.is_empty() {
        return Ok(());
    }
    let facts: Vec<NewFact> = reports
        .into_iter()
        .map(|to| forms::previewed(to, me, now))
        .collect();
    let at = Micros(now.seconds().saturating_mul(1_000_000));
    let jobs = [judge_now(me, at)];
    let stream = chosen_by(me);
    store
        .append(viewer.org(), &stream, Expected::Any, &facts, &jobs)
        .await?;
    Ok(())
}

/// Says what sort of meeting one of the viewer's is, all of its series; `None`: it is inferred again. From then on the guard takes
/// that as certain, and looks at once at what it may do.
///
/// # Errors
/// [`ServerError::NotFound`] where they have no such meeting, or it is a 1:1; [`ServerError::Input`] for a sort that cannot be
/// said; [`ServerError::Store`].
pub async fn say_class<S: Facts>(
    store: &S,
    viewer: &Viewer,
    ahead: &Ahead,
    now: Instant,
    (uid, class): (&str, Option<Class>),
) -> Result<(), ServerError> {
    if !ahead.has_other(uid) {
        return Err(ServerError::NotFound);
    }
    if class.is_some_and(|class| !CLASSES.contains(&class)) {
        return Err(ServerError::Input(
            "that is no sort of meeting that can be said".to_owned(),
            "choose one of the list".to_owned(),
        ));
    }
    if policies(store, viewer).await?.classes.get(uid).copied() == class {
        return Ok(());
    }
    let me = viewer.person();
    let facts = [forms::class(uid, class, me, now)];
    let at = Micros(now.seconds().saturating_mul(1_000_000));
    let jobs = [judge_now(me, at)];
    let stream = chosen_by(me);
    store
        .append(viewer.org(), &stream, Expected::Any, &facts, &jobs)
        .await?;
    Ok(())
}

fn chosen_for(chosen: &Chosen, pair: Option<&str>) -> super::Choice {
    match pair {
        None => chosen.mine.clone(),
        Some(pair) => chosen.one_on_ones.get(pair).cloned().unwrap_or_default(),
    }
}

fn beyond(most: Level) -> ServerError {
    ServerError::Input(
        format!("your organisation allows “{}” at most", most.as_str()),
        "choose that, or ask whoever set this server up".to_owned(),
    )
}

/// What was chosen is true whatever came in between: the last word holds.
async fn append<S: Facts>(
    store: &S,
    org: &Org,
    stream: &str,
    fact: NewFact,
) -> Result<(), ServerError> {
    store
        .append(org, stream, Expected::Any, &[fact], &[])
        .await?;
    Ok(())
}
