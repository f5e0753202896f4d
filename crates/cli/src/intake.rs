//! Hands what a source delivers to the audit.

use crate::progress::Progress;
use std::io;
use steadfast_app::audit::Audit;
use steadfast_calendar::Instant;
use steadfast_connect::{DocumentName, Intake, SetAside};

/// The audit as a receiver of calendars.
pub(crate) struct IntoAudit<'a> {
    pub audit: &'a mut Audit,
    pub progress: &'a Progress,
}

impl Intake for IntoAudit<'_> {
    fn calendar(&mut self, name: DocumentName, body: &mut dyn io::Read) -> io::Result<()> {
        self.audit
            .calendar(&name.label, name.owner.as_deref(), name.snapshot, body)
    }

    fn snapshot(&mut self, at: Instant) {
        self.audit.snapshot(at);
    }

    fn gap(&mut self, from: Instant, to: Instant) {
        self.audit.gap(from, to);
    }

    fn gap_of(&mut self, owner: &str, from: Instant, to: Instant) {
        self.audit.gap_of(owner, from, to);
    }

    fn set_aside(&mut self, what: SetAside) {
        self.audit.set_aside(what.label, what.why);
    }

    fn warning(&mut self, label: &str, message: String) {
        self.audit.warning("source", label, message);
    }

    fn progress(&mut self, done: u64, of: Option<u64>) {
        self.progress.at(done, of);
    }
}
