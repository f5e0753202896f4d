//! One thing that happened, as a sentence.

use crate::pages::{acts_for, auditor, mail_words, reply};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use maud::{Markup, html};
use steadfast_app::report::html::parts;
use steadfast_app::server::guard::is_for_good;
use steadfast_app::server::guard::policies::{Level, class_words};
use steadfast_app::server::ledger::Said;
use steadfast_app::server::log::{Entry, Feed, Guarded, Listed, Named, SaidBetween, What};
use steadfast_calendar::Instant;

/// The sentence; `year` is the present one, which is not said.
pub(crate) fn sentence(entry: &Entry, zone: &TimeZone, year: i16) -> Markup {
    let moment = |at: Instant| moment(at, zone, year);
    match &entry.what {
        What::HandedIn => html! { "You handed in an export of your calendar." },
        What::Connected { label } => {
            html! { "You connected " bdi { (label) } ". It is read from then on." }
        }
        What::Opened { label } => html! {
            "Your calendar was connected, as you let it: " bdi { (label) } ". It is read from then on, as one that you connect yourself; who sees what "
            "of it: " a href="/privacy" { "Privacy" } ". You can " a href="/calendars" { "leave" } " at any time."
        },
        What::Mended { label } => {
            html! { "You had " bdi { (label) } " tried again, and it answered." }
        }
        What::Disconnected { label } => {
            html! { "You disconnected " bdi { (label) } ". How to get at it was erased." }
        }
        What::Silent {
            label,
            problem,
            stops,
        } => html! {
            bdi { (label) } " did not answer: " (problem) ". "
            @if *stops { "It is not asked again until you " a href="/calendars" { "mend it" } "." }
            @else { "It was asked again from then on, by itself." }
        },
        What::Answers { label, since } => html! {
            bdi { (label) } " answered again."
            @if let Some(since) = since { " What it said was known up to " (moment(*since)) "." }
        },
        What::Unread { label, entries } => html! {
            bdi { (label) } ": " (many(*entries, "entry")) " could not be read. What was known of "
            @if *entries == 1 { "it" } @else { "them" } " stands; everything else was read."
        },
        What::Found {
            label,
            rounds,
            changed,
            gone,
        } => html! {
            (calendar(label.as_deref())) ": " (many(*rounds, "look")) " found something new: " (many(*changed, "entry"))
            " new or different" @if *gone > 0 { ", " (many(*gone, "entry")) " gone" } "."
        },
        What::Gap { label, from } => html! {
            (calendar(label.as_deref())) ": what changed since " (moment(*from)) " was seen only in the end. Its server no longer knew "
            "what came in between, so when each change was made is not known."
        },
        What::CalendarLeft { label } => html! {
            (calendar(label.as_deref())) ": one of its calendars is not there any more. What becomes of the meetings on it is not known."
        },
        What::HeldBack { promised, text } => html! {
            @if let Some(promised) = promised { "About your 1:1 of " (moment(*promised)) ": " }
            (text)
        },
        What::Invited { email } => html! { "You made an invitation for " bdi { (email) } "." },
        What::Joined { email } => html! { bdi { (email) } " accepted your invitation." },
        What::Auditor(auditing) => auditor::said(auditing),
        What::Acted {
            deed,
            to,
            takes_back,
            ended,
            policy,
            because,
            problem,
            ..
        } => html! {
            (acted(deed, *takes_back, ended)) @if let Some(to) = to { " (" (moment(*to)) ")" } "."
            @if !because.is_empty() { " Why: " (because) "." }
            @if !policy.is_empty() { " Allowed by: " (policy) "." }
            @if let Some(problem) = problem { " What came between: " (problem) "." }
        },
        What::Line {
            by,
            manager,
            report,
            holds,
        } => line(by, manager, report, *holds),
        What::Listed { by_me, lines } => listed(*by_me, lines, year),
        What::ActsFor {
            by,
            by_list,
            person,
            delegate,
            holds,
        } => acts_for::said((by, *by_list), person, delegate, *holds),
        What::Said {
            by,
            with,
            pair,
            day,
            word,
            shared,
        } => {
            let said = Said {
                date: *day,
                word: *word,
                shared: *shared,
                mine: by.is_me,
                as_manager: false,
            };
            word_said(&said, with, pair, year)
        }
        What::Unsaid { with, pair, day } => unsaid(with, (pair, *day), year),
        What::Hours { week: Some(days) } => html! {
            "You said when you work: " (days.join(", ")) "."
        },
        What::Hours { week: None } => html! { "You say nothing of when you work any more." },
        What::Feed(turn) => html! {
            @match turn {
                Feed::Opened => "You made an address for your feed of what is held.",
                Feed::Renewed => "You made another address for your feed of what is held; the one before is good for nothing.",
                Feed::Closed => "You took your feed of what is held away; its address is good for nothing.",
            }
        },
        What::Between {
            by,
            with,
            pair,
            promised,
            said,
        } => {
            let of = if is_for_good(*promised) {
                "from then on".to_owned()
            } else {
                format!("of {}", moment(*promised))
            };
            between((by.is_me, with), pair, &of, *said, moment)
        }
        What::Mailed { about, by, how } => mail_words::mailed(about, *by, *how, moment),
        What::InName { deed, to, how } => mail_words::in_name(deed, to, how),
        What::Guard {
            for_all,
            by_me,
            of_one,
            with,
            said,
        } => {
            let of = match (*of_one, with) {
                (false, _) => html! {},
                (true, Some(with)) => html! { " for your 1:1 with " bdi { (with.name) } },
                (true, None) => html! { " for one of your 1:1s" },
            };
            guarded(said, (*for_all, *by_me), &of)
        }
        What::Rhythm {
            by,
            with,
            pair,
            word,
            days,
        } => rhythm(by, with, pair, word, *days),
    }
}

