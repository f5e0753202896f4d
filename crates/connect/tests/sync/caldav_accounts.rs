//! Accounts of several calendars: what is listed, what is not, and what one calendar's trouble means for the others.

use crate::common::{Keeper, as_maya, calendar, told};
use crate::dav::{CALENDAR, data, found, kind, only};
use crate::scripted::{Answer, Asked, Scripted};
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use steadfast_connect::SourceError;

/// What is wrong with the account at the moment, in words of the test.
type Wrong = Arc<Mutex<BTreeSet<&'static str>>>;

/// A server with the calendars `private` and `work` of maya, and `team` of ben, for whom she may read.
fn account() -> (Scripted, Wrong) {
    let wrong = Wrong::default();
    let held = Arc::clone(&wrong);
    let scripted =
        Scripted::start(move |asked| answer(asked, &held.lock().expect("what is wrong")));
    (scripted, wrong)
}

fn answer(asked: &Asked, wrong: &BTreeSet<&'static str>) -> Answer {
    let is = |what: &str| wrong.contains(what);
    let principal = |home: &str, mail: &str, more: &str| {
        Answer::multistatus(&found(
            &asked.path,
            &format!(
                "<c:calendar-home-set><d:href>{home}</d:href></c:calendar-home-set>{more}\
                 <c:calendar-user-address-set><d:href>mailto:{mail}</d:href></c:calendar-user-address-set>"
            ),
        ))
    };
    let of = |owner: &str, name: &str, token: &str| {
        format!(
            "{CALENDAR}<d:displayname>{name}</d:displayname><d:owner><d:href>/p/{owner}/</d:href></d:owner>\
             <d:sync-token>{token}</d:sync-token>"
        )
    };
    match (kind(asked), asked.path.as_str()) {
        ("what", "/p/maya/") => {
            let others =
                "<cs:calendar-proxy-read-for><d:href>/p/ben/</d:href></cs:calendar-proxy-read-for>";
            principal("/maya/", "Maya@Example.com", others)
        }
        ("what", "/p/ben/") if is("ben's principal fails") => Answer::status(500),
        ("what", "/p/ben/") => principal("/ben/", "ben@example.com", ""),
        ("what", "/ben/") => Answer::multistatus(&found("/ben/team/", &of("ben", "Team", "b1"))),
        ("what", "/maya/") => {
            let work = if is("work is a failure") {
                only("/maya/work/", 500)
            } else if is("work is not said to be anything") {
                "<d:response><d:href>/maya/work/</d:href><d:propstat><d:prop><d:resourcetype/></d:prop>\
                 <d:status>HTTP/1.1 500 x</d:status></d:propstat></d:response>"
                    .to_owned()
            } else if is("work is left out") || is("the list is cut") {
                String::new()
            } else {
                let name = if is("work has another name") {
                    "Birthdays"
                } else {
                    "Work"
                };
                let token = if is("something is new") { "w2" } else { "w1" };
                found("/maya/work/", &of("maya", name, token))
            };
            let cut = if is("the list is cut") {
                only("/maya/", 507)
            } else {
                String::new()
            };
            let holidays = found("/maya/h/", &of("maya", "Holidays in France", "h1"));
            let private = found("/maya/private%40home/", &of("maya", "Private", "p1"));
            Answer::multistatus(&(private + &holidays + &work + &cut))
        }
        (_, "/maya/work/") if is("work cannot be read") => Answer::status(403),
        (_, "/maya/work/") if is("work is silent") => Answer::Silence,
        (_, "/maya/work/") if is("work breaks off") => Answer::CutShort(207, 100, Vec::new()),
        (_, "/maya/work/" | "/ben/team/") if is("two break off") => {
            Answer::CutShort(207, 100, Vec::new())
        }
        (_, "/maya/work/") if is("nobody is known") => Answer::status(401),
        (_, "/maya/private%40home/") if is("it is too much") => Answer::status(429),
        (_, "/maya/private@home/" | "/maya/private%40home/" | "/ben/team/") if is("all refuse") => {
            Answer::status(403)
        }
        ("sync", path) => {
            let etag = if is("something is new") { "2" } else { "1" };
            let object = found(
                &format!("{path}a.ics"),
                &format!("<d:getetag>\"{etag}\"</d:getetag>"),
            );
            let elsewhere = found(
                "http://elsewhere.example/b.ics",
                "<d:getetag>\"1\"</d:getetag>",
            );
            let token = match path {
                "/maya/work/" if is("something is new") => "w2",
                "/maya/work/" => "w1",
                "/ben/team/" => "b1",
                _ => "p1",
            };
            Answer::multistatus(
                &(object + &elsewhere + &format!("<d:sync-token>{token}</d:sync-token>")),
            )
        }
        ("multiget", path) => {
            let summary = if is("something is new") { "new" } else { path };
            Answer::multistatus(&data(&format!("{path}a.ics"), &calendar("a", summary)))
        }
        _ => Answer::status(404),
    }
}

