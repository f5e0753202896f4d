//! What it costs when somebody leaves: the reader's own figures, sent with the address and kept nowhere.

use crate::form::{Wrong, wrong};
use crate::layout::{Frame, Here, Page, page};
use crate::me::Me;
use crate::pages::more;
use crate::refusal::Answered;
use crate::server::Server;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use maud::{Markup, html};
use steadfast_app::cost::{
    Cost, Figures, INPUTS, Input, SHARE, SHARE_ORIGIN, Span, Typed, Unit, about, about_in_short,
    cost, read,
};

/// Made up, so that the page can be seen at work.
const EXAMPLE: &str = "/cost?pay=60000&share=20&parting.from=1&parting.to=3&finding.from=5&finding.to=20&empty.from=8&empty.to=16\
                       &undone.from=50&undone.to=100&learning.from=8&learning.to=26";

pub(crate) async fn show(
    State(server): State<Server>,
    me: Me,
    Query(typed): Query<Vec<(String, String)>>,
) -> Answered {
    let frame = me.frame(&server, Here::More);
    let typed = Typed(typed);
    Ok(match read(&typed) {
        Ok(figures) => shown(&frame, &typed, figures.as_ref(), None).into_response(),
        Err(error) => {
            let said = Wrong::new(&error.to_string(), error.hint);
            let again = shown(&frame, &typed, None, Some(&said));
            (StatusCode::UNPROCESSABLE_ENTITY, again).into_response()
        }
    })
}

fn shown(frame: &Frame, typed: &Typed, figures: Option<&Figures>, said: Option<&Wrong>) -> Page {
    let main = html! {
        header class="page-head" {
            (more::back())
            h1 { "What it costs when somebody leaves" }
            p { "A sum of your own figures, as wide as you are unsure. Nothing of it is kept: it stands in the address of this page "
                "alone." }
        }
        (wrong(said))
        @if let Some(figures) = figures { (result(figures, &cost(figures))) }
        section aria-labelledby="figures" {
            h2 id="figures" { "Your figures" }
            (form(typed))
            @if figures.is_none() { p { a href=(EXAMPLE) { "See it with made-up figures" } } }
        }
        section aria-labelledby="not" {
            h2 id="not" { "What this does not say" }
            ul class="why" {
                li { "That kept 1:1s would save any of it. No study shows that, and nothing here claims it." }
                li { "That somebody is about to leave. Nothing here looks at anybody." }
                li { "What else goes round: two fifths to twice a year’s pay (estimates whose method is not published), or six to "
                    "nine months of it (no source is to be found). None of these is a default here." }
            }
        }
    };
    page(frame, "What it costs when somebody leaves", &main)
}

fn result(figures: &Figures, cost: &Cost) -> Markup {
    let by_studies = Span {
        from: cost.by_studies,
        to: cost.by_studies,
    };
    html! {
        section aria-labelledby="result" {
            h2 id="result" { "It comes to" }
            dl class="sums" {
                div { dt { "By case studies" } dd { b { (about(by_studies)) }
                    span class="quiet" { (figures.share) " % of a year’s pay, lost work included."
                        @if figures.share == SHARE { " Half of the cases lay below about that share, half above." } } } }
                div { dt { "By your own figures" } dd {
                    @if cost.parts.is_empty() { span class="quiet" { "None given yet: fill in below what you know." } }
                    @else { b { (about(cost.own)) } (parts(cost)) }
                } }
            }
            p class="quiet small" { "Two ways to the same thing; do not add them. For one person who leaves, in the currency of the pay, rounded." }
        }
    }
}

fn parts(cost: &Cost) -> Markup {
    html! {
        table {
            thead { tr { th scope="col" { "Part" } th scope="col" { "Comes to" } th scope="col" { "Reckoned from" } } }
            tbody {
                @for part in &cost.parts {
                    tr { th scope="row" { (part.what) } td { (about_in_short(part.span)) } td class="quiet" { (part.how) } }
                }
            }
        }
        @if !cost.left_out.is_empty() {
            p class="quiet small" { "Left empty, and counted as nothing: " (cost.left_out.join(", ").to_lowercase()) "." }
        }
    }
}

fn form(typed: &Typed) -> Markup {
    let share = typed.field("share").unwrap_or_default();
    let share = if share.is_empty() {
        SHARE.to_string()
    } else {
        share.to_owned()
    };
    html! {
        form method="get" action="/cost" class="figures" {
            fieldset {
                legend { "A year’s pay of whoever leaves" }
                p class="quiet small" id="pay-origin" { "No default. In any currency; all sums are in the same." }
                div class="ends" { input name="pay" inputmode="numeric" autocomplete="off" required aria-label="A year’s pay"
                    aria-describedby="pay-origin" value=(typed.field("pay").unwrap_or_default()); }
            }
            fieldset {
                legend { "By case studies: share of a year’s pay (%)" }
                p class="quiet small" id="share-origin" { (SHARE_ORIGIN) }
                div class="ends" { input name="share" inputmode="numeric" autocomplete="off" aria-label="Share of a year’s pay, in percent"
                    aria-describedby="share-origin" value=(share); }
            }
            h3 { "By your own figures" }
            p class="quiet" { "Each from the least to the most that you think likely. What you leave empty counts as nothing." }
            @for input in INPUTS { (asked(&input, typed)) }
            p { button class="first" { "Reckon" } }
        }
    }
}

fn asked(input: &Input, typed: &Typed) -> Markup {
    let origin = format!("{}-origin", input.name);
    let unit = match input.unit {
        Unit::Money => "",
        Unit::Percent => ", in percent",
        Unit::Weeks => ", in weeks",
    };
    let first = |end: fn(Span) -> u64| input.default.map(end).map(|figure| figure.to_string());
    let ends = [
        ("from", "At least", first(|span| span.from)),
        ("to", "At most", first(|span| span.to)),
    ];
    html! {
        fieldset {
            legend { (input.label) }
            p class="quiet small" id=(origin) { (input.origin) }
            div class="ends" {
                @for (end, words, default) in ends {
                    @let field = format!("{}.{end}", input.name);
                    label { span class="quiet small" { (words) span class="unseen" { (unit) } }
                        input name=(field) inputmode="numeric" autocomplete="off" aria-describedby=(origin)
                            value=(typed.field(&field).map(str::to_owned).or(default).unwrap_or_default());
                    }
                }
            }
        }
    }
}
