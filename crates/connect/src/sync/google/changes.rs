//! From what a list of events tells to what is new in a calendar.
//!
//! Google tells of a series piece by piece: the series, each exception that says something of its own, and each instance
//! that was called off. The last are EXDATE lines of the series' text, so the series is told again when one is added.

use super::item::Item;
use crate::google::{Event, Gone, Oddity, Said};
use crate::sync::cursor::Exceptions;
use std::collections::{BTreeMap, BTreeSet};

/// The exceptions of all series of a calendar.
pub(super) type Series = BTreeMap<String, Exceptions>;

/// What a list came to.
#[derive(Debug, Default)]
pub(super) struct Taken {
    /// Objects that are new or different, by place.
    pub(super) put: BTreeMap<String, Vec<u8>>,
    /// Places that are empty now.
    pub(super) gone: BTreeSet<String>,
    /// What is remembered of the series now.
    pub(super) series: Series,
    /// Events that could not be read, by place, and why.
    pub(super) unread: Vec<(String, Oddity)>,
}

/// Takes a whole list in. Of what was `known` only that is remembered of which the list has something that cannot be read.
pub(super) fn whole(known: &Series, items: Vec<Item>) -> Taken {
    let mut taking = Taking::new(Series::new(), true);
    taking.take(items);
    // What is called off of a series that is not here is not here either.
    let mut taken = taking.finish(BTreeMap::new());
    for (place, _) in &taken.unread {
        let of_it = known
            .iter()
            .filter(|(_, before)| before.stand.contains(place));
        for (series, _) in of_it {
            let now = taken.series.entry(series.clone()).or_default();
            now.stand.insert(place.clone());
        }
    }
    taken
}

/// Takes changes in; [`Taking::wanted`] says what is to be known besides.
pub(super) fn since(known: &Series, items: impl IntoIterator<Item = Item>) -> Taking {
    let mut taking = Taking::new(known.clone(), false);
    taking.take(items);
    taking
}

/// A list that is taken in.
pub(super) struct Taking {
    is_whole: bool,
    series: Series,
    events: BTreeMap<String, Event>,
    gone: BTreeSet<String>,
    /// Series whose text has to be told again.
    again: BTreeSet<String>,
    unread: Vec<(String, Oddity)>,
}

impl Taking {
    fn new(series: Series, is_whole: bool) -> Self {
        Self {
            is_whole,
            series,
            events: BTreeMap::new(),
            gone: BTreeSet::new(),
            again: BTreeSet::new(),
            unread: Vec::new(),
        }
    }

    /// Ids of series of which an instance was called off, or stands again, and whose own text was not told: they are to be
    /// asked for.
    pub(super) fn wanted(&self) -> impl Iterator<Item = &String> {
        self.again.iter()
    }

    fn take(&mut self, items: impl IntoIterator<Item = Item>) {
        let mut last: BTreeMap<String, Said> = BTreeMap::new();
        for (index, item) in items.into_iter().enumerate() {
            match item {
                Item::Said(said) => {
                    let id = match &said {
                        Said::Stands(event) => event.id.clone(),
                        Said::Gone(gone) => gone.id.clone(),
                    };
                    // One that changed while the pages were read comes twice.
                    if !last.get(&id).is_some_and(|before| is_later(before, &said)) {
                        last.insert(id, said);
                    }
                }
                Item::Unread { id, oddity } => {
                    let place = id.unwrap_or_else(|| format!("number {}", index + 1));
                    self.unread.push((place, oddity));
                }
            }
        }
        for (id, said) in last {
            match said {
                Said::Stands(event) => drop(self.events.insert(id, *event)),
                Said::Gone(gone) => self.goes(gone),
            }
        }
        // After what is gone: an instance that is told to stand stands, also when its series went.
        for (id, event) in &self.events {
            self.gone.remove(id);
            if let Some(series) = &event.series {
                let exceptions = self.series.entry(series.clone()).or_default();
                exceptions.stand.insert(id.clone());
                if exceptions.off.remove(id).is_some() {
                    self.again.insert(series.clone());
                }
            }
        }
        let told = &self.events;
        self.again.retain(|series| !told.contains_key(series));
    }

