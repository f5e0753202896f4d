//! What goes wrong on demand.

use std::collections::VecDeque;

/// Something that goes wrong once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It is answered with this status and reason: `(403, "rateLimitExceeded")`, `(429, "rateLimitExceeded")`,
    /// `(500, "backendError")`, …
    Status(u16, &'static str),
    /// It is answered that fewer requests are wanted (429), and after how many seconds another may come.
    After(u32),
    /// It is done, and answered with this status and reason all the same: `(500, "backendError")`, …
    DoneThen(u16, &'static str),
    /// It is done, and the connection is closed without an answer.
    DoneUnheard,
    /// It comes twice, as something between the two sends it again; the second is answered.
    Doubled,
    /// The answer breaks off in the middle.
    BreaksOff,
    /// The connection is closed without an answer.
    Closed,
    /// What is on the page is there twice.
    Twice,
    /// What is on the page comes in the opposite order.
    OtherWayRound,
    /// A page with nothing on it, and one after it.
    EmptyPage,
    /// The first event on the page says nothing of when it is.
    Torn,
    /// The answer is no JSON.
    Garbage,
}

/// Those that are to come, each with the part of a method and path that it waits for.
#[derive(Debug, Default)]
pub(super) struct Faults(VecDeque<(String, Fault)>);

impl Faults {
    pub(super) fn add(&mut self, path: &str, fault: Fault) {
        self.0.push_back((path.to_owned(), fault));
    }

    /// The next one for a request, by its method and path.
    pub(super) fn take(&mut self, request: &str) -> Option<Fault> {
        let at = self
            .0
            .iter()
            .position(|(waits_for, _)| request.contains(waits_for.as_str()))?;
        self.0.remove(at).map(|(_, fault)| fault)
    }

    /// How many are still to come.
    pub(super) fn left(&self) -> usize {
        self.0.len()
    }
}
