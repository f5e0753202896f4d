//! Maya's week around her 1:1s.

use super::{Story, Times, maya::Cast};
use crate::{
    action::What,
    meeting::MeetingId,
    place::Zone,
    truth::{Class, GaveWay, NotOneOnOne},
};
use jiff::civil::{Date, DateTime, Weekday, date};
use steadfast_calendar::{Slot, when::resolve};

pub(super) const WORKDAYS: [Weekday; 5] = [
    Weekday::Monday,
    Weekday::Tuesday,
    Weekday::Wednesday,
    Weekday::Thursday,
    Weekday::Friday,
];

const fn times(start: DateTime, minutes: i64, weeks: i64, created: DateTime) -> Times {
    Times {
        start,
        minutes,
        weeks,
        created,
    }
}

/// The leadership review, and what looks like a 1:1 and is none.
pub(super) fn routine(story: &mut Story, cast: &Cast) -> MeetingId {
    let made = date(2026, 5, 18).at(9, 12, 0, 0);
    let review = leadership(story, cast);
    story.plan.decoys.push((review, NotOneOnOne::Group));
    let coffee = times(date(2026, 5, 28).at(14, 0, 0, 0), 30, 2, made);
    let coffee = story.meeting("Coffee with Göran", Some(cast.maya), &[cast.goran], coffee);
    story.plan.decoys.push((coffee, NotOneOnOne::Peers));
    let vendor = times(date(2026, 6, 3).at(16, 0, 0, 0), 30, 4, made);
    let vendor = story.meeting("1:1 vendor", Some(cast.maya), &[cast.vendor], vendor);
    story.plan.decoys.push((vendor, NotOneOnOne::Outsider));
    let asked = story.moment(date(2026, 7, 6).at(9, 0, 0, 0));
    story.plan.time_off(
        cast.maya,
        date(2026, 9, 7),
        4,
        Class::Leave,
        "Vacation",
        asked,
    );
    review
}

/// Everything else in Maya's weeks.
pub(super) fn the_rest(story: &mut Story, cast: &Cast) {
    let made = date(2026, 5, 18).at(9, 12, 0, 0);
    let (maya, team, goran) = (Some(cast.maya), &cast.team[..3], Some(cast.goran));
    let weekly = |day, hour, minute, minutes| {
        times(date(2026, 5, day).at(hour, minute, 0, 0), minutes, 1, made)
    };
    let daily = story.meeting("Daily", maya, team, weekly(25, 8, 45, 15));
    story.on_days(daily, &WORKDAYS);
    let together = story.meeting("Team meeting", maya, team, weekly(25, 11, 0, 60));
    let status = story.meeting(
        "Project status",
        goran,
        &[cast.maya, cast.leaders[1]],
        weekly(27, 14, 0, 60),
    );
    for meeting in [daily, together, status] {
        story.plan.decoys.push((meeting, NotOneOnOne::Group));
    }
    let board = times(date(2026, 6, 4).at(15, 30, 0, 0), 60, 4, made);
    let board = story.meeting("Customer board Northwind", maya, &cast.customers, board);
    story.plan.decoys.push((board, NotOneOnOne::Outsider));
    let gym = story.meeting("Gym", None, &[cast.maya], weekly(28, 17, 0, 60));
    story.plan.decoys.push((gym, NotOneOnOne::Private));
    for (name, address, day) in [
        ("Rania Mensah", "rania@mail.example.net", date(2026, 9, 16)),
        ("Yuki Sato", "yuki@mail.example.net", date(2026, 9, 18)),
    ] {
        let candidate = story.person(address, name, false);
        let asked = date(2026, 9, 9).at(10, 30, 0, 0);
        let interview = times(day.at(13, 0, 0, 0), 45, 0, asked);
        let interview = story.meeting(&format!("Interview {name}"), maya, &[candidate], interview);
        story.plan.decoys.push((interview, NotOneOnOne::Interview));
    }
    let asked = date(2026, 5, 29).at(16, 5, 0, 0);
    for day in [
        date(2026, 6, 17),
        date(2026, 7, 22),
        date(2026, 10, 7),
        date(2026, 11, 4),
    ] {
        let workshop = times(day.at(9, 0, 0, 0), 120, 0, asked);
        let workshop = story.meeting(
            "Architecture workshop",
            goran,
            &[cast.maya, cast.leaders[2]],
            workshop,
        );
        story.plan.decoys.push((workshop, NotOneOnOne::Group));
    }
}

/// Every two weeks over Ben's Tuesday, from June to October; twice it was the review that moved.
fn leadership(story: &mut Story, cast: &Cast) -> MeetingId {
    let first = date(2026, 6, 2).at(14, 30, 0, 0);
    let guests = [cast.maya, cast.goran, cast.leaders[1], cast.leaders[2]];
    let review = story.meeting(
        "Leadership review",
        Some(cast.petra),
        &guests,
        times(first, 90, 2, date(2026, 5, 20).at(17, 40, 0, 0)),
    );
    let until = story.moment(date(2026, 10, 6).at(14, 30, 0, 0));
    story.plan.act(
        story.moment(date(2026, 10, 8).at(9, 0, 0, 0)),
        review,
        What::End { until },
    );
    let id = |day: Date| resolve(day.at(14, 30, 0, 0), &Zone::named("Europe/Paris").tz);
    // In the week of Maya's leave there is none.
    let off = id(date(2026, 9, 8));
    story
        .plan
        .act(off.plus_days(-30), review, What::CallOff { id: off });
    for day in [date(2026, 6, 2), date(2026, 7, 14)] {
        let from = id(day);
        let to = from.plus_days(1).plus_minutes(60);
        story.plan.act(
            from.plus_days(-3),
            review,
            What::Place {
                id: from,
                slot: Slot::new(to, to.plus_minutes(90)),
            },
        );
        story.plan.conflict(
            cast.maya,
            Class::Leadership,
            Slot::new(from.plus_minutes(30), from.plus_minutes(60)),
            GaveWay::Other,
        );
    }
    review
}
