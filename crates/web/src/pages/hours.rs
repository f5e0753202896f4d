//! When the reader works: a part of their own place, and what is said there.

use crate::form::Wrong;
use crate::me::Me;
use crate::pages::about_me;
use crate::refusal::{Answered, Refusal};
use crate::server::Server;
use axum::Form;
use axum::extract::State;
use axum::extract::rejection::FormRejection;
use axum::response::{IntoResponse, Redirect};
use maud::{Markup, html};
use steadfast_app::server::people::{DAYS, Hours, say_hours};

/// The same hours on each day that is ticked. Fields come in the form's order; a box that is not ticked is not sent.
type Typed = Vec<(String, String)>;

pub(crate) async fn say(
    State(server): State<Server>,
    me: Me,
    typed: Result<Form<Typed>, FormRejection>,
) -> Answered {
    let Form(typed) = typed.map_err(|_| Refusal::NotAForm)?;
    let field = |name: &str| {
        let mut typed = typed.iter();
        typed
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    };
    let hours = match field("do") {
        Some("nothing") => None,
        Some("hours") => Some(read(&typed, field("from"), field("to")).ok_or(Refusal::NotAForm)?),
        _ => return Err(Refusal::NotAForm),
    };
    let (store, now) = (&server.0.store, server.0.world.instant());
    match say_hours(store, me.0.viewer(), now, hours).await {
        Ok(()) => Ok(Redirect::to("/people/me#hours").into_response()),
        Err(error) => {
            let said = Wrong::of(&error).ok_or(error)?;
            about_me::with_wrong(&server, &me, &said).await
        }
    }
}

fn read(typed: &Typed, from: Option<&str>, to: Option<&str>) -> Option<Hours> {
    let day = (minute(from?)?, minute(to?)?);
    let mut week = [None; 7];
    for (_, value) in typed.iter().filter(|(name, _)| name == "day") {
        *week.get_mut(value.parse::<usize>().ok()?)? = Some(day);
    }
    Some(Hours(week))
}

/// "19:00" as minutes since midnight; browsers send no other form.
pub(crate) fn minute(text: &str) -> Option<u16> {
    let (hour, minute) = text.trim().split_once(':')?;
    let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.get(..2)?.parse().ok()?);
    (hour < 24 && minute < 60).then_some(hour * 60 + minute)
}

/// The other way round.
pub(crate) fn clock(minute: u16) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// What they said, to be changed.
pub(super) fn shown(hours: Option<Hours>) -> Markup {
    let Hours(week) = hours.unwrap_or_default();
    let (from, to) = week.iter().flatten().next().copied().unwrap_or((540, 1020));
    html! {
        section aria-labelledby="hours" {
            h2 id="hours" { "When you work" }
            p {
                @if hours.is_some() { "As you said. " } @else { "You said nothing of it: times are looked for from nine to five, Monday to Friday. " }
                "Times that are offered from now on keep to it, and a 1:1 that is moved to before or after is pointed out to your manager. "
                span class="quiet" { "Nobody is shown the hours themselves. On your calendar’s clock." }
            }
            form method="post" action="/people/me/hours" class="guard" {
                fieldset class="choices" {
                    legend { "On these days" }
                    @for (number, (name, day)) in DAYS.iter().zip(&week).enumerate() {
                        label { input type="checkbox" name="day" value=(number) checked[day.is_some()]; span { (name) } }
                    }
                }
                p class="field" { label for="hours-from" { "From" } input id="hours-from" name="from" type="time" value=(clock(from)) required; }
                p class="field" { label for="hours-to" { "To" } input id="hours-to" name="to" type="time" value=(clock(to)) required; }
                button name="do" value="hours" { "I work then" }
            }
            @if hours.is_some() {
                form method="post" action="/people/me/hours" { button name="do" value="nothing" { "Say nothing of it" } }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{clock, minute, read};
    use steadfast_app::server::people::Hours;

    #[test]
    fn a_time_of_the_day_is_read_as_browsers_send_it() {
        assert_eq!(minute("19:00"), Some(1140));
        assert_eq!(minute("08:05:00"), Some(485));
        for wrong in ["", "8", "24:00", "8:60", "8:5", "-1:00", "8:é0"] {
            assert_eq!(minute(wrong), None, "{wrong}");
        }
        assert_eq!(clock(485), "08:05");
    }

    #[test]
    fn ticked_days_have_the_hours_and_the_others_none() {
        let field = |value: &str| ("day".to_owned(), value.to_owned());
        let typed = [field("0"), field("6")].to_vec();
        let Some(Hours(week)) = read(&typed, Some("07:00"), Some("15:30")) else {
            panic!("read");
        };
        let day = Some((420, 930));
        assert_eq!(week, [day, None, None, None, None, None, day]);
        assert_eq!(
            read(&[field("7")].to_vec(), Some("07:00"), Some("15:30")),
            None
        );
        assert_eq!(read(&typed, Some("7"), Some("15:30")), None);
    }
}
