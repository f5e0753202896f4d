//! The form of the bounds: its fields, and what was sent.

use crate::form::Wrong;
use crate::refusal::Refusal;
use maud::{Markup, html};
use steadfast_app::server::guard::policies::{
    ACTIONS_A_DAY, Bounds, Limits, WINNERS, Winner, span, winner_in_words, winner_named,
    winner_word,
};

/// What was typed, name by name; a name may come more than once.
pub(super) type Typed = Vec<(String, String)>;

/// Minutes before a start that are offered.
const FREEZES: &[i64] = &[0, 30, 60, 120, 240, 480, 1_440, 2_880];
/// Minutes without an answer that are offered.
const WAITS: &[i64] = &[240, 720, 1_440, 2_880, 4_320, 10_080];
/// Percent of being sure that are offered.
const SURE: &[i64] = &[50, 70, 80, 90, 95, 100];

/// The fields, as `bounds` stand and as far as the limits let them; `form` keeps the ids of several apart.
pub(super) fn fields(form: &str, bounds: &Bounds, limits: &Limits) -> Markup {
    let freeze = bounds.freeze_minutes.max(limits.freeze_minutes);
    let freezes = offered(FREEZES, freeze, |one| one >= limits.freeze_minutes);
    let least = percent(limits.least_confidence);
    let sure = percent(bounds.least_confidence).max(least);
    let waits = offered(WAITS, bounds.book_unanswered_after.unwrap_or(1_440), |_| {
        true
    });
    html! {
        fieldset class="choices" {
            legend { "What may take the time of a 1:1" }
            p class="quiet small" { "It does nothing against these by itself: you decide. An emergency or an incident is known by the "
                "highest priority in the invitation, or by such a word in its title. Of a meeting with people outside that says "
                "neither it is not known: while a customer’s emergency may win, nothing is done against one by itself." }
            @for winner in WINNERS { (self::winner(form, winner, bounds)) }
        }
        p class="field" {
            label for={ (form) "-freeze" } { "How close to a start nothing moves by itself" }
            select id={ (form) "-freeze" } name="freeze" {
                @for one in freezes {
                    option value=(one) selected[one == freeze] { @if one == 0 { "not at all" } @else { (span(one)) } }
                }
            }
            @if limits.freeze_minutes > 0 { span class="quiet small" { "Your organisation: " (span(limits.freeze_minutes)) " at least." } }
        }
        p class="field" {
            label for={ (form) "-actions" } { "How much it may do by itself on one day" }
            (actions(&format!("{form}-actions"), bounds.actions_a_day.min(limits.actions_a_day), limits.actions_a_day))
            span class="quiet small" { "Your organisation: " (limits.actions_a_day) " at most." }
        }
        p class="field" {
            label for={ (form) "-sure" } { "How sure it has to be of what sort of meeting something is" }
            (how_sure(&format!("{form}-sure"), sure, least))
            @if least > 50 { span class="quiet small" { "Your organisation: " (least) " % at least." } }
        }
        fieldset class="choices" {
            legend { "Whom it may reach by itself" }
            (tick(form, "up_the_line", bounds.up_the_line, limits.up_the_line, "people above you"))
            (tick(form, "outside", bounds.outside, limits.outside, "people outside"))
            (tick(form, "outside_bookers", !bounds.internal_bookers_only, true, "who organises a meeting from outside: it may answer them, and move it"))
        }
        fieldset class="choices" {
            legend { "Before anything goes out" }
            (tick(form, "preview_first", bounds.preview_first, true, "I read the first message to each person before it goes"))
            (tick(form, "dry_run", bounds.dry_run, true, "dry run: nothing is written or sent, also when I ask for it"))
        }
        p class="field" {
            label for={ (form) "-book" } { "When the best of the times is booked without an answer" }
            select id={ (form) "-book" } name="book" {
                option value="never" selected[bounds.book_unanswered_after.is_none()] { "never" }
                @for one in waits {
                    option value=(one) selected[bounds.book_unanswered_after == Some(one)] { "after " (span(one)) }
                }
            }
            span class="quiet small" { "As an invitation, which the other one of the two may decline." }
        }
    }
}

