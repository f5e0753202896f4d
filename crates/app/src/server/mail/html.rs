//! A mail as a page: one column, system fonts, the reader's own light or dark. It fetches nothing, so that nobody learns when
//! it was read.

use super::letter::{Item, Letter};
use maud::{DOCTYPE, Markup, PreEscaped, html};

/// Mail programs that drop it still show the inline styles, in light.
const STYLE: &str = "\
body{margin:0;background:#fbfaf7;color:#1d1c1a}\
a{color:#0b6b66}\
@media (prefers-color-scheme:dark){\
body,.page{background:#171614!important;color:#ece9e2!important}\
.quiet{color:#a8a397!important}\
.item{border-color:#3a3732!important}\
a{color:#6cc5bd!important}\
a.act{background:#6cc5bd!important;color:#10201f!important}}";

const PAGE: &str = "max-width:34rem;margin:0 auto;padding:24px 16px;background:#fbfaf7;color:#1d1c1a;\
font:16px/1.5 -apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
const ITEM: &str = "padding:0 0 20px;margin:0 0 20px;border-bottom:1px solid #dedad1";
const HEADING: &str = "margin:0 0 8px;font-size:18px;line-height:1.35;font-weight:600";
const LINE: &str = "margin:0 0 8px";
const ACT: &str = "display:inline-block;margin:6px 0 0;padding:11px 18px;border-radius:6px;background:#0b6b66;color:#ffffff;\
text-decoration:none;font-weight:600";
const QUIET: &str = "margin:0 0 8px;font-size:14px;color:#69645a";

pub(super) fn html(letter: &Letter) -> String {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="supported-color-schemes" content="light dark";
                title { (letter.subject) }
                style { (PreEscaped(STYLE)) }
            }
            body style="margin:0" {
                div class="page" style=(PAGE) {
                    @for one in &letter.items { (item(letter, one)) }
                    @if letter.more > 0 {
                        p style=(LINE) { a href=(letter.link("/one-on-ones#threats")) { "And " (letter.more) " more on your page" } }
                    }
                    p class="quiet" style=(QUIET) { (Letter::FOOT) }
                    p class="quiet" style=(QUIET) {
                        a href=(letter.link("/mail")) { "What is mailed, and when" } " · "
                        a href=(letter.link(&letter.off)) { "No more mail" }
                    }
                }
            }
        }
    };
    page.into_string()
}

fn item(letter: &Letter, item: &Item) -> Markup {
    let (label, path) = &item.act;
    html! {
        div class="item" style=(ITEM) {
            h2 style=(HEADING) { bdi { (item.heading) } }
            @for line in &item.lines { p dir="auto" style=(LINE) { (line) } }
            a class="act" href=(letter.link(path)) style=(ACT) { (label) }
        }
    }
}
