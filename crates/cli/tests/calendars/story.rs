//! Ten weeks of a manager and a report on a real server, kept up with over CalDAV and over feeds, on both databases.

use crate::bench::{Bench, ENGINES, access, lines, moment, run};
use crate::dav::{Person, object, stamp};
use crate::feed::Feeds;
use crate::pages::{page, pages};
use steadfast_app::audit::{Audit, Options, pair_id};
use steadfast_app::report::Report;
use steadfast_calendar::Instant;
use steadfast_testkit::servers::Office;

const MAYA: &str = "maya@example.org";
const BEN: &str = "ben@example.org";
/// Planted in meetings that the other one has no part in.
const MAYAS_SECRET: &str = "Zanzibar";
const BENS_SECRET: &str = "Kilimanjaro";

/// What one event says beside its people.
#[derive(Clone)]
struct Said {
    uid: &'static str,
    sequence: u32,
    modified: Instant,
    /// DTSTART and DTEND, on Berlin's clocks.
    slot: (&'static str, &'static str),
    bens: &'static str,
    more: String,
}

impl Said {
    fn event(&self) -> String {
        let (start, end) = self.slot;
        let at = stamp(self.modified);
        format!(
            "BEGIN:VEVENT\r\nUID:{}\r\nDTSTAMP:{at}\r\nLAST-MODIFIED:{at}\r\nSEQUENCE:{}\r\n\
             DTSTART;TZID=Europe/Berlin:{start}\r\nDTEND;TZID=Europe/Berlin:{end}\r\nSUMMARY:1:1 Maya / Ben\r\n\
             ORGANIZER;CN=Maya:mailto:{MAYA}\r\nATTENDEE;CN=Maya;PARTSTAT=ACCEPTED:mailto:{MAYA}\r\n\
             ATTENDEE;CN=Ben;RSVP=TRUE;PARTSTAT={}:mailto:{BEN}\r\n{}END:VEVENT\r\n",
            self.uid, self.sequence, self.bens, self.more
        )
    }
}

/// The ledgers that keep up with the two, the audit of the same looks, and what happens.
struct Stage<'a> {
    maya: Person<'a>,
    ben: Person<'a>,
    feeds: &'a Feeds,
    benches: Vec<(String, Bench)>,
    looks: Vec<(Instant, [String; 2])>,
}

fn own(title: &str, with: &str, start: &str) -> String {
    let event = format!(
        "BEGIN:VEVENT\r\nUID:{title}\r\nDTSTAMP:20260101T000000Z\r\nDTSTART;TZID=Europe/Berlin:{start}\r\nDURATION:PT1H\r\n\
         RRULE:FREQ=WEEKLY\r\nSUMMARY:{title}\r\nLOCATION:{title} street\r\n{with}END:VEVENT\r\n"
    );
    object(&[event])
}

