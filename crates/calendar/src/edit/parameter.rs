//! Parameters of one content line, changed without touching the others.

/// Where a line's parameters end: at the colon before its value. A name with a colon and without quotes is met
/// (`CN=Team: Ana:mailto:ana@example.com`), so that the last `:mailto:` counts first.
pub(super) fn value_colon(said: &[u8]) -> Option<usize> {
    const MARK: &[u8] = b":mailto:";
    let mailto = said
        .windows(MARK.len())
        .rposition(|window| window.eq_ignore_ascii_case(MARK));
    mailto.or_else(|| {
        let mut quoted = false;
        said.iter().position(|byte| {
            quoted ^= *byte == b'"';
            *byte == b':' && !quoted
        })
    })
}

/// The value of a line: behind that colon, without blanks around it.
pub(super) fn value(said: &[u8]) -> &[u8] {
    value_colon(said)
        .and_then(|colon| said.get(colon + 1..))
        .unwrap_or_default()
        .trim_ascii()
}

/// The parameters with their leading semicolon, as written; empty when there are none.
pub(super) fn all(said: &[u8]) -> &[u8] {
    let colon = value_colon(said).unwrap_or(said.len());
    let head = said.get(..colon).unwrap_or_default();
    match head.iter().position(|byte| *byte == b';') {
        Some(first) => head.get(first..).unwrap_or_default(),
        None => b"",
    }
}

/// Each parameter as written, without its semicolon.
fn each(said: &[u8]) -> Vec<&[u8]> {
    let mut quoted = false;
    let parts = all(said).split(move |byte| {
        quoted ^= *byte == b'"';
        *byte == b';' && !quoted
    });
    parts.skip(1).collect()
}

fn named(part: &[u8], name: &str) -> bool {
    let end = part.iter().position(|byte| *byte == b'=');
    let own = part.get(..end.unwrap_or(part.len())).unwrap_or_default();
    own.trim_ascii().eq_ignore_ascii_case(name.as_bytes())
}

/// The value of one parameter, without its quotes.
pub(super) fn get(said: &[u8], name: &str) -> Option<String> {
    let part = each(said).into_iter().find(|part| named(part, name))?;
    let at = part.iter().position(|byte| *byte == b'=')?;
    let value = String::from_utf8_lossy(part.get(at + 1..)?).into_owned();
    Some(value.trim().trim_matches('"').to_owned())
}

/// The line with this parameter at this value, or without it; all others as they were, in their order.
pub(super) fn with(said: &[u8], name: &str, value: Option<&str>) -> Vec<u8> {
    let colon = value_colon(said).unwrap_or(said.len());
    let name_end = said
        .iter()
        .position(|byte| *byte == b';')
        .filter(|at| *at < colon)
        .unwrap_or(colon);
    let mut out = said.get(..name_end).unwrap_or_default().to_vec();
    let mut put = value.map(|value| format!("{name}={value}").into_bytes());
    for part in each(said) {
        if !named(part, name) {
            out.push(b';');
            out.extend_from_slice(part);
        } else if let Some(new) = put.take() {
            out.push(b';');
            out.extend_from_slice(&new);
        }
    }
    if let Some(new) = put {
        out.push(b';');
        out.extend_from_slice(&new);
    }
    out.extend_from_slice(said.get(colon..).unwrap_or_default());
    out
}

/// The address a line names, lower case and without `mailto:`; of EMAIL where its value is none.
pub(super) fn address(said: &[u8]) -> String {
    let value = String::from_utf8_lossy(value(said)).to_lowercase();
    match value.strip_prefix("mailto:") {
        Some(address) => address.trim().to_owned(),
        None => match get(said, "EMAIL") {
            Some(email) if !email.is_empty() => {
                let email = email.to_lowercase();
                email.strip_prefix("mailto:").unwrap_or(&email).to_owned()
            }
            _ => value,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_parameter_changes_and_the_others_stay() {
        for (said, new) in [
            (
                "ATTENDEE;CN=\"A; B: c\";PARTSTAT=ACCEPTED;X=1:mailto:a@b.c",
                "ATTENDEE;CN=\"A; B: c\";PARTSTAT=DECLINED;X=1:mailto:a@b.c",
            ),
            (
                "ATTENDEE:mailto:a@b.c",
                "ATTENDEE;PARTSTAT=DECLINED:mailto:a@b.c",
            ),
            (
                "attendee;cn=Team: Ana;partstat=x:MAILTO:a@b.c",
                "attendee;cn=Team: Ana;PARTSTAT=DECLINED:MAILTO:a@b.c",
            ),
        ] {
            let with = with(said.as_bytes(), "PARTSTAT", Some("DECLINED"));
            assert_eq!(String::from_utf8_lossy(&with), new);
            assert_eq!(address(&with), "a@b.c");
        }
        let line = b"ATTENDEE;SCHEDULE-STATUS=\"1.2\";CN=A:mailto:a@b.c";
        assert_eq!(get(line, "schedule-status").as_deref(), Some("1.2"));
        assert_eq!(
            with(line, "SCHEDULE-STATUS", None),
            b"ATTENDEE;CN=A:mailto:a@b.c"
        );
    }

    #[test]
    fn an_address_that_is_no_mailto_is_taken_from_email() {
        assert_eq!(address(b"ATTENDEE;EMAIL=Ana@B.c:/principals/1/"), "ana@b.c");
        assert_eq!(address(b"ATTENDEE:urn:uuid:1"), "urn:uuid:1");
    }
}
