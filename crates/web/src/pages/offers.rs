//! What stands between two about one 1:1 that was lost or changed: times to pick from, and the reason.

use crate::form::{Wrong, wrong};
use crate::guard;
use crate::me::Me;
use crate::pages::onward::when;
use crate::pages::{one_on_one, wish};
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
use steadfast_app::report::model::{Pair, Person};
use steadfast_app::server::ServerError;
use steadfast_app::server::guard::{Offered, Outlook, Proposed, Standing, is_for_good};
use steadfast_calendar::{Instant, Slot};

/// One of the times, or none of them.
#[derive(Debug, Deserialize)]
pub(crate) struct Picked {
    promised: i64,
    /// The second at which it begins, or `none`.
    pick: String,
}

/// Which offer.
#[derive(Debug, Deserialize)]
pub(crate) struct Withdrawn {
    promised: i64,
}

/// The manager's reason.
#[derive(Debug, Deserialize)]
pub(crate) struct Given {
    promised: i64,
    #[serde(default)]
    reason: String,
}

pub(crate) async fn pick(
    State(server): State<Server>,
    me: Me,
    Path(pair): Path<String>,
    picked: Result<Form<Picked>, FormRejection>,
) -> Answered {
    let Form(picked) = picked.map_err(|_| Refusal::NotAForm)?;
    let start = match picked.pick.as_str() {
        "none" => None,
        start => Some(start.parse().map_err(|_| Refusal::NotAForm)?),
    };
    let about = (pair.clone(), Instant::from_seconds(picked.promised));
    let done = guard::pick(&server, &me, about, start.map(Instant::from_seconds)).await;
    done_or_said(&server, &me, &pair, done).await
}

pub(crate) async fn reason(
    State(server): State<Server>,
    me: Me,
    Path(pair): Path<String>,
    given: Result<Form<Given>, FormRejection>,
) -> Answered {
    let Form(given) = given.map_err(|_| Refusal::NotAForm)?;
    let about = (pair.clone(), Instant::from_seconds(given.promised));
    let done = guard::give_reason(&server, &me, about, given.reason).await;
    done_or_said(&server, &me, &pair, done).await
}

pub(crate) async fn withdraw(
    State(server): State<Server>,
    me: Me,
    Path(pair): Path<String>,
    withdrawn: Result<Form<Withdrawn>, FormRejection>,
) -> Answered {
    let Form(withdrawn) = withdrawn.map_err(|_| Refusal::NotAForm)?;
    let about = (pair.clone(), Instant::from_seconds(withdrawn.promised));
    let done = guard::withdraw(&server, &me, about).await;
    done_or_said(&server, &me, &pair, done).await
}

pub(crate) async fn done_or_said(
    server: &Server,
    me: &Me,
    pair: &str,
    done: Result<(), ServerError>,
) -> Answered {
    match done {
        Ok(()) => Ok(Redirect::to(&format!("/one-on-ones/{pair}#between")).into_response()),
        Err(error) => match Wrong::of(&error) {
            Some(said) => one_on_one::with_wrong(server, me, pair, &said).await,
            None => Err(error.into()),
        },
    }
}

/// Times that wait for the reader, each with a way to the page on which they are picked.
pub(crate) fn waiting(report: &Report, outlook: &Outlook) -> Markup {
    let waits = |one: &&Standing| {
        let offer = one.about.offer.as_ref();
        !one.as_manager && offer.is_some_and(|offer| offer.answer.is_none())
    };
    let waiting: Vec<&Standing> = outlook.between.iter().filter(waits).collect();
    html! {
        @for one in waiting {
            @if let Some(pair) = report.pairs.iter().find(|pair| pair.id == one.pair) {
                p class="next" {
                    bdi { (parts::name(parts::partner(report, pair))) } " offers you other times for your 1:1 "
                    (of(report, one)) ": "
                    a href={ (one_on_one::address(pair)) "#between" } { "pick one" } "."
                }
            }
        }
    }
}

