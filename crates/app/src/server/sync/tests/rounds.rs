//! What rounds find, miss and are told.

use super::*;

#[test]
fn a_connected_calendar_fills_the_ledger_at_once_and_is_kept_up_with() {
    with_bench(|bench| async move {
        bench.stands(
            "https://a/",
            vec![calendar("", whole(&text(&[weekly("")])))],
        );
        let connected = bench.connect(MAYA, "https://a/").await.unwrap();
        assert_eq!(connected.calendars, 1);
        assert_eq!(bench.view(MAYA).await.pairs.len(), 1);
        bench.stands("https://a/", vec![calendar("", News::Unchanged)]);
        assert_eq!(bench.after(HOUR).await, [Step::Unchanged]);
        assert_eq!(bench.facts().await, 1);
        // On Tuesday at nine, the third one, five hours ahead, is gone.
        bench.after(15 * 24 * HOUR + 8 * HOUR).await;
        let gone = weekly("EXDATE:20260120T140000Z\r\n");
        bench.stands("https://a/", vec![calendar("", whole(&text(&[gone])))]);
        assert_eq!(bench.after(HOUR).await, [Step::Changed]);
        bench.stands("https://a/", vec![calendar("", News::Unchanged)]);
        bench.after(8 * 24 * HOUR).await;
        let view = bench.view(MAYA).await;
        let (kept, lost) = (Outcome::Kept, Outcome::Skipped);
        let read = outcomes(&view);
        assert!(
            matches!(read[..], [a, b, c, d] if a == kept && b == kept && [lost, Outcome::Cancelled].contains(&c) && d == kept),
            "{read:?}"
        );
        let pair = view.pairs.first().unwrap();
        let third = pair.occurrences.iter().find(|o| o.verdict.outcome != kept);
        let changed = third.and_then(|o| o.changed_at).unwrap();
        assert_eq!(
            changed.latest.seconds_since(changed.earliest),
            3_600,
            "known to the round"
        );
    });
}

#[test]
fn a_source_that_does_not_answer_is_asked_ever_more_seldom_and_what_came_meanwhile_is_unknown() {
    with_bench(|bench| async move {
        bench.stands(
            "https://a/",
            vec![calendar("", whole(&text(&[weekly("")])))],
        );
        bench.connect(MAYA, "https://a/").await.unwrap();
        bench.stands("https://a/", vec![calendar("", News::Unchanged)]);
        bench.after(8 * 24 * HOUR).await;
        bench.breaks("https://a/", false);
        let mut rounds = 0;
        for _ in 0..7 * 24 {
            rounds += bench.after(HOUR).await.len();
        }
        assert!((20..60).contains(&rounds), "{rounds} rounds in a week");
        let status = bench.status(MAYA).await;
        assert!(!status.is_stopped && status.failures as usize == rounds);
        assert!(status.problem.unwrap().contains("does not answer"));
        // The first was seen; the second, eight days later, was not.
        assert_eq!(
            outcomes(&bench.view(MAYA).await),
            [Outcome::Kept, Outcome::Unknown]
        );
        bench.stands("https://a/", vec![calendar("", News::Unchanged)]);
        assert_eq!(bench.after(7 * HOUR).await, [Step::Unchanged]);
        let status = bench.status(MAYA).await;
        assert_eq!((status.failures, status.problem), (0, None));
        // It says the same as before, so that the one in between stood as well.
        assert_eq!(
            outcomes(&bench.view(MAYA).await),
            [Outcome::Kept, Outcome::Kept]
        );
    });
}

#[test]
fn a_password_that_is_not_taken_any_more_stops_the_source_until_it_is_mended() {
    with_bench(|bench| async move {
        bench.stands(
            "https://a/",
            vec![calendar("", whole(&text(&[weekly("")])))],
        );
        bench.connect(MAYA, "https://a/").await.unwrap();
        bench.breaks("https://a/", true);
        assert_eq!(bench.after(HOUR).await, [Step::Stopped]);
        assert!(bench.after(1_000 * HOUR).await.is_empty());
        let status = bench.status(MAYA).await;
        assert!(status.is_stopped);
        let (maya, ben) = (bench.viewer(MAYA), bench.viewer(BEN));
        let now = Micros(bench.now.load(Ordering::Relaxed));
        let clock = move || now;
        let mend = async |viewer: &Viewer| {
            let machine = bench.machine(&clock);
            let (store, keyring) = (&bench.store, &bench.keyring);
            let new = Some("new");
            mend(
                store,
                keyring,
                &bench.web,
                viewer,
                machine,
                &status.source,
                new,
            )
            .await
        };
        assert!(matches!(mend(&ben).await, Err(ServerError::NotFound)));
        assert!(matches!(mend(&maya).await, Err(ServerError::Input(..))));
        assert!(bench.status(MAYA).await.is_stopped);
        bench.stands("https://a/", vec![calendar("", News::Unchanged)]);
        mend(&maya).await.unwrap();
        assert!(!bench.status(MAYA).await.is_stopped);
        assert_eq!(bench.after(HOUR).await, [Step::Unchanged]);
    });
}

