//! ORGANIZER and ATTENDEE (RFC 5545 §3.8.4.1, §3.8.4.3): who, under which name, with which answer.

use super::{content::Content, intern::Interner, kind::keyword, text};
use crate::event::{Attendee, CuType, Organizer, PartStat, Role};
use std::{borrow::Cow, sync::Arc};

/// A participant, and whether all its text was UTF-8.
pub(super) struct Read<T> {
    pub(super) person: T,
    pub(super) utf8: bool,
}

/// Parameters that both properties have in common.
#[derive(Default)]
struct Common<'a> {
    name: &'a [u8],
    email: &'a [u8],
    sent_by: &'a [u8],
}

impl<'a> Common<'a> {
    /// Takes the parameter if it is one of these.
    fn take(&mut self, key: &[u8], value: &'a [u8]) -> bool {
        let slot = if key.eq_ignore_ascii_case(b"CN") {
            &mut self.name
        } else if key.eq_ignore_ascii_case(b"EMAIL") {
            &mut self.email
        } else if key.eq_ignore_ascii_case(b"SENT-BY") {
            &mut self.sent_by
        } else {
            return false;
        };
        *slot = value;
        true
    }
}

/// Reads an ATTENDEE line; `None` when it names nobody.
pub(super) fn attendee(
    line: &[u8],
    name_end: usize,
    interner: &mut Interner,
) -> Option<Read<Attendee>> {
    let content = split(line, name_end)?;
    let mut common = Common::default();
    let (mut answer, mut cutype, mut role) = Default::default();
    for (key, value) in content.parameters() {
        if common.take(key, value) {
        } else if key.eq_ignore_ascii_case(b"PARTSTAT") {
            answer = part_stat(value);
        } else if key.eq_ignore_ascii_case(b"ROLE") {
            role = role_of(value);
        } else if key.eq_ignore_ascii_case(b"CUTYPE") {
            cutype = cu_type(value);
        }
    }
    let address = address(content.value, common.email)?;
    let (address, one) = interner.text(&address);
    let (name, two) = interner.text(&text::name(common.name));
    let (sent_by, three) = sent_by(common.sent_by, interner);
    Some(Read {
        person: Attendee {
            address,
            name,
            answer,
            cutype,
            role,
            sent_by,
        },
        utf8: one && two && three,
    })
}

/// Reads an ORGANIZER line; `None` when it names nobody.
pub(super) fn organizer(
    line: &[u8],
    name_end: usize,
    interner: &mut Interner,
) -> Option<Read<Organizer>> {
    let content = split(line, name_end)?;
    let mut common = Common::default();
    for (key, value) in content.parameters() {
        common.take(key, value);
    }
    let address = address(content.value, common.email)?;
    let (address, one) = interner.text(&address);
    let (name, two) = interner.text(&text::name(common.name));
    let (sent_by, three) = sent_by(common.sent_by, interner);
    Some(Read {
        person: Organizer {
            address,
            name,
            sent_by,
        },
        utf8: one && two && three,
    })
}

/// Splits the line at its value, also where an unquoted name holds a colon.
fn split(line: &[u8], name_end: usize) -> Option<Content<'_>> {
    let content = Content::split(line, name_end)?;
    if starts_with(content.value, b"mailto:") || !content.value.contains(&b':') {
        return Some(content);
    }
    Some(Content::resplit_at_mailto(line, name_end).unwrap_or(content))
}

fn sent_by(value: &[u8], interner: &mut Interner) -> (Option<Arc<str>>, bool) {
    match address(value, b"") {
        Some(address) => {
            let (text, utf8) = interner.text(&address);
            (Some(text), utf8)
        }
        None => (None, true),
    }
}

/// The calendar user address in lower case and without `mailto:`. The EMAIL parameter counts where the value is no
/// mail address (a principal's path, a UUID, `invalid:nomail`) or one that iCloud made up to hide it.
fn address<'a>(value: &'a [u8], email: &'a [u8]) -> Option<Cow<'a, [u8]>> {
    let mailto = starts_with(value, b"mailto:");
    let said = plain(value);
    let stands_in = !mailto && !said.contains(&b'@') || said.ends_with(b"@imip.me.com");
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
    match value.iter().position(|byte| *byte == b'?') {
        Some(query) if mailto => value.get(..query).unwrap_or(value),
        _ => value,
    }
}

fn lower_case(bytes: &[u8]) -> Cow<'_, [u8]> {
    if bytes.is_ascii() {
        if bytes.iter().any(u8::is_ascii_uppercase) {
            Cow::Owned(bytes.to_ascii_lowercase())
        } else {
            Cow::Borrowed(bytes)
        }
    } else {
        match std::str::from_utf8(bytes) {
            Ok(text) => Cow::Owned(text.to_lowercase().into_bytes()),
            Err(_) => Cow::Owned(bytes.to_ascii_lowercase()),
        }
    }
}

fn starts_with(value: &[u8], prefix: &[u8]) -> bool {
    value
        .get(..prefix.len())
        .is_some_and(|head| head.eq_ignore_ascii_case(prefix))
}

fn part_stat(value: &[u8]) -> PartStat {
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
