//! Several guards, and a scheduling bot that always has another idea, come to rest.

use crate::small::{ANA, BEN, FIRST, MAYA, SECOND, Small, at, meeting_of, slot};
use proptest::prelude::*;
use std::collections::BTreeSet;
use steadfast_calendar::{Instant, Slot};
use steadfast_guard::decide::Guard;
use steadfast_guard::ids::{MeetingId, PersonId};
use steadfast_guard::intent::Intent;
use steadfast_guard::offer::Picked;
use steadfast_guard::own::Own;
use steadfast_guard::policy::{Bounds, Level, Policies, Policy};
use steadfast_guard::world::World;
use steadfast_guard::world::meeting::Meeting;
use steadfast_ledger::case::Who;
use steadfast_ledger::occurrence::Class;

/// After so many rounds nothing may be written any more.
const ROUNDS: usize = 5;

/// What is drawn for one run.
#[derive(Clone, Debug)]
struct Drawn {
    /// Level and freeze of Maya's, Ben's and Ana's policies, each with a guard of its own or one together.
    policies: Vec<(u8, i64, bool)>,
    /// Meetings: day, quarter hour from eight, quarter hours, organiser, class, whether urgent.
    meetings: Vec<(i8, i8, i64, u8, u8, bool)>,
    /// What happens to the first 1:1: nothing, moved, cut, cancelled; by a person, a program, or nobody knows.
    first: (u8, u8),
    /// What the bot takes as its own to move: the 1:1s too, or other meetings alone.
    bot_moves_one_on_ones: bool,
    /// Whether it also insists on where it once put things, every round anew.
    stubborn: bool,
    /// Whether the bot is there at all.
    bot: bool,
    /// Whether its changes are seen to be a program's: mostly a calendar does not say whose a change was.
    bot_is_known: bool,
    /// Guards that do not know of one another.
    guards: usize,
}

fn drawn() -> impl Strategy<Value = Drawn> {
    let policy = (0..3_u8, prop_oneof![Just(0_i64), Just(120)], any::<bool>());
    let meeting = (
        2..9_i8,
        0..36_i8,
        1..8_i64,
        0..3_u8,
        0..4_u8,
        prop::bool::weighted(0.1),
    );
    (
        prop::collection::vec(policy, 3),
        prop::collection::vec(meeting, 0..14),
        (0..4_u8, 0..3_u8),
        any::<bool>(),
        any::<bool>(),
        (prop::bool::weighted(0.7), any::<bool>()),
        1..=3_usize,
    )
        .prop_map(
            |(
                policies,
                meetings,
                first,
                bot_moves_one_on_ones,
                stubborn,
                (bot, bot_is_known),
                guards,
            )| Drawn {
                policies,
                meetings,
                first,
                bot_moves_one_on_ones,
                stubborn,
                bot,
                bot_is_known,
                guards,
            },
        )
}

impl Drawn {
    /// Whose change one of the bot's is seen to be.
    fn bots(&self) -> Who {
        if self.bot_is_known {
            Who::Automation
        } else {
            Who::Unknown
        }
    }
}

const PEOPLE: [PersonId; 3] = [MAYA, BEN, ANA];

/// The drawn meetings: when, organiser, class, whether urgent.
fn planned(drawn: &Drawn) -> Vec<(Slot, u8, u8, bool)> {
    let meetings = drawn.meetings.iter();
    let when = |day: i8, quarter: i8, length: i64| {
        let start = at(day, 8, 0).plus_minutes(i64::from(quarter) * 15);
        Slot::new(start, start.plus_minutes(length * 15))
    };
    meetings
        .map(|(day, quarter, length, organiser, class, urgent)| {
            (when(*day, *quarter, *length), *organiser, *class, *urgent)
        })
        .collect()
}

