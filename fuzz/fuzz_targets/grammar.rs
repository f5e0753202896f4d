//! What RFC 5545 calls an iCalendar stream, as far as it must hold for two readers to agree. Written without looking
//! at either.

/// Deepest nesting: the library's parser recurses.
const DEEPEST: usize = 30;

/// §3.4: content lines, folded or not, whose BEGINs and ENDs belong together, VCALENDARs outermost. Line ends may
/// lack their CR, and lines may be empty.
pub fn is_stream(bytes: &[u8]) -> bool {
    let mut open: Vec<Vec<u8>> = Vec::new();
    let Some(text) = unfolded(bytes) else {
        return false;
    };
    for line in text.split(|byte| *byte == b'\n') {
        if line.is_empty() {
            continue;
        }
        let Some((name, value)) = content_line(line) else {
            return false;
        };
        let value = value.to_ascii_uppercase();
        if name.eq_ignore_ascii_case(b"BEGIN") {
            if !is_name(&value)
                || open.len() > DEEPEST
                || open.is_empty() != (value == b"VCALENDAR")
            {
                return false;
            }
            open.push(value);
        } else if name.eq_ignore_ascii_case(b"END") {
            if open.pop() != Some(value) {
                return false;
            }
        } else if open.is_empty() {
            return false;
        }
    }
    open.is_empty()
}

/// The lines, each ended by LF alone. `None` where a CR stands without its LF, or nothing is there to be gone on with.
fn unfolded(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut text: Vec<u8> = Vec::with_capacity(bytes.len());
    let mut rest = bytes.iter().copied().peekable();
    while let Some(byte) = rest.next() {
        match byte {
            b'\r' if rest.peek() != Some(&b'\n') => return None,
            b'\r' => {}
            b' ' | b'\t' if text.last() == Some(&b'\n') => {
                text.pop();
                if text.is_empty() || text.last() == Some(&b'\n') {
                    return None;
                }
            }
            other => text.push(other),
        }
    }
    Some(text)
}

/// §3.1: the name and the value of `name *(";" param) ":" value`.
fn content_line(line: &[u8]) -> Option<(&[u8], &[u8])> {
    let name_end = line.iter().position(|byte| matches!(byte, b':' | b';'))?;
    let (name, mut rest) = line.split_at(name_end);
    if !is_name(name) {
        return None;
    }
    while let Some(parameter) = rest.strip_prefix(b";") {
        let equals = parameter.iter().position(|byte| *byte == b'=')?;
        let (key, mut values) = parameter.split_at(equals);
        if !is_name(key) {
            return None;
        }
        while let Some(b'=' | b',') = values.first() {
            values = match &values[1..] {
                [b'"', quoted @ ..] => {
                    let end = quoted.iter().position(|byte| *byte == b'"')?;
                    &quoted[end + 1..]
                }
                plain => {
                    let stops = |byte: &u8| matches!(byte, b'"' | b';' | b':' | b',');
                    &plain[plain.iter().position(stops)?..]
                }
            };
        }
        rest = values;
    }
    let head = line[..line.len() - rest.len()].to_ascii_uppercase();
    // The library decodes it, as vCalendar 1.0 has it; iCalendar has 8BIT and BASE64 only (§3.2.7).
    if head.windows(16).any(|window| window == b"QUOTED-PRINTABLE") {
        return None;
    }
    Some((name, rest.strip_prefix(b":")?))
}

/// `iana-token` or `x-name`.
fn is_name(bytes: &[u8]) -> bool {
    !bytes.is_empty()
        && bytes
            .iter()
            .all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-')
}

/// §3.3.11, as far as it matters: a backslash stands before what may be escaped.
pub fn is_text(value: &[u8]) -> bool {
    let mut bytes = value.iter();
    while let Some(byte) = bytes.next() {
        if *byte == b'\\' && !matches!(bytes.next(), Some(b'\\' | b';' | b',' | b'n' | b'N')) {
            return false;
        }
    }
    true
}

/// §3.3.4 and §3.3.5: `YYYYMMDD`, `YYYYMMDDTHHMMSS` or `YYYYMMDDTHHMMSSZ`.
pub fn is_date(value: &str) -> bool {
    let shape: String = value
        .chars()
        .map(|c| if c.is_ascii_digit() { '0' } else { c })
        .collect();
    matches!(
        shape.as_str(),
        "00000000" | "00000000T000000" | "00000000T000000Z"
    )
}