#[test]
fn what_is_not_ones_own_is_not_connected_and_nothing_of_it_is_kept() {
    with_bench(|bench| async move {
        let mut petras = calendar("/petra/", whole(&text(&[weekly("")])));
        petras.owner = Some("petra@example.com".to_owned());
        bench.stands("https://a/", vec![petras.clone()]);
        let refused = bench.connect(MAYA, "https://a/").await;
        assert!(
            matches!(refused, Err(ServerError::Input(what, _)) if what.contains("petra@example.com"))
        );
        bench.breaks("https://b/", true);
        let refused = bench.connect(MAYA, "https://b/").await;
        assert!(matches!(refused, Err(ServerError::Input(..))));
        assert_eq!(bench.facts().await, 0);
        let viewer = bench.viewer(MAYA);
        assert_eq!(statuses(&bench.store, &viewer).await.unwrap(), []);
        // Beside one's own it is set aside, and stays so in later rounds.
        let mut own = calendar("/maya/", whole(&text(&[weekly("")])));
        own.owner = Some(MAYA.to_owned());
        bench.stands("https://a/", vec![petras, own]);
        let connected = bench.connect(MAYA, "https://a/").await.unwrap();
        assert_eq!((connected.calendars, connected.set_aside.len()), (1, 1));
        bench.after(HOUR).await;
        assert_eq!(bench.facts().await, 1);
    });
}

#[test]
fn a_calendar_that_is_taken_away_is_unknown_from_then_on_and_not_cancelled() {
    with_bench(|bench| async move {
        let other = event("u2", "20260107T100000Z", "RRULE:FREQ=WEEKLY\r\n")
            .replace(BEN, "ana@example.com");
        let work = || calendar("/own/", whole(&text(&[weekly("")])));
        let team = calendar("/team/", whole(&text(&[other])));
        bench.stands("https://a/", vec![work(), team]);
        bench.connect(MAYA, "https://a/").await.unwrap();
        let quiet = |id: &str| calendar(id, News::Unchanged);
        bench.stands("https://a/", vec![quiet("/own/"), quiet("/team/")]);
        bench.after(8 * 24 * HOUR).await;
        bench.stands("https://a/", vec![quiet("/own/")]);
        assert_eq!(bench.after(HOUR).await, [Step::Changed]);
        bench.after(14 * 24 * HOUR).await;
        let view = bench.view(MAYA).await;
        let read = |person: &str| {
            let pair = view
                .pairs
                .iter()
                .find(|p| p.id == pair_id(MAYA, person))
                .unwrap();
            let all = pair.occurrences.iter().map(|o| o.verdict.outcome);
            all.filter(|o| *o != Outcome::Open).collect::<Vec<_>>()
        };
        assert_eq!(read(BEN), [Outcome::Kept; 3]);
        assert_eq!(
            read("ana@example.com"),
            [Outcome::Kept, Outcome::Unknown, Outcome::Unknown]
        );
        let status = bench.status(MAYA).await;
        let now = Micros(bench.now.load(Ordering::Relaxed));
        let viewer = bench.viewer(MAYA);
        let clock = move || now;
        disconnect(&bench.store, &viewer, bench.machine(&clock), &status.source)
            .await
            .unwrap();
        bench.after(14 * 24 * HOUR).await;
        assert_eq!(
            outcomes(&bench.view(MAYA).await),
            [
                Outcome::Kept,
                Outcome::Kept,
                Outcome::Kept,
                Outcome::Unknown,
                Outcome::Unknown
            ]
        );
        assert_eq!(statuses(&bench.store, &viewer).await.unwrap(), []);
    });
}

