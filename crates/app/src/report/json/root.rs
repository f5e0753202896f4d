//! The whole of `steadfast.audit/1`.

use super::super::Listed;
use super::super::model::{self, Pair, Person, Report, WithoutOneOnOne};
use super::super::words::comparison;
use super::compared::Compared;
use super::one_on_one::OneOnOne;
use super::times::{utc, zoned};
use super::words;
use serde::{Serialize, Serializer, ser::SerializeSeq as _};
use std::{borrow::Borrow, cell::RefCell};
use steadfast_signal::Kind;

/// Name and version of the shape; a field that changes its meaning changes the number.
const SCHEMA: &str = "steadfast.audit/1";

#[derive(Serialize)]
#[serde(bound = "P: Borrow<Pair>, D: Borrow<model::Doubtful>")]
pub(crate) struct Root<'a, P, D> {
    schema: &'static str,
    generated_at: String,
    me: Option<Me>,
    window: Window,
    time_zone: String,
    once_in_a_while: OnceInAWhile,
    evidence: Evidence,
    one_on_ones: OneOnOnes<'a, P>,
    without_one_on_one: Vec<Without>,
    doubtful: AllDoubtful<'a, D>,
    not_counted: Vec<NotCounted>,
    comparisons: Vec<Compared>,
    guesses: Vec<String>,
    not_known: Vec<String>,
    to_be_sure: Option<String>,
    set_aside: Vec<SetAside>,
    warnings: Vec<Warning>,
}

/// All relationships, shaped one after another while they are written, which is once.
struct OneOnOnes<'a, P>(&'a Report, RefCell<&'a mut dyn Iterator<Item = P>>);

impl<P: Borrow<Pair>> Serialize for OneOnOnes<'_, P> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(report, pairs) = self;
        let mut written = serializer.serialize_seq(None)?;
        for pair in &mut **pairs.borrow_mut() {
            written.serialize_element(&OneOnOne::of(report, pair.borrow()))?;
        }
        written.end()
    }
}

/// All that is doubtful, the same way.
struct AllDoubtful<'a, D>(RefCell<&'a mut dyn Iterator<Item = D>>);

impl<D: Borrow<model::Doubtful>> Serialize for AllDoubtful<'_, D> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut written = serializer.serialize_seq(None)?;
        for doubtful in &mut **self.0.borrow_mut() {
            written.serialize_element(&Doubtful::of(doubtful.borrow()))?;
        }
        written.end()
    }
}

#[derive(Serialize)]
struct Me {
    address: String,
    name: Option<String>,
    because: String,
    side: &'static str,
}

#[derive(Serialize)]
struct Window {
    from: String,
    to: String,
}

/// What counted as once in a while in every `signal`.
#[derive(Serialize)]
struct OnceInAWhile {
    choice: &'static str,
    disrupted_one_in: u32,
    lost_one_in: u32,
}

#[derive(Serialize)]
struct Evidence {
    kind: &'static str,
    snapshots: usize,
    first: Option<String>,
    last: Option<String>,
    gaps: Vec<Window>,
}

#[derive(Serialize)]
struct Without {
    manager: String,
    report: String,
    since: Option<String>,
    because: Option<String>,
    first: Option<First>,
}

#[derive(Serialize)]
struct First {
    start: String,
    minutes: i64,
    both: bool,
}

#[derive(Serialize)]
struct Doubtful<'a> {
    people: [Option<&'a str>; 2],
    title: Option<&'a str>,
    why: &'a [String],
    would_count_with: &'a str,
}

impl<'a> Doubtful<'a> {
    fn of(doubtful: &'a model::Doubtful) -> Self {
        let address = |person: &'a Option<Person>| person.as_ref().map(|p| &*p.address);
        Self {
            people: doubtful.people.each_ref().map(address),
            title: doubtful.title.as_deref(),
            why: &doubtful.why,
            would_count_with: &doubtful.would_count_with,
        }
    }
}

