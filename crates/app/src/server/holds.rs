//! What holds for everybody in an organisation, chosen by whoever keeps it: read at once, for a page that shows all of it.

use super::ServerError;
use super::ledger::Whole;
use super::looked;
use super::once::{self, Once};
use super::retention::{self, Window};
use steadfast_store::{Facts, Org};

/// All of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Holds {
    /// What counts as once in a while.
    pub once: Once,
    /// How long observations are kept.
    pub window: Window,
    /// The auditor's address, where there is one.
    pub auditor: Option<String>,
}

impl Holds {
    /// What holds now: what was set last of each, or what is usual.
    ///
    /// # Errors
    /// [`ServerError::Store`], [`ServerError::Unreadable`].
    pub async fn of<S: Facts>(store: &S, org: &Org) -> Result<Self, ServerError> {
        let streams = [once::STREAM, retention::STREAM, looked::AUDITOR];
        let set = Whole::of(store, org, &streams).await?;
        let [once, window, auditor] = streams.map(|stream| set.facts(stream).last());
        Ok(Self {
            once: once::told(once)?,
            window: retention::told(window)?,
            auditor: looked::named(auditor)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::people::Administrator;
    use crate::server::retention::tests::{BEN, MAYA};
    use crate::server::testing::{viewer, with_store};
    use steadfast_calendar::Instant;
    use steadfast_store::{Accounts, Micros, NewAccount};

    #[test]
    fn it_is_what_each_says_by_itself_and_what_was_set_last() {
        with_store(|store, org| async move {
            let ben = NewAccount {
                account: "ben".to_owned(),
                person: BEN.to_owned(),
                email: BEN.to_owned(),
                password: None,
                role: "member".to_owned(),
                created: Micros(1),
            };
            store.create_account(&org, &ben).await.unwrap();
            let keeper = Administrator::signed_in(viewer(&org, MAYA));
            let now = Instant::from_seconds(1_775_000_000);
            let apart = async || Holds {
                once: once::once(&store, &org).await.unwrap(),
                window: retention::window(&store, &org).await.unwrap(),
                auditor: looked::auditor(&store, &org).await.unwrap(),
            };
            let at_once = async || Holds::of(&store, &org).await.unwrap();
            let usual = Holds {
                once: Once::Usual,
                window: Window::default(),
                auditor: None,
            };
            assert_eq!((at_once().await, apart().await), (usual.clone(), usual));
            for once in [Once::Often, Once::Seldom] {
                once::set(&store, &keeper, now, once).await.unwrap();
            }
            for window in [Window::ALL, Window::CHOICES[0]] {
                retention::set(&store, &keeper, now, window).await.unwrap();
            }
            looked::name_auditor(&store, &keeper, now, Some(BEN))
                .await
                .unwrap();
            let set = Holds {
                once: Once::Seldom,
                window: Window::CHOICES[0],
                auditor: Some(BEN.to_owned()),
            };
            assert_eq!((at_once().await, apart().await), (set.clone(), set));
            looked::name_auditor(&store, &keeper, now, None)
                .await
                .unwrap();
            assert_eq!(at_once().await.auditor, None);
        });
    }
}
