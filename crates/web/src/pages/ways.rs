//! The ways out of what threatens a 1:1: each with what it does, who is told, and what is not known.

use crate::pages::{by_mail, offers};
use maud::{Markup, html};
use steadfast_app::report::Report;
use steadfast_app::report::html::parts;
use steadfast_app::server::guard::{Deed, Outlook, Proposed, Way};
use steadfast_calendar::{Instant, Slot};

/// All of them, in one form.
pub(crate) fn ways(report: &Report, outlook: &Outlook, one: &Proposed, name: &str) -> Markup {
    let Some(promised) = one.promised else {
        return html! {};
    };
    if one.ways.is_empty() {
        return none(outlook, one);
    }
    let possible = one.ways.iter().any(|way| way.is_possible);
    let mut pairs = report.pairs.iter();
    let pair = pairs.find(|pair| pair.id == one.pair);
    let hours = pair.map(|pair| offers::hours(report, outlook, parts::partner(report, pair)));
    html! {
        form method="post" action={ "/one-on-ones/" (one.pair) "/guard" } class="reply" {
            input type="hidden" name="promised" value=(promised.start.seconds());
            input type="hidden" name="kind" value=(one.kind);
            @if let Some(over) = &one.over_it {
                input type="hidden" name="over" value=(over.meeting.0);
                input type="hidden" name="id" value=(over.meeting.1.seconds());
            }
            fieldset {
                legend class="unseen" { "Ways out" }
                @for way in &one.ways { (self::way(report, one, way, (name, hours.as_ref()))) }
            }
            @if !possible && one.ways.iter().any(|way| way.is_only_read) {
                p class="quiet small" {
                    "Do it in your calendar: Google lets Steadfast read it, and not write. If you "
                    a href="/calendars" { "let Steadfast write" } ", one tap does it."
                }
            } @else if !possible {
                p class="quiet small" {
                    "Do it in your calendar: nothing can be written from here where it lies. With the account "
                    a href="/calendars" { "connected" } ", one tap does it."
                }
            }
        }
    }
}

fn way(
    report: &Report,
    one: &Proposed,
    way: &Way,
    (name, hours): (&str, Option<&Markup>),
) -> Markup {
    html! {
        div class="way" {
            @match &way.deed {
                Deed::MoveOther { to, told } => {
                    span {
                        "Keep it, and move " (title(one)) " to " (moment(report, *to)) ". "
                        span class="quiet small" { (told_by(told)) (unseen(&way.unseen)) }
                    }
                    (button(way, None, "Move the other", true))
                }
                Deed::Decline { booker, note, instead } => {
                    span {
                        "Keep it, and decline " (title(one)) ". "
                        span class="quiet small" {
                            bdi { (booker) } " reads: “" (note) "”"
                            @if !instead.is_empty() { " with " (list(report, instead)) }
                            ", on their clock." (unseen(&way.unseen))
                            " Only this one is declined, not others of the same series."
                        }
                    }
                    (button(way, None, "Decline", true))
                }
                Deed::Perhaps { booker, note, instead } => {
                    span {
                        "Or answer " (title(one)) " with perhaps: it still lies over the 1:1 then. "
                        span class="quiet small" {
                            bdi { (booker) } " reads: “" (note) "”"
                            @if !instead.is_empty() { " with the same times" }
                            "."
                        }
                    }
                    (button(way, None, "Answer with perhaps", false))
                }
                Deed::Restore { to } => {
                    @let is_cut = one.kind == "cut";
                    span {
                        @if is_cut { "Give it its minutes back: " (span(report, *to)) ". " }
                        @else { "Keep it, and put it back to " (moment(report, *to)) ". " }
                        span class="quiet small" { (unseen(&way.unseen)) }
                    }
                    (button(way, None, if is_cut { "Restore its minutes" } else { "Put it back" }, true))
                }
                Deed::MakeGood { slots } => {
                    span {
                        @if one.over_it.is_some() { "Or let it give way, and hold it at another time: then it counts as moved. " }
                        @else { "Hold it at another time before the next one. " }
                        span class="quiet small" {
                            "Your calendar invites " bdi { (name) } ", who can decline." (unseen(&way.unseen))
                            @if slots.iter().any(|slot| one.promised.is_some_and(|promised| slot.seconds() < promised.seconds())) {
                                " No time as long as promised was found: these are shorter."
                            }
                            @if let Some(hours) = hours { (hours) }
                        }
                    }
                    @if way.is_possible {
                        @if one.other_joined {
                            span class="quiet small" { "While " bdi { (name) } " has the pick, the first of these is kept free on your calendar." }
                        }
                        span class="slots" {
                            @if one.other_joined {
                                button name="way" value=(value(way, None)) class=[one.over_it.is_none().then_some("first")] {
                                    "Let " bdi { (name) } " pick"
                                }
                            }
                            @if let (false, Some(promised)) = (one.other_joined, one.promised) {
                                a class="button" href=(by_mail::address(&one.pair, promised.start)) { "Let " bdi { (name) } " pick, by mail" }
                            }
                            @for slot in slots { (button(way, Some(slot.start), &span(report, *slot), false)) }
                        }
                    } @else {
                        span { "Found were " (list(report, slots)) "." }
                    }
                }
            }
        }
    }
}

