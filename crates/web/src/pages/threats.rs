//! What threatens somebody's 1:1s, with each way out as one tap.

use crate::form::{Wrong, wrong};
use crate::guard;
use crate::me::Me;
use crate::pages::ways::{list, moment, span, ways};
use crate::pages::{begins, busy, offers, one_on_one, sort, tell};
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
use steadfast_app::server::guard::{LastTap, Measure, Outlook, OverIt, Proposed, Tapped};
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
    /// The button's own: the way, the mark of what was shown, and of a place the second at which it begins, with spaces
    /// between. Without a place to make it good the report is to pick.
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
    let did = match (tapped.way, tapped.at) {
        (Measure::MakeGood, None) => "offered",
        (way, _) => way.as_str(),
    };
    let to = format!(
        "/one-on-ones?did={did}&of={}#threats",
        tapped.promised.seconds()
    );
    match guard::tap(&server, &me, tapped).await {
        Ok(_) => Ok(Redirect::to(&to).into_response()),
        Err(error) => match Wrong::of(&error) {
            Some(said) => super::one_on_ones::with_wrong(&server, &me, &said).await,
            None => Err(error.into()),
        },
    }
}

fn read(pair: String, pressed: Pressed) -> Option<Tapped> {
    let mut parts = pressed.way.split(' ');
    let (way, mark, at) = (parts.next()?, parts.next()?, parts.next());
    let ways = [
        Measure::MoveOther,
        Measure::AnswerBooker,
        Measure::AnswerPerhaps,
        Measure::Restore,
        Measure::MakeGood,
    ];
    let way = ways.into_iter().find(|one| one.as_str() == way)?;
    let at = match at {
        Some(at) => Some(Instant::from_seconds(at.parse().ok()?)),
        None => None,
    };
    let over_it = pressed.id.filter(|_| !pressed.over.is_empty());
    Some(Tapped {
        pair,
        promised: Instant::from_seconds(pressed.promised),
        kind: pressed.kind,
        over_it: over_it.map(|id| (pressed.over, Instant::from_seconds(id))),
        way,
        mark: mark.to_owned(),
        at,
    })
}

/// What was just tapped, told once.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct JustTapped {
    did: Option<String>,
    /// The second of the promise; text, as what is read with other fields is.
    of: Option<String>,
}

fn just(report: &Report, tapped: &JustTapped) -> Markup {
    let of = tapped.of.as_deref().and_then(|of| of.parse().ok());
    let (Some(did), Some(of)) = (tapped.did.as_deref(), of) else {
        return html! {};
    };
    let of = parts::at(report, Instant::from_seconds(of));
    let said = match did {
        "answer_booker" => "The invitation over it is declined",
        "answer_perhaps" => "The invitation over it is answered with perhaps",
        "move_other" => "The meeting over it moves",
        "restore" => "It goes back to where it was",
        "make_good" => "It gets its other time",
        "offered" => "The times are offered",
        "onward" => "It is at another time from then on; your calendar tells of it",
        "begin" => "It is the first of a series; your calendar invites to it",
        _ => return html! {},
    };
    html! {
        p class="done" role="status" {
            "Your 1:1 of " (of) ": " (said) ". The " a href="/log" { "log" } " tells what came of it."
        }
    }
}

/// What threatens the 1:1s of `report`, or one of them; `said` is what was wrong with the last tap.
pub(crate) fn section(
    report: &Report,
    outlook: &Outlook,
    only: Option<&Pair>,
    (said, tapped): (Option<&Wrong>, &JustTapped),
) -> Markup {
    let is_told = |one: &&Proposed| only.is_none_or(|pair| pair.id == one.pair);
    let told: Vec<&Proposed> = outlook.proposals.iter().filter(is_told).collect();
    if told.is_empty() && said.is_none() {
        return html! {
            (just(report, tapped))
            (busy::shown_free(report, outlook, only))
            (nothing(report, outlook, only.is_some()))
        };
    }
    html! {
        section aria-labelledby="threats" class="threats" {
            h2 id="threats" { (heading(&told, only.is_some())) }
            (wrong(said))
            (just(report, tapped))
            (busy::shown_free(report, outlook, only))
            p class="quiet small" {
                @if told.iter().any(|one| offers::about(outlook, one).is_some_and(offers::says_something)) {
                    "Only you see what threatens " @if only.is_some() { "it" } @else { "them" } " and the ways out. What is asked of you, offered "
                    "and picked, and a reason that you give, whoever that 1:1 is with sees as well."
                } @else { "Only you see this." }
                " What is done to your calendar stands in your " a href="/log" { "log" }
                ", where it can be taken back."
            }
            @if outlook.is_stopped { p { "You stopped the guard: nothing is done, and what threatens them threatens all the same." } }
            @for (number, (one, again)) in together(&told).into_iter().enumerate() { (card(report, outlook, one, (&again, number))) }
        }
    }
}

