//! BEGIN and END: what is open, and what is read of it. Files that lost an END are read on as well as they can be.

use super::property::Mode;

/// Deepest nesting that is followed. Real files have four levels.
pub(super) const DEEPEST: usize = 32;

/// A component by its name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    Calendar,
    Event,
    ToDo,
    Journal,
    FreeBusy,
    Alarm,
    TimeZone,
    Standard,
    Daylight,
    /// Any other; the number tells names apart.
    Other(u64),
}

impl Kind {
    fn named(name: &[u8]) -> Self {
        match name {
            b"VEVENT" => return Self::Event,
            b"VALARM" => return Self::Alarm,
            _ => {}
        }
        let known = [
            ("VEVENT", Self::Event),
            ("VALARM", Self::Alarm),
            ("VCALENDAR", Self::Calendar),
            ("VTODO", Self::ToDo),
            ("VJOURNAL", Self::Journal),
            ("VFREEBUSY", Self::FreeBusy),
            ("VTIMEZONE", Self::TimeZone),
            ("STANDARD", Self::Standard),
            ("DAYLIGHT", Self::Daylight),
        ];
        super::kind::keyword(name, &known).unwrap_or_else(|| {
            // FNV-1a; two names that collide would merely close each other.
            Self::Other(name.iter().fold(0xCBF2_9CE4_8422_2325, |sum, byte| {
                (sum ^ u64::from(byte.to_ascii_uppercase())).wrapping_mul(0x100_0000_01B3)
            }))
        })
    }

    /// The name by which warnings call it.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Calendar => "a VCALENDAR",
            Self::Event => "a VEVENT",
            Self::ToDo => "a VTODO",
            Self::Journal => "a VJOURNAL",
            Self::FreeBusy => "a VFREEBUSY",
            Self::Alarm => "a VALARM",
            Self::TimeZone => "a VTIMEZONE",
            Self::Standard => "a STANDARD",
            Self::Daylight => "a DAYLIGHT",
            Self::Other(_) => "a component",
        }
    }

    /// Whether RFC 5545 lets no VEVENT and no VTIMEZONE stand in it: one that does begins shows that its END is lost.
    const fn is_leaf(self) -> bool {
        !matches!(self, Self::Calendar | Self::Other(_))
    }
}

#[derive(Clone, Copy, Debug)]
struct Level {
    kind: Kind,
    mode: Mode,
}

/// A component that ended.
#[derive(Clone, Copy, Debug)]
pub(super) struct Closed {
    pub(super) kind: Kind,
    /// How it was read.
    pub(super) mode: Mode,
    /// Whether it was cut off, so that not all of it was seen.
    pub(super) lost: bool,
}

/// What a BEGIN did.
#[derive(Debug, Default)]
pub(super) struct Opened {
    /// The component and how it is read.
    pub(super) entered: Option<(Kind, Mode)>,
    /// Components it closed, innermost first.
    pub(super) closed: Vec<Closed>,
    /// It is the first that is too deep.
    pub(super) too_deep: bool,
}

/// What is open.
#[derive(Debug, Default)]
pub(super) struct Nesting {
    levels: Vec<Level>,
    /// Components open below the deepest level that is followed.
    beyond: u64,
    warned: bool,
}

impl Nesting {
    /// How lines are read now.
    pub(super) fn mode(&self) -> Mode {
        if self.beyond > 0 {
            return Mode::Skip;
        }
        self.levels.last().map_or(Mode::Outside, |level| level.mode)
    }

    /// The innermost open component.
    pub(super) fn innermost(&self) -> Option<Kind> {
        self.levels.last().map(|level| level.kind)
    }

    /// Whether a VEVENT that is read is open.
    pub(super) fn is_in_event(&self) -> bool {
        self.levels.iter().any(|level| level.mode == Mode::Event)
    }

    /// Whether the outermost open component is no VCALENDAR.
    pub(super) fn is_outside_calendar(&self) -> bool {
        self.levels
            .first()
            .is_none_or(|level| level.kind != Kind::Calendar)
    }

    /// BEGIN.
    pub(super) fn open(&mut self, name: &[u8]) -> Opened {
        let kind = Kind::named(name);
        let mut opened = Opened::default();
        if self.beyond > 0 {
            self.beyond = self.beyond.saturating_add(1);
            return opened;
        }
        let keep = match kind {
            // A calendar within anything is another file's, appended to one that was cut off.
            Kind::Calendar => 0,
            Kind::Event | Kind::TimeZone => self
                .levels
                .iter()
                .position(|level| level.kind.is_leaf())
                .unwrap_or(self.levels.len()),
            _ => self.levels.len(),
        };
        opened.closed = self.close_to(keep, kind == Kind::Calendar);
        if self.levels.len() >= DEEPEST {
            self.beyond = 1;
            opened.too_deep = !std::mem::replace(&mut self.warned, true);
            return opened;
        }
        let mode = match (self.mode(), kind) {
            (Mode::Outside, Kind::Calendar) => Mode::Calendar,
            (Mode::Outside | Mode::Calendar, Kind::Event) => Mode::Event,
            (Mode::Outside | Mode::Calendar, Kind::TimeZone) => Mode::TimeZone,
            (Mode::TimeZone, Kind::Standard | Kind::Daylight) => Mode::Observance,
            _ => Mode::Skip,
        };
        self.levels.push(Level { kind, mode });
        opened.entered = Some((kind, mode));
        opened
    }

    /// END. Gives the components that it closed without their own END, innermost first, and the one it belongs to
    /// (`None` below the deepest level); `None` when nothing of that name is open.
    pub(super) fn close(&mut self, name: &[u8]) -> Option<(Vec<Closed>, Option<Closed>)> {
        if self.beyond > 0 {
            self.beyond -= 1;
            return Some((Vec::new(), None));
        }
        let kind = Kind::named(name);
        let at = self.levels.iter().rposition(|level| level.kind == kind)?;
        let unclosed = self.close_to(at + 1, false);
        let own = self.levels.pop().map(|level| Closed {
            kind: level.kind,
            mode: level.mode,
            lost: false,
        });
        Some((unclosed, own))
    }

    /// Closes all but the outermost `keep` levels.
    fn close_to(&mut self, keep: usize, lost: bool) -> Vec<Closed> {
        if keep >= self.levels.len() {
            return Vec::new();
        }
        self.levels
            .drain(keep..)
            .rev()
            .map(|level| Closed {
                kind: level.kind,
                mode: level.mode,
                lost,
            })
            .collect()
    }
}
