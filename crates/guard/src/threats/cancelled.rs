//! **Taken off.** It stands nowhere, one of the two has declined it, or the report says that it did not take place.

use super::reads::reads;
use super::{Kind, Threat, about};
use crate::case::Case;
use crate::debt;
use crate::world::meeting::Answer;

pub(super) fn find(case: &Case<'_>, found: &mut Vec<Threat>) {
    if case.promise.series_gone || case.promise.agreed || case.now >= case.due() {
        return;
    }
    // That is told as leave, which is nobody's act against it.
    if debt::is_off_for_leave(case) {
        return;
    }
    let declined = case.stands.and_then(|meeting| {
        let mut two = case.two().into_iter();
        two.find(|person| meeting.answer_of(*person) == Some(Answer::Declined))
    });
    let last = case.stands.map(|meeting| meeting.id);
    let not_held = last.is_some() && case.promise.not_held == last;
    let because = match (case.stands, declined) {
        (None, _) => format!(
            "it was taken off{}",
            reads(case, case.promise.changes.last())
        ),
        _ if not_held => "your report says that it did not take place".to_owned(),
        (_, Some(who)) if case.is_manager(who) => {
            format!("you declined it{}", reads(case, None))
        }
        (_, Some(_)) => "your report declined it".to_owned(),
        _ => return,
    };
    if debt::is_owed(case) {
        found.push(about(case, Kind::Cancelled, case.one.manager, because));
    }
}