/// How many actions a day, up to `most`.
pub(super) fn actions(id: &str, now: u32, most: u32) -> Markup {
    html! { input id=(id) name="actions" type="number" inputmode="numeric" min="0" max=(most) step="1" value=(now) required; }
}

/// How sure, in percent, from `least` on.
pub(super) fn how_sure(id: &str, now: i64, least: i64) -> Markup {
    html! {
        select id=(id) name="sure" {
            @for one in offered(SURE, now, |one| one >= least) { option value=(one) selected[one == now] { (one) " %" } }
        }
    }
}

/// How close to a start, in minutes.
pub(super) fn freeze(id: &str, now: i64) -> Markup {
    html! {
        select id=(id) name="freeze" {
            @for one in offered(FREEZES, now, |_| true) {
                option value=(one) selected[one == now] { @if one == 0 { "no limit" } @else { (span(one)) } }
            }
        }
    }
}

/// What is offered within the limits, and what stands now, in order.
fn offered(usual: &[i64], now: i64, may: impl Fn(i64) -> bool) -> Vec<i64> {
    let mut all: Vec<i64> = usual.iter().copied().filter(|one| may(*one)).collect();
    all.push(now);
    all.sort_unstable();
    all.dedup();
    all
}

pub(super) fn percent(share: f64) -> i64 {
    (share * 100.0).round() as i64
}

fn winner(form: &str, winner: Winner, bounds: &Bounds) -> Markup {
    let (word, is_on) = (winner_word(winner), bounds.may_win.contains(&winner));
    html! {
        label for={ (form) "-" (word) } {
            input type="checkbox" id={ (form) "-" (word) } name="may_win" value=(word) checked[is_on];
            (winner_in_words(winner))
        }
    }
}

/// A box to tick; where the organisation's limit is against it, it cannot be.
pub(super) fn tick(form: &str, name: &str, is_on: bool, may: bool, words: &str) -> Markup {
    html! {
        label for={ (form) "-" (name) } {
            input type="checkbox" id={ (form) "-" (name) } name=(name) value="yes" checked[is_on && may] disabled[!may];
            span { (words) @if !may { span class="quiet small" { " (your organisation does not allow it)" } } }
        }
    }
}

/// What was sent, as bounds.
///
/// # Errors
/// [`Refusal::NotAForm`] for what no form of ours sends.
pub(super) fn read(typed: &Typed) -> Result<Result<Bounds, Wrong>, Refusal> {
    let winners = typed.iter().filter(|(name, _)| name == "may_win");
    let may_win: Option<Vec<Winner>> = winners.map(|(_, word)| winner_named(word)).collect();
    let Some(actions) = actions_typed(typed)? else {
        return Ok(Err(no_number()));
    };
    Ok(Ok(Bounds {
        may_win: may_win.ok_or(Refusal::NotAForm)?,
        internal_bookers_only: !is_on(typed, "outside_bookers"),
        freeze_minutes: number(typed, "freeze")?,
        actions_a_day: actions,
        dry_run: is_on(typed, "dry_run"),
        least_confidence: number(typed, "sure")? as f64 / 100.0,
        up_the_line: is_on(typed, "up_the_line"),
        outside: is_on(typed, "outside"),
        preview_first: is_on(typed, "preview_first"),
        book_unanswered_after: match value(typed, "book") {
            Some("never") => None,
            _ => Some(number(typed, "book")?),
        },
    }))
}

pub(super) fn value<'a>(typed: &'a Typed, name: &str) -> Option<&'a str> {
    let mut all = typed.iter();
    all.find(|(known, _)| known == name)
        .map(|(_, value)| value.as_str())
}

pub(super) fn is_on(typed: &Typed, name: &str) -> bool {
    value(typed, name).is_some()
}

