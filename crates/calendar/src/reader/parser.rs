//! Lines → components: what each line means where it stands.

use super::{
    content,
    draft::{Draft, MOST_ATTENDEES},
    intern::Interner,
    lines::{Interest, LONGEST_LINE, Receiver},
    log::Log,
    nesting::{Closed, Kind, Nesting, Opened},
    people::People,
    property::{LONGEST_NAME, Mode, Property},
    text::excerpt,
    waiting::Waiting,
    zone_draft::ZoneDraft,
};
use crate::{event::Event, reader::Calendar, warning::WarningCode, zones::Zones};
use std::sync::Arc;

/// What the first bytes of a line told.
#[derive(Debug)]
pub(super) struct Tag {
    property: Property,
    /// Where the name ends in the line.
    name_end: usize,
}

/// The state between two lines.
#[derive(Debug, Default)]
pub(super) struct Parser {
    pub(super) calendar: Calendar,
    pub(super) log: Log,
    pub(super) interner: Interner,
    pub(super) people: People,
    pub(super) zones: Zones,
    pub(super) draft: Draft,
    pub(super) zone_draft: ZoneDraft,
    pub(super) waiting: Waiting,
    nesting: Nesting,
    /// Number of the first event in `calendar.events`, counted from the start of the stream.
    pub(super) taken: u64,
    /// X-WR-TIMEZONE of the VCALENDAR being read, as long as it is not resolved.
    pub(super) zone_name: Option<(String, u32)>,
    /// Some BEGIN had no END.
    unclosed: bool,
}

impl Receiver for Parser {
    type Tag = Tag;

    fn interest(&mut self, head: &[u8], number: u32) -> Interest<Tag> {
        let mode = self.nesting.mode();
        if matches!(mode, Mode::Skip | Mode::Outside) {
            // Only BEGIN and END count here; a BOM or a blank may stand before the first.
            match head.first() {
                Some(b'B' | b'b' | b'E' | b'e' | 0xEF | b' ') => {}
                _ => return Interest::Nothing,
            }
        }
        let (property, name_end) = match Property::usual(head) {
            Some(usual) => usual,
            None => {
                let name = head.get(..LONGEST_NAME).unwrap_or(head);
                let Some(name_end) = name.iter().position(|byte| matches!(byte, b':' | b';'))
                else {
                    if head.len() < LONGEST_NAME {
                        return Interest::Undecided;
                    }
                    // Of its start alone: how much more is in sight depends on how the input is cut.
                    self.broken_line(name, number);
                    return Interest::Nothing;
                };
                let name = name.get(..name_end).unwrap_or_default();
                (Property::named(name), name_end)
            }
        };
        if !property.wanted_in(mode) {
            return Interest::Nothing;
        }
        if mode == Mode::Event && self.is_beyond_limit(property, number) {
            return Interest::Nothing;
        }
        Interest::Whole(Tag { property, name_end })
    }

    fn line(&mut self, tag: Option<Tag>, line: &[u8], number: u32) {
        let Some(Tag { property, name_end }) = tag else {
            if !line.trim_ascii().is_empty() {
                self.broken_line(line, number);
            }
            return;
        };
        match property {
            Property::Begin => self.begin(line, name_end, number),
            Property::End => self.end(line, name_end, number),
            _ => match self.nesting.mode() {
                Mode::Event => {
                    if self.draft.overflows(line.len()) {
                        self.event_too_large(number);
                    } else {
                        self.event_property(property, name_end, line, number);
                    }
                }
                Mode::Calendar => self.calendar_property(property, name_end, line, number),
                Mode::TimeZone | Mode::Observance => {
                    self.zone_property(property, name_end, line, number);
                }
                Mode::Outside | Mode::Skip => {}
            },
        }
    }

    fn too_long(&mut self, number: u32) {
        self.log.warn(WarningCode::LineTooLong, number, "", || {
            format!("The line is longer than {LONGEST_LINE} bytes; it was left out.")
        });
    }
}

