//! Who is who: addresses and aliases of one person, delegates, rooms, bots, and dated reporting lines.

use jiff::{civil::Date, tz::TimeZone};
use std::{num::NonZeroU32, sync::Arc};
use steadfast_calendar::{Index, Map, Texts};

/// Index of a person (or room, or bot) in its [`Directory`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct PersonId(
    /// One more than its place: somebody or nobody takes no more room than somebody.
    NonZeroU32,
);

impl PersonId {
    /// Its place in [`Directory::people`].
    pub const fn index(self) -> usize {
        self.0.get() as usize - 1
    }

    fn at(place: usize) -> Self {
        let place = u32::try_from(place).unwrap_or(u32::MAX);
        Self(NonZeroU32::MIN.saturating_add(place))
    }
}

/// What an address stands for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Kind {
    /// A human who meets.
    #[default]
    Person,
    /// A human who acts for another.
    Delegate,
    /// A room or another resource.
    Room,
    /// A notetaker, a scheduling bot, a mailing list.
    Bot,
}

/// One entry of the directory.
#[derive(Clone, Copy, Debug)]
pub struct Person<'a> {
    /// Main address, lower case.
    pub address: &'a str,
    /// Name, where one is known.
    pub name: Option<&'a str>,
    /// What it stands for.
    pub kind: Kind,
    /// Whether the organisation file names it.
    pub declared: bool,
    more: Option<&'a More>,
}

/// What is declared of somebody.
#[derive(Clone, Debug, Default)]
struct More {
    others: Vec<Arc<str>>,
    zone: Option<TimeZone>,
    acts_for: Vec<PersonId>,
}

impl<'a> Person<'a> {
    /// Their other addresses.
    pub fn others(self) -> &'a [Arc<str>] {
        self.more.map_or(&[], |more| &more.others)
    }

    /// Home zone, where declared.
    pub fn zone(self) -> Option<&'a TimeZone> {
        self.more?.zone.as_ref()
    }

    /// Whom they act for, as an assistant. That is between the two: to everybody else they are a person.
    pub fn acts_for(self) -> &'a [PersonId] {
        self.more.map_or(&[], |more| &more.acts_for)
    }
}

/// What is kept of everybody: a large export names a million people.
#[derive(Clone, Copy, Debug)]
struct Entry {
    address: Told,
    /// Among the directory's own texts; zero: none is known.
    name: u32,
    kind: Kind,
    declared: bool,
}

/// Where a text is kept.
#[derive(Clone, Copy, Debug)]
enum Told {
    /// In the calendar that most are named in, where it is kept anyway.
    Shared(u32),
    /// Here.
    Own(u32),
}

/// Manager → report, with dates (both inclusive; open where unknown).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ReportingLine {
    /// The manager.
    pub manager: PersonId,
    /// The report.
    pub report: PersonId,
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub to: Option<Date>,
}

impl ReportingLine {
    /// Whether it holds on `day`.
    pub fn covers(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }
}

/// Everybody met so far.
#[derive(Clone, Debug, Default)]
pub struct Directory {
    people: Vec<Entry>,
    /// What is known of few.
    more: Map<PersonId, More>,
    /// The texts of one calendar.
    shared: Arc<Texts>,
    /// All names, and the addresses that are in no calendar or in another.
    own: Texts,
    /// By main address.
    by_address: Index,
    /// Addresses that are others of somebody, whoever they may have been before.
    aliases: Map<Arc<str>, PersonId>,
    /// Declared reporting lines.
    pub lines: Vec<ReportingLine>,
    /// People of one full name of whom it is not known whether they are one person.
    pub namesakes: Vec<Vec<PersonId>>,
    /// Whether an organisation file was given: then only its lines make a 1:1.
    pub has_organisation: bool,
}

impl Directory {
    /// An empty directory.
    pub fn new() -> Self {
        Self::default()
    }

    /// Leaves what it meets among these `texts` from now on where it is. Only the first ones are taken.
    pub fn share(&mut self, texts: Arc<Texts>) {
        if self.shared.is_empty() {
            self.shared = texts;
        }
    }

    /// The person behind an address (lower case, without `mailto:`), met now or before.
    pub fn meet(&mut self, address: &str) -> PersonId {
        let hash = self.by_address.hash(address);
        if let Some(id) = self.known(address, hash) {
            return id;
        }
        let place = self.people.len();
        let address_kept = match self.shared.number_of_own(address) {
            Some(number) => Told::Shared(number),
            None => Told::Own(self.own.number(address)),
        };
        self.people.push(Entry {
            address: address_kept,
            name: 0,
            kind: kind_of_address(address),
            declared: false,
        });
        let id = PersonId::at(place);
        self.by_address
            .add(hash, u32::try_from(place).unwrap_or(u32::MAX - 1));
        id
    }