#[test]
fn while_one_of_several_calendars_cannot_be_read_the_source_is_not_verified() {
    with_bench(|bench| async move {
        let work = calendar("/own/", whole(&text(&[weekly("")])));
        let team = calendar("/team/", whole(&text(&[])));
        bench.stands("https://a/", vec![work, team]);
        bench.connect(MAYA, "https://a/").await.unwrap();
        let quiet = |id: &str| calendar(id, News::Unchanged);
        bench.stands("https://a/", vec![quiet("/team/"), quiet("/own/")]);
        bench.after(8 * 24 * HOUR).await;
        let before = bench.status(MAYA).await.verified;
        bench.web.1.lock().unwrap().push("/own/".to_owned());
        bench.after(7 * 24 * HOUR).await;
        assert_eq!(bench.status(MAYA).await.verified, before);
        assert_eq!(
            outcomes(&bench.view(MAYA).await),
            [Outcome::Kept, Outcome::Unknown]
        );
        // One object, or a calendar that was never read, keeps nobody waiting.
        bench.web.1.lock().unwrap().clear();
        bench
            .web
            .1
            .lock()
            .unwrap()
            .push("/own/broken.ics".to_owned());
        bench.after(HOUR).await;
        assert_ne!(bench.status(MAYA).await.verified, before);
    });
}

#[test]
fn a_source_goes_on_with_what_was_handed_in_before() {
    with_bench(|bench| async move {
        let maya = bench.viewer(MAYA);
        let hand_in = async |text: String| {
            let offered = ledger::Offered {
                documents: vec![ledger::Document {
                    label: "maya.ics".to_owned(),
                    bytes: text.into_bytes(),
                }],
                ..ledger::Offered::default()
            };
            let prepared = ledger::prepare(&maya, offered).unwrap();
            ledger::take_in(&bench.store, &maya, bench.instant(), prepared).await
        };
        hand_in(text(&[weekly("")])).await.unwrap();
        bench.after(8 * 24 * HOUR).await;
        let gone = text(&[weekly("EXDATE:20260113T140000Z\r\n")]);
        bench.stands("https://a/", vec![calendar("", whole(&gone))]);
        bench.connect(MAYA, "https://a/").await.unwrap();
        bench.after(24 * HOUR).await;
        let read = outcomes(&bench.view(MAYA).await);
        assert!(
            matches!(
                read[..],
                [Outcome::Kept, Outcome::Skipped | Outcome::Cancelled]
            ),
            "{read:?}"
        );
        assert!(matches!(hand_in(gone).await, Err(ServerError::Input(..))));
    });
}

#[test]
fn an_entry_that_cannot_be_read_is_told_in_the_log_and_stops_nothing() {
    with_bench(|bench| async move {
        bench.stands("a", vec![calendar("", whole(&text(&[weekly("")])))]);
        bench.connect(MAYA, "a").await.unwrap();
        bench.web.1.lock().unwrap().push("event x".to_owned());
        let changed = weekly("EXDATE:20260113T140000Z\r\n");
        bench.stands("a", vec![calendar("", whole(&text(&[changed])))]);
        assert_eq!(bench.after(2 * HOUR).await, [Step::Changed]);
        let status = bench.status(MAYA).await;
        assert_eq!((status.problem, status.is_stopped), (None, false));
        let viewer = bench.viewer(MAYA);
        let noted = crate::server::log::noted::happened(&bench.store, &viewer);
        let noted = noted.await.unwrap();
        let (_, last) = noted.last().unwrap();
        assert!(
            matches!(
                last,
                crate::server::log::noted::Happened::Unread { entries: 1, .. }
            ),
            "{last:?}"
        );
    });
}

/// As an audit of the same calendar: of which country New Year’s Day is there, nobody knows.
#[test]
fn a_zone_that_windows_names_tells_no_country_of_a_connected_calendar() {
    for (zone, excused) in [("Europe/Berlin", true), ("W. Europe Standard Time", false)] {
        with_bench(|bench| async move {
            let lines = format!("RRULE:FREQ=WEEKLY\r\nEXDATE;TZID={zone}:20260101T100000\r\n");
            let series = event("u1", "20251204T100000", &lines);
            let series = series.replace("DTSTART:", &format!("DTSTART;TZID={zone}:"));
            bench.stands("own", vec![calendar("/own/", whole(&text(&[series])))]);
            bench.connect(MAYA, "own").await.unwrap();
            let maya = bench.viewer(MAYA);
            let reports = [BEN.to_owned()];
            ledger::declare(&bench.store, &maya, bench.instant(), &reports, None)
                .await
                .unwrap();
            let report = bench.view(MAYA).await;
            let gone = report.pairs[0].occurrences.iter();
            let gone = gone.filter(|one| one.verdict.outcome == Outcome::Cancelled);
            let gone: Vec<bool> = gone.map(|one| one.verdict.excused.is_some()).collect();
            assert_eq!(gone, [excused], "{zone}");
        });
    }
}
