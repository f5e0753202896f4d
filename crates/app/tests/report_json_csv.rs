//! JSON and CSV as programs rely on them.

mod sample;
mod schema;

use serde_json::Value;
use steadfast_app::report::{OnceInAWhile, Report, csv, json};
use steadfast_signal::Once;

fn the_schema() -> Value {
    serde_json::from_str(include_str!("../../../docs/reference/audit.schema.json"))
        .expect("the schema is JSON")
}

fn parsed(report: &Report) -> Value {
    let mut written = Vec::new();
    json(report, &mut written).expect("memory takes everything");
    assert_eq!(written.last(), Some(&b'\n'));
    serde_json::from_slice(&written).expect("the report is JSON")
}

fn rows_of(report: &Report) -> String {
    let mut written = Vec::new();
    csv(report, &mut written).expect("memory takes everything");
    String::from_utf8(written).expect("CSV is text")
}

#[test]
fn every_sample_is_exactly_as_the_schema_says() {
    let schema = the_schema();
    for report in sample::all() {
        let found = schema::errors(&schema, &schema, &parsed(&report), "$");
        assert_eq!(found, Vec::<String>::new());
    }
}

#[test]
fn it_says_by_what_once_in_a_while_the_bands_were_read() {
    let schema = the_schema();
    let told = Once::ALL.map(|once| {
        let mut report = sample::maya();
        report.once = OnceInAWhile(once);
        let written = parsed(&report);
        let found = schema::errors(&schema, &schema, &written, "$");
        assert_eq!(found, Vec::<String>::new());
        written["once_in_a_while"].to_string()
    });
    assert_eq!(
        told,
        [
            r#"{"choice":"one-in-ten","disrupted_one_in":10,"lost_one_in":20}"#,
            r#"{"choice":"one-in-five","disrupted_one_in":5,"lost_one_in":10}"#,
            r#"{"choice":"one-in-three","disrupted_one_in":3,"lost_one_in":6}"#,
        ]
    );
}

#[test]
fn every_field_of_the_schema_is_explained() {
    let page = include_str!("../../../docs/reference/audit-json.md");
    for name in schema::names(&the_schema()) {
        assert!(
            page.contains(&format!("`{name}`")),
            "{name} is not explained in audit-json.md"
        );
    }
}

#[test]
fn the_check_of_the_schema_finds_what_is_wrong() {
    let schema = the_schema();
    let check = |change: &dyn Fn(&mut Value), found: &str| {
        let mut value = parsed(&sample::maya());
        change(&mut value);
        let errors = schema::errors(&schema, &schema, &value, "$");
        assert!(
            errors.iter().any(|error| error.contains(found)),
            "{errors:?}"
        );
    };
    check(&|v| v["extra"] = 1.into(), "extra is not in the schema");
    check(
        &|v| v["one_on_ones"][0]["occurrences"][0]["outcome"] = "fine".into(),
        "is none of",
    );
    check(
        &|v| v["one_on_ones"][0]["minutes"] = "30".into(),
        "is not of type",
    );
    check(
        &|v| v["generated_at"] = "2026-11-22T09:00:00+01:00".into(),
        "is not like",
    );
    check(
        &|v| drop(v.as_object_mut().expect("object").remove("window")),
        "window is missing",
    );
}

#[test]
fn an_unknown_direction_names_nobody() {
    let value = parsed(&sample::unknown_direction());
    let pair = &value["one_on_ones"][0];
    assert_eq!(pair["direction"], "unknown");
    assert!(pair["manager"].is_null() && pair["report"].is_null() && pair["signal"].is_null());
    for occurrence in pair["occurrences"].as_array().expect("array") {
        let actor = &occurrence["actor"];
        assert!(actor.is_null() || actor["who"] == "unknown", "{actor}");
    }
}

#[test]
fn the_report_sees_neither_causes_nor_fairness_nor_a_heads_up() {
    let mut report = sample::ben_reads();
    report.pairs[0].signal = Some(sample::signal(steadfast_app::report::model::Band::HeadsUp));
    report.comparisons[0].manager = sample::person("Ben");
    let value = parsed(&report);
    let pair = &value["one_on_ones"][0];
    assert_eq!(pair["signal"]["disruption"]["band"], "mixed");
    assert!(
        pair["occurrences"]
            .as_array()
            .expect("array")
            .iter()
            .all(|o| o["cause"].is_null())
    );
    assert!(pair["repair"]["say"].is_null() && pair["repair"]["conflict_fact"].is_null());
    assert_eq!(value["comparisons"].as_array().map(Vec::len), Some(1));
    assert!(value["comparisons"][0]["fairness"].is_null());
    let rows = rows_of(&report);
    assert!(!rows.contains("leadership"), "{rows}");
}

#[test]
fn where_nobody_knows_whose_doing_it_was_there_is_no_band() {
    let value = parsed(&sample::nasty());
    let pairs = value["one_on_ones"].as_array().expect("array");
    let frida = pairs
        .iter()
        .find(|pair| pair["report"] == "frida@example.com")
        .expect("is there");
    assert!(frida["signal"]["disruption"]["band"].is_null());
    assert!(
        frida["signal"]["sentence"]
            .as_str()
            .expect("words")
            .contains("this source cannot say")
    );
}

#[test]
fn slots_carry_the_offset_of_the_zone_and_original_slots_are_utc() {
    let value = parsed(&sample::maya());
    let first = &value["one_on_ones"][0]["occurrences"][0];
    assert_eq!(first["promised"]["start"], "2026-05-26T15:00:00+02:00");
    assert_eq!(first["recurrence_id"], "2026-05-26T13:00:00Z");
    let winter = &value["one_on_ones"][0]["occurrences"][25];
    assert_eq!(winter["promised"]["start"], "2026-11-17T15:00:00+01:00");
}

/// Reads RFC 4180 back, so that rows and cells are counted as a spreadsheet counts them.
fn cells(written: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
    let mut letters = written.chars().peekable();
    let mut quoted = false;
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => cell.extend(letters.next()),
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut cell)),
            '\r' if !quoted && letters.peek() == Some(&'\n') => {
                letters.next();
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            other => cell.push(other),
        }
    }
    assert!(
        cell.is_empty() && row.is_empty() && !quoted,
        "ends in a full row"
    );
    rows
}

#[test]
fn there_is_one_row_per_occurrence_and_no_cell_is_a_formula() {
    for report in sample::all() {
        let rows = cells(&rows_of(&report));
        let occurrences: usize = report.pairs.iter().map(|pair| pair.occurrences.len()).sum();
        assert_eq!(rows.len(), occurrences + 1);
        for row in &rows {
            assert_eq!(row.len(), rows[0].len());
            for cell in row {
                let number = cell.parse::<f64>().is_ok();
                assert!(
                    number || !cell.starts_with(['=', '+', '-', '@', '\t', '\r']),
                    "{cell}"
                );
            }
        }
    }
}
