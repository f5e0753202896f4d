//! Everything that is on at one moment of the year.

use crate::auditor::Auditor;
use crate::config::{Config, Mode};
use crate::event::{Agenda, Event};
use crate::judge::{Judge, Told};
use crate::lived::Lived;
use crate::organisation::Organisation;
use std::collections::{BTreeMap, HashMap};
use steadfast_calendar::{Instant, Slot};
use steadfast_guard::ids::{MeetingId, PersonId, PromiseId};
use steadfast_guard::intent::Measure;
use steadfast_guard::own::Own;
use steadfast_guard::policy::{Level, Policies};
use steadfast_guard::world::World;
use steadfast_guard::world::meeting::Meeting;
use steadfast_ledger::case::Who;
use steadfast_life::Rng;

/// A place of a 1:1 is attacked at most so often, one after the other.
const MOST_ATTACKS: u64 = 5;

pub(crate) struct Stage {
    pub(crate) world: World,
    pub(crate) people: Vec<PersonId>,
    pub(crate) own: Own,
    pub(crate) policies: Policies,
    pub(crate) judge: Judge,
    pub(crate) auditor: Auditor,
    pub(crate) agenda: Agenda,
    pub(crate) mode: Mode,
    pub(crate) config: Config,
    pub(crate) now: Instant,
    pub(crate) next_meeting: u32,
    /// Messages of each person in each week.
    pub(crate) told: BTreeMap<(PersonId, i64), u32>,
    /// Attacks by what they were.
    pub(crate) attacks: BTreeMap<&'static str, u32>,
    /// What came last at each promise.
    pub(crate) last_attack: HashMap<PromiseId, &'static str>,
    /// What the guard last wrote for each promise.
    pub(crate) helped: HashMap<PromiseId, Measure>,
    /// What became of those that are over, in order of time.
    pub(crate) lived: Vec<Lived>,
    /// Lost ones by what came last at them.
    pub(crate) lost_after: BTreeMap<&'static str, u32>,
    /// Looks after which the guard still wanted to write when the rounds were over.
    pub(crate) unsettled: u32,
    /// Seeds of chance, one for each thing that can happen to a promise, so that the same attacks come in every mode.
    draws: HashMap<(PromiseId, u8), u64>,
    pub(crate) from: Instant,
    /// Promises that the last event touched.
    pub(crate) touched: Vec<PromiseId>,
}

impl Stage {
    pub(crate) fn new(organisation: &Organisation, config: &Config, mode: Mode) -> Self {
        let mut policies = Policies::default();
        policies.organisation.level = match mode {
            Mode::Without => Level::Watch,
            Mode::Advise => Level::Advise,
            Mode::Defend => Level::Defend,
        };
        let mut stage = Self {
            world: organisation.world.clone(),
            people: organisation.people.clone(),
            own: Own::default(),
            policies,
            judge: Judge::default(),
            auditor: Auditor::default(),
            agenda: Agenda::default(),
            mode,
            config: config.clone(),
            now: organisation.from,
            next_meeting: organisation.next_meeting,
            told: BTreeMap::new(),
            attacks: BTreeMap::new(),
            last_attack: HashMap::new(),
            helped: HashMap::new(),
            lived: Vec::new(),
            lost_after: BTreeMap::new(),
            unsettled: 0,
            draws: HashMap::new(),
            from: organisation.from,
            touched: Vec::new(),
        };
        for id in 0..organisation.next_meeting {
            if let Some(meeting) = stage.world.meeting(MeetingId(id)) {
                stage.auditor.on_calendar(meeting);
            }
        }
        for id in &organisation.promises {
            stage.open(*id);
        }
        if mode == Mode::Defend {
            // Whoever switches to defence reads, at that click, what would be sent to that report; nothing to anybody else.
            let ones: Vec<_> = stage
                .world
                .one_on_ones()
                .map(|one| (one.manager, one.report))
                .collect();
            for (manager, report) in ones {
                // What somebody reads whose invitation is declined is another text: it is read at the first tap that sends it.
                let text = steadfast_guard::own::Text::Report;
                stage.own.previewed(manager, report, text);
            }
        }
        stage
    }

