//! Streams to pages that are open: who has how many, when they end, and the pulse that all of them feel.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use steadfast_store::Position;
use tokio::sync::watch;

/// Streams of one account: a tab has one, and a browser keeps six connections to a host.
const OF_ONE: usize = 6;
/// Streams of all: each is a connection and a little memory.
const OF_ALL: usize = 2_000;
/// How often a stream looks whether anything was written.
pub(crate) const BEAT: Duration = Duration::from_secs(1);

/// All streams of this process.
#[derive(Debug)]
pub(crate) struct Live {
    open: Mutex<HashMap<String, usize>>,
    ending: watch::Sender<bool>,
    /// Up to where the organisation's facts went when it was asked last, and the beat in which that was.
    pulse: tokio::sync::Mutex<Option<(tokio::time::Instant, Position)>>,
}

impl Default for Live {
    fn default() -> Self {
        Self {
            open: Mutex::default(),
            ending: watch::Sender::new(false),
            pulse: tokio::sync::Mutex::new(None),
        }
    }
}

impl Live {
    /// Lets an account have one more, if it may.
    pub(crate) fn begin(&self, account: &str) -> bool {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let all: usize = open.values().sum();
        let own = open.get(account).copied().unwrap_or(0);
        if own >= OF_ONE || all >= OF_ALL || *self.ending.borrow() {
            return false;
        }
        open.insert(account.to_owned(), own + 1);
        true
    }

    /// One of an account's has ended.
    pub(crate) fn is_over(&self, account: &str) {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let left = open.get(account).copied().unwrap_or(0).saturating_sub(1);
        if left == 0 {
            open.remove(account);
        } else {
            open.insert(account.to_owned(), left);
        }
    }

    /// Ends all of them, and lets none begin.
    pub(crate) fn end(&self) {
        self.ending.send_replace(true);
    }

    /// Told when they are to end.
    pub(crate) fn ending(&self) -> watch::Receiver<bool> {
        self.ending.subscribe()
    }

    /// Where the facts are. All streams of a beat share one question.
    pub(crate) async fn pulse<E>(
        &self,
        ask: impl Future<Output = Result<Position, E>>,
    ) -> Result<Position, E> {
        let mut felt = self.pulse.lock().await;
        let now = tokio::time::Instant::now();
        if let Some((at, position)) = *felt
            && now.duration_since(at) < BEAT / 2
        {
            return Ok(position);
        }
        let position = ask.await?;
        *felt = Some((now, position));
        Ok(position)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_has_six_and_one_more_when_one_has_ended() {
        let live = Live::default();
        let begun = (0..10).filter(|_| live.begin("maya")).count();
        assert_eq!(begun, OF_ONE);
        assert!(live.begin("ben"), "another account has its own");
        live.is_over("maya");
        assert!(live.begin("maya"));
        live.end();
        assert!(!live.begin("ben"));
    }
}
