//! The words of a mail in somebody's name: who did what, to which meeting, on a clock that is named.

use super::deed::Deed;
use jiff::tz::TimeZone;
use steadfast_calendar::edit::{Answer, Edit, Reply};
use steadfast_calendar::event::End;
use steadfast_calendar::{Event, Instant, Slot};

/// Letters of a title in a subject; what is longer is cut.
const TITLE: usize = 120;

/// Subject and text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Words {
    pub(super) subject: String,
    pub(super) text: String,
}

/// What a mail about `deed` says; `None` where its message holds no meeting.
pub(super) fn words(deed: &Deed) -> Option<Words> {
    let event = deed.event()?;
    let (zone, edit) = (&deed.zone, deed.edit());
    let title = title(&event);
    let from = &deed.unsaid.from;
    let who = name_of(&event, from).unwrap_or_else(|| from.clone());
    let signed = if who == *from {
        who.clone()
    } else {
        format!("{who} <{from}>")
    };
    let start = event.start.instant(zone);
    // What is proposed is what the message says; the meeting itself stands where it stood.
    let countered = deed.unsaid.countered;
    let short = match countered {
        Some(slot) => short(slot.start, false, zone),
        None => short(start, event.start.is_date(), zone),
    };
    let subject = match (subject(edit), countered) {
        ((verb, _), Some(_)) => format!("{verb}, another time proposed: {title}, {short}"),
        ((verb, true), None) => format!("{verb}: {title}, now {short}"),
        ((verb, false), None) => format!("{verb}: {title}, {short}"),
    };
    let mut lines = vec![format!("{who} {}", did(edit)), String::new()];
    lines.push(title);
    match countered {
        Some(slot) => {
            lines.push(between(slot, zone));
            lines.push(format!("Proposed instead: {}", when(&event, zone)));
        }
        None => lines.push(when(&event, zone)),
    }
    if deed.takes_times_back() {
        lines.push("The other times that came with that answer are not meant any more.".to_owned());
    }
    lines.extend(again(edit));
    let planned = planned(edit).filter(|planned| *planned != start);
    lines.extend(planned.map(|at| format!("It was planned for {}.", day_and_hour(at, zone))));
    if let Edit::Answer(Answer {
        comment: Some(comment),
        ..
    }) = edit
    {
        lines.extend([String::new(), comment.clone()]);
    }
    lines.push(String::new());
    lines.push(format!(
        "{} You can also answer this mail: the answer goes to {who}.",
        program(edit, countered.is_some())
    ));
    lines.push(String::new());
    lines.push(format!(
        "Sent by Steadfast for {signed}, who read it before it went."
    ));
    lines.push(String::new());
    Some(Words {
        subject,
        text: lines.join("\n"),
    })
}

/// What somebody is called in a meeting.
pub(super) fn name_of(event: &Event, address: &str) -> Option<String> {
    let attendees = event.attendees.iter();
    let attendees = attendees.map(|one| (&one.address, &one.name));
    let organizer = event.organizer.iter().map(|one| (&one.address, &one.name));
    let mut named = organizer
        .chain(attendees)
        .filter(|(known, name)| ***known == *address && !name.trim().is_empty());
    named.next().map(|(_, name)| one_line(name))
}

fn title(event: &Event) -> String {
    let title = one_line(&event.summary);
    match title.char_indices().nth(TITLE) {
        _ if title.is_empty() => "a meeting".to_owned(),
        Some((end, _)) => format!("{}…", title.get(..end).unwrap_or_default()),
        None => title,
    }
}

/// Without line breaks and whatever else ends a line of a mail.
pub(in crate::server) fn one_line(text: &str) -> String {
    let words: Vec<&str> = text
        .split(|letter: char| letter.is_control() || letter.is_whitespace())
        .filter(|word| !word.is_empty())
        .collect();
    words.join(" ")
}

/// What the subject begins with, and whether it says where the meeting is now.
fn subject(edit: &Edit) -> (&'static str, bool) {
    match edit {
        Edit::Book(_) | Edit::Successor(_) => ("Invitation", false),
        Edit::End { .. } => ("Ends", false),
        Edit::Reopen { .. } => ("Goes on", false),
        Edit::Move { .. } => ("Moved", true),
        Edit::Resize { .. } => ("Other length", true),
        Edit::Restore { .. } => ("Back again", true),
        Edit::Cancel { .. } | Edit::Withdraw { .. } => ("Cancelled", false),
        Edit::Answer(answer) => match answer.reply {
            Reply::Accepted => ("Accepted", false),
            Reply::Declined => ("Declined", false),
            Reply::Tentative => ("Perhaps", false),
            Reply::NeedsAction => ("Answer taken back", false),
        },
        Edit::Hold(_) => ("Held", false),
        Edit::Busy { .. } => ("Shown as busy", false),
        Edit::Free { .. } => ("Shown as free", false),
    }
}

