//! What sort of event it is, and whether it takes its owner's time, as providers say it.
//!
//! Google's own exports carry no event type at all: an out-of-office or focus block comes out as an ordinary event,
//! told only by its title, which is not looked at here. The types are written by bridges (Thunderbird's Google
//! provider, backup tools), Apple, Nextcloud, KOrganizer and, as categories, by people.

use crate::event::{Busy, EventKind, Status, Visibility};

/// `X-GOOGLE-EVENT-TYPE`, `X-APPLE-SPECIAL-DAY`, `X-NEXTCLOUD-BC-FIELD-TYPE`, `X-KDE-KABC-BIRTHDAY`, and the icon of
/// Google's birthday calendar. `None` when the value says nothing of interest.
pub(super) fn from_property(value: &[u8]) -> Option<EventKind> {
    let value = value.to_ascii_lowercase();
    match value.as_slice() {
        b"outofoffice" => Some(EventKind::OutOfOffice),
        b"focustime" => Some(EventKind::FocusTime),
        b"workinglocation" => Some(EventKind::WorkingLocation),
        // Nextcloud names the vCard field, KOrganizer answers the property's question.
        b"birthday" | b"bday" | b"anniversary" | b"x-anniversary" | b"yes" => {
            Some(EventKind::Birthday)
        }
        icon if icon.starts_with(b"http") && icon.ends_with(b"/cake.gif") => {
            Some(EventKind::Birthday)
        }
        _ => None,
    }
}

/// CATEGORIES (RFC 5545 §3.8.1.2): the first that tells. Blanks, hyphens and case do not matter.
pub(super) fn from_categories(value: &[u8]) -> Option<EventKind> {
    value.split(|byte| *byte == b',').find_map(|category| {
        let plain: Vec<u8> = category
            .iter()
            .filter(|byte| byte.is_ascii_alphanumeric())
            .take(24)
            .map(u8::to_ascii_lowercase)
            .collect();
        match plain.as_slice() {
            b"outofoffice" | b"oof" | b"ooo" | b"vacation" => Some(EventKind::OutOfOffice),
            b"focustime" => Some(EventKind::FocusTime),
            b"workinglocation" => Some(EventKind::WorkingLocation),
            b"birthday" | b"birthdays" => Some(EventKind::Birthday),
            _ => None,
        }
    })
}

/// X-MICROSOFT-CDO-BUSYSTATUS and -INTENDEDSTATUS (MS-OXCICAL 2.1.3.1.1.20.31).
pub(super) fn busy_status(value: &[u8]) -> Option<Busy> {
    keyword(
        value,
        &[
            ("FREE", Busy::Free),
            ("BUSY", Busy::Busy),
            ("TENTATIVE", Busy::Tentative),
            ("OOF", Busy::OutOfOffice),
            ("WORKINGELSEWHERE", Busy::WorkingElsewhere),
        ],
    )
}

/// TRANSP (RFC 5545 §3.8.2.7).
pub(super) fn transparency(value: &[u8]) -> Busy {
    if value.eq_ignore_ascii_case(b"TRANSPARENT") {
        Busy::Free
    } else {
        Busy::Busy
    }
}

/// CLASS (RFC 5545 §3.8.1.3): "applications MUST treat x-name and iana-token values they don't recognize the same way as they
/// would the PRIVATE value".
pub(super) fn visibility(value: &[u8]) -> Visibility {
    let known = [
        ("", Visibility::Public),
        ("PUBLIC", Visibility::Public),
        ("CONFIDENTIAL", Visibility::Confidential),
    ];
    keyword(value, &known).unwrap_or(Visibility::Private)
}

/// STATUS (RFC 5545 §3.8.1.11); also with one L.
pub(super) fn status(value: &[u8]) -> Status {
    keyword(
        value,
        &[
            ("CONFIRMED", Status::Confirmed),
            ("CANCELLED", Status::Cancelled),
            ("CANCELED", Status::Cancelled),
            ("TENTATIVE", Status::Tentative),
        ],
    )
    .unwrap_or_default()
}

/// What a value of a closed vocabulary means; letters in any case.
pub(super) fn keyword<T: Copy>(value: &[u8], vocabulary: &[(&str, T)]) -> Option<T> {
    vocabulary
        .iter()
        .find(|(word, _)| value.eq_ignore_ascii_case(word.as_bytes()))
        .map(|(_, meaning)| *meaning)
}
