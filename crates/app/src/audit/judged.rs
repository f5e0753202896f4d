//! Every relationship judged, and told one after another: what a calendar promised may be a million occurrences, of which
//! few are printed.

use super::{
    finish::Desk,
    order::{Rank, by_name, rank},
    pair::{ordered, pair},
};
use crate::report::{
    self,
    model::{Pair, Report},
};
use jiff::tz::TimeZone;
use std::{borrow::Cow, cmp::Ordering, collections::HashMap, sync::Arc};
use steadfast_calendar::{Expander, Instant};
use steadfast_ledger::{
    away::Absences,
    busy::Own,
    fate::{Ledger, Settings, fates},
    history::History,
    occurrence::Occurrence,
    pairs::Relationship,
};

/// Weeks that comparisons and fairness look back, and one more.
pub(super) const KEPT_WEEKS: i64 = 27;
/// Occurrences that are kept from when they are judged until they are told, some fifteen megabytes; of those that find no
/// room the pair is judged once more, which costs time where there are more.
const ROOM: usize = 1 << 16;
/// A pair takes as much room as so many occurrences.
const PAIR: usize = 4;

/// What judging rests on.
#[derive(Clone, Copy)]
pub(super) struct Judge<'a> {
    pub history: &'a History,
    pub desk: &'a Desk<'a>,
    pub absences: &'a Absences,
    pub settings: &'a Settings,
    pub relationships: &'a [Relationship],
}

/// All relationships, judged.
pub(super) struct Judged {
    /// Those that are looked at again or printed, and found room; by their place among the relationships.
    kept: HashMap<usize, Pair>,
    /// Those that are printed, in the order of the page.
    told: Vec<(Rank, u32)>,
    /// Places of those of whom it is known who manages whom: they are always kept.
    managed: Vec<usize>,
    /// Of one of those that are printed it is not known which country's public holidays count.
    pub country_unknown: bool,
    /// When the first of those that are printed was promised.
    pub first_promised: Option<Instant>,
}

impl Judge<'_> {
    /// Judges one after another.
    pub(super) fn all(&self) -> Judged {
        let desk = self.desk;
        let kept_from = desk.printed.from.min(desk.now.plus_days(-7 * KEPT_WEEKS));
        let mut judged = Judged {
            kept: HashMap::new(),
            told: Vec::new(),
            managed: Vec::new(),
            country_unknown: false,
            first_promised: None,
        };
        // Where there are far more, nearly all are judged again anyway, and the rest of them takes memory enough.
        let most = self.relationships.len() * PAIR;
        let mut room = if most > ROOM * 4 { ROOM / 8 } else { ROOM };
        let mut expander = Expander::new(TimeZone::UTC);
        for (place, relationship) in self.relationships.iter().enumerate() {
            let mut pair = self.pair(relationship, &mut expander);
            let is_managed = pair.manager.is_some();
            let first = desk.printed(&pair.occurrences).next();
            let first = first.map(|one| one.promised.start);
            let is_printed = first.is_some();
            judged.first_promised = judged.first_promised.into_iter().chain(first).min();
            let is_told = is_printed || pair.ended.is_none() || pair.still.is_some();
            if is_told {
                judged.country_unknown |= pair.country_unknown;
                judged
                    .told
                    .push((rank(&pair), u32::try_from(place).unwrap_or(u32::MAX)));
            }
            if is_managed {
                judged.managed.push(place);
                let last = pair.occurrences.last().map(|o| o.promised.start);
                let again = |o: &Occurrence| {
                    o.promised.start >= kept_from || Some(o.promised.start) == last
                };
                pair.occurrences = some(pair.occurrences, again);
                judged.kept.insert(place, pair);
            } else if is_told {
                pair.occurrences = some(pair.occurrences, |o| desk.prints(o));
                let size = PAIR + pair.occurrences.len();
                if size <= room {
                    room -= size;
                    judged.kept.insert(place, pair);
                }
            }
        }
        self.sort(&mut judged.told);
        judged
    }

    /// In order of place where nothing else tells them apart.
    fn sort(&self, told: &mut [(Rank, u32)]) {
        let directory = self.desk.directory;
        let name = |place: u32| {
            let relationship = self.relationships.get(place as usize)?;
            let [_, second] = ordered(relationship);
            Some(match directory.person(second).name {
                Some(name) => Cow::from(name),
                None => Cow::from(directory.display_name(second)),
            })
        };
        told.sort_unstable_by(|(rank, place), (other_rank, other)| {
            let by_rank = rank.cmp(other_rank);
            let names = || name(*place).zip(name(*other));
            by_rank
                .then_with(|| names().map_or(Ordering::Equal, |(a, b)| by_name(&a, &b)))
                .then(place.cmp(other))
        });
    }

    /// One relationship with all its occurrences; its UIDs are told when it is.
    fn pair(&self, relationship: &Relationship, expander: &mut Expander) -> Pair {
        let ledger = Ledger {
            history: self.history,
            directory: self.desk.directory,
            absences: self.absences,
            settings: self.settings,
        };
        let fates = fates(relationship, ledger, expander);
        // Only what else is in an agenda is told from it.
        let own = if self.desk.agendas.is_empty() {
            Own::none(self.history)
        } else {
            Own::of(relationship, self.history)
        };
        pair(self.desk, self.absences, relationship, &own, fates)
    }

    fn uids(&self, relationship: &Relationship) -> impl Iterator<Item = Arc<str>> {
        relationship.series.iter().map(|s| s.uid(self.history))
    }
}