/// What was said between the reader and `with` about one 1:1.
fn between(
    (by_me, with): (bool, &Named),
    pair: &str,
    of: &str,
    said: SaidBetween,
    moment: impl Fn(Instant) -> String,
) -> Markup {
    let name = &with.name;
    html! {
        @match (said, by_me) {
            (SaidBetween::Offered { by_owner: true }, true) => { "You offered " bdi { (name) } " other times for the 1:1 " }
            (SaidBetween::Offered { by_owner: true }, false) => { bdi { (name) } " offered you other times for the 1:1 " }
            (SaidBetween::Offered { by_owner: false }, true) => { "The guard offered " bdi { (name) } " other times for the 1:1 " }
            (SaidBetween::Offered { by_owner: false }, false) => { "The guard of " bdi { (name) } " offered you other times for the 1:1 " }
            (SaidBetween::Picked(at), true) => { "You picked " (moment(at)) " for the 1:1 " }
            (SaidBetween::Picked(at), false) => { bdi { (name) } " picked " (moment(at)) " for the 1:1 " }
            (SaidBetween::PickedNone, true) => { "You wanted none of the other times for the 1:1 " }
            (SaidBetween::PickedNone, false) => { bdi { (name) } " wanted none of the other times for the 1:1 " }
            (SaidBetween::Withdrawn, true) => { "You took back the times that were offered to " bdi { (name) } " for the 1:1 " }
            (SaidBetween::Withdrawn, false) => { bdi { (name) } " took back the times that were offered to you for the 1:1 " }
            (SaidBetween::PickTakenBack(at), true) => { "You took back " (moment(at)) ", which " bdi { (name) } " had picked for the 1:1 " }
            (SaidBetween::PickTakenBack(at), false) => { bdi { (name) } " took back " (moment(at)) ", which you had picked for the 1:1 " }
            (SaidBetween::Over, true) => { "What was offered to " bdi { (name) } " ended by itself, needed no more or not to be had any more: the 1:1 " }
            (SaidBetween::Over, false) => { "What " bdi { (name) } " offered you ended by itself, needed no more or not to be had any more: the 1:1 " }
            (SaidBetween::Reason, true) => { "You told " bdi { (name) } " why you changed the 1:1 " }
            (SaidBetween::Reason, false) => { bdi { (name) } " told you why they changed the 1:1 " }
            (SaidBetween::NoReason, true) => { "You took back why you changed the 1:1 " }
            (SaidBetween::NoReason, false) => { bdi { (name) } " took back why they changed the 1:1 " }
            (SaidBetween::Booked(at), true) => { bdi { (name) } " was told that " (moment(at)) " was booked for the 1:1 " }
            (SaidBetween::Booked(at), false) => { bdi { (name) } ", or their guard, booked " (moment(at)) " for the 1:1 " }
            (SaidBetween::Asked, true) => { "You asked " bdi { (name) } " for another time for the 1:1 " }
            (SaidBetween::Asked, false) => { bdi { (name) } " asked you for another time for the 1:1 " }
            (SaidBetween::NotAsked, true) => { "You ask " bdi { (name) } " no more for another time for the 1:1 " }
            (SaidBetween::NotAsked, false) => { bdi { (name) } " asks you no more for another time for the 1:1 " }
            (SaidBetween::NoTime, true) => { "The guard told " bdi { (name) } " that no other time is free for the 1:1 " }
            (SaidBetween::NoTime, false) => { "The guard of " bdi { (name) } " told you that no other time is free for the 1:1 " }
        }
        a href={ "/one-on-ones/" (pair) "#between" } { (of) } "."
    }
}