fn did(edit: &Edit) -> &'static str {
    match edit {
        Edit::Book(_) | Edit::Successor(_) => "invites you to this meeting:",
        Edit::End { .. } => "ends this series of meetings:",
        Edit::Reopen { .. } => "lets this series of meetings go on:",
        Edit::Move { .. } => "moved this meeting:",
        Edit::Resize { .. } => "changed how long this meeting lasts:",
        Edit::Restore { .. } => "put this meeting back:",
        Edit::Cancel { .. } | Edit::Withdraw { .. } => {
            "took this meeting off; it does not take place:"
        }
        Edit::Answer(answer) => match answer.reply {
            Reply::Accepted => "comes to this meeting:",
            Reply::Declined => "cannot come to this meeting:",
            Reply::Tentative => "may come to this meeting:",
            Reply::NeedsAction => "takes back the answer to this meeting:",
        },
        Edit::Hold(_) => "holds this time:",
        Edit::Busy { .. } => "shows this meeting as busy:",
        Edit::Free { .. } => "shows this meeting as free:",
    }
}

/// What a calendar program makes of it.
fn program(edit: &Edit, proposes: bool) -> &'static str {
    match edit {
        Edit::Cancel { .. } | Edit::Withdraw { .. } => {
            "Your calendar program may offer to take it off."
        }
        Edit::Answer(_) if proposes => {
            "Your calendar program may offer to move the meeting there; nothing moves unless you move it."
        }
        Edit::Answer(_) => "Your calendar program may offer to note it.",
        _ => "Your calendar program may offer to enter it, and to answer.",
    }
}

/// How often it comes again.
fn again(edit: &Edit) -> Option<String> {
    let Edit::Book(meeting) = edit else {
        return None;
    };
    Some(match meeting.weekly?.every_weeks {
        1 => "It comes again every week.".to_owned(),
        weeks => format!("It comes again every {weeks} weeks."),
    })
}

/// When an occurrence was to be that is somewhere else by now.
fn planned(edit: &Edit) -> Option<Instant> {
    match edit {
        Edit::Move { occurrence, .. } => Some(*occurrence),
        _ => None,
    }
}

/// "Tue 13 January, 14:00".
fn short(start: Instant, is_date: bool, zone: &TimeZone) -> String {
    let form = if is_date {
        "%a %-d %B"
    } else {
        "%a %-d %B, %-H:%M"
    };
    start.civil(zone).strftime(form).to_string()
}

/// "Tuesday 13 January 2026, 14:00–14:30 (Europe/Berlin)".
fn when(event: &Event, zone: &TimeZone) -> String {
    let start = event.start.instant(zone);
    if event.start.is_date() {
        return start.civil(zone).strftime("%A %-d %B %Y").to_string();
    }
    let end = match &event.end {
        End::At(end) => end.instant(zone),
        End::Lasts { days, seconds } => start.plus_days(i64::from(*days)).plus_seconds(*seconds),
        End::Unsaid => start,
    };
    between(Slot::new(start, end.max(start)), zone)
}

/// From when to when, on a clock that is named.
fn between(slot: Slot, zone: &TimeZone) -> String {
    let (start, end) = (slot.start, slot.end);
    let name = zone.iana_name().unwrap_or("UTC");
    let begins = day_and_hour(start, zone);
    if end <= start {
        return format!("{begins} ({name})");
    }
    let ends = end.civil(zone);
    let ends = if end.date(zone) == start.date(zone) {
        ends.strftime("%-H:%M").to_string()
    } else {
        day_and_hour(end, zone)
    };
    format!("{begins}–{ends} ({name})")
}

/// "Tuesday 13 January 2026, 14:00".
pub(in crate::server) fn day_and_hour(at: Instant, zone: &TimeZone) -> String {
    at.civil(zone).strftime("%A %-d %B %Y, %-H:%M").to_string()
}
