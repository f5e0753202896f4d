//! Leave counts neither way whoever of the two is away, and also before it is known who reports to whom; and the next one
//! is told where it stands.

mod one_calendar;

use one_calendar::audit;
use steadfast_app::{
    audit::Options,
    report::{Report, TextStyle, text},
};
use steadfast_ledger::verdict::Excuse;

/// Tuesdays at 14:00 with Ben on Maya's calendar from 3 February 2026 on, without the one of 17 February, in a week in
/// which `away` lies on it; the one of 3 March stands at 16:00.
fn tuesdays(away: &str) -> Vec<String> {
    let event = |more: &str| format!("BEGIN:VEVENT\nCREATED:20260101T000000Z\n{more}END:VEVENT\n");
    let two = "SUMMARY:1:1 Ben\nDURATION:PT30M\nORGANIZER:mailto:maya@example.com\n\
               ATTENDEE;PARTSTAT=ACCEPTED:mailto:maya@example.com\nATTENDEE;PARTSTAT=ACCEPTED:mailto:ben@example.com\n";
    vec![
        event(&format!(
            "UID:a\n{two}DTSTART:20260203T140000Z\nRRULE:FREQ=WEEKLY\nEXDATE:20260217T140000Z\n"
        )),
        event(&format!(
            "UID:a\n{two}RECURRENCE-ID:20260303T140000Z\nDTSTART:20260303T160000Z\n"
        )),
        event(&format!("UID:b\nSUMMARY:Vacation\n{away}\nTRANSP:OPAQUE\n")),
    ]
}

const THAT_WEEK: &str = "DTSTART;VALUE=DATE:20260216\nDTEND;VALUE=DATE:20260221";
const ANOTHER: &str = "DTSTART;VALUE=DATE:20260209\nDTEND;VALUE=DATE:20260210";

fn nobody(_: &mut Options) {}

fn ben(options: &mut Options) {
    options.reports = vec!["ben@example.com".to_owned()];
}

fn petra(options: &mut Options) {
    options.manager = Some("ben@example.com".to_owned());
}

/// A report's own calendar does not say how their manager's other 1:1s fare.
#[test]
fn whether_it_is_only_me_is_said_not_to_be_known() {
    let asked = |roles: fn(&mut Options)| {
        let report = audit(&tuesdays(ANOTHER), roles);
        let said = report.not_known.join(" ");
        said.contains("Is it only you? This cannot tell")
    };
    assert!(asked(petra));
    assert!(!asked(ben) && !asked(nobody));
}

fn excuses(report: &Report) -> Vec<Option<Excuse>> {
    let occurrences = report.pairs.iter().flat_map(|pair| &pair.occurrences);
    let gone = occurrences.filter(|o| o.verdict.held.is_none());
    gone.filter(|o| o.promised.end <= report.generated_at)
        .map(|o| o.verdict.excused)
        .collect()
}

#[test]
fn leave_needs_no_roles() {
    let judged = |away, roles: fn(&mut Options)| excuses(&audit(&tuesdays(away), roles));
    assert_eq!(judged(THAT_WEEK, nobody), [Some(Excuse::Leave)]);
    assert_eq!(judged(THAT_WEEK, ben), [Some(Excuse::LeaveManager)]);
    assert_eq!(judged(THAT_WEEK, petra), [Some(Excuse::LeaveReport)]);
    for roles in [nobody, ben, petra] {
        assert_eq!(judged(ANOTHER, roles), [None]);
    }
}

/// Nobody is named by it and both are in all of it: it is one of the two who was away.
#[test]
fn leave_needs_no_owner_where_it_is_one_of_the_two() {
    let not_said = |roles: fn(&mut Options)| {
        move |options: &mut Options| {
            roles(options);
            options.me.clear();
        }
    };
    let judged = |away, more: &[String], roles: fn(&mut Options)| {
        let events = [tuesdays(away), more.to_vec()].concat();
        excuses(&audit(&events, not_said(roles)))
    };
    let reported: fn(&mut Options) = |options| {
        let org =
            "email,name,manager\nmaya@example.com,Maya,\nben@example.com,Ben,maya@example.com\n";
        options.org = steadfast_app::audit::org_file::parse(org).ok();
    };
    for roles in [nobody, reported] {
        assert_eq!(judged(THAT_WEEK, &[], roles), [Some(Excuse::Leave)]);
        assert_eq!(judged(ANOTHER, &[], roles), [None]);
    }
    // A third is in all of it as well: it may be theirs.
    let all = |uid| met(uid, "eve", 2 + uid, &["maya", "ben", "eve"]);
    let team: Vec<String> = (0..20).map(all).collect();
    assert_eq!(judged(THAT_WEEK, &team, nobody), [None]);
}

