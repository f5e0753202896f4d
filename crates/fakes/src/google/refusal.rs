//! How Google says no.

use serde_json::{Value, json};

/// A status, a reason, and a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) status: u16,
    pub(super) reason: &'static str,
    pub(super) message: &'static str,
}

impl Refusal {
    pub(super) const fn new(status: u16, reason: &'static str, message: &'static str) -> Self {
        Self {
            status,
            reason,
            message,
        }
    }

    /// The body that says so.
    pub(super) fn body(&self) -> Value {
        let domain = match self.status {
            403 if self.reason.contains("imit") => "usageLimits",
            410 | 403 | 401 => "calendar",
            _ => "global",
        };
        json!({"error": {
            "errors": [{"domain": domain, "reason": self.reason, "message": self.message}],
            "code": self.status,
            "message": self.message,
        }})
    }
}

pub(super) const NOT_FOUND: Refusal = Refusal::new(404, "notFound", "Not Found");
pub(super) const DELETED: Refusal = Refusal::new(410, "deleted", "Resource has been deleted");
pub(super) const NO_TOKEN: Refusal = Refusal::new(401, "authError", "Invalid Credentials");
pub(super) const NO_SCOPE: Refusal = Refusal::new(
    403,
    "insufficientPermissions",
    "Request had insufficient authentication scopes.",
);
pub(super) const NOT_ORGANIZER: Refusal = Refusal::new(
    403,
    "forbiddenForNonOrganizer",
    "Shared properties can only be changed by the organizer of the event.",
);
pub(super) const TOO_MANY: Refusal =
    Refusal::new(403, "userRateLimitExceeded", "User Rate Limit Exceeded");
pub(super) const NOT_HTTPS: Refusal = Refusal::new(
    401,
    "push.webhookUrlNotHttps",
    "WebHook callback must be HTTPS",
);
pub(super) const TOKEN_LOST: Refusal = Refusal::new(
    410,
    "fullSyncRequired",
    "Sync token is no longer valid, a full sync is required.",
);
pub(super) const CHANGED: Refusal = Refusal::new(412, "conditionNotMet", "Precondition Failed");
pub(super) const NO_TIME: Refusal = Refusal::new(400, "required", "Missing end time.");
pub(super) const BAD: Refusal = Refusal::new(400, "invalid", "Invalid Value");
pub(super) const BAD_BODY: Refusal = Refusal::new(400, "parseError", "Parse Error");
pub(super) const DUPLICATE: Refusal =
    Refusal::new(409, "duplicate", "The requested identifier already exists.");
pub(super) const NOT_HERE: Refusal = Refusal::new(
    501,
    "notImplemented",
    "This fake does not do that; see the list at its beginning.",
);
