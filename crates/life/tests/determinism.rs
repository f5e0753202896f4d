//! The same seed gives the same life, byte for byte.

use steadfast_life::{Config, Dialect, World};

fn life(dialect: Dialect, seed: u64) -> (Vec<(String, Vec<u8>)>, String, String) {
    let config = Config {
        managers: 2,
        weeks: 14,
        ..Config::small(dialect)
    };
    let world = World::new(seed, &config);
    let states = world
        .history()
        .map(|state| (format!("{} {}", state.at, state.owner), state.text))
        .collect();
    (states, world.org_csv(), format!("{:?}", world.truth()))
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_the_same_truth() {
    for dialect in Dialect::ALL {
        assert_eq!(life(dialect, 5), life(dialect, 5), "{}", dialect.as_str());
    }
}

#[test]
fn another_seed_gives_another_life() {
    assert_ne!(life(Dialect::Google, 5).2, life(Dialect::Google, 6).2);
}
