//! Who is named for what was moved after one of the two had said no to it. A new time asks everybody again, and wipes that
//! answer out: whoever looks seldom sees the update alone.

use super::{check, event, series};

const OF_THE_20TH: &str = "RECURRENCE-ID;TZID=Europe/Berlin:20260120T150000";
const FIRST: &str = "2026-01-01T00:00:00Z";
const UPDATED: &str = "2026-01-19T16:00:00Z";

/// 20 January, to which `who` said no in the morning of the day before.
fn refused(who: &str) -> String {
    let lines = format!("{OF_THE_20TH}\nSEQUENCE:0\nLAST-MODIFIED:20260119T093000Z");
    let accepted = format!("ACCEPTED:mailto:{who}");
    event("a", "20260120T150000", &lines).replace(&accepted, &format!("DECLINED:mailto:{who}"))
}

/// 20 January, moved by a day; `lines` are of the update.
fn moved(lines: &str) -> String {
    event("a", "20260121T150000", &format!("{OF_THE_20TH}\n{lines}"))
}

/// In the afternoon of the day before.
const UPDATE: &str = "SEQUENCE:1\nLAST-MODIFIED:20260119T143000Z";

/// What becomes of 20 January, where Ben organises it, or Maya.
fn told(bens: bool, looks: &[(&str, String)], expected: &str) {
    let of = |text: &str| {
        if bens {
            text.replace("ORGANIZER:mailto:maya@", "ORGANIZER:mailto:ben@")
        } else {
            text.to_owned()
        }
    };
    let whole = series("a", "20260106T150000", "");
    let seen: Vec<(&str, String)> = looks
        .iter()
        .map(|(at, more)| (*at, of(&format!("{whole}{more}"))))
        .collect();
    let seen: Vec<(&str, &str)> = seen.iter().map(|(at, text)| (*at, &**text)).collect();
    check("20 January", &seen, &[expected]);
}

#[test]
fn what_a_report_moves_who_organises_is_theirs_only_where_the_manager_could_not_refuse_unseen() {
    let whole = String::new();
    told(
        true,
        &[(FIRST, whole.clone()), (UPDATED, moved(UPDATE))],
        "20 Jan moved notice:short/1410 hops:1 by:unknown q:0.5 disruption",
    );
    let just_before = "2026-01-19T13:30:00Z";
    told(
        true,
        &[
            (FIRST, whole.clone()),
            (just_before, whole.clone()),
            (UPDATED, moved(UPDATE)),
        ],
        "20 Jan moved excused:report notice:short/1410 hops:1 by:report q:0",
    );
    let noon = "2026-01-19T12:00:00Z";
    told(
        true,
        &[
            (FIRST, whole),
            (noon, refused("maya@example.com")),
            (UPDATED, moved(UPDATE)),
        ],
        "20 Jan moved notice:short/1410 hops:2 by:manager disruption",
    );
}

#[test]
fn a_single_look_never_tells_a_move_as_that_of_a_report_who_organises() {
    told(
        true,
        &[(UPDATED, moved(UPDATE))],
        "20 Jan moved notice:short/1410 hops:1 by:unknown q:0.5 disruption",
    );
    told(
        false,
        &[(UPDATED, moved(UPDATE))],
        "20 Jan moved notice:short/1410 hops:1 by:manager disruption",
    );
}

#[test]
fn an_update_that_may_have_followed_a_refusal_within_a_day_or_not_is_nobodys() {
    let noon = "2026-01-19T12:00:00Z";
    let bens = refused("ben@example.com").replace("20260119T093000Z", "20260117T093000Z");
    told(
        false,
        &[
            (FIRST, String::new()),
            ("2026-01-17T10:00:00Z", bens),
            (UPDATED, moved("SEQUENCE:1")),
        ],
        "20 Jan moved notice:fair/4560[1320..4560] hops:2 by:unknown q:0.5 disruption",
    );
    told(
        false,
        &[
            (FIRST, String::new()),
            (noon, refused("ben@example.com")),
            (UPDATED, moved(UPDATE)),
        ],
        "20 Jan moved excused:report notice:short/1410 hops:2 by:report q:0",
    );
}

/// One of the two was after the refusal; of the other nobody knows.
#[test]
fn of_two_updates_after_a_refusal_nobody_is_named() {
    let noon = "2026-01-19T12:00:00Z";
    told(
        false,
        &[
            (FIRST, String::new()),
            (noon, refused("ben@example.com")),
            (UPDATED, moved(&UPDATE.replace("SEQUENCE:1", "SEQUENCE:2"))),
        ],
        "20 Jan moved notice:short/1410 hops:2 by:unknown q:0.5 disruption",
    );
}