impl Judged {
    /// Those of whom it is known who manages whom, in order of the relationships and with their places among them; with
    /// everything that is compared.
    pub(super) fn managed(&self) -> impl Iterator<Item = (usize, &Pair)> + Clone {
        let places = self.managed.iter();
        places.filter_map(|place| Some((*place, self.kept.get(place)?)))
    }

    /// Nothing is compared any more: keeps what is printed.
    pub(super) fn cut(&mut self, desk: &Desk<'_>) {
        let mut told: Vec<usize> = self.told.iter().map(|(_, place)| *place as usize).collect();
        told.sort_unstable();
        self.kept.retain(|place, pair| {
            pair.occurrences.retain(|o| desk.prints(o));
            told.binary_search(place).is_ok()
        });
    }

    /// Those that were kept of those that are printed, in the order of the page.
    pub(super) fn kept(&self) -> impl Iterator<Item = &Pair> {
        let told = self.told.iter();
        told.filter_map(|(_, place)| self.kept.get(&(*place as usize)))
    }

    /// All that are printed, in the order of the page, each as its turn comes. `report`: what they are part of.
    pub(super) fn told<'a>(
        mut self,
        judge: Judge<'a>,
        report: &'a Report,
    ) -> impl Iterator<Item = Pair> + use<'a> {
        let mut expander = Expander::new(TimeZone::UTC);
        let told = std::mem::take(&mut self.told);
        told.into_iter().filter_map(move |(_, place)| {
            let place = place as usize;
            let relationship = judge.relationships.get(place)?;
            let mut pair = self.kept.remove(&place).unwrap_or_else(|| {
                let mut pair = judge.pair(relationship, &mut expander);
                pair.occurrences.retain(|o| judge.desk.prints(o));
                pair
            });
            pair.uids = judge.uids(relationship).collect();
            let sentence = report::sentence(report, &pair);
            if let Some(signal) = &mut pair.signal {
                signal.sentence = sentence;
            }
            Some(pair)
        })
    }
}

/// Some of `occurrences`, moved to a place of their size: shrinking where they are would leave a hole for every pair.
fn some(occurrences: Vec<Occurrence>, which: impl Fn(&Occurrence) -> bool) -> Vec<Occurrence> {
    let count = occurrences.iter().filter(|o| which(o)).count();
    let mut kept = Vec::with_capacity(count);
    kept.extend(occurrences.into_iter().filter(which));
    kept
}