fn world_of(drawn: &Drawn) -> Small {
    let mut small = Small::defended();
    for (when, organiser, class, urgent) in planned(drawn) {
        let organiser = PEOPLE[usize::from(organiser)];
        let class = [Class::Status, Class::Team, Class::Other, Class::Customer][usize::from(class)];
        let people: Vec<_> = if organiser == MAYA {
            vec![MAYA, BEN, ANA]
        } else {
            vec![MAYA, organiser]
        };
        let urgent = urgent.then_some(steadfast_guard::world::meeting::Urgent::Incident);
        small.put(Meeting {
            urgent,
            ..meeting_of(when, organiser, class, &people)
        });
    }
    let by = [Who::Manager, Who::Automation, Who::Unknown][usize::from(drawn.first.1)];
    let (first, now) = (crate::small::THE_FIRST, small.now);
    match drawn.first.0 {
        1 => small
            .world
            .reslot(first, slot(5, 16, 0, 30), by, now)
            .unwrap(),
        2 => small
            .world
            .reslot(first, slot(3, 10, 0, 5), by, now)
            .unwrap(),
        3 => {
            small.world.call_off(first, by, now);
        }
        _ => {}
    }
    for (person, (level, freeze_minutes, preview_first)) in PEOPLE.iter().zip(&drawn.policies) {
        let level = [Level::Watch, Level::Advise, Level::Defend][usize::from(*level)];
        let bounds = Bounds {
            freeze_minutes: *freeze_minutes,
            preview_first: *preview_first,
            up_the_line: !*preview_first,
            actions_a_day: 50,
            ..Bounds::default()
        };
        small
            .policies
            .people
            .insert(*person, Policy { level, bounds });
    }
    small
}

/// One round of a bot that moves what overlaps to the next time at which its people are free: as Reclaim does.
fn bot_moves(world: &mut World, drawn: &Drawn, now: Instant) -> bool {
    let span = Slot::new(now, now.plus_days(7));
    let on = |world: &World, person| -> Vec<MeetingId> {
        world
            .around(person, span)
            .map(|meeting| meeting.id)
            .collect()
    };
    let ids: BTreeSet<MeetingId> = PEOPLE
        .iter()
        .flat_map(|person| on(world, *person))
        .collect();
    for id in ids {
        let meeting = world.meeting(id).unwrap().clone();
        let is_its_own =
            meeting.until.is_none() && (meeting.part_of.is_none() || drawn.bot_moves_one_on_ones);
        let people: Vec<_> = meeting.people().collect();
        let clashes = people
            .iter()
            .any(|person| !world.is_free(*person, meeting.slot, Some(id), now));
        if !is_its_own || !clashes {
            continue;
        }
        let minutes = meeting.slot.minutes();
        let free = world.starts(&people, span, minutes, Some(id), now);
        if let Some(start) = free.into_iter().find(|start| *start > now) {
            let to = Slot::new(start, start.plus_minutes(minutes));
            world.reslot(id, to, drawn.bots(), now).unwrap();
            return true;
        }
    }
    false
}

/// Another tool puts back what it once planned, whatever anybody did since: 1:1s at four, the rest where they were made.
fn insists(world: &mut World, drawn: &Drawn, now: Instant) {
    let first = crate::small::THE_FIRST;
    if drawn.bot_moves_one_on_ones
        && world
            .meeting(first)
            .is_some_and(|one| one.slot != slot(3, 16, 0, 30))
    {
        world
            .reslot(first, slot(3, 16, 0, 30), drawn.bots(), now)
            .unwrap();
    }
    for (index, (when, ..)) in planned(drawn).into_iter().enumerate() {
        let id = MeetingId(101 + u32::try_from(index).unwrap());
        if world
            .meeting(id)
            .is_some_and(|meeting| meeting.slot != when)
        {
            world.reslot(id, when, drawn.bots(), now).unwrap();
        }
    }
}

