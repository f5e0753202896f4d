//! CalDAV servers that do only a part of it, badly, or lie.

use crate::dav::{Instead, Server, UNKNOWN_TOKEN, found, only};
use crate::scripted::Answer;
use steadfast_connect::SourceError;

const FIVE: [&str; 5] = ["a", "b", "c", "d", "e"];
const ALL_FIVE: [&str; 6] = [
    "/cal/ whole, First",
    "  a a",
    "  b b",
    "  c c",
    "  d d",
    "  e e",
];

#[test]
fn an_unchanged_account_costs_one_request() {
    let server = Server::with(&FIVE);
    let mut keeper = server.keeper();
    assert_eq!(keeper.told(), ALL_FIVE);
    let mut since = server.scripted.asked().len();
    assert_eq!(keeper.told(), ["/cal/ unchanged"]);
    assert_eq!(server.asked(&mut since), ["PROPFIND /cal/"]);
}

#[test]
fn answers_that_are_cut_short_are_followed_to_their_end_whether_they_say_so_or_not() {
    for tells_cut in [true, false] {
        let server = Server::with(&FIVE);
        server.state().page = 2;
        server.state().tells_cut = tells_cut;
        let mut keeper = server.keeper();
        assert_eq!(keeper.told(), ALL_FIVE, "{tells_cut}");
        for name in ["f", "g", "h"] {
            server.state().put(name, name);
        }
        server.state().delete("a");
        server.state().put("b", "changed");
        assert_eq!(
            keeper.told(),
            [
                "/cal/ changes",
                "  b changed",
                "  f f",
                "  g g",
                "  h h",
                "  gone a"
            ],
            "{tells_cut}"
        );
        assert_eq!(keeper.told(), ["/cal/ unchanged"]);
    }
}

#[test]
fn a_server_that_refuses_to_be_asked_once_more_has_told_everything() {
    let server = Server::with(&["a"]);
    let mut keeper = server.keeper();
    keeper.round();
    server.state().put("b", "b");
    // The token of the answer is not known when it is asked for.
    server.state().instead.push(("since t-2", || {
        Answer::Plain(403, Vec::new(), UNKNOWN_TOKEN.into())
    }));
    assert_eq!(keeper.told(), ["/cal/ changes", "  b b"]);
}

#[test]
fn a_server_that_never_gives_the_rest_is_left_and_nothing_is_lost() {
    let server = Server::with(&FIVE);
    let mut keeper = server.keeper();
    keeper.round();
    server.state().delete("a");
    let kept = keeper.cursor.clone();
    server.state().instead.push(("sync", || {
        let token = "<d:sync-token>t-9</d:sync-token>";
        Answer::multistatus(
            &(found("/cal/b", "<d:getetag>\"9\"</d:getetag>") + &only("/cal/", 507) + token),
        )
    }));
    let error = keeper.try_round().expect_err("endless");
    assert!(matches!(error, SourceError::BadAnswer { .. }), "{error:?}");
    assert_eq!(keeper.cursor, kept);
    server.state().instead.clear();
    assert_eq!(keeper.told(), ["/cal/ changes", "  gone a"]);
}

#[test]
fn a_token_that_is_not_known_any_more_is_told_in_every_way_that_servers_say_it() {
    fn with_reason(status: u16) -> Answer {
        Answer::Plain(status, Vec::new(), UNKNOWN_TOKEN.into())
    }
    let ways: [Option<fn() -> Answer>; 8] = [
        Some(|| with_reason(403)),
        Some(|| with_reason(409)),
        Some(|| with_reason(412)),
        Some(|| with_reason(507)),
        Some(|| Answer::status(403)),
        Some(|| Answer::status(410)),
        Some(|| Answer::status(400)),
        None,
    ];
    for (number, way) in ways.into_iter().enumerate() {
        let server = Server::with(&FIVE);
        let mut keeper = server.keeper();
        keeper.round();
        server.state().delete("b");
        server.state().put("c", "changed");
        server.state().put("f", "f");
        let version = server.state().version;
        server.state().oldest = version;
        server.state().to_old = way;
        assert_eq!(
            keeper.told(),
            [
                "/cal/ whole, TokenLost",
                "  a a",
                "  c changed",
                "  d d",
                "  e e",
                "  f f"
            ],
            "way {number}"
        );
        assert_eq!(keeper.told(), ["/cal/ unchanged"], "way {number}");
    }
}

