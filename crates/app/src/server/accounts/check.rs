//! What may be a name, an address, a password.

use crate::server::ServerError;

/// Characters a password has at the least. Length is what makes it hard to guess; nothing else is asked of it.
pub const SHORTEST_PASSWORD: usize = 10;
/// Bytes a password has at the most: hashing a megabyte would be work for nothing.
pub const LONGEST_PASSWORD: usize = 1_000;
/// Longest name in characters.
const LONGEST_NAME: usize = 120;
/// Longest address in bytes (RFC 5321 §4.5.3.1.3, without the angle brackets).
const LONGEST_ADDRESS: usize = 254;

fn no<T>(what: &str, hint: &str) -> Result<T, ServerError> {
    Err(ServerError::Input(what.to_owned(), hint.to_owned()))
}

/// A name in one line.
pub(crate) fn name(what: &str, typed: &str) -> Result<String, ServerError> {
    let name = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() {
        return no(&format!("{what} is missing"), "fill it in");
    }
    if name.chars().count() > LONGEST_NAME || name.chars().any(char::is_control) {
        return no(
            &format!("{what} is not a name of up to 120 characters"),
            "write it shorter, in one line",
        );
    }
    Ok(name)
}

/// An e-mail address in lower case. Whether anybody reads it, no form can know.
pub(crate) fn address(typed: &str) -> Result<String, ServerError> {
    let address = typed.trim().to_lowercase();
    let mut sides = address.split('@');
    let (local, domain, more) = (sides.next(), sides.next(), sides.next());
    let has_both = [local, domain]
        .iter()
        .all(|side| side.is_some_and(|side| !side.is_empty()));
    let plain = !address
        .chars()
        .any(|c| c.is_whitespace() || c.is_control() || "<>\"(),;:\\[]".contains(c));
    if has_both && more.is_none() && plain && address.len() <= LONGEST_ADDRESS {
        Ok(address)
    } else {
        no(
            "this is not an e-mail address",
            "write it as maya@example.com: the one that stands in the calendar",
        )
    }
}

/// Whether somebody could sign in with it. Calendars hold other things where an address should stand.
pub(crate) fn is_address(text: &str) -> bool {
    address(text).is_ok_and(|address| address == text)
}

/// A password somebody chose.
pub(super) fn password(typed: &str) -> Result<(), ServerError> {
    if typed.chars().count() < SHORTEST_PASSWORD {
        return no(
            "the password has fewer than 10 characters",
            "take a longer one; a few words make a good one",
        );
    }
    if typed.len() > LONGEST_PASSWORD {
        return no(
            "the password has more than 1,000 bytes",
            "take a shorter one",
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{address, name, password};

    #[test]
    fn an_address_is_kept_in_lower_case_and_nothing_else_is_one() {
        assert_eq!(address(" Maya@Example.com ").unwrap(), "maya@example.com");
        for typed in [
            "",
            "maya",
            "@example.com",
            "maya@",
            "a@b@c",
            "a b@c",
            "<a@b>",
        ] {
            assert!(address(typed).is_err(), "{typed}");
        }
    }

    #[test]
    fn a_name_is_one_line() {
        assert_eq!(name("your name", "  Maya \n Lind ").unwrap(), "Maya Lind");
        assert!(name("your name", " ").is_err());
        assert!(name("your name", &"x".repeat(121)).is_err());
    }

    #[test]
    fn a_password_is_judged_by_its_length_alone() {
        assert!(password("nine char").is_err());
        assert!(password("ten  chars").is_ok());
        assert!(password(&"x".repeat(1_001)).is_err());
    }
}