impl Stage<'_> {
    /// All look: once before, a quarter of an hour ago, and once now, after `what` was done.
    async fn step(&mut self, at: &str, what: impl FnOnce(&Self)) {
        let now = moment(at);
        self.look(Instant::from_seconds(now.seconds() - 900)).await;
        what(self);
        self.look(now).await;
    }

    /// Both people's pages of the 1:1 promised for `day` say this of it now, on every bench.
    async fn both_read(&self, day: &str, says: &[&str]) {
        let path = format!("/one-on-ones/{}/{day}", pair_id(MAYA, BEN));
        self.both_read_at(&path, says).await;
    }

    async fn both_read_at(&self, path: &str, says: &[&str]) {
        for (name, bench) in &self.benches {
            for person in [MAYA, BEN] {
                let page = page(bench, person, path).await;
                for part in says {
                    assert!(
                        page.contains(part),
                        "{name}, {person}, {path}: {part} in {page}"
                    );
                }
            }
        }
    }

    async fn look(&mut self, at: Instant) {
        for person in [&self.maya, &self.ben] {
            self.feeds.stands(person.name, person.feed());
        }
        for (_, bench) in &self.benches {
            bench.good_rounds(at).await;
        }
        let states = [&self.maya, &self.ben].map(Person::everything);
        self.looks.push((at, states));
    }

    /// Ben answers for the first series, or for one instance of it, as his program does: in his own copy.
    fn bens_answer(&self, answer: &str, instance: Option<&str>) {
        let path = self.ben.find("one").expect("the server hands it to Ben");
        let text = self.ben.get(&path).replace("\r\n ", "");
        let is_bens =
            |line: &str| line.starts_with("ATTENDEE") && line.ends_with(&format!("mailto:{BEN}"));
        let answered = format!("ATTENDEE;CN=Ben;PARTSTAT={answer}:mailto:{BEN}\r\n");
        let Some(instance) = instance else {
            let lines = text.split_inclusive("\r\n");
            let lines = lines.map(|line| {
                if is_bens(line.trim_end()) {
                    &answered
                } else {
                    line
                }
            });
            return self.ben.put_at(&path, &lines.collect::<String>());
        };
        let (_, master) = text.split_once("BEGIN:VEVENT\r\n").unwrap();
        let (master, _) = master.split_once("END:VEVENT\r\n").unwrap();
        let day = instance.split('T').next().unwrap();
        let lines = master
            .split_inclusive("\r\n")
            .filter(|line| !line.starts_with("RRULE") && !line.starts_with("EXDATE"));
        let lines: String = lines
            .map(|line| match line {
                line if is_bens(line.trim_end()) => answered.clone(),
                line if line.starts_with("DT") && line.contains("Berlin") => {
                    line.replace("20260106", day)
                }
                line => line.to_owned(),
            })
            .collect();
        let event = format!(
            "BEGIN:VEVENT\r\n{lines}RECURRENCE-ID;TZID=Europe/Berlin:{instance}\r\nEND:VEVENT\r\nEND:VCALENDAR"
        );
        self.ben
            .put_at(&path, &text.replace("END:VCALENDAR", &event));
    }

    /// The same looks, audited.
    fn audited(&self, me: &str, now: Instant) -> Report {
        let mut options = Options::at(now);
        options.me = vec![me.to_owned()];
        if me == MAYA {
            options.reports = vec![BEN.to_owned()];
        } else {
            options.manager = Some(MAYA.to_owned());
        }
        options.from = Some(jiff::civil::date(2000, 1, 1));
        let mut audit = Audit::new(options);
        for (at, states) in &self.looks {
            audit.snapshot(*at);
            for (owner, text) in [MAYA, BEN].into_iter().zip(states) {
                audit
                    .calendar(owner, Some(owner), Some(*at), &mut text.as_bytes())
                    .unwrap();
            }
        }
        audit.finish()
    }
}

#[test]
fn what_two_people_do_on_cyrus_is_what_both_ledgers_say() {
    is_what_both_ledgers_say(&Office::cyrus(&["maya", "ben"]));
}

#[test]
fn what_two_people_do_on_sogo_is_what_both_ledgers_say() {
    is_what_both_ledgers_say(&Office::sogo(&["maya", "ben"]));
}

fn is_what_both_ledgers_say(office: &Office) {
    let feeds = Feeds::start();
    run(async {
        let begin = moment("2026-01-05T07:00:00Z");
        let mut benches = Vec::new();
        let person = |name| Person { office, name };
        let (maya, ben) = (person("maya"), person("ben"));
        let with = "ORGANIZER:mailto:maya@example.org\r\nATTENDEE;PARTSTAT=ACCEPTED:mailto:maya@example.org\r\n\
                    ATTENDEE;PARTSTAT=ACCEPTED:mailto:noor@elsewhere.example\r\n";
        maya.put("z.ics", &own(MAYAS_SECRET, with, "20260107T160000"));
        ben.put("k.ics", &own(BENS_SECRET, "", "20260108T080000"));
        for person in [&maya, &ben] {
            feeds.stands(person.name, person.feed());
        }
        for engine in ENGINES {
            for over in ["CalDAV", "feed"] {
                let bench = Bench::new(engine, begin).await;
                for person in [&maya, &ben] {
                    let access = match over {
                        "feed" => access(&feeds.url(person.name), None),
                        _ => access(&person.url(), Some(person.name)),
                    };
                    let connected = bench.connect(&person.email(), &access).await;
                    assert!(connected.calendars > 0, "{connected:?}");
                }
                bench.declare(MAYA, BEN).await;
                benches.push((format!("{engine:?} over {over}"), bench));
            }
        }
        let mut stage = Stage {
            maya,
            ben,
            feeds: &feeds,
            benches,
            looks: Vec::new(),
        };
        live(&mut stage).await;
        tell(&stage).await;
    });
}