/// The report names one object as it is known.
fn old_news() -> Answer {
    let a = found("/cal/a", "<d:getetag>\"1\"</d:getetag>");
    Answer::multistatus(&(a + "<d:sync-token>t-77</d:sync-token>"))
}

#[test]
fn an_object_named_twice_is_no_lost_token() {
    // SOGo's tokens are seconds: what happened within the last one comes again.
    for names in [&FIVE[..], &FIVE[..1]] {
        let server = Server::with(names);
        let mut keeper = server.keeper();
        keeper.round();
        server.state().instead.push(("sync", old_news));
        server.state().version = 77;
        assert_eq!(keeper.told(), ["/cal/ unchanged"]);
    }
}

#[test]
fn old_news_beside_a_silent_loss_is_a_lost_token() {
    let server = Server::with(&FIVE);
    let mut keeper = server.keeper();
    keeper.round();
    server.state().delete("b");
    server.state().instead.push(("since t-5", old_news));
    assert_eq!(keeper.told()[..2], ["/cal/ whole, TokenLost", "  a a"]);
}

#[test]
fn everything_told_anew_is_a_lost_token_though_nothing_is_gone() {
    let server = Server::with(&FIVE);
    let mut keeper = server.keeper();
    keeper.round();
    server.state().put("b", "changed");
    server.state().oldest = 99;
    assert_eq!(
        keeper.told()[..3],
        ["/cal/ whole, TokenLost", "  a a", "  b changed"]
    );
}

#[test]
fn without_tokens_the_list_is_compared() {
    let server = Server::with(&FIVE);
    server.state().no_tokens = true;
    let mut keeper = server.keeper();
    assert_eq!(keeper.told(), ALL_FIVE);
    let mut since = server.scripted.asked().len();
    assert_eq!(keeper.told(), ["/cal/ unchanged"]);
    assert_eq!(server.asked(&mut since), ["PROPFIND /cal/"], "by its ctag");
    server.state().delete("a");
    server.state().put("b", "changed");
    server.state().put("f", "f");
    assert_eq!(
        keeper.told(),
        ["/cal/ changes", "  b changed", "  f f", "  gone a"]
    );
    // A server that learned about tokens is taken by its word from now on, and nothing is told twice.
    server.state().no_tokens = false;
    server.state().put("g", "g");
    assert_eq!(keeper.told(), ["/cal/ changes", "  g g"]);
    assert!(
        keeper
            .cursor
            .as_deref()
            .is_some_and(|text| text.contains("t-9"))
    );
    // And one that forgot is compared again.
    server.state().no_tokens = true;
    server.state().delete("g");
    assert_eq!(keeper.told(), ["/cal/ changes", "  gone g"]);
}

#[test]
fn without_any_mark_content_is_compared() {
    let server = Server::with(&["a", "b"]);
    server.state().no_tokens = true;
    server.state().no_ctag = true;
    server.state().no_etags = true;
    let mut keeper = server.keeper();
    assert_eq!(keeper.told(), ["/cal/ whole, First", "  a a", "  b b"]);
    assert_eq!(keeper.told(), ["/cal/ unchanged"]);
    server.state().put("b", "changed");
    server.state().delete("a");
    assert_eq!(keeper.told(), ["/cal/ changes", "  b changed", "  gone a"]);
    assert_eq!(keeper.told(), ["/cal/ unchanged"]);
}