/// Everybody decides on the same state, then everything is executed, each write only where the world is still that of the
/// decision; then the bot. Gives whether a guard wrote anything.
fn round(
    small: &mut Small,
    owns: &mut [Own],
    served: &[BTreeSet<PersonId>],
    drawn: &Drawn,
) -> bool {
    let mut decided = Vec::new();
    for (index, own) in owns.iter().enumerate() {
        let guard = Guard {
            world: &small.world,
            own,
            policies: &small.policies,
            serves: Some(&served[index]),
            now: small.now,
        };
        decided.push(guard.decide(&[FIRST, SECOND]));
    }
    let mut wrote = false;
    for (index, decision) in decided.iter().enumerate() {
        for intent in &decision.intents {
            let before = doubled(&small.world, small.now);
            wrote |= small.execute_as(&mut owns[index], intent);
            let after = doubled(&small.world, small.now);
            // A write of ours never makes anybody be at two places who was not before.
            assert!(
                after.is_subset(&before),
                "{intent:?} made {after:?} of {before:?}"
            );
        }
        for promise in [FIRST, SECOND] {
            let open = owns[index]
                .offer(promise)
                .filter(|offer| offer.answer.is_none())
                .cloned();
            if let Some(offer) = open {
                owns[index].picked(promise, Picked::Slot(offer.slots[0]));
            }
        }
    }
    if drawn.bot && drawn.stubborn {
        insists(&mut small.world, drawn, small.now);
    }
    // The bot has as many ideas as it likes, one at a time.
    for _ in 0..if drawn.bot { 3 } else { 0 } {
        if !bot_moves(&mut small.world, drawn, small.now) {
            break;
        }
    }
    wrote
}

/// Pairs of meetings that want somebody at once.
fn doubled(world: &World, now: Instant) -> BTreeSet<(PersonId, MeetingId, MeetingId)> {
    let all = Slot::new(at(1, 0, 0), at(20, 0, 0));
    let mut found = BTreeSet::new();
    for person in PEOPLE {
        let theirs: Vec<_> = world
            .around(person, all)
            .filter(|meeting| meeting.takes_time_of(person, now))
            .collect();
        for (index, one) in theirs.iter().enumerate() {
            for other in &theirs[index + 1..] {
                if one.slot.overlaps(other.slot) {
                    found.insert((person, one.id.min(other.id), one.id.max(other.id)));
                }
            }
        }
    }
    found
}

impl Small {
    /// Gives whether a calendar was written.
    fn execute_as(&mut self, own: &mut Own, intent: &Intent) -> bool {
        std::mem::swap(&mut self.own, own);
        let deeds = |own: &Own| intent.promise.map_or(0, |promise| own.deeds(promise).len());
        let before = deeds(&self.own);
        self.execute(std::slice::from_ref(intent));
        let wrote = deeds(&self.own) > before;
        std::mem::swap(&mut self.own, own);
        wrote
    }
}

fn settles(drawn: &Drawn) {
    let mut small = world_of(drawn);
    let served: Vec<BTreeSet<PersonId>> = match drawn.guards {
        1 => vec![PEOPLE.into()],
        // Both sides of the 1:1, and the third one's: none knows what the others do.
        2 => vec![[MAYA].into(), [BEN, ANA].into()],
        _ => PEOPLE.iter().map(|person| [*person].into()).collect(),
    };
    let mut owns = vec![small.own.clone(); served.len()];
    let policies: Policies = small.policies.clone();
    for _ in 0..ROUNDS {
        round(&mut small, &mut owns, &served, drawn);
        small.now = small.now.plus_minutes(1);
    }
    for late in 0..3 {
        let wrote = round(&mut small, &mut owns, &served, drawn);
        assert!(
            !wrote,
            "still writing in round {} with {policies:?}",
            ROUNDS + late + 1
        );
        small.now = small.now.plus_minutes(1);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn up_to_three_guards_and_a_bot_come_to_rest_within_five_rounds(drawn in drawn()) {
        settles(&drawn);
    }
}
