//! What a device says (WebAuthn §6.1): for whom, whether it recognised the person, how often it was used, a new key.

use super::key::PublicKey;
use super::{Site, cose, refused};
use crate::server::ServerError;
use ring::digest::{SHA256, digest};

/// Somebody touched it.
const PRESENT: u8 = 0x01;
/// It recognised them: by a finger, a face, a number.
const VERIFIED: u8 = 0x04;
/// A new key comes with it.
const WITH_KEY: u8 = 0x40;
/// WebAuthn's own bound on the length of a credential's id.
const LONGEST_ID: usize = 1023;

/// What it says, read.
#[derive(Debug)]
pub(super) struct Said<'a> {
    /// How often the key was used; 0 where the device does not count.
    pub counter: u32,
    /// A new credential's id and key.
    pub new: Option<(&'a [u8], PublicKey)>,
}

/// Reads it, and holds it against what has to be so whatever was asked.
pub(super) fn read<'a>(data: &'a [u8], site: &Site) -> Result<Said<'a>, ServerError> {
    let unreadable = || refused("it cannot be read");
    let (name, rest) = data.split_at_checked(32).ok_or_else(unreadable)?;
    let (flags, rest) = rest.split_first().ok_or_else(unreadable)?;
    let (counter, rest) = rest.split_first_chunk::<4>().ok_or_else(unreadable)?;
    if name != digest(&SHA256, site.host.as_bytes()).as_ref() {
        return Err(refused("it is for another server"));
    }
    if flags & PRESENT == 0 || flags & VERIFIED == 0 {
        return Err(refused("your device did not ask who you are"));
    }
    let new = if flags & WITH_KEY == 0 {
        None
    } else {
        let (_make, rest) = rest.split_at_checked(16).ok_or_else(unreadable)?;
        let (length, rest) = rest.split_first_chunk::<2>().ok_or_else(unreadable)?;
        let length = usize::from(u16::from_be_bytes(*length));
        let (id, rest) = rest.split_at_checked(length).ok_or_else(unreadable)?;
        if id.is_empty() || id.len() > LONGEST_ID {
            return Err(unreadable());
        }
        let key = cose::key(rest).ok_or_else(|| refused("its kind of key is not known here"))?;
        Some((id, key))
    };
    Ok(Said {
        counter: u32::from_be_bytes(*counter),
        new,
    })
}
