//! ORGANIZER and ATTENDEE (RFC 5545 §3.8.4.1, §3.8.4.3): who, under which name, with which answer.

use super::{
    content,
    intern::{Interner, hash},
    kind::keyword,
    text,
};
use crate::event::{Attendee, CuType, Organizer, PartStat, Role};
use memchr::memchr;
use std::{borrow::Cow, sync::Arc};

/// Lines that are remembered; see [`People`].
const SLOTS: usize = 1_024;

/// Longer lines are not remembered.
const LONGEST: usize = 512;

/// What lines said; empty until the first.
type Slots<T> = Vec<Option<(Box<[u8]>, T)>>;

/// Lines read before: the same people give the same answers in one event after the other. A line that meets another
/// in its slot replaces it, so that memory stays bounded.
#[derive(Debug, Default)]
pub(super) struct People {
    attendees: Slots<Attendee>,
    organizers: Slots<Organizer>,
}

impl People {
    /// Reads an ATTENDEE line; `None` when it names nobody.
    pub(super) fn attendee(
        &mut self,
        line: &[u8],
        name_end: usize,
        interner: &mut Interner,
    ) -> Option<Read<Attendee>> {
        remembered(&mut self.attendees, line, || {
            attendee(line, name_end, interner)
        })
    }

    /// Reads an ORGANIZER line; `None` when it names nobody.
    pub(super) fn organizer(
        &mut self,
        line: &[u8],
        name_end: usize,
        interner: &mut Interner,
    ) -> Option<Read<Organizer>> {
        remembered(&mut self.organizers, line, || {
            organizer(line, name_end, interner)
        })
    }
}

fn remembered<T: Clone>(
    slots: &mut Slots<T>,
    line: &[u8],
    read: impl FnOnce() -> Option<Read<T>>,
) -> Option<Read<T>> {
    if line.len() > LONGEST {
        return read();
    }
    if slots.is_empty() {
        slots.resize_with(SLOTS, || None);
    }
    let slot = slots.get_mut(hash(line) % SLOTS)?;
    if let Some((known, person)) = slot
        && **known == *line
    {
        return Some(Read {
            person: person.clone(),
            utf8: true,
        });
    }
    let read = read()?;
    if read.utf8 {
        *slot = Some((line.into(), read.person.clone()));
    }
    Some(read)
}

/// A participant, and whether all its text was UTF-8.
pub(super) struct Read<T> {
    pub(super) person: T,
    pub(super) utf8: bool,
}

/// Parameters of both properties, as written.
#[derive(Default)]
struct Parameters<'a> {
    name: &'a [u8],
    email: &'a [u8],
    sent_by: &'a [u8],
    answer: &'a [u8],
    cutype: &'a [u8],
    role: &'a [u8],
}

impl<'a> Parameters<'a> {
    fn take(&mut self, key: &[u8], value: &'a [u8]) {
        match key {
            b"CN" => self.name = value,
            b"PARTSTAT" => self.answer = value,
            b"ROLE" => self.role = value,
            b"CUTYPE" => self.cutype = value,
            b"EMAIL" => self.email = value,
            b"SENT-BY" => self.sent_by = value,
            _ if key.len() <= 8 && key.iter().any(u8::is_ascii_lowercase) => {
                self.take(&key.to_ascii_uppercase(), value);
            }
            _ => {}
        }
    }
}

/// Who is named, with what both properties say of them.
struct Person<'a> {
    parameters: Parameters<'a>,
    address: Arc<str>,
    name: Arc<str>,
    sent_by: Option<Arc<str>>,
    utf8: bool,
}

/// Reads an ATTENDEE line; `None` when it names nobody.
fn attendee(line: &[u8], name_end: usize, interner: &mut Interner) -> Option<Read<Attendee>> {
    let person = person(line, name_end, interner)?;
    Some(Read {
        person: Attendee {
            address: person.address,
            name: person.name,
            answer: part_stat(person.parameters.answer),
            cutype: cu_type(person.parameters.cutype),
            role: role_of(person.parameters.role),
            sent_by: person.sent_by,
        },
        utf8: person.utf8,
    })
}