    fn told(&self, told: Told) -> &str {
        match told {
            Told::Shared(number) => self.shared.get(number),
            Told::Own(number) => self.own.get(number),
        }
    }

    fn known(&self, address: &str, hash: u32) -> Option<PersonId> {
        if !self.aliases.is_empty()
            && let Some(id) = self.aliases.get(address)
        {
            return Some(*id);
        }
        let is = |place: u32| {
            let person = self.people.get(place as usize);
            person.is_some_and(|person| self.told(person.address) == address)
        };
        let place = self.by_address.find(hash, is)?;
        Some(PersonId::at(place as usize))
    }

    /// The person behind an address, if met.
    pub fn find(&self, address: &str) -> Option<PersonId> {
        self.known(address, self.by_address.hash(address))
    }

    /// Makes `alias` another address of `person`. An address already met under its own keeps pointing there too.
    pub fn alias(&mut self, alias: Arc<str>, person: PersonId) {
        if self.find(&alias) != Some(person) {
            self.aliases.insert(alias.clone(), person);
            self.more.entry(person).or_default().others.push(alias);
        }
    }

    /// The entry of `id`.
    pub fn person(&self, id: PersonId) -> Person<'_> {
        let entry = &self.people[id.index()];
        Person {
            address: self.told(entry.address),
            name: (entry.name > 0).then(|| self.own.get(entry.name)),
            kind: entry.kind,
            declared: entry.declared,
            more: self.more.get(&id),
        }
    }

    /// What `id` stands for.
    pub fn kind(&self, id: PersonId) -> Kind {
        self.people[id.index()].kind
    }

    /// Who was met as the one at that place, see [`PersonId::index`].
    pub fn id_at(&self, place: usize) -> Option<PersonId> {
        (place < self.people.len()).then(|| PersonId::at(place))
    }

    /// All ids.
    pub fn ids(&self) -> impl Iterator<Item = PersonId> + use<> {
        (0..self.people.len()).map(PersonId::at)
    }

    /// Says that the organisation file names them.
    pub fn declare(&mut self, id: PersonId) {
        self.people[id.index()].declared = true;
    }

    /// Says what they are.
    pub fn declare_kind(&mut self, id: PersonId, kind: Kind) {
        self.people[id.index()].kind = kind;
    }

    /// Says what they are called.
    pub fn declare_name(&mut self, id: PersonId, name: &str) {
        self.people[id.index()].name = self.own.number(name);
    }

    /// Says where they live.
    pub fn declare_zone(&mut self, id: PersonId, zone: TimeZone) {
        self.more.entry(id).or_default().zone = Some(zone);
    }

    /// Says that they act for `whom`, as an assistant.
    pub fn declare_assistant(&mut self, id: PersonId, whom: PersonId) {
        self.more.entry(id).or_default().acts_for.push(whom);
    }

    /// Remembers a name seen in CN, unless a better one is known.
    pub fn name_seen(&mut self, id: PersonId, name: &str) {
        let person = &mut self.people[id.index()];
        if person.name == 0 && !name.is_empty() && !name.contains('@') {
            person.name = self.own.number(name);
            if !person.declared && person.kind == Kind::Person && takes_notes(name) {
                person.kind = Kind::Bot;
            }
        }
    }

    /// Declared reporting lines between two people, either way round, oldest first.
    pub fn lines_between(&self, a: PersonId, b: PersonId) -> Vec<ReportingLine> {
        let mut lines: Vec<_> = self
            .lines
            .iter()
            .copied()
            .filter(|l| (l.manager, l.report) == (a, b) || (l.manager, l.report) == (b, a))
            .collect();
        lines.sort_by_key(|l| l.from);
        lines
    }

    /// Whether both may be one person: they go by one full name, and nothing tells more.
    pub fn may_be_one(&self, a: PersonId, b: PersonId) -> bool {
        let mut namesakes = self.namesakes.iter();
        a != b && namesakes.any(|ids| ids.contains(&a) && ids.contains(&b))
    }

    /// Whether somebody is declared to act for `person`.
    pub fn has_delegate(&self, person: PersonId) -> bool {
        let mut known = self.more.values();
        known.any(|more| more.acts_for.contains(&person))
    }

    /// The name to show: the known name, else the address's local part.
    pub fn display_name(&self, id: PersonId) -> String {
        let person = self.person(id);
        person
            .name
            .map_or_else(|| name_from_address(person.address), ToOwned::to_owned)
    }
}

