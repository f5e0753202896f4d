//! What the reader said of themselves alone: when they work, and their feed of what is held.

use super::{Entry, Feed, What};
use crate::server::people::{all_hours, hours_in_words};
use crate::server::{ServerError, Viewer, held};
use steadfast_calendar::Instant;
use steadfast_store::Facts;

/// What there is to tell of it since then.
pub(super) async fn told<S: Facts>(
    store: &S,
    viewer: &Viewer,
    since: Instant,
) -> Result<Vec<Entry>, ServerError> {
    let hours = all_hours(store, viewer).await?.into_iter();
    let hours = hours.map(|(at, hours)| Entry {
        at,
        what: What::Hours {
            week: hours.as_ref().map(hours_in_words),
        },
    });
    let mut was_open = false;
    let turned = held::turned(store, viewer).await?.into_iter();
    let feed = turned.map(|(at, is_open)| {
        let turn = match (std::mem::replace(&mut was_open, is_open), is_open) {
            (false, true) => Feed::Opened,
            (true, true) => Feed::Renewed,
            (_, false) => Feed::Closed,
        };
        Entry {
            at,
            what: What::Feed(turn),
        }
    });
    let all = hours.chain(feed);
    Ok(all.filter(|entry| entry.at >= since).collect())
}
