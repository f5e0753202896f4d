//! What RFC 5545 calls an iCalendar stream, as far as it must hold for two readers to agree. Written without looking
//! at either.

/// Deepest nesting: the library's parser recurses.
const DEEPEST: usize = 30;

/// What there is of a stream (§3.4) in some bytes: of their content lines, folded or not, those that stand in a
/// VCALENDAR, BEGINs and ENDs belonging together; the ENDs that are missing after them. A stream is all there is of
/// itself. Line ends may lack their CR.
pub fn stream_in(bytes: &[u8]) -> Vec<u8> {
    let mut stream = Vec::with_capacity(bytes.len());
    let mut open: Vec<Vec<u8>> = Vec::new();
    for folded in logical_lines(bytes) {
        let Some(line) = unfolded(folded) else {
            continue;
        };
        let Some((name, value)) = content_line(&line) else {
            continue;
        };
        let value = value.to_ascii_uppercase();
        let stands = if name.eq_ignore_ascii_case(b"BEGIN") {
            let fits = is_name(&value)
                && open.len() < DEEPEST
                && open.is_empty() == (value == b"VCALENDAR");
            if fits {
                open.push(value);
            }
            fits
        } else if name.eq_ignore_ascii_case(b"END") {
            let fits = open.last() == Some(&value);
            if fits {
                open.pop();
            }
            fits
        } else {
            !open.is_empty()
        };
        if stands {
            stream.extend_from_slice(folded);
        }
    }
    if !stream.ends_with(b"\n") && !open.is_empty() {
        stream.extend(b"\r\n");
    }
    while let Some(name) = open.pop() {
        stream.extend([b"END:", &name[..], b"\r\n"].concat());
    }
    stream
}

/// §3.1: a line end that no blank follows ends a content line.
fn logical_lines(mut bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    std::iter::from_fn(move || {
        let end = bytes
            .windows(2)
            .position(|pair| pair[0] == b'\n' && !matches!(pair[1], b' ' | b'\t'))
            .map_or(bytes.len(), |at| at + 1);
        let (line, rest) = bytes.split_at(end);
        bytes = rest;
        (!line.is_empty()).then_some(line)
    })
}

/// Without folds and line end. `None` where a CR stands without its LF, or a fold has nothing to go on with.
fn unfolded(folded: &[u8]) -> Option<Vec<u8>> {
    let folded = folded.strip_suffix(b"\n").unwrap_or(folded);
    let mut line = Vec::with_capacity(folded.len());
    for (index, part) in folded.split(|byte| *byte == b'\n').enumerate() {
        let part = part.strip_suffix(b"\r").unwrap_or(part);
        if part.contains(&b'\r') || (index > 0 && line.is_empty()) {
            return None;
        }
        line.extend_from_slice(if index == 0 { part } else { &part[1..] });
    }
    Some(line)
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
