//! Whether it mattered to the report: one tap, seen by nobody else.

use crate::pages::occurrence;
use crate::refusal::Refusal;
use maud::{Markup, html};
use steadfast_app::report::Report;
use steadfast_app::report::model::Pair;
use steadfast_app::server::ledger::may_matter;
use steadfast_ledger::occurrence::Occurrence;

const MATTERED: &str = "mattered";
const DID_NOT: &str = "not_mattered";
const TAKEN_BACK: &str = "mattered_taken_back";

/// The button that was pressed, if it is one of these. There is none to share it.
pub(crate) fn read(pressed: &str) -> Result<Option<Option<bool>>, Refusal> {
    let (word, seen) = pressed.split_once('.').unwrap_or((pressed, "private"));
    let said = match word {
        MATTERED => Some(true),
        DID_NOT => Some(false),
        TAKEN_BACK => None,
        _ => return Ok(None),
    };
    if seen != "private" {
        return Err(Refusal::Unfit(
            "whether it mattered stays with you, and cannot be shared".to_owned(),
            "say it for yourself alone; tell the other one in your own words".to_owned(),
        ));
    }
    Ok(Some(said))
}

/// Asks, and says what was answered; nothing to whom it is not asked.
pub(crate) fn section(
    report: &Report,
    pair: &Pair,
    one: &Occurrence,
    said: Option<bool>,
) -> Markup {
    let reader = report.me.as_ref().map_or("", |me| &*me.address);
    let is_asked = may_matter(pair, one, reader);
    html! {
        @if is_asked || said.is_some() {
            form method="post" action={ (occurrence::address(report, pair, one)) "/word" } class="reply" {
                fieldset {
                    legend { "Did it matter to you?" }
                    p class="quiet small" { "For you alone: nobody else is shown it, now or later, and it cannot be shared. It changes no count." }
                    @if let Some(mattered) = said {
                        p class="said" { "You said: “" @if mattered { "It mattered" } @else { "It did not" } "” " span class="quiet" { "(you alone see it)" } }
                    }
                    p class="acts" {
                        @if is_asked {
                            button name="say" value=(MATTERED) aria-pressed=[(said == Some(true)).then_some("true")] { "It mattered" }
                            button name="say" value=(DID_NOT) aria-pressed=[(said == Some(false)).then_some("true")] { "It did not" }
                        }
                        @if said.is_some() { button name="say" value=(TAKEN_BACK) { "Take it back" span class="unseen" { ": whether it mattered" } } }
                    }
                }
            }
        }
    }
}
