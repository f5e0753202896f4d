//! A node is killed at any moment of what it does, and started again, many times. In the end everything was done once.

use crate::bench::{Bench, START, booked, moved, onward, run, weekly};
use crate::child::PART;
use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};
use std::time::Duration;
use steadfast_calendar::edit::{By, Edit, holds};
use steadfast_calendar::{Instant, Reader};
use steadfast_store::IntentState;
use steadfast_testkit::servers::Radicale;

/// Longer than a node keeps an intent without a word.
const LEASE_AND_MORE: i64 = 11 * 60 * 1_000_000;

fn kills() -> usize {
    std::env::var("STEADFAST_DRILL_KILLS").map_or(20, |said| said.parse().unwrap())
}

/// A node: killed when it has said `word` so often and a little later, or left to its end without one.
fn life(address: &str, clock: i64, kill: Option<(&str, u64)>) -> bool {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "child::child", "--nocapture"])
        .env(PART, format!("{address}\n{clock}"))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut idle = false;
    for line in lines.map_while(Result::ok) {
        let Some(said) = line.strip_prefix("drill: ") else {
            continue;
        };
        idle |= said == "idle";
        if let Some((word, micros)) = kill
            && said == word
        {
            std::thread::sleep(Duration::from_micros(micros));
            child.kill().unwrap();
            break;
        }
    }
    child.wait().unwrap();
    idle
}

/// Kills on one calendar and one store. Radicale takes longer for each request the more a calendar holds, and each kill
/// is eleven minutes later than the one before: after some seven hundred of them it is the day of what is to be moved.
const KILLS_A_CALENDAR: usize = 500;

/// What is killed is due again at the next life but one that is not begun, so that half as many intents as kills give each life
/// something to be killed at; with these besides, a few kills have it too. Almost all that a kill costs are Radicale's answers, some
/// twenty for an intent from its first PUT to the last look.
const INTENTS_BESIDES: usize = 20;

#[test]
fn a_node_killed_at_any_moment_does_everything_once() {
    let server = Radicale::start(&["maya"]);
    let all: Vec<usize> = (0..kills()).collect();
    let (mut left, mut number) = (&all[..], 0);
    while !left.is_empty() {
        let most = left.len().min(KILLS_A_CALENDAR);
        let home = format!("/maya/work-{number}/");
        let took = killed_on_a_calendar(&server, &home, &left[..most]);
        assert!(took > 0, "it is killed in the middle of its work");
        (left, number) = (&left[took..], number + 1);
    }
}

/// Killed once for each of the numbers in `kills`, which say when, while it works on the new calendar `home`; fewer times where it
/// had nothing left to do: gives how often.
fn killed_on_a_calendar(server: &Radicale, home: &str, kills: &[usize]) -> usize {
    let made = server.request("MKCALENDAR", home, "maya", &[], "");
    assert_eq!(made.status, 201, "{}", made.text);
    let folder = tempfile::tempdir().unwrap();
    let address = format!("sqlite:{}", folder.path().join("store.db").display());
    let count = kills.len() / 2 + INTENTS_BESIDES;
    // Moved, booked, or moved for good: of that the end of the old one is looked at here, and the new one below.
    let edits: Vec<(String, Edit)> = (0..count)
        .map(|number| {
            let place = format!("{home}{number}.ics");
            match number % 3 {
                0 => (place, moved()),
                1 => (place, booked(&format!("new-{number}"))),
                _ => (place, onward("")[1].clone()),
            }
        })
        .collect();
    let beside = |number: usize| format!("{home}beside-{number}.ics");
    run(async {
        let calendar = format!("http://127.0.0.1:{}/", server.port);
        let bench = Bench::new(&address, &calendar).await;
        for (number, (place, edit)) in edits.iter().enumerate() {
            let mut text = None;
            if number % 3 != 1 {
                let new = weekly(&format!("weekly-{number}"));
                let headers = ["Content-Type: text/calendar"];
                let put = server.request("PUT", place, "maya", &headers, &new);
                assert_eq!(put.status, 201, "{}", put.text);
                let got = server.request("GET", place, "maya", &[], "");
                text = got
                    .text
                    .split_once("\r\n\r\n")
                    .map(|(_, body)| body.to_owned());
            }
            let name = format!("i{number}");
            let new = match (number % 3, &text) {
                (2, Some(text)) => {
                    let new = beside(number);
                    Bench::both(&name, [&new, place], text, &format!("new-{number}"))
                }
                _ => Bench::intent(&name, place, text.as_deref(), edit.clone()),
            };
            bench.write(&[new]).await;
        }
        bench.store.close().await;
    });
    let (mut clock, mut took) = (START, 0);
    for &kill in kills {
        let word = ["looking", "sending", "sending", "sent"][kill % 4];
        let micros = u64::try_from(kill).unwrap() * 7_919 % 30_000;
        let idle = life(&address, clock, Some((word, micros)));
        clock += LEASE_AND_MORE;
        if idle {
            // Nothing was killed: it was done before.
            break;
        }
        took += 1;
    }
    assert!(life(&address, clock, None), "and it comes to an end");
    let zone = jiff::tz::TimeZone::UTC;
    let by = By {
        addresses: &[crate::bench::MAYA],
        zone: &zone,
        now: Instant::from_seconds(START / 1_000_000),
    };
    run(async {
        let bench = Bench::at(&address, clock).await;
        for (number, (place, edit)) in edits.iter().enumerate() {
            let known = bench.known(&format!("i{number}")).await;
            assert_eq!(known.state, IntentState::Done, "{number}");
            let got = server.request("GET", place, "maya", &[], "");
            let (_, text) = got.text.split_once("\r\n\r\n").unwrap();
            assert!(holds(Some(text.as_bytes()), edit, &by), "{number}");
            // A second time would have been one step more.
            let steps = Reader::read(text.as_bytes()).events;
            let steps = steps.iter().map(|event| event.sequence).max();
            assert_eq!(steps, Some(if number % 3 == 1 { 0 } else { 2 }), "{number}");
            if number % 3 == 2 {
                let [new, _] = onward(&format!("new-{number}"));
                let got = server.request("GET", &beside(number), "maya", &[], "");
                let (_, text) = got.text.split_once("\r\n\r\n").unwrap();
                assert!(holds(Some(text.as_bytes()), &new, &by), "{number}");
                assert!(text.contains("SEQUENCE:0"), "{number}: {text}");
            }
        }
        bench.store.close().await;
    });
    took
}
