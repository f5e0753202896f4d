//! Taking back what was done: an intent like any other, decided on the calendar in which the first one still stands.

use super::Basis;
use super::action::{self, Action, intent};
use crate::server::{ServerError, Viewer};
use steadfast_calendar::Instant;
use steadfast_calendar::edit::Edit;
use steadfast_store::{Facts, Intents, NewIntent, Write};

/// Writes an intent that takes the viewer's intent of this name back; gives its name. When the calendar has changed
/// since, it ends as changed and takes nothing back.
///
/// # Errors
/// [`ServerError::NotFound`] when it is not the viewer's; [`ServerError::Input`] when there is nothing to take back.
pub async fn take_back<S: Facts + Intents>(
    store: &S,
    viewer: &Viewer,
    name: &str,
    now: Instant,
) -> Result<String, ServerError> {
    let org = viewer.org();
    let known = store.intent(org, name).await?;
    let known = known.filter(|known| known.person == viewer.person());
    let known = known.ok_or(ServerError::NotFound)?;
    let undo = known.undo.as_deref().filter(|_| known.state.stands());
    let undo: Option<Edit> = undo.and_then(|undo| serde_json::from_slice(undo).ok());
    let Some(undo) = undo else {
        return Err(ServerError::Input(
            "there is nothing that could be taken back".to_owned(),
            "change it in your calendar".to_owned(),
        ));
    };
    let done = action::read(&known)?;
    let back = Action {
        basis: Basis::After(Box::new(done.edit.clone())),
        edit: undo,
        because: "you took back what was done".to_owned(),
        ..done
    };
    // Two clicks are two intents: the second finds it done.
    let back_name = format!("back/{}/{name}", now.seconds());
    let back = NewIntent {
        undoes: Some(name.to_owned()),
        ..intent(&back_name, viewer.person(), &back, true, now)
    };
    let write = Write {
        intents: &[back],
        ..Write::default()
    };
    store.write(org, write).await?;
    Ok(back_name)
}
