//! The same half year of a small organisation, told over Google and as iCalendar: the same ledger.

#![expect(
    clippy::unwrap_used,
    reason = "what does not answer fails the test, with its place"
)]

use std::collections::BTreeMap;
use std::fmt::Debug;
use steadfast_app::audit::{Audit, Options, org_file};
use steadfast_app::report::Report;
use steadfast_calendar::{Instant, Reader};
use steadfast_connect::sync::google::{self, Account, By, Endpoints, Registration, grant};
use steadfast_connect::sync::{Cursor, News, Provider};
use steadfast_connect::{Options as Reach, Secret};
use steadfast_fakes::google::Google;
use steadfast_ledger::occurrence::Occurrence;
use steadfast_ledger::verdict::Outcome;
use steadfast_life::{Config, Dialect, World};
use url::Url;

/// One person's account, with what is known of it.
struct Keeper {
    provider: Box<dyn Provider>,
    cursor: Option<Cursor>,
    /// Events of iCalendar, by place.
    mirror: BTreeMap<String, String>,
}

impl Keeper {
    fn new(google: &Google, person: &str) -> Self {
        let account = Account {
            endpoints: Endpoints::on_this_machine(&Url::parse(&google.url()).unwrap()).unwrap(),
            by: By::Allowed {
                registration: Registration {
                    client_id: "client".to_owned(),
                    client_secret: Secret::new("hush"),
                },
                refresh: Secret::new(google.allow(person, "client", &grant::SCOPES)),
            },
        };
        Self {
            provider: google::open(&account, &Reach::default()).unwrap(),
            cursor: None,
            mirror: BTreeMap::new(),
        }
    }

    /// The calendar as it is known after one more round.
    fn look(&mut self) -> String {
        let round = self.provider.round(self.cursor.as_ref()).unwrap();
        assert_eq!(round.unreadable, []);
        for calendar in round.calendars {
            let (put, gone) = match calendar.news {
                News::Unchanged => continue,
                News::Whole { objects, .. } => {
                    self.mirror.clear();
                    (objects, Vec::new())
                }
                News::Changes { put, gone } => (put, gone),
            };
            for href in gone {
                self.mirror.remove(&href);
            }
            for object in put {
                let text = String::from_utf8(object.lines).unwrap();
                let from = text.find("BEGIN:VEVENT").unwrap();
                let to = text.find("END:VCALENDAR").unwrap();
                self.mirror.insert(object.href, text[from..to].to_owned());
            }
        }
        self.cursor = Some(round.cursor);
        let events: String = self.mirror.values().map(String::as_str).collect();
        format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{events}END:VCALENDAR\r\n")
    }
}

fn told<T>(report: &Report, what: impl Fn(&Occurrence) -> T) -> BTreeMap<(String, Instant), T> {
    let pairs = report.pairs.iter();
    let all = pairs.flat_map(|pair| {
        pair.occurrences
            .iter()
            .map(|one| ((pair.id.clone(), one.promised.start), one))
    });
    all.map(|(key, one)| (key, what(one))).collect()
}

/// Plays the life of a seed both ways; what each tells, over Google first.
fn play(seed: u64, shared_moments: bool) -> [Report; 2] {
    let mut config = Config::small(Dialect::Google);
    config.managers = 2;
    let world = World::new(seed, &config);
    let google = Google::start(world.now().timestamp()).unwrap();
    google.register("client", "hush", "https://steadfast.example/");
    google.page(50);
    let mut keepers: BTreeMap<String, Keeper> = BTreeMap::new();
    for owner in world.owners() {
        google.join(owner, "Europe/Paris");
        keepers.insert(owner.to_owned(), Keeper::new(&google, owner));
    }
    let mut options = Options::at(world.now());
    options.org = Some(org_file::parse(&world.org_csv()).unwrap());
    options.from = Some(jiff::civil::date(2000, 1, 1));
    let (mut over_google, mut as_text) = (Audit::new(options.clone()), Audit::new(options));
    let mut last = None;
    for state in world.history() {
        if last != Some(state.at) {
            last = Some(state.at);
            over_google.snapshot(state.at);
            as_text.snapshot(state.at);
            google.set_clock(state.at.timestamp());
        }
        google.stage(
            &state.owner,
            &Reader::read(&state.text).events,
            shared_moments,
        );
        let told = keepers.get_mut(&state.owner).unwrap().look();
        // What a calendar says of itself as a whole does not come with its objects, over CalDAV either.
        let text = String::from_utf8(state.text).unwrap();
        let text: String = text
            .split_inclusive('\n')
            .filter(|line| !line.starts_with("X-WR-"))
            .collect();
        for (audit, text) in [(&mut over_google, &told), (&mut as_text, &text)] {
            audit
                .calendar(
                    "look",
                    Some(&state.owner),
                    Some(state.at),
                    &mut text.as_bytes(),
                )
                .unwrap();
        }
    }
    assert_eq!(google.violations(), [] as [String; 0]);
    over_google.snapshot(world.now());
    as_text.snapshot(world.now());
    [over_google.finish(), as_text.finish()]
}

fn same<T: Debug + PartialEq>(
    [google, text]: &[Report; 2],
    what: impl Fn(&Occurrence) -> T,
) -> usize {
    let (google, text) = (told(google, &what), told(text, &what));
    let differ: Vec<_> = text
        .iter()
        .filter(|(key, said)| google.get(*key) != Some(*said))
        .map(|(key, said)| format!("{key:?}: {said:?} is {:?}", google.get(key)))
        .collect();
    assert!(
        differ.is_empty(),
        "{} of {}: {:#?}",
        differ.len(),
        text.len(),
        &differ[..differ.len().min(8)]
    );
    assert_eq!(google.len(), text.len());
    text.len()
}

#[test]
fn a_life_over_google_reads_as_over_icalendar_to_the_minute() {
    let reports = play(11, false);
    let judged = same(&reports, |one| {
        let actor = one.actor.as_ref().map(|actor| (actor.who, actor.evidence));
        (
            one.verdict.clone(),
            actor,
            one.changed_at,
            one.changed_afterwards,
            one.overlapped,
        )
    });
    assert!(judged > 150, "{judged}");
}

#[test]
fn where_a_series_has_one_moment_for_all_the_same_becomes_of_every_promise() {
    let reports = play(12, true);
    let judged = same(&reports, |one| {
        (
            one.verdict.outcome,
            one.actor.as_ref().map(|actor| actor.who),
        )
    });
    assert!(judged > 150, "{judged}");
    let lost = told(&reports[0], |one| one.verdict.outcome);
    assert!(
        lost.values().any(|outcome| *outcome == Outcome::Cancelled),
        "nothing happened"
    );
}
