//! People: who is there, and who reports to whom today; for whoever keeps it, room to add somebody.

use crate::form::{Wrong, query, wrong};
use crate::layout::{Frame, Here, Page, page};
use crate::ledger;
use crate::me::Me;
use crate::pages::{about_me, dated, more, people_file};
use crate::people::{self, Keeper};
use crate::refusal::{Answered, Refusal};
use crate::server::Server;
use axum::Form;
use axum::extract::rejection::FormRejection;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use maud::{Markup, html};
use serde::Deserialize;
use steadfast_app::server::ServerError;
use steadfast_app::server::people::{
    AboutMe, Again, Change, Chart, ChartPerson, TakenOut, Unlisted, about_me, chart, key_of,
    not_here, taken_out,
};

/// People on one page.
const MOST: usize = 100;

/// What is looked for, and from where on.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Look {
    #[serde(default)]
    find: String,
    #[serde(default)]
    from: usize,
}

/// Somebody to be added.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Typed {
    address: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    manager: String,
    #[serde(default)]
    from: String,
    /// The address of which it was said that it is somebody else's.
    #[serde(default)]
    sure: String,
    /// The same of whom they report to.
    #[serde(default)]
    sure_manager: String,
    /// What it means that somebody is added who was taken out: `stays` or `back`; and whom it was said of.
    #[serde(default)]
    again: String,
    #[serde(default)]
    again_of: String,
}

impl Typed {
    fn again(&self) -> Option<Again> {
        match self.again.as_str() {
            _ if self.again_of != self.address.trim().to_lowercase() => None,
            "stays" => Some(Again::Stays),
            "back" => Some(Again::ComesBack),
            _ => None,
        }
    }
}

/// Everything the page is made of.
struct View<'a> {
    chart: Chart,
    /// For whoever keeps the list alone.
    mistyped: Vec<Unlisted>,
    mine: AboutMe,
    said: about_me::Said,
    look: &'a Look,
    keeps: bool,
    typed: &'a Typed,
    meant: &'a Meant,
    wrong: Option<&'a Wrong>,
    today: jiff::civil::Date,
}

pub(crate) async fn show(
    State(server): State<Server>,
    me: Me,
    Query(look): Query<Look>,
) -> Answered {
    let nothing = (&Typed::default(), &Meant::default(), None);
    Ok(answer(&server, &me, &look, nothing).await?.into_response())
}

pub(crate) async fn add(
    State(server): State<Server>,
    keeper: Keeper,
    typed: Result<Form<Typed>, FormRejection>,
) -> Answered {
    let Form(typed) = typed.map_err(|_| Refusal::NotAForm)?;
    let said = match dated::typed(&typed.from) {
        Ok(_) if !Meant::of(&server, &keeper, &typed).await?.is_empty() => {
            Wrong::new("this is nearly an address that is known", "see below")
        }
        Ok(from) => {
            let add = Change::Add {
                address: typed.address.clone(),
                name: typed.name.clone(),
                manager: typed.manager.clone(),
                from,
                again: typed.again(),
            };
            match people::change(&server, &keeper, add).await {
                Ok(key) => return Ok(Redirect::to(&format!("/people/{key}")).into_response()),
                Err(error) => Wrong::of(&error).ok_or(error)?,
            }
        }
        Err(()) => no_day(),
    };
    let list = people::known(&server, &keeper.me).await?;
    let now = server.0.world.instant();
    let meant = Meant {
        taken_out: taken_out(&list, &keeper.administrator, &typed.address, now),
        ..Meant::of(&server, &keeper, &typed).await?
    };
    let again = (&typed, &meant, Some(&said));
    let again = answer(&server, &keeper.me, &Look::default(), again).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, again).into_response())
}

/// Of the addresses that were typed, those that may have been meant for others.
#[derive(Debug, Default)]
struct Meant {
    address: Option<(String, String)>,
    manager: Option<(String, String)>,
    /// Whoever is added and was taken out before.
    taken_out: Option<TakenOut>,
}

impl Meant {
    async fn of(server: &Server, keeper: &Keeper, typed: &Typed) -> Result<Self, ServerError> {
        let me = &keeper.me;
        Ok(Self {
            address: people::meant(server, me, &typed.address, &typed.sure).await?,
            manager: people::meant(server, me, &typed.manager, &typed.sure_manager).await?,
            taken_out: None,
        })
    }

