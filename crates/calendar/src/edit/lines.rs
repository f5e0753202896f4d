//! A calendar object as lines that can be exchanged one by one, everything else staying byte for byte.

use memchr::memchr2;

/// Octets of a physical line without its end (RFC 5545 §3.1).
const WIDTH: usize = 75;

/// One content line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Line {
    /// As written: folds, and the end of the line.
    raw: Vec<u8>,
    /// Unfolded, without its end.
    pub(super) said: Vec<u8>,
    /// Number of its first physical line, from 1; 0 for a line of ours.
    pub(super) number: u32,
}

impl Line {
    /// A line of ours, folded, ending as the others of its object do.
    pub(super) fn new(said: impl Into<Vec<u8>>, ending: &[u8]) -> Self {
        let said = said.into();
        Self {
            raw: folded(&said, ending),
            said,
            number: 0,
        }
    }

    /// Where its name ends: at its first `;` or `:`.
    pub(super) fn name_end(&self) -> usize {
        memchr2(b';', b':', &self.said).unwrap_or(self.said.len())
    }

    /// Whether it is a property of this name (upper case).
    pub(super) fn is(&self, name: &str) -> bool {
        self.said
            .get(..self.name_end())
            .is_some_and(|own| own.trim_ascii().eq_ignore_ascii_case(name.as_bytes()))
    }

    /// What a BEGIN or END names, upper case.
    fn edge(&self, which: &str) -> Option<Vec<u8>> {
        if !self.is(which) {
            return None;
        }
        let value = self.said.get(self.name_end() + 1..)?;
        Some(value.trim_ascii().to_ascii_uppercase())
    }
}

/// One VEVENT, from BEGIN to END.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Component {
    lines: Vec<Line>,
}

impl Component {
    /// The number of its BEGIN line.
    pub(super) fn number(&self) -> u32 {
        self.lines.first().map_or(0, |line| line.number)
    }

    /// Places of its own properties: not those of its alarms.
    fn own(&self) -> Vec<usize> {
        let mut depth = 0_usize;
        let mut own = Vec::new();
        for (place, line) in self.lines.iter().enumerate() {
            if line.edge("BEGIN").is_some() {
                depth += 1;
            } else if line.edge("END").is_some() {
                depth = depth.saturating_sub(1);
            } else if depth == 1 {
                own.push(place);
            }
        }
        own
    }

    /// Its own properties.
    pub(super) fn properties(&self) -> impl Iterator<Item = &Line> {
        self.own().into_iter().filter_map(|at| self.lines.get(at))
    }

    /// The first property of this name.
    pub(super) fn property(&self, name: &str) -> Option<&Line> {
        self.properties().find(|line| line.is(name))
    }

    /// Takes all properties of these names away.
    pub(super) fn remove(&mut self, names: &[&str]) {
        for place in self.own().into_iter().rev() {
            let gone = |line: &Line| names.iter().any(|name| line.is(name));
            if self.lines.get(place).is_some_and(gone) {
                self.lines.remove(place);
            }
        }
    }

    /// Keeps its own properties of these names, and nothing else: no other property, no alarm.
    pub(super) fn keep(&mut self, names: &[&str]) {
        let own = self.own();
        let last = self.lines.len().saturating_sub(1);
        let mut place = 0;
        self.lines.retain(|line| {
            let is_edge = place == 0 || place == last;
            let is_kept = own.contains(&place) && names.iter().any(|name| line.is(name));
            place += 1;
            is_edge || is_kept
        });
    }

    /// Puts a line in the place of the property of this name; further ones of it go. Where there is none it comes
    /// behind the property named `after`, else at the end of the properties.
    pub(super) fn set(&mut self, name: &str, after: &str, line: Line) {
        let own = self.own();
        let of = |name: &str| {
            let is = |place: &usize| self.lines.get(*place).is_some_and(|line| line.is(name));
            own.iter().copied().filter(is).collect::<Vec<usize>>()
        };
        let same = of(name);
        if let Some((first, further)) = same.split_first() {
            for place in further.iter().rev() {
                self.lines.remove(*place);
            }
            if let Some(old) = self.lines.get_mut(*first) {
                *old = line;
            }
            return;
        }
        let behind = of(after).last().or(own.last()).copied();
        // Without any property: behind BEGIN.
        let place = behind.map_or(1, |place| place + 1).min(self.lines.len());
        self.lines.insert(place, line);
    }

