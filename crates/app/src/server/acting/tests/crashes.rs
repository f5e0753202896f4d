//! Whatever fails, and wherever the process dies: no intent is lost, none is done twice, and what is said of it is so.

use super::world::FAULTS;
use super::*;
use std::pin::pin;
use std::task::Poll;

/// Steps until the world says that the process is gone; `None` then.
pub(super) async fn until_crash(bench: &Bench) -> Option<Result<Step, crate::server::ServerError>> {
    let mut step = pin!(bench.step_at(0));
    std::future::poll_fn(|context| match step.as_mut().poll(context) {
        Poll::Ready(stepped) => Poll::Ready(Some(stepped)),
        Poll::Pending if bench.world.crashed.load(Ordering::SeqCst) => Poll::Ready(None),
        Poll::Pending => Poll::Pending,
    })
    .await
}

/// One intent through these faults, the process dying at the `points`th use of the store in its first life. Gives whether
/// it died there.
async fn through(bench: &Bench, case: usize, faults: &[Fault], points: Option<u64>) -> bool {
    let name = format!("i{case}");
    let place = format!("/{case}.ics");
    let edit = if case.is_multiple_of(2) {
        bench.world.put(&place, WEEKLY);
        moved()
    } else {
        booked(&format!("new-{case}"))
    };
    bench.intend(&name, &place, edit.clone()).await;
    bench.world.fail(faults);
    if let Some(points) = points {
        bench.store.drill().stop_after(points);
    }
    let mut died = false;
    // Lives of the process, each as long as nothing kills it.
    for _ in 0..60 {
        bench.world.crashed.store(false, Ordering::SeqCst);
        let stepped = until_crash(bench).await;
        let past = bench.store.drill().clear();
        died |= points.is_some() && !past;
        match stepped {
            Some(Ok(Step::Idle)) => match bench.store.next_due(&[JOB]).await.unwrap() {
                None => break,
                // A clock that was put back by a quarter of an hour: the due time is what counts.
                Some(due) => bench.now.store(due.0, Ordering::SeqCst),
            },
            Some(Ok(_)) => {}
            // Died: another node takes over when the lease ends.
            Some(Err(_)) | None => bench.wait(11 * MINUTE),
        }
    }
    let known = bench.known(&name).await;
    let what = format!("{faults:?} at {points:?}: {:?}", known.state);
    assert!(known.state.is_end(), "lost: {what}");
    assert_eq!(bench.store.next_due(&[JOB]).await.unwrap(), None, "{what}");
    let is_so = stands(bench.world.text(&place).as_deref(), &edit);
    assert_eq!(known.state == IntentState::Done, is_so, "untrue: {what}");
    assert_eq!(bench.world.taken(&place), u32::from(is_so), "twice: {what}");
    assert_eq!(bench.told(&name).await, 1, "{what}");
    if is_so {
        assert!(known.undo.is_some(), "no way back: {what}");
    }
    died
}

#[test]
fn no_faults_in_a_row_lose_an_intent_or_do_it_twice() {
    with_bench(|bench| async move {
        let mut case = 0;
        for first in FAULTS {
            for second in [Fault::None, Fault::TakenUnseen, Fault::TakenAndCrash] {
                for _ in 0..2 {
                    case += 1;
                    through(&bench, case, &[*first, second], None).await;
                }
            }
        }
    });
}

#[test]
fn no_crash_point_loses_an_intent_or_does_it_twice() {
    with_bench(|bench| async move {
        let (mut case, mut deaths) = (0, 0);
        for fault in [Fault::None, Fault::TakenUnseen, Fault::Overtaken] {
            for kind in 0..2 {
                for points in 0..60 {
                    case = (case / 2 + 1) * 2 + kind;
                    if !through(&bench, case, &[fault], Some(points)).await {
                        break;
                    }
                    deaths += 1;
                }
            }
        }
        assert!(deaths > 60, "{deaths}");
    });
}

#[test]
fn two_nodes_at_once_whose_clocks_differ_do_it_once() {
    with_bench(|bench| async move {
        for case in 0..2 {
            let (name, place) = (format!("i{case}"), format!("/{case}.ics"));
            let edit = if case == 0 {
                bench.world.put(&place, WEEKLY);
                moved()
            } else {
                booked("new")
            };
            bench.intend(&name, &place, edit.clone()).await;
            bench.world.held.store(true, Ordering::SeqCst);
            let mut slow = pin!(bench.step_at(0));
            std::future::poll_fn(|context| {
                assert!(slow.as_mut().poll(context).is_pending());
                if bench.world.waits.load(Ordering::SeqCst) {
                    return Poll::Ready(());
                }
                Poll::Pending
            })
            .await;
            bench.world.held.store(false, Ordering::SeqCst);
            // To this node, an hour ahead, the other's lease has ended.
            let fast = bench.step_at(60 * MINUTE).await.unwrap();
            assert_eq!(fast, Step::Ended(IntentState::Done));
            assert_eq!(slow.await.unwrap(), Step::Dropped);
            bench.world.waits.store(false, Ordering::SeqCst);
            assert_eq!(bench.world.taken(&place), 1);
            assert_eq!(bench.told(&name).await, 1);
            assert!(stands(bench.world.text(&place).as_deref(), &edit));
        }
    });
}

#[test]
fn a_clock_that_goes_back_changes_nothing_twice_and_makes_no_change_older() {
    with_bench(|bench| async move {
        bench.world.put("/a", WEEKLY);
        bench.intend("i", "/a", moved()).await;
        bench.world.fail(&[Fault::TakenUnseen]);
        assert_eq!(bench.step().await, Step::Again);
        // Two months back: before the series was last changed.
        bench.wait(-60 * 24 * 60 * MINUTE);
        bench.until_idle().await;
        assert_eq!(bench.known("i").await.state, IntentState::Done);
        assert_eq!(bench.world.taken("/a"), 1);
        let text = bench.world.text("/a").unwrap();
        assert!(!text.contains("DTSTAMP:2025"), "{text}");
    });
}
