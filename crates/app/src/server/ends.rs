//! How a job ends, whatever it did: finished, found to be another node's by now, or to be tried again later.

use super::ServerError;
use super::sync::Machine;
use steadfast_store::{Job, Jobs, Lease, StoreError, backoff};

/// What became of a job that was worked on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::server) enum Ends<T> {
    /// It is done, and this came of it.
    Well(T),
    /// Another node has it by now, and does it as well.
    Elsewhere,
    /// Something went wrong; it is tried again later.
    Again,
}

impl ServerError {
    /// Whether it says that another node has the job by now.
    pub(in crate::server) fn is_another_nodes(&self) -> bool {
        matches!(self, Self::Store(StoreError::StaleLease { .. }))
    }
}

impl Machine<'_> {
    /// Sees to the end of `job`, of which `done` came: work that went well has finished it itself.
    ///
    /// # Errors
    /// [`ServerError::Store`]; it is taken up again when its lease ends.
    pub(in crate::server) async fn ends<S: Jobs, T>(
        &self,
        store: &S,
        job: &Job,
        done: Result<T, ServerError>,
    ) -> Result<Ends<T>, ServerError> {
        let error = match done {
            Ok(done) => return Ok(Ends::Well(done)),
            Err(error) if error.is_another_nodes() => return Ok(Ends::Elsewhere),
            Err(error) => error,
        };
        let now = self.now();
        let again = backoff(now, job.attempt, (self.chance)());
        match store.fail(&job.lease, now, Some(again), error.kind()).await {
            Ok(_) => Ok(Ends::Again),
            Err(StoreError::StaleLease { .. }) => Ok(Ends::Elsewhere),
            Err(error) => Err(error.into()),
        }
    }
}

/// Finishes a job that had nothing to write; that another node finished it is as good.
///
/// # Errors
/// [`ServerError::Store`].
pub(in crate::server) async fn finish<S: Jobs>(
    store: &S,
    lease: &Lease,
) -> Result<(), ServerError> {
    match store.finish(lease).await {
        Ok(()) | Err(StoreError::StaleLease { .. }) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::testing::with_store;
    use steadfast_store::{Micros, NewJob};

    const LEASE: i64 = 60_000_000;

    #[test]
    fn a_job_ends_well_elsewhere_or_is_tried_again() {
        with_store(|store, org| async move {
            let job = NewJob {
                kind: "k".to_owned(),
                unique: Some("u".to_owned()),
                payload: Vec::new(),
                due: Micros(0),
                max_attempts: 9,
            };
            store.enqueue(&org, &[job]).await.unwrap();
            let at = async |now: i64| {
                let clock = move || Micros(now);
                let machine = Machine {
                    now: &clock,
                    chance: &|| 0,
                    node: "n",
                    every: 1,
                };
                machine.claim(&store, "k", LEASE).await.unwrap()
            };
            let clock = || Micros(LEASE + 1);
            let machine = Machine {
                now: &clock,
                chance: &|| 0,
                node: "n",
                every: 1,
            };
            let late = at(0).await.unwrap();
            // Its lease is over, and another node has it.
            let job = at(LEASE + 1).await.unwrap();
            let stale = || {
                Err::<(), _>(ServerError::Store(StoreError::StaleLease {
                    job: late.lease.job.0,
                }))
            };
            let ends = machine.ends(&store, &late, stale()).await.unwrap();
            assert_eq!(ends, Ends::Elsewhere);
            // What went wrong there is not ours to write down any more.
            let wrong = || Err::<(), _>(ServerError::NotFound);
            let ends = machine.ends(&store, &late, wrong()).await.unwrap();
            assert_eq!(ends, Ends::Elsewhere);
            finish(&store, &late.lease).await.unwrap();
            assert_eq!(
                machine.ends(&store, &job, Ok(7)).await.unwrap(),
                Ends::Well(7)
            );
            let ends = machine.ends(&store, &job, wrong()).await.unwrap();
            assert_eq!(ends, Ends::Again);
            assert!(at(LEASE + 1).await.is_none());
            let again = at(2 * LEASE).await.unwrap();
            finish(&store, &again.lease).await.unwrap();
            assert!(at(9 * LEASE).await.is_none());
        });
    }
}
