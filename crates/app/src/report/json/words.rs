//! The words of JSON and CSV for what has no word of its own in the ledger.

use super::super::model::{Band, Direction, EvidenceKind, Pair, Side};
use steadfast_ledger::case::{ActorEvidence, ManagerSays, ReportSays, UnknownBecause, Who};

/// `declared`, `inferred` or `unknown`.
pub(crate) const fn direction(pair: &Pair) -> &'static str {
    match (pair.direction, pair.manager) {
        (_, None) | (Direction::Unknown, _) => "unknown",
        (Direction::Declared, _) => "declared",
        (Direction::Inferred, _) => "inferred",
    }
}

pub(crate) const fn evidence(kind: EvidenceKind) -> &'static str {
    match kind {
        EvidenceKind::Export => "export",
        EvidenceKind::History => "history",
        EvidenceKind::Server => "server",
    }
}

pub(crate) const fn side(side: Side) -> &'static str {
    match side {
        Side::Manager => "manager",
        Side::Report => "report",
        Side::Both => "both",
    }
}

pub(crate) const fn band(band: Band) -> &'static str {
    match band {
        Band::TooEarly => "too_early",
        Band::Steady => "steady",
        Band::Mixed => "mixed",
        Band::HeadsUp => "heads_up",
        Band::Pattern => "pattern",
    }
}

pub(crate) const fn who(who: Who) -> &'static str {
    match who {
        Who::Manager => "manager",
        Who::Delegate => "delegate",
        Who::Report => "report",
        Who::Plan => "plan",
        Who::Automation => "automation",
        Who::Unknown => "unknown",
    }
}

pub(crate) const fn actor_evidence(evidence: ActorEvidence) -> &'static str {
    match evidence {
        ActorEvidence::AuditLog => "audit_log",
        ActorEvidence::SchedulingMessage => "scheduling_message",
        ActorEvidence::OrganizerOnly => "organizer_only",
        ActorEvidence::CalendarOrder => "calendar_order",
        ActorEvidence::None => "none",
    }
}

pub(crate) const fn unknown_because(because: UnknownBecause) -> &'static str {
    match because {
        UnknownBecause::Gap => "gap",
        UnknownBecause::RemovedAfterwards => "removed_afterwards",
        UnknownBecause::SidesDisagree => "sides_disagree",
        UnknownBecause::HandedOn => "handed_on",
        UnknownBecause::CalledOff => "called_off",
    }
}

pub(crate) const fn report_says(says: ReportSays) -> &'static str {
    match says {
        ReportSays::Asked => "asked",
        ReportSays::Agreed => "agreed",
        ReportSays::Held => "held",
        ReportSays::NoManager => "no_manager",
        ReportSays::NoMe => "no_me",
        ReportSays::NotHeld => "not_held",
    }
}

pub(crate) const fn manager_says(says: ManagerSays) -> &'static str {
    match says {
        ManagerSays::Agreed => "agreed",
        ManagerSays::Held => "held",
    }
}