    /// Adds a line behind the last property of its own name, or of the name `after`, or at the end of the properties.
    pub(super) fn add(&mut self, name: &str, after: &str, line: Line) {
        let own = self.own();
        let last = |name: &str| {
            let is = |place: &&usize| self.lines.get(**place).is_some_and(|line| line.is(name));
            own.iter().rfind(is).copied()
        };
        let behind = last(name).or_else(|| last(after)).or(own.last().copied());
        let place = behind.map_or(1, |place| place + 1).min(self.lines.len());
        self.lines.insert(place, line);
    }

    /// Shows each property of this name; what is given back takes its place (`Some(None)`: nothing does).
    pub(super) fn change(
        &mut self,
        name: &str,
        ending: &[u8],
        mut new: impl FnMut(&Line) -> Option<Option<Vec<u8>>>,
    ) {
        for place in self.own().into_iter().rev() {
            let Some(line) = self.lines.get_mut(place).filter(|line| line.is(name)) else {
                continue;
            };
            match new(line) {
                Some(Some(said)) if said != line.said => *line = Line::new(said, ending),
                Some(None) => drop(self.lines.remove(place)),
                _ => {}
            }
        }
    }
}

/// A piece of an object.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Piece {
    /// A VEVENT.
    Event(Component),
    /// A line of anything else.
    Other(Line),
}

/// A whole object.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Object {
    pub(super) pieces: Vec<Piece>,
    /// How its lines end.
    pub(super) ending: &'static [u8],
}

impl Object {
    /// Takes bytes apart. Any bytes can be.
    pub(super) fn read(bytes: &[u8]) -> Self {
        let ending: &[u8] = match memchr2(b'\r', b'\n', bytes) {
            Some(at) if bytes.get(at) == Some(&b'\n') => b"\n",
            _ => b"\r\n",
        };
        let mut pieces = Vec::new();
        let mut open: Vec<Vec<u8>> = Vec::new();
        let mut event: Vec<Line> = Vec::new();
        for line in lines(bytes) {
            let (begins, ends) = (line.edge("BEGIN"), line.edge("END"));
            if let Some(name) = begins {
                open.push(name);
            }
            let inside = open.get(1).is_some_and(|name| name == b"VEVENT");
            if inside {
                event.push(line);
            } else {
                pieces.push(Piece::Other(line));
            }
            if ends.is_some() {
                open.pop();
                if open.len() == 1 && !event.is_empty() {
                    let lines = std::mem::take(&mut event);
                    pieces.push(Piece::Event(Component { lines }));
                }
            }
        }
        // Cut off within a VEVENT: kept as it is, to be no event.
        pieces.extend(event.into_iter().map(Piece::Other));
        Self { pieces, ending }
    }

    /// The bytes it is.
    pub(super) fn write(&self) -> Vec<u8> {
        let mut out = Vec::new();
        for piece in &self.pieces {
            match piece {
                Piece::Event(event) => {
                    for line in &event.lines {
                        out.extend_from_slice(&line.raw);
                    }
                }
                Piece::Other(line) => out.extend_from_slice(&line.raw),
            }
        }
        out
    }

    /// A line of ours.
    pub(super) fn line(&self, said: impl Into<Vec<u8>>) -> Line {
        Line::new(said, self.ending)
    }

    /// The VEVENT that begins at a line.
    pub(super) fn event_mut(&mut self, number: u32) -> Option<&mut Component> {
        self.pieces.iter_mut().find_map(|piece| match piece {
            Piece::Event(event) if event.number() == number => Some(event),
            _ => None,
        })
    }