/// What stands between the two, about all or the `only` one that was promised for then; nothing where nothing does.
pub(crate) fn section(
    report: &Report,
    pair: &Pair,
    outlook: &Outlook,
    (said, only): (Option<&Wrong>, Option<Instant>),
) -> Markup {
    let all: Vec<&Standing> = outlook
        .between
        .iter()
        .filter(|one| one.pair == pair.id && says_something(one))
        .filter(|one| only.is_none_or(|promised| promised == one.promised))
        .collect();
    if all.is_empty() && said.is_none() {
        return html! {};
    }
    let name = parts::name(parts::partner(report, pair));
    html! {
        section aria-labelledby="between" class="threats" {
            h2 id="between" { "Between you two" }
            (wrong(said))
            @let hours = hours(report, outlook, parts::partner(report, pair));
            @for one in all { (standing(report, one, &name, &hours)) }
        }
    }
}

/// Which hours the times keep to that are found for the reader and `other`.
pub(crate) fn hours(report: &Report, outlook: &Outlook, other: &Person) -> Markup {
    let said = |address: &str| outlook.hours_said.contains(address);
    let mine = report.me.as_ref().is_some_and(|me| said(&me.address));
    let name = parts::name(other);
    let usual = "nine to five, Monday to Friday";
    html! {
        " "
        @match (mine, said(&other.address)) {
            (true, true) => { "They keep to the hours that you and " bdi { (name) } " said." }
            (true, false) => { "They keep to the hours you said, and of " bdi { (name) } " to " (usual) ": no others are known." }
            (false, true) => { "They keep to the hours that " bdi { (name) } " said, and of yours to " (usual) ": you said no others." }
            (false, false) => { "They keep to " (usual) ": no other hours are known of either of you." }
        }
        " " a href="/people/me#hours" { "When you work" } "."
    }
}

/// Whether there is anything to tell of it: what was said may have been taken back.
pub(crate) fn says_something(one: &Standing) -> bool {
    let about = &one.about;
    let is_put = about.booked.is_some() && !one.as_manager;
    let is_over = about.is_taken_back || about.is_over || about.is_outside_hours;
    let said = about.reason.is_some() || about.asked.is_some() || about.told.is_some();
    said || is_put || is_over || about.offer.is_some()
}

fn standing(report: &Report, one: &Standing, name: &str, hours: &Markup) -> Markup {
    html! {
        div class="threat" {
            h3 { "The 1:1 " (of(report, one)) }
            @if let Some(reason) = &one.about.reason {
                p {
                    @if one.as_manager { "Your reason, which " bdi { (name) } " reads: " } @else { bdi { (name) } " says why: " }
                    "“" bdi { (reason) } "”"
                }
            }
            (wish::asked(report, one, name))
            @if let (Some(slot), false) = (one.about.booked, one.as_manager) {
                p {
                    @if one.about.booked_by_owner { bdi { (name) } " put it at " }
                    @else if one.stands { "It is now at " } @else { "It is to be at " }
                    (parts::at(report, slot.start)) ". "
                    @if one.stands { "It stands on your calendar; you can decline it there." } @else { (not_yet(one, name)) }
                }
            }
            @if let Some(told) = &one.about.told { p class="quiet" { (told) } }
            @if one.about.is_taken_back {
                p class="quiet" {
                    @match (one.about.pick_taken_back, one.as_manager) {
                        (Some(slot), true) => { "You took back " (length(report, one, slot)) ", which " bdi { (name) } " had picked. " }
                        (Some(slot), false) => { bdi { (name) } " took back " (length(report, one, slot)) ", which you had picked. " }
                        (None, true) => { "You took back the times that were offered." }
                        (None, false) => { bdi { (name) } " took back the times that were offered. " }
                    }
                    @if !one.as_manager { "This 1:1 is where your calendar shows it." }
                }
            }
            @if one.about.is_over {
                p class="quiet" {
                    @match one.about.not_booked {
                        Some(slot) => {
                            @if one.as_manager { bdi { (name) } " picked " } @else { "You picked " }
                            (length(report, one, slot)) ", and it could not be: by then this 1:1 needed no other time or was at another one, or that time was taken. "
                        }
                        None => { "The times that were offered are over: this 1:1 needs none of them any more, or is at another time by now. " }
                    }
                    "It is where your calendar shows it."
                }
            }
            @if one.about.is_outside_hours {
                p class="quiet" {
                    @if one.as_manager { "The times that were offered lie outside of the hours that " bdi { (name) } " said since: they are offered no more." }
                    @else { "The times that " bdi { (name) } " offered lie outside of the hours that you said since: they are offered no more." }
                }
            }
            @if let Some(offer) = &one.about.offer {
                @if one.as_manager { (offered(report, one, offer, name)) } @else { (to_pick(report, one, offer, (name, hours))) }
            }
        }
    }
}

