//! How old what one looks at is: when the calendar was last checked.

use crate::me::Me;
use crate::server::Server;
use crate::sync;
use maud::{Markup, html};
use steadfast_app::server::ServerError;
use steadfast_app::server::sync::Status;
use steadfast_calendar::Instant;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// For the head of a page; nothing where no calendar is connected.
pub(crate) fn line(statuses: &[Status], now: Instant) -> Markup {
    let oldest = statuses.iter().min_by_key(|status| status.verified);
    html! {
        @if let Some(status) = oldest {
            p class="quiet small" {
                @if status.problem.is_some() {
                    "Your calendar " (checked(status, now)) ", and does not answer now: "
                    a href="/calendars" { "see what it says" } "."
                } @else {
                    "Your calendar " (checked(status, now)) "."
                }
            }
        }
    }
}

/// The same, of whoever looks.
pub(crate) async fn told(server: &Server, me: &Me) -> Result<Markup, ServerError> {
    let statuses = sync::statuses(server, me).await?;
    Ok(line(&statuses, server.0.world.instant()))
}

/// Up to when everything that this person's connected calendars say is known, for a program; `None` where none is connected, or
/// one was not read yet.
pub(crate) async fn verified(server: &Server, me: &Me) -> Result<Option<Instant>, ServerError> {
    let statuses = sync::statuses(server, me).await?;
    let oldest = statuses.iter().map(|status| status.verified).min();
    Ok(oldest.flatten())
}

/// "was checked 4 minutes ago".
pub(crate) fn checked(status: &Status, now: Instant) -> Markup {
    html! {
        @match status.verified {
            Some(at) => { "was checked " (ago(at, now)) }
            None => { "was not read yet" }
        }
    }
}

/// "4 minutes ago", with the moment itself for whoever wants it exactly.
pub(crate) fn ago(at: Instant, now: Instant) -> Markup {
    let words = words(now.seconds_since(at));
    html! { time datetime=(at) title=(at) { (words) } }
}

fn words(seconds: i64) -> String {
    let so_many = |count: i64, unit: &str| {
        let plural = if count == 1 { "" } else { "s" };
        format!("{count} {unit}{plural} ago")
    };
    match seconds {
        ..MINUTE => "just now".to_owned(),
        MINUTE..HOUR => so_many(seconds / MINUTE, "minute"),
        HOUR..DAY => so_many(seconds / HOUR, "hour"),
        _ => so_many(seconds / DAY, "day"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_is_told_as_people_tell_it() {
        for (seconds, said) in [
            (-5, "just now"),
            (59, "just now"),
            (60, "1 minute ago"),
            (3_599, "59 minutes ago"),
            (7_200, "2 hours ago"),
            (86_400, "1 day ago"),
            (864_000, "10 days ago"),
        ] {
            assert_eq!(words(seconds), said);
        }
    }
}
