//! What there is to tell somebody, from what their page says now, each with its words.
//!
//! The words are those of the page but for what a mailbox should not hold: titles of meetings, who they are from, and reasons
//! stay on the page, which the mail says.

use super::letter::Item;
use crate::report::Report;
use crate::report::html::parts;
use crate::report::model::Pair;
use crate::server::guard::policies::{FREE_THEN, booked_on, offered_by, put_at};
use crate::server::guard::{
    Beginning, Deed, FOR_GOOD, Offered, Outlook, Proposed, Standing, is_for_good,
};
use std::collections::BTreeSet;
use steadfast_calendar::{Instant, Slot};
use steadfast_guard::telling::{News, Topic};
use steadfast_store::IntentState;

/// One thing to tell.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Told {
    pub(super) news: News,
    /// The 1:1.
    pub(super) pair: String,
    /// When it was promised.
    pub(super) promised: Instant,
    /// The times that are offered to the reader, with when they were.
    pub(super) offered: (Instant, Vec<Slot>),
    pub(super) item: Item,
}

/// Everything that is so now, the most pressing first. Nothing by a calendar that was not seen lately.
pub(super) fn news(report: &Report, outlook: &Outlook, now: Instant) -> Vec<Told> {
    let mut all = Vec::new();
    if outlook.is_fresh {
        for one in grouped(&outlook.proposals) {
            all.extend(threat(report, &one));
        }
        let told = outlook.beginnings.iter().filter(|one| one.is_told);
        all.extend(told.map(|one| none_to_come(report, one, now)));
    }
    for one in &outlook.between {
        all.extend(between(report, one, now));
    }
    all.sort_by_key(|one| one.news.begins);
    let mut read = BTreeSet::new();
    for one in &mut all {
        // How it reads is said once for each 1:1.
        let reading = reading(report, &one.pair).filter(|_| one.news.topic == Topic::Threat);
        if let Some(reading) = reading.filter(|_| read.insert(one.pair.clone())) {
            one.item.lines.push(reading);
        }
    }
    all
}

/// What is the same event, or the same sort of thing for the same 1:1, is one thing to tell.
fn grouped(proposals: &[Proposed]) -> Vec<Vec<&Proposed>> {
    let mut groups: Vec<Vec<&Proposed>> = Vec::new();
    // What is being done about is no news, nor what may have been done and was not seen since.
    let is_dealt_with = |one: &Proposed| {
        one.tapped.as_ref().is_some_and(|tapped| {
            let state = tapped.state;
            !state.is_end() || state.stands() || state == IntentState::Unsure
        })
    };
    let open = proposals.iter().filter(|one| !is_dealt_with(one));
    for one in open.filter(|one| one.as_manager) {
        let same = groups.iter_mut().find(|group| {
            let first = group.first();
            first.is_some_and(|first| first.event == one.event)
        });
        match same {
            Some(group) => group.push(one),
            None => groups.push(vec![one]),
        }
    }
    groups
}

fn pair<'a>(report: &'a Report, id: &str) -> Option<&'a Pair> {
    report.pairs.iter().find(|pair| pair.id == id)
}

fn page(pair: &str, place: &str) -> String {
    format!("/one-on-ones/{pair}#{place}")
}

/// A 1:1 that the reader leads and that was changed or is threatened.
fn threat(report: &Report, group: &[&Proposed]) -> Option<Told> {
    let one = *group.first()?;
    let promised = one.promised?;
    let stands = one.stands.unwrap_or(promised);
    let pair = pair(report, &one.pair)?;
    let name = parts::name(parts::partner(report, pair));
    let when = parts::at(report, stands.start);
    let mut lines = vec![what(report, one)];
    let again: Vec<Slot> = group
        .iter()
        .skip(1)
        .filter_map(|one| one.stands)
        .filter(|slot| slot.start != stands.start)
        .collect();
    if !again.is_empty() {
        lines.push(format!(
            "And so it does again on {}.",
            moments(report, &again)
        ));
    }
    lines.extend(ways(one));
    let happened = match (&one.over_it, one.kind) {
        (Some(_), _) => "something lies over it",
        (None, "moved") => "it was moved",
        (None, "cut") => "it was made shorter",
        (None, "cancelled" | "series_gone") => "it was taken off",
        (None, "leave") => "leave lies over it",
        (None, "wished") => "another time is asked for",
        (None, _) => "it is threatened",
    };
    Some(Told {
        news: News {
            event: one.event.clone(),
            topic: Topic::Threat,
            begins: stands.start,
        },
        pair: one.pair.clone(),
        promised: promised.start,
        offered: (promised.start, Vec::new()),
        item: Item {
            subject: format!("Your 1:1 of {when}: {happened}"),
            heading: format!("{name}, {when}"),
            lines,
            act: ("See the ways out".to_owned(), page(&one.pair, "threats")),
        },
    })
}

