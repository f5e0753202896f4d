//! From an observed change to what is proposed or written, among ten thousand people:
//! `cargo run --release -p steadfast-rehearse --example proposal_speed -- [PEOPLE [CHANGES]]`. One in three changes is a
//! colleague's meeting over a 1:1, one a meeting of the manager's own with the team, one a 1:1 that is taken off.

#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a program that times what the machine does and says so"
)]

use nix::time::{ClockId, clock_gettime};
use std::time::{Duration, Instant as Clock};
use steadfast_guard::decide::{Decision, Guard};
use steadfast_guard::ids::{MeetingId, PersonId, PromiseId};
use steadfast_guard::own::Own;
use steadfast_guard::policy::{Level, Policies};
use steadfast_guard::world::World;
use steadfast_guard::world::meeting::{Answer, Guest, Meeting};
use steadfast_ledger::case::Who;
use steadfast_ledger::occurrence::Class;
use steadfast_life::Rng;
use steadfast_rehearse::config::Config;
use steadfast_rehearse::organisation::organisation;

fn main() {
    let mut numbers = std::env::args()
        .skip(1)
        .filter_map(|word| word.parse::<u32>().ok());
    let people = numbers.next().unwrap_or(10_000);
    let changes = numbers.next().unwrap_or(20_000) as usize;
    let made = organisation(&Config {
        people,
        weeks: 4,
        ..Config::default()
    });
    let mut world = made.world;
    let mut own = Own::default();
    let mut policies = Policies::default();
    policies.organisation.level = Level::Defend;
    let pairs: Vec<_> = world
        .one_on_ones()
        .map(|one| (one.manager, one.report))
        .collect();
    for (manager, report) in pairs {
        for text in steadfast_guard::own::Text::ALL {
            own.previewed(manager, report, text);
        }
    }
    let mut rng = Rng::new(1);
    let (mut wall, mut own_time, mut proposed, mut written) = (Vec::new(), Vec::new(), 0, 0);
    for turn in 0..changes {
        let promise = made.promises[rng.index(made.promises.len())];
        let kept = world.clone_of(promise);
        let Some((meeting, manager, report)) = kept else {
            continue;
        };
        let now = meeting
            .slot
            .start
            .plus_minutes(-rng.between(4 * 60, 4 * 24 * 60));
        let (begun, used) = (Clock::now(), processor());
        let other = change(&mut world, turn, promise, (&meeting, manager, report), now);
        let concerned = match world.meeting(other) {
            Some(other) => world.concerned(other, None),
            None => vec![promise],
        };
        let decision: Decision = Guard {
            world: &world,
            own: &own,
            policies: &policies,
            serves: None,
            now,
        }
        .decide(&concerned);
        own_time.push(processor().saturating_sub(used));
        wall.push(begun.elapsed());
        proposed += usize::from(!decision.proposals.is_empty());
        written += usize::from(decision.writes());
        // As it was, for the next change.
        world.remove_meeting(other);
        world.put_meeting(meeting.clone());
        if let Some(promise) = world.promise_mut(promise) {
            promise.stands = Some(meeting.id);
            promise.changes.clear();
        }
    }
    println!("{people} people, {changes} changes: {proposed} proposed, {written} written");
    for (what, mut times) in [("processor", own_time), ("wall", wall)] {
        times.sort_unstable();
        let at = |share: f64| {
            let index = (times.len().saturating_sub(1) as f64 * share) as usize;
            times.get(index).map_or(0.0, Duration::as_secs_f64) * 1000.0
        };
        println!(
            "{what}: median {:.3} ms, p99 {:.3} ms, most {:.3} ms",
            at(0.5),
            at(0.99),
            at(1.0)
        );
    }
}

/// Processor time of this thread so far.
fn processor() -> Duration {
    clock_gettime(ClockId::CLOCK_THREAD_CPUTIME_ID).map_or(Duration::ZERO, Duration::from)
}

/// The meeting of a promise and its two.
trait CloneOf {
    fn clone_of(&self, promise: PromiseId) -> Option<(Meeting, PersonId, PersonId)>;
}

impl CloneOf for World {
    fn clone_of(&self, promise: PromiseId) -> Option<(Meeting, PersonId, PersonId)> {
        let promise = self.promise(promise)?;
        let one = self.one_on_one(promise.one_on_one)?;
        let meeting = promise.stands.and_then(|id| self.meeting(id))?;
        Some((meeting.clone(), one.manager, one.report))
    }
}

/// Something comes; gives the name of the meeting that is new, or gone.
fn change(
    world: &mut World,
    turn: usize,
    promise: PromiseId,
    (meeting, manager, report): (&Meeting, PersonId, PersonId),
    now: steadfast_calendar::Instant,
) -> MeetingId {
    if turn.is_multiple_of(3) {
        world.call_off(meeting.id, Who::Manager, now);
        return meeting.id;
    }
    let colleague = PersonId(promise.0 % 997 + 1);
    let (organiser, class, guests) = if turn % 3 == 1 {
        (colleague, Class::Other, vec![colleague, manager])
    } else {
        (manager, Class::Team, vec![manager, report, colleague])
    };
    let new = MeetingId(u32::MAX);
    let guests = guests.into_iter().map(|person| Guest {
        person,
        answer: Answer::Accepted,
    });
    world.put_meeting(Meeting {
        id: new,
        organiser,
        class,
        guests: guests.collect(),
        part_of: None,
        changed_at: now,
        ..meeting.clone()
    });
    new
}
