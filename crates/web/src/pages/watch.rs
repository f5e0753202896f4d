//! A half year of 1:1s that something comes at, without a guard and with one, to be watched week by week; in a demo only.
//! Without a script the whole half year is shown at once.

use crate::layout::{Here, page};
use crate::me::Me;
use crate::played::{Played, PlayedAs, PlayedPromise, PlayedWay};
use crate::refusal::{Answered, Refusal};
use crate::server::Server;
use axum::extract::State;
use axum::response::IntoResponse;
use maud::{Markup, html};

/// Width and height of a promise's place in the picture.
const CELL: usize = 16;

pub(crate) async fn show(State(server): State<Server>, me: Me) -> Answered {
    let played = server.0.demo.as_ref().map(|demo| &demo.played);
    let played = played.filter(|played| !played.ways.is_empty());
    let shown = shown(played.ok_or(Refusal::NotFound)?);
    Ok(page(
        &me.frame(&server, Here::Elsewhere),
        "A half year, played",
        &shown,
    )
    .into_response())
}

fn shown(played: &Played) -> Markup {
    html! {
        header class="page-head" {
            h1 { "A half year, played" }
            p { "The 1:1s of " (played.pairs.len()) " pairs over " (played.weeks) " weeks. Again and again something comes: a briefing, a customer, a "
                "colleague’s meeting, leave, a hand that moves or cancels. The same comes in each picture, as long as the 1:1 stands where it stood." }
            p class="quiet" { "Each row is a 1:1, each column a week. It is made up and was played before you came, by the rules that hold here; "
                "what became of each is judged as in every ledger." }
        }
        (legend())
        form class="watch-clock" hidden data-watch=(played.weeks) {
            button type="button" class="first" { "Play it" }
            label { "Week " output { (played.weeks) } input type="range" min="1" max=(played.weeks) value=(played.weeks) aria-label="Week"; }
        }
        @for way in &played.ways { (picture(played, way)) }
        @if let Some(last) = played.ways.last() { (happened(played, last)) }
    }
}

fn legend() -> Markup {
    html! {
        ul class="legend watch-legend" {
            @for became in PlayedAs::ALL {
                li {
                    svg viewBox={ "0 0 " (CELL) " " (CELL) } aria-hidden="true" { (mark(became, (0, 0))) }
                    (became.words())
                }
            }
        }
    }
}

fn picture(played: &Played, way: &PlayedWay) -> Markup {
    let (width, height) = (played.weeks * CELL, played.pairs.len() * CELL);
    let all = |became| way.count(became, played.weeks);
    let said = format!(
        "{}: {} kept, {} made good, {} lost, {} excused.",
        way.name,
        all(PlayedAs::Kept),
        all(PlayedAs::MadeGood),
        all(PlayedAs::Lost),
        all(PlayedAs::Excused)
    );
    html! {
        section class="watch" {
            h2 { (way.name) }
            p class="watch-sum" {
                @for (number, became) in PlayedAs::ALL.into_iter().enumerate() {
                    @if number > 0 { " · " }
                    b data-count=(became.words()) { (all(became)) } " " (became.words())
                }
                @if let Some(percent) = way.percent() { span class="quiet" { " (" (percent) " % kept or made good in the end)" } }
            }
            svg viewBox={ "0 0 " (width) " " (height) } role="img" aria-label=(said) {
                @for week in 0..played.weeks {
                    g data-week=(week + 1) data-kept=(way.count(PlayedAs::Kept, week)) data-good=(way.count(PlayedAs::MadeGood, week))
                        data-lost=(way.count(PlayedAs::Lost, week)) data-excused=(way.count(PlayedAs::Excused, week)) {
                        @for one in way.promises.iter().filter(|one| one.week == week) {
                            (mark(one.became, (one.week * CELL, one.pair * CELL)))
                        }
                    }
                }
            }
        }
    }
}

fn mark(became: PlayedAs, (x, y): (usize, usize)) -> Markup {
    let (cx, cy) = (x + CELL / 2, y + CELL / 2);
    html! {
        @match became {
            PlayedAs::Kept => circle class="kept" cx=(cx) cy=(cy) r="5" {},
            PlayedAs::MadeGood => {
                circle class="good-ring" cx=(cx) cy=(cy) r="5" {}
                circle class="kept" cx=(cx) cy=(cy) r="2" {}
            },
            PlayedAs::Lost => path class="lost" d={ "M" (x + 4) " " (y + 4) "l8 8m0 -8l-8 8" } {},
            PlayedAs::Excused => circle class="away" cx=(cx) cy=(cy) r="2" {},
        }
    }
}

/// What came and what was done, week by week, in words.
fn happened(played: &Played, way: &PlayedWay) -> Markup {
    let of_week = |week: usize| {
        let came = move |one: &&PlayedPromise| {
            let is_told =
                one.attack.is_some() || one.helped.is_some() || one.became != PlayedAs::Kept;
            one.week == week && is_told
        };
        way.promises.iter().filter(came)
    };
    html! {
        details class="watch-told" {
            summary { "What came, and what was done: " (way.name) }
            ol {
                @for week in (0..played.weeks).filter(|week| of_week(*week).next().is_some()) {
                    li value=(week + 1) {
                        @for one in of_week(week) { p { (told(played, one)) } }
                    }
                }
            }
        }
    }
}

fn told(played: &Played, one: &PlayedPromise) -> String {
    let pair = played.pairs.get(one.pair).map_or("", String::as_str);
    let attack = one.attack.unwrap_or("nothing came at it itself");
    let helped = one
        .helped
        .map_or_else(String::new, |helped| format!("; {helped}"));
    format!("{pair}: {attack}{helped}: {}.", one.became.words())
}
