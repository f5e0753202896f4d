//! A series that is moved for good is two objects and one intent: both are done or neither, whatever fails.

use super::crashes::until_crash;
use super::world::FAULTS;
use super::*;
use crate::server::acting::action::Then;
use steadfast_calendar::edit::Successor;

const OLD: &str = "/weekly.ics";

fn end() -> Edit {
    Edit::End {
        from: at("2026-03-16T09:00:00Z"),
    }
}

/// Thursdays at ten, from the week on in which the other ends.
fn successor(uid: &str) -> Edit {
    let from = at("2026-03-19T10:00:00Z");
    Edit::Successor(Successor {
        uid: uid.to_owned(),
        slot: Slot::new(from, from.plus_minutes(30)),
        like: None,
    })
}

impl Bench {
    /// Writes an intent to move the series at `old` for good.
    async fn intend_both(&self, name: &str, (new, old): (&str, &str)) {
        let then = Then {
            place: old.to_owned(),
            basis: Basis::Says(self.world.text(old).unwrap()),
            edit: end(),
            uid: Some("weekly".to_owned()),
        };
        let action = Action {
            then: Some(Box::new(then)),
            ..action(new, Basis::Nothing, successor(name))
        };
        let new = intent(name, MAYA, &action, true, self.instant());
        self.write(&[new]).await;
    }

    /// Whether the new one is there, and whether the old one has ended.
    fn halves(&self, name: &str, (new, old): (&str, &str)) -> (bool, bool) {
        let text = |place| self.world.text(place);
        (
            text(new).is_some_and(|text| stands(Some(&text), &successor(name))),
            stands(text(old).as_deref(), &end()),
        )
    }
}

#[test]
fn both_are_done_once_told_once_and_taken_back_once() {
    with_bench(|bench| async move {
        bench.world.put(OLD, WEEKLY);
        let both = ("/n.ics", OLD);
        bench.intend_both("n", both).await;
        assert_eq!(bench.step().await, Step::Ended(IntentState::Done));
        assert_eq!(bench.step().await, Step::Idle);
        assert_eq!(bench.halves("n", both), (true, true));
        let new = bench.world.text("/n.ics").unwrap();
        for line in [
            "SUMMARY:1:1\r\n",
            "DTSTART:20260319T100000Z\r\n",
            "RRULE:FREQ=WEEKLY;BYDAY=TH\r\n",
        ] {
            assert!(new.contains(line), "{line} in {new}");
        }
        assert_eq!(bench.told("n").await, 1);
        let came = came_of(&bench.known("n").await).unwrap();
        assert_eq!(came.told, ["ben@example.org"]);
        let (maya, now) = (bench.maya(), bench.instant());
        assert_eq!(
            backs(&bench.store, &maya, now).await.unwrap().get("n"),
            Some(&Back::Offered)
        );
        // The first of the old ones that would be again is on the 16th.
        let late = take_back(&bench.store, &maya, "n", now.plus_days(16)).await;
        assert!(late.is_err());
        let back = take_back(&bench.store, &maya, "n", now).await.unwrap();
        assert_eq!(bench.step().await, Step::Ended(IntentState::Done));
        assert_eq!(bench.world.text("/n.ics"), None);
        let old = bench.world.text(OLD).unwrap();
        assert!(old.contains("RRULE:FREQ=WEEKLY;BYDAY=MO\r\n"), "{old}");
        assert!(old.contains("SEQUENCE:3\r\n"), "{old}");
        assert_eq!(bench.known("n").await.state, IntentState::Undone);
        assert_eq!(bench.told(&back).await, 1);
        assert!(take_back(&bench.store, &maya, "n", now).await.is_err());
        assert_eq!(
            (bench.world.taken("/n.ics"), bench.world.taken(OLD)),
            (2, 2)
        );
    });
}

#[test]
fn where_the_old_one_was_changed_nothing_is_written_at_all() {
    with_bench(|bench| async move {
        bench.world.put(OLD, WEEKLY);
        let both = ("/n.ics", OLD);
        bench.intend_both("n", both).await;
        bench
            .world
            .put(OLD, &WEEKLY.replace("T093000Z", "T094500Z"));
        assert_eq!(bench.step().await, Step::Ended(IntentState::Changed));
        assert_eq!(
            (bench.world.taken("/n.ics"), bench.world.taken(OLD)),
            (0, 0)
        );
        // Nor where somebody ended it themselves, or where it cannot be split.
        bench.intend_both("m", ("/m.ics", OLD)).await;
        let ended = WEEKLY.replace("BYDAY=MO", "BYDAY=MO;UNTIL=20260309T090000Z");
        bench.world.put(OLD, &ended);
        assert_eq!(bench.step().await, Step::Ended(IntentState::Changed));
        let odd = WEEKLY.replace("BYDAY=MO", "BYDAY=MO,TU");
        bench.world.put(OLD, &odd);
        bench.intend_both("o", ("/o.ics", OLD)).await;
        assert_eq!(bench.step().await, Step::Ended(IntentState::Failed));
        let now = bench.instant();
        stop(&bench.store, &bench.maya(), now).await.unwrap();
        bench.world.put(OLD, WEEKLY);
        bench.intend_both("p", ("/p.ics", OLD)).await;
        assert_eq!(bench.step().await, Step::Ended(IntentState::Stopped));
        for place in ["/m.ics", "/o.ics", "/p.ics", OLD] {
            assert_eq!(bench.world.taken(place), 0, "{place}");
        }
    });
}

