//! Recording looks, each once a day.

use super::Kind;
use crate::server::{ServerError, Viewer, accounts::is_address};
use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};
use steadfast_calendar::Instant;
use steadfast_store::{Access, AccessLog, Day, Micros, Org};

/// Who looked where whoever runs the server did, by a command and not by a page. No address looks like it.
pub(crate) const OPERATOR: &str = "(whoever runs this server)";

/// Looks remembered at once. Beyond it they are written again, which changes nothing.
const MOST: usize = 100_000;

/// The looks of this day that are known to be kept, so that the second costs nothing. Losing it loses nothing.
#[derive(Debug, Default)]
pub struct Noted(Mutex<(Day, HashSet<Key>)>);

/// Organisation, who, whose, what kind.
type Key = (String, String, String, Kind);

impl Noted {
    fn knows(&self, day: Day, key: &Key) -> bool {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.0 == day && known.1.contains(key)
    }

    fn hold(&self, day: Day, keys: Vec<Key>) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.0 != day || known.1.len() + keys.len() > MOST {
            *known = (day, HashSet::new());
        }
        known.1.extend(keys);
    }
}

/// Records that the viewer is shown something of each of `whose`. Whoever looks at their own does not look at anybody.
pub(crate) async fn note<S: AccessLog>(
    store: &S,
    noted: &Noted,
    viewer: &Viewer,
    now: Instant,
    kind: Kind,
    whose: &[&str],
) -> Result<(), ServerError> {
    let day = day(now);
    let key = |one: &&str| {
        (
            viewer.org().as_str().to_owned(),
            viewer.person().to_owned(),
            (*one).to_owned(),
            kind,
        )
    };
    let others = whose.iter().filter(|one| **one != viewer.person());
    // Nobody can ever sign in with something else, so nobody is to be told.
    let others = others.filter(|one| is_address(one));
    let new: Vec<Key> = others
        .map(key)
        .filter(|key| !noted.knows(day, key))
        .collect();
    if new.is_empty() {
        return Ok(());
    }
    let looks: Vec<Access> = new
        .iter()
        .map(|(_, actor, subject, kind)| look(day, actor, subject, *kind))
        .collect();
    store.log_access(viewer.org(), &looks).await?;
    noted.hold(day, new);
    Ok(())
}

/// Records that whoever runs the server comes by a command to what is kept about each of `whose`.
pub(crate) async fn note_of_operator<S: AccessLog>(
    store: &S,
    org: &Org,
    now: Instant,
    kind: Kind,
    whose: &[&str],
) -> Result<(), ServerError> {
    let looks: Vec<Access> = whose
        .iter()
        .map(|subject| look(day(now), OPERATOR, subject, kind))
        .collect();
    store.log_access(org, &looks).await?;
    Ok(())
}

fn look(day: Day, actor: &str, subject: &str, kind: Kind) -> Access {
    Access {
        day,
        actor: actor.to_owned(),
        subject: subject.to_owned(),
        what: kind.key().to_owned(),
    }
}

fn day(now: Instant) -> Day {
    Day::of(Micros(now.seconds().saturating_mul(1_000_000)))
}
