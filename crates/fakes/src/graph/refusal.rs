//! How Graph says no.

use serde_json::{Value, json};

/// A status, a code and a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) status: u16,
    code: &'static str,
    message: &'static str,
}

impl Refusal {
    pub(super) const fn new(status: u16, code: &'static str, message: &'static str) -> Self {
        Self {
            status,
            code,
            message,
        }
    }

    /// The body that says so.
    pub(super) fn body(&self) -> Value {
        json!({"error": {"code": self.code, "message": self.message}})
    }
}

pub(super) const NOT_FOUND: Refusal = Refusal::new(
    404,
    "ErrorItemNotFound",
    "The specified object was not found in the store.",
);
pub(super) const NO_TOKEN: Refusal = Refusal::new(
    401,
    "InvalidAuthenticationToken",
    "Lifetime validation failed, the token is expired.",
);
pub(super) const NO_SCOPE: Refusal = Refusal::new(
    403,
    "ErrorAccessDenied",
    "Access is denied. Check credentials and try again.",
);
pub(super) const NOT_ME: Refusal = Refusal::new(
    400,
    "BadRequest",
    "/me request is only valid with delegated authentication flow.",
);
pub(super) const TOO_MANY: Refusal = Refusal::new(
    429,
    "ApplicationThrottled",
    "Application is over its MailboxConcurrency limit.",
);
pub(super) const TOKEN_LOST: Refusal = Refusal::new(
    410,
    "SyncStateNotFound",
    "The sync state generation is not found.",
);
pub(super) const CHANGED: Refusal = Refusal::new(
    412,
    "ErrorIrresolvableConflict",
    "The send or update operation could not be performed because the change key passed in the request does not match.",
);
pub(super) const BAD: Refusal = Refusal::new(
    400,
    "ErrorInvalidRequest",
    "Your request can't be completed.",
);
pub(super) const BAD_BODY: Refusal =
    Refusal::new(400, "RequestBodyRead", "The body cannot be read.");
pub(super) const NOT_ORGANIZER: Refusal = Refusal::new(
    400,
    "ErrorInvalidRequest",
    "Your request can't be completed. You need to be an organizer to do that.",
);
pub(super) const ORGANIZER: Refusal = Refusal::new(
    400,
    "ErrorInvalidRequest",
    "Your request can't be completed. You can't respond to this meeting because you're the meeting organizer.",
);
pub(super) const NOT_HERE: Refusal = Refusal::new(
    501,
    "NotImplemented",
    "This fake does not do that; see the list at its beginning.",
);
