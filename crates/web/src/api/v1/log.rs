//! What happened.

use crate::api::answer::{Json, Told};
use crate::api::problem::Refused;
use crate::api::program::Program;
use crate::api::v1::shapes::{moment, utc};
use crate::ledger;
use crate::pages::log_words;
use crate::server::Server;
use axum::extract::State;
use serde::Serialize;
use steadfast_app::server::acting::Back;
use steadfast_app::server::log::What;
use utoipa::ToSchema;

/// One thing that happened.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Entry {
    /// When; of what is told by the day, the last time on it.
    #[schema(format = DateTime)]
    at: String,
    /// The kind of thing: `handed_in`, `connected`, `mended`, `disconnected`, `silent`, `answers`, `unread`, `found`, `gap`,
    /// `calendar_left`, `invited`, `joined`, `auditor`, `acted`, `acts_for`, `held_back`, `line`, `listed`, `said`, `unsaid`, `rhythm`, `hours`, `feed`, `guard`, `between`, `mailed`
    /// or `in_name`. More may come.
    what: &'static str,
    /// The calendar: its host, and for an account the user's name there.
    calendar: Option<String>,
    /// Up to when everything was known before.
    #[schema(format = DateTime)]
    known_until: Option<String>,
    /// The name of something that was done, to take it back by.
    deed: Option<String>,
    /// Whether that can be taken back now.
    can_be_taken_back: bool,
    /// In a sentence.
    says: String,
}

/// What Steadfast did for you and with your calendars in the last 90 days, and what you and others told it.
#[utoipa::path(
    get,
    path = "/api/v1/log",
    operation_id = "log",
    tag = "log",
    responses((status = 200, description = "What happened, the last first", body = Vec<Entry>), Refused),
    security(("token" = []))
)]
pub(crate) async fn show(State(server): State<Server>, program: Program) -> Told<Vec<Entry>> {
    let log = ledger::log(&server, program.me.0.viewer()).await?;
    let year = server.0.world.instant().date(&log.zone).year();
    let entries = log.entries.iter().map(|entry| {
        let (what, calendar) = kind(&entry.what);
        let known = match &entry.what {
            What::Answers { since, .. } => *since,
            What::Gap { from, .. } => Some(*from),
            _ => None,
        };
        let deed = match &entry.what {
            What::Acted { intent, .. } => Some(intent),
            _ => None,
        };
        let back = deed.and_then(|deed| log.backs.get(deed));
        Entry {
            at: moment(entry.at, &log.zone),
            what,
            calendar: calendar.map(str::to_owned),
            known_until: known.map(utc),
            can_be_taken_back: back == Some(&Back::Offered),
            deed: deed.cloned(),
            says: log_words::plain(entry, &log.zone, year),
        }
    });
    Ok(Json(entries.collect()))
}

fn kind(what: &What) -> (&'static str, Option<&str>) {
    match what {
        What::HandedIn => ("handed_in", None),
        What::Connected { label } => ("connected", Some(label)),
        What::Opened { label } => ("opened", Some(label)),
        What::Mended { label } => ("mended", Some(label)),
        What::Disconnected { label } => ("disconnected", Some(label)),
        What::Silent { label, .. } => ("silent", Some(label)),
        What::Answers { label, .. } => ("answers", Some(label)),
        What::Unread { label, .. } => ("unread", Some(label)),
        What::HeldBack { .. } => ("held_back", None),
        What::Found { label, .. } => ("found", label.as_deref()),
        What::Gap { label, .. } => ("gap", label.as_deref()),
        What::CalendarLeft { label } => ("calendar_left", label.as_deref()),
        What::Invited { .. } => ("invited", None),
        What::Joined { .. } => ("joined", None),
        What::Auditor(_) => ("auditor", None),
        What::Acted { .. } => ("acted", None),
        What::Line { .. } => ("line", None),
        What::Listed { .. } => ("listed", None),
        What::ActsFor { .. } => ("acts_for", None),
        What::Said { .. } => ("said", None),
        What::Unsaid { .. } => ("unsaid", None),
        What::Hours { .. } => ("hours", None),
        What::Feed(_) => ("feed", None),
        What::Rhythm { .. } => ("rhythm", None),
        What::Mailed { .. } => ("mailed", None),
        What::InName { .. } => ("in_name", None),
        What::Guard { .. } => ("guard", None),
        What::Between { .. } => ("between", None),
    }
}