    fn goes(&mut self, gone: Gone) {
        let Gone { id, off } = gone;
        self.gone.insert(id.clone());
        if let Some(off) = off {
            let exceptions = self.series.entry(off.series.clone()).or_default();
            exceptions.stand.remove(&id);
            if exceptions.off.insert(id, off.line.clone()) != Some(off.line) {
                self.again.insert(off.series);
            }
            return;
        }
        if let Some(exceptions) = self.series.remove(&id) {
            self.gone.extend(exceptions.stand);
        }
        // An instance that its series names no more: neither as standing nor as called off.
        if let Some((series, _)) = id.rsplit_once('_')
            && let Some(exceptions) = self.series.get_mut(series)
        {
            exceptions.stand.remove(&id);
            if exceptions.off.remove(&id).is_some() {
                self.again.insert(series.to_owned());
            }
        }
    }

    /// What it comes to. `fetched` are the series that were wanted, as they are; one that is not there is missing.
    pub(super) fn finish(mut self, mut fetched: BTreeMap<String, Item>) -> Taken {
        for series in std::mem::take(&mut self.again) {
            match fetched.remove(&series) {
                Some(Item::Said(Said::Stands(event))) => drop(self.events.insert(series, *event)),
                // What is off is remembered until its series can be read again.
                Some(Item::Unread { oddity, .. }) => self.unread.push((series, oddity)),
                None if self.unread.iter().any(|(place, _)| *place == series) => {}
                // Somebody who is invited to one instance alone has no series that could say that it is off.
                Some(Item::Said(Said::Gone(_))) | None => drop(self.series.remove(&series)),
            }
        }
        let mut put = BTreeMap::new();
        for (id, event) in &self.events {
            let off = self.series.get(id).map(|exceptions| &exceptions.off);
            let lines = off.into_iter().flat_map(BTreeMap::values);
            put.insert(id.clone(), event.object(lines, self.is_dated(event)));
        }
        self.series
            .retain(|_, exceptions| !exceptions.stand.is_empty() || !exceptions.off.is_empty());
        Taken {
            put,
            gone: self.gone,
            series: self.series,
            unread: self.unread,
        }
    }

    /// Whether the moment of an event's last change is its own. Whatever is changed in a series, all of it is told with that
    /// one moment, and sometimes an exception even with that of its series' beginning. In a list of changes it lies since
    /// the last one all the same; in a whole list it says nothing of when an instance was moved.
    fn is_dated(&self, event: &Event) -> bool {
        let Some(series) = event.series.as_ref().filter(|_| self.is_whole) else {
            return true;
        };
        let of_series = self.events.get(series).map(|series| &series.updated);
        of_series.is_some_and(|updated| *updated != event.updated)
    }
}