    /// A promise enters the play.
    fn open(&mut self, id: PromiseId) {
        let Some(promise) = self.world.promise(id).cloned() else {
            return;
        };
        let Some(one) = self.world.one_on_one(promise.one_on_one) else {
            return;
        };
        let Some(zone) = self
            .world
            .person(one.report)
            .map(|known| known.zone.clone())
        else {
            return;
        };
        let told = Told {
            promised: promise.promised,
            cadence_days: one.cadence_days,
            next: promise.next,
            previous: promise.previous,
            zone,
            changes: Vec::new(),
            elsewhere: Vec::new(),
            absences: Vec::new(),
        };
        let due = promise.next.unwrap_or(promise.promised.end);
        self.judge.promised(id, told);
        self.agenda.put(promise.promised.start, Event::Begins(id));
        self.agenda.put(due, Event::Due(id));
        self.perhaps_attacked(id, promise.promised);
    }

    /// Chance of its own for the next thing of this sort that happens to a promise.
    pub(crate) fn chance(&mut self, id: PromiseId, of: u8) -> Rng {
        let count = self.draws.entry((id, of)).or_default();
        *count += 1;
        let mut rng =
            Rng::new(self.config.seed ^ (u64::from(id.0) << 20) ^ (u64::from(of) << 12) ^ *count);
        rng.fork(7)
    }

    /// Wherever a 1:1 stands, it is attacked with the same probability.
    pub(crate) fn perhaps_attacked(&mut self, id: PromiseId, slot: Slot) {
        let mut rng = self.chance(id, 0);
        let count = self.draws.get(&(id, 0)).copied().unwrap_or(0);
        let ahead = slot.start.minutes_since(self.now);
        if count > MOST_ATTACKS || ahead < 45 || !rng.chance(self.config.attacked) {
            return;
        }
        // From a week to half an hour ahead, the nearer the more often.
        let most = ahead.min(7 * 24 * 60) as f64;
        let before = 30.0 + (most - 30.0) * rng.unit() * rng.unit();
        let at = slot.start.plus_minutes(-(before as i64)).max(self.now);
        self.agenda.put(at, Event::Attack(id));
    }

    /// A new meeting on the calendars.
    pub(crate) fn put(&mut self, meeting: Meeting) -> MeetingId {
        self.next_meeting += 1;
        let meeting = Meeting {
            id: MeetingId(self.next_meeting),
            ..meeting
        };
        self.auditor.on_calendar(&meeting);
        self.touched.extend(self.world.concerned(&meeting, None));
        self.world.put_meeting(meeting);
        MeetingId(self.next_meeting)
    }

    /// The meeting that stands for a promise.
    pub(crate) fn stands(&self, id: PromiseId) -> Option<Meeting> {
        let promise = self.world.promise(id)?;
        let meeting = |id: Option<MeetingId>| id.and_then(|id| self.world.meeting(id));
        meeting(promise.replaced_by)
            .or_else(|| meeting(promise.stands))
            .cloned()
    }

    /// A person or a program puts the 1:1 elsewhere.
    pub(crate) fn reslot(&mut self, id: PromiseId, to: Slot, by: Who) {
        let Some(stands) = self.stands(id) else {
            return;
        };
        if self.world.reslot(stands.id, to, by, self.now).is_ok() {
            self.touched.extend(self.world.concerned(&stands, Some(to)));
            self.judge.changed(id, self.now, stands.slot, by);
            self.agenda.put(to.start, Event::Begins(id));
            self.perhaps_attacked(id, to);
        }
    }

    /// A person takes the 1:1 off.
    pub(crate) fn call_off(&mut self, id: PromiseId, by: Who) {
        if let Some(gone) = self
            .stands(id)
            .and_then(|stands| self.world.call_off(stands.id, by, self.now))
        {
            self.judge.changed(id, self.now, gone.slot, by);
        }
    }

    /// Of two, the manager; and the report.
    pub(crate) fn two(&self, id: PromiseId) -> Option<(PersonId, PersonId)> {
        let promise = self.world.promise(id)?;
        let one = self.world.one_on_one(promise.one_on_one)?;
        Some((one.manager, one.report))
    }

    /// What else wants somebody while the 1:1 is on, and for how long they would be missed, in seconds.
    pub(crate) fn wanted_elsewhere(
        &self,
        stands: &Meeting,
        person: PersonId,
    ) -> Option<(MeetingId, i64)> {
        let others = self
            .world
            .around(person, stands.slot)
            .filter(|other| other.id != stands.id && other.takes_time_of(person, self.now));
        others
            .map(|other| (other.id, other.slot.overlap_seconds(stands.slot)))
            .max_by_key(|(id, seconds)| (*seconds, *id))
    }
}