impl Parser {
    /// A line that is no property. In an event it is said once: a badly folded description has hundreds.
    fn broken_line(&mut self, line: &[u8], number: u32) {
        match self.nesting.mode() {
            Mode::Outside | Mode::Skip => return,
            Mode::Event if std::mem::replace(&mut self.draft.broken, true) => return,
            _ => {}
        }
        self.log.warn(WarningCode::BrokenLine, number, "", || {
            format!(
                "The line \"{}\" is no property; it was left out.",
                excerpt(line)
            )
        });
    }

    /// Whether the event being read has all it can hold of this property.
    fn is_beyond_limit(&mut self, property: Property, number: u32) -> bool {
        match property {
            Property::Begin | Property::End => false,
            Property::Attendee if self.draft.attendees.len() >= MOST_ATTENDEES => {
                self.warn_once(WarningCode::TooManyAttendees, number, || {
                    format!("The event has more than {MOST_ATTENDEES} attendees; the rest were left out.")
                });
                true
            }
            _ => self.draft.is_full(),
        }
    }

    fn event_too_large(&mut self, number: u32) {
        self.warn_once(WarningCode::EventTooLarge, number, || {
            "The event has more properties than are read; the rest were left out.".to_owned()
        });
    }

    /// Warns of a kind of oddity the first time it is met in an event.
    pub(super) fn warn_once(
        &mut self,
        code: WarningCode,
        number: u32,
        message: impl FnOnce() -> String,
    ) {
        let bit = 1
            << match code {
                WarningCode::TooManyAttendees => 0,
                WarningCode::TooManyDates => 1,
                WarningCode::EventTooLarge => 2,
                _ => 3,
            };
        if self.draft.warned & bit == 0 {
            self.draft.warned |= bit;
            self.log.warn(code, number, "", message);
        }
    }

    fn begin(&mut self, line: &[u8], name_end: usize, number: u32) {
        let Some(name) = content::value(line, name_end) else {
            return;
        };
        let Opened {
            entered,
            closed,
            too_deep,
        } = self.nesting.open(name);
        for closed in closed {
            self.unclosed(&closed, number);
        }
        if too_deep {
            self.log.warn(WarningCode::NestingTooDeep, number, "", || {
                format!(
                    "Components are nested deeper than {} levels; the inner ones were left out.",
                    super::nesting::DEEPEST
                )
            });
        }
        match entered {
            Some((Kind::Calendar, Mode::Calendar)) => self.calendar.is_calendar = true,
            Some((Kind::Event, Mode::Event)) => {
                self.draft.begin(number, self.log.mark());
                if self.nesting.is_outside_calendar() {
                    self.log.warn(WarningCode::OutsideCalendar, number, "", || {
                        "The event stands outside any VCALENDAR; it was read all the same."
                            .to_owned()
                    });
                }
            }
            Some((Kind::TimeZone, Mode::TimeZone)) => self.zone_draft.begin(number),
            Some((kind @ (Kind::Standard | Kind::Daylight), Mode::Observance)) => {
                self.zone_draft.begin_observance(kind == Kind::Daylight);
            }
            _ => {}
        }
    }

    fn end(&mut self, line: &[u8], name_end: usize, number: u32) {
        let Some(name) = content::value(line, name_end) else {
            return;
        };
        let Some((unclosed, own)) = self.nesting.close(name) else {
            if self.nesting.mode() != Mode::Outside || self.calendar.is_calendar {
                self.log.warn(WarningCode::StrayEnd, number, "", || {
                    format!(
                        "END:{} closes nothing that is open; it was ignored.",
                        excerpt(name)
                    )
                });
            }
            return;
        };
        for closed in unclosed {
            self.unclosed(&closed, number);
        }
        if let Some(own) = own {
            self.closed(&own);
        }
    }

    /// A component that another line closed than its own END.
    fn unclosed(&mut self, closed: &Closed, number: u32) {
        self.unclosed = true;
        self.log.warn(WarningCode::Unclosed, number, "", || {
            format!(
                "{} has no END before this line{}.",
                closed.kind.name(),
                if closed.lost {
                    "; what it held was left out"
                } else {
                    ""
                }
            )
        });
        if closed.lost {
            self.lose(closed.mode, closed.kind);
        } else {
            self.closed(closed);
        }
    }

