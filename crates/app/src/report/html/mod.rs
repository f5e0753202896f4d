//! The report as one page: nothing is fetched, everything works without a script, and it prints.
//!
//! One file per part of the page. The style and the small script (arrow keys, copy, printing) stand
//! beside them as files and are put into the page whole.

mod anchor;
mod closing;
mod comparison;
mod head;
mod mark_svg;
mod missing;
mod pair;
mod pairs;
pub mod parts;
mod proof;
mod ribbon;
mod twin;
mod ways;
mod which;

use comparison::Links;
pub use ways::Ways;

use super::model::Report;
use maud::{DOCTYPE, PreEscaped, html as markup};

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("enhance.js");
/// Nothing from outside, whatever a calendar's text may try.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'; \
                      form-action 'none'";

/// The report as one self-contained HTML file.
pub fn html(report: &Report) -> String {
    markup! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="referrer" content="no-referrer";
                meta name="color-scheme" content="light dark";
                meta name="robots" content="noindex";
                title { (head::title(report)) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                a class="skip" href="#pairs" { "To each 1:1" }
                (head::header(report))
                main {
                    // Said first of all.
                    (missing::section(report))
                    (comparison::section(report, Links::ToMarks))
                    (pairs::section(report))
                    (proof::section(report))
                    (closing::section(report))
                }
                footer { p { "Made by Steadfast from calendar data alone. Nothing on this page was sent anywhere, and it fetches nothing." } }
                script { (PreEscaped(SCRIPT)) }
            }
        }
    }
    .into_string()
}
