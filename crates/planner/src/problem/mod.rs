//! What is to be planned, as a value: people, pairs, the places each pair may take and what each costs.
//!
//! The order in which pairs are handed over does not matter: they are kept by id.

mod flaw;
mod limits;
mod state;

pub use flaw::Flaw;
pub use limits::Limits;
pub use state::State;

use crate::week::Place;
use std::collections::BTreeMap;

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
    /// Whether it stays at its one option, whatever the others: they go around it, and no cap moves it.
    pub stays: bool,
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
    /// Starts that are settled already, of each manager: they count on days that have a cap.
    held: BTreeMap<usize, Vec<Place>>,
}

impl Problem {
    /// Checks and orders: pairs by id, options by place, the cheaper of two at one place kept. Places that touch a 1:1
    /// that stays are none; nor is the place that a displaced 1:1 lost.
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
            Kind::MakeGood(index) => {
                let target = pairs.get(index).filter(|pair| !pair.stays);
                Some(target.ok_or(Flaw::NoTarget)?.id)
            }
            _ => None,
        };
        limits.hold(&people, &pairs, cap.map(|cap| cap.utc_offset))?;
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
        let mut problem = Self {
            kind,
            people,
            pairs,
            cap,
            held: BTreeMap::new(),
        };
        problem.clear_of_what_stays()?;
        problem.lose();
        Ok(problem)
    }

    /// Takes away the places that touch a 1:1 that stays.
    fn clear_of_what_stays(&mut self) -> Result<(), Flaw> {
        let mut stay: BTreeMap<usize, Vec<(usize, Place)>> = BTreeMap::new();
        for (index, pair) in self
            .pairs
            .iter_mut()
            .enumerate()
            .filter(|(_, pair)| pair.stays)
        {
            let [only] = pair.options[..] else {
                return Err(Flaw::StaysNowhere(pair.id));
            };
            pair.drop = pair.drop.max(only.cost.saturating_add(1));
            for person in [pair.manager, pair.report] {
                stay.entry(person).or_default().push((index, only.place));
            }
        }
        let mut cleared = Vec::new();
        for (index, pair) in self.pairs.iter().enumerate() {
            let around = [pair.manager, pair.report].map(|person| (person, stay.get(&person)));
            let touching = |place: Place| {
                around.iter().find_map(|(person, stay)| {
                    let mut others = stay.iter().flat_map(|stay| stay.iter());
                    others.find_map(|(other, there)| {
                        let spans =
                            [pair, &self.pairs[*other]].map(|pair| self.span(pair, *person));
                        let touches = place.overlaps(spans[0], *there, spans[1]);
                        (*other != index && touches).then_some((*other, *person))
                    })
                })
            };
            if !pair.stays {
                let free = |choice: &&Choice| touching(choice.place).is_none();
                cleared.push((index, pair.options.iter().filter(free).copied().collect()));
            } else if let Some((other, person)) = touching(pair.options[0].place) {
                return Err(Flaw::BothStay {
                    pair: pair.id,
                    other: self.pairs[other].id,
                    person,
                });
            }
        }
        for (index, options) in cleared {
            self.pairs[index].options = options;
        }
        Ok(())
    }

    /// The place that a displaced 1:1 had is gone.
    fn lose(&mut self) {
        if let Kind::MakeGood(target) = self.kind {
            let pair = &mut self.pairs[target];
            let gone = pair.current.map(|place| place.start);
            pair.options
                .retain(|choice| Some(choice.place.start) != gone);
        }
    }

    /// The same with its people and pairs in another order, without names, pairs numbered as they come. Nothing is looked for
    /// in it that hangs on those.
    pub(crate) fn in_order(&self, people: &[usize], pairs: &[usize]) -> Self {
        let mut ordered = self.part(people, pairs);
        for person in &mut ordered.people {
            person.name = String::new();
        }
        for (pair, id) in ordered.pairs.iter_mut().zip(0..) {
            pair.id = id;
        }
        ordered
    }

    /// The pairs of the two people of the pair at `index`, and everybody in them.
    pub(crate) fn near(&self, index: usize) -> (Vec<usize>, Vec<usize>) {
        let two = [self.pairs[index].manager, self.pairs[index].report];
        let pairs = self.pairs.iter().enumerate();
        let near =
            pairs.filter(|(_, pair)| two.contains(&pair.manager) || two.contains(&pair.report));
        let pairs: Vec<usize> = near.map(|(index, _)| index).collect();
        let couples = pairs.iter().map(|index| &self.pairs[*index]);
        let mut people: Vec<usize> = couples
            .flat_map(|pair| [pair.manager, pair.report])
            .collect();
        people.sort_unstable();
        people.dedup();
        (people, pairs)
    }

    /// These pairs alone, in this order, with people who are in them.
    pub(crate) fn part(&self, people: &[usize], pairs: &[usize]) -> Self {
        // Where somebody comes; who does not is nobody's boss.
        let mut place = vec![usize::MAX; self.people.len()];
        for (at, person) in people.iter().enumerate() {
            place[*person] = at;
        }
        let person = |index: &usize| {
            let person = &self.people[*index];
            let boss = person.boss.map(|boss| place[boss]);
            Person {
                boss: boss.filter(|boss| *boss < people.len()),
                ..person.clone()
            }
        };
        let pair = |index: &usize| {
            let pair = &self.pairs[*index];
            Pair {
                manager: place[pair.manager],
                report: place[pair.report],
                ..pair.clone()
            }
        };
        let held = self.held.iter();
        Self {
            kind: self.kind,
            people: people.iter().map(person).collect(),
            pairs: pairs.iter().map(pair).collect(),
            cap: self.cap,
            held: held.map(|(of, held)| (place[*of], held.clone())).collect(),
        }
    }

    /// The same with these options, and costs of leaving out, for its pairs, by id.
    pub(crate) fn with_costs(mut self, costs: Vec<(Vec<Choice>, u32)>) -> Self {
        for (pair, (options, drop)) in self.pairs.iter_mut().zip(costs) {
            (pair.options, pair.drop) = (options, drop);
        }
        self
    }

    /// The question about one pair, by index, if all others were at these places.
    pub(crate) fn at(&self, places: &[Option<Place>], index: usize) -> Option<Self> {
        let mut then = self.clone();
        for (at, (pair, place)) in then.pairs.iter_mut().zip(places).enumerate() {
            if at != index {
                pair.current = *place;
            }
        }
        then.asking(Kind::MakeGood(index)).ok()
    }

    /// Gives some pairs, by index, other options.
    pub(crate) fn narrow(&mut self, options: BTreeMap<usize, Vec<Choice>>) {
        for (index, options) in options {
            self.pairs[index].options = options;
        }
    }

    /// The same with starts of managers that are settled already.
    pub(crate) fn holding(mut self, held: BTreeMap<usize, Vec<Place>>) -> Self {
        self.held = held;
        self
    }

    /// Starts that are settled already, of each manager.
    pub(crate) fn held(&self) -> &BTreeMap<usize, Vec<Place>> {
        &self.held
    }

    /// The same with another question.
    ///
    /// # Errors
    /// [`Flaw::NoTarget`] where the displaced pair is not there, or stays.
    pub fn asking(mut self, kind: Kind) -> Result<Self, Flaw> {
        if let Kind::MakeGood(index) = kind {
            self.pairs
                .get(index)
                .filter(|pair| !pair.stays)
                .ok_or(Flaw::NoTarget)?;
        }
        self.kind = kind;
        self.lose();
        Ok(self)
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