#[test]
fn the_next_one_is_told_where_it_stands() {
    let report = audit(&tuesdays(ANOTHER), |options| {
        ben(options);
        let now = "2026-03-02T00:00:00Z".parse::<jiff::Timestamp>();
        options.now = now.expect("a moment").into();
    });
    let style = TextStyle {
        width: 300,
        colour: false,
        unicode: true,
    };
    let said = text(&report, &style);
    assert!(said.contains("Next: Tue 3 March, 16:00."), "{said}");
}

/// A meeting of Maya with `people`, on `day` of February.
fn met(uid: usize, organizer: &str, day: usize, people: &[&str]) -> String {
    let people: String = people
        .iter()
        .map(|name| format!("ATTENDEE;CN={name};PARTSTAT=ACCEPTED:mailto:{name}@example.com\n"))
        .collect();
    format!(
        "BEGIN:VEVENT\nUID:m{uid}\nSUMMARY:Review\nCREATED:20260101T000000Z\nDTSTAMP:20260228T120000Z\n\
         DTSTART:202602{day:02}T090000Z\nDURATION:PT30M\nORGANIZER:mailto:{organizer}@example.com\n{people}END:VEVENT\n"
    )
}

/// Two nameless exports: Ben's, who meets Maya on Tuesdays and was away in the week of 16 February, and Maya's, in which
/// she meets others too.
fn two_exports() -> [String; 2] {
    let of = |events: Vec<String>| {
        let events = events.concat().replace(
            "BEGIN:VEVENT\nCREATED",
            "BEGIN:VEVENT\nDTSTAMP:20260228T120000Z\nCREATED",
        );
        format!("BEGIN:VCALENDAR\nVERSION:2.0\n{events}END:VCALENDAR\n")
    };
    let bens = tuesdays(THAT_WEEK);
    let mut mayas: Vec<String> = tuesdays(THAT_WEEK)[..2].to_vec();
    for (uid, other) in ["ana", "chidi", "dana", "eve", "ana", "chidi", "dana", "eve"]
        .iter()
        .enumerate()
    {
        mayas.push(met(uid, "maya", 2 + uid, &["maya", other]));
    }
    [of(bens), of(mayas)]
}

#[test]
fn whose_leave_it_was_does_not_hang_on_the_order_of_the_files() {
    let [bens, mayas] = two_exports();
    for (me, files) in [
        ("ben", [&bens, &mayas]),
        ("ben", [&mayas, &bens]),
        ("maya", [&bens, &mayas]),
        ("maya", [&mayas, &bens]),
    ] {
        let now = "2026-03-01T00:00:00Z".parse::<jiff::Timestamp>();
        let mut options = Options::at(now.expect("a moment").into());
        options.me = vec![format!("{me}@example.com")];
        if me == "maya" {
            options.reports = vec!["ben@example.com".to_owned()];
        } else {
            options.manager = Some("maya@example.com".to_owned());
        }
        let mut audit = steadfast_app::audit::Audit::new(options);
        for file in files {
            audit.source();
            audit
                .calendar("calendar.ics", None, None, &mut file.as_bytes())
                .expect("bytes in memory can be read");
        }
        let report = audit.finish();
        let with_ben = report.pairs.iter().filter(|pair| {
            pair.people
                .iter()
                .any(|one| &*one.address == "ben@example.com")
        });
        let excused: Vec<Excuse> = with_ben
            .flat_map(|pair| &pair.occurrences)
            .filter_map(|o| o.verdict.excused)
            .collect();
        // Read by Maya, Ben's file is nobody's in particular: everybody in it is in all of it. It is not taken for his; but
        // as long as it is the reader's own, the leave is theirs.
        let expected = if me == "ben" {
            Excuse::LeaveReport
        } else {
            Excuse::LeaveManager
        };
        assert_eq!(excused, [expected], "{me} reads");
    }
}