/// 1:1s of Maya's, as her program writes them.
fn said(uid: &'static str, at: &str, slot: (&'static str, &'static str), more: &str) -> Said {
    Said {
        uid,
        sequence: 0,
        modified: moment(at),
        slot,
        bens: "ACCEPTED",
        more: more.to_owned(),
    }
}

async fn live(stage: &mut Stage<'_>) {
    let slot = ("20260106T140000", "20260106T150000");
    let mut all = vec![Said {
        bens: "NEEDS-ACTION",
        ..said("one", "2026-01-05T07:25:00Z", slot, "RRULE:FREQ=WEEKLY\r\n")
    }];
    stage
        .step("2026-01-05T07:30:00Z", |s| {
            s.maya.put("one.ics", &whole(&all));
        })
        .await;
    stage
        .step("2026-01-05T08:00:00Z", |s| s.bens_answer("ACCEPTED", None))
        .await;
    all[0].bens = "ACCEPTED";

    // Moved.
    all.push(instance(
        "2026-01-12T08:55:00Z",
        "20260113T140000",
        ("20260115T100000", "20260115T110000"),
    ));
    stage
        .step("2026-01-12T09:00:00Z", |s| {
            s.maya.put("one.ics", &whole(&all));
        })
        .await;
    stage
        .both_read("2026-01-13", &["By now", "Thu 15 January, 10:00"])
        .await;
    // Shortened.
    all.push(instance(
        "2026-01-19T08:55:00Z",
        "20260120T140000",
        ("20260120T140000", "20260120T144000"),
    ));
    stage
        .step("2026-01-19T09:00:00Z", |s| {
            s.maya.put("one.ics", &whole(&all));
        })
        .await;
    stage
        .both_read("2026-01-20", &["By now", "40 minutes"])
        .await;
    // Cancelled.
    all[0].sequence = 1;
    all[0].modified = moment("2026-01-25T09:55:00Z");
    all[0]
        .more
        .push_str("EXDATE;TZID=Europe/Berlin:20260127T140000\r\n");
    stage
        .step("2026-01-25T10:00:00Z", |s| {
            s.maya.put("one.ics", &whole(&all));
        })
        .await;
    stage
        .both_read("2026-01-27", &["By now", "not on the calendar"])
        .await;
    let week = "off the calendar by now; the next one stands on Tue 3 February, 14:00";
    stage.both_read_at("/one-on-ones", &[week]).await;
    // Ben declines one and asks for another time; he gets it.
    stage
        .step("2026-02-02T08:00:00Z", |s| {
            s.bens_answer("DECLINED", Some("20260203T140000"));
        })
        .await;
    all.push(instance(
        "2026-02-02T09:55:00Z",
        "20260203T140000",
        ("20260204T110000", "20260204T120000"),
    ));
    stage
        .step("2026-02-02T10:00:00Z", |s| {
            s.maya.put("one.ics", &whole(&all));
        })
        .await;
    stage
        .both_read("2026-02-03", &["By now", "Wed 4 February, 11:00"])
        .await;
    // He declines another, and that is that.
    stage
        .step("2026-02-09T08:00:00Z", |s| {
            s.bens_answer("DECLINED", Some("20260210T140000"));
        })
        .await;
    all.push(Said {
        bens: "DECLINED",
        sequence: 1,
        ..instance(
            "2026-02-09T07:55:00Z",
            "20260210T140000",
            ("20260210T140000", "20260210T150000"),
        )
    });
    // From here on it is on Wednesdays: the series is split.
    all[0].sequence = 2;
    all[0].modified = moment("2026-02-16T08:55:00Z");
    all[0].more = all[0]
        .more
        .replace("WEEKLY", "WEEKLY;UNTIL=20260216T225959Z");
    let slot = ("20260218T090000", "20260218T100000");
    let two = vec![said(
        "two",
        "2026-02-16T08:55:00Z",
        slot,
        "RRULE:FREQ=WEEKLY\r\n",
    )];
    stage
        .step("2026-02-16T09:00:00Z", |s| {
            s.maya.put("one.ics", &whole(&all));
            s.maya.put("two.ics", &whole(&two));
        })
        .await;
    stage
        .both_read(
            "2026-02-10",
            &["Not on the calendar", "xcused, neither way"],
        )
        .await;
    stage
        .both_read("2026-02-17", &["By now", "Wed 18 February, 9:00"])
        .await;
    // Deleted, and made anew on Thursdays.
    stage
        .step("2026-03-01T10:00:00Z", |s| s.maya.delete("two.ics"))
        .await;
    stage
        .both_read("2026-03-04", &["By now", "not on the calendar"])
        .await;
    let slot = ("20260305T150000", "20260305T160000");
    let three = vec![said(
        "three",
        "2026-03-01T11:55:00Z",
        slot,
        "RRULE:FREQ=WEEKLY\r\n",
    )];
    stage
        .step("2026-03-01T12:00:00Z", |s| {
            s.maya.put("three.ics", &whole(&three));
        })
        .await;
    stage
        .both_read("2026-03-04", &["By now", "Thu 5 March, 15:00"])
        .await;
    stage.look(moment("2026-03-21T12:00:00Z")).await;
}

