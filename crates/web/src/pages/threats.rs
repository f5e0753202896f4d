//! What threatens somebody's 1:1s, with each way out as one tap.

use crate::form::{Wrong, wrong};
use crate::guard;
use crate::me::Me;
use crate::pages::{offers, one_on_one};
use crate::refusal::{Answered, Refusal};
use crate::server::Server;
use axum::Form;
use axum::extract::rejection::FormRejection;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use maud::{Markup, html};
use serde::Deserialize;
use steadfast_app::report::Report;
use steadfast_app::report::html::parts;
use steadfast_app::report::model::Pair;
use steadfast_app::server::guard::{
    Deed, LastTap, Measure, Outlook, OverIt, Proposed, Tapped, Way,
};
use steadfast_app::server::ledger::{Word, offered};
use steadfast_calendar::{Instant, Slot};
use steadfast_store::IntentState;

/// A tap: the hidden fields of its card, and the button.
#[derive(Debug, Deserialize)]
pub(crate) struct Pressed {
    promised: i64,
    kind: String,
    #[serde(default)]
    over: String,
    #[serde(default)]
    id: Option<i64>,
    /// `move_other`, `answer_booker`, `restore`, `make_good` for the report to pick, or `make_good.` and the second at
    /// which it begins.
    way: String,
}

pub(crate) async fn tap(
    State(server): State<Server>,
    me: Me,
    Path(pair): Path<String>,
    pressed: Result<Form<Pressed>, FormRejection>,
) -> Answered {
    let Form(pressed) = pressed.map_err(|_| Refusal::NotAForm)?;
    let tapped = read(pair, pressed).ok_or(Refusal::NotAForm)?;
    match guard::tap(&server, &me, tapped).await {
        Ok(_) => Ok(Redirect::to("/one-on-ones#threats").into_response()),
        Err(error) => match Wrong::of(&error) {
            Some(said) => super::one_on_ones::with_wrong(&server, &me, &said).await,
            None => Err(error.into()),
        },
    }
}

fn read(pair: String, pressed: Pressed) -> Option<Tapped> {
    let (way, at) = match pressed.way.split_once('.') {
        Some(("make_good", at)) => (Measure::MakeGood, Some(at.parse().ok()?)),
        None if pressed.way == Measure::MakeGood.as_str() => (Measure::MakeGood, None),
        None if pressed.way == Measure::MoveOther.as_str() => (Measure::MoveOther, None),
        None if pressed.way == Measure::AnswerBooker.as_str() => (Measure::AnswerBooker, None),
        None if pressed.way == Measure::Restore.as_str() => (Measure::Restore, None),
        _ => return None,
    };
    let over_it = pressed.id.filter(|_| !pressed.over.is_empty());
    Some(Tapped {
        pair,
        promised: Instant::from_seconds(pressed.promised),
        kind: pressed.kind,
        over_it: over_it.map(|id| (pressed.over, Instant::from_seconds(id))),
        way,
        at: at.map(Instant::from_seconds),
    })
}

/// What threatens the 1:1s of `report`, or one of them; `said` is what was wrong with the last tap.
pub(crate) fn section(
    report: &Report,
    outlook: &Outlook,
    only: Option<&Pair>,
    said: Option<&Wrong>,
) -> Markup {
    let is_told = |one: &&Proposed| only.is_none_or(|pair| pair.id == one.pair);
    let told: Vec<&Proposed> = outlook.proposals.iter().filter(is_told).collect();
    if told.is_empty() && said.is_none() {
        return nothing(outlook, only.is_some());
    }
    html! {
        section aria-labelledby="threats" class="threats" {
            h2 id="threats" { "What threatens " @if only.is_some() { "it" } @else { "them" } }
            (wrong(said))
            p class="quiet small" {
                "Only you see this. What you press is done at once; it stands in your "
                a href="/log" { "log" } ", where it can be taken back."
            }
            @for (one, again) in together(&told) { (card(report, outlook, one, &again)) }
        }
    }
}

fn nothing(outlook: &Outlook, is_one: bool) -> Markup {
    html! {
        @if outlook.is_fresh && !is_one {
            p class="quiet" { "Nothing that was seen on your calendar threatens one of them in the next weeks." }
        } @else if !outlook.is_fresh && !is_one {
            p class="quiet" {
                "What comes next is not watched: no connected calendar of yours was seen within a day. "
                a href="/calendars" { "Your calendars" } "."
            }
        }
    }
}