/// What a report asks for is no threat, and leave is none either.
fn heading(told: &[&Proposed], is_one: bool) -> String {
    let them = if is_one { "it" } else { "them" };
    let is = |kind: &str| told.iter().any(|one| one.kind == kind);
    let threatens = format!("what threatens {them}");
    let named = |one: &&Proposed| matches!(one.kind, "wished" | "leave");
    let all = [
        is("wished").then_some("what is asked of you"),
        is("leave").then_some("leave"),
        (told.is_empty() || !told.iter().all(named)).then_some(threatens.as_str()),
    ];
    let all: Vec<&str> = all.into_iter().flatten().collect();
    sentence(&match all.as_slice() {
        [first, second, third] => format!("{first}, {second}, and {third}"),
        [first, second] => format!("{first}, and {second}"),
        all => all.join(""),
    })
}

/// Said only to whoever leads a 1:1, and only where all of it was seen: what stands on a manager's calendar is not told here.
fn nothing(report: &Report, outlook: &Outlook, is_one: bool) -> Markup {
    let leads = report
        .pairs
        .iter()
        .any(|pair| pair.ended.is_none() && parts::role(report, pair) == "manager");
    html! {
        @if is_one || !leads {}
        @else if !outlook.is_fresh {
            p class="quiet" {
                "What comes next is not watched: no connected calendar of yours was seen within a day. "
                a href="/calendars" { "Your calendars" } "."
            }
        } @else if outlook.is_untold {
            p class="quiet" { "Of the 1:1s that you chose only to watch, what threatens them is not told. " a href="/policies#guard" { "Change that" } "." }
        } @else if outlook.unplaced > 0 {
            p class="quiet" { "Of some to come your calendar does not show where they stand: nothing is said of what threatens those." }
        } @else {
            p class="quiet" { "Nothing on your own calendar threatens one of them in the next weeks, as far as it was seen." }
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

/// `again`: the other days; `number`: which of the cards it is.
fn card(
    report: &Report,
    outlook: &Outlook,
    one: &Proposed,
    (again, number): (&[Slot], usize),
) -> Markup {
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
            @if let Some(held_back) = one.held_back.as_ref().filter(|_| !outlook.is_stopped) {
                p class="quiet small" { "“Defend” held back: " (held_back) "." }
            }
            @match &one.tapped {
                Some(tapped) if !is_open(tapped) => { p class="said" role="status" { (became(tapped)) (to_tell(tapped)) } }
                tapped => {
                    @if let Some(tapped) = tapped { p class="said" { (became(tapped)) } }
                    (offers::of_card(report, outlook, one, &name))
                    @if !outlook.is_stopped { (ways(report, outlook, one, &name)) }
                    @if one.promised.is_none() { (begins::of_pair(report, outlook, &one.pair)) }
                    (sort::of_card(one, number))
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
                    "Is it as you two want it? "
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
    let reason = offers::about(outlook, one);
    let reason = reason.and_then(|known| known.about.reason.as_deref());
    if !one.other_joined && reason.is_none() {
        return html! {};
    }
    offers::reason_form(&one.pair, promised, reason, name)
}

/// Whether the ways out are offered still: what is under way or done waits for the next look at the calendar.
pub(crate) fn is_open(tapped: &LastTap) -> bool {
    tapped.state.is_end() && !tapped.state.stands() && tapped.state != IntentState::Unsure
}

/// The way to those whom no calendar server told of it.
pub(crate) fn to_tell(tapped: &LastTap) -> Markup {
    html! {
        @if let Some(deed) = tapped.to_tell.as_ref().filter(|_| tapped.state.stands()) {
            // Where everybody was told, what is left to say is another time.
            " " a href=(tell::address(deed)) { @if tapped.is_untold { "Tell those in it by mail" } @else { "Propose another time by mail" } } "; you read it first."
        }
    }
}

pub(crate) fn became(tapped: &LastTap) -> String {
    let problem = tapped.problem.as_deref().unwrap_or("the log says more");
    match tapped.state {
        IntentState::Written | IntentState::Sending => "On its way to your calendar.".to_owned(),
        IntentState::Done if tapped.is_untold && tapped.to_tell.is_some() => {
            "Done in your calendar, which tells nobody by itself.".to_owned()
        }
        IntentState::Done if tapped.is_untold => {
            "Done in your calendar, which tells nobody by itself: tell those in it yourself."
                .to_owned()
        }
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
                @if one.kind == "leave" { " Nothing is lost yet: left out for that leave it counts neither way, and another time before the next one can be offered." }
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

fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|first| first.to_uppercase().to_string());
    first.map_or_else(String::new, |first| first + chars.as_str())
}
