//! The same files read by a library (`ical-rs`): the events must be the same.

use ical::{component::IcalComponent, prop::IcalProp, tree::cst::IcalCst, value::IcalValue};
use steadfast_calendar::{Event, Reader};

/// The calendars of the conformance cases, by name.
pub(crate) fn files() -> Vec<(String, Vec<u8>)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/vectors/icalendar");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "ics"))
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, std::fs::read(path).unwrap())
        })
        .collect();
    files.sort();
    files
}

/// What both tell of one event.
#[derive(PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Told {
    uid: String,
    start: String,
    recurrence_id: Option<String>,
    summary: String,
    rules: Vec<String>,
    sequence: i64,
    attendees: usize,
    except_dates: usize,
    dates: usize,
}

fn ours(event: &Event) -> Told {
    let recurrence = event.recurrence.as_deref().cloned().unwrap_or_default();
    let written = |when: &steadfast_calendar::When| match when {
        steadfast_calendar::When::Date(date) => date.strftime("%Y%m%d").to_string(),
        other => {
            let utc = if matches!(other, steadfast_calendar::When::Utc(_)) {
                "Z"
            } else {
                ""
            };
            format!("{}{utc}", other.civil().strftime("%Y%m%dT%H%M%S"))
        }
    };
    Told {
        uid: event.uid.to_string(),
        start: written(&event.start),
        recurrence_id: event.recurrence_id.as_ref().map(|id| written(&id.at)),
        summary: event.summary.to_string(),
        rules: recurrence.rules.iter().map(ToString::to_string).collect(),
        sequence: event.sequence.into(),
        attendees: event.attendees.len(),
        except_dates: recurrence.except_dates.len(),
        dates: recurrence.dates.len(),
    }
}

fn theirs(event: &IcalComponent<'_>) -> Told {
    let all = |name: &str| -> Vec<&IcalProp<'_>> {
        event
            .props
            .iter()
            .filter(|prop| prop.name.eq_ignore_ascii_case(name))
            .collect()
    };
    let text = |name: &str| all(name).first().map(|prop| written(&prop.value));
    let values = |name: &str| -> usize {
        all(name)
            .iter()
            .map(|prop| written(&prop.value).split(',').count())
            .sum()
    };
    Told {
        uid: text("UID").unwrap_or_default(),
        start: text("DTSTART").unwrap_or_default(),
        recurrence_id: text("RECURRENCE-ID"),
        summary: text("SUMMARY").unwrap_or_default(),
        rules: all("RRULE")
            .iter()
            .map(|prop| written(&prop.value))
            .collect(),
        sequence: text("SEQUENCE")
            .and_then(|n| n.parse().ok())
            .unwrap_or_default(),
        attendees: all("ATTENDEE").len(),
        except_dates: values("EXDATE"),
        dates: values("RDATE"),
    }
}

/// A value as it was written.
fn written(value: &IcalValue<'_>) -> String {
    match value {
        IcalValue::Text(text) => text.0.to_string(),
        IcalValue::Date(date) => date.0.to_string(),
        IcalValue::DateTime(time) => time.0.to_string(),
        IcalValue::DateTimeList(list) => {
            let values: Vec<String> = list.0.iter().map(ToString::to_string).collect();
            values.join(",")
        }
        IcalValue::Recur(rule) => rule.0.to_string(),
        IcalValue::Integer(number) => number.0.to_string(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_library_reads_the_same_events() {
    let files = files();
    assert_eq!(files.len(), 56);
    for (name, bytes) in files {
        let mut expected = Vec::new();
        // The library takes no BOM.
        let plain = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes);
        for cst in IcalCst::parse_many(plain) {
            let cst = cst.unwrap();
            let calendar = cst.decode();
            let events = calendar
                .components
                .iter()
                .filter(|component| component.name.eq_ignore_ascii_case("VEVENT"));
            expected.extend(events.map(theirs));
        }
        let calendar = Reader::read(&bytes);
        let found: Vec<Told> = calendar.events.iter().map(ours).collect();
        assert_eq!(found, expected, "{name}");
        assert!(calendar.is_calendar && calendar.complete, "{name}");
        assert!(!found.is_empty(), "{name}");
    }
}

#[test]
fn no_conformance_case_gives_reason_for_a_warning() {
    for (name, bytes) in files() {
        assert_eq!(Reader::read(&bytes).warnings, [], "{name}");
    }
}
