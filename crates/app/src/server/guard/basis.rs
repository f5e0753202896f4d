//! What something is decided on: what its object said when it was seen last.

use crate::server::ledger::Place;
use crate::server::{ServerError, Viewer, facts, sync};
use steadfast_calendar::says_in_pieces;
use steadfast_store::Facts;

/// What an object said when it was seen last, in few characters; of a series that is told in pieces, all of them.
pub(super) async fn says<S: Facts>(
    store: &S,
    viewer: &Viewer,
    place: &Place,
) -> Result<Option<String>, ServerError> {
    let stream = facts::calendar_of(viewer.person());
    let known = sync::known(store, viewer.org(), &stream, &place.source).await?;
    let calendar = known.get(&place.calendar);
    let text = calendar.and_then(|calendar| calendar.get(&place.href));
    let (Some(calendar), Some(text)) = (calendar, text) else {
        return Ok(None);
    };
    if !place.is_in_pieces() {
        return Ok(Some(steadfast_calendar::says(text.as_bytes())));
    }
    let whose = uid(text);
    let pieces = calendar.values().filter(|piece| uid(piece) == whose);
    Ok(Some(says_in_pieces(pieces.map(|piece| piece.as_bytes()))))
}

/// The line that names the series.
fn uid(text: &str) -> Option<&str> {
    text.lines().find(|line| line.starts_with("UID:"))
}
