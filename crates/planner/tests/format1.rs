//! Instances as files: written and read back they are the same, and what cannot be meant is said with its place.
#![expect(
    clippy::unwrap_used,
    reason = "what does not read fails the test, with its place"
)]

use steadfast_planner::{format1, sample};

#[test]
fn what_is_written_reads_back_as_the_same_state() {
    for problem in [
        sample::organisation(100, 1, 100).unwrap(),
        sample::week(10, 3).unwrap(),
        sample::make_good(3).unwrap(),
    ] {
        let read = format1::read(format1::write(&problem).as_bytes()).unwrap();
        assert_eq!(read.state(), problem.state());
    }
}

#[track_caller]
fn refused(instance: &str, what: &str) {
    let error = format1::read(instance.as_bytes()).unwrap_err();
    assert_eq!(error.to_string(), what);
    assert!(!error.hint().is_empty());
}

fn instance(people: &str, pairs: &str) -> String {
    format!(r#"{{"format":1,"kind":"org","people":[{people}],"pairs":[{pairs}]}}"#)
}

const TWO: &str = r#"{"boss":-1},{"boss":0}"#;

#[test]
fn what_is_wrong_is_said_with_its_place() {
    let pair = |rest: &str| format!(r#"{{"id":7,"m":0,"r":1,"dur":2,"cur":null,{rest}}}"#);
    let with = |rest: &str| instance(TWO, &pair(rest));
    refused(
        &with(r#""drop":500,"opts":[[150,3,-4]]"#),
        "pairs[0].opts[0]: costs -4",
    );
    refused(
        &with(r#""drop":-1,"opts":[]"#),
        "pairs[0].drop: is -1, and may be from 0 to 4294967295",
    );
    refused(
        &with(r#""drop":500,"opts":[[672,3,0]]"#),
        "pairs[0].opts[0]: starts at 672, outside the week",
    );
    refused(
        &with(r#""drop":500,"opts":[[150,4,0]]"#),
        "pairs[0].opts[0]: weeks are 1, 2 or 3",
    );
    refused(
        &with(r#""drop":4000000000,"opts":[]"#),
        "pair 7: a cost is above 100000000",
    );
    refused(
        &instance(r#"{"boss":1},{"boss":0}"#, ""),
        "the reporting lines of person 0 run in a circle: over some steps they are their own manager",
    );
    refused(
        &instance(r#"{"boss":-1}"#, &pair(r#""drop":5,"opts":[]"#)),
        "pair 7: there is no person 1",
    );
    let twice = format!("{0},{0}", pair(r#""drop":5,"opts":[]"#));
    refused(&instance(TWO, &twice), "two pairs have the id 7");
    refused("[1, 2", "expected value at line 1 column 2");
}

#[test]
fn more_than_can_be_planned_is_refused_before_it_is_built() {
    let pairs: Vec<String> = (0..300_001)
        .map(|id| format!(r#"{{"id":{id},"m":0,"r":1,"dur":2,"cur":null,"drop":5,"opts":[]}}"#))
        .collect();
    refused(
        &instance(TWO, &pairs.join(",")),
        "300001 pairs, and at most 300000 can be planned",
    );
}