/// What was done to the reader's calendar, in a sentence without its full stop.
pub(crate) fn did(deed: &str) -> String {
    acted(deed, false, "done")
}

/// What was done to the reader's calendar, or would have been.
fn acted(deed: &str, takes_back: bool, ended: &str) -> String {
    let (did, would) = match deed {
        "move" => ("moved a meeting", "have moved a meeting"),
        "resize" => (
            "changed how long a meeting lasts",
            "have changed how long a meeting lasts",
        ),
        "cancel" => ("cancelled a meeting", "have cancelled a meeting"),
        "restore" => ("put a meeting back", "have put a meeting back"),
        "answer" => ("answered an invitation", "have answered an invitation"),
        "decline" => ("declined an invitation", "have declined an invitation"),
        "book" => ("booked a meeting", "have booked a meeting"),
        "begin" => ("began a series of 1:1s", "have begun a series of 1:1s"),
        "onward" => (
            "moved a series of 1:1s for good",
            "have moved a series of 1:1s for good",
        ),
        "end" => ("ended a series of 1:1s", "have ended a series of 1:1s"),
        "hold" => ("kept a time free", "have kept a time free"),
        "busy" => ("showed a 1:1 as busy", "have shown a 1:1 as busy"),
        "free" => ("showed a 1:1 as free", "have shown a 1:1 as free"),
        "withdraw" => (
            "took an entry of ours away",
            "have taken an entry of ours away",
        ),
        _ => ("changed your calendar", "have changed your calendar"),
    };
    let back = if takes_back {
        ", to take back what was done before"
    } else {
        ""
    };
    match ended {
        "done" | "undone" => format!("We {did}{back}"),
        "not delivered" => format!("We {did}{back}; nothing says that everybody in it was told"),
        "unsure" => format!("We may have {did}{back}: your calendar did not say"),
        _ => format!("We would {would}{back}, and did not"),
    }
}

/// What was said about how far the guard goes; `whose`: for everybody, and by the reader.
fn guarded(said: &Guarded, whose: (bool, bool), of: &Markup) -> Markup {
    let who = match whose {
        (_, true) => "You",
        (_, false) => "Whoever set this server up",
    };
    let of = if whose.0 {
        html! { ", for everybody who chose nothing else" }
    } else {
        of.clone()
    };
    let listed = |lines: &[String]| {
        let what = if lines.is_empty() {
            "as they were".to_owned()
        } else {
            lines.join("; ")
        };
        html! { (what) }
    };
    html! {
        @match said {
            Guarded::Level(Some(level)) => { (who) " chose “" (level.as_str()) "”" (of) ": " (level_does(*level)) },
            Guarded::Level(None) => { (who) " left open how far the guard goes" (of) },
            Guarded::Bounds(Some(lines)) => { (who) " set the bounds of the guard" (of) ": " (listed(lines)) },
            Guarded::Bounds(None) => { (who) " left the bounds of the guard open" (of) },
            Guarded::Limits(lines) => { (who) " set beyond which nobody’s guard goes: " (listed(lines)) },
            Guarded::Switched { stopped: true } if whose.0 => { (who) " stopped everything that the guard does, for everybody" },
            Guarded::Switched { stopped: true } => { (who) " stopped everything that the guard does for you" },
            Guarded::Switched { .. } if whose.0 => { (who) " let the guard go on, for everybody" },
            Guarded::Switched { .. } => { (who) " let the guard go on" },
            Guarded::Class(Some(class)) => { (who) " said that one of your meetings is " (class_words(*class)) },
            Guarded::Class(None) => { (who) " took back what sort of meeting one of yours is" },
            Guarded::Previewed => { "What the guard writes by itself" (of) " was shown before it was let act; that counts as read" },
            Guarded::Unreadable => { "Something was chosen about the guard with a newer version of this program; this one cannot read it, "
                "and only advises" },
        }
        "."
    }
}

/// What a level is, in half a sentence.
pub(crate) const fn level_does(level: Level) -> &'static str {
    match level {
        Level::Watch => "nothing is proposed and nothing is done",
        Level::Advise => "proposals; nothing is written without you",
        Level::Defend => "it may act within the bounds",
    }
}