/// Where nothing can be offered: said of what is owed, and of nothing else.
fn none(outlook: &Outlook, one: &Proposed) -> Markup {
    let is_offered = offers::about(outlook, one).is_some_and(|about| about.about.offer.is_some());
    let is_owed =
        !is_offered && matches!(one.kind, "cancelled" | "series_gone" | "leave" | "wished");
    html! {
        @if is_owed { p class="quiet small" { "No time before the next one was found at which both of you are free, as far as your calendars are seen." } }
    }
}

fn button(way: &Way, at: Option<Instant>, label: &str, is_first: bool) -> Markup {
    html! {
        @if way.is_possible {
            button name="way" value=(value(way, at)) class=[is_first.then_some("first")] { (label) }
        }
    }
}

/// What a button sends: the way, what was shown of it, and where it begins.
fn value(way: &Way, at: Option<Instant>) -> String {
    let at = at.map_or_else(String::new, |at| format!(" {}", at.seconds()));
    format!("{} {}{at}", way.measure.as_str(), way.mark())
}

fn title(one: &Proposed) -> Markup {
    html! {
        @match one.over_it.as_ref().filter(|over| !over.title.is_empty()) {
            Some(over) => { "“" bdi { (over.title) } "”" }
            None => { "the other meeting" }
        }
    }
}

fn told_by(told: &[String]) -> String {
    match told {
        [] => "Nobody else is in it.".to_owned(),
        [one] => format!("Your calendar tells {one}."),
        [first, second] => format!("Your calendar tells {first} and {second}."),
        [first, .., last] => format!(
            "Your calendar tells {} people, from {first} to {last}.",
            told.len()
        ),
    }
}

fn unseen(people: &[String]) -> String {
    match people {
        [] => String::new(),
        [one] => format!(" Whether {one} is free then is not known here."),
        [first, second] => {
            format!(" Whether {first} and {second} are free then is not known here.")
        }
        more => format!(
            " Whether {} of them are free then is not known here.",
            more.len()
        ),
    }
}

pub(crate) fn list(report: &Report, slots: &[Slot]) -> String {
    let times: Vec<String> = slots.iter().map(|slot| moment(report, *slot)).collect();
    match times.as_slice() {
        [most @ .., last] if !most.is_empty() => format!("{} and {last}", most.join(", ")),
        times => times.join(""),
    }
}

/// "Tue 31 Mar 14:00", on the reader's clock.
pub(crate) fn moment(report: &Report, slot: Slot) -> String {
    parts::at(report, slot.start)
}

/// "14:00–15:00", with its day where it begins on another one.
pub(crate) fn span(report: &Report, slot: Slot) -> String {
    let end = slot.end.civil(&report.zone);
    format!("{}–{}", moment(report, slot), end.strftime("%-H:%M"))
}