    /// The VEVENT that begins at a line.
    pub(super) fn event(&self, number: u32) -> Option<&Component> {
        self.pieces.iter().find_map(|piece| match piece {
            Piece::Event(event) if event.number() == number => Some(event),
            _ => None,
        })
    }

    /// Adds a VEVENT behind the last one.
    pub(super) fn push(&mut self, event: Component) {
        let is_event = |piece: &Piece| matches!(piece, Piece::Event(_));
        let place = self.pieces.iter().rposition(is_event);
        let place = place.map_or(self.pieces.len(), |place| place + 1);
        self.pieces.insert(place, Piece::Event(event));
    }
}

/// Content lines of some bytes. Ends are CR LF, LF, or CR, as the reader takes them.
fn lines(bytes: &[u8]) -> Vec<Line> {
    let mut all: Vec<Line> = Vec::new();
    let (mut start, mut number) = (0, 0);
    while start < bytes.len() {
        let rest = bytes.get(start..).unwrap_or_default();
        let length = memchr2(b'\r', b'\n', rest).unwrap_or(rest.len());
        let tail = rest.get(length..).unwrap_or_default();
        let returns = tail.iter().take_while(|byte| **byte == b'\r').count();
        let end = match (returns, tail.get(returns)) {
            (returns, Some(b'\n')) => returns + 1,
            (0, _) => 0,
            (_, _) => 1,
        };
        let raw = rest.get(..length + end).unwrap_or(rest);
        let text = rest.get(..length).unwrap_or_default();
        number += 1;
        start += raw.len();
        match (text.first(), all.last_mut()) {
            (Some(b' ' | b'\t'), Some(last)) => {
                last.raw.extend_from_slice(raw);
                last.said
                    .extend_from_slice(text.get(1..).unwrap_or_default());
            }
            _ => all.push(Line {
                raw: raw.to_vec(),
                said: text.to_vec(),
                number,
            }),
        }
    }
    all
}

/// A line folded at 75 octets, never within a character.
fn folded(said: &[u8], ending: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(said.len() + 8);
    let mut room = WIDTH;
    let mut rest = said;
    while rest.len() > room {
        let mut cut = room;
        // A byte 10xxxxxx goes on with a character.
        while cut > 1 && rest.get(cut).is_some_and(|byte| byte & 0xC0 == 0x80) {
            cut -= 1;
        }
        let (head, tail) = rest.split_at_checked(cut).unwrap_or((rest, b""));
        out.extend_from_slice(head);
        out.extend_from_slice(ending);
        out.push(b' ');
        rest = tail;
        room = WIDTH - 1;
    }
    out.extend_from_slice(rest);
    out.extend_from_slice(ending);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_that_are_not_changed_stay_as_they_are() {
        for bytes in [
            &b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nX:a\r\n b\xC3\r\n \xBC\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"[..],
            b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nBEGIN:VALARM\nEND:VALARM\nEND:VEVENT\n\n\nEND:VCALENDAR",
            b"BEGIN:VCALENDAR\rBEGIN:VEVENT\r\r\nUID:1",
            b"",
            b" \n\t\nEND:X\nEND:Y\n",
        ] {
            assert_eq!(Object::read(bytes).write(), bytes);
        }
    }

    #[test]
    fn our_lines_are_folded_between_characters() {
        let said = format!("SUMMARY:{}", "ü".repeat(100));
        let line = Line::new(said.clone(), b"\r\n");
        let text = String::from_utf8(line.raw.clone()).unwrap();
        assert!(text.lines().all(|line| line.len() <= WIDTH), "{text}");
        assert_eq!(lines(&line.raw)[0].said, said.as_bytes());
    }

    #[test]
    fn an_alarms_properties_are_not_the_events() {
        let text = b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nBEGIN:VALARM\nSUMMARY:alarm\nEND:VALARM\nSUMMARY:event\nEND:VEVENT\nEND:VCALENDAR\n";
        let object = Object::read(text);
        let event = object.event(2).unwrap();
        assert_eq!(event.property("SUMMARY").unwrap().said, b"SUMMARY:event");
    }
}