/// What an address gives away about itself: rooms of the large providers, notetakers, no-reply senders.
fn kind_of_address(address: &str) -> Kind {
    const ROOM_DOMAINS: [&str; 2] = [
        "@resource.calendar.google.com",
        "@group.calendar.google.com",
    ];
    const BOT_DOMAINS: [&str; 8] = [
        "@otter.ai",
        "@fireflies.ai",
        "@read.ai",
        "@fathom.video",
        "@grain.com",
        "@tldv.io",
        "@avoma.com",
        "@import.calendar.google.com",
    ];
    const BOT_NAMES: [&str; 7] = [
        "noreply",
        "no-reply",
        "donotreply",
        "calendar-notification",
        "notetaker",
        "mailer-daemon",
        "unknownorganizer",
    ];
    let (local, domain) = address.split_once('@').unwrap_or((address, ""));
    // "notes@bot.example.com"; whoever is at bot.com may be anybody.
    let of_bots = domain
        .split_once('.')
        .is_some_and(|(first, rest)| matches!(first, "bot" | "bots") && rest.contains('.'));
    if ROOM_DOMAINS.iter().any(|d| address.ends_with(d)) {
        Kind::Room
    } else if of_bots
        || BOT_DOMAINS.iter().any(|d| address.ends_with(d))
        || BOT_NAMES.contains(&local)
    {
        Kind::Bot
    } else {
        Kind::Person
    }
}

/// Whether a name is that of a program that takes notes. "Bot" alone is a family name.
fn takes_notes(name: &str) -> bool {
    let name = name.to_lowercase();
    ["notetaker", "note taker", "note-taker"]
        .iter()
        .any(|word| name.contains(word))
}

/// "ana.mueller@example.com" → "Ana Mueller"; an address without a local part stays as it is.
pub fn name_from_address(address: &str) -> String {
    let local = address.split('@').next().unwrap_or(address);
    let words: Vec<String> = local
        .split(['.', '_', '-', '+'])
        .filter(|w| !w.is_empty())
        .map(|w| {
            let mut letters = w.chars();
            letters.next().map_or_else(String::new, |first| {
                first.to_uppercase().chain(letters).collect()
            })
        })
        .collect();
    if words.is_empty() {
        address.to_owned()
    } else {
        words.join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_alias_is_the_same_person() {
        let mut directory = Directory::new();
        let ana = directory.meet("ana@example.com");
        directory.alias("a.m@example.com".into(), ana);
        assert_eq!(directory.meet("a.m@example.com"), ana);
    }

    #[test]
    fn rooms_and_bots_are_told_by_their_address() {
        for (address, kind) in [
            ("c_1888@resource.calendar.google.com", Kind::Room),
            ("fred@fireflies.ai", Kind::Bot),
            ("no-reply@example.com", Kind::Bot),
            ("notes@bot.example.com", Kind::Bot),
            ("ana@example.com", Kind::Person),
            ("ana@bot.com", Kind::Person),
            ("anna.bot@example.com", Kind::Person),
        ] {
            assert_eq!(kind_of_address(address), kind, "{address}");
        }
    }

    #[test]
    fn a_note_taker_is_told_by_its_name_unless_somebody_is_declared_to_be_called_so() {
        let mut directory = Directory::new();
        for (address, name, kind) in [
            ("x1@example.com", "Fathom Notetaker", Kind::Bot),
            ("x2@example.com", "Zoom Note Taker (Maya)", Kind::Bot),
            ("anna@example.com", "Anna Bot", Kind::Person),
        ] {
            let id = directory.meet(address);
            directory.name_seen(id, name);
            assert_eq!(directory.kind(id), kind, "{name}");
        }
        let declared = directory.meet("noor@example.com");
        directory.declare_kind(declared, Kind::Person);
        directory.people[declared.index()].declared = true;
        directory.name_seen(declared, "Noor Note-Taker");
        assert_eq!(directory.kind(declared), Kind::Person);
    }

    #[test]
    fn a_name_is_made_from_an_address_where_none_is_known() {
        assert_eq!(name_from_address("ana.mueller@example.com"), "Ana Mueller");
        assert_eq!(name_from_address("@"), "@");
    }
}
