//! How many of the stories begin: Maya meets Ben on Tuesdays at two, both calendars are connected, and he comes.

use crate::bench::{Bench, Engine, access, moment};
use crate::dav::{Person, object};
use crate::guarded::{BEN, MAYA, answer_of, has, meeting};
use steadfast_calendar::PartStat;

/// From Monday, 5 January, on; looked at a week later. `rest`: what there is of the series besides.
pub(crate) async fn tuesdays([maya, ben]: [&Person<'_>; 2], rest: &str) -> Bench {
    let begin = moment("2026-01-05T07:00:00Z");
    let slot = ["20260106T140000", "20260106T143000"];
    let rest = format!("RRULE:FREQ=WEEKLY\r\n{rest}");
    let weekly = meeting("weekly", begin, slot, "1:1 Maya / Ben", &rest, [MAYA, BEN]);
    maya.put("weekly.ics", &object(&[weekly]));
    has(ben, "weekly", |_| true);
    // Ben comes: from then on it is Maya's business when he is free.
    let path = ben.find("weekly").unwrap();
    let answered = ben
        .get(&path)
        .replace("PARTSTAT=NEEDS-ACTION", "PARTSTAT=ACCEPTED");
    ben.put_at(&path, &answered);
    has(maya, "weekly", |all| {
        all.iter()
            .any(|event| answer_of(event, BEN) == Some(PartStat::Accepted))
    });
    let bench = Bench::new(Engine::Sqlite, begin).await;
    for person in [maya, ben] {
        let access = access(&person.url(), Some(person.name));
        bench.connect(&person.email(), &access).await;
    }
    bench.declare(MAYA, BEN).await;
    bench.good_rounds(moment("2026-01-12T07:00:00Z")).await;
    bench
}