fn keeper(server: &Scripted) -> Keeper {
    Keeper::new(&server.url("/p/maya/"), &as_maya())
}

const QUIET: [&str; 4] = [
    "/ben/team/ unchanged",
    "/maya/private@home/ unchanged",
    "/maya/work/ unchanged",
    "aside: a holiday calendar",
];

#[test]
fn an_account_is_its_own_calendars_and_those_it_may_read() {
    let (server, _) = account();
    let mut keeper = keeper(&server);
    let round = keeper.round();
    assert_eq!(
        told(&round),
        [
            "/ben/team/ whole, First",
            "  a.ics /ben/team/",
            "/maya/private@home/ whole, First",
            "  a.ics /maya/private%40home/",
            "/maya/work/ whole, First",
            "  a.ics /maya/work/",
            "aside: a holiday calendar",
        ]
    );
    let who: Vec<_> = round
        .calendars
        .iter()
        .map(|calendar| (calendar.name.as_str(), calendar.owner.as_deref()))
        .collect();
    assert_eq!(
        who,
        [
            ("Team", Some("ben@example.com")),
            ("Private", Some("maya@example.com")),
            ("Work", Some("maya@example.com")),
        ]
    );
    assert_eq!(keeper.told(), QUIET);
}

#[test]
fn a_calendar_is_gone_only_if_the_list_without_it_is_sound() {
    for (trouble, gone) in [
        ("work is left out", true),
        ("work is a failure", false),
        ("work is not said to be anything", false),
        ("the list is cut", false),
    ] {
        let (server, wrong) = account();
        let mut keeper = keeper(&server);
        keeper.round();
        wrong.lock().expect("what is wrong").insert(trouble);
        let end = if gone {
            "gone /maya/work/"
        } else {
            "unreadable /maya/work/: the server showed an error where it lists it"
        };
        let mut lines = keeper.told();
        assert_eq!(lines.len(), 4, "{trouble}: {lines:?}");
        lines.retain(|line| !QUIET.contains(&line.as_str()));
        assert_eq!(lines, [end], "{trouble}");
        wrong.lock().expect("what is wrong").clear();
        let again = keeper.told();
        let first = again.contains(&"/maya/work/ whole, First".to_owned());
        assert_eq!(first, gone, "{trouble}: {again:?}");
    }
}

#[test]
fn somebody_who_cannot_be_asked_has_not_lost_their_calendars() {
    let (server, wrong) = account();
    let mut keeper = keeper(&server);
    keeper.round();
    wrong
        .lock()
        .expect("what is wrong")
        .insert("ben's principal fails");
    let lines = keeper.told();
    assert!(
        lines.contains(&"/maya/work/ unchanged".to_owned()),
        "{lines:?}"
    );
    assert!(
        lines
            .iter()
            .any(|line| line.starts_with("unreadable /ben/team/")),
        "{lines:?}"
    );
    wrong.lock().expect("what is wrong").clear();
    assert_eq!(keeper.told(), QUIET);
}