/// Reads an ORGANIZER line; `None` when it names nobody.
fn organizer(line: &[u8], name_end: usize, interner: &mut Interner) -> Option<Read<Organizer>> {
    let person = person(line, name_end, interner)?;
    Some(Read {
        person: Organizer {
            address: person.address,
            name: person.name,
            sent_by: person.sent_by,
        },
        utf8: person.utf8,
    })
}

fn person<'a>(line: &'a [u8], name_end: usize, interner: &mut Interner) -> Option<Person<'a>> {
    let mut parameters = Parameters::default();
    let mut value = content::split(line, name_end, |key, value| parameters.take(key, value))?;
    if !starts_with(value, b"mailto:")
        && value.contains(&b':')
        && let Some((before, address)) = content::split_at_mailto(line, name_end)
    {
        parameters = Parameters::default();
        content::each_parameter(before, false, |key, value| parameters.take(key, value));
        value = address.trim_ascii();
    }
    let (address, one) = interner.text(&address(value, parameters.email)?);
    let (name, two) = interner.text(&text::name(parameters.name));
    let (sent_by, three) = match address_of_deputy(parameters.sent_by) {
        Some(deputy) => {
            let (deputy, utf8) = interner.text(&deputy);
            (Some(deputy), utf8)
        }
        None => (None, true),
    };
    Some(Person {
        parameters,
        address,
        name,
        sent_by,
        utf8: one && two && three,
    })
}

fn address_of_deputy(sent_by: &[u8]) -> Option<Cow<'_, [u8]>> {
    if sent_by.is_empty() {
        return None;
    }
    address(sent_by, b"")
}

/// The calendar user address in lower case and without `mailto:`. The EMAIL parameter counts where the value is no
/// mail address (a principal's path, a UUID, `invalid:nomail`) or one that iCloud made up to hide it.
fn address<'a>(value: &'a [u8], email: &'a [u8]) -> Option<Cow<'a, [u8]>> {
    let said = plain(value);
    let stands_in = !email.is_empty()
        && (!starts_with(value, b"mailto:") && !said.contains(&b'@')
            || said.ends_with(b"@imip.me.com"));
    let chosen = if stands_in && email.contains(&b'@') {
        plain(email)
    } else {
        said
    };
    if chosen.is_empty() {
        return None;
    }
    Some(lower_case(chosen))
}

/// Without scheme, angle brackets and query.
fn plain(value: &[u8]) -> &[u8] {
    let mailto = starts_with(value, b"mailto:");
    let value = if mailto {
        value.get(7..).unwrap_or_default().trim_ascii()
    } else {
        value
    };
    let value = match value {
        [b'<', inner @ .., b'>'] => inner,
        _ => value,
    };
    match memchr(b'?', value) {
        Some(query) if mailto => value.get(..query).unwrap_or(value),
        _ => value,
    }
}

fn lower_case(bytes: &[u8]) -> Cow<'_, [u8]> {
    // One look tells both whether there are capitals and whether there is more than ASCII.
    let (capitals, beyond) = bytes.iter().fold((false, 0), |(capitals, beyond), byte| {
        (capitals | byte.is_ascii_uppercase(), beyond | byte)
    });
    if beyond >= 0x80
        && let Ok(text) = std::str::from_utf8(bytes)
    {
        return Cow::Owned(text.to_lowercase().into_bytes());
    }
    if capitals {
        Cow::Owned(bytes.to_ascii_lowercase())
    } else {
        Cow::Borrowed(bytes)
    }
}

fn starts_with(value: &[u8], prefix: &[u8]) -> bool {
    value
        .get(..prefix.len())
        .is_some_and(|head| head.eq_ignore_ascii_case(prefix))
}

fn part_stat(value: &[u8]) -> PartStat {
    match value {
        // What nearly all say.
        b"ACCEPTED" => return PartStat::Accepted,
        b"NEEDS-ACTION" | b"" => return PartStat::NeedsAction,
        _ => {}
    }
    keyword(
        value,
        &[
            ("NEEDS-ACTION", PartStat::NeedsAction),
            ("ACCEPTED", PartStat::Accepted),
            ("DECLINED", PartStat::Declined),
            ("TENTATIVE", PartStat::Tentative),
            ("DELEGATED", PartStat::Delegated),
        ],
    )
    .unwrap_or_default()
}

