//! A whole life: made from a seed, read as snapshots or as one export, with its truth.

use crate::{
    config::Config,
    dialect::write::{self, View},
    history::{History, schedule},
    meeting::Meeting,
    person::{Kind, Person, PersonId},
    plan::{Line, Plan},
    truth::{Truth, kind_word, reckon},
};
use jiff::civil::Date;
use std::fmt::Write as _;
use steadfast_calendar::Instant;

/// A simulated organisation and everything that happens on its calendars.
#[derive(Debug)]
pub struct World {
    pub(crate) plan: Plan,
    pub(crate) looks: Vec<Instant>,
    last: Vec<Meeting>,
    truth: Truth,
}

impl World {
    /// The life of a seed: the same seed and config always give the same bytes and the same truth.
    pub fn new(seed: u64, config: &Config) -> Self {
        let mut plan = Plan::new(seed, config.clone());
        let org = plan.organisation();
        plan.absences();
        plan.routines(&org);
        plan.one_on_ones(&org);
        plan.series_events();
        plan.fates(&org);
        Self::of(plan)
    }

    /// The life of a finished plan.
    pub(crate) fn of(mut plan: Plan) -> Self {
        plan.actions.sort_by_key(|action| action.at);
        let now = plan.now;
        plan.actions.retain(|action| action.at < now);
        let (looks, gaps) = schedule(&plan);
        let bumps = plan.config.dialect.habits().bumps_on_call_off;
        let mut last = plan.meetings.clone();
        for action in &plan.actions {
            if let Some(meeting) = last.get_mut(action.meeting.0) {
                action.apply(meeting, bumps);
            }
        }
        let truth = reckon::reckon(
            &plan,
            &reckon::Looks {
                at: &looks,
                last: &last,
            },
            gaps,
        );
        Self {
            plan,
            looks,
            last,
            truth,
        }
    }

    /// What really happened.
    pub fn truth(&self) -> &Truth {
        &self.truth
    }

    /// The moment at which this life is read: after the last promise of [`Truth`].
    pub fn now(&self) -> Instant {
        self.plan.now
    }

    /// Everybody, those without a calendar included.
    pub fn people(&self) -> &[Person] {
        &self.plan.people
    }

    /// Addresses of everybody with a calendar.
    pub fn owners(&self) -> impl Iterator<Item = &str> {
        self.plan
            .people
            .iter()
            .filter(|person| person.has_calendar)
            .map(|person| person.address.as_str())
    }

    /// The snapshots in order of time: per look, only the calendars that changed since the one before.
    pub fn history(&self) -> History<'_> {
        History::new(self)
    }

    /// A person's calendar as it stands at the end.
    pub fn final_export(&self, owner: &str) -> Option<Vec<u8>> {
        let index = self
            .plan
            .people
            .iter()
            .position(|p| p.has_calendar && p.address == owner)?;
        Some(self.text(&self.last, PersonId(index), self.plan.now, u64::MAX))
    }

    /// A person's calendar as it stood at a moment of this life.
    pub fn export_on(&self, owner: &str, at: Instant) -> Option<Vec<u8>> {
        let people = &self.plan.people;
        let index = people
            .iter()
            .position(|p| p.has_calendar && p.address == owner)?;
        let bumps = self.plan.config.dialect.habits().bumps_on_call_off;
        let mut meetings = self.plan.meetings.clone();
        for action in self.plan.actions.iter().take_while(|one| one.at < at) {
            if let Some(meeting) = meetings.get_mut(action.meeting.0) {
                action.apply(meeting, bumps);
            }
        }
        Some(self.text(&meetings, PersonId(index), at, u64::MAX))
    }

    pub(crate) fn text(
        &self,
        meetings: &[Meeting],
        owner: PersonId,
        now: Instant,
        export: u64,
    ) -> Vec<u8> {
        let view = View {
            people: &self.plan.people,
            owner,
            habits: self.plan.config.dialect.habits(),
            now,
            export,
            addresses_changed: self.plan.first_look,
            strip_guests: self.plan.config.strip_guests,
        };
        write::calendar(
            view,
            meetings
                .iter()
                .filter(|m| m.live && m.holders.contains(&owner)),
        )
    }

    /// The organisation file: `email,name,manager,from,to,aliases,kind,time_zone`, one row per person, two where a
    /// reporting line changed.
    pub fn org_csv(&self) -> String {
        self.organisation(|_| true, |_| true)
    }

    /// The same as it was known on a day: lines that begin later are not in it, nor is who has no other; ends that come
    /// later are open.
    pub fn org_csv_on(&self, day: Date) -> String {
        self.organisation(
            |line| line.from.is_none_or(|from| from <= day),
            |to| to <= day,
        )
    }

    /// The file, of the lines and with the ends that are known.
    fn organisation(&self, has: impl Fn(&Line) -> bool, ends: impl Fn(Date) -> bool) -> String {
        let mut out = String::from("email,name,manager,from,to,aliases,kind,time_zone\n");
        for (index, person) in self
            .plan
            .people
            .iter()
            .enumerate()
            .filter(|(_, person)| !person.outside)
        {
            let lines: Vec<_> = self
                .plan
                .lines
                .iter()
                .filter(|line| line.report.0 == index)
                .collect();
            if !lines.is_empty() && !lines.iter().any(|line| has(line)) {
                continue;
            }
            let mut row = |manager: &str, from: String, to: String| {
                let _ = writeln!(
                    out,
                    "{},{},{manager},{from},{to},{},{},{}",
                    person.address,
                    person.name,
                    person.aliases.join(" "),
                    kind_word(person.kind),
                    person.zone.place.iana
                );
            };
            if let Kind::Delegate { of } = person.kind {
                row(
                    &self.plan.people[of.0].address,
                    String::new(),
                    String::new(),
                );
            } else if lines.is_empty() {
                row("", String::new(), String::new());
            }
            for line in lines.into_iter().filter(|line| has(line)) {
                let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
                row(
                    &self.plan.people[line.manager.0].address,
                    day(line.from),
                    day(line.to.filter(|to| ends(*to))),
                );
            }
        }
        out
    }
}
