//! What a VTIMEZONE gives reason to warn of.

use super::{log::Log, text::excerpt, zone_draft::ZoneDraft};
use crate::{
    warning::WarningCode,
    zones::{Defined, Zones},
};
use jiff::tz::Offset;

/// Hands a complete VTIMEZONE to the zones.
pub(super) fn define(zones: &mut Zones, log: &mut Log, draft: &ZoneDraft) {
    let line = draft.line;
    let name = excerpt(draft.name.as_bytes());
    if draft.name.is_empty() {
        log.warn(WarningCode::BadTimeZone, line, "", || {
            "A VTIMEZONE without TZID was left out.".to_owned()
        });
        return;
    }
    if draft.is_full() {
        log.warn(WarningCode::BadTimeZone, line, "", || {
            format!("The VTIMEZONE \"{name}\" is too long; it was read in part.")
        });
    }
    match zones.define(&draft.name, draft.definition.clone()) {
        Defined::Fine => {}
        Defined::Odd(oddities) => {
            for oddity in oddities {
                log.warn(WarningCode::BadTimeZone, line, "", || {
                    format!("The VTIMEZONE \"{name}\": {oddity}.")
                });
            }
        }
        Defined::Differs { at, own, iana } => {
            log.warn(WarningCode::TimeZoneDiffers, line, "", || {
                format!(
                    "The file's own definition of \"{name}\" differs from the time zone database (at {at}: {} against {}); the database was used.",
                    shown(own),
                    shown(iana)
                )
            });
        }
        Defined::TooMany => {
            log.warn(WarningCode::TooManyTimeZones, line, "", || {
                format!("There are more VTIMEZONEs than are read; \"{name}\" was left out.")
            });
        }
    }
}

fn shown(offset: i32) -> String {
    Offset::from_seconds(offset).map_or_else(|_| format!("{offset} s"), |offset| offset.to_string())
}