/// The same meeting over the same 1:1 again and again is told once, with the other days.
fn together<'a>(told: &[&'a Proposed]) -> Vec<(&'a Proposed, Vec<Slot>)> {
    let mut cards: Vec<(&Proposed, Vec<Slot>)> = Vec::new();
    for one in told {
        let uid = |one: &Proposed| one.over_it.as_ref().map(|over| over.meeting.0.clone());
        let same = cards.iter_mut().find(|(first, _)| {
            uid(first).is_some() && uid(first) == uid(one) && first.pair == one.pair
        });
        match (same, one.stands) {
            (Some((_, again)), Some(stands)) => again.push(stands),
            _ => cards.push((one, Vec::new())),
        }
    }
    cards
}

fn card(report: &Report, outlook: &Outlook, one: &Proposed, again: &[Slot]) -> Markup {
    let pair = report.pairs.iter().find(|pair| pair.id == one.pair);
    let Some(pair) = pair else {
        return html! {};
    };
    let name = parts::name(parts::partner(report, pair));
    let when = one.stands.or(one.promised);
    html! {
        div class="threat" {
            h3 {
                a href=(one_on_one::address(pair)) { bdi { (name) } }
                @if let Some(when) = when { ", " (moment(report, when)) }
            }
            p {
                (what(report, one))
                @if !again.is_empty() { " And so it does again on " (list(report, again)) "." }
            }
            @match &one.tapped {
                Some(tapped) if !is_open(tapped) => { p class="said" role="status" { (became(tapped)) } }
                tapped => {
                    @if let Some(tapped) = tapped { p class="said" { (became(tapped)) } }
                    (ways(report, one, &name))
                    (agreed(report, pair, one, &name))
                    (reason(outlook, one, &name))
                }
            }
        }
    }
}

/// The word that both agreed, which is the manager's to give here; the report gives theirs from the page of that 1:1.
fn agreed(report: &Report, pair: &Pair, one: &Proposed, name: &str) -> Markup {
    let Some(promised) = one.promised.filter(|_| one.may_be_agreed && one.as_manager) else {
        return html! {};
    };
    let mut occurrences = pair.occurrences.iter();
    let occurrence = occurrences.find(|one| one.promised == promised);
    let me = report.me.as_ref().map_or("", |me| &*me.address);
    let words = occurrence.map(|one| offered(pair, one, me));
    // Where the word would change nothing, as with leave, it is not asked for.
    if !words.is_some_and(|words| words.iter().any(|(word, _)| *word == Word::Agreed)) {
        return html! {};
    }
    let day = promised.start.date(&report.zone);
    html! {
        form method="post" action={ (one_on_one::address(pair)) "/" (day) "/word" } class="reply" {
            div class="way" {
                span {
                    "Or it is as you two want it. "
                    span class="quiet small" { bdi { (name) } " sees that you say so; it counts neither way once " bdi { (name) } " says so too." }
                }
                button name="say" value="agreed.shared" { "We agreed on it" }
            }
        }
    }
}

/// Room for the reason why it was changed.
fn reason(outlook: &Outlook, one: &Proposed, name: &str) -> Markup {
    let Some(promised) = one.promised.filter(|_| one.may_be_agreed && one.as_manager) else {
        return html! {};
    };
    let mut between = outlook.between.iter();
    let about =
        between.find(|known| known.pair == one.pair && known.promised.start == promised.start);
    let reason = about.and_then(|known| known.about.reason.as_deref());
    if !one.other_joined && reason.is_none() {
        return html! {};
    }
    offers::reason_form(&one.pair, promised, reason, name)
}

/// Whether the ways out are offered still: what is under way or done waits for the next look at the calendar.
fn is_open(tapped: &LastTap) -> bool {
    tapped.state.is_end() && !tapped.state.stands()
}

fn became(tapped: &LastTap) -> String {
    let problem = tapped.problem.as_deref().unwrap_or("the log says more");
    match tapped.state {
        IntentState::Written | IntentState::Sending => "On its way to your calendar.".to_owned(),
        IntentState::Done => {
            "Done. It is gone from here as soon as your calendar was looked at again.".to_owned()
        }
        IntentState::NotDelivered => format!("Done in your calendar, but: {problem}."),
        IntentState::Undone => "You took it back.".to_owned(),
        IntentState::Unsure => {
            format!("Whether it was done is not known: {problem}. Look into your calendar.")
        }
        IntentState::Changed | IntentState::Failed | IntentState::Stopped => {
            format!("It was not done: {problem}.")
        }
    }
}