    fn is_empty(&self) -> bool {
        self.address.is_none() && self.manager.is_none()
    }
}

/// "Did you mean petra@example.com (Petra Fischer)?", and room to say no.
pub(crate) fn did_you_mean(
    meant: Option<&(String, String)>,
    (field, typed): (&str, &str),
) -> Markup {
    html! {
        @if let Some((address, name)) = meant {
            p class="asked" role="status" {
                "Did you mean " bdi { (address) } @if !name.is_empty() { " (" bdi { (name) } ")" } "? Correct it, or say: "
                label class="choice" { input type="checkbox" name=(field) value=(typed.trim()); " " bdi { (typed.trim()) } " is somebody else" }
            }
        }
    }
}

/// Asks what it means that somebody is added who was taken out with a last day.
fn comes_again(taken_out: Option<&TakenOut>, typed: &Typed) -> Markup {
    let choice = |value: &str, words: &str| {
        html! {
            label class="choice" {
                input type="radio" name="again" value=(value) required checked[typed.again == value];
                " " (words)
            }
        }
    };
    html! {
        @if let Some(one) = taken_out {
            input type="hidden" name="again_of" value=(one.address);
            fieldset class="choices asked" {
                legend { bdi { (one.name) } @if one.is_over { " was taken out: their last day was " } @else { " leaves: their last day is " } (dated::day(one.last)) "." }
                (choice("stays", "They stay after all: what ended with that day goes on"))
                @if one.is_over { (choice("back", "They come back: what ended with it stays ended")) }
            }
        }
    }
}

/// What was typed where a day should stand.
pub(crate) fn no_day() -> Wrong {
    Wrong::new("this is no day", "write it as 2026-03-01")
}

async fn answer(
    server: &Server,
    me: &Me,
    look: &Look,
    (typed, meant, wrong): (&Typed, &Meant, Option<&Wrong>),
) -> Result<Page, Refusal> {
    let known = people::known(server, me).await?;
    let today = people::today(server, me, &known).await?;
    let now = server.0.world.instant();
    let (store, viewer) = (&server.0.store, me.0.viewer());
    let mut chart = chart(store, &known, viewer, now, &look.find, (look.from, MOST)).await?;
    let partners = if me.0.is_owner() {
        Vec::new()
    } else {
        ledger::partners(server, me).await?
    };
    not_here(store, (&me.0, &partners), now, &known, &mut chart).await?;
    let view = View {
        chart,
        mistyped: people::perhaps_mistyped(server, me, &known).await?,
        mine: about_me(&known, me.0.viewer()),
        said: about_me::Said::of(&known, &ledger::declared(server, me).await?),
        look,
        keeps: me.0.is_owner(),
        typed,
        meant,
        wrong,
        today,
    };
    Ok(shown(&me.frame(server, Here::More), &view))
}

fn shown(frame: &Frame, view: &View<'_>) -> Page {
    let main = html! {
        header class="page-head" {
            (more::back())
            h1 { "People" }
            p { "Who is there, and who reports to whom today. Everybody with an account sees this much. Dates, addresses and "
                "who may move whose 1:1s are for those they are about, and for whoever keeps this list." }
        }
        (wrong(view.wrong))
        section aria-labelledby="mine" {
            h2 id="mine" { "Your place" }
            (about_me::lines(&view.mine, &view.said, view.today))
            p { a href="/people/me" { "Your addresses, and who may move your 1:1s" } }
        }
        section aria-labelledby="everybody" {
            h2 id="everybody" { "Everybody" }
            @if view.chart.all == 0 {
                p { "Nobody is entered yet. "
                    @if view.keeps { "Add people below, or all at once: " a href="/people/file" { "from a file" } "." }
                    @else { "Who reports to you, you can say on the page of your 1:1s: that stays between the two of you." } }
            } @else {
                @if view.chart.all > MOST || !view.look.find.is_empty() { (search(view)) }
                (list(view))
                (pages(view))
            }
        }
        @if !view.mistyped.is_empty() { (perhaps_mistyped(view)) }
        @if view.keeps { (adding(view)) }
    };
    page(frame, "People", &main)
}

fn search(view: &View<'_>) -> Markup {
    html! {
        form method="get" action="/people" class="find" {
            label for="find" { "A name, or part of one" }
            input id="find" name="find" type="search" value=(view.look.find) autocomplete="off";
            button { "Find" }
        }
        @if view.chart.found == 0 { p role="status" { "Nobody here goes by that. " a href="/people" { "Show everybody" } "." } }
    }
}