#[test]
fn a_calendar_that_is_set_aside_now_is_told_as_gone() {
    let (server, wrong) = account();
    let mut keeper = keeper(&server);
    keeper.round();
    wrong
        .lock()
        .expect("what is wrong")
        .insert("work has another name");
    let lines = keeper.told();
    for line in ["gone /maya/work/", "aside: a birthday calendar"] {
        assert!(lines.contains(&line.to_owned()), "{lines:?}");
    }
}

#[test]
fn one_calendar_in_trouble_does_not_stop_the_others_and_loses_nothing() {
    for trouble in ["work cannot be read", "work is silent", "work breaks off"] {
        let (server, wrong) = account();
        let mut options = as_maya();
        options.limits.answer = Duration::from_millis(300);
        let mut keeper = Keeper::new(&server.url("/p/maya/"), &options);
        keeper.round();
        let mut now = wrong.lock().expect("what is wrong");
        now.extend([trouble, "something is new"]);
        drop(now);
        let lines = keeper.told();
        let expected = "unreadable /maya/work/: ";
        assert!(
            lines.iter().any(|line| line.starts_with(expected)),
            "{trouble}: {lines:?}"
        );
        assert!(lines.contains(&QUIET[0].to_owned()), "{trouble}: {lines:?}");
        wrong.lock().expect("what is wrong").remove(trouble);
        assert_eq!(
            keeper.told()[2..4],
            ["/maya/work/ changes", "  a.ics new"],
            "{trouble}"
        );
    }
}

#[test]
fn a_server_in_trouble_stops_the_round() {
    type Fits = fn(&SourceError) -> bool;
    let ends: [(&[&'static str], Fits); 3] = [
        (&["nobody is known"], |e| {
            matches!(e, SourceError::Unauthorized { status: 401, .. })
        }),
        (&["two break off"], |e| {
            matches!(e, SourceError::Unreachable { .. })
        }),
        // Nothing at all could be read.
        (&["all refuse", "work cannot be read"], |e| {
            matches!(e, SourceError::Unauthorized { status: 403, .. })
        }),
    ];
    for (troubles, fits) in ends {
        let (server, wrong) = account();
        wrong.lock().expect("what is wrong").extend(troubles);
        let mut keeper = keeper(&server);
        let error = keeper.try_round().expect_err("trouble");
        assert!(fits(&error), "{troubles:?}: {error:?}");
        assert!(!format!("{error} {error:?}").contains("secret"));
    }
}

#[test]
fn a_server_that_wants_fewer_requests_is_read_on_at_the_next_round() {
    let (server, wrong) = account();
    let mut keeper = keeper(&server);
    wrong
        .lock()
        .expect("what is wrong")
        .insert("it is too much");
    let mut lines = keeper.told();
    lines.retain(|line| line.starts_with("unreadable") || line.ends_with("First"));
    let url = server.url("/maya/private%40home/");
    assert_eq!(
        lines,
        [
            "/ben/team/ whole, First",
            &format!("unreadable /maya/private@home/: {url} answered with status 429"),
            "unreadable /maya/work/: not asked: the server wants fewer requests",
        ]
    );
    wrong.lock().expect("what is wrong").clear();
    let lines = keeper.told();
    assert_eq!(lines[0], "/ben/team/ unchanged");
    assert!(
        lines.contains(&"/maya/work/ whole, First".to_owned()),
        "{lines:?}"
    );
}

#[test]
fn more_than_the_limit_is_not_held() {
    let (server, _) = account();
    let mut options = as_maya();
    options.limits.download_bytes = 500;
    let mut keeper = Keeper::new(&server.url("/p/maya/"), &options);
    let lines = keeper.told();
    let large = "unreadable /maya/work/: ";
    assert!(
        lines
            .iter()
            .any(|line| line.starts_with(large) && line.contains("too large")),
        "{lines:?}"
    );
    // What was told is known now, and there is room for the rest.
    assert!(
        keeper
            .told()
            .contains(&"/maya/work/ whole, First".to_owned())
    );
}
