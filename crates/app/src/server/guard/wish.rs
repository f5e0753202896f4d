//! The report asks for another time for a 1:1 that is to come: a word between the two, by which nothing changes on a calendar. The
//! manager is told, and offers times by a tap as for anything else that lies in its way.

use super::ahead::Ahead;
use super::between::{About, Said};
use super::gather::gather;
use super::tap::gone;
use super::write::Drafted;
use crate::report::Report;
use crate::server::ledger::{Kept, judge_now};
use crate::server::{ServerError, Viewer};
use steadfast_calendar::Instant;
use steadfast_ledger::occurrence::Occurrence;
use steadfast_ledger::verdict::Outcome;
use steadfast_store::{Accounts, Facts, Intents, Micros};

/// That another time was asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Asked {
    /// When.
    pub at: Instant,
    /// When the 1:1 was to begin then: elsewhere, it was answered.
    pub stood: Instant,
}

impl Asked {
    pub(super) const fn told(at: Instant, stood: i64) -> Self {
        let stood = Instant::from_seconds(stood);
        Self { at, stood }
    }
}

/// Whether the report still waits for another time than what was promised then: it stands where it stood when they asked, as far
/// as that is seen on either calendar.
pub(super) fn waits(ahead: &Ahead, (pair, promised): (&str, Instant), about: &About) -> bool {
    let Some(asked) = about.asked else {
        return false;
    };
    let begins = ahead.begins(pair, promised);
    begins.is_none_or(|begins| begins == Some(asked.stood))
}

/// Asks whoever leads that 1:1 for another time than it was promised for, or asks no more.
///
/// # Errors
/// [`ServerError::NotFound`] where the viewer has no such 1:1 as its report; [`ServerError::Input`] where it is not to come, times
/// are offered already, or nobody would see it.
pub async fn wish<S>(
    store: &S,
    viewer: &Viewer,
    (ahead, kept): (&Ahead, &Kept),
    now: Instant,
    (pair, promised): (&str, Instant),
    wants: bool,
) -> Result<(), ServerError>
where
    S: Accounts + Facts + Intents,
{
    let gathered = gather(store, viewer, ahead, now).await?;
    let mut ones = ahead.one_on_ones.iter();
    let one = ones.find(|one| one.pair == pair);
    let one = one.ok_or(ServerError::NotFound)?;
    if one.report != viewer.person() || !gathered.known.contains(pair) {
        return Err(ServerError::NotFound);
    }
    let about = gathered.between.get(pair);
    let about = about.and_then(|all| all.get(&promised.seconds()));
    let asked = about.is_some_and(|about| waits(ahead, (pair, promised), about));
    if asked == wants {
        return Ok(());
    }
    let mut stood = 0;
    if wants {
        if !gathered.joined.contains(&one.manager) {
            return Err(ServerError::Input(
                "whoever leads this 1:1 is not here yet: nobody would see it".to_owned(),
                "ask them yourself, or invite them".to_owned(),
            ));
        }
        let is_open = about.is_some_and(About::is_open);
        let report = kept.report();
        let there = report.and_then(|report| to_come(&report, pair, promised, now));
        stood = there.filter(|_| !is_open).ok_or_else(gone)?.seconds();
    }
    let promised = promised.seconds();
    let said = if wants {
        Said::Asked { promised, stood }
    } else {
        Said::NotAsked { promised }
    };
    let mut drafted = Drafted::on(&gathered);
    drafted.say(pair, &said, viewer.person(), now);
    let at = Micros(now.seconds().saturating_mul(1_000_000));
    let jobs = [judge_now(&one.manager, at)];
    drafted.write(store, viewer, &jobs).await
}

/// When it begins that was promised then, where it stands and is to come.
fn to_come(report: &Report, pair: &str, promised: Instant, now: Instant) -> Option<Instant> {
    let mut pairs = report.pairs.iter();
    let pair = pairs.find(|one| one.id == pair && one.ended.is_none());
    let mut occurrences = pair.into_iter().flat_map(|pair| &pair.occurrences);
    let is_it =
        |one: &&Occurrence| one.promised.start == promised && one.verdict.outcome == Outcome::Open;
    let stands = occurrences.find(is_it)?.verdict.held?.start;
    (stands > now).then_some(stands)
}

#[cfg(test)]
mod tests {
    use super::{Instant, Said};

    #[test]
    fn the_forms_of_what_is_said_are_these_bytes_for_ever() {
        for (said, text) in [
            (
                Said::Asked {
                    promised: 1,
                    stood: 2,
                },
                r#"{"what":"asked","promised":1,"stood":2}"#,
            ),
            (
                Said::NotAsked { promised: 1 },
                r#"{"what":"not_asked","promised":1}"#,
            ),
        ] {
            let fact = said.fact("a", Instant::from_seconds(0));
            assert_eq!(String::from_utf8(fact.payload).unwrap(), text);
        }
    }
}
