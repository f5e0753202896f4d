//! One recurrence rule, resolved on the wall clock of its DTSTART (RFC 5545 §3.3.10).
//!
//! Three engines share the work: [`lattice`] for the rules that nearly every calendar uses, [`weeks`] for yearly rules
//! on week numbers, [`general`] (ical-rs) for the rest.

mod general;
mod lattice;
mod problem;
mod text;
mod until;
mod weeks;

#[cfg(test)]
mod tests;

pub use problem::{RuleError, RuleProblem};
pub(crate) use until::day_meant;

use crate::{
    event::Event,
    wall::Wall,
    warning::{Warning, WarningCode},
};
use jiff::tz::TimeZone;
use until::Bound;

/// A stretch of the wall clock, both ends included.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Span {
    pub(crate) from: Wall,
    pub(crate) to: Wall,
}

/// A rule, ready to be walked.
#[derive(Clone, Debug)]
pub(crate) struct Rule {
    engine: Engine,
    pub(crate) bound: Bound,
}

#[derive(Clone, Debug)]
enum Engine {
    Lattice(lattice::Lattice),
    Weeks(weeks::WeekNumbers),
    General(Box<general::General>),
}

impl Rule {
    /// Reads an RRULE or EXRULE value for a DTSTART that shows `start` on the wall of `zone`; `all_day`: it is a DATE.
    pub(crate) fn read(
        value: &str,
        start: Wall,
        zone: &TimeZone,
        all_day: bool,
        problems: &mut impl FnMut(RuleProblem),
    ) -> Result<Self, RuleError> {
        let parts = text::Parts::read(value, !all_day, problems)?;
        let bound = parts
            .until
            .map_or(Bound::NONE, |until| until.bound(zone, all_day));
        let engine = if let Some(lattice) = lattice::Lattice::of(&parts, start) {
            Engine::Lattice(lattice)
        } else if let Some(weeks) = weeks::WeekNumbers::of(&parts, start) {
            Engine::Weeks(weeks)
        } else {
            Engine::General(Box::new(general::General::of(&parts, start, problems)?))
        };
        Ok(Self { engine, bound })
    }

    /// Whether it recurs within a day: real meetings do not, and such rules can be costly.
    pub(crate) fn is_sub_daily(&self) -> bool {
        matches!(&self.engine, Engine::General(general) if general.is_sub_daily())
    }

    /// Visits its instances within `span` in order, until `visit` says no. UNTIL is kept to the wall reading of
    /// [`Bound`]; the caller checks its moment. False: the rule was too costly to walk.
    pub(crate) fn walk(&self, span: Span, visit: &mut impl FnMut(Wall) -> bool) -> bool {
        let span = Span {
            to: span.to.min(self.bound.wall),
            ..span
        };
        match &self.engine {
            Engine::Lattice(lattice) => lattice.walk(span, visit),
            Engine::Weeks(weeks) => weeks.walk(span, visit),
            Engine::General(general) => return general.walk(span, visit),
        }
        true
    }
}

/// What is odd about the recurrence of `event`: rules that cannot be read (the event then stands on DTSTART and RDATE
/// alone), and parts that were passed over. [`crate::expand()`] itself says nothing.
pub fn check(event: &Event) -> Vec<Warning> {
    let Some(recurrence) = &event.recurrence else {
        return Vec::new();
    };
    let mut warnings = Vec::new();
    let start = Wall::from(event.start.civil());
    let zone = event.start.zone(&TimeZone::UTC).clone();
    let lists = [
        ("RRULE", &recurrence.rules),
        ("EXRULE", &recurrence.except_rules),
    ];
    for (property, values) in lists {
        for value in values {
            let mut odd = Vec::new();
            let rule = Rule::read(value, start, &zone, event.start.is_date(), &mut |problem| {
                odd.push(problem.to_string());
            });
            if let Err(error) = rule {
                odd.push(format!("{error}; the rule is not followed"));
            }
            warnings.extend(odd.into_iter().map(|message| Warning {
                code: WarningCode::BadRule,
                message: format!("{property}: {message}"),
                line: event.line,
                uid: event.uid.to_string(),
            }));
        }
    }
    warnings
}