#[test]
fn what_is_stopped_between_the_two_is_said_and_not_claimed() {
    with_bench(|bench| async move {
        bench.world.put(OLD, WEEKLY);
        bench.world.fail(&[Fault::TakenUnseen]);
        bench.intend_both("n", ("/n.ics", OLD)).await;
        assert_eq!(bench.step().await, Step::Again);
        stop(&bench.store, &bench.maya(), bench.instant())
            .await
            .unwrap();
        bench.wait(20 * MINUTE);
        assert_eq!(bench.step().await, Step::Ended(IntentState::Unsure));
        assert_eq!(bench.halves("n", ("/n.ics", OLD)), (true, false));
        let came = came_of(&bench.known("n").await).unwrap();
        assert!(came.problem.unwrap().contains("look at both"));
    });
}

/// One through these faults, the process dying at the `points`th use of the store in its first life. Gives whether it died.
async fn through(bench: &Bench, case: usize, faults: &[Fault], points: Option<u64>) -> bool {
    let name = format!("n{case}");
    let places = (format!("/n{case}.ics"), format!("/{case}.ics"));
    let both = (places.0.as_str(), places.1.as_str());
    bench.world.put(both.1, WEEKLY);
    bench.intend_both(&name, both).await;
    bench.world.fail(faults);
    if let Some(points) = points {
        bench.store.drill().stop_after(points);
    }
    let mut died = false;
    for _ in 0..60 {
        bench.world.crashed.store(false, Ordering::SeqCst);
        let stepped = until_crash(bench).await;
        let past = bench.store.drill().clear();
        died |= points.is_some() && !past;
        match stepped {
            Some(Ok(Step::Idle)) => match bench.store.next_due(&[JOB]).await.unwrap() {
                None => break,
                Some(due) => bench.now.store(due.0, Ordering::SeqCst),
            },
            Some(Ok(_)) => {}
            Some(Err(_)) | None => bench.wait(11 * MINUTE),
        }
    }
    let known = bench.known(&name).await;
    let (new, ended) = bench.halves(&name, both);
    let what = format!(
        "{faults:?} at {points:?}: {:?}, new {new}, ended {ended}",
        known.state
    );
    assert!(known.state.is_end(), "lost: {what}");
    assert_eq!(new, ended, "half: {what}");
    assert_eq!(known.state == IntentState::Done, new, "untrue: {what}");
    assert!(known.state != IntentState::Unsure, "not known: {what}");
    assert_eq!(bench.told(&name).await, 1, "{what}");
    if new {
        let taken = (bench.world.taken(both.0), bench.world.taken(both.1));
        // Taken back without an answer, of what was refused a moment ago nobody can tell that it was ever there: it is
        // done anew, and then it is whole.
        let was_back = faults.get(1) == Some(&Fault::Refused) && taken == (3, 1);
        assert!(taken == (1, 1) || was_back, "twice: {taken:?} {what}");
        let now = bench.instant();
        let back = take_back(&bench.store, &bench.maya(), &name, now).await;
        assert!(back.is_ok(), "no way back: {what}");
        bench.until_idle().await;
        assert_eq!(bench.halves(&name, both), (false, false), "{what}");
    }
    died
}

#[test]
fn no_faults_in_a_row_leave_half_of_it() {
    with_bench(|bench| async move {
        let mut case = 0;
        for first in FAULTS {
            for second in FAULTS {
                case += 1;
                through(&bench, case, &[*first, *second], None).await;
            }
        }
        // Where the first has to be taken back, that fails too, for as long as it is not refused for good.
        for second in [Fault::Overtaken, Fault::Refused] {
            for third in [
                Fault::Busy,
                Fault::TakenUnseen,
                Fault::Unseen,
                Fault::TakenAndCrash,
                Fault::Crash,
            ] {
                case += 1;
                through(&bench, case, &[Fault::None, second, third], None).await;
            }
        }
    });
}

#[test]
fn no_crash_point_leaves_half_of_it() {
    with_bench(|bench| async move {
        let (mut case, mut deaths) = (0, 0);
        for faults in [
            [Fault::None, Fault::None],
            [Fault::TakenUnseen, Fault::TakenUnseen],
            [Fault::None, Fault::Overtaken],
        ] {
            for points in 0..80 {
                case += 1;
                if !through(&bench, case, &faults, Some(points)).await {
                    break;
                }
                deaths += 1;
            }
        }
        assert!(deaths > 30, "{deaths}");
    });
}