/// A number that is chosen and not typed.
pub(super) fn number(typed: &Typed, name: &str) -> Result<i64, Refusal> {
    value(typed, name)
        .and_then(|text| text.parse().ok())
        .ok_or(Refusal::NotAForm)
}

/// How many actions a day were typed; `None` for what is no number.
pub(super) fn actions_typed(typed: &Typed) -> Result<Option<u32>, Refusal> {
    let text = value(typed, "actions").ok_or(Refusal::NotAForm)?;
    Ok(text.trim().parse().ok())
}

pub(super) fn no_number() -> Wrong {
    let hint = format!("Give a whole number from 0 to {}", ACTIONS_A_DAY.end());
    Wrong::new("that is no number of actions", &hint)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(pairs: &[(&str, &str)]) -> Typed {
        let pairs = pairs.iter();
        pairs
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect()
    }

    /// What a browser sends of a form: the boxes that are ticked, what is selected, what is typed.
    fn sent(page: &str) -> Typed {
        let mut sent = Typed::new();
        let mut name = String::new();
        for tag in page.split('<').skip(1) {
            let tag = tag.split('>').next().unwrap();
            let attribute = |what: &str| {
                let (_, rest) = tag.split_once(&format!(" {what}=\""))?;
                Some(rest.split('"').next()?.to_owned())
            };
            if tag.starts_with("select") {
                name = attribute("name").unwrap();
            }
            let is_sent = match tag.split(' ').next() {
                Some("option") => tag.ends_with("selected"),
                Some("input") => !tag.contains("checkbox") || tag.contains(" checked"),
                _ => false,
            };
            if is_sent {
                let name = attribute("name").unwrap_or_else(|| name.clone());
                sent.push((name, attribute("value").unwrap()));
            }
        }
        sent
    }

    #[test]
    fn a_form_that_is_sent_as_it_stands_changes_nothing() {
        let odd = Bounds {
            may_win: vec![Winner::Boss, WINNERS[7]],
            internal_bookers_only: false,
            freeze_minutes: 45,
            actions_a_day: 3,
            dry_run: true,
            least_confidence: 0.85,
            up_the_line: true,
            outside: true,
            preview_first: false,
            book_unanswered_after: Some(61),
        };
        let never = Bounds {
            book_unanswered_after: None,
            ..Bounds::default()
        };
        for bounds in [Bounds::default(), odd, never] {
            let form = fields("x", &bounds, &Limits::default()).into_string();
            assert_eq!(read(&sent(&form)).unwrap().unwrap(), bounds);
        }
    }

    #[test]
    fn what_the_organisation_does_not_allow_is_not_offered() {
        let bounds = Bounds {
            up_the_line: true,
            ..Bounds::default()
        };
        let limits = Limits {
            up_the_line: false,
            freeze_minutes: 240,
            actions_a_day: 2,
            least_confidence: 0.95,
            ..Limits::default()
        };
        let form = fields("x", &bounds, &limits).into_string();
        let found = read(&sent(&form)).unwrap().unwrap();
        assert_eq!((found.freeze_minutes, found.actions_a_day), (240, 2));
        assert_eq!((found.up_the_line, found.least_confidence), (false, 0.95));
        assert!(form.contains("your organisation does not allow it"));
    }

    #[test]
    fn what_no_form_sends_is_refused() {
        let form = fields("x", &Bounds::default(), &Limits::default()).into_string();
        for (name, value) in [("may_win", "the moon"), ("freeze", "soon"), ("book", "")] {
            let mut odd = typed(&[(name, value)]);
            odd.extend(sent(&form));
            assert!(matches!(read(&odd), Err(Refusal::NotAForm)), "{name}");
        }
        let mut odd = typed(&[("actions", "many")]);
        odd.extend(sent(&form));
        assert!(read(&odd).unwrap().is_err());
        assert!(read(&typed(&[])).is_err());
    }
}
