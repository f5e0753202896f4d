//! Whether somebody may be told anything beside their page.

use super::Wish;
use std::fmt;

/// Who somebody is to this server.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Standing {
    /// Whether they have joined, and may still sign in. Nothing reaches anybody else that nobody read before.
    pub has_joined: bool,
    /// Whether the guard is stopped for them, by themselves or for everybody.
    pub is_stopped: bool,
}

/// Why nothing is told.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unasked {
    /// They have not joined.
    NotJoined,
    /// The guard is stopped.
    Stopped,
    /// They switched it off.
    Off,
}

impl fmt::Display for Unasked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotJoined => "they have not joined",
            Self::Stopped => "the guard is stopped",
            Self::Off => "they want none",
        })
    }
}

impl std::error::Error for Unasked {}

/// Whether they may be told anything.
///
/// # Errors
/// The first reason against it.
pub fn may(standing: Standing, wish: &Wish) -> Result<(), Unasked> {
    if !standing.has_joined {
        return Err(Unasked::NotJoined);
    }
    if standing.is_stopped {
        return Err(Unasked::Stopped);
    }
    if !wish.on {
        return Err(Unasked::Off);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(has_joined: bool, is_stopped: bool, on: bool, expected: Result<(), Unasked>) {
        let standing = Standing {
            has_joined,
            is_stopped,
        };
        let wish = Wish {
            on,
            ..Wish::default()
        };
        assert_eq!(may(standing, &wish), expected);
    }

    #[test]
    fn nobody_is_told_who_has_not_joined_or_stopped_it_or_wants_none() {
        check(true, false, true, Ok(()));
        check(false, false, true, Err(Unasked::NotJoined));
        check(true, true, true, Err(Unasked::Stopped));
        check(true, false, false, Err(Unasked::Off));
    }
}
