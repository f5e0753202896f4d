//! `docs/measure/guard.md` is what the command gives.

use std::path::Path;
use steadfast_rehearse::attack::WEIGHTS;
use steadfast_rehearse::config::Config;
use steadfast_rehearse::report::report;

/// What `steadfast guard simulate` gave; too long for a test, so played again when the page is rewritten by hand.
const YEAR: &str = include_str!("page/year.md");
const BEFORE: &str = include_str!("page/before.md");
/// Said of the table that this test makes.
const SMALL: &str = include_str!("page/small.md");
const AFTER: &str = include_str!("page/after.md");

#[test]
fn the_page_is_current() {
    let small = Config {
        people: 60,
        weeks: 16,
        ..Config::default()
    };
    let played = report(&small).unwrap();
    let [_, advise, defend] = &played.years[..] else {
        panic!("three modes");
    };
    // What the guard is there for.
    assert!(defend.counts.share() >= 0.99, "{}", defend.counts.share());
    assert!(advise.counts.share() < defend.counts.share());
    for year in [advise, defend] {
        assert_eq!(
            (year.double_bookings, year.outside_policy, year.unsettled),
            (0, 0, 0)
        );
        assert!(year.messages.median <= 2);
    }
    let sorts = WEIGHTS
        .iter()
        .map(|(attack, weight)| format!("{} {weight}", attack.as_str()));
    let sorts = sorts.collect::<Vec<_>>().join(", ");
    let page = format!("{BEFORE}\n{YEAR}\n{SMALL}\n{}\n{AFTER}", played.markdown())
        .replace("{sorts}", &sorts);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/measure/guard.md");
    if std::env::var_os("STEADFAST_BLESS").is_some_and(|value| value == "1") {
        std::fs::write(&path, &page).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        kept == page,
        "docs/measure/guard.md is not what is played; run `STEADFAST_BLESS=1 cargo test -p steadfast-rehearse --test page` \
         and read the difference"
    );
}
