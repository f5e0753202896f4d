//! The audit of simulated lives against what really happened in them, in every dialect.

mod accuracy;

use accuracy::{Accuracy, export::of_export, of_history};
use steadfast_life::{Config, Dialect, dialect::Following};

/// Everybody's calendars for a year, looked at every hour, with the organisation file.
fn check(dialect: Dialect) {
    let of = of_history(1, &Config::ten_thousand(dialect), true);
    assert!(of.outcomes.of >= 10_000, "{} promises", of.outcomes.of);
    assert!(of.without_found.of > 0 && of.conflicts.of > 0);
    keeps_the_promise("", &of, true);
}

fn keeps_the_promise(name: &str, of: &Accuracy, with_org: bool) {
    let some: Vec<&String> = of.mistakes.iter().take(10).collect();
    let short = of.shortfalls(with_org);
    assert!(short.is_empty(), "{name} {short:#?}\n{some:#?}");
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

/// Four years of one dialect, and a small company in each of the others.
#[test]
fn without_an_organisation_file_the_one_on_ones_are_found_and_none_is_invented() {
    let big = (1..=4).map(|seed| (seed, Config::ten_thousand(Dialect::Google)));
    found_without_org("google", big);
    for dialect in Dialect::ALL {
        // A single mistake in a company of 20 pairs is more than the bound allows: three of them are looked at.
        let small = (1..=3).map(|seed| (seed, Config::small(dialect)));
        found_without_org(dialect.as_str(), small);
    }
}

fn found_without_org(name: &str, lives: impl Iterator<Item = (u64, Config)>) {
    let mut of = Accuracy::default();
    for (seed, config) in lives {
        let one = of_history(seed, &config, false);
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
    keeps_the_promise(name, &of, false);
}

/// Nobody looked while it happened: the last state of each calendar is all there is. A raised SEQUENCE names managers who
/// organise, and they may have been asked: the update wipes the refusal out, and no export can show it. That is as rare as
/// this, and nobody is named wrongly in any other case. To name nobody by it would be silent of nearly all that are named.
#[test]
fn a_single_export_is_never_certain_of_something_wrong() {
    let (mut named, mut right, mut gone) = (0, 0, 0);
    for dialect in Dialect::ALL {
        let of = of_export(1, &Config::small(dialect));
        let name = dialect.as_str();
        // A feed of a few weeks has few.
        assert!(of.certain.of > 150, "{name}: {} promises", of.certain.of);
        assert!(of.owners.of > 0, "{name}: nobody's calendar is known");
        assert_eq!(of.shortfalls(), [""; 0], "{name}: {:#?}", of.mistakes);
        // Where "this and following" ends one series and begins another with a CREATED of its own, that tells when it was.
        let splits = dialect.habits().following == Following::Split && dialect.habits().keeps_times;
        if splits {
            assert!(of.re_timed.of > 0, "{name}");
            assert_eq!(
                of.re_timed.right, of.re_timed.of,
                "{name}: {:#?}",
                of.mistakes
            );
            assert_eq!(of.never_promised, 0, "{name}");
        }
        named += of.named.of;
        right += of.named.right;
        gone += of.refusal_gone;
    }
    assert_eq!(named - right, gone, "somebody else, and not for that");
    assert!(gone * 80 <= named && named > 300, "{right} of {named}");
}
