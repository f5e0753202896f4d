//! What holds for everybody on this server, of a few choices that whoever set it up has: the form, and what was pressed in it.

use crate::me::Me;
use crate::refusal::Refusal;
use axum::Form;
use axum::extract::rejection::FormRejection;
use maud::{Markup, html};
use steadfast_app::server::people::Administrator;

/// A form of one button for each choice that is not set now.
pub(crate) struct ForAll<'a> {
    /// Where it goes.
    pub(crate) action: &'a str,
    /// What the buttons are called in it.
    pub(crate) name: &'a str,
    /// What stands before them.
    pub(crate) legend: &'a str,
    /// What changing it does.
    pub(crate) means: &'a str,
}

impl ForAll<'_> {
    /// The form, for whoever `keeps` the organisation; for all others, who that is. A choice has its value and its words.
    pub(crate) fn form(
        &self,
        keeps: bool,
        choices: impl Iterator<Item = (String, String)>,
    ) -> Markup {
        html! {
            @if keeps {
                details {
                    summary { "Change it for everybody" }
                    p class="quiet" { (self.means) }
                    form method="post" action=(self.action) {
                        fieldset class="acts" {
                            legend class="quiet" { (self.legend) }
                            @for (value, words) in choices { button name=(self.name) value=(value) { (words) } }
                        }
                    }
                }
            } @else {
                p class="quiet" { "Whoever set this server up chooses it, for everybody." }
            }
        }
    }
}

/// What was pressed, by whoever may: `read` gives the choice, where there is one of that value.
///
/// # Errors
/// [`Refusal::NotFound`] for everybody else, [`Refusal::NotAForm`] without such a choice.
pub(crate) fn pressed<F, C>(
    me: &Me,
    form: Result<Form<F>, FormRejection>,
    read: impl FnOnce(&F) -> Option<C>,
) -> Result<(Administrator, C), Refusal> {
    let admin = me.0.administrator().ok_or(Refusal::NotFound)?;
    let Form(form) = form.map_err(|_| Refusal::NotAForm)?;
    let choice = read(&form).ok_or(Refusal::NotAForm)?;
    Ok((admin, choice))
}
