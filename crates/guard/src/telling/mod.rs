//! Whether somebody is told something beside their page, when, and together with what. Pure: what there is to tell, what was
//! told before and what they chose go in; what is to be told now, or until when to wait, comes out.
//!
//! One file per question: whether they may be told at all ([`may`]), what is new to them ([`new`]), and when ([`when`]).
//! Whoever carries it out asks again right before it goes out: what is not so any more is not told.

mod may;
mod new;
mod when;

pub use may::{Standing, Unasked, may};
pub use new::new;
pub use when::{PAUSE, SETTLES, URGENT, when};

use crate::world::person::Quiet;
use jiff::tz::TimeZone;
use std::collections::BTreeSet;
use steadfast_calendar::Instant;

/// What something is about, for people who choose.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Topic {
    /// A 1:1 that they lead was changed or is threatened.
    Threat,
    /// Times were offered to them, or somebody answered to what they offered.
    Offer,
    /// What was offered now stands, or that nothing can be.
    Outcome,
}

/// By which way something is told: one, so that each event is told once.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Channel {
    /// By mail to the address they sign in with.
    #[default]
    Mail,
    /// By a message to a chat of theirs.
    Chat,
}

/// One thing that could be told.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct News {
    /// Names the event: the same one has the same name, whoever looks and whenever.
    pub event: String,
    /// What it is about.
    pub topic: Topic,
    /// When the 1:1 begins that it is about, as it stands or was promised.
    pub begins: Instant,
}

/// What somebody chose.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Wish {
    /// Whether anything is sent.
    pub on: bool,
    /// By which way.
    pub by: Channel,
    /// What is not.
    pub without: BTreeSet<Topic>,
    /// When nothing is.
    pub quiet: Quiet,
    /// Whether what begins before the quiet ends comes through it.
    pub urgent_comes_through: bool,
}

impl Default for Wish {
    /// Everything, by day and not at weekends.
    fn default() -> Self {
        Self {
            on: true,
            by: Channel::default(),
            without: BTreeSet::new(),
            quiet: Quiet {
                weekends: true,
                ..Quiet::default()
            },
            urgent_comes_through: false,
        }
    }
}

/// What is to be done.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// These are told now, in one message: places in what was asked about, in its order.
    Tell(Vec<usize>),
    /// Nothing is told before then; what is told is decided anew.
    Wait(Instant),
    /// There is nothing to tell.
    Nothing,
}

/// What is asked about.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// All that is so now.
    pub news: &'a [News],
    /// Events that were told before.
    pub told: &'a BTreeSet<String>,
    /// What they chose.
    pub wish: &'a Wish,
    /// Who they are to this server.
    pub standing: Standing,
    /// Their clock.
    pub zone: &'a TimeZone,
    /// When something was last told to them.
    pub last: Option<Instant>,
    /// Now.
    pub now: Instant,
}

/// What is to be done now.
pub fn decide(asked: &Asked<'_>) -> Verdict {
    if may(asked.standing, asked.wish).is_err() {
        return Verdict::Nothing;
    }
    let new = new(asked.news, asked.told, asked.wish, asked.now);
    let Some(soonest) = new
        .iter()
        .filter_map(|place| asked.news.get(*place))
        .map(|one| one.begins)
        .min()
    else {
        return Verdict::Nothing;
    };
    let at = when(asked.wish, asked.zone, asked.last, soonest, asked.now);
    if at > asked.now {
        Verdict::Wait(at)
    } else {
        Verdict::Tell(new)
    }
}

impl Channel {
    /// As it is kept.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Mail => "mail",
            Self::Chat => "chat",
        }
    }

    /// The one that is kept so; what this program does not know is mail.
    pub fn named(text: &str) -> Self {
        if text == Self::Chat.as_str() {
            Self::Chat
        } else {
            Self::Mail
        }
    }

    /// Whether it is the one that is taken where nothing was chosen.
    pub fn is_usual(self) -> bool {
        self == Self::default()
    }
}

impl Topic {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Threat, Self::Offer, Self::Outcome];

    /// As it is kept.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Threat => "threat",
            Self::Offer => "offer",
            Self::Outcome => "outcome",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{Date, date};

    fn moment(day: Date, hour: i8, minute: i8) -> Instant {
        let zoned = day.at(hour, minute, 0, 0).to_zoned(TimeZone::UTC).unwrap();
        zoned.timestamp().into()
    }

    fn check(now: Instant, begins: Instant, wish: &Wish, expected: &Verdict) {
        let news = [News {
            event: "e".to_owned(),
            topic: Topic::Threat,
            begins,
        }];
        let verdict = decide(&Asked {
            news: &news,
            told: &BTreeSet::new(),
            wish,
            standing: Standing {
                has_joined: true,
                is_stopped: false,
            },
            zone: &TimeZone::UTC,
            last: None,
            now,
        });
        assert_eq!(verdict, *expected);
    }

    #[test]
    fn by_day_it_is_told_at_once_and_by_night_in_the_morning() {
        let (tuesday, wish) = (date(2026, 3, 3), Wish::default());
        let begins = moment(date(2026, 3, 5), 15, 0);
        let now = moment(tuesday, 11, 0);
        check(now, begins, &wish, &Verdict::Tell(vec![0]));
        let night = moment(tuesday, 23, 0);
        let morning = moment(date(2026, 3, 4), 8, 0);
        check(night, begins, &wish, &Verdict::Wait(morning));
    }

    #[test]
    fn what_begins_before_the_morning_is_not_told_by_night_unless_they_chose_so() {
        let night = moment(date(2026, 3, 3), 23, 0);
        let begins = moment(date(2026, 3, 4), 7, 30);
        let morning = moment(date(2026, 3, 4), 8, 0);
        check(night, begins, &Wish::default(), &Verdict::Wait(morning));
        let awake = Wish {
            urgent_comes_through: true,
            ..Wish::default()
        };
        check(night, begins, &awake, &Verdict::Tell(vec![0]));
        // What can wait waits all the same.
        let later = moment(date(2026, 3, 4), 11, 0);
        check(night, later, &awake, &Verdict::Wait(morning));
    }

    #[test]
    fn what_is_over_when_the_morning_comes_is_not_told_any_more() {
        let morning = moment(date(2026, 3, 4), 8, 0);
        let begins = moment(date(2026, 3, 4), 7, 30);
        check(morning, begins, &Wish::default(), &Verdict::Nothing);
    }
}
