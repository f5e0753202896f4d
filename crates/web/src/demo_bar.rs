//! What stands above every page of a demo: who one is, what day it is, and both to be changed.

use crate::pages::dated;
use crate::server::Demo;
use jiff::civil::Date;
use maud::{Markup, html};
use steadfast_app::server::accounts::SignedIn;

/// Everybody one can be, and every day it can be.
#[derive(Clone, Debug)]
pub(crate) struct Cast {
    /// Their names; the number is what stands in the address.
    names: Vec<String>,
    /// Who one is; nobody of them, for whoever accepted an invitation.
    me: Option<usize>,
    /// The days there are, the first one first.
    days: Vec<Date>,
    today: Date,
    /// Whether there is a half year to watch.
    is_played: bool,
}

impl Cast {
    /// For whoever is signed in.
    pub(crate) fn of(me: &SignedIn, demo: &Demo) -> Self {
        let mut accounts = demo.people.iter().map(|(_, account)| account);
        Self {
            names: demo.people.iter().map(|(name, _)| name.clone()).collect(),
            me: accounts.position(|account| account == me.account()),
            days: demo.days.clone(),
            today: demo.today,
            is_played: !demo.played.ways.is_empty(),
        }
    }

    pub(crate) fn bar(&self) -> Markup {
        let me = self.me.and_then(|me| self.names.get(me));
        html! {
            aside class="demo" aria-label="Demo" {
                p {
                    "Demo: made-up people."
                    @if let Some(me) = me { " You are " b { (me) } "." }
                    " It is " b class="nowrap" { (dated::day(self.today)) } ". "
                    @if self.is_played { a href="/demo/watch" { "Watch a half year" } "." }
                }
                div class="cast" {
                    span class="quiet" { "Look through the eyes of" }
                    @for (number, name) in self.names.iter().enumerate() {
                        @if self.me != Some(number) {
                            form method="post" action={ "/demo/be/" (number) } { button { (name) } }
                        }
                    }
                }
                @if self.days.len() > 1 { (self.clock()) }
            }
        }
    }

    fn clock(&self) -> Markup {
        let place = self.days.iter().position(|day| *day == self.today);
        let beside = |step: isize| {
            place
                .and_then(|place| place.checked_add_signed(step))
                .and_then(|place| self.days.get(place))
        };
        html! {
            div class="cast" {
                span class="quiet" { "or on another day:" }
                @if let Some(day) = beside(-1) { (self.to(day, "a week before")) }
                @if let Some(day) = beside(1) { (self.to(day, "a week later")) }
                form method="post" action="/demo/at" {
                    input type="hidden" name="me" value=(self.me.unwrap_or(0));
                    label class="unseen" for="demo-day" { "Day" }
                    select id="demo-day" name="day" {
                        @for day in self.days.iter().rev() {
                            option value=(day) selected[*day == self.today] { (dated::day(*day)) }
                        }
                    }
                    button { "go there" }
                }
            }
        }
    }

    fn to(&self, day: &Date, words: &str) -> Markup {
        html! {
            form method="post" action="/demo/at" {
                input type="hidden" name="me" value=(self.me.unwrap_or(0));
                button name="day" value=(day) { (words) }
            }
        }
    }
}
