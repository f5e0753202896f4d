//! What this process did since it began, counted for whoever watches over it. A restart begins anew.

use axum::http::Method;
use std::collections::BTreeMap;
use std::fmt::{self, Write as _};
use std::sync::{Mutex, PoisonError};
use steadfast_app::server::sync::Step;

/// How often, and how long in all.
#[derive(Clone, Copy, Debug, Default)]
struct Times {
    times: u64,
    milliseconds: u64,
}

/// Labels of requests: method, the route's pattern, class of the status. All three are of a few kinds, whatever is sent.
type Request = (&'static str, String, &'static str);

/// All counts.
#[derive(Debug, Default)]
pub(crate) struct Counts {
    requests: Mutex<BTreeMap<Request, Times>>,
    rounds: Mutex<BTreeMap<&'static str, Times>>,
}

impl Counts {
    /// A request was answered.
    pub(crate) fn answered(&self, method: &Method, route: &str, status: u16, milliseconds: u64) {
        let method = match *method {
            Method::GET => "GET",
            Method::HEAD => "HEAD",
            Method::POST => "POST",
            _ => "other",
        };
        let class = match status / 100 {
            2 => "2xx",
            3 => "3xx",
            4 => "4xx",
            5 => "5xx",
            _ => "other",
        };
        let key = (method, route.to_owned(), class);
        let mut requests = self.requests.lock().unwrap_or_else(PoisonError::into_inner);
        requests.entry(key).or_default().add(milliseconds);
    }

    /// A round of a connected calendar came to that; `None`: the store did not answer.
    pub(crate) fn was_round(&self, step: Option<&Step>, milliseconds: u64) {
        let result = match step {
            // Looking whether anything is due is no round.
            Some(Step::Idle) => return,
            Some(Step::Unchanged) => "unchanged",
            Some(Step::Changed) => "changed",
            Some(Step::Failed) => "failed",
            Some(Step::Stopped) => "stopped",
            Some(Step::Dropped) => "dropped",
            None => "broken",
        };
        let mut rounds = self.rounds.lock().unwrap_or_else(PoisonError::into_inner);
        rounds.entry(result).or_default().add(milliseconds);
    }

    /// Writes them as Prometheus reads them.
    pub(crate) fn write(&self, text: &mut String) -> fmt::Result {
        let requests = self.requests.lock().unwrap_or_else(PoisonError::into_inner);
        let rounds = self.rounds.lock().unwrap_or_else(PoisonError::into_inner);
        let requests: Vec<(String, Times)> = requests
            .iter()
            .map(|((method, route, class), times)| {
                let labels = format!("method=\"{method}\",route=\"{route}\",status=\"{class}\"");
                (labels, *times)
            })
            .collect();
        let rounds: Vec<(String, Times)> = rounds
            .iter()
            .map(|(result, times)| (format!("result=\"{result}\""), *times))
            .collect();
        write_times(text, "steadfast_requests", "Requests answered", &requests)?;
        write_times(
            text,
            "steadfast_rounds",
            "Rounds of connected calendars",
            &rounds,
        )
    }
}

impl Times {
    fn add(&mut self, milliseconds: u64) {
        self.times += 1;
        self.milliseconds += milliseconds;
    }
}

fn write_times(text: &mut String, name: &str, what: &str, all: &[(String, Times)]) -> fmt::Result {
    writeln!(text, "# HELP {name}_total {what}, since the start.")?;
    writeln!(text, "# TYPE {name}_total counter")?;
    for (labels, times) in all {
        writeln!(text, "{name}_total{{{labels}}} {}", times.times)?;
    }
    writeln!(
        text,
        "# HELP {name}_seconds_total {what}, the time they took in all."
    )?;
    writeln!(text, "# TYPE {name}_seconds_total counter")?;
    for (labels, times) in all {
        let (seconds, rest) = (times.milliseconds / 1000, times.milliseconds % 1000);
        writeln!(text, "{name}_seconds_total{{{labels}}} {seconds}.{rest:03}")?;
    }
    Ok(())
}