/// What is the matter, in a sentence.
fn what(report: &Report, one: &Proposed) -> Markup {
    let place = one
        .stands
        .filter(|stands| Some(stands.start) != one.promised.map(|slot| slot.start));
    html! {
        @match &one.over_it {
            Some(over) => { (called(over)) " lies over it, " (span(report, over.slot)) "." }
            None => {
                (sentence(&one.because)) "."
                @if let (Some(_), Some(promised)) = (place, one.promised) {
                    " It was promised for " (moment(report, promised)) "."
                }
            }
        }
    }
}

/// A meeting as its owner knows it.
fn called(over: &OverIt) -> Markup {
    html! {
        @if over.title.is_empty() { "Another meeting" } @else { "“" bdi { (over.title) } "”" }
        @match &over.from {
            Some(from) => { " from " bdi { (from) } }
            None => { ", which is yours," }
        }
    }
}

fn ways(report: &Report, one: &Proposed, name: &str) -> Markup {
    let Some(promised) = one.promised else {
        return html! {};
    };
    if one.ways.is_empty() {
        return none(one);
    }
    let possible = one.ways.iter().any(|way| way.is_possible);
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
                @for way in &one.ways { (self::way(report, one, way, name)) }
            }
            @if !possible {
                p class="quiet small" {
                    "Do it in your calendar: nothing can be written from here where it lies. With the account "
                    a href="/calendars" { "connected" } ", one tap does it."
                }
            }
        }
    }
}

fn way(report: &Report, one: &Proposed, way: &Way, name: &str) -> Markup {
    html! {
        div class="way" {
            @match &way.deed {
                Deed::MoveOther { to, told } => {
                    span {
                        "Keep it, and move " (title(one)) " to " (moment(report, *to)) ". "
                        span class="quiet small" { (told_by(told)) (unseen(&way.unseen)) }
                    }
                    (button(way, way.measure.as_str(), "Move the other"))
                }
                Deed::Decline { booker, note, instead } => {
                    span {
                        "Keep it, and decline " (title(one)) ". "
                        span class="quiet small" {
                            bdi { (booker) } " reads: “" (note) "”"
                            @if !instead.is_empty() { " with " (list(report, instead)) }
                            ", on their clock."
                        }
                    }
                    (button(way, way.measure.as_str(), "Decline"))
                }
                Deed::Restore { to } => {
                    span { "Put it back to " (moment(report, *to)) ". " span class="quiet small" { (unseen(&way.unseen)) } }
                    (button(way, way.measure.as_str(), "Put it back"))
                }
                Deed::MakeGood { slots } => {
                    span {
                        @if one.over_it.is_some() { "Or let it give way, and hold it at another time. " } @else { "Hold it at another time before the next one. " }
                        span class="quiet small" { "Your calendar invites " bdi { (name) } ", who can decline." (unseen(&way.unseen)) }
                    }
                    @if way.is_possible {
                        span class="slots" {
                            @if one.other_joined {
                                button name="way" value=(way.measure.as_str()) class="first" { "Let " bdi { (name) } " pick" }
                            }
                            @for slot in slots {
                                (button(way, &format!("make_good.{}", slot.start.seconds()), &moment(report, *slot)))
                            }
                        }
                    } @else {
                        span { "Free are " (list(report, slots)) "." }
                    }
                }
            }
        }
    }
}

/// Where nothing can be offered: said of what is owed, and of nothing else.
fn none(one: &Proposed) -> Markup {
    let is_owed = matches!(one.kind, "cancelled" | "series_gone" | "leave");
    html! {
        @if is_owed { p class="quiet small" { "No time before the next one was found at which both of you are free." } }
    }
}

fn button(way: &Way, value: &str, label: &str) -> Markup {
    html! { @if way.is_possible { button name="way" value=(value) { (label) } } }
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

fn list(report: &Report, slots: &[Slot]) -> String {
    let times: Vec<String> = slots.iter().map(|slot| moment(report, *slot)).collect();
    match times.as_slice() {
        [most @ .., last] if !most.is_empty() => format!("{} and {last}", most.join(", ")),
        times => times.join(""),
    }
}

/// "Tue 31 Mar 14:00", on the reader's clock.
fn moment(report: &Report, slot: Slot) -> String {
    parts::at(report, slot.start)
}

/// "14:00–15:00", with its day where it begins on another one.
fn span(report: &Report, slot: Slot) -> String {
    let end = slot.end.civil(&report.zone);
    format!("{}–{}", moment(report, slot), end.strftime("%-H:%M"))
}

fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|first| first.to_uppercase().to_string());
    first.map_or_else(String::new, |first| first + chars.as_str())
}