/// What stands about the promise of a card.
pub(crate) fn about<'a>(outlook: &'a Outlook, one: &Proposed) -> Option<&'a Standing> {
    let mut between = outlook.between.iter();
    let promised = one.promised?.start;
    between.find(|known| known.pair == one.pair && known.promised == promised)
}

/// What was offered, on the card of what it was offered for.
pub(crate) fn of_card(report: &Report, outlook: &Outlook, one: &Proposed, name: &str) -> Markup {
    let standing = about(outlook, one).filter(|standing| standing.as_manager);
    let offer = standing.and_then(|standing| Some((standing, standing.about.offer.as_ref()?)));
    html! { @if let Some((standing, offer)) = offer { (offered(report, standing, offer, name)) } }
}

/// What the manager sees of what was offered.
fn offered(report: &Report, one: &Standing, offer: &Offered, name: &str) -> Markup {
    html! {
        p class="said" {
            @match offer.answer {
                None => {
                    "Offered to " bdi { (name) } ": " (list(report, one, &offer.slots)) ". No answer yet."
                    @if let Some(from) = offer.booked_from { " Without one the first that is still free is booked on " (parts::at(report, from)) "." }
                }
                Some(Some(slot)) => {
                    bdi { (name) } " picked " (parts::at(report, slot.start)) ". "
                    @if let Some(put) = one.about.booked { "It was put at " (parts::at(report, put.start)) " since. " }
                    (booked(one))
                }
                Some(None) => {
                    bdi { (name) } " wants none of " (list(report, one, &offer.slots)) ". Nothing more is offered by itself: ask " bdi { (name) } " what would suit."
                }
            }
        }
        @if offer.answer.is_none() {
            form method="post" action={ "/one-on-ones/" (one.pair) "/withdraw" } {
                input type="hidden" name="promised" value=(one.promised.seconds());
                button { "Take the offer back" }
            }
        }
    }
}

/// Whether what was picked stands: that is not known before a calendar shows it.
fn booked(one: &Standing) -> &'static str {
    if one.stands {
        "It stands on your calendar."
    } else {
        "It is not seen on your calendar yet."
    }
}

/// The report's calendar does not show it.
fn not_yet(one: &Standing, name: &str) -> Markup {
    html! {
        @if one.is_put { "It stands on the calendar of " bdi { (name) } ", and is not seen on yours yet." }
        @else { "It is not seen on your calendar yet. The calendar of " bdi { (name) } " is asked for it; it counts once it stands on both." }
    }
}

/// What the report picks from.
fn to_pick(
    report: &Report,
    one: &Standing,
    offer: &Offered,
    (name, hours): (&str, &Markup),
) -> Markup {
    html! {
        @match offer.answer {
            // Where it was put since is told above.
            Some(_) if one.about.booked.is_some() => {}
            Some(Some(slot)) => p {
                "You picked " (parts::at(report, slot.start)) ". "
                @if one.stands { (booked(one)) } @else { (not_yet(one, name)) }
            },
            Some(None) => p { "You wanted none of the times, and " bdi { (name) } " sees that. Nothing more is offered by itself." },
            None => form method="post" action={ "/one-on-ones/" (one.pair) "/pick" } class="reply" {
                input type="hidden" name="promised" value=(one.promised.seconds());
                fieldset {
                    legend { "Which of these suits you?" }
                    p class="quiet small" {
                        "As far as your calendars are seen both of you are free then; times are on your clock. What you pick is "
                        @if is_for_good(one.promised) { "your time from then on, moved by the " } @else { "booked from the " }
                        "calendar of " bdi { (name) } ", who sees what you pick, also if it is none. It counts as your yes: your entry says so, where your calendar lets this program answer. You need not pick any, and “None of these” changes nothing on a calendar."
                        @if let Some(from) = offer.booked_from {
                            " If you say nothing, the first that is still free is booked on " (parts::at(report, from)) ", as an invitation that you can decline."
                        }
                        @if !offer.by_owner { " It was offered by the guard of " bdi { (name) } "." }
                        (hours)
                    }
                    p class="slots" {
                        @for slot in &offer.slots {
                            button name="pick" value=(slot.start.seconds()) { (length(report, one, *slot)) }
                        }
                        button name="pick" value="none" { "None of these" }
                    }
                }
            }
        }
    }
}