fn whole(all: &[Said]) -> String {
    object(&all.iter().map(Said::event).collect::<Vec<_>>())
}

/// One instance of the first series, as it is from then on.
fn instance(at: &str, of: &str, slot: (&'static str, &'static str)) -> Said {
    let more = format!("RECURRENCE-ID;TZID=Europe/Berlin:{of}\r\n");
    Said {
        sequence: 1,
        ..said("one", at, slot, &more)
    }
}

/// What became of each, promised on Berlin's clocks. Whoever sees the split and the new series sees another UID, whose
/// first SEQUENCE says nothing of who made it: nobody is named.
const TOLD: &[&str] = &[
    "2026-01-06T14:00:00 kept",
    "2026-01-13T14:00:00 moved notice:short/1685 hops:1 by:manager disruption",
    "2026-01-20T14:00:00 kept cut:shortened notice:short/1685 hops:1 by:manager",
    "2026-01-27T14:00:00 cancelled notice:fair/3065 hops:1 by:manager loss",
    "2026-02-03T14:00:00 moved excused:report notice:short/1625 hops:2 by:report q:0",
    "2026-02-10T14:00:00 cancelled excused:report notice:short/1755[1740..1755] hops:1 by:report q:0",
    "2026-02-17T14:00:00 moved notice:short/1685 hops:1 by:unknown q:0.5 disruption",
    "2026-02-25T09:00:00 kept",
    "2026-03-04T09:00:00 moved notice:fair/4085 hops:1 by:unknown q:0.5 disruption",
    "2026-03-12T15:00:00 kept",
    "2026-03-19T15:00:00 kept",
];

async fn tell(stage: &Stage<'_>) {
    let now = moment("2026-03-21T12:00:00Z");
    for (name, bench) in &stage.benches {
        for (me, theirs) in [(MAYA, BENS_SECRET), (BEN, MAYAS_SECRET)] {
            let view = bench.view(me).await;
            assert_eq!(lines(&view), TOLD, "{name}, {me}");
            assert_eq!(lines(&view), lines(&stage.audited(me, now)), "{name}, {me}");
            let shown = pages(bench, me).await;
            assert!(shown.len() > TOLD.len(), "{:?}", shown.keys());
            for (path, page) in shown
                .iter()
                .chain([(&"the view".to_owned(), &format!("{view:?}"))])
            {
                assert!(
                    !page.contains(theirs),
                    "{name}: {me} is shown {theirs} at {path}"
                );
            }
        }
    }
    // It was there to be shown.
    assert!(
        stage.maya.everything().contains(MAYAS_SECRET)
            && stage.ben.everything().contains(BENS_SECRET)
    );
}
