//! `read-me.md`: the same for a person to read.

use super::also::Also;
use super::kept::Kept;
use super::own::Own;
use crate::report::{Report, TextStyle, text};
use std::fmt::Write as _;

/// Cells in a line.
const WIDTH: usize = 100;

/// The page.
pub(super) fn page(kept: &Kept, report: Option<&Report>, calendars: &[&str]) -> String {
    let mut page = String::from("# What Steadfast keeps about you\n\n");
    let account = &kept.account;
    let name = account.name.as_deref().unwrap_or("no name");
    // Writing to a string cannot fail, here and below.
    let _ = writeln!(
        page,
        "{name}, {}, with an account since {}. As of {}.\n",
        account.address, account.since, kept.as_of
    );
    page.push_str(
        "- `kept.json`: everything that is kept, piece by piece (passwords are kept as hashes and passkeys as public keys only; both are left out)\n",
    );
    if report.is_some() {
        page.push_str("- `one-on-ones.json`: your 1:1s as you see them, for programs\n");
    }
    for calendar in calendars {
        let _ = writeln!(
            page,
            "- `{calendar}`: what was seen of a calendar of yours, without what is never kept: descriptions, places, attachments"
        );
    }
    for one in &kept.passkeys {
        let used = one.used.as_deref().unwrap_or("never yet");
        let _ = writeln!(page, "- a passkey, since {}, last used {used}", one.since);
    }
    connected(&mut page, kept);
    said(&mut page, kept);
    also(&mut page, &kept.also);
    own(&mut page, &kept.own);
    looks(&mut page, kept);
    page.push_str("\n## Your 1:1s\n\n");
    match report {
        None => page.push_str("Nothing was seen of any calendar yet.\n"),
        Some(report) => {
            let style = TextStyle {
                width: WIDTH,
                colour: false,
                unicode: true,
            };
            for line in text(report, &style).lines() {
                let set_in = if line.is_empty() { "" } else { "    " };
                let _ = writeln!(page, "{set_in}{line}");
            }
        }
    }
    page
}

fn also(page: &mut String, also: &Also) {
    page.push_str("\n## What you and others said about how often you want to meet\n\n");
    if also.rhythms.is_empty() {
        page.push_str("Nothing.\n");
    }
    for one in &also.rhythms {
        let days = one.days.map(|days| format!(" every {days} days"));
        let (by, with, days) = (&one.by, &one.with, days.unwrap_or_default());
        let _ = writeln!(
            page,
            "- {}: {} (with {with}; by {by}){days}",
            one.on, one.word
        );
    }
    page.push_str("\n## How far you let the guard go\n\n");
    if also.guard.is_empty() {
        page.push_str("You chose nothing: what your organisation chose holds.\n");
    }
    for one in &also.guard {
        let with = one.with.as_deref().or(one.one_on_one.as_deref());
        let with = with.map_or_else(String::new, |with| format!(" (for the 1:1 with {with})"));
        let chosen = match (one.what, one.chosen.as_slice()) {
            ("level" | "bounds", []) => ": left open again".to_owned(),
            (_, []) => String::new(),
            (_, chosen) => format!(": {}", chosen.join("; ")),
        };
        let _ = writeln!(page, "- {}: {}{with}{chosen}", one.on, one.what);
    }
    mail(page, also);
    page.push_str("\n## What you answered when you convinced yourself\n\n");
    if also.answers.is_empty() {
        page.push_str("Nothing.\n");
    }
    for one in &also.answers {
        let _ = writeln!(
            page,
            "- {}: {} {}",
            one.question,
            one.choice,
            one.words.replace('\n', " ")
        );
    }
    page.push_str("\n## Programs of your own\n\n");
    if also.programs.is_empty() {
        page.push_str("None.\n");
    }
    for one in &also.programs {
        let (name, may, made, until) = (&one.name, one.may, &one.made, &one.until);
        let _ = writeln!(
            page,
            "- {name}: may {may}, made {made}, good until {until}. Its token is kept as a hash only."
        );
    }
    page.push_str("\nWhat was noted for your log is in `kept.json`, under `happened`.\n");
}

fn mail(page: &mut String, also: &Also) {
    let mailed = &also.mailed;
    let chosen = &mailed.mail_chosen;
    let on = if chosen.on { "on" } else { "off" };
    // What was chosen: no mail goes out by that alone.
    let sends = match (chosen.by, chosen.this_server_sends_mail) {
        ("mail", Some(false)) => {
            ", but this server sends none: it was not given a mail server to send by"
        }
        ("mail", None) => ", as far as this server was given a mail server to send by",
        _ => "",
    };
    let _ = writeln!(
        page,
        "\n## Mail or chat to you\n\nChosen: {on}, by {}{sends}; quiet hours: {}.\n",
        chosen.by, chosen.quiet
    );
    if mailed.mails.is_empty() {
        page.push_str("None was written.\n");
    }
    for one in &mailed.mails {
        let about = one.about.iter().map(|about| {
            let with = about.with.as_deref().unwrap_or("somebody");
            format!(
                "{} (the 1:1 with {with}, promised for {})",
                about.topic, about.promised
            )
        });
        let about = about.collect::<Vec<_>>().join("; ");
        let _ = writeln!(page, "- {}: {} by {}: {about}", one.on, one.how, one.by);
    }
    page.push_str("\n## Mail in your name\n\n");
    if mailed.mails_in_their_name.is_empty() {
        page.push_str("None was written.\n");
    }
    for one in &mailed.mails_in_their_name {
        let _ = writeln!(page, "- {}: {}: to {}", one.on, one.how, one.to);
    }
}