#[test]
fn weak_and_strong_etags_are_the_same() {
    let server = Server::with(&FIVE);
    server.state().no_tokens = true;
    let mut keeper = server.keeper();
    assert_eq!(keeper.told(), ALL_FIVE);
    server.state().weak = true;
    server.state().put("b", "changed");
    assert_eq!(keeper.told(), ["/cal/ changes", "  b changed"]);
}

#[test]
fn an_object_deleted_since_the_report_is_gone() {
    let server = Server::with(&["a", "b"]);
    let mut keeper = server.keeper();
    keeper.round();
    server.state().put("a", "changed");
    server.state().put("b", "changed");
    server.state().put("c", "c");
    server.state().instead.push(("multiget", || {
        Answer::multistatus(&(only("/cal/a", 404) + &only("/cal/b", 404) + &only("/cal/c", 404)))
    }));
    assert_eq!(keeper.told(), ["/cal/ changes", "  gone a", "  gone b"]);
}

#[test]
fn an_object_changed_since_the_report_is_told_once() {
    let server = Server::with(&["a", "b"]);
    let mut keeper = server.keeper();
    keeper.round();
    server.state().put("a", "seen");
    server.state().put("a", "later");
    server.state().instead.push(("sync", || {
        let a = found("/cal/a", "<d:getetag>\"3\"</d:getetag>");
        Answer::multistatus(&(a + "<d:sync-token>t-3</d:sync-token>"))
    }));
    assert_eq!(keeper.told(), ["/cal/ changes", "  a later"]);
    server.state().instead.clear();
    assert_eq!(keeper.told(), ["/cal/ unchanged"]);
}

#[test]
fn an_object_that_cannot_be_read_is_not_gone_and_is_tried_again() {
    let server = Server::with(&FIVE);
    server.state().broken = vec!["b".to_owned()];
    let url = server.scripted.url("/cal/b");
    let unreadable = format!("unreadable {url}: answered with status 500; not read");
    let mut keeper = server.keeper();
    assert_eq!(
        keeper.told(),
        [
            "/cal/ whole, First",
            "  a a",
            "  c c",
            "  d d",
            "  e e",
            &unreadable
        ]
    );
    assert_eq!(keeper.told(), ["/cal/ unchanged", &unreadable]);
    server.state().broken.clear();
    assert_eq!(keeper.told(), ["/cal/ changes", "  b b"]);
    // Known now: even a lost token does not make it gone.
    server.state().put("b", "changed");
    server.state().delete("a");
    server.state().broken = vec!["b".to_owned()];
    server.state().oldest = 99;
    server.state().to_old = Some(|| Answer::Plain(403, Vec::new(), UNKNOWN_TOKEN.into()));
    let mut lines = keeper.told();
    assert_eq!(lines.remove(0), "/cal/ changes");
    assert_eq!(lines, ["  c c", "  d d", "  e e", "  gone a", &unreadable]);
    server.state().broken.clear();
    server.state().oldest = 0;
    assert_eq!(keeper.told(), ["/cal/ changes", "  b changed"]);
}

#[test]
fn without_multiget_objects_are_fetched_one_by_one() {
    let server = Server::with(&FIVE);
    server
        .state()
        .instead
        .push(("multiget", || Answer::status(501)));
    let mut keeper = server.keeper();
    assert_eq!(keeper.told(), ALL_FIVE);
    server.state().put("b", "changed");
    assert_eq!(keeper.told(), ["/cal/ changes", "  b changed"]);
}

