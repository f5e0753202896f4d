//! The audit of simulated lives against what really happened in them, in every dialect.

mod accuracy;

use accuracy::{Accuracy, of_history};
use steadfast_life::{Config, Dialect};

/// Everybody's calendars for a year, looked at every hour, with the organisation file.
fn check(dialect: Dialect) {
    let of = of_history(1, &Config::ten_thousand(dialect), true);
    assert!(of.outcomes.of >= 10_000, "{} promises", of.outcomes.of);
    at_least(&of, "outcomes", of.outcomes.rate(), 0.995);
    at_least(&of, "known", of.known.rate(), 0.98);
    at_least(&of, "actors", of.actors.rate(), 0.90);
    at_least(&of, "causes", of.causes.rate(), 0.60);
    at_least(&of, "detection F1", of.f1(), 0.99);
    at_least(&of, "directions", of.directions.rate(), 1.0);
    assert_eq!(of.manager_blamed, 0, "{:#?}", of.mistakes);
}

fn at_least(of: &Accuracy, what: &str, rate: f64, bound: f64) {
    let some: Vec<&String> = of.mistakes.iter().take(10).collect();
    assert!(rate >= bound, "{what}: {rate:.4} < {bound}\n{some:#?}");
}

macro_rules! dialects {
    ($($name:ident $dialect:ident),* $(,)?) => {
        $(
            #[test]
            fn $name() {
                check(Dialect::$dialect);
            }
        )*

        #[test]
        fn every_dialect_is_checked() {
            assert_eq!([$(Dialect::$dialect),*], Dialect::ALL);
        }
    };
}

dialects! {
    a_year_in_google_is_told_right Google,
    a_year_in_outlook_is_told_right Outlook,
    a_year_in_apple_is_told_right Apple,
    a_year_in_nextcloud_is_told_right Nextcloud,
    a_year_in_zimbra_is_told_right Zimbra,
    a_year_in_fastmail_is_told_right Fastmail,
    a_year_in_thunderbird_is_told_right Thunderbird,
    a_year_in_an_exchange_feed_is_told_right ExchangeFeed,
    a_year_under_new_uids_is_told_right Regenerating,
}

#[test]
fn without_an_organisation_file_the_one_on_ones_are_found_and_none_is_invented() {
    let mut of = Accuracy::default();
    for seed in 1..=4 {
        let one = of_history(seed, &Config::ten_thousand(Dialect::Google), false);
        of.found.right += one.found.right;
        of.found.of += one.found.of;
        of.real.right += one.real.right;
        of.real.of += one.real.of;
        of.directions.right += one.directions.right;
        of.directions.of += one.directions.of;
        of.manager_blamed += one.manager_blamed;
        of.mistakes
            .extend(one.mistakes.into_iter().filter(|m| !m.contains("outcome")));
    }
    at_least(&of, "detection F1", of.f1(), 0.95);
    at_least(&of, "directions", of.directions.rate(), 1.0);
    assert_eq!(of.manager_blamed, 0);
}