fn list(view: &View<'_>) -> Markup {
    let managers = |person: &ChartPerson| {
        html! {
            @for (number, manager) in person.managers.iter().enumerate() {
                @if number > 0 { " and " }
                bdi { (manager) }
            }
        }
    };
    html! {
        ul class="plain people" {
            @for person in &view.chart.people {
                li {
                    span {
                        @if view.keeps { a href={ "/people/" (person.key) } { bdi { (person.name) } } }
                        @else { bdi { (person.name) } }
                        @if person.is_me { " (you)" }
                        @if let Some(last) = person.last.filter(|_| view.keeps) {
                            " " span class="quiet small" { "last day " (dated::day(last)) }
                        }
                    }
                    span class="quiet" {
                        @if !person.managers.is_empty() { "reports to " (managers(person)) }
                        @if let Some(address) = &person.invite {
                            @if !person.managers.is_empty() { " · " }
                            a href={ "/invite?" (query(&[("to", address), ("name", &person.name)])) } {
                                "Invite" span class="unseen" { " " bdi { (person.name) } } }
                        }
                    }
                }
            }
        }
    }
}

fn pages(view: &View<'_>) -> Markup {
    let (from, found) = (view.look.from, view.chart.found);
    let until = from.saturating_add(view.chart.people.len());
    let at = |from: usize| {
        let find = query(&[("find", &view.look.find)]);
        format!("/people?{find}&from={from}")
    };
    html! {
        @if found > MOST {
            nav class="acts" aria-label="More people" {
                span class="quiet" { (from.saturating_add(1)) " to " (until) " of " (found) }
                @if from > 0 { a href=(at(from.saturating_sub(MOST))) { "The ones before" } }
                @if until < found { a href=(at(until)) { "The next ones" } }
            }
        }
    }
}

/// Whom nothing is known of but that others report to them, by an address that is nearly another one's.
fn perhaps_mistyped(view: &View<'_>) -> Markup {
    html! {
        section aria-labelledby="mistyped" {
            h2 id="mistyped" { "Perhaps mistyped" }
            ul class="plain" {
                @for one in &view.mistyped {
                    li { (people_file::perhaps(one)) " " a href={ "/people/" (key_of(&one.address)) "#mistake" } { "Look at it" } "." }
                }
            }
            p class="quiet small" { "Only you see this. If it is, name the right one as the manager of those, and then say on its page that nobody "
                "goes by that address: it is out of the list at once. If somebody does, give them a name, and this is not asked again." }
        }
    }
}

fn adding(view: &View<'_>) -> Markup {
    let typed = view.typed;
    html! {
        section aria-labelledby="keep" {
            h2 id="keep" { "Keep this list" }
            p { "You set this server up, so you keep it. It opens nobody’s 1:1s to you: you see your own, as everybody does." }
            p { a class="button" href="/people/file" { "Take it from a file" } }
            details open[view.wrong.is_some()] {
                summary { "Add somebody" }
                form method="post" action="/people" class="fields" {
                    p class="field" {
                        label for="address" { "E-mail address" }
                        input id="address" name="address" type="email" required value=(typed.address) autocomplete="off"
                            aria-describedby="address-hint";
                        span class="quiet small" id="address-hint" { "The one in calendars." }
                    }
                    (did_you_mean(view.meant.address.as_ref(), ("sure", &typed.address)))
                    (comes_again(view.meant.taken_out.as_ref(), typed))
                    p class="field" {
                        label for="name" { "Name" }
                        input id="name" name="name" type="text" value=(typed.name) autocomplete="off";
                    }
                    p class="field" {
                        label for="manager" { "Address of whom they report to" }
                        input id="manager" name="manager" type="email" value=(typed.manager) autocomplete="off"
                            aria-describedby="manager-hint";
                        span class="quiet small" id="manager-hint" { "Empty: nobody, or not known." }
                    }
                    (did_you_mean(view.meant.manager.as_ref(), ("sure_manager", &typed.manager)))
                    p class="field" {
                        label for="from" { "Since" }
                        input id="from" name="from" type="date" value=(typed.from) aria-describedby="from-hint";
                        span class="quiet small" id="from-hint" { "Empty: as far back as is known. 1:1s before that day are not told as those of the two." }
                    }
                    p { button class="first" { "Add" } }
                }
            }
        }
    }
}
