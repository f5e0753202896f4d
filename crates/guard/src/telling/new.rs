//! What is new to somebody: what was not told before, is to come, and of a sort that they want to hear of. One event that is
//! found in several ways (moved and cut at once) is told once.

use super::{News, Wish};
use std::collections::BTreeSet;
use steadfast_calendar::Instant;

/// Places of what is new, in the order of `news`.
pub fn new(news: &[News], told: &BTreeSet<String>, wish: &Wish, now: Instant) -> Vec<usize> {
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut places = Vec::new();
    for (place, one) in news.iter().enumerate() {
        let is_wanted = one.begins > now && !wish.without.contains(&one.topic);
        if is_wanted && !told.contains(&one.event) && seen.insert(&one.event) {
            places.push(place);
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use super::super::Topic;
    use super::*;

    fn news(event: &str, topic: Topic, begins: i64) -> News {
        News {
            event: event.to_owned(),
            topic,
            begins: Instant::from_seconds(begins),
        }
    }

    #[test]
    fn an_event_is_told_once_and_only_while_it_is_to_come() {
        let all = [
            news("told", Topic::Threat, 100),
            news("over", Topic::Threat, 5),
            news("new", Topic::Threat, 100),
            news("new", Topic::Threat, 100),
            news("offer", Topic::Offer, 100),
        ];
        let told = BTreeSet::from(["told".to_owned()]);
        let now = Instant::from_seconds(10);
        let wish = Wish::default();
        assert_eq!(new(&all, &told, &wish, now), [2, 4]);
        let fewer = Wish {
            without: BTreeSet::from([Topic::Threat]),
            ..wish
        };
        assert_eq!(new(&all, &told, &fewer, now), [4]);
    }
}