/// The same without marks, for programs.
pub(crate) fn plain(entry: &Entry, zone: &TimeZone, year: i16) -> String {
    let mut plain = String::new();
    let mut is_inside = false;
    for letter in sentence(entry, zone, year).into_string().chars() {
        match letter {
            '<' => is_inside = true,
            '>' if is_inside => is_inside = false,
            letter if !is_inside => plain.push(letter),
            _ => {}
        }
    }
    let marks = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&amp;", "&"),
    ];
    marks
        .iter()
        .fold(plain, |text, (mark, letter)| text.replace(mark, letter))
}

fn line(by: &Named, manager: &Named, report: &Named, holds: bool) -> Markup {
    let to = match manager {
        one if one.is_me => "you",
        one if one.address == by.address => "them",
        one => one.name.as_str(),
    };
    let no_longer = if holds { "" } else { "no longer " };
    html! {
        (who(by)) " said that "
        @if report.is_me { "you " (no_longer) "report" }
        @else if report.address == by.address { "they " (no_longer) "report" }
        @else { bdi { (report.name) } " " (no_longer) "reports" }
        " to " bdi { (to) } "."
    }
}

/// "By the list of people you report to Petra Fischer from 24 November on; you report to Maya Lind until 23 November."
fn listed(by_me: bool, lines: &[Listed], year: i16) -> Markup {
    let is = |one: &Named, other: &str| {
        if one.is_me {
            "you".to_owned()
        } else {
            other.to_owned()
        }
    };
    html! {
        @if by_me { "You wrote in the list of people: " } @else { "By the list of people " }
        @for (number, line) in lines.iter().enumerate() {
            @if number > 0 { "; " }
            bdi { (is(&line.report, &line.report.name)) }
            @match (line.holds, line.report.is_me) {
                (true, true) => " report to ",
                (true, false) => " reports to ",
                (false, _) => " never reported to ",
            }
            bdi { (is(&line.manager, &line.manager.name)) }
            @if let Some(from) = line.from.filter(|_| line.holds) { " from " (day(from, year)) " on" }
            @if let Some(to) = line.to.filter(|_| line.holds) { " until " (day(to, year)) }
        }
        "."
    }
}

fn word_said(said: &Said, with: &Named, pair: &str, year: i16) -> Markup {
    let seen = match (said.mine, said.shared) {
        (true, false) => "you alone see it".to_owned(),
        (true, true) => format!("{} sees it too", with.name),
        (false, _) => "shared with you".to_owned(),
    };
    html! {
        @if said.mine { "You" } @else { bdi { (with.name) } }
        " said of " a href={ "/one-on-ones/" (pair) "/" (said.date) } { "your 1:1 of " (day(said.date, year)) }
        @if said.mine { " with " bdi { (with.name) } }
        ": “" (reply::spoken(said, &with.name)) "” " span class="quiet" { "(" (seen) ")" } "."
    }
}

fn unsaid(with: &Named, (pair, on): (&str, Date), year: i16) -> Markup {
    html! {
        "You took back what you had said of " a href={ "/one-on-ones/" (pair) "/" (on) } { "your 1:1 of " (day(on, year)) }
        " with " bdi { (with.name) } "."
    }
}

fn rhythm(by: &Named, with: &Named, pair: &str, word: &str, days: Option<i64>) -> Markup {
    let every = days.map(parts::every).unwrap_or_default();
    let other = html! { bdi { @if by.is_me { (with.name) } @else { "you" } } };
    let at = format!("/policies#p{pair}");
    html! {
        (who(by)) " "
        @match word {
            "propose" => { "proposed to meet " (other) " " a href=(at) { (every) } },
            "agree" => { "agreed to meet " (other) " " a href=(at) { (every) } },
            "drop" => { "took the proposal off the table: " a href=(at) { "how often you meet" } },
            _ => { "ended what was agreed: " a href=(at) { "how often you meet" } },
        }
        "."
    }
}

fn who(by: &Named) -> Markup {
    html! { @if by.is_me { "You" } @else { bdi { (by.name) } } }
}

fn calendar(label: Option<&str>) -> Markup {
    html! {
        @match label {
            Some(label) => bdi { (label) },
            None => "A calendar that is not connected any more",
        }
    }
}

fn many(count: usize, what: &str) -> String {
    match (count, what) {
        (1, _) => format!("1 {what}"),
        (_, "entry") => format!("{count} entries"),
        _ => format!("{count} {what}s"),
    }
}

fn day(date: Date, year: i16) -> String {
    let form = if date.year() == year {
        "%-d %B"
    } else {
        "%-d %B %Y"
    };
    date.strftime(form).to_string()
}

/// "3 March, 15:00".
pub(crate) fn moment(at: Instant, zone: &TimeZone, year: i16) -> String {
    let civil = at.civil(zone);
    let clock = civil.strftime("%-H:%M");
    format!("{}, {clock}", day(civil.date(), year))
}