/// A report of the reader's with whom no 1:1 is to come.
fn none_to_come(report: &Report, one: &Beginning, now: Instant) -> Told {
    let known = pair(report, &one.pair).map(|pair| parts::name(parts::partner(report, pair)));
    let mut lines = report.without_one_on_one.iter();
    let line = lines.find(|line| *line.report.address == *one.report);
    let name = known.or_else(|| line.map(|line| parts::name(&line.report)));
    let name = name.unwrap_or_else(|| one.report.clone());
    Told {
        news: News {
            event: one.event.clone(),
            topic: Topic::Threat,
            // It is as pressing in a week.
            begins: now.plus_days(7),
        },
        pair: one.pair.clone(),
        // It is about all that are to come.
        promised: Instant::from_seconds(FOR_GOOD),
        offered: (now, Vec::new()),
        item: Item {
            subject: format!("No 1:1 with {name} is to come"),
            heading: name,
            lines: vec![
                format!("{}.", sentence(&one.because)),
                "What you can do: begin one, at a time that suits you both.".to_owned(),
            ],
            act: ("See the times".to_owned(), "/one-on-ones".to_owned()),
        },
    }
}

/// What is the matter, without what a mailbox should not hold.
fn what(report: &Report, one: &Proposed) -> String {
    if let Some(over) = &one.over_it {
        let whose = match over.from {
            Some(_) => "A meeting that you are invited to",
            None => "A meeting of your own",
        };
        let span = span(report, over.slot);
        return format!("{whose} lies over it, {span}. Your page says which one.");
    }
    let because = sentence(&one.because);
    let moved = one.stands.zip(one.promised);
    match moved.filter(|(stands, promised)| stands.start != promised.start) {
        Some((_, promised)) => {
            let promised = parts::at(report, promised.start);
            format!("{because}. It was promised for {promised}.")
        }
        None => format!("{because}."),
    }
}

/// What can be done, in a sentence.
fn ways(one: &Proposed) -> Option<String> {
    let mut ways: Vec<&str> = one
        .ways
        .iter()
        .map(|way| match way.deed {
            Deed::MoveOther { .. } => "keep it and move the other",
            Deed::Decline { .. } => "keep it and decline the other, with other times",
            Deed::Perhaps { .. } => "answer the other with perhaps, with other times",
            Deed::Restore { .. } if one.kind == "cut" => "give it its minutes back",
            Deed::Restore { .. } => "put it back",
            Deed::MakeGood { .. } => "hold it at another time",
        })
        .collect();
    // What the page has no room for is no way: a reason is for whoever can read it, and of leave nothing is to be agreed.
    let can = |is_there: bool, way| Some(way).filter(|_| one.may_be_agreed && is_there);
    ways.extend(can(one.other_joined, "say why"));
    ways.extend(can(one.kind != "leave", "say that you two agreed"));
    let (last, most) = ways.split_last()?;
    Some(match most {
        [] => format!("What you can do: {last}."),
        most => format!("What you can do: {}, or {last}.", most.join(", ")),
    })
}

/// How it reads from the other side, in the words of their page.
fn reading(report: &Report, id: &str) -> Option<String> {
    let signal = pair(report, id)?.signal.as_ref()?;
    let sentence = signal.sentence.trim();
    (!sentence.is_empty()).then(|| format!("So far: {sentence}"))
}

/// What stands between the two.
fn between(report: &Report, one: &Standing, now: Instant) -> Option<Told> {
    let pair = pair(report, &one.pair)?;
    let name = parts::name(parts::partner(report, pair));
    let of = of(report, one.promised);
    let booked = (!one.as_manager && one.stands).then(|| booked(report, one, &name));
    if let Some(booked) = booked.flatten() {
        return Some(booked);
    }
    let Some(offer) = &one.about.offer else {
        return (!one.as_manager).then(|| {
            let told = no_time(report, one, &name, now);
            told.or_else(|| why(report, one, &name, now))
        })?;
    };
    let (kind, topic, begins, subject, mut lines, act) = match (one.as_manager, offer.answer) {
        (false, None) => {
            let first = offer.slots.iter().find(|slot| slot.start > now)?;
            (
                "offer",
                Topic::Offer,
                first.start,
                format!("Other times for your 1:1 {of}"),
                offered(report, offer, &name, now),
                "Pick one, or none",
            )
        }
        (as_manager, Some(Some(slot))) if one.stands => (
            "stands",
            Topic::Outcome,
            slot.start,
            format!("Your 1:1 {of} has its other time"),
            vec![stands(report, slot, &name, as_manager)],
            "See it",
        ),
        (true, Some(None)) => (
            "none",
            Topic::Offer,
            offer.slots.last()?.start,
            format!("None of the times suits for your 1:1 {of}"),
            vec![format!(
                "{name} wants none of the times that were offered. Nothing more is offered by itself: ask {name} what would suit."
            )],
            "See it",
        ),
        _ => return None,
    };
    lines.extend(reason(one, &name));
    let open = if kind == "offer" {
        still_open(offer, now)
    } else {
        Vec::new()
    };
    Some(Told {
        news: News {
            event: format!(
                "{}/{}/{kind}/{}",
                one.pair,
                one.promised.seconds(),
                offer.at.seconds()
            ),
            topic,
            begins,
        },
        pair: one.pair.clone(),
        promised: one.promised,
        offered: (offer.at, open),
        item: Item {
            subject,
            heading: format!("{name}, your 1:1 {of}"),
            lines,
            act: (act.to_owned(), page(&one.pair, "between")),
        },
    })
}

