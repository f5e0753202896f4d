//! `guard`.

use crate::running::run;
use serde_json::Value;
use std::path::Path;

#[test]
fn a_year_is_played_three_times_as_a_table_and_as_data() {
    let here = Path::new(".");
    let small = ["guard", "simulate", "--people", "14", "--weeks", "6"];
    let ran = run(&small, here);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert!(ran.out.contains("kept or made good"), "{}", ran.out);
    let ran = run(&[&small[..], &["--format", "json"]].concat(), here);
    let json: Value = serde_json::from_str(&ran.out).unwrap();
    let modes = json["years"].as_array().unwrap();
    assert_eq!(modes.len(), 3);
    assert_eq!(
        (&modes[2]["mode"], &modes[2]["double_bookings"]),
        (&"defend".into(), &0.into())
    );
}

#[test]
fn a_share_is_a_number_from_nought_to_one() {
    let ran = run(&["guard", "simulate", "--attacked", "40"], Path::new("."));
    assert_eq!(ran.code, 2);
    assert!(
        ran.err.contains("a share is a number from 0 to 1"),
        "{}",
        ran.err
    );
}