    /// A component is complete.
    fn closed(&mut self, closed: &Closed) {
        match (closed.mode, closed.kind) {
            (Mode::Event, Kind::Event) => self.end_event(),
            (Mode::Observance, _) => self.zone_draft.end_observance(),
            (Mode::TimeZone, Kind::TimeZone) => self.end_zone(),
            (Mode::Calendar, Kind::Calendar) => self.end_calendar(),
            _ => {}
        }
    }

    /// A component is incomplete, and nothing of it is kept.
    fn lose(&mut self, mode: Mode, kind: Kind) {
        match (mode, kind) {
            (Mode::Event, Kind::Event) => {
                let uid = self.draft.uid.take().unwrap_or_default();
                self.log.name_since(self.draft.first_warning, &uid);
            }
            (Mode::Calendar, Kind::Calendar) => self.end_calendar(),
            _ => {}
        }
    }

    /// VEVENT's END.
    fn end_event(&mut self) {
        let line = self.draft.line;
        let no_text = self.interner.empty();
        if self.draft.start.is_none() && !self.draft.start_is_bad {
            self.log.warn(WarningCode::MissingStart, line, "", || {
                "The event has no DTSTART; it was left out.".to_owned()
            });
        }
        if self.draft.uid.is_none() {
            self.log.warn(WarningCode::MissingUid, line, "", || {
                "The event has no UID; it was kept.".to_owned()
            });
        }
        if self.draft.ends_before_start() {
            self.log.warn(WarningCode::EndBeforeStart, line, "", || {
                "The event ends before it starts; it was kept as said.".to_owned()
            });
        }
        let uid = self.draft.uid.clone().unwrap_or_default();
        self.log.name_since(self.draft.first_warning, &uid);
        let number = self.taken + self.calendar.events.len() as u64;
        let waiting = std::mem::take(&mut self.draft.waiting);
        let Some(event) = self.draft.event(&no_text) else {
            return;
        };
        for (name, place) in waiting {
            self.waiting.add(name, number, place, line, &event.uid);
        }
        self.calendar.events.push(event);
        if self.waiting.is_too_much(number) {
            self.settle_all();
        }
    }

    /// Text of a property; warns where it is not UTF-8.
    pub(super) fn text(&mut self, value: &[u8], property: Property, number: u32) -> Arc<str> {
        let (text, utf8) = self.interner.text(value);
        if !utf8 {
            self.not_utf8(property, number);
        }
        text
    }

    pub(super) fn not_utf8(&mut self, property: Property, number: u32) {
        self.log.warn(WarningCode::NotUtf8, number, "", || {
            format!(
                "{} is not UTF-8; what could not be read was replaced.",
                property.name()
            )
        });
    }

    /// The events that no VTIMEZONE to come can change, taken out.
    pub(super) fn take_events(&mut self) -> Vec<Event> {
        let events = &mut self.calendar.events;
        let ready = match self.waiting.first() {
            None => events.len(),
            Some(first) => {
                usize::try_from(first.saturating_sub(self.taken)).unwrap_or(events.len())
            }
        };
        let taken = if ready >= events.len() {
            std::mem::take(events)
        } else {
            events.drain(..ready).collect()
        };
        self.taken += taken.len() as u64;
        taken
    }

    /// Ends the stream at that line.
    pub(super) fn finish(mut self, number: u32) -> Calendar {
        if let Some(kind) = self.nesting.innermost() {
            self.unclosed = true;
            let in_event = self.nesting.mode() == Mode::Event || self.nesting.is_in_event();
            let mark = self.log.mark();
            self.log.warn(WarningCode::Truncated, number, "", || {
                format!(
                    "The input stops inside {}{}.",
                    kind.name(),
                    if in_event {
                        "; the event that was open is left out"
                    } else {
                        ""
                    }
                )
            });
            if in_event {
                let uid = self.draft.uid.take().unwrap_or_default();
                self.log
                    .name_since(self.draft.first_warning.min(mark), &uid);
            }
        }
        self.end_calendar();
        self.calendar.complete = self.calendar.is_calendar && !self.unclosed;
        self.calendar.mapped_zones = self.zones.mapped();
        self.calendar.warnings = self.log.into_warnings();
        self.calendar
    }
}