/// "of Tue 3 March, 15:00"; "from then on" of what is about all that are to come.
fn of(report: &Report, promised: Instant) -> String {
    if is_for_good(promised) {
        return "from then on".to_owned();
    }
    format!("of {}", parts::at(report, promised))
}

/// The times of an offer that are to come.
fn still_open(offer: &Offered, now: Instant) -> Vec<Slot> {
    let slots = offer.slots.iter().copied();
    slots.filter(|slot| slot.start > now).collect()
}

/// What is offered to the reader, who need not take any of it.
fn offered(report: &Report, offer: &Offered, name: &str, now: Instant) -> Vec<String> {
    let open = still_open(offer, now);
    let who = offered_by(name, offer.by_owner);
    let spans: Vec<String> = open.iter().map(|slot| span(report, *slot)).collect();
    let mut lines = vec![
        format!(
            "{who}: {} (times in {}).",
            spans.join("; "),
            report.zone_name
        ),
        FREE_THEN.to_owned(),
    ];
    if let Some(from) = offer.booked_from {
        lines.push(booked_on(&parts::at(report, from)));
    }
    lines
}

fn stands(report: &Report, slot: Slot, name: &str, as_manager: bool) -> String {
    let span = span(report, slot);
    if as_manager {
        format!("{name} picked {span}. It stands on your calendar.")
    } else {
        format!("You picked {span}. It stands on your calendar.")
    }
}

/// That a reason was given; what it is stands on the page.
fn reason(one: &Standing, name: &str) -> Option<String> {
    let is_told = !one.as_manager && one.about.reason.is_some();
    is_told.then(|| format!("{name} says why; that stands on your page."))
}

/// That it was put at another time, which the reader did not pick.
fn booked(report: &Report, one: &Standing, name: &str) -> Option<Told> {
    let slot = one.about.booked?;
    let span = span(report, slot);
    let mut lines = vec![put_at(name, one.about.booked_by_owner, &span)];
    lines.extend(reason(one, name));
    let begins = slot.start;
    let sort = format!("booked/{}", begins.seconds());
    Some(outcome(report, one, name, (sort, begins), lines))
}

/// That no time could be offered.
fn no_time(report: &Report, one: &Standing, name: &str, now: Instant) -> Option<Told> {
    let mut lines = vec![one.about.told.clone()?];
    lines.extend(reason(one, name));
    let sort = ("no-time".to_owned(), still(one, now));
    Some(outcome(report, one, name, sort, lines))
}

/// Why it was changed, where there is nothing else to tell.
fn why(report: &Report, one: &Standing, name: &str, now: Instant) -> Option<Told> {
    let lines = vec![reason(one, name)?];
    let sort = ("why".to_owned(), still(one, now));
    Some(outcome(report, one, name, sort, lines))
}

/// What is said of one that is over is told within a day all the same: it is owed until the next.
fn still(one: &Standing, now: Instant) -> Instant {
    one.promised.max(now.plus_days(1))
}

/// What came of a 1:1, which asks nothing of the reader.
fn outcome(
    report: &Report,
    one: &Standing,
    name: &str,
    (sort, begins): (String, Instant),
    lines: Vec<String>,
) -> Told {
    let promised = parts::at(report, one.promised);
    Told {
        news: News {
            event: format!("{}/{}/{sort}", one.pair, one.promised.seconds()),
            topic: Topic::Outcome,
            begins,
        },
        pair: one.pair.clone(),
        promised: one.promised,
        offered: (one.promised, Vec::new()),
        item: Item {
            subject: format!("Your 1:1 of {promised}"),
            heading: format!("{name}, your 1:1 of {promised}"),
            lines,
            act: ("See it".to_owned(), page(&one.pair, "between")),
        },
    }
}

/// "Tue 31 Mar 14:00–15:00", on the reader's clock.
fn span(report: &Report, slot: Slot) -> String {
    let end = slot.end.civil(&report.zone);
    format!(
        "{}–{}",
        parts::at(report, slot.start),
        end.strftime("%-H:%M")
    )
}

fn moments(report: &Report, slots: &[Slot]) -> String {
    let times: Vec<String> = slots
        .iter()
        .map(|slot| parts::at(report, slot.start))
        .collect();
    match times.split_last() {
        Some((last, most)) if !most.is_empty() => format!("{} and {last}", most.join(", ")),
        _ => times.concat(),
    }
}

fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|first| first.to_uppercase().to_string());
    first.map_or_else(String::new, |first| first + chars.as_str())
}