fn own(page: &mut String, own: &Own) {
    page.push_str("\n## When you work, as you said\n\n");
    if own.hours.is_empty() {
        page.push_str("You said nothing.\n");
    }
    for one in &own.hours {
        let week = one.week.as_ref().map(|days| days.join(", "));
        let week = week.as_deref().unwrap_or("nothing any more");
        let _ = writeln!(page, "- {}: {week}", one.on);
    }
    page.push_str("\n## Your feed of what is held\n\n");
    let stands = if own.feed_of_holds.is_open {
        "It is open. Its address is a secret, and is left out.\n"
    } else {
        "It is not open.\n"
    };
    page.push_str(stands);
    for one in &own.feed_of_holds.turned {
        let turned = if one.is_open {
            "opened, at a new address"
        } else {
            "taken away"
        };
        let _ = writeln!(page, "- {}: {turned}", one.on);
    }
    page.push_str("\n## Your chat\n\n");
    match &own.chat {
        None => page.push_str("None is kept.\n"),
        Some(chat) => {
            let sort = chat
                .sort
                .unwrap_or("not known here: its key is not at hand");
            let _ = writeln!(
                page,
                "A webhook is kept ({sort}). Its address is a secret, and is left out."
            );
        }
    }
    page.push_str("\n## What was done to your calendar\n\n");
    if own.acts.is_empty() {
        page.push_str("Nothing.\n");
    }
    for one in &own.acts {
        let by = match one.by.as_str() {
            "person" => "at your word",
            "both" => "as you two agreed",
            _ => "by what you let the guard do",
        };
        let of = one.of.as_deref().unwrap_or("the whole meeting");
        let did = match &one.to {
            Some((from, to)) => format!("put to {from} to {to}"),
            None => "taken away".to_owned(),
        };
        let _ = writeln!(page, "- {}: {of} of {}: {did}, {by}", one.on, one.uid);
    }
}

fn looks(page: &mut String, kept: &Kept) {
    page.push_str("\n## Who looked at what is about you\n\n");
    if kept.looks.is_empty() {
        page.push_str("Nobody.\n");
    }
    for look in &kept.looks {
        let by = look.by.as_deref().unwrap_or("whoever runs this server");
        let _ = writeln!(page, "- {by}: {}, on {}", look.at, look.days.join(", "));
    }
}

fn connected(page: &mut String, kept: &Kept) {
    page.push_str("\n## Connected calendars\n\n");
    if kept.connected.is_empty() {
        page.push_str("None.\n");
    }
    for one in &kept.connected {
        let verified = one.verified.as_deref().unwrap_or("never yet");
        let stopped = if one.stopped { ", stopped" } else { "" };
        let _ = writeln!(
            page,
            "- {}, since {}, last checked {verified}{stopped}. How to get at it is kept sealed, and is left out.",
            one.at, one.since
        );
    }
}

fn said(page: &mut String, kept: &Kept) {
    page.push_str("\n## Who reports to whom, as was said\n\n");
    if kept.lines.is_empty() {
        page.push_str("Nobody said anything.\n");
    }
    for line in &kept.lines {
        let holds = if line.holds {
            "reports"
        } else {
            "no longer reports"
        };
        let _ = writeln!(
            page,
            "- {}: {} {holds} to {} (said by {})",
            line.on, line.report, line.manager, line.said_by
        );
    }
    page.push_str("\n## Your place in the organisation\n\n");
    let place = &kept.place;
    for line in &place.lines {
        let from = line.from.as_deref().unwrap_or("as far back as is known");
        let to = line.to.as_deref().unwrap_or("today");
        let _ = writeln!(
            page,
            "- {} reports to {}: {from} to {to}",
            line.report, line.manager
        );
    }
    for address in &place.other_addresses {
        let _ = writeln!(page, "- another address of yours: {address}");
    }
    for delegate in &place.delegates {
        let _ = writeln!(page, "- may move your 1:1s: {delegate}");
    }
    if place.lines.is_empty() && place.other_addresses.is_empty() && place.delegates.is_empty() {
        page.push_str("Nothing is said of you.\n");
    }
    page.push_str("\n## What you said of single 1:1s\n\n");
    if kept.words.is_empty() {
        page.push_str("Nothing.\n");
    }
    for one in &kept.words {
        let word = one.word.as_deref().unwrap_or("taken back");
        let with = one.with.as_deref().unwrap_or("somebody");
        let who = if one.shared {
            "shared with them"
        } else {
            "for you alone"
        };
        let _ = writeln!(
            page,
            "- {}: of {} with {with}: {word} ({who})",
            one.on, one.day
        );
    }
    page.push_str("\n## What others shared with you\n\n");
    if kept.words_shared_with_me.is_empty() {
        page.push_str("Nothing.\n");
    }
    for one in &kept.words_shared_with_me {
        let _ = writeln!(page, "- {} of {}: {}", one.by, one.day, one.word);
    }
}