fn cu_type(value: &[u8]) -> CuType {
    match value {
        // What nearly all say.
        b"INDIVIDUAL" | b"" => return CuType::Individual,
        _ => {}
    }
    keyword(
        value,
        &[
            ("INDIVIDUAL", CuType::Individual),
            ("GROUP", CuType::Group),
            ("RESOURCE", CuType::Resource),
            ("ROOM", CuType::Room),
        ],
    )
    .unwrap_or(CuType::Unknown)
}

fn role_of(value: &[u8]) -> Role {
    match value {
        // What nearly all say.
        b"REQ-PARTICIPANT" | b"" => return Role::Required,
        _ => {}
    }
    keyword(
        value,
        &[
            ("CHAIR", Role::Chair),
            ("OPT-PARTICIPANT", Role::Optional),
            ("NON-PARTICIPANT", Role::NonParticipant),
        ],
    )
    .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, address: &str, name: &str) {
        let end = line.find([';', ':']).unwrap();
        let read = attendee(line.as_bytes(), end, &mut Interner::default()).unwrap();
        assert_eq!(&*read.person.address, address, "{line}");
        assert_eq!(&*read.person.name, name, "{line}");
        let read = organizer(line.as_bytes(), end, &mut Interner::default()).unwrap();
        assert_eq!(&*read.person.address, address, "{line}");
        assert_eq!(&*read.person.name, name, "{line}");
    }

    #[test]
    fn addresses_are_found_in_whatever_way_they_are_written() {
        check("A;CN=Ana:mailto:ana@example.com", "ana@example.com", "Ana");
        check("A:MAILTO:Ana@Example.COM", "ana@example.com", "");
        check("A:ana@example.com", "ana@example.com", "");
        check("A: mailto: <ana@example.com>", "ana@example.com", "");
        check("A:mailto:ana@example.com?subject=x", "ana@example.com", "");
        check(
            "A;CN=Team: Ana:mailto:ana@example.com",
            "ana@example.com",
            "Team: Ana",
        );
        check(
            "A;CN=\"Doe, Ana\":mailto:ana@example.com",
            "ana@example.com",
            "Doe, Ana",
        );
        check(
            "A;CN=\"'Doe, Ana'\":MAILTO:ana@example.com",
            "ana@example.com",
            "Doe, Ana",
        );
        check("A:mailto:ÄNNE@example.com", "änne@example.com", "");
    }

    #[test]
    fn the_email_parameter_counts_where_the_value_is_no_mail_address() {
        check(
            "A;CN=Ana;EMAIL=Ana@example.com:/principals/users/ana/",
            "ana@example.com",
            "Ana",
        );
        check(
            "A;EMAIL=ana@example.com:urn:uuid:10000000-0000-0000-0000-00000000000A",
            "ana@example.com",
            "",
        );
        check(
            "A;EMAIL=ana@example.com:https://cal.example.com/principals/ana",
            "ana@example.com",
            "",
        );
        check(
            "A;EMAIL=ana@example.com:mailto:2_GEZDG@imip.me.com",
            "ana@example.com",
            "",
        );
        check(
            "A;EMAIL=other@example.com:mailto:ana@example.com",
            "ana@example.com",
            "",
        );
        check("A:urn:uuid:ABC", "urn:uuid:abc", "");
        check(
            "A:https://cal.example.com/Principals/Ana",
            "https://cal.example.com/principals/ana",
            "",
        );
    }

    #[test]
    fn an_answer_its_role_and_its_kind_are_read() {
        let line = b"ATTENDEE;CUTYPE=ROOM;ROLE=NON-PARTICIPANT;PARTSTAT=accepted;SENT-BY=\"MAILTO:P@x.org\":mailto:r@x.org";
        let read = attendee(line, 8, &mut Interner::default()).unwrap().person;
        assert_eq!(read.cutype, CuType::Room);
        assert_eq!(read.role, Role::NonParticipant);
        assert_eq!(read.answer, PartStat::Accepted);
        assert_eq!(read.sent_by.as_deref(), Some("p@x.org"));
    }

    #[test]
    fn nobody_is_nobody() {
        assert!(attendee(b"ATTENDEE;CN=Ana:", 8, &mut Interner::default()).is_none());
        assert!(attendee(b"ATTENDEE;CN=Ana:mailto:", 8, &mut Interner::default()).is_none());
        assert!(attendee(b"ATTENDEE;CN=Ana", 8, &mut Interner::default()).is_none());
    }
}
