//! What is to be planned, as a value: people, pairs, the places each pair may take and what each costs.
//!
//! The order in which pairs are handed over does not matter: they are kept by id, and ties break by id.

mod flaw;
mod limits;
mod state;

pub use flaw::Flaw;
pub use limits::Limits;
pub use state::State;

use crate::week::Place;

/// What is asked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// A whole organisation, with every week and every second week.
    Organisation,
    /// One manager's coming week.
    Week,
    /// A place for one displaced 1:1: the pair of that index into [`Problem::pairs`].
    MakeGood(usize),
}

/// Somebody whose time is planned.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Person {
    /// What the person is called in the answer.
    pub name: String,
    /// Index of the person they report to.
    pub boss: Option<usize>,
    /// Quarter hours east of UTC.
    pub utc_offset: i32,
    /// Quarter hours this person wants free after each 1:1.
    pub buffer: u16,
    /// At most so many of the 1:1s with their reports start on one of their days.
    pub per_day: Option<DayCap>,
}

/// At most so many starts a day.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct DayCap {
    /// Starts allowed on one day, both weeks of the fortnight counted together.
    pub starts: u16,
    /// Whose days: quarter hours east of UTC.
    pub utc_offset: i32,
}

/// One 1:1 that wants a place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Pair {
    /// Its id; unique.
    pub id: u32,
    /// Index of the manager.
    pub manager: usize,
    /// Index of the report.
    pub report: usize,
    /// Its length in quarter hours.
    pub length: u16,
    /// The place it has now, legal or not. For [`Kind::Week`] the weeks say nothing.
    pub current: Option<Place>,
    /// What it costs to leave it without a place.
    pub drop: u32,
    /// The places it may take, by start and weeks.
    pub options: Vec<Choice>,
}

/// One place a pair may take, and what that costs with every term and weight in it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Choice {
    /// Where.
    pub place: Place,
    /// What it costs.
    pub cost: u32,
}

/// What is to be planned. Made by [`Problem::new`], which refuses what cannot be meant.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Problem {
    kind: Kind,
    people: Vec<Person>,
    pairs: Vec<Pair>,
    cap: Option<DayCap>,
}

impl Problem {
    /// Checks and orders: pairs by id, options by place, the cheaper of two at one place kept.
    ///
    /// `cap` limits the starts of all pairs together.
    ///
    /// # Errors
    /// A [`Flaw`] names the first thing that cannot be meant, with the pair or person it stands at.
    pub fn new(
        kind: Kind,
        mut people: Vec<Person>,
        mut pairs: Vec<Pair>,
        cap: Option<DayCap>,
        limits: &Limits,
    ) -> Result<Self, Flaw> {
        let target = match kind {
            Kind::MakeGood(index) => Some(pairs.get(index).ok_or(Flaw::NoTarget)?.id),
            _ => None,
        };
        limits.hold(&people, &pairs)?;
        flaw::find(&people, &pairs)?;
        pairs.sort_by_key(|pair| pair.id);
        for pair in &mut pairs {
            pair.options.sort_unstable();
            pair.options.dedup_by_key(|option| option.place);
        }
        let kind = match target.and_then(|id| pairs.iter().position(|pair| pair.id == id)) {
            Some(index) => Kind::MakeGood(index),
            None => kind,
        };
        let cap = own_cap(&mut people, &pairs, cap);
        Ok(Self {
            kind,
            people,
            pairs,
            cap,
        })
    }

    /// The same with these options for its pairs, by id.
    pub(crate) fn with_options(mut self, options: Vec<Vec<Choice>>) -> Self {
        for (pair, options) in self.pairs.iter_mut().zip(options) {
            pair.options = options;
        }
        self
    }

    /// The same with another question. A displaced pair that is not there is the last one.
    pub fn asking(mut self, kind: Kind) -> Self {
        self.kind = match kind {
            Kind::MakeGood(index) => Kind::MakeGood(index.min(self.pairs.len().saturating_sub(1))),
            kind => kind,
        };
        self
    }

    /// What is asked.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// Everybody, as handed over.
    pub fn people(&self) -> &[Person] {
        &self.people
    }

    /// Every pair, by id.
    pub fn pairs(&self) -> &[Pair] {
        &self.pairs
    }

    /// The cap on the starts of all pairs together.
    pub fn cap(&self) -> Option<DayCap> {
        self.cap
    }

    /// Index of the pair with that id.
    pub fn pair(&self, id: u32) -> Option<usize> {
        self.pairs.binary_search_by_key(&id, |pair| pair.id).ok()
    }

    /// Quarter hours that `pair` takes of `person`, one of its two: the length and that person's buffer.
    pub fn span(&self, pair: &Pair, person: usize) -> u16 {
        pair.length + self.people[person].buffer
    }

    /// Whether `place` is another than the pair has now; one that has none now is not moved.
    pub fn is_move(&self, pair: &Pair, place: Place) -> bool {
        pair.current.is_some_and(|current| {
            current.start != place.start
                || (self.kind == Kind::Organisation && current.weeks != place.weeks)
        })
    }
}

/// A cap on the starts of all pairs is that of the manager where there is but one; what is left of it otherwise.
fn own_cap(people: &mut [Person], pairs: &[Pair], cap: Option<DayCap>) -> Option<DayCap> {
    let manager = pairs.first()?.manager;
    let own = &mut people[manager].per_day;
    if own.is_none() && pairs.iter().all(|pair| pair.manager == manager) {
        *own = cap;
        return None;
    }
    cap
}

impl Pair {
    /// The option at `place`.
    pub fn option_at(&self, place: Place) -> Option<usize> {
        self.options
            .binary_search_by_key(&place, |option| option.place)
            .ok()
    }
}
