//! Whatever an instance says, in either format: it is refused with a reason or planned in bounded time, the plan passes
//! the independent checker, its bound holds, and what is said of it adds up.
#![no_main]

mod fixed_keys;
mod instance;

use libfuzzer_sys::fuzz_target;
use std::sync::Once;
use std::sync::atomic::{AtomicUsize, Ordering};
use steadfast_planner::checker::check;
use steadfast_planner::instance::Instance;
use steadfast_planner::plan::{self, Plan, Verdict};
use steadfast_planner::problem::{Kind, Problem};
use steadfast_planner::watch::Watch;
use steadfast_planner::{format1, words};

/// Bytes of an input: with more, nothing else is reached.
const MOST_BYTES: usize = 4_000;

/// Questions whether to stop that are answered with no: it ends some hundred desks later, by count and not by the clock.
const PATIENCE: usize = 300;

fuzz_target!(|bytes: &[u8]| {
    if bytes.len() > MOST_BYTES {
        return;
    }
    on_one_core();
    let text = match bytes.first() {
        Some(b'{') => bytes.to_vec(),
        _ => instance::written(bytes),
    };
    let instance = match Instance::read(&text) {
        Ok(instance) => instance,
        Err(error) => {
            assert!(!error.to_string().is_empty() && !error.hint().is_empty());
            return;
        }
    };
    let problem = instance.problem();
    let made = plan::make(problem, &Patience::default());
    let plan = made.unwrap_or_else(|error| panic!("does not pass its check: {error}"));
    assert_eq!(check(problem, &plan.places), Ok(plan.total));
    assert!(plan.bound <= plan.total.objective && plan.is_of(problem));
    is_told(&instance, &plan);
    if let Instance::One(problem) = &instance {
        reads_back(problem);
    }
});

/// With one core the same input takes the same way each time.
fn on_one_core() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(1);
        pool.use_current_thread().build_global().expect("one pool");
    });
}

#[derive(Default)]
struct Patience(AtomicUsize);

impl Watch for Patience {
    fn at(&self, _done: usize, _of: usize) {}

    fn stop(&self) -> bool {
        self.0.fetch_add(1, Ordering::Relaxed) >= PATIENCE
    }
}

/// Every pair has its reason, every place of it a verdict, and the terms of a place are its cost.
fn is_told(instance: &Instance, plan: &Plan) {
    let problem = instance.problem();
    assert!(!words::report(instance, plan).is_empty());
    for (index, pair) in problem.pairs().iter().enumerate() {
        assert!(!words::reason(instance, plan, index).is_empty());
        let considered = plan.considered(problem, index);
        assert_eq!(considered.len(), pair.options.len());
        let chosen = considered
            .iter()
            .filter(|one| one.verdict == Verdict::Chosen);
        assert_eq!(chosen.count(), usize::from(plan.places[index].is_some()));
        let Instance::Two(two) = instance else {
            continue;
        };
        for one in considered {
            let terms = two.terms(index, one.choice.place);
            assert_eq!(
                terms.iter().map(|term| term.cost).sum::<u32>(),
                one.choice.cost
            );
        }
    }
}

/// What is kept is what is planned again.
fn reads_back(problem: &Problem) {
    let again = format1::read(format1::write(problem).as_bytes()).expect("reads back");
    assert_eq!(again.state(), problem.state());
    assert_eq!(
        matches!(again.kind(), Kind::MakeGood(_)),
        matches!(problem.kind(), Kind::MakeGood(_))
    );
}