#[derive(Serialize)]
struct NotCounted {
    what: String,
    why: String,
}

#[derive(Serialize)]
struct SetAside {
    calendar: String,
    why: String,
}

#[derive(Serialize)]
struct Warning {
    code: String,
    message: String,
    #[serde(rename = "where")]
    place: String,
}

impl<'a, P: Borrow<Pair>, D: Borrow<model::Doubtful>> Root<'a, P, D> {
    pub(crate) fn of(report: &'a Report, listed: Listed<'a, P, D>) -> Self {
        let Listed { pairs, doubtful } = listed;
        Self {
            schema: SCHEMA,
            generated_at: utc(report.generated_at),
            me: me(report),
            window: Window {
                from: report.from.to_string(),
                to: report.to.to_string(),
            },
            time_zone: report.zone_name.clone(),
            once_in_a_while: once_in_a_while(report),
            evidence: evidence(report),
            one_on_ones: OneOnOnes(report, RefCell::new(pairs)),
            without_one_on_one: report
                .without_one_on_one
                .iter()
                .map(|line| without(report, line))
                .collect(),
            doubtful: AllDoubtful(RefCell::new(doubtful)),
            not_counted: not_counted(report),
            comparisons: comparison::shown(report)
                .map(|compared| Compared::of(report, compared))
                .collect(),
            guesses: report
                .guesses
                .iter()
                .map(model::Guess::with_command)
                .collect(),
            not_known: report.not_known.clone(),
            to_be_sure: report.to_be_sure.clone(),
            set_aside: set_aside(report),
            warnings: warnings(report),
        }
    }
}

fn me(report: &Report) -> Option<Me> {
    report.me.as_ref().map(|me| Me {
        address: me.address.to_string(),
        name: me.name.clone(),
        because: me.because.clone(),
        side: words::side(me.side),
    })
}

fn once_in_a_while(report: &Report) -> OnceInAWhile {
    let once = report.once.0;
    OnceInAWhile {
        choice: once.key(),
        disrupted_one_in: once.one_in(Kind::Disruption),
        lost_one_in: once.one_in(Kind::Loss),
    }
}

fn evidence(report: &Report) -> Evidence {
    let evidence = &report.evidence;
    let gap = |(from, to): &(steadfast_calendar::Instant, steadfast_calendar::Instant)| Window {
        from: utc(*from),
        to: utc(*to),
    };
    Evidence {
        kind: words::evidence(evidence.kind),
        snapshots: evidence.snapshots,
        first: evidence.first.map(utc),
        last: evidence.last.map(utc),
        gaps: evidence.gaps.iter().map(gap).collect(),
    }
}

fn without(report: &Report, line: &WithoutOneOnOne) -> Without {
    Without {
        manager: line.manager.address.to_string(),
        report: line.report.address.to_string(),
        since: line.since.map(|day| day.to_string()),
        because: line.because.clone(),
        first: line.first.as_ref().map(|first| First {
            start: zoned(first.slot.start, &report.zone),
            minutes: first.slot.minutes(),
            both: first.both,
        }),
    }
}

fn not_counted(report: &Report) -> Vec<NotCounted> {
    let shape = |item: &super::super::model::NotCounted| NotCounted {
        what: item.what.clone(),
        why: item.why.clone(),
    };
    report.not_counted.iter().map(shape).collect()
}

fn set_aside(report: &Report) -> Vec<SetAside> {
    let shape = |(calendar, why): &(String, String)| SetAside {
        calendar: calendar.clone(),
        why: why.clone(),
    };
    report.set_aside.iter().map(shape).collect()
}

fn warnings(report: &Report) -> Vec<Warning> {
    let shape = |warning: &super::super::model::ReportWarning| Warning {
        code: warning.code.clone(),
        message: warning.message.clone(),
        place: warning.place.clone(),
    };
    report.warnings.iter().map(shape).collect()
}