#[test]
fn a_calendar_that_looks_empty_beside_an_error_is_not_empty() {
    fn empty() -> Answer {
        Answer::multistatus("<d:sync-token>t-99</d:sync-token>")
    }
    fn itself() -> Answer {
        Answer::multistatus(&found("/cal/", ""))
    }
    // What is answered to the request for everything, and to the one for a plain list; whether that gives the truth.
    let failing = || Answer::status(500);
    let troubles: [(&[Instead], bool); 6] = [
        (&[("everything", empty)], false),
        (&[("everything", empty), ("members", failing)], false),
        (&[("everything", empty), ("members", itself)], false),
        (
            &[("everything", || Answer::multistatus(&only("/cal/", 500)))],
            true,
        ),
        (&[("everything", failing)], true),
        (&[("everything", failing), ("members", itself)], false),
    ];
    for (number, (trouble, whole)) in troubles.into_iter().enumerate() {
        let server = Server::with(&FIVE);
        let mut keeper = server.keeper();
        keeper.round();
        server.state().put("a", "changed");
        server.state().oldest = 99;
        server.state().to_old = Some(|| Answer::Plain(403, Vec::new(), UNKNOWN_TOKEN.into()));
        let kept = keeper.cursor.clone();
        server.state().instead.extend(trouble);
        if whole {
            let expected = [
                "/cal/ whole, TokenLost",
                "  a changed",
                "  b b",
                "  c c",
                "  d d",
                "  e e",
            ];
            assert_eq!(keeper.told(), expected, "{number}");
            continue;
        }
        let error = keeper.try_round().expect_err("in doubt");
        assert!(
            matches!(error, SourceError::BadAnswer { .. }),
            "{number}: {error:?}"
        );
        assert_eq!(keeper.cursor, kept);
    }
}

#[test]
fn without_tokens_an_empty_list_has_to_be_shown_twice_too() {
    let server = Server::with(&FIVE);
    server.state().no_tokens = true;
    let mut keeper = server.keeper();
    keeper.round();
    server.state().put("a", "changed");
    server
        .state()
        .instead
        .push(("members", || Answer::multistatus(&found("/cal/", ""))));
    let error = keeper.try_round().expect_err("in doubt");
    assert!(matches!(error, SourceError::BadAnswer { .. }), "{error:?}");
    server.state().instead.clear();
    assert_eq!(keeper.told(), ["/cal/ changes", "  a changed"]);
}

#[test]
fn a_calendar_that_is_shown_empty_twice_is_empty() {
    let server = Server::with(&["a"]);
    let mut keeper = server.keeper();
    keeper.round();
    server.state().delete("a");
    server.state().oldest = 99;
    server.state().to_old = Some(|| Answer::Plain(403, Vec::new(), UNKNOWN_TOKEN.into()));
    assert_eq!(keeper.told(), ["/cal/ whole, TokenLost"]);
}

#[test]
fn a_server_that_dies_in_the_middle_costs_nothing() {
    let deaths: [Instead; 7] = [
        ("what", || Answer::CutShort(207, 1000, b"<d:multi".to_vec())),
        ("sync", || Answer::CutShort(207, 1000, b"<d:multi".to_vec())),
        ("multiget", || {
            Answer::CutShort(207, 1000, b"<d:multi".to_vec())
        }),
        ("multiget", || Answer::status(503)),
        ("multiget", || Answer::status(429)),
        ("multiget", || Answer::status(401)),
        ("sync", || Answer::status(503)),
    ];
    for (number, (kind, death)) in deaths.into_iter().enumerate() {
        for first in [true, false] {
            let (server, undisturbed) = (Server::with(&FIVE), Server::with(&FIVE));
            let (mut keeper, mut other) = (server.keeper(), undisturbed.keeper());
            if !first {
                keeper.round();
                other.round();
                for server in [&server, &undisturbed] {
                    server.state().delete("a");
                    server.state().put("b", "changed");
                }
            }
            let kept = keeper.cursor.clone();
            server.state().instead.push((kind, death));
            let error = keeper.try_round().expect_err("dead");
            let fits = matches!(
                error,
                SourceError::Unreachable { .. }
                    | SourceError::Answered { .. }
                    | SourceError::Unauthorized { .. }
            );
            assert!(fits, "{number}: {error:?}");
            assert_eq!(keeper.cursor, kept);
            server.state().instead.clear();
            assert_eq!(keeper.told(), other.told(), "{number} {first}");
            assert_eq!(keeper.cursor, other.cursor);
        }
    }
}