/// Whether what was told before is a later state.
fn is_later(before: &Said, now: &Said) -> bool {
    match (before, now) {
        (Said::Stands(before), Said::Stands(now)) => before.updated > now.updated,
        // Of what is gone no moment is told; then the later in the list counts.
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn whole(known: &Series, items: &[Value]) -> Taken {
        super::whole(known, items.iter().map(Item::of).collect())
    }

    fn wanted(known: &Series, items: &[Value]) -> BTreeSet<String> {
        let taking = super::since(known, items.iter().map(Item::of));
        taking.wanted().cloned().collect()
    }

    fn since(known: &Series, items: &[Value], fetched: &BTreeMap<String, Value>) -> Taken {
        let fetched = fetched
            .iter()
            .map(|(id, event)| (id.clone(), Item::of(event)));
        super::since(known, items.iter().map(Item::of)).finish(fetched.collect())
    }

    fn weekly(id: &str) -> Value {
        json!({
            "id": id, "iCalUID": format!("{id}@google.com"), "status": "confirmed", "summary": "1:1",
            "updated": "2026-01-05T08:00:00.000Z",
            "start": {"dateTime": "2026-01-06T14:00:00Z", "timeZone": "UTC"},
            "end": {"dateTime": "2026-01-06T14:30:00Z", "timeZone": "UTC"},
            "recurrence": ["RRULE:FREQ=WEEKLY"],
        })
    }

    fn instance(series: &str, day: &str, hour: &str) -> Value {
        json!({
            "id": format!("{series}_{day}T140000Z"), "iCalUID": format!("{series}@google.com"), "status": "confirmed",
            "summary": "1:1", "updated": "2026-01-05T08:00:00.000Z", "recurringEventId": series,
            "originalStartTime": {"dateTime": format!("{}T14:00:00Z", dashed(day)), "timeZone": "UTC"},
            "start": {"dateTime": format!("{}T{hour}:00:00Z", dashed(day)), "timeZone": "UTC"},
            "end": {"dateTime": format!("{}T{hour}:30:00Z", dashed(day)), "timeZone": "UTC"},
        })
    }

    fn dashed(day: &str) -> String {
        format!("{}-{}-{}", &day[..4], &day[4..6], &day[6..])
    }

    fn off(series: &str, day: &str) -> Value {
        json!({
            "id": format!("{series}_{day}T140000Z"), "status": "cancelled", "recurringEventId": series,
            "originalStartTime": {"dateTime": format!("{}T14:00:00Z", dashed(day)), "timeZone": "UTC"},
        })
    }

    /// The first list of a calendar.
    fn first(items: &[Value]) -> Taken {
        whole(&Series::new(), items)
    }

    fn dropped(id: &str) -> Value {
        json!({"id": id, "status": "cancelled"})
    }

    /// What is put, each with its EXDATE lines and whether it is dated, and what is gone.
    fn told(taken: &Taken) -> Vec<String> {
        let put = taken.put.iter().map(|(id, text)| {
            let text = String::from_utf8(text.clone()).unwrap();
            let off: Vec<&str> = text
                .lines()
                .filter_map(|line| line.strip_prefix("EXDATE:"))
                .collect();
            let dated = if text.contains("LAST-MODIFIED") {
                ""
            } else {
                " undated"
            };
            format!("{id} {}{dated}", off.join(" "))
                .replace("  ", " ")
                .trim_end()
                .to_owned()
        });
        put.chain(taken.gone.iter().map(|id| format!("-{id}")))
            .collect()
    }

    #[test]
    fn instances_that_are_off_are_lines_of_their_series() {
        let first = first(&[
            weekly("a"),
            off("a", "20260113"),
            instance("a", "20260120", "16"),
        ]);
        assert_eq!(
            told(&first),
            [
                "a 20260113T140000Z",
                "a_20260120T140000Z undated",
                "-a_20260113T140000Z"
            ]
        );
        // One more, told with its series; then one of which only itself is told.
        let second = since(
            &first.series,
            &[weekly("a"), off("a", "20260127")],
            &BTreeMap::new(),
        );
        assert_eq!(
            told(&second),
            ["a 20260113T140000Z 20260127T140000Z", "-a_20260127T140000Z"]
        );
        let alone = [off("a", "20260120")];
        assert_eq!(wanted(&second.series, &alone), ["a".to_owned()].into());
        let fetched = [("a".to_owned(), weekly("a"))].into();
        let third = since(&second.series, &alone, &fetched);
        assert_eq!(
            told(&third),
            [
                "a 20260113T140000Z 20260120T140000Z 20260127T140000Z",
                "-a_20260120T140000Z"
            ]
        );
        // The same once more is nothing that has to be asked for.
        assert!(wanted(&third.series, &alone).is_empty());
        // One of them is put back.
        let back = [instance("a", "20260113", "14")];
        assert_eq!(wanted(&third.series, &back), ["a".to_owned()].into());
        let fourth = since(&third.series, &back, &fetched);
        assert_eq!(
            told(&fourth),
            ["a 20260120T140000Z 20260127T140000Z", "a_20260113T140000Z"]
        );
    }

    #[test]
    fn what_goes_with_its_series_is_gone() {
        let first = first(&[
            weekly("a"),
            instance("a", "20260120", "16"),
            off("a", "20260113"),
            weekly("b"),
        ]);
        let deleted = since(
            &first.series,
            &[dropped("a"), dropped("b")],
            &BTreeMap::new(),
        );
        assert_eq!(told(&deleted), ["-a", "-a_20260120T140000Z", "-b"]);
        assert_eq!(deleted.series, Series::new());
        // Its series ended before it: it is neither called off nor an exception any more.
        let ended = [
            weekly("a"),
            dropped("a_20260120T140000Z"),
            dropped("a_20260113T140000Z"),
        ];
        let ended = since(&first.series, &ended, &BTreeMap::new());
        assert_eq!(
            told(&ended),
            ["a", "-a_20260113T140000Z", "-a_20260120T140000Z"]
        );
        assert_eq!(ended.series, Series::new());
    }

    #[test]
    fn somebody_invited_to_one_instance_alone_has_no_series() {
        let first = first(&[instance("a", "20260120", "16")]);
        assert_eq!(told(&first), ["a_20260120T140000Z undated"]);
        let alone = [off("a", "20260120")];
        assert_eq!(wanted(&first.series, &alone), ["a".to_owned()].into());
        let taken = since(&first.series, &alone, &BTreeMap::new());
        assert_eq!(told(&taken), ["-a_20260120T140000Z"]);
        assert_eq!(taken.series, Series::new());
    }

    #[test]
    fn of_an_event_that_comes_twice_the_later_state_counts() {
        let mut later = weekly("a");
        later["updated"] = json!("2026-01-05T09:00:00.000Z");
        later["summary"] = json!("later");
        for items in [[weekly("a"), later.clone()], [later, weekly("a")]] {
            let taken = first(&items);
            let text = String::from_utf8(taken.put["a"].clone()).unwrap();
            assert!(text.contains("SUMMARY:later"), "{text}");
        }
        assert_eq!(told(&first(&[weekly("a"), dropped("a")])), ["-a"]);
    }

    #[test]
    fn an_exception_with_a_moment_of_its_own_is_dated_from_the_first() {
        let mut moved = instance("a", "20260120", "16");
        moved["updated"] = json!("2026-01-19T09:00:00.000Z");
        let taken = first(&[weekly("a"), moved.clone()]);
        assert_eq!(told(&taken), ["a", "a_20260120T140000Z"]);
        // In a list of changes every moment lies since the last list.
        let same = since(
            &taken.series,
            &[weekly("a"), instance("a", "20260120", "17")],
            &BTreeMap::new(),
        );
        assert_eq!(told(&same), ["a", "a_20260120T140000Z"]);
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        let taken = first(&[
            json!({"id": "a", "status": "confirmed"}),
            json!(7),
            weekly("b"),
        ]);
        assert_eq!(told(&taken), ["b"]);
        let unread = [
            ("a".to_owned(), Oddity::NoStart),
            ("number 2".to_owned(), Oddity::NoEvent),
        ];
        assert_eq!(taken.unread, unread);
    }

    #[test]
    fn what_cannot_be_read_in_a_list_told_anew_is_remembered_as_it_was() {
        let moved = || instance("a", "20260120", "16");
        let before = first(&[weekly("a"), moved(), weekly("b")]);
        let mut torn = moved();
        torn["start"] = json!({});
        let again = whole(&before.series, &[weekly("a"), torn, weekly("b")]);
        assert_eq!(told(&again), ["a", "b"]);
        assert_eq!(again.unread[0].0, "a_20260120T140000Z");
        // It goes with its series, as if it had been read.
        let deleted = since(&again.series, &[dropped("a")], &BTreeMap::new());
        assert_eq!(told(&deleted), ["-a", "-a_20260120T140000Z"]);
    }
}
