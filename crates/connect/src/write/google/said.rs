//! What Google's noes mean for something that was to be written.

use super::Outcome;
use crate::error::SourceError;
use crate::sync::google::answer::No;
use std::time::Duration;

/// What to do where too little was allowed.
const LET: &str = "Google lets Steadfast read this calendar, and not write; on the page Calendars you can let it write";

/// What a status means; nothing was written.
pub(super) fn by_status(no: &No) -> Outcome {
    let why = format!("Google answered with status {}", no.status);
    let refused = |why: &str| Outcome::Refused {
        why: why.to_owned(),
    };
    match (no.status, no.reason.as_deref()) {
        (429, _)
        | (
            403,
            Some(
                "rateLimitExceeded"
                | "userRateLimitExceeded"
                | "quotaExceeded"
                | "dailyLimitExceeded"
                | "calendarUsageLimitsExceeded",
            ),
        ) => Outcome::Later {
            after: no.after.map(|seconds| Duration::from_secs(seconds.into())),
            why: "Google wants to be asked less often".to_owned(),
        },
        (408 | 500..=599, _) => Outcome::Later {
            after: no.after.map(|seconds| Duration::from_secs(seconds.into())),
            why,
        },
        (401, _) => refused(
            "Google does not accept any more what was allowed there; on the page Calendars it can be allowed again",
        ),
        (403, Some("insufficientPermissions")) => refused(LET),
        (403, Some("forbiddenForNonOrganizer")) => {
            refused("only whoever organises it can change it")
        }
        (403, _) => refused("Google does not allow this account to change that calendar"),
        _ => Outcome::Refused { why },
    }
}

/// What came in the way before anything was sent, or while something was read.
pub(super) fn by_error(error: &SourceError) -> Outcome {
    let why = error.to_string();
    match error {
        SourceError::Unreachable { .. }
        | SourceError::TimedOut { .. }
        | SourceError::UnknownHost { .. } => Outcome::Later { after: None, why },
        SourceError::SlowDown { after, .. } => Outcome::Later {
            after: after.map(|seconds| Duration::from_secs(seconds.into())),
            why: "Google wants to be asked less often".to_owned(),
        },
        SourceError::Answered { status, .. } => by_status(&No::status(*status)),
        SourceError::GrantRefused { reason, .. } if reason == "insufficientPermissions" => {
            Outcome::Refused {
                why: LET.to_owned(),
            }
        }
        SourceError::GrantRefused { .. } => by_status(&No::status(401)),
        // Half an answer, or none that can be read.
        SourceError::BadAnswer { .. } => Outcome::Later { after: None, why },
        _ => Outcome::Refused { why },
    }
}