/// The form for the reason, on the card of what was changed.
pub(crate) fn reason_form(pair: &str, promised: Slot, reason: Option<&str>, name: &str) -> Markup {
    let id = format!("reason-{}", promised.start.seconds());
    html! {
        details {
            summary { @if reason.is_some() { "Change the reason you gave" } @else { "Say why" } }
            form method="post" action={ "/one-on-ones/" (pair) "/reason" } class="reply" {
                input type="hidden" name="promised" value=(promised.start.seconds());
                p class="field" {
                    label for=(id) { "Why it was changed" }
                    input id=(id) name="reason" type="text" maxlength="500" autocomplete="off" value=[reason];
                    span class="quiet small" { bdi { (name) } " reads it, in your words, and nobody else does. Empty, it is taken back." }
                }
                button { "Say so" }
            }
        }
    }
}

/// "of Tue 3 March, 15:00"; "from here on" of what is about all that are to come.
fn of(report: &Report, one: &Standing) -> String {
    if is_for_good(one.promised) {
        return "from here on".to_owned();
    }
    format!("of {}", parts::at(report, one.promised))
}

/// What was offered to the report for good, for the manager; nothing where nothing was.
pub(crate) fn for_good(report: &Report, outlook: &Outlook, pair: &str, name: &str) -> Markup {
    let mut between = outlook.between.iter();
    let standing =
        between.find(|one| one.pair == pair && one.as_manager && is_for_good(one.promised));
    let offer = standing.and_then(|standing| Some((standing, standing.about.offer.as_ref()?)));
    html! { @if let Some((standing, offer)) = offer { (offered(report, standing, offer, name)) } }
}

/// Whether the report can still pick from times for good.
pub(crate) fn is_open_for_good(outlook: &Outlook, pair: &str) -> bool {
    let mut between = outlook.between.iter();
    between.any(|one| {
        let offer = one.about.offer.as_ref();
        let is_open = offer.is_some_and(|offer| offer.answer.is_none());
        one.pair == pair && one.as_manager && is_for_good(one.promised) && is_open
    })
}

/// "Tue 3 Mar 15:00–15:30"; for good: "Tuesdays 15:00–15:30, from 3 March".
fn length(report: &Report, one: &Standing, slot: Slot) -> String {
    if is_for_good(one.promised) {
        return when(report, slot);
    }
    let end = slot.end.civil(&report.zone);
    format!(
        "{}–{}",
        parts::at(report, slot.start),
        end.strftime("%-H:%M")
    )
}

fn list(report: &Report, one: &Standing, slots: &[Slot]) -> String {
    let times = slots.iter().map(|slot| length(report, one, *slot));
    match times.collect::<Vec<String>>().as_slice() {
        [most @ .., last] if !most.is_empty() && is_for_good(one.promised) => {
            format!("{}; and {last}", most.join("; "))
        }
        [most @ .., last] if !most.is_empty() => format!("{} and {last}", most.join(", ")),
        times => times.join(""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use steadfast_app::audit::{Audit, Options};
    use steadfast_app::report::model::{Me, Side};

    #[test]
    fn whose_hours_the_times_keep_to_is_said() {
        let mut report = Audit::new(Options::at(Instant::from_seconds(1_773_000_000))).finish();
        report.me = Some(Me {
            address: "maya@example.com".into(),
            name: None,
            because: String::new(),
            side: Side::Manager,
        });
        let ben = Person {
            address: "ben@example.com".into(),
            name: "Ben".to_owned(),
        };
        let check = |said: &[&str], expected: &str| {
            let outlook = Outlook {
                hours_said: said
                    .iter()
                    .map(|who| format!("{who}@example.com"))
                    .collect(),
                ..Outlook::default()
            };
            let shown = hours(&report, &outlook, &ben).into_string();
            assert!(shown.contains(expected), "{shown}");
        };
        check(
            &["maya", "ben"],
            "They keep to the hours that you and <bdi>Ben</bdi> said.",
        );
        check(
            &["maya"],
            "They keep to the hours you said, and of <bdi>Ben</bdi> to nine to five",
        );
        check(
            &["ben"],
            "They keep to the hours that <bdi>Ben</bdi> said, and of yours to nine to five",
        );
        check(
            &[],
            "They keep to nine to five, Monday to Friday: no other hours are known of either of you.",
        );
    }
}
