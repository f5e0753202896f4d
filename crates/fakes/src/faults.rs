//! What goes wrong on demand.

use crate::http::{Request, Response};
use serde_json::Value;
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
pub(crate) struct Faults(VecDeque<(String, Fault)>);

impl Faults {
    pub(crate) fn add(&mut self, path: &str, fault: Fault) {
        self.0.push_back((path.to_owned(), fault));
    }

    /// The next one for a request, by its method and path.
    pub(crate) fn take(&mut self, request: &str) -> Option<Fault> {
        let at = self
            .0
            .iter()
            .position(|(waits_for, _)| request.contains(waits_for.as_str()))?;
        self.0.remove(at).map(|(_, fault)| fault)
    }

    /// How many are still to come.
    pub(crate) fn left(&self) -> usize {
        self.0.len()
    }
}

/// How a service says what goes wrong.
pub(crate) struct Ways {
    /// The field of a page that has its elements.
    pub(crate) items: &'static str,
    /// The body that says no, for that reason.
    pub(crate) refused: fn(u16, &'static str) -> Value,
    /// The reason where fewer requests are wanted.
    pub(crate) too_often: &'static str,
    /// A page with nothing on it, after which the list that was asked for begins; none where another page was asked for.
    pub(crate) empty: fn(&Request) -> Option<Value>,
}

/// Answers a request, with what goes wrong.
pub(crate) fn play(
    fault: Option<Fault>,
    ways: &Ways,
    request: &Request,
    mut routed: impl FnMut() -> Response,
) -> Response {
    let refused = |status, reason| Response::json(status, &(ways.refused)(status, reason));
    match fault {
        Some(Fault::Status(status, reason)) => return refused(status, reason),
        Some(Fault::After(seconds)) => {
            let mut response = refused(429, ways.too_often);
            response.headers.push(("Retry-After", seconds.to_string()));
            return response;
        }
        Some(Fault::Closed) => {
            return Response {
                cut: Some(0),
                ..Response::nothing(200)
            };
        }
        _ => {}
    }
    if fault == Some(Fault::Doubled) {
        routed();
    }
    let mut response = routed();
    match fault {
        Some(Fault::DoneThen(status, reason)) => return refused(status, reason),
        Some(Fault::DoneUnheard) => response.cut = Some(0),
        Some(Fault::BreaksOff) => response.cut = Some(response.body.len() / 2),
        Some(Fault::Garbage) => response.body = b"<html>".to_vec(),
        Some(fault) if response.status == 200 => rearrange(&mut response, fault, ways, request),
        _ => {}
    }
    response
}

/// Puts what is on a page elsewhere.
fn rearrange(response: &mut Response, fault: Fault, ways: &Ways, request: &Request) {
    let Ok(mut body) = serde_json::from_slice::<Value>(&response.body) else {
        return;
    };
    let Some(items) = body.get_mut(ways.items).and_then(Value::as_array_mut) else {
        return;
    };
    match fault {
        Fault::Twice => {
            let again = items.clone();
            items.extend(again);
        }
        Fault::OtherWayRound => items.reverse(),
        Fault::Torn => {
            if let Some(event) = items.first_mut().and_then(Value::as_object_mut) {
                event.remove("start");
            }
        }
        // The same list begins on the page after it.
        Fault::EmptyPage => body = (ways.empty)(request).unwrap_or(body),
        _ => {}
    }
    response.body = body.to_string().into_bytes();
}
