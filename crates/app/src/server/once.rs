//! What counts as once in a while: one choice for everybody, made by whoever set the server up, never by a single manager.
//!
//! Every reading is made anew with it, those of the past as well: a verdict on an occurrence is not touched by it. What can be
//! chosen is what was calibrated ([`Once`]).

use super::ServerError;
use super::facts::{said, what_was_said};
use super::ledger::whole_stream;
use super::people::Administrator;
use serde::{Deserialize, Serialize};
use steadfast_calendar::Instant;
pub use steadfast_signal::Once;
use steadfast_store::{Expected, Fact, Facts, Org};

/// The stream of what the organisation said about it.
pub(in crate::server) const STREAM: &str = "once-in-a-while";
/// What counts from now on: a [`Set`].
const SET: &str = "once.set.v1";

#[derive(Serialize, Deserialize)]
struct Set {
    /// The name of the choice.
    once: String,
}

/// What is set, or what is usual.
///
/// # Errors
/// [`ServerError::Store`]; [`ServerError::Unreadable`] for a choice of a newer version: no other may be read with in its place.
pub async fn once<S: Facts>(store: &S, org: &Org) -> Result<Once, ServerError> {
    told(whole_stream(store, org, STREAM).await?.last())
}

/// The same, of what was said last.
pub(in crate::server) fn told(last: Option<&Fact>) -> Result<Once, ServerError> {
    let Some(last) = last else {
        return Ok(Once::Usual);
    };
    let set: Set = what_was_said(last, SET)?;
    Once::named(&set.once).ok_or_else(|| ServerError::Unreadable(SET.to_owned()))
}

/// Sets it for everybody.
///
/// # Errors
/// [`ServerError::Store`].
pub async fn set<S: Facts>(
    store: &S,
    admin: &Administrator,
    now: Instant,
    once: Once,
) -> Result<(), ServerError> {
    let viewer = admin.viewer();
    if self::once(store, viewer.org()).await? == once {
        return Ok(());
    }
    let set = Set {
        once: once.key().to_owned(),
    };
    let fact = said(SET, &set, viewer.person(), now);
    store
        .append(viewer.org(), STREAM, Expected::Any, &[fact], &[])
        .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::model::Band;
    use crate::server::ledger::{kept, report};
    use crate::server::retention::tests::{BEN, MAYA, a_past};
    use crate::server::testing::{viewer, with_store};

    #[test]
    fn the_form_of_what_is_kept_is_these_bytes_for_ever() {
        let set = Set {
            once: Once::Seldom.key().to_owned(),
        };
        let text = serde_json::to_string(&set).unwrap();
        assert_eq!(text, r#"{"once":"one-in-ten"}"#);
    }

    #[test]
    fn a_choice_makes_every_reading_anew_and_touches_no_verdict() {
        with_store(|store, org| async move {
            let now = a_past(&store, &org).await;
            let (maya, ben) = (viewer(&org, MAYA), viewer(&org, BEN));
            let admin = Administrator::signed_in(maya.clone());
            let own = vec![BEN.to_owned()];
            crate::server::ledger::declare(&store, &maya, now, &own, None)
                .await
                .unwrap();
            let told = async || {
                let report = report(&store, &maya, now).await.unwrap().unwrap();
                let pair = report.pairs.into_iter().next().unwrap();
                let verdicts: Vec<String> = pair
                    .occurrences
                    .iter()
                    .map(|one| format!("{:?}", one.verdict))
                    .collect();
                let signal = pair.signal.unwrap().disruption;
                (report.once.0, signal.probability, signal.band, verdicts)
            };
            let usual = told().await;
            assert_eq!(usual.0, Once::Usual);
            let before = kept(&store, &ben, "p", now).await.unwrap();
            let mut probability = Vec::new();
            for once in Once::ALL {
                set(&store, &admin, now, once).await.unwrap();
                set(&store, &admin, now, once).await.unwrap();
                let (read_with, sure, _, verdicts) = told().await;
                assert_eq!(read_with, once);
                assert_eq!(verdicts, usual.3);
                probability.push(sure);
            }
            // The more is once in a while, the less sure it is that it was more than that.
            assert!(probability[0] > probability[1] && probability[1] > probability[2]);
            assert_eq!(probability[1], usual.1);
            assert_ne!(usual.2, Band::TooEarly);
            // What was kept of it is out of date.
            assert!(!before.is_good(&store, &ben, "p", now).await.unwrap());
            let all = whole_stream(&store, &org, STREAM).await.unwrap();
            assert_eq!(all.len(), 3);
        });
    }

    #[test]
    fn a_choice_of_a_newer_version_is_not_read_as_another() {
        with_store(|store, org| async move {
            let later = Set {
                once: "one-in-four".to_owned(),
            };
            let fact = said(SET, &later, MAYA, Instant::from_seconds(0));
            store
                .append(&org, STREAM, Expected::Any, &[fact], &[])
                .await
                .unwrap();
            let read = once(&store, &org).await;
            assert!(matches!(read, Err(ServerError::Unreadable(_))), "{read:?}");
        });
    }
}
