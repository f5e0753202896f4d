//! A 1:1 that stands as free on the viewer's own calendar holds its slot by one tap: it is shown as busy there.

use super::ahead::Ahead;
use super::gather::gather;
use super::look::last_of;
use super::proposals::LastTap;
use super::tap::{counted, gone, ordered};
use crate::server::{ServerError, Viewer};
use steadfast_calendar::Instant;
use steadfast_guard::busy::intent;
use steadfast_store::{Accounts, Facts, Intent, Intents};

/// A 1:1 of which one to come stands as free on the viewer's calendar.
#[derive(Clone, Debug)]
pub struct ShownAsFree {
    /// The 1:1.
    pub pair: String,
    /// Whether the server can write it; otherwise it can only be done in the calendar itself.
    pub is_possible: bool,
    /// What became of the last tap, as long as the calendar was not seen since.
    pub tapped: Option<LastTap>,
}

/// All of them.
pub(super) fn shown_as_free(ahead: &Ahead, taps: &[Intent]) -> Vec<ShownAsFree> {
    let all = ahead.shown_free().into_iter();
    let told = all.map(|(one, _, free)| ShownAsFree {
        pair: one.pair.clone(),
        is_possible: free.is_writable(),
        tapped: last_of("busy", &one.pair, taps, ahead),
    });
    told.collect()
}

/// Shows it as busy on the viewer's own calendar. Nobody else is told of it; their log takes it back.
///
/// # Errors
/// [`ServerError::NotFound`] where the viewer has no such 1:1; [`ServerError::Input`] where it does not stand as free any more, or
/// cannot be written from here.
pub async fn show_busy<S>(
    store: &S,
    viewer: &Viewer,
    ahead: &Ahead,
    now: Instant,
    pair: &str,
) -> Result<(), ServerError>
where
    S: Accounts + Facts + Intents,
{
    let gathered = gather(store, viewer, ahead, now).await?;
    let counted = counted(&gathered, pair, now)?;
    let mut free = ahead.shown_free().into_iter();
    let (_, _, free) = free.find(|(one, ..)| one.pair == pair).ok_or_else(gone)?;
    let one = counted.named.number_of(pair);
    let one = one.and_then(|id| counted.named.world.one_on_one(id));
    let one = one.ok_or_else(gone)?;
    let why = "it stood as free: whoever looks for a time found it open".to_owned();
    let intent = intent(one, counted.me, free.changes, why);
    let about = (&gathered, &counted);
    let drafted = ordered(store, viewer, now, about, &intent).await?;
    drafted.write(store, viewer, &[]).await
}
