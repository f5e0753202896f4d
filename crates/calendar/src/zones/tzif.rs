//! Transitions written as TZif version 2 (RFC 8536), the one form in which the time zone library takes them.

use super::build::Plan;

/// The only abbreviation used; nothing shows it.
const ABBREVIATION: &[u8; 4] = b"own\0";

/// TZif of a plan; `None` when it has more than the 255 different offsets that the format can number.
pub(super) fn bytes(plan: &Plan) -> Option<Vec<u8>> {
    let mut types = vec![(plan.initial, false)];
    let mut numbers = Vec::with_capacity(plan.transitions.len());
    for transition in &plan.transitions {
        let wanted = (transition.offset, transition.daylight);
        let number = match types.iter().position(|known| *known == wanted) {
            Some(number) => number,
            None => {
                types.push(wanted);
                types.len() - 1
            }
        };
        numbers.push(u8::try_from(number).ok()?);
    }
    let mut out = Vec::with_capacity(128 + plan.transitions.len() * 9);
    // Version 1 data is required and read by nobody: one type, no transitions.
    header(&mut out, 0, 1)?;
    local_type(&mut out, plan.initial, false);
    out.extend_from_slice(ABBREVIATION);
    header(&mut out, plan.transitions.len(), types.len())?;
    for transition in &plan.transitions {
        out.extend_from_slice(&transition.at.to_be_bytes());
    }
    out.extend_from_slice(&numbers);
    for (offset, daylight) in types {
        local_type(&mut out, offset, daylight);
    }
    out.extend_from_slice(ABBREVIATION);
    // No rule for what follows the last transition: its offset stays.
    out.extend_from_slice(b"\n\n");
    Some(out)
}

fn header(out: &mut Vec<u8>, transitions: usize, types: usize) -> Option<()> {
    out.extend_from_slice(b"TZif2");
    out.extend_from_slice(&[0; 15]);
    let (no_indicators, no_leap_seconds) = (0, 0);
    for count in [
        no_indicators,
        no_indicators,
        no_leap_seconds,
        transitions,
        types,
        ABBREVIATION.len(),
    ] {
        out.extend_from_slice(&u32::try_from(count).ok()?.to_be_bytes());
    }
    Some(())
}

fn local_type(out: &mut Vec<u8>, offset: i32, daylight: bool) {
    out.extend_from_slice(&offset.to_be_bytes());
    out.extend_from_slice(&[u8::from(daylight), 0]);
}
